// After allocation: registers that calls preserve change places, so that x8 and x9 (f8 and f9) are those that
// most instructions need for their 16-bit forms. Where a value is kept for long its range weighs little, and
// comes last to such a register, though most of all accesses are by the pointers that are kept.
#include "target/registers/regalloc.h"

enum { LOW_FIRST = 8, LOW_END = 16, LOW_SAVED = 2, FILE_REGISTERS = 32, REGISTERS = MIR_FIRST_VR };

static bool is_low(unsigned reg) {
  return reg % FILE_REGISTERS >= LOW_FIRST && reg % FILE_REGISTERS < LOW_END;
}

static int register_of(const Allocator *a, const MirInsn *insn, uint32_t operand) {
  const MirOperand *o = &mir_operands(a->f, insn)[operand];
  if (o->kind != MIR_REG)
    return -1;
  return o->value < MIR_FIRST_VIRTUAL ? o->value
                                      : a->intervals.data[a->current[insn->operands + operand]].reg;
}

// Counts the instructions that only the registers of `movable` keep from a 16-bit form.
static void count_wishes(const Allocator *a, uint64_t movable, uint32_t *wishes) {
  for (uint32_t i = 0; i < a->insn_count; i++) {
    const MirInsn *insn = a->insns[i];
    uint64_t named = 0;
    bool possible = has_low_form(insn, mir_operands(a->f, insn));
    for (uint32_t o = 0; o < insn->count && possible; o++) {
      int reg = register_of(a, insn, o);
      if (reg <= 0 || reg >= REGISTERS)
        continue;
      named |= UINT64_C(1) << reg;
      possible = is_low((unsigned)reg) || (movable >> reg & 1);
    }
    for (named &= possible ? movable : 0; named; named &= named - 1)
      wishes[__builtin_ctzll(named)]++;
  }
}

static bool is_fixed(const Allocator *a, unsigned reg) {
  for (size_t i = 0; i < a->occupied[reg].count; i++)
    if (a->occupied[reg].data[i].interval == NO_SEGMENT)
      return true;
  return false;
}

static void swap_registers(Allocator *a, unsigned x, unsigned y) {
  for (size_t v = 0; v < a->intervals.count; v++) {
    Interval *interval = &a->intervals.data[v];
    if (interval->reg == (int)x || interval->reg == (int)y)
      interval->reg = (int16_t)(interval->reg == (int)x ? y : x);
  }
  OccupiedList list = a->occupied[x];
  a->occupied[x] = a->occupied[y];
  a->occupied[y] = list;
  uint64_t used = a->f->used_registers, both = UINT64_C(1) << x | UINT64_C(1) << y;
  if ((used >> x & 1) != (used >> y & 1))
    a->f->used_registers = used ^ both;
}

void use_low_registers(Allocator *a) {
  uint32_t wishes[REGISTERS] = {0};
  uint64_t movable = a->f->used_registers & mir_callee_saved & a->allocatable;
  if (!movable)
    return;
  for (unsigned r = 0; r < REGISTERS; r++) {
    bool low = is_low(r) && (mir_callee_saved & a->allocatable) >> r & 1;
    movable |= low ? UINT64_C(1) << r : 0;
    movable &= is_fixed(a, r) ? ~(UINT64_C(1) << r) : UINT64_MAX;
  }
  count_wishes(a, movable, wishes);
  for (unsigned file = 0; file < REGISTERS; file += FILE_REGISTERS)
    for (unsigned low = file + LOW_FIRST; low < file + LOW_FIRST + LOW_SAVED; low++) {
      unsigned best = low;
      for (unsigned r = low + 1; r < file + FILE_REGISTERS; r++)
        best = (movable >> r & 1) && wishes[r] > wishes[best] ? r : best;
      if (best == low || !(movable >> low & 1))
        continue;
      swap_registers(a, low, best);
      wishes[best] = wishes[low];
    }
}
