// Regions as text.
#include "target/tensor/raise/raise.h"

#include <string.h>

static void print_type(Text *out, IrType type) {
  static const char *const floats[] = {"half", "bfloat", "float", "double"};
  if (ir_is_float(type))
    text_append_string(out, floats[type - IR_HALF]);
  else
    text_format(out, "i%u", type);
}

static void print_value(Text *out, const Target *target, const Function *f, IrValue v) {
  const IrInsn *insn = ir_insn(f, v);
  switch ((IrOp)insn->op) {
  case IR_CONST:
    text_format(out, "%lld", (long long)insn->imm);
    break;
  case IR_SYMBOL:
    text_format(out, "@%s", target->symbols.data[ir_symbol_of(insn)].name);
    break;
  case IR_FRAME:
    text_format(out, "slot%lld", (long long)insn->imm);
    break;
  case IR_ARG:
    text_format(out, "arg%lld", (long long)insn->imm);
    break;
  default: // numbers of values would change with every other pass, so a value is shown by what makes it
    text_format(out, "%s(", ir_ops[insn->op].name);
    for (uint32_t i = 0; i < insn->operand_count && insn->op != IR_PHI && insn->op != IR_CALL; i++) {
      text_append_string(out, i ? ", " : "");
      print_value(out, target, f, ir_operand(f, v, i));
    }
    text_append_char(out, ')');
  }
}

typedef struct Printer {
  Text *out;
  const Target *target;
  const Region *region;
} Printer;

static void print_quantity(const Printer *p, const Quantity *q) {
  if (q->value == IR_NONE)
    text_format(p->out, "%lld", (long long)q->constant);
  else
    print_value(p->out, p->target, p->region->function, q->value);
}

static void print_affine(const Printer *p, const Affine *affine) {
  bool any = false;
  for (uint32_t i = 0; i < affine->count; i++) {
    const AffineTerm *term = &affine->terms[i];
    text_append_string(p->out, any ? " + " : "");
    any = true;
    if (term->coefficient.value != IR_NONE || term->coefficient.constant != 1) {
      print_quantity(p, &term->coefficient);
      text_append_string(p->out, "*");
    }
    text_format(p->out, "i%u", term->iterator);
  }
  if (affine->invariant != IR_NONE) {
    text_append_string(p->out, any ? " + " : "");
    any = true;
    print_value(p->out, p->target, p->region->function, affine->invariant);
  }
  if (affine->constant || !any)
    text_format(p->out, "%s%lld", any ? " + " : "", (long long)affine->constant);
}

static void print_node(const Printer *p, uint32_t number);

static void print_access(const Printer *p, uint32_t number) {
  const Access *access = &p->region->accesses.data[number];
  bool scalar = p->region->arrays.data[access->array].kind == ARRAY_SCALAR;
  text_format(p->out, "%c%u", scalar ? 's' : 'a', access->array);
  if (scalar && !access->offset.count)
    return;
  text_append_char(p->out, '[');
  print_affine(p, &access->offset);
  if (access->index != NODE_NONE) {
    text_append_string(p->out, " + ");
    print_node(p, access->index);
  }
  text_append_char(p->out, ']');
  if (scalar)
    return;
  text_append_char(p->out, '.');
  print_type(p->out, access->type);
}

static void print_node(const Printer *p, uint32_t number) {
  const Node *n = &p->region->nodes.data[number];
  switch ((NodeKind)n->kind) {
  case NODE_LOAD:
    print_access(p, n->index);
    return;
  case NODE_CONSTANT:
    text_format(p->out, n->op == IR_FCONST ? "0x%llx:" : "%lld:", (long long)n->imm);
    print_type(p->out, n->type);
    return;
  case NODE_VALUE:
    print_value(p->out, p->target, p->region->function, n->index);
    return;
  case NODE_ITERATOR:
    text_format(p->out, "i%u", n->index);
    return;
  case NODE_CALL: {
    const Function *f = p->region->function;
    print_value(p->out, p->target, f, ir_operand(f, n->index, 0));
    break;
  }
  case NODE_FIXED_POINT:
    text_append_string(p->out, isa_insn((IsaOp)n->index)->mnemonic);
    break;
  case NODE_OPERATION:
    text_append_string(p->out, ir_ops[n->op].name);
    text_append_char(p->out, '.');
    print_type(p->out, n->type);
    if (n->op == IR_ICMP || n->op == IR_FCMP)
      text_format(p->out, ".%s", ir_predicates[n->aux]);
    break;
  }
  text_append_char(p->out, '(');
  for (uint32_t i = 0; i < n->operand_count; i++) {
    text_append_string(p->out, i ? ", " : "");
    print_node(p, n->operands[i]);
  }
  text_append_char(p->out, ')');
}

static void print_statement(const Printer *p, const Statement *s) {
  print_access(p, s->target);
  text_append_string(p->out, " := ");
  if (s->reduction != IR_OP_COUNT) {
    text_format(p->out, "%s%s(", ir_ops[s->reduction].name, s->reassociable ? "" : ".ordered");
    print_access(p, s->target);
    text_append_string(p->out, ", ");
  }
  print_node(p, s->value);
  if (s->reduction != IR_OP_COUNT)
    text_append_char(p->out, ')');
  for (uint32_t i = 0; i < s->guard_count; i++) {
    text_append_string(p->out, i ? ", " : " if ");
    print_affine(p, &s->guards[i]);
    text_append_string(p->out, " >= 0");
  }
  if (s->condition != NODE_NONE) {
    text_append_string(p->out, s->guard_count ? " and " : " if ");
    print_node(p, s->condition);
  }
  text_append_char(p->out, '\n');
}

static void print_body(const Printer *p, const Item *items, size_t count, int indent) {
  for (size_t i = 0; i < count; i++) {
    text_format(p->out, "%*s", indent, "");
    if (!items[i].loop) {
      print_statement(p, &p->region->statements.data[items[i].index]);
      continue;
    }
    const Loop *loop = &p->region->loops.data[items[i].index];
    text_format(p->out, "for i%u < ", loop->iterator);
    print_quantity(p, &p->region->iterators.data[loop->iterator].extent);
    text_append_char(p->out, '\n');
    print_body(p, loop->body.data, loop->body.count, indent + 2);
  }
}

void region_print(Text *out, const Target *target, const Region *region) {
  Printer p = {out, target, region};
  text_format(out, "region of %s\n", target->symbols.data[region->function->symbol].name);
  for (size_t i = 0; i < region->arrays.count; i++) {
    const Array *array = &region->arrays.data[i];
    if (array->kind == ARRAY_SCALAR)
      continue;
    text_format(out, "  a%zu: ", i);
    print_value(out, target, region->function, array->base);
    text_format(out, "%s%s", array->written ? ", written" : "", array->constant ? ", constant" : "");
    if (array->size >= 0)
      text_format(out, ", %lld bytes", (long long)array->size);
    text_append_char(out, '\n');
  }
  for (size_t i = 0; i < region->assumptions.count; i++) {
    const IrInsn *insn = ir_insn(region->function, region->assumptions.data[i]);
    text_append_string(out, "  assume ");
    if (insn->op == IR_ICMP)
      text_format(out, "%s ", ir_predicates[insn->aux]);
    print_value(out, target, region->function, region->assumptions.data[i]);
    text_append_char(out, '\n');
  }
  print_body(&p, region->body.data, region->body.count, 2);
  for (size_t i = 0; i < region->live_outs.count; i++) {
    text_append_string(out, "  result ");
    print_access(&p, region->live_outs.data[i].access);
    text_append_char(out, '\n');
  }
}

static bool has_statement(const Region *region, const Item *items, size_t count, uint32_t statement) {
  for (size_t i = 0; i < count; i++) {
    const Loop *loop = items[i].loop ? &region->loops.data[items[i].index] : NULL;
    if (loop ? has_statement(region, loop->body.data, loop->body.count, statement)
             : items[i].index == statement)
      return true;
  }
  return false;
}

void region_part(Region *region, uint64_t offset, uint64_t size) {
  if (region->part_count < REGION_PARTS)
    region->parts[region->part_count] = (RegionPart){offset, size};
  if (region->part_count <= REGION_PARTS && size)
    region->part_count++;
}

bool region_has_statement(const Region *region, uint32_t statement) {
  return has_statement(region, region->body.data, region->body.count, statement);
}

Body body_of(Region *region, uint32_t loop) {
  if (loop == UINT32_MAX)
    return (Body){region->body.data, region->body.count, loop};
  return (Body){region->loops.data[loop].body.data, region->loops.data[loop].body.count, loop};
}

void body_remove(Region *region, uint32_t loop, size_t at) {
  Body body = body_of(region, loop);
  memmove(body.items + at, body.items + at + 1, (body.count - at - 1) * sizeof *body.items);
  if (loop == UINT32_MAX)
    region->body.count--;
  else
    region->loops.data[loop].body.count--;
}

void body_insert(Region *region, uint32_t loop, size_t at, Item item) {
  if (loop == UINT32_MAX)
    VEC_PUSH(&region->body, item);
  else
    VEC_PUSH(&region->loops.data[loop].body, item);
  Body body = body_of(region, loop);
  memmove(body.items + at + 1, body.items + at, (body.count - 1 - at) * sizeof *body.items);
  body.items[at] = item;
}
