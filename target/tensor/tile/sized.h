// Matrix products whose sizes only the run time knows, where sums are short enough to be one pass (sized.c,
// sized_code.c).
//
// The first panel of columns comes, and the first rows; then each step multiplies one block of rows and
// columns, while what later blocks need comes and the block before leaves. Rows of a group stay in the
// scratchpad for all panels. Where they begin and how many have room is found at the start, from the length
// of the sum at hand. Columns that must be packed are packed a few words at a time, behind the rounds of
// products of the panel before. At the edges products are of as few accumulators as rows and columns need.
#ifndef KILN_TARGET_TENSOR_TILE_SIZED_H
#define KILN_TARGET_TENSOR_TILE_SIZED_H

#include "target/tensor/emitter.h"
#include "target/tensor/tile/contraction.h"

enum {
  SIZED_LAG = 2,               // steps between asking for rows and using them
  SIZED_SLOTS = SIZED_LAG + 1, // blocks of rows that wait to be packed
  SIZED_PACKS = 2,             // words of k that are packed beside a round
  SIZED_RESULTS = 4,           // blocks of results
};

enum {
  SIZED_RESULT,
  SIZED_RAW,     // rows as they come, where they are packed
  SIZED_COLUMNS, // as they come
  SIZED_PACKED,  // columns
  SIZED_ROWS,
  SIZED_BUFFERS
};

typedef struct Sized {
  Contraction c;
  TilePlan shape;       // the block's, and how operands lie
  unsigned panels;      // of columns that have a place as they come
  uint64_t column_slot; // bytes of each
  uint64_t packed_slot; // and of a packed one
  uint64_t raw_slot;    // of a block's rows
  uint64_t blocks;      // of rows of the longest sum that have room
  bool apart;           // there is always room for what products read to begin with the second bank
  SpmBuffer buffers[SIZED_BUFFERS];
} Sized;

// False: it has another form, or there is no room.
bool sized_plan(const Machine *machine, const Contraction *contraction, Sized *sized);
// Whether the sum at hand is short enough (i1).
IrValue sized_fits(Emitter *e, const Sized *sized);
void emit_sized(Emitter *e, Sized *sized);

#endif
