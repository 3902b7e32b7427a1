// Proves an allocation by running the code on names: for each physical register and spill slot it follows
// which virtual registers' values it holds on every path. A use must find its register holding what it names.
#include "target/internal.h"

#include <string.h>

enum { NONE = UINT32_MAX };

// A place is a physical register or a spill slot. A state says which names' values each place holds (of a
// group of registers, the first one does), as pairs, since places hold few names and names are in few places.
typedef struct Pair {
  uint32_t place, name;
  uint32_t next_there, before_there; // pairs of the same place
  uint32_t next_named, before_named; // and of the same name
} Pair;

// Pairs of a block's start, sorted: place, then name. Names that one block alone has are not among them.
typedef struct Start {
  bool reached;
  VEC(uint64_t) pairs;
} Start;

typedef struct Checker {
  Target *target;
  Function *f;
  bool *shared; // by name: several blocks have it
  uint32_t places;
  uint32_t first_slot; // frame slots from here on are spill slots
  Start *starts;       // by block
  VEC(Pair) pairs;     // of the state, and those that are free
  uint32_t free;       // the first of these, by next_there
  uint32_t *there;     // by place: its first pair
  uint32_t *named;     // by name
  VEC(uint32_t) moved; // names on their way to another place
  VEC(uint64_t) end;   // the state at a block's end
  unsigned largest;    // group
  bool failed;
} Checker;

static unsigned size_of(const Checker *c, uint32_t name) {
  return mir_class_size(c->f->classes.data[name]);
}

static bool holds(const Checker *c, int place, uint32_t name) {
  uint32_t p = c->named[name];
  while (p != NONE && (int)c->pairs.data[p].place != place)
    p = c->pairs.data[p].next_named;
  return p != NONE;
}

static void hold(Checker *c, uint32_t place, uint32_t name) {
  if (holds(c, (int)place, name))
    return;
  uint32_t p = c->free, there = c->there[place], named = c->named[name];
  if (p == NONE) {
    p = (uint32_t)c->pairs.count;
    VEC_PUSH(&c->pairs, (Pair){0});
  } else {
    c->free = c->pairs.data[p].next_there;
  }
  c->pairs.data[p] = (Pair){place, name, there, NONE, named, NONE};
  if (there != NONE)
    c->pairs.data[there].before_there = p;
  if (named != NONE)
    c->pairs.data[named].before_named = p;
  c->there[place] = c->named[name] = p;
}

static void forget(Checker *c, uint32_t p) {
  Pair *pairs = c->pairs.data, pair = pairs[p];
  if (pair.before_there != NONE)
    pairs[pair.before_there].next_there = pair.next_there;
  else
    c->there[pair.place] = pair.next_there;
  if (pair.next_there != NONE)
    pairs[pair.next_there].before_there = pair.before_there;
  if (pair.before_named != NONE)
    pairs[pair.before_named].next_named = pair.next_named;
  else
    c->named[pair.name] = pair.next_named;
  if (pair.next_named != NONE)
    pairs[pair.next_named].before_named = pair.before_named;
  pairs[p].next_there = c->free;
  c->free = p;
}

// Nothing holds the name's value.
static void forget_name(Checker *c, uint32_t name) {
  while (c->named[name] != NONE)
    forget(c, c->named[name]);
}

// The place holds no names of groups with more registers than that.
static void forget_larger(Checker *c, uint32_t place, unsigned size) {
  for (uint32_t p = c->there[place], next = NONE; p != NONE; p = next) {
    next = c->pairs.data[p].next_there;
    if (size_of(c, c->pairs.data[p].name) > size)
      forget(c, p);
  }
}

// Forgets `size` registers from `reg` on, and so all groups with one of them.
static void forget_registers(Checker *c, unsigned reg, unsigned size) {
  size = reg + size > MIR_REGS ? MIR_REGS - reg : size; // where a group ends is looked at where it is used
  for (unsigned i = 0; i < size; i++)
    forget_larger(c, reg + i, 0);
  for (unsigned before = 1; before <= reg && before < c->largest; before++)
    forget_larger(c, reg - before, before);
}

// Notes the names of groups of `size` that a place holds.
static void take_names(Checker *c, uint32_t from, unsigned size) {
  c->moved.count = 0;
  for (uint32_t p = c->there[from]; p != NONE; p = c->pairs.data[p].next_there)
    if (size_of(c, c->pairs.data[p].name) == size)
      VEC_PUSH(&c->moved, c->pairs.data[p].name);
}

static void put_names(Checker *c, uint32_t to) {
  for (size_t i = 0; i < c->moved.count; i++)
    hold(c, to, c->moved.data[i]);
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
    take_names(c, (uint32_t)from, size); // as they were before
    forget_registers(c, (unsigned)to, size);
    put_names(c, (uint32_t)to);
  }
  if (!is_named(o[0]))
    return;
  forget_name(c, name_of(o[0]));
  // Both names have one value now, wherever it is kept.
  for (uint32_t p = is_named(o[1]) ? c->named[name_of(o[1])] : NONE; p != NONE;
       p = c->pairs.data[p].next_named)
    hold(c, c->pairs.data[p].place, name_of(o[0]));
  hold(c, (uint32_t)to, name_of(o[0]));
}

static void step_slot(Checker *c, const MirInsn *insn, const MirOperand *o) {
  uint32_t reg = (uint32_t)o[0].extra, slot = MIR_REGS + (uint32_t)o[1].value - c->first_slot;
  unsigned size = insn->flags >= MIR_SIZE ? insn->flags / MIR_SIZE : 1;
  if (insn->op == MIR_RELOAD) {
    forget_registers(c, reg, size);
    take_names(c, slot, size);
    put_names(c, reg);
  } else {
    forget_larger(c, slot, 0);
    take_names(c, reg, size);
    put_names(c, slot);
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
  hold(c, (uint32_t)o.extra, name_of(o));
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
        forget_larger(c, reg, 0);
    for (uint32_t i = 0; i < insn->count; i++)
      if (mir_writes(mir_role(c->f, insn, i)))
        step_definition(c, insn, o[i]);
  }
}

static int compare_pairs(const void *x, const void *y) {
  uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
  return (a > b) - (a < b);
}

// Sorts what the state hands on to other blocks.
static void note_end(Checker *c) {
  c->end.count = 0;
  for (uint32_t place = 0; place < c->places; place++)
    for (uint32_t p = c->there[place]; p != NONE; p = c->pairs.data[p].next_there)
      if (c->shared[c->pairs.data[p].name])
        VEC_PUSH(&c->end, (uint64_t)place << 32 | c->pairs.data[p].name);
  if (c->end.count)
    qsort(c->end.data, c->end.count, sizeof *c->end.data, compare_pairs);
}

// Meets the state at the end of a block into a successor's start. Returns whether that changed.
static bool meet(Checker *c, uint32_t to) {
  Start *start = &c->starts[to];
  size_t kept = 0, k = 0, before = start->pairs.count;
  bool first = !start->reached;
  start->reached = true;
  for (size_t i = 0; first && i < c->end.count; i++)
    VEC_PUSH(&start->pairs, c->end.data[i]);
  for (size_t i = 0; !first && i < before; i++) {
    uint64_t pair = start->pairs.data[i];
    while (k < c->end.count && c->end.data[k] < pair)
      k++;
    if (k < c->end.count && c->end.data[k] == pair)
      start->pairs.data[kept++] = pair;
  }
  if (!first)
    start->pairs.count = kept;
  return first || kept != before;
}

// Finds the names that several blocks have, and the largest group.
static void look_at_names(Checker *c) {
  const Function *f = c->f;
  size_t count = f->classes.count;
  uint32_t *blocks = checked_malloc((count + 1) * sizeof *blocks); // block + 1; 0: none yet
  memset(blocks, 0, (count + 1) * sizeof *blocks);
  c->shared = checked_malloc(count + 1);
  memset(c->shared, 0, count + 1);
  for (uint32_t b = 0; b < f->mblocks.count; b++)
    for (uint32_t i = 0; i < f->mblocks.data[b].count; i++) {
      const MirInsn *insn = &f->mblocks.data[b].insns[i];
      for (uint32_t k = 0; k < insn->count; k++) {
        MirOperand o = mir_operands(f, insn)[k];
        uint32_t *block = is_named(o) ? &blocks[name_of(o)] : NULL;
        if (!block)
          continue;
        c->shared[name_of(o)] = c->shared[name_of(o)] || (*block && *block != b + 1);
        *block = b + 1;
      }
    }
  for (uint32_t v = 0; v < count; v++)
    c->largest = size_of(c, v) > c->largest ? size_of(c, v) : c->largest;
  free(blocks);
}

static void start_block(Checker *c, uint32_t block) {
  const Start *start = &c->starts[block];
  for (uint32_t place = 0; place < c->places; place++)
    forget_larger(c, place, 0);
  for (size_t i = 0; i < start->pairs.count; i++)
    hold(c, (uint32_t)(start->pairs.data[i] >> 32), (uint32_t)start->pairs.data[i]);
}

static uint32_t *no_pairs(size_t count) {
  uint32_t *lists = checked_malloc((count + 1) * sizeof *lists);
  memset(lists, 0xff, (count + 1) * sizeof *lists);
  return lists;
}

bool check_allocation(Target *target, Function *f) {
  Checker c = {.target = target, .f = f, .free = NONE};
  size_t blocks = f->mblocks.count;
  look_at_names(&c);
  c.places = MIR_REGS + (uint32_t)f->spill_slots.count;
  c.first_slot = f->spill_slots.count ? f->spill_slots.data[0] : 0;
  c.starts = checked_malloc((blocks + 1) * sizeof *c.starts);
  memset(c.starts, 0, (blocks + 1) * sizeof *c.starts);
  c.there = no_pairs(c.places);
  c.named = no_pairs(f->classes.count);
  VEC(uint32_t) work = {0};
  meet(&c, f->layout.data[0]);
  VEC_PUSH(&work, f->layout.data[0]);
  while (work.count && !c.failed) {
    uint32_t block = VEC_POP(&work);
    const MirBlock *b = &f->mblocks.data[block];
    start_block(&c, block);
    for (uint32_t i = 0; i < b->count && !c.failed; i++)
      step(&c, block, &b->insns[i]);
    note_end(&c);
    for (uint32_t s = 0; s < b->succ_count; s++)
      if (meet(&c, b->succs[s]))
        VEC_PUSH(&work, b->succs[s]);
  }
  for (size_t b = 0; b < blocks; b++)
    VEC_FREE(&c.starts[b].pairs);
  free(c.starts);
  free(c.shared);
  free(c.there);
  free(c.named);
  VEC_FREE(&c.pairs);
  VEC_FREE(&c.moved);
  VEC_FREE(&c.end);
  VEC_FREE(&work);
  return !c.failed;
}
