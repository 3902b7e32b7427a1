// Vectors of more than eight registers: they are lists of groups, and what works on them is done for each.
#include "target/import/vector.h"

#include <string.h>

enum { MOST_PARTS = 8, REGISTERS = 8 };

typedef struct Split {
  Importer *imp;
  LLVMValueRef insn;
  LLVMBuilderRef builder;
  unsigned parts;
} Split;

// The type of one of `parts` equal parts.
LLVMTypeRef lanes_part_type(LLVMTypeRef type, unsigned parts) {
  LLVMTypeRef element = LLVMGetElementType(type);
  unsigned count = LLVMGetVectorSize(type) / parts;
  return LLVMGetTypeKind(type) == LLVMScalableVectorTypeKind ? LLVMScalableVectorType(element, count)
                                                             : LLVMVectorType(element, count);
}

unsigned lanes_parts(const Importer *imp, LLVMTypeRef type) {
  LLVMTypeKind kind = LLVMGetTypeKind(type);
  if (kind != LLVMVectorTypeKind && kind != LLVMScalableVectorTypeKind)
    return 1;
  IrType element = scalar_type(LLVMGetElementType(type));
  if (element == IR_VOID)
    return 1;
  uint64_t vlen = imp->target->machine->vlen, count = LLVMGetVectorSize(type);
  uint64_t all = count * (kind == LLVMScalableVectorTypeKind ? vlen / 64 : 1);
  uint64_t bits = all * (element == IR_I1 ? 1 : ir_type_bits(element)),
           most = element == IR_I1 ? vlen : REGISTERS * vlen;
  unsigned parts = 1;
  while (bits > most * parts)
    parts *= 2;
  return parts <= MOST_PARTS && count % parts == 0 ? parts : 1;
}

static bool shape_of(const Split *s, LLVMTypeRef type, VectorShape *shape) {
  const char *reason = NULL;
  if (lanes_shape(s->imp, type, shape, &reason))
    return true;
  refuse(s->imp, s->insn, "%s", reason);
  return false;
}

// --- pieces of groups
// -----------------------------------------------------------------------------------------

static IrValue number(const Split *s, int64_t n) {
  return build_const(&s->imp->b, IR_I64, n);
}

// Bits move a byte at a time.
static VectorConfig byte_config(void) {
  return (VectorConfig){.sew = 8};
}

static IrValue cut(const Split *s, IrValue v, const VectorShape *whole, const VectorShape *piece,
                   unsigned k) {
  Builder *b = &s->imp->b;
  uint64_t vlen = s->imp->target->machine->vlen, at = (uint64_t)k * piece->count;
  if (is_mask_shape(whole)) {
    if (k == 0)
      return v;
    if (at % 8)
      refuse(s->imp, s->insn, "a part of a vector of bits that is no whole byte is not supported");
    return build_machine(b, ISA_VSLIDEDOWN_VX, whole->type, byte_config(), IR_AVL_MAX, 2,
                         (IrValue[2]){v, number(s, (int64_t)at / 8)});
  }
  uint64_t bits = at * whole->sew;
  if (bits % vlen == 0)
    return build_part(b, piece->type, v, (unsigned)(bits / vlen));
  v = build_machine(b, ISA_VSLIDEDOWN_VX, whole->type, shape_config(whole), number(s, piece->count), 2,
                    (IrValue[2]){v, number(s, (int64_t)at)});
  return build_part(b, piece->type, v, 0);
}

static IrValue paste(const Split *s, const VectorShape *whole, const VectorShape *piece, IrValue v,
                     IrValue part, unsigned k) {
  Builder *b = &s->imp->b;
  uint64_t vlen = s->imp->target->machine->vlen, at = (uint64_t)k * piece->count;
  VectorConfig config = is_mask_shape(whole) ? byte_config() : shape_config(whole);
  config.tail_undisturbed = true;
  if (is_mask_shape(whole)) {
    if (k == 0)
      return part;
    if (at % 8 || piece->count % 8)
      refuse(s->imp, s->insn, "a part of a vector of bits that is no whole byte is not supported");
    return build_machine(b, ISA_VSLIDEUP_VX, whole->type, config, number(s, (int64_t)(at + piece->count) / 8),
                         3, (IrValue[3]){v, part, number(s, (int64_t)at / 8)});
  }
  if (at * whole->sew % vlen == 0 && (uint64_t)piece->count * whole->sew % vlen == 0)
    return build_join(b, v, part, (unsigned)(at * whole->sew / vlen));
  if (ir_type(s->imp->f, part) != whole->type)
    part = build_join(b, build_undefined(b, whole->type), part, 0);
  return k == 0
             ? part
             : build_machine(b, ISA_VSLIDEUP_VX, whole->type, config, number(s, (int64_t)(at + piece->count)),
                             3, (IrValue[3]){v, part, number(s, (int64_t)at)});
}

// Part p of an operand.
static IrValue piece_of(const Split *s, LLVMValueRef v, unsigned p) {
  LLVMTypeRef type = LLVMTypeOf(v);
  VectorShape piece, whole;
  if (!shape_of(s, lanes_part_type(type, s->parts), &piece))
    return number(s, 0);
  if (LLVMIsConstant(v))
    return lanes_constant_part(s->imp, v, &piece, p * piece.count);
  unsigned own = lanes_parts(s->imp, type), each = s->parts / own;
  uint32_t count = 0;
  const IrValue *parts = operand_parts(s->imp, v, &count);
  if (count != own)
    return build_undefined(&s->imp->b, piece.type); // refused before
  IrValue part = parts[p / each];
  if (each == 1 || !shape_of(s, lanes_part_type(type, own), &whole))
    return part;
  return cut(s, part, &whole, &piece, p % each);
}

// A value for LLVM's eyes that stands for part p of an operand; what is no vector stands for itself.
static LLVMValueRef stand_in(const Split *s, LLVMValueRef v, unsigned p) {
  if (!is_vector_type(LLVMTypeOf(v)))
    return v;
  LLVMValueRef value =
      LLVMBuildFreeze(s->builder, LLVMGetPoison(lanes_part_type(LLVMTypeOf(v), s->parts)), "");
  set_value(s->imp, value, piece_of(s, v, p));
  return value;
}

// The parts of a result, as few as its type has.
static void finish(const Split *s, const IrValue *pieces) {
  LLVMTypeRef type = LLVMTypeOf(s->insn);
  unsigned own = lanes_parts(s->imp, type), each = s->parts / own;
  VectorShape piece, whole;
  IrValue values[MOST_PARTS];
  if (!shape_of(s, lanes_part_type(type, s->parts), &piece) ||
      !shape_of(s, lanes_part_type(type, own), &whole))
    return;
  for (unsigned i = 0; i < own; i++) {
    values[i] = each == 1 ? pieces[i] : build_undefined(&s->imp->b, whole.type);
    for (unsigned k = 0; k < each && each > 1; k++)
      values[i] = paste(s, &whole, &piece, values[i], pieces[i * each + k], k);
  }
  set_parts(s->imp, s->insn, values, own);
}

// --- instructions
// ----------------------------------------------------------------------------------------------

static LLVMValueRef moved_address(const Split *s, LLVMValueRef pointer, LLVMTypeRef type, unsigned p) {
  VectorShape piece;
  if (p == 0 || !shape_of(s, type, &piece))
    return pointer;
  LLVMValueRef by = LLVMConstInt(LLVMInt64TypeInContext(s->imp->context),
                                 (unsigned long long)p * piece.count * (piece.sew / 8), false);
  LLVMValueRef address = LLVMBuildFreeze(s->builder, LLVMGetPoison(LLVMTypeOf(pointer)), "");
  set_value(s->imp, address, offset_address(s->imp, operand(s->imp, pointer), LLVMConstIntGetSExtValue(by)));
  return address;
}

// The same instruction on parts; NULL: it cannot be made so.
static LLVMValueRef copy_of(const Split *s, LLVMOpcode opcode, unsigned p) {
  LLVMValueRef x[8] = {NULL};
  unsigned count = (unsigned)LLVMGetNumOperands(s->insn);
  LLVMTypeRef type = LLVMTypeOf(s->insn),
              result = is_vector_type(type) ? lanes_part_type(type, s->parts) : type;
  if (opcode == LLVMLoad)
    return LLVMBuildLoad2(s->builder, result, moved_address(s, LLVMGetOperand(s->insn, 0), result, p), "");
  if (count > 8)
    return NULL;
  for (unsigned i = 0; i < count; i++)
    x[i] = opcode == LLVMStore && i == 1
               ? moved_address(s, LLVMGetOperand(s->insn, 1),
                               lanes_part_type(LLVMTypeOf(LLVMGetOperand(s->insn, 0)), s->parts), p)
               : stand_in(s, LLVMGetOperand(s->insn, i), p);
  switch (opcode) {
  case LLVMStore:
    return LLVMBuildStore(s->builder, x[0], x[1]);
  case LLVMFNeg:
    return LLVMBuildFNeg(s->builder, x[0], "");
  case LLVMICmp:
    return LLVMBuildICmp(s->builder, LLVMGetICmpPredicate(s->insn), x[0], x[1], "");
  case LLVMFCmp:
    return LLVMBuildFCmp(s->builder, LLVMGetFCmpPredicate(s->insn), x[0], x[1], "");
  case LLVMSelect:
    return LLVMBuildSelect(s->builder, x[0], x[1], x[2], "");
  case LLVMGetElementPtr:
    return LLVMBuildGEP2(s->builder, LLVMGetGEPSourceElementType(s->insn), x[0], x + 1, count - 1, "");
  default:
    if (LLVMIsACastInst(s->insn))
      return LLVMBuildCast(s->builder, opcode, x[0], result, "");
    return binary_op(opcode) == IR_OP_COUNT ? NULL : LLVMBuildBinOp(s->builder, opcode, x[0], x[1], "");
  }
}

// An element at a place that is known only when the program runs, by way of the stack.
static bool extract_anywhere(const Split *s, LLVMValueRef vector, LLVMValueRef index,
                             const VectorShape *piece) {
  Builder *b = &s->imp->b;
  if (is_mask_shape(piece))
    return false;
  unsigned size = piece->sew / 8U;
  uint64_t part_bytes = (uint64_t)piece->count * size;
  FrameSlot slot = {.size = part_bytes * s->parts, .alignment = 16};
  VEC_PUSH(&s->imp->f->slots, slot);
  IrValue address = ir_leaf(s->imp->f, IR_FRAME, IR_I64, (int64_t)s->imp->f->slots.count - 1);
  for (unsigned p = 0; p < s->parts; p++)
    lanes_store(s->imp, piece_of(s, vector, p), offset_address(s->imp, address, (int64_t)(p * part_bytes)),
                piece);
  IrValue n = operand(s->imp, index);
  if (ir_type(s->imp->f, n) < IR_I64)
    n = build1(b, IR_ZEXT, IR_I64, n);
  n = build2(b, IR_MUL, IR_I64, n, number(s, size));
  set_value(s->imp, s->insn, build_load(b, piece->element, build2(b, IR_ADD, IR_I64, address, n)));
  return true;
}

static bool split_element(const Split *s, LLVMOpcode opcode) {
  bool insert = opcode == LLVMInsertElement;
  LLVMValueRef vector = LLVMGetOperand(s->insn, 0), index = LLVMGetOperand(s->insn, insert ? 2 : 1);
  VectorShape piece;
  if (!shape_of(s, lanes_part_type(LLVMTypeOf(vector), s->parts), &piece))
    return true;
  if (!LLVMIsAConstantInt(index))
    return !insert && extract_anywhere(s, vector, index, &piece);
  uint64_t at = LLVMConstIntGetZExtValue(index);
  unsigned p = (unsigned)(at / piece.count);
  IrValue where = number(s, (int64_t)(at % piece.count)), pieces[MOST_PARTS] = {0};
  if (p >= s->parts)
    return false;
  if (!insert) {
    set_value(s->imp, s->insn, lanes_extract(s->imp, &piece, piece_of(s, vector, p), where));
    return true;
  }
  for (unsigned i = 0; i < s->parts; i++)
    pieces[i] = piece_of(s, vector, i);
  pieces[p] = lanes_insert(s->imp, &piece, pieces[p], operand(s->imp, LLVMGetOperand(s->insn, 1)), where);
  finish(s, pieces);
  return true;
}

// One element in all places.
static bool split_splat(const Split *s) {
  unsigned count = LLVMGetNumMaskElements(s->insn);
  VectorShape piece, source;
  for (unsigned i = 0; i < count; i++)
    if (LLVMGetMaskValue(s->insn, i) > 0)
      return false;
  LLVMValueRef from = LLVMGetOperand(s->insn, 0);
  unsigned own = lanes_parts(s->imp, LLVMTypeOf(from));
  if (!shape_of(s, lanes_part_type(LLVMTypeOf(s->insn), s->parts), &piece) ||
      !shape_of(s, lanes_part_type(LLVMTypeOf(from), own), &source))
    return false;
  uint32_t parts = 0;
  const IrValue *values = operand_parts(s->imp, from, &parts);
  IrValue pieces[MOST_PARTS] = {0}, scalar = lanes_extract(s->imp, &source, values[0], number(s, 0));
  for (unsigned p = 0; p < s->parts; p++)
    pieces[p] = lanes_splat(s->imp, scalar, &piece);
  finish(s, pieces);
  return true;
}

// --- calls
// ----------------------------------------------------------------------------------------------------

static bool split_step(const Split *s) {
  VectorShape piece;
  IrValue pieces[MOST_PARTS] = {0};
  if (!shape_of(s, lanes_part_type(LLVMTypeOf(s->insn), s->parts), &piece))
    return false;
  for (unsigned p = 0; p < s->parts; p++) {
    pieces[p] = build_machine(&s->imp->b, ISA_VID_V, piece.type, shape_config(&piece),
                              shape_length(s->imp, &piece), 0, NULL);
    pieces[p] = lanes_binary(s->imp, IR_ADD, &piece, pieces[p],
                             lanes_splat(s->imp, number(s, (int64_t)p * piece.count), &piece));
  }
  finish(s, pieces);
  return true;
}

// The length that is left for part p: what is behind p parts, at most one part.
static LLVMValueRef part_length(const Split *s, LLVMValueRef length, unsigned p, uint32_t count) {
  Builder *b = &s->imp->b;
  IrValue n = operand(s->imp, length);
  IrValue before = build_const(b, IR_I32, (int64_t)p * count);
  n = build2(b, IR_SUB, IR_I32, build2(b, IR_UMAX, IR_I32, n, before), before);
  n = build2(b, IR_UMIN, IR_I32, n, build_const(b, IR_I32, count));
  LLVMValueRef value =
      LLVMBuildFreeze(s->builder, LLVMGetPoison(LLVMInt32TypeInContext(s->imp->context)), "");
  set_value(s->imp, value, n);
  return value;
}

// Calls that work element by element, and memory accesses at addresses of their own, are made for each part.
static bool split_call(const Split *s, const char *name) {
  if (strcmp(name, "llvm.stepvector") == 0)
    return split_step(s);
  bool gather = strcmp(name, "llvm.vp.gather") == 0, scatter = strcmp(name, "llvm.vp.scatter") == 0;
  bool masked_gather = strcmp(name, "llvm.masked.gather") == 0,
       masked_scatter = strcmp(name, "llvm.masked.scatter") == 0;
  bool predicated = strncmp(name, "llvm.vp.", 8) == 0;
  bool memory = gather || scatter || masked_gather || masked_scatter;
  unsigned count = LLVMGetNumArgOperands(s->insn);
  LLVMTypeRef result = LLVMTypeOf(s->insn);
  bool has_result = LLVMGetTypeKind(result) != LLVMVoidTypeKind;
  if (count > 6 || strstr(name, "reduce") || strstr(name, ".load") || strstr(name, ".store") ||
      (has_result && !is_vector_type(result)))
    return false;
  VectorShape piece;
  LLVMTypeRef data = has_result ? result : LLVMTypeOf(LLVMGetOperand(s->insn, 0));
  if (!shape_of(s, lanes_part_type(data, s->parts), &piece))
    return true;
  IrValue pieces[MOST_PARTS] = {0};
  for (unsigned p = 0; p < s->parts; p++) {
    LLVMValueRef x[6] = {NULL};
    for (unsigned i = 0; i < count; i++)
      x[i] = predicated && i + 1 == count ? part_length(s, LLVMGetOperand(s->insn, i), p, piece.count)
                                          : stand_in(s, LLVMGetOperand(s->insn, i), p);
    unsigned pointers = gather || masked_gather ? 0 : 1;
    LLVMTypeRef types[2] = {lanes_part_type(data, s->parts), memory ? LLVMTypeOf(x[pointers]) : NULL};
    LLVMValueRef function = LLVMGetIntrinsicDeclaration(
        s->imp->module, LLVMGetIntrinsicID(LLVMGetCalledValue(s->insn)), types, memory ? 2 : 1);
    LLVMValueRef one = LLVMBuildCall2(s->builder, LLVMGlobalGetValueType(function), function, x, count, "");
    import_call(s->imp, one);
    pieces[p] = has_result ? operand(s->imp, one) : IR_NONE;
  }
  if (has_result)
    finish(s, pieces);
  return true;
}

// A call of what is no intrinsic.
static bool is_plain_call(LLVMValueRef insn, LLVMOpcode opcode) {
  LLVMValueRef callee = opcode == LLVMCall ? LLVMGetCalledValue(insn) : NULL;
  return callee && !(LLVMIsAFunction(callee) && LLVMGetIntrinsicID(callee));
}

bool import_split(Importer *imp, LLVMValueRef insn, LLVMOpcode opcode) {
  Split s = {.imp = imp, .insn = insn, .parts = lanes_parts(imp, LLVMTypeOf(insn))};
  unsigned count = opcode == LLVMCall ? LLVMGetNumArgOperands(insn) : (unsigned)LLVMGetNumOperands(insn);
  for (unsigned i = 0; i < count; i++) {
    unsigned parts = lanes_parts(imp, LLVMTypeOf(LLVMGetOperand(insn, i)));
    s.parts = parts > s.parts ? parts : s.parts;
  }
  bool listed = opcode == LLVMPHI || opcode == LLVMFreeze || opcode == LLVMRet ||
                opcode == LLVMExtractValue || opcode == LLVMInsertValue ||
                is_plain_call(insn, opcode); // these pass lists of groups on
  if (s.parts == 1 || listed)
    return false;
  s.builder = LLVMCreateBuilderInContext(imp->context);
  LLVMPositionBuilderBefore(s.builder, insn);
  bool done = false;
  if (opcode == LLVMCall) {
    done = split_call(&s, LLVMIntrinsicGetName(LLVMGetIntrinsicID(LLVMGetCalledValue(insn)), &(size_t){0}));
  } else if (opcode == LLVMExtractElement || opcode == LLVMInsertElement) {
    done = split_element(&s, opcode);
  } else if (opcode == LLVMShuffleVector) {
    done = split_splat(&s);
  } else {
    IrValue pieces[MOST_PARTS] = {0};
    done = true;
    for (unsigned p = 0; p < s.parts && done; p++) {
      LLVMValueRef one = copy_of(&s, opcode, p);
      done = one && import_vector_instruction(imp, one, opcode);
      pieces[p] = done && opcode != LLVMStore ? operand(imp, one) : IR_NONE;
    }
    if (done && opcode != LLVMStore)
      finish(&s, pieces);
  }
  LLVMDisposeBuilder(s.builder);
  if (!done)
    refuse(imp, insn, "this on vectors of more than eight registers is not supported");
  return true;
}
