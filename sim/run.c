// The run loop: blocks one after another, traps, limits, and the report when nobody handles a trap.
#include "sim/check.h"
#include "sim/debug.h"
#include "sim/profile.h"
#include "sim/regions.h"
#include "sim/trace.h"

#include <inttypes.h>
#include <time.h>

// Instructions between two looks at the host's clock.
enum { CHUNK = 1 << 18 };

enum { STACK_FRAME = 1 << 20 }; // bytes by which a stack pointer may miss DRAM and still be told for one

// From when on, and how often, a run's progress is told, in seconds.
static const double PROGRESS_AFTER = 2.5;
static const double PROGRESS_EVERY = 0.5;

typedef struct Deadline {
  bool set;
  double at;
  double progress; // when it is told next
} Deadline;

static double host_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void run_plain(Hart *hart, const SimInsn *insn) {
  while (insn)
    insn = insn->go(hart, insn);
}

static bool over_cycles(const Sim *sim) {
  return sim->options->max_cycles && timing_cycles(sim->timing) >= sim->options->max_cycles;
}

// Leaves the run loop before the instruction at `pc`.
static void stop_at(Hart *hart, uint64_t pc) {
  hart->pc = pc;
  hart->link = NULL;
}

// As run_plain, with time: by whole blocks where it can be, else telling the timing model of each
// instruction.
static void run_timed(Sim *sim, const SimInsn *insn) {
  Hart *hart = &sim->hart;
  while (insn) {
    if (insn->op == ISA_INVALID) {
      insn = timing_run_blocks(sim->timing, insn);
      if (!insn)
        return;
    }
    if (insn->op == ISA_INVALID && over_cycles(sim)) {
      stop_at(hart, insn->pc);
      return;
    }
    sim_event_clear(&sim->event);
    const SimInsn *next = insn->run(hart, insn);
    bool trapped = hart->trap != SIM_CAUSE_NONE;
    if (insn->op != ISA_INVALID)
      timing_step(sim->timing, insn, &sim->event, next ? next->pc : hart->pc, trapped);
    insn = next;
  }
}

static void observe(Sim *sim, const SimInsn *insn, uint64_t next_pc, bool trapped) {
  if (sim->timing)
    timing_step(sim->timing, insn, &sim->event, next_pc, trapped);
  if (sim->trace && !trapped)
    trace_step(sim->trace, sim->timing, insn, &sim->event);
  if (sim->profile)
    profile_step(sim->profile, insn, next_pc, trapped);
  if (sim->regions)
    regions_step(sim->regions, insn, next_pc, trapped);
  if (sim->checks && !trapped)
    checks_step(sim->checks, insn, &sim->event);
}

// As run_timed, for those who look at each instruction besides.
static void run_observed(Sim *sim, const SimInsn *insn) {
  Hart *hart = &sim->hart;
  while (insn) {
    if (insn->op == ISA_INVALID && sim->timing && over_cycles(sim)) {
      stop_at(hart, insn->pc);
      return;
    }
    if (sim->debug && insn->op != ISA_INVALID && debug_before(sim->debug, insn)) {
      hart->budget += insn->left;
      stop_at(hart, insn->pc);
      return;
    }
    sim_event_clear(&sim->event);
    const SimInsn *next = insn->run(hart, insn);
    bool trapped = hart->trap != SIM_CAUSE_NONE;
    if (insn->op != ISA_INVALID)
      observe(sim, insn, next ? next->pc : hart->pc, trapped);
    if (sim->debug && !trapped && debug_after(sim->debug, &sim->event) && next) {
      hart->budget += insn->left - 1;
      stop_at(hart, next->pc);
      return;
    }
    insn = next;
  }
}

static const char *cause_text(SimCause cause) {
  switch (cause) {
  case SIM_CAUSE_FETCH_MISALIGNED:
    return "misaligned instruction address";
  case SIM_CAUSE_FETCH_ACCESS:
    return "instruction fetch outside memory";
  case SIM_CAUSE_ILLEGAL:
    return "illegal instruction";
  case SIM_CAUSE_BREAKPOINT:
    return "breakpoint";
  case SIM_CAUSE_LOAD_MISALIGNED:
    return "misaligned load";
  case SIM_CAUSE_LOAD_ACCESS:
    return "load outside memory";
  case SIM_CAUSE_STORE_MISALIGNED:
    return "misaligned store";
  case SIM_CAUSE_STORE_ACCESS:
    return "store outside memory";
  case SIM_CAUSE_ECALL_M:
    return "environment call";
  case SIM_CAUSE_TRANSFER:
    return "DMA transfer that cannot be made";
  case SIM_CAUSE_NONE:
    break;
  }
  return "trap";
}

// Of a trap: whether the stack has grown out of its place. In a call that is the top of DRAM; elsewhere the
// program decides, so that only a stack pointer outside memory is a sign.
static void note_stack(const Sim *sim, Diagnostics *diagnostics) {
  const SimMemory *memory = &sim->hart.memory;
  uint64_t sp = sim->hart.x[2];
  uint64_t bottom = memory->dram_base + memory->dram_size - sim_stack_bytes(sim);
  bool outside = !sim_memory_at(memory, sp, 1) && sp != memory->dram_base + memory->dram_size;
  if (sim->sentinel != UINT64_MAX && sp < bottom && sp >= memory->dram_base - STACK_FRAME)
    diagnose(diagnostics, DIAGNOSTIC_NOTE, place_named(sim->name),
             "the stack has overflowed: sp is %" PRIu64 " bytes below the %" PRIu64
             " kept for it at the top of DRAM; --check=mem finds the place",
             bottom - sp, sim_stack_bytes(sim));
  else if (outside && sp != 0)
    diagnose(diagnostics, DIAGNOSTIC_NOTE, place_named(sim->name),
             "sp is outside memory: the stack may have overflowed, or was never set up");
}

static void report_trap(const Sim *sim, const char *circumstance, Diagnostics *diagnostics) {
  const Hart *hart = &sim->hart;
  Text where = {0};
  Text caller = {0};
  Text printed = {0};
  sim_describe_address(sim, hart->trap_pc, &where);
  sim_describe_address(sim, hart->x[1], &caller);
  sim_disassemble(sim, hart->trap_pc, &printed);
  diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(sim->name), "%s at %s%s", cause_text(hart->trap),
           text_string(&where), circumstance);
  diagnose(diagnostics, DIAGNOSTIC_NOTE, place_named(sim->name),
           "'%s'; mcause %d, mtval 0x%" PRIx64 ", ra %s, sp 0x%" PRIx64, text_string(&printed),
           (int)hart->trap, hart->trap_value, text_string(&caller), hart->x[2]);
  note_stack(sim, diagnostics);
  text_free(&where);
  text_free(&caller);
  text_free(&printed);
}

// Sends a trap to the program's handler. Returns false when there is none, with the report made.
static bool take_trap(Sim *sim, Diagnostics *diagnostics) {
  Hart *hart = &sim->hart;
  uint64_t handler = hart->mtvec & ~UINT64_C(3);
  if (handler == 0) {
    report_trap(sim, ", and no handler is set (mtvec is 0)", diagnostics);
    return false;
  }
  if (hart->trap_pc == handler) {
    report_trap(sim, ", the first instruction of the trap handler", diagnostics);
    return false;
  }
  sim_enter_trap(hart);
  hart->trap = SIM_CAUSE_NONE;
  hart->pc = handler;
  hart->link = NULL;
  return true;
}

static uint64_t instructions(const Hart *hart) {
  return hart->started - (uint64_t)hart->budget;
}

// Hands out the next instructions. False when the limit is reached.
static bool refill(Sim *sim) {
  Hart *hart = &sim->hart;
  uint64_t more = CHUNK;
  if (sim->options->max_instructions) {
    uint64_t left = sim->options->max_instructions - hart->started;
    more = left < more ? left : more;
  }
  hart->budget += (int64_t)more;
  hart->started += more;
  return hart->budget > 0;
}

static void report_limit(const Sim *sim, const char *limit, Diagnostics *diagnostics) {
  Text where = {0};
  sim_describe_address(sim, sim->hart.pc, &where);
  diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(sim->name),
           "%s reached at %s after %" PRIu64 " instructions", limit, text_string(&where),
           instructions(&sim->hart));
  text_free(&where);
}

static void tell_progress(const Sim *sim, Deadline *deadline, double now) {
  if (!sim->options->progress || now < deadline->progress)
    return;
  deadline->progress = now + PROGRESS_EVERY;
  sim->options->progress(sim->options->progress_context, instructions(&sim->hart),
                         sim->timing ? timing_cycles(sim->timing) : 0);
}

// Runs from hart->pc until the loop is left. Returns false when a limit ends the run, with *stop set.
static bool run_some(Sim *sim, Deadline *deadline, SimStop *stop, Diagnostics *diagnostics) {
  Hart *hart = &sim->hart;
  if (hart->budget <= SIM_BLOCK_LIMIT) {
    if (!refill(sim)) {
      report_limit(sim, "the instruction limit was", diagnostics);
      *stop = SIM_STOP_INSTRUCTIONS;
      return false;
    }
    double now = host_seconds();
    tell_progress(sim, deadline, now);
    if (deadline->set && now > deadline->at) {
      report_limit(sim, "the time limit was", diagnostics);
      *stop = SIM_STOP_TIMEOUT;
      return false;
    }
    if (sim->debug && debug_interrupted(sim->debug)) {
      *stop = SIM_STOP_DEBUGGER;
      return false;
    }
  }
  if (sim->timing && over_cycles(sim)) {
    report_limit(sim, "the cycle limit was", diagnostics);
    *stop = SIM_STOP_CYCLES;
    return false;
  }
  uint32_t limit = hart->budget < SIM_BLOCK_LIMIT ? (uint32_t)hart->budget : SIM_BLOCK_LIMIT;
  const SimInsn *insn = sim_block(sim, hart->pc, limit);
  if (hart->link && limit == SIM_BLOCK_LIMIT)
    hart->link->target = insn;
  hart->link = NULL;
  if (sim->checks || sim->profile || sim->trace || sim->regions || sim->debug)
    run_observed(sim, insn);
  else if (sim->timing)
    run_timed(sim, insn);
  else
    run_plain(hart, insn);
  return true;
}

static SimStop loop(Sim *sim, Deadline *deadline, Diagnostics *diagnostics) {
  Hart *hart = &sim->hart;
  for (;;) {
    SimStop stop = SIM_STOP_EXIT;
    if (hart->pc == sim->sentinel)
      return SIM_STOP_RETURN;
    if (!run_some(sim, deadline, &stop, diagnostics))
      return stop;
    if (hart->flush)
      sim_flush_code(sim);
    if (hart->trap != SIM_CAUSE_NONE && !take_trap(sim, diagnostics))
      return SIM_STOP_TRAP;
    if (hart->semihosting) {
      hart->semihosting = false;
      sim_semihosting(sim);
    }
    if (hart->htif) {
      hart->htif = false;
      sim_htif(sim);
    }
    if (sim->exited)
      return SIM_STOP_EXIT;
    if (sim->debug && sim->debug->stop != DEBUG_RUNNING)
      return SIM_STOP_DEBUGGER;
  }
}

SimStop sim_continue(Sim *sim, Diagnostics *diagnostics) {
  double now = host_seconds();
  Deadline deadline = {sim->options->timeout_seconds > 0, now + sim->options->timeout_seconds,
                       now + PROGRESS_AFTER};
  sim->hart.link = NULL;
  sim->hart.trap = SIM_CAUSE_NONE;
  return loop(sim, &deadline, diagnostics);
}

SimStop sim_run_from(Sim *sim, uint64_t pc, Diagnostics *diagnostics) {
  Hart *hart = &sim->hart;
  hart->pc = pc;
  sim->exited = false;
  if (sim->checks)
    checks_start(sim->checks, diagnostics);
  if (sim->profile)
    profile_enter(sim->profile, pc);
  if (sim->regions)
    regions_enter(sim->regions, pc);
  SimStop stop =
      sim->options->gdb ? sim_gdb(sim, sim->options->gdb_port, diagnostics) : sim_continue(sim, diagnostics);
  if (sim->checks && stop == SIM_STOP_RETURN)
    checks_returned(sim->checks);
  sim->counters.instructions = instructions(hart);
  if (sim->timing) {
    timing_finish(sim->timing);
    sim_energy_of(&sim->machine, &sim->counters);
    if (sim->profile)
      profile_finish(sim->profile);
    if (sim->regions)
      regions_finish(sim->regions);
    if (sim->trace)
      trace_finish(sim->trace, sim->timing);
  }
  return stop;
}

SimStop sim_run(Sim *sim, Diagnostics *diagnostics) {
  sim->sentinel = UINT64_MAX;
  if (!sim_memory_at(&sim->hart.memory, sim->entry, 2)) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(sim->name),
             "the program has no entry to start at; one of its functions can be called");
    return SIM_STOP_BAD_CALL;
  }
  return sim_run_from(sim, sim->entry, diagnostics);
}

int sim_exit_code(const Sim *sim) {
  return sim->exit_code;
}
