// The intrinsics llvm.riscv.*, which clang's riscv_vector.h is made of. Their names are mnemonics without the
// operand kinds; what their operands are follows from the row of the instruction.
#include "target/import/vector.h"

#include <stdlib.h>
#include <string.h>

typedef struct Riscv {
  Importer *imp;
  Builder *b;
  LLVMValueRef call;
  char name[48]; // without "llvm.riscv." and ".mask"
  bool masked;
  unsigned count; // arguments
  LLVMTypeRef result;
} Riscv;

static LLVMValueRef argument(const Riscv *r, unsigned i) {
  return LLVMGetOperand(r->call, i);
}

static IrValue value(const Riscv *r, unsigned i) {
  return operand(r->imp, argument(r, i));
}

static bool is_group_argument(const Riscv *r, unsigned i) {
  return i < r->count && is_vector_type(LLVMTypeOf(argument(r, i)));
}

static bool shape_of(const Riscv *r, LLVMTypeRef type, VectorShape *shape) {
  const char *reason = NULL;
  if (is_vector_type(type) && lanes_shape(r->imp, type, shape, &reason))
    return true;
  refuse(r->imp, r->call, "%s", reason ? reason : "a vector is expected here");
  return false;
}

static bool starts(const char *text, const char *prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool undefined(const Riscv *r, unsigned i) {
  return LLVMIsUndef(argument(r, i));
}

// The AVL of a vl argument: -1 stands for all elements.
static IrValue length(const Riscv *r, unsigned i) {
  LLVMValueRef vl = argument(r, i);
  if (LLVMIsAConstantInt(vl) && LLVMConstIntGetSExtValue(vl) == -1)
    return IR_AVL_MAX;
  return operand(r->imp, vl);
}

// --- which instruction
// ----------------------------------------------------------------------------------------

// Comparisons that are others with their operands the other way round.
typedef struct Swapped {
  const char *name;
  const char *instead;
} Swapped;

static const Swapped swapped[] = {{"vmsgt", "vmslt"},   {"vmsgtu", "vmsltu"}, {"vmsge", "vmsle"},
                                  {"vmsgeu", "vmsleu"}, {"vmfgt", "vmflt"},   {"vmfge", "vmfle"}};

static IsaOp first_row(const char *base, const char *const *suffixes) {
  for (; *suffixes; suffixes++) {
    IsaOp op = lanes_row("%s%s", base, *suffixes);
    if (op != ISA_INVALID)
      return op;
  }
  return ISA_INVALID;
}

// A constant that the row for immediates takes.
static bool fits_immediate(IsaOp op, LLVMValueRef constant) {
  if (op == ISA_INVALID || !LLVMIsAConstantInt(constant))
    return false;
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++) {
    IsaOperandKind kind = (IsaOperandKind)format->operands[i];
    if (kind == ISA_OPERAND_VIMM5 || kind == ISA_OPERAND_VUIMM5)
      return isa_operand_fits(kind, LLVMConstIntGetSExtValue(constant));
  }
  return false;
}

// The row of an arithmetic intrinsic whose second source is argument `second` (count: there is none).
static IsaOp arithmetic_row(const Riscv *r, const char *name, unsigned second) {
  static const char *const vectors[] = {".vv", ".vs", ".wv", ".mm", ".vvm", ".vm", NULL};
  static const char *const integers[] = {".vx", ".wx", ".vxm", NULL};
  static const char *const numbers[] = {".vi", ".wi", ".vim", NULL};
  static const char *const floats[] = {".vf", ".wf", ".vfm", NULL};
  static const char *const unary[] = {"", ".m", ".v", NULL};
  char base[48];
  size_t size = strlen(name);
  memcpy(base, name, size + 1);
  IsaOp op = first_row(base, unary);
  if (op != ISA_INVALID)
    return op;
  bool wide = size > 2 && strcmp(base + size - 2, ".w") == 0; // vwadd.w: the first source is wide
  if (wide)
    base[size - 2] = '\0';
  if (second >= r->count)
    return ISA_INVALID;
  LLVMTypeRef type = LLVMTypeOf(argument(r, second));
  if (is_vector_type(type))
    return wide ? lanes_row("%s.wv", base) : first_row(base, vectors);
  if (ir_is_float(scalar_type(type)))
    return wide ? lanes_row("%s.wf", base) : first_row(base, floats);
  op = wide ? ISA_INVALID : first_row(base, numbers);
  if (fits_immediate(op, argument(r, second)))
    return op;
  return wide ? lanes_row("%s.wx", base) : first_row(base, integers);
}

// --- configurations
// -------------------------------------------------------------------------------------------

static VectorConfig halved(VectorConfig config) {
  config.sew /= 2;
  config.lmul--;
  return config;
}

// SEW and LMUL of an arithmetic row, from the types of what it works on.
static bool arithmetic_config(const Riscv *r, IsaOp op, unsigned first, VectorConfig *config) {
  uint32_t flags = isa_insn(op)->flags;
  VectorShape shape;
  bool from_result = is_vector_type(r->result) && !(flags & (ISA_MASK_D | ISA_SCALAR_D));
  bool moves = op == ISA_VMV_S_X || op == ISA_VFMV_S_F;
  if (!shape_of(r, from_result || moves ? r->result : LLVMTypeOf(argument(r, first)), &shape))
    return false;
  *config = shape_config(&shape);
  if (from_result && flags & ISA_WIDE_D)
    *config = halved(*config);
  return true;
}

// --- rounding
// -------------------------------------------------------------------------------------------------

enum { DYNAMIC_ROUNDING = 7, CSR_FRM = 2, CSR_VXRM = 10, CSR_VL = 0xc20 };

static void set_vxrm(const Riscv *r, int64_t mode) {
  VectorConfig none = {0};
  IrValue operands[2] = {build_const(r->b, IR_I64, CSR_VXRM), build_const(r->b, IR_I64, mode)};
  build_machine(r->b, ISA_CSRRWI, IR_I64, none, IR_NONE, 2, operands);
}

static IrValue swap_frm(const Riscv *r, int64_t mode) {
  VectorConfig none = {0};
  IrValue operands[2] = {build_const(r->b, IR_I64, CSR_FRM), build_const(r->b, IR_I64, mode)};
  return build_machine(r->b, ISA_CSRRWI, IR_I64, none, IR_NONE, 2, operands);
}

static void restore_frm(const Riscv *r, IrValue old) {
  VectorConfig none = {0};
  IrValue operands[2] = {build_const(r->b, IR_I64, CSR_FRM), old};
  build_machine(r->b, ISA_CSRRW, IR_I64, none, IR_NONE, 2, operands);
}

// --- arithmetic
// -----------------------------------------------------------------------------------------------

static IrType result_type(const Riscv *r, IsaOp op) {
  IsaOperandClass class = isa_operand((IsaOperandKind)isa_insn_format(op)->operands[0])->operand_class;
  const char *reason = NULL;
  if (class == ISA_CLASS_GPR)
    return IR_I64;
  return class == ISA_CLASS_FPR ? scalar_type(r->result) : lanes_type(r->imp, r->result, &reason);
}

static void finish(const Riscv *r, IrValue v) {
  IrType type = scalar_type(r->result);
  if (type != IR_VOID && type < IR_I64)
    v = build1(r->b, IR_TRUNC, type, v);
  set_value(r->imp, r->call, v);
}

// The operands that a row takes from the arguments: its registers and numbers, masks left out.
static unsigned data_operands(IsaOp op) {
  const IsaFormatInfo *format = isa_insn_format(op);
  unsigned n = 0;
  for (unsigned i = 0; i < format->operand_count; i++) {
    const IsaOperandInfo *info = isa_operand((IsaOperandKind)format->operands[i]);
    bool destination = info->role == ISA_ROLE_DEF || info->role == ISA_ROLE_BOTH;
    n += !destination && info->operand_class != ISA_CLASS_MASK && info->operand_class != ISA_CLASS_ROUNDING;
  }
  return n;
}

static bool is_multiply_add(IsaOp op) {
  return isa_operand((IsaOperandKind)isa_insn_format(op)->operands[0])->role == ISA_ROLE_BOTH;
}

static bool is_slide(IsaOp op) {
  return op == ISA_VSLIDEUP_VX || op == ISA_VSLIDEUP_VI || op == ISA_VSLIDEDOWN_VX || op == ISA_VSLIDEDOWN_VI;
}

// Moves between the first element and a scalar name one register, whatever the group.
static bool import_first(Riscv *r, IsaOp op) {
  IrType one = ir_vector(1, 1);
  VectorShape shape;
  VectorConfig config;
  bool to_scalar = op == ISA_VMV_X_S || op == ISA_VFMV_F_S,
       to_vector = op == ISA_VMV_S_X || op == ISA_VFMV_S_F;
  if (!to_scalar && !to_vector)
    return false;
  if (!shape_of(r, to_scalar ? LLVMTypeOf(argument(r, 0)) : r->result, &shape))
    return true;
  config = shape_config(&shape);
  if (to_scalar) {
    IrValue x = build_part(r->b, one, value(r, 0), 0);
    finish(r, build_machine(r->b, op, result_type(r, op), config, build_const(r->b, IR_I64, 1), 1, &x));
    return true;
  }
  bool keeps = !undefined(r, 0);
  IrValue old = value(r, 0), x[2] = {build_part(r->b, one, old, 0), value(r, 1)};
  config.tail_undisturbed = keeps;
  IrValue v = build_machine(r->b, op, one, config, length(r, 2), 1U + keeps, x + !keeps);
  finish(r, build_join(r->b, old, v, 0));
  return true;
}

// (old value?, sources..., mask?, rounding?, vl?, policy?) as the row has them.
static void import_row(Riscv *r, IsaOp op, bool swap) {
  if (import_first(r, op))
    return;
  uint32_t flags = isa_insn(op)->flags;
  bool vector_result = is_vector_type(r->result), mask_result = flags & ISA_MASK_D;
  bool reduction = flags & ISA_SCALAR_D && flags & ISA_SCALAR_1;
  bool has_old = vector_result && (!mask_result || r->masked);
  unsigned at = has_old, data = data_operands(op);
  VectorConfig config = {0};
  if (!arithmetic_config(r, op, at, &config))
    return;
  IrValue operands[ISA_MAX_OPERANDS + 1];
  unsigned n = 0;
  bool keeps_always = is_multiply_add(op) || op == ISA_VSLIDEUP_VX || op == ISA_VSLIDEUP_VI;
  if (has_old)
    operands[n++] = value(r, 0);
  for (unsigned i = 0; i < data; i++)
    operands[n++] = value(r, at + (swap && i < 2 ? 1 - i : i));
  at += data;
  if (r->masked)
    operands[n++] = value(r, at++);
  bool has_policy =
      (r->masked && vector_result && !mask_result && !reduction) || is_multiply_add(op) || is_slide(op);
  bool has_length = flags & ISA_VECTOR && at < r->count;
  unsigned rest = r->count - at;
  bool has_rounding = rest > (unsigned)has_length + has_policy;
  int64_t mode = has_rounding ? LLVMConstIntGetSExtValue(argument(r, at++)) : DYNAMIC_ROUNDING;
  IrValue avl = has_length ? length(r, at++) : IR_AVL_MAX;
  int64_t policy = has_policy && at < r->count ? LLVMConstIntGetSExtValue(argument(r, at)) : 0;
  bool old_undefined = has_old && undefined(r, 0);
  if (has_old && !old_undefined) {
    config.tail_undisturbed = !mask_result && !(has_policy && policy & 1);
    config.mask_undisturbed = r->masked && !(has_policy && policy & 2);
  }
  bool keeps = keeps_always || config.tail_undisturbed || config.mask_undisturbed;
  const IrValue *given = operands + (has_old && !keeps);
  bool floating = (flags & ISA_VECTOR) && (isa_insn(op)->match >> 12 & 7) % 4 == 1; // OPFVV, OPFVF
  bool own_rounding = has_rounding && floating && mode != DYNAMIC_ROUNDING;
  IrValue frm = own_rounding ? swap_frm(r, mode) : IR_NONE;
  if (has_rounding && !floating)
    set_vxrm(r, mode);
  IrValue v =
      build_machine(r->b, op, result_type(r, op), config, avl, n - (unsigned)(given - operands), given);
  if (own_rounding) {
    vector_set_ordered(ir_insn(r->imp->f, v));
    restore_frm(r, frm);
  }
  finish(r, v);
}

// vmsge[u] with a scalar: not less.
static void import_not_less(Riscv *r, bool is_unsigned) {
  VectorShape shape;
  unsigned first = r->masked;
  if (!shape_of(r, LLVMTypeOf(argument(r, first)), &shape))
    return;
  IrValue vl = length(r, r->count - 1), x[3] = {value(r, first), value(r, first + 1)};
  VectorConfig config = shape_config(&shape);
  IrType mask = ir_vector(1, 1);
  IrValue less = build_machine(r->b, is_unsigned ? ISA_VMSLTU_VX : ISA_VMSLT_VX, mask, config, vl, 2, x);
  IrValue v = build_machine(r->b, ISA_VMNAND_MM, mask, config, vl, 2, (IrValue[2]){less, less});
  if (r->masked) { // the old bits where the mask is not set
    IrValue m = value(r, 3);
    v = build_machine(r->b, ISA_VMAND_MM, mask, config, vl, 2, (IrValue[2]){v, m});
    IrValue kept = build_machine(r->b, ISA_VMANDN_MM, mask, config, vl, 2, (IrValue[2]){value(r, 0), m});
    v = build_machine(r->b, ISA_VMOR_MM, mask, config, vl, 2, (IrValue[2]){v, kept});
  }
  finish(r, v);
}

// vzext and vsext by the ratio of the widths.
static IsaOp extension_row(const Riscv *r) {
  VectorShape to, from;
  if (!shape_of(r, r->result, &to) || !shape_of(r, LLVMTypeOf(argument(r, 1)), &from) || !from.sew)
    return ISA_INVALID;
  return lanes_row("%s.vf%u", r->name, to.sew / from.sew);
}

// --- memory
// ---------------------------------------------------------------------------------------------------

// What a memory intrinsic's name says: v(l|s)[s|ux|ox][seg N](e|ei)[ff].
typedef struct Access {
  bool load, strided, indexed, fault_first;
  unsigned fields;
  char order; // of indexed ones: u or o
} Access;

static bool read_access(const char *name, Access *a) {
  *a = (Access){.load = name[1] == 'l', .fields = 1};
  if (name[0] != 'v' || (name[1] != 'l' && name[1] != 's'))
    return false;
  const char *p = name + 2;
  if (starts(p, "ux") || starts(p, "ox")) {
    a->indexed = true;
    a->order = *p;
    p += 2;
  } else if (*p == 's' && (p[1] == 'e' || (p[1] == 's' && starts(p + 1, "seg")))) {
    if (!starts(p, "seg")) {
      a->strided = true;
      p++;
    }
  }
  if (starts(p, "seg")) {
    char *end = NULL;
    a->fields = (unsigned)strtoul(p + 3, &end, 10);
    p = end;
    a->fault_first = strcmp(p, "ff") == 0;
    return a->fields >= 2 && a->fields <= 8 && (!*p || a->fault_first);
  }
  if (a->indexed)
    return strcmp(p, "ei") == 0;
  a->fault_first = strcmp(p, "eff") == 0;
  return strcmp(p, "e") == 0 || a->fault_first;
}

static IsaOp access_row(const Access *a, unsigned sew, unsigned index) {
  char fields[16] = "";
  if (a->fields > 1)
    (void)snprintf(fields, sizeof fields, "seg%u", a->fields);
  char way = a->load ? 'l' : 's';
  if (a->indexed)
    return lanes_row("v%c%cx%sei%u.v", way, a->order, fields, index);
  return lanes_row("v%c%s%se%u%s.v", way, a->strided ? "s" : "", fields, sew, a->fault_first ? "ff" : "");
}

// Loads: (old, address, stride or index?, mask?, vl, policy?, log2 SEW of tuples?). Stores have data first.
static bool import_access(Riscv *r) {
  Access a;
  if (!read_access(r->name, &a))
    return false;
  VectorShape shape, index = {0};
  if (!shape_of(r, LLVMTypeOf(argument(r, 0)), &shape))
    return true;
  bool extra = a.strided || a.indexed;
  if (a.indexed && !shape_of(r, LLVMTypeOf(argument(r, 2)), &index))
    return true;
  VectorConfig config = shape_config(&shape);
  if (a.fields > 1) { // tuples are of bytes
    config.sew = (uint8_t)(1U << LLVMConstIntGetZExtValue(argument(r, r->count - 1)));
  }
  IsaOp op = access_row(&a, config.sew, index.sew);
  if (op == ISA_INVALID)
    return false;
  IrValue operands[5];
  unsigned n = 0, at = 1;
  operands[n++] = value(r, 0);
  operands[n++] = value(r, at++);
  if (extra)
    operands[n++] = value(r, at++);
  if (r->masked)
    operands[n++] = value(r, at++);
  IrValue avl = length(r, at++);
  bool has_policy = r->masked && a.load;
  int64_t policy = has_policy ? LLVMConstIntGetSExtValue(argument(r, at)) : 0;
  bool keeps = a.load && !undefined(r, 0);
  if (keeps) {
    config.tail_undisturbed = !(has_policy && policy & 1);
    config.mask_undisturbed = r->masked && !(has_policy && policy & 2);
    keeps = config.tail_undisturbed || config.mask_undisturbed;
  }
  bool drop = a.load && !keeps;
  IrValue v = build_machine(r->b, op, a.load ? shape.type : IR_VOID, config, avl, n - drop, operands + drop);
  if (a.fault_first) {
    VectorConfig none = {0};
    IrValue csr[2] = {build_const(r->b, IR_I64, CSR_VL), build_const(r->b, IR_I64, 0)};
    IrValue parts[2] = {v, build_machine(r->b, ISA_CSRRS, IR_I64, none, IR_NONE, 2, csr)};
    set_parts(r->imp, r->call, parts, 2);
  } else if (a.load) {
    finish(r, v);
  }
  return true;
}

// vlm and vsm.
static void import_mask_access(Riscv *r, bool load) {
  VectorShape shape;
  if (!shape_of(r, load ? r->result : LLVMTypeOf(argument(r, 0)), &shape))
    return;
  IrValue x[2] = {value(r, 0), load ? IR_NONE : value(r, 1)};
  IrValue v = build_machine(r->b, load ? ISA_VLM_V : ISA_VSM_V, load ? shape.type : IR_VOID,
                            shape_config(&shape), length(r, load ? 1 : 2), load ? 1 : 2, x);
  if (load)
    finish(r, v);
}

// --- the rest
// --------------------------------------------------------------------------------------------------

static void import_setvl(Riscv *r, bool most) {
  unsigned at = most ? 0 : 1;
  unsigned sew = 8U << LLVMConstIntGetZExtValue(argument(r, at));
  int lmul = (int)LLVMConstIntGetZExtValue(argument(r, at + 1));
  finish(r, build_setvl(r->b, most ? IR_AVL_MAX : length(r, 0), sew, lmul > 3 ? lmul - 8 : lmul));
}

static void import_tuple(Riscv *r, bool insert) {
  VectorShape tuple, part;
  if (!shape_of(r, LLVMTypeOf(argument(r, 0)), &tuple) ||
      !shape_of(r, insert ? LLVMTypeOf(argument(r, 1)) : r->result, &part))
    return;
  unsigned first = (unsigned)LLVMConstIntGetZExtValue(argument(r, insert ? 2 : 1)) * ir_group_size(part.type);
  finish(r, insert ? build_join(r->b, value(r, 0), value(r, 1), first)
                   : build_part(r->b, part.type, value(r, 0), first));
}

static void import_mask_logic(Riscv *r, IsaOp op) {
  VectorShape shape;
  unsigned sources = data_operands(op);
  if (!shape_of(r, is_vector_type(r->result) ? r->result : LLVMTypeOf(argument(r, 0)), &shape))
    return;
  IrValue x[2] = {0};
  for (unsigned i = 0; i < sources; i++)
    x[i] = value(r, i);
  finish(r, build_machine(r->b, op, shape.type, shape_config(&shape), length(r, sources), sources, x));
}

static const char *instead_of(const char *name, bool vector) {
  for (size_t i = 0; i < sizeof swapped / sizeof *swapped; i++)
    if (vector && strcmp(swapped[i].name, name) == 0)
      return swapped[i].instead;
  return NULL;
}

static bool import_named(Riscv *r) {
  const char *name = r->name;
  bool set = strcmp(name, "vsetvli") == 0 || strcmp(name, "vsetvlimax") == 0;
  if (set)
    import_setvl(r, strcmp(name, "vsetvlimax") == 0);
  else if (strcmp(name, "tuple.insert") == 0 || strcmp(name, "tuple.extract") == 0)
    import_tuple(r, name[6] == 'i');
  else if (strcmp(name, "vlm") == 0 || strcmp(name, "vsm") == 0)
    import_mask_access(r, name[1] == 'l');
  else if (strcmp(name, "vmclr") == 0 || strcmp(name, "vmset") == 0) {
    VectorShape shape;
    if (shape_of(r, r->result, &shape)) {
      IrValue any = build_undefined(r->b, shape.type);
      finish(r, build_machine(r->b, name[2] == 'c' ? ISA_VMXOR_MM : ISA_VMXNOR_MM, shape.type,
                              shape_config(&shape), length(r, 0), 2, (IrValue[2]){any, any}));
    }
  } else
    return import_access(r);
  return true;
}

static bool import_arithmetic(Riscv *r) {
  const char *name = r->name;
  char plain[48];
  if (strcmp(name, "vmadc.carry.in") == 0 || strcmp(name, "vmsbc.borrow.in") == 0) {
    (void)snprintf(plain, sizeof plain, "%.5s", name);
    bool vector = is_group_argument(r, 1);
    IsaOp carry = lanes_row("%s.%s", plain, vector ? "vvm" : "vxm");
    import_row(r, carry, false);
    return true;
  }
  bool mask_result = is_vector_type(r->result) && LLVMGetTypeKind(r->result) != LLVMTargetExtTypeKind &&
                     scalar_type(LLVMGetElementType(r->result)) == IR_I1;
  bool old = is_vector_type(r->result) && (!mask_result || r->masked);
  if (strcmp(name, "vzext") == 0 || strcmp(name, "vsext") == 0) {
    IsaOp op = extension_row(r);
    if (op != ISA_INVALID)
      import_row(r, op, false);
    return op != ISA_INVALID;
  }
  unsigned second = old + 1U;
  bool multiply_add = lanes_row("%s.vv", name) != ISA_INVALID && is_multiply_add(lanes_row("%s.vv", name));
  multiply_add |= strcmp(name, "vwmaccus") == 0;
  if (multiply_add)
    second = 1;
  bool vector = is_group_argument(r, second);
  bool not_less = (strcmp(name, "vmsge") == 0 || strcmp(name, "vmsgeu") == 0) && !vector;
  if (not_less) {
    import_not_less(r, name[5] == 'u');
    return true;
  }
  const char *instead = instead_of(name, vector);
  IsaOp op = arithmetic_row(r, instead ? instead : name, second);
  if (op == ISA_INVALID)
    return false;
  if (isa_insn(op)->flags & ISA_MASK_D && isa_insn(op)->flags & ISA_MASK_S && data_operands(op) == 2)
    import_mask_logic(r, op);
  else
    import_row(r, op, instead != NULL);
  return true;
}

bool import_riscv_intrinsic(Importer *imp, LLVMValueRef call, const char *name) {
  static const char prefix[] = "llvm.riscv.";
  if (!starts(name, prefix))
    return false;
  name += sizeof prefix - 1;
  Riscv r = {.imp = imp, .b = &imp->b, .call = call, .result = LLVMTypeOf(call)};
  r.count = LLVMGetNumArgOperands(call);
  size_t size = strlen(name);
  if (size >= sizeof r.name)
    return false;
  memcpy(r.name, name, size + 1);
  if (size > 5 && strcmp(r.name + size - 5, ".mask") == 0) {
    r.masked = true;
    r.name[size - 5] = '\0';
  }
  return import_named(&r) || import_arithmetic(&r);
}
