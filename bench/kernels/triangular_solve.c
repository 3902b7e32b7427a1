// Forward substitution.
void kernel(float L[200][200], float *x, float *b) {
  for (int i = 0; i < 200; i++) {
    x[i] = b[i];
    for (int j = 0; j < i; j++)
      x[i] -= L[i][j] * x[j];
    x[i] = x[i] / L[i][i];
  }
}
