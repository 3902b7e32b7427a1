// A pointwise convolution with a folded batch normalization and a leaky ReLU.
void kernel(_Float16 x[14][14][64], _Float16 w[96][64], float *scale, float *shift, _Float16 y[14][14][96]) {
  for (int h = 0; h < 14; h++)
    for (int v = 0; v < 14; v++)
      for (int o = 0; o < 96; o++) {
        float s = 0;
        for (int c = 0; c < 64; c++)
          s += (float)x[h][v][c] * (float)w[o][c];
        s = s * scale[o] + shift[o];
        y[h][v][o] = (_Float16)(s > 0 ? s : s * 0.1f);
      }
}
