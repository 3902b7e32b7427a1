// Expressions of a loop's body on groups.
#include "target/ir/vector_math.h"
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

// --- what can be ------------------------------------------------------------------------------------------

static bool element_type(IrType type) {
  return type == IR_I8 || type == IR_I16 || type == IR_I32 || type == IR_I64 || ir_is_float(type);
}

static bool converts(IrOp op, IrType from, IrType to) {
  unsigned f = type_bits(from), t = type_bits(to);
  if (from == IR_BFLOAT || to == IR_BFLOAT)
    return (op == IR_FEXT && to == IR_FLOAT) || (op == IR_FTRUNC && from == IR_FLOAT) ||
           (op == IR_BITCAST && f == t);
  switch (op) {
  case IR_BITCAST:
    return f == t;
  case IR_SITOF:
  case IR_UITOF:
    return from != IR_I1 && f <= 2 * t;
  case IR_FTOSI:
  case IR_FTOUI:
    return to != IR_I1 && t <= 2 * f;
  default:
    return true;
  }
}

static VectorFunction function_of(const Mapper *m, const Node *n) {
  return vector_function_of_call(m->e.target, m->region->function, n->index);
}

static bool supports_node(const Mapper *m, const Node *n) {
  const Node *nodes = m->region->nodes.data;
  if (n->kind == NODE_CALL)
    return function_of(m, n) != MATH_NONE;
  if (n->type != IR_I1 && !element_type(n->type))
    return false;
  if (n->kind != NODE_OPERATION)
    return true;
  IrType from = n->operand_count ? nodes[n->operands[0]].type : IR_VOID;
  IrOp op = (IrOp)n->op;
  if (vector_has_binary(op, n->type))
    return true;
  switch (op) {
  case IR_AND:
  case IR_OR:
  case IR_XOR:
  case IR_COPY:
    return true;
  case IR_SELECT:
    return true;
  case IR_ICMP:
    return from != IR_I1;
  case IR_FCMP:
  case IR_FNEG:
  case IR_FABS:
  case IR_FSQRT:
  case IR_FMA:
    return from != IR_BFLOAT;
  case IR_ROTL:
  case IR_ROTR:
    return n->type != IR_I1;
  case IR_CTPOP:
  case IR_CTLZ:
  case IR_CTTZ:
  case IR_BSWAP:
    return n->type != IR_I1;
  case IR_SEXT:
  case IR_ZEXT:
  case IR_TRUNC:
  case IR_FEXT:
  case IR_FTRUNC:
  case IR_FTOSI:
  case IR_FTOUI:
  case IR_SITOF:
  case IR_UITOF:
  case IR_BITCAST:
    return converts(op, from, n->type);
  default:
    return false;
  }
}

static bool moves(const Mapper *m, const Access *access) {
  Quantity stride = lane_stride(m, &access->offset);
  return stride.value != IR_NONE || stride.constant != 0;
}

// All that it is made of is looked at, also what does not vary: it may be used as a group under a mask.
bool vector_supports(const Mapper *m, uint32_t node) {
  const Region *region = m->region;
  bool *reached = ARENA_ARRAY(region->arena, bool, node + 1);
  reached[node] = true;
  for (uint32_t i = node + 1; i-- > 0;) {
    const Node *n = &region->nodes.data[i];
    if (!reached[i])
      continue;
    if (m->varies[i] && !supports_node(m, n))
      return false;
    const Access *access = n->kind == NODE_LOAD ? &region->accesses.data[n->index] : NULL;
    bool gathers = access && access->index != NODE_NONE && m->varies[access->index];
    if (gathers && (!n->operand_count || moves(m, access)))
      return false;
    if (n->kind == NODE_LOAD && !element_type(n->type) &&
        region->arrays.data[region->accesses.data[n->index].array].kind != ARRAY_SCALAR)
      return false;
    for (uint32_t k = 0; k < n->operand_count; k++)
      reached[n->operands[k]] = true;
  }
  return true;
}

Quantity lane_stride(const Mapper *m, const Affine *affine) {
  return affine_coefficient(affine, m->lane);
}

void vector_analyze(Mapper *m, uint32_t lane) {
  const Region *region = m->region;
  m->lane = lane;
  for (size_t i = 0; i < region->nodes.count; i++) {
    const Node *n = &region->nodes.data[i];
    bool load = n->kind == NODE_LOAD;
    const Access *access = load ? &region->accesses.data[n->index] : NULL;
    m->varies[i] = (n->kind == NODE_ITERATOR && n->index == lane) ||
                   (load && (moves(m, access) || (access->index != NODE_NONE && m->varies[access->index])));
    m->reads[i] = load && region->arrays.data[access->array].kind != ARRAY_SCALAR;
    m->masked[i] = m->reads[i] && !n->certain;
    for (uint32_t k = 0; k < n->operand_count; k++) {
      m->varies[i] = m->varies[i] || m->varies[n->operands[k]];
      m->reads[i] = m->reads[i] || m->reads[n->operands[k]];
      m->masked[i] = m->masked[i] || m->masked[n->operands[k]];
    }
  }
}

// --- groups -----------------------------------------------------------------------------------------------

IrValue vector_of(Mapper *m, Operand operand, IrType type) {
  return operand.vector ? operand.value : vector_splat(m, type, operand.value);
}

static Operand group(IrValue value) {
  return (Operand){true, value};
}

static IrValue number(Mapper *m, int64_t value) {
  return emit_number(&m->e, value);
}

// The numbers of the lanes' iterations.
static IrValue lane_numbers(Mapper *m, IrType type) {
  IrValue places = vector_op(m, ISA_VID_V, type, 0, NULL);
  return vector_binary(m, IR_ADD, type, group(places),
                       (Operand){false, m->e.variables[m->iterators[m->lane]]});
}

static IrValue unary(Mapper *m, IsaOp op, IrType element, IrValue x) {
  return vector_op(m, op, element, 1, &x);
}

static IrValue extended(Mapper *m, IrValue x, IrType from, IrType to, bool sign) {
  unsigned factor = type_bits(to) / type_bits(from);
  if (factor == 1)
    return x;
  IsaOp op = factor == 2   ? (sign ? ISA_VSEXT_VF2 : ISA_VZEXT_VF2)
             : factor == 4 ? (sign ? ISA_VSEXT_VF4 : ISA_VZEXT_VF4)
                           : (sign ? ISA_VSEXT_VF8 : ISA_VZEXT_VF8);
  return unary(m, op, to, x);
}

static IrValue truncated(Mapper *m, IrValue x, IrType from, IrType to) {
  for (unsigned bits = type_bits(from) / 2; bits >= type_bits(to); bits /= 2) {
    IrValue operands[2] = {x, number(m, 0)};
    x = vector_op(m, ISA_VNSRL_WI, (IrType)bits, 2, operands);
  }
  return x;
}

// false ? :, by a mask
static IrValue merged(Mapper *m, IrType type, IrValue mask, Operand x, Operand y) {
  IrValue no = vector_of(m, y, type);
  bool scalar = !x.vector && ir_type(m->e.builder.f, x.value) != IR_BFLOAT;
  bool floating = scalar && ir_is_float(ir_type(m->e.builder.f, x.value));
  IrValue operands[3] = {no, scalar ? vector_scalar(m, x.value) : vector_of(m, x, type), mask};
  return vector_op(m,
                   !scalar    ? ISA_VMERGE_VVM
                   : floating ? ISA_VFMERGE_VFM
                              : ISA_VMERGE_VXM,
                   type, 3, operands);
}

static IrValue from_mask(Mapper *m, IrValue mask, IrType type, bool sign) {
  return merged(m, type, mask, (Operand){false, number(m, sign ? -1 : 1)}, (Operand){false, number(m, 0)});
}

static IrValue converted(Mapper *m, IrOp op, IrValue x, IrType from, IrType to) {
  unsigned f = type_bits(from), t = type_bits(to);
  bool sign = op == IR_SITOF || op == IR_FTOSI;
  switch (op) {
  case IR_FEXT:
    if (from == IR_BFLOAT)
      return vector_op_length(m, ISA_VFWCVTBF16_F_F_V, vector_group_type(m, to), vector_config(m, from),
                              m->length, 1, &x);
    for (; f < t; f *= 2) // the row's element is the narrow one
      x = vector_op_length(m, ISA_VFWCVT_F_F_V, vector_group_type(m, (IrType)(2 * f)),
                           vector_config(m, (IrType)f), m->length, 1, &x);
    return x;
  case IR_FTRUNC:
    if (to == IR_BFLOAT)
      return unary(m, ISA_VFNCVTBF16_F_F_W, to, x);
    // Twice rounded is not once rounded, but to odd in between it is.
    if (f == 4 * t) {
      x = unary(m, ISA_VFNCVT_ROD_F_F_W, (IrType)(f / 2), x);
      f /= 2;
    }
    return f > t ? unary(m, ISA_VFNCVT_F_F_W, to, x) : x;
  case IR_SITOF:
  case IR_UITOF:
    if (f > t)
      return unary(m, sign ? ISA_VFNCVT_F_X_W : ISA_VFNCVT_F_XU_W, to, x);
    if (f < t) // the conversion makes it twice as wide
      return vector_op_length(m, sign ? ISA_VFWCVT_F_X_V : ISA_VFWCVT_F_XU_V, vector_group_type(m, to),
                              vector_config(m, (IrType)(t / 2)), m->length, 1,
                              (IrValue[]){extended(m, x, from, (IrType)(t / 2), sign)});
    return unary(m, sign ? ISA_VFCVT_F_X_V : ISA_VFCVT_F_XU_V, to, x);
  default: // FTOSI, FTOUI
    if (t > f)
      return vector_op_length(m, sign ? ISA_VFWCVT_RTZ_X_F_V : ISA_VFWCVT_RTZ_XU_F_V,
                              vector_group_type(m, to), vector_config(m, from), m->length, 1, &x);
    if (t < f) // what a wider integer would take is undefined
      return truncated(m, unary(m, sign ? ISA_VFNCVT_RTZ_X_F_W : ISA_VFNCVT_RTZ_XU_F_W, (IrType)(f / 2), x),
                       (IrType)(f / 2), to);
    return unary(m, sign ? ISA_VFCVT_RTZ_X_F_V : ISA_VFCVT_RTZ_XU_F_V, to, x);
  }
}

typedef struct CompareRow {
  uint16_t vector;   // x op y
  uint16_t scalar;   // y is a scalar
  uint16_t reversed; // x is a scalar: y against it
} CompareRow;

static const CompareRow compare_rows[] = {
    {ISA_VMSEQ_VV, ISA_VMSEQ_VX, ISA_VMSEQ_VX},
    {ISA_VMSNE_VV, ISA_VMSNE_VX, ISA_VMSNE_VX},
    {ISA_VMSLT_VV, ISA_VMSLT_VX, ISA_VMSGT_VX},
    {ISA_VMSLTU_VV, ISA_VMSLTU_VX, ISA_VMSGTU_VX},
    {ISA_VMSLE_VV, ISA_VMSLE_VX, 0},
    {ISA_VMSLEU_VV, ISA_VMSLEU_VX, 0},
    {ISA_VMFEQ_VV, ISA_VMFEQ_VF, ISA_VMFEQ_VF},
    {ISA_VMFNE_VV, ISA_VMFNE_VF, ISA_VMFNE_VF},
    {ISA_VMFLT_VV, ISA_VMFLT_VF, ISA_VMFGT_VF},
    {ISA_VMFLE_VV, ISA_VMFLE_VF, ISA_VMFGE_VF},
};

// A scalar of less than 64 bits is compared by its low bits.
static IrValue compared(Mapper *m, IsaOp op, IrType type, Operand x, Operand y) {
  const CompareRow *row = compare_rows;
  while (row->vector != op)
    row++;
  if (x.vector && !y.vector) {
    IrValue operands[2] = {x.value, vector_scalar(m, y.value)};
    return vector_compare(m, (IsaOp)row->scalar, type, 2, operands);
  }
  if (y.vector && !x.vector && row->reversed) {
    IrValue operands[2] = {y.value, vector_scalar(m, x.value)};
    return vector_compare(m, (IsaOp)row->reversed, type, 2, operands);
  }
  IrValue operands[2] = {vector_of(m, x, type), vector_of(m, y, type)};
  return vector_compare(m, op, type, 2, operands);
}

static IrValue inverted(Mapper *m, IrValue mask) {
  return mask_without(m, IR_NONE, mask);
}

static IrValue either(Mapper *m, IrValue x, IrValue y) {
  IrValue operands[2] = {x, y};
  return vector_compare(m, ISA_VMOR_MM, m->ratio > 4 ? IR_I64 : IR_I16, 2, operands);
}

static IrValue compare_integers(Mapper *m, IrPredicate p, IrType type, Operand x, Operand y) {
  bool swap = p == IR_SGT || p == IR_SGE || p == IR_UGT || p == IR_UGE;
  Operand a = swap ? y : x, b = swap ? x : y;
  switch (p) {
  case IR_EQ:
    return compared(m, ISA_VMSEQ_VV, type, a, b);
  case IR_NE:
    return compared(m, ISA_VMSNE_VV, type, a, b);
  case IR_SLT:
  case IR_SGT:
    return compared(m, ISA_VMSLT_VV, type, a, b);
  case IR_SLE:
  case IR_SGE:
    return compared(m, ISA_VMSLE_VV, type, a, b);
  case IR_ULT:
  case IR_UGT:
    return compared(m, ISA_VMSLTU_VV, type, a, b);
  default:
    return compared(m, ISA_VMSLEU_VV, type, a, b);
  }
}

static IrValue compare_floats(Mapper *m, IrPredicate p, IrType type, Operand x, Operand y) {
  switch (p) {
  case IR_OEQ:
    return compared(m, ISA_VMFEQ_VV, type, x, y);
  case IR_UNE:
    return compared(m, ISA_VMFNE_VV, type, x, y);
  case IR_OLT:
    return compared(m, ISA_VMFLT_VV, type, x, y);
  case IR_OLE:
    return compared(m, ISA_VMFLE_VV, type, x, y);
  case IR_OGT:
    return compared(m, ISA_VMFLT_VV, type, y, x);
  case IR_OGE:
    return compared(m, ISA_VMFLE_VV, type, y, x);
  case IR_ONE:
    return either(m, compared(m, ISA_VMFLT_VV, type, x, y), compared(m, ISA_VMFLT_VV, type, y, x));
  case IR_UNO:
    return either(m, compared(m, ISA_VMFNE_VV, type, x, x), compared(m, ISA_VMFNE_VV, type, y, y));
  case IR_ORD:
    return inverted(m, compare_floats(m, IR_UNO, type, x, y));
  case IR_UEQ:
    return inverted(m, compare_floats(m, IR_ONE, type, x, y));
  case IR_FUGT:
    return inverted(m, compared(m, ISA_VMFLE_VV, type, x, y));
  case IR_FUGE:
    return inverted(m, compared(m, ISA_VMFLT_VV, type, x, y));
  case IR_FULT:
    return inverted(m, compared(m, ISA_VMFLE_VV, type, y, x));
  default:
    return inverted(m, compared(m, ISA_VMFLT_VV, type, y, x));
  }
}

static IrValue rotated(Mapper *m, IrOp op, IrType type, Operand x, Operand amount) {
  // Shifts look at the low bits of the amount alone.
  Operand rest = amount.vector ? group(vector_binary(m, IR_SUB, type, (Operand){false, number(m, 0)}, amount))
                               : (Operand){false, build2(&m->e.builder, IR_SUB, type,
                                                         build_const(&m->e.builder, type, 0), amount.value)};
  IrValue up = vector_binary(m, IR_SHL, type, x, op == IR_ROTL ? amount : rest);
  IrValue down = vector_binary(m, IR_LSHR, type, x, op == IR_ROTL ? rest : amount);
  return vector_binary(m, IR_OR, type, group(up), group(down));
}

// `x > c ? x : c` is the larger of the two, and with < the smaller one, also where x is no number: c then, as
// the instructions have it. Of zeros only the one that they prefer may be c.
static IrOp bound_of_select(const Mapper *m, const Node *n) {
  const Node *nodes = m->region->nodes.data;
  const Node *compare = &nodes[n->operands[0]], *bound = &nodes[n->operands[2]];
  if (!is_operation(compare, IR_FCMP) || compare->operands[0] != n->operands[1] ||
      bound->kind != NODE_CONSTANT || n->type == IR_BFLOAT)
    return IR_OP_COUNT;
  const Node *other = &nodes[compare->operands[1]];
  uint64_t unused = 64 - type_bits(n->type), bits = (uint64_t)bound->imm << unused;
  bool same = other->kind == NODE_CONSTANT && (uint64_t)other->imm << unused == bits;
  bool negative_zero = bits == UINT64_C(1) << 63, positive_zero = bits == 0;
  unsigned exponent = n->type == IR_HALF ? 5 : n->type == IR_FLOAT ? 8 : 11;
  uint64_t infinity = ((UINT64_C(1) << exponent) - 1) << (64 - exponent);
  if (!same || bits << 1 > infinity)
    return IR_OP_COUNT;
  return compare->aux == IR_OGT && !negative_zero   ? IR_FMAX
         : compare->aux == IR_OLT && !positive_zero ? IR_FMIN
                                                    : IR_OP_COUNT;
}

// Makes what both sides of a choice need before them.
static void make_common(Mapper *m, const Node *n, IrType type, IrValue mask, bool branch) {
  uint32_t common[COMMON_NODES], count = common_of_choice(m, n, type, branch, common);
  for (uint32_t i = 0; i < count; i++)
    if (m->varies[common[i]])
      vector_node_as(m, common[i], type == n->type ? m->region->nodes.data[common[i]].type : type, mask);
}

static Operand select_node(Mapper *m, const Node *n, IrType type, IrValue mask) {
  if (!m->varies[n->operands[0]]) { // one way for all lanes
    FlowIf flow;
    make_common(m, n, type, mask, true);
    size_t emitted = m->emitted.count;
    late_settle(m);
    uint32_t result = emit_variable(&m->e, IR_NONE);
    if (flow_if(&m->e, &flow, scalar_node(m, n->operands[0])))
      m->e.variables[result] = vector_of(m, vector_node_as(m, n->operands[1], type, mask), type);
    m->emitted.count = emitted;
    if (flow_else(&m->e, &flow))
      m->e.variables[result] = vector_of(m, vector_node_as(m, n->operands[2], type, mask), type);
    m->emitted.count = emitted;
    flow_end_if(&m->e, &flow);
    IrValue value = m->e.variables[result];
    m->e.variable_count--;
    return group(value);
  }
  IrValue same = mask == IR_NONE ? known_group(m, n->operands[1], mask) : IR_NONE;
  if (same != IR_NONE && type == n->type && same == known_group(m, n->operands[2], mask))
    return group(same);
  IrOp bound = bound_of_select(m, n);
  if (bound != IR_OP_COUNT)
    return group(vector_binary(m, bound, type, vector_node(m, n->operands[1], mask),
                               (Operand){false, scalar_node(m, n->operands[2])}));
  IrValue condition = vector_mask(m, n->operands[0], mask);
  make_common(m, n, type, mask, false);
  IrValue yes = m->masked[n->operands[1]] ? mask_and(m, mask, condition) : mask;
  IrValue no = m->masked[n->operands[2]] ? mask_without(m, mask, condition) : mask;
  Operand x = vector_node_as(m, n->operands[1], type, yes);
  return group(merged(m, type, condition, x, vector_node_as(m, n->operands[2], type, no)));
}

// Products that may be fused with their sum or difference are, as in scalar code.
static bool fuses(const Mapper *m, const Node *n, uint32_t operand) {
  const Node *product = &m->region->nodes.data[n->operands[operand]];
  return (n->op == IR_FADD || n->op == IR_FSUB) && (n->flags & IR_CONTRACT) &&
         is_operation(product, IR_FMUL) && (product->flags & IR_CONTRACT) && m->varies[n->operands[operand]];
}

// Two operands, the one that needs more groups first: fewer are alive then.
static Operand binary_node(Mapper *m, const Node *n, IrValue mask) {
  bool second = m->groups[n->operands[1]] > m->groups[n->operands[0]];
  Operand x[2];
  x[second] = vector_node(m, n->operands[second], mask);
  x[!second] = vector_node(m, n->operands[!second], mask);
  return group(vector_binary(m, (IrOp)n->op, n->type, x[0], x[1]));
}

// x + (condition ? 1 : 0) and x - (condition ? 1 : 0) take a mask as what is carried.
static bool carried(Mapper *m, const Node *n, IrType type, IrValue mask, Operand *result) {
  const Node *nodes = m->region->nodes.data;
  for (uint32_t k = is_operation(n, IR_ADD) || is_operation(n, IR_SUB) ? 2 : 0; k-- > 0;) {
    const Node *bit = &nodes[n->operands[k]];
    bool extends = is_operation(bit, IR_ZEXT) || is_operation(bit, IR_SEXT);
    if (!extends || nodes[bit->operands[0]].type != IR_I1 || !m->varies[n->operands[k]] ||
        (k == 0 && n->op == IR_SUB))
      continue;
    bool adds = (n->op == IR_ADD) == (bit->op == IR_ZEXT);
    uint32_t condition = bit->operands[0];
    IrValue x = vector_of(m, vector_node_as(m, n->operands[1 - k], type, mask), type);
    IrValue operands[3] = {x, number(m, 0), vector_mask(m, condition, mask)};
    *result = group(vector_op(m, adds ? ISA_VADC_VIM : ISA_VSBC_VXM, type, 3, operands));
    return true;
  }
  return false;
}

static Operand operation(Mapper *m, uint32_t node, IrValue mask) {
  const Node n = m->region->nodes.data[node];
  if (n.kind == NODE_CALL) { // its other lanes may hold anything
    IrValue argument = vector_of(m, vector_node(m, n.operands[0], mask), n.type);
    int64_t lanes = 0;
    double count = emit_is_number(&m->e, m->length, &lanes) ? (double)lanes : m->estimate.lanes;
    estimate_function(m, vector_function_cost(function_of(m, &n)) * count * type_bits(n.type) /
                             m->e.machine->vlen);
    return group(build_vector_function(m->e.target, &m->e.builder, function_of(m, &n), n.type,
                                       vector_config(m, n.type), m->length, argument));
  }
  IrOp op = (IrOp)n.op;
  const Node *first = &m->region->nodes.data[n.operands[0]];
  if (op == IR_SELECT)
    return select_node(m, &n, n.type, mask);
  if (op == IR_FMA)
    return group(vector_fused(m, n.type, n.operands[0], n.operands[1],
                              (FusedSum){.group = IR_NONE, .node = n.operands[2]}, mask));
  for (uint32_t k = 0; k < 2; k++)
    if (fuses(m, &n, k)) {
      const Node product = m->region->nodes.data[n.operands[k]];
      FusedSum sum = {.group = IR_NONE,
                      .node = n.operands[1 - k],
                      .negated = op == IR_FSUB && k == 0,
                      .product_negated = op == IR_FSUB && k == 1};
      return group(vector_fused(m, n.type, product.operands[0], product.operands[1], sum, mask));
    }
  if (op == IR_TRUNC && n.type != IR_I1)
    return vector_node_as(m, n.operands[0], n.type, mask);
  if ((op == IR_SEXT || op == IR_ZEXT) && first->type == IR_I1)
    return group(from_mask(m, vector_mask(m, n.operands[0], mask), n.type, op == IR_SEXT));
  Operand wide;
  if (carried(m, &n, n.type, mask, &wide))
    return wide;
  if (vector_widening(m, &n, mask, &wide))
    return wide;
  if (vector_has_binary(op, n.type))
    return binary_node(m, &n, mask);
  Operand x = vector_node(m, n.operands[0], mask);
  IrValue v = vector_of(m, x, first->type);
  IrValue twice[2] = {v, v};
  switch (op) {
  case IR_ROTL:
  case IR_ROTR:
    return group(rotated(m, op, n.type, x, vector_node(m, n.operands[1], mask)));
  case IR_CTPOP:
  case IR_CTLZ:
  case IR_CTTZ:
  case IR_BSWAP:
    return group(vector_bits(m, op, n.type, v));
  case IR_FNEG:
    return group(vector_op(m, ISA_VFSGNJN_VV, n.type, 2, twice));
  case IR_FABS:
    return group(vector_op(m, ISA_VFSGNJX_VV, n.type, 2, twice));
  case IR_FSQRT:
    return group(unary(m, ISA_VFSQRT_V, n.type, v));
  case IR_SEXT:
  case IR_ZEXT:
    return group(extended(m, v, first->type, n.type, op == IR_SEXT));
  case IR_COPY:
  case IR_BITCAST:
    return group(v);
  default:
    return group(converted(m, op, v, first->type, n.type));
  }
}

static Operand make_node(Mapper *m, uint32_t node, IrValue mask) {
  const Node n = m->region->nodes.data[node];
  bool safe = mask == IR_NONE || !m->masked[node];
  if (!m->varies[node] && safe)
    return (Operand){false, scalar_node(m, node)};
  switch ((NodeKind)n.kind) {
  case NODE_LOAD: {
    const Access *access = &m->region->accesses.data[n.index];
    if (m->region->arrays.data[access->array].kind == ARRAY_SCALAR)
      return (Operand){m->varies[node], m->e.variables[m->scalars[access->array]]};
    if (access->index == NODE_NONE || !m->varies[access->index])
      return group(vector_load(m, access, mask));
    IrValue found = IR_NONE;
    if (table_gather(m, &n, mask, &found))
      return group(found);
    IrType type = m->region->nodes.data[n.operands[0]].type;
    IrValue index = vector_of(m, vector_node(m, n.operands[0], mask), type);
    return group(vector_gather(m, &m->region->accesses.data[n.index], index, type, mask));
  }
  case NODE_ITERATOR:
    return group(lane_numbers(m, n.type));
  case NODE_FIXED_POINT:
    return group(fixed_point_group(m, node, mask));
  default:
    return operation(m, node, mask);
  }
}

Operand vector_node(Mapper *m, uint32_t node, IrValue mask) {
  IrType type = m->region->nodes.data[node].type;
  mask = m->masked[node] ? mask : IR_NONE;
  if (type == IR_I1 && (m->varies[node] || (mask != IR_NONE && m->masked[node])))
    return group(vector_mask(m, node, mask));
  IrValue value = known_group(m, node, mask);
  if (value != IR_NONE)
    return group(value);
  Operand made = make_node(m, node, mask);
  if (made.vector)
    known_add(m, node, type, mask, made.value);
  return made;
}

// A node's low bits in a narrower type, or a wider one.
static Operand make_node_as(Mapper *m, uint32_t node, IrType type, IrValue mask) {
  const Node n = m->region->nodes.data[node];
  if (n.kind == NODE_ITERATOR)
    return group(lane_numbers(m, type));
  if (n.kind == NODE_LOAD && m->uses[node] == 1 && !ir_is_float(n.type) && type < n.type &&
      !n.operand_count &&
      m->region->arrays.data[m->region->accesses.data[n.index].array].kind != ARRAY_SCALAR)
    return group(vector_load_as(m, &m->region->accesses.data[n.index], type, mask));
  Operand sum;
  if (carried(m, &n, type, mask, &sum))
    return sum;
  if (node_is_modular(&n)) {
    Operand x = vector_node_as(m, n.operands[0], type, mask);
    Operand y = vector_node_as(m, n.operands[1], type, mask);
    if (x.vector || y.vector)
      return group(vector_binary(m, (IrOp)n.op, type, x, y));
    return group(vector_binary(m, (IrOp)n.op, type, group(vector_of(m, x, type)), y));
  }
  if (n.kind == NODE_OPERATION && (n.op == IR_SEXT || n.op == IR_ZEXT)) {
    IrType from = m->region->nodes.data[n.operands[0]].type;
    if (from != IR_I1 && type_bits(from) >= type_bits(type))
      return vector_node_as(m, n.operands[0], type, mask);
    if (from == IR_I1)
      return group(from_mask(m, vector_mask(m, n.operands[0], mask), type, n.op == IR_SEXT));
    IrValue x = vector_of(m, vector_node(m, n.operands[0], mask), from);
    return group(extended(m, x, from, type, n.op == IR_SEXT));
  }
  if (n.kind == NODE_OPERATION && n.op == IR_TRUNC)
    return vector_node_as(m, n.operands[0], type, mask);
  IrValue v = vector_of(m, vector_node(m, node, mask), n.type);
  return group(truncated(m, v, n.type, type));
}

Operand vector_node_as(Mapper *m, uint32_t node, IrType type, IrValue mask) {
  const Node n = m->region->nodes.data[node];
  mask = m->masked[node] ? mask : IR_NONE;
  if (n.type == type)
    return vector_node(m, node, mask);
  bool safe = mask == IR_NONE || !m->masked[node];
  if (!m->varies[node] && safe) // instructions look at the low bits
    return (Operand){false, scalar_node(m, node)};
  IrValue known = known_as(m, node, type, mask);
  if (known != IR_NONE)
    return group(known);
  Operand made = make_node_as(m, node, type, mask);
  if (made.vector)
    known_add(m, node, type, mask, made.value);
  return made;
}

static IrValue mask_logic(Mapper *m, const Node *n, IrValue mask) {
  IrValue operands[2] = {vector_mask(m, n->operands[0], mask), IR_NONE};
  operands[1] = vector_mask(m, n->operands[1], mask);
  IsaOp op = n->op == IR_AND ? ISA_VMAND_MM : n->op == IR_OR ? ISA_VMOR_MM : ISA_VMXOR_MM;
  return vector_compare(m, op, m->ratio > 4 ? IR_I64 : IR_I16, 2, operands);
}

// A choice between masks: what is chosen in each lane.
static IrValue mask_select(Mapper *m, const Node *n, IrValue mask) {
  IrValue condition = vector_mask(m, n->operands[0], mask);
  IrValue yes = m->masked[n->operands[1]] ? mask_and(m, mask, condition) : mask;
  IrValue no = m->masked[n->operands[2]] ? mask_without(m, mask, condition) : mask;
  IrValue x = mask_and(m, vector_mask(m, n->operands[1], yes), condition);
  return either(m, x, mask_without(m, vector_mask(m, n->operands[2], no), condition));
}

// Lane numbers against how far the limit is from the first lane's iterator.
static IrValue compare_places(Mapper *m, const Node *n) {
  IrPredicate p = (IrPredicate)n->aux;
  bool below = p == IR_SLT || p == IR_ULT || p == IR_SLE || p == IR_ULE;
  Builder *b = &m->e.builder;
  IrValue none = number(m, 0), limit = scalar_node(m, n->operands[1]);
  // Iterators are from 0 to 2^63 - 1, and so may the limit be. The mask is that of what lies below it.
  bool sign = p == IR_SLT || p == IR_SLE || p == IR_SGT || p == IR_SGE;
  limit = sign ? build2(b, IR_SMAX, IR_I64, limit, number(m, -1))
               : build2(b, IR_UMIN, IR_I64, limit, number(m, INT64_MAX));
  limit = emit_sub(&m->e, limit, m->e.variables[m->iterators[m->lane]]);
  limit = emit_min(&m->e, emit_max(&m->e, limit, number(m, -1)), number(m, INT16_MAX));
  if (p == IR_SLE || p == IR_ULE || p == IR_SGT || p == IR_UGT)
    limit = emit_add_number(&m->e, limit, 1);
  limit = emit_max(&m->e, limit, none);
  IrValue operands[2] = {vector_op(m, ISA_VID_V, IR_I16, 0, NULL), limit};
  IrValue mask = vector_compare(m, ISA_VMSLTU_VX, IR_I16, 2, operands);
  return below ? mask : inverted(m, mask);
}

static IrValue make_mask(Mapper *m, uint32_t node, IrValue mask) {
  const Node n = m->region->nodes.data[node];
  bool safe = mask == IR_NONE || !m->masked[node];
  if (!m->varies[node] && safe) {
    IrValue bit = build1(&m->e.builder, IR_ZEXT, IR_I64, scalar_node(m, node));
    IrValue all = vector_splat(m, IR_I16, bit);
    return compared(m, ISA_VMSNE_VV, IR_I16, group(all), (Operand){false, number(m, 0)});
  }
  if (n.kind == NODE_LOAD)
    return m->e.variables[m->scalars[m->region->accesses.data[n.index].array]];
  IrType from = n.operand_count ? m->region->nodes.data[n.operands[0]].type : IR_VOID;
  switch ((IrOp)n.op) {
  case IR_ICMP: {
    if (node_compares_places(m, &n))
      return compare_places(m, &n);
    Operand x = vector_node(m, n.operands[0], mask);
    return compare_integers(m, (IrPredicate)n.aux, from, x, vector_node(m, n.operands[1], mask));
  }
  case IR_FCMP: {
    Operand x = vector_node(m, n.operands[0], mask);
    return compare_floats(m, (IrPredicate)n.aux, from, x, vector_node(m, n.operands[1], mask));
  }
  case IR_SELECT:
    return mask_select(m, &n, mask);
  case IR_TRUNC: {
    Operand low = vector_node_as(m, n.operands[0], from, mask);
    Operand bit =
        group(vector_binary(m, IR_AND, from, group(vector_of(m, low, from)), (Operand){false, number(m, 1)}));
    return compared(m, ISA_VMSNE_VV, from, bit, (Operand){false, number(m, 0)});
  }
  case IR_COPY:
    return vector_mask(m, n.operands[0], mask);
  default:
    return mask_logic(m, &n, mask);
  }
}

IrValue vector_mask(Mapper *m, uint32_t node, IrValue mask) {
  mask = m->masked[node] ? mask : IR_NONE;
  IrValue value = known_as(m, node, IR_I1, mask);
  if (value == IR_NONE) {
    value = make_mask(m, node, mask);
    known_add(m, node, IR_I1, mask, value);
  }
  return value;
}
