// A filter of eight taps whose delay line is moved along by one each time.
void kernel(const float *in, const float *tap, float *out, int count) {
  float line[8] = {0};
  while (count-- > 0) {
    float sum = 0;
    for (int k = 7; k > 0; k--)
      line[k] = line[k - 1];
    line[0] = *in++;
    for (int k = 0; k < 8; k++)
      sum += line[k] * tap[k];
    *out++ = sum;
  }
}
