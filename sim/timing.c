// The timing model. So far it knows the issue width only.
#include "sim/internal.h"

#include <stdlib.h>

struct Timing {
  Sim *sim;
  uint64_t issued;
};

Timing *timing_new(Sim *sim) {
  Timing *timing = checked_malloc(sizeof *timing);
  *timing = (Timing){.sim = sim};
  return timing;
}

void timing_free(Timing *timing) {
  free(timing);
}

void timing_step(Timing *timing, const SimInsn *insn, const SimEvent *event, uint64_t next_pc, bool trapped) {
  (void)insn, (void)event, (void)next_pc, (void)trapped;
  timing->issued++;
}

uint64_t timing_cycles(const Timing *timing) {
  return (timing->issued + timing->sim->machine.issue_width - 1) / timing->sim->machine.issue_width;
}

bool timing_transfer_done(void *timing, uint64_t id) {
  (void)timing, (void)id;
  return true;
}

void timing_finish(Timing *timing) {
  timing->sim->counters.cycles = timing_cycles(timing);
}
