// What narrowing integers and finding fixed-point instructions share.
#ifndef KILN_TARGET_TENSOR_VECTOR_NARROW_H
#define KILN_TARGET_TENSOR_VECTOR_NARROW_H

#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

typedef struct Stand {
  uint32_t node; // NODE_NONE: not looked at
  Range range;   // of the number that it is; only for integers of 8 bits and more
} Stand;

typedef struct Narrower {
  Region *region;
  Stand *stands;          // by node that was there before
  uint8_t *demanded;      // by such node: low bits that matter; 0: the node is not needed
  VEC(Range) ranges;      // by node
  AssumedShifts *assumed; // NULL: nothing is assumed
  bool *bounded;          // by array: a scalar of a range that is known
  Range *scalars;         // which
} Narrower;

// dependence.c
// Numbers that a node of integers can be.
Range node_range(const Region *region, uint32_t number, unsigned depth);

// vector/range.c
bool is_integer_type(IrType type); // of 8 to 64 bits
Wide power_of_two(unsigned bits);
Range full_range(IrType type);
bool range_fits(Range range, IrType type);
IrType type_for_range(Range range);
IrType wider_type(IrType a, IrType b);
Range product_range(Range a, Range b);
Range arithmetic_range(IrOp op, Range a, Range b);
const Node *narrow_node(const Narrower *n, uint32_t node);
Range narrow_range(const Narrower *n, uint32_t node);
// New nodes, or those that are the same already.
uint32_t narrow_push(Narrower *n, Node node, Range range);
uint32_t narrow_operation(Narrower *n, NodeKind kind, unsigned op, IrType type, uint32_t count, uint32_t x,
                          uint32_t y, Range range);
uint32_t narrow_number(Narrower *n, IrType type, int64_t value);
// The number that a node is, as an integer of the type: its low bits where it does not fit.
uint32_t narrow_as(Narrower *n, uint32_t node, IrType type);
bool narrow_is(const Narrower *n, uint32_t node, IrOp op);
bool narrow_is_number(const Narrower *n, uint32_t node, int64_t *value);
// The operands of a commutative operation, a constant second.
bool narrow_operands(const Narrower *n, uint32_t node, IrOp op, uint32_t *x, uint32_t *y);
// A sum with a number that does not wrap.
bool narrow_is_sum(const Narrower *n, uint32_t node, uint32_t *x, int64_t *number);

// vector/scalars.c
// Finds scalars that are set and then added to so many times that their ranges are known, and makes their
// accesses, but not the nodes that load them, of types as narrow as these.
void narrow_scalars(Narrower *n);

// vector/clamp.c
// A select that clamps a number and adds one to it, as that; NODE_NONE: it does something else.
uint32_t narrow_clamping_select(Narrower *n, uint32_t number);

// vector/fixed.c
// x >> amount, where that is a scaled product or rounds.
uint32_t narrow_shifted_right(Narrower *n, uint32_t x, unsigned amount, Range range);
// A product with rounding shifted right by what is loaded, which is assumed to lead into its upper half;
// NODE_NONE: it is another shift.
uint32_t narrow_shifted_by_load(Narrower *n, uint32_t shift);
// min(max(x, low), high), in either order, of a wider x.
uint32_t narrow_clamped(Narrower *n, IrOp op, uint32_t inner, uint32_t outer);
// A clamped value as it was before narrowing, plus a number, where clamping the sum instead gives fewer bits;
// NODE_NONE: it does not.
uint32_t narrow_clamped_sum(Narrower *n, uint32_t clamp, int64_t number);
// A shifted value times or plus a number, as one product or as a sum that is shifted; NODE_NONE: neither.
uint32_t narrow_without_zeros(Narrower *n, IrOp op, uint32_t x, uint32_t y);

#endif
