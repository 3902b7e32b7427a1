int printf(const char *, ...);
typedef int Compare(const void *, const void *);
static void sort(char *base, long n, long size, Compare *compare) {
  for (long i = 1; i < n; i++)
    for (long j = i; j > 0 && compare(base + (j - 1) * size, base + j * size) > 0; j--)
      for (long k = 0; k < size; k++) {
        char t = base[j * size + k];
        base[j * size + k] = base[(j - 1) * size + k];
        base[(j - 1) * size + k] = t;
      }
}
static int by_int(const void *a, const void *b) {
  return *(const int *)a - *(const int *)b;
}
static int by_double(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}
static void quick(int *a, int low, int high) {
  if (low >= high)
    return;
  int p = a[(low + high) / 2], i = low, j = high;
  while (i <= j) {
    while (a[i] < p)
      i++;
    while (a[j] > p)
      j--;
    if (i <= j) {
      int t = a[i];
      a[i++] = a[j];
      a[j--] = t;
    }
  }
  quick(a, low, j);
  quick(a, i, high);
}
int main(void) {
  int a[50], b[200];
  double d[30];
  unsigned s = 7;
  for (int i = 0; i < 50; i++)
    a[i] = (int)((s = s * 1103515245u + 12345u) >> 16 & 1023) - 512;
  for (int i = 0; i < 200; i++)
    b[i] = (int)((s = s * 1103515245u + 12345u) >> 8);
  for (int i = 0; i < 30; i++)
    d[i] = (double)((s = s * 1103515245u + 12345u) >> 16) / 7 - 1000;
  sort((char *)a, 50, sizeof *a, by_int);
  sort((char *)d, 30, sizeof *d, by_double);
  quick(b, 0, 199);
  for (int i = 0; i < 50; i++)
    printf("%d ", a[i]);
  for (int i = 0; i < 200; i++)
    printf("%d ", b[i]);
  for (int i = 0; i < 30; i++)
    printf("%g ", d[i]);
  printf("\n");
  return 0;
}
