// An all-pole lattice filter of ten stages, as speech decoders have it.
void kernel(float *x, float k[10], float *y) {
  float b[11] = {0};
  for (int n = 0; n < 2048; n++) {
    float f = x[n];
    for (int i = 9; i >= 0; i--) {
      f -= k[i] * b[i];
      b[i + 1] = b[i] + k[i] * f;
    }
    b[0] = f;
    y[n] = f;
  }
}
