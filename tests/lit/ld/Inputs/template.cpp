// Functions in COMDAT groups, which both C++ files have.
#include "template.h"

extern "C" unsigned long other_sum();
extern "C" unsigned long template_sum() {
  return sum_of<int>(5) + 31 * sum_of<long>(7) + other_sum() + *once();
}
extern "C" void print(const char *text, long size) {
  register long a0 __asm__("a0") = 1;
  register const char *a1 __asm__("a1") = text;
  register long a2 __asm__("a2") = size;
  register long a7 __asm__("a7") = 64;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
}
