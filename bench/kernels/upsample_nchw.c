// Nearest neighbor, planes.
void kernel(float x[8][24][28], float y[8][48][56]) {
  for (int c = 0; c < 8; c++)
    for (int h = 0; h < 48; h++)
      for (int w = 0; w < 56; w++)
        y[c][h][w] = x[c][h / 2][w / 2];
}
