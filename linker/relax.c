// Shortens instructions whose operand turned out to be near: calls become jal or c.j, the upper half of an
// address goes when x0, gp or tp reaches it. RISC-V ELF psABI, "Linker Relaxation". Only what the compiler
// marked with R_RISCV_RELAX is touched.
//
// Addresses depend on what is shortened, and that on addresses. So rounds are made: what fits is shortened,
// then addresses are assigned anew. Bytes between two places become fewer, but alignment between them may
// grow; what no longer fits is taken back, and never tried again, so that rounds come to an end. The last one
// changes nothing, which shows that all that was shortened fits the final addresses.
#include "linker/internal.h"

// A section with something that may be relaxed.
typedef struct Relaxable {
  uint32_t section;
  bool in_parts; // it has addresses in two parts, which find_unfit looks at
  bool changed;  // in this round
} Relaxable;

typedef struct Relaxer {
  Linker *linker;
  VEC(Relaxable) sections;
  uint32_t *unfit[PARALLEL_MAX]; // by thread, by symbol of a file: the last section, + 1, in which some part
                                 // of it is out of reach
  size_t unfit_count;
  bool changed[PARALLEL_MAX]; // by thread
  bool failed[PARALLEL_MAX];
} Relaxer;

// What each form takes out: bytes, and where they begin behind the relocation's place.
static const struct {
  uint8_t bytes;
  uint8_t first;
} savings[RELAXED_KINDS] = {
    [RELAXED_C_JUMP] = {6, 2},  [RELAXED_JAL] = {4, 4},   [RELAXED_JALR_ZERO] = {4, 4},
    [RELAXED_DELETED] = {4, 0}, [RELAXED_C_LUI] = {2, 2},
};

// A relocation that may be relaxed, at the present addresses.
typedef struct Candidate {
  const Linker *linker;
  const uint32_t *unfit;
  uint32_t section;
  uint32_t symbol;
  unsigned type;
  uint64_t value;  // S + A
  uint64_t place;  // P
  uint32_t word;   // the instruction that has the destination register
  bool compressed; // the file may use compressed instructions
} Candidate;

Relaxed link_relaxed(const InputSection *section, uint32_t relocation) {
  return section->relaxed ? (Relaxed)(section->relaxed[relocation] & ~RELAXED_SETTLED) : RELAXED_NONE;
}

// The bytes that go, from `*first` behind the place of the relocation on.
uint64_t link_relaxed_bytes(Relaxed kind, uint64_t *first) {
  *first = savings[kind].first;
  return savings[kind].bytes;
}

// Whether R_RISCV_RELAX stands beside a relocation.
bool link_may_relax(const InputSection *section, uint32_t relocation) {
  if (relocation + 1 >= section->relocation_count)
    return false;
  const Elf64_Rela *next = &section->relocations[relocation + 1];
  return ELF64_R_TYPE(next->r_info) == RELOC_R_RISCV_RELAX &&
         next->r_offset == section->relocations[relocation].r_offset;
}

// The register from which 12 bits reach an address, x0 or gp, and the offset from there. False, with nothing
// set, when none does.
bool link_relaxed_base(const Linker *linker, uint64_t address, unsigned *base, int64_t *offset) {
  enum { ZERO = 0, GLOBAL_POINTER = 3 };
  bool zero = isa_operand_fits(ISA_OPERAND_IMM12, (int64_t)address);
  int64_t distance = (int64_t)(zero ? address : address - linker->gp);
  if (!zero && !(linker->has_gp && isa_operand_fits(ISA_OPERAND_IMM12, distance)))
    return false;
  *base = zero ? ZERO : GLOBAL_POINTER;
  *offset = distance;
  return true;
}

static bool is_call(unsigned type) {
  return type == RELOC_R_RISCV_CALL || type == RELOC_R_RISCV_CALL_PLT;
}

static bool is_thread(unsigned type) {
  return type == RELOC_R_RISCV_TPREL_HI20 || type == RELOC_R_RISCV_TPREL_ADD ||
         type == RELOC_R_RISCV_TPREL_LO12_I || type == RELOC_R_RISCV_TPREL_LO12_S;
}

static bool is_got(unsigned type) {
  return type == RELOC_R_RISCV_GOT_HI20 || type == RELOC_R_RISCV_TLS_GOT_HI20;
}

static bool has_low_part(unsigned type) {
  return type == RELOC_R_RISCV_HI20 || is_thread(type);
}

// Bytes of the instructions of a relocation that may shrink; 0: it may not.
static uint64_t instruction_bytes(unsigned type) {
  if (is_call(type))
    return 8;
  return type == RELOC_R_RISCV_HI20 || type == RELOC_R_RISCV_PCREL_HI20 || type == RELOC_R_RISCV_TPREL_HI20 ||
                 type == RELOC_R_RISCV_TPREL_ADD || is_got(type)
             ? 4
             : 0;
}

static bool deletable(const Candidate *candidate) {
  unsigned base;
  int64_t offset;
  if (has_low_part(candidate->type))
    return candidate->unfit[candidate->symbol] != candidate->section + 1;
  if (candidate->type == RELOC_R_RISCV_TLS_GOT_HI20)
    return isa_operand_fits(ISA_OPERAND_IMM12, (int64_t)(candidate->value - candidate->linker->tls_address));
  return (candidate->type == RELOC_R_RISCV_PCREL_HI20 || candidate->type == RELOC_R_RISCV_GOT_HI20) &&
         link_relaxed_base(candidate->linker, candidate->value, &base, &offset);
}

static int64_t destination(const Candidate *candidate) {
  return isa_operand_extract(candidate->word, ISA_OPERAND_RD);
}

static bool is_possible(const Candidate *candidate, Relaxed kind) {
  int64_t distance = (int64_t)(candidate->value - candidate->place);
  switch (kind) {
  case RELAXED_C_JUMP:
    return is_call(candidate->type) && candidate->compressed && destination(candidate) == 0 &&
           isa_operand_fits(ISA_OPERAND_C_JUMP12, distance);
  case RELAXED_JAL:
    return is_call(candidate->type) && isa_operand_fits(ISA_OPERAND_JUMP21, distance);
  case RELAXED_JALR_ZERO:
    return is_call(candidate->type) && isa_operand_fits(ISA_OPERAND_IMM12, (int64_t)candidate->value);
  case RELAXED_DELETED:
    return deletable(candidate);
  case RELAXED_C_LUI: {
    int64_t upper = (int64_t)(candidate->value + 0x800) >> 12;
    return candidate->type == RELOC_R_RISCV_HI20 && candidate->compressed && destination(candidate) != 0 &&
           isa_operand_fits(ISA_OPERAND_C_RD_NOT_SP, destination(candidate)) && upper >= -32 && upper < 32 &&
           upper != 0;
  }
  case RELAXED_DIRECT:
    return is_got(candidate->type) &&
           link_fits_hi_lo(candidate->type == RELOC_R_RISCV_GOT_HI20
                               ? distance
                               : (int64_t)(candidate->value - candidate->linker->tls_address));
  default:
    return true;
  }
}

// What a form is worth: the bytes it saves, and a little for a load.
static unsigned gain(Relaxed kind) {
  return 2 * savings[kind].bytes + (kind == RELAXED_DIRECT);
}

// The best form that is worth less than `limit`.
static Relaxed best_below(const Candidate *candidate, unsigned limit) {
  Relaxed best = RELAXED_NONE;
  for (Relaxed kind = RELAXED_NONE; kind < RELAXED_KINDS; kind++)
    if (gain(kind) > gain(best) && gain(kind) < limit && is_possible(candidate, kind))
      best = kind;
  return best;
}

static uint8_t next_state(const Candidate *candidate, uint8_t state) {
  enum { NO_LIMIT = 100 };
  Relaxed now = (Relaxed)(state & ~RELAXED_SETTLED);
  if (!is_possible(candidate, now))
    return (uint8_t)(best_below(candidate, gain(now)) | RELAXED_SETTLED);
  if (state & RELAXED_SETTLED)
    return state;
  Relaxed best = best_below(candidate, NO_LIMIT);
  return (uint8_t)(gain(best) > gain(now) ? best : now);
}

static uint64_t reference(Linker *linker, uint32_t number, const Elf64_Rela *relocation) {
  const InputFile *file = &linker->files.data[linker->sections.data[number].file];
  uint32_t symbol = ELF64_R_SYM(relocation->r_info);
  Target target = symbol ? link_symbol_target(linker, file, symbol) : (Target){.section = NONE};
  return link_reference_value(linker, file, symbol, &target, relocation->r_addend);
}

// An address made in two parts is out of reach when one relocation of it is, or is not marked: then the upper
// part has to stay.
static void find_unfit(Linker *linker, uint32_t number, uint32_t *unfit) {
  const InputSection *section = &linker->sections.data[number];
  for (uint32_t i = 0; i < section->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[i];
    unsigned type = ELF64_R_TYPE(relocation->r_info);
    if (!has_low_part(type) && type != RELOC_R_RISCV_LO12_I && type != RELOC_R_RISCV_LO12_S)
      continue;
    uint64_t value = reference(linker, number, relocation);
    unsigned base;
    int64_t offset = (int64_t)(value - linker->tls_address);
    bool fits = is_thread(type) ? isa_operand_fits(ISA_OPERAND_IMM12, offset)
                                : link_relaxed_base(linker, value, &base, &offset);
    if (!fits || !link_may_relax(section, i))
      unfit[ELF64_R_SYM(relocation->r_info)] = number + 1;
  }
}

// Whether the instructions of relocation `i` are there, and no other relocation speaks of their bytes.
static bool stands_alone(const InputSection *section, uint32_t i, uint64_t covered) {
  const Elf64_Rela *relocation = &section->relocations[i];
  uint64_t bytes = instruction_bytes(ELF64_R_TYPE(relocation->r_info));
  if (!bytes || !link_may_relax(section, i) || relocation->r_offset < covered || relocation->r_offset % 2 ||
      bytes > section->size - relocation->r_offset)
    return false;
  return i + 2 >= section->relocation_count ||
         section->relocations[i + 2].r_offset >= relocation->r_offset + bytes;
}

// Decides for one relocation, and tells whether that is new.
static bool relax_one(Linker *linker, uint32_t number, uint32_t i, const uint32_t *unfit) {
  InputSection *section = &linker->sections.data[number];
  const Elf64_Rela *relocation = &section->relocations[i];
  Candidate candidate = {.linker = linker,
                         .unfit = unfit,
                         .section = number,
                         .symbol = ELF64_R_SYM(relocation->r_info),
                         .type = ELF64_R_TYPE(relocation->r_info),
                         .value = reference(linker, number, relocation),
                         .place = link_section_address(linker, number) +
                                  link_output_offset(section, relocation->r_offset),
                         .compressed = linker->files.data[section->file].flags & EF_RISCV_RVC};
  memcpy(&candidate.word, section->data + relocation->r_offset + (is_call(candidate.type) ? 4 : 0), 4);
  uint8_t next = next_state(&candidate, section->relaxed[i]);
  bool changed = next != section->relaxed[i];
  section->relaxed[i] = next;
  return changed;
}

static void relax_section(void *context, size_t index, unsigned thread) {
  Relaxer *relaxer = context;
  Linker *linker = relaxer->linker;
  Relaxable *relaxable = &relaxer->sections.data[index];
  relaxable->changed = false;
  const InputSection *section = &linker->sections.data[relaxable->section];
  if (relaxable->in_parts)
    find_unfit(linker, relaxable->section, relaxer->unfit[thread]);
  uint64_t covered = 0; // the end of what earlier relocations speak of
  for (uint32_t i = 0; i < section->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[i];
    unsigned type = ELF64_R_TYPE(relocation->r_info);
    uint64_t bytes = type == RELOC_R_RISCV_ALIGN ? (uint64_t)relocation->r_addend : instruction_bytes(type);
    if (!bytes)
      continue;
    if (stands_alone(section, i, covered) && relax_one(linker, relaxable->section, i, relaxer->unfit[thread]))
      relaxable->changed = relaxer->changed[thread] = true;
    uint64_t end = relocation->r_offset + bytes;
    covered = covered > end ? covered : end;
  }
}

static void shrink_section(void *context, size_t index, unsigned thread) {
  Relaxer *relaxer = context;
  if (relaxer->sections.data[index].changed &&
      !link_shrink_section(relaxer->linker, relaxer->sections.data[index].section))
    relaxer->failed[thread] = true;
}

// Makes room for the decisions and deletions of a section in which something may be relaxed.
static void prepare_section(Relaxer *relaxer, uint32_t number) {
  Linker *linker = relaxer->linker;
  InputSection *section = &linker->sections.data[number];
  uint32_t count = section->deletion_count;
  bool any = false;
  Relaxable relaxable = {.section = number};
  for (uint32_t i = 0; i < section->relocation_count; i++) {
    unsigned type = ELF64_R_TYPE(section->relocations[i].r_info);
    bool candidate = instruction_bytes(type) && link_may_relax(section, i);
    any = any || candidate;
    count += candidate || type == RELOC_R_RISCV_ALIGN;
    relaxable.in_parts = relaxable.in_parts || has_low_part(type);
  }
  if (!any)
    return;
  Deletion *deletions = ARENA_ARRAY(&linker->arena, Deletion, count);
  if (section->deletion_count)
    memcpy(deletions, section->deletions, section->deletion_count * sizeof(Deletion));
  section->deletions = deletions;
  section->relaxed = arena_alloc(&linker->arena, section->relocation_count, 1);
  VEC_PUSH(&relaxer->sections, relaxable);
}

// An address from the GOT is made directly only when all that loads by its upper half can be changed to add
// instead: what cannot is left as it is.
static void settle_loads(Linker *linker, uint32_t number) {
  const InputSection *section = &linker->sections.data[number];
  const InputFile *file = &linker->files.data[section->file];
  for (uint32_t i = 0; i < section->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[i];
    unsigned type = ELF64_R_TYPE(relocation->r_info);
    if (is_got(type) && relocation->r_addend && section->relaxed)
      section->relaxed[i] |= RELAXED_SETTLED;
    if (type != RELOC_R_RISCV_PCREL_LO12_I && type != RELOC_R_RISCV_PCREL_LO12_S)
      continue;
    uint32_t upper;
    Target target = link_symbol_target(linker, file, ELF64_R_SYM(relocation->r_info));
    if (target.section == NONE || !link_find_upper(linker, &target, &upper))
      continue;
    const InputSection *other = &linker->sections.data[target.section];
    uint32_t word;
    memcpy(&word, section->data + relocation->r_offset, 4);
    bool load =
        type == RELOC_R_RISCV_PCREL_LO12_I && (word & isa_insn(ISA_LD)->mask) == isa_insn(ISA_LD)->match;
    if (other->relaxed && is_got(ELF64_R_TYPE(other->relocations[upper].r_info)) &&
        (!load || !link_may_relax(section, i)))
      other->relaxed[upper] |= RELAXED_SETTLED;
  }
}

static void prepare(Relaxer *relaxer) {
  Linker *linker = relaxer->linker;
  for (uint32_t i = 0; i < linker->sections.count; i++) {
    const InputSection *section = &linker->sections.data[i];
    if (section->output != NONE && section->relaxes && section->data && (section->flags & SHF_ALLOC) &&
        (section->flags & SHF_EXECINSTR))
      prepare_section(relaxer, i);
  }
  for (uint32_t i = 0; i < linker->sections.count && linker->got.count; i++) {
    const InputSection *section = &linker->sections.data[i];
    if (section->output != NONE && section->data && (section->flags & SHF_EXECINSTR))
      settle_loads(linker, i);
  }
  uint32_t symbols = 1;
  for (size_t i = 0; i < linker->files.count; i++)
    if (linker->files.data[i].symbol_count > symbols)
      symbols = linker->files.data[i].symbol_count;
  relaxer->unfit_count = symbols;
  for (unsigned i = 0; i < PARALLEL_MAX && i <= linker->options->threads; i++)
    relaxer->unfit[i] = ARENA_ARRAY(&linker->arena, uint32_t, symbols);
}

static void find_global_pointer(Linker *linker) {
  static const char name[] = "__global_pointer$";
  Name found = intern_find(&linker->names, name, strlen(name));
  const Symbol *symbol = found == NAME_NONE ? NULL : &linker->symbols.data[found];
  linker->has_gp = symbol && symbol->state != SYMBOL_UNDEFINED && !linker->options->no_relax_gp;
  if (!linker->has_gp)
    return;
  Target target = {.section = symbol->section, .value = symbol->value};
  linker->gp = link_target_address(linker, &target);
}

static bool assign(Linker *linker) {
  if (!link_assign_addresses(linker))
    return false;
  if (linker->options->relocatable)
    return true;
  link_place_provided_symbols(linker);
  find_global_pointer(linker);
  return true;
}

// Calls a task for all sections; *flags, by thread, say whether something came up.
static bool for_all(Relaxer *relaxer, ParallelTask *task, bool *flags) {
  enum { SECTIONS_AT_ONCE = 64 };
  memset(flags, 0, PARALLEL_MAX * sizeof(bool));
  relaxer->linker->quiet = true;
  link_parallel(relaxer->linker, relaxer->sections.count, SECTIONS_AT_ONCE, task, relaxer);
  relaxer->linker->quiet = false;
  bool any = false;
  for (unsigned i = 0; i < PARALLEL_MAX; i++)
    any = any || flags[i];
  return any;
}

static bool relax_to_the_end(Relaxer *relaxer) {
  Linker *linker = relaxer->linker;
  do {
    for (unsigned i = 0; i < PARALLEL_MAX && relaxer->unfit[i]; i++)
      memset(relaxer->unfit[i], 0, relaxer->unfit_count * sizeof(uint32_t));
    if (!for_all(relaxer, relax_section, relaxer->changed))
      return true;
    if (!for_all(relaxer, shrink_section, relaxer->failed))
      continue;
    for (size_t i = 0; i < relaxer->sections.count; i++) // again, to say what is wrong
      link_shrink_section(linker, relaxer->sections.data[i].section);
    return false;
  } while (assign(linker));
  return false;
}

// Assigns addresses, and shortens what may be until they are final.
bool link_relax(Linker *linker) {
  linker->tentative = !linker->options->no_relax && !linker->options->relocatable;
  if (!assign(linker))
    return false;
  if (!linker->tentative)
    return true;
  Relaxer relaxer = {.linker = linker};
  prepare(&relaxer);
  bool good = !relaxer.sections.count || relax_to_the_end(&relaxer);
  VEC_FREE(&relaxer.sections);
  linker->tentative = false;
  return good && assign(linker); // as before, but that now it must fit
}
