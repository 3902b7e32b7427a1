// Where the time goes: cycles, stalls and energy of each instruction, and of each chain of calls.
#ifndef KILN_SIM_PROFILE_H
#define KILN_SIM_PROFILE_H

#include "sim/internal.h"

// One executed instruction of the program. Cycles are those by which it moved time on: waiting for it to
// issue.
typedef struct ProfileSlot {
  uint64_t pc;
  uint64_t count;
  uint64_t cycles;
  uint64_t stalls[SIM_STALL_COUNT];
  uint64_t macs;
  uint64_t dram; // bytes
  double energy; // picojoules
} ProfileSlot;

Profile *profile_new(Sim *sim);
void profile_free(Profile *profile);
// The program goes on at `pc`, called by nobody.
void profile_enter(Profile *profile, uint64_t pc);
// Accounts for what changed since the last call to the instruction just executed, which goes on at `next_pc`.
void profile_step(Profile *profile, const SimInsn *insn, uint64_t next_pc, bool trapped);
// What the end of the run brought counts for the last instruction. Call it behind timing_finish.
void profile_finish(Profile *profile);

// Whether an instruction calls (it writes a link register) or returns (it jumps to one), as the psABI has it.
static inline bool profile_is_link(unsigned number) {
  return number == 1 || number == 5;
}
static inline bool profile_is_call(const SimInsn *insn) {
  return (insn->op == ISA_JAL || insn->op == ISA_JALR) && profile_is_link(insn->rd);
}
static inline bool profile_is_return(const SimInsn *insn) {
  return insn->op == ISA_JALR && profile_is_link(insn->rs1) && !profile_is_link(insn->rd);
}

// The instructions that were executed, by address: `count` of them.
const ProfileSlot *profile_slots(Profile *profile, size_t *count);
// The function of an address: its symbol, or NULL.
const SimSymbol *profile_function(const Sim *sim, uint64_t pc);

#endif
