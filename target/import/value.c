// The map from LLVM's values to ours, constants, and parts of aggregates.
#include "target/import/import.h"

#include <string.h>

// --- the map from LLVM's values to ours -------------------------------------------------------------------

static uint32_t slot_of(const ImportMap *map, const void *key) {
  uint64_t h = (uint64_t)(uintptr_t)key * UINT64_C(0x9e3779b97f4a7c15);
  uint32_t at = (uint32_t)(h >> 32) & (map->slots - 1);
  while (map->entries[at].key && map->entries[at].key != key)
    at = (at + 1) & (map->slots - 1);
  return at;
}

MapEntry *import_map_find(const ImportMap *map, const void *key) {
  MapEntry *entry = map->slots ? &map->entries[slot_of(map, key)] : NULL;
  return entry && entry->key ? entry : NULL;
}

void import_map_set(ImportMap *map, const void *key, uint32_t first, uint32_t count) {
  if (map->count * 2 >= map->slots) {
    ImportMap old = *map;
    map->slots = old.slots ? old.slots * 2 : 256;
    map->entries = checked_malloc(map->slots * sizeof *map->entries);
    memset(map->entries, 0, map->slots * sizeof *map->entries);
    for (uint32_t i = 0; i < old.slots; i++)
      if (old.entries[i].key)
        map->entries[slot_of(map, old.entries[i].key)] = old.entries[i];
    free(old.entries);
  }
  MapEntry *entry = &map->entries[slot_of(map, key)];
  map->count += !entry->key;
  *entry = (MapEntry){key, first, count};
}

void import_map_clear(Importer *imp) {
  for (uint32_t i = 0; i < imp->map.slots; i++)
    imp->map.entries[i].key = NULL;
  imp->map.count = 0;
  imp->parts.count = 0;
}

void set_parts(Importer *imp, LLVMValueRef value, const IrValue *parts, uint32_t count) {
  uint32_t first = (uint32_t)imp->parts.count;
  VEC_RESERVE(&imp->parts, count);
  for (uint32_t i = 0; i < count; i++)
    imp->parts.data[imp->parts.count++] = parts[i];
  import_map_set(&imp->map, value, first, count);
}

void set_value(Importer *imp, LLVMValueRef value, IrValue v) {
  set_parts(imp, value, &v, 1);
}

// --- constants --------------------------------------------------------------------------------------------

static IrValue constant_value(Importer *imp, LLVMValueRef constant, IrType scalar);

// Constants that are computed when the program runs: differences and narrow parts of addresses.
static IrValue computed_constant(Importer *imp, LLVMValueRef constant, IrType type) {
  LLVMValueRef x = LLVMGetOperand(constant, 0);
  IrType from = scalar_type(LLVMTypeOf(x));
  switch (LLVMGetConstOpcode(constant)) {
  case LLVMTrunc:
  case LLVMPtrToInt:
  case LLVMPtrToAddr:
    if (from != IR_VOID && !ir_is_float(from) && from > type)
      return build1(&imp->b, IR_TRUNC, type, constant_value(imp, x, from));
    return IR_NONE;
  case LLVMAdd:
  case LLVMSub:
  case LLVMXor: {
    IrOp op = LLVMGetConstOpcode(constant) == LLVMAdd   ? IR_ADD
              : LLVMGetConstOpcode(constant) == LLVMSub ? IR_SUB
                                                        : IR_XOR;
    IrValue a = constant_value(imp, x, type);
    return build2(&imp->b, op, type, a, constant_value(imp, LLVMGetOperand(constant, 1), type));
  }
  default:
    return IR_NONE;
  }
}

static IrValue constant_expression(Importer *imp, LLVMValueRef constant, IrType type) {
  SymbolId symbol = IR_NONE;
  int64_t addend = 0;
  if (type == IR_I64 && constant_address(imp, constant, &symbol, &addend) && addend == (int32_t)addend)
    return symbol == IR_NONE ? build_const(&imp->b, IR_I64, addend)
                             : ir_leaf(imp->f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, (int32_t)addend));
  IrValue v =
      LLVMIsAConstantExpr(constant) && !ir_is_float(type) ? computed_constant(imp, constant, type) : IR_NONE;
  if (v != IR_NONE)
    return v;
  char *text = LLVMPrintValueToString(constant);
  refuse(imp, imp->function, "this constant cannot be computed here: %s", text);
  LLVMDisposeMessage(text);
  return build_const(&imp->b, type, 0);
}

static IrValue constant_value(Importer *imp, LLVMValueRef constant, IrType scalar) {
  if (LLVMIsUndef(constant) || LLVMIsNull(constant))
    return build_const(&imp->b, scalar, 0);
  if (LLVMIsAConstantInt(constant))
    return build_const(&imp->b, scalar, LLVMConstIntGetSExtValue(constant));
  if (LLVMIsAConstantFP(constant))
    return build_const(&imp->b, scalar, float_bits(constant));
  return constant_expression(imp, constant, scalar);
}

typedef VEC(IrValue) PartList;

// A list of its own, since vectors are made from scalars that become parts as well.
static void constant_parts(Importer *imp, LLVMValueRef constant, PartList *list) {
  LLVMTypeRef type = LLVMTypeOf(constant);
  IrType scalar = scalar_type(type);
  if (scalar != IR_VOID) {
    IrValue v = constant_value(imp, constant, scalar);
    VEC_PUSH(list, v);
    return;
  }
  if (is_quad(type)) {
    uint64_t words[2] = {0};
    if (LLVMIsAConstantFP(constant))
      quad_constant(constant, words);
    else if (!LLVMIsUndef(constant) && !LLVMIsNull(constant))
      refuse(imp, imp->function, "a constant expression of quad precision is not supported");
    for (int i = 0; i < 2; i++)
      VEC_PUSH(list, build_const(&imp->b, IR_I64, (int64_t)words[i]));
    return;
  }
  if (is_wide(type)) {
    uint64_t words[2] = {0};
    if (LLVMIsAConstantInt(constant))
      wide_constant(constant, words);
    else if (!LLVMIsUndef(constant))
      refuse(imp, imp->function, "a constant expression of more than 64 bits is not supported");
    VEC_PUSH(list, build_const(&imp->b, IR_I64, (int64_t)words[0]));
    VEC_PUSH(list, build_const(&imp->b, (IrType)(LLVMGetIntTypeWidth(type) - 64), (int64_t)words[1]));
    return;
  }
  LLVMTypeKind kind = LLVMGetTypeKind(type);
  if (kind != LLVMStructTypeKind && kind != LLVMArrayTypeKind) {
    IrValue groups[8];
    unsigned count = import_vector_constant(imp, constant, groups);
    for (unsigned i = 0; i < count; i++)
      VEC_PUSH(list, groups[i]);
    return;
  }
  bool zero = LLVMIsUndef(constant) || LLVMIsNull(constant);
  if (zero) {
    LeafList leaves = leaves_take(imp);
    const char *reason = NULL;
    flatten(imp, type, 0, &leaves, &reason);
    for (size_t i = 0; i < leaves.count; i++)
      if (leaves.data[i].vector)
        constant_parts(imp, LLVMConstNull(leaves.data[i].vector), list);
      else
        VEC_PUSH(list, build_const(&imp->b, leaves.data[i].type, 0));
    leaves_give(imp, &leaves);
    return;
  }
  uint64_t count = kind == LLVMStructTypeKind ? LLVMCountStructElementTypes(type) : LLVMGetArrayLength2(type);
  for (unsigned i = 0; i < count; i++)
    constant_parts(imp, LLVMGetAggregateElement(constant, i), list);
}

const IrValue *operand_parts(Importer *imp, LLVMValueRef value, uint32_t *count) {
  MapEntry *entry = import_map_find(&imp->map, value);
  if (!entry) {
    PartList list = {0};
    bool scalar = LLVMIsConstant(value) && scalar_type(LLVMTypeOf(value)) != IR_VOID;
    IrValue only = scalar ? constant_value(imp, value, scalar_type(LLVMTypeOf(value))) : IR_NONE;
    if (LLVMIsConstant(value) && !scalar)
      constant_parts(imp, value, &list);
    uint32_t first = (uint32_t)imp->parts.count;
    if (scalar)
      VEC_PUSH(&imp->parts, only);
    for (size_t i = 0; i < list.count; i++)
      VEC_PUSH(&imp->parts, list.data[i]);
    VEC_FREE(&list);
    if (imp->parts.count == first && LLVMGetTypeKind(LLVMTypeOf(value)) != LLVMStructTypeKind &&
        LLVMGetTypeKind(LLVMTypeOf(value)) != LLVMArrayTypeKind)
      VEC_PUSH(&imp->parts, build_const(&imp->b, IR_I64, 0)); // refused before; anything will do
    bool leaves = true;                                       // what is computed is computed anew at each use
    for (size_t i = first; i < imp->parts.count; i++)
      leaves = leaves && (ir_ops[ir_insn(imp->f, imp->parts.data[i])->op].flags & IR_LEAF);
    *count = (uint32_t)imp->parts.count - first;
    if (!leaves)
      return imp->parts.data + first;
    import_map_set(&imp->map, value, first, *count);
    entry = import_map_find(&imp->map, value);
  }
  *count = entry->count;
  return imp->parts.data + entry->first;
}

IrValue operand(Importer *imp, LLVMValueRef value) {
  uint32_t count = 0;
  const IrValue *parts = operand_parts(imp, value, &count);
  return count ? parts[0] : build_const(&imp->b, IR_I64, 0);
}

// --- parts of aggregates
// ---------------------------------------------------------------------------------------

// The range of scalars that the indices of an extractvalue or insertvalue name.
static bool indexed_parts(Importer *imp, LLVMValueRef instruction, LLVMTypeRef type, uint32_t *first,
                          uint32_t *count) {
  const unsigned *indices = LLVMGetIndices(instruction);
  unsigned depth = LLVMGetNumIndices(instruction);
  const char *reason = NULL;
  LeafList leaves = leaves_take(imp);
  bool fits = true;
  *first = 0;
  for (unsigned d = 0; d < depth && fits; d++) {
    if (LLVMGetTypeKind(type) == LLVMStructTypeKind) {
      for (unsigned i = 0; i < indices[d] && fits; i++)
        fits = flatten(imp, LLVMStructGetTypeAtIndex(type, i), 0, &leaves, &reason);
      type = LLVMStructGetTypeAtIndex(type, indices[d]);
    } else {
      type = LLVMGetElementType(type);
      for (unsigned i = 0; i < indices[d] && fits; i++)
        fits = flatten(imp, type, 0, &leaves, &reason);
    }
  }
  *first = (uint32_t)leaves.count;
  fits = fits && flatten(imp, type, 0, &leaves, &reason);
  *count = (uint32_t)leaves.count - *first;
  leaves_give(imp, &leaves);
  if (!fits)
    refuse(imp, instruction, "%s", reason);
  return fits;
}

void import_extractvalue(Importer *imp, LLVMValueRef instruction) {
  LLVMValueRef aggregate = LLVMGetOperand(instruction, 0);
  uint32_t first = 0, count = 0, all = 0;
  if (!indexed_parts(imp, instruction, LLVMTypeOf(aggregate), &first, &count))
    return;
  const IrValue *parts = operand_parts(imp, aggregate, &all);
  uint32_t start = (uint32_t)(parts - imp->parts.data);
  if (first + count <= all)
    import_map_set(&imp->map, instruction, start + first, count); // shares the scalars
}

void import_insertvalue(Importer *imp, LLVMValueRef instruction) {
  LLVMValueRef aggregate = LLVMGetOperand(instruction, 0), value = LLVMGetOperand(instruction, 1);
  uint32_t first = 0, count = 0, all = 0, given = 0;
  if (!indexed_parts(imp, instruction, LLVMTypeOf(aggregate), &first, &count))
    return;
  uint32_t from = (uint32_t)(operand_parts(imp, aggregate, &all) - imp->parts.data);
  uint32_t inserted = (uint32_t)(operand_parts(imp, value, &given) - imp->parts.data);
  uint32_t start = (uint32_t)imp->parts.count;
  VEC_RESERVE(&imp->parts, all);
  for (uint32_t i = 0; i < all; i++) {
    bool inside = i >= first && i < first + count && i - first < given;
    imp->parts.data[imp->parts.count++] =
        inside ? imp->parts.data[inserted + i - first] : imp->parts.data[from + i];
  }
  import_map_set(&imp->map, instruction, start, all);
}
