// Lines through bright pixels vote for their angles and distances.
void kernel(unsigned char x[48][64], float *sine, float *cosine, int votes[90][160]) {
  for (int i = 0; i < 48; i++)
    for (int j = 0; j < 64; j++)
      if (x[i][j] > 18)
        for (int t = 0; t < 90; t++) {
          int r = (int)(j * cosine[t] + i * sine[t]) + 80;
          if (r >= 0 && r < 160)
            votes[t][r]++;
        }
}
