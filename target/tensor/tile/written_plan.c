// Which contractions are written out, and how they are cut: the shape of the blocks, by written.c's clock.
#include "support/round.h"
#include "target/tensor/tile/written.h"

#include <string.h>

enum {
  UNROLL = 8, // steps in a round of the inner loop, half of it where the sum has few words
  SHORT_SUM = 64,
  LEAST_CHUNK_WORDS = 16,
};

// Sizes along one side, for blocks of `shape` accumulators.
static void cut_side(const Machine *machine, const Contraction *c, Written *w, unsigned side,
                     unsigned shape) {
  WrittenSide *of = &w->sides[side];
  TilePlan *p = &w->plan;
  uint32_t tiles = (uint32_t)divide_up(of->extent, p->tile), across = shape;
  if (p->layouts[side] == STAGE_PACK) // as many as packing takes at once
    while (across < 4 && across < tiles)
      across *= 2;
  of->stripe = across * p->tile;
  of->stripes = (uint32_t)divide_up(of->extent, of->stripe);
  bool sum = p->layouts[side] == STAGE_SUM;
  p->pitches[side] = sum ? spm_pitch(machine, (uint64_t)w->words * 4) : (uint64_t)of->stripe * 4;
  of->slot = p->pitches[side] * (sum ? of->stripe : w->words);
  uint64_t row = larger((uint64_t)of->stripe * contraction_size(c, side), machine_vector_bytes(machine));
  of->raw_slot = p->layouts[side] == STAGE_PACK ? row * w->words * c->word : 0;
  *(side ? &p->block_columns : &p->block_rows) = of->stripe;
}

// How many elements of a side the block that begins at `first` has.
static unsigned cut(const TilePlan *p, uint32_t extent, uint32_t first, unsigned shape, uint32_t *count) {
  uint32_t left = extent - first;
  while (shape > 1 && left <= shape / 2 * p->tile)
    shape /= 2;
  *count = (uint32_t)smaller(left, (uint64_t)shape * p->tile);
  return shape;
}

static bool cut_blocks(Written *w, const unsigned shape[2]) {
  w->count = 0;
  for (uint32_t point = 0; point < w->points; point++)
    for (uint32_t column = 0, columns = 0; column < w->sides[1].extent; column += columns) {
      unsigned across = cut(&w->plan, w->sides[1].extent, column, shape[1], &columns);
      for (uint32_t row = 0, rows = 0; row < w->sides[0].extent; row += rows) {
        unsigned down = cut(&w->plan, w->sides[0].extent, row, shape[0], &rows);
        if (w->count == WRITTEN_BLOCKS)
          return false;
        w->blocks[w->count++] = (WrittenBlock){point, {row, column}, {rows, columns}, {down, across}};
      }
    }
  return true;
}

// Whether the code has room where it runs: in the scratchpad, or in a loop, in which it stays where it is, in
// the instruction cache.
static bool code_fits(const Machine *machine, const Contraction *c, const Written *w) {
  uint64_t bytes = written_code_bytes(w);
  if (c->region->function->blocks.data[c->region->before].depth)
    return bytes <= machine->l1i_size;
  return w->plan.spm_bytes + larger(machine->spm_size / 16, bytes) <= machine->spm_size;
}

static bool place_buffers(const Machine *machine, const Contraction *c, Written *w) {
  TilePlan *p = &w->plan;
  const WrittenSide *x = &w->sides[0], *y = &w->sides[1];
  uint64_t results = (uint64_t)x->extent * y->extent * w->points * contraction_size(c, CONTRACTION_C);
  // What fills more than a bank would be in the way of others.
  p->result_slot = (uint64_t)p->shape_rows * p->shape_columns * p->tile * p->tile * 4;
  w->result_slots = results > machine->spm_size / machine->spm_banks ? RING_SLOTS : 0;
  results = w->result_slots ? w->result_slots * p->result_slot : results;
  uint64_t stripes = (uint64_t)y->stripes * w->points;
  SpmBuffer buffers[BUFFER_COUNT] = {
      [BUFFER_X] = {"rows", x->slot * x->stripes * w->points, 0, 0},
      [BUFFER_Y0] = {"columns", y->slot * divide_up(stripes, 2), 0, 1},
      [BUFFER_Y1] = {"more columns", y->slot * (stripes / 2), 0, 0},
      [BUFFER_RAW_X] = {"raw rows", x->raw_slot * x->stripes * w->points, 0, 2},
      [BUFFER_RAW_Y] = {"raw columns", y->raw_slot * stripes, 0, 2},
      [BUFFER_RESULT] = {"results", results, 0, 3},
      [BUFFER_START] = {"old values", w->adds ? p->result_slot * RING_SLOTS : 0, 0, 2},
  };
  memcpy(p->buffers, buffers, sizeof buffers);
  return spm_place(machine, p->buffers, BUFFER_COUNT, &p->spm_bytes, &p->spm_alignment) &&
         code_fits(machine, c, w);
}

static bool try_shape(const Machine *machine, Contraction *c, Written *w, const unsigned shape[2]) {
  TilePlan *p = &w->plan;
  for (unsigned side = 0; side < 2; side++)
    cut_side(machine, c, w, side, shape[side]);
  p->shape_rows = shape[0];
  p->shape_columns = shape[1];
  if (!cut_blocks(w, shape) || !place_buffers(machine, c, w))
    return false;
  w->chunks = (uint32_t)smaller(larger(w->words / LEAST_CHUNK_WORDS, 1), WRITTEN_CHUNKS);
  uint32_t beat = (uint32_t)machine->dram_bandwidth / 4;
  w->chunk_words = (uint32_t)divide_up(divide_up(w->words, w->chunks), beat) * beat;
  w->chunks = (uint32_t)divide_up(w->words, w->chunk_words);
  p->blocks = w->count;
  estimate_written(machine, c, w);
  return true;
}

static bool can_be_written(const Contraction *c, const TilePlan *sequence) {
  uint64_t points = 1;
  if (c->start_correction)
    return false;
  for (uint32_t i = 0; i < c->count; i++) {
    const ContractionIterator *iterator = &c->iterators[i];
    bool outer = iterator->role == ROLE_OUTER;
    if (iterator->extent.value != IR_NONE || iterator->extent.constant <= 0 ||
        (outer && (iterator->sums || iterator->parameters || (c->correction && c->correction->moves[i]))))
      return false;
    points *= outer ? (uint64_t)iterator->extent.constant : 1;
    if (points > WRITTEN_BLOCKS || iterator->extent.constant > INT32_MAX)
      return false;
  }
  bool adds = c->start == START_MEMORY; // which needs values as they are
  if (adds && (sequence->result_columns || !epilogue_is_plain(&c->epilogue)))
    return false;
  return (adds || !sequence->accumulates) && !sequence->window.unit && !sequence->planes.bytes &&
         !c->row_parts.count && !c->sum_parts.count;
}

bool plan_written(const Machine *machine, Contraction *c, const TilePlan *sequence, Written *best) {
  if (!can_be_written(c, sequence))
    return false;
  Written w = {.plan = *sequence, .points = 1, .adds = c->start == START_MEMORY};
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    w.points *= (uint32_t)c->iterators[i].extent.constant;
  w.sides[0].extent = (uint32_t)contraction_main(c, ROLE_ROW)->extent.constant;
  w.sides[1].extent = (uint32_t)contraction_main(c, ROLE_COLUMN)->extent.constant;
  w.plan.chunk = (uint64_t)contraction_main(c, ROLE_SUM)->extent.constant;
  w.plan.chunk_words = divide_up(w.plan.chunk, c->word);
  w.words = (uint32_t)w.plan.chunk_words;
  // Old values cut the rounds into parts already.
  w.plan.unroll = w.words <= (w.adds ? SHORT_SUM / 2 : SHORT_SUM) ? UNROLL / 2 : UNROLL;
  w.plan.result_joined = false;
  w.plan.one_pass = w.plan.accumulates = false;
  best->plan.cycles = 0;
  for (unsigned rows = 1; rows <= 4; rows *= 2)
    for (unsigned columns = 1; columns <= 4; columns *= 2) {
      const unsigned shape[2] = {rows, columns};
      if ((uint64_t)2 * rows * columns <= machine->accumulators && try_shape(machine, c, &w, shape) &&
          (!best->plan.cycles || w.plan.cycles < best->plan.cycles))
        *best = w;
    }
  return best->plan.cycles && best->plan.cycles < sequence->cycles;
}
