// Softmax of each row.
float expf(float x);

void softmax_f32(const float *restrict x, float *restrict y, long rows, long columns) {
  for (long i = 0; i < rows; i++) {
    float most = x[i * columns], sum = 0;
    for (long j = 1; j < columns; j++)
      most = x[i * columns + j] > most ? x[i * columns + j] : most;
    for (long j = 0; j < columns; j++) {
      y[i * columns + j] = expf(x[i * columns + j] - most);
      sum += y[i * columns + j];
    }
    for (long j = 0; j < columns; j++)
      y[i * columns + j] *= 1 / sum;
  }
}
