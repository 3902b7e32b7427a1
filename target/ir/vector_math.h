// Functions of the C library on vectors: each becomes a few dozen instructions in place.
#ifndef KILN_TARGET_IR_VECTOR_MATH_H
#define KILN_TARGET_IR_VECTOR_MATH_H

#include "target/ir/vector.h"

typedef enum VectorFunction {
  MATH_NONE,
  // Exact
  MATH_CEIL,
  MATH_FLOOR,
  MATH_RINT, // nearbyint and roundeven too: the rounding mode is to nearest, ties to even
  MATH_ROUND,
  MATH_SQRT,
  MATH_TRUNC,
  // Near: within 1.25 units in the last place of the exact result (docs/tensor.md, "Functions")
  MATH_COS,
  MATH_ERF,
  MATH_EXP,
  MATH_EXP2,
  MATH_EXPM1,
  MATH_LOG,
  MATH_LOG10,
  MATH_LOG1P,
  MATH_LOG2,
  MATH_SIN,
  MATH_TANH,
} VectorFunction;

// The function on this machine that a call is to: a name of <math.h> without the f, and the type of the
// argument and result. MATH_NONE: none that there are instructions for.
VectorFunction vector_function(const Machine *machine, const char *name, size_t size, IrType type);
// Whether its results are those of the C library bit for bit.
bool vector_function_is_exact(VectorFunction function);
// Whether a call may become instructions: exact functions always, others where the call is marked
// (IR_APPROXIMATE).
VectorFunction vector_function_of_call(const Target *target, const Function *f, IrValue call);
// Instructions for an element of the type, about.
unsigned vector_function_cost(VectorFunction function);
// Groups that are alive in the instructions, beside the constants.
unsigned vector_function_groups(VectorFunction function);

// The function of a group's elements; those behind the length may become anything. `type`: IR_FLOAT, and for
// the exact functions IR_DOUBLE. Additions of coefficients go register by register in turns, each of which
// starts where the one before it has come to; everything else does so by itself.
IrValue build_vector_function(Target *target, Builder *b, VectorFunction function, IrType type,
                              VectorConfig config, IrValue avl, IrValue group);

#endif
