// Takes out instructions that put into a register what it holds already, and makes blocks that do the same
// one. Requires: physical registers. Provides: the same.
#include "target/internal.h"

#include <string.h>

// --- registers that hold it already
// -------------------------------------------------------------------------

typedef enum ContentKind { CONTENT_UNKNOWN, CONTENT_REGISTER, CONTENT_NUMBER, CONTENT_ADDRESS } ContentKind;

// What a register is known to hold.
typedef struct Content {
  uint8_t kind;    // ContentKind
  SymbolId symbol; // CONTENT_ADDRESS
  int64_t value;   // a register, a number, an addend
} Content;

// The x and f registers, one bit each in the masks.
typedef struct Tidier {
  IsaExtensions extensions;
  Function *f;
  Content contents[MIR_FIRST_VR];
  uint64_t known;   // registers with a content
  uint64_t sources; // registers that may be another one's content
  bool bypassed;    // a register was named in place of one that holds the same, which may be dead now
} Tidier;

static uint64_t bit(Reg reg) {
  return UINT64_C(1) << reg;
}

static void forget(Tidier *t, uint64_t registers) {
  t->known &= ~registers;
  if (!(t->sources & registers))
    return;
  for (uint64_t rest = t->known; rest; rest &= rest - 1) {
    unsigned r = (unsigned)__builtin_ctzll(rest);
    if (t->contents[r].kind == CONTENT_REGISTER && registers & bit((Reg)t->contents[r].value))
      t->known &= ~bit(r);
  }
  t->sources &= ~registers;
}

static bool is_known(const Tidier *t, Reg reg) {
  return reg < MIR_FIRST_VR && t->known & bit(reg);
}

static bool same_content(const Content *a, const Content *b) {
  return a->kind == b->kind && a->value == b->value && a->symbol == b->symbol;
}

// What the instruction puts into its first operand; CONTENT_UNKNOWN: no such instruction.
static Content moved_content(const Tidier *t, const MirInsn *insn) {
  const MirOperand *o = mir_operands(t->f, insn);
  Content content = {.kind = CONTENT_UNKNOWN};
  if (insn->op != MIR_COPY && insn->op != MIR_LI && insn->op != MIR_LA)
    return content;
  if (o[0].value >= MIR_FIRST_VR)
    return content;
  if (insn->op == MIR_COPY && o[1].value < MIR_FIRST_VR) {
    Reg from = (Reg)o[1].value;
    if (is_known(t, from))
      return t->contents[from];
    if (from == REG_ZERO)
      return (Content){.kind = CONTENT_NUMBER};
    content = (Content){.kind = CONTENT_REGISTER, .value = from};
  } else if (insn->op == MIR_LI) {
    int64_t number = o[1].kind == MIR_WIDE ? t->f->wide.data[o[1].value] : o[1].value;
    content = (Content){.kind = CONTENT_NUMBER, .value = number};
  } else if (insn->op == MIR_LA && o[1].kind == MIR_SYMBOL) {
    const MirAddress *address = &t->f->addresses.data[o[1].value];
    content = (Content){CONTENT_ADDRESS, address->symbol, address->addend};
  }
  return content;
}

// A register that holds what is about to be made, or something at most an addition away.
static Reg nearest(const Tidier *t, const Content *content, int64_t *distance) {
  enum { REACH = 2047 }; // of an addition
  Reg best = REG_ZERO;
  for (uint64_t rest = t->known & UINT32_MAX; rest; rest &= rest - 1) {
    Reg r = (Reg)__builtin_ctzll(rest);
    const Content *other = &t->contents[r];
    int64_t d = (int64_t)((uint64_t)content->value - (uint64_t)other->value);
    if (other->kind != content->kind || other->symbol != content->symbol || d > REACH || d < -REACH ||
        (best != REG_ZERO && d))
      continue;
    best = r;
    *distance = d;
  }
  return best;
}

// Numbers and addresses of several instructions are made from others that are there.
static void make_from_near(const Tidier *t, MirInsn *insn, const Content *content) {
  ConstantStep steps[CONSTANT_STEPS];
  Reg to = (Reg)mir_operands(t->f, insn)[0].value;
  int64_t distance = 0;
  if (to >= MIR_FIRST_FPR ||
      (content->kind != CONTENT_ADDRESS &&
       (content->kind != CONTENT_NUMBER || constant_steps(t->extensions, content->value, steps) < 2)))
    return;
  Reg from = nearest(t, content, &distance);
  if (from == REG_ZERO)
    return;
  MirOperand operands[3] = {mir_reg(to), mir_reg(from), mir_imm(distance)};
  MirInsn made = mir_make(t->f, distance ? ISA_ADDI : MIR_COPY, distance ? 3 : 2, operands);
  made.place = insn->place;
  made.marks = insn->marks;
  *insn = made;
}

// What was only moved into a register to be stored is stored from where it was.
static void spill_source(Tidier *t, const MirInsn *insn) {
  MirOperand *o = mir_operands(t->f, insn);
  if (!is_known(t, (Reg)o[0].value) || t->contents[o[0].value].kind != CONTENT_REGISTER)
    return;
  o[0] = mir_reg((Reg)t->contents[o[0].value].value);
  t->bypassed = true;
}

// Whether the instruction does nothing but set its first operand.
static bool only_sets(const MirInsn *insn) {
  return insn->op == MIR_COPY || insn->op == MIR_LI || insn->op == MIR_LA || insn->op == MIR_RELOAD;
}

// Takes out what sets registers that the block sets again before it reads them, or that a call or return
// forgets.
static void remove_dead(const Function *f, MirBlock *b) {
  uint64_t dead = 0;
  uint32_t kept = b->count;
  for (uint32_t i = b->count; i-- > 0;) {
    MirInsn *insn = &b->insns[i];
    const MirOperand *o = mir_operands(f, insn);
    if (only_sets(insn) && o[0].value < MIR_FIRST_VR && dead & bit((Reg)o[0].value))
      continue;
    if (insn->op == MIR_CALL || insn->op == MIR_CALLR || insn->op == MIR_RET)
      dead |= mir_caller_saved;
    for (int read = 0; read < 2; read++)
      for (uint32_t k = 0; k < insn->count; k++) {
        if (o[k].kind != MIR_REG || o[k].value >= MIR_FIRST_VR)
          continue;
        if (read && mir_reads(mir_role(f, insn, k)))
          dead &= ~bit((Reg)o[k].value);
        else if (!read && mir_writes(mir_role(f, insn, k)))
          dead |= bit((Reg)o[k].value);
      }
    b->insns[--kept] = *insn;
  }
  memmove(b->insns, b->insns + kept, (b->count - kept) * sizeof *b->insns);
  b->count -= kept;
}

// The instruction's effect on what is known. False: it changes nothing.
static bool follow(Tidier *t, MirInsn *insn) {
  const MirOperand *o = mir_operands(t->f, insn);
  Content content = moved_content(t, insn);
  if (content.kind != CONTENT_UNKNOWN) {
    Reg to = (Reg)o[0].value;
    bool same = is_known(t, to) ? same_content(&t->contents[to], &content)
                                : content.kind == CONTENT_REGISTER && content.value == to;
    if (same)
      return false;
    if (t->known && insn->op != MIR_COPY)
      make_from_near(t, insn, &content);
    forget(t, bit(to));
    t->contents[to] = content;
    t->known |= bit(to);
    if (content.kind == CONTENT_REGISTER)
      t->sources |= bit((Reg)content.value);
    return true;
  }
  if (!t->known)
    return true;
  if (insn->op == MIR_SPILL)
    spill_source(t, insn);
  if (insn->op == MIR_CALL || insn->op == MIR_CALLR)
    forget(t, mir_caller_saved);
  else if (insn->op == MIR_ASM || insn->op == MIR_MOVECODE)
    t->known = t->sources = 0;
  // An instruction of the machine writes its first operand, if any.
  uint32_t results = insn->op < ISA_OP_COUNT && insn->count ? 1 : insn->count;
  for (uint32_t i = 0; i < results; i++)
    if (o[i].kind == MIR_REG && o[i].value < MIR_FIRST_VR && bit((Reg)o[i].value) & (t->known | t->sources) &&
        mir_writes(mir_role(t->f, insn, i)))
      forget(t, bit((Reg)o[i].value));
  return true;
}

// How many ways lead to each block, up to two.
static uint8_t *count_ways(const Function *f) {
  uint8_t *ways = checked_malloc(f->mblocks.count + 1);
  memset(ways, 0, f->mblocks.count + 1);
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t s = 0; s < b->succ_count; s++)
      ways[b->succs[s]] += ways[b->succs[s]] < 2;
  }
  return ways;
}

static bool leads_to(const MirBlock *b, uint32_t block) {
  for (uint32_t s = 0; s < b->succ_count; s++)
    if (b->succs[s] == block)
      return true;
  return false;
}

// Where the only way to a block comes from the one before it in the layout, what is known there goes on.
static void remove_moves(const Target *target, Function *f) {
  Tidier t = {.extensions = target->extensions, .f = f};
  uint8_t *ways = count_ways(f);
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    MirBlock *b = &f->mblocks.data[block];
    if (k == 0 || ways[block] != 1 || !leads_to(&f->mblocks.data[f->layout.data[k - 1]], block))
      t.known = t.sources = 0;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < b->count; i++)
      if (follow(&t, &b->insns[i]))
        b->insns[kept++] = b->insns[i];
    b->count = kept;
    if (t.bypassed)
      remove_dead(f, b);
    t.bypassed = false;
  }
  free(ways);
}

// --- blocks that do the same
// --------------------------------------------------------------------------------

enum { LONGEST_BLOCK = 12 }; // instructions: longer ones are hardly ever equal

// Whether an operand is the lower part of an address, which belongs to one instruction that made the upper
// part.
static bool has_lower_part(const Function *f, const MirInsn *insn) {
  const MirOperand *o = mir_operands(f, insn);
  for (uint32_t k = 0; k < insn->count; k++)
    if (o[k].kind == MIR_SYMBOL && o[k].note == MIR_PCREL_LO)
      return true;
  return false;
}

// Whether the block may stand for another one: what it does must not depend on where it is, or on which way
// led to it.
static bool may_be_shared(const Function *f, const MirBlock *b) {
  if (!b->count || b->count > LONGEST_BLOCK)
    return false;
  for (uint32_t i = 0; i < b->count; i++) {
    if (has_lower_part(f, &b->insns[i]))
      return false;
    switch (b->insns[i].op) {
    case MIR_ASM:
    case MIR_JUMPTABLE:
    case MIR_CODESIZE:
    case MIR_CODEOFFSET:
    case MIR_MOVECODE:
    case MIR_CODEFIRST:
    case MIR_CODEREST:
      return false;
    default:
      break;
    }
  }
  return true;
}

static bool same_operand(const Function *f, MirOperand a, MirOperand b) {
  if (a.kind != b.kind || a.note != b.note || a.extra != b.extra)
    return false;
  if (a.kind == MIR_WIDE)
    return f->wide.data[a.value] == f->wide.data[b.value];
  if (a.kind == MIR_SYMBOL)
    return f->addresses.data[a.value].symbol == f->addresses.data[b.value].symbol &&
           f->addresses.data[a.value].addend == f->addresses.data[b.value].addend;
  return a.value == b.value;
}

// Of operations, and the registers that they set.
static uint64_t hash_block(const Function *f, const MirBlock *b) {
  uint64_t hash = b->count;
  for (uint32_t i = 0; i < b->count; i++) {
    const MirOperand *first = mir_operands(f, &b->insns[i]);
    uint64_t named = b->insns[i].count && first->kind == MIR_REG ? (uint64_t)(uint32_t)first->value : 0;
    hash = (hash ^ b->insns[i].op ^ named << 16) * UINT64_C(0x9e3779b97f4a7c15);
  }
  return hash ^ hash >> 32;
}

static bool same_block(const Function *f, const MirBlock *a, const MirBlock *b) {
  if (a->count != b->count || a->depth != b->depth ||
      f->blocks.data[a->source].nest != f->blocks.data[b->source].nest)
    return false;
  for (uint32_t i = 0; i < a->count; i++) {
    const MirInsn *x = &a->insns[i], *y = &b->insns[i];
    if (x->op != y->op || x->count != y->count || x->flags != y->flags || x->marks != y->marks)
      return false;
    for (uint32_t k = 0; k < x->count; k++)
      if (!same_operand(f, mir_operands(f, x)[k], mir_operands(f, y)[k]))
        return false;
  }
  return true;
}

// Makes the block's ways lead to those that stand for others.
static void redirect(Function *f, MirBlock *b, const uint32_t *into) {
  for (uint32_t i = 0; i < b->count; i++)
    for (uint32_t k = 0; k < b->insns[i].count; k++) {
      MirOperand *o = &mir_operands(f, &b->insns[i])[k];
      if (o->kind == MIR_BLOCK)
        o->value = (int32_t)into[o->value];
    }
  for (uint32_t s = 0; s < b->succ_count; s++)
    b->succs[s] = into[b->succs[s]];
}

// From the end of the code to its start, so that blocks whose ways have become the same are met later.
static void merge_blocks(Function *f) {
  uint32_t size = 16;
  while (size < 2 * f->layout.count)
    size *= 2;
  uint32_t *table = checked_malloc(size * sizeof *table); // block + 1
  uint32_t *into = checked_malloc((f->mblocks.count + 1) * sizeof *into);
  memset(table, 0, size * sizeof *table);
  for (uint32_t b = 0; b < f->mblocks.count; b++)
    into[b] = b;
  bool merged = false;
  for (size_t k = f->layout.count; k-- > 1;) {
    uint32_t block = f->layout.data[k];
    MirBlock *b = &f->mblocks.data[block];
    if (merged)
      redirect(f, b, into);
    if (!may_be_shared(f, b))
      continue;
    uint32_t slot = (uint32_t)hash_block(f, b) & (size - 1);
    while (table[slot] && !same_block(f, b, &f->mblocks.data[table[slot] - 1]))
      slot = (slot + 1) & (size - 1);
    if (!table[slot])
      table[slot] = block + 1;
    into[block] = table[slot] - 1;
    merged |= into[block] != block;
    if (f->debug && into[block] != block)
      debug_merge_blocks(f, into[block], block);
  }
  // Ways back lead to blocks that were met later.
  size_t kept = 0;
  for (size_t k = 0; merged && k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    if (into[block] != block)
      continue;
    redirect(f, &f->mblocks.data[block], into);
    f->layout.data[kept++] = block;
  }
  if (merged)
    f->layout.count = kept;
  free(into);
  free(table);
}

bool tidy_code(Target *target, Function *f) {
  remove_moves(target, f);
  if (f->layout.count > 2)
    merge_blocks(f);
  return true;
}
