// Turns products with constants that two shifts and additions can make into those: two cycles instead of
// three, on units of which there are two, and no register for the constant. Requires: SSA form before
// legalization. Provides: the same.
#include "target/internal.h"

// factor = ((left << left_shift) +- right), where left and right are 1 or the first step's factor.
typedef struct Step {
  unsigned left, right; // 0: x, 1: the first step's result
  unsigned shift;       // of left
  bool alone;           // only the shift
  bool minus;
} Step;

typedef struct Recipe {
  Step steps[2];
  unsigned count;
} Recipe;

enum { SHIFT_ADDS = 3 }; // sh1add .. sh3add

static uint64_t step_factor(const Step *s, uint64_t first) {
  uint64_t left = (s->left ? first : 1) << s->shift, right = s->right ? first : 1;
  return s->alone ? left : s->minus ? left - right : left + right;
}

// One instruction each: a shift, or an addition of a slightly shifted value.
static bool second_step(Recipe *r, uint64_t factor, uint64_t mask) {
  uint64_t first = step_factor(&r->steps[0], 1);
  bool shifted = r->steps[0].alone;
  for (unsigned left = 0; left < 2; left++)
    for (unsigned right = 0; right < 2; right++)
      for (unsigned shift = 0; shift <= SHIFT_ADDS; shift++)
        for (int minus = 0; minus < 2 && (shift == 0 || !minus); minus++) {
          Step step = {left, right, shift, false, minus};
          if ((left || right) && (step_factor(&step, first) & mask) == factor) {
            r->steps[1] = step;
            return true;
          }
        }
  unsigned zeros = (unsigned)__builtin_ctzll(factor);
  Step last = {1, 0, zeros, true, false};
  if (!shifted && zeros && (step_factor(&last, first) & mask) == factor) {
    r->steps[1] = last;
    return true;
  }
  return false;
}

// How many powers of two, added or taken away, make the factor modulo 2^bits: the digits of its non-adjacent
// form (Reitwiesner, Binary Arithmetic, 1960).
static unsigned power_count(uint64_t factor, unsigned bits) {
  __extension__ typedef unsigned __int128 Wide;
  uint64_t digits = (uint64_t)(((Wide)factor * 3 ^ factor) >> 1);
  return (unsigned)__builtin_popcountll(bits == 64 ? digits : digits & ((UINT64_C(1) << bits) - 1));
}

static bool find_recipe(uint64_t factor, unsigned bits, bool shift_adds, Recipe *r) {
  uint64_t mask = bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
  factor &= mask;
  r->count = 1;
  for (unsigned shift = 1; shift_adds && shift <= SHIFT_ADDS; shift++) {
    r->steps[0] = (Step){0, 0, shift, false, false};
    if (step_factor(&r->steps[0], 1) == factor)
      return true;
  }
  r->count = 2;
  unsigned powers = power_count(factor, bits);
  for (unsigned shift = 1; powers <= 2 && shift < bits; shift++) { // each step adds one at most
    r->steps[0] = (Step){0, 0, shift, true, false};
    if (second_step(r, factor, mask) && (shift_adds || !r->steps[1].shift))
      return true;
  }
  for (unsigned shift = 1; powers <= 4 && shift_adds && shift <= SHIFT_ADDS; shift++) { // the second doubles
    r->steps[0] = (Step){0, 0, shift, false, false};
    if (second_step(r, factor, mask))
      return true;
  }
  return false;
}

static IrValue make_step(Builder *b, const Step *s, IrValue x, IrValue first) {
  IrType type = ir_type(b->f, x);
  IrValue left = s->left ? first : x, right = s->right ? first : x;
  left = build2(b, IR_SHL, type, left, build_const(b, type, s->shift));
  return s->alone ? left : build2(b, s->minus ? IR_SUB : IR_ADD, type, left, right);
}

static bool by_constant(const Function *f, const IrInsn *insn) {
  return insn->op == IR_MUL && insn->type > IR_I8 && ir_is_const(f, insn->operands[1]) &&
         ir_insn(f, insn->operands[1])->imm != 0;
}

// What the product `insn` becomes, at the end of the builder's block; IR_NONE: it stays.
static IrValue cheaper_product(const Target *target, Builder *b, IrValue v) {
  const Function *f = b->f;
  const IrInsn *insn = ir_insn(f, v);
  Recipe recipe;
  // Additions of words with a shift would have to be extended afterwards.
  bool shift_adds = insn->type == IR_I64 && (target->extensions & ISA_EXTENSION_BIT(ISA_EXT_ZBA));
  if (!by_constant(f, insn) ||
      !find_recipe((uint64_t)ir_insn(f, insn->operands[1])->imm, insn->type, shift_adds, &recipe))
    return IR_NONE;
  IrValue x = insn->operands[0], first = make_step(b, &recipe.steps[0], x, IR_NONE);
  return recipe.count == 1 ? first : make_step(b, &recipe.steps[1], x, first);
}

bool lower_multiplication(Target *target, Function *f) {
  if (!f->smallest)
    rewrite_values(target, f, cheaper_product);
  return true;
}
