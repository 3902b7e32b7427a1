// Values as graphs of nodes.
#include "target/tensor/raise/raise.h"

#include <string.h>

uint32_t node_push(Raise *r, Node node) {
  VEC_PUSH(&r->region->nodes, node);
  return (uint32_t)r->region->nodes.count - 1;
}

uint32_t node_load(Raise *r, uint32_t access) {
  Node node = {.kind = NODE_LOAD, .type = r->region->accesses.data[access].type, .index = access};
  return node_push(r, node);
}

uint32_t node_constant(Raise *r, IrType type, int64_t value) {
  Node node = {
      .kind = NODE_CONSTANT, .op = ir_is_float(type) ? IR_FCONST : IR_CONST, .type = type, .imm = value};
  return node_push(r, node);
}

uint32_t node_binary(Raise *r, IrOp op, IrType type, uint32_t x, uint32_t y) {
  Node node = {
      .kind = NODE_OPERATION, .op = (uint8_t)op, .type = type, .operand_count = 2, .operands = {x, y}};
  return node_push(r, node);
}

// Looks at each part as often as it is used; false: those are too many.
static bool small_node_reads(const Region *region, uint32_t node, uint32_t array, bool *reads) {
  enum { MOST_LOOKS = 24, MOST_OPEN = 8 };
  uint32_t open[MOST_OPEN], count = 0;
  open[count++] = node;
  *reads = false;
  for (unsigned looks = 0; count && !*reads; looks++) {
    const Node *n = &region->nodes.data[open[--count]];
    const Access *access = n->kind == NODE_LOAD ? &region->accesses.data[n->index] : NULL;
    if (looks == MOST_LOOKS || count + n->operand_count + 1 > MOST_OPEN)
      return false;
    *reads = access && access->array == array;
    if (access && access->index != NODE_NONE)
      open[count++] = access->index;
    for (uint32_t k = 0; k < n->operand_count; k++)
      open[count++] = n->operands[k];
  }
  return true;
}

// Operands have smaller numbers than what uses them.
bool node_reads(const Region *region, uint32_t node, uint32_t array) {
  bool reads = false;
  if (small_node_reads(region, node, array, &reads))
    return reads;
  bool *reached = ARENA_ARRAY(region->arena, bool, node + 1);
  reached[node] = true;
  bool found = false;
  for (uint32_t i = node + 1; i-- > 0 && !found;) {
    const Node *n = &region->nodes.data[i];
    if (!reached[i])
      continue;
    if (n->kind == NODE_LOAD) {
      const Access *access = &region->accesses.data[n->index];
      found = access->array == array;
      if (access->index != NODE_NONE)
        reached[access->index] = true;
    }
    for (uint32_t k = 0; k < n->operand_count; k++)
      reached[n->operands[k]] = true;
  }
  return found;
}

static uint32_t replace_node(Raise *r, uint32_t number, uint32_t from, uint32_t to, uint32_t *now) {
  if (number == from)
    return to;
  if (now[number] != NODE_NONE)
    return now[number];
  Node node = r->region->nodes.data[number];
  bool changed = false;
  for (uint32_t k = 0; k < node.operand_count; k++) {
    uint32_t operand = replace_node(r, node.operands[k], from, to, now);
    changed = changed || operand != node.operands[k];
    node.operands[k] = operand;
  }
  now[number] = changed ? node_push(r, node) : number;
  return now[number];
}

uint32_t node_replaced(Raise *r, uint32_t node, uint32_t from, uint32_t to) {
  uint32_t *now = ARENA_ARRAY(r->arena, uint32_t, node + 1);
  memset(now, 0xff, (node + 1) * sizeof *now);
  return replace_node(r, node, from, to, now);
}

// Functions of the C library that only compute.
bool library_function(const Target *target, const Function *f, IrValue call) {
  static const char *const names[] = {
      "acos",      "asin", "atan",  "atan2", "ceil", "cos",   "cosh",      "erf",   "exp",   "exp2", "expm1",
      "floor",     "log",  "log10", "log1p", "log2", "pow",   "rint",      "round", "sin",   "sinh", "sqrt",
      "nearbyint", "tan",  "tanh",  "trunc", "cbrt", "exp10", "roundeven", "fmod",  "hypot", "erfc"};
  const IrInsn *callee = ir_insn(f, ir_operand(f, call, 0));
  if (!(ir_insn(f, call)->flags & IR_LIBRARY) || ir_insn(f, call)->operand_count > 3)
    return false;
  const char *name = target->symbols.data[ir_symbol_of(callee)].name;
  size_t size = strlen(name);
  IrType type = ir_type(f, call);
  if (type == IR_FLOAT && size && name[size - 1] == 'f')
    size--;
  else if (type != IR_DOUBLE)
    return false;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strlen(names[i]) == size && memcmp(names[i], name, size) == 0)
      return true;
  return false;
}

// A polynomial as arithmetic on iterators.
static uint32_t node_from_poly(Raise *r, const Poly *poly) {
  Affine affine;
  if (!affine_from(r, poly, &affine))
    return NODE_NONE;
  uint32_t total = NODE_NONE;
  if (affine.invariant != IR_NONE) {
    Node node = {.kind = NODE_VALUE, .type = IR_I64, .index = affine.invariant};
    total = node_push(r, node);
  }
  for (uint32_t i = 0; i < affine.count; i++) {
    Node iterator = {.kind = NODE_ITERATOR, .type = IR_I64, .index = affine.terms[i].iterator};
    uint32_t term = node_push(r, iterator);
    Quantity q = affine.terms[i].coefficient;
    if (q.value != IR_NONE) {
      Node value = {.kind = NODE_VALUE, .type = IR_I64, .index = q.value};
      term = node_binary(r, IR_MUL, IR_I64, term, node_push(r, value));
    } else if (q.constant != 1) {
      term = node_binary(r, IR_MUL, IR_I64, term, node_constant(r, IR_I64, q.constant));
    }
    total = total == NODE_NONE ? term : node_binary(r, IR_ADD, IR_I64, total, term);
  }
  if (total == NODE_NONE)
    return node_constant(r, IR_I64, affine.constant);
  if (affine.constant)
    total = node_binary(r, IR_ADD, IR_I64, total, node_constant(r, IR_I64, affine.constant));
  return total;
}

static uint32_t node_narrowed(Raise *r, const Poly *poly, IrType type) {
  uint32_t node = node_from_poly(r, poly);
  if (node == NODE_NONE || type == IR_I64)
    return node;
  Node narrow = {
      .kind = NODE_OPERATION, .op = IR_TRUNC, .type = type, .operand_count = 1, .operands = {node}};
  return node_push(r, narrow);
}

static uint32_t node_select(Raise *r, IrType type, uint32_t condition, uint32_t x, uint32_t y) {
  if (condition == NODE_NONE || x == NODE_NONE || y == NODE_NONE)
    return NODE_NONE;
  if (x == y)
    return x;
  Node node = {.kind = NODE_OPERATION,
               .op = IR_SELECT,
               .type = type,
               .operand_count = 3,
               .operands = {condition, x, y}};
  return node_push(r, node);
}

// What a phi chooses, or with `load` what that loads from there, `step` bytes further on.
typedef struct Chosen {
  IrValue phi;
  uint32_t join; // its block
  IrValue load;  // IR_NONE: none
  const Poly *step;
} Chosen;

static uint32_t arrive(Raise *r, const Chosen *c, uint32_t from, uint32_t to, unsigned depth);
static uint32_t load_from(Raise *r, IrValue address, IrValue load, const Poly *step);

// The value that a phi gets when control is at the end of `block`.
static uint32_t depart(Raise *r, const Chosen *c, uint32_t block, unsigned depth) {
  const IrBlock *b = &r->f->blocks.data[block];
  if (b->succ_count == 1)
    return arrive(r, c, block, b->succs[0], depth);
  const IrInsn *branch = ir_terminator(r->f, block);
  if (branch->op != IR_CONDBR)
    return NODE_NONE;
  IrValue condition = branch->operands[0];
  uint32_t yes = b->succs[0], no = b->succs[1];
  for (size_t i = 0; i < r->decided.count; i++)
    if (r->decided.data[i].condition == condition)
      return arrive(r, c, block, r->decided.data[i].holds ? yes : no, depth);
  uint32_t x = arrive(r, c, block, yes, depth), y = arrive(r, c, block, no, depth);
  IrType type = ir_type(r->f, c->load == IR_NONE ? c->phi : c->load);
  return node_select(r, type, node_of(r, condition), x, y);
}

static uint32_t arrive(Raise *r, const Chosen *c, uint32_t from, uint32_t to, unsigned depth) {
  if (to == c->join) {
    const IrBlock *b = &r->f->blocks.data[to];
    for (uint32_t i = 0; i < b->pred_count; i++)
      if (b->preds[i] == from) {
        IrValue v = ir_operand(r->f, c->phi, i);
        return c->load == IR_NONE ? node_of(r, v) : load_from(r, v, c->load, c->step);
      }
    return NODE_NONE;
  }
  // Ways that meet again and again multiply: what takes so many steps is no expression that anyone would
  // want.
  enum { MOST_STEPS = 20000 };
  if (depth > 24 || !bitset_has(&r->inside, to) || ++r->steps > MOST_STEPS)
    return NODE_NONE;
  RaisedLoop *loop = raised_loop(r, to);
  if (loop && !block_in_loop(r->f, from, to))
    return arrive(r, c, loop->exiting, loop->exit, depth + 1);
  return depart(r, c, to, depth + 1);
}

static uint32_t node_of_phi(Raise *r, IrValue v, IrValue load, const Poly *step) {
  const IrInsn *insn = ir_insn(r->f, v);
  uint32_t block = insn->block;
  if (raised_loop(r, block))
    return NODE_NONE;
  if (insn->operand_count == 1 && load == IR_NONE)
    return node_of(r, ir_operand(r->f, v, 0));
  uint32_t fork = r->f->blocks.data[block].idom;
  if (fork == IR_NONE || !bitset_has(&r->inside, fork))
    return NODE_NONE;
  Chosen chosen = {v, block, load, step};
  return depart(r, &chosen, fork, 0);
}

static bool is_chosen(Raise *r, IrValue address, uint32_t block) {
  IrOp op = (IrOp)ir_insn(r->f, address)->op;
  return (op == IR_SELECT || (op == IR_PHI && ir_insn(r->f, address)->operand_count > 1)) &&
         inside_region(r, address) && !evolution_in(r, address, block);
}

// The chosen place that an address is counted from, and how many bytes it is further on: addresses are sums
// with the pointer first. IR_NONE: it is counted from no such place, or it cannot be said how far on it is.
static IrValue chosen_place(Raise *r, IrValue address, uint32_t block, const Poly **step) {
  enum { MOST_SUMS = 4 };
  for (unsigned i = 0; i <= MOST_SUMS && *step; i++) {
    const IrInsn *insn = ir_insn(r->f, address);
    if (is_chosen(r, address, block))
      return address;
    if (insn->op != IR_ADD || evolution_in(r, address, block))
      return IR_NONE;
    const Poly *further = evolution_in(r, ir_operand(r->f, address, 1), block);
    *step = further ? poly_add(r->arena, *step, further, 1) : NULL;
    address = ir_operand(r->f, address, 0);
  }
  return IR_NONE;
}

// What the load gives where its address is `step` bytes behind this one.
static uint32_t load_from(Raise *r, IrValue address, IrValue load, const Poly *step) {
  const IrInsn insn = *ir_insn(r->f, load);
  IrValue place = chosen_place(r, address, insn.block, &step);
  if (place != IR_NONE) {
    const IrInsn *choice = ir_insn(r->f, place);
    if (choice->op == IR_PHI)
      return node_of_phi(r, place, load, step);
    IrValue condition = choice->operands[0], yes = choice->operands[1], no = choice->operands[2];
    uint32_t x = load_from(r, yes, load, step), y = load_from(r, no, load, step);
    return node_select(r, insn.type, node_of(r, condition), x, y);
  }
  if (!step || !evolution_in(r, address, insn.block))
    return NODE_NONE;
  uint32_t access = access_at(r, address, insn.type, insn.block, step);
  return access == UINT32_MAX ? NODE_NONE : node_load(r, access);
}

uint32_t node_of_chosen_load(Raise *r, IrValue load) {
  IrValue address = ir_operand(r->f, load, 0);
  const Poly *none = poly_constant(r->arena, 0), *step = none;
  if (!is_plain_access(r, load) || chosen_place(r, address, ir_insn(r->f, load)->block, &step) == IR_NONE)
    return NODE_NONE;
  return load_from(r, address, load, none);
}

static uint32_t node_of_operation(Raise *r, IrValue v) {
  const IrInsn insn = *ir_insn(r->f, v);
  bool call = insn.op == IR_CALL;
  if (insn.operand_count > 3)
    return NODE_NONE;
  if (call ? !library_function(r->target, r->f, v) : !(ir_ops[insn.op].flags & IR_PURE))
    return NODE_NONE;
  Node node = {.kind = call ? NODE_CALL : NODE_OPERATION,
               .op = insn.op,
               .type = insn.type,
               .aux = insn.aux,
               .flags = insn.flags,
               .operand_count = (uint8_t)(insn.operand_count - call),
               .index = call ? v : 0,
               .imm = insn.imm};
  for (uint32_t i = 0; i < node.operand_count; i++) {
    node.operands[i] = node_of(r, ir_operand(r->f, v, i + call));
    if (node.operands[i] == NODE_NONE)
      return NODE_NONE;
  }
  return node_push(r, node);
}

static uint32_t make_node(Raise *r, IrValue v) {
  const IrInsn *insn = ir_insn(r->f, v);
  if (insn->op == IR_CONST || insn->op == IR_FCONST)
    return node_constant(r, insn->type, insn->imm);
  IrValue before = invariant_value(r, v);
  if (before != IR_NONE) {
    const IrInsn *known = ir_insn(r->f, before);
    if (known->op == IR_CONST)
      return node_constant(r, known->type, known->imm);
    Node node = {.kind = NODE_VALUE, .type = known->type, .index = before};
    return node_push(r, node);
  }
  insn = ir_insn(r->f, v);
  if (insn->op == IR_LOAD) {
    uint32_t chosen = node_of_chosen_load(r, v);
    if (chosen != NODE_NONE)
      return chosen;
    uint32_t access = access_of(r, v), block = ir_insn(r->f, v)->block;
    uint32_t node = access == UINT32_MAX ? NODE_NONE : node_load(r, access);
    if (node != NODE_NONE)
      r->region->nodes.data[node].certain = bitset_has(&r->certain, block);
    return node;
  }
  IrType type = insn->type;
  IrValue plain = unextended_value(r->f, v);
  if (plain != v)
    return node_of(r, plain);
  if (insn->op == IR_PHI) {
    const Poly *poly = evolution_in(r, v, r->at);
    if (poly)
      return node_narrowed(r, poly, type);
    return node_of_phi(r, v, IR_NONE, NULL);
  }
  return node_of_operation(r, v);
}

// Whether the value belongs to a loop that the walk is not in.
static bool is_behind_its_loop(const Raise *r, IrValue v) {
  if (!inside_region(r, v))
    return false;
  uint32_t loop = r->f->blocks.data[ir_insn(r->f, v)->block].loop;
  return loop != IR_NONE && bitset_has(&r->inside, loop) && !block_in_loop(r->f, r->at, loop);
}

uint32_t node_of(Raise *r, IrValue v) {
  if (v < r->known && is_behind_its_loop(r, v)) {
    if (r->after[v])
      return node_load(r, r->after[v] - 1);
    IrType type = ir_type(r->f, v);
    const Poly *poly = evolution_in(r, v, r->at);
    return poly ? node_narrowed(r, poly, type) : NODE_NONE;
  }
  if (v >= r->known) {
    const IrInsn *insn = ir_insn(r->f, v);
    if (insn->op == IR_CONST)
      return node_constant(r, insn->type, insn->imm);
    Node node = {.kind = NODE_VALUE, .type = insn->type, .index = v};
    return node_push(r, node);
  }
  if (r->latest[v])
    return node_load(r, r->latest[v] - 1);
  if (!r->nodes[v]) {
    if (r->depth >= MAX_DEPTH)
      return NODE_NONE;
    r->depth++;
    uint32_t node = make_node(r, v);
    r->depth--;
    if (node == NODE_NONE)
      return node;
    r->nodes[v] = node + 1;
    while (ir_type(r->f, v) == IR_I1 && r->sources.count <= node)
      VEC_PUSH(&r->sources, IR_NONE);
    if (ir_type(r->f, v) == IR_I1)
      r->sources.data[node] = v;
  }
  return r->nodes[v] - 1;
}
