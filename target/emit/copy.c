// Functions that go on in a copy of their code in the scratchpad: which of their blocks run there, and
// whether they can.
#include "target/emit/emit.h"

#include <string.h>

typedef struct Move {
  const Function *f;
  uint32_t block, behind; // where the copy is entered
  bool *moved, *unmoved;  // by block: it runs in the copy; it runs where the function is
  bool *early;            // it runs in the copy before MIR_CODEREST
} Move;

// Whether an instruction does in the copy what it should. A call does not: what is called may use the memory.
static bool runs_in_copy(const MirInsn *mir) {
  switch (mir->op) {
  case MIR_CALL:
  case MIR_CALLR:
  case MIR_TAIL:
  case MIR_TAILR:
  case MIR_JUMPTABLE:
  case MIR_ASM:
    return false;
  default:
    return true;
  }
}

// Marks the blocks to which control comes from behind a block's instruction `from`, without entering the
// copy, or without getting behind an instruction `end`.
static void mark_reached(const Move *m, uint32_t block, uint32_t from, unsigned end, bool *reached) {
  const MirBlock *b = &m->f->mblocks.data[block];
  for (uint32_t i = from; i < b->count; i++)
    if (b->insns[i].op == MIR_MOVECODE || b->insns[i].op == end)
      return;
  for (uint32_t s = 0; s < b->succ_count; s++)
    if (!reached[b->succs[s]]) {
      reached[b->succs[s]] = true;
      mark_reached(m, b->succs[s], 0, end, reached);
    }
}

// There is one place at most.
static bool find_place(Move *m) {
  for (size_t k = 0; k < m->f->layout.count; k++) {
    uint32_t block = m->f->layout.data[k];
    const MirBlock *b = &m->f->mblocks.data[block];
    for (uint32_t i = 0; i < b->count; i++)
      if (b->insns[i].op == MIR_MOVECODE) {
        m->block = block;
        m->behind = i + 1;
        return true;
      }
  }
  return false;
}

static bool can_move(Move *m) {
  const Function *f = m->f;
  if (!f->moves || !find_place(m))
    return false;
  uint32_t entry = f->layout.data[0];
  mark_reached(m, m->block, m->behind, MIR_MOVECODE, m->moved);
  mark_reached(m, m->block, m->behind, MIR_CODEREST, m->early);
  m->unmoved[entry] = true;
  mark_reached(m, entry, 0, MIR_MOVECODE, m->unmoved);
  if (m->moved[m->block])
    return false; // a loop that would copy itself
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    bool here = block == m->block;
    if (!here && !m->moved[block])
      continue;
    const MirBlock *b = &f->mblocks.data[block];
    for (uint32_t i = here ? m->behind : 0; i < b->count; i++)
      if (!runs_in_copy(&b->insns[i]))
        return false;
  }
  return true;
}

bool copy_find(CopyBlocks *blocks, const Function *f) {
  size_t bytes = (f->mblocks.count + 1) * sizeof(bool);
  Move m = {.f = f,
            .moved = checked_malloc(bytes),
            .unmoved = checked_malloc(bytes),
            .early = checked_malloc(bytes)};
  memset(m.moved, 0, bytes);
  memset(m.unmoved, 0, bytes);
  memset(m.early, 0, bytes);
  bool can = can_move(&m);
  *blocks = (CopyBlocks){m.moved, m.unmoved, m.early};
  return can;
}

uint64_t copy_offset(const Target *target, const Function *f) {
  const Symbol *frame = &target->symbols.data[f->frame], *copy = &target->symbols.data[f->copy];
  return (frame->size + copy->alignment - 1) / copy->alignment * copy->alignment;
}
