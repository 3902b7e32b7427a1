#include "template.h"

extern "C" unsigned long other_sum() { return sum_of<int>(3) + sum_of<long>(4) + *once(); }
extern "C" __attribute__((noreturn)) void finish(int code) {
  register long a0 __asm__("a0") = code;
  register long a7 __asm__("a7") = 93;
  __asm__ volatile("ecall" : : "r"(a0), "r"(a7));
  __builtin_unreachable();
}
