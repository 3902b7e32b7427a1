// The median of nine by a network of comparisons.
#define SMALLER(a, b) ((a) < (b) ? (a) : (b))
#define LARGER(a, b) ((a) < (b) ? (b) : (a))
static const unsigned char network[19][2] = {{1, 2}, {4, 5}, {7, 8}, {0, 1}, {3, 4}, {6, 7}, {1, 2},
                                             {4, 5}, {7, 8}, {0, 3}, {5, 8}, {4, 7}, {3, 6}, {1, 4},
                                             {2, 5}, {4, 7}, {4, 2}, {6, 4}, {4, 2}};
void kernel(unsigned char in[98][130], unsigned char out[96][128]) {
  for (int i = 0; i < 96; i++)
    for (int j = 0; j < 128; j++) {
      unsigned char v[9];
#pragma clang loop unroll(full)
      for (int k = 0; k < 9; k++)
        v[k] = in[i + k / 3][j + k % 3];
#pragma clang loop unroll(full)
      for (int k = 0; k < 19; k++) {
        unsigned char *a = &v[network[k][0]], *b = &v[network[k][1]], x = *a, y = *b;
        *a = SMALLER(x, y);
        *b = LARGER(x, y);
      }
      out[i][j] = v[4];
    }
}
