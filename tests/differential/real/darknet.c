// Darknet's layers in their plain C: convolution by im2col and matrix products, forwards and backwards,
// normalization, layouts, activations, losses. Values are small whole numbers, or fractions of a power of
// two, so that sums are exact in any order and whether or not products are fused with them.
#include "activations.h"
#include "blas.h"
#include "col2im.h"
#include "gemm.h"
#include "im2col.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

void normalize_cpu(float *x, float *mean, float *variance, int batch, int filters, int spatial);
void axpy_cpu(int n, float alpha, float *x, int incx, float *y, int incy);
void copy_cpu(int n, float *x, int incx, float *y, int incy);
void scal_cpu(int n, float alpha, float *x, int incx);
void fill_cpu(int n, float alpha, float *x, int incx);
float dot_cpu(int n, float *x, int incx, float *y, int incy);

enum { SIDE = 20, CHANNELS = 12, FILTERS = 24, WINDOW = 3, BATCH = 2 };
enum {
  PIXELS = SIDE * SIDE,
  IMAGE = CHANNELS * PIXELS,
  RESULT = FILTERS * PIXELS,
  SUM = CHANNELS * WINDOW * WINDOW
};

static float picture[BATCH * IMAGE], weights[FILTERS * SUM], columns[SUM * PIXELS], result[BATCH * RESULT],
    other[BATCH * RESULT * 4];
static float gradient_of_image[IMAGE], gradient_of_weights[FILTERS * SUM], mean[FILTERS], variance[FILTERS],
    scales[FILTERS];

static uint32_t seed = 12345;

static void numbers(float *x, int count, int most) {
  for (int i = 0; i < count; i++) {
    seed = seed * 1664525 + 1013904223;
    x[i] = (float)((int)(seed >> 16) % (2 * most + 1) - most);
  }
}

static void show(const char *what, const float *x, int count) {
  uint64_t hash = 14695981039346656037u;
  for (int i = 0; i < count; i++) {
    uint32_t bits;
    float value = x[i] + 0.0f; // one kind of zero
    memcpy(&bits, &value, sizeof bits);
    hash = (hash ^ bits) * 1099511628211u;
  }
  printf("%s: %016llx, %g %g\n", what, (unsigned long long)hash, x[0], x[count / 2]);
}

static void convolution(int step, int pad) {
  int side = (SIDE + 2 * pad - WINDOW) / step + 1, pixels = side * side;
  fill_cpu(BATCH * RESULT, 0, result, 1);
  for (int b = 0; b < BATCH; b++) {
    im2col_cpu(picture + b * IMAGE, CHANNELS, SIDE, SIDE, WINDOW, step, pad, columns);
    gemm(0, 0, FILTERS, pixels, SUM, 1, weights, SUM, columns, pixels, 1, result + b * FILTERS * pixels,
         pixels);
  }
  show("convolution", result, BATCH * FILTERS * pixels);
  activate_array(result, BATCH * FILTERS * pixels, LEAKY);
  gradient_array(result, FILTERS * pixels, RELU, other);
  gemm(0, 1, FILTERS, SUM, pixels, 0.5f, other, pixels, columns, pixels, 1, gradient_of_weights, SUM);
  show("gradient of the weights", gradient_of_weights, FILTERS * SUM);
  fill_cpu(IMAGE, 0, gradient_of_image, 1);
  gemm(1, 0, SUM, pixels, FILTERS, 1, weights, SUM, other, pixels, 0, columns, pixels);
  col2im_cpu(columns, CHANNELS, SIDE, SIDE, WINDOW, step, pad, gradient_of_image);
  show("gradient of the image", gradient_of_image, IMAGE);
}

static void products(void) {
  numbers(result, RESULT, 9);
  static const int sizes[][3] = {{1, 50, 40}, {33, 65, 17}, {24, 100, 108}, {7, 9, 11}};
  for (int i = 0; i < 4; i++)
    for (int way = 0; way < 4; way++) {
      int m = sizes[i][0], n = sizes[i][1], k = sizes[i][2];
      numbers(other, m * n, 40);
      gemm(way & 1, way >> 1, m, n, k, 0.25f, picture, way & 1 ? m : k, result, way >> 1 ? k : n, 0.5f, other,
           n);
      show("product", other, m * n);
    }
}

static void normalization(void) {
  enum { SPATIAL = 64, FILTERS_HERE = 16 };
  numbers(result, BATCH * FILTERS_HERE * SPATIAL, 8);
  mean_cpu(result, BATCH, FILTERS_HERE, SPATIAL, mean);
  show("means", mean, FILTERS_HERE);
  fill_cpu(FILTERS_HERE, 4, variance, 1);
  normalize_cpu(result, mean, variance, BATCH, FILTERS_HERE, SPATIAL);
  show("normalized", result, BATCH * FILTERS_HERE * SPATIAL);
}

static void layouts(void) {
  numbers(result, BATCH * IMAGE, 99);
  flatten(result, PIXELS, CHANNELS, BATCH, 1);
  show("flattened", result, BATCH * IMAGE);
  flatten(result, CHANNELS, PIXELS, BATCH, 0);
  show("flattened the other way", result, BATCH * IMAGE);
  reorg_cpu(result, SIDE, SIDE, CHANNELS, BATCH, 2, 0, other);
  show("reorganized", other, BATCH * IMAGE);
  upsample_cpu(result, SIDE, SIDE, CHANNELS, 1, 2, 1, 0.5f, other);
  show("enlarged", other, IMAGE * 4);
  upsample_cpu(result, SIDE, SIDE, CHANNELS, 1, 2, 0, 2, other);
  show("made smaller", result, BATCH * IMAGE);
  shortcut_cpu(BATCH, SIDE, SIDE, CHANNELS, picture, SIDE, SIDE, CHANNELS, 1, 2, result);
  show("shortcut", result, BATCH * IMAGE);
  shortcut_cpu(1, SIDE / 2, SIDE / 2, CHANNELS, picture, SIDE, SIDE, CHANNELS / 2, 1, 1, result);
  show("shortcut between sizes", result, BATCH * IMAGE);
}

static void vectors(void) {
  enum { COUNT = 1000 };
  float *a = picture, *b = result, *c = other;
  numbers(b, 4 * COUNT, 15);
  axpy_cpu(COUNT, 3, a, 1, b, 1);
  axpy_cpu(COUNT / 2, -2, a, 2, b + 1, 2);
  scal_cpu(COUNT / 3, 0.5f, b, 3);
  mul_cpu(COUNT, a, 1, b, 1);
  copy_cpu(COUNT, b, 1, c, 2);
  show("vectors", c, 2 * COUNT);
  printf("%g\n", dot_cpu(COUNT, a, 1, b, 1));
  l2_cpu(COUNT, a, b, c, c + COUNT);
  l1_cpu(COUNT, a, b, c + 2 * COUNT, c + 3 * COUNT);
  smooth_l1_cpu(COUNT, a, b, c + 4 * COUNT, c + 5 * COUNT);
  show("losses", c, 6 * COUNT);
  weighted_sum_cpu(a, b, c, COUNT, c + COUNT);
  weighted_delta_cpu(a, b, c, c + COUNT, c + 2 * COUNT, c + 3 * COUNT, COUNT, a + COUNT);
  show("weighted", c, 4 * COUNT);
  mult_add_into_cpu(COUNT, a, b, c);
  inter_cpu(3, a, 5, b, 100, c + COUNT);
  deinter_cpu(3, a, 5, b, 100, c + COUNT);
  show("between", c, 3 * COUNT);
}

static void probabilities(void) {
  for (int i = 0; i < 40; i++)
    picture[i] = (float)(i % 7) / 4;
  softmax_cpu(picture, 10, 4, 10, 1, 0, 1, 1, other);
  activate_array(picture, 40, LOGISTIC);
  for (int i = 0; i < 40; i += 3)
    printf("%.4f %.4f\n", other[i], picture[i]);
}

int main(void) {
  numbers(picture, BATCH * IMAGE, 9);
  numbers(weights, FILTERS * SUM, 5);
  convolution(1, 1);
  convolution(2, 0);
  products();
  normalization();
  layouts();
  vectors();
  probabilities();
  return 0;
}
