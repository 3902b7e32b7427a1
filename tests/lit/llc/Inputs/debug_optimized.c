// Variables of optimized code: in registers, in slots, constants, split, of functions inlined into each other.
typedef struct Pair {
  long first;
  int second;
} Pair;

int counter;

__attribute__((noinline)) long keep(long x, int *where) {
  *where += 1;
  return x + counter;
}

static inline int twice(int x) {
  int doubled = x * 2;
  counter += doubled;
  return doubled;
}

static inline int cube(int y) {
  int squared = y * y;
  int both = squared * y + twice(squared);
  counter++;
  return both ^ y;
}

__attribute__((noinline)) long work(int *v, int n, Pair p) {
  long sum = p.first;
  const int limit = 7;
  for (int i = 0; i < n; i++) {
    int e = v[i];
    long kept = keep(e, &counter);
    if (kept > limit) {
      long big = kept * 3;
      sum += keep(big, &counter);
    }
    sum += cube(e) + p.second;
    v[i] = (int)sum;
  }
  return sum;
}

static int table[40], other[40];

// The counter becomes a pointer, whose place in the table says what it was.
__attribute__((noinline)) int fill(int seed) {
  for (int i = 0; i < 40; i++) {
    seed = seed * 29 + other[i];
    table[i] = seed;
  }
  return seed;
}

long top(void) {
  static int data[4] = {3, 5, 7, 9};
  Pair p = {100, 20};
  int local = 11;
  other[3] = 2;
  long r = keep(local, &local);
  r += work(data, 4, p);
  r += fill(3) == 0;
  return r + local;
}
