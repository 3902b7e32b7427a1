// Where arguments and results go: the lp64d calling convention (RISC-V ELF psABI, "Integer Calling
// Convention", "Hardware Floating-point Calling Convention" and "Standard Vector Calling Convention
// Variant").
#include "target/internal.h"

enum { ARGUMENT_REGISTERS = 8, RESULT_REGISTERS = 2, STACK_UNIT = 8 };
enum { FIRST_VECTOR = 8, BEHIND_VECTORS = 24, MASK_VECTOR = 0 }; // registers of vector arguments

// The first registers that are free for a vector: v8 .. v23, and v0 for the first mask. 0: there are none.
static Reg vector_register(PassingState *state, ParamType param) {
  if (param.mask && !state->mask) {
    state->mask = true;
    return MIR_FIRST_VR + MASK_VECTOR;
  }
  unsigned size = mir_class_size(param.type), alignment = mir_class_alignment(param.type);
  uint32_t wanted = (uint32_t)((UINT64_C(1) << size) - 1);
  for (unsigned reg = FIRST_VECTOR; reg + size <= BEHIND_VECTORS; reg += alignment)
    if (!(state->vectors >> reg & wanted)) {
      state->vectors |= wanted << reg;
      return MIR_FIRST_VR + reg;
    }
  return 0;
}

// What has twice a register's size and alignment: variadic ones take registers from an even one on; on the
// stack, where both halves are there, it is aligned.
static void align_pair(PassingState *state, bool variadic) {
  if (variadic && state->integers < ARGUMENT_REGISTERS)
    state->integers += state->integers & 1;
  if (state->integers == ARGUMENT_REGISTERS)
    state->stack = (state->stack + 2 * STACK_UNIT - 1) / (2 * STACK_UNIT) * (2 * STACK_UNIT);
}

bool passing_next(PassingState *state, ParamType param, bool variadic, Passing *to) {
  *to = (Passing){.type = param.type,
                  .extension = param.extension,
                  .pair = param.pair,
                  .no_alias = param.no_alias,
                  .mask = param.mask};
  unsigned limit = state->results ? RESULT_REGISTERS : ARGUMENT_REGISTERS, position = state->count++;
  if (param.pair)
    align_pair(state, variadic);
  if (param.type >= IR_FIRST_VECTOR) {
    to->reg = (uint8_t)vector_register(state, param);
    return to->reg != 0;
  }
  if (state->results && position >= RESULT_REGISTERS)
    return false;
  if (ir_is_float(param.type) && !variadic && state->floats < limit) {
    to->reg = (uint8_t)(REG_FA0 + state->floats++);
  } else if (state->integers < limit) {
    to->reg = (uint8_t)(REG_A0 + state->integers++);
  } else {
    to->on_stack = true;
    to->offset = state->stack;
    state->stack += STACK_UNIT;
  }
  return true;
}

Signature *signature_new(Arena *arena, const ParamType *params, uint32_t param_count, uint32_t fixed,
                         const ParamType *results, uint32_t result_count) {
  Signature *s = ARENA_NEW(arena, Signature);
  s->params = ARENA_ARRAY(arena, Passing, param_count);
  s->results = ARENA_ARRAY(arena, Passing, result_count);
  s->param_count = param_count;
  s->result_count = result_count;
  s->fixed = fixed;
  PassingState state = {0}, back = {.results = true};
  for (uint32_t i = 0; i < param_count; i++) {
    ParamType param = params[i];
    param.pair = param.pair && i + 1 < param_count;
    passing_next(&state, param, i >= fixed, &s->params[i]);
  }
  s->integer_registers = state.integers;
  s->stack_bytes = state.stack;
  for (uint32_t i = 0; i < result_count; i++) {
    ParamType result = results[i];
    result.pair = false;
    passing_next(&back, result, false, &s->results[i]);
  }
  return s;
}

bool results_fit(const ParamType *results, uint32_t count) {
  PassingState state = {.results = true};
  Passing passing;
  for (uint32_t i = 0; i < count; i++)
    if (!passing_next(&state, results[i], false, &passing))
      return false;
  return true;
}
