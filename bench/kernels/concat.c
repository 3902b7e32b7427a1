// Two images side by side in their channels.
void kernel(signed char a[28][28][24], signed char b[28][28][40], signed char y[28][28][64]) {
  for (int h = 0; h < 28; h++)
    for (int w = 0; w < 28; w++) {
      for (int c = 0; c < 24; c++)
        y[h][w][c] = a[h][w][c];
      for (int c = 0; c < 40; c++)
        y[h][w][24 + c] = b[h][w][c];
    }
}
