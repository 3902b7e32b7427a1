// Sums of absolute differences of a block and an image at all places.
void kernel(unsigned char *restrict a, unsigned char *restrict b, int *restrict o) {
  for (int y = 0; y < 16; y++)
    for (int x = 0; x < 16; x++) {
      int s = 0;
      for (int i = 0; i < 16; i++)
        for (int j = 0; j < 16; j++) {
          int d = a[(y + i) * 64 + x + j] - b[i * 16 + j];
          s += d < 0 ? -d : d;
        }
      o[y * 16 + x] = s;
    }
}
