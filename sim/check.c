// Checks of a running program (check.h). docs/isa.md, section 2, says what a race is.
#include "sim/check.h"

#include <inttypes.h>

// A transfer that the program does not yet know to be complete, with the bounds of the bytes it uses.
typedef struct Bounds {
  uint64_t low;
  uint64_t high; // the last byte; low > high: none
} Bounds;

typedef struct Flight {
  SimDmaTransfer what;
  uint64_t pc; // of kd.start
  Bounds source;
  Bounds destination;
} Flight;

// A line that a drain writes, at a time not known before the next fence or kd.start.
typedef struct DrainLine {
  uint64_t pc;
  SimAccess what;
} DrainLine;

// What has been reported: once for each pair of instructions.
typedef struct Finding {
  const char *kind;
  uint64_t pc;
  uint64_t other;
} Finding;

struct Checks {
  Sim *sim;
  unsigned enabled; // SimCheck
  Diagnostics *diagnostics;
  VEC(Finding) findings;
  VEC(Flight) flights; // by id
  VEC(DrainLine) drains;
  uint8_t *written; // a byte for each of the scratchpad, 1: written
  VEC(Bounds) owned;
  size_t arguments;   // where in `owned` those of the call begin
  size_t latest;      // in `owned`: the range of the latest access
  bool owns_spm;      // some section lies in the scratchpad
  bool uses_heap;     // the program has a heap
  uint64_t pc;        // of the instruction looked at
  const SimInsn *now; // that instruction
};

Checks *checks_new(Sim *sim, unsigned enabled) {
  if (!enabled)
    return NULL;
  Checks *checks = checked_malloc(sizeof *checks);
  *checks = (Checks){.sim = sim, .enabled = enabled};
  size_t size = sim->hart.memory.spm_size;
  checks->written = checked_malloc(size + 1);
  memset(checks->written, 0, size + 1);
  return checks;
}

void checks_free(Checks *checks) {
  if (!checks)
    return;
  VEC_FREE(&checks->findings);
  VEC_FREE(&checks->flights);
  VEC_FREE(&checks->drains);
  VEC_FREE(&checks->owned);
  free(checks->written);
  free(checks);
}

void checks_start(Checks *checks, Diagnostics *diagnostics) {
  checks->diagnostics = diagnostics;
  uint64_t address;
  // The linkers define these names only for programs that ask for them.
  static const char *const names[] = {"__heap_start", "_end", "end"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    checks->uses_heap |= sim_symbol(checks->sim, names[i], &address);
}

void checks_own(Checks *checks, uint64_t address, uint64_t size) {
  if (size == 0)
    return;
  Bounds bounds = {address, address + size - 1};
  VEC_PUSH(&checks->owned, bounds);
  checks->owns_spm |= machine_in_spm(&checks->sim->machine, address, 1);
}

void checks_disown_arguments(Checks *checks) {
  if (checks->arguments == 0)
    checks->arguments = checks->owned.count;
  checks->owned.count = checks->arguments;
  checks->latest = 0;
}

uint64_t sim_check_findings(const Sim *sim) {
  return sim->checks ? sim->checks->findings.count : 0;
}

// ---- Reports

// False when this has been said before.
static bool is_new(Checks *checks, const char *kind, uint64_t other) {
  for (size_t i = 0; i < checks->findings.count; i++) {
    const Finding *finding = &checks->findings.data[i];
    if (finding->kind == kind && finding->pc == checks->pc && finding->other == other)
      return false;
  }
  Finding finding = {kind, checks->pc, other};
  VEC_PUSH(&checks->findings, finding);
  return true;
}

static void report(Checks *checks, const char *what, uint64_t address, const char *why) {
  Text place = {0};
  Text data = {0};
  sim_describe_code(checks->sim, checks->pc, &place);
  sim_describe_address(checks->sim, address, &data);
  diagnose(checks->diagnostics, DIAGNOSTIC_ERROR, place_named(checks->sim->name), "%s: %s %s %s",
           text_string(&place), what, text_string(&data), why);
  text_free(&place);
  text_free(&data);
}

static void explain(Checks *checks, const char *what, uint64_t pc, const char *missing) {
  Text place = {0};
  sim_describe_code(checks->sim, pc, &place);
  diagnose(checks->diagnostics, DIAGNOSTIC_NOTE, place_named(checks->sim->name), "%s %s; %s", what,
           text_string(&place), missing);
  text_free(&place);
}

// ---- Where accesses meet

static bool bounds_meet(Bounds bounds, uint64_t low, uint64_t high) {
  return bounds.low <= high && low <= bounds.high;
}

static const Bounds nothing = {1, 0};

static int64_t stride_of(const SimDmaDimension *dimension, bool destination) {
  return destination ? dimension->destination_stride : dimension->source_stride;
}

static bool is_empty(const SimDmaTransfer *what) {
  for (unsigned i = 0; i < SIM_DMA_DIMENSIONS; i++)
    if (what->dimensions[i].count == 0)
      return true;
  return false;
}

// The bounds of the bytes that dimensions 0 to `last` cover, from `base` on. The transfer has been found
// legal, so no sum overflows.
static Bounds box_bounds(const SimDmaTransfer *what, bool destination, unsigned last, uint64_t base) {
  Bounds bounds = {base, base + what->dimensions[0].count - 1};
  for (unsigned i = 1; i <= last; i++) {
    int64_t reach = (int64_t)(what->dimensions[i].count - 1) * stride_of(&what->dimensions[i], destination);
    *(reach < 0 ? &bounds.low : &bounds.high) += (uint64_t)reach;
  }
  return bounds;
}

// Whether the box of dimensions 0 to `last` from `base` on covers any of [low, high].
static bool box_meets(const SimDmaTransfer *what, bool destination, unsigned last, uint64_t base,
                      uint64_t low, uint64_t high) {
  if (!bounds_meet(box_bounds(what, destination, last, base), low, high))
    return false;
  if (last == 0)
    return true;
  const SimDmaDimension *dimension = &what->dimensions[last];
  int64_t stride = stride_of(dimension, destination);
  if (stride == 0)
    return box_meets(what, destination, last - 1, base, low, high);
  // Only repetitions whose bounds reach the range: from the first to the last of them by division.
  Bounds inner = box_bounds(what, destination, last - 1, base);
  int64_t first = stride > 0 ? (int64_t)(low - inner.high) : (int64_t)(high - inner.low);
  first = first / stride - 1;
  for (uint64_t i = first > 0 ? (uint64_t)first : 0; i < dimension->count; i++) {
    uint64_t offset = i * (uint64_t)stride;
    if (stride > 0 ? inner.low + offset > high : (int64_t)(inner.high + offset - low) < 0)
      break;
    if (box_meets(what, destination, last - 1, base + offset, low, high))
      return true;
  }
  return false;
}

static bool flight_meets(const Flight *flight, bool destination, uint64_t low, uint64_t high) {
  const SimDmaTransfer *what = &flight->what;
  return bounds_meet(destination ? flight->destination : flight->source, low, high) &&
         box_meets(what, destination, SIM_DMA_DIMENSIONS - 1, destination ? what->destination : what->source,
                   low, high);
}

// ---- Races

static const char *const no_wait = "no kd.wait for it, nor a kd.poll that said so, came in between";

static void race_with_flight(Checks *checks, const Flight *flight, const char *what, uint64_t address,
                             bool written) {
  if (!is_new(checks, "transfer", flight->pc))
    return;
  report(checks, what, address,
         written ? "while a transfer may still write it" : "while a transfer may still read it");
  explain(checks, "the transfer was started at", flight->pc, no_wait);
}

// The core's or a drain's access to [low, high]. Returns whether it is a race.
static bool check_flights(Checks *checks, const char *what, uint64_t low, uint64_t high, bool store) {
  for (size_t i = 0; i < checks->flights.count; i++) {
    const Flight *flight = &checks->flights.data[i];
    bool written = flight_meets(flight, true, low, high);
    if (!written && !(store && !flight->what.fill && flight_meets(flight, false, low, high)))
      continue;
    race_with_flight(checks, flight, what, low, written);
    return true;
  }
  return false;
}

static bool line_meets(const SimAccess *line, uint64_t low, uint64_t high) {
  for (uint32_t i = 0; i < line->count; i++) {
    uint64_t address = line->address + i * (uint64_t)line->stride;
    if (address <= high && low <= address + line->size - 1)
      return true;
  }
  return false;
}

static bool check_drains(Checks *checks, const char *what, uint64_t low, uint64_t high) {
  for (size_t i = 0; i < checks->drains.count; i++) {
    const DrainLine *line = &checks->drains.data[i];
    uint64_t end = line->what.address + (line->what.count - 1) * (uint64_t)line->what.stride;
    if (high < line->what.address || low > end + line->what.size - 1 || !line_meets(&line->what, low, high))
      continue;
    if (is_new(checks, "drain", line->pc)) {
      report(checks, what, low, "while kt.drain may still write it");
      explain(checks, "the drain is at", line->pc, "no fence or kd.start came in between");
    }
    return true;
  }
  return false;
}

static int compare_bounds(const void *left, const void *right) {
  const Bounds *a = left;
  const Bounds *b = right;
  return a->low < b->low ? -1 : a->low > b->low;
}

// A transfer whose runs overlap in the destination, or that reads what it writes, has no defined result.
static void check_transfer_itself(Checks *checks, const Flight *flight) {
  VEC(Bounds) runs = {0};
  const SimDmaTransfer *what = &flight->what;
  SimDmaRun run = sim_dma_first_run(what);
  do {
    Bounds bounds = {run.destination, run.destination + what->dimensions[0].count - 1};
    VEC_PUSH(&runs, bounds);
    if (!what->fill && flight_meets(flight, true, run.source, run.source + what->dimensions[0].count - 1)) {
      if (is_new(checks, "reads", checks->pc))
        report(checks, "a transfer reads", run.source, "which it writes as well");
      break;
    }
  } while (sim_dma_next_run(what, &run));
  qsort(runs.data, runs.count, sizeof *runs.data, compare_bounds);
  for (size_t i = 1; i < runs.count; i++)
    if (runs.data[i].low <= runs.data[i - 1].high) {
      if (is_new(checks, "twice", checks->pc))
        report(checks, "a transfer writes", runs.data[i].low, "twice: its runs overlap");
      break;
    }
  VEC_FREE(&runs);
}

static Flight make_flight(const Checks *checks, const SimDmaTransfer *what) {
  Flight flight = {*what, checks->pc, nothing, nothing};
  if (!is_empty(what)) {
    unsigned last = SIM_DMA_DIMENSIONS - 1;
    if (!what->fill)
      flight.source = box_bounds(what, false, last, what->source);
    flight.destination = box_bounds(what, true, last, what->destination);
  }
  return flight;
}

// Transfers go one after the other, but a later one may begin to read what an earlier one still writes only
// when the program knows that it is written.
static void check_against_earlier(Checks *checks, const Flight *flight) {
  const SimDmaTransfer *what = &flight->what;
  uint64_t size = what->dimensions[0].count - 1;
  for (size_t i = 0; i < checks->flights.count; i++) {
    const Flight *earlier = &checks->flights.data[i];
    Bounds target = earlier->destination;
    bool near = bounds_meet(target, flight->source.low, flight->source.high) ||
                bounds_meet(target, flight->destination.low, flight->destination.high) ||
                bounds_meet(earlier->source, flight->destination.low, flight->destination.high);
    if (!near)
      continue;
    SimDmaRun run = sim_dma_first_run(what);
    do {
      bool reads = !what->fill && flight_meets(earlier, true, run.source, run.source + size);
      bool writes = flight_meets(earlier, true, run.destination, run.destination + size);
      bool takes = flight_meets(earlier, false, run.destination, run.destination + size);
      if (!reads && !writes && !takes)
        continue;
      race_with_flight(checks, earlier,
                       reads ? "a transfer is started that reads" : "a transfer is started that writes",
                       reads ? run.source : run.destination, reads || writes);
      break;
    } while (sim_dma_next_run(what, &run));
  }
}

static void complete_to(Checks *checks, uint64_t id) {
  size_t kept = 0;
  for (size_t i = 0; i < checks->flights.count; i++)
    if (checks->flights.data[i].what.id > id)
      checks->flights.data[kept++] = checks->flights.data[i];
  checks->flights.count = kept;
}

// ---- The scratchpad

static uint8_t *shadow(const Checks *checks, uint64_t low, uint64_t size) {
  const SimMemory *memory = &checks->sim->hart.memory;
  uint64_t offset = low - memory->spm_base;
  if (!checks->written)
    return NULL;
  return offset < memory->spm_size && size <= memory->spm_size - offset ? checks->written + offset : NULL;
}

void checks_written(Checks *checks, uint64_t address, uint64_t size) {
  uint8_t *bytes = size ? shadow(checks, address, size) : NULL;
  if (bytes)
    memset(bytes, 1, size);
}

// Whole registers are moved as they are: bytes that nobody wrote may lie beside others in each.
static void check_written_in_registers(Checks *checks, uint64_t low, uint64_t size) {
  uint64_t step = checks->sim->hart.vlenb;
  for (uint64_t done = 0; done < size; done += step) {
    const uint8_t *bytes = shadow(checks, low + done, step);
    if (bytes && !memchr(bytes, 1, step) && is_new(checks, "unwritten", 0))
      report(checks, "a load from", low + done, "which nothing has written: scratchpad");
  }
}

static void check_written(Checks *checks, const char *what, uint64_t low, uint64_t size) {
  const uint8_t *bytes = shadow(checks, low, size);
  const uint8_t *bad = bytes ? memchr(bytes, 0, size) : NULL;
  if (bad && is_new(checks, "unwritten", 0))
    report(checks, what, low + (uint64_t)(bad - bytes), "which nothing has written: scratchpad");
}

// ---- What the program owns

static bool owned(Checks *checks, uint64_t low, uint64_t high) {
  if (checks->latest < checks->owned.count) {
    const Bounds *bounds = &checks->owned.data[checks->latest];
    if (bounds->low <= low && high <= bounds->high)
      return true;
  }
  for (size_t i = 0; i < checks->owned.count; i++)
    if (checks->owned.data[i].low <= low && high <= checks->owned.data[i].high) {
      checks->latest = i;
      return true;
    }
  return false;
}

static void check_owned(Checks *checks, const char *what, uint64_t low, uint64_t high) {
  const Sim *sim = checks->sim;
  const Machine *machine = &sim->machine;
  if (owned(checks, low, high))
    return;
  if (machine_in_spm(machine, low, 1)) {
    // A program without sections there shares out the scratchpad by itself.
    if (checks->owns_spm && is_new(checks, "owned", 0))
      report(checks, what, low, "outside all sections of the scratchpad");
    return;
  }
  uint64_t top = machine->dram_base + machine->dram_size;
  uint64_t bottom = top - sim_stack_bytes(sim);
  uint64_t sp = sim->hart.x[2];
  if (low >= bottom) {
    if ((sp < bottom || sp > top || low >= sp) || !is_new(checks, "owned", 0))
      return;
    report(checks, what, low, "below the stack pointer");
    return;
  }
  uint64_t stack = 0;
  uint64_t heap_end = sim->heap_end ? sim->heap_end : bottom;
  if ((checks->uses_heap || sim->heap_told) && low >= sim->program_end && high < heap_end)
    return;
  // A stack of the program's own, behind its sections.
  if (sim->heap_end == 0 && sim_symbol(sim, "__stack", &stack) && low >= sim->program_end && high < stack)
    return;
  if (is_new(checks, "owned", 0))
    report(checks, what, low, "outside all sections, stack, heap and arguments");
}

// ---- One instruction

static void check_range(Checks *checks, const char *what, uint64_t low, uint64_t size, bool store) {
  uint64_t high = low + size - 1;
  if (checks->enabled & SIM_CHECK_DMA && !check_flights(checks, what, low, high, store))
    check_drains(checks, what, low, high);
  if (checks->enabled & SIM_CHECK_MEM)
    check_owned(checks, what, low, high);
  if (!(checks->enabled & SIM_CHECK_SPM))
    return;
  if (store)
    checks_written(checks, low, size);
  else if (isa_insn((IsaOp)checks->now->op)->flags & ISA_WHOLE)
    check_written_in_registers(checks, low, size);
  else
    check_written(checks, what, low, size);
}

static void check_access(Checks *checks, const SimAccess *access) {
  const char *what = access->store ? "a store to" : "a load from";
  if (access->stride == (int64_t)access->size || access->count == 1) {
    check_range(checks, what, access->address, (uint64_t)access->size * access->count, access->store);
    return;
  }
  for (uint32_t i = 0; i < access->count; i++)
    check_range(checks, what, access->address + i * (uint64_t)access->stride, access->size, access->store);
}

static void check_drain(Checks *checks, const SimEvent *event) {
  for (size_t i = 0; i < event->accesses.count; i++) {
    const SimAccess *line = &event->accesses.data[i];
    for (uint32_t j = 0; j < line->count; j++) {
      uint64_t low = line->address + j * (uint64_t)line->stride;
      // Drains go one after the other, so only transfers and the core matter.
      if (checks->enabled & SIM_CHECK_DMA)
        check_flights(checks, "a drain to", low, low + line->size - 1, true);
      if (checks->enabled & SIM_CHECK_MEM)
        check_owned(checks, "a drain to", low, low + line->size - 1);
      checks_written(checks, low, line->size);
    }
    DrainLine kept = {checks->pc, *line};
    if (checks->enabled & SIM_CHECK_DMA)
      VEC_PUSH(&checks->drains, kept);
  }
}

// What a transfer within the scratchpad copies stays as unwritten as it was.
static void note_transferred(Checks *checks, const SimDmaTransfer *what, const SimDmaRun *run) {
  uint64_t size = what->dimensions[0].count;
  const uint8_t *source = what->fill ? NULL : shadow(checks, run->source, size);
  uint8_t *destination = shadow(checks, run->destination, size);
  if (source && destination) {
    memmove(destination, source, size);
    return;
  }
  if (checks->enabled & SIM_CHECK_SPM && !what->fill)
    check_written(checks, "a transfer from", run->source, size);
  checks_written(checks, run->destination, size);
}

static void check_transfer(Checks *checks, const SimDmaTransfer *what) {
  Flight flight = make_flight(checks, what);
  checks->drains.count = 0;
  if (is_empty(what))
    return;
  uint64_t size = what->dimensions[0].count;
  SimDmaRun run = sim_dma_first_run(what);
  do {
    if (checks->enabled & SIM_CHECK_MEM) {
      if (!what->fill)
        check_owned(checks, "a transfer from", run.source, run.source + size - 1);
      check_owned(checks, "a transfer to", run.destination, run.destination + size - 1);
    }
    note_transferred(checks, what, &run);
  } while (sim_dma_next_run(what, &run));
  if (!(checks->enabled & SIM_CHECK_DMA))
    return;
  check_transfer_itself(checks, &flight);
  check_against_earlier(checks, &flight);
  VEC_PUSH(&checks->flights, flight);
}

void checks_step(Checks *checks, const SimInsn *insn, const SimEvent *event) {
  checks->pc = insn->pc;
  checks->now = insn;
  switch (insn->op) {
  case ISA_KD_START:
    check_transfer(checks, event->transfer);
    return;
  case ISA_KD_WAIT:
    complete_to(checks, event->dma_id);
    return;
  case ISA_KD_POLL:
    if (checks->sim->hart.x[insn->rd] == 1)
      complete_to(checks, event->dma_id);
    return;
  case ISA_FENCE:
  case ISA_FENCE_TSO:
    checks->drains.count = 0;
    return;
  case ISA_KT_DRAIN:
    for (size_t i = 0; i < event->parameters.count; i++)
      check_access(checks, &event->parameters.data[i]);
    check_drain(checks, event);
    return;
  default:
    break;
  }
  // A fault-only-first load asks what there is: only its first element is the program's claim.
  bool first_only = isa_insn((IsaOp)insn->op)->flags & ISA_FAULT_FIRST;
  for (size_t i = 0; i < event->accesses.count && !(first_only && i); i++) {
    SimAccess access = event->accesses.data[i];
    access.count = first_only ? 1 : access.count;
    check_access(checks, &access);
  }
}

void checks_returned(Checks *checks) {
  if (!(checks->enabled & SIM_CHECK_DMA))
    return;
  if (checks->flights.count) {
    const Flight *flight = &checks->flights.data[0];
    if (is_new(checks, "returned", flight->pc)) {
      report(checks, "the function returns with a transfer on its way, to", flight->what.destination, "");
      explain(checks, "the transfer was started at", flight->pc,
              "no kd.wait for it, nor a kd.poll that said so, came");
    }
  }
  if (checks->drains.count) {
    const DrainLine *line = &checks->drains.data[0];
    if (is_new(checks, "returned", line->pc)) {
      report(checks, "the function returns with a drain under way, to", line->what.address, "");
      explain(checks, "the drain is at", line->pc, "no fence or kd.start came");
    }
  }
  checks->flights.count = 0;
  checks->drains.count = 0;
}
