// Statements that join what an element holds with something else.
#include "target/tensor/raise/raise.h"

bool node_is_load(const Region *region, uint32_t node, uint32_t access) {
  const Node *n = &region->nodes.data[node];
  return n->kind == NODE_LOAD && n->index == access;
}

static bool can_reduce(unsigned op) {
  switch ((IrOp)op) {
  case IR_ADD:
  case IR_MUL:
  case IR_AND:
  case IR_OR:
  case IR_XOR:
  case IR_SMIN:
  case IR_SMAX:
  case IR_UMIN:
  case IR_UMAX:
  case IR_FADD:
  case IR_FMUL:
  case IR_FMIN:
  case IR_FMAX:
    return true;
  default:
    return false;
  }
}

static uint32_t product_node(Raise *r, IrType type, uint32_t x, uint32_t y) {
  return node_binary(r, IR_FMUL, type, x, y);
}

static uint32_t negated_node(Raise *r, uint32_t x) {
  Node negated = {.kind = NODE_OPERATION,
                  .op = IR_FNEG,
                  .type = r->region->nodes.data[x].type,
                  .operand_count = 1,
                  .operands = {x}};
  return node_push(r, negated);
}

// What a chain of operations joins the target with, as in (target - x) + y, where that is whole numbers, of
// which the order is free; NODE_NONE: it is none.
static uint32_t rest_of_chain(Raise *r, uint8_t op, uint32_t node, uint32_t target, unsigned depth) {
  const Node n = r->region->nodes.data[node];
  uint32_t array = r->region->accesses.data[target].array;
  bool minus = op == IR_ADD && is_operation(&n, IR_SUB);
  if (!depth || (!minus && !is_operation(&n, (IrOp)op)))
    return NODE_NONE;
  bool in_first = node_reads(r->region, n.operands[0], array);
  if (in_first == node_reads(r->region, n.operands[1], array) || (minus && !in_first))
    return NODE_NONE;
  uint32_t next = n.operands[in_first ? 0 : 1], other = n.operands[in_first ? 1 : 0];
  if (!node_is_load(r->region, next, target)) {
    uint32_t rest = rest_of_chain(r, op, next, target, depth - 1);
    return rest == NODE_NONE ? NODE_NONE : node_binary(r, minus ? IR_SUB : (IrOp)op, n.type, rest, other);
  }
  return minus ? node_binary(r, IR_SUB, n.type, node_constant(r, n.type, 0), other) : other;
}

// target := op(target, x): finds op and x.
void find_reduction(Raise *r, Statement *s) {
  enum { LONGEST_CHAIN = 64 };
  Region *region = r->region;
  Node n = region->nodes.data[s->value];
  uint32_t array = region->accesses.data[s->target].array, other = NODE_NONE;
  if (n.kind != NODE_OPERATION)
    return;
  uint8_t op = n.op;
  uint32_t first = n.operands[0], second = n.operands[1];
  if (op == IR_FMA && node_is_load(region, n.operands[2], s->target) && !node_reads(region, first, array) &&
      !node_reads(region, second, array)) {
    s->value = product_node(r, n.type, first, second);
    s->reduction = IR_FMA;
    s->reassociable = n.flags & IR_REASSOCIATE;
    return;
  }
  if (!ir_is_float(n.type) && (can_reduce(op) || op == IR_SUB)) {
    op = op == IR_SUB ? IR_ADD : op;
    other = rest_of_chain(r, op, s->value, s->target, LONGEST_CHAIN);
  } else if (can_reduce(op) && node_is_load(region, first, s->target))
    other = second;
  else if (can_reduce(op) && node_is_load(region, second, s->target))
    other = first;
  else if (op == IR_FSUB && node_is_load(region, first, s->target))
    other = second;
  if (other == NODE_NONE || node_reads(region, other, array))
    return;
  Node product = region->nodes.data[other];
  bool fused = (op == IR_FADD || op == IR_FSUB) && (n.flags & IR_CONTRACT) &&
               is_operation(&product, IR_FMUL) && (product.flags & IR_CONTRACT);
  if (op == IR_FSUB && fused)
    other = product_node(r, n.type, negated_node(r, product.operands[0]), product.operands[1]);
  else if (op == IR_FSUB)
    other = negated_node(r, other);
  op = op == IR_FSUB ? IR_FADD : op;
  s->reassociable = !ir_is_float(n.type) || op == IR_FMIN || op == IR_FMAX || (n.flags & IR_REASSOCIATE);
  s->reduction = fused ? IR_FMA : op;
  s->value = other;
}
