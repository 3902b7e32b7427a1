// Random numbers of eight streams side by side.
typedef unsigned long word;
static word rotated(word x, int n) {
  return x << n | x >> (64 - n);
}
void kernel(word state[8][4], word *y) {
  for (int n = 0; n < 512; n++)
    for (int s = 0; s < 8; s++) {
      word *v = state[s], t = v[1] << 17;
      *y++ = rotated(v[1] * 5, 7) * 9;
      v[2] ^= v[0], v[3] ^= v[1], v[1] ^= v[2], v[0] ^= v[3];
      v[2] ^= t, v[3] = rotated(v[3], 45);
    }
}
