// The code of bands (band.c). While a band is multiplied, the next one's rows come and the results of the one
// before leave; a block drains while the next one is multiplied, in the other half of the accumulators.
#include "target/tensor/tile/band.h"
#include "target/tensor/tile/tile.h"

#include <string.h>

enum { PACK_TOGETHER = 4 }; // words of k

typedef struct Writer {
  Schedule *s; // the emitter, and what the drain and the products are configured by
  const Bands *b;
  TilePlan *shape; // of s, for the panels that are being written
  IrValue buffers[BAND_BUFFERS];
  uint32_t band, rows, results; // number; where its rows and results are in the scratchpad
  uint32_t fetched, fetched_next, sent, sent_before; // ids of transfers
  uint32_t waits;                                    // whether this band's transfers are still to be started
  uint32_t y, column, group, drain_to;
  IrValue index;        // of the pixels of a block
  IrValue columns_come; // id of their transfer, before they are packed
  uint32_t accumulators[2];
} Writer;

static IrValue number(Writer *w, int64_t x) {
  return emit_number(&w->s->e, x);
}

// How far on a band begins in steps of `stride`, each band `size` of `total` steps: the last one ends where
// they do.
static IrValue band_start(Writer *w, IrValue band, int64_t size, int64_t total, int64_t stride) {
  Emitter *e = &w->s->e;
  IrValue first = emit_mul_number(e, band, size);
  if (total % size != 0)
    first = emit_min(e, first, number(w, total - size));
  return emit_mul_number(e, first, stride);
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
  for (unsigned i = 0; i < BAND_BUFFERS && b->run_words * 4 != b->row_bytes; i++) {
    if ((i >= BAND_ROWS + BAND_SLOTS && i != BAND_COLUMNS && i != BAND_RAW) || !b->buffers[i].size)
      continue;
    DmaBox box = {.destination = w->buffers[i],
                  .bytes = number(w, (int64_t)b->buffers[i].size),
                  .most = w->s->most_dimensions};
    filled = dma_start(e, &box, number(w, 0));
  }
  if (filled != IR_NONE)
    dma_wait(e, filled);
}

static int64_t columns_bytes(const Bands *b) {
  return b->columns * b->y_pitch;
}

// Rows of columns that lie side by side.
static void fetch_side_by_side(Writer *w) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  int64_t size = contraction_size(&b->c, CONTRACTION_Y), row = b->columns * size, count = b->row_bytes / size;
  bool joined = b->y_step == row;
  DmaBox box = {.source = emit_access(e, b->c.region, b->c.operands[CONTRACTION_Y].access),
                .destination = w->buffers[b->c.word > 1 ? BAND_RAW : BAND_COLUMNS],
                .bytes = number(w, joined ? row * count : row),
                .most = w->s->most_dimensions};
  if (!joined)
    box_dimension(w, &box, count, b->y_step, row);
  w->columns_come = dma_start(e, &box, IR_NONE);
}

// For each phase so that they meet the values of its runs.
static void fetch_columns(Writer *w) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  if (band_packs(b)) {
    fetch_side_by_side(w);
    return;
  }
  for (int64_t phase = 0; phase < b->phases; phase++) {
    int64_t to = phase * columns_bytes(b) + phase * b->image.step % 4;
    DmaBox box = {.source = emit_access(e, b->c.region, b->c.operands[CONTRACTION_Y].access),
                  .destination = emit_add_number(e, w->buffers[BAND_COLUMNS], to),
                  .bytes = number(w, b->row_bytes),
                  .most = w->s->most_dimensions};
    int64_t size = contraction_size(&b->c, CONTRACTION_Y), count = b->row_bytes / size;
    if (band_scatters(b)) {
      box.bytes = number(w, size);
      box_dimension(w, &box, count, b->y_step, size);
    }
    if (b->image.window_lines > 1)
      box_dimension(w, &box, b->image.window_lines, count * b->y_step, 4 * b->run_words);
    box_dimension(w, &box, b->columns, b->y_stride, b->y_pitch);
    dma_start(e, &box, IR_NONE);
  }
}

// `count` words of k of as many columns as vl says.
static void pack_words(Writer *w, IrValue from, IrValue to, IrValue length, int64_t count) {
  const Bands *b = w->b;
  Builder *builder = &w->s->e.builder;
  unsigned word = b->c.word, size = contraction_size(&b->c, CONTRACTION_Y);
  VectorConfig config = {.sew = (uint8_t)(8 * size), .lmul = 0};
  IrValue groups[PACK_TOGETHER];
  for (int64_t i = 0; i < count; i++) {
    groups[i] = build_undefined(builder, ir_vector(word, word));
    for (unsigned k = 0; k < word; k++) {
      IrValue at = emit_add_number(&w->s->e, from, (i * word + k) * b->columns * size);
      groups[i] = build_machine_into(builder, size == 1 ? ISA_VLE8_V : ISA_VLE16_V, groups[i], k, config,
                                     length, 1, &at);
    }
  }
  for (int64_t i = 0; i < count; i++) {
    IrValue operands[2] = {groups[i], emit_add_number(&w->s->e, to, i * b->y_word)};
    build_machine(builder, size == 1 ? ISA_VSSEG4E8_V : ISA_VSSEG2E16_V, IR_VOID, config, length, 2,
                  operands);
  }
}

// All columns, a vector of them after the other.
static void pack_columns(Writer *w) {
  const Bands *b = w->b;
  Schedule *s = w->s;
  Emitter *e = &s->e;
  FlowLoop vectors, rounds;
  int64_t size = contraction_size(&b->c, CONTRACTION_Y), raw = PACK_TOGETHER * b->c.word * b->columns * size;
  int64_t times = b->words / PACK_TOGETHER, rest = b->words % PACK_TOGETHER;
  uint32_t left = emit_variable(e, number(w, b->columns)), from = emit_variable(e, w->buffers[BAND_RAW]),
           to = emit_variable(e, w->buffers[BAND_COLUMNS]);
  dma_wait(e, w->columns_come);
  flow_loop(e, &vectors);
  IrValue length = build_setvl(&e->builder, get(s, left), (unsigned)(8 * size), 0);
  uint32_t at = emit_variable(e, get(s, from)), place = emit_variable(e, get(s, to));
  if (times) {
    IrValue end = emit_add_number(e, get(s, from), times * raw);
    flow_loop(e, &rounds);
    pack_words(w, get(s, at), get(s, place), length, PACK_TOGETHER);
    move(s, at, number(w, raw));
    move(s, place, number(w, PACK_TOGETHER * b->y_word));
    flow_end_loop(e, &rounds, emit_below(e, get(s, at), end));
  }
  pack_words(w, get(s, at), get(s, place), length, rest);
  e->variable_count -= 2;
  move(s, from, emit_mul_number(e, length, size));
  move(s, to, emit_mul_number(e, length, 4));
  set(s, left, emit_sub(e, get(s, left), length));
  flow_end_loop(e, &vectors, emit_less(e, number(w, 0), get(s, left)));
  e->variable_count -= 3;
}

// Where the pixels of a phase are.
static void fetch_table(Writer *w) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  uint32_t bytes = (uint32_t)(4 * b->band_rows / b->phases);
  uint8_t *data = arena_alloc(b->c.region->arena, bytes, 4);
  for (uint32_t i = 0; i < bytes; i++)
    data[i] = (uint8_t)((uint64_t)band_pixel(b, i / 4) >> 8 * (i % 4));
  const char *name = arena_format(&e->target->arena, ".Lkiln.band.%s.%u",
                                  e->target->symbols.data[e->builder.f->symbol].name, b->c.region->entry);
  DmaBox box = {.source = emit_data(e, name, data, bytes, 4),
                .destination = w->buffers[BAND_TABLE],
                .bytes = number(w, bytes),
                .most = w->s->most_dimensions};
  dma_start(e, &box, IR_NONE);
}

static void fetch_rows(Writer *w, IrValue band, IrValue to) {
  const Bands *b = w->b;
  const BandImage *image = &b->image;
  Emitter *e = &w->s->e;
  IrValue from = emit_access(e, b->c.region, b->c.operands[CONTRACTION_X].access);
  DmaBox box = {.destination = to, .bytes = number(w, b->row_bytes), .most = w->s->most_dimensions};
  if (image->lines) {
    int64_t step = image->line_step * image->line_stride;
    box.source = emit_add(e, from, band_start(w, band, image->lines, image->height, step));
    box.bytes = number(w, image->line_bytes);
    box_dimension(w, &box, image->input_lines, image->line_stride, image->line_pitch);
  } else {
    box.source = emit_add(e, from, band_start(w, band, b->band_rows, b->rows, b->x_stride));
    if (b->x_stride == b->row_bytes && b->x_row == b->row_bytes)
      box.bytes = number(w, b->row_bytes * b->blocks);
    else
      box_dimension(w, &box, b->blocks, b->x_stride, b->x_row);
    box_dimension(w, &box, b->block_rows, b->x_stride * b->blocks, b->x_pitch);
  }
  set(w->s, w->fetched, get(w->s, w->fetched_next));
  set(w->s, w->fetched_next, dma_start(e, &box, IR_NONE));
}

// But for the first `before` rows of the band, which the one before it has sent.
static void send_results(Writer *w, IrValue band, IrValue from, int64_t before) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  int64_t rows = b->band_rows - before;
  IrValue row = band_start(w, band, b->band_rows, b->rows, b->c_stride);
  IrValue to = emit_add(e, emit_access(e, b->c.region, b->c.operands[CONTRACTION_C].access), row);
  DmaBox box = {.source = emit_add_number(e, from, before * b->result_row),
                .destination = emit_add_number(e, to, before * b->c_stride),
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
static IrValue other_slot(Writer *w, unsigned first, uint32_t slot, bool before) {
  Emitter *e = &w->s->e;
  IrValue now = get(w->s, slot), other = w->buffers[first + (before ? BAND_SLOTS - 1 : 0)];
  for (unsigned i = BAND_SLOTS - 1; i > 0; i--) {
    unsigned from = before ? BAND_SLOTS - i : i - 1, to = before ? from - 1 : i;
    other = emit_choose(e, emit_equal(e, now, w->buffers[first + from]), w->buffers[first + to], other);
  }
  return other;
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
      fetch_rows(w, ahead, other_slot(w, BAND_ROWS, w->rows, true));
    if (flow_else(e, &next))
      set(w->s, w->fetched, fetched);
    flow_end_if(e, &next);
    if (flow_if(e, &before, emit_less(e, zero, band)))
      send_results(w, emit_add_number(e, band, -1), other_slot(w, BAND_RESULTS, w->results, true), 0);
    flow_end_if(e, &before);
    set(w->s, w->waits, zero);
  }
  flow_end_if(e, &first);
}

// --- blocks

static IrValue load(Writer *w, IsaOp op, unsigned registers, int64_t count, uint32_t operand_count,
                    const IrValue *operands) {
  VectorConfig config = {.sew = 32, .lmul = (int8_t)__builtin_ctz(registers)};
  IrValue length = count == (int64_t)registers * w->b->tile ? IR_AVL_MAX : number(w, count);
  return build_machine(&w->s->e.builder, op, ir_vector(registers, registers), config, length, operand_count,
                       operands);
}

static void multiply(Writer *w, const BandPanels *panels, unsigned parity, IrValue x, IrValue y, bool first) {
  const Bands *b = w->b;
  bool image = b->image.lines != 0;
  IrValue row_operands[2] = {x, image ? w->index : number(w, b->x_pitch)};
  IrValue column_operands[2] = {y, number(w, b->y_pitch)};
  IrValue rows =
      load(w, image ? ISA_VLUXEI32_V : ISA_VLSE32_V, b->shape_rows, b->block_rows, 2, row_operands);
  bool packs = band_packs(b);
  IrValue columns = load(w, packs ? ISA_VLE32_V : ISA_VLSE32_V, panels->shape_columns, panels->columns,
                         packs ? 1 : 2, column_operands);
  uint32_t sums = w->accumulators[parity];
  set(w->s, sums, emit_product(w->s, first ? IR_NONE : get(w->s, sums), rows, columns));
}

static void drain(Writer *w, const BandPanels *panels, unsigned parity) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  IrValue shape = number(w, __builtin_ctz(b->shape_rows) * 4 + __builtin_ctz(panels->shape_columns));
  IrValue operands[4] = {get(w->s, w->accumulators[parity]), get(w->s, w->drain_to),
                         number(w, b->result_row * b->apart), shape};
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

// Block `i` of the loop's body, behind `group` blocks: its row of results.
static IrValue block_result(Writer *w, int64_t i) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  int64_t per = b->image.lines ? b->block_rows : 1;
  int64_t row = b->image.lines ? i / b->phases * b->phases * b->block_rows + i % b->phases : i;
  IrValue at = emit_mul_number(e, get(w->s, w->group), per * b->result_row);
  return emit_add_number(e, emit_add(e, get(w->s, w->results), at), row * b->result_row);
}

static void load_index(Writer *w, int64_t i) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  IrValue at = emit_mul_number(e, get(w->s, w->group), 4 * b->block_rows / b->phases);
  at = emit_add_number(e, emit_add(e, w->buffers[BAND_TABLE], at), 4 * b->block_rows * (i / b->phases));
  w->index = load(w, ISA_VLE32_V, b->shape_rows, b->block_rows, 1, &at);
}

// Addresses that are the same in all blocks would all be computed before the loop, and kept. What is added to
// them is 0, which the number of a block says at run time alone.
static IrValue in_this_block(Writer *w, IrValue address) {
  Emitter *e = &w->s->e;
  IrValue sign = build2(&e->builder, IR_ASHR, IR_I64, get(w->s, w->group), number(w, 63));
  return emit_add(e, address, sign);
}

static IrValue block_rows(Writer *w, int64_t i) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  IrValue rows = get(w->s, w->rows);
  if (b->image.lines)
    return in_this_block(w, emit_add_number(e, rows, i % b->phases * b->image.step / 4 * 4));
  return emit_add(e, rows, emit_mul_number(e, emit_add_number(e, get(w->s, w->group), i), b->x_row));
}

static void emit_block(Writer *w, const BandPanels *panels, int64_t i, bool transfers) {
  const Bands *b = w->b;
  Emitter *e = &w->s->e;
  unsigned parity = (unsigned)i % 2;
  if (b->image.lines && i % b->phases == 0)
    load_index(w, i);
  IrValue x = block_rows(w, i);
  IrValue y = in_this_block(w, emit_add_number(e, get(w->s, w->y), i % b->phases * columns_bytes(b)));
  for (int64_t k = 0; k < b->words; k++) {
    bool line = b->image.lines && (k + 1) % b->run_words == 0;
    multiply(w, panels, parity, x, y, k == 0);
    if (k == 0)
      drain_before(w, panels, parity);
    x = emit_add_number(e, x, line ? b->image.window_step * b->image.line_pitch - 4 * (b->run_words - 1) : 4);
    y = emit_add_number(e, y, b->y_word);
  }
  if (transfers && i == 0)
    start_transfers(w);
  IrValue column = emit_mul_number(e, get(w->s, w->column), contraction_size(&b->c, CONTRACTION_C));
  set(w->s, w->drain_to, emit_add(e, block_result(w, i), column));
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
  for (int64_t i = 0; i < band_unroll(b); i++)
    emit_block(w, panels, i, transfers);
  move(w->s, w->group, number(w, band_unroll(b)));
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
  set(w->s, w->rows, other_slot(w, BAND_ROWS, w->rows, false));
  set(w->s, w->results, other_slot(w, BAND_RESULTS, w->results, false));
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
  emit_bordered_image(&e, &b->c);
  emit_sums(&e, &b->c);
  s->e = e;
  s->c = &b->c;
  s->p = &shape;
  s->most_dimensions = band_scatters(b) && b->image.window_lines > 1 ? 3 : 2;
  Writer w = {.s = s, .b = b, .shape = &shape};
  start_writer(&w);
  dma_reset(&s->e);
  IrValue code = emit_code_copy(&s->e, b->c.region, b->spm_bytes, b->spm_alignment, s->most_dimensions);
  emit_configure_drain(s);
  fill_rests(&w);
  fetch_columns(&w);
  if (b->image.lines)
    fetch_table(&w);
  for (int64_t i = 0; i < BAND_SLOTS - 1 && i < b->bands; i++)
    fetch_rows(&w, number(&w, i), w.buffers[BAND_ROWS + i]);
  if (b->bands == 1)
    set(s, w.fetched, get(s, w.fetched_next));
  emit_code_move(&s->e, code);
  if (b->buffers[BAND_RAW].size)
    pack_columns(&w);
  FlowLoop loop;
  flow_loop(&s->e, &loop);
  emit_band(&w);
  flow_end_loop(&s->e, &loop, emit_less(&s->e, get(s, w.band), number(&w, b->bands)));
  send_results(&w, number(&w, b->bands - 1), other_slot(&w, BAND_RESULTS, w.results, true),
               b->bands * b->band_rows - b->rows);
  dma_wait(&s->e, get(s, w.sent));
  region_close(b->c.region, &s->e.builder, NULL);
  emit_remove_dead(&s->e, first);
  free(s);
}
