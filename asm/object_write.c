// Writes an object as an ELF file (System V ABI, chapters 4 and 5), from its first byte to its last, so that
// no copy of the file is made. (libelf needs a descriptor that can be read back, and has the file in memory
// twice on the way.)
#include "asm/object_internal.h"

#include "support/file.h"

#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <string.h>

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

// A section of the file: its header, the values still as the host has them, and where its contents come from.
typedef struct Output {
  Elf64_Shdr header;
  const void *data;
  const Section *relocated; // contents are this section's relocations instead
} Output;

typedef struct Writer {
  Object *object;
  Text strings;       // .strtab
  Text section_names; // .shstrtab
  Text attributes;
  Text note;
  VEC(Elf64_Sym) symbols;
  VEC(uint32_t) section_indices; // by symbol; 0: the symbol has it itself
  VEC(Output) outputs;           // by index in the file
  bool many_sections;            // more than symbols have numbers for
  uint32_t *symbol_index;        // by ObjectSymbol
  size_t local_count;            // local symbols, the null symbol among them
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
  static const unsigned char bindings[] = {STB_LOCAL, STB_GLOBAL, STB_WEAK, STB_GNU_UNIQUE};
  static const unsigned char types[] = {STT_NOTYPE, STT_OBJECT,    STT_FUNC,   STT_FILE,
                                        STT_TLS,    STT_GNU_IFUNC, STT_SECTION};
  static const unsigned char visibilities[] = {STV_DEFAULT, STV_INTERNAL, STV_HIDDEN, STV_PROTECTED};
  Elf64_Sym row = {.st_value = htole64(symbol->value), .st_size = htole64(symbol->size)};
  if (*symbol->name) {
    row.st_name = htole32((Elf64_Word)writer->strings.count);
    text_append(&writer->strings, symbol->name, strlen(symbol->name) + 1);
  }
  row.st_info = ELF64_ST_INFO(bindings[binding_of(symbol)], types[symbol->type]);
  row.st_other = (unsigned char)(visibilities[symbol->visibility] | (symbol->variant ? VARIANT_CC : 0));
  // The groups are the first sections.
  bool signature = symbol->state == STATE_SIGNATURE;
  uint32_t index = signature                        ? symbol->section
                   : symbol->state == STATE_DEFINED ? section_index(writer->object, symbol->section)
                                                    : 0;
  Elf64_Section place = signature || symbol->state == STATE_DEFINED
                            ? (index < SHN_LORESERVE ? (Elf64_Section)index : SHN_XINDEX)
                        : symbol->state == STATE_ABSOLUTE ? SHN_ABS
                        : symbol->state == STATE_COMMON   ? SHN_COMMON
                                                          : SHN_UNDEF;
  row.st_shndx = htole16(place);
  if (writer->many_sections)
    VEC_PUSH(&writer->section_indices, htole32(place == SHN_XINDEX ? index : 0));
  return row;
}

// ELF wants local symbols first; file symbols lead them.
static void order_symbols(Writer *writer) {
  const Object *object = writer->object;
  writer->symbol_index = ARENA_ARRAY(&writer->arena, uint32_t, object->symbols.count + 1);
  text_append_char(&writer->strings, '\0');
  VEC_PUSH(&writer->symbols, (Elf64_Sym){0});
  if (writer->many_sections)
    VEC_PUSH(&writer->section_indices, 0);
  VEC_RESERVE(&writer->symbols, object->symbols.count);
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

// Adds a section. Returns its header to be completed, valid until the next one is added.
static Elf64_Shdr *add_section(Writer *writer, const char *prefix, const char *name, uint32_t type,
                               const void *data, uint64_t size, uint64_t alignment) {
  Output output = {.data = data};
  output.header.sh_name = (Elf64_Word)writer->section_names.count;
  output.header.sh_type = type;
  output.header.sh_size = size;
  output.header.sh_addralign = alignment;
  text_append_string(&writer->section_names, prefix);
  text_append(&writer->section_names, name, strlen(name) + 1);
  VEC_PUSH(&writer->outputs, output);
  return &VEC_LAST(&writer->outputs).header;
}

// A group's contents are its flags and the sections that are its members. Which relocations have sections of
// their own is known by counting.
static void add_groups(Writer *writer) {
  const Object *object = writer->object;
  size_t count = object->groups.count;
  uint32_t **words = ARENA_ARRAY(&writer->arena, uint32_t *, count + 1);
  uint32_t *sizes = ARENA_ARRAY(&writer->arena, uint32_t, count + 1);
  for (size_t i = 1; i < object->sections.count; i++)
    sizes[object->sections.data[i].group] += 2;
  for (size_t i = 1; i <= count; i++) {
    words[i] = ARENA_ARRAY(&writer->arena, uint32_t, sizes[i] + 1);
    words[i][0] = htole32(object->groups.data[i - 1].comdat ? GRP_COMDAT : 0);
    sizes[i] = 1;
  }
  for (size_t i = 1; count && i < object->sections.count; i++) {
    const Section *section = &object->sections.data[i];
    if (!section->group)
      continue;
    words[section->group][sizes[section->group]++] = htole32(section_index(object, (ObjectSection)i));
    if (section->relocation_index)
      words[section->group][sizes[section->group]++] = htole32(section->relocation_index);
  }
  for (size_t i = 1; i <= count; i++) {
    Elf64_Shdr *header =
        add_section(writer, "", ".group", SHT_GROUP, words[i], sizes[i] * sizeof(uint32_t), sizeof(uint32_t));
    header->sh_entsize = sizeof(uint32_t);
    header->sh_info = writer->symbol_index[object->groups.data[i - 1].signature];
  }
}

static void add_program_sections(Writer *writer) {
  const Object *object = writer->object;
  for (size_t i = 1; i < object->sections.count; i++) {
    const Section *section = &object->sections.data[i];
    Elf64_Shdr *header = add_section(writer, "", intern_text(&object->names, section->name), section->type,
                                     section->bytes.data, section->size, section->alignment);
    header->sh_flags = section->flags;
    header->sh_entsize = section->entry_size;
    if (section->followed)
      header->sh_link = section_index(object, section->followed);
  }
}

static void add_relocations(Writer *writer, uint32_t symbol_table) {
  const Object *object = writer->object;
  for (size_t i = 1; i < object->sections.count; i++) {
    const Section *section = &object->sections.data[i];
    if (!section->relocations.count)
      continue;
    Elf64_Shdr *header = add_section(writer, ".rela", intern_text(&object->names, section->name), SHT_RELA,
                                     NULL, section->relocations.count * sizeof(Elf64_Rela), 8);
    header->sh_flags = SHF_INFO_LINK | (section->flags & SHF_GROUP);
    header->sh_link = symbol_table;
    header->sh_info = section_index(object, (ObjectSection)i);
    header->sh_entsize = sizeof(Elf64_Rela);
    VEC_LAST(&writer->outputs).relocated = section;
  }
}

// Where the tables behind the program's sections are in the file, in the order: note, attributes, symbols,
// strings, numbers of sections, relocations, names.
typedef struct Numbers {
  uint32_t symbol_table;
  uint32_t section_names;
} Numbers;

static Numbers number_sections(Writer *writer) {
  Object *object = writer->object;
  uint32_t next = section_index(object, (ObjectSection)object->sections.count);
  Numbers numbers = {.symbol_table = next + 2};
  writer->many_sections = next > SHN_LORESERVE;
  next += 4 + (writer->many_sections ? 1 : 0);
  for (size_t i = 1; i < object->sections.count; i++) {
    Section *section = &object->sections.data[i];
    section->relocation_index = section->relocations.count ? next++ : 0;
  }
  numbers.section_names = next;
  return numbers;
}

static void add_tables(Writer *writer, const Numbers *numbers) {
  make_note(writer);
  make_attributes(writer);
  add_section(writer, "", MACHINE_NOTE_SECTION, SHT_NOTE, writer->note.data, writer->note.count, 4);
  add_section(writer, "", ".riscv.attributes", SECTION_TYPE_ATTRIBUTES, writer->attributes.data,
              writer->attributes.count, 1);
  Elf64_Shdr *header = add_section(writer, "", ".symtab", SHT_SYMTAB, writer->symbols.data,
                                   writer->symbols.count * sizeof *writer->symbols.data, 8);
  header->sh_link = numbers->symbol_table + 1;
  header->sh_info = (Elf64_Word)writer->local_count;
  header->sh_entsize = sizeof *writer->symbols.data;
  add_section(writer, "", ".strtab", SHT_STRTAB, writer->strings.data, writer->strings.count, 1);
  // Symbols have no room for the numbers of sections beyond SHN_LORESERVE: those stand in a table of their
  // own.
  if (writer->many_sections) {
    header = add_section(writer, "", ".symtab_shndx", SHT_SYMTAB_SHNDX, writer->section_indices.data,
                         writer->section_indices.count * sizeof(uint32_t), sizeof(uint32_t));
    header->sh_link = numbers->symbol_table;
    header->sh_entsize = sizeof(uint32_t);
  }
  add_relocations(writer, numbers->symbol_table);
  for (size_t i = 1; i <= writer->object->groups.count; i++)
    writer->outputs.data[i].header.sh_link = numbers->symbol_table;
  // Its own name must be in it before its bytes are handed over.
  add_section(writer, "", ".shstrtab", SHT_STRTAB, NULL, 0, 1);
  Output *names = &VEC_LAST(&writer->outputs);
  names->data = writer->section_names.data;
  names->header.sh_size = writer->section_names.count;
}

// Gives all sections their places. Returns where their headers begin.
static uint64_t place_sections(Writer *writer) {
  uint64_t offset = sizeof(Elf64_Ehdr);
  for (size_t i = 1; i < writer->outputs.count; i++) {
    Elf64_Shdr *header = &writer->outputs.data[i].header;
    if (header->sh_type != SHT_NOBITS) // which has no bytes to be aligned
      offset = (offset + header->sh_addralign - 1) & ~(header->sh_addralign - 1);
    header->sh_offset = offset;
    if (header->sh_type != SHT_NOBITS)
      offset += header->sh_size;
  }
  return (offset + 7) & ~UINT64_C(7);
}

// Whether something in the file means what it does on GNU systems only.
static bool needs_gnu(const Object *object) {
  enum { FLAG_GNU_RETAIN = 1 << 21 };
  for (size_t i = 0; i < object->symbols.count; i++)
    if (object->symbols.data[i].type == SYMBOL_INDIRECT || object->symbols.data[i].binding == SYMBOL_UNIQUE)
      return true;
  for (size_t i = 1; i < object->sections.count; i++)
    if (object->sections.data[i].flags & FLAG_GNU_RETAIN)
      return true;
  return false;
}

static Elf64_Ehdr file_header(Writer *writer, const Numbers *numbers, uint64_t headers_at) {
  IsaExtensions extensions = writer->object->extensions;
  size_t count = writer->outputs.count;
  // What does not fit its field stands in the header of the section that is none.
  if (count >= SHN_LORESERVE)
    writer->outputs.data[0].header.sh_size = count;
  if (numbers->section_names >= SHN_LORESERVE)
    writer->outputs.data[0].header.sh_link = numbers->section_names;
  return (Elf64_Ehdr){
      .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT,
                  needs_gnu(writer->object) ? ELFOSABI_GNU : ELFOSABI_NONE},
      .e_type = htole16(ET_REL),
      .e_machine = htole16(EM_RISCV),
      .e_version = htole32(EV_CURRENT),
      .e_shoff = htole64(headers_at),
      .e_flags = htole32((extensions & ISA_EXTENSION_BIT(ISA_EXT_ZCA) ? FLAG_RVC : 0) |
                         (extensions & ISA_EXTENSION_BIT(ISA_EXT_D) ? FLAG_FLOAT_ABI_DOUBLE : 0)),
      .e_ehsize = htole16(sizeof(Elf64_Ehdr)),
      .e_shentsize = htole16(sizeof(Elf64_Shdr)),
      .e_shnum = htole16(count < SHN_LORESERVE ? (Elf64_Half)count : 0),
      .e_shstrndx =
          htole16(numbers->section_names < SHN_LORESERVE ? (Elf64_Half)numbers->section_names : SHN_XINDEX)};
}

// Where the bytes go: what is small is collected and written together. A file that cannot be written in
// pieces is collected whole.
typedef struct Stream {
  FileOutput file;
  bool in_pieces;
  bool failed;
  int error;
  uint64_t offset;  // of the next byte
  uint64_t flushed; // bytes written
  VEC(uint8_t) pending;
} Stream;

enum { PENDING_MOST = 1 << 18 };

static void stream_flush(Stream *stream) {
  if (!stream->failed &&
      !file_output_write(&stream->file, stream->flushed, stream->pending.data, stream->pending.count)) {
    stream->failed = true;
    stream->error = errno;
  }
  stream->flushed += stream->pending.count;
  stream->pending.count = 0;
}

// Room for `size` more bytes, which may not be more than PENDING_MOST.
static uint8_t *stream_room(Stream *stream, size_t size) {
  if (stream->in_pieces && stream->pending.count + size > PENDING_MOST)
    stream_flush(stream);
  VEC_RESERVE(&stream->pending, size);
  uint8_t *room = stream->pending.data + stream->pending.count;
  stream->pending.count += size;
  stream->offset += size;
  return room;
}

static void stream_put(Stream *stream, const void *data, uint64_t size) {
  if (stream->in_pieces && size > PENDING_MOST) {
    stream_flush(stream);
    if (!stream->failed && !file_output_write(&stream->file, stream->flushed, data, size)) {
      stream->failed = true;
      stream->error = errno;
    }
    stream->flushed += size;
    stream->offset += size;
  } else if (size) {
    memcpy(stream_room(stream, size), data, size);
  }
}

static void stream_align(Stream *stream, uint64_t offset) {
  static const uint8_t zeros[64] = {0};
  while (stream->offset < offset) {
    uint64_t wanted = offset - stream->offset;
    stream_put(stream, zeros, wanted < sizeof zeros ? wanted : sizeof zeros);
  }
}

static void put_relocations(const Writer *writer, const Section *section, Stream *stream) {
  for (size_t i = 0; i < section->relocations.count; i++) {
    const Relocation *from = &section->relocations.data[i];
    uint64_t symbol = from->symbol == OBJECT_NO_SYMBOL ? 0 : writer->symbol_index[from->symbol];
    Elf64_Rela row = {.r_offset = htole64(from->offset),
                      .r_info = htole64(ELF64_R_INFO(symbol, from->type)),
                      .r_addend = (int64_t)htole64((uint64_t)from->addend)};
    memcpy(stream_room(stream, sizeof row), &row, sizeof row);
  }
}

static void put_section_header(Stream *stream, const Elf64_Shdr *header) {
  Elf64_Shdr row = {.sh_name = htole32(header->sh_name),
                    .sh_type = htole32(header->sh_type),
                    .sh_flags = htole64(header->sh_flags),
                    .sh_offset = htole64(header->sh_offset),
                    .sh_size = htole64(header->sh_size),
                    .sh_link = htole32(header->sh_link),
                    .sh_info = htole32(header->sh_info),
                    .sh_addralign = htole64(header->sh_addralign),
                    .sh_entsize = htole64(header->sh_entsize)};
  stream_put(stream, &row, sizeof row);
}

static void put_file(Writer *writer, Stream *stream, const Elf64_Ehdr *header, uint64_t headers_at) {
  stream_put(stream, header, sizeof *header);
  for (size_t i = 1; i < writer->outputs.count; i++) {
    const Output *output = &writer->outputs.data[i];
    if (output->header.sh_type == SHT_NOBITS)
      continue;
    stream_align(stream, output->header.sh_offset);
    if (output->relocated)
      put_relocations(writer, output->relocated, stream);
    else
      stream_put(stream, output->data, output->header.sh_size);
  }
  stream_align(stream, headers_at);
  for (size_t i = 0; i < writer->outputs.count; i++)
    put_section_header(stream, &writer->outputs.data[i].header);
}

static bool write_file(Writer *writer, const Numbers *numbers, const char *path, Diagnostics *diagnostics) {
  uint64_t headers_at = place_sections(writer);
  Elf64_Ehdr header = file_header(writer, numbers, headers_at);
  Stream stream = {.in_pieces = file_output_possible(path)};
  if (stream.in_pieces && !file_output_open(&stream.file, path, diagnostics))
    return false;
  put_file(writer, &stream, &header, headers_at);
  bool good;
  if (stream.in_pieces) {
    stream_flush(&stream);
    if (stream.failed)
      diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(path), "cannot write: %s", strerror(stream.error));
    good = file_output_close(&stream.file, !stream.failed, false, diagnostics) && !stream.failed;
  } else {
    good = file_write(path, stream.pending.data, stream.pending.count, false, diagnostics);
  }
  VEC_FREE(&stream.pending);
  return good;
}

bool object_write(Object *object, const char *path, Diagnostics *diagnostics) {
  Writer writer = {.object = object};
  Numbers numbers = number_sections(&writer);
  VEC_PUSH(&writer.outputs, (Output){0});
  text_append_char(&writer.section_names, '\0');
  order_symbols(&writer);
  add_groups(&writer);
  add_program_sections(&writer);
  add_tables(&writer, &numbers);
  bool written = write_file(&writer, &numbers, path, diagnostics);
  text_free(&writer.strings);
  text_free(&writer.section_names);
  text_free(&writer.attributes);
  text_free(&writer.note);
  VEC_FREE(&writer.symbols);
  VEC_FREE(&writer.section_indices);
  VEC_FREE(&writer.outputs);
  arena_free(&writer.arena);
  return written;
}
