// Atomic accesses that no instruction makes: of more than 64 bits, or below their natural alignment. They are
// calls of the library that goes with the compiler (LLVM's "Atomic Instructions and Concurrency Guide",
// "Libcalls: __atomic_*"): those for 16 bytes, aligned, and the general ones, which get everything by
// address.
#include "target/import/import.h"

enum { PAIR_BYTES = 16, HALF_BYTES = 8, MOST_ARGUMENTS = 7 };

typedef struct AtomicCall {
  Importer *imp;
  LLVMTypeRef type;
  IrType scalar; // IR_VOID: two registers
  unsigned bytes;
  bool sized; // by value
  ParamType params[MOST_ARGUMENTS];
  IrValue arguments[MOST_ARGUMENTS];
  uint32_t count;
} AtomicCall;

static unsigned type_bytes(LLVMTypeRef type) {
  IrType scalar = scalar_type(type);
  return scalar == IR_VOID ? PAIR_BYTES : ir_type_bits(scalar) / 8;
}

bool atomic_wants_library(LLVMValueRef instruction, LLVMTypeRef type) {
  bool pair = is_quad(type) || (is_wide(type) && LLVMGetIntTypeWidth(type) == PAIR_BYTES * 8);
  IrType scalar = scalar_type(type);
  unsigned bits = scalar == IR_VOID ? 0 : ir_type_bits(scalar);
  bool whole = bits == 8 || bits == 16 || bits == 32 || bits == 64;
  return pair || (whole && scalar < IR_FIRST_VECTOR && LLVMGetAlignment(instruction) < type_bytes(type));
}

// memory_order of C.
static int order_number(LLVMAtomicOrdering ordering) {
  switch (ordering) {
  case LLVMAtomicOrderingAcquire:
    return 2;
  case LLVMAtomicOrderingRelease:
    return 3;
  case LLVMAtomicOrderingAcquireRelease:
    return 4;
  case LLVMAtomicOrderingSequentiallyConsistent:
    return 5;
  default:
    return 0;
  }
}

static void pass(AtomicCall *c, IrValue value, bool pair) {
  c->params[c->count] = (ParamType){
      .type = ir_type(c->imp->f, value), .pair = pair, .extension = pair ? IR_EXTEND_NONE : IR_EXTEND_SIGN};
  c->arguments[c->count++] = value;
}

static void pass_order(AtomicCall *c, LLVMAtomicOrdering ordering) {
  pass(c, build_const(&c->imp->b, IR_I32, order_number(ordering)), false);
}

// Begins a call about the memory at `address`.
static AtomicCall begin(Importer *imp, LLVMValueRef instruction, LLVMTypeRef type, IrValue address) {
  AtomicCall c = {.imp = imp, .type = type, .scalar = scalar_type(type), .bytes = type_bytes(type)};
  c.sized = c.bytes == PAIR_BYTES && LLVMGetAlignment(instruction) >= PAIR_BYTES;
  if (!c.sized)
    pass(&c, build_const(&imp->b, IR_I64, c.bytes), false);
  pass(&c, address, false);
  return c;
}

static IrValue store_value(const AtomicCall *c, LLVMValueRef value) {
  IrValue memory = frame_memory(c->imp, c->bytes, c->bytes);
  store_parts(c->imp, c->type, value, memory, c->bytes, 0);
  return memory;
}

// A value, or the address of memory that has it.
static void pass_value(AtomicCall *c, LLVMValueRef value) {
  if (!c->sized) {
    pass(c, store_value(c, value), false);
    return;
  }
  uint32_t parts = 0;
  const IrValue *halves = operand_parts(c->imp, value, &parts);
  IrValue low = halves[0], high = halves[1];
  pass(c, low, true);
  pass(c, high, false);
}

static IrValue call(AtomicCall *c, const char *name, IrType type, IrValue results[2]) {
  char *sized = arena_format(&c->imp->f->arena, "__atomic_%s%s", name, c->sized ? "_16" : "");
  ParamType result[2] = {{.type = type, .extension = IR_EXTEND_ZERO}, {.type = type}};
  uint32_t count = type == IR_VOID ? 0 : results ? 2 : 1;
  return build_named_call(c->imp, sized, c->count, c->params, c->arguments, count, result, results);
}

static uint32_t load_value(const AtomicCall *c, IrValue memory, IrValue values[2]) {
  if (c->scalar != IR_VOID) {
    values[0] = load_scalar(c->imp, c->scalar, memory, c->bytes, 0);
    return 1;
  }
  values[0] = load_scalar(c->imp, IR_I64, memory, HALF_BYTES, 0);
  values[1] = load_scalar(c->imp, IR_I64, offset_address(c->imp, memory, HALF_BYTES), HALF_BYTES, 0);
  return 2;
}

void import_atomic_load_by_library(Importer *imp, LLVMValueRef load) {
  AtomicCall c = begin(imp, load, LLVMTypeOf(load), operand_at(imp, load, 0));
  IrValue values[2], memory = IR_NONE;
  if (!c.sized) {
    memory = frame_memory(imp, c.bytes, c.bytes);
    pass(&c, memory, false);
  }
  pass_order(&c, LLVMGetOrdering(load));
  if (c.sized) {
    (void)call(&c, "load", IR_I64, values);
    set_parts(imp, load, values, 2);
    return;
  }
  (void)call(&c, "load", IR_VOID, NULL);
  set_parts(imp, load, values, load_value(&c, memory, values));
}

void import_atomic_store_by_library(Importer *imp, LLVMValueRef store) {
  LLVMValueRef value = LLVMGetOperand(store, 0);
  AtomicCall c = begin(imp, store, LLVMTypeOf(value), operand_at(imp, store, 1));
  pass_value(&c, value);
  pass_order(&c, LLVMGetOrdering(store));
  (void)call(&c, "store", IR_VOID, NULL);
}

static const char *fetch_name(LLVMAtomicRMWBinOp operation) {
  switch (operation) {
  case LLVMAtomicRMWBinOpAdd:
    return "fetch_add";
  case LLVMAtomicRMWBinOpSub:
    return "fetch_sub";
  case LLVMAtomicRMWBinOpAnd:
    return "fetch_and";
  case LLVMAtomicRMWBinOpOr:
    return "fetch_or";
  case LLVMAtomicRMWBinOpXor:
    return "fetch_xor";
  case LLVMAtomicRMWBinOpNand:
    return "fetch_nand";
  case LLVMAtomicRMWBinOpXchg:
    return "exchange";
  default:
    return NULL;
  }
}

void import_atomic_modify_by_library(Importer *imp, LLVMValueRef instruction) {
  LLVMAtomicRMWBinOp operation = LLVMGetAtomicRMWBinOp(instruction);
  AtomicCall c = begin(imp, instruction, LLVMTypeOf(instruction), operand_at(imp, instruction, 0));
  const char *name = fetch_name(operation);
  bool exchange = operation == LLVMAtomicRMWBinOpXchg;
  if (!name || (!c.sized && !exchange)) {
    refuse(imp, instruction,
           "atomic read-modify-write operations for which the library has no function (minima, maxima and "
           "floating "
           "ones of more than 64 bits, and all but exchanges below the natural alignment) are not supported");
    return;
  }
  IrValue values[2], memory = IR_NONE;
  pass_value(&c, LLVMGetOperand(instruction, 1));
  if (!c.sized) {
    memory = frame_memory(imp, c.bytes, c.bytes);
    pass(&c, memory, false);
  }
  pass_order(&c, LLVMGetOrdering(instruction));
  if (c.sized) {
    (void)call(&c, name, IR_I64, values);
    set_parts(imp, instruction, values, 2);
    return;
  }
  (void)call(&c, name, IR_VOID, NULL);
  set_parts(imp, instruction, values, load_value(&c, memory, values));
}

// What was there comes back in the memory of what was expected.
void import_compare_exchange_by_library(Importer *imp, LLVMValueRef instruction) {
  LLVMValueRef expected = LLVMGetOperand(instruction, 1);
  AtomicCall c = begin(imp, instruction, LLVMTypeOf(expected), operand_at(imp, instruction, 0));
  IrValue memory = store_value(&c, expected);
  pass(&c, memory, false);
  pass_value(&c, LLVMGetOperand(instruction, 2));
  pass_order(&c, LLVMGetCmpXchgSuccessOrdering(instruction));
  pass_order(&c, LLVMGetCmpXchgFailureOrdering(instruction));
  IrValue success = call(&c, "compare_exchange", IR_I8, NULL);
  success = build_compare(&imp->b, IR_ICMP, IR_NE, success, build_const(&imp->b, IR_I8, 0));
  IrValue parts[3];
  uint32_t count = load_value(&c, memory, parts);
  parts[count] = success;
  set_parts(imp, instruction, parts, count + 1);
}
