// Puts the blocks in their final order and removes jumps that this makes unnecessary.
// Requires: physical registers. Provides: every block's last branch goes to another block than the next one.
#include "target/internal.h"

#include <string.h>

// Follows blocks that only jump on. A cycle of such blocks ends the walk.
static uint32_t final_target(const Function *f, uint32_t block) {
  for (size_t steps = 0; steps < f->mblocks.count; steps++) {
    const MirBlock *b = &f->mblocks.data[block];
    if (b->count != 1 || b->insns[0].op != MIR_JUMP)
      return block;
    uint32_t next = (uint32_t)mir_operands(f, &b->insns[0])[0].value;
    if (next == block)
      return block;
    block = next;
  }
  return block;
}

static void thread_jumps(Function *f) {
  for (size_t k = 0; k < f->layout.count; k++) {
    MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++)
      for (uint32_t o = 0; o < b->insns[i].count; o++) {
        MirOperand *operand = &mir_operands(f, &b->insns[i])[o];
        if (operand->kind == MIR_BLOCK)
          operand->value = (int32_t)final_target(f, (uint32_t)operand->value);
      }
    for (uint32_t s = 0; s < b->succ_count; s++)
      b->succs[s] = final_target(f, b->succs[s]);
    // Both ways to one block: the branch is of no use.
    if (b->succ_count == 2 && b->succs[0] == b->succs[1] && b->count > 1 &&
        b->insns[b->count - 1].op == MIR_JUMP) {
      b->insns[b->count - 2] = b->insns[b->count - 1];
      b->count--;
      b->succ_count = 1;
    }
  }
}

static bool ends_in_jump(const Function *f, uint32_t block, uint32_t *to) {
  const MirBlock *b = &f->mblocks.data[block];
  if (!b->count || b->insns[b->count - 1].op != MIR_JUMP)
    return false;
  *to = (uint32_t)mir_operands(f, &b->insns[b->count - 1])[0].value;
  return true;
}

typedef struct Order {
  Function *f;
  bool *placed;
  uint32_t *position; // by block: in the old order
  uint32_t *waiting;  // by block: edges from blocks before it in the old order that are not yet placed
  VEC(uint32_t) list;
} Order;

static bool is_better(const Order *o, uint32_t to, uint32_t best) {
  const MirBlock *blocks = o->f->mblocks.data;
  if (best == IR_NONE || blocks[to].depth != blocks[best].depth)
    return best == IR_NONE || blocks[to].depth > blocks[best].depth;
  return !o->waiting[to] && o->waiting[best] && blocks[to].succ_count == 1 && blocks[to].succs[0] == best;
}

// Follows the preferred way on from a block as long as it leads to blocks not yet placed. A way that stays in
// the loop is preferred to one that leaves it, and one through a block that others do not lead to as well to
// the place where they meet, so that it ends there without a jump.
static void place_chain(Order *o, uint32_t block) {
  const Function *f = o->f;
  for (;;) {
    o->placed[block] = true;
    VEC_PUSH(&o->list, block);
    const MirBlock *b = &f->mblocks.data[block];
    uint32_t best = IR_NONE;
    for (uint32_t s = 0; s < b->succ_count; s++)
      o->waiting[b->succs[s]] -= o->position[block] < o->position[b->succs[s]];
    for (uint32_t s = b->succ_count; s-- > 0;) {
      uint32_t to = b->succs[s];
      if (!o->placed[to] && is_better(o, to, best))
        best = to;
    }
    if (best == IR_NONE)
      return;
    block = best;
  }
}

static bool leaves_loop(const Function *f, uint32_t block) {
  const MirBlock *b = &f->mblocks.data[block];
  for (uint32_t s = 0; s < b->succ_count; s++)
    if (f->mblocks.data[b->succs[s]].depth < b->depth)
      return b->succ_count == 2;
  return false;
}

// A loop whose last block only jumps back to a first one that may leave it is turned, so that the test comes
// last: a jump at the entry instead of one in each iteration.
static void turn_loops(Order *o) {
  const Function *f = o->f;
  uint32_t *at = checked_malloc((f->mblocks.count + 1) * sizeof *at);
  for (uint32_t i = 0; i < o->list.count; i++)
    at[o->list.data[i]] = i;
  for (uint32_t last = 0; last < o->list.count; last++) {
    const MirBlock *b = &f->mblocks.data[o->list.data[last]];
    uint32_t first = b->succ_count == 1 ? at[b->succs[0]] : last;
    if (first >= last || first == 0)
      continue;
    uint32_t header = o->list.data[first], body = o->list.data[first + 1];
    if (f->mblocks.data[header].depth != b->depth || f->mblocks.data[body].depth < b->depth ||
        !leaves_loop(f, header))
      continue;
    memmove(o->list.data + first, o->list.data + first + 1, (last - first) * sizeof *o->list.data);
    o->list.data[last] = header;
    for (uint32_t i = first; i <= last; i++)
      at[o->list.data[i]] = i;
  }
  free(at);
}

static void count_edges(Order *o, const bool *reached) {
  const Function *f = o->f;
  o->position = checked_malloc((f->mblocks.count + 1) * sizeof *o->position);
  o->waiting = checked_malloc((f->mblocks.count + 1) * sizeof *o->waiting);
  for (size_t k = 0; k < f->layout.count; k++) {
    o->position[f->layout.data[k]] = (uint32_t)k;
    o->waiting[f->layout.data[k]] = 0;
  }
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t s = 0; reached[f->layout.data[k]] && s < b->succ_count; s++)
      o->waiting[b->succs[s]] += k < o->position[b->succs[s]];
  }
}

// The blocks to which control comes from one, itself among them.
static bool *find_reached(const Function *f, uint32_t from) {
  bool *reached = checked_malloc(f->mblocks.count + 1);
  memset(reached, 0, f->mblocks.count + 1);
  VEC(uint32_t) work = {0};
  VEC_PUSH(&work, from);
  reached[from] = true;
  while (work.count) {
    const MirBlock *b = &f->mblocks.data[VEC_POP(&work)];
    for (uint32_t s = 0; s < b->succ_count; s++)
      if (!reached[b->succs[s]]) {
        reached[b->succs[s]] = true;
        VEC_PUSH(&work, b->succs[s]);
      }
  }
  VEC_FREE(&work);
  return reached;
}

// Chains start in the old order (reverse postorder); those of the deepest loops waiting come first.
static void place_all(Order *o, const bool *wanted) {
  const Function *f = o->f;
  for (size_t k = 0; k < f->layout.count; k++)
    if (wanted[f->layout.data[k]] && !o->placed[f->layout.data[k]])
      place_chain(o, f->layout.data[k]);
}

// The block from which the function goes on in a copy of itself; IR_NONE: it does not.
static uint32_t find_move(const Function *f) {
  for (size_t k = 0; f->moves && k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++)
      if (b->insns[i].op == MIR_MOVECODE)
        return f->layout.data[k];
  }
  return IR_NONE;
}

static void find_order(Function *f) {
  Order o = {.f = f};
  o.placed = checked_malloc(f->mblocks.count + 1);
  memset(o.placed, 0, f->mblocks.count + 1);
  bool *reached = find_reached(f, f->layout.data[0]);
  count_edges(&o, reached);
  uint32_t move = find_move(f);
  place_chain(&o, f->layout.data[0]);
  if (move != IR_NONE) { // what runs in the copy stands together, so that the copy is short
    bool *moved = find_reached(f, move);
    place_all(&o, moved);
    free(moved);
  }
  place_all(&o, reached);
  turn_loops(&o);
  f->layout.count = 0;
  for (size_t i = 0; i < o.list.count; i++)
    VEC_PUSH(&f->layout, o.list.data[i]);
  VEC_FREE(&o.list);
  free(o.placed);
  free(o.position);
  free(o.waiting);
  free(reached);
}

// Whether a return is one instruction: there is nothing to restore.
static bool returns_at_once(const Function *f) {
  return !f->has_calls && !f->frame_pointer && !f->slots.count && !f->outgoing &&
         !(f->used_registers & mir_callee_saved);
}

// Jumps to a block that only returns become returns.
static void return_at_once(Function *f) {
  for (size_t k = 0; k < f->layout.count; k++) {
    MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    uint32_t to = IR_NONE;
    if (!ends_in_jump(f, f->layout.data[k], &to))
      continue;
    const MirBlock *last = &f->mblocks.data[to];
    if (last->count != 1 || last->insns[0].op != MIR_RET)
      continue;
    b->insns[b->count - 1] = last->insns[0];
    for (uint32_t s = 0; s < b->succ_count; s++)
      if (b->succs[s] == to) {
        b->succs[s] = b->succs[--b->succ_count];
        break;
      }
  }
}

static void remove_jumps(Function *f) {
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k], to = IR_NONE;
    uint32_t next = k + 1 < f->layout.count ? f->layout.data[k + 1] : IR_NONE;
    MirBlock *b = &f->mblocks.data[block];
    if (!ends_in_jump(f, block, &to))
      continue;
    if (to == next) {
      b->count--;
      continue;
    }
    if (b->count < 2 || !mir_is_terminator(b->insns[b->count - 2].op))
      continue;
    MirInsn *branch = &b->insns[b->count - 2];
    MirOperand *target = &mir_operands(f, branch)[branch->count - 1];
    uint32_t taken = (uint32_t)target->value;
    // With neither next, the deeper way is the one that should need one instruction.
    if (taken != next && f->mblocks.data[to].depth <= f->mblocks.data[taken].depth)
      continue;
    branch->op = (uint16_t)isa_opposite_branch((IsaOp)branch->op);
    target->value = (int32_t)to;
    if (taken == next)
      b->count--;
    else
      mir_operands(f, &b->insns[b->count - 1])[0].value = (int32_t)taken;
  }
}

bool order_blocks(Target *target, Function *f) {
  thread_jumps(f);
  find_order(f);
  remove_jumps(f);
  if (target->options->level > 0 && returns_at_once(f))
    return_at_once(f);
  return true;
}
