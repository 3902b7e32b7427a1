// Pairs of numbers turned by angles of their position.
void kernel(float x[32][4][64], float c[32][32], float s[32][32]) {
  for (int p = 0; p < 32; p++)
    for (int h = 0; h < 4; h++)
      for (int i = 0; i < 32; i++) {
        float a = x[p][h][2 * i], b = x[p][h][2 * i + 1];
        x[p][h][2 * i] = a * c[p][i] - b * s[p][i];
        x[p][h][2 * i + 1] = a * s[p][i] + b * c[p][i];
      }
}
