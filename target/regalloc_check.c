// Proves an allocation by running the code on names: for each virtual register it follows which physical
// registers, and whether its spill slot, hold its value on every path. A use must find its register holding
// what it names.
#include "target/internal.h"

#include <string.h>

// Where a virtual register's value is.
typedef struct Held {
  uint64_t registers;
  uint32_t slot; // frame slot + 1; 0: none
} Held;

typedef struct Checker {
  Target *target;
  Function *f;
  uint32_t count; // virtual registers
  Held **in;      // by block: state at its start; NULL: not reached yet
  Held *state;
  bool failed;
} Checker;

static void forget_register(Checker *c, unsigned reg) {
  for (uint32_t v = 0; v < c->count; v++)
    c->state[v].registers &= ~(UINT64_C(1) << reg);
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
      c->state[v].registers |= (c->state[v].registers >> from & 1) << to;
  }
  if (is_named(o[0])) {
    Held *held = &c->state[o[0].value - MIR_FIRST_VIRTUAL];
    *held = (Held){UINT64_C(1) << to, 0};
    if (is_named(o[1])) {
      // Both names have one value now, wherever it is kept.
      *held = c->state[o[1].value - MIR_FIRST_VIRTUAL];
      held->registers |= UINT64_C(1) << to;
    }
  }
}

static void step_slot(Checker *c, const MirInsn *insn, const MirOperand *o) {
  unsigned reg = (unsigned)o[0].extra;
  uint32_t slot = (uint32_t)o[1].value + 1;
  if (insn->op == MIR_RELOAD)
    forget_register(c, reg);
  for (uint32_t v = 0; v < c->count; v++) {
    Held *held = &c->state[v];
    if (insn->op == MIR_RELOAD && held->slot == slot)
      held->registers |= UINT64_C(1) << reg;
    else if (insn->op == MIR_SPILL)
      held->slot = held->registers >> reg & 1 ? slot : held->slot == slot ? 0 : held->slot;
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
  Held *held = &c->state[o.value - MIR_FIRST_VIRTUAL];
  if (!repeats(insn))
    *held = (Held){0, 0};
  held->registers |= UINT64_C(1) << o.extra;
}

static void step(Checker *c, uint32_t block, const MirInsn *insn) {
  const MirOperand *o = mir_operands(c->f, insn);
  for (uint32_t i = 0; i < insn->count; i++)
    if (is_named(o[i]) && insn->op != MIR_SPILL && mir_role(c->f, insn, i) == ISA_ROLE_USE) {
      bool held = o[i].extra >= 0 && c->state[o[i].value - MIR_FIRST_VIRTUAL].registers >> o[i].extra & 1;
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
        c->state[v].registers &= ~mir_caller_saved;
    for (uint32_t i = 0; i < insn->count; i++)
      if (mir_role(c->f, insn, i) == ISA_ROLE_DEF)
        step_definition(c, insn, o[i]);
  }
}

// Meets the state at the end of a block into a successor's start. Returns whether that changed.
static bool meet(Checker *c, uint32_t to) {
  if (!c->in[to]) {
    c->in[to] = checked_malloc((c->count + 1) * sizeof(Held));
    memcpy(c->in[to], c->state, c->count * sizeof(Held));
    return true;
  }
  bool changed = false;
  for (uint32_t v = 0; v < c->count; v++) {
    Held *held = &c->in[to][v];
    uint64_t registers = held->registers & c->state[v].registers;
    uint32_t slot = held->slot == c->state[v].slot ? held->slot : 0;
    changed |= registers != held->registers || slot != held->slot;
    *held = (Held){registers, slot};
  }
  return changed;
}

bool check_allocation(Target *target, Function *f) {
  Checker c = {.target = target, .f = f, .count = (uint32_t)f->classes.count};
  size_t blocks = f->mblocks.count;
  c.in = (Held **)checked_malloc((blocks + 1) * sizeof *c.in);
  memset((void *)c.in, 0, (blocks + 1) * sizeof *c.in);
  c.state = checked_malloc((c.count + 1) * sizeof *c.state);
  memset(c.state, 0, (c.count + 1) * sizeof *c.state);
  VEC(uint32_t) work = {0};
  meet(&c, f->layout.data[0]);
  VEC_PUSH(&work, f->layout.data[0]);
  while (work.count && !c.failed) {
    uint32_t block = VEC_POP(&work);
    const MirBlock *b = &f->mblocks.data[block];
    memcpy(c.state, c.in[block], c.count * sizeof *c.state);
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
