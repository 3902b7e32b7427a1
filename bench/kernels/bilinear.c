// Twice the size, channels side by side.
void kernel(float x[33][33][16], float y[64][64][16]) {
  for (int h = 0; h < 64; h++)
    for (int w = 0; w < 64; w++)
      for (int c = 0; c < 16; c++) {
        int i = h >> 1, j = w >> 1;
        float a = (h & 1) * 0.5f, b = (w & 1) * 0.5f;
        y[h][w][c] = (1 - a) * ((1 - b) * x[i][j][c] + b * x[i][j + 1][c]) +
                     a * ((1 - b) * x[i + 1][j][c] + b * x[i + 1][j + 1][c]);
      }
}
