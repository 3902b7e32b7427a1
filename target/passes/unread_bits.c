// Which low bits of each value are read at all, and what the freedom of the others saves: constants that are
// easier to make, and shifts of registers, which have 16-bit forms, instead of words.
#include "target/passes/simplify_bits.h"

#include <string.h>

enum { REGISTER_BITS = 64, WORD_BITS = 32 };

static unsigned least(unsigned x, unsigned y) {
  return x < y ? x : y;
}

// Up to the highest one.
static unsigned used_bits(int64_t constant) {
  return constant ? REGISTER_BITS - (unsigned)__builtin_clzll((uint64_t)constant) : 0;
}

bool is_shift(IrOp op) {
  return op == IR_SHL || op == IR_LSHR || op == IR_ASHR || op == IR_ROTL || op == IR_ROTR;
}

unsigned bits_read(const Function *f, const IrInsn *insn, uint32_t i) {
  enum { AMOUNT_BITS = 6, WORD_AMOUNT_BITS = 5 };
  bool word = insn->type == IR_I32;
  if (is_shift((IrOp)insn->op) && i == 1)
    return word ? WORD_AMOUNT_BITS : AMOUNT_BITS;
  switch ((IrOp)insn->op) {
  case IR_ZEXT:
  case IR_SEXT:
    return insn->aux;
  case IR_STORE:
    return i == 0 ? insn->aux : REGISTER_BITS;
  case IR_SITOF:
  case IR_UITOF:
    return insn->aux;
  case IR_AND:
    return i == 0 && ir_is_const(f, insn->operands[1]) ? used_bits(ir_insn(f, insn->operands[1])->imm)
                                                       : REGISTER_BITS;
  case IR_SHL:
    if (!word && ir_is_const(f, insn->operands[1]))
      return REGISTER_BITS - ((unsigned)ir_insn(f, insn->operands[1])->imm & (REGISTER_BITS - 1));
    break;
  case IR_LSHR:
  case IR_ASHR:
  case IR_ROTL:
  case IR_ROTR:
  case IR_ADD:
  case IR_SUB:
  case IR_MUL:
  case IR_SDIV:
  case IR_UDIV:
  case IR_SREM:
  case IR_UREM:
  case IR_CTPOP:
  case IR_CTLZ:
  case IR_CTTZ:
    break;
  default:
    return REGISTER_BITS;
  }
  return word ? WORD_BITS : REGISTER_BITS;
}

// How many low bits of operand i are needed for the low `bits` bits of the result. An extension that is there
// for its upper bits needs all: one that turns out to be made already goes.
static unsigned bits_needed(const Function *f, const IrInsn *insn, uint32_t i, unsigned bits) {
  bool word = insn->type == IR_I32, constant = insn->operand_count == 2 && ir_is_const(f, insn->operands[1]);
  unsigned all = word ? WORD_BITS : REGISTER_BITS;
  unsigned amount = constant ? (unsigned)ir_insn(f, insn->operands[1])->imm & (all - 1) : 0;
  switch ((IrOp)insn->op) {
  case IR_ZEXT:
  case IR_SEXT:
    return bits <= insn->aux ? bits : REGISTER_BITS;
  case IR_ADD:
  case IR_SUB:
  case IR_MUL:
    return least(bits, all);
  case IR_AND:
  case IR_OR:
  case IR_XOR:
    return bits;
  case IR_SELECT:
    return i ? bits : REGISTER_BITS;
  case IR_SHL:
    return i ? bits_read(f, insn, i) : least(bits, all);
  case IR_LSHR:
  case IR_ASHR:
    return i || !constant ? bits_read(f, insn, i) : least(bits + amount, all);
  case IR_STORE:
  case IR_SITOF:
  case IR_UITOF:
  case IR_ROTL:
  case IR_ROTR:
    return bits_read(f, insn, i);
  default:
    return REGISTER_BITS;
  }
}

// From the uses to the definitions; what goes around a loop is read as a whole.
void find_bits_read(BitsKnown *known) {
  const Function *f = known->f;
  known->read = checked_malloc(known->count + 1);
  memset(known->read, 0, known->count + 1);
  for (uint32_t n = 0; n < f->rpo_count; n++) {
    const IrBlock *b = &f->blocks.data[f->rpo[n]];
    for (uint32_t k = 0; k < b->count && ir_insn(f, b->insns[k])->op == IR_PHI; k++) {
      const IrInsn *phi = ir_insn(f, b->insns[k]);
      for (uint32_t i = 0; i < phi->operand_count; i++)
        known->read[ir_operands_const(f, phi)[i]] = REGISTER_BITS;
    }
  }
  for (uint32_t n = f->rpo_count; n-- > 0;) {
    const IrBlock *b = &f->blocks.data[f->rpo[n]];
    for (uint32_t k = b->count; k-- > 0;) {
      const IrInsn *insn = ir_insn(f, b->insns[k]);
      if (insn->op == IR_PHI)
        break;
      const IrValue *x = ir_operands_const(f, insn);
      for (uint32_t i = 0; i < insn->operand_count; i++) {
        unsigned bits = bits_needed(f, insn, i, known->read[b->insns[k]]);
        known->read[x[i]] = (uint8_t)(bits > known->read[x[i]] ? bits : known->read[x[i]]);
      }
    }
  }
}

// Instructions beside the operation itself.
static unsigned constant_cost(const BitsKnown *known, IrOp op, int64_t value) {
  enum { LEAST = -2048, MOST = 2047 };
  ConstantStep steps[CONSTANT_STEPS];
  uint64_t bit = op == IR_AND ? ~(uint64_t)value : (uint64_t)value;
  bool single =
      op != IR_ADD && bit && !(bit & (bit - 1)) && known->extensions & ISA_EXTENSION_BIT(ISA_EXT_ZBS);
  bool extension = op == IR_AND && (value == UINT16_MAX || value == UINT32_MAX);
  if ((value >= LEAST && value <= MOST) || single || extension)
    return 0;
  return constant_steps(known->extensions, value, steps);
}

static void set_operand(Function *f, IrValue v, uint32_t operand, int64_t value) {
  IrValue leaf = ir_leaf(f, IR_CONST, IR_I64, value);
  ir_insn(f, v)->operands[operand] = leaf;
}

// x op constant: the upper bits of the constant may be zeros or ones.
static void shorten_constant(BitsKnown *known, IrValue v, unsigned bits) {
  Function *f = known->f;
  IrOp op = (IrOp)ir_insn(f, v)->op;
  int64_t value = ir_insn(f, ir_operand(f, v, 1))->imm, best = value;
  int64_t others[2] = {zero_extend(value, bits), zero_extend(value, bits) | (int64_t)(UINT64_MAX << bits)};
  for (unsigned i = 0; i < 2; i++)
    if (constant_cost(known, op, others[i]) < constant_cost(known, op, best))
      best = others[i];
  if (best != value)
    set_operand(f, v, 1, best);
}

// constant - y: 32 - y is -y as the amount of a shift, 31 - y is ~y.
static void shorten_minuend(BitsKnown *known, IrValue v, unsigned bits) {
  Function *f = known->f;
  int64_t value = sign_extend(ir_insn(f, ir_operand(f, v, 0))->imm, bits);
  if (value == 0) {
    set_operand(f, v, 0, 0);
  } else if (value == -1) {
    ir_insn(f, v)->op = IR_XOR;
    ir_insn(f, v)->type = IR_I64;
    ir_insn(f, v)->operands[0] = ir_operand(f, v, 1);
    set_operand(f, v, 1, -1);
  }
}

void use_unread_bits(BitsKnown *known, IrValue v) {
  Function *f = known->f;
  unsigned bits = v < known->count ? known->read[v] : REGISTER_BITS;
  if (bits == 0 || bits >= REGISTER_BITS)
    return;
  const IrInsn before = *ir_insn(f, v), *insn = &before;
  bool constant = insn->operand_count == 2 && ir_is_const(f, insn->operands[1]);
  switch ((IrOp)insn->op) {
  case IR_ADD:
  case IR_AND:
  case IR_OR:
  case IR_XOR:
    if (constant)
      shorten_constant(known, v, bits);
    break;
  case IR_SUB:
    if (ir_is_const(f, insn->operands[0]))
      shorten_minuend(known, v, bits);
    break;
  case IR_LSHR:
  case IR_ASHR:
    if (constant && insn->type == IR_I32 &&
        bits + ((unsigned)ir_insn(f, insn->operands[1])->imm & (WORD_BITS - 1)) <= WORD_BITS)
      ir_insn(f, v)->type = IR_I64;
    break;
  default:
    break;
  }
  insn = ir_insn(f, v);
  if (f->debug && (insn->op != before.op || insn->type != before.type ||
                   memcmp(insn->operands, before.operands, sizeof before.operands) != 0))
    debug_forget(f, v);
}
