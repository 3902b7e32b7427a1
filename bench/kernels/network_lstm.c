#define STEPS 20
#define N 64
// An LSTM over some steps with hard functions: four gates of the input and of the state, one matrix for each.
static inline float gate(float v) {
  v = v * 0.2f;
  v = v + 0.5f;
  v = v < 0 ? 0 : v;
  return v > 1 ? 1 : v;
}
static inline float bend(float v) {
  v = v < -1 ? -1 : v;
  return v > 1 ? 1 : v;
}
void kernel(const float *restrict x, const float *restrict w, const float *restrict u,
            const float *restrict b, float *restrict h, float *restrict c) {
  for (int t = 0; t < STEPS; t++) {
    float gates[4 * N];
    for (int i = 0; i < 4 * N; i++) {
      float s = b[i];
      for (int j = 0; j < N; j++)
        s += w[i * N + j] * x[t * N + j];
      gates[i] = s;
    }
    for (int i = 0; i < 4 * N; i++) {
      float s = gates[i];
      for (int j = 0; j < N; j++)
        s += u[i * N + j] * h[j];
      gates[i] = s;
    }
    for (int i = 0; i < N; i++) {
      float kept = gate(gates[N + i]) * c[i], more = gate(gates[i]) * bend(gates[3 * N + i]);
      c[i] = kept + more;
      h[i] = gate(gates[2 * N + i]) * bend(c[i]);
    }
  }
}
