// Planes to pixels, halves.
void kernel(_Float16 x[24][20][28], _Float16 y[20][28][24]) {
  for (int c = 0; c < 24; c++)
    for (int h = 0; h < 20; h++)
      for (int w = 0; w < 28; w++)
        y[h][w][c] = x[c][h][w];
}
