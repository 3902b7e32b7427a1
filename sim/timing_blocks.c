// The timing of whole blocks of scalar instructions. What a block's instructions do to one another's time
// depends on nothing but the state of the front end when the block begins, seen from the cycle in which it
// begins: which registers and units are still to become ready, and when. So for each block and each such
// state that comes up, the schedule is computed once, by the rules of timing_front.h, and used again whenever
// the block is entered in that state. Two things are found out anew each time: whether fetches and accesses
// hit, and where the branch goes. Where an access takes longer than a hit, the model is brought to that
// instruction and goes on one by one.
#include "sim/timing_front.h"

#include <stdlib.h>

enum {
  MOST_ENTRIES = 72,       // of a state: all that there can be
  STATE_BUCKETS = 1 << 12, // hash tables, chained
  SCHEDULE_BUCKETS = 1 << 15,
  MOST_SCHEDULES = 1 << 16, // then all are forgotten
  FEW_RUNS = 3,             // of a schedule between two departures from it: that was not worth it
  MOST_DEPARTURES = 4,      // of that kind in a row; then the block goes one by one
  REST = 200,               // for so many visits
  VISITS = 4,               // of a block before schedules are made for it
  OUTCOMES = 4,             // taken or not, predicted or not
};

// Places of a state's entries beyond the scoreboard's.
enum { PLACE_FETCH = SCORE_ENTRIES, PLACE_UNIT };

// The front end as seen from its present cycle. Equal states are one object.
typedef struct FrontState FrontState;
struct FrontState {
  FrontState *next; // in its bucket
  uint64_t group;
  uint32_t hash;
  uint32_t count;
  uint32_t entries[]; // place << 16 | why << 12 | cycles until ready: what is ready is left out
};

typedef struct Schedule Schedule;

// How a block went on.
typedef struct Edge {
  const FrontState *state; // behind the block
  bool known;              // `state` has been computed; it is then NULL where it is none to build on
  const SimInsn *head;     // the block that came next the last time, and its schedule
  Schedule *schedule;
  uint64_t count;
} Edge;

// A line of instructions that the block asks for.
typedef struct FetchPoint {
  uint64_t number; // address / line size
  uint32_t at;     // cycle
  uint32_t index;  // of the instruction
  CacheLine *line; // where it was the last time
} FetchPoint;

struct Schedule {
  Schedule *next; // in its bucket
  const SimInsn *head;
  const FrontState *state;
  bool same_line; // the block begins in the line that was fetched last
  bool has_auipc;
  uint8_t auipc_register;
  uint8_t fetch_count;
  uint64_t after_auipc;
  uint64_t last_line;  // address of the line fetched last
  uint64_t cycles;     // from the first to the last instruction's
  uint64_t runs;       // until the latest departure from it
  unsigned departures; // in a row, after few runs each
  Edge edges[OUTCOMES];
  FetchPoint *fetches;
  SimCounters counters; // what one run of it adds, but for what is counted as it happens
  uint32_t at[];        // cycle of each instruction, by SimInsn.left
};

struct TimingBlocks {
  Arena arena;
  FrontState *states[STATE_BUCKETS];
  Schedule *schedules[SCHEDULE_BUCKETS];
  size_t count;
  uint64_t longest; // cycles that an entry of a state may be away
  uint64_t max_cycles;
};

TimingBlocks *timing_blocks_new(const Timing *timing) {
  TimingBlocks *blocks = checked_malloc(sizeof *blocks);
  memset(blocks, 0, sizeof *blocks);
  const SimOptions *options = timing->sim->options;
  blocks->max_cycles = options->max_cycles ? options->max_cycles : UINT64_MAX;
  blocks->longest = timing->machine->branch_miss + 1;
  for (unsigned i = 0; i < ISA_OP_COUNT; i++)
    if (timing->ops[i].path != PATH_GENERAL && timing->ops[i].latency > blocks->longest)
      blocks->longest = timing->ops[i].latency;
  if (blocks->longest > 0xfff)
    blocks->longest = 0xfff;
  return blocks;
}

void timing_blocks_free(TimingBlocks *blocks) {
  if (!blocks)
    return;
  arena_free(&blocks->arena);
  free(blocks);
}

// ---- States

// False, when the entry is too far away.
static inline bool note_entry(const TimingBlocks *blocks, FrontState *state, unsigned place,
                              const Bound *bound, uint64_t now) {
  if (__builtin_expect(bound->at <= now, 1))
    return true;
  if (bound->at - now > blocks->longest)
    return false;
  state->entries[state->count++] =
      (uint32_t)place << 16 | (uint32_t)bound->why << 12 | (uint32_t)(bound->at - now);
  return true;
}

static uint32_t hash_words(uint64_t hash, const uint32_t *words, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    hash = (hash ^ words[i]) * UINT64_C(0x9e3779b97f4a7c15) >> 7;
  return (uint32_t)(hash ^ hash >> 32);
}

// The present state of the front end; NULL when something is too far away for it to come up again soon.
static const FrontState *capture(Timing *timing) {
  TimingBlocks *blocks = timing->blocks;
  union {
    FrontState state;
    uint8_t bytes[sizeof(FrontState) + MOST_ENTRIES * sizeof(uint32_t) + ISA_UNIT_COUNT * sizeof(uint32_t)];
  } space;
  FrontState *found = &space.state;
  found->count = 0;
  // In a closed group nothing more can issue, so what is in it does not matter but for its size.
  found->group = timing->group >> GROUP_CLOSED ? timing->group >> GROUP_SLOTS << GROUP_SLOTS : timing->group;
  bool good = note_entry(blocks, found, PLACE_FETCH, &timing->fetch, timing->now);
  for (unsigned i = 0; i < 32 && good; i++)
    good = note_entry(blocks, found, SCORE_X + i, &timing->scalars[SCORE_X + i], timing->now) &&
           note_entry(blocks, found, SCORE_F + i, &timing->scalars[SCORE_F + i], timing->now);
  for (unsigned i = 0; i < ISA_UNIT_COUNT && good; i++)
    good = note_entry(blocks, found, PLACE_UNIT + i, &timing->unit_free[i], timing->now);
  if (!good)
    return NULL;
  found->hash = hash_words(found->group, found->entries, found->count);
  FrontState **bucket = &blocks->states[found->hash % STATE_BUCKETS];
  size_t bytes = found->count * sizeof found->entries[0];
  for (FrontState *state = *bucket; state; state = state->next)
    if (state->hash == found->hash && state->group == found->group && state->count == found->count &&
        memcmp(state->entries, found->entries, bytes) == 0)
      return state;
  FrontState *state = arena_alloc(&blocks->arena, sizeof *state + bytes, _Alignof(FrontState));
  memcpy(state, found, sizeof *state + bytes);
  state->next = *bucket;
  *bucket = state;
  return state;
}

// Brings the front end into a state, seen from cycle `now`.
static void restore(Timing *timing, const FrontState *state, uint64_t now) {
  memset(&timing->scalars[SCORE_X], 0, 32 * sizeof timing->scalars[0]);
  memset(&timing->scalars[SCORE_F], 0, 32 * sizeof timing->scalars[0]);
  memset(timing->unit_free, 0, sizeof timing->unit_free);
  timing->fetch.at = 0;
  timing->now = now;
  timing->group = state->group;
  for (uint32_t i = 0; i < state->count; i++) {
    uint32_t entry = state->entries[i];
    unsigned place = entry >> 16;
    Bound bound = {now + (entry & 0xfff), (SimStall)(entry >> 12 & 0xf)};
    if (place < SCORE_ENTRIES)
      timing->scalars[place] = bound;
    else if (place == PLACE_FETCH)
      timing->fetch = bound;
    else
      timing->unit_free[place - PLACE_UNIT] = bound;
  }
}

// ---- Schedules

// Issues a scalar instruction whose line is there.
static void issue_fetched(Timing *timing, const SimInsn *insn, const OpInfo *op) {
  Bound bound = {timing->now, SIM_STALL_ISSUE};
  bound_raise(&bound, timing->fetch.at, timing->fetch.why);
  wait_scalars(timing, insn, op, &bound);
  bound_raise(&bound, timing->unit_free[op->unit].at, timing->unit_free[op->unit].why);
  find_slot(timing, op, &bound);
  issue(timing, op, &bound);
}

// An instruction other than a branch, when its access is a hit.
static void step_hit(Timing *timing, const SimInsn *insn) {
  const OpInfo *op = &timing->ops[insn->op];
  issue_fetched(timing, insn, op);
  if (op->path == PATH_ACCESS) {
    SingleTiming hit = {1, timing->now + timing->machine->l1_latency, SIM_STALL_UNIT, SIM_STALL_OPERAND};
    apply_access(timing, insn, op, &hit);
  } else {
    run_simple(timing, insn, op);
  }
}

// The branch or jump at the end of a block, NULL when it ends only because it is long.
static const SimInsn *branch_of(const Timing *timing, const SimInsn *head) {
  const SimInsn *last = head + head->left;
  return timing->ops[last->op].path == PATH_BRANCH ? last : NULL;
}

static void note_fetches(const Timing *timing, Schedule *schedule) {
  const SimInsn *head = schedule->head;
  const Cache *cache = &timing->instruction_cache;
  schedule->last_line = schedule->same_line ? head->pc >> cache->shift << cache->shift : UINT64_MAX;
  for (unsigned i = 0; i < head->left; i++) {
    const SimInsn *insn = head + 1 + i;
    uint64_t last = (insn->pc + insn->length - 1) >> cache->shift;
    for (uint64_t number = insn->pc >> cache->shift; number <= last; number++) {
      if (number << cache->shift == schedule->last_line)
        continue;
      schedule->last_line = number << cache->shift;
      schedule->fetches[schedule->fetch_count++] =
          (FetchPoint){.number = number, .index = i, .line = timing->instruction_cache.lines};
    }
  }
}

// The cycle at which each line is asked for: before the instruction issues.
static void time_fetches(const Timing *timing, Schedule *schedule, unsigned index, uint64_t base) {
  uint64_t at = timing->now > timing->fetch.at ? timing->now : timing->fetch.at;
  for (unsigned i = 0; i < schedule->fetch_count; i++)
    if (schedule->fetches[i].index == index)
      schedule->fetches[i].at = (uint32_t)(at - base);
}

// Computes the schedule of a block entered in a state. The model's front end is used for it, and is left
// anyhow.
static Schedule *make_schedule(Timing *timing, const SimInsn *head, const FrontState *state, bool same_line,
                               uint32_t bucket) {
  TimingBlocks *blocks = timing->blocks;
  Schedule *schedule = arena_alloc(
      &blocks->arena, sizeof *schedule + (head->left + 1U) * sizeof schedule->at[0], _Alignof(Schedule));
  *schedule =
      (Schedule){.next = blocks->schedules[bucket], .head = head, .state = state, .same_line = same_line};
  blocks->schedules[bucket] = schedule;
  blocks->count++;
  uint64_t bytes = head[head->left + 1].pc - head->pc;
  schedule->fetches = ARENA_ARRAY(&blocks->arena, FetchPoint, bytes / timing->instruction_cache.line + 2);
  uint64_t base = timing->now;
  SimCounters *counters = timing->counters;
  timing->counters = &schedule->counters;
  restore(timing, state, base);
  note_fetches(timing, schedule);
  schedule->counters.l1i_accesses = schedule->fetch_count;
  for (unsigned i = 0; i < head->left; i++) {
    const SimInsn *insn = head + 1 + i;
    const OpInfo *op = &timing->ops[insn->op];
    time_fetches(timing, schedule, i, base);
    if (op->path == PATH_BRANCH) {
      issue_fetched(timing, insn, op);
      unit_works(timing, op->unit, 1);
      schedule->counters.branches++;
    } else {
      step_hit(timing, insn);
    }
    schedule->at[insn->left] = (uint32_t)(timing->now - base);
    if (insn->op == ISA_AUIPC) {
      schedule->has_auipc = true;
      schedule->after_auipc = insn->pc + insn->length;
      schedule->auipc_register = insn->rd;
    }
  }
  schedule->cycles = timing->now - base;
  timing->counters = counters;
  timing->now = base;
  return schedule;
}

static Schedule *find_schedule(Timing *timing, const SimInsn *head, const FrontState *state) {
  TimingBlocks *blocks = timing->blocks;
  bool same_line = head->pc - timing->fetched_line < timing->instruction_cache.line;
  uint64_t hash = ((uint64_t)state->hash << 1 | same_line) ^ head->pc * UINT64_C(0x9e3779b97f4a7c15) >> 20;
  uint32_t bucket = (uint32_t)(hash * UINT64_C(0x9e3779b97f4a7c15) >> 40) % SCHEDULE_BUCKETS;
  for (Schedule *schedule = blocks->schedules[bucket]; schedule; schedule = schedule->next)
    if (schedule->head == head && schedule->state == state && schedule->same_line == same_line)
      return schedule;
  SimInsn *visited = (SimInsn *)head; // a head has no operands: its immediate counts visits
  if (visited->imm < VISITS) {
    visited->imm++;
    return NULL;
  }
  return make_schedule(timing, head, state, same_line, bucket);
}

// Goes through the block once more with the branch's outcome, for the state behind it: the front end is
// brought there. Counts nothing.
static void settle(Timing *timing, const Schedule *schedule, uint64_t base, BranchOutcome outcome) {
  SimCounters ignored;
  SimCounters *counters = timing->counters;
  timing->counters = &ignored;
  memset(&ignored, 0, sizeof ignored);
  restore(timing, schedule->state, base);
  const SimInsn *branch = branch_of(timing, schedule->head);
  for (unsigned i = 1; i <= schedule->head->left; i++) {
    const SimInsn *insn = schedule->head + i;
    if (insn != branch) {
      step_hit(timing, insn);
      continue;
    }
    const OpInfo *op = &timing->ops[insn->op];
    issue_fetched(timing, insn, op);
    run_branch(timing, insn, op, outcome);
  }
  timing->counters = counters;
}

static void add_counters(SimCounters *sum, const SimCounters *once, uint64_t times) {
  for (unsigned i = 0; i < SIM_UNITS; i++)
    sum->unit_busy[i] += once->unit_busy[i] * times;
  for (unsigned i = 0; i < SIM_STALL_COUNT; i++)
    sum->stalls[i] += once->stalls[i] * times;
  sum->branches += once->branches * times;
  sum->l1i_accesses += once->l1i_accesses * times;
}

void timing_blocks_count(Timing *timing) {
  TimingBlocks *blocks = timing->blocks;
  for (size_t i = 0; blocks && i < SCHEDULE_BUCKETS; i++)
    for (Schedule *schedule = blocks->schedules[i]; schedule; schedule = schedule->next)
      for (unsigned j = 0; j < OUTCOMES; j++) {
        add_counters(timing->counters, &schedule->counters, schedule->edges[j].count);
        schedule->edges[j].count = 0;
        schedule->runs = 0;
      }
}

void timing_blocks_forget(Timing *timing) {
  TimingBlocks *blocks = timing->blocks;
  if (!blocks)
    return;
  timing_blocks_count(timing);
  arena_free(&blocks->arena);
  memset(blocks->states, 0, sizeof blocks->states);
  memset(blocks->schedules, 0, sizeof blocks->schedules);
  blocks->count = 0;
}

// ---- Execution by schedule

// Whether all of the block's lines are there, so that fetching them holds nothing up.
static bool fetches_hit(const Timing *timing, Schedule *schedule, uint64_t base) {
  const Cache *cache = &timing->instruction_cache;
  for (unsigned i = 0; i < schedule->fetch_count; i++) {
    FetchPoint *fetch = &schedule->fetches[i];
    if (fetch->line->tag != fetch->number + 1) {
      CacheLine *set = cache->lines + (fetch->number & (cache->sets - 1)) * cache->ways;
      uint64_t way = 0;
      while (way < cache->ways && set[way].tag != fetch->number + 1)
        way++;
      if (way == cache->ways)
        return false;
      fetch->line = &set[way];
    }
    if (fetch->line->prefetched || fetch->line->ready > base + fetch->at)
      return false;
  }
  return true;
}

// Notes the use of the lines of the first `count` instructions.
static unsigned use_fetches(Timing *timing, const Schedule *schedule, unsigned count) {
  unsigned used = 0;
  for (; used < schedule->fetch_count && schedule->fetches[used].index < count; used++) {
    CacheLine *line = schedule->fetches[used].line;
    line->used = ++timing->instruction_cache.tick;
    timing->fetched_line = schedule->fetches[used].number << timing->instruction_cache.shift;
  }
  return used;
}

// An access that is not a plain hit of L1D. Returns whether the schedule holds nevertheless; otherwise what
// is known of it is in timing->stopped.
static __attribute__((noinline)) bool access_otherwise(Timing *timing, const SimInsn *insn,
                                                       const SimAccess *access, uint64_t at) {
  BlockStop *stop = &timing->stopped;
  const Machine *machine = timing->machine;
  stop->insn = insn;
  stop->access = *access;
  stop->timed = timing_access_single(timing, access, at, machine->spm_scalar_latency, machine->l1_latency,
                                     &stop->single);
  if (!stop->timed)
    return false;
  CacheLine *line = timing->data_cache.latest;
  uint64_t number = access->address >> timing->data_cache.shift;
  if (line->tag == number + 1)
    timing->data_hints[number % TIMING_HINTS] = line;
  if (!single_is_hit(timing, &stop->single, at, access->store))
    return false;
  stop->insn = NULL;
  return true;
}

static inline bool access_holds(Hart *hart, const SimInsn *insn, uint64_t address, uint32_t size,
                                bool store) {
  Timing *timing = hart->clock.context;
  uint64_t at = timing->block_base + timing->block_at[insn->left];
  Cache *cache = &timing->data_cache;
  uint64_t number = address >> cache->shift;
  CacheLine *line = timing->data_hints[number % TIMING_HINTS];
  if (__builtin_expect(line->tag == number + 1 && line->ready <= at && !line->prefetched &&
                           (address & (cache->line - 1)) + size <= cache->line &&
                           (!store || timing->drains_end <= at),
                       1)) {
    line->used = ++cache->tick;
    line->dirty |= store;
    timing->counters->l1d_accesses++;
    timing->counters->l1d_bytes += size;
    return true;
  }
  SimAccess access = {address, 0, size, 1, store};
  return access_otherwise(timing, insn, &access, at);
}

// Integer loads and stores are the frequent ones; the others execute as they do elsewhere and say what they
// did.
#define IMMEDIATE(op, ...)
#define REGISTER(op, ...)
#define BRANCH(op, ...)
#define ATOMIC(op, ...)
#define LOAD(op, type)                                                                                       \
  static const SimInsn *go_##op(Hart *hart, const SimInsn *insn) {                                           \
    const uint64_t address = hart->x[insn->rs1] + (uint64_t)insn->imm;                                       \
    const uint8_t *bytes = sim_memory_at(&hart->memory, address, sizeof(type));                              \
    if (__builtin_expect(!bytes, 0))                                                                         \
      return sim_trap(hart, insn, SIM_CAUSE_LOAD_ACCESS, address);                                           \
    type value;                                                                                              \
    memcpy(&value, bytes, sizeof value);                                                                     \
    hart->x[insn->rd] = (uint64_t)(int64_t)value;                                                            \
    if (__builtin_expect(!access_holds(hart, insn, address, sizeof(type), false), 0))                        \
      return NULL;                                                                                           \
    SIM_GO_ON(hart, insn + 1);                                                                               \
  }
#define STORE(op, type)                                                                                      \
  static const SimInsn *go_##op(Hart *hart, const SimInsn *insn) {                                           \
    const uint64_t address = hart->x[insn->rs1] + (uint64_t)insn->imm;                                       \
    const SimInsn *next = sim_store_silently(hart, insn, address, hart->x[insn->rs2], sizeof(type));         \
    if (__builtin_expect(hart->trap != SIM_CAUSE_NONE, 0))                                                   \
      return NULL;                                                                                           \
    if (__builtin_expect(!access_holds(hart, insn, address, sizeof(type), true), 0))                         \
      return NULL;                                                                                           \
    if (__builtin_expect(!next, 0))                                                                          \
      return stop_behind(hart, insn);                                                                        \
    SIM_GO_ON(hart, insn + 1);                                                                               \
  }

// A store that ends the run loop (HTIF), although its access was a hit.
static const SimInsn *stop_behind(Hart *hart, const SimInsn *insn) {
  Timing *timing = hart->clock.context;
  uint64_t at = timing->block_base + timing->block_at[insn->left];
  timing->stopped.insn = insn;
  timing->stopped.timed = true;
  timing->stopped.single =
      (SingleTiming){1, at + timing->machine->l1_latency, SIM_STALL_UNIT, SIM_STALL_OPERAND};
  return NULL;
}

static const SimInsn *go_access(Hart *hart, const SimInsn *insn) {
  hart->event->accesses.count = 0;
  const SimInsn *next = insn->run(hart, insn);
  if (hart->trap != SIM_CAUSE_NONE)
    return NULL;
  const SimAccess *access = &hart->event->accesses.data[0];
  if (!access_holds(hart, insn, access->address, access->size, access->store))
    return NULL;
  if (!next)
    return stop_behind(hart, insn);
  SIM_GO_ON(hart, next);
}

#include "sim/integer.def"

static SimHandler access_handler(IsaOp op) {
  switch (op) {
#define IMMEDIATE(op, ...)
#define REGISTER(op, ...)
#define BRANCH(op, ...)
#define ATOMIC(op, ...)
#define LOAD(op, type)                                                                                       \
  case ISA_##op:                                                                                             \
    return go_##op;
#define STORE(op, type) LOAD(op, type)
#include "sim/integer.def"
  default:
    return go_access;
  }
}

void timing_prepare_block(const Timing *timing, SimInsn *head) {
  unsigned count = head->left;
  if (!timing->blocks || !machine_in_dram(timing->machine, head->pc, head[count + 1].pc - head->pc))
    return;
  for (unsigned i = 1; i <= count; i++)
    if (head[i].op == ISA_INVALID || timing->ops[head[i].op].path == PATH_GENERAL)
      return;
  head->extra = true;
  for (unsigned i = 1; i <= count; i++) {
    SimInsn *insn = &head[i];
    if (timing->ops[insn->op].path == PATH_ACCESS)
      insn->go = access_handler((IsaOp)insn->op);
    else if (timing->ops[insn->op].path == PATH_BRANCH)
      insn->go = insn->run;
  }
  head[count + 1].go = head[count + 1].run;
}

// A block whose accesses miss all the time gains nothing by its schedules, and loses the way back from them.
static void note_departure(Schedule *schedule) {
  uint64_t runs = 0;
  for (unsigned i = 0; i < OUTCOMES; i++)
    runs += schedule->edges[i].count;
  schedule->departures = runs - schedule->runs < FEW_RUNS ? schedule->departures + 1 : 0;
  schedule->runs = runs;
  if (schedule->departures < MOST_DEPARTURES)
    return;
  schedule->departures = 0;
  ((SimInsn *)schedule->head)->word = REST; // a head has no word of its own: it counts visits down
}

// The instruction at `pc` did not go as the schedule has it: brings the model to it and times it by itself.
// Returns where execution goes on.
static const SimInsn *leave_at(Timing *timing, Schedule *schedule, uint64_t base, uint64_t pc) {
  note_departure(schedule);
  Hart *hart = &timing->sim->hart;
  const SimInsn *head = schedule->head;
  bool trapped = hart->trap != SIM_CAUSE_NONE;
  unsigned index = 0;
  while (head[1 + index].pc != pc)
    index++;
  const SimInsn *insn = head + 1 + index;
  bool timed = !trapped && timing->stopped.timed;
  restore(timing, schedule->state, base);
  for (unsigned i = 0; i < index; i++)
    step_hit(timing, head + 1 + i);
  timing->counters->l1i_accesses += use_fetches(timing, schedule, index + timed);
  const OpInfo *op = &timing->ops[insn->op];
  if (timed) {
    issue_fetched(timing, insn, op);
    apply_access(timing, insn, op, &timing->stopped.single);
  } else {
    SimEvent event = {.accesses = {&timing->stopped.access, !trapped, 1}};
    timing_step(timing, insn, &event, insn->pc + insn->length, trapped);
  }
  timing->stopped.insn = NULL;
  return trapped || hart->htif ? NULL : insn + 1;
}

// The block is done: where it goes on, and how it got there.
static Edge *follow(Timing *timing, Schedule *schedule, uint64_t base, const SimInsn **next) {
  Hart *hart = &timing->sim->hart;
  const SimInsn *branch = branch_of(timing, schedule->head);
  BranchOutcome outcome = {false, true};
  use_fetches(timing, schedule, schedule->head->left);
  if (schedule->has_auipc) {
    timing->after_auipc = schedule->after_auipc;
    timing->auipc_register = schedule->auipc_register;
  }
  if (branch) {
    outcome = predict(timing, branch, &timing->ops[branch->op], *next ? (*next)->pc : hart->pc);
    timing->counters->branch_misses += !outcome.right;
  }
  if (*next && (*next)->left == 0) // the end of the block
    *next = (*next)->run(hart, *next);
  Edge *edge = &schedule->edges[outcome.taken << 1 | outcome.right];
  edge->count++;
  if (!edge->known || !edge->state) {
    settle(timing, schedule, base, outcome);
    edge->state = capture(timing);
    edge->known = true;
  }
  timing->now = base + schedule->cycles;
  return edge;
}

static inline bool rests(const SimInsn *head) {
  if (__builtin_expect(head->word == 0, 1))
    return false;
  ((SimInsn *)head)->word--;
  return true;
}

const SimInsn *timing_run_blocks(Timing *timing, const SimInsn *head) {
  TimingBlocks *blocks = timing->blocks;
  Hart *hart = &timing->sim->hart;
  if (!head->extra || rests(head))
    return head;
  if (blocks->count > MOST_SCHEDULES)
    timing_blocks_forget(timing);
  const FrontState *state = capture(timing);
  Schedule *schedule = state ? find_schedule(timing, head, state) : NULL;
  if (!schedule)
    return head;
  for (;;) {
    uint64_t base = timing->now;
    hart->budget -= head->left;
    if (hart->budget < 0 || base >= blocks->max_cycles || !fetches_hit(timing, schedule, base)) {
      hart->budget += head->left;
      restore(timing, state, base);
      return head;
    }
    timing->block_base = base;
    timing->block_at = schedule->at;
    const SimInsn *next = head + 1;
    do
      next = next->go(hart, next);
    while (next > head && next <= head + head->left);
    if (!next && hart->trap != SIM_CAUSE_NONE)
      return leave_at(timing, schedule, base, hart->trap_pc);
    if (!next && timing->stopped.insn)
      return leave_at(timing, schedule, base, timing->stopped.insn->pc);
    Edge *edge = follow(timing, schedule, base, &next);
    state = edge->state;
    if (!state) // the front end is where the block has brought it
      return next;
    if (!next || !next->extra || rests(next)) {
      restore(timing, state, timing->now);
      return next;
    }
    if (edge->head != next) {
      Schedule *found = blocks->count <= MOST_SCHEDULES ? find_schedule(timing, next, state) : NULL;
      if (!found) {
        restore(timing, state, timing->now);
        return next;
      }
      edge->head = next;
      edge->schedule = found;
    }
    head = next;
    schedule = edge->schedule;
  }
}
