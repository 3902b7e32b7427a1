// Nests that only copy or fill: transfers from memory to memory do it, where lanes would take each element
// through buffers and registers.
#include "target/tensor/keep.h"
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/box.h"

enum {
  MOVES = 3,          // statements
  LEAST_MOVED = 4096, // bytes read and written in all that are worth a transfer
  LEAST_RUN = 256,    // bytes of a run, whose beats begin and end in other runs'
};

typedef struct Move {
  const Access *to, *from; // from: NULL: it is filled
  IrValue pattern;         // with this: 32 bits
  DmaBox box;
} Move;

typedef struct Moves {
  Mapper *m;
  uint32_t loops[DMA_DIMENSIONS], loop_count; // from the inner ones on
  uint32_t count;
  Move moves[MOVES];
  IrValue condition; // i1; IR_NONE: it always is possible and worth it
  IrValue bytes;     // in all
} Moves;

static void require(Moves *x, IrValue condition) {
  x->condition = x->condition == IR_NONE ? condition : emit_and(&x->m->e, x->condition, condition);
}

// Collects the nest's loops, of which each has nothing else in it. The innermost one; UINT32_MAX: it is no
// such nest.
static uint32_t find_loops(Moves *x, uint32_t nest) {
  const Region *region = x->m->region;
  uint32_t path[DMA_DIMENSIONS], count = 0, loop = nest;
  for (; count < DMA_DIMENSIONS; loop = region->loops.data[loop].body.data[0].index) {
    path[count++] = loop;
    if (!region->loops.data[loop].body.count)
      return UINT32_MAX;
    if (!region->loops.data[loop].body.data[0].loop)
      break;
    if (region->loops.data[loop].body.count != 1)
      return UINT32_MAX;
  }
  for (uint32_t i = 0; i < count; i++)
    x->loops[i] = path[count - 1 - i];
  x->loop_count = count;
  return region->loops.data[path[count - 1]].body.data[0].loop ? UINT32_MAX : path[count - 1];
}

// The 32 bits that a value fills memory with; IR_NONE: there are none.
static IrValue find_pattern(Mapper *m, const Node *value) {
  Emitter *e = &m->e;
  const unsigned bits = type_bits(value->type);
  if (value->kind == NODE_CONSTANT) {
    uint64_t number = (uint64_t)value->imm;
    if (bits == 64)
      return number >> 32 == (number & UINT32_MAX) ? emit_number(e, (int32_t)number) : IR_NONE;
    for (unsigned have = bits; have < 32; have *= 2)
      number = (number & ((UINT64_C(1) << have) - 1)) << have | (number & ((UINT64_C(1) << have) - 1));
    return emit_number(e, (int32_t)number);
  }
  bool whole =
      value->kind == NODE_VALUE && (value->type == IR_I8 || value->type == IR_I16 || value->type == IR_I32);
  if (!whole)
    return IR_NONE;
  IrValue number = build1(&e->builder, IR_ZEXT, IR_I64, (IrValue)value->index);
  for (unsigned have = bits; have < 32; have *= 2)
    number = build2(&e->builder, IR_OR, IR_I64, number, emit_mul_number(e, number, INT64_C(1) << have));
  return number;
}

static bool find_move(Moves *x, const Statement *s, Move *move) {
  const Region *region = x->m->region;
  const Node *value = &region->nodes.data[s->value];
  const Access *to = &region->accesses.data[s->target];
  if (s->guard_count || s->condition != NODE_NONE || s->reduction != IR_OP_COUNT || to->index != NODE_NONE ||
      region->arrays.data[to->array].kind != ARRAY_MEMORY || value->type != to->type)
    return false;
  *move = (Move){.to = to, .pattern = IR_NONE};
  if (value->kind != NODE_LOAD) {
    move->pattern = find_pattern(x->m, value);
    return move->pattern != IR_NONE;
  }
  move->from = &region->accesses.data[value->index];
  return move->from->type == to->type && move->from->index == NODE_NONE &&
         region->arrays.data[move->from->array].kind == ARRAY_MEMORY;
}

// Whether no move writes what another one reads or writes.
static bool are_apart(const Moves *x) {
  for (uint32_t i = 0; i < x->count; i++)
    for (uint32_t k = 0; k < x->count; k++)
      if ((x->moves[k].from && x->moves[i].to->array == x->moves[k].from->array) ||
          (i != k && x->moves[i].to->array == x->moves[k].to->array))
        return false;
  return true;
}

// The loop that leads from element to element; UINT32_MAX: none does.
static uint32_t find_run(const Moves *x, const Move *move) {
  for (uint32_t i = 0; i < x->loop_count; i++) {
    uint32_t iterator = x->m->region->loops.data[x->loops[i]].iterator;
    Quantity to = affine_coefficient(&move->to->offset, iterator);
    Quantity from = move->from ? affine_coefficient(&move->from->offset, iterator) : to;
    int64_t size = type_bits(move->to->type) / 8;
    if (to.value == IR_NONE && to.constant == size && from.value == IR_NONE && from.constant == size)
      return i;
  }
  return UINT32_MAX;
}

static IrValue extent_of(Moves *x, uint32_t loop) {
  const Region *region = x->m->region;
  return emit_quantity(&x->m->e, region->iterators.data[region->loops.data[loop].iterator].extent);
}

// Runs of which each begins where the one before it ends are one.
static bool joins(const Moves *x, const DmaBox *box, IrValue to, IrValue from) {
  int64_t bytes = 0, step = 0, other = 0;
  const Emitter *e = &x->m->e;
  return !box->dimensions && emit_is_number(e, box->bytes, &bytes) && emit_is_number(e, to, &step) &&
         emit_is_number(e, from, &other) && step == bytes && other == bytes;
}

// Whether iterations of a loop write places of their own, which lie further apart than all that those within
// write; where only the run time knows, it is asked for.
static bool writes_apart(Moves *x, uint32_t loop, IrValue to, IrValue length) {
  if (loop_is_parallel(x->m->region, loop, false))
    return true;
  int64_t step = 0;
  if (emit_is_number(&x->m->e, to, &step))
    return false;
  require(x, emit_less(&x->m->e, emit_add_number(&x->m->e, length, -1), to));
  return true;
}

// Sizes and strides of a move; the addresses come later.
static bool find_box(Moves *x, Move *move) {
  Emitter *e = &x->m->e;
  const Region *region = x->m->region;
  uint32_t run = find_run(x, move);
  if (run == UINT32_MAX)
    return false;
  DmaBox *box = &move->box;
  box->bytes = emit_mul_number(e, extent_of(x, x->loops[run]), type_bits(move->to->type) / 8);
  IrValue length = box->bytes, all = box->bytes; // length: that is gone through in what is written
  for (uint32_t i = 0; i < x->loop_count; i++) {
    uint32_t iterator = region->loops.data[x->loops[i]].iterator;
    IrValue count = extent_of(x, x->loops[i]);
    if (i == run)
      continue;
    IrValue to = emit_quantity(e, affine_coefficient(&move->to->offset, iterator));
    IrValue from = move->from ? emit_quantity(e, affine_coefficient(&move->from->offset, iterator)) : to;
    if (!writes_apart(x, x->loops[i], to, length))
      return false;
    length = emit_add(e, length, emit_mul(e, emit_add_number(e, count, -1), to));
    all = emit_mul(e, all, count);
    if (joins(x, box, to, from)) {
      box->bytes = all;
      continue;
    }
    if (box->dimensions == DMA_DIMENSIONS - 1)
      return false;
    box->counts[box->dimensions] = count;
    box->source_strides[box->dimensions] = from;
    box->destination_strides[box->dimensions++] = to;
  }
  if (box->dimensions)
    require(x, emit_less(e, emit_number(e, LEAST_RUN - 1), box->bytes));
  x->bytes = emit_add(e, x->bytes, emit_mul_number(e, all, move->from ? 2 : 1));
  return true;
}

// Whether the arrays are too small for a transfer, or likely to be in the caches, or one is kept in the
// scratchpad.
static bool is_little(const Moves *x) {
  const Region *region = x->m->region;
  int64_t bytes = 0;
  bool cached = true;
  for (uint32_t i = 0; i < x->count; i++)
    for (unsigned side = 0; side < 2; side++) {
      const Access *access = side ? x->moves[i].from : x->moves[i].to;
      if (!access)
        continue;
      const Array *array = &region->arrays.data[access->array];
      if (is_kept(region->function, array->base))
        return true;
      bytes += array->size < 0 || array->size > LEAST_MOVED ? LEAST_MOVED + 1 : array->size;
      cached = cached && ir_insn(region->function, array->base)->op == IR_STACKALLOC;
    }
  return cached || bytes <= LEAST_MOVED;
}

static bool find_moves(Moves *x, uint32_t nest) {
  const Region *region = x->m->region;
  uint32_t innermost = find_loops(x, nest);
  if (innermost == UINT32_MAX || region->loops.data[innermost].body.count > MOVES)
    return false;
  const Loop *loop = &region->loops.data[innermost];
  for (size_t i = 0; i < loop->body.count; i++) {
    if (loop->body.data[i].loop ||
        !find_move(x, &region->statements.data[loop->body.data[i].index], &x->moves[x->count++]))
      return false;
  }
  if (!are_apart(x) || is_little(x) || is_of_triangle(region, nest))
    return false;
  for (uint32_t i = 0; i < x->loop_count; i++)
    require(x, emit_less(&x->m->e, emit_number(&x->m->e, 0), extent_of(x, x->loops[i])));
  for (uint32_t i = 0; i < x->count; i++)
    if (!find_box(x, &x->moves[i]))
      return false;
  require(x, emit_less(&x->m->e, emit_number(&x->m->e, LEAST_MOVED), x->bytes));
  int64_t holds = 1;
  return !emit_is_number(&x->m->e, x->condition, &holds) || holds;
}

static void start_moves(Moves *x) {
  Mapper *m = x->m;
  Emitter *e = &m->e;
  uint32_t most = 0;
  IrValue last = IR_NONE;
  for (uint32_t i = 0; i < x->loop_count; i++)
    e->variables[m->iterators[m->region->loops.data[x->loops[i]].iterator]] = emit_number(e, 0);
  for (uint32_t i = 0; i < x->count; i++)
    most = x->moves[i].box.dimensions > most ? x->moves[i].box.dimensions : most;
  dma_reset(e);
  for (uint32_t i = 0; i < x->count; i++) {
    Move *move = &x->moves[i];
    move->box.destination = access_address(m, move->to);
    move->box.source = move->from ? access_address(m, move->from) : IR_NONE;
    move->box.most = i ? most : move->box.dimensions;
    estimate_move(m, &move->box, move->from ? 2 : 1);
    last = dma_start(e, &move->box, move->pattern);
  }
  dma_wait(e, last); // they end in order
}

bool map_moves(Mapper *m, uint32_t nest, MapOther *other) {
  Moves x = {.m = m, .condition = IR_NONE, .bytes = emit_number(&m->e, 0)};
  FlowIf flow;
  if (!stage_has_dma(m) || m->lane != UINT32_MAX || m->stage || m->local || m->copied != UINT32_MAX ||
      m->unmoved || !may_grow(m) || !find_moves(&x, nest))
    return false;
  bool moved = flow_if(&m->e, &flow, x.condition);
  if (moved)
    start_moves(&x);
  m->moved++;
  m->unmoved = true;
  m->unstaged = x.loop_count == 1; // else runs may be short
  m->estimate.ignored += moved;
  if (flow_else(&m->e, &flow))
    other(m, nest);
  m->estimate.ignored -= moved;
  m->unstaged = m->unmoved = false;
  flow_end_if(&m->e, &flow);
  return true;
}
