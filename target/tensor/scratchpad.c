// Placement of buffers in the scratchpad.
#include "target/tensor/scratchpad.h"
#include "isa/spm_frame.h"
#include "support/round.h"

#include <string.h>

uint64_t spm_pitch(const Machine *machine, uint64_t bytes) {
  // An odd number of words visits all lanes, whose number is a power of two on every machine that has one.
  uint64_t words = (bytes + 3) / 4;
  return 4 * (machine->spm_lanes > 1 ? words | 1 : words);
}

bool spm_check(const Machine *machine, const SpmBuffer *buffers, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const SpmBuffer *a = &buffers[i];
    if (a->size && (a->offset > machine->spm_size || a->size > machine->spm_size - a->offset))
      return false;
    for (uint32_t j = 0; j < i; j++) {
      const SpmBuffer *b = &buffers[j];
      if (a->size && b->size && a->offset < b->offset + b->size && b->offset < a->offset + a->size)
        return false;
    }
  }
  return true;
}

// The first free place from `from` on.
static uint64_t free_place(const SpmBuffer *buffers, uint32_t count, uint64_t placed, uint64_t size,
                           uint64_t from) {
  for (bool moved = true; moved;) {
    moved = false;
    for (uint32_t i = 0; i < count; i++) {
      const SpmBuffer *b = &buffers[i];
      if ((placed >> i & 1) && b->size && from < b->offset + b->size && b->offset < from + size) {
        from = b->offset + b->size;
        moved = true;
      }
    }
  }
  return from;
}

// Whether bytes from `offset` on lie in a bank of which a buffer of another group has part.
static bool shares_bank(const Machine *machine, const SpmBuffer *buffers, uint32_t count, uint64_t placed,
                        const SpmBuffer *buffer, uint64_t offset) {
  uint64_t bank = machine_spm_bank(machine);
  for (uint32_t i = 0; i < count; i++) {
    const SpmBuffer *b = &buffers[i];
    if (!(placed >> i & 1) || !b->size || b->group == buffer->group)
      continue;
    if (offset / bank <= (b->offset + b->size - 1) / bank &&
        b->offset / bank <= (offset + buffer->size - 1) / bank)
      return true;
  }
  return false;
}

// A place in banks of its own group, if there is one.
static bool place_apart(const Machine *machine, const SpmBuffer *buffers, uint32_t count, uint64_t placed,
                        SpmBuffer *buffer) {
  uint64_t bank = machine_spm_bank(machine);
  for (uint64_t b = 0; b < machine->spm_banks; b++) {
    uint64_t at = free_place(buffers, count, placed, buffer->size, b * bank);
    if (at + buffer->size <= machine->spm_size && !shares_bank(machine, buffers, count, placed, buffer, at)) {
      buffer->offset = at;
      return true;
    }
  }
  return false;
}

// Largest first. The end of the last one.
static uint64_t place_all(const Machine *machine, SpmBuffer *buffers, uint32_t count, bool apart) {
  uint64_t placed = 0, end = 0;
  for (uint32_t round = 0; round < count; round++) {
    uint32_t next = count;
    for (uint32_t i = 0; i < count; i++)
      if (!(placed >> i & 1) && (next == count || buffers[i].size > buffers[next].size))
        next = i;
    SpmBuffer *buffer = &buffers[next];
    if (!apart || !place_apart(machine, buffers, count, placed, buffer))
      buffer->offset = free_place(buffers, count, placed, buffer->size, 0);
    placed |= UINT64_C(1) << next;
    if (buffer->size && buffer->offset + buffer->size > end)
      end = buffer->offset + buffer->size;
  }
  return end;
}

bool spm_place(const Machine *machine, SpmBuffer *buffers, uint32_t count, uint64_t *bytes,
               uint64_t *alignment) {
  const uint64_t line = machine->spm_lanes * 4, bank = machine_spm_bank(machine);
  for (uint32_t i = 0; i < count; i++)
    buffers[i].size = round_up(buffers[i].size, line);
  *bytes = place_all(machine, buffers, count, true);
  if (*bytes > machine->spm_size)
    *bytes = place_all(machine, buffers, count, false);
  *alignment = *bytes > bank ? bank : line;
  return *bytes <= machine->spm_size && spm_check(machine, buffers, count);
}

// The record that says whose frame it is (isa/spm_frame.h), so that functions share memory: a region has
// ended before anything else is called.
static void add_frame_record(Target *target, SymbolId function, SymbolId frame, const char *of) {
  SymbolId id = target_symbol(target, arena_format(&target->arena, ".Lspm.record.%s", of));
  SpmFrameRecord *record = ARENA_NEW(&target->arena, SpmFrameRecord);
  record->kind = SPM_FRAME_SCRATCH;
  Symbol *symbol = &target->symbols.data[id];
  symbol->linkage = LINKAGE_LOCAL;
  symbol->defined = symbol->constant = true;
  symbol->section = SPM_FRAME_SECTION;
  symbol->size = sizeof *record;
  symbol->alignment = _Alignof(SpmFrameRecord);
  symbol->bytes = (uint8_t *)record;
  symbol->relocation_count = 2;
  symbol->relocations = ARENA_ARRAY(&target->arena, DataRelocation, 2);
  symbol->relocations[0] = (DataRelocation){offsetof(SpmFrameRecord, function), function, 0};
  symbol->relocations[1] = (DataRelocation){offsetof(SpmFrameRecord, frame), frame, 0};
  VEC_PUSH(&target->order, id);
}

SymbolId spm_code_symbol(Target *target, Function *function) {
  const char *of = target->symbols.data[function->symbol].name;
  SymbolId id = target_symbol(target, arena_format(&target->arena, "%s.copy", of));
  Symbol *symbol = &target->symbols.data[id];
  if (!symbol->defined) {
    symbol->linkage = LINKAGE_LOCAL;
    symbol->defined = symbol->zero = symbol->scratch = symbol->function = true; // profiles name it
    symbol->section = arena_format(&target->arena, ".spm.%s", of);
    symbol->alignment = target->machine->cache_line;
    VEC_PUSH(&target->order, id);
  }
  return id;
}

SymbolId spm_symbol(Target *target, const Function *function, uint64_t bytes, uint64_t alignment) {
  const char *of = target->symbols.data[function->symbol].name;
  SymbolId id = target_symbol(target, arena_format(&target->arena, ".Lspm.%s", of));
  Symbol *symbol = &target->symbols.data[id];
  bool fresh = !symbol->defined;
  if (fresh) {
    symbol->linkage = LINKAGE_LOCAL;
    symbol->defined = symbol->zero = symbol->scratch = true;
    symbol->section = arena_format(&target->arena, ".spm.%s", of);
    VEC_PUSH(&target->order, id);
  }
  symbol->size = bytes > symbol->size ? bytes : symbol->size;
  symbol->alignment = alignment > symbol->alignment ? alignment : symbol->alignment;
  if (fresh)
    add_frame_record(target, function->symbol, id, of);
  return id;
}
