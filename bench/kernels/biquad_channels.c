// A filter of second order for each of sixteen channels.
void kernel(float x[512][16], float c[16][5], float y[512][16]) {
  float first[16] = {0}, second[16] = {0};
  for (int i = 0; i < 512; i++)
    for (int k = 0; k < 16; k++) {
      float out = c[k][0] * x[i][k] + first[k];
      first[k] = c[k][1] * x[i][k] - c[k][3] * out + second[k];
      second[k] = c[k][2] * x[i][k] - c[k][4] * out;
      y[i][k] = out;
    }
}
