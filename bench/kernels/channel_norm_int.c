void kernel(float *x, float *mean, float *spread, int images, int channels, int pixels) {
  for (int n = 0; n < images; n++)
    for (int c = 0; c < channels; c++)
      for (int p = 0; p < pixels; p++) {
        int at = n * channels * pixels + c * pixels + p;
        x[at] = (x[at] - mean[c]) / spread[c];
      }
}
