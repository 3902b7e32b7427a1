// All stages of a transform of 512 points, decimation in frequency.
void kernel(float *re, float *im, float *c, float *s) {
  for (int half = 256, step = 1; half >= 1; half /= 2, step *= 2)
    for (int start = 0; start < 512; start += 2 * half)
      for (int j = 0; j < half; j++) {
        int a = start + j, b = a + half;
        float x = re[a] - re[b], y = im[a] - im[b];
        re[a] += re[b];
        im[a] += im[b];
        re[b] = x * c[j * step] - y * s[j * step];
        im[b] = x * s[j * step] + y * c[j * step];
      }
}
