// Sequences of instructions that make constants, and constants in memory.
#include "target/internal.h"

#include <string.h>

static bool fits12(int64_t x) {
  return x >= -2048 && x <= 2047;
}

static unsigned add_step(ConstantStep *steps, unsigned count, unsigned op, int64_t imm) {
  steps[count] = (ConstantStep){(uint16_t)op, (int32_t)imm};
  return count + 1;
}

// The standard sequence: the upper part, a shift and an addition, repeated at most three times.
static unsigned plain_steps(int64_t value, ConstantStep *steps) {
  if (fits12(value))
    return add_step(steps, 0, ISA_ADDI, value);
  int64_t low = sign_extend(value, 12);
  if (value == (int32_t)value) {
    unsigned count = add_step(steps, 0, ISA_LUI, (value - low) >> 12 & 0xfffff);
    return low ? add_step(steps, count, ISA_ADDIW, low) : count;
  }
  int64_t high = (int64_t)((uint64_t)value - (uint64_t)low);
  unsigned shift = (unsigned)__builtin_ctzll((uint64_t)high);
  // A shift of an upper immediate costs nothing more when its low bits are zero anyway.
  if (shift > 12 && !fits12(high >> shift) && high >> (shift - 12) == (int32_t)(high >> (shift - 12)))
    shift -= 12;
  unsigned count = plain_steps(high >> shift, steps);
  count = add_step(steps, count, ISA_SLLI, shift);
  return low ? add_step(steps, count, ISA_ADDI, low) : count;
}

static void keep_shorter(ConstantStep *best, unsigned *best_count, const ConstantStep *steps,
                         unsigned count) {
  if (count < *best_count) {
    memcpy(best, steps, count * sizeof *steps);
    *best_count = count;
  }
}

// The whole value as (one of 32 bits made by plain steps) and one more instruction.
static void try_last_step(ConstantStep *best, unsigned *best_count, int64_t value, unsigned op, int64_t imm) {
  ConstantStep steps[CONSTANT_STEPS + 1];
  if (value != (int32_t)value)
    return;
  unsigned count = plain_steps(value, steps);
  count = add_step(steps, count, op, imm);
  keep_shorter(best, best_count, steps, count);
}

static void try_single_bits(ConstantStep *best, unsigned *best_count, uint64_t bits) {
  for (unsigned k = 31; k < 64; k++) {
    uint64_t bit = UINT64_C(1) << k;
    try_last_step(best, best_count, (int64_t)(bits ^ bit), bits & bit ? ISA_BSETI : ISA_BCLRI, k);
  }
}

// Words without sign shifted up, and three, five or nine times a word.
static void try_addresses(ConstantStep *best, unsigned *best_count, int64_t value) {
  uint64_t bits = (uint64_t)value;
  unsigned shift = (unsigned)__builtin_ctzll(bits);
  if (bits >> shift <= UINT32_MAX)
    try_last_step(best, best_count, (int32_t)(bits >> shift), ISA_SLLI_UW, shift);
  static const struct {
    uint16_t op;
    int8_t factor;
  } rows[] = {{ISA_SH1ADD, 3}, {ISA_SH2ADD, 5}, {ISA_SH3ADD, 9}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (value % rows[i].factor == 0)
      try_last_step(best, best_count, value / rows[i].factor, rows[i].op, 0);
}

// Small numbers turned round.
static void try_rotations(ConstantStep *best, unsigned *best_count, uint64_t bits) {
  for (unsigned k = 1; k < 64; k++) {
    int64_t turned = (int64_t)(bits << k | bits >> (64 - k));
    if (fits12(turned))
      try_last_step(best, best_count, turned, ISA_RORI, k);
  }
}

unsigned constant_steps(IsaExtensions extensions, int64_t value, ConstantStep *steps) {
  ConstantStep other[CONSTANT_STEPS + 1];
  unsigned best = plain_steps(value, steps);
  if (best <= 1)
    return best;
  uint64_t bits = (uint64_t)value;
  if ((extensions & ISA_EXTENSION_BIT(ISA_EXT_ZBS)) && (bits & (bits - 1)) == 0)
    return add_step(steps, 0, ISA_BSETI, __builtin_ctzll(bits));
  if (value > 0) {
    // Shifted up, with ones or zeros coming in, it may be shorter.
    unsigned leading = (unsigned)__builtin_clzll(bits);
    unsigned count = plain_steps((int64_t)(bits << leading | ((UINT64_C(1) << leading) - 1)), other);
    count = add_step(other, count, ISA_SRLI, leading);
    keep_shorter(steps, &best, other, count);
    count = plain_steps((int64_t)(bits << leading), other);
    count = add_step(other, count, ISA_SRLI, leading);
    keep_shorter(steps, &best, other, count);
  }
  if (best > 2 && extensions & ISA_EXTENSION_BIT(ISA_EXT_ZBB))
    try_rotations(steps, &best, bits);
  if (best > 2 && extensions & ISA_EXTENSION_BIT(ISA_EXT_ZBS))
    try_single_bits(steps, &best, bits);
  if (best > 2 && extensions & ISA_EXTENSION_BIT(ISA_EXT_ZBA))
    try_addresses(steps, &best, value);
  return best;
}

SymbolId constant_symbol(Target *target, int64_t bits, unsigned size) {
  char *name = arena_format(&target->arena, ".LCPI%u_%016llx", size, (unsigned long long)bits);
  uint8_t bytes[sizeof bits];
  for (unsigned i = 0; i < size; i++)
    bytes[i] = (uint8_t)((uint64_t)bits >> (8 * i));
  return target_constant(target, name, bytes, size, size);
}
