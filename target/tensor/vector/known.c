// Groups that hold what a node is, or what lies somewhere in memory, while a step is written: they are made
// once.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

// Whether the iterator is a number now, as that of a loop that is written out.
static bool is_number_now(const Mapper *m, uint32_t iterator, int64_t *number) {
  IrValue at = m->e.variables[m->iterators[iterator]];
  return iterator != m->lane && at != IR_NONE && emit_is_number(&m->e, at, number);
}

// What such iterators and the constant make of the offset; false: that is no number.
static bool constant_part(const Mapper *m, const Affine *offset, int64_t *total) {
  uint64_t sum = (uint64_t)offset->constant;
  int64_t number = 0;
  for (uint32_t i = 0; i < offset->count; i++) {
    const AffineTerm *term = &offset->terms[i];
    if (!is_number_now(m, term->iterator, &number) || !number)
      continue;
    if (term->coefficient.value != IR_NONE)
      return false;
    sum += (uint64_t)term->coefficient.constant * (uint64_t)number;
  }
  *total = (int64_t)sum;
  return true;
}

// Whether the rest of the offset is in the other one, too.
static bool has_same_rest(const Mapper *m, const Affine *x, const Affine *y) {
  int64_t number = 0;
  for (uint32_t i = 0; i < x->count; i++)
    if (!is_number_now(m, x->terms[i].iterator, &number) &&
        !quantities_equal(x->terms[i].coefficient, affine_coefficient(y, x->terms[i].iterator)))
      return false;
  return x->invariant == y->invariant;
}

// Whether what is known was loaded from where the access is now.
static bool is_loaded(const Mapper *m, const Emitted *known, const Access *access) {
  const Node *n = &m->region->nodes.data[known->node];
  if (!access || n->kind != NODE_LOAD || access->index != NODE_NONE)
    return false;
  const Access *other = &m->region->accesses.data[n->index];
  int64_t constant = 0;
  return other->array == access->array && other->index == NODE_NONE && other->type == access->type &&
         known->type == access->type && known->placed && constant_part(m, &access->offset, &constant) &&
         known->constant == constant && has_same_rest(m, &access->offset, &other->offset) &&
         has_same_rest(m, &other->offset, &access->offset);
}

// Whether what was made under a mask is there in all lanes of another one, which is a part of it.
static bool covers(const Mapper *m, IrValue made, IrValue mask) {
  const Function *f = m->e.builder.f;
  while (made != IR_NONE && made != mask && mask != IR_NONE && ir_insn(f, mask)->op == IR_MACHINE) {
    IsaOp op = vector_form(ir_insn(f, mask)).op;
    if (op == ISA_VMAND_MM && ir_operand(f, mask, 1) == made)
      return true;
    if (op != ISA_VMAND_MM && op != ISA_VMANDN_MM)
      return false;
    mask = ir_operand(f, mask, 0);
  }
  return made == IR_NONE || made == mask;
}

IrValue known_group(const Mapper *m, uint32_t node, IrValue mask) {
  const Node *n = &m->region->nodes.data[node];
  const Access *access = n->kind == NODE_LOAD ? &m->region->accesses.data[n->index] : NULL;
  if (access && m->region->arrays.data[access->array].kind == ARRAY_SCALAR)
    return m->varies[node] ? m->e.variables[m->scalars[access->array]] : IR_NONE;
  for (size_t i = 0; i < m->held.count; i++)
    if (m->held.data[i].node == node)
      return m->held.data[i].value;
  for (size_t i = 0; i < m->emitted.count; i++) {
    const Emitted *known = &m->emitted.data[i];
    bool same = known->node == node && known->type == n->type && !known->passed;
    if ((same || is_loaded(m, known, access)) && covers(m, known->mask, mask))
      return known->value;
  }
  return IR_NONE;
}

IrValue known_as(const Mapper *m, uint32_t node, IrType type, IrValue mask) {
  for (size_t i = 0; i < m->emitted.count; i++) {
    const Emitted *known = &m->emitted.data[i];
    if (known->node == node && known->type == type && !known->passed && covers(m, known->mask, mask))
      return known->value;
  }
  return IR_NONE;
}

void known_add(Mapper *m, uint32_t node, IrType type, IrValue mask, IrValue value) {
  const Node *n = &m->region->nodes.data[node];
  const Access *access = n->kind == NODE_LOAD ? &m->region->accesses.data[n->index] : NULL;
  Emitted known = {.node = node, .type = type, .mask = mask, .value = value};
  known.placed = access && constant_part(m, &access->offset, &known.constant);
  VEC_PUSH(&m->emitted, known);
}

void known_pass_step(Mapper *m) {
  enum { MOST_REGISTERS = 8 }; // more would be missed elsewhere
  const Region *region = m->region;
  unsigned registers = 0;
  size_t first = m->emitted.count, kept = 0;
  for (; first > 0 && registers < MOST_REGISTERS; first--) {
    const Emitted *known = &m->emitted.data[first - 1];
    const Node *n = &region->nodes.data[known->node];
    int lmul = vector_config(m, known->type).lmul;
    if (n->kind == NODE_LOAD && known->type != IR_I1)
      registers += lmul > 0 ? 1U << lmul : 1;
  }
  for (size_t i = first; i < m->emitted.count; i++) {
    const Node *n = &region->nodes.data[m->emitted.data[i].node];
    const Access *access = n->kind == NODE_LOAD ? &region->accesses.data[n->index] : NULL;
    if (!access || !m->emitted.data[i].placed || access->index != NODE_NONE ||
        region->arrays.data[access->array].kind == ARRAY_SCALAR)
      continue;
    m->emitted.data[kept] = m->emitted.data[i];
    m->emitted.data[kept++].passed = true;
  }
  m->emitted.count = kept;
}

void known_forget(Mapper *m, uint32_t array) {
  size_t kept = 0;
  for (size_t i = 0; i < m->emitted.count; i++)
    if (!node_reads(m->region, m->emitted.data[i].node, array))
      m->emitted.data[kept++] = m->emitted.data[i];
  m->emitted.count = kept;
}
