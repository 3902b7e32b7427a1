// Settles sizes: a conditional branch that cannot reach its target becomes the inverse branch around a jal;
// paddings follow. Branches only ever grow, so this ends.
#include "asm/internal.h"

#include <elf.h>
#include <inttypes.h>
#include <string.h>

// Rounds after which branches that are merely near the limit grow as well, so that a long chain of branches,
// each pushing the next over the limit, does not take a round for every branch.
enum { PATIENT_ROUNDS = 12 };

static bool is_local(const AsmSymbol *symbol) {
  return !symbol->binding_given || symbol->binding == SYMBOL_LOCAL;
}

bool target_is_here(Assembler *assembler, uint32_t section, Value *value) {
  if (value->subtract || !value->add || !is_local(symbol_at(assembler, value->add)))
    return false;
  Value meant = *value;
  if (!value_resolve(assembler, &meant) || meant.subtract || !meant.add)
    return false;
  const AsmSymbol *symbol = symbol_at(assembler, meant.add);
  if (symbol->state != SYMBOL_LABEL || symbol->section != section || !is_local(symbol))
    return false;
  *value = meant;
  return true;
}

// Where what comes behind each point moves; shift[0] is 0.
static void measure(AsmSection *section) {
  section->shift[0] = 0;
  for (size_t i = 0; i < section->points.count; i++) {
    const Point *point = &section->points.data[i];
    uint64_t offset = point->offset + (uint64_t)section->shift[i];
    uint64_t size = point->size;
    if (point->kind == POINT_BRANCH && point->grown) {
      size = 8;
    } else if (point->kind == POINT_ALIGN) {
      size = (point->alignment - offset % point->alignment) % point->alignment;
      if (size > point->most)
        size = 0;
    } else if (point->kind == POINT_ORG) {
      size = point->alignment > offset ? point->alignment - offset : 0;
    }
    section->shift[i + 1] = section->shift[i] + (int64_t)size - (int64_t)point->size;
  }
}

static bool must_grow(Assembler *assembler, uint32_t number, const Point *point, bool impatient) {
  const AsmSection *section = &assembler->sections.data[number];
  const Fixup *fixup = &section->fixups.data[point->fixup];
  Value value = fixup->value;
  if (!target_is_here(assembler, number, &value))
    return value.add != 0 || value.subtract != 0;
  const AsmSymbol *target = symbol_at(assembler, value.add);
  int64_t from = point->offset;
  int64_t to = (int64_t)target->offset + value.constant;
  if (section->shift) {
    from += section->shift[fixup->points];
    to += section->shift[target->points];
  }
  int64_t distance = to - from;
  if (impatient)
    distance *= 2;
  return !isa_operand_fits(ISA_OPERAND_BRANCH13, distance & ~INT64_C(1));
}

static bool grow_branches(Assembler *assembler, uint32_t number, bool impatient) {
  AsmSection *section = &assembler->sections.data[number];
  bool changed = false;
  for (size_t i = 0; i < section->points.count; i++) {
    Point *point = &section->points.data[i];
    if (point->kind != POINT_BRANCH || point->grown || !must_grow(assembler, number, point, impatient))
      continue;
    point->grown = true;
    changed = true;
  }
  return changed;
}

static uint32_t load_word(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void store_word(uint8_t *bytes, uint32_t word) {
  for (unsigned i = 0; i < 4; i++)
    bytes[i] = (uint8_t)(word >> 8 * i);
}

// The inverse branch over the next instruction, then jal to where the branch went.
static void write_long_branch(uint8_t *to, const uint8_t *from) {
  uint32_t inverse = isa_insn(ISA_BEQ)->match ^ isa_insn(ISA_BNE)->match;
  uint32_t branch = load_word(from) ^ inverse;
  store_word(to, isa_operand_insert(branch, ISA_OPERAND_BRANCH13, 8));
  store_word(to + 4, isa_insn(ISA_JAL)->match);
}

static void check_org(Assembler *assembler, const AsmSection *section, size_t i) {
  const Point *point = &section->points.data[i];
  uint64_t offset = point->offset + (uint64_t)section->shift[i];
  if (offset > point->alignment)
    asm_report(assembler, DIAGNOSTIC_ERROR, point->place, 4,
               ".org would move backwards: branches before it grew to offset %" PRIu64, offset);
}

// Writes the contents anew with all points at their final sizes.
static void rebuild(Assembler *assembler, AsmSection *section) {
  uint64_t size = section->size + (uint64_t)section->shift[section->points.count];
  uint8_t *bytes = checked_malloc(size + 1);
  uint8_t *to = bytes;
  uint64_t done = 0; // of the old contents
  for (size_t i = 0; i < section->points.count; i++) {
    Point *point = &section->points.data[i];
    memcpy(to, section->bytes.data + done, point->offset - done);
    to += point->offset - done;
    done = point->offset + point->size;
    uint64_t wanted = point->size + (uint64_t)(section->shift[i + 1] - section->shift[i]);
    if (point->kind == POINT_BRANCH && point->grown) {
      write_long_branch(to, section->bytes.data + point->offset);
    } else if (point->kind == POINT_BRANCH) {
      memcpy(to, section->bytes.data + point->offset, point->size);
    } else {
      if (point->kind == POINT_ORG)
        check_org(assembler, section, i);
      write_padding(to, wanted, point);
    }
    to += wanted;
  }
  memcpy(to, section->bytes.data + done, section->size - done);
  free(section->bytes.data);
  section->bytes.data = bytes;
  section->bytes.count = section->bytes.capacity = size;
  section->size = size;
}

static void move_fixups(AsmSection *section) {
  for (size_t i = 0; i < section->fixups.count; i++) {
    Fixup *fixup = &section->fixups.data[i];
    fixup->offset = (uint32_t)((int64_t)fixup->offset + section->shift[fixup->points]);
  }
  for (size_t i = 0; i < section->points.count; i++) {
    const Point *point = &section->points.data[i];
    if (point->kind != POINT_BRANCH || !point->grown)
      continue;
    Fixup *fixup = &section->fixups.data[point->fixup];
    fixup->offset += 4;
    fixup->operand = ISA_OPERAND_JUMP21;
    fixup->relocation = RELOCATION_R_RISCV_JAL;
  }
}

static void layout_section(Assembler *assembler, uint32_t number) {
  AsmSection *section = &assembler->sections.data[number];
  unsigned rounds = 0;
  while (grow_branches(assembler, number, rounds >= PATIENT_ROUNDS)) {
    if (!section->shift)
      section->shift = ARENA_ARRAY(&assembler->arena, int64_t, section->points.count + 1);
    measure(section);
    rounds++;
  }
  if (!section->shift)
    return;
  rebuild(assembler, section);
  move_fixups(section);
}

static void check_assumptions(Assembler *assembler) {
  for (size_t i = 0; i < assembler->assumptions.count; i++) {
    const Assumption *assumption = &assembler->assumptions.data[i];
    int64_t difference = (int64_t)(symbol_at(assembler, assumption->add)->offset -
                                   symbol_at(assembler, assumption->subtract)->offset);
    if (difference != assumption->difference)
      asm_report(assembler, DIAGNOSTIC_ERROR, assumption->place, 0,
                 "this distance was used as %" PRId64 ", but branches between its labels then grew and made "
                 "it %" PRId64,
                 assumption->difference, difference);
  }
}

void asm_layout(Assembler *assembler) {
  bool moved = false;
  for (uint32_t i = 1; i < assembler->sections.count; i++) {
    layout_section(assembler, i);
    moved = moved || assembler->sections.data[i].shift;
  }
  if (!moved)
    return;
  for (size_t i = 1; i < assembler->symbols.count; i++) {
    AsmSymbol *symbol = &assembler->symbols.data[i];
    const AsmSection *section = &assembler->sections.data[symbol->section];
    if (symbol->state == SYMBOL_LABEL && section->shift)
      symbol->offset += (uint64_t)section->shift[symbol->points];
  }
  check_assumptions(assembler);
}
