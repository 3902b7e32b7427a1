// After allocation: vectors of short lives take turns in all registers that are free. The vector and tile
// units have queues; a register that is written again at once makes the load that writes it wait for what was
// read from it.
#include "target/registers/regalloc.h"

#include "target/ir/vector.h"

#include <stdlib.h>

typedef struct Short {
  uint32_t interval;
  uint32_t start;
} Short;

static int compare_starts(const void *x, const void *y) {
  const Short *a = x, *b = y;
  if (a->start != b->start)
    return a->start < b->start ? -1 : 1;
  return a->interval < b->interval ? -1 : a->interval > b->interval;
}

// One stretch, and no move that a certain register would save.
static bool is_short(const Allocator *a, uint32_t v) {
  const Interval *interval = &a->intervals.data[v];
  return interval->class != MIR_CLASS_MASK && interval->class >= IR_FIRST_VECTOR &&
         interval->class < IR_FIRST_ACCUMULATORS && interval->reg >= 0 && !interval->spilled &&
         interval->segments != NO_SEGMENT && interval->hints == NO_SEGMENT &&
         a->segments.data[interval->segments].next == NO_SEGMENT;
}

static void take_out(Allocator *a, uint32_t v) {
  const Interval *interval = &a->intervals.data[v];
  unsigned first = (unsigned)interval->reg, size = mir_class_size(interval->class);
  for (unsigned r = first; r < first + size; r++) {
    OccupiedList *list = &a->occupied[r];
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
      if (list->data[i].interval != v)
        list->data[kept++] = list->data[i];
    list->count = kept;
  }
}

// How many entries of a sorted list begin before a point.
static size_t begun_before(const OccupiedList *list, uint32_t point) {
  size_t low = 0, high = list->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (list->data[middle].start < point)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// A point from which registers are looked at: in a loop of one block also those of the round before.
typedef struct View {
  uint32_t point, length, end; // of the block; what begins from `end` on is not seen
} View;

static View view_from(const Allocator *a, uint32_t point) {
  uint32_t block = a->insn_block[point / POINTS];
  const MirBlock *b = &a->f->mblocks.data[block];
  bool loop = false;
  for (uint32_t i = 0; i < b->succ_count; i++)
    loop |= b->succs[i] == block;
  uint32_t first = a->block_first[block] * POINTS, length = b->count * POINTS;
  return (View){point, length, loop ? first + length : point + 1};
}

// How many points ago registers from `reg` on were last used. What is no longer than `least` need not be
// exact.
static uint32_t idle_time(const Allocator *a, unsigned reg, unsigned size, const View *view, uint32_t least) {
  uint32_t idle = UINT32_MAX, point = view->point;
  for (unsigned r = reg; r < reg + size && idle > least; r++) {
    const OccupiedList *list = &a->occupied[r];
    for (size_t i = begun_before(list, view->end); i-- > 0;) {
      const Occupied *use = &list->data[i];
      uint32_t end = use->end, ago = use->start > point ? point + view->length : point;
      ago = ago > end ? ago - end : 0;
      idle = ago < idle ? ago : idle;
      if (use->start <= point || idle <= least)
        break;
    }
  }
  return idle;
}

static void place_again(Allocator *a, Short one) {
  const Interval *interval = &a->intervals.data[one.interval];
  unsigned size = mir_class_size(interval->class), old = (unsigned)interval->reg, best = old;
  unsigned step = mir_class_alignment(interval->class);
  const View view = view_from(a, one.start);
  take_out(a, one.interval);
  uint32_t longest = idle_time(a, old, size, &view, 0);
  for (unsigned reg = MIR_FIRST_VR + step; reg + size <= MIR_FIRST_ACC; reg += step) { // v0 is for masks
    uint32_t idle = idle_time(a, reg, size, &view, longest);
    if (idle > longest && obstacle(a, one.interval, reg, 0) < 0) {
      longest = idle;
      best = reg;
    }
  }
  assign(a, one.interval, best);
}

void spread_vectors(Allocator *a) {
  VEC(Short) list = {0};
  for (uint32_t v = 0; v < a->intervals.count; v++)
    if (is_short(a, v)) {
      Short one = {v, a->segments.data[a->intervals.data[v].segments].start};
      VEC_PUSH(&list, one);
    }
  if (list.count)
    qsort(list.data, list.count, sizeof *list.data, compare_starts);
  // The second time all that comes behind is known, which in a loop is what came before.
  for (unsigned time = 0; time < 2; time++)
    for (size_t i = 0; i < list.count; i++)
      place_again(a, list.data[i]);
  VEC_FREE(&list);
}
