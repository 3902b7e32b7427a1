// Writes the executable into memory: headers, contents with relocations applied, symbols, section headers.
#include "linker/internal.h"

// Sections behind the output sections: .riscv.attributes, the machine note, .symtab, .strtab, .shstrtab.
typedef struct Extra {
  const char *name;
  const void *data;
  uint64_t size;
  uint64_t offset;
  uint64_t alignment;
  uint64_t entry_size;
  uint32_t type;
  uint32_t link;
  uint32_t info;
} Extra;

enum { EXTRA_MAX = 5 };

typedef struct Writer {
  Linker *linker;
  VEC(Elf64_Sym) symbols;
  Text strings;
  Text section_names;
  uint32_t local_count;
  Extra extras[EXTRA_MAX];
  uint32_t extra_count;
  uint64_t attributes_offset;
  uint64_t headers_offset;
  uint64_t size;
} Writer;

static uint32_t add_string(Text *table, const char *string) {
  uint32_t offset = (uint32_t)table->count;
  text_append(table, string, strlen(string) + 1);
  return offset;
}

static uint16_t header_index(const Linker *linker, uint32_t section) {
  return (uint16_t)linker->outputs.data[linker->sections.data[section].output].header;
}

static uint64_t symbol_value(const Linker *linker, const Target *target, uint8_t type) {
  uint64_t address = link_target_address(linker, target);
  return type == STT_TLS ? address - linker->tls_address : address;
}

// The size of what lies at [value, value + size) of a section, with deletions taken out.
static uint64_t symbol_size(const Linker *linker, uint32_t section, uint64_t value, uint64_t size) {
  const InputSection *input = &linker->sections.data[section];
  if (!input->deletion_count || value > input->size || size > input->size - value)
    return size;
  return link_output_offset(input, value + size) - link_output_offset(input, value);
}

// Names made by compilers for their own use are left out.
static bool is_temporary(const char *name) {
  return !*name || (name[0] == '.' && name[1] == 'L');
}

static void add_locals(Writer *writer, const InputFile *file) {
  Linker *linker = writer->linker;
  for (uint32_t i = 1; i < file->first_global; i++) {
    const Elf64_Sym *source = &file->symbols[i];
    uint8_t type = ELF64_ST_TYPE(source->st_info);
    const char *name = link_symbol_name(file, i);
    if (type == STT_SECTION || !name || is_temporary(name) || source->st_shndx == SHN_UNDEF)
      continue;
    Target target = link_symbol_target(linker, file, i);
    if (target.undefined || (target.section != NONE && linker->sections.data[target.section].output == NONE))
      continue;
    Elf64_Sym symbol = {.st_name = add_string(&writer->strings, name),
                        .st_info = source->st_info,
                        .st_other = source->st_other,
                        .st_shndx = SHN_ABS,
                        .st_value = source->st_value,
                        .st_size = source->st_size};
    if (target.section != NONE) {
      symbol.st_shndx = header_index(linker, target.section);
      symbol.st_value = symbol_value(linker, &target, type);
      symbol.st_size = symbol_size(linker, target.section, source->st_value, source->st_size);
    }
    VEC_PUSH(&writer->symbols, symbol);
  }
}

static bool is_hidden(const Symbol *symbol) {
  return symbol->visibility == STV_HIDDEN || symbol->visibility == STV_INTERNAL;
}

static void add_global(Writer *writer, Name name) {
  Linker *linker = writer->linker;
  const Symbol *source = &linker->symbols.data[name];
  if (source->state == SYMBOL_UNDEFINED)
    return;
  if (source->section != NONE && linker->sections.data[source->section].output == NONE)
    return;
  uint8_t binding = is_hidden(source) ? STB_LOCAL : source->binding;
  Elf64_Sym symbol = {.st_name = add_string(&writer->strings, intern_text(&linker->names, name)),
                      .st_info = ELF64_ST_INFO(binding, source->type),
                      .st_other = source->visibility,
                      .st_shndx = SHN_ABS,
                      .st_value = source->value,
                      .st_size = source->size};
  if (source->section != NONE) {
    Target target = {.section = source->section, .value = source->value};
    symbol.st_shndx = header_index(linker, source->section);
    symbol.st_value = symbol_value(linker, &target, source->type);
    symbol.st_size = symbol_size(linker, source->section, source->value, source->size);
  } else if (source->output != NONE) {
    symbol.st_shndx = (uint16_t)linker->outputs.data[source->output].header;
  }
  VEC_PUSH(&writer->symbols, symbol);
}

// Locals come first; a hidden symbol is local to the executable.
static void collect_symbols(Writer *writer) {
  Linker *linker = writer->linker;
  VEC_PUSH(&writer->symbols, (Elf64_Sym){0});
  text_append_char(&writer->strings, '\0');
  for (size_t i = 0; i < linker->files.count; i++)
    add_locals(writer, &linker->files.data[i]);
  for (Name name = 0; name < linker->symbols.count; name++)
    if (is_hidden(&linker->symbols.data[name]))
      add_global(writer, name);
  writer->local_count = (uint32_t)writer->symbols.count;
  for (Name name = 0; name < linker->symbols.count; name++)
    if (!is_hidden(&linker->symbols.data[name]))
      add_global(writer, name);
}

static Extra *add_extra(Writer *writer, Extra extra) {
  extra.offset = (writer->size + extra.alignment - 1) & ~(extra.alignment - 1);
  writer->size = extra.offset + extra.size;
  writer->extras[writer->extra_count] = extra;
  return &writer->extras[writer->extra_count++];
}

static void name_sections(Writer *writer, uint32_t *names) {
  text_append_char(&writer->section_names, '\0');
  for (size_t i = 0; i < writer->linker->outputs.count; i++)
    *names++ = add_string(&writer->section_names, writer->linker->outputs.data[i].name);
  for (uint32_t i = 0; i < writer->extra_count; i++)
    *names++ = add_string(&writer->section_names, writer->extras[i].name);
  *names = add_string(&writer->section_names, ".shstrtab");
}

static void plan_symbols(Writer *writer) {
  add_extra(writer, (Extra){.name = ".symtab",
                            .data = writer->symbols.data,
                            .size = writer->symbols.count * sizeof(Elf64_Sym),
                            .alignment = 8,
                            .entry_size = sizeof(Elf64_Sym),
                            .type = SHT_SYMTAB,
                            .link = (uint32_t)writer->linker->outputs.count + 1 + writer->extra_count + 1,
                            .info = writer->local_count});
  add_extra(writer, (Extra){.name = ".strtab",
                            .data = writer->strings.data,
                            .size = writer->strings.count,
                            .alignment = 1,
                            .type = SHT_STRTAB});
}

// Adds what follows the output sections and returns the names of all sections, by header index - 1.
static uint32_t *plan_extras(Writer *writer) {
  Linker *linker = writer->linker;
  for (size_t i = 0; i < linker->outputs.count; i++) {
    const OutputSection *output = &linker->outputs.data[i];
    uint64_t end = output->file_offset + (output->type == SHT_NOBITS ? 0 : output->size);
    writer->size = writer->size > end ? writer->size : end;
  }
  uint32_t first = (uint32_t)linker->outputs.count + 1;
  if (linker->attributes.count) {
    Extra attributes = {.name = ".riscv.attributes",
                        .data = linker->attributes.data,
                        .size = linker->attributes.count,
                        .alignment = 1,
                        .type = SHT_RISCV_ATTRIBUTES};
    writer->attributes_offset = add_extra(writer, attributes)->offset;
  }
  add_extra(writer, (Extra){.name = MACHINE_NOTE_SECTION,
                            .data = linker->note.data,
                            .size = linker->note.count,
                            .alignment = 4,
                            .type = SHT_NOTE});
  if (linker->options->strip != LINKER_STRIP_ALL)
    plan_symbols(writer);
  uint32_t *names = ARENA_ARRAY(&linker->arena, uint32_t, linker->outputs.count + EXTRA_MAX);
  name_sections(writer, names);
  add_extra(writer, (Extra){.name = ".shstrtab",
                            .data = writer->section_names.data,
                            .size = writer->section_names.count,
                            .alignment = 1,
                            .type = SHT_STRTAB});
  writer->headers_offset = (writer->size + 7) & ~UINT64_C(7);
  writer->size = writer->headers_offset + (first + writer->extra_count) * sizeof(Elf64_Shdr);
  return names;
}

static void write_program_headers(const Writer *writer, uint8_t *image) {
  const Linker *linker = writer->linker;
  Elf64_Phdr *header = (Elf64_Phdr *)(image + sizeof(Elf64_Ehdr));
  for (size_t i = 0; i < linker->segments.count; i++, header++) {
    const Segment *segment = &linker->segments.data[i];
    *header = (Elf64_Phdr){.p_type = segment->type,
                           .p_flags = segment->flags,
                           .p_offset = segment->file_offset,
                           .p_vaddr = segment->address,
                           .p_paddr = segment->load_address,
                           .p_filesz = segment->file_size,
                           .p_memsz = segment->memory_size,
                           .p_align = segment->alignment};
  }
  if (linker->attributes.count)
    *header = (Elf64_Phdr){.p_type = PT_RISCV_ATTRIBUTES,
                           .p_flags = PF_R,
                           .p_offset = writer->attributes_offset,
                           .p_filesz = linker->attributes.count,
                           .p_align = 1};
}

static void write_file_header(const Writer *writer, uint8_t *image) {
  const Linker *linker = writer->linker;
  Elf64_Ehdr *header = (Elf64_Ehdr *)image;
  *header = (Elf64_Ehdr){.e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
                         .e_type = ET_EXEC,
                         .e_machine = EM_RISCV,
                         .e_version = EV_CURRENT,
                         .e_entry = linker->entry,
                         .e_phoff = sizeof(Elf64_Ehdr),
                         .e_shoff = writer->headers_offset,
                         .e_flags = linker->flags,
                         .e_ehsize = sizeof(Elf64_Ehdr),
                         .e_phentsize = sizeof(Elf64_Phdr),
                         .e_phnum = (uint16_t)(linker->segments.count + (linker->attributes.count != 0)),
                         .e_shentsize = sizeof(Elf64_Shdr),
                         .e_shnum = (uint16_t)(linker->outputs.count + 1 + writer->extra_count),
                         .e_shstrndx = (uint16_t)(linker->outputs.count + writer->extra_count)};
  if (!header->e_phnum)
    header->e_phoff = 0;
}

// `table`: the section headers, of which the first stays zero.
static void write_section_headers(const Writer *writer, uint8_t *table, const uint32_t *names) {
  const Linker *linker = writer->linker;
  Elf64_Shdr *header = (Elf64_Shdr *)table + 1;
  for (size_t i = 0; i < linker->outputs.count; i++, header++) {
    const OutputSection *output = &linker->outputs.data[i];
    *header = (Elf64_Shdr){.sh_name = *names++,
                           .sh_type = output->type,
                           .sh_flags = output->flags,
                           .sh_addr = output->address,
                           .sh_offset = output->file_offset,
                           .sh_size = output->size,
                           .sh_addralign = output->alignment,
                           .sh_entsize = output->entry_size};
  }
  for (uint32_t i = 0; i < writer->extra_count; i++, header++) {
    const Extra *extra = &writer->extras[i];
    *header = (Elf64_Shdr){.sh_name = *names++,
                           .sh_type = extra->type,
                           .sh_offset = extra->offset,
                           .sh_size = extra->size,
                           .sh_link = extra->link,
                           .sh_info = extra->info,
                           .sh_addralign = extra->alignment,
                           .sh_entsize = extra->entry_size};
  }
}

// A stretch of an output section: some of its inputs, and the bytes they are in.
typedef struct Chunk {
  uint32_t output;
  uint32_t first; // in Linker.placed
  uint32_t count;
  uint64_t start; // in the output section
  uint64_t size;
} Chunk;

// Enough that writing one costs little beside making it, and that it stays in the cache meanwhile.
enum { CHUNK_BYTES = 256 * 1024 };

typedef struct Contents {
  Linker *linker;
  const LinkerSink *sink;
  VEC(Chunk) chunks;
  uint8_t (*digests)[DIGEST_BYTES]; // by chunk; NULL: none are wanted
  uint64_t largest;
  uint8_t *buffers[PARALLEL_MAX];
  bool failed[PARALLEL_MAX]; // by thread: a relocation
  bool sink_failed[PARALLEL_MAX];
} Contents;

static void divide_output(Contents *contents, uint32_t number) {
  const Linker *linker = contents->linker;
  const OutputSection *output = &linker->outputs.data[number];
  Chunk chunk = {.output = number, .first = output->first_input};
  for (uint32_t i = 0; i < output->input_count; i++) {
    bool last = i + 1 == output->input_count;
    uint64_t end =
        last ? output->size : linker->sections.data[linker->placed.data[output->first_input + i + 1]].offset;
    chunk.count++;
    chunk.size = end - chunk.start;
    if (!last && chunk.size < CHUNK_BYTES)
      continue;
    VEC_PUSH(&contents->chunks, chunk);
    contents->largest = contents->largest > chunk.size ? contents->largest : chunk.size;
    chunk = (Chunk){.output = number, .first = chunk.first + chunk.count, .start = end};
  }
}

static void write_chunk(void *context, size_t index, unsigned thread) {
  Contents *contents = context;
  Linker *linker = contents->linker;
  const Chunk *chunk = &contents->chunks.data[index];
  if (!contents->buffers[thread])
    contents->buffers[thread] = checked_malloc(contents->largest + 1);
  uint8_t *bytes = contents->buffers[thread];
  memset(bytes, 0, chunk->size);
  for (uint32_t i = chunk->first; i < chunk->first + chunk->count; i++) {
    uint32_t number = linker->placed.data[i];
    const InputSection *section = &linker->sections.data[number];
    uint8_t *out = bytes + (section->offset - chunk->start);
    if (linker->got.count && number == linker->got_section)
      link_fill_got(linker, out);
    else if (section->data && !link_relocate_section(linker, number, out))
      contents->failed[thread] = true;
  }
  if (contents->digests)
    link_digest(bytes, chunk->size, contents->digests[index]);
  uint64_t offset = linker->outputs.data[chunk->output].file_offset + chunk->start;
  if (!contents->sink->write(contents->sink->context, offset, bytes, chunk->size))
    contents->sink_failed[thread] = true;
}

// Several threads write; when a relocation cannot be applied one does it again, to say why in order.
static bool write_contents(Linker *linker, const LinkerSink *sink, Text *digests) {
  Contents contents = {.linker = linker, .sink = sink};
  for (uint32_t i = 0; i < linker->outputs.count; i++)
    if (linker->outputs.data[i].type != SHT_NOBITS)
      divide_output(&contents, i);
  if (linker->build_id_section != NONE)
    contents.digests = arena_alloc(&linker->arena, contents.chunks.count * DIGEST_BYTES, 1);
  linker->quiet = true;
  link_parallel(linker, contents.chunks.count, 1, write_chunk, &contents);
  linker->quiet = false;
  bool good = true;
  bool sunk = true;
  for (unsigned i = 0; i < PARALLEL_MAX; i++) {
    good = good && !contents.failed[i];
    sunk = sunk && !contents.sink_failed[i];
  }
  for (size_t i = 0; i < contents.chunks.count && !good; i++)
    write_chunk(&contents, i, 0);
  if (contents.digests)
    text_append(digests, (const char *)contents.digests, contents.chunks.count * DIGEST_BYTES);
  for (unsigned i = 0; i < PARALLEL_MAX; i++)
    free(contents.buffers[i]);
  VEC_FREE(&contents.chunks);
  return good && sunk;
}

// The sink for callers that want the image in memory.
static bool write_to_memory(void *context, uint64_t offset, const void *bytes, size_t size) {
  memcpy((uint8_t *)context + offset, bytes, size);
  return true;
}

static void add_digest(Text *digests, const void *bytes, size_t size) {
  uint8_t digest[DIGEST_BYTES];
  link_digest(bytes, size, digest);
  text_append(digests, (const char *)digest, sizeof(digest));
}

// The build ID is the digest of the digests of all parts, taken while the ID itself is zero.
static bool write_build_id(Writer *writer, const LinkerSink *sink, const Text *digests) {
  const InputSection *section = &writer->linker->sections.data[writer->linker->build_id_section];
  uint8_t id[DIGEST_BYTES];
  link_digest(digests->data, digests->count, id);
  uint64_t offset = writer->linker->outputs.data[section->output].file_offset + section->offset;
  return sink->write(sink->context, offset + BUILD_ID_AT, id, sizeof(id));
}

static bool write_parts(Writer *writer, const LinkerSink *sink, const uint32_t *names, Text *digests) {
  Linker *linker = writer->linker;
  size_t headers = sizeof(Elf64_Ehdr) + (linker->segments.count + 1) * sizeof(Elf64_Phdr);
  uint64_t table = writer->size - writer->headers_offset;
  uint8_t *head = arena_alloc(&linker->arena, headers, 8);
  uint8_t *tail = arena_alloc(&linker->arena, table, 8);
  write_file_header(writer, head);
  write_program_headers(writer, head);
  write_section_headers(writer, tail, names);
  if (!write_contents(linker, sink, digests))
    return false;
  bool good = sink->write(sink->context, 0, head, headers) &&
              sink->write(sink->context, writer->headers_offset, tail, table);
  for (uint32_t i = 0; i < writer->extra_count && good; i++)
    good =
        sink->write(sink->context, writer->extras[i].offset, writer->extras[i].data, writer->extras[i].size);
  if (!good || linker->build_id_section == NONE)
    return good;
  add_digest(digests, head, headers);
  add_digest(digests, tail, table);
  for (uint32_t i = 0; i < writer->extra_count; i++)
    add_digest(digests, writer->extras[i].data, writer->extras[i].size);
  return write_build_id(writer, sink, digests);
}

static bool write_all(Writer *writer, const LinkerSink *sink, const uint32_t *names) {
  Text digests = {0};
  bool good = write_parts(writer, sink, names, &digests);
  text_free(&digests);
  return good;
}

static bool write_to(Writer *writer, LinkerOutput *output, const uint32_t *names) {
  Linker *linker = writer->linker;
  if (linker->options->sink) {
    unsigned errors = linker->diagnostics->errors;
    if (write_all(writer, linker->options->sink, names))
      return true;
    if (linker->diagnostics->errors == errors)
      diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), "the output could not be written");
    return false;
  }
  uint8_t *bytes = calloc(writer->size, 1);
  if (!bytes) {
    diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(NULL),
             "out of memory for an output of %llu bytes", (unsigned long long)writer->size);
    return false;
  }
  LinkerSink memory = {bytes, write_to_memory};
  output->image = (Text){(char *)bytes, writer->size, writer->size};
  return write_all(writer, &memory, names);
}

bool link_write_image(Linker *linker, LinkerOutput *output) {
  if (linker->outputs.count + EXTRA_MAX + 1 >= SHN_LORESERVE) {
    diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(NULL),
             "%zu output sections are more than a file can have", linker->outputs.count);
    return false;
  }
  for (size_t i = 0; i < linker->outputs.count; i++)
    linker->outputs.data[i].header = (uint32_t)i + 1;
  Writer writer = {.linker = linker, .size = sizeof(Elf64_Ehdr)};
  writer.size += (linker->segments.count + 1) * sizeof(Elf64_Phdr);
  if (linker->options->strip != LINKER_STRIP_ALL)
    collect_symbols(&writer);
  const uint32_t *names = plan_extras(&writer);
  bool good = write_to(&writer, output, names);
  VEC_FREE(&writer.symbols);
  text_free(&writer.strings);
  text_free(&writer.section_names);
  return good;
}
