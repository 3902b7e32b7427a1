// Bounds by comparisons, with zeros of both signs, infinities and what is no number.
void kernel(float *x, _Float16 *h, double *d, float *y, float *z, _Float16 *g, double *e) {
  for (int i = 0; i < 1000; i++) {
    float v = i % 7 == 3 ? x[i] / 0.0f * 0.0f : i % 5 == 2 ? -0.0f : i % 11 == 4 ? 0.0f : x[i];
    y[i] = 1 / (v > 0 ? v : 0);
    z[i] = 1 / (v < -0.0f ? v : -0.0f) + (v < 0.5f ? v : 0.5f) - (v >= 0.25f ? v : 0.25f);
  }
  for (int i = 0; i < 1000; i++)
    g[i] = h[i] > (_Float16)0.5 ? h[i] : (_Float16)0.5;
  for (int i = 0; i < 1000; i++)
    e[i] = (d[i] < 0.0 ? d[i] : 0.0) + (d[i] > 0 ? d[i] : 0);
}
