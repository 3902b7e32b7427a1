// Proves an allocation by running the code on names: for each virtual register it follows which physical
// registers, and whether its spill slot, hold its value on every path. A use must find its register holding
// what it names.
#include "target/internal.h"

#include <string.h>

// A state has a row for each virtual register: a word with a bit for each physical register that holds its
// value, then the bits of the spill slots that do.
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

static void forget_register(Checker *c, unsigned reg) {
  for (uint32_t v = 0; v < c->count; v++)
    *row_of(c, v) &= ~(UINT64_C(1) << reg);
}

static void complain(Checker *c, uint32_t block, const MirInsn *insn, MirOperand o) {
  if (c->failed)
    return;
  c->failed = true;
  bool fpr = o.extra >= MIR_FIRST_FPR;
  diagnose(c->target->diagnostics, DIAGNOSTIC_ERROR, place_named(c->target->symbols.data[c->f->symbol].name),
           "internal error: register allocation: %s in block %u reads %%%d from %s, which does not hold it",
           mir_op_name(insn->op), block, o.value - MIR_FIRST_VIRTUAL,
           o.extra < 0 ? "no register"
                       : isa_register_name(fpr ? ISA_CLASS_FPR : ISA_CLASS_GPR, (unsigned)o.extra % 32));
}

static bool is_named(MirOperand o) {
  return o.kind == MIR_REG && o.value >= MIR_FIRST_VIRTUAL;
}

static void step_copy(Checker *c, const MirOperand *o) {
  int to = o[0].extra, from = o[1].extra;
  if (to != from) {
    forget_register(c, (unsigned)to);
    for (uint32_t v = 0; v < c->count; v++)
      *row_of(c, v) |= (*row_of(c, v) >> from & 1) << to;
  }
  if (!is_named(o[0]))
    return;
  uint64_t *held = row_of(c, (uint32_t)o[0].value - MIR_FIRST_VIRTUAL);
  memset(held, 0, c->row * sizeof *held);
  // Both names have one value now, wherever it is kept.
  if (is_named(o[1]))
    memcpy(held, row_of(c, (uint32_t)o[1].value - MIR_FIRST_VIRTUAL), c->row * sizeof *held);
  *held |= UINT64_C(1) << to;
}

static void step_slot(Checker *c, const MirInsn *insn, const MirOperand *o) {
  unsigned reg = (unsigned)o[0].extra, slot = (unsigned)o[1].value - c->first_slot;
  uint64_t bit = UINT64_C(1) << slot % 64;
  if (insn->op == MIR_RELOAD)
    forget_register(c, reg);
  for (uint32_t v = 0; v < c->count; v++) {
    uint64_t *held = row_of(c, v), *word = held + 1 + slot / 64;
    if (insn->op == MIR_RELOAD)
      *held |= (uint64_t)((*word & bit) != 0) << reg;
    else
      *word = *held >> reg & 1 ? *word | bit : *word & ~bit;
  }
}

// The second definition of a repeated constant adds a place, since the value is the same.
static bool repeats(const MirInsn *insn) {
  return insn->op == MIR_LI || insn->op == MIR_LA || insn->op == MIR_LSLOT;
}

static void step_definition(Checker *c, const MirInsn *insn, MirOperand o) {
  if (o.extra < 0) {
    complain(c, 0, insn, o);
    return;
  }
  forget_register(c, (unsigned)o.extra);
  if (!is_named(o))
    return;
  uint64_t *held = row_of(c, (uint32_t)o.value - MIR_FIRST_VIRTUAL);
  if (!repeats(insn))
    memset(held, 0, c->row * sizeof *held);
  *held |= UINT64_C(1) << o.extra;
}

static void step(Checker *c, uint32_t block, const MirInsn *insn) {
  const MirOperand *o = mir_operands(c->f, insn);
  for (uint32_t i = 0; i < insn->count; i++)
    if (is_named(o[i]) && insn->op != MIR_SPILL && mir_role(c->f, insn, i) == ISA_ROLE_USE) {
      bool held = o[i].extra >= 0 && *row_of(c, (uint32_t)o[i].value - MIR_FIRST_VIRTUAL) >> o[i].extra & 1;
      if (!held)
        complain(c, block, insn, o[i]);
    }
  if (c->failed)
    return;
  if (insn->op == MIR_COPY) {
    step_copy(c, o);
  } else if (insn->op == MIR_RELOAD || insn->op == MIR_SPILL) {
    step_slot(c, insn, o);
  } else {
    if (insn->op == MIR_CALL || insn->op == MIR_CALLR)
      for (uint32_t v = 0; v < c->count; v++)
        *row_of(c, v) &= ~mir_caller_saved;
    for (uint32_t i = 0; i < insn->count; i++)
      if (mir_role(c->f, insn, i) == ISA_ROLE_DEF)
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
  c.row = 1 + (uint32_t)(f->spill_slots.count + 63) / 64;
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
