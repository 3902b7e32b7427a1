// Direct calls: tensors into DRAM, arguments by the lp64d calling convention, results back.
#include "sim/check.h"

#include <inttypes.h>
#include <stdlib.h>

// Register numbers of the psABI.
enum { RA = 1, SP = 2, GP = 3, A0 = 10, FA0 = 10, ARGUMENT_REGISTERS = 8 };
enum { TENSOR_ALIGNMENT = 64 };

// The words of a call as they are given out: integer registers, floating registers, then the stack.
typedef struct Call {
  Sim *sim;
  unsigned integers;
  unsigned floats;
  VEC(uint64_t) stack;
  uint64_t next; // free DRAM for tensors and descriptors
  uint64_t end;
  Diagnostics *diagnostics;
} Call;

static void pass_integer(Call *call, uint64_t value) {
  if (call->integers < ARGUMENT_REGISTERS)
    call->sim->hart.x[A0 + call->integers++] = value;
  else
    VEC_PUSH(&call->stack, value);
}

// A floating argument goes to a floating register while there is one, then to an integer one.
static void pass_float(Call *call, uint64_t boxed) {
  if (call->floats < ARGUMENT_REGISTERS)
    call->sim->hart.f[FA0 + call->floats++] = boxed;
  else
    pass_integer(call, boxed);
}

static uint64_t extend(SimType type, uint64_t bits) {
  switch (type) {
  case SIM_INT8:
    return (uint64_t)(int64_t)(int8_t)bits;
  case SIM_INT16:
    return (uint64_t)(int64_t)(int16_t)bits;
  case SIM_INT32:
  case SIM_UINT32: // 32-bit values are sign-extended in registers whatever their signedness
    return (uint64_t)(int64_t)(int32_t)bits;
  case SIM_UINT8:
    return (uint8_t)bits;
  case SIM_UINT16:
    return (uint16_t)bits;
  case SIM_BOOL:
    return bits & 1;
  default:
    return bits;
  }
}

static uint64_t box(SimType type, uint64_t bits) {
  if (type == SIM_FLOAT64)
    return bits;
  return type == SIM_FLOAT32 ? sim_box(SIM_F32, bits & UINT32_MAX) : sim_box(SIM_F16, bits & UINT16_MAX);
}

// Takes DRAM for `size` bytes; 0: none left (recorded).
static uint64_t place(Call *call, uint64_t size) {
  uint64_t address = call->next;
  uint64_t rounded = 0;
  if (__builtin_add_overflow(size ? size : 1, TENSOR_ALIGNMENT - 1, &rounded) ||
      (rounded &= ~(uint64_t)(TENSOR_ALIGNMENT - 1)) > call->end - address) {
    diagnose(call->diagnostics, DIAGNOSTIC_ERROR, place_named(call->sim->name),
             "no room in DRAM for an argument of %" PRIu64 " bytes: %" PRIu64 " are free", size,
             call->end - address);
    return 0;
  }
  call->next += rounded;
  if (call->sim->checks) {
    checks_own(call->sim->checks, address, size);
    call->next += TENSOR_ALIGNMENT; // what belongs to nobody lies between
  }
  return address;
}

// MLIR's memref descriptor of a dense row-major tensor: allocated, aligned, offset, sizes, strides. Returns
// the number of words.
static unsigned describe(const SimTensor *tensor, uint64_t address, uint64_t words[3 + 2 * SIM_MAX_RANK]) {
  words[0] = words[1] = address;
  words[2] = 0;
  uint64_t stride = 1;
  for (unsigned i = tensor->rank; i-- > 0;) {
    words[3 + i] = tensor->sizes[i];
    words[3 + tensor->rank + i] = stride;
    stride *= tensor->sizes[i];
  }
  return 3 + 2 * tensor->rank;
}

static bool pass_tensor(Call *call, SimAbi abi, const SimTensor *tensor, uint64_t address) {
  uint64_t words[3 + 2 * SIM_MAX_RANK];
  unsigned count = describe(tensor, address, words);
  if (abi == SIM_ABI_BARE) {
    pass_integer(call, address);
  } else if (abi == SIM_ABI_MEMREF) {
    for (unsigned i = 0; i < count; i++)
      pass_integer(call, words[i]);
  } else {
    uint64_t descriptor = place(call, count * sizeof words[0]);
    if (!descriptor)
      return false;
    sim_write_memory(call->sim, descriptor, words, count * sizeof words[0]);
    pass_integer(call, descriptor);
  }
  return true;
}

static bool pass_argument(Call *call, SimAbi abi, const SimArgument *argument, uint64_t *address) {
  if (argument->kind == SIM_ARGUMENT_INTEGER) {
    pass_integer(call, extend(argument->type, argument->bits));
    return true;
  }
  if (argument->kind == SIM_ARGUMENT_FLOAT) {
    pass_float(call, box(argument->type, argument->bits));
    return true;
  }
  const SimTensor *tensor = argument->tensor;
  *address = place(call, tensor->bytes);
  if (!*address)
    return false;
  uint8_t *bytes = tensor->bytes ? sim_memory_at(&call->sim->hart.memory, *address, tensor->bytes) : NULL;
  if (bytes && argument->direction == SIM_OUT)
    memset(bytes, 0, tensor->bytes);
  else if (bytes)
    memcpy(bytes, tensor->data, tensor->bytes);
  return pass_tensor(call, abi, tensor, *address);
}

static void clear_registers(Sim *sim) {
  Hart *hart = &sim->hart;
  memset(hart->x, 0, sizeof hart->x);
  memset(hart->f, 0, sizeof hart->f);
  // Nothing else is carried from call to call but the control registers.
  uint64_t address = 0;
  hart->x[GP] = sim_symbol(sim, "__global_pointer$", &address) ? address : 0;
}

static bool start_call(Call *call, const char *function, uint64_t *pc) {
  Sim *sim = call->sim;
  const Machine *machine = &sim->machine;
  if (!sim_symbol(sim, function, pc)) {
    NearestName nearest = nearest_name_start(function);
    for (size_t i = 0; i < sim->symbols.count; i++)
      if (sim->symbols.data[i].function)
        nearest_name_offer(&nearest, sim->symbols.data[i].name);
    diagnose(call->diagnostics, DIAGNOSTIC_ERROR, place_named(sim->name),
             nearest.best ? "no symbol '%s'; did you mean '%s'?" : "no symbol '%s'", function, nearest.best);
    return false;
  }
  uint64_t start = sim->program_end ? sim->program_end : machine->dram_base;
  call->end = machine->dram_base + machine->dram_size - sim_stack_bytes(sim);
  // Half of what lies between the program and the stack stays free for the program's heap.
  call->next = start + (call->end > start ? (call->end - start) / 2 : 0);
  call->next = (call->next + TENSOR_ALIGNMENT - 1) & ~(uint64_t)(TENSOR_ALIGNMENT - 1);
  if (call->next >= call->end) {
    diagnose(call->diagnostics, DIAGNOSTIC_ERROR, place_named(sim->name),
             "the program leaves no DRAM for arguments");
    return false;
  }
  sim->heap_end = call->next;
  if (sim->checks)
    checks_disown_arguments(sim->checks);
  clear_registers(sim);
  return true;
}

// Puts the arguments beyond the registers onto the stack, sp aligned to 16, and the return address in ra.
static void finish_call(Call *call) {
  Hart *hart = &call->sim->hart;
  uint64_t top = call->sim->machine.dram_base + call->sim->machine.dram_size;
  uint64_t sp = (top - call->stack.count * sizeof(uint64_t)) & ~UINT64_C(15);
  sim_write_memory(call->sim, sp, call->stack.data, call->stack.count * sizeof(uint64_t));
  hart->x[SP] = sp;
  // The address below the top of all addresses is in no region; it is even, as a return address is.
  call->sim->sentinel = UINT64_MAX - 1;
  hart->x[RA] = call->sim->sentinel;
}

SimStop sim_call(Sim *sim, const char *function, SimAbi abi, const SimArgument *arguments, size_t count,
                 Diagnostics *diagnostics) {
  Call call = {.sim = sim, .diagnostics = diagnostics};
  uint64_t *addresses = checked_malloc((count + 1) * sizeof *addresses);
  uint64_t pc = 0;
  bool good = start_call(&call, function, &pc);
  for (size_t i = 0; good && i < count; i++)
    good = pass_argument(&call, abi, &arguments[i], &addresses[i]);
  SimStop stop = SIM_STOP_BAD_CALL;
  if (good) {
    finish_call(&call);
    stop = sim_run_from(sim, pc, diagnostics);
  }
  for (size_t i = 0; stop == SIM_STOP_RETURN && i < count; i++)
    if (arguments[i].kind == SIM_ARGUMENT_TENSOR && arguments[i].direction != SIM_IN)
      sim_read_memory(sim, addresses[i], arguments[i].tensor->data, arguments[i].tensor->bytes);
  VEC_FREE(&call.stack);
  free(addresses);
  return stop;
}

uint64_t sim_result_integer(const Sim *sim) {
  return sim->hart.x[A0];
}
uint64_t sim_result_float(const Sim *sim) {
  return sim->hart.f[FA0];
}
