// LLVM's intrinsics on vectors: arithmetic, reductions, masked and predicated (vp) ones, gathers, and the
// rest by elements.
#include "target/import/vector.h"

#include <stdlib.h>
#include <string.h>

typedef struct Call {
  Importer *imp;
  Builder *b;
  LLVMValueRef call;
  const char *name; // without "llvm." and "vp."
  unsigned count;   // arguments, without mask and length of a vp intrinsic
  bool predicated;  // vp: `mask` and `length` are there
  IrValue mask;     // IR_NONE: all
  IrValue length;   // IR_NONE: all
} Call;

static LLVMValueRef argument(const Call *c, unsigned i) {
  return LLVMGetOperand(c->call, i);
}

static IrValue value(const Call *c, unsigned i) {
  return operand(c->imp, argument(c, i));
}

static bool starts(const char *text, const char *prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool same(const char *a, const char *b) {
  return strcmp(a, b) == 0;
}

static bool shape_of(const Call *c, LLVMTypeRef type, VectorShape *shape) {
  const char *reason = "a vector is expected here";
  if (is_vector_type(type) && lanes_shape(c->imp, type, shape, &reason))
    return true;
  refuse(c->imp, c->call, "%s", reason);
  return false;
}

static void finish(const Call *c, IrValue v) {
  set_value(c->imp, c->call, v);
}

static IrValue number(const Call *c, int64_t n) {
  return build_const(c->b, IR_I64, n);
}

static IrValue as_word(const Call *c, IrValue v) {
  IrType type = ir_type(c->imp->f, v);
  return type < IR_I64 ? build1(c->b, IR_ZEXT, IR_I64, v) : v;
}

// The double word that was narrowed to this; lengths come from build_setvl.
static IrValue length_word(const Call *c, IrValue v) {
  const IrInsn *insn = ir_insn(c->imp->f, v);
  if ((insn->op == IR_TRUNC || insn->op == IR_ZEXT) && ir_insn(c->imp->f, insn->operands[0])->op == IR_SETVL)
    return insn->operands[0];
  return as_word(c, v);
}

static bool is_all_ones(LLVMValueRef mask) {
  if (!LLVMIsConstant(mask))
    return false;
  LLVMValueRef splat = LLVMGetTypeKind(LLVMTypeOf(mask)) == LLVMVectorTypeKind ? NULL : mask;
  char *text = LLVMPrintValueToString(mask);
  bool all = strstr(text, "splat (i1 true)") != NULL;
  LLVMDisposeMessage(text);
  (void)splat;
  return all;
}

static IrValue call_length(const Call *c, const VectorShape *shape) {
  return c->length != IR_NONE ? c->length : shape_length(c->imp, shape);
}

// --- arithmetic
// -----------------------------------------------------------------------------------------------

typedef struct PairRow {
  const char *name;
  const char *base;
} PairRow;

static const PairRow pairs[] = {
    {"smax", "vmax"},       {"smin", "vmin"},       {"umax", "vmaxu"},       {"umin", "vminu"},
    {"sadd.sat", "vsadd"},  {"uadd.sat", "vsaddu"}, {"ssub.sat", "vssub"},   {"usub.sat", "vssubu"},
    {"minnum", "vfmin"},    {"maxnum", "vfmax"},    {"minimumnum", "vfmin"}, {"maximumnum", "vfmax"},
    {"copysign", "vfsgnj"},
};

static bool import_pair(const Call *c) {
  VectorShape shape;
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (same(c->name, pairs[i].name)) {
      if (shape_of(c, LLVMTypeOf(c->call), &shape)) {
        if (shape.element == IR_BFLOAT)
          return false;
        finish(c, lanes_pair(c->imp, pairs[i].base, &shape, value(c, 0), value(c, 1)));
      }
      return true;
    }
  return false;
}

// vp.add and the like are the plain operations: what is masked off or behind the length is anything.
static bool import_predicated_binary(const Call *c) {
  static const struct {
    const char *name;
    IrOp op;
  } rows[] = {{"add", IR_ADD},   {"sub", IR_SUB},   {"mul", IR_MUL}, {"sdiv", IR_SDIV}, {"udiv", IR_UDIV},
              {"srem", IR_SREM}, {"urem", IR_UREM}, {"shl", IR_SHL}, {"lshr", IR_LSHR}, {"ashr", IR_ASHR},
              {"and", IR_AND},   {"or", IR_OR},     {"xor", IR_XOR}, {"fadd", IR_FADD}, {"fsub", IR_FSUB},
              {"fmul", IR_FMUL}, {"fdiv", IR_FDIV}};
  VectorShape shape;
  for (size_t i = 0; i < sizeof rows / sizeof *rows && c->predicated; i++)
    if (same(c->name, rows[i].name)) {
      if (shape_of(c, LLVMTypeOf(c->call), &shape))
        finish(c, lanes_binary(c->imp, rows[i].op, &shape, value(c, 0), value(c, 1)));
      return true;
    }
  return false;
}

static bool import_multiply_add(const Call *c) {
  VectorShape shape;
  if (!same(c->name, "fma") && !same(c->name, "fmuladd"))
    return false;
  if (!shape_of(c, LLVMTypeOf(c->call), &shape))
    return true;
  if (shape.element == IR_BFLOAT)
    return false;
  IrValue x[3] = {value(c, 2), value(c, 0), value(c, 1)};
  finish(c, build_machine(c->b, ISA_VFMACC_VV, shape.type, shape_config(&shape),
                          lanes_common_length(c->imp, &shape, 3, x), 3, x));
  return true;
}

static bool import_one(const Call *c) {
  bool root = same(c->name, "sqrt"), magnitude = same(c->name, "fabs"), absolute = same(c->name, "abs");
  bool negation = c->predicated && same(c->name, "fneg");
  VectorShape shape;
  if (!root && !magnitude && !absolute && !negation)
    return false;
  if (!shape_of(c, LLVMTypeOf(c->call), &shape))
    return true;
  if (shape.element == IR_BFLOAT)
    return false;
  IrValue x = value(c, 0), avl = lanes_common_length(c->imp, &shape, 1, &x);
  VectorConfig config = shape_config(&shape);
  if (root) {
    finish(c, build_machine(c->b, ISA_VFSQRT_V, shape.type, config, avl, 1, &x));
  } else if (absolute) {
    IrValue minus =
        build_machine(c->b, ISA_VRSUB_VX, shape.type, config, avl, 2, (IrValue[2]){x, number(c, 0)});
    finish(c, build_machine(c->b, ISA_VMAX_VV, shape.type, config, avl, 2, (IrValue[2]){x, minus}));
  } else {
    finish(c, build_machine(c->b, magnitude ? ISA_VFSGNJX_VV : ISA_VFSGNJN_VV, shape.type, config, avl, 2,
                            (IrValue[2]){x, x}));
  }
  return true;
}

static bool import_bits(const Call *c) {
  VectorShape shape;
  const char *reason = NULL;
  IrValue x[3] = {0};
  if (!is_vector_type(LLVMTypeOf(c->call)) || !lanes_shape(c->imp, LLVMTypeOf(c->call), &shape, &reason) ||
      shape.fields > 1 || c->predicated || !is_vector_type(LLVMTypeOf(argument(c, 0))))
    return false;
  for (unsigned i = 0; i < c->count && i < 3; i++)
    x[i] = value(c, i);
  IrValue v = lanes_bits(c->imp, &shape, c->name, x);
  if (v != IR_NONE)
    finish(c, v);
  return v != IR_NONE;
}

// --- reductions
// -----------------------------------------------------------------------------------------------

typedef struct Reduction {
  const char *name;
  const char *row;  // NULL: element by element
  IrOp op;          // of elements
  int64_t identity; // of integers; the bits for one element's worth are cut off it
} Reduction;

static const Reduction reductions[] = {
    {"add", "vredsum.vs", IR_ADD, 0},
    {"mul", NULL, IR_MUL, 1},
    {"and", "vredand.vs", IR_AND, -1},
    {"or", "vredor.vs", IR_OR, 0},
    {"xor", "vredxor.vs", IR_XOR, 0},
    {"smax", "vredmax.vs", IR_SMAX, INT64_MIN},
    {"smin", "vredmin.vs", IR_SMIN, INT64_MAX},
    {"umax", "vredmaxu.vs", IR_UMAX, 0},
    {"umin", "vredminu.vs", IR_UMIN, -1},
    {"fadd", "vfredosum.vs", IR_FADD, 0},
    {"fmul", NULL, IR_FMUL, 0},
    {"fmax", "vfredmax.vs", IR_FMAX, 0},
    {"fmin", "vfredmin.vs", IR_FMIN, 0},
};

static int64_t identity_of(const Reduction *row, unsigned sew) {
  if (row->identity == INT64_MIN || row->identity == INT64_MAX)
    return row->identity >> (64 - sew);
  return row->identity;
}

static void reduce_mask(const Call *c, const Reduction *row, const VectorShape *shape, IrValue x) {
  IrValue avl = call_length(c, shape);
  VectorConfig config = shape_config(shape);
  bool all = row->op == IR_AND || row->op == IR_UMIN || row->op == IR_SMAX;
  if (all)
    x = build_machine(c->b, ISA_VMNAND_MM, shape->type, config, avl, 2, (IrValue[2]){x, x});
  IrValue n = build_machine(c->b, ISA_VCPOP_M, IR_I64, config, avl, 1, &x);
  if (row->op == IR_XOR || row->op == IR_ADD)
    finish(c, build1(c->b, IR_TRUNC, IR_I1, n));
  else
    finish(c, build_compare(c->b, IR_ICMP, all ? IR_EQ : IR_NE, n, number(c, 0)));
}

static void reduce_elements(const Call *c, const Reduction *row, const VectorShape *shape, IrValue x,
                            IrValue start) {
  enum { MOST = 256 };
  bool masked = c->predicated;
  if (masked || shape->count > MOST) {
    refuse(c->imp, c->call,
           "this reduction of a vector of more than 256 elements or with a mask is not supported");
    return;
  }
  IrValue result = start;
  for (uint32_t i = 0; i < shape->count; i++) {
    IrValue element = lanes_extract(c->imp, shape, x, number(c, i));
    if (result == IR_NONE)
      result = element;
    else if (ir_is_float(shape->element))
      result = build_float(c->imp, row->op, shape->element, 2, (IrValue[2]){result, element}, 0);
    else
      result = build2(c->b, row->op, shape->element, result, element);
  }
  finish(c, result);
}

// start: the value it begins with; IR_NONE: the first element, or the operation's identity.
static void reduce(const Call *c, const Reduction *row, LLVMTypeRef type, IrValue x, IrValue start) {
  VectorShape shape;
  if (!shape_of(c, type, &shape))
    return;
  if (shape.element == IR_I1) {
    reduce_mask(c, row, &shape, x);
    return;
  }
  if (!row->row || shape.element == IR_BFLOAT) {
    reduce_elements(c, row, &shape, x, start);
    return;
  }
  VectorConfig config = shape_config(&shape);
  IrType one = ir_vector(1, 1);
  bool is_float = ir_is_float(shape.element);
  IrValue single;
  if (start == IR_NONE && is_float)
    single = build_part(c->b, one, x, 0);
  else if (is_float)
    single = build_machine(c->b, ISA_VFMV_S_F, one, config, number(c, 1), 1, &start);
  else
    single = build_machine(c->b, ISA_VMV_S_X, one, config, number(c, 1), 1,
                           (IrValue[1]){start == IR_NONE ? number(c, identity_of(row, shape.sew)) : start});
  IsaOp op = lanes_row("%s", row->row);
  bool any_order = op == ISA_VFREDOSUM_VS && LLVMCanValueUseFastMathFlags(c->call) &&
                   LLVMGetFastMathFlags(c->call) & LLVMFastMathAllowReassoc;
  IrValue avl = c->predicated ? call_length(c, &shape) : lanes_common_length(c->imp, &shape, 1, &x);
  if (!c->predicated)
    avl = shape_length(c->imp, &shape);
  // Of no elements the destination stays as it is, so it starts with the value.
  config.tail_undisturbed = c->predicated;
  IrValue operands[4] = {single, x, single, c->mask};
  unsigned skip = !c->predicated;
  IrValue v = build_machine(c->b, any_order ? ISA_VFREDUSUM_VS : op, one, config, avl,
                            3 - skip + (c->mask != IR_NONE), operands + skip);
  config.tail_undisturbed = false;
  if (is_float) {
    finish(c, build_machine(c->b, ISA_VFMV_F_S, shape.element, config, number(c, 1), 1, &v));
    return;
  }
  v = build_machine(c->b, ISA_VMV_X_S, IR_I64, config, number(c, 1), 1, &v);
  finish(c, shape.sew < 64 ? build1(c->b, IR_TRUNC, (IrType)shape.sew, v) : v);
}

static bool import_reduction(const Call *c) {
  static const char plain[] = "vector.reduce.", predicated[] = "reduce.";
  const char *name = starts(c->name, plain)                         ? c->name + sizeof plain - 1
                     : c->predicated && starts(c->name, predicated) ? c->name + sizeof predicated - 1
                                                                    : NULL;
  if (!name)
    return false;
  for (size_t i = 0; i < sizeof reductions / sizeof *reductions; i++)
    if (same(name, reductions[i].name)) {
      bool has_start = c->count == 2;
      LLVMValueRef x = argument(c, has_start);
      reduce(c, &reductions[i], LLVMTypeOf(x), operand(c->imp, x), has_start ? value(c, 0) : IR_NONE);
      return true;
    }
  return false;
}

// --- memory
// ---------------------------------------------------------------------------------------------------

typedef struct MemoryCall {
  bool load;
  IsaOp op;
  VectorShape shape; // of the data
  IrValue data;      // stored, or the old value of a load; IR_NONE
  IrValue address;   // IR_NONE: `addresses`
  IrValue extra;     // stride or addresses; IR_NONE
} MemoryCall;

static void build_memory(const Call *c, const MemoryCall *m, IrValue mask) {
  VectorConfig config = shape_config(&m->shape);
  IrValue operands[4];
  unsigned n = 0;
  bool keeps =
      m->load && m->data != IR_NONE && mask != IR_NONE && ir_insn(c->imp->f, m->data)->op != IR_UNDEFINED;
  config.mask_undisturbed = keeps;
  if (keeps || !m->load)
    operands[n++] = m->data;
  operands[n++] = m->address;
  if (m->extra != IR_NONE)
    operands[n++] = m->extra;
  if (mask != IR_NONE)
    operands[n++] = mask;
  IrValue v = build_machine(c->b, m->op, m->load ? m->shape.type : IR_VOID, config, call_length(c, &m->shape),
                            n, operands);
  if (m->load)
    finish(c, v);
}

// The mask of a masked intrinsic: its argument of i1 elements.
static IrValue mask_argument(const Call *c, unsigned *at) {
  for (unsigned i = 0; i < c->count; i++) {
    LLVMTypeRef type = LLVMTypeOf(argument(c, i));
    bool mask = is_vector_type(type) && LLVMGetTypeKind(type) != LLVMTargetExtTypeKind &&
                scalar_type(LLVMGetElementType(type)) == IR_I1;
    if (mask)
      *at = i;
  }
  return is_all_ones(argument(c, *at)) ? IR_NONE : value(c, *at);
}

static bool data_shape(const Call *c, bool load, VectorShape *shape) {
  if (!shape_of(c, load ? LLVMTypeOf(c->call) : LLVMTypeOf(argument(c, 0)), shape))
    return false;
  if (!is_mask_shape(shape))
    return true;
  refuse(c->imp, c->call, "a masked access to vectors of bits is not supported");
  return false;
}

// masked.load, .store, .gather, .scatter, .expandload, .compressstore; vp.load, .store, .gather, .scatter;
// experimental.vp.strided.load, .store.
static bool import_memory(const Call *c) {
  const char *name = starts(c->name, "masked.")    ? c->name + 7
                     : starts(c->name, "strided.") ? c->name
                     : c->predicated               ? c->name
                                                   : "";
  bool strided = starts(name, "strided.");
  const char *kind = strided ? name + 8 : name;
  bool gather = same(kind, "gather"), scatter = same(kind, "scatter"), expand = same(kind, "expandload");
  bool compress = same(kind, "compressstore"), load = same(kind, "load") || gather || expand;
  if (!load && !same(kind, "store") && !scatter && !compress)
    return false;
  MemoryCall m = {.load = load, .data = IR_NONE, .extra = IR_NONE};
  if (!data_shape(c, load, &m.shape))
    return true;
  unsigned at = load ? 0 : 1, mask_at = c->count - 1;
  bool masked = !c->predicated;
  IrValue mask = masked ? mask_argument(c, &mask_at) : c->mask;
  if (!load)
    m.data = value(c, 0);
  else if (masked && mask_at + 1 < c->count && is_vector_type(LLVMTypeOf(argument(c, mask_at + 1))))
    m.data = value(c, mask_at + 1);
  m.address = value(c, at);
  m.op = lanes_row("v%ce%u.v", load ? 'l' : 's', m.shape.sew);
  if (gather || scatter) {
    m.extra = m.address;
    m.address = number(c, 0);
    m.op = lanes_row("v%cuxei64.v", load ? 'l' : 's');
    VectorShape words = lanes_with_width(&m.shape, IR_I64, (unsigned)c->imp->target->machine->vlen);
    if (words.lmul > 3) {
      refuse(c->imp, c->call,
             "a gather or scatter of more than eight registers of addresses is not supported");
      return true;
    }
    if (!load)
      m.op = ISA_VSOXEI64_V; // later elements win
    int more = words.lmul - m.shape.lmul - __builtin_ctz(64 / m.shape.sew);
    m.shape.lmul = (int8_t)(m.shape.lmul + more);
  } else if (strided) {
    m.extra = as_word(c, value(c, at + 1));
    m.op = lanes_row("v%cse%u.v", load ? 'l' : 's', m.shape.sew);
  }
  if (!expand && !compress) {
    build_memory(c, &m, mask);
    return true;
  }
  VectorConfig config = shape_config(&m.shape);
  Call packed = *c;
  IrValue all = shape_length(c->imp, &m.shape);
  if (mask == IR_NONE) {
    build_memory(c, &m, mask);
    return true;
  }
  packed.length = build_machine(c->b, ISA_VCPOP_M, IR_I64, config, all, 1, &mask);
  if (compress) {
    m.data = build_machine(c->b, ISA_VCOMPRESS_VM, m.shape.type, config, all, 2, (IrValue[2]){m.data, mask});
    build_memory(&packed, &m, IR_NONE);
    return true;
  }
  IrValue old = m.data == IR_NONE ? build_undefined(c->b, m.shape.type) : m.data;
  IrValue dense = build_machine(c->b, m.op, m.shape.type, config, packed.length, 1, &m.address);
  // Element i comes from the place that counts the mask's bits before it.
  VectorShape index =
      lanes_with_width(&m.shape, (IrType)(m.shape.sew), (unsigned)c->imp->target->machine->vlen);
  IrValue where = build_machine(c->b, ISA_VIOTA_M, index.type, config, all, 1, &mask);
  config.mask_undisturbed = true;
  finish(c, build_machine(c->b, ISA_VRGATHER_VV, m.shape.type, config, all, 4,
                          (IrValue[4]){old, dense, where, mask}));
  return true;
}

// --- moving elements
// ------------------------------------------------------------------------------------------

// vector.insert and vector.extract of a part at a constant place.
static void import_subvector(const Call *c, bool insert) {
  VectorShape whole, part;
  if (!shape_of(c, LLVMTypeOf(argument(c, 0)), &whole) ||
      !shape_of(c, insert ? LLVMTypeOf(argument(c, 1)) : LLVMTypeOf(c->call), &part))
    return;
  uint64_t index = LLVMConstIntGetZExtValue(argument(c, insert ? 2 : 1));
  bool scalable = LLVMGetTypeKind(insert ? LLVMTypeOf(argument(c, 1)) : LLVMTypeOf(c->call)) ==
                  LLVMScalableVectorTypeKind;
  uint64_t vlen = c->imp->target->machine->vlen;
  if (scalable)
    index *= vlen / 64;
  if (is_mask_shape(&whole)) {
    refuse(c->imp, c->call, "parts of vectors of bits are not supported");
    return;
  }
  IrValue v = value(c, 0);
  uint64_t bits = index * whole.sew;
  bool registers = bits % vlen == 0 && (insert ? (uint64_t)part.count * part.sew % vlen == 0 : true);
  unsigned first = (unsigned)(bits / vlen), size = ir_group_size(part.type);
  bool aligned =
      registers && first % ir_group_alignment(part.type) == 0 && first + size <= ir_group_size(whole.type);
  if (aligned) {
    finish(c, insert ? build_join(c->b, v, value(c, 1), first) : build_part(c->b, part.type, v, first));
    return;
  }
  VectorConfig config = shape_config(&whole);
  if (!insert) {
    v = build_machine(c->b, ISA_VSLIDEDOWN_VX, whole.type, config, number(c, part.count), 2,
                      (IrValue[2]){v, number(c, (int64_t)index)});
    finish(c, build_part(c->b, part.type, v, 0));
    return;
  }
  IrValue p = value(c, 1);
  if (ir_type(c->imp->f, p) != whole.type)
    p = build_join(c->b, build_undefined(c->b, whole.type), p, 0);
  config.tail_undisturbed = true;
  finish(c, build_machine(c->b, ISA_VSLIDEUP_VX, whole.type, config, number(c, (int64_t)index + part.count),
                          3, (IrValue[3]){v, p, number(c, (int64_t)index)}));
}

// Vectors with their elements in turns, and back, go through memory: segments are what its instructions are
// for.
static bool import_interleave(const Call *c) {
  bool apart = starts(c->name, "vector.deinterleave");
  if (!apart && !starts(c->name, "vector.interleave"))
    return false;
  unsigned fields = (unsigned)strtoul(c->name + (apart ? 19 : 17), NULL, 10);
  VectorShape whole, part;
  LLVMTypeRef all = apart ? LLVMTypeOf(argument(c, 0)) : LLVMTypeOf(c->call);
  LLVMTypeRef one = apart ? LLVMStructGetTypeAtIndex(LLVMTypeOf(c->call), 0) : LLVMTypeOf(argument(c, 0));
  if (!shape_of(c, all, &whole) || !shape_of(c, one, &part))
    return true;
  if (is_mask_shape(&part) || fields < 2 || fields > 8 || fields * ir_group_size(part.type) > 8) {
    refuse(c->imp, c->call, "an interleaving of bits or of more than eight registers is not supported");
    return true;
  }
  FrameSlot slot = {.size = (uint64_t)whole.count * (whole.sew / 8), .alignment = 16};
  VEC_PUSH(&c->imp->f->slots, slot);
  IrValue address = ir_leaf(c->imp->f, IR_FRAME, IR_I64, (int64_t)c->imp->f->slots.count - 1), parts[8];
  unsigned size = ir_group_size(part.type);
  IrType tuple = ir_vector(fields * size, size);
  IrValue avl = shape_length(c->imp, &part);
  IsaOp op = lanes_row("v%cseg%ue%u.v", apart ? 'l' : 's', fields, part.sew);
  if (apart) {
    lanes_store(c->imp, value(c, 0), address, &whole);
    IrValue group = build_machine(c->b, op, tuple, shape_config(&part), avl, 1, &address);
    for (unsigned i = 0; i < fields; i++)
      parts[i] = build_part(c->b, part.type, group, i * size);
    set_parts(c->imp, c->call, parts, fields);
    return true;
  }
  IrValue group = build_undefined(c->b, tuple);
  for (unsigned i = 0; i < fields; i++)
    group = build_join(c->b, group, value(c, i), i * size);
  build_machine(c->b, op, IR_VOID, shape_config(&part), avl, 2, (IrValue[2]){group, address});
  finish(c, lanes_load(c->imp, address, &whole));
  return true;
}

// The indices count - 1 .. 0, for a gather.
static void import_reverse(const Call *c) {
  VectorShape shape;
  if (!shape_of(c, LLVMTypeOf(c->call), &shape))
    return;
  VectorShape bytes = shape;
  IrValue x = value(c, 0);
  bool mask = is_mask_shape(&shape);
  if (mask) {
    bytes = lanes_with_width(&shape, IR_I8, (unsigned)c->imp->target->machine->vlen);
    x = lanes_resize(c->imp, &shape, &bytes, x, false);
  }
  // Places beyond 255 need indices of 16 bits.
  bool wide = bytes.sew == 8 && bytes.count > 256;
  if (wide && bytes.lmul > 2) {
    refuse(c->imp, c->call, "the reversal of more than 256 bytes is not supported");
    return;
  }
  VectorShape index =
      lanes_with_width(&bytes, wide ? IR_I16 : (IrType)bytes.sew, (unsigned)c->imp->target->machine->vlen);
  IrValue avl = call_length(c, &bytes);
  IrValue last = avl == IR_AVL_MAX ? number(c, (int64_t)bytes.count - 1)
                                   : build2(c->b, IR_SUB, IR_I64, avl, number(c, 1));
  IrValue id = build_machine(c->b, ISA_VID_V, index.type, shape_config(&index), avl, 0, NULL);
  id = build_machine(c->b, ISA_VRSUB_VX, index.type, shape_config(&index), avl, 2, (IrValue[2]){id, last});
  IrValue v = build_machine(c->b, wide ? ISA_VRGATHEREI16_VV : ISA_VRGATHER_VV, bytes.type,
                            shape_config(&bytes), avl, 2, (IrValue[2]){x, id});
  finish(c, mask ? lanes_resize(c->imp, &bytes, &shape, v, false) : v);
}

static void import_splice(const Call *c, int64_t offset) {
  VectorShape shape;
  if (!shape_of(c, LLVMTypeOf(c->call), &shape))
    return;
  if (is_mask_shape(&shape)) {
    refuse(c->imp, c->call, "the splice of vectors of bits is not supported");
    return;
  }
  // experimental.vp.splice has two lengths; what is masked off is anything.
  bool lengths = c->count == 6;
  IrValue first = lengths ? length_word(c, value(c, 4)) : number(c, (int64_t)shape.count),
          second = lengths ? length_word(c, value(c, 5)) : shape_length(c->imp, &shape),
          place = number(c, offset);
  IrValue from = offset < 0 ? build2(c->b, IR_ADD, IR_I64, first, place) : place;
  IrValue kept = offset < 0 ? number(c, -offset) : build2(c->b, IR_SUB, IR_I64, first, place);
  finish(c, lanes_splice(c->imp, &shape, value(c, 0), value(c, 1), from, kept, second));
}

static void import_step(const Call *c) {
  VectorShape shape;
  if (shape_of(c, LLVMTypeOf(c->call), &shape))
    finish(c, build_machine(c->b, ISA_VID_V, shape.type, shape_config(&shape), shape_length(c->imp, &shape),
                            0, NULL));
}

// index + i < limit, without wrapping.
static void import_lane_mask(const Call *c) {
  VectorShape shape;
  if (!shape_of(c, LLVMTypeOf(c->call), &shape))
    return;
  VectorShape words = lanes_with_width(&shape, IR_I64, (unsigned)c->imp->target->machine->vlen);
  if (words.lmul > 3) {
    refuse(c->imp, c->call, "a mask of so many lanes is not supported");
    return;
  }
  IrValue avl = shape_length(c->imp, &words), base = as_word(c, value(c, 0)), limit = as_word(c, value(c, 1));
  IrValue id = build_machine(c->b, ISA_VID_V, words.type, shape_config(&words), avl, 0, NULL);
  id = build_machine(c->b, ISA_VSADDU_VX, words.type, shape_config(&words), avl, 2, (IrValue[2]){id, base});
  finish(c, build_machine(c->b, ISA_VMSLTU_VX, shape.type, shape_config(&words), avl, 2,
                          (IrValue[2]){id, limit}));
}

static void import_first_set(const Call *c) {
  VectorShape shape;
  if (!shape_of(c, LLVMTypeOf(argument(c, 0)), &shape))
    return;
  IrValue x = value(c, 0), avl = call_length(c, &shape);
  IrType type = scalar_type(LLVMTypeOf(c->call));
  if (!is_mask_shape(&shape))
    x = lanes_compare(c->imp, IR_NE, &shape, x, lanes_splat(c->imp, number(c, 0), &shape));
  IrValue n = build_machine(c->b, ISA_VFIRST_M, IR_I64, shape_config(&shape), avl, 1, &x);
  IrValue none = build_compare(c->b, IR_ICMP, IR_SLT, n, number(c, 0));
  IrValue all = avl == IR_AVL_MAX ? number(c, shape.count) : avl;
  n = build_select(c->b, IR_I64, none, all, n);
  finish(c, type < IR_I64 ? build1(c->b, IR_TRUNC, type, n) : n);
}

// --- predicated: lengths and selections
// --------------------------------------------------------------------------

// experimental.get.vector.length(count, VF, scalable)
static void import_get_length(const Call *c) {
  uint64_t factor = LLVMConstIntGetZExtValue(argument(c, 1)), vlen = c->imp->target->machine->vlen;
  bool scalable = LLVMConstIntGetZExtValue(argument(c, 2));
  uint64_t elements = scalable ? factor * (vlen / 64) : factor;
  IrValue n = value(c, 0);
  if (ir_type(c->imp->f, n) < IR_I64)
    n = build1(c->b, IR_ZEXT, IR_I64, n);
  // VLMAX is the factor at some ratio of SEW and LMUL: bits of a register by elements.
  uint64_t ratio = elements ? vlen / elements : 0;
  bool fits = ratio && ratio <= 64 && (ratio & (ratio - 1)) == 0 && ratio * elements == vlen;
  IrValue length;
  if (fits) {
    unsigned sew = ratio >= 8 ? (unsigned)(ratio > 64 ? 64 : ratio) : 8;
    length = build_setvl(c->b, n, sew, ratio >= 8 ? 0 : 3 - __builtin_ctzll(ratio));
  } else {
    length = build2(c->b, IR_UMIN, IR_I64, n, number(c, (int64_t)elements));
  }
  finish(c, build1(c->b, IR_TRUNC, IR_I32, length));
}

// Elements below the length: where the mask says so those of x, else those of y; behind it those of y.
static void import_merge(const Call *c, bool behind) {
  VectorShape shape;
  if (!shape_of(c, LLVMTypeOf(c->call), &shape))
    return;
  bool all = is_all_ones(argument(c, 0));
  IrValue x = value(c, 1), y = value(c, 2), length = length_word(c, value(c, 3));
  if (is_mask_shape(&shape)) {
    VectorShape words = lanes_with_width(&shape, IR_I8, (unsigned)c->imp->target->machine->vlen);
    IrValue id = build_machine(c->b, ISA_VID_V, words.type, shape_config(&words), IR_AVL_MAX, 0, NULL);
    if (shape.count > 256 && behind) {
      refuse(c->imp, c->call, "a merge of more than 256 bits is not supported");
      return;
    }
    IrValue inside = build_machine(c->b, ISA_VMSLTU_VX, shape.type, shape_config(&words), IR_AVL_MAX, 2,
                                   (IrValue[2]){id, length});
    if (!all)
      inside = build_machine(c->b, ISA_VMAND_MM, shape.type, shape_config(&shape), IR_AVL_MAX, 2,
                             (IrValue[2]){inside, value(c, 0)});
    finish(c, lanes_select(c->imp, &shape, inside, x, y));
    return;
  }
  VectorConfig config = shape_config(&shape);
  config.tail_undisturbed = behind;
  if (all)
    finish(c, build_machine(c->b, ISA_VMV_V_V, shape.type, config, length, 1U + behind,
                            behind ? (IrValue[2]){y, x} : (IrValue[2]){x, 0}));
  else
    finish(c,
           build_machine(c->b, ISA_VMERGE_VVM, shape.type, config, length, 3U + behind,
                         behind ? (IrValue[4]){y, y, x, value(c, 0)} : (IrValue[4]){y, x, value(c, 0), 0}));
}

// --- element by element
// ---------------------------------------------------------------------------------------

// Makes the call for each element, where nothing does it for all at once.
static bool import_elements(const Call *c) {
  LLVMTypeRef type = LLVMTypeOf(c->call);
  VectorShape shape;
  const char *reason = NULL;
  unsigned id = LLVMGetIntrinsicID(LLVMGetCalledValue(c->call));
  bool vector = is_vector_type(type) && !c->predicated && lanes_shape(c->imp, type, &shape, &reason);
  if (!vector || shape.fields > 1 || c->count > 4 || shape.count > 256)
    return false;
  LLVMTypeRef overload[2] = {LLVMGetElementType(type), NULL};
  // Those with a second type have it in the second argument, as powi has.
  unsigned types = 1;
  if (same(c->name, "powi") || same(c->name, "ldexp")) {
    LLVMTypeRef second = LLVMTypeOf(argument(c, 1));
    overload[1] = is_vector_type(second) ? LLVMGetElementType(second) : second;
    types = 2;
  }
  LLVMValueRef scalar = LLVMGetIntrinsicDeclaration(c->imp->module, id, overload, types);
  if (!scalar || LLVMIsUndef(scalar))
    return false;
  LLVMTypeRef function = LLVMGlobalGetValueType(scalar);
  LLVMBuilderRef builder = LLVMCreateBuilderInContext(c->imp->context);
  LLVMPositionBuilderBefore(builder, c->call);
  IrValue result = build_undefined(c->b, shape.type);
  for (uint32_t i = 0; i < shape.count; i++) {
    LLVMValueRef arguments[4];
    for (unsigned k = 0; k < c->count; k++) {
      LLVMValueRef x = argument(c, k);
      arguments[k] = x;
      if (!is_vector_type(LLVMTypeOf(x)))
        continue;
      VectorShape own;
      if (!shape_of(c, LLVMTypeOf(x), &own))
        break;
      // A value that only stands for the element: its meaning is set right away.
      arguments[k] = LLVMBuildFreeze(builder, LLVMGetPoison(LLVMGetElementType(LLVMTypeOf(x))), "");
      set_value(c->imp, arguments[k], lanes_extract(c->imp, &own, value(c, k), number(c, i)));
    }
    LLVMValueRef one = LLVMBuildCall2(builder, function, scalar, arguments, c->count, "");
    import_call(c->imp, one);
    result = lanes_insert(c->imp, &shape, result, operand(c->imp, one), number(c, i));
  }
  LLVMDisposeBuilder(builder);
  finish(c, result);
  return true;
}

// --- all of them
// ----------------------------------------------------------------------------------------------

static bool import_moves(const Call *c) {
  bool plain = !c->predicated;
  if (plain && (same(c->name, "vector.insert") || same(c->name, "vector.extract")))
    import_subvector(c, c->name[7] == 'i');
  else if ((plain && same(c->name, "vector.reverse")) || (c->predicated && same(c->name, "reverse")))
    import_reverse(c);
  else if (plain && same(c->name, "vector.splice"))
    import_splice(c, LLVMConstIntGetSExtValue(argument(c, 2)));
  else if (plain && (same(c->name, "vector.splice.left") || same(c->name, "vector.splice.right")) &&
           LLVMIsAConstantInt(argument(c, 2))) {
    int64_t n = LLVMConstIntGetSExtValue(argument(c, 2));
    import_splice(c, c->name[14] == 'l' ? n : -n);
  } else if (plain && (same(c->name, "stepvector") || same(c->name, "experimental.stepvector")))
    import_step(c);
  else if (plain && same(c->name, "get.active.lane.mask"))
    import_lane_mask(c);
  else if (same(c->name, "experimental.cttz.elts") || (c->predicated && same(c->name, "cttz.elts")))
    import_first_set(c);
  else
    return false;
  return true;
}

// vp.icmp and vp.fcmp name their predicate; conversions are those of the instructions.
static bool import_predicated_other(const Call *c) {
  if (!c->predicated)
    return false;
  if (same(c->name, "select") || same(c->name, "merge")) {
    import_merge(c, same(c->name, "merge"));
    return true;
  }
  return false;
}

bool import_vector_intrinsic(Importer *imp, LLVMValueRef call, const char *name) {
  Call c = {.imp = imp, .b = &imp->b, .call = call, .mask = IR_NONE, .length = IR_NONE};
  c.count = LLVMGetNumArgOperands(call);
  c.name = starts(name, "llvm.") ? name + 5 : name;
  if (same(c.name, "vscale")) {
    IrType type = scalar_type(LLVMTypeOf(call));
    finish(&c, build_const(c.b, type, (int64_t)(imp->target->machine->vlen / 64)));
    return true;
  }
  if (same(c.name, "experimental.get.vector.length")) {
    import_get_length(&c);
    return true;
  }
  bool vector = is_vector_type(LLVMTypeOf(call));
  for (unsigned i = 0; i < c.count && !vector; i++)
    vector = is_vector_type(LLVMTypeOf(argument(&c, i)));
  if (!vector)
    return false;
  if (import_split(imp, call, LLVMCall))
    return true;
  if (same(c.name, "experimental.vp.splice")) {
    import_splice(&c, LLVMConstIntGetSExtValue(argument(&c, 2)));
    return true;
  }
  bool experimental = starts(c.name, "experimental.vp.");
  if (starts(c.name, "vp.") || experimental) {
    c.predicated = true;
    c.name += experimental ? 16 : 3;
    bool selection = same(c.name, "select") || same(c.name, "merge");
    if (!selection && c.count >= 2) {
      c.length = length_word(&c, value(&c, c.count - 1));
      c.mask = is_all_ones(argument(&c, c.count - 2)) ? IR_NONE : value(&c, c.count - 2);
      c.count -= 2;
    }
  }
  return import_pair(&c) || import_predicated_binary(&c) || import_multiply_add(&c) || import_one(&c) ||
         import_bits(&c) || import_interleave(&c) || import_reduction(&c) || import_memory(&c) ||
         import_moves(&c) || import_predicated_other(&c) ||
         (!c.predicated && import_vector_function(imp, call, c.name)) || import_elements(&c);
}
