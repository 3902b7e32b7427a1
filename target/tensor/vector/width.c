// How wide elements have to be: the widest that a statement needs decides how many lanes there are.
#include "target/tensor/vector/map.h"

#include <string.h>

// Whether the low bits of the result come from the low bits of the operands alone.
bool node_is_modular(const Node *n) {
  switch (n->kind == NODE_OPERATION ? (IrOp)n->op : IR_OP_COUNT) {
  case IR_ADD:
  case IR_SUB:
  case IR_MUL:
  case IR_AND:
  case IR_OR:
  case IR_XOR:
    return n->type != IR_I1;
  default:
    return false;
  }
}

// Whether a node is the iterator of the lanes, as it is or in fewer bits and extended again where it fits
// there.
static bool is_place(const Mapper *m, const Node *n) {
  const Node *nodes = m->region->nodes.data;
  unsigned bits = ir_type_bits(IR_I64);
  if (n->type != IR_I64)
    return false;
  if (is_operation(n, IR_SEXT) && is_operation(&nodes[n->operands[0]], IR_TRUNC)) {
    n = &nodes[n->operands[0]];
    bits = ir_type_bits(n->type);
    n = &nodes[n->operands[0]];
  }
  if (n->kind != NODE_ITERATOR || n->index != m->lane || n->type != IR_I64)
    return false;
  const Quantity *extent = &m->region->iterators.data[m->lane].extent;
  return bits == ir_type_bits(IR_I64) ||
         (extent->value == IR_NONE && extent->constant <= INT64_C(1) << (bits - 1));
}

bool node_compares_places(const Mapper *m, const Node *n) {
  return is_operation(n, IR_ICMP) && n->aux != IR_EQ && n->aux != IR_NE &&
         is_place(m, &m->region->nodes.data[n->operands[0]]) && !m->varies[n->operands[1]] &&
         !m->masked[n->operands[1]];
}

// What reads memory under a mask is made by vector instructions even where it does not vary.
static bool is_in_lanes(const Mapper *m, uint32_t node, bool masked) {
  return m->varies[node] || (masked && m->masked[node]);
}

static void widen(const Mapper *m, uint32_t node, IrType type, bool masked, unsigned *widest, uint16_t *seen,
                  unsigned depth) {
  const Node *n = &m->region->nodes.data[node];
  unsigned shift = (unsigned)__builtin_ctz(type_bits(type) == 1 ? 2 : type_bits(type));
  uint16_t bit = (uint16_t)(1U << (shift + (masked ? 8 : 0)));
  if (!is_in_lanes(m, node, masked) || (seen[node] & bit) || depth > 200)
    return;
  seen[node] |= bit;
  bool narrowed = type != n->type;
  unsigned bits = type_bits(type);
  if (bits > *widest)
    *widest = bits;
  if ((narrowed && n->kind == NODE_ITERATOR) || node_compares_places(m, n))
    return;
  if (narrowed && node_is_modular(n)) {
    for (uint32_t k = 0; k < n->operand_count; k++)
      widen(m, n->operands[k], type, masked, widest, seen, depth + 1);
    return;
  }
  bool extends = n->kind == NODE_OPERATION && (n->op == IR_SEXT || n->op == IR_ZEXT);
  if (narrowed && extends) {
    IrType from = m->region->nodes.data[n->operands[0]].type;
    widen(m, n->operands[0], type_bits(from) > bits ? type : from, masked, widest, seen, depth + 1);
    return;
  }
  if (type_bits(n->type) > *widest)
    *widest = type_bits(n->type);
  bool truncates = n->kind == NODE_OPERATION && n->op == IR_TRUNC;
  for (uint32_t k = 0; k < n->operand_count; k++) {
    bool chosen = n->kind == NODE_OPERATION && n->op == IR_SELECT && k > 0 && m->varies[n->operands[0]];
    widen(m, n->operands[k],
          truncates && n->type != IR_I1 ? n->type : m->region->nodes.data[n->operands[k]].type,
          masked || chosen, widest, seen, depth + 1);
  }
}

unsigned vector_widest(const Mapper *m, uint32_t node, bool masked) {
  unsigned widest = 8;
  uint16_t *seen = ARENA_ARRAY(m->region->arena, uint16_t, m->region->nodes.count);
  widen(m, node, m->region->nodes.data[node].type, masked, &widest, seen, 0);
  return widest;
}

// --- copies ------------------------------------------------------------------------------------------------

// Counts a node's instructions down: what is read on one side of a choice is made there, under its mask, and
// again elsewhere, but for what was made before for all lanes that come to the choice.
static void count_instructions(const Mapper *m, uint32_t node, bool *seen, unsigned *left) {
  if (!m->varies[node] || seen[node] || !*left)
    return;
  seen[node] = true;
  --*left;
  const Node *n = &m->region->nodes.data[node];
  bool choice = is_operation(n, IR_SELECT), branch = choice && !m->varies[n->operands[0]];
  uint32_t common[COMMON_NODES], both = choice ? common_of_choice(m, n, n->type, branch, common) : 0;
  for (uint32_t i = 0; i < both; i++)
    count_instructions(m, common[i], seen, left);
  for (uint32_t k = 0; k < n->operand_count; k++) {
    uint32_t operand = n->operands[k];
    if (!choice || k == 0 || (!branch && !m->masked[operand])) {
      count_instructions(m, operand, seen, left);
      continue;
    }
    bool *own = checked_malloc(operand + 1);
    memcpy(own, seen, operand + 1);
    count_instructions(m, operand, own, left);
    free(own);
  }
}

bool vector_is_short(const Mapper *m, uint32_t node) {
  enum { MOST_INSTRUCTIONS = 1024, MOST_COPIES = 4, HARMLESS_CHOICES = 4 };
  unsigned choices = 0, nodes = 0;
  for (uint32_t i = 0; i <= node; i++) {
    const Node *n = &m->region->nodes.data[i];
    choices += is_operation(n, IR_SELECT) && (m->masked[i] || !m->varies[n->operands[0]]);
    nodes += m->varies[i];
  }
  if (choices <= HARMLESS_CHOICES)
    return true;
  unsigned most = MOST_COPIES * nodes < MOST_INSTRUCTIONS ? MOST_COPIES * nodes : MOST_INSTRUCTIONS;
  unsigned left = most > nodes ? most : nodes + 1;
  bool *seen = checked_malloc(node + 1);
  memset(seen, 0, node + 1);
  count_instructions(m, node, seen, &left);
  free(seen);
  return left > 0;
}
