// Ranges of integers, and the nodes that narrowing makes of them.
#include "target/tensor/vector/narrow.h"

#include <assert.h>

bool is_integer_type(IrType type) {
  return type == IR_I8 || type == IR_I16 || type == IR_I32 || type == IR_I64;
}

Wide power_of_two(unsigned bits) {
  return (Wide)1 << bits;
}

Range full_range(IrType type) {
  unsigned bits = ir_type_bits(type);
  return is_integer_type(type) ? (Range){-power_of_two(bits - 1), power_of_two(bits - 1) - 1} : (Range){0, 0};
}

bool range_fits(Range range, IrType type) {
  Range full = full_range(type);
  return range.low >= full.low && range.high <= full.high;
}

IrType type_for_range(Range range) {
  return range_fits(range, IR_I8)    ? IR_I8
         : range_fits(range, IR_I16) ? IR_I16
         : range_fits(range, IR_I32) ? IR_I32
                                     : IR_I64;
}

IrType wider_type(IrType a, IrType b) {
  return ir_type_bits(a) > ir_type_bits(b) ? a : b;
}

// --- ranges -----------------------------------------------------------------------------------------------

Range product_range(Range a, Range b) {
  Wide corners[4] = {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
  Range range = {corners[0], corners[0]};
  for (unsigned i = 1; i < 4; i++) {
    range.low = corners[i] < range.low ? corners[i] : range.low;
    range.high = corners[i] > range.high ? corners[i] : range.high;
  }
  return range;
}

Range arithmetic_range(IrOp op, Range a, Range b) {
  switch (op) {
  case IR_ADD:
    return (Range){a.low + b.low, a.high + b.high};
  case IR_SUB:
    return (Range){a.low - b.high, a.high - b.low};
  case IR_MUL:
    return product_range(a, b);
  case IR_SMIN:
    return (Range){a.low < b.low ? a.low : b.low, a.high < b.high ? a.high : b.high};
  case IR_SMAX:
    return (Range){a.low > b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
  case IR_AND:
    if (a.low >= 0 || b.low >= 0)
      return (Range){0, a.low < 0 ? b.high : b.low < 0 || a.high < b.high ? a.high : b.high};
    // fall through
  default: { // AND, OR, XOR: as many bits as the longer one
    Range low = {a.low < b.low ? a.low : b.low, 0}, high = {0, a.high > b.high ? a.high : b.high};
    IrType type = wider_type(type_for_range(low), type_for_range(high));
    return full_range(type);
  }
  }
}

// --- new nodes --------------------------------------------------------------------------------------------

const Node *narrow_node(const Narrower *n, uint32_t node) {
  return &n->region->nodes.data[node];
}

Range narrow_range(const Narrower *n, uint32_t node) {
  assert(n->ranges.data && node < n->ranges.count);
  return n->ranges.data[node];
}

uint32_t narrow_push(Narrower *n, Node node, Range range) {
  size_t from = 0; // operands come before what uses them
  for (uint32_t k = 0; k < node.operand_count; k++)
    from = node.operands[k] >= from ? node.operands[k] + 1 : from;
  for (size_t i = from; i < n->region->nodes.count; i++) {
    const Node *old = narrow_node(n, (uint32_t)i);
    bool same = old->kind == node.kind && old->op == node.op && old->type == node.type &&
                old->aux == node.aux && old->flags == node.flags &&
                old->operand_count == node.operand_count && old->index == node.index &&
                old->imm == node.imm && node.kind != NODE_LOAD;
    for (uint32_t k = 0; same && k < node.operand_count; k++)
      same = old->operands[k] == node.operands[k];
    if (same) {
      n->ranges.data[i] = range;
      return (uint32_t)i;
    }
  }
  VEC_PUSH(&n->region->nodes, node);
  VEC_PUSH(&n->ranges, range);
  return (uint32_t)n->region->nodes.count - 1;
}

uint32_t narrow_operation(Narrower *n, NodeKind kind, unsigned op, IrType type, uint32_t count, uint32_t x,
                          uint32_t y, Range range) {
  Node node = {.kind = (uint8_t)kind,
               .op = kind == NODE_OPERATION ? (uint8_t)op : 0,
               .index = kind == NODE_OPERATION ? 0 : op,
               .type = type,
               .operand_count = (uint8_t)count,
               .operands = {x, count > 1 ? y : 0}};
  return narrow_push(n, node, range);
}

uint32_t narrow_number(Narrower *n, IrType type, int64_t value) {
  Node node = {.kind = NODE_CONSTANT, .op = IR_CONST, .type = type, .imm = value};
  return narrow_push(n, node, (Range){value, value});
}

// The number that a node is, as an integer of the type: its low bits where it does not fit.
uint32_t narrow_as(Narrower *n, uint32_t node, IrType type) {
  IrType from = narrow_node(n, node)->type;
  Range range = narrow_range(n, node);
  if (from == type)
    return node;
  if (narrow_node(n, node)->kind == NODE_CONSTANT)
    return narrow_number(n, type, sign_extend(narrow_node(n, node)->imm, ir_type_bits(type)));
  bool narrows = ir_type_bits(type) < ir_type_bits(from);
  return narrow_operation(n, NODE_OPERATION, narrows ? IR_TRUNC : IR_SEXT, type, 1, node, 0,
                          range_fits(range, type) ? range : full_range(type));
}

bool narrow_is(const Narrower *n, uint32_t node, IrOp op) {
  return narrow_node(n, node)->kind == NODE_OPERATION && narrow_node(n, node)->op == op;
}

bool narrow_is_number(const Narrower *n, uint32_t node, int64_t *value) {
  *value = narrow_node(n, node)->imm;
  return narrow_node(n, node)->kind == NODE_CONSTANT && is_integer_type(narrow_node(n, node)->type);
}

// The operands of a commutative operation, a constant second.
bool narrow_operands(const Narrower *n, uint32_t node, IrOp op, uint32_t *x, uint32_t *y) {
  int64_t value = 0;
  if (!narrow_is(n, node, op))
    return false;
  bool swapped = narrow_is_number(n, narrow_node(n, node)->operands[0], &value);
  *x = narrow_node(n, node)->operands[swapped ? 1 : 0];
  *y = narrow_node(n, node)->operands[swapped ? 0 : 1];
  return true;
}

// A sum with a number that does not wrap.
bool narrow_is_sum(const Narrower *n, uint32_t node, uint32_t *x, int64_t *number) {
  uint32_t y = NODE_NONE;
  return narrow_operands(n, node, IR_ADD, x, &y) && narrow_is_number(n, y, number) &&
         range_fits(arithmetic_range(IR_ADD, narrow_range(n, *x), narrow_range(n, y)),
                    narrow_node(n, node)->type);
}
