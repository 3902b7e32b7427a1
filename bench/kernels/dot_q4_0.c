// Blocks of 18 bytes, a scale and 32 weights of four bits, halves of a block in the two halves of a byte.
typedef struct {
  _Float16 scale;
  unsigned char q[16];
} Block;
void kernel(Block w[32][8], signed char x[8][32], float *xs, float *y) {
  for (int i = 0; i < 32; i++) {
    float total = 0;
    for (int b = 0; b < 8; b++) {
      int sum = 0;
      for (int k = 0; k < 16; k++) {
        sum += ((w[i][b].q[k] & 15) - 8) * x[b][k];
        sum += ((w[i][b].q[k] >> 4) - 8) * x[b][k + 16];
      }
      total += sum * (float)w[i][b].scale * xs[b];
    }
    y[i] = total;
  }
}
