// Elements of vectors, and shuffles.
#include "target/import/vector.h"

#include <string.h>

static VectorShape with_width(const Importer *imp, const VectorShape *shape, IrType element) {
  return lanes_with_width(shape, element, (unsigned)imp->target->machine->vlen);
}

// --- elements
// -------------------------------------------------------------------------------------------------

// Masks are handled as bytes.
static VectorShape byte_shape(const Importer *imp, const VectorShape *mask) {
  return with_width(imp, mask, IR_I8);
}

static VectorConfig undisturbed(VectorConfig config) {
  config.tail_undisturbed = true;
  return config;
}

IrValue lanes_as_bits(Importer *imp, IrValue x) {
  IrType type = ir_type(imp->f, x);
  if (ir_is_float(type))
    return build1(&imp->b, IR_BITCAST, (IrType)ir_float_bits(type), x);
  return x;
}

IrValue lanes_extract(Importer *imp, const VectorShape *shape, IrValue v, IrValue index) {
  Builder *b = &imp->b;
  if (is_mask_shape(shape)) {
    VectorShape bytes = byte_shape(imp, shape);
    IrValue byte = lanes_extract(imp, &bytes, lanes_mask_to_integers(imp, &bytes, v, false), index);
    return build1(b, IR_TRUNC, IR_I1, byte);
  }
  IrValue one = build_const(b, IR_I64, 1);
  bool first = ir_is_const(imp->f, index) && ir_insn(imp->f, index)->imm == 0;
  if (!first)
    v = build_machine(b, ISA_VSLIDEDOWN_VX, shape->type, shape_config(shape), one, 2, (IrValue[2]){v, index});
  v = build_part(b, ir_vector(1, 1), v, 0);
  if (ir_is_float(shape->element) && shape->element != IR_BFLOAT)
    return build_machine(b, ISA_VFMV_F_S, shape->element, shape_config(shape), one, 1, &v);
  IrValue x = build_machine(b, ISA_VMV_X_S, IR_I64, shape_config(shape), one, 1, &v);
  x = shape->sew < 64 ? build1(b, IR_TRUNC, (IrType)shape->sew, x) : x;
  return shape->element == IR_BFLOAT ? build1(b, IR_BITCAST, IR_BFLOAT, x) : x;
}

IrValue lanes_insert(Importer *imp, const VectorShape *shape, IrValue v, IrValue x, IrValue index) {
  Builder *b = &imp->b;
  if (is_mask_shape(shape)) {
    VectorShape bytes = byte_shape(imp, shape);
    IrValue whole = lanes_mask_to_integers(imp, &bytes, v, false);
    whole = lanes_insert(imp, &bytes, whole, build1(b, IR_ZEXT, IR_I8, x), index);
    return lanes_integers_to_mask(imp, &bytes, whole);
  }
  VectorConfig config = shape_config(shape);
  IrValue one = build_const(b, IR_I64, 1);
  bool first = ir_is_const(imp->f, index) && ir_insn(imp->f, index)->imm == 0;
  IrValue single;
  bool is_float =
      ir_is_float(shape->element) && shape->element != IR_BFLOAT && ir_insn(imp->f, x)->op != IR_FCONST;
  IrValue scalar = is_float ? x : lanes_as_bits(imp, x);
  // vmv.s.x writes one register's first element; it takes the old value as such.
  IrType one_register = ir_vector(1, 1);
  IsaOp move = is_float ? ISA_VFMV_S_F : ISA_VMV_S_X;
  if (first) {
    IrValue low = build_part(b, one_register, v, 0);
    single = build_machine(b, move, one_register, undisturbed(config), one, 2, (IrValue[2]){low, scalar});
    return build_join(b, v, single, 0);
  }
  single = build_machine(b, move, one_register, config, one, 1, &scalar);
  if (ir_group_size(shape->type) > 1)
    single = build_join(b, build_undefined(b, shape->type), single, 0);
  IrValue length = build2(b, IR_ADD, IR_I64, index, one);
  return build_machine(b, ISA_VSLIDEUP_VX, shape->type, undisturbed(config), length, 3,
                       (IrValue[3]){v, single, index});
}

// A value in a group of another size: its first registers, or with undefined ones behind.
IrValue lanes_regroup(Importer *imp, IrValue v, IrType type) {
  IrType own = ir_type(imp->f, v);
  if (own == type)
    return v;
  if (ir_group_size(own) > ir_group_size(type))
    return build_part(&imp->b, type, v, 0);
  return build_join(&imp->b, build_undefined(&imp->b, type), v, 0);
}

// --- shuffles
// -------------------------------------------------------------------------------------------------

// The index vector of a gather, from numbers of which -1 is any.
static IrValue index_vector(Importer *imp, const VectorShape *shape, const int64_t *indices) {
  VectorShape numbers = *shape;
  numbers.element = (IrType)shape->sew;
  LLVMTypeRef type = LLVMIntTypeInContext(imp->context, shape->sew);
  LLVMValueRef *elements = checked_malloc((shape->count + 1) * sizeof(LLVMValueRef));
  for (uint32_t i = 0; i < shape->count; i++)
    elements[i] = LLVMConstInt(type, indices[i] < 0 ? 0 : (unsigned long long)indices[i], false);
  IrValue v = lanes_constant(imp, LLVMConstVector(elements, shape->count), &numbers);
  free((void *)elements);
  return v;
}

static IrValue mask_constant(Importer *imp, const VectorShape *shape, const bool *bits) {
  VectorShape mask = with_width(imp, shape, IR_I1);
  LLVMTypeRef type = LLVMInt1TypeInContext(imp->context);
  LLVMValueRef *elements = checked_malloc((shape->count + 1) * sizeof(LLVMValueRef));
  for (uint32_t i = 0; i < shape->count; i++)
    elements[i] = LLVMConstInt(type, bits[i], false);
  IrValue v = lanes_constant(imp, LLVMConstVector(elements, shape->count), &mask);
  free((void *)elements);
  return v;
}

// Elements indices[i] of x, at the places where `chosen`; elsewhere those of `old`, if there is one.
static IrValue gather_elements(Importer *imp, const VectorShape *shape, IrValue x, const int64_t *indices,
                               IrValue old, const bool *chosen) {
  bool identity = true;
  for (uint32_t i = 0; i < shape->count; i++)
    identity = identity && (indices[i] < 0 || indices[i] == i);
  VectorConfig config = shape_config(shape);
  IrValue avl = shape_length(imp, shape);
  if (identity && old == IR_NONE)
    return x;
  IrValue where = old == IR_NONE ? IR_NONE : mask_constant(imp, shape, chosen);
  if (identity)
    return lanes_select(imp, shape, where, x, old);
  IrValue index = index_vector(imp, shape, indices);
  if (old == IR_NONE)
    return build_machine(&imp->b, ISA_VRGATHER_VV, shape->type, config, avl, 2, (IrValue[2]){x, index});
  config.mask_undisturbed = true;
  return build_machine(&imp->b, ISA_VRGATHER_VV, shape->type, config, avl, 4,
                       (IrValue[4]){old, x, index, where});
}

// indices count elements of x and then y; -1: any. Both have the shape `from`.
IrValue lanes_shuffle(Importer *imp, const VectorShape *from, const VectorShape *to, IrValue x, IrValue y,
                      const int64_t *indices) {
  if (is_mask_shape(from)) {
    VectorShape bytes = byte_shape(imp, from), result = byte_shape(imp, to);
    IrValue a = lanes_mask_to_integers(imp, &bytes, x, false),
            b = lanes_mask_to_integers(imp, &bytes, y, false);
    return lanes_integers_to_mask(imp, &result, lanes_shuffle(imp, &bytes, &result, a, b, indices));
  }
  IrValue simple = lanes_shuffle_pattern(imp, from, to, x, y, indices);
  if (simple != IR_NONE)
    return simple;
  if (from->sew == 8 && from->count > 256) { // an index is a byte, too
    refuse(imp, imp->function, "a shuffle of more than 256 bytes or bits is not supported");
    return build_undefined(&imp->b, to->type);
  }
  // Work in the larger of the two groups.
  const VectorShape *large = from->lmul > to->lmul ? from : to;
  VectorShape shape = *large;
  shape.count = to->count;
  IrValue a = lanes_regroup(imp, x, shape.type), b = lanes_regroup(imp, y, shape.type);
  int64_t *first = checked_malloc((to->count + 1) * sizeof *first),
          *second = checked_malloc((to->count + 1) * sizeof *second);
  bool *chosen = checked_malloc(to->count + 1), any_first = false, any_second = false;
  for (uint32_t i = 0; i < to->count; i++) {
    bool later = indices[i] >= (int64_t)from->count;
    first[i] = later ? -1 : indices[i];
    second[i] = later ? indices[i] - from->count : -1;
    chosen[i] = later;
    any_first |= first[i] >= 0;
    any_second |= later;
  }
  IrValue v = build_undefined(&imp->b, shape.type);
  if (any_first)
    v = gather_elements(imp, &shape, a, first, IR_NONE, chosen);
  if (any_second)
    v = gather_elements(imp, &shape, b, second, any_first ? v : IR_NONE, chosen);
  free(first);
  free(second);
  free(chosen);
  return lanes_regroup(imp, v, to->type);
}

// The scalar inserted into the first place of a vector that is then spread; NULL: it is not so.
static LLVMValueRef inserted_first(LLVMValueRef v) {
  if (!LLVMIsAInsertElementInst(v))
    return NULL;
  LLVMValueRef index = LLVMGetOperand(v, 2);
  return LLVMIsAConstantInt(index) && LLVMConstIntGetZExtValue(index) == 0 ? LLVMGetOperand(v, 1) : NULL;
}

void import_shuffle(Importer *imp, LLVMValueRef insn) {
  VectorShape from, to;
  if (!lanes_shape_or_refuse(imp, insn, LLVMTypeOf(LLVMGetOperand(insn, 0)), &from) ||
      !lanes_shape_or_refuse(imp, insn, LLVMTypeOf(insn), &to))
    return;
  unsigned count = LLVMGetNumMaskElements(insn);
  bool all_first = true;
  for (unsigned i = 0; i < count; i++)
    all_first = all_first && LLVMGetMaskValue(insn, i) <= 0;
  LLVMValueRef scalar = inserted_first(LLVMGetOperand(insn, 0));
  if (all_first && scalar) {
    set_value(imp, insn, lanes_splat(imp, operand(imp, scalar), &to));
    return;
  }
  IrValue x = operand(imp, LLVMGetOperand(insn, 0));
  if (all_first && LLVMGetTypeKind(LLVMTypeOf(insn)) == LLVMScalableVectorTypeKind) {
    set_value(imp, insn,
              lanes_splat(imp, lanes_extract(imp, &from, x, build_const(&imp->b, IR_I64, 0)), &to));
    return;
  }
  int64_t *indices = checked_malloc((count + 1) * sizeof *indices);
  bool second_is_any = LLVMIsUndef(LLVMGetOperand(insn, 1));
  for (unsigned i = 0; i < count; i++) {
    int index = LLVMGetMaskValue(insn, i);
    indices[i] = second_is_any && index >= (int)from.count ? -1 : index;
  }
  set_value(imp, insn, lanes_shuffle(imp, &from, &to, x, operand(imp, LLVMGetOperand(insn, 1)), indices));
  free(indices);
}

IrValue lanes_splice(Importer *imp, const VectorShape *shape, IrValue x, IrValue y, IrValue from,
                     IrValue kept, IrValue length) {
  VectorConfig config = shape_config(shape);
  IrValue down =
      build_machine(&imp->b, ISA_VSLIDEDOWN_VX, shape->type, config, kept, 2, (IrValue[2]){x, from});
  return build_machine(&imp->b, ISA_VSLIDEUP_VX, shape->type, undisturbed(config), length, 3,
                       (IrValue[3]){down, y, kept});
}
