// A multiple of the product and one of what was there.
void kernel(float A[96][80], float B[80][96], float C[96][96]) {
  for (int i = 0; i < 96; i++)
    for (int j = 0; j < 96; j++) {
      float s = 0;
      for (int k = 0; k < 80; k++)
        s += A[i][k] * B[k][j];
      C[i][j] = 1.5f * s + 0.5f * C[i][j];
    }
}
