// Names and symbols.
#include "asm/internal.h"

#include <elf.h>

#include <string.h>

Name asm_intern(Assembler *assembler, const char *text, size_t size) {
  Name name = intern(&assembler->names, text, size);
  while (assembler->infos.count <= name)
    VEC_PUSH(&assembler->infos, (NameInfo){0});
  return name;
}

NameInfo *name_info(Assembler *assembler, Name name) {
  return &assembler->infos.data[name];
}

SymbolId symbol_new(Assembler *assembler, Name name, const char *at) {
  AsmSymbol symbol = {.name = name};
  if (at)
    symbol.place = place_of(assembler, at);
  VEC_PUSH(&assembler->symbols, symbol);
  return (SymbolId)assembler->symbols.count - 1;
}

SymbolId symbol_named(Assembler *assembler, Name name, const char *at) {
  NameInfo *info = name_info(assembler, name);
  if (!info->symbol)
    info->symbol = symbol_new(assembler, name, at);
  return info->symbol;
}

static void place_label(Assembler *assembler, AsmSymbol *symbol) {
  const AsmSection *section = current_section(assembler);
  symbol->state = SYMBOL_LABEL;
  symbol->section = assembler->position.current;
  symbol->offset = section->size;
  symbol->points = (uint32_t)section->points.count;
  if (section->flags & SHF_TLS)
    symbol->type = SYMBOL_TLS;
}

SymbolId symbol_here(Assembler *assembler) {
  SymbolId id = symbol_new(assembler, NAME_NONE, assembler->statement);
  place_label(assembler, symbol_at(assembler, id));
  return id;
}

const char *symbol_text(const Assembler *assembler, SymbolId id) {
  Name name = assembler->symbols.data[id].name;
  return name == NAME_NONE ? "." : intern_text(&assembler->names, name);
}

void symbol_set_size(Assembler *assembler, SymbolId id, Value size, TextPlace place) {
  VEC_PUSH(&assembler->sizes, ((SymbolSize){size, place}));
  symbol_at(assembler, id)->size = (uint32_t)assembler->sizes.count;
}

bool symbol_is_private(const Assembler *assembler, const AsmSymbol *symbol) {
  return symbol->name == NAME_NONE || strncmp(intern_text(&assembler->names, symbol->name), ".L", 2) == 0;
}

static bool fail_redefinition(Assembler *assembler, SymbolId id, const char *at, size_t length) {
  const AsmSymbol *symbol = symbol_at(assembler, id);
  bool predefined = symbol->state == SYMBOL_EQUATED && symbol->place.buffer == UINT32_MAX;
  if (predefined)
    return asm_fail(assembler, at, length, "'%s' is predefined and cannot be redefined",
                    symbol_text(assembler, id));
  // Reported at once, so that the note can point to the first definition.
  TextPlace first = symbol->place;
  asm_report(assembler, DIAGNOSTIC_ERROR, place_of(assembler, at), length, "redefinition of '%s'",
             symbol_text(assembler, id));
  asm_report(assembler, DIAGNOSTIC_NOTE, first, length, "first defined here");
  return false;
}

bool define_label(Assembler *assembler, Name name, const char *at, size_t length) {
  SymbolId id = symbol_named(assembler, name, at);
  AsmSymbol *symbol = symbol_at(assembler, id);
  if (symbol->state != SYMBOL_UNDEFINED)
    return fail_redefinition(assembler, id, at, length);
  symbol->place = place_of(assembler, at);
  place_label(assembler, symbol);
  return true;
}

bool define_numeric_label(Assembler *assembler, Name digits) {
  SymbolId id = name_info(assembler, digits)->forward;
  if (!id)
    id = symbol_new(assembler, NAME_NONE, assembler->cursor);
  place_label(assembler, symbol_at(assembler, id));
  NameInfo *info = name_info(assembler, digits);
  info->symbol = id;
  info->forward = 0;
  return true;
}

bool define_equated(Assembler *assembler, Name name, Value value, bool redefinable, const char *at) {
  SymbolId id = symbol_named(assembler, name, at);
  AsmSymbol *symbol = symbol_at(assembler, id);
  bool again = symbol->state == SYMBOL_EQUATED && symbol->redefinable && redefinable;
  if (symbol->state != SYMBOL_UNDEFINED && !again)
    return fail_redefinition(assembler, id, at, token_length(at));
  // What was written with the old value keeps it: the old symbol lives on without a name.
  if (again && (symbol->value.add || symbol->value.subtract)) {
    AsmSymbol copy = *symbol;
    symbol->name = NAME_NONE;
    symbol->binding_given = false;
    VEC_PUSH(&assembler->symbols, copy);
    id = (SymbolId)assembler->symbols.count - 1;
    name_info(assembler, name)->symbol = id;
    symbol = symbol_at(assembler, id);
  }
  symbol->place = place_of(assembler, at);
  symbol->state = SYMBOL_EQUATED;
  symbol->redefinable = redefinable;
  symbol->value = value;
  return true;
}
