// What begins a nest is asked for in the nest before, but not what that one writes: weights, vectors and side
// inputs that the nest before makes, reads, or leaves alone, and arrays that are parts of one another.
#include "program.h"
#include <stdint.h>

enum { N = 150, K = 90, M = 64 };
static int8_t first[N * K], second[N * N], vector[K], narrow[N];
static int32_t sums[N], results[N];
static float left[M * M], right[M * M], weights[M * M], product[M * M], last[M * M], added[M * M];

// The second matrix is apart from all that the first product writes.
NOINLINE static void kernel_cell(const int8_t *restrict w, const int8_t *restrict u, const int8_t *restrict x,
                                 const int8_t *restrict h, int32_t *restrict y) {
  for (int i = 0; i < N; i++) {
    int32_t sum = 0;
    for (int j = 0; j < K; j++)
      sum += w[i * K + j] * x[j];
    y[i] = sum;
  }
  for (int i = 0; i < N; i++) {
    int32_t sum = y[i];
    for (int j = 0; j < N; j++)
      sum += u[i * N + j] * h[j];
    y[i] = sum;
  }
}

// The second product's vector is made by the nest before.
NOINLINE static void kernel_chain(void) {
  for (int i = 0; i < N; i++) {
    int32_t sum = 3;
    for (int j = 0; j < K; j++)
      sum += first[i * K + j] * vector[j];
    sums[i] = sum;
  }
  for (int i = 0; i < N; i++)
    narrow[i] = (int8_t)(sums[i] >> 5);
  for (int i = 0; i < N; i++) {
    int32_t sum = 0;
    for (int j = 0; j < N; j++)
      sum += second[i * N + j] * narrow[j];
    results[i] = sum;
  }
}

// The second product's matrix is made by the nest before.
NOINLINE static void kernel_made(void) {
  for (int i = 0; i < N * N; i++)
    second[i] = (int8_t)(second[i] * 3 + 1);
  for (int i = 0; i < N; i++) {
    int32_t sum = 0;
    for (int j = 0; j < N; j++)
      sum += second[i * N + j] * narrow[j];
    results[i] = sum;
  }
}

// Weights of the second layer are apart; those of the third are the first one's result.
NOINLINE static void kernel_layers(float *a, float *b, float *w, float *p, float *q) {
  for (int i = 0; i < M; i++)
    for (int j = 0; j < M; j++) {
      float sum = 0;
      for (int k = 0; k < M; k++)
        sum += a[i * M + k] * b[k * M + j];
      p[i * M + j] = sum;
    }
  for (int i = 0; i < M; i++)
    for (int j = 0; j < M; j++) {
      float sum = 0;
      for (int k = 0; k < M; k++)
        sum += p[i * M + k] * w[k * M + j];
      q[i * M + j] = sum;
    }
}

NOINLINE static void kernel_static_layers(void) {
  for (int i = 0; i < M; i++)
    for (int j = 0; j < M; j++) {
      float sum = 0;
      for (int k = 0; k < M; k++)
        sum += left[i * M + k] * right[k * M + j];
      product[i * M + j] = sum;
    }
  for (int i = 0; i < M * M; i++)
    added[i] = product[i] + weights[i];
  for (int i = 0; i < M; i++)
    for (int j = 0; j < M; j++) {
      float sum = 0;
      for (int k = 0; k < M; k++)
        sum += added[i * M + k] * weights[k * M + j];
      last[i * M + j] = sum;
    }
  for (int i = 0; i < M; i++)
    for (int j = 0; j < M; j++) {
      float sum = 0;
      for (int k = 0; k < M; k++)
        sum += weights[i * M + k] * last[k * M + j];
      product[i * M + j] = sum;
    }
}

static void fill_bytes(int8_t *x, int count, int step) {
  for (int i = 0; i < count; i++)
    x[i] = (int8_t)(i * step + (i >> 4));
}

static void fill_floats(float *x, int count, int step) {
  for (int i = 0; i < count; i++)
    x[i] = (float)((i * step + (i >> 5)) & 3) - 1; // all sums are exact
}

static long mix_floats(long sum, const float *x) {
  for (int i = 0; i < M * M; i++)
    sum = mix(sum, (long)x[i]);
  return sum;
}

int main(void) {
  long sum = 0;
  fill_bytes(first, N * K, 7);
  fill_bytes(second, N * N, 11);
  fill_bytes(vector, K, 5);
  fill_bytes(narrow, N, 3);
  fill_floats(left, M * M, 3);
  fill_floats(right, M * M, 5);
  fill_floats(weights, M * M, 7);
  kernel_cell(first, second, vector, narrow, sums);
  for (int i = 0; i < N; i++)
    sum = mix(sum, sums[i]);
  kernel_chain();
  kernel_made();
  for (int i = 0; i < N; i++)
    sum = mix(mix(sum, results[i]), narrow[i]);
  emit(sum);
  kernel_static_layers();
  sum = mix_floats(mix_floats(sum, product), last);
  kernel_layers(left, right, weights, product, last);
  sum = mix_floats(mix_floats(sum, product), last);
  kernel_layers(left, right, product, product, last); // what the first makes is the weights of the second
  kernel_layers(left, right, weights, weights + 8, last);
  sum = mix_floats(mix_floats(sum, weights), last);
  emit(sum);
  return 0;
}
