// A sparse matrix times a vector.
void kernel(int *p, int *c, float *v, float *x, float *y) {
  for (int i = 0; i < 256; i++) {
    float s = 0;
    for (int k = p[i]; k < p[i + 1]; k++)
      s += v[k] * x[c[k]];
    y[i] = s;
  }
}
