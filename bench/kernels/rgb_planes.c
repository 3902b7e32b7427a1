// Pixels of bytes to normalized planes.
void kernel(unsigned char in[8192][3], float out[3][8192]) {
  static const float mean[3] = {123.7f, 116.3f, 103.5f}, scale[3] = {0.0171f, 0.0175f, 0.0174f};
  for (int c = 0; c < 3; c++)
    for (int i = 0; i < 8192; i++)
      out[c][i] = ((float)in[i][c] - mean[c]) * scale[c];
}
