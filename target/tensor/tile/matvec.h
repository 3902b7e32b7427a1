// Products of a matrix with one vector on the tile unit (matvec.c, matvec_code.c).
#ifndef KILN_TARGET_TENSOR_TILE_MATVEC_H
#define KILN_TARGET_TENSOR_TILE_MATVEC_H

#include "target/tensor/tile/contraction.h"

enum {
  MATVEC_SLOTS = 4,                // tiles in the scratchpad
  MATVEC_AHEAD = MATVEC_SLOTS - 1, // tiles that are asked for before their turn
  MATVEC_TILES = 64,               // that a matrix is cut into, where they are not too small or large for it
  MATVEC_LEAST_RUN = 128,          // bytes of k side by side
  MATVEC_ROW_UNIT = 16,            // bytes: rows of a multiple of it meet in the scratchpad's lanes too often
  MATVEC_WORD_BYTES = 4,
};

// How the matrix lies in memory and in the scratchpad.
typedef enum MatvecForm {
  MATVEC_SUM,   // k side by side: a word of each column is a strided load
  MATVEC_WORDS, // columns side by side, a word each: k one behind the other
  MATVEC_BYTES, // columns side by side, a byte each: four columns a word
} MatvecForm;

typedef struct Matvec {
  Contraction c; // X is the vector, Y the matrix, whose columns are C's elements
  MatvecForm form;
  unsigned across;              // accumulators of one product
  unsigned groups;              // products for a word of k
  bool few;                     // columns: one group
  unsigned unroll;              // words of k that are written out
  int64_t group, block;         // columns
  int64_t chunk;                // of k in a tile
  int64_t pitch;                // bytes: of columns, or of k
  int64_t longest_row;          // bytes: rows that are no longer may come as they lie in memory; 0: none
  int64_t old_place, new_place; // in a slot: C's values before and after
  int64_t slot, apart;          // bytes of a tile's slot, and from one to the next
  int64_t x_place, longest;     // of the vector: where it is, and elements that fit
  bool one_pass;                // longer sums cannot be cut
  uint64_t spm_bytes, spm_alignment;
  uint64_t dma_cycles, product_cycles, extra_cycles, cycles; // estimate
} Matvec;

static inline const ContractionIterator *matvec_side(const Matvec *m, ContractionRole role) {
  return &m->c.iterators[m->c.count - 3 + role];
}

static inline int64_t matvec_size(const Matvec *m, unsigned array) {
  return contraction_size(&m->c, array);
}

// Whether a contraction is a matrix, read once, times a vector whose elements lie side by side.
bool matvec_find(const Contraction *contraction, Matvec *matvec);
// False: the scratchpad or the accumulators are too few.
bool matvec_plan(const Machine *machine, Matvec *matvec);
void emit_matvec(Target *target, Matvec *matvec, IrValue condition);

#endif
