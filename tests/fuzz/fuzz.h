// What a fuzz target defines. It must return whatever the input; a crash, a sanitizer's finding, an abort or
// no end at all is a failure.
#ifndef KILN_TESTS_FUZZ_FUZZ_H
#define KILN_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

// The name is libFuzzer's. `data` may be NULL when `size` is 0. Returns 0.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
