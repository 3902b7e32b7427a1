// Integers are computed in as few bits as their ranges need. A node's stand-in is of its type or narrower;
// sign-extended it is the same number, as far as those of its bits go that are asked for.
#include "target/tensor/vector/narrow.h"

enum { MOST_NODES = 1500 };

static Stand stand_for(const Narrower *n, uint32_t node) {
  return (Stand){node, narrow_range(n, node)};
}

// The node as it is, of what stands for its operands.
static Stand copied(Narrower *n, uint32_t number) {
  Node node = *narrow_node(n, number);
  bool same = true;
  for (uint32_t k = 0; k < node.operand_count; k++) {
    IrType type = narrow_node(n, node.operands[k])->type;
    uint32_t stand = n->stands[node.operands[k]].node;
    stand = is_integer_type(type) ? narrow_as(n, stand, type) : stand;
    same = same && stand == node.operands[k];
    node.operands[k] = stand;
  }
  return (Stand){same ? number : narrow_push(n, node, full_range(node.type)), full_range(node.type)};
}

// A clamped value, or its low bits, plus a number.
static uint32_t clamped_sum(Narrower *n, const Node *sum, uint32_t y) {
  int64_t number = 0;
  uint32_t clamp = narrow_is(n, sum->operands[0], IR_TRUNC) ? narrow_node(n, sum->operands[0])->operands[0]
                                                            : sum->operands[0];
  uint32_t made = narrow_is_number(n, y, &number) ? narrow_clamped_sum(n, clamp, number) : NODE_NONE;
  return made != NODE_NONE && range_fits(narrow_range(n, made), sum->type) ? made : NODE_NONE;
}

// A sum or product modulo the bits that are asked for, where its range needs more and its operands do not;
// NODE_NONE: it is another one.
static uint32_t modular(Narrower *n, uint32_t number, Range range) {
  const Node *node = narrow_node(n, number);
  uint32_t x = n->stands[node->operands[0]].node, y = n->stands[node->operands[1]].node;
  IrType type = wider_type(narrow_node(n, x)->type, narrow_node(n, y)->type);
  if ((node->op != IR_ADD && node->op != IR_SUB && node->op != IR_MUL) ||
      n->demanded[number] > ir_type_bits(type) || range_fits(range, type))
    return NODE_NONE;
  return narrow_operation(n, NODE_OPERATION, node->op, type, 2, narrow_as(n, x, type), narrow_as(n, y, type),
                          full_range(type));
}

static Stand arithmetic(Narrower *n, uint32_t number) {
  Node node = *narrow_node(n, number);
  uint32_t x = n->stands[node.operands[0]].node, y = n->stands[node.operands[1]].node;
  if (node.op == IR_UMIN || node.op == IR_UMAX) { // without negative numbers there is no difference
    if (narrow_range(n, x).low < 0 || narrow_range(n, y).low < 0)
      return copied(n, number);
    node.op = node.op == IR_UMIN ? IR_SMIN : IR_SMAX;
  }
  uint32_t clamped = node.op == IR_ADD ? clamped_sum(n, &node, y) : NODE_NONE;
  if (clamped != NODE_NONE)
    return stand_for(n, clamped);
  Range range = arithmetic_range((IrOp)node.op, narrow_range(n, x), narrow_range(n, y));
  if (!range_fits(range, node.type))
    return copied(n, number);
  if (node.op == IR_SMIN || node.op == IR_SMAX) {
    uint32_t narrow = narrow_clamped(n, (IrOp)node.op, x, y);
    narrow = narrow == NODE_NONE ? narrow_clamped(n, (IrOp)node.op, y, x) : narrow;
    if (narrow != NODE_NONE)
      return stand_for(n, narrow);
  }
  uint32_t simpler = narrow_without_zeros(n, (IrOp)node.op, x, y);
  if (simpler != NODE_NONE)
    return stand_for(n, simpler);
  uint32_t cut = modular(n, number, range);
  if (cut != NODE_NONE)
    return stand_for(n, cut);
  // Operands are not cut: that would cost as much as it saves.
  IrType type =
      wider_type(type_for_range(range), wider_type(narrow_node(n, x)->type, narrow_node(n, y)->type));
  uint32_t made = narrow_operation(n, NODE_OPERATION, node.op, type, 2, narrow_as(n, x, type),
                                   narrow_as(n, y, type), range);
  return stand_for(n, made);
}

// x, of which so many low bits matter, with a number that is added to it as small as these bits allow:
// optimizers leave a negative one without the bits above.
static uint32_t with_small_rest(Narrower *n, uint32_t x, unsigned bits) {
  uint32_t term = NODE_NONE;
  int64_t rest = 0;
  IrType type = narrow_node(n, x)->type;
  if (bits >= ir_type_bits(type) || !narrow_is_sum(n, x, &term, &rest))
    return x;
  int64_t least = sign_extend(rest, bits);
  Range range = {narrow_range(n, term).low + least, narrow_range(n, term).high + least};
  if (least == rest || !range_fits(range, type))
    return x;
  return narrow_operation(n, NODE_OPERATION, IR_ADD, type, 2, narrow_as(n, term, type),
                          narrow_number(n, type, least), range);
}

static Stand shift(Narrower *n, uint32_t number) {
  const Node node = *narrow_node(n, number);
  uint32_t x = n->stands[node.operands[0]].node;
  int64_t amount = 0;
  if (!narrow_is_number(n, n->stands[node.operands[1]].node, &amount) || amount < 0 ||
      amount >= (int64_t)ir_type_bits(node.type)) {
    uint32_t assumed = n->assumed ? narrow_shifted_by_load(n, number) : NODE_NONE;
    return assumed != NODE_NONE ? stand_for(n, assumed) : copied(n, number);
  }
  Range range = narrow_range(n, x);
  if (node.op == IR_SHL) {
    range = (Range){range.low * power_of_two((unsigned)amount), range.high * power_of_two((unsigned)amount)};
    if (!range_fits(range, node.type))
      return copied(n, number);
    IrType type = wider_type(type_for_range(range), narrow_node(n, x)->type);
    return stand_for(n, narrow_operation(n, NODE_OPERATION, IR_SHL, type, 2, narrow_as(n, x, type),
                                         narrow_number(n, type, amount), range));
  }
  x = with_small_rest(n, x, n->demanded[number] + (unsigned)amount);
  range = narrow_range(n, x);
  // The bits that come in above may not matter.
  if (node.op == IR_LSHR && range.low < 0 && n->demanded[number] + amount > (int64_t)ir_type_bits(node.type))
    return copied(n, number);
  // Up and less far down again.
  int64_t up = 0;
  if (narrow_is(n, x, IR_SHL) && narrow_is_number(n, narrow_node(n, x)->operands[1], &up) && up >= amount) {
    uint32_t term = narrow_node(n, x)->operands[0];
    IrType type = narrow_node(n, x)->type;
    Range whole = {narrow_range(n, term).low * power_of_two((unsigned)up),
                   narrow_range(n, term).high * power_of_two((unsigned)up)};
    if (range_fits(whole, type))
      return stand_for(n, narrow_operation(n, NODE_OPERATION, IR_SHL, type, 2, term,
                                           narrow_number(n, type, up - amount),
                                           (Range){whole.low >> amount, whole.high >> amount}));
  }
  int64_t most = ir_type_bits(narrow_node(n, x)->type) - 1;
  amount = amount > most ? most : amount;
  range = (Range){range.low >> amount, range.high >> amount};
  return stand_for(n, narrow_shifted_right(n, x, (unsigned)amount, range));
}

static Stand resized(Narrower *n, uint32_t number) {
  const Node node = *narrow_node(n, number);
  IrType from = narrow_node(n, node.operands[0])->type;
  if (!is_integer_type(from) || !is_integer_type(node.type))
    return copied(n, number);
  Stand x = n->stands[node.operands[0]];
  Range range = narrow_range(n, x.node);
  if (node.op == IR_SEXT ||
      (node.op == IR_ZEXT && (range.low >= 0 || n->demanded[number] <= ir_type_bits(from))) ||
      (node.op == IR_TRUNC && range_fits(range, node.type)))
    return x;
  if (node.op == IR_TRUNC)
    return stand_for(n, narrow_as(n, x.node, node.type));
  IrType twice = (IrType)(2 * ir_type_bits(from));
  range = (Range){0, power_of_two(ir_type_bits(from)) - 1};
  return stand_for(
      n, narrow_operation(n, NODE_OPERATION, IR_ZEXT, twice, 1, narrow_as(n, x.node, from), 0, range));
}

static Stand converted_to_float(Narrower *n, uint32_t number) {
  Node node = *narrow_node(n, number);
  uint32_t x = n->stands[node.operands[0]].node;
  if (!is_integer_type(narrow_node(n, node.operands[0])->type) ||
      (node.op == IR_UITOF && narrow_range(n, x).low < 0))
    return copied(n, number);
  node.op = IR_SITOF;
  node.operands[0] = x;
  return (Stand){narrow_push(n, node, full_range(node.type)), full_range(node.type)};
}

static Stand selected(Narrower *n, uint32_t number) {
  Node node = *narrow_node(n, number);
  uint32_t x = n->stands[node.operands[1]].node, y = n->stands[node.operands[2]].node;
  if (!is_integer_type(node.type))
    return copied(n, number);
  uint32_t clamping = narrow_clamping_select(n, number);
  if (clamping != NODE_NONE)
    return stand_for(n, clamping);
  Range a = narrow_range(n, x), b = narrow_range(n, y);
  node.type = wider_type(narrow_node(n, x)->type, narrow_node(n, y)->type);
  node.operands[0] = n->stands[node.operands[0]].node;
  node.operands[1] = narrow_as(n, x, node.type);
  node.operands[2] = narrow_as(n, y, node.type);
  return stand_for(
      n, narrow_push(n, node, (Range){a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high}));
}

static Stand compared(Narrower *n, uint32_t number) {
  Node node = *narrow_node(n, number);
  if (!is_integer_type(narrow_node(n, node.operands[0])->type))
    return copied(n, number);
  uint32_t x = n->stands[node.operands[0]].node, y = n->stands[node.operands[1]].node;
  bool without_sign = node.aux == IR_ULT || node.aux == IR_ULE || node.aux == IR_UGT || node.aux == IR_UGE;
  if (without_sign && (narrow_range(n, x).low < 0 || narrow_range(n, y).low < 0))
    return copied(n, number);
  IrType type = wider_type(narrow_node(n, x)->type, narrow_node(n, y)->type);
  node.operands[0] = narrow_as(n, x, type);
  node.operands[1] = narrow_as(n, y, type);
  return (Stand){narrow_push(n, node, (Range){0, 0}), {0, 0}};
}

// A load whose index is the number that a narrow node is, without a sign where that is possible: the node
// that gives the lanes' offsets is its operand.
static Stand gathered(Narrower *n, uint32_t number) {
  Node node = *narrow_node(n, number);
  Access access = n->region->accesses.data[node.index];
  uint32_t x = n->stands[access.index].node;
  bool sign = narrow_range(n, x).low < 0;
  if (sign)
    x = narrow_as(n, x, IR_I64);
  access.index = sign || narrow_node(n, x)->type == IR_I64
                     ? x
                     : narrow_operation(n, NODE_OPERATION, IR_ZEXT, IR_I64, 1, x, 0, narrow_range(n, x));
  while (!sign && narrow_is(n, x, IR_ZEXT))
    x = narrow_node(n, x)->operands[0];
  VEC_PUSH(&n->region->accesses, access);
  node.index = (uint32_t)n->region->accesses.count - 1;
  node.operand_count = 1;
  node.operands[0] = x;
  return stand_for(n, narrow_push(n, node, full_range(node.type)));
}

// How many bits there are.
static Stand counted(Narrower *n, uint32_t number) {
  Stand stand = copied(n, number);
  Range range = {0, ir_type_bits(narrow_node(n, number)->type)};
  if (!range_fits(range, narrow_node(n, number)->type))
    return stand;
  n->ranges.data[stand.node] = range;
  return stand_for(n, stand.node);
}

// A load of a scalar that is of a narrower type than the node.
static Stand loaded_scalar(Narrower *n, uint32_t number) {
  Node node = *narrow_node(n, number);
  const Access *access = &n->region->accesses.data[node.index];
  Range range = n->scalars[access->array];
  node.type = access->type;
  uint32_t made = narrow_push(n, node, range);
  n->ranges.data[made] = range;
  return stand_for(n, made);
}

static Stand leaf(Narrower *n, uint32_t number) {
  const Node node = *narrow_node(n, number);
  int64_t value = 0;
  if (narrow_is_number(n, number, &value)) {
    Range range = {value, value};
    return stand_for(n, narrow_number(n, type_for_range(range), value));
  }
  const Quantity *extent = node.kind == NODE_ITERATOR ? &n->region->iterators.data[node.index].extent : NULL;
  if (extent && extent->value == IR_NONE && extent->constant > 0 && extent->constant <= INT32_MAX) {
    n->ranges.data[number] = (Range){0, extent->constant - 1};
    return stand_for(n, narrow_as(n, number, type_for_range(n->ranges.data[number])));
  }
  return stand_for(n, number);
}

static Stand narrowed(Narrower *n, uint32_t number) {
  const Node *node = narrow_node(n, number);
  if (node->kind == NODE_LOAD && n->region->accesses.data[node->index].index != NODE_NONE)
    return gathered(n, number);
  if (node->kind == NODE_LOAD && n->bounded[n->region->accesses.data[node->index].array])
    return loaded_scalar(n, number);
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
    return is_integer_type(node->type) ? arithmetic(n, number) : copied(n, number);
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
  case IR_CTPOP:
  case IR_CTLZ:
  case IR_CTTZ:
    return counted(n, number);
  default:
    return copied(n, number);
  }
}

// --- a region ---------------------------------------------------------------------------------------------

static void demand(Narrower *n, uint32_t node, unsigned bits) {
  unsigned all = ir_type_bits(narrow_node(n, node)->type);
  bits = bits < 1 ? 1 : bits > all ? all : bits;
  n->demanded[node] = bits > n->demanded[node] ? (uint8_t)bits : n->demanded[node];
}

// How many of its operands' low bits a node needs.
static void demand_operands(Narrower *n, uint32_t number) {
  enum { ALL = 64 };
  const Node *node = narrow_node(n, number);
  unsigned bits = n->demanded[number];
  int64_t amount = 0;
  IrOp op = node->kind == NODE_OPERATION && is_integer_type(node->type) ? (IrOp)node->op : IR_OP_COUNT;
  bool shifts = (op == IR_SHL || op == IR_LSHR || op == IR_ASHR) &&
                narrow_is_number(n, node->operands[1], &amount) && amount >= 0 &&
                amount < (int64_t)ir_type_bits(node->type);
  bool modular = op == IR_ADD || op == IR_SUB || op == IR_MUL || op == IR_AND || op == IR_OR ||
                 op == IR_XOR || op == IR_TRUNC;
  if (node->kind == NODE_LOAD && n->region->accesses.data[node->index].index != NODE_NONE)
    demand(n, n->region->accesses.data[node->index].index, ALL);
  for (uint32_t k = 0; k < node->operand_count; k++) {
    uint32_t x = node->operands[k];
    unsigned width = ir_type_bits(narrow_node(n, x)->type), up = bits + (unsigned)amount;
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
  return is_integer_type(type) ? narrow_as(n, node, type) : node;
}

Range *vector_narrow(Region *region, AssumedShifts *assumed) {
  Narrower n = {.region = region, .assumed = assumed};
  size_t count = region->nodes.count;
  if (count > MOST_NODES)
    return NULL;
  n.stands = ARENA_ARRAY(region->arena, Stand, count + 1);
  n.demanded = ARENA_ARRAY(region->arena, uint8_t, count + 1);
  narrow_scalars(&n);
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
    const Access *target = &region->accesses.data[s->target];
    s->value =
        root_of(&n, s->value, n.bounded[target->array] ? target->type : region->nodes.data[s->value].type);
    if (s->condition != NODE_NONE)
      s->condition = n.stands[s->condition].node;
  }
  Range *ranges = ARENA_ARRAY(region->arena, Range, n.ranges.count + 1);
  for (size_t i = 0; i < n.ranges.count; i++)
    ranges[i] = n.ranges.data[i];
  VEC_FREE(&n.ranges);
  return ranges;
}
