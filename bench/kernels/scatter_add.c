// Rows added to the rows that a list names.
void kernel(int *index, float x[300][32], float y[100][32]) {
  for (int i = 0; i < 300; i++)
    for (int c = 0; c < 32; c++)
      y[index[i]][c] += x[i][c];
}
