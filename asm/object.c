// The object writer: sections, symbols and relocations are collected in dense arrays, and object_write hands
// them to libelf.
#include "asm/object.h"

#include "support/file.h"
#include "support/intern.h"
#include "support/vec.h"

#include <gelf.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// Values of the RISC-V ELF psABI that this libelf's elf.h may not name.
enum {
  SECTION_TYPE_ATTRIBUTES = 0x70000003,
  FLAG_RVC = 0x1,
  FLAG_FLOAT_ABI_DOUBLE = 0x4,
  ATTRIBUTE_FILE = 1,
  ATTRIBUTE_STACK_ALIGN = 4,
  ATTRIBUTE_ARCH = 5,
  STACK_ALIGNMENT = 16,
  VARIANT_CC = 0x80, // in st_other
};

typedef struct Relocation {
  uint64_t offset;
  int64_t addend;
  ObjectSymbol symbol;
  unsigned type;
} Relocation;

typedef struct Section {
  Name name;
  uint32_t type;
  uint64_t flags;
  uint64_t entry_size;
  uint64_t alignment;
  uint64_t size;
  ObjectGroup group;
  ObjectSection followed;
  uint32_t relocation_index; // of its relocations in the file; 0: none
  VEC(uint8_t) bytes;        // unused in a SHT_NOBITS section
  VEC(Relocation) relocations;
} Section;

typedef enum SymbolState {
  STATE_UNDEFINED,
  STATE_DEFINED,
  STATE_ABSOLUTE,
  STATE_COMMON,
  STATE_SIGNATURE
} SymbolState;

typedef struct Symbol {
  const char *name;
  ObjectSection section;
  uint64_t value;
  uint64_t size;
  SymbolState state;
  SymbolBinding binding;
  SymbolType type;
  SymbolVisibility visibility;
  bool binding_given;
  bool variant;
} Symbol;

typedef struct Group {
  ObjectSymbol signature;
  bool comdat;
} Group;

struct Object {
  Machine machine;
  IsaExtensions extensions;
  Intern names;             // of sections and of symbols that others may ask for
  Arena texts;              // names of local symbols
  VEC(uint32_t) section_of; // by Name; 0: none
  VEC(uint32_t) symbol_of;  // by Name; symbol + 1, 0: none
  VEC(Section) sections;    // the first is no section
  VEC(Symbol) symbols;
  VEC(Group) groups;
};

Object *object_new(const Machine *machine, IsaExtensions extensions) {
  Object *object = checked_malloc(sizeof *object);
  *object = (Object){.machine = *machine, .extensions = extensions};
  VEC_PUSH(&object->sections, (Section){0});
  return object;
}

void object_free(Object *object) {
  if (!object)
    return;
  for (size_t i = 0; i < object->sections.count; i++) {
    VEC_FREE(&object->sections.data[i].bytes);
    VEC_FREE(&object->sections.data[i].relocations);
  }
  VEC_FREE(&object->sections);
  VEC_FREE(&object->symbols);
  VEC_FREE(&object->groups);
  VEC_FREE(&object->section_of);
  VEC_FREE(&object->symbol_of);
  intern_free(&object->names);
  arena_free(&object->texts);
  free(object);
}

void object_set_extensions(Object *object, IsaExtensions extensions) {
  object->extensions = extensions;
}

// The number of a name; both maps reach at least as far afterwards.
static Name name_of(Object *object, const char *text) {
  Name name = intern_string(&object->names, text);
  while (object->section_of.count <= name) {
    VEC_PUSH(&object->section_of, 0);
    VEC_PUSH(&object->symbol_of, 0);
  }
  return name;
}

ObjectSection object_section_new(Object *object, const char *name, uint32_t type, uint64_t flags,
                                 uint64_t entry_size) {
  Section section = {
      .name = name_of(object, name), .type = type, .flags = flags, .entry_size = entry_size, .alignment = 1};
  VEC_PUSH(&object->sections, section);
  ObjectSection number = (ObjectSection)object->sections.count - 1;
  if (!object->section_of.data[section.name])
    object->section_of.data[section.name] = number;
  return number;
}

ObjectSection object_section(Object *object, const char *name, uint32_t type, uint64_t flags,
                             uint64_t entry_size) {
  Name number = name_of(object, name);
  ObjectSection known = object->section_of.data[number];
  return known ? known : object_section_new(object, name, type, flags, entry_size);
}

ObjectGroup object_group(Object *object, ObjectSymbol signature, bool comdat) {
  VEC_PUSH(&object->groups, ((Group){signature, comdat}));
  return (ObjectGroup)object->groups.count;
}

void object_define_signature(Object *object, ObjectSymbol symbol, ObjectGroup group) {
  object->symbols.data[symbol].state = STATE_SIGNATURE;
  object->symbols.data[symbol].section = group;
}

void object_section_join(Object *object, ObjectSection section, ObjectGroup group) {
  object->sections.data[section].group = group;
  object->sections.data[section].flags |= SHF_GROUP;
}

void object_section_follow(Object *object, ObjectSection section, ObjectSection other) {
  object->sections.data[section].followed = other;
  object->sections.data[section].flags |= SHF_LINK_ORDER;
}

uint32_t object_section_type(const Object *object, ObjectSection section) {
  return object->sections.data[section].type;
}

uint64_t object_section_flags(const Object *object, ObjectSection section) {
  return object->sections.data[section].flags;
}

uint64_t object_section_size(const Object *object, ObjectSection section) {
  return object->sections.data[section].size;
}

void object_section_align(Object *object, ObjectSection section, uint64_t alignment) {
  if (object->sections.data[section].alignment < alignment)
    object->sections.data[section].alignment = alignment;
}

uint64_t object_append(Object *object, ObjectSection section, const void *data, uint64_t size) {
  Section *to = &object->sections.data[section];
  uint64_t offset = to->size;
  if (size) {
    VEC_RESERVE(&to->bytes, size);
    memcpy(to->bytes.data + to->bytes.count, data, size);
    to->bytes.count += size;
  }
  to->size += size;
  return offset;
}

uint64_t object_append_zeros(Object *object, ObjectSection section, uint64_t size) {
  Section *to = &object->sections.data[section];
  uint64_t offset = to->size;
  if (to->type != SHT_NOBITS && size) {
    VEC_RESERVE(&to->bytes, size);
    memset(to->bytes.data + to->bytes.count, 0, size);
    to->bytes.count += size;
  }
  to->size += size;
  return offset;
}

uint8_t *object_section_bytes(Object *object, ObjectSection section, uint64_t offset) {
  return object->sections.data[section].bytes.data + offset;
}

ObjectSymbol object_local_symbol(Object *object, const char *name) {
  Symbol symbol = {.name = name ? arena_copy_text(&object->texts, name, strlen(name)) : "",
                   .binding = SYMBOL_LOCAL,
                   .binding_given = true};
  VEC_PUSH(&object->symbols, symbol);
  return (ObjectSymbol)object->symbols.count - 1;
}

ObjectSymbol object_symbol(Object *object, const char *name) {
  Name number = name_of(object, name);
  if (!object->symbol_of.data[number]) {
    VEC_PUSH(&object->symbols, (Symbol){.name = intern_text(&object->names, number)});
    object->symbol_of.data[number] = (uint32_t)object->symbols.count;
  }
  return object->symbol_of.data[number] - 1;
}

void object_define(Object *object, ObjectSymbol symbol, ObjectSection section, uint64_t offset) {
  Symbol *to = &object->symbols.data[symbol];
  to->state = STATE_DEFINED;
  to->section = section;
  to->value = offset;
}

void object_define_absolute(Object *object, ObjectSymbol symbol, uint64_t value) {
  Symbol *to = &object->symbols.data[symbol];
  to->state = STATE_ABSOLUTE;
  to->value = value;
}

void object_define_common(Object *object, ObjectSymbol symbol, uint64_t size, uint64_t alignment) {
  Symbol *to = &object->symbols.data[symbol];
  to->state = STATE_COMMON;
  to->value = alignment;
  to->size = size;
}

void object_set_binding(Object *object, ObjectSymbol symbol, SymbolBinding binding) {
  object->symbols.data[symbol].binding = binding;
  object->symbols.data[symbol].binding_given = true;
}

void object_set_type(Object *object, ObjectSymbol symbol, SymbolType type) {
  object->symbols.data[symbol].type = type;
}

void object_set_size(Object *object, ObjectSymbol symbol, uint64_t size) {
  object->symbols.data[symbol].size = size;
}

void object_set_variant(Object *object, ObjectSymbol symbol) {
  object->symbols.data[symbol].variant = true;
}

void object_set_visibility(Object *object, ObjectSymbol symbol, SymbolVisibility visibility) {
  object->symbols.data[symbol].visibility = visibility;
}

bool object_is_defined(const Object *object, ObjectSymbol symbol) {
  return object->symbols.data[symbol].state != STATE_UNDEFINED;
}

void object_relocate(Object *object, ObjectSection section, uint64_t offset, unsigned type,
                     ObjectSymbol symbol, int64_t addend) {
  Relocation relocation = {offset, addend, symbol, type};
  VEC_PUSH(&object->sections.data[section].relocations, relocation);
}

// Writing. All that libelf is given stays in place until elf_update has run.

typedef struct Writer {
  Object *object;
  Elf *elf;
  Text strings;       // .strtab
  Text section_names; // .shstrtab
  Text attributes;
  Text note;
  VEC(Elf64_Sym) symbols;
  VEC(uint32_t) section_indices; // by symbol; 0: the symbol has it itself
  Elf_Data **groups;
  uint32_t *symbol_index; // by ObjectSymbol
  size_t local_count;     // local symbols, the null symbol among them
  Arena arena;
} Writer;

// The binding a symbol gets in the file: what was said of it, else local where it is defined here.
static SymbolBinding binding_of(const Symbol *symbol) {
  if (symbol->binding_given)
    return symbol->binding;
  return symbol->state == STATE_UNDEFINED || symbol->state == STATE_COMMON ? SYMBOL_GLOBAL : SYMBOL_LOCAL;
}

// Where a section is in the file: behind the groups, which must come before their members.
static uint32_t section_index(const Object *object, ObjectSection section) {
  return (uint32_t)object->groups.count + section;
}

static Elf64_Sym symbol_row(Writer *writer, const Symbol *symbol) {
  static const unsigned char bindings[] = {STB_LOCAL, STB_GLOBAL, STB_WEAK};
  static const unsigned char types[] = {STT_NOTYPE, STT_OBJECT, STT_FUNC, STT_FILE, STT_TLS, STT_SECTION};
  static const unsigned char visibilities[] = {STV_DEFAULT, STV_INTERNAL, STV_HIDDEN, STV_PROTECTED};
  Elf64_Sym row = {.st_value = symbol->value, .st_size = symbol->size};
  if (*symbol->name) {
    row.st_name = (Elf64_Word)writer->strings.count;
    text_append(&writer->strings, symbol->name, strlen(symbol->name) + 1);
  }
  row.st_info = ELF64_ST_INFO(bindings[binding_of(symbol)], types[symbol->type]);
  row.st_other = (unsigned char)(visibilities[symbol->visibility] | (symbol->variant ? VARIANT_CC : 0));
  // The groups are the first sections.
  bool signature = symbol->state == STATE_SIGNATURE;
  uint32_t index = signature                        ? symbol->section
                   : symbol->state == STATE_DEFINED ? section_index(writer->object, symbol->section)
                                                    : 0;
  row.st_shndx = signature || symbol->state == STATE_DEFINED
                     ? (index < SHN_LORESERVE ? (Elf64_Section)index : SHN_XINDEX)
                 : symbol->state == STATE_ABSOLUTE ? SHN_ABS
                 : symbol->state == STATE_COMMON   ? SHN_COMMON
                                                   : SHN_UNDEF;
  VEC_PUSH(&writer->section_indices, row.st_shndx == SHN_XINDEX ? index : 0);
  return row;
}

// ELF wants local symbols first; file symbols lead them.
static void order_symbols(Writer *writer) {
  const Object *object = writer->object;
  writer->symbol_index = ARENA_ARRAY(&writer->arena, uint32_t, object->symbols.count + 1);
  text_append_char(&writer->strings, '\0');
  VEC_PUSH(&writer->symbols, (Elf64_Sym){0});
  VEC_PUSH(&writer->section_indices, 0);
  for (int pass = 0; pass < 3; pass++) {
    for (size_t i = 0; i < object->symbols.count; i++) {
      const Symbol *symbol = &object->symbols.data[i];
      int wanted = binding_of(symbol) != SYMBOL_LOCAL ? 2 : symbol->type == SYMBOL_FILE ? 0 : 1;
      if (wanted != pass)
        continue;
      writer->symbol_index[i] = (uint32_t)writer->symbols.count;
      Elf64_Sym row = symbol_row(writer, symbol);
      VEC_PUSH(&writer->symbols, row);
    }
    if (pass == 1)
      writer->local_count = writer->symbols.count;
  }
}

static void append_word(Text *text, uint32_t value) {
  for (int i = 0; i < 4; i++)
    text_append_char(text, (char)(value >> 8 * i & 0xff));
}

// .riscv.attributes: format version, then one vendor's block with one block for the whole file.
static void make_attributes(Writer *writer) {
  Text body = {0};
  text_append_char(&body, ATTRIBUTE_STACK_ALIGN);
  text_append_char(&body, STACK_ALIGNMENT);
  text_append_char(&body, ATTRIBUTE_ARCH);
  isa_arch_format(&body, writer->object->extensions);
  text_append_char(&body, '\0');
  static const char vendor[] = "riscv";
  uint32_t file_size = 1 + 4 + (uint32_t)body.count;
  text_append_char(&writer->attributes, 'A');
  append_word(&writer->attributes, 4 + (uint32_t)sizeof vendor + file_size);
  text_append(&writer->attributes, vendor, sizeof vendor);
  text_append_char(&writer->attributes, ATTRIBUTE_FILE);
  append_word(&writer->attributes, file_size);
  text_append(&writer->attributes, body.data, body.count);
  text_free(&body);
}

static void make_note(Writer *writer) {
  const Machine *machine = &writer->object->machine;
  static const char owner[] = MACHINE_NOTE_OWNER;
  Text *note = &writer->note;
  uint32_t descriptor_size = 4 + (uint32_t)strlen(machine->name) + 1;
  append_word(note, sizeof owner);
  append_word(note, descriptor_size);
  append_word(note, MACHINE_NOTE_TYPE);
  text_append(note, owner, sizeof owner);
  while (note->count % 4)
    text_append_char(note, '\0');
  append_word(note, machine_fingerprint(machine));
  text_append(note, machine->name, strlen(machine->name) + 1);
  while (note->count % 4)
    text_append_char(note, '\0');
}

// Adds a section with one piece of data. Returns its header to be completed, its index in *index.
static Elf64_Shdr *add_section(Writer *writer, const char *name, uint32_t type, Elf_Type data_type,
                               void *bytes, uint64_t size, uint64_t alignment, size_t *index) {
  Elf_Scn *section = elf_newscn(writer->elf);
  Elf_Data *data = section ? elf_newdata(section) : NULL;
  Elf64_Shdr *header = data ? elf64_getshdr(section) : NULL;
  if (!header)
    return NULL;
  data->d_type = data_type;
  data->d_buf = bytes;
  data->d_size = size;
  data->d_align = alignment;
  header->sh_type = type;
  header->sh_addralign = alignment;
  header->sh_name = (Elf64_Word)writer->section_names.count;
  text_append(&writer->section_names, name, strlen(name) + 1);
  *index = elf_ndxscn(section);
  return header;
}

// The groups' sections, still empty: which sections the relocations get is not known yet.
static bool add_groups(Writer *writer) {
  const Object *object = writer->object;
  writer->groups = ARENA_ARRAY(&writer->arena, Elf_Data *, object->groups.count + 1);
  for (size_t i = 0; i < object->groups.count; i++) {
    size_t index;
    Elf64_Shdr *header = add_section(writer, ".group", SHT_GROUP, ELF_T_WORD, NULL, 0, 4, &index);
    if (!header)
      return false;
    header->sh_entsize = sizeof(Elf64_Word);
    writer->groups[i] = elf_getdata(elf_getscn(writer->elf, index), NULL);
  }
  return true;
}

// A group's contents: its flags, and the sections that are its members.
static void fill_groups(Writer *writer, size_t symbol_table) {
  const Object *object = writer->object;
  uint32_t *counts = ARENA_ARRAY(&writer->arena, uint32_t, object->groups.count + 1);
  for (size_t i = 1; i < object->sections.count; i++)
    counts[object->sections.data[i].group] += 2;
  for (size_t i = 0; i < object->groups.count; i++) {
    Elf_Data *data = writer->groups[i];
    Elf64_Word *words = ARENA_ARRAY(&writer->arena, Elf64_Word, counts[i + 1] + 1);
    words[0] = object->groups.data[i].comdat ? GRP_COMDAT : 0;
    data->d_buf = words;
    data->d_size = sizeof *words;
    Elf64_Shdr *header = elf64_getshdr(elf_getscn(writer->elf, i + 1));
    header->sh_link = (Elf64_Word)symbol_table;
    header->sh_info = writer->symbol_index[object->groups.data[i].signature];
  }
  for (size_t i = 1; i < object->sections.count; i++) {
    const Section *section = &object->sections.data[i];
    if (!section->group)
      continue;
    Elf_Data *data = writer->groups[section->group - 1];
    Elf64_Word *words = data->d_buf;
    words[data->d_size / sizeof *words] = section_index(object, (ObjectSection)i);
    data->d_size += sizeof *words;
    if (section->relocation_index) {
      words[data->d_size / sizeof *words] = section->relocation_index;
      data->d_size += sizeof *words;
    }
  }
}

static bool add_program_sections(Writer *writer) {
  Object *object = writer->object;
  for (size_t i = 1; i < object->sections.count; i++) {
    Section *section = &object->sections.data[i];
    size_t index;
    void *bytes = section->type == SHT_NOBITS ? NULL : section->bytes.data;
    Elf64_Shdr *header = add_section(writer, intern_text(&object->names, section->name), section->type,
                                     ELF_T_BYTE, bytes, section->size, section->alignment, &index);
    if (!header)
      return false;
    header->sh_flags = section->flags;
    header->sh_entsize = section->entry_size;
    if (section->followed)
      header->sh_link = section_index(object, section->followed);
  }
  return true;
}

static bool add_relocations(Writer *writer, size_t symbol_table) {
  Object *object = writer->object;
  for (size_t i = 1; i < object->sections.count; i++) {
    Section *section = &object->sections.data[i];
    size_t count = section->relocations.count;
    if (!count)
      continue;
    Elf64_Rela *rows = ARENA_ARRAY(&writer->arena, Elf64_Rela, count);
    for (size_t r = 0; r < count; r++) {
      const Relocation *from = &section->relocations.data[r];
      uint64_t symbol = from->symbol == OBJECT_NO_SYMBOL ? 0 : writer->symbol_index[from->symbol];
      rows[r] = (Elf64_Rela){
          .r_offset = from->offset, .r_info = ELF64_R_INFO(symbol, from->type), .r_addend = from->addend};
    }
    const char *name = arena_format(&writer->arena, ".rela%s", intern_text(&object->names, section->name));
    size_t index;
    Elf64_Shdr *header =
        add_section(writer, name, SHT_RELA, ELF_T_RELA, rows, count * sizeof *rows, 8, &index);
    if (!header)
      return false;
    header->sh_flags = SHF_INFO_LINK | (section->flags & SHF_GROUP);
    header->sh_link = (Elf64_Word)symbol_table;
    header->sh_info = section_index(object, (ObjectSection)i);
    section->relocation_index = (uint32_t)index;
    header->sh_entsize = sizeof *rows;
  }
  return true;
}

// Symbols have no room for the numbers of sections beyond SHN_LORESERVE: those stand in a table of their own.
static bool add_section_indices(Writer *writer, size_t symbol_table) {
  if (section_index(writer->object, (ObjectSection)writer->object->sections.count) <= SHN_LORESERVE)
    return true;
  size_t index;
  Elf64_Shdr *header =
      add_section(writer, ".symtab_shndx", SHT_SYMTAB_SHNDX, ELF_T_WORD, writer->section_indices.data,
                  writer->section_indices.count * sizeof(Elf64_Word), 4, &index);
  if (!header)
    return false;
  header->sh_link = (Elf64_Word)symbol_table;
  header->sh_entsize = sizeof(Elf64_Word);
  return true;
}

// The tables behind the program's sections, in the order: note, attributes, symbols, strings, numbers of
// sections, relocations, names.
static bool add_tables(Writer *writer) {
  size_t index;
  make_note(writer);
  make_attributes(writer);
  if (!add_section(writer, MACHINE_NOTE_SECTION, SHT_NOTE, ELF_T_BYTE, writer->note.data, writer->note.count,
                   4, &index))
    return false;
  if (!add_section(writer, ".riscv.attributes", SECTION_TYPE_ATTRIBUTES, ELF_T_BYTE, writer->attributes.data,
                   writer->attributes.count, 1, &index))
    return false;
  size_t symbol_table;
  Elf64_Shdr *header = add_section(writer, ".symtab", SHT_SYMTAB, ELF_T_SYM, writer->symbols.data,
                                   writer->symbols.count * sizeof *writer->symbols.data, 8, &symbol_table);
  if (!header)
    return false;
  header->sh_link = (Elf64_Word)symbol_table + 1;
  header->sh_info = (Elf64_Word)writer->local_count;
  header->sh_entsize = sizeof *writer->symbols.data;
  if (!add_section(writer, ".strtab", SHT_STRTAB, ELF_T_BYTE, writer->strings.data, writer->strings.count, 1,
                   &index))
    return false;
  if (!add_section_indices(writer, symbol_table) || !add_relocations(writer, symbol_table))
    return false;
  fill_groups(writer, symbol_table);
  // Its own name must be in it before its bytes are handed over.
  header = add_section(writer, ".shstrtab", SHT_STRTAB, ELF_T_BYTE, NULL, 0, 1, &index);
  if (!header)
    return false;
  Elf_Data *data = elf_getdata(elf_getscn(writer->elf, index), NULL);
  data->d_buf = writer->section_names.data;
  data->d_size = writer->section_names.count;
  Elf64_Ehdr *ehdr = elf64_getehdr(writer->elf);
  ehdr->e_shstrndx = index < SHN_LORESERVE ? (Elf64_Half)index : SHN_XINDEX;
  if (index >= SHN_LORESERVE)
    elf64_getshdr(elf_getscn(writer->elf, 0))->sh_link = (Elf64_Word)index;
  return true;
}

static bool fill_elf(Writer *writer) {
  Elf64_Ehdr *header = elf64_newehdr(writer->elf);
  if (!header)
    return false;
  IsaExtensions extensions = writer->object->extensions;
  header->e_ident[EI_DATA] = ELFDATA2LSB;
  header->e_type = ET_REL;
  header->e_machine = EM_RISCV;
  header->e_version = EV_CURRENT;
  header->e_flags = (extensions & ISA_EXTENSION_BIT(ISA_EXT_ZCA) ? FLAG_RVC : 0) |
                    (extensions & ISA_EXTENSION_BIT(ISA_EXT_D) ? FLAG_FLOAT_ABI_DOUBLE : 0);
  text_append_char(&writer->section_names, '\0');
  order_symbols(writer);
  return add_groups(writer) && add_program_sections(writer) && add_tables(writer) &&
         elf_update(writer->elf, ELF_C_WRITE) >= 0;
}

// libelf writes to a descriptor: an anonymous one, from which the finished file is then written at once.
static bool write_through(Writer *writer, int descriptor, const char *path, Diagnostics *diagnostics) {
  elf_version(EV_CURRENT);
  writer->elf = elf_begin(descriptor, ELF_C_WRITE, NULL);
  bool filled = writer->elf && fill_elf(writer);
  if (!filled)
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(path), "cannot write the object: %s", elf_errmsg(-1));
  if (writer->elf)
    elf_end(writer->elf);
  if (!filled)
    return false;
  off_t size = lseek(descriptor, 0, SEEK_END);
  void *data = size > 0 ? mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, descriptor, 0) : MAP_FAILED;
  if (data == MAP_FAILED) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(path), "cannot read back the finished object");
    return false;
  }
  bool written = file_write(path, data, (size_t)size, false, diagnostics);
  munmap(data, (size_t)size);
  return written;
}

bool object_write(Object *object, const char *path, Diagnostics *diagnostics) {
  int descriptor = memfd_create("kiln-object", MFD_CLOEXEC);
  if (descriptor < 0) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(path), "cannot make a temporary file");
    return false;
  }
  Writer writer = {.object = object};
  bool written = write_through(&writer, descriptor, path, diagnostics);
  close(descriptor);
  text_free(&writer.strings);
  text_free(&writer.section_names);
  text_free(&writer.attributes);
  text_free(&writer.note);
  VEC_FREE(&writer.symbols);
  VEC_FREE(&writer.section_indices);
  arena_free(&writer.arena);
  return written;
}
