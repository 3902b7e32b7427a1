// Depthwise convolutions on the tile unit (depthwise.c).
#ifndef KILN_TARGET_TENSOR_TILE_DEPTHWISE_H
#define KILN_TARGET_TENSOR_TILE_DEPTHWISE_H

#include "target/tensor/tile/contraction.h"

enum {
  DEPTHWISE_TAPS = 3,     // of kt.mdw
  DEPTHWISE_CHANNELS = 4, // of kt.mdw
  DEPTHWISE_ACROSS = 4,   // accumulators of a row of results, at most
  DEPTHWISE_AHEAD = 2,    // loads before the products that need them
  DEPTHWISE_KERNELS = 24, // registers of weights, at most
  DEPTHWISE_LOADS = 1024, // of a block, at most
};

enum {
  DEPTHWISE_PLACES = 4, // of rows, and of results, at most
  DEPTHWISE_INPUT = 0,
  DEPTHWISE_RESULT = DEPTHWISE_INPUT + DEPTHWISE_PLACES,
  DEPTHWISE_WEIGHTS = DEPTHWISE_RESULT + DEPTHWISE_PLACES,
  DEPTHWISE_BUFFERS,
};

// The loop of a tile by whose rounds its transfers are cut, so that products begin with the first piece of
// the first tile, and behind the last product only its round's results are to be sent.
typedef enum DepthwiseCut {
  DEPTHWISE_WHOLE,
  DEPTHWISE_BY_PARTS,  // of the channels
  DEPTHWISE_BY_STRIPS, // of pixels
  DEPTHWISE_BY_GROUPS, // of rows
} DepthwiseCut;

enum { DEPTHWISE_PIECES = 4 }; // of a tile's rows, at most

typedef struct Depthwise {
  Contraction c;
  // The form. Strides are bytes.
  int64_t channels, width, height;
  uint32_t channel_iterator;
  int64_t taps, window;     // pixels and rows of the window
  int64_t triples;          // of taps of a row, of which the last may have taps that are zero
  int64_t pixel, input_row; // of X: between pixels, between rows
  int64_t step, row_step;   // of results, in pixels and rows of X
  int64_t row_x, window_x;  // of X: between rows of results, of the window
  int64_t tap_y, window_y;  // of Y: between taps of a row, between rows
  int64_t channel_y;        // of Y: between channels, or taps of a row, which lie side by side then: 1
  int64_t pixel_c, row_c;   // of C
  // Of the input pixels of all rows, those left and right of the image or of the window's last tap; the row
  // of the image that the first input row is, and the image's rows.
  int64_t left, right, first_row, image_rows;
  uint32_t outer_count;
  ContractionIterator outer[CONTRACTION_ITERATORS];
  // The plan. A tile is what is in the scratchpad, a block what goes through the accumulators at once: a few
  // vectors, each of T results at most of one row, or of several short ones.
  int64_t tile;                     // T
  int64_t tile_rows, tile_channels; // of results
  int64_t joined, lanes;            // rows in a vector; results
  int64_t fields;                   // words of channels that a load brings of each pixel
  int64_t row_positions;            // of results in the scratchpad, from row to row
  int64_t block_rows, block_vectors, block_channels;
  int64_t input_rows, input_pixels; // of a tile
  int64_t row_pixels, pitch;        // in the scratchpad: pixels from row to row, bytes from pixel to pixel
  int64_t tap_pitch, channel_pitch; // of the weights in the scratchpad: bytes between taps, between channels
  int64_t halo;                     // input rows that the next tile needs as well
  bool keeps;                       // they stay where they are
  int64_t slot, result_slot;        // bytes
  int64_t strips, groups, parts;    // of a tile: of pixels, rows, channels
  int64_t bands, slices, tiles;     // of rows, of channels; all
  DepthwiseCut fetch_cut, send_cut;
  int64_t pieces, piece_rounds; // of a tile's rows; of the loop
  unsigned places;              // in use
  SpmBuffer buffers[DEPTHWISE_BUFFERS];
  uint64_t spm_bytes, spm_alignment;
  // estimate
  uint64_t product_cycles, port_cycles, drain_cycles, dma_cycles, extra_cycles;
  int64_t cycles;
} Depthwise;

// Pixels that the taps of a row reach over.
static inline int64_t depthwise_reach(const Depthwise *d) {
  return d->triples * DEPTHWISE_TAPS;
}
// Registers of a field of a load; of the weights of a block.
static inline unsigned depthwise_field_registers(const Depthwise *d) {
  return d->step == 1 ? 2 : 4;
}
static inline int64_t depthwise_kernels(const Depthwise *d) {
  return d->window * d->triples * (d->block_channels / d->tile);
}

// Whether a contraction is one whose iterators but for taps, their rows and the channels are pixels.
bool depthwise_find(const Contraction *contraction, Depthwise *depthwise);
// False: no tile fits the scratchpad, or the channels do not fill an accumulator.
bool depthwise_plan(const Machine *machine, Depthwise *depthwise);
// Plans the sums of weights that a zero point of X needs, if it has one.
bool depthwise_plan_sums(Target *target, Depthwise *depthwise, const char **reason);
// Rounds of a loop of a tile; how much of what it is cut by (channels, input pixels, input rows) the pieces
// up to `piece` are.
int64_t depthwise_rounds(const Depthwise *depthwise, DepthwiseCut cut);
int64_t depthwise_piece_end(const Depthwise *depthwise, int64_t piece);
// depthwise_emit.c: the code.
void emit_depthwise(Target *target, Depthwise *depthwise, IrValue condition);

#endif
