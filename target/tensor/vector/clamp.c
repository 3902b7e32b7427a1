// Clamping as compilers leave it where the result indexes a table: one comparison without sign finds what
// lies outside of the bounds, of which another one chooses. It becomes the smallest and largest number again,
// so that the range is known.
#include "target/tensor/vector/narrow.h"

typedef struct Bounds {
  int64_t low, high;
} Bounds;

static int64_t with_sign(uint64_t value, unsigned bits) {
  unsigned above = 64 - bits;
  return (int64_t)(value << above) >> above;
}

// (x + a) < b without signs: where x lies for which that holds (*inside) or does not.
static bool range_test(const Narrower *n, uint32_t condition, uint32_t *x, Bounds *bounds, bool *inside) {
  const Node *test = narrow_node(n, condition);
  int64_t a = 0, b = 0;
  if (test->kind != NODE_OPERATION || test->op != IR_ICMP || test->aux != IR_ULT ||
      !narrow_is(n, test->operands[0], IR_ADD) || !narrow_is_number(n, test->operands[1], &b))
    return false;
  const Node *sum = narrow_node(n, test->operands[0]);
  unsigned bits = ir_type_bits(sum->type);
  if (!is_integer_type(sum->type) || !narrow_is_number(n, sum->operands[1], &a))
    return false;
  *x = sum->operands[0];
  uint64_t from = (uint64_t)0 - (uint64_t)a, to = from + (uint64_t)b;
  *bounds = (Bounds){with_sign(from, bits), with_sign(to - 1, bits)};
  *inside = bounds->low <= bounds->high;
  if (!*inside)
    *bounds = (Bounds){with_sign(to, bits), with_sign(from - 1, bits)};
  return bounds->low <= bounds->high && bounds->low > INT32_MIN && bounds->high < INT32_MAX;
}

// What is added to x, extended or not.
static bool is_sum_of(const Narrower *n, uint32_t node, uint32_t x, int64_t *number) {
  *number = 0;
  while (node != x && (narrow_is(n, node, IR_SEXT) || narrow_is(n, node, IR_ZEXT)))
    node = narrow_node(n, node)->operands[0];
  if (node == x)
    return true;
  const Node *sum = narrow_node(n, node);
  return narrow_is(n, node, IR_ADD) && sum->operands[0] == x && narrow_is_number(n, sum->operands[1], number);
}

// The numbers that take the place of an x below and above the bounds.
static bool find_ends(const Narrower *n, uint32_t node, uint32_t x, Bounds bounds, Bounds *ends) {
  const Node *select = narrow_node(n, node);
  int64_t limit = 0;
  if (!narrow_is(n, node, IR_SELECT) || !narrow_is_number(n, select->operands[1], &ends->high) ||
      !narrow_is_number(n, select->operands[2], &ends->low))
    return false;
  const Node *test = narrow_node(n, select->operands[0]);
  if (test->kind != NODE_OPERATION || test->op != IR_ICMP || test->operands[0] != x ||
      !narrow_is_number(n, test->operands[1], &limit))
    return false;
  if (test->aux == IR_SGT)
    return limit >= bounds.low - 1 && limit <= bounds.high;
  int64_t swap = ends->low;
  ends->low = ends->high;
  ends->high = swap;
  return test->aux == IR_SLT && limit >= bounds.low && limit <= bounds.high + 1;
}

static uint32_t combined(Narrower *n, IrOp op, uint32_t x, int64_t number, Range range) {
  IrType type = wider_type(narrow_node(n, x)->type, type_for_range((Range){number, number}));
  type = wider_type(type, type_for_range(range));
  return narrow_operation(n, NODE_OPERATION, op, type, 2, narrow_as(n, x, type),
                          narrow_number(n, type, number), range);
}

uint32_t narrow_clamping_select(Narrower *n, uint32_t number) {
  const Node select = *narrow_node(n, number);
  uint32_t x = NODE_NONE;
  Bounds bounds, ends;
  bool inside = false;
  int64_t added = 0;
  if (!is_integer_type(select.type) || !range_test(n, select.operands[0], &x, &bounds, &inside) ||
      !is_sum_of(n, select.operands[inside ? 1 : 2], x, &added) || added < INT32_MIN || added > INT32_MAX ||
      !find_ends(n, select.operands[inside ? 2 : 1], x, bounds, &ends))
    return NODE_NONE;
  // Sums of what lies within must be what they look like, and the ends those of x at most one beyond.
  Range sums = {(Wide)bounds.low + added, (Wide)bounds.high + added};
  IrType type = narrow_node(n, x)->type;
  if (!range_fits(sums, type) || (select.type != type && ir_type_bits(select.type) < ir_type_bits(type)) ||
      (ends.low != sums.low && ends.low != sums.low - 1) ||
      (ends.high != sums.high && ends.high != sums.high + 1))
    return NODE_NONE;
  uint32_t part = select.operands[inside ? 1 : 2];
  if (narrow_is(n, part, IR_ZEXT) && sums.low < 0)
    return NODE_NONE;
  Range range = narrow_range(n, n->stands[x].node);
  Wide low = ends.low - added, high = ends.high - added;
  if (range.low > high || range.high < low)
    return NODE_NONE;
  range.low = range.low > low ? range.low : low;
  uint32_t clamped = combined(n, IR_SMAX, n->stands[x].node, (int64_t)low, range);
  range.high = range.high < high ? range.high : high;
  clamped = combined(n, IR_SMIN, clamped, (int64_t)high, range);
  range = (Range){range.low + added, range.high + added};
  return added ? combined(n, IR_ADD, clamped, added, range) : clamped;
}
