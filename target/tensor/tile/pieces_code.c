// The code of convolutions whose sizes only the run time knows (pieces.h).
//
// All pieces of all blocks are one sequence: pieces of a block, blocks of rows, panels of columns, outer
// iterators. In a step the piece PIECE_LAG further on is asked for, and this one is multiplied; behind a
// block's last one its sums drain and leave. Columns stay where a block is one piece, until the panel is
// another.
#include "target/tensor/tile/pieces.h"
#include "target/tensor/tile/tile.h"

#include <string.h>

// Numbers that count like an odometer, innermost first, and values that move by fixed steps with each.
enum { WHEEL_LEVELS = CONTRACTION_ITERATORS + 2, WHEEL_VALUES = 4 + PIECE_SUMS };
typedef struct Wheel {
  uint32_t levels, values;
  IrValue extents[WHEEL_LEVELS];
  uint32_t index[WHEEL_LEVELS]; // variables
  IrValue steps[WHEEL_VALUES][WHEEL_LEVELS];
  uint32_t value[WHEEL_VALUES]; // variables
} Wheel;

typedef struct Writer {
  Schedule *s; // the emitter, the drain and the products
  const Pieces *w;
  IrValue buffers[PIECE_BUFFERS];
  IrValue outside;   // what lies beyond the edges of the image, in 32 bits
  IrValue dense;     // whether pixels follow one another without a gap
  IrValue line;      // pixels in a line, where lines do not go on in one another
  IrValue sent_line; // the same of results
  // Of the sum's first iterators: all of it, as much as a piece has, and how many pieces that is.
  IrValue extents[PIECE_SUMS], parts[PIECE_SUMS], counts[PIECE_SUMS];
  IrValue pieces; // of a block
  // Whether iterators 1 and 2 go on in memory where those within end.
  IrValue joined[2][PIECE_SUMS];
  Wheel fetch, compute;
  uint32_t fetch_rows_level, compute_rows_level;
  uint32_t f_x, f_y, f_row, f_column, f_left[PIECE_SUMS]; // of `fetch`
  uint32_t c_to, c_row, c_column;                         // of `compute`
  uint32_t ids[PIECE_LAG + 1], sizes[PIECE_LAG + 1];      // of the newest piece, and of those before
  uint32_t x_next, y_next;                                // slots where the next ones come
  uint32_t x_use, y_use, y_later;                         // that are in use; of the next columns
  uint32_t result, sent[PIECE_RESULTS];
  uint32_t t;
} Writer;

static IrValue number(Writer *k, int64_t x) {
  return emit_number(&k->s->e, x);
}

static IrValue quotient(Writer *k, IrValue x, IrValue y) {
  return build2(&k->s->e.builder, IR_UDIV, IR_I64, x, y);
}

static const ContractionIterator *sum_of(const Writer *k, uint32_t i) {
  return &k->w->c.iterators[k->w->sums[i]];
}

static const ContractionIterator *main_of(const Writer *k, ContractionRole role) {
  return &k->w->c.iterators[k->w->c.count - 3 + role];
}

static IrValue stride_of(Writer *k, const ContractionIterator *iterator, unsigned array) {
  return emit_quantity(&k->s->e, iterator->strides[array]);
}

// --- the odometer

static uint32_t new_level(Writer *k, Wheel *wheel, IrValue extent) {
  uint32_t level = wheel->levels++;
  wheel->extents[level] = extent;
  wheel->index[level] = emit_variable(&k->s->e, number(k, 0));
  for (uint32_t v = 0; v < WHEEL_VALUES; v++)
    wheel->steps[v][level] = number(k, 0);
  return level;
}

static uint32_t new_value(Writer *k, Wheel *wheel, IrValue first) {
  return wheel->value[wheel->values++] = emit_variable(&k->s->e, first);
}

static void advance(Writer *k, Wheel *wheel, uint32_t level) {
  Emitter *e = &k->s->e;
  IrValue index = emit_add_number(e, get(k->s, wheel->index[level]), 1);
  set(k->s, wheel->index[level], index);
  for (uint32_t v = 0; v < wheel->values; v++)
    move(k->s, wheel->value[v], wheel->steps[v][level]);
  if (level + 1 == wheel->levels)
    return;
  FlowIf flow;
  if (flow_if(e, &flow, emit_equal(e, index, wheel->extents[level]))) {
    set(k->s, wheel->index[level], number(k, 0));
    for (uint32_t v = 0; v < wheel->values; v++) {
      IrValue back = emit_mul(e, wheel->extents[level], wheel->steps[v][level]);
      set(k->s, wheel->value[v], emit_sub(e, get(k->s, wheel->value[v]), back));
    }
    advance(k, wheel, level + 1);
  }
  flow_end_if(e, &flow);
}

// --- sizes

// As many values of k as there is room for: all of an iterator before any of the next.
static void size_pieces(Writer *k) {
  Emitter *e = &k->s->e;
  IrValue room = number(k, (int64_t)k->w->shape.chunk);
  k->pieces = number(k, 1);
  for (uint32_t i = 0; i < PIECE_SUMS; i++) {
    bool any = i < k->w->sum_count;
    k->extents[i] = any ? emit_quantity(e, sum_of(k, i)->extent) : number(k, 1);
    k->parts[i] = any ? emit_min(e, k->extents[i], room) : number(k, 1);
    if (i + 1 < k->w->sum_count)
      room = quotient(k, room, k->parts[i]);
    // Of pixels that lie apart a box has one dimension less.
    if (i + 2 == PIECE_SUMS && k->w->shape.layouts[CONTRACTION_X] != STAGE_SUM)
      room = emit_choose(e, k->dense, room, number(k, 1));
    k->counts[i] = any ? emit_quotient_up(e, k->extents[i], k->parts[i]) : number(k, 1);
    k->pieces = emit_mul(e, k->pieces, k->counts[i]);
  }
  for (uint32_t i = PIECE_SUMS; i < k->w->sum_count; i++)
    k->pieces = emit_mul(e, k->pieces, emit_quantity(e, sum_of(k, i)->extent));
}

// Runs of iterators that go on where those within end are one.
static void join_runs(Writer *k, unsigned side) {
  Emitter *e = &k->s->e;
  IrValue all = build_const(&e->builder, IR_I1, 1);
  IrValue bytes = number(k, contraction_size(&k->w->c, side));
  for (uint32_t i = 1; i < PIECE_SUMS && i < k->w->sum_count; i++) {
    bytes = emit_mul(e, bytes, k->extents[i - 1]);
    all = emit_and(e, all, emit_equal(e, k->counts[i - 1], number(k, 1)));
    all = emit_and(e, all, emit_equal(e, stride_of(k, sum_of(k, i), side), bytes));
    k->joined[side][i] = all;
  }
}

// Lines that go on where the one before ends are one line.
static IrValue line_of(Writer *k, unsigned array) {
  Emitter *e = &k->s->e;
  const ContractionIterator *row = main_of(k, ROLE_ROW);
  IrValue line = emit_quantity(e, row->extent), rows = k->s->extents[ROLE_ROW];
  if (k->w->lines == UINT32_MAX || (array == CONTRACTION_X && k->w->guard_count))
    return line;
  IrValue step = stride_of(k, &k->w->c.iterators[k->w->lines], array);
  IrValue joined = emit_equal(e, step, emit_mul(e, stride_of(k, row, array), line));
  return emit_choose(e, joined, rows, line);
}

// --- levels

static void sum_levels(Writer *k, const uint32_t *left) {
  Emitter *e = &k->s->e;
  Wheel *wheel = &k->fetch;
  for (uint32_t i = 0; i < k->w->sum_count; i++) {
    const ContractionIterator *sum = sum_of(k, i);
    bool inner = i < PIECE_SUMS;
    uint32_t level = new_level(k, wheel, inner ? k->counts[i] : emit_quantity(e, sum->extent));
    IrValue part = inner ? k->parts[i] : number(k, 1);
    for (unsigned side = 0; side < 2; side++)
      wheel->steps[side][level] = emit_mul(e, part, stride_of(k, sum, side));
    if (inner)
      wheel->steps[left[i]][level] = emit_sub(e, number(k, 0), part);
  }
}

// Blocks of rows and panels; the values that are the first row and column.
static uint32_t block_levels(Writer *k, Wheel *wheel, uint32_t row, uint32_t column) {
  Emitter *e = &k->s->e;
  const TilePlan *p = &k->w->shape;
  uint32_t level = new_level(k, wheel, emit_divide_up(e, k->s->extents[ROLE_ROW], p->block_rows));
  wheel->steps[row][level] = number(k, p->block_rows);
  uint32_t panels = new_level(k, wheel, emit_divide_up(e, k->s->extents[ROLE_COLUMN], p->block_columns));
  wheel->steps[column][panels] = number(k, p->block_columns);
  return level;
}

// `first`, ...: values that move as arrays do.
static void outer_levels(Writer *k, Wheel *wheel, unsigned count, const unsigned *arrays) {
  const Contraction *c = &k->w->c;
  for (uint32_t i = contraction_outer_count(c); i-- > 0;) {
    if (i == k->w->lines || c->iterators[i].sums)
      continue;
    uint32_t level = new_level(k, wheel, emit_quantity(&k->s->e, c->iterators[i].extent));
    for (unsigned v = 0; v < count; v++)
      wheel->steps[v][level] = stride_of(k, &c->iterators[i], arrays[v]);
  }
}

static void start_fetch(Writer *k) {
  static const unsigned arrays[] = {CONTRACTION_X, CONTRACTION_Y};
  static const uint32_t left[PIECE_SUMS] = {4, 5, 6};
  Emitter *e = &k->s->e;
  sum_levels(k, left);
  k->fetch_rows_level = block_levels(k, &k->fetch, 2, 3);
  IrValue panel =
      emit_mul_number(e, stride_of(k, main_of(k, ROLE_COLUMN), CONTRACTION_Y), k->w->shape.block_columns);
  k->fetch.steps[1][k->fetch_rows_level + 1] = panel;
  outer_levels(k, &k->fetch, 2, arrays);
  k->f_x = new_value(k, &k->fetch, k->s->bases[CONTRACTION_X]);
  k->f_y = new_value(k, &k->fetch, k->s->bases[CONTRACTION_Y]);
  k->f_row = new_value(k, &k->fetch, number(k, 0));
  k->f_column = new_value(k, &k->fetch, number(k, 0));
  for (uint32_t i = 0; i < PIECE_SUMS; i++)
    k->f_left[i] = new_value(k, &k->fetch, k->extents[i]);
}

static void start_compute(Writer *k) {
  static const unsigned arrays[] = {CONTRACTION_C};
  new_level(k, &k->compute, k->pieces);
  k->compute_rows_level = block_levels(k, &k->compute, 1, 2);
  IrValue panel = emit_mul_number(&k->s->e, stride_of(k, main_of(k, ROLE_COLUMN), CONTRACTION_C),
                                  k->w->shape.block_columns);
  k->compute.steps[0][k->compute_rows_level + 1] = panel;
  outer_levels(k, &k->compute, 1, arrays);
  k->c_to = new_value(k, &k->compute, k->s->bases[CONTRACTION_C]);
  k->c_row = new_value(k, &k->compute, number(k, 0));
  k->c_column = new_value(k, &k->compute, number(k, 0));
}

// Whether a step's columns are not those of the one before.
static IrValue has_new_columns(Writer *k, const Wheel *wheel, uint32_t level) {
  Emitter *e = &k->s->e;
  IrValue one = number(k, 1), several = emit_less(e, one, k->pieces);
  IrValue first = emit_equal(e, get(k->s, wheel->index[level]), number(k, 0));
  return build2(&e->builder, IR_OR, IR_I1, several, first);
}

// To the next of `count` places.
static void turn(Writer *k, uint32_t variable, IrValue first, uint64_t step, unsigned count) {
  Emitter *e = &k->s->e;
  IrValue at = get(k->s, variable), last = emit_add_number(e, first, (int64_t)(step * (count - 1)));
  set(k->s, variable, emit_choose(e, emit_equal(e, at, last), first, emit_add_number(e, at, (int64_t)step)));
}

// Rows of the block from `row` on, in stretches of a line: `body` gets the pixel's line and place in it, how
// many rows came before, and how many there are.
typedef void StretchBody(Writer *k, IrValue line, IrValue pixel, IrValue before, IrValue rows, void *context);
static void for_stretches(Writer *k, IrValue row, IrValue rows, IrValue length, StretchBody *body,
                          void *context) {
  Emitter *e = &k->s->e;
  if (k->w->lines == UINT32_MAX) {
    body(k, number(k, 0), row, number(k, 0), rows, context);
    return;
  }
  FlowLoop loop;
  IrValue first_line = quotient(k, row, length);
  uint32_t line = emit_variable(e, first_line);
  uint32_t pixel = emit_variable(e, emit_sub(e, row, emit_mul(e, first_line, length)));
  uint32_t done = emit_variable(e, number(k, 0));
  flow_loop(e, &loop);
  IrValue left = emit_sub(e, rows, get(k->s, done));
  IrValue stretch = emit_min(e, left, emit_sub(e, length, get(k->s, pixel)));
  body(k, get(k->s, line), get(k->s, pixel), get(k->s, done), stretch, context);
  move(k->s, done, stretch);
  move(k->s, line, number(k, 1));
  set(k->s, pixel, number(k, 0));
  flow_end_loop(e, &loop, emit_less(e, get(k->s, done), rows));
  e->variable_count -= 3;
}

static IrValue pixel_offset(Writer *k, unsigned array, IrValue line, IrValue pixel) {
  Emitter *e = &k->s->e;
  IrValue at = emit_mul(e, pixel, stride_of(k, main_of(k, ROLE_ROW), array));
  if (k->w->lines == UINT32_MAX)
    return at;
  return emit_add(e, at, emit_mul(e, line, stride_of(k, &k->w->c.iterators[k->w->lines], array)));
}

// --- what comes

// How much of each iterator a piece has, and all of it.
typedef struct Piece {
  IrValue parts[PIECE_SUMS], size;
  IrValue to; // where rows come
} Piece;

static void add_dimension(DmaBox *box, IrValue count, IrValue source, IrValue destination) {
  box->counts[box->dimensions] = count;
  box->source_strides[box->dimensions] = source;
  box->destination_strides[box->dimensions++] = destination;
}

// Bytes of a value of k in the scratchpad.
static int64_t value_bytes(const Writer *k, unsigned side) {
  const TilePlan *p = &k->w->shape;
  return p->layouts[side] == STAGE_SUM    ? contraction_size(&k->w->c, side)
         : p->layouts[side] == STAGE_PACK ? schedule_raw_row(k->s, side)
                                          : (int64_t)p->pitches[side];
}

// Part of a piece: where it begins in each of the sum's iterators, and how much of them it has.
typedef struct Part {
  bool whole;
  IrValue first[PIECE_SUMS], counts[PIECE_SUMS];
} Part;

static Part all_of(Writer *k, const Piece *piece) {
  Part part = {.whole = true};
  for (uint32_t i = 0; i < PIECE_SUMS; i++) {
    part.first[i] = number(k, 0);
    part.counts[i] = piece->parts[i];
  }
  return part;
}

// A box of rows or columns along the sum.
static void along_sum(Writer *k, unsigned side, const Piece *piece, const Part *part, IrValue lines,
                      DmaBox *box) {
  Emitter *e = &k->s->e;
  box->bytes = emit_mul_number(e, part->counts[0], value_bytes(k, side));
  IrValue step = emit_mul_number(e, piece->parts[0], value_bytes(k, side));
  for (uint32_t i = 1; i < PIECE_SUMS && i < k->w->sum_count; i++) {
    IrValue next = emit_mul(e, step, piece->parts[i]), count = part->counts[i];
    if (part->whole) {
      box->bytes = emit_choose(e, k->joined[side][i], next, box->bytes);
      count = emit_choose(e, k->joined[side][i], number(k, 1), count);
    }
    add_dimension(box, count, stride_of(k, sum_of(k, i), side), step);
    step = next;
  }
  add_dimension(box, lines, stride_of(k, main_of(k, side ? ROLE_COLUMN : ROLE_ROW), side),
                number(k, (int64_t)k->w->shape.pitches[side]));
}

// A box of values of k one behind the other, each of all rows or columns; where these lie apart in memory,
// element by element.
static void along_lines(Writer *k, unsigned side, const Piece *piece, const Part *part, IrValue lines,
                        IrValue dense, DmaBox *box) {
  Emitter *e = &k->s->e;
  IrValue size = number(k, contraction_size(&k->w->c, side)), step = number(k, value_bytes(k, side));
  IrValue own = stride_of(k, main_of(k, side ? ROLE_COLUMN : ROLE_ROW), side);
  DmaBox apart = {.dimensions = 0};
  add_dimension(&apart, lines, own, size);
  for (uint32_t i = 0; i < PIECE_SUMS && i < k->w->sum_count; i++) {
    IrValue stride = stride_of(k, sum_of(k, i), side);
    add_dimension(box, part->counts[i], stride, step);
    if (apart.dimensions < PIECE_SUMS)
      add_dimension(&apart, part->counts[i], stride, step);
    step = emit_mul(e, step, piece->parts[i]);
  }
  for (uint32_t i = box->dimensions; i < apart.dimensions; i++)
    add_dimension(box, number(k, 1), number(k, 0), number(k, 0));
  box->bytes = emit_choose(e, dense, emit_mul(e, lines, size), size);
  for (uint32_t i = 0; i < box->dimensions; i++) {
    box->counts[i] = emit_choose(e, dense, box->counts[i], apart.counts[i]);
    box->source_strides[i] = emit_choose(e, dense, box->source_strides[i], apart.source_strides[i]);
    box->destination_strides[i] =
        emit_choose(e, dense, box->destination_strides[i], apart.destination_strides[i]);
  }
}

// Part of a piece, of `lines` rows or columns from `source` on; with a pattern it is filled.
static void fetch_part(Writer *k, unsigned side, const Piece *piece, const Part *part, IrValue source,
                       IrValue to, IrValue lines, IrValue pattern) {
  Emitter *e = &k->s->e;
  DmaBox box = {.source = source, .destination = to, .most = k->s->most_dimensions};
  IrValue step = number(k, value_bytes(k, side)), holds = build_const(&e->builder, IR_I1, 1);
  for (uint32_t i = 0; i < PIECE_SUMS && i < k->w->sum_count && !part->whole; i++) {
    IrValue moved = emit_mul(e, part->first[i], stride_of(k, sum_of(k, i), side));
    box.source = emit_add(e, box.source, moved);
    box.destination = emit_add(e, box.destination, emit_mul(e, part->first[i], step));
    step = emit_mul(e, step, piece->parts[i]);
  }
  if (k->w->shape.layouts[side] == STAGE_SUM)
    along_sum(k, side, piece, part, lines, &box);
  else
    along_lines(k, side, piece, part, lines, side || pattern != IR_NONE ? holds : k->dense, &box);
  set(k->s, k->s->ids[0], dma_start(e, &box, pattern));
}

// By a step, which mostly is one, and then nothing has to be waited for.
static IrValue divide(Writer *k, IrValue x, IrValue y) {
  Emitter *e = &k->s->e;
  int64_t known = 0;
  if (emit_is_number(e, y, &known))
    return emit_divide(e, x, known);
  FlowIf flow;
  uint32_t result = emit_variable(e, x);
  flow_if_likely(e, &flow, emit_equal(e, y, number(k, 1)));
  flow_else(e, &flow);
  set(k->s, result, quotient(k, x, y));
  flow_end_if(e, &flow);
  x = get(k->s, result);
  e->variable_count--;
  return x;
}

// --- edges of the image

// Steps between which a guard is not negative, of a coefficient from `start` on: *first becomes no less, *end
// no more.
static void limit(Writer *k, const PieceGuard *guard, IrValue start, Quantity coefficient, IrValue *first,
                  IrValue *end) {
  Emitter *e = &k->s->e;
  IrValue zero = number(k, 0), step = emit_quantity(e, coefficient);
  if (guard->upper) {
    step = emit_sub(e, zero, step);
    *end = emit_min(e, *end, divide(k, emit_max(e, emit_add(e, start, step), zero), step));
    return;
  }
  IrValue missing = emit_add(e, emit_max(e, emit_sub(e, zero, start), zero), emit_add_number(e, step, -1));
  *first = emit_max(e, *first, divide(k, missing, step));
}

// Where a guard stands at a pixel (or line) and a tap.
static IrValue guard_at(Writer *k, const PieceGuard *guard, IrValue pixel, IrValue tap) {
  Emitter *e = &k->s->e;
  IrValue at = number(k, guard->guard->constant);
  if (guard->guard->invariant != IR_NONE)
    at = emit_add(e, at, guard->guard->invariant);
  at = emit_add(e, at, emit_mul(e, pixel, emit_quantity(e, guard->pixel)));
  return emit_add(e, at, emit_mul(e, tap, emit_quantity(e, guard->tap)));
}

// A stretch of pixels: where it begins, in the image and in the scratchpad.
typedef struct Stretch {
  const Piece *piece;
  IrValue line, pixel, rows, source, to;
  IrValue row_step, row_place; // bytes from row to row
} Stretch;

// Rows first .. end - 1 of a stretch, if there are any.
static void fetch_rows(Writer *k, const Stretch *t, const Part *part, IrValue first, IrValue end,
                       IrValue pattern) {
  Emitter *e = &k->s->e;
  FlowIf flow;
  if (flow_if(e, &flow, emit_less(e, first, end))) {
    IrValue source = emit_add(e, t->source, emit_mul(e, first, t->row_step));
    IrValue to = emit_add(e, t->to, emit_mul(e, first, t->row_place));
    fetch_part(k, CONTRACTION_X, t->piece, part, source, to, emit_sub(e, end, first), pattern);
  }
  flow_end_if(e, &flow);
}

// Taps first .. end - 1 of a sum that lie outside for all pixels.
static void fill_taps(Writer *k, const Stretch *t, Part part, uint32_t sum, IrValue first, IrValue end) {
  Emitter *e = &k->s->e;
  FlowIf flow;
  if (flow_if(e, &flow, emit_less(e, first, end))) {
    part.whole = false;
    part.first[sum] = first;
    part.counts[sum] = emit_sub(e, end, first);
    fetch_part(k, CONTRACTION_X, t->piece, &part, t->source, t->to, t->rows, k->outside);
  }
  flow_end_if(e, &flow);
}

// The pixels of a stretch that lie inside for a tap.
static void limit_pixels(Writer *k, const Stretch *t, IrValue tap, IrValue *first, IrValue *end) {
  Emitter *e = &k->s->e;
  *first = number(k, 0);
  *end = t->rows;
  for (uint32_t i = 0; i < k->w->guard_count; i++) {
    const PieceGuard *guard = &k->w->guards[i];
    if (!guard->lines)
      limit(k, guard, guard_at(k, guard, t->pixel, tap), guard->pixel, first, end);
  }
  *first = emit_min(e, *first, t->rows);
  *end = emit_max(e, *end, *first);
}

// Where the taps of a piece begin in an iterator of the sum.
static IrValue first_tap(Writer *k, uint32_t sum) {
  return emit_sub(&k->s->e, k->extents[sum], get(k->s, k->f_left[sum]));
}

// One tap along a line after the other, unless all pixels lie inside for all of them.
static void fetch_taps(Writer *k, const Stretch *t, Part part) {
  Emitter *e = &k->s->e;
  uint32_t sum = k->w->guarded[0];
  IrValue zero = number(k, 0), first, end, other_first, other_end;
  if (sum == UINT32_MAX) {
    fetch_rows(k, t, &part, zero, t->rows, IR_NONE);
    return;
  }
  IrValue begin = first_tap(k, sum), taps = t->piece->parts[sum];
  limit_pixels(k, t, begin, &first, &other_end);
  limit_pixels(k, t, emit_add_number(e, emit_add(e, begin, taps), -1), &other_first, &end);
  IrValue inside = emit_and(e, emit_equal(e, first, zero), emit_equal(e, end, t->rows));
  FlowIf flow;
  if (flow_if(e, &flow, inside))
    fetch_rows(k, t, &part, zero, t->rows, IR_NONE);
  if (flow_else(e, &flow)) {
    FlowLoop loop;
    uint32_t tap = emit_variable(e, zero);
    flow_loop(e, &loop);
    part.whole = false;
    part.first[sum] = get(k->s, tap);
    part.counts[sum] = number(k, 1);
    limit_pixels(k, t, emit_add(e, begin, get(k->s, tap)), &first, &end);
    fetch_rows(k, t, &part, zero, first, k->outside);
    fetch_rows(k, t, &part, first, end, IR_NONE);
    fetch_rows(k, t, &part, end, t->rows, k->outside);
    move(k->s, tap, number(k, 1));
    flow_end_loop(e, &loop, emit_less(e, get(k->s, tap), taps));
    e->variable_count--;
  }
  flow_end_if(e, &flow);
}

// Lines that lie outside for some taps are filled, as are pixels.
static void fetch_inside(Writer *k, const Stretch *t) {
  Emitter *e = &k->s->e;
  Part part = all_of(k, t->piece);
  uint32_t sum = k->w->guarded[1];
  if (sum == UINT32_MAX) {
    fetch_taps(k, t, part);
    return;
  }
  IrValue taps = t->piece->parts[sum], first = number(k, 0), end = taps, zero = number(k, 0);
  for (uint32_t i = 0; i < k->w->guard_count; i++) {
    const PieceGuard *guard = &k->w->guards[i];
    if (guard->lines)
      limit(k, guard, guard_at(k, guard, t->line, first_tap(k, sum)), guard->tap, &first, &end);
  }
  first = emit_min(e, first, taps);
  end = emit_max(e, end, first);
  fill_taps(k, t, part, sum, zero, first);
  fill_taps(k, t, part, sum, end, taps);
  FlowIf flow;
  if (flow_if(e, &flow, emit_less(e, first, end))) {
    part.whole = false;
    part.first[sum] = first;
    part.counts[sum] = emit_sub(e, end, first);
    fetch_taps(k, t, part);
  }
  flow_end_if(e, &flow);
}

static void fetch_stretch(Writer *k, IrValue line, IrValue pixel, IrValue before, IrValue rows,
                          void *context) {
  const Piece *piece = context;
  Emitter *e = &k->s->e;
  const TilePlan *p = &k->w->shape;
  int64_t step = p->layouts[0] == STAGE_SUM ? (int64_t)p->pitches[0] : contraction_size(&k->w->c, 0);
  Stretch stretch = {.piece = piece,
                     .line = line,
                     .pixel = pixel,
                     .rows = rows,
                     .source = emit_add(e, get(k->s, k->f_x), pixel_offset(k, CONTRACTION_X, line, pixel)),
                     .to = emit_add(e, piece->to, emit_mul_number(e, before, step)),
                     .row_step = stride_of(k, main_of(k, ROLE_ROW), CONTRACTION_X),
                     .row_place = number(k, step)};
  fetch_inside(k, &stretch);
}

static IrValue block_lines(Writer *k, unsigned side, uint32_t first) {
  Emitter *e = &k->s->e;
  const TilePlan *p = &k->w->shape;
  IrValue left = emit_sub(e, k->s->extents[side ? ROLE_COLUMN : ROLE_ROW], get(k->s, first));
  return emit_min(e, left, number(k, side ? p->block_columns : p->block_rows));
}

// What is loaded though it is no value of k, or lies beyond the edges of raw data.
static void fill_rests(Writer *k, unsigned side, IrValue to, IrValue size, IrValue lines) {
  emit_fill_tail(k->s, side, to, size, lines, schedule_raw_row(k->s, side));
  emit_fill_edge(k->s, side, to, size, lines);
}

static void fetch_piece(Writer *k) {
  Emitter *e = &k->s->e;
  Piece piece = {.to = get(k->s, k->x_next), .size = number(k, 1)};
  for (uint32_t i = 0; i < PIECE_SUMS; i++) {
    piece.parts[i] = emit_min(e, get(k->s, k->f_left[i]), k->parts[i]);
    piece.size = emit_mul(e, piece.size, piece.parts[i]);
  }
  IrValue rows = block_lines(k, CONTRACTION_X, k->f_row);
  for_stretches(k, get(k->s, k->f_row), rows, k->line, fetch_stretch, &piece);
  fill_rests(k, CONTRACTION_X, piece.to, piece.size, rows);
  turn(k, k->x_next, k->buffers[PIECE_ROWS], k->w->slot[0], PIECE_SLOTS);
  FlowIf flow;
  if (flow_if(e, &flow, has_new_columns(k, &k->fetch, k->fetch_rows_level))) {
    IrValue columns = block_lines(k, CONTRACTION_Y, k->f_column), to = get(k->s, k->y_next);
    Part all = all_of(k, &piece);
    fetch_part(k, CONTRACTION_Y, &piece, &all, get(k->s, k->f_y), to, columns, IR_NONE);
    fill_rests(k, CONTRACTION_Y, to, piece.size, columns);
    turn(k, k->y_next, k->buffers[PIECE_COLUMNS], k->w->slot[1], PIECE_SLOTS);
  }
  flow_end_if(e, &flow);
  set(k->s, k->ids[0], get(k->s, k->s->ids[0]));
  set(k->s, k->sizes[0], piece.size);
  advance(k, &k->fetch, 0);
}

// --- products

static void pack(Writer *k, unsigned side, IrValue from, IrValue words) {
  Schedule *s = k->s;
  set(s, s->pack_from, from);
  set(s, s->pack_to, k->buffers[side ? PIECE_PACKED_COLUMNS : PIECE_PACKED_ROWS]);
  emit_pack(s, side, words);
}

// The columns of this step, which come into use or stay.
static void take_columns(Writer *k, IrValue words) {
  Emitter *e = &k->s->e;
  FlowIf flow;
  if (flow_if(e, &flow, has_new_columns(k, &k->compute, k->compute_rows_level))) {
    set(k->s, k->y_use, get(k->s, k->y_later));
    turn(k, k->y_later, k->buffers[PIECE_COLUMNS], k->w->slot[1], PIECE_SLOTS);
    if (k->w->shape.layouts[CONTRACTION_Y] == STAGE_PACK)
      pack(k, CONTRACTION_Y, get(k->s, k->y_use), words);
  }
  flow_end_if(e, &flow);
}

static void multiply_times(Writer *k, IrValue times, unsigned steps) {
  Emitter *e = &k->s->e;
  FlowIf flow;
  FlowLoop loop;
  if (flow_if_likely(e, &flow, emit_less(e, number(k, 0), times))) {
    uint32_t left = emit_variable(e, times);
    flow_loop(e, &loop);
    emit_steps(k->s, 0, steps, 0);
    move(k->s, left, number(k, -1));
    flow_end_loop(e, &loop, emit_less(e, number(k, 0), get(k->s, left)));
    e->variable_count--;
  }
  flow_end_if(e, &flow);
}

static void multiply_piece(Writer *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = &k->w->shape;
  IrValue words = emit_divide_up(e, get(s, k->sizes[PIECE_LAG]), k->w->c.word);
  take_columns(k, words);
  if (p->layouts[CONTRACTION_X] == STAGE_PACK)
    pack(k, CONTRACTION_X, get(s, k->x_use), words);
  bool pack_x = p->layouts[0] == STAGE_PACK, pack_y = p->layouts[1] == STAGE_PACK;
  set(s, s->x, pack_x ? k->buffers[PIECE_PACKED_ROWS] : get(s, k->x_use));
  set(s, s->y, pack_y ? k->buffers[PIECE_PACKED_COLUMNS] : get(s, k->y_use));
  s->row_length = block_lines(k, CONTRACTION_X, k->c_row);
  s->column_length = block_lines(k, CONTRACTION_Y, k->c_column);
  FlowIf first;
  if (flow_if(e, &first, emit_equal(e, get(s, k->compute.index[0]), number(k, 0)))) {
    IrValue all = number(k, s->group);
    set(s, s->accumulators[0], emit_machine(e, ISA_KT_ZERO, ir_accumulators(s->group), 1, &all));
  }
  flow_end_if(e, &first);
  multiply_times(k, emit_divide(e, words, p->unroll), p->unroll);
  multiply_times(k, emit_remainder(e, words, p->unroll), 1);
  turn(k, k->x_use, k->buffers[PIECE_ROWS], k->w->slot[0], PIECE_SLOTS);
}

// --- results

static void send_stretch(Writer *k, IrValue line, IrValue pixel, IrValue before, IrValue rows,
                         void *context) {
  (void)context;
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = &k->w->shape;
  int64_t size = contraction_size(&k->w->c, CONTRACTION_C);
  IrValue to = emit_add(e, get(s, k->c_to), pixel_offset(k, CONTRACTION_C, line, pixel));
  DmaBox box = {.source = get(s, k->result), .destination = to, .most = s->most_dimensions};
  bool columns = p->result_columns;
  IrValue step = number(k, columns ? size : (int64_t)p->result_pitch);
  box.source = emit_add(e, box.source, emit_mul(e, before, step));
  box.bytes = emit_mul_number(e, columns ? rows : s->column_length, size);
  add_dimension(&box, columns ? s->column_length : rows, number(k, (int64_t)p->result_pitch),
                stride_of(k, main_of(k, columns ? ROLE_COLUMN : ROLE_ROW), CONTRACTION_C));
  set(s, s->ids[0], dma_start(e, &box, IR_NONE));
}

static void finish_block(Writer *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = &k->w->shape;
  dma_wait(e, get(s, k->sent[PIECE_RESULTS - 1]));
  set(s, s->sent_columns, s->column_length);
  emit_drain_parameters(s, get(s, k->c_column));
  IrValue limits[2] = {s->row_length, s->column_length};
  emit_machine(e, ISA_KT_DEXT, IR_VOID, 2, limits);
  int64_t shape = __builtin_ctz(p->shape_rows) * 4 + __builtin_ctz(p->shape_columns);
  IrValue operands[4] = {get(s, s->accumulators[0]), get(s, k->result), number(k, (int64_t)p->result_pitch),
                         number(k, shape)};
  emit_machine(e, ISA_KT_DRAIN, IR_VOID, 4, operands);
  for_stretches(k, get(s, k->c_row), s->row_length, k->sent_line, send_stretch, NULL);
  for (unsigned i = PIECE_RESULTS - 1; i > 0; i--)
    set(s, k->sent[i], get(s, k->sent[i - 1]));
  set(s, k->sent[0], get(s, s->ids[0]));
  turn(k, k->result, k->buffers[PIECE_RESULT], p->result_slot, PIECE_RESULTS);
}

// --- all of it

static void emit_step(Writer *k, IrValue total) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  FlowIf flow, last;
  for (unsigned i = PIECE_LAG; i > 0; i--) {
    set(s, k->ids[i], get(s, k->ids[i - 1]));
    set(s, k->sizes[i], get(s, k->sizes[i - 1]));
  }
  if (flow_if_likely(e, &flow, emit_less(e, emit_add_number(e, get(s, k->t), PIECE_LAG), total)))
    fetch_piece(k);
  flow_end_if(e, &flow);
  if (flow_if_likely(e, &flow, emit_less(e, number(k, -1), get(s, k->t)))) {
    dma_wait(e, get(s, k->ids[PIECE_LAG]));
    multiply_piece(k);
    IrValue next = emit_add_number(e, get(s, k->compute.index[0]), 1);
    if (flow_if(e, &last, emit_equal(e, next, k->pieces)))
      finish_block(k);
    flow_end_if(e, &last);
    advance(k, &k->compute, 0);
  }
  flow_end_if(e, &flow);
  move(s, k->t, number(k, 1));
}

static void start_variables(Writer *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  IrValue zero = number(k, 0);
  uint32_t *variables[] = {&s->ids[0], &s->x, &s->y, &s->pack_from, &s->pack_to, &s->sent_columns, &k->y_use};
  for (unsigned i = 0; i < sizeof variables / sizeof *variables; i++)
    *variables[i] = emit_variable(e, zero);
  for (unsigned i = 0; i <= PIECE_LAG; i++) {
    k->ids[i] = emit_variable(e, zero);
    k->sizes[i] = emit_variable(e, zero);
  }
  for (unsigned i = 0; i < PIECE_RESULTS; i++)
    k->sent[i] = emit_variable(e, zero);
  k->x_next = emit_variable(e, k->buffers[PIECE_ROWS]);
  k->x_use = emit_variable(e, k->buffers[PIECE_ROWS]);
  k->y_next = emit_variable(e, k->buffers[PIECE_COLUMNS]);
  k->y_later = emit_variable(e, k->buffers[PIECE_COLUMNS]);
  k->result = emit_variable(e, k->buffers[PIECE_RESULT]);
  k->t = emit_variable(e, number(k, -PIECE_LAG));
  s->group = k->w->shape.shape_rows * k->w->shape.shape_columns;
  s->accumulators[0] = emit_variable(e, build_undefined(&e->builder, ir_accumulators(s->group)));
}

static void start_sizes(Writer *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const Contraction *c = &k->w->c;
  for (unsigned i = 0; i < CONTRACTION_ARRAYS; i++)
    s->bases[i] = emit_access(e, c->region, c->operands[i].access);
  for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++)
    s->extents[role] = emit_quantity(e, main_of(k, (ContractionRole)role)->extent);
  if (k->w->lines != UINT32_MAX)
    s->extents[ROLE_ROW] =
        emit_mul(e, s->extents[ROLE_ROW], emit_quantity(e, c->iterators[k->w->lines].extent));
  SymbolId symbol = spm_symbol(e->target, e->builder.f, k->w->shape.spm_bytes, k->w->shape.spm_alignment);
  IrValue spm = ir_leaf(e->builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0));
  for (unsigned i = 0; i < PIECE_BUFFERS; i++)
    k->buffers[i] = emit_add_number(e, spm, (int64_t)k->w->buffers[i].offset);
  IrValue step = stride_of(k, main_of(k, ROLE_ROW), CONTRACTION_X);
  k->dense = emit_equal(e, step, number(k, contraction_size(c, CONTRACTION_X)));
  k->outside = number(k, 0);
  size_pieces(k);
  join_runs(k, CONTRACTION_X);
  join_runs(k, CONTRACTION_Y);
  k->line = line_of(k, CONTRACTION_X);
  k->sent_line = line_of(k, CONTRACTION_C);
}

void emit_pieces(Target *target, Pieces *pieces, IrValue condition) {
  Emitter e = {.target = target, .machine = target->machine};
  IrValue first = (IrValue)pieces->c.region->function->insns.count;
  Schedule *s = checked_malloc(sizeof *s);
  memset(s, 0, sizeof *s);
  e.builder = region_open(pieces->c.region, condition);
  s->e = e;
  s->c = &pieces->c;
  s->p = &pieces->shape;
  s->most_dimensions = PIECE_SUMS;
  Writer k = {.s = s, .w = pieces};
  dma_reset(&s->e);
  IrValue code = emit_code_copy(&s->e, pieces->c.region, pieces->shape.spm_bytes, pieces->shape.spm_alignment,
                                PIECE_SUMS);
  start_sizes(&k);
  start_variables(&k);
  start_fetch(&k);
  start_compute(&k);
  emit_configure_drain(s);
  IrValue total = number(&k, 1);
  for (uint32_t i = 0; i < k.compute.levels; i++)
    total = emit_mul(&s->e, total, k.compute.extents[i]);
  emit_code_move(&s->e, code);
  FlowLoop loop;
  flow_loop(&s->e, &loop);
  emit_step(&k, total);
  flow_end_loop(&s->e, &loop, emit_less(&s->e, get(s, k.t), total));
  dma_wait(&s->e, get(s, s->ids[0]));
  region_close(pieces->c.region, &s->e.builder, NULL);
  emit_remove_dead(&s->e, first);
  free(s);
}
