// The run-time library on the machine that the tests run on.
#include "output.h"

#include <unistd.h>

void write_bytes(const char *bytes, unsigned long count) {
  while (count) {
    ssize_t written = write(1, bytes, count);
    if (written <= 0)
      _exit(125);
    bytes += written;
    count -= (unsigned long)written;
  }
}

__attribute__((destructor)) static void at_end(void) {
  flush_output();
}
