// A network of comparisons that sorts 1024 numbers.
void kernel(int *x) {
  for (int size = 2; size <= 1024; size *= 2)
    for (int step = size / 2; step > 0; step /= 2)
      for (int i = 0; i < 1024; i++) {
        int other = i ^ step;
        if (other > i && (x[i] > x[other]) == !(i & size)) {
          int t = x[i];
          x[i] = x[other];
          x[other] = t;
        }
      }
}
