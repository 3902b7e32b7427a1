// The power of a signal at 32 frequencies.
void kernel(float *x, float *coefficient, float *power) {
  for (int k = 0; k < 32; k++) {
    float s1 = 0, s2 = 0;
    for (int i = 0; i < 512; i++) {
      float s = x[i] + 0.99f * (coefficient[k] * s1 - s2) * 0.9f;
      s2 = s1;
      s1 = s;
    }
    power[k] = s1 * s1 + s2 * s2 - coefficient[k] * s1 * s2;
  }
}
