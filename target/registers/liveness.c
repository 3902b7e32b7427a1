// Live ranges of registers.
#include "target/registers/regalloc.h"

#include <string.h>

uint32_t add_segment(Allocator *a, uint32_t start, uint32_t end, uint32_t next) {
  if (next != NO_SEGMENT && a->segments.data[next].start <= end) {
    a->segments.data[next].start = start;
    return next;
  }
  Segment s = {start, end, next};
  VEC_PUSH(&a->segments, s);
  return (uint32_t)a->segments.count - 1;
}

// Keeps the list sorted; segments of one register do not overlap, but fixed ones may touch.
void occupy(OccupiedList *list, uint32_t start, uint32_t end, uint32_t interval) {
  size_t low = 0, high = list->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (list->data[middle].start < start)
      low = middle + 1;
    else
      high = middle;
  }
  Occupied entry = {start, end, interval};
  VEC_PUSH(list, entry);
  memmove(list->data + low + 1, list->data + low, (list->count - 1 - low) * sizeof *list->data);
  list->data[low] = entry;
}

static bool is_call(const MirInsn *insn) {
  return insn->op == MIR_CALL || insn->op == MIR_CALLR;
}

static void number_instructions(Allocator *a) {
  Function *f = a->f;
  uint32_t total = 0;
  for (size_t k = 0; k < f->layout.count; k++)
    total += f->mblocks.data[f->layout.data[k]].count;
  a->insns = (MirInsn **)checked_malloc((total + 1) * sizeof *a->insns);
  a->insn_block = checked_malloc((total + 1) * sizeof *a->insn_block);
  a->block_first = checked_malloc((f->mblocks.count + 1) * sizeof *a->block_first);
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    MirBlock *b = &f->mblocks.data[block];
    a->block_first[block] = a->insn_count;
    for (uint32_t i = 0; i < b->count; i++) {
      if (is_call(&b->insns[i]))
        VEC_PUSH(&a->calls, a->insn_count * POINTS + POINT_DEF);
      a->insn_block[a->insn_count] = block;
      a->insns[a->insn_count++] = &b->insns[i];
    }
  }
}

static bool is_virtual(MirOperand o) {
  return o.kind == MIR_REG && o.value >= MIR_FIRST_VIRTUAL;
}

// What an instruction does with virtual registers: all that it reads comes before what it writes.
typedef struct Named {
  uint32_t reads, writes; // how many
  uint32_t read[UINT8_MAX], written[UINT8_MAX];
} Named;

static void find_named(const Function *f, const MirInsn *insn, Named *named) {
  const MirOperand *operands = mir_operands(f, insn);
  named->reads = named->writes = 0;
  for (uint32_t o = 0; o < insn->count; o++) {
    if (!is_virtual(operands[o]))
      continue;
    IsaRole role = mir_role(f, insn, o);
    uint32_t v = (uint32_t)operands[o].value - MIR_FIRST_VIRTUAL;
    if (mir_reads(role))
      named->read[named->reads++] = v;
    if (mir_writes(role))
      named->written[named->writes++] = v;
  }
}

// What each block does with registers, in one walk over the code: lists of registers, the blocks' one after
// the other in their order.
typedef struct BlockLists {
  VEC(uint32_t) read;    // before they are written there
  VEC(uint32_t) written; // each once
  uint32_t *read_end;    // by place in the layout: where its list ends
  uint32_t *written_end;
} BlockLists;

static void list_registers(const Function *f, Liveness *l, BlockLists *lists) {
  size_t n = f->classes.count + 1;
  // By register: the place in the layout + 1 of the last block that wrote it, or read it before that.
  uint32_t *wrote = ARENA_ARRAY(&l->arena, uint32_t, 2 * n), *read = wrote + n;
  Named named;
  for (uint32_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++) {
      find_named(f, &b->insns[i], &named);
      for (uint32_t o = 0; o < named.reads; o++) {
        uint32_t v = named.read[o];
        if (wrote[v] == k + 1 || read[v] == k + 1)
          continue;
        read[v] = k + 1;
        VEC_PUSH(&lists->read, v);
      }
      for (uint32_t o = 0; o < named.writes; o++) {
        uint32_t v = named.written[o];
        if (wrote[v] != k + 1)
          VEC_PUSH(&lists->written, v);
        wrote[v] = k + 1;
      }
    }
    lists->read_end[k] = (uint32_t)lists->read.count;
    lists->written_end[k] = (uint32_t)lists->written.count;
  }
}

static void name_globals(Liveness *l, const BlockLists *lists) {
  l->names = ARENA_ARRAY(&l->arena, uint32_t, lists->read.count + 1);
  for (size_t i = 0; i < lists->read.count; i++) {
    uint32_t v = lists->read.data[i];
    if (l->global[v])
      continue;
    l->names[l->count++] = v;
    l->global[v] = l->count;
  }
}

static Bitset next_set(uint64_t **words, uint32_t count) {
  Bitset set = {*words, (count + 63) / 64};
  *words += set.word_count;
  return set;
}

static void find_block_sets(const Function *f, Liveness *l, const BlockLists *lists) {
  enum { SETS = 3 };
  uint64_t *words = ARENA_ARRAY(&l->arena, uint64_t, SETS * f->layout.count * ((l->count + 63) / 64));
  uint32_t r = 0, w = 0;
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    l->in[block] = next_set(&words, l->count);
    l->out[block] = next_set(&words, l->count);
    l->kill[block] = next_set(&words, l->count);
    for (; r < lists->read_end[k]; r++)
      bitset_add(&l->in[block], l->global[lists->read.data[r]] - 1);
    for (; w < lists->written_end[k]; w++)
      if (l->global[lists->written.data[w]])
        bitset_add(&l->kill[block], l->global[lists->written.data[w]] - 1);
  }
}

static void solve(const Function *f, Liveness *l) {
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t k = f->layout.count; k-- > 0;) {
      uint32_t block = f->layout.data[k];
      const MirBlock *b = &f->mblocks.data[block];
      bool grew = false;
      for (uint32_t s = 0; s < b->succ_count; s++)
        grew |= bitset_union(&l->out[block], &l->in[b->succs[s]]);
      if (!grew)
        continue;
      for (size_t w = 0; w < l->in[block].word_count; w++) {
        uint64_t in = l->in[block].words[w] | (l->out[block].words[w] & ~l->kill[block].words[w]);
        changed |= in != l->in[block].words[w];
        l->in[block].words[w] = in;
      }
    }
  }
}

void find_liveness(const Function *f, Liveness *l) {
  *l = (Liveness){0};
  l->global = ARENA_ARRAY(&l->arena, uint32_t, f->classes.count + 1);
  l->in = ARENA_ARRAY(&l->arena, Bitset, f->mblocks.count);
  l->out = ARENA_ARRAY(&l->arena, Bitset, f->mblocks.count);
  l->kill = ARENA_ARRAY(&l->arena, Bitset, f->mblocks.count);
  BlockLists lists = {.read_end = ARENA_ARRAY(&l->arena, uint32_t, f->layout.count),
                      .written_end = ARENA_ARRAY(&l->arena, uint32_t, f->layout.count)};
  list_registers(f, l, &lists);
  name_globals(l, &lists);
  find_block_sets(f, l, &lists);
  solve(f, l);
  VEC_FREE(&lists.read);
  VEC_FREE(&lists.written);
}

void free_liveness(Liveness *l) {
  arena_free(&l->arena);
}

// Blocks are scanned backwards, so entries come last first; they are turned round in the end.
static void fix(Allocator *a, unsigned reg, uint32_t start, uint32_t end) {
  Occupied entry = {start, end, NO_SEGMENT};
  VEC_PUSH(&a->occupied[reg], entry);
}

static void turn_round(OccupiedList *list) {
  for (size_t i = 0, j = list->count; i + 1 < j; i++) {
    Occupied entry = list->data[i];
    list->data[i] = list->data[--j];
    list->data[j] = entry;
  }
}

// What a call does to x and f registers is the same for many, so it stands in no list of theirs
// (Allocator.calls).
static void clobber_groups(Allocator *a, uint32_t insn) {
  for (unsigned r = MIR_FIRST_VR; r < MIR_REGS; r++)
    fix(a, r, insn * POINTS + POINT_DEF, insn * POINTS + POINT_SPILL);
}

bool crosses_call(const Allocator *a, uint32_t segments) {
  for (uint32_t s = a->calls.count ? segments : NO_SEGMENT; s != NO_SEGMENT; s = a->segments.data[s].next) {
    size_t low = 0, high = a->calls.count;
    while (low < high) {
      size_t middle = (low + high) / 2;
      if (a->calls.data[middle] < a->segments.data[s].start)
        low = middle + 1;
      else
        high = middle;
    }
    if (low < a->calls.count && a->calls.data[low] < a->segments.data[s].end)
      return true;
  }
  return false;
}

static void add_ref(Allocator *a, uint32_t v, uint32_t insn, uint32_t operand, bool def, bool both,
                    bool late) {
  Interval *interval = &a->intervals.data[v];
  Ref ref = {insn, operand, interval->refs, def, both, late};
  VEC_PUSH(&a->refs, ref);
  interval->refs = (uint32_t)a->refs.count - 1;
  interval->defs += def;
}

typedef struct Scan {
  uint32_t *end;     // by virtual register: where its range ends; 0: not live
  uint32_t *live;    // registers live now
  uint32_t *live_at; // their place in `live`
  uint32_t live_count;
  uint32_t fixed_end[MIR_REGS];
} Scan;

// The registers that an operand names: a move of a group names the first of a group of physical ones.
static unsigned fixed_size(const MirInsn *insn) {
  return insn->op == MIR_COPY && insn->flags >= MIR_SIZE ? insn->flags / MIR_SIZE : 1;
}

static void scan_fixed_def(Allocator *a, Scan *s, const MirInsn *insn, unsigned reg, uint32_t start) {
  for (unsigned r = reg; r < reg + fixed_size(insn); r++) {
    uint32_t end = s->fixed_end[r] ? s->fixed_end[r] : start + 1;
    if (is_allocatable(a, r))
      fix(a, r, start, end);
    s->fixed_end[r] = 0;
  }
}

static void scan_def(Allocator *a, Scan *s, uint32_t number, uint32_t operand, bool both) {
  MirOperand o = a->f->operands.data[operand];
  uint32_t start = number * POINTS + POINT_DEF;
  if (!is_virtual(o)) {
    scan_fixed_def(a, s, a->insns[number], (unsigned)o.value, start);
    return;
  }
  uint32_t v = (uint32_t)o.value - MIR_FIRST_VIRTUAL;
  add_ref(a, v, number, operand, true, both, false);
  uint32_t end = s->end[v] ? s->end[v] : start + 1;
  a->intervals.data[v].segments = add_segment(a, start, end, a->intervals.data[v].segments);
  if (s->end[v]) {
    s->end[v] = 0;
    uint32_t last = s->live[--s->live_count];
    s->live[s->live_at[v]] = last;
    s->live_at[last] = s->live_at[v];
  }
}

static void make_live(Scan *s, uint32_t v, uint32_t end) {
  if (s->end[v])
    return;
  s->end[v] = end;
  s->live_at[v] = s->live_count;
  s->live[s->live_count++] = v;
}

static void scan_use(Allocator *a, Scan *s, uint32_t number, uint32_t operand, bool both, bool late) {
  MirOperand o = a->f->operands.data[operand];
  uint32_t end = number * POINTS + POINT_DEF + late;
  if (!is_virtual(o)) {
    for (unsigned r = (unsigned)o.value; r < (unsigned)o.value + fixed_size(a->insns[number]); r++)
      s->fixed_end[r] = s->fixed_end[r] ? s->fixed_end[r] : end;
    return;
  }
  uint32_t v = (uint32_t)o.value - MIR_FIRST_VIRTUAL;
  if (!both)
    add_ref(a, v, number, operand, false, false, late);
  if (s->end[v] && s->end[v] < end) // another operand of this instruction
    s->end[v] = end;
  make_live(s, v, end);
}

// Backwards: what it writes comes before what it reads.
static void scan_insn(Allocator *a, Scan *s, uint32_t number) {
  Function *f = a->f;
  const MirInsn *insn = a->insns[number];
  uint8_t reads[UINT8_MAX];
  uint32_t count = 0;
  for (uint32_t o = 0; o < insn->count; o++) {
    IsaRole role = mir_role(f, insn, o);
    if (mir_writes(role))
      scan_def(a, s, number, insn->operands + o, role == ISA_ROLE_BOTH);
    if (mir_reads(role))
      reads[count++] = (uint8_t)o;
  }
  if (a->groups && is_call(insn))
    clobber_groups(a, number);
  for (uint32_t k = 0; k < count; k++) {
    uint32_t o = reads[k];
    bool both = mir_writes(mir_role(f, insn, o));
    scan_use(a, s, number, insn->operands + o, both, a->groups && mir_is_late(f, insn, o));
  }
}

static void scan_block(Allocator *a, Liveness *l, Scan *s, uint32_t block) {
  const MirBlock *b = &a->f->mblocks.data[block];
  uint32_t first = a->block_first[block], end = (first + b->count) * POINTS;
  memset(s->fixed_end, 0, sizeof s->fixed_end);
  for (size_t bit = bitset_next(&l->out[block], 0); bit != SIZE_MAX;
       bit = bitset_next(&l->out[block], bit + 1))
    make_live(s, l->names[bit], end);
  for (uint32_t i = b->count; i-- > 0;)
    scan_insn(a, s, first + i);
  while (s->live_count) {
    uint32_t v = s->live[--s->live_count];
    a->intervals.data[v].segments = add_segment(a, first * POINTS, s->end[v], a->intervals.data[v].segments);
    s->end[v] = 0;
  }
}

void find_intervals(Allocator *a) {
  Function *f = a->f;
  number_instructions(a);
  uint32_t n = a->virtuals;
  Liveness l = {0};
  find_liveness(f, &l);
  Scan s = {0};
  s.end = checked_malloc((n + 1) * sizeof *s.end);
  s.live = checked_malloc((n + 1) * sizeof *s.live);
  s.live_at = checked_malloc((n + 1) * sizeof *s.live_at);
  memset(s.end, 0, (n + 1) * sizeof *s.end);
  for (size_t k = f->layout.count; k-- > 0;)
    scan_block(a, &l, &s, f->layout.data[k]);
  for (unsigned r = 0; r < MIR_REGS; r++)
    turn_round(&a->occupied[r]);
  free(s.end);
  free(s.live);
  free(s.live_at);
  free_liveness(&l);
}
