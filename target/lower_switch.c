// Turns switches into trees of comparisons.
// Requires: imported SSA form. Provides: no IR_SWITCH. Invalidates: dominators and loops.
#include "target/internal.h"

#include <string.h>

// The cases of one switch as ranges that lead to one block, in signed order.
typedef struct Range {
  int64_t low;
  int64_t high;
  uint32_t to;
} Range;

typedef struct SwitchLowering {
  Function *f;
  IrValue x;
  IrType type;
  uint32_t from; // the block of the switch
  uint32_t fallback;
  Range *ranges;
} SwitchLowering;

static int compare_ranges(const void *a, const void *b) {
  const Range *x = a, *y = b;
  return x->low < y->low ? -1 : x->low > y->low;
}

static bool is_phi(const Function *f, IrValue v) {
  return f->insns.data[v].op == IR_PHI;
}

// An edge to a block that `like` already leads to: phis get the same operand for it.
static void add_edge_like(Function *f, uint32_t from, uint32_t to, uint32_t like) {
  IrBlock *b = &f->blocks.data[to];
  uint32_t k = 0, count = b->pred_count;
  while (b->preds[k] != like)
    k++;
  for (uint32_t i = 0; i < b->count && is_phi(f, b->insns[i]); i++) {
    IrValue *grown = checked_malloc((count + 1) * sizeof *grown);
    memcpy(grown, ir_operands(f, ir_insn(f, b->insns[i])), count * sizeof *grown);
    grown[count] = grown[k];
    ir_set_operands(f, ir_insn(f, b->insns[i]), count + 1, grown);
    free(grown);
  }
  ir_add_edge(f, from, to);
}

// Forgets the first `old` successors of a block and what phis have for them.
static void remove_edges(Function *f, uint32_t from, uint32_t old) {
  IrBlock *source = &f->blocks.data[from];
  for (uint32_t s = 0; s < old; s++) {
    IrBlock *b = &f->blocks.data[source->succs[s]];
    uint32_t k = 0;
    while (b->preds[k] != from)
      k++;
    for (uint32_t i = 0; i < b->count && is_phi(f, b->insns[i]); i++) {
      IrInsn *phi = ir_insn(f, b->insns[i]);
      IrValue *values = checked_malloc(phi->operand_count * sizeof *values);
      memcpy(values, ir_operands(f, phi), phi->operand_count * sizeof *values);
      memmove(values + k, values + k + 1, (phi->operand_count - k - 1) * sizeof *values);
      ir_set_operands(f, phi, phi->operand_count - 1, values);
      free(values);
    }
    memmove(b->preds + k, b->preds + k + 1, (b->pred_count - k - 1) * sizeof *b->preds);
    b->pred_count--;
  }
  memmove(source->succs, source->succs + old, (source->succ_count - old) * sizeof *source->succs);
  source->succ_count -= old;
}

static void end_block(SwitchLowering *s, uint32_t block, IrPredicate predicate, int64_t constant,
                      uint32_t yes, bool yes_is_new, uint32_t no, bool no_is_new) {
  Builder b = {s->f, block};
  IrValue condition = build_compare(&b, IR_ICMP, predicate, s->x, build_const(&b, s->type, constant));
  build(&b, IR_CONDBR, IR_VOID, 1, &condition);
  if (yes_is_new)
    ir_add_edge(s->f, block, yes);
  else
    add_edge_like(s->f, block, yes, s->from);
  if (no_is_new)
    ir_add_edge(s->f, block, no);
  else
    add_edge_like(s->f, block, no, s->from);
}

// Tests one range in `block`.
static void test_range(SwitchLowering *s, uint32_t block, Range r) {
  if (r.low == r.high) {
    end_block(s, block, IR_EQ, r.low, r.to, false, s->fallback, false);
    return;
  }
  uint32_t second = ir_block_new(s->f);
  end_block(s, block, IR_SGE, r.low, second, true, s->fallback, false);
  end_block(s, second, IR_SLE, r.high, r.to, false, s->fallback, false);
}

// A binary search; an explicit stack of (block, first range, ranges).
static void build_tree(SwitchLowering *s, uint32_t count) {
  typedef struct Part {
    uint32_t block, first, count;
  } Part;
  VEC(Part) stack = {0};
  Part all = {s->from, 0, count};
  VEC_PUSH(&stack, all);
  while (stack.count) {
    Part p = VEC_POP(&stack);
    if (p.count == 1) {
      test_range(s, p.block, s->ranges[p.first]);
      continue;
    }
    uint32_t half = p.count / 2;
    Part left = {ir_block_new(s->f), p.first, half};
    Part right = {ir_block_new(s->f), p.first + half, p.count - half};
    end_block(s, p.block, IR_SLT, s->ranges[right.first].low, left.block, true, right.block, true);
    VEC_PUSH(&stack, right);
    VEC_PUSH(&stack, left);
  }
  VEC_FREE(&stack);
}

static void lower(Function *f, uint32_t block) {
  IrBlock *b = &f->blocks.data[block];
  IrValue v = b->insns[b->count - 1];
  uint32_t count = b->succ_count - 1, old = b->succ_count;
  SwitchLowering s = {f, ir_operand(f, v, 0), 0, block, b->succs[0], NULL};
  s.type = ir_type(f, s.x);
  s.ranges = checked_malloc((count + 1) * sizeof *s.ranges);
  uint32_t used = 0;
  for (uint32_t i = 0; i < count; i++) {
    int64_t value = f->cases.data[(size_t)ir_insn(f, v)->imm + i].value;
    if (b->succs[i + 1] != s.fallback)
      s.ranges[used++] = (Range){value, value, b->succs[i + 1]};
  }
  qsort(s.ranges, used, sizeof *s.ranges, compare_ranges);
  uint32_t merged = 0;
  for (uint32_t i = 0; i < used; i++) {
    bool joins = merged && s.ranges[merged - 1].to == s.ranges[i].to &&
                 s.ranges[merged - 1].high + 1 == s.ranges[i].low;
    if (joins)
      s.ranges[merged - 1].high = s.ranges[i].low;
    else
      s.ranges[merged++] = s.ranges[i];
  }
  b->count--;
  ir_insn(f, v)->block = IR_NONE;
  if (merged) {
    build_tree(&s, merged);
  } else {
    Builder builder = {f, block};
    build(&builder, IR_BR, IR_VOID, 0, NULL);
    add_edge_like(f, block, s.fallback, block);
  }
  remove_edges(f, block, old);
  free(s.ranges);
}

bool lower_switch(Target *target, Function *f) {
  (void)target;
  for (uint32_t block = 0, count = (uint32_t)f->blocks.count; block < count; block++)
    if (f->blocks.data[block].count && ir_terminator(f, block)->op == IR_SWITCH)
      lower(f, block);
  return true;
}
