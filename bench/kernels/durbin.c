// Levinson and Durbin's recursion for Toeplitz systems.
void kernel(float *r, float *y) {
  float z[200], alpha = -r[0], beta = 1;
  y[0] = -r[0];
  for (int k = 1; k < 200; k++) {
    beta = (1 - alpha * alpha) * beta;
    float sum = 0;
    for (int i = 0; i < k; i++)
      sum += r[k - i - 1] * y[i];
    alpha = -(r[k] + sum) / beta;
    for (int i = 0; i < k; i++)
      z[i] = y[i] + alpha * y[k - i - 1];
    for (int i = 0; i < k; i++)
      y[i] = z[i];
    y[k] = alpha;
  }
}
