// Short instruction sequences for 64-bit constants (li).
#include "asm/internal.h"

// Builds sequences backwards: the last instruction is chosen first, and what it leaves is built before it.

static bool fits_signed(int64_t value, unsigned bits) {
  int64_t half = INT64_C(1) << (bits - 1);
  return value >= -half && value < half;
}

static bool has(IsaExtensions extensions, IsaExtension extension) {
  return extensions >> extension & 1;
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
  // addiw only where the sum goes over 31 bits.
  bool wraps = upper == 0x80000 && value > 0;
  if (lower || !upper)
    push(&sequence, wraps ? ISA_ADDIW : ISA_ADDI, lower);
  return sequence;
}

// A value of one bit, by bseti from zero.
static bool single_bit(ConstantSequence *sequence, int64_t value, IsaExtensions extensions) {
  bool single = has(extensions, ISA_EXT_ZBS) && value && ((uint64_t)value & ((uint64_t)value - 1)) == 0;
  if (!single)
    return false;
  *sequence = (ConstantSequence){0};
  push(sequence, ISA_BSETI, __builtin_ctzll((uint64_t)value));
  return true;
}

static void keep_shorter(ConstantSequence *best, const ConstantSequence *candidate) {
  if (candidate->count < best->count)
    *best = *candidate;
}

static ConstantSequence shifted_sequence(int64_t value, IsaExtensions extensions);

// `rest`, whose low 12 bits are zero.
static ConstantSequence upper_sequence(int64_t rest, IsaExtensions extensions) {
  ConstantSequence best;
  if (fits_signed(rest, 32))
    return small_sequence(rest);
  if (single_bit(&best, rest, extensions))
    return best;
  unsigned zeros = (unsigned)__builtin_ctzll((uint64_t)rest);
  int64_t shifted = rest >> zeros;
  best = shifted_sequence(shifted, extensions);
  push(&best, ISA_SLLI, zeros);
  // With 12 zeros left in, lui alone may make it; with slli.uw bit 31 may be set.
  for (unsigned kept = 0; kept <= 12 && kept < zeros; kept += 12) {
    int64_t word = (int64_t)((uint64_t)shifted << kept);
    bool is_signed = fits_signed(word, 32);
    bool is_unsigned = has(extensions, ISA_EXT_ZBA) && (uint64_t)word >> 32 == 0;
    if (!is_signed && !is_unsigned)
      continue;
    ConstantSequence sequence = small_sequence(is_signed ? word : (int32_t)word);
    push(&sequence, is_signed ? ISA_SLLI : ISA_SLLI_UW, zeros - kept);
    keep_shorter(&best, &sequence);
  }
  return best;
}

// Two additions in place of one where they leave more zeros to shift in.
static void try_two_additions(ConstantSequence *best, int64_t value, IsaExtensions extensions) {
  int64_t lower = low12(value);
  int64_t first = lower > 0 ? -2048 : 2047;
  int64_t second = lower > 0 ? lower - 4096 + 2048 : lower + 4096 - 2047;
  int64_t rest = (int64_t)((uint64_t)value - (uint64_t)first - (uint64_t)second);
  int64_t usual = (int64_t)((uint64_t)value - (uint64_t)lower);
  bool easier =
      fits_signed(rest, 32) || (rest && __builtin_ctzll((uint64_t)rest) > __builtin_ctzll((uint64_t)usual));
  if (best->count <= 3 || !lower || !easier || !fits_signed(second, 12))
    return;
  ConstantSequence sequence = upper_sequence(rest, extensions);
  push(&sequence, ISA_ADDI, first);
  push(&sequence, ISA_ADDI, second);
  keep_shorter(best, &sequence);
}

// The sequence for `value` that ends with addi, and with shifts before it.
static ConstantSequence shifted_sequence(int64_t value, IsaExtensions extensions) {
  if (fits_signed(value, 32))
    return small_sequence(value);
  int64_t lower = low12(value);
  ConstantSequence sequence = upper_sequence((int64_t)((uint64_t)value - (uint64_t)lower), extensions);
  if (lower)
    push(&sequence, ISA_ADDI, lower);
  try_two_additions(&sequence, value, extensions);
  return sequence;
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
  if (!has(extensions, ISA_EXT_ZBS) || best->count <= 1)
    return;
  for (int clear = 0; clear < 2; clear++) {
    // The sign bit of the base decides what the upper half is before bits are changed.
    uint64_t base = (uint64_t)value & 0x7fffffff;
    if (clear)
      base |= ~UINT64_C(0x7fffffff);
    uint64_t difference = (uint64_t)value ^ base;
    ConstantSequence sequence = small_sequence((int64_t)base);
    ConstantSequence single;
    if (base == 0)
      sequence.count = 0; // bseti from zero
    else if (sequence.count > 1 && single_bit(&single, (int64_t)base, extensions))
      sequence = single;
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

static ConstantSequence plain_sequence(int64_t value, IsaExtensions extensions) {
  ConstantSequence best = shifted_sequence(value, extensions);
  if (best.count <= 1)
    return best;
  try_trailing_zeros(&best, value, extensions);
  try_leading_zeros(&best, value, extensions);
  try_single_bits(&best, value, extensions);
  try_multiples(&best, value, extensions);
  try_rotation(&best, value, extensions);
  return best;
}

ConstantSequence constant_sequence(int64_t value, IsaExtensions extensions) {
  ConstantSequence best = plain_sequence(value, extensions);
  // A negative value by its complement.
  if (value < 0 && best.count > 2) {
    ConstantSequence sequence = plain_sequence(~value, extensions);
    push(&sequence, ISA_XORI, -1);
    keep_shorter(&best, &sequence);
  }
  return best;
}
