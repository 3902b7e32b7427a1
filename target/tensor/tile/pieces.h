// Convolutions whose sizes only the run time knows, on the tile unit (pieces.c, pieces_code.c).
//
// X is an image: rows are its pixels, in lines; sums go over the taps of a window and over channels. A block
// of rows and columns takes all accumulators and stays there while pieces of k come: as many values as there
// is room for, of up to three of the sum's iterators, each piece one box for a line's pixels and one for the
// columns. What all of this is for the sizes at hand is computed at the start.
//
// Where X has a zero point a panel begins with a block whose X is ones, which adds up its columns: what makes
// up for the zero point goes into the panel's bias. (zero_point.c does it where sizes are known.)
#ifndef KILN_TARGET_TENSOR_TILE_PIECES_H
#define KILN_TARGET_TENSOR_TILE_PIECES_H

#include "target/tensor/emitter.h"
#include "target/tensor/tile/contraction.h"

enum {
  PIECE_LAG = 2, // pieces that are on their way
  PIECE_SLOTS = PIECE_LAG + 1,
  PIECE_RESULTS = 2, // blocks whose results are in the scratchpad
  PIECE_SUMS = 3,    // iterators of the sum that a piece goes along
  PIECE_GUARDS = 6,
};

enum {
  PIECE_ROWS, // as they come
  PIECE_COLUMNS,
  PIECE_PACKED_ROWS,
  PIECE_PACKED_COLUMNS,
  PIECE_RESULT,
  PIECE_BIAS, // of a panel, with what makes up for the zero point of X
  PIECE_BUFFERS
};

// A guard that keeps pixels, or lines of them, off an edge of the image: first + invariant + pixel * i + sum
// * k
// >= 0.
typedef struct PieceGuard {
  const Affine *guard;
  bool lines;          // i goes over lines, else over pixels of one
  bool upper;          // the edge where numbers are largest: coefficients are negative
  uint32_t sum;        // Pieces.sums that k is
  Quantity pixel, tap; // coefficients
} PieceGuard;

typedef struct Pieces {
  Contraction c;
  uint32_t lines; // of c.iterators: from line to line of pixels; UINT32_MAX: all are in one line
  uint32_t sums[CONTRACTION_ITERATORS]; // of c.iterators, innermost first
  uint32_t sum_count;
  uint32_t guard_count;
  PieceGuard guards[PIECE_GUARDS];
  bool grouped;        // the drain's parameters move with outer iterators
  uint32_t guarded[2]; // the sum that guards of pixels, of lines, move with; UINT32_MAX: none
  TilePlan shape;      // the block's, and how operands lie
  uint64_t slot[2];    // bytes of a piece as it comes
  SpmBuffer buffers[PIECE_BUFFERS];
} Pieces;

// Whether a contraction has a window or lines of pixels, of sizes that only the run time knows.
bool pieces_find(const Contraction *contraction, Pieces *pieces);
// False: an operand lies otherwise, or there is no room.
bool pieces_plan(const Machine *machine, Pieces *pieces);
// Whether all sizes are constants, and an estimate of the cycles then.
bool pieces_are_known(const Pieces *pieces);
uint64_t pieces_cycles(const Machine *machine, const Pieces *pieces);
// Adds what guards need to a condition (i1; IR_NONE: nothing yet): signs as they look, and a pixel within the
// image for each tap, so that all of the other operand is read.
void pieces_condition(Emitter *e, const Pieces *pieces, IrValue *condition);
void emit_pieces(Target *target, Pieces *pieces, IrValue condition);

#endif
