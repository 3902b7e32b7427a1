// Levenshtein's distance of two words.
void kernel(unsigned char *x, unsigned char *y, int *distance) {
  int row[101];
  for (int j = 0; j <= 100; j++)
    row[j] = j;
  for (int i = 0; i < 80; i++) {
    int corner = row[0];
    row[0] = i + 1;
    for (int j = 0; j < 100; j++) {
      int change = corner + (x[i] != y[j]), add = row[j] + 1, drop = row[j + 1] + 1;
      corner = row[j + 1];
      int best = change < add ? change : add;
      row[j + 1] = best < drop ? best : drop;
    }
  }
  *distance = row[100];
}
