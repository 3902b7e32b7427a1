// Local arrays whose elements are all known become values, with phis where ways meet. Requires: SSA form
// before legalization. Provides: the same.
#include "target/passes/unroll.h"

#include <string.h>

enum { MOST_ELEMENTS = 64, MOST_STATES = 1 << 18, BYTE = 8 };

// A part of an array that is always accessed as a whole.
typedef struct Element {
  uint32_t slot;
  int64_t offset;
  IrType type;
} Element;

typedef struct Promotion {
  Unroll *u;
  Arena arena;
  Bitset fit;       // by slot
  bool changed;     // it has, in this round
  uint32_t *slots;  // by value: the slot whose address it is, counted from `offsets`, + 1
  int64_t *offsets; // by value
  uint32_t value_count;
  VEC(Element) elements;
  IrValue *states;   // by block and element: the value at the block's end
  VEC(IrValue) phis; // made here, block by block
  VEC(uint32_t) phi_elements;
} Promotion;

static uint32_t bytes_of(IrType type) {
  return ir_type_bits(type) / BYTE;
}

// --- which ------------------------------------------------------------------------------------------------

static void note_address(Promotion *p, IrValue v) {
  const Function *f = p->u->f;
  const IrInsn *insn = ir_insn(f, v);
  const IrValue *x = ir_operands_const(f, insn);
  if (insn->op == IR_FRAME) {
    p->slots[v] = (uint32_t)insn->imm + 1;
  } else if (insn->op == IR_ADD && insn->type == IR_I64) {
    IrValue left = unroll_value(p->u, x[0]), right = unroll_value(p->u, x[1]);
    if (p->slots[left] && ir_is_const(f, right)) {
      p->slots[v] = p->slots[left];
      p->offsets[v] = p->offsets[left] + ir_insn(f, right)->imm;
    }
  }
}

static bool is_plain_access(const IrInsn *insn, IrType type) {
  return !(insn->flags & IR_VOLATILE) && type >= IR_I8 && type < IR_FIRST_VECTOR &&
         insn->aux == ir_type_bits(type) && (type & (type - 1) ? ir_is_float(type) : true);
}

// Half and bfloat numbers are no bits of each other.
static bool converts(IrType a, IrType b) {
  return a == b || (ir_type_bits(a) == ir_type_bits(b) && ir_is_float(a) != ir_is_float(b));
}

static void note_access(Promotion *p, const IrInsn *insn, IrValue address, IrType type) {
  uint32_t slot = p->slots[address] - 1;
  Element new = {slot, p->offsets[address], type};
  bool fits = is_plain_access(insn, type) && new.offset >= 0 &&
              (uint64_t)new.offset + bytes_of(type) <= p->u->f->slots.data[slot].size;
  for (size_t i = 0; i < p->elements.count && fits; i++) {
    Element *e = &p->elements.data[i];
    if (e->slot != slot || e->offset >= new.offset + bytes_of(type) ||
        new.offset >= e->offset + bytes_of(e->type))
      continue;
    fits = e->offset == new.offset && converts(e->type, type);
    if (fits && ir_is_float(type)) // floating zeros may be stored as integers
      e->type = type;
    if (fits)
      return;
  }
  if (fits && p->elements.count < MOST_ELEMENTS)
    VEC_PUSH(&p->elements, new);
  else
    bitset_remove(&p->fit, slot);
}

// The function of the C library that a call for a known number of bytes is of; NULL: it is another call.
static const char *memory_function(const Promotion *p, IrValue v) {
  const Function *f = p->u->f;
  const IrInsn *call = ir_insn(f, v);
  if (call->op != IR_CALL || !(call->flags & IR_LIBRARY) || call->type != IR_VOID || call->operand_count != 4)
    return NULL;
  const IrValue *x = ir_operands_const(f, call);
  const IrInsn *callee = ir_insn(f, x[0]), *size = ir_insn(f, x[3]);
  bool known = callee->op == IR_SYMBOL && size->op == IR_CONST && size->imm >= 0;
  return known ? p->u->target->symbols.data[ir_symbol_of(callee)].name : NULL;
}

// A memset to zero.
static bool clears(const Promotion *p, IrValue v) {
  const char *name = memory_function(p, v);
  const IrInsn *byte = name ? ir_insn(p->u->f, ir_operand(p->u->f, v, 2)) : NULL;
  return name && strcmp(name, "memset") == 0 && byte->op == IR_CONST && byte->imm == 0;
}

// An operand of a call, if it was there before.
static IrValue known_operand(const Promotion *p, IrValue v, uint32_t o) {
  IrValue x = unroll_value(p->u, ir_operand(p->u->f, v, o));
  return x < p->value_count ? x : IR_NONE;
}

// A copy from one of the arrays to one.
static bool copies(const Promotion *p, IrValue v) {
  const char *name = memory_function(p, v);
  if (!name || (strcmp(name, "memcpy") != 0 && strcmp(name, "memmove") != 0))
    return false;
  IrValue to = known_operand(p, v, 1), from = known_operand(p, v, 2);
  return to != IR_NONE && from != IR_NONE && p->slots[to] && p->slots[from];
}

static void note_uses(Promotion *p, IrValue v) {
  const Function *f = p->u->f;
  const IrInsn *insn = ir_insn(f, v);
  const IrValue *x = ir_operands_const(f, insn);
  for (uint32_t o = 0; o < insn->operand_count; o++) {
    IrValue operand = unroll_value(p->u, x[o]);
    uint32_t slot = p->slots[operand];
    if (!slot || (insn->op == IR_ADD && p->slots[v] && o == 0))
      continue;
    if (insn->op == IR_LOAD)
      note_access(p, insn, operand, insn->type);
    else if (insn->op == IR_STORE && o == 1)
      note_access(p, insn, operand, ir_type(f, unroll_value(p->u, x[0])));
    else if (!(o == 1 && clears(p, v)) && !((o == 1 || o == 2) && copies(p, v)))
      bitset_remove(&p->fit, slot - 1);
  }
}

// What a call clears must be whole elements.
static void check_clearing(Promotion *p, IrValue v) {
  IrValue address = unroll_value(p->u, ir_operand(p->u->f, v, 1));
  int64_t from = p->offsets[address], to = from + ir_insn(p->u->f, ir_operand(p->u->f, v, 3))->imm;
  for (size_t i = 0; i < p->elements.count; i++) {
    const Element *e = &p->elements.data[i];
    int64_t end = e->offset + bytes_of(e->type);
    if (e->slot + 1 == p->slots[address] && e->offset < to && end > from && (e->offset < from || end > to))
      bitset_remove(&p->fit, e->slot);
  }
}

static uint32_t find_element(const Promotion *p, uint32_t slot, int64_t offset) {
  uint32_t i = 0;
  while (i < p->elements.count && (p->elements.data[i].slot != slot || p->elements.data[i].offset != offset))
    i++;
  return i;
}

// What is copied must be whole elements of both arrays, which are promoted together or not at all.
static void check_copy(Promotion *p, IrValue v) {
  IrValue to = known_operand(p, v, 1), from = known_operand(p, v, 2);
  uint32_t target = p->slots[to] - 1, source = p->slots[from] - 1;
  int64_t size = ir_insn(p->u->f, ir_operand(p->u->f, v, 3))->imm, done = 0;
  bool fits = bitset_has(&p->fit, target) && bitset_has(&p->fit, source);
  while (done < size && fits) {
    uint32_t x = find_element(p, target, p->offsets[to] + done),
             y = find_element(p, source, p->offsets[from] + done);
    fits = x < p->elements.count && y < p->elements.count &&
           p->elements.data[x].type == p->elements.data[y].type;
    done += fits ? bytes_of(p->elements.data[x].type) : 0;
  }
  if (fits && done == size)
    return;
  p->changed = p->changed || bitset_has(&p->fit, target) || bitset_has(&p->fit, source);
  bitset_remove(&p->fit, target);
  bitset_remove(&p->fit, source);
}

// Until nothing changes: an array that does not fit keeps those from it that are copied to it or from it.
static void check_calls(Promotion *p) {
  const Function *f = p->u->f;
  do {
    p->changed = false;
    for (uint32_t i = 0; i < f->rpo_count; i++)
      for (uint32_t k = 0; k < f->blocks.data[f->rpo[i]].count; k++) {
        IrValue v = f->blocks.data[f->rpo[i]].insns[k];
        if (clears(p, v) && p->slots[known_operand(p, v, 1)])
          check_clearing(p, v);
        else if (copies(p, v))
          check_copy(p, v);
      }
  } while (p->changed);
}

static bool find_elements(Promotion *p, const Bitset *wanted) {
  Function *f = p->u->f;
  p->fit = bitset_new(&p->arena, f->slots.count);
  for (size_t s = 0; s < f->slots.count; s++)
    if (!f->slots.data[s].incoming && (!wanted || bitset_has(wanted, s)))
      bitset_add(&p->fit, s);
  p->slots = ARENA_ARRAY(&p->arena, uint32_t, p->value_count);
  p->offsets = ARENA_ARRAY(&p->arena, int64_t, p->value_count);
  for (IrValue v = 0; v < p->value_count; v++)
    if (ir_insn(f, v)->op == IR_FRAME)
      note_address(p, v);
  // A sum stands behind what it adds to.
  for (uint32_t i = 0; i < f->rpo_count; i++)
    for (uint32_t k = 0; k < f->blocks.data[f->rpo[i]].count; k++)
      note_address(p, f->blocks.data[f->rpo[i]].insns[k]);
  for (uint32_t i = 0; i < f->rpo_count; i++)
    for (uint32_t k = 0; k < f->blocks.data[f->rpo[i]].count; k++)
      note_uses(p, f->blocks.data[f->rpo[i]].insns[k]);
  check_calls(p);
  size_t kept = 0;
  for (size_t i = 0; i < p->elements.count; i++)
    if (bitset_has(&p->fit, p->elements.data[i].slot))
      p->elements.data[kept++] = p->elements.data[i];
  p->elements.count = kept;
  return kept && kept * f->blocks.count <= MOST_STATES;
}

// --- values instead ---------------------------------------------------------------------------------------

static IrValue converted(Builder *b, IrValue x, IrType type) {
  const IrInsn *insn = ir_insn(b->f, x);
  if (insn->op == IR_BITCAST && ir_type(b->f, insn->operands[0]) == type)
    return insn->operands[0];
  return ir_type(b->f, x) == type ? x : build1(b, IR_BITCAST, type, x);
}

static void clear_elements(const Promotion *p, Builder *b, IrValue v, IrValue *state) {
  IrValue address = known_operand(p, v, 1);
  int64_t from = p->offsets[address], to = from + ir_insn(b->f, ir_operand(b->f, v, 3))->imm;
  for (size_t i = 0; i < p->elements.count; i++) {
    const Element *e = &p->elements.data[i];
    if (e->slot + 1 == p->slots[address] && e->offset >= from && e->offset < to)
      state[i] = build_const(b, e->type, 0);
  }
}

// All are read before one is written.
static void copy_elements(const Promotion *p, const Function *f, IrValue v, IrValue *state) {
  IrValue old[MOST_ELEMENTS], to = known_operand(p, v, 1), from = known_operand(p, v, 2);
  memcpy(old, state, p->elements.count * sizeof *old);
  int64_t size = ir_insn(f, ir_operand(f, v, 3))->imm;
  for (int64_t done = 0; done < size;) {
    uint32_t element = find_element(p, p->slots[to] - 1, p->offsets[to] + done);
    state[element] = old[find_element(p, p->slots[from] - 1, p->offsets[from] + done)];
    done += bytes_of(p->elements.data[element].type);
  }
}

static void replace_access(Promotion *p, Builder *b, IrValue v, IrValue address, IrValue *state) {
  const IrInsn insn = *ir_insn(b->f, v);
  uint32_t element = find_element(p, p->slots[address] - 1, p->offsets[address]);
  if (insn.op == IR_STORE)
    state[element] = converted(b, unroll_value(p->u, ir_operand(b->f, v, 0)), p->elements.data[element].type);
  else
    unroll_replace(p->u, v, converted(b, state[element], insn.type));
}

// Loads, stores and calls become values of the state; the rest of the block stays.
static void replace_accesses(Promotion *p, uint32_t block, IrValue *state) {
  Function *f = p->u->f;
  uint32_t count = f->blocks.data[block].count;
  IrValue *old = ARENA_ARRAY(&p->arena, IrValue, count);
  memcpy(old, f->blocks.data[block].insns, count * sizeof *old);
  f->blocks.data[block].count = 0;
  Builder b = {f, block};
  for (uint32_t k = 0; k < count; k++) {
    IrOp op = (IrOp)ir_insn(f, old[k])->op;
    bool clear = clears(p, old[k]), copy = copies(p, old[k]), second = clear || copy || op == IR_STORE;
    IrValue address = second || op == IR_LOAD ? known_operand(p, old[k], second) : IR_NONE;
    if (address == IR_NONE || !p->slots[address] || !bitset_has(&p->fit, p->slots[address] - 1)) {
      ir_append(f, block, old[k]);
      continue;
    }
    f->place = ir_place_number(f, old[k]);
    if (clear)
      clear_elements(p, &b, old[k], state);
    else if (copy)
      copy_elements(p, f, old[k], state);
    else
      replace_access(p, &b, old[k], address, state);
    ir_insn(f, old[k])->block = IR_NONE;
    f->place = 0;
  }
}

static void start_block(Promotion *p, uint32_t block, IrValue *state) {
  Function *f = p->u->f;
  const IrBlock *b = &f->blocks.data[block];
  size_t count = p->elements.count;
  uint32_t ways = 0, way = 0;
  for (uint32_t i = 0; i < b->pred_count; i++)
    if (f->blocks.data[b->preds[i]].rpo != IR_NONE) {
      ways++;
      way = b->preds[i];
    }
  if (ways == 1 && b->pred_count == 1 && block != f->rpo[0]) {
    memcpy(state, &p->states[way * count], count * sizeof *state);
    return;
  }
  for (uint32_t e = 0; e < count; e++) {
    IrType type = p->elements.data[e].type;
    IrValue none = build_const(&(Builder){f, block}, type, 0);
    if (block == f->rpo[0]) {
      state[e] = none; // what nothing was stored to is anything
      continue;
    }
    IrValue *operands = ARENA_ARRAY(&p->arena, IrValue, b->pred_count);
    for (uint32_t i = 0; i < b->pred_count; i++)
      operands[i] = none;
    state[e] = ir_add(f, IR_PHI, type, b->pred_count, operands);
    ir_insn(f, state[e])->block = block;
    VEC_PUSH(&p->phis, state[e]);
    VEC_PUSH(&p->phi_elements, e);
  }
}

static void fill_phis(Promotion *p) {
  Function *f = p->u->f;
  for (size_t i = 0; i < p->phis.count; i++) {
    const IrBlock *b = &f->blocks.data[ir_insn(f, p->phis.data[i])->block];
    IrValue *x = ir_operands(f, ir_insn(f, p->phis.data[i]));
    for (uint32_t k = 0; k < b->pred_count; k++)
      if (f->blocks.data[b->preds[k]].rpo != IR_NONE)
        x[k] = p->states[b->preds[k] * p->elements.count + p->phi_elements.data[i]];
  }
}

// Phis that have one value but for themselves are that value.
static void drop_trivial(Promotion *p) {
  Function *f = p->u->f;
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 0; i < p->phis.count; i++) {
      IrValue phi = p->phis.data[i], only = IR_NONE;
      if (unroll_value(p->u, phi) != phi)
        continue;
      const IrInsn *insn = ir_insn(f, phi);
      bool trivial = true;
      for (uint32_t o = 0; o < insn->operand_count && trivial; o++) {
        IrValue x = unroll_value(p->u, ir_operands_const(f, insn)[o]);
        trivial = x == phi || only == IR_NONE || x == only;
        only = x == phi ? only : x;
      }
      if (trivial && only != IR_NONE) {
        unroll_replace(p->u, phi, only);
        changed = true;
      }
    }
  }
}

// Phis that others than such phis read.
static Bitset find_read(Promotion *p) {
  Function *f = p->u->f;
  Bitset read = bitset_new(&p->arena, f->insns.count), ours = bitset_new(&p->arena, f->insns.count);
  VEC(IrValue) work = {0};
  for (size_t i = 0; i < p->phis.count; i++)
    bitset_add(&ours, p->phis.data[i]);
  for (uint32_t i = 0; i < f->rpo_count; i++)
    for (uint32_t k = 0; k < f->blocks.data[f->rpo[i]].count; k++)
      VEC_PUSH(&work, f->blocks.data[f->rpo[i]].insns[k]);
  while (work.count) {
    IrValue v = VEC_POP(&work);
    for (uint32_t o = 0; o < ir_insn(f, v)->operand_count; o++) {
      IrValue x = unroll_value(p->u, ir_operand(f, v, o));
      if (!bitset_has(&ours, x) || bitset_has(&read, x))
        continue;
      bitset_add(&read, x);
      VEC_PUSH(&work, x);
    }
  }
  VEC_FREE(&work);
  return read;
}

static void place_phis(Promotion *p) {
  Function *f = p->u->f;
  Bitset read = find_read(p);
  size_t at = 0;
  while (at < p->phis.count) {
    uint32_t block = ir_insn(f, p->phis.data[at])->block;
    uint32_t count = f->blocks.data[block].count;
    IrValue *old = ARENA_ARRAY(&p->arena, IrValue, count);
    memcpy(old, f->blocks.data[block].insns, count * sizeof *old);
    f->blocks.data[block].count = 0;
    for (; at < p->phis.count && ir_insn(f, p->phis.data[at])->block == block; at++) {
      if (bitset_has(&read, p->phis.data[at]))
        ir_append(f, block, p->phis.data[at]);
      else
        ir_insn(f, p->phis.data[at])->block = IR_NONE;
    }
    for (uint32_t k = 0; k < count; k++)
      ir_append(f, block, old[k]);
  }
}

// Their memory is not needed any more.
static void release_slots(Promotion *p, const char *pass) {
  Function *f = p->u->f;
  unsigned count = 0;
  for (size_t i = 0; i < p->elements.count; i++) {
    uint32_t slot = p->elements.data[i].slot;
    count += f->slots.data[slot].size != 0;
    f->slots.data[slot].size = 0;
    if (f->debug)
      debug_forget(f, ir_leaf(f, IR_FRAME, IR_I64, slot));
  }
  target_remark(p->u->target, TARGET_REMARK_PASSED, pass,
                ir_place(p->u->target, f, f->blocks.data[f->rpo[0]].insns[0]), "%u local array%s values",
                count, count == 1 ? " becomes" : "s become");
}

void promote_slots(Unroll *u, const Bitset *wanted, const char *pass) {
  Function *f = u->f;
  ir_analyze(f);
  Promotion p = {.u = u, .value_count = (uint32_t)f->insns.count};
  if (find_elements(&p, wanted)) {
    p.states = ARENA_ARRAY(&p.arena, IrValue, f->blocks.count * p.elements.count);
    for (uint32_t i = 0; i < f->rpo_count; i++) {
      IrValue *state = &p.states[f->rpo[i] * p.elements.count];
      start_block(&p, f->rpo[i], state);
      replace_accesses(&p, f->rpo[i], state);
    }
    fill_phis(&p);
    drop_trivial(&p);
    place_phis(&p);
    release_slots(&p, pass);
    u->changed = true;
  }
  VEC_FREE(&p.elements);
  VEC_FREE(&p.phis);
  VEC_FREE(&p.phi_elements);
  arena_free(&p.arena);
}
