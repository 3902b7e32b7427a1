// IEEE 754 arithmetic on bit patterns. A number is unpacked to sign, exponent and a 64-bit significand,
// computed exactly (with what is lost kept as a sticky bit), and rounded once. In the common case of binary32
// and binary64 the host's own arithmetic does the same in a few cycles: see usable_result.
#include "sim/internal.h"

#include <math.h>

typedef unsigned __int128 Wide;

typedef struct Layout {
  int fraction; // bits of the fraction
  int bias;
  int maximum; // biased exponent of infinities and NaNs
} Layout;

static const Layout layouts[] = {
    [SIM_F16] = {10, 15, 31},
    [SIM_BF16] = {7, 127, 255},
    [SIM_F32] = {23, 127, 255},
    [SIM_F64] = {52, 1023, 2047},
};

typedef enum Kind { ZERO, FINITE, INFINITE, NOT_A_NUMBER } Kind;

// A finite number is significand * 2^(exponent - 63), the significand's highest bit being set.
typedef struct Unpacked {
  Kind kind;
  bool sign;
  bool signaling;
  int exponent;
  uint64_t significand;
} Unpacked;

static Unpacked unpack(SimFormat format, uint64_t bits) {
  const Layout *layout = &layouts[format];
  uint64_t fraction = bits & ((UINT64_C(1) << layout->fraction) - 1);
  int biased = (int)(bits >> layout->fraction) & layout->maximum;
  Unpacked result = {.sign = bits >> layout->fraction > (uint64_t)layout->maximum};
  if (biased == layout->maximum) {
    result.kind = fraction ? NOT_A_NUMBER : INFINITE;
    result.signaling = fraction && !(fraction >> (layout->fraction - 1));
  } else if (biased == 0 && fraction == 0) {
    result.kind = ZERO;
  } else {
    result.kind = FINITE;
    uint64_t whole = biased ? fraction | UINT64_C(1) << layout->fraction : fraction;
    int shift = __builtin_clzll(whole);
    result.significand = whole << shift;
    result.exponent = (biased ? biased : 1) - layout->bias + 63 - layout->fraction - shift;
  }
  return result;
}

static uint64_t signed_bits(SimFormat format, bool sign, uint64_t magnitude) {
  const Layout *layout = &layouts[format];
  uint64_t position = (uint64_t)layout->fraction + (uint64_t)__builtin_popcount((unsigned)layout->maximum);
  return magnitude | (uint64_t)sign << position;
}
static uint64_t infinity(SimFormat format, bool sign) {
  return signed_bits(format, sign, (uint64_t)layouts[format].maximum << layouts[format].fraction);
}
static uint64_t zero(SimFormat format, bool sign) {
  return signed_bits(format, sign, 0);
}
static uint64_t invalid(SimFormat format, SimRounding *rounding) {
  rounding->flags |= SIM_FLAG_NV;
  return sim_canonical_nan(format);
}

static uint64_t shift_right_sticky(uint64_t value, int by) {
  if (by <= 0)
    return value;
  if (by >= 64)
    return value != 0;
  return value >> by | ((value << (64 - by)) != 0);
}
static Wide shift_right_sticky_wide(Wide value, int by) {
  if (by <= 0)
    return value;
  if (by >= 128)
    return value != 0;
  return value >> by | ((value << (128 - by)) != 0);
}

// `value` without its lowest `drop` bits (1 .. 63), rounded.
static uint64_t round_off(uint64_t value, int drop, bool sign, uint8_t mode) {
  uint64_t kept = value >> drop;
  uint64_t lost = value & ((UINT64_C(1) << drop) - 1);
  uint64_t half = UINT64_C(1) << (drop - 1);
  switch (mode) {
  case SIM_RNE:
    return kept + (lost > half || (lost == half && (kept & 1)));
  case SIM_RDN:
    return kept + (sign && lost);
  case SIM_RUP:
    return kept + (!sign && lost);
  case SIM_RMM:
    return kept + (lost >= half);
  case SIM_ROD:
    return kept | (lost != 0);
  default:
    return kept;
  }
}

static uint64_t overflow(SimFormat format, bool sign, SimRounding *rounding) {
  uint8_t mode = rounding->mode;
  bool away = mode == SIM_RNE || mode == SIM_RMM || (mode == SIM_RUP && !sign) || (mode == SIM_RDN && sign);
  rounding->flags |= SIM_FLAG_OF | SIM_FLAG_NX;
  return away ? infinity(format, sign) : infinity(format, sign) - 1;
}

// Rounds significand * 2^(exponent - 63), its highest bit set, to the format. Tininess is detected after
// rounding, as RISC-V asks.
static uint64_t pack(SimFormat format, bool sign, int exponent, uint64_t significand, SimRounding *rounding) {
  const Layout *layout = &layouts[format];
  int drop = 63 - layout->fraction;
  int biased = exponent + layout->bias;
  bool tiny = false;
  if (biased <= 0) {
    // The result is below the normal numbers unless rounding at full precision carries it up to them.
    uint64_t full = round_off(significand, drop, sign, rounding->mode);
    tiny = biased < 0 || full >> (layout->fraction + 1) == 0;
    significand = shift_right_sticky(significand, 1 - biased);
    biased = 1;
  }
  uint64_t lost = significand & ((UINT64_C(1) << drop) - 1);
  uint64_t kept = round_off(significand, drop, sign, rounding->mode);
  // A carry out of the significand moves into the exponent by itself.
  uint64_t magnitude = kept + ((uint64_t)(biased - 1) << layout->fraction);
  if (biased >= layout->maximum || magnitude >> layout->fraction >= (uint64_t)layout->maximum)
    return overflow(format, sign, rounding);
  if (lost)
    rounding->flags |= SIM_FLAG_NX | (tiny ? SIM_FLAG_UF : 0);
  return signed_bits(format, sign, magnitude);
}

// The same for a 128-bit significand worth significand * 2^(exponent - 127), normalized here.
static uint64_t pack_wide(SimFormat format, bool sign, int exponent, Wide significand,
                          SimRounding *rounding) {
  uint64_t high = (uint64_t)(significand >> 64);
  int shift = high ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)significand);
  significand <<= shift;
  high = (uint64_t)(significand >> 64) | ((uint64_t)significand != 0);
  return pack(format, sign, exponent - shift, high, rounding);
}

// A NaN among the operands: the result is the canonical NaN.
static uint64_t propagate(SimFormat format, bool signaling, SimRounding *rounding) {
  if (signaling)
    rounding->flags |= SIM_FLAG_NV;
  return sim_canonical_nan(format);
}

static bool exact_zero_sign(const SimRounding *rounding) {
  return rounding->mode == SIM_RDN;
}

// The sum of two finite numbers in 128-bit significands (value significand * 2^(exponent - 127), highest bit
// set). The significands have at least 20 zero bits at their low end, so that shifting one out of them
// leaves a sticky bit that rounds as the lost bits would.
typedef struct Term {
  bool sign;
  int exponent;
  Wide significand;
} Term;

static uint64_t add_terms(SimFormat format, Term a, Term b, SimRounding *rounding) {
  if (a.exponent < b.exponent || (a.exponent == b.exponent && a.significand < b.significand)) {
    Term kept = a;
    a = b;
    b = kept;
  }
  Wide larger = a.significand >> 1; // room for a carry
  Wide smaller = shift_right_sticky_wide(b.significand >> 1, a.exponent - b.exponent);
  Wide sum = a.sign == b.sign ? larger + smaller : larger - smaller;
  if (sum == 0)
    return zero(format, exact_zero_sign(rounding));
  return pack_wide(format, a.sign, a.exponent + 1, sum, rounding);
}

static Term term_of(const Unpacked *number) {
  return (Term){number->sign, number->exponent, (Wide)number->significand << 64};
}

// a * b + c for unpacked operands; `c` may be the zero that makes it a product or `b` the one that makes it a
// sum, so those have paths of their own.
static uint64_t add_unpacked(SimFormat format, Unpacked a, Unpacked b, SimRounding *rounding) {
  if (a.kind == NOT_A_NUMBER || b.kind == NOT_A_NUMBER)
    return propagate(format, a.signaling || b.signaling, rounding);
  if (a.kind == INFINITE || b.kind == INFINITE) {
    if (a.kind == b.kind && a.sign != b.sign)
      return invalid(format, rounding);
    return infinity(format, a.kind == INFINITE ? a.sign : b.sign);
  }
  if (a.kind == ZERO && b.kind == ZERO)
    return zero(format, a.sign == b.sign ? a.sign : exact_zero_sign(rounding));
  if (a.kind == ZERO)
    return pack(format, b.sign, b.exponent, b.significand, rounding);
  if (b.kind == ZERO)
    return pack(format, a.sign, a.exponent, a.significand, rounding);
  return add_terms(format, term_of(&a), term_of(&b), rounding);
}

static uint64_t negate(SimFormat format, uint64_t a) {
  return a ^ zero(format, true);
}

// The host's arithmetic rounds to nearest even and gives the same bits. Only its flags are not looked at, so
// it serves where inexact is raised already and nothing else can be: a finite result above the smallest
// normal number.
static bool fast_mode(const SimRounding *rounding) {
  return rounding->mode == SIM_RNE && (rounding->flags & SIM_FLAG_NX);
}
static bool usable_float(float result) {
  return fabsf(result) > 0x1p-126F && fabsf(result) <= 0x1.fffffep127F;
}
static bool usable_double(double result) {
  return fabs(result) > 0x1p-1022 && fabs(result) <= 0x1.fffffffffffffp1023;
}
static float as_float(uint64_t bits) {
  uint32_t low = (uint32_t)bits;
  float value;
  memcpy(&value, &low, sizeof value);
  return value;
}
static double as_double(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}
static uint64_t float_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}
static uint64_t double_bits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

uint64_t sim_float_add(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  if (fast_mode(rounding)) {
    if (format == SIM_F32) {
      float result = as_float(a) + as_float(b);
      if (usable_float(result))
        return float_bits(result);
    } else if (format == SIM_F64) {
      double result = as_double(a) + as_double(b);
      if (usable_double(result))
        return double_bits(result);
    }
  }
  return add_unpacked(format, unpack(format, a), unpack(format, b), rounding);
}

uint64_t sim_float_sub(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  return sim_float_add(format, a, negate(format, b), rounding);
}

static uint64_t multiply_unpacked(SimFormat format, Unpacked a, Unpacked b, SimRounding *rounding) {
  bool sign = a.sign != b.sign;
  if (a.kind == NOT_A_NUMBER || b.kind == NOT_A_NUMBER)
    return propagate(format, a.signaling || b.signaling, rounding);
  if (a.kind == INFINITE || b.kind == INFINITE)
    return a.kind == ZERO || b.kind == ZERO ? invalid(format, rounding) : infinity(format, sign);
  if (a.kind == ZERO || b.kind == ZERO)
    return zero(format, sign);
  // Two significands in [2^63, 2^64) have a product worth product * 2^(exponents - 126).
  Wide product = (Wide)a.significand * b.significand;
  return pack_wide(format, sign, a.exponent + b.exponent + 1, product, rounding);
}

uint64_t sim_float_mul(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  if (fast_mode(rounding)) {
    if (format == SIM_F32) {
      float result = as_float(a) * as_float(b);
      if (usable_float(result))
        return float_bits(result);
    } else if (format == SIM_F64) {
      double result = as_double(a) * as_double(b);
      if (usable_double(result))
        return double_bits(result);
    }
  }
  return multiply_unpacked(format, unpack(format, a), unpack(format, b), rounding);
}

static uint64_t fma_unpacked(SimFormat format, Unpacked a, Unpacked b, Unpacked c, SimRounding *rounding) {
  bool sign = a.sign != b.sign;
  bool no_product = (a.kind == INFINITE && b.kind == ZERO) || (a.kind == ZERO && b.kind == INFINITE);
  if (no_product) // invalid even beside a quiet NaN
    return invalid(format, rounding);
  if (a.kind == NOT_A_NUMBER || b.kind == NOT_A_NUMBER || c.kind == NOT_A_NUMBER)
    return propagate(format, a.signaling || b.signaling || c.signaling, rounding);
  if (a.kind == INFINITE || b.kind == INFINITE) {
    if (c.kind == INFINITE && c.sign != sign)
      return invalid(format, rounding);
    return infinity(format, sign);
  }
  if (c.kind == INFINITE)
    return infinity(format, c.sign);
  if (a.kind == ZERO || b.kind == ZERO) {
    if (c.kind == ZERO)
      return zero(format, sign == c.sign ? sign : exact_zero_sign(rounding));
    return pack(format, c.sign, c.exponent, c.significand, rounding);
  }
  Wide product = (Wide)a.significand * b.significand;
  int exponent = a.exponent + b.exponent + 1;
  if (!(product >> 127)) {
    product <<= 1;
    exponent--;
  }
  if (c.kind == ZERO)
    return pack_wide(format, sign, exponent, product, rounding);
  return add_terms(format, (Term){sign, exponent, product}, term_of(&c), rounding);
}

uint64_t sim_float_fma(SimFormat format, uint64_t a, uint64_t b, uint64_t c, SimRounding *rounding) {
  if (fast_mode(rounding)) {
    if (format == SIM_F32) {
      float result = fmaf(as_float(a), as_float(b), as_float(c));
      if (usable_float(result))
        return float_bits(result);
    } else if (format == SIM_F64) {
      double result = fma(as_double(a), as_double(b), as_double(c));
      if (usable_double(result))
        return double_bits(result);
    }
  }
  return fma_unpacked(format, unpack(format, a), unpack(format, b), unpack(format, c), rounding);
}

static uint64_t divide_unpacked(SimFormat format, Unpacked a, Unpacked b, SimRounding *rounding) {
  bool sign = a.sign != b.sign;
  if (a.kind == NOT_A_NUMBER || b.kind == NOT_A_NUMBER)
    return propagate(format, a.signaling || b.signaling, rounding);
  if (a.kind == b.kind && a.kind != FINITE)
    return invalid(format, rounding);
  if (a.kind == INFINITE)
    return infinity(format, sign);
  if (b.kind == ZERO) {
    rounding->flags |= SIM_FLAG_DZ;
    return infinity(format, sign);
  }
  if (a.kind == ZERO || b.kind == INFINITE)
    return zero(format, sign);
  // The quotient of the significands, in [2^63, 2^64), with the remainder as its sticky bit.
  bool below_one = a.significand < b.significand;
  Wide dividend = (Wide)a.significand << (below_one ? 64 : 63);
  uint64_t quotient = (uint64_t)(dividend / b.significand);
  quotient |= dividend % b.significand != 0;
  return pack(format, sign, a.exponent - b.exponent - below_one, quotient, rounding);
}

uint64_t sim_float_div(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  if (fast_mode(rounding)) {
    // An infinite operand gives a zero or no number, a zero divisor an infinity: neither is usable.
    if (format == SIM_F32) {
      float result = as_float(a) / as_float(b);
      if (usable_float(result))
        return float_bits(result);
    } else if (format == SIM_F64) {
      double result = as_double(a) / as_double(b);
      if (usable_double(result))
        return double_bits(result);
    }
  }
  return divide_unpacked(format, unpack(format, a), unpack(format, b), rounding);
}

// The integer square root of a number in [2^126, 2^128), with a sticky bit for the remainder.
static uint64_t root(Wide radicand) {
  Wide remainder = radicand;
  Wide result = 0;
  for (Wide bit = (Wide)1 << 126; bit; bit >>= 2) {
    if (remainder >= result + bit) {
      remainder -= result + bit;
      result = (result >> 1) + bit;
    } else {
      result >>= 1;
    }
  }
  return (uint64_t)result | (remainder != 0);
}

static uint64_t root_unpacked(SimFormat format, Unpacked a, SimRounding *rounding) {
  if (a.kind == NOT_A_NUMBER)
    return propagate(format, a.signaling, rounding);
  if (a.kind == ZERO)
    return zero(format, a.sign);
  if (a.sign)
    return invalid(format, rounding);
  if (a.kind == INFINITE)
    return infinity(format, false);
  bool odd = a.exponent & 1;
  uint64_t significand = root((Wide)a.significand << (odd ? 64 : 63));
  return pack(format, false, (a.exponent - odd) / 2, significand, rounding);
}

uint64_t sim_float_sqrt(SimFormat format, uint64_t a, SimRounding *rounding) {
  if (fast_mode(rounding)) {
    if (format == SIM_F32) {
      float result = sqrtf(as_float(a));
      if (usable_float(result))
        return float_bits(result);
    } else if (format == SIM_F64) {
      double result = sqrt(as_double(a));
      if (usable_double(result))
        return double_bits(result);
    }
  }
  return root_unpacked(format, unpack(format, a), rounding);
}

// -1, 0, 1: a below, equal to, above b. Neither is a NaN.
static int order(const Unpacked *a, const Unpacked *b) {
  if (a->kind == ZERO && b->kind == ZERO)
    return 0;
  bool a_negative = a->sign && a->kind != ZERO;
  bool b_negative = b->sign && b->kind != ZERO;
  if (a_negative != b_negative)
    return a_negative ? -1 : 1;
  int magnitude = 0;
  if (a->kind != b->kind)
    magnitude = a->kind < b->kind ? -1 : 1;
  else if (a->kind == FINITE && a->exponent != b->exponent)
    magnitude = a->exponent < b->exponent ? -1 : 1;
  else if (a->kind == FINITE && a->significand != b->significand)
    magnitude = a->significand < b->significand ? -1 : 1;
  return a_negative ? -magnitude : magnitude;
}

static uint64_t extreme(SimFormat format, uint64_t a, uint64_t b, int wanted, SimRounding *rounding) {
  Unpacked left = unpack(format, a);
  Unpacked right = unpack(format, b);
  if (left.signaling || right.signaling)
    rounding->flags |= SIM_FLAG_NV;
  if (left.kind == NOT_A_NUMBER)
    return right.kind == NOT_A_NUMBER ? sim_canonical_nan(format) : b;
  if (right.kind == NOT_A_NUMBER)
    return a;
  int found = order(&left, &right);
  if (found == 0)
    found = left.sign == right.sign ? 0 : left.sign ? -1 : 1;
  return found == wanted || found == 0 ? a : b;
}

uint64_t sim_float_min(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  return extreme(format, a, b, -1, rounding);
}
uint64_t sim_float_max(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  return extreme(format, a, b, 1, rounding);
}

static uint64_t extreme_nan(SimFormat format, uint64_t a, uint64_t b, int wanted, SimRounding *rounding) {
  uint64_t found = extreme(format, a, b, wanted, rounding);
  return sim_float_is_nan(format, a) || sim_float_is_nan(format, b) ? sim_canonical_nan(format) : found;
}
uint64_t sim_float_min_nan(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  return extreme_nan(format, a, b, -1, rounding);
}
uint64_t sim_float_max_nan(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  return extreme_nan(format, a, b, 1, rounding);
}

// Compares; returns 2 when they are unordered, which raises invalid for a signaling NaN or, when `signals`,
// for any.
static int compare(SimFormat format, uint64_t a, uint64_t b, bool signals, SimRounding *rounding) {
  Unpacked left = unpack(format, a);
  Unpacked right = unpack(format, b);
  if (left.kind != NOT_A_NUMBER && right.kind != NOT_A_NUMBER)
    return order(&left, &right);
  if (signals || left.signaling || right.signaling)
    rounding->flags |= SIM_FLAG_NV;
  return 2;
}

bool sim_float_equal(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  return compare(format, a, b, false, rounding) == 0;
}
bool sim_float_less(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  return compare(format, a, b, true, rounding) == -1;
}
bool sim_float_less_equal(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  return compare(format, a, b, true, rounding) <= 0;
}

bool sim_float_less_quiet(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  return compare(format, a, b, false, rounding) == -1;
}
bool sim_float_less_equal_quiet(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding) {
  return compare(format, a, b, false, rounding) <= 0;
}

unsigned sim_float_classify(SimFormat format, uint64_t a) {
  const Layout *layout = &layouts[format];
  Unpacked number = unpack(format, a);
  bool subnormal = number.kind == FINITE && number.exponent < 1 - layout->bias;
  switch (number.kind) {
  case INFINITE:
    return number.sign ? 1U << 0 : 1U << 7;
  case FINITE:
    if (subnormal)
      return number.sign ? 1U << 2 : 1U << 5;
    return number.sign ? 1U << 1 : 1U << 6;
  case ZERO:
    return number.sign ? 1U << 3 : 1U << 4;
  case NOT_A_NUMBER:
    break;
  }
  return number.signaling ? 1U << 8 : 1U << 9;
}

uint64_t sim_float_convert(SimFormat to, SimFormat from, uint64_t a, SimRounding *rounding) {
  Unpacked number = unpack(from, a);
  switch (number.kind) {
  case NOT_A_NUMBER:
    return propagate(to, number.signaling, rounding);
  case INFINITE:
    return infinity(to, number.sign);
  case ZERO:
    return zero(to, number.sign);
  case FINITE:
    break;
  }
  return pack(to, number.sign, number.exponent, number.significand, rounding);
}

// The magnitude of a finite number as an integer, rounded; *too_large when it is at least 2^64.
static uint64_t integer_magnitude(const Unpacked *number, uint8_t mode, bool *inexact, bool *too_large) {
  *inexact = false;
  *too_large = number->exponent > 63;
  if (*too_large)
    return 0;
  if (number->exponent == 63)
    return number->significand;
  // Bits below the point go; far below, all of them are sticky.
  int drop = 63 - number->exponent;
  uint64_t value = number->significand;
  if (drop > 63) {
    value = shift_right_sticky(value, drop - 63 < 64 ? drop - 63 : 64);
    drop = 63;
  }
  *inexact = (value & ((UINT64_C(1) << drop) - 1)) != 0;
  return round_off(value, drop, number->sign, mode);
}

uint64_t sim_float_to_integer(SimFormat from, uint64_t a, unsigned bits, bool is_signed,
                              SimRounding *rounding) {
  Unpacked number = unpack(from, a);
  uint64_t largest = (is_signed ? UINT64_MAX >> 1 : UINT64_MAX) >> (64 - bits);
  uint64_t smallest = is_signed ? ~largest : 0; // sign-extended
  if (number.kind == ZERO)
    return 0;
  bool negative = number.sign && number.kind != NOT_A_NUMBER;
  bool inexact = false;
  bool too_large = number.kind != FINITE;
  uint64_t magnitude = too_large ? 0 : integer_magnitude(&number, rounding->mode, &inexact, &too_large);
  uint64_t limit = !negative ? largest : is_signed ? largest + 1 : 0;
  if (too_large || magnitude > limit) {
    rounding->flags |= SIM_FLAG_NV;
    return negative ? smallest : largest;
  }
  if (inexact)
    rounding->flags |= SIM_FLAG_NX;
  return negative ? -magnitude : magnitude;
}

uint32_t sim_float_to_integer_modular(SimFormat from, uint64_t a, SimRounding *rounding) {
  SimRounding towards_zero = {SIM_RTZ, rounding->flags};
  sim_float_to_integer(from, a, 32, true, &towards_zero);
  rounding->flags = towards_zero.flags;
  Unpacked number = unpack(from, a);
  if (number.kind != FINITE || number.exponent < 0)
    return 0;
  // The significand's bit 63 is worth 2^exponent: bits at and above 2^32 are dropped by the shifts.
  int right = 63 - number.exponent;
  uint64_t magnitude = right >= 0    ? number.significand >> right
                       : right > -64 ? number.significand << -right
                                     : 0;
  return (uint32_t)(number.sign ? -magnitude : magnitude);
}

uint64_t sim_float_round(SimFormat format, uint64_t a, bool inexact, SimRounding *rounding) {
  Unpacked number = unpack(format, a);
  if (number.kind == NOT_A_NUMBER)
    return propagate(format, number.signaling, rounding);
  // From here on all bits of the significand are worth 1 or more.
  if (number.kind != FINITE || number.exponent >= layouts[format].fraction)
    return a;
  bool lost = false;
  bool too_large = false;
  uint64_t magnitude = integer_magnitude(&number, rounding->mode, &lost, &too_large);
  if (lost && inexact)
    rounding->flags |= SIM_FLAG_NX;
  if (magnitude == 0)
    return zero(format, number.sign);
  int shift = __builtin_clzll(magnitude);
  SimRounding exact = {SIM_RNE, 0}; // the integer fits the format
  return pack(format, number.sign, 63 - shift, magnitude << shift, &exact);
}

uint64_t sim_float_constant(SimFormat format, unsigned number) {
  enum { SMALLEST_NORMAL = 1 };
  if (number == SMALLEST_NORMAL)
    return UINT64_C(1) << layouts[format].fraction;
  SimRounding rounding = {SIM_RNE, 0}; // 2^16 as binary16 is infinity, all others are exact
  return sim_float_convert(format, SIM_F64, double_bits(isa_float_constant(number)), &rounding);
}

uint64_t sim_float_from_integer(SimFormat to, uint64_t integer, bool is_signed, SimRounding *rounding) {
  bool sign = is_signed && (int64_t)integer < 0;
  uint64_t magnitude = sign ? -integer : integer;
  if (magnitude == 0)
    return zero(to, false);
  int shift = __builtin_clzll(magnitude);
  return pack(to, sign, 63 - shift, magnitude << shift, rounding);
}
