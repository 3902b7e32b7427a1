// Pseudo-instructions that expand to several instructions, or to one with a relocation of its own.
#include "asm/internal.h"

#include <stdio.h>
#include <string.h>

enum { REGISTER_ZERO = 0, REGISTER_RA = 1, REGISTER_TP = 4, REGISTER_T1 = 6 };

typedef enum PseudoKind {
  PSEUDO_LI,
  PSEUDO_LA,
  PSEUDO_ADDRESS, // auipc + op
  PSEUDO_CALL,
  PSEUDO_TAIL,
  PSEUDO_JUMP,
  PSEUDO_LOAD,
  PSEUDO_FLOAT_LOAD,
  PSEUDO_STORE,
  PSEUDO_TPREL_ADD,
  PSEUDO_EXTEND,         // slli + srai or srli
  PSEUDO_MASK_REGISTER,  // vmsge.vx, vmsgeu.vx by the comparison `op` and its complement
  PSEUDO_MASK_IMMEDIATE, // a comparison with a number by `op` with the number before it
} PseudoKind;

typedef struct Pseudo {
  const char *name;
  PseudoKind kind;
  IsaOp op;
  uint8_t relocation; // of the auipc of an address
  uint8_t bits;       // of an extension
} Pseudo;

#define RELOC(name) RELOCATION_R_RISCV_##name
static const Pseudo pseudos[] = {
    {"li", PSEUDO_LI, ISA_INVALID, 0, 0},
    {"la", PSEUDO_LA, ISA_INVALID, 0, 0},
    {"lla", PSEUDO_ADDRESS, ISA_ADDI, RELOC(PCREL_HI20), 0},
    {"lga", PSEUDO_ADDRESS, ISA_LD, RELOC(GOT_HI20), 0},
    {"la.tls.ie", PSEUDO_ADDRESS, ISA_LD, RELOC(TLS_GOT_HI20), 0},
    {"la.tls.gd", PSEUDO_ADDRESS, ISA_ADDI, RELOC(TLS_GD_HI20), 0},
    {"call", PSEUDO_CALL, ISA_JALR, 0, 0},
    {"tail", PSEUDO_TAIL, ISA_JALR, 0, 0},
    {"jump", PSEUDO_JUMP, ISA_JALR, 0, 0},
    {"lb", PSEUDO_LOAD, ISA_LB, 0, 0},
    {"lh", PSEUDO_LOAD, ISA_LH, 0, 0},
    {"lw", PSEUDO_LOAD, ISA_LW, 0, 0},
    {"ld", PSEUDO_LOAD, ISA_LD, 0, 0},
    {"lbu", PSEUDO_LOAD, ISA_LBU, 0, 0},
    {"lhu", PSEUDO_LOAD, ISA_LHU, 0, 0},
    {"lwu", PSEUDO_LOAD, ISA_LWU, 0, 0},
    {"flh", PSEUDO_FLOAT_LOAD, ISA_FLH, 0, 0},
    {"flw", PSEUDO_FLOAT_LOAD, ISA_FLW, 0, 0},
    {"fld", PSEUDO_FLOAT_LOAD, ISA_FLD, 0, 0},
    {"sb", PSEUDO_STORE, ISA_SB, 0, 0},
    {"sh", PSEUDO_STORE, ISA_SH, 0, 0},
    {"sw", PSEUDO_STORE, ISA_SW, 0, 0},
    {"sd", PSEUDO_STORE, ISA_SD, 0, 0},
    {"fsh", PSEUDO_STORE, ISA_FSH, 0, 0},
    {"fsw", PSEUDO_STORE, ISA_FSW, 0, 0},
    {"fsd", PSEUDO_STORE, ISA_FSD, 0, 0},
    {"add", PSEUDO_TPREL_ADD, ISA_ADD, 0, 0},
    {"sext.b", PSEUDO_EXTEND, ISA_SRAI, 0, 8},
    {"sext.h", PSEUDO_EXTEND, ISA_SRAI, 0, 16},
    {"zext.h", PSEUDO_EXTEND, ISA_SRLI, 0, 16},
    {"zext.w", PSEUDO_EXTEND, ISA_SRLI, 0, 32},
    {"vmsge.vx", PSEUDO_MASK_REGISTER, ISA_VMSLT_VX, 0, 0},
    {"vmsgeu.vx", PSEUDO_MASK_REGISTER, ISA_VMSLTU_VX, 0, 0},
    {"vmsge.vi", PSEUDO_MASK_IMMEDIATE, ISA_VMSGT_VI, 0, 0},
    {"vmsgeu.vi", PSEUDO_MASK_IMMEDIATE, ISA_VMSGTU_VI, 0, 0},
    {"vmslt.vi", PSEUDO_MASK_IMMEDIATE, ISA_VMSLE_VI, 0, 0},
    {"vmsltu.vi", PSEUDO_MASK_IMMEDIATE, ISA_VMSLEU_VI, 0, 0},
};

void pseudos_start(Assembler *assembler) {
  for (size_t i = 0; i < sizeof pseudos / sizeof *pseudos; i++) {
    Name name = asm_intern(assembler, pseudos[i].name, strlen(pseudos[i].name));
    name_info(assembler, name)->pseudo = (uint16_t)(i + 1);
  }
}

// A register operand, of the class that an operand of the instruction has.
static bool read_register_like(Assembler *assembler, IsaOp op, unsigned i, int64_t *number) {
  Operand operand;
  if (!read_operand(assembler, (IsaOperandKind)isa_insn_format(op)->operands[i], &operand))
    return false;
  *number = operand.value;
  return true;
}

static bool read_end(Assembler *assembler) {
  return at_statement_end(assembler) || asm_fail_here(assembler, "unexpected text after the operands");
}

static bool emit3(Assembler *assembler, IsaOp op, int64_t a, int64_t b, int64_t c) {
  int64_t operands[ISA_MAX_OPERANDS] = {a, b, c};
  return emit_op(assembler, op, operands);
}

static bool emit3_shortest(Assembler *assembler, IsaOp op, int64_t a, int64_t b, int64_t c) {
  int64_t operands[ISA_MAX_OPERANDS] = {a, b, c};
  return emit_shortest(assembler, op, operands);
}

static bool emit_constant(Assembler *assembler, int64_t rd, int64_t value) {
  ConstantSequence sequence = constant_sequence(value, assembler->extensions);
  int64_t source = REGISTER_ZERO;
  for (unsigned i = 0; i < sequence.count; i++) {
    const ConstantStep *step = &sequence.steps[i];
    IsaFormat format = (IsaFormat)isa_insn(step->op)->format;
    bool emitted;
    if (format == ISA_FORMAT_UPPER)
      emitted = emit3_shortest(assembler, step->op, rd, step->immediate, 0);
    else if (format == ISA_FORMAT_R)
      emitted = emit3_shortest(assembler, step->op, rd, rd, step->op == ISA_ADD_UW ? REGISTER_ZERO : rd);
    else
      emitted = emit3_shortest(assembler, step->op, rd, source, step->immediate);
    if (!emitted)
      return false;
    source = rd;
  }
  return true;
}

// auipc `base`, then `op` on it with the low part in place of its immediate: a computation or load into
// `data`, or a store of `data`.
static bool emit_pair(Assembler *assembler, IsaOp op, unsigned relocation, int64_t data, int64_t base,
                      Value value, const char *at) {
  SymbolId label = symbol_here(assembler);
  Name name = NAME_NONE;
  char text[32];
  snprintf(text, sizeof text, ".Lpcrel_hi%u", label);
  name = asm_intern(assembler, text, strlen(text));
  symbol_at(assembler, label)->name = name;
  uint64_t offset = current_section(assembler)->size;
  if (!emit3(assembler, ISA_AUIPC, base, 0, 0))
    return false;
  add_fixup(assembler, FIXUP_RELOCATION, ISA_OPERAND_UPPER20, relocation, offset, value, at);
  bool store = isa_insn(op)->flags & ISA_STORE;
  bool emitted = op == ISA_ADDI ? emit3(assembler, op, data, base, 0) : emit3(assembler, op, data, 0, base);
  if (!emitted)
    return false;
  Value low = {.add = label};
  add_fixup(assembler, FIXUP_RELOCATION, store ? ISA_OPERAND_STORE12 : ISA_OPERAND_IMM12,
            store ? RELOC(PCREL_LO12_S) : RELOC(PCREL_LO12_I), offset + 4, low, at);
  return true;
}

static bool read_symbolic(Assembler *assembler, Value *value, const char **at) {
  skip_space(assembler);
  *at = assembler->cursor;
  size_t size = peek_name(assembler);
  Name name = size ? intern_find(&assembler->names, *at, size) : NAME_NONE;
  if (name != NAME_NONE && name_info(assembler, name)->register_class && !name_info(assembler, name)->symbol)
    return asm_fail(assembler, *at, size, "expected a symbol");
  if (!read_expression(assembler, value))
    return false;
  // The PLT is the linker's business: the same relocation serves both spellings.
  if (strncmp(assembler->cursor, "@plt", 4) == 0 && !is_name_part(assembler->cursor[4]))
    assembler->cursor += 4;
  return true;
}

static bool assemble_li(Assembler *assembler) {
  int64_t rd = 0;
  int64_t value = 0;
  return read_register_like(assembler, ISA_ADDI, 0, &rd) && expect_character(assembler, ',') &&
         read_absolute(assembler, &value) && read_end(assembler) && emit_constant(assembler, rd, value);
}

static bool assemble_address(Assembler *assembler, const Pseudo *pseudo) {
  int64_t rd = 0;
  Value value = {0};
  const char *at = NULL;
  if (!read_register_like(assembler, ISA_ADDI, 0, &rd) || !expect_character(assembler, ',') ||
      !read_symbolic(assembler, &value, &at) || !read_end(assembler))
    return false;
  bool pic = assembler->position_independent;
  IsaOp op = pseudo->kind == PSEUDO_LA ? (pic ? ISA_LD : ISA_ADDI) : pseudo->op;
  unsigned relocation =
      pseudo->kind == PSEUDO_LA ? (pic ? RELOC(GOT_HI20) : RELOC(PCREL_HI20)) : pseudo->relocation;
  if (op == ISA_ADDI && relocation == RELOC(PCREL_HI20) && value_settle(assembler, &value, at))
    return emit_constant(assembler, rd, value.constant);
  return emit_pair(assembler, op, relocation, rd, rd, value, at);
}

CallWords call_words(int64_t link, int64_t base) {
  int64_t auipc[ISA_MAX_OPERANDS] = {base, 0};
  int64_t jalr[ISA_MAX_OPERANDS] = {link, 0, base};
  return (CallWords){isa_encode(ISA_AUIPC, auipc), isa_encode(ISA_JALR, jalr)};
}

bool pseudo_call_words(unsigned i, CallWords *words) {
  if (pseudos[i].kind == PSEUDO_CALL)
    *words = call_words(REGISTER_RA, REGISTER_RA);
  else if (pseudos[i].kind == PSEUDO_TAIL)
    *words = call_words(REGISTER_ZERO, REGISTER_T1);
  else
    return false;
  return true;
}

bool emit_call(Assembler *assembler, CallWords words, Value value, const char *at) {
  uint64_t offset = current_section(assembler)->size;
  if (!emit_word(assembler, words.auipc, 4) || !emit_word(assembler, words.jalr, 4))
    return false;
  add_fixup(assembler, FIXUP_CALL, 0, RELOC(CALL_PLT), offset, value, at);
  return true;
}

static bool assemble_call(Assembler *assembler, PseudoKind kind) {
  int64_t link = REGISTER_RA;
  int64_t base = REGISTER_RA;
  Value value = {0};
  const char *at = NULL;
  if (kind == PSEUDO_CALL && read_register(assembler, ISA_CLASS_GPR, &link)) {
    base = link;
    if (!accept_character(assembler, ','))
      return asm_fail_here(assembler,
                           "expected a comma and a symbol; to call the address in a register use jalr");
  }
  if (!read_symbolic(assembler, &value, &at))
    return false;
  if (kind != PSEUDO_CALL) {
    link = REGISTER_ZERO;
    base = REGISTER_T1;
  }
  if (kind == PSEUDO_JUMP &&
      (!expect_character(assembler, ',') || !read_register_like(assembler, ISA_ADDI, 0, &base)))
    return false;
  return read_end(assembler) && emit_call(assembler, call_words(link, base), value, at);
}

// lw rd, symbol; flw rd, symbol, rt; sw rs, symbol, rt
static bool assemble_access(Assembler *assembler, const Pseudo *pseudo) {
  int64_t data = 0;
  int64_t base = 0;
  Value value = {0};
  const char *at = NULL;
  if (!read_register_like(assembler, pseudo->op, 0, &data) || !expect_character(assembler, ',') ||
      !read_symbolic(assembler, &value, &at))
    return false;
  // An offset and a base: what is wrong with them has been said by the instruction's own form.
  skip_space(assembler);
  if (*assembler->cursor == '(') {
    assembler->failure.at = NULL;
    return false;
  }
  base = data;
  if (pseudo->kind != PSEUDO_LOAD) {
    if (!accept_character(assembler, ','))
      return asm_fail_here(assembler, "expected a comma and a register for the address");
    if (!read_register_like(assembler, ISA_ADDI, 0, &base))
      return false;
  }
  if (!read_end(assembler))
    return false;
  if (!value.add)
    return asm_fail(assembler, at, token_length(at), "expected a symbol, or an offset and a base register");
  return emit_pair(assembler, pseudo->op, RELOC(PCREL_HI20), data, base, value, at);
}

// add rd, rs, tp, %tprel_add(symbol)
static bool assemble_tprel_add(Assembler *assembler) {
  int64_t rd = 0;
  int64_t rs1 = 0;
  int64_t rs2 = 0;
  if (!read_register_like(assembler, ISA_ADD, 0, &rd) || !expect_character(assembler, ',') ||
      !read_register_like(assembler, ISA_ADD, 1, &rs1) || !expect_character(assembler, ',') ||
      !read_register_like(assembler, ISA_ADD, 2, &rs2) || !expect_character(assembler, ','))
    return false;
  skip_space(assembler);
  const char *at = assembler->cursor;
  const Modifier *modifier = NULL;
  Value value = {0};
  if (!read_modified(assembler, &modifier, &value))
    return false;
  if (!modifier || !modifier->add || rs2 != REGISTER_TP)
    return asm_fail(assembler, at, token_length(at),
                    "the fourth operand of add can only be "
                    "%%tprel_add(symbol), behind tp");
  uint64_t offset = current_section(assembler)->size;
  if (!read_end(assembler) || !emit3(assembler, ISA_ADD, rd, rs1, rs2))
    return false;
  add_fixup(assembler, FIXUP_MARK, 0, modifier->add, offset, value, at);
  return true;
}

static bool assemble_extension(Assembler *assembler, const Pseudo *pseudo) {
  int64_t rd = 0;
  int64_t rs1 = 0;
  int64_t shift = 64 - pseudo->bits;
  return read_register_like(assembler, ISA_ADDI, 0, &rd) && expect_character(assembler, ',') &&
         read_register_like(assembler, ISA_ADDI, 1, &rs1) && read_end(assembler) &&
         emit3_shortest(assembler, ISA_SLLI, rd, rs1, shift) &&
         emit3_shortest(assembler, pseudo->op, rd, rd, shift);
}

static bool emit4(Assembler *assembler, IsaOp op, int64_t a, int64_t b, int64_t c, int64_t d) {
  int64_t operands[ISA_MAX_OPERANDS] = {a, b, c, d};
  return emit_op(assembler, op, operands);
}

enum { MASKED = 0, UNMASKED = 1 };

// [, v0.t]
static bool read_optional_mask(Assembler *assembler, int64_t *mask) {
  Operand operand = {.value = UNMASKED};
  bool given = accept_character(assembler, ',');
  if (given && !read_operand(assembler, ISA_OPERAND_VM, &operand))
    return false;
  *mask = given ? MASKED : UNMASKED;
  return true;
}

// vmsge.vx vd, vs, rs[, v0.t[, temporary]] (RISC-V "V" 1.0, section 11.8)
static bool assemble_mask_register(Assembler *assembler, const Pseudo *pseudo) {
  int64_t vd = 0;
  int64_t vs = 0;
  int64_t rs = 0;
  int64_t mask = UNMASKED;
  int64_t other = -1;
  skip_space(assembler);
  const char *at = assembler->cursor;
  if (!read_register_like(assembler, ISA_VMSLT_VX, 0, &vd) || !expect_character(assembler, ',') ||
      !read_register_like(assembler, ISA_VMSLT_VX, 1, &vs) || !expect_character(assembler, ',') ||
      !read_register_like(assembler, ISA_VMSLT_VX, 2, &rs) || !read_optional_mask(assembler, &mask))
    return false;
  if (mask == MASKED && accept_character(assembler, ',') &&
      !read_register_like(assembler, ISA_VMSLT_VX, 0, &other))
    return false;
  if (!read_end(assembler))
    return false;
  if (mask == UNMASKED)
    return emit4(assembler, pseudo->op, vd, vs, rs, UNMASKED) && emit3(assembler, ISA_VMNAND_MM, vd, vd, vd);
  if (other < 0 && vd == 0)
    return asm_fail(assembler, at, token_length(at),
                    "into v0 under the mask this needs a temporary register behind v0.t");
  if (other == 0)
    return asm_fail(assembler, at, token_length(at), "the temporary register cannot be v0");
  if (other < 0)
    return emit4(assembler, pseudo->op, vd, vs, rs, MASKED) && emit3(assembler, ISA_VMXOR_MM, vd, vd, 0);
  if (!emit4(assembler, pseudo->op, other, vs, rs, UNMASKED))
    return false;
  if (vd == 0)
    return emit3(assembler, ISA_VMANDN_MM, vd, vd, other);
  return emit3(assembler, ISA_VMANDN_MM, other, 0, other) && emit3(assembler, ISA_VMANDN_MM, vd, vd, 0) &&
         emit3(assembler, ISA_VMOR_MM, vd, other, vd);
}

// vmsge.vi vd, vs, number[, v0.t]
static bool assemble_mask_immediate(Assembler *assembler, const Pseudo *pseudo) {
  int64_t vd = 0;
  int64_t vs = 0;
  int64_t number = 0;
  int64_t mask = UNMASKED;
  if (!read_register_like(assembler, pseudo->op, 0, &vd) || !expect_character(assembler, ',') ||
      !read_register_like(assembler, pseudo->op, 1, &vs) || !expect_character(assembler, ','))
    return false;
  skip_space(assembler);
  const char *at = assembler->cursor;
  if (!read_absolute(assembler, &number) || !read_optional_mask(assembler, &mask) || !read_end(assembler))
    return false;
  if (number < -15 || number > 16)
    return asm_fail(assembler, at, token_length(at), "expected an integer in the range [-15, 16]");
  // Nothing unsigned is before 0: all are at least it, none is less.
  if (number == 0 && (pseudo->op == ISA_VMSGTU_VI || pseudo->op == ISA_VMSLEU_VI))
    return emit4(assembler, pseudo->op == ISA_VMSGTU_VI ? ISA_VMSEQ_VV : ISA_VMSNE_VV, vd, vs, vs, mask);
  return emit4(assembler, pseudo->op, vd, vs, number - 1, mask);
}

bool assemble_pseudo(Assembler *assembler, unsigned i) {
  const Pseudo *pseudo = &pseudos[i];
  switch (pseudo->kind) {
  case PSEUDO_LI:
    return assemble_li(assembler);
  case PSEUDO_LA:
  case PSEUDO_ADDRESS:
    return assemble_address(assembler, pseudo);
  case PSEUDO_CALL:
  case PSEUDO_TAIL:
  case PSEUDO_JUMP:
    return assemble_call(assembler, pseudo->kind);
  case PSEUDO_LOAD:
  case PSEUDO_FLOAT_LOAD:
  case PSEUDO_STORE:
    return assemble_access(assembler, pseudo);
  case PSEUDO_TPREL_ADD:
    return assemble_tprel_add(assembler);
  case PSEUDO_EXTEND:
    return assemble_extension(assembler, pseudo);
  case PSEUDO_MASK_REGISTER:
    return assemble_mask_register(assembler, pseudo);
  case PSEUDO_MASK_IMMEDIATE:
    return assemble_mask_immediate(assembler, pseudo);
  }
  return false;
}
