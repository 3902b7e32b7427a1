// The same of sizes that only the run time knows.
void kernel(int m, int n, int k, float A[m][k], float B[k][n], float C[m][n]) {
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) {
      C[i][j] = 0;
      for (int p = 0; p < k; p++)
        C[i][j] += A[i][p] * B[p][j];
    }
}
