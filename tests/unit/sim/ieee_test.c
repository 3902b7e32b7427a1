// The arithmetic of sim/ieee.c beside the host's: every operation of binary32 and binary64, in the four
// rounding modes the host has, with the flags. The fifth mode and binary16 are compared with QEMU.
#include "sim/internal.h"
#include "tests/harness/harness.h"

#include <fenv.h>
#include <math.h>

// A pseudo-random sequence (xorshift).
static uint64_t next(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

// Numbers of all kinds, often near each other, near one, at the ends of the range, or with few bits.
static uint64_t number(uint64_t *state, unsigned fraction, unsigned exponent) {
  uint64_t random = next(state);
  uint64_t top = (UINT64_C(1) << exponent) - 1;
  uint64_t e = next(state) & top;
  uint64_t f = next(state) & ((UINT64_C(1) << fraction) - 1);
  switch (random % 8) {
  case 0:
    e = random >> 8 & 1 ? top : 0;
    f = random >> 9 & 1 ? f : random >> 10 & 1;
    break;
  case 1:
    e = random >> 8 & 3;
    break;
  case 2:
  case 3:
    e = top / 2 - 3 + (random >> 8 & 7);
    break;
  case 4:
    e = top / 2 + (random >> 8 & 63);
    f = f >> (random >> 16) % fraction << (random >> 16) % fraction;
    break;
  case 5:
    e = top - 1 - (random >> 8 & 3);
    break;
  default:
    break;
  }
  return (random >> 63) << (fraction + exponent) | e << fraction | f;
}

static double as_double(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}
static uint64_t double_bits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return isnan(value) ? sim_canonical_nan(SIM_F64) : bits;
}
static float as_float(uint64_t bits) {
  uint32_t low = (uint32_t)bits;
  float value;
  memcpy(&value, &low, sizeof value);
  return value;
}
static uint64_t float_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return isnan(value) ? sim_canonical_nan(SIM_F32) : bits;
}

static uint8_t host_flags(void) {
  int raised = fetestexcept(FE_ALL_EXCEPT);
  return (raised & FE_INEXACT ? SIM_FLAG_NX : 0) | (raised & FE_UNDERFLOW ? SIM_FLAG_UF : 0) |
         (raised & FE_OVERFLOW ? SIM_FLAG_OF : 0) | (raised & FE_DIVBYZERO ? SIM_FLAG_DZ : 0) |
         (raised & FE_INVALID ? SIM_FLAG_NV : 0);
}

typedef enum Operation { ADD, SUB, MUL, DIV, SQRT, FMA, NARROW, TO_LONG, OPERATIONS } Operation;
static const char *const names[] = {"add", "sub", "mul", "div", "sqrt", "fma", "convert", "to integer"};

// noinline and volatile keep the compiler from computing before the rounding mode is set.
static __attribute__((noinline)) uint64_t host_double(Operation operation, uint64_t x, uint64_t y,
                                                      uint64_t z) {
  volatile double a = as_double(x), b = as_double(y), c = as_double(z);
  volatile double result = 0;
  switch (operation) {
  case ADD:
    result = a + b;
    break;
  case SUB:
    result = a - b;
    break;
  case MUL:
    result = a * b;
    break;
  case DIV:
    result = a / b;
    break;
  case SQRT:
    result = sqrt(a);
    break;
  case FMA:
    result = fma(a, b, c);
    break;
  case NARROW: {
    volatile float narrow = (float)a;
    return float_bits(narrow);
  }
  default:
    return (uint64_t)llrint(a);
  }
  return double_bits(result);
}

static __attribute__((noinline)) uint64_t host_float(Operation operation, uint64_t x, uint64_t y,
                                                     uint64_t z) {
  volatile float a = as_float(x), b = as_float(y), c = as_float(z);
  volatile float result = 0;
  switch (operation) {
  case ADD:
    result = a + b;
    break;
  case SUB:
    result = a - b;
    break;
  case MUL:
    result = a * b;
    break;
  case DIV:
    result = a / b;
    break;
  case SQRT:
    result = sqrtf(a);
    break;
  case FMA:
    result = fmaf(a, b, c);
    break;
  case NARROW: {
    volatile double wide = (double)a;
    return double_bits(wide);
  }
  default:
    return (uint64_t)llrintf(a);
  }
  return float_bits(result);
}

static uint64_t ours(SimFormat format, Operation operation, uint64_t a, uint64_t b, uint64_t c,
                     SimRounding *rounding) {
  switch (operation) {
  case ADD:
    return sim_float_add(format, a, b, rounding);
  case SUB:
    return sim_float_sub(format, a, b, rounding);
  case MUL:
    return sim_float_mul(format, a, b, rounding);
  case DIV:
    return sim_float_div(format, a, b, rounding);
  case SQRT:
    return sim_float_sqrt(format, a, rounding);
  case FMA:
    return sim_float_fma(format, a, b, c, rounding);
  case NARROW:
    return sim_float_convert(format == SIM_F64 ? SIM_F32 : SIM_F64, format, a, rounding);
  default:
    return sim_float_to_integer(format, a, 64, true, rounding);
  }
}

static const int host_modes[] = {FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD};

// An fma of infinity and zero is invalid beside a quiet NaN here, and need not be on the host; out of range
// integers have another value there.
static bool comparable(SimFormat format, Operation operation, uint64_t c, uint64_t host) {
  if (operation == FMA && sim_float_is_nan(format, c))
    return false;
  return operation != TO_LONG || host != UINT64_C(1) << 63;
}

// Returns false, with the failure reported, where they differ.
static bool compare_one(SimFormat format, Operation operation, unsigned mode, uint64_t a, uint64_t b,
                        uint64_t c) {
  fesetround(host_modes[mode]);
  feclearexcept(FE_ALL_EXCEPT);
  uint64_t expected = format == SIM_F64 ? host_double(operation, a, b, c) : host_float(operation, a, b, c);
  uint8_t flags = host_flags();
  fesetround(FE_TONEAREST);
  if (!comparable(format, operation, c, expected))
    return true;
  // Once from clean flags, once with inexact raised, where the host's arithmetic may be taken.
  for (unsigned raised = 0; raised < 2; raised++) {
    SimRounding rounding = {(uint8_t)mode, (uint8_t)(raised ? SIM_FLAG_NX : 0)};
    uint64_t result = ours(format, operation, a, b, c, &rounding);
    if (result == expected && rounding.flags == (flags | (raised ? SIM_FLAG_NX : 0)))
      continue;
    FAIL_TEST("%s of %s in mode %u: %#llx, %#llx, %#llx give %#llx (flags %#x), on the host %#llx (%#x)",
              names[operation], format == SIM_F64 ? "doubles" : "floats", mode, (unsigned long long)a,
              (unsigned long long)b, (unsigned long long)c, (unsigned long long)result, rounding.flags,
              (unsigned long long)expected, flags);
    return false;
  }
  return true;
}

static void compare(SimFormat format, Operation operation, unsigned count) {
  uint64_t state = 0x9e3779b97f4a7c15 + operation;
  unsigned fraction = format == SIM_F64 ? 52 : 23;
  unsigned exponent = format == SIM_F64 ? 11 : 8;
  for (unsigned i = 0; i < count; i++) {
    uint64_t a = number(&state, fraction, exponent);
    uint64_t b = i % 5 ? number(&state, fraction, exponent) : a + next(&state) % 3;
    uint64_t c = number(&state, fraction, exponent);
    for (unsigned mode = 0; mode < 4; mode++)
      if (!compare_one(format, operation, mode, a, b, c))
        return;
  }
}

// Results about the smallest normal number, where being tiny after rounding and before are not the same: that
// number, or a neighbour, plus or minus a product far below it.
TEST(Ieee, DetectsTininessAfterRounding) {
  for (unsigned i = 0; i < 2; i++) {
    SimFormat format = i ? SIM_F64 : SIM_F32;
    unsigned fraction = i ? 52 : 23;
    uint64_t smallest = UINT64_C(1) << fraction;
    uint64_t sign = UINT64_C(1) << (i ? 63 : 31);
    uint64_t one = (i ? UINT64_C(1023) : 127) << fraction;
    for (uint64_t c = smallest - 2; c <= smallest + 2; c++)
      for (uint64_t below = 0; below < 8; below++)
        for (unsigned bits = 0; bits < 16; bits++) {
          // (1 or 1.5) * 2^-below times a small number of half to a quarter of the last place
          uint64_t a = one - (below << fraction) + ((bits & 1) ? smallest / 2 : 0);
          uint64_t b = 1 + (bits >> 1 & 3);
          if (bits & 8)
            a |= sign;
          for (unsigned mode = 0; mode < 4; mode++) {
            if (!compare_one(format, FMA, mode, a, b, c) || !compare_one(format, MUL, mode, a, c, 0) ||
                !compare_one(format, DIV, mode, c, a, 0))
              return;
          }
        }
  }
}

TEST(Ieee, AgreesWithTheHost) {
  for (unsigned operation = 0; operation < OPERATIONS; operation++) {
    compare(SIM_F32, (Operation)operation, 40000);
    compare(SIM_F64, (Operation)operation, 40000);
  }
}

// Every binary16 and bfloat16 number through binary32 and back is itself, or the canonical NaN.
TEST(Ieee, NarrowFormatsSurviveWidening) {
  for (unsigned i = 0; i < 2; i++) {
    SimFormat format = i ? SIM_BF16 : SIM_F16;
    for (uint64_t bits = 0; bits < 0x10000; bits++) {
      SimRounding rounding = {SIM_RNE, 0};
      uint64_t wide = sim_float_convert(SIM_F32, format, bits, &rounding);
      uint64_t back = sim_float_convert(format, SIM_F32, wide, &rounding);
      uint64_t expected = sim_float_is_nan(format, bits) ? sim_canonical_nan(format) : bits;
      if (back != expected || (rounding.flags & ~SIM_FLAG_NV))
        FAIL_TEST("%#llx comes back as %#llx", (unsigned long long)bits, (unsigned long long)back);
      if (format == SIM_BF16 && !sim_float_is_nan(format, bits))
        CHECK_UINT_EQ(wide, bits << 16);
    }
  }
}

typedef struct Narrowing {
  uint32_t from;
  uint8_t mode;
  uint16_t to;
  uint8_t flags;
} Narrowing;

TEST(Ieee, NarrowsToBfloat16) {
  static const Narrowing rows[] = {
      {0x3f808000, SIM_RNE, 0x3f80, SIM_FLAG_NX}, // a tie, to even
      {0x3f818000, SIM_RNE, 0x3f82, SIM_FLAG_NX},
      {0x3f808001, SIM_RNE, 0x3f81, SIM_FLAG_NX},
      {0x3f808000, SIM_RMM, 0x3f81, SIM_FLAG_NX},
      {0x3f80ffff, SIM_RTZ, 0x3f80, SIM_FLAG_NX},
      {0x3f800001, SIM_RUP, 0x3f81, SIM_FLAG_NX},
      {0xbf800001, SIM_RDN, 0xbf81, SIM_FLAG_NX},
      {0x3f800001, SIM_ROD, 0x3f81, SIM_FLAG_NX},
      {0x3f810001, SIM_ROD, 0x3f81, SIM_FLAG_NX},
      {0x7f7fffff, SIM_RNE, 0x7f80, SIM_FLAG_NX | SIM_FLAG_OF},
      {0x7f7fffff, SIM_RTZ, 0x7f7f, SIM_FLAG_NX},
      {0x00000001, SIM_RNE, 0x0000, SIM_FLAG_NX | SIM_FLAG_UF},
      {0x00010000, SIM_RNE, 0x0001, 0}, // exact: tiny without underflow
      {0x7f800001, SIM_RNE, 0x7fc0, SIM_FLAG_NV},
      {0xff800000, SIM_RNE, 0xff80, 0},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    harness_context("row %zu", i);
    SimRounding rounding = {rows[i].mode, 0};
    CHECK_UINT_EQ(sim_float_convert(SIM_BF16, SIM_F32, rows[i].from, &rounding), rows[i].to);
    CHECK_UINT_EQ(rounding.flags, rows[i].flags);
  }
}
