// Globals: symbols and their initial bytes.
#include "target/import/import.h"

#include <llvm-c/Comdat.h>

#include <string.h>

static bool is_bookkeeping(const char *name, const char *section) {
  return (section && strcmp(section, "llvm.metadata") == 0) || strcmp(name, "llvm.used") == 0 ||
         strcmp(name, "llvm.compiler.used") == 0;
}

static void set_linkage(Symbol *symbol, LLVMValueRef global) {
  switch (LLVMGetLinkage(global)) {
  case LLVMInternalLinkage:
  case LLVMPrivateLinkage:
    symbol->linkage = LINKAGE_LOCAL;
    break;
  case LLVMWeakAnyLinkage:
  case LLVMWeakODRLinkage:
  case LLVMLinkOnceAnyLinkage:
  case LLVMLinkOnceODRLinkage:
  case LLVMExternalWeakLinkage:
    symbol->linkage = LINKAGE_WEAK;
    break;
  case LLVMCommonLinkage:
    symbol->common = true;
    break;
  default:
    symbol->linkage = LINKAGE_GLOBAL;
  }
  LLVMVisibility visibility = LLVMGetVisibility(global);
  symbol->visibility = visibility == LLVMHiddenVisibility      ? VISIBILITY_HIDDEN
                       : visibility == LLVMProtectedVisibility ? VISIBILITY_PROTECTED
                                                               : VISIBILITY_DEFAULT;
}

// Private symbols get names that the object's symbol table does not show as the user's own.
static SymbolId declare(Importer *imp, LLVMValueRef global) {
  size_t size = 0;
  const char *name = LLVMGetValueName2(global, &size);
  Text text = {0};
  if (LLVMGetLinkage(global) == LLVMPrivateLinkage)
    text_append_string(&text, ".L");
  if (size && name[0] == '\1') { // a name that is to be taken as it stands
    name++;
    size--;
  }
  text_append(&text, name, size);
  if (!size)
    text_format(&text, "__unnamed_%zu", imp->target->symbols.count);
  SymbolId id = target_symbol(imp->target, text_string(&text));
  text_free(&text);
  return id;
}

typedef struct Initializer {
  Importer *imp;
  LLVMValueRef global;
  uint8_t *bytes;
  uint64_t size;
  VEC(DataRelocation) relocations;
} Initializer;

int64_t float_bits(LLVMValueRef constant) {
  LLVMTypeRef type = LLVMTypeOf(constant);
  unsigned bits = ir_type_bits(scalar_type(type));
  LLVMValueRef integer = LLVMConstBitCast(constant, LLVMIntTypeInContext(LLVMGetTypeContext(type), bits));
  return (int64_t)LLVMConstIntGetZExtValue(integer);
}

static bool constant_gep(Importer *imp, LLVMValueRef expression, SymbolId *symbol, int64_t *addend) {
  if (!constant_address(imp, LLVMGetOperand(expression, 0), symbol, addend))
    return false;
  LLVMTypeRef type = LLVMGetGEPSourceElementType(expression);
  int count = LLVMGetNumOperands(expression);
  for (int i = 1; i < count; i++) {
    LLVMValueRef index = LLVMGetOperand(expression, (unsigned)i);
    if (!LLVMIsAConstantInt(index) || LLVMGetIntTypeWidth(LLVMTypeOf(index)) > 64)
      return false;
    int64_t n = LLVMConstIntGetSExtValue(index);
    if (i > 1 && LLVMGetTypeKind(type) == LLVMStructTypeKind) {
      *addend += (int64_t)LLVMOffsetOfElement(imp->layout, type, (unsigned)n);
      type = LLVMStructGetTypeAtIndex(type, (unsigned)n);
      continue;
    }
    if (i > 1)
      type = LLVMGetElementType(type);
    *addend = (int64_t)((uint64_t)*addend + (uint64_t)n * LLVMABISizeOfType(imp->layout, type));
  }
  return true;
}

bool constant_address(Importer *imp, LLVMValueRef constant, SymbolId *symbol, int64_t *addend) {
  *addend = 0;
  *symbol = IR_NONE;
  if (LLVMIsAGlobalValue(constant)) {
    *symbol = declare(imp, constant);
    return true;
  }
  if (LLVMIsAConstantInt(constant) && LLVMGetIntTypeWidth(LLVMTypeOf(constant)) <= 64) {
    *addend = LLVMConstIntGetSExtValue(constant);
    return true;
  }
  if (LLVMIsABlockAddress(constant)) { // of a block that no indirectbr names, anything but null will do
    const MapEntry *label = import_map_find(&imp->labels, LLVMGetBlockAddressBasicBlock(constant));
    *addend = label ? label->first : 1;
    return true;
  }
  if (LLVMIsAConstantPointerNull(constant) || LLVMIsUndef(constant))
    return true;
  if (!LLVMIsAConstantExpr(constant))
    return false;
  SymbolId other = IR_NONE;
  int64_t distance = 0;
  switch (LLVMGetConstOpcode(constant)) {
  case LLVMGetElementPtr:
    return constant_gep(imp, constant, symbol, addend);
  case LLVMPtrToInt:
  case LLVMIntToPtr:
  case LLVMPtrToAddr:
  case LLVMBitCast:
    return LLVMABISizeOfType(imp->layout, LLVMTypeOf(constant)) == 8 &&
           constant_address(imp, LLVMGetOperand(constant, 0), symbol, addend);
  case LLVMTrunc:
    return constant_address(imp, LLVMGetOperand(constant, 0), symbol, addend) && *symbol == IR_NONE;
  case LLVMAdd:
  case LLVMSub:
    if (!constant_address(imp, LLVMGetOperand(constant, 0), symbol, addend) ||
        !constant_address(imp, LLVMGetOperand(constant, 1), &other, &distance))
      return false;
    if (LLVMGetConstOpcode(constant) == LLVMSub) {
      if (other != IR_NONE && other == *symbol)
        other = *symbol = IR_NONE;
      distance = (int64_t)(0 - (uint64_t)distance);
    } else if (*symbol == IR_NONE) {
      *symbol = other;
      other = IR_NONE;
    }
    *addend = (int64_t)((uint64_t)*addend + (uint64_t)distance);
    return other == IR_NONE;
  default:
    return false;
  }
}

static void put(Initializer *init, uint64_t offset, int64_t value, uint64_t size) {
  for (uint64_t i = 0; i < size && offset + i < init->size; i++)
    init->bytes[offset + i] = (uint8_t)((uint64_t)value >> (8 * i));
}

// The thread's own variable that a constant names; NULL: none.
static LLVMValueRef thread_local_in(LLVMValueRef constant) {
  if (LLVMIsAGlobalVariable(constant))
    return LLVMIsThreadLocal(constant) ? constant : NULL;
  LLVMValueRef found = NULL;
  for (int i = 0; LLVMIsAConstantExpr(constant) && i < LLVMGetNumOperands(constant) && !found; i++)
    found = thread_local_in(LLVMGetOperand(constant, (unsigned)i));
  return found;
}

static void fill_address(Initializer *init, LLVMValueRef constant, uint64_t offset, uint64_t size) {
  Importer *imp = init->imp;
  DataRelocation relocation = {.offset = offset};
  LLVMValueRef own = thread_local_in(constant);
  if (own) {
    refuse(
        imp, init->global,
        "the initializer of '%s' holds the address of '%s', of which each thread has its own: no relocation "
        "stands for it",
        LLVMGetValueName(init->global), LLVMGetValueName(own));
    return;
  }
  if (size <= 8 && constant_address(imp, constant, &relocation.symbol, &relocation.addend) &&
      (size == 8 || relocation.symbol == IR_NONE)) {
    if (relocation.symbol == IR_NONE)
      put(init, offset, relocation.addend, size);
    else
      VEC_PUSH(&init->relocations, relocation);
    return;
  }
  char *text = LLVMPrintValueToString(constant);
  refuse(imp, init->global, "the initializer of '%s' holds a constant that cannot be computed here: %s",
         LLVMGetValueName(init->global), text);
  LLVMDisposeMessage(text);
}

static void fill(Initializer *init, LLVMValueRef constant, uint64_t offset) {
  Importer *imp = init->imp;
  LLVMTypeRef type = LLVMTypeOf(constant);
  LLVMTypeKind kind = LLVMGetTypeKind(type);
  uint64_t size = LLVMStoreSizeOfType(imp->layout, type);
  if (LLVMIsUndef(constant) || LLVMIsNull(constant))
    return;
  if (LLVMIsAConstantDataSequential(constant)) {
    size_t count = 0;
    const char *data = LLVMGetRawDataValues(constant, &count);
    if (offset + count <= init->size)
      memcpy(init->bytes + offset, data, count);
  } else if (LLVMIsAConstantStruct(constant) || LLVMIsAConstantArray(constant)) {
    int count = LLVMGetNumOperands(constant);
    uint64_t step = kind == LLVMArrayTypeKind ? LLVMABISizeOfType(imp->layout, LLVMGetElementType(type)) : 0;
    for (int i = 0; i < count; i++)
      fill(init, LLVMGetOperand(constant, (unsigned)i),
           offset + (step ? (uint64_t)i * step : LLVMOffsetOfElement(imp->layout, type, (unsigned)i)));
  } else if (LLVMIsAConstantInt(constant) && LLVMGetIntTypeWidth(type) <= 64) {
    put(init, offset, (int64_t)LLVMConstIntGetZExtValue(constant), size);
  } else if (LLVMIsAConstantFP(constant) && is_quad(type)) {
    uint64_t words[2];
    quad_constant(constant, words);
    put(init, offset, (int64_t)words[0], 8);
    put(init, offset + 8, (int64_t)words[1], 8);
  } else if (LLVMIsAConstantInt(constant) && is_wide(type)) {
    uint64_t words[2];
    wide_constant(constant, words);
    unsigned rest = LLVMGetIntTypeWidth(type) - 64; // memory holds a zero-extended value
    put(init, offset, (int64_t)words[0], 8);
    put(init, offset + 8, zero_extend((int64_t)words[1], rest), size - 8);
  } else if (LLVMIsAConstantFP(constant) && scalar_type(type) != IR_VOID) {
    put(init, offset, float_bits(constant), size);
  } else {
    fill_address(init, constant, offset, size);
  }
}

static void define_data(Importer *imp, LLVMValueRef global, SymbolId id) {
  Target *target = imp->target;
  LLVMTypeRef type = LLVMGlobalGetValueType(global);
  LLVMValueRef value = LLVMGetInitializer(global);
  uint64_t size = LLVMABISizeOfType(imp->layout, type);
  uint64_t alignment = LLVMGetAlignment(global);
  if (size > imp->target->machine->dram_size) {
    refuse(imp, global, "'%s' takes %llu bytes, more than the machine's memory", LLVMGetValueName(global),
           (unsigned long long)size);
    return;
  }
  Initializer init = {.imp = imp, .global = global, .size = size};
  bool zero = LLVMIsNull(value) || LLVMIsUndef(value);
  if (!zero) {
    init.bytes = arena_alloc(&target->arena, size ? size : 1, 1);
    fill(&init, value, 0);
  }
  Symbol *symbol = &target->symbols.data[id];
  symbol->defined = true;
  symbol->constant = LLVMIsGlobalConstant(global);
  symbol->zero = zero;
  symbol->size = size;
  symbol->alignment = alignment ? alignment : LLVMPreferredAlignmentOfGlobal(imp->layout, global);
  symbol->bytes = init.bytes;
  symbol->relocation_count = (uint32_t)init.relocations.count;
  symbol->relocations = ARENA_ARRAY(&target->arena, DataRelocation, init.relocations.count);
  for (size_t i = 0; i < init.relocations.count; i++)
    symbol->relocations[i] = init.relocations.data[i];
  VEC_FREE(&init.relocations);
  VEC_PUSH(&target->order, id);
}

// The signature of a global's COMDAT group. LLVM's C interface does not tell its name, which is nearly always
// the global's own; else it stands in the global's text.
static const char *group_of(Importer *imp, LLVMValueRef global) {
  LLVMComdatRef comdat = LLVMGetComdat(global);
  if (!comdat)
    return NULL;
  size_t size = 0;
  const char *own = LLVMGetValueName2(global, &size);
  char *text = LLVMPrintValueToString(global);
  const char *line_end = strpbrk(text, "{\n");
  const char *found = NULL;
  for (const char *at = strstr(text, " comdat"); at && (!line_end || at < line_end);
       at = strstr(at + 1, " comdat"))
    found = at + strlen(" comdat");
  const char *result = arena_copy_text(&imp->target->arena, own, size);
  if (found && strncmp(found, "($", 2) == 0) {
    found += 2 + (found[2] == '"');
    result = arena_copy_text(&imp->target->arena, found, strcspn(found, "\")"));
  }
  LLVMDisposeMessage(text);
  return result;
}

// Functions that run before main or after it: pairs of priority and address, as an array of pointers in a
// section that the linker sorts.
static void import_calls_around_main(Importer *imp, LLVMValueRef list, const char *section) {
  enum { DEFAULT_PRIORITY = 65535 };
  Target *target = imp->target;
  LLVMValueRef value = LLVMGetInitializer(list);
  uint64_t count = LLVMGetArrayLength2(LLVMTypeOf(value));
  for (unsigned i = 0; i < count; i++) {
    LLVMValueRef entry = LLVMGetAggregateElement(value, i);
    DataRelocation to = {0};
    bool known = entry && LLVMIsAConstantInt(LLVMGetAggregateElement(entry, 0)) &&
                 constant_address(imp, LLVMGetAggregateElement(entry, 1), &to.symbol, &to.addend);
    if (!known) {
      refuse(imp, list, "an entry of '%s' that is no function is not supported", LLVMGetValueName(list));
      return;
    }
    if (to.symbol == IR_NONE)
      continue;
    uint64_t priority = LLVMConstIntGetZExtValue(LLVMGetAggregateElement(entry, 0));
    SymbolId id = target_symbol(target, arena_format(&target->arena, ".L%s.%u", section + 1, i));
    LLVMValueRef key = LLVMGetAggregateElement(entry, 2);
    const char *group = key && LLVMIsAGlobalObject(key) ? group_of(imp, key) : NULL;
    Symbol *symbol = &target->symbols.data[id];
    symbol->linkage = LINKAGE_LOCAL;
    symbol->defined = true;
    symbol->group = group;
    symbol->section = priority == DEFAULT_PRIORITY
                          ? section
                          : arena_format(&target->arena, "%s.%05u", section, (unsigned)priority);
    symbol->size = symbol->alignment = sizeof(uint64_t);
    symbol->bytes = arena_alloc(&target->arena, sizeof(uint64_t), 1);
    symbol->relocations = ARENA_NEW(&target->arena, DataRelocation);
    symbol->relocations[0] = to;
    symbol->relocation_count = 1;
    VEC_PUSH(&target->order, id);
  }
}

static void import_variable(Importer *imp, LLVMValueRef global) {
  const char *section = LLVMGetSection(global);
  const char *name = LLVMGetValueName(global);
  if (is_bookkeeping(name, section))
    return;
  if (LLVMGetLinkage(global) == LLVMAppendingLinkage) {
    if (strcmp(name, "llvm.global_ctors") == 0)
      import_calls_around_main(imp, global, ".init_array");
    else if (strcmp(name, "llvm.global_dtors") == 0)
      import_calls_around_main(imp, global, ".fini_array");
    else
      refuse(imp, global, "'%s' is not supported", name);
    return;
  }
  SymbolId id = declare(imp, global);
  Symbol *symbol = &imp->target->symbols.data[id];
  set_linkage(symbol, global);
  symbol->tls = LLVMIsThreadLocal(global);
  symbol->group = group_of(imp, global);
  if (section && *section)
    symbol->section = arena_copy_text(&imp->target->arena, section, strlen(section));
  if (imp->has_debug)
    import_debug_global(imp, global, id);
  if (!LLVMIsDeclaration(global) && LLVMGetLinkage(global) != LLVMAvailableExternallyLinkage)
    define_data(imp, global, id);
}

static void import_alias(Importer *imp, LLVMValueRef alias) {
  DataRelocation to = {0};
  if (!constant_address(imp, LLVMAliasGetAliasee(alias), &to.symbol, &to.addend) || to.symbol == IR_NONE) {
    refuse(imp, alias, "alias '%s' of something that is no symbol is not supported", LLVMGetValueName(alias));
    return;
  }
  SymbolId id = declare(imp, alias);
  Symbol *symbol = &imp->target->symbols.data[id];
  set_linkage(symbol, alias);
  symbol->defined = true;
  symbol->alias = true;
  symbol->function = LLVMGetTypeKind(LLVMGlobalGetValueType(alias)) == LLVMFunctionTypeKind;
  symbol->relocations = ARENA_NEW(&imp->target->arena, DataRelocation);
  symbol->relocations[0] = to;
  symbol->relocation_count = 1;
  VEC_PUSH(&imp->target->order, id);
}

bool import_globals(Importer *imp) {
  Target *target = imp->target;
  size_t assembly = 0;
  const char *text = LLVMGetModuleInlineAsm(imp->module, &assembly);
  if (assembly) {
    target->module_assembly = arena_format(&target->arena, "%.*s\n", (int)assembly, text);
    target->has_assembly = true;
  }
  for (LLVMValueRef g = LLVMGetFirstGlobal(imp->module); g; g = LLVMGetNextGlobal(g))
    import_variable(imp, g);
  for (LLVMValueRef f = LLVMGetFirstFunction(imp->module); f; f = LLVMGetNextFunction(f)) {
    if (LLVMGetIntrinsicID(f))
      continue;
    SymbolId id = declare(imp, f);
    Symbol *symbol = &target->symbols.data[id];
    set_linkage(symbol, f);
    symbol->function = true;
    symbol->group = group_of(imp, f);
    symbol->alignment = LLVMGetAlignment(f);
    const char *section = LLVMGetSection(f);
    if (section && *section)
      symbol->section = arena_copy_text(&target->arena, section, strlen(section));
    symbol->defined = !LLVMIsDeclaration(f) && LLVMGetLinkage(f) != LLVMAvailableExternallyLinkage;
    if (symbol->defined)
      VEC_PUSH(&target->order, id);
  }
  for (LLVMValueRef a = LLVMGetFirstGlobalAlias(imp->module); a; a = LLVMGetNextGlobalAlias(a))
    import_alias(imp, a);
  for (LLVMValueRef i = LLVMGetFirstGlobalIFunc(imp->module); i; i = LLVMGetNextGlobalIFunc(i))
    refuse(imp, i, "indirect function '%s' is not supported", LLVMGetValueName(i));
  return true;
}
