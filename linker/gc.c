// Decides which sections are part of the output. Without --gc-sections all are, but for duplicates of COMDAT
// groups. With it, an allocated section is only when it is reached through relocations from a root: the
// entry, a -u or --defsym symbol, or a section that is kept by its nature. Leaves InputSection.alive.
#include "linker/internal.h"

typedef struct Marker {
  Linker *linker;
  VEC(uint32_t) work;
} Marker;

static void mark(Marker *marker, uint32_t number) {
  while (number != NONE) {
    InputSection *section = &marker->linker->sections.data[number];
    if (section->alive || section->unused || section->duplicate)
      return;
    section->alive = true;
    VEC_PUSH(&marker->work, number);
    number = section->group; // a group lives and dies as one
  }
}

static bool has_prefix(const char *name, const char *prefix) {
  size_t size = strlen(prefix);
  return strncmp(name, prefix, size) == 0 && (name[size] == '\0' || name[size] == '.');
}

bool link_is_kept(const InputSection *section) {
  static const char *const names[] = {".init",          ".fini",  ".init_array", ".fini_array",
                                      ".preinit_array", ".ctors", ".dtors",      ".eh_frame"};
  if (section->kept || section->type == SHT_NOTE || section->type == SHT_INIT_ARRAY ||
      section->type == SHT_FINI_ARRAY || section->type == SHT_PREINIT_ARRAY ||
      (section->flags & SHF_GNU_RETAIN))
    return true;
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
    if (has_prefix(section->name, names[i]))
      return true;
  return false;
}

// A reference to __start_X or __stop_X reaches all sections named X.
static void mark_named(Marker *marker, const char *symbol) {
  const char *wanted = NULL;
  if (strncmp(symbol, "__start_", 8) == 0)
    wanted = symbol + 8;
  else if (strncmp(symbol, "__stop_", 7) == 0)
    wanted = symbol + 7;
  for (uint32_t i = 0; wanted && i < marker->linker->sections.count; i++)
    if (strcmp(marker->linker->sections.data[i].name, wanted) == 0)
      mark(marker, i);
}

static void mark_symbol(Marker *marker, Symbol *symbol) {
  Linker *linker = marker->linker;
  if (symbol->state == SYMBOL_DEFINED)
    mark(marker, symbol->section);
  if (symbol->state != SYMBOL_UNDEFINED)
    return;
  symbol->state = SYMBOL_PROVIDED; // so that its sections are looked for once
  mark_named(marker, intern_text(&linker->names, (Name)(symbol - linker->symbols.data)));
}

static void mark_targets(Marker *marker, uint32_t number, uint32_t first, uint32_t count) {
  Linker *linker = marker->linker;
  const InputSection *section = &linker->sections.data[number];
  const InputFile *file = &linker->files.data[section->file];
  for (uint32_t i = first; i < first + count; i++) {
    uint32_t symbol = ELF64_R_SYM(section->relocations[i].r_info);
    if (symbol >= file->symbol_count)
      continue; // an error, which scan.c records
    Target target = link_symbol_target(linker, file, symbol);
    if (target.global)
      mark_symbol(marker, target.global);
    else
      mark(marker, target.section);
  }
}

static void drain(Marker *marker) {
  while (marker->work.count) {
    uint32_t number = VEC_POP(&marker->work);
    const InputSection *section = &marker->linker->sections.data[number];
    if (!link_is_frame_section(section)) // its records are followed one by one
      mark_targets(marker, number, 0, section->relocation_count);
  }
}

// Follows the records of live functions (to their language-specific data) and all CIEs (to the personality).
static bool mark_frames(Marker *marker) {
  Linker *linker = marker->linker;
  bool marked = false;
  for (size_t i = 0; i < linker->frames.count; i++) {
    FrameRecord *record = &linker->frames.data[i];
    if (record->traced || (record->function != NONE && !linker->sections.data[record->function].alive))
      continue;
    record->traced = true;
    mark_targets(marker, record->section, record->first_relocation, record->relocation_count);
    marked = true;
  }
  return marked;
}

static bool mark_roots(Marker *marker) {
  Linker *linker = marker->linker;
  const LinkerOptions *options = linker->options;
  bool any = options->undefined_count > 0;
  Name entry = intern_find(&linker->names, options->entry ? options->entry : "_start",
                           strlen(options->entry ? options->entry : "_start"));
  if (entry != NAME_NONE && linker->symbols.data[entry].state == SYMBOL_DEFINED) {
    any = true;
    mark_symbol(marker, &linker->symbols.data[entry]);
  }
  for (size_t i = 0; i < options->undefined_count; i++)
    mark_symbol(marker,
                &linker->symbols
                     .data[link_symbol_named(linker, options->undefined[i], strlen(options->undefined[i]))]);
  for (size_t i = 0; i < options->definition_count; i++) {
    const char *text = options->definitions[i];
    mark_symbol(marker, &linker->symbols.data[link_symbol_named(linker, text, strcspn(text, "="))]);
  }
  for (uint32_t i = 0; i < linker->sections.count; i++)
    if ((linker->sections.data[i].flags & SHF_ALLOC) && link_is_kept(&linker->sections.data[i]))
      mark(marker, i);
  if (!any)
    diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(NULL),
             "--gc-sections would discard everything: there is no symbol '%s'; name what to keep with "
             "--entry or -u",
             options->entry ? options->entry : "_start");
  return any;
}

static bool is_stripped(const Linker *linker, const InputSection *section) {
  return linker->options->strip != LINKER_STRIP_NOTHING && !(section->flags & SHF_ALLOC) &&
         strncmp(section->name, ".debug_", 7) == 0;
}

static void start_dead(Linker *linker) {
  for (size_t i = 0; i < linker->sections.count; i++) {
    InputSection *section = &linker->sections.data[i];
    section->unused = section->unused || is_stripped(linker, section);
    bool collectable = linker->options->gc_sections && (section->flags & SHF_ALLOC);
    section->alive = !collectable && !section->duplicate && !section->unused;
  }
}

// Marking calls undefined symbols provided; those that are not are undefined again.
static void restore_undefined(Linker *linker) {
  for (size_t i = 0; i < linker->symbols.count; i++)
    if (linker->symbols.data[i].state == SYMBOL_PROVIDED)
      linker->symbols.data[i].state = SYMBOL_UNDEFINED;
}

bool link_mark_alive(Linker *linker) {
  start_dead(linker);
  if (!linker->options->gc_sections)
    return true;
  Marker marker = {.linker = linker};
  bool good = mark_roots(&marker);
  do
    drain(&marker);
  while (mark_frames(&marker));
  restore_undefined(linker);
  VEC_FREE(&marker.work);
  return good;
}
