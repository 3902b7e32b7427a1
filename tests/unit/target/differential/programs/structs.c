int printf(const char *, ...);
typedef struct {
  int a;
} One;
typedef struct {
  float x, y;
} Pair;
typedef struct {
  double d;
  int i;
} Mixed;
typedef struct {
  long a, b, c, d;
} Large;
typedef struct {
  char c[13];
  short s;
} Odd;
typedef struct {
  unsigned a : 3, b : 11, c : 18;
  long d : 40;
} Bits;
typedef struct {
  float f;
} Single;
typedef union {
  double d;
  unsigned long u;
} Pun;
static One one(One x) {
  x.a *= 3;
  return x;
}
static Pair pair(Pair x, Pair y) {
  Pair r = {x.x * y.y, x.y - y.x};
  return r;
}
static Mixed mixed(Mixed m, int k) {
  m.d += k;
  m.i -= k;
  return m;
}
static Large large(Large x, Large y) {
  Large r = {x.a + y.d, x.b * y.c, x.c - y.b, x.d ^ y.a};
  return r;
}
static Odd odd(Odd o) {
  for (int i = 0; i < 13; i++)
    o.c[i] = (char)(o.c[12 - i] + i);
  o.s++;
  return o;
}
static Single single(Single s, double d) {
  s.f = (float)(s.f * d);
  return s;
}
static Bits bits(Bits b) {
  b.a++;
  b.b += 700;
  b.c ^= 0x15555;
  b.d -= 5;
  return b;
}
One (*volatile p1)(One) = one;
Pair (*volatile p2)(Pair, Pair) = pair;
Mixed (*volatile p3)(Mixed, int) = mixed;
Large (*volatile p4)(Large, Large) = large;
Odd (*volatile p5)(Odd) = odd;
Single (*volatile p6)(Single, double) = single;
Bits (*volatile p7)(Bits) = bits;
static Large table[4] = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}};
int main(void) {
  One o = p1((One){-7});
  Pair p = p2((Pair){1.5f, 2.5f}, (Pair){3.25f, -4});
  Mixed m = p3((Mixed){2.5, 9}, 4);
  Large l = p4(table[0], table[2]);
  Odd d = {"abcdefghijkl", 77};
  d = p5(d);
  Single s = p6((Single){1.25f}, 3);
  Bits b = p7((Bits){7, 2000, 100, -1});
  table[3] = l;
  Pun u = {.d = m.d};
  printf("%d %g %g %g %d %ld %ld %ld %ld %s %d %g %lx\n", o.a, (double)p.x, (double)p.y, m.d, m.i, l.a, l.b,
         l.c, l.d, d.c, d.s, (double)s.f, u.u);
  printf("%d %d %d %ld %ld\n", b.a, b.b, b.c, (long)b.d, table[3].b);
  return 0;
}
