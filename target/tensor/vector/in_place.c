// Arrays that are kept in the scratchpad (keep.c) need no buffers: nests on the vector unit go to them where
// they lie.
#include "target/tensor/keep.h"
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/box.h"

// Whether lanes along this iterator go to words of different lanes of the scratchpad, or side by side.
static bool spreads(const Access *access, uint32_t iterator) {
  Quantity stride = affine_coefficient(&access->offset, iterator);
  int64_t size = type_bits(access->type) / 8;
  bool odd_words = stride.constant % 4 == 0 && stride.constant / 4 % 2 != 0;
  return stride.value == IR_NONE &&
         (!stride.constant || stride.constant == size || stride.constant == -size || odd_words);
}

// Whether all accesses of an array that is kept in the scratchpad are made there. Others, between whose lanes
// there would be conflicts, go through buffers as those of memory do.
static bool is_in_place(const Finder *f, uint32_t array) {
  const Region *region = f->m->region;
  const Array *a = &region->arrays.data[array];
  if (a->kind != ARRAY_MEMORY || !is_kept(region->function, a->base))
    return false;
  for (size_t t = 0; t < f->touches.count; t++) {
    const Access *access = &region->accesses.data[f->touches.data[t].access];
    for (uint32_t l = 0; l < region->loops.count && access->array == array; l++) {
      uint32_t iterator = region->loops.data[l].iterator;
      bool lanes = f->m->lane == iterator || (f->m->chosen[l] && loop_within(region, l, f->loop));
      if (lanes && !spreads(access, iterator))
        return false;
    }
  }
  return true;
}

bool any_in_place(const Finder *f) {
  for (size_t t = 0; t < f->touches.count; t++)
    if (is_in_place(f, f->m->region->accesses.data[f->touches.data[t].access].array))
      return true;
  return false;
}

bool access_stays(const Finder *f, uint32_t access) {
  uint32_t array = f->m->region->accesses.data[access].array;
  return f->m->region->arrays.data[array].kind == ARRAY_SCALAR || is_in_place(f, array);
}
