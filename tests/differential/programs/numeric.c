// Numeric kernels in doubles and floats: Mandelbrot, FFT with factors found here, Runge-Kutta, Simpson,
// statistics.
#include "program.h"

#include <stdint.h>

typedef struct Complex {
  double re, im;
} Complex;
typedef struct ComplexF {
  float re, im;
} ComplexF;

static long bits(double x) {
  union {
    double value;
    long bits;
  } both = {x};
  return both.bits;
}
NOINLINE static Complex multiply(Complex a, Complex b) {
  return (Complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
NOINLINE static ComplexF multiply_float(ComplexF a, ComplexF b) {
  return (ComplexF){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
NOINLINE static Complex plus(Complex a, Complex b) {
  return (Complex){a.re + b.re, a.im + b.im};
}
NOINLINE static Complex minus(Complex a, Complex b) {
  return (Complex){a.re - b.re, a.im - b.im};
}

NOINLINE static int escape(Complex c, int limit) {
  Complex z = {0, 0};
  int n = 0;
  while (n < limit && z.re * z.re + z.im * z.im < 4) {
    z = plus(multiply(z, z), c);
    n++;
  }
  return n;
}
NOINLINE static double sine(double x) {
  double term = x, sum = 0;
  for (int i = 1; i < 20; i++) {
    sum += term;
    term *= -x * x / ((2 * i) * (2 * i + 1));
  }
  return sum;
}
NOINLINE static void fourier(Complex *x, int count) {
  for (int i = 1, j = 0; i < count; i++) {
    int bit = count >> 1;
    for (; j & bit; bit >>= 1)
      j ^= bit;
    j ^= bit;
    if (i < j) {
      Complex other = x[i];
      x[i] = x[j];
      x[j] = other;
    }
  }
  for (int size = 2; size <= count; size *= 2) {
    double angle = 6.283185307179586 / size;
    Complex step = {sine(angle + 1.5707963267948966), -sine(angle)};
    for (int i = 0; i < count; i += size) {
      Complex factor = {1, 0};
      for (int j = i; j < i + size / 2; j++) {
        Complex other = multiply(x[j + size / 2], factor);
        x[j + size / 2] = minus(x[j], other);
        x[j] = plus(x[j], other);
        factor = multiply(factor, step);
      }
    }
  }
}
typedef double Function(double, double);
static double decay(double t, double y) {
  return -2 * y + t;
}
static double logistic(double t, double y) {
  return y * (1 - y) + 0.1 * t;
}
NOINLINE static double runge(Function *f, double y, double step, int count) {
  double t = 0;
  for (int i = 0; i < count; i++) {
    double a = f(t, y), b = f(t + step / 2, y + step / 2 * a);
    double c = f(t + step / 2, y + step / 2 * b), d = f(t + step, y + step * c);
    y += step / 6 * (a + 2 * b + 2 * c + d);
    t += step;
  }
  return y;
}
NOINLINE static void statistics(const float *x, int count, float *mean, float *variance, float *most,
                                int *where) {
  float sum = 0, squares = 0;
  *most = x[0];
  *where = 0;
  for (int i = 0; i < count; i++) {
    sum += x[i];
    squares += x[i] * x[i];
    if (x[i] > *most) {
      *most = x[i];
      *where = i;
    }
  }
  *mean = sum / (float)count;
  *variance = squares / (float)count - *mean * *mean;
}
NOINLINE static void softmax(float *x, int count) {
  float most = x[0], sum = 0;
  for (int i = 1; i < count; i++)
    most = x[i] > most ? x[i] : most;
  for (int i = 0; i < count; i++) {
    float y = (x[i] - most) / 64, power = 1 + y + y * y / 2;
    for (int k = 0; k < 6; k++)
      power *= power;
    x[i] = power;
    sum += power;
  }
  for (int i = 0; i < count; i++)
    x[i] /= sum;
}
// Bodies that attract each other; the struct has both kinds of fields.
typedef struct Body {
  int id;
  double place[3], speed[3];
  float mass;
} Body;
NOINLINE static void advance(Body *bodies, int count, double step) {
  for (int i = 0; i < count; i++)
    for (int j = 0; j < count; j++) {
      if (bodies[i].id == bodies[j].id)
        continue;
      double d[3], square = 0.01;
      for (int k = 0; k < 3; k++) {
        d[k] = bodies[j].place[k] - bodies[i].place[k];
        square += d[k] * d[k];
      }
      double pull = step * (double)bodies[j].mass / (square * __builtin_sqrt(square));
      for (int k = 0; k < 3; k++)
        bodies[i].speed[k] += d[k] * pull;
    }
  for (int i = 0; i < count; i++)
    for (int k = 0; k < 3; k++)
      bodies[i].place[k] += step * bodies[i].speed[k];
}

int main(void) {
  long sum = 0;
  for (int y = 0; y < 24; y++)
    for (int x = 0; x < 32; x++)
      sum = mix(sum, escape((Complex){x * 0.1 - 2.2, y * 0.1 - 1.2}, 100));
  emit(sum);
  Complex wave[64];
  for (int i = 0; i < 64; i++)
    wave[i] = (Complex){(i * 37 % 64) * 0.125 - 3, i % 5};
  fourier(wave, 64);
  for (int i = 0; i < 64; i += 7) {
    emit(bits(wave[i].re));
    emit(bits(wave[i].im));
  }
  emit(bits(runge(decay, 1, 0.01, 100)));
  emit(bits(runge(logistic, 0.1, 0.05, 60)));
  float values[50], mean, variance, most;
  int where;
  for (int i = 0; i < 50; i++)
    values[i] = (float)(i * 29 % 50) * 0.3f - 4;
  statistics(values, 50, &mean, &variance, &most, &where);
  emit(bits((double)mean) ^ bits((double)variance));
  emit(bits((double)most) + where);
  softmax(values, 50);
  for (int i = 0; i < 50; i += 11)
    emit(bits((double)values[i]));
  ComplexF f = {1, 0.25f};
  for (int i = 0; i < 20; i++)
    f = multiply_float(f, (ComplexF){0.9f, 0.3f});
  emit(bits((double)f.re) ^ bits((double)f.im));
  Body bodies[4] = {{0, {0, 0, 0}, {0, 0, 0}, 10},
                    {1, {1, 0, 0}, {0, 3, 0}, 1},
                    {2, {0, 2, 0}, {-2, 0, 0.5}, 0.5f},
                    {3, {0, 0, -3}, {1, 1, 0}, 0.25f}};
  for (int i = 0; i < 100; i++)
    advance(bodies, 4, 0.001);
  for (int i = 0; i < 4; i++)
    emit(bits(bodies[i].place[0]) ^ bits(bodies[i].speed[2]));
  return 0;
}
