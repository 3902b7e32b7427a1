// Finds convolutions whose sizes only the run time knows, and plans the scratchpad for them.
#include "target/tensor/tile/pieces.h"
#include "support/round.h"
#include "target/tensor/tile/size.h"
#include "target/tensor/tile/tile.h"

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

// --- guards

static uint32_t sum_of(const Pieces *w, uint32_t iterator) {
  for (uint32_t i = 0; i < w->sum_count && i < PIECE_SUMS; i++)
    if (w->c.iterators[w->sums[i]].iterator == iterator)
      return i;
  return UINT32_MAX;
}

// Pixels or lines with a tap each.
static bool read_guard(Pieces *w, const Affine *affine) {
  const Function *f = w->c.region->function;
  PieceGuard *guard = &w->guards[w->guard_count];
  *guard = (PieceGuard){.guard = affine, .sum = UINT32_MAX};
  bool any = false;
  for (uint32_t i = 0; i < affine->count; i++) {
    const AffineTerm *term = &affine->terms[i];
    uint32_t sum = sum_of(w, term->iterator);
    bool lines = w->lines != UINT32_MAX && w->c.iterators[w->lines].iterator == term->iterator;
    if (i > 0 && quantity_looks_negative(f, term->coefficient) != guard->upper)
      return false;
    guard->upper = quantity_looks_negative(f, term->coefficient);
    if (sum != UINT32_MAX && guard->sum == UINT32_MAX) {
      guard->sum = sum;
      guard->tap = term->coefficient;
    } else if (!any && (lines || contraction_main(&w->c, ROLE_ROW)->iterator == term->iterator)) {
      any = true;
      guard->lines = lines;
      guard->pixel = term->coefficient;
    } else {
      return false;
    }
  }
  uint32_t *guarded = &w->guarded[guard->lines];
  if (!any || guard->sum == UINT32_MAX || (*guarded != UINT32_MAX && *guarded != guard->sum))
    return false;
  *guarded = guard->sum;
  w->guard_count++;
  return true;
}

// Those that no iterator moves are asked before.
static bool read_guards(Pieces *w) {
  const Contraction *c = &w->c;
  w->guarded[0] = w->guarded[1] = UINT32_MAX;
  for (uint32_t i = 0; i < c->guard_count; i++)
    if (c->guards[i].count && (w->guard_count == PIECE_GUARDS || !read_guard(w, &c->guards[i])))
      return false;
  return w->guard_count == 0 || (c->bordered == CONTRACTION_X && w->guarded[0] != w->guarded[1]);
}

static void require(Emitter *e, IrValue *condition, IrValue holds) {
  *condition = *condition == IR_NONE ? holds : emit_and(e, *condition, holds);
}

static IrValue guard_start(Emitter *e, const Affine *guard) {
  IrValue start = emit_number(e, guard->constant);
  return guard->invariant == IR_NONE ? start : emit_add(e, start, guard->invariant);
}

static IrValue last_of(Emitter *e, const ContractionIterator *iterator) {
  return emit_add_number(e, emit_quantity(e, iterator->extent), -1);
}

// Between edges that are less than a step apart there may be no pixel.
static void require_steps(Emitter *e, const Pieces *w, const PieceGuard *guard, IrValue *condition) {
  for (uint32_t i = 0; i < w->guard_count; i++) {
    const PieceGuard *other = &w->guards[i];
    if (other->lines != guard->lines || other->upper == guard->upper)
      continue;
    IrValue width = emit_add(e, guard_start(e, guard->guard), guard_start(e, other->guard));
    require(e, condition, emit_less(e, emit_add_number(e, emit_quantity(e, guard->pixel), -2), width));
  }
}

void pieces_condition(Emitter *e, const Pieces *pieces, IrValue *condition) {
  const Contraction *c = &pieces->c;
  IrValue minus_one = emit_number(e, -1), zero = emit_number(e, 0);
  if (c->operands[CONTRACTION_Y].zero != NODE_NONE)
    require(e, condition, emit_equal(e, emit_zero_value(e, c->region, &c->operands[CONTRACTION_Y]), zero));
  for (uint32_t i = 0; i < c->guard_count; i++)
    if (!c->guards[i].count)
      require(e, condition, emit_less(e, minus_one, guard_start(e, &c->guards[i])));
  for (uint32_t i = 0; i < pieces->guard_count; i++) {
    const PieceGuard *guard = &pieces->guards[i];
    const ContractionIterator *own = &c->iterators[guard->lines ? pieces->lines : c->count - 3 + ROLE_ROW];
    IrValue pixel = emit_quantity(e, guard->pixel), tap = emit_quantity(e, guard->tap);
    const IrValue coefficients[2] = {pixel, tap};
    for (unsigned k = 0; k < 2; k++)
      require(e, condition,
              guard->upper ? emit_less(e, coefficients[k], zero) : emit_less(e, zero, coefficients[k]));
    // The tap that lies furthest beyond the edge, at the pixel that is furthest from it.
    IrValue furthest = guard->upper ? emit_mul(e, last_of(e, &c->iterators[pieces->sums[guard->sum]]), tap)
                                    : emit_mul(e, last_of(e, own), pixel);
    require(e, condition, emit_less(e, minus_one, emit_add(e, guard_start(e, guard->guard), furthest)));
    if (!guard->upper)
      require_steps(e, pieces, guard, condition);
  }
  if (pieces->guard_count && c->epilogue.corrected)
    // Beyond the edges lies X's zero point.
    require(e, condition, emit_zero_fits(e, c->region, &c->operands[CONTRACTION_X]));
}

// Weights that have a sign are around zero even where it is an argument that says so, which is tested.
static bool may_be_zero(const Contraction *c) {
  const ContractionOperand *y = &c->operands[CONTRACTION_Y];
  return y->zero == NODE_NONE || (y->is_signed && c->region->nodes.data[y->zero].kind == NODE_VALUE);
}

bool pieces_find(const Contraction *contraction, Pieces *w) {
  memset(w, 0, sizeof *w);
  w->c = *contraction;
  Contraction *c = &w->c;
  if (c->start != START_ZERO || c->border_count)
    return false;
  if (has_outer(c, ROLE_COLUMN) && !has_outer(c, ROLE_ROW))
    contraction_swap_sides(c);
  find_lines(w);
  find_sums(w);
  c->product = contraction_product(c);
  bool product = w->lines == UINT32_MAX && w->sum_count == 1;
  if ((product && !c->epilogue.corrected) || !may_be_zero(c) || !read_guards(w) ||
      !contraction_place_parameters(c))
    return false;
  if (w->lines != UINT32_MAX && c->iterators[w->lines].parameters)
    return false;
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    w->grouped = w->grouped || c->iterators[i].parameters != 0;
  return c->epilogue.columns || !epilogue_has_parameters(&c->epilogue);
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
      [PIECE_BIAS] = {"bias", w->c.epilogue.corrected ? p->block_columns * sizeof(int32_t) : 0, 0, 4},
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

// --- estimate

bool pieces_are_known(const Pieces *w) {
  for (uint32_t i = 0; i < w->c.count; i++)
    if (w->c.iterators[i].extent.value != IR_NONE || !has_constant_strides(&w->c.iterators[i]))
      return false;
  return true;
}

static uint64_t extent_of(const Pieces *w, uint32_t iterator) {
  return (uint64_t)w->c.iterators[iterator].extent.constant;
}

// Beats of runs that begin and end anywhere in one.
static uint64_t beats(const Machine *machine, uint64_t runs, uint64_t bytes) {
  uint64_t beat = machine->dram_bandwidth, part = bytes % beat != 0 ? beat - 1 : 0;
  return larger(runs * (bytes + part) / beat, runs * divide_up(bytes, machine->dma_spm_words * 4));
}

// What brings `sides` rows or columns of all of k, in `stretches`; *pieces: in how many.
static uint64_t fetch_cycles(const Machine *machine, const Pieces *w, unsigned side, uint64_t sides,
                             uint64_t stretches, uint64_t *pieces) {
  const ContractionIterator *own = &w->c.iterators[w->c.count - 3 + (side ? ROLE_COLUMN : ROLE_ROW)];
  uint64_t room = w->shape.chunk, k = 1, size = contraction_size(&w->c, side), run = size;
  bool joined = true, dense = side || own->strides[side].constant == (int64_t)size;
  *pieces = 1;
  for (uint32_t i = 0; i < w->sum_count; i++) {
    uint64_t extent = extent_of(w, w->sums[i]);
    bool apart = i + 1 == PIECE_SUMS && w->shape.layouts[CONTRACTION_X] != STAGE_SUM && !dense;
    uint64_t part = i >= PIECE_SUMS || apart ? 1 : extent < room ? extent : room;
    joined = joined && w->c.iterators[w->sums[i]].strides[side].constant == (int64_t)run;
    run *= joined ? part : 1;
    joined = joined && part == extent;
    room /= part;
    *pieces *= divide_up(extent, part);
    k *= extent;
  }
  uint64_t start = stretches * *pieces * machine->dma_start;
  if (w->shape.layouts[side] == STAGE_SUM)
    return start + beats(machine, sides * k * size / run, run);
  return start +
         (dense ? beats(machine, k * stretches, sides * size / stretches) : beats(machine, k * sides, size));
}

uint64_t pieces_cycles(const Machine *machine, const Pieces *pieces) {
  enum { BLOCK = 250, PIECE = 150, START = 3000, PACK = 3 };
  const Pieces *w = pieces;
  const TilePlan *p = &w->shape;
  const Contraction *c = &w->c;
  uint64_t line = extent_of(w, c->count - 3 + ROLE_ROW), columns = extent_of(w, c->count - 3 + ROLE_COLUMN);
  uint64_t rows = w->lines == UINT32_MAX ? line : line * extent_of(w, w->lines), k = 1, blocks = 1, count = 1;
  for (uint32_t i = 0; i < w->sum_count; i++)
    k *= extent_of(w, w->sums[i]);
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    blocks *= c->iterators[i].sums || i == w->lines ? 1 : extent_of(w, i);
  uint64_t across = columns < p->block_columns ? columns : p->block_columns;
  uint64_t down = rows < p->block_rows ? rows : p->block_rows, row_blocks = divide_up(rows, p->block_rows);
  blocks *= row_blocks * divide_up(columns, p->block_columns);
  row_blocks += c->epilogue.corrected;
  uint64_t stretches = w->lines == UINT32_MAX ? 1 : 1 + down / line;
  uint64_t words = divide_up(k, c->word), product = words * p->shape_rows * p->shape_columns;
  uint64_t fetch_x = fetch_cycles(machine, w, CONTRACTION_X, down, stretches, &count);
  uint64_t fetch_y = fetch_cycles(machine, w, CONTRACTION_Y, across, 1, &count);
  uint64_t pack = words * PACK * c->word, share = count > 1 ? 1 : row_blocks;
  product += (p->layouts[0] == STAGE_PACK ? pack : 0) + (p->layouts[1] == STAGE_PACK ? pack / share : 0);
  uint64_t bytes = down * across * contraction_size(c, CONTRACTION_C);
  uint64_t drain = larger(bytes / machine->drain_bytes, down * across / machine->drain_results);
  uint64_t result = beats(machine, p->result_columns ? across * stretches : down,
                          bytes / (p->result_columns ? across * stretches : down));
  uint64_t transfers = fetch_x + fetch_y / share + result;
  return blocks * (larger(product, transfers) + drain + BLOCK + count * PIECE) + START;
}
