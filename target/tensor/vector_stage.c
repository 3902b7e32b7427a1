// Loops whose data goes through the scratchpad: the DMA engine brings what some iterations read ahead of
// their turn, and takes away what they wrote, while the vector unit works on those between. What an array's
// accesses touch in an iteration is a range of bytes that moves with the loop; the code within is the same as
// without, but for the array's base.
#include "target/tensor/contraction.h"
#include "target/tensor/raise.h"
#include "target/tensor/vector_map.h"

#include <assert.h>

enum {
  LARGEST_TILE = 16384, // bytes of all streams: more would only make the first one later
  SMALLEST_TILE = 2048,
  LEAST_BYTES = 4096, // of a whole loop that is worth it
  PARTS = 12,         // tiles that a short loop is cut into
};

// --- what a loop's iterations touch -----------------------------------------------------------------------

typedef struct Touch {
  uint32_t access;
  bool writes;
  bool always; // in every iteration
} Touch;

typedef struct Finder {
  Mapper *m;
  uint32_t loop;
  VEC(Touch) touches;
} Finder;

static void add_touch(Finder *f, uint32_t access, bool writes, bool always) {
  Touch touch = {access, writes, always};
  VEC_PUSH(&f->touches, touch);
}

static void touch_nodes(Finder *f, uint32_t root, bool always) {
  const Region *region = f->m->region;
  bool *reached = ARENA_ARRAY(region->arena, bool, root + 1);
  bool *sure = ARENA_ARRAY(region->arena, bool, root + 1);
  reached[root] = true;
  sure[root] = always;
  for (uint32_t i = root + 1; i-- > 0;) {
    const Node *n = &region->nodes.data[i];
    if (!reached[i])
      continue;
    for (uint32_t k = 0; k < n->operand_count; k++) {
      bool chosen = n->kind == NODE_OPERATION && n->op == IR_SELECT && k > 0;
      reached[n->operands[k]] = true;
      sure[n->operands[k]] = sure[n->operands[k]] || (sure[i] && !chosen);
    }
    if (n->kind == NODE_LOAD)
      add_touch(f, n->index, false, sure[i]);
  }
}

static void touch_body(Finder *f, const Item *items, size_t count) {
  const Region *region = f->m->region;
  for (size_t i = 0; i < count; i++) {
    if (items[i].loop) {
      const Loop *loop = &region->loops.data[items[i].index];
      touch_body(f, loop->body.data, loop->body.count);
      continue;
    }
    const Statement *s = &region->statements.data[items[i].index];
    bool always = !s->guard_count && s->condition == NODE_NONE;
    touch_nodes(f, s->value, always);
    if (s->condition != NODE_NONE)
      touch_nodes(f, s->condition, s->guard_count == 0);
    add_touch(f, s->target, true, always);
    if (s->reduction != IR_OP_COUNT)
      add_touch(f, s->target, false, always);
  }
}

// --- one array's range ------------------------------------------------------------------------------------

static Quantity coefficient(const Affine *affine, uint32_t iterator) {
  for (uint32_t i = 0; i < affine->count; i++)
    if (affine->terms[i].iterator == iterator)
      return affine->terms[i].coefficient;
  return (Quantity){IR_NONE, 0};
}

static bool within(const Region *region, uint32_t iterator, uint32_t loop) {
  uint32_t own = region->iterators.data[iterator].loop;
  return own != loop && loop_within(region, own, loop);
}

// The bytes that an access touches in an iteration of the loop, from where all iterators within are 0. False:
// not known.
static bool range_of(const Region *region, const Access *access, uint32_t loop, int64_t *low, int64_t *high) {
  if (access->index != NODE_NONE)
    return false;
  *low = access->offset.constant;
  *high = *low + type_bits(access->type) / 8;
  for (uint32_t i = 0; i < access->offset.count; i++) {
    const AffineTerm *term = &access->offset.terms[i];
    if (!within(region, term->iterator, loop))
      continue;
    const Quantity *extent = &region->iterators.data[term->iterator].extent;
    int64_t span = 0;
    if (term->coefficient.value != IR_NONE || extent->value != IR_NONE || extent->constant <= 0 ||
        __builtin_mul_overflow(extent->constant - 1, term->coefficient.constant, &span) || span > INT32_MAX ||
        span < -INT32_MAX)
      return false;
    *low += span < 0 ? span : 0;
    *high += span > 0 ? span : 0;
  }
  return true;
}

// Whether two accesses move alike with the loop and those around it.
static bool move_alike(const Region *region, const Access *a, const Access *b, uint32_t loop) {
  if (a->offset.invariant != b->offset.invariant)
    return false;
  for (uint32_t i = 0; i < region->iterators.count; i++) {
    Quantity x = coefficient(&a->offset, i), y = coefficient(&b->offset, i);
    if (!within(region, i, loop) && (x.value != y.value || x.constant != y.constant))
      return false;
  }
  return true;
}

// Whether the access alone writes each byte of the range: its strides are those of a dense array.
static bool is_dense(const Region *region, const Access *access, uint32_t loop, int64_t size) {
  int64_t covered = type_bits(access->type) / 8;
  for (uint32_t round = 0; round < access->offset.count; round++)
    for (uint32_t i = 0; i < access->offset.count; i++) {
      const AffineTerm *term = &access->offset.terms[i];
      if (within(region, term->iterator, loop) && term->coefficient.value == IR_NONE &&
          term->coefficient.constant == covered)
        covered *= region->iterators.data[term->iterator].extent.constant;
    }
  return covered == size;
}

// The stream of an array; false: it stays where it is.
static bool find_stream(Finder *f, uint32_t array, Stream *stream) {
  const Region *region = f->m->region;
  uint32_t own = region->loops.data[f->loop].iterator;
  bool any = false, dense = false;
  *stream = (Stream){.array = array};
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < f->touches.count; i++) {
      const Touch *t = &f->touches.data[i];
      const Access *access = &region->accesses.data[t->access];
      int64_t low = 0, high = 0;
      if (access->array != array || t->always != (pass == 0))
        continue;
      if (!range_of(region, access, f->loop, &low, &high) ||
          (any && !move_alike(region, access, &region->accesses.data[stream->access], f->loop)))
        return false;
      // What may not be touched must not make the range longer.
      if (pass == 1 && (!any || low < stream->low || high > stream->high))
        return false;
      stream->access = any ? stream->access : t->access;
      stream->low = any && stream->low < low ? stream->low : low;
      stream->high = any && stream->high > high ? stream->high : high;
      any = true;
      stream->reads = stream->reads || !t->writes;
      stream->writes = stream->writes || t->writes;
    }
  for (size_t i = 0; i < f->touches.count && any; i++) {
    const Touch *t = &f->touches.data[i];
    const Access *access = &region->accesses.data[t->access];
    dense = dense || (access->array == array && t->writes && t->always &&
                      is_dense(region, access, f->loop, stream->high - stream->low));
  }
  Quantity step =
      any ? coefficient(&region->accesses.data[stream->access].offset, own) : (Quantity){IR_NONE, 0};
  stream->step = step.constant;
  stream->gaps = stream->writes && !(dense && stream->step == stream->high - stream->low);
  return any && step.value == IR_NONE && stream->step >= 0 && stream->step <= INT32_MAX;
}

// --- sizes ------------------------------------------------------------------------------------------------

static int64_t round_up(int64_t x, int64_t to) {
  return (x + to - 1) / to * to;
}

static int64_t stream_size(const Stream *stream, int64_t iterations) {
  return stream->step * (iterations - 1) + stream->high - stream->low;
}

// Streams that stay in the scratchpad as long as the loop runs: they do not move, or what they write in one
// iteration and the next overlaps.
static bool make_resident(const Machine *machine, Stream *stream, const Quantity *extent) {
  stream->resident = true;
  if (stream->step && (extent->value != IR_NONE || extent->constant <= 0 || extent->constant > INT32_MAX))
    return false;
  int64_t size = stream_size(stream, stream->step ? extent->constant : 1);
  stream->reads = stream->reads || stream->gaps;
  stream->slot = size;
  return size <= (int64_t)machine->spm_size / 8;
}

static int64_t tile_size(const Stage *stage, int64_t iterations) {
  int64_t total = 0;
  for (uint32_t s = 0; s < stage->count; s++)
    if (!stage->streams[s].resident)
      total += stream_size(&stage->streams[s], iterations);
  return total;
}

static int64_t choose_tile(const Mapper *m, const Stage *stage, const Quantity *extent, int64_t unit) {
  assert(unit > 0);
  int64_t most = LARGEST_TILE, spm = (int64_t)m->e.machine->spm_size;
  if (spm / (2 * STAGE_RING) < most)
    most = spm / (2 * STAGE_RING);
  if (extent->value == IR_NONE && extent->constant > 0) {
    int64_t part = tile_size(stage, extent->constant) / PARTS;
    part = part < SMALLEST_TILE ? SMALLEST_TILE : part;
    most = part < most ? part : most;
  }
  int64_t steps = 0;
  for (uint32_t s = 0; s < stage->count; s++)
    steps += stage->streams[s].resident ? 0 : stage->streams[s].step;
  int64_t spare = most - tile_size(stage, 1);
  int64_t tile = steps && spare > 0 ? spare / steps + 1 : 1;
  return tile > unit ? tile / unit * unit : unit;
}

static bool place_streams(const Mapper *m, Stage *stage) {
  int64_t at = 0, line = (int64_t)m->e.machine->spm_lanes * 4;
  for (uint32_t s = 0; s < stage->count; s++) {
    Stream *stream = &stage->streams[s];
    if (!stream->resident)
      stream->slot = stream_size(stream, stage->tile);
    stream->slot = round_up(stream->slot, line);
    stream->place = at;
    at += (stream->resident ? 1 : STAGE_RING) * stream->slot;
  }
  stage->size = at;
  return at <= (int64_t)m->e.machine->spm_size / 2;
}

static bool has_dma(const Mapper *m) {
  return m->e.machine->spm_size && (m->e.target->extensions & ISA_EXTENSION_BIT(ISA_EXT_XKILNDMA));
}

static void find_streams(Finder *f, Stage *stage, const Quantity *extent) {
  const Region *region = f->m->region;
  bool lanes = f->m->chosen[f->loop];
  for (uint32_t a = 0; a < region->arrays.count && stage->count < STAGE_STREAMS; a++) {
    Stream *stream = &stage->streams[stage->count];
    if (region->arrays.data[a].kind == ARRAY_SCALAR || !find_stream(f, a, stream))
      continue;
    // Totals over the lanes are kept elsewhere, and what all lanes share needs no buffer.
    if (lanes && stream->step == 0)
      continue;
    bool overlaps = stream->writes && stream->step < stream->high - stream->low;
    if ((stream->step == 0 || overlaps) && !make_resident(f->m->e.machine, stream, extent))
      continue;
    // What is written in part is fetched before, unless there are no gaps.
    stream->reads = stream->reads || stream->gaps;
    stage->stream_of[a] = ++stage->count;
  }
}

bool stage_find(Mapper *m, uint32_t loop, Stage *stage) {
  const Region *region = m->region;
  const Quantity *extent = &region->iterators.data[region->loops.data[loop].iterator].extent;
  Finder f = {.m = m, .loop = loop};
  *stage = (Stage){.stream_of = ARENA_ARRAY(region->arena, uint32_t, region->arrays.count + 1),
                   .iterator = region->loops.data[loop].iterator};
  if (!has_dma(m))
    return false;
  touch_body(&f, region->loops.data[loop].body.data, region->loops.data[loop].body.count);
  find_streams(&f, stage, extent);
  VEC_FREE(&f.touches);
  int64_t moving = tile_size(stage, 2) - tile_size(stage, 1);
  if (moving <= 0)
    return false;
  stage->tile =
      choose_tile(m, stage, extent, m->chosen[loop] ? (int64_t)(m->e.machine->vlen >> m->ratio) : 1);
  stage->least = LEAST_BYTES / moving + 1;
  if (extent->value == IR_NONE && (extent->constant < stage->least || extent->constant < 4))
    return false;
  return place_streams(m, stage);
}

// --- code -------------------------------------------------------------------------------------------------

static IrValue get(Mapper *m, uint32_t variable) {
  return m->e.variables[variable];
}

// Address of the stream's first byte for the first iteration.
static void start_addresses(Mapper *m, Stage *stage) {
  Emitter *e = &m->e;
  SymbolId symbol =
      spm_symbol(e->target, e->builder.f, (uint64_t)stage->size, (uint64_t)e->machine->spm_lanes * 4);
  stage->base = ir_leaf(e->builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0));
  for (uint32_t s = 0; s < stage->count; s++) {
    Stream *stream = &stage->streams[s];
    stream->offset = emit_number(e, stream->low);
    const Affine *affine = &m->region->accesses.data[stream->access].offset;
    for (uint32_t i = 0; i < affine->count; i++) {
      uint32_t iterator = affine->terms[i].iterator;
      if (iterator == stage->iterator ||
          within(m->region, iterator, m->region->iterators.data[stage->iterator].loop))
        continue;
      stream->offset = emit_add(
          e, stream->offset,
          emit_mul(e, get(m, m->iterators[iterator]), emit_quantity(e, affine->terms[i].coefficient)));
    }
    if (affine->invariant != IR_NONE)
      stream->offset = emit_add(e, stream->offset, affine->invariant);
    stream->memory = emit_add(e, m->region->arrays.data[stream->array].base, stream->offset);
  }
}

// The slot that the ring variable says, which counts 0 .. STAGE_RING - 1.
static IrValue slot_address(Mapper *m, const Stage *stage, const Stream *stream, IrValue ring) {
  IrValue first = emit_add_number(&m->e, stage->base, stream->place);
  return stream->resident ? first : emit_add(&m->e, first, emit_mul_number(&m->e, ring, stream->slot));
}

static IrValue next_in_ring(Mapper *m, IrValue ring) {
  IrValue next = emit_add_number(&m->e, ring, 1);
  return emit_choose(&m->e, emit_equal(&m->e, next, emit_number(&m->e, STAGE_RING)), emit_number(&m->e, 0),
                     next);
}

static IrValue tile_length(Mapper *m, const Stage *stage, IrValue extent, IrValue start) {
  return emit_min(&m->e, emit_sub(&m->e, extent, start), emit_number(&m->e, stage->tile));
}

static void transfer(Mapper *m, Stage *stage, const Stream *stream, IrValue buffer, IrValue start,
                     IrValue length, bool back) {
  Emitter *e = &m->e;
  IrValue memory = emit_add(e, stream->memory, emit_mul_number(e, start, stream->step));
  IrValue bytes = emit_add_number(e, emit_mul_number(e, emit_add_number(e, length, -1), stream->step),
                                  stream->high - stream->low);
  DmaBox box = {.source = back ? buffer : memory, .destination = back ? memory : buffer, .bytes = bytes};
  e->variables[stage->newest] = dma_start(e, &box, IR_NONE);
}

// Asks for the inputs of the tile that `coming` and `coming_ring` say, if there is one.
static void fetch(Mapper *m, Stage *stage, IrValue extent) {
  FlowIf flow;
  Emitter *e = &m->e;
  IrValue start = get(m, stage->coming);
  if (flow_if(e, &flow, emit_less(e, start, extent))) {
    IrValue length = tile_length(m, stage, extent, start);
    for (uint32_t s = 0; s < stage->count; s++) {
      const Stream *stream = &stage->streams[s];
      if (stream->reads && !stream->resident)
        transfer(m, stage, stream, slot_address(m, stage, stream, get(m, stage->coming_ring)), start, length,
                 false);
    }
  }
  flow_end_if(e, &flow);
  e->variables[stage->coming] = emit_add_number(e, start, stage->tile);
  e->variables[stage->coming_ring] = next_in_ring(m, get(m, stage->coming_ring));
}

static void move_residents(Mapper *m, Stage *stage, IrValue extent, bool back) {
  IrValue zero = emit_number(&m->e, 0);
  for (uint32_t s = 0; s < stage->count; s++) {
    const Stream *stream = &stage->streams[s];
    if (stream->resident && (back ? stream->writes : stream->reads))
      transfer(m, stage, stream, slot_address(m, stage, stream, zero), zero, extent, back);
  }
}

// The newest transfers at the end of the steps before: 0 of the last one, and so on.
static void turn_ids(Mapper *m, Stage *stage) {
  m->e.variables[stage->ids[1]] = get(m, stage->ids[0]);
  m->e.variables[stage->ids[0]] = get(m, stage->newest);
}

// Makes the arrays' accesses go to the buffers of a tile: their bases are moved by as much as the tile is.
static void enter_tile(Mapper *m, Stage *stage, IrValue start, IrValue ring) {
  Emitter *e = &m->e;
  for (uint32_t s = 0; s < stage->count; s++) {
    Stream *stream = &stage->streams[s];
    stream->buffer = slot_address(m, stage, stream, ring);
    IrValue moved = stream->resident ? stream->offset
                                     : emit_add(e, stream->offset, emit_mul_number(e, start, stream->step));
    stream->shifted = emit_sub(e, stream->buffer, moved);
  }
}

void stage_loop(Mapper *m, Stage *stage, IrValue extent, StageStrips *strips, void *context) {
  Emitter *e = &m->e;
  FlowLoop flow;
  IrValue zero = emit_number(e, 0);
  uint32_t first = e->variable_count;
  dma_reset(e);
  start_addresses(m, stage);
  stage->coming = emit_variable(e, zero);
  stage->coming_ring = emit_variable(e, zero);
  // An empty transfer has an id to wait for.
  DmaBox empty = {.source = stage->streams[0].memory, .destination = stage->base, .bytes = zero};
  stage->newest = emit_variable(e, dma_start(e, &empty, IR_NONE));
  stage->ids[0] = emit_variable(e, get(m, stage->newest));
  stage->ids[1] = emit_variable(e, get(m, stage->newest));
  move_residents(m, stage, extent, false);
  for (int i = 0; i < 2; i++) {
    fetch(m, stage, extent);
    turn_ids(m, stage);
  }
  uint32_t ring = emit_variable(e, zero), tile = emit_variable(e, zero);
  flow_loop(e, &flow);
  // What was newest two steps ago: the inputs of this step have come, and the results that were in the slots
  // asked for now have gone.
  dma_wait(e, get(m, stage->ids[1]));
  fetch(m, stage, extent);
  IrValue start = get(m, tile), length = tile_length(m, stage, extent, start);
  enter_tile(m, stage, start, get(m, ring));
  m->stage = stage;
  strips(m, start, emit_add(e, start, length), context);
  m->stage = NULL;
  for (uint32_t s = 0; s < stage->count; s++)
    if (stage->streams[s].writes && !stage->streams[s].resident)
      transfer(m, stage, &stage->streams[s], stage->streams[s].buffer, start, length, true);
  turn_ids(m, stage);
  e->variables[ring] = next_in_ring(m, get(m, ring));
  e->variables[tile] = emit_add_number(e, start, stage->tile);
  flow_end_loop(e, &flow, emit_less(e, get(m, tile), extent));
  move_residents(m, stage, extent, true);
  dma_wait(e, get(m, stage->newest));
  e->variable_count = first;
}

IrValue stage_base(const Mapper *m, uint32_t array) {
  const Stage *stage = m->stage;
  return stage && stage->stream_of[array] ? stage->streams[stage->stream_of[array] - 1].shifted
                                          : m->region->arrays.data[array].base;
}
