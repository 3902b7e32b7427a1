// Corners: nine pixels in a row on a circle of 16 that are all brighter or all darker.
void kernel(unsigned char x[70][102], unsigned char y[64][96]) {
  static const signed char row[16] = {-3, -3, -2, -1, 0, 1, 2, 3, 3, 3, 2, 1, 0, -1, -2, -3};
  static const signed char column[16] = {0, 1, 2, 3, 3, 3, 2, 1, 0, -1, -2, -3, -3, -3, -2, -1};
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 96; j++) {
      int center = x[i + 3][j + 3];
      unsigned brighter = 0, darker = 0;
      for (int k = 0; k < 16; k++) {
        int p = x[i + 3 + row[k]][j + 3 + column[k]];
        brighter |= (unsigned)(p > center + 40) << k;
        darker |= (unsigned)(p < center - 40) << k;
      }
      brighter |= brighter << 16;
      darker |= darker << 16;
      unsigned b = brighter, d = darker;
      for (int k = 1; k < 9; k++) {
        b &= brighter >> k;
        d &= darker >> k;
      }
      y[i][j] = (b | d) != 0;
    }
}
