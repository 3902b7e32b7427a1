// A running sum in ten steps, each of which adds what lies twice as far away.
void kernel(int *x) {
  int y[1024];
  for (int step = 1; step < 1024; step *= 2) {
    for (int i = 0; i < 1024; i++)
      y[i] = i >= step ? x[i] + x[i - step] : x[i];
    for (int i = 0; i < 1024; i++)
      x[i] = y[i];
  }
}
