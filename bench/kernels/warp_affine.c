// An image turned and scaled, between four pixels, in numbers of 16 bits behind the point.
void kernel(unsigned char x[80][120], int *m, unsigned char y[64][96]) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 96; j++) {
      int u = m[0] * j + m[1] * i + m[2], v = m[3] * j + m[4] * i + m[5];
      int c = u >> 16, r = v >> 16, p = (u >> 8) & 255, q = (v >> 8) & 255;
      int value = 0;
      if (c >= 0 && c < 119 && r >= 0 && r < 79)
        value = ((x[r][c] * (256 - p) + x[r][c + 1] * p) * (256 - q) +
                 (x[r + 1][c] * (256 - p) + x[r + 1][c + 1] * p) * q + 32768) >>
                16;
      y[i][j] = value;
    }
}
