// A Kalman filter of position and speed in the plane, written with small matrices.
enum { STATES = 4, SEEN = 2 };
void kernel(float (*seen)[SEEN], float (*track)[STATES], long count) {
  float x[STATES] = {0}, p[STATES][STATES] = {{0}}, step = 0.1f, noise = 0.01f, error = 0.5f;
  for (int i = 0; i < STATES; i++)
    p[i][i] = 10;
  for (long t = 0; t < count; t++) {
    float f[STATES][STATES] = {{1, 0, step, 0}, {0, 1, 0, step}, {0, 0, 1, 0}, {0, 0, 0, 1}},
          fp[STATES][STATES];
    x[0] += step * x[2], x[1] += step * x[3];
    for (int i = 0; i < STATES; i++)
      for (int j = 0; j < STATES; j++) {
        float s = 0;
        for (int k = 0; k < STATES; k++)
          s += f[i][k] * p[k][j];
        fp[i][j] = s;
      }
    for (int i = 0; i < STATES; i++)
      for (int j = 0; j < STATES; j++) {
        float s = i == j ? noise : 0;
        for (int k = 0; k < STATES; k++)
          s += fp[i][k] * f[j][k];
        p[i][j] = s;
      }
    for (int m = 0; m < SEEN; m++) { // one measurement after the other needs no inverse
      float gain[STATES], row[STATES], scale = 1 / (p[m][m] + error), miss = seen[t][m] - x[m];
      for (int i = 0; i < STATES; i++)
        gain[i] = p[i][m] * scale, row[i] = p[m][i];
      for (int i = 0; i < STATES; i++) {
        x[i] += gain[i] * miss;
        for (int j = 0; j < STATES; j++)
          p[i][j] -= gain[i] * row[j];
      }
    }
    for (int i = 0; i < STATES; i++)
      track[t][i] = x[i];
  }
}
