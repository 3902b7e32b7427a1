// After selection, in loops of one block: a phi that takes over what another one had, which itself goes on
// with a value of the loop (b = a; a = v). The move to `b` behind the loop's code keeps `a` in use until
// then, so that v would need a register of its own, and a move that the next iteration waits for. Here `a` is
// copied before v is made, where nobody waits for it, and v gets the register of `a`.
#include "target/select/isel.h"

#include <stdlib.h>
#include <string.h>

// How often a register is named.
typedef struct Named {
  uint32_t reads;
  uint32_t writes;
} Named;

// By block: the only one that leads to it; SEVERAL, or NO_BLOCK.
enum { NO_BLOCK = -1, SEVERAL = -2 };

static int32_t *find_predecessors(const Function *f) {
  int32_t *only = checked_malloc((f->mblocks.count + 1) * sizeof *only);
  for (size_t b = 0; b < f->mblocks.count; b++)
    only[b] = NO_BLOCK;
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t s = 0; s < b->succ_count; s++)
      only[b->succs[s]] = only[b->succs[s]] == NO_BLOCK ? (int32_t)f->layout.data[k] : SEVERAL;
  }
  return only;
}

static uint32_t virtual_of(const MirOperand *o) {
  return o->kind == MIR_REG && o->value >= MIR_FIRST_VIRTUAL ? (uint32_t)o->value - MIR_FIRST_VIRTUAL
                                                             : UINT32_MAX;
}

static void count_names(const Function *f, const MirBlock *b, Named *named) {
  for (uint32_t i = 0; i < b->count; i++) {
    const MirOperand *o = mir_operands(f, &b->insns[i]);
    for (uint32_t k = 0; k < b->insns[i].count; k++) {
      uint32_t v = virtual_of(&o[k]);
      if (v == UINT32_MAX)
        continue;
      IsaRole role = mir_role(f, &b->insns[i], k);
      named[v].reads += mir_reads(role);
      named[v].writes += mir_writes(role);
    }
  }
}

static uint32_t reads_before(const Function *f, const MirBlock *b, uint32_t end, uint32_t v) {
  uint32_t reads = 0;
  for (uint32_t i = 0; i < end; i++) {
    const MirOperand *o = mir_operands(f, &b->insns[i]);
    for (uint32_t k = 0; k < b->insns[i].count; k++)
      reads += virtual_of(&o[k]) == v && mir_reads(mir_role(f, &b->insns[i], k));
  }
  return reads;
}

// The instruction of the block that writes a register; b->count: none.
static uint32_t definition_in(const Function *f, const MirBlock *b, uint32_t v) {
  for (uint32_t i = 0; i < b->count; i++)
    if (b->insns[i].count && virtual_of(&mir_operands(f, &b->insns[i])[0]) == v &&
        mir_writes(mir_role(f, &b->insns[i], 0)))
      return i;
  return b->count;
}

static bool is_copy(const Function *f, const MirInsn *insn, uint32_t *to, uint32_t *from) {
  if (insn->op != MIR_COPY)
    return false;
  const MirOperand *o = mir_operands(f, insn);
  *to = virtual_of(&o[0]);
  *from = virtual_of(&o[1]);
  return *to != UINT32_MAX && *from != UINT32_MAX && f->classes.data[*from] < IR_FIRST_VECTOR;
}

// Moves from a register on the edges out of a block, and how many they are; each reads `instead` from then
// on, unless that is UINT32_MAX.
static uint32_t moves_behind(Function *f, const int32_t *only, uint32_t block, uint32_t from,
                             uint32_t instead) {
  uint32_t count = 0;
  for (uint32_t s = 0; s < f->mblocks.data[block].succ_count; s++) {
    uint32_t edge = f->mblocks.data[block].succs[s];
    const MirBlock *e = &f->mblocks.data[edge];
    for (uint32_t i = 0; i < e->count && only[edge] >= 0; i++) {
      uint32_t to = 0, read = 0;
      if (!is_copy(f, &e->insns[i], &to, &read) || read != from)
        continue;
      count++;
      if (instead != UINT32_MAX)
        mir_operands(f, &e->insns[i])[1].value = (int32_t)(MIR_FIRST_VIRTUAL + instead);
    }
  }
  return count;
}

// Copies register `a` before instruction `at`, and lets the moves behind the block read the copy.
static void copy_early(Function *f, const int32_t *only, uint32_t block, uint32_t at, uint32_t a) {
  bool floating = f->classes.data[a] != 0;
  uint32_t copy = mir_virtual(f, f->classes.data[a]) - MIR_FIRST_VIRTUAL;
  MirOperand from = mir_reg((Reg)(MIR_FIRST_VIRTUAL + a));
  MirOperand operands[3] = {mir_reg((Reg)(MIR_FIRST_VIRTUAL + copy)), from, floating ? from : mir_imm(0)};
  uint32_t place = f->place;
  f->place = f->mblocks.data[block].insns[at].place;
  mir_push(f, block, mir_make(f, floating ? ISA_FSGNJ_D : ISA_ADDI, 3, operands));
  f->place = place;
  MirBlock *b = &f->mblocks.data[block];
  MirInsn insn = b->insns[b->count - 1];
  memmove(b->insns + at + 1, b->insns + at, (b->count - 1 - at) * sizeof *b->insns);
  b->insns[at] = insn;
  moves_behind(f, only, block, a, copy);
}

static void rotate_edge(Function *f, uint32_t edge, const int32_t *only, const Named *named,
                        uint32_t virtuals) {
  uint32_t loop = (uint32_t)only[edge];
  const MirBlock *e = &f->mblocks.data[edge];
  for (uint32_t i = 0; i < e->count; i++)
    for (uint32_t j = i + 1; j < e->count; j++) {
      uint32_t b = 0, a = 0, to = 0, v = 0;
      if (!is_copy(f, &e->insns[i], &b, &a) || !is_copy(f, &e->insns[j], &to, &v) || to != a ||
          a >= virtuals || v >= virtuals || named[v].writes != 1)
        continue;
      const MirBlock *l = &f->mblocks.data[loop];
      uint32_t at = definition_in(f, l, v);
      // Nothing but moves reads `a` once v is there.
      if (at < l->count &&
          named[a].reads == reads_before(f, l, at + 1, a) + moves_behind(f, only, loop, a, UINT32_MAX))
        copy_early(f, only, loop, at, a);
      break;
    }
}

static bool leads_back(const Function *f, const int32_t *only, uint32_t edge) {
  const MirBlock *e = &f->mblocks.data[edge];
  return e->succ_count == 1 && only[edge] >= 0 && e->succs[0] == (uint32_t)only[edge];
}

void isel_rotate_phis(Function *f) {
  Named *named = NULL;
  int32_t *only = find_predecessors(f);
  uint32_t virtuals = (uint32_t)f->classes.count;
  for (size_t k = 0; k < f->layout.count; k++) {
    if (!leads_back(f, only, f->layout.data[k]))
      continue;
    if (!named) {
      named = checked_malloc((virtuals + 1) * sizeof *named);
      memset(named, 0, (virtuals + 1) * sizeof *named);
      for (size_t n = 0; n < f->layout.count; n++)
        count_names(f, &f->mblocks.data[f->layout.data[n]], named);
    }
    rotate_edge(f, f->layout.data[k], only, named, virtuals);
  }
  free(named);
  free(only);
}
