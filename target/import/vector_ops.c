// LLVM's own operations on vectors: arithmetic, comparisons, conversions, elements and shuffles.
#include "target/import/vector.h"

#include <string.h>

bool lanes_shape_or_refuse(Importer *imp, LLVMValueRef at, LLVMTypeRef type, VectorShape *shape) {
  const char *reason = "a vector is expected here";
  if (is_vector_type(type) && lanes_shape(imp, type, shape, &reason))
    return true;
  refuse(imp, at, "%s", reason);
  return false;
}

// --- lengths
// ------------------------------------------------------------------------------------------------

// Where the elements of a value from some place on are anything, because it was made for so many with an
// agnostic tail, the same holds for what is computed from it element by element.
static IrValue length_of_value(Importer *imp, IrValue v) {
  const IrInsn *insn = ir_insn(imp->f, v);
  if (insn->op != IR_MACHINE)
    return IR_NONE;
  VectorForm form = vector_form(insn);
  uint32_t flags = isa_insn(form.op)->flags;
  if (!form.has_avl || form.into || form.config.tail_undisturbed || flags & ISA_SCALAR_D ||
      vector_layout(imp->f, insn).keeps)
    return IR_NONE;
  IrValue avl = ir_operands_const(imp->f, insn)[insn->operand_count - 1];
  return ir_insn(imp->f, avl)->op == IR_SETVL ? avl : IR_NONE;
}

IrValue lanes_common_length(Importer *imp, const VectorShape *shape, uint32_t count, const IrValue *values) {
  for (uint32_t i = 0; i < count; i++) {
    IrValue avl = length_of_value(imp, values[i]);
    if (avl != IR_NONE)
      return avl;
  }
  return shape_length(imp, shape);
}

// --- splats as scalar operands
// --------------------------------------------------------------------------------

// The scalar that a value has in all places; IR_NONE: it is no splat.
static IrValue splat_scalar(const Importer *imp, IrValue v) {
  const IrInsn *insn = ir_insn(imp->f, v);
  if (insn->op != IR_MACHINE)
    return IR_NONE;
  VectorForm form = vector_form(insn);
  bool splat = form.op == ISA_VMV_V_X || form.op == ISA_VMV_V_I || form.op == ISA_VFMV_V_F;
  return splat && !form.config.tail_undisturbed ? ir_operands_const(imp->f, insn)[0] : IR_NONE;
}

static IsaOp immediate_row(const Importer *imp, const char *base, IrValue scalar) {
  IsaOp op = lanes_row("%s.vi", base);
  if (op == ISA_INVALID || !ir_is_const(imp->f, scalar))
    return ISA_INVALID;
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++) {
    IsaOperandKind kind = (IsaOperandKind)format->operands[i];
    if ((kind == ISA_OPERAND_VIMM5 || kind == ISA_OPERAND_VUIMM5) &&
        isa_operand_fits(kind, ir_insn(imp->f, scalar)->imm))
      return op;
  }
  return ISA_INVALID;
}

// base.vv, or with a scalar second operand base.vi, .vx or .vf.
static IrValue build_pair(Importer *imp, const char *base, IrType result, VectorConfig config, IrValue avl,
                          IrValue x, IrValue y) {
  IrValue scalar = splat_scalar(imp, y), operands[2] = {x, y};
  IsaOp op = ISA_INVALID;
  if (scalar != IR_NONE) {
    op = immediate_row(imp, base, scalar);
    if (op == ISA_INVALID)
      op = lanes_row("%s.%s", base, ir_is_float(ir_type(imp->f, scalar)) ? "vf" : "vx");
    operands[1] = op == ISA_INVALID ? y : scalar;
  }
  if (op == ISA_INVALID)
    op = lanes_row("%s.vv", base);
  if (op == ISA_INVALID) {
    refuse(imp, imp->function, "the machine has no instruction '%s.vv'", base);
    return build_undefined(&imp->b, result);
  }
  return build_machine(&imp->b, op, result, config, avl, 2, operands);
}

IrValue lanes_pair(Importer *imp, const char *base, const VectorShape *shape, IrValue x, IrValue y) {
  return build_pair(imp, base, shape->type, shape_config(shape),
                    lanes_common_length(imp, shape, 2, (IrValue[2]){x, y}), x, y);
}

static IrValue unary(Importer *imp, IsaOp op, IrType result, VectorConfig config, IrValue avl, IrValue x) {
  return build_machine(&imp->b, op, result, config, avl, 1, &x);
}

// --- arithmetic
// -----------------------------------------------------------------------------------------------

typedef struct BinaryName {
  const char *name;
  const char *reversed; // with the first operand the scalar; NULL: none. The same name: it commutes
} BinaryName;

static BinaryName binary_name(IrOp op) {
  switch (op) {
  case IR_ADD:
    return (BinaryName){"vadd", "vadd"};
  case IR_SUB:
    return (BinaryName){"vsub", "vrsub"};
  case IR_MUL:
    return (BinaryName){"vmul", "vmul"};
  case IR_SDIV:
    return (BinaryName){"vdiv", NULL};
  case IR_UDIV:
    return (BinaryName){"vdivu", NULL};
  case IR_SREM:
    return (BinaryName){"vrem", NULL};
  case IR_UREM:
    return (BinaryName){"vremu", NULL};
  case IR_SHL:
    return (BinaryName){"vsll", NULL};
  case IR_LSHR:
    return (BinaryName){"vsrl", NULL};
  case IR_ASHR:
    return (BinaryName){"vsra", NULL};
  case IR_AND:
    return (BinaryName){"vand", "vand"};
  case IR_OR:
    return (BinaryName){"vor", "vor"};
  case IR_XOR:
    return (BinaryName){"vxor", "vxor"};
  case IR_SMIN:
    return (BinaryName){"vmin", "vmin"};
  case IR_SMAX:
    return (BinaryName){"vmax", "vmax"};
  case IR_UMIN:
    return (BinaryName){"vminu", "vminu"};
  case IR_UMAX:
    return (BinaryName){"vmaxu", "vmaxu"};
  case IR_FADD:
    return (BinaryName){"vfadd", "vfadd"};
  case IR_FSUB:
    return (BinaryName){"vfsub", "vfrsub"};
  case IR_FMUL:
    return (BinaryName){"vfmul", "vfmul"};
  case IR_FDIV:
    return (BinaryName){"vfdiv", "vfrdiv"};
  case IR_FMIN:
    return (BinaryName){"vfmin", "vfmin"};
  case IR_FMAX:
    return (BinaryName){"vfmax", "vfmax"};
  default:
    return (BinaryName){NULL, NULL};
  }
}

static IrValue mask_binary(Importer *imp, IrOp op, const VectorShape *shape, IrValue x, IrValue y) {
  IsaOp row = op == IR_AND || op == IR_MUL ? ISA_VMAND_MM : op == IR_OR ? ISA_VMOR_MM : ISA_VMXOR_MM;
  return build_machine(&imp->b, row, shape->type, shape_config(shape),
                       lanes_common_length(imp, shape, 2, (IrValue[2]){x, y}), 2, (IrValue[2]){x, y});
}

// bfloat is computed in float and rounded, as scalars are.
static IrValue widened_bfloat(Importer *imp, const VectorShape *shape, IrValue x, VectorShape *wide);
static IrValue narrowed_bfloat(Importer *imp, const VectorShape *wide, const VectorShape *shape, IrValue x);

IrValue lanes_binary(Importer *imp, IrOp op, const VectorShape *shape, IrValue x, IrValue y) {
  if (is_mask_shape(shape) && op >= IR_ADD && op <= IR_XOR)
    return mask_binary(imp, op, shape, x, y);
  if (shape->element == IR_BFLOAT) {
    VectorShape wide;
    IrValue a = widened_bfloat(imp, shape, x, &wide), b = widened_bfloat(imp, shape, y, &wide);
    return narrowed_bfloat(imp, &wide, shape, lanes_binary(imp, op, &wide, a, b));
  }
  BinaryName name = binary_name(op);
  if (!name.name) {
    refuse(imp, imp->function, "'%s' of vectors is not supported", ir_ops[op].name);
    return build_undefined(&imp->b, shape->type);
  }
  if (name.reversed && splat_scalar(imp, x) != IR_NONE && splat_scalar(imp, y) == IR_NONE) {
    bool known = lanes_row("%s.%s", name.reversed,
                           ir_is_float(ir_type(imp->f, splat_scalar(imp, x))) ? "vf" : "vx") != ISA_INVALID;
    if (known)
      return lanes_pair(imp, name.reversed, shape, y, x);
  }
  return lanes_pair(imp, name.name, shape, x, y);
}

// --- comparisons
// ----------------------------------------------------------------------------------------------

static IrValue mask_pair(Importer *imp, IsaOp op, const VectorShape *shape, IrValue avl, IrValue x,
                         IrValue y) {
  return build_machine(&imp->b, op, ir_vector(1, 1), shape_config(shape), avl, 2, (IrValue[2]){x, y});
}

static IrValue compare_masks(Importer *imp, IrPredicate p, const VectorShape *shape, IrValue x, IrValue y) {
  IrValue avl = shape_length(imp, shape);
  switch (p) {
  case IR_EQ:
    return mask_pair(imp, ISA_VMXNOR_MM, shape, avl, x, y);
  case IR_NE:
    return mask_pair(imp, ISA_VMXOR_MM, shape, avl, x, y);
  case IR_ULT:
  case IR_SGT:
    return mask_pair(imp, ISA_VMANDN_MM, shape, avl, y, x);
  case IR_UGT:
  case IR_SLT:
    return mask_pair(imp, ISA_VMANDN_MM, shape, avl, x, y);
  case IR_ULE:
  case IR_SGE:
    return mask_pair(imp, ISA_VMORN_MM, shape, avl, y, x);
  default:
    return mask_pair(imp, ISA_VMORN_MM, shape, avl, x, y);
  }
}

static IrValue compare_once(Importer *imp, const char *base, const VectorShape *shape, IrValue avl, IrValue x,
                            IrValue y) {
  return build_pair(imp, base, ir_vector(1, 1), shape_config(shape), avl, x, y);
}

static IrValue compare_integers(Importer *imp, IrPredicate p, const VectorShape *shape, IrValue x,
                                IrValue y) {
  static const char *const names[] = {
      [IR_EQ] = "vmseq",  [IR_NE] = "vmsne",   [IR_SLT] = "vmslt",  [IR_SLE] = "vmsle",  [IR_SGT] = "vmsgt",
      [IR_SGE] = "vmsge", [IR_ULT] = "vmsltu", [IR_ULE] = "vmsleu", [IR_UGT] = "vmsgtu", [IR_UGE] = "vmsgeu"};
  static const uint8_t turned[] = {[IR_EQ] = IR_EQ,   [IR_NE] = IR_NE,   [IR_SLT] = IR_SGT, [IR_SLE] = IR_SGE,
                                   [IR_SGT] = IR_SLT, [IR_SGE] = IR_SLE, [IR_ULT] = IR_UGT, [IR_ULE] = IR_UGE,
                                   [IR_UGT] = IR_ULT, [IR_UGE] = IR_ULE};
  IrValue avl = lanes_common_length(imp, shape, 2, (IrValue[2]){x, y});
  bool scalar = splat_scalar(imp, y) != IR_NONE;
  if (!scalar && splat_scalar(imp, x) != IR_NONE)
    return compare_integers(imp, (IrPredicate)turned[p], shape, y, x);
  bool greater = p == IR_SGT || p == IR_UGT, not_less = p == IR_SGE || p == IR_UGE;
  if (not_less && scalar) {
    IrValue less = compare_once(imp, p == IR_SGE ? "vmslt" : "vmsltu", shape, avl, x, y);
    return mask_pair(imp, ISA_VMNAND_MM, shape, avl, less, less);
  }
  if (not_less || (greater && !scalar))
    return compare_once(imp, names[turned[p]], shape, avl, y, x);
  return compare_once(imp, names[p], shape, avl, x, y);
}

static IrValue compare_floats(Importer *imp, IrPredicate p, const VectorShape *shape, IrValue x, IrValue y) {
  IrValue avl = lanes_common_length(imp, shape, 2, (IrValue[2]){x, y}), a, b;
  switch (p) {
  case IR_OEQ:
    return compare_once(imp, "vmfeq", shape, avl, x, y);
  case IR_UNE:
    return compare_once(imp, "vmfne", shape, avl, x, y);
  case IR_OLT:
    return compare_once(imp, "vmflt", shape, avl, x, y);
  case IR_OLE:
    return compare_once(imp, "vmfle", shape, avl, x, y);
  case IR_OGT:
    return compare_once(imp, "vmflt", shape, avl, y, x);
  case IR_OGE:
    return compare_once(imp, "vmfle", shape, avl, y, x);
  case IR_ONE:
  case IR_UEQ:
    a = compare_once(imp, "vmflt", shape, avl, x, y);
    b = compare_once(imp, "vmflt", shape, avl, y, x);
    return mask_pair(imp, p == IR_ONE ? ISA_VMOR_MM : ISA_VMNOR_MM, shape, avl, a, b);
  case IR_ORD:
  case IR_UNO:
    a = compare_once(imp, p == IR_ORD ? "vmfeq" : "vmfne", shape, avl, x, x);
    b = compare_once(imp, p == IR_ORD ? "vmfeq" : "vmfne", shape, avl, y, y);
    return mask_pair(imp, p == IR_ORD ? ISA_VMAND_MM : ISA_VMOR_MM, shape, avl, a, b);
  case IR_FUGT:
    a = compare_once(imp, "vmfle", shape, avl, x, y);
    break;
  case IR_FUGE:
    a = compare_once(imp, "vmflt", shape, avl, x, y);
    break;
  case IR_FULT:
    a = compare_once(imp, "vmfle", shape, avl, y, x);
    break;
  default: // IR_FULE
    a = compare_once(imp, "vmflt", shape, avl, y, x);
  }
  return mask_pair(imp, ISA_VMNAND_MM, shape, avl, a, a);
}

IrValue lanes_compare(Importer *imp, IrPredicate p, const VectorShape *shape, IrValue x, IrValue y) {
  if (is_mask_shape(shape))
    return compare_masks(imp, p, shape, x, y);
  if (p <= IR_UGE)
    return compare_integers(imp, p, shape, x, y);
  if (shape->element == IR_BFLOAT) {
    VectorShape wide;
    IrValue a = widened_bfloat(imp, shape, x, &wide);
    return compare_floats(imp, p, &wide, a, widened_bfloat(imp, shape, y, &wide));
  }
  return compare_floats(imp, p, shape, x, y);
}

IrValue lanes_select(Importer *imp, const VectorShape *shape, IrValue mask, IrValue x, IrValue y) {
  VectorConfig config = shape_config(shape);
  IrValue avl = shape_length(imp, shape);
  if (is_mask_shape(shape)) {
    IrValue a = mask_pair(imp, ISA_VMAND_MM, shape, avl, x, mask);
    IrValue b = mask_pair(imp, ISA_VMANDN_MM, shape, avl, y, mask);
    return mask_pair(imp, ISA_VMOR_MM, shape, avl, a, b);
  }
  IrValue scalar = splat_scalar(imp, x);
  IsaOp op = ISA_VMERGE_VVM;
  if (scalar != IR_NONE && ir_is_float(ir_type(imp->f, scalar)))
    op = ISA_VFMERGE_VFM;
  else if (scalar != IR_NONE && ir_is_const(imp->f, scalar) && ir_insn(imp->f, scalar)->imm >= -16 &&
           ir_insn(imp->f, scalar)->imm <= 15)
    op = ISA_VMERGE_VIM;
  else if (scalar != IR_NONE)
    op = ISA_VMERGE_VXM;
  return build_machine(&imp->b, op, shape->type, config, avl, 3,
                       (IrValue[3]){y, op == ISA_VMERGE_VVM ? x : scalar, mask});
}

// --- widths
// ---------------------------------------------------------------------------------------------------

// As many elements of another width. The fractions of scalable types stay exact; others have whole registers.
VectorShape lanes_with_width(const VectorShape *shape, IrType element, unsigned vlen) {
  unsigned bits = element == IR_I1 ? 8 : ir_type_bits(element);
  VectorShape other = *shape;
  bool exact = shape->lmul < 0 || (uint64_t)shape->count * shape->sew == (uint64_t)vlen << shape->lmul;
  other.element = element;
  other.sew = (uint8_t)bits;
  int lmul = shape->lmul + __builtin_ctz(bits) - __builtin_ctz(shape->sew);
  while (!exact && lmul > 0 && (uint64_t)shape->count * bits <= (uint64_t)vlen << (lmul - 1))
    lmul--;
  other.lmul = (int8_t)(exact || lmul > 0 ? lmul : 0);
  unsigned registers = lmul > 0 && element != IR_I1 ? 1U << lmul : 1;
  other.type = ir_vector(registers, registers);
  return other;
}

static VectorShape with_width(const Importer *imp, const VectorShape *shape, IrType element) {
  return lanes_with_width(shape, element, (unsigned)imp->target->machine->vlen);
}

// The configuration of an instruction whose wide side is `wide`.
static VectorConfig half_config(const VectorShape *wide) {
  return (VectorConfig){.sew = (uint8_t)(wide->sew / 2), .lmul = (int8_t)(wide->lmul - 1)};
}

static IrValue widened_bfloat(Importer *imp, const VectorShape *shape, IrValue x, VectorShape *wide) {
  *wide = with_width(imp, shape, IR_FLOAT);
  return unary(imp, ISA_VFWCVTBF16_F_F_V, wide->type, half_config(wide),
               lanes_common_length(imp, shape, 1, &x), x);
}

static IrValue narrowed_bfloat(Importer *imp, const VectorShape *wide, const VectorShape *shape, IrValue x) {
  return unary(imp, ISA_VFNCVTBF16_F_F_W, shape->type, half_config(wide),
               lanes_common_length(imp, shape, 1, &x), x);
}

IrValue lanes_mask_to_integers(Importer *imp, const VectorShape *to, IrValue mask, bool sign) {
  IrValue zero = lanes_splat(imp, build_const(&imp->b, IR_I64, 0), to);
  return build_machine(&imp->b, ISA_VMERGE_VIM, to->type, shape_config(to), shape_length(imp, to), 3,
                       (IrValue[3]){zero, build_const(&imp->b, IR_I64, sign ? -1 : 1), mask});
}

IrValue lanes_integers_to_mask(Importer *imp, const VectorShape *from, IrValue x) {
  IrValue avl = lanes_common_length(imp, from, 1, &x);
  IrValue bit = build_machine(&imp->b, ISA_VAND_VI, from->type, shape_config(from), avl, 2,
                              (IrValue[2]){x, build_const(&imp->b, IR_I64, 1)});
  return build_machine(&imp->b, ISA_VMSNE_VI, ir_vector(1, 1), shape_config(from), avl, 2,
                       (IrValue[2]){bit, build_const(&imp->b, IR_I64, 0)});
}

// Integers of other widths.
IrValue lanes_resize(Importer *imp, const VectorShape *from, const VectorShape *to, IrValue x, bool sign) {
  if (is_mask_shape(from) && is_mask_shape(to))
    return x;
  if (is_mask_shape(from))
    return lanes_mask_to_integers(imp, to, x, sign);
  if (is_mask_shape(to))
    return lanes_integers_to_mask(imp, from, x);
  if (to->sew == from->sew)
    return x;
  IrValue avl = lanes_common_length(imp, from, 1, &x);
  if (to->sew > from->sew) {
    IsaOp op = lanes_row("v%cext.vf%u", sign ? 's' : 'z', to->sew / from->sew);
    return unary(imp, op, to->type, shape_config(to), avl, x);
  }
  VectorShape wide = *from;
  while (wide.sew > to->sew) {
    VectorShape half = with_width(imp, &wide, (IrType)(wide.sew / 2));
    x = build_machine(&imp->b, ISA_VNSRL_WI, half.type, half_config(&wide), avl, 2,
                      (IrValue[2]){x, build_const(&imp->b, IR_I64, 0)});
    wide = half;
  }
  return x;
}

static IrValue resize_floats(Importer *imp, const VectorShape *from, const VectorShape *to, IrValue x) {
  IrValue avl = lanes_common_length(imp, from, 1, &x);
  if (from->element == IR_BFLOAT || to->element == IR_BFLOAT) {
    VectorShape middle = with_width(imp, from, IR_FLOAT);
    if (from->element == IR_BFLOAT) {
      x = widened_bfloat(imp, from, x, &middle);
      return resize_floats(imp, &middle, to, x);
    }
    if (from->sew != 32) // rounded to odd, so that the second rounding is the only one
      x = unary(imp, from->sew == 64 ? ISA_VFNCVT_ROD_F_F_W : ISA_VFWCVT_F_F_V, middle.type,
                half_config(from->sew == 64 ? from : &middle), avl, x);
    return narrowed_bfloat(imp, &middle, to, x);
  }
  VectorShape now = *from;
  while (now.sew < to->sew) {
    VectorShape wide = with_width(imp, &now, now.sew == 16 ? IR_FLOAT : IR_DOUBLE);
    x = unary(imp, ISA_VFWCVT_F_F_V, wide.type, half_config(&wide), avl, x);
    now = wide;
  }
  while (now.sew > to->sew) {
    VectorShape half = with_width(imp, &now, now.sew == 64 ? IR_FLOAT : IR_HALF);
    bool last = half.sew == to->sew;
    x = unary(imp, last ? ISA_VFNCVT_F_F_W : ISA_VFNCVT_ROD_F_F_W, half.type, half_config(&now), avl, x);
    now = half;
  }
  return x;
}

static IrValue floats_to_integers(Importer *imp, const VectorShape *from, const VectorShape *to, IrValue x,
                                  bool sign) {
  if (from->element == IR_BFLOAT) {
    VectorShape wide;
    x = widened_bfloat(imp, from, x, &wide);
    return floats_to_integers(imp, &wide, to, x, sign);
  }
  IrValue avl = lanes_common_length(imp, from, 1, &x);
  if (to->sew == from->sew * 2 && !is_mask_shape(to))
    return unary(imp, sign ? ISA_VFWCVT_RTZ_X_F_V : ISA_VFWCVT_RTZ_XU_F_V, to->type, half_config(to), avl, x);
  if (to->sew > from->sew && !is_mask_shape(to)) {
    VectorShape wide = with_width(imp, from, IR_FLOAT);
    return floats_to_integers(imp, &wide, to, resize_floats(imp, from, &wide, x), sign);
  }
  VectorShape same = with_width(imp, from, (IrType)from->sew);
  if (to->sew < from->sew) {
    VectorShape half = with_width(imp, from, (IrType)(from->sew / 2));
    x = unary(imp, sign || to->sew < half.sew ? ISA_VFNCVT_RTZ_X_F_W : ISA_VFNCVT_RTZ_XU_F_W, half.type,
              half_config(from), avl, x);
    return lanes_resize(imp, &half, to, x, sign);
  }
  x = unary(imp, sign ? ISA_VFCVT_RTZ_X_F_V : ISA_VFCVT_RTZ_XU_F_V, same.type, shape_config(&same), avl, x);
  return lanes_resize(imp, &same, to, x, sign);
}

static IrValue integers_to_floats(Importer *imp, const VectorShape *from, const VectorShape *to, IrValue x,
                                  bool sign) {
  IrValue avl = lanes_common_length(imp, from, 1, &x);
  if (to->element == IR_BFLOAT) {
    VectorShape wide = with_width(imp, to, IR_FLOAT);
    return narrowed_bfloat(imp, &wide, to, integers_to_floats(imp, from, &wide, x, sign));
  }
  if (is_mask_shape(from) || from->sew < to->sew) {
    VectorShape same = with_width(imp, to, (IrType)to->sew);
    x = lanes_resize(imp, from, &same, x, sign);
    return unary(imp, sign ? ISA_VFCVT_F_X_V : ISA_VFCVT_F_XU_V, to->type, shape_config(to), avl, x);
  }
  if (from->sew == to->sew)
    return unary(imp, sign ? ISA_VFCVT_F_X_V : ISA_VFCVT_F_XU_V, to->type, shape_config(to), avl, x);
  // Double words that a half cannot hold overflow in single precision's exact range too.
  VectorShape half = with_width(imp, from, from->sew == 64 ? IR_FLOAT : IR_HALF);
  x = unary(imp, sign ? ISA_VFNCVT_F_X_W : ISA_VFNCVT_F_XU_W, half.type, half_config(from), avl, x);
  return resize_floats(imp, &half, to, x);
}

// --- instructions
// ----------------------------------------------------------------------------------------------

static void import_vector_cast(Importer *imp, LLVMValueRef insn, LLVMOpcode opcode) {
  VectorShape from, to;
  LLVMTypeRef source = LLVMTypeOf(LLVMGetOperand(insn, 0)), result = LLVMTypeOf(insn);
  IrValue x = operand(imp, LLVMGetOperand(insn, 0));
  if (opcode == LLVMBitCast && !(is_vector_type(source) && is_vector_type(result))) {
    bool to_vector = is_vector_type(result);
    VectorShape shape;
    if (!lanes_shape_or_refuse(imp, insn, to_vector ? result : source, &shape))
      return;
    IrType scalar = scalar_type(to_vector ? source : result);
    unsigned bits = scalar == IR_VOID ? 0 : ir_type_bits(scalar);
    if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
      refuse(imp, insn, "a vector as a scalar that is not 8, 16, 32 or 64 bits wide is not supported");
      return;
    }
    VectorShape one = {
        .element = (IrType)bits, .sew = (uint8_t)bits, .count = 1, .type = ir_vector(1, 1), .fields = 1};
    IrValue zero = build_const(&imp->b, IR_I64, 0);
    if (to_vector) {
      set_value(imp, insn,
                lanes_insert(imp, &one, build_undefined(&imp->b, one.type), lanes_as_bits(imp, x), zero));
      return;
    }
    IrValue v = lanes_extract(imp, &one, x, zero);
    set_value(imp, insn, ir_is_float(scalar) ? build1(&imp->b, IR_BITCAST, scalar, v) : v);
    return;
  }
  if (!lanes_shape_or_refuse(imp, insn, source, &from) || !lanes_shape_or_refuse(imp, insn, result, &to))
    return;
  switch (opcode) {
  case LLVMTrunc:
  case LLVMZExt:
  case LLVMSExt:
    x = lanes_resize(imp, &from, &to, x, opcode == LLVMSExt);
    break;
  case LLVMFPTrunc:
  case LLVMFPExt:
    x = resize_floats(imp, &from, &to, x);
    break;
  case LLVMFPToSI:
  case LLVMFPToUI:
    x = floats_to_integers(imp, &from, &to, x, opcode == LLVMFPToSI);
    break;
  case LLVMSIToFP:
  case LLVMUIToFP:
    x = integers_to_floats(imp, &from, &to, x, opcode == LLVMSIToFP);
    break;
  default:
    if (is_mask_shape(&from) != is_mask_shape(&to) && LLVMGetTypeKind(result) == LLVMScalableVectorTypeKind)
      x = lanes_regroup(imp, x, to.type);
    else
      x = lanes_regroup(imp, x, to.type);
  }
  set_value(imp, insn, x);
}

static void import_vector_binary(Importer *imp, LLVMValueRef insn, IrOp op) {
  VectorShape shape;
  if (!lanes_shape_or_refuse(imp, insn, LLVMTypeOf(insn), &shape))
    return;
  IrValue x = operand_at(imp, insn, 0), y = operand_at(imp, insn, 1);
  set_value(imp, insn, lanes_binary(imp, op, &shape, x, y));
}

static void import_vector_compare(Importer *imp, LLVMValueRef insn, bool is_float) {
  static const uint8_t integers[] = {
      [LLVMIntEQ] = IR_EQ,   [LLVMIntNE] = IR_NE,   [LLVMIntUGT] = IR_UGT, [LLVMIntUGE] = IR_UGE,
      [LLVMIntULT] = IR_ULT, [LLVMIntULE] = IR_ULE, [LLVMIntSGT] = IR_SGT, [LLVMIntSGE] = IR_SGE,
      [LLVMIntSLT] = IR_SLT, [LLVMIntSLE] = IR_SLE,
  };
  VectorShape shape;
  if (!lanes_shape_or_refuse(imp, insn, LLVMTypeOf(LLVMGetOperand(insn, 0)), &shape))
    return;
  IrValue x = operand_at(imp, insn, 0), y = operand_at(imp, insn, 1);
  LLVMRealPredicate real = is_float ? LLVMGetFCmpPredicate(insn) : LLVMRealPredicateFalse;
  if (is_float && (real == LLVMRealPredicateFalse || real == LLVMRealPredicateTrue)) {
    VectorShape mask = with_width(imp, &shape, IR_I1);
    set_value(imp, insn, lanes_splat(imp, build_const(&imp->b, IR_I1, real == LLVMRealPredicateTrue), &mask));
    return;
  }
  IrPredicate p = is_float ? (IrPredicate)(IR_OEQ + (int)real - LLVMRealOEQ)
                           : (IrPredicate)integers[LLVMGetICmpPredicate(insn)];
  set_value(imp, insn, lanes_compare(imp, p, &shape, x, y));
}

static IrValue wide_index(Importer *imp, LLVMValueRef index) {
  IrValue v = operand(imp, index);
  return ir_type(imp->f, v) < IR_I64 ? build1(&imp->b, IR_ZEXT, IR_I64, v) : v;
}

// index * size, element by element; index is one number for all, or one for each.
static IrValue scaled_index(Importer *imp, const VectorShape *words, LLVMValueRef index, uint64_t size) {
  IrValue n = operand(imp, index);
  VectorShape own;
  const char *reason = NULL;
  if (!ir_is_group(ir_type(imp->f, n)))
    n = lanes_splat(imp, ir_type(imp->f, n) < IR_I64 ? build1(&imp->b, IR_SEXT, IR_I64, n) : n, words);
  else if (lanes_shape(imp, LLVMTypeOf(index), &own, &reason))
    n = lanes_resize(imp, &own, words, n, true);
  if (size == 1)
    return n;
  bool power = size && (size & (size - 1)) == 0;
  int64_t by = power ? __builtin_ctzll(size) : (int64_t)size;
  return lanes_binary(imp, power ? IR_SHL : IR_MUL, words, n,
                      lanes_splat(imp, build_const(&imp->b, IR_I64, by), words));
}

// The addresses of a getelementptr, an instruction or a constant, with a vector among its operands.
IrValue lanes_address(Importer *imp, LLVMValueRef gep, const VectorShape *words) {
  IrValue address = operand(imp, LLVMGetOperand(gep, 0));
  if (!ir_is_group(ir_type(imp->f, address)))
    address = lanes_splat(imp, address, words);
  LLVMTypeRef type = LLVMGetGEPSourceElementType(gep);
  int count = LLVMGetNumOperands(gep);
  for (int i = 1; i < count; i++) {
    LLVMValueRef index = LLVMGetOperand(gep, (unsigned)i);
    IrValue offset;
    if (i > 1 && LLVMGetTypeKind(type) == LLVMStructTypeKind) {
      LLVMValueRef number = is_vector_type(LLVMTypeOf(index)) ? LLVMGetAggregateElement(index, 0) : index;
      unsigned field = number ? (unsigned)LLVMConstIntGetZExtValue(number) : 0;
      offset =
          lanes_splat(imp, build_const(&imp->b, IR_I64, (int64_t)element_offset(imp, type, field)), words);
      type = LLVMStructGetTypeAtIndex(type, field);
    } else {
      if (i > 1)
        type = LLVMGetElementType(type);
      if (LLVMIsConstant(index) && LLVMIsNull(index))
        continue;
      offset = scaled_index(imp, words, index, type_size(imp, type));
    }
    address = lanes_binary(imp, IR_ADD, words, address, offset);
  }
  return address;
}

static void import_vector_address(Importer *imp, LLVMValueRef gep) {
  VectorShape shape;
  if (lanes_shape_or_refuse(imp, gep, LLVMTypeOf(gep), &shape)) {
    shape.element = IR_I64;
    set_value(imp, gep, lanes_address(imp, gep, &shape));
  }
}

static void import_vector_other(Importer *imp, LLVMValueRef insn, LLVMOpcode opcode) {
  VectorShape shape;
  LLVMTypeRef type = opcode == LLVMStore            ? LLVMTypeOf(LLVMGetOperand(insn, 0))
                     : opcode == LLVMExtractElement ? LLVMTypeOf(LLVMGetOperand(insn, 0))
                                                    : LLVMTypeOf(insn);
  if (!lanes_shape_or_refuse(imp, insn, type, &shape))
    return;
  switch (opcode) {
  case LLVMLoad:
    set_value(imp, insn, lanes_load(imp, operand_at(imp, insn, 0), &shape));
    break;
  case LLVMStore:
    lanes_store(imp, operand_at(imp, insn, 0), operand_at(imp, insn, 1), &shape);
    break;
  case LLVMExtractElement:
    set_value(imp, insn,
              lanes_extract(imp, &shape, operand_at(imp, insn, 0), wide_index(imp, LLVMGetOperand(insn, 1))));
    break;
  case LLVMInsertElement: {
    IrValue v = operand_at(imp, insn, 0), x = operand_at(imp, insn, 1);
    set_value(imp, insn, lanes_insert(imp, &shape, v, x, wide_index(imp, LLVMGetOperand(insn, 2))));
    break;
  }
  case LLVMSelect: {
    IrValue mask = operand_at(imp, insn, 0), x = operand_at(imp, insn, 1), y = operand_at(imp, insn, 2);
    set_value(imp, insn, lanes_select(imp, &shape, mask, x, y));
    break;
  }
  default: { // LLVMFNeg
    IrValue x = operand_at(imp, insn, 0);
    if (shape.element == IR_BFLOAT) {
      VectorShape bits = with_width(imp, &shape, IR_I16);
      set_value(
          imp, insn,
          lanes_binary(imp, IR_XOR, &bits, x, lanes_splat(imp, build_const(&imp->b, IR_I64, -32768), &bits)));
      break;
    }
    set_value(imp, insn,
              build_machine(&imp->b, ISA_VFSGNJN_VV, shape.type, shape_config(&shape),
                            lanes_common_length(imp, &shape, 1, &x), 2, (IrValue[2]){x, x}));
  }
  }
}

// Whether the result or the first operand is a vector. Of most instructions one of them says it for both.
static bool has_vector(LLVMValueRef insn, LLVMOpcode opcode) {
  switch (opcode) {
  case LLVMBr:
    return false;
  case LLVMAdd:
  case LLVMSub:
  case LLVMAnd:
  case LLVMOr:
  case LLVMXor:
  case LLVMLoad:
  case LLVMPHI:
  case LLVMGetElementPtr:
    return is_vector_type(LLVMTypeOf(insn));
  case LLVMStore:
  case LLVMICmp:
    return is_vector_type(LLVMTypeOf(LLVMGetOperand(insn, 0)));
  default:
    return is_vector_type(LLVMTypeOf(insn)) ||
           (LLVMGetNumOperands(insn) > 0 && is_vector_type(LLVMTypeOf(LLVMGetOperand(insn, 0))));
  }
}

bool import_vector_instruction(Importer *imp, LLVMValueRef insn, LLVMOpcode opcode) {
  if (!has_vector(insn, opcode))
    return false;
  if (import_split(imp, insn, opcode))
    return true;
  switch (opcode) {
  case LLVMICmp:
  case LLVMFCmp:
    import_vector_compare(imp, insn, opcode == LLVMFCmp);
    return true;
  case LLVMSelect:
    if (!is_vector_type(LLVMTypeOf(LLVMGetOperand(insn, 0))))
      return false;
    import_vector_other(imp, insn, opcode);
    return true;
  case LLVMLoad:
  case LLVMStore:
  case LLVMExtractElement:
  case LLVMInsertElement:
  case LLVMFNeg:
    import_vector_other(imp, insn, opcode);
    return true;
  case LLVMShuffleVector:
    import_shuffle(imp, insn);
    return true;
  case LLVMGetElementPtr:
    import_vector_address(imp, insn);
    return true;
  case LLVMCall:
  case LLVMPHI:
  case LLVMRet:
  case LLVMFreeze:
  case LLVMExtractValue:
  case LLVMInsertValue:
    return false;
  default:
    if (LLVMIsACastInst(insn))
      import_vector_cast(imp, insn, opcode);
    else if (binary_op(opcode) != IR_OP_COUNT)
      import_vector_binary(imp, insn, binary_op(opcode));
    else
      refuse(imp, insn, "this instruction on vectors is not supported");
    return true;
  }
}
