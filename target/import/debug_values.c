// Reads the debug information of one function: scopes, inlined calls, and what variables are bound to at each
// place (debug/info.h).
#include "target/debug/info.h"
#include "target/import/import.h"

#include <llvm-c/DebugInfo.h>

#include <string.h>

// Operands of LLVM's nodes, by position.
enum {
  SCOPE_OF_BLOCK = 1,
  NAME_OF_SUBPROGRAM = 2,
  TYPE_OF_SUBPROGRAM = 4,
  KEPT_OF_SUBPROGRAM = 7,
  TYPES_OF_SUBROUTINE = 5,
  NAME_OF_VARIABLE = 1,
  TYPE_OF_VARIABLE = 3,
};

// --- blocks and variables of the source -------------------------------------------------------------------

// The scope itself; LLVM has another node where only the file changes.
static LLVMMetadataRef real_scope(Importer *imp, LLVMMetadataRef node) {
  while (node && LLVMGetMetadataKind(node) == LLVMDILexicalBlockFileMetadataKind)
    node = import_debug_operand(imp, node, SCOPE_OF_BLOCK);
  return node;
}

static bool is_function(LLVMMetadataRef node) {
  return LLVMGetMetadataKind(node) == LLVMDISubprogramMetadataKind;
}

static void read_function(Importer *imp, LLVMMetadataRef node, DebugBlock *block) {
  block->name = import_debug_text(imp, node, NAME_OF_SUBPROGRAM);
  import_debug_file(imp, LLVMDIScopeGetFile(node), &block->file, &block->directory);
  block->line = LLVMDISubprogramGetLine(node);
  char flags[128];
  import_debug_field(imp, node, "spFlags: ", flags, sizeof flags);
  block->external = !strstr(flags, "DISPFlagLocalToUnit");
  LLVMMetadataRef type = import_debug_operand(imp, node, TYPE_OF_SUBPROGRAM);
  LLVMMetadataRef types = type ? import_debug_operand(imp, type, TYPES_OF_SUBROUTINE) : NULL;
  LLVMMetadataRef result =
      types && import_debug_operands(imp, types) ? import_debug_operand(imp, types, 0) : NULL;
  block->result = result ? import_debug_type(imp, result) : 0;
}

static uint32_t block_of_source(Importer *imp, LLVMMetadataRef node) {
  const MapEntry *known = import_map_find(&imp->debug_nodes, node);
  if (known)
    return known->first;
  DebugBlock block = {.parent = IR_NONE};
  if (is_function(node))
    read_function(imp, node, &block);
  else
    block.parent = block_of_source(imp, real_scope(imp, import_debug_operand(imp, node, SCOPE_OF_BLOCK)));
  DebugInfo *debug = imp->target->debug;
  import_map_set(&imp->debug_nodes, node, (uint32_t)debug->blocks.count, 0);
  VEC_PUSH(&debug->blocks, block);
  return (uint32_t)debug->blocks.count - 1;
}

uint32_t import_debug_block_of(Importer *imp, LLVMMetadataRef scope) {
  scope = real_scope(imp, scope);
  LLVMMetadataKind kind = scope ? LLVMGetMetadataKind(scope) : LLVMDIFileMetadataKind;
  bool inside = kind == LLVMDISubprogramMetadataKind || kind == LLVMDILexicalBlockMetadataKind;
  return inside ? block_of_source(imp, scope) : IR_NONE;
}

static uint32_t variable_of_source(Importer *imp, LLVMMetadataRef node) {
  const MapEntry *known = import_map_find(&imp->debug_nodes, node);
  if (known)
    return known->first;
  DebugVariable v = {.name = import_debug_text(imp, node, NAME_OF_VARIABLE)};
  char argument[16];
  import_debug_field(imp, node, "arg: ", argument, sizeof argument);
  v.argument = (uint32_t)strtoul(argument, NULL, 10);
  import_debug_file(imp, LLVMDIVariableGetFile(node), &v.file, &v.directory);
  v.line = LLVMDIVariableGetLine(node);
  LLVMMetadataRef type = import_debug_operand(imp, node, TYPE_OF_VARIABLE);
  v.type = type ? import_debug_type(imp, type) : 0;
  v.block = block_of_source(imp, real_scope(imp, LLVMDIVariableGetScope(node)));
  DebugInfo *debug = imp->target->debug;
  import_map_set(&imp->debug_nodes, node, (uint32_t)debug->variables.count, 0);
  VEC_PUSH(&debug->variables, v);
  return (uint32_t)debug->variables.count - 1;
}

// --- scopes and instances ---------------------------------------------------------------------------------

static uint32_t scope_at(Importer *imp, LLVMMetadataRef node, LLVMMetadataRef inlined_at);

// Entries of one node are chained from the one that the map has.
static uint32_t chained(const MapEntry *entry, const DebugKey *keys, const void *inlined_at) {
  uint32_t at = entry ? entry->first : IR_NONE;
  while (at != IR_NONE && keys[at].inlined_at != inlined_at)
    at = keys[at].next;
  return at;
}

static uint32_t scope_new(Importer *imp, LLVMMetadataRef node, LLVMMetadataRef inlined_at) {
  DebugFunction *d = imp->f->debug;
  DebugScope scope = {.block = block_of_source(imp, node)};
  if (is_function(node) && inlined_at) {
    scope.inlined = imp->target->debug->blocks.data[scope.block].inlined = true;
    LLVMMetadataRef caller = LLVMDILocationGetScope(inlined_at);
    scope.parent = scope_at(imp, caller, LLVMDILocationGetInlinedAt(inlined_at));
    import_debug_file(imp, LLVMDIScopeGetFile(caller), &scope.call_file, &scope.call_directory);
    scope.call_line = LLVMDILocationGetLine(inlined_at);
    scope.call_column = LLVMDILocationGetColumn(inlined_at);
  } else if (!is_function(node)) {
    scope.parent = scope_at(imp, import_debug_operand(imp, node, SCOPE_OF_BLOCK), inlined_at);
  }
  const MapEntry *entry = import_map_find(&imp->map, node);
  VEC_PUSH(&imp->debug.scopes, ((DebugKey){node, inlined_at, entry ? entry->first : IR_NONE}));
  import_map_set(&imp->map, node, (uint32_t)d->scopes.count, 0);
  VEC_PUSH(&d->scopes, scope);
  return (uint32_t)d->scopes.count - 1;
}

static uint32_t scope_at(Importer *imp, LLVMMetadataRef node, LLVMMetadataRef inlined_at) {
  node = real_scope(imp, node);
  uint32_t known = chained(import_map_find(&imp->map, node), imp->debug.scopes.data, inlined_at);
  return known != IR_NONE ? known : scope_new(imp, node, inlined_at);
}

uint32_t import_debug_scope(Importer *imp, LLVMMetadataRef location) {
  const MapEntry *known = import_map_find(&imp->map, location);
  if (known)
    return known->first;
  uint32_t scope = scope_at(imp, LLVMDILocationGetScope(location), LLVMDILocationGetInlinedAt(location)) + 1;
  import_map_set(&imp->map, location, scope, 0);
  return scope;
}

static uint32_t instance_of(Importer *imp, LLVMMetadataRef variable, LLVMMetadataRef inlined_at) {
  DebugFunction *d = imp->f->debug;
  const MapEntry *entry = import_map_find(&imp->map, variable);
  uint32_t known = chained(entry, imp->debug.instances.data, inlined_at);
  if (known != IR_NONE)
    return known;
  VEC_PUSH(&imp->debug.instances, ((DebugKey){variable, inlined_at, entry ? entry->first : IR_NONE}));
  import_map_set(&imp->map, variable, (uint32_t)d->instances.count, 0);
  DebugInstance instance = {.variable = variable_of_source(imp, variable),
                            .scope = scope_at(imp, LLVMDIVariableGetScope(variable), inlined_at)};
  VEC_PUSH(&d->instances, instance);
  return (uint32_t)d->instances.count - 1;
}

// --- records ----------------------------------------------------------------------------------------------

static uint32_t add_value(Importer *imp, LLVMValueRef value, unsigned half) {
  VEC_PUSH(&imp->debug.values, value);
  VEC_PUSH(&imp->debug.halves, (uint8_t)half);
  return (uint32_t)imp->debug.values.count - 1;
}

static LLVMValueRef known_value(LLVMValueRef value) {
  return value && !LLVMIsUndef(value) && !LLVMIsPoison(value) ? value : NULL;
}

// Where an instruction stores what a record says was assigned.
static LLVMValueRef stored_to(LLVMValueRef store) {
  if (LLVMIsAAllocaInst(store))
    return store;
  return LLVMIsAStoreInst(store) ? LLVMGetOperand(store, 1) : LLVMGetOperand(store, 0);
}

static void add_record(Importer *imp, LLVMDbgRecordRef record) {
  DebugImport *in = &imp->debug;
  LLVMDbgRecordKind kind = LLVMDbgRecordGetKind(record);
  LLVMMetadataRef place = LLVMDbgRecordGetDebugLoc(record);
  uint32_t expression = import_debug_expression(imp, LLVMDbgVariableRecordGetExpression(record));
  const DebugExpression *e = &imp->target->debug->expressions.data[expression];
  DebugBinding b = {.instance = instance_of(imp, LLVMDbgVariableRecordGetVariable(record),
                                            place ? LLVMDILocationGetInlinedAt(place) : NULL),
                    .first = imp->f->place,
                    .offset = e->offset,
                    .size = e->size,
                    .expression = expression,
                    .values = (uint32_t)in->values.count,
                    .memory = e->memory || kind == LLVMDbgRecordDeclare,
                    .loads = e->loads && kind == LLVMDbgRecordDeclare};
  imp->f->debug->instances.data[b.instance].described = true;
  const MapEntry *assigned = import_map_find(&imp->map, record);
  LLVMValueRef store = assigned ? in->stores.data[assigned->first] : NULL;
  if (store) {
    const MapEntry *placed = LLVMIsAStoreInst(store) ? import_map_find(&imp->map, store) : NULL;
    b.expression = IR_NONE;
    b.memory = true;
    b.store = placed && !e->count ? placed->first : 0;
    add_value(imp, stored_to(store), 0);
    add_value(imp, known_value(LLVMDbgVariableRecordGetValue(record, 0)), 0);
  } else {
    for (uint32_t i = 0; i < e->arguments; i++)
      add_value(imp, known_value(LLVMDbgVariableRecordGetValue(record, i)), 0);
  }
  LLVMValueRef first = in->values.data[b.values];
  bool halves = !store && first && is_wide(LLVMTypeOf(first)) && !b.memory && !e->count;
  enum { HALF = 64 };
  if (halves) {
    b.size = HALF;
    VEC_PUSH(&in->records, b);
    b.offset += HALF;
    b.values = add_value(imp, first, 1);
  }
  if (kind == LLVMDbgRecordDeclare)
    VEC_PUSH(&imp->f->debug->fixed, b);
  else
    VEC_PUSH(&in->records, b);
}

void import_debug_records(Importer *imp, LLVMValueRef instruction) {
  for (LLVMDbgRecordRef r = LLVMGetFirstDbgRecord(instruction); r; r = LLVMGetNextDbgRecord(r))
    if (LLVMDbgRecordGetKind(r) != LLVMDbgRecordLabel)
      add_record(imp, r);
  if (imp->debug.stores.count && LLVMIsAStoreInst(instruction))
    import_map_set(&imp->map, instruction, imp->f->place, 0);
}

void import_debug_block(Importer *imp) {
  Function *f = imp->f;
  if (!f->places.count)
    VEC_PUSH(&f->places, (SourcePlace){0});
  VEC_PUSH(&f->debug->places, ((DebugPlaces){.first = (uint32_t)f->places.count}));
  imp->debug.fresh = true;
}

// --- assignments ------------------------------------------------------------------------------------------

// LLVM's C interface does not say which assignment a record is about: that stands in the function's text,
// which has records and instructions in their order.
typedef struct Assignments {
  VEC(uint32_t) records; // their numbers
  VEC(uint32_t) stores;
} Assignments;

static uint32_t number_behind(const char *at, const char *end, const char *key) {
  const char *found = at;
  while ((found = strstr(found, key)) && found < end) {
    found += strlen(key);
    if (*found >= '0' && *found <= '9')
      return (uint32_t)strtoul(found, NULL, 10);
  }
  return 0;
}

// #dbg_assign(value, variable, expression, assignment, address, expression, location)
static uint32_t number_of_record(const char *at, const char *end) {
  const char *expression = strstr(at, "!DIExpression(");
  const char *close = expression && expression < end ? strchr(expression, ')') : NULL;
  return close && close < end ? number_behind(close, end, "!") : 0;
}

static void read_assignments(LLVMValueRef function, Assignments *a) {
  char *text = LLVMPrintValueToString(function);
  for (const char *line = text; *line;) {
    const char *end = line + strcspn(line, "\n");
    size_t blanks = strspn(line, " ");
    if (strncmp(line + blanks, "#dbg_assign(", strlen("#dbg_assign(")) == 0)
      VEC_PUSH(&a->records, number_of_record(line, end));
    else if (blanks && number_behind(line, end, "!DIAssignID !"))
      VEC_PUSH(&a->stores, number_behind(line, end, "!DIAssignID !"));
    line = *end ? end + 1 : end;
  }
  LLVMDisposeMessage(text);
}

// Finds for each record of an assignment the instruction that makes it in memory.
static void find_assignments(Importer *imp, LLVMValueRef function) {
  static const char name[] = "DIAssignID";
  unsigned kind = LLVMGetMDKindIDInContext(imp->context, name, sizeof name - 1);
  VEC(LLVMDbgRecordRef) records = {0};
  VEC(LLVMValueRef) stores = {0};
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b; b = LLVMGetNextBasicBlock(b))
    for (LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = LLVMGetNextInstruction(i)) {
      for (LLVMDbgRecordRef r = LLVMGetFirstDbgRecord(i); r; r = LLVMGetNextDbgRecord(r))
        if (LLVMDbgRecordGetKind(r) == LLVMDbgRecordAssign)
          VEC_PUSH(&records, r);
      if (LLVMHasMetadata(i) && LLVMGetMetadata(i, kind))
        VEC_PUSH(&stores, i);
    }
  Assignments a = {0};
  if (records.count && stores.count)
    read_assignments(function, &a);
  bool matches = a.records.count == records.count && a.stores.count == stores.count;
  for (size_t i = 0; i < records.count && matches; i++)
    for (size_t k = 0; k < stores.count; k++)
      if (a.records.data[i] && a.records.data[i] == a.stores.data[k]) {
        import_map_set(&imp->map, records.data[i], (uint32_t)imp->debug.stores.count, 0);
        VEC_PUSH(&imp->debug.stores, stores.data[k]);
        break;
      }
  VEC_FREE(&a.records);
  VEC_FREE(&a.stores);
  VEC_FREE(&records);
  VEC_FREE(&stores);
}

// --- the function -----------------------------------------------------------------------------------------

void import_debug_function(Importer *imp, LLVMValueRef function) {
  LLVMMetadataRef node = imp->target->debug ? LLVMGetSubprogram(function) : NULL;
  if (!node)
    return;
  DebugFunction *d = ARENA_NEW(&imp->target->arena, DebugFunction);
  *d = (DebugFunction){.symbol = imp->f->symbol, .block = block_of_source(imp, node)};
  imp->f->debug = d;
  VEC_PUSH(&imp->target->debug->functions, d);
  DebugImport *in = &imp->debug;
  in->scopes.count = in->instances.count = in->values.count = in->halves.count = 0;
  in->records.count = in->stores.count = 0;
  scope_at(imp, node, NULL);
  find_assignments(imp, function);
}

void import_debug_free(Importer *imp) {
  DebugImport *in = &imp->debug;
  VEC_FREE(&in->scopes);
  VEC_FREE(&in->instances);
  VEC_FREE(&in->values);
  VEC_FREE(&in->halves);
  VEC_FREE(&in->records);
  VEC_FREE(&in->stores);
  free(imp->debug_nodes.entries);
}

// Variables that LLVM kept the names of although nothing says where they are.
static void add_kept_variables(Importer *imp) {
  for (size_t s = 0; s < imp->debug.scopes.count; s++) {
    DebugKey key = imp->debug.scopes.data[s];
    LLVMMetadataRef node = (LLVMMetadataRef)key.node;
    LLVMMetadataRef list = is_function(node) ? import_debug_operand(imp, node, KEPT_OF_SUBPROGRAM) : NULL;
    for (unsigned i = 0; list && i < import_debug_operands(imp, list); i++) {
      LLVMMetadataRef kept = import_debug_operand(imp, list, i);
      if (kept && LLVMGetMetadataKind(kept) == LLVMDILocalVariableMetadataKind)
        instance_of(imp, kept, (LLVMMetadataRef)key.inlined_at);
    }
  }
}

// What a value of LLVM's is here. No value may be made for it, since that could change code.
static DebugValue resolve(Importer *imp, LLVMValueRef value, unsigned half) {
  DebugValue result = {.kind = DEBUG_NOTHING};
  if (!value)
    return result;
  result.type = scalar_type(LLVMTypeOf(value));
  if (LLVMIsAConstantInt(value) && is_wide(LLVMTypeOf(value))) {
    uint64_t words[2];
    wide_constant(value, words);
    result = (DebugValue){.kind = DEBUG_CONSTANT, .type = IR_I64, .number = (int64_t)words[half]};
  } else if (LLVMIsAConstantInt(value) && result.type != IR_VOID) {
    result.kind = DEBUG_CONSTANT;
    result.number = LLVMConstIntGetSExtValue(value);
  } else if (LLVMIsAConstantFP(value) && ir_is_float(result.type)) {
    result.kind = DEBUG_FLOAT;
    result.number = float_bits(value);
  } else if (LLVMIsAConstantPointerNull(value)) {
    result.kind = DEBUG_CONSTANT;
  } else if (LLVMIsConstant(value)) {
    bool pointer = LLVMGetTypeKind(LLVMTypeOf(value)) == LLVMPointerTypeKind;
    if (pointer && constant_address(imp, value, &result.symbol, &result.number))
      result.kind = result.symbol == IR_NONE ? DEBUG_CONSTANT : DEBUG_SYMBOL;
  } else {
    const MapEntry *entry = import_map_find(&imp->map, value);
    if (entry && half < entry->count && (entry->count == 1 || is_wide(LLVMTypeOf(value)))) {
      result.kind = DEBUG_VALUE;
      result.value = imp->parts.data[entry->first + half];
    }
  }
  return result;
}

void import_debug_finish(Importer *imp, const LLVMBasicBlockRef *order, uint32_t count) {
  DebugFunction *d = imp->f->debug;
  if (!d)
    return;
  DebugImport *in = &imp->debug;
  add_kept_variables(imp);
  for (size_t i = 0; i < in->values.count; i++)
    VEC_PUSH(&d->values, resolve(imp, in->values.data[i], in->halves.data[i]));
  DebugFlow flow = {.records = in->records.data, .count = (uint32_t)in->records.count};
  for (uint32_t i = 0; i < count; i++) {
    LLVMValueRef end = LLVMGetBasicBlockTerminator(order[i]);
    for (unsigned s = 0; s < LLVMGetNumSuccessors(end); s++) {
      DebugEdge edge = {i, block_of(imp, LLVMGetSuccessor(end, s))};
      VEC_PUSH(&flow.edges, edge);
    }
  }
  debug_bind(imp->target->debug, d, &flow, (uint32_t)imp->f->places.count);
  VEC_FREE(&flow.edges);
}
