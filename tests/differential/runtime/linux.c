// The run-time library under RISC-V Linux without a C library: system calls of our own.
#include "output.h"

enum { CALL_WRITE = 64, CALL_EXIT = 93 };

static long system_call(long number, long a, long b, long c) {
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  register long a7 __asm__("a7") = number;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
  return a0;
}

void write_bytes(const char *bytes, unsigned long count) {
  while (count) {
    long written = system_call(CALL_WRITE, 1, (long)bytes, (long)count);
    if (written <= 0)
      system_call(CALL_EXIT, 125, 0, 0);
    bytes += written;
    count -= (unsigned long)written;
  }
}

__attribute__((used)) static void end_program(int code) {
  flush_output();
  system_call(CALL_EXIT, code, 0, 0);
}

__asm__(".globl _start\n"
        "_start:\n"
        "  andi sp, sp, -16\n"
        "  call main\n"
        "  tail end_program\n");
