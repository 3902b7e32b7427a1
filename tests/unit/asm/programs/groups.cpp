// Inline functions and templates: groups of sections, tables of exceptions.
struct Base {
  virtual ~Base() {}
  virtual int value() const { return 1; }
};
template <class T> struct Derived : Base {
  T held;
  explicit Derived(T t) : held(t) {}
  int value() const override { return int(held) + Base::value(); }
  static int count;
};
template <class T> int Derived<T>::count = int(sizeof(T));
inline int &counter() {
  static int c = 5;
  return c;
}
template <class T> T twice(T t) {
  if (t < T(0))
    throw t;
  return t + t;
}
struct Guard {
  ~Guard() { counter()++; }
};
int use(int a, double b) {
  Guard guard;
  Derived<int> x(a);
  Derived<double> y(b);
  const Base *bases[] = {&x, &y};
  int sum = Derived<int>::count + Derived<long>::count;
  try {
    for (const Base *base : bases)
      sum += base->value() + twice(a);
  } catch (int e) {
    sum -= e;
  } catch (...) {
    counter() = 0;
  }
  return sum + int(twice(b));
}
