// A block cipher with a table of bytes.
static unsigned char twice(unsigned char x) {
  return (unsigned char)(x << 1 ^ (x >> 7) * 0x1b);
}
void kernel(unsigned char *table, unsigned char key[11][16], unsigned char data[64][16]) {
  for (int n = 0; n < 64; n++) {
    unsigned char *s = data[n], t[16];
    for (int i = 0; i < 16; i++)
      s[i] ^= key[0][i];
    for (int round = 1; round <= 10; round++) {
      for (int i = 0; i < 16; i++)
        t[i] = table[s[(i + 4 * (i % 4)) % 16]];
      for (int c = 0; c < 4; c++) {
        unsigned char *p = t + 4 * c, all = p[0] ^ p[1] ^ p[2] ^ p[3];
        for (int i = 0; i < 4; i++)
          s[4 * c + i] = round == 10 ? p[i] : p[i] ^ all ^ twice(p[i] ^ p[(i + 1) % 4]);
      }
      for (int i = 0; i < 16; i++)
        s[i] ^= key[round][i];
    }
  }
}
