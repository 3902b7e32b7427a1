// Finds convolutions whose sizes only the run time knows, and plans the scratchpad for them.
#include "target/tensor/tile/pieces.h"
#include "support/round.h"

#include <string.h>

enum { LARGEST_CHUNK = 1024 }; // bytes of k in a piece

// Iterators that go on in X as rows do: the innermost is from line to line.
static void find_lines(Pieces *w) {
  w->lines = UINT32_MAX;
  for (uint32_t i = 0; i < contraction_outer_count(&w->c); i++)
    if (contraction_can_be(&w->c.iterators[i], ROLE_ROW))
      w->lines = i;
}

static bool has_outer(const Contraction *c, ContractionRole role) {
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    if (contraction_can_be(&c->iterators[i], role))
      return true;
  return false;
}

static void find_sums(Pieces *w) {
  const Contraction *c = &w->c;
  w->sums[w->sum_count++] = c->count - 3 + ROLE_SUM;
  for (uint32_t i = contraction_outer_count(c); i-- > 0;)
    if (c->iterators[i].sums)
      w->sums[w->sum_count++] = i;
}

bool pieces_find(const Contraction *contraction, Pieces *w) {
  memset(w, 0, sizeof *w);
  w->c = *contraction;
  Contraction *c = &w->c;
  bool known = true;
  for (uint32_t i = 0; i < c->count; i++)
    known = known && c->iterators[i].extent.value == IR_NONE;
  if (known || c->start != START_ZERO || c->border_count || c->epilogue.corrected)
    return false;
  if (has_outer(c, ROLE_COLUMN) && !has_outer(c, ROLE_ROW))
    contraction_swap_sides(c);
  find_lines(w);
  find_sums(w);
  c->product = contraction_product(c);
  if (w->lines == UINT32_MAX && w->sum_count == 1)
    return false;
  return contraction_place_parameters(c) && (c->epilogue.columns || !epilogue_has_parameters(&c->epilogue));
}

// Where results lie pixel by pixel the image does, too, but for the window's step, which may be known only at
// run time; else it lies along the sum.
static bool choose_layouts(Pieces *w) {
  Contraction *c = &w->c;
  int64_t size = contraction_size(c, CONTRACTION_C);
  bool columns = quantity_is(contraction_main(c, ROLE_COLUMN)->strides[CONTRACTION_C], size);
  w->shape.result_columns = !columns;
  if (!columns && !quantity_is(contraction_main(c, ROLE_ROW)->strides[CONTRACTION_C], size))
    return false;
  for (unsigned side = 0; side < 2; side++) {
    Quantity own = contraction_main(c, side ? ROLE_COLUMN : ROLE_ROW)->strides[side];
    bool lines = quantity_is(own, contraction_size(c, side));
    bool sum = quantity_is(contraction_main(c, ROLE_SUM)->strides[side], contraction_size(c, side));
    bool pixels = side == CONTRACTION_X && !columns;
    if (!lines && !sum && !pixels)
      return false;
    StageLayout packed = c->word == 1 ? STAGE_DIRECT : STAGE_PACK;
    w->shape.layouts[side] = pixels || !sum ? packed : STAGE_SUM;
  }
  return true;
}

static void size_buffers(const Machine *machine, Pieces *w) {
  TilePlan *p = &w->shape;
  uint64_t sides[2] = {p->block_rows, p->block_columns}, packed[2] = {0};
  for (unsigned side = 0; side < 2; side++) {
    bool sum = p->layouts[side] == STAGE_SUM;
    p->pitches[side] = sum ? spm_pitch(machine, p->chunk_words * 4) : sides[side] * 4;
    w->slot[side] = (sum ? sides[side] : p->chunk_words) * p->pitches[side];
    if (p->layouts[side] != STAGE_PACK)
      continue;
    packed[side] = w->slot[side];
    uint64_t row = larger(sides[side] * contraction_size(&w->c, side), machine_vector_bytes(machine));
    w->slot[side] = p->chunk_words * w->c.word * row;
  }
  uint64_t line = p->result_columns ? p->block_rows : p->block_columns;
  p->result_pitch = line * contraction_size(&w->c, CONTRACTION_C);
  p->result_slot = (uint64_t)p->block_rows * p->block_columns * contraction_size(&w->c, CONTRACTION_C);
  const SpmBuffer buffers[PIECE_BUFFERS] = {
      [PIECE_ROWS] = {"rows", w->slot[0] * PIECE_SLOTS, 0, 0},
      [PIECE_COLUMNS] = {"columns", w->slot[1] * PIECE_SLOTS, 0, 1},
      [PIECE_PACKED_ROWS] = {"packed rows", packed[0], 0, 2},
      [PIECE_PACKED_COLUMNS] = {"packed columns", packed[1], 0, 3},
      [PIECE_RESULT] = {"results", p->result_slot * PIECE_RESULTS, 0, 2},
  };
  memcpy(w->buffers, buffers, sizeof buffers);
}

bool pieces_plan(const Machine *machine, Pieces *w) {
  TilePlan *p = &w->shape;
  if (!choose_layouts(w))
    return false;
  p->tile = machine_tile(machine);
  p->shape_columns = machine->accumulators < 4 ? 1 : 4;
  p->shape_rows = (unsigned)machine->accumulators / p->shape_columns;
  while (p->shape_rows > 4 || (p->shape_rows & (p->shape_rows - 1)))
    p->shape_rows--;
  p->block_rows = p->shape_rows * p->tile;
  p->block_columns = p->shape_columns * p->tile;
  p->whole = true;
  p->unroll = (unsigned)machine->unit_queue;
  for (p->chunk = LARGEST_CHUNK / contraction_size(&w->c, CONTRACTION_X); p->chunk >= w->c.word;
       p->chunk /= 2) {
    p->chunk_words = p->chunk / w->c.word;
    size_buffers(machine, w);
    if (spm_place(machine, w->buffers, PIECE_BUFFERS, &p->spm_bytes, &p->spm_alignment))
      return true;
  }
  return false;
}
