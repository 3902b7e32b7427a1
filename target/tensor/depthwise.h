// Depthwise convolutions on the tile unit (depthwise.c).
#ifndef KILN_TARGET_TENSOR_DEPTHWISE_H
#define KILN_TARGET_TENSOR_DEPTHWISE_H

#include "target/tensor/contraction.h"

enum {
  DEPTHWISE_INPUT,
  DEPTHWISE_NEXT_INPUT,
  DEPTHWISE_RESULT,
  DEPTHWISE_NEXT_RESULT,
  DEPTHWISE_WEIGHTS,
  DEPTHWISE_BUFFERS,
};

typedef struct Depthwise {
  Contraction c;
  // The form. Strides are bytes.
  int64_t channels, width, height;
  uint32_t channel_iterator;
  int64_t taps, window;     // pixels and rows of the window
  int64_t pixel, input_row; // of X: between pixels, between rows
  int64_t step, row_step;   // of results, in pixels and rows of X
  int64_t row_x, window_x;  // of X: between rows of results, of the window
  int64_t tap_y, window_y;  // of Y: between taps of a row, between rows
  int64_t pixel_c, row_c;   // of C
  uint32_t outer_count;
  ContractionIterator outer[CONTRACTION_ITERATORS];
  // The plan. A tile is what is in the scratchpad, a block what is in the accumulators.
  int64_t tile;                     // T
  int64_t tile_rows, tile_channels; // of results
  int64_t block_rows, block_channels;
  int64_t input_rows, input_pixels; // of a tile
  int64_t pitch;                    // bytes between pixels in the scratchpad
  int64_t slot, result_slot;        // bytes
  int64_t strips, groups, parts;    // of a tile: of pixels, rows, channels
  int64_t bands, slices, tiles;     // of rows, of channels; all
  SpmBuffer buffers[DEPTHWISE_BUFFERS];
  uint64_t spm_bytes, spm_alignment;
  int64_t cycles; // estimate
} Depthwise;

// Whether a contraction is one whose iterators but for three taps, their rows and the channels are pixels.
bool depthwise_find(const Contraction *contraction, Depthwise *depthwise);
// False: no tile fits the scratchpad, or the channels do not fill an accumulator.
bool depthwise_plan(const Machine *machine, Depthwise *depthwise);
// Plans the sums of weights that a zero point of X needs, if it has one.
bool depthwise_plan_sums(Target *target, Depthwise *depthwise, const char **reason);
void emit_depthwise(Target *target, Depthwise *depthwise, IrValue condition);

#endif
