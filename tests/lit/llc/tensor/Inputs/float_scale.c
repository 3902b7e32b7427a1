#include <stdint.h>

enum { M = 64, N = 48, K = 40 };

#define PRODUCT(name, type, result)                                                                          \
  void name(const int8_t a[restrict M][K], const int8_t b[restrict N][K], const int32_t bias[restrict N],    \
            const float scale[restrict N], type y[restrict M][N]) {                                          \
    for (int i = 0; i < M; i++)                                                                              \
      for (int j = 0; j < N; j++) {                                                                          \
        int32_t sum = bias[j];                                                                               \
        for (int k = 0; k < K; k++)                                                                          \
          sum += a[i][k] * b[j][k];                                                                          \
        y[i][j] = result;                                                                                    \
      }                                                                                                      \
  }

static float bounded(float x, float low, float high) {
  return x > high ? high : x < low ? low : x;
}

PRODUCT(rounded, int8_t, (int8_t)bounded(__builtin_rintf((float)sum *scale[j]), -128, 127))
PRODUCT(unsigned_zero_point, uint8_t, (uint8_t)bounded(__builtin_rintf((float)sum *scale[j]) + 3, 0, 255))
// What the drain does not do: bounds that are no integers, NaN that becomes a bound, other roundings.
PRODUCT(odd_bound, int8_t, (int8_t)bounded(__builtin_rintf((float)sum *scale[j]), -0.5f, 127))
PRODUCT(nan_is_bound, int8_t, (int8_t)__builtin_fminf(__builtin_rintf((float)sum *scale[j]), 127))
PRODUCT(away_from_zero, int8_t, (int8_t)bounded(__builtin_roundf((float)sum *scale[j]), -128, 127))
PRODUCT(cut_off, int8_t, (int8_t)bounded((float)sum *scale[j], -128, 127))
