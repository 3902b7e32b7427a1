// Loop nests that the compiler left records of (isa/nests.h): each is a region of its own, and so is the
// scalar code beside it.
#include "sim/regions.h"

#include <string.h>

static bool read_record(const uint8_t *data, size_t size, NestRecord *record) {
  if (size < sizeof *record)
    return false;
  memcpy(record, data, sizeof *record);
  return record->bytes >= sizeof *record && record->bytes <= size && record->bytes % 8 == 0;
}

bool sim_nests_read(Sim *sim, const uint8_t *data, size_t size) {
  NestRecord record;
  for (size_t at = 0; at < size; at += record.bytes) {
    if (!read_record(data + at, size - at, &record))
      return false;
    if (record.role == NEST_NEW) {
      NestReport report;
      if (!nest_decode(&sim->arena, (const char *)data + at + sizeof record, record.bytes - sizeof record,
                       &report))
        return false;
      VEC_PUSH(&sim->nests, report);
    }
    if (!sim->nests.count)
      return false;
    NestRange range = {(uint32_t)sim->nests.count - 1, record.role == NEST_SCALAR, record.address,
                       record.address + record.size};
    if (record.size && record.address)
      VEC_PUSH(&sim->nest_ranges, range);
  }
  return true;
}

void sim_nests_measure(Sim *sim) {
  for (size_t i = 0; i < sim->nests.count; i++) {
    NestReport *nest = &sim->nests.data[i];
    const SimRegion *code = regions_of_nest(sim->regions, (uint32_t)i, false);
    const SimRegion *scalar = regions_of_nest(sim->regions, (uint32_t)i, true);
    nest->measured = true;
    nest->entries = code ? code->entries : 0;
    nest->cycles = code ? code->counters.cycles : 0;
    nest->scalar_entries = scalar ? scalar->entries : 0;
    nest->scalar_cycles = scalar ? scalar->counters.cycles : 0;
  }
}

const NestReport *sim_nests(const Sim *sim, size_t *count) {
  *count = sim->nests.count;
  return sim->nests.data;
}
