// Reads one function of LLVM IR into the SSA form. Aggregates become lists of scalars.
#include "target/import.h"

#include <string.h>

static uint32_t block_of(const Importer *imp, LLVMBasicBlockRef block) {
  return import_map_find(imp, block)->first;
}

static IrValue operand_at(Importer *imp, LLVMValueRef instruction, unsigned i) {
  return operand(imp, LLVMGetOperand(instruction, i));
}

// --- addresses and memory ---------------------------------------------------------------------------------

IrValue offset_address(Importer *imp, IrValue address, int64_t offset) {
  return build2(&imp->b, IR_ADD, IR_I64, address, build_const(&imp->b, IR_I64, offset));
}

// Address arithmetic of a getelementptr; the constant part comes last, where loads and stores take it over.
static void import_gep(Importer *imp, LLVMValueRef gep) {
  Builder *b = &imp->b;
  IrValue address = operand_at(imp, gep, 0);
  uint64_t constant = 0;
  if (imp->target->options->level > 0) {
    const IrInsn *base = ir_insn(imp->f, address);
    if (base->op == IR_ADD && ir_is_const(imp->f, base->operands[1])) {
      constant = (uint64_t)ir_insn(imp->f, base->operands[1])->imm;
      address = base->operands[0];
    }
  }
  LLVMTypeRef type = LLVMGetGEPSourceElementType(gep);
  int count = LLVMGetNumOperands(gep);
  for (int i = 1; i < count; i++) {
    LLVMValueRef index = LLVMGetOperand(gep, (unsigned)i);
    if (i > 1 && LLVMGetTypeKind(type) == LLVMStructTypeKind) {
      unsigned field = (unsigned)LLVMConstIntGetZExtValue(index);
      constant += LLVMOffsetOfElement(imp->layout, type, field);
      type = LLVMStructGetTypeAtIndex(type, field);
      continue;
    }
    if (i > 1)
      type = LLVMGetElementType(type);
    LLVMTypeKind kind = LLVMGetTypeKind(type);
    if (kind == LLVMVectorTypeKind || kind == LLVMScalableVectorTypeKind) {
      refuse(imp, gep, "vector types are not supported");
      break;
    }
    uint64_t size = type_size(imp, type);
    IrValue n = operand(imp, index);
    if (ir_is_const(imp->f, n)) {
      constant += (uint64_t)ir_insn(imp->f, n)->imm * size;
      continue;
    }
    IrType width = ir_type(imp->f, n);
    if (width < IR_I64)
      n = build1(b, IR_SEXT, IR_I64, n);
    n = build2(b, IR_MUL, IR_I64, n, build_const(b, IR_I64, (int64_t)size));
    address = build2(b, IR_ADD, IR_I64, address, n);
  }
  set_value(imp, gep, offset_address(imp, address, (int64_t)constant));
}

static uint8_t memory_flags(Importer *imp, LLVMValueRef access) {
  if (LLVMGetOrdering(access) != LLVMAtomicOrderingNotAtomic)
    refuse(imp, access, "atomic accesses are not supported");
  return LLVMGetVolatile(access) ? IR_VOLATILE : 0;
}

// Accesses below the natural alignment go piece by piece, since the machine may trap on them.
IrValue load_scalar(Importer *imp, IrType type, IrValue address, unsigned alignment, uint8_t flags) {
  Builder *b = &imp->b;
  unsigned bits = ir_type_bits(type), bytes = (bits + 7) / 8;
  bool power = (bytes & (bytes - 1)) == 0;
  if (power && alignment >= bytes) {
    IrValue v = build_load(b, type, address);
    ir_insn(imp->f, v)->aux = (uint8_t)(bytes * 8);
    ir_insn(imp->f, v)->flags = flags;
    return v;
  }
  IrType wide = ir_is_float(type) ? (IrType)bits : type;
  IrType whole = (IrType)(bytes * 8);
  IrValue result = IR_NONE;
  for (unsigned at = 0; at < bytes;) {
    unsigned piece = alignment < 8 ? alignment : 8;
    while (at % piece || at + piece > bytes)
      piece /= 2;
    IrValue v = build_load(b, (IrType)(piece * 8), offset_address(imp, address, at));
    ir_insn(imp->f, v)->flags = flags;
    v = build1(b, IR_ZEXT, whole, v);
    v = build2(b, IR_SHL, whole, v, build_const(b, whole, (int64_t)at * 8));
    result = result == IR_NONE ? v : build2(b, IR_OR, whole, result, v);
    at += piece;
  }
  if (whole != wide)
    result = build1(b, IR_TRUNC, wide, result);
  return wide == type ? result : build1(b, IR_BITCAST, type, result);
}

static void store_scalar(Importer *imp, IrValue value, IrValue address, unsigned alignment, uint8_t flags) {
  Builder *b = &imp->b;
  IrType type = ir_type(imp->f, value);
  unsigned bits = ir_type_bits(type), bytes = (bits + 7) / 8;
  bool power = (bytes & (bytes - 1)) == 0;
  if (bits % 8 && !ir_is_float(type)) // memory holds a zero-extended value
    value = build1(b, IR_ZEXT, (IrType)(bytes * 8), value);
  if (power && alignment >= bytes) {
    IrValue v = build_store(b, value, address);
    ir_insn(imp->f, v)->aux = (uint8_t)(bytes * 8);
    ir_insn(imp->f, v)->flags = flags;
    return;
  }
  IrType whole = (IrType)(bytes * 8);
  if (ir_is_float(type))
    value = build1(b, IR_BITCAST, whole, value);
  for (unsigned at = 0; at < bytes;) {
    unsigned piece = alignment < 8 ? alignment : 8;
    while (at % piece || at + piece > bytes)
      piece /= 2;
    IrValue part = build2(b, IR_LSHR, whole, value, build_const(b, whole, (int64_t)at * 8));
    if (piece < bytes)
      part = build1(b, IR_TRUNC, (IrType)(piece * 8), part);
    IrValue v = build_store(b, part, offset_address(imp, address, at));
    ir_insn(imp->f, v)->flags = flags;
    at += piece;
  }
}

unsigned alignment_at(uint64_t alignment, uint64_t offset) {
  uint64_t both = alignment | offset;
  uint64_t lowest = both & (0 - both);
  return lowest > 8 ? 8 : (unsigned)lowest;
}

static void import_load(Importer *imp, LLVMValueRef load) {
  LeafList leaves = {0};
  const char *reason = NULL;
  if (!flatten(imp, LLVMTypeOf(load), 0, &leaves, &reason)) {
    refuse(imp, load, "%s", reason);
  } else {
    uint8_t flags = memory_flags(imp, load);
    IrValue address = operand_at(imp, load, 0);
    VEC(IrValue) parts = {0};
    for (size_t i = 0; i < leaves.count; i++) {
      Leaf leaf = leaves.data[i];
      VEC_PUSH(&parts, load_scalar(imp, leaf.type, offset_address(imp, address, (int64_t)leaf.offset),
                                   alignment_at(LLVMGetAlignment(load), leaf.offset), flags));
    }
    set_parts(imp, load, parts.data, (uint32_t)parts.count);
    VEC_FREE(&parts);
  }
  VEC_FREE(&leaves);
}

static void store_parts(Importer *imp, LLVMTypeRef type, LLVMValueRef value, IrValue address,
                        uint64_t alignment, uint8_t flags) {
  LeafList leaves = {0};
  const char *reason = NULL;
  if (!flatten(imp, type, 0, &leaves, &reason))
    refuse(imp, value, "%s", reason);
  for (size_t i = 0; i < leaves.count; i++) {
    uint32_t count = 0;
    const IrValue *parts = operand_parts(imp, value, &count);
    if (i < count)
      store_scalar(imp, parts[i], offset_address(imp, address, (int64_t)leaves.data[i].offset),
                   alignment_at(alignment, leaves.data[i].offset), flags);
  }
  VEC_FREE(&leaves);
}

static void import_store(Importer *imp, LLVMValueRef store) {
  LLVMValueRef value = LLVMGetOperand(store, 0);
  const char *reason = NULL;
  LeafList leaves = {0};
  if (!flatten(imp, LLVMTypeOf(value), 0, &leaves, &reason))
    refuse(imp, store, "%s", reason);
  else
    store_parts(imp, LLVMTypeOf(value), value, operand_at(imp, store, 1), LLVMGetAlignment(store),
                memory_flags(imp, store));
  VEC_FREE(&leaves);
}

// Whether control can come back to a block: what it allocates then is new each time.
static bool in_cycle(const Importer *imp, LLVMBasicBlockRef block) {
  Arena arena = {0};
  Bitset seen = bitset_new(&arena, imp->f->blocks.count);
  VEC(LLVMBasicBlockRef) waiting = {0};
  VEC_PUSH(&waiting, block);
  while (waiting.count && !bitset_has(&seen, block_of(imp, block))) {
    LLVMValueRef terminator = LLVMGetBasicBlockTerminator(VEC_POP(&waiting));
    for (unsigned i = 0; i < LLVMGetNumSuccessors(terminator); i++) {
      LLVMBasicBlockRef next = LLVMGetSuccessor(terminator, i);
      if (!bitset_has(&seen, block_of(imp, next)))
        VEC_PUSH(&waiting, next);
      bitset_add(&seen, block_of(imp, next));
    }
  }
  bool found = bitset_has(&seen, block_of(imp, block));
  VEC_FREE(&waiting);
  arena_free(&arena);
  return found;
}

enum { STACK_ALIGNMENT = 16 };

// A region whose size is known, or that is new each time, only when the program runs.
static void import_dynamic_alloca(Importer *imp, LLVMValueRef alloca) {
  Builder *b = &imp->b;
  uint64_t alignment = LLVMGetAlignment(alloca);
  IrValue n = operand_at(imp, alloca, 0);
  if (ir_type(imp->f, n) < IR_I64)
    n = build1(b, IR_ZEXT, IR_I64, n);
  uint64_t size = type_size(imp, LLVMGetAllocatedType(alloca));
  n = build2(b, IR_MUL, IR_I64, n, build_const(b, IR_I64, (int64_t)size));
  uint64_t more = STACK_ALIGNMENT - 1 + (alignment > STACK_ALIGNMENT ? alignment : 0);
  n = build2(b, IR_AND, IR_I64, offset_address(imp, n, (int64_t)more),
             build_const(b, IR_I64, -STACK_ALIGNMENT));
  IrValue v = build(b, IR_STACKALLOC, IR_I64, 1, &n);
  if (alignment > STACK_ALIGNMENT)
    v = build2(b, IR_AND, IR_I64, offset_address(imp, v, (int64_t)alignment - 1),
               build_const(b, IR_I64, -(int64_t)alignment));
  imp->f->dynamic_stack = true;
  set_value(imp, alloca, v);
}

static void import_alloca(Importer *imp, LLVMValueRef alloca) {
  LLVMValueRef count = LLVMGetOperand(alloca, 0);
  if (!LLVMIsAConstantInt(count) || in_cycle(imp, LLVMGetInstructionParent(alloca))) {
    import_dynamic_alloca(imp, alloca);
    return;
  }
  uint64_t size = type_size(imp, LLVMGetAllocatedType(alloca)), n = LLVMConstIntGetZExtValue(count);
  if (n && size > (UINT64_C(1) << 30) / n) {
    refuse(imp, alloca, "a stack variable of more than 1 GiB is not supported");
    return;
  }
  FrameSlot slot = {.size = size * n, .alignment = LLVMGetAlignment(alloca)};
  if (slot.alignment > 4096) {
    refuse(imp, alloca, "a stack variable aligned to %llu bytes is not supported",
           (unsigned long long)slot.alignment);
    return;
  }
  VEC_PUSH(&imp->f->slots, slot);
  set_value(imp, alloca, ir_leaf(imp->f, IR_FRAME, IR_I64, (int64_t)imp->f->slots.count - 1));
}

// --- arithmetic -------------------------------------------------------------------------------------------

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

static IrOp binary_op(LLVMOpcode opcode) {
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

// The type of a value that must be scalar; refuses the instruction otherwise.
static IrType need_scalar(Importer *imp, LLVMValueRef instruction, LLVMTypeRef type) {
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

static void import_binary(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode) {
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
    set_value(imp, instruction, build2(&imp->b, op, type, x[0], x[1]));
    return;
  }
  uint8_t flags = LLVMGetFastMathFlags(instruction) & LLVMFastMathAllowContract ? IR_CONTRACT : 0;
  set_value(imp, instruction, build_float(imp, op, type, 2, x, flags));
}

static void import_negation(Importer *imp, LLVMValueRef instruction) {
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

static void import_cast(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode) {
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
  case LLVMZExt:
    op = IR_ZEXT;
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

static void import_icmp(Importer *imp, LLVMValueRef instruction) {
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

static void import_fcmp(Importer *imp, LLVMValueRef instruction) {
  IrType type = need_scalar(imp, instruction, LLVMTypeOf(LLVMGetOperand(instruction, 0)));
  if (type == IR_VOID)
    return;
  LLVMRealPredicate predicate = LLVMGetFCmpPredicate(instruction);
  if (predicate == LLVMRealPredicateFalse || predicate == LLVMRealPredicateTrue) {
    set_value(imp, instruction, build_const(&imp->b, IR_I1, predicate == LLVMRealPredicateTrue));
    return;
  }
  IrValue x[2] = {operand_at(imp, instruction, 0), operand_at(imp, instruction, 1)};
  if (type == IR_BFLOAT)
    for (int i = 0; i < 2; i++)
      x[i] = build1(&imp->b, IR_FEXT, IR_FLOAT, x[i]);
  // LLVM numbers oeq = 1 .. une = 14 in our order.
  set_value(
      imp, instruction,
      build_compare(&imp->b, IR_FCMP, (IrPredicate)(IR_OEQ + (int)predicate - LLVMRealOEQ), x[0], x[1]));
}

// --- aggregates -------------------------------------------------------------------------------------------

static void import_select(Importer *imp, LLVMValueRef instruction) {
  LeafList leaves = {0};
  const char *reason = NULL;
  if (!flatten(imp, LLVMTypeOf(instruction), 0, &leaves, &reason)) {
    refuse(imp, instruction, "%s", reason);
  } else {
    IrValue condition = operand_at(imp, instruction, 0);
    VEC(IrValue) parts = {0};
    for (size_t i = 0; i < leaves.count; i++) {
      uint32_t count = 0;
      const IrValue *x = operand_parts(imp, LLVMGetOperand(instruction, 1), &count);
      IrValue a = i < count ? x[i] : 0;
      const IrValue *y = operand_parts(imp, LLVMGetOperand(instruction, 2), &count);
      IrValue b = i < count ? y[i] : 0;
      VEC_PUSH(&parts, build_select(&imp->b, leaves.data[i].type, condition, a, b));
    }
    set_parts(imp, instruction, parts.data, (uint32_t)parts.count);
    VEC_FREE(&parts);
  }
  VEC_FREE(&leaves);
}

static void import_freeze(Importer *imp, LLVMValueRef instruction) {
  uint32_t count = 0;
  const IrValue *parts = operand_parts(imp, LLVMGetOperand(instruction, 0), &count);
  import_map_set(imp, instruction, (uint32_t)(parts - imp->parts.data), count);
}

static void import_phi(Importer *imp, LLVMValueRef phi) {
  LeafList leaves = {0};
  const char *reason = NULL;
  if (!flatten(imp, LLVMTypeOf(phi), 0, &leaves, &reason))
    refuse(imp, phi, "%s", reason);
  VEC(IrValue) parts = {0};
  for (size_t i = 0; i < leaves.count; i++)
    VEC_PUSH(&parts, build(&imp->b, IR_PHI, leaves.data[i].type, 0, NULL));
  set_parts(imp, phi, parts.data, (uint32_t)parts.count);
  VEC_FREE(&parts);
  VEC_FREE(&leaves);
}

// --- control flow -----------------------------------------------------------------------------------------

static void import_switch(Importer *imp, LLVMValueRef instruction) {
  LLVMTypeRef type = LLVMTypeOf(LLVMGetOperand(instruction, 0));
  bool wide = is_wide(type);
  if (!wide && need_scalar(imp, instruction, type) == IR_VOID)
    return;
  IrValue x = wide ? import_wide_case(imp, instruction) : operand_at(imp, instruction, 0);
  uint32_t from = imp->b.block;
  IrValue v = build(&imp->b, IR_SWITCH, IR_VOID, 1, &x);
  ir_insn(imp->f, v)->imm = (int64_t)imp->f->cases.count;
  ir_add_edge(imp->f, from, block_of(imp, LLVMGetSwitchDefaultDest(instruction)));
  unsigned count = LLVMGetNumSuccessors(instruction);
  for (unsigned i = 1; i < count; i++) {
    IrCase c = {wide ? (int64_t)i : LLVMConstIntGetSExtValue(LLVMGetSwitchCaseValue(instruction, i))};
    VEC_PUSH(&imp->f->cases, c);
    ir_add_edge(imp->f, from, block_of(imp, LLVMGetSuccessor(instruction, i)));
  }
}

static void import_branch(Importer *imp, LLVMValueRef instruction) {
  uint32_t from = imp->b.block;
  bool conditional = LLVMIsConditional(instruction);
  uint32_t first = block_of(imp, LLVMGetSuccessor(instruction, 0));
  if (conditional && LLVMGetSuccessor(instruction, 0) != LLVMGetSuccessor(instruction, 1)) {
    IrValue condition = operand_at(imp, instruction, 0);
    build(&imp->b, IR_CONDBR, IR_VOID, 1, &condition);
    ir_add_edge(imp->f, from, first);
    ir_add_edge(imp->f, from, block_of(imp, LLVMGetSuccessor(instruction, 1)));
    return;
  }
  build(&imp->b, IR_BR, IR_VOID, 0, NULL);
  ir_add_edge(imp->f, from, first);
}

static void import_return(Importer *imp, LLVMValueRef instruction) {
  VEC(IrValue) parts = {0};
  if (LLVMGetNumOperands(instruction)) {
    LLVMValueRef value = LLVMGetOperand(instruction, 0);
    if (imp->result_in_memory) {
      store_parts(imp, LLVMTypeOf(value), value, imp->result_address, type_alignment(imp, LLVMTypeOf(value)),
                  0);
    } else {
      uint32_t count = 0;
      const IrValue *values = operand_parts(imp, value, &count);
      for (uint32_t i = 0; i < count; i++)
        VEC_PUSH(&parts, values[i]);
    }
  }
  build(&imp->b, IR_RET, IR_VOID, (uint32_t)parts.count, parts.data);
  VEC_FREE(&parts);
}

static void import_instruction(Importer *imp, LLVMValueRef instruction) {
  LLVMOpcode opcode = LLVMGetInstructionOpcode(instruction);
  switch (opcode) {
  case LLVMRet:
    import_return(imp, instruction);
    break;
  case LLVMBr:
    import_branch(imp, instruction);
    break;
  case LLVMSwitch:
    import_switch(imp, instruction);
    break;
  case LLVMUnreachable:
    build(&imp->b, IR_UNREACHABLE, IR_VOID, 0, NULL);
    break;
  case LLVMFNeg:
    import_negation(imp, instruction);
    break;
  case LLVMAlloca:
    import_alloca(imp, instruction);
    break;
  case LLVMLoad:
    import_load(imp, instruction);
    break;
  case LLVMStore:
    import_store(imp, instruction);
    break;
  case LLVMGetElementPtr:
    if (scalar_type(LLVMTypeOf(instruction)) == IR_VOID)
      refuse(imp, instruction, "%s", unsupported_type(LLVMTypeOf(instruction)));
    else
      import_gep(imp, instruction);
    break;
  case LLVMICmp:
    import_icmp(imp, instruction);
    break;
  case LLVMFCmp:
    import_fcmp(imp, instruction);
    break;
  case LLVMPHI:
    import_phi(imp, instruction);
    break;
  case LLVMCall:
    import_call(imp, instruction);
    break;
  case LLVMSelect:
    import_select(imp, instruction);
    break;
  case LLVMExtractValue:
    import_extractvalue(imp, instruction);
    break;
  case LLVMInsertValue:
    import_insertvalue(imp, instruction);
    break;
  case LLVMFreeze:
    import_freeze(imp, instruction);
    break;
  case LLVMVAArg:
    import_va_arg(imp, instruction);
    break;
  case LLVMFence:
    build(&imp->b, IR_FENCE, IR_VOID, 0, NULL);
    break;
  default:
    if (LLVMIsACastInst(instruction))
      import_cast(imp, instruction, opcode);
    else if (binary_op(opcode) != IR_OP_COUNT || opcode == LLVMFRem)
      import_binary(imp, instruction, opcode);
    else
      refuse(imp, instruction, "this instruction is not supported");
  }
}

// --- functions --------------------------------------------------------------------------------------------

static bool import_signature(Importer *imp, LLVMValueRef function) {
  VEC(ParamType) params = {0};
  ParamType results[2];
  const char *reason = NULL;
  LLVMTypeRef type = LLVMGlobalGetValueType(function), result = LLVMGetReturnType(type);
  bool ok = true;
  imp->result_leaves.count = 0;
  if (LLVMGetTypeKind(result) != LLVMVoidTypeKind && !flatten(imp, result, 0, &imp->result_leaves, &reason)) {
    refuse(imp, function, "result: %s", reason);
    ok = false;
  }
  imp->result_in_memory = ok && !results_fit((uint32_t)imp->result_leaves.count);
  if (imp->result_in_memory) {
    ParamType pointer = {.type = IR_I64};
    VEC_PUSH(&params, pointer);
    imp->result_address = ir_leaf(imp->f, IR_ARG, IR_I64, 0);
  }
  for (unsigned i = 0; i < LLVMCountParams(function); i++) {
    LLVMValueRef param = LLVMGetParam(function, i);
    LeafList leaves = {0};
    if (!flatten(imp, LLVMTypeOf(param), 0, &leaves, &reason)) {
      refuse(imp, function, "parameter %u: %s", i + 1, reason);
      ok = false;
    }
    if (LLVMGetEnumAttributeAtIndex(function, i + 1, imp->byval_kind)) {
      refuse(imp, function, "parameter %u: byval is not supported", i + 1);
      ok = false;
    }
    uint8_t extension = extension_of(LLVMGetEnumAttributeAtIndex(function, i + 1, imp->sext_kind),
                                     LLVMGetEnumAttributeAtIndex(function, i + 1, imp->zext_kind));
    VEC(IrValue) parts = {0};
    for (size_t l = 0; l < leaves.count; l++) {
      ParamType p = {leaves.data[l].type, extension, leaves.data[l].pair};
      VEC_PUSH(&parts, ir_leaf(imp->f, IR_ARG, p.type, (int64_t)params.count));
      VEC_PUSH(&params, p);
    }
    set_parts(imp, param, parts.data, (uint32_t)parts.count);
    VEC_FREE(&parts);
    VEC_FREE(&leaves);
  }
  uint32_t result_count = imp->result_in_memory || !ok ? 0 : (uint32_t)imp->result_leaves.count;
  uint8_t extension =
      extension_of(LLVMGetEnumAttributeAtIndex(function, LLVMAttributeReturnIndex, imp->sext_kind),
                   LLVMGetEnumAttributeAtIndex(function, LLVMAttributeReturnIndex, imp->zext_kind));
  for (uint32_t i = 0; i < result_count; i++)
    results[i] = (ParamType){.type = imp->result_leaves.data[i].type, .extension = extension};
  if (LLVMIsFunctionVarArg(type))
    import_variadic_entry(imp, params.data, (uint32_t)params.count, results, result_count);
  else
    imp->f->signature = signature_new(&imp->f->arena, params.data, (uint32_t)params.count,
                                      (uint32_t)params.count, results, result_count);
  VEC_FREE(&params);
  return ok;
}

// Blocks that can be reached, in reverse postorder, so that definitions come before uses.
static uint32_t order_reachable(LLVMValueRef function, Importer *imp, LLVMBasicBlockRef **result) {
  uint32_t total = LLVMCountBasicBlocks(function), at = total, depth = 0;
  LLVMBasicBlockRef *order = checked_malloc((total + 1) * sizeof *order);
  LLVMBasicBlockRef *stack = checked_malloc((total + 1) * sizeof(LLVMBasicBlockRef));
  unsigned *next = checked_malloc((total + 1) * sizeof *next);
  stack[depth] = LLVMGetEntryBasicBlock(function);
  import_map_set(imp, stack[0], 0, 0);
  next[depth++] = 0;
  while (depth) {
    LLVMValueRef terminator = LLVMGetBasicBlockTerminator(stack[depth - 1]);
    unsigned count = LLVMGetNumSuccessors(terminator);
    if (next[depth - 1] == count) {
      order[--at] = stack[--depth];
      continue;
    }
    LLVMBasicBlockRef s = LLVMGetSuccessor(terminator, count - 1 - next[depth - 1]++);
    if (import_map_find(imp, s))
      continue;
    import_map_set(imp, s, 0, 0);
    stack[depth] = s;
    next[depth++] = 0;
  }
  free((void *)stack);
  free(next);
  memmove((void *)order, (void *)(order + at), (total - at) * sizeof *order);
  *result = order;
  return total - at;
}

// Moves the terminator behind what was appended after it.
static void terminate_again(Importer *imp, uint32_t count) {
  IrBlock *b = &imp->f->blocks.data[imp->b.block];
  uint32_t terminator = b->insns[count - 1];
  memmove(b->insns + count - 1, b->insns + count, (b->count - count) * sizeof *b->insns);
  b->insns[b->count - 1] = terminator;
}

// Gives the phis of a block their operands, in the order of the block's predecessors.
static void fill_phis(Importer *imp, LLVMBasicBlockRef block, const LLVMBasicBlockRef *order) {
  uint32_t number = block_of(imp, block);
  for (LLVMValueRef phi = LLVMGetFirstInstruction(block); phi && LLVMIsAPHINode(phi);
       phi = LLVMGetNextInstruction(phi)) {
    MapEntry entry = *import_map_find(imp, phi);
    uint32_t preds = imp->f->blocks.data[number].pred_count;
    unsigned incoming = LLVMCountIncoming(phi);
    IrValue *values = checked_malloc((size_t)(preds + 1) * (entry.count + 1) * sizeof *values);
    for (uint32_t p = 0; p < preds; p++) {
      LLVMBasicBlockRef pred = order[imp->f->blocks.data[number].preds[p]];
      unsigned k = 0;
      while (k < incoming && LLVMGetIncomingBlock(phi, k) != pred)
        k++;
      uint32_t count = 0;
      imp->b.block = imp->f->blocks.data[number].preds[p];
      uint32_t before = imp->f->blocks.data[imp->b.block].count;
      const IrValue *parts = operand_parts(imp, LLVMGetIncomingValue(phi, k), &count);
      terminate_again(imp, before);
      for (uint32_t i = 0; i < entry.count; i++)
        values[i * preds + p] = i < count ? parts[i] : 0;
    }
    for (uint32_t i = 0; i < entry.count; i++) {
      IrInsn *insn = ir_insn(imp->f, imp->parts.data[entry.first + i]);
      ir_set_operands(imp->f, insn, preds, values + (size_t)i * preds);
    }
    free(values);
  }
}

void import_function(Importer *imp, LLVMValueRef function) {
  if (LLVMGetLinkage(function) == LLVMAvailableExternallyLinkage)
    return;
  Text name = {0};
  if (LLVMGetLinkage(function) == LLVMPrivateLinkage)
    text_append_string(&name, ".L");
  size_t size = 0;
  const char *spelling = LLVMGetValueName2(function, &size);
  bool verbatim = size && spelling[0] == '\1';
  text_append(&name, spelling + verbatim, size - verbatim);
  imp->f = function_new(imp->target, target_symbol(imp->target, text_string(&name)));
  text_free(&name);
  imp->function = function;
  imp->b = (Builder){imp->f, 0};
  import_map_clear(imp);
  LLVMBasicBlockRef *order = NULL;
  uint32_t count = order_reachable(function, imp, &order);
  for (uint32_t i = 0; i < count; i++)
    import_map_set(imp, order[i], ir_block_new(imp->f), 0);
  bool ok = import_signature(imp, function);
  for (uint32_t i = 0; i < count && ok; i++) {
    imp->b.block = i;
    for (LLVMValueRef insn = LLVMGetFirstInstruction(order[i]); insn; insn = LLVMGetNextInstruction(insn))
      import_instruction(imp, insn);
  }
  for (size_t i = 0; i < imp->f->slots.count && imp->f->dynamic_stack; i++)
    if (imp->f->slots.data[i].alignment > STACK_ALIGNMENT)
      refuse(imp, function,
             "dynamic alloca beside a stack variable aligned to more than 16 bytes is not supported");
  if (ok && !imp->refused)
    for (uint32_t i = 0; i < count; i++)
      fill_phis(imp, order[i], order);
  free((void *)order);
  imp->function = NULL;
}
