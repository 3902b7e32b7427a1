// emit(): the only output of a test program, collected in a buffer.
#include "output.h"
#include "program.h"

enum { LINE = 17 };

static char buffer[240 * LINE];
static unsigned long used;

void flush_output(void) {
  write_bytes(buffer, used);
  used = 0;
}

void emit(long value) {
  if (used + LINE > sizeof buffer)
    flush_output();
  for (int shift = 60; shift >= 0; shift -= 4)
    buffer[used++] = "0123456789abcdef"[(unsigned long)value >> shift & 15];
  buffer[used++] = '\n';
}
