// A convolution of planes whose sizes, window and steps are arguments.
void kernel(const float *restrict x, const float *restrict w, float *restrict y, int height, int width,
            int channels, int out_height, int out_width, int filters, int size, int step) {
  for (int n = 0; n < filters; n++)
    for (int oy = 0; oy < out_height; oy++)
      for (int ox = 0; ox < out_width; ox++) {
        float sum = 0;
        for (int c = 0; c < channels; c++)
          for (int ky = 0; ky < size; ky++)
            for (int kx = 0; kx < size; kx++)
              sum += x[(c * height + oy * step + ky) * width + ox * step + kx] *
                     w[((n * channels + c) * size + ky) * size + kx];
        y[(n * out_height + oy) * out_width + ox] = sum;
      }
}
