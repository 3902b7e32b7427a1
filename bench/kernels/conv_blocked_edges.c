// Channels in blocks of eight, with padding as guards and the sums of a block in a local array.
enum { H = 20, W = 20, CB = 4, NB = 6, B = 8 };
void kernel(const float *restrict x, const float *restrict w, float *restrict y) {
  for (int nb = 0; nb < NB; nb++)
    for (int oy = 0; oy < H; oy++)
      for (int ox = 0; ox < W; ox++) {
        float sum[B] = {0};
        for (int cb = 0; cb < CB; cb++)
          for (int ky = 0; ky < 3; ky++)
            for (int kx = 0; kx < 3; kx++) {
              int iy = oy + ky - 1, ix = ox + kx - 1;
              if (iy < 0 || iy >= H || ix < 0 || ix >= W)
                continue;
              for (int c = 0; c < B; c++)
                for (int n = 0; n < B; n++)
                  sum[n] += x[((cb * H + iy) * W + ix) * B + c] *
                            w[((((nb * CB + cb) * 3 + ky) * 3 + kx) * B + c) * B + n];
            }
        for (int n = 0; n < B; n++)
          y[((nb * H + oy) * W + ox) * B + n] = sum[n];
      }
}
