// Checks of a running program: races with transfers and drains, reads of scratchpad that nobody wrote,
// accesses outside what the program owns. Each finding is recorded once for the instructions it names.
#ifndef KILN_SIM_CHECK_H
#define KILN_SIM_CHECK_H

#include "sim/internal.h"

// NULL when `enabled` (a set of SimCheck) is empty.
Checks *checks_new(Sim *sim, unsigned enabled);
void checks_free(Checks *checks);
// Findings of a run go to `diagnostics`.
void checks_start(Checks *checks, Diagnostics *diagnostics);
// The program owns these bytes: a section of it, or an argument of a call.
void checks_own(Checks *checks, uint64_t address, uint64_t size);
// A call begins: its arguments are no longer the program's.
void checks_disown_arguments(Checks *checks);
// The host has written memory for the program: when it was loaded, or when a call asked for it.
void checks_written(Checks *checks, uint64_t address, uint64_t size);
// Looks at an instruction that has been executed without a trap.
void checks_step(Checks *checks, const SimInsn *insn, const SimEvent *event);
// The called function has returned: what it started must be complete.
void checks_returned(Checks *checks);

#endif
