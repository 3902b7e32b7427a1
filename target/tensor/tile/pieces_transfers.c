// What comes to the scratchpad for convolutions whose sizes only the run time knows: boxes of the image and
// of the columns, and the edges of the image.
#include "target/tensor/tile/pieces_code.h"

// Bytes of a value of k in the scratchpad.
static int64_t value_bytes(const PieceWriter *k, unsigned side) {
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

static Part all_of(PieceWriter *k, const Piece *piece) {
  Part part = {.whole = true};
  for (uint32_t i = 0; i < PIECE_SUMS; i++) {
    part.first[i] = number(k, 0);
    part.counts[i] = piece->parts[i];
  }
  return part;
}

// A box of rows or columns along the sum.
static void along_sum(PieceWriter *k, unsigned side, const Piece *piece, const Part *part, IrValue lines,
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
static void along_lines(PieceWriter *k, unsigned side, const Piece *piece, const Part *part, IrValue lines,
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
static void fetch_part(PieceWriter *k, unsigned side, const Piece *piece, const Part *part, IrValue source,
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
static IrValue divide(PieceWriter *k, IrValue x, IrValue y) {
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
static void limit(PieceWriter *k, const PieceGuard *guard, IrValue start, Quantity coefficient,
                  IrValue *first, IrValue *end) {
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
static IrValue guard_at(PieceWriter *k, const PieceGuard *guard, IrValue pixel, IrValue tap) {
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
static void fetch_rows(PieceWriter *k, const Stretch *t, const Part *part, IrValue first, IrValue end,
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
static void fill_taps(PieceWriter *k, const Stretch *t, Part part, uint32_t sum, IrValue first, IrValue end) {
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
static void limit_pixels(PieceWriter *k, const Stretch *t, IrValue tap, IrValue *first, IrValue *end) {
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
static IrValue first_tap(PieceWriter *k, uint32_t sum) {
  return emit_sub(&k->s->e, k->extents[sum], get(k->s, k->f_left[sum]));
}

// One tap along a line after the other, unless all pixels lie inside for all of them.
static void fetch_taps(PieceWriter *k, const Stretch *t, Part part) {
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
static void fetch_inside(PieceWriter *k, const Stretch *t) {
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

void pieces_fetch_stretch(PieceWriter *k, IrValue line, IrValue pixel, IrValue before, IrValue rows,
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

void pieces_fetch_columns(PieceWriter *k, const Piece *piece, IrValue to, IrValue columns) {
  Part all = all_of(k, piece);
  fetch_part(k, CONTRACTION_Y, piece, &all, get(k->s, k->f_y), to, columns, IR_NONE);
}

// What is behind them meets zeros of the columns.
void pieces_fill_ones(PieceWriter *k, const Piece *piece) {
  enum { ONES = 0x01010101 };
  Emitter *e = &k->s->e;
  bool sum = k->w->shape.layouts[CONTRACTION_X] == STAGE_SUM;
  DmaBox box = {.destination = piece->to, .most = k->s->most_dimensions};
  IrValue words = emit_divide_up(e, piece->size, k->w->c.word);
  box.bytes = sum ? number(k, (int64_t)k->w->shape.chunk_words * 4)
                  : emit_mul_number(e, words, k->w->c.word * value_bytes(k, CONTRACTION_X));
  set(k->s, k->s->ids[0], dma_start(e, &box, number(k, ONES)));
}
