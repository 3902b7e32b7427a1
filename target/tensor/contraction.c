// Finds contractions: reductions of products whose operands and result are affine, in any order of the loops
// and any layout. Iterators are classified by which of the arrays move with them.
#include "target/tensor/contraction.h"
#include "target/tensor/padding.h"
#include "target/tensor/size.h"

#include <string.h>

typedef struct Finder {
  const Target *target;
  Region *region;
  Contraction *c;
  const char *reason;
  const Statement *reduction;
  uint32_t loops[CONTRACTION_ITERATORS]; // around the reduction, outermost first
  uint32_t loop_count;
  uint32_t result; // access that is written in the end
  Padding padding;
  PaddedView view; // of the padded operand
} Finder;

static bool fail(Finder *finder, const char *reason) {
  finder->reason = reason;
  return false;
}

static const Node *node_of(const Finder *finder, uint32_t index) {
  return &finder->region->nodes.data[index];
}

static const Access *access_of(const Finder *finder, uint32_t index) {
  return &finder->region->accesses.data[index];
}

static const Array *array_of(const Finder *finder, const Access *access) {
  return &finder->region->arrays.data[access->array];
}

static bool is_operation(const Node *node, IrOp op) {
  return node->kind == NODE_OPERATION && node->op == op;
}

// --- statements

// The loops around a statement.
static bool walk_loops(Finder *finder, const Statement *statement, const Item *items, size_t count,
                       uint32_t depth, uint32_t *path) {
  for (size_t i = 0; i < count; i++) {
    if (!items[i].loop) {
      if (&finder->region->statements.data[items[i].index] == statement) {
        memcpy(finder->loops, path, depth * sizeof *path);
        finder->loop_count = depth;
        return true;
      }
      continue;
    }
    const Loop *loop = &finder->region->loops.data[items[i].index];
    if (depth == CONTRACTION_ITERATORS - 3)
      return false;
    path[depth] = items[i].index;
    if (walk_loops(finder, statement, loop->body.data, loop->body.count, depth + 1, path))
      return true;
  }
  return false;
}

// Whether two accesses go through the same elements, with iterators of the same extents, if not the same
// ones.
static bool same_elements(const Region *region, const Access *a, const Access *b) {
  if (a->array != b->array || a->index != NODE_NONE || b->index != NODE_NONE || a->type != b->type ||
      a->offset.constant != b->offset.constant || a->offset.invariant != b->offset.invariant ||
      a->offset.count != b->offset.count)
    return false;
  bool taken[CONTRACTION_ITERATORS] = {false};
  if (a->offset.count > CONTRACTION_ITERATORS)
    return false;
  for (uint32_t i = 0; i < a->offset.count; i++) {
    const Iterator *from = &region->iterators.data[a->offset.terms[i].iterator];
    bool found = false;
    for (uint32_t j = 0; j < b->offset.count && !found; j++) {
      const Iterator *to = &region->iterators.data[b->offset.terms[j].iterator];
      found = !taken[j] && quantities_equal(from->extent, to->extent) &&
              quantities_equal(a->offset.terms[i].coefficient, b->offset.terms[j].coefficient);
      taken[j] |= found;
    }
    if (!found)
      return false;
  }
  return true;
}

static bool is_zero(const Node *node) {
  return node->kind == NODE_CONSTANT && node->imm == 0;
}

static bool is_load_of(const Region *region, const Node *node, const Access *access) {
  return node->kind == NODE_LOAD && same_elements(region, &region->accesses.data[node->index], access);
}

static bool is_unchanging(const Node *node) {
  return node->kind == NODE_VALUE || node->kind == NODE_CONSTANT;
}

static bool is_plain(const Statement *statement) {
  return statement->guard_count == 0 && statement->condition == NODE_NONE;
}

enum { MOST_DEPTH = 32 };

// The load in an expression that goes through the same elements as `access`; UINT32_MAX: there is none.
static uint32_t find_load(const Region *region, uint32_t node, const Access *access, unsigned depth) {
  const Node *n = &region->nodes.data[node];
  if (is_load_of(region, n, access))
    return n->index;
  uint32_t index = n->kind == NODE_LOAD ? region->accesses.data[n->index].index : NODE_NONE;
  uint32_t found = index == NODE_NONE ? UINT32_MAX : find_load(region, index, access, depth + 1);
  assert(n->operand_count <= 3);
  for (unsigned i = 0; i < n->operand_count && found == UINT32_MAX && depth < MOST_DEPTH; i++)
    found = find_load(region, n->operands[i], access, depth + 1);
  return found;
}

// The iterator of `to` that goes through the elements as the term of `from` does.
static uint32_t same_iterator(const Region *region, const AffineTerm *term, const Access *to) {
  const Iterator *own = &region->iterators.data[term->iterator];
  uint32_t found = IR_NONE;
  for (uint32_t i = 0; i < to->offset.count; i++) {
    const AffineTerm *other = &to->offset.terms[i];
    if (!quantities_equal(term->coefficient, other->coefficient) ||
        !quantities_equal(own->extent, region->iterators.data[other->iterator].extent))
      continue;
    if (other->iterator == term->iterator)
      return term->iterator;
    found = other->iterator;
  }
  return found;
}

// A statement of another nest goes through the sums by iterators of its own (access `theirs`): its other
// accesses in terms of the reduction's (`ours`). UINT32_MAX: it has no such form.
static uint32_t translate(Region *region, uint32_t access, uint32_t theirs, uint32_t ours) {
  if (theirs == ours || access == EPILOGUE_NONE)
    return access;
  Access new = region->accesses.data[access];
  const Access *from = &region->accesses.data[theirs], *to = &region->accesses.data[ours];
  new.offset.terms = ARENA_ARRAY(region->arena, AffineTerm, new.offset.count ? new.offset.count : 1);
  uint32_t count = 0;
  for (uint32_t i = 0; i < new.offset.count; i++) {
    const AffineTerm *term = &region->accesses.data[access].offset.terms[i];
    uint32_t iterator = IR_NONE;
    for (uint32_t j = 0; j < from->offset.count; j++)
      if (from->offset.terms[j].iterator == term->iterator)
        iterator = same_iterator(region, &from->offset.terms[j], to);
    if (iterator == IR_NONE)
      return UINT32_MAX;
    uint32_t at = count++;
    for (; at > 0 && new.offset.terms[at - 1].iterator > iterator; at--)
      new.offset.terms[at] = new.offset.terms[at - 1];
    new.offset.terms[at] = (AffineTerm){iterator, term->coefficient};
  }
  VEC_PUSH(&region->accesses, new);
  return (uint32_t)region->accesses.count - 1;
}

// What the results are made of beside the sums.
static bool translate_parameters(Finder *finder, uint32_t theirs) {
  Epilogue *epilogue = &finder->c->epilogue;
  Finish *finish = &finder->c->finish;
  uint32_t *accesses[EPILOGUE_PARAMETERS + FINISH_LOADS] = {&epilogue->bias, &epilogue->multiplier,
                                                            &epilogue->shift};
  for (unsigned i = 0; i < finish->count; i++)
    accesses[EPILOGUE_PARAMETERS + i] = &finish->accesses[i];
  for (unsigned i = 0; i < EPILOGUE_PARAMETERS + finish->count; i++) {
    uint32_t old = *accesses[i];
    *accesses[i] = translate(finder->region, old, theirs, finder->reduction->target);
    if (old != EPILOGUE_NONE && *accesses[i] == UINT32_MAX)
      return fail(finder, "a bias, scale or other element in an order of its own");
  }
  return true;
}

// The factor that does not change, as the BLAS have them, of a product with a value that is loaded;
// NODE_NONE: it is no such product. *node becomes the value.
static uint32_t read_scale(Finder *finder, const Node **node) {
  for (unsigned i = 0; i < 2 && is_operation(*node, IR_FMUL) && (*node)->type == IR_FLOAT; i++) {
    uint32_t scale = (*node)->operands[i];
    const Node *factor = node_of(finder, scale), *value = node_of(finder, (*node)->operands[1 - i]);
    if (!is_unchanging(factor) || value->kind != NODE_LOAD || value->type != IR_FLOAT)
      continue;
    *node = value;
    return scale;
  }
  return NODE_NONE;
}

// What comes before the reduction and sets its target: zero, or the result's old value.
static bool read_start(Finder *finder, const Statement *statement) {
  const Node *value = node_of(finder, statement->value);
  if (statement->reduction != IR_OP_COUNT) {
    finder->c->start = START_MEMORY;
    finder->c->start_scale = statement->value;
    return (statement->reduction == IR_FMUL && value->type == IR_FLOAT && is_unchanging(value) &&
            finder->result == finder->reduction->target) ||
           fail(finder, "old values that are not scaled by a number");
  }
  if (is_zero(value)) {
    finder->c->start = START_ZERO;
    return true;
  }
  finder->c->start = START_ZERO;
  if (epilogue_start(finder->region, statement->value, access_of(finder, statement->target)->type,
                     &finder->c->epilogue)) {
    uint32_t bias = finder->c->epilogue.bias;
    finder->c->epilogue.bias = translate(finder->region, bias, statement->target, finder->reduction->target);
    return finder->c->epilogue.bias != UINT32_MAX || fail(finder, "a bias in an order of its own");
  }
  finder->c->start = START_MEMORY;
  finder->c->start_scale = read_scale(finder, &value);
  return is_load_of(finder->region, value, access_of(finder, finder->result)) ||
         fail(finder, "the sum begins with neither zero nor the result's old value");
}

// Whether a statement is executed once for each element that it writes: not again in a loop of the sum.
static bool is_once(Finder *finder, const Statement *statement) {
  Finder own = {.region = finder->region};
  uint32_t path[CONTRACTION_ITERATORS];
  if (!walk_loops(&own, statement, own.region->body.data, own.region->body.count, 0, path))
    return false;
  const Affine *offset = &access_of(finder, statement->target)->offset;
  for (uint32_t i = 0; i < own.loop_count; i++)
    if (quantity_is(affine_coefficient(offset, own.region->loops.data[own.loops[i]].iterator), 0))
      return false;
  return true;
}

static bool read_reduction(Finder *finder) {
  const Region *region = finder->region;
  for (size_t i = 0; i < region->statements.count; i++) {
    const Statement *statement = &region->statements.data[i];
    if (!region_has_statement(region, (uint32_t)i))
      continue;
    if (!is_plain(statement) && (statement->reduction == IR_OP_COUNT || statement->condition != NODE_NONE))
      return fail(finder, "a guarded statement");
    if (statement->reduction == IR_OP_COUNT || is_once(finder, statement))
      continue;
    if (finder->reduction)
      return fail(finder, "several reductions");
    finder->reduction = statement;
  }
  return finder->reduction != NULL || fail(finder, "no reduction");
}

// The statement that takes the sums to where they are wanted; `sum`: the access that it reads them by.
static bool read_copy(Finder *finder, const Statement *copy, const Statement *start) {
  Region *region = finder->region;
  uint32_t target = finder->reduction->target, array = region->accesses.data[target].array;
  bool scalar = region->arrays.data[array].kind == ARRAY_SCALAR;
  if (scalar && (!copy || !start))
    return fail(finder, "the sum does not go to memory");
  if (!copy)
    return true;
  bool in_place = same_elements(region, access_of(finder, copy->target), access_of(finder, target));
  if (!scalar && (!start || (!in_place && !region_array_dies(finder->target, region, array))))
    return fail(finder, "the sum is used otherwise");
  uint32_t sum = find_load(region, copy->value, access_of(finder, target), 0);
  finder->result = translate(region, copy->target, sum, target);
  if (finder->result == UINT32_MAX)
    return fail(finder, "the sum is used in another order");
  return translate_parameters(finder, sum);
}

// Whether the statement makes results of the sums: in the drain, or on the vector unit behind it.
static bool is_result(Finder *finder, const Statement *s, const Access *sum) {
  Region *region = finder->region;
  Epilogue *epilogue = &finder->c->epilogue, before = *epilogue;
  const Access *target = access_of(finder, s->target);
  if (epilogue_match(finder->target, region, s->value, sum, target->type, is_load_of, epilogue) &&
      epilogue_is_by_lines(region, epilogue, target))
    return true;
  *epilogue = before;
  return is_plain(s) && finish_match(finder->target, region, s, sum, is_load_of, epilogue, &finder->c->finish,
                                     &finder->reason);
}

// target := op(target, value), once for each element, as target := value.
static const Statement *plain_update(Region *region, const Statement *s) {
  const Access *target = &region->accesses.data[s->target];
  Node load = {.kind = NODE_LOAD, .type = target->type, .index = s->target};
  VEC_PUSH(&region->nodes, load);
  uint32_t old = (uint32_t)region->nodes.count - 1;
  Node value = {.kind = NODE_OPERATION,
                .op = s->reduction,
                .type = target->type,
                .operand_count = 2,
                .operands = {old, s->value}};
  if (s->reduction == IR_FMA) {
    const Node *product = &region->nodes.data[s->value];
    value.operand_count = 3;
    value.operands[0] = product->operands[0];
    value.operands[1] = product->operands[1];
    value.operands[2] = old;
  }
  VEC_PUSH(&region->nodes, value);
  Statement *plain = ARENA_NEW(region->arena, Statement);
  *plain = *s;
  plain->value = (uint32_t)region->nodes.count - 1;
  plain->reduction = IR_OP_COUNT;
  return plain;
}

// The reduction, one start before it, one copy behind it; nothing else.
static bool read_statements(Finder *finder) {
  Region *region = finder->region;
  const Statement *statements = region->statements.data, *start = NULL, *copy = NULL;
  if (!read_reduction(finder))
    return false;
  finder->result = finder->reduction->target;
  finder->padding = padding_find(region, finder->reduction);
  const Access *sum = access_of(finder, finder->reduction->target);
  for (const Statement *s = statements; s < statements + region->statements.count; s++) {
    if (s == finder->reduction || !region_has_statement(region, (uint32_t)(s - statements)))
      continue;
    bool before = s < finder->reduction;
    if (!is_once(finder, s))
      return fail(finder, "a statement that is repeated");
    if (s == finder->padding.fill || s == finder->padding.copy)
      continue;
    if (before ? start != NULL : copy != NULL)
      return fail(finder, "other statements beside the sum");
    const Statement *end = before || s->reduction == IR_OP_COUNT ? s : plain_update(region, s);
    if (before && same_elements(region, access_of(finder, s->target), sum))
      start = s;
    else if (!before && is_result(finder, end, sum))
      copy = end;
    else
      return fail(finder, finder->reason ? finder->reason : "other statements beside the sum");
  }
  if (region->live_outs.count)
    return fail(finder, "a value is used behind the nest");
  if (!read_copy(finder, copy, start))
    return false;
  finder->c->source = finder->reduction->source;
  finder->c->start = START_MEMORY;
  if (start && !read_start(finder, start))
    return false;
  bool own = finder->result != finder->reduction->target; // the old value would be another array's
  if (own && finder->c->start == START_MEMORY && array_of(finder, sum)->kind != ARRAY_SCALAR)
    return fail(finder, "the sum is used otherwise");
  bool plain = epilogue_is_plain(&finder->c->epilogue) && !finder->c->finish.any;
  return plain || finder->c->start == START_ZERO || fail(finder, "old values beside a bias or a narrowing");
}

// --- products

// A zero point that does not change: x - z, or x + -z as compilers write it.
static bool read_zero(Finder *finder, const Node **node, ContractionOperand *operand) {
  operand->zero = operand->scale = NODE_NONE;
  bool sum = is_operation(*node, IR_ADD), difference = is_operation(*node, IR_SUB);
  if ((!sum && !difference) || (*node)->type != IR_I32)
    return true;
  for (unsigned i = difference; i < 2; i++) {
    const Node *zero = node_of(finder, (*node)->operands[i]);
    if (!is_unchanging(zero))
      continue;
    operand->zero = (*node)->operands[i];
    operand->negated = sum;
    *node = node_of(finder, (*node)->operands[1 - i]);
    return true;
  }
  return false;
}

static bool read_integer(Finder *finder, uint32_t index, ContractionOperand *operand) {
  const Node *node = node_of(finder, index);
  if (!read_zero(finder, &node, operand))
    return false;
  if (!is_operation(node, IR_SEXT) && !is_operation(node, IR_ZEXT))
    return false;
  const Node *load = node_of(finder, node->operands[0]);
  operand->is_signed = node->op == IR_SEXT;
  operand->access = load->index;
  operand->type = load->type;
  return load->kind == NODE_LOAD && load->type == IR_I8;
}

// The value of a node, of which *negated becomes whether it is negated once more.
static const Node *without_sign(const Finder *finder, const Node *node, bool *negated) {
  while (is_operation(node, IR_FNEG)) {
    *negated = !*negated;
    node = node_of(finder, node->operands[0]);
  }
  return node;
}

// Products with the other sign: one of the operands is scaled by -1, which is exact.
static bool negate_products(Finder *finder) {
  ContractionOperand *operands = finder->c->operands;
  ContractionOperand *operand = &operands[operands[CONTRACTION_X].scale != NODE_NONE];
  if (operand->type != IR_FLOAT || operand->scale != NODE_NONE)
    return fail(finder, "negated products of values that are scaled, or of 16 bits");
  static const int64_t minus_one = 0xbf800000; // its bits
  Node scale = {.kind = NODE_CONSTANT, .op = IR_FCONST, .type = IR_FLOAT, .imm = minus_one};
  VEC_PUSH(&finder->region->nodes, scale);
  operand->scale = (uint32_t)finder->region->nodes.count - 1;
  return true;
}

static bool read_real(Finder *finder, uint32_t index, ContractionOperand *operand, bool *negated) {
  const Node *node = without_sign(finder, node_of(finder, index), negated);
  operand->zero = NODE_NONE;
  operand->scale = read_scale(finder, &node);
  node = without_sign(finder, node, negated);
  if (is_operation(node, IR_FEXT))
    node = node_of(finder, node->operands[0]);
  operand->access = node->index;
  operand->type = node->type;
  return node->kind == NODE_LOAD;
}

static bool read_integers(Finder *finder, const Node *value) {
  // A product of two bytes fits 16 bits, signed or not: where it was made does not matter.
  if (is_operation(value, IR_SEXT) || is_operation(value, IR_ZEXT)) {
    const Node *inner = node_of(finder, value->operands[0]);
    if (is_operation(inner, IR_MUL) && inner->type == IR_I16 && value->op == IR_SEXT)
      value = inner;
  }
  Contraction *c = finder->c;
  if (!is_operation(value, IR_MUL) || !read_integer(finder, value->operands[0], &c->operands[0]) ||
      !read_integer(finder, value->operands[1], &c->operands[1]))
    return fail(finder, "the sum is not of products of two bytes");
  if (value->type == IR_I16 && !(c->operands[0].is_signed && c->operands[1].is_signed))
    return fail(finder, "products wrap around in 16 bits");
  c->word = 4;
  return true;
}

static bool read_reals(Finder *finder, const Node *value) {
  Contraction *c = finder->c;
  bool negated = false;
  value = without_sign(finder, value, &negated);
  if (!is_operation(value, IR_FMUL) || !read_real(finder, value->operands[0], &c->operands[0], &negated) ||
      !read_real(finder, value->operands[1], &c->operands[1], &negated) ||
      c->operands[0].type != c->operands[1].type)
    return fail(finder, "the sum is not of products of two numbers of one type");
  IrType type = c->operands[0].type;
  if (type != IR_HALF && type != IR_BFLOAT && type != IR_FLOAT)
    return fail(finder, "a type that the tile unit does not have");
  // A product of halves is exact in 32 bits, so that rounding it first changes nothing.
  bool fused = finder->reduction->reduction == IR_FMA || finder->reduction->reassociable ||
               (value->flags & IR_CONTRACT) || type == IR_HALF;
  if (!fused)
    return fail(finder, "products are rounded before they are added");
  c->word = type == IR_FLOAT ? 1 : 2;
  return !negated || negate_products(finder);
}

static bool read_product(Finder *finder) {
  const Statement *reduction = finder->reduction;
  const Node *value = node_of(finder, reduction->value);
  IrType type = access_of(finder, reduction->target)->type;
  Contraction *c = finder->c;
  if (reduction->reduction == IR_ADD && type == IR_I32) {
    if (!read_integers(finder, value))
      return false;
  } else if ((reduction->reduction == IR_FADD || reduction->reduction == IR_FMA) && type == IR_FLOAT) {
    if (!read_reals(finder, value))
      return false;
  } else {
    return fail(finder, "a reduction that the tile unit does not have");
  }
  c->operands[CONTRACTION_C].zero = c->operands[CONTRACTION_C].scale = NODE_NONE;
  c->epilogue.corrected = c->operands[0].zero != NODE_NONE || c->operands[1].zero != NODE_NONE;
  if (c->operands[0].zero != NODE_NONE && c->operands[1].zero != NODE_NONE)
    return fail(finder, "zero points of both operands");
  if (c->epilogue.corrected && c->start != START_ZERO)
    return fail(finder, "old values beside a zero point");
  c->operands[CONTRACTION_C].access = finder->result;
  c->operands[CONTRACTION_C].type = access_of(finder, finder->result)->type;
  return true;
}

IsaOp contraction_product(const Contraction *c) {
  const ContractionOperand *x = &c->operands[CONTRACTION_X], *y = &c->operands[CONTRACTION_Y];
  switch (x->type) {
  case IR_HALF:
    return ISA_KT_MOPA_HF;
  case IR_BFLOAT:
    return ISA_KT_MOPA_BF;
  case IR_FLOAT:
    return ISA_KT_MOPA_F;
  default:
    return x->is_signed ? (y->is_signed ? ISA_KT_MOPA_SS : ISA_KT_MOPA_SU)
                        : (y->is_signed ? ISA_KT_MOPA_US : ISA_KT_MOPA_UU);
  }
}

// --- borders

// Nothing but the operand reads the padding.
static bool padding_dies(const Finder *finder, uint32_t operand) {
  const Region *region = finder->region;
  for (size_t i = 0; i < region->nodes.count; i++) {
    const Node *node = &region->nodes.data[i];
    if (node->kind == NODE_LOAD && node->index != operand &&
        access_of(finder, node->index)->array == finder->padding.array)
      return false;
  }
  return region_array_dies(finder->target, region, finder->padding.array);
}

static bool read_padding(Finder *finder) {
  Contraction *c = finder->c;
  for (unsigned i = 0; i < 2; i++) {
    ContractionOperand *operand = &c->operands[i];
    if (access_of(finder, operand->access)->array != finder->padding.array)
      continue;
    if (!padding_dies(finder, operand->access) ||
        !padding_view(finder->region, &finder->padding, operand->access, &finder->view))
      return fail(finder, "padding that must be made");
    operand->access = finder->view.access;
    c->bordered = i;
    return true;
  }
  return fail(finder, "other statements beside the sum");
}

// What guards leave out of an integer sum may be added where it is nothing: where the operand is its zero
// point.
static bool read_guards(Finder *finder) {
  Contraction *c = finder->c;
  for (unsigned i = 0; i < 2 && c->word == 4; i++) {
    const ContractionOperand *operand = &c->operands[i], *other = &c->operands[1 - i];
    int64_t zero = 0;
    if (operand->zero != NODE_NONE) {
      const Node *node = node_of(finder, operand->zero);
      zero = operand->negated ? -(int64_t)(int32_t)node->imm : (int64_t)(int32_t)node->imm;
      if (node->kind != NODE_CONSTANT || zero != (operand->is_signed ? (int8_t)zero : (uint8_t)zero))
        continue;
    }
    if (!padding_of_guards(finder->region, finder->reduction, operand->access, other->access, &finder->view))
      continue;
    finder->view.pattern = padding_pattern((uint64_t)zero, contraction_size(c, i));
    c->bordered = i;
    return true;
  }
  return fail(finder, "a guarded sum");
}

static bool read_borders(Finder *finder) {
  Contraction *c = finder->c;
  if (finder->padding.copy && finder->reduction->guard_count)
    return fail(finder, "guards beside padding");
  if (finder->padding.copy ? !read_padding(finder) : finder->reduction->guard_count && !read_guards(finder))
    return false;
  c->border_count = finder->view.count;
  c->outside = finder->view.pattern;
  for (uint32_t i = 0; i < c->border_count; i++) {
    const PaddedAxis *axis = &finder->view.axes[i];
    c->borders[i] = (ContractionBorder){axis->coordinate.constant, axis->extent, axis->stride};
  }
  // The sums of the bordered operand would have to leave out what is outside.
  if (c->border_count && c->operands[1 - c->bordered].zero != NODE_NONE)
    return fail(finder, "padding beside a zero point of the other operand");
  return true;
}

// --- iterators

static bool read_iterators(Finder *finder) {
  Contraction *c = finder->c;
  const Access *accesses[CONTRACTION_STRIDES];
  for (uint32_t i = 0; i < c->finish.count; i++)
    accesses[CONTRACTION_ARRAYS + i] = access_of(finder, c->finish.accesses[i]);
  for (unsigned i = 0; i < CONTRACTION_ARRAYS; i++) {
    accesses[i] = access_of(finder, c->operands[i].access);
    if (accesses[i]->index != NODE_NONE || array_of(finder, accesses[i])->kind == ARRAY_SCALAR)
      return fail(finder, "an operand that is not affine");
  }
  if (accesses[2]->array == accesses[0]->array || accesses[2]->array == accesses[1]->array)
    return fail(finder, "the result is one of the operands");
  for (uint32_t i = 0; i < finder->loop_count; i++) {
    uint32_t iterator = finder->region->loops.data[finder->loops[i]].iterator;
    ContractionIterator *to = &c->iterators[c->count++];
    to->role = ROLE_OUTER;
    to->iterator = iterator;
    to->extent = finder->region->iterators.data[iterator].extent;
    for (unsigned k = 0; k < CONTRACTION_STRIDES; k++)
      to->strides[k] = k < CONTRACTION_ARRAYS + c->finish.count
                           ? affine_coefficient(&accesses[k]->offset, iterator)
                           : (Quantity){IR_NONE, 0};
    to->sums = quantity_is(to->strides[CONTRACTION_C], 0);
    for (uint32_t k = 0; k < c->border_count; k++)
      to->steps[k] = affine_coefficient(&finder->view.axes[k].coordinate, iterator).constant;
  }
  return true;
}

// An outer iterator that goes on where an inner one ends is one with it.
static void merge_iterators(Contraction *c) {
  for (uint32_t i = 0; i + 1 < c->count; i++)
    for (uint32_t j = i + 1; j < c->count; j++) {
      ContractionIterator *outer = &c->iterators[i], *inner = &c->iterators[j];
      bool merges = outer->extent.value == IR_NONE && inner->extent.value == IR_NONE &&
                    outer->sums == inner->sums && (!outer->sums || j == i + 1);
      for (unsigned k = 0; k < CONTRACTION_STRIDES; k++) {
        Quantity a = outer->strides[k], b = inner->strides[k];
        merges = merges && a.value == IR_NONE && b.value == IR_NONE &&
                 a.constant == b.constant * inner->extent.constant;
      }
      for (uint32_t k = 0; k < c->border_count; k++)
        merges = merges && outer->steps[k] == inner->steps[k] * inner->extent.constant;
      if (!merges)
        continue;
      inner->extent.constant *= outer->extent.constant;
      inner->iterator = IR_NONE;
      memmove(outer, outer + 1, (c->count - i - 1) * sizeof *outer);
      c->count--;
      i = UINT32_MAX; // once more from the start
      break;
    }
}

static bool moves(const ContractionIterator *iterator, unsigned array) {
  return !quantity_is(iterator->strides[array], 0);
}

bool contraction_can_be(const ContractionIterator *iterator, ContractionRole role) {
  bool x = moves(iterator, CONTRACTION_X), y = moves(iterator, CONTRACTION_Y), sum = iterator->sums;
  switch (role) {
  case ROLE_ROW:
    return x && !y && !sum;
  case ROLE_COLUMN:
    return y && !x && !sum;
  default:
    return x && y && sum;
  }
}

// Better main iterators: side by side in memory, then longer ones.
static int64_t merit(Contraction *c, const ContractionIterator *iterator, ContractionRole role) {
  int64_t score = iterator->extent.value == IR_NONE ? iterator->extent.constant : 1024;
  unsigned first = role == ROLE_COLUMN ? CONTRACTION_Y : CONTRACTION_X;
  unsigned second = role == ROLE_SUM ? CONTRACTION_Y : CONTRACTION_C;
  if (score > 1 && quantity_is(iterator->strides[first], contraction_size(c, first)))
    score += INT64_C(1) << 40;
  if (score > 1 && quantity_is(iterator->strides[second], contraction_size(c, second)))
    score += INT64_C(1) << 41;
  return score;
}

static bool choose_main(Finder *finder) {
  Contraction *c = finder->c;
  // Sums of floating numbers keep their order: only the innermost may be cut into passes.
  bool ordered = c->ordered = c->word != 4 && !finder->reduction->reassociable;
  uint32_t chosen[3];
  for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++) {
    chosen[role] = UINT32_MAX;
    int64_t best = 0;
    for (uint32_t i = 0; i < c->count; i++) {
      if (!contraction_can_be(&c->iterators[i], (ContractionRole)role))
        continue;
      int64_t score = role == ROLE_SUM && ordered ? (int64_t)i + 1 : merit(c, &c->iterators[i], role);
      if (score > best) {
        best = score;
        chosen[role] = i;
      }
    }
  }
  if (chosen[ROLE_SUM] == UINT32_MAX)
    return fail(finder, "no iterator sums over both operands");
  if (ordered)
    for (uint32_t i = chosen[ROLE_SUM] + 1; i < c->count; i++)
      if (c->iterators[i].sums)
        return fail(finder, "the order of a floating sum");
  ContractionIterator old[CONTRACTION_ITERATORS];
  memcpy(old, c->iterators, sizeof old);
  uint32_t count = c->count, kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (i != chosen[0] && i != chosen[1] && i != chosen[2])
      c->iterators[kept++] = old[i];
  ContractionIterator one = {.iterator = IR_NONE, .extent = {IR_NONE, 1}};
  for (unsigned k = 0; k < CONTRACTION_STRIDES; k++)
    one.strides[k].value = IR_NONE;
  for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++) {
    c->iterators[kept] = chosen[role] == UINT32_MAX ? one : old[chosen[role]];
    c->iterators[kept++].role = (ContractionRole)role;
  }
  c->count = kept;
  // A missing row or column: one element.
  for (unsigned role = ROLE_ROW; role <= ROLE_COLUMN; role++)
    if (chosen[role] == UINT32_MAX) {
      ContractionIterator *iterator = contraction_main(c, (ContractionRole)role);
      unsigned side = role == ROLE_ROW ? CONTRACTION_X : CONTRACTION_Y;
      iterator->strides[side].constant = contraction_size(c, side);
      iterator->strides[CONTRACTION_C].constant = contraction_size(c, CONTRACTION_C);
    }
  return true;
}

void contraction_swap_sides(Contraction *c) {
  ContractionOperand operand = c->operands[0];
  c->operands[0] = c->operands[1];
  c->operands[1] = operand;
  c->bordered = 1 - c->bordered;
  for (uint32_t i = 0; i < c->count; i++) {
    Quantity stride = c->iterators[i].strides[0];
    c->iterators[i].strides[0] = c->iterators[i].strides[1];
    c->iterators[i].strides[1] = stride;
  }
  ContractionIterator *row = contraction_main(c, ROLE_ROW), *column = contraction_main(c, ROLE_COLUMN);
  ContractionIterator iterator = *row;
  *row = *column;
  *column = iterator;
  row->role = ROLE_ROW;
  column->role = ROLE_COLUMN;
}

// Results leave row by row, so columns are what lies side by side in C.
static void choose_sides(Contraction *c) {
  int64_t size = contraction_size(c, CONTRACTION_C);
  bool columns = quantity_is(contraction_main(c, ROLE_COLUMN)->strides[CONTRACTION_C], size);
  bool rows = quantity_is(contraction_main(c, ROLE_ROW)->strides[CONTRACTION_C], size);
  if (rows && (!columns || quantity_is(contraction_main(c, ROLE_COLUMN)->extent, 1)))
    contraction_swap_sides(c);
}

bool contraction_find(const Target *target, Region *region, Contraction *contraction, const char **reason) {
  memset(contraction, 0, sizeof *contraction);
  contraction->region = region;
  contraction->start_scale = NODE_NONE;
  contraction->epilogue.bias = contraction->epilogue.multiplier = contraction->epilogue.shift = EPILOGUE_NONE;
  contraction->epilogue.table = EPILOGUE_NONE;
  Finder finder = {.target = target, .region = region, .c = contraction};
  uint32_t path[CONTRACTION_ITERATORS];
  bool found = read_statements(&finder);
  if (found && !walk_loops(&finder, finder.reduction, region->body.data, region->body.count, 0, path))
    found = fail(&finder, "the nest is too deep");
  found = found && read_product(&finder) && read_borders(&finder) && read_iterators(&finder);
  if (found) {
    merge_iterators(contraction);
    found = choose_main(&finder);
  }
  *reason = finder.reason;
  if (!found)
    return false;
  choose_sides(contraction);
  contraction->product = contraction_product(contraction);
  return true;
}

// The nest that a statement belongs to.
static size_t nest_of(Finder *finder, const Statement *statement) {
  uint32_t path[CONTRACTION_ITERATORS];
  const Region *region = finder->region;
  for (size_t i = 0; i < region->body.count; i++)
    if (walk_loops(finder, statement, &region->body.data[i], 1, 0, path))
      return i;
  return region->body.count;
}

// Nests up to the one behind the reduction's that reads its result, if that is the next one.
static uint32_t nests_of_contraction(Finder *finder) {
  const Region *region = finder->region;
  size_t own = nest_of(finder, finder->reduction), end = own + 1;
  const Access *sum = access_of(finder, finder->reduction->target);
  for (size_t i = 0; i < region->statements.count; i++) {
    const Statement *s = &region->statements.data[i];
    if (s != finder->reduction && nest_of(finder, s) == own + 1 &&
        find_load(region, s->value, sum, 0) != UINT32_MAX)
      end = own + 2;
  }
  uint32_t nests = 0;
  for (size_t i = 0; i < end; i++)
    nests += region->body.data[i].loop;
  return end < region->body.count ? nests : 0;
}

bool contraction_in_part(Region *region, uint32_t *nests) {
  for (size_t i = 0; i < region->statements.count && region->body.count > 1; i++) {
    const Statement *statement = &region->statements.data[i];
    Contraction contraction = {.region = region, .start_scale = NODE_NONE};
    Finder finder = {
        .region = region, .c = &contraction, .reduction = statement, .result = statement->target};
    if (statement->reduction == IR_OP_COUNT || statement->condition != NODE_NONE || !read_product(&finder))
      continue;
    uint32_t path[CONTRACTION_ITERATORS];
    double products = 1;
    if (!walk_loops(&finder, finder.reduction, region->body.data, region->body.count, 0, path) ||
        finder.loop_count < 2) // one number
      continue;
    for (uint32_t k = 0; k < finder.loop_count; k++) {
      Quantity extent = region->iterators.data[region->loops.data[finder.loops[k]].iterator].extent;
      products *= extent.value == IR_NONE ? (double)extent.constant : LEAST_PRODUCTS;
    }
    if (products >= LEAST_PRODUCTS) {
      *nests = nests_of_contraction(&finder);
      return true;
    }
  }
  return false;
}
