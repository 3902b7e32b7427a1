int printf(const char *, ...);
enum { N = 24 };
static signed char a8[N][N], b8[N][N];
static int c32[N][N];
static float af[N][N], bf[N][N], cf[N][N];
static double ad[N * N], bd[N * N], cd[N * N];
static short image[20][20], kernel[3][3] = {{1, -2, 1}, {2, 4, -2}, {-1, 0, 3}}, out[18][18];
static void mm8(void) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      int s = 0;
      for (int k = 0; k < N; k++)
        s += a8[i][k] * b8[k][j];
      c32[i][j] = s;
    }
}
static void mmf(void) {
  for (int i = 0; i < N; i++)
    for (int k = 0; k < N; k++)
      for (int j = 0; j < N; j++)
        cf[i][j] += af[i][k] * bf[k][j];
}
static void mmd(double *restrict c, const double *a, const double *b, int n) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      double s = 0;
      for (int k = 0; k < n; k++)
        s += a[i * n + k] * b[k * n + j];
      c[i * n + j] = s;
    }
}
static void conv(void) {
  for (int y = 0; y < 18; y++)
    for (int x = 0; x < 18; x++) {
      int s = 0;
      for (int u = 0; u < 3; u++)
        for (int v = 0; v < 3; v++)
          s += image[y + u][x + v] * kernel[u][v];
      out[y][x] = (short)(s >> 2);
    }
}
int main(void) {
  unsigned s = 3;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      s = s * 1664525u + 1013904223u;
      a8[i][j] = (signed char)(s >> 24);
      b8[i][j] = (signed char)(s >> 16);
      af[i][j] = (float)(s >> 20) / 64;
      bf[i][j] = (float)(s >> 12 & 255) - 100;
      ad[i * N + j] = af[i][j];
      bd[i * N + j] = bf[i][j];
    }
  for (int i = 0; i < 20; i++)
    for (int j = 0; j < 20; j++)
      image[i][j] = (short)(i * j - 37);
  mm8();
  mmf();
  mmd(cd, ad, bd, N);
  conv();
  unsigned long h = 0;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++)
      h = h * 31 + (unsigned)c32[i][j] + (unsigned long)(long)cf[i][j] + (unsigned long)(long)cd[i * N + j];
  for (int i = 0; i < 18; i++)
    for (int j = 0; j < 18; j++)
      h = h * 37 + (unsigned short)out[i][j];
  printf("%lx\n", h);
  return 0;
}
