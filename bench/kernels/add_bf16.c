// A sum of bfloat16, ReLU after it.
void kernel(__bf16 *restrict a, __bf16 *restrict b, __bf16 *restrict y) {
  for (int i = 0; i < 8192; i++) {
    float s = (float)a[i] + (float)b[i];
    y[i] = (__bf16)(s > 0 ? s : 0);
  }
}
