// The assembler as a library.
#include "asm/asm.h"
#include "tests/harness/harness.h"

#include <elf.h>
#include <string.h>

typedef struct Outcome {
  Object *object;
  Diagnostics diagnostics;
} Outcome;

static Outcome assemble(const char *text, const char *machine, void (*adjust)(AsmOptions *options)) {
  Outcome outcome = {0};
  diagnostics_start(&outcome.diagnostics, "test");
  AsmOptions options = {0};
  CHECK(machine_find(&options.machine, machine, &outcome.diagnostics));
  options.extensions = asm_default_extensions(&options.machine);
  if (adjust)
    adjust(&options);
  SourceText source = {"t.s", text, strlen(text)};
  outcome.object = asm_assemble(&source, &options, &outcome.diagnostics);
  CHECK_INT_EQ(outcome.object != NULL, outcome.diagnostics.errors == 0);
  return outcome;
}

static void outcome_free(Outcome *outcome) {
  object_free(outcome->object);
  diagnostics_free(&outcome->diagnostics);
}

static uint32_t word_at(Object *object, uint64_t offset) {
  ObjectSection text = object_section(object, ".text", SHT_PROGBITS, 0, 0);
  uint32_t word;
  memcpy(&word, object_section_bytes(object, text, offset), 4);
  return word;
}

TEST(Assemble, MachineConstantsFollowTheMachine) {
  static const char text[] = ".word __machine_vlen, __machine_accumulators\n"
                             ".rept __machine_vlen / 128\nnop\n.endr\n";
  Outcome k1 = assemble(text, "k1", NULL);
  Outcome k0 = assemble(text, "k0", NULL);
  REQUIRE(k1.object && k0.object);
  CHECK_UINT_EQ(word_at(k1.object, 0), 512);
  CHECK_UINT_EQ(word_at(k0.object, 0), 128);
  CHECK_UINT_EQ(word_at(k1.object, 4), 16);
  CHECK_UINT_EQ(word_at(k0.object, 4), 8);
  CHECK_UINT_EQ(object_section_size(k1.object, object_section(k1.object, ".text", 0, 0, 0)), 8 + 4 * 4);
  CHECK_UINT_EQ(object_section_size(k0.object, object_section(k0.object, ".text", 0, 0, 0)), 8 + 4);
  outcome_free(&k1);
  outcome_free(&k0);
}

TEST(Assemble, AnEmptyTextIsAnObject) {
  Outcome outcome = assemble("", "k1", NULL);
  CHECK(outcome.object != NULL);
  outcome_free(&outcome);
}

static void forbid_files(AsmOptions *options) {
  options->no_files = true;
}

TEST(Assemble, ReadsNoFilesWhenTheyAreForbidden) {
  Outcome outcome = assemble(".include \"t.s\"\n.incbin \"t.s\"\n", "k1", forbid_files);
  CHECK_INT_EQ(outcome.diagnostics.errors, 2);
  CHECK_CONTAINS(text_string(&outcome.diagnostics.rendered), "reading other files is not allowed here");
  outcome_free(&outcome);
}

static void limit_expansion(AsmOptions *options) {
  options->expansion_limit = 10000;
  options->size_limit = 4096;
}

TEST(Assemble, GivesUpOnExpansionsWithoutEnd) {
  static const struct {
    const char *text;
    const char *message;
  } cases[] = {
      {".macro m\nm\nm\n.endm\nm\n", "nested more than"},
      {".macro m\n.word 1\n.word 2\n.endm\n.rept 1000\nm\n.endr\n", "giving up"},
      {".rept 1000\n.rept 1000\n.rept 1000\n nop\n.endr\n.endr\n.endr\n", "giving up"},
      {".rept 0x7fffffffffffffff\n nop\n.endr\n", "giving up"},
      {".skip 0x7fffffffffffffff\n", "limit"},
      {".fill 1000000, 8, 1\n", "limit"},
      {".p2align 31\n.byte 1\n.p2align 31\n", "limit"},
      {".org 100000\n", "limit"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    harness_context("case %zu", i);
    Outcome outcome = assemble(cases[i].text, "k1", limit_expansion);
    CHECK(outcome.object == NULL);
    CHECK_CONTAINS(text_string(&outcome.diagnostics.rendered), cases[i].message);
    outcome_free(&outcome);
  }
}

TEST(Assemble, DefinitionsFromOutside) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  AsmOptions options = {0};
  AsmDefinition definition = {"SIZE", 7};
  options.definitions = &definition;
  options.definition_count = 1;
  CHECK(machine_find(&options.machine, "k1", &diagnostics));
  options.extensions = asm_default_extensions(&options.machine);
  static const char text[] = ".word SIZE + 1";
  SourceText source = {"t.s", text, sizeof text - 1};
  Object *object = asm_assemble(&source, &options, &diagnostics);
  REQUIRE(object);
  CHECK_UINT_EQ(word_at(object, 0), 8);
  object_free(object);
  diagnostics_free(&diagnostics);
}
