#include <stddef.h>
#include <stdint.h>
struct node {
  struct node *next;
  int key;
  double w;
  char tag[7];
};
extern void *alloc(size_t);
extern int printf(const char *, ...);
static struct node *head;
int counter;
const char *const names[] = {"alpha", "beta", "gamma", "delta\t\"x\"\n\\"};
struct node *insert(int k, double w) {
  struct node *n = alloc(sizeof *n);
  n->next = head;
  n->key = k;
  n->w = w;
  for (int i = 0; i < 7; i++)
    n->tag[i] = (char)(k >> i);
  head = n;
  counter++;
  return n;
}
int find(int k) {
  for (struct node *n = head; n; n = n->next)
    if (n->key == k)
      return (int)n->w;
  return -1;
}
const char *nm(unsigned i) {
  switch (i) {
  case 0:
    return "zero";
  case 1:
    return "one";
  case 2:
    return names[2];
  case 3:
    return names[3];
  case 4:
    return "four";
  case 5:
    return "five";
  case 6:
    return names[0];
  default:
    return "many";
  }
}
int64_t mul(int64_t a, int64_t b) {
  return a * b / 7 % 13;
}
uint64_t ud(uint64_t a, uint32_t b) {
  return a / b + (a % b);
}
float fs[100];
double ds[100];
void ax(float a, int n) {
  for (int i = 0; i < n; i++)
    fs[i] = a * fs[i] + (float)ds[i];
}
int cmp(const void *a, const void *b) {
  return *(int *)a - *(int *)b;
}
typedef int (*fn)(int);
fn table[4];
int call(int i, int x) {
  return table[i & 3] ? table[i & 3](x) : x;
}
unsigned char lut[256] = {1, 2, 3, 4, 5, [200] = 7};
uint32_t crc(const uint8_t *p, size_t n) {
  uint32_t c = ~0u;
  while (n--) {
    c ^= *p++;
    for (int k = 0; k < 8; k++)
      c = c & 1 ? (c >> 1) ^ 0xedb88320u : c >> 1;
  }
  return ~c;
}
int vsum(int n, ...) {
  __builtin_va_list a;
  __builtin_va_start(a, n);
  int s = 0;
  while (n--)
    s += __builtin_va_arg(a, int);
  __builtin_va_end(a);
  return s;
}
__thread int tls1 = 3;
static __thread int tls2;
int *tp(void) {
  return &tls1;
}
int tadd(void) {
  return tls1 + ++tls2;
}
int weakf(void) __attribute__((weak));
int useweak(void) {
  return weakf ? weakf() : 0;
}
int __attribute__((weak)) wd = 5;
static int hid __attribute__((used)) = 4;
int big(int *x) {
  volatile int buf[5000];
  for (int i = 0; i < 5000; i++)
    buf[i] = x[i];
  return buf[x[0]];
}
double conv(int a, unsigned long b, float f) {
  return a + b * (double)f;
}
long rt(double d) {
  return (long)d;
}
unsigned char u8(double d) {
  return (unsigned char)d;
}
_Atomic int at;
int inc(void) {
  return at++;
}
_Bool cas(_Atomic long *p, long e, long n) {
  return __atomic_compare_exchange_n((long *)p, &e, n, 0, 5, 5);
}
uint64_t k1(void) {
  return 0x123456789abcdef0u;
}
uint64_t k2(void) {
  return 0xffffffff00000000u;
}
int common1;
int arr[1000];
char str[] = "mutable string";
extern int alias1 __attribute__((alias("common2")));
int common2 = 9;
