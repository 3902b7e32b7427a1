// The columns of a convolution as a matrix product, padding by a test; sizes of the run time.
static float pixel(float *x, int height, int width, int row, int column, int channel) {
  if (row < 0 || column < 0 || row >= height || column >= width)
    return 0;
  return x[column + width * (row + height * channel)];
}

void kernel(float *x, int channels, int height, int width, int size, int step, int pad, float *y) {
  int rows = (height + 2 * pad - size) / step + 1, columns = (width + 2 * pad - size) / step + 1;
  for (int c = 0; c < channels * size * size; c++) {
    int across = c % size, down = c / size % size, channel = c / size / size;
    for (int i = 0; i < rows; i++)
      for (int j = 0; j < columns; j++)
        y[(c * rows + i) * columns + j] =
            pixel(x, height, width, down + i * step - pad, across + j * step - pad, channel);
  }
}
