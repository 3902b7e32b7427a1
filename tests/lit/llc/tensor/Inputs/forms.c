// Forms in which people write the same nests.
typedef signed char i8;

// Cleared and filled by calls that clang makes of the loops.
void cleared(const i8 *restrict a, const i8 *restrict b, int *restrict c) {
  for (int i = 0; i < 32 * 48; i++)
    c[i] = 0;
  for (int i = 0; i < 32; i++)
    for (int k = 0; k < 40; k++)
      for (int j = 0; j < 48; j++)
        c[i * 48 + j] += a[i * 40 + k] * b[k * 48 + j];
}

void copied(float *restrict y, const float *restrict x, const float *restrict bias, int rows) {
  for (int i = 0; i < rows; i++) {
    for (int j = 0; j < 100; j++)
      y[i * 100 + j] = x[i * 128 + j];
    for (int j = 0; j < 100; j++)
      y[i * 100 + j] += bias[j];
  }
}

// A choice of nothing.
void chosen(const i8 *restrict x, const i8 *restrict w, int *restrict y) {
  for (int o = 0; o < 30; o++)
    for (int c = 0; c < 64; c++) {
      int sum = 0;
      for (int k = 0; k < 5; k++) {
        int at = o + k - 2;
        i8 v = at < 0 || at >= 30 ? 0 : x[at * 64 + c];
        sum += v * w[k * 64 + c];
      }
      y[o * 64 + c] = sum;
    }
}

// A pointer that goes on from row to row.
void moved(const float *restrict a, float *restrict c) {
  for (int i = 0; i < 20; i++)
    for (int j = 0; j < 30; j++)
      *c++ = a[j * 20 + i];
}

// Tiles.
void tiled(const int *restrict a, int *restrict c) {
  for (int ii = 0; ii < 64; ii += 16)
    for (int jj = 0; jj < 64; jj += 16)
      for (int i = ii; i < ii + 16; i++)
        for (int j = jj; j < jj + 16; j++)
          c[i * 64 + j] = a[j * 64 + i];
}
