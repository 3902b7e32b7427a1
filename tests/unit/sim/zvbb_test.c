// Zvbb and Zvkb beside their definitions, a bit at a time; QEMU 7.2 does not have them.
#include "tests/harness/harness.h"
#include "tests/unit/sim/tile_bench.h"

enum { D = 8, A = 16, B = 24, UNMASKED = 1, MASKED = 0 };

typedef enum Second { NONE, VECTOR, SCALAR, IMMEDIATE } Second;

typedef struct Row {
  IsaOp op;
  Second second;
  uint64_t (*compute)(uint64_t a, uint64_t b, unsigned bits); // of one element
} Row;

static bool bit(uint64_t value, unsigned i) {
  return value >> i & 1;
}

static uint64_t and_not(uint64_t a, uint64_t b, unsigned bits) {
  (void)bits;
  return a & ~b;
}
static uint64_t rotate_left(uint64_t a, uint64_t b, unsigned bits) {
  uint64_t result = 0;
  for (unsigned i = 0; i < bits; i++)
    result |= (uint64_t)bit(a, i) << (i + b) % bits;
  return result;
}
static uint64_t rotate_right(uint64_t a, uint64_t b, unsigned bits) {
  uint64_t result = 0;
  for (unsigned i = 0; i < bits; i++)
    result |= (uint64_t)bit(a, (unsigned)((i + b) % bits)) << i;
  return result;
}
static uint64_t reverse(uint64_t a, uint64_t b, unsigned bits) {
  (void)b;
  uint64_t result = 0;
  for (unsigned i = 0; i < bits; i++)
    result |= (uint64_t)bit(a, i) << (bits - 1 - i);
  return result;
}
static uint64_t reverse_in_bytes(uint64_t a, uint64_t b, unsigned bits) {
  (void)b;
  uint64_t result = 0;
  for (unsigned i = 0; i < bits; i++)
    result |= (uint64_t)bit(a, i) << (i - i % 8 + 7 - i % 8);
  return result;
}
static uint64_t reverse_bytes(uint64_t a, uint64_t b, unsigned bits) {
  (void)b;
  uint64_t result = 0;
  for (unsigned i = 0; i < bits; i += 8)
    result |= (a >> i & 0xff) << (bits - 8 - i);
  return result;
}
static uint64_t leading_zeros(uint64_t a, uint64_t b, unsigned bits) {
  (void)b;
  uint64_t count = 0;
  while (count < bits && !bit(a, bits - 1 - (unsigned)count))
    count++;
  return count;
}
static uint64_t trailing_zeros(uint64_t a, uint64_t b, unsigned bits) {
  (void)b;
  uint64_t count = 0;
  while (count < bits && !bit(a, (unsigned)count))
    count++;
  return count;
}
static uint64_t population(uint64_t a, uint64_t b, unsigned bits) {
  (void)b;
  uint64_t count = 0;
  for (unsigned i = 0; i < bits; i++)
    count += bit(a, i);
  return count;
}
static uint64_t shift_wide(uint64_t a, uint64_t b, unsigned bits) {
  return a << b % (UINT64_C(2) * bits);
}

static const Row rows[] = {
    {ISA_VANDN_VV, VECTOR, and_not},        {ISA_VANDN_VX, SCALAR, and_not},
    {ISA_VROL_VV, VECTOR, rotate_left},     {ISA_VROL_VX, SCALAR, rotate_left},
    {ISA_VROR_VV, VECTOR, rotate_right},    {ISA_VROR_VX, SCALAR, rotate_right},
    {ISA_VROR_VI, IMMEDIATE, rotate_right}, {ISA_VBREV_V, NONE, reverse},
    {ISA_VBREV8_V, NONE, reverse_in_bytes}, {ISA_VREV8_V, NONE, reverse_bytes},
    {ISA_VCLZ_V, NONE, leading_zeros},      {ISA_VCTZ_V, NONE, trailing_zeros},
    {ISA_VCPOP_V, NONE, population},        {ISA_VWSLL_VV, VECTOR, shift_wide},
    {ISA_VWSLL_VX, SCALAR, shift_wide},     {ISA_VWSLL_VI, IMMEDIATE, shift_wide},
};

static uint64_t element(const uint8_t *base, size_t i, unsigned bits) {
  uint64_t value = 0;
  memcpy(&value, base + i * bits / 8, bits / 8);
  return value;
}

static SimCause run_row(Bench *bench, const Row *row, int64_t scalar, bool mask) {
  int64_t last = mask ? MASKED : UNMASKED;
  int64_t second = row->second == VECTOR ? B : row->second == SCALAR ? 30 : scalar;
  return row->second == NONE ? RUN(bench, row->op, D, A, last) : RUN(bench, row->op, D, A, second, last);
}

static void check_row(Bench *bench, const Row *row, unsigned sew, bool mask) {
  Hart *hart = &bench->sim.hart;
  unsigned bits = 8U << sew;
  bool wide = isa_insn(row->op)->flags & ISA_WIDE_D;
  unsigned result_bits = wide ? 2 * bits : bits;
  size_t count = bench_below(bench, hart->vlenb * 8 / bits + 1);
  hart->x[29] = count;
  hart->x[31] = sew << 3;
  CHECK_INT_EQ(RUN(bench, ISA_VSETVL, 0, 29, 31), SIM_CAUSE_NONE);
  bench_fill(bench, hart->v, (size_t)32 * hart->vlenb);
  if (bench_below(bench, 4) == 0) // elements of few bits
    for (size_t i = 0; i < (size_t)hart->vlenb; i++)
      hart->v[(size_t)A * hart->vlenb + i] = bench_below(bench, 4) ? 0 : 1 << bench_below(bench, 8);
  hart->x[30] = bench_random(bench);
  // Of vwsll.vi and the like the immediate has five bits, of vror.vi six.
  int64_t immediate = (int64_t)bench_below(bench, row->op == ISA_VROR_VI ? 64 : 32);
  uint8_t before[2 * 1024 / 8];
  memcpy(before, hart->v + (size_t)D * hart->vlenb, 2 * (size_t)hart->vlenb);
  SimCause cause = run_row(bench, row, immediate, mask);
  if (wide && bits == 64) {
    CHECK_INT_EQ(cause, SIM_CAUSE_ILLEGAL);
    return;
  }
  CHECK_INT_EQ(cause, SIM_CAUSE_NONE);
  for (size_t i = 0; i < 2 * (size_t)hart->vlenb * 8 / result_bits; i++) {
    uint64_t expected = element(before, i, result_bits);
    if (i < count && (!mask || hart->v[i / 8] >> i % 8 & 1)) {
      uint64_t b = row->second == VECTOR   ? element(hart->v + (size_t)B * hart->vlenb, i, bits)
                   : row->second == SCALAR ? hart->x[30]
                                           : (uint64_t)immediate;
      expected = row->compute(element(hart->v + (size_t)A * hart->vlenb, i, bits), b, bits);
    }
    uint64_t mask_bits = result_bits == 64 ? UINT64_MAX : (UINT64_C(1) << result_bits) - 1;
    uint64_t found = element(hart->v + (size_t)D * hart->vlenb, i, result_bits);
    if (found != (expected & mask_bits))
      FAIL_TEST("%s, SEW %u, element %zu: %#llx, not %#llx", isa_insn(row->op)->mnemonic, bits, i,
                (unsigned long long)found, (unsigned long long)(expected & mask_bits));
  }
}

TEST(Zvbb, AsDefined) {
  for (unsigned m = 0; m < 2; m++) {
    Bench *bench = bench_new(m ? "k0" : "k1", 3);
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++)
      for (unsigned round = 0; round < 160; round++)
        check_row(bench, &rows[r], round % 4, round / 4 % 2);
    bench_free(bench);
  }
}
