// How many numbers are larger than 100.
void kernel(int *x, int *o, long n) {
  int c = 0;
  for (long i = 0; i < n; i++)
    if (x[i] > 100)
      c++;
  o[0] = c;
}
