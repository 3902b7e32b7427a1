// Contractions of few blocks, all of whose sizes are known: each block is written out (written.c). Operands
// and results have places of their own in the scratchpad, blocks at the edges are as small as they can be,
// and numbers that the sequence of tile.h would count are constants.
#ifndef KILN_TARGET_TENSOR_TILE_WRITTEN_H
#define KILN_TARGET_TENSOR_TILE_WRITTEN_H

#include "target/tensor/emitter.h"
#include "target/tensor/tile/contraction.h"

enum {
  WRITTEN_BLOCKS = 96,
  WRITTEN_CHUNKS = 4,
  WRITTEN_MOST_ACROSS = 8, // accumulators along a side of a block, and in all of it
  WRITTEN_STRIPES = WRITTEN_BLOCKS * WRITTEN_MOST_ACROSS
};

// Rows or columns of a block that an outer product takes: those of 1, 2 or 4 accumulators, in one stripe.
typedef struct WrittenPart {
  uint32_t first, count; // rows or columns of C
  unsigned tiles;
  bool joined; // it is loaded with the part before
} WrittenPart;

// Any rows by any columns of accumulators; an outer product is one part of its rows by one of its columns.
typedef struct WrittenBlock {
  uint32_t point;              // of the outer iterators
  uint32_t first[2], count[2]; // rows and columns of C
  unsigned tiles[2];           // accumulators
  unsigned part_count[2], loads[2];
  WrittenPart parts[2][BLOCK_PARTS];
} WrittenBlock;

// How rows (0: X) or columns (1: Y) lie in the scratchpad: cut into stripes, which are fetched and packed as
// a whole. The last stripe is as narrow as what is left.
typedef struct WrittenSide {
  uint32_t extent, stripe, stripes;
  uint64_t slot, raw_slot; // bytes of a stripe
  uint64_t unused;         // bytes that the last one does not need
  // It lies in memory in one run, and the same in the scratchpad: rows, or values of k, one behind the other.
  bool joined;
  uint64_t load_cycles; // of a register's strided load, whose words may meet in lanes then
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
// written_cut.c: cuts the result into blocks of at most so many rows and columns of accumulators; false: they
// are too many.
bool cut_written(const Machine *machine, const Contraction *contraction, Written *written,
                 const unsigned most[2]);
// The most accumulators that a block has: half of what there are, or less.
unsigned written_most_tiles(const Machine *machine);
// Cycles between two products of the same accumulators of a block, with its loads and their instructions;
// those in which its results leave the accumulators.
uint64_t written_step_cycles(const Machine *machine, const Contraction *contraction, const Written *written,
                             const WrittenBlock *block);
uint64_t written_drain_cycles(const Machine *machine, const Contraction *contraction, const Written *written,
                              const uint32_t count[2]);
// Those of the load port in a step.
uint64_t written_port_cycles(const Written *written, const WrittenBlock *block);
// Accumulators across a stripe, as it lies in the scratchpad.
unsigned written_stripe_tiles(const Written *written, unsigned side, uint32_t stripe);
// written.c: about how many bytes of code it is.
uint64_t written_code_bytes(const Written *written);
// The estimate of a plan (in `plan`), and the code.
void estimate_written(const Machine *machine, Contraction *contraction, Written *written);
void emit_written(Emitter *e, Contraction *contraction, const Written *written);

#endif
