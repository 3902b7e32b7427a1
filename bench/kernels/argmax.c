// Where each row's largest number is.
void kernel(float *x, int *o) {
  for (int r = 0; r < 16; r++) {
    int b = 0;
    float m = x[r * 512];
    for (int i = 1; i < 512; i++)
      if (x[r * 512 + i] > m) {
        m = x[r * 512 + i];
        b = i;
      }
    o[r] = b;
  }
}
