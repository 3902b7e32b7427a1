// Walks the blocks of a region and makes loops and statements of them.
#include "target/tensor/raise/raise.h"

#include <string.h>

enum { MAX_STATEMENTS = 256 };

static bool push_node_condition(Raise *r, uint32_t node, bool holds);
static bool walk(Raise *r, uint32_t b, uint32_t stop, const RaisedLoop *around);

bool raise_fail(Raise *r, IrValue culprit, const char *reason) {
  if (!r->reason) {
    r->reason = reason;
    r->culprit = culprit;
  }
  return false;
}

bool loop_within(const Region *region, uint32_t inner, uint32_t outer) {
  while (inner != outer && inner != UINT32_MAX)
    inner = region->loops.data[inner].parent;
  return inner == outer;
}

void raise_push_item(Raise *r, bool loop, uint32_t index) {
  Item item = {loop, index};
  if (r->loop == UINT32_MAX)
    VEC_PUSH(&r->region->body, item);
  else
    VEC_PUSH(&r->region->loops.data[r->loop].body, item);
}

// --- statements -------------------------------------------------------------------------------------------

// target := condition ? value : target, or the other way round, is a statement under a condition.
static bool split_choice(Raise *r, Statement *s) {
  const Node n = r->region->nodes.data[s->value];
  if (n.kind != NODE_OPERATION || n.op != IR_SELECT)
    return true;
  bool keeps_second = node_is_load(r->region, n.operands[2], s->target);
  if (!keeps_second && !node_is_load(r->region, n.operands[1], s->target))
    return true;
  s->value = n.operands[keeps_second ? 1 : 2];
  return push_node_condition(r, n.operands[0], keeps_second) && split_choice(r, s);
}

bool push_statement(Raise *r, uint32_t target, uint32_t value, IrValue source) {
  if (target == UINT32_MAX || value == NODE_NONE)
    return raise_fail(r, source, "a value is computed in a way that is not understood");
  if (r->region->statements.count >= MAX_STATEMENTS)
    return raise_fail(r, source, "there are too many statements");
  Statement s = {.target = target, .value = value, .reduction = IR_OP_COUNT, .source = source};
  size_t guards = r->guards.count;
  uint32_t outer = r->condition;
  if (!split_choice(r, &s))
    return false;
  s.condition = r->condition;
  find_reduction(r, &s);
  guard_choices(r, &s);
  s.guards = ARENA_ARRAY(r->arena, Affine, r->guards.count + 1);
  for (size_t i = 0; i < r->guards.count; i++)
    if (!affine_from(r, r->guards.data[i], &s.guards[s.guard_count++]))
      return raise_fail(r, source, "a guard is not affine");
  r->guards.count = guards;
  r->condition = outer;
  r->region->arrays.data[r->region->accesses.data[target].array].written = true;
  VEC_PUSH(&r->region->statements, s);
  raise_push_item(r, false, (uint32_t)r->region->statements.count - 1);
  return true;
}

// --- straight-line code -----------------------------------------------------------------------------------

static bool writes(Raise *r, IrValue v, uint32_t array) {
  if (ir_insn(r->f, v)->op != IR_STORE)
    return is_memory_call(r->target, r->f, v);
  uint32_t access = access_of(r, v);
  return access == UINT32_MAX || r->region->accesses.data[access].array == array;
}

// Whether a load at position `at` of the block can be made where its value is used: all uses are in the
// block, and nothing was stored to its array by then.
static bool stays_fresh(Raise *r, const IrBlock *b, uint32_t at, uint32_t array) {
  if (!r->region->arrays.data[array].written)
    return true;
  if (r->elsewhere[b->insns[at]])
    return false;
  VEC(IrValue) users = {0};
  VEC_PUSH(&users, b->insns[at]);
  bool stored = false, fresh = true;
  for (uint32_t i = at + 1; i < b->count && fresh; i++) {
    IrValue v = b->insns[i];
    const IrInsn *insn = ir_insn(r->f, v);
    bool uses = false;
    for (uint32_t k = 0; k < insn->operand_count; k++)
      for (size_t u = 0; u < users.count; u++)
        uses = uses || ir_operand(r->f, v, k) == users.data[u];
    bool pure = (ir_ops[insn->op].flags & IR_PURE) || insn->op == IR_CALL;
    if (uses && pure) {
      VEC_PUSH(&users, v);
      fresh = !r->elsewhere[v] && users.count < 64;
    } else if (uses) {
      fresh = insn->op == IR_STORE && !stored;
    }
    stored = stored || writes(r, v, array);
  }
  VEC_FREE(&users);
  return fresh;
}

// Keeps a value in a scalar array from here on.
static bool keep(Raise *r, IrValue v, uint32_t loop, uint32_t *where) {
  uint32_t node = node_of(r, v);
  if (node == NODE_NONE)
    return raise_fail(r, v, "a value is computed in a way that is not understood");
  uint32_t access = scalar_access(r, ir_type(r->f, v), loop);
  if (!push_statement(r, access, node, v))
    return false;
  *where = access + 1;
  return true;
}

// The loop of Region.loops that an IR loop became.
static uint32_t loop_number(Raise *r, uint32_t header) {
  RaisedLoop *loop = header == IR_NONE || !bitset_has(&r->inside, header) ? NULL : raised_loop(r, header);
  return loop ? loop->loop : UINT32_MAX;
}

// A value that is used behind its loop, where no polynomial says what it is then.
static bool keep_leaving(Raise *r, IrValue v) {
  const IrInsn *insn = ir_insn(r->f, v);
  if (!r->leaves[v] || insn->type == IR_VOID || r->loop == UINT32_MAX)
    return true;
  if (r->after[v]) // the block is walked again
    return push_statement(r, r->after[v] - 1, node_of(r, v), v);
  if (invariant_value(r, v) != IR_NONE || evolution(r, v))
    return true;
  RaisedLoop *loop = raised_loop(r, r->f->blocks.data[ir_insn(r->f, v)->block].loop);
  // Those that a phi carries are in its scalar array after the loop.
  for (uint32_t i = 0; loop && i < r->f->blocks.data[loop->header].count; i++) {
    IrValue phi = r->f->blocks.data[loop->header].insns[i];
    if (ir_insn(r->f, phi)->op != IR_PHI)
      break;
    uint32_t back = r->f->blocks.data[loop->header].preds[0] == loop->latch ? 0 : 1;
    bool carried = loop->test_first ? phi == v : ir_operand(r->f, phi, back) == v;
    if (carried && !evolution(r, phi) && r->latest[phi])
      return true;
  }
  return keep(r, v, loop_number(r, r->use_loop[v]), &r->after[v]);
}

// A load from one of several places stays where it is unless nothing is stored there.
static bool walk_chosen_load(Raise *r, IrValue v, uint32_t node) {
  bool written = false;
  if (r->latest[v]) // the block is walked again
    return push_statement(r, r->latest[v] - 1, node, v);
  for (uint32_t a = 0; a < r->region->arrays.count; a++)
    written = written || (r->region->arrays.data[a].written && node_reads(r->region, node, a));
  return !written || keep(r, v, r->loop, &r->latest[v]);
}

static bool walk_insn(Raise *r, const IrBlock *b, uint32_t at) {
  IrValue v = b->insns[at];
  const IrInsn *insn = ir_insn(r->f, v);
  const char *obstacle = instruction_obstacle(r->target, r->f, v);
  if (obstacle)
    return raise_fail(r, v, obstacle);
  switch ((IrOp)insn->op) {
  case IR_STORE: {
    uint32_t access = access_of(r, v);
    if (access == UINT32_MAX)
      return raise_fail(r, v, "the address of a store is not affine");
    return push_statement(r, access, node_of(r, ir_operand(r->f, v, 0)), v);
  }
  case IR_LOAD: {
    uint32_t chosen = node_of_chosen_load(r, v);
    if (chosen != NODE_NONE) {
      if (!walk_chosen_load(r, v, chosen))
        return false;
      break;
    }
    uint32_t access = access_of(r, v);
    if (access == UINT32_MAX)
      return raise_fail(r, v, "the address of a load is not affine");
    if (r->latest[v]) { // the block is walked again, on another way to it
      if (!push_statement(r, r->latest[v] - 1, node_load(r, access), v))
        return false;
    } else if (!stays_fresh(r, b, at, r->region->accesses.data[access].array) &&
               !keep(r, v, r->loop, &r->latest[v])) {
      return false;
    }
    break;
  }
  case IR_CALL:
    if (is_memory_call(r->target, r->f, v))
      return raise_memory_call(r, v);
    break;
  default:
    if (ir_ops[insn->op].flags & IR_TERMINATOR)
      return true;
  }
  return keep_leaving(r, v);
}

// --- branches ---------------------------------------------------------------------------------------------

static bool integer_fits(Raise *r, const Poly *poly, unsigned bits) {
  Range range = poly_range(r, poly);
  Wide half = (Wide)1 << (bits - 1);
  return range.low >= -half && range.high < half;
}

// The same, or it is assumed: of sizes that only the run time knows.
static bool can_fit(Raise *r, const Poly *poly, unsigned bits) {
  Affine unused;
  Range range = range_of_bits(bits);
  return integer_fits(r, poly, bits) ||
         (!r->open_phis && affine_from(r, poly, &unused) && assume_range(r, poly, range.low, range.high));
}

static bool push_guard(Raise *r, const Poly *poly) {
  Affine unused;
  if (poly && poly_range(r, poly).low >= 0)
    return true;
  if (!affine_from(r, poly, &unused))
    return false;
  VEC_PUSH(&r->guards, poly);
  return true;
}

// A number is not its least or greatest value: it is beyond.
static bool guard_unequal(Raise *r, const Poly *x, const Poly *y) {
  const Poly *gap = poly_add(r->arena, x, y, -1), *zero = poly_constant(r->arena, 0);
  if (poly_range(r, gap).low < 0)
    gap = poly_add(r->arena, zero, gap, -1);
  return poly_range(r, gap).low >= 0 &&
         push_guard(r, poly_add(r->arena, gap, poly_constant(r->arena, 1), -1));
}

// Guards under which no part of a chain of ORs is negative.
static bool guard_signs(Raise *r, IrValue v, uint32_t block, unsigned bits) {
  const IrInsn insn = *ir_insn(r->f, v);
  if (insn.op == IR_OR)
    return guard_signs(r, insn.operands[0], insn.block, bits) &&
           guard_signs(r, insn.operands[1], insn.block, bits);
  const Poly *x = evolution_in(r, v, block);
  return x && integer_fits(r, x, bits) && push_guard(r, x);
}

// Guards under which no part of a chain of ORs, none of which has bits from `end` on, has a bit from `first`
// on.
static bool guard_sizes(Raise *r, IrValue v, uint32_t block, unsigned first, unsigned end) {
  const IrInsn insn = *ir_insn(r->f, v);
  if (insn.op == IR_OR)
    return guard_sizes(r, insn.operands[0], insn.block, first, end) &&
           guard_sizes(r, insn.operands[1], insn.block, first, end);
  const Poly *x = evolution_in(r, v, block);
  if (!x)
    return false;
  Range range = poly_range(r, x);
  const Poly *most = poly_constant(r->arena, (INT64_C(1) << first) - 1);
  return range.low >= 0 && range.high >> end == 0 && push_guard(r, poly_add(r->arena, most, x, -1));
}

// A test of several numbers at once: of their signs, `(x | y) >= 0` or `!((x | y) & 0x80000000)`, or of all
// bits from one on, as of indices that are within an image whose size is a power of two.
static bool guard_sign_test(Raise *r, const IrInsn *compare, IrPredicate p) {
  IrValue v = compare->operands[0];
  const IrInsn insn = *ir_insn(r->f, v);
  if (!ir_is_const(r->f, compare->operands[1]))
    return false;
  int64_t bound = ir_insn(r->f, compare->operands[1])->imm;
  bool natural = (p == IR_SGT && bound == -1) || (p == IR_SGE && bound == 0);
  if (natural && insn.op == IR_OR)
    return guard_signs(r, v, compare->block, ir_type(r->f, v));
  if (p != IR_EQ || bound != 0 || insn.op != IR_AND || !ir_is_const(r->f, insn.operands[1]))
    return false;
  uint64_t bits = (uint64_t)ir_insn(r->f, insn.operands[1])->imm, bit = bits & -bits, end = bits + bit;
  if (bit == 0)
    return false;
  if (bits != bit)
    return end && (end & (end - 1)) == 0 &&
           guard_sizes(r, insn.operands[0], insn.block, (unsigned)__builtin_ctzll(bit),
                       (unsigned)__builtin_ctzll(end));
  return guard_signs(r, insn.operands[0], insn.block, (unsigned)__builtin_ctzll(bit) + 1);
}

// A size is no negative number, which is assumed.
static bool is_natural(Raise *r, const Poly *poly) {
  return poly_range(r, poly).low >= 0 ||
         (!r->open_phis && !poly_has_iterators(poly) && assume_natural(r, poly));
}

// Guards that are all >= 0 exactly where the comparison has the wanted outcome. False: there are no such.
static bool guard_comparison(Raise *r, IrValue condition, bool holds) {
  const IrInsn compare = *ir_insn(r->f, condition);
  static const uint8_t inverse[] = {
      [IR_EQ] = IR_NE,   [IR_NE] = IR_EQ,   [IR_SLT] = IR_SGE, [IR_SLE] = IR_SGT, [IR_SGT] = IR_SLE,
      [IR_SGE] = IR_SLT, [IR_ULT] = IR_UGE, [IR_ULE] = IR_UGT, [IR_UGT] = IR_ULE, [IR_UGE] = IR_ULT};
  IrPredicate p = holds ? (IrPredicate)compare.aux : (IrPredicate)inverse[compare.aux];
  unsigned bits = ir_type(r->f, compare.operands[0]);
  size_t guards = r->guards.count;
  if (guard_sign_test(r, &compare, p))
    return true;
  r->guards.count = guards;
  const Poly *x = evolution_in(r, compare.operands[0], compare.block);
  const Poly *y = evolution_in(r, compare.operands[1], compare.block);
  if (!x || !y || !can_fit(r, x, bits) || !can_fit(r, y, bits))
    return false;
  if (p == IR_NE)
    return guard_unequal(r, x, y);
  if (p == IR_SGT || p == IR_SGE || p == IR_UGT || p == IR_UGE) {
    const Poly *swap = x;
    x = y;
    y = swap;
    p = p == IR_SGT ? IR_SLT : p == IR_SGE ? IR_SLE : p == IR_UGT ? IR_ULT : IR_ULE;
  }
  bool is_unsigned = p == IR_ULT || p == IR_ULE, strict = p == IR_SLT || p == IR_ULT;
  // Below a number that is not negative as unsigned ones: not negative, and below. Above a negative one:
  // negative, and above. Above another: in general two ways.
  bool above = is_unsigned && poly_range(r, x).high < 0;
  if (is_unsigned && !above && !is_natural(r, y))
    return false;
  const Poly *gap = poly_add(r->arena, poly_add(r->arena, y, x, -1), poly_constant(r->arena, strict), -1);
  if (p == IR_EQ)
    return push_guard(r, gap) && push_guard(r, poly_add(r->arena, poly_constant(r->arena, 0), gap, -1));
  if (above) // -1 - y
    x = poly_add(r->arena, poly_constant(r->arena, -1), y, -1);
  return push_guard(r, gap) && (!is_unsigned || push_guard(r, x));
}

static bool guard_condition(Raise *r, IrValue condition, bool holds) {
  const IrInsn *insn = ir_insn(r->f, condition);
  IrValue x = insn->operands[0], y = insn->operands[1], z = insn->operands[2];
  bool second_true = insn->op == IR_SELECT && ir_is_const(r->f, z) && ir_insn(r->f, z)->imm == 0;
  bool first_true = insn->op == IR_SELECT && ir_is_const(r->f, y) && ir_insn(r->f, y)->imm != 0;
  if (insn->op == IR_ICMP)
    return guard_comparison(r, condition, holds);
  if (insn->op == IR_XOR && ir_is_const(r->f, y) && ir_insn(r->f, y)->imm)
    return guard_condition(r, x, !holds);
  if (holds && (insn->op == IR_AND || second_true))
    return guard_condition(r, x, true) && guard_condition(r, y, true);
  if (!holds && insn->op == IR_OR)
    return guard_condition(r, x, false) && guard_condition(r, y, false);
  if (!holds && first_true)
    return guard_condition(r, x, false) && guard_condition(r, z, false);
  return false;
}

static bool guard_node(Raise *r, uint32_t node, bool holds) {
  IrValue source = node < r->sources.count ? r->sources.data[node] : IR_NONE;
  if (source != IR_NONE && guard_condition(r, source, holds))
    return true;
  const Node n = r->region->nodes.data[node];
  bool both = n.kind == NODE_OPERATION && n.op == IR_SELECT && n.type == IR_I1 && holds;
  const Node *last = both ? &r->region->nodes.data[n.operands[2]] : NULL;
  return both && last->kind == NODE_CONSTANT && last->imm == 0 && guard_node(r, n.operands[0], true) &&
         guard_node(r, n.operands[1], true);
}

bool raise_guard_node(Raise *r, uint32_t node, bool holds) {
  size_t guards = r->guards.count;
  if (guard_node(r, node, holds))
    return true;
  r->guards.count = guards;
  return false;
}

static bool push_condition(Raise *r, IrValue condition, bool holds) {
  size_t guards = r->guards.count;
  if (guard_condition(r, condition, holds))
    return true;
  r->guards.count = guards;
  uint32_t node = node_of(r, condition);
  if (node == NODE_NONE)
    return raise_fail(r, condition, "a condition is not understood");
  return push_node_condition(r, node, holds);
}

static bool push_node_condition(Raise *r, uint32_t node, bool holds) {
  if (raise_guard_node(r, node, holds))
    return true;
  if (!holds)
    node = node_binary(r, IR_XOR, IR_I1, node, node_constant(r, IR_I1, -1));
  if (r->condition != NODE_NONE) { // what is tested later may only be computed where the earlier one holds
    Node both = {.kind = NODE_OPERATION, .op = IR_SELECT, .type = IR_I1, .operand_count = 3};
    both.operands[0] = r->condition;
    both.operands[1] = node;
    both.operands[2] = node_constant(r, IR_I1, 0);
    node = node_push(r, both);
  }
  r->condition = node;
  return true;
}

static bool walk_arm(Raise *r, IrValue condition, bool holds, uint32_t b, uint32_t join,
                     const RaisedLoop *around) {
  size_t guards = r->guards.count;
  uint32_t outer = r->condition;
  if (b == join)
    return true;
  bool ok = push_condition(r, condition, holds) && walk(r, b, join, around);
  r->guards.count = guards;
  r->condition = outer;
  return ok;
}

// A condition that is known before the region, and under which something is done or nothing: it is assumed.
static bool decide(Raise *r, IrValue condition, bool holds) {
  IrValue before = invariant_value(r, condition);
  if (before == IR_NONE)
    return false;
  Decided decided = {condition, holds};
  VEC_PUSH(&r->decided, decided);
  r->presumed = true;
  if (!holds) {
    Builder b = region_before(r->region);
    IrValue ones = ir_leaf(r->f, IR_CONST, IR_I1, -1);
    before = build2(&b, IR_XOR, IR_I1, before, ones);
  }
  assume(r, before);
  return true;
}

// A condition that ranges of iterators alone settle, as that a window of one pixel is within its image.
static bool is_settled(Raise *r, IrValue condition, bool holds, uint32_t block, uint32_t way, uint32_t join) {
  size_t guards = r->guards.count;
  bool settled = guard_condition(r, condition, holds) && r->guards.count == guards;
  r->guards.count = guards;
  settled = settled || passes_clamped_loop(r, block, way, join);
  if (settled)
    VEC_PUSH(&r->decided, ((Decided){condition, holds}));
  return settled;
}

static bool walk_branch(Raise *r, uint32_t b, uint32_t stop, const RaisedLoop *around, uint32_t *next) {
  IrValue condition = ir_terminator(r->f, b)->operands[0];
  uint32_t join = join_of(r->f, b, stop);
  uint32_t yes = r->f->blocks.data[b].succs[0], no = r->f->blocks.data[b].succs[1];
  if (join == IR_NONE || (!bitset_has(&r->inside, join) && join != r->region->after))
    return raise_fail(r, condition, "the ways of a branch do not meet again");
  *next = join;
  for (int holds = 1; holds >= 0; holds--)
    if (is_settled(r, condition, holds, b, holds ? yes : no, join))
      return walk(r, holds ? yes : no, join, around);
  if ((yes == join || no == join) && decide(r, condition, no == join))
    return walk(r, yes == join ? no : yes, join, around);
  int longer = raise_longer_way(r, yes, no, join);
  if (longer >= 0 && decide(r, condition, longer))
    return walk(r, longer ? yes : no, join, around);
  return walk_arm(r, condition, true, yes, join, around) && walk_arm(r, condition, false, no, join, around);
}

// --- loops ------------------------------------------------------------------------------------------------

static bool shape_loop(Raise *r, uint32_t header, RaisedLoop *loop) {
  const Function *f = r->f;
  *loop = (RaisedLoop){
      .header = header, .latch = IR_NONE, .entering = IR_NONE, .exiting = IR_NONE, .loop = UINT32_MAX};
  IrValue here = f->blocks.data[header].insns[0];
  const IrBlock *h = &f->blocks.data[header];
  for (uint32_t p = 0; p < h->pred_count; p++) {
    uint32_t *which = block_in_loop(f, h->preds[p], header) ? &loop->latch : &loop->entering;
    if (*which != IR_NONE)
      return raise_fail(r, here, "the loop has several entries or ends of its body");
    *which = h->preds[p];
  }
  for (uint32_t i = h->rpo; i < f->rpo_count; i++) {
    uint32_t b = f->rpo[i];
    if (!block_in_loop(f, b, header))
      continue;
    for (uint32_t s = 0; s < f->blocks.data[b].succ_count; s++) {
      if (block_in_loop(f, f->blocks.data[b].succs[s], header))
        continue;
      if (loop->exiting != IR_NONE)
        return raise_fail(r, here, "the loop can be left in several places");
      loop->exiting = b;
      loop->exit = f->blocks.data[b].succs[s];
    }
  }
  if (loop->exiting == IR_NONE || (loop->exiting != header && loop->exiting != loop->latch) ||
      ir_terminator(f, loop->exiting)->op != IR_CONDBR)
    return raise_fail(r, here, "the loop is left in the middle of its body");
  loop->test_first = loop->exiting == header && loop->latch != header;
  return true;
}

static bool test_block_is_pure(Raise *r, uint32_t block) {
  const IrBlock *b = &r->f->blocks.data[block];
  for (uint32_t i = 0; i < b->count; i++) {
    const IrInsn *insn = ir_insn(r->f, b->insns[i]);
    if (!(ir_ops[insn->op].flags & (IR_PURE | IR_TERMINATOR)) && insn->op != IR_PHI)
      return raise_fail(r, b->insns[i], "the loop's test has effects");
  }
  return true;
}

// Phis that no polynomial describes become scalar arrays: set before the loop, and again at the end of its
// body.
static bool start_phis(Raise *r, const RaisedLoop *loop) {
  for (uint32_t i = 0; i < r->f->blocks.data[loop->header].count; i++) {
    IrValue phi = r->f->blocks.data[loop->header].insns[i];
    if (ir_insn(r->f, phi)->op != IR_PHI)
      break;
    if (evolution(r, phi))
      continue;
    uint32_t from = r->f->blocks.data[loop->header].preds[0] == loop->latch ? 1 : 0;
    uint32_t access = scalar_access(r, ir_type(r->f, phi), r->loop);
    if (!push_statement(r, access, node_of(r, ir_operand(r->f, phi, from)), phi))
      return false;
    r->latest[phi] = access + 1;
  }
  return true;
}

typedef struct Update {
  IrValue phi;
  uint32_t access;
  uint32_t node;
} Update;

static bool step_phis(Raise *r, const RaisedLoop *loop) {
  VEC(Update) updates = {0};
  bool ok = true;
  r->at = loop->latch;
  for (uint32_t i = 0; ok && i < r->f->blocks.data[loop->header].count; i++) {
    IrValue phi = r->f->blocks.data[loop->header].insns[i];
    if (ir_insn(r->f, phi)->op != IR_PHI)
      break;
    if (!r->latest[phi])
      continue;
    uint32_t back = r->f->blocks.data[loop->header].preds[0] == loop->latch ? 0 : 1;
    IrValue next = ir_operand(r->f, phi, back);
    Update update = {phi, r->latest[phi] - 1, next == phi ? NODE_NONE : node_of(r, next)};
    if (next == phi)
      continue;
    ok = update.node != NODE_NONE || raise_fail(r, phi, "a value carried by the loop is not understood");
    VEC_PUSH(&updates, update);
  }
  // All are set at once: where a later one reads an earlier one's old value, the later is computed first.
  for (size_t m = 1; m < updates.count && ok; m++) {
    bool reads = false;
    for (size_t k = 0; k < m; k++)
      reads = reads || node_reads(r->region, updates.data[m].node,
                                  r->region->accesses.data[updates.data[k].access].array);
    if (!reads)
      continue;
    uint32_t copy = scalar_access(r, ir_type(r->f, updates.data[m].phi), r->loop);
    Update first = updates.data[m];
    ok = push_statement(r, copy, first.node, first.phi);
    if (ok)
      updates.data[m].node = node_load(r, copy);
  }
  for (size_t k = 0; k < updates.count && ok; k++)
    ok = push_statement(r, updates.data[k].access, updates.data[k].node, updates.data[k].phi);
  VEC_FREE(&updates);
  return ok;
}

// Whether the phi of a loop around, up to the wanted one, carries the value on: then that loop's end says
// where it is for those further out.
static bool carried_on(Raise *r, IrValue v, uint32_t wanted) {
  for (uint32_t number = r->loop; number != UINT32_MAX && number != wanted;
       number = r->region->loops.data[number].parent) {
    const RaisedLoop *loop = loop_of_iterator(r, r->region->loops.data[number].iterator);
    const IrBlock *header = &r->f->blocks.data[loop->header];
    uint32_t back = header->preds[0] == loop->latch ? 0 : 1;
    for (uint32_t i = 0; i < header->count && ir_insn(r->f, header->insns[i])->op == IR_PHI; i++)
      if (!loop->test_first && r->latest[header->insns[i]] && ir_operand(r->f, header->insns[i], back) == v)
        return true;
  }
  return false;
}

// Behind the loop its carried values are in their scalar arrays.
static bool finish_phis(Raise *r, const RaisedLoop *loop) {
  r->at = loop->exit;
  for (uint32_t i = 0; i < r->f->blocks.data[loop->header].count; i++) {
    IrValue phi = r->f->blocks.data[loop->header].insns[i];
    if (ir_insn(r->f, phi)->op != IR_PHI)
      break;
    if (!r->latest[phi])
      continue;
    uint32_t back = r->f->blocks.data[loop->header].preds[0] == loop->latch ? 0 : 1;
    IrValue last = loop->test_first ? phi : ir_operand(r->f, phi, back);
    bool own = inside_region(r, last) && block_in_loop(r->f, ir_insn(r->f, last)->block, loop->header);
    if (!own || !r->leaves[last])
      continue;
    uint32_t wanted = loop_number(r, r->use_loop[last]);
    if (wanted == r->loop || carried_on(r, last, wanted)) {
      r->after[last] = r->latest[phi];
      continue;
    }
    uint32_t access = scalar_access(r, ir_type(r->f, phi), wanted);
    if (!push_statement(r, access, node_load(r, r->latest[phi] - 1), phi))
      return false;
    r->after[last] = access + 1;
  }
  return true;
}

// Shape and extent of a loop. There is room for all of the function's, so that they stay where they are.
static bool meet_loop(Raise *r, uint32_t header) {
  RaisedLoop loop;
  if (!shape_loop(r, header, &loop) || (loop.test_first && !test_block_is_pure(r, header)))
    return false;
  loop.iterator = (uint32_t)r->region->iterators.count;
  Iterator iterator = {.loop = UINT32_MAX, .header = header};
  VEC_PUSH(&r->region->iterators, iterator);
  VEC_PUSH(&r->loops, loop);
  return measure_loop(r, &r->loops.data[r->loops.count - 1]);
}

const RaisedLoop *foresee_loop(Raise *r, uint32_t header) {
  const char *reason = r->reason;
  IrValue culprit = r->culprit;
  if (r->f->blocks.data[header].loop != header || !bitset_has(&r->inside, header))
    return NULL;
  bool met = meet_loop(r, header);
  r->reason = reason;
  r->culprit = culprit;
  return met ? raised_loop(r, header) : NULL;
}

static bool walk_loop(Raise *r, uint32_t header, uint32_t *next) {
  const RaisedLoop *known = raised_loop(r, header);
  if (known && known->loop != UINT32_MAX)
    return raise_fail(r, r->f->blocks.data[header].insns[0], "the loop is reached in two ways");
  if (!known && !meet_loop(r, header))
    return false;
  size_t number = (size_t)(raised_loop(r, header) - r->loops.data);
  if (!r->loops.data[number].extent && !measure_loop(r, &r->loops.data[number]))
    return false;
  RaisedLoop loop = r->loops.data[number];
  if (!start_phis(r, &loop))
    return false;
  uint32_t outer = r->loop;
  Loop made = {.iterator = loop.iterator, .parent = outer};
  raise_push_item(r, true, (uint32_t)r->region->loops.count);
  r->loop = loop.loop = r->loops.data[number].loop = (uint32_t)r->region->loops.count;
  r->region->iterators.data[loop.iterator].loop = r->loop;
  VEC_PUSH(&r->region->loops, made);
  size_t guards = r->guards.count;
  if (loop.clamped && !loop.entered)
    return raise_fail(r, r->f->blocks.data[header].insns[0], "the loop's ends may lie the wrong way round");
  for (uint32_t i = 0; i < loop.guard_count; i++)
    if (!push_guard(r, loop.guards[i]))
      return raise_fail(r, r->f->blocks.data[header].insns[0], "the loop's ends are not affine");
  bool ok = walk(r, header, IR_NONE, &loop) && step_phis(r, &loop);
  r->guards.count = guards;
  r->loop = outer;
  *next = loop.exit;
  return ok && finish_phis(r, &loop);
}

// --- the walk ---------------------------------------------------------------------------------------------

static bool walk_block(Raise *r, uint32_t block) {
  r->at = block;
  r->scope = r->guards.count;
  if (!r->guards.count && r->condition == NODE_NONE && r->loop != UINT32_MAX)
    bitset_add(&r->certain, block);
  for (uint32_t i = 0; i < r->f->blocks.data[block].count; i++) {
    IrBlock b = r->f->blocks.data[block];
    if (!walk_insn(r, &b, i))
      return false;
  }
  return true;
}

// One loop, or one block with what hangs on its branch. *next: what follows, IR_NONE at the end of the loop
// around.
static bool walk_unit(Raise *r, uint32_t b, uint32_t stop, const RaisedLoop *around, uint32_t *next) {
  const IrBlock *block = &r->f->blocks.data[b];
  if (block->loop == b && (!around || around->header != b))
    return walk_loop(r, b, next);
  if (!walk_block(r, b))
    return false;
  block = &r->f->blocks.data[b];
  const IrInsn *end = ir_terminator(r->f, b);
  *next = IR_NONE;
  if (around && b == around->latch)
    return true;
  if (end->op == IR_BR) {
    *next = block->succs[0];
    return true;
  }
  if (end->op != IR_CONDBR)
    return raise_fail(r, block->insns[block->count - 1], "the function ends, or switches");
  if (around && b == around->exiting) {
    *next = block->succs[block->succs[0] == around->exit];
    return true;
  }
  return walk_branch(r, b, stop, around, next);
}

static bool walk(Raise *r, uint32_t b, uint32_t stop, const RaisedLoop *around) {
  while (b != stop) {
    if (b == IR_NONE || !bitset_has(&r->inside, b))
      return raise_fail(r, IR_NONE, "control leaves the nest in an unusual way");
    if (!walk_unit(r, b, stop, around, &b))
      return false;
    if (b == IR_NONE && stop == IR_NONE)
      return true;
  }
  return true;
}

bool raise_walk(Raise *r) {
  uint32_t b = r->region->entry;
  for (uint32_t done = 0; done < r->units && r->nests < r->most && bitset_has(&r->inside, b); done++) {
    bool loop = r->f->blocks.data[b].loop == b;
    bool straight = ir_terminator(r->f, b)->op == IR_BR;
    if (!walk_unit(r, b, r->region->after, NULL, &b))
      return false;
    if (!loop && !straight)
      continue;
    r->nests = 0;
    for (size_t i = 0; i < r->region->body.count; i++)
      r->nests += r->region->body.data[i].loop;
    r->end = b;
  }
  return true;
}
