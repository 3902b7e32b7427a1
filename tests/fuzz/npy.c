// NumPy files (sim/sim.h).
#include "sim/sim.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  SimTensor tensor;
  bool good = sim_npy_parse(&tensor, "input.npy", data, size, &diagnostics);
  if (good != (diagnostics.errors == 0))
    abort();
  if (good) {
    // What is written is read again as the same.
    Text file = {0};
    SimTensor again;
    sim_npy_format(&file, &tensor);
    if (!sim_npy_parse(&again, "again.npy", file.data, file.count, &diagnostics) ||
        again.type != tensor.type || again.rank != tensor.rank ||
        memcmp(again.sizes, tensor.sizes, sizeof again.sizes) != 0 || again.bytes != tensor.bytes ||
        memcmp(again.data, tensor.data, tensor.bytes) != 0)
      abort();
    sim_tensor_free(&again);
    text_free(&file);
  }
  sim_tensor_free(&tensor);
  diagnostics_free(&diagnostics);
  return 0;
}
