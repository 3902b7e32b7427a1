// The code of bands (band.c). While a band is multiplied, the next one's rows come and the results of the one
// before leave; a block drains while the next one is multiplied, in the other half of the accumulators.
#include "target/tensor/band.h"
#include "target/tensor/tile.h"

#include <string.h>

typedef struct Writer {
  Schedule *s; // the emitter, and what the drain and the products are configured by
  const Bands *b;
  TilePlan *shape; // of s, for the panels that are being written
  IrValue buffers[BAND_BUFFERS];
  uint32_t band, rows, results; // number; where its rows and results are in the scratchpad
  uint32_t fetched, fetched_next, sent, sent_before; // ids of transfers
  uint32_t waits;                                    // whether this band's transfers are still to be started
  uint32_t y, column, group, drain_to;
  uint32_t accumulators[2];
} Writer;

static IrValue number(Writer *w, int64_t x) {
  return emit_number(&w->s->e, x);
}

// The first row of a band: the last one ends where the rows do.
static IrValue first_row(Writer *w, IrValue band) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  IrValue row = emit_mul_number(e, band, b->band_rows);
  return b->rows % b->band_rows == 0 ? row : emit_min(e, row, number(w, b->rows - b->band_rows));
}

// --- transfers

static void box_dimension(Writer *w, DmaBox *box, int64_t count, int64_t source, int64_t destination) {
  unsigned i = box->dimensions++;
  box->counts[i] = number(w, count);
  box->source_strides[i] = number(w, source);
  box->destination_strides[i] = number(w, destination);
}

// What loads read behind the values of k of rows that are no multiple of a word.
static void fill_rests(Writer *w) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  IrValue filled = IR_NONE;
  for (unsigned i = BAND_ROWS; i <= BAND_COLUMNS && b->x_row != b->row_bytes; i++) {
    DmaBox box = {.destination = w->buffers[i],
                  .bytes = number(w, (int64_t)b->buffers[i].size),
                  .most = w->s->most_dimensions};
    filled = dma_start(e, &box, number(w, 0));
  }
  if (filled != IR_NONE)
    dma_wait(e, filled);
}

static void fetch_columns(Writer *w) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  DmaBox box = {.source = emit_access(e, b->c.region, b->c.operands[CONTRACTION_Y].access),
                .destination = w->buffers[BAND_COLUMNS],
                .bytes = number(w, b->row_bytes),
                .most = w->s->most_dimensions};
  box_dimension(w, &box, b->columns, b->y_stride, b->y_pitch);
  dma_start(e, &box, IR_NONE);
}

static void fetch_rows(Writer *w, IrValue band, IrValue to) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  IrValue from = emit_access(e, b->c.region, b->c.operands[CONTRACTION_X].access);
  DmaBox box = {.source = emit_add(e, from, emit_mul_number(e, first_row(w, band), b->x_stride)),
                .destination = to,
                .bytes = number(w, b->row_bytes),
                .most = w->s->most_dimensions};
  if (b->x_stride == b->row_bytes && b->x_row == b->row_bytes)
    box.bytes = number(w, b->row_bytes * b->blocks);
  else
    box_dimension(w, &box, b->blocks, b->x_stride, b->x_row);
  box_dimension(w, &box, b->block_rows, b->x_stride * b->blocks, b->x_pitch);
  set(w->s, w->fetched, get(w->s, w->fetched_next));
  set(w->s, w->fetched_next, dma_start(e, &box, IR_NONE));
}

// But for the first `before` rows of the band, which the one before it has sent.
static void send_results(Writer *w, IrValue band, IrValue from, int64_t before) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  int64_t rows = b->band_rows - before;
  IrValue row = emit_add_number(e, first_row(w, band), before);
  IrValue to = emit_access(e, b->c.region, b->c.operands[CONTRACTION_C].access);
  DmaBox box = {.source = emit_add_number(e, from, before * b->result_row),
                .destination = emit_add(e, to, emit_mul_number(e, row, b->c_stride)),
                .bytes = number(w, b->result_row),
                .most = w->s->most_dimensions};
  if (b->c_stride == b->result_row)
    box.bytes = number(w, b->result_row * rows);
  else
    box_dimension(w, &box, rows, b->result_row, b->c_stride);
  set(w->s, w->sent_before, get(w->s, w->sent));
  set(w->s, w->sent, dma_start(e, &box, IR_NONE));
}

// The slot behind (or before) the one in a variable.
static IrValue other_slot(Writer *w, unsigned buffer, uint32_t slot, int64_t size, bool before) {
  Emitter *e = &w->s->e;
  IrValue first = w->buffers[buffer], last = emit_add_number(e, first, size * (BAND_SLOTS - 1)),
          now = get(w->s, slot);
  IrValue step = emit_add_number(e, now, before ? -size : size);
  return emit_choose(e, emit_equal(e, now, before ? first : last), before ? last : first, step);
}

// A transfer's start waits for all drains. So this stands behind the products of a band's first block.
static void start_transfers(Writer *w) {
  Emitter *e = &w->s->e;
  FlowIf first, next, before;
  IrValue zero = number(w, 0), band = get(w->s, w->band);
  flow_if(e, &first, emit_equal(e, get(w->s, w->waits), zero));
  if (flow_else(e, &first)) {
    IrValue ahead = emit_add_number(e, band, BAND_SLOTS - 1), fetched = get(w->s, w->fetched_next);
    if (flow_if(e, &next, emit_less(e, ahead, number(w, w->b->bands))))
      fetch_rows(w, ahead, other_slot(w, BAND_ROWS, w->rows, w->b->slot, true));
    if (flow_else(e, &next))
      set(w->s, w->fetched, fetched);
    flow_end_if(e, &next);
    if (flow_if(e, &before, emit_less(e, zero, band)))
      send_results(w, emit_add_number(e, band, -1),
                   other_slot(w, BAND_RESULTS, w->results, w->b->result_slot, true), 0);
    flow_end_if(e, &before);
    set(w->s, w->waits, zero);
  }
  flow_end_if(e, &first);
}

// --- blocks

static IrValue load_words(Writer *w, unsigned registers, IrValue at, int64_t pitch, int64_t count) {
  Builder *builder = &w->s->e.builder;
  VectorConfig config = {.sew = 32, .lmul = (int8_t)__builtin_ctz(registers)};
  IrValue length = count == (int64_t)registers * w->b->tile ? IR_AVL_MAX : number(w, count);
  IrValue operands[2] = {at, number(w, pitch)};
  return build_machine(builder, ISA_VLSE32_V, ir_vector(registers, registers), config, length, 2, operands);
}

static void multiply(Writer *w, const BandPanels *panels, unsigned parity, IrValue *x, IrValue *y,
                     bool first) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  IrValue rows = load_words(w, b->shape_rows, *x, b->x_pitch, b->block_rows);
  IrValue columns = load_words(w, panels->shape_columns, *y, b->y_pitch, panels->columns);
  uint32_t sums = w->accumulators[parity];
  set(w->s, sums, emit_product(w->s, first ? IR_NONE : get(w->s, sums), rows, columns));
  *x = emit_add_number(e, *x, 4);
  *y = emit_add_number(e, *y, 4);
}

static void drain(Writer *w, const BandPanels *panels, unsigned parity) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  IrValue shape = number(w, __builtin_ctz(b->shape_rows) * 4 + __builtin_ctz(panels->shape_columns));
  IrValue operands[4] = {get(w->s, w->accumulators[parity]), get(w->s, w->drain_to),
                         number(w, b->result_row * b->blocks), shape};
  emit_machine(e, ISA_KT_DRAIN, IR_VOID, 4, operands);
}

// The block before this one drains when this one has begun, so that they have accumulators of their own.
static void drain_before(Writer *w, const BandPanels *panels, unsigned parity) {
  Emitter *e = &w->s->e;
  FlowIf flow;
  if (parity) {
    drain(w, panels, 0);
    return;
  }
  if (flow_if_likely(e, &flow, emit_less(e, number(w, 0), get(w->s, w->drain_to))))
    drain(w, panels, 1);
  flow_end_if(e, &flow);
}

static void emit_block(Writer *w, const BandPanels *panels, unsigned parity, bool transfers) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  IrValue offset = emit_add_number(e, get(w->s, w->group), parity);
  IrValue x = emit_add(e, get(w->s, w->rows), emit_mul_number(e, offset, b->x_row)), y = get(w->s, w->y);
  multiply(w, panels, parity, &x, &y, true);
  drain_before(w, panels, parity);
  for (int64_t i = 1; i < b->words; i++)
    multiply(w, panels, parity, &x, &y, false);
  // Back from its end: addresses that were the same in all blocks would be kept, each in a register.
  set(w->s, w->y, emit_add_number(e, y, -4 * b->words));
  if (transfers && !parity)
    start_transfers(w);
  int64_t size = contraction_size(&b->c, CONTRACTION_C);
  IrValue to = emit_add(e, get(w->s, w->results), emit_mul_number(e, offset, b->result_row));
  set(w->s, w->drain_to, emit_add(e, to, emit_mul_number(e, get(w->s, w->column), size)));
}

// The blocks of a band in one panel.
static void emit_panel(Writer *w, const BandPanels *panels, bool transfers) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  FlowLoop loop;
  for (unsigned i = 0; i < 2; i++) {
    IrType type = ir_accumulators(b->shape_rows * panels->shape_columns);
    set(w->s, w->accumulators[i], build_undefined(&e->builder, type));
  }
  emit_drain_parameters(w->s, get(w->s, w->column));
  IrValue limits[2] = {number(w, b->block_rows), number(w, panels->columns)};
  emit_machine(e, ISA_KT_DEXT, IR_VOID, 2, limits);
  set(w->s, w->drain_to, number(w, 0));
  set(w->s, w->group, number(w, 0));
  flow_loop(e, &loop);
  for (unsigned parity = 0; parity < 2; parity++)
    emit_block(w, panels, parity, transfers);
  move(w->s, w->group, number(w, 2));
  flow_end_loop(e, &loop, emit_less(e, get(w->s, w->group), number(w, b->blocks)));
  drain(w, panels, 1);
}

static void emit_panels(Writer *w, const BandPanels *panels, bool transfers) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  FlowLoop loop;
  w->shape->shape_columns = panels->shape_columns;
  w->shape->block_columns = (unsigned)(panels->shape_columns * b->tile);
  w->s->extents[ROLE_COLUMN] = number(w, panels->columns);
  set(w->s, w->column, number(w, panels->first));
  set(w->s, w->y, emit_add_number(e, w->buffers[BAND_COLUMNS], panels->first * b->y_pitch));
  if (panels->count == 1) {
    emit_panel(w, panels, transfers);
    return;
  }
  flow_loop(e, &loop);
  emit_panel(w, panels, transfers);
  move(w->s, w->column, number(w, panels->columns));
  move(w->s, w->y, number(w, panels->columns * b->y_pitch));
  IrValue end = number(w, panels->first + panels->count * panels->columns);
  flow_end_loop(e, &loop, emit_less(e, get(w->s, w->column), end));
}

static void emit_band(Writer *w) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  dma_wait(e, get(w->s, w->fetched));
  dma_wait(e, get(w->s, w->sent_before));
  set(w->s, w->waits, number(w, 1));
  for (uint32_t i = 0; i < b->kind_count; i++)
    emit_panels(w, &b->kinds[i], i == 0);
  move(w->s, w->band, number(w, 1));
  set(w->s, w->rows, other_slot(w, BAND_ROWS, w->rows, b->slot, false));
  set(w->s, w->results, other_slot(w, BAND_RESULTS, w->results, b->result_slot, false));
}

static void start_writer(Writer *w) {
  Schedule *s = w->s;
  Emitter *e = &s->e;
  SymbolId symbol = spm_symbol(e->target, e->builder.f, w->b->spm_bytes, w->b->spm_alignment);
  IrValue spm = ir_leaf(e->builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0)), zero = number(w, 0);
  for (unsigned i = 0; i < BAND_BUFFERS; i++)
    w->buffers[i] = emit_add_number(e, spm, (int64_t)w->b->buffers[i].offset);
  uint32_t *variables[] = {&w->band,
                           &w->rows,
                           &w->results,
                           &w->fetched,
                           &w->fetched_next,
                           &w->sent,
                           &w->sent_before,
                           &w->waits,
                           &w->y,
                           &w->column,
                           &w->group,
                           &w->drain_to,
                           &w->accumulators[0],
                           &w->accumulators[1]};
  for (unsigned i = 0; i < sizeof variables / sizeof *variables; i++)
    *variables[i] = emit_variable(e, zero);
  set(s, w->rows, w->buffers[BAND_ROWS]);
  set(s, w->results, w->buffers[BAND_RESULTS]);
}

void emit_bands(Target *target, Bands *b, IrValue condition) {
  Emitter e = {.target = target, .machine = target->machine};
  IrValue first = (IrValue)b->c.region->function->insns.count;
  TilePlan shape = {.tile = (unsigned)b->tile,
                    .shape_rows = b->shape_rows,
                    .block_rows = (unsigned)b->block_rows,
                    .block_columns = (unsigned)(b->kinds[0].shape_columns * b->tile),
                    .spm_bytes = b->spm_bytes,
                    .spm_alignment = b->spm_alignment};
  Schedule *s = checked_malloc(sizeof *s);
  memset(s, 0, sizeof *s);
  e.builder = region_open(b->c.region, condition);
  emit_sums(&e, &b->c);
  s->e = e;
  s->c = &b->c;
  s->p = &shape;
  s->most_dimensions = 2;
  Writer w = {.s = s, .b = b, .shape = &shape};
  start_writer(&w);
  dma_reset(&s->e);
  IrValue code = emit_code_copy(&s->e, b->c.region, b->spm_bytes, b->spm_alignment, s->most_dimensions);
  emit_configure_drain(s);
  fill_rests(&w);
  fetch_columns(&w);
  for (int64_t i = 0; i < BAND_SLOTS - 1 && i < b->bands; i++)
    fetch_rows(&w, number(&w, i), emit_add_number(&s->e, w.buffers[BAND_ROWS], i * b->slot));
  if (b->bands == 1)
    set(s, w.fetched, get(s, w.fetched_next));
  emit_code_move(&s->e, code);
  FlowLoop loop;
  flow_loop(&s->e, &loop);
  emit_band(&w);
  flow_end_loop(&s->e, &loop, emit_less(&s->e, get(s, w.band), number(&w, b->bands)));
  send_results(&w, number(&w, b->bands - 1), other_slot(&w, BAND_RESULTS, w.results, b->result_slot, true),
               b->bands * b->band_rows - b->rows);
  dma_wait(&s->e, get(s, w.sent));
  region_close(b->c.region, &s->e.builder, NULL);
  emit_remove_dead(&s->e, first);
  free(s);
}
