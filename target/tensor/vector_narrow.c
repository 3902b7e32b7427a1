// Integers are computed in as few bits as their ranges need, and what compilers of tensors write in 64 bits,
// scaling with rounding and clamping, becomes the vector unit's fixed-point instructions. A node's stand-in
// is of its type or narrower; sign-extended it is the same number, as far as
// those of its bits go that are asked for.
#include "target/tensor/raise.h"
#include "target/tensor/vector_map.h"

#include <assert.h>

enum {
  MOST_NODES = 1500,
  LONG_SHIFT = 32, // bits of the numbers that the fixed-point instructions multiply
};

typedef struct Stand {
  uint32_t node; // NODE_NONE: not looked at
  Range range;   // of the number that it is; only for integers of 8 bits and more
} Stand;

typedef struct Narrower {
  Region *region;
  Stand *stands;     // by node that was there before
  uint8_t *demanded; // by such node: low bits that matter; 0: the node is not needed
  VEC(Range) ranges; // by node
} Narrower;

static bool is_integer(IrType type) {
  return type == IR_I8 || type == IR_I16 || type == IR_I32 || type == IR_I64;
}

static Wide power(unsigned bits) {
  return (Wide)1 << bits;
}

static Range full_range(IrType type) {
  unsigned bits = ir_type_bits(type);
  return is_integer(type) ? (Range){-power(bits - 1), power(bits - 1) - 1} : (Range){0, 0};
}

static bool range_fits(Range range, IrType type) {
  Range full = full_range(type);
  return range.low >= full.low && range.high <= full.high;
}

static IrType type_for(Range range) {
  return range_fits(range, IR_I8)    ? IR_I8
         : range_fits(range, IR_I16) ? IR_I16
         : range_fits(range, IR_I32) ? IR_I32
                                     : IR_I64;
}

static IrType wider(IrType a, IrType b) {
  return ir_type_bits(a) > ir_type_bits(b) ? a : b;
}

// --- new nodes --------------------------------------------------------------------------------------------

static const Node *node_at(const Narrower *n, uint32_t node) {
  return &n->region->nodes.data[node];
}

static Range range_of(const Narrower *n, uint32_t node) {
  assert(n->ranges.data && node < n->ranges.count);
  return n->ranges.data[node];
}

static uint32_t push(Narrower *n, Node node, Range range) {
  for (size_t i = 0; i < n->region->nodes.count; i++) {
    const Node *old = node_at(n, (uint32_t)i);
    bool same = old->kind == node.kind && old->op == node.op && old->type == node.type &&
                old->aux == node.aux && old->flags == node.flags &&
                old->operand_count == node.operand_count && old->index == node.index &&
                old->imm == node.imm && node.kind != NODE_LOAD;
    for (uint32_t k = 0; same && k < node.operand_count; k++)
      same = old->operands[k] == node.operands[k];
    if (same) {
      n->ranges.data[i] = range;
      return (uint32_t)i;
    }
  }
  VEC_PUSH(&n->region->nodes, node);
  VEC_PUSH(&n->ranges, range);
  return (uint32_t)n->region->nodes.count - 1;
}

static uint32_t push_operation(Narrower *n, NodeKind kind, unsigned op, IrType type, uint32_t count,
                               uint32_t x, uint32_t y, Range range) {
  Node node = {.kind = (uint8_t)kind,
               .op = kind == NODE_OPERATION ? (uint8_t)op : 0,
               .index = kind == NODE_OPERATION ? 0 : op,
               .type = type,
               .operand_count = (uint8_t)count,
               .operands = {x, count > 1 ? y : 0}};
  return push(n, node, range);
}

static uint32_t push_number(Narrower *n, IrType type, int64_t value) {
  Node node = {.kind = NODE_CONSTANT, .op = IR_CONST, .type = type, .imm = value};
  return push(n, node, (Range){value, value});
}

// The number that a node is, as an integer of the type: its low bits where it does not fit.
static uint32_t as_type(Narrower *n, uint32_t node, IrType type) {
  IrType from = node_at(n, node)->type;
  Range range = range_of(n, node);
  if (from == type)
    return node;
  if (node_at(n, node)->kind == NODE_CONSTANT)
    return push_number(n, type, sign_extend(node_at(n, node)->imm, ir_type_bits(type)));
  bool narrows = ir_type_bits(type) < ir_type_bits(from);
  return push_operation(n, NODE_OPERATION, narrows ? IR_TRUNC : IR_SEXT, type, 1, node, 0,
                        range_fits(range, type) ? range : full_range(type));
}

static bool is_operation(const Narrower *n, uint32_t node, IrOp op) {
  return node_at(n, node)->kind == NODE_OPERATION && node_at(n, node)->op == op;
}

static bool is_number(const Narrower *n, uint32_t node, int64_t *value) {
  *value = node_at(n, node)->imm;
  return node_at(n, node)->kind == NODE_CONSTANT && is_integer(node_at(n, node)->type);
}

// The operands of a commutative operation, a constant second.
static bool operands_of(const Narrower *n, uint32_t node, IrOp op, uint32_t *x, uint32_t *y) {
  int64_t value = 0;
  if (!is_operation(n, node, op))
    return false;
  bool swapped = is_number(n, node_at(n, node)->operands[0], &value);
  *x = node_at(n, node)->operands[swapped ? 1 : 0];
  *y = node_at(n, node)->operands[swapped ? 0 : 1];
  return true;
}

static Range arithmetic_range(IrOp op, Range a, Range b);

// A sum with a number that does not wrap.
static bool is_exact_sum(const Narrower *n, uint32_t node, uint32_t *x, int64_t *number) {
  uint32_t y = NODE_NONE;
  return operands_of(n, node, IR_ADD, x, &y) && is_number(n, y, number) &&
         range_fits(arithmetic_range(IR_ADD, range_of(n, *x), range_of(n, y)), node_at(n, node)->type);
}

// --- fixed point ------------------------------------------------------------------------------------------

static uint32_t shifted_right(Narrower *n, uint32_t x, unsigned amount, Range range);

// What was extended, in 32 bits; NODE_NONE: it does not fit.
static uint32_t factor_of(Narrower *n, uint32_t node) {
  if (!range_fits(range_of(n, node), IR_I32))
    return NODE_NONE;
  while (is_operation(n, node, IR_SEXT))
    node = node_at(n, node)->operands[0];
  return as_type(n, node, IR_I32);
}

static Range product_range(Range a, Range b) {
  Wide corners[4] = {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
  Range range = {corners[0], corners[0]};
  for (unsigned i = 1; i < 4; i++) {
    range.low = corners[i] < range.low ? corners[i] : range.low;
    range.high = corners[i] > range.high ? corners[i] : range.high;
  }
  return range;
}

// (a * b + 2^(shift - 1)) >> shift with a shift below 32: the fixed-point product, for which a is shifted up.
static uint32_t rounded_product(Narrower *n, uint32_t a, uint32_t b, unsigned shift, Range range) {
  Range up = {range_of(n, a).low * power(LONG_SHIFT - 1 - shift),
              range_of(n, a).high * power(LONG_SHIFT - 1 - shift)};
  // The least number times itself would saturate.
  if (!range_fits(up, IR_I32) || range_of(n, b).low == full_range(IR_I32).low || !range_fits(range, IR_I32))
    return NODE_NONE;
  if (shift < LONG_SHIFT - 1)
    a = push_operation(n, NODE_OPERATION, IR_SHL, IR_I32, 2, a,
                       push_number(n, IR_I32, LONG_SHIFT - 1 - (int64_t)shift), up);
  return push_operation(n, NODE_FIXED_POINT, ISA_VSMUL_VV, IR_I32, 2, a, b, range);
}

// (a * 2^k + rest) >> shift, where the rest has k zeros too.
static uint32_t shifted_less(Narrower *n, uint32_t a, unsigned k, int64_t rest, unsigned shift, Range range) {
  if (k > shift || rest & ((INT64_C(1) << k) - 1))
    return NODE_NONE;
  rest >>= k;
  Range with = {range_of(n, a).low + rest, range_of(n, a).high + rest};
  while (is_operation(n, a, IR_SEXT))
    a = node_at(n, a)->operands[0];
  IrType type = wider(node_at(n, a)->type, type_for(with));
  a = as_type(n, a, type);
  if (rest)
    a = push_operation(n, NODE_OPERATION, IR_ADD, type, 2, a, push_number(n, type, rest), with);
  return shift == k ? a : shifted_right(n, a, shift - k, range);
}

// A product with a number that ends in zeros, or a shift up.
static uint32_t without_zeros(Narrower *n, uint32_t product, int64_t rest, unsigned shift, Range range) {
  uint32_t a = NODE_NONE, by = NODE_NONE;
  int64_t number = 0;
  if (is_operation(n, product, IR_SHL) && is_number(n, node_at(n, product)->operands[1], &number)) {
    a = node_at(n, product)->operands[0];
    Range up = {range_of(n, a).low * power((unsigned)number), range_of(n, a).high * power((unsigned)number)};
    return range_fits(up, node_at(n, product)->type)
               ? shifted_less(n, a, (unsigned)number, rest, shift, range)
               : NODE_NONE;
  }
  if (!operands_of(n, product, IR_MUL, &a, &by) || !is_number(n, by, &number) || number == 0)
    return NODE_NONE;
  unsigned zeros = (unsigned)__builtin_ctzll((uint64_t)number);
  Range odd = product_range(range_of(n, a), (Range){number >> zeros, number >> zeros});
  if (!zeros || !range_fits(odd, IR_I32) || zeros > shift)
    return NODE_NONE;
  while (is_operation(n, a, IR_SEXT))
    a = node_at(n, a)->operands[0];
  IrType type = wider(type_for(odd), node_at(n, a)->type);
  a = push_operation(n, NODE_OPERATION, IR_MUL, type, 2, as_type(n, a, type),
                     push_number(n, type, number >> zeros), odd);
  return shifted_less(n, a, zeros, rest, shift, range);
}

// (a * b + rest) >> shift of 64 bits, where a and b have 32: by the upper half of the product.
static uint32_t scaled(Narrower *n, uint32_t sum, unsigned shift, Range range) {
  uint32_t product = sum;
  int64_t rest = 0;
  if (is_operation(n, sum, IR_ADD) && !is_exact_sum(n, sum, &product, &rest))
    return NODE_NONE;
  uint32_t less = without_zeros(n, product, rest, shift, range);
  if (less != NODE_NONE)
    return less;
  if (!is_operation(n, product, IR_MUL) || node_at(n, product)->type != IR_I64 || !range_fits(range, IR_I32))
    return NODE_NONE;
  uint32_t a = factor_of(n, node_at(n, product)->operands[0]),
           b = factor_of(n, node_at(n, product)->operands[1]);
  if (a == NODE_NONE || b == NODE_NONE)
    return NODE_NONE;
  if (shift > 0 && shift < LONG_SHIFT && rest == INT64_C(1) << (shift - 1)) {
    uint32_t one = rounded_product(n, a, b, shift, range);
    return one != NODE_NONE ? one : rounded_product(n, b, a, shift, range);
  }
  Range up = {range_of(n, a).low * power(LONG_SHIFT - shift % LONG_SHIFT),
              range_of(n, a).high * power(LONG_SHIFT - shift % LONG_SHIFT)};
  if (shift > 0 && shift < LONG_SHIFT && !rest && range_fits(up, IR_I32)) {
    a = push_operation(n, NODE_OPERATION, IR_SHL, IR_I32, 2, a,
                       push_number(n, IR_I32, LONG_SHIFT - (int64_t)shift), up);
    return push_operation(n, NODE_FIXED_POINT, ISA_VMULH_VV, IR_I32, 2, a, b, range);
  }
  if (shift < LONG_SHIFT || rest & ((INT64_C(1) << LONG_SHIFT) - 1))
    return NODE_NONE;
  Range whole = product_range(range_of(n, a), range_of(n, b));
  Range upper = {whole.low >> LONG_SHIFT, whole.high >> LONG_SHIFT};
  uint32_t high = push_operation(n, NODE_FIXED_POINT, ISA_VMULH_VV, IR_I32, 2, a, b, upper);
  if (rest) {
    Wide more = rest >> LONG_SHIFT;
    Range with = {upper.low + more, upper.high + more};
    if (!range_fits(with, IR_I32))
      return NODE_NONE;
    high = push_operation(n, NODE_OPERATION, IR_ADD, IR_I32, 2, high, push_number(n, IR_I32, (int64_t)more),
                          with);
  }
  return shift == LONG_SHIFT ? high : shifted_right(n, high, shift - LONG_SHIFT, range);
}

// x >> amount, where that is a scaled product or rounds.
static uint32_t shifted_right(Narrower *n, uint32_t x, unsigned amount, Range range) {
  IrType type = node_at(n, x)->type;
  uint32_t term = NODE_NONE, product = type == IR_I64 ? scaled(n, x, amount, range) : NODE_NONE;
  int64_t rest = 0;
  if (product != NODE_NONE)
    return product;
  uint32_t by = push_number(n, type, amount);
  if (amount > 0 && type != IR_I64 && is_exact_sum(n, x, &term, &rest) && rest == INT64_C(1) << (amount - 1))
    return push_operation(n, NODE_FIXED_POINT, ISA_VSSRA_VV, type, 2, term, by, range);
  return push_operation(n, NODE_OPERATION, IR_ASHR, type, 2, x, by, range);
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
  IrType from = node_at(n, node)->type, half = half_of(from);
  if (ir_type_bits(from) <= ir_type_bits(type))
    return node;
  Range bounds = full_range(half), goal = full_range(type);
  bool last = half == type;
  Range range = range_of(n, node);
  // A sum with a number can be made after its other term was narrowed, if what it is beyond is far enough
  // away.
  if (!last && is_exact_sum(n, node, &term, &number) && bounds.high + number >= goal.high &&
      bounds.low + number <= goal.low && number <= bounds.high && number >= bounds.low) {
    uint32_t narrow = saturated(n, term, half);
    Range sum = {clamp(range_of(n, narrow).low + number, bounds),
                 clamp(range_of(n, narrow).high + number, bounds)};
    node =
        push_operation(n, NODE_FIXED_POINT, ISA_VSADD_VV, half, 2, narrow, push_number(n, half, number), sum);
    return saturated(n, node, type);
  }
  bool rounds = node_at(n, node)->kind == NODE_FIXED_POINT && node_at(n, node)->index == ISA_VSSRA_VV;
  uint32_t source = rounds ? node_at(n, node)->operands[0] : node;
  uint32_t by = rounds ? node_at(n, node)->operands[1] : push_number(n, from, 0);
  Range narrowed = {clamp(range.low, bounds), clamp(range.high, bounds)};
  node = push_operation(n, NODE_FIXED_POINT, ISA_VNCLIP_WI, half, 2, source, by, narrowed);
  return saturated(n, node, type);
}

// min(max(x, low), high), in either order, of a wider x.
static uint32_t clamped(Narrower *n, IrOp op, uint32_t inner, uint32_t outer) {
  uint32_t x = NODE_NONE, bound = NODE_NONE;
  int64_t first = 0, second = 0;
  if (!is_number(n, outer, &second) ||
      !operands_of(n, inner, op == IR_SMIN ? IR_SMAX : IR_SMIN, &x, &bound) || !is_number(n, bound, &first))
    return NODE_NONE;
  Range bounds = op == IR_SMIN ? (Range){first, second} : (Range){second, first};
  IrType type = type_for(bounds);
  if (bounds.low > bounds.high || ir_type_bits(node_at(n, x)->type) <= ir_type_bits(type))
    return NODE_NONE;
  uint32_t node = saturated(n, x, type);
  Range full = full_range(type), range = range_of(n, node);
  range = (Range){clamp(range.low, bounds), clamp(range.high, bounds)};
  if (bounds.low > full.low)
    node = push_operation(n, NODE_OPERATION, IR_SMAX, type, 2, node,
                          push_number(n, type, (int64_t)bounds.low), (Range){range.low, full.high});
  if (bounds.high < full.high)
    node = push_operation(n, NODE_OPERATION, IR_SMIN, type, 2, node,
                          push_number(n, type, (int64_t)bounds.high), range);
  return node;
}

// --- ranges -----------------------------------------------------------------------------------------------

static Range arithmetic_range(IrOp op, Range a, Range b) {
  switch (op) {
  case IR_ADD:
    return (Range){a.low + b.low, a.high + b.high};
  case IR_SUB:
    return (Range){a.low - b.high, a.high - b.low};
  case IR_MUL:
    return product_range(a, b);
  case IR_SMIN:
    return (Range){a.low < b.low ? a.low : b.low, a.high < b.high ? a.high : b.high};
  case IR_SMAX:
    return (Range){a.low > b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
  case IR_AND:
    if (a.low >= 0 || b.low >= 0)
      return (Range){0, a.low < 0 ? b.high : b.low < 0 || a.high < b.high ? a.high : b.high};
    // fall through
  default: { // AND, OR, XOR: as many bits as the longer one
    Range low = {a.low < b.low ? a.low : b.low, 0}, high = {0, a.high > b.high ? a.high : b.high};
    IrType type = wider(type_for(low), type_for(high));
    return full_range(type);
  }
  }
}

static Stand stand_for(const Narrower *n, uint32_t node) {
  return (Stand){node, range_of(n, node)};
}

// The node as it is, of what stands for its operands.
static Stand copied(Narrower *n, uint32_t number) {
  Node node = *node_at(n, number);
  bool same = true;
  for (uint32_t k = 0; k < node.operand_count; k++) {
    IrType type = node_at(n, node.operands[k])->type;
    uint32_t stand = n->stands[node.operands[k]].node;
    stand = is_integer(type) ? as_type(n, stand, type) : stand;
    same = same && stand == node.operands[k];
    node.operands[k] = stand;
  }
  return (Stand){same ? number : push(n, node, full_range(node.type)), full_range(node.type)};
}

static Stand arithmetic(Narrower *n, uint32_t number) {
  Node node = *node_at(n, number);
  uint32_t x = n->stands[node.operands[0]].node, y = n->stands[node.operands[1]].node;
  if (node.op == IR_UMIN || node.op == IR_UMAX) { // without negative numbers there is no difference
    if (range_of(n, x).low < 0 || range_of(n, y).low < 0)
      return copied(n, number);
    node.op = node.op == IR_UMIN ? IR_SMIN : IR_SMAX;
  }
  Range range = arithmetic_range((IrOp)node.op, range_of(n, x), range_of(n, y));
  if (!range_fits(range, node.type))
    return copied(n, number);
  if (node.op == IR_SMIN || node.op == IR_SMAX) {
    uint32_t narrow = clamped(n, (IrOp)node.op, x, y);
    narrow = narrow == NODE_NONE ? clamped(n, (IrOp)node.op, y, x) : narrow;
    if (narrow != NODE_NONE)
      return stand_for(n, narrow);
  }
  // Operands are not cut: that would cost as much as it saves.
  IrType type = wider(type_for(range), wider(node_at(n, x)->type, node_at(n, y)->type));
  uint32_t made =
      push_operation(n, NODE_OPERATION, node.op, type, 2, as_type(n, x, type), as_type(n, y, type), range);
  return stand_for(n, made);
}

static Stand shift(Narrower *n, uint32_t number) {
  const Node node = *node_at(n, number);
  uint32_t x = n->stands[node.operands[0]].node;
  int64_t amount = 0;
  if (!is_number(n, n->stands[node.operands[1]].node, &amount) || amount < 0 ||
      amount >= (int64_t)ir_type_bits(node.type))
    return copied(n, number);
  Range range = range_of(n, x);
  if (node.op == IR_SHL) {
    range = (Range){range.low * power((unsigned)amount), range.high * power((unsigned)amount)};
    if (!range_fits(range, node.type))
      return copied(n, number);
    IrType type = wider(type_for(range), node_at(n, x)->type);
    return stand_for(n, push_operation(n, NODE_OPERATION, IR_SHL, type, 2, as_type(n, x, type),
                                       push_number(n, type, amount), range));
  }
  // The bits that come in above may not matter.
  if (node.op == IR_LSHR && range.low < 0 && n->demanded[number] + amount > (int64_t)ir_type_bits(node.type))
    return copied(n, number);
  // Up and less far down again.
  int64_t up = 0;
  if (is_operation(n, x, IR_SHL) && is_number(n, node_at(n, x)->operands[1], &up) && up >= amount) {
    uint32_t term = node_at(n, x)->operands[0];
    IrType type = node_at(n, x)->type;
    Range whole = {range_of(n, term).low * power((unsigned)up), range_of(n, term).high * power((unsigned)up)};
    if (range_fits(whole, type))
      return stand_for(n, push_operation(n, NODE_OPERATION, IR_SHL, type, 2, term,
                                         push_number(n, type, up - amount),
                                         (Range){whole.low >> amount, whole.high >> amount}));
  }
  int64_t most = ir_type_bits(node_at(n, x)->type) - 1;
  amount = amount > most ? most : amount;
  range = (Range){range.low >> amount, range.high >> amount};
  return stand_for(n, shifted_right(n, x, (unsigned)amount, range));
}

static Stand resized(Narrower *n, uint32_t number) {
  const Node node = *node_at(n, number);
  IrType from = node_at(n, node.operands[0])->type;
  if (!is_integer(from) || !is_integer(node.type))
    return copied(n, number);
  Stand x = n->stands[node.operands[0]];
  Range range = range_of(n, x.node);
  if (node.op == IR_SEXT ||
      (node.op == IR_ZEXT && (range.low >= 0 || n->demanded[number] <= ir_type_bits(from))) ||
      (node.op == IR_TRUNC && range_fits(range, node.type)))
    return x;
  if (node.op == IR_TRUNC)
    return stand_for(n, as_type(n, x.node, node.type));
  IrType twice = (IrType)(2 * ir_type_bits(from));
  range = (Range){0, power(ir_type_bits(from)) - 1};
  return stand_for(n,
                   push_operation(n, NODE_OPERATION, IR_ZEXT, twice, 1, as_type(n, x.node, from), 0, range));
}

static Stand converted_to_float(Narrower *n, uint32_t number) {
  Node node = *node_at(n, number);
  uint32_t x = n->stands[node.operands[0]].node;
  if (!is_integer(node_at(n, node.operands[0])->type) || (node.op == IR_UITOF && range_of(n, x).low < 0))
    return copied(n, number);
  node.op = IR_SITOF;
  node.operands[0] = x;
  return (Stand){push(n, node, full_range(node.type)), full_range(node.type)};
}

static Stand selected(Narrower *n, uint32_t number) {
  Node node = *node_at(n, number);
  uint32_t x = n->stands[node.operands[1]].node, y = n->stands[node.operands[2]].node;
  if (!is_integer(node.type))
    return copied(n, number);
  Range a = range_of(n, x), b = range_of(n, y);
  node.type = wider(node_at(n, x)->type, node_at(n, y)->type);
  node.operands[0] = n->stands[node.operands[0]].node;
  node.operands[1] = as_type(n, x, node.type);
  node.operands[2] = as_type(n, y, node.type);
  return stand_for(n,
                   push(n, node, (Range){a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high}));
}

static Stand compared(Narrower *n, uint32_t number) {
  Node node = *node_at(n, number);
  if (!is_integer(node_at(n, node.operands[0])->type))
    return copied(n, number);
  uint32_t x = n->stands[node.operands[0]].node, y = n->stands[node.operands[1]].node;
  bool without_sign = node.aux == IR_ULT || node.aux == IR_ULE || node.aux == IR_UGT || node.aux == IR_UGE;
  if (without_sign && (range_of(n, x).low < 0 || range_of(n, y).low < 0))
    return copied(n, number);
  IrType type = wider(node_at(n, x)->type, node_at(n, y)->type);
  node.operands[0] = as_type(n, x, type);
  node.operands[1] = as_type(n, y, type);
  return (Stand){push(n, node, (Range){0, 0}), {0, 0}};
}

// A load whose index is the number that a narrow node is, without a sign where that is possible: the node
// that gives the lanes' offsets is its operand.
static Stand gathered(Narrower *n, uint32_t number) {
  Node node = *node_at(n, number);
  Access access = n->region->accesses.data[node.index];
  uint32_t x = n->stands[access.index].node;
  bool sign = range_of(n, x).low < 0;
  if (sign)
    x = as_type(n, x, IR_I64);
  access.index = sign || node_at(n, x)->type == IR_I64
                     ? x
                     : push_operation(n, NODE_OPERATION, IR_ZEXT, IR_I64, 1, x, 0, range_of(n, x));
  while (!sign && is_operation(n, x, IR_ZEXT))
    x = node_at(n, x)->operands[0];
  VEC_PUSH(&n->region->accesses, access);
  node.index = (uint32_t)n->region->accesses.count - 1;
  node.operand_count = 1;
  node.operands[0] = x;
  return stand_for(n, push(n, node, full_range(node.type)));
}

static Stand leaf(Narrower *n, uint32_t number) {
  const Node node = *node_at(n, number);
  int64_t value = 0;
  if (is_number(n, number, &value)) {
    Range range = {value, value};
    return stand_for(n, push_number(n, type_for(range), value));
  }
  const Quantity *extent = node.kind == NODE_ITERATOR ? &n->region->iterators.data[node.index].extent : NULL;
  if (extent && extent->value == IR_NONE && extent->constant > 0 && extent->constant <= INT32_MAX) {
    n->ranges.data[number] = (Range){0, extent->constant - 1};
    return stand_for(n, as_type(n, number, type_for(n->ranges.data[number])));
  }
  return stand_for(n, number);
}

static Stand narrowed(Narrower *n, uint32_t number) {
  const Node *node = node_at(n, number);
  if (node->kind == NODE_LOAD && n->region->accesses.data[node->index].index != NODE_NONE)
    return gathered(n, number);
  if (node->kind != NODE_OPERATION)
    return node->operand_count ? copied(n, number) : leaf(n, number);
  switch ((IrOp)node->op) {
  case IR_ADD:
  case IR_SUB:
  case IR_MUL:
  case IR_AND:
  case IR_OR:
  case IR_XOR:
  case IR_SMIN:
  case IR_SMAX:
  case IR_UMIN:
  case IR_UMAX:
    return is_integer(node->type) ? arithmetic(n, number) : copied(n, number);
  case IR_SHL:
  case IR_ASHR:
  case IR_LSHR:
    return shift(n, number);
  case IR_SEXT:
  case IR_ZEXT:
  case IR_TRUNC:
    return resized(n, number);
  case IR_SITOF:
  case IR_UITOF:
    return converted_to_float(n, number);
  case IR_SELECT:
    return selected(n, number);
  case IR_ICMP:
    return compared(n, number);
  default:
    return copied(n, number);
  }
}

// --- a region ---------------------------------------------------------------------------------------------

static void demand(Narrower *n, uint32_t node, unsigned bits) {
  unsigned all = ir_type_bits(node_at(n, node)->type);
  bits = bits < 1 ? 1 : bits > all ? all : bits;
  n->demanded[node] = bits > n->demanded[node] ? (uint8_t)bits : n->demanded[node];
}

// How many of its operands' low bits a node needs.
static void demand_operands(Narrower *n, uint32_t number) {
  enum { ALL = 64 };
  const Node *node = node_at(n, number);
  unsigned bits = n->demanded[number];
  int64_t amount = 0;
  IrOp op = node->kind == NODE_OPERATION && is_integer(node->type) ? (IrOp)node->op : IR_OP_COUNT;
  bool shifts = (op == IR_SHL || op == IR_LSHR || op == IR_ASHR) &&
                is_number(n, node->operands[1], &amount) && amount >= 0 &&
                amount < (int64_t)ir_type_bits(node->type);
  bool modular = op == IR_ADD || op == IR_SUB || op == IR_MUL || op == IR_AND || op == IR_OR ||
                 op == IR_XOR || op == IR_TRUNC;
  if (node->kind == NODE_LOAD && n->region->accesses.data[node->index].index != NODE_NONE)
    demand(n, n->region->accesses.data[node->index].index, ALL);
  for (uint32_t k = 0; k < node->operand_count; k++) {
    uint32_t x = node->operands[k];
    unsigned width = ir_type_bits(node_at(n, x)->type), up = bits + (unsigned)amount;
    if (modular || (op == IR_SELECT && k > 0))
      demand(n, x, bits);
    else if (shifts && k == 0)
      demand(n, x,
             op == IR_SHL ? bits > (unsigned)amount ? bits - (unsigned)amount : 1
             : up > width ? width
                          : up);
    else
      demand(n, x, (op == IR_SEXT || op == IR_ZEXT) && bits <= width ? bits : ALL);
  }
}

static uint32_t root_of(Narrower *n, uint32_t old, IrType type) {
  uint32_t node = n->stands[old].node;
  return is_integer(type) ? as_type(n, node, type) : node;
}

void vector_narrow(Region *region) {
  Narrower n = {.region = region};
  size_t count = region->nodes.count;
  if (count > MOST_NODES)
    return;
  n.stands = ARENA_ARRAY(region->arena, Stand, count + 1);
  n.demanded = ARENA_ARRAY(region->arena, uint8_t, count + 1);
  for (size_t i = 0; i < region->statements.count; i++) {
    const Statement *s = &region->statements.data[i];
    demand(&n, s->value, UINT8_MAX);
    if (s->condition != NODE_NONE)
      demand(&n, s->condition, UINT8_MAX);
  }
  for (uint32_t i = (uint32_t)count; i-- > 0;)
    if (n.demanded[i])
      demand_operands(&n, i);
  for (size_t i = 0; i < count; i++)
    VEC_PUSH(&n.ranges, full_range(region->nodes.data[i].type));
  for (uint32_t i = 0; i < count; i++)
    if (n.demanded[i])
      n.stands[i] = narrowed(&n, i);
  for (size_t i = 0; i < region->statements.count; i++) {
    Statement *s = &region->statements.data[i];
    s->value = root_of(&n, s->value, region->nodes.data[s->value].type);
    if (s->condition != NODE_NONE)
      s->condition = n.stands[s->condition].node;
  }
  VEC_FREE(&n.ranges);
}

// --- code -------------------------------------------------------------------------------------------------

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
