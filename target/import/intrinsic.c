// What becomes of LLVM's intrinsics; the table is intrinsics.def.
#include "target/import/import.h"

#include <assert.h>
#include <string.h>

typedef enum Action {
  IGNORE,
  FIRST,
  INTEGER,
  ABSOLUTE,
  FUNNEL,
  SATURATE_SIGNED,
  SATURATE_UNSIGNED,
  OVERFLOW_SIGNED,
  OVERFLOW_UNSIGNED,
  OVERFLOW_MULTIPLY,
  BITREVERSE,
  THREE_WAY,
  CONSTANT_ZERO,
  OBJECT_SIZE,
  POINTER_MASK,
  FLOAT,
  FLOAT_MULADD,
  FLOAT_SIGN,
  FLOAT_NAN,
  FLOAT_TO_INTEGER,
  FLOAT_CLASS,
  LIBRARY,
  POWER_INTEGER,
  LOAD_EXPONENT,
  ROUND_TO_INTEGER,
  MEMORY_COPY,
  MEMORY_SET,
  TRAP,
  VARIADIC_START,
  VARIADIC_COPY,
  STACK_SAVE,
  STACK_RESTORE,
  CONSTANT_ONE,
  CANONICAL,
  SINE_COSINE,
  FRACTION_EXPONENT,
  WHOLE_FRACTION,
  LOAD_RELATIVE,
  CLEAR_CACHE,
  FRAME_ADDRESS,
  RETURN_ADDRESS,
  THREAD_POINTER,
  READ_STATE,
  GET_ROUNDING,
  SET_ROUNDING,
} Action;

enum { CSR_FRM = 0x002, CSR_CYCLE = 0xc00, CSR_TIME = 0xc01 };

typedef struct IntrinsicRow {
  const char *name;
  Action action;
  int detail;
} IntrinsicRow;

static const IntrinsicRow rows[] = {
#define INTRINSIC(name, action, detail) {name, action, detail},
#include "target/import/intrinsics.def"
#undef INTRINSIC
};

static const IntrinsicRow *find_row(LLVMValueRef callee) {
  size_t size = 0;
  const char *name = LLVMIntrinsicGetName(LLVMGetIntrinsicID(callee), &size);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (strlen(rows[i].name) == size && memcmp(rows[i].name, name, size) == 0)
      return &rows[i];
  return NULL;
}

typedef struct Intrinsic {
  Importer *imp;
  Builder *b;
  LLVMValueRef call;
  const char *name; // of the library function
  IrType type;      // of the first operand
  IrType result;    // IR_VOID for none or an aggregate
  IrValue x[4];
  unsigned count;
} Intrinsic;

static IrValue number(Intrinsic *i, IrType type, int64_t value) {
  return build_const(i->b, type, value);
}

static void finish(Intrinsic *i, IrValue v) {
  set_value(i->imp, i->call, v);
}

static void import_integer(Intrinsic *i, IrOp op) {
  if (op == IR_BSWAP && i->type % 16) {
    refuse(i->imp, i->call, "byte swap of %u bits is not supported", i->type);
    return;
  }
  finish(i, ir_ops[op].operands == 1 ? build1(i->b, op, i->type, i->x[0])
                                     : build2(i->b, op, i->type, i->x[0], i->x[1]));
}

static void import_absolute(Intrinsic *i) {
  IrValue negated = build2(i->b, IR_SUB, i->type, number(i, i->type, 0), i->x[0]);
  finish(i, build2(i->b, IR_SMAX, i->type, i->x[0], negated));
}

// fshl(a, b, n): the high half of (a : b) << (n mod width); fshr: the low half of (a : b) >> (n mod width).
static void import_funnel(Intrinsic *i, IrOp op) {
  IrType type = i->type;
  if (type == IR_VOID)
    return;
  IrValue bits = number(i, type, type), a = i->x[0], b = i->x[1], n = i->x[2];
  if (a == b && (type == IR_I32 || type == IR_I64)) {
    finish(i, build2(i->b, op == IR_SHL ? IR_ROTL : IR_ROTR, type, a, n));
    return;
  }
  if (ir_is_const(i->imp->f, n)) {
    int64_t amount = (int64_t)((uint64_t)zero_extend(ir_insn(i->imp->f, n)->imm, type) % type);
    if (op == IR_LSHR)
      amount = (type - amount) % type;
    if (amount == 0) {
      finish(i, op == IR_SHL ? a : b);
      return;
    }
    IrValue high = build2(i->b, IR_SHL, type, a, number(i, type, amount));
    IrValue low = build2(i->b, IR_LSHR, type, b, number(i, type, type - amount));
    finish(i, build2(i->b, IR_OR, type, high, low));
    return;
  }
  // The other half moves by one and then by width - 1 - n, so that no shift is by the full width.
  bool power = (type & (type - 1)) == 0;
  n = power ? build2(i->b, IR_AND, type, n, number(i, type, type - 1)) : build2(i->b, IR_UREM, type, n, bits);
  IrValue rest = build2(i->b, IR_SUB, type, number(i, type, type - 1), n), one = number(i, type, 1);
  IrValue high, low;
  if (op == IR_SHL) {
    high = build2(i->b, IR_SHL, type, a, n);
    low = build2(i->b, IR_LSHR, type, build2(i->b, IR_LSHR, type, b, one), rest);
  } else {
    high = build2(i->b, IR_SHL, type, build2(i->b, IR_SHL, type, a, one), rest);
    low = build2(i->b, IR_LSHR, type, b, n);
  }
  finish(i, build2(i->b, IR_OR, type, high, low));
}

// The overflow of a signed sum or difference r = x op y: r < x exactly when y (for a sum) is negative.
static IrValue signed_overflow(Intrinsic *i, IrOp op, IrValue r) {
  IrValue zero = number(i, i->type, 0);
  IrValue down = build_compare(i->b, IR_ICMP, IR_SLT, r, i->x[0]);
  IrValue expected = op == IR_ADD ? build_compare(i->b, IR_ICMP, IR_SLT, i->x[1], zero)
                                  : build_compare(i->b, IR_ICMP, IR_SGT, i->x[1], zero);
  return build2(i->b, IR_XOR, IR_I1, down, expected);
}

static void import_saturate_signed(Intrinsic *i, IrOp op) {
  IrType type = i->type;
  if (type == IR_VOID)
    return;
  IrValue r = build2(i->b, op, type, i->x[0], i->x[1]);
  IrValue overflow = signed_overflow(i, op, r);
  // On overflow the result's sign is the wrong one.
  IrValue sign = build2(i->b, IR_ASHR, type, r, number(i, type, type - 1));
  IrValue limit = build2(i->b, IR_XOR, type, sign, number(i, type, (int64_t)(UINT64_C(1) << (type - 1))));
  finish(i, build_select(i->b, type, overflow, limit, r));
}

static void import_saturate_unsigned(Intrinsic *i, IrOp op) {
  IrType type = i->type;
  if (op == IR_SUB) {
    IrValue larger = build2(i->b, IR_UMAX, type, i->x[0], i->x[1]);
    finish(i, build2(i->b, IR_SUB, type, larger, i->x[1]));
    return;
  }
  IrValue room = build2(i->b, IR_XOR, type, i->x[1], number(i, type, -1));
  finish(i, build2(i->b, IR_ADD, type, build2(i->b, IR_UMIN, type, i->x[0], room), i->x[1]));
}

static void finish_pair(Intrinsic *i, IrValue r, IrValue overflow) {
  IrValue parts[2] = {r, overflow};
  set_parts(i->imp, i->call, parts, 2);
}

static void import_overflow(Intrinsic *i, Action action, IrOp op) {
  IrValue r = build2(i->b, op, i->type, i->x[0], i->x[1]);
  if (action == OVERFLOW_SIGNED)
    finish_pair(i, r, signed_overflow(i, op, r));
  else if (op == IR_ADD)
    finish_pair(i, r, build_compare(i->b, IR_ICMP, IR_ULT, r, i->x[0]));
  else
    finish_pair(i, r, build_compare(i->b, IR_ICMP, IR_ULT, i->x[0], i->x[1]));
}

static void import_overflow_multiply(Intrinsic *i, IrOp high_op) {
  Builder *b = i->b;
  bool is_signed = high_op == IR_MULHS;
  IrType type = i->type;
  if (type == IR_I64) {
    IrValue low = build2(b, IR_MUL, type, i->x[0], i->x[1]),
            high = build2(b, high_op, type, i->x[0], i->x[1]);
    IrValue expected = is_signed ? build2(b, IR_ASHR, type, low, number(i, type, 63)) : number(i, type, 0);
    finish_pair(i, low, build_compare(b, IR_ICMP, IR_NE, high, expected));
    return;
  }
  if (type > IR_I32) {
    refuse(i->imp, i->call, "multiplication with overflow of %u bits is not supported", type);
    return;
  }
  IrOp extend = is_signed ? IR_SEXT : IR_ZEXT;
  IrValue wide =
      build2(b, IR_MUL, IR_I64, build1(b, extend, IR_I64, i->x[0]), build1(b, extend, IR_I64, i->x[1]));
  IrValue low = build1(b, IR_TRUNC, type, wide);
  finish_pair(i, low, build_compare(b, IR_ICMP, IR_NE, wide, build1(b, extend, IR_I64, low)));
}

// Swaps neighbours by 1, 2 and 4 bits, then the bytes.
static void import_bitreverse(Intrinsic *i) {
  IrType type = i->type;
  if (type != IR_I8 && type != IR_I16 && type != IR_I32 && type != IR_I64) {
    refuse(i->imp, i->call, "bit reversal of %u bits is not supported", type);
    return;
  }
  static const uint64_t masks[3] = {0x5555555555555555, 0x3333333333333333, 0x0f0f0f0f0f0f0f0f};
  IrValue x = i->x[0];
  for (int step = 0; step < 3; step++) {
    IrValue mask = number(i, type, (int64_t)masks[step]), amount = number(i, type, 1 << step);
    IrValue high = build2(i->b, IR_SHL, type, build2(i->b, IR_AND, type, x, mask), amount);
    IrValue low = build2(i->b, IR_AND, type, build2(i->b, IR_LSHR, type, x, amount), mask);
    x = build2(i->b, IR_OR, type, high, low);
  }
  finish(i, type == IR_I8 ? x : build1(i->b, IR_BSWAP, type, x));
}

static void import_three_way(Intrinsic *i, IrPredicate less) {
  IrPredicate greater = less == IR_SLT ? IR_SGT : IR_UGT;
  IrValue below = build1(i->b, IR_ZEXT, i->result, build_compare(i->b, IR_ICMP, less, i->x[0], i->x[1]));
  IrValue above = build1(i->b, IR_ZEXT, i->result, build_compare(i->b, IR_ICMP, greater, i->x[0], i->x[1]));
  finish(i, build2(i->b, IR_SUB, i->result, above, below));
}

// minimum and maximum give NaN for a NaN; the machine's give the other operand.
static void import_float_nan(Intrinsic *i, IrOp op) {
  IrType type = i->type, compared = type == IR_BFLOAT ? IR_FLOAT : type;
  IrValue x[2] = {i->x[0], i->x[1]};
  if (type == IR_BFLOAT)
    for (int k = 0; k < 2; k++)
      x[k] = build1(i->b, IR_FEXT, IR_FLOAT, x[k]);
  IrValue x_number = build_compare(i->b, IR_FCMP, IR_ORD, x[0], x[0]);
  IrValue y_number = build_compare(i->b, IR_FCMP, IR_ORD, x[1], x[1]);
  IrValue operands[2] = {build_select(i->b, compared, y_number, x[0], x[1]),
                         build_select(i->b, compared, x_number, x[1], x[0])};
  IrValue v = build(i->b, op, compared, 2, operands);
  finish(i, type == IR_BFLOAT ? build1(i->b, IR_FTRUNC, type, v) : v);
}

static void import_float_sign(Intrinsic *i, IrOp op) {
  if (i->type != IR_BFLOAT) {
    finish(i, build(i->b, op, i->type, i->count, i->x));
    return;
  }
  IrValue magnitude = build1(i->b, IR_BITCAST, IR_I16, i->x[0]);
  magnitude = build2(i->b, IR_AND, IR_I16, magnitude, number(i, IR_I16, 0x7fff));
  if (op == IR_FCOPYSIGN) {
    IrValue sign = build1(i->b, IR_BITCAST, IR_I16, i->x[1]);
    sign = build2(i->b, IR_AND, IR_I16, sign, number(i, IR_I16, -0x8000));
    magnitude = build2(i->b, IR_OR, IR_I16, magnitude, sign);
  }
  finish(i, build1(i->b, IR_BITCAST, IR_BFLOAT, magnitude));
}

static void import_muladd(Intrinsic *i) {
  if (i->type != IR_BFLOAT) {
    uint8_t flags = LLVMGetFastMathFlags(i->call) & LLVMFastMathAllowReassoc ? IR_REASSOCIATE : 0;
    finish(i, build_float(i->imp, IR_FMA, i->type, 3, i->x, flags));
    return;
  }
  IrValue terms[2] = {build_float(i->imp, IR_FMUL, IR_BFLOAT, 2, i->x, 0), i->x[2]};
  finish(i, build_float(i->imp, IR_FADD, IR_BFLOAT, 2, terms, 0));
}

// The conversions saturate at 32 and 64 bits by themselves, but for NaN, which must give 0.
static void import_float_to_integer(Intrinsic *i, IrOp op) {
  IrValue x = i->type == IR_BFLOAT ? build1(i->b, IR_FEXT, IR_FLOAT, i->x[0]) : i->x[0];
  if (i->result > IR_I32 && i->result != IR_I64) {
    refuse(i->imp, i->call, "saturating conversion to %u bits is not supported", i->result);
    return;
  }
  IrType computed = i->result == IR_I64 ? IR_I64 : IR_I32;
  IrValue v = build1(i->b, op, computed, x);
  v = build_select(i->b, computed, build_compare(i->b, IR_FCMP, IR_ORD, x, x), v, number(i, computed, 0));
  if (computed != i->result) {
    int64_t bits = i->result;
    assert(bits > 0);
    if (op == IR_FTOUI) {
      v = build2(i->b, IR_UMIN, computed, v, number(i, computed, (INT64_C(1) << bits) - 1));
    } else {
      v = build2(i->b, IR_SMIN, computed, v, number(i, computed, (INT64_C(1) << (bits - 1)) - 1));
      v = build2(i->b, IR_SMAX, computed, v, number(i, computed, -(INT64_C(1) << (bits - 1))));
    }
    v = build1(i->b, IR_TRUNC, i->result, v);
  }
  finish(i, v);
}

// Works on the bits: a class is a range of the magnitude and a sign.
static void import_float_class(Intrinsic *i) {
  enum {
    SNAN = 1,
    QNAN = 2,
    NINF = 4,
    NNORMAL = 8,
    NSUB = 16,
    NZERO = 32,
    PZERO = 64,
    PSUB = 128,
    PNORMAL = 256,
    PINF = 512
  };
  Builder *b = i->b;
  if (!ir_is_float(i->type))
    return;
  unsigned bits = ir_float_bits(i->type);
  unsigned fraction = i->type == IR_DOUBLE ? 52 : i->type == IR_FLOAT ? 23 : i->type == IR_HALF ? 10 : 7;
  IrType type = (IrType)bits;
  int64_t wanted = ir_insn(i->imp->f, i->x[1])->imm & 1023;
  int64_t infinity = zero_extend(-1, bits - 1) >> fraction << fraction;
  IrValue x = build1(b, IR_BITCAST, type, i->x[0]);
  IrValue magnitude = build2(b, IR_AND, type, x, number(i, type, zero_extend(-1, bits - 1)));
  IrValue negative = build_compare(b, IR_ICMP, IR_SLT, x, number(i, type, 0));
  const struct {
    int64_t from, to;
    int either, minus, plus;
  } classes[] = {
      {0, 0, 0, NZERO, PZERO},
      {1, (INT64_C(1) << fraction) - 1, 0, NSUB, PSUB},
      {INT64_C(1) << fraction, infinity - 1, 0, NNORMAL, PNORMAL},
      {infinity, infinity, 0, NINF, PINF},
      {infinity + 1, infinity + (INT64_C(1) << (fraction - 1)) - 1, SNAN, 0, 0},
      {infinity + (INT64_C(1) << (fraction - 1)), zero_extend(-1, bits - 1), QNAN, 0, 0},
  };
  IrValue result = number(i, IR_I1, 0);
  for (size_t c = 0; c < sizeof classes / sizeof *classes; c++) {
    int any = classes[c].either ? classes[c].either : classes[c].minus | classes[c].plus;
    if (!(wanted & any))
      continue;
    IrValue distance = build2(b, IR_SUB, type, magnitude, number(i, type, classes[c].from));
    IrValue in =
        build_compare(b, IR_ICMP, IR_ULE, distance, number(i, type, classes[c].to - classes[c].from));
    if ((wanted & any) == classes[c].minus)
      in = build2(b, IR_AND, IR_I1, in, negative);
    else if ((wanted & any) == classes[c].plus)
      in = build2(b, IR_AND, IR_I1, in, build2(b, IR_XOR, IR_I1, negative, number(i, IR_I1, -1)));
    result = build2(b, IR_OR, IR_I1, result, in);
  }
  finish(i, result);
}

// Half and bfloat are computed in float.
// A number of which C libraries have functions; they have none of halves.
static IrValue library_argument(Intrinsic *i, unsigned k) {
  IrType type = ir_type(i->imp->f, i->x[k]);
  bool narrow = type == IR_HALF || type == IR_BFLOAT;
  return narrow ? build1(i->b, IR_FEXT, IR_FLOAT, i->x[k]) : i->x[k];
}

// The whole number as a floating one, which is then converted: so it is seen what it is, and needs no
// function of its own.
static void import_round_to_integer(Intrinsic *i) {
  bool even = strstr(i->name, "rint") != NULL;
  IrValue x = library_argument(i, 0);
  const char *name = i->type == IR_DOUBLE ? (even ? "rint" : "round") : (even ? "rintf" : "roundf");
  IrValue whole = build_library_call(i->imp, name, ir_type(i->imp->f, x), 1, &x);
  mark_approximate(i->imp, whole);
  finish(i, build1(i->b, IR_FTOSI, i->result, whole));
}

static void import_library(Intrinsic *i) {
  Text name = {0};
  // C libraries do not all have roundeven; rint is the same, since LLVM assumes here that the mode is to
  // nearest.
  bool even = strcmp(i->name, "llvm.roundeven") == 0;
  text_append_string(&name, even ? "rint" : i->name + strlen("llvm."));
  IrType type = i->type;
  if (type != IR_DOUBLE)
    text_append_char(&name, 'f');
  IrValue x[4];
  for (unsigned k = 0; k < i->count; k++)
    x[k] = library_argument(i, k);
  bool narrow = i->type < IR_FLOAT;
  IrValue v = build_library_call(i->imp, text_string(&name), narrow ? IR_FLOAT : i->type, i->count, x);
  mark_approximate(i->imp, v);
  finish(i, narrow ? build1(i->b, IR_FTRUNC, i->type, v) : v);
  text_free(&name);
}

static void import_power_integer(Intrinsic *i) {
  IrType type = i->type == IR_DOUBLE ? IR_DOUBLE : IR_FLOAT;
  IrValue x[2] = {type == i->type ? i->x[0] : build1(i->b, IR_FEXT, type, i->x[0]), i->x[1]};
  IrValue v = build_library_call(i->imp, type == IR_DOUBLE ? "__powidf2" : "__powisf2", type, 2, x);
  finish(i, type == i->type ? v : build1(i->b, IR_FTRUNC, i->type, v));
}

enum { MAX_INLINE_PIECES = 8, SMALL_PIECES = 4 };

static unsigned most_pieces(const Function *f) {
  return f->small ? SMALL_PIECES : MAX_INLINE_PIECES;
}

static unsigned piece_size(unsigned alignment, uint64_t rest) {
  unsigned piece = alignment < 8 ? alignment : 8;
  while (piece > rest)
    piece /= 2;
  return piece ? piece : 1;
}

// Short copies of known length become loads, all of them first, and stores.
static bool inline_copy(Importer *imp, IrValue to, IrValue from, IrValue length, unsigned alignment) {
  if (!ir_is_const(imp->f, length))
    return false;
  uint64_t size = (uint64_t)ir_insn(imp->f, length)->imm;
  unsigned pieces = 0;
  IrValue loaded[MAX_INLINE_PIECES] = {0};
  for (uint64_t at = 0; at < size; at += piece_size(alignment, size - at))
    if (++pieces > most_pieces(imp->f))
      return false;
  pieces = 0;
  for (uint64_t at = 0; at < size;) {
    unsigned piece = piece_size(alignment, size - at);
    loaded[pieces++] = build_load(&imp->b, (IrType)(piece * 8), offset_address(imp, from, (int64_t)at));
    at += piece;
  }
  pieces = 0;
  for (uint64_t at = 0; at < size;) {
    unsigned piece = piece_size(alignment, size - at);
    build_store(&imp->b, loaded[pieces++], offset_address(imp, to, (int64_t)at));
    at += piece;
  }
  return true;
}

void build_memory_copy(Importer *imp, LLVMValueRef call, const char *function, IrValue to, IrValue from,
                       IrValue size, unsigned alignment) {
  if (!inline_copy(imp, to, from, size, alignment))
    build_memory_call(imp, call, function, (IrValue[3]){to, from, size}, alignment);
}

static void import_copy(Intrinsic *i, bool overlaps) {
  unsigned to = call_argument_alignment(i->imp, i->call, 0),
           from = call_argument_alignment(i->imp, i->call, 1);
  build_memory_copy(i->imp, i->call, overlaps ? "memmove" : "memcpy", i->x[0], i->x[1], i->x[2],
                    to < from ? to : from);
}

static void import_set(Intrinsic *i) {
  Function *f = i->imp->f;
  unsigned alignment = call_argument_alignment(i->imp, i->call, 0), pieces = 0;
  if (ir_is_const(f, i->x[2]) && ir_is_const(f, i->x[1])) {
    uint64_t size = (uint64_t)ir_insn(f, i->x[2])->imm;
    uint64_t pattern = (uint64_t)(ir_insn(f, i->x[1])->imm & 255) * UINT64_C(0x0101010101010101);
    for (uint64_t at = 0; at < size && pieces <= most_pieces(f); at += piece_size(alignment, size - at))
      pieces++;
    if (pieces <= most_pieces(f)) {
      for (uint64_t at = 0; at < size;) {
        unsigned piece = piece_size(alignment, size - at);
        build_store(i->b, number(i, (IrType)(piece * 8), (int64_t)pattern),
                    offset_address(i->imp, i->x[0], (int64_t)at));
        at += piece;
      }
      return;
    }
  }
  i->x[1] = build1(i->b, IR_ZEXT, IR_I32, i->x[1]); // memset's int
  build_memory_call(i->imp, i->call, "memset", i->x, alignment);
}

static IrValue new_slot(Intrinsic *i, unsigned size) {
  FrameSlot slot = {.size = size, .alignment = size};
  VEC_PUSH(&i->imp->f->slots, slot);
  return ir_leaf(i->imp->f, IR_FRAME, IR_I64, (int64_t)i->imp->f->slots.count - 1);
}

// A function of the C library that gives one result and stores another one.
static void import_two_results(Intrinsic *i, const char *name, IrType stored) {
  bool is_double = i->type == IR_DOUBLE;
  if (i->type != IR_DOUBLE && i->type != IR_FLOAT) {
    refuse(i->imp, i->call, "the intrinsic '%s' on this type is not supported", i->name);
    return;
  }
  IrValue slot = new_slot(i, 8), x[2] = {i->x[0], slot};
  Text spelled = {0};
  text_format(&spelled, "%s%s", name, is_double ? "" : "f");
  IrValue parts[2] = {build_library_call(i->imp, text_string(&spelled), i->type, 2, x)};
  parts[1] = build_load(i->b, stored, slot);
  set_parts(i->imp, i->call, parts, 2);
  text_free(&spelled);
}

static void import_sine_cosine(Intrinsic *i) {
  if (i->type != IR_DOUBLE && i->type != IR_FLOAT) {
    refuse(i->imp, i->call, "the intrinsic '%s' on this type is not supported", i->name);
    return;
  }
  bool is_double = i->type == IR_DOUBLE;
  IrValue parts[2] = {build_library_call(i->imp, is_double ? "sin" : "sinf", i->type, 1, i->x)};
  parts[1] = build_library_call(i->imp, is_double ? "cos" : "cosf", i->type, 1, i->x);
  set_parts(i->imp, i->call, parts, 2);
}

// The frame address is the stack pointer at entry; what called the function returns to is saved right below
// it. Of the functions around nothing is known.
static void import_frame(Intrinsic *i, bool return_address) {
  Function *f = i->imp->f;
  if (!ir_is_const(f, i->x[0]) || ir_insn(f, i->x[0])->imm != 0) {
    finish(i, number(i, IR_I64, 0));
    return;
  }
  if (return_address && LLVMIsFunctionVarArg(LLVMGlobalGetValueType(i->imp->function))) {
    refuse(i->imp, i->call, "the return address of a variadic function is not supported");
    return;
  }
  FrameSlot slot = {.size = 8, .alignment = 8, .incoming = true};
  VEC_PUSH(&f->slots, slot);
  IrValue address = ir_leaf(f, IR_FRAME, IR_I64, (int64_t)f->slots.count - 1);
  f->has_calls |= return_address; // so that it is saved
  finish(i, return_address ? build_load(i->b, IR_I64, offset_address(i->imp, address, -8)) : address);
}

static IrValue read_state(Intrinsic *i, int csr) {
  IrValue v = build(i->b, IR_CSR, IR_I64, 0, NULL);
  ir_insn(i->imp->f, v)->imm = csr;
  return v;
}

// The machine's rounding modes and C's: both tables have a digit an entry.
static void import_rounding(Intrinsic *i, bool set) {
  const int64_t to_c = 0x42301, to_machine = 0x42301; // each is its own inverse
  IrValue mode = set ? build1(i->b, IR_ZEXT, IR_I64, i->x[0]) : read_state(i, CSR_FRM);
  IrValue shift = build2(i->b, IR_SHL, IR_I64, mode, number(i, IR_I64, 2));
  IrValue digits = build2(i->b, IR_LSHR, IR_I64, number(i, IR_I64, set ? to_machine : to_c), shift);
  IrValue v = build2(i->b, IR_AND, IR_I64, digits, number(i, IR_I64, 7));
  if (!set) {
    finish(i, build1(i->b, IR_TRUNC, i->result, v));
    return;
  }
  v = build(i->b, IR_CSR, IR_VOID, 1, &v);
  ir_insn(i->imp->f, v)->imm = CSR_FRM;
}

static void import_float_action(Intrinsic *i, const IntrinsicRow *row) {
  IrOp op = (IrOp)row->detail;
  switch (row->action) {
  case FLOAT:
    finish(i, build_float(i->imp, op, i->type, i->count, i->x, 0));
    break;
  case FLOAT_MULADD:
    import_muladd(i);
    break;
  case FLOAT_SIGN:
    import_float_sign(i, op);
    break;
  case FLOAT_NAN:
    import_float_nan(i, op);
    break;
  case FLOAT_TO_INTEGER:
    import_float_to_integer(i, op);
    break;
  case FLOAT_CLASS:
    import_float_class(i);
    break;
  case LIBRARY:
  case LOAD_EXPONENT:
    import_library(i);
    break;
  case POWER_INTEGER:
    import_power_integer(i);
    break;
  case ROUND_TO_INTEGER:
    import_round_to_integer(i);
    break;
  case CANONICAL: // the machine's minimum is never a signaling NaN
    finish(i, build_float(i->imp, IR_FMIN, i->type, 2, (IrValue[]){i->x[0], i->x[0]}, 0));
    break;
  case SINE_COSINE:
    import_sine_cosine(i);
    break;
  case FRACTION_EXPONENT:
    import_two_results(i, "frexp", IR_I32);
    break;
  case WHOLE_FRACTION:
    import_two_results(i, "modf", i->type);
    break;
  default: // of no floating-point values: import_action's
    break;
  }
}

static void import_action(Intrinsic *i, const IntrinsicRow *row) {
  IrOp op = (IrOp)row->detail;
  switch (row->action) {
  case IGNORE:
    break;
  case FIRST:
    finish(i, i->x[0]);
    break;
  case INTEGER:
    import_integer(i, op);
    break;
  case ABSOLUTE:
    import_absolute(i);
    break;
  case FUNNEL:
    import_funnel(i, op);
    break;
  case SATURATE_SIGNED:
    import_saturate_signed(i, op);
    break;
  case SATURATE_UNSIGNED:
    import_saturate_unsigned(i, op);
    break;
  case OVERFLOW_SIGNED:
  case OVERFLOW_UNSIGNED:
    import_overflow(i, row->action, op);
    break;
  case OVERFLOW_MULTIPLY:
    import_overflow_multiply(i, op);
    break;
  case BITREVERSE:
    import_bitreverse(i);
    break;
  case THREE_WAY:
    import_three_way(i, (IrPredicate)row->detail);
    break;
  case CONSTANT_ZERO:
    finish(i, number(i, i->result, 0));
    break;
  // Unknown: the largest size, or the smallest when the call asks for a lower bound.
  case OBJECT_SIZE:
    finish(i, number(i, i->result, ir_insn(i->imp->f, i->x[1])->imm ? 0 : -1));
    break;
  case POINTER_MASK:
    finish(i, build2(i->b, IR_AND, IR_I64, i->x[0], i->x[1]));
    break;
  case FLOAT:
  case FLOAT_MULADD:
  case FLOAT_SIGN:
  case FLOAT_NAN:
  case FLOAT_TO_INTEGER:
  case FLOAT_CLASS:
  case LIBRARY:
  case POWER_INTEGER:
  case LOAD_EXPONENT:
  case ROUND_TO_INTEGER:
  case CANONICAL:
  case SINE_COSINE:
  case FRACTION_EXPONENT:
  case WHOLE_FRACTION:
    import_float_action(i, row);
    break;
  case MEMORY_COPY:
    import_copy(i, row->detail);
    break;
  case MEMORY_SET:
    import_set(i);
    break;
  case VARIADIC_START:
    build_store(i->b, i->imp->variadic_address, i->x[0]);
    break;
  case VARIADIC_COPY:
    build_store(i->b, build_load(i->b, IR_I64, i->x[1]), i->x[0]);
    break;
  case STACK_SAVE:
    finish(i, build(i->b, IR_STACKSAVE, IR_I64, 0, NULL));
    break;
  case STACK_RESTORE:
    build(i->b, IR_STACKRESTORE, IR_VOID, 1, i->x);
    break;
  case CONSTANT_ONE:
    finish(i, number(i, i->result, 1));
    break;
  case LOAD_RELATIVE: {
    IrValue distance = build_load(i->b, IR_I32, build2(i->b, IR_ADD, IR_I64, i->x[0], i->x[1]));
    finish(i, build2(i->b, IR_ADD, IR_I64, i->x[0], build1(i->b, IR_SEXT, IR_I64, distance)));
    break;
  }
  case CLEAR_CACHE:
    build_library_call(i->imp, "__clear_cache", IR_VOID, 2, i->x);
    break;
  case FRAME_ADDRESS:
  case RETURN_ADDRESS:
    import_frame(i, row->action == RETURN_ADDRESS);
    break;
  case THREAD_POINTER:
    finish(i, build(i->b, IR_THREAD, IR_I64, 0, NULL));
    break;
  case READ_STATE:
    finish(i, read_state(i, row->detail));
    break;
  case GET_ROUNDING:
  case SET_ROUNDING:
    import_rounding(i, row->action == SET_ROUNDING);
    break;
  case TRAP:
    build(i->b, IR_TRAP, IR_VOID, 0, NULL);
    break;
  }
}

void import_intrinsic(Importer *imp, LLVMValueRef call, LLVMValueRef callee) {
  const char *name = LLVMIntrinsicGetName(LLVMGetIntrinsicID(callee), &(size_t){0});
  if (import_riscv_intrinsic(imp, call, name) || import_vector_intrinsic(imp, call, name))
    return;
  const IntrinsicRow *row = find_row(callee);
  size_t length = 0;
  if (!row && import_constrained(imp, call, LLVMIntrinsicGetName(LLVMGetIntrinsicID(callee), &length)))
    return;
  if (!row) {
    refuse(imp, call, "the intrinsic '%s' is not supported", LLVMGetValueName(callee));
    return;
  }
  if (row->action == IGNORE)
    return;
  Intrinsic i = {.imp = imp, .b = &imp->b, .call = call, .name = row->name};
  unsigned count = LLVMGetNumArgOperands(call);
  LLVMTypeRef result = LLVMTypeOf(call);
  LLVMTypeKind kind = LLVMGetTypeKind(result);
  i.result = scalar_type(result);
  if (count && is_wide(LLVMTypeOf(LLVMGetOperand(call, 0))) && import_wide_intrinsic(imp, call, row->name))
    return;
  if (import_quad_intrinsic(imp, call, row->name))
    return;
  bool scalar = i.result != IR_VOID || kind == LLVMVoidTypeKind || kind == LLVMStructTypeKind;
  for (unsigned k = 0; k < count && k < 4; k++) {
    LLVMTypeRef type = LLVMTypeOf(LLVMGetOperand(call, k));
    scalar = scalar && (scalar_type(type) != IR_VOID || (row->action == CONSTANT_ZERO && is_wide(type)));
    if (scalar)
      i.x[k] = operand(imp, LLVMGetOperand(call, k));
  }
  if (!scalar) {
    refuse(imp, call, "the intrinsic '%s' on this type is not supported", LLVMGetValueName(callee));
    return;
  }
  i.count = count < 4 ? count : 4;
  i.type = count ? ir_type(imp->f, i.x[0]) : IR_VOID;
  import_action(&i, row);
}
