// Planes with every second line and column of the colors, to pixels.
static unsigned char clamp(int x) {
  return x < 0 ? 0 : x > 255 ? 255 : x;
}
void kernel(unsigned char Y[64][96], unsigned char U[32][48], unsigned char V[32][48],
            unsigned char rgb[64][96][3]) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 96; j++) {
      int y = 298 * (Y[i][j] - 16), u = U[i / 2][j / 2] - 128, v = V[i / 2][j / 2] - 128;
      rgb[i][j][0] = clamp((y + 409 * v + 128) >> 8);
      rgb[i][j][1] = clamp((y - 100 * u - 208 * v + 128) >> 8);
      rgb[i][j][2] = clamp((y + 516 * u + 128) >> 8);
    }
}
