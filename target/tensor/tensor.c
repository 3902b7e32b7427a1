// The pass: regions are raised and mapped, one after the other.
#include "target/tensor/emitter.h"
#include "target/tensor/keep.h"
#include "target/tensor/prefetch.h"
#include "target/tensor/raise/raise.h"

#include <string.h>

static bool print_region(Target *target, Region *region, void *context) {
  const bool *fused = context;
  if (fused && *fused)
    region_fuse(target, region);
  region_print(&target->report->dumps, target, region);
  return true; // so that its parts are not shown again
}

// Fusion is proved along with raising: what it does to regions is the same for all mappings. So is cutting
// loops into parts, where that is asked for.
static bool regenerate(Target *target, Region *region, void *context) {
  const bool *parts = context;
  region_fuse(target, region);
  if (*parts)
    region_distribute(region);
  return regenerate_region(target, region);
}

// Nests after one another that are one contraction once what they hand on through memory is gone.
static bool map_fused(Target *target, Region *region) {
  size_t nests = region->body.count;
  region_fuse(target, region);
  return region->body.count < nests && map_region(target, region);
}

static bool map(Target *target, Region *region, void *context) {
  uint32_t first_block = (uint32_t)region->function->blocks.count;
  NestReport report;
  report_start(target, region, &report);
  uint32_t place = emit_place(region->function, region_source(region));
  bool part = has_contraction_part(region, &region->wanted);
  bool mapped = map_region(target, region) || (part && map_fused(target, region)) ||
                (!part && map_vector(target, region));
  if (mapped) {
    report_mapped(target, region, first_block);
    prefetch_note(context, region, first_block);
  }
  region->function->place = place;
  return mapped;
}

static void map_all(Target *target, Function *f) {
  Keep keep;
  keep_begin(target, f, &keep);
  Prefetch prefetch = {0};
  raise_regions(target, f, map, &prefetch);
  prefetch_across_nests(target, f, &prefetch);
  keep_end(target, f, &keep);
}

// What later passes do not look at would only keep them from seeing that values are equal.
static void drop_wrap_flags(Function *f) {
  for (size_t i = 0; i < f->insns.count; i++)
    f->insns.data[i].flags &= (uint8_t)~(IR_NO_SIGNED_WRAP | IR_NO_UNSIGNED_WRAP);
}

bool tensor(Target *target, Function *f) {
  const char *mode = target->options->tensor;
  bool fused = mode && strcmp(mode, "print-fused") == 0,
       parts = mode && strcmp(mode, "regenerate-parts") == 0;
  IrValue first = (IrValue)f->insns.count;
  if (fused || (mode && strcmp(mode, "print") == 0))
    raise_regions(target, f, print_region, &fused);
  else if (parts || (mode && strcmp(mode, "regenerate") == 0))
    raise_regions(target, f, regenerate, &parts);
  else if (mode ? strcmp(mode, "on") == 0 : !f->small)
    map_all(target, f);
  // What was computed to see whether a nest can be mapped, and then was not needed.
  Emitter e = {.builder = {.f = f}};
  if (f->insns.count > first)
    emit_remove_dead(&e, first);
  report_scalar_loops(target, f);
  drop_wrap_flags(f);
  return true;
}
