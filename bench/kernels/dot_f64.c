// A sum of products in double precision, in order.
void kernel(double *a, double *b, double *o, long n) {
  double s = 0;
  for (long i = 0; i < n; i++)
    s += a[i] * b[i];
  o[0] = s;
}
