#define H 28
#define C 64
// A residual block: convolution, ReLU, convolution, sum, ReLU, with the borders of images as conditions.
static inline int scaled(int s) {
  return (int)(((long)s * 1518500250 + (1L << 39)) >> 40);
}
#define CONVOLUTION(X, W, B, Y, LOW)                                                                         \
  for (int i = 0; i < H; i++)                                                                                \
    for (int j = 0; j < H; j++)                                                                              \
      for (int o = 0; o < C; o++) {                                                                          \
        int s = B[o];                                                                                        \
        for (int ky = 0; ky < 3; ky++)                                                                       \
          for (int kx = 0; kx < 3; kx++)                                                                     \
            for (int c = 0; c < C; c++)                                                                      \
              if (i + ky >= 1 && i + ky <= H && j + kx >= 1 && j + kx <= H)                                  \
                s += X[i + ky - 1][j + kx - 1][c] * W[o][ky][kx][c];                                         \
        int v = scaled(s);                                                                                   \
        Y[i][j][o] = v > 127 ? 127 : v < LOW ? LOW : v;                                                      \
      }
void kernel(signed char x[restrict H][H][C], signed char w1[restrict C][3][3][C],
            signed char w2[restrict C][3][3][C], int b1[restrict C], int b2[restrict C],
            signed char y[restrict H][H][C]) {
  signed char t1[H][H][C], t2[H][H][C];
  CONVOLUTION(x, w1, b1, t1, 0)
  CONVOLUTION(t1, w2, b2, t2, -128)
  for (int i = 0; i < H; i++)
    for (int j = 0; j < H; j++)
      for (int o = 0; o < C; o++) {
        int v = x[i][j][o] + t2[i][j][o];
        y[i][j][o] = v < 0 ? 0 : v > 127 ? 127 : v;
      }
}
