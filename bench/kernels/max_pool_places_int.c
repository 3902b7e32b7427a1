// Pooling that also says where each largest value was, with padding and sizes of the run time.
void kernel(float *x, float *y, int *places, int channels, int height, int width, int size, int step, int pad,
            int rows, int columns) {
  for (int c = 0; c < channels; c++)
    for (int i = 0; i < rows; i++)
      for (int j = 0; j < columns; j++) {
        float best = -1e30f;
        int place = -1;
        for (int m = 0; m < size; m++)
          for (int n = 0; n < size; n++) {
            int row = i * step + m - pad, column = j * step + n - pad;
            int at = column + width * (row + height * c);
            int inside = row >= 0 && row < height && column >= 0 && column < width;
            float value = inside ? x[at] : -1e30f;
            place = value > best ? at : place;
            best = value > best ? value : best;
          }
        y[j + columns * (i + rows * c)] = best;
        places[j + columns * (i + rows * c)] = place;
      }
}
