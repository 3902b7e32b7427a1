// Programs for the simulator (sim/sim.h): loading any file, and running what loads for a while on a machine
// with little memory, with and without timing.
#include "sim/sim.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

enum { INSTRUCTIONS = 3000, DRAM_BYTES = 1 << 16 };

static void load(const uint8_t *data, size_t size) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  SimOptions options = {0};
  Sim *sim = sim_load_bytes("input", data, size, &options, &diagnostics);
  // A program is either loaded or refused with a reason.
  if ((sim == NULL) != (diagnostics.errors > 0))
    abort();
  sim_free(sim);
  diagnostics_free(&diagnostics);
}

static void run(const uint8_t *data, size_t size, bool timing) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  Machine machine;
  if (!machine_find(&machine, machine_builtin_name(0), &diagnostics))
    abort();
  machine.dram_size = DRAM_BYTES;
  SimOptions options = {
      .machine = &machine, .timing = timing, .nests = timing, .max_instructions = INSTRUCTIONS};
  Sim *sim = sim_load_bytes("input", data, size, &options, &diagnostics);
  if (sim) {
    SimStop stop = sim_run(sim, &diagnostics);
    if ((stop == SIM_STOP_EXIT) != (diagnostics.errors == 0))
      abort();
    if (sim_counters(sim)->instructions > INSTRUCTIONS)
      abort();
    Text report = {0};
    sim_stats_json(sim, &report);
    text_free(&report);
  }
  sim_free(sim);
  diagnostics_free(&diagnostics);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  load(data, size);
  run(data, size, false);
  run(data, size, true);
  return 0;
}
