// The walk over the blocks of a contraction that is written out: what written.c (products, drains, the way
// through the blocks) and written_transfers.c (where things are, what moves) share.
#ifndef KILN_TARGET_TENSOR_TILE_WRITTEN_WALK_H
#define KILN_TARGET_TENSOR_TILE_WRITTEN_WALK_H

#include "target/tensor/tile/tile.h"
#include "target/tensor/tile/written.h"

enum { MOST_REQUESTS = 2 * WRITTEN_STRIPES + 4 * WRITTEN_BLOCKS + 16 * WRITTEN_CHUNKS + 2 };

// A stripe of an operand at a point of the outer iterators.
typedef struct Stripe {
  uint32_t request; // the last transfer of it; 0: not asked for
  uint32_t packed;  // words
} Stripe;

typedef struct Walk {
  const Machine *machine;
  Contraction *c;
  const Written *w;
  Schedule *s;     // NULL: nothing is written
  TilePlan *shape; // the schedule's plan, with the shape of the block
  Stripe stripes[2][WRITTEN_STRIPES];
  uint32_t requests, waited;
  uint32_t sent[WRITTEN_BLOCKS];              // requests
  uint32_t old[WRITTEN_BLOCKS];               // requests of old values; 0: not asked for
  uint32_t chunk_requests[2][WRITTEN_CHUNKS]; // the last ones of each side for the first block's chunks
  IrValue ids[MOST_REQUESTS + 1];
  bool copies, split;    // the code runs in a copy of it in the scratchpad, which comes in two parts
  IrValue code_rest;     // where the second part begins, which comes when the first one runs
  uint32_t code_request; // with this transfer
  // clock
  uint64_t ends[MOST_REQUESTS + 1];
  uint64_t now, dma, tile, tile_before, drain;
  uint64_t before_products;                            // of the load port
  uint64_t products, loads, drains, transfers, before; // by unit; before the first product
} Walk;

static inline IrValue walk_number(Walk *k, uint64_t x) {
  return emit_number(&k->s->e, (int64_t)x);
}

// The stripes of a side that a block needs.
typedef struct StripeRange {
  uint32_t first, end;
} StripeRange;
StripeRange walk_stripes(const Written *w, const WrittenBlock *block, unsigned side);
// Whether a side is packed before it is multiplied.
bool walk_packs(const Walk *k, unsigned side);
// Bytes between rows (STAGE_SUM) or words of k of a stripe as products load it, and of one as it comes.
uint64_t walk_pitch(const Walk *k, unsigned side, uint32_t stripe);
uint64_t walk_line(const Walk *k, unsigned side, uint32_t stripe);
// Places in the scratchpad: of a buffer's byte, of a stripe's as products load it, of a block's results.
IrValue walk_place(Walk *k, unsigned buffer, uint64_t offset);
// Says where what a block's sums begin with lies (START_LINE).
void walk_begin(Walk *k, const WrittenBlock *block);
IrValue walk_packed_place(Walk *k, unsigned side, uint32_t stripe, uint64_t offset);
IrValue walk_part_place(Walk *k, const WrittenBlock *block, unsigned side, const WrittenPart *part,
                        uint32_t from);
uint64_t walk_result_pitch(const Walk *k, const WrittenBlock *block);
uint64_t walk_result_offset(const Walk *k, const WrittenBlock *block, const uint32_t first[2]);
// A block's accumulators in their order: the first row and column of each within the block. As many as
// WRITTEN_MOST_ACROSS.
typedef struct BlockTile {
  uint32_t row, column;
} BlockTile;
void walk_tiles(const Written *w, const WrittenBlock *block, BlockTile *tiles);

// Cycles of the DMA engine for runs of bytes; whether runs at this stride begin with a beat if the first
// does.
uint64_t walk_beats(const Machine *machine, uint64_t runs, uint64_t bytes, bool aligned);
bool walk_is_aligned(const Machine *machine, Quantity stride);
// A transfer is asked for: the time, and its number.
uint32_t walk_request(Walk *k, uint64_t length, uint64_t latency, IrValue id);
// Until a transfer has come.
void walk_wait(Walk *k, uint32_t request);
// Words of k from `from` on of a stripe; what no transfer brings of a stripe though it is read.
void walk_fetch(Walk *k, unsigned side, uint32_t stripe, uint32_t from, uint32_t words);
void walk_fill(Walk *k, unsigned side, uint32_t stripe);
uint64_t walk_fill_stores(const Walk *k, unsigned side, uint32_t stripe);
// What this block and the next ones need, unless it was asked for.
void walk_fetch_ahead(Walk *k, uint32_t block);
// Old values of C, for sums that are added to them: asks for those of a block, loads them to accumulators
// `from` to `to`, of which the block has so many (0: its sums begin with zero).
void walk_fetch_old(Walk *k, uint32_t number_of);
void walk_load_old(Walk *k, uint32_t number_of, unsigned from, unsigned to);
unsigned walk_old_accumulators(const Walk *k, uint32_t number_of);
// A block's results leave.
void walk_send(Walk *k, const WrittenBlock *block);

#endif
