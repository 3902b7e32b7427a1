// Alternating directions: a sweep over columns, then one over rows, each there and back.
void kernel(float u[100][100], float v[100][100], float p[100][100], float q[100][100]) {
  const float a = -0.3f, b = 1.6f, c = -0.3f, d = -0.2f, e = 1.4f, f = -0.2f;
  for (int i = 1; i < 99; i++) {
    v[0][i] = 1;
    p[i][0] = 0;
    q[i][0] = v[0][i];
    for (int j = 1; j < 99; j++) {
      p[i][j] = -c / (a * p[i][j - 1] + b);
      q[i][j] = (-d * u[j][i - 1] + (1 + 2 * d) * u[j][i] - f * u[j][i + 1] - a * q[i][j - 1]) /
                (a * p[i][j - 1] + b);
    }
    v[99][i] = 1;
    for (int j = 98; j >= 1; j--)
      v[j][i] = p[i][j] * v[j + 1][i] + q[i][j];
  }
  for (int i = 1; i < 99; i++) {
    u[i][0] = 1;
    p[i][0] = 0;
    q[i][0] = u[i][0];
    for (int j = 1; j < 99; j++) {
      p[i][j] = -f / (d * p[i][j - 1] + e);
      q[i][j] = (-a * v[i - 1][j] + (1 + 2 * a) * v[i][j] - c * v[i + 1][j] - d * q[i][j - 1]) /
                (d * p[i][j - 1] + e);
    }
    u[i][99] = 1;
    for (int j = 98; j >= 1; j--)
      u[i][j] = p[i][j] * u[i][j + 1] + q[i][j];
  }
}
