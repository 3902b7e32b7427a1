// Atomic accesses by the A extension. Orderings follow the psABI's table of mappings (A.6 of the ISA manual,
// with the fence behind sequentially consistent stores that lets such code meet the other mapping). What no
// instruction does becomes a loop around compare and exchange; bytes and half words work in the word around
// them.
#include "target/import/import.h"

typedef struct Atomic {
  Importer *imp;
  LLVMValueRef instruction;
  LLVMAtomicRMWBinOp operation;
  IrType type;    // of the value
  IrType integer; // of its bits
  IrType word;    // what instructions work on: i32 or i64
  IrValue address;
  IrValue shift; // of the bits inside the word; IR_NONE: they are all of it
  IrValue mask;
  int ordering;
} Atomic;

static bool acquires(LLVMAtomicOrdering ordering) {
  return ordering == LLVMAtomicOrderingAcquire || ordering >= LLVMAtomicOrderingAcquireRelease;
}

static bool releases(LLVMAtomicOrdering ordering) {
  return ordering >= LLVMAtomicOrderingRelease;
}

static int ordering_bits(LLVMAtomicOrdering ordering) {
  return (acquires(ordering) ? IR_ACQUIRE : 0) | (releases(ordering) ? IR_RELEASE : 0);
}

static void build_fence(Importer *imp, IrFence fence) {
  IrValue v = build(&imp->b, IR_FENCE, IR_VOID, 0, NULL);
  ir_insn(imp->f, v)->aux = (uint8_t)fence;
}

void import_fence(Importer *imp, LLVMValueRef fence) {
  if (LLVMIsAtomicSingleThread(fence))
    return; // orders nothing that another hart sees
  LLVMAtomicOrdering ordering = LLVMGetOrdering(fence);
  build_fence(imp, ordering == LLVMAtomicOrderingAcquire          ? IR_FENCE_ACQUIRE
                   : ordering == LLVMAtomicOrderingRelease        ? IR_FENCE_RELEASE
                   : ordering == LLVMAtomicOrderingAcquireRelease ? IR_FENCE_TSO
                                                                  : IR_FENCE_ALL);
}

// Whether one access moves a value of this type; refuses the instruction otherwise.
static bool accessible(Importer *imp, LLVMValueRef instruction, LLVMTypeRef type) {
  IrType scalar = need_scalar(imp, instruction, type);
  if (scalar == IR_VOID)
    return false;
  unsigned bits = ir_type_bits(scalar);
  if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
    refuse(imp, instruction, "atomic accesses of %u bits are not supported", bits);
    return false;
  }
  return true;
}

void import_atomic_load(Importer *imp, LLVMValueRef load) {
  if (atomic_wants_library(load, LLVMTypeOf(load))) {
    import_atomic_load_by_library(imp, load);
    return;
  }
  if (!accessible(imp, load, LLVMTypeOf(load)))
    return;
  LLVMAtomicOrdering ordering = LLVMGetOrdering(load);
  IrType type = scalar_type(LLVMTypeOf(load));
  if (ordering == LLVMAtomicOrderingSequentiallyConsistent)
    build_fence(imp, IR_FENCE_ALL);
  set_value(imp, load, load_scalar(imp, type, operand_at(imp, load, 0), ir_type_bits(type) / 8, IR_VOLATILE));
  if (acquires(ordering))
    build_fence(imp, IR_FENCE_ACQUIRE);
}

void import_atomic_store(Importer *imp, LLVMValueRef store) {
  LLVMValueRef value = LLVMGetOperand(store, 0);
  if (atomic_wants_library(store, LLVMTypeOf(value))) {
    import_atomic_store_by_library(imp, store);
    return;
  }
  if (!accessible(imp, store, LLVMTypeOf(value)))
    return;
  LLVMAtomicOrdering ordering = LLVMGetOrdering(store);
  if (releases(ordering))
    build_fence(imp, IR_FENCE_RELEASE);
  IrValue v = operand(imp, value);
  store_scalar(imp, v, operand_at(imp, store, 1), ir_type_bits(ir_type(imp->f, v)) / 8, IR_VOLATILE);
  if (ordering == LLVMAtomicOrderingSequentiallyConsistent)
    build_fence(imp, IR_FENCE_ALL);
}

// --- words ------------------------------------------------------------------------------------------------

static IrValue number(Atomic *a, IrType type, int64_t value) {
  return build_const(&a->imp->b, type, value);
}

static IrValue op2(Atomic *a, IrOp op, IrType type, IrValue x, IrValue y) {
  return build2(&a->imp->b, op, type, x, y);
}

// The word around a value, and where in it the value's bits are.
static void find_word(Atomic *a) {
  Builder *b = &a->imp->b;
  a->integer = (IrType)ir_type_bits(a->type);
  a->word = a->integer == IR_I64 ? IR_I64 : IR_I32;
  a->shift = a->mask = IR_NONE;
  if (a->integer >= IR_I32)
    return;
  IrValue bytes = op2(a, IR_AND, IR_I64, a->address, number(a, IR_I64, 3));
  a->shift = build1(b, IR_TRUNC, IR_I32, op2(a, IR_SHL, IR_I64, bytes, number(a, IR_I64, 3)));
  a->mask = op2(a, IR_SHL, IR_I32, number(a, IR_I32, (INT64_C(1) << a->integer) - 1), a->shift);
  a->address = op2(a, IR_AND, IR_I64, a->address, number(a, IR_I64, -4));
}

static IrValue to_bits(Atomic *a, IrValue v) {
  return a->type == a->integer ? v : build1(&a->imp->b, IR_BITCAST, a->integer, v);
}

// The bits where they belong in the word; the others are zero.
static IrValue into_word(Atomic *a, IrValue bits) {
  if (a->shift == IR_NONE)
    return bits;
  return op2(a, IR_SHL, IR_I32, build1(&a->imp->b, IR_ZEXT, IR_I32, bits), a->shift);
}

static IrValue from_word(Atomic *a, IrValue word) {
  Builder *b = &a->imp->b;
  if (a->shift != IR_NONE)
    word = build1(b, IR_TRUNC, a->integer, op2(a, IR_LSHR, IR_I32, word, a->shift));
  return a->type == a->integer ? word : build1(b, IR_BITCAST, a->type, word);
}

static IrValue rest_of_word(Atomic *a, IrValue word) {
  return op2(a, IR_AND, IR_I32, word, op2(a, IR_XOR, IR_I32, a->mask, number(a, IR_I32, -1)));
}

static IrValue compare_exchange(Atomic *a, IrValue expected, IrValue desired) {
  IrValue operands[3] = {a->address, expected, desired};
  IrValue v = build(&a->imp->b, IR_CMPXCHG, a->word, 3, operands);
  ir_insn(a->imp->f, v)->aux = (uint8_t)a->word;
  ir_insn(a->imp->f, v)->imm = a->ordering;
  return v;
}

// Begins a loop whose phi is what the word held last.
static IrValue begin_loop(Atomic *a, uint32_t *loop, IrValue *first) {
  Importer *imp = a->imp;
  *first = load_scalar(imp, a->word, a->address, a->word / 8, IR_VOLATILE);
  uint32_t before = imp->b.block;
  build(&imp->b, IR_BR, IR_VOID, 0, NULL);
  *loop = import_block_new(imp);
  ir_add_edge(imp->f, before, *loop);
  imp->b.block = *loop;
  return build(&imp->b, IR_PHI, a->word, 0, NULL);
}

// Leaves the loop when `done`, and goes round with `now` otherwise.
static void end_loop(Atomic *a, uint32_t loop, IrValue phi, IrValue first, IrValue now, IrValue done) {
  Importer *imp = a->imp;
  build(&imp->b, IR_CONDBR, IR_VOID, 1, &done);
  uint32_t behind = import_block_new(imp);
  ir_add_edge(imp->f, loop, behind);
  ir_add_edge(imp->f, loop, loop);
  IrValue values[2] = {first, now};
  ir_set_operands(imp->f, ir_insn(imp->f, phi), 2, values);
  imp->b.block = behind;
}

// --- read, modify, write ----------------------------------------------------------------------------------

static IrValue choose(Atomic *a, IrPredicate predicate, IrValue x, IrValue y) {
  return build_select(&a->imp->b, a->type, build_compare(&a->imp->b, IR_ICMP, predicate, x, y), x, y);
}

static IrValue wrapped(Atomic *a, IrValue old, IrValue v) {
  Builder *b = &a->imp->b;
  IrValue zero = number(a, a->type, 0), one = number(a, a->type, 1);
  if (a->operation == LLVMAtomicRMWBinOpUIncWrap)
    return build_select(b, a->type, build_compare(b, IR_ICMP, IR_UGE, old, v), zero,
                        op2(a, IR_ADD, a->type, old, one));
  IrValue ends = build2(b, IR_OR, IR_I1, build_compare(b, IR_ICMP, IR_EQ, old, zero),
                        build_compare(b, IR_ICMP, IR_UGT, old, v));
  return build_select(b, a->type, ends, v, op2(a, IR_SUB, a->type, old, one));
}

// What the operation makes of the old value; IR_NONE: not known.
static IrValue modified(Atomic *a, IrValue old, IrValue v) {
  Builder *b = &a->imp->b;
  IrValue x[2] = {old, v};
  switch (a->operation) {
  case LLVMAtomicRMWBinOpXchg:
    return v;
  case LLVMAtomicRMWBinOpAdd:
    return op2(a, IR_ADD, a->type, old, v);
  case LLVMAtomicRMWBinOpSub:
    return op2(a, IR_SUB, a->type, old, v);
  case LLVMAtomicRMWBinOpNand:
    return op2(a, IR_XOR, a->type, op2(a, IR_AND, a->type, old, v), number(a, a->type, -1));
  case LLVMAtomicRMWBinOpMax:
    return choose(a, IR_SGT, old, v);
  case LLVMAtomicRMWBinOpMin:
    return choose(a, IR_SLT, old, v);
  case LLVMAtomicRMWBinOpUMax:
    return choose(a, IR_UGT, old, v);
  case LLVMAtomicRMWBinOpUMin:
    return choose(a, IR_ULT, old, v);
  case LLVMAtomicRMWBinOpFAdd:
    return build_float(a->imp, IR_FADD, a->type, 2, x, 0);
  case LLVMAtomicRMWBinOpFSub:
    return build_float(a->imp, IR_FSUB, a->type, 2, x, 0);
  case LLVMAtomicRMWBinOpFMax:
    return build_float(a->imp, IR_FMAX, a->type, 2, x, 0);
  case LLVMAtomicRMWBinOpFMin:
    return build_float(a->imp, IR_FMIN, a->type, 2, x, 0);
  case LLVMAtomicRMWBinOpUIncWrap:
  case LLVMAtomicRMWBinOpUDecWrap:
    return wrapped(a, old, v);
  case LLVMAtomicRMWBinOpUSubCond:
    return build_select(b, a->type, build_compare(b, IR_ICMP, IR_UGE, old, v),
                        op2(a, IR_SUB, a->type, old, v), old);
  case LLVMAtomicRMWBinOpUSubSat:
    return build_select(b, a->type, build_compare(b, IR_ICMP, IR_UGE, old, v),
                        op2(a, IR_SUB, a->type, old, v), number(a, a->type, 0));
  default:
    return IR_NONE;
  }
}

static int single_instruction(LLVMAtomicRMWBinOp operation) {
  switch (operation) {
  case LLVMAtomicRMWBinOpXchg:
    return IR_AMO_SWAP;
  case LLVMAtomicRMWBinOpAdd:
  case LLVMAtomicRMWBinOpSub:
    return IR_AMO_ADD;
  case LLVMAtomicRMWBinOpAnd:
    return IR_AMO_AND;
  case LLVMAtomicRMWBinOpOr:
    return IR_AMO_OR;
  case LLVMAtomicRMWBinOpXor:
    return IR_AMO_XOR;
  case LLVMAtomicRMWBinOpMax:
    return IR_AMO_MAX;
  case LLVMAtomicRMWBinOpMin:
    return IR_AMO_MIN;
  case LLVMAtomicRMWBinOpUMax:
    return IR_AMO_MAXU;
  case LLVMAtomicRMWBinOpUMin:
    return IR_AMO_MINU;
  default:
    return -1;
  }
}

static bool is_logic(LLVMAtomicRMWBinOp operation) {
  return operation == LLVMAtomicRMWBinOpAnd || operation == LLVMAtomicRMWBinOpOr ||
         operation == LLVMAtomicRMWBinOpXor;
}

static IrValue amo(Atomic *a, int kind, IrValue word) {
  IrValue operands[2] = {a->address, word};
  IrValue v = build(&a->imp->b, IR_AMO, a->word, 2, operands);
  ir_insn(a->imp->f, v)->aux = (uint8_t)a->word;
  ir_insn(a->imp->f, v)->imm = a->ordering | kind << 8;
  return v;
}

static void modify_in_loop(Atomic *a, IrValue v) {
  uint32_t loop = 0;
  IrValue first = IR_NONE, word = begin_loop(a, &loop, &first);
  IrValue old = from_word(a, word), new = modified(a, old, v);
  if (new == IR_NONE) {
    refuse(a->imp, a->instruction, "this atomic operation is not supported");
    new = old;
  }
  IrValue next = into_word(a, to_bits(a, new));
  if (a->shift != IR_NONE)
    next = op2(a, IR_OR, IR_I32, rest_of_word(a, word), next);
  IrValue seen = compare_exchange(a, word, next);
  IrValue done = build_compare(&a->imp->b, IR_ICMP, IR_EQ, seen, word);
  end_loop(a, loop, word, first, seen, done);
  set_value(a->imp, a->instruction, old);
}

void import_atomic_modify(Importer *imp, LLVMValueRef instruction) {
  if (atomic_wants_library(instruction, LLVMTypeOf(instruction))) {
    import_atomic_modify_by_library(imp, instruction);
    return;
  }
  if (!accessible(imp, instruction, LLVMTypeOf(instruction)))
    return;
  Atomic a = {.imp = imp, .instruction = instruction, .operation = LLVMGetAtomicRMWBinOp(instruction)};
  a.type = scalar_type(LLVMTypeOf(instruction));
  a.address = operand_at(imp, instruction, 0);
  a.ordering = ordering_bits(LLVMGetOrdering(instruction));
  IrValue v = operand_at(imp, instruction, 1);
  find_word(&a);
  int kind = single_instruction(a.operation);
  bool single = kind >= 0 && (a.shift == IR_NONE || is_logic(a.operation));
  if (!single) {
    modify_in_loop(&a, v);
    return;
  }
  v = to_bits(&a, v);
  if (a.operation == LLVMAtomicRMWBinOpSub)
    v = op2(&a, IR_SUB, a.integer, number(&a, a.integer, 0), v);
  IrValue word = into_word(&a, v);
  if (a.shift != IR_NONE && kind == IR_AMO_AND) // the rest of the word is kept
    word = op2(&a, IR_OR, IR_I32, word, rest_of_word(&a, number(&a, IR_I32, -1)));
  set_value(imp, instruction, from_word(&a, amo(&a, kind, word)));
}

// --- compare and exchange ---------------------------------------------------------------------------------

// It also fails when only the rest of the word was changed meanwhile: then it is tried again.
static IrValue exchange_in_word(Atomic *a, IrValue expected, IrValue desired, IrValue *success) {
  Builder *b = &a->imp->b;
  uint32_t loop = 0;
  IrValue first = IR_NONE, word = begin_loop(a, &loop, &first);
  IrValue rest = rest_of_word(a, word), wanted = op2(a, IR_OR, IR_I32, rest, expected);
  IrValue seen = compare_exchange(a, wanted, op2(a, IR_OR, IR_I32, rest, desired));
  *success = build_compare(b, IR_ICMP, IR_EQ, seen, wanted);
  IrValue differs = build_compare(b, IR_ICMP, IR_NE, op2(a, IR_AND, IR_I32, seen, a->mask), expected);
  end_loop(a, loop, word, first, seen, build2(b, IR_OR, IR_I1, *success, differs));
  return seen;
}

void import_compare_exchange(Importer *imp, LLVMValueRef instruction) {
  LLVMTypeRef type = LLVMTypeOf(LLVMGetOperand(instruction, 1));
  if (atomic_wants_library(instruction, type)) {
    import_compare_exchange_by_library(imp, instruction);
    return;
  }
  if (!accessible(imp, instruction, type))
    return;
  Atomic a = {.imp = imp, .instruction = instruction, .type = scalar_type(type)};
  a.address = operand_at(imp, instruction, 0);
  a.ordering = ordering_bits(LLVMGetCmpXchgSuccessOrdering(instruction));
  if (acquires(LLVMGetCmpXchgFailureOrdering(instruction)))
    a.ordering |= IR_ACQUIRE;
  IrValue expected = operand_at(imp, instruction, 1), desired = operand_at(imp, instruction, 2);
  find_word(&a);
  expected = into_word(&a, to_bits(&a, expected));
  desired = into_word(&a, to_bits(&a, desired));
  IrValue seen = IR_NONE, success = IR_NONE;
  if (a.shift == IR_NONE) {
    seen = compare_exchange(&a, expected, desired);
    success = build_compare(&imp->b, IR_ICMP, IR_EQ, seen, expected);
  } else {
    seen = exchange_in_word(&a, expected, desired, &success);
  }
  IrValue parts[2] = {from_word(&a, seen), success};
  set_parts(imp, instruction, parts, 2);
}
