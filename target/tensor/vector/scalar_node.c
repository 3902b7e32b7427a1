// Nodes as scalars: what is the same for all lanes, or where there are none.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

IrValue affine_value(Mapper *m, const Affine *affine) {
  IrValue total = affine->invariant;
  for (uint32_t i = 0; i < affine->count; i++) {
    const AffineTerm *term = &affine->terms[i];
    IrValue x = walk_value(m, NULL, term->iterator, term->coefficient);
    if (x == IR_NONE)
      x = emit_mul(&m->e, m->e.variables[m->iterators[term->iterator]],
                   emit_quantity(&m->e, term->coefficient));
    total = total == IR_NONE ? x : emit_add(&m->e, total, x);
  }
  return total == IR_NONE ? emit_number(&m->e, affine->constant)
                          : emit_add_number(&m->e, total, affine->constant);
}

IrValue access_address(Mapper *m, const Access *access) {
  const Stream *stream = stage_stream(m, access);
  IrValue address = IR_NONE;
  if (stream) {
    address = stream_address(m, stream, &access->offset);
  } else {
    // The constant comes last, so that accesses side by side have the rest in common. With one iterator what
    // does not change comes first; with several, accesses of other arrays may have it in common, too.
    Affine moving = access->offset;
    moving.constant = 0;
    address = m->region->arrays.data[access->array].base;
    if (moving.invariant != IR_NONE && moving.count == 1) {
      address = emit_add(&m->e, address, moving.invariant);
      moving.invariant = IR_NONE;
    }
    address = emit_add(&m->e, address, affine_value(m, &moving));
    address = emit_add_number(&m->e, address, access->offset.constant);
  }
  if (access->index != NODE_NONE)
    address = emit_add(&m->e, address, scalar_node(m, access->index));
  return address;
}

// Forgets the nodes that were made from so many on.
static void forget_made(Mapper *m, size_t from) {
  while (m->made.nodes.count > from)
    m->made.values[VEC_POP(&m->made.nodes)] = IR_NONE;
}

static IrValue scalar_select(Mapper *m, const Node *n) {
  IrValue condition = scalar_node(m, n->operands[0]);
  if (!m->masked[n->operands[1]] && !m->masked[n->operands[2]]) {
    IrValue x = scalar_node(m, n->operands[1]);
    return build_select(&m->e.builder, n->type, condition, x, scalar_node(m, n->operands[2]));
  }
  uint32_t common[COMMON_NODES], count = common_of_choice(m, n, n->type, true, common);
  for (uint32_t i = 0; i < count; i++)
    scalar_node(m, common[i]);
  FlowIf flow;
  uint32_t result = emit_variable(&m->e, IR_NONE);
  size_t made = m->made.nodes.count;
  if (flow_if(&m->e, &flow, condition))
    m->e.variables[result] = scalar_node(m, n->operands[1]);
  forget_made(m, made);
  if (flow_else(&m->e, &flow))
    m->e.variables[result] = scalar_node(m, n->operands[2]);
  forget_made(m, made);
  flow_end_if(&m->e, &flow);
  IrValue value = m->e.variables[result];
  m->e.variable_count--;
  return value;
}

// Iterators of loops that are written out are numbers, and so is much of what is made of them.
static IrValue folded_node(Mapper *m, const Node *n, const IrValue *operands, uint32_t count) {
  const Function *f = m->e.builder.f;
  int64_t values[2] = {0}, result = 0;
  bool numbers = n->kind == NODE_OPERATION && n->type <= IR_I64 && count >= 1 && count <= 2;
  for (uint32_t i = 0; i < count && numbers; i++) {
    numbers = ir_is_const(f, operands[i]);
    values[i] = ir_insn(f, operands[i])->imm;
  }
  if (!numbers ||
      !fold_constant((IrOp)n->op, n->type, n->aux, ir_type(f, operands[0]), values[0], values[1], &result))
    return IR_NONE;
  return build_const(&m->e.builder, n->type, result);
}

static IrValue make_scalar(Mapper *m, uint32_t node) {
  const Node n = m->region->nodes.data[node];
  Function *f = m->e.builder.f;
  switch ((NodeKind)n.kind) {
  case NODE_LOAD: {
    const Access *access = &m->region->accesses.data[n.index];
    if (m->region->arrays.data[access->array].kind == ARRAY_SCALAR)
      return m->e.variables[m->scalars[access->array]];
    return build_load(&m->e.builder, access->type, access_address(m, access));
  }
  case NODE_CONSTANT:
    return ir_leaf(f, (IrOp)n.op, n.type, n.imm);
  case NODE_VALUE:
    return n.index;
  case NODE_ITERATOR:
    return m->e.variables[m->iterators[n.index]];
  default:
    break;
  }
  if (n.kind == NODE_FIXED_POINT)
    return fixed_point_scalar(m, node);
  if (n.kind == NODE_OPERATION && n.op == IR_SELECT)
    return scalar_select(m, &n);
  IrValue operands[4];
  uint32_t count = 0;
  if (n.kind == NODE_CALL)
    operands[count++] = ir_operand(f, n.index, 0);
  for (uint32_t i = 0; i < n.operand_count; i++)
    operands[count++] = scalar_node(m, n.operands[i]);
  IrValue v = folded_node(m, &n, operands, count);
  if (v != IR_NONE)
    return v;
  v = build(&m->e.builder, (IrOp)n.op, n.type, count, operands);
  IrInsn *insn = ir_insn(f, v);
  insn->aux = n.aux;
  insn->flags = n.flags;
  insn->imm = n.imm;
  return v;
}

IrValue scalar_node(Mapper *m, uint32_t node) {
  ScalarNodes *made = &m->made;
  if (m->ready[node] != IR_NONE)
    return m->ready[node];
  if (made->values[node] != IR_NONE)
    return made->values[node];
  made->depth++;
  IrValue value = make_scalar(m, node);
  made->depth--;
  if (made->depth && m->region->nodes.data[node].operand_count) {
    made->values[node] = value;
    VEC_PUSH(&made->nodes, node);
  } else if (!made->depth) {
    forget_made(m, 0);
  }
  return value;
}
