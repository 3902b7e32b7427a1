// Memory that nothing reads once a region is through: what the region leaves there need not be written.
#include "target/tensor/raise/raise.h"

#include <string.h>

typedef struct Follower {
  const Function *f;
  const Target *target;
  Bitset derived; // values that are addresses in the object
  Bitset region;  // blocks
} Follower;

static bool is_call_of(const Follower *w, const IrInsn *call, const char *name) {
  if (call->op != IR_CALL && call->op != IR_TAILCALL)
    return false;
  const IrInsn *callee = ir_insn(w->f, ir_operands_const(w->f, call)[0]);
  return callee->op == IR_SYMBOL && strcmp(w->target->symbols.data[ir_symbol_of(callee)].name, name) == 0;
}

static bool is_address(const Follower *w, IrValue v) {
  return v < w->derived.word_count * 64 && bitset_has(&w->derived, v);
}

// What one instruction does with an address: another address (*more), something harmless, or else false.
static bool follow(Follower *w, IrValue user, uint32_t block, bool *more) {
  const IrInsn *insn = ir_insn(w->f, user);
  const IrValue *x = ir_operands_const(w->f, insn);
  bool uses = false;
  for (uint32_t o = 0; o < insn->operand_count; o++)
    uses = uses || is_address(w, x[o]);
  if (!uses)
    return true;
  switch (insn->op) {
  case IR_ADD:
  case IR_AND:
  case IR_SUB:
  case IR_SMIN: // as comparisons of arrays have it
  case IR_SMAX:
  case IR_COPY:
  case IR_PHI:
    *more = *more || !is_address(w, user);
    bitset_add(&w->derived, user);
    return true;
  case IR_ICMP:
    return true;
  case IR_LOAD:
    return bitset_has(&w->region, block);
  case IR_STORE:
    return !is_address(w, x[0]); // what is stored there is not read either
  case IR_CALL:
    if (is_memory_call(w->target, w->f,
                       user)) // written there, or read from there; a byte or a size is neither
      return !is_address(w, x[3]) && (!is_address(w, x[2]) || bitset_has(&w->region, block));
    return is_call_of(w, insn, "free");
  case IR_TAILCALL:
    return is_call_of(w, insn, "free");
  default:
    return false;
  }
}

IrValue address_origin(const Function *f, IrValue address) {
  for (const IrInsn *insn = ir_insn(f, address);
       (insn->op == IR_ADD || insn->op == IR_AND) && ir_is_const(f, insn->operands[1]);
       insn = ir_insn(f, address))
    address = insn->operands[0];
  return address;
}

// The call or the place in the frame that an array's memory comes from; IR_NONE: another.
static IrValue origin_of(const Target *target, const Function *f, IrValue base) {
  if (base == IR_NONE)
    return base;
  base = address_origin(f, base);
  Follower w = {.f = f, .target = target};
  bool fresh = ir_insn(f, base)->op == IR_FRAME || is_call_of(&w, ir_insn(f, base), "malloc") ||
               is_call_of(&w, ir_insn(f, base), "aligned_alloc");
  return fresh ? base : IR_NONE;
}

bool region_array_dies(const Target *target, const Region *region, uint32_t array) {
  const Function *f = region->function;
  const Array *a = &region->arrays.data[array];
  IrValue origin = a->kind == ARRAY_MEMORY ? origin_of(target, f, a->base) : IR_NONE;
  if (origin == IR_NONE)
    return false;
  Arena arena = {0};
  Follower w = {f, target, bitset_new(&arena, f->insns.count), bitset_new(&arena, f->blocks.count)};
  region_blocks(region, &w.region);
  bitset_add(&w.derived, origin);
  for (IrValue v = 0; v < f->insns.count; v++) // other names of the same place
    if (ir_insn(f, origin)->op == IR_FRAME && ir_insn(f, v)->op == IR_FRAME &&
        ir_insn(f, v)->imm == ir_insn(f, origin)->imm)
      bitset_add(&w.derived, v);
  bool dies = true;
  for (bool more = true; more && dies;) {
    more = false;
    for (uint32_t b = 0; b < f->blocks.count && dies; b++)
      for (uint32_t k = 0; k < f->blocks.data[b].count && dies; k++)
        dies = follow(&w, f->blocks.data[b].insns[k], b, &more);
  }
  arena_free(&arena);
  return dies;
}
