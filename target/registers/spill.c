// Splits a live range that got no register: first into pieces inside blocks, then into the instructions
// themselves.
#include "target/registers/regalloc.h"

static uint32_t new_piece(Allocator *a, uint32_t of, IntervalKind kind, uint32_t from, uint32_t to,
                          float weight) {
  Interval piece = {.segments = NO_SEGMENT, .hints = NO_SEGMENT, .refs = NO_SEGMENT, .reg = -1};
  piece.class = a->intervals.data[of].class;
  piece.kind = (uint8_t)kind;
  piece.weight = weight;
  piece.segments = add_segment(a, from, to, NO_SEGMENT);
  piece.slot = a->intervals.data[of].slot;
  piece.remat = a->intervals.data[of].remat;
  piece.local = true;
  piece.crosses = crosses_call(a, piece.segments);
  VEC_PUSH(&a->intervals, piece);
  return (uint32_t)a->intervals.count - 1;
}

static void insert(Allocator *a, uint32_t point, uint32_t piece, uint32_t source, uint16_t op) {
  Insertion insertion = {point, piece, source, op};
  VEC_PUSH(&a->insertions, insertion);
}

// Removes the reloads and spills made for a piece that is itself split now.
static void forget_insertions(Allocator *a, uint32_t piece) {
  size_t kept = 0;
  for (size_t i = 0; i < a->insertions.count; i++)
    if (a->insertions.data[i].interval != piece)
      a->insertions.data[kept++] = a->insertions.data[i];
  a->insertions.count = kept;
}

// One instruction's uses, or its definition.
static uint32_t split_tiny(Allocator *a, uint32_t source, uint32_t r) {
  const Ref first = a->refs.data[r];
  bool remat = a->intervals.data[source].remat;
  uint32_t from = first.insn * POINTS, to = from + POINT_DEF;
  if (first.def) {
    to = from + POINT_DEF + 2;
    from += first.both ? 0 : POINT_DEF;
  }
  for (uint32_t n = r; n != NO_SEGMENT && a->refs.data[n].insn == first.insn && !a->refs.data[n].def;
       n = a->refs.data[n].next)
    to = a->refs.data[n].late ? first.insn * POINTS + POINT_DEF + 1 : to;
  if (first.def && remat) { // the definition is repeated where it is used
    a->current[first.operand] = new_piece(a, source, INTERVAL_TINY, from, to, 0);
    return first.next;
  }
  // Larger groups first, since small ones fit anywhere; and what fits into v0 alone.
  enum { MOST = 32 };
  uint8_t class = a->intervals.data[source].class;
  float weight = 1e36F * (float)(class == MIR_CLASS_MASK ? MOST : mir_class_size(class));
  uint32_t piece = new_piece(a, source, INTERVAL_TINY, from, to, weight);
  uint32_t next = r;
  for (; next != NO_SEGMENT && a->refs.data[next].insn == first.insn && a->refs.data[next].def == first.def;
       next = a->refs.data[next].next)
    a->current[a->refs.data[next].operand] = piece;
  if (first.def)
    insert(a, first.insn * POINTS + POINT_SPILL, piece, source, MIR_SPILL);
  if (!first.def || first.both)
    insert(a, first.insn * POINTS, piece, source, remat ? MIR_LI : MIR_RELOAD);
  hint_piece(a, piece, r, next);
  queue_interval(a, piece);
  return next;
}

// The references inside one block, from the first to the last. The slot is current at every definition.
static uint32_t split_block(Allocator *a, uint32_t source, uint32_t r) {
  const Ref first = a->refs.data[r];
  uint32_t block = a->insn_block[first.insn], next = r;
  bool reads = !first.def || first.both;
  uint32_t from = first.insn * POINTS + (reads ? 0 : POINT_DEF), to = from;
  float cost = 0;
  for (; next != NO_SEGMENT && a->insn_block[a->refs.data[next].insn] == block;
       next = a->refs.data[next].next) {
    uint32_t last = a->refs.data[next].insn;
    uint32_t end = last * POINTS + (a->refs.data[next].def ? POINTS : POINT_DEF + a->refs.data[next].late);
    to = end > to ? end : to;
    cost += block_weight(a, last);
  }
  float weight = cost * POINTS / (float)(to - from + 4 * POINTS);
  weight *= a->intervals.data[source].class == MIR_CLASS_MASK ? MASK_WEIGHT : 1;
  uint32_t piece = new_piece(a, source, INTERVAL_PIECE, from, to, weight);
  a->intervals.data[piece].refs = r;
  if (reads)
    insert(a, first.insn * POINTS, piece, source, MIR_RELOAD);
  uint32_t previous = r;
  for (uint32_t i = r; i != next; i = a->refs.data[i].next) {
    a->current[a->refs.data[i].operand] = piece;
    if (a->refs.data[i].def)
      insert(a, a->refs.data[i].insn * POINTS + POINT_SPILL, piece, source, MIR_SPILL);
    previous = i;
  }
  a->refs.data[previous].next = NO_SEGMENT; // the piece's own list ends here
  hint_piece(a, piece, r, NO_SEGMENT);
  queue_interval(a, piece);
  return next;
}

void spill(Allocator *a, uint32_t interval) {
  Interval *self = &a->intervals.data[interval];
  self->spilled = true;
  if (!self->remat && !self->slot) {
    bool vector = self->class >= IR_FIRST_VECTOR;
    a->wants_address |= vector && !a->f->spill_address;
    uint64_t size = vector ? mir_class_size(self->class) * machine_vector_bytes(a->target->machine) : 8;
    FrameSlot slot = {.size = size, .alignment = 8};
    VEC_PUSH(&a->f->slots, slot);
    VEC_PUSH(&a->f->spill_slots, (uint32_t)a->f->slots.count - 1);
    self->slot = (uint32_t)a->f->slots.count;
  }
  bool whole = self->kind == INTERVAL_WHOLE && !self->local && !self->remat;
  if (self->kind == INTERVAL_PIECE)
    forget_insertions(a, interval);
  for (uint32_t r = self->refs; r != NO_SEGMENT;)
    r = whole ? split_block(a, interval, r) : split_tiny(a, interval, r);
}

// The next instruction of the block from `at` on that names the register: whether it only writes it, as the
// end of the block does, since pieces end there.
static bool overwritten(const Function *f, const MirBlock *b, uint32_t at, int32_t reg) {
  for (; at < b->count; at++) {
    const MirOperand *o = mir_operands(f, &b->insns[at]);
    bool written = false;
    for (uint32_t i = 0; i < b->insns[at].count; i++) {
      if (o[i].kind != MIR_REG || o[i].value != reg)
        continue;
      if (mir_role(f, &b->insns[at], i) != ISA_ROLE_DEF || b->insns[at].flags & MIR_KEEPS)
        return false;
      written = true;
    }
    if (written)
      return true;
  }
  return true;
}

static bool stores_what_was_loaded(const Function *f, const MirInsn *reload, const MirInsn *spill) {
  const MirOperand *x = mir_operands(f, reload), *y = mir_operands(f, spill);
  return reload->op == MIR_RELOAD && spill->op == MIR_SPILL && x[0].value < MIR_FIRST_VR &&
         x[0].value == y[0].value && x[1].value == y[1].value;
}

// A move between names that share a slot leaves a reload and a spill of the same.
void remove_idle_spills(Function *f) {
  for (size_t k = 0; k < f->layout.count; k++) {
    MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < b->count; i++) {
      bool idle = i + 1 < b->count && stores_what_was_loaded(f, &b->insns[i], &b->insns[i + 1]);
      if (!idle || !overwritten(f, b, i + 2, mir_operands(f, &b->insns[i])[0].value))
        b->insns[kept++] = b->insns[i];
      i += idle;
    }
    b->count = kept;
  }
}
