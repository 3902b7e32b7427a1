// The object writer, read back through libelf.
#include "asm/object.h"
#include "tests/harness/harness.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct ReadBack {
  int descriptor;
  Elf *elf;
  size_t names; // index of the section names
} ReadBack;

static Object *new_object(IsaExtensions extensions) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Machine machine;
  CHECK(machine_find(&machine, "k1", &diagnostics));
  diagnostics_free(&diagnostics);
  return object_new(&machine, extensions);
}

static bool write_and_open(Object *object, ReadBack *back) {
  char path[512];
  snprintf(path, sizeof path, "%s/object.o", harness_temporary_folder());
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  bool written = object_write(object, path, &diagnostics);
  CHECK(written);
  CHECK_STR_EQ(text_string(&diagnostics.rendered), "");
  diagnostics_free(&diagnostics);
  elf_version(EV_CURRENT);
  back->descriptor = open(path, O_RDONLY);
  back->elf = elf_begin(back->descriptor, ELF_C_READ, NULL);
  return written && back->elf && elf_getshdrstrndx(back->elf, &back->names) == 0;
}

static void close_back(ReadBack *back) {
  elf_end(back->elf);
  close(back->descriptor);
}

static Elf_Scn *find_section(const ReadBack *back, const char *name, GElf_Shdr *header) {
  for (Elf_Scn *section = NULL; (section = elf_nextscn(back->elf, section));) {
    gelf_getshdr(section, header);
    if (strcmp(elf_strptr(back->elf, back->names, header->sh_name), name) == 0)
      return section;
  }
  return NULL;
}

TEST(Object, EmptyHasItsTables) {
  Object *object = new_object(ISA_EXTENSION_BIT(ISA_EXT_I) | ISA_EXTENSION_BIT(ISA_EXT_D));
  ReadBack back;
  REQUIRE(write_and_open(object, &back));
  GElf_Ehdr header;
  gelf_getehdr(back.elf, &header);
  CHECK_INT_EQ(header.e_type, ET_REL);
  CHECK_INT_EQ(header.e_machine, EM_RISCV);
  CHECK_UINT_EQ(header.e_flags, 4); // double-float ABI, no RVC
  GElf_Shdr section;
  CHECK(find_section(&back, ".symtab", &section) != NULL);
  CHECK(find_section(&back, ".riscv.attributes", &section) != NULL);
  CHECK_UINT_EQ(section.sh_type, 0x70000003);
  CHECK(find_section(&back, MACHINE_NOTE_SECTION, &section) != NULL);
  CHECK_UINT_EQ(section.sh_type, SHT_NOTE);
  close_back(&back);
  object_free(object);
}

TEST(Object, LocalsComeBeforeGlobals) {
  Object *object = new_object(ISA_EXTENSION_BIT(ISA_EXT_I));
  ObjectSection text = object_section(object, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 0);
  CHECK_INT_EQ(object_section(object, ".text", SHT_NOBITS, 0, 8), text);
  CHECK_INT_EQ(object_section_type(object, text), SHT_PROGBITS);
  CHECK_UINT_EQ(object_append(object, text, "\x13\0\0\0", 4), 0);
  CHECK_UINT_EQ(object_append_zeros(object, text, 8), 4);
  ObjectSymbol global = object_symbol(object, "global");
  ObjectSymbol local = object_symbol(object, "local");
  ObjectSymbol undefined = object_symbol(object, "undefined");
  CHECK_INT_EQ(object_symbol(object, "global"), global);
  object_define(object, local, text, 4);
  object_define(object, global, text, 0);
  object_set_binding(object, global, SYMBOL_GLOBAL);
  object_set_type(object, global, SYMBOL_FUNCTION);
  object_set_size(object, global, 12);
  object_set_visibility(object, global, SYMBOL_HIDDEN);
  CHECK(object_is_defined(object, global));
  CHECK(!object_is_defined(object, undefined));
  object_relocate(object, text, 4, 17, undefined, -8);
  ReadBack back;
  REQUIRE(write_and_open(object, &back));
  GElf_Shdr header;
  Elf_Scn *table = find_section(&back, ".symtab", &header);
  REQUIRE(table != NULL);
  CHECK_UINT_EQ(header.sh_info, 2);
  Elf_Data *data = elf_getdata(table, NULL);
  static const char *const names[] = {"", "local", "global", "undefined"};
  for (int i = 0; i < 4; i++) {
    GElf_Sym symbol;
    gelf_getsym(data, i, &symbol);
    CHECK_STR_EQ(elf_strptr(back.elf, header.sh_link, symbol.st_name), names[i]);
    CHECK_INT_EQ(GELF_ST_BIND(symbol.st_info), i < 2 ? STB_LOCAL : STB_GLOBAL);
  }
  GElf_Sym symbol;
  gelf_getsym(data, 2, &symbol);
  CHECK_UINT_EQ(symbol.st_size, 12);
  CHECK_INT_EQ(GELF_ST_TYPE(symbol.st_info), STT_FUNC);
  CHECK_INT_EQ(GELF_ST_VISIBILITY(symbol.st_other), STV_HIDDEN);
  Elf_Scn *relocations = find_section(&back, ".rela.text", &header);
  REQUIRE(relocations != NULL);
  GElf_Rela relocation;
  gelf_getrela(elf_getdata(relocations, NULL), 0, &relocation);
  CHECK_UINT_EQ(GELF_R_SYM(relocation.r_info), 3);
  CHECK_UINT_EQ(GELF_R_TYPE(relocation.r_info), 17);
  CHECK_INT_EQ(relocation.r_addend, -8);
  close_back(&back);
  object_free(object);
}

TEST(Object, KeepsAlignmentAndSizeOfZeroedSections) {
  Object *object = new_object(ISA_EXTENSION_BIT(ISA_EXT_I));
  ObjectSection bss = object_section(object, ".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE, 0);
  object_section_align(object, bss, 64);
  object_section_align(object, bss, 8);
  CHECK_UINT_EQ(object_append_zeros(object, bss, 1000), 0);
  CHECK_UINT_EQ(object_append_zeros(object, bss, UINT64_C(1) << 32), 1000);
  CHECK_UINT_EQ(object_section_size(object, bss), 1000 + (UINT64_C(1) << 32));
  ReadBack back;
  REQUIRE(write_and_open(object, &back));
  GElf_Shdr header;
  CHECK(find_section(&back, ".bss", &header) != NULL);
  CHECK_UINT_EQ(header.sh_addralign, 64);
  CHECK_UINT_EQ(header.sh_size, 1000 + (UINT64_C(1) << 32));
  close_back(&back);
  object_free(object);
}

TEST(Object, FailsWithoutLeavingAFile) {
  Object *object = new_object(ISA_EXTENSION_BIT(ISA_EXT_I));
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  char path[512];
  snprintf(path, sizeof path, "%s/missing/object.o", harness_temporary_folder());
  CHECK(!object_write(object, path, &diagnostics));
  CHECK_INT_EQ(diagnostics.errors, 1);
  CHECK(access(path, F_OK) != 0);
  diagnostics_free(&diagnostics);
  object_free(object);
}
