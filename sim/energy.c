// Energy: the sum over events of count times coefficient, and leakage. An estimate: the coefficients are the
// machine description's.
#include "sim/internal.h"

static void compute(const Machine *machine, const SimCounters *counters, uint64_t instructions,
                    uint64_t cycles, double *energy) {
  energy[SIM_ENERGY_MAC] = (double)counters->macs_int8 * machine->energy_mac_int8 +
                           (double)counters->macs_half * machine->energy_mac_half +
                           (double)counters->macs_float * machine->energy_mac_float;
  energy[SIM_ENERGY_VECTOR] = (double)counters->vector_bytes * machine->energy_vector_byte;
  energy[SIM_ENERGY_ACCUMULATOR] = (double)counters->accumulator_updates * machine->energy_accumulator;
  energy[SIM_ENERGY_SPM] = (double)(counters->spm_bytes + counters->dma_spm_bytes) * machine->energy_spm_byte;
  // Both caches: data as the core asks for it, instructions by lines.
  uint64_t l1_bytes = counters->l1d_bytes + counters->l1i_accesses * machine->cache_line;
  energy[SIM_ENERGY_L1] = (double)l1_bytes * machine->energy_l1_byte;
  energy[SIM_ENERGY_DRAM] =
      (double)(counters->dram_read_bytes + counters->dram_written_bytes) * machine->energy_dram_byte;
  energy[SIM_ENERGY_ISSUE] = (double)instructions * machine->energy_issue;
  energy[SIM_ENERGY_LEAKAGE] = (double)cycles * machine->energy_leakage;
}

void sim_energy_of(const Machine *machine, SimCounters *counters) {
  compute(machine, counters, counters->instructions, counters->cycles, counters->energy);
}

double sim_energy_at(const Sim *sim, uint64_t instructions, uint64_t cycles) {
  double energy[SIM_ENERGY_COUNT];
  double total = 0;
  compute(&sim->machine, &sim->counters, instructions, cycles, energy);
  for (unsigned i = 0; i < SIM_ENERGY_COUNT; i++)
    total += energy[i];
  return total;
}
