// The library by itself: what a caller gives and gets. What links look like is tested in tests/lit/ld.
#include "asm/asm.h"
#include "linker/linker.h"
#include "support/arena.h"
#include "support/file.h"
#include "tests/harness/harness.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

static const char caller[] = "  .text\n  .globl _start\n_start:\n  call f\n  ret\n";
static const char callee[] = "  .text\n  .globl f\nf:\n  ret\n  .data\n  .quad f\n";

// An object assembled from a text, for k1.
static FileData assemble(const char *text, const char *name) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  SourceText source = {name, text, strlen(text)};
  AsmOptions options = {.extensions = ISA_ALL_EXTENSIONS};
  FileData file = {0};
  CHECK(machine_find(&options.machine, "k1", &diagnostics));
  Object *object = asm_assemble(&source, &options, &diagnostics);
  CHECK(object != NULL);
  Text path = {0};
  text_format(&path, "%s/%s", harness_temporary_folder(), name);
  CHECK(object_write(object, path.data, &diagnostics));
  CHECK(file_read(&file, path.data, &diagnostics));
  file.name = name;
  CHECK_STR_EQ(text_string(&diagnostics.rendered), "");
  text_free(&path);
  object_free(object);
  diagnostics_free(&diagnostics);
  return file;
}

// Two objects and what linking them gave.
typedef struct Fixture {
  FileData files[2];
  LinkerInput inputs[2];
  LinkerOutput output;
  Diagnostics diagnostics;
} Fixture;

static void start(Fixture *fixture) {
  *fixture = (Fixture){.files = {assemble(caller, "caller.o"), assemble(callee, "callee.o")}};
  for (int i = 0; i < 2; i++)
    fixture->inputs[i] =
        (LinkerInput){fixture->files[i].name, fixture->files[i].data, fixture->files[i].size};
  diagnostics_start(&fixture->diagnostics, "test");
}

static void stop(Fixture *fixture) {
  linker_output_free(&fixture->output);
  diagnostics_free(&fixture->diagnostics);
  file_free(&fixture->files[0]);
  file_free(&fixture->files[1]);
}

static const Elf64_Ehdr *header(const Fixture *fixture) {
  return (const Elf64_Ehdr *)fixture->output.image.data;
}

TEST(Linker, LinksMemoryToMemory) {
  Fixture fixture;
  start(&fixture);
  LinkerOptions options = {0};
  REQUIRE(linker_link(&options, fixture.inputs, 2, &fixture.output, &fixture.diagnostics));
  CHECK_UINT_EQ(header(&fixture)->e_type, ET_EXEC);
  CHECK_UINT_EQ(header(&fixture)->e_entry, 0x80000000);
  CHECK_UINT_EQ(fixture.output.map.count, 0);
  CHECK_UINT_EQ(fixture.output.discarded.count, 0);
  stop(&fixture);
}

TEST(Linker, GivesTheSameBytesAgain) {
  Fixture fixture;
  start(&fixture);
  LinkerOptions options = {.want_map = true, .gc_sections = true, .want_discarded = true};
  LinkerOutput again;
  REQUIRE(linker_link(&options, fixture.inputs, 2, &fixture.output, &fixture.diagnostics));
  REQUIRE(linker_link(&options, fixture.inputs, 2, &again, &fixture.diagnostics));
  REQUIRE(again.image.count == fixture.output.image.count);
  CHECK_MEM_EQ(again.image.data, fixture.output.image.data, again.image.count);
  CHECK_STR_EQ(text_string(&again.map), text_string(&fixture.output.map));
  CHECK_CONTAINS(text_string(&again.discarded), "callee.o:(.data)");
  linker_output_free(&again);
  stop(&fixture);
}

TEST(Linker, ReportsAndLeavesTheOutputEmpty) {
  Fixture fixture;
  start(&fixture);
  LinkerOptions options = {.want_map = true};
  CHECK(!linker_link(&options, fixture.inputs, 1, &fixture.output, &fixture.diagnostics));
  CHECK_CONTAINS(text_string(&fixture.diagnostics.rendered),
                 "caller.o:(.text+0x0): error: undefined symbol 'f'");
  CHECK_INT_EQ(fixture.diagnostics.errors, 1);
  CHECK_UINT_EQ(fixture.output.image.count, 0);
  CHECK_UINT_EQ(fixture.output.map.count, 0);
  stop(&fixture);
}

TEST(Linker, FillsTheMemoryOfTheMachineGiven) {
  Fixture fixture;
  start(&fixture);
  const char text[] = "like = k1\nname = elsewhere\ndram.base = 0x100000000\n";
  SourceText source = {"elsewhere.machine", text, strlen(text)};
  Machine machine;
  REQUIRE(machine_parse(&machine, &source, &fixture.diagnostics));
  LinkerOptions options = {.machine = &machine};
  CHECK(!linker_link(&options, fixture.inputs, 2, &fixture.output, &fixture.diagnostics));
  CHECK_CONTAINS(text_string(&fixture.diagnostics.rendered),
                 "caller.o: error: built for machine 'k1', but the link is for 'elsewhere'");
  stop(&fixture);
}

TEST(Linker, NeedsNoInputThatIsAligned) {
  Fixture fixture;
  start(&fixture);
  char *moved = checked_malloc(fixture.files[0].size + 1);
  memcpy(moved + 1, fixture.files[0].data, fixture.files[0].size);
  fixture.inputs[0].data = moved + 1;
  LinkerOptions options = {0};
  CHECK(linker_link(&options, fixture.inputs, 2, &fixture.output, &fixture.diagnostics));
  free(moved);
  stop(&fixture);
}

TEST(Linker, CanLinkNothing) {
  LinkerOptions options = {0};
  LinkerOutput output;
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  CHECK(linker_link(&options, NULL, 0, &output, &diagnostics));
  CHECK_MEM_EQ(output.image.data, ELFMAG, SELFMAG);
  linker_output_free(&output);
  diagnostics_free(&diagnostics);
}
