// The add-compare-select steps of a decoder for a code of rate 1/2 with 64 states.
static int parity(int x) {
  return __builtin_parity(x);
}
void kernel(unsigned char symbol[200][2], int *metric, unsigned char from[200][64]) {
  int next[64];
  for (int t = 0; t < 200; t++) {
    for (int s = 0; s < 64; s++) {
      int low = s >> 1, high = low | 32;
      int cost =
          (parity((s | low << 6) & 0x6d) != symbol[t][0]) + (parity((s | low << 6) & 0x4f) != symbol[t][1]);
      int a = metric[low] + cost, b = metric[high] + 2 - cost;
      from[t][s] = b < a;
      next[s] = b < a ? b : a;
    }
    for (int s = 0; s < 64; s++)
      metric[s] = next[s];
  }
}
