// Sums of absolute Hadamard coefficients of 4 x 4 differences, as video encoders choose predictions by.
typedef unsigned char pixel;
static int satd(const pixel *a, int pitch_a, const pixel *b, int pitch_b) {
  int d[4][4], sum = 0;
  for (int i = 0; i < 4; i++, a += pitch_a, b += pitch_b) {
    int x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2], w = a[3] - b[3];
    int p = x + y, q = x - y, r = z + w, s = z - w;
    d[i][0] = p + r, d[i][1] = q + s, d[i][2] = p - r, d[i][3] = q - s;
  }
  for (int j = 0; j < 4; j++) {
    int p = d[0][j] + d[1][j], q = d[0][j] - d[1][j], r = d[2][j] + d[3][j], s = d[2][j] - d[3][j];
    int t[4] = {p + r, q + s, p - r, q - s};
    for (int i = 0; i < 4; i++)
      sum += t[i] < 0 ? -t[i] : t[i];
  }
  return sum >> 1;
}
void kernel(pixel *a, pixel *b, int *y, int width, int height) {
  for (int i = 0; i + 4 <= height; i += 4)
    for (int j = 0; j + 4 <= width; j += 4)
      *y++ = satd(a + i * width + j, width, b + i * width + j, width);
}
