// Reads relocatable objects: header, sections, symbol table. Everything is checked here once, so that later
// stages index without asking: section headers and their contents lie inside the file, symbol names inside
// the string table, relocations belong to a section of the file. (That a relocation's offset and symbol exist
// is checked where relocations are walked: relocate.c and scan.c.)
#include "linker/internal.h"

#include <zlib.h>

// The host is little-endian like the objects, which are therefore read in place.
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "objects are read in place");

// More than any region: beyond it, sums of sizes could wrap.
#define LARGEST_SIZE (UINT64_C(1) << 40)
// Gaps of this size go into the file, so there is a bound that real programs do not meet.
#define LARGEST_ALIGNMENT (UINT64_C(1) << 24)

static bool bad_object(Linker *linker, const char *name, const char *what) {
  link_error(linker, name, "%s", what);
  return false;
}

static bool bad_section(Linker *linker, const char *name, uint32_t index, const char *what) {
  link_error(linker, name, "section %u %s", index, what);
  return false;
}

static bool inside(const InputFile *file, uint64_t offset, uint64_t size) {
  return offset <= file->size && size <= file->size - offset;
}

// Says what a file is that is no relocatable object.
static bool check_kind(Linker *linker, const char *name, const uint8_t *data, size_t size) {
  static const uint8_t bitcode[4] = {'B', 'C', 0xC0, 0xDE};
  static const uint8_t wrapper[4] = {0xDE, 0xC0, 0x17, 0x0B};
  if (size >= 4 && (memcmp(data, bitcode, 4) == 0 || memcmp(data, wrapper, 4) == 0))
    return bad_object(
        linker, name,
        "LLVM bitcode cannot be linked; compile it to an object first, with kiln-llc -filetype=obj");
  if (size < SELFMAG || memcmp(data, ELFMAG, SELFMAG) != 0)
    return bad_object(linker, name, "not an ELF object or archive");
  if (size < sizeof(Elf64_Ehdr))
    return bad_object(linker, name, "truncated: the ELF header does not fit");
  if (data[EI_CLASS] != ELFCLASS64)
    return bad_object(linker, name, "not a 64-bit ELF object");
  if (data[EI_DATA] != ELFDATA2LSB)
    return bad_object(linker, name, "not a little-endian ELF object");
  return true;
}

static bool check_header(Linker *linker, const char *name, const Elf64_Ehdr *header) {
  if (header->e_machine != EM_RISCV) {
    link_error(linker, name, "not a RISC-V object (its machine is number %u)", header->e_machine);
    return false;
  }
  if (header->e_type == ET_EXEC || header->e_type == ET_DYN)
    return bad_object(linker, name, "an executable or shared object; only relocatable objects can be linked");
  if (header->e_type != ET_REL) {
    link_error(linker, name, "not a relocatable object (its type is number %u)", header->e_type);
    return false;
  }
  if (header->e_flags & EF_RISCV_RVE)
    return bad_object(linker, name, "built for the RVE base (16 registers), which the machine does not have");
  if (header->e_shoff && header->e_shentsize != sizeof(Elf64_Shdr))
    return bad_object(linker, name, "section headers of an unknown size");
  return true;
}

// Finds the section headers; e_shnum and e_shstrndx may be kept in section 0 when they are large.
static const Elf64_Shdr *find_headers(Linker *linker, InputFile *file, uint32_t *names_index) {
  const Elf64_Ehdr *header = (const Elf64_Ehdr *)file->data;
  if (!header->e_shoff) {
    bad_object(linker, file->name, "has no sections");
    return NULL;
  }
  if (header->e_shoff % 8 || !inside(file, header->e_shoff, sizeof(Elf64_Shdr))) {
    bad_object(linker, file->name, "section headers lie outside the file");
    return NULL;
  }
  const Elf64_Shdr *headers = (const Elf64_Shdr *)(file->data + header->e_shoff);
  uint64_t count = header->e_shnum ? header->e_shnum : headers[0].sh_size;
  if (count > (file->size - header->e_shoff) / sizeof(Elf64_Shdr)) {
    bad_object(linker, file->name, "section headers lie outside the file");
    return NULL;
  }
  *names_index = header->e_shstrndx == SHN_XINDEX ? headers[0].sh_link : header->e_shstrndx;
  file->header_count = (uint32_t)count;
  return headers;
}

// The NUL-terminated string at an offset of a string table, or NULL.
static const char *string_at(const char *table, uint64_t size, uint64_t offset) {
  return offset < size && memchr(table + offset, 0, size - offset) ? table + offset : NULL;
}

static bool is_power_of_two(uint64_t value) {
  return value && (value & (value - 1)) == 0;
}

enum { TYPE_LLVM_ADDRSIG = 0x6fff4c03 }; // SHT_LLVM_ADDRSIG of clang

// Sections that only describe the others.
static bool is_bookkeeping(uint32_t type) {
  switch (type) {
  case SHT_NULL:
  case SHT_SYMTAB:
  case SHT_STRTAB:
  case SHT_RELA:
  case SHT_REL:
  case SHT_GROUP:
  case SHT_SYMTAB_SHNDX:
    return true;
  default:
    return false;
  }
}

// Sections that are read, but do not go out as they are.
static bool is_for_the_linker(const InputSection *section) {
  return section->type == SHT_RISCV_ATTRIBUTES || (section->flags & SHF_EXCLUDE) ||
         section->type == TYPE_LLVM_ADDRSIG || strcmp(section->name, ".note.GNU-stack") == 0 ||
         strcmp(section->name, MACHINE_NOTE_SECTION) == 0;
}

// Unpacks a compressed section, unless its contents are not wanted.
static bool decompress(Linker *linker, const InputFile *file, InputSection *section) {
  enum { TYPE_ZSTD = 2 };         // ELFCOMPRESS_ZSTD, which older <elf.h> do not have
  enum { LARGEST_FACTOR = 1032 }; // a zlib stream is no longer than this times its compressed size
  Elf64_Chdr header;
  if (section->unused || linker->options->strip != LINKER_STRIP_NOTHING) {
    section->unused = true;
    return true;
  }
  if (section->size < sizeof(header) || (section->flags & SHF_ALLOC) || !section->data) {
    link_error(linker, file->name, "section %s is compressed, but cannot be", section->name);
    return false;
  }
  memcpy(&header, section->data, sizeof(header));
  if (header.ch_type != ELFCOMPRESS_ZLIB) {
    link_error(
        linker, file->name,
        header.ch_type == TYPE_ZSTD
            ? "section %s is compressed with zstd, which is not supported; compile with -gz=zlib or -gz=none"
            : "section %s is compressed in an unknown way",
        section->name);
    return false;
  }
  size_t packed = section->size - sizeof(header);
  uint8_t *bytes = NULL;
  bool good = header.ch_size <= LARGEST_FACTOR * (uint64_t)packed &&
              header.ch_addralign <= LARGEST_ALIGNMENT &&
              (!header.ch_addralign || is_power_of_two(header.ch_addralign));
  if (good) {
    bytes = arena_alloc(&linker->arena, header.ch_size, 8);
    uLongf size = header.ch_size;
    good = uncompress(bytes, &size, section->data + sizeof(header), packed) == Z_OK && size == header.ch_size;
  }
  if (!good) {
    link_error(linker, file->name, "section %s: its compressed contents are corrupt", section->name);
    return false;
  }
  section->data = bytes;
  section->size = header.ch_size;
  section->alignment = header.ch_addralign ? (uint32_t)header.ch_addralign : 1;
  section->flags &= ~(uint32_t)SHF_COMPRESSED;
  return true;
}

static bool read_section(Linker *linker, InputFile *file, const Elf64_Shdr *header, uint32_t index,
                         const char *name) {
  if (header->sh_type != SHT_NOBITS && header->sh_type != SHT_NULL &&
      !inside(file, header->sh_offset, header->sh_size))
    return bad_section(linker, file->name, index, "lies outside the file");
  if (header->sh_size > LARGEST_SIZE && header->sh_type != SHT_NULL)
    return bad_section(linker, file->name, index, "is larger than any memory");
  if (header->sh_addralign > 1 && !is_power_of_two(header->sh_addralign))
    return bad_section(linker, file->name, index, "has an alignment that is not a power of two");
  if (header->sh_addralign > LARGEST_ALIGNMENT)
    return bad_section(linker, file->name, index, "has an alignment of more than 16 MiB");
  if (is_bookkeeping(header->sh_type))
    return true;
  InputSection section = {
      .name = name,
      .data = header->sh_type == SHT_NOBITS || header->sh_type == SHT_NULL ? NULL
                                                                           : file->data + header->sh_offset,
      .size = header->sh_type == SHT_NULL ? 0 : header->sh_size,
      .flags = (uint32_t)header->sh_flags, // those above 32 bits are nobody's
      .alignment = header->sh_addralign ? (uint32_t)header->sh_addralign : 1,
      .entry_size = header->sh_entsize <= UINT16_MAX ? (uint16_t)header->sh_entsize : 0,
      .type = header->sh_type,
      .file = (uint32_t)(file - linker->files.data),
      .output = NONE,
      .group = NONE,
      .replacement = NONE,
      .alive = true,
  };
  section.unused = is_for_the_linker(&section);
  if ((section.flags & SHF_COMPRESSED) && !decompress(linker, file, &section))
    return false;
  if (section.type == TYPE_LLVM_ADDRSIG && header->sh_link)
    file->significant = (uint32_t)linker->sections.count;
  file->sections[index] = link_add_section(linker, section);
  return true;
}

static bool read_sections(Linker *linker, InputFile *file, const Elf64_Shdr *headers, uint32_t names_index) {
  if (names_index >= file->header_count || headers[names_index].sh_type != SHT_STRTAB ||
      !inside(file, headers[names_index].sh_offset, headers[names_index].sh_size))
    return bad_object(linker, file->name, "the table of section names is missing or lies outside the file");
  const Elf64_Shdr *names = &headers[names_index];
  file->first_section = (uint32_t)linker->sections.count;
  file->sections = arena_alloc(&linker->arena, file->header_count * sizeof(uint32_t), sizeof(uint32_t));
  memset(file->sections, 0xff, file->header_count * sizeof(uint32_t)); // NONE
  for (uint32_t i = 0; i < file->header_count; i++) {
    const char *name =
        string_at((const char *)file->data + names->sh_offset, names->sh_size, headers[i].sh_name);
    if (!name)
      return bad_section(linker, file->name, i, "has a name outside the table of names");
    if (!read_section(linker, file, &headers[i], i, name))
      return false;
  }
  file->section_count = (uint32_t)linker->sections.count - file->first_section;
  return true;
}

static bool read_symbol_table(Linker *linker, InputFile *file, const Elf64_Shdr *headers, uint32_t index) {
  const Elf64_Shdr *table = &headers[index];
  if (file->symbols)
    return bad_section(linker, file->name, index, "is a second symbol table");
  if (table->sh_entsize != sizeof(Elf64_Sym) || table->sh_offset % 8 || table->sh_size % sizeof(Elf64_Sym))
    return bad_section(linker, file->name, index, "is a symbol table of an unknown form");
  file->symbols = (const Elf64_Sym *)(file->data + table->sh_offset);
  file->symbol_count = (uint32_t)(table->sh_size / sizeof(Elf64_Sym));
  file->first_global = table->sh_info;
  if (file->first_global > file->symbol_count)
    return bad_section(linker, file->name, index, "has more local symbols than symbols");
  if (table->sh_link >= file->header_count || headers[table->sh_link].sh_type != SHT_STRTAB)
    return bad_section(linker, file->name, index, "has no table of names");
  file->strings = (const char *)file->data + headers[table->sh_link].sh_offset;
  file->strings_size = headers[table->sh_link].sh_size;
  if (file->strings_size && file->strings[file->strings_size - 1] != '\0')
    return bad_section(linker, file->name, table->sh_link, "is a table of names whose last one does not end");
  return true;
}

static bool read_extended_indices(Linker *linker, InputFile *file, const Elf64_Shdr *headers,
                                  uint32_t index) {
  const Elf64_Shdr *table = &headers[index];
  if (table->sh_offset % 4 || table->sh_size / 4 < file->symbol_count)
    return bad_section(linker, file->name, index, "is too small for the symbols it describes");
  file->extended_indices = (const Elf32_Word *)(file->data + table->sh_offset);
  return true;
}

static int compare_offsets(const void *a, const void *b, void *relocations) {
  uint32_t first = *(const uint32_t *)a;
  uint32_t second = *(const uint32_t *)b;
  uint64_t first_offset = ((const Elf64_Rela *)relocations)[first].r_offset;
  uint64_t second_offset = ((const Elf64_Rela *)relocations)[second].r_offset;
  if (first_offset != second_offset)
    return first_offset < second_offset ? -1 : 1;
  return (first > second) - (first < second);
}

// Later stages walk and search the relocations in the order of their offsets, which compilers nearly always
// give. Those at one offset keep their order: it has a meaning (ADD before SUB).
static const Elf64_Rela *sorted_relocations(Linker *linker, const Elf64_Rela *relocations, uint32_t count) {
  uint32_t *order = checked_malloc(arena_array_size(count, sizeof(uint32_t)));
  for (uint32_t i = 0; i < count; i++)
    order[i] = i;
  qsort_r(order, count, sizeof(uint32_t), compare_offsets, (void *)relocations);
  Elf64_Rela *sorted = ARENA_ARRAY(&linker->arena, Elf64_Rela, count);
  for (uint32_t i = 0; i < count; i++)
    sorted[i] = relocations[order[i]];
  free(order);
  return sorted;
}

static bool read_relocations(Linker *linker, InputFile *file, const Elf64_Shdr *headers, uint32_t index) {
  const Elf64_Shdr *table = &headers[index];
  if (table->sh_info >= file->header_count || table->sh_info == 0)
    return bad_section(linker, file->name, index, "has relocations for a section that does not exist");
  if (link_file_section(file, table->sh_info) == NONE)
    return true;
  if (table->sh_entsize != sizeof(Elf64_Rela) || table->sh_offset % 8 || table->sh_size % sizeof(Elf64_Rela))
    return bad_section(linker, file->name, index, "has relocations of an unknown form");
  InputSection *section = &linker->sections.data[link_file_section(file, table->sh_info)];
  if (section->relocations)
    return bad_section(linker, file->name, index, "is a second list of relocations for its section");
  if (section->unused)
    return true;
  uint32_t count = (uint32_t)(table->sh_size / sizeof(Elf64_Rela));
  section->relocation_count = count;
  section->relocations = (const Elf64_Rela *)(file->data + table->sh_offset);
  return true;
}

// Notes what is among the relocations of a section that is loaded, and whether they are to be sorted.
static void look_at_relocations(void *context, size_t number, unsigned thread) {
  (void)thread;
  Linker *linker = context;
  InputSection *section = &linker->sections.data[number];
  if (!(section->flags & SHF_ALLOC))
    return; // nobody searches them
  uint64_t last = 0;
  for (uint32_t i = 0; i < section->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[i];
    section->aligns |= ELF64_R_TYPE(relocation->r_info) == RELOC_R_RISCV_ALIGN;
    section->relaxes |= ELF64_R_TYPE(relocation->r_info) == RELOC_R_RISCV_RELAX;
    section->unsorted |= relocation->r_offset < last;
    last = relocation->r_offset;
  }
}

void link_prepare_relocations(Linker *linker) {
  enum { SECTIONS_AT_ONCE = 128 };
  link_parallel(linker, linker->sections.count, SECTIONS_AT_ONCE, look_at_relocations, linker);
  for (size_t i = 0; i < linker->sections.count; i++) {
    InputSection *section = &linker->sections.data[i];
    if (section->unsorted)
      section->relocations = sorted_relocations(linker, section->relocations, section->relocation_count);
  }
}

// A COMDAT group: the first file that has its signature keeps its sections, the others drop theirs.
static bool read_group(Linker *linker, InputFile *file, const Elf64_Shdr *headers, uint32_t index) {
  const Elf64_Shdr *table = &headers[index];
  if (table->sh_size < 4 || table->sh_size % 4 || table->sh_info >= file->symbol_count)
    return bad_section(linker, file->name, index, "is a section group of an unknown form");
  const char *signature = link_symbol_name(file, table->sh_info);
  if (!signature)
    return bad_section(linker, file->name, index, "is a group whose signature has no name");
  const Elf64_Sym *symbol = &file->symbols[table->sh_info];
  if (ELF64_ST_TYPE(symbol->st_info) == STT_SECTION) {
    uint32_t named = link_file_section(file, link_symbol_section_index(file, table->sh_info));
    if (named == NONE)
      return bad_section(linker, file->name, index, "is a group whose signature has no name");
    signature = linker->sections.data[named].name;
  }
  uint32_t word;
  memcpy(&word, file->data + table->sh_offset, 4);
  uint32_t known = linker->groups.count;
  uint32_t flags = word;
  bool duplicate = (flags & GRP_COMDAT) && intern_string(&linker->groups, signature) < known;
  uint32_t previous = NONE;
  uint32_t first = NONE;
  for (uint64_t at = 4; at < table->sh_size; at += 4) {
    memcpy(&word, file->data + table->sh_offset + at, 4);
    if (word == 0 || word >= file->header_count)
      return bad_section(linker, file->name, index, "is a group with a member that does not exist");
    uint32_t member = link_file_section(file, word);
    if (member == NONE || linker->sections.data[member].unused)
      continue;
    InputSection *section = &linker->sections.data[member];
    if (section->group != NONE)
      return bad_section(linker, file->name, index, "is a group with a member of another group");
    section->duplicate = duplicate;
    section->group = member;
    if (previous == NONE)
      first = member;
    else
      linker->sections.data[previous].group = member;
    section->group = first;
    previous = member;
  }
  if (linker->options->relocatable && !duplicate && first != NONE) {
    SectionGroup group = {(uint32_t)(file - linker->files.data), table->sh_info, flags, first};
    VEC_PUSH(&linker->section_groups, group);
  }
  return true;
}

typedef bool SectionReader(Linker *linker, InputFile *file, const Elf64_Shdr *headers, uint32_t index);

static bool read_all_of_type(Linker *linker, InputFile *file, const Elf64_Shdr *headers, uint32_t type,
                             SectionReader *read) {
  for (uint32_t i = 0; i < file->header_count; i++)
    if (headers[i].sh_type == type && !read(linker, file, headers, i))
      return false;
  return true;
}

static bool refuse_rel(Linker *linker, InputFile *file, const Elf64_Shdr *headers, uint32_t index) {
  (void)headers;
  return bad_section(linker, file->name, index,
                     "has relocations without addends (SHT_REL), which RISC-V does not use");
}

static bool read_descriptions(Linker *linker, InputFile *file) {
  for (uint32_t i = 0; i < file->section_count; i++) {
    const InputSection *section = &linker->sections.data[file->first_section + i];
    if (section->type == SHT_RISCV_ATTRIBUTES && !link_read_attributes(linker, file, section))
      return false;
    if (section->type == SHT_NOTE && strcmp(section->name, MACHINE_NOTE_SECTION) == 0 &&
        !link_read_notes(linker, file, section))
      return false;
  }
  return true;
}

// Data of an archive member lies at an even offset; objects are read in place and want 8.
static const uint8_t *aligned_data(Linker *linker, const uint8_t *data, size_t size) {
  if ((uintptr_t)data % 8 == 0)
    return data;
  uint8_t *copy = arena_alloc(&linker->arena, size, 8);
  memcpy(copy, data, size);
  return copy;
}

bool link_read_symbols_only(Linker *linker, const char *name, const uint8_t *data, size_t size,
                            InputFile *file) {
  if (!check_kind(linker, name, data, size))
    return false;
  data = aligned_data(linker, data, size);
  *file = (InputFile){.name = name, .data = data, .size = size};
  if (!check_header(linker, name, (const Elf64_Ehdr *)data))
    return false;
  uint32_t names_index = 0;
  const Elf64_Shdr *headers = find_headers(linker, file, &names_index);
  if (!headers)
    return false;
  for (uint32_t i = 0; i < file->header_count; i++)
    if (headers[i].sh_type != SHT_NOBITS && headers[i].sh_type != SHT_NULL &&
        !inside(file, headers[i].sh_offset, headers[i].sh_size))
      return bad_section(linker, name, i, "lies outside the file");
  return read_all_of_type(linker, file, headers, SHT_SYMTAB, read_symbol_table) &&
         read_all_of_type(linker, file, headers, SHT_SYMTAB_SHNDX, read_extended_indices);
}

bool link_read_object(Linker *linker, const char *name, const uint8_t *data, size_t size) {
  if (!check_kind(linker, name, data, size))
    return false;
  data = aligned_data(linker, data, size);
  const Elf64_Ehdr *header = (const Elf64_Ehdr *)data;
  if (!check_header(linker, name, header))
    return false;
  InputFile new_file = {
      .name = name, .data = data, .size = size, .flags = header->e_flags, .significant = NONE};
  VEC_PUSH(&linker->files, new_file);
  uint32_t number = (uint32_t)linker->files.count - 1;
  InputFile *file = &linker->files.data[number];
  uint32_t names_index = 0;
  const Elf64_Shdr *headers = find_headers(linker, file, &names_index);
  return headers && read_sections(linker, file, headers, names_index) &&
         read_all_of_type(linker, file, headers, SHT_SYMTAB, read_symbol_table) &&
         read_all_of_type(linker, file, headers, SHT_SYMTAB_SHNDX, read_extended_indices) &&
         read_all_of_type(linker, file, headers, SHT_REL, refuse_rel) &&
         read_all_of_type(linker, file, headers, SHT_RELA, read_relocations) &&
         read_all_of_type(linker, file, headers, SHT_GROUP, read_group) && read_descriptions(linker, file) &&
         link_resolve_file(linker, number);
}

bool link_read_input(Linker *linker, const LinkerInput *input) {
  if (link_is_archive(input->data, input->size))
    return link_read_archive(linker, input);
  if (link_is_input_script(input->data, input->size))
    return link_read_input_script(linker, input);
  return link_read_object(linker, input->name, input->data, input->size);
}

uint32_t link_add_section(Linker *linker, InputSection section) {
  VEC_PUSH(&linker->sections, section);
  return (uint32_t)linker->sections.count - 1;
}
