// How often each byte occurs.
void kernel(unsigned char *x, int *h, long n) {
  for (long i = 0; i < n; i++)
    h[x[i]]++;
}
