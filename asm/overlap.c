// Which vector registers an instruction may name together, as far as that is certain without vtype (RISC-V
// "V" 1.0, sections 5.2 and 5.3). What depends on the sizes of groups only the machine can tell.
#include "asm/internal.h"

static const Operand *find_operand(const Match *match, IsaOperandKind kind) {
  const IsaFormatInfo *format = isa_insn_format(match->op);
  for (unsigned i = 0; i < format->operand_count; i++)
    if (format->operands[i] == kind)
      return &match->operands[i];
  return NULL;
}

static bool fail_overlap(Assembler *assembler, const Operand *operand, const char *what) {
  return asm_fail(assembler, operand->at, token_length(operand->at), "the destination cannot be %s", what);
}

// The mask, unless the destination is one itself or a single element.
static bool check_mask(Assembler *assembler, const Match *match, const Operand *destination, uint32_t flags) {
  const Operand *mask = find_operand(match, ISA_OPERAND_VM);
  bool masked = mask && mask->value == 0;
  bool may_be = flags & (ISA_MASK_D | ISA_SCALAR_D) && !(flags & ISA_NO_OVERLAP);
  if (destination->value != 0 || may_be)
    return true;
  if (masked)
    return fail_overlap(assembler, destination, "v0, the mask of this instruction");
  return !(flags & ISA_USES_V0) || fail_overlap(assembler, destination, "v0, which this instruction reads");
}

bool check_overlap(Assembler *assembler, const Match *match) {
  uint32_t flags = isa_insn(match->op)->flags;
  if (!(flags & ISA_VECTOR) || flags & ISA_STORE)
    return true;
  const Operand *destination = find_operand(match, ISA_OPERAND_VD);
  if (!destination)
    destination = find_operand(match, ISA_OPERAND_VDS);
  if (!destination)
    return true;
  const Operand *first = find_operand(match, ISA_OPERAND_VS1);
  const Operand *second = find_operand(match, ISA_OPERAND_VS2);
  bool wide = flags & ISA_WIDE_D && !(flags & ISA_SCALAR_D);
  bool overlaps_first = (wide || flags & ISA_NO_OVERLAP) && first && first->value == destination->value;
  bool overlaps_second = ((wide && !(flags & ISA_WIDE_2)) || flags & ISA_NO_OVERLAP) && second &&
                         second->value == destination->value;
  if (overlaps_first || overlaps_second)
    return fail_overlap(assembler, destination,
                        wide ? "a source: its elements are twice as wide" : "a source of this instruction");
  return check_mask(assembler, match, destination, flags);
}
