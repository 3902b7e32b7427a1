// Where the ways of a branch lead.
#include "target/tensor/raise/raise.h"

uint32_t join_of(const Function *f, uint32_t block, uint32_t otherwise) {
  for (uint32_t i = f->rpo_count; --i > f->blocks.data[block].rpo;) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    if (b->idom != block)
      continue;
    uint32_t ways = 0;
    for (uint32_t p = 0; p < b->pred_count; p++)
      ways += f->blocks.data[b->preds[p]].rpo < b->rpo;
    if (ways > 1)
      return f->rpo[i];
  }
  return otherwise;
}

// The loops that a way leads through before it comes to the join.
static Bitset loops_on_way(Raise *r, uint32_t from, uint32_t join, uint32_t *count) {
  const Function *f = r->f;
  Bitset reached = bitset_new(r->arena, f->blocks.count), loops = bitset_new(r->arena, f->blocks.count);
  VEC(uint32_t) work = {0};
  VEC_PUSH(&work, from);
  *count = 0;
  while (work.count) {
    uint32_t b = VEC_POP(&work);
    if (b == join || !bitset_has(&r->inside, b) || bitset_has(&reached, b))
      continue;
    bitset_add(&reached, b);
    const IrBlock *block = &f->blocks.data[b];
    if (block->loop == b) {
      bitset_add(&loops, b);
      ++*count;
    }
    for (uint32_t s = 0; s < block->succ_count; s++)
      if (f->blocks.data[block->succs[s]].rpo > block->rpo)
        VEC_PUSH(&work, block->succs[s]);
  }
  VEC_FREE(&work);
  return loops;
}

int raise_longer_way(Raise *r, uint32_t yes, uint32_t no, uint32_t join) {
  uint32_t on_yes = 0, on_no = 0;
  Bitset first = loops_on_way(r, yes, join, &on_yes), second = loops_on_way(r, no, join, &on_no);
  bool shared = false;
  for (size_t b = 0; b < r->f->blocks.count; b++)
    shared = shared || (bitset_has(&first, b) && bitset_has(&second, b));
  return shared && on_yes != on_no ? on_yes > on_no : -1;
}
