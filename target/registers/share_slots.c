// After allocation: spilled ranges that are apart share a slot of the frame, and those that are used most get
// the lowest ones, where 16-bit loads and stores reach them.
#include "target/registers/regalloc.h"

#include <stdlib.h>

// A range in memory.
typedef struct Spilled {
  uint32_t interval;
  uint32_t slot; // as it was given, from 0 on
  uint32_t uses; // reloads and spills
} Spilled;

// A slot that several of them share.
typedef struct Shared {
  OccupiedList occupied;
  FrameSlot slot;
  uint32_t uses;
  uint32_t number; // in the order in which they were made
} Shared;

typedef VEC(Spilled) SpilledList;
typedef VEC(Shared) SharedList;

static int compare_spilled(const void *x, const void *y) {
  const Spilled *a = x, *b = y;
  if (a->uses != b->uses)
    return a->uses > b->uses ? -1 : 1;
  return a->slot < b->slot ? -1 : a->slot > b->slot;
}

static int compare_shared(const void *x, const void *y) {
  const Shared *a = x, *b = y;
  if (a->uses != b->uses)
    return a->uses > b->uses ? -1 : 1;
  return a->number < b->number ? -1 : a->number > b->number;
}

// The ranges that slots were made for, each of which has one of its own, most used first.
static void find_spilled(const Allocator *a, uint32_t first, SpilledList *list) {
  for (uint32_t v = 0; v < a->virtuals; v++)
    if (a->intervals.data[v].slot)
      VEC_PUSH(list, ((Spilled){.interval = v, .slot = a->intervals.data[v].slot - 1 - first}));
  uint32_t *uses = checked_malloc((list->count + 1) * sizeof *uses);
  for (size_t i = 0; i < list->count; i++)
    uses[i] = 0;
  for (size_t i = 0; i < a->insertions.count; i++)
    if (a->insertions.data[i].op != MIR_LI)
      uses[a->intervals.data[a->insertions.data[i].source].slot - 1 - first]++;
  for (size_t i = 0; i < list->count; i++)
    list->data[i].uses = uses[list->data[i].slot];
  free(uses);
  if (list->count)
    qsort(list->data, list->count, sizeof *list->data, compare_spilled);
}

static bool has_room(const Allocator *a, const Shared *shared, uint32_t interval) {
  for (uint32_t s = a->intervals.data[interval].segments; s != NO_SEGMENT; s = a->segments.data[s].next) {
    size_t i = first_behind(&shared->occupied, a->segments.data[s].start);
    if (i < shared->occupied.count && shared->occupied.data[i].start < a->segments.data[s].end)
      return false;
  }
  return true;
}

static void put_into(const Allocator *a, Shared *shared, const Spilled *spilled) {
  shared->uses += spilled->uses;
  for (uint32_t s = a->intervals.data[spilled->interval].segments; s != NO_SEGMENT;
       s = a->segments.data[s].next)
    occupy(&shared->occupied, a->segments.data[s].start, a->segments.data[s].end, spilled->interval);
}

// Gives each range the first slot of its size in which it has room. `of` is by slot as it was given: the
// number of the shared one.
static void share(const Allocator *a, uint32_t first, const SpilledList *list, SharedList *all,
                  uint32_t *of) {
  for (size_t i = 0; i < list->count; i++) {
    const Spilled *spilled = &list->data[i];
    FrameSlot slot = a->f->slots.data[first + spilled->slot];
    size_t k = 0;
    while (k < all->count &&
           (all->data[k].slot.size != slot.size || !has_room(a, &all->data[k], spilled->interval)))
      k++;
    if (k == all->count)
      VEC_PUSH(all, ((Shared){.slot = slot, .number = (uint32_t)k}));
    put_into(a, &all->data[k], spilled);
    of[spilled->slot] = (uint32_t)k;
  }
}

void share_slots(Allocator *a, uint32_t first) {
  Function *f = a->f;
  uint32_t count = (uint32_t)f->slots.count - first;
  SpilledList list = {0};
  SharedList all = {0};
  find_spilled(a, first, &list);
  uint32_t *of = checked_malloc((count + 1) * sizeof *of),
           *place = checked_malloc((count + 1) * sizeof *place);
  share(a, first, &list, &all, of);
  if (all.count)
    qsort(all.data, all.count, sizeof *all.data, compare_shared);
  f->slots.count = first;
  f->spill_slots.count -= count;
  for (uint32_t k = 0; k < all.count; k++) {
    VEC_PUSH(&f->spill_slots, (uint32_t)f->slots.count);
    VEC_PUSH(&f->slots, all.data[k].slot);
    place[all.data[k].number] = first + k + 1;
    VEC_FREE(&all.data[k].occupied);
  }
  for (size_t v = 0; v < a->intervals.count; v++)
    if (a->intervals.data[v].slot)
      a->intervals.data[v].slot = place[of[a->intervals.data[v].slot - 1 - first]];
  free(of);
  free(place);
  VEC_FREE(&list);
  VEC_FREE(&all);
}
