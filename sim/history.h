// The state of a run at one moment, to which a debugger can go back.
#ifndef KILN_SIM_HISTORY_H
#define KILN_SIM_HISTORY_H

#include "sim/internal.h"

typedef struct History History;

// NULL where going back is not possible: the run is also profiled, traced or checked, which cannot be undone,
// or the host does not say which pages of memory are in use.
History *history_take(const Sim *sim);
// The run may be taken up from there again.
void history_restore(Sim *sim, const History *history);
void history_free(History *history);

#endif
