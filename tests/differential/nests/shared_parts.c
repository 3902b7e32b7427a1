// Values of which parts are used again and again, as a sorting network's or those of a chain of choices:
// written out wherever they are used they would take forever.
#include "program.h"

enum { COUNT = 100, TAPS = 9, STEPS = 24 };
static float x[COUNT + TAPS * 8], y[COUNT];
static int numbers[COUNT + 1], results[COUNT];

static inline float middle(float *v) {
#pragma clang loop unroll(full)
  for (int k = 0; k < TAPS * TAPS; k++) {
    int at = k % TAPS;
    float low = v[at] < v[at + 1] ? v[at] : v[at + 1], high = v[at] < v[at + 1] ? v[at + 1] : v[at];
    v[at] = low;
    v[at + 1] = high;
  }
  return v[TAPS / 2];
}

NOINLINE static void median(float *restrict to, const float *restrict from) {
  for (int i = 0; i < COUNT; i++) {
    float v[TAPS + 1];
#pragma clang loop unroll(full)
    for (int k = 0; k <= TAPS; k++)
      v[k] = from[i + 5 * k];
    to[i] = middle(v);
  }
}

NOINLINE static void median_in_place(float *at) {
  for (int i = TAPS; i < COUNT; i++) {
    float v[TAPS + 1];
#pragma clang loop unroll(full)
    for (int k = 0; k <= TAPS; k++)
      v[k] = at[i - k];
    at[i] = middle(v) + 1;
  }
}

NOINLINE static void chain(float *restrict to, const float *restrict from) {
  for (int i = 0; i < COUNT; i++) {
    float v = from[i], u = from[i + 1];
#pragma clang loop unroll(full)
    for (int k = 0; k < STEPS; k++) {
      float w = v < u ? v * 0.5f : u + 1;
      u = v;
      v = w;
    }
    to[i] = v;
  }
}

NOINLINE static void chain_in_place(float *at) {
  for (int i = 2; i < COUNT; i++) {
    float v = at[i - 1], u = at[i];
#pragma clang loop unroll(full)
    for (int k = 0; k < STEPS; k++) {
      float w = v < u ? v * 0.5f : u + 1;
      u = v;
      v = w;
    }
    at[i] = v;
  }
}

NOINLINE static void chain_of_integers(int *restrict to, const int *restrict from) {
  for (int i = 0; i < COUNT; i++) {
    unsigned v = (unsigned)from[i], u = (unsigned)from[i + 1];
#pragma clang loop unroll(full)
    for (int k = 0; k < STEPS; k++) {
      unsigned w = v < u ? v * 5 : u + 1;
      u = v;
      v = w;
    }
    to[i] = (int)v;
  }
}

static void show(void) {
  long sum = 0;
  for (int i = 0; i < COUNT; i++)
    sum = mix(mix(sum, results[i]), (long)(y[i] * 16));
  emit(sum);
}

int main(void) {
  for (int i = 0; i < COUNT + TAPS * 8; i++)
    x[i] = (float)(i * 37 % 101 - 50);
  for (int i = 0; i <= COUNT; i++)
    numbers[i] = i * 7919 % 1000;
  median(y, x);
  show();
  median_in_place(y);
  show();
  chain(y, x);
  show();
  chain_in_place(y);
  show();
  chain_of_integers(results, numbers);
  show();
  return 0;
}
