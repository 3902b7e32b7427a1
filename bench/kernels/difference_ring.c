// Each element less the one before it, the first less the last one.
void kernel(const int *x, int *y, long count) {
  int last = x[count - 1];
  for (long i = 0; i < count; i++) {
    int here = x[i];
    y[i] = here - last;
    last = here;
  }
}
