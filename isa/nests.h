// Loop nests: what the compiler made of each, what it expects of it, and after a run what it took.
//
// The compiler leaves a record of each nest in the section NEST_SECTION (SHT_PROGBITS, no flags) of its
// objects; linkers put them together, and the simulator shows measured cycles beside the estimates. The
// section is a sequence of records:
//
//   NestRecord, then `bytes` - sizeof(NestRecord) bytes of text, filled up with NULs to a multiple of 8
//
// A record with a text (NEST_NEW) begins a nest; those behind it without one are further ranges of its code.
// The text is lines NAME=VALUE, so that it can be read with `readelf -p .kiln.nests`.
#ifndef KILN_ISA_NESTS_H
#define KILN_ISA_NESTS_H

#include "isa/machine.h"
#include "support/arena.h"
#include "support/text.h"

#ifdef __cplusplus
extern "C" {
#endif

#define NEST_SECTION ".kiln.nests"

typedef enum NestRole {
  NEST_NEW = 1,    // a nest; code made for it
  NEST_MORE = 2,   // more of that code
  NEST_SCALAR = 3, // the code that runs where an assumption does not hold
} NestRole;

// `address` is 0 in an object, with a relocation R_RISCV_64; `size` with R_RISCV_ADD32 and R_RISCV_SUB32.
// A nest without code, or in a function that the linker dropped, has size or address 0.
typedef struct NestRecord {
  uint64_t address;
  uint32_t size;
  uint32_t bytes; // of the record and its text
  uint32_t role;  // NestRole
  uint32_t reserved;
} NestRecord;

// Scratchpad that a nest uses; `offset` in its function's frame.
typedef struct NestBuffer {
  const char *name;
  uint64_t bytes;
  uint64_t offset;
} NestBuffer;

// Cycles that one unit needs at least.
typedef struct NestBound {
  const char *unit;
  uint64_t cycles;
} NestBound;

enum { NEST_BUFFERS = 16, NEST_BOUNDS = 8 };

typedef struct NestReport {
  const char *function;
  const char *file; // of the source; NULL: not known
  uint32_t line;    // 0: not known
  uint32_t column;
  const char *unit;    // what runs it: "tile", "vector", "scalar"
  const char *summary; // what it became, or why it stayed
  NestBuffer buffers[NEST_BUFFERS];
  unsigned buffer_count;
  uint64_t estimate; // cycles of one run; 0: there is none
  NestBound bounds[NEST_BOUNDS];
  unsigned bound_count;
  // After a run. `cycles` are all of those spent in its code, `scalar_` those in the code beside it.
  bool measured;
  uint64_t entries, cycles;
  uint64_t scalar_entries, scalar_cycles;
} NestReport;

// Appends the text of a record: everything but what was measured.
void nest_encode(Text *out, const NestReport *nest);
// The opposite; strings live in the arena. Lines of unknown names are passed over. False: it is not such a
// text.
bool nest_decode(Arena *arena, const char *text, size_t size, NestReport *nest);

// Reports: for people, for tools (one JSON object), and as a page for browsers that needs nothing else.
void nests_text(Text *out, const Machine *machine, const NestReport *nests, size_t count);
void nests_json(Text *out, const Machine *machine, const NestReport *nests, size_t count);
void nests_html(Text *out, const Machine *machine, const NestReport *nests, size_t count);

// How a report is written is told by its file's name: NAME.html, NAME.json, else text.
typedef void NestsFormat(Text *out, const Machine *machine, const NestReport *nests, size_t count);
NestsFormat *nests_format(const char *path);

#ifdef __cplusplus
}
#endif
#endif
