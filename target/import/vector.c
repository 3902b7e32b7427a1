// LLVM's vector types and constants as groups of registers, and their memory.
#include "target/import/vector.h"

#include <stdarg.h>
#include <string.h>

// --- shapes
// -------------------------------------------------------------------------------------------------

enum { BLOCK_BITS = 64, LARGEST_LMUL = 3 }; // vscale counts blocks of 64 bits

static int ceil_log2(uint64_t x) {
  int log = 0;
  while ((UINT64_C(1) << log) < x)
    log++;
  return log;
}

static bool tuple_shape(const Importer *imp, LLVMTypeRef type, VectorShape *shape, const char **reason) {
  if (strcmp(LLVMGetTargetExtTypeName(type), "riscv.vector.tuple") != 0) {
    *reason = "this target type is not supported";
    return false;
  }
  if (!lanes_shape(imp, LLVMGetTargetExtTypeTypeParam(type, 0), shape, reason))
    return false;
  unsigned fields = LLVMGetTargetExtTypeIntParam(type, 0), size = ir_group_size(shape->type);
  shape->fields = (uint8_t)fields;
  shape->type = ir_vector(fields * size, size);
  return true;
}

bool lanes_shape(const Importer *imp, LLVMTypeRef type, VectorShape *shape, const char **reason) {
  LLVMTypeKind kind = LLVMGetTypeKind(type);
  if (kind == LLVMTargetExtTypeKind)
    return tuple_shape(imp, type, shape, reason);
  LLVMTypeRef element = LLVMGetElementType(type);
  IrType scalar = scalar_type(element);
  uint64_t vlen = imp->target->machine->vlen, count = LLVMGetVectorSize(type);
  bool scalable = kind == LLVMScalableVectorTypeKind;
  unsigned bits = scalar == IR_VOID ? 0 : ir_type_bits(scalar);
  if (bits != 1 && bits != 8 && bits != 16 && bits != 32 && bits != 64) {
    *reason = "vectors of elements that are not 1, 8, 16, 32 or 64 bits wide are not supported";
    return false;
  }
  if (scalable)
    count *= vlen / BLOCK_BITS;
  *shape = (VectorShape){.element = scalar, .sew = (uint8_t)(bits == 1 ? 8 : bits), .fields = 1};
  uint64_t whole = count * shape->sew;
  int lmul = whole > vlen ? ceil_log2((whole + vlen - 1) / vlen) : 0;
  // Fractions matter to masks and to what lies beyond VLMAX: scalable types have theirs, of which there is
  // the next larger one where their elements are no power of two.
  if (scalable)
    for (uint64_t size = 2 * whole; size <= vlen; size *= 2)
      lmul--;
  if (lmul > LARGEST_LMUL || count > UINT32_MAX) {
    *reason = "vectors of more than eight registers are not supported";
    return false;
  }
  shape->lmul = (int8_t)lmul;
  shape->count = (uint32_t)count;
  unsigned registers = lmul > 0 && bits != 1 ? 1U << lmul : 1;
  shape->type = ir_vector(registers, registers);
  return true;
}

IrValue lanes_constant_part(Importer *imp, LLVMValueRef constant, const VectorShape *shape, uint32_t first) {
  bool scalable = LLVMGetTypeKind(LLVMTypeOf(constant)) == LLVMScalableVectorTypeKind;
  if (scalable || LLVMIsUndef(constant) || LLVMIsNull(constant))
    return lanes_constant(imp, constant, shape);
  LLVMValueRef *elements = checked_malloc((shape->count + 1) * sizeof(LLVMValueRef));
  bool whole = true;
  for (uint32_t i = 0; i < shape->count; i++) {
    elements[i] = LLVMGetAggregateElement(constant, first + i);
    whole = whole && elements[i];
  }
  IrValue v = build_undefined(&imp->b, shape->type);
  if (whole)
    v = lanes_constant(imp, LLVMConstVector(elements, shape->count), shape);
  else
    refuse(imp, imp->function, "this constant vector is not supported");
  free((void *)elements);
  return v;
}

IrType accumulator_type(LLVMTypeRef type) {
  enum { FIRST_SPACE = 100, MOST = 16 };
  if (LLVMGetTypeKind(type) != LLVMPointerTypeKind)
    return IR_VOID;
  unsigned space = LLVMGetPointerAddressSpace(type), count = space - FIRST_SPACE;
  bool fits = space > FIRST_SPACE && count <= MOST && (count & (count - 1)) == 0;
  return fits ? ir_accumulators(count) : IR_VOID;
}

unsigned import_vector_constant(Importer *imp, LLVMValueRef constant, IrValue *groups) {
  VectorShape shape;
  const char *reason = NULL;
  LLVMTypeRef type = LLVMTypeOf(constant);
  IrType accumulators = accumulator_type(type);
  if (accumulators != IR_VOID) {
    if (!LLVMIsUndef(constant))
      refuse(imp, imp->function, "accumulators have no constants");
    groups[0] = build_undefined(&imp->b, accumulators);
    return 1;
  }
  unsigned parts = is_vector_type(type) ? lanes_parts(imp, type) : 0;
  if (parts > 1)
    type = lanes_part_type(type, parts);
  if (!parts || !lanes_shape(imp, type, &shape, &reason))
    return 0;
  for (unsigned i = 0; i < parts; i++)
    groups[i] = parts == 1 ? lanes_constant(imp, constant, &shape)
                           : lanes_constant_part(imp, constant, &shape, i * shape.count);
  return parts;
}

IrType lanes_type(const Importer *imp, LLVMTypeRef type, const char **reason) {
  VectorShape shape;
  unsigned parts = lanes_parts(imp, type);
  if (parts > 1)
    type = lanes_part_type(type, parts);
  return lanes_shape(imp, type, &shape, reason) ? shape.type : IR_VOID;
}

VectorConfig shape_config(const VectorShape *shape) {
  return (VectorConfig){.sew = shape->sew, .lmul = shape->lmul};
}

IrValue shape_length(Importer *imp, const VectorShape *shape) {
  uint64_t vlen = imp->target->machine->vlen;
  uint64_t most = shape->lmul < 0 ? vlen / shape->sew >> -shape->lmul : vlen / shape->sew << shape->lmul;
  return shape->count == most ? IR_AVL_MAX : build_const(&imp->b, IR_I64, shape->count);
}

// --- instructions by name
// -------------------------------------------------------------------------------------

IsaOp lanes_row(const char *format, ...) {
  char name[64];
  va_list list;
  va_start(list, format);
  (void)vsnprintf(name, sizeof name, format, list);
  va_end(list);
  for (unsigned op = 0; op < ISA_OP_COUNT; op++)
    if (isa_insn((IsaOp)op)->mnemonic[0] == name[0] && strcmp(isa_insn((IsaOp)op)->mnemonic, name) == 0)
      return (IsaOp)op;
  return ISA_INVALID;
}

IrValue lanes_insn(Importer *imp, const char *mnemonic, IrType result, VectorConfig config, IrValue avl,
                   uint32_t count, const IrValue *operands) {
  IsaOp op = lanes_row("%s", mnemonic);
  if (op == ISA_INVALID) {
    refuse(imp, imp->function, "the machine has no instruction '%s'", mnemonic);
    return result == IR_VOID ? IR_NONE : build_undefined(&imp->b, result);
  }
  return build_machine(&imp->b, op, result, config, avl, count, operands);
}

// --- memory
// -------------------------------------------------------------------------------------------------

IrValue lanes_load(Importer *imp, IrValue address, const VectorShape *shape) {
  unsigned registers = ir_group_size(shape->type);
  VectorConfig none = {0};
  if (is_mask_shape(shape))
    return lanes_insn(imp, "vlm.v", shape->type, shape_config(shape), shape_length(imp, shape), 1, &address);
  bool whole = shape->lmul >= 0 && shape_length(imp, shape) == IR_AVL_MAX && shape->fields == 1;
  if (whole)
    return build_machine(&imp->b, lanes_row("vl%ure8.v", registers), shape->type, none, IR_NONE, 1, &address);
  return build_machine(&imp->b, lanes_row("vle%u.v", shape->sew), shape->type, shape_config(shape),
                       shape_length(imp, shape), 1, &address);
}

void lanes_store(Importer *imp, IrValue value, IrValue address, const VectorShape *shape) {
  unsigned registers = ir_group_size(shape->type);
  VectorConfig none = {0};
  IrValue operands[2] = {value, address};
  if (is_mask_shape(shape)) {
    lanes_insn(imp, "vsm.v", IR_VOID, shape_config(shape), shape_length(imp, shape), 2, operands);
    return;
  }
  if (shape->lmul >= 0 && shape_length(imp, shape) == IR_AVL_MAX)
    build_machine(&imp->b, lanes_row("vs%ur.v", registers), IR_VOID, none, IR_NONE, 2, operands);
  else
    build_machine(&imp->b, lanes_row("vse%u.v", shape->sew), IR_VOID, shape_config(shape),
                  shape_length(imp, shape), 2, operands);
}

static VectorShape known_shape(const Importer *imp, LLVMTypeRef type) {
  VectorShape shape = {0};
  const char *reason = NULL;
  (void)lanes_shape(imp, type, &shape, &reason); // its types have been looked at before
  return shape;
}

IrValue lanes_load_type(Importer *imp, LLVMTypeRef type, IrValue address) {
  VectorShape shape = known_shape(imp, type);
  return lanes_load(imp, address, &shape);
}

void lanes_store_type(Importer *imp, LLVMTypeRef type, IrValue value, IrValue address) {
  VectorShape shape = known_shape(imp, type);
  lanes_store(imp, value, address, &shape);
}

uint64_t lanes_bytes(const Importer *imp, LLVMTypeRef type) {
  VectorShape shape = known_shape(imp, type);
  if (is_mask_shape(&shape))
    return (shape.count + 7) / 8;
  return shape.fields > 1 ? ir_group_size(shape.type) * machine_vector_bytes(imp->target->machine)
                          : (uint64_t)shape.count * (shape.sew / 8);
}

// --- constants
// ----------------------------------------------------------------------------------------------

IrValue lanes_splat(Importer *imp, IrValue scalar, const VectorShape *shape) {
  Builder *b = &imp->b;
  IrValue length = shape_length(imp, shape);
  VectorConfig config = shape_config(shape);
  IrInsn leaf = *ir_insn(imp->f, scalar);
  IrType type = leaf.type;
  if (is_mask_shape(shape)) {
    if (leaf.op == IR_CONST)
      return build_machine(b, leaf.imm ? ISA_VMXNOR_MM : ISA_VMXOR_MM, shape->type, config, length, 2,
                           (IrValue[2]){build_undefined(b, shape->type), build_undefined(b, shape->type)});
    IrValue bytes = build_machine(
        b, ISA_VMV_V_X,
        ir_vector(1U << (shape->lmul > 0 ? shape->lmul : 0), 1U << (shape->lmul > 0 ? shape->lmul : 0)),
        config, length, 1, (IrValue[1]){build1(b, IR_ZEXT, IR_I64, scalar)});
    return build_machine(b, ISA_VMSNE_VX, shape->type, config, length, 2,
                         (IrValue[2]){bytes, build_const(b, IR_I64, 0)});
  }
  bool is_float = ir_is_float(type);
  bool bits = leaf.op == IR_FCONST || type == IR_BFLOAT; // floating constants as what they are in memory
  if (leaf.op == IR_FCONST) {
    int64_t value = sign_extend(leaf.imm, ir_float_bits(type));
    scalar = build_const(b, IR_I64, value);
    is_float = false;
  } else if (bits) {
    scalar = build1(b, IR_BITCAST, IR_I16, scalar);
    is_float = false;
  }
  leaf = *ir_insn(imp->f, scalar);
  IsaOp op = is_float ? ISA_VFMV_V_F : ISA_VMV_V_X;
  if (leaf.op == IR_CONST && leaf.imm >= -16 && leaf.imm <= 15)
    op = ISA_VMV_V_I;
  return build_machine(b, op, shape->type, config, length, 1, &scalar);
}

static uint8_t constant_bits(LLVMValueRef element) {
  return LLVMIsAConstantInt(element) ? (uint8_t)(LLVMConstIntGetZExtValue(element) & 1) : 0;
}

// The bytes of a constant that is no splat; false: it has parts that are no numbers.
static bool constant_bytes(LLVMValueRef constant, const VectorShape *shape, uint8_t *bytes) {
  unsigned size = shape->sew / 8;
  for (uint32_t i = 0; i < shape->count; i++) {
    LLVMValueRef element = LLVMGetAggregateElement(constant, i);
    uint64_t value = 0;
    if (!element)
      return false;
    if (LLVMIsAConstantInt(element))
      value = LLVMConstIntGetZExtValue(element);
    else if (LLVMIsAConstantFP(element))
      value = (uint64_t)float_bits(element);
    else if (!LLVMIsUndef(element) && !LLVMIsNull(element))
      return false;
    if (is_mask_shape(shape))
      bytes[i / 8] |= (uint8_t)(constant_bits(element) << i % 8);
    else
      for (unsigned k = 0; k < size; k++)
        bytes[i * size + k] = (uint8_t)(value >> (8 * k));
  }
  return true;
}

static SymbolId constant_data(Importer *imp, const uint8_t *bytes, uint64_t size) {
  Target *target = imp->target;
  char *name = arena_format(&target->arena, ".LVEC%u", target->constant_count++);
  SymbolId id = target_symbol(target, name);
  Symbol *symbol = &target->symbols.data[id];
  symbol->linkage = LINKAGE_LOCAL;
  symbol->defined = symbol->constant = true;
  symbol->size = size;
  symbol->alignment = 16;
  symbol->bytes = arena_alloc(&target->arena, size, 1);
  memcpy(symbol->bytes, bytes, size);
  VEC_PUSH(&target->order, id);
  return id;
}

// The element that all others equal; NULL: none.
static LLVMValueRef splat_element(LLVMValueRef constant, const VectorShape *shape) {
  LLVMValueRef first = NULL;
  for (uint32_t i = 0; i < shape->count; i++) {
    LLVMValueRef element = LLVMGetAggregateElement(constant, i);
    if (!element)
      return NULL;
    if (LLVMIsUndef(element))
      continue;
    if (first && element != first)
      return NULL;
    first = element;
  }
  return first;
}

// A splat of a scalable type is an insertion into the first place, shuffled to all.
static LLVMValueRef expression_splat(LLVMValueRef constant) {
  if (!LLVMIsAConstantExpr(constant) || LLVMGetConstOpcode(constant) != LLVMShuffleVector)
    return NULL;
  LLVMValueRef inserted = LLVMGetOperand(constant, 0);
  bool fits = LLVMIsAConstantExpr(inserted) && LLVMGetConstOpcode(inserted) == LLVMInsertElement;
  return fits ? LLVMGetOperand(inserted, 1) : NULL;
}

// `splat (i32 1)` prints its element; the C interface has no other way to ask a scalable constant for it.
static LLVMValueRef scalable_splat(LLVMValueRef constant) {
  LLVMValueRef element = expression_splat(constant);
  return element ? element : LLVMGetAggregateElement(constant, 0);
}

IrValue lanes_constant(Importer *imp, LLVMValueRef constant, const VectorShape *shape) {
  Builder *b = &imp->b;
  if (LLVMIsUndef(constant))
    return build_undefined(b, shape->type);
  if (shape->fields > 1) {
    refuse(imp, imp->function, "a constant tuple of vectors is not supported");
    return build_undefined(b, shape->type);
  }
  if (LLVMIsNull(constant))
    return lanes_splat(imp, build_const(b, shape->element, 0), shape);
  if (LLVMIsAConstantExpr(constant) && LLVMGetConstOpcode(constant) == LLVMGetElementPtr)
    return lanes_address(imp, constant, shape);
  if (LLVMIsAConstantExpr(constant) && LLVMGetConstOpcode(constant) == LLVMInsertElement) {
    // What the sum of a reduction begins with.
    IrValue others = lanes_constant(imp, LLVMGetOperand(constant, 0), shape);
    int64_t at = (int64_t)LLVMConstIntGetZExtValue(LLVMGetOperand(constant, 2));
    return lanes_insert(imp, shape, others, operand(imp, LLVMGetOperand(constant, 1)),
                        build_const(b, IR_I64, at));
  }
  bool scalable = LLVMGetTypeKind(LLVMTypeOf(constant)) == LLVMScalableVectorTypeKind;
  LLVMValueRef splat = scalable ? scalable_splat(constant) : splat_element(constant, shape);
  if (splat)
    return lanes_splat(imp, operand(imp, splat), shape);
  uint64_t size = is_mask_shape(shape) ? (shape->count + 7) / 8 : (uint64_t)shape->count * (shape->sew / 8);
  uint8_t *bytes = checked_malloc(size + 1);
  memset(bytes, 0, size + 1);
  IrValue result = build_undefined(b, shape->type);
  if (!scalable && constant_bytes(constant, shape, bytes)) {
    SymbolId id = constant_data(imp, bytes, size);
    result = lanes_load(imp, ir_leaf(imp->f, IR_SYMBOL, IR_I64, ir_symbol_imm(id, 0)), shape);
  } else if (!scalable && !is_mask_shape(shape) &&
             LLVMGetAggregateElement(constant, 0)) { // addresses: element by element
    FrameSlot slot = {.size = size, .alignment = 16};
    VEC_PUSH(&imp->f->slots, slot);
    IrValue address = ir_leaf(imp->f, IR_FRAME, IR_I64, (int64_t)imp->f->slots.count - 1);
    for (uint32_t i = 0; i < shape->count && LLVMGetAggregateElement(constant, i); i++)
      build_store(b, operand(imp, LLVMGetAggregateElement(constant, i)),
                  offset_address(imp, address, (int64_t)i * (shape->sew / 8)));
    result = lanes_load(imp, address, shape);
  } else {
    refuse(imp, imp->function, "this constant vector is not supported");
  }
  free(bytes);
  return result;
}
