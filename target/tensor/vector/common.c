// What both sides of a choice need. Each side is made under a mask of its own, or behind a branch, and so
// would make it again: sums under guards that were written out are choices between a sum and that sum with
// one more product, and a chain of them would double with each.
#include "target/tensor/vector/map.h"

#include <string.h>

// Whether the operation's operands are made whenever it is, and as they are.
static bool takes_all(const Node *n) {
  switch ((IrOp)n->op) {
  case IR_ADD:
  case IR_SUB:
  case IR_MUL:
  case IR_AND:
  case IR_OR:
  case IR_XOR:
  case IR_SMIN:
  case IR_SMAX:
  case IR_UMIN:
  case IR_UMAX:
  case IR_FADD:
  case IR_FSUB:
  case IR_FMUL:
  case IR_FDIV:
    return n->kind == NODE_OPERATION;
  default:
    return false;
  }
}

enum { YES = 1, NO = 2, BOTH = 3, WITHIN = 4 };

// Goes on to what a node needs. `types`: as what each is needed; IR_VOID: in two ways.
static void go_on(const Region *region, uint32_t node, uint8_t *side, IrType *types) {
  const Node *n = &region->nodes.data[node];
  bool narrowed = types[node] != n->type;
  if (types[node] == IR_VOID || !takes_all(n) || (narrowed && !node_is_modular(n)))
    return;
  for (uint32_t k = 0; k < n->operand_count; k++) {
    uint32_t operand = n->operands[k];
    IrType type = narrowed ? types[node] : region->nodes.data[operand].type;
    types[operand] = side[operand] && types[operand] != type ? IR_VOID : type;
    side[operand] |= (side[node] & BOTH) | ((side[node] & BOTH) == BOTH ? WITHIN : 0);
  }
}

uint32_t common_of_choice(const Mapper *m, const Node *choice, IrType type, CommonNode *common) {
  const Region *region = m->region;
  uint32_t yes = choice->operands[1], no = choice->operands[2], count = 0, last = yes > no ? yes : no;
  if (!m->masked[yes] || !m->masked[no])
    return 0;
  uint8_t *side = checked_malloc(last + 1);
  IrType *types = checked_malloc((last + 1) * sizeof *types);
  memset(side, 0, last + 1);
  side[yes] |= YES;
  side[no] |= NO;
  types[yes] = types[no] = type;
  for (uint32_t i = last + 1; i-- > 0;) {
    if (!side[i])
      continue;
    if (side[i] == BOTH && types[i] != IR_VOID && m->masked[i] && count < COMMON_NODES)
      common[count++] = (CommonNode){i, types[i]};
    go_on(region, i, side, types);
  }
  free(side);
  free(types);
  return count;
}
