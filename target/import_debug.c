// Reads debug information: the compile unit, types, variables. LLVM's C interface gives a node's operands and
// some facts; the others stand in the node's text.
#include "target/debug_info.h"
#include "target/import.h"

#include <llvm-c/DebugInfo.h>

#include <string.h>

enum { MAX_OPERANDS = 16 };
// Operands of LLVM's nodes, by position.
enum {
  NAME_OF_TYPE = 2,
  BASE_OF_TYPE = 5,
  ELEMENTS_OF_TYPE = 6,
  TYPES_OF_SUBROUTINE = 5,
  NAME_OF_SUBPROGRAM = 2,
  TYPE_OF_SUBPROGRAM = 4,
  NAME_OF_VARIABLE = 1,
  TYPE_OF_VARIABLE = 3,
  PRODUCER_OF_UNIT = 1,
};

DebugInfo *debug_info_new(void) {
  DebugInfo *debug = checked_malloc(sizeof *debug);
  memset(debug, 0, sizeof *debug);
  DebugType none = {0};
  VEC_PUSH(&debug->types, none);
  return debug;
}

void debug_info_free(DebugInfo *debug) {
  VEC_FREE(&debug->types);
  VEC_FREE(&debug->members);
  VEC_FREE(&debug->globals);
  VEC_FREE(&debug->functions);
  free(debug);
}

// Operand `i` of a node; NULL: none.
static LLVMValueRef node_operand(Importer *imp, LLVMMetadataRef node, unsigned i) {
  LLVMValueRef value = LLVMMetadataAsValue(imp->context, node);
  unsigned count = LLVMGetMDNodeNumOperands(value);
  if (i >= count)
    return NULL;
  LLVMValueRef few[MAX_OPERANDS], *operands = few;
  if (count > MAX_OPERANDS)
    operands = (LLVMValueRef *)checked_malloc(count * sizeof(LLVMValueRef));
  LLVMGetMDNodeOperands(value, operands);
  LLVMValueRef result = operands[i];
  if (operands != few)
    free((void *)operands);
  return result;
}

static LLVMMetadataRef node_at(Importer *imp, LLVMMetadataRef node, unsigned i) {
  LLVMValueRef value = node_operand(imp, node, i);
  return value ? LLVMValueAsMetadata(value) : NULL;
}

static const char *text_at(Importer *imp, LLVMMetadataRef node, unsigned i) {
  LLVMValueRef value = node_operand(imp, node, i);
  unsigned size = 0;
  const char *text = value ? LLVMGetMDString(value, &size) : NULL;
  return text && size ? arena_copy_text(&imp->target->arena, text, size) : NULL;
}

static unsigned node_count(Importer *imp, LLVMMetadataRef node) {
  return LLVMGetMDNodeNumOperands(LLVMMetadataAsValue(imp->context, node));
}

// What follows "key: " in a node's text, copied up to a comma or the end.
static void field(Importer *imp, LLVMMetadataRef node, const char *key, char *to, size_t size) {
  char *text = LLVMPrintValueToString(LLVMMetadataAsValue(imp->context, node));
  const char *at = strstr(text, key);
  size_t length = 0;
  if (at) {
    at += strlen(key);
    length = strcspn(at, ",)");
    length = length < size ? length : size - 1;
    memcpy(to, at, length);
  }
  to[length] = '\0';
  LLVMDisposeMessage(text);
}

static uint8_t encoding_of(Importer *imp, LLVMMetadataRef node) {
  static const struct {
    const char *name;
    uint8_t encoding;
  } names[] = {{"DW_ATE_boolean", 2},       {"DW_ATE_complex_float", 3}, {"DW_ATE_float", 4},
               {"DW_ATE_signed", 5},        {"DW_ATE_signed_char", 6},   {"DW_ATE_unsigned", 7},
               {"DW_ATE_unsigned_char", 8}, {"DW_ATE_UTF", 16}};
  char text[64];
  field(imp, node, "encoding: ", text, sizeof text);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i].name, text) == 0)
      return names[i].encoding;
  return 7;
}

static void place_of(Importer *imp, LLVMMetadataRef file, const char **name, const char **directory) {
  unsigned size = 0;
  const char *text = file ? LLVMDIFileGetFilename(file, &size) : "";
  *name = arena_copy_text(&imp->target->arena, text, size);
  size = 0;
  text = file ? LLVMDIFileGetDirectory(file, &size) : "";
  *directory = arena_copy_text(&imp->target->arena, text ? text : "", size);
}

// --- types ------------------------------------------------------------------------------------------------

enum {
  TAG_ARRAY = 0x01,
  TAG_ENUMERATION = 0x04,
  TAG_MEMBER = 0x0d,
  TAG_STRUCTURE = 0x13,
  TAG_SUBROUTINE = 0x15,
  TAG_UNION = 0x17,
};

static DebugTypeId type_of(Importer *imp, LLVMMetadataRef node);

static DebugMember read_member(Importer *imp, LLVMMetadataRef node, uint16_t tag) {
  DebugMember member = {0};
  char text[64];
  if (tag == TAG_ENUMERATION) {
    member.name = text_at(imp, node, 0);
    field(imp, node, "value: ", text, sizeof text);
    member.value = (int64_t)strtoull(text, NULL, 10);
  } else if (tag == TAG_ARRAY) {
    LLVMValueRef count = node_operand(imp, node, 0);
    member.value = count && LLVMIsAConstantInt(count) ? LLVMConstIntGetSExtValue(count) : -1;
  } else {
    member.name = text_at(imp, node, NAME_OF_TYPE);
    member.offset_bits = LLVMDITypeGetOffsetInBits(node);
    member.size_bits = LLVMDITypeGetSizeInBits(node);
    field(imp, node, "flags: ", text, sizeof text);
    member.bit_field = strstr(text, "DIFlagBitField") != NULL;
    LLVMMetadataRef base = node_at(imp, node, BASE_OF_TYPE);
    member.type = base ? type_of(imp, base) : 0;
  }
  return member;
}

// The members of a type, in one stretch: what they need is read before.
static void read_members(Importer *imp, DebugTypeId id, LLVMMetadataRef list, uint16_t tag) {
  DebugInfo *debug = imp->target->debug;
  VEC(DebugMember) members = {0};
  unsigned count = list ? node_count(imp, list) : 0;
  for (unsigned i = tag == TAG_SUBROUTINE; i < count; i++) {
    LLVMMetadataRef element = node_at(imp, list, i);
    DebugMember member = {0};
    if (tag == TAG_SUBROUTINE)
      member.type = element ? type_of(imp, element) : 0; // 0: variable arguments
    else if (element &&
             (tag == TAG_ENUMERATION || tag == TAG_ARRAY || LLVMGetDINodeTag(element) == TAG_MEMBER))
      member = read_member(imp, element, tag);
    else
      continue;
    VEC_PUSH(&members, member);
  }
  debug->types.data[id].first_member = (uint32_t)debug->members.count;
  debug->types.data[id].member_count = (uint32_t)members.count;
  for (size_t i = 0; i < members.count; i++)
    VEC_PUSH(&debug->members, members.data[i]);
  VEC_FREE(&members);
}

static DebugTypeId type_of(Importer *imp, LLVMMetadataRef node) {
  const MapEntry *known = import_map_find(&imp->debug_types, node);
  if (known)
    return known->first;
  DebugInfo *debug = imp->target->debug;
  LLVMMetadataKind kind = LLVMGetMetadataKind(node);
  bool basic = kind == LLVMDIBasicTypeMetadataKind, derived = kind == LLVMDIDerivedTypeMetadataKind,
       composite = kind == LLVMDICompositeTypeMetadataKind,
       subroutine = kind == LLVMDISubroutineTypeMetadataKind;
  if (!basic && !derived && !composite && !subroutine)
    return 0;
  DebugTypeId id = (DebugTypeId)debug->types.count;
  import_map_set(&imp->debug_types, node, id, 0); // before its parts, which may lead back to it
  DebugType type = {.tag = LLVMGetDINodeTag(node)};
  type.name = text_at(imp, node, NAME_OF_TYPE);
  type.size = LLVMDITypeGetSizeInBits(node) / 8;
  type.encoding = basic ? encoding_of(imp, node) : 0;
  if (composite) {
    char text[64];
    field(imp, node, "flags: ", text, sizeof text);
    type.declaration = strstr(text, "DIFlagFwdDecl") != NULL;
  }
  VEC_PUSH(&debug->types, type);
  LLVMMetadataRef base = derived || composite ? node_at(imp, node, BASE_OF_TYPE) : NULL;
  if (subroutine) {
    LLVMMetadataRef types = node_at(imp, node, TYPES_OF_SUBROUTINE);
    base = types && node_count(imp, types) ? node_at(imp, types, 0) : NULL;
    read_members(imp, id, types, TAG_SUBROUTINE);
  } else if (composite) {
    read_members(imp, id, node_at(imp, node, ELEMENTS_OF_TYPE), type.tag);
  }
  DebugTypeId of = base ? type_of(imp, base) : 0;
  debug->types.data[id].base = of;
  return id;
}

// --- the unit, functions, variables -----------------------------------------------------------------------

void import_debug_unit(Importer *imp) {
  Target *target = imp->target;
  if (LLVMGetNamedMetadataNumOperands(imp->module, "llvm.dbg.cu") == 0)
    return;
  imp->has_debug = true;
  LLVMValueRef *units = (LLVMValueRef *)checked_malloc(
      LLVMGetNamedMetadataNumOperands(imp->module, "llvm.dbg.cu") * sizeof(LLVMValueRef));
  LLVMGetNamedMetadataOperands(imp->module, "llvm.dbg.cu", units);
  LLVMMetadataRef unit = LLVMValueAsMetadata(units[0]);
  free((void *)units);
  char emission[32];
  field(imp, unit, "emissionKind: ", emission, sizeof emission);
  if (strcmp(emission, "NoDebug") == 0) {
    imp->has_debug = false;
    return;
  }
  target->debug = debug_info_new();
  place_of(imp, LLVMDIScopeGetFile(unit), &target->debug->name, &target->debug->directory);
  target->debug->producer = text_at(imp, unit, PRODUCER_OF_UNIT);
  target->has_assembly = true;
}

void import_debug_global(Importer *imp, LLVMValueRef global, SymbolId symbol) {
  DebugInfo *debug = imp->target->debug;
  if (!debug)
    return;
  size_t count = 0;
  LLVMValueMetadataEntry *entries = LLVMGlobalCopyAllMetadata(global, &count);
  for (unsigned i = 0; i < count; i++) {
    LLVMMetadataRef node = LLVMValueMetadataEntriesGetMetadata(entries, i);
    if (LLVMGetMetadataKind(node) != LLVMDIGlobalVariableExpressionMetadataKind)
      continue;
    LLVMMetadataRef variable = LLVMDIGlobalVariableExpressionGetVariable(node);
    DebugGlobal g = {.symbol = symbol, .name = text_at(imp, variable, NAME_OF_VARIABLE)};
    if (!g.name)
      continue; // a string
    LLVMMetadataRef type = node_at(imp, variable, TYPE_OF_VARIABLE);
    place_of(imp, LLVMDIVariableGetFile(variable), &g.file, &g.directory);
    g.line = LLVMDIVariableGetLine(variable);
    g.type = type ? type_of(imp, type) : 0;
    LLVMLinkage linkage = LLVMGetLinkage(global);
    g.external = linkage != LLVMInternalLinkage && linkage != LLVMPrivateLinkage;
    VEC_PUSH(&debug->globals, g);
  }
  LLVMDisposeValueMetadataEntries(entries);
}

void import_debug_function(Importer *imp, LLVMValueRef function) {
  imp->debug_variables.count = 0;
  LLVMMetadataRef node = imp->target->debug ? LLVMGetSubprogram(function) : NULL;
  if (!node)
    return;
  DebugFunction *d = ARENA_NEW(&imp->target->arena, DebugFunction);
  d->name = text_at(imp, node, NAME_OF_SUBPROGRAM);
  place_of(imp, LLVMDIScopeGetFile(node), &d->file, &d->directory);
  d->line = LLVMDISubprogramGetLine(node);
  LLVMLinkage linkage = LLVMGetLinkage(function);
  d->external = linkage != LLVMInternalLinkage && linkage != LLVMPrivateLinkage;
  LLVMMetadataRef type = node_at(imp, node, TYPE_OF_SUBPROGRAM);
  LLVMMetadataRef types = type ? node_at(imp, type, TYPES_OF_SUBROUTINE) : NULL;
  LLVMMetadataRef result = types && node_count(imp, types) ? node_at(imp, types, 0) : NULL;
  d->result = result ? type_of(imp, result) : 0;
  imp->f->debug = d;
}

// The frame slot that a record says a variable is in.
static uint32_t slot_of_record(Importer *imp, LLVMDbgRecordRef record) {
  LLVMValueRef value = LLVMDbgVariableRecordGetValue(record, 0);
  const MapEntry *entry = value ? import_map_find(&imp->map, value) : NULL;
  if (!entry || entry->count != 1)
    return IR_NONE;
  char *text = LLVMPrintDbgRecordToString(record);
  bool plain = strstr(text, "!DIExpression()") != NULL;
  LLVMDisposeMessage(text);
  const IrInsn *leaf = ir_insn(imp->f, imp->parts.data[entry->first]);
  return plain && leaf->op == IR_FRAME ? (uint32_t)leaf->imm : IR_NONE;
}

// Takes note of the variables that are described before an instruction. Those of functions that were inlined
// are not shown.
void import_debug_records(Importer *imp, LLVMValueRef instruction) {
  if (!imp->f->debug)
    return;
  for (LLVMDbgRecordRef r = LLVMGetFirstDbgRecord(instruction); r; r = LLVMGetNextDbgRecord(r)) {
    LLVMDbgRecordKind kind = LLVMDbgRecordGetKind(r);
    LLVMMetadataRef place = LLVMDbgRecordGetDebugLoc(r);
    if (kind == LLVMDbgRecordLabel || (place && LLVMDILocationGetInlinedAt(place)))
      continue;
    LLVMMetadataRef node = LLVMDbgVariableRecordGetVariable(r);
    const MapEntry *known = import_map_find(&imp->map, node);
    uint32_t slot = kind == LLVMDbgRecordDeclare ? slot_of_record(imp, r) : IR_NONE;
    if (known) {
      if (slot != IR_NONE)
        imp->debug_variables.data[known->first].slot = slot;
      continue;
    }
    import_map_set(&imp->map, node, (uint32_t)imp->debug_variables.count, 0);
    DebugVariable v = {.name = text_at(imp, node, NAME_OF_VARIABLE), .slot = slot};
    char argument[16];
    field(imp, node, "arg: ", argument, sizeof argument);
    v.argument = (uint32_t)strtoul(argument, NULL, 10);
    place_of(imp, LLVMDIVariableGetFile(node), &v.file, &v.directory);
    v.line = LLVMDIVariableGetLine(node);
    LLVMMetadataRef type = node_at(imp, node, TYPE_OF_VARIABLE);
    v.type = type ? type_of(imp, type) : 0;
    VEC_PUSH(&imp->debug_variables, v);
  }
}

static int by_argument(const void *x, const void *y) {
  const DebugVariable *a = x, *b = y;
  uint32_t m = a->argument ? a->argument : UINT32_MAX, n = b->argument ? b->argument : UINT32_MAX;
  if (m != n)
    return m < n ? -1 : 1;
  return a->line < b->line ? -1 : a->line > b->line;
}

void finish_debug_function(Importer *imp) {
  DebugFunction *d = imp->f->debug;
  if (!d || !imp->debug_variables.count)
    return;
  d->variable_count = (uint32_t)imp->debug_variables.count;
  d->variables = ARENA_ARRAY(&imp->target->arena, DebugVariable, d->variable_count);
  qsort(imp->debug_variables.data, d->variable_count, sizeof(DebugVariable), by_argument);
  memcpy(d->variables, imp->debug_variables.data, d->variable_count * sizeof(DebugVariable));
}
