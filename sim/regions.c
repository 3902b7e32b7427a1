// Regions (regions.h). The boundaries of all regions cut the address space into intervals; while execution
// stays in one, nothing is done. Where it changes to another, or calls or returns, the set of regions that
// time belongs to may change: what has been counted since the last change then goes to the set before.
#include "sim/regions.h"
#include "sim/profile.h"

#include <stdlib.h>

enum { DEEPEST = 512 }; // calls that are followed

// A set of regions, in order, and what was counted while it was the present one.
typedef struct RegionSet {
  const uint32_t *members;
  uint32_t count;
  SimCounters counters;
} RegionSet;

// The sum of two sets that has been asked for before.
typedef struct Union {
  uint32_t a;
  uint32_t b;
  uint32_t sum;
} Union;

// Addresses that belong to a region.
typedef struct Range {
  uint32_t region;
  uint64_t from;
  uint64_t to;
} Range;

struct Regions {
  Sim *sim;
  Arena arena;
  VEC(SimRegion) regions;
  size_t named; // of them: the others are nests, and the scalar code beside each
  VEC(Range) ranges;
  VEC(uint64_t) boundaries; // in order; interval i ends at boundary i
  VEC(uint32_t) intervals;  // the set of each; one more than boundaries
  VEC(RegionSet) sets;      // set 0 is empty
  VEC(Union) unions;
  VEC(uint32_t) callers; // the sets of those who wait for a return
  uint64_t deeper;       // calls beyond DEEPEST, which are not followed
  uint32_t base;         // the caller's set
  uint32_t current;
  uint32_t latest; // the set of the latest instruction
  uint64_t low;    // addresses of the present interval
  uint64_t high;
  uint64_t instructions;
  SimCounters counted; // up to the last change
};

// ---- Sets

static uint32_t intern_set(Regions *regions, const uint32_t *members, uint32_t count) {
  for (uint32_t i = 0; i < regions->sets.count; i++) {
    const RegionSet *set = &regions->sets.data[i];
    if (set->count == count && memcmp(set->members, members, count * sizeof *members) == 0)
      return i;
  }
  uint32_t *own = ARENA_ARRAY(&regions->arena, uint32_t, count + 1);
  memcpy(own, members, count * sizeof *members);
  RegionSet set = {.members = own, .count = count};
  VEC_PUSH(&regions->sets, set);
  return (uint32_t)regions->sets.count - 1;
}

static bool has_member(const RegionSet *set, uint32_t member) {
  for (uint32_t i = 0; i < set->count; i++)
    if (set->members[i] == member)
      return true;
  return false;
}

static uint32_t unite(Regions *regions, uint32_t a, uint32_t b) {
  if (a == 0 || a == b)
    return b;
  if (b == 0)
    return a;
  for (size_t i = 0; i < regions->unions.count; i++)
    if (regions->unions.data[i].a == a && regions->unions.data[i].b == b)
      return regions->unions.data[i].sum;
  uint32_t *members = checked_malloc(regions->regions.count * sizeof *members);
  uint32_t count = 0;
  for (uint32_t i = 0; i < regions->regions.count; i++)
    if (has_member(&regions->sets.data[a], i) || has_member(&regions->sets.data[b], i))
      members[count++] = i;
  Union found = {a, b, intern_set(regions, members, count)};
  free(members);
  VEC_PUSH(&regions->unions, found);
  return found.sum;
}

// ---- Finding regions

static void add_region(Regions *regions, const char *name, uint64_t from, uint64_t to) {
  SimRegion region = {.name = name, .from = from, .to = to};
  Range range = {(uint32_t)regions->regions.count, from, to};
  VEC_PUSH(&regions->regions, region);
  VEC_PUSH(&regions->ranges, range);
}

// Two regions a nest: its code, and the scalar code beside it.
static void add_nests(Regions *regions) {
  const Sim *sim = regions->sim;
  for (size_t i = 0; i < 2 * sim->nests.count; i++) {
    SimRegion region = {.name = sim->nests.data[i / 2].function};
    VEC_PUSH(&regions->regions, region);
  }
  for (size_t i = 0; i < sim->nest_ranges.count; i++) {
    const NestRange *part = &sim->nest_ranges.data[i];
    uint32_t region = (uint32_t)regions->named + 2 * part->nest + part->scalar;
    Range range = {region, part->from, part->to};
    VEC_PUSH(&regions->ranges, range);
  }
}

const SimRegion *regions_of_nest(const Regions *regions, uint32_t nest, bool scalar) {
  return regions ? &regions->regions.data[regions->named + 2 * nest + scalar] : NULL;
}

// A symbol's end: by its size, or where the next symbol is.
static uint64_t symbol_end(const Sim *sim, const SimSymbol *symbol) {
  if (symbol->size)
    return symbol->address + symbol->size;
  const SimSymbol *end = sim->symbols.data + sim->symbols.count;
  for (const SimSymbol *next = symbol + 1; next < end; next++)
    if (next->address > symbol->address)
      return next->address;
  return symbol->address + 1;
}

static bool find_address(const Sim *sim, const char *text, uint64_t *address) {
  char *end = NULL;
  if (*text >= '0' && *text <= '9') {
    *address = strtoull(text, &end, 0);
    return *end == '\0';
  }
  return sim_symbol(sim, text, address);
}

// NAME=FROM,TO
static bool add_range(Regions *regions, const char *text, const char *equals) {
  const char *comma = strchr(equals, ',');
  if (!comma || equals == text)
    return false;
  Arena *arena = &regions->arena;
  const char *from = arena_copy_text(arena, equals + 1, (size_t)(comma - equals - 1));
  uint64_t first = 0;
  uint64_t end = 0;
  if (!find_address(regions->sim, from, &first) || !find_address(regions->sim, comma + 1, &end) ||
      first >= end)
    return false;
  add_region(regions, arena_copy_text(arena, text, (size_t)(equals - text)), first, end);
  return true;
}

// SYMBOL, or PREFIX*: each symbol that begins so.
static bool add_symbols(Regions *regions, const char *text) {
  const Sim *sim = regions->sim;
  size_t length = strlen(text);
  bool prefix = length && text[length - 1] == '*';
  bool found = false;
  for (size_t i = 0; i < sim->symbols.count; i++) {
    const SimSymbol *symbol = &sim->symbols.data[i];
    if (prefix ? strncmp(symbol->name, text, length - 1) != 0 : strcmp(symbol->name, text) != 0)
      continue;
    add_region(regions, symbol->name, symbol->address, symbol_end(sim, symbol));
    found = true;
    if (!prefix)
      break;
  }
  return found;
}

static int compare_addresses(const void *left, const void *right) {
  uint64_t a = *(const uint64_t *)left;
  uint64_t b = *(const uint64_t *)right;
  return (a > b) - (a < b);
}

static void cut_intervals(Regions *regions) {
  for (size_t i = 0; i < regions->ranges.count; i++) {
    VEC_PUSH(&regions->boundaries, regions->ranges.data[i].from);
    VEC_PUSH(&regions->boundaries, regions->ranges.data[i].to);
  }
  if (regions->boundaries.count)
    qsort(regions->boundaries.data, regions->boundaries.count, sizeof(uint64_t), compare_addresses);
  uint32_t *members = checked_malloc((regions->ranges.count + 1) * sizeof *members);
  for (size_t i = 0; i <= regions->boundaries.count; i++) {
    uint64_t at = i ? regions->boundaries.data[i - 1] : 0;
    uint32_t count = 0;
    for (size_t j = 0; j < regions->ranges.count; j++)
      if (regions->ranges.data[j].from <= at && at < regions->ranges.data[j].to)
        members[count++] = regions->ranges.data[j].region;
    uint32_t set = intern_set(regions, members, count);
    VEC_PUSH(&regions->intervals, set);
  }
  free(members);
}

Regions *regions_new(Sim *sim, Diagnostics *diagnostics) {
  if (sim->options->region_count == 0 && sim->nests.count == 0)
    return NULL;
  Regions *regions = checked_malloc(sizeof *regions);
  *regions = (Regions){.sim = sim};
  bool good = true;
  for (size_t i = 0; i < sim->options->region_count; i++) {
    const char *text = sim->options->regions[i];
    const char *equals = strchr(text, '=');
    if (equals ? add_range(regions, text, equals) : add_symbols(regions, text))
      continue;
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(sim->name),
             equals ? "region '%s': wanted NAME=FROM,TO, two symbols or addresses, the first below the second"
                    : "region '%s': no such symbol",
             text);
    good = false;
  }
  intern_set(regions, &(uint32_t){0}, 0);
  regions->named = regions->regions.count;
  add_nests(regions);
  if (good) {
    cut_intervals(regions);
    return regions;
  }
  regions_free(regions);
  return NULL;
}

void regions_free(Regions *regions) {
  if (!regions)
    return;
  VEC_FREE(&regions->regions);
  VEC_FREE(&regions->ranges);
  VEC_FREE(&regions->boundaries);
  VEC_FREE(&regions->intervals);
  VEC_FREE(&regions->sets);
  VEC_FREE(&regions->unions);
  VEC_FREE(&regions->callers);
  arena_free(&regions->arena);
  free(regions);
}

// ---- Counting

// The whole numbers among the counters, which come before the energy.
enum { COUNTS = offsetof(SimCounters, energy) / sizeof(uint64_t) };

static void add_difference(SimCounters *sum, const SimCounters *now, const SimCounters *before) {
  uint64_t *to = (uint64_t *)sum;
  const uint64_t *a = (const uint64_t *)now;
  const uint64_t *b = (const uint64_t *)before;
  for (unsigned i = 0; i < COUNTS; i++)
    to[i] += a[i] - b[i];
}

static void account(Regions *regions, uint64_t cycles) {
  SimCounters now = regions->sim->counters;
  now.instructions = regions->instructions;
  now.cycles = cycles;
  add_difference(&regions->sets.data[regions->current].counters, &now, &regions->counted);
  regions->counted = now;
}

static void change_to(Regions *regions, uint32_t set) {
  if (set == regions->current)
    return;
  account(regions, timing_cycles(regions->sim->timing));
  const RegionSet *before = &regions->sets.data[regions->current];
  const RegionSet *after = &regions->sets.data[set];
  for (uint32_t i = 0; i < after->count; i++)
    if (!has_member(before, after->members[i]))
      regions->regions.data[after->members[i]].entries++;
  regions->current = set;
}

static void move_to(Regions *regions, uint64_t pc) {
  size_t low = 0;
  size_t high = regions->boundaries.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (regions->boundaries.data[middle] <= pc)
      low = middle + 1;
    else
      high = middle;
  }
  regions->low = low ? regions->boundaries.data[low - 1] : 0;
  regions->high = low < regions->boundaries.count ? regions->boundaries.data[low] : UINT64_MAX;
  change_to(regions, unite(regions, regions->base, regions->intervals.data[low]));
}

void regions_enter(Regions *regions, uint64_t pc) {
  regions->callers.count = 0;
  regions->deeper = 0;
  regions->base = 0;
  move_to(regions, pc);
}

void regions_step(Regions *regions, const SimInsn *insn, uint64_t next_pc, bool trapped) {
  regions->latest = regions->current;
  if (trapped)
    return;
  regions->instructions++;
  if (profile_is_call(insn)) {
    if (regions->callers.count < DEEPEST) {
      VEC_PUSH(&regions->callers, regions->base);
      regions->base = regions->current;
    } else {
      regions->deeper++;
    }
    move_to(regions, next_pc);
  } else if (profile_is_return(insn)) {
    if (regions->deeper)
      regions->deeper--;
    else if (regions->callers.count)
      regions->base = VEC_POP(&regions->callers);
    move_to(regions, next_pc);
  } else if (next_pc < regions->low || next_pc >= regions->high) {
    move_to(regions, next_pc);
  }
}

void regions_finish(Regions *regions) {
  static const SimCounters nothing;
  // What the end of the run brought counts for the last instruction, as in the profile.
  regions->current = regions->latest;
  account(regions, regions->sim->counters.cycles);
  for (size_t i = 0; i < regions->regions.count; i++) {
    SimRegion *region = &regions->regions.data[i];
    region->counters = nothing;
    for (size_t j = 0; j < regions->sets.count; j++)
      if (has_member(&regions->sets.data[j], (uint32_t)i))
        add_difference(&region->counters, &regions->sets.data[j].counters, &nothing);
    sim_energy_of(&regions->sim->machine, &region->counters);
  }
  sim_nests_measure(regions->sim);
}

const SimRegion *sim_regions(const Sim *sim, size_t *count) {
  *count = sim->regions ? sim->regions->named : 0;
  return sim->regions ? sim->regions->regions.data : NULL;
}
