// Walks the relocations of live sections once before layout: checks that each makes sense where it stands,
// gives GOT slots to the symbols that need one, and reports all undefined symbols at once.
#include "linker/internal.h"

// A reference to a symbol that nothing defines.
typedef struct Missing {
  Name name;
  uint32_t section;
  uint64_t offset;
} Missing;

typedef struct Scan {
  Linker *linker;
  VEC(Missing) missing;
  bool good;
} Scan;

enum { PLACES_SHOWN = 5 };

static const char *relocation_name(unsigned type) {
  const char *name = isa_relocation_name(type);
  return name ? name : "of an unknown type";
}

// Bytes a relocation reads and writes, + 1; 0: not a relocation of static code.
static const uint8_t widths[256] = {
    [RELOC_R_RISCV_NONE] = 1,         [RELOC_R_RISCV_RELAX] = 1,        [RELOC_R_RISCV_ALIGN] = 1,
    [RELOC_R_RISCV_TPREL_ADD] = 1,    [RELOC_R_RISCV_ADD8] = 2,         [RELOC_R_RISCV_SUB8] = 2,
    [RELOC_R_RISCV_SET8] = 2,         [RELOC_R_RISCV_SET6] = 2,         [RELOC_R_RISCV_SUB6] = 2,
    [RELOC_R_RISCV_SET_ULEB128] = 2,  [RELOC_R_RISCV_SUB_ULEB128] = 2,  [RELOC_R_RISCV_ADD16] = 3,
    [RELOC_R_RISCV_SUB16] = 3,        [RELOC_R_RISCV_SET16] = 3,        [RELOC_R_RISCV_RVC_BRANCH] = 3,
    [RELOC_R_RISCV_RVC_JUMP] = 3,     [RELOC_R_RISCV_32] = 5,           [RELOC_R_RISCV_ADD32] = 5,
    [RELOC_R_RISCV_SUB32] = 5,        [RELOC_R_RISCV_SET32] = 5,        [RELOC_R_RISCV_32_PCREL] = 5,
    [RELOC_R_RISCV_PLT32] = 5,        [RELOC_R_RISCV_GOT32_PCREL] = 5,  [RELOC_R_RISCV_BRANCH] = 5,
    [RELOC_R_RISCV_JAL] = 5,          [RELOC_R_RISCV_PCREL_HI20] = 5,   [RELOC_R_RISCV_PCREL_LO12_I] = 5,
    [RELOC_R_RISCV_PCREL_LO12_S] = 5, [RELOC_R_RISCV_GOT_HI20] = 5,     [RELOC_R_RISCV_TLS_GOT_HI20] = 5,
    [RELOC_R_RISCV_HI20] = 5,         [RELOC_R_RISCV_LO12_I] = 5,       [RELOC_R_RISCV_LO12_S] = 5,
    [RELOC_R_RISCV_TPREL_HI20] = 5,   [RELOC_R_RISCV_TPREL_LO12_I] = 5, [RELOC_R_RISCV_TPREL_LO12_S] = 5,
    [RELOC_R_RISCV_64] = 9,           [RELOC_R_RISCV_ADD64] = 9,        [RELOC_R_RISCV_SUB64] = 9,
    [RELOC_R_RISCV_CALL] = 9,         [RELOC_R_RISCV_CALL_PLT] = 9,
};

// Bytes a relocation reads and writes; -1: not a relocation of static code.
static int relocation_width(unsigned type) {
  return type < 256 ? widths[type] - 1 : -1;
}

static bool needs_tls(unsigned type) {
  return type == RELOC_R_RISCV_TPREL_HI20 || type == RELOC_R_RISCV_TPREL_LO12_I ||
         type == RELOC_R_RISCV_TPREL_LO12_S || type == RELOC_R_RISCV_TPREL_ADD ||
         type == RELOC_R_RISCV_TLS_GOT_HI20;
}

static bool needs_got(unsigned type) {
  return type == RELOC_R_RISCV_GOT_HI20 || type == RELOC_R_RISCV_GOT32_PCREL ||
         type == RELOC_R_RISCV_TLS_GOT_HI20;
}

static const char *target_name(Scan *scan, const InputFile *file, uint32_t symbol) {
  const char *name = link_symbol_name(file, symbol);
  if (name && *name)
    return name;
  Target target = link_symbol_target(scan->linker, file, symbol);
  return target.section == NONE ? "?" : scan->linker->sections.data[target.section].name;
}

static bool refuse(Linker *linker, uint32_t section, const Elf64_Rela *relocation, const char *what) {
  unsigned type = ELF64_R_TYPE(relocation->r_info);
  const char *place = link_section_place(linker, section, relocation->r_offset);
  const char *name = isa_relocation_name(type);
  if (name)
    link_error(linker, place, "relocation %s %s", name, what);
  else
    link_error(linker, place, "relocation of type %u %s", type, what);
  return false;
}

// Checks what later stages rely on: the bytes and the symbol exist, and what goes through the GOT can. (Of
// sections that are not loaded, relocate.c asks when their turn comes.)
bool link_check_relocation(Linker *linker, uint32_t number, const Elf64_Rela *relocation) {
  const InputSection *section = &linker->sections.data[number];
  unsigned type = ELF64_R_TYPE(relocation->r_info);
  uint32_t symbol = ELF64_R_SYM(relocation->r_info);
  int width = relocation_width(type);
  if (width < 0)
    return refuse(linker, number, relocation,
                  type == RELOC_R_RISCV_TLS_GD_HI20 ||
                          (type >= RELOC_R_RISCV_TLSDESC_HI20 && type <= RELOC_R_RISCV_TLSDESC_CALL)
                      ? "is not supported; compile with -ftls-model=initial-exec or local-exec"
                      : "is not supported in static code");
  if (relocation->r_offset > section->size || (uint64_t)width > section->size - relocation->r_offset ||
      (width && !section->data))
    return refuse(linker, number, relocation, "lies outside the contents of its section");
  if (symbol && symbol >= linker->files.data[section->file].symbol_count)
    return refuse(linker, number, relocation, "refers to a symbol that does not exist");
  if (needs_got(type) && (symbol == 0 || !(section->flags & SHF_ALLOC)))
    return refuse(linker, number, relocation, "needs a symbol, and a section that is loaded");
  return true;
}

static void need_got(Scan *scan, uint32_t file_number, uint32_t symbol, bool thread) {
  Linker *linker = scan->linker;
  InputFile *file = &linker->files.data[file_number];
  Target target = link_symbol_target(linker, file, symbol);
  uint32_t *slot;
  if (target.global) {
    slot = thread ? &target.global->tls_got : &target.global->got;
  } else {
    // A local symbol is an address or a thread-local one, so that one slot is enough.
    if (!file->local_got)
      file->local_got = ARENA_ARRAY(&linker->arena, uint32_t, file->first_global);
    slot = &file->local_got[symbol];
  }
  if (*slot)
    return;
  GotSlot new_slot = {file_number, symbol, thread};
  VEC_PUSH(&linker->got, new_slot);
  *slot = (uint32_t)linker->got.count;
}

static bool is_discarded(const Linker *linker, const Target *target) {
  if (target->section == NONE)
    return false;
  const InputSection *section = &linker->sections.data[target->section];
  return !section->alive && section->replacement == NONE;
}

static void scan_one(Scan *scan, uint32_t number, const Elf64_Rela *relocation) {
  Linker *linker = scan->linker;
  uint32_t file_number = linker->sections.data[number].file;
  const InputFile *file = &linker->files.data[file_number];
  unsigned type = ELF64_R_TYPE(relocation->r_info);
  uint32_t symbol = ELF64_R_SYM(relocation->r_info);
  if (!link_check_relocation(linker, number, relocation)) {
    scan->good = false;
    return;
  }
  if (symbol == 0 || type == RELOC_R_RISCV_RELAX)
    return;
  Target target = link_symbol_target(linker, file, symbol);
  if (target.undefined && !target.global) {
    scan->good = refuse(linker, number, relocation, "refers to a symbol in a section that does not exist");
    return;
  }
  if (target.undefined && target.global->wanted) {
    Missing missing = {(Name)(target.global - linker->symbols.data), number, relocation->r_offset};
    VEC_PUSH(&scan->missing, missing);
    return;
  }
  if (is_discarded(linker, &target)) {
    link_error(linker, link_section_place(linker, number, relocation->r_offset),
               "relocation %s refers to '%s', which is in a discarded section", relocation_name(type),
               target_name(scan, file, symbol));
    scan->good = false;
    return;
  }
  if (needs_tls(type) && !target.tls && !target.undefined) {
    link_error(linker, link_section_place(linker, number, relocation->r_offset),
               "relocation %s against '%s', which is not thread-local", relocation_name(type),
               target_name(scan, file, symbol));
    scan->good = false;
    return;
  }
  if (needs_got(type))
    need_got(scan, file_number, symbol, type == RELOC_R_RISCV_TLS_GOT_HI20);
}

// Whether the bytes of a relocation are deleted, which makes it void.
bool link_is_deleted(const InputSection *section, uint64_t offset) {
  return section->deletion_count &&
         link_output_offset(section, offset) == link_output_offset(section, offset + 1) &&
         offset < section->size;
}

static void scan_section(Scan *scan, uint32_t number) {
  const InputSection *section = &scan->linker->sections.data[number];
  for (uint32_t i = 0; i < section->relocation_count; i++)
    if (!link_is_deleted(section, section->relocations[i].r_offset) ||
        ELF64_R_TYPE(section->relocations[i].r_info) == RELOC_R_RISCV_ALIGN)
      scan_one(scan, number, &section->relocations[i]);
}

// Whether scan_one has nothing to do and nothing to say about a relocation. (It may be asked when this is
// false and turn out to be content.)
static bool is_plain(Linker *linker, const InputSection *section, const InputFile *file,
                     const Elf64_Rela *relocation) {
  unsigned type = ELF64_R_TYPE(relocation->r_info);
  uint32_t symbol = ELF64_R_SYM(relocation->r_info);
  int width = relocation_width(type);
  if (width < 0 || relocation->r_offset > section->size ||
      (uint64_t)width > section->size - relocation->r_offset || (width && !section->data) ||
      (symbol && symbol >= file->symbol_count))
    return false;
  if (!symbol || type == RELOC_R_RISCV_RELAX)
    return !needs_got(type);
  if (needs_got(type) || needs_tls(type))
    return false;
  Target target = link_symbol_target(linker, file, symbol);
  return !target.undefined && !is_discarded(linker, &target);
}

// Most sections hold only plain relocations; several threads look for the others.
typedef struct Sieve {
  Linker *linker;
  uint8_t *wanted; // by section: to be scanned one by one
} Sieve;

static void sieve_section(void *context, size_t number, unsigned thread) {
  (void)thread;
  Sieve *sieve = context;
  const InputSection *section = &sieve->linker->sections.data[number];
  const InputFile *file = &sieve->linker->files.data[section->file];
  if (!section->alive ||
      !(section->flags & SHF_ALLOC)) // debugging information may speak of what is not there
    return;
  for (uint32_t i = 0; i < section->relocation_count; i++)
    if (!is_plain(sieve->linker, section, file, &section->relocations[i])) {
      sieve->wanted[number] = 1;
      return;
    }
}

static int compare_missing(const void *a, const void *b) {
  const Missing *first = a;
  const Missing *second = b;
  if (first->name != second->name)
    return first->name < second->name ? -1 : 1;
  if (first->section != second->section)
    return first->section < second->section ? -1 : 1;
  return (first->offset > second->offset) - (first->offset < second->offset);
}

static const char *nearest_definition(const Linker *linker, const char *name) {
  NearestName nearest = nearest_name_start(name);
  for (size_t i = 0; i < linker->symbols.count; i++)
    if (linker->symbols.data[i].state == SYMBOL_DEFINED || linker->symbols.data[i].state == SYMBOL_ABSOLUTE)
      nearest_name_offer(&nearest, intern_text(&linker->names, (Name)i));
  return nearest.best;
}

static void report_one(Linker *linker, const Missing *places, size_t count) {
  const char *name = intern_text(&linker->names, places[0].name);
  const char *hint = nearest_definition(linker, name);
  const char *place = link_section_place(linker, places[0].section, places[0].offset);
  if (hint)
    link_error(linker, place, "undefined symbol '%s'; did you mean '%s'?", name, hint);
  else
    link_error(linker, place, "undefined symbol '%s'", name);
  for (size_t i = 1; i < count && i < PLACES_SHOWN; i++)
    diagnose(linker->diagnostics, DIAGNOSTIC_NOTE,
             place_named(link_section_place(linker, places[i].section, places[i].offset)),
             "also referenced here");
  if (count > PLACES_SHOWN)
    diagnose(linker->diagnostics, DIAGNOSTIC_NOTE, place_named(NULL), "and in %zu more places",
             count - PLACES_SHOWN);
}

static void report_missing(Scan *scan) {
  if (!scan->missing.count)
    return;
  qsort(scan->missing.data, scan->missing.count, sizeof(Missing), compare_missing);
  for (size_t i = 0, next; i < scan->missing.count; i = next) {
    next = i + 1;
    while (next < scan->missing.count && scan->missing.data[next].name == scan->missing.data[i].name)
      next++;
    report_one(scan->linker, &scan->missing.data[i], next - i);
  }
}

// -u and --entry ask for symbols without a place in a file.
static bool check_options(Linker *linker) {
  bool good = true;
  for (size_t i = 0; i < linker->options->undefined_count; i++) {
    const char *name = linker->options->undefined[i];
    Name found = intern_find(&linker->names, name, strlen(name));
    if (linker->symbols.data[found].state != SYMBOL_UNDEFINED)
      continue;
    const char *hint = nearest_definition(linker, name);
    diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), "-u %s: undefined symbol%s%s%s", name,
             hint ? "; did you mean '" : "", hint ? hint : "", hint ? "'?" : "");
    good = false;
  }
  return good;
}

// For -r, which keeps what it does not understand: only that places and symbols exist.
bool link_check_relocations(Linker *linker) {
  Scan scan = {.linker = linker, .good = true};
  for (uint32_t i = 0; i < linker->sections.count; i++) {
    const InputSection *section = &linker->sections.data[i];
    const InputFile *file = &linker->files.data[section->file];
    for (uint32_t j = 0; j < section->relocation_count && section->alive; j++)
      if (section->relocations[j].r_offset > section->size)
        scan.good = refuse(linker, i, &section->relocations[j], "lies outside the contents of its section");
      else if (ELF64_R_SYM(section->relocations[j].r_info) >= file->symbol_count &&
               ELF64_R_SYM(section->relocations[j].r_info))
        scan.good = refuse(linker, i, &section->relocations[j], "refers to a symbol that does not exist");
  }
  return scan.good;
}

bool link_scan_relocations(Linker *linker) {
  Scan scan = {.linker = linker, .good = check_options(linker)};
  enum { SECTIONS_AT_ONCE = 64 };
  Sieve sieve = {linker, arena_alloc(&linker->arena, linker->sections.count, 1)};
  link_parallel(linker, linker->sections.count, SECTIONS_AT_ONCE, sieve_section, &sieve);
  for (uint32_t i = 0; i < linker->sections.count; i++)
    if (sieve.wanted[i])
      scan_section(&scan, i);
  report_missing(&scan);
  bool good = scan.good && scan.missing.count == 0;
  VEC_FREE(&scan.missing);
  if (!linker->got.count)
    return good;
  InputSection section = {.name = ".got",
                          .size = linker->got.count * 8,
                          .flags = SHF_ALLOC | SHF_WRITE,
                          .alignment = 8,
                          .entry_size = 8,
                          .type = SHT_PROGBITS,
                          .output = NONE,
                          .group = NONE,
                          .replacement = NONE,
                          .alive = true};
  linker->got_section = link_add_section(linker, section);
  return good;
}
