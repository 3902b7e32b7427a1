// Scalar code made anew from a region. It proves what raising said: the tests run it beside the original.
#include "target/tensor/raise/raise.h"

typedef struct Generator {
  Target *target;
  Region *region;
  Builder b;
  IrValue *iterators; // by iterator: its value
  uint32_t *slots;    // by array: frame slot + 1 of a scalar one
} Generator;

static IrValue generate_node(Generator *g, uint32_t node);

static IrValue number(Generator *g, int64_t value) {
  return build_const(&g->b, IR_I64, value);
}

static IrValue generate_quantity(Generator *g, const Quantity *q) {
  return q->value == IR_NONE ? number(g, q->constant) : q->value;
}

static IrValue generate_affine(Generator *g, const Affine *affine) {
  IrValue total = number(g, affine->constant);
  if (affine->invariant != IR_NONE)
    total = build2(&g->b, IR_ADD, IR_I64, affine->invariant, total);
  for (uint32_t i = 0; i < affine->count; i++) {
    IrValue term = build2(&g->b, IR_MUL, IR_I64, g->iterators[affine->terms[i].iterator],
                          generate_quantity(g, &affine->terms[i].coefficient));
    total = build2(&g->b, IR_ADD, IR_I64, term, total);
  }
  return total;
}

// Scalar arrays need no more than one element: what is read was written in the same iteration.
static IrValue generate_address(Generator *g, const Access *access) {
  Function *f = g->region->function;
  const Array *array = &g->region->arrays.data[access->array];
  if (array->kind == ARRAY_SCALAR) {
    if (!g->slots[access->array]) {
      FrameSlot slot = {.size = 8, .alignment = 8};
      VEC_PUSH(&f->slots, slot);
      g->slots[access->array] = (uint32_t)f->slots.count;
    }
    return ir_leaf(f, IR_FRAME, IR_I64, g->slots[access->array] - 1);
  }
  IrValue offset = generate_affine(g, &access->offset);
  if (access->index != NODE_NONE)
    offset = build2(&g->b, IR_ADD, IR_I64, offset, generate_node(g, access->index));
  return build2(&g->b, IR_ADD, IR_I64, array->base, offset);
}

// Scalars of odd widths are kept in whole registers.
static IrType memory_type(IrType type) {
  return ir_is_float(type) || type == IR_I8 || type == IR_I16 || type == IR_I32 ? type : IR_I64;
}

static IrValue generate_load(Generator *g, const Access *access) {
  IrType type = memory_type(access->type);
  IrValue v = build_load(&g->b, type, generate_address(g, access));
  return type == access->type ? v : build1(&g->b, IR_TRUNC, access->type, v);
}

static void generate_store(Generator *g, const Access *access, IrValue value) {
  IrType type = memory_type(access->type);
  if (type != access->type)
    value = build1(&g->b, IR_ZEXT, type, value);
  build_store(&g->b, value, generate_address(g, access));
}

// A block that is reached where the condition holds; the builder goes on in the other way's block.
static uint32_t fork(Generator *g, IrValue condition, uint32_t *otherwise) {
  Function *f = g->region->function;
  uint32_t from = g->b.block, yes = ir_block_new(f);
  *otherwise = ir_block_new(f);
  build(&g->b, IR_CONDBR, IR_VOID, 1, &condition);
  ir_add_edge(f, from, yes);
  ir_add_edge(f, from, *otherwise);
  return yes;
}

static void jump(Generator *g, uint32_t to) {
  uint32_t from = g->b.block;
  build(&g->b, IR_BR, IR_VOID, 0, NULL);
  ir_add_edge(g->region->function, from, to);
}

static IrValue generate_select(Generator *g, const Node *n) {
  Function *f = g->region->function;
  uint32_t no = 0, yes = fork(g, generate_node(g, n->operands[0]), &no), join = ir_block_new(f);
  IrValue values[2];
  g->b.block = yes;
  values[0] = generate_node(g, n->operands[1]);
  jump(g, join);
  g->b.block = no;
  values[1] = generate_node(g, n->operands[2]);
  jump(g, join);
  g->b.block = join;
  return build(&g->b, IR_PHI, n->type, 2, values);
}

static IrValue generate_node(Generator *g, uint32_t node) {
  const Node n = g->region->nodes.data[node];
  switch ((NodeKind)n.kind) {
  case NODE_LOAD:
    return generate_load(g, &g->region->accesses.data[n.index]);
  case NODE_CONSTANT:
    return ir_leaf(g->region->function, (IrOp)n.op, n.type, n.imm);
  case NODE_VALUE:
    return n.index;
  case NODE_ITERATOR:
    return g->iterators[n.index];
  default:
    break;
  }
  if (n.kind == NODE_OPERATION && n.op == IR_SELECT)
    return generate_select(g, &n);
  IrValue operands[4];
  uint32_t count = 0;
  if (n.kind == NODE_CALL)
    operands[count++] = ir_operand(g->region->function, n.index, 0);
  for (uint32_t i = 0; i < n.operand_count; i++)
    operands[count++] = generate_node(g, n.operands[i]);
  IrValue v = build(&g->b, (IrOp)n.op, n.type, count, operands);
  IrInsn *insn = ir_insn(g->region->function, v);
  insn->aux = n.aux;
  insn->flags = n.flags;
  insn->imm = n.imm;
  return v;
}

static IrValue reduced(Generator *g, const Statement *s, IrValue old) {
  const Node *n = &g->region->nodes.data[s->value];
  if (s->reduction == IR_FMA) {
    IrValue x[3] = {generate_node(g, n->operands[0]), IR_NONE, old};
    x[1] = generate_node(g, n->operands[1]);
    return build(&g->b, IR_FMA, ir_type(g->region->function, old), 3, x);
  }
  IrValue value = generate_node(g, s->value);
  return build2(&g->b, (IrOp)s->reduction, ir_type(g->region->function, old), old, value);
}

static void generate_statement(Generator *g, const Statement *s) {
  Function *f = g->region->function;
  uint32_t join = s->guard_count || s->condition != NODE_NONE ? ir_block_new(f) : IR_NONE, no = 0;
  for (uint32_t i = 0; i <= s->guard_count; i++) {
    IrValue condition = IR_NONE;
    if (i < s->guard_count)
      condition = build_compare(&g->b, IR_ICMP, IR_SGE, generate_affine(g, &s->guards[i]), number(g, 0));
    else if (s->condition != NODE_NONE)
      condition = generate_node(g, s->condition);
    if (condition == IR_NONE)
      continue;
    uint32_t yes = fork(g, condition, &no);
    g->b.block = no;
    jump(g, join);
    g->b.block = yes;
  }
  const Access *target = &g->region->accesses.data[s->target];
  IrValue value =
      s->reduction == IR_OP_COUNT ? generate_node(g, s->value) : reduced(g, s, generate_load(g, target));
  generate_store(g, target, value);
  if (join != IR_NONE) {
    jump(g, join);
    g->b.block = join;
  }
}

static void generate_body(Generator *g, const Item *items, size_t count);

static void generate_loop(Generator *g, const Loop *loop) {
  Function *f = g->region->function;
  uint32_t from = g->b.block, header = ir_block_new(f), exit = 0;
  IrValue start[2] = {number(g, 0), number(g, 0)};
  jump(g, header);
  g->b.block = header;
  IrValue phi = build(&g->b, IR_PHI, IR_I64, 2, start);
  g->iterators[loop->iterator] = phi;
  IrValue extent = generate_quantity(g, &g->region->iterators.data[loop->iterator].extent);
  g->b.block = fork(g, build_compare(&g->b, IR_ICMP, IR_SLT, phi, extent), &exit);
  (void)from;
  generate_body(g, loop->body.data, loop->body.count);
  IrValue next = build2(&g->b, IR_ADD, IR_I64, phi, number(g, 1));
  jump(g, header);
  ir_operands(f, ir_insn(f, phi))[1] = next;
  g->b.block = exit;
}

static void generate_body(Generator *g, const Item *items, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (items[i].loop)
      generate_loop(g, &g->region->loops.data[items[i].index]);
    else
      generate_statement(g, &g->region->statements.data[items[i].index]);
  }
}

// Expressions are written out wherever they are used: whether that stays within bounds.
static bool expressions_are_short(const Region *region) {
  enum { MOST_INSTRUCTIONS = 1 << 14 };
  uint32_t *sizes = ARENA_ARRAY(region->arena, uint32_t, region->nodes.count + 1);
  bool all = true;
  for (size_t i = 0; i < region->nodes.count; i++) {
    const Node *n = &region->nodes.data[i];
    sizes[i] = 1;
    for (uint32_t k = 0; k < n->operand_count; k++)
      sizes[i] += sizes[n->operands[k]];
    all = all && sizes[i] <= MOST_INSTRUCTIONS;
    sizes[i] = sizes[i] <= MOST_INSTRUCTIONS ? sizes[i] : MOST_INSTRUCTIONS;
  }
  return all;
}

bool regenerate_region(Target *target, Region *region) {
  IrValue condition = IR_NONE;
  if (!expressions_are_short(region) || !region_disjoint(region, &condition))
    return false;
  Generator g = {.target = target, .region = region};
  g.iterators = ARENA_ARRAY(region->arena, IrValue, region->iterators.count + 1);
  g.slots = ARENA_ARRAY(region->arena, uint32_t, region->arrays.count + 1);
  IrValue *results = ARENA_ARRAY(region->arena, IrValue, region->live_outs.count + 1);
  g.b = region_open(region, condition);
  generate_body(&g, region->body.data, region->body.count);
  for (size_t i = 0; i < region->live_outs.count; i++)
    results[i] = generate_load(&g, &region->accesses.data[region->live_outs.data[i].access]);
  region_close(region, &g.b, results);
  return true;
}
