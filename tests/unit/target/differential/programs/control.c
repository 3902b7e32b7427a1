int printf(const char *, ...);
static int classify(int x) {
  switch (x) {
  case 0:
    return 10;
  case 1:
  case 2:
  case 3:
    return 20;
  case 10:
    x += 5; /* fall through */
  case 11:
    return x * 2;
  case -5:
    return -1;
  case 1000:
    return 7;
  case 100000:
    return 8;
  default:
    return x > 50 ? 99 : 98;
  }
}
static const char *name(unsigned x) {
  switch (x) {
  case 0:
    return "zero";
  case 1:
    return "one";
  case 2:
    return "two";
  case 3:
    return "three";
  case 4:
    return "four";
  case 5:
    return "five";
  case 6:
    return "six";
  case 7:
    return "seven";
  case 8:
    return "eight";
  case 9:
    return "nine";
  }
  return "many";
}
static int collatz(long n) {
  int steps = 0;
  while (n != 1) {
    n = n & 1 ? 3 * n + 1 : n / 2;
    steps++;
  }
  return steps;
}
static unsigned ackermann(unsigned m, unsigned n) {
  return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}
static int odd(int n);
static int even(int n) {
  return n == 0 ? 1 : odd(n - 1);
}
static int odd(int n) {
  return n == 0 ? 0 : even(n - 1);
}
static long long switch64(unsigned long x) {
  switch (x) {
  case 0x100000000ul:
    return 1;
  case 0xffffffffffffffffull:
    return 2;
  case 5:
    return 3;
  }
  return 4;
}
static int nested(int n) {
  int total = 0;
  for (int i = 0; i < n; i++) {
    for (int j = i; j < n; j++) {
      if ((i ^ j) % 7 == 3)
        continue;
      if (j > 40)
        break;
      for (int k = 0;; k++) {
        if (k * k > j)
          goto out;
        total += k;
      }
    out:
      total ^= i * j;
    }
    do {
      total += i;
    } while (total % 5 == 2);
  }
  return total;
}
int main(void) {
  for (int i = -10; i < 20; i++)
    printf("%d %s\n", classify(i), name((unsigned)i));
  printf("%d %d %d %d\n", classify(1000), classify(100000), classify(51), classify(-2147483647));
  for (long i = 1; i < 60; i++)
    printf("%d ", collatz(i));
  printf("%u %d %d %d\n", ackermann(2, 5), even(20), odd(20), nested(60));
  printf("%lld %lld %lld %lld\n", switch64(0x100000000ul), switch64(-1ul), switch64(5), switch64(6));
  return 0;
}
