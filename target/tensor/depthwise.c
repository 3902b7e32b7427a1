// Depthwise convolutions: C[.., y, x, c] = sum over ky, kx of X[.., y.., x.., c] * Y[ky, kx, c] by kt.mdw,
// which makes three taps of T pixels and four channels a cycle. Rows of X come to the scratchpad with their
// channels, pixels at a pitch of an odd number of words; a word of four channels of each pixel is a strided
// load. A block is a few rows of T pixels by one or two accumulators' channels; input rows are loaded once
// for all rows of results that need them. All blocks and tiles have the same size: the last of a kind
// overlaps the one before, whose results it makes again.
#include "target/tensor/depthwise.h"

#include "target/tensor/tile.h"

#include <string.h>

enum {
  TAPS = 3,
  CHANNELS = 4,
  AHEAD = 2,
  MOST_ROWS = 4,
  MOST_WINDOW_ROWS = 5,
  MOST_ROW_STEP = 4,
  TILE_OVERHEAD = 150,
  BLOCK_OVERHEAD = 40
};

static int64_t divide_up(int64_t x, int64_t y) {
  return (x + y - 1) / y;
}

static int64_t smaller(int64_t x, int64_t y) {
  return x < y ? x : y;
}

static int64_t larger(int64_t x, int64_t y) {
  return x > y ? x : y;
}

// --- the form

static bool is_constant(const ContractionIterator *iterator) {
  bool constant = iterator->extent.value == IR_NONE && iterator->extent.constant > 0;
  for (unsigned i = 0; i < CONTRACTION_ARRAYS; i++)
    constant = constant && iterator->strides[i].value == IR_NONE;
  return constant;
}

static int64_t stride(const ContractionIterator *iterator, unsigned array) {
  return iterator->strides[array].constant;
}

// The iterator that goes along with all three arrays: the channels.
static bool take_channels(Depthwise *d) {
  Contraction *c = &d->c;
  uint32_t found = c->count;
  for (uint32_t i = 0; i < c->count; i++)
    if (!c->iterators[i].sums && stride(&c->iterators[i], CONTRACTION_Y) != 0) {
      if (found != c->count && c->iterators[i].extent.constant > 1)
        return false;
      if (c->iterators[i].extent.constant > 1)
        found = i;
    }
  if (found == c->count)
    return false;
  const ContractionIterator *channels = &c->iterators[found];
  d->channels = channels->extent.constant;
  d->channel_iterator = channels->iterator;
  return stride(channels, CONTRACTION_X) == 1 && stride(channels, CONTRACTION_Y) == 1 &&
         stride(channels, CONTRACTION_C) == contraction_size(c, CONTRACTION_C);
}

// Three taps along the pixels of a row, and as many rows of them as there are.
static bool take_taps(Depthwise *d) {
  uint32_t sums = 0;
  d->window = 1;
  for (uint32_t i = 0; i < d->c.count; i++) {
    const ContractionIterator *iterator = &d->c.iterators[i];
    if (!iterator->sums || iterator->extent.constant == 1)
      continue;
    bool is_row = sums == 0;
    if (++sums > 2)
      return false;
    int64_t x = stride(iterator, CONTRACTION_X), y = stride(iterator, CONTRACTION_Y);
    if (is_row || x < d->pixel) { // the nearer ones are the pixels
      d->window = is_row ? 1 : d->taps;
      d->window_x = is_row ? 0 : d->pixel;
      d->window_y = is_row ? 0 : d->tap_y;
      d->taps = iterator->extent.constant;
      d->pixel = x;
      d->tap_y = y;
    } else {
      d->window = iterator->extent.constant;
      d->window_x = x;
      d->window_y = y;
    }
  }
  return sums > 0 && d->taps == TAPS && d->pixel > 0 && d->tap_y > 0 && d->window_x >= 0 && d->window_y >= 0;
}

// Pixels, rows, and what is outside of them.
static bool take_pixels(Depthwise *d) {
  const ContractionIterator *pixels = NULL, *rows = NULL;
  for (uint32_t i = 0; i < d->c.count; i++) {
    const ContractionIterator *iterator = &d->c.iterators[i];
    if (iterator->sums || stride(iterator, CONTRACTION_Y) != 0 || iterator->extent.constant == 1)
      continue;
    if (!pixels || stride(iterator, CONTRACTION_C) < stride(pixels, CONTRACTION_C))
      pixels = iterator;
  }
  if (!pixels)
    return false;
  d->width = pixels->extent.constant;
  d->pixel_c = stride(pixels, CONTRACTION_C);
  d->step = stride(pixels, CONTRACTION_X) / d->pixel;
  for (uint32_t i = 0; i < d->c.count; i++) {
    const ContractionIterator *iterator = &d->c.iterators[i];
    if (iterator->sums || stride(iterator, CONTRACTION_Y) != 0 || iterator->extent.constant == 1 ||
        iterator == pixels)
      continue;
    if (!rows || stride(iterator, CONTRACTION_C) < stride(rows, CONTRACTION_C))
      rows = iterator;
  }
  d->height = rows ? rows->extent.constant : 1;
  d->row_x = rows ? stride(rows, CONTRACTION_X) : d->window_x;
  d->row_c = rows ? stride(rows, CONTRACTION_C) : 0;
  for (uint32_t i = 0; i < d->c.count; i++) {
    const ContractionIterator *iterator = &d->c.iterators[i];
    if (!iterator->sums && stride(iterator, CONTRACTION_Y) == 0 && iterator->extent.constant > 1 &&
        iterator != pixels && iterator != rows)
      d->outer[d->outer_count++] = *iterator;
  }
  // Rows of the window must be rows of X, or there is one alone.
  d->input_row = d->window > 1 ? d->window_x : d->row_x;
  d->row_step = d->input_row > 0 ? d->row_x / d->input_row : 1;
  return d->window <= MOST_WINDOW_ROWS && d->row_step <= MOST_ROW_STEP && (d->step == 1 || d->step == 2) &&
         stride(pixels, CONTRACTION_X) == d->step * d->pixel &&
         (d->height == 1 || (d->input_row > 0 && d->row_x == d->row_step * d->input_row && d->row_step > 0));
}

bool depthwise_find(const Contraction *contraction, Depthwise *d) {
  memset(d, 0, sizeof *d);
  d->c = *contraction;
  const Contraction *c = &d->c;
  bool known = c->word == CHANNELS && c->start == START_ZERO && c->operands[CONTRACTION_Y].zero == NODE_NONE;
  for (uint32_t i = 0; i < c->count; i++)
    known = known && is_constant(&c->iterators[i]);
  if (!known || !take_channels(d) || !take_taps(d) || !take_pixels(d))
    return false;
  // Parameters go with the channels.
  const uint32_t accesses[EPILOGUE_PARAMETERS] = {c->epilogue.bias, c->epilogue.multiplier,
                                                  c->epilogue.shift};
  for (unsigned i = 0; i < EPILOGUE_PARAMETERS; i++)
    if (accesses[i] != EPILOGUE_NONE &&
        c->region->accesses.data[accesses[i]].offset.terms[0].iterator != d->channel_iterator)
      return false;
  d->c.epilogue.columns = false;
  return true;
}

// --- the plan

static void size_tile(const Machine *machine, Depthwise *d) {
  int64_t size = contraction_size(&d->c, CONTRACTION_C);
  d->input_rows = (d->tile_rows - 1) * d->row_step + d->window;
  d->input_pixels = (d->width - 1) * d->step + TAPS;
  d->pitch = (int64_t)spm_pitch(machine, (uint64_t)d->tile_channels);
  d->slot = d->input_rows * d->input_pixels * d->pitch;
  d->result_slot = d->tile_rows * d->width * d->tile_channels * size;
  d->strips = divide_up(d->width, d->tile);
  d->groups = divide_up(d->tile_rows, d->block_rows);
  d->parts = divide_up(d->tile_channels, d->block_channels);
  d->bands = divide_up(d->height, d->tile_rows);
  d->slices = divide_up(d->channels, d->tile_channels);
  d->tiles = d->bands * d->slices;
  for (uint32_t i = 0; i < d->outer_count; i++)
    d->tiles *= d->outer[i].extent.constant;
  SpmBuffer buffers[DEPTHWISE_BUFFERS] = {
      {"rows", (uint64_t)d->slot, 0, 0},
      {"next rows", (uint64_t)d->slot, 0, 1},
      {"results", (uint64_t)d->result_slot, 0, 2},
      {"next results", (uint64_t)d->result_slot, 0, 3},
      {"weights", (uint64_t)(d->window * TAPS * d->channels), 0, 2},
  };
  memcpy(d->buffers, buffers, sizeof buffers);
}

static int64_t beats(const Machine *machine, int64_t bytes) {
  int64_t beat = (int64_t)machine->dram_bandwidth;
  return divide_up(bytes, beat) + (bytes % beat != 0 && bytes > beat ? 1 : 0) / 2;
}

static int64_t estimate(const Machine *machine, const Depthwise *d) {
  int64_t size = contraction_size(&d->c, CONTRACTION_C);
  int64_t fetch = d->input_rows * d->input_pixels * beats(machine, d->tile_channels);
  int64_t send = d->tile_rows * d->width * beats(machine, d->tile_channels * size);
  int64_t words = (smaller(d->width, d->tile) - 1) * d->step + TAPS;
  int64_t quads = d->block_channels / CHANNELS, rows = (d->block_rows - 1) * d->row_step + d->window;
  int64_t products = d->block_rows * d->window * quads, loads = rows * quads;
  int64_t issue = (products + 2 * loads) / 2;
  int64_t port = loads * divide_up(words, d->tile);
  int64_t drain = d->block_rows * smaller(d->width, d->tile) *
                  divide_up(d->block_channels, (int64_t)machine->drain_results);
  int64_t block =
      larger(larger(products + d->block_rows * d->block_channels / d->tile, issue), larger(port, drain));
  int64_t compute = d->parts * d->groups * d->strips * (block + BLOCK_OVERHEAD);
  return d->tiles * (larger(compute, fetch + send) + TILE_OVERHEAD) + fetch + send +
         3 * (int64_t)machine->dram_latency;
}

bool depthwise_plan(const Machine *machine, Depthwise *best) {
  Depthwise d = *best;
  d.tile = machine_tile(machine);
  int64_t most = (int64_t)machine->accumulators / 2;
  d.block_channels = d.tile * smaller(2, d.channels / d.tile);
  if (d.channels % CHANNELS != 0 || d.tile < CHANNELS || d.block_channels < d.tile)
    return false;
  d.block_rows = smaller(smaller(MOST_ROWS, d.height), most * d.tile / d.block_channels);
  // An offset of the gathered weights is 16 bits; a block's accumulators are a power of two.
  if (d.block_rows == 3)
    d.block_rows = 2;
  if (TAPS * d.channels > UINT16_MAX || d.block_rows < 1)
    return false;
  bool any = false;
  for (int64_t slices = 1; slices * d.block_channels < d.channels + d.block_channels; slices++)
    for (int64_t bands = 1; bands <= divide_up(d.height, d.block_rows); bands++) {
      d.tile_channels =
          smaller(d.channels, divide_up(divide_up(d.channels, slices), d.block_channels) * d.block_channels);
      d.tile_rows = smaller(d.height, divide_up(divide_up(d.height, bands), d.block_rows) * d.block_rows);
      size_tile(machine, &d);
      if (!spm_place(machine, d.buffers, DEPTHWISE_BUFFERS, &d.spm_bytes, &d.spm_alignment))
        continue;
      d.cycles = estimate(machine, &d);
      if (!any || d.cycles < best->cycles)
        *best = d;
      any = true;
    }
  return any;
}

bool depthwise_plan_sums(Target *target, Depthwise *d, const char **reason) {
  d->c.correction = NULL;
  if (!d->c.epilogue.corrected)
    return true;
  const Quantity nothing = {IR_NONE, 0}, one = {IR_NONE, 1};
  Contraction view = d->c;
  bool linear = d->window_y == TAPS * d->tap_y;
  view.count = 0;
  if (d->window > 1 && !linear)
    view.iterators[view.count++] =
        (ContractionIterator){.role = ROLE_OUTER,
                              .sums = true,
                              .iterator = IR_NONE,
                              .extent = {IR_NONE, d->window},
                              .strides = {nothing, {IR_NONE, d->window_y}, nothing}};
  int64_t taps = linear ? TAPS * d->window : TAPS;
  view.iterators[view.count++] = (ContractionIterator){
      .role = ROLE_ROW, .iterator = IR_NONE, .extent = one, .strides = {one, nothing, nothing}};
  view.iterators[view.count++] = (ContractionIterator){.role = ROLE_COLUMN,
                                                       .iterator = d->channel_iterator,
                                                       .extent = {IR_NONE, d->channels},
                                                       .strides = {nothing, one, one}};
  view.iterators[view.count++] = (ContractionIterator){.role = ROLE_SUM,
                                                       .sums = true,
                                                       .iterator = IR_NONE,
                                                       .extent = {IR_NONE, taps},
                                                       .strides = {one, {IR_NONE, d->tap_y}, nothing}};
  bool planned = zero_point_plan(target, &view, reason);
  d->c.correction = view.correction;
  return planned;
}

// --- code

typedef struct Writer {
  Emitter *e;
  Schedule *s; // the drain's configuration
  const Depthwise *d;
  IrValue buffers[DEPTHWISE_BUFFERS];
  IrValue index; // offsets of the weights of an accumulator
  uint32_t id, tile, inputs, results;
  uint32_t block, accumulators[2];
  uint32_t weights[2 * MOST_WINDOW_ROWS], part; // of these channels
  uint32_t drained_to, drained_channel;
} Writer;

static IrValue number(Writer *w, int64_t x) {
  return emit_number(w->e, x);
}

static IrValue get_of(const Writer *w, uint32_t variable) {
  return w->e->variables[variable];
}

// The start of part i of `extent`, parts of `size`: the last one ends where the extent does.
static IrValue part_start(Writer *w, IrValue i, int64_t size, int64_t extent) {
  return emit_min(w->e, emit_mul_number(w->e, i, size), number(w, extent - size));
}

// Where tile i is in X and C; how many of its rows and channels the tile before has as well.
typedef struct TilePlace {
  IrValue x, c, rows_before, channels_before;
} TilePlace;

static TilePlace tile_place(Writer *w, IrValue i) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  const Region *region = d->c.region;
  int64_t size = contraction_size(&d->c, CONTRACTION_C);
  TilePlace place = {.x = emit_access(e, region, d->c.operands[CONTRACTION_X].access),
                     .c = emit_access(e, region, d->c.operands[CONTRACTION_C].access)};
  IrValue band = emit_remainder(e, i, d->bands), row = part_start(w, band, d->tile_rows, d->height);
  i = emit_divide(e, i, d->bands);
  IrValue slice = emit_remainder(e, i, d->slices),
          channel = part_start(w, slice, d->tile_channels, d->channels), zero = number(w, 0);
  i = emit_divide(e, i, d->slices);
  place.rows_before =
      d->height % d->tile_rows == 0 ? zero : emit_sub(e, emit_mul_number(e, band, d->tile_rows), row);
  place.channels_before = d->channels % d->tile_channels == 0
                              ? zero
                              : emit_sub(e, emit_mul_number(e, slice, d->tile_channels), channel);
  place.x = emit_add(e, emit_add(e, place.x, emit_mul_number(e, row, d->row_x)), channel);
  place.c =
      emit_add(e, emit_add(e, place.c, emit_mul_number(e, row, d->row_c)), emit_mul_number(e, channel, size));
  for (uint32_t k = d->outer_count; k-- > 0;) {
    IrValue index = emit_remainder(e, i, d->outer[k].extent.constant);
    i = emit_divide(e, i, d->outer[k].extent.constant);
    place.x = emit_add(e, place.x, emit_mul_number(e, index, stride(&d->outer[k], CONTRACTION_X)));
    place.c = emit_add(e, place.c, emit_mul_number(e, index, stride(&d->outer[k], CONTRACTION_C)));
  }
  return place;
}

// A box of `bytes` side by side, `pixels` of them in each of `rows` rows; strides of the source and of the
// destination.
static void transfer(Writer *w, IrValue from, IrValue to, IrValue bytes, int64_t pixels, IrValue rows,
                     const int64_t strides[2][2]) {
  DmaBox box = {.source = from, .destination = to, .bytes = bytes, .dimensions = 2, .most = 2};
  box.counts[0] = number(w, pixels);
  box.counts[1] = rows;
  for (unsigned i = 0; i < 2; i++) {
    box.source_strides[i] = number(w, strides[i][0]);
    box.destination_strides[i] = number(w, strides[i][1]);
  }
  w->e->variables[w->id] = dma_start(w->e, &box, IR_NONE);
}

static void fetch_tile(Writer *w, IrValue i, IrValue to) {
  const Depthwise *d = w->d;
  const int64_t strides[2][2] = {{d->pixel, d->pitch}, {d->input_row, d->input_pixels * d->pitch}};
  transfer(w, tile_place(w, i).x, to, number(w, d->tile_channels), d->input_pixels, number(w, d->input_rows),
           strides);
}

// What the tile before has as well it has sent.
static void send_tile(Writer *w, IrValue i, IrValue from) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  int64_t size = contraction_size(&d->c, CONTRACTION_C), bytes = d->tile_channels * size;
  TilePlace place = tile_place(w, i);
  IrValue rows = emit_sub(e, number(w, d->tile_rows), place.rows_before);
  from = emit_add(e, from, emit_mul_number(e, place.rows_before, d->width * bytes));
  IrValue to = emit_add(e, place.c, emit_mul_number(e, place.rows_before, d->row_c));
  if (bytes == d->pixel_c) { // pixels lie side by side
    const int64_t strides[2][2] = {{0, 0}, {d->width * bytes, d->row_c}};
    transfer(w, from, to, number(w, bytes * d->width), 1, rows, strides);
    return;
  }
  IrValue before = emit_mul_number(e, place.channels_before, size);
  const int64_t strides[2][2] = {{bytes, d->pixel_c}, {d->width * bytes, d->row_c}};
  transfer(w, emit_add(e, from, before), emit_add(e, to, before), emit_sub(e, number(w, bytes), before),
           d->width, rows, strides);
}

static void fetch_weights(Writer *w) {
  const Depthwise *d = w->d;
  IrValue from = emit_access(w->e, d->c.region, d->c.operands[CONTRACTION_Y].access);
  const int64_t strides[2][2] = {{d->tap_y, d->channels}, {d->window_y, TAPS * d->channels}};
  transfer(w, from, w->buffers[DEPTHWISE_WEIGHTS], number(w, d->channels), TAPS, number(w, d->window),
           strides);
}

// Offsets of an accumulator's weights in the order in which kt.mdw has them.
static void load_index(Writer *w) {
  const Depthwise *d = w->d;
  uint32_t count = TAPS * (uint32_t)d->tile, bytes = 2 * count;
  uint8_t *data = arena_alloc(d->c.region->arena, bytes, 2);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t channel = i / (TAPS * CHANNELS) * CHANNELS + i % CHANNELS;
    uint32_t offset = i / CHANNELS % TAPS * (uint32_t)d->channels + channel;
    data[2 * i] = (uint8_t)offset;
    data[2 * i + 1] = (uint8_t)(offset >> 8);
  }
  const char *name = arena_format(&w->e->target->arena, ".Lkiln.depthwise.%lld.%lld", (long long)d->tile,
                                  (long long)d->channels);
  IrValue address = emit_data(w->e, name, data, bytes, 8);
  VectorConfig config = {.sew = 16, .lmul = 1};
  w->index =
      build_machine(&w->e->builder, ISA_VLE16_V, ir_vector(2, 2), config, number(w, count), 1, &address);
}

static unsigned accumulators_across(const Depthwise *d) {
  return (unsigned)(d->block_channels / d->tile);
}

static unsigned weight_registers(const Depthwise *d) {
  return (unsigned)d->window * accumulators_across(d);
}

// The weights of a block's channels, where they are others than the last block's.
static void load_weights(Writer *w, IrValue channel) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  unsigned across = accumulators_across(d);
  IrValue from = emit_add(e, w->buffers[DEPTHWISE_WEIGHTS], channel);
  for (unsigned i = 0; i < weight_registers(d); i++) {
    IrValue at = emit_add_number(e, from, i / across * TAPS * d->channels + i % across * d->tile);
    VectorConfig config = {.sew = 8, .lmul = 0};
    IrValue operands[2] = {at, w->index};
    e->variables[w->weights[i]] = build_machine(&e->builder, ISA_VLUXEI16_V, ir_vector(1, 1), config,
                                                number(w, TAPS * d->tile), 2, operands);
  }
}

static IsaOp product_op(const Contraction *c) {
  bool x = c->operands[CONTRACTION_X].is_signed, y = c->operands[CONTRACTION_Y].is_signed;
  return x ? (y ? ISA_KT_MDW_SS : ISA_KT_MDW_SU) : (y ? ISA_KT_MDW_US : ISA_KT_MDW_UU);
}

static IrValue load_pixels(Writer *w, IrValue rows[], int64_t row, int64_t quad) {
  const Depthwise *d = w->d;
  unsigned registers = d->step == 1 ? 2 : 4, used = (unsigned)d->step + 1;
  int64_t words = (smaller(d->width, d->tile) - 1) * d->step + TAPS;
  VectorConfig config = {.sew = 32, .lmul = (int8_t)(registers / 2)};
  IrValue operands[2] = {emit_add_number(w->e, rows[row], quad * CHANNELS), number(w, d->pitch)};
  IrValue group = build_machine(&w->e->builder, ISA_VLSE32_V, ir_vector(registers, registers), config,
                                number(w, words), 2, operands);
  return used == registers ? group : build_part(&w->e->builder, ir_vector(used, 1), group, 0);
}

// What input row `row` gives to the rows of results.
static void multiply(Writer *w, uint32_t sums, IrValue pixels, int64_t row, int64_t quad) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  VectorConfig none = {0};
  int64_t across = accumulators_across(d), per = d->tile / CHANNELS;
  for (int64_t y = 0; y < d->block_rows; y++) {
    int64_t k = row - y * d->row_step;
    if (k < 0 || k >= d->window)
      continue;
    IrValue operands[5] = {number(w, quad % per), pixels, get_of(w, w->weights[k * across + quad / per]),
                           number(w, quad % per), number(w, d->step)};
    unsigned accumulator = (unsigned)(y * across + quad / per);
    e->variables[sums] = build_machine_into(&e->builder, product_op(&d->c), get_of(w, sums), accumulator,
                                            none, IR_NONE, 5, operands);
  }
}

// The block before this one leaves the accumulators.
static void drain_before(Writer *w, unsigned parity) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  FlowIf flow;
  if (flow_if(e, &flow, emit_less(e, number(w, 0), get_of(w, w->drained_to)))) {
    w->s->e = *e;
    emit_drain_parameters(w->s, get_of(w, w->drained_channel));
    *e = w->s->e;
    if (d->width < d->tile) {
      IrValue limits[2] = {number(w, d->block_channels), number(w, d->width)};
      emit_machine(e, ISA_KT_DEXT, IR_VOID, 2, limits);
    }
    int64_t pitch = d->tile_channels * contraction_size(&d->c, CONTRACTION_C);
    unsigned across = accumulators_across(d);
    for (int64_t y = 0; y < d->block_rows; y++) {
      IrValue to = emit_add_number(e, get_of(w, w->drained_to), y * d->width * pitch);
      IrValue group = build_part(&e->builder, ir_accumulators(across), get_of(w, w->accumulators[!parity]),
                                 (unsigned)y * across);
      IrValue operands[4] = {group, to, number(w, pitch), number(w, __builtin_ctz(across) * 4)};
      emit_machine(e, ISA_KT_DRAIN, IR_VOID, 4, operands);
    }
  }
  flow_end_if(e, &flow);
}

typedef struct BlockPlace {
  IrValue input, result, channel;
} BlockPlace;

// Where block i of the tile is; beyond the last it is that.
static BlockPlace block_place(Writer *w, IrValue i) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  int64_t size = contraction_size(&d->c, CONTRACTION_C), pixel = d->tile_channels * size;
  i = emit_min(e, i, number(w, d->groups * d->strips * d->parts - 1));
  IrValue row = part_start(w, emit_remainder(e, i, d->groups), d->block_rows, d->tile_rows);
  i = emit_divide(e, i, d->groups);
  IrValue column = part_start(w, emit_remainder(e, i, d->strips), smaller(d->tile, d->width), d->width);
  i = emit_divide(e, i, d->strips);
  IrValue channel = part_start(w, i, d->block_channels, d->tile_channels);
  BlockPlace place = {.channel = channel};
  IrValue at = emit_add(e, emit_mul_number(e, row, d->row_step * d->input_pixels * d->pitch),
                        emit_mul_number(e, column, d->step * d->pitch));
  place.input = emit_add(e, get_of(w, w->inputs), emit_add(e, at, channel));
  at = emit_add(e, emit_mul_number(e, row, d->width * pixel), emit_mul_number(e, column, pixel));
  place.result = emit_add(e, get_of(w, w->results), emit_add(e, at, emit_mul_number(e, channel, size)));
  return place;
}

static void emit_block_of(Writer *w, unsigned parity, IrValue first_channel) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  BlockPlace place = block_place(w, get_of(w, w->block));
  IrValue channel = emit_add(e, first_channel, place.channel);
  FlowIf flow;
  flow_if(e, &flow, emit_equal(e, get_of(w, w->part), channel));
  if (flow_else(e, &flow)) {
    load_weights(w, channel);
    e->variables[w->part] = channel;
  }
  flow_end_if(e, &flow);
  enum { MOST_INPUT_ROWS = MOST_WINDOW_ROWS + MOST_ROWS * MOST_ROW_STEP };
  IrValue rows[MOST_INPUT_ROWS], pixels[AHEAD + 1];
  int64_t count = (d->block_rows - 1) * d->row_step + d->window;
  for (int64_t i = 0; i < count; i++)
    rows[i] = emit_add_number(e, place.input, i * d->input_pixels * d->pitch);
  uint32_t sums = w->accumulators[parity];
  IrValue accumulators = number(w, (int64_t)ir_group_size(ir_type(e->builder.f, get_of(w, sums))));
  e->variables[sums] = emit_machine(e, ISA_KT_ZERO, ir_type(e->builder.f, get_of(w, sums)), 1, &accumulators);
  drain_before(w, parity);
  int64_t steps = count * (d->block_channels / CHANNELS);
  for (int64_t i = 0; i < steps + AHEAD; i++) {
    if (i < steps)
      pixels[i % (AHEAD + 1)] = load_pixels(w, rows, i % count, i / count);
    if (i >= AHEAD)
      multiply(w, sums, pixels[(i - AHEAD) % (AHEAD + 1)], (i - AHEAD) % count, (i - AHEAD) / count);
  }
  e->variables[w->drained_to] = place.result;
  e->variables[w->drained_channel] = channel;
  e->variables[w->block] = emit_add_number(e, get_of(w, w->block), 1);
}

static void emit_tile(Writer *w) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  IrValue tile = get_of(w, w->tile), next = emit_add_number(e, tile, 1);
  IrValue odd = emit_remainder(e, tile, 2);
  int64_t apart = (int64_t)(d->buffers[DEPTHWISE_NEXT_INPUT].offset - d->buffers[DEPTHWISE_INPUT].offset);
  int64_t apart_results =
      (int64_t)(d->buffers[DEPTHWISE_NEXT_RESULT].offset - d->buffers[DEPTHWISE_RESULT].offset);
  e->variables[w->inputs] = emit_add(e, w->buffers[DEPTHWISE_INPUT], emit_mul_number(e, odd, apart));
  e->variables[w->results] =
      emit_add(e, w->buffers[DEPTHWISE_RESULT], emit_mul_number(e, odd, apart_results));
  dma_wait(e, get_of(w, w->id));
  FlowIf flow;
  if (flow_if(e, &flow, emit_less(e, next, number(w, d->tiles)))) {
    IrValue other = emit_sub(e, emit_add(e, w->buffers[DEPTHWISE_INPUT], w->buffers[DEPTHWISE_NEXT_INPUT]),
                             get_of(w, w->inputs));
    fetch_tile(w, next, other);
  }
  flow_end_if(e, &flow);
  IrValue slice = emit_remainder(e, emit_divide(e, tile, d->bands), d->slices);
  IrValue first_channel = part_start(w, slice, d->tile_channels, d->channels);
  e->variables[w->block] = number(w, 0);
  FlowLoop loop;
  flow_loop(e, &loop);
  for (unsigned parity = 0; parity < 2; parity++)
    emit_block_of(w, parity, first_channel);
  IrValue blocks = number(w, d->groups * d->strips * d->parts);
  flow_end_loop(e, &loop, emit_less(e, get_of(w, w->block), blocks));
  drain_before(w, 0);
  e->variables[w->drained_to] = number(w, 0);
  IrValue fetched = get_of(w, w->id);
  send_tile(w, tile, get_of(w, w->results));
  e->variables[w->tile] = next;
  // The next tile waits for its input only; the last one's results are waited for behind the loop.
  FlowIf last;
  if (flow_if(e, &last, emit_less(e, next, number(w, d->tiles))))
    e->variables[w->id] = fetched;
  flow_end_if(e, &last);
}

static void start_writer(Writer *w) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  SymbolId symbol = spm_symbol(e->target, e->builder.f, d->spm_bytes, d->spm_alignment);
  IrValue spm = ir_leaf(e->builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0)), zero = number(w, 0);
  for (unsigned i = 0; i < DEPTHWISE_BUFFERS; i++)
    w->buffers[i] = emit_add_number(e, spm, (int64_t)d->buffers[i].offset);
  uint32_t *variables[] = {&w->id,    &w->tile,       &w->inputs,         &w->results,
                           &w->block, &w->drained_to, &w->drained_channel};
  for (unsigned i = 0; i < sizeof variables / sizeof *variables; i++)
    *variables[i] = emit_variable(e, zero);
  w->part = emit_variable(e, number(w, -1));
  IrType group = ir_accumulators((unsigned)d->block_rows * accumulators_across(d));
  for (unsigned i = 0; i < 2; i++)
    w->accumulators[i] = emit_variable(e, build_undefined(&e->builder, group));
  for (unsigned i = 0; i < weight_registers(d); i++)
    w->weights[i] = emit_variable(e, build_undefined(&e->builder, ir_vector(1, 1)));
}

void emit_depthwise(Target *target, Depthwise *d, IrValue condition) {
  Emitter e = {.target = target, .machine = target->machine};
  IrValue first = (IrValue)d->c.region->function->insns.count;
  TilePlan drain = {.result_columns = true, .block_rows = (unsigned)d->block_channels};
  Schedule *s = checked_malloc(sizeof *s);
  memset(s, 0, sizeof *s);
  e.builder = region_open(d->c.region, condition);
  emit_sums(&e, &d->c);
  s->c = &d->c;
  s->p = &drain;
  Writer w = {.e = &e, .s = s, .d = d};
  start_writer(&w);
  s->e = e;
  s->extents[ROLE_ROW] = number(&w, d->block_channels);
  emit_configure_drain(s);
  e = s->e;
  dma_reset(&e);
  fetch_weights(&w);
  fetch_tile(&w, number(&w, 0), w.buffers[DEPTHWISE_INPUT]);
  load_index(&w);
  FlowLoop loop;
  flow_loop(&e, &loop);
  emit_tile(&w);
  flow_end_loop(&e, &loop, emit_less(&e, get_of(&w, w.tile), number(&w, d->tiles)));
  dma_wait(&e, get_of(&w, w.id));
  region_close(d->c.region, &e.builder, NULL);
  emit_remove_dead(&e, first);
  free(s);
}
