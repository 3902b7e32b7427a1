// The scratchpad's memory: where the buffers of a nest lie, and the symbols that stand for what a function
// has of it.
#ifndef KILN_TARGET_TENSOR_SCRATCHPAD_H
#define KILN_TARGET_TENSOR_SCRATCHPAD_H

#include "target/internal.h"

typedef struct SpmBuffer {
  const char *name;
  uint64_t size; // 0: not there
  uint64_t offset;
  unsigned group; // buffers of different groups are used in the same cycles
} SpmBuffer;

// Gives buffers their places: those of different groups in different banks where that is
// possible. False: they do not fit.
bool spm_place(const Machine *machine, SpmBuffer *buffers, uint32_t count, uint64_t *bytes,
               uint64_t *alignment);
// Whether the buffers lie apart and inside: what spm_place promises.
bool spm_check(const Machine *machine, const SpmBuffer *buffers, uint32_t count);
// The least pitch of at least `bytes` at which a strided load of words takes all lanes evenly.
uint64_t spm_pitch(const Machine *machine, uint64_t bytes);

// The function's part of the scratchpad, of at least so many bytes; its contents do not live over calls or
// from region to region.
SymbolId spm_symbol(Target *target, const Function *function, uint64_t bytes, uint64_t alignment);

// Behind that: room for a copy of the function's code, as large as it turns out to be.
SymbolId spm_code_symbol(Target *target, Function *function);

#endif
