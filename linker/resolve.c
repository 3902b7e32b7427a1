// Resolves global symbols while files are read: each name ends with the definition that wins, and archive
// members are loaded until nothing more is wanted of them. Leaves every Symbol defined, common, absolute, or
// undefined.
#include "linker/internal.h"

#include <errno.h>

Name link_symbol_named(Linker *linker, const char *text, size_t size) {
  Name name = intern(&linker->names, text, size);
  if (name == linker->symbols.count) {
    Symbol symbol = {.section = NONE, .file = NONE, .output = NONE};
    VEC_PUSH(&linker->symbols, symbol);
  }
  return name;
}

static void load_later(Linker *linker, uint32_t member) {
  VEC_PUSH(&linker->pending, member);
}

void link_want_symbol(Linker *linker, Name name) {
  Symbol *symbol = &linker->symbols.data[name];
  symbol->referenced = true;
  symbol->wanted = true;
  if (symbol->state == SYMBOL_LAZY)
    load_later(linker, symbol->file);
}

void link_offer_lazy(Linker *linker, Name name, uint32_t member) {
  Symbol *symbol = &linker->symbols.data[name];
  if (symbol->state != SYMBOL_UNDEFINED)
    return;
  symbol->state = SYMBOL_LAZY;
  symbol->file = member;
  if (symbol->wanted)
    load_later(linker, member);
}

// Members are loaded in the order in which they stand in their archives, again and again from the first, as
// by linkers that search each archive in turn: tables of constructors depend on it.
bool link_load_pending(Linker *linker) {
  Bitset wanted = bitset_new(&linker->arena, linker->members.count);
  size_t next = 0;
  for (;;) {
    while (linker->pending.count)
      bitset_add(&wanted, VEC_POP(&linker->pending));
    next = bitset_next(&wanted, next);
    if (next == SIZE_MAX)
      next = bitset_next(&wanted, 0);
    if (next == SIZE_MAX)
      return true;
    bitset_remove(&wanted, next);
    ArchiveMember *member = &linker->members.data[next];
    if (member->loaded)
      continue;
    member->loaded = true;
    if (!link_load_member(linker, member) ||
        !link_read_object(linker, member->name, member->data, member->size))
      return false;
  }
}

// Which definition wins: strong, then common, then weak. Undefined and lazy symbols give way to all.
static int strength(const Symbol *symbol) {
  switch ((SymbolState)symbol->state) {
  case SYMBOL_UNDEFINED:
  case SYMBOL_LAZY:
  case SYMBOL_PROVIDED:
    return 0;
  case SYMBOL_COMMON:
    return 2;
  case SYMBOL_DEFINED:
  case SYMBOL_ABSOLUTE:
    break;
  }
  return symbol->binding == STB_WEAK ? 1 : 3;
}

static const char *definition_place(Linker *linker, const Symbol *symbol) {
  if (symbol->file == NONE)
    return "--defsym";
  if (symbol->state == SYMBOL_DEFINED)
    return link_section_place(linker, symbol->section, symbol->value);
  return linker->files.data[symbol->file].name;
}

static void duplicate_definition(Linker *linker, Name name, const Symbol *first, const Symbol *second) {
  diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(definition_place(linker, second)),
           "duplicate symbol '%s'", intern_text(&linker->names, name));
  diagnose(linker->diagnostics, DIAGNOSTIC_NOTE, place_named(definition_place(linker, first)),
           "first defined here");
}

static void define(Linker *linker, Name name, const Symbol *definition) {
  Symbol *symbol = &linker->symbols.data[name];
  int old_strength = strength(symbol);
  int new_strength = strength(definition);
  if (old_strength == 3 && new_strength == 3) {
    duplicate_definition(linker, name, symbol, definition);
    return;
  }
  if (symbol->state == SYMBOL_COMMON && definition->state == SYMBOL_COMMON) {
    symbol->size = symbol->size > definition->size ? symbol->size : definition->size;
    symbol->value = symbol->value > definition->value ? symbol->value : definition->value;
    return;
  }
  if (new_strength <= old_strength)
    return;
  symbol->value = definition->value;
  symbol->size = definition->size;
  symbol->file = definition->file;
  symbol->section = definition->section;
  symbol->state = definition->state;
  symbol->type = definition->type;
  symbol->binding = definition->binding;
}

static void refer(Linker *linker, Name name, uint8_t binding) {
  Symbol *symbol = &linker->symbols.data[name];
  symbol->referenced = true;
  if (binding != STB_WEAK)
    link_want_symbol(linker, name);
}

// STV_DEFAULT constrains least, then protected, hidden, internal.
static uint8_t most_constraining(uint8_t a, uint8_t b) {
  if (a == STV_DEFAULT || b == STV_DEFAULT)
    return a > b ? a : b;
  return a < b ? a : b;
}

// Reads one global symbol as a definition. False with an error for what cannot be.
static bool read_definition(Linker *linker, const InputFile *file, uint32_t number, const char *name,
                            Symbol *definition) {
  const Elf64_Sym *source = &file->symbols[number];
  *definition = (Symbol){.value = source->st_value,
                         .size = source->st_size,
                         .file = (uint32_t)(file - linker->files.data),
                         .section = NONE,
                         .type = ELF64_ST_TYPE(source->st_info),
                         .binding = ELF64_ST_BIND(source->st_info)};
  if (definition->type == STT_GNU_IFUNC) {
    link_error(linker, file->name,
               "symbol '%s' is an indirect function (STT_GNU_IFUNC), which is not supported", name);
    return false;
  }
  if (source->st_shndx == SHN_ABS) {
    definition->state = SYMBOL_ABSOLUTE;
    return true;
  }
  if (source->st_shndx == SHN_COMMON) {
    if (!source->st_value || (source->st_value & (source->st_value - 1)) || source->st_value > UINT32_MAX ||
        source->st_size >= UINT64_C(1) << 40) {
      link_error(linker, file->name, "common symbol '%s' has an impossible size or alignment", name);
      return false;
    }
    definition->state = SYMBOL_COMMON;
    return true;
  }
  definition->section = link_file_section(file, link_symbol_section_index(file, number));
  if (definition->section == NONE) {
    link_error(linker, file->name, "symbol '%s' is defined in a section that does not exist", name);
    return false;
  }
  definition->state = SYMBOL_DEFINED;
  return true;
}

// The name that a reference to `text` means (--wrap).
static Name referenced_name(Linker *linker, const char *text) {
  const LinkerOptions *options = linker->options;
  for (size_t i = 0; i < options->wrapped_count; i++) {
    const char *wrapped = options->wrapped[i];
    if (strcmp(text, wrapped) == 0)
      text = arena_format(&linker->arena, "__wrap_%s", wrapped);
    else if (strncmp(text, "__real_", 7) == 0 && strcmp(text + 7, wrapped) == 0)
      text = wrapped;
    else
      continue;
    break;
  }
  return link_symbol_named(linker, text, strlen(text));
}

static bool resolve_symbol(Linker *linker, InputFile *file, uint32_t number) {
  const Elf64_Sym *source = &file->symbols[number];
  const char *text = link_symbol_name(file, number);
  if (!text || !*text) {
    link_error(linker, file->name, "global symbol %u has no name", number);
    return false;
  }
  if (strcmp(text, "__gnu_lto_slim") == 0) {
    link_error(linker, file->name, "holds GCC's intermediate code only; compile without -flto");
    return false;
  }
  Name name = source->st_shndx == SHN_UNDEF ? referenced_name(linker, text)
                                            : link_symbol_named(linker, text, strlen(text));
  file->globals[number - file->first_global] = name;
  Symbol *symbol = &linker->symbols.data[name];
  symbol->visibility = most_constraining(symbol->visibility, ELF64_ST_VISIBILITY(source->st_other));
  if (source->st_shndx == SHN_UNDEF) {
    refer(linker, name, ELF64_ST_BIND(source->st_info));
    return true;
  }
  Symbol definition;
  if (!read_definition(linker, file, number, text, &definition))
    return false;
  if (definition.state == SYMBOL_DEFINED && linker->sections.data[definition.section].duplicate)
    refer(linker, name, ELF64_ST_BIND(source->st_info)); // the group kept elsewhere defines it
  else
    define(linker, name, &definition);
  return true;
}

bool link_resolve_file(Linker *linker, uint32_t number) {
  InputFile *file = &linker->files.data[number];
  uint32_t count = file->symbol_count - file->first_global;
  file->globals = ARENA_ARRAY(&linker->arena, Name, count);
  for (uint32_t i = file->first_global; i < file->symbol_count; i++)
    if (!resolve_symbol(linker, file, i))
      return false;
  return true;
}

static bool bad_definition(Linker *linker, const char *text) {
  diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(NULL),
           "--defsym wants NAME=NUMBER or NAME=SYMBOL, optionally with +NUMBER or -NUMBER; got '%s'", text);
  return false;
}

static bool read_number(const char **text, uint64_t *value) {
  char *end;
  if (**text < '0' || **text > '9')
    return false;
  errno = 0;
  *value = strtoull(*text, &end, 0);
  *text = end;
  return errno == 0;
}

// --defsym: a number is a definition at once; a symbol's value is taken when symbols are final.
static bool define_number(Linker *linker, const char *text) {
  const char *equals = strchr(text, '=');
  if (!equals || equals == text)
    return bad_definition(linker, text);
  Name name = link_symbol_named(linker, text, (size_t)(equals - text));
  const char *value = equals + 1;
  Symbol definition = {.state = SYMBOL_ABSOLUTE, .file = NONE, .section = NONE, .binding = STB_GLOBAL};
  if (*value >= '0' && *value <= '9') {
    if (!read_number(&value, &definition.value) || *value)
      return bad_definition(linker, text);
    define(linker, name, &definition);
    return true;
  }
  size_t size = strcspn(value, "+-");
  if (size == 0)
    return bad_definition(linker, text);
  link_want_symbol(linker, link_symbol_named(linker, value, size));
  const char *rest = value + size;
  if (!*rest)
    return true;
  rest++; // the sign
  uint64_t offset;
  if (!read_number(&rest, &offset) || *rest)
    return bad_definition(linker, text);
  return true;
}

bool link_define_from_options(Linker *linker) {
  bool good = true;
  for (size_t i = 0; i < linker->options->definition_count; i++)
    good = define_number(linker, linker->options->definitions[i]) && good;
  return good;
}

static void define_as_symbol(Linker *linker, const char *text) {
  const char *equals = strchr(text, '=');
  const char *value = equals + 1;
  if (*value >= '0' && *value <= '9')
    return;
  size_t size = strcspn(value, "+-");
  const Symbol *other = &linker->symbols.data[intern_find(&linker->names, value, size)];
  Name name = link_symbol_named(linker, text, (size_t)(equals - text));
  if (other->state != SYMBOL_DEFINED && other->state != SYMBOL_ABSOLUTE) {
    diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(NULL),
             "--defsym %s: symbol '%.*s' is not defined", text, (int)size, value);
    return;
  }
  Symbol definition = *other;
  const char *rest = value + size;
  uint64_t offset = 0;
  if (*rest) {
    bool minus = *rest++ == '-';
    read_number(&rest, &offset);
    offset = minus ? -offset : offset;
  }
  definition.value += offset;
  definition.binding = STB_GLOBAL;
  define(linker, name, &definition);
}

// What can be said only when all files are read.
void link_finish_definitions(Linker *linker) {
  for (size_t i = 0; i < linker->options->definition_count; i++)
    define_as_symbol(linker, linker->options->definitions[i]);
  for (size_t i = 0; i < linker->symbols.count; i++)
    if (linker->symbols.data[i].state == SYMBOL_LAZY) { // not wanted, so never loaded
      linker->symbols.data[i].state = SYMBOL_UNDEFINED;
      linker->symbols.data[i].file = NONE;
    }
}

// Gives each common symbol a section of its own, which gc and layout then treat like any other.
void link_place_commons(Linker *linker) {
  for (size_t i = 0; i < linker->symbols.count; i++) {
    Symbol *symbol = &linker->symbols.data[i];
    if (symbol->state != SYMBOL_COMMON)
      continue;
    InputSection section = {.name = symbol->type == STT_TLS ? ".tbss.COMMON" : ".bss.COMMON",
                            .size = symbol->size,
                            .flags = SHF_ALLOC | SHF_WRITE | (symbol->type == STT_TLS ? SHF_TLS : 0),
                            .alignment = symbol->value,
                            .type = SHT_NOBITS,
                            .file = symbol->file,
                            .output = NONE,
                            .group = NONE,
                            .replacement = NONE,
                            .alive = true};
    symbol->section = link_add_section(linker, section);
    symbol->value = 0;
    symbol->state = SYMBOL_DEFINED;
  }
}
