// Scales of sums whose parameters are tested when the program runs: shifts that come from any integers, and
// the two roundings of gemmlowp (TensorFlow Lite, CMSIS-NN), which the drain has where multipliers are not
// negative.
//
// gemmlowp scales v by m and 2^-e: x := floor((v * m + 2^30) / 2^31), which is the "rounding doubling high
// multiplication" also where that is written with a division towards zero; then x is divided by 2^e, and
// halves go away from zero. TOSA's double rounding with n = 31 + e is floor((v * m + s + 2^(n-1)) / 2^n), s =
// 2^30 or -2^30 by the sign of v. Both s and the bits that e cuts off are multiples of 2^30, so that is
// floor((x + 2^(e-1)) / 2^e) where v is not negative: halves go up, away from zero. For a negative v it is
// floor((x - 1 + 2^(e-1)) / 2^e): as halves going down. With e = 0 both are x.
#include "target/tensor/emitter.h"
#include "target/tensor/raise/raise.h"
#include "target/tensor/tile/epilogue.h"
#include "target/tensor/tile/tile.h"

#include <string.h>

enum { HIGH_SHIFT = 31, MOST_BYTES = 4096 };

// --- shifts -----------------------------------------------------------------------------------------------

static int64_t word_value(const Node *constant) {
  return constant->type == IR_I32 ? (int32_t)constant->imm : constant->imm;
}

// x or 0, where a test says that x is not negative: larger(x, 0), or a choice by the sign of what x is made
// of.
static const Node *clamped_at_zero(const Matcher *m, const Node *node) {
  const Node *x = NULL;
  int64_t bound = 0;
  if (with_constant(m, node, IR_SMAX, &x, &bound))
    return bound == 0 ? x : NULL;
  if (!is_operation(node, IR_SELECT))
    return NULL;
  const Node *test = operand(m, node, 0), *yes = operand(m, node, 1), *no = operand(m, node, 2);
  if (!is_operation(test, IR_ICMP) || operand(m, test, 1)->kind != NODE_CONSTANT)
    return NULL;
  bound = word_value(operand(m, test, 1));
  bool above = test->aux == IR_SGT && (bound == 0 || bound == -1) && is_number(yes, 0);
  bool below = test->aux == IR_SLT && (bound == 0 || bound == 1) && is_number(no, 0);
  x = above ? no : yes;
  bool opposite = (above || below) && is_operation(x, IR_SUB) && is_number(operand(m, x, 0), 0) &&
                  nodes_are_alike(m->region, operand(m, x, 1), operand(m, test, 0));
  return opposite ? x : NULL;
}

bool match_scale_shift(const Matcher *m, const Node *node, ScaleShift *shift) {
  const Node *x = NULL;
  int64_t constant = 0;
  if ((x = clamped_at_zero(m, node))) {
    bool matches = match_scale_shift(m, x, shift);
    shift->clamped = true;
    return matches;
  }
  if (is_operation(node, IR_SEXT) || is_operation(node, IR_ZEXT)) {
    x = operand(m, node, 0);
    shift->is_unsigned = is_operation(node, IR_ZEXT) && x->kind == NODE_LOAD && x->type != IR_I32;
    return match_scale_shift(m, x, shift);
  }
  if (with_constant(m, node, IR_AND, &x, &constant) && (constant == UINT32_MAX || constant == 63)) {
    bool matches = match_scale_shift(m, x, shift);
    shift->from = (int32_t)shift->from; // the upper half may have come from widening: 2^32 - 1 is -1
    return matches;
  }
  if (with_constant(m, node, IR_ADD, &x, &constant)) {
    if (!match_scale_shift(m, x, shift))
      return false;
    shift->from += node->type == IR_I32 ? (int32_t)constant : constant;
    return true;
  }
  if (is_operation(node, IR_SUB) && operand(m, node, 0)->kind == NODE_CONSTANT) {
    if (!match_scale_shift(m, operand(m, node, 1), shift) || shift->clamped)
      return false;
    shift->from = word_value(operand(m, node, 0)) - shift->from;
    shift->negated = !shift->negated;
    return true;
  }
  shift->access = node->index;
  return is_parameter(m, node, IR_I8) || is_parameter(m, node, IR_I16) || is_parameter(m, node, IR_I32);
}

bool scale_shifts_equal(const ScaleShift *x, const ScaleShift *y) {
  return x->access == y->access && x->from == y->from && x->negated == y->negated &&
         x->is_unsigned == y->is_unsigned;
}

// The least element of a constant array of bytes; 0: it is not known.
static int64_t least_element(const Matcher *m, uint32_t access) {
  const Array *array = &m->region->arrays.data[m->region->accesses.data[access].array];
  const IrInsn *base = ir_insn(m->region->function, array->base);
  if (!array->constant || base->op != IR_SYMBOL || m->region->accesses.data[access].type != IR_I8)
    return 0;
  const Symbol *symbol = &m->target->symbols.data[ir_symbol_of(base)];
  if (!symbol->bytes || !symbol->size || symbol->relocation_count)
    return 0;
  int64_t least = symbol->bytes[0];
  for (uint64_t i = 1; i < symbol->size; i++)
    least = symbol->bytes[i] < least ? symbol->bytes[i] : least;
  return least;
}

bool scale_shift_is_plain(const Matcher *m, const ScaleShift *shift) {
  return m->region->accesses.data[shift->access].type == IR_I8 && !shift->from && !shift->negated &&
         !shift->clamped;
}

bool require_shift(Matcher *m, int64_t least) {
  Epilogue *out = m->out;
  if (out->shift == EPILOGUE_NONE)
    return out->shift_constant >= least;
  if (!scale_shift_is_plain(m, &out->of_shift) || least_element(m, out->shift) < least)
    out->least_shift = out->least_shift > least ? out->least_shift : (uint8_t)least;
  return true;
}

// --- gemmlowp ---------------------------------------------------------------------------------------------

// e, and n = 31 + e in the epilogue.
typedef struct Exponent {
  bool known;
  int64_t constant;
  ScaleShift shift;
} Exponent;

static bool match_exponent(const Matcher *m, const Node *node, Exponent *e) {
  *e = (Exponent){.known = node->kind == NODE_CONSTANT, .constant = node->imm};
  return e->known ? node->imm >= 0 && node->imm < HIGH_SHIFT : match_scale_shift(m, node, &e->shift);
}

static bool is_exponent(const Matcher *m, const Node *node, const Exponent *e) {
  Exponent other;
  return match_exponent(m, node, &other) && other.known == e->known &&
         (e->known ? other.constant == e->constant : scale_shifts_equal(&other.shift, &e->shift));
}

static bool is_minus_one(const Node *node) {
  return node->kind == NODE_CONSTANT && word_value(node) == -1;
}

// 2^e - 1, as ~(-1 << e) or (1 << e) - 1
static bool is_mask(const Matcher *m, const Node *node, const Exponent *e) {
  if (e->known)
    return node->kind == NODE_CONSTANT && word_value(node) == (INT64_C(1) << e->constant) - 1;
  bool inverted = is_operation(node, IR_XOR);
  if ((!inverted && !is_operation(node, IR_ADD)) || !is_minus_one(operand(m, node, 1)))
    return false;
  const Node *power = operand(m, node, 0);
  if (is_operation(power, IR_TRUNC))
    power = operand(m, power, 0);
  if (!is_operation(power, IR_SHL) || operand(m, power, 0)->kind != NODE_CONSTANT)
    return false;
  return word_value(operand(m, power, 0)) == (inverted ? -1 : 1) && is_exponent(m, operand(m, power, 1), e);
}

static bool is_half_mask(const Matcher *m, const Node *node, const Exponent *e) {
  if (e->known)
    return node->kind == NODE_CONSTANT && node->imm == ((INT64_C(1) << e->constant) - 1) >> 1;
  return (is_operation(node, IR_LSHR) || is_operation(node, IR_ASHR)) && is_number(operand(m, node, 1), 1) &&
         is_mask(m, operand(m, node, 0), e);
}

// 1 where x, or x >> e, is negative.
static bool is_sign(const Matcher *m, const Node *node, const Node *x, const Node *shifted) {
  const Node *of = NULL;
  if (is_operation(node, IR_ZEXT)) {
    const Node *test = operand(m, node, 0);
    if (!is_operation(test, IR_ICMP) || test->aux != IR_SLT || !is_number(operand(m, test, 1), 0))
      return false;
    of = operand(m, test, 0);
  } else if (is_operation(node, IR_LSHR) && is_number(operand(m, node, 1), HIGH_SHIFT)) {
    of = operand(m, node, 0);
  }
  return of && (nodes_are_alike(m->region, of, x) || nodes_are_alike(m->region, of, shifted));
}

static bool is_threshold(const Matcher *m, const Node *node, const Node *shifted, const Exponent *e) {
  const Node *x = operand(m, shifted, 0);
  if (e->known && e->constant <= 1)
    return is_sign(m, node, x, shifted);
  if (!is_operation(node, IR_ADD))
    return false;
  for (unsigned i = 0; i < 2; i++)
    if (is_sign(m, operand(m, node, i), x, shifted) && is_half_mask(m, operand(m, node, 1 - i), e))
      return true;
  return false;
}

// 1 where what the shift cuts off is more than the threshold.
static bool is_carry(const Matcher *m, const Node *node, const Node *shifted, const Exponent *e) {
  if (!is_operation(node, IR_ZEXT))
    return false;
  const Node *test = operand(m, node, 0), *x = operand(m, shifted, 0);
  if (!is_operation(test, IR_ICMP))
    return false;
  bool above = test->aux == IR_SGT || test->aux == IR_UGT, below = test->aux == IR_SLT || test->aux == IR_ULT;
  const Node *rest = operand(m, test, above ? 0 : 1), *threshold = operand(m, test, above ? 1 : 0);
  if ((!above && !below) || !is_operation(rest, IR_AND) || !is_threshold(m, threshold, shifted, e))
    return false;
  for (unsigned i = 0; i < 2; i++)
    if (nodes_are_alike(m->region, operand(m, rest, i), x) && is_mask(m, operand(m, rest, 1 - i), e))
      return true;
  return false;
}

// The multiplier, a constant or a parameter.
static bool match_multiplier(Matcher *m, const Node *factor) {
  m->out->multiplier = EPILOGUE_NONE;
  if (factor->kind == NODE_CONSTANT) {
    m->out->multiplier_constant = factor->imm;
    return factor->imm > 0 && factor->imm == (int32_t)factor->imm;
  }
  if (!is_operation(factor, IR_SEXT) || !is_parameter(m, operand(m, factor, 0), IR_I32))
    return false;
  m->out->multiplier = operand(m, factor, 0)->index;
  m->out->natural = true;
  return true;
}

// v << larger(-e, 0), which is v where e is not negative.
static const Node *without_left_shift(const Matcher *m, const Node *node, const Exponent *e) {
  ScaleShift left = {0};
  if (e->known || !is_operation(node, IR_SHL) || operand(m, node, 0)->kind == NODE_CONSTANT)
    return node;
  const Node *amount = operand(m, node, 1);
  bool opposite = match_scale_shift(m, amount, &left) && left.clamped && left.access == e->shift.access &&
                  left.from == -e->shift.from && left.negated != e->shift.negated &&
                  left.is_unsigned == e->shift.is_unsigned;
  return opposite ? operand(m, node, 0) : node;
}

// v * m in 64 bits.
static bool match_wide_product(Matcher *m, const Node *node, const Exponent *e) {
  if (!is_operation(node, IR_MUL) || node->type != IR_I64)
    return false;
  for (unsigned i = 0; i < 2; i++) {
    const Node *value = operand(m, node, i);
    uint32_t bias = m->out->bias;
    if (is_operation(value, IR_SEXT) &&
        match_sum(m, without_left_shift(m, operand(m, value, 0), e), IR_I32) &&
        match_multiplier(m, operand(m, node, 1 - i)))
      return true;
    m->out->bias = bias;
  }
  return false;
}

// 2^30 where the product is not negative, else 1 - 2^30; the multiplier is not negative, so that the sum may
// be asked instead where it is not 0.
static bool is_nudge(Matcher *m, const Node *node, const Node *product, const Exponent *e) {
  const int64_t half = INT64_C(1) << (HIGH_SHIFT - 1);
  if (is_operation(node, IR_SEXT))
    node = operand(m, node, 0);
  if (!is_operation(node, IR_SELECT))
    return false;
  const Node *test = operand(m, node, 0);
  if (!is_operation(test, IR_ICMP) || operand(m, test, 1)->kind != NODE_CONSTANT)
    return false;
  const Node *of = operand(m, test, 0);
  int64_t bound = word_value(operand(m, test, 1));
  bool natural = (test->aux == IR_SGT && bound == -1) || (test->aux == IR_SGE && bound == 0);
  bool negative = test->aux == IR_SLT && bound == 0;
  const Node *up = operand(m, node, natural ? 1 : 2), *down = operand(m, node, natural ? 2 : 1);
  bool same =
      nodes_are_alike(m->region, of, product) || (m->out->multiplier == EPILOGUE_NONE && of->type == IR_I32 &&
                                                  is_scaled_sum(m, without_left_shift(m, of, e)));
  return (natural || negative) && same && up->kind == NODE_CONSTANT && down->kind == NODE_CONSTANT &&
         word_value(up) == half && word_value(down) == 1 - half;
}

// What the doubled product would be but for the one that overflows, of two negative numbers.
static const Node *without_saturation(const Matcher *m, const Node *node) {
  if (!is_operation(node, IR_SELECT) || !is_number(operand(m, node, 1), INT32_MAX))
    return node;
  const Node *test = operand(m, node, 0);
  for (unsigned i = 0; i < 2 && is_operation(test, IR_AND); i++) {
    const Node *equal = operand(m, test, i);
    if (!is_operation(equal, IR_ICMP) || equal->aux != IR_EQ || operand(m, equal, 1)->kind != NODE_CONSTANT ||
        word_value(operand(m, equal, 1)) != INT32_MIN)
      continue;
    if (is_parameter(m, operand(m, equal, 0), IR_I32)) // the multiplier: see match_divided
      return operand(m, node, 2);
  }
  return node;
}

// The parameter that without_saturation took for the multiplier.
static bool saturates_by_multiplier(const Matcher *m, const Node *node) {
  const Node *inner = without_saturation(m, node);
  if (inner == node)
    return true;
  const Node *test = operand(m, node, 0);
  for (unsigned i = 0; i < 2; i++) {
    const Node *x = operand(m, operand(m, test, i), 0);
    if (is_parameter(m, x, IR_I32) && x->index == m->out->multiplier)
      return true;
  }
  return false;
}

// x of the comment above.
static bool match_doubled(Matcher *m, const Node *node, const Exponent *e) {
  const Node *high = without_saturation(m, node), *sum = NULL, *product = NULL;
  int64_t constant = 0;
  if (!is_operation(high, IR_TRUNC))
    return false;
  high = operand(m, high, 0);
  if (high->type != IR_I64 || high->kind != NODE_OPERATION)
    return false;
  bool shifts = (high->op == IR_LSHR || high->op == IR_ASHR) && is_number(operand(m, high, 1), HIGH_SHIFT);
  bool divides = high->op == IR_SDIV && is_number(operand(m, high, 1), INT64_C(1) << HIGH_SHIFT);
  if (!shifts && !divides)
    return false;
  sum = operand(m, high, 0);
  if (shifts)
    return with_constant(m, sum, IR_ADD, &product, &constant) && constant == INT64_C(1) << (HIGH_SHIFT - 1) &&
           match_wide_product(m, product, e) && saturates_by_multiplier(m, node);
  for (unsigned i = 0; i < 2 && is_operation(sum, IR_ADD); i++)
    if (match_wide_product(m, operand(m, sum, i), e))
      return is_nudge(m, operand(m, sum, 1 - i), operand(m, sum, i), e) && saturates_by_multiplier(m, node);
  return false;
}

// Addends but for constants, which are added up, and for a number of the run time.
static unsigned flatten(Matcher *m, const Node *node, const Node *addends[2], unsigned count,
                        int64_t *constants) {
  uint32_t *value = &m->out->of_run_time[EPILOGUE_ZERO_POINT];
  if (is_operation(node, IR_ADD) && node->type == IR_I32) {
    count = flatten(m, operand(m, node, 0), addends, count, constants);
    return flatten(m, operand(m, node, 1), addends, count, constants);
  }
  if (node->kind == NODE_CONSTANT) {
    *constants += word_value(node);
    return count;
  }
  if (node->kind == NODE_VALUE && !*value) {
    *value = (uint32_t)(node - m->region->nodes.data) + 1;
    return count;
  }
  if (count < 2)
    addends[count] = node;
  return count + 1;
}

bool match_divided(Matcher *m, const Node *node, int64_t *behind) {
  const Node *addends[2];
  Exponent e = {.known = true};
  *behind = 0;
  unsigned count = flatten(m, node, addends, 0, behind);
  if (count == 0 || count > 2)
    return false;
  const Node *x = addends[0];
  if (count == 2) {
    unsigned which = is_operation(addends[0], IR_ASHR) ? 0 : 1;
    const Node *shifted = addends[which];
    if (!is_operation(shifted, IR_ASHR) || !match_exponent(m, operand(m, shifted, 1), &e) ||
        !is_carry(m, addends[1 - which], shifted, &e))
      return false;
    x = operand(m, shifted, 0);
  }
  if (!match_doubled(m, x, &e))
    return false;
  Epilogue *out = m->out;
  out->double_rounding = true;
  out->shift = e.known ? EPILOGUE_NONE : e.shift.access;
  out->shift_constant = HIGH_SHIFT + e.constant;
  out->of_shift = e.shift;
  out->of_shift.from += HIGH_SHIFT;
  return require_shift(m, HIGH_SHIFT);
}

// --- the test ---------------------------------------------------------------------------------------------

// How many elements an access goes through that lie side by side, where the run time knows; else a constant.
static Quantity count_at_run_time(const Region *region, uint32_t access) {
  const Affine *offset = &region->accesses.data[access].offset;
  int64_t size = ir_type_bits(region->accesses.data[access].type) / 8;
  bool line = offset->count == 1 && quantity_is(offset->terms[0].coefficient, size);
  return line ? region->iterators.data[offset->terms[0].iterator].extent : (Quantity){IR_NONE, 0};
}

// Elements that an access goes through from its first to its last, or the most that may be where the run time
// knows; 0: it is not known.
static int64_t elements_of(const Region *region, uint32_t access) {
  const Access *a = &region->accesses.data[access];
  int64_t size = ir_type_bits(a->type) / 8, last = 0;
  if (count_at_run_time(region, access).value != IR_NONE)
    return MOST_BYTES;
  for (uint32_t i = 0; i < a->offset.count; i++) {
    Quantity extent = region->iterators.data[a->offset.terms[i].iterator].extent;
    Quantity step = a->offset.terms[i].coefficient;
    if (extent.value != IR_NONE || extent.constant < 1 || extent.constant > MOST_BYTES ||
        step.value != IR_NONE || step.constant < 0 || step.constant > MOST_BYTES * size)
      return 0;
    last += (extent.constant - 1) * step.constant;
  }
  return last / size + 1 <= MOST_BYTES ? last / size + 1 : 0;
}

static bool has_shift_test(const Epilogue *epilogue) {
  return epilogue->shift != EPILOGUE_NONE && epilogue->least_shift;
}

static bool has_multiplier_test(const Epilogue *epilogue) {
  return epilogue->multiplier != EPILOGUE_NONE && epilogue->natural;
}

int64_t scale_test_cycles(const Machine *machine, const Region *region, const Epilogue *epilogue) {
  enum { STRIP = 30 }; // cycles for four registers of words
  int64_t words = 4 * machine->vlen / 32, cycles = 0;
  if (has_shift_test(epilogue))
    cycles += machine->dram_latency + STRIP * (elements_of(region, epilogue->shift) + words) / words;
  if (has_multiplier_test(epilogue))
    cycles += machine->dram_latency + STRIP * (elements_of(region, epilogue->multiplier) + words) / words;
  return cycles;
}

bool scale_is_testable(const Region *region, const Epilogue *epilogue) {
  return (!has_shift_test(epilogue) || elements_of(region, epilogue->shift)) &&
         (!has_multiplier_test(epilogue) || elements_of(region, epilogue->multiplier));
}

static IrValue vector(Emitter *e, IsaOp op, IrType type, unsigned bits, IrValue vl, uint32_t count,
                      const IrValue *operands) {
  // Four registers of words, and as many elements of others.
  VectorConfig config = {.sew = (uint8_t)bits, .lmul = (int8_t)(bits == 32 ? 2 : bits == 16 ? 1 : 0)};
  return build_machine(&e->builder, op, type, config, vl, count, operands);
}

static IrValue words(Emitter *e, IsaOp op, IrValue vl, uint32_t count, const IrValue *operands) {
  return vector(e, op, ir_vector(4, 4), 32, vl, count, operands);
}

static IrValue load_shifts(Emitter *e, IrType type, bool is_unsigned, IrValue at, IrValue vl) {
  if (type == IR_I32)
    return words(e, ISA_VLE32_V, vl, 1, &at);
  bool bytes = type == IR_I8;
  IrValue narrow = vector(e, bytes ? ISA_VLE8_V : ISA_VLE16_V, bytes ? ir_vector(1, 1) : ir_vector(2, 2),
                          bytes ? 8 : 16, vl, 1, &at);
  IsaOp op = bytes         ? is_unsigned ? ISA_VZEXT_VF4 : ISA_VSEXT_VF4
             : is_unsigned ? ISA_VZEXT_VF2
                           : ISA_VSEXT_VF2;
  return words(e, op, vl, 1, &narrow);
}

static IrValue count_of(Emitter *e, IsaOp compare, IrValue x, IrValue bound, IrValue vl) {
  IrValue mask = vector(e, compare, ir_vector(1, 1), 32, vl, 2, (IrValue[]){x, bound});
  return vector(e, ISA_VCPOP_M, IR_I64, 32, vl, 1, &mask);
}

static void store_bytes(Emitter *e, IrValue x, IrValue at, IrValue vl) {
  IrValue zero = emit_number(e, 0);
  x = vector(e, ISA_VNSRL_WI, ir_vector(2, 2), 16, vl, 2, (IrValue[]){x, zero});
  x = vector(e, ISA_VNSRL_WI, ir_vector(1, 1), 8, vl, 2, (IrValue[]){x, zero});
  vector(e, ISA_VSE8_V, IR_VOID, 8, vl, 2, (IrValue[]){x, at});
}

// Counts the shifts outside of least .. MOST_SHIFT, and writes them all to `slot` as bytes.
static IrValue test_shifts(Emitter *e, const Region *region, const Epilogue *epilogue, IrValue count,
                           IrValue slot) {
  const ScaleShift *shift = &epilogue->of_shift;
  IrType type = region->accesses.data[epilogue->shift].type;
  uint32_t at = emit_variable(e, emit_access(e, region, epilogue->shift)), to = emit_variable(e, slot);
  uint32_t left = emit_variable(e, count);
  uint32_t wrong = emit_variable(e, emit_number(e, 0));
  IrValue *v = e->variables, from = emit_number(e, shift->from);
  FlowLoop loop;
  flow_loop(e, &loop);
  IrValue vl = build_setvl(&e->builder, v[left], 32, 2);
  IrValue x = load_shifts(e, type, shift->is_unsigned, v[at], vl);
  x = words(e, shift->negated ? ISA_VRSUB_VX : ISA_VADD_VX, vl, 2, (IrValue[]){x, from});
  store_bytes(e, x, v[to], vl);
  x = words(e, ISA_VADD_VX, vl, 2, (IrValue[]){x, emit_number(e, -(int64_t)epilogue->least_shift)});
  IrValue most = emit_number(e, MOST_SHIFT - epilogue->least_shift);
  v[wrong] = emit_add(e, v[wrong], count_of(e, ISA_VMSGTU_VX, x, most, vl));
  v[at] = emit_add(e, v[at], emit_mul_number(e, vl, ir_type_bits(type) / 8));
  v[to] = emit_add(e, v[to], vl);
  v[left] = emit_sub(e, v[left], vl);
  flow_end_loop(e, &loop, emit_less(e, emit_number(e, 0), v[left]));
  e->variable_count = at;
  return v[wrong];
}

// Counts the negative multipliers.
static IrValue test_multipliers(Emitter *e, const Region *region, const Epilogue *epilogue, IrValue count) {
  uint32_t at = emit_variable(e, emit_access(e, region, epilogue->multiplier));
  uint32_t left = emit_variable(e, count);
  uint32_t wrong = emit_variable(e, emit_number(e, 0));
  IrValue *v = e->variables;
  FlowLoop loop;
  flow_loop(e, &loop);
  IrValue vl = build_setvl(&e->builder, v[left], 32, 2);
  IrValue x = words(e, ISA_VLE32_V, vl, 1, &v[at]);
  v[wrong] = emit_add(e, v[wrong], count_of(e, ISA_VMSLT_VX, x, emit_number(e, 0), vl));
  v[at] = emit_add(e, v[at], emit_mul_number(e, vl, 4));
  v[left] = emit_sub(e, v[left], vl);
  flow_end_loop(e, &loop, emit_less(e, emit_number(e, 0), v[left]));
  e->variable_count = at;
  return v[wrong];
}

// The access goes through the bytes in the frame instead.
static void use_bytes(Region *region, uint32_t access, IrValue slot) {
  Array array = {.kind = ARRAY_MEMORY, .base = slot, .size = -1};
  VEC_PUSH(&region->arrays, array);
  Access *a = &region->accesses.data[access];
  int64_t size = ir_type_bits(a->type) / 8;
  Affine offset = {.invariant = IR_NONE, .count = a->offset.count};
  offset.terms = ARENA_ARRAY(region->arena, AffineTerm, offset.count + 1);
  for (uint32_t i = 0; i < offset.count; i++) {
    offset.terms[i] = a->offset.terms[i];
    offset.terms[i].coefficient.constant /= size;
  }
  *a = (Access){
      .array = (uint32_t)region->arrays.count - 1, .type = IR_I8, .offset = offset, .index = NODE_NONE};
}

static IrValue number_value(Emitter *e, const Region *region, uint32_t of_run_time, int64_t constant) {
  return of_run_time ? build1(&e->builder, IR_SEXT, IR_I64, region->nodes.data[of_run_time - 1].index)
                     : emit_number(e, constant);
}

// low <= x <= high, as numbers without sign from low on.
static IrValue lies_within(Emitter *e, IrValue x, uint64_t low, uint64_t size) {
  return emit_below(e, emit_add_number(e, x, -(int64_t)low), emit_number(e, (int64_t)size));
}

// The numbers that the drain and the transfers get: what lies beyond an image's edges, a zero point that adds
// to 31 bits without wrapping, bounds in their order, a table of which all is memory.
static void test_numbers(Emitter *e, const Contraction *c, IrValue *condition) {
  enum { FAR = 1 << 24, TABLE_BYTES = 256 };
  const Region *region = c->region;
  const Epilogue *epilogue = &c->epilogue;
  const uint32_t *numbers = epilogue->of_run_time;
  const Machine *machine = e->machine;
  IrValue tests[4];
  unsigned count = 0;
  if (c->outside_varies)
    tests[count++] = emit_zero_fits(e, region, &c->operands[c->bordered]);
  if (numbers[EPILOGUE_ZERO_POINT])
    tests[count++] =
        emit_below(e, emit_add_number(e, number_value(e, region, numbers[EPILOGUE_ZERO_POINT], 0), FAR),
                   emit_number(e, 2 * FAR));
  if (numbers[EPILOGUE_LOW] || numbers[EPILOGUE_HIGH]) {
    IrValue low = number_value(e, region, numbers[EPILOGUE_LOW], (int32_t)epilogue->low);
    IrValue high = number_value(e, region, numbers[EPILOGUE_HIGH], (int32_t)epilogue->high);
    tests[count++] = emit_less(e, low, emit_add_number(e, high, 1));
  }
  if (epilogue->table != EPILOGUE_NONE) {
    IrValue first = emit_add_number(e, emit_access(e, region, epilogue->table), epilogue->table_offset);
    IrValue dram = lies_within(e, first, machine->dram_base, machine->dram_size - TABLE_BYTES);
    IrValue spm = lies_within(e, first, machine->spm_base, machine->spm_size - TABLE_BYTES);
    tests[count++] = build2(&e->builder, IR_OR, IR_I1, dram, spm);
  }
  for (unsigned i = 0; i < count; i++)
    *condition = *condition == IR_NONE ? tests[i] : emit_and(e, *condition, tests[i]);
}

// How many elements are tested. A number of the run time: none where the nest may not run or there are too
// many, which becomes part of the condition.
static IrValue tested_count(Emitter *e, const Region *region, uint32_t access, IrValue *condition) {
  Quantity extent = count_at_run_time(region, access);
  if (extent.value == IR_NONE)
    return emit_number(e, elements_of(region, access));
  IrValue count = emit_quantity(e, extent);
  IrValue fits = emit_below(e, count, emit_number(e, MOST_BYTES + 1));
  *condition = *condition == IR_NONE ? fits : emit_and(e, *condition, fits);
  return emit_choose(e, *condition, count, emit_number(e, 0));
}

void emit_scale_test(Target *target, Contraction *c, IrValue *condition) {
  Region *region = c->region;
  const Epilogue *epilogue = &c->epilogue;
  Function *f = region->function;
  bool shifts = has_shift_test(epilogue), multipliers = has_multiplier_test(epilogue);
  Emitter before_all = {.target = target, .machine = target->machine, .builder = region_before(region)};
  test_numbers(&before_all, c, condition);
  if (!shifts && !multipliers)
    return;
  IrValue counts[2] = {IR_NONE, IR_NONE};
  if (shifts)
    counts[0] = tested_count(&before_all, region, epilogue->shift, condition);
  if (multipliers)
    counts[1] = tested_count(&before_all, region, epilogue->multiplier, condition);
  uint32_t before = region->before, depth = f->blocks.data[before].depth, first = (uint32_t)f->blocks.count;
  uint32_t rest = split_block(f, before, f->blocks.data[before].count - 1), begin = ir_block_new(f);
  redirect_edge(f, before, rest, begin);
  Emitter e = {.target = target, .machine = target->machine, .builder = {f, begin}};
  IrValue wrong = IR_NONE;
  if (shifts) {
    FrameSlot place = {.size = (uint64_t)elements_of(region, epilogue->shift), .alignment = 8};
    VEC_PUSH(&f->slots, place);
    IrValue slot = ir_leaf(f, IR_FRAME, IR_I64, (int64_t)f->slots.count - 1);
    wrong = test_shifts(&e, region, epilogue, counts[0], slot);
    use_bytes(region, epilogue->shift, slot);
  }
  if (multipliers) {
    IrValue more = test_multipliers(&e, region, epilogue, counts[1]);
    wrong = wrong == IR_NONE ? more : emit_add(&e, wrong, more);
  }
  IrValue right = emit_equal(&e, wrong, emit_number(&e, 0));
  *condition = *condition == IR_NONE ? right : emit_and(&e, right, *condition);
  build(&e.builder, IR_BR, IR_VOID, 0, NULL);
  ir_add_edge(f, e.builder.block, rest);
  for (uint32_t b = first; b < f->blocks.count; b++)
    f->blocks.data[b].depth = depth;
  region->before = rest;
}
