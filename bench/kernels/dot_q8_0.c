// Blocks of 32 bytes with a scale of half precision times such a vector.
void kernel(signed char w[32][8][32], _Float16 ws[32][8], signed char x[8][32], _Float16 xs[8], float *y) {
  for (int i = 0; i < 32; i++) {
    float total = 0;
    for (int b = 0; b < 8; b++) {
      int sum = 0;
      for (int k = 0; k < 32; k++)
        sum += w[i][b][k] * x[b][k];
      total += sum * (float)ws[i][b] * (float)xs[b];
    }
    y[i] = total;
  }
}
