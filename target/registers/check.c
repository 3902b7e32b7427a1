// Proves an allocation by running the code on names: for each virtual register it follows which physical
// registers, and whether its spill slot, hold its value on every path. A use must find its register holding
// what it names.
#include "target/internal.h"

#include <string.h>

// A state has a row for each virtual register: two words with a bit for each physical register that holds its
// value (or, of a group, is the first of those that do), then the bits of the spill slots that do.
typedef struct Checker {
  Target *target;
  Function *f;
  uint32_t count;      // virtual registers
  uint32_t row;        // words of a row
  uint32_t first_slot; // frame slots from here on are spill slots
  uint64_t **in;       // by block: state at its start; NULL: not reached yet
  uint64_t *state;
  bool failed;
} Checker;

static uint64_t *row_of(const Checker *c, uint32_t name) {
  return c->state + (size_t)name * c->row;
}

enum { REGISTER_WORDS = MIR_REGS / 64 };

static bool holds(const uint64_t *row, int reg) {
  return reg >= 0 && row[reg / 64] >> reg % 64 & 1;
}

static void set_holds(uint64_t *row, int reg) {
  row[reg / 64] |= UINT64_C(1) << reg % 64;
}

static unsigned size_of(const Checker *c, uint32_t name) {
  return mir_class_size(c->f->classes.data[name]);
}

// Forgets `size` registers from `reg` on, and so all groups with one of them.
static void forget_registers(Checker *c, unsigned reg, unsigned size) {
  for (uint32_t v = 0; v < c->count; v++) {
    unsigned own = size_of(c, v), first = reg + 1 >= own ? reg + 1 - own : 0;
    for (unsigned r = first; r < reg + size; r++)
      row_of(c, v)[r / 64] &= ~(UINT64_C(1) << r % 64);
  }
}

static void complain(Checker *c, uint32_t block, const MirInsn *insn, MirOperand o) {
  if (c->failed)
    return;
  c->failed = true;
  diagnose(c->target->diagnostics, DIAGNOSTIC_ERROR, place_named(c->target->symbols.data[c->f->symbol].name),
           "internal error: register allocation: %s in block %u reads %%%d from %s, which does not hold it",
           mir_op_name(insn->op), block, o.value - MIR_FIRST_VIRTUAL,
           o.extra < 0 ? "no register" : mir_register_name((Reg)o.extra));
}

static bool is_named(MirOperand o) {
  return o.kind == MIR_REG && o.value >= MIR_FIRST_VIRTUAL;
}

// The whole of one register or group to another.
static void step_copy(Checker *c, const MirOperand *o) {
  int to = o[0].extra, from = o[1].extra;
  unsigned size = is_named(o[0])   ? size_of(c, (uint32_t)o[0].value - MIR_FIRST_VIRTUAL)
                  : is_named(o[1]) ? size_of(c, (uint32_t)o[1].value - MIR_FIRST_VIRTUAL)
                                   : 1;
  if (to != from) {
    bool *held_there = checked_malloc(c->count + 1);
    for (uint32_t v = 0; v < c->count; v++)
      held_there[v] = size_of(c, v) == size && holds(row_of(c, v), from);
    forget_registers(c, (unsigned)to, size);
    for (uint32_t v = 0; v < c->count; v++)
      if (held_there[v])
        set_holds(row_of(c, v), to);
    free(held_there);
  }
  if (!is_named(o[0]))
    return;
  uint64_t *held = row_of(c, (uint32_t)o[0].value - MIR_FIRST_VIRTUAL);
  memset(held, 0, c->row * sizeof *held);
  // Both names have one value now, wherever it is kept.
  if (is_named(o[1]))
    memcpy(held, row_of(c, (uint32_t)o[1].value - MIR_FIRST_VIRTUAL), c->row * sizeof *held);
  set_holds(held, to);
}

static void step_slot(Checker *c, const MirInsn *insn, const MirOperand *o) {
  unsigned reg = (unsigned)o[0].extra, slot = (unsigned)o[1].value - c->first_slot;
  uint64_t bit = UINT64_C(1) << slot % 64;
  unsigned size = insn->flags >= MIR_SIZE ? insn->flags / MIR_SIZE : 1;
  if (insn->op == MIR_RELOAD)
    forget_registers(c, reg, size);
  for (uint32_t v = 0; v < c->count; v++) {
    uint64_t *held = row_of(c, v), *word = held + REGISTER_WORDS + slot / 64;
    bool same_size = size_of(c, v) == size;
    if (insn->op != MIR_RELOAD)
      *word = same_size && holds(held, (int)reg) ? *word | bit : *word & ~bit;
    else if (same_size && *word & bit)
      set_holds(held, (int)reg);
  }
}

// The second definition of a repeated constant adds a place, since the value is the same.
static bool repeats(const MirInsn *insn) {
  return insn->op == MIR_LI || insn->op == MIR_LA || insn->op == MIR_HIGH || insn->op == MIR_LSLOT ||
         insn->op == MIR_UNDEF;
}

static void step_definition(Checker *c, const MirInsn *insn, MirOperand o) {
  if (o.extra < 0) {
    complain(c, 0, insn, o);
    return;
  }
  unsigned size = is_named(o) ? size_of(c, (uint32_t)o.value - MIR_FIRST_VIRTUAL) : 1;
  forget_registers(c, (unsigned)o.extra, size);
  if (!is_named(o))
    return;
  uint64_t *held = row_of(c, (uint32_t)o.value - MIR_FIRST_VIRTUAL);
  if (!repeats(insn))
    memset(held, 0, c->row * sizeof *held);
  set_holds(held, o.extra);
}

// The registers of a use that may share none with the definition do not.
static bool overlaps_definition(const Checker *c, const MirInsn *insn, uint32_t i) {
  const MirOperand *o = mir_operands(c->f, insn);
  if (!is_named(o[0]) || !is_named(o[i]) || !mir_is_late(c->f, insn, i))
    return false;
  int to = o[0].extra, from = o[i].extra;
  return to < from + (int)size_of(c, (uint32_t)o[i].value - MIR_FIRST_VIRTUAL) &&
         from < to + (int)size_of(c, (uint32_t)o[0].value - MIR_FIRST_VIRTUAL);
}

static bool is_placed(const Checker *c, MirOperand o) {
  uint8_t class = c->f->classes.data[o.value - MIR_FIRST_VIRTUAL];
  unsigned file = mir_class_file(class);
  return o.extra >= (int)file && (o.extra - (int)file) % (int)mir_class_alignment(class) == 0 &&
         (unsigned)o.extra + mir_class_size(class) <= file + 32 &&
         (class != MIR_CLASS_MASK || o.extra == MIR_FIRST_VR);
}

static void step(Checker *c, uint32_t block, const MirInsn *insn) {
  const MirOperand *o = mir_operands(c->f, insn);
  for (uint32_t i = 0; i < insn->count; i++)
    if (is_named(o[i]) && insn->op != MIR_SPILL && mir_reads(mir_role(c->f, insn, i))) {
      bool held = holds(row_of(c, (uint32_t)o[i].value - MIR_FIRST_VIRTUAL), o[i].extra) &&
                  is_placed(c, o[i]) && !overlaps_definition(c, insn, i);
      if (!held)
        complain(c, block, insn, o[i]);
    }
  if (c->failed)
    return;
  bool part = insn->flags & MIR_KEEPS || (insn->count > 1 && (o[0].note || o[1].note));
  if (insn->op == MIR_COPY && !part) {
    step_copy(c, o);
  } else if (insn->op == MIR_RELOAD || insn->op == MIR_SPILL) {
    step_slot(c, insn, o);
  } else {
    if (insn->op == MIR_CALL || insn->op == MIR_CALLR)
      for (uint32_t v = 0; v < c->count; v++) {
        row_of(c, v)[0] &= ~mir_caller_saved;
        row_of(c, v)[1] = 0;
      }
    for (uint32_t i = 0; i < insn->count; i++)
      if (mir_writes(mir_role(c->f, insn, i)))
        step_definition(c, insn, o[i]);
  }
}

// Meets the state at the end of a block into a successor's start. Returns whether that changed.
static bool meet(Checker *c, uint32_t to) {
  size_t words = (size_t)c->count * c->row;
  if (!c->in[to]) {
    c->in[to] = checked_malloc((words + 1) * sizeof(uint64_t));
    memcpy(c->in[to], c->state, words * sizeof(uint64_t));
    return true;
  }
  bool changed = false;
  for (size_t w = 0; w < words; w++) {
    uint64_t both = c->in[to][w] & c->state[w];
    changed |= both != c->in[to][w];
    c->in[to][w] = both;
  }
  return changed;
}

bool check_allocation(Target *target, Function *f) {
  Checker c = {.target = target, .f = f, .count = (uint32_t)f->classes.count};
  size_t blocks = f->mblocks.count;
  c.row = REGISTER_WORDS + (uint32_t)(f->spill_slots.count + 63) / 64;
  c.first_slot = f->spill_slots.count ? f->spill_slots.data[0] : 0;
  c.in = (uint64_t **)checked_malloc((blocks + 1) * sizeof *c.in);
  memset((void *)c.in, 0, (blocks + 1) * sizeof *c.in);
  size_t bytes = (size_t)c.count * c.row * sizeof *c.state;
  c.state = checked_malloc(bytes + 1);
  memset(c.state, 0, bytes + 1);
  VEC(uint32_t) work = {0};
  meet(&c, f->layout.data[0]);
  VEC_PUSH(&work, f->layout.data[0]);
  while (work.count && !c.failed) {
    uint32_t block = VEC_POP(&work);
    const MirBlock *b = &f->mblocks.data[block];
    memcpy(c.state, c.in[block], bytes);
    for (uint32_t i = 0; i < b->count && !c.failed; i++)
      step(&c, block, &b->insns[i]);
    for (uint32_t s = 0; s < b->succ_count; s++)
      if (meet(&c, b->succs[s]))
        VEC_PUSH(&work, b->succs[s]);
  }
  for (size_t b = 0; b < blocks; b++)
    free(c.in[b]);
  free((void *)c.in);
  free(c.state);
  VEC_FREE(&work);
  return !c.failed;
}
