// Plans matrix products whose sizes only the run time knows (sized.h).
#include "target/tensor/tile/sized.h"
#include "support/round.h"

#include <string.h>

enum {
  LARGEST_WORDS = 256, // of k
  SMALLEST_WORDS = 16, // below, other forms do as well
  LEAST_BLOCKS = 4,    // of rows: those that come meet none that are in use
  MOST_BLOCKS = 64,    // of the longest sum
  CODE_PART = 24,      // of the scratchpad: what is kept for a copy of the code
  ROUND = 8            // words of k
};

static bool is_product(const Contraction *c) {
  bool zero_points =
      c->operands[CONTRACTION_X].zero != NODE_NONE || c->operands[CONTRACTION_Y].zero != NODE_NONE;
  return !contraction_sizes_are_known(c) && !zero_points && !contraction_outer_count(c) &&
         c->start == START_ZERO && !c->finish.any && !c->border_count && !c->bordered_image &&
         !c->guard_count && !c->row_parts.count && !c->sum_parts.count && !c->diagonal.groups &&
         !c->pixels.count;
}

// Half of the accumulators, of which columns, which take fewer loads, have the most.
static void choose_shape(const Machine *machine, TilePlan *p) {
  p->tile = machine_tile(machine);
  p->shape_columns = p->shape_rows = 1;
  for (unsigned all = (unsigned)machine->accumulators / 2; all > 1; all /= 2)
    *(p->shape_columns > p->shape_rows ? &p->shape_rows : &p->shape_columns) *=
        p->shape_columns < 4 || p->shape_rows < 4 ? 2 : 1;
  p->block_rows = p->shape_rows * p->tile;
  p->block_columns = p->shape_columns * p->tile;
}

// Bytes of a row of raw data.
static uint64_t raw_row(const Machine *machine, uint64_t lines, unsigned size) {
  uint64_t bytes = lines * size, least = machine_vector_bytes(machine);
  return bytes > least ? bytes : least;
}

static void size_buffers(const Machine *machine, Sized *w) {
  TilePlan *p = &w->shape;
  const Contraction *c = &w->c;
  uint64_t lines[2] = {p->block_rows, p->block_columns}, slots[2], raw[2] = {0};
  for (unsigned side = 0; side < 2; side++) {
    bool sum = p->layouts[side] == STAGE_SUM;
    p->pitches[side] = sum ? spm_pitch(machine, p->chunk_words * 4) : lines[side] * 4;
    slots[side] = (sum ? lines[side] : p->chunk_words) * p->pitches[side];
    if (p->layouts[side] == STAGE_PACK)
      raw[side] = p->chunk_words * c->word * raw_row(machine, lines[side], contraction_size(c, side));
  }
  p->slot = slots[CONTRACTION_X];
  w->raw_slot = raw[CONTRACTION_X];
  w->packed_slot = raw[CONTRACTION_Y] ? round_up(slots[CONTRACTION_Y], machine->spm_lanes * 4) : 0;
  w->column_slot = raw[CONTRACTION_Y] ? raw[CONTRACTION_Y] : slots[CONTRACTION_Y];
  p->result_pitch = (p->result_columns ? lines[0] : lines[1]) * contraction_size(c, CONTRACTION_C);
  p->result_slot = lines[0] * lines[1] * contraction_size(c, CONTRACTION_C);
  const SpmBuffer buffers[SIZED_BUFFERS] = {
      [SIZED_RESULT] = {"results", p->result_slot * SIZED_RESULTS, 0, 0},
      [SIZED_RAW] = {"raw rows", w->raw_slot * SIZED_SLOTS, 0, 0},
      [SIZED_COLUMNS] = {"columns", w->column_slot * w->panels, 0, 0},
      [SIZED_PACKED] = {"packed columns", 2 * w->packed_slot, 0, 1},
      [SIZED_ROWS] = {"rows", p->slot * w->blocks, 0, 1},
  };
  memcpy(w->buffers, buffers, sizeof buffers);
}

// What transfers and the drain write lies before what the products read, so that they share few banks.
static bool has_room(const Machine *machine, Sized *w) {
  const uint64_t line = machine->spm_lanes * 4;
  size_buffers(machine, w);
  uint64_t at = 0;
  for (unsigned i = 0; i < SIZED_BUFFERS; i++) {
    w->buffers[i].offset = at;
    at += round_up(w->buffers[i].size, line);
  }
  w->shape.spm_bytes = at;
  w->shape.spm_alignment = at > machine_spm_bank(machine) ? machine_spm_bank(machine) : line;
  w->apart = machine_spm_bank(machine) + 2 * w->packed_slot + LEAST_BLOCKS * w->shape.slot <= at;
  return at <= machine->spm_size - machine->spm_size / CODE_PART;
}

bool sized_plan(const Machine *machine, const Contraction *contraction, Sized *w) {
  const char *ignored = NULL;
  TilePlan *p = &w->shape;
  memset(w, 0, sizeof *w);
  w->c = *contraction;
  if (!is_product(&w->c) || machine->accumulators < 2 || !contraction_choose_layouts(&w->c, p, &ignored) ||
      !contraction_place_parameters(&w->c))
    return false;
  // Rows that are packed before the products cost more than the rest gains where columns need no packing.
  if (p->layouts[CONTRACTION_X] == STAGE_PACK && p->layouts[CONTRACTION_Y] != STAGE_PACK)
    return false;
  choose_shape(machine, p);
  p->one_pass = true;
  // That in use, if it is not packed, those of the steps ahead, and one more.
  w->panels = SIZED_LAG + (p->layouts[CONTRACTION_Y] == STAGE_PACK ? 1 : 2);
  p->unroll = ROUND;
  for (p->chunk_words = LARGEST_WORDS; p->chunk_words >= SMALLEST_WORDS; p->chunk_words -= 2 * ROUND) {
    p->chunk = p->chunk_words * w->c.word;
    for (w->blocks = MOST_BLOCKS; w->blocks >= LEAST_BLOCKS; w->blocks--)
      if (has_room(machine, w))
        return true;
  }
  return false;
}
