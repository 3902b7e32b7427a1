// Float, double and half matrix products, decompositions, convolutions, pooling: rounding in a fixed order.
#include "program.h"

#include <stdint.h>

enum { M = 11, N = 14, K = 16, S = 8 };

static float af[M][K], bf[K][N], cf[M][N];
static double ad[M][K], bd[K][N], cd[M][N];
static _Float16 ah[M][K], bh[K][N], ch[M][N];

static uint32_t state = 99;
static double next(void) {
  state = state * 1103515245u + 12345u;
  return (double)(int32_t)(state >> 4) / (1 << 27) - 1;
}
static long bits(double x) {
  union {
    double value;
    long bits;
  } both = {x};
  return x != x ? 1 : both.bits;
}
static void fill(void) {
  for (int k = 0; k < K; k++) {
    for (int m = 0; m < M; m++) {
      ad[m][k] = next();
      af[m][k] = (float)next();
      ah[m][k] = (_Float16)next();
    }
    for (int n = 0; n < N; n++) {
      bd[k][n] = next();
      bf[k][n] = (float)next();
      bh[k][n] = (_Float16)next();
    }
  }
}
static void show(void) {
  long sum = 0;
  for (int m = 0; m < M; m++)
    for (int n = 0; n < N; n++)
      sum = mix(sum, bits((double)cf[m][n]) ^ mix(bits(cd[m][n]), bits((double)ch[m][n])));
  emit(sum);
}
#define MULTIPLY(name, type, a, b, c)                                                                        \
  NOINLINE static void name(type bias) {                                                                     \
    for (int m = 0; m < M; m++)                                                                              \
      for (int n = 0; n < N; n++) {                                                                          \
        type sum = bias;                                                                                     \
        for (int k = 0; k < K; k++)                                                                          \
          sum += a[m][k] * b[k][n];                                                                          \
        c[m][n] = sum > 0 ? sum : sum / 8;                                                                   \
      }                                                                                                      \
  }
MULTIPLY(multiply_float, float, af, bf, cf)
MULTIPLY(multiply_double, double, ad, bd, cd)
MULTIPLY(multiply_half, _Float16, ah, bh, ch)

NOINLINE static void mixed_precision(float scale) {
  for (int m = 0; m < M; m++)
    for (int n = 0; n < N; n++) {
      float sum = 0;
      for (int k = 0; k < K; k++)
        sum += (float)ah[m][k] * (float)bh[k][n] * scale;
      ch[m][n] = (_Float16)sum;
      cd[m][n] = (double)sum * cd[m][n] - (double)af[m][n];
    }
}
NOINLINE static int solve(double matrix[S][S + 1]) {
  for (int column = 0; column < S; column++) {
    int best = column;
    for (int row = column + 1; row < S; row++) {
      if (__builtin_fabs(matrix[row][column]) > __builtin_fabs(matrix[best][column]))
        best = row;
    }
    if (matrix[best][column] == 0)
      return 0;
    for (int i = 0; i <= S; i++) {
      double other = matrix[column][i];
      matrix[column][i] = matrix[best][i];
      matrix[best][i] = other;
    }
    for (int row = 0; row < S; row++) {
      if (row == column)
        continue;
      double factor = matrix[row][column] / matrix[column][column];
      for (int i = column; i <= S; i++)
        matrix[row][i] -= factor * matrix[column][i];
    }
  }
  return 1;
}
NOINLINE static void cholesky(float lower[S][S]) {
  for (int i = 0; i < S; i++)
    for (int j = 0; j <= i; j++) {
      float sum = i == j ? 10.0f + (float)i : 1.0f / (float)(i + j + 1);
      for (int k = 0; k < j; k++)
        sum -= lower[i][k] * lower[j][k];
      lower[i][j] = i == j ? __builtin_sqrtf(sum) : sum / lower[j][j];
    }
}
NOINLINE static float pool(int most) {
  float total = 0;
  for (int m = 0; m + 1 < M; m += 2)
    for (int n = 0; n + 1 < N; n += 2) {
      float value = most ? -1e30f : 0;
      for (int i = 0; i < 4; i++) {
        float x = cf[m + i / 2][n + i % 2];
        value = most ? (x > value ? x : value) : value + x * 0.25f;
      }
      total += value * (float)(m + n);
    }
  return total;
}

int main(void) {
  fill();
  multiply_float(0.5f);
  multiply_double(-0.25);
  multiply_half((_Float16)0.125);
  show();
  mixed_precision(0.75f);
  show();
  double matrix[S][S + 1];
  for (int i = 0; i < S; i++)
    for (int j = 0; j <= S; j++)
      matrix[i][j] = ad[i][j] + (i == j);
  emit(solve(matrix));
  for (int i = 0; i < S; i++)
    emit(bits(matrix[i][S] / matrix[i][i]));
  float lower[S][S] = {{0}};
  cholesky(lower);
  long sum = 0;
  for (int i = 0; i < S; i++)
    for (int j = 0; j < S; j++)
      sum = mix(sum, bits((double)lower[i][j]));
  emit(sum);
  emit(bits((double)pool(0)));
  emit(bits((double)pool(1)));
  return 0;
}
