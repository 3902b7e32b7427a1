// Instruction selection where values meet fixed registers and the frame: calls, entry, return, and leaves.
#include "target/select/isel.h"

#include <string.h>

enum { CHEAP_STEPS = 2 };

static void push(MirInsn *code, uint32_t *count, MirInsn insn) {
  code[(*count)++] = insn;
}

static MirInsn make(Selector *s, unsigned op, uint32_t count, MirOperand a, MirOperand b, MirOperand c) {
  MirOperand operands[3] = {a, b, c};
  return mir_make(s->f, op, count, operands);
}

static MirInsn make_li(Selector *s, Reg to, int64_t value) {
  return make(s, MIR_LI, 2, mir_reg(to), value == (int32_t)value ? mir_imm(value) : mir_wide(s->f, value),
              mir_imm(0));
}

static uint32_t materialize_float(Selector *s, const IrInsn *leaf, Reg to, MirInsn *code) {
  uint32_t count = 0;
  IrType type = leaf->type;
  int64_t bits = sign_extend(leaf->imm, ir_float_bits(type));
  unsigned op = type == IR_DOUBLE ? ISA_FMV_D_X : type == IR_FLOAT ? ISA_FMV_W_X : ISA_FMV_H_X;
  ConstantStep steps[CONSTANT_STEPS];
  if (bits == 0) {
    push(code, &count, make(s, op, 2, mir_reg(to), mir_reg(REG_ZERO), mir_imm(0)));
    return count;
  }
  Reg integer = mir_virtual(s->f, 0);
  if (type != IR_DOUBLE || constant_steps(s->target->extensions, bits, steps) <= CHEAP_STEPS) {
    push(code, &count, make_li(s, integer, bits));
    push(code, &count, make(s, op, 2, mir_reg(to), mir_reg(integer), mir_imm(0)));
    return count;
  }
  SymbolId symbol = constant_symbol(s->target, bits, 8);
  push(code, &count,
       make(s, MIR_LA, 2, mir_reg(integer), mir_address(s->f, MIR_PLAIN, symbol, 0), mir_imm(0)));
  push(code, &count, make(s, ISA_FLD, 3, mir_reg(to), mir_imm(0), mir_reg(integer)));
  return count;
}

uint32_t isel_materialize(Selector *s, IrValue v, Reg to, MirInsn *code) {
  IrInsn leaf = *ir_insn(s->f, v);
  if (leaf.op == IR_CONST)
    code[0] = make_li(s, to, leaf.imm);
  else if (leaf.op == IR_SYMBOL)
    code[0] = make(s, MIR_LA, 2, mir_reg(to),
                   mir_address(s->f, MIR_PLAIN, ir_symbol_of(&leaf), ir_addend_of(&leaf)), mir_imm(0));
  else if (leaf.op == IR_UNDEFINED)
    code[0] = make(s, MIR_UNDEF, 1, mir_reg(to), mir_imm(0), mir_imm(0));
  else if (leaf.op == IR_FRAME)
    code[0] = make(s, MIR_LSLOT, 2, mir_reg(to), mir_slot((uint32_t)leaf.imm, 0), mir_imm(0));
  else
    return materialize_float(s, &leaf, to, code);
  return 1;
}

static bool is_materialized(const IrInsn *insn) {
  return insn->op == IR_UNDEFINED || insn->op == IR_CONST || insn->op == IR_SYMBOL || insn->op == IR_FRAME ||
         insn->op == IR_FCONST;
}

// Addresses that are asked for often are made once: a move is a quarter as long.
static bool is_made_once(const Selector *s, IrValue v) {
  enum { OFTEN = 3 }; // uses
  return ir_insn(s->f, v)->op == IR_SYMBOL && s->uses[v] >= OFTEN;
}

void isel_move(Selector *s, Reg to, IrValue v) {
  MirInsn code[3];
  const IrInsn *insn = ir_insn(s->f, v);
  if (is_materialized(insn) && !is_made_once(s, v)) {
    uint32_t count = isel_materialize(s, v, to, code);
    while (count-- > 0)
      VEC_PUSH(&s->reversed, code[count]);
    return;
  }
  MirOperand operands[2] = {mir_reg(to), mir_reg(isel_register(s, v))};
  isel_emit(s, MIR_COPY, 2, operands);
}

static unsigned move_to_bits(IrType type) {
  return type == IR_DOUBLE ? ISA_FMV_X_D : type == IR_FLOAT ? ISA_FMV_X_W : ISA_FMV_X_H;
}

static unsigned move_from_bits(IrType type) {
  return type == IR_DOUBLE ? ISA_FMV_D_X : type == IR_FLOAT ? ISA_FMV_W_X : ISA_FMV_H_X;
}

void isel_copy(Selector *s, IrType type, Reg to, Reg from) {
  MirOperand operands[2] = {mir_reg(to), mir_reg(from)};
  MirInsn move = mir_make(s->f, MIR_COPY, 2, operands);
  move.flags = type < IR_FIRST_VECTOR ? 0 : (uint8_t)(mir_class_size(type) * MIR_SIZE);
  VEC_PUSH(&s->reversed, move);
}

void isel_move_group(Selector *s, Reg to, IrValue v) {
  IrType type = ir_type(s->f, v);
  if (ir_insn(s->f, v)->op != IR_UNDEFINED) {
    isel_copy(s, type, to, isel_register(s, v));
    return;
  }
  for (unsigned i = 0; i < mir_class_size(type); i++)
    isel_emit(s, MIR_UNDEF, 1, (MirOperand[]){mir_reg(to + i)});
}

// Appends the registers that a value crosses a call in.
static uint32_t list_registers(const Passing *p, MirOperand *list, uint32_t count) {
  for (unsigned i = 0; i < mir_class_size(p->type) && !p->on_stack; i++)
    list[count++] = mir_reg(p->reg + i);
  return count;
}

// A floating constant as an integer register holds it.
static int64_t constant_bits(const Selector *s, IrValue v) {
  const IrInsn *leaf = ir_insn(s->f, v);
  return sign_extend(leaf->imm, ir_float_bits(leaf->type));
}

// Puts an argument or result where it has to be.
static void pass_in_register(Selector *s, const Passing *p, IrValue v) {
  if (p->type >= IR_FIRST_VECTOR) {
    isel_move_group(s, p->reg, v);
    return;
  }
  if (ir_is_float(p->type) && p->reg < MIR_FIRST_FPR) {
    if (ir_insn(s->f, v)->op == IR_FCONST) {
      VEC_PUSH(&s->reversed, make_li(s, p->reg, constant_bits(s, v)));
      return;
    }
    MirOperand operands[2] = {mir_reg(p->reg), mir_reg(isel_register(s, v))};
    isel_emit(s, move_to_bits(p->type), 2, operands);
    return;
  }
  isel_move(s, p->reg, v);
}

static void pass_on_stack(Selector *s, const Passing *p, IrValue v) {
  bool constant = ir_insn(s->f, v)->op == IR_FCONST;
  unsigned op = constant               ? ISA_SD
                : p->type == IR_DOUBLE ? ISA_FSD
                : p->type == IR_FLOAT  ? ISA_FSW
                : ir_is_float(p->type) ? ISA_FSH
                                       : ISA_SD;
  Reg value = constant ? mir_virtual(s->f, 0) : isel_register(s, v);
  MirOperand operands[3] = {mir_reg(value), mir_imm(p->offset), mir_reg(REG_SP)};
  if (p->offset <= 2047) {
    isel_emit(s, op, 3, operands);
    if (constant)
      VEC_PUSH(&s->reversed, make_li(s, value, constant_bits(s, v)));
    return;
  }
  Reg address = mir_virtual(s->f, 0), offset = mir_virtual(s->f, 0);
  operands[1] = mir_imm(0);
  operands[2] = mir_reg(address);
  isel_emit(s, op, 3, operands);
  MirOperand sum[3] = {mir_reg(address), mir_reg(offset), mir_reg(REG_SP)};
  isel_emit(s, ISA_ADD, 3, sum);
  VEC_PUSH(&s->reversed, make_li(s, offset, p->offset));
  if (constant)
    VEC_PUSH(&s->reversed, make_li(s, value, constant_bits(s, v)));
}

IrValue isel_result(const Selector *s, IrValue v, uint32_t number) {
  if (number == 0)
    return v;
  const IrBlock *b = &s->f->blocks.data[s->block];
  uint32_t at = 0;
  while (at < b->count && b->insns[at] != v)
    at++;
  // The extension of the first one may stand between them.
  for (at++; at < b->count; at++) {
    const IrInsn *insn = ir_insn(s->f, b->insns[at]);
    if (insn->op == IR_RESULT && ir_operands_const(s->f, insn)[0] == v && insn->imm == number)
      return b->insns[at];
    if (insn->op == IR_CALL)
      break;
  }
  return IR_NONE;
}

// Moves the results of a call, and of the RESULTs behind it, from their registers.
static void take_results(Selector *s, IrValue call, const Signature *signature) {
  MirOperand registers[PASSED_REGISTERS];
  uint32_t count = 0;
  for (uint32_t i = signature->result_count; i-- > 0;) {
    const Passing *p = &signature->results[i];
    IrValue v = isel_result(s, call, i);
    if (v != IR_NONE && s->regs[v])
      isel_copy(s, p->type, s->regs[v], p->reg);
  }
  for (uint32_t i = 0; i < signature->result_count; i++)
    count = list_registers(&signature->results[i], registers, count);
  if (count)
    isel_emit(s, MIR_GETS, count, registers);
}

static bool is_direct(const Selector *s, IrValue call) {
  return ir_insn(s->f, ir_operand(s->f, call, 0))->op == IR_SYMBOL;
}

// Whether an argument before this one passes the same value in a register.
static bool passed_before(const Selector *s, IrValue call, const Signature *signature, uint32_t param) {
  for (uint32_t i = 0; i < param; i++)
    if (!signature->params[i].on_stack && ir_operand(s->f, call, i + 1) == ir_operand(s->f, call, param + 1))
      return true;
  return false;
}

// A value that is passed more than once goes to its first place last, so that it may be there all the time.
static void pass_in_registers(Selector *s, IrValue call, const Signature *signature) {
  for (int again = 0; again < 2; again++)
    for (uint32_t i = signature->param_count; i-- > 0;)
      if (!signature->params[i].on_stack && passed_before(s, call, signature, i) == again)
        pass_in_register(s, &signature->params[i], ir_operand(s->f, call, i + 1));
}

// The call itself, and before it the arguments; `address` is where an indirect one goes.
static void emit_call(Selector *s, IrValue v, unsigned by_name, unsigned by_register, Reg address) {
  Function *f = s->f;
  const Signature *signature = f->signatures.data[(size_t)ir_insn(f, v)->imm];
  MirOperand operands[1 + PASSED_REGISTERS];
  uint32_t count = 1;
  IrInsn callee = *ir_insn(f, ir_operand(f, v, 0));
  bool direct = is_direct(s, v);
  if (direct)
    operands[0] = mir_address(f, MIR_PLAIN, ir_symbol_of(&callee), ir_addend_of(&callee));
  else
    operands[0] = mir_reg(address);
  for (uint32_t i = 0; i < signature->param_count; i++)
    count = list_registers(&signature->params[i], operands, count);
  isel_emit(s, direct ? by_name : by_register, count, operands);
  pass_in_registers(s, v, signature);
  for (uint32_t i = signature->param_count; i-- > 0;)
    if (signature->params[i].on_stack && by_name == MIR_CALL) // import stores those of tail calls
      pass_on_stack(s, &signature->params[i], ir_operand(f, v, i + 1));
}

void isel_call(Selector *s, IrValue v) {
  Function *f = s->f;
  const Signature *signature = f->signatures.data[(size_t)ir_insn(f, v)->imm];
  take_results(s, v, signature);
  emit_call(s, v, MIR_CALL, MIR_CALLR, is_direct(s, v) ? 0 : isel_register(s, ir_operand(f, v, 0)));
  if (f->outgoing < signature->stack_bytes)
    f->outgoing = signature->stack_bytes;
  f->has_calls = true;
}

// An address must not be in a register that the epilogue restores.
void isel_tail_call(Selector *s, IrValue v) {
  emit_call(s, v, MIR_TAIL, MIR_TAILR, REG_T1);
  if (!is_direct(s, v))
    isel_move(s, REG_T1, ir_operand(s->f, v, 0));
}

void isel_return(Selector *s, IrValue v) {
  const Signature *signature = s->f->signature;
  MirOperand operands[PASSED_REGISTERS];
  uint32_t count = 0;
  for (uint32_t i = 0; i < signature->result_count; i++)
    count = list_registers(&signature->results[i], operands, count);
  isel_emit(s, MIR_RET, count, operands);
  for (uint32_t i = signature->result_count; i-- > 0;)
    pass_in_register(s, &signature->results[i], ir_operand(s->f, v, i));
}

static void take_argument(Selector *s, const Passing *p, Reg to) {
  if (p->on_stack) {
    int64_t kind = ir_type_bits(p->type) | (ir_is_float(p->type) ? 256 : 0);
    MirOperand operands[3] = {mir_reg(to), mir_imm(p->offset), mir_imm(kind)};
    isel_emit(s, MIR_INCOMING, 3, operands);
    return;
  }
  MirOperand operands[2] = {mir_reg(to), mir_reg(p->reg)};
  if (ir_is_float(p->type) && p->reg < MIR_FIRST_FPR)
    isel_emit(s, move_from_bits(p->type), 2, operands);
  else
    isel_copy(s, p->type, to, p->reg);
}

// The arguments that are used leave their registers at the start of the entry block.
void isel_entry(Selector *s) {
  const Signature *signature = s->f->signature;
  MirOperand registers[PASSED_REGISTERS];
  uint32_t count = 0;
  IrValue *values = checked_malloc((signature->param_count + 1) * sizeof *values);
  for (uint32_t i = 0; i < signature->param_count; i++)
    values[i] = IR_NONE;
  for (IrValue v = 0; v < s->f->insns.count && v < s->values; v++)
    if (ir_insn(s->f, v)->op == IR_ARG && s->regs[v])
      values[ir_insn(s->f, v)->imm] = v;
  for (int stack = 1; stack >= 0; stack--)
    for (uint32_t i = signature->param_count; i-- > 0;)
      if (signature->params[i].on_stack == stack && values[i] != IR_NONE)
        take_argument(s, &signature->params[i], s->regs[values[i]]);
  for (uint32_t i = 0; i < signature->param_count; i++)
    if (values[i] != IR_NONE)
      count = list_registers(&signature->params[i], registers, count);
  if (count)
    isel_emit(s, MIR_ENTRY, count, registers);
  free(values);
}

// Operations on the stack pointer itself.
void isel_stack(Selector *s, IrValue v) {
  IrOp op = (IrOp)ir_insn(s->f, v)->op;
  if (op == IR_STACKALLOC) {
    MirOperand operands[2] = {mir_reg(isel_register(s, v)),
                              mir_reg(isel_register(s, ir_operand(s->f, v, 0)))};
    isel_emit(s, MIR_STACKALLOC, 2, operands);
    return;
  }
  bool save = op == IR_STACKSAVE;
  Reg other = isel_register(s, save ? v : ir_operand(s->f, v, 0));
  MirOperand operands[3] = {mir_reg(save ? other : REG_SP), mir_reg(save ? REG_SP : other), mir_imm(0)};
  isel_emit(s, ISA_ADDI, 3, operands);
}

void isel_csr(Selector *s, IrValue v) {
  const IrInsn insn = *ir_insn(s->f, v);
  bool write = insn.operand_count > 0;
  Reg to = write || !s->regs[v] ? REG_ZERO : s->regs[v];
  Reg from = write ? isel_register(s, insn.operands[0]) : REG_ZERO;
  isel_emit(s, write ? ISA_CSRRW : ISA_CSRRS, 3,
            (MirOperand[]){mir_reg(to), mir_imm(insn.imm), mir_reg(from)});
}
