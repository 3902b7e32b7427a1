// Blocks of 2 x 2 pixels to channels.
void kernel(signed char x[48][64][16], signed char y[24][32][64]) {
  for (int h = 0; h < 24; h++)
    for (int w = 0; w < 32; w++)
      for (int a = 0; a < 2; a++)
        for (int b = 0; b < 2; b++)
          for (int c = 0; c < 16; c++)
            y[h][w][32 * a + 16 * b + c] = x[2 * h + a][2 * w + b][c];
}
