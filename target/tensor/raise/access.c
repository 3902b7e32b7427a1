// Which array a load or store goes to, and where in it.
#include "target/tensor/raise/raise.h"

#include <string.h>

// The pointer that an address was made from: addresses are sums with the pointer first.
static IrValue base_of(Raise *r, IrValue v) {
  for (unsigned steps = 0; steps < MAX_DEPTH; steps++) {
    const IrInsn *insn = ir_insn(r->f, v);
    if (insn->op == IR_ADD || insn->op == IR_COPY) {
      v = ir_operand(r->f, v, 0);
      continue;
    }
    RaisedLoop *loop = insn->op == IR_PHI ? raised_loop(r, insn->block) : NULL;
    if (loop && inside_region(r, v)) {
      const IrBlock *b = &r->f->blocks.data[insn->block];
      v = ir_operand(r->f, v, b->preds[0] == loop->latch ? 1 : 0);
      continue;
    }
    if (insn->op == IR_PHI && insn->operand_count == 1) {
      v = ir_operand(r->f, v, 0);
      continue;
    }
    break;
  }
  return v;
}

static bool allocates(const Raise *r, IrValue v) {
  const IrInsn *call = ir_insn(r->f, v);
  if (call->op != IR_CALL)
    return false;
  const IrInsn *callee = ir_insn(r->f, ir_operand(r->f, v, 0));
  if (callee->op != IR_SYMBOL)
    return false;
  const char *name = r->target->symbols.data[ir_symbol_of(callee)].name;
  return strcmp(name, "malloc") == 0 || strcmp(name, "aligned_alloc") == 0 || strcmp(name, "calloc") == 0;
}

static Array describe(Raise *r, IrValue base) {
  Array array = {.kind = ARRAY_MEMORY, .base = base, .size = -1};
  const IrInsn *insn = ir_insn(r->f, base);
  if (insn->op == IR_FRAME) {
    array.object = base + 1;
    array.size = (int64_t)r->f->slots.data[(size_t)insn->imm].size;
  } else if (insn->op == IR_SYMBOL) {
    const Symbol *symbol = &r->target->symbols.data[ir_symbol_of(insn)];
    if (symbol->defined && !symbol->alias && !symbol->function && symbol->linkage != LINKAGE_WEAK) {
      array.object = base + 1;
      array.size = (int64_t)symbol->size;
      array.constant = symbol->constant;
    }
  } else if (allocates(r, address_origin(r->f, base))) {
    array.object = address_origin(r->f, base) + 1;
  }
  return array;
}

static uint32_t array_of(Raise *r, IrValue base) {
  for (size_t i = 0; i < r->region->arrays.count; i++)
    if (r->region->arrays.data[i].base == base && r->region->arrays.data[i].kind != ARRAY_SCALAR)
      return (uint32_t)i;
  Array array = describe(r, base);
  for (size_t i = 0; i < r->written.count; i++)
    array.written = array.written || r->written.data[i] == base;
  VEC_PUSH(&r->region->arrays, array);
  return (uint32_t)r->region->arrays.count - 1;
}

static uint32_t access_push(Raise *r, Access access) {
  for (size_t i = 0; i < r->region->accesses.count; i++) {
    const Access *other = &r->region->accesses.data[i];
    if (other->array == access.array && other->type == access.type && other->index == access.index &&
        affines_equal(&other->offset, &access.offset))
      return (uint32_t)i;
  }
  VEC_PUSH(&r->region->accesses, access);
  return (uint32_t)r->region->accesses.count - 1;
}

static bool memory_type(IrType type) {
  return type == IR_I8 || type == IR_I16 || type == IR_I32 || type == IR_I64 || ir_is_float(type);
}

// An address that is no polynomial, as the sum of one and of a node. NULL: it is not understood.
static const Poly *split_address(Raise *r, IrValue address, uint32_t block, uint32_t *index) {
  enum { MOST_TERMS = 16 };
  IrValue work[MOST_TERMS];
  uint32_t count = 1;
  const Poly *sum = poly_constant(r->arena, 0);
  work[0] = address;
  while (count && sum) {
    IrValue v = work[--count];
    const Poly *poly = evolution_in(r, v, block);
    if (poly) {
      sum = poly_add(r->arena, sum, poly, 1);
    } else if (ir_insn(r->f, v)->op == IR_ADD && count + 2 <= MOST_TERMS) {
      work[count++] = ir_operand(r->f, v, 0);
      work[count++] = ir_operand(r->f, v, 1);
    } else {
      uint32_t node = node_of(r, v);
      if (node == NODE_NONE)
        return NULL;
      *index = *index == NODE_NONE ? node : node_binary(r, IR_ADD, IR_I64, *index, node);
    }
  }
  return sum;
}

// Whether a node is made of constants and iterators of known extents, so that it may still become affine.
static bool is_arithmetic_of_iterators(const Region *region, uint32_t number) {
  const Node *n = &region->nodes.data[number];
  if (n->kind == NODE_ITERATOR)
    return region->iterators.data[n->index].extent.value == IR_NONE;
  if (n->kind != NODE_OPERATION || ir_is_float(n->type) || n->op == IR_SELECT)
    return n->kind == NODE_CONSTANT;
  for (uint32_t i = 0; i < n->operand_count; i++)
    if (!is_arithmetic_of_iterators(region, n->operands[i]))
      return false;
  return true;
}

// Sets the array and the offset of an access whose address is the sum of `address` and `offset`, the same as
// a polynomial and more.
static bool place_access(Raise *r, IrValue address, uint32_t block, const Poly *offset, Access *access) {
  const Poly *base = evolution_in(r, base_of(r, address), block), *rest = NULL, *one = NULL;
  int64_t scale = 0;
  uint32_t factor = 0;
  for (uint32_t i = 0; base && i < base->count; i++)
    if (base->terms[i].count == 1 && base->terms[i].coefficient == 1 &&
        !factor_is_iterator(base->terms[i].factors[0]))
      factor = base->terms[i].factors[0] + 1;
  if (factor && poly_split(r->arena, offset, factor - 1, &rest, &one) && poly_is_constant(one, &scale) &&
      scale == 1) {
    access->array = array_of(r, factor - 1);
    offset = rest;
  } else { // what does not change within the region is the base
    const Poly *fixed = offset;
    for (uint32_t i = 0; fixed && i < r->region->iterators.count; i++)
      fixed = poly_replace(r->arena, fixed, factor_iterator(i), poly_constant(r->arena, 0));
    if (!fixed)
      return false;
    access->array = array_of(r, materialize(r, fixed));
    offset = poly_add(r->arena, offset, fixed, -1);
  }
  return affine_from(r, offset, &access->offset);
}

static IrType element_of(const Raise *r, IrValue memory) {
  const IrInsn *insn = ir_insn(r->f, memory);
  return insn->op == IR_STORE ? ir_type(r->f, ir_operand(r->f, memory, 0)) : insn->type;
}

bool is_plain_access(const Raise *r, IrValue memory) {
  const IrInsn *insn = ir_insn(r->f, memory);
  IrType type = element_of(r, memory);
  return memory_type(type) && insn->aux == ir_type_bits(type) && !(insn->flags & IR_VOLATILE);
}

static uint32_t find_access(Raise *r, IrValue memory) {
  const IrInsn insn = *ir_insn(r->f, memory); // instructions move when others are made
  bool store = insn.op == IR_STORE;
  IrValue address = ir_operand(r->f, memory, store ? 1 : 0);
  Access access = {.type = element_of(r, memory), .index = NODE_NONE};
  if (!is_plain_access(r, memory))
    return UINT32_MAX;
  const Poly *offset = evolution_in(r, address, insn.block);
  if (!offset)
    offset = evolution_under_guards(r, address, insn.block);
  if (!offset)
    offset = split_address(r, address, insn.block, &access.index);
  if (!offset || (store && access.index != NODE_NONE && !is_arithmetic_of_iterators(r->region, access.index)))
    return UINT32_MAX;
  return place_access(r, address, insn.block, offset, &access) ? access_push(r, access) : UINT32_MAX;
}

uint32_t access_at(Raise *r, IrValue address, IrType type, uint32_t block, const Poly *step) {
  Access access = {.type = type, .index = NODE_NONE};
  const Poly *offset = poly_add(r->arena, evolution_in(r, address, block), step, 1);
  return offset && place_access(r, address, block, offset, &access) ? access_push(r, access) : UINT32_MAX;
}

uint32_t access_of(Raise *r, IrValue memory) {
  if (!r->accesses[memory]) {
    uint32_t found = find_access(r, memory);
    if (found == UINT32_MAX)
      return found;
    r->accesses[memory] = found + 1;
  }
  return r->accesses[memory] - 1;
}

uint32_t scalar_access(Raise *r, IrType type, uint32_t loop) {
  Array array = {.kind = ARRAY_SCALAR, .base = IR_NONE, .size = -1, .written = true};
  VEC_PUSH(&r->region->arrays, array);
  Access access = {.array = (uint32_t)r->region->arrays.count - 1, .type = type, .index = NODE_NONE};
  const Poly *offset = poly_constant(r->arena, 0), *stride = poly_constant(r->arena, 1);
  for (; loop != UINT32_MAX; loop = r->region->loops.data[loop].parent) {
    uint32_t iterator = r->region->loops.data[loop].iterator;
    const Poly *term = poly_multiply(r->arena, stride, poly_factor(r->arena, factor_iterator(iterator)));
    offset = poly_add(r->arena, offset, term, 1);
    stride = poly_multiply(r->arena, stride, loop_of_iterator(r, iterator)->extent);
  }
  if (!offset || !affine_from(r, offset, &access.offset))
    return UINT32_MAX;
  VEC_PUSH(&r->region->accesses, access);
  return (uint32_t)r->region->accesses.count - 1;
}
