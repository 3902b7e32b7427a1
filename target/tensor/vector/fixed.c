// What compilers of tensors write in 64 bits, scaling with rounding and clamping, as the vector unit's
// fixed-point instructions.
#include "target/tensor/vector/narrow.h"

enum { LONG_SHIFT = 32 }; // bits of the numbers that the fixed-point instructions multiply

// --- scaling ----------------------------------------------------------------------------------------------

// What was extended, in 32 bits; NODE_NONE: it does not fit.
static uint32_t factor_of(Narrower *n, uint32_t node) {
  if (!range_fits(narrow_range(n, node), IR_I32))
    return NODE_NONE;
  while (narrow_is(n, node, IR_SEXT))
    node = narrow_node(n, node)->operands[0];
  return narrow_as(n, node, IR_I32);
}

// (a * b + 2^(shift - 1)) >> shift with a shift below 32: the fixed-point product, for which a is shifted up.
static uint32_t rounded_product(Narrower *n, uint32_t a, uint32_t b, unsigned shift, Range range) {
  Range up = {narrow_range(n, a).low * power_of_two(LONG_SHIFT - 1 - shift),
              narrow_range(n, a).high * power_of_two(LONG_SHIFT - 1 - shift)};
  // The least number times itself would saturate.
  if (!range_fits(up, IR_I32) || narrow_range(n, b).low == full_range(IR_I32).low ||
      !range_fits(range, IR_I32))
    return NODE_NONE;
  if (shift < LONG_SHIFT - 1)
    a = narrow_operation(n, NODE_OPERATION, IR_SHL, IR_I32, 2, a,
                         narrow_number(n, IR_I32, LONG_SHIFT - 1 - (int64_t)shift), up);
  return narrow_operation(n, NODE_FIXED_POINT, ISA_VSMUL_VV, IR_I32, 2, a, b, range);
}

// (a * 2^k + rest) >> shift, where the rest has k zeros too.
static uint32_t shifted_less(Narrower *n, uint32_t a, unsigned k, int64_t rest, unsigned shift, Range range) {
  if (k > shift || rest & ((INT64_C(1) << k) - 1))
    return NODE_NONE;
  rest >>= k;
  Range with = {narrow_range(n, a).low + rest, narrow_range(n, a).high + rest};
  while (narrow_is(n, a, IR_SEXT))
    a = narrow_node(n, a)->operands[0];
  IrType type = wider_type(narrow_node(n, a)->type, type_for_range(with));
  a = narrow_as(n, a, type);
  if (rest)
    a = narrow_operation(n, NODE_OPERATION, IR_ADD, type, 2, a, narrow_number(n, type, rest), with);
  return shift == k ? a : narrow_shifted_right(n, a, shift - k, range);
}

// A product with a number that ends in zeros, or a shift up.
static uint32_t without_zeros(Narrower *n, uint32_t product, int64_t rest, unsigned shift, Range range) {
  uint32_t a = NODE_NONE, by = NODE_NONE;
  int64_t number = 0;
  if (narrow_is(n, product, IR_SHL) && narrow_is_number(n, narrow_node(n, product)->operands[1], &number)) {
    a = narrow_node(n, product)->operands[0];
    Range up = {narrow_range(n, a).low * power_of_two((unsigned)number),
                narrow_range(n, a).high * power_of_two((unsigned)number)};
    return range_fits(up, narrow_node(n, product)->type)
               ? shifted_less(n, a, (unsigned)number, rest, shift, range)
               : NODE_NONE;
  }
  if (!narrow_operands(n, product, IR_MUL, &a, &by) || !narrow_is_number(n, by, &number) || number == 0)
    return NODE_NONE;
  unsigned zeros = (unsigned)__builtin_ctzll((uint64_t)number);
  Range odd = product_range(narrow_range(n, a), (Range){number >> zeros, number >> zeros});
  if (!zeros || !range_fits(odd, IR_I32) || zeros > shift)
    return NODE_NONE;
  while (narrow_is(n, a, IR_SEXT))
    a = narrow_node(n, a)->operands[0];
  IrType type = wider_type(type_for_range(odd), narrow_node(n, a)->type);
  a = narrow_operation(n, NODE_OPERATION, IR_MUL, type, 2, narrow_as(n, a, type),
                       narrow_number(n, type, number >> zeros), odd);
  return shifted_less(n, a, zeros, rest, shift, range);
}

static uint32_t without_sign_extension(const Narrower *n, uint32_t node) {
  while (narrow_is(n, node, IR_SEXT))
    node = narrow_node(n, node)->operands[0];
  return node;
}

// select(x is negative, -2^30, 2^30), of which *x is set.
static bool is_signed_half(const Narrower *n, uint32_t node, uint32_t *x) {
  node = without_sign_extension(n, node);
  const Node *select = narrow_node(n, node);
  int64_t bound = 0, yes = 0, no = 0;
  if (!narrow_is(n, node, IR_SELECT) ||
      !narrow_is_number(n, without_sign_extension(n, select->operands[1]), &yes) ||
      !narrow_is_number(n, without_sign_extension(n, select->operands[2]), &no))
    return false;
  const Node *test = narrow_node(n, select->operands[0]);
  if (test->kind != NODE_OPERATION || test->op != IR_ICMP || !narrow_is_number(n, test->operands[1], &bound))
    return false;
  bool positive = (test->aux == IR_SGT && bound == -1) || (test->aux == IR_SGE && bound == 0);
  bool negative = (test->aux == IR_SLT && bound == 0) || (test->aux == IR_SLE && bound == -1);
  int64_t half = INT64_C(1) << 30;
  *x = without_sign_extension(n, test->operands[0]);
  return (positive && yes == half && no == -half) || (negative && yes == -half && no == half);
}

// TOSA's double rounding, (x * c + 2^(shift - 1) + (x < 0 ? -2^30 : 2^30)) >> shift: the fixed-point product,
// of which one is taken away where x is negative, rounded to the other bits.
static uint32_t rounded_twice(Narrower *n, uint32_t sum, unsigned shift, Range range) {
  const unsigned first = LONG_SHIFT - 1;
  if (shift < LONG_SHIFT || shift >= 2 * LONG_SHIFT - 1 || !narrow_is(n, sum, IR_ADD) ||
      !range_fits(range, IR_I32))
    return NODE_NONE;
  // The number may be added last.
  int64_t last = 0;
  uint32_t before = NODE_NONE;
  if (narrow_is_sum(n, sum, &before, &last))
    sum = before;
  const Node both = *narrow_node(n, sum);
  for (int k = 0; k < 2 && narrow_is(n, sum, IR_ADD); k++) {
    uint32_t x = NODE_NONE, product = both.operands[1 - k];
    int64_t rest = 0, factor = 0;
    if (narrow_is_sum(n, product, &before, &rest))
      product = before;
    if (!is_signed_half(n, both.operands[k], &x) || rest + last != INT64_C(1) << (shift - 1) ||
        !narrow_is(n, product, IR_MUL) ||
        !narrow_is_number(n, narrow_node(n, product)->operands[1], &factor) || factor <= 0 ||
        factor > INT32_MAX || without_sign_extension(n, narrow_node(n, product)->operands[0]) != x ||
        !range_fits(narrow_range(n, x), IR_I32))
      continue;
    Range whole = product_range(narrow_range(n, x), (Range){factor, factor});
    Range once = {whole.low >> first, (whole.high >> first) + 1}, less = {once.low - 1, once.high};
    x = narrow_as(n, x, IR_I32);
    uint32_t high = narrow_operation(n, NODE_FIXED_POINT, ISA_VSMUL_VV, IR_I32, 2, x,
                                     narrow_number(n, IR_I32, factor), once);
    uint32_t sign = narrow_operation(n, NODE_OPERATION, IR_ASHR, IR_I32, 2, x,
                                     narrow_number(n, IR_I32, first), (Range){-1, 0});
    high = narrow_operation(n, NODE_OPERATION, IR_ADD, IR_I32, 2, high, sign, less);
    return narrow_operation(n, NODE_FIXED_POINT, ISA_VSSRA_VV, IR_I32, 2, high,
                            narrow_number(n, IR_I32, shift - first), range);
  }
  return NODE_NONE;
}

// a * c + rest = (a + z) * c + half of the shift, as optimizers multiply out a zero point: a becomes a + z.
static uint32_t take_zero_point(Narrower *n, uint32_t a, uint32_t c, unsigned shift, int64_t *rest) {
  int64_t factor = 0, half = INT64_C(1) << (shift - 1);
  if (!narrow_is_number(n, c, &factor) || factor <= 1 || *rest == half || (*rest - half) % factor != 0)
    return a;
  int64_t zero = (*rest - half) / factor;
  Range with = {narrow_range(n, a).low + zero, narrow_range(n, a).high + zero};
  if (zero > INT32_MAX || zero < -INT32_MAX || !range_fits(with, IR_I32))
    return a;
  *rest = half;
  return narrow_operation(n, NODE_OPERATION, IR_ADD, IR_I32, 2, a, narrow_number(n, IR_I32, zero), with);
}

// (a * b + rest) >> shift of 64 bits, where a and b have 32: by the upper half of the product.
static uint32_t scaled(Narrower *n, uint32_t sum, unsigned shift, Range range) {
  uint32_t product = sum;
  int64_t rest = 0;
  if (narrow_is(n, sum, IR_ADD) && !narrow_is_sum(n, sum, &product, &rest))
    return NODE_NONE;
  uint32_t less = without_zeros(n, product, rest, shift, range);
  if (less != NODE_NONE)
    return less;
  if (!narrow_is(n, product, IR_MUL) || narrow_node(n, product)->type != IR_I64 || !range_fits(range, IR_I32))
    return NODE_NONE;
  uint32_t a = factor_of(n, narrow_node(n, product)->operands[0]),
           b = factor_of(n, narrow_node(n, product)->operands[1]);
  if (a == NODE_NONE || b == NODE_NONE)
    return NODE_NONE;
  if (shift > 0 && rest)
    a = take_zero_point(n, a, b, shift, &rest);
  if (shift > 0 && shift < LONG_SHIFT && rest == INT64_C(1) << (shift - 1)) {
    uint32_t one = rounded_product(n, a, b, shift, range);
    return one != NODE_NONE ? one : rounded_product(n, b, a, shift, range);
  }
  Range up = {narrow_range(n, a).low * power_of_two(LONG_SHIFT - shift % LONG_SHIFT),
              narrow_range(n, a).high * power_of_two(LONG_SHIFT - shift % LONG_SHIFT)};
  if (shift > 0 && shift < LONG_SHIFT && !rest && range_fits(up, IR_I32)) {
    a = narrow_operation(n, NODE_OPERATION, IR_SHL, IR_I32, 2, a,
                         narrow_number(n, IR_I32, LONG_SHIFT - (int64_t)shift), up);
    return narrow_operation(n, NODE_FIXED_POINT, ISA_VMULH_VV, IR_I32, 2, a, b, range);
  }
  if (shift < LONG_SHIFT || rest & ((INT64_C(1) << LONG_SHIFT) - 1))
    return NODE_NONE;
  Range whole = product_range(narrow_range(n, a), narrow_range(n, b));
  Range upper = {whole.low >> LONG_SHIFT, whole.high >> LONG_SHIFT};
  uint32_t high = narrow_operation(n, NODE_FIXED_POINT, ISA_VMULH_VV, IR_I32, 2, a, b, upper);
  if (rest) {
    Wide more = rest >> LONG_SHIFT;
    Range with = {upper.low + more, upper.high + more};
    if (!range_fits(with, IR_I32))
      return NODE_NONE;
    high = narrow_operation(n, NODE_OPERATION, IR_ADD, IR_I32, 2, high,
                            narrow_number(n, IR_I32, (int64_t)more), with);
  }
  return shift == LONG_SHIFT ? high : narrow_shifted_right(n, high, shift - LONG_SHIFT, range);
}

// --- multiples of powers of two ---------------------------------------------------------------------------

// How many zeros a node's number certainly ends in.
static unsigned zeros_of(const Narrower *n, uint32_t node, unsigned depth) {
  enum { MOST = 63, DEPTH = 8 };
  const Node *x = narrow_node(n, node);
  int64_t number = 0;
  if (narrow_is_number(n, node, &number))
    return number ? (unsigned)__builtin_ctzll((uint64_t)number) : MOST;
  if (x->kind != NODE_OPERATION || !is_integer_type(x->type) || depth == DEPTH)
    return 0;
  unsigned a = zeros_of(n, x->operands[0], depth + 1), b = 0;
  switch ((IrOp)x->op) {
  case IR_SEXT:
    return a;
  case IR_SHL:
    return narrow_is_number(n, x->operands[1], &number) && number >= 0 && number + a < MOST
               ? a + (unsigned)number
               : 0;
  case IR_ADD:
    b = zeros_of(n, x->operands[1], depth + 1);
    return a < b ? a : b;
  case IR_MUL:
    b = zeros_of(n, x->operands[1], depth + 1);
    return a + b < MOST ? a + b : MOST;
  default:
    return 0;
  }
}

// Whether the operation on numbers of its operands' ranges gives one of its type.
static bool is_exact(const Narrower *n, const Node *x) {
  int64_t amount = 0;
  if (x->op == IR_SHL) {
    if (!narrow_is_number(n, x->operands[1], &amount) || amount < 0 || amount > LONG_SHIFT)
      return false;
    Range factor = {power_of_two((unsigned)amount), power_of_two((unsigned)amount)};
    return range_fits(product_range(narrow_range(n, x->operands[0]), factor), x->type);
  }
  return range_fits(
      arithmetic_range((IrOp)x->op, narrow_range(n, x->operands[0]), narrow_range(n, x->operands[1])),
      x->type);
}

static uint32_t combined(Narrower *n, IrOp op, uint32_t x, uint32_t y, Range range) {
  while (narrow_is(n, x, IR_SEXT))
    x = narrow_node(n, x)->operands[0];
  while (narrow_is(n, y, IR_SEXT))
    y = narrow_node(n, y)->operands[0];
  IrType type = wider_type(type_for_range(range), wider_type(narrow_node(n, x)->type,
                                                             op == IR_SHL ? IR_I8 : narrow_node(n, y)->type));
  return narrow_operation(n, NODE_OPERATION, op, type, 2, narrow_as(n, x, type), narrow_as(n, y, type),
                          range);
}

// The node's number, which ends in so many zeros, without them; NODE_NONE: it may have wrapped.
static uint32_t divided(Narrower *n, uint32_t node, unsigned zeros) {
  const Node x = *narrow_node(n, node);
  Range whole = narrow_range(n, node), range = {whole.low >> zeros, whole.high >> zeros};
  int64_t number = 0;
  if (zeros == 0)
    return node;
  if (narrow_is_number(n, node, &number))
    return narrow_number(n, type_for_range(range), number >> zeros);
  if (x.op == IR_SEXT)
    return divided(n, x.operands[0], zeros);
  if (!is_exact(n, &x))
    return NODE_NONE;
  if (x.op == IR_SHL) {
    narrow_is_number(n, x.operands[1], &number);
    if (number <= zeros)
      return divided(n, x.operands[0], zeros - (unsigned)number);
    return combined(n, IR_SHL, x.operands[0], narrow_number(n, IR_I8, number - zeros), range);
  }
  unsigned first = x.op == IR_ADD ? zeros : zeros_of(n, x.operands[0], 0);
  first = first < zeros ? first : zeros;
  uint32_t a = divided(n, x.operands[0], first),
           b = divided(n, x.operands[1], x.op == IR_ADD ? zeros : zeros - first);
  if (a == NODE_NONE || b == NODE_NONE)
    return NODE_NONE;
  bool one = x.op == IR_MUL && narrow_is_number(n, b, &number) && number == 1;
  return one ? a : combined(n, (IrOp)x.op, a, b, range);
}

// x >> amount, where all but a number that is added has as many zeros below.
static uint32_t without_rest(Narrower *n, uint32_t x, unsigned amount) {
  uint32_t term = x;
  int64_t rest = 0;
  if (!amount || (zeros_of(n, x, 0) < amount && !narrow_is_sum(n, x, &term, &rest)) ||
      zeros_of(n, term, 0) < amount)
    return NODE_NONE;
  term = divided(n, term, amount);
  rest >>= amount;
  if (term == NODE_NONE || rest == 0)
    return term;
  Range with = {narrow_range(n, term).low + rest, narrow_range(n, term).high + rest};
  return combined(n, IR_ADD, term, narrow_number(n, type_for_range((Range){rest, rest}), rest), with);
}

uint32_t narrow_without_zeros(Narrower *n, IrOp op, uint32_t x, uint32_t y) {
  int64_t number = 0, factor = 0;
  const Node *first = narrow_node(n, x);
  if (!narrow_is(n, x, IR_SHL) || !narrow_is_number(n, first->operands[1], &number) || !number ||
      !narrow_is_number(n, y, &factor) || !is_exact(n, first))
    return NODE_NONE;
  uint32_t term = first->operands[0];
  Range range = arithmetic_range(op, narrow_range(n, x), narrow_range(n, y));
  if (op == IR_MUL) { // one factor for both
    Range whole = product_range((Range){factor, factor},
                                (Range){power_of_two((unsigned)number), power_of_two((unsigned)number)});
    return range_fits(whole, IR_I32)
               ? combined(n, IR_MUL, term, narrow_number(n, type_for_range(whole), (int64_t)whole.low), range)
               : NODE_NONE;
  }
  if (op != IR_ADD || !factor || (unsigned)__builtin_ctzll((uint64_t)factor) < (unsigned)number)
    return NODE_NONE;
  // The sum is made of narrower numbers.
  Range sum = {range.low >> number, range.high >> number};
  factor >>= number;
  uint32_t added =
      combined(n, IR_ADD, term, narrow_number(n, type_for_range((Range){factor, factor}), factor), sum);
  return combined(n, IR_SHL, added, narrow_number(n, IR_I8, number), range);
}

// --- shifts that are loaded -------------------------------------------------------------------------------

static uint32_t without_extension(const Narrower *n, uint32_t node) {
  while (narrow_is(n, node, IR_SEXT) || narrow_is(n, node, IR_ZEXT))
    node = narrow_node(n, node)->operands[0];
  return node;
}

static bool same_load(const Narrower *n, uint32_t x, uint32_t y) {
  const Node *a = narrow_node(n, x), *b = narrow_node(n, y);
  return x == y || (a->kind == NODE_LOAD && b->kind == NODE_LOAD && a->index == b->index);
}

// 1 << (shift - 1)
static bool is_half(const Narrower *n, uint32_t node, uint32_t shift) {
  int64_t one = 0, less = 0;
  uint32_t x = NODE_NONE, y = NODE_NONE;
  if (!narrow_is(n, node, IR_SHL) || !narrow_is_number(n, narrow_node(n, node)->operands[0], &one) ||
      one != 1)
    return false;
  uint32_t amount = without_extension(n, narrow_node(n, node)->operands[1]);
  return narrow_operands(n, amount, IR_ADD, &x, &y) && narrow_is_number(n, y, &less) && less == -1 &&
         same_load(n, without_extension(n, x), shift);
}

uint32_t narrow_shifted_by_load(Narrower *n, uint32_t shift) {
  const Node node = *narrow_node(n, shift), sum = *narrow_node(n, node.operands[0]);
  uint32_t by = without_extension(n, node.operands[1]);
  const Node load = *narrow_node(n, by);
  const Access *access = load.kind == NODE_LOAD ? &n->region->accesses.data[load.index] : NULL;
  if (node.op != IR_ASHR || node.type != IR_I64 || !narrow_is(n, node.operands[0], IR_ADD) || !access ||
      access->index != NODE_NONE || access->offset.count != 1 || !is_integer_type(access->type) ||
      n->region->arrays.data[access->array].kind != ARRAY_MEMORY ||
      n->region->arrays.data[access->array].written)
    return NODE_NONE;
  bool first = is_half(n, sum.operands[0], by);
  if (!first && !is_half(n, sum.operands[1], by))
    return NODE_NONE;
  uint32_t product = n->stands[sum.operands[first]].node;
  if (!narrow_is(n, product, IR_MUL) || narrow_node(n, product)->type != IR_I64)
    return NODE_NONE;
  uint32_t a = factor_of(n, narrow_node(n, product)->operands[0]),
           b = factor_of(n, narrow_node(n, product)->operands[1]);
  if (a == NODE_NONE || b == NODE_NONE)
    return NODE_NONE;
  Range whole = product_range(narrow_range(n, a), narrow_range(n, b));
  Range upper = {whole.low >> LONG_SHIFT, whole.high >> LONG_SHIFT},
        range = {upper.low >> 1, (upper.high >> 1) + 1};
  uint32_t high = narrow_operation(n, NODE_FIXED_POINT, ISA_VMULH_VV, IR_I32, 2, a, b, upper);
  VEC_PUSH(n->assumed, load.index);
  // Of the shift the instruction takes the low 5 bits, so that 32 is subtracted.
  return narrow_operation(n, NODE_FIXED_POINT, ISA_VSSRA_VV, IR_I32, 2, high,
                          narrow_as(n, n->stands[by].node, IR_I32), range);
}

// --- shifts and clamping ----------------------------------------------------------------------------------

// x >> amount, where that is a scaled product or rounds.
uint32_t narrow_shifted_right(Narrower *n, uint32_t x, unsigned amount, Range range) {
  IrType type = narrow_node(n, x)->type;
  uint32_t term = NODE_NONE, product = without_rest(n, x, amount);
  int64_t rest = 0;
  if (product == NODE_NONE && type == IR_I64)
    product = rounded_twice(n, x, amount, range);
  if (product == NODE_NONE && type == IR_I64)
    product = scaled(n, x, amount, range);
  if (product != NODE_NONE)
    return product;
  uint32_t by = narrow_number(n, type, amount);
  if (amount > 0 && type != IR_I64 && narrow_is_sum(n, x, &term, &rest) && rest == INT64_C(1) << (amount - 1))
    return narrow_operation(n, NODE_FIXED_POINT, ISA_VSSRA_VV, type, 2, term, by, range);
  return narrow_operation(n, NODE_OPERATION, IR_ASHR, type, 2, x, by, range);
}

uint32_t narrow_clamped_sum(Narrower *n, uint32_t clamp, int64_t number) {
  const Node *outer = narrow_node(n, clamp);
  IrOp op = outer->op == IR_SMIN ? IR_SMAX : IR_SMIN;
  uint32_t inner = NODE_NONE, x = NODE_NONE, bound = NODE_NONE;
  int64_t second = 0, first = 0;
  if ((!narrow_operands(n, clamp, IR_SMIN, &inner, &bound) &&
       !narrow_operands(n, clamp, IR_SMAX, &inner, &bound)) ||
      !narrow_is_number(n, bound, &second) || !narrow_operands(n, inner, op, &x, &bound) ||
      !narrow_is_number(n, bound, &first))
    return NODE_NONE;
  x = n->stands[x].node;
  Range before = op == IR_SMAX ? (Range){first, second} : (Range){second, first};
  Range after = {before.low + number, before.high + number};
  Range sum = {narrow_range(n, x).low + number, narrow_range(n, x).high + number};
  IrType goal = type_for_range(after), from = narrow_node(n, x)->type;
  if (before.low > before.high || ir_type_bits(goal) >= ir_type_bits(type_for_range(before)) ||
      ir_type_bits(goal) >= ir_type_bits(from) || !range_fits(sum, from))
    return NODE_NONE;
  uint32_t added =
      narrow_operation(n, NODE_OPERATION, IR_ADD, from, 2, x, narrow_number(n, from, number), sum);
  uint32_t low =
      narrow_operation(n, NODE_OPERATION, IR_SMAX, from, 2, added, narrow_number(n, from, (int64_t)after.low),
                       arithmetic_range(IR_SMAX, sum, (Range){after.low, after.low}));
  return narrow_clamped(n, IR_SMIN, low, narrow_number(n, from, (int64_t)after.high));
}

static IrType half_of(IrType type) {
  return (IrType)(ir_type_bits(type) / 2);
}

static Wide clamp(Wide x, Range range) {
  return x < range.low ? range.low : x > range.high ? range.high : x;
}

// The number, or the end of the type's range that it is beyond.
static uint32_t saturated(Narrower *n, uint32_t node, IrType type) {
  uint32_t term = NODE_NONE;
  int64_t number = 0;
  IrType from = narrow_node(n, node)->type, half = half_of(from);
  if (ir_type_bits(from) <= ir_type_bits(type))
    return node;
  Range bounds = full_range(half), goal = full_range(type);
  bool last = half == type;
  Range range = narrow_range(n, node);
  // A sum with a number can be made after its other term was narrowed, if what it is beyond is far enough
  // away.
  if (!last && narrow_is_sum(n, node, &term, &number) && bounds.high + number >= goal.high &&
      bounds.low + number <= goal.low && number <= bounds.high && number >= bounds.low) {
    uint32_t narrow = saturated(n, term, half);
    Range sum = {clamp(narrow_range(n, narrow).low + number, bounds),
                 clamp(narrow_range(n, narrow).high + number, bounds)};
    node = narrow_operation(n, NODE_FIXED_POINT, ISA_VSADD_VV, half, 2, narrow,
                            narrow_number(n, half, number), sum);
    return saturated(n, node, type);
  }
  bool rounds = narrow_node(n, node)->kind == NODE_FIXED_POINT && narrow_node(n, node)->index == ISA_VSSRA_VV;
  uint32_t source = rounds ? narrow_node(n, node)->operands[0] : node;
  uint32_t by = rounds ? narrow_node(n, node)->operands[1] : narrow_number(n, from, 0);
  if (narrow_node(n, by)->kind != NODE_CONSTANT) // the instruction takes its low bits
    by = narrow_as(n, by, half);
  Range narrowed = {clamp(range.low, bounds), clamp(range.high, bounds)};
  node = narrow_operation(n, NODE_FIXED_POINT, ISA_VNCLIP_WI, half, 2, source, by, narrowed);
  return saturated(n, node, type);
}

// min(max(x, low), high), in either order, of a wider x.
uint32_t narrow_clamped(Narrower *n, IrOp op, uint32_t inner, uint32_t outer) {
  uint32_t x = NODE_NONE, bound = NODE_NONE;
  int64_t first = 0, second = 0;
  if (!narrow_is_number(n, outer, &second) ||
      !narrow_operands(n, inner, op == IR_SMIN ? IR_SMAX : IR_SMIN, &x, &bound) ||
      !narrow_is_number(n, bound, &first))
    return NODE_NONE;
  Range bounds = op == IR_SMIN ? (Range){first, second} : (Range){second, first};
  IrType type = type_for_range(bounds);
  if (bounds.low > bounds.high || ir_type_bits(narrow_node(n, x)->type) <= ir_type_bits(type))
    return NODE_NONE;
  uint32_t node = saturated(n, x, type);
  Range full = full_range(type), range = narrow_range(n, node);
  range = (Range){clamp(range.low, bounds), clamp(range.high, bounds)};
  if (bounds.low > full.low)
    node = narrow_operation(n, NODE_OPERATION, IR_SMAX, type, 2, node,
                            narrow_number(n, type, (int64_t)bounds.low), (Range){range.low, full.high});
  if (bounds.high < full.high)
    node = narrow_operation(n, NODE_OPERATION, IR_SMIN, type, 2, node,
                            narrow_number(n, type, (int64_t)bounds.high), range);
  return node;
}

// --- code -------------------------------------------------------------------------------------------------

bool shifts_are_testable(const Mapper *m, const AssumedShifts *assumed) {
  const Region *region = m->region;
  for (size_t i = 0; i < assumed->count; i++) {
    const Access *access = &region->accesses.data[assumed->data[i]];
    const AffineTerm *term = &access->offset.terms[0];
    if (!m->chosen[region->iterators.data[term->iterator].loop] || term->coefficient.value != IR_NONE ||
        term->coefficient.constant != type_bits(access->type) / 8)
      return false;
  }
  return true;
}

// Counts elements that are no such shifts.
static void count_others(Mapper *m, const Access *access, uint32_t others) {
  enum { REGISTERS = 2 }; // log2
  Emitter *e = &m->e;
  FlowLoop flow;
  FlowIf entered;
  uint32_t iterator = access->offset.terms[0].iterator, first = e->variable_count,
           at = emit_variable(e, emit_number(e, 0));
  unsigned bits = type_bits(access->type);
  m->ratio = (unsigned)__builtin_ctz(bits) - REGISTERS;
  IrValue extent = emit_quantity(e, m->region->iterators.data[iterator].extent);
  IrValue start = emit_add_number(e, m->region->arrays.data[access->array].base, access->offset.constant);
  if (access->offset.invariant != IR_NONE)
    start = emit_add(e, start, access->offset.invariant);
  if (flow_if(e, &entered, emit_less(e, emit_number(e, 0), extent))) {
    flow_loop(e, &flow);
    VectorConfig config = vector_config(m, access->type);
    m->length = build_setvl(&e->builder, emit_sub(e, extent, e->variables[at]), config.sew, config.lmul);
    IrValue address = emit_add(e, start, emit_mul_number(e, e->variables[at], bits / 8));
    IrValue loaded = vector_op(m,
                               bits == 8    ? ISA_VLE8_V
                               : bits == 16 ? ISA_VLE16_V
                               : bits == 32 ? ISA_VLE32_V
                                            : ISA_VLE64_V,
                               access->type, 1, &address);
    IrValue less = vector_binary(m, IR_SUB, access->type, (Operand){true, loaded},
                                 (Operand){false, emit_number(e, LEAST_ASSUMED)});
    IrValue operands[2] = {less, emit_number(e, MOST_ASSUMED - LEAST_ASSUMED)};
    IrValue mask = vector_compare(m, ISA_VMSGTU_VX, access->type, 2, operands);
    IrValue count = vector_op_length(m, ISA_VCPOP_M, IR_I64, config, m->length, 1, &mask);
    e->variables[others] = emit_add(e, e->variables[others], count);
    e->variables[at] = emit_add(e, e->variables[at], m->length);
    flow_end_loop(e, &flow, emit_less(e, e->variables[at], extent));
  }
  flow_end_if(e, &entered);
  e->variable_count = first;
}

IrValue shifts_hold(Mapper *m, const AssumedShifts *assumed) {
  Emitter *e = &m->e;
  uint32_t others = emit_variable(e, emit_number(e, 0));
  for (size_t i = 0; i < assumed->count; i++)
    count_others(m, &m->region->accesses.data[assumed->data[i]], others);
  e->variable_count = others;
  return emit_equal(e, e->variables[others], emit_number(e, 0));
}

bool rounds_in_vectors(const Region *region) {
  for (size_t i = 0; i < region->nodes.count; i++)
    if (region->nodes.data[i].kind == NODE_FIXED_POINT)
      return true;
  return false;
}

void set_rounding(Builder *b) {
  enum { CSR_VXRM = 10, ROUND_HALF_UP = 0 };
  VectorConfig none = {0};
  IrValue operands[2] = {build_const(b, IR_I64, CSR_VXRM), build_const(b, IR_I64, ROUND_HALF_UP)};
  build_machine(b, ISA_CSRRWI, IR_I64, none, IR_NONE, 2, operands);
}

static IrValue within_type(Builder *b, IrValue x, IrType type) {
  Range full = full_range(type);
  x = build2(b, IR_SMIN, IR_I64, x, build_const(b, IR_I64, (int64_t)full.high));
  return build2(b, IR_SMAX, IR_I64, x, build_const(b, IR_I64, (int64_t)full.low));
}

static IrValue rounded(Builder *b, IrValue x, int64_t amount) {
  if (amount == 0)
    return x;
  x = build2(b, IR_ADD, IR_I64, x, build_const(b, IR_I64, INT64_C(1) << (amount - 1)));
  return build2(b, IR_ASHR, IR_I64, x, build_const(b, IR_I64, amount));
}

IrValue fixed_point_scalar(Mapper *m, uint32_t node) {
  Builder *b = &m->e.builder;
  const Node n = m->region->nodes.data[node];
  int64_t amount = m->region->nodes.data[n.operands[1]].imm;
  IrValue x = scalar_node(m, n.operands[0]), y = scalar_node(m, n.operands[1]), result = IR_NONE;
  x = ir_type(b->f, x) == IR_I64 ? x : build1(b, IR_SEXT, IR_I64, x);
  y = ir_type(b->f, y) == IR_I64 ? y : build1(b, IR_SEXT, IR_I64, y);
  switch ((IsaOp)n.index) {
  case ISA_VSMUL_VV:
    result = rounded(b, build2(b, IR_MUL, IR_I64, x, y), LONG_SHIFT - 1);
    break;
  case ISA_VMULH_VV:
    result = build2(b, IR_ASHR, IR_I64, build2(b, IR_MUL, IR_I64, x, y), build_const(b, IR_I64, LONG_SHIFT));
    break;
  case ISA_VSADD_VV:
    result = within_type(b, build2(b, IR_ADD, IR_I64, x, y), n.type);
    break;
  default: // VSSRA, VNCLIP
    result = within_type(b, rounded(b, x, amount), n.type);
    break;
  }
  return n.type == IR_I64 ? result : build1(b, IR_TRUNC, n.type, result);
}

IrValue fixed_point_group(Mapper *m, uint32_t node, IrValue mask) {
  const Node n = m->region->nodes.data[node];
  Operand x = vector_node(m, n.operands[0], mask), y = vector_node(m, n.operands[1], mask);
  if (n.index == ISA_VMULH_VV)
    return vector_binary(m, IR_MULHS, n.type, x, y);
  IsaOp op = (IsaOp)n.index;
  if (op == ISA_VNCLIP_WI && y.vector)
    op = ISA_VNCLIP_WV;
  if (!x.vector) { // only products
    Operand swap = x;
    x = y;
    y = swap;
  }
  if (!y.vector)
    op = op == ISA_VSMUL_VV   ? ISA_VSMUL_VX
         : op == ISA_VSADD_VV ? ISA_VSADD_VX
         : op == ISA_VSSRA_VV ? ISA_VSSRA_VI
                              : ISA_VNCLIP_WI;
  bool immediate = op == ISA_VSSRA_VI || op == ISA_VNCLIP_WI;
  IrValue operands[2] = {x.value, y.vector    ? y.value
                                  : immediate ? emit_number(&m->e, m->region->nodes.data[n.operands[1]].imm)
                                              : vector_scalar(m, y.value)};
  return vector_op(m, op, n.type, 2, operands);
}
