// Instruction selection for groups of registers: instructions of the machine as they stand in the SSA form,
// in their order, with the copies that destinations and masks want.
#include "target/ir/vector.h"
#include "target/select/isel.h"

#include <string.h>

enum { AVL_IMMEDIATES = 32 };

static void refuse(Selector *s, const char *what, const char *name) {
  diagnose(s->target->diagnostics, DIAGNOSTIC_ERROR, place_named(s->target->symbols.data[s->f->symbol].name),
           "%s '%s'", what, name);
  s->failed = true;
}

// --- masks
// --------------------------------------------------------------------------------------------------
// A mask is read from v0 alone. Instructions that follow one another with the same mask share one copy of it.

void isel_flush_mask(Selector *s) {
  if (s->mask == IR_NONE)
    return;
  IrValue mask = s->mask;
  s->mask = IR_NONE;
  MirOperand operands[2] = {mir_reg(s->mask_register), {0}};
  if (ir_insn(s->f, mask)->op == IR_UNDEFINED) {
    isel_emit(s, MIR_UNDEF, 1, operands);
    return;
  }
  operands[1] = mir_reg(isel_register(s, mask));
  isel_emit(s, MIR_COPY, 2, operands);
}

static MirOperand mask_operand(Selector *s, IrValue mask) {
  if (s->mask != mask) {
    isel_flush_mask(s);
    s->mask = mask;
    s->mask_register = mir_virtual(s->f, MIR_CLASS_MASK);
  }
  return mir_reg(s->mask_register);
}

// --- operands
// -----------------------------------------------------------------------------------------------

// What has to be undefined before the instruction being selected.
typedef struct Undefined {
  Reg registers[ISA_MAX_OPERANDS + 1];
  IrValue values[ISA_MAX_OPERANDS + 1];
  unsigned count;
} Undefined;

static MirOperand group_operand(Selector *s, IrValue v, Undefined *undefined) {
  const IrInsn *insn = ir_insn(s->f, v);
  if (insn->op == IR_UNDEFINED) {
    for (unsigned i = 0; i < undefined->count; i++) // the same value twice is the same
      if (undefined->values[i] == v)
        return mir_reg(undefined->registers[i]);
    Reg reg = mir_virtual(s->f, ir_class(insn->type));
    undefined->values[undefined->count] = v;
    undefined->registers[undefined->count++] = reg;
    return mir_reg(reg);
  }
  if (insn->op != IR_PART)
    return mir_reg(isel_register(s, v));
  uint8_t first = (uint8_t)insn->imm;
  MirOperand operand = mir_reg(isel_register(s, insn->operands[0]));
  operand.note = first;
  return operand;
}

static MirOperand make_operand(Selector *s, IsaOperandKind kind, IrValue v, Undefined *undefined) {
  switch (isa_operand(kind)->operand_class) {
  case ISA_CLASS_VR:
    return kind == ISA_OPERAND_V0 ? mask_operand(s, v) : group_operand(s, v, undefined);
  case ISA_CLASS_ACC:
    return group_operand(s, v, undefined);
  case ISA_CLASS_MASK:
    return mask_operand(s, v);
  case ISA_CLASS_GPR:
  case ISA_CLASS_FPR:
    return mir_reg(isel_register(s, v));
  default:
    return mir_imm(ir_insn(s->f, v)->imm);
  }
}

// The AVL, as long as it is no register, is a small number or MIR_AVL_MAX.
static MirOperand avl_operand(Selector *s, const IrInsn *insn, VectorForm form) {
  if (form.avl_max)
    return mir_imm(MIR_AVL_MAX);
  IrValue avl = ir_operands(s->f, (IrInsn *)insn)[insn->operand_count - 1];
  const IrInsn *leaf = ir_insn(s->f, avl);
  if (leaf->op == IR_CONST && leaf->imm >= 0 && leaf->imm < AVL_IMMEDIATES)
    return mir_imm(leaf->imm);
  return mir_reg(isel_register(s, avl));
}

// Gives the destination its old value.
static void keep_old(Selector *s, Reg result, IrValue old) {
  MirOperand operands[2] = {mir_reg(result), {0}};
  Undefined undefined = {0};
  if (ir_insn(s->f, old)->op == IR_UNDEFINED) {
    isel_emit(s, MIR_UNDEF, 1, operands);
    return;
  }
  operands[1] = group_operand(s, old, &undefined);
  isel_emit(s, MIR_COPY, 2, operands);
}

// The old value where it is a source as well: it is in the destination by then.
static void read_from_result(Selector *s, MirInsn *made, const IsaFormatInfo *format,
                             const VectorLayout *layout, const IrInsn *insn, Reg result) {
  MirOperand *operands = mir_operands(s->f, made);
  IrValue old = ir_operands(s->f, (IrInsn *)insn)[0];
  for (uint32_t i = 1; i < format->operand_count; i++) {
    int slot = layout->slot[i];
    bool group = isa_operand((IsaOperandKind)format->operands[i])->operand_class == ISA_CLASS_VR &&
                 format->operands[i] != ISA_OPERAND_V0;
    if (group && slot > 0 && ir_operands(s->f, (IrInsn *)insn)[slot] == old && !mir_is_late(s->f, made, i))
      operands[i] = mir_reg(result);
  }
}

// --- instructions
// -------------------------------------------------------------------------------------------

void isel_machine(Selector *s, IrValue v) {
  Function *f = s->f;
  IrInsn insn = *ir_insn(f, v);
  VectorForm form = vector_form(&insn);
  VectorLayout layout = vector_layout(f, &insn);
  const IsaFormatInfo *format = isa_insn_format(form.op);
  if (!(s->target->extensions & ISA_EXTENSION_BIT(isa_insn(form.op)->extension))) {
    refuse(s, "this machine's extensions do not have", isa_insn(form.op)->mnemonic);
    return;
  }
  MirOperand operands[ISA_MAX_OPERANDS + 2];
  Undefined undefined = {0};
  Reg result = insn.type == IR_VOID ? REG_ZERO : isel_register(s, v);
  uint32_t count = 0;
  for (; count < format->operand_count; count++) {
    IsaOperandKind kind = (IsaOperandKind)format->operands[count];
    int slot = layout.slot[count];
    if (slot == VECTOR_RESULT) {
      operands[count] = mir_reg(result);
      if (form.into)
        operands[count].note = (uint8_t)ir_insn(f, ir_operand(f, v, 1))->imm;
    } else if (slot == VECTOR_ABSENT) {
      operands[count] = mir_imm(isa_operand_default(kind));
    } else {
      operands[count] = make_operand(s, kind, ir_operand(f, v, (uint32_t)slot), &undefined);
    }
  }
  if (form.has_avl || form.avl_max) {
    operands[count++] = mir_vtype(form.config);
    operands[count++] = avl_operand(s, &insn, form);
  }
  IrValue old = layout.keeps || form.into ? ir_operand(f, v, 0) : IR_NONE;
  bool keeps = old != IR_NONE && (form.into || ir_insn(f, old)->op != IR_UNDEFINED);
  MirInsn made = mir_make(f, form.op, count, operands);
  made.flags = keeps ? MIR_KEEPS : 0;
  if (keeps && !form.into)
    read_from_result(s, &made, format, &layout, &insn, result);
  VEC_PUSH(&s->reversed, made);
  if (keeps)
    keep_old(s, result, old);
  for (unsigned i = 0; i < undefined.count; i++) {
    MirOperand operand = mir_reg(undefined.registers[i]);
    isel_emit(s, MIR_UNDEF, 1, &operand);
  }
}

void isel_setvl(Selector *s, IrValue v) {
  IrInsn insn = *ir_insn(s->f, v);
  VectorForm form = vector_form(&insn);
  MirOperand avl = avl_operand(s, &insn, form);
  unsigned op = avl.kind == MIR_IMM && avl.value != MIR_AVL_MAX ? ISA_VSETIVLI : ISA_VSETVLI;
  MirOperand operands[3] = {mir_reg(s->regs[v]), avl, mir_imm(vector_vtype(form.config))};
  if (form.avl_max)
    operands[1] = mir_reg(REG_ZERO);
  isel_emit(s, op, 3, operands);
}

// A part that is needed in registers of its own, or a group with a part replaced.
void isel_part(Selector *s, IrValue v) {
  IrInsn insn = *ir_insn(s->f, v);
  Undefined undefined = {0};
  MirOperand operands[2] = {mir_reg(s->regs[v]), {0}};
  if (insn.op == IR_PART) {
    operands[1] = group_operand(s, v, &undefined);
    isel_emit(s, MIR_COPY, 2, operands);
    return;
  }
  if (ir_insn(s->f, insn.operands[1])->op != IR_UNDEFINED) {
    operands[0].note = (uint8_t)insn.imm;
    operands[1] = group_operand(s, insn.operands[1], &undefined);
    MirInsn made = mir_make(s->f, MIR_COPY, 2, operands);
    made.flags = (uint8_t)(MIR_KEEPS | ir_group_size(ir_type(s->f, insn.operands[1])) * MIR_SIZE);
    VEC_PUSH(&s->reversed, made);
  }
  keep_old(s, s->regs[v], insn.operands[0]);
}
