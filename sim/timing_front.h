// The front end's rules for scalar instructions, shared by the model that takes instructions one by one
// (timing.c) and the one that knows whole blocks (timing_blocks.c).
#ifndef KILN_SIM_TIMING_FRONT_H
#define KILN_SIM_TIMING_FRONT_H

#include "sim/timing.h"

// ---- Issue

// The cycle of an instruction that wants one no earlier than bound->at: a slot must be free in it, and its
// unit.
static inline void find_slot(const Timing *timing, const OpInfo *op, Bound *bound) {
  if (bound->at > timing->now)
    return;
  unsigned capacity = op->unit == ISA_UNIT_ALU ? 2 : 1;
  uint64_t group = timing->group;
  bool alone = op->busy == ISA_BUSY_SERIALIZE && group != 0;
  bool full = group >> GROUP_SLOTS >= timing->machine->issue_width;
  if (full || alone || group_unit(group, op->unit) >= capacity)
    *bound = (Bound){timing->now + 1, SIM_STALL_ISSUE};
  else
    bound->at = timing->now;
}

// Moves the front end to a later cycle. Cycles without any instruction are lost for the bound's reason, one
// that ends with a slot unused is lost in part.
static inline void advance(Timing *timing, const Bound *bound) {
  if (bound->at <= timing->now)
    return;
  uint64_t *stalls = timing->counters->stalls;
  unsigned slots = group_slots(timing->group);
  if (bound->at - timing->now > (slots > 0))
    stalls[bound->why] += bound->at - timing->now - (slots > 0);
  if (slots > 0 && slots < timing->machine->issue_width)
    stalls[SIM_STALL_ISSUE]++;
  timing->now = bound->at;
  timing->group = 0;
}

// Issues in the cycle of the bound.
static inline void issue(Timing *timing, const OpInfo *op, const Bound *bound) {
  SimCounters *counters = timing->counters;
  advance(timing, bound);
  if (op->unit == ISA_UNIT_ALU)
    counters->unit_busy[group_unit(timing->group, ISA_UNIT_ALU)]++;
  timing->group += UINT64_C(1) << GROUP_SLOTS | UINT64_C(1) << op->unit * GROUP_UNIT_BITS;
  if (op->busy == ISA_BUSY_SERIALIZE)
    timing->group |= UINT64_C(1) << GROUP_CLOSED;
}

static inline void unit_works(Timing *timing, unsigned unit, uint64_t cycles) {
  timing->counters->unit_busy[unit + 1] += cycles;
}

// ---- Scalars

// Waits for earlier writes of a scalar destination that would come later than its own, and for the sources.
static inline void wait_scalars(const Timing *timing, const SimInsn *insn, const OpInfo *op, Bound *bound) {
  const Bound *earlier = &timing->scalars[op->earlier + insn->rd];
  if (earlier->at > bound->at + op->latency)
    bound_raise(bound, earlier->at - op->latency, earlier->why);
  const Bound *ready = &timing->scalars[op->source1 + insn->rs1];
  bound_raise(bound, ready->at, ready->why);
  ready = &timing->scalars[op->source2 + insn->rs2];
  bound_raise(bound, ready->at, ready->why);
  ready = &timing->scalars[op->source3 + insn->rs3];
  bound_raise(bound, ready->at, ready->why);
}

static inline void set_scalar(Timing *timing, const SimInsn *insn, const OpInfo *op, uint64_t at,
                              SimStall why) {
  timing->scalars[op->destination + insn->rd] = (Bound){at, why};
  timing->scalars[SCORE_X + SIM_X_DISCARD].at = 0;
}

static inline void run_simple(Timing *timing, const SimInsn *insn, const OpInfo *op) {
  uint64_t cycles = op->busy == ISA_BUSY_LATENCY ? op->latency : 1;
  if (op->unit != ISA_UNIT_ALU) {
    timing->unit_free[op->unit] = (Bound){timing->now + cycles, SIM_STALL_UNIT};
    unit_works(timing, op->unit, cycles);
  }
  set_scalar(timing, insn, op, timing->now + op->latency, SIM_STALL_OPERAND);
  if (insn->op == ISA_AUIPC) {
    timing->after_auipc = insn->pc + insn->length;
    timing->auipc_register = insn->rd;
  }
  if (op->sched == ISA_SCHED_VSET)
    timing->vector_state = timing->now + op->latency;
}

// Whether a scalar access went as a hit does: then all that it means for later instructions is known before.
static inline bool single_is_hit(const Timing *timing, const SingleTiming *single, uint64_t at, bool store) {
  return single->cycles == 1 && single->why == SIM_STALL_UNIT &&
         (store ||
          (single->ready == at + timing->machine->l1_latency && single->ready_why == SIM_STALL_OPERAND));
}

// What a scalar load or store means for those behind it.
static inline void apply_access(Timing *timing, const SimInsn *insn, const OpInfo *op,
                                const SingleTiming *single) {
  timing->unit_free[op->unit] = (Bound){timing->now + single->cycles, single->why};
  unit_works(timing, op->unit, single->cycles);
  set_scalar(timing, insn, op, op->flags & ISA_LOAD ? single->ready : timing->now + op->latency,
             single->ready_why);
}

// ---- Branches

// How a branch or jump went.
typedef struct BranchOutcome {
  bool taken; // goes on elsewhere than behind itself; a jump always counts as taken
  bool right; // was predicted
} BranchOutcome;

static inline void resolve(Timing *timing, bool right) {
  timing->counters->branches++;
  if (right)
    return;
  timing->counters->branch_misses++;
  timing->fetch = (Bound){timing->now + 1 + timing->machine->branch_miss, SIM_STALL_BRANCH};
}

static inline bool is_link(unsigned number) {
  return number == 1 || number == 5; // ra and t0, as the psABI says
}

// Returns whether the return stack, or the instruction itself, says where the jump goes. An auipc just before
// it that makes its base is part of it: so calls reach farther than jal does.
static inline bool predict_jump(Timing *timing, const SimInsn *insn, uint64_t next_pc) {
  uint64_t depth = timing->machine->return_stack;
  bool right =
      insn->op == ISA_JAL || (insn->pc == timing->after_auipc && insn->rs1 == timing->auipc_register);
  if (!right && insn->op == ISA_JALR && is_link(insn->rs1) && insn->rd != insn->rs1 && depth &&
      timing->return_top) {
    timing->return_top--;
    right = timing->returns[timing->return_top % depth] == next_pc;
  }
  if (is_link(insn->rd) && depth)
    timing->returns[timing->return_top++ % depth] = insn->pc + insn->length;
  return right;
}

// Asks the predictors, and tells them what happened.
static inline BranchOutcome predict(Timing *timing, const SimInsn *insn, const OpInfo *op, uint64_t next_pc) {
  if (!(op->flags & ISA_BRANCH))
    return (BranchOutcome){true, predict_jump(timing, insn, next_pc)};
  uint8_t *counter = &timing->predictor[(insn->pc >> 1) & (timing->machine->predictor_entries - 1)];
  BranchOutcome outcome;
  outcome.taken = next_pc != insn->pc + insn->length;
  outcome.right = (*counter >= 2) == outcome.taken;
  if (outcome.taken && *counter < 3)
    ++*counter;
  else if (!outcome.taken && *counter > 0)
    --*counter;
  return outcome;
}

static inline void run_branch(Timing *timing, const SimInsn *insn, const OpInfo *op, BranchOutcome outcome) {
  resolve(timing, outcome.right);
  if (outcome.taken) // what is issued together is contiguous
    timing->group |= UINT64_C(1) << GROUP_CLOSED;
  set_scalar(timing, insn, op, timing->now + op->latency, SIM_STALL_OPERAND);
}

#endif
