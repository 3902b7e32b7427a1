// Sections and their contents.
#include "asm/internal.h"

#include <elf.h>
#include <string.h>

static bool same_key(const SectionKey *a, const SectionKey *b) {
  return a->group == b->group && a->comdat == b->comdat && a->follows == b->follows &&
         a->followed == b->followed && a->unique_given == b->unique_given && a->unique == b->unique;
}

uint32_t section_keyed(Assembler *assembler, Name name, const SectionKey *key, uint32_t type, uint64_t flags,
                       uint64_t entry_size, bool *known) {
  while (assembler->section_of.count <= name)
    VEC_PUSH(&assembler->section_of, 0);
  uint32_t last = 0;
  for (uint32_t i = assembler->section_of.data[name]; i; i = assembler->sections.data[i].same_name) {
    last = i;
    *known = true;
    if (same_key(&assembler->sections.data[i].key, key))
      return i;
  }
  *known = false;
  uint32_t number = (uint32_t)assembler->sections.count;
  if (last)
    assembler->sections.data[last].same_name = number;
  else
    assembler->section_of.data[name] = number;
  AsmSection section = {
      .name = name, .key = *key, .type = type, .flags = flags, .entry_size = entry_size, .alignment = 1};
  VEC_PUSH(&assembler->sections, section);
  return number;
}

uint32_t section_named(Assembler *assembler, Name name, uint32_t type, uint64_t flags, uint64_t entry_size) {
  SectionKey key = {.group = NAME_NONE};
  bool known;
  return section_keyed(assembler, name, &key, type, flags, entry_size, &known);
}

// What sections get by their names when nothing else is said.
static const struct {
  const char *prefix;
  uint32_t type;
  uint64_t flags;
} default_sections[] = {
    {".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR},
    {".init_array", SHT_INIT_ARRAY, SHF_ALLOC | SHF_WRITE},
    {".fini_array", SHT_FINI_ARRAY, SHF_ALLOC | SHF_WRITE},
    {".preinit_array", SHT_PREINIT_ARRAY, SHF_ALLOC | SHF_WRITE},
    {".init", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR},
    {".fini", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR},
    {".rodata", SHT_PROGBITS, SHF_ALLOC},
    {".rodata1", SHT_PROGBITS, SHF_ALLOC},
    {".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE},
    {".sdata", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE},
    {".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE},
    {".sbss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE},
    {".tdata", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE | SHF_TLS},
    {".tbss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE | SHF_TLS},
    {".note", SHT_NOTE, 0},
};

void section_implied(const char *name, uint32_t *type, uint64_t *flags) {
  *type = SHT_PROGBITS;
  *flags = 0;
  for (size_t i = 0; i < sizeof default_sections / sizeof *default_sections; i++) {
    size_t size = strlen(default_sections[i].prefix);
    if (strncmp(name, default_sections[i].prefix, size) == 0 && (name[size] == '\0' || name[size] == '.')) {
      *type = default_sections[i].type;
      *flags = default_sections[i].flags;
      return;
    }
  }
}

uint32_t section_default(Assembler *assembler, const char *name) {
  uint32_t type;
  uint64_t flags;
  section_implied(name, &type, &flags);
  return section_named(assembler, asm_intern(assembler, name, strlen(name)), type, flags, 0);
}

void section_switch(Assembler *assembler, uint32_t section) {
  assembler->position.previous = assembler->position.current;
  assembler->position.current = section;
}

bool section_grow(Assembler *assembler, uint64_t size) {
  AsmSection *section = current_section(assembler);
  bool nobits = section->type == SHT_NOBITS;
  uint64_t most = nobits ? UINT64_C(1) << 62 : LARGEST_CONTENTS;
  if (size > most || section->size + size > most ||
      (!nobits && assembler->contents + size > assembler->size_limit))
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    "the contents grow beyond the limit of %llu bytes",
                    (unsigned long long)(nobits ? most : assembler->size_limit));
  if (!nobits)
    assembler->contents += size;
  return true;
}

static bool fail_nobits(Assembler *assembler, const AsmSection *section) {
  return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                  "section '%s' has no contents in the file (nobits): only zeros fit",
                  intern_text(&assembler->names, section->name));
}

static bool all_zero(const uint8_t *bytes, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (bytes[i])
      return false;
  return true;
}

// A section, but no subsection, begins with code unless something else is said.
void section_mark(Assembler *assembler, Contents contents) {
  AsmSection *section = current_section(assembler);
  if (section->contents == contents)
    return;
  if (contents == CONTENTS_DATA || section->contents == CONTENTS_DATA || section->piece_of)
    VEC_PUSH(&assembler->marks, ((Mark){symbol_here(assembler), contents}));
  section->contents = (uint8_t)contents;
}

static void mark_data(Assembler *assembler, uint64_t size) {
  const AsmSection *section = current_section(assembler);
  if (size && section->flags & SHF_EXECINSTR && section->type != SHT_NOBITS)
    section_mark(assembler, CONTENTS_DATA);
}

bool append_bytes(Assembler *assembler, const void *bytes, size_t size) {
  if (!section_grow(assembler, size))
    return false;
  mark_data(assembler, size);
  AsmSection *section = current_section(assembler);
  if (section->type == SHT_NOBITS) {
    if (!all_zero(bytes, size))
      return fail_nobits(assembler, section);
  } else if (size) {
    VEC_RESERVE(&section->bytes, size);
    memcpy(section->bytes.data + section->bytes.count, bytes, size);
    section->bytes.count += size;
  }
  section->size += size;
  return true;
}

bool append_little(Assembler *assembler, uint64_t value, unsigned size) {
  uint8_t bytes[8];
  for (unsigned i = 0; i < size; i++)
    bytes[i] = (uint8_t)(value >> 8 * i);
  return append_bytes(assembler, bytes, size);
}

bool append_fill(Assembler *assembler, uint64_t count, uint64_t pattern, unsigned size) {
  uint64_t total;
  if (__builtin_mul_overflow(count, (uint64_t)size, &total))
    total = UINT64_MAX;
  if (!section_grow(assembler, total))
    return false;
  mark_data(assembler, total);
  AsmSection *section = current_section(assembler);
  if (section->type == SHT_NOBITS) {
    if (pattern && total)
      return fail_nobits(assembler, section);
  } else {
    VEC_RESERVE(&section->bytes, total);
    uint8_t *to = section->bytes.data + section->bytes.count;
    for (uint64_t i = 0; i < total; i++)
      to[i] = (uint8_t)(pattern >> 8 * (i % size));
    section->bytes.count += total;
  }
  section->size += total;
  return true;
}

// The bytes of an alignment or .org. In code an odd byte is zero, then comes c.nop
// where 2 bytes are over (as other assemblers do), the rest is nops.
void write_padding(uint8_t *bytes, uint64_t size, const Point *point) {
  if (!point->code) {
    for (uint64_t i = 0; i < size; i++)
      bytes[i] = (uint8_t)(point->fill >> 8 * (i % point->fill_size));
    return;
  }
  int64_t none[ISA_MAX_OPERANDS] = {0};
  uint32_t nop = isa_encode(ISA_ADDI, none);
  uint64_t ragged = size % 2;
  memset(bytes, 0, ragged);
  bytes += ragged;
  size -= ragged;
  if (size % 4) {
    uint16_t half = 0x0001; // c.nop
    bytes[0] = (uint8_t)half;
    bytes[1] = (uint8_t)(half >> 8);
    bytes += 2;
    size -= 2;
  }
  for (uint64_t i = 0; i < size; i++)
    bytes[i] = (uint8_t)(nop >> 8 * (i % 4));
}

// Lays down a point with the padding that is right as long as nothing before it grows.
static bool append_point(Assembler *assembler, Point point, uint64_t padding) {
  if (!section_grow(assembler, padding))
    return false;
  AsmSection *section = current_section(assembler);
  point.offset = (uint32_t)section->size;
  point.size = (uint32_t)padding;
  point.place = place_of(assembler, assembler->statement);
  if (section->type == SHT_NOBITS) {
    if (point.fill && padding)
      return fail_nobits(assembler, section);
  } else if (padding) {
    VEC_RESERVE(&section->bytes, padding);
    write_padding(section->bytes.data + section->bytes.count, padding, &point);
    section->bytes.count += padding;
  }
  section->size += padding;
  // Nothing in a nobits section grows.
  if (section->type != SHT_NOBITS)
    VEC_PUSH(&section->points, point);
  return true;
}

// Counted on even where compressed instructions are not allowed: other assemblers do, and linkers take it
// away.
enum { SMALLEST_NOP = 2 };

// Behind what the linker may shorten: as much padding as may be needed, and a relocation that lets it take
// away what is too much.
static bool append_relaxed_alignment(Assembler *assembler, uint64_t alignment) {
  uint64_t padding = alignment - SMALLEST_NOP;
  Value size = {.constant = (int64_t)padding};
  Point point = {.kind = POINT_RELAXED, .code = true, .relaxed = true};
  add_fixup(assembler, FIXUP_ALIGN, 0, RELOCATION_R_RISCV_ALIGN, current_section(assembler)->size, size,
            assembler->statement);
  return append_point(assembler, point, padding);
}

bool append_alignment(Assembler *assembler, uint64_t alignment, bool fill_given, uint64_t fill,
                      unsigned fill_size, uint64_t most) {
  AsmSection *section = current_section(assembler);
  uint64_t padding = (alignment - section->size % alignment) % alignment;
  if (padding > most)
    padding = 0;
  if (section->alignment < alignment)
    section->alignment = alignment;
  bool code = section_is_code(section) && !fill_given;
  if (code && section->relaxable && alignment > SMALLEST_NOP)
    return append_relaxed_alignment(assembler, alignment);
  Point point = {.kind = POINT_ALIGN,
                 .code = code,
                 .fill = fill,
                 .fill_size = (uint8_t)fill_size,
                 .alignment = alignment,
                 .most = most};
  return append_point(assembler, point, padding);
}

bool append_leb128(Assembler *assembler, Value value, bool is_signed, const char *at) {
  AsmSection *section = current_section(assembler);
  if (section->type == SHT_NOBITS)
    return fail_nobits(assembler, section);
  section->has_numbers = true;
  Point point = {.kind = POINT_LEB128, .fill_size = 1, .most = 1, .fixup = (uint32_t)section->fixups.count};
  add_fixup(assembler, FIXUP_LEB128, is_signed, 0, section->size, value, at);
  return append_point(assembler, point, 1);
}

bool append_org(Assembler *assembler, uint64_t offset, uint8_t fill) {
  AsmSection *section = current_section(assembler);
  if (offset < section->size)
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    ".org would move backwards, from offset %llu to %llu", (unsigned long long)section->size,
                    (unsigned long long)offset);
  Point point = {.kind = POINT_ORG, .fill = fill, .fill_size = 1, .alignment = offset};
  return append_point(assembler, point, offset - section->size);
}

bool linker_relaxes(unsigned relocation) {
  switch (relocation) {
  case RELOCATION_R_RISCV_CALL_PLT:
  case RELOCATION_R_RISCV_JAL:
  case RELOCATION_R_RISCV_HI20:
  case RELOCATION_R_RISCV_LO12_I:
  case RELOCATION_R_RISCV_LO12_S:
  case RELOCATION_R_RISCV_PCREL_HI20:
  case RELOCATION_R_RISCV_PCREL_LO12_I:
  case RELOCATION_R_RISCV_PCREL_LO12_S:
  case RELOCATION_R_RISCV_GOT_HI20:
  case RELOCATION_R_RISCV_TPREL_HI20:
  case RELOCATION_R_RISCV_TPREL_LO12_I:
  case RELOCATION_R_RISCV_TPREL_LO12_S:
  case RELOCATION_R_RISCV_TPREL_ADD:
    return true;
  default:
    return false;
  }
}

void add_fixup(Assembler *assembler, FixupKind kind, unsigned operand, unsigned relocation, uint64_t offset,
               Value value, const char *at) {
  AsmSection *section = current_section(assembler);
  Fixup fixup = {.offset = (uint32_t)offset,
                 .points = (uint32_t)section->points.count,
                 .place = place_of(assembler, at),
                 .value = value,
                 .kind = (uint8_t)kind,
                 .operand = (uint8_t)operand,
                 .relocation = (uint8_t)relocation,
                 .relax = assembler->relax};
  VEC_PUSH(&section->fixups, fixup);
  if (!assembler->relax || !linker_relaxes(relocation))
    return;
  Point point = {.offset = (uint32_t)offset,
                 .size = relocation == RELOCATION_R_RISCV_CALL_PLT ? 8 : 4,
                 .kind = POINT_RELAXED,
                 .relaxed = true,
                 .place = fixup.place};
  VEC_PUSH(&section->points, point);
  section->relaxable = true;
}
