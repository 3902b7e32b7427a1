// Calls of the reserved names __kiln_*, which runtime/kiln.h declares: instructions of Xkilntile and
// Xkilndma.
#include "target/import/vector.h"

#include <stdlib.h>
#include <string.h>

// A plain instruction: its operands are the arguments. Letters: p(ointer, integer or vector) or i(mmediate).
typedef struct KilnRow {
  const char *name;
  uint16_t op;
  const char *arguments;
} KilnRow;

static const KilnRow rows[] = {
    {"ld", ISA_KT_LD, "pp"},     {"st", ISA_KT_ST, "ppp"},   {"dcfg", ISA_KT_DCFG, "p"},
    {"dext", ISA_KT_DEXT, "pp"}, {"src", ISA_KD_SRC, "p"},   {"dst", ISA_KD_DST, "p"},
    {"dim", ISA_KD_DIM, "ippp"}, {"fill", ISA_KD_FILL, "p"}, {"start", ISA_KD_START, ""},
    {"wait", ISA_KD_WAIT, "p"},  {"poll", ISA_KD_POLL, "p"},
};

typedef struct KilnCall {
  Importer *imp;
  Builder *b;
  LLVMValueRef call;
  const char *name; // behind __kiln_
} KilnCall;

static IrValue value(const KilnCall *k, unsigned i) {
  return operand(k->imp, LLVMGetOperand(k->call, i));
}

static IrValue word(const KilnCall *k, unsigned i) {
  IrValue v = value(k, i);
  IrType type = ir_type(k->imp->f, v);
  return type < IR_I64 ? build1(k->b, IR_ZEXT, IR_I64, v) : v;
}

static IrValue number(const KilnCall *k, int64_t n) {
  return build_const(k->b, IR_I64, n);
}

// A constant argument; an error and 0 when it is none.
static int64_t constant(const KilnCall *k, unsigned i) {
  LLVMValueRef v = LLVMGetOperand(k->call, i);
  if (LLVMIsAConstantInt(v))
    return LLVMConstIntGetSExtValue(v);
  refuse(k->imp, k->call, "argument %u of __kiln_%s must be a constant", i + 1, k->name);
  return 0;
}

static const char *behind(const char *text, const char *prefix) {
  size_t size = strlen(prefix);
  return strncmp(text, prefix, size) == 0 ? text + size : NULL;
}

static IrValue machine(const KilnCall *k, IsaOp op, IrType result, uint32_t count, const IrValue *operands) {
  VectorConfig none = {0};
  return build_machine(k->b, op, result, none, IR_NONE, count, operands);
}

static IrType result_type(const KilnCall *k) {
  LLVMTypeRef type = LLVMTypeOf(k->call);
  const char *reason = NULL;
  LeafList leaves = {0};
  IrType result = IR_VOID;
  if (LLVMGetTypeKind(type) != LLVMVoidTypeKind && flatten(k->imp, type, 0, &leaves, &reason) && leaves.count)
    result = leaves.data[0].type;
  VEC_FREE(&leaves);
  return result;
}

static void finish(const KilnCall *k, IrValue v) {
  if (result_type(k) != IR_VOID)
    set_value(k->imp, k->call, v);
}

// "4x2": the value of the shape's field; -1: it is none.
static int shape_of(const char **text) {
  static const char digits[] = "12?4";
  const char *r = **text ? strchr(digits, (*text)[0]) : NULL;
  const char *c = r && (*text)[1] == 'x' && (*text)[2] ? strchr(digits, (*text)[2]) : NULL;
  if (!c || *r == '?' || *c == '?')
    return -1;
  *text += 3;
  return __builtin_ctz((unsigned)(*r - '0')) * 4 + __builtin_ctz((unsigned)(*c - '0'));
}

// mopa_TT_RxC[_z]
static bool import_mopa(const KilnCall *k, const char *name) {
  char type[4] = "";
  size_t size = strcspn(name, "_");
  if (size >= sizeof type || name[size] != '_')
    return false;
  memcpy(type, name, size);
  name += size + 1;
  IsaOp op = lanes_row("kt.mopa.%s", type);
  int shape = shape_of(&name);
  bool over = strcmp(name, "_z") == 0;
  if (op == ISA_INVALID || shape < 0 || (*name && !over))
    return false;
  IrValue x[5];
  uint32_t n = 0;
  for (unsigned i = 0; i < 3U - over; i++)
    x[n++] = value(k, i);
  x[n++] = number(k, shape);
  x[n++] = number(k, over);
  finish(k, machine(k, op, result_type(k), n, x));
  return true;
}

// mdw_TT_S
static bool import_depthwise(const KilnCall *k, const char *name) {
  char type[3] = {name[0], name[0] ? name[1] : '\0', '\0'};
  IsaOp op = lanes_row("kt.mdw.%s", type);
  bool fits = op != ISA_INVALID && name[2] == '_' && (name[3] == '1' || name[3] == '2') && !name[4];
  if (!fits)
    return false;
  IrValue x[6] = {value(k, 0), number(k, constant(k, 1)), value(k, 2),
                  value(k, 3), number(k, constant(k, 4)), number(k, name[3] - '0')};
  finish(k, machine(k, op, result_type(k), 6, x));
  return true;
}

// get_TYPE, getc_TYPE, put_TYPE
static bool import_move(const KilnCall *k, const char *name) {
  bool put = strncmp(name, "put_", 4) == 0, by_columns = strncmp(name, "getc_", 5) == 0;
  if (!put && !by_columns && strncmp(name, "get_", 4) != 0)
    return false;
  VectorShape shape;
  const char *reason = NULL;
  if (!lanes_shape(k->imp, put ? LLVMTypeOf(LLVMGetOperand(k->call, 1)) : LLVMTypeOf(k->call), &shape,
                   &reason))
    return false;
  IrValue x[3] = {value(k, 0), put ? value(k, 1) : word(k, 1), put ? word(k, 2) : 0};
  IsaOp op = put ? ISA_KT_PUT : by_columns ? ISA_KT_GETC : ISA_KT_GET;
  finish(k,
         build_machine(k->b, op, result_type(k), shape_config(&shape), word(k, put ? 3 : 2), put ? 3 : 2, x));
  return true;
}

static bool import_group(const KilnCall *k) {
  const char *name;
  unsigned accumulators = ir_is_accumulators(result_type(k)) ? ir_group_size(result_type(k)) : 0;
  if (behind(k->name, "zero_acc") && accumulators) {
    finish(k, machine(k, ISA_KT_ZERO, result_type(k), 1, (IrValue[1]){number(k, accumulators)}));
  } else if (behind(k->name, "part_acc") && accumulators == 1) {
    IrValue group = value(k, 0);
    int64_t i = constant(k, 1);
    if (i < 0 || i >= (int64_t)ir_group_size(ir_type(k->imp->f, group)))
      refuse(k->imp, k->call, "the group has no accumulator %lld", (long long)i);
    else
      finish(k, build_part(k->b, ir_accumulators(1), group, (unsigned)i));
  } else if ((behind(k->name, "bias_r_") || behind(k->name, "bias_c_")) && accumulators) {
    finish(k, machine(k, k->name[5] == 'r' ? ISA_KT_BIAS_R : ISA_KT_BIAS_C, result_type(k), 2,
                      (IrValue[2]){value(k, 0), number(k, accumulators)}));
  } else if ((name = behind(k->name, "drain_")) != NULL) {
    int shape = shape_of(&name);
    if (shape < 0 || *name)
      return false;
    machine(k, ISA_KT_DRAIN, IR_VOID, 4, (IrValue[4]){value(k, 0), word(k, 1), word(k, 2), number(k, shape)});
  } else {
    return false;
  }
  return true;
}

static bool import_plain(const KilnCall *k) {
  enum { ALL_ACCESSES = 15 };
  if (strcmp(k->name, "fence") == 0) {
    machine(k, ISA_FENCE, IR_VOID, 2, (IrValue[2]){number(k, ALL_ACCESSES), number(k, ALL_ACCESSES)});
    return true;
  }
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    if (strcmp(rows[i].name, k->name) != 0)
      continue;
    IrValue x[4];
    uint32_t n = (uint32_t)strlen(rows[i].arguments);
    for (uint32_t a = 0; a < n; a++)
      x[a] = rows[i].arguments[a] == 'i' ? number(k, constant(k, a)) : word(k, a);
    finish(k, machine(k, (IsaOp)rows[i].op, result_type(k), n, x));
    return true;
  }
  return false;
}

bool import_kiln_call(Importer *imp, LLVMValueRef call, LLVMValueRef callee) {
  size_t size = 0;
  if (!LLVMIsAFunction(callee) || !LLVMIsDeclaration(callee))
    return false;
  const char *name = behind(LLVMGetValueName2(callee, &size), "__kiln_");
  if (!name)
    return false;
  KilnCall k = {imp, &imp->b, call, name};
  const char *rest;
  bool known = ((rest = behind(name, "mopa_")) != NULL && import_mopa(&k, rest)) ||
               ((rest = behind(name, "mdw_")) != NULL && import_depthwise(&k, rest)) ||
               import_move(&k, name) || import_group(&k) || import_plain(&k);
  if (!known)
    refuse(imp, call, "there is no intrinsic '__kiln_%s'", name);
  return true;
}
