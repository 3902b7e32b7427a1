// Sums of rows that lists choose.
void kernel(int *index, int *start, float table[500][48], float out[32][48]) {
  for (int b = 0; b < 32; b++) {
    for (int c = 0; c < 48; c++)
      out[b][c] = 0;
    for (int i = start[b]; i < start[b + 1]; i++)
      for (int c = 0; c < 48; c++)
        out[b][c] += table[index[i]][c];
  }
}
