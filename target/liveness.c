// Live ranges of registers.
#include "target/regalloc.h"

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
void occupy(Allocator *a, unsigned reg, uint32_t start, uint32_t end, uint32_t interval) {
  OccupiedList *list = &a->occupied[reg];
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

static void find_globals(const Function *f, Liveness *l) {
  uint32_t *seen = checked_malloc((f->classes.count + 1) * sizeof *seen);
  memset(seen, 0, (f->classes.count + 1) * sizeof *seen);
  Named named;
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++) {
      find_named(f, &b->insns[i], &named);
      for (uint32_t o = 0; o < named.reads; o++) {
        uint32_t v = named.read[o];
        if (seen[v] != k + 1 && !l->global[v]) {
          l->names[l->count++] = v;
          l->global[v] = l->count;
        }
      }
      for (uint32_t o = 0; o < named.writes; o++)
        seen[named.written[o]] = (uint32_t)k + 1;
    }
  }
  free(seen);
}

static void find_block_sets(const Function *f, Liveness *l) {
  Named named;
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    const MirBlock *b = &f->mblocks.data[block];
    l->in[block] = bitset_new(&l->arena, l->count);
    l->out[block] = bitset_new(&l->arena, l->count);
    l->kill[block] = bitset_new(&l->arena, l->count);
    for (uint32_t i = 0; i < b->count; i++) {
      find_named(f, &b->insns[i], &named);
      for (uint32_t o = 0; o < named.reads; o++) {
        uint32_t bit = l->global[named.read[o]];
        if (bit && !bitset_has(&l->kill[block], bit - 1))
          bitset_add(&l->in[block], bit - 1);
      }
      for (uint32_t o = 0; o < named.writes; o++) {
        uint32_t bit = l->global[named.written[o]];
        if (bit)
          bitset_add(&l->kill[block], bit - 1);
      }
    }
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
  size_t n = f->classes.count;
  *l = (Liveness){.global = checked_malloc((n + 1) * sizeof *l->global),
                  .names = checked_malloc((n + 1) * sizeof *l->names)};
  memset(l->global, 0, (n + 1) * sizeof *l->global);
  l->in = ARENA_ARRAY(&l->arena, Bitset, f->mblocks.count);
  l->out = ARENA_ARRAY(&l->arena, Bitset, f->mblocks.count);
  l->kill = ARENA_ARRAY(&l->arena, Bitset, f->mblocks.count);
  find_globals(f, l);
  find_block_sets(f, l);
  solve(f, l);
}

void free_liveness(Liveness *l) {
  free(l->global);
  free(l->names);
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

static void clobber(Allocator *a, uint32_t insn) {
  for (unsigned r = 0; r < MIR_REGS; r++)
    if (r < MIR_FIRST_VR ? mir_caller_saved >> r & 1 : a->groups)
      fix(a, r, insn * POINTS + POINT_DEF, insn * POINTS + POINT_SPILL);
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

static void scan_defs(Allocator *a, Scan *s, uint32_t number) {
  Function *f = a->f;
  const MirInsn *insn = a->insns[number];
  for (uint32_t o = 0; o < insn->count; o++) {
    MirOperand operand = mir_operands(f, insn)[o];
    IsaRole role = mir_role(f, insn, o);
    if (!mir_writes(role))
      continue;
    uint32_t start = number * POINTS + POINT_DEF;
    if (!is_virtual(operand)) {
      for (unsigned r = (unsigned)operand.value; r < (unsigned)operand.value + fixed_size(insn); r++) {
        uint32_t end = s->fixed_end[r] ? s->fixed_end[r] : start + 1;
        if (is_allocatable(a, r))
          fix(a, r, start, end);
        s->fixed_end[r] = 0;
      }
      continue;
    }
    uint32_t v = (uint32_t)operand.value - MIR_FIRST_VIRTUAL;
    add_ref(a, v, number, insn->operands + o, true, role == ISA_ROLE_BOTH, false);
    uint32_t end = s->end[v] ? s->end[v] : start + 1;
    a->intervals.data[v].segments = add_segment(a, start, end, a->intervals.data[v].segments);
    if (s->end[v]) {
      s->end[v] = 0;
      uint32_t last = s->live[--s->live_count];
      s->live[s->live_at[v]] = last;
      s->live_at[last] = s->live_at[v];
    }
  }
}

static void make_live(Scan *s, uint32_t v, uint32_t end) {
  if (s->end[v])
    return;
  s->end[v] = end;
  s->live_at[v] = s->live_count;
  s->live[s->live_count++] = v;
}

static void scan_uses(Allocator *a, Scan *s, uint32_t number) {
  Function *f = a->f;
  const MirInsn *insn = a->insns[number];
  for (uint32_t o = 0; o < insn->count; o++) {
    MirOperand operand = mir_operands(f, insn)[o];
    IsaRole role = mir_role(f, insn, o);
    if (!mir_reads(role))
      continue;
    bool late = a->groups && mir_is_late(f, insn, o);
    uint32_t end = number * POINTS + POINT_DEF + late;
    if (!is_virtual(operand)) {
      for (unsigned r = (unsigned)operand.value; r < (unsigned)operand.value + fixed_size(insn); r++)
        s->fixed_end[r] = s->fixed_end[r] ? s->fixed_end[r] : end;
      continue;
    }
    uint32_t v = (uint32_t)operand.value - MIR_FIRST_VIRTUAL;
    if (role == ISA_ROLE_USE)
      add_ref(a, v, number, insn->operands + o, false, false, late);
    if (s->end[v] && s->end[v] < end) // another operand of this instruction
      s->end[v] = end;
    make_live(s, v, end);
  }
}

static void scan_block(Allocator *a, Liveness *l, Scan *s, uint32_t block) {
  const MirBlock *b = &a->f->mblocks.data[block];
  uint32_t first = a->block_first[block], end = (first + b->count) * POINTS;
  memset(s->fixed_end, 0, sizeof s->fixed_end);
  for (size_t bit = bitset_next(&l->out[block], 0); bit != SIZE_MAX;
       bit = bitset_next(&l->out[block], bit + 1))
    make_live(s, l->names[bit], end);
  for (uint32_t i = b->count; i-- > 0;) {
    uint32_t number = first + i;
    scan_defs(a, s, number);
    if (b->insns[i].op == MIR_CALL || b->insns[i].op == MIR_CALLR)
      clobber(a, number);
    scan_uses(a, s, number);
  }
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
