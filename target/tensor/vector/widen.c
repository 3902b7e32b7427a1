// Sums and products that instructions make of narrower operands than their result, and products that are
// added in one instruction.
#include "target/tensor/vector/map.h"

// Operands of half the width, where an operation's are those extended; constants and what all lanes share
// count where they fit.
typedef struct Half {
  bool known;
  bool number; // a constant, without or with sign as it is
  bool sign;   // how it is extended
  uint32_t node;
  int64_t imm;
} Half;

static Half half_of(const Mapper *m, uint32_t node, IrType type) {
  const Node *n = &m->region->nodes.data[node];
  unsigned bits = type_bits(type) / 2;
  bool extension = n->kind == NODE_OPERATION && (n->op == IR_SEXT || n->op == IR_ZEXT);
  IrType from = extension ? m->region->nodes.data[n->operands[0]].type : IR_VOID;
  if (n->kind == NODE_CONSTANT)
    return (Half){.known = n->imm < INT64_C(1) << bits && n->imm >= -(INT64_C(1) << (bits - 1)),
                  .number = true,
                  .node = node,
                  .imm = n->imm};
  return (Half){.known = extension && from >= IR_I8 && 2 * type_bits(from) == type_bits(type),
                .sign = n->op == IR_SEXT,
                .node = extension ? n->operands[0] : NODE_NONE};
}

// Whether the constant is one of the type extended so.
static bool number_fits(const Half *x, unsigned bits, bool sign) {
  return sign ? x->imm == sign_extend(x->imm, bits) : x->imm >= 0;
}

static IrValue half_value(Mapper *m, const Half *half, IrValue mask, bool *vector) {
  if (half->number) {
    *vector = false;
    return emit_number(&m->e, half->imm);
  }
  Operand operand = vector_node(m, half->node, mask);
  *vector = operand.vector;
  return operand.vector ? operand.value : vector_scalar(m, operand.value);
}

static IrType half_type(IrType type) {
  return (IrType)(type_bits(type) / 2);
}

static IrValue widened(Mapper *m, IsaOp op, IrType type, uint32_t count, const IrValue *operands) {
  return vector_op_length(m, op, vector_group_type(m, type), vector_config(m, half_type(type)), m->length,
                          count, operands);
}

typedef struct WideRow {
  uint16_t vector, scalar;
} WideRow;

// Of signs as they are: both unsigned, both signed.
static const WideRow sums[2] = {{ISA_VWADDU_VV, ISA_VWADDU_VX}, {ISA_VWADD_VV, ISA_VWADD_VX}};
static const WideRow differences[2] = {{ISA_VWSUBU_VV, ISA_VWSUBU_VX}, {ISA_VWSUB_VV, ISA_VWSUB_VX}};
static const WideRow products[2] = {{ISA_VWMULU_VV, ISA_VWMULU_VX}, {ISA_VWMUL_VV, ISA_VWMUL_VX}};
static const WideRow added_products[2] = {{ISA_VWMACCU_VV, ISA_VWMACCU_VX}, {ISA_VWMACC_VV, ISA_VWMACC_VX}};
static const uint16_t narrow_added[2] = {ISA_VWADDU_WV, ISA_VWADD_WV};
static const uint16_t narrow_subtracted[2] = {ISA_VWSUBU_WV, ISA_VWSUB_WV};

// The halves in such an order that the first one varies; false: there is no instruction for them.
static bool pair_of(Mapper *m, const Node *n, Half *x, Half *y) {
  unsigned bits = type_bits(n->type) / 2;
  *x = half_of(m, n->operands[0], n->type);
  *y = half_of(m, n->operands[1], n->type);
  if (n->op == IR_SHL) // a product with a power of two
    *y = (Half){.known = y->number && y->imm >= 0 && y->imm + (x->sign ? 1 : 0) < (int64_t)bits,
                .number = true,
                .imm = y->known && y->imm >= 0 && y->imm < (int64_t)bits ? INT64_C(1) << y->imm : 0};
  if (!x->known || !y->known || (x->number && y->number))
    return false;
  bool first = !x->number && m->varies[x->node], second = !y->number && m->varies[y->node];
  if (!first && second && n->op != IR_SUB && n->op != IR_SHL) {
    Half swap = *x;
    *x = *y;
    *y = swap;
    first = true;
  }
  return first && (y->number ? number_fits(y, bits, x->sign) : x->sign == y->sign);
}

static bool is_integer_operation(const Node *n, IrOp op) {
  return n->kind == NODE_OPERATION && n->op == op && n->type >= IR_I16 && n->type <= IR_I64;
}

// total + x * y where the product is not used elsewhere.
static bool added_product(Mapper *m, const Node *n, uint32_t k, IrValue mask, Operand *result) {
  const Node product = m->region->nodes.data[n->operands[k]];
  Half x, y;
  if ((!is_integer_operation(&product, IR_MUL) && !is_integer_operation(&product, IR_SHL)) ||
      !m->varies[n->operands[k]] || m->uses[n->operands[k]] != 1 || !m->varies[n->operands[1 - k]])
    return false;
  bool wide = pair_of(m, &product, &x, &y), vector = false;
  if (!wide && product.op == IR_SHL)
    return false;
  IrValue total = vector_of(m, vector_node(m, n->operands[1 - k], mask), n->type);
  if (wide) {
    IrValue a = half_value(m, &x, mask, &vector), b = half_value(m, &y, mask, &vector);
    IrValue operands[3] = {total, b, a};
    const WideRow *row = &added_products[x.sign];
    *result = (Operand){true, widened(m, (IsaOp)(vector ? row->vector : row->scalar), n->type, 3, operands)};
    return true;
  }
  Operand a = vector_node(m, product.operands[0], mask), b = vector_node(m, product.operands[1], mask);
  if (!a.vector) {
    Operand swap = a;
    a = b;
    b = swap;
  }
  IrValue operands[3] = {total, b.vector ? b.value : vector_scalar(m, b.value), a.value};
  *result = (Operand){true, vector_op(m, b.vector ? ISA_VMACC_VV : ISA_VMACC_VX, n->type, 3, operands)};
  return true;
}

// wide + narrow, wide - narrow
static bool one_narrow(Mapper *m, const Node *n, uint32_t k, IrValue mask, Operand *result) {
  Half half = half_of(m, n->operands[k], n->type);
  if (!half.known || half.number || !m->varies[half.node] || !m->varies[n->operands[1 - k]])
    return false;
  IrValue operands[2] = {vector_of(m, vector_node(m, n->operands[1 - k], mask), n->type), IR_NONE};
  operands[1] = vector_node(m, half.node, mask).value;
  uint16_t op = n->op == IR_ADD ? narrow_added[half.sign] : narrow_subtracted[half.sign];
  *result = (Operand){true, widened(m, (IsaOp)op, n->type, 2, operands)};
  return true;
}

bool vector_widening(Mapper *m, const Node *n, IrValue mask, Operand *result) {
  Half x, y;
  IrOp op = (IrOp)n->op;
  if (n->type < IR_I16 || n->type > IR_I64 || (op != IR_ADD && op != IR_SUB && op != IR_MUL && op != IR_SHL))
    return false;
  if (op == IR_ADD && (added_product(m, n, 1, mask, result) || added_product(m, n, 0, mask, result)))
    return true;
  if (pair_of(m, n, &x, &y)) {
    const WideRow *row = op == IR_ADD   ? &sums[x.sign]
                         : op == IR_SUB ? &differences[x.sign]
                                        : &products[x.sign];
    bool vector = false;
    IrValue operands[2] = {half_value(m, &x, mask, &vector), IR_NONE};
    operands[1] = half_value(m, &y, mask, &vector);
    *result = (Operand){true, widened(m, (IsaOp)(vector ? row->vector : row->scalar), n->type, 2, operands)};
    return true;
  }
  return (op == IR_ADD && one_narrow(m, n, 0, mask, result)) ||
         ((op == IR_ADD || op == IR_SUB) && one_narrow(m, n, 1, mask, result));
}

static void count_uses(Mapper *m, uint32_t root) {
  const Region *region = m->region;
  bool *reached = ARENA_ARRAY(region->arena, bool, root + 1);
  reached[root] = true;
  m->uses[root]++;
  for (uint32_t i = root + 1; i-- > 0;)
    for (uint32_t k = 0; reached[i] && k < region->nodes.data[i].operand_count; k++) {
      reached[region->nodes.data[i].operands[k]] = true;
      m->uses[region->nodes.data[i].operands[k]]++;
    }
}

void vector_count_uses(Mapper *m) {
  const Region *region = m->region;
  m->uses = ARENA_ARRAY(region->arena, uint32_t, region->nodes.count + 1);
  for (size_t i = 0; i < region->statements.count; i++) {
    count_uses(m, region->statements.data[i].value);
    if (region->statements.data[i].condition != NODE_NONE)
      count_uses(m, region->statements.data[i].condition);
  }
}
