// What whole numbers values can be, by the instructions that make them.
#include "target/tensor/raise/raise.h"

static Range smaller_range(Range x, Range y) {
  return (Range){x.low > y.low ? x.low : y.low, x.high < y.high ? x.high : y.high};
}

static Range known_range(const ValueFacts *facts, IrValue v, Range range) {
  for (uint32_t i = 0; facts && i < facts->count; i++)
    if (facts->facts[i].value == v)
      range = smaller_range(range, facts->facts[i].range);
  return range;
}

static Range shifted_range(IrOp op, Range x, int64_t amount, unsigned bits) {
  Range type = range_of_bits(bits);
  if (amount < 0 || amount >= (int64_t)bits)
    return type;
  Wide factor = (Wide)1 << amount;
  if (op == IR_SHL)
    return (Range){x.low * factor, x.high * factor};
  if (op == IR_ASHR || x.low >= 0)
    return (Range){x.low >> amount, x.high >> amount};
  return amount ? (Range){0, ((Wide)1 << ((int64_t)bits - amount)) - 1} : type;
}

typedef struct RangeFinder {
  const Function *f;
  const ValueFacts *facts;
  unsigned left; // values that may still be looked at
} RangeFinder;

static Range find_range(RangeFinder *finder, IrValue v);

static Range operand_range(RangeFinder *finder, IrValue v) {
  if (!finder->left)
    return known_range(finder->facts, v, range_of_bits(ir_type_bits(ir_type(finder->f, v))));
  finder->left--;
  return find_range(finder, v);
}

static Range binary_range(RangeFinder *finder, IrOp op, IrValue first, IrValue second, unsigned bits) {
  const Function *f = finder->f;
  int64_t c = ir_is_const(f, second) ? ir_insn(f, second)->imm : -1;
  Range type = range_of_bits(bits), x = operand_range(finder, first);
  switch (op) {
  case IR_AND:
    return c < 0 ? type : x.low >= 0 ? smaller_range((Range){0, c}, (Range){0, x.high}) : (Range){0, c};
  case IR_UREM:
    return c > 0 ? (Range){0, c - 1} : type;
  case IR_SHL:
  case IR_LSHR:
  case IR_ASHR:
    return c >= 0 ? shifted_range(op, x, c, bits) : type;
  case IR_MUL:
    return c >= 0 ? (Range){x.low * c, x.high * c} : type;
  default:
    break;
  }
  Range y = operand_range(finder, second);
  switch (op) {
  case IR_ADD:
    return (Range){x.low + y.low, x.high + y.high};
  case IR_SUB:
    return (Range){x.low - y.high, x.high - y.low};
  case IR_SMAX:
    return (Range){x.low > y.low ? x.low : y.low, x.high > y.high ? x.high : y.high};
  default: // IR_SMIN
    return (Range){x.low < y.low ? x.low : y.low, x.high < y.high ? x.high : y.high};
  }
}

static Range find_range(RangeFinder *finder, IrValue v) {
  const IrInsn *insn = ir_insn(finder->f, v);
  const IrValue *x = ir_operands_const(finder->f, insn);
  const unsigned bits = ir_type_bits(insn->type);
  Range type = range_of_bits(bits), range = type;
  switch ((IrOp)insn->op) {
  case IR_CONST:
    range = (Range){insn->imm, insn->imm};
    break;
  case IR_SEXT:
    range = operand_range(finder, x[0]);
    break;
  case IR_ZEXT:
    range = operand_range(finder, x[0]);
    if (range.low < 0)
      range = (Range){0, ((Wide)1 << ir_type_bits(ir_type(finder->f, x[0]))) - 1};
    break;
  case IR_ADD:
  case IR_SUB:
  case IR_MUL:
  case IR_AND:
  case IR_UREM:
  case IR_SHL:
  case IR_LSHR:
  case IR_ASHR:
  case IR_SMIN:
  case IR_SMAX:
    range = binary_range(finder, (IrOp)insn->op, x[0], x[1], bits);
    break;
  case IR_SELECT: {
    Range y = operand_range(finder, x[1]), z = operand_range(finder, x[2]);
    range = (Range){y.low < z.low ? y.low : z.low, y.high > z.high ? y.high : z.high};
    break;
  }
  default:
    break;
  }
  // What may wrap can be anything.
  bool fits = range.low >= type.low && range.high <= type.high;
  return known_range(finder->facts, v, fits ? range : type);
}

Range value_range(const Function *f, const ValueFacts *facts, IrValue v, unsigned steps) {
  RangeFinder finder = {.f = f, .facts = facts, .left = steps};
  return find_range(&finder, v);
}
