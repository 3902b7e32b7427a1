// Three layers with one scale each; what is between them is a temporary.
static void layer(const signed char *restrict x, const signed char *restrict w, const int *restrict b,
                  signed char *restrict y, int columns, int inner) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < columns; j++) {
      int s = b[j];
      for (int k = 0; k < inner; k++)
        s += x[i * inner + k] * w[j * inner + k];
      int v = (int)(((long)s * 1518500250 + (1L << 39)) >> 40);
      y[i * columns + j] = v > 127 ? 127 : v < -128 ? -128 : v;
    }
}
void kernel(const signed char *restrict x, const signed char *restrict w1, const signed char *restrict w2,
            const signed char *restrict w3, const int *restrict b1, const int *restrict b2,
            const int *restrict b3, signed char *restrict y) {
  signed char t1[64 * 256], t2[64 * 256];
  layer(x, w1, b1, t1, 256, 256);
  layer(t1, w2, b2, t2, 256, 256);
  layer(t2, w3, b3, y, 64, 256);
}
