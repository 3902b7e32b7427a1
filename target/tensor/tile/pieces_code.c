// The code of convolutions whose sizes only the run time knows (pieces.h).
//
// All pieces of all blocks are one sequence: pieces of a block, blocks of rows, panels of columns, outer
// iterators. In a step the piece PIECE_LAG further on is asked for, and this one is multiplied; behind a
// block's last one its sums drain and leave. Columns stay where a block is one piece, until the panel is
// another.
#include "target/tensor/tile/pieces_code.h"

#include <string.h>

// --- the odometer

static uint32_t new_level(PieceWriter *k, Wheel *wheel, IrValue extent) {
  uint32_t level = wheel->levels++;
  wheel->extents[level] = extent;
  wheel->index[level] = emit_variable(&k->s->e, number(k, 0));
  for (uint32_t v = 0; v < WHEEL_VALUES; v++)
    wheel->steps[v][level] = number(k, 0);
  return level;
}

static uint32_t new_value(PieceWriter *k, Wheel *wheel, IrValue first) {
  return wheel->value[wheel->values++] = emit_variable(&k->s->e, first);
}

static void advance(PieceWriter *k, Wheel *wheel, uint32_t level) {
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
static void size_pieces(PieceWriter *k) {
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
static void join_runs(PieceWriter *k, unsigned side) {
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
static IrValue line_of(PieceWriter *k, unsigned array) {
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

static void sum_levels(PieceWriter *k, const uint32_t *left) {
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

// The first row of the first block: that of ones comes before all others.
static IrValue first_row(PieceWriter *k) {
  return number(k, k->w->c.epilogue.corrected ? -(int64_t)k->w->shape.block_rows : 0);
}

// Blocks of rows and panels; the values that are the first row and column.
static uint32_t block_levels(PieceWriter *k, Wheel *wheel, uint32_t row, uint32_t column) {
  Emitter *e = &k->s->e;
  const TilePlan *p = &k->w->shape;
  IrValue blocks = emit_divide_up(e, k->s->extents[ROLE_ROW], p->block_rows);
  uint32_t level = new_level(k, wheel, emit_add_number(e, blocks, k->w->c.epilogue.corrected));
  wheel->steps[row][level] = number(k, p->block_rows);
  uint32_t panels = new_level(k, wheel, emit_divide_up(e, k->s->extents[ROLE_COLUMN], p->block_columns));
  wheel->steps[column][panels] = number(k, p->block_columns);
  return level;
}

// The first values move as arrays do, and that of `parameters`, if there is one, as those of the drain.
static void outer_levels(PieceWriter *k, Wheel *wheel, unsigned count, const unsigned *arrays,
                         uint32_t parameters) {
  const Contraction *c = &k->w->c;
  for (uint32_t i = contraction_outer_count(c); i-- > 0;) {
    if (i == k->w->lines || c->iterators[i].sums)
      continue;
    uint32_t level = new_level(k, wheel, emit_quantity(&k->s->e, c->iterators[i].extent));
    for (unsigned v = 0; v < count; v++)
      wheel->steps[v][level] = stride_of(k, &c->iterators[i], arrays[v]);
    if (parameters)
      wheel->steps[parameters][level] = number(k, c->iterators[i].parameters);
  }
}

static void start_fetch(PieceWriter *k) {
  static const unsigned arrays[] = {CONTRACTION_X, CONTRACTION_Y};
  static const uint32_t left[PIECE_SUMS] = {4, 5, 6};
  Emitter *e = &k->s->e;
  sum_levels(k, left);
  k->fetch_rows_level = block_levels(k, &k->fetch, 2, 3);
  IrValue panel =
      emit_mul_number(e, stride_of(k, main_of(k, ROLE_COLUMN), CONTRACTION_Y), k->w->shape.block_columns);
  k->fetch.steps[1][k->fetch_rows_level + 1] = panel;
  outer_levels(k, &k->fetch, 2, arrays, 0);
  k->f_x = new_value(k, &k->fetch, k->s->bases[CONTRACTION_X]);
  k->f_y = new_value(k, &k->fetch, k->s->bases[CONTRACTION_Y]);
  k->f_row = new_value(k, &k->fetch, first_row(k));
  k->f_column = new_value(k, &k->fetch, number(k, 0));
  for (uint32_t i = 0; i < PIECE_SUMS; i++)
    k->f_left[i] = new_value(k, &k->fetch, k->extents[i]);
}

static void start_compute(PieceWriter *k) {
  static const unsigned arrays[] = {CONTRACTION_C};
  new_level(k, &k->compute, k->pieces);
  k->compute_rows_level = block_levels(k, &k->compute, 1, 2);
  IrValue panel = emit_mul_number(&k->s->e, stride_of(k, main_of(k, ROLE_COLUMN), CONTRACTION_C),
                                  k->w->shape.block_columns);
  k->compute.steps[0][k->compute_rows_level + 1] = panel;
  outer_levels(k, &k->compute, 1, arrays, 3);
  k->c_to = new_value(k, &k->compute, k->s->bases[CONTRACTION_C]);
  k->c_row = new_value(k, &k->compute, first_row(k));
  k->c_column = new_value(k, &k->compute, number(k, 0));
  k->c_parameters = new_value(k, &k->compute, number(k, 0));
}

// Whether a step's columns are not those of the one before.
static IrValue has_new_columns(PieceWriter *k, const Wheel *wheel, uint32_t level) {
  Emitter *e = &k->s->e;
  IrValue one = number(k, 1), several = emit_less(e, one, k->pieces);
  IrValue first = emit_equal(e, get(k->s, wheel->index[level]), number(k, 0));
  return build2(&e->builder, IR_OR, IR_I1, several, first);
}

// To the next of `count` places.
static void turn(PieceWriter *k, uint32_t variable, IrValue first, uint64_t step, unsigned count) {
  Emitter *e = &k->s->e;
  IrValue at = get(k->s, variable), last = emit_add_number(e, first, (int64_t)(step * (count - 1)));
  set(k->s, variable, emit_choose(e, emit_equal(e, at, last), first, emit_add_number(e, at, (int64_t)step)));
}

// Rows of the block from `row` on, in stretches of a line: `body` gets the pixel's line and place in it, how
// many rows came before, and how many there are.
typedef void StretchBody(PieceWriter *k, IrValue line, IrValue pixel, IrValue before, IrValue rows,
                         void *context);
static void for_stretches(PieceWriter *k, IrValue row, IrValue rows, IrValue length, StretchBody *body,
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

static IrValue block_lines(PieceWriter *k, unsigned side, uint32_t first) {
  Emitter *e = &k->s->e;
  const TilePlan *p = &k->w->shape;
  IrValue left = emit_sub(e, k->s->extents[side ? ROLE_COLUMN : ROLE_ROW], get(k->s, first));
  return emit_min(e, left, number(k, side ? p->block_columns : p->block_rows));
}

// What is loaded though it is no value of k, or lies beyond the edges of raw data.
static void fill_rests(PieceWriter *k, unsigned side, IrValue to, IrValue size, IrValue lines) {
  emit_fill_tail(k->s, side, to, size, lines, schedule_raw_row(k->s, side));
  emit_fill_edge(k->s, side, to, size, lines);
}

static void fetch_image(PieceWriter *k, Piece *piece) {
  IrValue rows = block_lines(k, CONTRACTION_X, k->f_row);
  for_stretches(k, get(k->s, k->f_row), rows, k->line, pieces_fetch_stretch, piece);
  fill_rests(k, CONTRACTION_X, piece->to, piece->size, rows);
}

static void fetch_piece(PieceWriter *k) {
  Emitter *e = &k->s->e;
  Piece piece = {.to = get(k->s, k->x_next), .size = number(k, 1)};
  for (uint32_t i = 0; i < PIECE_SUMS; i++) {
    piece.parts[i] = emit_min(e, get(k->s, k->f_left[i]), k->parts[i]);
    piece.size = emit_mul(e, piece.size, piece.parts[i]);
  }
  FlowIf ones;
  if (!k->w->c.epilogue.corrected) {
    fetch_image(k, &piece);
  } else {
    if (flow_if(e, &ones, emit_less(e, get(k->s, k->f_row), number(k, 0))))
      pieces_fill_ones(k, &piece);
    if (flow_else(e, &ones))
      fetch_image(k, &piece);
    flow_end_if(e, &ones);
  }
  turn(k, k->x_next, k->buffers[PIECE_ROWS], k->w->slot[0], PIECE_SLOTS);
  FlowIf flow;
  if (flow_if(e, &flow, has_new_columns(k, &k->fetch, k->fetch_rows_level))) {
    IrValue columns = block_lines(k, CONTRACTION_Y, k->f_column), to = get(k->s, k->y_next);
    pieces_fetch_columns(k, &piece, to, columns);
    fill_rests(k, CONTRACTION_Y, to, piece.size, columns);
    turn(k, k->y_next, k->buffers[PIECE_COLUMNS], k->w->slot[1], PIECE_SLOTS);
  }
  flow_end_if(e, &flow);
  set(k->s, k->ids[0], get(k->s, k->s->ids[0]));
  set(k->s, k->sizes[0], piece.size);
  advance(k, &k->fetch, 0);
}

// --- products

static void pack(PieceWriter *k, unsigned side, IrValue from, IrValue words) {
  Schedule *s = k->s;
  set(s, s->pack_from, from);
  set(s, s->pack_to, k->buffers[side ? PIECE_PACKED_COLUMNS : PIECE_PACKED_ROWS]);
  emit_pack(s, side, words);
}

// Whether the block adds up columns.
static IrValue is_of_ones(PieceWriter *k) {
  return emit_less(&k->s->e, get(k->s, k->c_row), number(k, 0));
}

// The columns of this step, which come into use or stay.
static void take_columns(PieceWriter *k, IrValue words) {
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

static void multiply_times(PieceWriter *k, IrValue times, unsigned steps) {
  Emitter *e = &k->s->e;
  FlowTimes flow;
  if (flow_times(e, &flow, times, true)) {
    emit_steps(k->s, 0, steps, 0);
    flow_next(e, &flow);
  }
  flow_end_if(e, &flow.any);
}

static void multiply_piece(PieceWriter *k) {
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
  if (k->w->c.epilogue.corrected)
    s->row_length = emit_choose(e, is_of_ones(k), number(k, 1), s->row_length);
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

// Of the drain's parameters, the one of the block's first column.
static IrValue first_parameter(PieceWriter *k) {
  return emit_add(&k->s->e, get(k->s, k->c_column), get(k->s, k->c_parameters));
}

static void send_stretch(PieceWriter *k, IrValue line, IrValue pixel, IrValue before, IrValue rows,
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

static void drain_block(PieceWriter *k, IrValue to, uint64_t pitch) {
  Schedule *s = k->s;
  const TilePlan *p = &k->w->shape;
  IrValue limits[2] = {s->row_length, s->column_length};
  emit_machine(&s->e, ISA_KT_DEXT, IR_VOID, 2, limits);
  int64_t shape = __builtin_ctz(p->shape_rows) * 4 + __builtin_ctz(p->shape_columns);
  IrValue operands[4] = {get(s, s->accumulators[0]), to, number(k, (int64_t)pitch), number(k, shape)};
  emit_machine(&s->e, ISA_KT_DRAIN, IR_VOID, 4, operands);
}

// The bias of the panel that begins: its columns' sums times what the zero point adds, and the bias itself.
static void finish_ones(PieceWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const Contraction *c = &k->w->c;
  emit_drain_sums(s);
  drain_block(k, s->panel_bias, k->w->buffers[PIECE_BIAS].size);
  emit_fence(e);
  IrValue bias = IR_NONE;
  if (c->epilogue.bias != EPILOGUE_NONE)
    bias = emit_add(e, emit_access(e, c->region, c->epilogue.bias),
                    emit_mul_number(e, first_parameter(k), sizeof(int32_t)));
  emit_corrected_line(e, s->panel_bias, s->column_length, k->zero, bias);
}

static void finish_block(PieceWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = &k->w->shape;
  dma_wait(e, get(s, k->sent[PIECE_RESULTS - 1]));
  set(s, s->sent_columns, s->column_length);
  if (k->w->grouped) // the same first one may be of less columns
    set(s, s->configured, number(k, -1));
  emit_drain_parameters(s, first_parameter(k));
  drain_block(k, get(s, k->result), p->result_pitch);
  for_stretches(k, get(s, k->c_row), s->row_length, k->sent_line, send_stretch, NULL);
  for (unsigned i = PIECE_RESULTS - 1; i > 0; i--)
    set(s, k->sent[i], get(s, k->sent[i - 1]));
  set(s, k->sent[0], get(s, s->ids[0]));
  turn(k, k->result, k->buffers[PIECE_RESULT], p->result_slot, PIECE_RESULTS);
}

static void finish(PieceWriter *k) {
  Emitter *e = &k->s->e;
  FlowIf ones;
  if (!k->w->c.epilogue.corrected) {
    finish_block(k);
    return;
  }
  if (flow_if(e, &ones, is_of_ones(k)))
    finish_ones(k);
  if (flow_else(e, &ones))
    finish_block(k);
  flow_end_if(e, &ones);
}

// --- all of it

static void emit_step(PieceWriter *k, IrValue total) {
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
      finish(k);
    flow_end_if(e, &last);
    advance(k, &k->compute, 0);
  }
  flow_end_if(e, &flow);
  move(s, k->t, number(k, 1));
}

static void start_variables(PieceWriter *k) {
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

// X's zero point, which is what lies beyond its edges.
static void start_zero(PieceWriter *k) {
  Emitter *e = &k->s->e;
  const Contraction *c = &k->w->c;
  k->outside = number(k, 0);
  if (!c->epilogue.corrected)
    return;
  k->zero = emit_zero_value(e, c->region, &c->operands[CONTRACTION_X]);
  k->outside = emit_zero_bytes(e, c->region, &c->operands[CONTRACTION_X]);
  k->s->panel_bias = k->buffers[PIECE_BIAS];
}

static void start_sizes(PieceWriter *k) {
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
  start_zero(k);
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
  PieceWriter k = {.s = s, .w = pieces};
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
