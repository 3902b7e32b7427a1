// What becomes of a contraction's sums on their way to memory: the forms that the drain unit computes while
// it writes (docs/isa.md, "The drain"), found in the expression of the statement that stores them.
#include "target/tensor/tile/epilogue.h"
#include "target/ir/vector_math.h"

#include <string.h>

enum {
  DRAIN_EXACT_SHIFT = 32, // from this shift on the scaled value fits 32 bits with room to spare
  BYTE = 8,
};
enum { NUDGE_SHIFT = 31 }; // above, double rounding adds its nudge

bool with_constant(const Matcher *m, const Node *node, IrOp op, const Node **x, int64_t *constant) {
  if (!is_operation(node, op))
    return false;
  for (unsigned i = 0; i < 2; i++)
    if (operand(m, node, i)->kind == NODE_CONSTANT) {
      *constant = operand(m, node, i)->imm;
      *x = operand(m, node, 1 - i);
      return true;
    }
  return false;
}

bool is_parameter(const Matcher *m, const Node *node, IrType type) {
  if (node->kind != NODE_LOAD || node->type != type)
    return false;
  const Access *access = &m->region->accesses.data[node->index];
  const Array *array = &m->region->arrays.data[access->array];
  int64_t size = ir_type_bits(type) / BYTE;
  bool next = false;
  for (uint32_t i = 0; i < access->offset.count; i++) {
    Quantity step = access->offset.terms[i].coefficient;
    if (step.value != IR_NONE || step.constant <= 0 || step.constant % size != 0)
      return false;
    next = next || step.constant == size;
  }
  return next && access->index == NODE_NONE && array->kind != ARRAY_SCALAR && !array->written;
}

static bool take_bias(Matcher *m, const Node *node, IrType type) {
  if (m->out->bias != EPILOGUE_NONE || !is_parameter(m, node, type))
    return false;
  m->out->bias = node->index;
  return true;
}

bool match_sum(Matcher *m, const Node *node, IrType type) {
  if (m->is_sum(m->region, node, m->sum))
    return true;
  if (!is_operation(node, type == IR_FLOAT ? IR_FADD : IR_ADD))
    return false;
  for (unsigned i = 0; i < 2; i++)
    if (m->is_sum(m->region, operand(m, node, i), m->sum))
      return take_bias(m, operand(m, node, 1 - i), type);
  return false;
}

// What the shift is, of which the range may have to be tested.
static bool match_shift(Matcher *m, const Node *node) {
  if (node->kind == NODE_CONSTANT) {
    m->out->shift_constant = node->imm;
    return node->imm > 0 && node->imm < 63;
  }
  ScaleShift shift = {0};
  if (!match_scale_shift(m, node, &shift))
    return false;
  m->out->shift = shift.access;
  m->out->of_shift = shift;
  return scale_shift_is_plain(m, &shift) || require_shift(m, LEAST_SHIFT);
}

static bool is_shift(const Matcher *m, const Node *node) {
  ScaleShift shift = {0}, known = m->out->of_shift;
  return m->out->shift != EPILOGUE_NONE && match_scale_shift(m, node, &shift) &&
         scale_shifts_equal(&shift, &known);
}

// 1 << (shift - 1), or (1 << shift) >> 1
static bool match_rounding(Matcher *m, const Node *node) {
  if (node->kind == NODE_CONSTANT)
    return m->out->shift == EPILOGUE_NONE && node->imm == INT64_C(1) << (m->out->shift_constant - 1);
  const Node *doubled = NULL;
  int64_t one = 0;
  if (with_constant(m, node, IR_LSHR, &doubled, &one) && one == 1 &&
      operand(m, node, 1)->kind == NODE_CONSTANT)
    return is_operation(doubled, IR_SHL) && doubled->type == IR_I64 &&
           operand(m, doubled, 0)->kind == NODE_CONSTANT && operand(m, doubled, 0)->imm == 1 &&
           is_shift(m, operand(m, doubled, 1));
  if (m->out->shift == EPILOGUE_NONE || !is_operation(node, IR_SHL) ||
      operand(m, node, 0)->kind != NODE_CONSTANT || operand(m, node, 0)->imm != 1)
    return false;
  ScaleShift amount = {0}, expected = m->out->of_shift;
  expected.from--;
  return match_scale_shift(m, operand(m, node, 1), &amount) && scale_shifts_equal(&amount, &expected);
}

// sext(sum) * multiplier
static bool match_product(Matcher *m, const Node *node) {
  if (!is_operation(node, IR_MUL) || node->type != IR_I64)
    return false;
  for (unsigned i = 0; i < 2; i++) {
    const Node *factor = operand(m, node, i), *value = operand(m, node, 1 - i);
    uint32_t bias = m->out->bias;
    if (!is_operation(value, IR_SEXT) || !match_sum(m, operand(m, value, 0), IR_I32)) {
      m->out->bias = bias;
      continue;
    }
    if (factor->kind == NODE_CONSTANT) {
      m->out->multiplier_constant = factor->imm;
      return factor->imm == (int32_t)factor->imm;
    }
    if (!is_operation(factor, IR_SEXT) || !is_parameter(m, operand(m, factor, 0), IR_I32))
      return false;
    m->out->multiplier = operand(m, factor, 0)->index;
    return true;
  }
  return false;
}

bool is_scaled_sum(Matcher *m, const Node *node) {
  uint32_t bias = m->out->bias;
  m->out->bias = m->start_bias;
  bool same = match_sum(m, node, IR_I32) && m->out->bias == bias;
  m->out->bias = bias;
  return same;
}

// (sum & -2^31) + 2^30, which is 2^30 or -2^30 by the sum's sign
static bool match_masked_sign(Matcher *m, const Node *node) {
  const Node *masked = NULL, *sum = NULL;
  int64_t addend = 0, mask = 0;
  return with_constant(m, node, IR_ADD, &masked, &addend) && addend == INT64_C(1) << (NUDGE_SHIFT - 1) &&
         with_constant(m, masked, IR_AND, &sum, &mask) && sum->type == IR_I32 && (int32_t)mask == INT32_MIN &&
         is_scaled_sum(m, sum);
}

// sum >= 0 ? 2^30 : -2^30
static bool match_sign(Matcher *m, const Node *node) {
  const int64_t nudge = INT64_C(1) << (NUDGE_SHIFT - 1);
  if (is_operation(node, IR_SEXT))
    return match_masked_sign(m, operand(m, node, 0)) || match_sign(m, operand(m, node, 0));
  if (!is_operation(node, IR_SELECT) || operand(m, node, 1)->kind != NODE_CONSTANT ||
      operand(m, node, 2)->kind != NODE_CONSTANT)
    return false;
  const Node *test = operand(m, node, 0);
  int64_t yes = operand(m, node, 1)->imm, no = operand(m, node, 2)->imm;
  if (!is_operation(test, IR_ICMP) || operand(m, test, 1)->kind != NODE_CONSTANT ||
      operand(m, test, 0)->type != IR_I32)
    return false;
  int64_t bound = operand(m, test, 1)->imm;
  bool natural = (test->aux == IR_SGT && bound == -1) || (test->aux == IR_SGE && bound == 0);
  bool negative = test->aux == IR_SLT && bound == 0;
  return ((natural && yes == nudge && no == -nudge) || (negative && yes == -nudge && no == nudge)) &&
         is_scaled_sum(m, operand(m, test, 0));
}

// Whether a comparison is of the shift; without sign, one of a narrow number is one of what that is widened
// to.
static bool compares_shift(const Matcher *m, const Node *test) {
  const Node *x = operand(m, test, 0);
  ScaleShift shift = {0}, known = m->out->of_shift;
  if (m->out->shift == EPILOGUE_NONE || !match_scale_shift(m, x, &shift))
    return false;
  shift.is_unsigned |= test->aux == IR_UGT && x->kind == NODE_LOAD && x->type != IR_I32;
  return scale_shifts_equal(&shift, &known);
}

// What double rounding adds: the sign's nudge where the shift is above 31.
static bool match_nudge(Matcher *m, const Node *node) {
  if (match_sign(m, node))
    return require_shift(m, NUDGE_SHIFT + 1);
  if (!is_operation(node, IR_SELECT))
    return false;
  const Node *test = operand(m, node, 0);
  if (!is_operation(test, IR_ICMP) || operand(m, test, 1)->kind != NODE_CONSTANT || !compares_shift(m, test))
    return false;
  int64_t bound = operand(m, test, 1)->imm;
  bool above = (test->aux == IR_UGT && bound == NUDGE_SHIFT) || (test->aux == IR_SGT && bound == NUDGE_SHIFT);
  const Node *none = operand(m, node, 2);
  return above && none->kind == NODE_CONSTANT && none->imm == 0 && match_sign(m, operand(m, node, 1));
}

enum { MOST_ADDENDS = 4 };

static unsigned flatten_sum(Matcher *m, const Node *node, const Node **addends, unsigned count) {
  if (is_operation(node, IR_ADD) && node->type == IR_I64 && count < MOST_ADDENDS) {
    count = flatten_sum(m, operand(m, node, 0), addends, count);
    return flatten_sum(m, operand(m, node, 1), addends, count);
  }
  if (count < MOST_ADDENDS)
    addends[count] = node;
  return count + 1;
}

static bool is_exact(const Node *node, IrOp op) {
  return is_operation(node, op) && node->type == IR_I32 && node->flags & IR_NO_SIGNED_WRAP;
}

// sum * multiplier, or the sum alone, in 32 bits that no number leaves, as the program says.
static bool match_short_product(Matcher *m, const Node *node) {
  const uint32_t bias = m->out->bias;
  m->out->multiplier_constant = 1;
  if (match_sum(m, node, IR_I32))
    return true;
  m->out->bias = bias;
  bool shift = is_exact(node, IR_SHL);
  if (!shift && !is_exact(node, IR_MUL))
    return false;
  for (unsigned i = shift; i < 2; i++) {
    const Node *factor = operand(m, node, i);
    bool constant = factor->kind == NODE_CONSTANT && (!shift || (factor->imm >= 0 && factor->imm < 31));
    m->out->bias = bias;
    if ((!constant && (shift || !is_parameter(m, factor, IR_I32))) ||
        !match_sum(m, operand(m, node, 1 - i), IR_I32))
      continue;
    if (constant)
      m->out->multiplier_constant = shift ? INT64_C(1) << factor->imm : (int32_t)factor->imm;
    else
      m->out->multiplier = factor->index;
    return true;
  }
  return false;
}

// (product + rounding) >> shift, in 32 bits.
static bool match_short_scaled(Matcher *m, const Node *node) {
  const Node *sum = operand(m, node, 0);
  if (!match_shift(m, operand(m, node, 1)) || !is_exact(sum, IR_ADD))
    return false;
  for (unsigned i = 0; i < 2; i++)
    if (match_rounding(m, operand(m, sum, i)))
      return match_short_product(m, operand(m, sum, 1 - i));
  return false;
}

// (product + rounding) >> shift, in 64 bits; with double rounding one more addend.
static bool match_scaled(Matcher *m, const Node *node) {
  if (is_operation(node, IR_ASHR) && node->type == IR_I32)
    return match_short_scaled(m, node);
  if (!is_operation(node, IR_ASHR) || node->type != IR_I64 || !match_shift(m, operand(m, node, 1)))
    return false;
  const Node *addends[MOST_ADDENDS];
  unsigned count = flatten_sum(m, operand(m, node, 0), addends, 0);
  if (count < 2 || count > 3)
    return false;
  unsigned product = count, rounding = count;
  for (unsigned i = 0; i < count; i++) {
    if (is_operation(addends[i], IR_MUL) && product == count)
      product = i;
    else if (match_rounding(m, addends[i]) && rounding == count)
      rounding = i;
  }
  if (product == count || rounding == count || !match_product(m, addends[product]))
    return false;
  m->out->double_rounding = count == 3;
  return count == 2 || match_nudge(m, addends[3 - product - rounding]);
}

// A 32-bit number that the program knows before the nest.
static bool is_value(const Node *node) {
  return node->kind == NODE_VALUE && node->type == IR_I32;
}

typedef struct Clamp {
  int64_t bounds[2];  // least, most
  uint32_t values[2]; // nodes of such numbers instead, + 1
} Clamp;

// A bound of numbers that are not negative, as compilers write it: they are the same with and without sign.
static bool is_natural_bound(const Matcher *m, const Node *node) {
  const Node *inner = NULL, *rest = NULL;
  int64_t most = 0, least = 0;
  return with_constant(m, node, IR_UMIN, &inner, &most) && most >= 0 &&
         with_constant(m, inner, IR_SMAX, &rest, &least) && least >= 0;
}

// Whether a number of 32 bits is x, or x without its upper half, which says nothing: the scaled sum's.
static bool is_narrowed(const Matcher *m, const Node *node, const Node *x) {
  bool fits = is_operation(x, IR_ASHR) && x->type == IR_I64 && operand(m, x, 1)->kind == NODE_CONSTANT &&
              operand(m, x, 1)->imm >= DRAIN_EXACT_SHIFT;
  if (fits && is_operation(node, IR_TRUNC))
    node = operand(m, node, 0);
  return nodes_are_alike(m->region, node, x);
}

// x < 0 ? z : smaller(x + z, c), z a number of the run time, which is x + z between z and c where z is at
// most c: compilers leave this of a zero point that is the bound below, as ReLU has it. Returns x + z; NULL:
// it is another node.
static const Node *strip_natural(const Matcher *m, const Node *node, Clamp *clamp) {
  if (!is_operation(node, IR_SELECT) || node->type != IR_I32)
    return NULL;
  const Node *test = operand(m, node, 0), *moved = NULL;
  bool negative = is_operation(test, IR_ICMP) && test->aux == IR_SLT && is_number(operand(m, test, 1), 0);
  bool natural = is_operation(test, IR_ICMP) && test->aux == IR_SGT &&
                 operand(m, test, 1)->kind == NODE_CONSTANT && (int32_t)operand(m, test, 1)->imm == -1;
  unsigned least = negative ? 1 : 2;
  const Node *zero = operand(m, node, least), *rest = operand(m, node, 3 - least);
  if ((!negative && !natural) || !is_value(zero) ||
      !with_constant(m, rest, IR_SMIN, &moved, &clamp->bounds[1]) || !is_operation(moved, IR_ADD))
    return NULL;
  for (unsigned i = 0; i < 2; i++)
    if (nodes_are_alike(m->region, operand(m, moved, i), zero) &&
        is_narrowed(m, operand(m, moved, 1 - i), operand(m, test, 0))) {
      clamp->values[0] = node->operands[least] + 1;
      return moved;
    }
  return NULL;
}

// Takes bounds away; each is a constant or a number of the run time.
static const Node *strip_clamps(const Matcher *m, const Node *node, Clamp *clamp) {
  *clamp = (Clamp){.bounds = {INT32_MIN, INT32_MAX}};
  const Node *natural = strip_natural(m, node, clamp);
  if (natural)
    return natural;
  *clamp = (Clamp){.bounds = {INT32_MIN, INT32_MAX}};
  for (unsigned i = 0; i < 2; i++) {
    bool natural = is_natural_bound(m, node), above = natural || is_operation(node, IR_SMIN);
    const Node *inner = NULL;
    int64_t constant = 0;
    if (!above && !is_operation(node, IR_SMAX))
      break;
    if (with_constant(m, node, natural ? IR_UMIN : above ? IR_SMIN : IR_SMAX, &inner, &constant)) {
      int64_t *bound = &clamp->bounds[above];
      *bound = above == (constant < *bound) ? constant : *bound;
    } else {
      unsigned which = is_value(operand(m, node, 1)) ? 1 : 0;
      if (!is_value(operand(m, node, which)) || clamp->values[above])
        return NULL;
      clamp->values[above] = node->operands[which] + 1;
      inner = operand(m, node, 1 - which);
    }
    node = inner;
  }
  bool mixed = (clamp->values[0] && clamp->bounds[0] != INT32_MIN) ||
               (clamp->values[1] && clamp->bounds[1] != INT32_MAX);
  return mixed || clamp->bounds[0] > clamp->bounds[1] ? NULL : node;
}

// scaled + zero point, where the zero point is a constant or a number of the run time.
static bool match_moved(Matcher *m, const Node *node, int64_t *zero_point, bool *wraps) {
  const Epilogue known = *m->out;
  bool wide = node->type == IR_I64;
  const Node *scaled = node;
  *zero_point = 0;
  *wraps = false;
  if (with_constant(m, node, IR_ADD, &scaled, zero_point)) {
    *wraps = !(node->flags & IR_NO_SIGNED_WRAP);
  } else if (is_operation(node, IR_ADD)) {
    unsigned which = is_value(operand(m, node, 1)) ? 1 : 0;
    if (is_value(operand(m, node, which))) {
      m->out->of_run_time[EPILOGUE_ZERO_POINT] = node->operands[which] + 1;
      scaled = operand(m, node, 1 - which);
      *wraps = true;
    }
  }
  if (!wide && is_operation(scaled, IR_TRUNC))
    scaled = operand(m, scaled, 0);
  if (match_scaled(m, scaled))
    return true;
  *m->out = known;
  *wraps = true;
  return !wide && match_divided(m, node, zero_point);
}

// Bytes: clamp(scaled + zero point) in 32 or 64 bits, with a number added behind that.
static bool match_clamped(Matcher *m, const Node *node, int64_t behind) {
  enum { FAR = 1 << 24 };
  Clamp clamp;
  int64_t before = 0;
  bool wraps = false;
  node = strip_clamps(m, node, &clamp);
  if (!node || !match_moved(m, node, &before, &wraps))
    return false;
  bool moves = before != 0 || m->out->of_run_time[EPILOGUE_ZERO_POINT];
  // What would wrap around in the code does not in the drain: so it must not come to that.
  if ((node->type == IR_I64 || (moves && wraps)) && !require_shift(m, DRAIN_EXACT_SHIFT))
    return false;
  if (behind < -FAR || behind > FAR || before < -FAR || before > FAR)
    return false;
  if (behind != 0 && (clamp.bounds[0] == INT32_MIN || clamp.bounds[1] == INT32_MAX))
    return false;
  m->out->zero_point = (int32_t)(before + behind);
  m->out->low = (uint32_t)(int32_t)(clamp.bounds[0] + behind);
  m->out->high = (uint32_t)(int32_t)(clamp.bounds[1] + behind);
  m->out->of_run_time[EPILOGUE_LOW] = clamp.values[0];
  m->out->of_run_time[EPILOGUE_HIGH] = clamp.values[1];
  m->out->mode = DRAIN_BYTES;
  return true;
}

// A byte plus a constant; -128, the sign, may also be turned over.
static bool byte_and_constant(const Matcher *m, const Node *node, const Node **inner, int64_t *constant) {
  if (with_constant(m, node, IR_ADD, inner, constant))
    return true;
  return with_constant(m, node, IR_XOR, inner, constant) && (int8_t)*constant == INT8_MIN;
}

static bool match_bytes(Matcher *m, const Node *node) {
  const Node *inner = NULL;
  int64_t behind = 0;
  if (byte_and_constant(m, node, &inner, &behind))
    node = inner;
  return is_operation(node, IR_TRUNC) && match_clamped(m, operand(m, node, 0), behind);
}

// A table of bytes, by the byte that is made of the sum.
static bool match_table(Matcher *m, const Node *node) {
  const Access *access = &m->region->accesses.data[node->index];
  if (access->index == NODE_NONE || access->offset.count ||
      m->region->arrays.data[access->array].kind == ARRAY_SCALAR ||
      m->region->arrays.data[access->array].written)
    return false;
  const Node *index = at(m, access->index);
  const Node *low_bits = NULL;
  int64_t mask = 0;
  bool is_unsigned = is_operation(index, IR_ZEXT);
  m->out->table = node->index;
  if (is_unsigned || is_operation(index, IR_SEXT))
    index = operand(m, index, 0);
  if (with_constant(m, index, IR_AND, &low_bits, &mask)) // as a byte without sign
    return mask == UINT8_MAX && match_clamped(m, low_bits, 0);
  if (is_unsigned && index->type == IR_I8)
    return match_bytes(m, index);
  bool matches = index->type == IR_I8 ? match_bytes(m, index) : match_clamped(m, index, 0);
  if (!matches || m->out->of_run_time[EPILOGUE_LOW] || m->out->of_run_time[EPILOGUE_HIGH])
    return false;
  // What is added to the index is added to the byte instead, which then has no sign.
  int64_t first = access->offset.constant, low = (int32_t)m->out->low, high = (int32_t)m->out->high;
  bool fits = (index->type != IR_I8 || (low >= INT8_MIN && high <= INT8_MAX)) && (!is_unsigned || low >= 0);
  if (!fits || low + first < 0 || high + first > UINT8_MAX)
    return false;
  m->out->table_offset = -first;
  m->out->zero_point += (int32_t)first;
  m->out->low += (uint32_t)first;
  m->out->high += (uint32_t)first;
  return true;
}

// --- scales that are floating numbers ---------------------------------------------------------------------

enum { FLOAT_EXACT = 1 << 22 }; // integers up to here, and sums of two, are exact in fp32

// A constant that is an integer, as an fp32.
static bool is_whole_number(const Node *node, int64_t *number) {
  float value = 0;
  uint32_t bits = (uint32_t)node->imm;
  if (node->kind != NODE_CONSTANT || node->type != IR_FLOAT)
    return false;
  memcpy(&value, &bits, sizeof value);
  if (!(value >= -FLOAT_EXACT && value <= FLOAT_EXACT) || value != (float)(int64_t)value)
    return false;
  *number = (int64_t)value;
  return true;
}

static bool is_rounding(const Matcher *m, const Node *node) {
  return node->kind == NODE_CALL && node->type == IR_FLOAT &&
         vector_function_of_call(m->target, m->region->function, node->index) == MATH_RINT;
}

// fp32(sum) * scale, each rounded.
static bool match_float_product(Matcher *m, const Node *node) {
  if (!is_operation(node, IR_FMUL) || node->type != IR_FLOAT)
    return false;
  for (unsigned i = 0; i < 2; i++) {
    const Node *scale = operand(m, node, i), *value = operand(m, node, 1 - i);
    uint32_t bias = m->out->bias;
    if (!is_operation(value, IR_SITOF) || operand(m, value, 0)->type != IR_I32 ||
        !match_sum(m, operand(m, value, 0), IR_I32)) {
      m->out->bias = bias;
      continue;
    }
    if (scale->kind == NODE_CONSTANT) {
      m->out->multiplier_constant = (int64_t)(uint32_t)scale->imm;
      return true;
    }
    if (!is_parameter(m, scale, IR_FLOAT))
      return false;
    m->out->multiplier = (uint32_t)scale->index;
    return true;
  }
  return false;
}

typedef struct Bounds {
  int64_t low, high;
} Bounds;

// x > c ? c : rest and x < c ? c : rest, also as !(x <= c), where x is what the bounds are about: NaN stays,
// of which the conversion to an integer makes nothing in particular. Returns the rest; NULL: it is no bound.
static const Node *match_float_bound(const Matcher *m, const Node *node, const Node **tested,
                                     Bounds *bounds) {
  int64_t number = 0;
  if (!is_operation(node, IR_SELECT))
    return NULL;
  const Node *test = operand(m, node, 0);
  if (!is_operation(test, IR_FCMP) || operand(m, test, 1)->kind != NODE_CONSTANT)
    return NULL;
  bool above = test->aux == IR_OGT || test->aux == IR_OGE, below = test->aux == IR_OLT || test->aux == IR_OLE;
  bool not_above = test->aux == IR_FULT || test->aux == IR_FULE,
       not_below = test->aux == IR_FUGT || test->aux == IR_FUGE;
  bool first = above || below;
  const Node *bound = operand(m, node, first ? 1 : 2), *rest = operand(m, node, first ? 2 : 1);
  if ((!first && !not_above && !not_below) || bound->kind != NODE_CONSTANT ||
      bound->imm != operand(m, test, 1)->imm || !is_whole_number(bound, &number))
    return NULL;
  *tested = operand(m, test, 0);
  if (above || not_above)
    bounds->high = number < bounds->high ? number : bounds->high;
  else
    bounds->low = number > bounds->low ? number : bounds->low;
  return rest;
}

static const Node *without_copies(const Region *region, const Node *node) {
  while (is_operation(node, IR_COPY))
    node = &region->nodes.data[node->operands[0]];
  return node;
}

bool nodes_are_alike(const Region *region, const Node *x, const Node *y) {
  x = without_copies(region, x);
  y = without_copies(region, y);
  if (x == y)
    return true;
  bool same = x->kind == y->kind && x->op == y->op && x->type == y->type && x->index == y->index &&
              x->imm == y->imm && x->aux == y->aux && x->operand_count == y->operand_count;
  for (unsigned i = 0; i < x->operand_count && same; i++)
    same = nodes_are_alike(region, &region->nodes.data[x->operands[i]], &region->nodes.data[y->operands[i]]);
  return same;
}

// Takes bounds away. False: one of them is about another value than the rest.
static bool strip_float_bounds(const Matcher *m, const Node **node, Bounds *bounds) {
  const Node *tests[2], *inners[3] = {*node};
  unsigned count = 0;
  for (; count < 2; count++) {
    const Node *rest = match_float_bound(m, inners[count], &tests[count], bounds);
    if (!rest)
      break;
    inners[count + 1] = rest;
  }
  *node = inners[count];
  for (unsigned i = 0; i < count; i++) // what was tested is the rest, or the rest with the bound below
    if (!nodes_are_alike(m->region, tests[i], inners[i + 1]) && !nodes_are_alike(m->region, tests[i], *node))
      return false;
  return bounds->low <= bounds->high;
}

// round(fp32(sum) * scale), plus a zero point, within bounds.
static bool match_rounded(Matcher *m, const Node *node, Bounds *bounds, int64_t *zero_point) {
  if (!strip_float_bounds(m, &node, bounds))
    return false;
  bool bounded = bounds->low >= -FLOAT_EXACT && bounds->high <= FLOAT_EXACT;
  for (unsigned i = 0; i < 2 && is_operation(node, IR_FADD); i++)
    if (is_whole_number(operand(m, node, i), zero_point) && is_rounding(m, operand(m, node, 1 - i))) {
      node = operand(m, node, 1 - i);
      break;
    }
  if ((*zero_point && !bounded) || !is_rounding(m, node))
    return false;
  node = operand(m, node, 0);
  Bounds before = {INT64_MIN, INT64_MAX};
  if (!strip_float_bounds(m, &node, &before))
    return false;
  if (before.low != INT64_MIN && before.low + *zero_point > bounds->low)
    bounds->low = before.low + *zero_point;
  if (before.high != INT64_MAX && before.high + *zero_point < bounds->high)
    bounds->high = before.high + *zero_point;
  return match_float_product(m, node);
}

// The same narrowed to bytes, by a conversion to bytes, or to a wider integer that is bounded.
static bool match_float_bytes(Matcher *m, const Node *node) {
  Bounds bounds = {INT32_MIN, INT32_MAX}, real = {INT32_MIN, INT32_MAX};
  int64_t last = 0, behind = 0, zero_point = 0, constant = 0;
  const Node *inner = NULL;
  if (byte_and_constant(m, node, &inner, &last)) { // compilers move it behind the bounds
    node = inner;
    if (!is_operation(node, IR_TRUNC))
      return false;
  } else {
    last = 0;
  }
  if (is_operation(node, IR_TRUNC))
    node = operand(m, node, 0);
  for (unsigned i = 0; i < 2; i++) {
    if (with_constant(m, node, IR_SMIN, &inner, &constant))
      bounds.high = constant < bounds.high ? constant : bounds.high;
    else if (with_constant(m, node, IR_SMAX, &inner, &constant))
      bounds.low = constant > bounds.low ? constant : bounds.low;
    else
      break;
    node = inner;
  }
  bool wraps = false;
  if (with_constant(m, node, IR_ADD, &inner, &behind)) {
    wraps = node->type != IR_I64 && !(node->flags & IR_NO_SIGNED_WRAP);
    node = inner;
  } else {
    behind = 0;
  }
  bool is_signed = is_operation(node, IR_FTOSI);
  if (!is_signed && !is_operation(node, IR_FTOUI))
    return false;
  // What does not fit the type is nothing in particular.
  if (node->type == IR_I8)
    real = is_signed ? (Bounds){INT8_MIN, INT8_MAX} : (Bounds){0, UINT8_MAX};
  else if (!is_signed || (node->type != IR_I32 && node->type != IR_I64))
    return false;
  if ((node->type == IR_I8 && behind) || behind < -FLOAT_EXACT || behind > FLOAT_EXACT)
    return false;
  Bounds stated = {INT64_MIN, INT64_MAX};
  if (!match_rounded(m, operand(m, node, 0), &stated, &zero_point))
    return false;
  real.low = stated.low > real.low ? stated.low : real.low;
  real.high = stated.high < real.high ? stated.high : real.high;
  bool small = real.low >= -FLOAT_EXACT && real.high <= FLOAT_EXACT;
  // 64 bits hold more than the drain's 32.
  if (((wraps && behind) || node->type == IR_I64) && !small)
    return false;
  if (small) {
    bounds.low = real.low + behind > bounds.low ? real.low + behind : bounds.low;
    bounds.high = real.high + behind < bounds.high ? real.high + behind : bounds.high;
  }
  if (bounds.low > bounds.high || (last && (bounds.low < -FLOAT_EXACT || bounds.high > FLOAT_EXACT ||
                                            last < -FLOAT_EXACT || last > FLOAT_EXACT)))
    return false;
  m->out->zero_point = (int32_t)(zero_point + behind + last);
  m->out->low = (uint32_t)(int32_t)(bounds.low + last);
  m->out->high = (uint32_t)(int32_t)(bounds.high + last);
  m->out->mode = DRAIN_BYTES;
  m->out->float_scale = true;
  return true;
}

static float float_of(const Node *constant) {
  uint32_t bits = (uint32_t)constant->imm;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

// A bound as the drain has it: x < c ? c : x, or x > c ? c : x, also as !(x >= c). NaN stays. What is equal
// stays as it is, which only matters where the bound is a zero. Returns x; NULL: it is none.
static const Node *match_real_bound(const Matcher *m, const Node *node, const Node *bounds[2]) {
  if (!is_operation(node, IR_SELECT) || node->type != IR_FLOAT)
    return NULL;
  const Node *test = operand(m, node, 0);
  if (!is_operation(test, IR_FCMP))
    return NULL;
  const Node *tested = operand(m, test, 0), *bound = operand(m, test, 1);
  bool less = test->aux == IR_OLT || test->aux == IR_OLE, more = test->aux == IR_OGT || test->aux == IR_OGE;
  bool not_more = test->aux == IR_FULE || test->aux == IR_FULT,
       not_less = test->aux == IR_FUGE || test->aux == IR_FUGT;
  bool equal = test->aux == IR_OLE || test->aux == IR_OGE || test->aux == IR_FULT || test->aux == IR_FUGT;
  bool replaces = less || more;
  const Node *number = operand(m, node, replaces ? 1 : 2), *rest = operand(m, node, replaces ? 2 : 1);
  bool above = more || not_more;
  if ((!replaces && !not_more && !not_less) || bound->kind != NODE_CONSTANT ||
      number->kind != NODE_CONSTANT || number->imm != bound->imm || !(float_of(bound) == float_of(bound)) ||
      (equal && float_of(bound) == 0) || bounds[above] || !nodes_are_alike(m->region, tested, rest))
    return NULL;
  bounds[above] = bound;
  return rest;
}

static bool match_reals(Matcher *m, const Node *node, IrType type) {
  enum { MINUS_INFINITY = 0xff800000U, PLUS_INFINITY = 0x7f800000U };
  if (type != IR_FLOAT) {
    if (!is_operation(node, IR_FTRUNC))
      return false;
    node = operand(m, node, 0);
  }
  m->out->mode = type == IR_HALF ? DRAIN_HALF : type == IR_BFLOAT ? DRAIN_BFLOAT : DRAIN_FLOAT;
  const Node *bounds[2] = {NULL, NULL};
  for (const Node *rest; (rest = match_real_bound(m, node, bounds)) != NULL;)
    node = rest;
  if (bounds[0] && bounds[1] && !(float_of(bounds[0]) <= float_of(bounds[1])))
    return false;
  m->out->low = bounds[0] ? (uint32_t)bounds[0]->imm : MINUS_INFINITY;
  m->out->high = bounds[1] ? (uint32_t)bounds[1]->imm : PLUS_INFINITY;
  return match_sum(m, node, IR_FLOAT);
}

bool epilogue_match(const Target *target, const Region *region, uint32_t value, const Access *sum,
                    IrType type, SumTest *is_sum, Epilogue *epilogue) {
  Matcher m = {target, region, sum, is_sum, epilogue, epilogue->bias};
  const Node *node = at(&m, value);
  if (type == IR_I8 && sum->type == IR_I32) {
    Epilogue before = *epilogue;
    bool table = node->kind == NODE_LOAD;
    if ((table ? match_table(&m, node) : match_bytes(&m, node)) && scale_is_testable(region, epilogue))
      return true;
    *epilogue = before;
    return match_float_bytes(&m, node);
  }
  if (type == IR_I32 && sum->type == IR_I32)
    return match_sum(&m, node, IR_I32);
  if (sum->type != IR_FLOAT || !ir_is_float(type) || type == IR_DOUBLE)
    return false;
  if (type == IR_FLOAT && is_sum(region, node, sum))
    return true;
  return match_reals(&m, node, type);
}

bool epilogue_is_by_lines(const Region *region, const Epilogue *epilogue, const Access *result) {
  const uint32_t accesses[EPILOGUE_PARAMETERS] = {epilogue->bias, epilogue->multiplier, epilogue->shift};
  bool fewer = true;
  for (unsigned i = 0; i < EPILOGUE_PARAMETERS; i++)
    fewer = fewer && (accesses[i] == EPILOGUE_NONE ||
                      region->accesses.data[accesses[i]].offset.count < result->offset.count ||
                      result->offset.count < 2);
  return fewer;
}

// A bias with which the sum begins.
bool epilogue_start(const Region *region, uint32_t value, IrType type, Epilogue *epilogue) {
  Matcher m = {.region = region, .out = epilogue};
  return type == IR_I32 && take_bias(&m, at(&m, value), type);
}
