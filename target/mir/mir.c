// The machine form: construction and facts about its instructions.
#include "target/ir/vector.h"

#include <string.h>

typedef struct MirOpInfo {
  const char *name;
  const char *roles;
  size_t role_count;
} MirOpInfo;

static const MirOpInfo pseudos[] = {
#define MIR_OP(id, name, roles) [MIR_##id - MIR_FIRST_PSEUDO - 1] = {name, roles, sizeof roles - 1},
#include "target/mir/ops.def"
#undef MIR_OP
};

static const MirOpInfo *pseudo(unsigned op) {
  return &pseudos[op - MIR_FIRST_PSEUDO - 1];
}

// psABI: x5-x7, x10-x17, x28-x31, f0-f7, f10-f17, f28-f31 (and ra, which a call itself changes).
const uint64_t mir_caller_saved = UINT64_C(0xf003fcff) << 32 | 0xf003fce2;
const uint64_t mir_callee_saved = UINT64_C(0x0ffc0300) << 32 | 0x0ffc0300;

void mir_reserve(Function *f, MirBlock *b, uint32_t extra) {
  uint32_t doubled = b->capacity ? b->capacity * 2 : 8;
  uint32_t capacity = b->count + extra > doubled ? b->count + extra : doubled;
  if (b->count + extra <= b->capacity)
    return;
  MirInsn *insns = ARENA_ARRAY(&f->arena, MirInsn, capacity);
  if (b->count)
    memcpy(insns, b->insns, b->count * sizeof *insns);
  b->insns = insns;
  b->capacity = capacity;
}

uint32_t mir_block_new(Function *f, uint32_t depth) {
  MirBlock block = {.depth = depth, .source = IR_NONE};
  VEC_PUSH(&f->mblocks, block);
  return (uint32_t)(f->mblocks.count - 1);
}

Reg mir_virtual(Function *f, uint8_t class) {
  VEC_PUSH(&f->classes, class);
  return (Reg)(MIR_FIRST_VIRTUAL + f->classes.count - 1);
}

MirOperand mir_wide(Function *f, int64_t value) {
  MirOperand operand = {MIR_WIDE, 0, 0, (int32_t)f->wide.count};
  VEC_PUSH(&f->wide, value);
  return operand;
}

MirOperand mir_address(Function *f, MirNote note, SymbolId symbol, int64_t addend) {
  MirAddress address = {symbol, addend};
  MirOperand operand = {MIR_SYMBOL, (uint8_t)note, 0, (int32_t)f->addresses.count};
  VEC_PUSH(&f->addresses, address);
  return operand;
}

// The letter of an operand in mir/ops.def; '\0' behind the last.
static char pseudo_letter(unsigned op, uint32_t i) {
  const char *roles = pseudo(op)->roles;
  size_t last = pseudo(op)->role_count - 1;
  if (i < last)
    return roles[i];
  return roles[last] == '+' ? roles[last - 1] : i == last ? roles[last] : '\0';
}

IsaRole mir_pseudo_role(unsigned op, uint32_t i, uint8_t note) {
  switch (pseudo_letter(op, i)) {
  case 'd':
    return ISA_ROLE_DEF;
  case 'u':
    return ISA_ROLE_USE;
  case 'x':
    return note == 1 ? ISA_ROLE_DEF : ISA_ROLE_USE;
  default:
    return ISA_ROLE_NONE;
  }
}

// A mask is the register that it is in; whether a row reads its destination may depend on its fields. Behind
// a row's operands stand its configuration, which is no register, and the AVL.
enum {
#define OPERAND(id, class, role, reserved, ...)                                                              \
  ROLE_OF_##id = ISA_CLASS_##class == ISA_CLASS_MASK ? ISA_ROLE_USE                                          \
                 : ISA_ROLE_##role & ISA_ROLE_DEF    ? ISA_ROLE_DEF                                          \
                                                     : ISA_ROLE_##role,
#include "isa/operands.def"
#undef OPERAND
  ROLE_OF_AVL = ISA_ROLE_USE,
  ROLE_OF_ = ISA_ROLE_USE, // the one "operand" of an empty list
};

#define ROLES(a, b, c, d, e, f, g, h, ...)                                                                   \
  (ROLE_OF_##a | ROLE_OF_##b << 2 | ROLE_OF_##c << 4 | ROLE_OF_##d << 6 | ROLE_OF_##e << 8 |                 \
   ROLE_OF_##f << 10 | ROLE_OF_##g << 12 | ROLE_OF_##h << 14)

const uint16_t mir_format_roles[ISA_FORMAT_COUNT] = {
#define FORMAT(id, syntax, ...) ROLES(__VA_ARGS__, AVL, AVL, AVL, AVL, AVL, AVL, AVL, AVL, ),
#include "isa/formats.def"
#undef FORMAT
};
_Static_assert(ISA_MAX_OPERANDS + 2 <= 8, "a format's roles fit one word");

// Where the elements of destination and source differ in width, only some overlaps are allowed (V extension,
// "Vector Operands"); those of two groups that begin with the same register are made use of.
bool mir_is_late(const Function *f, const MirInsn *insn, uint32_t i) {
  if (insn->op >= ISA_OP_COUNT || i == 0)
    return false;
  const IsaFormatInfo *format = isa_insn_format((IsaOp)insn->op);
  uint32_t flags = isa_insn((IsaOp)insn->op)->flags;
  if (i >= format->operand_count || format->operands[0] >= ISA_OPERAND_COUNT)
    return false;
  const IsaOperandInfo *to = isa_operand((IsaOperandKind)format->operands[0]);
  const IsaOperandInfo *from = isa_operand((IsaOperandKind)format->operands[i]);
  bool mask = from->operand_class == ISA_CLASS_MASK || format->operands[i] == ISA_OPERAND_V0;
  if (to->operand_class != ISA_CLASS_VR || !mir_writes(to->role) ||
      (from->operand_class != ISA_CLASS_VR && !mask) || mir_operands(f, insn)[i].kind != MIR_REG)
    return false;
  if (flags & ISA_NO_OVERLAP)
    return true;
  if (mask)
    return !(flags & (ISA_MASK_D | ISA_SCALAR_D));
  if (flags & ISA_SCALAR_D)
    return false;
  if (flags & (ISA_INDEXED | ISA_HALF_2 | ISA_QUARTER_2 | ISA_EIGHTH_2))
    return true;
  bool second = format->operands[i] == ISA_OPERAND_VS2;
  if (flags & ISA_WIDE_D)
    return !(second && flags & ISA_WIDE_2);
  bool wider = (flags & ISA_WIDE_2 && second) || (flags & ISA_MASK_D && !(flags & ISA_MASK_S));
  Reg reg = (Reg)mir_operands(f, insn)[i].value;
  return wider && reg >= MIR_FIRST_VIRTUAL && mir_class_size(f->classes.data[reg - MIR_FIRST_VIRTUAL]) > 1;
}

const char *mir_op_name(unsigned op) {
  return op < ISA_OP_COUNT ? isa_insn((IsaOp)op)->mnemonic : pseudo(op)->name;
}

bool mir_is_terminator(unsigned op) {
  return op == MIR_RET || op == MIR_JUMP || op == MIR_JUMPTABLE || op == MIR_TAIL || op == MIR_TAILR ||
         op == ISA_EBREAK || (op < ISA_OP_COUNT && isa_insn((IsaOp)op)->flags & ISA_BRANCH);
}

const char *mir_register_name(Reg reg) {
  static const IsaOperandClass classes[] = {ISA_CLASS_GPR, ISA_CLASS_FPR, ISA_CLASS_VR, ISA_CLASS_ACC};
  return isa_register_name(classes[reg / 32], reg % 32);
}

static void print_register(Text *out, const Function *f, MirOperand o) {
  static const char *const classes[] = {"", ".s", ".d"};
  Reg reg = (Reg)o.value;
  if (reg < MIR_FIRST_VIRTUAL) {
    text_append_string(out, mir_register_name(reg));
    return;
  }
  uint8_t class = f->classes.data[reg - MIR_FIRST_VIRTUAL];
  text_format(out, "%%%u%s", reg - MIR_FIRST_VIRTUAL,
              class == MIR_CLASS_MASK   ? ".mask"
              : class < IR_FIRST_VECTOR ? classes[class]
                                        : ".");
  if (class >= IR_FIRST_VECTOR && class != MIR_CLASS_MASK)
    ir_group_name(out, class);
  if (o.note)
    text_format(out, ":%u", o.note);
}

static void print_operand(Text *out, const Target *target, const Function *f, MirOperand o) {
  static const char *const notes[] = {"", "%pcrel_hi ", "%pcrel_lo "};
  switch (o.kind) {
  case MIR_REG:
    print_register(out, f, o);
    break;
  case MIR_IMM:
    text_format(out, "%d", o.value);
    break;
  case MIR_VTYPE:
    vector_config_print(out, mir_vtype_config(o));
    break;
  case MIR_WIDE:
    text_format(out, "%lld", (long long)f->wide.data[o.value]);
    break;
  case MIR_BLOCK:
    text_format(out, "block%d", o.value);
    break;
  case MIR_SYMBOL: {
    const MirAddress *a = &f->addresses.data[o.value];
    text_format(out, "%s@\"%s\"", notes[o.note], target->symbols.data[a->symbol].name);
    if (a->addend)
      text_format(out, "%+lld", (long long)a->addend);
    break;
  }
  default:
    text_format(out, "slot%d%+d", o.value, o.extra);
    break;
  }
}

void mir_print(Text *out, const Target *target, Function *f) {
  text_format(out, "machine @\"%s\" outgoing %u%s {\n", target->symbols.data[f->symbol].name, f->outgoing,
              f->keeps_vectors ? " keeps-vectors" : "");
  slots_print(out, f, "  ");
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    text_format(out, "block%u: ; depth %u", f->layout.data[k], b->depth);
    for (uint32_t s = 0; s < b->succ_count; s++)
      text_format(out, "%sblock%u", s ? ", " : ", to ", b->succs[s]);
    text_append_char(out, '\n');
    for (uint32_t i = 0; i < b->count; i++) {
      const MirInsn *insn = &b->insns[i];
      text_format(out, "  %s", mir_op_name(insn->op));
      if (insn->flags >= MIR_SIZE)
        text_format(out, ".%u", insn->flags / MIR_SIZE);
      for (uint32_t o = 0; o < insn->count; o++) {
        text_append_string(out, o ? ", " : " ");
        print_operand(out, target, f, mir_operands(f, insn)[o]);
        if (o == 0 && insn->flags & MIR_KEEPS)
          text_append_char(out, '!');
      }
      text_append_char(out, '\n');
    }
  }
  text_append_string(out, "}\n");
}

static bool bad(Target *target, const Function *f, const char *after, const char *what, uint32_t block,
                uint32_t insn) {
  diagnose(target->diagnostics, DIAGNOSTIC_ERROR, place_named(target->symbols.data[f->symbol].name),
           "internal error: after pass '%s': %s (block %u, instruction %u)", after, what, block, insn);
  return false;
}

static bool verify_operand(const Function *f, const MirInsn *insn, uint32_t i, bool allocated,
                           const char **what) {
  MirOperand o = mir_operands(f, insn)[i];
  if (o.kind == MIR_BLOCK && (uint32_t)o.value >= f->mblocks.count)
    *what = "a target that does not exist";
  if (o.kind == MIR_REG && (uint32_t)o.value >= MIR_FIRST_VIRTUAL + f->classes.count)
    *what = "a register that does not exist";
  if (o.kind == MIR_REG && allocated && o.value >= MIR_FIRST_VIRTUAL)
    *what = "a virtual register after allocation";
  if (insn->op < ISA_OP_COUNT && i >= isa_insn_format((IsaOp)insn->op)->operand_count) {
    bool first = i == isa_insn_format((IsaOp)insn->op)->operand_count;
    if (first ? o.kind != MIR_VTYPE : o.kind != MIR_REG && o.kind != MIR_IMM)
      *what = "an operand of the wrong kind";
  } else if (insn->op < ISA_OP_COUNT) {
    IsaOperandKind kind = (IsaOperandKind)isa_insn_format((IsaOp)insn->op)->operands[i];
    IsaOperandClass class = isa_operand(kind)->operand_class;
    if (class == ISA_CLASS_MASK && o.kind == MIR_REG)
      class = ISA_CLASS_VR;
    bool is_register =
        class == ISA_CLASS_GPR || class == ISA_CLASS_FPR || class == ISA_CLASS_VR || class == ISA_CLASS_ACC;
    Reg file = class == ISA_CLASS_FPR   ? MIR_FIRST_FPR
               : class == ISA_CLASS_VR  ? MIR_FIRST_VR
               : class == ISA_CLASS_ACC ? MIR_FIRST_ACC
                                        : 0;
    bool fits = is_register ? o.kind == MIR_REG
                            : o.kind == MIR_IMM || (o.kind == MIR_BLOCK && class == ISA_CLASS_PCREL) ||
                                  ((o.kind == MIR_SLOT || (o.kind == MIR_SYMBOL && o.note == MIR_PCREL_LO)) &&
                                   class == ISA_CLASS_SIGNED && i == 1 && insn->count == 3);
    if (!fits)
      *what = "an operand of the wrong kind";
    else if (is_register && o.value < MIR_FIRST_VIRTUAL && (Reg)o.value / 32 * 32 != file)
      *what = "a register of the wrong class";
    else if (is_register && o.value >= MIR_FIRST_VIRTUAL &&
             mir_class_file(f->classes.data[o.value - MIR_FIRST_VIRTUAL]) != file)
      *what = "a virtual register of the wrong class";
    else if (o.kind == MIR_IMM && !isa_operand_fits(kind, o.value))
      *what = "an immediate that does not fit";
  }
  return !*what;
}

static bool pseudo_operand_fits(char role, uint8_t kind) {
  switch (role) {
  case 'i':
    return kind == MIR_IMM || kind == MIR_WIDE;
  case 'a':
    return kind == MIR_SYMBOL;
  case 'f':
    return kind == MIR_SLOT;
  case 'b':
    return kind == MIR_BLOCK;
  case '\0':
    return false;
  default:
    return kind == MIR_REG;
  }
}

static bool pseudo_fits(const Function *f, const MirInsn *insn) {
  const char *roles = pseudo(insn->op)->roles;
  size_t size = strlen(roles);
  if (insn->count < (roles[size - 1] == '+' ? size - 2 : size))
    return false;
  for (uint32_t o = 0; o < insn->count; o++)
    if (!pseudo_operand_fits(pseudo_letter(insn->op, o), mir_operands(f, insn)[o].kind))
      return false;
  return true;
}

bool mir_verify(Target *target, Function *f, const char *after, bool allocated) {
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    const MirBlock *b = &f->mblocks.data[block];
    if (!b->count && k + 1 == f->layout.count)
      return bad(target, f, after, "an end that leads nowhere", block, 0);
    for (uint32_t i = 0; i < b->count; i++) {
      const MirInsn *insn = &b->insns[i];
      const char *what = NULL;
      uint32_t own = insn->op < ISA_OP_COUNT ? isa_insn_format((IsaOp)insn->op)->operand_count : 0;
      bool vector = insn->op < ISA_OP_COUNT && isa_insn((IsaOp)insn->op)->flags & ISA_VECTOR;
      if (insn->op < ISA_OP_COUNT && insn->count != own && !(vector && insn->count <= own + 2))
        what = "a wrong number of operands";
      if (insn->op > ISA_OP_COUNT && !pseudo_fits(f, insn))
        what = "operands that do not fit the pseudo-instruction";
      for (uint32_t o = 0; o < insn->count && !what; o++)
        verify_operand(f, insn, o, allocated, &what);
      if (!what && i + 1 < b->count && mir_is_terminator(insn->op) && !mir_is_terminator(b->insns[i + 1].op))
        what = "code behind a terminator";
      if (what)
        return bad(target, f, after, what, block, i);
    }
  }
  return true;
}
