// What the programs under test call: a little of the C library over Linux system calls. Compiled by the
// reference compiler.
#include <stdarg.h>
#include <stddef.h>

static long system_call(long number, long a, long b, long c) {
  register long a7 __asm__("a7") = number;
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
  return a0;
}

void *memcpy(void *to, const void *from, size_t size) {
  volatile char *d = to;
  const char *s = from;
  for (size_t i = 0; i < size; i++)
    d[i] = s[i];
  return to;
}

void *memmove(void *to, const void *from, size_t size) {
  volatile char *d = to;
  const char *s = from;
  if ((const char *)to < s)
    return memcpy(to, from, size);
  while (size--)
    d[size] = s[size];
  return to;
}

void *memset(void *to, int c, size_t size) {
  volatile char *d = to;
  for (size_t i = 0; i < size; i++)
    d[i] = (char)c;
  return to;
}

int strcmp(const char *a, const char *b) {
  while (*a && *a == *b)
    a++, b++;
  return (unsigned char)*a - (unsigned char)*b;
}

size_t strlen(const char *s) {
  size_t n = 0;
  while (s[n])
    n++;
  return n;
}

float fmodf(float a, float b) {
  return a - (float)(long)(a / b) * b;
}
double fmod(double a, double b) {
  return a - (double)(long)(a / b) * b;
}

static char line[512];
static int used;

static void put_char(char c) {
  line[used++] = c;
  if (c == '\n' || used == sizeof line) {
    system_call(64, 1, (long)line, used);
    used = 0;
  }
}

static void put_number(unsigned long v, unsigned base) {
  char digits[24];
  int n = 0;
  do
    digits[n++] = "0123456789abcdef"[v % base];
  while (v /= base);
  while (n)
    put_char(digits[--n]);
}

void put(unsigned long v) {
  put_number(v, 16);
  put_char('\n');
}

// %c %s %d %i %u %x %p with l; %f and %g show the bits of a double.
int printf(const char *format, ...) {
  va_list list;
  va_start(list, format);
  for (const char *f = format; *f; f++) {
    if (*f != '%') {
      put_char(*f);
      continue;
    }
    int wide = 0;
    for (f++; *f == 'l' || (*f >= '0' && *f <= '9'); f++)
      wide |= *f == 'l';
    if (*f == 'c') {
      put_char((char)va_arg(list, int));
    } else if (*f == 's') {
      for (const char *s = va_arg(list, const char *); *s; s++)
        put_char(*s);
    } else if (*f == 'd' || *f == 'i') {
      long v = wide ? va_arg(list, long) : va_arg(list, int);
      if (v < 0)
        put_char('-');
      put_number(v < 0 ? 0 - (unsigned long)v : (unsigned long)v, 10);
    } else if (*f == 'f' || *f == 'g') {
      double d = va_arg(list, double);
      unsigned long v;
      __builtin_memcpy(&v, &d, 8);
      put_number(v, 16);
    } else {
      put_number(wide || *f == 'p' ? va_arg(list, unsigned long) : va_arg(list, unsigned),
                 *f == 'u' ? 10 : 16);
    }
  }
  va_end(list);
  return 0;
}
