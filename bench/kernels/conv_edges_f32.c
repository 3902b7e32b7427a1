// A floating convolution over an image with padding, whose edges are asked for in the innermost loops.
enum { H = 28, W = 28, C = 32, N = 64 };
void kernel(const float *restrict x, const float *restrict w, const float *restrict bias, float *restrict y) {
  for (int oy = 0; oy < H; oy++)
    for (int ox = 0; ox < W; ox++)
      for (int n = 0; n < N; n++) {
        float sum = bias[n];
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++) {
            int iy = oy + ky - 1, ix = ox + kx - 1;
            if (iy >= 0 && iy < H && ix >= 0 && ix < W)
              for (int c = 0; c < C; c++)
                sum += x[(iy * W + ix) * C + c] * w[((n * 3 + ky) * 3 + kx) * C + c];
          }
        y[(oy * W + ox) * N + n] = sum > 0 ? sum : 0;
      }
}
