// Fixups become bytes where their values are known, relocations where they are not; symbols and sections go
// to the object.
#include "asm/internal.h"

#include <elf.h>
#include <inttypes.h>
#include <string.h>

#define RELOC(name) RELOCATION_R_RISCV_##name

typedef struct Resolver {
  Assembler *assembler;
  Object *object;
  uint32_t number; // of the section
  AsmSection *section;
  VEC(ObjectGroup) groups; // by Name, twice: plain and comdat
} Resolver;

// The low 12 bits, sign-extended, and what auipc or lui must then add.
static int64_t low_part(int64_t value) {
  return (int64_t)((uint64_t)value << 52) >> 52;
}
static int64_t high_part(int64_t value) {
  return (int64_t)((uint64_t)value + 0x800) >> 12 & 0xfffff;
}

static void insert_operand(Resolver *resolver, uint64_t offset, IsaOperandKind kind, int64_t value) {
  uint8_t *bytes = resolver->section->bytes.data + offset;
  unsigned size = isa_length(bytes[0]);
  uint32_t word = 0;
  for (unsigned i = 0; i < size; i++)
    word |= (uint32_t)bytes[i] << 8 * i;
  word = isa_operand_insert(word, kind, value);
  for (unsigned i = 0; i < size; i++)
    bytes[i] = (uint8_t)(word >> 8 * i);
}

static void fixup_error(Resolver *resolver, const Fixup *fixup, const char *message) {
  const Buffer *buffer = resolver->assembler->buffers.data[fixup->place.buffer];
  asm_report(resolver->assembler, DIAGNOSTIC_ERROR, fixup->place,
             token_length(buffer->source.text + fixup->place.offset), "%s", message);
}

// The object's symbol for one of ours.
static ObjectSymbol object_symbol_of(Resolver *resolver, SymbolId id) {
  Assembler *assembler = resolver->assembler;
  AsmSymbol *symbol = symbol_at(assembler, id);
  if (symbol->relocated)
    return symbol->object;
  symbol->relocated = true;
  bool local = symbol->state != SYMBOL_UNDEFINED && symbol->state != SYMBOL_COMMON &&
               (!symbol->binding_given || symbol->binding == SYMBOL_LOCAL);
  // A nameless label goes by the name that debuggers know to hide.
  const char *name = symbol->type == SYMBOL_SECTION ? NULL
                     : symbol->name == NAME_NONE    ? ".L0 "
                                                    : symbol_text(assembler, id);
  symbol->object =
      local ? object_local_symbol(resolver->object, name) : object_symbol(resolver->object, name);
  return symbol->object;
}

static bool is_thread_local(unsigned relocation) {
  switch (relocation) {
  case RELOC(TPREL_HI20):
  case RELOC(TPREL_LO12_I):
  case RELOC(TPREL_LO12_S):
  case RELOC(TPREL_ADD):
  case RELOC(TLS_GOT_HI20):
  case RELOC(TLS_GD_HI20):
    return true;
  default:
    return false;
  }
}

// The symbol that a relocation names: nameless aliases give way to what they stand for.
static void relocate(Resolver *resolver, const Fixup *fixup, unsigned type, SymbolId id, int64_t addend) {
  Assembler *assembler = resolver->assembler;
  Value value = {addend, id, 0};
  while (symbol_at(assembler, value.add)->state == SYMBOL_EQUATED &&
         (symbol_at(assembler, value.add)->name == NAME_NONE || symbol_at(assembler, value.add)->weak_alias ||
          symbol_at(assembler, value.add)->value.subtract)) {
    if (!value_resolve(assembler, &value) || value.subtract || !value.add) {
      fixup_error(resolver, fixup, "this expression cannot be expressed by relocations");
      return;
    }
  }
  AsmSymbol *symbol = symbol_at(assembler, value.add);
  if (symbol->state == SYMBOL_COMPUTED) {
    fixup_error(resolver, fixup, "this expression cannot be expressed by relocations");
    return;
  }
  if (is_thread_local(type) && symbol->type == SYMBOL_NOTYPE)
    symbol->type = SYMBOL_TLS;
  object_relocate(resolver->object, resolver->section->object, fixup->offset, type,
                  object_symbol_of(resolver, value.add), value.constant);
  if (fixup->relax && linker_relaxes(type))
    object_relocate(resolver->object, resolver->section->object, fixup->offset, RELOC(RELAX),
                    OBJECT_NO_SYMBOL, 0);
}

// Whether a place in this section is known to be at a distance that the linker leaves alone.
static bool target_is_fixed(const Resolver *resolver, const Fixup *fixup, Value *value) {
  if (fixup->relax && linker_relaxes(fixup->relocation))
    return false;
  return target_is_here(resolver->assembler, resolver->number, value) &&
         distance_is_fixed(resolver->section, fixup->points,
                           symbol_at(resolver->assembler, value->add)->points);
}

static bool settle(Assembler *assembler, Value *value) {
  return value_measure(assembler, value, true);
}

// Written in as many bytes as layout has given it.
static void write_leb128(Resolver *resolver, const Fixup *fixup, uint64_t value, unsigned size) {
  uint8_t *bytes = resolver->section->bytes.data + fixup->offset;
  for (unsigned i = 0; i < size; i++) {
    bytes[i] = (uint8_t)((value & 0x7f) | (i + 1 < size ? 0x80 : 0));
    value = fixup->operand ? (uint64_t)((int64_t)value >> 7) : value >> 7;
  }
}

static void resolve_leb128(Resolver *resolver, const Fixup *fixup) {
  Value value = fixup->value;
  unsigned size = resolver->section->points.data[fixup->points].size;
  if (settle(resolver->assembler, &value)) {
    write_leb128(resolver, fixup, (uint64_t)value.constant, size);
    return;
  }
  Value distance = fixup->value;
  if (!value_measure(resolver->assembler, &distance, false) || fixup->operand ||
      !value_resolve(resolver->assembler, &value)) {
    fixup_error(resolver, fixup,
                fixup->operand ? "the value must be known when assembling"
                               : "the value must be a number or the distance of two places in one section");
    return;
  }
  write_leb128(resolver, fixup, (uint64_t)distance.constant, size);
  relocate(resolver, fixup, RELOC(SET_ULEB128), value.add, value.constant);
  relocate(resolver, fixup, RELOC(SUB_ULEB128), value.subtract, 0);
}

static void resolve_data(Resolver *resolver, const Fixup *fixup) {
  Assembler *assembler = resolver->assembler;
  Value value = fixup->value;
  unsigned size = fixup->operand;
  if (settle(assembler, &value)) {
    int64_t limit = size < 8 ? INT64_C(1) << (8 * size) : 0;
    if (size < 8 && (value.constant >= limit || value.constant < -limit / 2)) {
      fixup_error(resolver, fixup,
                  arena_format(&assembler->arena, "value %" PRId64 " does not fit %u byte%s", value.constant,
                               size, size == 1 ? "" : "s"));
      return;
    }
    for (unsigned i = 0; i < size; i++)
      resolver->section->bytes.data[fixup->offset + i] = (uint8_t)((uint64_t)value.constant >> 8 * i);
    return;
  }
  // What was set to a distance that the linker may change is written as that distance.
  const AsmSymbol *set = value.add && !value.subtract ? symbol_at(assembler, value.add) : NULL;
  if (set && set->state == SYMBOL_EQUATED && set->value.subtract && !value_resolve(assembler, &value)) {
    fixup_error(resolver, fixup, "this expression cannot be expressed by relocations");
    return;
  }
  static const uint8_t adds[] = {
      [1] = RELOC(ADD8), [2] = RELOC(ADD16), [4] = RELOC(ADD32), [8] = RELOC(ADD64)};
  static const uint8_t subtracts[] = {
      [1] = RELOC(SUB8), [2] = RELOC(SUB16), [4] = RELOC(SUB32), [8] = RELOC(SUB64)};
  if (value.subtract && value.add) {
    relocate(resolver, fixup, adds[size], value.add, value.constant);
    relocate(resolver, fixup, subtracts[size], value.subtract, 0);
    return;
  }
  if (value.subtract || size < 4) {
    fixup_error(resolver, fixup,
                value.subtract ? "no relocation can hold a subtracted symbol alone"
                               : "no relocation can hold a symbol's address in so few bytes");
    return;
  }
  relocate(resolver, fixup, size == 4 ? RELOC(32) : RELOC(64), value.add, value.constant);
}

static void resolve_operand(Resolver *resolver, const Fixup *fixup) {
  Value value = fixup->value;
  IsaOperandKind kind = (IsaOperandKind)fixup->operand;
  if (!settle(resolver->assembler, &value)) {
    fixup_error(resolver, fixup,
                "the value of this operand must be known when assembling; for an address use "
                "%hi, %lo, %pcrel_hi or %pcrel_lo");
    return;
  }
  if (!isa_operand_fits(kind, value.constant)) {
    fixup_error(resolver, fixup,
                arena_format(&resolver->assembler->arena, "%" PRId64 " does not fit: expected %s",
                             value.constant, operand_expected(resolver->assembler, kind)));
    return;
  }
  insert_operand(resolver, fixup->offset, kind, value.constant);
}

static int64_t distance_to(const Resolver *resolver, const Fixup *fixup, const Value *target) {
  const AsmSymbol *symbol = symbol_at(resolver->assembler, target->add);
  return (int64_t)(symbol->offset + (uint64_t)target->constant - fixup->offset);
}

static bool is_pcrel_high(const Fixup *fixup) {
  if (fixup->kind != FIXUP_RELOCATION)
    return false;
  return fixup->relocation == RELOC(PCREL_HI20) || fixup->relocation == RELOC(GOT_HI20) ||
         fixup->relocation == RELOC(TLS_GOT_HI20) || fixup->relocation == RELOC(TLS_GD_HI20);
}

// The fixup of the auipc at an offset; fixups stand in the order of their offsets.
static const Fixup *find_high(const AsmSection *section, uint64_t offset) {
  size_t low = 0;
  size_t high = section->fixups.count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (section->fixups.data[middle].offset < offset)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < section->fixups.count && section->fixups.data[low].offset == offset; low++)
    if (is_pcrel_high(&section->fixups.data[low]))
      return &section->fixups.data[low];
  return NULL;
}

// %pcrel_lo names the label of an auipc: what it needs is the low part of that one's distance.
static void resolve_pcrel_low(Resolver *resolver, const Fixup *fixup) {
  Value label = fixup->value;
  if (label.constant || !target_is_here(resolver->assembler, resolver->number, &label)) {
    // Across sections only the linker can tell.
    const AsmSymbol *symbol = fixup->value.add ? symbol_at(resolver->assembler, fixup->value.add) : NULL;
    if (symbol && !fixup->value.subtract && !fixup->value.constant && symbol->state == SYMBOL_LABEL)
      relocate(resolver, fixup, fixup->relocation, fixup->value.add, 0);
    else
      fixup_error(resolver, fixup, "%pcrel_lo must name the label of an auipc that has %pcrel_hi");
    return;
  }
  const Fixup *high = find_high(resolver->section, symbol_at(resolver->assembler, label.add)->offset);
  if (!high) {
    fixup_error(resolver, fixup, "%pcrel_lo must name the label of an auipc that has %pcrel_hi");
    return;
  }
  Value target = high->value;
  if (high->relocation == RELOC(PCREL_HI20) && target_is_fixed(resolver, high, &target)) {
    insert_operand(resolver, fixup->offset, (IsaOperandKind)fixup->operand,
                   low_part(distance_to(resolver, high, &target)));
    return;
  }
  relocate(resolver, fixup, fixup->relocation, fixup->value.add, 0);
}

static bool is_direct(unsigned relocation) {
  return relocation == RELOC(BRANCH) || relocation == RELOC(JAL) || relocation == RELOC(RVC_BRANCH) ||
         relocation == RELOC(RVC_JUMP);
}

static void resolve_distance(Resolver *resolver, const Fixup *fixup, int64_t distance) {
  IsaOperandKind kind = (IsaOperandKind)fixup->operand;
  if (!isa_operand_fits(kind, distance)) {
    fixup_error(resolver, fixup,
                arena_format(&resolver->assembler->arena, "the target is %" PRId64 " bytes away: expected %s",
                             distance, operand_expected(resolver->assembler, kind)));
    return;
  }
  insert_operand(resolver, fixup->offset, kind, distance);
}

static void resolve_constant(Resolver *resolver, const Fixup *fixup, int64_t value) {
  IsaOperandKind kind = (IsaOperandKind)fixup->operand;
  switch (fixup->relocation) {
  case RELOC(HI20):
    insert_operand(resolver, fixup->offset, kind, high_part(value));
    break;
  case RELOC(LO12_I):
  case RELOC(LO12_S):
    insert_operand(resolver, fixup->offset, kind, low_part(value));
    break;
  default:
    if (is_direct(fixup->relocation))
      resolve_distance(resolver, fixup, value);
    else
      fixup_error(resolver, fixup, "this operator needs a symbol, not a constant");
  }
}

static void resolve_relocation(Resolver *resolver, const Fixup *fixup) {
  if (fixup->relocation == RELOC(PCREL_LO12_I) || fixup->relocation == RELOC(PCREL_LO12_S)) {
    resolve_pcrel_low(resolver, fixup);
    return;
  }
  Value value = fixup->value;
  if (settle(resolver->assembler, &value)) {
    resolve_constant(resolver, fixup, value.constant);
    return;
  }
  if (value.subtract || !value.add) {
    fixup_error(resolver, fixup, "a difference of symbols of different sections cannot stand here");
    return;
  }
  bool direct = is_direct(fixup->relocation);
  bool here = (direct || fixup->relocation == RELOC(PCREL_HI20)) && target_is_fixed(resolver, fixup, &value);
  if (!here)
    relocate(resolver, fixup, fixup->relocation, value.add, value.constant);
  else if (direct)
    resolve_distance(resolver, fixup, distance_to(resolver, fixup, &value));
  else
    insert_operand(resolver, fixup->offset, ISA_OPERAND_UPPER20,
                   high_part(distance_to(resolver, fixup, &value)));
}

static void resolve_call(Resolver *resolver, const Fixup *fixup) {
  Value value = fixup->value;
  if (!value.add || value.subtract) {
    fixup_error(resolver, fixup, "expected a symbol to call");
    return;
  }
  if (!target_is_fixed(resolver, fixup, &value)) {
    relocate(resolver, fixup, fixup->relocation, value.add, value.constant);
    return;
  }
  int64_t distance = distance_to(resolver, fixup, &value);
  insert_operand(resolver, fixup->offset, ISA_OPERAND_UPPER20, high_part(distance));
  insert_operand(resolver, fixup->offset + 4, ISA_OPERAND_IMM12, low_part(distance));
}

// Symbols that do not exist can only be told at the end.
static bool check_private(Resolver *resolver, const Fixup *fixup, SymbolId id) {
  Assembler *assembler = resolver->assembler;
  AsmSymbol *symbol = symbol_at(assembler, id);
  const Buffer *buffer = assembler->buffers.data[symbol->place.buffer];
  const char *at = buffer->source.text + symbol->place.offset;
  if (!symbol->numeric && !symbol_is_private(assembler, symbol))
    return true;
  // Once for each.
  if (!symbol->resolving)
    asm_report(assembler, DIAGNOSTIC_ERROR, symbol->numeric ? symbol->place : fixup->place, token_length(at),
               symbol->numeric ? "no label '%.*s' behind this place" : "local label '%.*s' is not defined",
               (int)token_length(at) - (symbol->numeric ? 1 : 0), at);
  symbol->resolving = true;
  return false;
}

static bool check_defined(Resolver *resolver, const Fixup *fixup, SymbolId id) {
  return !id || symbol_at(resolver->assembler, id)->state != SYMBOL_UNDEFINED ||
         check_private(resolver, fixup, id);
}

static void resolve_section(Resolver *resolver) {
  AsmSection *section = resolver->section;
  for (size_t i = 0; i < section->fixups.count; i++) {
    const Fixup *fixup = &section->fixups.data[i];
    if (!check_defined(resolver, fixup, fixup->value.add) ||
        !check_defined(resolver, fixup, fixup->value.subtract))
      continue;
    switch ((FixupKind)fixup->kind) {
    case FIXUP_DATA:
      resolve_data(resolver, fixup);
      break;
    case FIXUP_OPERAND:
      resolve_operand(resolver, fixup);
      break;
    case FIXUP_RELOCATION:
      resolve_relocation(resolver, fixup);
      break;
    case FIXUP_CALL:
      resolve_call(resolver, fixup);
      break;
    case FIXUP_LEB128:
      resolve_leb128(resolver, fixup);
      break;
    case FIXUP_ALIGN:
      object_relocate(resolver->object, section->object, fixup->offset, fixup->relocation, OBJECT_NO_SYMBOL,
                      fixup->value.constant);
      break;
    case FIXUP_MARK:
      if (fixup->value.add && !fixup->value.subtract)
        relocate(resolver, fixup, fixup->relocation, fixup->value.add, fixup->value.constant);
      else
        fixup_error(resolver, fixup, "expected a symbol");
      break;
    }
  }
}

// What .reloc asked for: at a number or a label of this section.
static void resolve_requests(Resolver *resolver) {
  Assembler *assembler = resolver->assembler;
  for (size_t i = 0; i < resolver->section->requests.count; i++) {
    const Request *request = &resolver->section->requests.data[i];
    Value offset = request->offset;
    bool known = value_resolve(assembler, &offset) && !offset.subtract;
    const AsmSymbol *symbol = known && offset.add ? symbol_at(assembler, offset.add) : NULL;
    known = known && (!symbol || (symbol->state == SYMBOL_LABEL && symbol->section == resolver->number));
    uint64_t at = (uint64_t)offset.constant + (symbol ? symbol->offset : 0);
    Fixup fixup = {.offset = (uint32_t)at, .place = request->place};
    if (!known || at > resolver->section->size)
      fixup_error(resolver, &fixup, "expected an offset in this section or a label of it");
    else if (request->value.add)
      relocate(resolver, &fixup, request->relocation, request->value.add, request->value.constant);
    else
      object_relocate(resolver->object, resolver->section->object, at, request->relocation, OBJECT_NO_SYMBOL,
                      request->value.constant);
  }
}

// The group of a signature, made with its first member.
static ObjectGroup group_of(Resolver *resolver, const SectionKey *key) {
  Assembler *assembler = resolver->assembler;
  size_t index = 2 * (size_t)key->group + key->comdat;
  while (resolver->groups.count <= index)
    VEC_PUSH(&resolver->groups, 0);
  if (!resolver->groups.data[index]) {
    SymbolId id = symbol_named(assembler, key->group, NULL);
    const AsmSymbol *symbol = symbol_at(assembler, id);
    bool plain = symbol->state == SYMBOL_UNDEFINED && !symbol->binding_given;
    ObjectSymbol signature = plain ? object_local_symbol(resolver->object, symbol_text(assembler, id))
                                   : object_symbol_of(resolver, id);
    ObjectGroup group = object_group(resolver->object, signature, key->comdat);
    if (plain)
      object_define_signature(resolver->object, signature, group);
    resolver->groups.data[index] = group;
  }
  return resolver->groups.data[index];
}

static void give_sections(Resolver *resolver) {
  Assembler *assembler = resolver->assembler;
  for (uint32_t i = 1; i < assembler->sections.count; i++) {
    AsmSection *section = &assembler->sections.data[i];
    if (section->piece_of)
      continue;
    section->object = object_section_new(resolver->object, intern_text(&assembler->names, section->name),
                                         section->type, section->flags, section->entry_size);
    object_section_align(resolver->object, section->object, section->alignment);
  }
}

// Groups and the sections that sections follow.
static void join_sections(Resolver *resolver) {
  Assembler *assembler = resolver->assembler;
  for (uint32_t i = 1; i < assembler->sections.count; i++) {
    AsmSection *section = &assembler->sections.data[i];
    if (section->piece_of)
      continue;
    if (section->key.group != NAME_NONE)
      object_section_join(resolver->object, section->object, group_of(resolver, &section->key));
    if (!section->key.followed)
      continue;
    const AsmSymbol *symbol = symbol_at(assembler, section->key.followed);
    if (symbol->state == SYMBOL_LABEL)
      object_section_follow(resolver->object, section->object,
                            assembler->sections.data[symbol->section].object);
    else
      diagnose(assembler->diagnostics, DIAGNOSTIC_ERROR, place_named(assembler->buffers.data[0]->source.name),
               "section '%s' follows the section of '%s', which is no label of this file",
               intern_text(&assembler->names, section->name), symbol_text(assembler, section->key.followed));
  }
}

static void give_contents(Resolver *resolver) {
  Assembler *assembler = resolver->assembler;
  for (uint32_t i = 1; i < assembler->sections.count; i++) {
    AsmSection *section = &assembler->sections.data[i];
    if (section->piece_of)
      continue;
    if (section->type == SHT_NOBITS) {
      object_append_zeros(resolver->object, section->object, section->size);
    } else {
      object_section_take(resolver->object, section->object, section->bytes.data, section->size);
      section->bytes.data = NULL;
    }
  }
}

// Gives a symbol that stands for a value what that value is at the end.
static bool define_by_value(Resolver *resolver, AsmSymbol *symbol) {
  Assembler *assembler = resolver->assembler;
  Value value = symbol->value;
  if (value_measure(assembler, &value, false)) {
    object_define_absolute(resolver->object, symbol->object, (uint64_t)value.constant);
    return true;
  }
  bool possible = value_resolve(assembler, &value) && value.add && !value.subtract;
  const AsmSymbol *base = possible ? symbol_at(assembler, value.add) : NULL;
  if (!base || base->state != SYMBOL_LABEL)
    return false;
  // An alias has the type and the size of what it stands for, unless it was given its own.
  if (symbol->type == SYMBOL_NOTYPE)
    object_set_type(resolver->object, symbol->object, base->type);
  Value size = base->size ? assembler->sizes.data[base->size - 1].value : (Value){0};
  if (!symbol->size && base->size && value_measure(assembler, &size, false))
    object_set_size(resolver->object, symbol->object, (uint64_t)size.constant);
  object_define(resolver->object, symbol->object, assembler->sections.data[base->section].object,
                base->offset + (uint64_t)value.constant);
  return true;
}

static void give_size(Resolver *resolver, const AsmSymbol *symbol) {
  const SymbolSize *given = &resolver->assembler->sizes.data[symbol->size - 1];
  Value size = given->value;
  if (value_measure(resolver->assembler, &size, false))
    object_set_size(resolver->object, symbol->object, (uint64_t)size.constant);
  else
    asm_report(resolver->assembler, DIAGNOSTIC_ERROR, given->place, 0,
               "the size of '%s' is not a known number",
               intern_text(&resolver->assembler->names, symbol->name));
}

static void describe_symbol(Resolver *resolver, AsmSymbol *symbol) {
  Object *object = resolver->object;
  Assembler *assembler = resolver->assembler;
  if (symbol->type != SYMBOL_NOTYPE)
    object_set_type(object, symbol->object, symbol->type);
  if (symbol->binding_given)
    object_set_binding(object, symbol->object, symbol->binding);
  else if (symbol->state == SYMBOL_UNDEFINED && symbol->weakly && !symbol->needed)
    object_set_binding(object, symbol->object, SYMBOL_WEAK);
  object_set_visibility(object, symbol->object, symbol->visibility);
  if (symbol->variant)
    object_set_variant(object, symbol->object);
  if (symbol->state == SYMBOL_LABEL)
    object_define(object, symbol->object, assembler->sections.data[symbol->section].object, symbol->offset);
  else if (symbol->state == SYMBOL_COMMON)
    object_define_common(object, symbol->object, symbol->offset, symbol->alignment);
  else if (symbol->state == SYMBOL_EQUATED && !define_by_value(resolver, symbol))
    asm_report(assembler, DIAGNOSTIC_ERROR, symbol->place, 0,
               "'%s' is set to something that is neither a number nor a place in this file",
               symbol->name == NAME_NONE ? "." : intern_text(&assembler->names, symbol->name));
  if (symbol->size)
    give_size(resolver, symbol);
}

static bool is_wanted(const Assembler *assembler, const AsmSymbol *symbol) {
  bool predefined = symbol->place.buffer == UINT32_MAX;
  if (symbol->name == NAME_NONE || symbol->weak_alias)
    return false;
  if (symbol->binding_given)
    return true;
  return symbol->state != SYMBOL_UNDEFINED && !symbol_is_private(assembler, symbol) && !predefined;
}

static void give_files(Resolver *resolver) {
  Assembler *assembler = resolver->assembler;
  for (size_t i = 0; i < assembler->file_names.count; i++) {
    ObjectSymbol file =
        object_local_symbol(resolver->object, intern_text(&assembler->names, assembler->file_names.data[i]));
    object_define_absolute(resolver->object, file, 0);
    object_set_type(resolver->object, file, SYMBOL_FILE);
  }
}

static void give_marks(Resolver *resolver) {
  const Assembler *assembler = resolver->assembler;
  for (size_t i = 0; i < assembler->marks.count; i++) {
    const Mark *mark = &assembler->marks.data[i];
    const AsmSymbol *label = &assembler->symbols.data[mark->label];
    object_mark(resolver->object, assembler->sections.data[label->section].object, label->offset,
                mark->contents == CONTENTS_DATA);
  }
}

void asm_resolve(Assembler *assembler, Object *object) {
  Resolver resolver = {.assembler = assembler, .object = object};
  give_sections(&resolver);
  give_files(&resolver);
  join_sections(&resolver);
  for (SymbolId id = 1; id < assembler->symbols.count; id++)
    if (is_wanted(assembler, symbol_at(assembler, id)))
      object_symbol_of(&resolver, id);
  for (uint32_t i = 1; i < assembler->sections.count; i++) {
    resolver.number = i;
    resolver.section = &assembler->sections.data[i];
    resolve_section(&resolver);
    resolve_requests(&resolver);
  }
  give_contents(&resolver);
  give_marks(&resolver);
  for (SymbolId id = 1; id < assembler->symbols.count; id++)
    if (symbol_at(assembler, id)->relocated)
      describe_symbol(&resolver, symbol_at(assembler, id));
  VEC_FREE(&resolver.groups);
}
