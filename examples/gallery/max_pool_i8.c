// The largest of 2 x 2 pixels, NHWC.
enum { H = 56, W = 56, C = 128 };

void max_pool_i8(const signed char x[restrict H][W][C], signed char y[restrict H / 2][W / 2][C]) {
  for (int oy = 0; oy < H / 2; oy++)
    for (int ox = 0; ox < W / 2; ox++)
      for (int c = 0; c < C; c++) {
        signed char most = -128;
        for (int ky = 0; ky < 2; ky++)
          for (int kx = 0; kx < 2; kx++)
            if (x[2 * oy + ky][2 * ox + kx][c] > most)
              most = x[2 * oy + ky][2 * ox + kx][c];
        y[oy][ox][c] = most;
      }
}
