// Function pointers: in tables, in structs, as arguments and results, compared, with many kinds of arguments.
#include "program.h"

#include <stddef.h>

typedef long Binary(long, long);
typedef double Real(double, float, int);

static long add(long a, long b) {
  return (long)((unsigned long)a + (unsigned long)b);
}
static long subtract(long a, long b) {
  return (long)((unsigned long)a - (unsigned long)b);
}
static long multiply(long a, long b) {
  return (long)((unsigned long)a * (unsigned long)b);
}
static long exclusive(long a, long b) {
  return a ^ b;
}

static Binary *const table[] = {add, subtract, multiply, exclusive};

typedef struct Shape Shape;
typedef struct ShapeClass {
  const char *name;
  long (*area)(const Shape *);
  void (*grow)(Shape *, long);
} ShapeClass;
struct Shape {
  const ShapeClass *class;
  long width, height;
};

static long rectangle_area(const Shape *shape) {
  return shape->width * shape->height;
}
static void rectangle_grow(Shape *shape, long by) {
  shape->width += by;
  shape->height += by;
}
static long square_area(const Shape *shape) {
  return shape->width * shape->width;
}
static void square_grow(Shape *shape, long by) {
  shape->width += by;
}
static const ShapeClass rectangle = {"rectangle", rectangle_area, rectangle_grow};
static const ShapeClass square = {"square", square_area, square_grow};

static double scale(double a, float b, int c) {
  return a * (double)b + c;
}
static double shift(double a, float b, int c) {
  return a - (double)b * c;
}

NOINLINE static Binary *choose(int n) {
  return n < 0 ? NULL : table[n & 3];
}
NOINLINE static Real *choose_real(int n) {
  return n % 3 == 0 ? scale : shift;
}
NOINLINE static long fold(Binary *f, const long *values, size_t count, long start) {
  for (size_t i = 0; i < count; i++)
    start = f(start, values[i]);
  return start;
}
NOINLINE static long compose(Binary *f, Binary *g, long x, long y) {
  return f(g(x, y), g(y, x));
}

static int order_up(const void *a, const void *b) {
  return *(const int *)a - *(const int *)b;
}
static int order_digits(const void *a, const void *b) {
  int x = *(const int *)a, y = *(const int *)b;
  return x % 10 != y % 10 ? x % 10 - y % 10 : x - y;
}
NOINLINE static void sort(void *base, size_t count, size_t size, int (*order)(const void *, const void *)) {
  char *bytes = base;
  for (size_t i = 1; i < count; i++) {
    for (size_t j = i; j > 0 && order(bytes + (j - 1) * size, bytes + j * size) > 0; j--) {
      for (size_t k = 0; k < size; k++) {
        char byte = bytes[j * size + k];
        bytes[j * size + k] = bytes[(j - 1) * size + k];
        bytes[(j - 1) * size + k] = byte;
      }
    }
  }
}

int main(void) {
  static const long values[] = {3, -7, 1234567890123, 42, -1};
  for (int n = 0; n < 4; n++)
    emit(fold(choose(n), values, 5, 99));
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++)
      emit(compose(table[i], table[j], 1000003, -77));
  Shape shapes[4] = {{&rectangle, 2, 3}, {&square, 5, 0}, {&square, 7, 1}, {&rectangle, 11, 13}};
  for (int i = 0; i < 4; i++) {
    shapes[i].class->grow(&shapes[i], i + 1);
    emit(shapes[i].class->area(&shapes[i]) * 1000 + shapes[i].class->name[1]);
  }
  for (int n = 0; n < 6; n++)
    emit((long)(choose_real(n)(1000.5 * n, 0.25f * (float)n, n) * 64));
  int numbers[12];
  for (int i = 0; i < 12; i++)
    numbers[i] = i * 7919 % 101;
  for (int turn = 0; turn < 2; turn++) {
    sort(numbers, 12, sizeof numbers[0], turn ? order_digits : order_up);
    long sum = 0;
    for (int i = 0; i < 12; i++)
      sum = mix(sum, numbers[i]);
    emit(sum);
  }
  emit((choose(-1) == NULL) + 2 * (choose(1) == subtract) + 4 * (choose(2) == choose(6)));
  return 0;
}
