// Sines and cosines of angles in 2.30 fixed point by CORDIC.
void kernel(int *angle, int *sine, int *cosine) {
  static const int steps[16] = {843314857, 497837829, 263043837, 133525159, 67021687, 33543516,
                                16775851,  8388437,   4194283,   2097149,   1048576,  524288,
                                262144,    131072,    65536,     32768};
  for (int n = 0; n < 2048; n++) {
    int x = 652032874, y = 0, z = angle[n];
    for (int k = 0; k < 16; k++) {
      int dx = y >> k, dy = x >> k;
      if (z >= 0)
        x -= dx, y += dy, z -= steps[k];
      else
        x += dx, y -= dy, z += steps[k];
    }
    cosine[n] = x, sine[n] = y;
  }
}
