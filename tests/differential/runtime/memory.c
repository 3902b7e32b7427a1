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
