enum color { RED, GREEN = 5 };
struct point {
  int x, y;
  unsigned flag : 3;
  struct point *next;
  double w[3];
};
typedef struct point Point;
union number {
  int i;
  float f;
};
static int counter = 3;
Point origin = {1, 2, 5, 0, {1, 2, 3}};
static long work(Point *p, int n, double scale, enum color c) {
  long sum = 0;
  union number k;
  k.f = 1.5f;
  int table[4] = {1, 2, 3, 4};
  for (int i = 0; i < n; i++) {
    int square = i * i;
    sum += square + table[i & 3];
  }
  p->x += n;
  counter++;
  return sum + (long)scale + c;
}
long top(void) {
  Point local = origin;
  local.next = &origin;
  long r = work(&local, 5, 2.5, GREEN);
  return r + local.x;
}
