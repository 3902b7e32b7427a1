#include <stddef.h>
int printf(const char *, ...);
void *memcpy(void *, const void *, size_t);
void *memset(void *, int, size_t);
size_t strlen(const char *);
static char buffer[4096];
static unsigned hash(const char *s) {
  unsigned h = 5381;
  for (; *s; s++)
    h = h * 33 ^ (unsigned char)*s;
  return h;
}
static int palindrome(const char *s) {
  size_t n = strlen(s);
  for (size_t i = 0; i < n / 2; i++)
    if (s[i] != s[n - 1 - i])
      return 0;
  return 1;
}
static char *append(char *to, const char *s) {
  while ((*to = *s++))
    to++;
  return to;
}
static long parse(const char *s) {
  long v = 0;
  int neg = *s == '-';
  if (neg)
    s++;
  while (*s >= '0' && *s <= '9')
    v = v * 10 + (*s++ - '0');
  return neg ? -v : v;
}
static void reverse(char *s) {
  char *e = s + strlen(s);
  while (s < --e) {
    char t = *s;
    *s++ = *e;
    *e = t;
  }
}
int main(void) {
  char local[37];
  memset(local, 'a', sizeof local);
  local[36] = 0;
  char *end = buffer;
  for (int i = 0; i < 20; i++) {
    end = append(end, "ab,");
    end = append(end, local + i);
  }
  printf("%u %u %d %d %ld %ld\n", hash(buffer), (unsigned)(end - buffer), palindrome("abcba"),
         palindrome("abca"), parse("-123456789012"), parse("77x"));
  reverse(local + 3);
  reverse(buffer);
  printf("%s %u\n", local, hash(buffer));
  char copy[64];
  memcpy(copy, "0123456789abcdefghijklmnopqrstuvwxyz", 37);
  memcpy(copy + 5, copy + 20, 8);
  printf("%s\n", copy);
  return 0;
}
