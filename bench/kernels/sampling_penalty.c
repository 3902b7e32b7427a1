// Logits of tokens that were met are made smaller, then the largest is taken.
void kernel(float *logits, int *seen, int *token) {
  for (int i = 0; i < 64; i++) {
    float *p = logits + seen[i];
    *p = *p > 0 ? *p / 1.1f : *p * 1.1f;
  }
  int best = 0;
  for (int i = 1; i < 2000; i++)
    if (logits[i] > logits[best])
      best = i;
  *token = best;
}
