// One image over another by its transparency.
void kernel(unsigned char over[4096][4], unsigned char under[4096][4], unsigned char out[4096][4]) {
  for (int i = 0; i < 4096; i++) {
    int a = over[i][3];
    for (int c = 0; c < 3; c++)
      out[i][c] = (over[i][c] * a + under[i][c] * (255 - a) + 127) / 255;
    out[i][3] = 255;
  }
}
