// Four filters of second order, one behind the other.
void kernel(float *x, float c[4][5], float *y) {
  float state[4][2] = {{0}};
  for (int i = 0; i < 4096; i++) {
    float v = x[i];
    for (int s = 0; s < 4; s++) {
      float out = c[s][0] * v + state[s][0];
      state[s][0] = c[s][1] * v - c[s][3] * out + state[s][1];
      state[s][1] = c[s][2] * v - c[s][4] * out;
      v = out;
    }
    y[i] = v;
  }
}
