// Compressing words does what compressing operands does.
#include "asm/internal.h"
#include "tests/harness/harness.h"

enum { WORDS = 4000 };

// A word of the row with much of what compressed instructions want: small numbers of either sign, equal
// registers, sp, x0.
static uint32_t random_word(uint64_t *seed, IsaOp op, unsigned number) {
  *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
  uint32_t word = (uint32_t)(*seed >> 32);
  if (number & 1)
    word &= UINT32_C(0x00ffffff);
  if (number & 2)
    word |= UINT32_C(0xfe000000);
  if (number & 4)
    word = (word & ~(UINT32_C(31) << 7)) | (word >> 15 & 31) << 7;
  if (number & 8)
    word = (word & ~(UINT32_C(31) << 15)) | UINT32_C(2) << 15;
  if (number & 16)
    word &= ~(UINT32_C(31) << 20);
  if (number & 32)
    word &= ~(UINT32_C(31) << 7);
  if ((number & 0xc0) == 0xc0)
    word = (word & ~(UINT32_C(31) << 7)) | (word >> 20 & 31) << 7;
  return (word & ~isa_insn(op)->mask) | isa_insn(op)->match;
}

static bool is_valid(IsaOp op, uint32_t word) {
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++)
    if (!isa_word_operand_valid(word, (IsaOperandKind)format->operands[i]))
      return false;
  return true;
}

// Returns how many of the row's words have a compressed one.
static unsigned compare_row(Assembler *assembler, IsaOp op, uint64_t *seed) {
  unsigned count = 0;
  for (unsigned number = 0; number < WORDS; number++) {
    uint32_t word = random_word(seed, op, number);
    if (!is_valid(op, word))
      continue;
    int64_t values[ISA_MAX_OPERANDS];
    int64_t compressed[ISA_MAX_OPERANDS];
    isa_extract_operands(op, word, values);
    IsaOp expected = isa_compress(op, values, assembler->extensions, compressed);
    uint32_t expected_word = expected == ISA_INVALID ? word : isa_encode(expected, compressed);
    IsaOp got = compress(assembler, op, &word);
    CHECK_UINT_EQ(got, expected == ISA_INVALID ? op : expected);
    CHECK_UINT_EQ(word, expected_word);
    count += expected != ISA_INVALID;
  }
  return count;
}

TEST(Compress, AgreesWithTheTables) {
  Assembler assembler = {0};
  const IsaExtensions sets[] = {ISA_ALL_EXTENSIONS, ISA_EXTENSION_BIT(ISA_EXT_ZCA),
                                isa_add_implied(ISA_EXTENSION_BIT(ISA_EXT_C) | ISA_EXTENSION_BIT(ISA_EXT_D))};
  uint64_t seed = 1;
  compressor_start(&assembler);
  for (size_t set = 0; set < sizeof sets / sizeof *sets; set++) {
    unsigned count = 0;
    assembler.extensions = sets[set];
    assembler.generation++;
    for (IsaOp op = 0; op < ISA_OP_COUNT; op++)
      if (isa_length(isa_insn(op)->match) == 4)
        count += compare_row(&assembler, op, &seed);
    CHECK(count > 1000);
  }
  arena_free(&assembler.arena);
}
