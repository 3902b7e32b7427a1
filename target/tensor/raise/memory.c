// Calls of memset, memcpy and memmove as nests: compilers make them of loops, and so that what such a loop
// did can go along with the loops around it they become loops again.
#include "target/tensor/raise/raise.h"

#include <string.h>

enum {
  SET = 1,
  COPY,
  MOST_ELEMENTS_LOG2 = 60, // so that their bytes do not wrap
  WORTH_BYTES = 256,       // of a call beside which there is no loop
};

// SET, COPY, or 0: it is another call. Those that import makes of intrinsics return nothing.
unsigned memory_call(const Target *target, const Function *f, IrValue v) {
  const IrInsn *call = ir_insn(f, v);
  if (call->op != IR_CALL || !(call->flags & IR_LIBRARY) || call->type != IR_VOID || call->operand_count != 4)
    return 0;
  const IrInsn *callee = ir_insn(f, ir_operands_const(f, call)[0]);
  if (callee->op != IR_SYMBOL)
    return 0;
  const char *name = target->symbols.data[ir_symbol_of(callee)].name;
  return strcmp(name, "memset") == 0                                   ? SET
         : strcmp(name, "memcpy") == 0 || strcmp(name, "memmove") == 0 ? COPY
                                                                       : 0;
}

bool is_long_memory_call(const Target *target, const Function *f, IrValue v) {
  if (!is_memory_call(target, f, v))
    return false;
  const IrInsn *size = ir_insn(f, ir_operand(f, v, 3));
  return size->op == IR_CONST ? size->imm >= WORTH_BYTES : size->op == IR_SHL || size->op == IR_MUL;
}

// --- the type of elements

// The pointer that an address was made from, whatever the loops around.
static IrValue pointer_of(const Function *f, IrValue v) {
  for (unsigned steps = 0; steps < MAX_DEPTH; steps++) {
    const IrInsn *insn = ir_insn(f, v);
    const IrValue *x = ir_operands_const(f, insn);
    if (insn->op == IR_ADD || insn->op == IR_COPY) {
      v = x[0];
    } else if (insn->op == IR_PHI && insn->block != IR_NONE && insn->operand_count) {
      const IrBlock *b = &f->blocks.data[insn->block];
      bool first = f->blocks.data[b->preds[0]].rpo < b->rpo;
      v = x[first || insn->operand_count < 2 ? 0 : 1];
    } else {
      break;
    }
  }
  return v;
}

static bool same_pointer(const Function *f, IrValue x, IrValue y) {
  const IrInsn *a = ir_insn(f, x), *b = ir_insn(f, y);
  return x == y || (a->op == b->op && (a->op == IR_FRAME || a->op == IR_SYMBOL) && a->imm == b->imm);
}

// The type as which the function reads or writes elsewhere what a pointer leads to; IR_VOID: it does not.
static IrType element_type(const Function *f, IrValue address) {
  IrValue pointer = pointer_of(f, address);
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t k = 0; k < b->count; k++) {
      const IrInsn *insn = ir_insn(f, b->insns[k]);
      if (insn->op != IR_LOAD && insn->op != IR_STORE)
        continue;
      bool store = insn->op == IR_STORE;
      IrType type = store ? ir_type(f, ir_operand(f, b->insns[k], 0)) : insn->type;
      if (insn->aux == ir_type_bits(type) && type != IR_I1 &&
          same_pointer(f, pointer_of(f, ir_operand(f, b->insns[k], store ? 1 : 0)), pointer))
        return type;
    }
  }
  return IR_VOID;
}

static int64_t bytes_of(IrType type) {
  return (int64_t)ir_type_bits(type) / 8;
}

static bool suits(const Raise *r, IrType type, const Poly *size, unsigned alignment) {
  return type != IR_VOID && bytes_of(type) <= (int64_t)alignment &&
         poly_divide(r->arena, size, bytes_of(type)) != NULL;
}

static IrType choose_type(Raise *r, IrValue call, const Poly *size, bool set) {
  IrValue value = ir_operand(r->f, call, 2);
  unsigned alignment = ir_insn(r->f, call)->aux;
  if (set && !ir_is_const(r->f, value)) // a byte that only the run time knows
    return IR_I8;
  IrType type = element_type(r->f, ir_operand(r->f, call, 1));
  if (type == IR_VOID && !set)
    type = element_type(r->f, value);
  if (type == IR_VOID)
    type = IR_I32;
  return suits(r, type, size, alignment) ? type : IR_I8;
}

// --- the nest

// How many elements there are; NULL: they cannot be counted before the region.
static const Poly *count_elements(Raise *r, const Poly *size, IrType type) {
  const Poly *count = poly_divide(r->arena, size, bytes_of(type));
  const Poly *room = poly_add(r->arena, poly_constant(r->arena, INT64_C(1) << MOST_ELEMENTS_LOG2), count, -1);
  return count && !poly_has_iterators(count) && assume_natural(r, count) && assume_natural(r, room) ? count
                                                                                                    : NULL;
}

static uint32_t value_set(Raise *r, IrValue call, IrType type) {
  IrValue value = ir_operand(r->f, call, 2);
  if (!ir_is_const(r->f, value)) {
    Node narrow = {.kind = NODE_OPERATION, .op = IR_TRUNC, .type = IR_I8, .operand_count = 1};
    narrow.operands[0] = node_of(r, value);
    return narrow.operands[0] == NODE_NONE ? NODE_NONE : node_push(r, narrow);
  }
  uint64_t pattern = ((uint64_t)ir_insn(r->f, value)->imm & 0xff) * UINT64_C(0x0101010101010101);
  unsigned bits = ir_type_bits(type), unused = 64 - bits;
  // As constants are: integers extended by their sign, floating numbers' bits by zeros.
  return node_constant(
      r, type, ir_is_float(type) ? (int64_t)(pattern >> unused) : (int64_t)(pattern << unused) >> unused);
}

bool raise_memory_call(Raise *r, IrValue call) {
  bool set = memory_call(r->target, r->f, call) == SET;
  uint32_t block = ir_insn(r->f, call)->block;
  const Poly *size = evolution_in(r, ir_operand(r->f, call, 3), block);
  if (!size)
    return raise_fail(r, call, "the size of what a call sets or copies is not known before");
  IrType type = choose_type(r, call, size, set);
  const Poly *count = count_elements(r, size, type);
  if (!count)
    return raise_fail(r, call, "the size of what a call sets or copies changes within");
  RaisedLoop loop = {.header = NO_HEADER,
                     .latch = IR_NONE,
                     .entering = IR_NONE,
                     .exiting = IR_NONE,
                     .exit = IR_NONE,
                     .test_first = true,
                     .loop = (uint32_t)r->region->loops.count,
                     .iterator = (uint32_t)r->region->iterators.count,
                     .extent = count};
  Iterator iterator = {.extent = quantity_from(r, count),
                       .loop = loop.loop,
                       .header = NO_HEADER,
                       .entered = poly_range(r, count).low > 0};
  VEC_PUSH(&r->region->iterators, iterator);
  VEC_RESERVE(&r->loops, r->f->blocks.count + 1); // those that are still met stay where they are
  VEC_PUSH(&r->loops, loop);
  const Poly *step = poly_add(r->arena, poly_constant(r->arena, 0),
                              poly_factor(r->arena, factor_iterator(loop.iterator)), bytes_of(type));
  uint32_t to = access_at(r, ir_operand(r->f, call, 1), type, block, step);
  uint32_t from = set ? 0 : access_at(r, ir_operand(r->f, call, 2), type, block, step);
  if (to == UINT32_MAX || from == UINT32_MAX)
    return raise_fail(r, call, "the address of what a call sets or copies is not affine");
  const Access *accesses = r->region->accesses.data;
  if (!set && accesses[to].array == accesses[from].array)
    return raise_fail(r, call, "a call copies within an array");
  Loop made = {.iterator = loop.iterator, .parent = r->loop};
  raise_push_item(r, true, loop.loop);
  VEC_PUSH(&r->region->loops, made);
  r->loop = loop.loop;
  bool ok = push_statement(r, to, set ? value_set(r, call, type) : node_load(r, from), call);
  r->loop = made.parent;
  return ok;
}
