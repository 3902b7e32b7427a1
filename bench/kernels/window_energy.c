// Weighted energy of overlapping windows.
void kernel(float *x, float *w, float *e) {
  for (int f = 0; f < 31; f++) {
    float sum = 0;
    for (int i = 0; i < 256; i++) {
      float t = x[128 * f + i] * w[i];
      sum += t * t;
    }
    e[f] = sum;
  }
}
