// Rows that a loaded number chooses: the DMA engine copies each from memory to memory, where the core would
// wait for lines of caches.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/box.h"

enum { LEAST_ROW = 128 }; // bytes: a transfer's start costs as much as some lines

static bool is_unit(Quantity stride, IrType type) {
  return stride.value == IR_NONE && stride.constant == type_bits(type) / 8;
}

// The loop's one statement where it is such a copy; NULL: it is something else.
static const Statement *find_copy(const Mapper *m, uint32_t loop) {
  const Region *region = m->region;
  const Loop *l = &region->loops.data[loop];
  const Quantity *extent = &region->iterators.data[l->iterator].extent;
  if (l->body.count != 1 || l->body.data[0].loop)
    return NULL;
  const Statement *s = &region->statements.data[l->body.data[0].index];
  const Node *value = &region->nodes.data[s->value];
  const Access *to = &region->accesses.data[s->target];
  if (s->guard_count || s->condition != NODE_NONE || s->reduction != IR_OP_COUNT ||
      value->kind != NODE_LOAD ||
      (extent->value == IR_NONE && extent->constant * type_bits(to->type) / 8 < LEAST_ROW) ||
      to->index != NODE_NONE)
    return NULL;
  const Access *from = &region->accesses.data[value->index];
  bool memory = region->arrays.data[to->array].kind == ARRAY_MEMORY &&
                region->arrays.data[from->array].kind == ARRAY_MEMORY && to->array != from->array;
  if (!memory || from->index == NODE_NONE || m->varies[from->index] || from->type != to->type ||
      !is_unit(affine_coefficient(&from->offset, l->iterator), from->type) ||
      !is_unit(affine_coefficient(&to->offset, l->iterator), to->type) ||
      node_reads(region, from->index, to->array))
    return NULL;
  return s;
}

// Whether each iteration of the loops around writes a place of its own.
static bool moves_with_all(const Region *region, uint32_t loop, const Access *to) {
  for (uint32_t l = region->loops.data[loop].parent; l != UINT32_MAX; l = region->loops.data[l].parent)
    if (quantity_is_zero(affine_coefficient(&to->offset, region->loops.data[l].iterator)) ||
        !loop_is_parallel(region, l, false))
      return false;
  return true;
}

static IrValue row_bytes(Mapper *m, uint32_t loop, const Access *to) {
  const Iterator *iterator = &m->region->iterators.data[m->region->loops.data[loop].iterator];
  return emit_mul_number(&m->e, emit_quantity(&m->e, iterator->extent), type_bits(to->type) / 8);
}

// i1: whether rows of a length that only the run time knows are long enough, and lie apart.
static IrValue rows_fit(Mapper *m, uint32_t loop, const Access *to) {
  const Loop *around = &m->region->loops.data[m->region->loops.data[loop].parent];
  IrValue bytes = row_bytes(m, loop, to);
  IrValue step = emit_quantity(&m->e, affine_coefficient(&to->offset, around->iterator));
  return emit_and(&m->e, emit_less(&m->e, emit_number(&m->e, LEAST_ROW - 1), bytes),
                  emit_less(&m->e, bytes, emit_add_number(&m->e, step, 1)));
}

bool copies_rows(Mapper *m, uint32_t nest, IrValue *condition) {
  const Region *region = m->region;
  uint32_t loop = nest, lane = m->lane;
  if (!stage_has_dma(m) || m->lane != UINT32_MAX)
    return false;
  while (!m->chosen[loop] && region->loops.data[loop].body.count == 1 &&
         region->loops.data[loop].body.data[0].loop)
    loop = region->loops.data[loop].body.data[0].index;
  if (!m->chosen[loop])
    return false;
  vector_analyze(m, region->loops.data[loop].iterator);
  const Statement *s = find_copy(m, loop);
  m->lane = lane;
  if (!s)
    return false;
  const Access *to = &region->accesses.data[s->target];
  *condition = build_const(&m->e.builder, IR_I1, 1);
  if (region->iterators.data[region->loops.data[loop].iterator].extent.value == IR_NONE)
    return moves_with_all(region, loop, to);
  if (loop == nest || region->loops.data[loop].parent != nest ||
      region->loops.data[nest].parent != UINT32_MAX)
    return false;
  *condition = rows_fit(m, loop, to);
  return true;
}

void copy_row(Mapper *m, uint32_t loop) {
  Emitter *e = &m->e;
  const Loop *l = &m->region->loops.data[loop];
  const Statement *s = &m->region->statements.data[l->body.data[0].index];
  const Access *to = &m->region->accesses.data[s->target];
  const Access *from = &m->region->accesses.data[m->region->nodes.data[s->value].index];
  e->variables[m->iterators[l->iterator]] = emit_number(e, 0);
  IrValue bytes = row_bytes(m, loop, to);
  IrValue source = access_address(m, from), destination = access_address(m, to);
  CopiedRow *first = &m->first_row;
  DmaBox box = {.source = source, .destination = destination, .bytes = bytes, .most = 1};
  estimate_transfer(m, bytes, first->which != ROW_FIRST);
  if (first->which == ROW_FIRST) {
    first->source = source;
    first->destination = destination;
    return;
  }
  if (first->which == ROW_SECOND) { // wherever it lies, it is a stride away
    box.source = first->source;
    box.destination = first->destination;
    box.dimensions = 1;
    box.counts[0] = emit_number(e, 2);
    box.source_strides[0] = emit_sub(e, source, first->source);
    box.destination_strides[0] = emit_sub(e, destination, first->destination);
  }
  e->variables[m->copied] = dma_start(e, &box, IR_NONE);
}

bool copies_pairs(const Mapper *m, uint32_t loop) {
  const Loop *l = &m->region->loops.data[loop];
  return m->copied != UINT32_MAX && l->body.count == 1 && l->body.data[0].loop &&
         m->chosen[l->body.data[0].index];
}

void copies_begin(Mapper *m) {
  dma_reset(&m->e);
  m->copied = emit_variable(&m->e, emit_number(&m->e, 0)); // which never has to be waited for
}

void copies_end(Mapper *m) {
  dma_wait(&m->e, m->e.variables[m->copied]);
  m->e.variable_count = m->copied;
  m->copied = UINT32_MAX;
}
