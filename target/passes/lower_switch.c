// Turns switches into trees of comparisons, parts of few targets into tests of a bit, and dense parts into
// tables of jumps where that is cheaper.
// Requires: imported SSA form. Provides: no IR_SWITCH. Invalidates: dominators and loops.
#include "target/internal.h"

#include <string.h>

// The cases of one switch as ranges that lead to one block, in order.
typedef struct Range {
  int64_t low;
  int64_t high;
  uint32_t to;
} Range;

typedef struct SwitchLowering {
  Target *target;
  Function *f;
  IrValue x;
  IrType type;
  uint32_t from; // the block of the switch
  uint32_t fallback;
  bool without_sign; // no case is negative: numbers are compared without sign
  Range *ranges;
  Place place;
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

static bool is_unreachable(const Function *f, uint32_t block) {
  return ir_insn(f, f->blocks.data[block].insns[0])->op == IR_UNREACHABLE;
}

// What is left of a switch in `block`: ranges, and between which numbers x is known to be.
typedef struct Part {
  uint32_t block, first, count;
  int64_t low, high;
} Part;

static IrPredicate in_order(const SwitchLowering *s, IrPredicate with_sign) {
  if (!s->without_sign)
    return with_sign;
  return with_sign == IR_SLT ? IR_ULT : with_sign == IR_SLE ? IR_ULE : IR_UGE;
}

// x counted from `low`.
static IrValue counted_from(SwitchLowering *s, Builder *b, int64_t low) {
  return low ? build2(b, IR_SUB, s->type, s->x, build_const(b, s->type, low)) : s->x;
}

// Goes to the range's block if x is in it, else to `otherwise`.
static void test_range(SwitchLowering *s, const Part *p, Range r, uint32_t otherwise) {
  bool is_new = otherwise != s->fallback;
  Builder b = {s->f, p->block};
  if ((r.low <= p->low && r.high >= p->high) || (!is_new && is_unreachable(s->f, s->fallback))) {
    build(&b, IR_BR, IR_VOID, 0, NULL);
    add_edge_like(s->f, p->block, r.to, s->from);
  } else if (r.low == r.high) {
    end_block(s, p->block, IR_EQ, r.low, r.to, false, otherwise, is_new);
  } else if (r.low <= p->low) {
    end_block(s, p->block, in_order(s, IR_SLE), r.high, r.to, false, otherwise, is_new);
  } else if (r.high >= p->high) {
    end_block(s, p->block, in_order(s, IR_SGE), r.low, r.to, false, otherwise, is_new);
  } else {
    SwitchLowering counted = *s;
    counted.x = counted_from(s, &b, r.low);
    end_block(&counted, p->block, IR_ULE, r.high - r.low, r.to, false, otherwise, is_new);
  }
}

// One range after the other.
static void test_ranges(SwitchLowering *s, Part p) {
  for (uint32_t i = 0; i < p.count; i++) {
    bool last = i + 1 == p.count;
    uint32_t next = last ? s->fallback : ir_block_beside(s->f, p.block);
    test_range(s, &p, s->ranges[p.first + i], next);
    p.block = next;
  }
}

// --- tests of bits

enum { MOST_TARGETS = 2, WORD = 64 };

// The numbers of each target as bits, counted from `from`. 0: there are too many, or they lie too far apart
// for it to pay.
static uint32_t find_masks(const SwitchLowering *s, const Part *p, int64_t from, uint32_t *targets,
                           uint64_t *masks) {
  static const uint8_t least[MOST_TARGETS + 1] = {0, 3, 5}; // ranges
  const Range *r = &s->ranges[p->first];
  uint32_t count = 0;
  if ((uint64_t)r[p->count - 1].high - (uint64_t)from >= WORD)
    return 0;
  for (uint32_t i = 0; i < p->count; i++) {
    uint32_t t = 0;
    while (t < count && targets[t] != r[i].to)
      t++;
    if (t == MOST_TARGETS)
      return 0;
    if (t == count) {
      targets[count] = r[i].to;
      masks[count++] = 0;
    }
    uint64_t first = (uint64_t)r[i].low - (uint64_t)from, last = (uint64_t)r[i].high - (uint64_t)from;
    masks[t] |= UINT64_MAX << first & UINT64_MAX >> (WORD - 1 - last);
  }
  return p->count >= least[count] ? count : 0;
}

// A bit for each number says whether it leads to a target.
static bool test_bits(SwitchLowering *s, Part p) {
  uint32_t targets[MOST_TARGETS];
  uint64_t masks[MOST_TARGETS];
  int64_t from = s->ranges[p.first].low, high = s->ranges[p.first + p.count - 1].high;
  if (from > 0 && high < WORD)
    from = 0;
  uint32_t count = find_masks(s, &p, from, targets, masks);
  if (!count)
    return false;
  Builder b = {s->f, p.block};
  IrValue index = counted_from(s, &b, from);
  bool total = is_unreachable(s->f, s->fallback);
  if (!total && (p.low < from || (uint64_t)p.high - (uint64_t)from >= WORD)) {
    IrValue outside = build_compare(&b, IR_ICMP, IR_UGT, index, build_const(&b, s->type, high - from));
    build(&b, IR_CONDBR, IR_VOID, 1, &outside);
    add_edge_like(s->f, b.block, s->fallback, s->from);
    uint32_t next = ir_block_beside(s->f, b.block);
    ir_add_edge(s->f, b.block, next);
    b.block = next;
  }
  if (s->type < IR_I64)
    index = build1(&b, IR_ZEXT, IR_I64, index);
  for (uint32_t t = 0; t < count; t++) {
    bool last = t + 1 == count;
    if (last && total) {
      build(&b, IR_BR, IR_VOID, 0, NULL);
      add_edge_like(s->f, b.block, targets[t], s->from);
      break;
    }
    IrValue word = build2(&b, IR_LSHR, IR_I64, build_const(&b, IR_I64, (int64_t)masks[t]), index);
    IrValue bit = build2(&b, IR_AND, IR_I64, word, build_const(&b, IR_I64, 1));
    IrValue set = build_compare(&b, IR_ICMP, IR_NE, bit, build_const(&b, IR_I64, 0));
    build(&b, IR_CONDBR, IR_VOID, 1, &set);
    add_edge_like(s->f, b.block, targets[t], s->from);
    uint32_t next = last ? s->fallback : ir_block_beside(s->f, b.block);
    if (last)
      add_edge_like(s->f, b.block, next, s->from);
    else
      ir_add_edge(s->f, b.block, next);
    b.block = next;
  }
  return true;
}

// --- tables

// A jump through a table is never predicted; each comparison of a tree mostly is. The table has to be mostly
// full.
enum { TABLE_CYCLES = 8, COMPARE_CYCLES = 2, TABLE_ENTRIES = 240, SPAN_PER_CASE = 4, SHORTER_FROM = 6 };

static bool table_pays(const SwitchLowering *s, uint32_t first, uint32_t count) {
  const Range *r = &s->ranges[first];
  uint64_t span = (uint64_t)r[count - 1].high - (uint64_t)r->low, values = 0;
  if (span >= TABLE_ENTRIES || count < 4)
    return false;
  for (uint32_t i = 0; i < count; i++)
    values += (uint64_t)(r[i].high - r[i].low) + 1;
  unsigned levels = 32 - (unsigned)__builtin_clz(count - 1);
  uint64_t miss = s->target->machine->branch_miss;
  bool shorter = s->f->small && count >= SHORTER_FROM;
  return span < values * SPAN_PER_CASE &&
         (shorter || levels * (2 * COMPARE_CYCLES + miss) > 2 * (TABLE_CYCLES + miss));
}

static void build_table(SwitchLowering *s, uint32_t block, uint32_t first, uint32_t count) {
  const Range *r = &s->ranges[first];
  int64_t low = r->low, last = (int64_t)((uint64_t)r[count - 1].high - (uint64_t)low);
  target_remark(s->target, TARGET_REMARK_PASSED, "lower-switch", s->place,
                "a switch on %u ranges became a table of %lld jumps", count, (long long)last + 1);
  Builder b = {s->f, block};
  IrValue index = build2(&b, IR_SUB, s->type, s->x, build_const(&b, s->type, low));
  if (!is_unreachable(s->f, s->fallback)) {
    IrValue outside = build_compare(&b, IR_ICMP, IR_UGT, index, build_const(&b, s->type, last));
    build(&b, IR_CONDBR, IR_VOID, 1, &outside);
    add_edge_like(s->f, block, s->fallback, s->from);
    b.block = ir_block_beside(s->f, block);
    ir_add_edge(s->f, block, b.block);
  }
  if (s->type < IR_I64)
    index = build1(&b, IR_ZEXT, IR_I64, index);
  build(&b, IR_JUMPTABLE, IR_VOID, 1, &index);
  for (int64_t at = 0; at <= last; at++) {
    if ((uint64_t)r->high - (uint64_t)low < (uint64_t)at)
      r++;
    bool inside = (uint64_t)r->low - (uint64_t)low <= (uint64_t)at;
    add_edge_like(s->f, b.block, inside ? r->to : s->fallback, s->from);
  }
}

// --- trees

// Whether to ask for one number after the other.
static bool is_short(const SwitchLowering *s, const Part *p) {
  enum { SHORT = 3 };
  const Range *r = &s->ranges[p->first];
  // Numbers without gaps between known ends need fewer comparisons in a tree.
  bool closed = r->low <= p->low || r[p->count - 1].high >= p->high;
  for (uint32_t i = 1; i < p->count && closed; i++)
    closed = r[i - 1].high + 1 == r[i].low;
  return p->count == 1 || (p->count <= SHORT && !closed && !is_unreachable(s->f, s->fallback));
}

// A binary search; an explicit stack.
static void build_tree(SwitchLowering *s, Part all) {
  VEC(Part) stack = {0};
  VEC_PUSH(&stack, all);
  while (stack.count) {
    Part p = VEC_POP(&stack);
    if (table_pays(s, p.first, p.count)) {
      build_table(s, p.block, p.first, p.count);
      continue;
    }
    if (p.count > 1 && test_bits(s, p))
      continue;
    if (is_short(s, &p)) {
      test_ranges(s, p);
      continue;
    }
    uint32_t half = p.count / 2;
    int64_t middle = s->ranges[p.first + half].low;
    Part left = {ir_block_beside(s->f, p.block), p.first, half, p.low, middle - 1};
    Part right = {ir_block_beside(s->f, p.block), p.first + half, p.count - half, middle, p.high};
    end_block(s, p.block, in_order(s, IR_SLT), middle, left.block, true, right.block, true);
    VEC_PUSH(&stack, right);
    VEC_PUSH(&stack, left);
  }
  VEC_FREE(&stack);
}

// All numbers of the type, in the order in which they are compared.
static Part whole_switch(const SwitchLowering *s, uint32_t count) {
  Part all = {s->from, 0, count, INT64_MIN, INT64_MAX};
  if (s->without_sign) {
    all.low = 0;
    all.high = zero_extend(-1, s->type);
  } else if (s->type < IR_I64) {
    all.low = -(INT64_C(1) << (s->type - 1));
    all.high = (INT64_C(1) << (s->type - 1)) - 1;
  }
  return all;
}

// `most`: leaves a switch that has more ranges; false: it was left.
static bool lower(Target *target, Function *f, uint32_t block, uint32_t most) {
  IrBlock *b = &f->blocks.data[block];
  IrValue v = b->insns[b->count - 1];
  uint32_t count = b->succ_count - 1, old = b->succ_count;
  SwitchLowering s = {
      .target = target, .f = f, .x = ir_operand(f, v, 0), .from = block, .fallback = b->succs[0]};
  s.place = ir_place(target, f, v);
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
  if (merged > most) {
    free(s.ranges);
    return false;
  }
  b->count--;
  ir_insn(f, v)->block = IR_NONE;
  s.without_sign = merged && s.type < IR_I64 && s.ranges[0].low >= 0;
  if (merged) {
    build_tree(&s, whole_switch(&s, merged));
  } else {
    Builder builder = {f, block};
    build(&builder, IR_BR, IR_VOID, 0, NULL);
    add_edge_like(f, block, s.fallback, block);
  }
  remove_edges(f, block, old);
  free(s.ranges);
  return true;
}

static bool is_switch(const Function *f, uint32_t block) {
  return f->blocks.data[block].count && ir_terminator(f, block)->op == IR_SWITCH;
}

// In loops, what would become comparisons one after the other in any case: the tensor compiler knows those.
bool lower_short_switches(Target *target, Function *f) {
  enum { MOST_RANGES = 2 };
  uint32_t count = (uint32_t)f->blocks.count, first = 0;
  while (first < count && !is_switch(f, first))
    first++;
  if (first == count)
    return true;
  ir_analyze(f);
  for (uint32_t block = first; block < count; block++)
    if (f->blocks.data[block].loop != IR_NONE && is_switch(f, block))
      lower(target, f, block, MOST_RANGES);
  return true;
}

bool lower_switch(Target *target, Function *f) {
  for (uint32_t block = 0, count = (uint32_t)f->blocks.count; block < count; block++)
    if (is_switch(f, block))
      lower(target, f, block, UINT32_MAX);
  return true;
}
