// Floating point: each operation rounded for itself, conversions, comparisons with infinities and NaNs.
#include "program.h"

static const double edges[] = {0.0,  -0.0,        1.0,          -1.0,   0.5,          1.5,
                               2.5,  -2.5,        1e308,        5e-324, 1e-310,       3.4e38,
                               1e39, 1.1754e-38f, 1.401298e-45, 65504,  4294967296.0, 0.1};
enum { EDGES = sizeof edges / sizeof edges[0] };

static double pick(uint64_t *state) {
  uint64_t number = next(state);
  if ((number & 3) == 0)
    return edges[(number >> 8) % EDGES];
  if ((number & 63) == 1)
    return __builtin_inf();
  if ((number & 63) == 5)
    return __builtin_nan("");
  double magnitude = (double)(next(state) >> 20) / (double)(1 + (next(state) >> (number >> 8 & 31)));
  return number >> 63 ? -magnitude : magnitude;
}

NOINLINE static uint64_t doubles(double a, double b, double c) {
  uint64_t hash = 0;
  mix_double(&hash, a + b);
  mix_double(&hash, a - b);
  mix_double(&hash, a * b);
  mix_double(&hash, a / b);
  mix_double(&hash, a * b + c);
  mix_double(&hash, __builtin_fma(a, b, c));
  mix_double(&hash, -a);
  mix_double(&hash, __builtin_fabs(a));
  mix_double(&hash, __builtin_copysign(a, b));
  mix_double(&hash, __builtin_sqrt(__builtin_fabs(a)));
  mix(&hash,
      (uint64_t)((a < b) | (a <= b) << 1 | (a == b) << 2 | (a != b) << 3 | (a > b) << 4 | (a >= b) << 5));
  mix(&hash, (uint64_t)(__builtin_isunordered(a, b) | __builtin_isless(a, b) << 1));
  mix_double(&hash, a < b ? a : b);
  mix_double(&hash, a > 0 ? a : 0);
  mix_float(&hash, (float)a);
  return hash;
}

NOINLINE static uint64_t floats(float a, float b, float c) {
  uint64_t hash = 0;
  mix_float(&hash, a + b);
  mix_float(&hash, a - b);
  mix_float(&hash, a * b);
  mix_float(&hash, a / b);
  mix_float(&hash, a * b - c);
  mix_float(&hash, __builtin_fmaf(a, b, c));
  mix_float(&hash, -b);
  mix_float(&hash, __builtin_fabsf(a));
  mix_float(&hash, __builtin_copysignf(a, b));
  mix_float(&hash, __builtin_sqrtf(__builtin_fabsf(a)));
  mix(&hash,
      (uint64_t)((a < b) | (a <= b) << 1 | (a == b) << 2 | (a != b) << 3 | (a > b) << 4 | (a >= b) << 5));
  mix_float(&hash, a > b ? a : b);
  mix_double(&hash, (double)a * b);
  return hash;
}

uint64_t test_operations(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  for (int i = 0; i < 300; i++) {
    double a = pick(&state), b = pick(&state), c = pick(&state);
    mix(&hash, doubles(a, b, c));
    mix(&hash, floats((float)a, (float)b, (float)c));
  }
  return hash;
}

// Conversions within the range of their result.
NOINLINE static uint64_t conversions(double a, int64_t i) {
  uint64_t hash = 0;
  double small = a > 1e9 ? 1e9 : a < -1e9 ? -1e9 : a == a ? a : 0;
  double large = small * 4e9;
  mix(&hash, (uint64_t)(int64_t)(int32_t)small);
  mix(&hash, (uint32_t)(small < 0 ? -small : small));
  mix(&hash, (uint64_t)(int64_t)large);
  mix(&hash, (uint64_t)(large < 0 ? -large : large));
  mix(&hash, (uint64_t)(int64_t)(int32_t)(float)(small / 2));
  mix(&hash, (uint64_t)(int64_t)(int8_t)(small / 1e8));
  mix_double(&hash, (double)i);
  mix_double(&hash, (double)(uint64_t)i);
  mix_double(&hash, (double)(int32_t)i);
  mix_double(&hash, (double)(uint32_t)i);
  mix_float(&hash, (float)i);
  mix_float(&hash, (float)(uint64_t)i);
  mix_float(&hash, (float)(int32_t)i);
  mix_float(&hash, (float)(uint16_t)i);
  mix_float(&hash, (float)(int8_t)i);
  return hash;
}

uint64_t test_conversions(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  for (int i = 0; i < 300; i++) {
    double a = pick(&state);
    mix(&hash, conversions(a, (int64_t)(next(&state) >> (next(&state) & 63))));
    mix(&hash, conversions(-a, -(int64_t)(next(&state) >> (1 + next(&state) % 63))));
  }
  return hash;
}

typedef struct Body {
  double x, y, z, vx, vy, vz, mass;
} Body;

static Body bodies[5];

NOINLINE static void advance(double step) {
  for (int i = 0; i < 5; i++) {
    for (int j = i + 1; j < 5; j++) {
      double dx = bodies[i].x - bodies[j].x, dy = bodies[i].y - bodies[j].y, dz = bodies[i].z - bodies[j].z;
      double square = dx * dx + dy * dy + dz * dz;
      double factor = step / (square * __builtin_sqrt(square));
      bodies[i].vx -= dx * bodies[j].mass * factor;
      bodies[i].vy -= dy * bodies[j].mass * factor;
      bodies[i].vz -= dz * bodies[j].mass * factor;
      bodies[j].vx += dx * bodies[i].mass * factor;
      bodies[j].vy += dy * bodies[i].mass * factor;
      bodies[j].vz += dz * bodies[i].mass * factor;
    }
  }
  for (int i = 0; i < 5; i++) {
    bodies[i].x += step * bodies[i].vx;
    bodies[i].y += step * bodies[i].vy;
    bodies[i].z += step * bodies[i].vz;
  }
}

uint64_t test_bodies(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  double *numbers = (double *)bodies;
  for (int i = 0; i < 35; i++)
    numbers[i] = (double)(next(&state) >> 40) / 4096 + i;
  for (int i = 0; i < 50; i++)
    advance(0.01);
  for (int i = 0; i < 35; i++)
    mix_double(&hash, numbers[i]);
  return hash;
}

NOINLINE static int escape(float cx, float cy) {
  float x = 0, y = 0;
  int count = 0;
  while (count < 50 && x * x + y * y < 4.0f) {
    float t = x * x - y * y + cx;
    y = 2 * x * y + cy;
    x = t;
    count++;
  }
  return count;
}

uint64_t test_mandelbrot(uint64_t seed) {
  uint64_t hash = seed;
  for (int i = 0; i < 24; i++)
    for (int j = 0; j < 24; j++)
      mix(&hash, (uint64_t)escape(-2.0f + 0.12f * (float)i, -1.5f + 0.12f * (float)j));
  return hash;
}
