// Contractions of few blocks, all of whose sizes are known: each block is written out (written.c). Operands
// and results have places of their own in the scratchpad, blocks at the edges are as small as they can be,
// and numbers that the sequence of tile.h would count are constants.
#ifndef KILN_TARGET_TENSOR_TILE_WRITTEN_H
#define KILN_TARGET_TENSOR_TILE_WRITTEN_H

#include "target/tensor/emitter.h"
#include "target/tensor/tile/contraction.h"

enum { WRITTEN_BLOCKS = 96, WRITTEN_CHUNKS = 4 };

typedef struct WrittenBlock {
  uint32_t point;              // of the outer iterators
  uint32_t first[2], count[2]; // rows and columns of C
  unsigned shape[2];           // accumulators
} WrittenBlock;

// How rows (0: X) or columns (1: Y) lie in the scratchpad: cut into stripes, which are fetched and packed as
// a whole.
typedef struct WrittenSide {
  uint32_t extent, stripe, stripes;
  uint64_t slot, raw_slot; // bytes of a stripe
} WrittenSide;

typedef struct Written {
  TilePlan plan; // what all blocks share, and the estimate
  WrittenSide sides[2];
  uint32_t words, points;
  uint32_t chunks, chunk_words; // in which the first stripes come
  uint32_t result_slots;        // 0: all results have places of their own
  bool adds;                    // to what C holds: each block's old values come to slots in turn
  uint32_t count;
  WrittenBlock blocks[WRITTEN_BLOCKS];
} Written;

// written_plan.c: whether the contraction can be written out, and the plan with the least estimate.
// `sequence`: the plan that it has otherwise.
bool plan_written(const Machine *machine, Contraction *contraction, const TilePlan *sequence,
                  Written *written);
// written.c: about how many bytes of code it is.
uint64_t written_code_bytes(const Written *written);
// The estimate of a plan (in `plan`), and the code.
void estimate_written(const Machine *machine, Contraction *contraction, Written *written);
void emit_written(Emitter *e, Contraction *contraction, const Written *written);

#endif
