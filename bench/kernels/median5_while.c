// The median of each five neighbors, sorted by insertion with a while loop.
void kernel(short *x, short *y, int count) {
  for (int i = 0; i < count; i++) {
    short window[5];
    int n = 0;
    while (n < 5) {
      short v = x[i + n];
      int at = n++;
      while (at > 0 && window[at - 1] > v) {
        window[at] = window[at - 1];
        at--;
      }
      window[at] = v;
    }
    y[i] = window[2];
  }
}
