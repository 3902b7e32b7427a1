// emit(): the only output of a test program, collected in a buffer.
#include "output.h"
#include "program.h"

#include <stdarg.h>

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

static void emit_double(double value) {
  union {
    double value;
    long bits;
  } both = {value};
  emit(both.bits);
}

int emit_each(const char *types, ...) {
  va_list arguments;
  va_start(arguments, types);
  int count = 0;
  for (; types[count]; count++) {
    switch (types[count]) {
    case 'i':
      emit(va_arg(arguments, int));
      break;
    case 'l':
      emit(va_arg(arguments, long));
      break;
    case 'd':
      emit_double(va_arg(arguments, double));
      break;
    default:
      for (const char *text = va_arg(arguments, const char *); *text; text++)
        emit(*text);
    }
  }
  va_end(arguments);
  return count;
}
