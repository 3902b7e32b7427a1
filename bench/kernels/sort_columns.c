// Eight rows sorted in each column by a network.
void kernel(float x[8][256]) {
  static const unsigned char pairs[19][2] = {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3}, {4, 6},
                                             {5, 7}, {1, 2}, {5, 6}, {0, 4}, {3, 7}, {1, 5}, {2, 6},
                                             {1, 4}, {3, 6}, {2, 4}, {3, 5}, {3, 4}};
  for (int p = 0; p < 19; p++)
    for (int j = 0; j < 256; j++) {
      float a = x[pairs[p][0]][j], b = x[pairs[p][1]][j];
      x[pairs[p][0]][j] = a < b ? a : b;
      x[pairs[p][1]][j] = a < b ? b : a;
    }
}
