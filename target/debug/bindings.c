// What each variable is bound to at the places of each block: records hold until the next one about the same
// part of the variable, also in the blocks behind, where all ways that lead there agree.
#include "target/debug/info.h"

#include <string.h>

typedef struct Binder {
  const DebugInfo *debug;
  DebugFunction *d;
  uint32_t blocks;
  uint32_t *preds; // by block: the first in `from`
  uint32_t *from;
  bool *visited;
  uint32_t places; // behind the last
  // Of the instance that is worked on:
  const DebugBinding *records;
  uint32_t count;
  uint32_t *part; // by record: which part of the instance it is about
  uint32_t parts;
  uint32_t *out;   // by block and part: the record that holds behind the block, + 1; 0: none
  uint32_t *state; // by part
  uint32_t *since; // by part: the place
} Binder;

uint32_t debug_block_of_place(const DebugFunction *d, uint32_t place) {
  uint32_t low = 0, high = (uint32_t)d->places.count;
  while (low + 1 < high) {
    uint32_t middle = (low + high) / 2;
    if (d->places.data[middle].first <= place)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static bool same_value(const DebugValue *a, const DebugValue *b) {
  return a->kind == b->kind && a->type == b->type && a->value == b->value && a->symbol == b->symbol &&
         a->number == b->number;
}

static bool same_binding(const Binder *w, const DebugBinding *a, const DebugBinding *b) {
  if (a->expression != b->expression || a->memory != b->memory)
    return false;
  uint32_t arguments = a->expression == IR_NONE ? 1 : w->debug->expressions.data[a->expression].arguments;
  for (uint32_t i = 0; i < arguments; i++)
    if (!same_value(&w->d->values.data[a->values + i], &w->d->values.data[b->values + i]))
      return false;
  return true;
}

static bool overlap(const DebugBinding *a, const DebugBinding *b) {
  return !a->size || !b->size || (a->offset < b->offset + b->size && b->offset < a->offset + a->size);
}

// Records of one offset and size are about one part.
static void find_parts(Binder *w) {
  w->parts = 0;
  for (uint32_t i = 0; i < w->count; i++) {
    uint32_t same = 0;
    while (same < i &&
           (w->records[same].offset != w->records[i].offset || w->records[same].size != w->records[i].size))
      same++;
    w->part[i] = same < i ? w->part[same] : w->parts++;
  }
}

// What reaches a block's start. Ways that were not walked yet do not count.
static void meet(Binder *w, uint32_t block) {
  bool reached = block == 0;
  memset(w->state, 0, w->parts * sizeof *w->state);
  for (uint32_t p = w->preds[block]; p < w->preds[block + 1]; p++) {
    const uint32_t *out = w->out + (size_t)w->from[p] * w->parts;
    if (!w->visited[w->from[p]])
      continue;
    for (uint32_t i = 0; i < w->parts; i++) {
      uint32_t x = w->state[i], y = out[i];
      if (!reached)
        w->state[i] = y;
      else if (x != y && x && y && same_binding(w, &w->records[x - 1], &w->records[y - 1]))
        w->state[i] = x < y ? x : y;
      else if (x != y)
        w->state[i] = 0;
    }
    reached = true;
  }
  for (uint32_t i = 0; i < w->parts; i++)
    w->since[i] = w->d->places.data[block].first;
}

static void write_down(Binder *w, uint32_t part, uint32_t end) {
  DebugBinding b = w->records[w->state[part] - 1];
  b.first = w->since[part];
  b.end = end;
  if (b.first < b.end)
    VEC_PUSH(&w->d->bindings, b);
}

// Goes through a block, whose records begin with `*next`.
static void step(Binder *w, uint32_t block, uint32_t *next, bool write) {
  const DebugFunction *d = w->d;
  uint32_t end = block + 1 < w->blocks ? d->places.data[block + 1].first : w->places;
  for (; *next < w->count && w->records[*next].first < end; ++*next) {
    const DebugBinding *b = &w->records[*next];
    for (uint32_t i = 0; i < w->parts; i++) {
      if (!w->state[i] || !overlap(&w->records[w->state[i] - 1], b))
        continue;
      if (write)
        write_down(w, i, b->first);
      w->state[i] = 0;
    }
    w->state[w->part[*next]] = *next + 1;
    w->since[w->part[*next]] = b->first;
  }
  for (uint32_t i = 0; i < w->parts && write; i++)
    if (w->state[i])
      write_down(w, i, end);
}

static void bind_instance(Binder *w) {
  find_parts(w);
  size_t row = w->parts * sizeof *w->out;
  w->out = checked_malloc(w->blocks * row + 1);
  w->state = checked_malloc(row + 1);
  w->since = checked_malloc(row + 1);
  memset(w->visited, 0, w->blocks);
  for (bool changed = true; changed;) {
    changed = false;
    uint32_t next = 0;
    for (uint32_t block = 0; block < w->blocks; block++) {
      meet(w, block);
      step(w, block, &next, false);
      uint32_t *out = w->out + (size_t)block * w->parts;
      changed |= !w->visited[block] || memcmp(out, w->state, row) != 0;
      memcpy(out, w->state, row);
      w->visited[block] = true;
    }
  }
  uint32_t next = 0;
  for (uint32_t block = 0; block < w->blocks; block++) {
    meet(w, block);
    step(w, block, &next, true);
  }
  free(w->out);
  free(w->state);
  free(w->since);
}

static int by_instance(const void *x, const void *y) {
  const DebugBinding *a = x, *b = y;
  if (a->instance != b->instance)
    return a->instance < b->instance ? -1 : 1;
  return a->values < b->values ? -1 : a->values > b->values; // the order of import
}

static int by_place(const void *x, const void *y) {
  const DebugBinding *a = x, *b = y;
  if (a->first != b->first)
    return a->first < b->first ? -1 : 1;
  if (a->instance != b->instance)
    return a->instance < b->instance ? -1 : 1;
  return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static void find_preds(Binder *w, const DebugFlow *flow) {
  w->preds = checked_malloc((w->blocks + 2) * sizeof *w->preds);
  w->from = checked_malloc((flow->edges.count + 1) * sizeof *w->from);
  memset(w->preds, 0, (w->blocks + 2) * sizeof *w->preds);
  // First the ends of the lists, which filling them from behind makes their starts.
  for (size_t i = 0; i < flow->edges.count; i++)
    w->preds[flow->edges.data[i].to]++;
  for (uint32_t b = 0; b < w->blocks; b++)
    w->preds[b + 1] += w->preds[b];
  for (size_t i = flow->edges.count; i-- > 0;)
    w->from[--w->preds[flow->edges.data[i].to]] = flow->edges.data[i].from;
  w->preds[w->blocks] = (uint32_t)flow->edges.count;
}

// By block, where its bindings begin.
static void index_bindings(DebugFunction *d) {
  uint32_t next = 0;
  for (size_t i = 0; i < d->places.count; i++) {
    while (next < d->bindings.count && d->bindings.data[next].first < d->places.data[i].first)
      next++;
    d->places.data[i].binding = next;
  }
}

void debug_bind(const DebugInfo *debug, DebugFunction *d, const DebugFlow *flow, uint32_t places) {
  d->place_end = places;
  Binder w = {.debug = debug, .d = d, .blocks = (uint32_t)d->places.count, .places = places};
  DebugBinding *records = checked_malloc((flow->count + 1) * sizeof *records);
  if (flow->count) {
    memcpy(records, flow->records, flow->count * sizeof *records);
    qsort(records, flow->count, sizeof *records, by_instance);
  }
  find_preds(&w, flow);
  w.visited = checked_malloc(w.blocks + 1);
  w.part = checked_malloc((flow->count + 1) * sizeof *w.part);
  for (uint32_t first = 0; first < flow->count; first += w.count) {
    w.records = records + first;
    w.count = 0;
    while (first + w.count < flow->count && w.records[w.count].instance == w.records[0].instance)
      w.count++;
    bind_instance(&w);
  }
  if (d->bindings.count)
    qsort(d->bindings.data, d->bindings.count, sizeof *d->bindings.data, by_place);
  index_bindings(d);
  free(records);
  free(w.preds);
  free(w.from);
  free(w.visited);
  free(w.part);
}
