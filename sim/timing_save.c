// Copies of the timing model's state, for debuggers that go back.
#include "sim/timing.h"

#include <stdlib.h>

// What a Timing points to that changes as it runs.
typedef struct Part {
  void *data;
  size_t bytes;
} Part;

enum { PARTS = 6 };

static void parts_of(const Timing *timing, Part parts[PARTS]) {
  const Machine *machine = timing->machine;
  const Cache *instructions = &timing->instruction_cache;
  const Cache *data = &timing->data_cache;
  const Part found[PARTS] = {
      {timing->predictor, machine->predictor_entries},
      {timing->returns, (machine->return_stack + 1) * sizeof *timing->returns},
      {instructions->lines, instructions->sets * instructions->ways * sizeof *instructions->lines},
      {instructions->misses, machine->cache_misses * sizeof *instructions->misses},
      {data->lines, data->sets * data->ways * sizeof *data->lines},
      {data->misses, machine->cache_misses * sizeof *data->misses},
  };
  memcpy(parts, found, sizeof found);
}

static void *copy_of(const void *data, size_t bytes) {
  void *copy = checked_malloc(bytes ? bytes : 1);
  if (bytes)
    memcpy(copy, data, bytes);
  return copy;
}

// Pointers into the caches' lines stay those of the original.
Timing *timing_save(const Timing *timing) {
  Timing *saved = copy_of(timing, sizeof *timing);
  Part parts[PARTS];
  parts_of(timing, parts);
  saved->predictor = copy_of(parts[0].data, parts[0].bytes);
  saved->returns = copy_of(parts[1].data, parts[1].bytes);
  saved->instruction_cache.lines = copy_of(parts[2].data, parts[2].bytes);
  saved->instruction_cache.misses = copy_of(parts[3].data, parts[3].bytes);
  saved->data_cache.lines = copy_of(parts[4].data, parts[4].bytes);
  saved->data_cache.misses = copy_of(parts[5].data, parts[5].bytes);
  saved->drains.data = copy_of(timing->drains.data, timing->drains.count * sizeof(Drain));
  saved->transfers.data = copy_of(timing->transfers.data, timing->transfers.count * sizeof(Transfer));
  return saved;
}

void timing_restore(Timing *timing, const Timing *saved) {
  Timing before = *timing; // whose allocations stay
  Part from[PARTS];
  Part to[PARTS];
  parts_of(saved, from);
  parts_of(timing, to);
  for (unsigned i = 0; i < PARTS; i++)
    memcpy(to[i].data, from[i].data, to[i].bytes);
  *timing = *saved;
  timing->predictor = before.predictor;
  timing->returns = before.returns;
  timing->instruction_cache.lines = before.instruction_cache.lines;
  timing->instruction_cache.misses = before.instruction_cache.misses;
  timing->data_cache.lines = before.data_cache.lines;
  timing->data_cache.misses = before.data_cache.misses;
  VEC_FREE(&before.drains);
  VEC_FREE(&before.transfers);
  memset(&timing->drains, 0, sizeof timing->drains);
  memset(&timing->transfers, 0, sizeof timing->transfers);
  for (size_t i = 0; i < saved->drains.count; i++)
    VEC_PUSH(&timing->drains, saved->drains.data[i]);
  for (size_t i = 0; i < saved->transfers.count; i++)
    VEC_PUSH(&timing->transfers, saved->transfers.data[i]);
}

void timing_discard(Timing *saved) {
  if (!saved)
    return;
  Part parts[PARTS];
  parts_of(saved, parts);
  for (unsigned i = 0; i < PARTS; i++)
    free(parts[i].data);
  free(saved->drains.data);
  free(saved->transfers.data);
  free(saved);
}
