// Sequences that make constants, executed.
#include "target/internal.h"
#include "tests/harness/harness.h"

static int64_t execute(const ConstantStep *steps, unsigned count) {
  int64_t x = 0;
  for (unsigned i = 0; i < count; i++) {
    int64_t imm = steps[i].imm;
    switch (steps[i].op) {
    case ISA_LUI:
      x = sign_extend(imm << 12, 32);
      break;
    case ISA_ADDI:
      x = (int64_t)((uint64_t)x + (uint64_t)imm);
      break;
    case ISA_ADDIW:
      x = sign_extend((int64_t)((uint64_t)x + (uint64_t)imm), 32);
      break;
    case ISA_SLLI:
      x = (int64_t)((uint64_t)x << imm);
      break;
    case ISA_SRLI:
      x = (int64_t)((uint64_t)x >> imm);
      break;
    case ISA_SLLI_UW:
      x = (int64_t)((uint64_t)(uint32_t)x << imm);
      break;
    case ISA_SH1ADD:
      x = (int64_t)((uint64_t)x * 3);
      break;
    case ISA_SH2ADD:
      x = (int64_t)((uint64_t)x * 5);
      break;
    case ISA_SH3ADD:
      x = (int64_t)((uint64_t)x * 9);
      break;
    case ISA_RORI:
      x = (int64_t)((uint64_t)x >> imm | (uint64_t)x << (64 - imm));
      break;
    case ISA_BCLRI:
      x = (int64_t)((uint64_t)x & ~(UINT64_C(1) << imm));
      break;
    case ISA_BSETI:
      x = (int64_t)((uint64_t)x | UINT64_C(1) << imm);
      break;
    default:
      FAIL_TEST("an unexpected instruction: %s", isa_insn((IsaOp)steps[i].op)->mnemonic);
    }
    IsaOperandKind kind = steps[i].op == ISA_LUI ? ISA_OPERAND_UPPER20 : ISA_OPERAND_IMM12;
    if (steps[i].op == ISA_LUI || steps[i].op == ISA_ADDI || steps[i].op == ISA_ADDIW)
      CHECK(isa_operand_fits(kind, imm));
  }
  return x;
}

static void check(int64_t value) {
  ConstantStep steps[CONSTANT_STEPS];
  for (int single_bits = 0; single_bits < 2; single_bits++) {
    IsaExtensions extensions = single_bits ? ISA_ALL_EXTENSIONS : ISA_EXTENSION_BIT(ISA_EXT_I);
    unsigned count = constant_steps(extensions, value, steps);
    CHECK(count >= 1 && count <= CONSTANT_STEPS);
    CHECK_INT_EQ(execute(steps, count), value);
  }
}

TEST(Constant, MakesTheValue) {
  for (unsigned a = 0; a < 64; a++)
    for (unsigned b = 0; b < 64; b++)
      for (int d = -2; d <= 2; d++) {
        uint64_t bits = (UINT64_C(1) << a) + (UINT64_C(1) << b) + (uint64_t)d;
        check((int64_t)bits);
        check((int64_t)~bits);
        check((int64_t)((UINT64_C(1) << a) - (UINT64_C(1) << b) + (uint64_t)d));
      }
  uint64_t x = 88172645463325252;
  for (int i = 0; i < 20000; i++) {
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    check((int64_t)(x >> (i % 64)));
    check((int64_t)x >> (i % 64));
  }
}

TEST(Constant, IsShort) {
  static const struct {
    int64_t value;
    unsigned steps;
  } rows[] = {{0, 1},
              {-1, 1},
              {2047, 1},
              {2048, 2},
              {0x12345000, 1},
              {0x7fffffff, 2},
              {0xffffffff, 2},
              {INT64_MIN, 1},
              {INT64_MAX, 2},
              {0x100000000, 1},
              {0x91a2b789, 3},
              {0x91a2b78900, 3},
              {0x7ffffffffffffff5, 2},
              {-257, 1},
              {(int64_t)0xfffffffffff0ffff, 2},
              {(int64_t)0xfffff7ff00000000, 2},
              {3 * INT64_C(0x7edcba98), 3},
              {9 * INT64_C(0x7edcb000), 2},
              {0x812345678, 3}};
  ConstantStep steps[CONSTANT_STEPS];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    harness_context("%llx", (unsigned long long)rows[i].value);
    CHECK(constant_steps(ISA_ALL_EXTENSIONS, rows[i].value, steps) <= rows[i].steps);
  }
}
