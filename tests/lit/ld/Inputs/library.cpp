#include <stdio.h>
#include <string.h>

struct Base {
  virtual int f(int x) { return x + factor; }
  int factor = 3;
};
struct Derived : Base {
  int f(int x) override { return x * factor; }
};
static Derived object;
Base *volatile pointer = &object;
static thread_local int initialized = 42;
thread_local int zero;

int main() {
  char text[64];
  snprintf(text, sizeof text, "%d %5.2f %s", pointer->f(7), 3.14159, "ok");
  zero += initialized++;
  printf("%s %d %d %zu\n", text, initialized, zero, strlen(text));
  for (int i = 0; i < 3; i++)
    printf("%08lx\n", (unsigned long)i * 0x12345678);
  return pointer->f(1);
}
