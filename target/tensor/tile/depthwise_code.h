// What the two halves of a depthwise convolution's code share: depthwise_emit.c, what is multiplied, and
// depthwise_transfers.c, what moves.
#ifndef KILN_TARGET_TENSOR_TILE_DEPTHWISE_CODE_H
#define KILN_TARGET_TENSOR_TILE_DEPTHWISE_CODE_H

#include "target/tensor/tile/depthwise.h"
#include "target/tensor/tile/tile.h"

typedef struct Writer {
  Emitter *e;
  Schedule *s; // the drain's configuration
  const Depthwise *d;
  IrValue buffers[DEPTHWISE_BUFFERS];
  IrValue index;     // offsets of the weights of an accumulator
  uint32_t id, tile; // variables: of the transfer waited for; the number of the tile
  IrValue piece;     // id of the first piece of this tile's rows
  // Places of this tile's input rows, of the next one's, and so on; of results.
  uint32_t rows[DEPTHWISE_PLACES], results[DEPTHWISE_PLACES];
  uint32_t halo, next_halo;           // where the first rows are that the tile before had as well
  IrValue weights[DEPTHWISE_KERNELS]; // by rows of the window, triples of taps, accumulators
} Writer;

static inline IrValue number(Writer *w, int64_t x) {
  return emit_number(w->e, x);
}

static inline IrValue get_of(const Writer *w, uint32_t variable) {
  return w->e->variables[variable];
}

static inline int64_t row_bytes(const Depthwise *d) {
  return d->row_pixels * d->pitch;
}

static inline int64_t result_bytes(const Depthwise *d) { // of a pixel
  return d->tile_channels * (int64_t)contraction_size(&d->c, CONTRACTION_C);
}

// The start of part i of `extent`, parts of `size`: the last one ends where the extent does.
static inline IrValue part_start(Writer *w, IrValue i, int64_t size, int64_t extent) {
  return emit_min(w->e, emit_mul_number(w->e, i, size), number(w, extent - size));
}

// depthwise_transfers.c. Each leaves the id of its last transfer in w->id.
// The weights of `channels` channels from `first` on.
void depthwise_fetch_weights(Writer *w, int64_t first, int64_t channels);
// Pixels beyond the edges of the image, and between joined rows, which are read though nothing is made of
// them.
void depthwise_fill_columns(Writer *w, unsigned place);
// The rows of tile i, of which its pieces are the last transfers. Those that `before`, the place of the tile
// before, has stay there.
void depthwise_fetch_tile(Writer *w, IrValue i, IrValue to, IrValue before);
void depthwise_send_tile(Writer *w, IrValue i, IrValue from);
// In the last tile, where results leave round by round of the loop `cut`: those of a round.
void depthwise_send_round(Writer *w, DepthwiseCut cut, IrValue round);

#endif
