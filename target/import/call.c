// Calls: arguments and results as scalars, in registers or memory.
#include "target/import/import.h"

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

static IrValue build_tail_call(Importer *imp, Signature *signature, uint32_t count, const IrValue *operands) {
  IrValue v = build(&imp->b, IR_TAILCALL, IR_VOID, count, operands);
  ir_insn(imp->f, v)->imm = add_signature(imp, signature);
  imp->returned = true;
  return v;
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

static IrValue call_library(Importer *imp, const char *name, IrType result, uint32_t count,
                            const IrValue *arguments, bool tail) {
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
  if (tail)
    return build_tail_call(imp, signature, count + 1, operands);
  IrValue call = build_call(imp, signature, count + 1, operands);
  ir_insn(imp->f, call)->flags |= IR_LIBRARY;
  return call;
}

IrValue build_library_call(Importer *imp, const char *name, IrType result, uint32_t count,
                           const IrValue *arguments) {
  return call_library(imp, name, result, count, arguments, false);
}

// Whether the tensor pass may make a nest of a call: it must not take the place of the return then.
static bool may_become_nest(const Importer *imp, IrValue size) {
  enum { NEST_LEVEL = 2, SHORT = 256 };
  const IrInsn *insn = ir_insn(imp->f, size);
  bool long_enough = insn->op == IR_CONST ? insn->imm >= SHORT : insn->op == IR_SHL || insn->op == IR_MUL;
  return imp->target->options->level >= NEST_LEVEL && long_enough;
}

void build_memory_call(Importer *imp, LLVMValueRef call, const char *name, const IrValue x[3],
                       unsigned alignment) {
  enum { MOST_ALIGNMENT = 64 };
  LLVMValueRef next = call ? LLVMGetNextInstruction(call) : NULL;
  const Signature *own = imp->f->signature;
  // They return their first argument.
  bool same = next && LLVMIsAReturnInst(next) &&
              (own->result_count == 0 ||
               (own->result_count == 1 && LLVMGetOperand(next, 0) == LLVMGetOperand(call, 0)));
  bool tail = same && LLVMGetTailCallKind(call) == LLVMTailCallKindTail && imp->target->options->level > 0 &&
              !may_become_nest(imp, x[2]) && !imp->no_tail_calls && !imp->f->keeps_vectors &&
              !imp->result_in_memory;
  IrValue made = call_library(imp, name, IR_VOID, 3, x, tail);
  ir_insn(imp->f, made)->aux = (uint8_t)(alignment < MOST_ALIGNMENT ? alignment : MOST_ALIGNMENT);
}

IrValue build_named_call(Importer *imp, const char *name, uint32_t count, const ParamType *params,
                         const IrValue *arguments, uint32_t result_count, const ParamType *results,
                         IrValue *values) {
  enum { MOST_ARGUMENTS = 8 };
  IrValue operands[1 + MOST_ARGUMENTS];
  SymbolId symbol = target_symbol(imp->target, name);
  imp->target->symbols.data[symbol].function = true;
  operands[0] = ir_leaf(imp->f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0));
  for (uint32_t i = 0; i < count; i++)
    operands[i + 1] = arguments[i];
  Signature *signature = signature_new(&imp->f->arena, params, count, count, results, result_count);
  IrValue call = build_call(imp, signature, count + 1, operands);
  for (uint32_t i = 0; i < result_count && result_count > 1; i++) {
    values[i] = i ? build(&imp->b, IR_RESULT, results[i].type, 1, &call) : call;
    if (i)
      ir_insn(imp->f, values[i])->imm = i;
  }
  return call;
}

void build_wide_call(Importer *imp, const char *name, uint32_t count, const IrValue *arguments,
                     IrValue results[2]) {
  ParamType params[6], result[2] = {{.type = IR_I64}, {.type = IR_I64}};
  for (uint32_t i = 0; i < count; i++)
    params[i] = (ParamType){.type = ir_type(imp->f, arguments[i]), .pair = count > 1 && i % 2 == 0};
  (void)build_named_call(imp, name, count, params, arguments, 2, result, results);
}

enum { ARGUMENT_REGISTERS = 8, REGISTER_BYTES = 8 };

// What lies at a fixed distance from the stack pointer at entry.
static IrValue incoming_address(Importer *imp, int64_t from_entry, uint64_t size) {
  FrameSlot slot = {.size = size, .alignment = REGISTER_BYTES, .incoming = true, .from_entry = from_entry};
  VEC_PUSH(&imp->f->slots, slot);
  return ir_leaf(imp->f, IR_FRAME, IR_I64, (int64_t)imp->f->slots.count - 1);
}

typedef struct CallParts {
  LLVMValueRef call;
  PassingPlan plan;
  ValueList values;   // of the arguments, in the plan's order
  ValueList operands; // the callee, then those that the parameters get
  LeafList results;
  ParamTypes result_types;
  uint32_t fixed;
  bool result_in_memory;
  bool uses_frame; // the callee reads or writes this function's frame
} CallParts;

// The callee gets a copy of what a pointer points to.
static IrValue copy_for_callee(Importer *imp, LLVMValueRef call, unsigned i, LLVMAttributeRef byval) {
  LLVMTypeRef type = LLVMGetTypeAttributeValue(byval);
  unsigned given = call_argument_alignment(imp, call, i), natural = type_alignment(imp, type);
  uint64_t size = type_size(imp, type);
  IrValue copy = frame_memory(imp, size, given > natural ? given : natural);
  build_memory_copy(imp, NULL, "memcpy", copy, operand(imp, LLVMGetOperand(call, i)),
                    build_const(&imp->b, IR_I64, (int64_t)size), given);
  return copy;
}

static bool collect_argument(Importer *imp, CallParts *c, unsigned i, bool variadic) {
  LLVMValueRef call = c->call, argument = LLVMGetOperand(call, i);
  LLVMAttributeRef byval = LLVMGetCallSiteEnumAttribute(call, i + 1, imp->byval_kind);
  ParamType like = {.extension = extension_of(LLVMGetCallSiteEnumAttribute(call, i + 1, imp->sext_kind),
                                              LLVMGetCallSiteEnumAttribute(call, i + 1, imp->zext_kind))};
  const char *reason = NULL;
  size_t before = c->plan.values.count;
  if (!plan_argument(imp, &c->plan, LLVMTypeOf(argument), like, variadic, &reason)) {
    refuse(imp, call, "%s", reason);
    return false;
  }
  if (byval) {
    c->uses_frame = true;
    VEC_PUSH(&c->values, copy_for_callee(imp, call, i, byval));
    return true;
  }
  for (size_t l = before; l < c->plan.values.count; l++) {
    uint32_t parts = 0;
    const IrValue *values = operand_parts(imp, argument, &parts);
    VEC_PUSH(&c->values, l - before < parts ? values[l - before] : 0);
  }
  return true;
}

// The parameters, after that for the address of the result where it has one.
static bool collect_arguments(Importer *imp, CallParts *c, IrValue result_address) {
  unsigned count = LLVMGetNumArgOperands(c->call),
           declared = LLVMCountParamTypes(LLVMGetCalledFunctionType(c->call));
  if (result_address != IR_NONE) {
    const char *reason = NULL;
    LLVMTypeRef pointer = LLVMPointerTypeInContext(imp->context, 0);
    (void)plan_argument(imp, &c->plan, pointer, (ParamType){0}, false, &reason);
    VEC_PUSH(&c->values, result_address);
  }
  c->fixed = (uint32_t)c->plan.params.count;
  for (unsigned i = 0; i < count; i++) {
    if (!collect_argument(imp, c, i, i >= declared))
      return false;
    if (i < declared)
      c->fixed = (uint32_t)c->plan.params.count;
  }
  plan_end(&c->plan);
  VEC_RESERVE(&c->operands, c->plan.params.count);
  c->uses_frame |= pass_values(imp, &c->plan, c->values.data, c->operands.data + c->operands.count);
  c->operands.count += c->plan.params.count;
  return true;
}

// Results that do not fit the registers come back through memory that the caller provides.
static void take_from_memory(Importer *imp, CallParts *c, IrValue address, uint64_t alignment) {
  ValueList parts = values_take(imp);
  for (size_t i = 0; i < c->results.count; i++)
    VEC_PUSH(&parts, load_leaf(imp, &c->results.data[i], address, alignment, 0));
  set_parts(imp, c->call, parts.data, (uint32_t)parts.count);
  values_give(imp, &parts);
}

// Whether the arguments on the stack have room where this function's own ones are.
static bool replaces_arguments(const Importer *imp, const CallParts *c, const Signature *callee) {
  for (size_t i = 0; i < c->plan.values.count; i++)
    if (c->plan.values.data[i].way != PASSED_ITSELF)
      return false;
  return callee->stack_bytes <= imp->f->signature->stack_bytes;
}

// Puts the arguments on the stack over this function's own ones, which were read at its entry.
static void replace_arguments(Importer *imp, const Signature *callee, const IrValue *operands) {
  for (uint32_t i = 0; i < callee->param_count; i++) {
    const Passing *p = &callee->params[i];
    if (!p->on_stack)
      continue;
    IrValue v = operands[i + 1];
    if (p->type < IR_I64)
      v = build1(&imp->b, p->extension == IR_EXTEND_ZERO && p->type != IR_I32 ? IR_ZEXT : IR_SEXT, IR_I64, v);
    build_store(&imp->b, v, incoming_address(imp, p->offset, REGISTER_BYTES));
  }
}

// Whether the call can take the place of the return behind it: nothing of this function's frame is needed
// then.
static bool is_tail_call(const Importer *imp, const CallParts *c, const Signature *callee) {
  LLVMValueRef call = c->call;
  LLVMTailCallKind kind = LLVMGetTailCallKind(call);
  const Signature *own = imp->f->signature;
  LLVMValueRef next = LLVMGetNextInstruction(call);
  bool wanted = kind == LLVMTailCallKindMustTail ||
                (kind == LLVMTailCallKindTail && imp->target->options->level > 0 && !imp->no_tail_calls);
  bool keeps = LLVMGetInstructionCallConv(call) == CONVENTION_VECTOR, must = kind == LLVMTailCallKindMustTail;
  if (!wanted || keeps != imp->f->keeps_vectors || !LLVMIsAReturnInst(next) || c->uses_frame ||
      c->result_in_memory != imp->result_in_memory || (imp->result_in_memory && !must) ||
      (callee->stack_bytes && !(must && replaces_arguments(imp, c, callee))))
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

static void finish_call(Importer *imp, CallParts *c) {
  uint32_t count = c->result_in_memory ? 0 : (uint32_t)c->results.count;
  Signature *signature = signature_new(&imp->f->arena, c->plan.params.data, (uint32_t)c->plan.params.count,
                                       c->fixed, c->result_types.data, count);
  bool must = LLVMGetTailCallKind(c->call) == LLVMTailCallKindMustTail;
  if (must && LLVMIsFunctionVarArg(LLVMGetCalledFunctionType(c->call))) {
    refuse(imp, c->call, "a call that must be a tail call and passes on variable arguments is not supported");
    return;
  }
  if (is_tail_call(imp, c, signature)) {
    replace_arguments(imp, signature, c->operands.data);
    (void)build_tail_call(imp, signature, (uint32_t)c->operands.count, c->operands.data);
    return;
  }
  if (must)
    refuse(imp, c->call,
           "a call that must be a tail call, with vectors or more arguments than the caller's on the stack, "
           "copies "
           "of memory, or results in other places, is not supported");
  ValueList parts = values_take(imp);
  IrValue call = build_call(imp, signature, (uint32_t)c->operands.count, c->operands.data);
  if (calls_library(imp, c->call)) {
    ir_insn(imp->f, call)->flags |= IR_LIBRARY;
    if (count == 1 && ir_is_float(c->result_types.data[0].type))
      mark_approximate(imp, call);
  }
  for (uint32_t i = 0; i < count; i++) {
    VEC_PUSH(&parts, i ? build(&imp->b, IR_RESULT, c->result_types.data[i].type, 1, &call) : call);
    if (i)
      ir_insn(imp->f, VEC_LAST(&parts))->imm = i;
  }
  if (!c->result_in_memory)
    set_parts(imp, c->call, parts.data, count);
  values_give(imp, &parts);
}

static void import_plain_call(Importer *imp, CallParts *c) {
  LLVMTypeRef type = LLVMTypeOf(c->call);
  const char *reason = NULL;
  uint8_t extension =
      extension_of(LLVMGetCallSiteEnumAttribute(c->call, LLVMAttributeReturnIndex, imp->sext_kind),
                   LLVMGetCallSiteEnumAttribute(c->call, LLVMAttributeReturnIndex, imp->zext_kind));
  if (!plan_results(imp, type, extension, &c->results, &c->result_types, &reason)) {
    refuse(imp, c->call, "%s", reason);
    return;
  }
  c->result_in_memory = !results_fit(c->result_types.data, (uint32_t)c->result_types.count);
  IrValue address = IR_NONE;
  bool must = LLVMGetTailCallKind(c->call) == LLVMTailCallKindMustTail;
  if (c->result_in_memory && must && imp->result_in_memory) {
    address = imp->result_address;
  } else if (c->result_in_memory) {
    uint64_t alignment = type_alignment(imp, type);
    address =
        frame_memory(imp, type_size(imp, type), alignment < STACK_ALIGNMENT ? alignment : STACK_ALIGNMENT);
    c->uses_frame = true;
  }
  if (!collect_arguments(imp, c, address))
    return;
  finish_call(imp, c);
  if (c->result_in_memory && !imp->returned)
    take_from_memory(imp, c, address, STACK_ALIGNMENT);
}

// Those of functions that LLVM knows all callers of are as good as C's.
void check_convention(Importer *imp, LLVMValueRef value, unsigned convention) {
  bool known = convention == LLVMCCallConv || convention == LLVMFastCallConv ||
               convention == LLVMColdCallConv || convention == CONVENTION_VECTOR;
  if (!known)
    refuse(imp, value, "calling convention %u is not supported", convention);
}

void import_call(Importer *imp, LLVMValueRef call) {
  LLVMValueRef callee = LLVMGetCalledValue(call);
  if (LLVMIsAFunction(callee) && LLVMGetIntrinsicID(callee)) {
    import_intrinsic(imp, call, callee);
    return;
  }
  if (LLVMIsAInlineAsm(callee)) {
    if (imp->target->options->level == 0 || !import_known_asm(imp, call))
      import_asm(imp, call, callee);
    return;
  }
  if (import_kiln_call(imp, call, callee))
    return;
  if (imp->target->options->level > 0 && calls_library(imp, call) && import_is_signaling(imp, call, callee))
    return;
  check_convention(imp, call, LLVMGetInstructionCallConv(call));
  CallParts c = {.call = call,
                 .plan = plan_take(imp),
                 .values = values_take(imp),
                 .operands = values_take(imp),
                 .results = leaves_take(imp)};
  VEC_PUSH(&c.operands, operand(imp, callee));
  import_plain_call(imp, &c);
  plan_give(imp, &c.plan);
  values_give(imp, &c.values);
  values_give(imp, &c.operands);
  leaves_give(imp, &c.results);
  VEC_FREE(&c.result_types);
}

// --- variable arguments -----------------------------------------------------------------------------------

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
  LeafList leaves = leaves_take(imp);
  const char *reason = NULL;
  LLVMTypeRef type = LLVMTypeOf(instruction);
  if (!flatten(imp, type, 0, &leaves, &reason)) {
    refuse(imp, instruction, "%s", reason);
    leaves_give(imp, &leaves);
    return;
  }
  IrValue list = operand(imp, LLVMGetOperand(instruction, 0));
  IrValue at = build_load(&imp->b, IR_I64, list);
  unsigned alignment = type_alignment(imp, type);
  if (alignment > REGISTER_BYTES)
    at = build2(&imp->b, IR_AND, IR_I64, offset_address(imp, at, (int64_t)alignment - 1),
                build_const(&imp->b, IR_I64, -(int64_t)alignment));
  ValueList parts = values_take(imp);
  for (size_t i = 0; i < leaves.count; i++)
    VEC_PUSH(&parts, load_leaf(imp, &leaves.data[i], at, REGISTER_BYTES, 0));
  uint64_t size = (type_size(imp, type) + REGISTER_BYTES - 1) / REGISTER_BYTES * REGISTER_BYTES;
  build_store(&imp->b, offset_address(imp, at, (int64_t)size), list);
  set_parts(imp, instruction, parts.data, (uint32_t)parts.count);
  values_give(imp, &parts);
  leaves_give(imp, &leaves);
}
