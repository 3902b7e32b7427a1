// String functions written here, byte by byte and by words, and numbers to text and back.
#include "program.h"

#include <stddef.h>
#include <stdint.h>

NOINLINE static size_t length(const char *s) {
  const char *p = s;
  while (*p)
    p++;
  return (size_t)(p - s);
}
NOINLINE static int compare(const char *a, const char *b) {
  while (*a && *a == *b)
    a++, b++;
  return (unsigned char)*a - (unsigned char)*b;
}
NOINLINE static char *copy(char *to, const char *from) {
  char *start = to;
  while ((*to++ = *from++)) {
  }
  return start;
}
NOINLINE static const char *find(const char *text, const char *wanted) {
  for (; *text; text++) {
    size_t i = 0;
    while (wanted[i] && text[i] == wanted[i])
      i++;
    if (!wanted[i])
      return text;
  }
  return NULL;
}
NOINLINE static void reverse(char *s) {
  char *end = s + length(s);
  while (s < end) {
    char c = *s;
    *s++ = *--end;
    *end = c;
  }
}
NOINLINE static char *number(char *out, long value, unsigned base) {
  char digits[66];
  int count = 0;
  unsigned long rest = value < 0 ? -(unsigned long)value : (unsigned long)value;
  do {
    digits[count++] = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % base];
    rest /= base;
  } while (rest);
  if (value < 0)
    *out++ = '-';
  while (count)
    *out++ = digits[--count];
  *out = 0;
  return out;
}
NOINLINE static long parse(const char *s, int base) {
  unsigned long value = 0;
  int negative = *s == '-';
  for (s += negative; *s; s++) {
    int digit = *s >= 'a' ? *s - 'a' + 10 : *s >= 'A' ? *s - 'A' + 10 : *s - '0';
    if (digit < 0 || digit >= base)
      return -999;
    value = value * (unsigned)base + (unsigned)digit;
  }
  return negative ? (long)-value : (long)value;
}
NOINLINE static void upper(char *s) {
  for (; *s; s++)
    *s = *s >= 'a' && *s <= 'z' ? (char)(*s - 32) : *s;
}
NOINLINE static int words(const char *s) {
  int count = 0, inside = 0;
  for (; *s; s++) {
    int letter = (*s | 32) >= 'a' && (*s | 32) <= 'z';
    count += letter && !inside;
    inside = letter;
  }
  return count;
}
// Eight bytes at a time: whether one of them is zero.
NOINLINE static size_t length_by_words(const uint64_t *s) {
  size_t count = 0;
  while (!((s[count] - 0x0101010101010101) & ~s[count] & 0x8080808080808080))
    count++;
  const char *p = (const char *)&s[count];
  size_t rest = 0;
  while (p[rest])
    rest++;
  return count * 8 + rest;
}
NOINLINE static int match(const char *pattern, const char *s) {
  for (; *pattern; pattern++, s++) {
    if (*pattern == '*') {
      do {
        if (match(pattern + 1, s))
          return 1;
      } while (*s++);
      return 0;
    }
    if (!*s || (*pattern != '?' && *pattern != *s))
      return 0;
  }
  return !*s;
}
static void show(const char *s) {
  long sum = 0;
  while (*s)
    sum = mix(sum, *s++);
  emit(sum);
}

int main(void) {
  static const char *const samples[] = {"",    "a",        "kiln",        "kilns", "the quick brown fox",
                                        "zzz", "\xff\x80", "Mixed Case 9"};
  char buffer[100];
  for (int i = 0; i < 8; i++) {
    emit((long)length(samples[i]) * 100 + words(samples[i]));
    for (int j = 0; j < 8; j++)
      emit(compare(samples[i], samples[j]));
    reverse(copy(buffer, samples[i]));
    upper(buffer);
    show(buffer);
    const char *at = find("the quick brown kilns fox", samples[i]);
    emit(at ? (long)length(at) : -1);
  }
  static const long numbers[] = {0, 7, -1, 1234567890123456789, INT64_MIN, INT64_MAX, 255, -65536};
  static const unsigned bases[] = {2, 8, 10, 16, 36};
  for (int i = 0; i < 8; i++) {
    for (int j = 0; j < 5; j++) {
      char *end = number(buffer, numbers[i], bases[j]);
      emit((end - buffer) * 1000 + (parse(buffer, (int)bases[j]) == numbers[i]));
      show(buffer);
    }
  }
  emit(parse("12x", 10));
  static uint64_t aligned[16];
  char *bytes = (char *)aligned;
  for (int i = 0; i < 100; i++) {
    if (i % 9 == 0)
      emit((long)length_by_words(aligned));
    bytes[i] = (char)(i * 2 + 1);
  }
  emit(match("k*l?", "kiln") * 1000 + match("*a*b*c", "xxaybzzc") * 100 + match("a?", "a") * 10 +
       match("***", ""));
  return 0;
}
