// Reports of the counters.
#include "sim/internal.h"

#include <inttypes.h>

void sim_stats_text(const Sim *sim, Text *out) {
  const SimCounters *counters = &sim->counters;
  text_format(out, "instructions %12" PRIu64 "\n", counters->instructions);
  if (sim->timing)
    text_format(out, "cycles       %12" PRIu64 "\n", counters->cycles);
}

void sim_stats_json(const Sim *sim, Text *out) {
  const SimCounters *counters = &sim->counters;
  text_format(out, "{\"instructions\": %" PRIu64 ", \"cycles\": %" PRIu64 "}\n", counters->instructions,
              counters->cycles);
}
