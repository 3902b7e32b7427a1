// How a C program uses the simulator as a library (sim/sim.h): it loads a program for the machine, calls one
// of its functions on tensors, checks the result, and reads what was counted. See README.md.
#include "sim/sim.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { SIZE = 256 }; // of the matrices that the kernel in examples/matmul_kernel multiplies

// Numbers for the operands: any will do.
static void fill(SimTensor *tensor, uint32_t seed) {
  int8_t *numbers = tensor->data;
  for (size_t i = 0; i < tensor->bytes; i++) {
    seed = seed * 1664525 + 1013904223;
    numbers[i] = (int8_t)(seed >> 24);
  }
}

static size_t count_differences(const SimTensor *a, const SimTensor *b, const SimTensor *product) {
  const int8_t *left = a->data;
  const int8_t *right = b->data;
  const int32_t *results = product->data;
  size_t different = 0;
  for (size_t i = 0; i < SIZE; i++)
    for (size_t j = 0; j < SIZE; j++) {
      int32_t sum = 0;
      for (size_t k = 0; k < SIZE; k++)
        sum += left[i * SIZE + k] * right[k * SIZE + j];
      different += results[i * SIZE + j] != sum;
    }
  return different;
}

static void print_counters(const Sim *sim) {
  const SimCounters *counters = sim_counters(sim);
  double energy = 0;
  for (unsigned i = 0; i < SIM_ENERGY_COUNT; i++)
    energy += counters->energy[i];
  printf("%" PRIu64 " instructions, %" PRIu64 " cycles\n", counters->instructions, counters->cycles);
  printf("%.0f MACs a cycle, %.2f pJ each (an estimate)\n",
         (double)counters->macs_int8 / (double)counters->cycles, energy / (double)counters->macs_int8);
  for (unsigned i = 0; i < SIM_STALL_COUNT; i++)
    if (counters->stalls[i] && i != SIM_STALL_ISSUE)
      printf("%7" PRIu64 " cycles waiting: %s\n", counters->stalls[i], sim_stall_name((SimStall)i));
  // The option `regions` below: the same counters for a part of the program.
  size_t count;
  const SimRegion *regions = sim_regions(sim, &count);
  for (size_t i = 0; i < count; i++)
    printf("%7" PRIu64 " cycles in %s, entered %" PRIu64 " times\n", regions[i].counters.cycles,
           regions[i].name, regions[i].entries);
}

static bool multiply(Sim *sim, Diagnostics *diagnostics) {
  const uint64_t sizes[] = {SIZE, SIZE};
  SimTensor a;
  SimTensor b;
  SimTensor product;
  bool good = sim_tensor_new(&a, SIM_INT8, 2, sizes);
  good &= sim_tensor_new(&b, SIM_INT8, 2, sizes);
  good &= sim_tensor_new(&product, SIM_INT32, 2, sizes);
  if (good) {
    fill(&a, 1);
    fill(&b, 2);
    const SimArgument arguments[] = {
        {.kind = SIM_ARGUMENT_TENSOR, .tensor = &a, .direction = SIM_IN},
        {.kind = SIM_ARGUMENT_TENSOR, .tensor = &b, .direction = SIM_IN},
        {.kind = SIM_ARGUMENT_TENSOR, .tensor = &product, .direction = SIM_OUT},
    };
    good = sim_call(sim, "matmul_i8_kernel", SIM_ABI_BARE, arguments, 3, diagnostics) == SIM_STOP_RETURN;
  }
  if (good) {
    size_t different = count_differences(&a, &b, &product);
    printf("%zu of %d results differ from the host's\n", different, SIZE * SIZE);
    good = different == 0;
    print_counters(sim);
  }
  sim_tensor_free(&a);
  sim_tensor_free(&b);
  sim_tensor_free(&product);
  return good;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: multiply PROGRAM\n");
    return EXIT_FAILURE;
  }
  // The library prints nothing: errors are recorded here, for the caller to show.
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "multiply");
  const char *const regions[] = {"steps=eight_even,next_block"};
  const SimOptions options = {.timing = true, .regions = regions, .region_count = 1};
  Sim *sim = sim_load(argv[1], &options, &diagnostics);
  bool good = sim && multiply(sim, &diagnostics);
  if (sim)
    sim_free(sim);
  diagnostics_flush(&diagnostics, stderr);
  diagnostics_free(&diagnostics);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
