// Bias and GELU.
float erff(float x);

void gelu_f32(const float *restrict x, const float *restrict bias, float *restrict y, long rows,
              long columns) {
  for (long i = 0; i < rows; i++)
    for (long j = 0; j < columns; j++) {
      float v = x[i * columns + j] + bias[j];
      y[i * columns + j] = 0.5f * v * (1 + erff(v * 0.70710678f));
    }
}
