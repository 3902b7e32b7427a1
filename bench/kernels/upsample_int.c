// Each pixel becomes a square whose size is known when the program runs.
void kernel(float *x, int width, int height, int channels, int times, float *y) {
  for (int c = 0; c < channels; c++)
    for (int i = 0; i < height * times; i++)
      for (int j = 0; j < width * times; j++)
        y[c * width * height * times * times + i * width * times + j] =
            0.5f * x[c * width * height + (i / times) * width + j / times];
}
