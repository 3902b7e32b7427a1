// The direction is chosen when the program runs.
void kernel(float *x, float *y, int pixels, int channels, int images, int back) {
  for (int n = 0; n < images; n++)
    for (int c = 0; c < channels; c++)
      for (int p = 0; p < pixels; p++) {
        int first = n * channels * pixels + c * pixels + p;
        int last = n * channels * pixels + p * channels + c;
        if (back)
          y[first] = x[last];
        else
          y[last] = x[first];
      }
}
