// Scores of an attention and the largest of each row, from products of eight numbers that are written out.
void kernel(const float *q, const float *k, float *scores, float *largest) {
  for (int i = 0; i < 64; i++) {
    float most = -1e30f;
    for (int j = 0; j < 64; j++) {
      const float *x = q + i * 8, *y = k + j * 8;
      float s = 0;
      s += x[0] * y[0], s += x[1] * y[1], s += x[2] * y[2], s += x[3] * y[3];
      s += x[4] * y[4], s += x[5] * y[5], s += x[6] * y[6], s += x[7] * y[7];
      scores[i * 64 + j] = s * 0.25f;
      if (s * 0.25f > most)
        most = s * 0.25f;
    }
    largest[i] = most;
  }
}
