// Vectors, masks and accumulators in the SSA form: types, construction, and what is known of each
// instruction's operands.
#include "target/ir/vector.h"

#include <string.h>

// --- types
// --------------------------------------------------------------------------------------------------

enum { LARGEST_GROUP = 16 };

IrType ir_vector(unsigned registers, unsigned alignment) {
  return (IrType)(IR_FIRST_VECTOR + IR_GROUPS_PER_ALIGNMENT * (unsigned)__builtin_ctz(alignment) + registers);
}

IrType ir_accumulators(unsigned count) {
  return (IrType)(IR_FIRST_ACCUMULATORS + (unsigned)__builtin_ctz(count));
}

void ir_group_name(Text *out, IrType type) {
  if (ir_is_accumulators(type))
    text_format(out, "acc%u", ir_group_size(type));
  else if (ir_group_alignment(type) > 1)
    text_format(out, "v%ua%u", ir_group_size(type), ir_group_alignment(type));
  else
    text_format(out, "v%u", ir_group_size(type));
}

static bool is_group_number(unsigned long n) {
  return n == 1 || n == 2 || n == 4 || n == 8 || n == 16;
}

IrType ir_group_of_name(const char *name) {
  bool accumulators = strncmp(name, "acc", 3) == 0;
  if (!accumulators && name[0] != 'v')
    return IR_VOID;
  char *end = NULL;
  unsigned long size = strtoul(name + (accumulators ? 3 : 1), &end, 10), alignment = 1;
  if (accumulators)
    return is_group_number(size) && !*end ? ir_accumulators((unsigned)size) : IR_VOID;
  if (*end == 'a')
    alignment = strtoul(end + 1, &end, 10);
  bool fits = size >= 1 && size <= LARGEST_GROUP && is_group_number(alignment) && alignment <= 8 && !*end;
  return fits ? ir_vector((unsigned)size, (unsigned)alignment) : IR_VOID;
}

// --- what an instruction holds beside its operands
// -------------------------------------------------------

enum {
  FORM_SEW = 16,
  FORM_LMUL = 24,
  FORM_TAIL = 32,
  FORM_MASK = 33,
  FORM_AVL = 34,
  FORM_AVL_MAX = 35,
  FORM_MASKED = 36,
  FORM_INTO = 37,
  FORM_ORDERED = 38
};

static int64_t pack_form(VectorForm form) {
  uint64_t bits = (uint64_t)form.op | (uint64_t)form.config.sew << FORM_SEW |
                  (uint64_t)(uint8_t)form.config.lmul << FORM_LMUL |
                  (uint64_t)form.config.tail_undisturbed << FORM_TAIL |
                  (uint64_t)form.config.mask_undisturbed << FORM_MASK | (uint64_t)form.has_avl << FORM_AVL |
                  (uint64_t)form.avl_max << FORM_AVL_MAX | (uint64_t)form.masked << FORM_MASKED |
                  (uint64_t)form.into << FORM_INTO | (uint64_t)form.ordered << FORM_ORDERED;
  return (int64_t)bits;
}

VectorForm vector_form(const IrInsn *insn) {
  uint64_t bits = (uint64_t)insn->imm;
  VectorForm form = {.op = (IsaOp)(bits & 0xffff)};
  form.config.sew = (uint8_t)(bits >> FORM_SEW);
  form.config.lmul = (int8_t)(uint8_t)(bits >> FORM_LMUL);
  form.config.tail_undisturbed = bits >> FORM_TAIL & 1;
  form.config.mask_undisturbed = bits >> FORM_MASK & 1;
  form.has_avl = bits >> FORM_AVL & 1;
  form.avl_max = bits >> FORM_AVL_MAX & 1;
  form.masked = bits >> FORM_MASKED & 1;
  form.into = bits >> FORM_INTO & 1;
  form.ordered = bits >> FORM_ORDERED & 1;
  return form;
}

void vector_set_form(IrInsn *insn, VectorForm form) {
  insn->imm = pack_form(form);
}

void vector_set_ordered(IrInsn *insn) {
  VectorForm form = vector_form(insn);
  form.ordered = true;
  vector_set_form(insn, form);
}

static bool is_group_class(IsaOperandClass class) {
  return class == ISA_CLASS_VR || class == ISA_CLASS_ACC;
}

static bool is_left_out(IsaOperandKind kind) {
  IsaOperandClass class = isa_operand(kind)->operand_class;
  return class == ISA_CLASS_ROUNDING || class == ISA_CLASS_ORDERING;
}

// Below its offset vslideup leaves the destination as it is.
static bool always_keeps(IsaOp op) {
  return op == ISA_VSLIDEUP_VX || op == ISA_VSLIDEUP_VI;
}

VectorLayout vector_layout(const Function *f, const IrInsn *insn) {
  VectorForm form = vector_form(insn);
  const IsaFormatInfo *format = isa_insn_format(form.op);
  VectorLayout layout = {{0}, false, 0};
  const IrValue *x = ir_operands_const(f, insn);
  bool config_keeps = form.config.tail_undisturbed || form.config.mask_undisturbed || always_keeps(form.op);
  for (unsigned i = 0; i < format->operand_count; i++) {
    const IsaOperandInfo *info = isa_operand((IsaOperandKind)format->operands[i]);
    if (info->role == ISA_ROLE_BOTH || (info->role == ISA_ROLE_DEF && info->operand_class == ISA_CLASS_VR))
      layout.keeps = info->role == ISA_ROLE_BOTH || config_keeps;
  }
  // .z is the last operand of its format, and the only thing of which the destination's role depends.
  if (format->operand_count && !form.has_avl && insn->operand_count &&
      isa_operand((IsaOperandKind)format->operands[format->operand_count - 1])->operand_class ==
          ISA_CLASS_OVERWRITE &&
      ir_is_const(f, x[insn->operand_count - 1]) && ir_insn(f, x[insn->operand_count - 1])->imm)
    layout.keeps = false;
  unsigned next = form.into ? 2 : layout.keeps;
  for (unsigned i = 0; i < format->operand_count; i++) {
    IsaOperandKind kind = (IsaOperandKind)format->operands[i];
    const IsaOperandInfo *info = isa_operand(kind);
    bool mask = info->operand_class == ISA_CLASS_MASK;
    if (info->role == ISA_ROLE_DEF || info->role == ISA_ROLE_BOTH)
      layout.slot[i] = VECTOR_RESULT;
    else if (is_left_out(kind) || (mask && !form.masked))
      layout.slot[i] = VECTOR_ABSENT;
    else
      layout.slot[i] = (int8_t)next++;
  }
  layout.count = next + form.has_avl;
  return layout;
}

// --- groups
// -------------------------------------------------------------------------------------------------

// A group of EMUL 2^emul; with fields, so many of them.
static VectorGroup group_of(int emul, unsigned fields) {
  VectorGroup none = {0, 0};
  if (emul > 3 || emul < -3)
    return none;
  unsigned registers = emul > 0 ? 1U << emul : 1;
  if (registers * fields > 8)
    return none;
  return (VectorGroup){(uint8_t)(registers * fields), (uint8_t)registers};
}

static int log2_of(unsigned x) {
  return __builtin_ctz(x ? x : 1);
}

typedef enum OperandPlace {
  PLACE_DESTINATION,
  PLACE_VS1,
  PLACE_VS2,
  PLACE_V0,
  PLACE_A,
  PLACE_B
} OperandPlace;

static OperandPlace operand_place(IsaOperandKind kind) {
  switch (kind) {
  case ISA_OPERAND_VS1:
    return PLACE_VS1;
  case ISA_OPERAND_VS2:
  case ISA_OPERAND_VS2_2:
  case ISA_OPERAND_VS2_4:
  case ISA_OPERAND_VS2_8:
    return PLACE_VS2;
  case ISA_OPERAND_V0:
    return PLACE_V0;
  case ISA_OPERAND_TILE_A:
    return PLACE_A;
  case ISA_OPERAND_TILE_B:
    return PLACE_B;
  default:
    return PLACE_DESTINATION;
  }
}

static VectorGroup memory_group(IsaOp op, OperandPlace place, VectorConfig config) {
  uint32_t flags = isa_insn(op)->flags;
  unsigned fields = flags & ISA_SEGMENT ? isa_vector_fields(op) : 1;
  int own = flags & ISA_EEW ? config.lmul + log2_of(isa_vector_eew(op)) - log2_of(config.sew) : config.lmul;
  if (flags & (ISA_MASK_D | ISA_MASK_S))
    return group_of(0, 1);
  if (place == PLACE_VS2)
    return group_of(own, 1);
  return group_of(flags & ISA_INDEXED ? config.lmul : own, fields);
}

static VectorGroup source_group(uint32_t flags, OperandPlace place, VectorConfig config) {
  int lmul = config.lmul;
  if (place == PLACE_VS1) {
    if (flags & (ISA_SCALAR_1 | ISA_MASK_1 | ISA_MASK_S))
      return group_of(0, 1);
    return group_of(flags & ISA_INDEX_16 ? lmul + 4 - log2_of(config.sew)
                    : flags & ISA_WIDE_1 ? lmul + 1
                                         : lmul,
                    1);
  }
  if (flags & (ISA_SCALAR_2 | ISA_MASK_S))
    return group_of(0, 1);
  int by = flags & ISA_WIDE_2      ? 1
           : flags & ISA_HALF_2    ? -1
           : flags & ISA_QUARTER_2 ? -2
           : flags & ISA_EIGHTH_2  ? -3
                                   : 0;
  return group_of(lmul + by, 1);
}

// The rows of Xkilntile.
static VectorGroup tile_group(IsaOp op, OperandPlace place, VectorConfig config, unsigned shape,
                              unsigned number) {
  VectorGroup rows = {(uint8_t)(1U << (shape >> 2)), 1}, columns = {(uint8_t)(1U << (shape & 3)), 1};
  switch ((IsaFormat)isa_insn(op)->format) {
  case ISA_FORMAT_TILE_MOPA:
    return place == PLACE_A ? rows : columns;
  case ISA_FORMAT_TILE_BIAS:
    return (VectorGroup){(uint8_t)number, 1};
  case ISA_FORMAT_TILE_MDW:
    return (VectorGroup){(uint8_t)(place == PLACE_A ? number + 1 : 1), 1};
  default: // kt.get and its kin: elements of 32 bits
    return group_of(config.lmul + 5 - log2_of(config.sew), 1);
  }
}

static VectorGroup accumulator_group(IsaOp op, unsigned shape, unsigned number) {
  switch ((IsaFormat)isa_insn(op)->format) {
  case ISA_FORMAT_TILE_MOPA:
  case ISA_FORMAT_TILE_DRAIN:
    return (VectorGroup){(uint8_t)(1U << ((shape >> 2) + (shape & 3))), 1};
  case ISA_FORMAT_TILE_ZERO:
  case ISA_FORMAT_TILE_BIAS:
    return (VectorGroup){(uint8_t)number, 1};
  default:
    return (VectorGroup){1, 1};
  }
}

VectorGroup vector_group(IsaOp op, unsigned i, VectorConfig config, unsigned shape, unsigned number) {
  IsaOperandKind kind = (IsaOperandKind)isa_insn_format(op)->operands[i];
  IsaOperandClass class = isa_operand(kind)->operand_class;
  uint32_t flags = isa_insn(op)->flags;
  OperandPlace place = operand_place(kind);
  VectorGroup none = {0, 0}, one = {1, 1};
  if (class == ISA_CLASS_ACC)
    return accumulator_group(op, shape, number);
  if (class == ISA_CLASS_MASK || place == PLACE_V0)
    return one;
  if (class != ISA_CLASS_VR)
    return none;
  if (flags & ISA_WHOLE) {
    uint8_t registers = (uint8_t)isa_vector_fields(op);
    return (VectorGroup){registers, registers};
  }
  if (isa_insn(op)->extension == ISA_EXT_XKILNTILE)
    return tile_group(op, place, config, shape, number);
  if (flags & (ISA_LOAD | ISA_STORE))
    return memory_group(op, place, config);
  if (place != PLACE_DESTINATION)
    return source_group(flags, place, config);
  if (flags & (ISA_MASK_D | ISA_SCALAR_D))
    return one;
  return group_of(config.lmul + (flags & ISA_WIDE_D ? 1 : 0), 1);
}

VectorGroup vector_operand_group(const Function *f, const IrInsn *insn, unsigned i) {
  VectorForm form = vector_form(insn);
  VectorLayout layout = vector_layout(f, insn);
  const IsaFormatInfo *format = isa_insn_format(form.op);
  unsigned shape = 0, number = 1;
  for (unsigned k = 0; k < format->operand_count; k++) {
    IsaOperandClass class = isa_operand((IsaOperandKind)format->operands[k])->operand_class;
    if (layout.slot[k] < 0 || (uint32_t)layout.slot[k] >= insn->operand_count)
      continue;
    const IrInsn *leaf = ir_insn(f, ir_operands_const(f, insn)[layout.slot[k]]);
    if (leaf->op == IR_CONST && class == ISA_CLASS_SHAPE)
      shape = (unsigned)leaf->imm & 15;
    else if (leaf->op == IR_CONST && (class == ISA_CLASS_LOG2 || class == ISA_CLASS_STEP))
      number = (unsigned)leaf->imm & 31;
  }
  return vector_group(form.op, i, form.config, shape, number);
}

// --- checking
// -----------------------------------------------------------------------------------------------

static const char *verify_group(const Function *f, const IrInsn *insn, unsigned i, IrType type) {
  bool accumulators =
      isa_operand((IsaOperandKind)isa_insn_format(vector_form(insn).op)->operands[i])->operand_class ==
      ISA_CLASS_ACC;
  VectorGroup wanted = vector_operand_group(f, insn, i);
  if (!wanted.size)
    return "a register group that cannot be";
  if (!ir_is_group(type) || ir_is_accumulators(type) != accumulators)
    return "an operand that is no group of registers of its kind";
  if (ir_group_size(type) != wanted.size)
    return "a group of the wrong size";
  return ir_group_alignment(type) % wanted.alignment ? "a group of too small an alignment" : NULL;
}

static const char *verify_result(const Function *f, const IrInsn *insn, unsigned i) {
  VectorForm form = vector_form(insn);
  const IrValue *x = ir_operands_const(f, insn);
  IsaOperandClass class = isa_operand((IsaOperandKind)isa_insn_format(form.op)->operands[i])->operand_class;
  if (!is_group_class(class)) {
    bool fits = class == ISA_CLASS_FPR ? ir_is_float(insn->type) : insn->type == IR_I64;
    return fits ? NULL : "a result of the wrong type";
  }
  if (!form.into) {
    if (vector_layout(f, insn).keeps && ir_type(f, x[0]) != insn->type)
      return "an old value of another type than the result's";
    return verify_group(f, insn, i, insn->type);
  }
  VectorGroup wanted = vector_operand_group(f, insn, i);
  if (!wanted.size || !ir_is_group(insn->type) || ir_type(f, x[0]) != insn->type || !ir_is_const(f, x[1]))
    return "a destination group that cannot be";
  int64_t first = ir_insn(f, x[1])->imm;
  if (first < 0 || first + wanted.size > ir_group_size(insn->type) || first % wanted.alignment ||
      ir_group_alignment(insn->type) % wanted.alignment)
    return "a destination that is not in its group";
  return NULL;
}

static const char *verify_operand(const Function *f, const IrInsn *insn, unsigned i, IrValue v) {
  IsaOperandKind kind = (IsaOperandKind)isa_insn_format(vector_form(insn).op)->operands[i];
  const IrInsn *operand = ir_insn(f, v);
  switch (isa_operand(kind)->operand_class) {
  case ISA_CLASS_VR:
  case ISA_CLASS_ACC:
    return verify_group(f, insn, i, operand->type);
  case ISA_CLASS_MASK:
    return operand->type == ir_vector(1, 1) ? NULL : "a mask of another type than v1";
  case ISA_CLASS_GPR:
    return operand->type <= IR_I64 && operand->type != IR_VOID ? NULL : "an operand that is no integer";
  case ISA_CLASS_FPR:
    return ir_is_float(operand->type) ? NULL : "an operand that is no floating value";
  default:
    return operand->op == IR_CONST && isa_operand_fits(kind, operand->imm) ? NULL
                                                                           : "an immediate that does not fit";
  }
}

static bool config_fits(VectorConfig config) {
  bool sew = config.sew == 8 || config.sew == 16 || config.sew == 32 || config.sew == 64;
  return sew && config.lmul >= -3 && config.lmul <= 3 &&
         (8 << -(config.lmul < 0 ? config.lmul : 0)) * 8 >= config.sew;
}

const char *vector_verify(const Function *f, const IrInsn *insn) {
  VectorForm form = vector_form(insn);
  if (form.op >= ISA_OP_COUNT)
    return "an instruction that does not exist";
  const IsaFormatInfo *format = isa_insn_format(form.op);
  bool vector = isa_insn(form.op)->flags & ISA_VECTOR;
  if (vector && !config_fits(form.config))
    return "an element width or group that cannot be";
  if (vector != (form.has_avl || form.avl_max))
    return vector ? "no vector length" : "a vector length that is of no use";
  VectorLayout layout = vector_layout(f, insn);
  if (layout.count != insn->operand_count)
    return "a wrong number of operands";
  bool result = false;
  for (unsigned i = 0; i < format->operand_count; i++) {
    const char *what = NULL;
    if (layout.slot[i] == VECTOR_RESULT) {
      result = true;
      what = verify_result(f, insn, i);
    } else if (layout.slot[i] >= 0) {
      what = verify_operand(f, insn, i, ir_operands_const(f, insn)[layout.slot[i]]);
    }
    if (what)
      return what;
  }
  return result == (insn->type != IR_VOID) ? NULL : "a result where there is none";
}

// --- effects
// ------------------------------------------------------------------------------------------------

// Rounding by vxrm: it is set by instructions that come before.
static bool rounds(IsaOp op) {
  switch (op) {
  case ISA_VAADDU_VV:
  case ISA_VAADDU_VX:
  case ISA_VAADD_VV:
  case ISA_VAADD_VX:
  case ISA_VASUBU_VV:
  case ISA_VASUBU_VX:
  case ISA_VASUB_VV:
  case ISA_VASUB_VX:
  case ISA_VSMUL_VV:
  case ISA_VSMUL_VX:
  case ISA_VSSRL_VV:
  case ISA_VSSRL_VX:
  case ISA_VSSRL_VI:
  case ISA_VSSRA_VV:
  case ISA_VSSRA_VX:
  case ISA_VSSRA_VI:
  case ISA_VNCLIPU_WV:
  case ISA_VNCLIPU_WX:
  case ISA_VNCLIPU_WI:
  case ISA_VNCLIP_WV:
  case ISA_VNCLIP_WX:
  case ISA_VNCLIP_WI:
    return true;
  default:
    return false;
  }
}

uint8_t vector_effects(const IrInsn *insn) {
  const IsaInsnInfo *info = isa_insn(vector_form(insn).op);
  bool unchanging = (info->flags & ISA_LOAD) && (insn->flags & IR_UNCHANGING);
  bool effect = ((info->flags & (ISA_LOAD | ISA_STORE)) && !unchanging) || insn->type == IR_VOID ||
                info->extension == ISA_EXT_XKILNDMA || info->sched == ISA_SCHED_SYSTEM ||
                info->sched == ISA_SCHED_ATOMIC || info->sched == ISA_SCHED_VSET ||
                rounds(vector_form(insn).op) || vector_form(insn).ordered;
  return effect ? IR_EFFECT : IR_PURE;
}

bool vector_is_unread_load(const IrInsn *insn) {
  uint32_t flags = isa_insn(vector_form(insn).op)->flags;
  return insn->op == IR_MACHINE && (flags & ISA_LOAD) && !(flags & ISA_FAULT_FIRST) &&
         insn->type != IR_VOID && isa_insn(vector_form(insn).op)->sched != ISA_SCHED_ATOMIC;
}

// --- building
// -----------------------------------------------------------------------------------------------

IrValue build_undefined(Builder *b, IrType type) {
  return ir_leaf(b->f, IR_UNDEFINED, type, 0);
}

IrValue build_part(Builder *b, IrType type, IrValue group, unsigned first) {
  if (ir_type(b->f, group) == type)
    return group;
  const IrInsn *whole = ir_insn(b->f, group);
  if (whole->op == IR_UNDEFINED)
    return build_undefined(b, type);
  if (whole->op == IR_PART) {
    first += (unsigned)whole->imm;
    group = whole->operands[0];
  }
  IrValue v = build(b, IR_PART, type, 1, &group);
  ir_insn(b->f, v)->imm = first;
  return v;
}

IrValue build_join(Builder *b, IrValue group, IrValue part, unsigned first) {
  if (ir_type(b->f, group) == ir_type(b->f, part))
    return part;
  IrValue operands[2] = {group, part};
  IrValue v = build(b, IR_JOIN, ir_type(b->f, group), 2, operands);
  ir_insn(b->f, v)->imm = first;
  return v;
}

static IrValue build_form(Builder *b, IrType result, VectorForm form, IrValue avl, uint32_t count,
                          const IrValue *operands) {
  enum { MOST = ISA_MAX_OPERANDS + 3 };
  IrValue all[MOST];
  uint32_t n = 0;
  for (uint32_t i = 0; i < count && n + 1 < MOST; i++)
    all[n++] = operands[i];
  form.avl_max = avl == IR_AVL_MAX;
  form.has_avl = avl != IR_NONE && !form.avl_max;
  if (form.has_avl)
    all[n++] = avl;
  IrValue v = ir_add(b->f, IR_MACHINE, result, n, all);
  vector_set_form(ir_insn(b->f, v), form);
  // One operand more than without a mask: a mask.
  form.masked = vector_layout(b->f, ir_insn(b->f, v)).count < n;
  vector_set_form(ir_insn(b->f, v), form);
  ir_insert(b->f, b->block, v);
  return v;
}

IrValue build_machine(Builder *b, IsaOp op, IrType result, VectorConfig config, IrValue avl, uint32_t count,
                      const IrValue *operands) {
  VectorForm form = {.op = op, .config = config};
  return build_form(b, result, form, avl, count, operands);
}

IrValue build_machine_into(Builder *b, IsaOp op, IrValue group, unsigned first, VectorConfig config,
                           IrValue avl, uint32_t count, const IrValue *operands) {
  VectorForm form = {.op = op, .config = config, .into = true};
  IrValue all[ISA_MAX_OPERANDS + 2] = {group, build_const(b, IR_I64, first)};
  for (uint32_t i = 0; i < count && i < ISA_MAX_OPERANDS; i++)
    all[i + 2] = operands[i];
  return build_form(b, ir_type(b->f, group), form, avl, count + 2, all);
}

IrValue build_setvl(Builder *b, IrValue avl, unsigned sew, int lmul) {
  bool most = avl == IR_AVL_MAX;
  VectorForm form = {
      .config = {.sew = (uint8_t)sew, .lmul = (int8_t)lmul}, .avl_max = most, .has_avl = !most};
  IrValue v = build(b, IR_SETVL, IR_I64, most ? 0 : 1, &avl);
  vector_set_form(ir_insn(b->f, v), form);
  return v;
}

// --- in the machine form
// ------------------------------------------------------------------------------------

enum { VTYPE_SEW = 3, VTYPE_TAIL = 6, VTYPE_MASK = 7, VTYPE_LMUL_BITS = 7 };

// V extension, "Vector type register": agnostic is 1.
int64_t vector_vtype(VectorConfig config) {
  return (config.lmul & VTYPE_LMUL_BITS) | (log2_of(config.sew) - 3) << VTYPE_SEW |
         !config.tail_undisturbed << VTYPE_TAIL | !config.mask_undisturbed << VTYPE_MASK;
}

VectorConfig vector_config_of_vtype(int64_t vtype) {
  int lmul = (int)(vtype & VTYPE_LMUL_BITS);
  return (VectorConfig){(uint8_t)(8U << (vtype >> VTYPE_SEW & 7)), (int8_t)(lmul > 3 ? lmul - 8 : lmul),
                        !(vtype >> VTYPE_TAIL & 1), !(vtype >> VTYPE_MASK & 1)};
}

MirOperand mir_vtype(VectorConfig config) {
  MirOperand operand = {MIR_VTYPE, 0, 0, (int32_t)vector_vtype(config)};
  return operand;
}

VectorConfig mir_vtype_config(MirOperand operand) {
  return vector_config_of_vtype(operand.value);
}

// --- text
// ---------------------------------------------------------------------------------------------------

void vector_config_print(Text *out, VectorConfig config) {
  text_format(out, "e%u,m%s%u", config.sew, config.lmul < 0 ? "f" : "",
              1U << (config.lmul < 0 ? -config.lmul : config.lmul));
  text_append_string(out, config.tail_undisturbed ? ",tu" : "");
  text_append_string(out, config.mask_undisturbed ? ",mu" : "");
}

// Takes the word from the start of *text if it is there.
static bool take(const char **text, const char *word) {
  size_t size = strlen(word);
  if (strncmp(*text, word, size) != 0)
    return false;
  *text += size;
  return true;
}

bool vector_config_parse(const char **text, VectorConfig *config) {
  char *end = NULL;
  *config = (VectorConfig){0};
  if (!take(text, "e"))
    return false;
  config->sew = (uint8_t)strtoul(*text, &end, 10);
  *text = end;
  if (!take(text, ",m"))
    return false;
  bool fraction = take(text, "f");
  unsigned long number = strtoul(*text, &end, 10);
  *text = end;
  if (number > 8 || !is_group_number(number))
    return false;
  config->lmul = (int8_t)(fraction ? -log2_of((unsigned)number) : log2_of((unsigned)number));
  config->tail_undisturbed = take(text, ",tu");
  config->mask_undisturbed = take(text, ",mu");
  return config_fits(*config);
}
