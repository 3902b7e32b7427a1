// A recursive filter along rows in both directions, then their sum.
void kernel(float in[128][96], float out[128][96], float y1[128][96], float y2[128][96]) {
  const float a1 = 0.2f, a2 = -0.1f, b1 = 0.9f, b2 = -0.3f;
  for (int i = 0; i < 128; i++) {
    float before = 0, last = 0, x = 0;
    for (int j = 0; j < 96; j++) {
      y1[i][j] = a1 * in[i][j] + a2 * x + b1 * last + b2 * before;
      x = in[i][j];
      before = last;
      last = y1[i][j];
    }
  }
  for (int i = 0; i < 128; i++) {
    float before = 0, last = 0, x1 = 0, x2 = 0;
    for (int j = 95; j >= 0; j--) {
      y2[i][j] = a2 * x1 + a1 * x2 + b1 * last + b2 * before;
      x2 = x1;
      x1 = in[i][j];
      before = last;
      last = y2[i][j];
    }
  }
  for (int i = 0; i < 128; i++)
    for (int j = 0; j < 96; j++)
      out[i][j] = 0.5f * (y1[i][j] + y2[i][j]);
}
