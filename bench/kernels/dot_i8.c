// A sum of products of bytes.
void kernel(signed char *a, signed char *b, int *o, long n) {
  int s = 0;
  for (long i = 0; i < n; i++)
    s += a[i] * b[i];
  o[0] = s;
}
