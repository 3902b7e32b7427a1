// Settles sizes: a branch that cannot reach its target grows from the compressed instruction to the plain one
// to the inverse branch around a jal; paddings follow. Branches only ever grow, so this ends.
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

static uint64_t branch_size(const Point *point) {
  return point->stage == BRANCH_COMPRESSED ? 2 : point->stage == BRANCH_PLAIN ? 4 : point->long_size;
}

static bool is_jump(const Point *point) {
  return (point->fill & isa_insn(ISA_JAL)->mask) == isa_insn(ISA_JAL)->match;
}

static IsaOperandKind branch_operand(const Point *point) {
  if (is_jump(point))
    return point->stage == BRANCH_COMPRESSED ? ISA_OPERAND_C_JUMP12 : ISA_OPERAND_JUMP21;
  return point->stage == BRANCH_COMPRESSED ? ISA_OPERAND_C_BRANCH9 : ISA_OPERAND_BRANCH13;
}

// Where what comes behind each point moves; shift[0] is 0.
static void measure(AsmSection *section) {
  section->shift[0] = 0;
  for (size_t i = 0; i < section->points.count; i++) {
    const Point *point = &section->points.data[i];
    uint64_t offset = point->offset + (uint64_t)section->shift[i];
    uint64_t size = point->size;
    if (point->kind == POINT_BRANCH) {
      size = branch_size(point);
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
  return !isa_operand_fits(branch_operand(point), distance & ~INT64_C(1));
}

static bool grow_branches(Assembler *assembler, uint32_t number, bool impatient) {
  AsmSection *section = &assembler->sections.data[number];
  bool changed = false;
  for (size_t i = 0; i < section->points.count; i++) {
    Point *point = &section->points.data[i];
    if (point->kind != POINT_BRANCH)
      continue;
    BranchStage last = is_jump(point) ? BRANCH_PLAIN : BRANCH_LONG;
    for (; point->stage < last && must_grow(assembler, number, point, impatient); changed = true) {
      point->stage++;
      point->grown = true;
    }
  }
  return changed;
}

static void store_word(uint8_t *bytes, uint32_t word) {
  for (unsigned i = 0; i < 4; i++)
    bytes[i] = (uint8_t)(word >> 8 * i);
}

// The inverse of a conditional branch, over the jal behind it: its word, compressed where that is allowed.
static uint32_t inverse_branch(const Point *point) {
  uint32_t word = (uint32_t)point->fill ^ isa_insn(ISA_BEQ)->match ^ isa_insn(ISA_BNE)->match;
  static const IsaOp equality[] = {ISA_BEQ, ISA_BNE};
  for (size_t i = 0; point->compress && i < 2; i++) {
    if ((word & isa_insn(equality[i])->mask) != isa_insn(equality[i])->match)
      continue;
    int64_t values[ISA_MAX_OPERANDS];
    int64_t compressed[ISA_MAX_OPERANDS];
    isa_extract_operands(equality[i], isa_operand_insert(word, ISA_OPERAND_BRANCH13, 6), values);
    if (values[0] == 0) {
      values[0] = values[1];
      values[1] = 0;
    }
    IsaOp shorter = isa_compress(equality[i], values, ISA_EXTENSION_BIT(ISA_EXT_C), compressed);
    if (shorter != ISA_INVALID)
      return isa_encode(shorter, compressed);
  }
  return isa_operand_insert(word, ISA_OPERAND_BRANCH13, 8);
}

unsigned long_branch_size(const Point *point) {
  return isa_length(inverse_branch(point)) + 4;
}

static void write_branch(uint8_t *to, const Point *point) {
  if (point->stage == BRANCH_PLAIN) {
    store_word(to, (uint32_t)point->fill);
    return;
  }
  uint32_t inverse = inverse_branch(point);
  unsigned size = isa_length(inverse);
  for (unsigned i = 0; i < size; i++)
    to[i] = (uint8_t)(inverse >> 8 * i);
  store_word(to + size, isa_insn(ISA_JAL)->match);
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
      write_branch(to, point);
    } else if (point->kind == POINT_BRANCH || point->kind == POINT_RELAXED) {
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
    bool jump = is_jump(point) || point->stage == BRANCH_LONG;
    if (point->stage == BRANCH_LONG)
      fixup->offset += point->long_size - 4U;
    fixup->operand = jump ? ISA_OPERAND_JUMP21 : ISA_OPERAND_BRANCH13;
    fixup->relocation = jump ? RELOCATION_R_RISCV_JAL : RELOCATION_R_RISCV_BRANCH;
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

static void count_relaxed(Assembler *assembler, AsmSection *section) {
  if (!section->relaxable)
    return;
  section->relaxed = ARENA_ARRAY(&assembler->arena, uint32_t, section->points.count + 1);
  for (size_t i = 0; i < section->points.count; i++)
    section->relaxed[i + 1] = section->relaxed[i] + section->points.data[i].relaxed;
}

bool distance_is_fixed(const AsmSection *section, uint32_t points, uint32_t other_points) {
  return !section->relaxed || section->relaxed[points] == section->relaxed[other_points];
}

static void check_assumptions(Assembler *assembler) {
  for (size_t i = 0; i < assembler->assumptions.count; i++) {
    const Assumption *assumption = &assembler->assumptions.data[i];
    const AsmSymbol *add = symbol_at(assembler, assumption->add);
    const AsmSymbol *subtract = symbol_at(assembler, assumption->subtract);
    int64_t difference = (int64_t)(add->offset - subtract->offset);
    if (difference != assumption->difference)
      asm_report(assembler, DIAGNOSTIC_ERROR, assumption->place, 0,
                 "this distance was used as %" PRId64 ", but branches between its labels then grew and made "
                 "it %" PRId64,
                 assumption->difference, difference);
    else if (!distance_is_fixed(&assembler->sections.data[add->section], add->points, subtract->points))
      asm_report(assembler, DIAGNOSTIC_ERROR, assumption->place, 0,
                 "this distance must be known here, but the linker may still change it (.option relax)");
  }
}

void asm_layout(Assembler *assembler) {
  bool moved = false;
  for (uint32_t i = 1; i < assembler->sections.count; i++) {
    layout_section(assembler, i);
    count_relaxed(assembler, &assembler->sections.data[i]);
    moved = moved || assembler->sections.data[i].shift;
  }
  for (size_t i = 1; moved && i < assembler->symbols.count; i++) {
    AsmSymbol *symbol = &assembler->symbols.data[i];
    const AsmSection *section = &assembler->sections.data[symbol->section];
    if (symbol->state == SYMBOL_LABEL && section->shift)
      symbol->offset += (uint64_t)section->shift[symbol->points];
  }
  check_assumptions(assembler);
}
