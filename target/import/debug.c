// Reads debug information: the compile unit, types, global variables. LLVM's C interface gives a node's
// operands and some facts; the others stand in the node's text.
#include "target/debug/info.h"
#include "target/import/import.h"

#include <llvm-c/DebugInfo.h>

#include <string.h>

enum { MAX_OPERANDS = 16 };
// Operands of LLVM's nodes, by position.
enum {
  NAME_OF_TYPE = 2,
  BASE_OF_TYPE = 5,
  ELEMENTS_OF_TYPE = 6,
  TYPES_OF_SUBROUTINE = 5,
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

static void free_function(DebugFunction *d) {
  for (size_t i = 0; i < d->scopes.count; i++)
    VEC_FREE(&d->scopes.data[i].ranges);
  for (size_t i = 0; i < d->instances.count; i++)
    VEC_FREE(&d->instances.data[i].ranges);
  VEC_FREE(&d->scopes);
  VEC_FREE(&d->instances);
  VEC_FREE(&d->places);
  VEC_FREE(&d->bindings);
  VEC_FREE(&d->fixed);
  VEC_FREE(&d->values);
  VEC_FREE(&d->counters);
  VEC_FREE(&d->tokens);
  VEC_FREE(&d->names);
  VEC_FREE(&d->name_of);
  VEC_FREE(&d->operand_names);
  VEC_FREE(&d->bytes);
  VEC_FREE(&d->addresses);
  VEC_FREE(&d->calls);
  VEC_FREE(&d->arguments);
}

void debug_info_free(DebugInfo *debug) {
  VEC_FREE(&debug->types);
  VEC_FREE(&debug->members);
  VEC_FREE(&debug->globals);
  VEC_FREE(&debug->blocks);
  VEC_FREE(&debug->variables);
  VEC_FREE(&debug->operations);
  VEC_FREE(&debug->expressions);
  for (size_t i = 0; i < debug->functions.count; i++)
    free_function(debug->functions.data[i]);
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

LLVMMetadataRef import_debug_operand(Importer *imp, LLVMMetadataRef node, unsigned i) {
  LLVMValueRef value = node_operand(imp, node, i);
  return value ? LLVMValueAsMetadata(value) : NULL;
}

const char *import_debug_text(Importer *imp, LLVMMetadataRef node, unsigned i) {
  LLVMValueRef value = node_operand(imp, node, i);
  unsigned size = 0;
  const char *text = value ? LLVMGetMDString(value, &size) : NULL;
  return text && size ? arena_copy_text(&imp->target->arena, text, size) : NULL;
}

unsigned import_debug_operands(Importer *imp, LLVMMetadataRef node) {
  return LLVMGetMDNodeNumOperands(LLVMMetadataAsValue(imp->context, node));
}

// What follows "key: " in a node's text, copied up to a comma or the end.
void import_debug_field(Importer *imp, LLVMMetadataRef node, const char *key, char *to, size_t size) {
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
  import_debug_field(imp, node, "encoding: ", text, sizeof text);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i].name, text) == 0)
      return names[i].encoding;
  return 7;
}

void import_debug_file(Importer *imp, LLVMMetadataRef file, const char **name, const char **directory) {
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

static DebugMember read_member(Importer *imp, LLVMMetadataRef node, uint16_t tag) {
  DebugMember member = {0};
  char text[64];
  if (tag == TAG_ENUMERATION) {
    member.name = import_debug_text(imp, node, 0);
    import_debug_field(imp, node, "value: ", text, sizeof text);
    member.value = (int64_t)strtoull(text, NULL, 10);
  } else if (tag == TAG_ARRAY) {
    LLVMValueRef count = node_operand(imp, node, 0);
    member.value = count && LLVMIsAConstantInt(count) ? LLVMConstIntGetSExtValue(count) : -1;
  } else {
    member.name = import_debug_text(imp, node, NAME_OF_TYPE);
    member.offset_bits = LLVMDITypeGetOffsetInBits(node);
    member.size_bits = LLVMDITypeGetSizeInBits(node);
    import_debug_field(imp, node, "flags: ", text, sizeof text);
    member.bit_field = strstr(text, "DIFlagBitField") != NULL;
    LLVMMetadataRef base = import_debug_operand(imp, node, BASE_OF_TYPE);
    member.type = base ? import_debug_type(imp, base) : 0;
  }
  return member;
}

// The members of a type, in one stretch: what they need is read before.
static void read_members(Importer *imp, DebugTypeId id, LLVMMetadataRef list, uint16_t tag) {
  DebugInfo *debug = imp->target->debug;
  VEC(DebugMember) members = {0};
  unsigned count = list ? import_debug_operands(imp, list) : 0;
  for (unsigned i = tag == TAG_SUBROUTINE; i < count; i++) {
    LLVMMetadataRef element = import_debug_operand(imp, list, i);
    DebugMember member = {0};
    if (tag == TAG_SUBROUTINE)
      member.type = element ? import_debug_type(imp, element) : 0; // 0: variable arguments
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

DebugTypeId import_debug_type(Importer *imp, LLVMMetadataRef node) {
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
  type.name = import_debug_text(imp, node, NAME_OF_TYPE);
  type.size = LLVMDITypeGetSizeInBits(node) / 8;
  type.encoding = basic ? encoding_of(imp, node) : 0;
  if (composite) {
    char text[64];
    import_debug_field(imp, node, "flags: ", text, sizeof text);
    type.declaration = strstr(text, "DIFlagFwdDecl") != NULL;
  }
  VEC_PUSH(&debug->types, type);
  LLVMMetadataRef base = derived || composite ? import_debug_operand(imp, node, BASE_OF_TYPE) : NULL;
  if (subroutine) {
    LLVMMetadataRef types = import_debug_operand(imp, node, TYPES_OF_SUBROUTINE);
    base = types && import_debug_operands(imp, types) ? import_debug_operand(imp, types, 0) : NULL;
    read_members(imp, id, types, TAG_SUBROUTINE);
  } else if (composite) {
    read_members(imp, id, import_debug_operand(imp, node, ELEMENTS_OF_TYPE), type.tag);
  }
  DebugTypeId of = base ? import_debug_type(imp, base) : 0;
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
  import_debug_field(imp, unit, "emissionKind: ", emission, sizeof emission);
  if (strcmp(emission, "NoDebug") == 0) {
    imp->has_debug = false;
    return;
  }
  target->debug = debug_info_new();
  import_debug_file(imp, LLVMDIScopeGetFile(unit), &target->debug->name, &target->debug->directory);
  target->debug->producer = import_debug_text(imp, unit, PRODUCER_OF_UNIT);
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
    DebugGlobal g = {.symbol = symbol, .name = import_debug_text(imp, variable, NAME_OF_VARIABLE)};
    if (!g.name)
      continue; // a string
    LLVMMetadataRef type = import_debug_operand(imp, variable, TYPE_OF_VARIABLE);
    import_debug_file(imp, LLVMDIVariableGetFile(variable), &g.file, &g.directory);
    g.line = LLVMDIVariableGetLine(variable);
    g.block = import_debug_block_of(imp, LLVMDIVariableGetScope(variable));
    g.type = type ? import_debug_type(imp, type) : 0;
    LLVMLinkage linkage = LLVMGetLinkage(global);
    g.external = linkage != LLVMInternalLinkage && linkage != LLVMPrivateLinkage;
    VEC_PUSH(&debug->globals, g);
  }
  LLVMDisposeValueMetadataEntries(entries);
}
