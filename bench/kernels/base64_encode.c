// Three bytes as four letters.
void kernel(unsigned char *x, unsigned char *y) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int i = 0; i < 1024; i++) {
    unsigned v = x[3 * i] << 16 | x[3 * i + 1] << 8 | x[3 * i + 2];
    for (int k = 0; k < 4; k++)
      y[4 * i + k] = letters[v >> (18 - 6 * k) & 63];
  }
}
