// A depthwise convolution over an image with padding.
#include <stdint.h>

enum { H = 14, W = 14, C = 32 };
typedef const int8_t Image[H][W][C], Weights[3][3][C];
typedef int32_t Sums[H][W][C];

#define PADDED                                                                                               \
  int8_t p[H + 2][W + 2][C];                                                                                 \
  for (int i = 0; i < H + 2; i++)                                                                            \
    for (int j = 0; j < W + 2; j++)                                                                          \
      for (int c = 0; c < C; c++)                                                                            \
        p[i][j][c] = -3;                                                                                     \
  for (int i = 0; i < H; i++)                                                                                \
    for (int j = 0; j < W; j++)                                                                              \
      for (int c = 0; c < C; c++)                                                                            \
        p[i + 1][j + 1][c] = (*x)[i][j][c];

#define SUMS(ROW, PRODUCT)                                                                                   \
  for (int oy = 0; oy < H; oy++)                                                                             \
    for (int ox = 0; ox < W; ox++)                                                                           \
      for (int c = 0; c < C; c++) {                                                                          \
        int32_t sum = 0;                                                                                     \
        for (int ky = 0; ky < 3; ky++) {                                                                     \
          int iy = oy + ky - 1;                                                                              \
          if (ROW)                                                                                           \
            for (int kx = 0; kx < 3; kx++) {                                                                 \
              int ix = ox + kx - 1;                                                                          \
              PRODUCT;                                                                                       \
            }                                                                                                \
        }                                                                                                    \
        (*y)[oy][ox][c] = sum;                                                                               \
      }

void copied(Image *restrict x, Weights *restrict w, Sums *restrict y) {
  PADDED SUMS(1, sum += (p[oy + ky][ox + kx][c] + 3) * (*w)[ky][kx][c])
}

void nested(Image *restrict x, Weights *restrict w, Sums *restrict y) {
  SUMS(iy >= 0 && iy < H, if (ix >= 0 && ix < W) sum += ((*x)[iy][ix][c] + 3) * (*w)[ky][kx][c])
}

void above(Image *restrict x, Weights *restrict w, Sums *restrict y) {
  SUMS(iy >= 0 && iy < H - 1, if (ix >= 0 && ix < W - 1) sum += (*x)[iy][ix][c] * (*w)[ky][kx][c])
}

void used(Image *restrict x, Weights *restrict w, Sums *restrict y) {
  PADDED SUMS(1, sum += (p[oy + ky][ox + kx][c] + 3) * (*w)[ky][kx][c])(*y)[0][0][0] += p[0][0][0];
}

void outside(Image *restrict x, Weights *restrict w, Sums *restrict y) {
  SUMS(iy >= 0 && iy < H, if (ix >= 0 && ix < W) sum += ((*x)[iy][ix][c] + 129) * (*w)[ky][kx][c])
}
