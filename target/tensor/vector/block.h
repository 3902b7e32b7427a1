// The vector unit's code for a nest, written where other code stands (vector/block.c).
#ifndef KILN_TARGET_TENSOR_VECTOR_BLOCK_H
#define KILN_TARGET_TENSOR_VECTOR_BLOCK_H

#include "target/tensor/emitter.h"
#include "target/tensor/nest.h"

// Cycles of the region, which is one nest whose iterations are independent, about; less than 0: the vector
// unit does not have all of it. Its values are narrowed.
double vector_block_cycles(Target *target, Region *region);
// Writes the code: no tests, and no transfers. The region is one for which there were cycles, not yet
// narrowed.
void emit_vector_block(Emitter *e, Region *region);

#endif
