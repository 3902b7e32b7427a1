// Short instruction sequences for 64-bit constants (li).
#include "asm/internal.h"

// Builds sequences backwards: the last instruction is chosen first, and what it leaves is built before it.

static bool fits_signed(int64_t value, unsigned bits) {
  int64_t half = INT64_C(1) << (bits - 1);
  return value >= -half && value < half;
}

static int64_t low12(int64_t value) {
  return (int64_t)((uint64_t)value << 52) >> 52;
}

static void push(ConstantSequence *sequence, IsaOp op, int64_t immediate) {
  if (sequence->count < CONSTANT_MOST_STEPS)
    sequence->steps[sequence->count++] = (ConstantStep){op, immediate};
}

// lui, addi, or both.
static ConstantSequence small_sequence(int64_t value) {
  ConstantSequence sequence = {0};
  int64_t upper = (value + 0x800) >> 12 & 0xfffff;
  int64_t lower = low12(value);
  if (upper)
    push(&sequence, ISA_LUI, upper);
  if (lower || !upper)
    push(&sequence, upper ? ISA_ADDIW : ISA_ADDI, lower);
  return sequence;
}

static void keep_shorter(ConstantSequence *best, const ConstantSequence *candidate) {
  if (candidate->count < best->count)
    *best = *candidate;
}

// The sequence for `value` that ends with addi, and with shifts before it.
static ConstantSequence shifted_sequence(int64_t value, IsaExtensions extensions) {
  if (fits_signed(value, 32))
    return small_sequence(value);
  int64_t lower = low12(value);
  int64_t rest = (int64_t)((uint64_t)value - (uint64_t)lower);
  ConstantSequence sequence;
  if (fits_signed(rest, 32)) {
    sequence = small_sequence(rest);
  } else {
    unsigned zeros = (unsigned)__builtin_ctzll((uint64_t)rest);
    int64_t shifted = rest >> zeros;
    // With 12 zeros left in, lui alone may make it.
    if (zeros > 12 && !fits_signed(shifted, 12) && fits_signed((int64_t)((uint64_t)shifted << 12), 32)) {
      zeros -= 12;
      shifted = (int64_t)((uint64_t)shifted << 12);
    }
    sequence = shifted_sequence(shifted, extensions);
    push(&sequence, ISA_SLLI, zeros);
  }
  if (lower)
    push(&sequence, ISA_ADDI, lower);
  return sequence;
}

static bool has(IsaExtensions extensions, IsaExtension extension) {
  return extensions >> extension & 1;
}

// A value with zeros at its end: the part above them, then slli.
static void try_trailing_zeros(ConstantSequence *best, int64_t value, IsaExtensions extensions) {
  unsigned zeros = (unsigned)__builtin_ctzll((uint64_t)value);
  if (!zeros || best->count <= 2)
    return;
  ConstantSequence sequence = shifted_sequence(value >> zeros, extensions);
  push(&sequence, ISA_SLLI, zeros);
  keep_shorter(best, &sequence);
  // Unsigned 32 bits, then slli.uw.
  int64_t word = (int64_t)((uint64_t)value >> zeros);
  if (has(extensions, ISA_EXT_ZBA) && word >> 32 == 0) {
    sequence = shifted_sequence((int64_t)(int32_t)word, extensions);
    push(&sequence, ISA_SLLI_UW, zeros);
    keep_shorter(best, &sequence);
  }
}

// A value with zeros at its front: something easier to make, shifted right.
static void try_leading_zeros(ConstantSequence *best, int64_t value, IsaExtensions extensions) {
  if (value <= 0 || best->count <= 2)
    return;
  unsigned zeros = (unsigned)__builtin_clzll((uint64_t)value);
  uint64_t ones = (UINT64_C(1) << zeros) - 1;
  int64_t shifted = (int64_t)((uint64_t)value << zeros);
  ConstantSequence sequence = shifted_sequence((int64_t)((uint64_t)shifted | ones), extensions);
  push(&sequence, ISA_SRLI, zeros);
  keep_shorter(best, &sequence);
  sequence = shifted_sequence(shifted, extensions);
  push(&sequence, ISA_SRLI, zeros);
  keep_shorter(best, &sequence);
  if (has(extensions, ISA_EXT_ZBA) && zeros == 32) {
    sequence = shifted_sequence((int64_t)(int32_t)value, extensions);
    push(&sequence, ISA_ADD_UW, 0);
    keep_shorter(best, &sequence);
  }
}

// A few bits set in, or cleared from, a 32-bit value.
static void try_single_bits(ConstantSequence *best, int64_t value, IsaExtensions extensions) {
  if (!has(extensions, ISA_EXT_ZBS) || best->count <= 2)
    return;
  for (int clear = 0; clear < 2; clear++) {
    // The sign bit of the base decides what the upper half is before bits are changed.
    uint64_t base = (uint64_t)value & 0x7fffffff;
    if (clear)
      base |= ~UINT64_C(0x7fffffff);
    uint64_t difference = (uint64_t)value ^ base;
    ConstantSequence sequence = small_sequence((int64_t)base);
    if (base == 0)
      sequence.count = 0; // bseti from zero
    if ((unsigned)__builtin_popcountll(difference) + sequence.count >= best->count)
      continue;
    for (; difference; difference &= difference - 1)
      push(&sequence, clear ? ISA_BCLRI : ISA_BSETI, __builtin_ctzll(difference));
    keep_shorter(best, &sequence);
  }
}

// Multiples of 3, 5 and 9 by shNadd of the register with itself.
static void try_multiples(ConstantSequence *best, int64_t value, IsaExtensions extensions) {
  static const struct {
    int64_t factor;
    IsaOp op;
  } multiples[] = {{3, ISA_SH1ADD}, {5, ISA_SH2ADD}, {9, ISA_SH3ADD}};
  if (!has(extensions, ISA_EXT_ZBA) || best->count <= 2)
    return;
  int64_t rest = (int64_t)((uint64_t)value - (uint64_t)low12(value));
  for (unsigned i = 0; i < 3; i++) {
    int64_t factor = multiples[i].factor;
    if (value % factor == 0 && fits_signed(value / factor, 32)) {
      ConstantSequence sequence = small_sequence(value / factor);
      push(&sequence, multiples[i].op, 0);
      keep_shorter(best, &sequence);
    }
    if (low12(value) && rest % factor == 0 && fits_signed(rest / factor, 32)) {
      ConstantSequence sequence = small_sequence(rest / factor);
      push(&sequence, multiples[i].op, 0);
      push(&sequence, ISA_ADDI, low12(value));
      keep_shorter(best, &sequence);
    }
  }
}

// A 12-bit constant rotated.
static void try_rotation(ConstantSequence *best, int64_t value, IsaExtensions extensions) {
  if (!has(extensions, ISA_EXT_ZBB) || best->count <= 2)
    return;
  for (unsigned right = 1; right < 64; right++) {
    int64_t rotated = (int64_t)((uint64_t)value << right | (uint64_t)value >> (64 - right));
    if (!fits_signed(rotated, 12))
      continue;
    ConstantSequence sequence = {0};
    push(&sequence, ISA_ADDI, rotated);
    push(&sequence, ISA_RORI, right);
    keep_shorter(best, &sequence);
    return;
  }
}

ConstantSequence constant_sequence(int64_t value, IsaExtensions extensions) {
  ConstantSequence best = shifted_sequence(value, extensions);
  if (best.count <= 2 || value == 0)
    return best;
  try_trailing_zeros(&best, value, extensions);
  try_leading_zeros(&best, value, extensions);
  try_single_bits(&best, value, extensions);
  try_multiples(&best, value, extensions);
  try_rotation(&best, value, extensions);
  return best;
}
