// What both sides of a choice need. Each side is made under a mask of its own, or behind a branch, and so
// would make it again: sums under guards that were written out are choices between a sum and that sum with
// one more product, and a chain of them would double with each.
#include "support/bitset.h"
#include "target/tensor/vector/map.h"

// Whether the operation's operands are made whenever it is, and as they are.
static bool takes_all(const Node *n) {
  switch ((IrOp)n->op) {
  case IR_SMIN:
  case IR_SMAX:
  case IR_UMIN:
  case IR_UMAX:
  case IR_FADD:
  case IR_FSUB:
  case IR_FMUL:
  case IR_FMA:
  case IR_FNEG:
  case IR_FDIV:
    return n->kind == NODE_OPERATION;
  default:
    return node_is_modular(n);
  }
}

// Adds what one operand needs of a choice, or what both sides do.
static void add_needs(const Node *n, Bitset *needs, uint32_t node) {
  Bitset *own = &needs[node];
  if (is_operation(n, IR_SELECT)) {
    const Bitset *yes = &needs[n->operands[1]], *no = &needs[n->operands[2]];
    for (size_t w = 0; w < own->word_count; w++)
      own->words[w] |= yes->words[w] & no->words[w];
    return;
  }
  for (uint32_t k = 0; k < n->operand_count; k++)
    for (size_t w = 0; w < own->word_count; w++)
      own->words[w] |= needs[n->operands[k]].words[w];
}

Needs needs_of_nodes(const Region *region) {
  enum { MOST_NODES = 4096 };
  uint32_t count = (uint32_t)region->nodes.count;
  bool chooses = false;
  for (uint32_t i = 0; i < count; i++)
    chooses = chooses || is_operation(&region->nodes.data[i], IR_SELECT);
  if (!chooses || count > MOST_NODES)
    return (Needs){0};
  Needs needs = {count, ARENA_ARRAY(region->arena, Bitset, count), ARENA_ARRAY(region->arena, Bitset, count)};
  for (uint32_t i = 0; i < count; i++) {
    const Node *n = &region->nodes.data[i];
    needs.whole[i] = bitset_new(region->arena, count);
    needs.low[i] = bitset_new(region->arena, count);
    bitset_add(&needs.whole[i], i);
    bitset_add(&needs.low[i], i);
    if (takes_all(n) || is_operation(n, IR_SELECT))
      add_needs(n, needs.whole, i);
    if (node_is_modular(n) || is_operation(n, IR_SELECT))
      add_needs(n, needs.low, i);
  }
  return needs;
}

uint32_t common_of_choice(const Mapper *m, const Node *choice, IrType type, bool branch, uint32_t *common) {
  const Region *region = m->region;
  uint32_t yes = choice->operands[1], no = choice->operands[2], count = 0, last = yes < no ? yes : no;
  if (yes >= m->needs.count || no >= m->needs.count || (!branch && (!m->masked[yes] || !m->masked[no])))
    return 0;
  const Bitset *needs = type == choice->type ? m->needs.whole : m->needs.low;
  for (uint32_t i = last + 1; i-- > 0 && count < COMMON_NODES;) {
    const Node *n = &region->nodes.data[i];
    bool made = n->kind == NODE_LOAD || n->operand_count, within = false;
    if (!made || !bitset_has(&needs[yes], i) || !bitset_has(&needs[no], i) || (!branch && !m->masked[i]))
      continue;
    for (uint32_t k = 0; k < count; k++)
      within = within || bitset_has(&needs[common[k]], i);
    if (!within)
      common[count++] = i;
  }
  return count;
}
