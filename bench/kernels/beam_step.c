// A step of a search that goes on with the four best of four times 200 ways.
void kernel(float *score, float logits[4][200], float *best, int *beam, int *token) {
  for (int k = 0; k < 4; k++)
    best[k] = -1e30f, beam[k] = token[k] = -1;
  for (int b = 0; b < 4; b++)
    for (int t = 0; t < 200; t++) {
      float s = score[b] + logits[b][t];
      if (s > best[3]) {
        int k = 3;
        while (k > 0 && s > best[k - 1]) {
          best[k] = best[k - 1], beam[k] = beam[k - 1], token[k] = token[k - 1];
          k--;
        }
        best[k] = s, beam[k] = b, token[k] = t;
      }
    }
}
