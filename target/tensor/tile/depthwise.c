// Depthwise convolutions: C[.., y, x, c] = sum over ky, kx of X[.., y.., x.., c] * Y[ky, kx, c] by kt.mdw,
// which makes three taps of T pixels and four channels a cycle: the form, and the plan. Rows of other windows
// are several times three taps, the last of them with weights that are zero. Rows of X come to the
// scratchpad with their channels, pixels at a pitch of an odd number of words; a word of four channels of
// each pixel is a strided load. All blocks and tiles have the same size: the last of a kind overlaps the one
// before, whose results it makes again. depthwise_emit.c writes the code.
#include "target/tensor/tile/depthwise.h"
#include "target/tensor/tile/size.h"

#include <string.h>

enum {
  REGISTERS = 32,
  KEPT_REGISTERS = 5, // for offsets of weights and what is on its way
  MOST_ROW_STEP = 4,
  MOST_BLOCK_VECTORS = 8,
  // Cycles of scalar code with nothing beside it: of a tile, of other channels, of a block.
  TILE_OVERHEAD = 110,
  PART_OVERHEAD = 30,
  BLOCK_OVERHEAD = 30,
  START_OVERHEAD = 250,
  // Tiles that are waited for as a whole never come just in time: one part in so many more.
  WAIT_SHARE = 64
};

// --- the form

// The iterator that goes along with all three arrays: the channels.
static bool take_channels(Depthwise *d) {
  Contraction *c = &d->c;
  uint32_t found = c->count;
  for (uint32_t i = 0; i < c->count; i++)
    if (!c->iterators[i].sums && constant_stride(&c->iterators[i], CONTRACTION_Y) != 0) {
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
  d->channel_y = constant_stride(channels, CONTRACTION_Y);
  return constant_stride(channels, CONTRACTION_X) == 1 && d->channel_y > 0 &&
         constant_stride(channels, CONTRACTION_C) == contraction_size(c, CONTRACTION_C);
}

// Taps along the pixels of a row, and as many rows of them as there are.
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
    int64_t x = constant_stride(iterator, CONTRACTION_X), y = constant_stride(iterator, CONTRACTION_Y);
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
  d->triples = size_divide_up(d->taps, DEPTHWISE_TAPS);
  return sums > 0 && d->pixel > 0 && d->tap_y > 0 && (d->channel_y == 1 || d->tap_y == 1) &&
         d->window_x >= 0 && d->window_y >= 0 && d->window <= DEPTHWISE_KERNELS &&
         d->triples <= DEPTHWISE_KERNELS;
}

// Pixels, rows, and what is outside of them.
static bool take_pixels(Depthwise *d) {
  const ContractionIterator *pixels = NULL, *rows = NULL;
  for (uint32_t i = 0; i < d->c.count; i++) {
    const ContractionIterator *iterator = &d->c.iterators[i];
    if (iterator->sums || constant_stride(iterator, CONTRACTION_Y) != 0 || iterator->extent.constant == 1)
      continue;
    if (!pixels || constant_stride(iterator, CONTRACTION_C) < constant_stride(pixels, CONTRACTION_C))
      pixels = iterator;
  }
  if (!pixels)
    return false;
  d->width = pixels->extent.constant;
  d->pixel_c = constant_stride(pixels, CONTRACTION_C);
  d->step = constant_stride(pixels, CONTRACTION_X) / d->pixel;
  for (uint32_t i = 0; i < d->c.count; i++) {
    const ContractionIterator *iterator = &d->c.iterators[i];
    if (iterator->sums || constant_stride(iterator, CONTRACTION_Y) != 0 || iterator->extent.constant == 1 ||
        iterator == pixels)
      continue;
    if (!rows || constant_stride(iterator, CONTRACTION_C) < constant_stride(rows, CONTRACTION_C))
      rows = iterator;
  }
  d->height = rows ? rows->extent.constant : 1;
  d->row_x = rows ? constant_stride(rows, CONTRACTION_X) : d->window_x;
  d->row_c = rows ? constant_stride(rows, CONTRACTION_C) : 0;
  for (uint32_t i = 0; i < d->c.count; i++) {
    const ContractionIterator *iterator = &d->c.iterators[i];
    if (!iterator->sums && constant_stride(iterator, CONTRACTION_Y) == 0 && iterator->extent.constant > 1 &&
        iterator != pixels && iterator != rows)
      d->outer[d->outer_count++] = *iterator;
  }
  // Rows of the window must be rows of X, or there is one alone.
  d->input_row = d->window > 1 ? d->window_x : d->row_x;
  d->row_step = d->input_row > 0 ? d->row_x / d->input_row : 1;
  return d->row_step <= MOST_ROW_STEP && (d->step == 1 || d->step == 2) &&
         constant_stride(pixels, CONTRACTION_X) == d->step * d->pixel &&
         (d->height == 1 || (d->input_row > 0 && d->row_x == d->row_step * d->input_row && d->row_step > 0));
}

// Borders along pixels and along rows.
static bool take_borders(Depthwise *d) {
  const Contraction *c = &d->c;
  int64_t pixels = (d->width - 1) * d->step + d->taps;
  d->image_rows = INT64_MAX;
  for (uint32_t b = 0; b < c->border_count; b++) {
    const ContractionBorder *border = &c->borders[b];
    bool row = border->stride == d->input_row && border->stride != d->pixel;
    if ((!row && border->stride != d->pixel) || c->bordered != CONTRACTION_X)
      return false;
    for (uint32_t i = 0; i < c->count; i++) {
      const ContractionIterator *iterator = &c->iterators[i];
      int64_t steps = iterator->steps[b], of_row = iterator->sums ? 1 : d->row_step;
      int64_t to_c = row ? d->row_c : d->pixel_c, to_y = row ? d->window_y : d->tap_y;
      if (iterator->extent.constant == 1 || steps == 0)
        continue;
      if (steps != (row              ? of_row
                    : iterator->sums ? 1
                                     : d->step) ||
          constant_stride(iterator, CONTRACTION_X) != steps * border->stride ||
          constant_stride(iterator, iterator->sums ? CONTRACTION_Y : CONTRACTION_C) !=
              (iterator->sums ? to_y : to_c))
        return false;
    }
    if (row) {
      d->first_row = border->first;
      d->image_rows = border->extent;
    } else {
      d->left = size_larger(-border->first, 0);
      d->right = size_larger(border->first + pixels - border->extent, 0);
    }
  }
  bool inside = d->left + d->right < pixels;
  d->right += depthwise_reach(d) - d->taps;
  return inside;
}

bool depthwise_find(const Contraction *contraction, Depthwise *d) {
  memset(d, 0, sizeof *d);
  d->c = *contraction;
  const Contraction *c = &d->c;
  bool known =
      c->word == DEPTHWISE_CHANNELS && c->start == START_ZERO && c->operands[CONTRACTION_Y].zero == NODE_NONE;
  for (uint32_t i = 0; i < c->count; i++)
    known = known && has_constant_steps(&c->iterators[i]);
  if (!known || !take_channels(d) || !take_taps(d) || !take_pixels(d) || !take_borders(d))
    return false;
  // Parameters go with the channels.
  const uint32_t accesses[EPILOGUE_PARAMETERS] = {c->epilogue.bias, c->epilogue.multiplier,
                                                  c->epilogue.shift};
  for (unsigned i = 0; i < EPILOGUE_PARAMETERS; i++)
    if (accesses[i] != EPILOGUE_NONE && !parameter_moves_with(c, accesses[i], d->channel_iterator))
      return false;
  d->c.epilogue.columns = false;
  return true;
}

// --- the plan

// Pixels, rows and channels of a tile; where its rows lie in the scratchpad.
static void size_tile(const Machine *machine, Depthwise *d) {
  int64_t size = contraction_size(&d->c, CONTRACTION_C);
  d->input_rows = (d->tile_rows - 1) * d->row_step + d->window;
  d->input_pixels = (d->width - 1) * d->step + depthwise_reach(d);
  // Rows are joined to fill a vector where they are short: those between are made and not sent.
  int64_t row_pixels = d->input_pixels;
  while (row_pixels * d->row_step % d->step != 0)
    row_pixels++;
  int64_t positions = row_pixels * d->row_step / d->step;
  d->joined = size_smaller(size_larger((d->tile - d->width) / positions + 1, 1), d->tile_rows);
  d->row_positions = d->joined > 1 ? positions : d->width;
  d->row_pixels = d->joined > 1 ? row_pixels : d->input_pixels;
  d->lanes = size_smaller((d->joined - 1) * positions + d->width, d->tile);
  d->pitch = (int64_t)spm_pitch(machine, (uint64_t)d->tile_channels);
  d->strips = d->joined > 1 ? 1 : size_divide_up(d->width, d->tile);
  int64_t vectors = size_divide_up(d->tile_rows, d->joined);
  d->groups = size_divide_up(vectors, MOST_BLOCK_VECTORS);
  d->block_vectors = size_divide_up(vectors, d->groups);
  d->block_rows = size_smaller(d->block_vectors * d->joined, d->tile_rows);
  d->parts = size_divide_up(d->tile_channels, d->block_channels);
  d->bands = size_divide_up(d->height, d->tile_rows);
  d->slices = size_divide_up(d->channels, d->tile_channels);
  d->tiles = d->bands * d->slices;
  for (uint32_t i = 0; i < d->outer_count; i++)
    d->tiles *= d->outer[i].extent.constant;
  d->halo = size_larger(d->window - d->row_step, 0);
  d->slot = d->input_rows * d->row_pixels * d->pitch;
  d->result_slot = d->tile_rows * d->row_positions * d->tile_channels * size;
}

// Whether what the next tile needs of this one's rows can stay where it is.
static bool can_keep(const Depthwise *d) {
  return d->bands > 1 && d->halo > 0 && d->joined == 1 && d->tile_rows % d->block_rows == 0 &&
         d->block_rows * d->row_step >= d->halo;
}

// While a tile is multiplied the next one's rows come and the last one's results leave. Where rows stay, four
// places take turns, so that rows come to the bank that results leave from, results are written to another,
// and rows are read from the other two. Three would do.
static bool place_buffers(const Machine *machine, Depthwise *d, unsigned places) {
  d->places = places;
  static const char *const inputs[DEPTHWISE_PLACES] = {"rows", "next rows", "third rows", "fourth rows"};
  static const char *const results[DEPTHWISE_PLACES] = {"results", "next results", "third results",
                                                        "fourth results"};
  memset(d->buffers, 0, sizeof d->buffers);
  for (unsigned i = 0; i < d->places; i++) {
    unsigned bank = (i + DEPTHWISE_PLACES / 2) % DEPTHWISE_PLACES;
    d->buffers[DEPTHWISE_INPUT + i] = (SpmBuffer){inputs[i], (uint64_t)d->slot, 0, i};
    d->buffers[DEPTHWISE_RESULT + i] = (SpmBuffer){results[i], (uint64_t)d->result_slot, 0, bank};
  }
  int64_t taps = d->window * depthwise_reach(d);
  uint64_t weights = (uint64_t)(taps * (d->channel_y == 1 ? d->tap_pitch : d->channels));
  d->buffers[DEPTHWISE_WEIGHTS] = (SpmBuffer){"weights", weights, 0, DEPTHWISE_PLACES / 2};
  return spm_place(machine, d->buffers, DEPTHWISE_BUFFERS, &d->spm_bytes, &d->spm_alignment);
}

// Cycles of a run of bytes between DRAM and the scratchpad, on the average of where `stride` leads to.
static double run_cycles(const Machine *machine, int64_t bytes, int64_t stride) {
  int64_t beat = (int64_t)machine->dram_bandwidth, beats = 0, places = 0;
  for (int64_t at = 0, i = 0; i < beat; i++, at = (at + stride) % beat) {
    beats += size_divide_up(at + bytes, beat);
    places++;
  }
  double spm = (double)size_divide_up(bytes, 4 * (int64_t)machine->dma_spm_words);
  double dram = (double)beats / (double)places;
  return spm > dram ? spm : dram;
}

int64_t depthwise_rounds(const Depthwise *d, DepthwiseCut cut) {
  const int64_t rounds[] = {1, d->parts, d->strips, d->groups};
  return rounds[cut];
}

int64_t depthwise_piece_end(const Depthwise *d, int64_t piece) {
  int64_t end = (piece + 1) * d->piece_rounds;
  switch (d->fetch_cut) {
  case DEPTHWISE_BY_PARTS:
    return size_smaller(end * d->block_channels, d->tile_channels);
  case DEPTHWISE_BY_STRIPS:
    return (size_smaller(end * d->lanes, d->width) - 1) * d->step + depthwise_reach(d);
  default:
    return (size_smaller(end * d->block_rows, d->tile_rows) - 1) * d->row_step + d->window;
  }
}

// The outermost loop of a tile whose pieces take the DMA engine no longer than the whole; of results, which
// are cut in the last tile only, the outermost one.
static void choose_cuts(const Machine *machine, Depthwise *d, bool cut) {
  int64_t beat = (int64_t)machine->dram_bandwidth;
  bool aligned = d->block_channels % beat == 0 && d->pixel % beat == 0;
  d->fetch_cut = !cut                         ? DEPTHWISE_WHOLE
                 : d->parts > 1 && aligned    ? DEPTHWISE_BY_PARTS
                 : d->strips > 1              ? DEPTHWISE_BY_STRIPS
                 : d->groups > 1 && !d->keeps ? DEPTHWISE_BY_GROUPS
                                              : DEPTHWISE_WHOLE;
  int64_t rounds = depthwise_rounds(d, d->fetch_cut);
  d->piece_rounds = size_divide_up(rounds, DEPTHWISE_PIECES);
  d->pieces = size_divide_up(rounds, d->piece_rounds);
  bool apart = d->channels % d->tile_channels == 0 && d->height % d->tile_rows == 0; // from the tile before
  d->send_cut = !apart          ? DEPTHWISE_WHOLE
                : d->parts > 1  ? DEPTHWISE_BY_PARTS
                : d->strips > 1 ? DEPTHWISE_BY_STRIPS
                : d->groups > 1 ? DEPTHWISE_BY_GROUPS
                                : DEPTHWISE_WHOLE;
}

// What the loads of input rows that few rows of results need take more than their products.
static int64_t edge_cycles(const Depthwise *d, int64_t quads, int64_t loads) {
  int64_t cycles = 0;
  for (int64_t row = 0; row < d->block_rows * d->row_step + d->window; row++) {
    int64_t vectors = 0;
    for (int64_t v = 0; v < d->block_vectors; v++) {
      int64_t tap = row - size_smaller(v * d->joined, d->block_rows - d->joined) * d->row_step;
      vectors += tap >= 0 && tap < d->window;
    }
    cycles += vectors ? size_larger(loads - vectors * quads, 0) : 0;
  }
  return cycles;
}

// What a block needs of the units, for all blocks; the cycles of one.
static int64_t estimate_block(const Machine *machine, Depthwise *d) {
  int64_t size = contraction_size(&d->c, CONTRACTION_C), across = d->block_channels / d->tile;
  int64_t quads = d->block_channels / DEPTHWISE_CHANNELS;
  int64_t row_loads = d->triples * size_divide_up(quads, d->fields);
  int64_t words = (d->lanes - 1) * d->step + DEPTHWISE_TAPS;
  int64_t load = size_divide_up(d->fields * words, (int64_t)machine->spm_lanes);
  int64_t starts =
      size_smaller(d->block_vectors * d->window, (d->block_rows - d->joined) * d->row_step + d->window);
  int64_t products = d->block_vectors * (d->window * d->triples * quads + (across == 3 ? 4 : across));
  int64_t issue = (products + 2 * starts * row_loads + starts + 6 * d->block_vectors) / 2;
  int64_t port = starts * row_loads * load;
  int64_t line = size_larger(size_divide_up(d->block_channels, (int64_t)machine->drain_results),
                             size_divide_up(d->block_channels * size, (int64_t)machine->drain_bytes));
  int64_t drain = d->block_vectors * d->lanes * line;
  double all = (double)(d->parts * d->groups * d->strips * d->tiles);
  d->product_cycles = (uint64_t)(all * (double)products);
  d->port_cycles = (uint64_t)(all * (double)port);
  d->drain_cycles = (uint64_t)(all * (double)drain);
  int64_t multiplied = products + edge_cycles(d, d->triples * quads, row_loads * load);
  return size_larger(size_larger(multiplied, issue), size_larger(port, drain)) + BLOCK_OVERHEAD;
}

// Cycles of the DMA engine for a tile: its rows, those of them that the tile before does not have, its
// results.
typedef struct TileMoves {
  double fetch, next, send;
} TileMoves;

static TileMoves tile_moves(const Machine *machine, const Depthwise *d) {
  int64_t bytes = d->tile_channels * (int64_t)contraction_size(&d->c, CONTRACTION_C);
  double row =
      (double)(d->input_pixels - d->left - d->right) * run_cycles(machine, d->tile_channels, d->pixel);
  TileMoves moves = {.fetch = (double)d->input_rows * row};
  moves.next = d->keeps ? (double)(d->tile_rows * d->row_step) * row : moves.fetch;
  moves.send = bytes == d->pixel_c
                   ? (double)d->tile_rows * run_cycles(machine, bytes * d->width, d->row_c)
                   : (double)(d->tile_rows * d->width) * run_cycles(machine, bytes, d->pixel_c);
  return moves;
}

// What the rows of a tile that come while it is multiplied take longer, since loads are from the bank that
// they come to.
static double held_up_cycles(const Machine *machine, const Depthwise *d, double fetch, double compute) {
  int64_t bytes = d->fetch_cut == DEPTHWISE_BY_PARTS ? depthwise_piece_end(d, 0) : d->tile_channels;
  double loads = (double)d->port_cycles / ((double)d->tiles * compute);
  double writes = (double)size_divide_up(bytes, 4 * (int64_t)machine->dma_spm_words) /
                  run_cycles(machine, bytes, d->pixel);
  double beside = fetch < compute ? fetch : compute;
  return loads + writes > 1 ? beside * (loads + writes - 1) : 0;
}

// With pieces, of the first tile only one must be there before the first product, and behind the last one
// only the rounds that need it are made; behind the last product a round's results are sent.
static void estimate(const Machine *machine, Depthwise *d) {
  TileMoves moves = tile_moves(machine, d);
  double block = (double)estimate_block(machine, d), others = (double)(d->tiles - 1), rounds = 1;
  double part = (double)(PART_OVERHEAD + 2 * depthwise_kernels(d));
  double compute = (double)d->parts * ((double)(d->groups * d->strips) * block + part) + TILE_OVERHEAD;
  double held_up = d->pieces > 1 ? held_up_cycles(machine, d, moves.fetch, compute) : 0;
  double move = moves.next + moves.send + (double)(1 + d->pieces) * (double)machine->dma_start + held_up;
  for (DepthwiseCut cut = DEPTHWISE_BY_PARTS; cut <= d->fetch_cut; cut++)
    rounds *= (double)depthwise_rounds(d, cut);
  const int64_t extents[] = {d->input_rows, d->tile_channels, d->input_pixels, d->input_rows};
  double first = moves.fetch * (double)depthwise_piece_end(d, 0) / (double)extents[d->fetch_cut];
  double behind = compute * (1 - (double)(d->piece_rounds * (d->pieces - 1)) / rounds);
  double extra = START_OVERHEAD + 2 * (double)machine->dram_latency +
                 moves.send / (double)depthwise_rounds(d, d->send_cut);
  double moving = moves.fetch + held_up + others * move + behind, computing = first + (others + 1) * compute;
  d->dma_cycles = (uint64_t)(moves.fetch + moves.send + others * move);
  d->extra_cycles = (uint64_t)(extra + first);
  d->cycles = (int64_t)(extra + (moving > computing ? moving : computing));
  if (d->fetch_cut == DEPTHWISE_WHOLE && d->tiles > 1)
    d->cycles += d->cycles / WAIT_SHARE;
}

// Accumulators of a row of results must leave room for all rows that an input row adds to, and one that
// drains; registers of weights for those of loads, and for two of offsets. With groups of four registers
// there is no room for more than one field.
static bool choose_block(const Machine *machine, Depthwise *d, int64_t across) {
  int64_t set = across == 3 ? 4 : across, alive = size_divide_up(d->window, d->row_step);
  d->block_channels = d->tile * across;
  int64_t kernels = depthwise_kernels(d), left = REGISTERS - KEPT_REGISTERS - kernels;
  int64_t load = (DEPTHWISE_AHEAD + 1) * (int64_t)depthwise_field_registers(d);
  d->fields = d->step == 1 && left >= 2 * load ? 2 : 1;
  if (kernels > DEPTHWISE_KERNELS || left < load)
    return false;
  return d->block_channels <= d->channels && (alive + 1) * set <= (int64_t)machine->accumulators;
}

static void try_tile(const Machine *machine, Depthwise *d, Depthwise *best, bool *any) {
  size_tile(machine, d);
  int64_t row_loads = d->triples * size_divide_up(d->block_channels / DEPTHWISE_CHANNELS, d->fields);
  if ((d->block_rows * d->row_step + d->window) * row_loads > DEPTHWISE_LOADS)
    return;
  bool keep = can_keep(d);
  for (unsigned k = 0; k < (keep ? 4 : 2); k++) {
    d->keeps = k / 2 == 1;
    choose_cuts(machine, d, k % 2 == 1);
    estimate(machine, d);
    unsigned places = d->tiles == 1 ? 1 : d->keeps ? DEPTHWISE_PLACES : 2;
    if ((*any && d->cycles >= best->cycles) ||
        (!place_buffers(machine, d, places) && !(d->keeps && place_buffers(machine, d, places - 1))))
      continue;
    *best = *d;
    *any = true;
  }
}

// Weights lie in the scratchpad as in memory; taps of an accumulator's, where channels lie side by side, side
// by side in the word lanes.
static void place_weights(const Machine *machine, Depthwise *d) {
  int64_t lanes = 4 * (int64_t)machine->spm_lanes;
  bool channels = d->channel_y == 1;
  d->tap_pitch = channels ? size_divide_up(d->channels, lanes) * lanes + d->tile : 1;
  d->channel_pitch = channels ? 1 : d->window * depthwise_reach(d);
}

bool depthwise_plan(const Machine *machine, Depthwise *best) {
  Depthwise d = *best;
  bool any = false;
  d.tile = machine_tile(machine);
  place_weights(machine, &d);
  if (d.channels % DEPTHWISE_CHANNELS != 0 || d.tile < DEPTHWISE_CHANNELS ||
      DEPTHWISE_TAPS * d.tap_pitch + d.tile * d.channel_pitch > UINT16_MAX) // an offset of the gathered ones
    return false;
  for (int64_t across = 1; across <= DEPTHWISE_ACROSS; across++) {
    if (!choose_block(machine, &d, across))
      continue;
    for (int64_t slices = 1; slices * d.block_channels < d.channels + d.block_channels; slices++) {
      int64_t channels =
          size_divide_up(size_divide_up(d.channels, slices), d.block_channels) * d.block_channels;
      d.tile_channels = size_smaller(d.channels, channels);
      for (int64_t bands = 1, rows = 0; bands <= d.height; bands++) {
        d.tile_rows = size_divide_up(d.height, bands);
        if (d.tile_rows != rows)
          try_tile(machine, &d, best, &any);
        rows = d.tile_rows;
      }
    }
  }
  return any;
}

bool depthwise_plan_sums(Target *target, Depthwise *d, const char **reason) {
  d->c.correction = NULL;
  if (!d->c.epilogue.corrected)
    return true;
  const Quantity nothing = {IR_NONE, 0}, one = {IR_NONE, 1};
  Contraction view = d->c;
  bool linear = d->window_y == d->taps * d->tap_y;
  view.count = 0;
  if (d->window > 1 && !linear)
    view.iterators[view.count++] =
        (ContractionIterator){.role = ROLE_OUTER,
                              .sums = true,
                              .iterator = IR_NONE,
                              .extent = {IR_NONE, d->window},
                              .strides = {nothing, {IR_NONE, d->window_y}, nothing}};
  int64_t taps = linear ? d->taps * d->window : d->taps;
  view.iterators[view.count++] = (ContractionIterator){
      .role = ROLE_ROW, .iterator = IR_NONE, .extent = one, .strides = {one, nothing, nothing}};
  view.iterators[view.count++] = (ContractionIterator){.role = ROLE_COLUMN,
                                                       .iterator = d->channel_iterator,
                                                       .extent = {IR_NONE, d->channels},
                                                       .strides = {nothing, {IR_NONE, d->channel_y}, one}};
  view.iterators[view.count++] = (ContractionIterator){.role = ROLE_SUM,
                                                       .sums = true,
                                                       .iterator = IR_NONE,
                                                       .extent = {IR_NONE, taps},
                                                       .strides = {one, {IR_NONE, d->tap_y}, nothing}};
  bool planned = zero_point_plan(target, &view, reason);
  d->c.correction = view.correction;
  return planned;
}
