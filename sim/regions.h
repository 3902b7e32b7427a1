// What ranges of addresses cost: counters of their own, the functions called from them included.
#ifndef KILN_SIM_REGIONS_H
#define KILN_SIM_REGIONS_H

#include "sim/internal.h"

// Resolves SimOptions.regions. NULL when there are none, or, with errors recorded, when one cannot be found.
Regions *regions_new(Sim *sim, Diagnostics *diagnostics);
void regions_free(Regions *regions);
// A nest's own code, or the scalar code beside it; NULL: there is none.
const SimRegion *regions_of_nest(const Regions *regions, uint32_t nest, bool scalar);
// The program goes on at `pc`, called by nobody.
void regions_enter(Regions *regions, uint64_t pc);
// An instruction has been executed and timed, which goes on at `next_pc`.
void regions_step(Regions *regions, const SimInsn *insn, uint64_t next_pc, bool trapped);
// Adds everything up. Call it behind timing_finish.
void regions_finish(Regions *regions);

#endif
