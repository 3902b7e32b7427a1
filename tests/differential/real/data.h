// Input for the drivers: text with repetitions, the same everywhere.
#ifndef KILN_REAL_DATA_H
#define KILN_REAL_DATA_H

#include <stddef.h>
#include <stdint.h>

static void fill_text(unsigned char *to, size_t size, uint32_t seed) {
  static const char *const words[] = {
      "tile ",  "vector ", "the ", "of ", "accumulator ", "(",    ")\n", "scratchpad, ", "0x1000 ",
      "loop; ", "memory ", "=== ", "a",   "e ",           "ing ", "\t"};
  for (size_t at = 0; at < size;) {
    seed = seed * 1664525U + 1013904223U;
    if ((seed >> 28) == 0) {
      to[at++] = (unsigned char)(seed >> 16);
      continue;
    }
    for (const char *c = words[seed >> 24 & 15]; *c && at < size; c++)
      to[at++] = (unsigned char)*c;
  }
}

static uint32_t checksum(const void *data, size_t size) {
  uint32_t sum = 2166136261U;
  for (size_t i = 0; i < size; i++)
    sum = (sum ^ ((const unsigned char *)data)[i]) * 16777619U;
  return sum;
}

#endif
