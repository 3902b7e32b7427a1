// Folds identical functions (--icf=safe): of sections of code that have the same bytes and relocations to
// the same places, one stays and replaces the others. Only functions whose address nobody can tell apart are
// folded: nothing refers to them but calls and branches, or the compiler's table of significant addresses
// (SHT_LLVM_ADDRSIG) leaves them out. Runs when it is final which sections are alive; leaves `replacement`.
#include "linker/internal.h"

// A section that may be folded, and the class of sections it cannot be told apart from so far.
typedef struct Candidate {
  uint32_t section;
  uint32_t class;
  uint32_t next_class;
  uint32_t hash; // of what does not depend on classes
} Candidate;

typedef struct Folder {
  Linker *linker;
  Bitset significant;  // sections whose address matters
  uint32_t *candidate; // by section, its candidate + 1; 0: it is none
  VEC(Candidate) candidates;
} Folder;

static bool is_branch(unsigned type) {
  return type == RELOC_R_RISCV_CALL || type == RELOC_R_RISCV_CALL_PLT || type == RELOC_R_RISCV_JAL ||
         type == RELOC_R_RISCV_BRANCH || type == RELOC_R_RISCV_RVC_JUMP || type == RELOC_R_RISCV_RVC_BRANCH;
}

static void mark_symbol(Folder *folder, const InputFile *file, uint64_t symbol) {
  if (symbol >= file->symbol_count)
    return;
  Target target = link_symbol_target(folder->linker, file, (uint32_t)symbol);
  if (target.section != NONE)
    bitset_add(&folder->significant, target.section);
}

// The file's table of significant addresses: numbers of symbols as ULEB128. False when it has none that
// holds (the table belongs to a symbol table that tools may have rewritten, which they say by sh_link 0).
static bool mark_table(Folder *folder, const InputFile *file) {
  const InputSection *table =
      file->significant == NONE ? NULL : &folder->linker->sections.data[file->significant];
  if (!table)
    return false;
  uint64_t value = 0;
  unsigned shift = 0;
  for (uint64_t i = 0; i < table->size; i++) {
    if (shift < 63)
      value |= (uint64_t)(table->data[i] & 0x7f) << shift;
    shift += 7;
    if (table->data[i] & 0x80)
      continue;
    mark_symbol(folder, file, value);
    value = 0;
    shift = 0;
  }
  return true;
}

// The lower half of a PC-relative address names the instruction with its upper half.
static bool takes_address(unsigned type) {
  return !is_branch(type) && type != RELOC_R_RISCV_PCREL_LO12_I && type != RELOC_R_RISCV_PCREL_LO12_S;
}

// Marks what relocations other than branches refer to. Unwind and debugging information describe functions
// without telling them apart.
static void mark_references(Folder *folder, const InputFile *file) {
  for (uint32_t i = 0; i < file->section_count; i++) {
    const InputSection *section = &folder->linker->sections.data[file->first_section + i];
    if (!section->alive || !(section->flags & SHF_ALLOC) || link_is_frame_section(section))
      continue;
    for (uint32_t j = 0; j < section->relocation_count; j++)
      if (takes_address(ELF64_R_TYPE(section->relocations[j].r_info)))
        mark_symbol(folder, file, ELF64_R_SYM(section->relocations[j].r_info));
  }
}

// Functions with unwind information that refers to more than the function, such as a table of handlers.
static void mark_frames(Folder *folder) {
  Linker *linker = folder->linker;
  for (size_t i = 0; i < linker->frames.count; i++) {
    const FrameRecord *record = &linker->frames.data[i];
    if (record->function == NONE)
      continue;
    const InputSection *section = &linker->sections.data[record->section];
    const InputFile *file = &linker->files.data[section->file];
    for (uint32_t j = 0; j < record->relocation_count; j++) {
      uint32_t symbol = ELF64_R_SYM(section->relocations[record->first_relocation + j].r_info);
      if (symbol && symbol < file->symbol_count &&
          link_symbol_target(linker, file, symbol).section != record->function)
        bitset_add(&folder->significant, record->function);
    }
  }
}

// Symbols that the outside knows: the entry and what -u and --defsym name.
static void mark_options(Folder *folder) {
  Linker *linker = folder->linker;
  const LinkerOptions *options = linker->options;
  const char *entry = options->entry ? options->entry : "_start";
  for (size_t i = 0; i <= options->undefined_count; i++) {
    const char *text = i < options->undefined_count ? options->undefined[i] : entry;
    Name name = intern_find(&linker->names, text, strlen(text));
    if (name != NAME_NONE && linker->symbols.data[name].section != NONE)
      bitset_add(&folder->significant, linker->symbols.data[name].section);
  }
}

static bool may_fold(const Folder *folder, uint32_t number) {
  const InputSection *section = &folder->linker->sections.data[number];
  uint64_t kind = SHF_ALLOC | SHF_EXECINSTR | SHF_WRITE;
  return section->alive && !section->unused && section->size && section->data && !section->kept &&
         (section->flags & kind) == (SHF_ALLOC | SHF_EXECINSTR) && !link_is_kept(section) &&
         !bitset_has(&folder->significant, number);
}

// What a relocation refers to: a number that is the same for the same place.
typedef struct Reference {
  uint64_t kind; // 0: a candidate's class; 1: a section; 2: an address; else a symbol without a place, + 3
  uint64_t number;
  uint64_t value;
} Reference;

static Reference reference_of(const Folder *folder, const InputSection *section,
                              const Elf64_Rela *relocation) {
  const InputFile *file = &folder->linker->files.data[section->file];
  uint32_t symbol = ELF64_R_SYM(relocation->r_info);
  if (!symbol || symbol >= file->symbol_count)
    return (Reference){2, 0, 0};
  Target target = link_symbol_target(folder->linker, file, symbol);
  if (target.section == NONE) {
    if (!target.global)
      return (Reference){2, 0, target.value};
    return (Reference){3 + (uint64_t)(target.global - folder->linker->symbols.data), 0, 0};
  }
  // A place in the section itself is the same in each of the sections that are compared.
  uint32_t candidate = folder->candidate[target.section];
  if (candidate)
    return (Reference){0, folder->candidates.data[candidate - 1].class, target.value};
  return (Reference){1, target.section, target.value};
}

static uint32_t mix(uint32_t hash, uint64_t value) {
  uint64_t words[2] = {hash, value};
  return hash_bytes(words, sizeof(words));
}

static uint32_t constant_hash(const InputSection *section) {
  uint32_t hash = mix(hash_bytes(section->data, section->size), section->alignment);
  hash = mix(hash, section->flags & ~(uint64_t)SHF_GROUP);
  for (uint32_t i = 0; i < section->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[i];
    hash = mix(hash, relocation->r_offset ^ (uint64_t)ELF64_R_TYPE(relocation->r_info) << 40);
    hash = mix(hash, (uint64_t)relocation->r_addend);
  }
  return hash;
}

static int compare_numbers(uint64_t a, uint64_t b) {
  return (a > b) - (a < b);
}

// Orders sections by all that does not depend on classes.
static int compare_constants(const InputSection *a, const InputSection *b) {
  int order = compare_numbers(a->size, b->size);
  order = order ? order : compare_numbers(a->relocation_count, b->relocation_count);
  order = order ? order : compare_numbers(a->alignment, b->alignment);
  order = order ? order : compare_numbers(a->flags & ~(uint64_t)SHF_GROUP, b->flags & ~(uint64_t)SHF_GROUP);
  order = order ? order : compare_numbers(a->script_input, b->script_input);
  order = order ? order : memcmp(a->data, b->data, a->size);
  for (uint32_t i = 0; !order && i < a->relocation_count; i++) {
    const Elf64_Rela *first = &a->relocations[i];
    const Elf64_Rela *second = &b->relocations[i];
    order = compare_numbers(first->r_offset, second->r_offset);
    order = order ? order : compare_numbers(ELF64_R_TYPE(first->r_info), ELF64_R_TYPE(second->r_info));
    order = order ? order : compare_numbers((uint64_t)first->r_addend, (uint64_t)second->r_addend);
  }
  return order;
}

static int compare_references(const Folder *folder, const InputSection *a, const InputSection *b) {
  int order = 0;
  for (uint32_t i = 0; !order && i < a->relocation_count; i++) {
    Reference first = reference_of(folder, a, &a->relocations[i]);
    Reference second = reference_of(folder, b, &b->relocations[i]);
    order = compare_numbers(first.kind, second.kind);
    order = order ? order : compare_numbers(first.number, second.number);
    order = order ? order : compare_numbers(first.value, second.value);
  }
  return order;
}

static int compare_candidates(const void *a, const void *b, void *context) {
  const Folder *folder = context;
  const Candidate *first = &folder->candidates.data[*(const uint32_t *)a];
  const Candidate *second = &folder->candidates.data[*(const uint32_t *)b];
  const InputSection *sections = folder->linker->sections.data;
  int order = compare_numbers(first->class, second->class);
  order = order ? order : compare_numbers(first->hash, second->hash);
  if (order == 0)
    order = compare_constants(&sections[first->section], &sections[second->section]);
  if (order == 0)
    order = compare_references(folder, &sections[first->section], &sections[second->section]);
  return order;
}

// Splits classes whose members refer to different ones; true when that made more of them. A class is named
// by its first member, so that those that stay keep their name.
static bool split(Folder *folder, uint32_t *order) {
  uint32_t count = (uint32_t)folder->candidates.count;
  qsort_r(order, count, sizeof(uint32_t), compare_candidates, folder);
  bool any = false;
  for (uint32_t first = 0, end; first < count; first = end) {
    uint32_t least = order[first];
    for (end = first + 1; end < count && compare_candidates(&order[first], &order[end], folder) == 0; end++)
      least = order[end] < least ? order[end] : least;
    for (uint32_t i = first; i < end; i++)
      folder->candidates.data[order[i]].next_class = least;
  }
  for (uint32_t i = 0; i < count; i++) {
    any = any || folder->candidates.data[i].class != folder->candidates.data[i].next_class;
    folder->candidates.data[i].class = folder->candidates.data[i].next_class;
  }
  return any;
}

static void fold(Folder *folder) {
  uint32_t count = (uint32_t)folder->candidates.count;
  uint32_t *order = ARENA_ARRAY(&folder->linker->arena, uint32_t, count);
  for (uint32_t i = 0; i < count; i++)
    order[i] = i;
  while (split(folder, order))
    ;
  InputSection *sections = folder->linker->sections.data;
  for (uint32_t i = 0; i < count; i++) {
    const Candidate *candidate = &folder->candidates.data[i];
    if (candidate->class == i)
      continue;
    sections[candidate->section].alive = false;
    sections[candidate->section].replacement = folder->candidates.data[candidate->class].section;
  }
}

void link_fold_functions(Linker *linker) {
  Folder folder = {.linker = linker,
                   .significant = bitset_new(&linker->arena, linker->sections.count),
                   .candidate = ARENA_ARRAY(&linker->arena, uint32_t, linker->sections.count)};
  for (size_t i = 1; i < linker->files.count; i++)
    if (!mark_table(&folder, &linker->files.data[i]))
      mark_references(&folder, &linker->files.data[i]);
  mark_frames(&folder);
  mark_options(&folder);
  for (uint32_t i = 0; i < linker->sections.count; i++) {
    if (!may_fold(&folder, i))
      continue;
    Candidate candidate = {.section = i, .hash = constant_hash(&linker->sections.data[i])};
    VEC_PUSH(&folder.candidates, candidate);
    folder.candidate[i] = (uint32_t)folder.candidates.count;
  }
  if (folder.candidates.count)
    fold(&folder);
  VEC_FREE(&folder.candidates);
}
