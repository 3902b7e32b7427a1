// Settles sizes: a branch that cannot reach its target grows from the compressed instruction to the plain one
// to the inverse branch around a jal; paddings follow. Branches only ever grow, so this ends.
#include "asm/generate.h"

#include <elf.h>
#include <inttypes.h>
#include <string.h>

// Rounds after which branches that are merely near the limit grow as well, so that a long chain of branches,
// each pushing the next over the limit, does not take a round for every branch.
enum { PATIENT_ROUNDS = 12 };

// Whether a symbol is what its label is: no other file can redefine it, and nothing is chosen when the
// program starts.
static bool is_local(const AsmSymbol *symbol) {
  return (!symbol->binding_given || symbol->binding == SYMBOL_LOCAL) && symbol->type != SYMBOL_INDIRECT;
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

// Where a label is now.
static uint64_t label_offset(const Assembler *assembler, const AsmSymbol *symbol) {
  const AsmSection *section = &assembler->sections.data[symbol->section];
  bool moves = section->shift && !assembler->laid_out;
  return symbol->offset + (moves ? (uint64_t)section->shift[symbol->points] : 0);
}

// Takes a computed symbol out of a value.
static bool measure_computed(Assembler *assembler, SymbolId *id, bool negative, int64_t *constant,
                             bool final) {
  int64_t result;
  if (!*id || symbol_at(assembler, *id)->state != SYMBOL_COMPUTED)
    return true;
  if (!computed_value(assembler, *id, NULL, final, &result))
    return false;
  *constant = (int64_t)((uint64_t)*constant + (negative ? 0 - (uint64_t)result : (uint64_t)result));
  *id = 0;
  return true;
}

bool value_measure(Assembler *assembler, Value *value, bool final) {
  // A place alone is no number; most values are that.
  if (value->add && !value->subtract && symbol_at(assembler, value->add)->state == SYMBOL_LABEL)
    return false;
  Value meant = *value;
  if (!value_resolve(assembler, &meant) ||
      !measure_computed(assembler, &meant.add, false, &meant.constant, final) ||
      !measure_computed(assembler, &meant.subtract, true, &meant.constant, final))
    return false;
  if (meant.add && meant.subtract) {
    const AsmSymbol *add = symbol_at(assembler, meant.add);
    const AsmSymbol *subtract = symbol_at(assembler, meant.subtract);
    if (add->state != SYMBOL_LABEL || subtract->state != SYMBOL_LABEL || add->section != subtract->section)
      return false;
    if (final && !distance_is_fixed(&assembler->sections.data[add->section], add->points, subtract->points))
      return false;
    meant.constant = (int64_t)((uint64_t)meant.constant + label_offset(assembler, add) -
                               label_offset(assembler, subtract));
    meant.add = meant.subtract = 0;
  }
  if (meant.add || meant.subtract)
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
    if (point->kind == POINT_BRANCH) {
      size = branch_size(point);
    } else if (point->kind == POINT_LEB128) {
      size = point->most;
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

// How far the branches of each kind and stage reach.
typedef struct Reach {
  int64_t smallest;
  int64_t largest;
} Reach;
typedef struct Reaches {
  Reach of[2][2]; // jumps?, the two first stages
} Reaches;

static Reaches branch_reaches(void) {
  static const IsaOperandKind kinds[2][2] = {{ISA_OPERAND_C_BRANCH9, ISA_OPERAND_BRANCH13},
                                             {ISA_OPERAND_C_JUMP12, ISA_OPERAND_JUMP21}};
  Reaches reaches;
  int64_t multiple;
  for (int jump = 0; jump < 2; jump++)
    for (int stage = BRANCH_COMPRESSED; stage <= BRANCH_PLAIN; stage++)
      isa_operand_range(kinds[jump][stage], &reaches.of[jump][stage].smallest,
                        &reaches.of[jump][stage].largest, &multiple);
  return reaches;
}

// Symbols do not change any more: what a branch goes to is found once.
static void find_target(Assembler *assembler, uint32_t number, Point *point) {
  Value value = assembler->sections.data[number].fixups.data[point->fixup].value;
  if (target_is_here(assembler, number, &value)) {
    point->target = TARGET_HERE;
    point->label = value.add;
    point->beyond = value.constant;
  } else {
    point->target = value.add || value.subtract ? TARGET_ELSEWHERE : TARGET_NUMBER;
  }
}

// `shift` is how far the point has moved.
static bool must_grow(Assembler *assembler, const AsmSection *section, const Point *point, int64_t shift,
                      const Reach *reach, bool impatient) {
  if (point->target != TARGET_HERE)
    return point->target == TARGET_ELSEWHERE;
  const AsmSymbol *label = symbol_at(assembler, point->label);
  int64_t from = point->offset + shift;
  int64_t to = (int64_t)label->offset + point->beyond + (section->shift ? section->shift[label->points] : 0);
  int64_t distance = to - from;
  if (impatient)
    distance *= 2;
  distance &= ~INT64_C(1);
  return distance < reach->smallest || distance > reach->largest;
}

// The bytes that a LEB128 number needs.
static bool grow_number(Assembler *assembler, const AsmSection *section, Point *point) {
  Value value = section->fixups.data[point->fixup].value;
  bool is_signed = section->fixups.data[point->fixup].operand;
  uint8_t bytes[10];
  if (!value_measure(assembler, &value, false))
    return false;
  unsigned size =
      is_signed ? encode_signed(value.constant, bytes) : encode_unsigned((uint64_t)value.constant, bytes);
  if (size <= point->most)
    return false;
  point->most = size;
  return true;
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

static bool grow_points(Assembler *assembler, uint32_t number, const Reaches *reaches, bool impatient) {
  AsmSection *section = &assembler->sections.data[number];
  bool changed = false;
  for (size_t i = 0; i < section->points.count; i++) {
    Point *point = &section->points.data[i];
    if (point->kind == POINT_LEB128)
      changed = grow_number(assembler, section, point) || changed;
    if (point->kind != POINT_BRANCH)
      continue;
    if (point->target == TARGET_UNSEEN)
      find_target(assembler, number, point);
    bool jump = is_jump(point);
    int64_t shift = section->shift ? section->shift[i] : 0;
    BranchStage last = jump ? BRANCH_PLAIN : BRANCH_LONG;
    for (; point->stage < last &&
           must_grow(assembler, section, point, shift, &reaches->of[jump][point->stage], impatient);
         changed = true) {
      point->stage++;
      point->grown = true;
      if (point->stage == BRANCH_LONG)
        point->long_size = (uint8_t)(isa_length(inverse_branch(point)) + 4);
    }
  }
  return changed;
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
  // Paddings alone may have laid down nothing so far.
  VEC_RESERVE(&section->bytes, 1);
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
    } else if (point->kind == POINT_LEB128) {
      memset(to, 0, wanted);
      point->size = (uint32_t)wanted;
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

// A round for one section. Whether anything in it grew.
static bool layout_section(Assembler *assembler, uint32_t number, const Reaches *reaches, bool impatient) {
  AsmSection *section = &assembler->sections.data[number];
  bool joined = section->joined;
  section->joined = false;
  if (!grow_points(assembler, number, reaches, impatient) && !joined) {
    // Only numbers depend on other sections.
    section->settled = !section->has_numbers;
    return false;
  }
  if (!section->shift)
    section->shift = ARENA_ARRAY(&assembler->arena, int64_t, section->points.count + 1);
  measure(section);
  return true;
}

static void layout_sections(Assembler *assembler) {
  unsigned rounds = 0;
  Reaches reaches = branch_reaches();
  for (bool changed = true; changed; rounds++) {
    changed = false;
    for (uint32_t i = 1; i < assembler->sections.count; i++)
      if (!assembler->sections.data[i].settled)
        changed = layout_section(assembler, i, &reaches, rounds >= PATIENT_ROUNDS) || changed;
  }
}

static void count_relaxed(Assembler *assembler, AsmSection *section) {
  if (!section->relaxable)
    return;
  size_t count = section->points.count;
  section->relaxed = ARENA_ARRAY(&assembler->arena, uint32_t, count + 1);
  section->movable = ARENA_ARRAY(&assembler->arena, uint32_t, count + 1);
  for (size_t i = 0; i < count; i++) {
    const Point *point = &section->points.data[i];
    section->relaxed[i + 1] = section->relaxed[i] + point->relaxed;
    section->movable[i + 1] = section->movable[i] + (point->relaxed || point->kind != POINT_BRANCH);
  }
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
  layout_sections(assembler);
  for (uint32_t i = 1; i < assembler->sections.count; i++) {
    AsmSection *section = &assembler->sections.data[i];
    count_relaxed(assembler, section);
    if (!section->shift)
      continue;
    moved = true;
    rebuild(assembler, section);
    move_fixups(section);
  }
  for (size_t i = 1; moved && i < assembler->symbols.count; i++) {
    AsmSymbol *symbol = &assembler->symbols.data[i];
    const AsmSection *section = &assembler->sections.data[symbol->section];
    if (symbol->state == SYMBOL_LABEL && section->shift)
      symbol->offset += (uint64_t)section->shift[symbol->points];
  }
  assembler->laid_out = true;
  check_assumptions(assembler);
}
