// A sum whose order is free.
void kernel(double *a, double *b, double *o, long n) {
#pragma clang fp reassociate(on)
  double sum = 0;
  for (long i = 0; i < n; i++)
    sum += a[i] * b[i];
  *o = sum;
}
