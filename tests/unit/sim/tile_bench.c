#include "tests/unit/sim/tile_bench.h"

#include "tests/harness/harness.h"

Bench *bench_new(const char *machine, uint64_t seed) {
  Bench *bench = aligned_alloc(64, (sizeof *bench + 63) / 64 * 64);
  memset(bench, 0, sizeof *bench);
  bench->random = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  CHECK(machine_find(&bench->machine, machine, &diagnostics));
  diagnostics_free(&diagnostics);
  Sim *sim = &bench->sim;
  sim->machine = bench->machine;
  sim->options = &bench->options;
  isa_decoder_start(&sim->decoder, ISA_ALL_EXTENSIONS);
  Hart *hart = &sim->hart;
  hart->sim = sim;
  hart->machine = &sim->machine;
  hart->event = &sim->event;
  hart->trap = SIM_CAUSE_NONE;
  hart->tohost = UINT64_MAX;
  hart->vlenb = machine_vector_bytes(&sim->machine);
  hart->tile = machine_tile(&sim->machine);
  hart->jumps = calloc(SIM_JUMPS, sizeof *hart->jumps);
  hart->memory = (SimMemory){
      .dram = calloc(1, BENCH_DRAM),
      .dram_base = sim->machine.dram_base,
      .dram_size = BENCH_DRAM,
      .spm = calloc(1, sim->machine.spm_size),
      .spm_base = sim->machine.spm_base,
      .spm_size = sim->machine.spm_size,
  };
  sim_csr_reset(hart);
  sim_dma_reset(hart);
  return bench;
}

void bench_free(Bench *bench) {
  Sim *sim = &bench->sim;
  free(sim->hart.memory.dram);
  free(sim->hart.memory.spm);
  free(sim->hart.jumps);
  sim_event_free(&sim->event);
  isa_decoder_free(&sim->decoder);
  arena_free(&sim->code);
  arena_free(&sim->arena);
  free(bench);
}

SimCause bench_run_word(Bench *bench, uint32_t word) {
  Sim *sim = &bench->sim;
  Hart *hart = &sim->hart;
  uint64_t pc = hart->memory.dram_base + BENCH_CODE;
  memcpy(hart->memory.dram + BENCH_CODE, &word, sizeof word);
  sim_event_clear(&sim->event);
  hart->trap = SIM_CAUSE_NONE;
  const SimInsn *insn = sim_block(sim, pc, 1) + 1;
  CHECK_UINT_EQ(insn->word, word);
  const SimInsn *next = insn->run(hart, insn);
  SimCause cause = hart->trap;
  CHECK((next == NULL) == (cause != SIM_CAUSE_NONE));
  hart->trap = SIM_CAUSE_NONE;
  sim_flush_code(sim);
  return cause;
}

SimCause bench_run(Bench *bench, IsaOp op, const int64_t *operands) {
  uint32_t word = isa_encode(op, operands);
  CHECK_INT_EQ(isa_decode(&bench->sim.decoder, word), op);
  return bench_run_word(bench, word);
}

uint64_t bench_random(Bench *bench) {
  bench->random ^= bench->random << 13;
  bench->random ^= bench->random >> 7;
  bench->random ^= bench->random << 17;
  return bench->random;
}

uint64_t bench_below(Bench *bench, uint64_t limit) {
  return (bench_random(bench) >> 11) % limit;
}

void bench_fill(Bench *bench, void *bytes, size_t size) {
  uint8_t *next = bytes;
  for (size_t i = 0; i < size; i++)
    next[i] = (uint8_t)(bench_random(bench) >> 32);
}

void bench_fill_floats(Bench *bench, uint32_t *words, size_t count) {
  static const uint32_t special[] = {0,          0x80000000, 0x7f800000, 0xff800000, 0x7fc00000, 0x7f812345,
                                     0x00000001, 0x807fffff, 0x7f7fffff, 0x3f800000, 0x00800000};
  for (size_t i = 0; i < count; i++) {
    uint32_t sign = (uint32_t)bench_below(bench, 2) << 31;
    uint32_t exponent = 117 + (uint32_t)bench_below(bench, 20);
    words[i] = bench_below(bench, 40) == 0 ? special[bench_below(bench, sizeof special / sizeof *special)]
                                           : sign | exponent << 23 | (uint32_t)bench_below(bench, 1 << 23);
  }
}
