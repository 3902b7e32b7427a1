#include "isa/isa.h"

#include "tests/harness/harness.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static uint32_t operand_bits(IsaOperandKind kind) {
  uint32_t bits = 0;
  for (const IsaPiece *piece = isa_operand(kind)->pieces; piece->width; piece++)
    bits |= ((UINT32_C(1) << piece->width) - 1) << piece->at;
  return bits;
}

static bool compressed(IsaOp op) {
  return isa_length(isa_insn(op)->match) == 2;
}

static bool ours(IsaOp op) {
  return isa_insn(op)->extension == ISA_EXT_XKILNTILE || isa_insn(op)->extension == ISA_EXT_XKILNDMA;
}

// A small generator of its own, so that failures can be repeated.
static uint32_t next_random(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*state >> 32);
}

// Random values that fit, for each operand of the row.
static void random_operands(uint64_t *state, IsaOp op, int64_t *values) {
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++) {
    IsaOperandKind kind = (IsaOperandKind)format->operands[i];
    do
      values[i] = isa_operand_extract(next_random(state), kind);
    while (!isa_operand_fits(kind, values[i]));
  }
}

TEST(IsaRows, UseEachBitOnce) {
  for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
    const IsaInsnInfo *insn = isa_insn((IsaOp)op);
    const IsaFormatInfo *format = isa_insn_format((IsaOp)op);
    harness_context("%s", insn->mnemonic);
    CHECK_UINT_EQ(insn->match & ~insn->mask, 0);
    uint32_t all = insn->mask;
    for (unsigned i = 0; i < format->operand_count; i++) {
      uint32_t bits = operand_bits((IsaOperandKind)format->operands[i]);
      CHECK_UINT_EQ(all & bits, 0);
      all |= bits;
    }
    CHECK_UINT_EQ(all, compressed((IsaOp)op) ? UINT32_C(0xffff) : UINT32_MAX);
  }
}

TEST(IsaRows, SyntaxNamesEveryOperandThatIsWritten) {
  for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
    const IsaFormatInfo *format = isa_insn_format((IsaOp)op);
    harness_context("%s", isa_insn((IsaOp)op)->mnemonic);
    for (unsigned i = 0; i < format->operand_count; i++)
      CHECK(strchr(format->syntax, (char)('0' + i)) != NULL);
    for (const char *at = format->syntax; *at; at++)
      CHECK(*at < '0' || *at > '9' || *at < (char)('0' + format->operand_count));
  }
}

// Two rows may share words only when one is a special case of the other.
TEST(IsaRows, OverlapOnlyWhereOneIsMoreSpecific) {
  for (unsigned a = 0; a < ISA_OP_COUNT; a++) {
    for (unsigned b = a + 1; b < ISA_OP_COUNT; b++) {
      const IsaInsnInfo *left = isa_insn((IsaOp)a);
      const IsaInsnInfo *right = isa_insn((IsaOp)b);
      if (compressed((IsaOp)a) != compressed((IsaOp)b) ||
          (left->match ^ right->match) & left->mask & right->mask)
        continue;
      harness_context("%s and %s", left->mnemonic, right->mnemonic);
      CHECK(left->mask != right->mask);
      CHECK((left->mask & right->mask) == left->mask || (left->mask & right->mask) == right->mask);
      CHECK(!ours((IsaOp)a) && !ours((IsaOp)b));
    }
  }
}

TEST(IsaRows, DecodeFromTheirOwnEncoding) {
  IsaDecoder decoder;
  isa_decoder_start(&decoder, ISA_ALL_EXTENSIONS);
  uint64_t state = 1;
  for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
    const IsaInsnInfo *insn = isa_insn((IsaOp)op);
    for (unsigned round = 0; round < 50; round++) {
      int64_t values[ISA_MAX_OPERANDS] = {0};
      int64_t back[ISA_MAX_OPERANDS] = {0};
      random_operands(&state, (IsaOp)op, values);
      uint32_t word = isa_encode((IsaOp)op, values);
      harness_context("%s %08" PRIx32, insn->mnemonic, word);
      IsaOp found = isa_decode(&decoder, word);
      REQUIRE(found != ISA_INVALID);
      if (found != op) // a special case with a row of its own
        CHECK((isa_insn(found)->mask & insn->mask) == insn->mask && isa_insn(found)->mask != insn->mask);
      isa_extract_operands((IsaOp)op, word, back);
      for (unsigned i = 0; i < isa_insn_format((IsaOp)op)->operand_count; i++)
        CHECK_INT_EQ(back[i], values[i]);
      CHECK_UINT_EQ(isa_encode((IsaOp)op, back), word);
    }
  }
  isa_decoder_free(&decoder);
}

TEST(IsaRows, BelongToTheirExtension) {
  IsaDecoder decoder;
  isa_decoder_start(&decoder, ISA_EXTENSION_BIT(ISA_EXT_I) | ISA_EXTENSION_BIT(ISA_EXT_M));
  CHECK_INT_EQ(isa_decode(&decoder, 0x00c58533), ISA_ADD);
  CHECK_INT_EQ(isa_decode(&decoder, 0x02c58533), ISA_MUL);
  CHECK_INT_EQ(isa_decode(&decoder, 0x00c5f553), ISA_INVALID); // fadd.s
  CHECK_INT_EQ(isa_decode(&decoder, 0x00000001), ISA_INVALID); // c.nop
  CHECK_INT_EQ(isa_decode(&decoder, 0x00c5850b), ISA_INVALID); // kt.mopa.ss
  isa_decoder_free(&decoder);
}

TEST(IsaRows, RefuseReservedOperands) {
  IsaDecoder decoder;
  isa_decoder_start(&decoder, ISA_ALL_EXTENSIONS);
  uint32_t mopa = isa_insn(ISA_KT_MOPA_SS)->match;
  for (uint32_t shape = 0; shape < 16; shape++)
    CHECK_INT_EQ(isa_decode(&decoder, mopa | shape << 28),
                 shape >> 2 == 3 || (shape & 3) == 3 ? ISA_INVALID : ISA_KT_MOPA_SS);
  for (uint32_t count = 0; count < 32; count++)
    CHECK_INT_EQ(isa_decode(&decoder, isa_insn(ISA_KT_ZERO)->match | count << 15),
                 count > 4 ? ISA_INVALID : ISA_KT_ZERO);
  for (uint32_t mode = 0; mode < 8; mode++)
    CHECK_INT_EQ(isa_decode(&decoder, 0x00c58553 | mode << 12),
                 mode == 5 || mode == 6 ? ISA_INVALID : ISA_FADD_S);
  isa_decoder_free(&decoder);
}

// Every field value of every kind comes back, and the values that fit are those the range promises.
TEST(IsaOperands, GoInAndOut) {
  for (unsigned kind = 0; kind < ISA_OPERAND_COUNT; kind++) {
    const IsaOperandInfo *operand = isa_operand((IsaOperandKind)kind);
    harness_context("%s", operand->name);
    int64_t smallest;
    int64_t largest;
    int64_t multiple;
    isa_operand_range((IsaOperandKind)kind, &smallest, &largest, &multiple);
    uint32_t bits = operand_bits((IsaOperandKind)kind);
    uint32_t word = 0;
    uint64_t fitting = 0;
    do {
      if (isa_word_operand_valid(word, (IsaOperandKind)kind)) {
        int64_t value = isa_operand_extract(word, (IsaOperandKind)kind);
        CHECK(isa_operand_fits((IsaOperandKind)kind, value));
        CHECK_UINT_EQ(isa_operand_insert(0, (IsaOperandKind)kind, value), word);
        CHECK_UINT_EQ(isa_operand_insert(UINT32_MAX, (IsaOperandKind)kind, value), word | ~bits);
        CHECK(value >= smallest && value <= largest && value % multiple == 0);
        fitting++;
      }
      word = (word - bits) & bits;
    } while (word);
    uint64_t counted = 0;
    for (int64_t value = smallest; value <= largest; value++)
      counted += isa_operand_fits((IsaOperandKind)kind, value);
    CHECK_UINT_EQ(counted, fitting);
    CHECK(!isa_operand_fits((IsaOperandKind)kind, smallest - multiple));
    CHECK(!isa_operand_fits((IsaOperandKind)kind, largest + multiple));
    CHECK(!isa_operand_fits((IsaOperandKind)kind, INT64_MIN) &&
          !isa_operand_fits((IsaOperandKind)kind, INT64_MAX));
  }
}

static void check_bindings(const IsaBinding *bindings, IsaOp op, unsigned written) {
  uint32_t seen = 0;
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++) {
    if (bindings[i].written) {
      REQUIRE(bindings[i].value >= 0 && bindings[i].value < written);
      seen |= UINT32_C(1) << bindings[i].value;
    } else {
      CHECK(isa_operand_fits((IsaOperandKind)format->operands[i], bindings[i].value));
    }
  }
  CHECK_UINT_EQ(seen, (UINT32_C(1) << written) - 1);
}

TEST(IsaAliases, AreWellFormed) {
  bool seen[ISA_OP_COUNT] = {false};
  for (size_t i = 0; i < isa_alias_count(); i++) {
    const IsaAliasInfo *alias = isa_alias(i);
    harness_context("row %zu: %s for %s", i, alias->mnemonic, isa_insn((IsaOp)alias->op)->mnemonic);
    check_bindings(alias->bindings, (IsaOp)alias->op, alias->operand_count);
    // The rows of one instruction stand together.
    CHECK(!seen[alias->op] || isa_alias(i - 1)->op == alias->op);
    seen[alias->op] = true;
  }
}

// What an alias writes is printed by it or by an earlier row.
TEST(IsaAliases, PrintWhatTheyStandFor) {
  uint64_t state = 7;
  for (size_t i = 0; i < isa_alias_count(); i++) {
    const IsaAliasInfo *alias = isa_alias(i);
    const IsaFormatInfo *format = isa_insn_format((IsaOp)alias->op);
    for (unsigned round = 0; round < 20; round++) {
      int64_t written[ISA_MAX_OPERANDS] = {0};
      int64_t values[ISA_MAX_OPERANDS];
      for (unsigned k = 0; k < alias->operand_count; k++)
        do
          written[k] = isa_operand_extract(next_random(&state), (IsaOperandKind)alias->operands[k]);
        while (!isa_operand_fits((IsaOperandKind)alias->operands[k], written[k]));
      bool fits = true;
      for (unsigned k = 0; k < format->operand_count; k++) {
        values[k] = alias->bindings[k].written ? written[alias->bindings[k].value] : alias->bindings[k].value;
        fits = fits && isa_operand_fits((IsaOperandKind)format->operands[k], values[k]);
      }
      harness_context("row %zu: %s", i, alias->mnemonic);
      REQUIRE(fits);
      const IsaAliasInfo *found = isa_alias_match((IsaOp)alias->op, values);
      if (!alias->input_only)
        CHECK(found && !found->input_only && found <= alias);
    }
  }
}

TEST(IsaCompressed, ExpandAndComeBack) {
  IsaDecoder decoder;
  isa_decoder_start(&decoder, ISA_ALL_EXTENSIONS);
  unsigned count = 0;
  unsigned hints = 0;
  for (uint32_t word = 0; word < 0x10000; word++) {
    if ((word & 3) == 3)
      continue;
    IsaOp op = isa_decode(&decoder, word);
    if (op == ISA_INVALID)
      continue;
    harness_context("%04" PRIx32, word);
    int64_t values[ISA_MAX_OPERANDS] = {0};
    int64_t short_values[ISA_MAX_OPERANDS] = {0};
    isa_extract_operands(op, word, values);
    CHECK_UINT_EQ(isa_encode(op, values), word);
    IsaOp full = isa_expand(op, values);
    REQUIRE(isa_length(isa_insn(full)->match) == 4);
    uint32_t full_word = isa_encode(full, values);
    CHECK_INT_EQ(isa_decode(&decoder, full_word), full);
    IsaOp shorter = isa_compress(full, values, ISA_ALL_EXTENSIONS, short_values);
    if (shorter == ISA_INVALID) {
      hints++;
      continue;
    }
    CHECK_INT_EQ(isa_expand(shorter, short_values), full);
    CHECK_UINT_EQ(isa_encode(full, short_values), full_word);
    int64_t none[ISA_MAX_OPERANDS];
    CHECK_INT_EQ(isa_compress(full, values, ISA_EXTENSION_BIT(ISA_EXT_I), none), ISA_INVALID);
    count++;
  }
  CHECK_UINT_EQ(count, 47389);
  CHECK_UINT_EQ(hints, 363);
  isa_decoder_free(&decoder);
}

TEST(IsaNames, Registers) {
  static const IsaOperandClass classes[] = {ISA_CLASS_GPR, ISA_CLASS_FPR, ISA_CLASS_VR, ISA_CLASS_ACC};
  static const char *const letters[] = {"x", "f", "v", "acc"};
  for (size_t c = 0; c < sizeof classes / sizeof classes[0]; c++) {
    for (unsigned number = 0; number < 32; number++) {
      const char *name = isa_register_name(classes[c], number);
      REQUIRE(name != NULL);
      harness_context("%s", name);
      CHECK_INT_EQ(isa_register_find(classes[c], name, strlen(name)), number);
      Text other = {0};
      text_format(&other, "%s%u", letters[c], number);
      CHECK_INT_EQ(isa_register_find(classes[c], other.data, other.count), number);
      CHECK_INT_EQ(isa_register_find(classes[c], other.data, other.count - 1),
                   number < 10 ? -1 : (int)number / 10);
      text_free(&other);
    }
    CHECK(isa_register_name(classes[c], 32) == NULL);
    CHECK_INT_EQ(isa_register_find(classes[c], "", 0), -1);
    CHECK_INT_EQ(isa_register_find(classes[c], "x32", 3), -1);
  }
  CHECK_STR_EQ(isa_register_name(ISA_CLASS_GPR, 8), "s0");
  CHECK_INT_EQ(isa_register_find(ISA_CLASS_GPR, "fp", 2), 8);
  CHECK_INT_EQ(isa_register_find(ISA_CLASS_GPR, "fa0", 3), -1);
  CHECK_INT_EQ(isa_register_find(ISA_CLASS_FPR, "ft11", 4), 31);
  CHECK(isa_register_name(ISA_CLASS_SIGNED, 0) == NULL);
}

TEST(IsaNames, Csrs) {
  CHECK_STR_EQ(isa_csr_name(0x300), "mstatus");
  CHECK_STR_EQ(isa_csr_name(0x001), "fflags");
  CHECK_STR_EQ(isa_csr_name(0xfb0), "mtopi");
  CHECK(isa_csr_name(0) == NULL && isa_csr_name(0xfff) == NULL);
  unsigned count = 0;
  for (unsigned number = 0; number < 4096; number++) {
    const char *name = isa_csr_name(number);
    if (name)
      CHECK_INT_EQ(isa_csr_find(name, strlen(name)), number);
    count += name != NULL;
  }
  CHECK(count > 200);
  CHECK_INT_EQ(isa_csr_find("mstatu", 6), -1);
  CHECK_INT_EQ(isa_csr_find("", 0), -1);
}

TEST(IsaNames, Relocations) {
  CHECK_STR_EQ(isa_relocation_name(16), "R_RISCV_BRANCH");
  CHECK_INT_EQ(isa_relocation_find("R_RISCV_RELAX"), 51);
  CHECK(isa_relocation_name(15) == NULL);
  CHECK_INT_EQ(isa_relocation_find("R_RISCV"), -1);
}

TEST(IsaNames, UnitsAndRounding) {
  for (unsigned unit = 0; unit < ISA_UNIT_COUNT; unit++)
    CHECK(isa_unit_name((IsaUnit)unit) != NULL);
  CHECK_STR_EQ(isa_rounding_name(7), "dyn");
  CHECK(isa_rounding_name(5) == NULL && isa_rounding_name(8) == NULL);
}

static void check_print(uint32_t word, const IsaPrinter *printer, const char *expected) {
  IsaDecoder decoder;
  isa_decoder_start(&decoder, ISA_ALL_EXTENSIONS);
  IsaOp op = isa_decode(&decoder, word);
  REQUIRE(op != ISA_INVALID);
  int64_t values[ISA_MAX_OPERANDS];
  isa_extract_operands(op, word, values);
  Text out = {0};
  isa_print(&out, op, values, printer);
  CHECK_STR_EQ(text_string(&out), expected);
  text_free(&out);
  isa_decoder_free(&decoder);
}

static bool print_target(void *context, Text *out, IsaOp op, IsaOperandKind kind, int64_t value) {
  (void)op;
  if (isa_operand(kind)->operand_class != ISA_CLASS_PCREL)
    return false;
  text_format(out, "%s+%" PRId64, (const char *)context, value);
  return true;
}

TEST(IsaPrint, TheTileAndDmaInstructions) {
  check_print(0x5022850b, NULL, "kt.mopa.ss.2x2\tacc10, v5, v2");
  check_print(0xa821c38b | 0x4000, NULL, "kt.mopa.hf.4x4.z\tacc7, v3, v2");
  check_print(0x0000700b, NULL, "kt.zero\tacc0, 1");
  check_print(0x0002788b, NULL, "kt.zero\tacc17, 16");
  check_print(0x0247770b, NULL, "kt.bias.r\tacc14, v14, 16");
  check_print(0x6000002b | 10 << 15 | 11 << 20, NULL, "kt.drain.2x4\tacc0, (a0), a1");
  check_print(0x0400102b | 3 << 7 | 5 << 15 | 8 << 20, NULL, "kt.put\tacc3, v8, t0");
  check_print(0x0000102b | 8 << 7 | 5 << 15 | 3 << 20, NULL, "kt.get\tv8, acc3, t0");
  check_print(0x8000402b | 3 << 25 | 2 << 28 | 4 << 15 | 6 << 20, NULL,
              "kt.mdw.ss\tacc0, 0x3, v4, v6, 0x2, 2");
  check_print(0x0600005b | 10 << 7, NULL, "kd.start\ta0");
  check_print(0x0000105b | 3 << 25 | 10 << 15 | 11 << 20 | 12 << 27, NULL, "kd.dim\t0x3, a0, a1, a2");
}

TEST(IsaPrint, AsThePrinterSays) {
  IsaPrinter decimal = {.decimal = true};
  IsaPrinter plain = {.no_aliases = true};
  char label[] = "here";
  IsaPrinter targets = {.context = label, .print_operand = print_target};
  check_print(0xff010113, NULL, "addi\tsp, sp, -0x10");
  check_print(0xff010113, &decimal, "addi\tsp, sp, -16");
  check_print(0x1141, NULL, "addi\tsp, sp, -0x10");
  check_print(0x1141, &plain, "c.addi\tsp, -0x10");
  check_print(0x00008067, NULL, "ret");
  check_print(0x00008067, &plain, "jalr\tzero, 0x0(ra)");
  check_print(0x0080006f, &targets, "j\there+8");
  check_print(0x0080006f, &decimal, "j\t8");
  check_print(0x002a30d7, NULL, "vadd.vi\tv1, v2, -0xc, v0.t");
  check_print(0x0d05f557, NULL, "vsetvli\ta0, a1, e32, m1, ta, ma");
}

static void check_arch(const char *text, const char *expected) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  IsaExtensions set;
  harness_context("%s", text);
  REQUIRE(isa_arch_parse(&set, text, (Place){0}, &diagnostics));
  Text out = {0};
  isa_arch_format(&out, set);
  CHECK_STR_EQ(text_string(&out), expected);
  // What was written can be read.
  IsaExtensions again;
  CHECK(isa_arch_parse(&again, text_string(&out), (Place){0}, &diagnostics));
  CHECK_UINT_EQ(again, set);
  text_free(&out);
  diagnostics_free(&diagnostics);
}

TEST(IsaArch, ReadsAndWrites) {
  check_arch("rv64i", "rv64i2p1");
  check_arch("rv64i2p0", "rv64i2p1");
  check_arch("rv64im", "rv64i2p1_m2p0_zmmul1p0");
  check_arch("rv64id", "rv64i2p1_f2p2_d2p2_zicsr2p0");
  check_arch("rv64gc", "rv64i2p1_m2p0_a2p1_f2p2_d2p2_c2p0_zicsr2p0_zifencei2p0_zmmul1p0_zaamo1p0_zalrsc1p0_"
                       "zca1p0_zcd1p0");
  check_arch("rv64i_zba_zbb_zbs", "rv64i2p1_zba1p0_zbb1p0_zbs1p0");
  check_arch("rv64ib", "rv64i2p1_zba1p0_zbb1p0_zbs1p0");
  check_arch("rv64i2p1_m2p0_xkilndma1p0", "rv64i2p1_m2p0_zmmul1p0_xkilndma1p0");
  check_arch("rv64i_zvl512b1p0", "rv64i2p1_zvl128b1p0_zvl256b1p0_zvl32b1p0_zvl512b1p0_zvl64b1p0");
  check_arch("rv64i_zbc_zfa_zcb", "rv64i2p1_f2p2_zicsr2p0_zfa1p0_zca1p0_zcb1p0_zbc1p0");
  check_arch("rv64i_zvbb", "rv64i2p1_zicsr2p0_zvbb1p0_zve32x1p0_zvkb1p0_zvl32b1p0");
  check_arch("rv64iv", "rv64i2p1_f2p2_d2p2_v1p0_zicsr2p0_zve32f1p0_zve32x1p0_zve64d1p0_zve64f1p0_zve64x1p0_"
                       "zvl128b1p0_zvl32b1p0_zvl64b1p0");
}

// What clang writes for the K1's extensions: the letter b stands for zba, zbb and zbs together.
TEST(IsaArch, ReadsWhatClangWrites) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Machine machine;
  REQUIRE(machine_find(&machine, "k1", &diagnostics));
  IsaExtensions set;
  CHECK(isa_arch_parse(
      &set,
      "rv64i2p1_m2p0_a2p1_f2p2_d2p2_c2p0_b1p0_v1p0_zicond1p0_zicsr2p0_zifencei2p0_zmmul1p0_"
      "zaamo1p0_zalrsc1p0_zfbfmin1p0_zfh1p0_zfhmin1p0_zca1p0_zcd1p0_zba1p0_zbb1p0_zbs1p0_zve32f1p0_"
      "zve32x1p0_zve64d1p0_zve64f1p0_zve64x1p0_zvfbfmin1p0_zvfbfwma1p0_zvfh1p0_zvfhmin1p0_zvl128b1p0_"
      "zvl256b1p0_zvl32b1p0_zvl512b1p0_zvl64b1p0",
      (Place){0}, &diagnostics));
  CHECK_UINT_EQ(set | ISA_EXTENSION_BIT(ISA_EXT_XKILNTILE) | ISA_EXTENSION_BIT(ISA_EXT_XKILNDMA),
                isa_machine_extensions(&machine));
  diagnostics_free(&diagnostics);
}

static void check_bad_arch(const char *text, const char *message) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  IsaExtensions set;
  CHECK(!isa_arch_parse(&set, text, (Place){0}, &diagnostics));
  CHECK_UINT_EQ(diagnostics.errors, 1);
  CHECK_CONTAINS(text_string(&diagnostics.rendered), message);
  diagnostics_free(&diagnostics);
}

TEST(IsaArch, RefusesWhatItDoesNotKnow) {
  check_bad_arch("", "expected 'rv64'");
  check_bad_arch("rv32imac", "expected 'rv64'");
  check_bad_arch("rv64", "expected 'i' or 'g'");
  check_bad_arch("rv64mi", "expected 'i' or 'g'");
  check_bad_arch("rv64iy", "unknown extension 'y'");
  check_bad_arch("rv64i_zfoo1p0", "unknown extension 'zfoo'");
  check_bad_arch("rv64i_xkiln", "unknown extension 'xkiln'");
  check_bad_arch("rv64i__m", "expected an extension");
  check_bad_arch("rv64i_", "expected an extension");
  check_bad_arch("rv64iM", "unknown extension 'M'");
}

static IsaExtension missing(IsaOp op, const char *arch) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  IsaExtensions set;
  CHECK(isa_arch_parse(&set, arch, (Place){0}, &diagnostics));
  diagnostics_free(&diagnostics);
  return isa_missing_extension(op, set);
}

TEST(IsaArch, NamesWhatAnInstructionLacks) {
  CHECK_INT_EQ(missing(ISA_MUL, "rv64i"), ISA_EXT_M);
  CHECK_INT_EQ(missing(ISA_MUL, "rv64i_zmmul"), ISA_EXTENSION_COUNT);
  CHECK_INT_EQ(missing(ISA_DIV, "rv64i_zmmul"), ISA_EXT_M);
  CHECK_INT_EQ(missing(ISA_LR_W, "rv64i_zalrsc"), ISA_EXTENSION_COUNT);
  CHECK_INT_EQ(missing(ISA_LR_W, "rv64i_zaamo"), ISA_EXT_A);
  CHECK_INT_EQ(missing(ISA_FLH, "rv64i_zfbfmin"), ISA_EXTENSION_COUNT);
  CHECK_INT_EQ(missing(ISA_FCVT_H_S, "rv64i_zfbfmin"), ISA_EXT_ZFH);
  CHECK_INT_EQ(missing(ISA_FCVT_D_H, "rv64if_zfhmin"), ISA_EXT_D);
  CHECK_INT_EQ(missing(ISA_C_LI, "rv64i_zca"), ISA_EXTENSION_COUNT);
  CHECK_INT_EQ(missing(ISA_C_MUL, "rv64i_zcb"), ISA_EXT_ZMMUL);
  CHECK_INT_EQ(missing(ISA_C_SEXT_B, "rv64i_zcb_zbb"), ISA_EXTENSION_COUNT);
  CHECK_INT_EQ(missing(ISA_C_SEXT_B, "rv64ic_zbb"), ISA_EXT_ZCB);
  CHECK_INT_EQ(missing(ISA_FLI_H, "rv64i_zfa"), ISA_EXT_ZFH);
  CHECK_INT_EQ(missing(ISA_FLI_D, "rv64id_zfa"), ISA_EXTENSION_COUNT);
  CHECK_INT_EQ(missing(ISA_VROL_VV, "rv64i_zvbb"), ISA_EXTENSION_COUNT);
  CHECK_INT_EQ(missing(ISA_VCLZ_V, "rv64i_zvkb"), ISA_EXT_ZVBB);
}

TEST(IsaNames, FloatConstants) {
  for (unsigned number = 0; number < 32; number++) {
    const char *text = isa_float_constant_text(number);
    REQUIRE(text != NULL);
    harness_context("%s", text);
    CHECK_INT_EQ(isa_float_constant_find(text, strlen(text)), number);
  }
  CHECK(isa_float_constant_text(32) == NULL);
  CHECK_INT_EQ(isa_float_constant_find("0x1p-16", 7), 2);
  CHECK_INT_EQ(isa_float_constant_find("-1", 2), 0);
  CHECK_INT_EQ(isa_float_constant_find("6.25e-2", 7), 6);
  CHECK_INT_EQ(isa_float_constant_find("INF", 3), 30);
  CHECK_INT_EQ(isa_float_constant_find("0.3", 3), -1);
  CHECK_INT_EQ(isa_float_constant_find("-0.5", 4), -1);
  CHECK_INT_EQ(isa_float_constant_find("", 0), -1);
  CHECK_INT_EQ(isa_float_constant_find("1.0x", 4), -1);
}

TEST(IsaArch, OfTheMachines) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Machine k1;
  Machine k0;
  REQUIRE(machine_find(&k1, "k1", &diagnostics) && machine_find(&k0, "k0", &diagnostics));
  IsaExtensions large = isa_machine_extensions(&k1);
  IsaExtensions small = isa_machine_extensions(&k0);
  CHECK(large & ISA_EXTENSION_BIT(ISA_EXT_ZVL512B));
  CHECK(!(large & ISA_EXTENSION_BIT(ISA_EXT_ZVL1024B)));
  CHECK(small & ISA_EXTENSION_BIT(ISA_EXT_ZVL128B));
  CHECK(!(small & ISA_EXTENSION_BIT(ISA_EXT_ZVL256B)));
  CHECK(!(large & (ISA_EXTENSION_BIT(ISA_EXT_ZBC) | ISA_EXTENSION_BIT(ISA_EXT_ZVKB))));
  CHECK_UINT_EQ(isa_add_implied(large), large);
  CHECK_UINT_EQ(isa_add_implied(small), small);
  diagnostics_free(&diagnostics);
}

TEST(IsaVector, ElementWidthsAndFields) {
  CHECK_UINT_EQ(isa_vector_eew(ISA_VLE8_V), 8);
  CHECK_UINT_EQ(isa_vector_eew(ISA_VSSE16_V), 16);
  CHECK_UINT_EQ(isa_vector_eew(ISA_VLUXEI32_V), 32);
  CHECK_UINT_EQ(isa_vector_eew(ISA_VLSEG5E64_V), 64);
  CHECK_UINT_EQ(isa_vector_fields(ISA_VLSEG5E64_V), 5);
  CHECK_UINT_EQ(isa_vector_fields(ISA_VS8R_V), 8);
  CHECK_UINT_EQ(isa_vector_fields(ISA_VMV4R_V), 4);
  CHECK_UINT_EQ(isa_vector_fields(ISA_VLE8_V), 1);
}

static bool has_kind(IsaOp op, IsaOperandKind kind) {
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++)
    if (format->operands[i] == kind)
      return true;
  return false;
}

static bool has_flag(IsaOp op, uint32_t flag) {
  return (isa_insn(op)->flags & flag) != 0;
}

// Opcodes of the vector instructions.
enum { OPCODE_LOAD_FP = 0x07, OPCODE_STORE_FP = 0x27, OPCODE_V = 0x57 };

static void check_vector_memory(IsaOp op, const IsaInsnInfo *insn) {
  unsigned mop = insn->match >> 26 & 3;
  unsigned unit_mode = insn->match >> 20 & 31;
  bool load = (insn->match & 0x7f) == OPCODE_LOAD_FP;
  bool whole = mop == 0 && unit_mode == 8;
  bool mask = mop == 0 && unit_mode == 11;
  CHECK_INT_EQ(insn->sched, load ? ISA_SCHED_VLOAD : ISA_SCHED_VSTORE);
  CHECK(has_flag(op, load ? ISA_LOAD : ISA_STORE) && !has_flag(op, load ? ISA_STORE : ISA_LOAD));
  CHECK(has_flag(op, ISA_WHOLE) == whole);
  CHECK(has_flag(op, ISA_VECTOR) == !whole);
  CHECK(has_flag(op, ISA_INDEXED) == (mop == 1 || mop == 3));
  CHECK(has_flag(op, ISA_STRIDED) == (mop == 2));
  CHECK(has_flag(op, ISA_FAULT_FIRST) == (mop == 0 && unit_mode == 16));
  CHECK(has_flag(op, ISA_SEGMENT) == (!whole && isa_vector_fields(op) > 1));
  CHECK(has_flag(op, load ? ISA_MASK_D : ISA_MASK_S) == mask);
  CHECK(has_kind(op, ISA_OPERAND_VM) == (!whole && !mask));
}

static void check_vector_arithmetic(IsaOp op, const IsaInsnInfo *insn) {
  const char *dot = strchr(insn->mnemonic, '.');
  if (!dot || strncmp(insn->mnemonic, "vset", 4) == 0)
    return;
  CHECK(has_flag(op, ISA_USES_V0) == has_kind(op, ISA_OPERAND_V0));
  // A suffix that begins with w, or a conversion from w, has a wide vs2.
  bool wide_2 = dot[1] == 'w' || strcmp(dot + strlen(dot) - 2, ".w") == 0;
  CHECK(has_flag(op, ISA_WIDE_2) == wide_2);
  bool wide_d = insn->mnemonic[1] == 'w' || strncmp(insn->mnemonic, "vfw", 3) == 0;
  CHECK(has_flag(op, ISA_WIDE_D) == wide_d);
  bool reduction = strcmp(dot, ".vs") == 0;
  CHECK(has_flag(op, ISA_SCALAR_1) == reduction);
  CHECK((insn->sched == ISA_SCHED_VRED) == reduction);
  CHECK(has_flag(op, ISA_WIDE_1) == (reduction && wide_d));
}

// The flags are what others read instead of the encoding: they must say the same.
TEST(IsaRows, FlagsAgreeWithTheEncoding) {
  unsigned memory = 0;
  unsigned arithmetic = 0;
  for (unsigned i = 0; i < ISA_OP_COUNT; i++) {
    IsaOp op = (IsaOp)i;
    const IsaInsnInfo *insn = isa_insn(op);
    harness_context("%s", insn->mnemonic);
    unsigned opcode = insn->match & 0x7f;
    bool vector = insn->extension == ISA_EXT_V || insn->extension == ISA_EXT_ZVFBFMIN ||
                  insn->extension == ISA_EXT_ZVFBFWMA;
    if (vector && opcode == OPCODE_V) {
      check_vector_arithmetic(op, insn);
      arithmetic++;
    } else if (vector) {
      check_vector_memory(op, insn);
      memory++;
    }
    if (insn->sched == ISA_SCHED_LOAD || insn->sched == ISA_SCHED_TILE_LOAD)
      CHECK(has_flag(op, ISA_LOAD));
    CHECK((insn->sched == ISA_SCHED_BRANCH) == has_flag(op, ISA_BRANCH));
    if (insn->sched == ISA_SCHED_JUMP)
      CHECK(has_flag(op, ISA_JUMP));
    if (insn->sched == ISA_SCHED_STORE || insn->sched == ISA_SCHED_TILE_STORE ||
        insn->sched == ISA_SCHED_DRAIN)
      CHECK(has_flag(op, ISA_STORE) && !has_flag(op, ISA_LOAD));
  }
  CHECK_UINT_EQ(memory, 310);
  CHECK(arithmetic > 300);
}
