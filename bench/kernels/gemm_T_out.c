// A product whose transpose is stored.
void kernel(float a[96][80], float b[80][72], float c[72][96]) {
  for (int i = 0; i < 96; i++)
    for (int j = 0; j < 72; j++) {
      float s = 0;
      for (int k = 0; k < 80; k++)
        s += a[i][k] * b[k][j];
      c[j][i] = s;
    }
}
