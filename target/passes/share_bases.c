// Addresses of data that lies close together are given as one symbol's and a displacement, so that one
// register serves for all of them: what an instruction of memory adds costs nothing. An index is added to the
// symbol, and the displacement last. What no displacement reaches from a pointer is divided: the distance in
// steps of 4096, which neighbours have in common, and the displacement that is left. Requires: legal SSA
// form. Provides: the same.
#include "target/internal.h"

#include <assert.h>
#include <string.h>

enum { REACH = 2048, STEP = 2 * REACH };

typedef struct Base {
  SymbolId symbol;
  uint8_t region;
  uint64_t offset;
  SymbolId anchor; // itself: it stays
  int64_t distance;
} Base;

typedef struct Sharer {
  Target *target;
  Function *f;
  VEC(Base) bases;
  uint32_t values;
  bool *addresses; // by value: all uses are addresses of accesses
  bool shared;     // there is something to replace
  bool distant;    // there are accesses at distances over REACH from pointers
} Sharer;

static const Base *find_base(const Sharer *s, SymbolId symbol) {
  uint32_t base = s->target->symbols.data[symbol].base;
  return base ? &s->bases.data[base - 1] : NULL;
}

static bool is_callee(const IrInsn *insn, uint32_t operand) {
  return (insn->op == IR_CALL || insn->op == IR_TAILCALL) && operand == 0;
}

static bool is_address(const IrInsn *insn, uint32_t operand) {
  return (insn->op == IR_LOAD && operand == 0) || (insn->op == IR_STORE && operand == 1);
}

// The distance of an address from a pointer in a register, where it is one that is to be divided; else 0.
static int64_t distance_of(const Function *f, const IrInsn *address) {
  if (address->op != IR_ADD || address->type != IR_I64 || !ir_is_const(f, address->operands[1]) ||
      ir_insn(f, address->operands[0])->op == IR_FRAME)
    return 0;
  int64_t distance = ir_insn(f, address->operands[1])->imm;
  bool near = distance >= -REACH && distance < REACH;
  return near || distance < INT32_MIN || distance >= INT32_MAX - REACH ? 0 : distance;
}

// The data that the function names, and which values are only addresses.
static void find_bases(Sharer *s) {
  const Function *f = s->f;
  memset(s->addresses, true, s->values);
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t k = 0; k < b->count; k++) {
      const IrInsn *insn = ir_insn(f, b->insns[k]);
      for (uint32_t o = 0; o < insn->operand_count; o++) {
        IrValue v = ir_operands_const(f, insn)[o];
        const IrInsn *x = ir_insn(f, v);
        if (!is_address(insn, o))
          s->addresses[v] = false;
        else
          s->distant |= distance_of(f, x) != 0;
        if (x->op != IR_SYMBOL || is_callee(insn, o))
          continue;
        Symbol *symbol = &s->target->symbols.data[ir_symbol_of(x)];
        if (!symbol->region || symbol->base)
          continue;
        Base base = {ir_symbol_of(x), symbol->region, symbol->offset, ir_symbol_of(x), 0};
        VEC_PUSH(&s->bases, base);
        symbol->base = (uint32_t)s->bases.count;
      }
    }
  }
}

static int compare_bases(const void *x, const void *y) {
  const Base *a = x, *b = y;
  if (a->region != b->region)
    return a->region < b->region ? -1 : 1;
  return a->offset != b->offset ? (a->offset < b->offset ? -1 : 1) : a->symbol < b->symbol ? -1 : 1;
}

// From the lowest on: those that can be reached from one in their middle.
static void find_anchors(Sharer *s) {
  Base *bases = s->bases.data;
  qsort(bases, s->bases.count, sizeof *bases, compare_bases);
  for (size_t i = 0; i < s->bases.count; i++)
    s->target->symbols.data[bases[i].symbol].base = (uint32_t)i + 1;
  for (size_t first = 0; first < s->bases.count;) {
    size_t anchor = first, end;
    while (anchor + 1 < s->bases.count && bases[anchor + 1].region == bases[first].region &&
           bases[anchor + 1].offset - bases[first].offset <= REACH)
      anchor++;
    for (end = first; end < s->bases.count && bases[end].region == bases[first].region; end++) {
      int64_t distance = (int64_t)(bases[end].offset - bases[anchor].offset);
      if (distance >= REACH)
        break;
      bases[end].anchor = bases[anchor].symbol;
      bases[end].distance = distance;
      s->shared |= end != anchor;
    }
    first = end;
  }
}

static IrValue insert_sum(Function *f, uint32_t block, IrValue x, IrValue y) {
  IrValue operands[2] = {x, y};
  IrValue v = ir_add(f, IR_ADD, IR_I64, 2, operands);
  ir_insert(f, block, v);
  return v;
}

// The anchor that stands for a symbol, and its distance; false: the symbol stays.
static bool find_anchor(Sharer *s, IrValue v, IrValue *anchor, int64_t *distance) {
  const IrInsn *insn = ir_insn(s->f, v);
  const Base *base = insn->op == IR_SYMBOL ? find_base(s, ir_symbol_of(insn)) : NULL;
  if (!base || (base->anchor == base->symbol && ir_addend_of(insn) == 0))
    return false;
  *distance = base->distance + ir_addend_of(insn);
  if (*distance < -REACH || *distance >= REACH)
    return false;
  *anchor = ir_leaf(s->f, IR_SYMBOL, IR_I64, ir_symbol_imm(base->anchor, 0));
  return true;
}

static void share_operand(Sharer *s, uint32_t block, IrValue user, uint32_t operand) {
  Function *f = s->f;
  IrValue v = ir_operand(f, user, operand), anchor = IR_NONE;
  int64_t distance = 0;
  if (is_callee(ir_insn(f, user), operand) || !find_anchor(s, v, &anchor, &distance))
    return;
  IrValue constant = ir_leaf(f, IR_CONST, IR_I64, distance);
  const IrInsn *insn = ir_insn(f, user);
  bool indexed = insn->op == IR_ADD && insn->type == IR_I64 && user < s->values && s->addresses[user];
  if (!indexed) {
    IrValue sum = distance ? insert_sum(f, block, anchor, constant) : anchor;
    ir_operands(f, ir_insn(f, user))[operand] = sum;
    return;
  }
  assert(operand < 2);
  IrValue index = insn->operands[1 - operand];
  const IrInsn *x = ir_insn(f, index);
  if (x->op == IR_ADD && x->type == IR_I64 && ir_is_const(f, x->operands[1])) {
    int64_t further = ir_insn(f, x->operands[1])->imm;
    if (further >= -REACH && further < REACH && distance + further >= -REACH && distance + further < REACH) {
      index = x->operands[0];
      constant = ir_leaf(f, IR_CONST, IR_I64, distance + further);
    }
  }
  IrValue sum = insert_sum(f, block, index, anchor);
  IrValue operands[2] = {sum, constant};
  ir_set_operands(f, ir_insn(f, user), 2, operands);
}

static uint32_t depth_of(const Function *f, IrValue v) {
  uint32_t block = ir_insn(f, v)->block;
  return block == IR_NONE ? 0 : f->blocks.data[block].depth;
}

// pointer + steps. To the term of a sum that changes less often, since others have that in common too.
static IrValue add_steps(Function *f, uint32_t block, IrValue pointer, IrValue steps) {
  const IrInsn *sum = ir_insn(f, pointer);
  if (sum->op != IR_ADD || sum->type != IR_I64 || ir_is_const(f, sum->operands[1]))
    return insert_sum(f, block, pointer, steps);
  IrValue x = sum->operands[0], y = sum->operands[1];
  bool turned = depth_of(f, y) < depth_of(f, x);
  IrValue far = insert_sum(f, block, turned ? y : x, steps);
  return insert_sum(f, block, far, turned ? x : y);
}

static void divide_distance(Sharer *s, uint32_t block, IrValue user, uint32_t operand) {
  Function *f = s->f;
  IrValue v = ir_operand(f, user, operand);
  const IrInsn *address = ir_insn(f, v);
  int64_t distance = v < s->values && s->addresses[v] ? distance_of(f, address) : 0;
  if (!distance)
    return;
  int64_t steps = (distance + REACH) & ~(int64_t)(STEP - 1);
  IrValue pointer = address->operands[0];
  IrValue far = add_steps(f, block, pointer, ir_leaf(f, IR_CONST, IR_I64, steps));
  if (distance != steps)
    far = insert_sum(f, block, far, ir_leaf(f, IR_CONST, IR_I64, distance - steps));
  ir_operands(f, ir_insn(f, user))[operand] = far;
}

static void share_block(Sharer *s, uint32_t block) {
  Function *f = s->f;
  IrBlock old = f->blocks.data[block];
  f->blocks.data[block].insns = NULL;
  f->blocks.data[block].count = f->blocks.data[block].capacity = 0;
  for (uint32_t k = 0; k < old.count; k++) {
    IrValue v = old.insns[k];
    f->place = ir_place_number(f, v);
    for (uint32_t o = 0; o < ir_insn(f, v)->operand_count && ir_insn(f, v)->op != IR_PHI; o++)
      share_operand(s, block, v, o);
    if (s->distant && (ir_insn(f, v)->op == IR_LOAD || ir_insn(f, v)->op == IR_STORE))
      divide_distance(s, block, v, ir_insn(f, v)->op == IR_STORE);
    ir_append(f, block, v);
  }
  f->place = 0;
}

bool share_bases(Target *target, Function *f) {
  ir_analyze(f);
  Sharer s = {.target = target, .f = f, .values = (uint32_t)f->insns.count};
  s.addresses = checked_malloc(s.values + 1);
  find_bases(&s);
  if (s.bases.count > 1)
    find_anchors(&s);
  if (s.shared || s.distant) {
    for (uint32_t i = 0; i < f->rpo_count; i++)
      share_block(&s, f->rpo[i]);
    // Of phis at the end of the blocks that their operands come from.
    for (uint32_t i = 0; i < f->rpo_count; i++) {
      const IrBlock *b = &f->blocks.data[f->rpo[i]];
      for (uint32_t k = 0; k < b->count && ir_insn(f, b->insns[k])->op == IR_PHI; k++)
        for (uint32_t o = 0; o < ir_insn(f, b->insns[k])->operand_count; o++)
          share_operand(&s, b->preds[o], b->insns[k], o);
    }
  }
  for (size_t i = 0; i < s.bases.count; i++)
    target->symbols.data[s.bases.data[i].symbol].base = 0;
  VEC_FREE(&s.bases);
  free(s.addresses);
  return true;
}
