// A target that dies on some inputs in a chosen way: the proof that the driver reports what it finds.
// FRAGILE_MODE in the environment: crash, hang or exit; anything else is sound.
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *mode = getenv("FRAGILE_MODE");
  if (!mode || size == 0 || data[0] == 'k')
    return 0;
  if (strcmp(mode, "crash") == 0)
    abort();
  if (strcmp(mode, "exit") == 0)
    exit(3);
  while (strcmp(mode, "hang") == 0)
    pause();
  return 0;
}
