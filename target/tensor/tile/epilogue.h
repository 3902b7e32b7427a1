// Finding what the drain can do in an expression: what epilogue.c and scale.c share.
#ifndef KILN_TARGET_TENSOR_TILE_EPILOGUE_H
#define KILN_TARGET_TENSOR_TILE_EPILOGUE_H

#include "target/tensor/tile/contraction.h"

// Shifts that the drain takes.
enum { LEAST_SHIFT = 1, MOST_SHIFT = 62 };

typedef struct Matcher {
  const Target *target;
  const Region *region;
  const Access *sum;
  SumTest *is_sum;
  Epilogue *out;
  uint32_t start_bias; // the bias before the expression was looked at
} Matcher;

// The node, or what it is a copy of.
static inline const Node *at(const Matcher *m, uint32_t index) {
  const Node *node = &m->region->nodes.data[index];
  while (node->kind == NODE_OPERATION && node->op == IR_COPY)
    node = &m->region->nodes.data[node->operands[0]];
  return node;
}

static inline const Node *operand(const Matcher *m, const Node *node, unsigned i) {
  return at(m, node->operands[i]);
}

static inline bool is_number(const Node *node, int64_t value) {
  return node->kind == NODE_CONSTANT && node->imm == value;
}

// op(x, constant) in either order.
bool with_constant(const Matcher *m, const Node *node, IrOp op, const Node **x, int64_t *constant);
// A load of a parameter: one value for each row or column, side by side; those of other products (groups) may
// be others.
bool is_parameter(const Matcher *m, const Node *node, IrType type);
// The sum, with or without a bias.
bool match_sum(Matcher *m, const Node *node, IrType type);
// The sum, as it was found in the product.
bool is_scaled_sum(Matcher *m, const Node *node);

// scale.c
// A shift that is made of a parameter.
bool match_scale_shift(const Matcher *m, const Node *node, ScaleShift *shift);
bool scale_shifts_equal(const ScaleShift *x, const ScaleShift *y);
// Whether it is the element itself, a byte.
bool scale_shift_is_plain(const Matcher *m, const ScaleShift *shift);
// Whether all shifts are at least so large, which may be left to a test.
bool require_shift(Matcher *m, int64_t least);
// A doubled product's high half that is divided by a power of two, as gemmlowp does both; the drain's double
// rounding is the same where multipliers are not negative (scale.c). *behind: a constant that is added.
bool match_divided(Matcher *m, const Node *node, int64_t *behind);

#endif
