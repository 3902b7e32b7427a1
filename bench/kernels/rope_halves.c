// The same on halves of a row, in bfloat16.
void kernel(__bf16 x[32][4][64], float c[32][32], float s[32][32]) {
  for (int p = 0; p < 32; p++)
    for (int h = 0; h < 4; h++)
      for (int i = 0; i < 32; i++) {
        float a = (float)x[p][h][i], b = (float)x[p][h][i + 32];
        x[p][h][i] = (__bf16)(a * c[p][i] - b * s[p][i]);
        x[p][h][i + 32] = (__bf16)(a * s[p][i] + b * c[p][i]);
      }
}
