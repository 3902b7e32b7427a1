// The machine description: one set of numbers that every tool reads.
#ifndef KILN_ISA_MACHINE_H
#define KILN_ISA_MACHINE_H

#include "support/diagnostic.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { MACHINE_NAME_BYTES = 32 };

typedef struct Machine {
  char name[MACHINE_NAME_BYTES];
#define MACHINE_INTEGER(field, key, smallest, largest, meaning) uint64_t field;
#define MACHINE_ENERGY(field, key, meaning) double field;
#include "isa/machine.def"
#undef MACHINE_INTEGER
#undef MACHINE_ENERGY
  uint64_t spm_taken; // bytes behind spm_size that are another's: 0 but where a compiler shares memory out
} Machine;

// Finds a built-in machine ("k1", "k0"). Records an error that lists them and returns false for another name.
bool machine_find(Machine *machine, const char *name, Diagnostics *diagnostics);

// Reads a description from a text: lines of `key = number`, '#' begins a comment, `like = NAME` first takes
// all numbers of a built-in machine. Every key must be given once, directly or through `like`, within its
// range.
bool machine_parse(Machine *machine, const SourceText *text, Diagnostics *diagnostics);
bool machine_read(Machine *machine, const char *path, Diagnostics *diagnostics);

// What the tools do with -mcpu=NAME and --machine=FILE (either may be NULL; both is an error; neither is k1).
bool machine_choose(Machine *machine, const char *name, const char *path, Diagnostics *diagnostics);

// The name of the i-th built-in machine, NULL behind the last; the first is the default.
const char *machine_builtin_name(size_t i);

// The integer fields by number, for those who offer all of them; NULL behind the last.
const char *machine_integer_field(size_t i);
uint64_t machine_integer_value(const Machine *machine, size_t i);

// T, the rows and columns of an accumulator, and with it the 32-bit elements of a vector register.
static inline unsigned machine_tile(const Machine *machine) {
  return (unsigned)(machine->vlen / 32);
}
// Bytes in a vector register (VLENB).
static inline unsigned machine_vector_bytes(const Machine *machine) {
  return (unsigned)(machine->vlen / 8);
}
static inline bool machine_in_spm(const Machine *machine, uint64_t address, uint64_t size) {
  return address >= machine->spm_base && size <= machine->spm_size &&
         address - machine->spm_base <= machine->spm_size - size;
}
// Bytes of a bank of the scratchpad.
static inline uint64_t machine_spm_bank(const Machine *machine) {
  return (machine->spm_size + machine->spm_taken) / machine->spm_banks;
}
static inline bool machine_in_dram(const Machine *machine, uint64_t address, uint64_t size) {
  return address >= machine->dram_base && size <= machine->dram_size &&
         address - machine->dram_base <= machine->dram_size - size;
}

// A hash of the numbers that a program's correctness may depend on (VLEN, accumulators, memory map). Programs
// carry it beside the machine's name in the note section below, so that a tool can refuse a program built for
// another machine.
uint32_t machine_fingerprint(const Machine *machine);

// ELF note (non-allocated SHT_NOTE section) with which objects and programs record their machine: the
// descriptor is the fingerprint (4 bytes, little-endian) and the NUL-terminated name.
#define MACHINE_NOTE_SECTION ".note.kiln.machine"
#define MACHINE_NOTE_OWNER "Kiln"
enum { MACHINE_NOTE_TYPE = 1 };

#ifdef __cplusplus
}
#endif
#endif
