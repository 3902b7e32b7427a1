// Objects under construction: sections, symbols and relocations are collected in dense arrays.
#include "asm/object_internal.h"

#include <elf.h>
#include <string.h>

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

void object_section_take(Object *object, ObjectSection section, uint8_t *bytes, uint64_t size) {
  Section *to = &object->sections.data[section];
  VEC_FREE(&to->bytes);
  to->bytes.data = bytes;
  to->bytes.count = to->bytes.capacity = size;
  to->size = size;
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

void object_mark(Object *object, ObjectSection section, uint64_t offset, bool is_data) {
  object_define(object, object_local_symbol(object, is_data ? "$d" : "$x"), section, offset);
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
