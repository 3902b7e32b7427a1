// Steps addresses along with loops: what a loop computes anew as base + i * stride becomes a pointer that is
// increased, one for all accesses that differ by small constants. A counter that then only ends the loop is
// replaced by a comparison of such a pointer with its last value. Requires: legal SSA form. Provides: the
// same.
//
// Values are seen as sums of terms (Cocke and Kennedy, "An Algorithm for Reduction of Operator Strength",
// CACM 1977, on linear forms).
#include "target/internal.h"
#include "target/ir/vector.h"

#include <string.h>

enum { TERMS = 6, DEPTH = 12, REACH = 2048, MANY_POINTERS = 10, FEW_POINTERS = 4, SHIFT_ADDS = 3 };

// constant + the sum of factor * value; values in rising order.
typedef struct Sum {
  int64_t constant;
  uint32_t count;
  IrValue values[TERMS];
  int64_t factors[TERMS];
} Sum;

// A phi of the header that is `step` more in each iteration.
typedef struct Induction {
  IrValue phi;
  IrValue first;
  IrValue next;
  int64_t step;
} Induction;

// A place where a value is used that could come from a pointer: operand `operand` of `user`.
typedef struct Site {
  IrValue user;
  uint32_t operand;
  IrValue value;
  uint32_t group;
  int64_t constant;
} Site;

// The sites whose sums differ by constants alone.
typedef struct Group {
  Sum sum;
  int64_t step;
  IrValue unchanged; // the part of the sum that no iteration changes
  IrValue pointer;
  IrValue next;
  uint32_t cost; // instructions that compute the sites' values now
  bool chosen;
} Group;

// The comparison that ends the loop at its latch: an induction's next value with one from before the loop,
// for equality.
typedef struct Exit {
  const Induction *induction;
  IrValue compare;
  IrValue bound;
} Exit;

typedef struct Reducer {
  Function *f;
  uint32_t header;
  uint32_t before; // the block that leads into the loop
  uint32_t latch;
  uint32_t entry_edge, latch_edge; // positions among the header's predecessors
  VEC(Induction) inductions;
  VEC(Site) sites;
  VEC(Group) groups;
  uint32_t *uses;  // by value
  uint32_t values; // that the arrays have room for
} Reducer;

static bool inside(const Function *f, uint32_t block, uint32_t header) {
  if (block == IR_NONE)
    return false;
  uint32_t loop = f->blocks.data[block].loop;
  while (loop != IR_NONE && loop != header)
    loop = f->blocks.data[loop].parent;
  return loop == header;
}

static const Induction *induction_of(const Reducer *r, IrValue v) {
  for (size_t i = 0; i < r->inductions.count; i++)
    if (r->inductions.data[i].phi == v)
      return &r->inductions.data[i];
  return NULL;
}

// --- sums
// ----------------------------------------------------------------------------------------------------

static bool add_term(Sum *s, IrValue value, int64_t factor) {
  uint32_t at = 0;
  while (at < s->count && s->values[at] < value)
    at++;
  if (at < s->count && s->values[at] == value) {
    s->factors[at] = (int64_t)((uint64_t)s->factors[at] + (uint64_t)factor);
    if (s->factors[at])
      return true;
    s->count--;
    memmove(s->values + at, s->values + at + 1, (s->count - at) * sizeof *s->values);
    memmove(s->factors + at, s->factors + at + 1, (s->count - at) * sizeof *s->factors);
    return true;
  }
  if (s->count == TERMS)
    return false;
  memmove(s->values + at + 1, s->values + at, (s->count - at) * sizeof *s->values);
  memmove(s->factors + at + 1, s->factors + at, (s->count - at) * sizeof *s->factors);
  s->values[at] = value;
  s->factors[at] = factor;
  s->count++;
  return true;
}

static int64_t product(int64_t x, int64_t y) {
  return (int64_t)((uint64_t)x * (uint64_t)y);
}

// Adds factor * v to a sum; false: it is none of values before the loop and of inductions.
static bool add_value(const Reducer *r, Sum *s, IrValue v, int64_t factor, unsigned depth) {
  const Function *f = r->f;
  const IrInsn self = *ir_insn(f, v), *insn = &self; // a term may be a new leaf
  if (insn->op == IR_CONST) {
    s->constant = (int64_t)((uint64_t)s->constant + (uint64_t)product(factor, insn->imm));
    return true;
  }
  if (insn->op == IR_SYMBOL && factor == 1 && ir_addend_of(insn)) {
    s->constant += ir_addend_of(insn);
    return add_term(s, ir_leaf(r->f, IR_SYMBOL, insn->type, ir_symbol_imm(ir_symbol_of(insn), 0)), factor);
  }
  bool arithmetic = insn->type == IR_I64 && depth < DEPTH;
  if (arithmetic && insn->op == IR_ADD &&
      (inside(f, insn->block, r->header) || ir_is_const(f, insn->operands[1])))
    return add_value(r, s, insn->operands[0], factor, depth + 1) &&
           add_value(r, s, insn->operands[1], factor, depth + 1);
  if (!inside(f, insn->block, r->header))
    return insn->type == IR_I64 && add_term(s, v, factor);
  if (induction_of(r, v))
    return add_term(s, v, factor);
  if (arithmetic && insn->op == IR_SUB)
    return add_value(r, s, insn->operands[0], factor, depth + 1) &&
           add_value(r, s, insn->operands[1], product(factor, -1), depth + 1);
  if (arithmetic && insn->op == IR_SHL && ir_is_const(f, insn->operands[1]))
    return add_value(r, s, insn->operands[0],
                     product(factor, INT64_C(1) << (ir_insn(f, insn->operands[1])->imm & 63)), depth + 1);
  if (arithmetic && insn->op == IR_MUL && ir_is_const(f, insn->operands[1]))
    return add_value(r, s, insn->operands[0], product(factor, ir_insn(f, insn->operands[1])->imm), depth + 1);
  return false;
}

static int64_t step_of(const Reducer *r, const Sum *s) {
  int64_t step = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    const Induction *induction = induction_of(r, s->values[i]);
    if (induction)
      step = (int64_t)((uint64_t)step + (uint64_t)product(s->factors[i], induction->step));
  }
  return step;
}

// --- what there is
// -------------------------------------------------------------------------------------------

static void find_inductions(Reducer *r) {
  Function *f = r->f;
  const IrBlock *h = &f->blocks.data[r->header];
  r->inductions.count = 0;
  for (uint32_t k = 0; k < h->count; k++) {
    const IrInsn *phi = ir_insn(f, h->insns[k]);
    if (phi->op != IR_PHI)
      break;
    if (phi->type != IR_I64)
      continue;
    IrValue next = ir_operands_const(f, phi)[r->latch_edge];
    const IrInsn *add = ir_insn(f, next);
    if (add->op == IR_ADD && add->type == IR_I64 && add->operands[0] == h->insns[k] &&
        ir_is_const(f, add->operands[1]) && inside(f, add->block, r->header)) {
      Induction induction = {h->insns[k], ir_operands_const(f, phi)[r->entry_edge], next,
                             ir_insn(f, add->operands[1])->imm};
      VEC_PUSH(&r->inductions, induction);
    }
  }
}

// A group with these terms from which `constant` can be reached by a displacement.
static uint32_t group_of(Reducer *r, const Sum *s, int64_t step) {
  for (uint32_t g = 0; g < r->groups.count; g++) {
    const Group *group = &r->groups.data[g];
    int64_t distance = (int64_t)((uint64_t)s->constant - (uint64_t)group->sum.constant);
    if (group->sum.count == s->count && distance >= -REACH && distance < REACH - 8 &&
        memcmp(group->sum.values, s->values, s->count * sizeof *s->values) == 0 &&
        memcmp(group->sum.factors, s->factors, s->count * sizeof *s->factors) == 0)
      return g;
  }
  Group group = {.sum = *s, .step = step};
  VEC_PUSH(&r->groups, group);
  return (uint32_t)r->groups.count - 1;
}

static void consider(Reducer *r, IrValue user, uint32_t operand) {
  const Function *f = r->f;
  IrValue v = ir_operands(f, ir_insn(f, user))[operand];
  const IrInsn *insn = ir_insn(f, v);
  if (insn->type != IR_I64 || insn->block == IR_NONE || insn->op == IR_PHI ||
      f->blocks.data[insn->block].loop != r->header)
    return;
  for (size_t i = 0; i < r->inductions.count; i++)
    if (r->inductions.data[i].next == v)
      return;
  Sum sum = {0};
  if (!add_value(r, &sum, v, 1, 0))
    return;
  int64_t step = step_of(r, &sum);
  if (step == 0 || step != (int32_t)step)
    return;
  Site site = {user, operand, v, group_of(r, &sum, step), sum.constant};
  VEC_PUSH(&r->sites, site);
}

// The address of groups in memory; a stride that changes would be no worse for it.
static void consider_groups(Reducer *r, IrValue v) {
  const IrInsn *insn = ir_insn(r->f, v);
  VectorForm form = vector_form(insn);
  unsigned flags = isa_insn(form.op)->flags;
  if (!(flags & ISA_VECTOR) || !(flags & (ISA_LOAD | ISA_STORE)))
    return;
  for (uint32_t o = 0; o + form.has_avl < insn->operand_count; o++)
    consider(r, v, o);
}

// Addresses in the loop itself, and what loops inside begin with.
static void find_sites(Reducer *r) {
  Function *f = r->f;
  for (uint32_t i = f->blocks.data[r->header].rpo; i < f->rpo_count; i++) {
    uint32_t block = f->rpo[i];
    const IrBlock *b = &f->blocks.data[block];
    if (!inside(f, block, r->header))
      continue;
    for (uint32_t k = 0; k < b->count; k++) {
      IrValue v = b->insns[k];
      const IrInsn *insn = ir_insn(f, v);
      if (insn->op == IR_LOAD || insn->op == IR_STORE)
        consider(r, v, insn->op == IR_STORE);
      else if (insn->op == IR_MACHINE)
        consider_groups(r, v);
      else if (b->loop != r->header && (insn->op == IR_PHI || insn->op == IR_ICMP))
        for (uint32_t o = 0; o < insn->operand_count; o++)
          consider(r, v, o);
    }
  }
}

// --- what is worth it
// ----------------------------------------------------------------------------------------

// Instructions of the loop that nothing needs any more when v is not used there. The use counts say so
// afterwards.
static uint32_t release(Reducer *r, IrValue v) {
  const Function *f = r->f;
  const IrInsn *insn = ir_insn(f, v);
  if (--r->uses[v] || !inside(f, insn->block, r->header) || induction_of(r, v) ||
      !(ir_ops[insn->op].flags & IR_PURE))
    return 0;
  // A small shift is part of the addition that follows, a constant of the access.
  bool free_of_cost = (insn->op == IR_SHL && ir_insn(f, insn->operands[1])->imm <= SHIFT_ADDS) ||
                      (insn->op == IR_ADD && ir_is_const(f, insn->operands[1]));
  uint32_t saved = !free_of_cost;
  for (uint32_t o = 0; o < insn->operand_count; o++)
    saved += release(r, insn->operands[o]);
  return saved;
}

static void restore(Reducer *r, IrValue v) {
  const Function *f = r->f;
  const IrInsn *insn = ir_insn(f, v);
  if (r->uses[v]++ || !inside(f, insn->block, r->header) || induction_of(r, v) ||
      !(ir_ops[insn->op].flags & IR_PURE))
    return;
  for (uint32_t o = 0; o < insn->operand_count; o++)
    restore(r, insn->operands[o]);
}

static bool find_exit(const Reducer *r, Exit *e) {
  const Function *f = r->f;
  const IrInsn *end = ir_terminator(f, r->latch);
  if (end->op != IR_CONDBR)
    return false;
  const IrInsn *compare = ir_insn(f, end->operands[0]);
  if (compare->op != IR_ICMP || (compare->aux != IR_EQ && compare->aux != IR_NE) ||
      r->uses[end->operands[0]] != 1)
    return false;
  for (uint32_t side = 0; side < 2; side++)
    for (size_t i = 0; i < r->inductions.count; i++) {
      const Induction *induction = &r->inductions.data[i];
      IrValue other = compare->operands[1 - side];
      if (compare->operands[side] != induction->next || (induction->step != 1 && induction->step != -1) ||
          inside(f, ir_insn(f, other)->block, r->header))
        continue;
      *e = (Exit){induction, end->operands[0], other};
      return true;
    }
  return false;
}

// Whether each iteration begins with a load from the group: a pointer is there at once, a sum is not.
static bool begins_iterations(const Reducer *r, uint32_t group) {
  for (size_t s = 0; s < r->sites.count; s++) {
    const IrInsn *user = ir_insn(r->f, r->sites.data[s].user);
    if (r->sites.data[s].group == group && user->op == IR_LOAD && user->block == r->header)
      return true;
  }
  return false;
}

// Chooses groups; the exit keeps its induction when the counter can go as well.
static bool choose(Reducer *r, Exit *e) {
  uint32_t saved = 0, pointers = (uint32_t)r->groups.count;
  if (!pointers)
    return false;
  for (size_t s = 0; s < r->sites.count; s++)
    saved += release(r, r->sites.data[s].value);
  // What is left of the counter: its increment's use of it, the phi's use of that, the comparison.
  bool replaced = e->induction && r->uses[e->induction->phi] == 1 && r->uses[e->induction->next] == 2;
  uint32_t counters = 0;
  for (size_t i = 0; i < r->inductions.count; i++) {
    const Induction *induction = &r->inductions.data[i];
    bool counts = replaced && e->induction == induction;
    counters += counts || (r->uses[induction->phi] == 1 && r->uses[induction->next] == 1);
  }
  bool all = pointers <= MANY_POINTERS && saved + counters > pointers;
  for (size_t g = 0; g < r->groups.count; g++)
    r->groups.data[g].chosen = all;
  for (size_t s = r->sites.count; s-- > 0;)
    restore(r, r->sites.data[s].value);
  if (!all || !replaced)
    e->induction = NULL;
  if (all)
    return true;
  // Each by itself: what saves more than it costs.
  bool any = false;
  uint32_t chosen = 0;
  for (uint32_t g = 0; g < r->groups.count && chosen < MANY_POINTERS; g++) {
    uint32_t cost = 0;
    for (size_t s = 0; s < r->sites.count; s++)
      if (r->sites.data[s].group == g)
        cost += release(r, r->sites.data[s].value);
    bool worth = cost > 1 || (cost == 1 && chosen < FEW_POINTERS && begins_iterations(r, g));
    r->groups.data[g].chosen = worth;
    any |= worth;
    chosen += worth;
    if (!worth)
      for (size_t s = r->sites.count; s-- > 0;)
        if (r->sites.data[s].group == g)
          restore(r, r->sites.data[s].value);
  }
  return any;
}

// --- the new code
// --------------------------------------------------------------------------------------------

static IrValue scaled(Builder *b, IrValue v, int64_t factor) {
  return factor == 1 ? v : build2(b, IR_MUL, IR_I64, v, build_const(b, IR_I64, factor));
}

static IrValue plus_term(Builder *b, IrValue sum, IrValue v, int64_t factor) {
  if (factor < 0) {
    sum = sum == IR_NONE ? build_const(b, IR_I64, 0) : sum;
    return build2(b, IR_SUB, IR_I64, sum, scaled(b, v, (int64_t)(0 - (uint64_t)factor)));
  }
  IrValue term = scaled(b, v, factor);
  return sum == IR_NONE ? term : build2(b, IR_ADD, IR_I64, sum, term);
}

// The sum of what does not change in the loop.
static IrValue unchanged_sum(Reducer *r, Builder *b, const Group *g) {
  IrValue sum = IR_NONE;
  for (uint32_t i = 0; i < g->sum.count; i++)
    if (!induction_of(r, g->sum.values[i]))
      sum = plus_term(b, sum, g->sum.values[i], g->sum.factors[i]);
  return sum;
}

// The group's value, at the end of the block before the loop: in the first iteration, or where an induction
// has come to the end.
static IrValue group_value(Reducer *r, Builder *b, const Group *g, const Exit *e) {
  IrValue sum = g->unchanged;
  for (uint32_t i = 0; i < g->sum.count; i++) {
    const Induction *induction = induction_of(r, g->sum.values[i]);
    if (induction)
      sum = plus_term(b, sum, e ? e->bound : induction->first, g->sum.factors[i]);
  }
  return build2(b, IR_ADD, IR_I64, sum, build_const(b, IR_I64, g->sum.constant));
}

static void insert_phi(Function *f, uint32_t block, IrValue phi) {
  ir_append(f, block, phi);
  IrBlock *b = &f->blocks.data[block];
  memmove(b->insns + 1, b->insns, (b->count - 1) * sizeof *b->insns);
  b->insns[0] = phi;
}

static void make_pointers(Reducer *r) {
  Function *f = r->f;
  Builder before = {f, r->before}, latch = {f, r->latch};
  for (size_t g = 0; g < r->groups.count; g++) {
    Group *group = &r->groups.data[g];
    if (!group->chosen)
      continue;
    IrValue values[2] = {IR_NONE, IR_NONE};
    group->unchanged = unchanged_sum(r, &before, group);
    values[r->entry_edge] = group_value(r, &before, group, NULL);
    group->pointer = ir_add(f, IR_PHI, IR_I64, 2, values);
    insert_phi(f, r->header, group->pointer);
    IrValue operands[2] = {group->pointer, build_const(&latch, IR_I64, group->step)};
    group->next = build(&latch, IR_ADD, IR_I64, 2, operands);
    values[r->latch_edge] = group->next;
    ir_set_operands(f, ir_insn(f, group->pointer), 2, values);
  }
}

// For debug information: what each phi is by each of the pointers.
static void note_counters(Reducer *r) {
  Function *f = r->f;
  for (size_t g = 0; g < r->groups.count; g++) {
    const Group *group = &r->groups.data[g];
    for (size_t i = 0; i < r->inductions.count && group->chosen; i++) {
      const Induction *induction = &r->inductions.data[i];
      DebugCounter counter = {induction->phi,   group->pointer,
                              induction->first, ir_operands(f, ir_insn(f, group->pointer))[r->entry_edge],
                              induction->step,  group->step};
      debug_note_counter(f, &counter);
    }
  }
}

// The pointer's value when the counter has come to its bound.
static IrValue last_value(Reducer *r, Builder *b, const Group *g, const Exit *e) {
  bool others = false;
  for (uint32_t i = 0; i < g->sum.count; i++) {
    const Induction *induction = induction_of(r, g->sum.values[i]);
    others |= induction && induction != e->induction;
  }
  if (!others)
    return group_value(r, b, g, e);
  IrValue first = ir_operand(r->f, g->pointer, r->entry_edge);
  IrValue rounds = build2(b, IR_SUB, IR_I64, e->bound, e->induction->first);
  return plus_term(b, first, rounds, e->induction->step == 1 ? g->step : -g->step);
}

// Lets the loop end when the pointer has that value.
static void replace_exit(Reducer *r, const Exit *e) {
  Function *f = r->f;
  const Group *group = &r->groups.data[0]; // the counter goes only where every group has its pointer
  Builder b = {f, r->before};
  IrValue last = last_value(r, &b, group, e);
  // A new comparison behind the pointer's step; the old one is left without a use.
  Builder at_latch = {f, r->latch};
  IrValue operands[2] = {group->next, last};
  IrValue compare = build(&at_latch, IR_ICMP, IR_I64, 2, operands);
  ir_insn(f, compare)->aux = ir_insn(f, e->compare)->aux;
  ir_terminator(f, r->latch)->operands[0] = compare;
  DebugCounter counter = {e->induction->phi, group->pointer, e->bound, last, e->induction->step, group->step};
  if (f->debug)
    debug_note_counter(f, &counter);
}

// Puts the addition of its constant before each user.
static void redirect(Reducer *r) {
  Function *f = r->f;
  for (uint32_t s = 0; s < r->sites.count; s++) {
    const Site *site = &r->sites.data[s];
    const Group *group = &r->groups.data[site->group];
    if (!group->chosen)
      continue;
    IrValue pointer = group->pointer;
    int64_t distance = (int64_t)((uint64_t)site->constant - (uint64_t)group->sum.constant);
    // A phi's operand has to be there at the end of the block that it comes from.
    IrInsn *user = ir_insn(f, site->user);
    uint32_t block = user->op == IR_PHI ? f->blocks.data[user->block].preds[site->operand] : user->block;
    if (distance) {
      IrValue operands[2] = {pointer, ir_leaf(f, IR_CONST, IR_I64, distance)};
      pointer = ir_add(f, IR_ADD, IR_I64, 2, operands);
      user = ir_insn(f, site->user);
      ir_append(f, block, pointer);
      IrBlock *b = &f->blocks.data[block];
      uint32_t at = b->count - 2;
      while (user->op != IR_PHI && b->insns[at] != site->user)
        at--;
      memmove(b->insns + at + 1, b->insns + at, (b->count - 1 - at) * sizeof *b->insns);
      b->insns[at] = pointer;
    }
    ir_operands(f, ir_insn(f, site->user))[site->operand] = pointer;
  }
}

// --- loops
// ---------------------------------------------------------------------------------------------------

static bool find_shape(Reducer *r, uint32_t header) {
  const Function *f = r->f;
  const IrBlock *h = &f->blocks.data[header];
  r->header = header;
  if (h->pred_count != 2)
    return false;
  r->entry_edge = inside(f, h->preds[0], header);
  r->latch_edge = 1 - r->entry_edge;
  r->before = h->preds[r->entry_edge];
  r->latch = h->preds[r->latch_edge];
  return !inside(f, r->before, header) && inside(f, r->latch, header) &&
         f->blocks.data[r->before].rpo != IR_NONE && f->blocks.data[r->before].succ_count == 1 &&
         f->blocks.data[r->latch].loop == header;
}

static void count_uses(Reducer *r) {
  Function *f = r->f;
  if (r->values < f->insns.count) {
    r->values = (uint32_t)f->insns.count * 2;
    r->uses = checked_realloc(r->uses, r->values * sizeof *r->uses);
  }
  memset(r->uses, 0, f->insns.count * sizeof *r->uses);
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t k = 0; k < b->count; k++) {
      const IrInsn *insn = ir_insn(f, b->insns[k]);
      const IrValue *x = ir_operands_const(f, insn);
      for (uint32_t o = 0; o < insn->operand_count; o++)
        r->uses[x[o]]++;
    }
  }
}

// Whether a value is a word with its sign copied.
static bool is_signed_word(const Function *f, IrValue v) {
  const IrInsn *insn = ir_insn(f, v);
  return insn->op == IR_CONST ? insn->imm == (int32_t)insn->imm : insn->type == IR_I32;
}

// A loop that ends when a phi's value, from before its step, is equal to a constant: the next value is
// compared instead, so that the phi and that can share a register.
static void test_next(const Reducer *r) {
  Function *f = r->f;
  const IrInsn *end = ir_terminator(f, r->latch);
  if (end->op != IR_CONDBR)
    return;
  const IrInsn *compare = ir_insn(f, end->operands[0]);
  if (compare->op != IR_ICMP || (compare->aux != IR_EQ && compare->aux != IR_NE) ||
      !ir_is_const(f, compare->operands[1]))
    return;
  const IrInsn *phi = ir_insn(f, compare->operands[0]);
  if (phi->op != IR_PHI || phi->block != r->header)
    return;
  IrValue next = ir_operands_const(f, phi)[r->latch_edge];
  const IrInsn *step = ir_insn(f, next);
  if (step->op != IR_ADD || step->operands[0] != compare->operands[0] || !ir_is_const(f, step->operands[1]) ||
      !inside(f, step->block, r->header))
    return;
  bool word = step->type == IR_I32;
  if (word && (!is_signed_word(f, ir_operands_const(f, phi)[r->entry_edge]) ||
               !is_signed_word(f, compare->operands[1])))
    return;
  uint64_t sum =
      (uint64_t)ir_insn(f, compare->operands[1])->imm + (uint64_t)ir_insn(f, step->operands[1])->imm;
  uint8_t predicate = compare->aux;
  Builder b = {f, r->latch};
  IrValue last = build_const(&b, IR_I64, word ? (int32_t)sum : (int64_t)sum);
  IrValue operands[2] = {next, last};
  IrValue test = build(&b, IR_ICMP, IR_I64, 2, operands);
  ir_insn(f, test)->aux = predicate;
  ir_terminator(f, r->latch)->operands[0] = test;
}

static void reduce_loop(Reducer *r, uint32_t header) {
  if (!find_shape(r, header))
    return;
  test_next(r);
  find_inductions(r);
  if (!r->inductions.count)
    return;
  r->sites.count = r->groups.count = 0;
  find_sites(r);
  if (!r->sites.count)
    return;
  count_uses(r);
  Exit e = {0};
  if (!find_exit(r, &e))
    e.induction = NULL;
  if (!choose(r, &e))
    return;
  make_pointers(r);
  redirect(r);
  if (r->f->debug)
    note_counters(r);
  if (e.induction)
    replace_exit(r, &e);
}

bool reduce_strength(Target *target, Function *f) {
  (void)target;
  ir_analyze(f);
  Reducer r = {.f = f};
  for (uint32_t i = f->rpo_count; i-- > 0;) // loops inside others first
    if (f->blocks.data[f->rpo[i]].loop == f->rpo[i])
      reduce_loop(&r, f->rpo[i]);
  VEC_FREE(&r.inductions);
  VEC_FREE(&r.sites);
  VEC_FREE(&r.groups);
  free(r.uses);
  return true;
}
