// Three layers whose sums begin with a bias, two of them with ReLU.
static void layer(const float *restrict x, const float *restrict w, const float *restrict b,
                  float *restrict y, int columns, int relu) {
  for (int i = 0; i < 32; i++)
    for (int j = 0; j < columns; j++) {
      float s = b[j];
      for (int k = 0; k < 128; k++)
        s += x[i * 128 + k] * w[k * columns + j];
      y[i * columns + j] = relu && s < 0 ? 0 : s;
    }
}
void kernel(const float *restrict x, const float *restrict w1, const float *restrict w2,
            const float *restrict w3, const float *restrict b1, const float *restrict b2,
            const float *restrict b3, float *restrict y) {
  float t1[32 * 128], t2[32 * 128];
  layer(x, w1, b1, t1, 128, 1);
  layer(t1, w2, b2, t2, 128, 1);
  layer(t2, w3, b3, y, 32, 0);
}
