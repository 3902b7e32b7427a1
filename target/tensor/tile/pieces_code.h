// What the files share that write the code of convolutions whose sizes only the run time knows:
// pieces_code.c, pieces_transfers.c.
#ifndef KILN_TARGET_TENSOR_TILE_PIECES_CODE_H
#define KILN_TARGET_TENSOR_TILE_PIECES_CODE_H

#include "target/tensor/tile/pieces.h"
#include "target/tensor/tile/tile.h"

// Numbers that count like an odometer, innermost first, and values that move by fixed steps with each.
enum { WHEEL_LEVELS = CONTRACTION_ITERATORS + 2, WHEEL_VALUES = 4 + PIECE_SUMS };
typedef struct Wheel {
  uint32_t levels, values;
  IrValue extents[WHEEL_LEVELS];
  uint32_t index[WHEEL_LEVELS]; // variables
  IrValue steps[WHEEL_VALUES][WHEEL_LEVELS];
  uint32_t value[WHEEL_VALUES]; // variables
} Wheel;

typedef struct PieceWriter {
  Schedule *s; // the emitter, the drain and the products
  const Pieces *w;
  IrValue buffers[PIECE_BUFFERS];
  IrValue outside;   // what lies beyond the edges of the image, in 32 bits
  IrValue zero;      // what X's zero point adds to each value (Epilogue.corrected)
  IrValue dense;     // whether pixels follow one another without a gap
  IrValue line;      // pixels in a line, where lines do not go on in one another
  IrValue sent_line; // the same of results
  // Of the sum's first iterators: all of it, as much as a piece has, and how many pieces that is.
  IrValue extents[PIECE_SUMS], parts[PIECE_SUMS], counts[PIECE_SUMS];
  IrValue pieces; // of a block
  // Whether iterators 1 and 2 go on in memory where those within end.
  IrValue joined[2][PIECE_SUMS];
  Wheel fetch, compute;
  uint32_t fetch_rows_level, compute_rows_level;
  uint32_t f_x, f_y, f_row, f_column, f_left[PIECE_SUMS]; // of `fetch`
  uint32_t c_to, c_row, c_column, c_parameters;           // of `compute`
  uint32_t ids[PIECE_LAG + 1], sizes[PIECE_LAG + 1];      // of the newest piece, and of those before
  uint32_t x_next, y_next;                                // slots where the next ones come
  uint32_t x_use, y_use, y_later;                         // that are in use; of the next columns
  uint32_t result, sent[PIECE_RESULTS];
  uint32_t t;
} PieceWriter;

static inline IrValue number(PieceWriter *k, int64_t x) {
  return emit_number(&k->s->e, x);
}

static inline IrValue quotient(PieceWriter *k, IrValue x, IrValue y) {
  return build2(&k->s->e.builder, IR_UDIV, IR_I64, x, y);
}

static inline const ContractionIterator *sum_of(const PieceWriter *k, uint32_t i) {
  return &k->w->c.iterators[k->w->sums[i]];
}

static inline const ContractionIterator *main_of(const PieceWriter *k, ContractionRole role) {
  return &k->w->c.iterators[k->w->c.count - 3 + role];
}

static inline IrValue stride_of(PieceWriter *k, const ContractionIterator *iterator, unsigned array) {
  return emit_quantity(&k->s->e, iterator->strides[array]);
}

static inline IrValue pixel_offset(PieceWriter *k, unsigned array, IrValue line, IrValue pixel) {
  Emitter *e = &k->s->e;
  IrValue at = emit_mul(e, pixel, stride_of(k, main_of(k, ROLE_ROW), array));
  if (k->w->lines == UINT32_MAX)
    return at;
  return emit_add(e, at, emit_mul(e, line, stride_of(k, &k->w->c.iterators[k->w->lines], array)));
}

static inline void add_dimension(DmaBox *box, IrValue count, IrValue source, IrValue destination) {
  box->counts[box->dimensions] = count;
  box->source_strides[box->dimensions] = source;
  box->destination_strides[box->dimensions++] = destination;
}

// How much of each iterator a piece has, and all of it.
typedef struct Piece {
  IrValue parts[PIECE_SUMS], size;
  IrValue to; // where rows come
} Piece;

// pieces_transfers.c
// A stretch of the pixels of a line, which begins at this one, behind others of the block; context: the
// Piece.
void pieces_fetch_stretch(PieceWriter *k, IrValue line, IrValue pixel, IrValue before, IrValue rows,
                          void *context);
// A row of ones.
void pieces_fill_ones(PieceWriter *k, const Piece *piece);
// The piece of `columns` columns that the fetching wheel stands at.
void pieces_fetch_columns(PieceWriter *k, const Piece *piece, IrValue to, IrValue columns);

#endif
