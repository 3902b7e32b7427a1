// The code of matrix products whose sizes only the run time knows (sized.h).
//
// Step t waits for what was asked for until step t - SIZED_LAG, multiplies block t, and between its products
// sends block t - 1 away and asks for what block t + SIZED_LAG needs. Behind its products it drains. Panels
// of columns are asked for one further ahead, where a panel has several blocks.
#include "target/tensor/tile/sized.h"
#include "target/tensor/tile/tile.h"

#include <string.h>

typedef struct SizedWriter {
  Schedule *s;
  const Sized *w;
  IrValue buffers[SIZED_BUFFERS];
  IrValue words, rounds, rest;                // of k; rounds of the inner loop, and what is left of it
  IrValue x_slot;                             // bytes of a block's rows
  IrValue column_slot, packed_slot;           // of a panel as it comes, and of a packed one
  IrValue group;                              // rows of a whole group
  IrValue group_step, panel_step, block_step; // bytes of C
  IrValue results;                            // the first place of results and the one that follows on
  // Variables. What is asked for: rows that are left of all from a block on, at the start of its group and
  // behind the group's end, and columns; where they lie; steps in which nothing is asked for.
  uint32_t f_rows, f_group, f_end, f_columns, f_at, f_place, f_raw, f_idle;
  uint32_t y_columns, y_at, y_place, y_left; // of the panels, which come earlier
  // The same of the block that is multiplied. least_rows: those that a whole block has, in a panel that is
  // narrower none has them.
  uint32_t c_rows, c_group, c_end, c_columns, c_group_at, c_panel_at, c_at;
  uint32_t c_event;             // with fewer rows left packing begins, or the next panel
  uint32_t least_rows, columns; // of this panel
  uint32_t packed, pack_end;    // the panel in use; words up to there are packed beside rounds
  uint32_t x_use, raw_use, y_use;
  uint32_t result, drained, left; // where results go, and those of the last block; rounds
  uint32_t rest_left;
  uint32_t before; // the newest transfer of the step before
} SizedWriter;

static IrValue number(SizedWriter *k, int64_t x) {
  return emit_number(&k->s->e, x);
}

static StageLayout layout(const SizedWriter *k, unsigned side) {
  return k->w->shape.layouts[side];
}

static void move_number(SizedWriter *k, uint32_t variable, int64_t by) {
  set(k->s, variable, emit_add_number(&k->s->e, get(k->s, variable), by));
}

// To the next of `count` places.
static void turn(SizedWriter *k, uint32_t variable, unsigned buffer, IrValue step, unsigned count) {
  Emitter *e = &k->s->e;
  IrValue at = get(k->s, variable), first = k->buffers[buffer];
  IrValue last = emit_add(e, first, emit_mul_number(e, step, count - 1));
  set(k->s, variable, emit_choose(e, emit_equal(e, at, last), first, emit_add(e, at, step)));
}

static void start(SizedWriter *k, DmaBox *box, IrValue pattern) {
  box->most = k->s->most_dimensions;
  set(k->s, k->s->ids[0], dma_start(&k->s->e, box, pattern));
}

// --- what comes

// What fills the last word of k of rows along the sum.
static void fill_row_tails(SizedWriter *k, IrValue to, IrValue rows) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  int64_t word = s->c->word, size = contraction_size(s->c, CONTRACTION_X);
  if (word == 1)
    return;
  FlowIf flow;
  IrValue tail = emit_remainder(e, s->extents[ROLE_SUM], word);
  if (flow_if(e, &flow, emit_less(e, number(k, 0), tail))) {
    DmaBox box = {.destination = emit_add(e, to, emit_mul_number(e, s->extents[ROLE_SUM], size)),
                  .bytes = emit_mul_number(e, emit_sub(e, number(k, word), tail), size),
                  .dimensions = 1};
    box.counts[0] = rows;
    box.source_strides[0] = number(k, 0);
    box.destination_strides[0] = s->row_pitch;
    start(k, &box, emit_missing(s, CONTRACTION_X));
  }
  flow_end_if(e, &flow);
}

static void fetch_rows(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  bool sum = layout(k, 0) == STAGE_SUM, pack = layout(k, 0) == STAGE_PACK;
  int64_t size = contraction_size(s->c, CONTRACTION_X), raw = schedule_raw_row(s, 0);
  IrValue rows = schedule_clip(s, s->extents[ROLE_ROW], get(s, k->f_rows), p->block_rows);
  IrValue sums = s->extents[ROLE_SUM], to = get(s, pack ? k->f_raw : k->f_place);
  DmaBox box = {.source = get(s, k->f_at), .destination = to, .dimensions = 1};
  box.bytes = emit_mul_number(e, sum ? sums : rows, size);
  box.counts[0] = sum ? rows : sums;
  box.source_strides[0] = s->strides[sum ? ROLE_ROW : ROLE_SUM][CONTRACTION_X];
  box.destination_strides[0] = sum    ? s->row_pitch
                               : pack ? number(k, raw)
                                      : number(k, (int64_t)p->pitches[CONTRACTION_X]);
  start(k, &box, IR_NONE);
  if (sum) {
    fill_row_tails(k, to, rows);
  } else {
    emit_fill_tail(s, CONTRACTION_X, to, sums, rows, raw);
    emit_fill_edge(s, CONTRACTION_X, to, sums, rows);
  }
  move(s, k->f_at, emit_mul_number(e, s->strides[ROLE_ROW][CONTRACTION_X], p->block_rows));
  move(s, k->f_place, k->x_slot);
  if (pack)
    turn(k, k->f_raw, SIZED_RAW, number(k, (int64_t)k->w->raw_slot), SIZED_SLOTS);
}

// Of the panel that is next, if there is one.
static void fetch_columns(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  bool sum = layout(k, 1) == STAGE_SUM, pack = layout(k, 1) == STAGE_PACK;
  int64_t size = contraction_size(s->c, CONTRACTION_Y), raw = schedule_raw_row(s, 1);
  FlowIf flow, group;
  if (flow_if(e, &flow, emit_less(e, number(k, 0), get(s, k->y_left)))) {
    IrValue columns = schedule_clip(s, s->extents[ROLE_COLUMN], get(s, k->y_columns), p->block_columns);
    IrValue sums = s->extents[ROLE_SUM], to = get(s, k->y_place);
    DmaBox box = {.source = get(s, k->y_at), .destination = to, .dimensions = 1};
    box.bytes = emit_mul_number(e, sum ? sums : columns, size);
    box.counts[0] = sum ? columns : sums;
    box.source_strides[0] = s->strides[sum ? ROLE_COLUMN : ROLE_SUM][CONTRACTION_Y];
    box.destination_strides[0] = number(k, pack ? raw : (int64_t)p->pitches[CONTRACTION_Y]);
    start(k, &box, IR_NONE);
    emit_fill_tail(s, CONTRACTION_Y, to, sums, columns, raw);
    emit_fill_edge(s, CONTRACTION_Y, to, sums, columns);
    turn(k, k->y_place, SIZED_COLUMNS, k->column_slot, k->w->panels);
    move_number(k, k->y_left, -1);
    move_number(k, k->y_columns, -(int64_t)p->block_columns);
    move(s, k->y_at, emit_mul_number(e, s->strides[ROLE_COLUMN][CONTRACTION_Y], p->block_columns));
    if (flow_if(e, &group, emit_less(e, get(s, k->y_columns), number(k, 1)))) {
      set(s, k->y_columns, s->extents[ROLE_COLUMN]);
      set(s, k->y_at, s->bases[CONTRACTION_Y]);
    }
    flow_end_if(e, &group);
  }
  flow_end_if(e, &flow);
}

// Rows that are left behind the end of a group.
static IrValue behind_group(SizedWriter *k, IrValue rows) {
  return emit_max(&k->s->e, emit_sub(&k->s->e, rows, k->group), number(k, 0));
}

// Asking goes on to the next panel.
static void next_fetched_panel(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  FlowIf group;
  move_number(k, k->f_columns, -(int64_t)s->p->block_columns);
  if (flow_if(e, &group, emit_less(e, get(s, k->f_columns), number(k, 1)))) {
    IrValue rows = get(s, k->f_end), all = emit_less(e, rows, number(k, 1));
    set(s, k->f_columns, s->extents[ROLE_COLUMN]);
    set(s, k->f_group, rows);
    set(s, k->f_rows, rows);
    set(s, k->f_end, behind_group(k, rows));
    set(s, k->f_place, k->buffers[SIZED_ROWS]);
    set(s, k->f_idle, emit_choose(e, all, number(k, INT64_MAX), get(s, k->f_idle)));
  }
  flow_end_if(e, &group);
}

static void fetch_block(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  FlowIf panel;
  fetch_rows(k);
  move_number(k, k->f_rows, -(int64_t)s->p->block_rows);
  if (flow_if(e, &panel, emit_less(e, get(s, k->f_rows), emit_add_number(e, get(s, k->f_end), 1))))
    next_fetched_panel(k);
  flow_end_if(e, &panel);
}

// What the block needs that is SIZED_LAG steps ahead: rows in the first panel of a group, and with the first
// block of a panel the columns of the one behind it.
static void fetch_next(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  FlowIf flow, first, panel;
  if (flow_if(e, &flow, emit_equal(e, get(s, k->f_idle), number(k, 0)))) {
    if (flow_if(e, &first, emit_equal(e, get(s, k->f_columns), s->extents[ROLE_COLUMN]))) {
      if (flow_if(e, &panel, emit_equal(e, get(s, k->f_rows), get(s, k->f_group))))
        fetch_columns(k);
      flow_end_if(e, &panel);
      fetch_block(k);
    }
    if (flow_else(e, &first)) {
      IrValue rows = emit_sub(e, get(s, k->f_group), get(s, k->f_end));
      set(s, k->f_idle, emit_add_number(e, emit_divide_up(e, rows, s->p->block_rows), -1));
      fetch_columns(k);
      next_fetched_panel(k);
    }
    flow_end_if(e, &first);
  }
  if (flow_else(e, &flow))
    move_number(k, k->f_idle, -1);
  flow_end_if(e, &flow);
}

// --- products

// The rows of this block, which have come as they are, if they have not been packed.
static void pack_rows(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  FlowIf flow;
  if (layout(k, CONTRACTION_X) != STAGE_PACK)
    return;
  IrValue from = get(s, s->pack_from), to = get(s, s->pack_to); // those of columns
  if (flow_if(e, &flow, emit_equal(e, get(s, k->c_columns), s->extents[ROLE_COLUMN]))) {
    set(s, s->pack_from, get(s, k->raw_use));
    set(s, s->pack_to, get(s, k->x_use));
    emit_pack(s, CONTRACTION_X, k->words);
    set(s, s->pack_from, from);
    set(s, s->pack_to, to);
    turn(k, k->raw_use, SIZED_RAW, number(k, (int64_t)k->w->raw_slot), SIZED_SLOTS);
  }
  flow_end_if(e, &flow);
}

// All words, of as many rows and columns of accumulators as there are.
static void multiply_edge(SizedWriter *k, unsigned parity, unsigned rows, unsigned columns) {
  enum { STEPS = 4 };
  Schedule *s = k->s;
  Emitter *e = &s->e;
  s->edge_rows = rows;
  s->edge_columns = columns;
  emit_times_steps(s, parity, emit_divide(e, k->words, STEPS), STEPS);
  emit_times_steps(s, parity, emit_remainder(e, k->words, STEPS), 1);
  s->edge_rows = s->edge_columns = 0;
}

static void multiply_edge_columns(SizedWriter *k, unsigned parity, unsigned rows, unsigned columns,
                                  IrValue count) {
  const TilePlan *p = k->s->p;
  Emitter *e = &k->s->e;
  FlowIf flow;
  if (columns >= p->shape_columns) {
    multiply_edge(k, parity, rows, p->shape_columns);
    return;
  }
  if (flow_if(e, &flow, emit_less(e, count, number(k, columns * p->tile + 1))))
    multiply_edge(k, parity, rows, columns);
  if (flow_else(e, &flow))
    multiply_edge_columns(k, parity, rows, 2 * columns, count);
  flow_end_if(e, &flow);
}

static void multiply_edge_rows(SizedWriter *k, unsigned parity, unsigned rows, IrValue row_count,
                               IrValue column_count) {
  const TilePlan *p = k->s->p;
  Emitter *e = &k->s->e;
  FlowIf flow;
  if (rows >= p->shape_rows) {
    multiply_edge_columns(k, parity, p->shape_rows, 1, column_count);
    return;
  }
  if (flow_if(e, &flow, emit_less(e, row_count, number(k, rows * p->tile + 1))))
    multiply_edge_columns(k, parity, rows, 1, column_count);
  if (flow_else(e, &flow))
    multiply_edge_rows(k, parity, 2 * rows, row_count, column_count);
  flow_end_if(e, &flow);
}

// Some words of the next panel are packed behind each round, which the tile unit's queue hides.
static void one_round(SizedWriter *k, unsigned parity) {
  Schedule *s = k->s;
  FlowIf flow;
  emit_steps(s, parity, s->p->unroll, 0);
  if (layout(k, CONTRACTION_Y) != STAGE_PACK)
    return;
  if (flow_if(&s->e, &flow, emit_less(&s->e, get(s, s->pack_to), get(s, k->pack_end))))
    emit_pack(s, CONTRACTION_Y, number(k, SIZED_PACKS));
  flow_end_if(&s->e, &flow);
}

// `count` may be 0.
static void emit_some_rounds(SizedWriter *k, unsigned parity, IrValue count) {
  Emitter *e = &k->s->e;
  FlowTimes flow;
  if (flow_times(e, &flow, count, true)) {
    one_round(k, parity);
    flow_next(e, &flow);
  }
  flow_end_if(e, &flow.any);
}

static void multiply_rounds(SizedWriter *k, unsigned parity, int64_t most) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  IrValue now = emit_min(e, get(s, k->left), number(k, most));
  emit_some_rounds(k, parity, now);
  set(s, k->left, emit_sub(e, get(s, k->left), now));
}

// One round between parts of the other work, if there is one.
static void multiply_between(SizedWriter *k, unsigned parity) {
  FlowIf flow;
  if (flow_if_likely(&k->s->e, &flow, emit_less(&k->s->e, number(k, 0), get(k->s, k->left)))) {
    one_round(k, parity);
    move_number(k, k->left, -1);
  }
  flow_end_if(&k->s->e, &flow);
}

// Products as long as the block before drains, or all of those of an edge.
static void multiply_first(SizedWriter *k, unsigned parity) {
  enum { DRAIN_SLACK = 80 };
  Schedule *s = k->s;
  Emitter *e = &s->e;
  FlowIf flow;
  set(s, k->left, k->rounds);
  set(s, k->rest_left, k->rest);
  if (flow_if(e, &flow, emit_less(e, get(s, k->c_rows), get(s, k->least_rows)))) {
    s->row_length = schedule_clip(s, s->extents[ROLE_ROW], get(s, k->c_rows), s->p->block_rows);
    s->column_length = get(s, k->columns);
    multiply_edge_rows(k, parity, 1, s->row_length, s->column_length);
    set(s, k->left, number(k, 0));
    set(s, k->rest_left, number(k, 0));
  }
  if (flow_else(e, &flow)) {
    s->row_length = s->column_length = IR_AVL_MAX;
    multiply_rounds(k, parity, schedule_drain_rounds(s, s->p->result_slot, DRAIN_SLACK));
  }
  flow_end_if(e, &flow);
}

static void multiply_last(SizedWriter *k, unsigned parity) {
  k->s->row_length = k->s->column_length = IR_AVL_MAX;
  emit_some_rounds(k, parity, get(k->s, k->left));
  emit_times_steps(k->s, parity, get(k->s, k->rest_left), 1);
}

// --- results

// The block before this one leaves, if there is one.
static void send(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  FlowIf flow;
  if (flow_if_likely(e, &flow, emit_less(e, number(k, 0), get(s, s->sent_rows)))) {
    bool by_columns = p->result_columns;
    IrValue rows = schedule_sent(s, ROLE_ROW), columns = schedule_sent(s, ROLE_COLUMN);
    DmaBox box = {.source = get(s, k->drained), .destination = get(s, s->sent_to), .dimensions = 1};
    box.bytes = emit_mul_number(e, by_columns ? rows : columns, contraction_size(s->c, CONTRACTION_C));
    box.counts[0] = by_columns ? columns : rows;
    box.source_strides[0] = number(k, (int64_t)p->result_pitch);
    box.destination_strides[0] = s->strides[by_columns ? ROLE_COLUMN : ROLE_ROW][CONTRACTION_C];
    start(k, &box, IR_NONE);
  }
  flow_end_if(e, &flow);
}

static void drain(SizedWriter *k, unsigned parity) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  emit_drain_parameters(s, get(s, s->sent_first));
  // Four places: two of each parity.
  IrValue to = emit_add_number(e, get(s, k->result), parity ? (int64_t)p->result_slot : 0);
  int64_t shape = __builtin_ctz(p->shape_rows) * 4 + __builtin_ctz(p->shape_columns);
  IrValue operands[4] = {get(s, s->accumulators[parity]), to, number(k, (int64_t)p->result_pitch),
                         number(k, shape)};
  emit_machine(e, ISA_KT_DRAIN, IR_VOID, 4, operands);
  set(s, k->drained, to);
  if (parity)
    set(s, k->result, emit_sub(e, k->results, get(s, k->result)));
}

// --- all of it

static int64_t packed_word(const SizedWriter *k) {
  return (int64_t)k->s->p->pitches[CONTRACTION_Y];
}

// Where the panel behind that in use is packed to.
static IrValue other_panel(SizedWriter *k) {
  Emitter *e = &k->s->e;
  IrValue first = k->buffers[SIZED_PACKED], both = emit_add(e, first, first);
  return emit_sub(e, emit_add(e, both, k->packed_slot), get(k->s, k->packed));
}

static void begin_packing(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  IrValue whole = emit_sub(e, k->words, emit_remainder(e, k->words, SIZED_PACKS));
  dma_wait(e, get(s, k->before));
  set(s, s->pack_from, get(s, k->y_use));
  set(s, s->pack_to, other_panel(k));
  set(s, k->pack_end, emit_add(e, get(s, s->pack_to), emit_mul_number(e, whole, packed_word(k))));
  set(s, k->c_event, emit_add_number(e, get(s, k->c_end), 1));
}

// What of the next panel has not been packed yet is packed, and it comes into use.
static void use_next_panel(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  FlowIf any, one;
  IrValue next = other_panel(k), event = get(s, k->c_event), end = emit_add_number(e, get(s, k->c_end), 1);
  IrValue begun = emit_less(e, number(k, 0), get(s, s->pack_to)), soon = emit_less(e, end, event);
  if (flow_if(e, &one, soon)) // the panel is one block
    begin_packing(k);
  flow_end_if(e, &one);
  if (flow_if(e, &any, build2(&e->builder, IR_OR, IR_I1, begun, soon))) {
    IrValue to = emit_add(e, next, emit_mul_number(e, k->words, packed_word(k)));
    emit_pack(s, CONTRACTION_Y, emit_divide(e, emit_sub(e, to, get(s, s->pack_to)), packed_word(k)));
  }
  flow_end_if(e, &any);
  set(s, k->packed, next);
  turn(k, k->y_use, SIZED_COLUMNS, k->column_slot, k->w->panels);
}

// What changes with the panel.
static void begin_panel(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  IrValue columns = schedule_clip(s, s->extents[ROLE_COLUMN], get(s, k->c_columns), p->block_columns);
  IrValue whole = emit_equal(e, columns, number(k, p->block_columns));
  set(s, k->columns, columns);
  set(s, k->least_rows, emit_choose(e, whole, number(k, p->block_rows), number(k, INT64_MAX)));
  set(s, k->c_rows, get(s, k->c_group));
  set(s, k->c_at, get(s, k->c_panel_at));
  set(s, k->x_use, k->buffers[SIZED_ROWS]);
  IrValue end = emit_add_number(e, get(s, k->c_end), 1);
  set(s, k->c_event, end);
  if (layout(k, CONTRACTION_Y) == STAGE_PACK) { // from the second block on, if there is another panel
    IrValue panels = emit_less(e, number(k, p->block_columns), get(s, k->c_columns));
    IrValue groups = emit_less(e, number(k, 0), get(s, k->c_end));
    IrValue any = build2(&e->builder, IR_OR, IR_I1, panels, groups);
    set(s, k->c_event, emit_choose(e, any, emit_add_number(e, get(s, k->c_rows), 1), end));
    set(s, k->pack_end, number(k, 0));
    set(s, s->pack_to, number(k, 0));
  }
}

static void next_panel(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  FlowIf group;
  if (layout(k, CONTRACTION_Y) == STAGE_PACK)
    use_next_panel(k);
  else
    turn(k, k->y_use, SIZED_COLUMNS, k->column_slot, k->w->panels);
  move_number(k, k->c_columns, -(int64_t)s->p->block_columns);
  move(s, k->c_panel_at, k->panel_step);
  if (flow_if(e, &group, emit_less(e, get(s, k->c_columns), number(k, 1)))) {
    set(s, k->c_columns, s->extents[ROLE_COLUMN]);
    set(s, k->c_group, get(s, k->c_end));
    set(s, k->c_end, behind_group(k, get(s, k->c_end)));
    move(s, k->c_group_at, k->group_step);
    set(s, k->c_panel_at, get(s, k->c_group_at));
  }
  flow_end_if(e, &group);
  begin_panel(k);
}

// Behind the last block there are no rows.
static void next_block(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  FlowIf event, panel;
  move_number(k, k->c_rows, -(int64_t)p->block_rows);
  move(s, k->c_at, k->block_step);
  move(s, k->x_use, k->x_slot);
  if (flow_if(e, &event, emit_less(e, get(s, k->c_rows), get(s, k->c_event)))) {
    if (flow_if(e, &panel, emit_less(e, get(s, k->c_end), get(s, k->c_rows))))
      begin_packing(k);
    if (flow_else(e, &panel))
      next_panel(k);
    flow_end_if(e, &panel);
  }
  flow_end_if(e, &event);
}

// What is said of the block when it drains and leaves.
static void keep_block(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  bool by_columns = s->c->epilogue.columns;
  if (s->parameters)
    set(s, s->sent_first,
        emit_sub(e, s->extents[by_columns ? ROLE_COLUMN : ROLE_ROW],
                 get(s, by_columns ? k->c_columns : k->c_rows)));
  set(s, s->sent_rows, schedule_clip(s, s->extents[ROLE_ROW], get(s, k->c_rows), p->block_rows));
  set(s, s->sent_columns, get(s, k->columns));
  set(s, s->sent_to, get(s, k->c_at));
}

static void zero(SizedWriter *k, unsigned parity) {
  Schedule *s = k->s;
  IrValue all = number(k, s->group);
  set(s, s->accumulators[parity], emit_machine(&s->e, ISA_KT_ZERO, ir_accumulators(s->group), 1, &all));
}

static void step(SizedWriter *k, unsigned parity) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  pack_rows(k);
  set(s, s->x, get(s, k->x_use));
  set(s, s->y, get(s, layout(k, CONTRACTION_Y) == STAGE_PACK ? k->packed : k->y_use));
  multiply_first(k, parity);
  send(k);
  multiply_between(k, parity);
  fetch_next(k);
  keep_block(k);
  multiply_between(k, parity);
  next_block(k);
  multiply_last(k, parity);
  zero(k, !parity); // others than those that drain
  drain(k, parity);
  dma_wait(e, get(s, k->before));
  set(s, k->before, get(s, s->ids[0]));
}

// The first panel is packed when it has come.
static void pack_first_panel(SizedWriter *k, IrValue come) {
  Schedule *s = k->s;
  if (layout(k, CONTRACTION_Y) != STAGE_PACK)
    return;
  dma_wait(&s->e, come);
  set(s, s->pack_from, k->buffers[SIZED_COLUMNS]);
  set(s, s->pack_to, k->buffers[SIZED_PACKED]);
  emit_pack(s, CONTRACTION_Y, k->words);
  set(s, s->pack_to, number(k, 0));
  turn(k, k->y_use, SIZED_COLUMNS, k->column_slot, k->w->panels);
}

static void emit_sequence(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  FlowLoop loop;
  FlowIf flow;
  zero(k, 0);
  flow_loop(e, &loop);
  step(k, 0);
  IrValue none = build_undefined(&e->builder, ir_accumulators(s->group));
  if (flow_if_likely(e, &flow, emit_less(e, number(k, 0), get(s, k->c_rows))))
    step(k, 1);
  if (flow_else(e, &flow))
    set(s, s->accumulators[0], none);
  flow_end_if(e, &flow);
  flow_end_loop(e, &loop, emit_less(e, number(k, 0), get(s, k->c_rows)));
  send(k);
}

static void start_places(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  const Contraction *c = s->c;
  for (unsigned i = 0; i < CONTRACTION_ARRAYS; i++)
    s->bases[i] = emit_access(e, c->region, c->operands[i].access);
  for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++) {
    const ContractionIterator *iterator = &c->iterators[c->count - 3 + role];
    s->extents[role] = emit_quantity(e, iterator->extent);
    for (unsigned i = 0; i < CONTRACTION_ARRAYS; i++)
      s->strides[role][i] = emit_quantity(e, iterator->strides[i]);
  }
  IrValue spm =
      ir_leaf(e->builder.f, IR_SYMBOL, IR_I64,
              ir_symbol_imm(spm_symbol(e->target, e->builder.f, p->spm_bytes, p->spm_alignment), 0));
  for (unsigned i = 0; i < SIZED_BUFFERS; i++)
    k->buffers[i] = emit_add_number(e, spm, (int64_t)k->w->buffers[i].offset);
  k->words = emit_divide_up(e, s->extents[ROLE_SUM], c->word);
  if (layout(k, CONTRACTION_X) == STAGE_SUM) { // an odd number of words
    s->has_row_pitch = true;
    IrValue odd = build2(&e->builder, IR_OR, IR_I64, k->words, number(k, 1));
    s->row_pitch = emit_mul_number(e, e->machine->spm_lanes > 1 ? odd : k->words, sizeof(uint32_t));
    k->x_slot = emit_mul_number(e, s->row_pitch, p->block_rows);
  } else {
    k->x_slot = emit_mul_number(e, k->words, (int64_t)p->pitches[CONTRACTION_X]);
  }
}

static uint32_t variable(SizedWriter *k, IrValue value) {
  return emit_variable(&k->s->e, value);
}

// What follows from the length of the sum lies one behind the other, but what the products read not in the
// bank to which transfers and the drain write.
static void size_slots(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const Sized *w = k->w;
  bool sum = layout(k, CONTRACTION_Y) == STAGE_SUM, pack = layout(k, CONTRACTION_Y) == STAGE_PACK;
  int64_t pitch = (int64_t)s->p->pitches[CONTRACTION_Y], raw = schedule_raw_row(s, 1) * s->c->word;
  k->column_slot =
      sum ? number(k, (int64_t)w->column_slot) : emit_mul_number(e, k->words, pack ? raw : pitch);
  k->packed_slot = pack ? emit_mul_number(e, k->words, pitch) : number(k, 0);
  IrValue columns = emit_mul_number(e, k->column_slot, w->panels);
  IrValue bank = emit_add_number(e, k->buffers[SIZED_RESULT], (int64_t)machine_spm_bank(e->machine));
  IrValue behind = emit_add(e, k->buffers[SIZED_COLUMNS], columns);
  k->buffers[SIZED_PACKED] = w->apart ? emit_max(e, behind, bank) : behind;
  k->buffers[SIZED_ROWS] = emit_add(e, k->buffers[SIZED_PACKED], emit_mul_number(e, k->packed_slot, 2));
}

// What the first transfers need.
static void start_fetch(SizedWriter *k) {
  Schedule *s = k->s;
  s->ids[0] = variable(k, number(k, 0));
  k->f_rows = variable(k, s->extents[ROLE_ROW]);
  k->f_at = variable(k, s->bases[CONTRACTION_X]);
  k->f_place = variable(k, k->buffers[SIZED_ROWS]);
  k->f_raw = variable(k, k->buffers[SIZED_RAW]);
  k->f_columns = variable(k, s->extents[ROLE_COLUMN]);
  k->y_columns = variable(k, s->extents[ROLE_COLUMN]);
  k->y_at = variable(k, s->bases[CONTRACTION_Y]);
  k->y_place = variable(k, k->buffers[SIZED_COLUMNS]);
  k->y_left = variable(k, number(k, 1));
}

// Groups as large as there is room for, and as even as possible.
static void size_groups(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  IrValue blocks = emit_divide_up(e, s->extents[ROLE_ROW], p->block_rows);
  IrValue end = emit_add_number(e, k->buffers[SIZED_RESULT], (int64_t)p->spm_bytes);
  IrValue room = emit_sub(e, end, k->buffers[SIZED_ROWS]);
  IrValue most = build2(&e->builder, IR_UDIV, IR_I64, room, k->x_slot);
  IrValue of_group = emit_quotient_up(e, blocks, emit_quotient_up(e, blocks, most));
  k->group = emit_mul_number(e, of_group, p->block_rows);
  IrValue panels = emit_divide_up(e, s->extents[ROLE_COLUMN], p->block_columns);
  IrValue asked = emit_mul(e, emit_quotient_up(e, blocks, of_group), panels);
  set(s, k->y_left, emit_add_number(e, asked, -1)); // the first one has been
}

static void start_variables(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  IrValue none = number(k, 0), rows = s->extents[ROLE_ROW];
  k->block_step = emit_mul_number(e, s->strides[ROLE_ROW][CONTRACTION_C], s->p->block_rows);
  k->panel_step = emit_mul_number(e, s->strides[ROLE_COLUMN][CONTRACTION_C], s->p->block_columns);
  k->group_step = emit_mul(e, s->strides[ROLE_ROW][CONTRACTION_C], k->group);
  k->rounds = emit_divide(e, k->words, s->p->unroll);
  k->rest = emit_remainder(e, k->words, s->p->unroll);
  k->results = emit_add_number(e, emit_add(e, k->buffers[SIZED_RESULT], k->buffers[SIZED_RESULT]),
                               2 * (int64_t)s->p->result_slot);
  k->f_idle = variable(k, none);
  k->f_group = variable(k, rows);
  k->f_end = variable(k, behind_group(k, rows));
  k->c_rows = variable(k, rows);
  k->c_group = variable(k, rows);
  k->c_end = variable(k, behind_group(k, rows));
  k->c_columns = variable(k, s->extents[ROLE_COLUMN]);
  k->c_group_at = variable(k, s->bases[CONTRACTION_C]);
  k->c_panel_at = variable(k, s->bases[CONTRACTION_C]);
  k->c_at = variable(k, s->bases[CONTRACTION_C]);
  k->x_use = variable(k, k->buffers[SIZED_ROWS]);
  k->raw_use = variable(k, k->buffers[SIZED_RAW]);
  k->y_use = variable(k, k->buffers[SIZED_COLUMNS]);
  k->result = variable(k, k->buffers[SIZED_RESULT]);
  k->drained = variable(k, none);
  s->sent_rows = variable(k, none);
  s->sent_columns = variable(k, none);
  s->sent_to = variable(k, none);
  s->sent_first = variable(k, none);
  k->before = variable(k, none);
  uint32_t *of_block[] = {&s->x, &s->y, &k->left, &k->rest_left};
  for (unsigned i = 0; i < sizeof of_block / sizeof *of_block; i++)
    *of_block[i] = variable(k, IR_NONE);
  for (unsigned i = 0; i < 2; i++)
    s->accumulators[i] = variable(k, build_undefined(&e->builder, ir_accumulators(s->group)));
  k->least_rows = variable(k, none);
  k->columns = variable(k, none);
  k->c_event = variable(k, none);
  s->pack_from = variable(k, none);
  s->pack_to = variable(k, none);
  k->packed = variable(k, k->buffers[SIZED_PACKED]);
  k->pack_end = variable(k, none);
  begin_panel(k);
}

// The second block, and the second panel.
static void fetch_second(SizedWriter *k) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  FlowIf panel;
  if (flow_if(e, &panel, emit_less(e, get(s, k->f_rows), emit_add_number(e, get(s, k->f_end), 1))))
    next_fetched_panel(k);
  flow_end_if(e, &panel);
  fetch_next(k);
  fetch_columns(k);
  set(s, k->before, get(s, s->ids[0]));
}

IrValue sized_fits(Emitter *e, const Sized *w) {
  IrValue sum = emit_quantity(e, w->c.iterators[w->c.count - 3 + ROLE_SUM].extent);
  return emit_below(e, sum, emit_number(e, (int64_t)w->shape.chunk + 1));
}

void emit_sized(Emitter *e, Sized *w) {
  const TilePlan *p = &w->shape;
  Schedule *s = checked_malloc(sizeof *s);
  memset(s, 0, sizeof *s);
  s->e = *e;
  s->c = &w->c;
  s->p = p;
  s->most_dimensions = 1;
  s->pair = IR_NONE;
  s->pack_side = CONTRACTION_Y;
  s->group = p->shape_rows * p->shape_columns;
  SizedWriter k = {.s = s, .w = w};
  w->c.product = contraction_product(&w->c);
  dma_reset(&s->e);
  IrValue code = emit_code_copy(&s->e, w->c.region, p->spm_bytes, p->spm_alignment, s->most_dimensions);
  start_places(&k);
  size_slots(&k);
  start_fetch(&k);
  fetch_columns(&k);
  IrValue columns = get(s, s->ids[0]);
  fetch_rows(&k);
  IrValue first = get(s, s->ids[0]);
  move_number(&k, k.f_rows, -(int64_t)p->block_rows);
  emit_code_move(&s->e, code);
  size_groups(&k);
  start_variables(&k);
  emit_configure_drain(s);
  fetch_second(&k);
  pack_first_panel(&k, columns);
  dma_wait(&s->e, first);
  emit_sequence(&k);
  dma_wait(&s->e, get(s, s->ids[0]));
  e->builder = s->e.builder;
  free(s);
}
