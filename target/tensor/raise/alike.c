// Expressions that do the same with other elements.
#include "target/tensor/raise/alike.h"

static uint32_t iterator_in_first(const Likeness *l, uint32_t iterator) {
  return l->iterators ? l->iterators[iterator] : iterator;
}

bool places_alike(const Likeness *l, const Access *x, const Access *y) {
  bool same = x->array == y->array && x->type == y->type && x->offset.count == y->offset.count &&
              x->offset.invariant == y->offset.invariant;
  for (uint32_t i = 0; i < x->offset.count && same; i++)
    same = x->offset.terms[i].iterator == iterator_in_first(l, y->offset.terms[i].iterator) &&
           quantities_equal(x->offset.terms[i].coefficient, y->offset.terms[i].coefficient);
  return same;
}

enum { MOST_NODES = 1024 };

bool expressions_alike(Likeness *l, uint32_t x, uint32_t y) {
  const Node *a = &l->region->nodes.data[x], *b = &l->region->nodes.data[y];
  if (l->nodes++ == MOST_NODES || a->kind != b->kind || a->op != b->op || a->type != b->type ||
      a->aux != b->aux || a->flags != b->flags || a->operand_count != b->operand_count)
    return false;
  switch ((NodeKind)a->kind) {
  case NODE_LOAD: {
    const Access *from = &l->region->accesses.data[a->index], *to = &l->region->accesses.data[b->index];
    if (l->loads == l->most || !places_alike(l, from, to))
      return false;
    l->moved[l->loads++] = (int64_t)((uint64_t)to->offset.constant - (uint64_t)from->offset.constant);
    return true;
  }
  case NODE_CONSTANT:
    return a->imm == b->imm;
  case NODE_OPERATION:
    for (uint32_t k = 0; k < a->operand_count; k++)
      if (!expressions_alike(l, a->operands[k], b->operands[k]))
        return false;
    return true;
  default:
    return a->index == b->index;
  }
}
