// Scalar instructions that QEMU 7.2 does not have, or has wrong.
#include "tests/harness/harness.h"
#include "tests/unit/sim/tile_bench.h"

TEST(Scalar, CountsTrailingZerosOfWords) {
  Bench *bench = bench_new("k1", 1);
  static const uint64_t rows[][2] = {
      {0, 32}, {1, 0}, {0x80000000, 31}, {0xffffffff00000000, 32}, {0xfff0000000000010, 4}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    bench->sim.hart.x[6] = rows[i][0];
    CHECK_INT_EQ(RUN(bench, ISA_CTZW, 5, 6), SIM_CAUSE_NONE);
    CHECK_UINT_EQ(bench->sim.hart.x[5], rows[i][1]);
  }
  bench_free(bench);
}

TEST(Scalar, ConditionalZero) {
  Bench *bench = bench_new("k1", 1);
  uint64_t *x = bench->sim.hart.x;
  x[6] = 0x123456789abcdef0;
  for (unsigned i = 0; i < 2; i++) {
    x[7] = i ? UINT64_C(1) << 63 : 0;
    RUN(bench, ISA_CZERO_EQZ, 5, 6, 7);
    CHECK_UINT_EQ(x[5], i ? x[6] : 0);
    RUN(bench, ISA_CZERO_NEZ, 5, 6, 7);
    CHECK_UINT_EQ(x[5], i ? 0 : x[6]);
  }
  bench_free(bench);
}

TEST(Scalar, Bfloat16Registers) {
  Bench *bench = bench_new("k1", 1);
  Hart *hart = &bench->sim.hart;
  hart->f[2] = sim_box(SIM_F32, 0x3f8c0000); // 1.09375
  RUN(bench, ISA_FCVT_BF16_S, 1, 2, SIM_RNE);
  CHECK_UINT_EQ(hart->f[1], 0xffffffffffff3f8c);
  RUN(bench, ISA_FCVT_S_BF16, 3, 1, SIM_RNE);
  CHECK_UINT_EQ(hart->f[3], 0xffffffff3f8c0000);
  CHECK_UINT_EQ(hart->fflags, 0);
  hart->f[2] = 0x3f8c0000; // not boxed: the canonical NaN
  RUN(bench, ISA_FCVT_BF16_S, 1, 2, SIM_RNE);
  CHECK_UINT_EQ(hart->f[1], 0xffffffffffff7fc0);
  hart->frm = 5; // a reserved dynamic rounding mode
  CHECK_INT_EQ(RUN(bench, ISA_FCVT_BF16_S, 1, 2, SIM_DYN), SIM_CAUSE_ILLEGAL);
  bench_free(bench);
}

// Every row of the instruction table is executed by some part, compressed ones by what they stand for.
TEST(Scalar, EveryInstructionIsExecuted) {
  for (unsigned i = 0; i < ISA_OP_COUNT; i++) {
    int64_t operands[ISA_MAX_OPERANDS] = {0};
    SimInsn insn = {.op = (uint16_t)isa_expand((IsaOp)i, operands)};
    bool bound = sim_bind_integer(&insn) || sim_bind_float(&insn) || sim_bind_vector(&insn) ||
                 sim_bind_tile(&insn) || sim_bind_dma(&insn);
    if (!bound)
      FAIL_TEST("%s is not executed", isa_insn((IsaOp)i)->mnemonic);
  }
}
