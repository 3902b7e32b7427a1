// Rows of a tensor times a matrix, in place.
#define R 20
#define Q 22
#define P 30
void kernel(float A[R][Q][P], float C[P][P], float *s) {
  for (int r = 0; r < R; r++)
    for (int q = 0; q < Q; q++) {
      for (int p = 0; p < P; p++) {
        s[p] = 0;
        for (int t = 0; t < P; t++)
          s[p] += A[r][q][t] * C[t][p];
      }
      for (int p = 0; p < P; p++)
        A[r][q][p] = s[p];
    }
}
