// The C interface: loading from memory, calls, tensors and their files.
#include "sim/sim.h"
#include "tests/harness/harness.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

enum {
  CODE_OFFSET = 0x200,
  SYMBOLS_OFFSET = 0x400,
  STRINGS_OFFSET = 0x480,
  SECTIONS_OFFSET = 0x500,
  IMAGE_BYTES = 0x600
};
enum { ENTRY = 0x80000000 };

// An executable with these instructions at ENTRY and one function, f, there.
static void make_program(uint8_t image[IMAGE_BYTES], const uint32_t *code, size_t count) {
  memset(image, 0, IMAGE_BYTES);
  Elf64_Ehdr header = {.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
                       .e_type = ET_EXEC,
                       .e_machine = EM_RISCV,
                       .e_version = EV_CURRENT,
                       .e_entry = ENTRY,
                       .e_phoff = sizeof header,
                       .e_shoff = SECTIONS_OFFSET,
                       .e_ehsize = sizeof header,
                       .e_phentsize = sizeof(Elf64_Phdr),
                       .e_phnum = 1,
                       .e_shentsize = sizeof(Elf64_Shdr),
                       .e_shnum = 3};
  Elf64_Phdr segment = {.p_type = PT_LOAD,
                        .p_offset = CODE_OFFSET,
                        .p_vaddr = ENTRY,
                        .p_paddr = ENTRY,
                        .p_filesz = count * 4,
                        .p_memsz = count * 4};
  Elf64_Shdr sections[3] = {{0},
                            {.sh_type = SHT_SYMTAB,
                             .sh_offset = SYMBOLS_OFFSET,
                             .sh_size = 2 * sizeof(Elf64_Sym),
                             .sh_link = 2,
                             .sh_entsize = sizeof(Elf64_Sym)},
                            {.sh_type = SHT_STRTAB, .sh_offset = STRINGS_OFFSET, .sh_size = 3}};
  Elf64_Sym symbols[2] = {
      {0}, {.st_name = 1, .st_info = ELF64_ST_INFO(STB_GLOBAL, STT_FUNC), .st_shndx = 1, .st_value = ENTRY}};
  memcpy(image, &header, sizeof header);
  memcpy(image + sizeof header, &segment, sizeof segment);
  memcpy(image + CODE_OFFSET, code, count * 4);
  memcpy(image + SYMBOLS_OFFSET, symbols, sizeof symbols);
  memcpy(image + STRINGS_OFFSET, "\0f", 3);
  memcpy(image + SECTIONS_OFFSET, sections, sizeof sections);
}

typedef struct Fixture {
  uint8_t image[IMAGE_BYTES];
  SimOptions options;
  Diagnostics diagnostics;
  Sim *sim;
} Fixture;

static void start(Fixture *fixture, const uint32_t *code, size_t count, bool timing) {
  make_program(fixture->image, code, count);
  fixture->options = (SimOptions){.timing = timing};
  diagnostics_start(&fixture->diagnostics, "test");
  fixture->sim =
      sim_load_bytes("program", fixture->image, IMAGE_BYTES, &fixture->options, &fixture->diagnostics);
}

static void finish(Fixture *fixture) {
  sim_free(fixture->sim);
  diagnostics_free(&fixture->diagnostics);
}

// add a0, a0, a1; ret
static const uint32_t add_code[] = {0x00b50533, 0x00008067};

TEST(Interface, CallsAFunction) {
  Fixture fixture;
  start(&fixture, add_code, 2, true);
  REQUIRE(fixture.sim != NULL);
  SimArgument arguments[] = {{.kind = SIM_ARGUMENT_INTEGER, .type = SIM_INT64, .bits = 40},
                             {.kind = SIM_ARGUMENT_INTEGER, .type = SIM_INT8, .bits = 0xfe}};
  CHECK_INT_EQ(sim_call(fixture.sim, "f", SIM_ABI_BARE, arguments, 2, &fixture.diagnostics), SIM_STOP_RETURN);
  CHECK_INT_EQ(sim_result_integer(fixture.sim), 38);
  CHECK_UINT_EQ(sim_counters(fixture.sim)->instructions, 2);
  CHECK(sim_counters(fixture.sim)->cycles > 2);
  // Again, on the same machine: the counters go on.
  arguments[0].bits = 1;
  CHECK_INT_EQ(sim_call(fixture.sim, "f", SIM_ABI_BARE, arguments, 2, &fixture.diagnostics), SIM_STOP_RETURN);
  CHECK_INT_EQ(sim_result_integer(fixture.sim), -1);
  CHECK_UINT_EQ(sim_counters(fixture.sim)->instructions, 4);
  CHECK_INT_EQ(fixture.diagnostics.errors, 0);
  finish(&fixture);
}

TEST(Interface, CopiesTensors) {
  // lw a2, 0(a0); addi a2, a2, 1; sw a2, 0(a1); ret
  static const uint32_t code[] = {0x00052603, 0x00160613, 0x00c5a023, 0x00008067};
  Fixture fixture;
  start(&fixture, code, 4, false);
  REQUIRE(fixture.sim != NULL);
  SimTensor in;
  SimTensor out;
  REQUIRE(sim_tensor_new(&in, SIM_INT32, 1, (uint64_t[]){3}));
  REQUIRE(sim_tensor_new(&out, SIM_INT32, 0, NULL));
  ((int32_t *)in.data)[0] = 41;
  SimArgument arguments[] = {{.kind = SIM_ARGUMENT_TENSOR, .tensor = &in, .direction = SIM_IN},
                             {.kind = SIM_ARGUMENT_TENSOR, .tensor = &out, .direction = SIM_OUT}};
  CHECK_INT_EQ(sim_call(fixture.sim, "f", SIM_ABI_BARE, arguments, 2, &fixture.diagnostics), SIM_STOP_RETURN);
  CHECK_INT_EQ(((int32_t *)out.data)[0], 42);
  CHECK_UINT_EQ(sim_integer_register(fixture.sim, 10) % 64, 0);
  sim_tensor_free(&in);
  sim_tensor_free(&out);
  finish(&fixture);
}

TEST(Interface, StopsWhereTold) {
  static const uint32_t forever[] = {0x0000006f}; // j .
  Fixture fixture;
  start(&fixture, forever, 1, true);
  REQUIRE(fixture.sim != NULL);
  fixture.options.max_instructions = 12345;
  CHECK_INT_EQ(sim_run(fixture.sim, &fixture.diagnostics), SIM_STOP_INSTRUCTIONS);
  CHECK_UINT_EQ(sim_counters(fixture.sim)->instructions, 12345);
  CHECK_CONTAINS(text_string(&fixture.diagnostics.rendered), "at 0x80000000 <f> after 12345 instructions");
  finish(&fixture);
}

TEST(Interface, ReadsAndWritesMemory) {
  Fixture fixture;
  start(&fixture, add_code, 2, false);
  REQUIRE(fixture.sim != NULL);
  uint64_t address = 0;
  CHECK(sim_symbol(fixture.sim, "f", &address));
  CHECK_UINT_EQ(address, ENTRY);
  CHECK(!sim_symbol(fixture.sim, "g", &address));
  uint32_t word = 0;
  CHECK(sim_read_memory(fixture.sim, ENTRY, &word, 4));
  CHECK_UINT_EQ(word, add_code[0]);
  const Machine *machine = sim_machine(fixture.sim);
  CHECK(sim_write_memory(fixture.sim, machine->spm_base + machine->spm_size - 4, &word, 4));
  CHECK(!sim_write_memory(fixture.sim, machine->spm_base + machine->spm_size - 3, &word, 4));
  CHECK(!sim_read_memory(fixture.sim, 0, &word, 4));
  finish(&fixture);
}

// Every truncation of a program is refused, or loads what is left of it.
TEST(Interface, RefusesTruncatedPrograms) {
  Fixture fixture;
  make_program(fixture.image, add_code, 2);
  for (size_t size = 0; size < IMAGE_BYTES; size++) {
    Diagnostics diagnostics;
    diagnostics_start(&diagnostics, "test");
    SimOptions options = {0};
    uint8_t *copy = malloc(size ? size : 1); // so that a sanitizer sees a read behind the end
    memcpy(copy, fixture.image, size);
    Sim *sim = sim_load_bytes("program", copy, size, &options, &diagnostics);
    CHECK_INT_EQ(sim == NULL, diagnostics.errors == 1);
    sim_free(sim);
    free(copy);
    diagnostics_free(&diagnostics);
  }
}

TEST(Npy, WritesWhatItReads) {
  for (unsigned type = 0; type < SIM_TYPE_COUNT; type++) {
    harness_context("type %s", sim_type_name((SimType)type));
    SimTensor tensor;
    REQUIRE(sim_tensor_new(&tensor, (SimType)type, 3, (uint64_t[]){2, 1, 5}));
    for (size_t i = 0; i < tensor.bytes; i++)
      ((uint8_t *)tensor.data)[i] = (uint8_t)(i * 37);
    Text file = {0};
    sim_npy_format(&file, &tensor);
    CHECK_UINT_EQ((file.count - tensor.bytes) % 64, 0);
    Diagnostics diagnostics;
    diagnostics_start(&diagnostics, "test");
    SimTensor again;
    REQUIRE(sim_npy_parse(&again, "file", file.data, file.count, &diagnostics));
    CHECK_INT_EQ(again.type, type);
    CHECK_INT_EQ(again.rank, 3);
    CHECK_UINT_EQ(again.sizes[2], 5);
    CHECK_MEM_EQ(again.data, tensor.data, tensor.bytes);
    sim_tensor_free(&again);
    sim_tensor_free(&tensor);
    text_free(&file);
    diagnostics_free(&diagnostics);
  }
}

typedef struct BadHeader {
  const char *header;
  const char *message;
} BadHeader;

TEST(Npy, SaysWhatIsWrong) {
  static const BadHeader rows[] = {
      {"{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}", "element type '<c8' is not supported"},
      {"{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", "element type '|O'"},
      {"{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,)}", "structured arrays"},
      {"{'descr': '<i4', 'fortran_order': False, 'shape': (4,)}",
       "needs 16 bytes of elements, the file has 8"},
      {"{'descr': '<i4', 'fortran_order': False, 'shape': (1,)}", "4 bytes follow the 4 bytes of elements"},
      {"{'descr': '<i4', 'fortran_order': Maybe, 'shape': (2,)}", "neither True nor False"},
      {"{'descr': '<i4', 'shape': (2,)}", "are not all there"},
      {"{'descr': '<i4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,2)}", "more than 8 dimensions"},
      {"{'descr': '<i4', 'fortran_order': False, 'shape': (99999999999999999999,)}", "too large"},
      {"{'descr': '<i4', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4)}", "too large"},
      {"{'descr': '<i4', 'fortran_order': False, 'shape': (2,), 'more': 1}", "unknown key 'more'"},
      {"{'descr': '<i4', 'fortran_order': False, 'shape': (-2,)}", "a number expected"},
      {"{'descr': '<i4", "a string without its end"},
      {"", "'{' expected"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    harness_context("header %s", rows[i].header);
    Text file = {0};
    size_t length = strlen(rows[i].header);
    text_append(&file, "\x93NUMPY\x01\x00", 8);
    text_append_char(&file, (char)length);
    text_append_char(&file, 0);
    text_append(&file, rows[i].header, length);
    text_append(&file, "12345678", 8);
    Diagnostics diagnostics;
    diagnostics_start(&diagnostics, "test");
    SimTensor tensor;
    CHECK(!sim_npy_parse(&tensor, "bad.npy", file.data, file.count, &diagnostics));
    CHECK(tensor.data == NULL);
    CHECK_CONTAINS(text_string(&diagnostics.rendered), rows[i].message);
    text_free(&file);
    diagnostics_free(&diagnostics);
  }
}
