// The timing model's inside, shared by the files timing*.c. Nothing ticks: for each instruction the cycle in
// which it issues is computed from the times at which what it needs becomes ready. The rules are in
// docs/simulator.md, every number is the machine description's.
#ifndef KILN_SIM_TIMING_H
#define KILN_SIM_TIMING_H

#include "sim/internal.h"
#include "support/round.h"

// A time with the reason that made it the latest so far.
typedef struct Bound {
  uint64_t at;
  SimStall why;
} Bound;

static inline void bound_raise(Bound *bound, uint64_t at, SimStall why) {
  // With a branch on purpose: predicted, it keeps the times of successive instructions from being one long
  // chain.
  if (at > bound->at) {
    bound->at = at;
    bound->why = why;
  }
}

// ---- Caches and DRAM (timing_memory.c)

typedef struct CacheLine {
  uint64_t tag;   // line address + 1; 0: empty
  uint64_t ready; // when the fill is complete
  uint64_t used;  // for replacement
  bool dirty;
  bool prefetched; // and not used yet
} CacheLine;

typedef struct Cache {
  CacheLine *lines; // sets * ways
  uint64_t sets;    // a power of two
  uint64_t ways;
  uint64_t line;  // bytes, a power of two
  unsigned shift; // its logarithm
  uint64_t tick;
  CacheLine *latest; // that was accessed
  uint64_t *misses;  // when each miss in flight is filled; machine.cache_misses entries
} Cache;

enum { TIMING_MAX_BANKS = 64, TIMING_MAX_LANES = 64 }; // machine.def

// ---- DMA (timing_dma.c)

typedef struct Transfer {
  uint64_t id;
  uint64_t queued;     // when kd.start issued
  uint64_t begin;      // set-up begins: the queue entry falls free
  uint64_t stream;     // streaming begins
  uint64_t end;        // complete
  uint64_t length;     // cycles of streaming
  uint64_t latency;    // DRAM latency of its first read; 0 when it reads none
  uint64_t spm_slack;  // cycles of streaming in which it does not use the scratchpad
  uint64_t dram_slack; // ... DRAM
  SimDmaTransfer what;
} Transfer;

// ---- Drains

typedef struct Drain {
  uint64_t start;
  uint64_t end;
  uint64_t banks; // set of banks it writes
  uint8_t acc_first;
  uint8_t acc_count;
} Drain;

// ---- Units behind queues

typedef enum TimingQueue {
  QUEUE_VALU,
  QUEUE_TILE,
  QUEUE_DRAIN,
  QUEUE_COUNT,
  QUEUE_NONE = QUEUE_COUNT
} TimingQueue;

enum { TIMING_MAX_QUEUE = 64 }; // machine.def

typedef struct Queue {
  Bound
      started[TIMING_MAX_QUEUE]; // when the latest entries left the queue, a ring; 0 where there was none yet
  unsigned oldest;               // of them, whose place is the next entry's
  unsigned newest;
  uint64_t free; // when the unit is free
} Queue;

// ---- Instructions as the timing model sees them

enum { OPERAND_NONE, OPERAND_X, OPERAND_F, OPERAND_V, OPERAND_ACC };
typedef struct OpOperand {
  uint8_t class; // OPERAND_*
  uint8_t slot;  // lowest bit of its field: 7, 15, 20 or 27
  bool read;
  bool written;
} OpOperand;

// The scoreboard of the scalar registers is one array, so that an operand's entry is its register's number
// and a base that the instruction's form gives. Operands that an instruction does not have are looked up
// among entries that are always ready, and written to entries that nobody reads.
enum {
  SCORE_X = 0, // with SIM_X_DISCARD, which stays ready
  SCORE_F = 64,
  SCORE_READY = 128,
  SCORE_UNREAD = 192,
  SCORE_ENTRIES = 256
};

// What an instruction needs of the model: the plain ones go a short way through it.
typedef enum OpPath {
  PATH_GENERAL,
  PATH_SIMPLE, // a scalar unit, nothing else
  PATH_BRANCH,
  PATH_ACCESS, // a scalar load or store
} OpPath;

typedef struct OpInfo {
  uint8_t path;    // OpPath
  uint8_t source1; // bases in the scoreboard: rs1, rs2, rs3
  uint8_t source2;
  uint8_t source3;
  uint8_t earlier;     // rd, whose earlier writes are waited for
  uint8_t destination; // rd, as written
  uint8_t unit;        // IsaUnit
  uint8_t busy;        // IsaOccupancy
  uint8_t queue;       // TimingQueue
  uint8_t sched;       // IsaSched
  uint32_t flags;      // of the instruction
  uint64_t latency;
  uint8_t operand_count;
  OpOperand operands[ISA_MAX_OPERANDS];
} OpInfo;

// What has issued in the newest cycle, in one word: how many instructions to each unit, four bits each, and
// above them how many in all; a closed group counts as a full one as well.
enum { GROUP_UNIT_BITS = 4, GROUP_SLOTS = ISA_UNIT_COUNT * GROUP_UNIT_BITS, GROUP_CLOSED = GROUP_SLOTS + 8 };
_Static_assert(GROUP_CLOSED < 64, "a group fits a word");

static inline unsigned group_unit(uint64_t group, unsigned unit) {
  return group >> unit * GROUP_UNIT_BITS & ((1U << GROUP_UNIT_BITS) - 1);
}
static inline unsigned group_slots(uint64_t group) {
  return group >> GROUP_SLOTS & 0xff;
}

// The schedules of blocks (timing_blocks.c).
typedef struct TimingBlocks TimingBlocks;

// What a single scalar access takes: see timing_access_single.
typedef struct SingleTiming {
  uint64_t cycles;
  uint64_t ready;
  SimStall why;
  SimStall ready_why;
} SingleTiming;

// The instruction at which a block left its schedule.
typedef struct BlockStop {
  const SimInsn *insn; // NULL: none has
  SimAccess access;
  bool timed; // `single` says what the access took
  SingleTiming single;
} BlockStop;

enum { TIMING_HINTS = 1 << 10 };

struct Timing {
  Sim *sim;
  const Machine *machine;
  SimCounters *counters;
  Trace *trace; // NULL: off
  OpInfo *ops;  // by IsaOp

  // The front end: the cycle of the newest instruction, how many issued in it, and what they use.
  uint64_t now;
  uint64_t group;        // GROUP_*
  Bound fetch;           // when the next instruction is there
  uint64_t fetched_line; // its address
  uint64_t line_ahead;   // address of the scratchpad line that the front end asked for ahead
  uint64_t line_ahead_ready;

  // The scoreboard.
  Bound scalars[SCORE_ENTRIES];
  Bound v[32];         // written
  uint64_t v_read[32]; // until when the register is read
  Bound acc[SIM_MAX_ACCUMULATORS];
  Bound acc_read[SIM_MAX_ACCUMULATORS];
  uint64_t vector_state; // vl and vtype
  uint64_t drain_state;  // the drain configuration

  Bound unit_free[ISA_UNIT_COUNT];
  Queue queues[QUEUE_COUNT];

  uint64_t after_auipc; // the address behind the latest auipc, and its destination
  uint8_t auipc_register;
  uint8_t *predictor;
  uint64_t *returns; // the return stack, a ring
  uint64_t return_top;

  // Memory.
  Cache instruction_cache;
  Cache data_cache;
  uint64_t dram_free;
  uint64_t bank_free[TIMING_MAX_BANKS];

  VEC(Drain) drains; // those that may still run
  uint64_t drains_end;

  VEC(Transfer) transfers; // those that may still run, in order
  uint64_t transfers_end;

  // The block that runs by schedule: the cycle of its first instruction, and of each from there by what is
  // left of the block.
  TimingBlocks *blocks; // NULL: each instruction is timed by itself
  uint64_t block_base;
  const uint32_t *block_at;
  BlockStop stopped;
  CacheLine *data_hints[TIMING_HINTS]; // by line number: where in the data cache it was
};

// timing_memory.c
void timing_memory_start(Timing *timing);
void timing_memory_free(Timing *timing);
// The time at which the instruction line at `pc` is there, when it is asked for at `at`.
uint64_t timing_fetch(Timing *timing, uint64_t pc, uint64_t at);

// What a memory instruction takes.
typedef struct MemoryTiming {
  // Given: over how many registers the data spreads (1 .. 32), and the latencies of a hit.
  unsigned registers;
  uint64_t spm_latency;
  uint64_t cache_latency;
  // Found.
  uint64_t cycles;    // of the port
  SimStall why;       // what holds the port longer than its width explains
  uint64_t ready[32]; // when each register is there
  SimStall ready_why;
} MemoryTiming;

// Performs the accesses of an instruction that gets its port at `at`.
void timing_access(Timing *timing, const SimEvent *event, uint64_t at, MemoryTiming *result);
// The same for one access of a scalar register within a line or a word, by far the most frequent. False where
// the general way must be taken; nothing has been done then.
bool timing_access_single(Timing *timing, const SimAccess *access, uint64_t at, uint64_t spm_latency,
                          uint64_t cache_latency, SingleTiming *result);
// The cycles in which a drain occupies its port, and the banks it writes.
uint64_t timing_drain_cycles(Timing *timing, const SimEvent *event, uint64_t at, uint64_t *banks);
// Books `beats` of DRAM for a read at `at`: returns when the data is there.
uint64_t timing_dram_read(Timing *timing, uint64_t at, uint64_t bytes);
void timing_dram_write(Timing *timing, uint64_t at, uint64_t bytes);
unsigned timing_bank(const Machine *machine, uint64_t address);

// timing_dma.c
void timing_dma_start(Timing *timing, const SimDmaTransfer *what, uint64_t at);
// When the queue has room for another transfer.
uint64_t timing_dma_room(const Timing *timing);
// When a transfer is complete, as far as is known now.
uint64_t timing_dma_end(const Timing *timing, uint64_t id);
// The core uses a bank, or DRAM, for some cycles: a transfer that would have used it yields.
void timing_dma_yield_bank(Timing *timing, unsigned bank, uint64_t at, uint64_t cycles);
void timing_dma_yield_dram(Timing *timing, uint64_t at, uint64_t cycles);

// timing.c: the core stores at `at` for some cycles, or loads from these banks: drains yield.
void timing_drain_yield(Timing *timing, uint64_t at, uint64_t cycles, uint64_t banks);

// Data cache lines of [address, address + size): written back when dirty; dropped too when `drop`. Returns
// the lines written back.
uint64_t timing_cache_clean(Timing *timing, uint64_t address, uint64_t size, bool drop);

// timing_blocks.c
TimingBlocks *timing_blocks_new(const Timing *timing);
void timing_blocks_free(TimingBlocks *blocks);
// Brings the counters up to date with the blocks that have run by schedule.
void timing_blocks_count(Timing *timing);

#endif
