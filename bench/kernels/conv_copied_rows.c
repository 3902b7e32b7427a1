// An image is cleared and copied into its middle by calls.
#include <stdint.h>
enum { H = 18, W = 20, C = 32, N = 32 };
void kernel(const int8_t (*restrict x)[W][C], const int8_t (*restrict w)[3][3][C],
            int32_t (*restrict y)[W][N]) {
  int8_t image[H + 2][W + 2][C];
  __builtin_memset(image, 3, sizeof image);
  for (int i = 0; i < H; i++)
    __builtin_memcpy(image[i + 1][1], x[i], sizeof x[i]);
  for (int oy = 0; oy < H; oy++)
    for (int ox = 0; ox < W; ox++)
      for (int n = 0; n < N; n++) {
        int32_t sum = 0;
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++)
            for (int c = 0; c < C; c++)
              sum += (image[oy + ky][ox + kx][c] - 3) * w[n][ky][kx][c];
        y[oy][ox][n] = sum;
      }
}
