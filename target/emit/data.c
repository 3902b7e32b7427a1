// Data, aliases, and the end of the output.
// Requires: all code emitted.
#include "asm/asm.h"
#include "isa/spm_frame.h"
#include "target/emit/emit.h"

#include <string.h>

enum { R_64 = 2 };

static bool starts(const char *text, const char *with) {
  return strncmp(text, with, strlen(with)) == 0;
}

static SectionPlace data_place(Target *target, const Symbol *symbol) {
  SectionPlace place = {".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, symbol->group};
  if (symbol->tls) {
    place.name = symbol->zero ? ".tbss" : ".tdata";
    place.type = symbol->zero ? SHT_NOBITS : SHT_PROGBITS;
    place.flags |= SHF_TLS;
  } else if (symbol->zero && !symbol->constant) {
    place.name = ".bss";
    place.type = SHT_NOBITS;
  } else if (symbol->constant && symbol->relocation_count) {
    place.name = ".data.rel.ro";
  } else if (symbol->constant) {
    place.name = ".rodata";
    place.flags = SHF_ALLOC;
  }
  if (symbol->section) {
    place.name = symbol->section;
    if (strcmp(symbol->section, SPM_FRAME_SECTION) == 0)
      place.flags = 0;
    place.type =
        starts(symbol->section, ".init_array")   ? SHT_INIT_ARRAY
        : starts(symbol->section, ".fini_array") ? SHT_FINI_ARRAY
        : starts(symbol->section, ".note")       ? SHT_NOTE
        : symbol->scratch ||
                ((starts(symbol->section, ".bss") || starts(symbol->section, ".tbss")) && symbol->zero)
            ? SHT_NOBITS
            : SHT_PROGBITS;
  } else if (symbol->group || target->options->data_sections) {
    place.name = arena_format(&target->arena, "%s.%s", place.name, symbol->name);
  }
  return place;
}

static void print_bytes(Text *out, const uint8_t *bytes, uint64_t size) {
  enum { PER_LINE = 16 };
  for (uint64_t at = 0; at < size;) {
    uint64_t zeros = 0;
    while (at + zeros < size && bytes[at + zeros] == 0)
      zeros++;
    if (zeros > PER_LINE || at + zeros == size) {
      text_format(out, "\t.zero\t%llu\n", (unsigned long long)zeros);
      at += zeros;
      continue;
    }
    for (int i = 0; i < PER_LINE && at < size; i++, at++)
      text_format(out, "%s%u", i ? "," : "\t.byte\t", bytes[at]);
    text_append_char(out, '\n');
  }
}

static int compare_relocations(const void *x, const void *y) {
  const DataRelocation *a = x, *b = y;
  return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static void print_data(Target *target, const Symbol *symbol) {
  Program *p = target->program;
  SectionPlace place = data_place(target, symbol);
  bool usual = !symbol->section && (strcmp(place.name, ".data") == 0 || strcmp(place.name, ".bss") == 0);
  text_section(p, usual ? arena_format(&target->arena, "%s", place.name) : section_directive(target, &place));
  print_attributes(p, symbol);
  print_type(p, symbol);
  text_format(&p->text, "\t.p2align\t%d\n", __builtin_ctzll(symbol->alignment));
  print_name(&p->text, symbol->name);
  text_append_string(&p->text, ":\n");
  uint64_t at = 0;
  for (uint32_t i = 0; i < symbol->relocation_count; i++) {
    const DataRelocation *r = &symbol->relocations[i];
    MirAddress address = {r->symbol, r->addend};
    print_bytes(&p->text, symbol->bytes + at, r->offset - at);
    text_append_string(&p->text, "\t.quad\t");
    print_symbol(&p->text, target, &address);
    text_append_char(&p->text, '\n');
    at = r->offset + 8;
  }
  if (symbol->bytes)
    print_bytes(&p->text, symbol->bytes + at, symbol->size - at);
  else if (symbol->size)
    text_format(&p->text, "\t.zero\t%llu\n", (unsigned long long)symbol->size);
  text_append_string(&p->text, "\t.size\t");
  print_name(&p->text, symbol->name);
  text_format(&p->text, ", %llu\n", (unsigned long long)symbol->size);
}

static void encode_data(Target *target, SymbolId id) {
  Object *object = target->program->object;
  const Symbol *symbol = &target->symbols.data[id];
  SectionPlace place = data_place(target, symbol);
  ObjectSection section = section_in_object(target, &place);
  bool nobits = object_section_type(object, section) == SHT_NOBITS;
  object_section_align(object, section, symbol->alignment);
  uint64_t end = object_section_size(object, section);
  object_append_zeros(object, section, (0 - end) & (symbol->alignment - 1));
  uint64_t start = object_section_size(object, section);
  ObjectSymbol own = define_here(target, id, section);
  if (symbol->bytes && !nobits)
    object_append(object, section, symbol->bytes, symbol->size);
  else
    object_append_zeros(object, section, symbol->size);
  object_set_type(object, own, symbol->tls ? SYMBOL_TLS : symbol->function ? SYMBOL_FUNCTION : SYMBOL_OBJECT);
  object_set_size(object, own, symbol->size);
  for (uint32_t i = 0; i < symbol->relocation_count; i++) {
    const DataRelocation *r = &symbol->relocations[i];
    object_relocate(object, section, start + r->offset, R_64, symbol_in_object(target, r->symbol), r->addend);
  }
}

static void emit_common(Target *target, SymbolId id) {
  const Symbol *symbol = &target->symbols.data[id];
  Program *p = target->program;
  if (p->object) {
    object_define_common(p->object, symbol_in_object(target, id), symbol->size, symbol->alignment);
    return;
  }
  text_append_string(&p->text, "\t.comm\t");
  print_name(&p->text, symbol->name);
  text_format(&p->text, ", %llu, %llu\n", (unsigned long long)symbol->size,
              (unsigned long long)symbol->alignment);
}

static bool emit_alias(Target *target, SymbolId id) {
  const Symbol *symbol = &target->symbols.data[id];
  const DataRelocation *to = symbol->relocations;
  Program *p = target->program;
  if (!p->object) {
    print_attributes(p, symbol);
    print_type(p, symbol);
    text_append_string(&p->text, "\t.set\t");
    print_name(&p->text, symbol->name);
    text_append_string(&p->text, ", ");
    MirAddress address = {to->symbol, to->addend};
    print_symbol(&p->text, target, &address);
    text_append_char(&p->text, '\n');
    return true;
  }
  symbol_in_object(target, to->symbol);
  const EmittedSymbol *aliasee = &p->symbols[to->symbol];
  if (!aliasee->section) {
    diagnose(target->diagnostics, DIAGNOSTIC_ERROR, place_named(symbol->name),
             "alias of a symbol that is not defined in this module");
    return false;
  }
  ObjectSection section = aliasee->section;
  uint64_t offset = aliasee->offset;
  ObjectSymbol own = symbol_in_object(target, id);
  object_define(p->object, own, section, offset + (uint64_t)to->addend);
  object_set_type(p->object, own, symbol->function ? SYMBOL_FUNCTION : SYMBOL_OBJECT);
  return true;
}

// Tables of the functions come before the data, so the first of a section is aligned for all. Assembly of the
// module may put something between.
void data_layout(Target *target) {
  static const char *const sections[] = {".data", ".bss", ".rodata", ".data.rel.ro"};
  enum { SECTIONS = sizeof sections / sizeof *sections };
  uint64_t end[SECTIONS] = {0};
  Symbol *first[SECTIONS] = {NULL};
  for (size_t i = 0; i < target->order.count && !target->module_assembly; i++) {
    Symbol *symbol = &target->symbols.data[target->order.data[i]];
    if (symbol->function || symbol->alias || symbol->common || symbol->section || symbol->tls)
      continue;
    const char *name = data_place(target, symbol).name;
    for (unsigned s = 0; s < SECTIONS; s++) {
      if (strcmp(name, sections[s]) != 0)
        continue;
      symbol->offset = (end[s] + symbol->alignment - 1) & ~(symbol->alignment - 1);
      end[s] = symbol->offset + symbol->size;
      symbol->region = symbol->linkage == LINKAGE_WEAK ? 0 : (uint8_t)(s + 1);
      first[s] = first[s] ? first[s] : symbol;
      if (first[s]->alignment < symbol->alignment)
        first[s]->alignment = symbol->alignment;
    }
  }
}

static void emit_data(Target *target) {
  for (size_t i = 0; i < target->order.count; i++) {
    SymbolId id = target->order.data[i];
    Symbol *symbol = &target->symbols.data[id];
    if ((symbol->function && !symbol->scratch) || symbol->alias)
      continue;
    if (symbol->relocation_count)
      qsort(symbol->relocations, symbol->relocation_count, sizeof *symbol->relocations, compare_relocations);
    if (symbol->common)
      emit_common(target, id);
    else if (target->program->object)
      encode_data(target, id);
    else
      print_data(target, symbol);
  }
}

// Assembly that came with the module is only known as text: then all of it goes through the assembler.
static bool assemble_text(Target *target, const char *output) {
  Program *p = target->program;
  char *name = arena_format(&target->arena, "%s (as assembly)", target->source_name);
  SourceText source = {name, text_string(&p->text), p->text.count};
  AsmOptions options = {.machine = *target->machine, .extensions = target->extensions, .no_files = true};
  Object *object = asm_assemble(&source, &options, target->diagnostics);
  bool ok = object && object_write(object, output, target->diagnostics);
  if (object)
    object_free(object);
  return ok;
}

bool program_write(Target *target, const char *output) {
  Program *p = target->program;
  emit_data(target);
  for (size_t i = 0; i < target->order.count; i++)
    if (target->symbols.data[target->order.data[i]].alias && !emit_alias(target, target->order.data[i]))
      return false;
  emit_debug_finish(target);
  if (target->options->file_type == TARGET_NULL)
    return true;
  if (p->object)
    return object_write(p->object, output, target->diagnostics);
  text_append_string(&p->text, "\t.section\t\".note.GNU-stack\",\"\",@progbits\n");
  if (target->options->file_type == TARGET_OBJECT)
    return assemble_text(target, output);
  return file_write(output, text_string(&p->text), p->text.count, false, target->diagnostics);
}
