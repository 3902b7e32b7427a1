// The pass: regions are raised and mapped, one after the other.
#include "target/tensor/raise.h"

#include <string.h>

static bool print_region(Target *target, Region *region, void *context) {
  (void)context;
  region_print(&target->report->dumps, target, region);
  return true; // so that its parts are not shown again
}

static bool regenerate(Target *target, Region *region, void *context) {
  (void)context;
  return regenerate_region(target, region);
}

static bool map(Target *target, Region *region, void *context) {
  (void)context;
  return map_region(target, region);
}

bool tensor(Target *target, Function *f) {
  const char *mode = target->options->tensor;
  if (!mode || strcmp(mode, "off") == 0)
    return true;
  if (strcmp(mode, "print") == 0)
    raise_regions(target, f, print_region, NULL);
  else if (strcmp(mode, "regenerate") == 0)
    raise_regions(target, f, regenerate, NULL);
  else
    raise_regions(target, f, map, NULL);
  return true;
}
