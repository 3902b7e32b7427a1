// Calls: arguments and results as scalars, in registers or memory.
#include "target/import.h"

#include <string.h>

unsigned call_argument_alignment(Importer *imp, LLVMValueRef call, unsigned argument) {
  LLVMAttributeRef attribute = LLVMGetCallSiteEnumAttribute(call, argument + 1, imp->align_kind);
  return attribute ? (unsigned)LLVMGetEnumAttributeValue(attribute) : 1;
}

uint8_t extension_of(LLVMAttributeRef sext, LLVMAttributeRef zext) {
  return sext ? IR_EXTEND_SIGN : zext ? IR_EXTEND_ZERO : IR_EXTEND_NONE;
}

static uint32_t add_signature(Importer *imp, Signature *signature) {
  VEC_PUSH(&imp->f->signatures, signature);
  return (uint32_t)imp->f->signatures.count - 1;
}

static IrValue build_call(Importer *imp, Signature *signature, uint32_t count, const IrValue *operands) {
  IrType type = signature->result_count ? signature->results[0].type : IR_VOID;
  uint32_t number = add_signature(imp, signature);
  IrValue call = build(&imp->b, IR_CALL, type, count, operands);
  ir_insn(imp->f, call)->imm = number;
  imp->f->has_calls = true;
  return call;
}

void mark_approximate(Importer *imp, IrValue call) {
  const char *mode = imp->target->options->vector_math;
  if (!mode || strcmp(mode, "on") == 0)
    ir_insn(imp->f, call)->flags |= IR_APPROXIMATE;
}

// A call by whose name the C library's function is meant.
static bool calls_library(Importer *imp, LLVMValueRef call) {
  LLVMValueRef callee = LLVMGetCalledValue(call),
               own = LLVMGetBasicBlockParent(LLVMGetInstructionParent(call));
  return LLVMIsAFunction(callee) && LLVMIsDeclaration(callee) &&
         !LLVMGetCallSiteEnumAttribute(call, LLVMAttributeFunctionIndex, imp->nobuiltin_kind) &&
         !LLVMGetEnumAttributeAtIndex(callee, LLVMAttributeFunctionIndex, imp->nobuiltin_kind) &&
         !LLVMGetStringAttributeAtIndex(own, LLVMAttributeFunctionIndex, "no-builtins", 11);
}

IrValue build_library_call(Importer *imp, const char *name, IrType result, uint32_t count,
                           const IrValue *arguments) {
  ParamType params[4], results = {.type = result, .extension = IR_EXTEND_SIGN};
  IrValue operands[5];
  SymbolId symbol = target_symbol(imp->target, name);
  imp->target->symbols.data[symbol].function = true;
  operands[0] = ir_leaf(imp->f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0));
  for (uint32_t i = 0; i < count; i++) {
    params[i] = (ParamType){.type = ir_type(imp->f, arguments[i]), .extension = IR_EXTEND_SIGN};
    operands[i + 1] = arguments[i];
  }
  Signature *signature = signature_new(&imp->f->arena, params, count, count, &results, result != IR_VOID);
  return build_call(imp, signature, count + 1, operands);
}

void build_wide_call(Importer *imp, const char *name, uint32_t count, const IrValue *arguments,
                     IrValue results[2]) {
  ParamType params[6], result[2] = {{.type = IR_I64}, {.type = IR_I64}};
  IrValue operands[7];
  SymbolId symbol = target_symbol(imp->target, name);
  imp->target->symbols.data[symbol].function = true;
  operands[0] = ir_leaf(imp->f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0));
  for (uint32_t i = 0; i < count; i++) {
    params[i] = (ParamType){.type = ir_type(imp->f, arguments[i]), .pair = count > 1 && i % 2 == 0};
    operands[i + 1] = arguments[i];
  }
  Signature *signature = signature_new(&imp->f->arena, params, count, count, result, 2);
  results[0] = build_call(imp, signature, count + 1, operands);
  results[1] = build(&imp->b, IR_RESULT, IR_I64, 1, &results[0]);
  ir_insn(imp->f, results[1])->imm = 1;
}

typedef struct CallParts {
  VEC(ParamType) params;
  VEC(IrValue) operands;
  LeafList results;
  uint32_t fixed;
} CallParts;

static bool collect_arguments(Importer *imp, LLVMValueRef call, CallParts *c) {
  LLVMTypeRef type = LLVMGetCalledFunctionType(call);
  unsigned count = LLVMGetNumArgOperands(call), declared = LLVMCountParamTypes(type);
  for (unsigned i = 0; i < count; i++) {
    LLVMValueRef argument = LLVMGetOperand(call, i);
    LeafList leaves = {0};
    const char *reason = NULL;
    bool fits = flatten_passed(imp, LLVMTypeOf(argument), &leaves, &reason);
    if (!fits)
      refuse(imp, call, "%s", reason);
    if (fits && LLVMGetCallSiteEnumAttribute(call, i + 1, imp->byval_kind)) {
      refuse(imp, call, "byval arguments are not supported");
      fits = false;
    }
    uint8_t extension = extension_of(LLVMGetCallSiteEnumAttribute(call, i + 1, imp->sext_kind),
                                     LLVMGetCallSiteEnumAttribute(call, i + 1, imp->zext_kind));
    for (size_t l = 0; fits && l < leaves.count; l++) {
      uint32_t parts = 0;
      const IrValue *values = operand_parts(imp, argument, &parts);
      ParamType param = {leaves.data[l].type, extension, leaves.data[l].pair, false};
      VEC_PUSH(&c->params, param);
      VEC_PUSH(&c->operands, l < parts ? values[l] : 0);
    }
    VEC_FREE(&leaves);
    if (!fits)
      return false;
    if (i < declared)
      c->fixed = (uint32_t)c->params.count;
  }
  return true;
}

// Results that do not fit the registers come back through memory that the caller provides.
static void call_through_memory(Importer *imp, LLVMValueRef call, CallParts *c) {
  LLVMTypeRef type = LLVMTypeOf(call);
  FrameSlot slot = {.size = type_size(imp, type), .alignment = type_alignment(imp, type)};
  VEC_PUSH(&imp->f->slots, slot);
  IrValue address = ir_leaf(imp->f, IR_FRAME, IR_I64, (int64_t)imp->f->slots.count - 1);
  VEC(ParamType) params = {0};
  VEC(IrValue) operands = {0};
  ParamType pointer = {.type = IR_I64};
  VEC_PUSH(&operands, c->operands.data[0]);
  VEC_PUSH(&operands, address);
  VEC_PUSH(&params, pointer);
  for (size_t i = 0; i < c->params.count; i++) {
    VEC_PUSH(&params, c->params.data[i]);
    VEC_PUSH(&operands, c->operands.data[i + 1]);
  }
  build_call(imp, signature_new(&imp->f->arena, params.data, (uint32_t)params.count, c->fixed + 1, NULL, 0),
             (uint32_t)operands.count, operands.data);
  VEC(IrValue) parts = {0};
  for (size_t i = 0; i < c->results.count; i++)
    VEC_PUSH(&parts, load_scalar(imp, c->results.data[i].type,
                                 offset_address(imp, address, (int64_t)c->results.data[i].offset),
                                 alignment_at(slot.alignment, c->results.data[i].offset), 0));
  set_parts(imp, call, parts.data, (uint32_t)parts.count);
  VEC_FREE(&parts);
  VEC_FREE(&params);
  VEC_FREE(&operands);
}

// Whether the call can take the place of the return behind it: nothing of this function's frame is needed
// then.
static bool is_tail_call(const Importer *imp, LLVMValueRef call, const Signature *callee) {
  LLVMTailCallKind kind = LLVMGetTailCallKind(call);
  const Signature *own = imp->f->signature;
  LLVMValueRef next = LLVMGetNextInstruction(call);
  bool wanted = kind == LLVMTailCallKindMustTail ||
                (kind == LLVMTailCallKindTail && imp->target->options->level > 0 && !imp->no_tail_calls);
  if (!wanted || !LLVMIsAReturnInst(next) || callee->stack_bytes || imp->result_in_memory)
    return false;
  if (own->result_count == 0)
    return true;
  if (LLVMGetOperand(next, 0) != call || own->result_count != callee->result_count)
    return false;
  for (uint32_t i = 0; i < own->result_count; i++) {
    const Passing *mine = &own->results[i], *theirs = &callee->results[i];
    if (mine->type != theirs->type || mine->reg != theirs->reg ||
        (mine->extension != IR_EXTEND_NONE && mine->extension != theirs->extension))
      return false;
  }
  return true;
}

static void call_in_registers(Importer *imp, LLVMValueRef call, CallParts *c) {
  ParamType results[2];
  IrValue parts[2];
  uint8_t extension =
      extension_of(LLVMGetCallSiteEnumAttribute(call, LLVMAttributeReturnIndex, imp->sext_kind),
                   LLVMGetCallSiteEnumAttribute(call, LLVMAttributeReturnIndex, imp->zext_kind));
  for (size_t i = 0; i < c->results.count; i++)
    results[i] = (ParamType){.type = c->results.data[i].type, .extension = extension};
  Signature *signature = signature_new(&imp->f->arena, c->params.data, (uint32_t)c->params.count, c->fixed,
                                       results, (uint32_t)c->results.count);
  if (is_tail_call(imp, call, signature)) {
    IrValue v = build(&imp->b, IR_TAILCALL, IR_VOID, (uint32_t)c->operands.count, c->operands.data);
    ir_insn(imp->f, v)->imm = add_signature(imp, signature);
    imp->returned = true;
    return;
  }
  if (LLVMGetTailCallKind(call) == LLVMTailCallKindMustTail)
    refuse(imp, call,
           "a call that must be a tail call, with arguments on the stack or results in other places, is "
           "not supported");
  parts[0] = build_call(imp, signature, (uint32_t)c->operands.count, c->operands.data);
  if (c->results.count == 1 && ir_is_float(results[0].type) && calls_library(imp, call))
    mark_approximate(imp, parts[0]);
  if (c->results.count > 1) {
    parts[1] = build(&imp->b, IR_RESULT, results[1].type, 1, &parts[0]);
    ir_insn(imp->f, parts[1])->imm = 1;
  }
  set_parts(imp, call, parts, (uint32_t)c->results.count);
}

void import_call(Importer *imp, LLVMValueRef call) {
  LLVMValueRef callee = LLVMGetCalledValue(call);
  if (LLVMIsAFunction(callee) && LLVMGetIntrinsicID(callee)) {
    import_intrinsic(imp, call, callee);
    return;
  }
  if (LLVMIsAInlineAsm(callee)) {
    import_asm(imp, call, callee);
    return;
  }
  if (import_kiln_call(imp, call, callee))
    return;
  CallParts c = {0};
  VEC_PUSH(&c.operands, operand(imp, callee));
  const char *reason = NULL;
  LLVMTypeRef result = LLVMTypeOf(call);
  bool ok = collect_arguments(imp, call, &c);
  if (ok && LLVMGetTypeKind(result) != LLVMVoidTypeKind &&
      !flatten_passed(imp, result, &c.results, &reason)) {
    refuse(imp, call, "%s", reason);
    ok = false;
  }
  if (ok && results_fit((uint32_t)c.results.count))
    call_in_registers(imp, call, &c);
  else if (ok && LLVMGetTailCallKind(call) == LLVMTailCallKindMustTail)
    refuse(imp, call, "a call that must be a tail call, with results in memory, is not supported");
  else if (ok)
    call_through_memory(imp, call, &c);
  VEC_FREE(&c.params);
  VEC_FREE(&c.operands);
  VEC_FREE(&c.results);
}

// --- variable arguments -----------------------------------------------------------------------------------

enum { ARGUMENT_REGISTERS = 8, REGISTER_BYTES = 8 };

static IrValue incoming_address(Importer *imp, int64_t from_entry, uint64_t size) {
  FrameSlot slot = {.size = size, .alignment = REGISTER_BYTES, .incoming = true, .from_entry = from_entry};
  VEC_PUSH(&imp->f->slots, slot);
  return ir_leaf(imp->f, IR_FRAME, IR_I64, (int64_t)imp->f->slots.count - 1);
}

// A variadic function takes all argument registers that its named parameters leave as further parameters, and
// stores them below the stack arguments: then the list is one array (psABI, "Variadic arguments").
void import_variadic_entry(Importer *imp, const ParamType *params, uint32_t param_count,
                           const ParamType *results, uint32_t result_count) {
  Function *f = imp->f;
  Signature *named = signature_new(&f->arena, params, param_count, param_count, results, result_count);
  uint32_t rest = ARGUMENT_REGISTERS - named->integer_registers;
  if (rest == 0) {
    f->signature = named;
    imp->variadic_address = incoming_address(imp, named->stack_bytes, REGISTER_BYTES);
    return;
  }
  VEC(ParamType) all = {0};
  for (uint32_t i = 0; i < param_count; i++)
    VEC_PUSH(&all, params[i]);
  ParamType integer = {.type = IR_I64};
  for (uint32_t i = 0; i < rest; i++)
    VEC_PUSH(&all, integer);
  f->signature =
      signature_new(&f->arena, all.data, (uint32_t)all.count, (uint32_t)all.count, results, result_count);
  VEC_FREE(&all);
  imp->variadic_address =
      incoming_address(imp, -(int64_t)rest * REGISTER_BYTES, (uint64_t)rest * REGISTER_BYTES);
  imp->b.block = 0;
  for (uint32_t i = 0; i < rest; i++)
    build_store(&imp->b, ir_leaf(f, IR_ARG, IR_I64, (int64_t)param_count + i),
                offset_address(imp, imp->variadic_address, (int64_t)i * REGISTER_BYTES));
}

// The list is a pointer to the next argument. What has twice a register's alignment starts at a multiple of
// it.
void import_va_arg(Importer *imp, LLVMValueRef instruction) {
  LeafList leaves = {0};
  const char *reason = NULL;
  LLVMTypeRef type = LLVMTypeOf(instruction);
  if (!flatten(imp, type, 0, &leaves, &reason)) {
    refuse(imp, instruction, "%s", reason);
    VEC_FREE(&leaves);
    return;
  }
  IrValue list = operand(imp, LLVMGetOperand(instruction, 0));
  IrValue at = build_load(&imp->b, IR_I64, list);
  unsigned alignment = type_alignment(imp, type);
  if (alignment > REGISTER_BYTES)
    at = build2(&imp->b, IR_AND, IR_I64, offset_address(imp, at, (int64_t)alignment - 1),
                build_const(&imp->b, IR_I64, -(int64_t)alignment));
  VEC(IrValue) parts = {0};
  for (size_t i = 0; i < leaves.count; i++)
    VEC_PUSH(&parts,
             load_scalar(imp, leaves.data[i].type, offset_address(imp, at, (int64_t)leaves.data[i].offset),
                         alignment_at(REGISTER_BYTES, leaves.data[i].offset), 0));
  uint64_t size = (type_size(imp, type) + REGISTER_BYTES - 1) / REGISTER_BYTES * REGISTER_BYTES;
  build_store(&imp->b, offset_address(imp, at, (int64_t)size), list);
  set_parts(imp, instruction, parts.data, (uint32_t)parts.count);
  VEC_FREE(&parts);
  VEC_FREE(&leaves);
}
