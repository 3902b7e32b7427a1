// Reads the text forms back: what ir_print and mir_print write (for -start-after, so that each pass is tested
// alone).
#include "target/ir/vector.h"

#include <ctype.h>
#include <string.h>

typedef struct Parser {
  Target *target;
  SourceText source;
  const char *at;
  Function *f;
  VEC(IrValue) values; // by number in the text; IR_NONE: not met
  VEC(uint32_t) pairs; // of phis: phi, predecessor, value
  bool failed;
} Parser;

static bool fail(Parser *p, const char *what) {
  if (!p->failed)
    diagnose(p->target->diagnostics, DIAGNOSTIC_ERROR,
             place_in(&p->source, (size_t)(p->at - p->source.text), 0), "%s", what);
  p->failed = true;
  return false;
}

// --- words
// --------------------------------------------------------------------------------------------------

// Blanks, and comments up to the end of the line, but not the line's end.
static void skip_blanks(Parser *p) {
  while (*p->at == ' ' || *p->at == '\t')
    p->at++;
}

static void skip_lines(Parser *p) {
  for (;;) {
    while (isspace((unsigned char)*p->at))
      p->at++;
    if (*p->at != ';')
      return;
    while (*p->at && *p->at != '\n')
      p->at++;
  }
}

static bool accept(Parser *p, const char *word) {
  skip_blanks(p);
  size_t size = strlen(word);
  if (strncmp(p->at, word, size) != 0)
    return false;
  p->at += size;
  return true;
}

static bool expect(Parser *p, const char *word) {
  if (accept(p, word))
    return true;
  Text message = {0};
  text_format(&message, "'%s' is expected here", word);
  fail(p, text_string(&message));
  text_free(&message);
  return false;
}

static int64_t parse_number(Parser *p) {
  skip_blanks(p);
  char *end = NULL;
  bool negative = *p->at == '-';
  const char *digits = p->at + (negative || *p->at == '+');
  if (!isdigit((unsigned char)*digits)) {
    fail(p, "a number is expected here");
    return 0;
  }
  uint64_t magnitude = strtoull(digits, &end, 0);
  p->at = end;
  return (int64_t)(negative ? 0 - magnitude : magnitude);
}

static uint32_t parse_small(Parser *p, uint64_t limit) {
  int64_t n = parse_number(p);
  if (n < 0 || (uint64_t)n >= limit) {
    fail(p, "this number is out of range");
    return 0;
  }
  return (uint32_t)n;
}

enum { MAX_NUMBER = 1 << 24, MAX_WORD = 64 };

static bool word_char(char c) {
  return isalnum((unsigned char)c) || c == '_';
}

static void parse_word(Parser *p, char *word) {
  skip_blanks(p);
  size_t size = 0;
  while (word_char(*p->at) && size + 1 < MAX_WORD)
    word[size++] = *p->at++;
  word[size] = '\0';
}

// @name or @"name".
static SymbolId parse_symbol(Parser *p) {
  bool quoted = *p->at == '"';
  const char *start = p->at + quoted;
  const char *end = start;
  while (*end && (quoted ? *end != '"' : (word_char(*end) || *end == '.' || *end == '$')))
    end++;
  if (end == start)
    fail(p, "a name is expected here");
  char *name = arena_copy_text(&p->target->arena, start, (size_t)(end - start));
  p->at = end + (quoted && *end);
  return target_symbol(p->target, name);
}

static uint32_t parse_block(Parser *p) {
  return expect(p, "block") ? parse_small(p, MAX_NUMBER) : 0;
}

static void parse_slots(Parser *p) {
  for (skip_lines(p); accept(p, "slot"); skip_lines(p)) {
    (void)parse_number(p);
    FrameSlot slot = {0};
    bool ok = expect(p, ":");
    slot.size = parse_small(p, UINT32_MAX);
    ok = ok && expect(p, "bytes, align");
    slot.alignment = parse_small(p, MAX_NUMBER);
    slot.incoming = accept(p, ", at entry");
    if (slot.incoming)
      slot.from_entry = parse_number(p);
    VEC_PUSH(&p->f->slots, slot);
    if (!ok)
      return;
  }
}

// --- the SSA form
// -------------------------------------------------------------------------------------------

static IrType type_of_word(const char *word) {
  static const char *const floats[] = {"half", "bfloat", "float", "double"};
  for (int i = 0; i < 4; i++)
    if (strcmp(word, floats[i]) == 0)
      return (IrType)(IR_HALF + i);
  if (word[0] != 'i' || !isdigit((unsigned char)word[1]))
    return ir_group_of_name(word);
  unsigned long bits = strtoul(word + 1, NULL, 10);
  return bits >= 1 && bits <= 64 ? (IrType)bits : IR_VOID;
}

static IrType parse_type(Parser *p) {
  char word[MAX_WORD];
  parse_word(p, word);
  IrType type = type_of_word(word);
  if (type == IR_VOID)
    fail(p, "a type is expected here");
  return type;
}

static IrValue numbered(Parser *p, uint32_t number) {
  while (p->values.count <= number)
    VEC_PUSH(&p->values, IR_NONE);
  if (p->values.data[number] == IR_NONE)
    p->values.data[number] = ir_add(p->f, IR_COPY, IR_VOID, 0, NULL);
  return p->values.data[number];
}

static IrValue parse_constant(Parser *p) {
  bool hexadecimal = strncmp(p->at, "0x", 2) == 0;
  int64_t imm = parse_number(p);
  bool typed = *p->at == ':';
  p->at += typed;
  IrType type = typed ? parse_type(p) : IR_I64;
  if (hexadecimal != ir_is_float(type))
    fail(p, "the number does not fit its type");
  return ir_leaf(p->f, hexadecimal ? IR_FCONST : IR_CONST, type, imm);
}

static IrValue parse_value(Parser *p) {
  skip_blanks(p);
  if (accept(p, "%"))
    return numbered(p, parse_small(p, MAX_NUMBER));
  if (accept(p, "@")) {
    SymbolId symbol = parse_symbol(p);
    int64_t addend = parse_number(p);
    return ir_leaf(p->f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, (int32_t)addend));
  }
  if (accept(p, "undefined:"))
    return ir_leaf(p->f, IR_UNDEFINED, parse_type(p), 0);
  if (accept(p, "slot"))
    return ir_leaf(p->f, IR_FRAME, IR_I64, parse_small(p, p->f->slots.count));
  if (accept(p, "arg")) {
    uint32_t i = parse_small(p, p->f->signature->param_count);
    return p->failed ? 0 : ir_leaf(p->f, IR_ARG, p->f->signature->params[i].type, i);
  }
  return parse_constant(p);
}

typedef VEC(ParamType) ParamList;

// Types with extensions up to `end`; "..." says that the rest is variadic.
static void parse_params(Parser *p, ParamList *list, const char *end, uint32_t *fixed) {
  while (!p->failed && !accept(p, end)) {
    (void)accept(p, ",");
    if (accept(p, "...")) {
      *fixed = (uint32_t)list->count;
      continue;
    }
    ParamType param = {.type = parse_type(p)};
    param.extension = accept(p, "signext")   ? IR_EXTEND_SIGN
                      : accept(p, "zeroext") ? IR_EXTEND_ZERO
                                             : IR_EXTEND_NONE;
    param.pair = accept(p, "low");
    param.mask = accept(p, "mask");
    VEC_PUSH(list, param);
  }
}

// (types) -> (types)
static Signature *parse_signature(Parser *p) {
  ParamList params = {0}, results = {0};
  uint32_t fixed = UINT32_MAX, none = 0;
  if (expect(p, "("))
    parse_params(p, &params, ")", &fixed);
  if (expect(p, "->") && expect(p, "("))
    parse_params(p, &results, ")", &none);
  if (!results_fit(results.data, (uint32_t)results.count))
    fail(p, "too many results");
  uint32_t count = (uint32_t)params.count;
  Signature *s = signature_new(&p->f->arena, params.data, count, fixed < count ? fixed : count, results.data,
                               p->failed ? 0 : (uint32_t)results.count);
  VEC_FREE(&params);
  VEC_FREE(&results);
  return s;
}

static IrOp parse_op(Parser *p) {
  char word[MAX_WORD];
  parse_word(p, word);
  for (int op = 0; op < IR_OP_COUNT; op++)
    if (strcmp(ir_ops[op].name, word) == 0 && !(ir_ops[op].flags & IR_LEAF))
      return (IrOp)op;
  fail(p, "there is no operation of this name");
  return IR_COPY;
}

// What follows the operation's name: .type, .predicate, .number, .flags.
static void parse_suffixes(Parser *p, IrInsn *insn) {
  static const char *const flags[] = {"signed", "volatile", "contract",    "reassociate",
                                      "nsw",    "nuw",      "approximate", "library"};
  while (*p->at == '.') {
    p->at++;
    char word[MAX_WORD];
    parse_word(p, word);
    bool known = false;
    for (size_t i = 0; i < sizeof flags / sizeof *flags && !known; i++)
      if (strcmp(word, flags[i]) == 0) {
        insn->flags |= (uint8_t)(1 << i);
        known = true;
      }
    for (int i = 0; i < IR_PREDICATE_COUNT && !known; i++)
      if (strcmp(word, ir_predicates[i]) == 0) {
        insn->aux = (uint8_t)i;
        known = true;
      }
    if (!known && isdigit((unsigned char)word[0]))
      insn->aux = (uint8_t)strtoul(word, NULL, 10);
    else if (!known && (insn->type = type_of_word(word)) == IR_VOID)
      fail(p, "this is no type, predicate or flag");
  }
}

static void parse_successors(Parser *p, IrInsn *insn, uint32_t block) {
  if (insn->op == IR_SWITCH)
    insn->imm = (int64_t)p->f->cases.count;
  for (bool first = true; *p->at && *p->at != '\n' && !p->failed; first = false) {
    (void)accept(p, ",");
    uint32_t to = parse_block(p);
    if (to >= p->f->blocks.count) {
      fail(p, "there is no such block");
      return;
    }
    ir_add_edge(p->f, block, to);
    if (insn->op == IR_SWITCH && !first && expect(p, "if")) {
      IrCase c = {parse_number(p)};
      VEC_PUSH(&p->f->cases, c);
    }
    skip_blanks(p);
  }
}

static void parse_operands(Parser *p, IrInsn *insn, IrValue v) {
  VEC(IrValue) operands = {0};
  int wanted = ir_ops[insn->op].operands;
  skip_blanks(p);
  bool any = wanted ? *p->at != '\n' && *p->at != ':' : false;
  while (any && !p->failed && (wanted == VARIABLE || operands.count < (size_t)wanted)) {
    if (insn->op == IR_PHI) {
      VEC_PUSH(&p->pairs, v);
      VEC_PUSH(&p->pairs, parse_block(p));
      VEC_PUSH(&p->pairs, parse_value(p));
    } else {
      VEC_PUSH(&operands, parse_value(p));
    }
    if (wanted == VARIABLE && !accept(p, ","))
      break;
    if (wanted != VARIABLE && operands.count < (size_t)wanted)
      expect(p, ",");
  }
  ir_set_operands(p->f, insn, (uint32_t)operands.count, operands.data);
  VEC_FREE(&operands);
}

// An instruction of the machine that is no compressed one.
static unsigned parse_isa_op(Parser *p) {
  skip_blanks(p);
  size_t size = strcspn(p->at, " \t\n");
  for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
    const IsaInsnInfo *info = isa_insn((IsaOp)op);
    if (isa_length(info->match) == 4 && strlen(info->mnemonic) == size &&
        memcmp(info->mnemonic, p->at, size) == 0) {
      p->at += size;
      return op;
    }
  }
  fail(p, "there is no instruction of this name");
  return 0;
}

// MNEMONIC CONFIG vl AVL into : operands, mask MASK. What is not there is left out.
static void parse_form(Parser *p, IrInsn *insn) {
  VectorForm form = {0};
  VEC(IrValue) operands = {0};
  IrValue avl = IR_NONE;
  if (insn->op == IR_MACHINE)
    form.op = (IsaOp)parse_isa_op(p);
  skip_blanks(p);
  if (*p->at == 'e' && !vector_config_parse(&p->at, &form.config))
    fail(p, "this is no vector configuration");
  if (accept(p, "vl")) {
    form.avl_max = accept(p, "max");
    form.has_avl = !form.avl_max;
    if (form.has_avl)
      avl = parse_value(p);
  }
  form.ordered = accept(p, "ordered");
  form.into = accept(p, "into");
  bool any = accept(p, ":");
  while (any && !p->failed) {
    form.masked |= accept(p, "mask");
    VEC_PUSH(&operands, parse_value(p));
    any = accept(p, ",");
  }
  if (form.has_avl)
    VEC_PUSH(&operands, avl);
  if (operands.count < (form.into ? 2U : 0U))
    fail(p, "a group and a register of it are expected here");
  ir_set_operands(p->f, insn, (uint32_t)operands.count, operands.data);
  vector_set_form(insn, form);
  VEC_FREE(&operands);
}

static void parse_insn(Parser *p, uint32_t block) {
  IrValue v = IR_NONE;
  if (accept(p, "%")) {
    v = numbered(p, parse_small(p, MAX_NUMBER));
    expect(p, "=");
  }
  IrInsn insn = {.op = (uint8_t)parse_op(p), .block = IR_NONE};
  parse_suffixes(p, &insn);
  if (insn.op == IR_ASM)
    fail(p, "inline assembly cannot be read back");
  if (v == IR_NONE)
    v = ir_add(p->f, IR_COPY, IR_VOID, 0, NULL);
  if (insn.op == IR_MACHINE || insn.op == IR_SETVL)
    parse_form(p, &insn);
  else
    parse_operands(p, &insn, v);
  if ((insn.op == IR_PART || insn.op == IR_JOIN) && expect(p, ", #"))
    insn.imm = parse_number(p);
  bool has_number = insn.op == IR_RESULT || insn.op == IR_AMO || insn.op == IR_CMPXCHG || insn.op == IR_CSR;
  if (has_number && expect(p, ", #"))
    insn.imm = parse_number(p);
  if ((insn.op == IR_CALL || insn.op == IR_TAILCALL) && expect(p, ":")) {
    insn.imm = (int64_t)p->f->signatures.count;
    VEC_PUSH(&p->f->signatures, parse_signature(p));
    p->f->has_calls |= insn.op == IR_CALL;
  }
  skip_blanks(p);
  if (ir_ops[insn.op].flags & IR_TERMINATOR && insn.op != IR_RET && insn.op != IR_UNREACHABLE &&
      insn.op != IR_TAILCALL)
    parse_successors(p, &insn, block);
  skip_blanks(p);
  if (*p->at != '\n' && *p->at != ';')
    fail(p, "this is not expected here");
  *ir_insn(p->f, v) = insn;
  ir_append(p->f, block, v);
}

static void order_phis(Parser *p) {
  Function *f = p->f;
  for (size_t i = 0; i < p->pairs.count;) {
    IrValue phi = p->pairs.data[i];
    size_t end = i;
    while (end < p->pairs.count && p->pairs.data[end] == phi)
      end += 3;
    const IrBlock *b = &f->blocks.data[ir_insn(f, phi)->block];
    IrValue *values = checked_malloc((b->pred_count + 1) * sizeof *values);
    for (uint32_t k = 0; k < b->pred_count; k++) {
      size_t at = i;
      while (at < end && p->pairs.data[at + 1] != b->preds[k])
        at += 3;
      if (at == end)
        fail(p, "a phi says nothing about a predecessor");
      values[k] = at < end ? p->pairs.data[at + 2] : 0;
    }
    ir_set_operands(f, ir_insn(f, phi), b->pred_count, values);
    free(values);
    i = end;
  }
}

// Blocks may be named before they come, so they are made first.
static uint32_t count_blocks(const Parser *p) {
  uint32_t count = 0;
  for (const char *line = p->at; line && *line && *line != '}'; line = strchr(line, '\n')) {
    line += *line == '\n';
    count += strncmp(line, "block", 5) == 0;
    if (*line == '}')
      break;
  }
  return count;
}

static void define_function(Parser *p, SymbolId id) {
  Symbol *symbol = &p->target->symbols.data[id];
  symbol->defined = symbol->function = true;
  VEC_PUSH(&p->target->order, id);
  p->f = function_new(p->target, id);
  p->values.count = p->pairs.count = 0;
}

static void parse_ir(Parser *p) {
  if (!expect(p, "@"))
    return;
  define_function(p, parse_symbol(p));
  p->f->signature = parse_signature(p);
  p->f->keeps_vectors = accept(p, "keeps-vectors");
  expect(p, "{");
  parse_slots(p);
  for (uint32_t i = count_blocks(p); i > 0; i--)
    ir_block_new(p->f);
  uint32_t block = IR_NONE;
  for (skip_lines(p); !p->failed && !accept(p, "}"); skip_lines(p)) {
    if (accept(p, "block")) {
      block = parse_small(p, p->f->blocks.count);
      expect(p, ":");
    } else if (block == IR_NONE) {
      fail(p, "a block is expected here");
    } else {
      parse_insn(p, block);
    }
  }
  if (!p->failed)
    order_phis(p);
}

// --- the machine form
// ---------------------------------------------------------------------------------------

static unsigned parse_mir_op(Parser *p) {
  skip_blanks(p);
  size_t size = 0; // pseudo-instructions are in capitals
  while (isupper((unsigned char)p->at[size]))
    size++;
  for (unsigned op = ISA_OP_COUNT + 1; op < MIR_OP_COUNT; op++) {
    const char *name = mir_op_name(op);
    if (strlen(name) == size && memcmp(name, p->at, size) == 0) {
      p->at += size;
      return op;
    }
  }
  return parse_isa_op(p);
}

// %N, %N.s, %N.d: a virtual register of integers, halves and floats, or doubles.
static MirOperand parse_virtual(Parser *p) {
  uint32_t n = parse_small(p, MAX_NUMBER);
  uint8_t class = accept(p, ".mask") ? MIR_CLASS_MASK : accept(p, ".s") ? 1 : accept(p, ".d") ? 2 : 0;
  if (class == 0 && accept(p, "."))
    class = parse_type(p);
  if (class > 2 && !ir_is_group(class))
    fail(p, "this is no class of registers");
  while (p->f->classes.count <= n)
    mir_virtual(p->f, 0);
  p->f->classes.data[n] = class;
  MirOperand operand = mir_reg(MIR_FIRST_VIRTUAL + n);
  if (accept(p, ":"))
    operand.note = (uint8_t)parse_small(p, mir_class_size(class));
  return operand;
}

static MirOperand parse_address(Parser *p, MirNote note) {
  SymbolId symbol = parse_symbol(p);
  return mir_address(p->f, note, symbol, *p->at == '+' || *p->at == '-' ? parse_number(p) : 0);
}

static MirOperand parse_mir_operand(Parser *p) {
  skip_blanks(p);
  bool low = accept(p, "%pcrel_lo");
  if (low || accept(p, "%pcrel_hi"))
    return expect(p, "@") ? parse_address(p, low ? MIR_PCREL_LO : MIR_PCREL_HI) : mir_imm(0);
  if (accept(p, "%"))
    return parse_virtual(p);
  if (accept(p, "block"))
    return mir_block(parse_small(p, p->f->mblocks.count));
  if (accept(p, "slot")) {
    uint32_t slot = parse_small(p, p->f->slots.count);
    return mir_slot(slot, (int16_t)parse_number(p));
  }
  if (accept(p, "@"))
    return parse_address(p, MIR_PLAIN);
  if (*p->at == '-' || isdigit((unsigned char)*p->at)) {
    int64_t n = parse_number(p);
    return n == (int32_t)n ? mir_imm(n) : mir_wide(p->f, n);
  }
  VectorConfig config;
  if (p->at[0] == 'e' && vector_config_parse(&p->at, &config))
    return mir_vtype(config);
  size_t size = 0;
  while (word_char(p->at[size]))
    size++;
  static const IsaOperandClass classes[] = {ISA_CLASS_GPR, ISA_CLASS_FPR, ISA_CLASS_VR, ISA_CLASS_ACC};
  for (unsigned i = 0; i < 4; i++) {
    int reg = isa_register_find(classes[i], p->at, size);
    if (reg < 0)
      continue;
    p->at += size;
    return mir_reg(32 * i + (Reg)reg);
  }
  fail(p, "this is no operand");
  return mir_reg(0);
}

static void parse_mir_insn(Parser *p, uint32_t block) {
  enum { MAX_OPERANDS = 255 };
  MirOperand operands[MAX_OPERANDS];
  uint32_t count = 0;
  unsigned op = parse_mir_op(p);
  uint8_t flags = 0;
  if (op > ISA_OP_COUNT && *p->at == '.') {
    p->at++;
    flags = (uint8_t)(parse_small(p, MIR_SIZE * 32) * MIR_SIZE);
  }
  skip_blanks(p);
  while (*p->at && *p->at != '\n' && !p->failed && count < MAX_OPERANDS) {
    operands[count++] = parse_mir_operand(p);
    if (count == 1 && accept(p, "!"))
      flags |= MIR_KEEPS;
    if (!accept(p, ","))
      break;
  }
  if (op == MIR_ASM)
    fail(p, "inline assembly cannot be read back");
  if (p->failed)
    return;
  if (op == MIR_CALL || op == MIR_CALLR)
    p->f->has_calls = true;
  MirInsn insn = mir_make(p->f, op, count, operands);
  insn.flags = flags;
  for (uint32_t i = 0; i < count; i++)
    if (operands[i].kind == MIR_REG && operands[i].value >= MIR_FIRST_VR && operands[i].value < MIR_FIRST_ACC)
      p->f->used_vectors |= UINT32_C(1) << (operands[i].value - MIR_FIRST_VR);
    else if (operands[i].kind == MIR_REG && operands[i].value < MIR_FIRST_VR &&
             mir_role(p->f, &insn, i) == ISA_ROLE_DEF)
      p->f->used_registers |= UINT64_C(1) << operands[i].value;
  mir_push(p->f, block, insn);
}

static uint32_t parse_mir_label(Parser *p) {
  uint32_t block = parse_small(p, p->f->mblocks.count);
  if (p->failed || !expect(p, ":") || !expect(p, "; depth"))
    return 0;
  MirBlock *b = &p->f->mblocks.data[block];
  b->depth = parse_small(p, MAX_NUMBER);
  uint32_t most = 2;
  for (const char *c = p->at; *c && *c != '\n'; c++)
    most += *c == ',';
  b->succs = ARENA_ARRAY(&p->f->arena, uint32_t, most);
  for (const char *separator = ", to"; accept(p, separator) && b->succ_count < most && !p->failed;
       separator = ",") {
    uint32_t to = parse_block(p);
    if (to >= p->f->mblocks.count)
      fail(p, "there is no such block");
    b->succs[b->succ_count++] = to;
  }
  VEC_PUSH(&p->f->layout, block);
  return block;
}

static void parse_mir(Parser *p) {
  if (!expect(p, "@"))
    return;
  define_function(p, parse_symbol(p));
  expect(p, "outgoing");
  p->f->outgoing = parse_small(p, MAX_NUMBER);
  p->f->keeps_vectors = accept(p, "keeps-vectors");
  p->f->used_vectors =
      p->f->keeps_vectors ? UINT32_MAX : 0; // how many registers an operand stands for is not told
  expect(p, "{");
  parse_slots(p);
  // Blocks keep their numbers, of which some may be gone.
  uint32_t largest = 0;
  for (const char *line = p->at; line && *line && *line != '}'; line = strchr(line, '\n')) {
    line += *line == '\n';
    if (*line == '}')
      break;
    if (strncmp(line, "block", 5) == 0) {
      unsigned long n = strtoul(line + 5, NULL, 10);
      if (n >= MAX_NUMBER) {
        fail(p, "a block's number is out of range");
        return;
      }
      largest = n + 1 > largest ? (uint32_t)n + 1 : largest;
    }
  }
  for (uint32_t i = 0; i < largest; i++)
    mir_block_new(p->f, 0);
  bool inside = false;
  uint32_t block = 0;
  for (skip_lines(p); !p->failed && !accept(p, "}"); skip_lines(p)) {
    if (accept(p, "block")) {
      block = parse_mir_label(p);
      inside = true;
    } else if (!inside) {
      fail(p, "a block is expected here");
    } else {
      parse_mir_insn(p, block);
    }
  }
}

bool parse_forms(Target *target, const FileData *input, bool machine) {
  Parser p = {.target = target, .source = file_source(input), .at = input->data};
  for (skip_lines(&p); *p.at && !p.failed; skip_lines(&p)) {
    if (machine && accept(&p, "machine"))
      parse_mir(&p);
    else if (!machine && accept(&p, "function"))
      parse_ir(&p);
    else
      fail(&p, machine ? "'machine' is expected here" : "'function' is expected here");
  }
  VEC_FREE(&p.values);
  VEC_FREE(&p.pairs);
  return !p.failed;
}
