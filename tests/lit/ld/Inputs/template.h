template <typename T> __attribute__((noinline)) unsigned long sum_of(T n) {
  unsigned long sum = sizeof(T);
  for (T i = 0; i < n; i++)
    sum = sum * 3 + i;
  return sum;
}
inline long *once() {
  static long value = 40;
  value++;
  return &value;
}
