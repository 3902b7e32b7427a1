// Proves an allocation by running the code on names: for each physical register and spill slot it follows
// which virtual registers' values it holds on every path. A use must find its register holding what it names.
#include "target/internal.h"

#include <string.h>

enum { MOST_GROUP = 16 }; // registers of the largest group

// A place is a physical register or a spill slot. A state has a row of bits for each place: the names whose
// values it holds (of a group of registers, the first one does). Names that one block alone has are forgotten
// at its end, so blocks share their bits: these are in the last words of a row.
typedef struct Checker {
  Target *target;
  Function *f;
  uint32_t *bits;        // by name: its bit in a row
  uint32_t shared_words; // of names that several blocks have
  uint32_t words;        // of a row
  uint32_t places;
  uint32_t first_slot; // frame slots from here on are spill slots
  uint64_t **in;       // by block: state at its start, of the shared words alone; NULL: not reached yet
  uint64_t *state;     // and behind the places' rows one to work in
  uint64_t *larger;    // rows by size: the names of larger groups
  bool any_larger[MOST_GROUP + 1];
  bool failed;
} Checker;

static uint64_t *row_of(const Checker *c, uint32_t place) {
  return c->state + (size_t)place * c->words;
}

static uint64_t *larger_than(const Checker *c, unsigned size) {
  return c->larger + (size_t)size * c->words;
}

static unsigned size_of(const Checker *c, uint32_t name) {
  return mir_class_size(c->f->classes.data[name]);
}

static bool holds(const Checker *c, int place, uint32_t name) {
  uint32_t bit = c->bits[name];
  return place >= 0 && row_of(c, (uint32_t)place)[bit / 64] >> bit % 64 & 1;
}

static void set_bit(uint64_t *row, uint32_t bit) {
  row[bit / 64] |= UINT64_C(1) << bit % 64;
}

// Nothing holds the name's value.
static void forget_name(Checker *c, uint32_t name) {
  uint32_t bit = c->bits[name];
  for (uint32_t place = 0; place < c->places; place++)
    row_of(c, place)[bit / 64] &= ~(UINT64_C(1) << bit % 64);
}

// Forgets `size` registers from `reg` on, and so all groups with one of them.
static void forget_registers(Checker *c, unsigned reg, unsigned size) {
  size = reg + size > MIR_REGS ? MIR_REGS - reg : size; // where a group ends is looked at where it is used
  memset(row_of(c, reg), 0, (size_t)size * c->words * sizeof *c->state);
  for (unsigned before = 1; before <= reg && before < MOST_GROUP && c->any_larger[before]; before++) {
    uint64_t *row = row_of(c, reg - before);
    const uint64_t *reach = larger_than(c, before);
    for (uint32_t w = 0; w < c->words; w++)
      row[w] &= ~reach[w];
  }
}

// The names of groups of `size` that a place holds, in another place, beside what that holds.
static void add_names(Checker *c, uint32_t to, const uint64_t *from, unsigned size) {
  uint64_t *row = row_of(c, to);
  const uint64_t *least = larger_than(c, size - 1), *more = larger_than(c, size);
  for (uint32_t w = 0; w < c->words; w++)
    row[w] |= from[w] & least[w] & ~more[w];
}

static void complain(Checker *c, uint32_t block, const MirInsn *insn, MirOperand o) {
  if (c->failed)
    return;
  c->failed = true;
  diagnose(c->target->diagnostics, DIAGNOSTIC_ERROR, place_named(c->target->symbols.data[c->f->symbol].name),
           "internal error: register allocation: %s in block %u has %%%d in %s, which does not hold it",
           mir_op_name(insn->op), block, o.value - MIR_FIRST_VIRTUAL,
           o.extra < 0 ? "no register" : mir_register_name((Reg)o.extra));
}

static bool is_named(MirOperand o) {
  return o.kind == MIR_REG && o.value >= MIR_FIRST_VIRTUAL;
}

static uint32_t name_of(MirOperand o) {
  return (uint32_t)o.value - MIR_FIRST_VIRTUAL;
}

// The whole of one register or group to another.
static void step_copy(Checker *c, const MirOperand *o) {
  int to = o[0].extra, from = o[1].extra;
  unsigned size = is_named(o[0]) ? size_of(c, name_of(o[0])) : is_named(o[1]) ? size_of(c, name_of(o[1])) : 1;
  if (to != from) {
    uint64_t *held_there = row_of(c, c->places); // as it was before
    memcpy(held_there, row_of(c, (uint32_t)from), c->words * sizeof *c->state);
    forget_registers(c, (unsigned)to, size);
    add_names(c, (uint32_t)to, held_there, size);
  }
  if (!is_named(o[0]))
    return;
  forget_name(c, name_of(o[0]));
  // Both names have one value now, wherever it is kept.
  for (uint32_t place = 0; is_named(o[1]) && place < c->places; place++)
    if (holds(c, (int)place, name_of(o[1])))
      set_bit(row_of(c, place), c->bits[name_of(o[0])]);
  set_bit(row_of(c, (uint32_t)to), c->bits[name_of(o[0])]);
}

static void step_slot(Checker *c, const MirInsn *insn, const MirOperand *o) {
  uint32_t reg = (uint32_t)o[0].extra, slot = MIR_REGS + (uint32_t)o[1].value - c->first_slot;
  unsigned size = insn->flags >= MIR_SIZE ? insn->flags / MIR_SIZE : 1;
  if (insn->op == MIR_RELOAD) {
    forget_registers(c, reg, size);
    add_names(c, reg, row_of(c, slot), size);
  } else {
    memset(row_of(c, slot), 0, c->words * sizeof *c->state);
    add_names(c, slot, row_of(c, reg), size);
  }
}

// The second definition of a repeated constant adds a place, since the value is the same.
static bool repeats(const MirInsn *insn) {
  return insn->op == MIR_LI || insn->op == MIR_LA || insn->op == MIR_HIGH || insn->op == MIR_LSLOT ||
         insn->op == MIR_UNDEF;
}

static void step_definition(Checker *c, const MirInsn *insn, MirOperand o) {
  if ((unsigned)o.extra >= MIR_REGS) {
    o.extra = -1;
    complain(c, 0, insn, o);
    return;
  }
  unsigned size = is_named(o) ? size_of(c, name_of(o)) : 1;
  forget_registers(c, (unsigned)o.extra, size);
  if (!is_named(o))
    return;
  if (!repeats(insn))
    forget_name(c, name_of(o));
  set_bit(row_of(c, (uint32_t)o.extra), c->bits[name_of(o)]);
}

// The registers of a use that may share none with the definition do not.
static bool overlaps_definition(const Checker *c, const MirInsn *insn, uint32_t i) {
  const MirOperand *o = mir_operands(c->f, insn);
  if (!is_named(o[0]) || !is_named(o[i]) || !mir_is_late(c->f, insn, i))
    return false;
  int to = o[0].extra, from = o[i].extra;
  return to < from + (int)size_of(c, name_of(o[i])) && from < to + (int)size_of(c, name_of(o[0]));
}

static bool is_placed(const Checker *c, MirOperand o) {
  uint8_t class = c->f->classes.data[name_of(o)];
  unsigned file = mir_class_file(class);
  return o.extra >= (int)file && (o.extra - (int)file) % (int)mir_class_alignment(class) == 0 &&
         (unsigned)o.extra + mir_class_size(class) <= file + 32 &&
         (class != MIR_CLASS_MASK || o.extra == MIR_FIRST_VR);
}

static void step(Checker *c, uint32_t block, const MirInsn *insn) {
  const MirOperand *o = mir_operands(c->f, insn);
  for (uint32_t i = 0; i < insn->count; i++)
    if (is_named(o[i]) && insn->op != MIR_SPILL && mir_reads(mir_role(c->f, insn, i))) {
      bool held =
          holds(c, o[i].extra, name_of(o[i])) && is_placed(c, o[i]) && !overlaps_definition(c, insn, i);
      if (!held)
        complain(c, block, insn, o[i]);
    }
  if (c->failed)
    return;
  bool part = insn->flags & MIR_KEEPS || (insn->count > 1 && (o[0].note || o[1].note));
  if (insn->op == MIR_COPY && !part) {
    if (is_named(o[0]) && !is_placed(c, o[0]))
      complain(c, block, insn, o[0]);
    else
      step_copy(c, o);
  } else if (insn->op == MIR_RELOAD || insn->op == MIR_SPILL) {
    step_slot(c, insn, o);
  } else {
    for (unsigned reg = 0; reg < MIR_REGS && (insn->op == MIR_CALL || insn->op == MIR_CALLR); reg++)
      if (reg >= 64 || mir_caller_saved >> reg & 1)
        memset(row_of(c, reg), 0, c->words * sizeof *c->state);
    for (uint32_t i = 0; i < insn->count; i++)
      if (mir_writes(mir_role(c->f, insn, i)))
        step_definition(c, insn, o[i]);
  }
}

// Meets the state at the end of a block into a successor's start. Returns whether that changed.
static bool meet(Checker *c, uint32_t to) {
  size_t bytes = (size_t)c->places * c->shared_words * sizeof(uint64_t);
  bool changed = !c->in[to];
  if (changed) {
    c->in[to] = checked_malloc(bytes + 1);
    memset(c->in[to], 0xff, bytes);
  }
  for (uint32_t place = 0; place < c->places; place++) {
    uint64_t *in = c->in[to] + (size_t)place * c->shared_words;
    const uint64_t *row = row_of(c, place);
    for (uint32_t w = 0; w < c->shared_words; w++) {
      uint64_t both = in[w] & row[w];
      changed |= both != in[w];
      in[w] = both;
    }
  }
  return changed;
}

// Gives names their bits: first those that several blocks have.
static void number_names(Checker *c) {
  enum { NONE = 0, SEVERAL = UINT32_MAX };
  const Function *f = c->f;
  size_t count = f->classes.count;
  uint32_t *blocks = checked_malloc((count + 1) * sizeof *blocks); // block + 1
  memset(blocks, 0, (count + 1) * sizeof *blocks);
  c->bits = checked_malloc((count + 1) * sizeof *c->bits);
  memset(c->bits, 0xff, (count + 1) * sizeof *c->bits); // those that nothing names keep this
  for (uint32_t b = 0; b < f->mblocks.count; b++)
    for (uint32_t i = 0; i < f->mblocks.data[b].count; i++) {
      const MirInsn *insn = &f->mblocks.data[b].insns[i];
      for (uint32_t k = 0; k < insn->count; k++) {
        MirOperand o = mir_operands(f, insn)[k];
        uint32_t *block = is_named(o) ? &blocks[name_of(o)] : NULL;
        if (block)
          *block = *block == NONE || *block == b + 1 ? b + 1 : SEVERAL;
      }
    }
  uint32_t shared = 0, most = 0;
  for (size_t v = 0; v < count; v++)
    if (blocks[v] == SEVERAL)
      c->bits[v] = shared++;
  c->shared_words = (shared + 63) / 64;
  uint32_t *own = checked_malloc((f->mblocks.count + 1) * sizeof *own);
  memset(own, 0, (f->mblocks.count + 1) * sizeof *own);
  for (size_t v = 0; v < count; v++)
    if (blocks[v] != SEVERAL && blocks[v] != NONE) {
      c->bits[v] = c->shared_words * 64 + own[blocks[v] - 1]++;
      most = own[blocks[v] - 1] > most ? own[blocks[v] - 1] : most;
    }
  c->words = c->shared_words + (most + 63) / 64;
  for (size_t v = 0; v < count; v++)
    for (unsigned size = 0; blocks[v] == SEVERAL && size < size_of(c, (uint32_t)v); size++)
      c->any_larger[size] = true;
  free(own);
  free(blocks);
}

// The sizes of the names in a block.
static void note_sizes(Checker *c, const MirBlock *b) {
  for (unsigned size = 0; size <= MOST_GROUP; size++)
    memset(larger_than(c, size) + c->shared_words, 0, (c->words - c->shared_words) * sizeof *c->larger);
  for (uint32_t i = 0; i < b->count; i++)
    for (uint32_t k = 0; k < b->insns[i].count; k++) {
      MirOperand o = mir_operands(c->f, &b->insns[i])[k];
      for (unsigned size = 0; is_named(o) && size < size_of(c, name_of(o)); size++) {
        set_bit(larger_than(c, size), c->bits[name_of(o)]);
        c->any_larger[size] = true;
      }
    }
}

static void start_block(Checker *c, uint32_t block) {
  memset(c->state, 0, (size_t)c->places * c->words * sizeof *c->state);
  for (uint32_t place = 0; place < c->places; place++)
    memcpy(row_of(c, place), c->in[block] + (size_t)place * c->shared_words,
           c->shared_words * sizeof *c->state);
  note_sizes(c, &c->f->mblocks.data[block]);
}

bool check_allocation(Target *target, Function *f) {
  Checker c = {.target = target, .f = f};
  size_t blocks = f->mblocks.count;
  number_names(&c);
  c.places = MIR_REGS + (uint32_t)f->spill_slots.count;
  c.first_slot = f->spill_slots.count ? f->spill_slots.data[0] : 0;
  c.in = (uint64_t **)checked_malloc((blocks + 1) * sizeof *c.in);
  memset((void *)c.in, 0, (blocks + 1) * sizeof *c.in);
  size_t words = (size_t)(c.places + 1) * c.words, sizes = (size_t)(MOST_GROUP + 1) * c.words;
  c.state = checked_malloc((words + 1) * sizeof *c.state);
  memset(c.state, 0, (words + 1) * sizeof *c.state);
  c.larger = checked_malloc((sizes + 1) * sizeof *c.larger);
  memset(c.larger, 0, (sizes + 1) * sizeof *c.larger);
  for (size_t v = 0; v < f->classes.count; v++)
    for (unsigned size = 0; c.bits[v] < c.shared_words * 64 && size < size_of(&c, (uint32_t)v); size++)
      set_bit(larger_than(&c, size), c.bits[v]);
  VEC(uint32_t) work = {0};
  meet(&c, f->layout.data[0]);
  VEC_PUSH(&work, f->layout.data[0]);
  while (work.count && !c.failed) {
    uint32_t block = VEC_POP(&work);
    const MirBlock *b = &f->mblocks.data[block];
    start_block(&c, block);
    for (uint32_t i = 0; i < b->count && !c.failed; i++)
      step(&c, block, &b->insns[i]);
    for (uint32_t s = 0; s < b->succ_count; s++)
      if (meet(&c, b->succs[s]))
        VEC_PUSH(&work, b->succs[s]);
  }
  for (size_t b = 0; b < blocks; b++)
    free(c.in[b]);
  free((void *)c.in);
  free(c.state);
  free(c.larger);
  free(c.bits);
  VEC_FREE(&work);
  return !c.failed;
}
