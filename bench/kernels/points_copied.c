// Points that are copied from one array of structures to another.
typedef struct {
  int x, y, z;
} Point;

void kernel(const Point *from, Point *to) {
  for (int i = 0; i < 20000; i++)
    to[i] = from[i];
}
