// Small local arrays become values before the tensor compiler looks, if their elements are made of one
// another, as the state of a cipher or of a filter, or if all that is done with them is done in each
// iteration of one loop: the short loops over them can be no lanes, or poor ones, but that around them may be
// then. The loops that go over such an array are written out; so are those that add up what constant arrays
// of a few integers weigh. Requires: SSA form. Provides: the same.
#include "target/passes/unroll.h"

#include <string.h>

enum {
  MOST_BYTES = 128,
  MOST_WRITTEN_OUT = 2048, // instructions
  MOST_TABLE_BYTES = 512,
  MOST_FILTER = 1024, // instructions
  MOST_DEPTH = 10,
  FEW_LANES = 4,
  NOT_COUNTED = 0xff,
};

typedef struct Search {
  Unroll u;
  Arena arena;
  uint8_t *iterations; // by block: of the loop that begins there; 0: many or not known
  uint32_t *slots;     // by value: the slot into which it points, + 1
  Bitset fit;          // slots
  Bitset written_out;  // headers of loops
  Bitset mixed;        // slots whose elements are made of one another
} Search;

static bool has_small_slot(const Function *f) {
  for (size_t s = 0; s < f->slots.count; s++)
    if (f->slots.data[s].size && f->slots.data[s].size <= MOST_BYTES && !f->slots.data[s].incoming)
      return true;
  return false;
}

static uint32_t iterations_of(Search *s, uint32_t header) {
  uint32_t latch = 0;
  if (s->iterations[header] == NOT_COUNTED)
    s->iterations[header] = (uint8_t)unroll_iterations(&s->u, header, &latch);
  return s->iterations[header];
}

// --- addresses --------------------------------------------------------------------------------------------

// Whether a value is a constant once the loops are written out whose counters it is made of; those are added.
static bool becomes_constant(Search *s, IrValue v, unsigned depth, Bitset *loops) {
  const Function *f = s->u.f;
  const IrInsn *insn = ir_insn(f, v);
  const IrValue *x = ir_operands_const(f, insn);
  if (insn->op == IR_CONST)
    return true;
  if (depth == MOST_DEPTH || insn->type > IR_I64 || insn->block == IR_NONE)
    return false;
  if (insn->op == IR_PHI) {
    uint32_t header = insn->block;
    if (f->blocks.data[header].loop != header || !iterations_of(s, header))
      return false;
    for (uint32_t p = 0; p < insn->operand_count; p++) {
      bool enters = !ir_in_loop(f, f->blocks.data[header].preds[p], header);
      if (enters && !ir_is_const(f, x[p]))
        return false;
    }
    bitset_add(loops, header);
    return true;
  }
  if (!(ir_flags(insn) & IR_PURE))
    return false;
  for (uint32_t o = 0; o < insn->operand_count; o++)
    if (!becomes_constant(s, x[o], depth + 1, loops))
      return false;
  return true;
}

static void refuse(Search *s, IrValue address) {
  bitset_remove(&s->fit, s->slots[address] - 1);
}

// Whether two addresses are computed in the same way.
static bool same_address(const Function *f, IrValue a, IrValue b, unsigned depth) {
  const IrInsn *x = ir_insn(f, a), *y = ir_insn(f, b);
  if (a == b)
    return true;
  if (depth == MOST_DEPTH || x->op != y->op || x->type != y->type || x->operand_count != y->operand_count ||
      x->block == IR_NONE || x->op == IR_PHI || !(ir_flags(x) & IR_PURE) || x->imm != y->imm ||
      x->aux != y->aux)
    return false;
  const IrValue *p = ir_operands_const(f, x), *q = ir_operands_const(f, y);
  for (uint32_t o = 0; o < x->operand_count; o++)
    if (!same_address(f, p[o], q[o], depth + 1))
      return false;
  return true;
}

// Whether another element of the array goes into a value.
static bool takes_another(const Search *s, IrValue v, IrValue address, unsigned depth) {
  const Function *f = s->u.f;
  const IrInsn *insn = ir_insn(f, v);
  const IrValue *x = ir_operands_const(f, insn);
  if (insn->op == IR_LOAD)
    return s->slots[x[0]] == s->slots[address] && !same_address(f, x[0], address, 0);
  if (depth == MOST_DEPTH || insn->op == IR_PHI || !(ir_flags(insn) & IR_PURE))
    return false;
  for (uint32_t o = 0; o < insn->operand_count; o++)
    if (takes_another(s, x[o], address, depth + 1))
      return true;
  return false;
}

// --- uses -------------------------------------------------------------------------------------------------

static void note_insn(Search *s, IrValue v, Bitset *loops) {
  const Function *f = s->u.f;
  const IrInsn *insn = ir_insn(f, v);
  const IrValue *x = ir_operands_const(f, insn);
  for (uint32_t o = 0; o < insn->operand_count; o++) {
    if (!s->slots[x[o]])
      continue;
    bool sum = insn->op == IR_ADD && !s->slots[x[1 - o]];
    bool store = insn->op == IR_STORE && o == 1;
    bool call = insn->op == IR_CALL && insn->flags & IR_LIBRARY && insn->operand_count == 4;
    bool set = call && o == 1, copied = call && o == 2 && s->slots[x[1]];
    if (sum) {
      s->slots[v] = s->slots[x[o]];
      if (!becomes_constant(s, x[1 - o], 0, loops))
        refuse(s, v);
    } else if (store) {
      if (takes_another(s, x[0], x[1], 0))
        bitset_add(&s->mixed, s->slots[x[1]] - 1);
    } else if (copied) {
      if (s->slots[x[1]] == s->slots[x[2]])
        bitset_add(&s->mixed, s->slots[x[1]] - 1);
    } else if (insn->op != IR_LOAD && !set) {
      refuse(s, x[o]);
    }
  }
}

// Loops within those that are written out go as well. False: one cannot, or there would be too much code.
static bool complete_loops(Search *s, uint64_t most) {
  const Function *f = s->u.f;
  uint64_t total = 0;
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    uint32_t b = f->rpo[i], times = 1, header = f->blocks.data[b].loop;
    bool within = false, latch = false;
    for (uint32_t h = header; h != IR_NONE; h = f->blocks.data[h].parent)
      within = within || bitset_has(&s->written_out, h);
    if (!within)
      continue;
    if (!bitset_has(&s->written_out, header)) {
      if (!iterations_of(s, header))
        return false;
      bitset_add(&s->written_out, header);
    }
    for (uint32_t h = header; h != IR_NONE; h = f->blocks.data[h].parent)
      if (bitset_has(&s->written_out, h))
        times *= iterations_of(s, h);
    for (uint32_t k = 0; k < f->blocks.data[b].succ_count; k++)
      latch = latch || f->blocks.data[b].succs[k] == header;
    total += (uint64_t)times * f->blocks.data[b].count;
    if (total > most || !unroll_suits(f, b) || (!latch && f->blocks.data[b].succ_count != 1))
      return false;
  }
  return true;
}

// Whether all accesses to an array in loops are in the same one once loops are written out that are too short
// for lanes.
static bool has_one_loop(const Search *s, uint32_t slot) {
  const Function *f = s->u.f;
  uint32_t only = IR_NONE;
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    uint32_t around = b->loop;
    while (around != IR_NONE && bitset_has(&s->written_out, around) && s->iterations[around] <= FEW_LANES)
      around = f->blocks.data[around].parent;
    for (uint32_t k = 0; k < b->count && around != IR_NONE; k++) {
      const IrInsn *insn = ir_insn(f, b->insns[k]);
      const IrValue *x = ir_operands_const(f, insn);
      for (uint32_t o = 0; o < insn->operand_count; o++) {
        if (insn->op == IR_ADD || s->slots[x[o]] != slot)
          continue;
        if ((only != IR_NONE && only != around) || bitset_has(&s->written_out, around))
          return false;
        only = around;
      }
    }
  }
  return only != IR_NONE;
}

static bool find_arrays(Search *s) {
  const Function *f = s->u.f;
  s->fit = bitset_new(&s->arena, f->slots.count);
  s->mixed = bitset_new(&s->arena, f->slots.count);
  for (size_t i = 0; i < f->slots.count; i++)
    if (f->slots.data[i].size && f->slots.data[i].size <= MOST_BYTES && !f->slots.data[i].incoming)
      bitset_add(&s->fit, i);
  for (IrValue v = 0; v < f->insns.count; v++)
    if (ir_insn(f, v)->op == IR_FRAME && bitset_has(&s->fit, (size_t)ir_insn(f, v)->imm))
      s->slots[v] = (uint32_t)ir_insn(f, v)->imm + 1;
  for (uint32_t i = 0; i < f->rpo_count; i++)
    for (uint32_t k = 0; k < f->blocks.data[f->rpo[i]].count; k++)
      note_insn(s, f->blocks.data[f->rpo[i]].insns[k], &s->written_out);
  for (size_t i = 0; i < f->slots.count; i++)
    if (!bitset_has(&s->mixed, i) && !has_one_loop(s, (uint32_t)i + 1))
      bitset_remove(&s->fit, i);
  // Loops over other arrays stay.
  bitset_clear(&s->written_out);
  for (IrValue v = 0; v < f->insns.count; v++) {
    const IrInsn *insn = ir_insn(f, v);
    if (s->slots[v] && insn->op == IR_ADD && bitset_has(&s->fit, s->slots[v] - 1))
      becomes_constant(s, insn->operands[s->slots[insn->operands[0]] ? 1 : 0], 0, &s->written_out);
  }
  return bitset_count(&s->written_out) != 0;
}

static bool is_block(const Function *f, uint32_t header) {
  const IrBlock *b = &f->blocks.data[header];
  return b->pred_count == 2 && b->succ_count == 2 && (b->preds[0] == header || b->preds[1] == header);
}

// Innermost first: what is around a loop is one block once that is written out.
static void write_out(Search *s) {
  Function *f = s->u.f;
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t h = bitset_next(&s->written_out, 0); h != SIZE_MAX; h = bitset_next(&s->written_out, h + 1)) {
      uint32_t header = (uint32_t)h, latch = 0;
      ir_analyze(f);
      uint32_t iterations = is_block(f, header) ? unroll_iterations(&s->u, header, &latch) : 0;
      if (!iterations)
        continue;
      unroll_block(&s->u, header, iterations);
      bitset_remove(&s->written_out, h);
      changed = true;
    }
  }
}

static void search_start(Search *s, Target *target, Function *f) {
  *s = (Search){0};
  ir_analyze(f);
  unroll_start(&s->u, target, f);
  s->iterations = ARENA_ARRAY(&s->arena, uint8_t, f->blocks.count);
  memset(s->iterations, NOT_COUNTED, f->blocks.count);
  s->slots = ARENA_ARRAY(&s->arena, uint32_t, f->insns.count);
  s->written_out = bitset_new(&s->arena, f->blocks.count);
}

static void search_end(Search *s) {
  unroll_end(&s->u);
  arena_free(&s->arena);
}

static void promote_small_slots(Target *target, Function *f) {
  Search s;
  search_start(&s, target, f);
  if (find_arrays(&s) && complete_loops(&s, MOST_WRITTEN_OUT)) {
    write_out(&s);
    promote_slots(&s.u, &s.fit, "promote-arrays");
  }
  search_end(&s);
}

// --- filters ----------------------------------------------------------------------------------------------

// Whether an address is in a constant array, at a place that is known once loops are written out.
static bool is_in_table(Search *s, IrValue address, unsigned depth, Bitset *loops) {
  const Function *f = s->u.f;
  const IrInsn *insn = ir_insn(f, address);
  const Symbol *table = NULL;
  if (unroll_table(s->u.target, f, address, &table))
    return table->size <= MOST_TABLE_BYTES;
  for (unsigned i = 0; i < 2 && insn->op == IR_ADD && depth < MOST_DEPTH; i++)
    if (is_in_table(s, insn->operands[i], depth + 1, loops))
      return becomes_constant(s, insn->operands[1 - i], 0, loops);
  return false;
}

// Whether nothing is stored in loops, and one is around them that stays.
static bool add_up_alone(const Function *f, const Bitset *loops) {
  for (size_t h = bitset_next(loops, 0); h != SIZE_MAX; h = bitset_next(loops, h + 1)) {
    uint32_t around = f->blocks.data[h].parent;
    while (around != IR_NONE && bitset_has(loops, around))
      around = f->blocks.data[around].parent;
    if (around == IR_NONE)
      return false;
    for (uint32_t i = 0; i < f->rpo_count; i++) {
      const IrBlock *b = &f->blocks.data[f->rpo[i]];
      for (uint32_t k = 0; k < b->count && ir_in_loop(f, f->rpo[i], (uint32_t)h); k++)
        if (ir_insn(f, b->insns[k])->op == IR_STORE)
          return false;
    }
  }
  return true;
}

static bool is_made_of(const Function *f, IrValue v, IrValue part, unsigned depth) {
  const IrInsn *insn = ir_insn(f, v);
  if (v == part)
    return true;
  if (depth == MOST_DEPTH || insn->block == IR_NONE || insn->op == IR_PHI || !(ir_flags(insn) & IR_PURE))
    return false;
  const IrValue *x = ir_operands_const(f, insn);
  for (uint32_t o = 0; o < insn->operand_count; o++)
    if (is_made_of(f, x[o], part, depth + 1))
      return true;
  return false;
}

// Whether an element says where something else is.
static bool is_index(const Function *f, IrValue element) {
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t k = 0; k < b->count; k++) {
      const IrInsn *insn = ir_insn(f, b->insns[k]);
      if (insn->op == IR_LOAD && is_made_of(f, insn->operands[0], element, 0))
        return true;
    }
  }
  return false;
}

// Loops that add up what constant arrays of integers weigh, as filters do, are written out: the numbers then
// say how large a sum may become.
static bool find_filters(Search *s) {
  const Function *f = s->u.f;
  bool any = false;
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t k = 0; k < b->count && b->depth > 1; k++) {
      const IrInsn *insn = ir_insn(f, b->insns[k]);
      Bitset loops = {0};
      if (insn->op != IR_LOAD || insn->type > IR_I64 || insn->flags & IR_VOLATILE)
        continue;
      loops = bitset_new(&s->arena, f->blocks.count);
      if (!is_in_table(s, insn->operands[0], 0, &loops) || !bitset_count(&loops) ||
          !add_up_alone(f, &loops) || is_index(f, b->insns[k]))
        continue;
      bitset_union(&s->written_out, &loops);
      any = true;
    }
  }
  return any;
}

static bool has_table(const Target *target, const Function *f) {
  const Symbol *table = NULL;
  bool loops = false;
  for (size_t b = 0; b < f->blocks.count && !loops; b++)
    loops = f->blocks.data[b].pred_count > 1;
  for (IrValue v = 0; v < f->insns.count && loops; v++)
    if (unroll_table(target, f, v, &table) && table->size <= MOST_TABLE_BYTES)
      return true;
  return false;
}

static void write_filters_out(Target *target, Function *f) {
  Search s;
  search_start(&s, target, f);
  if (find_filters(&s) && complete_loops(&s, MOST_FILTER))
    write_out(&s);
  search_end(&s);
}

bool promote_arrays(Target *target, Function *f) {
  if (f->small)
    return true;
  if (has_small_slot(f))
    promote_small_slots(target, f);
  if (has_table(target, f))
    write_filters_out(target, f);
  return true;
}
