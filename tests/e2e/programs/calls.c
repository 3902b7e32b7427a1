// Calls: more arguments than registers, of mixed types; small structs by value; many values live across a
// call.
#include "program.h"

NOINLINE static int64_t ten(int64_t a, int32_t b, int16_t c, int8_t d, uint8_t e, uint16_t f, uint32_t g,
                            uint64_t h, int8_t i, int64_t j) {
  return a + 2 * (int64_t)b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * (int64_t)g + (int64_t)(8 * h) + 9 * i +
         10 * j;
}

NOINLINE static double mixed(double a, int64_t i, float b, double c, int32_t j, double d, float e, double f,
                             float g, double h, double k, float l, int64_t m, int64_t n, int64_t o, int64_t p,
                             int64_t q, int64_t r, float s) {
  return a + (double)i + b * c + (double)j * d + e * f - g * h + k / l + (double)(m ^ n ^ o ^ p) +
         (double)(q - r) + s;
}

typedef struct Pair {
  int64_t first, second;
} Pair;
typedef struct Point {
  float x, y;
} Point;
typedef struct Tagged {
  double value;
  int32_t tag;
} Tagged;

NOINLINE static Pair divide(int64_t a, int64_t b) {
  Pair pair = {a / b, a % b};
  return pair;
}
NOINLINE static Point turn(Point point) {
  Point turned = {-point.y, point.x};
  return turned;
}
NOINLINE static Tagged twice(Tagged tagged) {
  tagged.value += tagged.value;
  tagged.tag++;
  return tagged;
}

uint64_t test_arguments(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  for (int k = 0; k < 50; k++) {
    int64_t a = (int64_t)next(&state), b = (int64_t)next(&state);
    int64_t s = a >> 20;
    mix(&hash, (uint64_t)ten(s, (int32_t)b, (int16_t)a, (int8_t)b, (uint8_t)a, (uint16_t)b, (uint32_t)a,
                             (uint64_t)b >> 20, (int8_t)(a >> 9), b >> 20));
    mix_double(&hash, mixed((double)s, s, (float)k, 1.5, (int32_t)b, 2.5, 3.5f, (double)b, 4.5f, 5.5, 6.5,
                            7.5f, a, b, k, k + 1, s, s + 1, 0.25f));
    Pair pair = divide(a, (b | 1) >> 30 | 1);
    mix(&hash, (uint64_t)(pair.first ^ pair.second));
    Point point = turn(turn(turn((Point){(float)k, (float)s})));
    mix_float(&hash, point.x);
    mix_float(&hash, point.y);
    Tagged tagged = twice(twice((Tagged){(double)s, k}));
    mix_double(&hash, tagged.value + tagged.tag);
  }
  return hash;
}

NOINLINE static int64_t identity(int64_t x) {
  return x;
}
NOINLINE static double identity_of_double(double x) {
  return x;
}

// More values live across calls than there are saved registers, of both kinds.
NOINLINE static uint64_t pressure(const int64_t *n, const double *d) {
  int64_t a = n[0], b = n[1], c = n[2], e = n[3], f = n[4], g = n[5], h = n[6], i = n[7], j = n[8], k = n[9],
          l = n[10], m = n[11], o = n[12], p = n[13], q = n[14], r = n[15];
  double s = d[0], t = d[1], u = d[2], v = d[3], w = d[4], x = d[5], y = d[6], z = d[7], aa = d[8], bb = d[9],
         cc = d[10], dd = d[11], ee = d[12], ff = d[13], gg = d[14], hh = d[15];
  int64_t first = identity(a + b);
  double second = identity_of_double(s + t);
  uint64_t hash = 0;
  mix(&hash, (uint64_t)(first + a * b + c * e + f * g + h * i + j * k + l * m + o * p + q * r));
  mix_double(&hash, second + s * t + u * v + w * x + y * z + aa * bb + cc * dd + ee * ff + gg * hh);
  mix(&hash, (uint64_t)(a ^ c ^ f ^ h ^ j ^ l ^ o ^ q ^ identity(r)));
  mix_double(&hash, (s - u) * (w - y) + (aa - cc) * (ee - gg) + identity_of_double(hh));
  mix(&hash, (uint64_t)(b + e + g + i + k + m + p + r));
  mix_double(&hash, t + v + x + z + bb + dd + ff + hh);
  return hash;
}

uint64_t test_pressure(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  int64_t numbers[16];
  double reals[16];
  for (int round = 0; round < 10; round++) {
    for (int i = 0; i < 16; i++) {
      numbers[i] = (int64_t)next(&state) >> 36;
      reals[i] = (double)numbers[i] / 64;
    }
    mix(&hash, pressure(numbers, reals));
  }
  return hash;
}

typedef int64_t (*Operation)(int64_t, int64_t);
NOINLINE static int64_t add(int64_t a, int64_t b) {
  return a + b;
}
NOINLINE static int64_t subtract(int64_t a, int64_t b) {
  return a - b;
}
NOINLINE static int64_t larger(int64_t a, int64_t b) {
  return a > b ? a : b;
}
static Operation operations[] = {add, subtract, larger};

// A small stack machine.
NOINLINE static int64_t evaluate(const uint8_t *code, size_t size, int64_t argument) {
  int64_t stack[16];
  unsigned depth = 0;
  stack[depth++] = argument;
  for (size_t i = 0; i < size; i++) {
    if (code[i] < 3 && depth >= 2) {
      depth--;
      stack[depth - 1] = operations[code[i]](stack[depth - 1] >> 1, stack[depth] >> 1);
    } else if (depth < 16) {
      stack[depth] = (int64_t)code[i] - argument;
      depth++;
    }
  }
  return stack[depth - 1];
}

uint64_t test_indirect(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  uint8_t code[40];
  for (int round = 0; round < 20; round++) {
    for (int i = 0; i < 40; i++)
      code[i] = (uint8_t)(next(&state) % 6);
    mix(&hash, (uint64_t)evaluate(code, sizeof code, (int64_t)(next(&state) % 1000)));
  }
  return hash;
}

// An array larger than the reach of a 12-bit offset, and addresses of locals that escape.
NOINLINE static void fill(int32_t *numbers, int count, int32_t start_value) {
  for (int i = 0; i < count; i++)
    numbers[i] = start_value + i * i;
}

uint64_t test_frame(uint64_t seed) {
  int32_t first[700], second[5], third[900];
  uint64_t hash = 0;
  fill(first, 700, (int32_t)seed);
  fill(second, 5, 3);
  fill(third, 900, -(int32_t)seed);
  for (int i = 0; i < 700; i++)
    mix(&hash, (uint64_t)(int64_t)(first[i] + second[i % 5] * third[899 - i]));
  return hash;
}
