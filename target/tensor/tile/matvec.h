// Products of a matrix with one vector on the tile unit (matvec.c).
#ifndef KILN_TARGET_TENSOR_TILE_MATVEC_H
#define KILN_TARGET_TENSOR_TILE_MATVEC_H

#include "target/tensor/tile/contraction.h"

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
  unsigned unroll;              // words of k that are written out
  int64_t group, block;         // columns
  int64_t chunk;                // of k in a tile
  int64_t pitch;                // bytes: of columns, or of k
  int64_t old_place, new_place; // in a slot: C's values before and after
  int64_t slot, apart;          // bytes of a tile's slot, and from one to the next
  int64_t x_place, longest;     // of the vector: where it is, and elements that fit
  bool one_pass;                // longer sums cannot be cut
  uint64_t spm_bytes, spm_alignment;
  uint64_t dma_cycles, product_cycles, extra_cycles, cycles; // estimate
} Matvec;

// Whether a contraction is a matrix, read once, times a vector whose elements lie side by side.
bool matvec_find(const Contraction *contraction, Matvec *matvec);
// False: the scratchpad or the accumulators are too few.
bool matvec_plan(const Machine *machine, Matvec *matvec);
void emit_matvec(Target *target, Matvec *matvec, IrValue condition);

#endif
