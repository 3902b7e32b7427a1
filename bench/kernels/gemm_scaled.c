// C = beta C + alpha A B, loops in the order i, k, j.
void kernel(float C[80][96], float A[80][70], float B[70][96]) {
  for (int i = 0; i < 80; i++) {
    for (int j = 0; j < 96; j++)
      C[i][j] *= 1.2f;
    for (int k = 0; k < 70; k++)
      for (int j = 0; j < 96; j++)
        C[i][j] += 1.5f * A[i][k] * B[k][j];
  }
}
