// Lanes whose data goes through the scratchpad: the DMA engine brings tiles ahead of their use and takes
// results away behind it, while the vector unit works on the tile between.
#include "target/tensor/contraction.h"
#include "target/tensor/raise.h"
#include "target/tensor/vector_map.h"

enum {
  RING = STAGE_RING,    // tiles of a stream in the scratchpad: coming, in use, going
  LARGEST_TILE = 12288, // bytes of all streams: more only makes the first one later
  SMALLEST_TILE = 2048, //
  LEAST_BYTES = 4096,   // of a whole loop that is worth it
  LARGEST_WINDOW = 256, // bytes between accesses that share a stream
};

// --- which accesses ---------------------------------------------------------------------------------------

typedef struct Finder {
  Mapper *m;
  Stage *stage;
  bool *used;     // by access
  bool *always;   // by access: in every iteration
  bool *written;  // by access
  bool *read;     // by access
  bool *excluded; // by array
} Finder;

static void find_loads(Finder *f, uint32_t root, bool always) {
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
    if (n->kind == NODE_LOAD) {
      f->used[n->index] = f->read[n->index] = true;
      f->always[n->index] = f->always[n->index] || sure[i];
    }
  }
}

static void find_accesses(Finder *f, const uint32_t *statements, size_t count) {
  const Region *region = f->m->region;
  for (size_t i = 0; i < count; i++) {
    const Statement *s = &region->statements.data[statements[i]];
    bool always = !s->guard_count && s->condition == NODE_NONE;
    find_loads(f, s->value, always);
    if (s->condition != NODE_NONE)
      find_loads(f, s->condition, s->guard_count == 0);
    f->used[s->target] = f->written[s->target] = true;
    f->read[s->target] = f->read[s->target] || s->reduction != IR_OP_COUNT;
    f->always[s->target] = f->always[s->target] || always;
    // A store that may not happen keeps what is there. What was stored is not read from the buffer again.
    uint32_t array = region->accesses.data[s->target].array;
    bool again = false;
    for (size_t k = i + 1; k < count; k++) {
      const Statement *later = &region->statements.data[statements[k]];
      again = again || region->accesses.data[later->target].array == array ||
              node_reads(region, later->value, array) ||
              (later->condition != NODE_NONE && node_reads(region, later->condition, array));
    }
    if (!always || again)
      f->excluded[array] = true;
  }
}

static bool has_unit_stride(const Mapper *m, const Access *access) {
  Quantity stride = lane_stride(m, &access->offset);
  return stride.value == IR_NONE && stride.constant == (int64_t)(type_bits(access->type) / 8);
}

static bool same_place(const Access *a, const Access *b) {
  if (a->array != b->array || a->type != b->type || a->offset.invariant != b->offset.invariant ||
      a->offset.count != b->offset.count)
    return false;
  for (uint32_t i = 0; i < a->offset.count; i++) {
    const AffineTerm *x = &a->offset.terms[i], *y = &b->offset.terms[i];
    if (x->iterator != y->iterator || x->coefficient.value != y->coefficient.value ||
        x->coefficient.constant != y->coefficient.constant)
      return false;
  }
  return true;
}

static void add_to_stream(Finder *f, uint32_t number) {
  const Region *region = f->m->region;
  const Access *access = &region->accesses.data[number];
  Stage *stage = f->stage;
  int64_t at = access->offset.constant;
  uint32_t s = 0;
  for (; s < stage->count; s++) {
    Stream *stream = &stage->streams[s];
    int64_t low = at < stream->low ? at : stream->low, high = at > stream->high ? at : stream->high;
    if (same_place(&region->accesses.data[stream->access], access) && high - low <= LARGEST_WINDOW)
      break;
  }
  if (s == STAGE_STREAMS)
    return;
  Stream *stream = &stage->streams[s];
  if (s == stage->count) {
    *stream = (Stream){.access = number, .low = at, .high = at, .element = type_bits(access->type) / 8};
    stage->count++;
  }
  stream->low = at < stream->low ? at : stream->low;
  stream->high = at > stream->high ? at : stream->high;
  stream->reads = stream->reads || f->read[number];
  stream->writes = stream->writes || f->written[number];
  stage->stream_of[number] = s + 1;
}

// An array that is written goes through one stream of one place, or through none.
static void check_written(Finder *f) {
  const Region *region = f->m->region;
  for (uint32_t i = 0; i < region->accesses.count; i++)
    for (uint32_t k = 0; k < region->accesses.count; k++) {
      const Access *a = &region->accesses.data[i], *b = &region->accesses.data[k];
      bool together = f->used[i] && f->used[k] && f->written[i] && a->array == b->array && i != k;
      if (together)
        f->excluded[a->array] = true;
    }
  for (uint32_t i = 0; i < region->accesses.count; i++) {
    const Access *a = &region->accesses.data[i];
    if (f->used[i] && (!f->always[i] || !has_unit_stride(f->m, a)) && f->written[i])
      f->excluded[a->array] = true;
  }
}

bool stage_find(Mapper *m, const uint32_t *statements, size_t count, Stage *stage) {
  const Region *region = m->region;
  size_t n = region->accesses.count;
  Arena *arena = region->arena;
  *stage = (Stage){.stream_of = ARENA_ARRAY(arena, uint32_t, n + 1)};
  Finder f = {.m = m,
              .stage = stage,
              .used = ARENA_ARRAY(arena, bool, n),
              .always = ARENA_ARRAY(arena, bool, n),
              .written = ARENA_ARRAY(arena, bool, n),
              .read = ARENA_ARRAY(arena, bool, n),
              .excluded = ARENA_ARRAY(arena, bool, region->arrays.count)};
  find_accesses(&f, statements, count);
  check_written(&f);
  for (uint32_t i = 0; i < n; i++) {
    const Access *a = &region->accesses.data[i];
    bool memory = region->arrays.data[a->array].kind != ARRAY_SCALAR;
    if (f.used[i] && f.always[i] && memory && !f.excluded[a->array] && has_unit_stride(m, a))
      add_to_stream(&f, i);
  }
  for (uint32_t s = 0; s < stage->count; s++)
    stage->bytes += stage->streams[s].element * (stage->streams[s].reads + stage->streams[s].writes);
  return stage->count > 0;
}

// --- sizes ------------------------------------------------------------------------------------------------

static int64_t round_up(int64_t x, int64_t to) {
  return (x + to - 1) / to * to;
}

bool stage_plan(Mapper *m, Stage *stage, const Quantity *extent) {
  const Machine *machine = m->e.machine;
  int64_t lanes = (int64_t)(machine->vlen >> m->ratio), line = (int64_t)machine->spm_lanes * 4;
  int64_t budget = (int64_t)machine->spm_size / (2 * RING);
  budget = budget < LARGEST_TILE ? budget : LARGEST_TILE;
  if (extent->value == IR_NONE) {
    int64_t part = extent->constant * stage->bytes / 16;
    part = part < SMALLEST_TILE ? SMALLEST_TILE : part;
    budget = part < budget ? part : budget;
  }
  stage->tile = budget / stage->bytes / lanes * lanes;
  stage->least = LEAST_BYTES / stage->bytes;
  if (!stage->tile || !lanes || (extent->value == IR_NONE && extent->constant < stage->least))
    return false;
  int64_t at = 0;
  for (uint32_t s = 0; s < stage->count; s++) {
    Stream *stream = &stage->streams[s];
    stream->slot = round_up(stage->tile * stream->element + (stream->high - stream->low), line) + line;
    stream->in = at;
    at += stream->reads ? RING * stream->slot : 0;
    stream->out = at;
    at += stream->writes ? RING * stream->slot : 0;
  }
  stage->size = at;
  return at <= (int64_t)machine->spm_size;
}

// --- code -------------------------------------------------------------------------------------------------

static IrValue get(Mapper *m, uint32_t variable) {
  return m->e.variables[variable];
}

static void start_addresses(Mapper *m, Stage *stage) {
  Emitter *e = &m->e;
  SymbolId symbol =
      spm_symbol(e->target, e->builder.f, (uint64_t)stage->size, (uint64_t)e->machine->spm_lanes * 4);
  stage->base = ir_leaf(e->builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0));
  m->e.variables[m->iterators[m->lane]] = emit_number(e, 0);
  for (uint32_t s = 0; s < stage->count; s++) {
    Stream *stream = &stage->streams[s];
    Access first = m->region->accesses.data[stream->access];
    first.offset.constant = stream->low;
    stream->memory = access_address(m, &first);
  }
}

// The slot that the ring variable says, which counts 0 .. RING - 1.
static IrValue slot_address(Mapper *m, const Stage *stage, const Stream *stream, int64_t place,
                            IrValue ring) {
  return emit_add(&m->e, emit_add_number(&m->e, stage->base, place),
                  emit_mul_number(&m->e, ring, stream->slot));
}

static IrValue next_in_ring(Mapper *m, IrValue ring) {
  IrValue next = emit_add_number(&m->e, ring, 1);
  return emit_choose(&m->e, emit_equal(&m->e, next, emit_number(&m->e, RING)), emit_number(&m->e, 0), next);
}

static IrValue tile_length(Mapper *m, const Stage *stage, IrValue extent, IrValue start) {
  return emit_min(&m->e, emit_sub(&m->e, extent, start), emit_number(&m->e, stage->tile));
}

// Asks for the inputs of the tile that `coming` and `coming_ring` say, if there is one.
static void fetch(Mapper *m, Stage *stage, IrValue extent) {
  FlowIf flow;
  Emitter *e = &m->e;
  IrValue start = get(m, stage->coming);
  if (flow_if(e, &flow, emit_less(e, start, extent))) {
    IrValue length = tile_length(m, stage, extent, start);
    for (uint32_t s = 0; s < stage->count; s++) {
      Stream *stream = &stage->streams[s];
      if (!stream->reads)
        continue;
      DmaBox box = {.source = emit_add(e, stream->memory, emit_mul_number(e, start, stream->element)),
                    .destination = slot_address(m, stage, stream, stream->in, get(m, stage->coming_ring)),
                    .bytes = emit_add_number(e, emit_mul_number(e, length, stream->element),
                                             stream->high - stream->low)};
      e->variables[stage->newest] = dma_start(e, &box, IR_NONE);
    }
  }
  flow_end_if(e, &flow);
  e->variables[stage->coming] = emit_add_number(e, start, stage->tile);
  e->variables[stage->coming_ring] = next_in_ring(m, get(m, stage->coming_ring));
}

static void send(Mapper *m, Stage *stage, IrValue start, IrValue length) {
  Emitter *e = &m->e;
  for (uint32_t s = 0; s < stage->count; s++) {
    Stream *stream = &stage->streams[s];
    if (!stream->writes)
      continue;
    DmaBox box = {.source = stream->made,
                  .destination = emit_add(e, stream->memory, emit_mul_number(e, start, stream->element)),
                  .bytes = emit_mul_number(e, length, stream->element)};
    e->variables[stage->newest] = dma_start(e, &box, IR_NONE);
  }
}

// The newest transfers at the end of the steps before: 0 of the last one, and so on.
static void turn_ids(Mapper *m, Stage *stage) {
  for (uint32_t i = RING - 1; i > 0; i--)
    m->e.variables[stage->ids[i]] = get(m, stage->ids[i - 1]);
  m->e.variables[stage->ids[0]] = get(m, stage->newest);
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
  for (uint32_t i = 0; i < RING; i++)
    stage->ids[i] = emit_variable(e, get(m, stage->newest));
  for (uint32_t i = 0; i + 1 < RING; i++) {
    fetch(m, stage, extent);
    turn_ids(m, stage);
  }
  uint32_t ring = emit_variable(e, zero), tile = emit_variable(e, zero);
  flow_loop(e, &flow);
  // What was asked for RING - 1 steps ago, and before the results of the step before that were sent: with it
  // the slots of this tile are free.
  dma_wait(e, get(m, stage->ids[RING - 2]));
  fetch(m, stage, extent);
  IrValue start = get(m, tile), length = tile_length(m, stage, extent, start);
  for (uint32_t s = 0; s < stage->count; s++) {
    Stream *stream = &stage->streams[s];
    stream->fetched = slot_address(m, stage, stream, stream->in, get(m, ring));
    stream->made = slot_address(m, stage, stream, stream->out, get(m, ring));
  }
  stage->start = start;
  m->stage = stage;
  strips(m, start, emit_add(e, start, length), context);
  m->stage = NULL;
  send(m, stage, start, length);
  turn_ids(m, stage);
  e->variables[ring] = next_in_ring(m, get(m, ring));
  e->variables[tile] = emit_add_number(e, start, stage->tile);
  flow_end_loop(e, &flow, emit_less(e, get(m, tile), extent));
  dma_wait(e, get(m, stage->newest));
  e->variable_count = first;
}

IrValue stage_address(Mapper *m, const Access *access, bool store) {
  const Stage *stage = m->stage;
  size_t number = (size_t)(access - m->region->accesses.data);
  if (!stage || !stage->stream_of[number])
    return IR_NONE;
  const Stream *stream = &stage->streams[stage->stream_of[number] - 1];
  IrValue within = emit_sub(&m->e, m->e.variables[m->iterators[m->lane]], stage->start);
  IrValue offset = emit_add_number(&m->e, emit_mul_number(&m->e, within, stream->element),
                                   access->offset.constant - stream->low);
  return emit_add(&m->e, store ? stream->made : stream->fetched, offset);
}
