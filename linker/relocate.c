// Copies input sections into the image and applies their relocations. RISC-V ELF psABI, "Relocations"; S is
// the symbol's address, A the addend, P the place. scan.c has checked that places and symbols exist.
#include "linker/internal.h"

// One relocation being applied.
typedef struct Site {
  Linker *linker;
  const InputFile *file;
  uint32_t section;
  const Elf64_Rela *relocation;
  Relocation type;
  uint8_t *at;    // in the image
  uint64_t place; // P
  Target target;
  uint64_t value; // S + A
} Site;

uint64_t link_section_address(const Linker *linker, uint32_t number) {
  const InputSection *section = &linker->sections.data[number];
  return linker->outputs.data[section->output].address + section->offset;
}

// Whether a section has no place in the output, nor the contents it had.
bool link_is_gone(const Linker *linker, uint32_t number) {
  const InputSection *section = &linker->sections.data[number];
  return section->replacement == NONE ? section->output == NONE : !section->alive;
}

// S. A symbol of a discarded section has the address 0, as debuggers expect.
uint64_t link_target_address(const Linker *linker, const Target *target) {
  if (target->section == NONE)
    return target->undefined ? 0 : target->value;
  const InputSection *section = &linker->sections.data[target->section];
  uint32_t number = target->section;
  uint64_t offset = target->value;
  if (section->replacement != NONE) {
    offset = link_replacement_offset(section, offset);
    number = section->replacement;
    section = &linker->sections.data[number];
  }
  if (section->output == NONE)
    return 0;
  return link_section_address(linker, number) + link_output_offset(section, offset);
}

// S + A. With a section symbol the addend is what points into the section, so that it moves with deletions.
uint64_t link_reference_value(const Linker *linker, const InputFile *file, uint32_t symbol,
                              const Target *target, int64_t addend) {
  if (target->section != NONE && symbol < file->first_global &&
      ELF64_ST_TYPE(file->symbols[symbol].st_info) == STT_SECTION) {
    Target moved = *target;
    moved.value += (uint64_t)addend;
    if (moved.value <= linker->sections.data[target->section].size)
      return link_target_address(linker, &moved);
  }
  return link_target_address(linker, target) + (uint64_t)addend;
}

static const char *target_name(const Site *site) {
  uint32_t symbol = ELF64_R_SYM(site->relocation->r_info);
  const char *name = symbol ? link_symbol_name(site->file, symbol) : NULL;
  if (name && *name)
    return name;
  return site->target.section == NONE ? "*ABS*" : site->linker->sections.data[site->target.section].name;
}

static const char *site_place(const Site *site) {
  return link_section_place(site->linker, site->section, site->relocation->r_offset);
}

static bool out_of_range(const Site *site, int64_t value, const char *what, const char *advice) {
  link_error(site->linker, site_place(site), "relocation %s out of range: %s %s%llx against '%s'%s",
             isa_relocation_name(site->type), what, value < 0 ? "-0x" : "0x",
             (unsigned long long)(value < 0 ? -(uint64_t)value : (uint64_t)value), target_name(site), advice);
  return false;
}

static uint16_t load16(const uint8_t *at) {
  uint16_t value;
  memcpy(&value, at, 2);
  return value;
}
static uint32_t load32(const uint8_t *at) {
  uint32_t value;
  memcpy(&value, at, 4);
  return value;
}
static uint64_t load64(const uint8_t *at) {
  uint64_t value;
  memcpy(&value, at, 8);
  return value;
}
static void store16(uint8_t *at, uint64_t value) {
  uint16_t part = (uint16_t)value;
  memcpy(at, &part, 2);
}
static void store32(uint8_t *at, uint64_t value) {
  uint32_t part = (uint32_t)value;
  memcpy(at, &part, 4);
}
static void store64(uint8_t *at, uint64_t value) {
  memcpy(at, &value, 8);
}

static bool fits_signed(int64_t value, unsigned bits) {
  return value >= -(INT64_C(1) << (bits - 1)) && value < INT64_C(1) << (bits - 1);
}

// Whether a value splits into 20 upper bits and a signed 12-bit rest.
bool link_fits_hi_lo(int64_t value) {
  return value >= INT32_MIN - INT64_C(0x800) && value < (int64_t)INT32_MAX + 1 - 0x800;
}

static void set_operand(uint8_t *at, IsaOperandKind kind, int64_t value) {
  store32(at, isa_operand_insert(load32(at), kind, value));
}

// The upper 20 bits such that adding the sign-extended lower 12 gives the value.
static void set_upper(uint8_t *at, int64_t value) {
  set_operand(at, ISA_OPERAND_UPPER20, (int64_t)((uint64_t)(value + 0x800) >> 12 & 0xfffff));
}

static int64_t low12(int64_t value) {
  return (int64_t)((uint64_t)value << 52) >> 52;
}

// An absolute address that auipc cannot reach, such as the 0 of an undefined weak symbol, may be in reach of
// lui: the instruction is changed to it. The test is a function of the addresses alone, so that the paired
// LO12 decides the same.
static bool uses_lui(const Target *target, uint64_t value, uint64_t place) {
  return target->section == NONE && !link_fits_hi_lo((int64_t)(value - place)) &&
         link_fits_hi_lo((int64_t)value);
}

static void auipc_to_lui(uint8_t *at) {
  uint32_t opcode_mask = 0x7f;
  uint32_t word = load32(at);
  if ((word & opcode_mask) == isa_insn(ISA_AUIPC)->match)
    store32(at, (word & ~opcode_mask) | isa_insn(ISA_LUI)->match);
}

// The upper part of a PC-relative pair; `distance` gets what the lower part completes.
static bool apply_pcrel_hi20(const Site *site, uint64_t value) {
  int64_t distance = (int64_t)(value - site->place);
  if (uses_lui(&site->target, value, site->place)) {
    auipc_to_lui(site->at);
    distance = (int64_t)value;
  }
  if (!link_fits_hi_lo(distance))
    return out_of_range(site, distance, "distance", "");
  set_upper(site->at, distance);
  return true;
}

// The GOT slot of a symbol, 0 when it has none.
static uint64_t got_address(const Site *site, uint32_t symbol, const Target *target, bool thread) {
  const Linker *linker = site->linker;
  uint32_t slot = 0;
  if (target->global)
    slot = thread ? target->global->tls_got : target->global->got;
  else if (site->file->local_got && symbol < site->file->first_global)
    slot = site->file->local_got[symbol];
  return slot ? link_section_address(linker, linker->got_section) + 8 * (uint64_t)(slot - 1) : 0;
}

static bool is_upper(unsigned type) {
  return type == RELOC_R_RISCV_PCREL_HI20 || type == RELOC_R_RISCV_GOT_HI20 ||
         type == RELOC_R_RISCV_TLS_GOT_HI20;
}

// The HI20 relocation at the label that a PCREL_LO12 names.
static const Elf64_Rela *find_upper(const InputSection *section, uint64_t offset) {
  uint32_t low = 0;
  uint32_t high = section->relocation_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (section->relocations[middle].r_offset < offset)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < section->relocation_count && section->relocations[low].r_offset == offset; low++)
    if (is_upper(ELF64_R_TYPE(section->relocations[low].r_info)))
      return &section->relocations[low];
  return NULL;
}

// As find_upper, for the target of a lower half; gives the number of the relocation.
bool link_find_upper(const Linker *linker, const Target *target, uint32_t *number) {
  const InputSection *section = &linker->sections.data[target->section];
  const Elf64_Rela *upper = find_upper(section, target->value);
  *number = upper ? (uint32_t)(upper - section->relocations) : NONE;
  return upper;
}

static bool no_upper(const Site *site) {
  link_error(site->linker, site_place(site), "relocation %s names '%s', where there is no R_RISCV_PCREL_HI20",
             isa_relocation_name(site->type), target_name(site));
  return false;
}

static void set_base(uint8_t *at, unsigned base) {
  set_operand(at, ISA_OPERAND_RS1, base);
}

// Makes a load an addition with the same registers.
static void load_to_add(uint8_t *at) {
  uint32_t word = load32(at);
  uint32_t operands = ~isa_insn(ISA_ADDI)->mask;
  store32(at, (word & operands) | isa_insn(ISA_ADDI)->match);
}

// The distance that the HI20 at the label began; or, when that is gone, the offset from another register.
static bool pcrel_low_value(const Site *site, int64_t *value) {
  Linker *linker = site->linker;
  uint32_t number = site->target.section;
  const InputSection *section = number == NONE ? NULL : &linker->sections.data[number];
  const Elf64_Rela *upper = section ? find_upper(section, site->target.value) : NULL;
  if (!upper || section->output == NONE)
    return no_upper(site);
  const InputFile *file = &linker->files.data[section->file];
  Site other = {.linker = linker, .file = file, .section = number, .relocation = upper};
  uint32_t symbol = ELF64_R_SYM(upper->r_info);
  uint64_t place = link_section_address(linker, number) + link_output_offset(section, upper->r_offset);
  if (symbol >= file->symbol_count)
    return false; // scan.c has recorded the error
  Target target = symbol ? link_symbol_target(linker, file, symbol) : (Target){.section = NONE};
  unsigned type = ELF64_R_TYPE(upper->r_info);
  Relaxed relaxed = link_relaxed(section, (uint32_t)(upper - section->relocations));
  if (type != RELOC_R_RISCV_PCREL_HI20 && relaxed)
    load_to_add(site->at);
  if (type == RELOC_R_RISCV_TLS_GOT_HI20 && relaxed) {
    *value = (int64_t)(link_target_address(linker, &target) - linker->tls_address);
    if (relaxed == RELAXED_DELETED)
      set_base(site->at, 0);
    return true;
  }
  if (type != RELOC_R_RISCV_PCREL_HI20 && !relaxed) {
    uint64_t slot = got_address(&other, symbol, &target, type == RELOC_R_RISCV_TLS_GOT_HI20);
    *value = (int64_t)(slot - place);
    return slot || no_upper(site);
  }
  uint64_t address = link_reference_value(linker, file, symbol, &target, upper->r_addend);
  if (relaxed == RELAXED_DELETED) {
    unsigned base;
    if (!link_relaxed_base(linker, address, &base, value))
      return no_upper(site);
    set_base(site->at, base);
    return true;
  }
  *value = (int64_t)(uses_lui(&target, address, place) ? address : address - place);
  return true;
}

static bool apply_call(const Site *site) {
  int64_t distance = (int64_t)(site->value - site->place);
  if (uses_lui(&site->target, site->value, site->place)) {
    auipc_to_lui(site->at);
    distance = (int64_t)site->value;
  }
  if (!link_fits_hi_lo(distance))
    return out_of_range(site, distance, "distance", "");
  set_upper(site->at, distance);
  set_operand(site->at + 4, ISA_OPERAND_IMM12, low12(distance));
  return true;
}

static bool apply_branch(const Site *site, IsaOperandKind kind, bool compressed) {
  int64_t distance = (int64_t)(site->value - site->place);
  if (!isa_operand_fits(kind, distance))
    return out_of_range(site, distance, distance % 2 ? "odd distance" : "distance", "");
  if (compressed)
    store16(site->at, isa_operand_insert(load16(site->at), kind, distance));
  else
    set_operand(site->at, kind, distance);
  return true;
}

static bool apply_hi20(const Site *site) {
  if (!link_fits_hi_lo((int64_t)site->value))
    return out_of_range(site, (int64_t)site->value, "address",
                        "; lui reaches 31-bit addresses only, compile with -mcmodel=medany");
  set_upper(site->at, (int64_t)site->value);
  return true;
}

static bool apply_pcrel_lo12(const Site *site, IsaOperandKind kind) {
  int64_t value = 0;
  if (!pcrel_low_value(site, &value))
    return false;
  set_operand(site->at, kind, low12(value));
  return true;
}

static bool may_relax(const Site *site) {
  const InputSection *section = &site->linker->sections.data[site->section];
  return !site->linker->options->no_relax &&
         link_may_relax(section, (uint32_t)(site->relocation - section->relocations));
}

// The lower part of an absolute address, which may start from x0 or gp instead of the lui.
static bool apply_lo12(const Site *site, IsaOperandKind kind) {
  int64_t value = (int64_t)site->value;
  unsigned base;
  if (may_relax(site) && link_relaxed_base(site->linker, site->value, &base, &value))
    set_base(site->at, base);
  set_operand(site->at, kind, low12(value));
  return true;
}

static bool apply_tprel(const Site *site) {
  enum { THREAD_POINTER = 4 };
  int64_t offset = (int64_t)(site->value - site->linker->tls_address);
  if (site->type != RELOC_R_RISCV_TPREL_HI20 && offset == low12(offset) && may_relax(site))
    set_base(site->at, THREAD_POINTER);
  if (site->type == RELOC_R_RISCV_TPREL_LO12_I)
    set_operand(site->at, ISA_OPERAND_IMM12, low12(offset));
  else if (site->type == RELOC_R_RISCV_TPREL_LO12_S)
    set_operand(site->at, ISA_OPERAND_STORE12, low12(offset));
  else if (!link_fits_hi_lo(offset))
    return out_of_range(site, offset, "offset", "");
  else
    set_upper(site->at, offset);
  return true;
}

// 32-bit words hold signed or unsigned values.
static bool apply_word(const Site *site, int64_t value, bool either) {
  if (!fits_signed(value, 32) && !(either && (uint64_t)value <= UINT32_MAX))
    return out_of_range(site, value, either ? "address" : "distance", "");
  store32(site->at, (uint64_t)value);
  return true;
}

static uint64_t relocation_value(const Site *site, const Elf64_Rela *relocation, Target *target);

// The relocation beside this one, when it is of the given type and at the same place; else NULL.
static const Elf64_Rela *neighbour(const Site *site, int step, Relocation type) {
  const InputSection *section = &site->linker->sections.data[site->section];
  const Elf64_Rela *end = section->relocations + section->relocation_count;
  if (site->relocation == (step < 0 ? section->relocations : end - 1))
    return NULL;
  const Elf64_Rela *other = site->relocation + step;
  bool same = other->r_offset == site->relocation->r_offset && ELF64_R_TYPE(other->r_info) == type;
  return same ? other : NULL;
}

// Rewrites a ULEB128 number in the bytes it has. SET and SUB come as a pair, and only their difference need
// fit.
static bool apply_uleb128(const Site *site) {
  uint64_t value = site->value;
  bool is_set = site->type == RELOC_R_RISCV_SET_ULEB128;
  if (!is_set && neighbour(site, -1, RELOC_R_RISCV_SET_ULEB128))
    return true; // done with the SET
  const Elf64_Rela *sub = is_set ? neighbour(site, 1, RELOC_R_RISCV_SUB_ULEB128) : NULL;
  Target target;
  if (sub)
    value -= relocation_value(site, sub, &target);
  const InputSection *section = &site->linker->sections.data[site->section];
  uint64_t room = section->size - site->relocation->r_offset;
  unsigned size = 0;
  uint64_t old = 0;
  bool more = true;
  for (; more && size < room && size < 9; size++) {
    old |= (uint64_t)(site->at[size] & 0x7f) << 7 * size;
    more = site->at[size] & 0x80;
  }
  if (more) {
    link_error(site->linker, site_place(site),
               "relocation %s on something that is no ULEB128 number of 63 bits",
               isa_relocation_name(site->type));
    return false;
  }
  if (!is_set)
    value = old - value;
  if (value >> 7 * size)
    return out_of_range(site, (int64_t)value, "difference", "");
  for (unsigned i = 0; i < size; i++, value >>= 7)
    site->at[i] = (uint8_t)((value & 0x7f) | (i + 1 < size ? 0x80 : 0));
  return true;
}

// Differences are computed in place, modulo the width: SET or ADD, then SUB. False for other relocations.
static inline bool apply_arithmetic(unsigned type, uint8_t *at, uint64_t value) {
  switch (type) {
  case RELOC_R_RISCV_ADD8:
    *at = (uint8_t)(*at + value);
    return true;
  case RELOC_R_RISCV_ADD16:
    store16(at, load16(at) + value);
    return true;
  case RELOC_R_RISCV_ADD32:
    store32(at, load32(at) + value);
    return true;
  case RELOC_R_RISCV_ADD64:
    store64(at, load64(at) + value);
    return true;
  case RELOC_R_RISCV_SUB8:
    *at = (uint8_t)(*at - value);
    return true;
  case RELOC_R_RISCV_SUB16:
    store16(at, load16(at) - value);
    return true;
  case RELOC_R_RISCV_SUB32:
    store32(at, load32(at) - value);
    return true;
  case RELOC_R_RISCV_SUB64:
    store64(at, load64(at) - value);
    return true;
  case RELOC_R_RISCV_SET6:
    *at = (uint8_t)((*at & 0xc0) | (value & 0x3f));
    return true;
  case RELOC_R_RISCV_SUB6:
    *at = (uint8_t)((*at & 0xc0) | ((*at - value) & 0x3f));
    return true;
  case RELOC_R_RISCV_SET8:
    *at = (uint8_t)value;
    return true;
  case RELOC_R_RISCV_SET16:
    store16(at, value);
    return true;
  case RELOC_R_RISCV_SET32:
    store32(at, value);
    return true;
  default:
    return false;
  }
}

static bool apply(const Site *site) {
  switch (site->type) {
  case RELOC_R_RISCV_32:
    return apply_word(site, (int64_t)site->value, true);
  case RELOC_R_RISCV_64:
    store64(site->at, site->value);
    return true;
  case RELOC_R_RISCV_32_PCREL:
  case RELOC_R_RISCV_PLT32:
    return apply_word(site, (int64_t)(site->value - site->place), false);
  case RELOC_R_RISCV_GOT32_PCREL: {
    uint64_t slot = got_address(site, ELF64_R_SYM(site->relocation->r_info), &site->target, false);
    return apply_word(site, (int64_t)(slot + (uint64_t)site->relocation->r_addend - site->place), false);
  }
  case RELOC_R_RISCV_BRANCH:
    return apply_branch(site, ISA_OPERAND_BRANCH13, false);
  case RELOC_R_RISCV_JAL:
    return apply_branch(site, ISA_OPERAND_JUMP21, false);
  case RELOC_R_RISCV_RVC_BRANCH:
    return apply_branch(site, ISA_OPERAND_C_BRANCH9, true);
  case RELOC_R_RISCV_RVC_JUMP:
    return apply_branch(site, ISA_OPERAND_C_JUMP12, true);
  case RELOC_R_RISCV_CALL:
  case RELOC_R_RISCV_CALL_PLT:
    return apply_call(site);
  case RELOC_R_RISCV_PCREL_HI20:
    return apply_pcrel_hi20(site, site->value);
  case RELOC_R_RISCV_GOT_HI20:
  case RELOC_R_RISCV_TLS_GOT_HI20: {
    Site slot = *site;
    slot.target = (Target){.section = site->linker->got_section};
    return apply_pcrel_hi20(&slot, got_address(site, ELF64_R_SYM(site->relocation->r_info), &site->target,
                                               site->type == RELOC_R_RISCV_TLS_GOT_HI20));
  }
  case RELOC_R_RISCV_PCREL_LO12_I:
    return apply_pcrel_lo12(site, ISA_OPERAND_IMM12);
  case RELOC_R_RISCV_PCREL_LO12_S:
    return apply_pcrel_lo12(site, ISA_OPERAND_STORE12);
  case RELOC_R_RISCV_HI20:
    return apply_hi20(site);
  case RELOC_R_RISCV_LO12_I:
    return apply_lo12(site, ISA_OPERAND_IMM12);
  case RELOC_R_RISCV_LO12_S:
    return apply_lo12(site, ISA_OPERAND_STORE12);
  case RELOC_R_RISCV_TPREL_HI20:
  case RELOC_R_RISCV_TPREL_LO12_I:
  case RELOC_R_RISCV_TPREL_LO12_S:
    return apply_tprel(site);
  case RELOC_R_RISCV_SET_ULEB128:
  case RELOC_R_RISCV_SUB_ULEB128:
    return apply_uleb128(site);
  case RELOC_R_RISCV_NONE:
  case RELOC_R_RISCV_RELAX:
  case RELOC_R_RISCV_ALIGN:
  case RELOC_R_RISCV_TPREL_ADD:
    return true;
  default:
    return apply_arithmetic(site->type, site->at, site->value);
  }
}

// The upper half of an address that the GOT has, or of an offset from tp, made without it.
static bool apply_direct(const Site *site) {
  if (site->type == RELOC_R_RISCV_GOT_HI20)
    return apply_pcrel_hi20(site, site->value);
  auipc_to_lui(site->at);
  set_upper(site->at, (int64_t)(site->value - site->linker->tls_address));
  return true;
}

// Writes what relax.c chose in place of the instructions of a call or a lui.
static bool apply_relaxed(const Site *site, Relaxed kind) {
  const InputSection *section = &site->linker->sections.data[site->section];
  const uint8_t *input = section->data + site->relocation->r_offset;
  if (kind == RELAXED_DIRECT)
    return apply_direct(site);
  if (kind == RELAXED_C_LUI) {
    int64_t upper = (int64_t)(site->value + 0x800) >> 12;
    uint32_t word = isa_operand_insert(isa_insn(ISA_C_LUI)->match, ISA_OPERAND_C_RD,
                                       isa_operand_extract(load32(input), ISA_OPERAND_RD));
    store16(site->at, isa_operand_insert(word, ISA_OPERAND_C_UPPER6, upper & 0xfffff));
    return true;
  }
  if (kind == RELAXED_C_JUMP) {
    store16(site->at, isa_insn(ISA_C_J)->match);
    return apply_branch(site, ISA_OPERAND_C_JUMP12, true);
  }
  int64_t link = isa_operand_extract(load32(input + 4), ISA_OPERAND_RD);
  store32(site->at, isa_operand_insert(isa_insn(kind == RELAXED_JAL ? ISA_JAL : ISA_JALR)->match,
                                       ISA_OPERAND_RD, link));
  if (kind == RELAXED_JAL)
    return apply_branch(site, ISA_OPERAND_JUMP21, false);
  set_operand(site->at, ISA_OPERAND_IMM12, (int64_t)site->value);
  return true;
}

// What stays of the padding of an alignment directive: a 2-byte nop where one is needed, then 4-byte ones,
// which so are aligned themselves.
void link_fill_with_nops(uint8_t *at, uint64_t size) {
  if (size % 4 == 2) {
    store16(at, isa_insn(ISA_C_NOP)->match);
    at += 2;
    size -= 2;
  }
  for (; size; size -= 4, at += 4)
    store32(at, isa_insn(ISA_ADDI)->match); // addi x0, x0, 0
}

static void copy_contents(const InputSection *section, uint8_t *out) {
  uint64_t from = 0;
  for (uint32_t i = 0; i < section->deletion_count; i++) {
    const Deletion *deletion = &section->deletions[i];
    memcpy(out, section->data + from, deletion->start - from);
    out += deletion->start - from;
    from = deletion->end;
  }
  memcpy(out, section->data + from, section->size - from);
}

// A pair of zeros would end these lists, so that what is gone becomes 1.
static bool ends_at_zero(const InputSection *section) {
  return strcmp(section->name, ".debug_ranges") == 0 || strcmp(section->name, ".debug_loc") == 0;
}

static bool is_gone(const Linker *linker, const Target *target) {
  return target->section != NONE && link_is_gone(linker, target->section);
}

// For link_relocate_section: where the sections are.
void link_note_places(Linker *linker) {
  linker->places = ARENA_ARRAY(&linker->arena, uint64_t, linker->sections.count);
  for (uint32_t i = 0; i < linker->sections.count; i++) {
    const InputSection *section = &linker->sections.data[i];
    linker->places[i] = NO_PLACE;
    if (section->replacement == NONE)
      linker->places[i] = section->output == NONE ? PLACE_GONE
                                                  : link_section_address(linker, i) |
                                                        (section->deletion_count ? PLACE_CHANGED : 0);
  }
}

// An offset in a section of which bytes are deleted, with the addend. See link_reference_value.
static uint64_t changed_offset(const InputSection *section, uint64_t offset, int64_t addend, bool whole) {
  uint64_t place = offset + (uint64_t)addend;
  if (whole && place <= section->size)
    return link_output_offset(section, place);
  return link_output_offset(section, offset) + (uint64_t)addend;
}

// S + A where little more than places must be known, as nearly always. `gone` is the value of what is not
// there. The symbol exists.
static inline bool quick_value(const Linker *linker, const InputFile *file, const Elf64_Rela *relocation,
                               uint64_t gone, uint64_t *value) {
  uint32_t symbol = ELF64_R_SYM(relocation->r_info);
  const Elf64_Sym *source = &file->symbols[symbol];
  uint32_t section;
  uint64_t offset;
  if (symbol >= file->first_global) {
    const Symbol *global = &linker->symbols.data[file->globals[symbol - file->first_global]];
    section = global->section;
    offset = global->value;
    if (section == NONE)
      return false;
  } else {
    section = source->st_shndx < SHN_LORESERVE ? link_file_section(file, source->st_shndx) : NONE;
    if (section == NONE)
      return false;
    offset = source->st_value;
  }
  uint64_t place = linker->places[section];
  if (place < PLACE_CHANGED)
    *value = place + offset + (uint64_t)relocation->r_addend;
  else if (place == PLACE_GONE)
    *value = gone;
  else if (place == NO_PLACE)
    return false;
  else
    *value = (place & ~PLACE_CHANGED) +
             changed_offset(&linker->sections.data[section], offset, relocation->r_addend,
                            symbol < file->first_global && ELF64_ST_TYPE(source->st_info) == STT_SECTION);
  return true;
}

// S + A of a relocation in the section of `site`. In debugging information, what is gone has no address.
static uint64_t relocation_value(const Site *site, const Elf64_Rela *relocation, Target *target) {
  const InputSection *section = &site->linker->sections.data[site->section];
  uint32_t symbol = ELF64_R_SYM(relocation->r_info);
  *target = symbol ? link_symbol_target(site->linker, site->file, symbol) : (Target){.section = NONE};
  if (!is_gone(site->linker, target) || (section->flags & SHF_ALLOC))
    return link_reference_value(site->linker, site->file, symbol, target, relocation->r_addend);
  *target = (Target){.section = NONE, .undefined = true};
  return ends_at_zero(section) ? 1 : 0;
}

static bool relocate_one(Linker *linker, uint32_t number, const Elf64_Rela *relocation, uint8_t *out) {
  const InputSection *section = &linker->sections.data[number];
  uint64_t offset = link_output_offset(section, relocation->r_offset);
  Site site = {.linker = linker,
               .file = &linker->files.data[section->file],
               .section = number,
               .relocation = relocation,
               .type = (Relocation)ELF64_R_TYPE(relocation->r_info),
               .at = out + offset,
               .place = linker->outputs.data[section->output].address + section->offset + offset,
               .target = {.section = NONE}};
  if (site.type == RELOC_R_RISCV_ALIGN) {
    uint64_t end = link_output_offset(section, relocation->r_offset + (uint64_t)relocation->r_addend);
    link_fill_with_nops(site.at, end - offset);
    return true;
  }
  if (section->deletion_count && relocation->r_offset < section->size &&
      link_output_offset(section, relocation->r_offset + 1) == offset)
    return true; // deleted with the record it belongs to
  site.value = relocation_value(&site, relocation, &site.target);
  Relaxed relaxed = link_relaxed(section, (uint32_t)(relocation - section->relocations));
  return relaxed ? apply_relaxed(&site, relaxed) : apply(&site);
}

// Whether the upper part that a PC-relative lower part belongs to was relaxed.
bool link_upper_is_changed(Linker *linker, uint32_t number, const Elf64_Rela *relocation) {
  const InputFile *file = &linker->files.data[linker->sections.data[number].file];
  Target target = link_symbol_target(linker, file, ELF64_R_SYM(relocation->r_info));
  const InputSection *section = target.section == NONE ? NULL : &linker->sections.data[target.section];
  const Elf64_Rela *upper = section ? find_upper(section, target.value) : NULL;
  Relaxed relaxed = upper ? link_relaxed(section, (uint32_t)(upper - section->relocations)) : RELAXED_NONE;
  bool direct = relaxed == RELAXED_DIRECT && ELF64_R_TYPE(upper->r_info) == RELOC_R_RISCV_GOT_HI20;
  return relaxed != RELAXED_NONE && !direct;
}

// Whether the lower part of an address starts from x0, gp or tp instead of its upper part.
bool link_starts_elsewhere(Linker *linker, uint32_t number, uint32_t relocation) {
  const InputSection *section = &linker->sections.data[number];
  const Elf64_Rela *entry = &section->relocations[relocation];
  Site site = {.linker = linker,
               .file = &linker->files.data[section->file],
               .section = number,
               .relocation = entry,
               .type = (Relocation)ELF64_R_TYPE(entry->r_info),
               .target = {.section = NONE}};
  if (!may_relax(&site))
    return false;
  uint64_t value = relocation_value(&site, entry, &site.target);
  unsigned base;
  int64_t offset = (int64_t)(value - linker->tls_address);
  if (site.type == RELOC_R_RISCV_TPREL_LO12_I || site.type == RELOC_R_RISCV_TPREL_LO12_S)
    return offset == low12(offset);
  return link_relaxed_base(linker, value, &base, &offset);
}

// Relocates debugging information and the like, which has no instructions. False when the relocation is one
// that the other loop has to look at.
static inline bool relocate_number(const Linker *linker, const InputFile *file, const Elf64_Rela *relocation,
                                   uint64_t gone, uint8_t *at) {
  uint64_t value;
  if (!quick_value(linker, file, relocation, gone, &value))
    return false;
  unsigned type = ELF64_R_TYPE(relocation->r_info);
  if (type == RELOC_R_RISCV_64)
    store64(at, value);
  else if (type == RELOC_R_RISCV_32 && value <= UINT32_MAX)
    store32(at, value);
  else
    return apply_arithmetic(type, at, value);
  return true;
}

static bool relocate_unloaded(Linker *linker, uint32_t number, uint8_t *out) {
  enum { LARGEST_NUMBER = 8 }; // bytes
  const InputSection *section = &linker->sections.data[number];
  const InputFile *file = &linker->files.data[section->file];
  uint64_t gone = ends_at_zero(section) ? 1 : 0;
  bool good = true;
  for (uint32_t i = 0; i < section->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[i];
    bool inside = relocation->r_offset < section->size &&
                  section->size - relocation->r_offset >= LARGEST_NUMBER &&
                  ELF64_R_SYM(relocation->r_info) < file->symbol_count;
    if (inside && section->data &&
        relocate_number(linker, file, relocation, gone, out + relocation->r_offset))
      continue;
    good = link_check_relocation(linker, number, relocation) &&
           relocate_one(linker, number, relocation, out) && good;
  }
  return good;
}

// Writes a live section with contents to the image.
bool link_relocate_section(Linker *linker, uint32_t number, uint8_t *out) {
  const InputSection *section = &linker->sections.data[number];
  copy_contents(section, out);
  bool good = true;
  if (!linker->options->relocatable && !(section->flags & SHF_ALLOC))
    return relocate_unloaded(linker, number, out);
  for (uint32_t i = 0; i < section->relocation_count && !linker->options->relocatable; i++)
    good = relocate_one(linker, number, &section->relocations[i], out) && good;
  if (link_is_frame_section(section))
    link_fix_frame_pointers(linker, number, out);
  return good;
}

void link_fill_got(Linker *linker, uint8_t *out) {
  for (size_t i = 0; i < linker->got.count; i++) {
    const GotSlot *slot = &linker->got.data[i];
    Target target = link_symbol_target(linker, &linker->files.data[slot->file], slot->symbol);
    uint64_t address = link_target_address(linker, &target);
    store64(out + 8 * i, slot->thread ? address - linker->tls_address : address);
  }
}
