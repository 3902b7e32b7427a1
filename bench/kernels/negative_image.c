// The negative of an image of three colours, each in a statement.
void kernel(const unsigned char *restrict from, unsigned char *restrict to) {
  for (int i = 0; i < 40000; i++) {
    to[3 * i] = 255 - from[3 * i];
    to[3 * i + 1] = 255 - from[3 * i + 1];
    to[3 * i + 2] = 255 - from[3 * i + 2];
  }
}
