int printf(const char *, ...);
static volatile double ds[] = {0,     -0.0,  1,      -1,           0.5,       3.14159,   1e10,
                               -1e10, 1e300, 1e-300, 123456789.25, 1.0 / 0.0, -1.0 / 0.0};
static volatile float fs[] = {0, -0.0f, 1, -1, 0.5f, 3.14159f, 1e10f, -1e10f, 1e38f, 1e-38f, 16777217.0f};
enum { D = sizeof ds / sizeof *ds, F = sizeof fs / sizeof *fs };
static double poly(double x) {
  return ((3.5 * x + 2.25) * x - 7.125) * x + 0.1;
}
static float dot(const volatile float *a, const volatile float *b, int n) {
  float s = 0;
  for (int i = 0; i < n; i++)
    s += a[i] * b[i];
  return s;
}
int main(void) {
  for (int i = 0; i < D; i++)
    for (int j = 0; j < D; j++) {
      double a = ds[i], b = ds[j];
      double q = b == 0 ? 0 : a / b;
      printf("%g %g %g %g ", a + b == a + b ? a + b : 0, a - b == a - b ? a - b : 1,
             a * b == a * b ? a * b : 2, q == q ? q : 3);
      printf("%d%d%d%d%d%d %d%d ", a<b, a <= b, a> b, a >= b, a == b, a != b, !(a < b), !(a >= b));
      printf("%g %g\n", a < b ? a : b, a > b ? b : a * 2);
    }
  for (int i = 0; i < F; i++) {
    float f = fs[i];
    printf("%g %g ", (double)(f + 1.5f), (double)(f * f < 1e30f ? f * f : 0));
    if (f > -1e9f && f < 1e9f)
      printf("%d %u %ld ", (int)f, f >= 0 ? (unsigned)f : 0, (long)f);
    printf("%g %g %g\n", (double)(float)(i * 1000003), (double)(unsigned)(i * 99999999),
           (double)((long)i << 55));
  }
  for (int i = 0; i < 20; i++)
    printf("%g ", poly(i * 0.37 - 3));
  printf("%g\n", (double)dot(fs, fs, 8));
  return 0;
}
