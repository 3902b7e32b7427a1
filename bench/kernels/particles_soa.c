// The same as arrays, by pointers.
void kernel(float p[6][1000], long n) {
  float *x = p[0], *y = p[1], *z = p[2], *u = p[3], *v = p[4], *w = p[5];
  for (long i = 0; i < n; i++) {
    w[i] -= 9.81f * 0.01f;
    x[i] += u[i] * 0.01f;
    y[i] += v[i] * 0.01f;
    z[i] += w[i] * 0.01f;
    if (z[i] < 0) {
      z[i] = -z[i];
      w[i] = -0.8f * w[i];
    }
  }
}
