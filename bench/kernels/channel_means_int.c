// Sizes and subscripts are int, as in much C code: products of them may wrap unless someone looks.
void kernel(float *x, int images, int channels, int pixels, float *means) {
  for (int c = 0; c < channels; c++) {
    means[c] = 0;
    for (int n = 0; n < images; n++)
      for (int p = 0; p < pixels; p++) {
        int at = n * channels * pixels + c * pixels + p;
        means[c] += x[at];
      }
    means[c] /= images * pixels;
  }
}
