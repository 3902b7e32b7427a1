// x times a clamped line.
void kernel(float *restrict x, float *restrict y) {
  for (int i = 0; i < 65536; i++) {
    float t = x[i] + 3.0f;
    t = t < 0 ? 0 : t > 6 ? 6 : t;
    y[i] = x[i] * t * 0.16666667f;
  }
}
