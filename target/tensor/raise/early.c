// Loads of places that do not change within a region, as sizes that stand in a structure: they are made
// before it, unless it writes there, which is compared when the program runs.
#include "target/tensor/raise/raise.h"

enum { LARGEST_GAP = 1 << 16 }; // bytes between parts of one object
enum { MOST_STEPS = 32 };       // of looking into an expression
enum { MOST_BLOCKS = 128 };     // of a region that are looked at

// A number as a pointer and what is added to it; IR_NONE: nothing but that.
typedef struct Origin {
  IrValue pointer;
  int64_t offset;
  bool known;
} Origin;

static Origin origin_of(const Raise *r, IrValue v, unsigned steps);

static Origin sum_of_origins(Origin x, Origin y) {
  bool known = x.known && y.known && (x.pointer == IR_NONE || y.pointer == IR_NONE);
  return (Origin){x.pointer == IR_NONE ? y.pointer : x.pointer,
                  (int64_t)((uint64_t)x.offset + (uint64_t)y.offset), known};
}

// What a constant times a place is: a number only of a number.
static Origin multiple_of_origin(Origin x, Origin factor, bool shift) {
  bool known = x.known && factor.known && x.pointer == IR_NONE && factor.pointer == IR_NONE &&
               (!shift || (factor.offset >= 0 && factor.offset < 64));
  uint64_t by = shift ? UINT64_C(1) << (factor.offset & 63) : (uint64_t)factor.offset;
  return (Origin){IR_NONE, (int64_t)((uint64_t)x.offset * by), known};
}

// What a loop's phi is in the first iteration: what comes from outside.
static Origin origin_of_phi(const Raise *r, IrValue phi, unsigned steps) {
  const IrInsn *insn = ir_insn(r->f, phi);
  const IrBlock *b = &r->f->blocks.data[insn->block];
  if (b->loop != insn->block || b->pred_count != 2)
    return (Origin){.pointer = phi, .known = true};
  unsigned outside = block_in_loop(r->f, b->preds[0], insn->block) ? 1 : 0;
  return origin_of(r, ir_operand(r->f, phi, outside), steps);
}

// Where an address is in the first iteration of the region's loops.
static Origin origin_of(const Raise *r, IrValue v, unsigned steps) {
  const IrInsn *insn = ir_insn(r->f, v);
  if (ir_is_const(r->f, v))
    return (Origin){IR_NONE, insn->imm, true};
  bool adds = insn->op == IR_ADD, multiplies = insn->op == IR_MUL || insn->op == IR_SHL;
  bool extends = insn->op == IR_SEXT || insn->op == IR_ZEXT;
  if (steps && inside_region(r, v) && insn->op == IR_PHI)
    return origin_of_phi(r, v, steps - 1);
  if (steps && (adds || multiplies)) {
    Origin x = origin_of(r, insn->operands[0], steps / 2), y = origin_of(r, insn->operands[1], steps / 2);
    Origin found = adds ? sum_of_origins(x, y) : multiple_of_origin(x, y, insn->op == IR_SHL);
    if (found.known)
      return found;
  }
  if (steps && extends) {
    Origin of = origin_of(r, insn->operands[0], steps - 1);
    if (of.known && of.pointer == IR_NONE && of.offset >= 0)
      return of;
  }
  return (Origin){.pointer = v, .known = true};
}

// What lies between two places that were read from one pointer may be read.
static void note_access(Raise *r, const IrInsn *insn) {
  bool store = insn->op == IR_STORE;
  Origin place = origin_of(r, insn->operands[store], MOST_STEPS);
  IrValue pointer = place.pointer;
  if (pointer == IR_NONE)
    return;
  int64_t low = place.offset, high = low + insn->aux / 8;
  for (size_t i = 0; i < r->readable.count; i++) {
    Readable *known = &r->readable.data[i];
    if (known->pointer != pointer || low > known->high + LARGEST_GAP || high < known->low - LARGEST_GAP)
      continue;
    known->low = low < known->low ? low : known->low;
    known->high = high > known->high ? high : known->high;
    return;
  }
  VEC_PUSH(&r->readable, ((Readable){pointer, low, high}));
}

static void note_block(Raise *r, uint32_t block) {
  const IrBlock *b = &r->f->blocks.data[block];
  for (uint32_t i = 0; i < b->count; i++) {
    const IrInsn *insn = ir_insn(r->f, b->insns[i]);
    if (b->insns[i] < r->known && (insn->op == IR_LOAD || insn->op == IR_STORE) &&
        !(insn->flags & IR_VOLATILE))
      note_access(r, insn);
  }
}

static bool has_calls(const Raise *r, uint32_t block) {
  const IrBlock *b = &r->f->blocks.data[block];
  for (uint32_t i = 0; i < b->count; i++)
    if (ir_insn(r->f, b->insns[i])->op == IR_CALL && !is_memory_call(r->target, r->f, b->insns[i]))
      return true;
  return false;
}

// Whether control gets from a block to a later one whichever way it takes.
static bool all_ways_lead_to(const Raise *r, uint32_t from, uint32_t join) {
  const Function *f = r->f;
  Bitset reached = bitset_new(r->arena, f->blocks.count);
  VEC(uint32_t) work = {0};
  VEC_PUSH(&work, from);
  bool all = true;
  while (work.count && all) {
    uint32_t b = VEC_POP(&work);
    if (b == join || bitset_has(&reached, b))
      continue;
    bitset_add(&reached, b);
    const IrBlock *block = &f->blocks.data[b];
    all = bitset_has(&r->inside, b) && block->succ_count > 0 && (b == from || !has_calls(r, b));
    for (uint32_t s = 0; s < block->succ_count; s++)
      VEC_PUSH(&work, block->succs[s]);
  }
  VEC_FREE(&work);
  return all;
}

// Where control gets to behind a block in any case, when loops around it have been left; IR_NONE: this cannot
// be said.
static uint32_t next_in_any_case(const Raise *r, uint32_t block) {
  const Function *f = r->f;
  const IrBlock *b = &f->blocks.data[block];
  IrOp end = (IrOp)ir_terminator(f, block)->op;
  if (end == IR_BR)
    return b->succs[0];
  if (end != IR_CONDBR)
    return IR_NONE;
  uint32_t join = join_of(f, block, IR_NONE);
  for (unsigned i = 0; i < 2 && b->loop != IR_NONE; i++)
    if (!block_in_loop(f, b->succs[i], b->loop)) // the loop's test
      join = b->succs[i];
  return join != IR_NONE && all_ways_lead_to(r, block, join) ? join : IR_NONE;
}

// Notes what each run of the region accesses, as far as that can be seen without following branches.
static void note_region(Raise *r) {
  Bitset seen = bitset_new(r->arena, r->f->blocks.count);
  uint32_t b = r->region->entry;
  for (unsigned i = 0; i < MOST_BLOCKS && b != IR_NONE && bitset_has(&r->inside, b) &&
                       !bitset_has(&seen, b) && !has_calls(r, b);
       i++) {
    bitset_add(&seen, b);
    note_block(r, b);
    b = next_in_any_case(r, b);
  }
}

// Whether what the function has read before, or certainly reads in the region, lies around the place.
static bool is_readable(Raise *r, IrValue address, unsigned size) {
  Origin place = origin_of(r, address, MOST_STEPS);
  IrValue pointer = place.pointer;
  int64_t offset = place.offset;
  if (!r->readable_known) {
    r->readable_known = true;
    for (uint32_t b = r->region->before; b != IR_NONE; b = r->f->blocks.data[b].idom)
      note_block(r, b);
    note_region(r);
  }
  for (size_t i = 0; i < r->readable.count; i++) {
    const Readable *known = &r->readable.data[i];
    if (known->pointer == pointer && known->low <= offset && offset + size <= known->high)
      return true;
  }
  return false;
}

// What a polynomial is in the middle of all loops. False: it depends on more than these.
static bool value_in_the_middle(Raise *r, const Poly *poly, Wide *value) {
  *value = 0;
  for (uint32_t i = 0; i < poly->count; i++) {
    Wide term = poly->terms[i].coefficient;
    for (uint32_t k = 0; k < poly->terms[i].count; k++) {
      uint32_t factor = poly->terms[i].factors[k];
      const RaisedLoop *loop = factor_is_iterator(factor) ? loop_of_iterator(r, factor & INT32_MAX) : NULL;
      int64_t extent = 0;
      if (!loop || !loop->extent || !poly_is_constant(loop->extent, &extent) || extent > INT32_MAX)
        return false;
      term *= extent / 2;
    }
    *value += term;
  }
  return true;
}

// Whether the load where the walk stands is made at least once: in the middle of loops of constant length, as
// that of a window that is kept within its image.
static bool is_made_in_the_middle(Raise *r, IrValue load) {
  if (ir_insn(r->f, load)->block != r->at || r->condition != NODE_NONE || r->presumed)
    return false;
  for (uint32_t loop = r->loop; loop != UINT32_MAX; loop = r->region->loops.data[loop].parent) {
    const RaisedLoop *raised = loop_of_iterator(r, r->region->loops.data[loop].iterator);
    int64_t extent = 0;
    if (!raised->extent || !poly_is_constant(raised->extent, &extent) || extent < 1)
      return false;
  }
  bool holds = true;
  for (size_t i = 0; i < r->guards.count && holds; i++) {
    Wide value = 0;
    holds = value_in_the_middle(r, r->guards.data[i], &value) && value >= 0;
  }
  return holds;
}

IrValue load_early(Raise *r, IrValue load) {
  if (!is_plain_access(r, load) || ir_insn(r->f, load)->op != IR_LOAD)
    return IR_NONE;
  IrValue address = invariant_value(r, ir_operand(r->f, load, 0));
  IrType type = ir_type(r->f, load);
  if (address == IR_NONE ||
      (!is_readable(r, address, ir_type_bits(type) / 8) && !is_made_in_the_middle(r, load)))
    return IR_NONE;
  uint32_t access = access_of(r, load);
  if (access == UINT32_MAX)
    return IR_NONE;
  Access *a = &r->region->accesses.data[access];
  if (a->offset.count || a->index != NODE_NONE || r->region->arrays.data[a->array].written)
    return IR_NONE;
  a->early = r->early = true;
  Builder b = region_before(r->region);
  return build_load(&b, type, address);
}
