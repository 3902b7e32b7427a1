// Which contractions are written out, and how they are cut: the shape of the blocks, by written.c's clock.
#include "support/round.h"
#include "target/tensor/tile/written.h"

#include <string.h>

enum {
  UNROLL = 8, // steps in a round of the inner loop, half of it where the sum has few words
  SHORT_SUM = 64,
  LEAST_CHUNK_WORDS = 16,
};

// Whether a side that one stripe has room for lies in memory in one run, and can be used as it lies. What
// fills rows up to words is then the next row's beginning: only rows of X may need that, in an integer sum,
// where it meets zeros of Y. Rows to be packed have a register each.
static bool lies_in_one_run(const Machine *machine, Contraction *c, const Written *w, unsigned side) {
  bool sum = w->plan.layouts[side] == STAGE_SUM;
  uint64_t size = contraction_size(c, side), extent = w->sides[side].extent;
  uint64_t bytes = sum ? w->plan.chunk * size : extent * size;
  ContractionRole line = sum ? side ? ROLE_COLUMN : ROLE_ROW : ROLE_SUM;
  if (!quantity_is(contraction_main(c, line)->strides[side], (int64_t)bytes))
    return false;
  if (!sum)
    return w->plan.layouts[side] != STAGE_PACK || bytes <= machine_vector_bytes(machine);
  return w->plan.chunk % c->word == 0 || (side == CONTRACTION_X && !ir_is_float(c->operands[side].type));
}

// Cycles of a register's strided load: words that it touches in the same lane come one after the other.
static uint64_t strided_load_cycles(const Machine *machine, uint64_t pitch, uint64_t count) {
  uint64_t most = 1;
  for (uint64_t lane = 0; lane < machine->spm_lanes; lane++) {
    uint64_t words = 0;
    for (uint64_t i = 0; i < count; i++)
      words += i * pitch / 4 % machine->spm_lanes == lane || (i * pitch + 3) / 4 % machine->spm_lanes == lane;
    most = larger(most, words);
  }
  return most;
}

// Sizes along one side, for blocks of at most so many accumulators.
static void cut_side(const Machine *machine, Contraction *c, Written *w, unsigned side, unsigned most,
                     bool join) {
  WrittenSide *of = &w->sides[side];
  TilePlan *p = &w->plan;
  bool sum = p->layouts[side] == STAGE_SUM, pack = p->layouts[side] == STAGE_PACK;
  uint32_t tiles = (uint32_t)divide_up(of->extent, p->tile), across = 1;
  // A load brings at most 4; as many are packed at once.
  while (across < 4 && across < tiles && (pack || join || across < most))
    across *= 2;
  of->stripe = across * p->tile;
  of->stripes = (uint32_t)divide_up(of->extent, of->stripe);
  uint64_t row = larger((uint64_t)of->stripe * contraction_size(c, side), machine_vector_bytes(machine));
  uint64_t pitch = sum ? spm_pitch(machine, (uint64_t)w->words * 4) : (uint64_t)of->stripe * 4;
  p->pitches[side] = pitch;
  of->slot = pitch * (sum ? of->stripe : w->words);
  of->raw_slot = pack ? row * w->words * c->word : 0;
  uint32_t last = of->stripes - 1;
  uint64_t rows = sum ? of->extent - last * of->stripe : w->words;
  uint64_t last_pitch = sum ? pitch : (uint64_t)written_stripe_tiles(w, side, last) * p->tile * 4;
  of->unused = of->slot - last_pitch * rows;
  of->load_cycles = 1;
  of->joined = join && of->stripes == 1 && lies_in_one_run(machine, c, w, side);
  if (!of->joined)
    return;
  pitch = (sum ? w->plan.chunk : of->extent) * contraction_size(c, side);
  // The last row is filled up to words; packed rows are as before.
  uint64_t bytes = divide_up(pitch * (sum ? of->extent : w->words * c->word) + 4, machine->cache_line) *
                   machine->cache_line;
  if (pack) {
    of->raw_slot = bytes;
    return;
  }
  p->pitches[side] = pitch;
  of->slot = bytes;
  of->unused = 0;
  if (sum)
    of->load_cycles = strided_load_cycles(machine, pitch, smaller(of->extent, p->tile));
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
  p->result_slot = (uint64_t)written_most_tiles(machine) * p->tile * p->tile * 4;
  w->result_slots = results > machine_spm_bank(machine) ? RING_SLOTS : 0;
  results = w->result_slots ? w->result_slots * p->result_slot : results;
  uint64_t stripes = (uint64_t)y->stripes * w->points;
  SpmBuffer buffers[BUFFER_COUNT] = {
      [BUFFER_X] = {"rows", x->slot * x->stripes * w->points - x->unused, 0, 0},
      [BUFFER_Y0] = {"columns", y->slot * divide_up(stripes, 2) - (stripes % 2 ? y->unused : 0), 0, 1},
      [BUFFER_Y1] = {"more columns", y->slot * (stripes / 2) - (stripes % 2 ? 0 : y->unused), 0, 0},
      [BUFFER_RAW_X] = {"raw rows", x->raw_slot * x->stripes * w->points, 0, 2},
      [BUFFER_RAW_Y] = {"raw columns", y->raw_slot * stripes, 0, 2},
      [BUFFER_RESULT] = {"results", results, 0, 3},
      [BUFFER_START] = {"old values", w->adds ? p->result_slot * RING_SLOTS : 0, 0, 2},
  };
  memcpy(p->buffers, buffers, sizeof buffers);
  return spm_place(machine, p->buffers, BUFFER_COUNT, &p->spm_bytes, &p->spm_alignment) &&
         code_fits(machine, c, w);
}

// `join`: a bit for each side that is to be used as it lies.
static bool try_shape(const Machine *machine, Contraction *c, Written *w, const unsigned most[2],
                      unsigned join) {
  TilePlan *p = &w->plan;
  for (unsigned side = 0; side < 2; side++) {
    cut_side(machine, c, w, side, most[side], join >> side & 1);
    if (w->sides[side].joined != (join >> side & 1))
      return false;
  }
  if (!cut_written(machine, c, w, most) || !place_buffers(machine, c, w))
    return false;
  p->shape_rows = w->blocks[0].tiles[0];
  p->shape_columns = w->blocks[0].tiles[1];
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
  if (c->start_correction || c->diagonal.groups)
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
  for (unsigned rows = 1, tiles = written_most_tiles(machine); rows <= tiles; rows++)
    for (unsigned columns = 1; rows * columns <= tiles; columns++) {
      const unsigned most[2] = {rows, columns};
      for (unsigned join = 0; join < 4; join++)
        if (try_shape(machine, c, &w, most, join) &&
            (!best->plan.cycles || w.plan.cycles < best->plan.cycles))
          *best = w;
    }
  return best->plan.cycles && best->plan.cycles < sequence->cycles;
}
