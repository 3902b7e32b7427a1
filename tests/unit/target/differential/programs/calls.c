int printf(const char *, ...);
static long many(int a, long b, char c, short d, unsigned e, long f, int g, long h, int i, long j,
                 signed char k, unsigned short l) {
  return a + 2 * b + 3 * c + 4 * d + 5 * (long)e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k + 12 * l;
}
static double reals(double a, float b, double c, double d, float e, double f, double g, double h, double i,
                    float j, int k, double l) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k + 12 * l;
}
static int apply(int (*f)(int, int), int a, int b) {
  return f(a, b) * 2;
}
static int add(int a, int b) {
  return a + b;
}
static int mul(int a, int b) {
  return a * b;
}
static int (*const operations[])(int, int) = {add, mul, add};
static long fibonacci(int n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}
long (*volatile pm)(int, long, char, short, unsigned, long, int, long, int, long, signed char,
                    unsigned short) = many;
double (*volatile pr)(double, float, double, double, float, double, double, double, double, float, int,
                      double) = reals;
signed char narrow(int x) {
  return (signed char)x;
}
unsigned short wide(int x) {
  return (unsigned short)x;
}
_Bool truth(int x) {
  return x;
}
int main(void) {
  printf("%ld %g\n", pm(-1, 2, 'c', -4, 5, 6, -7, 8, 9, -10, -11, 12),
         pr(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
  for (int i = 0; i < 3; i++)
    printf("%d ", apply(operations[i], i + 3, i - 9));
  printf("%ld %d %d %d\n", fibonacci(18), narrow(300), wide(-1), truth(256));
  printf("%d %ld %c %s %x %u %ld %d %s %g %g\n", -1, -2l, 'x', "text", 0xabcdef, 4000000000u, 1l << 40, 7,
         "more", 2.5, -0.125);
  return 0;
}
