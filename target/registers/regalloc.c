// Assigns registers. Live ranges are taken in the order of their weight (what memory would cost them, by
// length); one that finds no register may take that of lighter ones, and what stays without is split into
// pieces around its uses. Requires: the machine form on virtual registers. Provides: physical registers and
// spill slots.
#include "target/registers/regalloc.h"
#include "target/debug/info.h"

#include <string.h>

float block_weight(const Allocator *a, uint32_t insn) {
  static const float by_depth[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
  uint32_t depth = a->f->mblocks.data[a->insn_block[insn]].depth;
  return by_depth[depth < 6 ? depth : 6];
}

// --- the queue
// ----------------------------------------------------------------------------------------------

static bool heavier(const Allocator *a, uint32_t x, uint32_t y) {
  float wx = a->intervals.data[x].weight, wy = a->intervals.data[y].weight;
  return wx != wy ? wx > wy : x < y;
}

void queue_interval(Allocator *a, uint32_t interval) {
  VEC_PUSH(&a->heap, interval);
  uint32_t *heap = a->heap.data;
  size_t i = a->heap.count - 1;
  while (i && heavier(a, heap[i], heap[(i - 1) / 2])) {
    uint32_t swap = heap[i];
    heap[i] = heap[(i - 1) / 2];
    heap[(i - 1) / 2] = swap;
    i = (i - 1) / 2;
  }
}

static uint32_t take_heaviest(Allocator *a) {
  uint32_t top = a->heap.data[0], last = VEC_POP(&a->heap);
  size_t count = a->heap.count, i = 0;
  if (!count)
    return top;
  uint32_t *heap = a->heap.data;
  heap[0] = last;
  for (;;) {
    size_t child = 2 * i + 1;
    if (child >= count)
      return top;
    if (child + 1 < count && heavier(a, heap[child + 1], heap[child]))
      child++;
    if (!heavier(a, heap[child], heap[i]))
      return top;
    uint32_t swap = heap[i];
    heap[i] = heap[child];
    heap[child] = swap;
    i = child;
  }
}

// --- coalescing
// ---------------------------------------------------------------------------------------------

uint32_t find_leader(Allocator *a, uint32_t v) {
  while (a->leader[v] != v) {
    a->leader[v] = a->leader[a->leader[v]];
    v = a->leader[v];
  }
  return v;
}

bool overlap(const Allocator *a, uint32_t x, uint32_t y) {
  const Segment *s = a->segments.data;
  while (x != NO_SEGMENT && y != NO_SEGMENT) {
    if (s[x].start < s[y].end && s[y].start < s[x].end)
      return true;
    if (s[x].end <= s[y].end)
      x = s[x].next;
    else
      y = s[y].next;
  }
  return false;
}

uint32_t merge_segments(Allocator *a, uint32_t x, uint32_t y) {
  uint32_t head = NO_SEGMENT, tail = NO_SEGMENT;
  Segment *s = a->segments.data;
  while (x != NO_SEGMENT || y != NO_SEGMENT) {
    uint32_t *from = y == NO_SEGMENT || (x != NO_SEGMENT && s[x].start < s[y].start) ? &x : &y;
    uint32_t next = *from;
    *from = s[next].next;
    if (tail != NO_SEGMENT && s[tail].end >= s[next].start) {
      s[tail].end = s[next].end > s[tail].end ? s[next].end : s[tail].end;
      continue;
    }
    if (tail == NO_SEGMENT)
      head = next;
    else
      s[tail].next = next;
    tail = next;
    s[tail].next = NO_SEGMENT;
  }
  return head;
}

static bool before(const Ref *x, const Ref *y) {
  return x->insn != y->insn ? x->insn < y->insn : x->def < y->def;
}

static uint32_t merge_refs(Allocator *a, uint32_t x, uint32_t y) {
  uint32_t head = NO_SEGMENT, tail = NO_SEGMENT;
  Ref *r = a->refs.data;
  while (x != NO_SEGMENT || y != NO_SEGMENT) {
    uint32_t *from = y == NO_SEGMENT || (x != NO_SEGMENT && before(&r[x], &r[y])) ? &x : &y;
    uint32_t next = *from;
    *from = r[next].next;
    if (tail == NO_SEGMENT)
      head = next;
    else
      r[tail].next = next;
    tail = next;
  }
  if (tail != NO_SEGMENT)
    r[tail].next = NO_SEGMENT;
  return head;
}

typedef struct CopySite {
  uint32_t insn;
  uint32_t depth;
} CopySite;

static int compare_sites(const void *x, const void *y) {
  const CopySite *a = x, *b = y;
  if (a->depth != b->depth)
    return a->depth > b->depth ? -1 : 1;
  return a->insn < b->insn ? -1 : a->insn > b->insn;
}

// Groups of one size but different alignment become one of the larger alignment. Accumulators must be joined,
// since nothing moves them.
static bool may_join(const Interval *x, const Interval *y) {
  if (x->class == y->class)
    return true;
  return x->class >= IR_FIRST_VECTOR && y->class >= IR_FIRST_VECTOR && x->class != MIR_CLASS_MASK &&
         y->class != MIR_CLASS_MASK && mir_class_file(x->class) == mir_class_file(y->class) &&
         mir_class_size(x->class) == mir_class_size(y->class);
}

// Joins the two sides of moves between virtual registers whose live ranges are apart, innermost loops first.
static void coalesce(Allocator *a, bool all) {
  Function *f = a->f;
  VEC(CopySite) sites = {0};
  for (uint32_t i = 0; i < a->insn_count; i++) {
    if (a->insns[i]->op != MIR_COPY)
      continue;
    const MirOperand *o = mir_operands(f, a->insns[i]);
    CopySite site = {i, f->mblocks.data[a->insn_block[i]].depth};
    bool part = a->insns[i]->flags & MIR_KEEPS || o[0].note || o[1].note;
    if (!part && o[0].value >= MIR_FIRST_VIRTUAL && o[1].value >= MIR_FIRST_VIRTUAL)
      VEC_PUSH(&sites, site);
  }
  if (sites.count)
    qsort(sites.data, sites.count, sizeof *sites.data, compare_sites);
  for (size_t i = 0; i < sites.count; i++) {
    const MirOperand *o = mir_operands(f, a->insns[sites.data[i].insn]);
    uint32_t x = find_leader(a, (uint32_t)o[0].value - MIR_FIRST_VIRTUAL);
    uint32_t y = find_leader(a, (uint32_t)o[1].value - MIR_FIRST_VIRTUAL);
    Interval *ix = &a->intervals.data[x], *iy = &a->intervals.data[y];
    if (x == y || !may_join(ix, iy) || (!all && ix->class < IR_FIRST_ACCUMULATORS) ||
        overlap(a, ix->segments, iy->segments))
      continue;
    if (mir_class_alignment(iy->class) > mir_class_alignment(ix->class))
      ix->class = iy->class;
    a->leader[y] = x;
    ix->segments = merge_segments(a, ix->segments, iy->segments);
    ix->refs = merge_refs(a, ix->refs, iy->refs);
    ix->defs += iy->defs;
    iy->segments = iy->refs = NO_SEGMENT;
  }
  VEC_FREE(&sites);
}

// --- weights
// --------------------------------------------------------------------------------------

// Whether to make a value again takes no longer than to load it.
static bool repeatable(const Allocator *a, const MirInsn *insn) {
  enum { AS_LONG_AS_A_LOAD = 3 };
  ConstantStep steps[CONSTANT_STEPS];
  const MirOperand *o = mir_operands(a->f, insn);
  if (insn->op == MIR_LI && o[1].kind == MIR_WIDE)
    return constant_steps(a->target->extensions, a->f->wide.data[o[1].value], steps) <= AS_LONG_AS_A_LOAD;
  // The lower part of an address names the instruction that made the upper one, which must not go through a
  // slot.
  return insn->op == MIR_LI || insn->op == MIR_LA || insn->op == MIR_HIGH || insn->op == MIR_LSLOT ||
         insn->op == MIR_UNDEF;
}

static void weigh(Allocator *a, uint32_t v) {
  Interval *interval = &a->intervals.data[v];
  float cost = 0;
  uint32_t length = 1, block = NO_SEGMENT;
  interval->local = true;
  for (uint32_t r = interval->refs; r != NO_SEGMENT; r = a->refs.data[r].next) {
    const Ref *ref = &a->refs.data[r];
    cost += block_weight(a, ref->insn);
    if (block != NO_SEGMENT && block != a->insn_block[ref->insn])
      interval->local = false;
    block = a->insn_block[ref->insn];
    if (ref->def && interval->defs == 1 && repeatable(a, a->insns[ref->insn]))
      interval->remat = ref->insn + 1;
  }
  for (uint32_t s = interval->segments; s != NO_SEGMENT; s = a->segments.data[s].next)
    length += a->segments.data[s].end - a->segments.data[s].start;
  interval->crosses = crosses_call(a, interval->segments);
  if (interval->remat)
    cost *= 0.5F;
  interval->weight = cost * POINTS / (float)(length + 4 * POINTS);
  // Accumulators stay where they are: the largest groups choose first.
  if (interval->class >= IR_FIRST_ACCUMULATORS && interval->class != MIR_CLASS_MASK)
    interval->weight = 1e30F * (float)mir_class_size(interval->class);
  // A mask has one place, while those that would like to be there have others.
  if (interval->class == MIR_CLASS_MASK)
    interval->weight *= MASK_WEIGHT;
}

// --- assignment
// ---------------------------------------------------------------------------------------------

size_t first_behind(const OccupiedList *list, uint32_t start) {
  size_t low = 0, high = list->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (list->data[middle].end <= start)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// The weight of the heaviest interval in the way: -1 for none, infinite for a fixed one.
float obstacle_in(const Allocator *a, uint32_t segments, bool crosses, unsigned reg, float limit) {
  if (crosses && reg < MIR_FIRST_VR && (mir_caller_saved >> reg & 1))
    return __builtin_inff();
  const OccupiedList *list = &a->occupied[reg];
  float worst = -1;
  for (uint32_t s = segments; s != NO_SEGMENT; s = a->segments.data[s].next) {
    Segment segment = a->segments.data[s];
    for (size_t i = first_behind(list, segment.start); i < list->count && list->data[i].start < segment.end;
         i++) {
      uint32_t other = list->data[i].interval;
      float weight = other == NO_SEGMENT ? __builtin_inff() : a->intervals.data[other].weight;
      worst = weight > worst ? weight : worst;
      if (worst >= limit)
        return worst;
    }
  }
  return worst;
}

float obstacle(const Allocator *a, uint32_t interval, unsigned reg, float limit) {
  float worst = -1;
  const Interval *self = &a->intervals.data[interval];
  unsigned size = mir_class_size(self->class);
  for (unsigned r = reg; r < reg + size && worst < limit; r++) {
    float weight = obstacle_in(a, self->segments, self->crosses, r, limit);
    worst = weight > worst ? weight : worst;
  }
  return worst;
}

void assign(Allocator *a, uint32_t interval, unsigned reg) {
  a->intervals.data[interval].reg = (int16_t)reg;
  note_chain_register(a, interval);
  if (reg < MIR_FIRST_VR)
    a->f->used_registers |= UINT64_C(1) << reg;
  unsigned size = mir_class_size(a->intervals.data[interval].class);
  if (reg >= MIR_FIRST_VR && reg < MIR_FIRST_ACC)
    a->f->used_vectors |= (uint32_t)((UINT64_C(1) << size) - 1) << (reg - MIR_FIRST_VR);
  for (unsigned r = reg; r < reg + size; r++)
    for (uint32_t s = a->intervals.data[interval].segments; s != NO_SEGMENT; s = a->segments.data[s].next)
      occupy(&a->occupied[r], a->segments.data[s].start, a->segments.data[s].end, interval);
}

void release(Allocator *a, uint32_t interval) {
  Interval *self = &a->intervals.data[interval];
  OccupiedList *list = &a->occupied[self->reg];
  for (uint32_t s = self->segments; s != NO_SEGMENT; s = a->segments.data[s].next) {
    size_t i = first_behind(list, a->segments.data[s].start);
    while (list->data[i].interval != interval)
      i++;
    list->count--;
    memmove(list->data + i, list->data + i + 1, (list->count - i) * sizeof *list->data);
  }
  self->reg = -1;
}

// Takes the registers from whoever has them while `interval` lives.
static void evict(Allocator *a, uint32_t interval, unsigned reg) {
  VEC(uint32_t) victims = {0};
  unsigned size = mir_class_size(a->intervals.data[interval].class), first = reg, end = reg + size;
  for (unsigned r = reg; r < reg + size; r++) {
    const OccupiedList *list = &a->occupied[r];
    for (uint32_t s = a->intervals.data[interval].segments; s != NO_SEGMENT; s = a->segments.data[s].next) {
      Segment segment = a->segments.data[s];
      for (size_t i = first_behind(list, segment.start); i < list->count && list->data[i].start < segment.end;
           i++) {
        Interval *other = &a->intervals.data[list->data[i].interval];
        if (other->reg < 0)
          continue;
        unsigned its = (unsigned)other->reg, behind = its + mir_class_size(other->class);
        first = its < first ? its : first;
        end = behind > end ? behind : end;
        other->reg = -1;
        VEC_PUSH(&victims, list->data[i].interval);
      }
    }
  }
  for (unsigned r = first; r < end; r++) {
    OccupiedList *list = &a->occupied[r];
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
      if (list->data[i].interval == NO_SEGMENT || a->intervals.data[list->data[i].interval].reg >= 0)
        list->data[kept++] = list->data[i];
    list->count = kept;
  }
  for (size_t i = 0; i < victims.count; i++)
    queue_interval(a, victims.data[i]);
  VEC_FREE(&victims);
}

bool is_allocatable(const Allocator *a, Reg reg) {
  if (reg < MIR_FIRST_VR)
    return a->allocatable >> reg & 1;
  return reg < MIR_FIRST_ACC || reg - MIR_FIRST_ACC < a->target->machine->accumulators;
}

// Whether a group of this class may begin with `reg`.
bool is_place_for(const Allocator *a, uint8_t class, unsigned reg) {
  unsigned file = mir_class_file(class), size = mir_class_size(class);
  if (class == MIR_CLASS_MASK)
    return reg == MIR_FIRST_VR;
  return reg >= file && reg + size <= file + 32 && (reg - file) % mir_class_alignment(class) == 0 &&
         is_allocatable(a, reg) && is_allocatable(a, reg + size - 1);
}

enum { FILE_REGISTERS = 32 };

// Caller-saved registers first: they cost nothing to a range that lives across no call.
// Among them, x8 .. x15 first for what gains by them, last for what does not.
static const uint8_t order[3][FILE_REGISTERS] = {
    {15, 14, 13, 12, 11, 10, 16, 17, 5,  6,  7,  28, 29, 30,
     31, 8,  9,  18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 0},
    {47, 46, 45, 44, 43, 42, 48, 49, 32, 33, 34, 35, 36, 37, 38, 39,
     60, 61, 62, 63, 40, 41, 50, 51, 52, 53, 54, 55, 56, 57, 58},
    {16, 17, 5,  6,  7,  28, 29, 30, 31, 15, 14, 13, 12, 11,
     10, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 8,  9,  0},
};

// The registers that a range of a class may begin with, best first, with a 0 behind the last. Single vector
// registers come from the ends of the file, so that its middle stays whole for groups; v0 is kept for masks
// as long as that can be.
static const uint8_t *candidates_for(const Allocator *a, uint32_t interval,
                                     uint8_t list[FILE_REGISTERS + 1]) {
  uint8_t class = a->intervals.data[interval].class;
  unsigned count = 0, size = mir_class_size(class);
  unsigned kind = class ? 1 : wants_low_register(a, interval) ? 0 : 2;
  if (class < IR_FIRST_VECTOR)
    return order[kind];
  unsigned file = mir_class_file(class),
           step = size > 1 && file != MIR_FIRST_ACC ? mir_class_alignment(class) : 1;
  enum { FIRST_WHOLE = 8 };
  int rounds = file == MIR_FIRST_ACC ? 2 : size == 1 ? 1 : 3;
  for (int round = 0; round < rounds; round++)
    for (unsigned i = 0; i < FILE_REGISTERS; i += step) {
      unsigned at = i;
      int when = 0;
      if (file == MIR_FIRST_ACC) {
        when = i % size != 0;
      } else if (size == 1) {
        // v1 .. v7, v31 down to v8, v0
        at = i + 1 < FIRST_WHOLE ? i + 1 : i + 1 < FILE_REGISTERS ? FILE_REGISTERS + FIRST_WHOLE - 2 - i : 0;
      } else {
        when = i == 0 ? 2 : i < FIRST_WHOLE;
      }
      if (when == round && is_place_for(a, class, file + at))
        list[count++] = (uint8_t)(file + at);
    }
  list[count] = 0;
  return list;
}

static bool is_callee_saved(unsigned reg) {
  return reg < MIR_FIRST_VR && (mir_callee_saved >> reg & 1);
}

// Whether another range that has no register yet, an argument of the function, would like to stay in this
// one.
static bool is_wished(const Allocator *a, uint32_t interval, unsigned reg) {
  uint32_t other = reg < MIR_FIRST_VR && a->wishes[reg] ? a->wishes[reg] - 1 : interval;
  const Interval *wisher = &a->intervals.data[other];
  return other != interval && wisher->reg < 0 && !wisher->spilled && wisher->segments != NO_SEGMENT &&
         overlap(a, wisher->segments, a->intervals.data[interval].segments) && obstacle(a, other, reg, 0) < 0;
}

// False when the interval has to go to memory.
static bool place(Allocator *a, uint32_t interval) {
  const Interval *self = &a->intervals.data[interval];
  unsigned hint = find_hinted(a, interval), free = 0;
  if (hint) {
    assign_chain(a, interval, hint);
    return true;
  }
  uint8_t list[FILE_REGISTERS + 1];
  const uint8_t *candidates = candidates_for(a, interval, list);
  unsigned best = 0;
  float best_weight = self->weight;
  for (; *candidates; candidates++) {
    unsigned reg = *candidates;
    if (reg < MIR_FIRST_VR && !(a->allocatable >> reg & 1))
      continue;
    float weight = obstacle(a, interval, reg, best_weight);
    // A register in which the whole chain has room is better, but not worth saving one more.
    if (weight < 0 && free && is_callee_saved(reg))
      break;
    if (weight < 0 && chain_has_room(a, interval, reg) && !is_wished(a, interval, reg)) {
      free = reg;
      break;
    }
    if (weight < 0)
      free = free ? free : reg;
    else if (weight < best_weight) {
      best_weight = weight;
      best = reg;
    }
  }
  if (!free && !best)
    return false;
  if (!free)
    evict(a, interval, best);
  assign_chain(a, interval, free ? free : best);
  return true;
}

// --- the result
// ---------------------------------------------------------------------------------------------

static int compare_insertions(const void *x, const void *y) {
  const Insertion *a = x, *b = y;
  if (a->point != b->point)
    return a->point < b->point ? -1 : 1;
  return a->interval < b->interval ? -1 : a->interval > b->interval;
}

static MirOperand located(const Allocator *a, uint32_t interval, uint32_t name) {
  MirOperand o = mir_reg(MIR_FIRST_VIRTUAL + name);
  o.extra = a->intervals.data[interval].reg;
  return o;
}

static MirInsn make_insertion(Allocator *a, const Insertion *in) {
  Function *f = a->f;
  if (in->op == MIR_LI) {
    MirInsn original = *a->insns[a->intervals.data[in->source].remat - 1];
    MirOperand operands[2] = {mir_operands(f, &original)[0], {0}};
    if (original.count > 1)
      operands[1] = mir_operands(f, &original)[1];
    operands[0].extra = a->intervals.data[in->interval].reg;
    return mir_make(f, original.op, original.count, operands);
  }
  MirOperand operands[2] = {located(a, in->interval, 0), mir_slot(a->intervals.data[in->source].slot - 1, 0)};
  MirInsn insn = mir_make(f, in->op, 2, operands);
  uint8_t class = a->intervals.data[in->source].class;
  insn.flags = class < IR_FIRST_VECTOR ? 0 : (uint8_t)(mir_class_size(class) * MIR_SIZE);
  return insn;
}

// Writes the assigned registers into the operands' `extra` and puts reloads and spills into the code.
static void write_back(Allocator *a) {
  Function *f = a->f;
  if (a->insertions.count)
    qsort(a->insertions.data, a->insertions.count, sizeof *a->insertions.data, compare_insertions);
  size_t next = 0;
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    MirBlock old = f->mblocks.data[block];
    MirBlock *b = &f->mblocks.data[block];
    b->insns = NULL;
    b->count = b->capacity = 0;
    for (uint32_t i = 0; i < old.count; i++) {
      uint32_t number = a->block_first[block] + i;
      for (; next < a->insertions.count && a->insertions.data[next].point <= number * POINTS; next++)
        mir_push(f, block, make_insertion(a, &a->insertions.data[next]));
      MirInsn insn = old.insns[i];
      for (uint32_t o = 0; o < insn.count; o++) {
        MirOperand *operand = &mir_operands(f, &insn)[o];
        if (operand->kind != MIR_REG)
          continue;
        operand->extra = operand->value < MIR_FIRST_VIRTUAL
                             ? (int16_t)operand->value
                             : a->intervals.data[a->current[insn.operands + o]].reg;
      }
      // A repeated constant's own definition is of no use when nothing is left of its range.
      bool gone = insn.count && mir_role(f, &insn, 0) == ISA_ROLE_DEF && mir_operands(f, &insn)[0].extra < 0;
      if (!gone)
        mir_push(f, block, insn);
      for (; next < a->insertions.count && a->insertions.data[next].point <= number * POINTS + POINT_SPILL;
           next++)
        mir_push(f, block, make_insertion(a, &a->insertions.data[next]));
    }
  }
}

// The registers that a move moves: those of the smaller group. Others: 0, or what is known already.
static uint8_t moved_size(const Function *f, const MirInsn *insn) {
  if (insn->op != MIR_COPY || insn->flags >= MIR_SIZE)
    return (uint8_t)(insn->flags & ~MIR_KEEPS);
  unsigned size = 0;
  for (uint32_t i = 0; i < 2; i++) {
    int32_t name = mir_operands(f, insn)[i].value;
    uint8_t class = name < MIR_FIRST_VIRTUAL ? 0 : f->classes.data[name - MIR_FIRST_VIRTUAL];
    if (class >= IR_FIRST_VECTOR && (!size || mir_class_size(class) < size))
      size = mir_class_size(class);
  }
  return (uint8_t)(size * MIR_SIZE);
}

// The names in the operands become the registers, and moves of a register to itself go.
static void rename_operands(Function *f) {
  if (f->debug)
    debug_note_names(f);
  for (size_t k = 0; k < f->layout.count; k++) {
    MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < b->count; i++) {
      MirInsn insn = b->insns[i];
      MirOperand *o = mir_operands(f, &insn);
      if (insn.op > ISA_OP_COUNT)
        insn.flags = moved_size(f, &insn);
      for (uint32_t x = 0; x < insn.count; x++)
        if (o[x].kind == MIR_REG && o[x].value >= MIR_FIRST_VIRTUAL) {
          o[x].value = o[x].extra + o[x].note;
          o[x].note = 0;
          o[x].extra = 0;
        } else if (o[x].kind == MIR_REG) {
          o[x].extra = 0;
        }
      bool marker = insn.op == MIR_GETS || insn.op == MIR_ENTRY || insn.op == MIR_UNDEF;
      if (!marker && !(insn.op == MIR_COPY && o[0].value == o[1].value))
        b->insns[kept++] = insn;
    }
    b->count = kept;
  }
}

static bool moves_stack(const Function *f) {
  for (size_t k = 0; k < f->mblocks.count; k++)
    for (uint32_t i = 0; i < f->mblocks.data[k].count; i++)
      if (f->mblocks.data[k].insns[i].op == MIR_STACKALLOC)
        return true;
  return false;
}

static bool needs_frame_pointer(const Function *f) {
  enum { STACK_ALIGNMENT = 16 };
  for (size_t i = 0; i < f->slots.count; i++)
    if (f->slots.data[i].alignment > STACK_ALIGNMENT)
      return true;
  return false;
}

// Settles how the frame is addressed. Returns the x and f registers that may be given to values.
static uint64_t find_allocatable(Function *f) {
  uint64_t allocatable = (mir_caller_saved | mir_callee_saved) & ~(UINT64_C(1) << REG_RA);
  f->dynamic_stack = moves_stack(f);
  f->frame_pointer = f->dynamic_stack || needs_frame_pointer(f);
  if (f->frame_pointer)
    allocatable &= ~(UINT64_C(1) << REG_S0);
  if (f->spill_address)
    allocatable &= ~(UINT64_C(1) << f->spill_address);
  return allocatable;
}

static void start(Allocator *a) {
  Function *f = a->f;
  a->virtuals = (uint32_t)f->classes.count;
  a->allocatable = find_allocatable(f);
  a->leader = checked_malloc((a->virtuals + 1) * sizeof *a->leader);
  VEC_RESERVE(&a->intervals, a->virtuals);
  VEC_RESERVE(&a->refs, f->operands.count);
  VEC_RESERVE(&a->segments, 2 * a->virtuals);
  for (uint32_t v = 0; v < a->virtuals; v++) {
    Interval interval = {.segments = NO_SEGMENT,
                         .hints = NO_SEGMENT,
                         .refs = NO_SEGMENT,
                         .reg = -1,
                         .class = f->classes.data[v]};
    VEC_PUSH(&a->intervals, interval);
    a->leader[v] = v;
    a->groups |= interval.class >= IR_FIRST_VECTOR;
  }
  find_intervals(a);
}

static void finish(Allocator *a) {
  for (unsigned r = 0; r < MIR_REGS; r++)
    if (a->occupied[r].data)
      VEC_FREE(&a->occupied[r]);
  VEC_FREE(&a->intervals);
  VEC_FREE(&a->segments);
  VEC_FREE(&a->hints);
  VEC_FREE(&a->refs);
  VEC_FREE(&a->insertions);
  VEC_FREE(&a->calls);
  VEC_FREE(&a->heap);
  free(a->leader);
  free(a->chains);
  free(a->current);
  free((void *)a->insns);
  free(a->insn_block);
  free(a->block_first);
}

static const char *function_name(const Allocator *a) {
  return a->target->symbols.data[a->f->symbol].name;
}

// Accumulators that do not fit are an error of the program, which names those that are in use together.
static void refuse_accumulators(Allocator *a, uint32_t interval) {
  const Interval *self = &a->intervals.data[interval];
  Text list = {0};
  unsigned others = 0;
  bool calls = false;
  uint32_t at = NO_SEGMENT;
  for (uint32_t s = self->segments; s != NO_SEGMENT; s = a->segments.data[s].next)
    for (uint32_t v = 0; v < a->intervals.count; v++) {
      const Interval *other = &a->intervals.data[v];
      if (v == interval || other->class < IR_FIRST_ACCUMULATORS || other->class == MIR_CLASS_MASK ||
          other->reg < 0)
        continue;
      for (uint32_t o = other->segments; o != NO_SEGMENT; o = a->segments.data[o].next)
        if (a->segments.data[o].start < a->segments.data[s].end &&
            a->segments.data[s].start < a->segments.data[o].end) {
          text_format(&list, "%s%%%u (%u)", others++ ? ", " : "", v, mir_class_size(other->class));
          break;
        }
    }
  for (uint32_t s = self->segments; s != NO_SEGMENT; s = a->segments.data[s].next) {
    at = at == NO_SEGMENT ? a->segments.data[s].start : at;
    for (uint32_t i = a->segments.data[s].start / POINTS; i < a->segments.data[s].end / POINTS; i++)
      calls |= (a->insns[i]->op == MIR_CALL || a->insns[i]->op == MIR_CALLR) &&
               a->segments.data[s].start < i * POINTS + POINT_DEF;
  }
  diagnose(a->target->diagnostics, DIAGNOSTIC_ERROR, place_named(function_name(a)),
           "accumulators are never spilled: %u for value %%%u find no room among the machine's %llu%s%s%s",
           mir_class_size(self->class), interval, (unsigned long long)a->target->machine->accumulators,
           calls ? ", since it is needed across a call" : "", others ? "; in use beside it: " : "",
           text_string(&list));
  text_free(&list);
}

static bool copies_accumulators(Allocator *a) {
  const Function *f = a->f;
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++) {
      const MirOperand *o = mir_operands(f, &b->insns[i]);
      if (b->insns[i].op != MIR_COPY || o[0].value < MIR_FIRST_ACC || o[0].value >= MIR_FIRST_VIRTUAL)
        continue;
      diagnose(
          a->target->diagnostics, DIAGNOSTIC_ERROR, place_named(function_name(a)),
          "accumulators cannot be copied: what is in %s is still wanted after an instruction has changed it",
          mir_register_name((Reg)o[1].value));
      return true;
    }
  }
  return false;
}

static bool is_accumulator(const Allocator *a, uint32_t interval) {
  uint8_t class = a->intervals.data[interval].class;
  return class >= IR_FIRST_ACCUMULATORS && class != MIR_CLASS_MASK;
}

static bool place_all(Allocator *a) {
  while (a->heap.count && !a->wants_address) {
    uint32_t interval = take_heaviest(a);
    const Interval *self = &a->intervals.data[interval];
    bool done = self->reg >= 0 || self->spilled; // placed with others, or waiting twice
    if (done || place(a, interval))
      continue;
    if (is_accumulator(a, interval)) {
      refuse_accumulators(a, interval);
      return false;
    }
    if (a->intervals.data[interval].kind == INTERVAL_TINY) {
      diagnose(a->target->diagnostics, DIAGNOSTIC_ERROR, place_named(function_name(a)),
               "internal error: one instruction needs more registers than there are");
      return false;
    }
    spill(a, interval);
  }
  return true;
}

static bool allocate(Allocator *a) {
  Function *f = a->f;
  start(a);
  bool optimize = a->target->options->level > 0;
  if (optimize || a->groups)
    coalesce(a, optimize);
  find_hints(a);
  a->current = checked_malloc((f->operands.count + 1) * sizeof *a->current);
  for (size_t o = 0; o < f->operands.count; o++)
    if (f->operands.data[o].kind == MIR_REG && f->operands.data[o].value >= MIR_FIRST_VIRTUAL)
      a->current[o] = find_leader(a, (uint32_t)f->operands.data[o].value - MIR_FIRST_VIRTUAL);
  for (uint32_t v = 0; v < a->virtuals; v++) {
    if (a->leader[v] != v || a->intervals.data[v].segments == NO_SEGMENT)
      continue;
    weigh(a, v);
    queue_interval(a, v);
  }
  return place_all(a);
}

static bool allocate_by_weight(Target *target, Function *f) {
  enum { ADDRESS = 31 }; // t6
  size_t slots = f->slots.count, spill_slots = f->spill_slots.count;
  Allocator a = {.target = target, .f = f};
  bool ok = allocate(&a);
  if (a.wants_address) { // again, with a register kept for the addresses of vectors in the frame
    finish(&a);
    f->slots.count = slots;
    f->spill_slots.count = spill_slots;
    f->spill_address = ADDRESS;
    a = (Allocator){.target = target, .f = f};
    ok = allocate(&a);
  }
  if (ok) {
    if (target->options->level > 0) {
      settle_hints(&a);
      use_low_registers(&a);
    }
    if (a.groups && target->options->level > 0)
      spread_vectors(&a);
    if (f->slots.count > slots)
      share_slots(&a, (uint32_t)slots);
    write_back(&a);
    ok = !target->options->verify_each || check_allocation(target, f);
    rename_operands(f);
    if (a.insertions.count)
      remove_idle_spills(f);
    ok = ok && !(a.groups && copies_accumulators(&a));
  }
  finish(&a);
  return ok;
}

bool allocate_registers(Target *target, Function *f) {
  if (target->options->level > 0 || !is_scalar_code(f))
    return allocate_by_weight(target, f);
  allocate_locally(f, find_allocatable(f));
  bool ok = !target->options->verify_each || check_allocation(target, f);
  rename_operands(f);
  return ok;
}
