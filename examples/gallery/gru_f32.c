// A cell of a GRU: three gates of the input x and of the state h, each a matrix times a vector.
float expf(float x), tanhf(float x);

enum { N = 256 };

void gru_f32(const float w[restrict 3 * N][N], const float u[restrict 3 * N][N], const float x[restrict N],
             const float h[restrict N], const float b[restrict 3 * N], const float c[restrict 3 * N],
             float y[restrict N]) {
  float given[3 * N], kept[3 * N];
  for (int i = 0; i < 3 * N; i++) {
    given[i] = 0;
    for (int j = 0; j < N; j++)
      given[i] += w[i][j] * x[j];
  }
  for (int i = 0; i < 3 * N; i++) {
    kept[i] = 0;
    for (int j = 0; j < N; j++)
      kept[i] += u[i][j] * h[j];
  }
  for (int i = 0; i < N; i++) {
    float z = 1 / (1 + expf(-(given[i] + b[i] + kept[i] + c[i])));
    float r = 1 / (1 + expf(-(given[N + i] + b[N + i] + kept[N + i] + c[N + i])));
    float next = tanhf(given[2 * N + i] + b[2 * N + i] + r * (kept[2 * N + i] + c[2 * N + i]));
    y[i] = (1 - z) * next + z * h[i];
  }
}
