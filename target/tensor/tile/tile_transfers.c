// What moves between DRAM and the scratchpad while blocks are multiplied.
#include "target/tensor/tile/size.h"
#include "target/tensor/tile/tile.h"

#include <assert.h>

static IrValue number(Schedule *s, int64_t x) {
  return emit_number(&s->e, x);
}

static void start(Schedule *s, DmaBox *box, IrValue pattern) {
  box->most = s->most_dimensions;
  set(s, s->ids[0], dma_start(&s->e, box, pattern));
}

// What a missing value of k is filled with: 0 times 0 adds nothing to an integer, and -0 times +0 nothing to
// a floating sum, not even to -0.
IrValue emit_missing(Schedule *s, unsigned side) {
  bool real = ir_is_float(s->c->operands[side].type);
  return number(s, real && side == CONTRACTION_X ? (int64_t)UINT32_C(0x80008000) : 0);
}

void emit_fill_tail(Schedule *s, unsigned side, IrValue to, IrValue k, IrValue lines, int64_t raw_row) {
  if (s->c->word == 1)
    return;
  Emitter *e = &s->e;
  int64_t size = contraction_size(s->c, side), word = s->c->word;
  IrValue tail = emit_remainder(e, k, word);
  FlowIf flow;
  if (flow_if(e, &flow, emit_less(e, number(s, 0), tail))) {
    IrValue count = emit_sub(e, number(s, word), tail);
    DmaBox box = {.dimensions = 1};
    if (s->p->layouts[side] == STAGE_SUM) {
      box.destination = emit_add(e, to, emit_mul_number(e, k, size));
      box.bytes = emit_mul_number(e, count, size);
      box.counts[0] = lines;
      box.destination_strides[0] = number(s, (int64_t)s->p->pitches[side]);
    } else {
      box.destination = emit_add(e, to, emit_mul_number(e, k, raw_row));
      box.bytes = number(s, raw_row);
      box.counts[0] = count;
      box.destination_strides[0] = number(s, raw_row);
    }
    box.source_strides[0] = number(s, 0);
    start(s, &box, emit_missing(s, side));
  }
  flow_end_if(e, &flow);
}

int64_t schedule_raw_row(const Schedule *s, unsigned side) {
  int64_t bytes = (int64_t)(side ? s->p->block_columns : s->p->block_rows) * contraction_size(s->c, side);
  int64_t least = machine_vector_bytes(s->e.machine);
  return bytes > least ? bytes : least;
}

void emit_fill_edge(Schedule *s, unsigned side, IrValue to, IrValue k, IrValue valid) {
  Emitter *e = &s->e;
  int64_t row = schedule_raw_row(s, side);
  if (s->p->layouts[side] != STAGE_PACK || row == (int64_t)machine_vector_bytes(e->machine))
    return; // a row of one register has at least its first column
  IrValue bytes = emit_mul_number(e, valid, contraction_size(s->c, side));
  FlowIf flow;
  if (flow_if(e, &flow, emit_less(e, bytes, number(s, row)))) {
    DmaBox box = {.destination = emit_add(e, to, bytes), .dimensions = 1};
    box.bytes = emit_sub(e, number(s, row), bytes);
    box.counts[0] = k;
    box.source_strides[0] = number(s, 0);
    box.destination_strides[0] = number(s, row);
    start(s, &box, number(s, 0));
  }
  flow_end_if(e, &flow);
}

// Whether step t + ahead is one of the blocks.
static IrValue is_block(Schedule *s, IrValue ahead) {
  return emit_less(&s->e, get(s, s->t), emit_sub(&s->e, s->total, ahead));
}

// Of rows along the sum, as they come.
static int64_t row_pitch(const TilePlan *p) {
  return (int64_t)(p->planes.slabs.raw_pitch ? p->planes.slabs.raw_pitch : p->pitches[CONTRACTION_X]);
}

// Rows of several groups, each where its own k is.
static void fetch_diagonal(Schedule *s, IrValue source, IrValue place) {
  Emitter *e = &s->e;
  const ContractionDiagonal *d = &s->c->diagonal;
  int64_t size = contraction_size(s->c, CONTRACTION_X), pitch = row_pitch(s->p);
  DmaBox box = {.source = source, .destination = place, .bytes = number(s, d->sum * size), .dimensions = 2};
  box.counts[0] = number(s, d->rows);
  box.source_strides[0] = s->row_step;
  box.destination_strides[0] = number(s, pitch);
  box.counts[1] = number(s, d->groups);
  box.source_strides[1] = emit_mul_number(e, s->row_step, d->rows);
  box.destination_strides[1] = number(s, d->rows * pitch + d->sum * size);
  start(s, &box, IR_NONE);
}

// Columns of several groups: each tap's values of k between those of the other groups.
static void fetch_diagonal_columns(Schedule *s, IrValue source, IrValue place) {
  const ContractionDiagonal *d = &s->c->diagonal;
  int64_t size = contraction_size(s->c, CONTRACTION_Y), run = d->sum * size,
          pitch = (int64_t)s->p->pitches[1];
  int64_t taps = contraction_main(s->c, ROLE_SUM)->extent.constant / (d->groups * d->sum);
  DmaBox box = {.source = source, .destination = place, .bytes = number(s, run), .dimensions = 3};
  const int64_t counts[] = {taps, d->rows, d->groups},
                places[] = {run * d->groups, pitch, pitch * d->rows + run};
  for (unsigned i = 0; i < box.dimensions; i++) {
    box.counts[i] = number(s, counts[i]);
    box.source_strides[i] = number(s, d->strides[i]);
    box.destination_strides[i] = number(s, places[i]);
  }
  start(s, &box, IR_NONE);
}

// `rows` rows of X from `source` on, to `place`.
static void fetch_row_box(Schedule *s, IrValue source, IrValue place, IrValue rows, IrValue k) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  const ContractionParts *parts = &s->c->sum_parts;
  int64_t size = contraction_size(s->c, CONTRACTION_X);
  bool sum = p->layouts[0] == STAGE_SUM;
  int64_t line = p->layouts[0] == STAGE_PACK ? schedule_raw_row(s, 0) : row_pitch(p);
  IrValue inner = parts->count ? emit_quantity(e, parts->extents[0]) : k;
  DmaBox box = {.source = source, .destination = place, .dimensions = 1};
  box.bytes = emit_mul_number(e, sum ? inner : rows, size);
  box.counts[0] = sum ? rows : inner;
  box.source_strides[0] = sum ? s->row_step : s->strides[ROLE_SUM][CONTRACTION_X];
  box.destination_strides[0] = number(s, line);
  int64_t before = sum ? size : line; // bytes of one k in the scratchpad
  for (uint32_t i = 1; i < parts->count; i++) {
    before *= parts->extents[i - 1].constant;
    box.counts[box.dimensions] = emit_quantity(e, parts->extents[i]);
    box.source_strides[box.dimensions] = emit_quantity(e, parts->strides[i]);
    box.destination_strides[box.dimensions++] = number(s, before);
  }
  start(s, &box, IR_NONE);
}

// Rows that are made of parts: a box for each stretch that lies in one round of the innermost.
static void fetch_row_parts(Schedule *s, IrValue place, IrValue rows, IrValue k) {
  Emitter *e = &s->e;
  const ContractionParts *parts = &s->c->row_parts;
  assert(parts->count <= CONTRACTION_PARTS);
  int64_t step =
      s->p->layouts[0] == STAGE_SUM ? (int64_t)s->p->pitches[0] : contraction_size(s->c, CONTRACTION_X);
  uint32_t row = emit_variable(e, emit_sub(e, s->extents[0], get(s, s->r_rows)));
  uint32_t left = emit_variable(e, rows), to = emit_variable(e, place);
  FlowLoop loop;
  flow_loop(e, &loop);
  IrValue index = get(s, row), address = get(s, s->r_address), first = IR_NONE;
  for (uint32_t i = 0; i < parts->count; i++) {
    bool last = i + 1 == parts->count;
    IrValue here = last ? index : emit_remainder(e, index, parts->extents[i].constant);
    index = last ? index : emit_divide(e, index, parts->extents[i].constant);
    address = emit_add(e, address, emit_mul(e, here, emit_quantity(e, parts->strides[i])));
    first = i == 0 ? here : first;
  }
  IrValue stretch = emit_min(e, get(s, left), emit_sub(e, emit_quantity(e, parts->extents[0]), first));
  fetch_row_box(s, address, get(s, to), stretch, k);
  move(s, row, stretch);
  move(s, to, emit_mul_number(e, stretch, step));
  set(s, left, emit_sub(e, get(s, left), stretch));
  flow_end_loop(e, &loop, emit_less(e, number(s, 0), get(s, left)));
  e->variable_count -= 3;
}

// Whether what fills the last word of k of rows is there from the start: no transfer writes it when all have
// the same k.
static bool keeps_tails(Schedule *s) {
  return s->p->layouts[CONTRACTION_X] == STAGE_SUM && !s->p->window.unit && schedule_is_one_pass(s);
}

static void fill_row_tails(Schedule *s) {
  const TilePlan *p = s->p;
  int64_t lines = (int64_t)(p->blocks * p->row_sets * p->block_rows), rows = 0;
  if (emit_is_number(&s->e, s->extents[ROLE_ROW], &rows) && !contraction_outer_count(s->c) && rows < lines)
    lines = rows;
  emit_fill_tail(s, CONTRACTION_X, s->buffers[BUFFER_X], s->extents[ROLE_SUM], number(s, lines),
                 schedule_raw_row(s, CONTRACTION_X));
}

// Rows of block t + lag, when a group of rows begins.
void emit_fetch_rows(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  IrValue wanted = schedule_rows_begin(s);
  if (!schedule_rows_full(s))
    wanted = emit_and(e, wanted, emit_less(e, number(s, 0), get(s, s->r_rows)));
  FlowIf flow;
  if (flow_if(e, &flow, emit_and(e, wanted, is_block(s, number(s, p->lag))))) {
    IrValue rows = schedule_clip(s, s->extents[0], get(s, s->r_rows), p->block_rows);
    IrValue k = schedule_chunk(s, s->r_left), place = get(s, s->x_place);
    if (p->layouts[0] == STAGE_PACK)
      place = schedule_slot(s, BUFFER_RAW_X, p->raw_slot_x, p->lag);
    bool ordered = p->planes.slabs.chunk_in != 0; // and then missing values of k are made
    if (p->planes.slabs.raw_pitch)
      place = s->buffers[BUFFER_RAW_X];
    bool diagonal = s->c->diagonal.groups && !s->c->diagonal.columns;
    if (diagonal)
      fetch_diagonal(s, get(s, s->r_address), place);
    else if (s->c->row_parts.count)
      fetch_row_parts(s, place, rows, k);
    else
      fetch_row_box(s, get(s, s->r_address), place, rows, k);
    if (!ordered && !keeps_tails(s) && !diagonal)
      emit_fill_tail(s, CONTRACTION_X, place, k, rows, schedule_raw_row(s, 0));
    emit_fill_edge(s, CONTRACTION_X, place, k, rows);
  }
  flow_end_if(e, &flow);
}

static void fill_rest(Schedule *s, IrValue to, IrValue runs, IrValue bytes) {
  FlowIf flow;
  if (flow_if(&s->e, &flow, emit_less(&s->e, number(s, 0), emit_min(&s->e, runs, bytes)))) {
    DmaBox box = {.destination = to, .bytes = bytes, .dimensions = 1};
    box.counts[0] = runs;
    box.source_strides[0] = number(s, 0);
    box.destination_strides[0] = number(s, (int64_t)s->p->result_pitch);
    start(s, &box, number(s, 0));
  }
  flow_end_if(&s->e, &flow);
}

// Accumulators are loaded as a whole: what lies right of and below the old values that came.
static void fill_old_edges(Schedule *s, IrValue to, IrValue rows, IrValue bytes) {
  Emitter *e = &s->e;
  IrValue pitch = number(s, (int64_t)s->p->result_pitch);
  fill_rest(s, emit_add(e, to, bytes), rows, emit_sub(e, pitch, bytes));
  fill_rest(s, emit_add(e, to, emit_mul(e, rows, pitch)), emit_sub(e, number(s, s->p->block_rows), rows),
            pitch);
}

// The elements of an array that are at the places of block t + lag's results.
static DmaBox box_of_block(Schedule *s) {
  Emitter *e = &s->e;
  unsigned size = contraction_size(s->c, CONTRACTION_C);
  IrValue columns = schedule_clip(s, s->extents[1], get(s, s->r_columns), s->p->block_columns);
  DmaBox box = {.source = get(s, s->r_old),
                .destination = schedule_slot(s, BUFFER_START, s->p->result_slot, s->p->lag),
                .dimensions = 1};
  box.bytes = emit_mul_number(e, columns, size);
  box.counts[0] = schedule_clip(s, s->extents[0], get(s, s->r_rows), s->p->block_rows);
  box.source_strides[0] = s->strides[ROLE_ROW][schedule_fetched_array(s)];
  box.destination_strides[0] = number(s, (int64_t)s->p->result_pitch);
  return box;
}

// What block t + lag's results are made of beside its sums.
void emit_fetch_beside(Schedule *s) {
  if (!s->p->beside)
    return;
  Emitter *e = &s->e;
  FlowIf flow;
  IrValue rows = emit_less(e, number(s, 0), get(s, s->r_rows));
  if (flow_if(e, &flow, emit_and(e, rows, is_block(s, number(s, s->p->lag))))) {
    DmaBox box = box_of_block(s);
    start(s, &box, IR_NONE);
  }
  flow_end_if(e, &flow);
}

// Old values of block t + lag.
void emit_fetch_old(Schedule *s) {
  if (!s->p->accumulates)
    return;
  Emitter *e = &s->e;
  IrValue rows = get(s, s->r_rows), zero = number(s, 0), begins = schedule_begins(s, &s->rows);
  IrValue wanted = emit_and(e, emit_less(e, zero, rows), is_block(s, number(s, s->p->lag)));
  FlowIf flow, first;
  set(s, s->next_begins, s->p->lag > 1 ? get(s, s->later_begins) : begins);
  set(s, s->later_begins, begins);
  if (flow_if(e, &flow, wanted)) {
    flow_if(e, &first, schedule_first_pass(s, &s->rows));
    if (flow_else(e, &first)) {
      DmaBox box = box_of_block(s);
      start(s, &box, IR_NONE);
      fill_old_edges(s, box.destination, box.counts[0], box.bytes);
    }
    flow_end_if(e, &first);
  }
  flow_end_if(e, &flow);
}

// A piece of a panel of Y.
void emit_fetch_columns(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  int64_t size = contraction_size(s->c, CONTRACTION_Y), word = s->c->word;
  StageLayout layout = p->layouts[1];
  IrValue position = get(s, s->y_position), zero = number(s, 0);
  IrValue columns = schedule_clip(s, s->extents[1], get(s, s->y_columns), p->block_columns);
  IrValue k = schedule_chunk(s, s->y_left);
  IrValue most = emit_mul_number(e, s->piece, layout == STAGE_SUM ? 1 : word);
  IrValue left = emit_sub(e, layout == STAGE_SUM ? columns : k, position);
  // All pieces are of one size, and there is one in each step.
  int64_t known = 0, size_of_all = 0;
  bool even = layout == STAGE_PACK && emit_is_number(e, k, &known) &&
              emit_is_number(e, emit_mul(e, most, s->blocks), &size_of_all) && known == size_of_all;
  IrValue wanted = is_block(s, emit_add_number(e, s->blocks, p->early ? p->lag : 0));
  if (!even)
    wanted = emit_and(e, wanted, emit_less(e, zero, left));
  FlowIf flow;
  if (s->c->diagonal.columns) {
    if (flow_if_likely(e, &flow, wanted))
      fetch_diagonal_columns(s, get(s, s->y_address), get(s, s->y_place));
    flow_end_if(e, &flow);
    return;
  }
  if (flow_if_likely(e, &flow, wanted)) {
    IrValue count = even ? most : emit_min(e, left, most);
    IrValue place = emit_add(e, get(s, s->y_place), emit_mul_number(e, position, (int64_t)p->pitches[1]));
    DmaBox box = {.source = get(s, s->y_address), .destination = place, .dimensions = 1};
    if (layout == STAGE_PACK)
      box.destination = schedule_slot(s, BUFFER_RAW_Y, p->raw_slot_y, p->lag);
    box.counts[0] = count;
    box.bytes = emit_mul_number(e, layout == STAGE_SUM ? k : columns, size);
    box.source_strides[0] = s->strides[layout == STAGE_SUM ? ROLE_COLUMN : ROLE_SUM][CONTRACTION_Y];
    box.destination_strides[0] =
        number(s, layout == STAGE_PACK ? schedule_raw_row(s, 1) : (int64_t)p->pitches[1]);
    start(s, &box, IR_NONE);
    emit_fill_tail(s, CONTRACTION_Y, box.destination, layout == STAGE_SUM ? k : count, count,
                   schedule_raw_row(s, 1));
    emit_fill_edge(s, CONTRACTION_Y, box.destination, count, columns);
  }
  flow_end_if(e, &flow);
}

// All of the first panel: to its place, or, when it has to be packed, to the second one's.
void emit_fetch_first_panel(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  int64_t size = contraction_size(s->c, CONTRACTION_Y);
  bool sum = p->layouts[1] == STAGE_SUM, pack = p->layouts[1] == STAGE_PACK;
  if (s->c->diagonal.columns) {
    fetch_diagonal_columns(s, s->bases[CONTRACTION_Y], s->buffers[BUFFER_Y0]);
    return;
  }
  IrValue columns = schedule_clip(s, s->extents[1], s->extents[1], p->block_columns);
  IrValue k = schedule_chunk(s, IR_NONE);
  DmaBox box = {.source = s->bases[CONTRACTION_Y], .destination = s->buffers[pack ? BUFFER_Y1 : BUFFER_Y0]};
  box.dimensions = 1;
  box.counts[0] = sum ? columns : k;
  box.bytes = emit_mul_number(e, sum ? k : columns, size);
  box.source_strides[0] = s->strides[sum ? ROLE_COLUMN : ROLE_SUM][CONTRACTION_Y];
  box.destination_strides[0] = number(s, pack ? schedule_raw_row(s, 1) : (int64_t)p->pitches[1]);
  start(s, &box, IR_NONE);
  emit_fill_tail(s, CONTRACTION_Y, box.destination, k, columns, schedule_raw_row(s, 1));
  emit_fill_edge(s, CONTRACTION_Y, box.destination, k, columns);
}

// --- results

IrValue schedule_result_place(Schedule *s) {
  return schedule_slot(s, BUFFER_RESULT, s->p->result_slot, -1);
}

// Bytes of the drain's descriptor.
enum {
  DESCRIPTOR_BYTES = 64,
  AT_MODE = 0,
  AT_LAYOUT = 1,
  AT_FLAGS = 2,
  AT_ZERO_POINT = 4,
  AT_LOW = 8,
  AT_HIGH = 12,
  AT_BIAS = 16,
  AT_MULTIPLIER = 24,
  AT_SHIFT = 32,
  AT_TABLE = 40,
  AT_ROWS = 48,
  AT_COLUMNS = 52,
  FLAG_COLUMNS = 1,
  FLAG_DOUBLE_ROUNDING = 2,
  FLAG_FLOAT_SCALE = 4,
  FLAG_TABLE = 16
};

static void put_word(uint8_t *to, uint32_t word) {
  for (unsigned i = 0; i < 4; i++)
    to[i] = (uint8_t)(word >> 8 * i);
}

static void describe(const Schedule *s, uint8_t *bytes) {
  const Epilogue *epilogue = &s->c->epilogue;
  bytes[AT_MODE] = (uint8_t)epilogue->mode;
  bytes[AT_LAYOUT] = s->p->result_columns;
  bytes[AT_FLAGS] = (uint8_t)((epilogue->columns ? FLAG_COLUMNS : 0) |
                              (epilogue->double_rounding ? FLAG_DOUBLE_ROUNDING : 0) |
                              (epilogue->float_scale ? FLAG_FLOAT_SCALE : 0) |
                              (epilogue->table != EPILOGUE_NONE ? FLAG_TABLE : 0));
  if (s->p->result_joined)
    put_word(bytes + AT_COLUMNS, (uint32_t)contraction_main(s->c, ROLE_COLUMN)->extent.constant);
  put_word(bytes + AT_ZERO_POINT, (uint32_t)epilogue->zero_point);
  put_word(bytes + AT_LOW, epilogue->low);
  put_word(bytes + AT_HIGH, epilogue->high);
}

// A constant for each row or column of a block.
static IrValue repeated(Schedule *s, const char *what, int64_t value, unsigned size) {
  enum { MOST_BYTES = 1024 };
  uint8_t bytes[MOST_BYTES] = {0};
  unsigned count = s->c->epilogue.columns ? s->p->block_columns : s->p->block_rows;
  for (unsigned i = 0; i < count * size && i < MOST_BYTES; i++)
    bytes[i] = (uint8_t)((uint64_t)value >> 8 * (i % size));
  const char *name =
      arena_format(&s->e.target->arena, ".Lkiln.drain.%s.%lld.%u", what, (long long)value, count);
  return emit_data(&s->e, name, bytes, count * size, size);
}

static IrValue descriptor_field(Schedule *s, int64_t at) {
  return emit_add_number(&s->e, s->descriptor, at);
}

// Numbers that are not known before, and the table.
static void store_run_time_fields(Schedule *s) {
  Emitter *e = &s->e;
  const Epilogue *epilogue = &s->c->epilogue;
  static const uint8_t places[EPILOGUE_NUMBERS] = {AT_ZERO_POINT, AT_LOW, AT_HIGH};
  for (unsigned i = 0; i < EPILOGUE_NUMBERS; i++)
    if (epilogue->of_run_time[i])
      build_store(&e->builder, s->c->region->nodes.data[epilogue->of_run_time[i] - 1].index,
                  descriptor_field(s, places[i]));
  if (epilogue->table != EPILOGUE_NONE)
    build_store(&e->builder,
                emit_add_number(e, emit_access(e, s->c->region, epilogue->table), epilogue->table_offset),
                descriptor_field(s, AT_TABLE));
}

// The descriptor is constant where no parameter is by rows or columns; else it is written to the frame, and
// again whenever the parameters move on.
void emit_configure_drain(Schedule *s) {
  Emitter *e = &s->e;
  const Epilogue *epilogue = &s->c->epilogue;
  uint8_t bytes[DESCRIPTOR_BYTES] = {0};
  describe(s, bytes);
  s->parameters = epilogue->mode == DRAIN_BYTES || epilogue_has_parameters(epilogue);
  if (!s->parameters) {
    const char *name = arena_format(&e->target->arena, ".Lkiln.drain.%u.%u.%u.%x.%x", bytes[AT_MODE],
                                    bytes[AT_LAYOUT], bytes[AT_COLUMNS], epilogue->low, epilogue->high);
    IrValue address = emit_data(e, name, bytes, DESCRIPTOR_BYTES, 8);
    emit_machine(e, ISA_KT_DCFG, IR_VOID, 1, &address);
    return;
  }
  FrameSlot slot = {.size = DESCRIPTOR_BYTES, .alignment = 8};
  VEC_PUSH(&e->builder.f->slots, slot);
  s->descriptor = ir_leaf(e->builder.f, IR_FRAME, IR_I64, (int64_t)e->builder.f->slots.count - 1);
  for (unsigned i = 0; i < DESCRIPTOR_BYTES; i += 8) {
    int64_t word = 0;
    for (unsigned k = 8; k-- > 0;)
      word = (int64_t)((uint64_t)word << 8 | bytes[i + k]);
    build_store(&e->builder, emit_number(e, word), descriptor_field(s, i));
  }
  if (epilogue->mode == DRAIN_BYTES && epilogue->multiplier == EPILOGUE_NONE)
    build_store(&e->builder, repeated(s, "multiplier", epilogue->multiplier_constant, 4),
                descriptor_field(s, AT_MULTIPLIER));
  if (epilogue->mode == DRAIN_BYTES && epilogue->shift == EPILOGUE_NONE && !epilogue->float_scale)
    build_store(&e->builder, repeated(s, "shift", epilogue->shift_constant, 1),
                descriptor_field(s, AT_SHIFT));
  store_run_time_fields(s);
  s->configured = emit_variable(e, emit_number(e, -1));
}

static IrValue correction_address(const Schedule *s) {
  return ir_leaf(s->e.builder.f, IR_FRAME, IR_I64, s->c->correction->slot);
}

void emit_drain_sums(Schedule *s) {
  static const uint8_t bytes[DESCRIPTOR_BYTES] = {DRAIN_RAW};
  IrValue address = emit_data(&s->e, ".Lkiln.drain.sums", bytes, DESCRIPTOR_BYTES, 8);
  emit_machine(&s->e, ISA_KT_DCFG, IR_VOID, 1, &address);
  if (s->parameters)
    set(s, s->configured, number(s, -1));
}

void emit_drain_parameters(Schedule *s, IrValue first) {
  Emitter *e = &s->e;
  const Epilogue *epilogue = &s->c->epilogue;
  FlowIf flow;
  if (!s->parameters)
    return;
  IrValue same = emit_equal(e, get(s, s->configured), first);
  flow_if(e, &flow, same);
  if (flow_else(e, &flow)) {
    static const uint8_t places[EPILOGUE_PARAMETERS] = {AT_BIAS, AT_MULTIPLIER, AT_SHIFT};
    const uint32_t accesses[EPILOGUE_PARAMETERS] = {epilogue->bias, epilogue->multiplier, epilogue->shift};
    for (unsigned i = 0; i < EPILOGUE_PARAMETERS; i++) {
      bool correction = places[i] == AT_BIAS && epilogue->corrected;
      if (accesses[i] == EPILOGUE_NONE && !correction)
        continue;
      IrValue moved = emit_mul_number(e, first, places[i] == AT_SHIFT ? 1 : 4);
      IrValue address = !correction        ? emit_add(e, emit_access(e, s->c->region, accesses[i]), moved)
                        : s->c->correction ? emit_add(e, correction_address(s), moved)
                                           : s->panel_bias;
      build_store(&e->builder, address, descriptor_field(s, places[i]));
    }
    IrValue valid = schedule_sent(s, epilogue->columns ? ROLE_COLUMN : ROLE_ROW);
    build_store(&e->builder, build1(&e->builder, IR_TRUNC, IR_I32, valid),
                descriptor_field(s, epilogue->columns ? AT_COLUMNS : AT_ROWS));
    emit_machine(e, ISA_KT_DCFG, IR_VOID, 1, &s->descriptor);
    set(s, s->configured, first);
  }
  flow_end_if(e, &flow);
}

void emit_drain(Schedule *s, unsigned parity) {
  const TilePlan *p = s->p;
  Emitter *e = &s->e;
  FlowIf flow;
  if (flow_if_likely(e, &flow, emit_less(e, number(s, 0), get(s, s->sent_rows)))) {
    emit_drain_parameters(s, get(s, s->sent_first));
    int64_t shape = __builtin_ctz(p->shape_rows) * 4 + __builtin_ctz(p->shape_columns);
    bool more = s->c->finish.any;
    IrValue operands[4] = {get(s, s->accumulators[!parity]),
                           more ? s->buffers[BUFFER_DRAINED] : schedule_result_place(s),
                           number(s, (int64_t)(more ? p->drained_pitch : p->result_pitch)), number(s, shape)};
    emit_machine(e, ISA_KT_DRAIN, IR_VOID, 4, operands);
  }
  flow_end_if(e, &flow);
}

// The block before this one leaves.
void emit_send(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  FlowIf flow;
  IrValue rows = schedule_sent(s, ROLE_ROW), columns = schedule_sent(s, ROLE_COLUMN);
  if (flow_if_likely(e, &flow, emit_less(e, number(s, 0), get(s, s->sent_rows)))) {
    DmaBox box = {.source = schedule_result_place(s), .destination = get(s, s->sent_to), .dimensions = 1};
    box.bytes = emit_mul_number(e, p->result_columns ? rows : columns, contraction_size(s->c, CONTRACTION_C));
    box.counts[0] = p->result_columns ? columns : rows;
    if (p->result_joined) {
      box.bytes = emit_mul_number(e, rows, (int64_t)p->result_pitch);
      box.dimensions = 0;
    }
    box.source_strides[0] = number(s, (int64_t)p->result_pitch);
    box.destination_strides[0] = s->strides[p->result_columns ? ROLE_COLUMN : ROLE_ROW][CONTRACTION_C];
    start(s, &box, IR_NONE);
  }
  flow_end_if(e, &flow);
}

static void fill(Schedule *s, unsigned buffer, IrValue from, IrValue bytes, int64_t slot) {
  DmaBox box = {.destination = emit_add(&s->e, s->buffers[buffer], from), .bytes = bytes};
  if (slot) {
    box.dimensions = 1;
    box.counts[0] = number(s, RING_SLOTS);
    box.source_strides[0] = number(s, 0);
    box.destination_strides[0] = number(s, slot);
  }
  start(s, &box, number(s, 0));
}

// Packing reads whole pieces, the last of which may be shorter, or may never come; and so in the last panel,
// behind which there is none.
static bool fill_pieces(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  int64_t row = schedule_raw_row(s, CONTRACTION_Y), quad = row * s->c->word, words = 0, piece = 0, total = 0,
          blocks = 0;
  IrValue from = number(s, 0), end = emit_mul_number(e, s->piece, quad);
  bool known = emit_is_number(e, s->extents[ROLE_SUM], &words) && emit_is_number(e, s->piece, &piece) &&
               emit_is_number(e, s->total, &total) && emit_is_number(e, s->blocks, &blocks);
  if (known && total >= blocks + RING_SLOTS && words == (int64_t)p->chunk) {
    // Each slot has had a piece by then, and the last one was the shortest.
    int64_t last = (int64_t)p->chunk_words - piece * ((int64_t)p->pieces - 1);
    if (last == piece && words % s->c->word == 0)
      return false;
    from = number(s, last > 0 ? last * quad : 0);
  }
  fill(s, BUFFER_RAW_Y, from, emit_sub(e, end, from), (int64_t)p->raw_slot_y);
  return true;
}

// Whether old values are loaded that have not come: in steps without rows, in the first pass,
// and behind the last block.
static bool loads_unset_values(Schedule *s) {
  int64_t total = 0;
  return !schedule_rows_full(s) || s->c->start != START_MEMORY || !emit_is_number(&s->e, s->total, &total) ||
         total < RING_SLOTS;
}

// What is read though no transfer brings it. The value: the id of what has to be waited for, since transfers
// write there, too; or IR_NONE.
IrValue emit_fill_start(Schedule *s) {
  Emitter *e = &s->e;
  const SpmBuffer *old = &s->p->buffers[BUFFER_START];
  bool raw = s->p->layouts[CONTRACTION_Y] == STAGE_PACK && !s->p->planes.bytes;
  bool any = raw && schedule_packs(s) && fill_pieces(s);
  if (s->p->accumulates && loads_unset_values(s)) {
    fill(s, BUFFER_START, number(s, 0), number(s, (int64_t)old->size), 0);
    any = true;
  }
  if (s->c->diagonal.columns) { // the same, where a panel comes at once
    for (unsigned i = BUFFER_Y0; i <= BUFFER_Y1; i++)
      if (s->p->buffers[i].size)
        fill(s, i, number(s, 0), number(s, (int64_t)s->p->buffers[i].size), 0);
    dma_wait(e, get(s, s->ids[0]));
  } else if (s->c->diagonal.groups) { // zeros beside each group's k
    unsigned to = s->p->planes.slabs.raw_pitch ? BUFFER_RAW_X : BUFFER_X;
    fill(s, to, number(s, 0), number(s, (int64_t)s->p->buffers[to].size), 0);
    any = true;
  }
  IrValue filled = any ? get(s, s->ids[0]) : IR_NONE;
  if (keeps_tails(s) && (!s->c->diagonal.groups || s->c->diagonal.columns) && !s->p->planes.slabs.chunk_in)
    fill_row_tails(s);
  return filled;
}
