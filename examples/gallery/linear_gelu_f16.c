// A fully connected layer in fp16 with bias and GELU: the tile unit's sums become results on the vector unit,
// block by block, without going to memory.
float erff(float x);

enum { ROWS = 256, OUTPUTS = 256, INPUTS = 256 };

void linear_gelu_f16(const _Float16 x[restrict ROWS][INPUTS], const _Float16 w[restrict OUTPUTS][INPUTS],
                     const float *restrict bias, float y[restrict ROWS][OUTPUTS]) {
  for (int i = 0; i < ROWS; i++)
    for (int j = 0; j < OUTPUTS; j++) {
      float sum = 0;
      for (int k = 0; k < INPUTS; k++)
        sum += (float)x[i][k] * (float)w[j][k];
      float v = sum + bias[j];
      y[i][j] = 0.5f * v * (1 + erff(v * 0.70710678f));
    }
}
