// Contractions of few values of k: blocks are multiplied in less time than it takes to say what is to be done
// for each of them, so transfers are by bands of many blocks, and all of Y stays in the scratchpad.
//
// Rows of a band that follow one another in memory come in runs of as many rows as the band has blocks, at a
// pitch of an odd number of words; a block is every such row: its loads take all lanes, and the DMA engine
// moves long runs. All bands are of one size: the last one overlaps the one before, whose results it makes
// again.
#include "target/tensor/band.h"

#include <string.h>

enum {
  MOST_WORDS = 48, // of k: products of a block are written out
  MOST_BLOCKS = 32,
  BAND_OVERHEAD = 70,  // cycles: drains that transfers wait for
  PANEL_OVERHEAD = 40, // the drain's parameters
  BLOCK_OVERHEAD = 6,
  WORD_INSTRUCTIONS = 6,
  BLOCK_INSTRUCTIONS = 40,
  START_OVERHEAD = 500, // code that is met for the first time
};

static int64_t divide_up(int64_t x, int64_t y) {
  return (x + y - 1) / y;
}

static int64_t larger(int64_t x, int64_t y) {
  return x > y ? x : y;
}

static bool is_constant(const ContractionIterator *iterator) {
  bool constant = iterator->extent.value == IR_NONE && iterator->extent.constant > 0;
  for (unsigned i = 0; i < CONTRACTION_ARRAYS; i++)
    constant = constant && iterator->strides[i].value == IR_NONE;
  return constant;
}

static int64_t stride(const ContractionIterator *iterator, unsigned array) {
  return iterator->strides[array].constant;
}

static bool read_form(Bands *b) {
  Contraction *c = &b->c;
  if (contraction_outer_count(c) || c->row_parts.count || c->sum_parts.count || c->start != START_ZERO)
    return false;
  for (uint32_t i = 0; i < c->count; i++)
    if (!is_constant(&c->iterators[i]))
      return false;
  const ContractionIterator *row = contraction_main(c, ROLE_ROW), *column = contraction_main(c, ROLE_COLUMN),
                            *sum = contraction_main(c, ROLE_SUM);
  int64_t size = contraction_size(c, CONTRACTION_X);
  b->rows = row->extent.constant;
  b->columns = column->extent.constant;
  b->row_bytes = sum->extent.constant * size;
  b->words = divide_up(b->row_bytes, 4);
  b->x_stride = stride(row, CONTRACTION_X);
  b->y_stride = stride(column, CONTRACTION_Y);
  b->c_stride = stride(row, CONTRACTION_C);
  b->result_row = b->columns * contraction_size(c, CONTRACTION_C);
  bool parameters = epilogue_has_parameters(&c->epilogue);
  return stride(sum, CONTRACTION_X) == size && stride(sum, CONTRACTION_Y) == size && b->words <= MOST_WORDS &&
         stride(column, CONTRACTION_C) == contraction_size(c, CONTRACTION_C) &&
         b->c_stride >= b->result_row && (!parameters || c->epilogue.columns);
}

// Panels of the most accumulators, and one of what is left.
static void cut_columns(Bands *b, unsigned most) {
  int64_t wide = most * b->tile, full = b->columns / wide, rest = b->columns % wide;
  b->kind_count = 0;
  if (full)
    b->kinds[b->kind_count++] = (BandPanels){most, 0, full, wide};
  if (!rest)
    return;
  unsigned shape = 1;
  while (shape * b->tile < rest)
    shape *= 2;
  b->kinds[b->kind_count++] = (BandPanels){shape, full * wide, 1, rest};
}

static void size_buffers(const Machine *machine, Bands *b) {
  b->x_row = divide_up(b->row_bytes, 4) * 4;
  b->x_pitch = (int64_t)spm_pitch(machine, (uint64_t)(b->x_row * b->blocks));
  b->y_pitch = (int64_t)spm_pitch(machine, (uint64_t)b->x_row);
  b->band_rows = b->block_rows * b->blocks;
  b->bands = divide_up(b->rows, b->band_rows);
  b->slot = b->block_rows * b->x_pitch;
  b->result_slot = divide_up(b->band_rows * b->result_row, (int64_t)machine->spm_lanes * 4) *
                   (int64_t)machine->spm_lanes * 4;
  SpmBuffer buffers[BAND_BUFFERS] = {
      [BAND_ROWS] = {"rows", (uint64_t)(b->slot * BAND_SLOTS), 0, 0},
      [BAND_COLUMNS] = {"columns", (uint64_t)(b->columns * b->y_pitch), 0, 1},
      [BAND_RESULTS] = {"results", (uint64_t)(b->result_slot * BAND_SLOTS), 0, 2},
  };
  memcpy(b->buffers, buffers, sizeof buffers);
}

// --- estimate

static int64_t transfer(const Machine *machine, int64_t runs, int64_t bytes) {
  // A run that is no multiple of a beat begins and ends within one.
  int64_t beat = (int64_t)machine->dram_bandwidth, beats = divide_up(bytes, beat);
  int64_t halves = 2 * beats + (bytes % beat != 0);
  int64_t scratchpad = divide_up(bytes, (int64_t)machine->dma_spm_words * 4);
  return (int64_t)machine->dma_start + larger(runs * halves / 2, runs * scratchpad);
}

static bool rows_joined(const Bands *b) {
  return b->x_stride == b->row_bytes && b->x_row == b->row_bytes;
}

static void estimate(const Machine *machine, Bands *b) {
  int64_t size = contraction_size(&b->c, CONTRACTION_C), product = 0, port = 0, drain = 0, band = 0;
  int64_t gap = (int64_t)(b->c.word == 4 ? machine->mopa_integer_gap : machine->mopa_float_gap);
  for (uint32_t i = 0; i < b->kind_count; i++) {
    const BandPanels *k = &b->kinds[i];
    int64_t shape = (int64_t)b->shape_rows * k->shape_columns, times = k->count * b->blocks;
    int64_t products = b->words * larger(shape, gap);
    int64_t loads = b->words * (int64_t)(b->shape_rows + k->shape_columns);
    int64_t line = larger(divide_up(k->columns, (int64_t)machine->drain_results),
                          divide_up(k->columns * size, (int64_t)machine->drain_bytes));
    int64_t drains = b->block_rows * line;
    product += products * times;
    port += loads * times;
    drain += drains * times;
    int64_t issue = (b->words * WORD_INSTRUCTIONS + BLOCK_INSTRUCTIONS) / (int64_t)machine->issue_width;
    band += times * (larger(larger(products, loads), larger(drains, issue)) + BLOCK_OVERHEAD) +
            k->count * PANEL_OVERHEAD;
  }
  int64_t fetch = rows_joined(b) ? transfer(machine, b->block_rows, b->blocks * b->row_bytes)
                                 : transfer(machine, b->band_rows, b->row_bytes);
  int64_t send = b->c_stride == b->result_row ? transfer(machine, 1, b->band_rows * b->result_row)
                                              : transfer(machine, b->band_rows, b->result_row);
  b->product_cycles = (uint64_t)(product * b->bands);
  b->port_cycles = (uint64_t)(port * b->bands);
  b->drain_cycles = (uint64_t)(drain * b->bands);
  b->dma_cycles = (uint64_t)((fetch + send) * b->bands);
  b->extra_cycles = (uint64_t)(START_OVERHEAD + 2 * (int64_t)machine->dram_latency + fetch + send +
                               transfer(machine, b->columns, b->row_bytes));
  b->cycles = (uint64_t)(b->bands * larger(band + BAND_OVERHEAD, fetch + send)) + b->extra_cycles;
}

// --- search

static void try_blocks(const Machine *machine, Bands *b, Bands *best) {
  for (b->blocks = 2; b->blocks <= MOST_BLOCKS; b->blocks += 2) {
    if (b->block_rows * b->blocks > b->rows)
      return;
    size_buffers(machine, b);
    if (!spm_place(machine, b->buffers, BAND_BUFFERS, &b->spm_bytes, &b->spm_alignment))
      return;
    estimate(machine, b);
    if (!best->cycles || b->cycles < best->cycles)
      *best = *b;
  }
}

bool bands_plan(const Machine *machine, const Contraction *contraction, Bands *best) {
  Bands b = {.c = *contraction, .tile = machine_tile(machine)};
  best->cycles = 0;
  if (!read_form(&b))
    return false;
  for (b.shape_rows = 1; b.shape_rows <= 4; b.shape_rows *= 2) {
    uint64_t columns = machine->accumulators / 2 / b.shape_rows;
    if (!columns)
      break;
    cut_columns(&b, columns < 4 ? (unsigned)columns : 4);
    int64_t most = b.shape_rows * b.tile;
    for (b.block_rows = most; b.block_rows > most - b.tile && b.block_rows > 0; b.block_rows--)
      try_blocks(machine, &b, best);
  }
  return best->cycles != 0;
}
