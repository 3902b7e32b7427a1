// A dense layer, eight rows at a time, whose sums are a local array.
#define ROWS 8
void kernel(const float *inp, const float *weight, const float *bias, float *out, int BT, int C, int OC) {
  for (int obt = 0; obt < BT; obt += ROWS) {
    for (int o = 0; o < OC; o++) {
      float result[ROWS];
      for (int i = 0; i < ROWS; i++)
        result[i] = bias ? bias[o] : 0.0f;
      for (int i = 0; i < C; i++) {
        float w = weight[i + o * C];
        for (int ib = 0; ib < ROWS; ib++) {
          int bt = obt + ib;
          result[ib] += inp[bt * C + i] * w;
        }
      }
      for (int ib = 0; ib < ROWS; ib++) {
        int bt = obt + ib;
        out[bt * OC + o] = result[ib];
      }
    }
  }
}
