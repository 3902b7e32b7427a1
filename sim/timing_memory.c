// Time of memory: the scratchpad's banks and word lanes, both level-1 caches, DRAM.
#include "sim/timing.h"

#include <stdlib.h>

// ---- DRAM: a channel that gives bandwidth bytes a cycle, its answers `latency` cycles after the request.

uint64_t timing_dram_read(Timing *timing, uint64_t at, uint64_t bytes) {
  uint64_t beats = divide_up(bytes, timing->machine->dram_bandwidth);
  uint64_t first = at + timing->machine->dram_latency;
  if (first < timing->dram_free)
    first = timing->dram_free;
  timing->dram_free = first + beats;
  timing->counters->dram_read_bytes += bytes;
  timing_dma_yield_dram(timing, at, beats);
  return first + beats;
}

void timing_dram_write(Timing *timing, uint64_t at, uint64_t bytes) {
  uint64_t beats = divide_up(bytes, timing->machine->dram_bandwidth);
  timing->dram_free = (timing->dram_free > at ? timing->dram_free : at) + beats;
  timing->counters->dram_written_bytes += bytes;
  timing_dma_yield_dram(timing, at, beats);
}

// ---- Caches

static void start_cache(Cache *cache, const Machine *machine, uint64_t size) {
  cache->line = machine->cache_line;
  cache->shift = (unsigned)__builtin_ctzll(cache->line);
  cache->ways = machine->cache_ways;
  cache->sets = size / (cache->line * cache->ways);
  if (cache->sets == 0)
    cache->sets = 1;
  size_t bytes = cache->sets * cache->ways * sizeof *cache->lines;
  cache->lines = checked_malloc(bytes);
  memset(cache->lines, 0, bytes);
  cache->latest = cache->lines;
  cache->misses = checked_malloc(machine->cache_misses * sizeof *cache->misses);
  memset(cache->misses, 0, machine->cache_misses * sizeof *cache->misses);
}

void timing_memory_start(Timing *timing) {
  start_cache(&timing->instruction_cache, timing->machine, timing->machine->l1i_size);
  start_cache(&timing->data_cache, timing->machine, timing->machine->l1d_size);
  for (unsigned i = 0; i < TIMING_HINTS; i++)
    timing->data_hints[i] = timing->data_cache.lines;
}

void timing_memory_free(Timing *timing) {
  free(timing->instruction_cache.lines);
  free(timing->instruction_cache.misses);
  free(timing->data_cache.lines);
  free(timing->data_cache.misses);
}

static CacheLine *set_of(const Cache *cache, uint64_t number) {
  return cache->lines + (number & (cache->sets - 1)) * cache->ways;
}

static CacheLine *find_line(const Cache *cache, uint64_t number) {
  CacheLine *set = set_of(cache, number);
  for (uint64_t i = 0; i < cache->ways; i++)
    if (set[i].tag == number + 1)
      return &set[i];
  return NULL;
}

// The miss entry that is free first.
static uint64_t *miss_entry(const Timing *timing, const Cache *cache) {
  uint64_t *best = cache->misses;
  for (uint64_t i = 1; i < timing->machine->cache_misses; i++)
    if (cache->misses[i] < *best)
      best = &cache->misses[i];
  return best;
}

// Takes the least recently used line of the set for another; its old contents are written back.
static CacheLine *replace_line(Timing *timing, Cache *cache, uint64_t number, uint64_t at) {
  CacheLine *set = set_of(cache, number);
  CacheLine *victim = set;
  for (uint64_t i = 0; i < cache->ways && victim->tag != 0; i++)
    if (set[i].tag == 0 || set[i].used < victim->used)
      victim = &set[i];
  if (victim->tag && victim->dirty) {
    timing->counters->l1d_writebacks++;
    timing_dram_write(timing, at, cache->line);
  }
  *victim = (CacheLine){.tag = number + 1, .used = ++cache->tick};
  return victim;
}

// Fetches the next line when it is not there and a miss can be in flight for it.
static void prefetch(Timing *timing, Cache *cache, uint64_t number, uint64_t at) {
  if (find_line(cache, number) || !machine_in_dram(timing->machine, number * cache->line, cache->line))
    return;
  uint64_t *entry = miss_entry(timing, cache);
  if (*entry > at)
    return;
  CacheLine *line = replace_line(timing, cache, number, at);
  line->ready = *entry = timing_dram_read(timing, at, cache->line);
  line->prefetched = true;
  timing->counters->prefetches++;
}

typedef struct LineAccess {
  uint64_t start; // when the cache takes the access: later than asked while no miss entry is free
  uint64_t ready; // when the data is there, before the hit latency
  bool missed;
} LineAccess;

// One access to one line at `at`. `whole` says that it writes all of the line, which then needs no fill.
static LineAccess access_line(Timing *timing, Cache *cache, uint64_t number, uint64_t at, bool store,
                              bool whole) {
  LineAccess result = {at, at, false};
  CacheLine *line = cache->latest;
  if (line->tag != number + 1)
    line = find_line(cache, number);
  if (line) {
    cache->latest = line;
    line->used = ++cache->tick;
    line->dirty |= store;
    result.ready = line->ready > at ? line->ready : at;
    result.missed = line->ready > at;
    if (line->prefetched) {
      line->prefetched = false;
      prefetch(timing, cache, number + 1, at);
    }
    return result;
  }
  result.missed = true;
  if (whole) {
    line = replace_line(timing, cache, number, at);
    line->ready = at;
  } else {
    uint64_t *entry = miss_entry(timing, cache);
    if (*entry > at)
      result.start = *entry;
    line = replace_line(timing, cache, number, result.start);
    line->ready = *entry = timing_dram_read(timing, result.start, cache->line);
    result.ready = line->ready;
  }
  line->dirty = store;
  prefetch(timing, cache, number + 1, result.start);
  return result;
}

// Reads a line of instructions from the scratchpad, at `at` or as soon as its bank is free. Returns when it
// begins.
static uint64_t read_scratchpad_line(Timing *timing, uint64_t address, uint64_t at) {
  const Machine *machine = timing->machine;
  unsigned bank = timing_bank(machine, address);
  uint64_t start = timing->bank_free[bank] > at ? timing->bank_free[bank] : at;
  uint64_t cycles = divide_up(machine->cache_line / 4, machine->spm_lanes);
  timing->bank_free[bank] = start + cycles;
  timing_dma_yield_bank(timing, bank, start, cycles);
  timing_drain_yield(timing, start, cycles, UINT64_C(1) << bank);
  timing->counters->spm_bytes += machine->cache_line;
  return start;
}

// The front end holds one line ahead, so only a jump waits for the scratchpad's latency.
static uint64_t fetch_scratchpad(Timing *timing, uint64_t address, uint64_t at) {
  const Machine *machine = timing->machine;
  uint64_t ready = timing->line_ahead_ready;
  if (address != timing->line_ahead)
    ready = read_scratchpad_line(timing, address, at) + machine->spm_scalar_latency;
  timing->line_ahead = address + machine->cache_line;
  if (machine_in_spm(machine, timing->line_ahead, 1))
    timing->line_ahead_ready =
        read_scratchpad_line(timing, timing->line_ahead, at) + machine->spm_scalar_latency;
  return ready > at ? ready : at;
}

uint64_t timing_fetch(Timing *timing, uint64_t pc, uint64_t at) {
  Cache *cache = &timing->instruction_cache;
  if (!machine_in_dram(timing->machine, pc, 1))
    return fetch_scratchpad(timing, pc, at);
  LineAccess access = access_line(timing, cache, pc >> cache->shift, at, false, false);
  timing->counters->l1i_accesses++;
  timing->counters->l1i_misses += access.missed;
  return access.ready;
}

uint64_t timing_cache_clean(Timing *timing, uint64_t address, uint64_t size, bool drop) {
  Cache *cache = &timing->data_cache;
  uint64_t written = 0;
  if (!machine_in_dram(timing->machine, address, size))
    return 0;
  for (uint64_t number = address >> cache->shift; number <= (address + size - 1) >> cache->shift; number++) {
    CacheLine *line = find_line(cache, number);
    if (!line)
      continue;
    // A line that the transfer covers in part keeps the rest of its new contents.
    bool covered = number * cache->line >= address && (number + 1) * cache->line <= address + size;
    if (line->dirty && !(drop && covered)) {
      written++;
      timing->counters->dram_written_bytes += cache->line;
    }
    if (line->dirty || drop)
      timing->counters->dma_coherence++;
    line->dirty = false;
    if (drop)
      *line = (CacheLine){0};
  }
  return written;
}

// ---- Scratchpad

unsigned timing_bank(const Machine *machine, uint64_t address) {
  uint64_t bank = (address - machine->spm_base) / divide_up(machine->spm_size, machine->spm_banks);
  return (unsigned)(bank < machine->spm_banks ? bank : machine->spm_banks - 1);
}

// How often each word lane of each bank is used by one instruction.
typedef struct Lanes {
  uint32_t words[TIMING_MAX_BANKS][TIMING_MAX_LANES];
  uint64_t banks; // those used
  uint64_t last;  // word + 1 last counted
} Lanes;

// Uses `count` words side by side, from number `word` of the address space on.
static void use_words(const Machine *machine, Lanes *lanes, uint64_t word, uint64_t count) {
  const uint64_t bank_bytes = divide_up(machine->spm_size, machine->spm_banks);
  while (count) {
    unsigned bank = timing_bank(machine, word * 4);
    uint64_t here = count;
    if (bank + 1 < machine->spm_banks) {
      uint64_t next =
          divide_up(machine->spm_base + (bank + 1) * bank_bytes, 4); // the first word behind the bank
      here = next - word < count ? next - word : count;
    }
    if (!(lanes->banks >> bank & 1)) {
      lanes->banks |= UINT64_C(1) << bank;
      memset(lanes->words[bank], 0, machine->spm_lanes * sizeof lanes->words[bank][0]);
    }
    uint32_t *words = lanes->words[bank];
    uint32_t rounds = (uint32_t)(here / machine->spm_lanes);
    for (uint64_t i = 0; rounds && i < machine->spm_lanes; i++)
      words[i] += rounds;
    uint64_t lane = word % machine->spm_lanes;
    for (uint64_t i = here % machine->spm_lanes; i > 0; i--) {
      words[lane]++;
      lane = lane + 1 == machine->spm_lanes ? 0 : lane + 1;
    }
    word += here;
    count -= here;
  }
}

static void use_element(const Machine *machine, Lanes *lanes, uint64_t address, uint64_t size) {
  uint64_t first = address / 4;
  uint64_t end = (address + size - 1) / 4;
  if (first + 1 == lanes->last) // neighbours in one word share the access
    first++;
  if (first > end)
    return;
  use_words(machine, lanes, first, end - first + 1);
  lanes->last = end + 1;
}

static void use_access(const Machine *machine, Lanes *lanes, const SimAccess *access) {
  if (access->stride == (int64_t)access->size) {
    use_element(machine, lanes, access->address, (uint64_t)access->size * access->count);
    return;
  }
  for (uint32_t i = 0; i < access->count; i++)
    use_element(machine, lanes, access->address + i * (uint64_t)access->stride, access->size);
}

// The cycles that a bank is used for.
static uint64_t lane_cycles(const Machine *machine, const Lanes *lanes, unsigned bank) {
  uint32_t most = 0;
  for (uint64_t i = 0; i < machine->spm_lanes; i++)
    if (lanes->words[bank][i] > most)
      most = lanes->words[bank][i];
  return most;
}

// Gets the banks at `at` or later, the core before drains and transfers. Returns when the last of them is
// free again; *start is when the access began.
static uint64_t use_banks(Timing *timing, const Lanes *lanes, uint64_t at, uint64_t least, uint64_t *start) {
  const Machine *machine = timing->machine;
  for (uint64_t banks = lanes->banks; banks; banks &= banks - 1) {
    uint64_t free = timing->bank_free[__builtin_ctzll(banks)];
    at = free > at ? free : at;
  }
  *start = at;
  uint64_t end = at + least;
  for (uint64_t banks = lanes->banks; banks; banks &= banks - 1) {
    unsigned bank = (unsigned)__builtin_ctzll(banks);
    uint64_t cycles = lane_cycles(machine, lanes, bank);
    timing->bank_free[bank] = at + cycles;
    end = at + cycles > end ? at + cycles : end;
    timing_dma_yield_bank(timing, bank, at, cycles);
  }
  return end;
}

static uint64_t bytes_of(const SimAccess *access) {
  return (uint64_t)access->size * access->count;
}

static bool access_in_spm(const Machine *machine, const SimAccess *access) {
  return machine_in_spm(machine, access->address, access->size);
}

static void time_scratchpad(Timing *timing, const SimEvent *event, uint64_t bytes, uint64_t at,
                            MemoryTiming *result) {
  const Machine *machine = timing->machine;
  Lanes lanes;
  lanes.banks = lanes.last = 0;
  bool store = false;
  for (size_t i = 0; i < event->accesses.count; i++) {
    const SimAccess *access = &event->accesses.data[i];
    if (!access_in_spm(machine, access))
      continue;
    use_access(machine, &lanes, access);
    store = access->store;
  }
  uint64_t ideal = divide_up(bytes, machine->vector_port);
  uint64_t start = at;
  uint64_t end = use_banks(timing, &lanes, at, ideal, &start);
  timing_drain_yield(timing, start, end - start, store ? UINT64_MAX : lanes.banks);
  timing->counters->spm_bytes += bytes;
  result->cycles += end - at;
  if (end - at > ideal)
    result->why = SIM_STALL_LANE;
  for (unsigned r = 0; r < result->registers; r++) {
    uint64_t ready = start + divide_up((r + 1) * (end - start), result->registers) - 1 + result->spm_latency;
    if (ready > result->ready[r])
      result->ready[r] = ready;
  }
}

// The state of a walk through the lines of one instruction's accesses in DRAM.
typedef struct LineWalk {
  uint64_t at;   // when the next line can be asked for
  uint64_t last; // line + 1
  uint64_t done; // bytes so far
  uint64_t total;
  bool missed;
} LineWalk;

static void walk_element(Timing *timing, LineWalk *walk, uint64_t address, uint64_t size, bool store,
                         MemoryTiming *result) {
  Cache *cache = &timing->data_cache;
  if (size == 0)
    return;
  uint64_t first = address >> cache->shift;
  uint64_t end = (address + size - 1) >> cache->shift;
  for (uint64_t number = first; number <= end; number++) {
    uint64_t from = number == first ? address : number * cache->line;
    uint64_t to = number == end ? address + size : (number + 1) * cache->line;
    bool one = result->registers == 1;
    unsigned reg = one ? 0 : (unsigned)(walk->done * result->registers / walk->total);
    walk->done += to - from;
    unsigned last_reg = one ? 0 : (unsigned)((walk->done - 1) * result->registers / walk->total);
    uint64_t ready;
    if (number + 1 != walk->last) {
      LineAccess access =
          access_line(timing, cache, number, walk->at, store, store && to - from == cache->line);
      timing->counters->l1d_accesses++;
      timing->counters->l1d_misses += access.missed;
      walk->missed |= access.missed;
      walk->at = access.start + 1;
      walk->last = number + 1;
      ready = access.ready + result->cache_latency;
    } else {
      CacheLine *line = find_line(cache, number);
      uint64_t now = walk->at - 1;
      ready = (line && line->ready > now ? line->ready : now) + result->cache_latency;
    }
    for (; reg <= last_reg; reg++)
      if (ready > result->ready[reg])
        result->ready[reg] = ready;
  }
}

static void time_cached(Timing *timing, const SimEvent *event, uint64_t bytes, uint64_t at,
                        MemoryTiming *result) {
  const Machine *machine = timing->machine;
  LineWalk walk = {.at = at, .total = bytes ? bytes : 1};
  for (size_t i = 0; i < event->accesses.count; i++) {
    const SimAccess *access = &event->accesses.data[i];
    if (access_in_spm(machine, access))
      continue;
    bool dense = access->stride == (int64_t)access->size;
    for (uint32_t j = 0; j < (dense ? 1 : access->count); j++)
      walk_element(timing, &walk, access->address + j * (uint64_t)access->stride,
                   dense ? bytes_of(access) : access->size, access->store, result);
  }
  timing->counters->l1d_bytes += bytes;
  result->cycles += walk.at - at;
  if (walk.missed) {
    result->why = SIM_STALL_CACHE;
    result->ready_why = SIM_STALL_CACHE;
  }
}

bool timing_access_single(Timing *timing, const SimAccess *access, uint64_t at, uint64_t spm_latency,
                          uint64_t cache_latency, SingleTiming *result) {
  const Machine *machine = timing->machine;
  uint64_t end = access->address + access->size - 1;
  if (access_in_spm(machine, access)) {
    if (access->address / 4 != end / 4)
      return false;
    unsigned bank = timing_bank(machine, access->address);
    uint64_t start = timing->bank_free[bank] > at ? timing->bank_free[bank] : at;
    timing->bank_free[bank] = start + 1;
    timing_dma_yield_bank(timing, bank, start, 1);
    timing_drain_yield(timing, start, 1, access->store ? UINT64_MAX : UINT64_C(1) << bank);
    timing->counters->spm_bytes += access->size;
    result->cycles = start + 1 - at;
    result->why = start > at ? SIM_STALL_LANE : SIM_STALL_UNIT;
    result->ready_why = SIM_STALL_OPERAND;
    result->ready = start + spm_latency;
    return true;
  }
  Cache *cache = &timing->data_cache;
  uint64_t number = access->address >> cache->shift;
  if (number != end >> cache->shift)
    return false;
  LineAccess line = access_line(timing, cache, number, at, access->store, false);
  timing->counters->l1d_accesses++;
  timing->counters->l1d_misses += line.missed;
  timing->counters->l1d_bytes += access->size;
  result->cycles = line.start + 1 - at;
  result->why = line.missed ? SIM_STALL_CACHE : SIM_STALL_UNIT;
  result->ready_why = line.missed ? SIM_STALL_CACHE : SIM_STALL_OPERAND;
  result->ready = line.ready + cache_latency;
  if (access->store)
    timing_drain_yield(timing, at, result->cycles, UINT64_MAX);
  return true;
}

void timing_access(Timing *timing, const SimEvent *event, uint64_t at, MemoryTiming *result) {
  const Machine *machine = timing->machine;
  uint64_t spm = 0;
  uint64_t cached = 0;
  result->cycles = 0;
  result->why = SIM_STALL_UNIT;
  result->ready_why = SIM_STALL_OPERAND;
  for (size_t i = 0; i < event->accesses.count; i++) {
    const SimAccess *access = &event->accesses.data[i];
    *(access_in_spm(machine, access) ? &spm : &cached) += bytes_of(access);
  }
  for (unsigned r = 0; r < result->registers; r++)
    result->ready[r] = at + (cached ? result->cache_latency : result->spm_latency);
  if (spm)
    time_scratchpad(timing, event, spm, at, result);
  if (cached) {
    uint64_t from = at + result->cycles;
    time_cached(timing, event, cached, from, result);
    if (event->accesses.data[0].store)
      timing_drain_yield(timing, from, at + result->cycles - from, UINT64_MAX);
  }
  if (result->cycles == 0) // nothing was accessed
    result->cycles = 1;
}

uint64_t timing_drain_cycles(Timing *timing, const SimEvent *event, uint64_t at, uint64_t *banks) {
  const Machine *machine = timing->machine;
  uint64_t cycles = 0;
  *banks = 0;
  uint64_t elements = 0;
  for (size_t i = 0; i < event->accesses.count; i++)
    elements += event->accesses.data[i].count;
  for (size_t i = 0; i < event->accesses.count; i++) {
    const SimAccess *access = &event->accesses.data[i];
    uint64_t results = elements ? divide_up((uint64_t)event->results * access->count, elements) : 0;
    uint64_t line = divide_up(results, machine->drain_results);
    uint64_t port = divide_up(bytes_of(access), machine->drain_bytes);
    if (access_in_spm(machine, access)) {
      Lanes lanes;
      lanes.banks = lanes.last = 0;
      use_access(machine, &lanes, access);
      *banks |= lanes.banks;
      for (uint64_t rest = lanes.banks; rest; rest &= rest - 1) {
        unsigned bank = (unsigned)__builtin_ctzll(rest);
        uint64_t used = lane_cycles(machine, &lanes, bank);
        port = used > port ? used : port;
        timing_dma_yield_bank(timing, bank, at + cycles, used);
      }
      timing->counters->spm_bytes += bytes_of(access);
    } else {
      MemoryTiming memory = {.registers = 1};
      SimEvent one = {.accesses = {(SimAccess *)access, 1, 1}};
      time_cached(timing, &one, bytes_of(access), at + cycles, &memory);
      port = memory.cycles > port ? memory.cycles : port;
    }
    cycles += line > port ? line : port;
  }
  return cycles ? cycles : 1;
}
