// The functions that compilers may call although no source names them.
#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t count) {
  char *t = to;
  for (const char *f = from; count; count--)
    *t++ = *f++;
  return to;
}

void *memmove(void *to, const void *from, size_t count) {
  char *t = to;
  const char *f = from;
  if (t < f) {
    while (count--)
      *t++ = *f++;
  } else {
    while (count--)
      t[count] = f[count];
  }
  return to;
}

void *memset(void *to, int value, size_t count) {
  char *t = to;
  while (count--)
    *t++ = (char)value;
  return to;
}

int memcmp(const void *a, const void *b, size_t count) {
  const unsigned char *p = a;
  const unsigned char *q = b;
  for (; count; count--, p++, q++) {
    if (*p != *q)
      return *p < *q ? -1 : 1;
  }
  return 0;
}

int bcmp(const void *a, const void *b, size_t count) {
  return memcmp(a, b, count);
}

size_t strlen(const char *text) {
  size_t length = 0;
  while (text[length])
    length++;
  return length;
}

// Division and conversion of integers of 128 bits. The programs convert only numbers that need no rounding.
typedef unsigned __int128 Wide;
typedef __int128 SignedWide;

static Wide divide(Wide x, Wide y, Wide *rest) {
  Wide quotient = 0, r = 0;
  for (int i = 127; i >= 0; i--) {
    Wide top = r >> 127;
    r = r << 1 | (x >> i & 1);
    quotient <<= 1;
    if (top || r >= y) {
      r -= y;
      quotient |= 1;
    }
  }
  *rest = r;
  return quotient;
}

static Wide magnitude(SignedWide x) {
  return x < 0 ? -(Wide)x : (Wide)x;
}

Wide __udivti3(Wide x, Wide y) {
  Wide rest;
  return divide(x, y, &rest);
}

Wide __umodti3(Wide x, Wide y) {
  Wide rest;
  divide(x, y, &rest);
  return rest;
}

SignedWide __divti3(SignedWide x, SignedWide y) {
  Wide rest, quotient = divide(magnitude(x), magnitude(y), &rest);
  return (SignedWide)((x < 0) != (y < 0) ? -quotient : quotient);
}

SignedWide __modti3(SignedWide x, SignedWide y) {
  Wide rest;
  divide(magnitude(x), magnitude(y), &rest);
  return (SignedWide)(x < 0 ? -rest : rest);
}

double __floatuntidf(Wide x) {
  return (double)(unsigned long)(x >> 64) * 0x1p64 + (double)(unsigned long)x;
}

double __floattidf(SignedWide x) {
  return x < 0 ? -__floatuntidf(magnitude(x)) : __floatuntidf((Wide)x);
}

Wide __fixunsdfti(double x) {
  unsigned long high = (unsigned long)(x * 0x1p-64);
  return (Wide)high << 64 | (unsigned long)(x - (double)high * 0x1p64);
}

SignedWide __fixdfti(double x) {
  return x < 0 ? -(SignedWide)__fixunsdfti(-x) : (SignedWide)__fixunsdfti(x);
}
