// Weights of four bits with a scale for each 64 times a vector.
void kernel(unsigned char w[96][128], float scale[96][4], float *x, float *y) {
  for (int i = 0; i < 96; i++) {
    float total = 0;
    for (int g = 0; g < 4; g++) {
      float sum = 0;
      for (int k = 0; k < 32; k++) {
        unsigned char byte = w[i][32 * g + k];
        sum += ((byte & 15) - 8) * x[64 * g + 2 * k];
        sum += ((byte >> 4) - 8) * x[64 * g + 2 * k + 1];
      }
      total += sum * scale[g][i % 4];
    }
    y[i] = total;
  }
}
