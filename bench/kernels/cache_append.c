// A position's keys into the cache of each head.
void kernel(_Float16 k[4][32], _Float16 cache[4][128][32], long position) {
  for (int h = 0; h < 4; h++)
    for (int d = 0; d < 32; d++)
      cache[h][position][d] = k[h][d];
}
