#include <math.h>
// Columns made orthogonal one after the other.
void kernel(float A[80][60], float R[60][60], float Q[80][60]) {
  for (int k = 0; k < 60; k++) {
    float norm = 0;
    for (int i = 0; i < 80; i++)
      norm += A[i][k] * A[i][k];
    R[k][k] = sqrtf(norm);
    for (int i = 0; i < 80; i++)
      Q[i][k] = A[i][k] / R[k][k];
    for (int j = k + 1; j < 60; j++) {
      R[k][j] = 0;
      for (int i = 0; i < 80; i++)
        R[k][j] += Q[i][k] * A[i][j];
      for (int i = 0; i < 80; i++)
        A[i][j] -= Q[i][k] * R[k][j];
    }
  }
}
