// Addresses and memory: getelementptr, loads, stores, and the stack.
#include "target/import/import.h"

#include <string.h>

IrValue offset_address(Importer *imp, IrValue address, int64_t offset) {
  return build2(&imp->b, IR_ADD, IR_I64, address, build_const(&imp->b, IR_I64, offset));
}

// Address arithmetic of a getelementptr; the constant part comes last, where loads and stores take it over.
void import_gep(Importer *imp, LLVMValueRef gep) {
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
      constant += element_offset(imp, type, field);
      type = LLVMStructGetTypeAtIndex(type, field);
      continue;
    }
    if (i > 1)
      type = LLVMGetElementType(type);
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

static uint8_t memory_flags(LLVMValueRef access) {
  return LLVMGetVolatile(access) ? IR_VOLATILE : 0;
}

static bool is_atomic(LLVMValueRef access) {
  return LLVMGetOrdering(access) != LLVMAtomicOrderingNotAtomic;
}

// The pieces that make up the whole value; NULL: it was not loaded in such pieces.
static const LoadedPieces *pieces_of(const Importer *imp, IrValue value, unsigned bytes) {
  unsigned count = imp->piece_count < KEPT_PIECES ? imp->piece_count : KEPT_PIECES;
  for (unsigned i = 0; i < count; i++)
    if (imp->pieces[i].value == value && imp->pieces[i].bytes == bytes)
      return &imp->pieces[i];
  return NULL;
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
  LoadedPieces pieces = {.bytes = alignment};
  for (unsigned at = 0; at < bytes;) {
    unsigned piece = alignment < 8 ? alignment : 8;
    while (at % piece || at + piece > bytes)
      piece /= 2;
    IrValue v = build_load(b, (IrType)(piece * 8), offset_address(imp, address, at));
    ir_insn(imp->f, v)->flags = flags;
    if (power && bytes / alignment <= MOST_PIECES)
      pieces.parts[at / alignment] = v;
    v = build1(b, IR_ZEXT, whole, v);
    v = build2(b, IR_SHL, whole, v, build_const(b, whole, (int64_t)at * 8));
    result = result == IR_NONE ? v : build2(b, IR_OR, whole, result, v);
    at += piece;
  }
  if (whole != wide)
    result = build1(b, IR_TRUNC, wide, result);
  pieces.value = wide == type ? result : build1(b, IR_BITCAST, type, result);
  if (power && bytes / alignment <= MOST_PIECES && whole == wide)
    imp->pieces[imp->piece_count++ % KEPT_PIECES] = pieces;
  return pieces.value;
}

void store_scalar(Importer *imp, IrValue value, IrValue address, unsigned alignment, uint8_t flags) {
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
  const LoadedPieces *pieces = power ? pieces_of(imp, value, alignment) : NULL;
  for (unsigned at = 0; pieces && at < bytes; at += alignment) {
    IrValue v = build_store(b, pieces->parts[at / alignment], offset_address(imp, address, at));
    ir_insn(imp->f, v)->flags = flags;
  }
  if (pieces)
    return;
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

// Elements of vectors need no alignment.
IrValue load_leaf(Importer *imp, const Leaf *leaf, IrValue address, uint64_t alignment, uint8_t flags) {
  address = offset_address(imp, address, (int64_t)leaf->offset);
  if (leaf->vector)
    return lanes_load_type(imp, leaf->vector, address);
  return load_scalar(imp, leaf->type, address, alignment_at(alignment, leaf->offset), flags);
}

void store_leaf(Importer *imp, const Leaf *leaf, IrValue value, IrValue address, uint64_t alignment,
                uint8_t flags) {
  address = offset_address(imp, address, (int64_t)leaf->offset);
  if (leaf->vector)
    lanes_store_type(imp, leaf->vector, value, address);
  else
    store_scalar(imp, value, address, alignment_at(alignment, leaf->offset), flags);
}

IrValue frame_memory(Importer *imp, uint64_t size, uint64_t alignment) {
  FrameSlot slot = {.size = size, .alignment = alignment};
  VEC_PUSH(&imp->f->slots, slot);
  return ir_leaf(imp->f, IR_FRAME, IR_I64, (int64_t)imp->f->slots.count - 1);
}

void import_load(Importer *imp, LLVMValueRef load) {
  if (is_atomic(load)) {
    import_atomic_load(imp, load);
    return;
  }
  LeafList leaves = leaves_take(imp);
  const char *reason = NULL;
  if (!flatten(imp, LLVMTypeOf(load), 0, &leaves, &reason)) {
    refuse(imp, load, "%s", reason);
  } else {
    uint8_t flags = memory_flags(load);
    IrValue address = operand_at(imp, load, 0);
    ValueList parts = values_take(imp);
    for (size_t i = 0; i < leaves.count; i++)
      VEC_PUSH(&parts, load_leaf(imp, &leaves.data[i], address, LLVMGetAlignment(load), flags));
    set_parts(imp, load, parts.data, (uint32_t)parts.count);
    values_give(imp, &parts);
  }
  leaves_give(imp, &leaves);
}

void store_parts(Importer *imp, LLVMTypeRef type, LLVMValueRef value, IrValue address, uint64_t alignment,
                 uint8_t flags) {
  LeafList leaves = leaves_take(imp);
  const char *reason = NULL;
  if (!flatten(imp, type, 0, &leaves, &reason))
    refuse(imp, value, "%s", reason);
  for (size_t i = 0; i < leaves.count; i++) {
    uint32_t count = 0;
    const IrValue *parts = operand_parts(imp, value, &count);
    if (i < count)
      store_leaf(imp, &leaves.data[i], parts[i], address, alignment, flags);
  }
  leaves_give(imp, &leaves);
}

void import_store(Importer *imp, LLVMValueRef store) {
  if (is_atomic(store)) {
    import_atomic_store(imp, store);
    return;
  }
  LLVMValueRef value = LLVMGetOperand(store, 0);
  const char *reason = NULL;
  LeafList leaves = leaves_take(imp);
  if (!flatten(imp, LLVMTypeOf(value), 0, &leaves, &reason))
    refuse(imp, store, "%s", reason);
  else
    store_parts(imp, LLVMTypeOf(value), value, operand_at(imp, store, 1), LLVMGetAlignment(store),
                memory_flags(store));
  leaves_give(imp, &leaves);
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

void import_alloca(Importer *imp, LLVMValueRef alloca) {
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
