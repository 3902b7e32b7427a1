// Layer normalization: each row gets mean 0 and variance 1, then a scale and an offset for each column.
float sqrtf(float x);

void layer_norm_f32(const float *restrict x, const float *restrict scale, const float *restrict offset,
                    float *restrict y, long rows, long columns) {
  for (long i = 0; i < rows; i++) {
    float sum = 0, squares = 0;
    for (long j = 0; j < columns; j++)
      sum += x[i * columns + j];
    float mean = sum / columns;
    for (long j = 0; j < columns; j++)
      squares += (x[i * columns + j] - mean) * (x[i * columns + j] - mean);
    float factor = 1 / sqrtf(squares / columns + 1e-5f);
    for (long j = 0; j < columns; j++)
      y[i * columns + j] = (x[i * columns + j] - mean) * factor * scale[j] + offset[j];
  }
}
