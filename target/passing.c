// Where arguments and results go: the lp64d calling convention (RISC-V ELF psABI, "Integer Calling
// Convention" and "Hardware Floating-point Calling Convention").
#include "target/internal.h"

enum { ARGUMENT_REGISTERS = 8, RESULT_REGISTERS = 2, STACK_UNIT = 8 };

static void pass(Passing *to, IrType type, bool variadic, unsigned limit, unsigned *integers,
                 unsigned *floats, uint32_t *stack) {
  to->type = type;
  if (ir_is_float(type) && !variadic && *floats < limit) {
    to->reg = (uint8_t)(REG_FA0 + (*floats)++);
  } else if (*integers < limit) {
    to->reg = (uint8_t)(REG_A0 + (*integers)++);
  } else {
    to->on_stack = true;
    to->offset = *stack;
    *stack += STACK_UNIT;
  }
}

// What has twice a register's size and alignment: variadic ones take registers from an even one on; on the
// stack, where both halves are there, it is aligned.
static void align_pair(bool variadic, unsigned *integers, uint32_t *stack) {
  if (variadic && *integers < ARGUMENT_REGISTERS)
    *integers += *integers & 1;
  if (*integers == ARGUMENT_REGISTERS)
    *stack = (*stack + 2 * STACK_UNIT - 1) / (2 * STACK_UNIT) * (2 * STACK_UNIT);
}

Signature *signature_new(Arena *arena, const ParamType *params, uint32_t param_count, uint32_t fixed,
                         const ParamType *results, uint32_t result_count) {
  Signature *s = ARENA_NEW(arena, Signature);
  s->params = ARENA_ARRAY(arena, Passing, param_count);
  s->results = ARENA_ARRAY(arena, Passing, result_count);
  s->param_count = param_count;
  s->result_count = result_count;
  s->fixed = fixed;
  unsigned integers = 0, floats = 0;
  for (uint32_t i = 0; i < param_count; i++) {
    s->params[i].pair = params[i].pair && i + 1 < param_count;
    if (s->params[i].pair)
      align_pair(i >= fixed, &integers, &s->stack_bytes);
    pass(&s->params[i], params[i].type, i >= fixed, ARGUMENT_REGISTERS, &integers, &floats, &s->stack_bytes);
    s->params[i].extension = params[i].extension;
    s->params[i].no_alias = params[i].no_alias;
  }
  s->integer_registers = integers;
  integers = floats = 0;
  uint32_t none = 0;
  for (uint32_t i = 0; i < result_count; i++) {
    pass(&s->results[i], results[i].type, false, RESULT_REGISTERS, &integers, &floats, &none);
    s->results[i].extension = results[i].extension;
  }
  return s;
}

bool results_fit(uint32_t count) {
  return count <= RESULT_REGISTERS;
}
