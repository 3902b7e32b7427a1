// The statements of a contraction: the reduction, what its sums begin with, and where they go.
#include "target/tensor/tile/contraction_find.h"

#include <string.h>

// The loops around a statement.
bool walk_loops(Finder *finder, const Statement *statement, const Item *items, size_t count, uint32_t depth,
                uint32_t *path) {
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

static bool is_plain(const Statement *statement) {
  return statement->guard_count == 0 && statement->condition == NODE_NONE;
}

// Operands have smaller numbers than what uses them.
uint32_t find_load(const Region *region, uint32_t node, const Access *access) {
  bool *reached = checked_malloc(node + 1);
  memset(reached, 0, node + 1);
  reached[node] = true;
  uint32_t found = UINT32_MAX;
  for (uint32_t i = node + 1; i-- > 0 && found == UINT32_MAX;) {
    const Node *n = &region->nodes.data[i];
    if (!reached[i])
      continue;
    if (is_load_of(region, n, access))
      found = n->index;
    uint32_t index = n->kind == NODE_LOAD ? region->accesses.data[n->index].index : NODE_NONE;
    if (index != NODE_NONE)
      reached[index] = true;
    for (uint32_t k = 0; k < n->operand_count; k++)
      reached[n->operands[k]] = true;
  }
  free(reached);
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

// A number, or one of the row or column, or of each element, which nothing writes here. (Of integers those of
// lines are added in the end.)
static bool read_line_start(Finder *finder, const Statement *statement, const Node *value) {
  if (is_unchanging(value) && value->type == IR_FLOAT) {
    finder->c->begin = statement->value;
    finder->c->begin_alike = true;
    finder->c->start = START_LINE;
    return true;
  }
  if (value->kind != NODE_LOAD || (value->type != IR_FLOAT && value->type != IR_I32))
    return false;
  const Access *access = access_of(finder, value->index);
  const Array *array = array_of(finder, access);
  if (access->index != NODE_NONE || access->type != value->type || array->kind != ARRAY_MEMORY ||
      array->written)
    return false;
  uint32_t begin = translate(finder->region, value->index, statement->target, finder->reduction->target);
  if (begin == UINT32_MAX)
    return false;
  finder->c->begin = begin;
  finder->c->start = START_LINE;
  return true;
}

// What comes before the reduction and sets its target: zero, the result's old value, or a number of its line.
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
  const Access *target = access_of(finder, statement->target);
  Epilogue before = finder->c->epilogue;
  if (epilogue_start(finder->region, statement->value, target->type, &finder->c->epilogue) &&
      epilogue_is_by_lines(finder->region, &finder->c->epilogue, target)) {
    uint32_t bias = finder->c->epilogue.bias;
    finder->c->epilogue.bias = translate(finder->region, bias, statement->target, finder->reduction->target);
    return finder->c->epilogue.bias != UINT32_MAX || fail(finder, "a bias in an order of its own");
  }
  finder->c->epilogue = before;
  if (read_line_start(finder, statement, value))
    return true;
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
  uint32_t sum = find_load(region, copy->value, access_of(finder, target));
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

bool read_statements(Finder *finder) {
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
  return plain || finder->c->start != START_MEMORY || fail(finder, "old values beside a bias or a narrowing");
}
