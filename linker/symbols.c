// The symbol table of the output. It may be much of the file, so that it is not kept: one pass over the
// inputs counts, another makes blocks of symbols and names and writes each to its place.
#include "linker/write.h"

// Names made by compilers for their own use are left out.
static bool is_temporary(const char *name) {
  return !*name || (name[0] == '.' && name[1] == 'L');
}

// The section that goes out for a section: itself or what replaces it.
static const InputSection *placed_section(const Linker *linker, uint32_t number) {
  uint32_t replacement = linker->sections.data[number].replacement;
  return &linker->sections.data[replacement == NONE ? number : replacement];
}

static uint16_t header_index(const Linker *linker, uint32_t section) {
  return (uint16_t)linker->outputs.data[placed_section(linker, section)->output].header;
}

// Thread-local symbols count from the start of the template; in an object all count from their section.
static uint64_t symbol_value(const Linker *linker, const Target *target, uint8_t type) {
  uint64_t address = link_target_address(linker, target);
  return type == STT_TLS ? address - linker->tls_address : address;
}

// The size of what lies at [value, value + size) of a section, with deletions taken out.
static uint64_t symbol_size(const Linker *linker, uint32_t section, uint64_t value, uint64_t size) {
  const InputSection *input = &linker->sections.data[section];
  if (!size)
    return 0;
  if (input->replacement != NONE)
    input = input->piece_count ? NULL : placed_section(linker, section);
  if (!input || !input->deletion_count || value > input->size || size > input->size - value)
    return size;
  return link_output_offset(input, value + size) - link_output_offset(input, value);
}

static bool has_place(const Linker *linker, uint32_t section) {
  if (section == NONE || linker->places[section] < PLACE_GONE)
    return true;
  return linker->places[section] == NO_PLACE && placed_section(linker, section)->output != NONE;
}

// Whether a local symbol of a file goes out, with its name.
static bool is_wanted_local(Linker *linker, const InputFile *file, uint32_t number, bool all,
                            const char **name) {
  const Elf64_Sym *source = &file->symbols[number];
  if (ELF64_ST_TYPE(source->st_info) == STT_SECTION || source->st_shndx == SHN_UNDEF)
    return false;
  *name = link_symbol_name(file, number);
  if (!*name || (!all && (linker->options->discard_locals || is_temporary(*name))))
    return false;
  if (source->st_shndx == SHN_ABS)
    return true;
  uint32_t section = link_file_section(file, link_symbol_section_index(file, number));
  return section != NONE && has_place(linker, section);
}

static bool is_hidden(const Symbol *symbol) {
  return symbol->visibility == STV_HIDDEN || symbol->visibility == STV_INTERNAL;
}

static bool is_wanted_global(const Linker *linker, const Symbol *symbol) {
  if (symbol->state == SYMBOL_UNDEFINED)
    return linker->options->relocatable && symbol->referenced;
  return has_place(linker, symbol->section);
}

// Counts the local symbols of a file and the bytes of their names.
static void count_locals(void *context, size_t index, unsigned thread) {
  (void)thread;
  const SymbolTable *table = context;
  SymbolBlock *block = &table->blocks.data[index];
  for (uint32_t f = block->first; f < block->end; f++) {
    const InputFile *file = &table->linker->files.data[f];
    for (uint32_t i = 1; i < file->first_global; i++) {
      const char *name;
      if (!is_wanted_local(table->linker, file, i, table->numbered, &name))
        continue;
      block->count++;
      block->string_bytes += strlen(name) + 1;
    }
  }
}

// Cuts the files into blocks with about as many symbols each.
static void divide_files(SymbolTable *table) {
  enum { SYMBOLS_AT_ONCE = 4096 };
  const Linker *linker = table->linker;
  SymbolBlock block = {0};
  uint32_t symbols = 0;
  for (uint32_t i = 0; i < linker->files.count; i++) {
    symbols += linker->files.data[i].first_global;
    block.end = i + 1;
    if (symbols < SYMBOLS_AT_ONCE && block.end < linker->files.count)
      continue;
    VEC_PUSH(&table->blocks, block);
    block = (SymbolBlock){.first = block.end};
    symbols = 0;
  }
}

// Adds the global symbols that are hidden, or those that are not.
static void add_globals(SymbolTable *table, bool hidden) {
  enum { SYMBOLS_AT_ONCE = 4096 };
  const Linker *linker = table->linker;
  SymbolBlock block = {.first = (uint32_t)table->globals.count, .global = true};
  for (Name name = 0; name < linker->symbols.count; name++) {
    const Symbol *symbol = &linker->symbols.data[name];
    if ((is_hidden(symbol) && !linker->options->relocatable) != hidden || !is_wanted_global(linker, symbol))
      continue;
    VEC_PUSH(&table->globals, name);
    block.string_bytes += linker->names.entries[name].size + 1;
    if (++block.count < SYMBOLS_AT_ONCE)
      continue;
    block.end = (uint32_t)table->globals.count;
    VEC_PUSH(&table->blocks, block);
    block = (SymbolBlock){.first = block.end, .global = true};
  }
  block.end = (uint32_t)table->globals.count;
  if (block.count)
    VEC_PUSH(&table->blocks, block);
}

static void number_blocks(SymbolTable *table, size_t first) {
  for (size_t i = first; i < table->blocks.count; i++) {
    SymbolBlock *block = &table->blocks.data[i];
    block->number = table->count;
    block->strings = table->string_bytes;
    table->count += block->count;
    table->string_bytes += block->string_bytes;
  }
}

// Notes each symbol's number, for the relocations.
static void number_symbols(const SymbolTable *table) {
  Linker *linker = table->linker;
  for (size_t b = 0; b < table->blocks.count; b++) {
    const SymbolBlock *block = &table->blocks.data[b];
    uint32_t number = block->number;
    for (uint32_t i = block->first; i < block->end; i++) {
      if (block->global) {
        table->global_places[table->globals.data[i]] = number++;
        continue;
      }
      const InputFile *file = &linker->files.data[i];
      const char *name;
      for (uint32_t j = 1; j < file->first_global; j++)
        if (is_wanted_local(linker, file, j, true, &name))
          file->symbol_places[j] = number++;
    }
  }
}

void symbol_table_plan(SymbolTable *table, Linker *linker) {
  *table = (SymbolTable){.linker = linker, .count = 1, .string_bytes = 1};
  table->numbered = linker->options->relocatable || linker->options->emit_relocations;
  if (table->numbered) {
    table->count += (uint32_t)linker->outputs.count; // section symbols
    table->global_places = ARENA_ARRAY(&linker->arena, uint32_t, linker->symbols.count);
    for (size_t i = 0; i < linker->files.count; i++)
      linker->files.data[i].symbol_places =
          ARENA_ARRAY(&linker->arena, uint32_t, linker->files.data[i].first_global);
  }
  divide_files(table);
  link_parallel(linker, table->blocks.count, 1, count_locals, table);
  number_blocks(table, 0);
  size_t locals = table->blocks.count;
  add_globals(table, true);
  number_blocks(table, locals);
  table->local_count = table->count;
  size_t hidden = table->blocks.count;
  add_globals(table, false);
  number_blocks(table, hidden);
  if (table->numbered)
    number_symbols(table);
}

// A block while it is made.
typedef struct BlockWriter {
  SymbolTable *table;
  const SymbolBlock *block;
  Elf64_Sym *next;
  char *strings;
  char *next_string;
} BlockWriter;

static void append(BlockWriter *writer, Elf64_Sym symbol, const char *name, size_t size) {
  symbol.st_name = (uint32_t)(writer->block->strings + (uint64_t)(writer->next_string - writer->strings));
  memcpy(writer->next_string, name, size + 1);
  writer->next_string += size + 1;
  *writer->next++ = symbol;
}

// Where a local symbol of a section is in the output.
static void locate(Linker *linker, const InputFile *file, uint32_t number, Elf64_Sym *symbol) {
  uint32_t section = link_file_section(file, link_symbol_section_index(file, number)); // it goes out
  symbol->st_shndx = header_index(linker, section);
  uint64_t place = linker->places[section];
  if (place < PLACE_CHANGED && ELF64_ST_TYPE(symbol->st_info) != STT_TLS) {
    symbol->st_value += place;
    return;
  }
  if (place < PLACE_GONE && !symbol->st_size && ELF64_ST_TYPE(symbol->st_info) != STT_TLS) {
    symbol->st_value =
        (place & ~PLACE_CHANGED) + link_output_offset(&linker->sections.data[section], symbol->st_value);
    return;
  }
  Target target = {.section = section, .value = symbol->st_value};
  symbol->st_size = symbol_size(linker, section, symbol->st_value, symbol->st_size);
  symbol->st_value = symbol_value(linker, &target, ELF64_ST_TYPE(symbol->st_info));
}

static void append_locals(BlockWriter *writer, InputFile *file) {
  Linker *linker = writer->table->linker;
  for (uint32_t i = 1; i < file->first_global; i++) {
    const char *name;
    if (!is_wanted_local(linker, file, i, writer->table->numbered, &name))
      continue;
    Elf64_Sym symbol = file->symbols[i];
    if (symbol.st_shndx != SHN_ABS)
      locate(linker, file, i, &symbol);
    append(writer, symbol, name, strlen(name));
  }
}

static void append_global(BlockWriter *writer, Name name) {
  const Linker *linker = writer->table->linker;
  const Symbol *source = &linker->symbols.data[name];
  bool object = linker->options->relocatable;
  uint8_t binding = is_hidden(source) && !object ? STB_LOCAL : source->binding;
  if (source->state == SYMBOL_UNDEFINED)
    binding = source->wanted ? STB_GLOBAL : STB_WEAK;
  Elf64_Sym symbol = {.st_info = ELF64_ST_INFO(binding, source->type),
                      .st_other = source->visibility,
                      .st_shndx = source->state == SYMBOL_UNDEFINED ? SHN_UNDEF
                                  : source->state == SYMBOL_COMMON  ? SHN_COMMON
                                                                    : SHN_ABS,
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
  const InternEntry *entry = &linker->names.entries[name];
  append(writer, symbol, entry->text, entry->size);
}

static void write_block(void *context, size_t index, unsigned thread) {
  SymbolTable *table = context;
  const SymbolBlock *block = &table->blocks.data[index];
  size_t symbol_bytes = block->count * sizeof(Elf64_Sym);
  if (!block->count)
    return;
  char *bytes = checked_malloc(symbol_bytes + block->string_bytes);
  BlockWriter writer = {.table = table,
                        .block = block,
                        .next = (Elf64_Sym *)bytes,
                        .strings = bytes + symbol_bytes,
                        .next_string = bytes + symbol_bytes};
  for (uint32_t i = block->first; i < block->end; i++)
    if (block->global)
      append_global(&writer, table->globals.data[i]);
    else
      append_locals(&writer, &table->linker->files.data[i]);
  const LinkerSink *sink = table->sink;
  if (!sink->write(sink->context, table->symbols_at + block->number * sizeof(Elf64_Sym), bytes,
                   symbol_bytes) ||
      !sink->write(sink->context, table->strings_at + block->strings, writer.strings, block->string_bytes))
    table->failed[thread] = true;
  if (table->digests)
    link_digest(bytes, symbol_bytes + block->string_bytes, table->digests[index]);
  free(bytes);
}

// The symbols of the output sections, from number 1 on.
static bool write_section_symbols(const SymbolTable *table) {
  const Linker *linker = table->linker;
  size_t count = linker->outputs.count;
  Elf64_Sym *symbols = ARENA_ARRAY(&table->linker->arena, Elf64_Sym, count);
  for (size_t i = 0; i < count; i++)
    symbols[i] = (Elf64_Sym){.st_info = ELF64_ST_INFO(STB_LOCAL, STT_SECTION),
                             .st_shndx = (uint16_t)linker->outputs.data[i].header,
                             .st_value = linker->outputs.data[i].address};
  return table->sink->write(table->sink->context, table->symbols_at + sizeof(Elf64_Sym), symbols,
                            count * sizeof(Elf64_Sym));
}

bool symbol_table_write(SymbolTable *table) {
  link_parallel(table->linker, table->blocks.count, 1, write_block, table);
  bool good = !table->numbered || write_section_symbols(table);
  for (unsigned i = 0; i < PARALLEL_MAX; i++)
    good = good && !table->failed[i];
  return good;
}

void symbol_table_free(SymbolTable *table) {
  VEC_FREE(&table->blocks);
  VEC_FREE(&table->globals);
}
