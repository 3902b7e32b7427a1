// Points moved and projected by a matrix of 4 x 4.
typedef struct {
  float x, y, z;
} Point;
typedef struct {
  float at[4][4];
} Matrix;
void kernel(const Point *in, const Matrix *m, Point *out, int count) {
  for (const Point *end = in + count; in < end; in++, out++) {
    float v[4] = {in->x, in->y, in->z, 1}, r[4] = {0};
    for (int i = 0; i < 4; i++)
      for (int j = 0; j < 4; j++)
        r[i] += m->at[i][j] * v[j];
    float w = 1 / r[3];
    out->x = r[0] * w, out->y = r[1] * w, out->z = r[2] * w;
  }
}
