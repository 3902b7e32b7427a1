// What is known of a register's upper bits, and what that saves: extensions of what is extended already,
// masks that change nothing, and what is done to bits that the user does not read.
#include "target/passes/simplify_bits.h"

enum { REGISTER_BITS = 64, WORD_BITS = 32 };

static unsigned least(unsigned x, unsigned y) {
  return x < y ? x : y;
}

static unsigned most(unsigned x, unsigned y) {
  return x > y ? x : y;
}

static Widths widths_of_constant(int64_t value) {
  uint64_t differing = (uint64_t)value ^ (value < 0 ? UINT64_MAX : 0);
  int used = differing ? REGISTER_BITS - __builtin_clzll(differing) : 0;
  return (Widths){(uint8_t)(value < 0 ? REGISTER_BITS : used), (uint8_t)(used + 1)};
}

static Widths widths_of(const BitsKnown *known, IrValue v) {
  const IrInsn *insn = ir_insn(known->f, v);
  if (insn->op == IR_CONST)
    return widths_of_constant(insn->imm);
  return v < known->count ? known->widths[v] : (Widths){REGISTER_BITS, REGISTER_BITS};
}

static Widths widths(unsigned zero, unsigned sign) {
  zero = least(zero, REGISTER_BITS);
  sign = least(sign, REGISTER_BITS);
  return (Widths){(uint8_t)zero, (uint8_t)(zero < sign ? zero + 1 : sign)};
}

static Widths widths_passed(const Passing *p) {
  if (p->extension == IR_EXTEND_NONE || p->type > IR_I32)
    return widths(REGISTER_BITS, REGISTER_BITS);
  bool sign = p->extension == IR_EXTEND_SIGN || p->type == IR_I32; // words are always sign-extended
  return sign ? widths(REGISTER_BITS, p->type) : widths(p->type, REGISTER_BITS);
}

static Widths widths_of_shift(const BitsKnown *known, const IrInsn *insn, Widths x) {
  const IrInsn *amount = ir_insn(known->f, insn->operands[1]);
  bool word = insn->type == IR_I32, constant = amount->op == IR_CONST;
  unsigned k = constant ? (unsigned)amount->imm & (word ? WORD_BITS - 1 : REGISTER_BITS - 1) : 0;
  if (insn->op == IR_SHL)
    return constant ? widths(x.zero + k, x.sign + k) : widths(REGISTER_BITS, REGISTER_BITS);
  if (insn->op == IR_ASHR) {
    unsigned sign = word ? least(x.sign, WORD_BITS) : x.sign;
    bool positive = x.zero < (word ? WORD_BITS : REGISTER_BITS);
    return widths(positive ? most(x.zero, k) - k : REGISTER_BITS, most(sign, k + 1) - k);
  }
  unsigned zero = word ? least(x.zero, WORD_BITS) : x.zero;
  if (word && zero == WORD_BITS && !k)
    return widths(REGISTER_BITS, WORD_BITS);
  return widths(most(zero, k) - k, REGISTER_BITS);
}

static Widths widths_of_binary(const BitsKnown *known, const IrInsn *insn) {
  Widths x = widths_of(known, insn->operands[0]), y = widths_of(known, insn->operands[1]);
  unsigned zero = most(x.zero, y.zero), sign = most(x.sign, y.sign);
  switch ((IrOp)insn->op) {
  case IR_ADD:
    return widths(zero + 1, sign + 1);
  case IR_SUB:
    return widths(REGISTER_BITS, sign + 1);
  case IR_MUL:
    return widths(x.zero + y.zero, x.sign + y.sign);
  case IR_AND:
    return widths(least(x.zero, y.zero), sign);
  case IR_UMIN:
  case IR_UREM:
    return widths(least(x.zero, y.zero), REGISTER_BITS);
  case IR_UDIV:
    return widths(x.zero, REGISTER_BITS);
  case IR_OR:
  case IR_XOR:
  case IR_SMIN:
  case IR_SMAX:
  case IR_UMAX:
    return widths(zero, sign);
  case IR_SHL:
  case IR_LSHR:
  case IR_ASHR:
    return widths_of_shift(known, insn, x);
  default:
    return widths(REGISTER_BITS, REGISTER_BITS);
  }
}

static Widths widths_of_choice(const BitsKnown *known, const IrInsn *insn, uint32_t first) {
  const IrValue *x = ir_operands_const(known->f, insn);
  Widths all = widths_of(known, x[first]);
  for (uint32_t i = first + 1; i < insn->operand_count; i++) {
    Widths one = widths_of(known, x[i]);
    all = widths(most(all.zero, one.zero), most(all.sign, one.sign));
  }
  return all;
}

static Widths find_widths(const BitsKnown *known, const IrInsn *insn) {
  const Function *f = known->f;
  enum { COUNT_BITS = 7 }; // a count of bits is at most 64
  switch ((IrOp)insn->op) {
  case IR_ZEXT:
    return widths(insn->aux, REGISTER_BITS);
  case IR_SEXT:
    return widths(REGISTER_BITS, insn->aux);
  case IR_ICMP:
  case IR_FCMP:
    return widths(1, REGISTER_BITS);
  case IR_LOAD:
    return insn->flags & IR_SIGNED ? widths(REGISTER_BITS, insn->aux) : widths(insn->aux, REGISTER_BITS);
  case IR_CTPOP:
  case IR_CTLZ:
  case IR_CTTZ:
    return widths(COUNT_BITS, REGISTER_BITS);
  case IR_SELECT:
    return widths_of_choice(known, insn, 1);
  case IR_PHI:
    return widths_of_choice(known, insn, 0);
  case IR_CALL: {
    const Signature *s = f->signatures.data[(size_t)insn->imm];
    return s->result_count ? widths_passed(&s->results[0]) : widths(REGISTER_BITS, REGISTER_BITS);
  }
  default:
    return insn->operand_count == 2 ? widths_of_binary(known, insn) : widths(REGISTER_BITS, REGISTER_BITS);
  }
}

// What gives the same low `bits` bits.
static IrValue low_part(const Function *f, IrValue v, unsigned bits) {
  for (;;) {
    const IrInsn *insn = ir_insn(f, v);
    bool extends = (insn->op == IR_ZEXT || insn->op == IR_SEXT) && insn->aux >= bits;
    bool masks = insn->op == IR_AND && insn->type == IR_I64 && ir_is_const(f, insn->operands[1]) &&
                 zero_extend(~ir_insn(f, insn->operands[1])->imm, bits) == 0;
    if (!extends && !masks)
      return v;
    v = insn->operands[0];
  }
}

static void become_extension(Function *f, IrInsn *insn, IrOp op, unsigned bits, IrValue of) {
  insn->op = (uint8_t)op;
  insn->aux = (uint8_t)bits;
  insn->flags = 0;
  ir_set_operands(f, insn, 1, &of);
}

// Shifts up and down again, and masks of the low 16 or 32 bits, are extensions.
static void find_extension(Function *f, IrInsn *insn) {
  if (insn->type != IR_I64 || insn->operand_count != 2 || !ir_is_const(f, insn->operands[1]))
    return;
  int64_t constant = ir_insn(f, insn->operands[1])->imm;
  const IrInsn *x = ir_insn(f, insn->operands[0]);
  if (insn->op == IR_AND && (constant == UINT16_MAX || constant == UINT32_MAX)) {
    become_extension(f, insn, IR_ZEXT, constant == UINT16_MAX ? 16 : 32, insn->operands[0]);
    return;
  }
  bool there_and_back = (insn->op == IR_LSHR || insn->op == IR_ASHR) && x->op == IR_SHL &&
                        x->type == IR_I64 && x->operands[1] == insn->operands[1] && constant > 0 &&
                        constant < REGISTER_BITS;
  if (there_and_back)
    become_extension(f, insn, insn->op == IR_LSHR ? IR_ZEXT : IR_SEXT, REGISTER_BITS - (unsigned)constant,
                     x->operands[0]);
}

// Selections and comparisons of truth values.
static IrValue simplify_truth(const BitsKnown *known, IrValue v) {
  const Function *f = known->f;
  IrInsn *insn = ir_insn(f, v);
  const IrValue *x = insn->operands;
  if (insn->op == IR_ICMP && ir_is_const(f, x[1]) && widths_of(known, x[0]).zero <= 1) {
    int64_t constant = ir_insn(f, x[1])->imm;
    if ((insn->aux == IR_NE && constant == 0) || (insn->aux == IR_EQ && constant == 1))
      return x[0];
  }
  if (insn->op != IR_SELECT || insn->type != IR_I64 || widths_of(known, x[0]).zero > 1 ||
      !ir_is_const(f, x[1]) || ir_insn(f, x[1])->imm != 1 || widths_of(known, x[2]).zero > 1)
    return v;
  if (ir_is_const(f, x[2]))
    return ir_insn(f, x[2])->imm ? x[2] : x[0];
  IrValue operands[2] = {x[0], x[2]};
  insn->op = IR_OR;
  ir_set_operands(known->f, insn, 2, operands);
  return v;
}

static bool changes_nothing(const BitsKnown *known, const IrInsn *insn) {
  const Function *f = known->f;
  Widths x = widths_of(known, insn->operands[0]);
  switch ((IrOp)insn->op) {
  case IR_ZEXT:
    return x.zero <= insn->aux;
  case IR_SEXT:
    return x.sign <= insn->aux;
  case IR_AND:
    return ir_is_const(f, insn->operands[1]) && x.zero < REGISTER_BITS &&
           zero_extend(~ir_insn(f, insn->operands[1])->imm, x.zero) == 0;
  default:
    return false;
  }
}

void bits_start(BitsKnown *known, const Target *target, Function *f) {
  known->f = f;
  known->extensions = target->extensions;
  known->count = (uint32_t)f->insns.count;
  known->widths = checked_malloc((known->count + 1) * sizeof *known->widths);
  for (IrValue v = 0; v < known->count; v++) {
    const IrInsn *insn = ir_insn(f, v);
    known->widths[v] = insn->op == IR_ARG ? widths_passed(&f->signature->params[insn->imm])
                                          : (Widths){REGISTER_BITS, REGISTER_BITS};
  }
  find_bits_read(known);
}

void bits_end(BitsKnown *known) {
  free(known->widths);
  free(known->read);
}

IrValue bits_simplify(BitsKnown *known, IrValue v) {
  Function *f = known->f;
  IrInsn *insn = ir_insn(f, v);
  if (insn->type > IR_I64 && insn->op != IR_SITOF && insn->op != IR_UITOF)
    return v;
  if (insn->op != IR_PHI && insn->operand_count && insn->operand_count <= IR_INLINE_OPERANDS) {
    use_unread_bits(known, v);
    insn = ir_insn(f, v);
    find_extension(f, insn);
    for (uint32_t i = 0; i < insn->operand_count && i < 2; i++) {
      unsigned bits = bits_read(f, insn, i);
      if (bits < REGISTER_BITS)
        insn->operands[i] = low_part(f, insn->operands[i], bits);
    }
    if (changes_nothing(known, insn))
      return insn->operands[0];
    IrValue simple = simplify_truth(known, v);
    if (simple != v)
      return simple;
  }
  Widths found = find_widths(known, insn);
  if (insn->type == IR_I32) // the result's sign is copied from the word's
    found = widths(found.zero < WORD_BITS ? found.zero : REGISTER_BITS, least(found.sign, WORD_BITS));
  known->widths[v] = found;
  return v;
}
