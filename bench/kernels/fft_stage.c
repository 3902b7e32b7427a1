// Butterflies of one stage of a transform of 2048 points, half distance 64.
void kernel(float *re, float *im, float *c, float *s) {
  for (int group = 0; group < 16; group++)
    for (int j = 0; j < 64; j++) {
      int a = group * 128 + j, b = a + 64;
      float x = re[b] * c[16 * j] - im[b] * s[16 * j], y = re[b] * s[16 * j] + im[b] * c[16 * j];
      re[b] = re[a] - x;
      im[b] = im[a] - y;
      re[a] = re[a] + x;
      im[a] = im[a] + y;
    }
}
