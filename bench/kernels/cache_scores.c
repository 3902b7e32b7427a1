// A query times what the cache has so far.
void kernel(_Float16 q[4][32], _Float16 cache[4][128][32], float s[4][128], long length) {
  for (int h = 0; h < 4; h++)
    for (int p = 0; p < length; p++) {
      float sum = 0;
      for (int d = 0; d < 32; d++)
        sum += (float)q[h][d] * (float)cache[h][p][d];
      s[h][p] = sum;
    }
}
