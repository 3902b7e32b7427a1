// The code of a depthwise convolution (depthwise.c). Tiles follow one another: while one is multiplied the
// rows of the next come and the results of the one before leave. Within a tile all rows of a strip of pixels
// are made for the same channels, whose weights stay in registers. An input row is loaded once for all rows
// of results of a block; a row of results drains as soon as the last of its input rows has been added, while
// the next ones go on in other accumulators.
#include "target/tensor/tile/depthwise_code.h"
#include "target/tensor/tile/size.h"

#include <string.h>

enum {
  MOST_VECTORS = 16,
};

// --- weights

// Offsets of an accumulator's weights in the order in which kt.mdw has them.
static void load_index(Writer *w) {
  const Depthwise *d = w->d;
  uint32_t count = DEPTHWISE_TAPS * (uint32_t)d->tile, bytes = 2 * count;
  uint8_t *offsets = arena_alloc(d->c.region->arena, bytes, 2), *data = offsets;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t channel =
        i / (DEPTHWISE_TAPS * DEPTHWISE_CHANNELS) * DEPTHWISE_CHANNELS + i % DEPTHWISE_CHANNELS;
    uint32_t offset = i / DEPTHWISE_CHANNELS % DEPTHWISE_TAPS * (uint32_t)d->tap_pitch +
                      channel * (uint32_t)d->channel_pitch;
    *data++ = (uint8_t)offset;
    *data++ = (uint8_t)(offset >> 8);
  }
  const char *name = arena_format(&w->e->target->arena, ".Lkiln.depthwise.%lld.%lld.%lld", (long long)d->tile,
                                  (long long)d->tap_pitch, (long long)d->channel_pitch);
  IrValue address = emit_data(w->e, name, offsets, bytes, 8);
  VectorConfig config = {.sew = 16, .lmul = 1};
  w->index =
      build_machine(&w->e->builder, ISA_VLE16_V, ir_vector(2, 2), config, number(w, count), 1, &address);
}

static unsigned accumulators_across(const Depthwise *d) {
  return (unsigned)(d->block_channels / d->tile);
}

static void load_weights(Writer *w, IrValue channel) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  int64_t across = accumulators_across(d);
  IrValue from = emit_add(e, w->buffers[DEPTHWISE_WEIGHTS], emit_mul_number(e, channel, d->channel_pitch));
  for (int64_t i = 0; i < depthwise_kernels(d); i++) {
    IrValue at = emit_add_number(
        e, from, i / across * DEPTHWISE_TAPS * d->tap_pitch + i % across * d->tile * d->channel_pitch);
    VectorConfig config = {.sew = 8, .lmul = 0};
    IrValue operands[2] = {at, w->index};
    w->weights[i] = build_machine(&e->builder, ISA_VLUXEI16_V, ir_vector(1, 1), config,
                                  number(w, DEPTHWISE_TAPS * d->tile), 2, operands);
  }
}

static IrValue vector(Writer *w, IsaOp op, unsigned sew, unsigned registers, IrValue vl, uint32_t count,
                      const IrValue *operands) {
  VectorConfig config = {.sew = (uint8_t)sew, .lmul = (int8_t)__builtin_ctz(registers)};
  if (op == ISA_VWADD_WV || op == ISA_VWADDU_WV)
    config.lmul--;
  IrType type = op == ISA_VSE32_V ? IR_VOID : ir_vector(registers, registers);
  return build_machine(&w->e->builder, op, type, config, vl, count, operands);
}

// The sums of each channel's weights, which a zero point of X is multiplied with: few enough for 16 bits.
static void sum_weights(Writer *w) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  bool is_signed = d->c.operands[CONTRACTION_Y].is_signed;
  IrValue place = ir_leaf(e->builder.f, IR_FRAME, IR_I64, d->c.correction->slot);
  uint32_t from = emit_variable(e, w->buffers[DEPTHWISE_WEIGHTS]), to = emit_variable(e, place);
  uint32_t left = emit_variable(e, number(w, d->channels));
  FlowLoop loop;
  flow_loop(e, &loop);
  IrValue vl = build_setvl(&e->builder, get_of(w, left), 32, 2), total = IR_NONE;
  for (int64_t tap = 0; tap < d->window * depthwise_reach(d); tap++) {
    IrValue at[2] = {emit_add_number(e, get_of(w, from), tap * d->tap_pitch), number(w, d->channel_pitch)};
    bool near = d->channel_pitch == 1;
    IrValue operands[2] = {total, vector(w, near ? ISA_VLE8_V : ISA_VLSE8_V, 8, 1, vl, near ? 1 : 2, at)};
    total = total == IR_NONE
                ? vector(w, is_signed ? ISA_VSEXT_VF2 : ISA_VZEXT_VF2, 16, 2, vl, 1, operands + 1)
                : vector(w, is_signed ? ISA_VWADD_WV : ISA_VWADDU_WV, 8, 2, vl, 2, operands);
  }
  IrValue stored[2] = {vector(w, ISA_VSEXT_VF2, 32, 4, vl, 1, &total), get_of(w, to)};
  vector(w, ISA_VSE32_V, 32, 4, vl, 2, stored);
  e->variables[from] = emit_add(e, get_of(w, from), emit_mul_number(e, vl, d->channel_pitch));
  e->variables[to] = emit_add(e, get_of(w, to), emit_mul_number(e, vl, 4));
  e->variables[left] = emit_sub(e, get_of(w, left), vl);
  flow_end_loop(e, &loop, emit_less(e, number(w, 0), get_of(w, left)));
}

// --- a block

// A load: words of channels, of the pixels from input row `row` on.
typedef struct Step {
  int64_t row, triple, quad, fields;
  bool first, last; // of this row
} Step;

typedef struct Block {
  int64_t first_rows[MOST_VECTORS]; // of each vector
  int64_t vectors;
  unsigned count;
  Step steps[DEPTHWISE_LOADS];
  IrValue sums[MOST_VECTORS];
  int64_t zeroed; // vectors
  int64_t drained;
} Block;

// Tap row that input row `row` is for vector v; none: -1.
static int64_t tap_row(const Depthwise *d, const Block *b, int64_t v, int64_t row) {
  int64_t k = row - b->first_rows[v] * d->row_step;
  return k >= 0 && k < d->window ? k : -1;
}

// Loads for three taps of a row take turns in the accumulators that they are for.
static void add_triple(const Depthwise *d, Block *b, int64_t row, int64_t triple) {
  int64_t across = accumulators_across(d), per = d->tile / DEPTHWISE_CHANNELS, quads = across * per;
  Step step = {.row = row, .triple = triple, .fields = d->fields};
  if (per % d->fields == 0) {
    for (int64_t i = 0; i < per; i += d->fields)
      for (int64_t a = 0; a < across; a++)
        step.quad = a * per + i, b->steps[b->count++] = step;
  } else {
    for (int64_t i = 0; i < quads; i += d->fields)
      step.quad = i, step.fields = size_smaller(d->fields, quads - i), b->steps[b->count++] = step;
  }
}

static void add_steps(const Depthwise *d, Block *b, int64_t row) {
  unsigned first = b->count;
  for (int64_t triple = 0; triple < d->triples; triple++)
    add_triple(d, b, row, triple);
  b->steps[first].first = b->steps[b->count - 1].last = true;
}

static void plan_block(const Depthwise *d, Block *b) {
  memset(b, 0, sizeof *b);
  b->vectors = d->block_vectors;
  for (int64_t v = 0; v < b->vectors; v++)
    b->first_rows[v] = size_smaller(v * d->joined, d->block_rows - d->joined);
  for (int64_t row = 0; row < (d->block_rows - 1) * d->row_step + d->window; row++) {
    bool used = false;
    for (int64_t v = 0; v < b->vectors; v++)
      used = used || tap_row(d, b, v, row) >= 0;
    if (used)
      add_steps(d, b, row);
  }
}

static IsaOp product_op(const Contraction *c) {
  bool x = c->operands[CONTRACTION_X].is_signed, y = c->operands[CONTRACTION_Y].is_signed;
  return x ? (y ? ISA_KT_MDW_SS : ISA_KT_MDW_SU) : (y ? ISA_KT_MDW_US : ISA_KT_MDW_UU);
}

// Fields of a load lie some registers apart.
static IrValue load_pixels(Writer *w, IrValue row, const Step *step) {
  const Depthwise *d = w->d;
  unsigned registers = depthwise_field_registers(d);
  int64_t words = (d->lanes - 1) * d->step + DEPTHWISE_TAPS;
  VectorConfig config = {.sew = 32, .lmul = (int8_t)(registers / 2)};
  int64_t at = step->triple * DEPTHWISE_TAPS * d->pitch + step->quad * DEPTHWISE_CHANNELS;
  IrValue operands[2] = {emit_add_number(w->e, row, at), number(w, d->pitch)};
  IsaOp op = step->fields > 1 ? ISA_VLSSEG2E32_V : ISA_VLSE32_V;
  return build_machine(&w->e->builder, op, ir_vector(registers * (unsigned)step->fields, registers), config,
                       number(w, words), 2, operands);
}

// What a load gives to the vectors of results.
static void multiply(Writer *w, Block *b, const Step *step, IrValue pixels) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  int64_t across = accumulators_across(d), per = d->tile / DEPTHWISE_CHANNELS;
  for (int64_t field = 0; field < step->fields; field++) {
    int64_t quad = step->quad + field;
    IrValue x = build_part(&e->builder, ir_vector((unsigned)d->step + 1, 1), pixels,
                           (unsigned)field * depthwise_field_registers(d));
    for (int64_t v = 0; v < b->vectors; v++) {
      int64_t k = tap_row(d, b, v, step->row);
      if (k < 0)
        continue;
      IrValue operands[5] = {number(w, quad % per), x,
                             w->weights[(k * d->triples + step->triple) * across + quad / per],
                             number(w, quad % per), number(w, d->step)};
      b->sums[v] = build_machine_into(&e->builder, product_op(&d->c), b->sums[v], (unsigned)(quad / per),
                                      (VectorConfig){0}, IR_NONE, 5, operands);
    }
  }
}

static unsigned accumulator_set(const Depthwise *d) {
  unsigned across = accumulators_across(d);
  return across == 3 ? 4 : across; // groups are powers of two
}

// Vectors to which this input row or the next adds. They are given their accumulators before older ones
// drain, so that these are others.
static void zero_vectors(Writer *w, Block *b, int64_t row) {
  Emitter *e = w->e;
  IrValue count = number(w, accumulator_set(w->d));
  for (; b->zeroed < b->vectors && b->first_rows[b->zeroed] * w->d->row_step <= row; b->zeroed++)
    b->sums[b->zeroed] = emit_machine(e, ISA_KT_ZERO, ir_accumulators(accumulator_set(w->d)), 1, &count);
}

// Vectors to which this input row was the last to add.
static void drain_vectors(Writer *w, Block *b, int64_t row, IrValue results) {
  const Depthwise *d = w->d;
  for (; b->drained < b->vectors && b->first_rows[b->drained] * d->row_step + d->window - 1 <= row;
       b->drained++) {
    int64_t at = b->first_rows[b->drained] * d->row_positions * result_bytes(d);
    IrValue operands[4] = {b->sums[b->drained], emit_add_number(w->e, results, at),
                           number(w, result_bytes(d)),
                           number(w, INT64_C(4) * __builtin_ctz(accumulator_set(d)))};
    emit_machine(w->e, ISA_KT_DRAIN, IR_VOID, 4, operands);
  }
}

// Where an input row is, from the one at row `at` on, if there is one (IR_NONE). The step is an instruction
// as it is: as the sum of a base and a constant each load's address would be one of its own.
static IrValue row_address(Writer *w, IrValue before, int64_t at, int64_t row, IrValue halo, IrValue rows) {
  const Depthwise *d = w->d;
  if (before == IR_NONE || (at < d->halo) != (row < d->halo))
    return emit_add_number(w->e, row < d->halo ? halo : rows, row * row_bytes(d));
  IrValue operands[2] = {before, number(w, (row - at) * row_bytes(d))};
  return emit_machine(w->e, ISA_ADD, IR_I64, 2, operands);
}

// Input rows are at `rows`, the first of them, that the tile before had, at `halo`.
static void emit_block(Writer *w, Block *b, IrValue halo, IrValue rows, IrValue results) {
  const Depthwise *d = w->d;
  IrValue pixels[DEPTHWISE_AHEAD + 1], row = IR_NONE;
  int64_t at = -1;
  plan_block(d, b);
  for (unsigned i = 0; i < b->count + DEPTHWISE_AHEAD; i++) {
    if (i < b->count) {
      const Step *step = &b->steps[i];
      if (step->first) {
        row = row_address(w, row, at, step->row, halo, rows);
        at = step->row;
      }
      pixels[i % (DEPTHWISE_AHEAD + 1)] = load_pixels(w, row, step);
    }
    if (i < DEPTHWISE_AHEAD)
      continue;
    const Step *step = &b->steps[i - DEPTHWISE_AHEAD];
    zero_vectors(w, b, step->row);
    multiply(w, b, step, pixels[(i - DEPTHWISE_AHEAD) % (DEPTHWISE_AHEAD + 1)]);
    if (!step->last)
      continue;
    // What comes next is given its accumulators before these drain, so that they are others.
    zero_vectors(w, b, step->row + 1);
    drain_vectors(w, b, step->row, results);
  }
}

// --- a tile

typedef struct Count {
  uint32_t variable;
  int64_t count;
  FlowLoop loop;
} Count;

// The number that the loop is at.
static IrValue start_count(Writer *w, Count *c, int64_t count) {
  *c = (Count){.count = count};
  if (count == 1)
    return number(w, 0);
  c->variable = emit_variable(w->e, number(w, 0));
  flow_loop(w->e, &c->loop);
  return get_of(w, c->variable);
}

static void end_count(Writer *w, Count *c) {
  if (c->count == 1)
    return;
  IrValue next = emit_add_number(w->e, get_of(w, c->variable), 1);
  w->e->variables[c->variable] = next;
  flow_end_loop(w->e, &c->loop, emit_less(w->e, next, number(w, c->count)));
}

static void start_channels(Writer *w, IrValue channel) {
  const Depthwise *d = w->d;
  load_weights(w, channel);
  w->s->e = *w->e;
  emit_drain_parameters(w->s, channel);
  *w->e = w->s->e;
  if (d->lanes == d->tile && accumulators_across(d) == accumulator_set(d))
    return;
  IrValue limits[2] = {number(w, d->block_channels), number(w, d->lanes)};
  emit_machine(w->e, ISA_KT_DEXT, IR_VOID, 2, limits);
}

// Waits for what this round of a loop of the tile needs, if the tile's rows come by it. The first piece is
// there.
static void await_piece(Writer *w, DepthwiseCut cut, IrValue round) {
  Emitter *e = w->e;
  if (w->d->fetch_cut != cut || w->d->pieces == 1)
    return;
  dma_wait(e, emit_add(e, w->piece, emit_divide(e, round, w->d->piece_rounds)));
}

static void emit_strips(Writer *w, Block *b, IrValue channel) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  Count strips, groups;
  int64_t pixel = result_bytes(d);
  IrValue results = emit_add(e, get_of(w, w->results[0]),
                             emit_mul_number(e, channel, (int64_t)contraction_size(&d->c, CONTRACTION_C)));
  IrValue strip = start_count(w, &strips, d->strips), column = strip;
  await_piece(w, DEPTHWISE_BY_STRIPS, strip);
  if (d->strips > 1)
    column = part_start(w, strip, d->lanes, d->width);
  IrValue right = emit_add(e, channel, emit_mul_number(e, column, d->step * d->pitch));
  IrValue rows = emit_add(e, get_of(w, w->rows[0]), right), halo = emit_add(e, get_of(w, w->halo), right);
  results = emit_add(e, results, emit_mul_number(e, column, pixel));
  IrValue group = start_count(w, &groups, d->groups), first = number(w, 0);
  await_piece(w, DEPTHWISE_BY_GROUPS, group);
  if (d->groups > 1)
    first = part_start(w, group, d->block_rows, d->tile_rows);
  rows = emit_add(e, rows, emit_mul_number(e, first, d->row_step * row_bytes(d)));
  if (!d->keeps)
    halo = rows;
  else if (d->groups > 1)
    halo = emit_choose(e, emit_equal(e, group, number(w, 0)), halo, rows);
  results = emit_add(e, results, emit_mul_number(e, first, d->row_positions * pixel));
  emit_block(w, b, halo, rows, results);
  depthwise_send_round(w, DEPTHWISE_BY_GROUPS, group);
  end_count(w, &groups);
  depthwise_send_round(w, DEPTHWISE_BY_STRIPS, strip);
  end_count(w, &strips);
}

// Places take turns: the first of them is the next tile's then.
static void turn(Writer *w, const uint32_t *variables, unsigned count) {
  IrValue first = get_of(w, variables[0]);
  for (unsigned i = 0; i + 1 < count; i++)
    w->e->variables[variables[i]] = get_of(w, variables[i + 1]);
  w->e->variables[variables[count - 1]] = first;
}

// The next tile waits for its input only; the last one's results are waited for behind the loop.
static void end_tile(Writer *w, IrValue tile, IrValue next) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  IrValue fetched = get_of(w, w->id), is_last = emit_equal(e, next, number(w, d->tiles));
  FlowIf last;
  if (flow_if(e, &last, is_last) && d->send_cut == DEPTHWISE_WHOLE)
    depthwise_send_tile(w, tile, get_of(w, w->results[0]));
  if (flow_else(e, &last)) {
    depthwise_send_tile(w, tile, get_of(w, w->results[0]));
    e->variables[w->id] = fetched;
  }
  flow_end_if(e, &last);
  e->variables[w->tile] = next;
  turn(w, w->rows, d->places);
  turn(w, w->results, d->places);
  e->variables[w->halo] = d->keeps ? get_of(w, w->next_halo) : get_of(w, w->rows[0]);
}

static void emit_tile(Writer *w, Block *b) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  IrValue tile = get_of(w, w->tile), next = emit_add_number(e, tile, 1);
  w->piece = emit_add_number(e, get_of(w, w->id), 1 - d->pieces);
  dma_wait(e, w->piece);
  FlowIf flow;
  if (flow_if(e, &flow, emit_less(e, next, number(w, d->tiles))))
    depthwise_fetch_tile(w, next, get_of(w, w->rows[d->places > 1]), get_of(w, w->rows[0]));
  flow_end_if(e, &flow);
  IrValue slice = emit_remainder(e, emit_divide(e, tile, d->bands), d->slices);
  IrValue first_channel = part_start(w, slice, d->tile_channels, d->channels);
  Count parts;
  IrValue part = start_count(w, &parts, d->parts), channel = number(w, 0);
  await_piece(w, DEPTHWISE_BY_PARTS, part);
  if (d->parts > 1)
    channel = part_start(w, part, d->block_channels, d->tile_channels);
  start_channels(w, emit_add(e, first_channel, channel));
  emit_strips(w, b, channel);
  depthwise_send_round(w, DEPTHWISE_BY_PARTS, part);
  end_count(w, &parts);
  end_tile(w, tile, next);
}

static void start_writer(Writer *w) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  SymbolId symbol = spm_symbol(e->target, e->builder.f, d->spm_bytes, d->spm_alignment);
  IrValue spm = ir_leaf(e->builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0)), zero = number(w, 0);
  for (unsigned i = 0; i < DEPTHWISE_BUFFERS; i++)
    w->buffers[i] = emit_add_number(e, spm, (int64_t)d->buffers[i].offset);
  w->id = emit_variable(e, zero);
  w->tile = emit_variable(e, zero);
  for (unsigned i = 0; i < d->places; i++) {
    w->rows[i] = emit_variable(e, w->buffers[DEPTHWISE_INPUT + i]);
    w->results[i] = emit_variable(e, w->buffers[DEPTHWISE_RESULT + i]);
  }
  w->halo = emit_variable(e, w->buffers[DEPTHWISE_INPUT]);
  w->next_halo = emit_variable(e, w->buffers[DEPTHWISE_INPUT]);
}

static void emit_tiles(Writer *w) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  Block *b = checked_malloc(sizeof *b);
  FlowLoop loop;
  flow_loop(e, &loop);
  emit_tile(w, b);
  flow_end_loop(e, &loop, emit_less(e, get_of(w, w->tile), number(w, d->tiles)));
  dma_wait(e, get_of(w, w->id));
  free(b);
}

void emit_depthwise(Target *target, Depthwise *d, IrValue condition) {
  Emitter e = {.target = target, .machine = target->machine};
  IrValue first = (IrValue)d->c.region->function->insns.count;
  TilePlan drain = {.result_columns = true, .block_rows = (unsigned)d->block_channels};
  Schedule *s = checked_malloc(sizeof *s);
  memset(s, 0, sizeof *s);
  e.builder = region_open(d->c.region, condition);
  s->c = &d->c;
  s->p = &drain;
  Writer w = {.e = &e, .s = s, .d = d};
  start_writer(&w);
  dma_reset(&e);
  IrValue code = emit_code_copy(&e, d->c.region, d->spm_bytes, d->spm_alignment, 2);
  s->e = e;
  s->extents[ROLE_ROW] = number(&w, d->block_channels);
  emit_configure_drain(s);
  e = s->e;
  // Of the weights first those of the first tile, unless all are needed before.
  int64_t channels = d->c.correction ? d->channels : d->tile_channels;
  depthwise_fetch_weights(&w, 0, channels);
  IrValue weights = e.variables[w.id];
  depthwise_fill_columns(&w, 0);
  depthwise_fetch_tile(&w, number(&w, 0), w.buffers[DEPTHWISE_INPUT], IR_NONE);
  IrValue fetched = e.variables[w.id];
  for (unsigned i = 1; i < d->places; i++)
    depthwise_fill_columns(&w, i);
  if (channels < d->channels)
    depthwise_fetch_weights(&w, channels, d->channels - channels);
  e.variables[w.id] = fetched;
  load_index(&w);
  emit_code_move(&e, code);
  if (d->c.correction) {
    dma_wait(&e, weights);
    sum_weights(&w);
    emit_correction(&e, d->c.region, d->c.correction);
  }
  emit_tiles(&w);
  region_close(d->c.region, &e.builder, NULL);
  emit_remove_dead(&e, first);
  free(s);
}
