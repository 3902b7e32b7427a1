// Variadic functions defined here: their further arguments from registers and from the stack, va_copy,
// va_list as argument.
#include "program.h"

#include <stdarg.h>
#include <stdint.h>

NOINLINE static long sum_longs(int count, ...) {
  va_list list;
  va_start(list, count);
  long sum = 0;
  for (int i = 0; i < count; i++)
    sum = mix(sum, va_arg(list, long));
  va_end(list);
  return sum;
}

NOINLINE static double sum_doubles(double first, int count, ...) {
  va_list list;
  va_start(list, count);
  for (int i = 0; i < count; i++)
    first = first * 0.5 + va_arg(list, double);
  va_end(list);
  return first;
}

typedef struct Point {
  int x, y;
} Point;
typedef struct Box {
  long a, b, c;
} Box;

NOINLINE static long from_list(const char *types, va_list list) {
  long sum = 0;
  for (; *types; types++) {
    switch (*types) {
    case 'i':
      sum = mix(sum, va_arg(list, int));
      break;
    case 'u':
      sum = mix(sum, va_arg(list, unsigned));
      break;
    case 'd':
      sum = mix(sum, (long)(va_arg(list, double) * 16));
      break;
    case 's': {
      for (const char *text = va_arg(list, const char *); *text; text++)
        sum = mix(sum, *text);
      break;
    }
    case 'p': {
      Point point = va_arg(list, Point);
      sum = mix(sum, point.x * 3l + point.y);
      break;
    }
    case 'b': {
      Box box = va_arg(list, Box);
      sum = mix(sum, box.a + box.b * 2 + box.c * 3);
      break;
    }
    default:
      sum = mix(sum, va_arg(list, long));
    }
  }
  return sum;
}

NOINLINE static long twice(const char *types, ...) {
  va_list list, again;
  va_start(list, types);
  va_copy(again, list);
  long first = from_list(types, list);
  long second = from_list(types, again);
  va_end(again);
  va_end(list);
  return first * 2 - second;
}

// All registers taken by named arguments: the others are on the stack alone.
NOINLINE static long named(long a, long b, long c, long d, long e, long f, long g, long h, long i, ...) {
  va_list list;
  va_start(list, i);
  long sum = a + b + c + d + e + f + g + h + i;
  sum = mix(sum, va_arg(list, long));
  sum = mix(sum, va_arg(list, int));
  sum = mix(sum, (long)va_arg(list, double));
  va_end(list);
  return sum;
}

int main(void) {
  emit(sum_longs(0));
  emit(sum_longs(3, 1l, -2l, 3l));
  emit(sum_longs(12, 1l, 2l, 3l, 4l, 5l, 6l, 7l, 8l, 9l, 10l, 11l, 12l << 40));
  emit((long)(sum_doubles(1, 2, 3.5, -0.25) * 1024));
  emit((long)(sum_doubles(1, 9, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0) * 1048576));
  emit(twice("isdpl", -5, "text", 2.5, (Point){7, -8}, 1l << 50));
  emit(twice("bippbd", (Box){1, 2, 3}, 9, (Point){1, 2}, (Point){3, 4}, (Box){-1, -2, -3}, 0.5));
  emit(twice("uuuuuuuuuu", 1u, 2u, 3u, 4u, 5u, 6u, 7u, ~0u, 9u, 10u));
  emit(named(1, 2, 3, 4, 5, 6, 7, 8, 9, 10l, -11, 12.75));
  return 0;
}
