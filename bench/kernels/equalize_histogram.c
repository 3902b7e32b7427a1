// Gray values spread by the running total of their histogram.
void kernel(unsigned char x[96][128]) {
  int count[256] = {0};
  unsigned char table[256];
  for (int i = 0; i < 96; i++)
    for (int j = 0; j < 128; j++)
      count[x[i][j]]++;
  int sum = 0, first = 0;
  while (!count[first])
    first++;
  for (int v = 0; v < 256; v++) {
    sum += count[v];
    int scaled = (int)((long)(sum - count[first]) * 255 / (96 * 128 - count[first]));
    table[v] = scaled < 0 ? 0 : scaled;
  }
  for (int i = 0; i < 96; i++)
    for (int j = 0; j < 128; j++)
      x[i][j] = table[x[i][j]];
}
