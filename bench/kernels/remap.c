// An image by a table of places.
void kernel(unsigned char x[80][120], short column[64][96], short row[64][96], unsigned char y[64][96]) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 96; j++)
      y[i][j] = x[row[i][j]][column[i][j]];
}
