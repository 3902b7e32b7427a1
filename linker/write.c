// Writes the output: headers, contents with relocations applied, symbols, section headers.
#include "linker/write.h"

typedef struct Writer {
  Linker *linker;
  SymbolTable symbols;
  VEC(Extra) extras;
  uint32_t group_count; // the first extras are groups, and come before the output sections
  Text section_names;
  uint32_t *names; // of all sections, by header
  uint64_t attributes_offset;
  uint64_t headers_offset;
  uint64_t size;
} Writer;

static uint32_t add_string(Text *table, const char *string) {
  uint32_t offset = (uint32_t)table->count;
  text_append(table, string, strlen(string) + 1);
  return offset;
}

static Extra *add_extra(Writer *writer, Extra extra) {
  VEC_PUSH(&writer->extras, extra);
  return &VEC_LAST(&writer->extras);
}

// The header of the next extra section.
static uint32_t next_header(const Writer *writer) {
  return (uint32_t)(writer->linker->outputs.count + writer->extras.count) + 1;
}

static const char *relocations_name(Linker *linker, const char *name) {
  return arena_format(&linker->arena, ".rela%s", name);
}

// Adds the relocations of the output sections, and what the groups hold.
static void plan_relocations(Writer *writer) {
  Linker *linker = writer->linker;
  uint32_t *headers = ARENA_ARRAY(&linker->arena, uint32_t, linker->outputs.count);
  for (size_t i = 0; i < linker->outputs.count; i++) {
    const OutputSection *output = &linker->outputs.data[i];
    RelocationList list = {0};
    relocations_gather(&writer->symbols, output, &list);
    if (!list.count)
      continue;
    headers[i] = next_header(writer);
    Elf64_Rela *data = ARENA_ARRAY(&linker->arena, Elf64_Rela, list.count);
    memcpy(data, list.data, list.count * sizeof(Elf64_Rela));
    add_extra(writer, (Extra){.name = relocations_name(linker, output->name),
                              .data = data,
                              .size = list.count * sizeof(Elf64_Rela),
                              .alignment = 8,
                              .entry_size = sizeof(Elf64_Rela),
                              .flags = SHF_INFO_LINK | (output->flags & SHF_GROUP),
                              .type = SHT_RELA,
                              .info = output->header});
    VEC_FREE(&list);
  }
  uint32_t next = 0;
  for (size_t i = 0; i < linker->section_groups.count; i++) {
    const SectionGroup *group = &linker->section_groups.data[i];
    if (!group_is_wanted(linker, group))
      continue;
    Text contents = {0};
    Extra *extra = &writer->extras.data[next++];
    group_gather(&writer->symbols, group, headers, &contents, &extra->info);
    extra->data = arena_copy_text(&linker->arena, contents.data, contents.count);
    extra->size = contents.count;
    text_free(&contents);
  }
}

// Groups come before their sections; what they hold is known only when all sections have headers.
static void plan_groups(Writer *writer) {
  Linker *linker = writer->linker;
  for (size_t i = 0; i < linker->section_groups.count; i++)
    if (group_is_wanted(linker, &linker->section_groups.data[i])) {
      add_extra(writer, (Extra){.name = ".group", .alignment = 4, .entry_size = 4, .type = SHT_GROUP});
      writer->group_count++;
    }
}

static void plan_symbols(Writer *writer) {
  uint32_t header = next_header(writer);
  add_extra(writer, (Extra){.name = ".symtab",
                            .size = writer->symbols.count * sizeof(Elf64_Sym),
                            .alignment = 8,
                            .entry_size = sizeof(Elf64_Sym),
                            .type = SHT_SYMTAB,
                            .link = header + 1,
                            .info = writer->symbols.local_count});
  add_extra(
      writer,
      (Extra){.name = ".strtab", .size = writer->symbols.string_bytes, .alignment = 1, .type = SHT_STRTAB});
  for (size_t i = 0; i < writer->extras.count; i++)
    if (writer->extras.data[i].type == SHT_RELA || writer->extras.data[i].type == SHT_GROUP)
      writer->extras.data[i].link = header;
}

static void name_sections(Writer *writer) {
  Linker *linker = writer->linker;
  uint32_t *names = ARENA_ARRAY(&linker->arena, uint32_t, next_header(writer) + 1);
  writer->names = names;
  text_append_char(&writer->section_names, '\0');
  *names++ = 0;
  for (size_t i = 0; i < writer->group_count; i++)
    *names++ = add_string(&writer->section_names, writer->extras.data[i].name);
  for (size_t i = 0; i < linker->outputs.count; i++)
    *names++ = add_string(&writer->section_names, linker->outputs.data[i].name);
  for (size_t i = writer->group_count; i < writer->extras.count; i++)
    *names++ = add_string(&writer->section_names, writer->extras.data[i].name);
  *names = add_string(&writer->section_names, ".shstrtab");
}

// Gives the extra sections their places in the file, behind the output sections.
static void place_extras(Writer *writer) {
  const Linker *linker = writer->linker;
  for (size_t i = 0; i < linker->outputs.count; i++) {
    const OutputSection *output = &linker->outputs.data[i];
    uint64_t end = output->file_offset + (output->type == SHT_NOBITS ? 0 : output->size);
    writer->size = writer->size > end ? writer->size : end;
  }
  for (size_t i = 0; i < writer->extras.count; i++) {
    Extra *extra = &writer->extras.data[i];
    extra->offset = (writer->size + extra->alignment - 1) & ~(extra->alignment - 1);
    writer->size = extra->offset + extra->size;
    if (extra->type == SHT_RISCV_ATTRIBUTES)
      writer->attributes_offset = extra->offset;
    else if (extra->type == SHT_SYMTAB)
      writer->symbols.symbols_at = extra->offset;
    else if (extra->type == SHT_STRTAB && !extra->data)
      writer->symbols.strings_at = extra->offset;
  }
  writer->headers_offset = (writer->size + 7) & ~UINT64_C(7);
  writer->size = writer->headers_offset + next_header(writer) * sizeof(Elf64_Shdr);
}

// Adds what is in the file beside the output sections.
static void plan_extras(Writer *writer) {
  Linker *linker = writer->linker;
  plan_groups(writer);
  for (size_t i = 0; i < linker->outputs.count; i++)
    linker->outputs.data[i].header = writer->group_count + (uint32_t)i + 1;
  if (linker->options->strip != LINKER_STRIP_ALL)
    symbol_table_plan(&writer->symbols, linker);
  if (writer->symbols.numbered)
    plan_relocations(writer);
  if (linker->attributes.count)
    add_extra(writer, (Extra){.name = ".riscv.attributes",
                              .data = linker->attributes.data,
                              .size = linker->attributes.count,
                              .alignment = 1,
                              .type = SHT_RISCV_ATTRIBUTES});
  add_extra(writer, (Extra){.name = MACHINE_NOTE_SECTION,
                            .data = linker->note.data,
                            .size = linker->note.count,
                            .alignment = 4,
                            .type = SHT_NOTE});
  if (linker->options->strip != LINKER_STRIP_ALL)
    plan_symbols(writer);
  name_sections(writer);
  add_extra(writer, (Extra){.name = ".shstrtab",
                            .data = writer->section_names.data,
                            .size = writer->section_names.count,
                            .alignment = 1,
                            .type = SHT_STRTAB});
  place_extras(writer);
}

// The segments, and one that shows the attributes. An object has none.
static uint16_t program_header_count(const Linker *linker) {
  if (linker->options->relocatable)
    return 0;
  return (uint16_t)(linker->segments.count + (linker->attributes.count != 0));
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
  if (program_header_count(linker) > linker->segments.count)
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
                         .e_type = linker->options->relocatable ? ET_REL : ET_EXEC,
                         .e_machine = EM_RISCV,
                         .e_version = EV_CURRENT,
                         .e_entry = linker->entry,
                         .e_phoff = sizeof(Elf64_Ehdr),
                         .e_shoff = writer->headers_offset,
                         .e_flags = linker->flags,
                         .e_ehsize = sizeof(Elf64_Ehdr),
                         .e_phentsize = sizeof(Elf64_Phdr),
                         .e_phnum = program_header_count(linker),
                         .e_shentsize = sizeof(Elf64_Shdr),
                         .e_shnum = (uint16_t)next_header(writer),
                         .e_shstrndx = (uint16_t)(next_header(writer) - 1)};
  if (!header->e_phnum)
    header->e_phoff = header->e_phentsize = 0;
}

static Elf64_Shdr extra_header(const Extra *extra, uint32_t name) {
  return (Elf64_Shdr){.sh_name = name,
                      .sh_type = extra->type,
                      .sh_flags = extra->flags,
                      .sh_offset = extra->offset,
                      .sh_size = extra->size,
                      .sh_link = extra->link,
                      .sh_info = extra->info,
                      .sh_addralign = extra->alignment,
                      .sh_entsize = extra->entry_size};
}

// `table`: the section headers, of which the first stays zero.
static void write_section_headers(const Writer *writer, uint8_t *table) {
  const Linker *linker = writer->linker;
  const uint32_t *names = writer->names + 1;
  Elf64_Shdr *header = (Elf64_Shdr *)table + 1;
  for (size_t i = 0; i < writer->group_count; i++)
    *header++ = extra_header(&writer->extras.data[i], *names++);
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
  for (size_t i = writer->group_count; i < writer->extras.count; i++)
    *header++ = extra_header(&writer->extras.data[i], *names++);
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

// Fills a gap with the pattern of its output section, from the gap's start on.
static void fill_gap(const OutputSection *output, uint8_t *out, uint64_t size) {
  for (uint64_t i = 0; i < size && output->fill_size; i++)
    out[i] = (uint8_t)(output->fill >> 8 * (output->fill_size - 1 - i % output->fill_size));
}

static void write_chunk(void *context, size_t index, unsigned thread) {
  Contents *contents = context;
  Linker *linker = contents->linker;
  const Chunk *chunk = &contents->chunks.data[index];
  if (!contents->buffers[thread])
    contents->buffers[thread] = checked_malloc(contents->largest + 1);
  uint8_t *bytes = contents->buffers[thread];
  const OutputSection *output = &linker->outputs.data[chunk->output];
  uint64_t filled = 0; // the end of what is placed so far
  memset(bytes, 0, chunk->size);
  for (uint32_t i = chunk->first; i < chunk->first + chunk->count; i++) {
    uint32_t number = linker->placed.data[i];
    const InputSection *section = &linker->sections.data[number];
    uint8_t *out = bytes + (section->offset - chunk->start);
    fill_gap(output, bytes + filled, (uint64_t)(out - bytes) - filled);
    uint64_t padding = link_object_padding(linker, section);
    link_fill_with_nops(out - padding, padding);
    filled = (uint64_t)(out - bytes) + link_section_size(section);
    if (linker->got.count && number == linker->got_section)
      link_fill_got(linker, out);
    else if (number == linker->copy_table)
      link_fill_copy_table(linker, out);
    else if (number == linker->frame_header)
      link_fill_frame_header(linker, out);
    else if (section->data && !link_relocate_section(linker, number, out))
      contents->failed[thread] = true;
  }
  fill_gap(output, bytes + filled, chunk->size - filled);
  if (contents->digests)
    link_digest(bytes, chunk->size, contents->digests[index]);
  uint64_t offset = output->file_offset + chunk->start;
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

// The extra sections that are not written by others.
static bool write_extras(const Writer *writer, const LinkerSink *sink) {
  for (size_t i = 0; i < writer->extras.count; i++) {
    const Extra *extra = &writer->extras.data[i];
    if (extra->data && !sink->write(sink->context, extra->offset, extra->data, extra->size))
      return false;
  }
  return true;
}

static bool write_symbols(Writer *writer, const LinkerSink *sink, Text *digests) {
  SymbolTable *table = &writer->symbols;
  if (!table->linker)
    return true;
  table->sink = sink;
  bool digested = writer->linker->build_id_section != NONE;
  if (digested)
    table->digests = arena_alloc(&writer->linker->arena, table->blocks.count * DIGEST_BYTES, 1);
  bool good = symbol_table_write(table);
  if (digested)
    text_append(digests, (const char *)table->digests, table->blocks.count * DIGEST_BYTES);
  return good;
}

static bool write_parts(Writer *writer, const LinkerSink *sink, Text *digests) {
  Linker *linker = writer->linker;
  size_t headers = sizeof(Elf64_Ehdr) + program_header_count(linker) * sizeof(Elf64_Phdr);
  uint64_t table = writer->size - writer->headers_offset;
  uint8_t *head = arena_alloc(&linker->arena, headers, 8);
  uint8_t *tail = arena_alloc(&linker->arena, table, 8);
  write_file_header(writer, head);
  write_program_headers(writer, head);
  write_section_headers(writer, tail);
  if (!write_contents(linker, sink, digests) || !write_symbols(writer, sink, digests) ||
      !sink->write(sink->context, 0, head, headers) ||
      !sink->write(sink->context, writer->headers_offset, tail, table) || !write_extras(writer, sink))
    return false;
  if (linker->build_id_section == NONE)
    return true;
  add_digest(digests, head, headers);
  add_digest(digests, tail, table);
  for (size_t i = 0; i < writer->extras.count; i++)
    if (writer->extras.data[i].data)
      add_digest(digests, writer->extras.data[i].data, writer->extras.data[i].size);
  return write_build_id(writer, sink, digests);
}

static bool write_all(Writer *writer, const LinkerSink *sink) {
  Text digests = {0};
  bool good = write_parts(writer, sink, &digests);
  text_free(&digests);
  return good;
}

static bool write_to(Writer *writer, LinkerOutput *output) {
  Linker *linker = writer->linker;
  if (linker->options->sink) {
    unsigned errors = linker->diagnostics->errors;
    if (write_all(writer, linker->options->sink))
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
  return write_all(writer, &memory);
}

bool link_write_image(Linker *linker, LinkerOutput *output) {
  Writer writer = {.linker = linker, .size = sizeof(Elf64_Ehdr)};
  writer.size += program_header_count(linker) * sizeof(Elf64_Phdr);
  link_note_places(linker);
  plan_extras(&writer);
  bool good = next_header(&writer) < SHN_LORESERVE;
  if (good)
    good = write_to(&writer, output);
  else
    diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(NULL),
             "%u sections are more than a file can have", next_header(&writer));
  symbol_table_free(&writer.symbols);
  VEC_FREE(&writer.extras);
  text_free(&writer.section_names);
  return good;
}
