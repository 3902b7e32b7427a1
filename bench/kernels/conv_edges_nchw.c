// NCHW, with padding as guards in the innermost loops.
enum { H = 28, W = 28, C = 32, N = 64 };
void kernel(const float *restrict x, const float *restrict w, float *restrict y) {
  for (int n = 0; n < N; n++)
    for (int oy = 0; oy < H; oy++)
      for (int ox = 0; ox < W; ox++) {
        float sum = 0;
        for (int c = 0; c < C; c++)
          for (int ky = 0; ky < 3; ky++)
            for (int kx = 0; kx < 3; kx++) {
              int iy = oy + ky - 1, ix = ox + kx - 1;
              if (iy < 0 || iy >= H || ix < 0 || ix >= W)
                continue;
              sum += x[(c * H + iy) * W + ix] * w[((n * C + c) * 3 + ky) * 3 + kx];
            }
        y[(n * H + oy) * W + ox] = sum;
      }
}
