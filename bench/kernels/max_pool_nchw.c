// Windows of 3 x 3 in steps of two, planes.
void kernel(signed char x[16][33][33], signed char y[16][16][16]) {
  for (int c = 0; c < 16; c++)
    for (int h = 0; h < 16; h++)
      for (int w = 0; w < 16; w++) {
        signed char m = -128;
        for (int i = 0; i < 3; i++)
          for (int j = 0; j < 3; j++) {
            signed char v = x[c][2 * h + i][2 * w + j];
            m = v > m ? v : m;
          }
        y[c][h][w] = m;
      }
}
