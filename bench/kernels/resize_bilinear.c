// An image of three channels to 8/5 of its size, weights in 11 bits.
void kernel(unsigned char in[60][80][3], unsigned char out[96][128][3]) {
  for (int y = 0; y < 96; y++)
    for (int x = 0; x < 128; x++) {
      int sy = y * 1280, sx = x * 1280, i = sy >> 11, j = sx >> 11, v = sy & 2047, u = sx & 2047;
      int below = i < 59 ? i + 1 : 59, right = j < 79 ? j + 1 : 79;
      for (int c = 0; c < 3; c++) {
        int top = in[i][j][c] * (2048 - u) + in[i][right][c] * u;
        int bottom = in[below][j][c] * (2048 - u) + in[below][right][c] * u;
        out[y][x][c] = (top * (2048 - v) + bottom * v + (1 << 21)) >> 22;
      }
    }
}
