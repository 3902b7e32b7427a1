// Signs as bits.
void kernel(float *restrict x, unsigned char *restrict y) {
  for (int i = 0; i < 1024; i++) {
    unsigned bits = 0;
    for (int b = 0; b < 8; b++)
      bits |= (x[8 * i + b] > 0) << b;
    y[i] = bits;
  }
}
