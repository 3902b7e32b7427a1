// Gives every integer a whole register. What stands above a value's own bits (garbage, copies of the sign,
// zeros) is decided by its uses, and extensions are made only where no instruction gives that form by itself.
// Requires: no IR_SWITCH. Provides: integers are i64, or i32 for operations on the low halves with
// sign-extended results; SEXT and ZEXT work within a register; FCMP is oeq, olt or ole.
#include "target/internal.h"

#include <string.h>

enum { FORM_ANY = 0, FORM_SIGN = 1, FORM_ZERO = 2, FORM_BOTH = 3 };

typedef struct Legalizer {
  IsaExtensions extensions;
  Function *f;
  Builder b;
  uint32_t old_count; // values before legalization
  IrType *types;      // their types then
  uint8_t *need;      // by value: the forms its uses want
  uint8_t *form;      // by value: the form it has
  IrValue *alias;     // by value: what stands for it now
} Legalizer;

static bool is_unsigned(IrPredicate p) {
  return p >= IR_ULT && p <= IR_UGE;
}

static bool narrow(IrType type) {
  return type != IR_VOID && type < IR_I64;
}

// Equality and unsigned order hold for sign-extended words as well.
static uint8_t unsigned_form(IrType type) {
  return type == IR_I32 ? FORM_SIGN : FORM_ZERO;
}

// Whether operations give the form that is wanted by themselves.
static bool gives_any_form(const Function *f, IrValue v) {
  const IrInsn *insn = ir_insn(f, v);
  if (insn->block == IR_NONE)
    return true;
  switch ((IrOp)insn->op) {
  case IR_LOAD:
  case IR_ICMP:
  case IR_FCMP:
  case IR_LSHR:
  case IR_ASHR:
  case IR_SDIV:
  case IR_UDIV:
  case IR_SREM:
  case IR_UREM:
  case IR_SEXT:
  case IR_ZEXT:
  case IR_CALL:
  case IR_RESULT:
    return true;
  default:
    return false;
  }
}

// Whether a comparison asks for the sign of a byte or half word alone: one bit, for which nothing needs to be
// extended. Where the sign-extended form costs nothing, that is compared.
static bool tests_sign(const Function *f, const IrInsn *insn, IrType type) {
  if (insn->op != IR_ICMP || type >= IR_I32 || type == IR_I1 || !ir_is_const(f, insn->operands[1]))
    return false;
  int64_t constant = ir_insn(f, insn->operands[1])->imm;
  bool below = insn->aux == IR_SLT || insn->aux == IR_SGE;
  bool above = insn->aux == IR_SGT || insn->aux == IR_SLE;
  if (!(below && constant == 0) && !(above && constant == -1))
    return false;
  const IrInsn *x = ir_insn(f, insn->operands[0]);
  const IrValue *chosen = ir_operands_const(f, x);
  bool free_form = x->op != IR_PHI && gives_any_form(f, insn->operands[0]);
  if (x->op == IR_PHI) {
    free_form = true;
    for (uint32_t i = 0; i < x->operand_count; i++)
      free_form &= gives_any_form(f, chosen[i]);
  }
  return !free_form;
}

// Whether a value is there with copies of its sign, whatever its uses want.
static bool comes_with_sign(const Legalizer *l, IrValue x) {
  const IrInsn *insn = ir_insn(l->f, x);
  bool passed = insn->op == IR_ARG && l->f->signature->params[insn->imm].extension == IR_EXTEND_SIGN;
  return passed || insn->op == IR_SMIN || insn->op == IR_SMAX || (x < l->old_count && l->form[x] & FORM_SIGN);
}

// Equality holds in whatever form both operands have already, or come in as well.
static uint8_t equality_form(const Legalizer *l, const IrInsn *insn, IrType type) {
  bool any = false;
  for (int i = 0; i < 2; i++) {
    IrValue x = insn->operands[i];
    bool signs = x < l->old_count && comes_with_sign(l, x);
    if (!signs && !ir_is_const(l->f, x) && ir_insn(l->f, x)->op != IR_LOAD)
      return unsigned_form(type);
    any |= signs;
  }
  return any ? FORM_SIGN : unsigned_form(type);
}

static uint8_t passing_form(const Passing *p) {
  if (p->extension == IR_EXTEND_SIGN)
    return FORM_SIGN;
  if (p->extension == IR_EXTEND_ZERO)
    return p->type == IR_I32 ? FORM_SIGN : FORM_ZERO; // words are always sign-extended
  return p->type == IR_I32 ? FORM_SIGN : p->type == IR_I1 ? FORM_ZERO : FORM_ANY;
}

static bool masks(const Function *f, const IrInsn *insn) {
  return insn->op == IR_AND && ir_is_const(f, insn->operands[1]) && ir_insn(f, insn->operands[1])->imm >= 0;
}

// What an operation whose result has all its bits from its operands' wants of them.
static uint8_t inherited(uint8_t need) {
  return need & FORM_SIGN ? FORM_SIGN : need;
}

static uint8_t shift_demand(const IrInsn *insn, IrType type, uint32_t i) {
  enum { AMOUNT_BITS = 6 }; // that instructions read
  if (i == 1)
    return type < AMOUNT_BITS ? FORM_ZERO : FORM_ANY;
  if (type == IR_I32 || insn->op == IR_SHL)
    return FORM_ANY;
  return insn->op == IR_LSHR ? FORM_ZERO : FORM_SIGN;
}

// The form in which `insn` wants its operand i, an integer of `type`.
static uint8_t demand(const Legalizer *l, IrValue user, const IrInsn *insn, uint32_t i, IrType type) {
  const Function *f = l->f;
  uint8_t own = user < l->old_count ? l->need[user] : 0;
  switch ((IrOp)insn->op) {
  case IR_ICMP:
    if (tests_sign(f, insn, type))
      return FORM_ANY;
    if (insn->aux == IR_EQ || insn->aux == IR_NE)
      return equality_form(l, insn, type);
    return is_unsigned((IrPredicate)insn->aux) ? unsigned_form(type) : FORM_SIGN;
  case IR_SEXT:
    return type == IR_I1 ? FORM_ZERO : FORM_SIGN;
  case IR_ZEXT:
    return FORM_ZERO;
  case IR_SITOF:
    return type == IR_I32 ? FORM_ANY : FORM_SIGN;
  case IR_UITOF:
    return type == IR_I32 ? FORM_ANY : FORM_ZERO;
  case IR_SDIV:
  case IR_SREM:
    return type == IR_I32 ? FORM_ANY : FORM_SIGN;
  case IR_UDIV:
  case IR_UREM:
    return type == IR_I32 ? FORM_ANY : FORM_ZERO;
  case IR_SHL:
  case IR_LSHR:
  case IR_ASHR:
    return shift_demand(insn, type, i);
  case IR_SMIN:
  case IR_SMAX:
    return FORM_SIGN;
  case IR_UMIN:
  case IR_UMAX:
    return unsigned_form(type);
  case IR_CTPOP:
  case IR_CTLZ:
    return type == IR_I32 ? FORM_ANY : FORM_ZERO;
  case IR_SELECT:
    return i == 0 ? FORM_ZERO : inherited(own);
  case IR_AND:
    return masks(f, insn) ? FORM_ANY : inherited(own);
  case IR_PHI:
  case IR_COPY:
  case IR_OR:
  case IR_XOR:
    return inherited(own);
  case IR_CONDBR:
    return FORM_ZERO;
  case IR_RET:
    return passing_form(&f->signature->results[i]);
  case IR_ASM:
    return FORM_SIGN;
  case IR_CMPXCHG:
    return i == 1 && type == IR_I32 ? FORM_SIGN : FORM_ANY; // compared with what lr.w gives
  case IR_CALL:
  case IR_TAILCALL:
    return i == 0 ? FORM_ANY : passing_form(&f->signatures.data[(size_t)insn->imm]->params[i - 1]);
  default:
    return FORM_ANY;
  }
}

// Whether a value that is used outside of a loop would be extended inside of it: then the user does that.
// Phis behind the loop would have it done at the end of each iteration, too.
static bool extended_by_user(const Function *f, IrValue v, uint32_t user_depth) {
  const IrInsn *insn = ir_insn(f, v);
  if (gives_any_form(f, v))
    return false;
  uint32_t depth = f->blocks.data[insn->block].depth;
  if (depth > user_depth)
    return true;
  if (insn->op != IR_PHI)
    return false;
  const IrValue *x = ir_operands_const(f, insn);
  for (uint32_t i = 0; i < insn->operand_count; i++)
    if (f->blocks.data[f->blocks.data[insn->block].preds[i]].depth > depth && !gives_any_form(f, x[i]))
      return true;
  return false;
}

// Words come sign-extended out of arithmetic. A loop's phi of such is kept so: its use as an index is
// extended beside the way from one iteration to the next, and mostly by the instruction that adds it.
static bool is_stepped_word(const Function *f, IrValue v) {
  const IrInsn *insn = ir_insn(f, v);
  if (insn->op != IR_PHI || insn->type != IR_I32)
    return false;
  for (uint32_t i = 0; i < insn->operand_count; i++) {
    const IrInsn *x = ir_insn(f, ir_operands_const(f, insn)[i]);
    if (x->op == IR_ADD || x->op == IR_SUB || x->op == IR_MUL || x->op == IR_SHL)
      return true;
  }
  return false;
}

// need[] is the least solution: uses of uses are propagated until nothing changes.
static void find_needs(Legalizer *l) {
  Function *f = l->f;
  VEC(uint32_t) work = {0};
  for (uint32_t v = 0; v < l->old_count; v++)
    if (ir_insn(f, v)->block != IR_NONE)
      VEC_PUSH(&work, v);
  while (work.count) {
    IrValue v = VEC_POP(&work);
    const IrInsn *insn = ir_insn(f, v);
    const IrValue *x = ir_operands_const(f, insn);
    for (uint32_t i = 0; i < insn->operand_count; i++) {
      if (!narrow(l->types[x[i]]))
        continue;
      uint8_t wanted = demand(l, v, insn, i, l->types[x[i]]);
      if ((l->need[x[i]] | wanted) == l->need[x[i]])
        continue;
      uint32_t user = insn->op == IR_PHI ? f->blocks.data[insn->block].preds[i] : insn->block;
      if (extended_by_user(f, x[i], f->blocks.data[user].depth) ||
          (wanted == FORM_ZERO && is_stepped_word(f, x[i])))
        continue;
      l->need[x[i]] |= wanted;
      if (ir_insn(f, x[i])->block != IR_NONE)
        VEC_PUSH(&work, x[i]);
    }
  }
  VEC_FREE(&work);
}

static IrValue constant64(Legalizer *l, int64_t value) {
  return build_const(&l->b, IR_I64, value);
}

static IrValue extend(Legalizer *l, IrOp op, IrValue x, unsigned bits) {
  IrValue v = build(&l->b, op, IR_I64, 1, &x);
  ir_insn(l->f, v)->aux = (uint8_t)bits;
  return v;
}

// The value that has x's bits in the wanted form.
static IrValue use(Legalizer *l, IrValue x, uint8_t wanted) {
  IrType type = l->types[x];
  if (!narrow(type) || type == IR_VOID)
    return l->alias[x];
  if (ir_is_const(l->f, x)) {
    int64_t value = ir_insn(l->f, x)->imm;
    return constant64(l, wanted == FORM_ZERO ? zero_extend(value, type) : value);
  }
  if ((l->form[x] & wanted) == wanted)
    return l->alias[x];
  return extend(l, wanted == FORM_SIGN ? IR_SEXT : IR_ZEXT, l->alias[x], type);
}

// Keeps a new value for v, which has the form `natural`, extended as v's uses want it.
static void settle(Legalizer *l, IrValue v, IrValue now, uint8_t natural) {
  uint8_t need = l->need[v];
  l->alias[v] = now;
  l->form[v] = natural;
  if (!narrow(l->types[v]) || (natural & need) == need)
    return;
  // With both wanted the sign is kept; uses that want zeros make them.
  uint8_t wanted = need & FORM_SIGN ? FORM_SIGN : FORM_ZERO;
  if ((natural & wanted) == wanted)
    return;
  l->alias[v] = extend(l, wanted == FORM_SIGN ? IR_SEXT : IR_ZEXT, now, l->types[v]);
  l->form[v] = wanted;
}

static IrValue make(Legalizer *l, IrOp op, IrType type, uint32_t count, const IrValue *x) {
  return build(&l->b, op, type, count, x);
}

static IrValue make2(Legalizer *l, IrOp op, IrType type, IrValue x, IrValue y) {
  IrValue operands[2] = {x, y};
  return make(l, op, type, 2, operands);
}

// Appends v itself with these operands.
static void keep(Legalizer *l, IrValue v, IrType type, const IrValue *x) {
  IrInsn *insn = ir_insn(l->f, v);
  ir_set_operands(l->f, insn, insn->operand_count, x);
  insn->type = type;
  ir_append(l->f, l->b.block, v);
}

static void legalize_binary(Legalizer *l, IrValue v, const IrValue *x) {
  IrOp op = (IrOp)ir_insn(l->f, v)->op;
  IrType type = l->types[v];
  uint8_t natural = FORM_ANY, need = inherited(l->need[v]);
  IrType computed = type <= IR_I32 ? IR_I32 : IR_I64;
  bool word = type == IR_I32;
  switch (op) {
  case IR_ADD:
  case IR_SUB:
  case IR_MUL:
  case IR_SHL:
    if (!l->need[v] && (op != IR_SHL || ir_is_const(l->f, x[1]))) {
      computed = IR_I64;
      break;
    }
    natural = word ? FORM_SIGN : FORM_ANY;
    break;
  case IR_ROTL:
  case IR_ROTR:
    natural = word ? FORM_SIGN : FORM_ANY;
    break;
  case IR_SDIV:
  case IR_SREM:
    natural = FORM_SIGN;
    break;
  case IR_UDIV:
  case IR_UREM:
    natural = word ? FORM_SIGN : FORM_ZERO;
    break;
  case IR_LSHR:
    natural = word ? FORM_SIGN : FORM_ZERO;
    computed = word ? IR_I32 : IR_I64;
    break;
  case IR_ASHR:
    natural = FORM_SIGN;
    computed = word ? IR_I32 : IR_I64;
    break;
  case IR_SMIN:
  case IR_SMAX:
    natural = FORM_SIGN;
    computed = IR_I64;
    break;
  case IR_UMIN:
  case IR_UMAX:
    natural = unsigned_form(type);
    computed = IR_I64;
    break;
  case IR_AND: {
    bool masked = masks(l->f, ir_insn(l->f, v));
    natural = masked ? FORM_BOTH : need;
    computed = IR_I64;
    break;
  }
  default:
    natural = need;
    computed = IR_I64;
  }
  keep(l, v, computed, x);
  settle(l, v, v, natural);
}

static IrValue not1(Legalizer *l, IrValue x) {
  return make2(l, IR_XOR, IR_I64, x, constant64(l, 1));
}

static IrValue compare_float(Legalizer *l, IrPredicate predicate, IrValue x, IrValue y) {
  IrValue v = build_compare(&l->b, IR_FCMP, predicate, x, y);
  ir_insn(l->f, v)->type = IR_I64;
  return v;
}

static IrValue is_number(Legalizer *l, IrValue x) {
  return compare_float(l, IR_OEQ, x, x);
}

static bool number_constant(const Function *f, IrValue x) {
  const IrInsn *insn = ir_insn(f, x);
  if (insn->op != IR_FCONST)
    return false;
  unsigned bits = ir_float_bits(insn->type), fraction = bits == 64              ? 52
                                                        : bits == 32            ? 23
                                                        : insn->type == IR_HALF ? 10
                                                                                : 7;
  int64_t exponent = zero_extend(-1, bits - 1) >> fraction;
  return (insn->imm >> fraction & exponent) != exponent;
}

// The machine compares with oeq, olt and ole.
static IrValue legal_compare(Legalizer *l, IrPredicate p, IrValue x, IrValue y) {
  switch (p) {
  case IR_OGT:
    return compare_float(l, IR_OLT, y, x);
  case IR_OGE:
    return compare_float(l, IR_OLE, y, x);
  case IR_ONE:
    return make2(l, IR_OR, IR_I64, compare_float(l, IR_OLT, x, y), compare_float(l, IR_OLT, y, x));
  case IR_ORD:
    if (x == y || number_constant(l->f, y))
      return is_number(l, x);
    return make2(l, IR_AND, IR_I64, is_number(l, x), is_number(l, y));
  case IR_UNO:
    return not1(l, legal_compare(l, IR_ORD, x, y));
  case IR_UEQ:
    return not1(l, legal_compare(l, IR_ONE, x, y));
  case IR_FUGT:
    return not1(l, compare_float(l, IR_OLE, x, y));
  case IR_FUGE:
    return not1(l, compare_float(l, IR_OLT, x, y));
  case IR_FULT:
    return not1(l, compare_float(l, IR_OLE, y, x));
  case IR_FULE:
    return not1(l, compare_float(l, IR_OLT, y, x));
  case IR_UNE:
    return not1(l, compare_float(l, IR_OEQ, x, y));
  default:
    return compare_float(l, p, x, y);
  }
}

static void legalize_sign_test(Legalizer *l, IrValue v, IrValue x, IrType type) {
  IrPredicate predicate = (IrPredicate)ir_insn(l->f, v)->aux;
  IrValue bit = make2(l, IR_LSHR, IR_I64, x, constant64(l, type - 1));
  bit = make2(l, IR_AND, IR_I64, bit, constant64(l, 1));
  settle(l, v, predicate == IR_SLT || predicate == IR_SLE ? bit : not1(l, bit), FORM_ZERO);
}

static void legalize_count(Legalizer *l, IrValue v, IrValue x) {
  IrOp op = (IrOp)ir_insn(l->f, v)->op;
  IrType type = l->types[v];
  uint8_t natural = type >= 8 ? FORM_BOTH : FORM_ZERO;
  if (type == IR_I32 || type == IR_I64) {
    keep(l, v, type, &x);
    settle(l, v, v, natural);
    return;
  }
  IrType computed = type < IR_I32 ? IR_I32 : IR_I64;
  IrValue r = 0;
  if (op == IR_CTPOP) {
    r = make(l, op, IR_I64, 1, &x);
  } else if (op == IR_CTLZ) {
    r = make(l, op, computed, 1, &x);
    r = make2(l, IR_ADD, IR_I64, r, constant64(l, (int64_t)type - computed));
  } else {
    IrValue bounded = make2(l, IR_OR, IR_I64, x, constant64(l, (int64_t)(UINT64_C(1) << type)));
    r = make(l, op, IR_I64, 1, &bounded);
  }
  settle(l, v, r, natural);
}

static void legalize_bswap(Legalizer *l, IrValue v, IrValue x) {
  IrType type = l->types[v];
  IrValue r = make(l, IR_BSWAP, IR_I64, 1, &x);
  if (type == IR_I64) {
    settle(l, v, r, FORM_BOTH);
    return;
  }
  bool sign = l->need[v] & FORM_SIGN;
  r = make2(l, sign ? IR_ASHR : IR_LSHR, IR_I64, r, constant64(l, 64 - type));
  settle(l, v, r, sign ? FORM_SIGN : FORM_ZERO);
}

static void legalize_to_integer(Legalizer *l, IrValue v, IrValue x) {
  IrInsn *insn = ir_insn(l->f, v);
  IrType type = l->types[v];
  insn->aux = l->types[ir_operands(l->f, insn)[0]];
  uint8_t natural = FORM_SIGN;
  IrType computed = type <= IR_I32 ? IR_I32 : IR_I64;
  if (insn->op == IR_FTOUI && type < IR_I32) {
    insn->op = IR_FTOSI;
    computed = IR_I64;
    natural = FORM_ZERO;
  } else if (insn->op == IR_FTOUI && type > IR_I32) {
    natural = FORM_ZERO;
  }
  keep(l, v, computed, &x);
  settle(l, v, v, natural);
}

static void legalize_from_integer(Legalizer *l, IrValue v, IrValue x, IrType from) {
  IrInsn *insn = ir_insn(l->f, v);
  if (insn->op == IR_UITOF && from < IR_I32)
    insn->op = IR_SITOF;
  insn->aux = from <= IR_I32 ? 32 : 64;
  keep(l, v, insn->type, &x);
}

static void legalize_extension(Legalizer *l, IrValue v, IrValue x, IrType from) {
  bool sign = ir_insn(l->f, v)->op == IR_SEXT;
  if (sign && from == IR_I1)
    settle(l, v, make2(l, IR_SUB, IR_I64, constant64(l, 0), x), FORM_SIGN);
  else
    settle(l, v, x, sign ? FORM_SIGN : FORM_BOTH);
}

static void legalize_load(Legalizer *l, IrValue v, IrValue x) {
  IrInsn *insn = ir_insn(l->f, v);
  IrType type = l->types[v];
  if (ir_is_float(type)) {
    keep(l, v, type, &x);
    return;
  }
  // Memory holds the bits of odd widths zero-extended.
  bool sign =
      type == insn->aux && ((l->need[v] & FORM_SIGN) || (type == IR_I32 && !(l->need[v] & FORM_ZERO)));
  insn->flags = (uint8_t)((insn->flags & ~IR_SIGNED) | (sign ? IR_SIGNED : 0));
  keep(l, v, IR_I64, &x);
  settle(l, v, v, sign ? FORM_SIGN : FORM_ZERO);
}

static void legalize_call(Legalizer *l, IrValue v, const IrValue *x) {
  IrInsn *insn = ir_insn(l->f, v);
  IrType type = l->types[v];
  uint8_t extension = IR_EXTEND_NONE;
  bool of_asm = insn->op == IR_ASM ||
                (insn->op == IR_RESULT && ir_insn(l->f, ir_operands(l->f, insn)[0])->op == IR_ASM);
  if (narrow(type) && !of_asm) {
    const IrInsn *call = insn->op == IR_RESULT ? ir_insn(l->f, ir_operands(l->f, insn)[0]) : insn;
    const Signature *s = l->f->signatures.data[(size_t)call->imm];
    extension = s->results[insn->op == IR_RESULT ? insn->imm : 0].extension;
  }
  // A further result names the call itself, not the extension of its first result.
  IrValue call = insn->op == IR_RESULT ? ir_operands(l->f, insn)[0] : IR_NONE;
  keep(l, v, narrow(type) ? IR_I64 : type, call == IR_NONE ? x : &call);
  settle(l, v, v,
         extension == IR_EXTEND_SIGN                     ? FORM_SIGN
         : extension == IR_EXTEND_ZERO && type != IR_I32 ? FORM_ZERO
                                                         : FORM_ANY);
}

// A floating constant whose bits are easily made is stored as an integer.
static IrValue stored_bits(Legalizer *l, IrValue x) {
  enum { EASY = 2 }; // instructions
  const IrInsn *insn = ir_insn(l->f, x);
  ConstantStep steps[CONSTANT_STEPS];
  if (insn->op != IR_FCONST)
    return x;
  int64_t bits = sign_extend(insn->imm, ir_float_bits(insn->type));
  return constant_steps(l->extensions, bits, steps) <= EASY ? constant64(l, bits) : x;
}

static void legalize_insn(Legalizer *l, IrValue v) {
  Function *f = l->f;
  f->place = ir_place_number(f, v);
  IrInsn *insn = ir_insn(f, v);
  IrOp op = (IrOp)insn->op;
  if (op == IR_PHI) { // operands follow when everything has its form
    uint8_t need = inherited(l->need[v]);
    if (narrow(l->types[v]))
      insn->type = IR_I64;
    l->form[v] = need;
    ir_append(f, l->b.block, v);
    return;
  }
  uint32_t count = insn->operand_count;
  IrValue few[8], *x = count <= 8 ? few : checked_malloc(count * sizeof *x);
  for (uint32_t i = 0; i < count; i++) {
    IrValue o = ir_operand(f, v, i);
    x[i] = use(l, o, narrow(l->types[o]) ? demand(l, v, ir_insn(f, v), i, l->types[o]) : FORM_ANY);
  }
  insn = ir_insn(f, v);
  IrType from = count ? l->types[ir_operands(f, insn)[0]] : IR_VOID;
  switch (op) {
  case IR_TRUNC:
    settle(l, v, x[0], FORM_ANY);
    break;
  case IR_SEXT:
  case IR_ZEXT:
    legalize_extension(l, v, x[0], from);
    break;
  case IR_COPY:
    settle(l, v, x[0], inherited(l->need[v]));
    break;
  case IR_ICMP:
    if (tests_sign(f, insn, from)) {
      legalize_sign_test(l, v, x[0], from);
      break;
    }
    keep(l, v, IR_I64, x);
    settle(l, v, v, FORM_ZERO);
    break;
  case IR_FCMP:
    settle(l, v, legal_compare(l, (IrPredicate)insn->aux, x[0], x[1]), FORM_ZERO);
    break;
  case IR_SELECT:
    keep(l, v, insn->type > IR_I64 ? insn->type : IR_I64, x);
    settle(l, v, v, inherited(l->need[v]));
    break;
  case IR_CTPOP:
  case IR_CTLZ:
  case IR_CTTZ:
    legalize_count(l, v, x[0]);
    break;
  case IR_BSWAP:
    legalize_bswap(l, v, x[0]);
    break;
  case IR_FTOSI:
  case IR_FTOUI:
    legalize_to_integer(l, v, x[0]);
    break;
  case IR_SITOF:
  case IR_UITOF:
    legalize_from_integer(l, v, x[0], from);
    break;
  case IR_FEXT:
  case IR_FTRUNC:
    insn->aux = from;
    keep(l, v, insn->type, x);
    break;
  case IR_BITCAST:
    insn->aux = from;
    keep(l, v, narrow(insn->type) ? IR_I64 : insn->type, x);
    settle(l, v, v, FORM_SIGN);
    break;
  case IR_LOAD:
    legalize_load(l, v, x[0]);
    break;
  case IR_STORE:
    x[0] = stored_bits(l, x[0]);
    keep(l, v, ir_is_float(ir_type(f, x[0])) ? from : IR_I64, x);
    break;
  case IR_AMO:
  case IR_CMPXCHG:
    keep(l, v, IR_I64, x);
    settle(l, v, v, FORM_SIGN);
    break;
  case IR_CALL:
  case IR_ASM:
  case IR_RESULT:
    legalize_call(l, v, x);
    break;
  default:
    if (narrow(l->types[v]))
      legalize_binary(l, v, x);
    else
      keep(l, v, insn->type, x);
  }
  if (x != few)
    free(x);
}

// Operands of phis: extensions that are needed after all go to the end of the predecessor.
static void finish_phis(Legalizer *l, uint32_t block) {
  Function *f = l->f;
  for (uint32_t i = 0; i < f->blocks.data[block].count; i++) {
    IrValue v = f->blocks.data[block].insns[i];
    if (ir_insn(f, v)->op != IR_PHI)
      return;
    for (uint32_t p = 0; p < ir_insn(f, v)->operand_count; p++) {
      IrValue o = ir_operand(f, v, p);
      if (o >= l->old_count)
        continue;
      l->b.block = f->blocks.data[block].preds[p];
      IrValue now = use(l, o, narrow(l->types[v]) ? inherited(l->need[v]) : FORM_ANY);
      ir_operands(f, ir_insn(f, v))[p] = now;
    }
  }
}

static void settle_arguments(Legalizer *l) {
  for (IrValue v = 0; v < l->old_count; v++) {
    IrInsn *insn = ir_insn(l->f, v);
    if (insn->op != IR_ARG || !narrow(insn->type))
      continue;
    const Passing *p = &l->f->signature->params[insn->imm];
    insn->type = IR_I64;
    uint8_t natural = p->extension == IR_EXTEND_SIGN                        ? FORM_SIGN
                      : p->extension == IR_EXTEND_ZERO && p->type != IR_I32 ? FORM_ZERO
                                                                            : FORM_ANY;
    settle(l, v, v, natural);
  }
}

bool legalize(Target *target, Function *f) {
  ir_analyze(f);
  uint32_t n = (uint32_t)f->insns.count;
  Legalizer l = {.extensions = target->extensions, .f = f, .b = {f, f->rpo[0]}, .old_count = n};
  l.types = ARENA_ARRAY(&f->arena, uint8_t, n);
  l.need = ARENA_ARRAY(&f->arena, uint8_t, n);
  l.form = ARENA_ARRAY(&f->arena, uint8_t, n);
  l.alias = ARENA_ARRAY(&f->arena, IrValue, n);
  for (uint32_t v = 0; v < n; v++) {
    l.types[v] = ir_type(f, v);
    l.alias[v] = v;
  }
  find_needs(&l);
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    uint32_t block = f->rpo[i], count = f->blocks.data[block].count;
    uint32_t *old = f->blocks.data[block].insns;
    f->blocks.data[block].insns = NULL;
    f->blocks.data[block].count = f->blocks.data[block].capacity = 0;
    l.b.block = block;
    if (i == 0)
      settle_arguments(&l);
    for (uint32_t k = 0; k < count; k++)
      legalize_insn(&l, old[k]);
  }
  f->place = 0;
  for (uint32_t i = 0; i < f->rpo_count; i++)
    finish_phis(&l, f->rpo[i]);
  if (f->debug)
    debug_follow(f, l.alias, n);
  return true;
}
