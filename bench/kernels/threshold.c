// Bytes to black and white.
void kernel(unsigned char *restrict in, unsigned char *restrict out, long limit) {
  for (int i = 0; i < 16384; i++)
    out[i] = in[i] > limit ? 255 : 0;
}
