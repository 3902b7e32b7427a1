// A row of blocks, a scale of half precision and 32 weights of four bits, times a vector of bytes in blocks:
// one call a row.
typedef struct {
  _Float16 scale;
  unsigned char q[16];
} Nibbles;
typedef struct {
  _Float16 scale;
  signed char q[32];
} Bytes;
__attribute__((noinline)) static float row_times(const Nibbles *w, const Bytes *x, int count) {
  float total = 0;
  for (int b = 0; b < count / 32; b++) {
    int low = 0, high = 0;
    for (int k = 0; k < 16; k++) {
      low += ((w[b].q[k] & 15) - 8) * x[b].q[k];
      high += ((w[b].q[k] >> 4) - 8) * x[b].q[k + 16];
    }
    total += (low + high) * (float)w[b].scale * (float)x[b].scale;
  }
  return total;
}
void kernel(const Nibbles *w, const Bytes *x, float *y, int rows, int count) {
  for (long i = 0; i < rows; i++)
    y[i] = row_times(w + i * (count / 32), x, count);
}
