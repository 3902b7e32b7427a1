// A sum that takes a value or, elsewhere, what adds nothing is a sum under guards: the way images with
// padding are read in C, `inside ? x[..] : 0`.
#include "target/tensor/raise/raise.h"

enum { MOST_DEPTH = 12 }; // of an expression that is looked through

// What a reduction of numbers of so many bits by `op` leaves as it is.
static bool identity_of(unsigned op, unsigned bits, int64_t *value) {
  unsigned unused = 64 - bits;
  switch ((IrOp)op) {
  case IR_ADD:
  case IR_OR:
  case IR_XOR:
  case IR_UMAX:
    *value = 0;
    return true;
  case IR_SMAX:
    *value = INT64_MIN >> unused;
    return true;
  case IR_SMIN:
    *value = INT64_MAX >> unused;
    return true;
  case IR_AND:
  case IR_UMIN:
    *value = -1;
    return true;
  default:
    return false;
  }
}

// The value of a node where `choice` is the constant `chosen`; false: not known.
static bool value_with(const Region *region, uint32_t node, uint32_t choice, int64_t chosen, unsigned depth,
                       int64_t *value) {
  const Node *n = &region->nodes.data[node];
  if (node == choice || n->kind == NODE_CONSTANT) {
    *value = node == choice ? chosen : n->imm;
    return !ir_is_float(n->type);
  }
  if (n->kind != NODE_OPERATION || depth == 0 || ir_is_float(n->type) || n->operand_count > 2)
    return false;
  int64_t x[2] = {0};
  bool known[2] = {true, true};
  for (uint32_t i = 0; i < n->operand_count; i++)
    known[i] = value_with(region, n->operands[i], choice, chosen, depth - 1, &x[i]);
  if (n->op == IR_MUL && ((known[0] && x[0] == 0) || (known[1] && x[1] == 0))) {
    *value = 0;
    return true;
  }
  return known[0] && known[1] &&
         fold_constant((IrOp)n->op, n->type, n->aux, region->nodes.data[n->operands[0]].type, x[0], x[1],
                       value);
}

// A choice within an expression; NODE_NONE: there is none. *skip: how many to pass by.
static uint32_t find_choice(const Region *region, uint32_t node, unsigned depth, unsigned *skip) {
  const Node *n = &region->nodes.data[node];
  if (n->kind != NODE_OPERATION || depth == 0 || ir_is_float(n->type))
    return NODE_NONE;
  if (n->op == IR_SELECT)
    return *skip == 0 ? node : (--*skip, NODE_NONE);
  uint32_t found = NODE_NONE;
  for (uint32_t i = 0; i < n->operand_count && found == NODE_NONE; i++)
    found = find_choice(region, n->operands[i], depth - 1, skip);
  return found;
}

// The expression with another node in place of one.
static uint32_t replaced(Raise *r, uint32_t node, uint32_t old, uint32_t new, unsigned depth) {
  Node n = r->region->nodes.data[node];
  if (node == old)
    return new;
  if (n.kind != NODE_OPERATION || depth == 0)
    return node;
  bool changed = false;
  for (uint32_t i = 0; i < n.operand_count; i++) {
    uint32_t operand = replaced(r, n.operands[i], old, new, depth - 1);
    changed = changed || operand != n.operands[i];
    n.operands[i] = operand;
  }
  return changed ? node_push(r, n) : node;
}

// One choice less; false: there is none that can go.
static bool guard_choice(Raise *r, Statement *s, int64_t identity) {
  const Region *region = r->region;
  for (unsigned number = 0;; number++) {
    unsigned skip = number;
    uint32_t choice = find_choice(region, s->value, MOST_DEPTH, &skip);
    if (choice == NODE_NONE)
      return false;
    const Node n = region->nodes.data[choice];
    for (unsigned arm = 1; arm <= 2; arm++) {
      const Node *other = &region->nodes.data[n.operands[arm]];
      int64_t value = 0;
      if (other->kind != NODE_CONSTANT ||
          !value_with(region, s->value, choice, other->imm, MOST_DEPTH, &value) || value != identity ||
          !raise_guard_node(r, n.operands[0], arm == 2))
        continue;
      s->value = replaced(r, s->value, choice, n.operands[3 - arm], MOST_DEPTH);
      return true;
    }
  }
}

// How many bits the number that a loop carries has; those of its type where nothing else is known.
static unsigned bits_of(const Raise *r, IrValue source, IrType type) {
  for (unsigned bits = 8; source < r->known && bits < ir_type_bits(type); bits *= 2)
    if (ir_insn(r->f, source)->op == IR_PHI && value_fits(r->f, source, bits))
      return bits;
  return ir_type_bits(type);
}

void guard_choices(Raise *r, Statement *s) {
  int64_t identity = 0;
  IrType type = r->region->nodes.data[s->value].type;
  if (ir_is_float(type) || type <= IR_I1 ||
      !identity_of(s->reduction, bits_of(r, s->source, type), &identity))
    return;
  while (guard_choice(r, s, identity))
    ;
}
