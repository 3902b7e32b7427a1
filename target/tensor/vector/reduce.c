// Totals over lanes: a partial total in each lane, put together behind the loop; where the order is fixed,
// one ordered sum a step.
#include "target/tensor/vector/map.h"

typedef struct ReductionRow {
  uint8_t op;
  uint16_t across; // the lanes of a group
} ReductionRow;

static const ReductionRow rows[] = {
    {IR_ADD, ISA_VREDSUM_VS},   {IR_AND, ISA_VREDAND_VS},   {IR_OR, ISA_VREDOR_VS},
    {IR_XOR, ISA_VREDXOR_VS},   {IR_SMIN, ISA_VREDMIN_VS},  {IR_SMAX, ISA_VREDMAX_VS},
    {IR_UMIN, ISA_VREDMINU_VS}, {IR_UMAX, ISA_VREDMAXU_VS}, {IR_FADD, ISA_VFREDUSUM_VS},
    {IR_FMIN, ISA_VFREDMIN_VS}, {IR_FMAX, ISA_VFREDMAX_VS},
};

static IsaOp across(IrOp op) {
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (rows[i].op == op)
      return (IsaOp)rows[i].across;
  return ISA_OP_COUNT;
}

bool total_supported(const Region *region, const Statement *s) {
  IrType type = region->accesses.data[s->target].type;
  bool element = type == IR_I8 || type == IR_I16 || type == IR_I32 || type == IR_I64 || type == IR_HALF ||
                 type == IR_FLOAT || type == IR_DOUBLE;
  IrOp op = s->reduction == IR_FMA ? IR_FADD : (IrOp)s->reduction;
  if (!element || across(op) == ISA_OP_COUNT)
    return false;
  return s->reassociable || !ir_is_float(type) || s->reduction == IR_FADD;
}

// --- totals -----------------------------------------------------------------------------------------------

static int64_t float_sign_bit(IrType type) {
  return (int64_t)(UINT64_C(1) << (ir_float_bits(type) - 1));
}

static int64_t float_one(IrType type) {
  return type == IR_DOUBLE ? INT64_C(0x3ff0000000000000) : type == IR_FLOAT ? 0x3f800000 : 0x3c00;
}

static int64_t infinity(IrType type) {
  return type == IR_DOUBLE ? INT64_C(0x7ff0000000000000) : type == IR_FLOAT ? 0x7f800000 : 0x7c00;
}

static int64_t quiet_nan(IrType type) {
  return type == IR_DOUBLE ? INT64_C(0x7ff8000000000000) : type == IR_FLOAT ? 0x7fc00000 : 0x7e00;
}

// What changes nothing.
static IrValue identity(Mapper *m, IrOp op, IrType type) {
  Function *f = m->e.builder.f;
  unsigned bits = type_bits(type);
  int64_t least = (int64_t)(~UINT64_C(0) << (bits - 1));
  switch (op) {
  case IR_FADD: // minus zero
    return ir_leaf(f, IR_FCONST, type, float_sign_bit(type));
  case IR_FMIN:
  case IR_FMAX:
    return ir_leaf(f, IR_FCONST, type, quiet_nan(type));
  case IR_AND:
  case IR_UMIN:
    return ir_leaf(f, IR_CONST, type, -1);
  case IR_SMAX:
    return ir_leaf(f, IR_CONST, type, least);
  case IR_SMIN:
    return ir_leaf(f, IR_CONST, type, ~least);
  default:
    return ir_leaf(f, IR_CONST, type, 0);
  }
}

static IrOp sum_op(const Total *total) {
  return total->op == IR_FMA ? IR_FADD : (IrOp)total->op;
}

static IrValue first_element(Mapper *m, IrType type, IrValue scalar, IrValue length) {
  bool floating = ir_is_float(type);
  if (!floating && type != IR_I64)
    scalar = build1(&m->e.builder, IR_SEXT, IR_I64, scalar);
  return vector_op_length(m, floating ? ISA_VFMV_S_F : ISA_VMV_S_X, ir_vector(1, 1), vector_config(m, type),
                          length, 1, &scalar);
}

void total_start(Mapper *m, Total *total, IrValue initial) {
  IrValue start = IR_NONE;
  total->length = IR_AVL_MAX;
  if (total->opens && !total->ordered) {
    total->variable = emit_variable(&m->e, IR_NONE);
    if (total->unordered)
      total->nan = emit_variable(&m->e, IR_NONE);
    return;
  }
  if (total->ordered) {
    start = first_element(m, total->type, initial, IR_AVL_MAX);
  } else {
    IrValue length = m->length;
    m->length = IR_AVL_MAX;
    start = vector_splat(m, total->type, identity(m, sum_op(total), total->type));
    m->length = length;
  }
  total->variable = emit_variable(&m->e, start);
  if (!total->unordered)
    return;
  IrValue length = m->length;
  m->length = IR_AVL_MAX;
  total->nan = emit_variable(&m->e, vector_splat(m, total->type, emit_number(&m->e, 0)));
  m->length = length;
}

// The lanes that do not take part keep what they have: the totals of the step before.
static IrValue partial(Mapper *m, IsaOp op, IrType type, IrValue old, IrValue x, IrValue y, IrValue mask) {
  IrValue operands[4] = {old, x};
  uint32_t count = 2;
  if (y != IR_NONE)
    operands[count++] = y;
  if (mask != IR_NONE)
    operands[count++] = mask;
  VectorConfig config = vector_config(m, type);
  config.tail_undisturbed = true;
  config.mask_undisturbed = mask != IR_NONE;
  return vector_op_length(m, op, vector_group_type(m, type), config, m->length, count, operands);
}

static IsaOp lane_op(IrOp op) {
  static const ReductionRow lanes[] = {
      {IR_ADD, ISA_VADD_VV},   {IR_AND, ISA_VAND_VV},   {IR_OR, ISA_VOR_VV},     {IR_XOR, ISA_VXOR_VV},
      {IR_SMIN, ISA_VMIN_VV},  {IR_SMAX, ISA_VMAX_VV},  {IR_UMIN, ISA_VMINU_VV}, {IR_UMAX, ISA_VMAXU_VV},
      {IR_FADD, ISA_VFADD_VV}, {IR_FMIN, ISA_VFMIN_VV}, {IR_FMAX, ISA_VFMAX_VV}};
  for (size_t i = 0; i < sizeof lanes / sizeof *lanes; i++)
    if (lanes[i].op == op)
      return (IsaOp)lanes[i].across;
  return ISA_OP_COUNT;
}

// Whether the total is the sum of the one strip's numbers, which have half as many bits and are extended: the
// instruction that adds them up extends them itself.
static bool widens_strip(const Mapper *m, const Total *total, const Statement *s, const Node **narrow) {
  const Node *n = &m->region->nodes.data[s->value];
  *narrow = n;
  if (!total->single || total->op != IR_ADD || ir_is_float(total->type) ||
      !(is_operation(n, IR_SEXT) || is_operation(n, IR_ZEXT)))
    return false;
  *narrow = &m->region->nodes.data[n->operands[0]];
  return m->varies[n->operands[0]] && 2 * type_bits((*narrow)->type) == type_bits(total->type) &&
         (*narrow)->type != IR_I1;
}

// What the one strip gives.
static void set_total_of_strip(Mapper *m, Total *total, const Statement *s) {
  IrType type = total->type;
  IrValue value = IR_NONE;
  const Node *narrow = NULL;
  if (total->op == IR_FMA) {
    const Node product = m->region->nodes.data[s->value];
    Operand x = vector_node(m, product.operands[0], IR_NONE),
            y = vector_node(m, product.operands[1], IR_NONE);
    x.value = vector_of(m, x, type);
    value = vector_binary(m, IR_FMUL, type, (Operand){true, x.value}, y);
  } else if (widens_strip(m, total, s, &narrow)) {
    const Node wide = m->region->nodes.data[s->value];
    total->lanes = narrow->type;
    total->lanes_signed = wide.op == IR_SEXT;
    value = vector_of(m, vector_node(m, wide.operands[0], IR_NONE), total->lanes);
  } else {
    value = vector_of(m, vector_node(m, s->value, IR_NONE), type);
  }
  total->length = m->length;
  m->e.variables[total->variable] = value;
  IrValue operands[2] = {value, value};
  if (total->unordered)
    m->e.variables[total->nan] = vector_op(m, ISA_VADD_VV, type, 2, operands);
}

void total_add(Mapper *m, Total *total, const Statement *s, IrValue mask) {
  IrValue *variable = &m->e.variables[total->variable];
  IrType type = total->type;
  if (*variable == IR_NONE) {
    set_total_of_strip(m, total, s);
    return;
  }
  if (total->op == IR_FMA) {
    const Node product = m->region->nodes.data[s->value];
    bool negated = false;
    uint32_t first = vector_without_sign(m, product.operands[0], &negated);
    uint32_t second = vector_without_sign(m, product.operands[1], &negated);
    IrValue x = vector_of(m, vector_node(m, first, mask), type);
    IrValue y = vector_of(m, vector_node(m, second, mask), type);
    *variable = partial(m, negated ? ISA_VFNMSAC_VV : ISA_VFMACC_VV, type, *variable, x, y, mask);
    return;
  }
  IrValue x = vector_of(m, vector_node(m, s->value, mask), type);
  if (!total->ordered && (total->op == IR_ADD || total->op == IR_FADD)) {
    // 1 * x is added in place: the total is named but once.
    bool floating = total->op == IR_FADD;
    IrValue one =
        floating ? ir_leaf(m->e.builder.f, IR_FCONST, type, float_one(type)) : emit_number(&m->e, 1);
    *variable = partial(m, floating ? ISA_VFMACC_VF : ISA_VMACC_VX, type, *variable, one, x, mask);
    return;
  }
  if (total->unordered) {
    IrValue operands[2] = {x, x};
    IrValue bits = vector_op(m, ISA_VADD_VV, type, 2, operands);
    IrValue *nan = &m->e.variables[total->nan];
    *nan = partial(m, ISA_VMAXU_VV, type, *nan, *nan, bits, mask);
  }
  if (!total->ordered) {
    *variable = partial(m, lane_op((IrOp)total->op), type, *variable, *variable, x, mask);
    return;
  }
  IrValue operands[3] = {x, *variable, mask};
  *variable = vector_op_length(m, ISA_VFREDOSUM_VS, ir_vector(1, 1), vector_config(m, type), m->length,
                               mask == IR_NONE ? 2 : 3, operands);
}

static IrValue extracted(Mapper *m, IrType type, IrValue group) {
  bool floating = ir_is_float(type);
  const Machine *machine = m->e.machine;
  // What needs it waits, and the vector unit with it until something is loaded anew.
  if (m->tail.loop == UINT32_MAX)
    estimate_function(m, 2 * machine->valu_latency + machine->fpu_latency + machine->spm_vector_latency);
  IrValue v = vector_op_length(m, floating ? ISA_VFMV_F_S : ISA_VMV_X_S, floating ? type : IR_I64,
                               vector_config(m, type), IR_AVL_MAX, 1, &group);
  return floating || type == IR_I64 ? v : build1(&m->e.builder, IR_TRUNC, type, v);
}

// The largest bits of elements, shifted up by one.
static IrValue most_bits(Mapper *m, const Total *total) {
  IrType bits = (IrType)type_bits(total->type);
  IrValue group = m->e.variables[total->nan];
  IrValue operands[2] = {group,
                         first_element(m, bits, ir_leaf(m->e.builder.f, IR_CONST, bits, 0), IR_AVL_MAX)};
  return vector_op_length(m, ISA_VREDMAXU_VS, ir_vector(1, 1), vector_config(m, bits), total->length, 2,
                          operands);
}

IrValue total_met_nan(Mapper *m, const Total *total, RawTotal raw) {
  // Infinity's bits, shifted as they were.
  int64_t infinite = (int64_t)((uint64_t)infinity(total->type) << 1);
  IrValue limit = build_const(&m->e.builder, (IrType)type_bits(total->type), infinite);
  return build_compare(&m->e.builder, IR_ICMP, IR_UGT, raw.bits, limit);
}

// The lanes' totals put together.
static IrValue total_of_lanes(Mapper *m, const Total *total) {
  IrValue group = m->e.variables[total->variable];
  IrValue none = first_element(m, total->type, identity(m, sum_op(total), total->type), IR_AVL_MAX);
  IrValue operands[2] = {group, none};
  if (total->lanes != IR_VOID)
    return vector_op_length(m, total->lanes_signed ? ISA_VWREDSUM_VS : ISA_VWREDSUMU_VS, ir_vector(1, 1),
                            vector_config(m, total->lanes), total->length, 2, operands);
  return vector_op_length(m, across(sum_op(total)), ir_vector(1, 1), vector_config(m, total->type),
                          total->length, 2, operands);
}

RawTotal total_across(Mapper *m, const Total *total) {
  IrValue group = total->ordered ? m->e.variables[total->variable] : total_of_lanes(m, total);
  return (RawTotal){group, total->unordered ? most_bits(m, total) : IR_NONE};
}

RawTotal total_raw(Mapper *m, const Total *total, RawTotal across) {
  RawTotal raw = {extracted(m, total->type, across.value), IR_NONE};
  if (total->unordered)
    raw.bits = extracted(m, (IrType)type_bits(total->type), across.bits);
  return raw;
}

RawTotal total_raw_of_none(Mapper *m, const Total *total) {
  Function *f = m->e.builder.f;
  bool chosen = total->op == IR_FMAX || total->op == IR_FMIN;
  int64_t sign = total->op == IR_FMIN ? float_sign_bit(total->type) : 0;
  RawTotal raw = {ir_leaf(f, ir_is_float(total->type) ? IR_FCONST : IR_CONST, total->type,
                          chosen ? float_one(total->type) | sign : 0),
                  IR_NONE};
  if (total->unordered)
    raw.bits = ir_leaf(f, IR_CONST, (IrType)type_bits(total->type), 0);
  return raw;
}

IrValue total_of_raw(Mapper *m, const Total *total, IrValue initial, RawTotal raw) {
  return total->ordered ? raw.value : build2(&m->e.builder, sum_op(total), total->type, initial, raw.value);
}

IrValue vector_reduced(Mapper *m, const Statement *s, IrType type, IrValue old, IrValue mask) {
  if (s->reduction == IR_FMA) {
    const Node product = m->region->nodes.data[s->value];
    return vector_fused(m, type, product.operands[0], product.operands[1], (FusedSum){.group = old}, mask);
  }
  Operand value = vector_node(m, s->value, mask);
  return vector_binary(m, (IrOp)s->reduction, type, (Operand){true, old}, value);
}

IrValue scalar_reduce(Mapper *m, const Statement *s, IrType type, IrValue old) {
  if (s->reduction != IR_FMA)
    return build2(&m->e.builder, (IrOp)s->reduction, type, old, scalar_node(m, s->value));
  const Node product = m->region->nodes.data[s->value];
  IrValue x[3] = {scalar_node(m, product.operands[0]), IR_NONE, old};
  x[1] = scalar_node(m, product.operands[1]);
  return build(&m->e.builder, IR_FMA, type, 3, x);
}
