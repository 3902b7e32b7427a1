// Loads of places that do not change within a region, as sizes that stand in a structure: they are made
// before it, unless it writes there, which is compared when the program runs.
#include "target/tensor/raise/raise.h"

enum { LARGEST_GAP = 256 }; // bytes between parts of one object

// A pointer, of an address that is a constant away from it.
static IrValue pointer_of(const Function *f, IrValue address, int64_t *offset) {
  const IrInsn *insn = ir_insn(f, address);
  *offset = 0;
  while (insn->op == IR_ADD && ir_is_const(f, insn->operands[1])) {
    *offset += ir_insn(f, insn->operands[1])->imm;
    address = insn->operands[0];
    insn = ir_insn(f, address);
  }
  return address;
}

// What lies between two places that were read from one pointer may be read.
static void note_access(Raise *r, const IrInsn *insn) {
  bool store = insn->op == IR_STORE;
  int64_t low = 0;
  IrValue pointer = pointer_of(r->f, insn->operands[store], &low);
  int64_t high = low + insn->aux / 8;
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

// Whether the region's code has read around the place before it began.
static bool is_readable(Raise *r, IrValue address, unsigned size) {
  int64_t offset = 0;
  IrValue pointer = pointer_of(r->f, address, &offset);
  if (!r->readable_known) {
    r->readable_known = true;
    for (uint32_t b = r->region->before; b != IR_NONE; b = r->f->blocks.data[b].idom)
      note_block(r, b);
  }
  for (size_t i = 0; i < r->readable.count; i++) {
    const Readable *known = &r->readable.data[i];
    if (known->pointer == pointer && known->low <= offset && offset + size <= known->high)
      return true;
  }
  return false;
}

IrValue load_early(Raise *r, IrValue load) {
  if (!is_plain_access(r, load) || ir_insn(r->f, load)->op != IR_LOAD)
    return IR_NONE;
  IrValue address = invariant_value(r, ir_operand(r->f, load, 0));
  IrType type = ir_type(r->f, load);
  if (address == IR_NONE || !is_readable(r, address, ir_type_bits(type) / 8))
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
