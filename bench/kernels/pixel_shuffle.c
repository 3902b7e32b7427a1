// Channels to blocks of 2 x 2 pixels.
void kernel(float x[16][24][24], float y[4][48][48]) {
  for (int c = 0; c < 4; c++)
    for (int h = 0; h < 48; h++)
      for (int w = 0; w < 48; w++)
        y[c][h][w] = x[4 * c + 2 * (h % 2) + w % 2][h / 2][w / 2];
}
