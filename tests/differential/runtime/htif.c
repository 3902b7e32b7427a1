// The run-time library on the simulator: the host is reached through the words tohost and fromhost.
#include "output.h"

enum { CALL_WRITE = 64, STACK_BYTES = 1 << 23 };

volatile unsigned long tohost __attribute__((aligned(64)));
volatile unsigned long fromhost __attribute__((aligned(64)));
__attribute__((used, aligned(64))) static char stack[STACK_BYTES];

void write_bytes(const char *bytes, unsigned long count) {
  volatile unsigned long call[8] __attribute__((aligned(64))) = {CALL_WRITE, 1, (unsigned long)bytes, count};
  __asm__ volatile("fence" ::: "memory");
  tohost = (unsigned long)call;
  while (fromhost == 0) {
  }
  fromhost = 0;
}

__attribute__((used)) static void end_program(int code) {
  flush_output();
  for (;;)
    tohost = (unsigned long)(code & 0xff) << 1 | 1;
}

// The floating-point unit starts switched off: bits 13 and 14 of mstatus.
__asm__(".globl _start\n"
        "_start:\n"
        "  li t0, 0x6000\n"
        "  csrs mstatus, t0\n"
        "  csrw fcsr, zero\n"
        "  la sp, stack + 0x800000\n"
        "  call main\n"
        "  tail end_program\n");
