// An adaptive filter: the error of each sample moves the weights.
void kernel(float *x, float *wanted, float *w, float *error) {
  for (int i = 0; i < 1024; i++) {
    float y = 0;
    for (int k = 0; k < 32; k++)
      y += w[k] * x[i + k];
    error[i] = wanted[i] - y;
    for (int k = 0; k < 32; k++)
      w[k] += 0.01f * error[i] * x[i + k];
  }
}
