// The allocator of -O0: one pass over the blocks, each from its end to its start. A register holds a value
// between its definition and its uses in a block and in those that come from it alone; what other blocks read
// is stored where it is made and loaded again where it is used, so that no liveness across blocks is needed.
// What has to leave its register above an instruction is reloaded behind it and stored behind its definition,
// or made again if it is a constant. Requires: the machine form on virtual registers, all of them scalar.
#include "target/registers/regalloc.h"

#include <string.h>

// A virtual register.
typedef struct Value {
  uint32_t block; // the first block of the layout that names it, + 1
  uint32_t first; // the number of the instruction there that does
  uint32_t slot;  // frame slot + 1; 0: none yet
  int16_t reg;    // at this point of the walk; -1: none
  int16_t source; // the physical register that it is copied from; -1: none
  bool crosses;   // other blocks name it too
  bool repeats;   // a constant of one definition, in one block
} Value;

// A value that blocks expect in a register at the end of the only block they come from.
typedef struct Handed {
  uint32_t name;
  uint32_t reg;
  const struct Handed *next;
} Handed;

// How a block meets its neighbours.
typedef struct Joint {
  const Handed *handed; // what its successors expect of it
  uint32_t count;       // of these
  uint32_t preds;
  uint32_t place;  // in the layout, + 1
  uint32_t before; // its only predecessor, + 1; 0: it has several, or that one comes behind it
} Joint;

typedef struct Walk {
  Function *f;
  uint64_t allocatable;
  uint64_t fixed; // registers that hold something of their own: arguments, results
  uint64_t taken; // registers that hold values
  uint64_t used;  // registers that were given to values
  Value *values;
  Joint *joints;                // by block
  uint32_t owner[MIR_FIRST_VR]; // by register: the value in it, where `taken` says so
  const MirInsn *insns;         // of the block, as selected
  VEC(MirInsn) reversed;        // its new code, last instruction first
  VEC(uint32_t) free_slots;     // of values whose definition has been passed
} Walk;

// What one instruction does to registers.
typedef struct Access {
  uint64_t fixed_defs;
  uint64_t fixed_uses;
  uint32_t defs[2]; // operands
  uint32_t uses[ISA_MAX_OPERANDS];
  uint32_t def_count;
  uint32_t use_count;
} Access;

static uint64_t bit(unsigned reg) {
  return UINT64_C(1) << reg;
}

static uint32_t name_of(const Walk *w, uint32_t operand) {
  return (uint32_t)w->f->operands.data[operand].value - MIR_FIRST_VIRTUAL;
}

// --- what is known before the walk
// --------------------------------------------------------------------------------------------------

static bool repeatable(unsigned op) {
  return op == MIR_LI || op == MIR_LA || op == MIR_LSLOT || op == MIR_UNDEF;
}

// Which values more than one block names, and which constants have one definition.
static void find_values(Walk *w) {
  Function *f = w->f;
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k] + 1;
    const MirBlock *b = &f->mblocks.data[block - 1];
    for (uint32_t i = 0; i < b->count; i++) {
      const MirInsn *insn = &b->insns[i];
      const MirOperand *o = mir_operands(f, insn);
      for (uint32_t x = 0; x < insn->count; x++) {
        if (o[x].kind != MIR_REG || o[x].value < MIR_FIRST_VIRTUAL)
          continue;
        Value *value = &w->values[o[x].value - MIR_FIRST_VIRTUAL];
        if (!value->block) {
          value->block = block;
          value->first = i;
          value->repeats = repeatable(insn->op);
          value->source = insn->op == MIR_COPY && o[1].value < MIR_FIRST_VIRTUAL ? (int16_t)o[1].value : -1;
        } else if (value->block != block) {
          value->crosses = true;
          value->repeats = false;
        } else if (value->repeats && mir_writes(mir_role(f, insn, x))) {
          value->repeats = false;
        }
      }
    }
  }
}

// --- registers and slots
// --------------------------------------------------------------------------------------------------

static uint32_t slot_of(Walk *w, Value *value) {
  if (value->slot)
    return value->slot - 1;
  if (w->free_slots.count && !value->crosses) {
    value->slot = VEC_POP(&w->free_slots) + 1;
    return value->slot - 1;
  }
  FrameSlot slot = {.size = 8, .alignment = 8};
  VEC_PUSH(&w->f->slots, slot);
  value->slot = (uint32_t)w->f->slots.count;
  VEC_PUSH(&w->f->spill_slots, value->slot - 1);
  return value->slot - 1;
}

static MirOperand located(uint32_t name, unsigned reg) {
  MirOperand operand = mir_reg(MIR_FIRST_VIRTUAL + name);
  operand.extra = (int16_t)reg;
  return operand;
}

static void push_access(Walk *w, unsigned op, uint32_t name, unsigned reg) {
  MirOperand operands[2] = {located(name, reg), mir_slot(slot_of(w, &w->values[name]), 0)};
  VEC_PUSH(&w->reversed, mir_make(w->f, op, 2, operands));
}

// Takes the register from its value: above this point the value is elsewhere.
static void evict(Walk *w, unsigned reg) {
  uint32_t name = w->owner[reg];
  Value *value = &w->values[name];
  value->reg = -1;
  w->taken &= ~bit(reg);
  if (!value->repeats) {
    push_access(w, MIR_RELOAD, name, reg);
    return;
  }
  const MirInsn *definition = &w->insns[value->first];
  MirOperand operands[2] = {located(name, reg), {0}};
  if (definition->count > 1)
    operands[1] = mir_operands(w->f, definition)[1];
  VEC_PUSH(&w->reversed, mir_make(w->f, definition->op, definition->count, operands));
}

static void evict_all(Walk *w, uint64_t registers) {
  for (uint64_t left = registers & w->taken; left; left &= left - 1)
    evict(w, (unsigned)__builtin_ctzll(left));
}

// The register whose value costs least to take away.
static unsigned find_victim(const Walk *w, uint64_t candidates) {
  unsigned best = (unsigned)__builtin_ctzll(candidates);
  int best_cost = 3;
  for (uint64_t left = candidates; left; left &= left - 1) {
    unsigned reg = (unsigned)__builtin_ctzll(left);
    const Value *value = &w->values[w->owner[reg]];
    int cost = value->repeats ? 0 : value->crosses || value->slot ? 1 : 2;
    if (cost < best_cost) {
      best = reg;
      best_cost = cost;
    }
  }
  return best;
}

// A register for a value that has none, not one of `banned`: where it comes from or `hint` if that is free,
// else one that short instructions can name, one that calls may change, any other.
static unsigned pick(Walk *w, uint32_t name, int hint, uint64_t banned) {
  enum { A0_TO_A5 = 0x3f << REG_A0 };
  bool floating = w->f->classes.data[name] != 0;
  uint64_t file = floating ? ~UINT64_C(0) << MIR_FIRST_FPR : ~(~UINT64_C(0) << MIR_FIRST_FPR);
  uint64_t in_file = w->allocatable & file & ~w->fixed & ~banned, candidates = in_file & ~w->taken;
  // Arguments can mostly stay where they are; the results of calls are in the way of the next one's
  // arguments.
  const Value *value = &w->values[name];
  bool argument = value->block == w->f->layout.data[0] + 1;
  int first = argument ? value->source : hint, second = argument ? hint : value->source;
  unsigned reg = 0;
  if (!candidates) {
    reg = find_victim(w, in_file);
    evict(w, reg);
  } else if (first >= 0 && candidates & bit((unsigned)first)) {
    reg = (unsigned)first;
  } else if (second >= 0 && candidates & bit((unsigned)second)) {
    reg = (unsigned)second;
  } else {
    uint64_t near = candidates & ((uint64_t)A0_TO_A5 << (floating ? MIR_FIRST_FPR : 0));
    uint64_t changed = candidates & mir_caller_saved;
    uint64_t best = near ? near : changed ? changed : candidates;
    reg = 63 - (unsigned)__builtin_clzll(best);
  }
  w->used |= bit(reg);
  return reg;
}

// --- the walk
// --------------------------------------------------------------------------------------------------

static void find_access(Walk *w, const MirInsn *insn, Access *a) {
  a->fixed_defs = a->fixed_uses = 0;
  a->def_count = a->use_count = 0;
  MirOperand *o = mir_operands(w->f, insn);
  for (uint32_t i = 0; i < insn->count; i++) {
    if (o[i].kind != MIR_REG)
      continue;
    bool writes = mir_writes(mir_role(w->f, insn, i));
    if (o[i].value < MIR_FIRST_VIRTUAL) {
      o[i].extra = (int16_t)o[i].value;
      if (o[i].value >= MIR_FIRST_VR) // arguments and results that are anything
        continue;
      *(writes ? &a->fixed_defs : &a->fixed_uses) |= bit((unsigned)o[i].value);
    } else if (writes) {
      a->defs[a->def_count++] = insn->operands + i;
    } else {
      a->uses[a->use_count++] = insn->operands + i;
    }
  }
  if (insn->op == MIR_CALL || insn->op == MIR_CALLR)
    a->fixed_defs |= mir_caller_saved;
  a->fixed_defs &= w->allocatable;
  a->fixed_uses &= w->allocatable;
}

// The other side of a move.
static int hint_of(const MirInsn *insn, uint64_t fixed) {
  return insn->op == MIR_COPY && fixed ? __builtin_ctzll(fixed) : -1;
}

// Gives registers to the results. False: the instruction makes a constant that was made again wherever it is
// used.
static bool pass_defs(Walk *w, uint32_t block, uint32_t number, const Access *a) {
  const MirInsn *insn = &w->insns[number];
  uint64_t here = 0;
  for (uint32_t d = 0; d < a->def_count; d++) {
    uint32_t name = name_of(w, a->defs[d]);
    Value *value = &w->values[name];
    if (value->reg < 0 && value->repeats)
      return false;
    unsigned reg = value->reg >= 0 ? (unsigned)value->reg
                                   : pick(w, name, hint_of(insn, a->fixed_uses), a->fixed_defs | here);
    here |= bit(reg);
    w->f->operands.data[a->defs[d]].extra = (int16_t)reg;
    w->taken &= ~bit(reg);
    value->reg = -1;
    // Where no block loads the value, none needs it in memory.
    bool first = value->block == block + 1 && value->first == number;
    if (!value->slot && (first || !value->crosses))
      continue;
    push_access(w, MIR_SPILL, name, reg);
    if (value->crosses)
      continue;
    VEC_PUSH(&w->free_slots, value->slot - 1);
    value->slot = 0;
  }
  return true;
}

static void pass_uses(Walk *w, const MirInsn *insn, const Access *a) {
  Function *f = w->f;
  uint64_t here = 0;
  for (uint32_t u = 0; u < a->use_count; u++) {
    int16_t reg = w->values[name_of(w, a->uses[u])].reg;
    here |= reg >= 0 ? bit((unsigned)reg) : 0;
  }
  int hint = a->def_count ? f->operands.data[a->defs[0]].extra : hint_of(insn, a->fixed_defs);
  for (uint32_t u = 0; u < a->use_count; u++) {
    uint32_t name = name_of(w, a->uses[u]);
    Value *value = &w->values[name];
    if (value->reg < 0) {
      unsigned reg = pick(w, name, hint, here);
      value->reg = (int16_t)reg;
      w->owner[reg] = name;
      w->taken |= bit(reg);
      here |= bit(reg);
    }
    f->operands.data[a->uses[u]].extra = value->reg;
  }
}

// Whether the value in `reg` can be left to the predecessor. What its other successors expect must not stand
// against that, and its branch must find registers of its own.
static bool hand_over(Walk *w, Joint *from, unsigned reg) {
  enum { MOST = 16 };
  uint32_t name = w->owner[reg];
  for (const Handed *other = from->handed; other; other = other->next)
    if (other->reg == reg || other->name == name)
      return other->reg == reg && other->name == name;
  if (from->count == MOST)
    return false;
  Handed *handed = ARENA_NEW(&w->f->arena, Handed);
  *handed = (Handed){name, reg, from->handed};
  from->handed = handed;
  from->count++;
  return true;
}

// At a block's start: what is in registers comes from the only block before it, or is loaded.
static void leave_block(Walk *w, uint32_t block) {
  uint32_t before = w->joints[block].before;
  for (uint64_t left = w->taken; left; left &= left - 1) {
    unsigned reg = (unsigned)__builtin_ctzll(left);
    if (before && hand_over(w, &w->joints[before - 1], reg)) {
      w->values[w->owner[reg]].reg = -1;
      w->taken &= ~bit(reg);
    } else {
      evict(w, reg);
    }
  }
}

static void enter_block(Walk *w, uint32_t block) {
  for (const Handed *handed = w->joints[block].handed; handed; handed = handed->next) {
    w->values[handed->name].reg = (int16_t)handed->reg;
    w->owner[handed->reg] = handed->name;
    w->taken |= bit(handed->reg);
  }
}

// Blocks are walked from the last to the first, so a block must come behind the one that it gets registers
// from.
static void find_joints(Walk *w) {
  const Function *f = w->f;
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    const MirBlock *b = &f->mblocks.data[block];
    for (uint32_t s = 0; s < b->succ_count; s++)
      w->joints[b->succs[s]].preds++;
    w->joints[block].place = (uint32_t)k + 1;
  }
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t s = 0; s < b->succ_count; s++) {
      Joint *to = &w->joints[b->succs[s]];
      if (to->preds == 1 && to->place > k + 1)
        to->before = f->layout.data[k] + 1;
    }
  }
}

static void walk_block(Walk *w, uint32_t block) {
  MirBlock *b = &w->f->mblocks.data[block];
  w->insns = b->insns;
  w->reversed.count = 0;
  w->fixed = w->taken = 0;
  enter_block(w, block);
  for (uint32_t i = b->count; i-- > 0;) {
    const MirInsn *insn = &b->insns[i];
    Access a;
    find_access(w, insn, &a);
    evict_all(w, a.fixed_defs);
    w->fixed &= ~a.fixed_defs;
    if (!pass_defs(w, block, i, &a))
      continue;
    evict_all(w, a.fixed_uses);
    w->fixed |= a.fixed_uses;
    pass_uses(w, insn, &a);
    VEC_PUSH(&w->reversed, *insn);
  }
  leave_block(w, block);
  uint32_t count = (uint32_t)w->reversed.count;
  if (count > b->capacity) {
    b->insns = ARENA_ARRAY(&w->f->arena, MirInsn, count);
    b->capacity = count;
  }
  for (uint32_t i = 0; i < count; i++)
    b->insns[i] = w->reversed.data[count - 1 - i];
  b->count = count;
}

bool is_scalar_code(const Function *f) {
  for (size_t v = 0; v < f->classes.count; v++)
    if (f->classes.data[v] >= IR_FIRST_VECTOR)
      return false;
  return true;
}

void allocate_locally(Function *f, uint64_t allocatable) {
  size_t count = f->classes.count, blocks = f->mblocks.count;
  Walk w = {.f = f,
            .allocatable = allocatable,
            .values = checked_malloc((count + 1) * sizeof *w.values),
            .joints = checked_malloc((blocks + 1) * sizeof *w.joints)};
  memset(w.joints, 0, (blocks + 1) * sizeof *w.joints);
  memset(w.values, 0, (count + 1) * sizeof *w.values);
  for (size_t v = 0; v < count; v++)
    w.values[v].reg = -1;
  find_values(&w);
  find_joints(&w);
  for (size_t k = f->layout.count; k-- > 0;)
    walk_block(&w, f->layout.data[k]);
  f->used_registers |= w.used;
  free(w.values);
  free(w.joints);
  VEC_FREE(&w.reversed);
  VEC_FREE(&w.free_slots);
}
