// A matrix product whose rows are added up four elements at a time.
void kernel(const signed char *restrict a, const signed char *restrict b, int *restrict c) {
  for (int i = 0; i < 96; i++)
    for (int k = 0; k < 80; k++)
      for (int j = 0; j < 128; j += 4) {
        c[i * 128 + j] += a[i * 80 + k] * b[k * 128 + j];
        c[i * 128 + j + 1] += a[i * 80 + k] * b[k * 128 + j + 1];
        c[i * 128 + j + 2] += a[i * 80 + k] * b[k * 128 + j + 2];
        c[i * 128 + j + 3] += a[i * 80 + k] * b[k * 128 + j + 3];
      }
}
