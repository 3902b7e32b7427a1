// A layer with a zero point, a scale for each channel in 64 bits and a clamp.
void kernel(signed char x[16][128], signed char w[96][128], int *b, int *m, int *sh, signed char y[16][96]) {
  for (int i = 0; i < 16; i++)
    for (int o = 0; o < 96; o++) {
      int s = b[o];
      for (int k = 0; k < 128; k++)
        s += (x[i][k] + 5) * w[o][k];
      long v = ((long)s * m[o] + (1L << (sh[o] - 1))) >> sh[o];
      v += 3;
      y[i][o] = v > 127 ? 127 : v < -128 ? -128 : v;
    }
}
