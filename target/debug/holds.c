// Which registers and spill slots hold the values that variables are made of, at each instruction of the
// final code. An operand that still has its name proves that its register holds the name's value there; the
// value was there on every way back to the instruction that wrote the register, and is there until another
// one does. So names are followed backwards from their uses and then forwards over all ways.
#include "target/debug/info.h"

#include <string.h>

typedef enum ChangeKind {
  CHANGE_USE,    // the location holds the name, before the instruction
  CHANGE_COPY,   // the location gets what `other` holds
  CHANGE_KILL,   // the location gets something else
  CHANGE_CALL,   // all that calls change does
  CHANGE_VECTOR, // vector registers from the location on do
  CHANGE_HOLD    // the location holds the name behind the instruction, a new value of it
} ChangeKind;

// What an instruction does, in this order.
typedef struct Change {
  uint8_t kind;
  uint32_t location;
  uint32_t other; // name or location
} Change;

typedef struct Changes {
  uint32_t first; // in DebugHolder.changes
  uint32_t count;
  uint32_t held; // the first in DebugHolder.held of what its results are found to be from uses behind
  uint32_t held_count;
} Changes;

struct DebugHolder {
  const Function *f;
  const DebugFunction *d;
  uint32_t *first; // by block: its first instruction's entry in `insns`
  VEC(Changes) insns;
  VEC(Change) changes;
  DebugHolds held;
  DebugHolds *in;        // by block: what holds at its start
  DebugHolds *wanted;    // by block: what uses behind its start prove to hold there
  bool *reached;         // by block: it is in the layout
  bool *entered;         // by block: a way to it was walked
  uint32_t *definitions; // by name
};

// --- sets -------------------------------------------------------------------------------------------------

static bool holds(const DebugHolds *list, uint32_t location, uint32_t name) {
  for (size_t i = 0; i < list->count; i++)
    if (list->data[i].location == location && list->data[i].name == name)
      return true;
  return false;
}

static bool add(DebugHolds *list, uint32_t location, uint32_t name) {
  if (holds(list, location, name))
    return false;
  VEC_PUSH(list, ((DebugHold){location, name}));
  return true;
}

static void forget_locations(DebugHolds *list, uint32_t first, uint32_t end) {
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++)
    if (list->data[i].location < first || list->data[i].location >= end)
      list->data[kept++] = list->data[i];
  list->count = kept;
}

static void forget_name(DebugHolds *list, uint32_t name) {
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++)
    if (list->data[i].name != name)
      list->data[kept++] = list->data[i];
  list->count = kept;
}

static bool changed_by_call(uint32_t location) {
  return location < MIR_FIRST_VR ? mir_caller_saved >> location & 1 : location < DEBUG_FIRST_SLOT;
}

void debug_holds_call(DebugHolds *list) {
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++)
    if (!changed_by_call(list->data[i].location))
      list->data[kept++] = list->data[i];
  list->count = kept;
}

static void copy_location(DebugHolds *list, uint32_t to, uint32_t from) {
  if (to == from)
    return;
  forget_locations(list, to, to + 1);
  size_t count = list->count;
  for (size_t i = 0; i < count; i++)
    if (list->data[i].location == from)
      VEC_PUSH(list, ((DebugHold){to, list->data[i].name}));
}

static void copy_set(DebugHolds *to, const DebugHolds *from) {
  to->count = 0;
  for (size_t i = 0; i < from->count; i++)
    VEC_PUSH(to, from->data[i]);
}

// --- what instructions do ---------------------------------------------------------------------------------

static void change(DebugHolder *h, ChangeKind kind, uint32_t location, uint32_t other) {
  VEC_PUSH(&h->changes, ((Change){(uint8_t)kind, location, other}));
}

// Names are kept as numbers + 1; slots are no names.
static bool is_name(const DebugHolder *h, uint32_t number) {
  if (!number || number & DEBUG_SLOT)
    return false;
  uint32_t phi_block = h->d->names.data[number - 1].phi_block;
  return phi_block == IR_NONE || h->reached[phi_block];
}

// A whole register to another one.
static bool is_copy(const MirInsn *insn, const MirOperand *o) {
  switch (insn->op) {
  case ISA_ADDI:
    return o[2].kind == MIR_IMM && o[2].value == 0 && o[1].value != REG_ZERO;
  case ISA_FSGNJ_D:
  case ISA_FSGNJ_S:
    return o[1].value == o[2].value;
  case ISA_VMV1R_V:
    return true;
  default:
    return false;
  }
}

static bool writes_name(const DebugHolder *h, const MirInsn *insn, uint32_t number) {
  for (uint32_t i = 0; i < insn->count; i++)
    if (debug_operand_name(h->d, insn->operands + i) == number && mir_writes(mir_role(h->f, insn, i)))
      return true;
  return false;
}

static void list_uses(DebugHolder *h, const MirInsn *insn) {
  const MirOperand *o = mir_operands(h->f, insn);
  for (uint32_t i = 0; i < insn->count; i++) {
    uint32_t number = debug_operand_name(h->d, insn->operands + i);
    // What is read by the instruction that makes the value is only part of it.
    if (is_name(h, number) && mir_reads(mir_role(h->f, insn, i)) && !writes_name(h, insn, number))
      change(h, CHANGE_USE, (uint32_t)o[i].value, number - 1);
  }
}

static bool list_copy(DebugHolder *h, const MirInsn *insn) {
  const MirOperand *o = mir_operands(h->f, insn);
  uint32_t slot = insn->count == 3 ? debug_operand_name(h->d, insn->operands + 1) : 0;
  if (slot & DEBUG_SLOT) {
    uint32_t location = DEBUG_FIRST_SLOT + (slot & ~DEBUG_SLOT);
    bool store = is_store_op(insn->op);
    change(h, CHANGE_COPY, store ? location : (uint32_t)o[0].value, store ? (uint32_t)o[0].value : location);
    return true;
  }
  if (insn->op >= ISA_OP_COUNT || !is_copy(insn, o))
    return false;
  change(h, CHANGE_COPY, (uint32_t)o[0].value, (uint32_t)o[1].value);
  return true;
}

static void list_writes(DebugHolder *h, const MirInsn *insn) {
  enum { LARGEST_GROUP = 8 };
  const MirOperand *o = mir_operands(h->f, insn);
  if (insn->op == MIR_CALL || insn->op == MIR_CALLR)
    change(h, CHANGE_CALL, 0, 0);
  if (insn->op == MIR_ASM) {
    const AsmCall *a = h->f->asms.data[o[0].value];
    for (uint32_t r = 0; r < MIR_FIRST_VR; r++)
      if (a->clobbers >> r & 1)
        change(h, CHANGE_KILL, r, 0);
    change(h, CHANGE_VECTOR, MIR_FIRST_VR, MIR_FIRST_ACC);
  }
  for (uint32_t i = 0; i < insn->count; i++) {
    if (!mir_writes(mir_role(h->f, insn, i)))
      continue;
    uint32_t reg = (uint32_t)o[i].value;
    if (reg >= MIR_FIRST_VR && reg < MIR_FIRST_ACC)
      change(h, CHANGE_VECTOR, reg, reg + LARGEST_GROUP);
    else
      change(h, CHANGE_KILL, reg, 0);
  }
}

// Whether a later instruction of the block writes the name again: this is not its value yet.
static bool is_written_again(const DebugHolder *h, const MirBlock *b, uint32_t from, uint32_t number) {
  if (h->definitions[number - 1] < 2)
    return false;
  for (uint32_t i = from; i < b->count; i++)
    if (writes_name(h, &b->insns[i], number))
      return true;
  return false;
}

static void list_insn(DebugHolder *h, const MirBlock *b, uint32_t at) {
  const MirInsn *insn = &b->insns[at];
  const MirOperand *o = mir_operands(h->f, insn);
  Changes list = {.first = (uint32_t)h->changes.count};
  list_uses(h, insn);
  if (!list_copy(h, insn))
    list_writes(h, insn);
  for (uint32_t i = 0; i < insn->count; i++) {
    uint32_t number = debug_operand_name(h->d, insn->operands + i);
    // Phis are written on the ways to their block, before they have the value.
    if (is_name(h, number) && mir_writes(mir_role(h->f, insn, i)) &&
        h->d->names.data[number - 1].phi_block == IR_NONE && !is_written_again(h, b, at + 1, number))
      change(h, CHANGE_HOLD, (uint32_t)o[i].value, number - 1);
  }
  list.count = (uint32_t)h->changes.count - list.first;
  VEC_PUSH(&h->insns, list);
}

static void list_all(DebugHolder *h) {
  const Function *f = h->f;
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    h->reached[f->layout.data[k]] = true;
    for (uint32_t i = 0; i < b->count; i++)
      for (uint32_t x = 0; x < b->insns[i].count; x++) {
        uint32_t number = debug_operand_name(h->d, b->insns[i].operands + x);
        if (number && !(number & DEBUG_SLOT) && mir_writes(mir_role(f, &b->insns[i], x)))
          h->definitions[number - 1]++;
      }
  }
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    h->first[f->layout.data[k]] = (uint32_t)h->insns.count;
    for (uint32_t i = 0; i < b->count; i++)
      list_insn(h, b, i);
  }
}

// --- backwards --------------------------------------------------------------------------------------------

// What is wanted of a location that the instruction writes is what it writes there.
static void note_held(DebugHolder *h, Changes *insn, DebugHolds *list, uint32_t first, uint32_t end) {
  for (size_t i = 0; i < list->count; i++)
    if (list->data[i].location >= first && list->data[i].location < end) {
      VEC_PUSH(&h->held, list->data[i]);
      insn->held_count++;
    }
  forget_locations(list, first, end);
}

static void note_held_by_call(DebugHolder *h, Changes *insn, DebugHolds *list) {
  for (size_t i = 0; i < list->count; i++)
    if (changed_by_call(list->data[i].location)) {
      VEC_PUSH(&h->held, list->data[i]);
      insn->held_count++;
    }
  debug_holds_call(list);
}

static void step_back(DebugHolder *h, Changes *insn, DebugHolds *list) {
  insn->held = (uint32_t)h->held.count;
  insn->held_count = 0;
  for (uint32_t i = insn->count; i-- > 0;) {
    const Change *c = &h->changes.data[insn->first + i];
    switch ((ChangeKind)c->kind) {
    case CHANGE_USE:
      add(list, c->location, c->other);
      break;
    case CHANGE_KILL:
      note_held(h, insn, list, c->location, c->location + 1);
      break;
    case CHANGE_VECTOR:
      note_held(h, insn, list, c->location, c->other < MIR_FIRST_ACC ? c->other : MIR_FIRST_ACC);
      break;
    case CHANGE_CALL:
      note_held_by_call(h, insn, list);
      break;
    case CHANGE_COPY:
      if (c->location == c->other)
        break;
      for (size_t n = list->count; n-- > 0;)
        if (list->data[n].location == c->location)
          add(list, c->other, list->data[n].name);
      forget_locations(list, c->location, c->location + 1);
      break;
    case CHANGE_HOLD:
      break;
    }
  }
}

// A phi has its value from its block's start on, and the next value that it had before is over.
static bool begins_there(const DebugHolder *h, uint32_t name, uint32_t block) {
  return h->d->names.data[name].phi_block == block || h->d->names.data[name].end_block == block;
}

static void walk_back(DebugHolder *h) {
  const Function *f = h->f;
  DebugHolds list = {0};
  for (bool changed = true; changed;) {
    changed = false;
    h->held.count = 0;
    for (size_t k = f->layout.count; k-- > 0;) {
      uint32_t block = f->layout.data[k];
      const MirBlock *b = &f->mblocks.data[block];
      list.count = 0;
      for (uint32_t s = 0; s < b->succ_count; s++) {
        const DebugHolds *behind = &h->wanted[b->succs[s]];
        for (size_t i = 0; i < behind->count; i++)
          if (!begins_there(h, behind->data[i].name, b->succs[s]))
            add(&list, behind->data[i].location, behind->data[i].name);
      }
      for (uint32_t i = b->count; i-- > 0;)
        step_back(h, &h->insns.data[h->first[block] + i], &list);
      for (size_t i = 0; i < list.count; i++)
        changed |= add(&h->wanted[block], list.data[i].location, list.data[i].name);
    }
  }
  VEC_FREE(&list);
}

// --- forwards ---------------------------------------------------------------------------------------------

void debug_holds_step(const DebugHolder *h, uint32_t block, uint32_t insn, DebugHolds *list) {
  const Changes *changes = &h->insns.data[h->first[block] + insn];
  for (uint32_t i = 0; i < changes->count; i++) {
    const Change *c = &h->changes.data[changes->first + i];
    switch ((ChangeKind)c->kind) {
    case CHANGE_USE:
      add(list, c->location, c->other);
      break;
    case CHANGE_KILL:
      forget_locations(list, c->location, c->location + 1);
      break;
    case CHANGE_VECTOR:
      forget_locations(list, c->location, c->other);
      break;
    case CHANGE_CALL:
      debug_holds_call(list);
      break;
    case CHANGE_COPY:
      copy_location(list, c->location, c->other);
      break;
    case CHANGE_HOLD:
      // What a move brings is the same value as before; the result of anything else is a new one.
      if (!holds(list, c->location, c->other))
        forget_name(list, c->other);
      add(list, c->location, c->other);
      break;
    }
  }
  for (uint32_t i = 0; i < changes->held_count; i++) {
    const DebugHold *held = &h->held.data[changes->held + i];
    if (!holds(list, held->location, held->name))
      forget_name(list, held->name);
    add(list, held->location, held->name);
  }
}

void debug_holds_enter(const DebugHolder *h, uint32_t block, DebugHolds *list) {
  copy_set(list, &h->in[block]);
}

// Joins what holds at the end of a block into a successor's start. Returns whether that changed.
static bool meet(DebugHolder *h, uint32_t to, const DebugHolds *list) {
  DebugHolds *in = &h->in[to];
  const DebugHolds *wanted = &h->wanted[to];
  bool changed = !h->entered[to];
  if (changed) {
    for (size_t i = 0; i < list->count; i++)
      if (!begins_there(h, list->data[i].name, to))
        VEC_PUSH(in, list->data[i]);
  } else {
    size_t kept = 0;
    for (size_t i = 0; i < in->count; i++)
      if (holds(list, in->data[i].location, in->data[i].name) ||
          holds(wanted, in->data[i].location, in->data[i].name))
        in->data[kept++] = in->data[i];
    changed = kept != in->count;
    in->count = kept;
  }
  for (size_t i = 0; i < wanted->count; i++)
    add(in, wanted->data[i].location, wanted->data[i].name);
  h->entered[to] = true;
  return changed;
}

// Arguments are where the caller put them.
static void enter_function(DebugHolder *h) {
  DebugHolds list = {0};
  for (size_t i = 0; i < h->d->names.count; i++)
    if (h->d->names.data[i].entry)
      add(&list, h->d->names.data[i].entry, (uint32_t)i);
  meet(h, h->f->layout.data[0], &list);
  VEC_FREE(&list);
}

static void walk_forward(DebugHolder *h) {
  const Function *f = h->f;
  DebugHolds list = {0};
  enter_function(h);
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t k = 0; k < f->layout.count; k++) {
      uint32_t block = f->layout.data[k];
      const MirBlock *b = &f->mblocks.data[block];
      if (!h->entered[block])
        continue;
      copy_set(&list, &h->in[block]);
      for (uint32_t i = 0; i < b->count; i++)
        debug_holds_step(h, block, i, &list);
      for (uint32_t s = 0; s < b->succ_count; s++)
        changed |= meet(h, b->succs[s], &list);
    }
  }
  VEC_FREE(&list);
}

DebugHolder *debug_holder_new(const Function *f) {
  DebugHolder *h = checked_malloc(sizeof *h);
  size_t blocks = f->mblocks.count + 1;
  *h = (DebugHolder){.f = f, .d = f->debug};
  h->first = checked_malloc(blocks * sizeof *h->first);
  h->in = checked_malloc(blocks * sizeof *h->in);
  h->wanted = checked_malloc(blocks * sizeof *h->wanted);
  h->reached = checked_malloc(blocks);
  h->entered = checked_malloc(blocks);
  h->definitions = checked_malloc((h->d->names.count + 1) * sizeof *h->definitions);
  memset(h->in, 0, blocks * sizeof *h->in);
  memset(h->wanted, 0, blocks * sizeof *h->wanted);
  memset(h->reached, 0, blocks);
  memset(h->entered, 0, blocks);
  memset(h->definitions, 0, (h->d->names.count + 1) * sizeof *h->definitions);
  list_all(h);
  walk_back(h);
  walk_forward(h);
  return h;
}

void debug_holder_free(DebugHolder *h) {
  for (size_t b = 0; b < h->f->mblocks.count; b++) {
    VEC_FREE(&h->in[b]);
    VEC_FREE(&h->wanted[b]);
  }
  VEC_FREE(&h->insns);
  VEC_FREE(&h->changes);
  VEC_FREE(&h->held);
  free(h->first);
  free(h->in);
  free(h->wanted);
  free(h->reached);
  free(h->entered);
  free(h->definitions);
  free(h);
}
