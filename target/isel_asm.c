// Instruction selection of inline assembly: its operands get registers here, fixed ones, so that the
// allocator needs to know nothing of ties and early results.
#include "target/isel.h"

#include <string.h>

typedef struct Choice {
  uint64_t inputs;  // registers read
  uint64_t outputs; // registers written
  uint64_t banned;  // registers of early results and clobbers
} Choice;

// Registers that calls may change come first.
static const uint8_t integers[] = {15, 14, 13, 12, 11, 10, 16, 17, 5,  6,  7,  28, 29,
                                   30, 31, 9,  18, 19, 20, 21, 22, 23, 24, 25, 26, 27};
static const uint8_t floats[] = {47, 46, 45, 44, 43, 42, 48, 49, 32, 33, 34, 35, 36, 37, 38, 39,
                                 60, 61, 62, 63, 40, 41, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59};

static bool is_compressed(unsigned reg) {
  return reg % 32 >= 8 && reg % 32 <= 15;
}

static int pick(const AsmOperand *o, uint64_t taken) {
  const uint8_t *pool = o->class ? floats : integers;
  size_t count = o->class ? sizeof floats : sizeof integers;
  for (size_t i = 0; i < count; i++)
    if (!(taken >> pool[i] & 1) && (!o->compressed || is_compressed(pool[i])))
      return pool[i];
  return -1;
}

static uint64_t bit(int reg) {
  return UINT64_C(1) << reg;
}

// Fixed ones first, then early results, inputs, and results, which may share a register with an input.
static bool choose(AsmCall *a) {
  Choice c = {.banned = a->clobbers};
  bool ok = true;
  for (uint32_t i = 0; i < a->count; i++) {
    const AsmOperand *o = &a->operands[i];
    if (o->reg >= 0 && o->kind == ASM_OUTPUT)
      c.outputs |= bit(o->reg);
    else if (o->reg >= 0)
      c.inputs |= bit(o->reg);
  }
  for (int turn = 0; turn < 3; turn++)
    for (uint32_t i = 0; i < a->count; i++) {
      AsmOperand *o = &a->operands[i];
      bool early = o->kind == ASM_OUTPUT && o->early;
      int mine = early ? 0 : o->kind == ASM_OUTPUT ? 2 : 1;
      if (o->kind == ASM_IMMEDIATE || o->tied >= 0 || o->reg >= 0 || mine != turn)
        continue;
      int reg = pick(o, c.banned | c.inputs | c.outputs);
      if (reg < 0 && turn == 2)
        reg = pick(o, c.banned | c.outputs);
      ok = ok && reg >= 0;
      o->reg = (int16_t)reg;
      if (reg < 0)
        return false;
      *(turn == 1 ? &c.inputs : &c.outputs) |= bit(reg);
    }
  return ok;
}

enum { NOTE_DEF = 1, NOTE_USE = 2 };

static MirOperand noted(int reg, uint8_t note) {
  MirOperand operand = mir_reg((Reg)reg);
  operand.note = note;
  return operand;
}

static void emit_asm(Selector *s, int64_t number, const AsmCall *a) {
  MirOperand operands[1 + 2 * MIR_FIRST_VR];
  uint32_t count = 0;
  uint64_t read = 0, written = a->clobbers;
  for (uint32_t i = 0; i < a->count; i++) {
    const AsmOperand *o = &a->operands[i];
    int reg = o->tied >= 0 ? a->operands[o->tied].reg : o->reg;
    if (o->kind == ASM_OUTPUT)
      written |= bit(reg);
    else if (o->kind != ASM_IMMEDIATE)
      read |= bit(reg);
  }
  operands[count++] = mir_imm(number);
  for (int reg = 1; reg < MIR_FIRST_VR; reg++)
    if (read >> reg & 1)
      operands[count++] = noted(reg, NOTE_USE);
  for (int reg = 1; reg < MIR_FIRST_VR; reg++)
    if (written >> reg & 1)
      operands[count++] = noted(reg, NOTE_DEF);
  s->f->used_registers |= read | written;
  isel_emit(s, MIR_ASM, count, operands);
}

void isel_asm(Selector *s, IrValue v) {
  int64_t number = ir_insn(s->f, v)->imm;
  AsmCall *a = s->f->asms.data[number];
  if (!choose(a)) {
    diagnose(s->target->diagnostics, DIAGNOSTIC_ERROR, ir_place(s->target, s->f, v),
             "inline assembly wants more registers than there are");
    s->failed = true;
    return;
  }
  uint32_t results = 0;
  for (uint32_t i = 0; i < a->count; i++)
    results += a->operands[i].kind == ASM_OUTPUT;
  for (uint32_t i = a->count; i-- > 0;) {
    const AsmOperand *o = &a->operands[i];
    if (o->kind != ASM_OUTPUT)
      continue;
    IrValue result = isel_result(s, v, --results);
    if (result != IR_NONE && s->regs[result])
      isel_emit(s, MIR_COPY, 2, (MirOperand[]){mir_reg(s->regs[result]), mir_reg((Reg)o->reg)});
  }
  emit_asm(s, number, a);
  uint32_t input = ir_insn(s->f, v)->operand_count;
  for (uint32_t i = a->count; i-- > 0;) {
    const AsmOperand *o = &a->operands[i];
    if (o->kind == ASM_INPUT || o->kind == ASM_MEMORY)
      isel_move(s, (Reg)(o->tied >= 0 ? a->operands[o->tied].reg : o->reg), ir_operand(s->f, v, --input));
  }
}
