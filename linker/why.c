// --why: the shortest chain of references from a root (the entry, -u, a section kept by its nature) to a
// symbol.
#include "linker/internal.h"

// How a section was reached first.
typedef struct Reached {
  uint32_t from;    // the section that refers to it; NONE: it is a root, or was not reached
  uint32_t symbol;  // what `from` calls it, by number in its file
  uint64_t offset;  // in `from`
  const char *root; // why it is a root; NULL: it is none
} Reached;

typedef struct Search {
  Linker *linker;
  Reached *reached; // by section
  Bitset seen;
  VEC(uint32_t) queue;
} Search;

static void reach(Search *search, uint32_t section, Reached how) {
  if (section == NONE || !search->linker->sections.data[section].alive || bitset_has(&search->seen, section))
    return;
  bitset_add(&search->seen, section);
  search->reached[section] = how;
  VEC_PUSH(&search->queue, section);
}

static void reach_symbol(Search *search, const char *name, const char *root) {
  Name found = intern_find(&search->linker->names, name, strlen(name));
  if (found != NAME_NONE)
    reach(search, search->linker->symbols.data[found].section, (Reached){.from = NONE, .root = root});
}

static void reach_roots(Search *search) {
  const LinkerOptions *options = search->linker->options;
  reach_symbol(search, options->entry ? options->entry : "_start", "the entry");
  for (size_t i = 0; i < options->undefined_count; i++)
    reach_symbol(search, options->undefined[i], "asked for with -u");
  for (uint32_t i = 0; i < search->linker->sections.count; i++) {
    const InputSection *section = &search->linker->sections.data[i];
    if ((section->flags & SHF_ALLOC) && link_is_kept(section) && !link_is_frame_section(section))
      reach(search, i, (Reached){.from = NONE, .root = "a section that is always kept"});
  }
}

static void follow(Search *search, uint32_t number) {
  Linker *linker = search->linker;
  const InputSection *section = &linker->sections.data[number];
  const InputFile *file = &linker->files.data[section->file];
  for (uint32_t i = 0; i < section->relocation_count; i++) {
    uint32_t symbol = ELF64_R_SYM(section->relocations[i].r_info);
    if (symbol == 0 || symbol >= file->symbol_count)
      continue;
    Reached how = {.from = number, .symbol = symbol, .offset = section->relocations[i].r_offset};
    reach(search, link_symbol_target(linker, file, symbol).section, how);
  }
}

static void write_chain(Search *search, Text *text, uint32_t section) {
  Linker *linker = search->linker;
  while (search->reached[section].from != NONE) {
    const Reached *how = &search->reached[section];
    const InputFile *file = &linker->files.data[linker->sections.data[how->from].file];
    const char *name = link_symbol_name(file, how->symbol);
    if (!name || !*name)
      name = linker->sections.data[section].name;
    text_format(text, "  %s refers to %s\n", link_section_place(linker, how->from, how->offset), name);
    section = how->from;
  }
  text_format(text, "  %s is %s\n", link_section_place(linker, section, 0), search->reached[section].root);
}

static bool explain(Search *search, Text *text, const char *name) {
  Linker *linker = search->linker;
  Name found = intern_find(&linker->names, name, strlen(name));
  const Symbol *symbol = found == NAME_NONE ? NULL : &linker->symbols.data[found];
  if (!symbol || symbol->state == SYMBOL_UNDEFINED) {
    diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(NULL),
             "--why %s: the link has no definition of this symbol", name);
    return false;
  }
  if (symbol->section == NONE) {
    text_format(text, "%s is absolute\n", name);
    return true;
  }
  text_format(text, "%s is in %s\n", name, link_section_place(linker, symbol->section, symbol->value));
  if (!linker->sections.data[symbol->section].alive)
    text_append_string(text, "  which is discarded: nothing that is kept refers to it\n");
  else if (!bitset_has(&search->seen, symbol->section))
    text_append_string(
        text, "  which nothing refers to; it is there because its file is, and --gc-sections is off\n");
  else
    write_chain(search, text, symbol->section);
  return true;
}

bool link_explain(Linker *linker, Text *text) {
  const LinkerOptions *options = linker->options;
  if (!options->why_count)
    return true;
  Search search = {.linker = linker,
                   .reached = ARENA_ARRAY(&linker->arena, Reached, linker->sections.count),
                   .seen = bitset_new(&linker->arena, linker->sections.count)};
  reach_roots(&search);
  for (size_t i = 0; i < search.queue.count; i++)
    follow(&search, search.queue.data[i]);
  bool good = true;
  for (size_t i = 0; i < options->why_count; i++)
    good = explain(&search, text, options->why[i]) && good;
  VEC_FREE(&search.queue);
  return good;
}
