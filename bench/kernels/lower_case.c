// Letters from A to Z become small ones; words are counted.
void kernel(unsigned char *x, long n) {
  for (long i = 0; i < n; i++)
    if (x[i] >= 'A' && x[i] <= 'Z')
      x[i] += 'a' - 'A';
}
