// Contractions of few values of k on the tile unit, a band of rows at a time (band.c, band_code.c).
#ifndef KILN_TARGET_TENSOR_BAND_H
#define KILN_TARGET_TENSOR_BAND_H

#include "target/tensor/contraction.h"

enum {
  BAND_ROWS,
  BAND_COLUMNS,
  BAND_RESULTS,
  BAND_BUFFERS,
  BAND_SLOTS = 3, // bands whose rows (results) are in the scratchpad
  BAND_KINDS = 2,
};

// Panels of columns of one width, side by side.
typedef struct BandPanels {
  unsigned shape_columns; // accumulators
  int64_t first, count;   // column, panels
  int64_t columns;        // of each
} BandPanels;

typedef struct Bands {
  Contraction c;
  int64_t tile;          // T
  int64_t rows, columns; // of C
  int64_t row_bytes;     // of k
  int64_t words;         // of k
  int64_t x_stride, y_stride, c_stride;
  unsigned shape_rows; // accumulators
  int64_t block_rows;  // rows of a block: every blocks-th of the band
  int64_t blocks, band_rows, bands;
  int64_t x_row, x_pitch; // bytes in the scratchpad: a row, and as many of them as there are blocks
  int64_t y_pitch;
  BandPanels kinds[BAND_KINDS];
  uint32_t kind_count;
  int64_t slot, result_row, result_slot;
  SpmBuffer buffers[BAND_BUFFERS];
  uint64_t spm_bytes, spm_alignment;
  uint64_t product_cycles, port_cycles, drain_cycles, dma_cycles, extra_cycles, cycles; // estimate
} Bands;

// The cheapest way to cut a contraction whose parameters, if any, go with the columns. False: it has another
// form, or does not fit.
bool bands_plan(const Machine *machine, const Contraction *contraction, Bands *bands);
void emit_bands(Target *target, Bands *bands, IrValue condition);

#endif
