// Contractions of few values of k: blocks are multiplied in less time than it takes to say what is to be done
// for each of them, so transfers are by bands of many blocks, and all of Y stays in the scratchpad.
//
// Rows of a band that follow one another in memory come in runs of as many rows as the band has blocks, at a
// pitch of an odd number of words; a block is every such row: its loads take all lanes, and the DMA engine
// moves long runs. All bands are of one size: the last one overlaps the one before, whose results it makes
// again.
#include "target/tensor/tile/band.h"
#include "target/tensor/tile/size.h"

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
  PACK_CYCLES = 14,     // a vector of each value of k in a word, and the words
};

// Rows that are the pixels of lines, k the runs of a window's lines. Bytes or lines that the window leaves
// out are not to be fetched.
static bool read_image(Bands *b) {
  const ContractionParts *rows = &b->c.row_parts, *sums = &b->c.sum_parts;
  BandImage *image = &b->image;
  if (rows->count != 2 || sums->count > 2)
    return false;
  for (unsigned i = 0; i < 2; i++)
    if (!is_positive_constant(rows->extents[i]) || !is_positive_constant(rows->strides[i]) ||
        (i < sums->count &&
         (!is_positive_constant(sums->extents[i]) || !is_positive_constant(sums->strides[i]))))
      return false;
  int64_t size = contraction_size(&b->c, CONTRACTION_X), line = rows->strides[1].constant;
  if (sums->count)
    b->row_bytes = sums->extents[0].constant * size;
  image->window_lines = sums->count == 2 ? sums->extents[1].constant : 1;
  int64_t window = image->window_lines > 1 ? sums->strides[1].constant : line;
  image->width = rows->extents[0].constant;
  image->height = rows->extents[1].constant;
  image->step = rows->strides[0].constant;
  image->line_stride = greatest_divisor(line, window);
  image->line_step = line / image->line_stride;
  image->window_step = window / image->line_stride;
  image->line_bytes = (image->width - 1) * image->step + b->row_bytes;
  bool dense =
      b->row_bytes >= image->step && image->window_step == 1 && image->window_lines >= image->line_step;
  b->phases = 4 / greatest_divisor(image->step, 4);
  b->run_words = 0;
  for (int64_t i = 0; i < b->phases; i++)
    b->run_words = size_larger(b->run_words, size_divide_up(image->step * i % 4 + b->row_bytes, 4));
  b->words = b->run_words * image->window_lines;
  // Beside the values of a run there are others in its words, whose products must be zero.
  bool whole = b->phases == 1 && b->row_bytes % 4 == 0;
  return dense && image->width % b->phases == 0 && (whole || b->c.word == 4);
}

static bool read_form(Bands *b) {
  Contraction *c = &b->c;
  if (contraction_outer_count(c) || c->start != START_ZERO)
    return false;
  for (uint32_t i = 0; i < c->count; i++)
    if (!has_constant_steps(&c->iterators[i]))
      return false;
  const ContractionIterator *row = contraction_main(c, ROLE_ROW), *column = contraction_main(c, ROLE_COLUMN),
                            *sum = contraction_main(c, ROLE_SUM);
  int64_t size = contraction_size(c, CONTRACTION_X);
  b->rows = row->extent.constant;
  b->columns = column->extent.constant;
  b->row_bytes = sum->extent.constant * size;
  b->words = b->run_words = size_divide_up(b->row_bytes, 4);
  b->phases = b->image.window_lines = 1;
  b->x_stride = constant_stride(row, CONTRACTION_X);
  b->y_stride = constant_stride(column, CONTRACTION_Y);
  b->y_step = constant_stride(sum, CONTRACTION_Y);
  b->c_stride = constant_stride(row, CONTRACTION_C);
  b->result_row = b->columns * contraction_size(c, CONTRACTION_C);
  if ((c->row_parts.count || c->sum_parts.count) && !read_image(b))
    return false;
  bool parameters = epilogue_has_parameters(&c->epilogue);
  return constant_stride(sum, CONTRACTION_X) == size && (!band_scatters(b) || b->y_stride == size) &&
         b->words <= MOST_WORDS &&
         constant_stride(column, CONTRACTION_C) == contraction_size(c, CONTRACTION_C) &&
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

// Cycles in which a block's pixels are loaded: those of the lane that most of them are in.
static int64_t pixel_loads(const Machine *machine, const Bands *b) {
  enum { MOST_LANES = 64 };
  int64_t lanes = (int64_t)machine->spm_lanes, cycles = 0,
          pixels = b->image.lines * b->image.width / b->phases;
  if (lanes > MOST_LANES)
    return b->block_rows;
  for (int64_t first = 0; first < pixels; first += b->block_rows) {
    int64_t words[MOST_LANES] = {0}, most = 0;
    for (int64_t i = first; i < first + b->block_rows; i++) {
      int64_t *used = &words[band_pixel(b, i) / 4 % lanes];
      most = size_larger(most, ++*used);
    }
    cycles += most;
  }
  return size_divide_up(cycles * b->block_rows, pixels);
}

// The pitch of lines at which pixels of several of them are best spread over the lanes.
static void choose_line_pitch(const Machine *machine, Bands *b) {
  BandImage *image = &b->image;
  int64_t least = (image->width - 1) * image->step / 4 * 4 + 4 * b->run_words, chosen = 0;
  image->load_cycles = INT64_MAX;
  for (int64_t pad = 0; pad < (int64_t)machine->spm_lanes; pad++) {
    image->line_pitch = least + 4 * pad;
    int64_t cycles = pixel_loads(machine, b);
    if (cycles < image->load_cycles) {
      image->load_cycles = cycles;
      chosen = pad;
    }
  }
  image->line_pitch = least + 4 * chosen;
}

static void size_rows(const Machine *machine, Bands *b) {
  BandImage *image = &b->image;
  b->x_row = 4 * b->words;
  if (image->lines) {
    choose_line_pitch(machine, b);
    image->input_lines =
        (image->lines - 1) * image->line_step + (image->window_lines - 1) * image->window_step + 1;
    b->apart = b->phases;
    b->band_rows = image->lines * image->width;
    b->bands = size_divide_up(image->height, image->lines);
    b->slot = image->input_lines * image->line_pitch;
    return;
  }
  b->x_pitch = (int64_t)spm_pitch(machine, (uint64_t)(b->x_row * b->blocks));
  b->apart = b->blocks;
  b->band_rows = b->block_rows * b->blocks;
  b->bands = size_divide_up(b->rows, b->band_rows);
  b->slot = b->block_rows * b->x_pitch;
}

static void size_buffers(const Machine *machine, Bands *b) {
  size_rows(machine, b);
  bool packs = band_packs(b);
  b->y_pitch = packs ? 4 : (int64_t)spm_pitch(machine, (uint64_t)b->x_row);
  b->y_word = packs ? 4 * b->columns : 4;
  int64_t columns = packs ? b->words * b->y_word : b->columns * b->y_pitch * b->phases;
  int64_t raw = packs && b->c.word > 1 ? b->words * b->y_word : 0;
  b->result_slot = b->band_rows * b->result_row;
  uint64_t table = b->image.lines ? (uint64_t)(4 * b->band_rows / b->phases) : 0;
  // What drains write is in another bank than what is loaded, fetched or sent meanwhile.
  const char *rows = b->image.lines ? "lines" : "rows";
  uint64_t size = (uint64_t)b->slot, results = (uint64_t)b->result_slot;
  SpmBuffer buffers[BAND_BUFFERS] = {
      {rows, size, 0, 0},
      {rows, size, 0, 0},
      {rows, size, 0, 0},
      {"results", results, 0, 1},
      {"results", results, 0, 2},
      {"results", results, 0, 3},
      [BAND_COLUMNS] = {"columns", (uint64_t)columns, 0, 3},
      [BAND_TABLE] = {"table", table, 0, 3},
      [BAND_RAW] = {"raw columns", (uint64_t)raw, 0, 3},
  };
  memcpy(b->buffers, buffers, sizeof buffers);
}

// --- estimate

static int64_t transfer(const Machine *machine, int64_t runs, int64_t bytes) {
  // A run that is no multiple of a beat begins and ends anywhere in one.
  int64_t beat = (int64_t)machine->dram_bandwidth, part = bytes % beat != 0 ? beat - 1 : 0;
  int64_t scratchpad = size_divide_up(bytes, (int64_t)machine->dma_spm_words * 4);
  return (int64_t)machine->dma_start + size_larger(runs * (bytes + part) / beat, runs * scratchpad);
}

static bool rows_joined(const Bands *b) {
  return b->x_stride == b->row_bytes && b->x_row == b->row_bytes;
}

// Until the columns are there as they are loaded.
static int64_t columns_cycles(const Machine *machine, const Bands *b) {
  int64_t element = contraction_size(&b->c, CONTRACTION_Y), values = b->row_bytes / element;
  int64_t runs = b->columns * b->image.window_lines * b->phases;
  if (!band_scatters(b))
    return transfer(machine, runs, b->row_bytes);
  if (!band_packs(b))
    return transfer(machine, runs * values, element);
  int64_t vectors = size_divide_up(b->columns * element, (int64_t)machine_vector_bytes(machine));
  int64_t pack = b->c.word > 1 ? b->words * vectors * PACK_CYCLES : 0;
  return transfer(machine, values, b->columns * element) + pack;
}

static void estimate(const Machine *machine, Bands *b) {
  int64_t size = contraction_size(&b->c, CONTRACTION_C), product = 0, port = 0, drain = 0, band = 0;
  int64_t gap = (int64_t)contraction_gap(machine, &b->c);
  for (uint32_t i = 0; i < b->kind_count; i++) {
    const BandPanels *k = &b->kinds[i];
    int64_t shape = (int64_t)b->shape_rows * k->shape_columns, times = k->count * b->blocks;
    int64_t products = b->words * size_larger(shape, gap);
    int64_t rows = b->image.lines ? b->image.load_cycles : (int64_t)b->shape_rows;
    int64_t loads = b->words * (rows + (int64_t)k->shape_columns);
    int64_t line = size_larger(size_divide_up(k->columns, (int64_t)machine->drain_results),
                               size_divide_up(k->columns * size, (int64_t)machine->drain_bytes));
    int64_t drains = b->block_rows * line;
    product += products * times;
    port += loads * times;
    drain += drains * times;
    int64_t issue = (b->words * WORD_INSTRUCTIONS + BLOCK_INSTRUCTIONS) / (int64_t)machine->issue_width;
    band += times * (size_larger(size_larger(products, loads), size_larger(drains, issue)) + BLOCK_OVERHEAD) +
            k->count * PANEL_OVERHEAD;
  }
  int64_t fetch = b->image.lines   ? transfer(machine, b->image.input_lines, b->image.line_bytes)
                  : rows_joined(b) ? transfer(machine, b->block_rows, b->blocks * b->row_bytes)
                                   : transfer(machine, b->band_rows, b->row_bytes);
  int64_t send = b->c_stride == b->result_row ? transfer(machine, 1, b->band_rows * b->result_row)
                                              : transfer(machine, b->band_rows, b->result_row);
  b->product_cycles = (uint64_t)(product * b->bands);
  b->port_cycles = (uint64_t)(port * b->bands);
  b->drain_cycles = (uint64_t)(drain * b->bands);
  b->dma_cycles = (uint64_t)((fetch + send) * b->bands);
  b->extra_cycles = (uint64_t)(START_OVERHEAD + 2 * (int64_t)machine->dram_latency + fetch + send +
                               columns_cycles(machine, b));
  b->cycles = (uint64_t)(b->bands * size_larger(band + BAND_OVERHEAD, fetch + send)) + b->extra_cycles;
}

// --- search

static bool try_plan(const Machine *machine, Bands *b, Bands *best) {
  size_buffers(machine, b);
  if (!spm_place(machine, b->buffers, BAND_BUFFERS, &b->spm_bytes, &b->spm_alignment))
    return false;
  estimate(machine, b);
  if (!best->cycles || b->cycles < best->cycles)
    *best = *b;
  return true;
}

static void try_blocks(const Machine *machine, Bands *b, Bands *best) {
  for (b->blocks = 2; b->blocks <= MOST_BLOCKS && b->block_rows * b->blocks <= b->rows; b->blocks += 2)
    if (!try_plan(machine, b, best))
      return;
}

// Whole lines, of each phase of whose pixels blocks are made.
static void try_lines(const Machine *machine, Bands *b, Bands *best) {
  for (b->image.lines = 1; b->image.lines <= b->image.height; b->image.lines++) {
    int64_t pixels = b->image.lines * b->image.width / b->phases;
    b->blocks = pixels / b->block_rows * b->phases;
    if (b->blocks > 2 * MOST_BLOCKS)
      return;
    if (pixels % b->block_rows == 0 && b->blocks % band_unroll(b) == 0 && !try_plan(machine, b, best))
      return;
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
    for (b.block_rows = most; b.block_rows > most - b.tile && b.block_rows > 0; b.block_rows--) {
      if (b.image.height)
        try_lines(machine, &b, best);
      else
        try_blocks(machine, &b, best);
    }
  }
  return best->cycles != 0;
}
