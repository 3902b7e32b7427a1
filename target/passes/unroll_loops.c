// Loops of few iterations within others are written out, innermost first, and local arrays that they went
// over become values. Requires: SSA form behind the tensor compiler. Provides: the same.
#include "target/passes/unroll.h"

// Instructions of a loop that is written out.
enum { MOST_INSTRUCTIONS = 256 };

static bool is_small_loop(const Unroll *u, uint32_t block, uint32_t *iterations) {
  const Function *f = u->f;
  const IrBlock *b = &f->blocks.data[block];
  uint32_t latch = 0;
  bool in_reserve =
      b->nest && b->nest == nest_of_scalar(nest_index(b->nest)); // beside faster code for the same
  if (in_reserve || b->loop != block || b->depth < 2 || b->pred_count != 2 || b->succ_count != 2 ||
      (b->preds[0] != block && b->preds[1] != block) || b->count > MOST_INSTRUCTIONS)
    return false;
  *iterations = unroll_iterations(u, block, &latch);
  return *iterations && latch == block && b->count * *iterations <= MOST_INSTRUCTIONS &&
         unroll_suits(f, block);
}

bool unroll_loops(Target *target, Function *f) {
  if (f->small)
    return true;
  Unroll u;
  ir_analyze(f);
  unroll_start(&u, target, f);
  uint32_t iterations = 0;
  for (uint32_t b = 0; b < f->blocks.count; b++)
    for (uint32_t at = b; is_small_loop(&u, at, &iterations);) {
      target_remark(target, TARGET_REMARK_PASSED, "unroll-loops",
                    ir_place(target, f, f->blocks.data[at].insns[f->blocks.data[at].count - 1]),
                    "a loop of %u iterations is written out", iterations);
      at = unroll_block(&u, at, iterations);
      ir_analyze(f);
    }
  if (u.changed)
    promote_slots(&u, NULL, "unroll-loops");
  unroll_end(&u);
  return true;
}
