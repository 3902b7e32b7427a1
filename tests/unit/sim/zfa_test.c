// Zfa beside the host's arithmetic and the definitions of the manual; QEMU 7.2 does not have it.
#include "tests/harness/harness.h"
#include "tests/unit/sim/tile_bench.h"

#include <fenv.h>
#include <math.h>

enum { ROUNDS = 2000 };

typedef struct Row {
  SimFormat format;
  IsaOp fli, fminm, fmaxm, fround, froundnx, fleq, fltq, fmin, fmax, feq;
} Row;

static const Row rows[] = {
#define ROW(format, letter)                                                                                  \
  {format,                                                                                                   \
   ISA_FLI_##letter,                                                                                         \
   ISA_FMINM_##letter,                                                                                       \
   ISA_FMAXM_##letter,                                                                                       \
   ISA_FROUND_##letter,                                                                                      \
   ISA_FROUNDNX_##letter,                                                                                    \
   ISA_FLEQ_##letter,                                                                                        \
   ISA_FLTQ_##letter,                                                                                        \
   ISA_FMIN_##letter,                                                                                        \
   ISA_FMAX_##letter,                                                                                        \
   ISA_FEQ_##letter}
    ROW(SIM_F16, H), ROW(SIM_F32, S), ROW(SIM_F64, D)};
static const int host_modes[] = {FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD};

// Exact for every format; NaNs stay NaNs.
static double value_of(SimFormat format, uint64_t bits) {
  SimRounding rounding = {SIM_RNE, 0};
  uint64_t wide = format == SIM_F64 ? bits : sim_float_convert(SIM_F64, format, bits, &rounding);
  double value;
  memcpy(&value, &wide, sizeof value);
  return value;
}

static uint64_t bits_of(SimFormat format, double value) {
  SimRounding rounding = {SIM_RNE, 0};
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return format == SIM_F64 ? bits : sim_float_convert(format, SIM_F64, bits, &rounding);
}

static bool is_signaling(SimFormat format, uint64_t bits) {
  return sim_float_classify(format, bits) == 1U << 8;
}

// Numbers with few and with many bits behind the point, and now and then any bits at all.
static uint64_t number(Bench *bench, SimFormat format) {
  static const unsigned widths[] = {16, 16, 32, 64};
  uint64_t random = bench_random(bench);
  if (bench_below(bench, 4) == 0)
    return random >> (64 - widths[format]);
  double value = (double)(int64_t)random * ldexp(1, -(int)bench_below(bench, 76));
  return bits_of(format, bench_below(bench, 8) ? value : floor(value) + 0.5);
}

static void check_round(Bench *bench, const Row *row, uint64_t bits, unsigned mode) {
  Hart *hart = &bench->sim.hart;
  hart->f[2] = sim_box(row->format, bits);
  for (unsigned exact = 0; exact < 2; exact++) {
    hart->fflags = 0;
    CHECK_INT_EQ(RUN(bench, exact ? row->froundnx : row->fround, 1, 2, mode), SIM_CAUSE_NONE);
    double value = value_of(row->format, bits);
    fesetround(host_modes[mode]);
    volatile double rounded = nearbyint(value);
    fesetround(FE_TONEAREST);
    uint64_t expected = isnan(value) ? sim_canonical_nan(row->format) : bits_of(row->format, rounded);
    unsigned flags = is_signaling(row->format, bits)              ? SIM_FLAG_NV
                     : exact && !isnan(value) && rounded != value ? SIM_FLAG_NX
                                                                  : 0;
    if (hart->f[1] != sim_box(row->format, expected) || hart->fflags != flags)
      FAIL_TEST("%a in mode %u: %#llx (flags %#x), not %#llx (%#x)", value, mode,
                (unsigned long long)hart->f[1], hart->fflags, (unsigned long long)expected, flags);
  }
}

TEST(Zfa, RoundsAsTheHost) {
  Bench *bench = bench_new("k1", 5);
  for (unsigned mode = 0; mode < 4; mode++) {
    for (uint32_t bits = mode; bits < 0x10000; bits += 31)
      check_round(bench, &rows[0], bits, mode);
    for (unsigned i = 0; i < ROUNDS; i++)
      check_round(bench, &rows[1 + i % 2], number(bench, rows[1 + i % 2].format), mode);
  }
  bench_free(bench);
}

TEST(Zfa, RoundsHalvesAwayFromZero) {
  static const double table[][2] = {{0.5, 1},  {-0.5, -1},    {2.5, 3}, {-2.5, -3},
                                    {0.49, 0}, {-0.49, -0.0}, {7, 7}};
  Bench *bench = bench_new("k1", 1);
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
    bench->sim.hart.f[2] = bits_of(SIM_F64, table[i][0]);
    CHECK_INT_EQ(RUN(bench, ISA_FROUND_D, 1, 2, SIM_RMM), SIM_CAUSE_NONE);
    CHECK_UINT_EQ(bench->sim.hart.f[1], bits_of(SIM_F64, table[i][1]));
  }
  bench->sim.hart.frm = 5;
  CHECK_INT_EQ(RUN(bench, ISA_FROUND_D, 1, 2, SIM_DYN), SIM_CAUSE_ILLEGAL);
  bench_free(bench);
}

// fminm and fmaxm are fmin and fmax where no operand is a NaN; fleq and fltq raise the flags of feq.
TEST(Zfa, ComparesWithoutSignaling) {
  Bench *bench = bench_new("k1", 7);
  Hart *hart = &bench->sim.hart;
  for (unsigned i = 0; i < ROUNDS; i++) {
    const Row *row = &rows[i % 3];
    uint64_t a = number(bench, row->format);
    uint64_t b = bench_below(bench, 4) ? number(bench, row->format) : a;
    double x = value_of(row->format, a);
    double y = value_of(row->format, b);
    hart->f[2] = sim_box(row->format, a);
    hart->f[3] = sim_box(row->format, b);
    hart->fflags = 0;
    RUN(bench, row->feq, 5, 2, 3);
    uint8_t flags = hart->fflags;
    hart->fflags = 0;
    RUN(bench, row->fleq, 5, 2, 3);
    RUN(bench, row->fltq, 6, 2, 3);
    CHECK_UINT_EQ(hart->x[5], islessequal(x, y));
    CHECK_UINT_EQ(hart->x[6], isless(x, y));
    CHECK_UINT_EQ(hart->fflags, flags);
    bool nan = isnan(x) || isnan(y);
    for (unsigned maximum = 0; maximum < 2; maximum++) {
      hart->fflags = 0;
      RUN(bench, maximum ? row->fmax : row->fmin, 4, 2, 3);
      uint64_t expected = nan ? sim_box(row->format, sim_canonical_nan(row->format)) : hart->f[4];
      hart->fflags = 0;
      RUN(bench, maximum ? row->fmaxm : row->fminm, 4, 2, 3);
      CHECK_UINT_EQ(hart->f[4], expected);
      CHECK_UINT_EQ(hart->fflags, flags);
    }
  }
  bench_free(bench);
}

TEST(Zfa, TruncatesModulo) {
  Bench *bench = bench_new("k1", 9);
  Hart *hart = &bench->sim.hart;
  for (unsigned i = 0; i < ROUNDS; i++) {
    hart->f[2] = number(bench, SIM_F64);
    double value = value_of(SIM_F64, hart->f[2]);
    hart->fflags = 0;
    RUN(bench, ISA_FCVT_W_D, 6, 2, SIM_RTZ);
    uint8_t flags = hart->fflags;
    hart->fflags = 0;
    CHECK_INT_EQ(RUN(bench, ISA_FCVTMOD_W_D, 5, 2, SIM_RTZ), SIM_CAUSE_NONE);
    // fmod is exact.
    double rest = isfinite(value) ? fmod(trunc(value), 0x1p32) : 0;
    CHECK_UINT_EQ(hart->x[5], (uint64_t)(int64_t)(int32_t)(uint32_t)(int64_t)rest);
    CHECK_UINT_EQ(hart->fflags, flags);
  }
  bench_free(bench);
}

TEST(Zfa, LoadsConstants) {
  static const double values[] = {-1,   0,      0x1p-16, 0x1p-15, 0x1p-8, 0x1p-7, 0.0625,  0.125,
                                  0.25, 0.3125, 0.375,   0.4375,  0.5,    0.625,  0.75,    0.875,
                                  1,    1.25,   1.5,     1.75,    2,      2.5,    3,       4,
                                  8,    16,     128,     256,     32768,  65536,  INFINITY};
  static const uint64_t smallest[] = {0x0400, 0, 0x00800000, 0x0010000000000000};
  Bench *bench = bench_new("k1", 1);
  for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
    for (unsigned i = 0; i < 32; i++) {
      SimFormat format = rows[r].format;
      uint64_t expected = i == 1    ? smallest[format]
                          : i == 31 ? sim_canonical_nan(format)
                                    : bits_of(format, values[i]);
      harness_context("constant %u", i);
      CHECK_INT_EQ(RUN(bench, rows[r].fli, 1, i), SIM_CAUSE_NONE);
      CHECK_UINT_EQ(bench->sim.hart.f[1], sim_box(format, expected));
    }
  }
  CHECK_UINT_EQ(bench->sim.hart.fflags, 0);
  bench_free(bench);
}
