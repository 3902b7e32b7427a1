// SipHash-2-4 of short messages of four words.
#define ROTATE(x, n) ((x) << (n) | (x) >> (64 - (n)))
#define ROUND(v)                                                                                             \
  do {                                                                                                       \
    v[0] += v[1], v[1] = ROTATE(v[1], 13) ^ v[0], v[0] = ROTATE(v[0], 32);                                   \
    v[2] += v[3], v[3] = ROTATE(v[3], 16) ^ v[2];                                                            \
    v[0] += v[3], v[3] = ROTATE(v[3], 21) ^ v[0];                                                            \
    v[2] += v[1], v[1] = ROTATE(v[1], 17) ^ v[2], v[2] = ROTATE(v[2], 32);                                   \
  } while (0)
typedef unsigned long word;
void kernel(word (*message)[4], word *key, word *hash) {
  for (int n = 0; n < 256; n++) {
    word v[4] = {0x736f6d6570736575, 0x646f72616e646f6d, 0x6c7967656e657261, 0x7465646279746573};
    for (int i = 0; i < 4; i++)
      v[i] ^= key[i & 1];
    for (int w = 0; w < 5; w++) {
      word m = w < 4 ? message[n][w] : 32ul << 56;
      v[3] ^= m;
      for (int r = 0; r < 2; r++)
        ROUND(v);
      v[0] ^= m;
    }
    v[2] ^= 0xff;
    for (int r = 0; r < 4; r++)
      ROUND(v);
    hash[n] = v[0] ^ v[1] ^ v[2] ^ v[3];
  }
}
