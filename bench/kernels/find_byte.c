// The first place of a byte in each row.
void kernel(unsigned char x[64][96], int *at, int byte) {
  for (int i = 0; i < 64; i++) {
    int k = 0;
    while (k < 96 && x[i][k] != byte)
      k++;
    at[i] = k;
  }
}
