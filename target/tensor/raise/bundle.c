// Sums of a block of results that were written out, `s0 += x * y[0]; s1 += x * y[1]; ...`, by compilers that
// unroll loops or by hand, become loops over the block again: statements that are alike but for where their
// loads and targets are, and for which of the sums they are about. The sums become a local array.
#include "target/tensor/raise/raise.h"

#include <assert.h>
#include <string.h>

enum { LEAST = 2, MOST = 64, MOST_PLACES = 6, MOST_SUMS = 2, MOST_GROUPS = 8, MOST_LEVELS = 3 };

// Where an access of a statement is: bytes, and a value that is added.
typedef struct Spot {
  int64_t constant;
  IrValue invariant;
} Spot;

// A statement for each result of the block, in a row in one body.
typedef struct Group {
  uint32_t parent;
  size_t first;              // item
  uint32_t statements[MOST]; // by result
  uint32_t places;           // of loads of memory, in the order in which they are met, and of a target there
  Spot place[MOST_PLACES][MOST];
  Quantity step[MOST_PLACES][MOST_LEVELS];
} Group;

typedef struct Bundle {
  Raise *r;
  uint32_t count; // results
  uint32_t sums;
  uint32_t sum[MOST_SUMS][MOST]; // scalar arrays
  uint32_t groups;
  Group group[MOST_GROUPS];
  uint32_t levels;
  int64_t extent[MOST_LEVELS], stride[MOST_LEVELS]; // innermost first; results from one to the next
} Bundle;

static const Access *access_at_index(const Region *region, uint32_t access) {
  return &region->accesses.data[access];
}

static bool is_scalar(const Region *region, uint32_t access) {
  return region->arrays.data[access_at_index(region, access)->array].kind == ARRAY_SCALAR;
}

static bool is_plain(const Statement *s) {
  return s->guard_count == 0 && s->condition == NODE_NONE;
}

// --- statements that are alike

// The place of an access of result `number`, which has to move as that of the first one does.
static bool note_place(Group *g, uint32_t number, uint32_t *next, const Access *first, const Access *a) {
  bool alike = first->array == a->array && first->type == a->type && first->index == NODE_NONE &&
               a->index == NODE_NONE && first->offset.count == a->offset.count && *next < MOST_PLACES;
  for (uint32_t i = 0; i < a->offset.count && alike; i++)
    alike = first->offset.terms[i].iterator == a->offset.terms[i].iterator &&
            quantities_equal(first->offset.terms[i].coefficient, a->offset.terms[i].coefficient);
  if (alike)
    g->place[(*next)++][number] = (Spot){a->offset.constant, a->offset.invariant};
  return alike;
}

// Which of the sums of result `number` a scalar is; a new one where `may_add`. UINT32_MAX: none.
static uint32_t sum_of(Bundle *b, uint32_t number, uint32_t array, bool may_add) {
  for (uint32_t i = 0; i < b->sums; i++)
    if (b->sum[i][number] == array)
      return i;
  if (!may_add || number || b->sums == MOST_SUMS)
    return UINT32_MAX;
  b->sum[b->sums][0] = array;
  return b->sums++;
}

// Scalars of the first result and of another one: the same of its sums.
static bool note_sum(Bundle *b, uint32_t number, uint32_t first, uint32_t access, bool may_add) {
  const Region *region = b->r->region;
  const Access *x = access_at_index(region, first), *y = access_at_index(region, access);
  uint32_t sum = sum_of(b, 0, x->array, may_add);
  if (sum == UINT32_MAX || x->type != y->type || !affines_equal(&x->offset, &y->offset))
    return false;
  if (may_add && number && b->sum[sum][number] == UINT32_MAX)
    b->sum[sum][number] = y->array;
  return b->sum[sum][number] == y->array;
}

static bool note_access(Bundle *b, Group *g, uint32_t number, uint32_t *next, uint32_t first, uint32_t access,
                        bool may_add) {
  const Region *region = b->r->region;
  if (is_scalar(region, first) != is_scalar(region, access))
    return false;
  if (is_scalar(region, first))
    return note_sum(b, number, first, access, may_add);
  return note_place(g, number, next, access_at_index(region, first), access_at_index(region, access));
}

static bool note_values(Bundle *b, Group *g, uint32_t number, uint32_t *next, uint32_t first, uint32_t node,
                        bool may_add) {
  const Node *x = &b->r->region->nodes.data[first], *y = &b->r->region->nodes.data[node];
  if (x->kind != y->kind || x->op != y->op || x->type != y->type || x->aux != y->aux ||
      x->flags != y->flags || x->operand_count != y->operand_count)
    return false;
  if (x->kind == NODE_LOAD)
    return note_access(b, g, number, next, x->index, y->index, may_add);
  for (uint32_t k = 0; k < x->operand_count; k++)
    if (!note_values(b, g, number, next, x->operands[k], y->operands[k], may_add))
      return false;
  return x->index == y->index && x->imm == y->imm;
}

// Result `number` of a group, which is the statement.
static bool note_statement(Bundle *b, Group *g, uint32_t number, uint32_t statement, bool may_add) {
  Region *region = b->r->region;
  const Statement *s = &region->statements.data[statement];
  g->statements[number] = statement;
  const Statement *first = &region->statements.data[g->statements[0]];
  uint32_t places = 0, array = access_at_index(region, s->target)->array;
  bool alike = is_plain(s) && s->reduction == first->reduction && s->reassociable == first->reassociable &&
               (is_scalar(region, s->target) || !node_reads(region, s->value, array)) &&
               note_access(b, g, number, &places, first->target, s->target, false) &&
               note_values(b, g, number, &places, first->value, s->value, may_add);
  g->places = places;
  return alike;
}

// --- groups

static bool touches(const Region *region, const Statement *s, uint32_t array) {
  return access_at_index(region, s->target)->array == array || node_reads(region, s->value, array) ||
         (s->condition != NODE_NONE && node_reads(region, s->condition, array));
}

static uint32_t result_of(const Bundle *b, const Statement *s) {
  for (uint32_t i = 0; i < b->sums; i++)
    for (uint32_t n = 0; n < b->count; n++)
      if (touches(b->r->region, s, b->sum[i][n]))
        return n;
  return UINT32_MAX;
}

// The statements of a body that are about the sums are groups, of one statement for each result.
static bool find_groups(Bundle *b, uint32_t parent) {
  Region *region = b->r->region;
  Body body = body_of(region, parent);
  for (size_t at = 0; at < body.count; at++) {
    if (body.items[at].loop) {
      if (!find_groups(b, body.items[at].index))
        return false;
      continue;
    }
    if (result_of(b, &region->statements.data[body.items[at].index]) == UINT32_MAX)
      continue;
    if (parent == b->group[0].parent && at == b->group[0].first) { // the results themselves
      at += b->count - 1;
      continue;
    }
    if (b->groups == MOST_GROUPS || at + b->count > body.count)
      return false;
    Group *g = &b->group[b->groups++];
    *g = (Group){.parent = parent, .first = at};
    memset(g->statements, 0xff, sizeof g->statements);
    for (uint32_t i = 0; i < b->count; i++) {
      const Item *item = &body.items[at + i];
      uint32_t n = item->loop ? UINT32_MAX : result_of(b, &region->statements.data[item->index]);
      if (n == UINT32_MAX || g->statements[n] != UINT32_MAX)
        return false;
      g->statements[n] = item->index;
    }
    for (uint32_t n = 0; n < b->count; n++)
      if (!is_scalar(region, region->statements.data[g->statements[n]].target) ||
          !note_statement(b, g, n, g->statements[n], false))
        return false;
    at += b->count - 1;
  }
  return true;
}

// --- levels

// Whether place `to` is from place `from` as far as `times` the step from the first one to another.
static bool follows(const Function *f, const Spot *p, int64_t step, int64_t from, int64_t to, int64_t times) {
  WholeSum sum = {0};
  const int64_t numbers[4] = {to, from, step, 0}, multiples[4] = {1, -1, -times, times};
  for (unsigned i = 0; i < 4; i++) {
    const Spot *place = &p[numbers[i]];
    sum.constant = (int64_t)((uint64_t)sum.constant + (uint64_t)place->constant * (uint64_t)multiples[i]);
    if (place->invariant != IR_NONE)
      whole_sum_add(f, &sum, place->invariant, multiples[i]);
  }
  return whole_sum_is_zero(&sum);
}

static bool are_rows(const Bundle *b, int64_t stride, int64_t extent) {
  for (uint32_t g = 0; g < b->groups; g++)
    for (uint32_t p = 0; p < b->group[g].places; p++)
      for (int64_t row = 0; row < b->count; row += stride * extent)
        for (int64_t i = 1; i < extent; i++)
          if (!follows(b->r->f, b->group[g].place[p], stride, row, row + i * stride, i))
            return false;
  return true;
}

static bool find_levels(Bundle *b) {
  for (int64_t stride = 1; stride < b->count; b->levels++) {
    int64_t left = b->count / stride, extent = left;
    while (extent > 1 && (left % extent || !are_rows(b, stride, extent)))
      extent--;
    if (extent == 1 || b->levels == MOST_LEVELS)
      return false;
    b->extent[b->levels] = extent;
    b->stride[b->levels] = stride;
    stride *= extent;
  }
  return true;
}

// --- the region

static Quantity step_of(Raise *r, const Spot *p, int64_t stride) {
  Quantity step = {IR_NONE, (int64_t)((uint64_t)p[stride].constant - (uint64_t)p[0].constant)};
  if (p[stride].invariant == p[0].invariant)
    return step;
  IrValue zero = ir_leaf(r->f, IR_CONST, IR_I64, 0), by = ir_leaf(r->f, IR_CONST, IR_I64, step.constant);
  IrValue to = p[stride].invariant == IR_NONE ? zero : p[stride].invariant;
  IrValue from = p[0].invariant == IR_NONE ? zero : p[0].invariant;
  step.value = build_before_region(r, IR_SUB, IR_I64, to, from);
  step.value = build_before_region(r, IR_ADD, IR_I64, step.value, by);
  step.constant = 0;
  return step;
}

typedef struct Copier {
  Bundle *b;
  Group *g;
  uint32_t iterators[MOST_LEVELS];
  uint32_t arrays[MOST_SUMS];
  uint32_t places;
} Copier;

static uint32_t copy_access(Copier *c, uint32_t old) {
  Bundle *b = c->b;
  Region *region = b->r->region;
  Access access = *access_at_index(region, old);
  bool scalar = is_scalar(region, old);
  if (scalar) {
    uint32_t sum = sum_of(b, 0, access.array, false);
    assert(sum < MOST_SUMS);
    access.array = c->arrays[sum];
    access.offset = (Affine){.invariant = IR_NONE};
  }
  AffineTerm *terms = ARENA_ARRAY(b->r->arena, AffineTerm, access.offset.count + MOST_LEVELS);
  if (access.offset.count)
    memcpy(terms, access.offset.terms, access.offset.count * sizeof *terms);
  access.offset.terms = terms;
  for (uint32_t l = b->levels; l-- > 0;) { // outer loops have smaller iterators
    Quantity step = scalar ? (Quantity){IR_NONE, b->stride[l] * (ir_type_bits(access.type) / 8)}
                           : c->g->step[c->places][l];
    if (!quantity_is_zero(step))
      terms[access.offset.count++] = (AffineTerm){c->iterators[l], step};
  }
  c->places += !scalar;
  VEC_PUSH(&region->accesses, access);
  return (uint32_t)region->accesses.count - 1;
}

static uint32_t copy_node(Copier *c, uint32_t number) {
  Node node = c->b->r->region->nodes.data[number];
  if (node.kind == NODE_LOAD)
    node.index = copy_access(c, node.index);
  for (uint32_t k = 0; k < node.operand_count; k++)
    node.operands[k] = copy_node(c, node.operands[k]);
  return node_push(c->b->r, node);
}

// The statements of a group become loops around one of them.
static void replace_group(Copier *c) {
  Bundle *b = c->b;
  Group *g = c->g;
  Region *region = b->r->region;
  for (uint32_t p = 0; p < g->places; p++)
    for (uint32_t l = 0; l < b->levels; l++)
      g->step[p][l] = step_of(b->r, g->place[p], b->stride[l]);
  for (uint32_t i = 0; i < b->count; i++)
    body_remove(region, g->parent, g->first);
  uint32_t around = g->parent;
  for (uint32_t l = b->levels; l-- > 0;) {
    uint32_t number = (uint32_t)region->loops.count;
    c->iterators[l] = (uint32_t)region->iterators.count;
    VEC_PUSH(&region->iterators,
             ((Iterator){
                 .extent = {IR_NONE, b->extent[l]}, .loop = number, .header = NO_HEADER, .entered = true}));
    VEC_PUSH(&region->loops, ((Loop){.iterator = c->iterators[l], .parent = around}));
    if (around == g->parent)
      body_insert(region, g->parent, g->first, (Item){true, number});
    else
      VEC_PUSH(&region->loops.data[around].body, ((Item){true, number}));
    around = number;
  }
  Statement s = region->statements.data[g->statements[0]];
  c->places = 0;
  s.target = copy_access(c, s.target);
  s.value = copy_node(c, s.value);
  region->statements.data[g->statements[0]] = s;
  VEC_PUSH(&region->loops.data[around].body, ((Item){false, g->statements[0]}));
}

static uint32_t add_array(Raise *r, uint64_t bytes) {
  Region *region = r->region;
  VEC_PUSH(&r->f->slots, ((FrameSlot){.size = bytes, .alignment = 8}));
  IrValue base = ir_leaf(r->f, IR_FRAME, IR_I64, (int64_t)r->f->slots.count - 1);
  Array array = {
      .kind = ARRAY_MEMORY, .base = base, .object = base + 1, .written = true, .size = (int64_t)bytes};
  VEC_PUSH(&region->arrays, array);
  return (uint32_t)region->arrays.count - 1;
}

static void replace_all(Bundle *b) {
  Copier c = {.b = b};
  const Region *region = b->r->region;
  for (uint32_t i = 0; i < b->sums; i++) {
    uint64_t size = 0;
    for (size_t a = 0; a < region->accesses.count; a++)
      if (region->accesses.data[a].array == b->sum[i][0])
        size = ir_type_bits(region->accesses.data[a].type) / 8;
    c.arrays[i] = add_array(b->r, size * b->count);
  }
  for (uint32_t n = b->groups; n-- > 0;) { // items further on first
    uint32_t last = 0;
    bool any = false;
    for (uint32_t g = 0; g < b->groups; g++)
      if (b->group[g].parent != UINT32_MAX - 1 && (!any || b->group[g].first > b->group[last].first)) {
        last = g;
        any = true;
      }
    c.g = &b->group[last];
    replace_group(&c);
    b->group[last].parent = UINT32_MAX - 1;
  }
}

// --- search

static bool adds_products(const Region *region, const Statement *s) {
  const Node *value = &region->nodes.data[s->value];
  if (is_operation(value, IR_SEXT))
    value = &region->nodes.data[value->operands[0]];
  return (s->reduction == IR_ADD || s->reduction == IR_FADD || s->reduction == IR_FMA) &&
         (is_operation(value, IR_MUL) || is_operation(value, IR_FMUL));
}

// Whether products are added up in a loop that does not go on in the results.
static bool makes_sums(const Bundle *b) {
  const Region *region = b->r->region;
  for (uint32_t g = 0; g < b->groups; g++) {
    const Statement *s = &region->statements.data[b->group[g].statements[0]];
    uint32_t parent = b->group[g].parent;
    if (!adds_products(region, s))
      continue;
    for (uint32_t l = parent; l != UINT32_MAX; l = region->loops.data[l].parent)
      if (!affine_has(&access_at_index(region, s->target)->offset, region->loops.data[l].iterator))
        return true;
  }
  return false;
}

static bool is_result(const Bundle *b) {
  const Region *region = b->r->region;
  for (uint32_t i = 0; i < b->sums; i++)
    for (uint32_t n = 0; n < b->count; n++)
      for (size_t k = 0; k < region->live_outs.count; k++)
        if (access_at_index(region, region->live_outs.data[k].access)->array == b->sum[i][n])
          return true;
  return false;
}

// Whether each sum is one element all over, and another one than the others.
static bool are_distinct(const Bundle *b) {
  const Region *region = b->r->region;
  const Access *known[MOST_SUMS][MOST] = {{NULL}};
  for (uint32_t i = 0; i < b->sums; i++)
    for (uint32_t n = 0; n < b->count; n++)
      for (size_t a = 0; a < region->accesses.count; a++) {
        const Access *access = &region->accesses.data[a];
        if (access->array != b->sum[i][n])
          continue;
        if (known[i][n] && !affines_equal(&known[i][n]->offset, &access->offset))
          return false;
        known[i][n] = access;
      }
  for (uint32_t i = 0; i < b->sums; i++)
    for (uint32_t n = 0; n < b->count; n++)
      for (uint32_t j = 0; j <= i; j++)
        for (uint32_t m = 0; m < (j == i ? n : b->count); m++)
          if (b->sum[i][n] == b->sum[j][m])
            return false;
  return true;
}

static int compare_targets(const Region *region, uint32_t x, uint32_t y) {
  int64_t a = access_at_index(region, region->statements.data[x].target)->offset.constant;
  int64_t b = access_at_index(region, region->statements.data[y].target)->offset.constant;
  return a < b ? -1 : a > b;
}

// Items from `at` on that write side by side to one array in memory, in the order of where they do.
static uint32_t read_row(Raise *r, uint32_t parent, size_t at, uint32_t *row) {
  Region *region = r->region;
  Body body = body_of(region, parent);
  uint32_t count = 0;
  for (; at < body.count && !body.items[at].loop && count < MOST; at++) {
    uint32_t statement = body.items[at].index, place = count;
    const Statement *s = &region->statements.data[statement], *first = &region->statements.data[row[0]];
    if (!is_plain(s) || is_scalar(region, s->target) ||
        (count && access_at_index(region, s->target)->array != access_at_index(region, first->target)->array))
      break;
    for (; place > 0 && compare_targets(region, statement, row[place - 1]) < 0; place--)
      row[place] = row[place - 1];
    row[place] = statement;
    count++;
  }
  return count;
}

// Elements of the row's target are apart.
static bool are_apart(const Bundle *b) {
  const Group *g = &b->group[0];
  const Access *target =
      access_at_index(b->r->region, b->r->region->statements.data[g->statements[0]].target);
  for (uint32_t l = 0; l < b->levels; l++) {
    const Spot *p = g->place[0];
    int64_t step = (int64_t)((uint64_t)p[b->stride[l]].constant - (uint64_t)p[0].constant);
    int64_t least = l ? 0 : ir_type_bits(target->type) / 8;
    for (uint32_t k = 0; k < l; k++)
      least += (b->extent[k] - 1) * (int64_t)((uint64_t)p[b->stride[k]].constant - (uint64_t)p[0].constant);
    if (p[b->stride[l]].invariant != p[0].invariant || step <= 0 || step < least)
      return false;
  }
  return true;
}

static bool bundle_at(Raise *r, uint32_t parent, size_t at, Bundle *b) {
  uint32_t row[MOST];
  row[0] = body_of(r->region, parent).items[at].index;
  memset(b, 0, offsetof(Bundle, group));
  b->r = r;
  b->count = read_row(r, parent, at, row);
  if (b->count < LEAST)
    return false;
  memset(b->sum, 0xff, sizeof b->sum);
  b->groups = 1;
  b->levels = 0;
  b->group[0] = (Group){.parent = parent, .first = at};
  b->group[0].statements[0] = row[0];
  for (uint32_t n = 0; n < b->count; n++)
    if (!note_statement(b, &b->group[0], n, row[n], true))
      return false;
  if (!are_distinct(b) || is_result(b) || !find_groups(b, UINT32_MAX) || !makes_sums(b) || !find_levels(b) ||
      !are_apart(b))
    return false;
  replace_all(b);
  return true;
}

static void bundle_body(Raise *r, uint32_t loop, Bundle *b) {
  for (size_t at = 0; at < body_of(r->region, loop).count; at++) {
    Item item = body_of(r->region, loop).items[at];
    if (item.loop)
      bundle_body(r, item.index, b);
    else
      bundle_at(r, loop, at, b);
  }
}

void bundle_statements(Raise *r) {
  const Region *region = r->region;
  uint32_t sums = 0;
  for (size_t i = 0; i < region->statements.count && sums < LEAST; i++)
    sums += adds_products(region, &region->statements.data[i]);
  if (sums == LEAST)
    bundle_body(r, UINT32_MAX, ARENA_NEW(r->arena, Bundle));
}
