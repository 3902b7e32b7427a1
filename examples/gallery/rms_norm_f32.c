// RMS normalization: each row is divided by the root of its mean square, then scaled by column.
float sqrtf(float x);

void rms_norm_f32(const float *restrict x, const float *restrict scale, float *restrict y, long rows,
                  long columns) {
  for (long i = 0; i < rows; i++) {
    float squares = 0;
    for (long j = 0; j < columns; j++)
      squares += x[i * columns + j] * x[i * columns + j];
    float factor = 1 / sqrtf(squares / columns + 1e-5f);
    for (long j = 0; j < columns; j++)
      y[i * columns + j] = x[i * columns + j] * factor * scale[j];
  }
}
