// Instruction selection of inline assembly: its operands get registers here, fixed ones, so that the
// allocator needs to know nothing of ties and early results.
#include "target/select/isel.h"

#include <string.h>

// Registers of all files.
enum { ASM_REGISTERS = MIR_FIRST_ACC };
typedef struct RegisterSet {
  uint64_t words[2];
} RegisterSet;

static bool has(const RegisterSet *set, unsigned reg) {
  return set->words[reg / 64] >> reg % 64 & 1;
}

static void add(RegisterSet *set, unsigned reg, unsigned size) {
  for (unsigned r = reg; r < reg + size; r++)
    set->words[r / 64] |= UINT64_C(1) << r % 64;
}

static RegisterSet both(RegisterSet a, RegisterSet b) {
  return (RegisterSet){{a.words[0] | b.words[0], a.words[1] | b.words[1]}};
}

typedef struct Choice {
  RegisterSet inputs;  // registers read
  RegisterSet outputs; // registers written
  RegisterSet banned;  // registers of early results and clobbers
} Choice;

// Registers that calls may change come first.
static const uint8_t integers[] = {15, 14, 13, 12, 11, 10, 16, 17, 5,  6,  7,  28, 29,
                                   30, 31, 9,  18, 19, 20, 21, 22, 23, 24, 25, 26, 27};
static const uint8_t floats[] = {47, 46, 45, 44, 43, 42, 48, 49, 32, 33, 34, 35, 36, 37, 38, 39,
                                 60, 61, 62, 63, 40, 41, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59};

static bool is_compressed(unsigned reg) {
  return reg % 32 >= 8 && reg % 32 <= 15;
}

static bool is_free(const RegisterSet *taken, unsigned reg, unsigned size) {
  for (unsigned r = reg; r < reg + size; r++)
    if (has(taken, r))
      return false;
  return true;
}

// Those that carry no arguments come last, as in the other files; v0 only where it may be.
static int pick_vectors(const AsmOperand *o, const RegisterSet *taken) {
  enum { FILE_REGISTERS = 32, FIRST = 8 };
  unsigned size = mir_class_size(o->type), alignment = mir_class_alignment(o->type);
  for (unsigned i = 0; i < FILE_REGISTERS; i += alignment) {
    unsigned at = (i + FIRST) % FILE_REGISTERS;
    bool fits = at + size <= FILE_REGISTERS && (at || o->class != ASM_VR_NOT_V0);
    if (fits && is_free(taken, MIR_FIRST_VR + at, size))
      return (int)(MIR_FIRST_VR + at);
  }
  return -1;
}

static int pick(const AsmOperand *o, RegisterSet taken) {
  if (o->class >= ASM_VR)
    return pick_vectors(o, &taken);
  const uint8_t *pool = o->class == ASM_FPR ? floats : integers;
  size_t count = o->class == ASM_FPR ? sizeof floats : sizeof integers;
  for (size_t i = 0; i < count; i++)
    if (!has(&taken, pool[i]) && (!o->compressed || is_compressed(pool[i])))
      return pool[i];
  return -1;
}

static unsigned size_of(const AsmOperand *o) {
  return o->class >= ASM_VR ? mir_class_size(o->type) : 1;
}

// Fixed ones first, then early results, inputs, and results, which may share a register with an input.
static bool choose(AsmCall *a) {
  Choice c = {.banned = {{a->clobbers, a->vector_clobbers}}};
  for (uint32_t i = 0; i < a->count; i++) {
    const AsmOperand *o = &a->operands[i];
    if (o->reg >= 0)
      add(o->kind == ASM_OUTPUT ? &c.outputs : &c.inputs, (unsigned)o->reg, size_of(o));
  }
  for (int turn = 0; turn < 3; turn++)
    for (uint32_t i = 0; i < a->count; i++) {
      AsmOperand *o = &a->operands[i];
      bool early = o->kind == ASM_OUTPUT && o->early;
      int mine = early ? 0 : o->kind == ASM_OUTPUT ? 2 : 1;
      if (o->kind == ASM_IMMEDIATE || o->tied >= 0 || o->reg >= 0 || mine != turn)
        continue;
      int reg = pick(o, both(c.banned, both(c.inputs, c.outputs)));
      if (reg < 0 && turn == 2)
        reg = pick(o, both(c.banned, c.outputs));
      if (reg < 0)
        return false;
      o->reg = (int16_t)reg;
      add(turn == 1 ? &c.inputs : &c.outputs, (unsigned)reg, size_of(o));
    }
  return true;
}

enum { NOTE_DEF = 1, NOTE_USE = 2 };

static MirOperand noted(int reg, uint8_t note) {
  MirOperand operand = mir_reg((Reg)reg);
  operand.note = note;
  return operand;
}

static void emit_asm(Selector *s, int64_t number, const AsmCall *a) {
  MirOperand operands[1 + 2 * ASM_REGISTERS];
  uint32_t count = 0;
  RegisterSet read = {{0}}, written = {{a->clobbers, a->vector_clobbers}};
  for (uint32_t i = 0; i < a->count; i++) {
    const AsmOperand *o = &a->operands[i];
    unsigned reg = (unsigned)(o->tied >= 0 ? a->operands[o->tied].reg : o->reg);
    if (o->kind != ASM_IMMEDIATE)
      add(o->kind == ASM_OUTPUT ? &written : &read, reg, size_of(o));
  }
  operands[count++] = mir_imm(number);
  for (unsigned reg = 1; reg < ASM_REGISTERS; reg++)
    if (has(&read, reg))
      operands[count++] = noted((int)reg, NOTE_USE);
  for (unsigned reg = 1; reg < ASM_REGISTERS; reg++)
    if (has(&written, reg))
      operands[count++] = noted((int)reg, NOTE_DEF);
  s->f->used_registers |= read.words[0] | written.words[0];
  s->f->used_vectors |= (uint32_t)(read.words[1] | written.words[1]);
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
      isel_copy(s, ir_type(s->f, result), s->regs[result], (Reg)o->reg);
  }
  emit_asm(s, number, a);
  uint32_t input = ir_insn(s->f, v)->operand_count;
  for (uint32_t i = a->count; i-- > 0;) {
    const AsmOperand *o = &a->operands[i];
    Reg to = (Reg)(o->tied >= 0 ? a->operands[o->tied].reg : o->reg);
    if (o->kind == ASM_INPUT || o->kind == ASM_MEMORY)
      (o->class >= ASM_VR ? isel_move_group : isel_move)(s, to, ir_operand(s->f, v, --input));
  }
}
