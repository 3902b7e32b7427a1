// Reports of the counters, as text and as JSON, from one table each of names and values.
#include "sim/internal.h"

#include <inttypes.h>

static const char *const stall_names[SIM_STALL_COUNT] = {
    [SIM_STALL_OPERAND] = "operand", [SIM_STALL_UNIT] = "unit",         [SIM_STALL_LANE] = "lane",
    [SIM_STALL_CACHE] = "cache",     [SIM_STALL_DMA_WAIT] = "dma_wait", [SIM_STALL_DRAIN] = "drain",
    [SIM_STALL_BRANCH] = "branch",   [SIM_STALL_FETCH] = "fetch",       [SIM_STALL_ISSUE] = "issue",
};

static const char *const energy_names[SIM_ENERGY_COUNT] = {
    [SIM_ENERGY_MAC] = "mac",     [SIM_ENERGY_VECTOR] = "vector",   [SIM_ENERGY_ACCUMULATOR] = "accumulator",
    [SIM_ENERGY_SPM] = "spm",     [SIM_ENERGY_L1] = "l1",           [SIM_ENERGY_DRAM] = "dram",
    [SIM_ENERGY_ISSUE] = "issue", [SIM_ENERGY_LEAKAGE] = "leakage",
};

const char *sim_stall_name(SimStall stall) {
  return stall_names[stall];
}
const char *sim_energy_name(SimEnergy component) {
  return energy_names[component];
}
const char *sim_unit_name(unsigned unit) {
  return unit == 0 ? "ALU0" : unit == 1 ? "ALU1" : isa_unit_name((IsaUnit)(unit - 1));
}

// One number of the report.
typedef struct Row {
  const char *key;
  uint64_t value;
} Row;

static uint64_t macs_of(const SimCounters *counters) {
  return counters->macs_int8 + counters->macs_half + counters->macs_float;
}

// Multiply-accumulates against what the tile unit could do in these cycles: a lane makes 4 products of int8,
// 2 of half and 1 of float a cycle.
static double peak_share(const Sim *sim, const SimCounters *counters) {
  double tile = machine_tile(&sim->machine);
  double busy =
      (double)counters->macs_int8 / 4 + (double)counters->macs_half / 2 + (double)counters->macs_float;
  return counters->cycles ? busy / (tile * tile) / (double)counters->cycles : 0;
}

static double per(double value, uint64_t by) {
  return by ? value / (double)by : 0;
}

static double total_energy(const SimCounters *counters) {
  double total = 0;
  for (unsigned i = 0; i < SIM_ENERGY_COUNT; i++)
    total += counters->energy[i];
  return total;
}

// In milliwatts, at the nominal clock: pJ a cycle times cycles a microsecond are microwatts.
static double average_power(const Sim *sim, const SimCounters *counters) {
  return per(total_energy(counters), counters->cycles) * (double)sim->machine.clock_mhz / 1000;
}

enum { EVENT_ROWS = 11, PATH_ROWS = 7 };

static void event_rows(const SimCounters *counters, Row rows[EVENT_ROWS]) {
  const Row filled[EVENT_ROWS] = {
      {"branches", counters->branches},
      {"branch_misses", counters->branch_misses},
      {"l1i_accesses", counters->l1i_accesses},
      {"l1i_misses", counters->l1i_misses},
      {"l1d_accesses", counters->l1d_accesses},
      {"l1d_misses", counters->l1d_misses},
      {"l1d_writebacks", counters->l1d_writebacks},
      {"prefetches", counters->prefetches},
      {"dma_transfers", counters->dma_transfers},
      {"dma_coherence", counters->dma_coherence},
      {"accumulator_updates", counters->accumulator_updates},
  };
  memcpy(rows, filled, sizeof filled);
}

static void path_rows(const SimCounters *counters, Row rows[PATH_ROWS]) {
  const Row filled[PATH_ROWS] = {
      {"l1d", counters->l1d_bytes},
      {"spm", counters->spm_bytes},
      {"dma", counters->dma_bytes},
      {"dma_spm", counters->dma_spm_bytes},
      {"dram_read", counters->dram_read_bytes},
      {"dram_written", counters->dram_written_bytes},
      {"vector_registers", counters->vector_bytes},
  };
  memcpy(rows, filled, sizeof filled);
}

static void text_timing(const Sim *sim, Text *out) {
  const SimCounters *counters = &sim->counters;
  uint64_t cycles = counters->cycles;
  text_format(out, "cycles               %14" PRIu64 "\n", cycles);
  text_format(out, "instructions/cycle   %14.3f\n", per((double)counters->instructions, cycles));
  text_format(out, "time at %5" PRIu64 " MHz    %14.3f us\n", sim->machine.clock_mhz,
              per((double)cycles, sim->machine.clock_mhz));
  text_append_string(out, "units, % of cycles busy\n");
  for (unsigned i = 0; i < SIM_UNITS; i++)
    if (counters->unit_busy[i])
      text_format(out, "  %-18s %14.1f\n", sim_unit_name(i),
                  100 * per((double)counters->unit_busy[i], cycles));
  text_append_string(out, "stall cycles by reason\n");
  for (unsigned i = 0; i < SIM_STALL_COUNT; i++)
    if (counters->stalls[i] && i != SIM_STALL_ISSUE)
      text_format(out, "  %-18s %14" PRIu64 "\n", stall_names[i], counters->stalls[i]);
  if (counters->stalls[SIM_STALL_ISSUE])
    text_format(out, "cycles with a slot unused %9" PRIu64 "\n", counters->stalls[SIM_STALL_ISSUE]);
}

static void text_work(const Sim *sim, Text *out) {
  const SimCounters *counters = &sim->counters;
  uint64_t macs = macs_of(counters);
  if (macs) {
    text_format(out, "tile unit MACs       %14" PRIu64 "\n", macs);
    text_format(out, "MACs/cycle           %14.1f\n", per((double)macs, counters->cycles));
    text_format(out, "percent of peak      %14.1f\n", 100 * peak_share(sim, counters));
  }
  Row rows[EVENT_ROWS];
  event_rows(counters, rows);
  text_append_string(out, "events\n");
  for (unsigned i = 0; i < EVENT_ROWS; i++)
    if (rows[i].value)
      text_format(out, "  %-18s %14" PRIu64 "\n", rows[i].key, rows[i].value);
  Row paths[PATH_ROWS];
  path_rows(counters, paths);
  text_append_string(out, "bytes moved\n");
  for (unsigned i = 0; i < PATH_ROWS; i++)
    if (paths[i].value)
      text_format(out, "  %-18s %14" PRIu64 "\n", paths[i].key, paths[i].value);
}

static void text_energy(const Sim *sim, Text *out) {
  const SimCounters *counters = &sim->counters;
  const Machine *machine = &sim->machine;
  double total = total_energy(counters);
  text_append_string(out, "energy, an estimate, nJ\n");
  for (unsigned i = 0; i < SIM_ENERGY_COUNT; i++)
    if (counters->energy[i] > 0)
      text_format(out, "  %-18s %14.1f\n", energy_names[i], counters->energy[i] / 1000);
  text_format(out, "  %-18s %14.1f\n", "total", total / 1000);
  if (macs_of(counters))
    text_format(out, "pJ/MAC               %14.3f\n", per(total, macs_of(counters)));
  text_format(out, "average power        %14.1f mW\n", average_power(sim, counters));
  text_format(
      out,
      "coefficients, pJ: MAC int8 %g, half %g, float %g; vector byte %g; accumulator %g; scratchpad byte %g; "
      "L1 byte %g; DRAM byte %g; issue %g; leakage a cycle %g\n",
      machine->energy_mac_int8, machine->energy_mac_half, machine->energy_mac_float,
      machine->energy_vector_byte, machine->energy_accumulator, machine->energy_spm_byte,
      machine->energy_l1_byte, machine->energy_dram_byte, machine->energy_issue, machine->energy_leakage);
}

static void text_regions(const Sim *sim, Text *out) {
  size_t count;
  const SimRegion *regions = sim_regions(sim, &count);
  if (count)
    text_append_string(
        out, "regions: %cycles, cycles, entries, instructions, MACs/cycle, nJ, stall cycles by reason\n");
  for (size_t i = 0; i < count; i++) {
    const SimCounters *counters = &regions[i].counters;
    text_format(out, "  %-18s %6.2f %12" PRIu64 " %8" PRIu64 " %12" PRIu64 " %8.1f %11.3f ", regions[i].name,
                100 * per((double)counters->cycles, sim->counters.cycles), counters->cycles,
                regions[i].entries, counters->instructions, per((double)macs_of(counters), counters->cycles),
                total_energy(counters) / 1000);
    for (unsigned j = 0; j < SIM_STALL_COUNT; j++)
      if (counters->stalls[j] && j != SIM_STALL_ISSUE)
        text_format(out, " %s %" PRIu64, stall_names[j], counters->stalls[j]);
    text_append_char(out, '\n');
  }
}

void sim_stats_text(const Sim *sim, Text *out) {
  text_format(out, "machine              %14s\n", sim->machine.name);
  text_format(out, "instructions         %14" PRIu64 "\n", sim->counters.instructions);
  if (!sim->timing)
    return;
  text_timing(sim, out);
  text_work(sim, out);
  text_energy(sim, out);
  text_regions(sim, out);
}

static void json_rows(Text *out, const char *name, const Row *rows, unsigned count) {
  text_format(out, ",\n  \"%s\": {", name);
  for (unsigned i = 0; i < count; i++)
    text_format(out, "%s\"%s\": %" PRIu64, i ? ", " : "", rows[i].key, rows[i].value);
  text_append_char(out, '}');
}

static void json_counters(const Sim *sim, const SimCounters *counters, Text *out) {
  Row units[SIM_UNITS];
  Row stalls[SIM_STALL_COUNT];
  Row events[EVENT_ROWS];
  Row paths[PATH_ROWS];
  for (unsigned i = 0; i < SIM_UNITS; i++)
    units[i] = (Row){sim_unit_name(i), counters->unit_busy[i]};
  for (unsigned i = 0; i < SIM_STALL_COUNT; i++)
    stalls[i] = (Row){stall_names[i], counters->stalls[i]};
  event_rows(counters, events);
  path_rows(counters, paths);
  const Row macs[] = {
      {"int8", counters->macs_int8}, {"half", counters->macs_half}, {"float", counters->macs_float}};
  text_format(out, ",\n  \"cycles\": %" PRIu64, counters->cycles);
  text_format(out, ",\n  \"ipc\": %.6g", per((double)counters->instructions, counters->cycles));
  text_format(out, ",\n  \"macs_per_cycle\": %.6g", per((double)macs_of(counters), counters->cycles));
  text_format(out, ",\n  \"percent_of_peak\": %.6g", 100 * peak_share(sim, counters));
  json_rows(out, "macs", macs, 3);
  json_rows(out, "unit_busy_cycles", units, SIM_UNITS);
  json_rows(out, "stall_cycles", stalls, SIM_STALL_COUNT);
  json_rows(out, "events", events, EVENT_ROWS);
  json_rows(out, "bytes", paths, PATH_ROWS);
  text_append_string(out, ",\n  \"energy_estimate_pj\": {");
  for (unsigned i = 0; i < SIM_ENERGY_COUNT; i++)
    text_format(out, "\"%s\": %.6g, ", energy_names[i], counters->energy[i]);
  double total = total_energy(counters);
  text_format(out, "\"total\": %.6g}", total);
  text_format(out, ",\n  \"pj_per_mac\": %.6g", per(total, macs_of(counters)));
  text_format(out, ",\n  \"average_power_mw\": %.6g", average_power(sim, counters));
}

static void json_regions(const Sim *sim, Text *out) {
  size_t count;
  const SimRegion *regions = sim_regions(sim, &count);
  if (count == 0)
    return;
  text_append_string(out, ",\n  \"regions\": [");
  for (size_t i = 0; i < count; i++) {
    const SimRegion *region = &regions[i];
    text_format(out, "%s\n  {\"name\": ", i ? "," : "");
    text_append_json(out, region->name);
    text_format(out, ", \"from\": \"0x%" PRIx64 "\", \"to\": \"0x%" PRIx64 "\", \"entries\": %" PRIu64,
                region->from, region->to, region->entries);
    text_format(out, ",\n  \"instructions\": %" PRIu64, region->counters.instructions);
    json_counters(sim, &region->counters, out);
    text_append_char(out, '}');
  }
  text_append_string(out, "]");
}

void sim_stats_json(const Sim *sim, Text *out) {
  text_format(out, "{\n  \"machine\": \"%s\",\n  \"instructions\": %" PRIu64, sim->machine.name,
              sim->counters.instructions);
  if (sim->timing) {
    json_counters(sim, &sim->counters, out);
    json_regions(sim, out);
  }
  text_append_string(out, "\n}\n");
}
