// Structs passed, returned and copied by value: every class of lp64d, from one byte to by reference.
#include "program.h"

#include <stdint.h>

typedef struct Byte {
  int8_t a;
} Byte;
typedef struct Three {
  uint8_t a, b, c;
} Three;
typedef struct Small {
  int16_t a;
  int8_t b;
  int32_t c;
} Small;
typedef struct Pair {
  int64_t a;
  int32_t b;
} Pair;
typedef struct Float {
  float a;
} Float;
typedef struct Floats {
  float a, b;
} Floats;
typedef struct Doubles {
  double a, b;
} Doubles;
typedef struct Mixed {
  double a;
  int32_t b;
} Mixed;
typedef struct Mixed2 {
  int8_t a;
  float b;
} Mixed2;
typedef struct Half {
  float a;
  int64_t b;
} Half;
typedef struct ThreeFloats {
  float a, b, c;
} ThreeFloats;
typedef struct Nested {
  struct {
    float x;
  } a;
  struct {
    double y[1];
  } b;
} Nested;
typedef struct Large {
  int64_t a, b, c;
} Large;
typedef struct Huge {
  int32_t values[40];
  double last;
} Huge;
typedef struct Array {
  uint16_t values[5];
} Array;

NOINLINE static Byte byte(Byte x) {
  return (Byte){(int8_t)(x.a * 3)};
}
NOINLINE static Three three(Three x, int n) {
  x.a = (uint8_t)(x.a + n);
  return (Three){x.c, x.a, x.b};
}
NOINLINE static Small small(Small x, Small y) {
  return (Small){(int16_t)(x.a + y.b), (int8_t)(x.b - y.a), x.c ^ y.c};
}
NOINLINE static Pair pair(Pair x, int n) {
  return (Pair){x.a * n, x.b - n};
}
NOINLINE static Float one_float(Float x, float y) {
  return (Float){x.a * y};
}
NOINLINE static Floats floats(Floats x) {
  return (Floats){x.b, x.a + 1};
}
NOINLINE static Doubles doubles(Doubles x, double y) {
  return (Doubles){x.b * y, x.a - y};
}
NOINLINE static Mixed mixed(Mixed x, int n) {
  return (Mixed){x.a + n, x.b * n};
}
NOINLINE static Mixed2 mixed2(int n, Mixed2 x) {
  return (Mixed2){(int8_t)(x.a + n), x.b / 2};
}
NOINLINE static Half half(Half x) {
  return (Half){(float)x.b, (int64_t)x.a};
}
NOINLINE static ThreeFloats three_floats(ThreeFloats x) {
  return (ThreeFloats){x.c, x.a, x.b};
}
NOINLINE static Nested nested(Nested x) {
  x.b.y[0] += (double)x.a.x;
  x.a.x = -x.a.x;
  return x;
}
NOINLINE static Large large(Large x, int64_t n) {
  return (Large){x.c, x.a + n, x.b * n};
}
NOINLINE static Huge huge(Huge x, int n) {
  for (int i = 0; i < 40; i++)
    x.values[i] = x.values[(i + n) % 40] * 3 + i;
  x.last *= 2;
  return x;
}
NOINLINE static Array array(Array x) {
  Array result = {{0}};
  for (int i = 0; i < 5; i++)
    result.values[i] = x.values[4 - i];
  return result;
}

// More structs than there are registers: some in registers, some half on the stack, some wholly there.
NOINLINE static double crowded(Pair a, Doubles b, int c, Mixed d, Pair e, Doubles f, Large g, Pair h, Mixed i,
                               Floats j, Doubles k, Small l, Three m, Mixed2 n) {
  double sum = (double)a.a + a.b * 2 + b.a * 3 + b.b * 4 + c * 5 + d.a * 6 + d.b * 7;
  sum += (double)e.a * 8 + e.b * 9 + f.a * 10 + f.b * 11 + (double)g.a * 12 + (double)g.b * 13 +
         (double)g.c * 14;
  sum += (double)h.a * 15 + h.b * 16 + i.a * 17 + i.b * 18 + (double)j.a * 19 + (double)j.b * 20;
  return sum + k.a * 21 + k.b * 22 + l.a * 23 + l.b * 24 + l.c * 25.0 + m.a * 26 + m.c * 27 + n.a * 28 +
         (double)n.b;
}

NOINLINE static void change(Huge *to, const Huge *from) {
  *to = *from;
  to->values[7] = 77;
}

static Large global = {1, 2, 3};

int main(void) {
  for (int n = -2; n < 3; n++) {
    emit(byte((Byte){(int8_t)(n * 50)}).a);
    Three t = three((Three){1, (uint8_t)(n * 9), 200}, n);
    emit(t.a | t.b << 8 | t.c << 16);
    Small s = small((Small){(int16_t)(n * 20000), 3, n}, (Small){-5, (int8_t)(n * 60), 1 << 30});
    emit(s.a * 3l + s.b * 5l + s.c * 7l);
    Pair p = pair((Pair){0x123456789al, -n}, n);
    emit(p.a + p.b);
    Floats f = floats((Floats){(float)n, 2.5f});
    emit((long)((one_float((Float){1.5f}, (float)n).a + f.a * 8 + f.b * 64) * 4));
    Doubles d = doubles((Doubles){n * 1.25, -3.5}, 0.5 + n);
    emit((long)(d.a * 1024 + d.b * 16));
    Mixed m = mixed((Mixed){0.125, n + 10}, n);
    Mixed2 m2 = mixed2(n, (Mixed2){100, (float)n});
    emit((long)(m.a * 8) + m.b * 100 + m2.a * 10000 + (long)(m2.b * 2) * 10000000);
    Half h = half((Half){1e6f * (float)n, n * 4097l});
    emit((long)h.a * 3 + h.b);
    ThreeFloats tf = three_floats((ThreeFloats){1, (float)n, 3});
    emit((long)(tf.a + tf.b * 10 + tf.c * 100));
    Nested ne = nested((Nested){{0.5f}, {{(double)n}}});
    emit((long)((double)ne.a.x * 2 + ne.b.y[0] * 16));
    Large l = large(global, n);
    global = large(l, 5);
    emit(l.a + l.b * 100 + l.c * 10000 + global.a * 3);
    Huge big = {{0}, 1.5};
    for (int i = 0; i < 40; i++)
      big.values[i] = i * n;
    Huge other = huge(huge(big, 3), 11);
    change(&big, &other);
    emit(big.values[7] + big.values[39] * 3l + (long)(big.last * 4) + other.values[7]);
    Array a = array((Array){{1, 2, (uint16_t)n, 4, 65535}});
    emit(a.values[0] + a.values[2] * 3 + a.values[4] * 5);
    emit((long)crowded(p, d, n, m, (Pair){n, 5}, d, l, p, m, f, d, s, t, m2));
  }
  return 0;
}
