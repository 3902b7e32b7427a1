// A trace of the timing model's view in Chrome's trace event format, for Perfetto and chrome://tracing.
#ifndef KILN_SIM_TRACE_H
#define KILN_SIM_TRACE_H

#include "sim/timing.h"

Trace *trace_new(Sim *sim);
void trace_free(Trace *trace);
// An instruction has been timed.
void trace_step(Trace *trace, const Timing *timing, const SimInsn *insn, const SimEvent *event);
// A transfer's times are final.
void trace_transfer(Trace *trace, const Transfer *transfer);
// Ends the trace: the counters and the transfers still under way.
void trace_finish(Trace *trace, const Timing *timing);

#endif
