// Instructions: finds, among the ways to write a mnemonic, the one that the operands fit, and lays down its
// word.
#include "asm/internal.h"

#include <elf.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// One way to write an instruction: of an instruction row or of an alias row.
typedef struct Form {
  IsaOp op;
  const char *mnemonic;
  const char *syntax;
  const uint8_t *kinds;
  unsigned count;
  const IsaAliasInfo *alias; // NULL: an instruction row
} Form;

static Form form_of(const Candidate *candidate) {
  if (candidate->alias) {
    const IsaAliasInfo *alias = isa_alias(candidate->row);
    Form form = {(IsaOp)alias->op, alias->mnemonic,      alias->syntax,
                 alias->operands,  alias->operand_count, alias};
    return form;
  }
  IsaOp op = (IsaOp)candidate->row;
  const IsaFormatInfo *format = isa_insn_format(op);
  Form form = {op, isa_insn(op)->mnemonic, format->syntax, format->operands, format->operand_count, NULL};
  return form;
}

bool extension_enabled(Assembler *assembler, IsaOp op) {
  return isa_missing_extension(op, assembler->extensions) == ISA_EXTENSION_COUNT;
}

// "0(a0)" where the syntax has only "(a0)", and "(a0)" where it has an offset.
static bool zero_before_base(Assembler *assembler) {
  skip_space(assembler);
  const char *p = assembler->cursor;
  if (*p != '0')
    return false;
  const char *base = p + 1;
  while (*base == ' ' || *base == '\t')
    base++;
  if (*base != '(')
    return false;
  assembler->cursor = base;
  return true;
}

static bool offset_left_out(Assembler *assembler) {
  skip_space(assembler);
  const char *start = assembler->cursor;
  if (*start != '(')
    return false;
  assembler->cursor++;
  int64_t number;
  bool base = read_register(assembler, ISA_CLASS_GPR, &number) && accept_character(assembler, ')');
  assembler->cursor = start;
  return base;
}

static bool read_one(Assembler *assembler, const Form *form, const char *syntax, Operand *operands) {
  unsigned i = (unsigned)(*syntax - '0');
  IsaOperandKind kind = (IsaOperandKind)form->kinds[i];
  bool offset = syntax[1] == '(' && *assembler->cursor != '%';
  if (offset && offset_left_out(assembler) && isa_operand_fits(kind, 0)) {
    operands[i] = (Operand){.at = assembler->cursor};
    return true;
  }
  return read_operand(assembler, kind, &operands[i]);
}

// A register that the syntax itself names (sp), in any of its spellings. Moves *syntax to its last letter.
static bool read_fixed_register(Assembler *assembler, const char **syntax) {
  const char *word = *syntax;
  size_t size = 0;
  while (is_name_part(word[size]))
    size++;
  *syntax += size - 1;
  int64_t number;
  skip_space(assembler);
  const char *at = assembler->cursor;
  if (read_register(assembler, ISA_CLASS_GPR, &number) &&
      number == isa_register_find(ISA_CLASS_GPR, word, size))
    return true;
  return asm_fail(assembler, at, token_length(at), "expected %.*s", (int)size, word);
}

// Reads operands by the syntax of a form (see isa/formats.def); suffixes have been read.
static bool read_operands(Assembler *assembler, const Form *form, Operand *operands) {
  for (const char *s = form->syntax; *s; s++) {
    if (*s == '~') {
      s++;
    } else if (*s == '?') {
      unsigned i = (unsigned)(*++s - '0');
      IsaOperandKind kind = (IsaOperandKind)form->kinds[i];
      operands[i] = (Operand){.value = isa_operand_default(kind)};
      if (accept_character(assembler, ',') && !read_operand(assembler, kind, &operands[i]))
        return false;
    } else if (*s >= '0' && *s <= '9') {
      if (!read_one(assembler, form, s, operands))
        return false;
    } else if (is_name_start(*s)) {
      if (!read_fixed_register(assembler, &s))
        return false;
    } else if (*s == '(' && s > form->syntax && s[-1] == ',') {
      zero_before_base(assembler);
      if (!expect_character(assembler, '('))
        return false;
    } else if (*s == ',' && at_statement_end(assembler)) {
      return asm_fail_here(assembler, "too few operands");
    } else if (*s != ' ' && !expect_character(assembler, *s)) {
      return false;
    }
  }
  return at_statement_end(assembler) || asm_fail_here(assembler, "unexpected text after the operands");
}

// Reads the suffixes of a mnemonic, behind its name, into their operands.
static bool read_suffixes(const Form *form, const char *suffix, const char *end, Operand *operands) {
  for (const char *s = form->syntax; *s == '~'; s += 2) {
    unsigned i = (unsigned)(s[1] - '0');
    operands[i] = (Operand){.at = suffix};
    if (!operand_suffix((IsaOperandKind)form->kinds[i], &suffix, end, &operands[i].value))
      operands[i].value = isa_operand_default((IsaOperandKind)form->kinds[i]);
  }
  return suffix == end;
}

static void bind_operands(const Form *form, const Operand *written, Match *match) {
  match->op = form->op;
  match->alias = form->alias;
  unsigned count = isa_insn_format(form->op)->operand_count;
  for (unsigned i = 0; i < count; i++) {
    if (!form->alias) {
      match->operands[i] = written[i];
    } else if (form->alias->bindings[i].written) {
      match->operands[i] = written[form->alias->bindings[i].value];
    } else {
      match->operands[i] = (Operand){.value = form->alias->bindings[i].value};
    }
  }
}

// Operands of a format by kind; NULL when it has none of it.
static const Operand *operand_of(const Match *match, IsaOperandKind kind) {
  const IsaFormatInfo *format = isa_insn_format(match->op);
  for (unsigned i = 0; i < format->operand_count; i++)
    if (format->operands[i] == kind)
      return &match->operands[i];
  return NULL;
}

// A run of `count` registers or accumulators that begins at an operand must end within the `limit` there are.
static bool check_run(Assembler *assembler, const Operand *operand, int64_t count, uint64_t limit,
                      const char *prefix) {
  if (!operand || operand->value + count <= (int64_t)limit)
    return true;
  return asm_fail(assembler, operand->at, token_length(operand->at),
                  "%s%" PRId64 "..%s%" PRId64 " go beyond %s%" PRIu64 ", the last of machine '%s'", prefix,
                  operand->value, prefix, operand->value + count - 1, prefix, limit - 1,
                  assembler->machine->name);
}

// What an instruction of the tile unit reaches must be there on this machine.
bool check_machine(Assembler *assembler, const Match *match) {
  if (isa_insn(match->op)->extension != ISA_EXT_XKILNTILE &&
      isa_insn(match->op)->extension != ISA_EXT_XKILNDMA)
    return true;
  static const IsaOperandKind accumulators[] = {ISA_OPERAND_ACC_D, ISA_OPERAND_ACC_W, ISA_OPERAND_ACC_S};
  enum { VECTOR_REGISTERS = 32 };
  const Operand *shape = operand_of(match, ISA_OPERAND_SHAPE);
  const Operand *count1 = operand_of(match, ISA_OPERAND_COUNT1);
  const Operand *count2 = operand_of(match, ISA_OPERAND_COUNT2);
  int64_t rows = shape ? INT64_C(1) << (shape->value >> 2) : 1;
  int64_t columns = shape ? INT64_C(1) << (shape->value & 3) : 1;
  int64_t group = count1 ? count1->value : count2 ? count2->value : rows * columns;
  for (size_t i = 0; i < sizeof accumulators / sizeof *accumulators; i++)
    if (!check_run(assembler, operand_of(match, accumulators[i]), group, assembler->machine->accumulators,
                   "acc"))
      return false;
  if (!check_run(assembler, operand_of(match, ISA_OPERAND_TILE_A), count2 ? group : rows, VECTOR_REGISTERS,
                 "v") ||
      !check_run(assembler, operand_of(match, ISA_OPERAND_TILE_B), columns, VECTOR_REGISTERS, "v"))
    return false;
  const Operand *quad = operand_of(match, ISA_OPERAND_DW_QUAD);
  int64_t quads = machine_tile(assembler->machine) / 4;
  if (quad && quad->value >= quads)
    return asm_fail(assembler, quad->at, token_length(quad->at),
                    "machine '%s' has rows for quads 0..%" PRId64 " only", assembler->machine->name,
                    quads - 1);
  return true;
}

bool emit_first_word(Assembler *assembler, uint32_t word, unsigned size) {
  if (!section_grow(assembler, size))
    return false;
  if (assembler->line_pending)
    line_flush(assembler);
  AsmSection *section = current_section(assembler);
  if (section->type == SHT_NOBITS)
    return append_little(assembler, word, size);
  if (!section->has_code) {
    // What is allowed where a section's code begins decides; .option norvc within it does not.
    uint64_t alignment = compression_enabled(assembler) ? 2 : 4;
    if (section->alignment < alignment)
      section->alignment = alignment;
    section->has_code = true;
  }
  section_mark(assembler, CONTENTS_CODE);
  VEC_RESERVE(&section->bytes, sizeof word);
  uint32_t bytes = htole32(word);
  memcpy(section->bytes.data + section->bytes.count, &bytes, sizeof bytes);
  section->bytes.count += size;
  section->size += size;
  return true;
}

bool emit_op(Assembler *assembler, IsaOp op, const int64_t *operands) {
  if (!extension_enabled(assembler, op))
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    "'%s' needs the extension '%s', which is not enabled", isa_insn(op)->mnemonic,
                    isa_extension_name(isa_missing_extension(op, assembler->extensions)));
  uint32_t word = isa_encode(op, operands);
  return emit_word(assembler, word, isa_length(word));
}

bool emit_shortest(Assembler *assembler, IsaOp op, const int64_t *operands) {
  if (!extension_enabled(assembler, op))
    return emit_op(assembler, op, operands);
  uint32_t word = isa_encode(op, operands);
  compress(assembler, op, &word);
  return emit_word(assembler, word, isa_length(word));
}

// Of what is not known yet only the labels of branches can wait in a compressed instruction; what %lo and the
// like make is left whole.
static bool may_compress(const Operand *operand, IsaOperandKind kind) {
  if (operand->modifier)
    return false;
  return !operand->deferred || (isa_operand(kind)->operand_class == ISA_CLASS_PCREL &&
                                !operand->symbolic.constant && !operand->symbolic.subtract);
}

// A branch or jump to a label: the point from which it may grow. It was laid down as `op`; `word` is the
// uncompressed instruction.
static void add_branch_point(Assembler *assembler, IsaOp op, uint32_t word, uint64_t offset) {
  AsmSection *section = current_section(assembler);
  unsigned size = isa_length(isa_insn(op)->match);
  Point point = {.offset = (uint32_t)offset,
                 .size = size,
                 .kind = POINT_BRANCH,
                 .stage = size == 2 ? BRANCH_COMPRESSED : BRANCH_PLAIN,
                 .relaxed = assembler->relax,
                 .compress = compression_enabled(assembler),
                 .fixup = (uint32_t)section->fixups.count - 1,
                 .fill = word};
  VEC_PUSH(&section->points, point);
  section->relaxable = section->relaxable || assembler->relax;
}

// An instruction as it was written and as it was laid down: compressed or the same.
typedef struct LaidDown {
  IsaOp written;
  IsaOp op;
  uint32_t written_word;
  uint32_t word;
  uint64_t offset;
} LaidDown;

static bool lay_down(Assembler *assembler, IsaOp op, uint32_t word, bool compressible, LaidDown *laid) {
  *laid = (LaidDown){op, op, word, word, current_section(assembler)->size};
  if (compressible)
    laid->op = compress(assembler, op, &laid->word);
  return emit_word(assembler, laid->word, isa_length(laid->word));
}

// The word of a branch that is not compressed, with its label left out: also of what was written as c.beqz,
// c.bnez or c.j.
static uint32_t whole_branch(const LaidDown *laid) {
  if (isa_length(laid->written_word) == 4)
    return laid->written_word;
  int64_t values[ISA_MAX_OPERANDS];
  isa_extract_operands(laid->op, laid->word, values);
  IsaOp whole = isa_expand(laid->op, values);
  return isa_encode(whole, values);
}

// Operand `i` of what was written waits. The label is the last operand of both forms of a branch.
static void emit_deferred(Assembler *assembler, const Operand *operand, const LaidDown *laid, unsigned i) {
  const IsaFormatInfo *format = isa_insn_format(laid->op);
  IsaOperandKind kind =
      (IsaOperandKind)format->operands[laid->op == laid->written ? i : format->operand_count - 1U];
  unsigned relocation = operand_relocation(kind, operand->modifier);
  add_fixup(assembler, relocation ? FIXUP_RELOCATION : FIXUP_OPERAND, kind, relocation, laid->offset,
            operand->symbolic, operand->at);
  if (relocation == RELOCATION_R_RISCV_BRANCH || relocation == RELOCATION_R_RISCV_RVC_BRANCH ||
      relocation == RELOCATION_R_RISCV_RVC_JUMP)
    add_branch_point(assembler, laid->op, whole_branch(laid), laid->offset);
}

bool emit_encoded(Assembler *assembler, IsaOp op, uint32_t word, const Operand *deferred, unsigned index) {
  LaidDown laid;
  bool compressible =
      !deferred || may_compress(deferred, (IsaOperandKind)isa_insn_format(op)->operands[index]);
  if (!lay_down(assembler, op, word, compressible, &laid))
    return false;
  if (deferred)
    emit_deferred(assembler, deferred, &laid, index);
  return true;
}

bool emit_match(Assembler *assembler, const Match *match) {
  if (!check_machine(assembler, match) || !check_overlap(assembler, match))
    return false;
  // unimp is not what its alias says but whatever is not implemented.
  if (match->op == ISA_CSRRW && match->alias && strcmp(match->alias->mnemonic, "unimp") == 0 &&
      compression_enabled(assembler))
    return emit_word(assembler, isa_insn(ISA_C_UNIMP)->match, isa_length(isa_insn(ISA_C_UNIMP)->match));
  const IsaFormatInfo *format = isa_insn_format(match->op);
  uint32_t word = isa_insn(match->op)->match;
  bool compressible = true;
  for (unsigned i = 0; i < format->operand_count; i++) {
    const Operand *operand = &match->operands[i];
    IsaOperandKind kind = (IsaOperandKind)format->operands[i];
    compressible = compressible && may_compress(operand, kind);
    if (!operand->deferred)
      word = isa_operand_insert(word, kind, operand->value);
  }
  LaidDown laid;
  if (!lay_down(assembler, match->op, word, compressible, &laid))
    return false;
  for (unsigned i = 0; i < format->operand_count; i++)
    if (match->operands[i].deferred)
      emit_deferred(assembler, &match->operands[i], &laid, i);
  return true;
}

typedef struct Attempt {
  const char *operands; // where they begin
  const char *suffix;   // suffixes of the mnemonic
  const char *suffix_end;
  uint16_t first; // candidate + 1
  IsaOp disabled; // a form whose extension is not enabled
} Attempt;

static bool try_form(Assembler *assembler, const Attempt *attempt, const Form *form, Match *match) {
  Operand written[ISA_MAX_OPERANDS] = {0};
  assembler->cursor = attempt->operands;
  if (!read_suffixes(form, attempt->suffix, attempt->suffix_end, written))
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    "'%s' does not take the suffix '%.*s'", form->mnemonic,
                    (int)(attempt->suffix_end - attempt->suffix), attempt->suffix);
  if (!read_operands(assembler, form, written))
    return false;
  bind_operands(form, written, match);
  return true;
}

// Whether one of the forms fits; failures of the others are forgotten then.
static bool try_forms(Assembler *assembler, Attempt *attempt, Match *match) {
  attempt->disabled = ISA_INVALID;
  for (uint16_t next = attempt->first; next;) {
    const Candidate *candidate = &assembler->candidates.data[next - 1];
    next = candidate->next;
    Form form = form_of(candidate);
    if (!extension_enabled(assembler, form.op)) {
      attempt->disabled = form.op;
      continue;
    }
    if (try_form(assembler, attempt, &form, match)) {
      assembler->failure.at = NULL;
      return true;
    }
  }
  return false;
}

static void append_operand_name(Text *out, IsaOperandKind kind) {
  const IsaOperandInfo *operand = isa_operand(kind);
  if (operand->operand_class == ISA_CLASS_PCREL) {
    text_append_string(out, "target");
    return;
  }
  for (const char *name = operand->name; *name; name++)
    text_append_char(out, *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name);
}

// "addi rd, rs1, imm12" for a note.
static void append_form(Text *out, const Form *form) {
  text_append_string(out, form->mnemonic);
  for (const char *s = form->syntax; *s; s++) {
    if (*s >= '0' && *s <= '9') {
      if (s == form->syntax || s[-1] == ' ')
        text_append_char(out, ' ');
      append_operand_name(out, (IsaOperandKind)form->kinds[*s - '0']);
    } else if (*s == '~') {
      IsaOperandClass class = isa_operand((IsaOperandKind)form->kinds[*++s - '0'])->operand_class;
      text_append_string(out, class == ISA_CLASS_SHAPE       ? "[.RxC]"
                              : class == ISA_CLASS_OVERWRITE ? "[.z]"
                                                             : "[.aq|.rl|.aqrl]");
    } else if (*s == '?') {
      text_append_string(out, "[, ");
      append_operand_name(out, (IsaOperandKind)form->kinds[*++s - '0']);
      text_append_char(out, ']');
    } else if (*s == ',') {
      text_append_string(out, ", ");
    } else if (*s != ' ') {
      text_append_char(out, *s);
    }
  }
}

static void note_forms(Assembler *assembler, const Attempt *attempt) {
  enum { SHOWN_FORMS = 4 };
  Text text = {0};
  int shown = 0;
  for (uint16_t next = attempt->first; next && shown < SHOWN_FORMS;
       next = assembler->candidates.data[next - 1].next) {
    Form form = form_of(&assembler->candidates.data[next - 1]);
    if (!extension_enabled(assembler, form.op))
      continue;
    if (shown++)
      text_append_string(&text, " | ");
    append_form(&text, &form);
  }
  asm_fail_note(assembler, assembler->failure.at, "it is written: %s", text_string(&text));
  text_free(&text);
}

static bool fail_unknown(Assembler *assembler, const char *mnemonic, size_t size) {
  char wanted[64];
  snprintf(wanted, sizeof wanted, "%.*s", (int)size, mnemonic);
  NearestName nearest = nearest_name_start(wanted);
  // What is not shown needs no suggestion.
  bool shown = assembler->diagnostics->errors < assembler->diagnostics->error_limit;
  for (Name name = 0; shown && name < assembler->infos.count; name++) {
    const NameInfo *info = name_info(assembler, name);
    if (info->candidate || info->pseudo || info->macro || info->directive)
      nearest_name_offer(&nearest, intern_text(&assembler->names, name));
  }
  const char *what = mnemonic[0] == '.' ? "directive" : "instruction";
  if (nearest.best)
    return asm_fail(assembler, mnemonic, size, "unknown %s '%s': did you mean '%s'?", what, wanted,
                    nearest.best);
  return asm_fail(assembler, mnemonic, size, "unknown %s '%s'", what, wanted);
}

// Finds the mnemonic, if need be without its suffixes. Returns what is known of it, or NULL.
static const NameInfo *find_mnemonic(Assembler *assembler, const char *mnemonic, size_t size,
                                     Attempt *attempt) {
  attempt->suffix_end = mnemonic + size;
  for (size_t length = size; length;) {
    Name name = intern_find(&assembler->names, mnemonic, length);
    const NameInfo *info = name == NAME_NONE ? NULL : name_info(assembler, name);
    if (info && (info->candidate || (info->pseudo && length == size))) {
      attempt->first = info->candidate;
      attempt->suffix = mnemonic + length;
      if (length == size || form_of(&assembler->candidates.data[info->candidate - 1]).syntax[0] == '~')
        return info;
    }
    do
      length--;
    while (length && mnemonic[length] != '.');
  }
  return NULL;
}

bool assemble_instruction(Assembler *assembler, const char *mnemonic, size_t size) {
  Attempt attempt = {.operands = assembler->cursor, .disabled = ISA_INVALID};
  const NameInfo *info = find_mnemonic(assembler, mnemonic, size, &attempt);
  if (!info)
    return fail_unknown(assembler, mnemonic, size);
  unsigned pseudo = info->pseudo;
  Match match = {0};
  if (try_forms(assembler, &attempt, &match))
    return emit_match(assembler, &match);
  if (pseudo) {
    Failure failure = assembler->failure;
    assembler->cursor = attempt.operands;
    assembler->failure.at = NULL;
    if (assemble_pseudo(assembler, pseudo - 1U))
      return true;
    if (failure.at && (!assembler->failure.at || failure.at > assembler->failure.at))
      assembler->failure = failure;
    return false;
  }
  if (!assembler->failure.at)
    return asm_fail(assembler, mnemonic, size, "'%.*s' needs the extension '%s', which is not enabled",
                    (int)size, mnemonic,
                    isa_extension_name(isa_missing_extension(attempt.disabled, assembler->extensions)));
  note_forms(assembler, &attempt);
  return false;
}
