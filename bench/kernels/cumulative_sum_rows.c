// Running sums along rows.
void kernel(float x[64][256], float y[64][256]) {
  for (int i = 0; i < 64; i++) {
    float sum = 0;
    for (int j = 0; j < 256; j++) {
      sum += x[i][j];
      y[i][j] = sum;
    }
  }
}
