// Instructions of the vector unit on groups of the current ratio of SEW and LMUL.
#include "target/tensor/vector/map.h"

unsigned type_bits(IrType type) {
  return ir_type_bits(type);
}

static unsigned log2_of(unsigned x) {
  return (unsigned)__builtin_ctz(x);
}

VectorConfig vector_config(const Mapper *m, IrType element) {
  unsigned bits = type_bits(element);
  return (VectorConfig){.sew = (uint8_t)bits, .lmul = (int8_t)((int)log2_of(bits) - (int)m->ratio)};
}

IrType vector_group_type(const Mapper *m, IrType element) {
  if (element == IR_I1)
    return ir_vector(1, 1);
  int lmul = vector_config(m, element).lmul;
  unsigned registers = lmul > 0 ? 1U << lmul : 1;
  return ir_vector(registers, registers);
}

IrValue vector_op_length(Mapper *m, IsaOp op, IrType result, VectorConfig config, IrValue length,
                         uint32_t count, const IrValue *operands) {
  if (m->deferred.waits == 1)
    vector_store_deferred(m);
  else if (m->deferred.waits)
    m->deferred.waits--;
  estimate_instruction(m, op, config, length);
  return build_machine(&m->e.builder, op, result, config, length, count, operands);
}

IrValue vector_op(Mapper *m, IsaOp op, IrType element, uint32_t count, const IrValue *operands) {
  return vector_op_length(m, op, vector_group_type(m, element), vector_config(m, element), m->length, count,
                          operands);
}

IrValue vector_compare(Mapper *m, IsaOp op, IrType element, uint32_t count, const IrValue *operands) {
  return vector_op_length(m, op, ir_vector(1, 1), vector_config(m, element), m->length, count, operands);
}

IrValue vector_scalar(Mapper *m, IrValue scalar) {
  IrType type = ir_type(m->e.builder.f, scalar);
  if (ir_is_float(type) || type == IR_I64)
    return scalar;
  return build1(&m->e.builder, IR_SEXT, IR_I64, scalar);
}

IrValue vector_splat(Mapper *m, IrType element, IrValue scalar) {
  scalar = vector_scalar(m, scalar);
  bool floating = ir_is_float(ir_type(m->e.builder.f, scalar));
  if (ir_type(m->e.builder.f, scalar) == IR_BFLOAT) {
    scalar = vector_scalar(m, build1(&m->e.builder, IR_BITCAST, IR_I16, scalar));
    floating = false;
  }
  return vector_op(m, floating ? ISA_VFMV_V_F : ISA_VMV_V_X, element, 1, &scalar);
}

// --- memory -----------------------------------------------------------------------------------------------

static IsaOp by_width(unsigned bits, IsaOp op8, IsaOp op16, IsaOp op32, IsaOp op64) {
  return bits == 8 ? op8 : bits == 16 ? op16 : bits == 32 ? op32 : op64;
}

static bool unit_stride(const Quantity *stride, unsigned bits) {
  return stride->value == IR_NONE && stride->constant == bits / 8;
}

// From one lane's element to the next one's.
static Quantity element_stride(Mapper *m, const Access *access) {
  Quantity stride = lane_stride(m, &access->offset);
  const Stream *stream = stage_stream(m, access);
  int64_t number = 0;
  if (!stream)
    return stride;
  IrValue pitch = stream_coefficient(m, stream, stride);
  return emit_is_number(&m->e, pitch, &number) ? (Quantity){IR_NONE, number} : (Quantity){pitch, 0};
}

IrValue vector_load(Mapper *m, const Access *access, IrValue mask) {
  return vector_load_as(m, access, access->type, mask);
}

IrValue vector_load_as(Mapper *m, const Access *access, IrType type, IrValue mask) {
  unsigned bits = type_bits(type);
  Quantity stride = element_stride(m, access);
  IrValue operands[3] = {access_address(m, access)};
  uint32_t count = 1;
  bool unit = unit_stride(&stride, bits);
  if (!unit)
    operands[count++] = emit_quantity(&m->e, stride);
  if (mask != IR_NONE)
    operands[count++] = mask;
  IsaOp op = unit ? by_width(bits, ISA_VLE8_V, ISA_VLE16_V, ISA_VLE32_V, ISA_VLE64_V)
                  : by_width(bits, ISA_VLSE8_V, ISA_VLSE16_V, ISA_VLSE32_V, ISA_VLSE64_V);
  return vector_op(m, op, type, count, operands);
}

IrValue vector_gather(Mapper *m, const Access *access, IrValue index, IrType type, IrValue mask) {
  IrValue first =
      emit_add(&m->e, m->region->arrays.data[access->array].base, affine_value(m, &access->offset));
  IrValue operands[3] = {first, index, mask};
  IsaOp op = by_width(type_bits(type), ISA_VLUXEI8_V, ISA_VLUXEI16_V, ISA_VLUXEI32_V, ISA_VLUXEI64_V);
  return vector_op(m, op, access->type, mask == IR_NONE ? 2 : 3, operands);
}

static void store_at(Mapper *m, const Access *access, IrValue value, IrValue address, IrValue mask,
                     IrValue length) {
  unsigned bits = type_bits(access->type);
  Quantity stride = element_stride(m, access);
  IrValue operands[4] = {value, address};
  uint32_t count = 2;
  bool unit = unit_stride(&stride, bits);
  if (!unit)
    operands[count++] = emit_quantity(&m->e, stride);
  if (mask != IR_NONE)
    operands[count++] = mask;
  IsaOp op = unit ? by_width(bits, ISA_VSE8_V, ISA_VSE16_V, ISA_VSE32_V, ISA_VSE64_V)
                  : by_width(bits, ISA_VSSE8_V, ISA_VSSE16_V, ISA_VSSE32_V, ISA_VSSE64_V);
  vector_op_length(m, op, IR_VOID, vector_config(m, access->type), length, count, operands);
}

void vector_store(Mapper *m, const Access *access, IrValue value, IrValue mask) {
  Deferred *deferred = &m->deferred;
  IrValue address = access_address(m, access);
  if (!deferred->keeps) {
    store_at(m, access, value, address, mask, m->length);
    return;
  }
  late_settle(m);
  m->e.variables[deferred->value] = value;
  m->e.variables[deferred->address] = address;
  if (deferred->length != UINT32_MAX)
    m->e.variables[deferred->length] = m->length;
}

void vector_store_deferred(Mapper *m) {
  const Deferred *deferred = &m->deferred;
  const IrValue *variables = m->e.variables;
  m->deferred.waits = 0;
  store_at(m, &m->region->accesses.data[deferred->access], variables[deferred->value],
           variables[deferred->address], IR_NONE,
           deferred->length == UINT32_MAX ? m->length : variables[deferred->length]);
}

// --- arithmetic -------------------------------------------------------------------------------------------

typedef struct BinaryRow {
  uint8_t op;
  uint16_t vector;   // both groups
  uint16_t scalar;   // the second one a scalar
  uint16_t reversed; // the first one a scalar; 0: by exchanging, or there is none
} BinaryRow;

static const BinaryRow binary_rows[] = {
    {IR_ADD, ISA_VADD_VV, ISA_VADD_VX, ISA_VADD_VX},
    {IR_SUB, ISA_VSUB_VV, ISA_VSUB_VX, ISA_VRSUB_VX},
    {IR_MUL, ISA_VMUL_VV, ISA_VMUL_VX, ISA_VMUL_VX},
    {IR_MULHS, ISA_VMULH_VV, ISA_VMULH_VX, ISA_VMULH_VX},
    {IR_MULHU, ISA_VMULHU_VV, ISA_VMULHU_VX, ISA_VMULHU_VX},
    {IR_SDIV, ISA_VDIV_VV, ISA_VDIV_VX, 0},
    {IR_UDIV, ISA_VDIVU_VV, ISA_VDIVU_VX, 0},
    {IR_SREM, ISA_VREM_VV, ISA_VREM_VX, 0},
    {IR_UREM, ISA_VREMU_VV, ISA_VREMU_VX, 0},
    {IR_SHL, ISA_VSLL_VV, ISA_VSLL_VX, 0},
    {IR_LSHR, ISA_VSRL_VV, ISA_VSRL_VX, 0},
    {IR_ASHR, ISA_VSRA_VV, ISA_VSRA_VX, 0},
    {IR_AND, ISA_VAND_VV, ISA_VAND_VX, ISA_VAND_VX},
    {IR_OR, ISA_VOR_VV, ISA_VOR_VX, ISA_VOR_VX},
    {IR_XOR, ISA_VXOR_VV, ISA_VXOR_VX, ISA_VXOR_VX},
    {IR_SMIN, ISA_VMIN_VV, ISA_VMIN_VX, ISA_VMIN_VX},
    {IR_SMAX, ISA_VMAX_VV, ISA_VMAX_VX, ISA_VMAX_VX},
    {IR_UMIN, ISA_VMINU_VV, ISA_VMINU_VX, ISA_VMINU_VX},
    {IR_UMAX, ISA_VMAXU_VV, ISA_VMAXU_VX, ISA_VMAXU_VX},
    {IR_FADD, ISA_VFADD_VV, ISA_VFADD_VF, ISA_VFADD_VF},
    {IR_FSUB, ISA_VFSUB_VV, ISA_VFSUB_VF, ISA_VFRSUB_VF},
    {IR_FMUL, ISA_VFMUL_VV, ISA_VFMUL_VF, ISA_VFMUL_VF},
    {IR_FDIV, ISA_VFDIV_VV, ISA_VFDIV_VF, ISA_VFRDIV_VF},
    {IR_FMIN, ISA_VFMIN_VV, ISA_VFMIN_VF, ISA_VFMIN_VF},
    {IR_FMAX, ISA_VFMAX_VV, ISA_VFMAX_VF, ISA_VFMAX_VF},
    {IR_FCOPYSIGN, ISA_VFSGNJ_VV, ISA_VFSGNJ_VF, 0},
};

static const BinaryRow *find_row(IrOp op) {
  for (size_t i = 0; i < sizeof binary_rows / sizeof *binary_rows; i++)
    if (binary_rows[i].op == op)
      return &binary_rows[i];
  return NULL;
}

bool vector_has_binary(IrOp op, IrType element) {
  return find_row(op) && element != IR_BFLOAT && element != IR_I1;
}

IrValue vector_binary(Mapper *m, IrOp op, IrType element, Operand x, Operand y) {
  const BinaryRow *row = find_row(op);
  if (!x.vector && row->reversed) {
    IrValue operands[2] = {y.value, vector_scalar(m, x.value)};
    return vector_op(m, (IsaOp)row->reversed, element, 2, operands);
  }
  IrValue operands[2] = {vector_of(m, x, element), y.vector ? y.value : vector_scalar(m, y.value)};
  return vector_op(m, (IsaOp)(y.vector ? row->vector : row->scalar), element, 2, operands);
}

// --- masks ------------------------------------------------------------------------------------------------

static IrValue mask_op(Mapper *m, IsaOp op, IrValue x, IrValue y) {
  IrValue operands[2] = {x, y};
  // Masks have a bit a lane, whatever the element: the ratio alone matters.
  return vector_compare(m, op, m->ratio > 4 ? IR_I64 : IR_I16, 2, operands);
}

IrValue mask_and(Mapper *m, IrValue x, IrValue y) {
  return x == IR_NONE ? y : y == IR_NONE ? x : mask_op(m, ISA_VMAND_MM, x, y);
}

IrValue mask_without(Mapper *m, IrValue x, IrValue y) {
  return x == IR_NONE ? mask_op(m, ISA_VMNAND_MM, y, y) : mask_op(m, ISA_VMANDN_MM, x, y);
}
