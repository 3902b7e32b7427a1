// The statements that a compiler writes again and again, read without the machinery of the others: a label,
// an instruction whose operands are registers, decimal numbers and plain symbols, a comment. What is not
// plainly that is left, untouched, to the common way, which would have made the same of everything that is
// taken here.
//
// A mnemonic's form (its word without operands, and the steps that read them) is made from the tables when
// the mnemonic first comes and kept by its text, so that a line costs no search.
#include "asm/internal.h"

#include <endian.h>
#include <string.h>

enum {
  // Within this many characters an instruction's operands but for symbols are read, whatever they are. Closer
  // to the end of
  // a text nothing is taken, so that eight characters at once can be looked at.
  REACH = 256,
  FORM_BITS = 9,
  MOST_STEPS = ISA_MAX_OPERANDS + 1,
  MOST_DIGITS = 10,
};

typedef enum StepKind {
  STEP_END,
  STEP_REGISTER, // `what`: its class; `scale`: what its number is multiplied by in the word
  STEP_NUMBER,   // `what`: kind of operand; `scale`: its index in the instruction's format
  STEP_LABEL,    // the same
  STEP_ROUNDING, // the same; left out with the comma before it when it is the default
  STEP_MASK,     // the same
} StepKind;

typedef struct Step {
  uint8_t kind;
  uint8_t what;
  char before[2]; // characters that stand before it; NUL: none
  uint32_t scale;
} Step;

typedef enum QuickKind {
  QUICK_NOT, // anything that is not read here
  QUICK_INSTRUCTION,
  QUICK_CALL, // call and tail with a symbol
  QUICK_DATA, // a directive with one number, symbol or difference of symbols
  QUICK_LOC,  // .loc with numbers alone
} QuickKind;

typedef struct QuickForm {
  uint64_t mnemonic[2]; // its characters, the first lowest
  uint32_t generation;  // of what texts mean; 0: an empty slot
  uint32_t word;        // with what is fixed
  uint16_t op;
  uint8_t kind;
  uint8_t size;                 // of data
  CallWords words;              // of a call
  bool destination_not_0;       // v0 as the destination needs a closer look
  bool destination_not_sources; // so does a vector destination that is a source
  Step steps[MOST_STEPS];
} QuickForm;

// A kind of operand that is a number, unpacked.
typedef struct NumberKind {
  int32_t smallest;
  int32_t largest;
  uint32_t loose; // bits that must be zero
  uint32_t mask;  // of the field
  unsigned count; // of pieces
  IsaPiece pieces[2];
} NumberKind;

struct Quick {
  QuickForm forms[1 << FORM_BITS];
  NumberKind numbers[ISA_OPERAND_COUNT];
};

// What has been read of an instruction.
typedef struct Reading {
  uint32_t word;
  bool deferred;
  unsigned index; // of the operand that waits
  Operand operand;
} Reading;

static inline uint64_t load8(const char *at) {
  uint64_t bytes;
  memcpy(&bytes, at, sizeof bytes);
  return le64toh(bytes);
}

// How many of eight characters stand before the first that is less than `limit`, which is at most 0x80.
static inline unsigned before_less(uint64_t characters, uint8_t limit) {
  const uint64_t ones = UINT64_C(0x0101010101010101);
  uint64_t less = (characters - ones * limit) & ~characters & ones * 0x80;
  return less ? (unsigned)__builtin_ctzll(less) / 8 : 8;
}

static inline uint64_t lowest(uint64_t characters, unsigned count) {
  return count < 8 ? characters & ((UINT64_C(1) << 8 * count) - 1) : characters;
}

void quick_start(Assembler *assembler) {
  assembler->quick = ARENA_NEW(&assembler->arena, struct Quick);
  for (unsigned kind = 0; kind < ISA_OPERAND_COUNT; kind++) {
    const IsaOperandInfo *operand = isa_operand((IsaOperandKind)kind);
    NumberKind *number = &assembler->quick->numbers[kind];
    bool plain = operand->operand_class == ISA_CLASS_SIGNED || operand->operand_class == ISA_CLASS_UNSIGNED ||
                 operand->operand_class == ISA_CLASS_UPPER;
    unsigned count = 0;
    unsigned width = 0;
    for (const IsaPiece *piece = operand->pieces; piece->width; piece++, count++)
      if (width < piece->to + (unsigned)piece->width)
        width = piece->to + (unsigned)piece->width;
    if (!plain || operand->reserved || count > 2)
      continue;
    int64_t smallest;
    int64_t largest;
    int64_t multiple;
    isa_operand_range((IsaOperandKind)kind, &smallest, &largest, &multiple);
    *number = (NumberKind){.smallest = (int32_t)smallest,
                           .largest = (int32_t)largest,
                           .loose = (uint32_t)multiple - 1,
                           .mask = (UINT32_C(1) << width) - 1,
                           .count = count};
    memcpy(number->pieces, operand->pieces, count * sizeof *operand->pieces);
  }
}

// Making a form.

typedef struct Maker {
  Assembler *assembler;
  QuickForm *form;
  IsaOp op;
  const IsaAliasInfo *alias; // NULL: the instruction itself
  const uint8_t *kinds;      // of what is written
  unsigned steps;
} Maker;

// What a register's number is multiplied by to be where operand `written` is bound to. 0: it is not bound
// plainly.
static uint32_t register_scale(const Maker *maker, unsigned written) {
  const IsaFormatInfo *format = isa_insn_format(maker->op);
  uint32_t scale = 0;
  for (unsigned i = 0; i < format->operand_count; i++) {
    bool bound = maker->alias ? maker->alias->bindings[i].written &&
                                    maker->alias->bindings[i].value == (int64_t)written
                              : i == written;
    if (!bound)
      continue;
    const IsaOperandInfo *operand = isa_operand((IsaOperandKind)format->operands[i]);
    if (operand->reserved || operand->pieces[0].width != 5 || operand->pieces[1].width ||
        operand->pieces[0].to)
      return 0;
    scale |= UINT32_C(1) << operand->pieces[0].at;
  }
  return scale;
}

// The one operand of the instruction that operand `written` is bound to. False: there are several.
static bool bound_operand(const Maker *maker, unsigned written, uint32_t *index) {
  if (!maker->alias) {
    *index = written;
    return true;
  }
  unsigned count = 0;
  for (unsigned i = 0; i < isa_insn_format(maker->op)->operand_count; i++)
    if (maker->alias->bindings[i].written && maker->alias->bindings[i].value == (int64_t)written) {
      *index = i;
      count++;
    }
  return count == 1;
}

// Adds the step that reads operand `written`. False: it is of a kind that is not read here.
static bool make_operand(Maker *maker, Step *step, unsigned written, bool optional) {
  IsaOperandKind kind = (IsaOperandKind)maker->kinds[written];
  IsaOperandClass class = isa_operand(kind)->operand_class;
  switch (class) {
  case ISA_CLASS_GPR:
  case ISA_CLASS_FPR:
  case ISA_CLASS_VR:
    step->kind = STEP_REGISTER;
    step->what = (uint8_t)class;
    step->scale = isa_operand(kind)->reserved ? 0 : register_scale(maker, written);
    return step->scale && !optional;
  case ISA_CLASS_SIGNED:
  case ISA_CLASS_UNSIGNED:
  case ISA_CLASS_UPPER:
    step->kind = STEP_NUMBER;
    break;
  case ISA_CLASS_PCREL:
    step->kind = STEP_LABEL;
    break;
  case ISA_CLASS_ROUNDING:
    step->kind = STEP_ROUNDING;
    break;
  case ISA_CLASS_MASK:
    step->kind = STEP_MASK;
    break;
  default:
    return false;
  }
  bool may_be_left_out = step->kind == STEP_ROUNDING || step->kind == STEP_MASK;
  if (may_be_left_out != optional || !bound_operand(maker, written, &step->scale))
    return false;
  // Numbers are put where the instruction has them: it must have them alike.
  step->what = isa_insn_format(maker->op)->operands[step->scale];
  return step->what == kind && (step->kind != STEP_NUMBER || maker->assembler->quick->numbers[kind].count);
}

// The steps for a syntax (see isa/formats.def).
static bool make_steps(Maker *maker, const char *syntax) {
  Step step = {0};
  unsigned characters = 0;
  for (const char *s = syntax; *s; s++) {
    bool optional = *s == '?';
    if (optional)
      s++;
    if (optional || is_digit(*s)) {
      if (!make_operand(maker, &step, (unsigned)(*s - '0'), optional))
        return false;
      maker->form->steps[maker->steps++] = step;
      step = (Step){0};
      characters = 0;
    } else if ((*s == ',' || *s == '(' || *s == ')') && characters < sizeof step.before) {
      step.before[characters++] = *s;
    } else {
      return false;
    }
  }
  maker->form->steps[maker->steps] = step; // STEP_END
  return true;
}

// Puts what an alias fixes, and the defaults of what may be left out, into the word.
static void make_word(const Maker *maker) {
  const IsaFormatInfo *format = isa_insn_format(maker->op);
  uint32_t word = isa_insn(maker->op)->match;
  for (unsigned i = 0; i < format->operand_count; i++) {
    IsaOperandKind kind = (IsaOperandKind)format->operands[i];
    IsaOperandClass class = isa_operand(kind)->operand_class;
    if (maker->alias && !maker->alias->bindings[i].written)
      word = isa_operand_insert(word, kind, maker->alias->bindings[i].value);
    else if (class == ISA_CLASS_ROUNDING || class == ISA_CLASS_MASK)
      word = isa_operand_insert(word, kind, isa_operand_default(kind));
  }
  maker->form->word = word;
}

static void make_instruction(Assembler *assembler, QuickForm *form, const Candidate *candidate) {
  Maker maker = {.assembler = assembler, .form = form};
  const char *syntax;
  if (candidate->alias) {
    maker.alias = isa_alias(candidate->row);
    maker.op = (IsaOp)maker.alias->op;
    maker.kinds = maker.alias->operands;
    syntax = maker.alias->syntax;
  } else {
    maker.op = (IsaOp)candidate->row;
    maker.kinds = isa_insn_format(maker.op)->operands;
    syntax = isa_insn_format(maker.op)->syntax;
  }
  const IsaInsnInfo *insn = isa_insn(maker.op);
  // What the machine must be asked about (check_machine), and unimp, which is compressed in a way of its own.
  if (insn->extension == ISA_EXT_XKILNTILE || insn->extension == ISA_EXT_XKILNDMA ||
      (maker.alias && maker.op == ISA_CSRRW))
    return;
  form->op = (uint16_t)maker.op;
  bool checked = insn->flags & ISA_VECTOR && !(insn->flags & ISA_STORE);
  form->destination_not_0 = checked;
  form->destination_not_sources = checked && insn->flags & (ISA_WIDE_D | ISA_NO_OVERLAP);
  if (!make_steps(&maker, syntax))
    return;
  make_word(&maker);
  form->kind = QUICK_INSTRUCTION;
}

// The way to write a mnemonic that is tried first. NULL: none is enabled.
static const Candidate *first_candidate(Assembler *assembler, const NameInfo *info) {
  for (uint16_t next = info->candidate; next;) {
    const Candidate *candidate = &assembler->candidates.data[next - 1];
    next = candidate->next;
    IsaOp op = (IsaOp)(candidate->alias ? isa_alias(candidate->row)->op : candidate->row);
    if (extension_enabled(assembler, op))
      return candidate;
  }
  return NULL;
}

static void make_form(Assembler *assembler, QuickForm *form, const char *text, size_t size) {
  Name name = intern_find(&assembler->names, text, size);
  if (name == NAME_NONE || name_info(assembler, name)->macro)
    return;
  const NameInfo *info = name_info(assembler, name);
  const Candidate *candidate = first_candidate(assembler, info);
  if (info->directive) {
    form->size = (uint8_t)directive_data_size(info->directive - 1U);
    form->kind = form->size ? QUICK_DATA : directive_is_loc(info->directive - 1U) ? QUICK_LOC : QUICK_NOT;
  } else if (candidate) {
    make_instruction(assembler, form, candidate);
  } else if (info->pseudo && !info->candidate && pseudo_call_words(info->pseudo - 1U, &form->words)) {
    form->kind = QUICK_CALL;
  }
}

static inline bool is_form(const Assembler *assembler, const QuickForm *form, uint64_t first,
                           uint64_t second) {
  return form->mnemonic[0] == first && form->mnemonic[1] == second &&
         form->generation == assembler->generation;
}

static QuickForm *find_form(Assembler *assembler, const char *at, unsigned *size) {
  enum { LESS_THAN_NAMES = ' ' + 1 };
  uint64_t first = load8(at);
  uint64_t second = 0;
  *size = before_less(first, LESS_THAN_NAMES);
  if (*size == 8) {
    second = load8(at + 8);
    unsigned more = before_less(second, LESS_THAN_NAMES);
    second = lowest(second, more);
    *size += more;
  } else {
    first = lowest(first, *size);
  }
  uint64_t hash = (first ^ second * 3) * UINT64_C(0x9e3779b97f4a7c15);
  size_t slot = hash >> (64 - FORM_BITS);
  QuickForm *form = &assembler->quick->forms[slot];
  if (is_form(assembler, form, first, second))
    return form;
  // Each slot has a neighbour, for the sake of two mnemonics that would take turns.
  QuickForm *other = &assembler->quick->forms[slot ^ 1];
  if (is_form(assembler, other, first, second))
    return other;
  if (form->generation == assembler->generation && other->generation != assembler->generation)
    form = other;
  *form = (QuickForm){.mnemonic = {first, second}, .generation = assembler->generation};
  if (*size < sizeof form->mnemonic)
    make_form(assembler, form, at, *size);
  return form;
}

// Reading operands. Each moves behind what it has read, or returns NULL.

static const char *quick_register(const Assembler *assembler, const char *at, const Step *step,
                                  uint32_t *word) {
  enum { LESS_THAN_NAMES = '0' };
  uint64_t characters = load8(at);
  unsigned size = before_less(characters, LESS_THAN_NAMES);
  if (size > 4)
    return NULL;
  int64_t number;
  if (short_register(assembler, (uint32_t)lowest(characters, size), &number) != step->what + 1U)
    return NULL;
  *word |= (uint32_t)number * step->scale;
  return at + size;
}

// A decimal number, with a minus before it or not. What follows it is looked at by the next step.
static const char *quick_decimal(const char *at, int64_t *number) {
  bool negative = *at == '-';
  at += negative;
  const char *digits = at;
  int64_t value = 0;
  while (is_digit(*at) && at - digits < MOST_DIGITS)
    value = value * 10 + (*at++ - '0');
  *number = negative ? -value : value;
  // 010 is octal.
  return at == digits || (*digits == '0' && at - digits > 1) ? NULL : at;
}

static const char *quick_number(const NumberKind *kind, const char *at, uint32_t *word) {
  int64_t value;
  at = quick_decimal(at, &value);
  if (!at || value < kind->smallest || value > kind->largest || (uint32_t)value & kind->loose)
    return NULL;
  uint32_t field = (uint32_t)value & kind->mask;
  for (unsigned i = 0; i < kind->count; i++)
    *word |= (field >> kind->pieces[i].to & ((UINT32_C(1) << kind->pieces[i].width) - 1))
             << kind->pieces[i].at;
  return at;
}

// Whether a statement ends here; *next is then what ends its line.
static inline bool quick_end(const char *at, const char *end, const char **next) {
  while (*at != '\n' && asm_character_class[(unsigned char)*at] & CHARACTER_SPACE)
    at++;
  if (*at == '#')
    at = strchrnul(at, '\n');
  *next = at;
  return *at == '\n' && at < end;
}

// The symbol of a name in an expression. False: it is none that stands for a place.
static bool quick_symbol(Assembler *assembler, const char *at, size_t size, Value *value) {
  Name name = asm_intern(assembler, at, size);
  const NameInfo *info = name_info(assembler, name);
  if (!info->symbol && info->register_class)
    return false;
  if (info->symbol && symbol_at(assembler, info->symbol)->state == SYMBOL_EQUATED)
    return false;
  *value = (Value){.add = symbol_named(assembler, name, at)};
  symbol_at(assembler, value->add)->needed = true;
  return true;
}

static size_t name_size(const char *at) {
  const char *p = at;
  if (is_name_start(*p))
    while (is_name_part(*p))
      p++;
  return (size_t)(p - at);
}

static void defer(Reading *reading, const Step *step, const char *at, const Modifier *modifier) {
  reading->deferred = true;
  reading->index = step->scale;
  reading->operand.at = at;
  reading->operand.deferred = true;
  reading->operand.modifier = modifier;
}

// A name that ends the statement, as the label of a branch does.
static const char *quick_label(Assembler *assembler, const char *at, const char *end, const Step *step,
                               Reading *reading) {
  size_t size = name_size(at);
  const char *next;
  if (!size || (size == 1 && *at == '.') || !quick_end(at + size, end, &next) ||
      !quick_symbol(assembler, at, size, &reading->operand.symbolic))
    return NULL;
  defer(reading, step, at, NULL);
  return at + size;
}

// %hi(name) and the like, with the number that may be added to the name.
static const char *quick_modified(Assembler *assembler, const char *at, const Step *step, Reading *reading) {
  const char *p = at + 1;
  size_t size = name_size(p);
  const Modifier *modifier = find_modifier(p, size);
  p += size;
  if (!modifier || !operand_relocation((IsaOperandKind)step->what, modifier) || *p != '(')
    return NULL;
  const char *name = ++p;
  size = name_size(name);
  p += size;
  int64_t addend = 0;
  if (*p == '+' && p[1] != '-')
    p = quick_decimal(p + 1, &addend);
  if (!p || !size || (size == 1 && *name == '.') || *p != ')' ||
      !quick_symbol(assembler, name, size, &reading->operand.symbolic))
    return NULL;
  reading->operand.symbolic.constant = addend;
  defer(reading, step, at, modifier);
  return p + 1;
}

static const char *quick_rounding(const char *at, const Step *step, uint32_t *word) {
  for (unsigned mode = 0; mode < 8; mode++) {
    const char *name = isa_rounding_name(mode);
    if (!name || strncmp(at, name, 3) != 0 || is_name_part(at[3]))
      continue;
    IsaOperandKind kind = (IsaOperandKind)step->what;
    if (!isa_operand_fits(kind, mode))
      return NULL;
    *word = isa_operand_insert(*word, kind, mode);
    return at + 3;
  }
  return NULL;
}

static const char *quick_mask(const char *at, const Step *step, uint32_t *word) {
  if (strncmp(at, "v0.t", 4) != 0 || is_name_part(at[4]))
    return NULL;
  *word = isa_operand_insert(*word, (IsaOperandKind)step->what, 0);
  return at + 4;
}

static const char *quick_operand(Assembler *assembler, const char *at, const char *end, const Step *step,
                                 Reading *reading) {
  switch ((StepKind)step->kind) {
  case STEP_REGISTER:
    return quick_register(assembler, at, step, &reading->word);
  case STEP_NUMBER:
    if (*at == '%')
      return reading->deferred ? NULL : quick_modified(assembler, at, step, reading);
    return quick_number(&assembler->quick->numbers[step->what], at, &reading->word);
  case STEP_LABEL:
    return quick_label(assembler, at, end, step, reading);
  case STEP_ROUNDING:
    return quick_rounding(at, step, &reading->word);
  case STEP_MASK:
    return quick_mask(at, step, &reading->word);
  case STEP_END:
    break;
  }
  return at;
}

// The operands of a form; behind the last, or NULL.
static const char *quick_operands(Assembler *assembler, const QuickForm *form, const char *at,
                                  const char *end, Reading *reading) {
  const Step *step = form->steps;
  for (;; step++) {
    bool optional = step->kind == STEP_ROUNDING || step->kind == STEP_MASK;
    if (optional && *at != ',')
      continue;
    char before = optional ? ',' : step->before[0];
    if (before) {
      if (*at++ != before)
        return NULL;
      if (before == ',' && *at == ' ')
        at++;
      if (step->before[1] && *at++ != step->before[1])
        return NULL;
    }
    if (step->kind == STEP_END)
      return at;
    at = quick_operand(assembler, at, end, step, reading);
    if (!at)
      return NULL;
  }
}

// Vector registers that check_overlap may refuse.
static bool is_doubtful(const QuickForm *form, uint32_t word) {
  uint32_t destination = word >> 7 & 31;
  return (form->destination_not_0 && !destination) ||
         (form->destination_not_sources &&
          (destination == (word >> 15 & 31) || destination == (word >> 20 & 31)));
}

// Each of these reads the operands at `p` and lays down the statement. What cannot be laid down fails again
// in the common way, which says why. *next is what ends the line.

static bool quick_instruction(Assembler *assembler, const QuickForm *form, const char *p, const char *end,
                              const char **next) {
  Reading reading;
  reading.word = form->word;
  reading.deferred = false;
  reading.index = 0;
  p = quick_operands(assembler, form, p, end, &reading);
  return p && quick_end(p, end, next) && !is_doubtful(form, reading.word) &&
         emit_encoded(assembler, (IsaOp)form->op, reading.word, reading.deferred ? &reading.operand : NULL,
                      reading.index);
}

static bool quick_call(Assembler *assembler, const QuickForm *form, const char *p, const char *end,
                       const char **next) {
  size_t size = name_size(p);
  Value value;
  return size && !(size == 1 && *p == '.') && quick_end(p + size, end, next) &&
         quick_symbol(assembler, p, size, &value) && emit_call(assembler, form->words, value, p);
}

static bool quick_data(Assembler *assembler, const QuickForm *form, const char *at, const char *end,
                       const char **next) {
  Value value = {0};
  size_t size = name_size(at);
  const char *p = at + size;
  if (!size) {
    p = quick_decimal(at, &value.constant);
    if (!p || !quick_end(p, end, next))
      return false;
  } else {
    const char *other = *p == '-' ? p + 1 : p;
    size_t other_size = other > p ? name_size(other) : 0;
    bool dot = (size == 1 && *at == '.') || (other_size == 1 && *other == '.');
    Value subtracted;
    if ((other > p && !other_size) || dot || !quick_end(other + other_size, end, next) ||
        !quick_symbol(assembler, at, size, &value) ||
        (other_size && (!quick_symbol(assembler, other, other_size, &subtracted) ||
                        !value_subtract(assembler, &value, subtracted, p))))
      return false;
  }
  if (assembler->line_pending)
    line_flush(assembler);
  return append_data(assembler, value, form->size, at, (size_t)(p - at));
}

static bool quick_loc(Assembler *assembler, const char *at, const char *end, const char **next) {
  int64_t numbers[3] = {0}; // file, line, column
  unsigned count = 0;
  for (; count < 3 && is_digit(*at); count++) {
    at = quick_decimal(at, &numbers[count]);
    if (!at || numbers[count] > UINT32_MAX || is_name_part(*at))
      return false;
    if (*at == ' ')
      at++;
  }
  return count >= 2 && quick_end(at, end, next) &&
         line_place(assembler, (uint32_t)numbers[0], (uint32_t)numbers[1], (uint32_t)numbers[2]);
}

// A mnemonic or a directive.
static bool quick_operation(Assembler *assembler, const char *at, const char *end, const char **next) {
  unsigned size;
  const QuickForm *form = find_form(assembler, at, &size);
  at += size;
  if (*at == '\t' || *at == ' ')
    at++;
  switch ((QuickKind)form->kind) {
  case QUICK_INSTRUCTION:
    if (assembler->debug)
      debug_line(assembler);
    return quick_instruction(assembler, form, at, end, next);
  case QUICK_CALL:
    if (assembler->debug)
      debug_line(assembler);
    return quick_call(assembler, form, at, end, next);
  case QUICK_DATA:
    return quick_data(assembler, form, at, end, next);
  case QUICK_LOC:
    return quick_loc(assembler, at, end, next);
  case QUICK_NOT:
    break;
  }
  return false;
}

// A label that nothing has defined before, alone on its line.
static bool quick_label_definition(Assembler *assembler, const char *at, const char *end, const char **next) {
  size_t size = name_size(at);
  if (!size || at[size] != ':' || !quick_end(at + size + 1, end, next))
    return false;
  Name name = asm_intern(assembler, at, size);
  SymbolId known = name_info(assembler, name)->symbol;
  if (known && symbol_at(assembler, known)->state != SYMBOL_UNDEFINED)
    return false;
  return define_label(assembler, name, at, size);
}

// *next is what ends the line, when the statement was taken.
static bool quick_statement(Assembler *assembler, const char *at, const char *end, const char **next) {
  if (!is_name_start(*at))
    return quick_end(at, end, next);
  // Labels stand at the beginning of a line, mnemonics do not: which is tried first matters for speed alone.
  bool indented = at[-1] == '\t' || at[-1] == ' ';
  if (!indented && quick_label_definition(assembler, at, end, next))
    return true;
  return quick_operation(assembler, at, end, next) ||
         (indented && quick_label_definition(assembler, at, end, next));
}

void quick_lines(Assembler *assembler) {
  const Frame *frame = &VEC_LAST(&assembler->frames);
  const SourceText *source = &assembler->buffers.data[frame->buffer]->source;
  if (source->size < REACH)
    return;
  const char *last = source->text + source->size - REACH;
  const char *end = frame->end;
  const char *at = assembler->cursor;
  // The first statement of a text is not worth a look at what is before it.
  if (at == source->text)
    return;
  while (at < last && at < end) {
    while (*at == '\t' || *at == ' ')
      at++;
    assembler->statement = at;
    if (at >= last || !quick_statement(assembler, at, end, &at))
      return;
    assembler->cursor = ++at;
  }
}
