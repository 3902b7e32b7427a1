// A matrix product as anyone would write it: nothing here knows the machine.
enum { SIZE = 256 };

void matmul(const signed char a[restrict SIZE][SIZE], const signed char b[restrict SIZE][SIZE],
            int c[restrict SIZE][SIZE]) {
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      int sum = 0;
      for (int k = 0; k < SIZE; k++)
        sum += a[i][k] * b[k][j];
      c[i][j] = sum;
    }
}
