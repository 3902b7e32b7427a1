// A matrix and its transpose times vectors, in one nest.
#define M 190
#define N 210
void kernel(float A[N][M], float *s, float *q, float *p, float *r) {
  for (int i = 0; i < M; i++)
    s[i] = 0;
  for (int i = 0; i < N; i++) {
    q[i] = 0;
    for (int j = 0; j < M; j++) {
      s[j] += r[i] * A[i][j];
      q[i] += A[i][j] * p[j];
    }
  }
}
