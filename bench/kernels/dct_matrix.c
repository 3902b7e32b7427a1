// The cosine transform of blocks of 8 x 8 as two products of matrices.
void kernel(float x[32][8][8], float c[8][8], float y[32][8][8]) {
  for (int n = 0; n < 32; n++) {
    float t[8][8];
    for (int u = 0; u < 8; u++)
      for (int j = 0; j < 8; j++) {
        float s = 0;
        for (int i = 0; i < 8; i++)
          s += c[u][i] * x[n][i][j];
        t[u][j] = s;
      }
    for (int u = 0; u < 8; u++)
      for (int v = 0; v < 8; v++) {
        float s = 0;
        for (int j = 0; j < 8; j++)
          s += t[u][j] * c[v][j];
        y[n][u][v] = s;
      }
  }
}
