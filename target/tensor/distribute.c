// Cuts loops whose bodies have parts that do not need one another: each gets a loop of its own, so that it
// can be mapped in its own way. J. R. Allen and K. Kennedy, Automatic Translation of FORTRAN Programs to
// Vector Form, 1987.
#include "target/tensor/raise/raise.h"

#include <string.h>

// --- parts ------------------------------------------------------------------------------------------------

enum { MOST_ITEMS = 16 };

// Gives each item of a body the number of its part: that of its first item.
static void merge_parts(uint32_t *parts, size_t count, uint32_t a, uint32_t b) {
  uint32_t first = a < b ? a : b, other = a < b ? b : a;
  for (size_t i = 0; i < count; i++)
    if (parts[i] == other)
      parts[i] = first;
}

// Parts run one after the other, by their first items: what a later item needs of an earlier one has to come
// before it.
static bool find_parts(const Region *region, uint32_t loop, uint32_t *parts) {
  const Loop *l = &region->loops.data[loop];
  size_t count = l->body.count;
  uint8_t relations[MOST_ITEMS][MOST_ITEMS];
  for (uint32_t i = 0; i < count; i++)
    parts[i] = i;
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = i + 1; k < count; k++) {
      relations[i][k] = (uint8_t)items_relation(region, loop, &l->body.data[i], &l->body.data[k]);
      if (relations[i][k] == ITEMS_TIED)
        merge_parts(parts, count, parts[i], parts[k]);
    }
  bool changed = true;
  while (changed) {
    changed = false;
    for (uint32_t i = 0; i < count; i++)
      for (uint32_t k = i + 1; k < count; k++)
        if (relations[i][k] == ITEMS_ORDERED && parts[i] > parts[k]) {
          merge_parts(parts, count, parts[i], parts[k]);
          changed = true;
        }
  }
  for (uint32_t i = 0; i < count; i++)
    if (parts[i])
      return true;
  return false;
}

// --- another iterator -------------------------------------------------------------------------------------

typedef struct Renaming {
  Region *region;
  uint32_t from, to;  // iterators; `to` is the newest one
  uint32_t *nodes;    // by node that was there before: what stands for it; NODE_NONE: not looked at
  uint32_t *accesses; // the same by access
} Renaming;

static Affine renamed_affine(const Renaming *r, const Affine *affine) {
  Affine copy = *affine;
  copy.terms = ARENA_ARRAY(r->region->arena, AffineTerm, affine->count + 1);
  uint32_t count = 0;
  for (uint32_t i = 0; i < affine->count; i++)
    if (affine->terms[i].iterator != r->from)
      copy.terms[count++] = affine->terms[i];
  for (uint32_t i = 0; i < affine->count; i++)
    if (affine->terms[i].iterator == r->from)
      copy.terms[count++] = (AffineTerm){r->to, affine->terms[i].coefficient};
  return copy;
}

static uint32_t renamed_node(Renaming *r, uint32_t number);

static uint32_t renamed_access(Renaming *r, uint32_t number) {
  if (r->accesses[number] != NODE_NONE)
    return r->accesses[number];
  Access access = r->region->accesses.data[number];
  uint32_t index = access.index, made = number;
  access.index = index == NODE_NONE ? index : renamed_node(r, index);
  if (affine_has(&access.offset, r->from) || access.index != index) {
    access.offset = renamed_affine(r, &access.offset);
    made = (uint32_t)r->region->accesses.count;
    VEC_PUSH(&r->region->accesses, access);
  }
  r->accesses[number] = made;
  return made;
}

static uint32_t renamed_node(Renaming *r, uint32_t number) {
  if (r->nodes[number] != NODE_NONE)
    return r->nodes[number];
  const Node old = r->region->nodes.data[number];
  Node node = old;
  if (node.kind == NODE_ITERATOR && node.index == r->from)
    node.index = r->to;
  if (node.kind == NODE_LOAD)
    node.index = renamed_access(r, node.index);
  bool same = node.index == old.index;
  for (uint32_t k = 0; k < node.operand_count; k++) {
    node.operands[k] = renamed_node(r, old.operands[k]);
    same = same && node.operands[k] == old.operands[k];
  }
  uint32_t made = number;
  if (!same) {
    made = (uint32_t)r->region->nodes.count;
    VEC_PUSH(&r->region->nodes, node);
  }
  r->nodes[number] = made;
  return made;
}

static void rename_items(Renaming *r, const Item *items, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (items[i].loop) {
      const Loop *loop = &r->region->loops.data[items[i].index];
      rename_items(r, loop->body.data, loop->body.count);
      continue;
    }
    Statement s = r->region->statements.data[items[i].index];
    s.target = renamed_access(r, s.target);
    s.value = renamed_node(r, s.value);
    if (s.condition != NODE_NONE)
      s.condition = renamed_node(r, s.condition);
    Affine *guards = ARENA_ARRAY(r->region->arena, Affine, s.guard_count + 1);
    for (uint32_t g = 0; g < s.guard_count; g++)
      guards[g] = renamed_affine(r, &s.guards[g]);
    s.guards = guards;
    r->region->statements.data[items[i].index] = s;
  }
}

// --- cutting ----------------------------------------------------------------------------------------------

static uint32_t *unknown(Region *region, size_t count) {
  uint32_t *numbers = ARENA_ARRAY(region->arena, uint32_t, count + 1);
  for (size_t i = 0; i < count; i++)
    numbers[i] = NODE_NONE;
  return numbers;
}

// A loop of its own for some items of another one's body.
static uint32_t loop_beside(Region *region, uint32_t loop, const Item *items, size_t count) {
  Loop made = {.iterator = (uint32_t)region->iterators.count, .parent = region->loops.data[loop].parent};
  uint32_t number = (uint32_t)region->loops.count, from = region->loops.data[loop].iterator;
  Iterator iterator = region->iterators.data[from];
  iterator.loop = number;
  VEC_PUSH(&region->iterators, iterator);
  for (size_t i = 0; i < count; i++) {
    VEC_PUSH(&made.body, items[i]);
    if (items[i].loop)
      region->loops.data[items[i].index].parent = number;
  }
  VEC_PUSH(&region->loops, made);
  Renaming r = {region, from, made.iterator, unknown(region, region->nodes.count),
                unknown(region, region->accesses.count)};
  rename_items(&r, items, count);
  return number;
}

// Appends to `out` the loops that one becomes. False: it stays one.
static bool cut_loop(Region *region, uint32_t loop, Item *out, size_t *count) {
  uint32_t parts[MOST_ITEMS];
  Item items[MOST_ITEMS], part[MOST_ITEMS];
  size_t total = region->loops.data[loop].body.count;
  out[(*count)++] = (Item){true, loop};
  if (total < 2 || total > MOST_ITEMS || !find_parts(region, loop, parts))
    return false;
  memcpy(items, region->loops.data[loop].body.data, total * sizeof *items);
  for (uint32_t p = 0; p < total; p++) {
    size_t size = 0;
    for (uint32_t i = 0; i < total; i++)
      if (parts[i] == p)
        part[size++] = items[i];
    if (size && p)
      out[(*count)++] = (Item){true, loop_beside(region, loop, part, size)};
    if (!p) {
      memcpy(region->loops.data[loop].body.data, part, size * sizeof *part);
      region->loops.data[loop].body.count = size;
    }
  }
  return true;
}

static void set_body(Region *region, uint32_t loop, const Item *items, size_t count) {
  if (loop == UINT32_MAX)
    region->body.count = 0;
  else
    region->loops.data[loop].body.count = 0;
  for (size_t i = 0; i < count; i++) {
    if (loop == UINT32_MAX)
      VEC_PUSH(&region->body, items[i]);
    else
      VEC_PUSH(&region->loops.data[loop].body, items[i]);
  }
}

// Cuts the loops of a body, those within first; UINT32_MAX: the region's.
static bool cut_body(Region *region, uint32_t loop) {
  Item out[MOST_ITEMS * MOST_ITEMS];
  size_t count = 0, total = body_of(region, loop).count;
  bool any = false;
  if (total > MOST_ITEMS)
    return false;
  for (size_t i = 0; i < total; i++) {
    const Item item = body_of(region, loop).items[i];
    if (!item.loop) {
      out[count++] = item;
      continue;
    }
    any |= cut_body(region, item.index);
    any |= cut_loop(region, item.index, out, &count);
  }
  set_body(region, loop, out, count);
  return any;
}

// --- and back ---------------------------------------------------------------------------------------------

typedef struct SavedBody {
  Item *items;
  size_t count;
  uint32_t parent;
} SavedBody;

struct Undistributed {
  size_t loops, iterators, nodes, accesses;
  SavedBody *bodies; // by loop; the last one is the region's
  Statement *statements;
};

static SavedBody saved_body(Region *region, uint32_t loop) {
  const Body body = body_of(region, loop);
  SavedBody saved = {.items = ARENA_ARRAY(region->arena, Item, body.count + 1),
                     .count = body.count,
                     .parent = loop == UINT32_MAX ? loop : region->loops.data[loop].parent};
  if (body.count)
    memcpy(saved.items, body.items, body.count * sizeof *body.items);
  return saved;
}

const Undistributed *region_distribute(Region *region) {
  Undistributed *before = ARENA_NEW(region->arena, Undistributed);
  *before = (Undistributed){
      region->loops.count, region->iterators.count, region->nodes.count, region->accesses.count, NULL, NULL};
  before->bodies = ARENA_ARRAY(region->arena, SavedBody, before->loops + 1);
  for (uint32_t l = 0; l < before->loops; l++)
    before->bodies[l] = saved_body(region, l);
  before->bodies[before->loops] = saved_body(region, UINT32_MAX);
  before->statements = ARENA_ARRAY(region->arena, Statement, region->statements.count + 1);
  for (size_t i = 0; i < region->statements.count; i++)
    before->statements[i] = region->statements.data[i];
  return cut_body(region, UINT32_MAX) ? before : NULL;
}

void region_undistribute(Region *region, const Undistributed *before) {
  for (size_t l = before->loops; l < region->loops.count; l++)
    VEC_FREE(&region->loops.data[l].body);
  region->loops.count = before->loops;
  for (uint32_t l = 0; l < before->loops; l++) {
    set_body(region, l, before->bodies[l].items, before->bodies[l].count);
    region->loops.data[l].parent = before->bodies[l].parent;
  }
  set_body(region, UINT32_MAX, before->bodies[before->loops].items, before->bodies[before->loops].count);
  region->iterators.count = before->iterators;
  region->nodes.count = before->nodes;
  region->accesses.count = before->accesses;
  for (size_t i = 0; i < region->statements.count; i++)
    region->statements.data[i] = before->statements[i];
}
