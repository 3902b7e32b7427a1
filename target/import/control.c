// Control flow.
#include "target/import/import.h"

void import_switch(Importer *imp, LLVMValueRef instruction) {
  LLVMTypeRef type = LLVMTypeOf(LLVMGetOperand(instruction, 0));
  bool wide = is_wide(type);
  if (!wide && need_scalar(imp, instruction, type) == IR_VOID)
    return;
  IrValue x = wide ? import_wide_case(imp, instruction) : operand_at(imp, instruction, 0);
  uint32_t from = imp->b.block;
  IrValue v = build(&imp->b, IR_SWITCH, IR_VOID, 1, &x);
  ir_insn(imp->f, v)->imm = (int64_t)imp->f->cases.count;
  ir_add_edge(imp->f, from, block_of(imp, LLVMGetSwitchDefaultDest(instruction)));
  unsigned count = LLVMGetNumSuccessors(instruction);
  for (unsigned i = 1; i < count; i++) {
    IrCase c = {wide ? (int64_t)i : LLVMConstIntGetSExtValue(LLVMGetSwitchCaseValue(instruction, i))};
    VEC_PUSH(&imp->f->cases, c);
    ir_add_edge(imp->f, from, block_of(imp, LLVMGetSuccessor(instruction, i)));
  }
}

void import_branch(Importer *imp, LLVMValueRef instruction) {
  uint32_t from = imp->b.block;
  bool conditional = LLVMIsConditional(instruction);
  uint32_t first = block_of(imp, LLVMGetSuccessor(instruction, 0));
  if (conditional && LLVMGetSuccessor(instruction, 0) != LLVMGetSuccessor(instruction, 1)) {
    IrValue condition = operand_at(imp, instruction, 0);
    build(&imp->b, IR_CONDBR, IR_VOID, 1, &condition);
    ir_add_edge(imp->f, from, first);
    ir_add_edge(imp->f, from, block_of(imp, LLVMGetSuccessor(instruction, 1)));
    return;
  }
  build(&imp->b, IR_BR, IR_VOID, 0, NULL);
  ir_add_edge(imp->f, from, first);
}

void number_labels(Importer *imp) {
  for (LLVMValueRef f = LLVMGetFirstFunction(imp->module); f; f = LLVMGetNextFunction(f)) {
    uint32_t count = 0;
    for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(f); b; b = LLVMGetNextBasicBlock(b)) {
      LLVMValueRef end = LLVMGetBasicBlockTerminator(b);
      unsigned successors = LLVMIsAIndirectBrInst(end) ? LLVMGetNumSuccessors(end) : 0;
      for (unsigned i = 0; i < successors; i++)
        if (!import_map_find(&imp->labels, LLVMGetSuccessor(end, i)))
          import_map_set(&imp->labels, LLVMGetSuccessor(end, i), ++count, 0);
    }
  }
}

void import_indirect_branch(Importer *imp, LLVMValueRef instruction) {
  uint32_t from = imp->b.block, nowhere = import_block_new(imp);
  IrValue address = operand_at(imp, instruction, 0);
  IrValue v = build(&imp->b, IR_SWITCH, IR_VOID, 1, &address);
  ir_insn(imp->f, v)->imm = (int64_t)imp->f->cases.count;
  ir_add_edge(imp->f, from, nowhere);
  Arena arena = {0};
  Bitset seen = bitset_new(&arena, imp->f->blocks.count);
  for (unsigned i = 0; i < LLVMGetNumSuccessors(instruction); i++) {
    LLVMBasicBlockRef to = LLVMGetSuccessor(instruction, i);
    if (bitset_has(&seen, block_of(imp, to)))
      continue;
    bitset_add(&seen, block_of(imp, to));
    IrCase c = {import_map_find(&imp->labels, to)->first};
    VEC_PUSH(&imp->f->cases, c);
    ir_add_edge(imp->f, from, block_of(imp, to));
  }
  arena_free(&arena);
  imp->b.block = nowhere;
  build(&imp->b, IR_UNREACHABLE, IR_VOID, 0, NULL);
}

void import_return(Importer *imp, LLVMValueRef instruction) {
  if (imp->returned) {
    imp->returned = false;
    return;
  }
  VEC(IrValue) parts = {0};
  if (LLVMGetNumOperands(instruction)) {
    LLVMValueRef value = LLVMGetOperand(instruction, 0);
    if (imp->result_in_memory) {
      store_parts(imp, LLVMTypeOf(value), value, imp->result_address, type_alignment(imp, LLVMTypeOf(value)),
                  0);
    } else {
      uint32_t count = 0;
      const IrValue *values = operand_parts(imp, value, &count);
      for (uint32_t i = 0; i < count; i++)
        VEC_PUSH(&parts, values[i]);
    }
  }
  build(&imp->b, IR_RET, IR_VOID, (uint32_t)parts.count, parts.data);
  VEC_FREE(&parts);
}
