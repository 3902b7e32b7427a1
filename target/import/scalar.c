// Arithmetic, comparisons, conversions, and choices between values.
#include "target/import/import.h"

static IrValue round_to(Importer *imp, IrType type, IrValue v) {
  return build1(&imp->b, IR_FTRUNC, type, v);
}

IrValue build_float(Importer *imp, IrOp op, IrType type, uint32_t count, const IrValue *operands,
                    uint8_t flags) {
  IrValue wide[3] = {0};
  IrType computed = type == IR_BFLOAT ? IR_FLOAT : type;
  for (uint32_t i = 0; i < count; i++)
    wide[i] = type == IR_BFLOAT ? build1(&imp->b, IR_FEXT, IR_FLOAT, operands[i]) : operands[i];
  IrValue v = build(&imp->b, op, computed, count, wide);
  ir_insn(imp->f, v)->flags = type == IR_BFLOAT ? 0 : flags;
  return type == IR_BFLOAT ? round_to(imp, type, v) : v;
}

IrOp binary_op(LLVMOpcode opcode) {
  switch (opcode) {
  case LLVMAdd:
    return IR_ADD;
  case LLVMSub:
    return IR_SUB;
  case LLVMMul:
    return IR_MUL;
  case LLVMUDiv:
    return IR_UDIV;
  case LLVMSDiv:
    return IR_SDIV;
  case LLVMURem:
    return IR_UREM;
  case LLVMSRem:
    return IR_SREM;
  case LLVMShl:
    return IR_SHL;
  case LLVMLShr:
    return IR_LSHR;
  case LLVMAShr:
    return IR_ASHR;
  case LLVMAnd:
    return IR_AND;
  case LLVMOr:
    return IR_OR;
  case LLVMXor:
    return IR_XOR;
  case LLVMFAdd:
    return IR_FADD;
  case LLVMFSub:
    return IR_FSUB;
  case LLVMFMul:
    return IR_FMUL;
  case LLVMFDiv:
    return IR_FDIV;
  default:
    return IR_OP_COUNT;
  }
}

IrType need_scalar(Importer *imp, LLVMValueRef instruction, LLVMTypeRef type) {
  IrType scalar = scalar_type(type);
  if (scalar == IR_VOID)
    refuse(imp, instruction, "%s", unsupported_type(type));
  return scalar;
}

static void import_remainder(Importer *imp, LLVMValueRef frem, IrType type) {
  IrValue x[2] = {operand_at(imp, frem, 0), operand_at(imp, frem, 1)};
  IrType computed = type == IR_DOUBLE ? IR_DOUBLE : IR_FLOAT;
  if (type < IR_FLOAT)
    for (int i = 0; i < 2; i++)
      x[i] = build1(&imp->b, IR_FEXT, IR_FLOAT, x[i]);
  IrValue v = build_library_call(imp, computed == IR_DOUBLE ? "fmod" : "fmodf", computed, 2, x);
  set_value(imp, frem, computed == type ? v : round_to(imp, type, v));
}

// Integer arithmetic. That a result does not wrap is kept for the passes that look at loops.
static void import_integer_binary(Importer *imp, LLVMValueRef instruction, IrOp op, IrType type, IrValue x,
                                  IrValue y) {
  if (op == IR_OR && LLVMGetIsDisjoint(instruction))
    op = IR_ADD;
  uint32_t count = imp->f->blocks.data[imp->b.block].count;
  IrValue v = build2(&imp->b, op, type, x, y);
  bool wraps = op == IR_ADD || op == IR_SUB || op == IR_MUL || op == IR_SHL;
  bool made = imp->f->blocks.data[imp->b.block].count > count;
  if (wraps && made && imp->target->options->level >= 2 && LLVMGetInstructionOpcode(instruction) != LLVMOr)
    ir_insn(imp->f, v)->flags = (uint8_t)((LLVMGetNSW(instruction) ? IR_NO_SIGNED_WRAP : 0) |
                                          (LLVMGetNUW(instruction) ? IR_NO_UNSIGNED_WRAP : 0));
  set_value(imp, instruction, v);
}

void import_binary(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode) {
  if (is_quad(LLVMTypeOf(instruction))) {
    import_quad_binary(imp, instruction, opcode);
    return;
  }
  if (is_wide(LLVMTypeOf(instruction))) {
    import_wide_binary(imp, instruction, binary_op(opcode));
    return;
  }
  IrType type = need_scalar(imp, instruction, LLVMTypeOf(instruction));
  if (type == IR_VOID)
    return;
  if (opcode == LLVMFRem) {
    import_remainder(imp, instruction, type);
    return;
  }
  IrOp op = binary_op(opcode);
  IrValue x[2] = {operand_at(imp, instruction, 0), operand_at(imp, instruction, 1)};
  if (!ir_is_float(type)) {
    import_integer_binary(imp, instruction, op, type, x[0], x[1]);
    return;
  }
  LLVMFastMathFlags fast = LLVMGetFastMathFlags(instruction);
  bool contract = fast & LLVMFastMathAllowContract || imp->target->options->contract;
  uint8_t flags =
      (uint8_t)((contract ? IR_CONTRACT : 0) | (fast & LLVMFastMathAllowReassoc ? IR_REASSOCIATE : 0));
  set_value(imp, instruction, build_float(imp, op, type, 2, x, flags));
}

void import_negation(Importer *imp, LLVMValueRef instruction) {
  if (is_quad(LLVMTypeOf(instruction))) {
    import_quad_negation(imp, instruction);
    return;
  }
  IrType type = need_scalar(imp, instruction, LLVMTypeOf(instruction));
  if (type == IR_VOID)
    return;
  IrValue x = operand_at(imp, instruction, 0);
  if (type == IR_BFLOAT) { // a matter of the sign bit only
    x = build1(&imp->b, IR_BITCAST, IR_I16, x);
    x = build2(&imp->b, IR_XOR, IR_I16, x, build_const(&imp->b, IR_I16, -32768));
    set_value(imp, instruction, build1(&imp->b, IR_BITCAST, IR_BFLOAT, x));
    return;
  }
  set_value(imp, instruction, build1(&imp->b, IR_FNEG, type, x));
}

// Conversions between bfloat and anything but float go through float.
static IrValue convert(Importer *imp, IrOp op, IrType to, IrValue x) {
  IrType from = ir_type(imp->f, x);
  if (op == IR_FTRUNC && to == IR_BFLOAT && from == IR_DOUBLE)
    return build_library_call(imp, "__truncdfbf2", IR_BFLOAT, 1, &x);
  if (from == IR_BFLOAT && (op != IR_FEXT || to != IR_FLOAT) && op != IR_BITCAST) {
    x = build1(&imp->b, IR_FEXT, IR_FLOAT, x);
    from = IR_FLOAT;
  }
  if (to == IR_BFLOAT && (op == IR_SITOF || op == IR_UITOF))
    return round_to(imp, to, build1(&imp->b, op, IR_FLOAT, x));
  if (op == IR_FEXT && from == to)
    return x;
  return build1(&imp->b, op, to, x);
}

void import_cast(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode) {
  if (is_quad(LLVMTypeOf(instruction)) || is_quad(LLVMTypeOf(LLVMGetOperand(instruction, 0)))) {
    import_quad_cast(imp, instruction, opcode);
    return;
  }
  if (is_wide(LLVMTypeOf(instruction)) || is_wide(LLVMTypeOf(LLVMGetOperand(instruction, 0)))) {
    import_wide_cast(imp, instruction, opcode);
    return;
  }
  IrType to = need_scalar(imp, instruction, LLVMTypeOf(instruction));
  IrType from =
      to == IR_VOID ? to : need_scalar(imp, instruction, LLVMTypeOf(LLVMGetOperand(instruction, 0)));
  if (from == IR_VOID)
    return;
  IrValue x = operand_at(imp, instruction, 0);
  IrOp op = IR_COPY;
  switch (opcode) {
  case LLVMTrunc:
    op = IR_TRUNC;
    break;
  case LLVMSExt:
    op = IR_SEXT;
    break;
  case LLVMZExt: // words are kept sign-extended, so that is what is asked for where either will do
    op = from == IR_I32 && to == IR_I64 && LLVMGetNNeg(instruction) ? IR_SEXT : IR_ZEXT;
    break;
  case LLVMFPTrunc:
    op = IR_FTRUNC;
    break;
  case LLVMFPExt:
    op = IR_FEXT;
    break;
  case LLVMFPToSI:
    op = IR_FTOSI;
    break;
  case LLVMFPToUI:
    op = IR_FTOUI;
    break;
  case LLVMSIToFP:
    op = IR_SITOF;
    break;
  case LLVMUIToFP:
    op = IR_UITOF;
    break;
  case LLVMPtrToInt:
  case LLVMPtrToAddr:
  case LLVMIntToPtr:
    op = to < from ? IR_TRUNC : to > from ? IR_ZEXT : IR_COPY;
    break;
  default:
    op = to == from || (!ir_is_float(to) && !ir_is_float(from)) ? IR_COPY : IR_BITCAST;
    break;
  }
  set_value(imp, instruction, op == IR_COPY ? x : convert(imp, op, to, x));
}

void import_icmp(Importer *imp, LLVMValueRef instruction) {
  LLVMTypeRef type = LLVMTypeOf(LLVMGetOperand(instruction, 0));
  static const uint8_t predicates[] = {
      [LLVMIntEQ] = IR_EQ,   [LLVMIntNE] = IR_NE,   [LLVMIntUGT] = IR_UGT, [LLVMIntUGE] = IR_UGE,
      [LLVMIntULT] = IR_ULT, [LLVMIntULE] = IR_ULE, [LLVMIntSGT] = IR_SGT, [LLVMIntSGE] = IR_SGE,
      [LLVMIntSLT] = IR_SLT, [LLVMIntSLE] = IR_SLE,
  };
  IrPredicate predicate = (IrPredicate)predicates[LLVMGetICmpPredicate(instruction)];
  if (is_wide(type)) {
    import_wide_compare(imp, instruction, predicate);
    return;
  }
  if (need_scalar(imp, instruction, type) == IR_VOID)
    return;
  set_value(imp, instruction,
            build_compare(&imp->b, IR_ICMP, predicate, operand_at(imp, instruction, 0),
                          operand_at(imp, instruction, 1)));
}

void import_fcmp(Importer *imp, LLVMValueRef instruction) {
  LLVMRealPredicate predicate = LLVMGetFCmpPredicate(instruction);
  if (predicate == LLVMRealPredicateFalse || predicate == LLVMRealPredicateTrue) {
    set_value(imp, instruction, build_const(&imp->b, IR_I1, predicate == LLVMRealPredicateTrue));
    return;
  }
  // LLVM numbers oeq = 1 .. une = 14 in our order.
  IrPredicate ours = (IrPredicate)(IR_OEQ + (int)predicate - LLVMRealOEQ);
  if (is_quad(LLVMTypeOf(LLVMGetOperand(instruction, 0)))) {
    import_quad_compare(imp, instruction, ours);
    return;
  }
  IrType type = need_scalar(imp, instruction, LLVMTypeOf(LLVMGetOperand(instruction, 0)));
  if (type == IR_VOID)
    return;
  IrValue x[2] = {operand_at(imp, instruction, 0), operand_at(imp, instruction, 1)};
  if (type == IR_BFLOAT)
    for (int i = 0; i < 2; i++)
      x[i] = build1(&imp->b, IR_FEXT, IR_FLOAT, x[i]);
  set_value(imp, instruction, build_compare(&imp->b, IR_FCMP, ours, x[0], x[1]));
}

// --- choices ----------------------------------------------------------------------------------------------

void import_select(Importer *imp, LLVMValueRef instruction) {
  LeafList leaves = leaves_take(imp);
  const char *reason = NULL;
  if (!flatten(imp, LLVMTypeOf(instruction), 0, &leaves, &reason)) {
    refuse(imp, instruction, "%s", reason);
  } else {
    IrValue condition = operand_at(imp, instruction, 0);
    ValueList parts = values_take(imp);
    for (size_t i = 0; i < leaves.count; i++) {
      uint32_t count = 0;
      const IrValue *x = operand_parts(imp, LLVMGetOperand(instruction, 1), &count);
      IrValue a = i < count ? x[i] : 0;
      const IrValue *y = operand_parts(imp, LLVMGetOperand(instruction, 2), &count);
      IrValue b = i < count ? y[i] : 0;
      VEC_PUSH(&parts, build_select(&imp->b, leaves.data[i].type, condition, a, b));
    }
    set_parts(imp, instruction, parts.data, (uint32_t)parts.count);
    values_give(imp, &parts);
  }
  leaves_give(imp, &leaves);
}

void import_freeze(Importer *imp, LLVMValueRef instruction) {
  uint32_t count = 0;
  const IrValue *parts = operand_parts(imp, LLVMGetOperand(instruction, 0), &count);
  import_map_set(&imp->map, instruction, (uint32_t)(parts - imp->parts.data), count);
}

void import_phi(Importer *imp, LLVMValueRef phi) {
  LeafList leaves = leaves_take(imp);
  const char *reason = NULL;
  if (!flatten(imp, LLVMTypeOf(phi), 0, &leaves, &reason))
    refuse(imp, phi, "%s", reason);
  ValueList parts = values_take(imp);
  for (size_t i = 0; i < leaves.count; i++)
    VEC_PUSH(&parts, build(&imp->b, IR_PHI, leaves.data[i].type, 0, NULL));
  set_parts(imp, phi, parts.data, (uint32_t)parts.count);
  values_give(imp, &parts);
  leaves_give(imp, &leaves);
}
