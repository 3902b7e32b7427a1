// Runs of equal bytes as pairs of length and byte.
void kernel(const unsigned char *x, unsigned char *y, int *count) {
  const unsigned char *end = x + 8192;
  unsigned char *to = y;
  while (x < end) {
    const unsigned char *start = x;
    do
      x++;
    while (x < end && *x == *start && x - start < 255);
    *to++ = (unsigned char)(x - start);
    *to++ = *start;
  }
  *count = (int)(to - y);
}
