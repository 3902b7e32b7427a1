// After selection: addresses that only a few accesses of one block use are made in two parts, the upper one
// by `auipc`, the lower one as the accesses' displacement (psABI, "PC-Relative Symbol Addresses").
#include "target/select/isel.h"

#include <stdlib.h>

enum { SHORT_FORM = 2, LONG_FORM = 4 }; // bytes

// What uses an address in a register.
typedef struct AddressUse {
  uint32_t block;       // of its definition, + 1; 0: there is none
  uint32_t uses;        // in accesses of that block, all with one displacement
  uint32_t bytes;       // of those accesses as they are
  int32_t displacement; // of them
  bool other;           // something else uses it, or it is defined twice
} AddressUse;

static bool is_access(const MirInsn *insn, const MirOperand *o) {
  return insn->op < ISA_OP_COUNT && insn->count == 3 &&
         (isa_insn((IsaOp)insn->op)->flags & (ISA_LOAD | ISA_STORE)) && o[1].kind == MIR_IMM &&
         o[2].kind == MIR_REG;
}

static uint32_t access_bytes(const MirInsn *insn) {
  switch (insn->op) {
  case ISA_LW:
  case ISA_LD:
  case ISA_FLD:
  case ISA_SW:
  case ISA_SD:
  case ISA_FSD:
    return SHORT_FORM;
  default:
    return LONG_FORM;
  }
}

static AddressUse *use_of(AddressUse *all, const MirOperand *o) {
  return o->kind == MIR_REG && o->value >= MIR_FIRST_VIRTUAL ? &all[o->value - MIR_FIRST_VIRTUAL] : NULL;
}

static void find_definitions(const Target *target, const Function *f, AddressUse *all) {
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++) {
      const MirOperand *o = mir_operands(f, &b->insns[i]);
      AddressUse *use = b->insns[i].op == MIR_LA ? use_of(all, &o[0]) : NULL;
      if (!use)
        continue;
      use->other = use->block || target->symbols.data[f->addresses.data[o[1].value].symbol].tls;
      use->block = f->layout.data[k] + 1;
    }
  }
}

static void find_uses(const Function *f, AddressUse *all) {
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++) {
      const MirInsn *insn = &b->insns[i];
      const MirOperand *o = mir_operands(f, insn);
      for (uint32_t n = insn->op == MIR_LA; n < insn->count; n++) {
        AddressUse *use = use_of(all, &o[n]);
        if (!use || !use->block)
          continue;
        bool fits = n == 2 && is_access(insn, o) && use->block == f->layout.data[k] + 1 &&
                    (!use->uses || use->displacement == o[1].value);
        use->other = use->other || !fits;
        use->displacement = o[1].value;
        use->bytes += fits ? access_bytes(insn) : 0;
        use->uses++;
      }
    }
  }
}

static bool gains(const AddressUse *use) {
  return use->block && use->uses && !use->other && use->uses * LONG_FORM <= use->bytes + LONG_FORM;
}

static MirOperand part_of(Function *f, const MirOperand *whole, MirNote note, int64_t displacement) {
  MirAddress a = f->addresses.data[whole->value];
  return mir_address(f, note, a.symbol, a.addend + displacement);
}

static void split_addresses(Function *f, const AddressUse *all) {
  MirOperand *addresses = checked_malloc((f->classes.count + 1) * sizeof *addresses);
  for (size_t k = 0; k < f->layout.count; k++) {
    MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++) {
      MirInsn *insn = &b->insns[i];
      MirOperand *o = mir_operands(f, insn);
      unsigned base = insn->op == MIR_LA ? 0 : is_access(insn, o) ? 2 : insn->count;
      if (base == insn->count || o[base].value < MIR_FIRST_VIRTUAL ||
          !gains(&all[o[base].value - MIR_FIRST_VIRTUAL]))
        continue;
      uint32_t v = (uint32_t)o[base].value - MIR_FIRST_VIRTUAL;
      if (base == 0) {
        addresses[v] = o[1];
        insn->op = MIR_HIGH;
        MirOperand upper = part_of(f, &addresses[v], MIR_PLAIN, all[v].displacement);
        mir_operands(f, insn)[1] = upper;
      } else {
        MirOperand lower = part_of(f, &addresses[v], MIR_PCREL_LO, all[v].displacement);
        mir_operands(f, insn)[1] = lower;
      }
    }
  }
  free(addresses);
}

void isel_split_addresses(const Target *target, Function *f) {
  if (f->moves)
    return; // code that runs in a copy is at another distance, which only whole addresses are corrected for
  AddressUse *all = checked_malloc((f->classes.count + 1) * sizeof *all);
  for (size_t v = 0; v < f->classes.count; v++)
    all[v] = (AddressUse){0};
  find_definitions(target, f, all);
  find_uses(f, all);
  split_addresses(f, all);
  free(all);
}
