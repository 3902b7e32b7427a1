// Where the values of variables are while passes run. Up to selection a value of debug information is one of
// the SSA form, which passes replace; selection gives it a virtual register, or it is computed from others
// that have one; from the allocation on, the names of virtual registers are kept beside the operands.
#include "target/debug/info.h"
#include "target/ir/vector.h"

#include <dwarf.h>
#include <string.h>

enum { MOST_TOKENS = 16, MOST_DEPTH = 6 };

void debug_follow(Function *f, const IrValue *alias, uint32_t count) {
  DebugFunction *d = f->debug;
  for (size_t i = 0; i < d->values.count; i++) {
    DebugValue *value = &d->values.data[i];
    while (value->kind == DEBUG_VALUE && value->value < count && alias[value->value] != value->value)
      value->value = alias[value->value];
  }
}

void debug_forget(Function *f, IrValue value) {
  DebugFunction *d = f->debug;
  for (size_t i = 0; i < d->values.count; i++)
    if (d->values.data[i].kind == DEBUG_VALUE && d->values.data[i].value == value)
      d->values.data[i].kind = DEBUG_NOTHING;
  size_t kept = 0;
  for (size_t i = 0; i < d->counters.count; i++)
    if (d->counters.data[i].at != value && d->counters.data[i].pointer_at != value)
      d->counters.data[kept++] = d->counters.data[i];
  d->counters.count = kept;
}

void debug_note_counter(Function *f, const DebugCounter *counter) {
  VEC_PUSH(&f->debug->counters, *counter);
}

// --- selection --------------------------------------------------------------------------------------------

typedef struct Describer {
  const Target *target;
  Function *f;
  DebugFunction *d;
  const Reg *regs;
  uint32_t count; // of them
  uint32_t start; // of the value's tokens
} Describer;

static bool token(Describer *t, DebugTokenKind kind, uint32_t index, int64_t number) {
  VEC_PUSH(&t->d->tokens, ((DebugToken){(uint8_t)kind, index, number}));
  return t->d->tokens.count - t->start <= MOST_TOKENS;
}

static bool operation(Describer *t, unsigned op) {
  return token(t, DEBUG_TOKEN_OPERATION, op, 0);
}

static bool constant(Describer *t, int64_t value) {
  return token(t, DEBUG_TOKEN_CONSTANT, 0, value);
}

static uint32_t name_of(Describer *t, IrValue v, Reg reg);

// The next value of a phi that is stepped by a constant says what the phi was, when that is gone already.
static void note_next(Describer *t, IrValue phi, uint32_t number) {
  const Function *f = t->f;
  const IrInsn *insn = ir_insn(f, phi);
  for (uint32_t i = 0; i < insn->operand_count; i++) {
    IrValue next = ir_operands_const(f, insn)[i];
    const IrInsn *step = ir_insn(f, next);
    Reg reg = next < t->count ? t->regs[next] : 0;
    if (step->op != IR_ADD || step->type != IR_I64 || step->operands[0] != phi ||
        !ir_is_const(f, step->operands[1]) || reg < MIR_FIRST_VIRTUAL)
      continue;
    uint32_t other = name_of(t, next, reg);
    DebugName *names = t->d->names.data;
    names[number].next = other + 1;
    names[number].step = ir_insn(f, step->operands[1])->imm;
    names[other].end_block = insn->block;
    return;
  }
}

// The name of a value that has a register, or of an argument that has none any more.
static uint32_t name_of(Describer *t, IrValue v, Reg reg) {
  DebugFunction *d = t->d;
  const IrInsn *insn = ir_insn(t->f, v);
  const Passing *p = insn->op == IR_ARG ? &t->f->signature->params[insn->imm] : NULL;
  DebugName name = {.reg = reg,
                    .phi_block = insn->op == IR_PHI ? insn->block : IR_NONE,
                    .entry = p && !p->on_stack ? p->reg : 0,
                    .end_block = IR_NONE};
  uint32_t number = (uint32_t)d->names.count;
  if (!reg) {
    for (uint32_t i = 0; i < number; i++)
      if (!d->names.data[i].reg && d->names.data[i].entry == name.entry)
        return i;
  } else {
    uint32_t *known = &d->name_of.data[reg - MIR_FIRST_VIRTUAL];
    if (*known)
      return *known - 1;
    *known = number + 1;
  }
  VEC_PUSH(&d->names, name);
  if (insn->op == IR_PHI)
    note_next(t, v, number);
  return number;
}

static bool name(Describer *t, IrValue v, Reg reg) {
  if (reg && mir_class_size(t->f->classes.data[reg - MIR_FIRST_VIRTUAL]) != 1)
    return false;
  return token(t, DEBUG_TOKEN_NAME, name_of(t, v, reg), 0);
}

static bool describe(Describer *t, IrValue v, unsigned depth);

// The low bits of what is described.
static bool extension(Describer *t, unsigned bits, bool sign) {
  enum { REGISTER_BITS = 64 };
  return constant(t, REGISTER_BITS - bits) && operation(t, DW_OP_shl) && constant(t, REGISTER_BITS - bits) &&
         operation(t, sign ? DW_OP_shra : DW_OP_shr);
}

static bool describe_operation(Describer *t, const IrInsn *insn, unsigned depth) {
  static const struct {
    uint8_t op, code;
    bool word; // also of words, whose upper halves do not matter
  } operations[] = {{IR_ADD, DW_OP_plus, true}, {IR_SUB, DW_OP_minus, true}, {IR_MUL, DW_OP_mul, true},
                    {IR_AND, DW_OP_and, true},  {IR_OR, DW_OP_or, true},     {IR_XOR, DW_OP_xor, true},
                    {IR_SHL, DW_OP_shl, true},  {IR_LSHR, DW_OP_shr, false}, {IR_ASHR, DW_OP_shra, false}};
  bool word = insn->type == IR_I32;
  for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
    if (operations[i].op != insn->op || (!word && insn->type != IR_I64) || (word && !operations[i].word))
      continue;
    bool shift = insn->op == IR_SHL || insn->op == IR_LSHR || insn->op == IR_ASHR;
    if (shift && !ir_is_const(t->f, insn->operands[1]))
      return false;
    IrValue x = insn->operands[0], y = insn->operands[1];
    return describe(t, x, depth + 1) && describe(t, y, depth + 1) && operation(t, operations[i].code) &&
           (!word || extension(t, IR_I32, true));
  }
  if ((insn->op == IR_SEXT || insn->op == IR_ZEXT) && insn->aux && insn->aux < IR_I64)
    return describe(t, insn->operands[0], depth + 1) && extension(t, insn->aux, insn->op == IR_SEXT);
  return false;
}

static bool describe_counter(Describer *t, const DebugCounter *c, unsigned depth) {
  if (!describe(t, c->pointer, depth + 1) || !describe(t, c->pointer_at, depth + 1) ||
      !operation(t, DW_OP_minus))
    return false;
  if (c->pointer_step != c->step && !(constant(t, c->pointer_step) && operation(t, DW_OP_div) &&
                                      (c->step == 1 || (constant(t, c->step) && operation(t, DW_OP_mul)))))
    return false;
  const IrInsn *at = ir_insn(t->f, c->at);
  return (at->op == IR_CONST && at->imm == 0) || (describe(t, c->at, depth + 1) && operation(t, DW_OP_plus));
}

// A phi that nobody reads but debug information, by one of its pointers. What needs no other value than the
// pointer's is best, since others may be gone.
static bool describe_by_pointer(Describer *t, IrValue phi, unsigned depth) {
  DebugFunction *d = t->d;
  size_t start = d->tokens.count;
  const DebugCounter *best = NULL;
  for (size_t i = 0; i < d->counters.count; i++) {
    const DebugCounter *c = &d->counters.data[i];
    if (c->counter != phi)
      continue;
    d->tokens.count = start;
    if (!describe_counter(t, c, depth))
      continue;
    unsigned names = 0;
    for (size_t k = start; k < d->tokens.count; k++)
      names += d->tokens.data[k].kind == DEBUG_TOKEN_NAME;
    if (names <= 1)
      return true;
    best = c;
  }
  d->tokens.count = start;
  return best && describe_counter(t, best, depth);
}

static bool describe_argument(Describer *t, IrValue v, const IrInsn *insn) {
  const Passing *p = &t->f->signature->params[insn->imm];
  if (p->on_stack && p->type < IR_FIRST_VECTOR)
    return token(t, DEBUG_TOKEN_STACK, (ir_type_bits(p->type) + 7) / 8, p->offset);
  return !p->on_stack && mir_class_size(ir_class(p->type)) == 1 && name(t, v, 0);
}

// What a value is computed from, down to what is in registers.
static bool describe(Describer *t, IrValue v, unsigned depth) {
  const IrInsn *insn = ir_insn(t->f, v);
  switch ((IrOp)insn->op) {
  case IR_CONST:
    return constant(t, insn->imm);
  case IR_FCONST:
    return token(t, DEBUG_TOKEN_FLOAT, ir_float_bits(insn->type) / 8, insn->imm);
  case IR_FRAME:
    return token(t, DEBUG_TOKEN_SLOT, (uint32_t)insn->imm, 0);
  case IR_SYMBOL:
    return !t->target->symbols.data[ir_symbol_of(insn)].tls &&
           token(t, DEBUG_TOKEN_SYMBOL, ir_symbol_of(insn), ir_addend_of(insn));
  default:
    break;
  }
  Reg reg = v < t->count ? t->regs[v] : 0;
  if (reg >= MIR_FIRST_VIRTUAL)
    return name(t, v, reg);
  if (insn->op == IR_ARG)
    return describe_argument(t, v, insn);
  if (insn->op == IR_COPY)
    return describe(t, insn->operands[0], depth);
  if (depth == MOST_DEPTH)
    return false;
  return insn->op == IR_PHI ? describe_by_pointer(t, v, depth) : describe_operation(t, insn, depth);
}

void debug_select(Target *target, Function *f, const Reg *regs, uint32_t count) {
  DebugFunction *d = f->debug;
  Describer t = {.target = target, .f = f, .d = d, .regs = regs, .count = count};
  VEC_RESERVE(&d->name_of, f->classes.count);
  d->name_of.count = f->classes.count;
  if (d->name_of.count)
    memset(d->name_of.data, 0, d->name_of.count * sizeof *d->name_of.data);
  for (size_t i = 0; i < d->values.count; i++) {
    DebugValue *value = &d->values.data[i];
    t.start = value->first = (uint32_t)d->tokens.count;
    bool known = false;
    if (value->kind == DEBUG_VALUE)
      known = describe(&t, value->value, 0);
    else if (value->kind == DEBUG_CONSTANT)
      known = constant(&t, value->number);
    else if (value->kind == DEBUG_FLOAT)
      known = token(&t, DEBUG_TOKEN_FLOAT, ir_float_bits(value->type) / 8, value->number);
    else if (value->kind == DEBUG_SYMBOL)
      known = token(&t, DEBUG_TOKEN_SYMBOL, value->symbol, value->number);
    if (!known)
      d->tokens.count = t.start;
    value->count = (uint32_t)d->tokens.count - t.start;
  }
}

// --- from names to registers ------------------------------------------------------------------------------

static void set_operand_name(Function *f, uint32_t operand, uint32_t name) {
  DebugFunction *d = f->debug;
  if (!name)
    return;
  while (d->operand_names.count <= operand)
    VEC_PUSH(&d->operand_names, 0);
  d->operand_names.data[operand] = name;
}

void debug_note_names(Function *f) {
  const DebugFunction *d = f->debug;
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++) {
      const MirInsn *insn = &b->insns[i];
      const MirOperand *o = mir_operands(f, insn);
      if (insn->op == MIR_RELOAD || insn->op == MIR_SPILL)
        continue; // these name anything
      for (uint32_t x = 0; x < insn->count; x++)
        if (o[x].kind == MIR_REG && o[x].value >= MIR_FIRST_VIRTUAL && !o[x].note &&
            (size_t)(o[x].value - MIR_FIRST_VIRTUAL) < d->name_of.count)
          set_operand_name(f, insn->operands + x, d->name_of.data[o[x].value - MIR_FIRST_VIRTUAL]);
    }
  }
}

// The name of one of the operands that is this register, in the same role.
static uint32_t name_before(const Function *f, const MirInsn *insn, Reg reg, bool written) {
  const MirOperand *o = mir_operands(f, insn);
  for (uint32_t x = 0; x < insn->count; x++)
    if (o[x].kind == MIR_REG && (Reg)o[x].value == reg && mir_writes(mir_role(f, insn, x)) == written &&
        debug_operand_name(f->debug, insn->operands + x))
      return debug_operand_name(f->debug, insn->operands + x);
  return 0;
}

void debug_note_lowered(Function *f, const MirInsn *insn, uint32_t block, uint32_t before) {
  const MirBlock *b = &f->mblocks.data[block];
  bool slot = insn->op == MIR_RELOAD || insn->op == MIR_SPILL;
  const MirOperand *o = mir_operands(f, insn);
  bool defined = false;
  for (uint32_t i = b->count; i-- > before;) {
    const MirInsn *now = &b->insns[i];
    if (now->operands == insn->operands)
      return; // it stays as it was
    const MirOperand *n = mir_operands(f, now);
    if (slot && now->count == 3 && n[0].kind == MIR_REG && n[0].value == o[0].value && n[1].kind == MIR_IMM)
      set_operand_name(f, now->operands + 1, DEBUG_SLOT | (uint32_t)o[1].value);
    for (uint32_t x = 0; x < now->count && !slot; x++) {
      if (n[x].kind != MIR_REG)
        continue;
      bool written = mir_writes(mir_role(f, now, x));
      // What comes before the last step of several is not the value yet.
      if (!written || !defined)
        set_operand_name(f, now->operands + x, name_before(f, insn, (Reg)n[x].value, written));
      defined |= written;
    }
  }
}

// --- code that is for several places ----------------------------------------------------------------------

static uint32_t common_scope(const DebugFunction *d, uint32_t a, uint32_t b) {
  for (; a; a = d->scopes.data[a].parent)
    for (uint32_t x = b; x; x = d->scopes.data[x].parent)
      if (x == a)
        return a;
  return 0;
}

static uint32_t common_place(Function *f, uint32_t a, uint32_t b) {
  const SourcePlace *x = &f->places.data[a], *y = &f->places.data[b];
  SourcePlace common = {.file = x->file, .directory = x->directory, .line = NO_LINE};
  if (x->scope && y->scope)
    common.scope = common_scope(f->debug, x->scope - 1, y->scope - 1) + 1;
  bool same_file = x->file && y->file && strcmp(x->file, y->file) == 0;
  if (same_file && x->line == y->line) {
    common.line = x->line;
    common.column = x->column == y->column ? x->column : 0;
  }
  VEC_PUSH(&f->places, common);
  return (uint32_t)f->places.count - 1;
}

static void clear_operand_name(DebugFunction *d, uint32_t operand) {
  if (operand < d->operand_names.count)
    d->operand_names.data[operand] = 0;
}

void debug_merge_blocks(Function *f, uint32_t block, uint32_t other) {
  DebugFunction *d = f->debug;
  MirBlock *b = &f->mblocks.data[block];
  const MirBlock *o = &f->mblocks.data[other];
  for (uint32_t i = 0; i < b->count; i++) {
    MirInsn *x = &b->insns[i];
    const MirInsn *y = &o->insns[i];
    if (x->place && y->place && x->place != y->place)
      x->place = common_place(f, x->place, y->place);
    for (uint32_t k = 0; k < x->count; k++)
      if (debug_operand_name(d, x->operands + k) != debug_operand_name(d, y->operands + k))
        clear_operand_name(d, x->operands + k);
  }
}
