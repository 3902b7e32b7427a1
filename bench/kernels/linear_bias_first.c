// Sums that begin with a bias: by columns, by rows, a number, and a window with a bias for each channel.
enum { M = 60, N = 72, K = 90, H = 12, C = 16, O = 40 };
void kernel(float x[M][K], float w[K][N], float b[N], float y[M][N], float c[M], float z[M][N], float v[M][N],
            float image[H + 2][H + 2][C], float window[O][3][3][C], float d[O], float result[H][H][O]) {
  for (int i = 0; i < M; i++)
    for (int j = 0; j < N; j++) {
      float s = b[j];
      for (int k = 0; k < K; k++)
        s += x[i][k] * w[k][j];
      y[i][j] = s > 0 ? s : 0;
    }
  for (int i = 0; i < M; i++)
    for (int j = 0; j < N; j++) {
      float s = c[i];
      for (int k = 0; k < K; k++)
        s += x[i][k] * w[k][j];
      z[i][j] = s;
    }
  for (int i = 0; i < M; i++)
    for (int j = 0; j < N; j++) {
      float s = 0.5f;
      for (int k = 0; k < K; k++)
        s += x[i][k] * w[k][j];
      v[i][j] = s;
    }
  for (int i = 0; i < H; i++)
    for (int j = 0; j < H; j++)
      for (int o = 0; o < O; o++) {
        float s = d[o];
        for (int p = 0; p < 3; p++)
          for (int q = 0; q < 3; q++)
            for (int k = 0; k < C; k++)
              s += image[i + p][j + q][k] * window[o][p][q][k];
        result[i][j][o] = s;
      }
}
