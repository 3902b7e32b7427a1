// Contractions of few values of k on the tile unit, a band of rows at a time (band.c, band_code.c).
#ifndef KILN_TARGET_TENSOR_TILE_BAND_H
#define KILN_TARGET_TENSOR_TILE_BAND_H

#include "target/tensor/tile/contraction.h"

enum {
  BAND_SLOTS = 3, // bands whose rows (results) are in the scratchpad
  BAND_ROWS = 0,
  BAND_RESULTS = BAND_ROWS + BAND_SLOTS,
  BAND_COLUMNS = BAND_RESULTS + BAND_SLOTS,
  BAND_TABLE, // of an image's pixels
  BAND_RAW,   // columns as they come, before they are packed
  BAND_BUFFERS,
  BAND_KINDS = 2,
};

// Panels of columns of one width, side by side.
typedef struct BandPanels {
  unsigned shape_columns; // accumulators
  int64_t first, count;   // column, panels
  int64_t columns;        // of each
} BandPanels;

// Rows that are the pixels of lines of results, with X an image that a window goes over.
typedef struct BandImage {
  int64_t lines;                  // of results in a band; 0: rows are no pixels
  int64_t width, height;          // of results
  int64_t step;                   // bytes between pixels
  int64_t line_stride, line_step; // bytes between lines of X; lines between those of results
  int64_t window_lines, window_step;
  int64_t line_bytes, line_pitch; // what is fetched, and where the next one is in the scratchpad
  int64_t input_lines;            // of a band
  int64_t load_cycles;            // of a block's rows, for a word of k
} BandImage;

typedef struct Bands {
  Contraction c;
  int64_t tile;             // T
  int64_t rows, columns;    // of C
  int64_t row_bytes;        // of k, or of a run of it
  int64_t run_words, words; // of k: in a run, in all of them
  int64_t x_stride, y_stride, c_stride;
  int64_t y_step;      // bytes of Y between values of k
  unsigned shape_rows; // accumulators
  int64_t block_rows;  // rows of a block: every `apart`-th of a part of the band
  int64_t apart;
  int64_t phases; // ways in which rows lie to words: each has columns of its own that fit it
  int64_t blocks, band_rows, bands;
  int64_t x_row, x_pitch;  // bytes in the scratchpad: a row, and as many of them as there are blocks
  int64_t y_pitch, y_word; // of Y in the scratchpad: bytes between columns, between words of k
  BandImage image;
  BandPanels kinds[BAND_KINDS];
  uint32_t kind_count;
  int64_t slot, result_row, result_slot;
  SpmBuffer buffers[BAND_BUFFERS];
  uint64_t spm_bytes, spm_alignment;
  uint64_t product_cycles, port_cycles, drain_cycles, dma_cycles, extra_cycles, cycles; // estimate
} Bands;

// Blocks that the loop over a band's has in its body.
static inline int64_t band_unroll(const Bands *b) {
  return b->phases > 2 ? b->phases : 2;
}

// Whether columns lie side by side: then words of k are packed of them, or they come value by value for the
// runs of an image.
static inline bool band_scatters(const Bands *b) {
  return b->y_step != contraction_size(&b->c, CONTRACTION_Y);
}
static inline bool band_packs(const Bands *b) {
  return band_scatters(b) && !b->image.height;
}

// Where pixel i of a phase lies, from the first of them on.
static inline int64_t band_pixel(const Bands *b, int64_t i) {
  const BandImage *image = &b->image;
  int64_t wide = image->width / b->phases;
  return i / wide * image->line_step * image->line_pitch + i % wide * image->step * b->phases;
}

// The cheapest way to cut a contraction whose parameters, if any, go with the columns. False: it has another
// form, or does not fit.
bool bands_plan(const Machine *machine, const Contraction *contraction, Bands *bands);
void emit_bands(Target *target, Bands *bands, IrValue condition);

#endif
