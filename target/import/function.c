// Reads one function of LLVM IR into the SSA form. Aggregates become lists of scalars.
#include "target/import/import.h"

#include <llvm-c/DebugInfo.h>

#include <string.h>

// What is built from now on belongs to this instruction's line. Where values of variables are described, each
// stretch between two descriptions has places of its own.
static void note_place(Importer *imp, LLVMValueRef instruction) {
  Function *f = imp->f;
  f->place = 0;
  unsigned line = imp->has_debug ? LLVMGetDebugLocLine(instruction) : 0, length = 0;
  if (!line && !f->debug)
    return;
  SourcePlace place = {.line = line};
  const char *file = line ? LLVMGetDebugLocFilename(instruction, &length) : "";
  if (!f->places.count)
    VEC_PUSH(&f->places, (SourcePlace){0});
  const SourcePlace *last = &VEC_LAST(&f->places);
  bool same_file = last->file && strlen(last->file) == length && memcmp(last->file, file, length) == 0;
  bool fresh = false;
  if (f->debug) {
    LLVMMetadataRef location = LLVMInstructionGetDebugLoc(instruction);
    place.scope = location ? import_debug_scope(imp, location) : 0;
    fresh = imp->debug.fresh || LLVMGetFirstDbgRecord(instruction);
    imp->debug.fresh = false;
  }
  if (line)
    place.column = LLVMGetDebugLocColumn(instruction);
  if (!fresh && last->line == line && last->column == place.column && last->scope == place.scope &&
      (same_file || !line) && f->places.count > 1) {
    f->place = (uint32_t)f->places.count - 1;
    return;
  }
  place.file = same_file ? last->file : arena_copy_text(&imp->target->arena, file, length);
  const char *directory = line ? LLVMGetDebugLocDirectory(instruction, &length) : "";
  place.directory = same_file ? last->directory
                    : line    ? arena_copy_text(&imp->target->arena, directory ? directory : "", length)
                              : "";
  f->place = (uint32_t)f->places.count;
  VEC_PUSH(&f->places, place);
}

static void import_instruction(Importer *imp, LLVMValueRef instruction) {
  LLVMOpcode opcode = LLVMGetInstructionOpcode(instruction);
  if (import_vector_instruction(imp, instruction, opcode))
    return;
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
    import_fence(imp, instruction);
    break;
  case LLVMAtomicRMW:
    import_atomic_modify(imp, instruction);
    break;
  case LLVMAtomicCmpXchg:
    import_compare_exchange(imp, instruction);
    break;
  case LLVMCallBr:
    refuse(imp, instruction, "inline assembly that jumps to labels is not supported");
    break;
  case LLVMIndirectBr:
    import_indirect_branch(imp, instruction);
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

// The values of a parameter: those of the plan from `first` on.
static void take_parameter(Importer *imp, LLVMValueRef param, const PassingPlan *plan, uint32_t first,
                           uint32_t behind) {
  ValueList parts = values_take(imp);
  for (uint32_t i = first; i < behind; i++)
    VEC_PUSH(&parts, passed_value(imp, plan, i));
  set_parts(imp, param, parts.data, (uint32_t)parts.count);
  values_give(imp, &parts);
}

// `ends`: behind each parameter, how many values of the plan there are.
static bool plan_parameters(Importer *imp, LLVMValueRef function, PassingPlan *plan, uint32_t *ends) {
  const char *reason = NULL;
  bool ok = true;
  for (unsigned i = 0; i < LLVMCountParams(function); i++) {
    ParamType like = {.extension = extension_of(LLVMGetEnumAttributeAtIndex(function, i + 1, imp->sext_kind),
                                                LLVMGetEnumAttributeAtIndex(function, i + 1, imp->zext_kind)),
                      .no_alias = LLVMGetEnumAttributeAtIndex(function, i + 1, imp->noalias_kind) ||
                                  imp->target->options->noalias_arguments};
    if (!plan_argument(imp, plan, LLVMTypeOf(LLVMGetParam(function, i)), like, false, &reason)) {
      refuse(imp, function, "parameter %u: %s", i + 1, reason);
      ok = false;
    }
    ends[i] = (uint32_t)plan->values.count;
  }
  plan_end(plan);
  return ok;
}

static bool import_signature(Importer *imp, LLVMValueRef function) {
  PassingPlan plan = plan_take(imp);
  ParamTypes results = {0};
  const char *reason = NULL;
  LLVMTypeRef type = LLVMGlobalGetValueType(function);
  uint8_t extension =
      extension_of(LLVMGetEnumAttributeAtIndex(function, LLVMAttributeReturnIndex, imp->sext_kind),
                   LLVMGetEnumAttributeAtIndex(function, LLVMAttributeReturnIndex, imp->zext_kind));
  imp->result_leaves.count = 0;
  bool ok = plan_results(imp, LLVMGetReturnType(type), extension, &imp->result_leaves, &results, &reason);
  if (!ok)
    refuse(imp, function, "result: %s", reason);
  imp->result_in_memory = ok && !results_fit(results.data, (uint32_t)results.count);
  if (imp->result_in_memory) {
    (void)plan_argument(imp, &plan, LLVMPointerTypeInContext(imp->context, 0), (ParamType){0}, false,
                        &reason);
    imp->result_address = ir_leaf(imp->f, IR_ARG, IR_I64, 0);
  }
  uint32_t first = (uint32_t)plan.values.count, count = LLVMCountParams(function);
  uint32_t *ends = checked_malloc((count + 1) * sizeof *ends);
  ok = plan_parameters(imp, function, &plan, ends) && ok;
  uint32_t result_count = imp->result_in_memory || !ok ? 0 : (uint32_t)results.count;
  if (LLVMIsFunctionVarArg(type))
    import_variadic_entry(imp, plan.params.data, (uint32_t)plan.params.count, results.data, result_count);
  else
    imp->f->signature = signature_new(&imp->f->arena, plan.params.data, (uint32_t)plan.params.count,
                                      (uint32_t)plan.params.count, results.data, result_count);
  imp->b.block = 0;
  for (unsigned i = 0; i < count && ok; i++)
    take_parameter(imp, LLVMGetParam(function, i), &plan, i ? ends[i - 1] : first, ends[i]);
  free(ends);
  plan_give(imp, &plan);
  VEC_FREE(&results);
  return ok;
}

// Blocks that can be reached, in reverse postorder, so that definitions come before uses.
static uint32_t order_reachable(LLVMValueRef function, Importer *imp, LLVMBasicBlockRef **result) {
  uint32_t total = LLVMCountBasicBlocks(function), at = total, depth = 0;
  LLVMBasicBlockRef *order = checked_malloc((total + 1) * sizeof *order);
  LLVMBasicBlockRef *stack = checked_malloc((total + 1) * sizeof(LLVMBasicBlockRef));
  unsigned *next = checked_malloc((total + 1) * sizeof *next);
  stack[depth] = LLVMGetEntryBasicBlock(function);
  import_map_set(&imp->map, stack[0], 0, 0);
  next[depth++] = 0;
  while (depth) {
    LLVMValueRef terminator = LLVMGetBasicBlockTerminator(stack[depth - 1]);
    unsigned count = LLVMGetNumSuccessors(terminator);
    if (next[depth - 1] == count) {
      order[--at] = stack[--depth];
      continue;
    }
    LLVMBasicBlockRef s = LLVMGetSuccessor(terminator, count - 1 - next[depth - 1]++);
    if (import_map_find(&imp->map, s))
      continue;
    import_map_set(&imp->map, s, 0, 0);
    stack[depth] = s;
    next[depth++] = 0;
  }
  free((void *)stack);
  free(next);
  memmove((void *)order, (void *)(order + at), (total - at) * sizeof *order);
  *result = order;
  return total - at;
}

// Gives the phis of a block their operands, in the order of the block's predecessors.
static void fill_phis(Importer *imp, LLVMBasicBlockRef block, const LLVMBasicBlockRef *order) {
  uint32_t number = block_of(imp, block);
  for (LLVMValueRef phi = LLVMGetFirstInstruction(block); phi && LLVMIsAPHINode(phi);
       phi = LLVMGetNextInstruction(phi)) {
    MapEntry entry = *import_map_find(&imp->map, phi);
    uint32_t preds = imp->f->blocks.data[number].pred_count;
    unsigned incoming = LLVMCountIncoming(phi);
    IrValue *values = checked_malloc((size_t)(preds + 1) * (entry.count + 1) * sizeof *values);
    for (uint32_t p = 0; p < preds; p++) {
      LLVMBasicBlockRef pred = order[imp->origins.data[imp->f->blocks.data[number].preds[p]]];
      unsigned k = 0;
      while (k < incoming && LLVMGetIncomingBlock(phi, k) != pred)
        k++;
      uint32_t count = 0;
      imp->b.block = imp->f->blocks.data[number].preds[p];
      const IrValue *parts = operand_parts(imp, LLVMGetIncomingValue(phi, k), &count);
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

uint32_t import_block_new(Importer *imp) {
  VEC_PUSH(&imp->origins, imp->origins.data[imp->b.block]);
  return ir_block_new(imp->f);
}

static bool has_attribute(LLVMValueRef function, unsigned kind) {
  return LLVMGetEnumAttributeAtIndex(function, LLVMAttributeFunctionIndex, kind) != NULL;
}

bool import_unwinds(const Importer *imp, LLVMValueRef function) {
  return has_attribute(function, imp->uwtable_kind);
}

void import_function(Importer *imp, LLVMValueRef function) {
  Text name = {0};
  if (LLVMGetLinkage(function) == LLVMPrivateLinkage)
    text_append_string(&name, ".L");
  size_t size = 0;
  const char *spelling = LLVMGetValueName2(function, &size);
  bool verbatim = size && spelling[0] == '\1';
  text_append(&name, spelling + verbatim, size - verbatim);
  imp->f = function_new(imp->target, target_symbol(imp->target, text_string(&name)));
  imp->piece_count = 0;
  imp->f->smallest = has_attribute(function, imp->minsize_kind);
  imp->f->small = imp->f->smallest || has_attribute(function, imp->optsize_kind);
  text_free(&name);
  imp->function = function;
  imp->b = (Builder){imp->f, 0};
  import_map_clear(imp);
  imp->returned = false;
  LLVMAttributeRef tails = LLVMGetStringAttributeAtIndex(function, LLVMAttributeFunctionIndex,
                                                         "disable-tail-calls", strlen("disable-tail-calls"));
  unsigned tails_size = 0;
  imp->no_tail_calls = tails && strcmp(LLVMGetStringAttributeValue(tails, &tails_size), "true") == 0;
  LLVMBasicBlockRef *order = NULL;
  uint32_t count = order_reachable(function, imp, &order);
  imp->origins.count = 0;
  for (uint32_t i = 0; i < count; i++) {
    import_map_set(&imp->map, order[i], ir_block_new(imp->f), 0);
    VEC_PUSH(&imp->origins, i);
  }
  import_debug_function(imp, function);
  check_convention(imp, function, LLVMGetFunctionCallConv(function));
  imp->f->unwinds = import_unwinds(imp, function);
  imp->target->has_unwinding |= imp->f->unwinds;
  imp->target->has_assembly |= imp->f->unwinds; // the assembler makes frames' descriptions
  imp->f->keeps_vectors = LLVMGetFunctionCallConv(function) == CONVENTION_VECTOR;
  bool ok = import_signature(imp, function);
  for (uint32_t i = 0; i < count && ok; i++) {
    imp->b.block = i;
    if (imp->f->debug)
      import_debug_block(imp);
    for (LLVMValueRef insn = LLVMGetFirstInstruction(order[i]); insn; insn = LLVMGetNextInstruction(insn)) {
      note_place(imp, insn);
      if (imp->f->debug)
        import_debug_records(imp, insn);
      import_instruction(imp, insn);
    }
  }
  imp->f->place = 0;
  import_debug_finish(imp, order, ok ? count : 0);
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
