// A hart with a little memory that executes one instruction at a time, for the tests of vector, tile and DMA
// instructions.
#ifndef KILN_TESTS_UNIT_SIM_TILE_BENCH_H
#define KILN_TESTS_UNIT_SIM_TILE_BENCH_H

#include "sim/internal.h"

typedef struct Bench {
  Sim sim;
  Machine machine;
  SimOptions options;
  uint64_t random; // xorshift state
} Bench;

enum {
  BENCH_DRAM = 1 << 20, // bytes of DRAM; instructions are placed in the last ones
  BENCH_CODE = BENCH_DRAM - 64,
};

// `machine` is a built-in machine's name. All registers, accumulators and memory are zero.
Bench *bench_new(const char *machine, uint64_t seed);
void bench_free(Bench *bench);

// Executes one instruction given its operands in the order of its format. Returns the trap's cause, or
// SIM_CAUSE_NONE. The event record of the instruction is in bench->sim.event.
SimCause bench_run(Bench *bench, IsaOp op, const int64_t *operands);
#define RUN(bench, op, ...) bench_run((bench), (op), (const int64_t[ISA_MAX_OPERANDS]){__VA_ARGS__})

// Executes the instruction with this word; ISA_INVALID words trap.
SimCause bench_run_word(Bench *bench, uint32_t word);

uint64_t bench_random(Bench *bench);
// 0 .. limit - 1
uint64_t bench_below(Bench *bench, uint64_t limit);
void bench_fill(Bench *bench, void *bytes, size_t size);
// Random 32-bit floats of moderate size, with now and then a zero, infinity, NaN or subnormal number.
void bench_fill_floats(Bench *bench, uint32_t *words, size_t count);

#endif
