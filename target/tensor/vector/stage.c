// Loops whose data goes through the scratchpad: the DMA engine brings what some iterations read ahead of
// their turn, and takes away what they wrote, while the vector unit works on those between. The code within
// is the same as without, but for where the accesses' elements lie.
#include "target/tensor/scratchpad.h"
#include "target/tensor/vector/map.h"

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
  uint64_t slots = (STAGE_RING - 1) * (uint64_t)stage->pitch;
  for (unsigned i = 0; i + 1 < STAGE_RING; i++)
    region_part(m->region, i * (uint64_t)stage->pitch, (uint64_t)stage->slot);
  region_part(m->region, slots, (uint64_t)stage->size - slots);
  for (uint32_t s = 0; s < stage->count; s++) {
    Stream *stream = &stage->streams[s];
    const Affine *affine = &m->region->accesses.data[stream->access].offset;
    IrValue offset = emit_add_number(e, stream->low, stream->origin);
    for (uint32_t i = 0; i < affine->count; i++) {
      uint32_t iterator = affine->terms[i].iterator;
      if (iterator != stage->iterator && !iterator_within(m->region, iterator, stage->loop))
        offset = emit_add(
            e, offset,
            emit_mul(e, get(m, m->iterators[iterator]), emit_quantity(e, affine->terms[i].coefficient)));
    }
    if (affine->invariant != IR_NONE)
      offset = emit_add(e, offset, affine->invariant);
    stream->memory = emit_add(e, m->region->arrays.data[stream->array].base, offset);
  }
}

static IrValue ahead_in_ring(Mapper *m, IrValue ring, int64_t slots) {
  return emit_remainder(&m->e, emit_add_number(&m->e, ring, slots), STAGE_RING);
}

// The slot that the ring variable says, which counts 0 .. STAGE_RING - 1.
static IrValue slot_address(Mapper *m, const Stage *stage, const Stream *stream, IrValue ring) {
  IrValue first = emit_add(&m->e, stage->base, stream->place);
  if (stage->apart && stream->writes && !stream->reads) // while what comes next is on its way to the others
    ring = ahead_in_ring(m, ring, STAGE_RING - 1);
  return stream->resident ? first : emit_add(&m->e, first, emit_mul_number(&m->e, ring, stage->pitch));
}

static IrValue tile_length(Mapper *m, const Stage *stage, IrValue extent, IrValue start) {
  int64_t all = 0, tile = 0;
  bool even =
      emit_is_number(&m->e, extent, &all) && emit_is_number(&m->e, stage->tile, &tile) && all % tile == 0;
  return even ? stage->tile : emit_min(&m->e, emit_sub(&m->e, extent, start), stage->tile);
}

// Runs that follow one another without gaps, in memory and in the buffer, are one.
static void merge_runs(Mapper *m, DmaBox *box) {
  Emitter *e = &m->e;
  IrValue one = emit_number(e, 1);
  for (uint32_t d = 0; d < box->dimensions; d++) {
    IrValue joined = emit_and(e, emit_equal(e, box->source_strides[d], box->bytes),
                              emit_equal(e, box->destination_strides[d], box->bytes));
    IrValue run = emit_mul(e, box->bytes, box->counts[d]);
    box->bytes = emit_choose(e, joined, run, box->bytes);
    box->counts[d] = emit_choose(e, joined, one, box->counts[d]);
  }
}

// Of a tile's iterations the one whose bytes come first.
static IrValue lowest_iteration(Mapper *m, const Stream *stream, IrValue start, IrValue length) {
  bool backwards = stream->own == 0 && stream->multiple < 0;
  return backwards ? emit_add_number(&m->e, emit_add(&m->e, start, length), -1) : start;
}

static void transfer(Mapper *m, Stage *stage, const Stream *stream, IrValue buffer, IrValue start,
                     IrValue length, bool back) {
  Emitter *e = &m->e;
  IrValue lowest = lowest_iteration(m, stream, start, length);
  IrValue memory = emit_add(e, stream->memory, emit_mul(e, lowest, emit_quantity(e, stream->step)));
  DmaBox box = {.source = back ? buffer : memory,
                .destination = back ? memory : buffer,
                .bytes = stream_run(m, stream, length),
                .dimensions = stream->count};
  for (uint32_t d = 0; d < stream->count; d++) {
    IrValue stride = emit_quantity(e, stream->dimensions[d].stride), pitch = stream->dimensions[d].pitch;
    box.counts[d] = stream_count(m, stream, d, length);
    box.source_strides[d] = back ? pitch : stride;
    box.destination_strides[d] = back ? stride : pitch;
  }
  merge_runs(m, &box);
  for (uint32_t s = 0; s < stage->count; s++)
    box.most = stage->streams[s].count > box.most ? stage->streams[s].count : box.most;
  e->variables[stage->newest] = dma_start(e, &box, IR_NONE);
}

// What is written in part is fetched before.
static void bring(Mapper *m, Stage *stage, const Stream *stream, IrValue buffer, IrValue start,
                  IrValue length) {
  FlowIf flow;
  if (stream->reads) {
    transfer(m, stage, stream, buffer, start, length, false);
    return;
  }
  if (flow_if(&m->e, &flow, stream->gaps))
    transfer(m, stage, stream, buffer, start, length, false);
  flow_end_if(&m->e, &flow);
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
      if (!stream->resident)
        bring(m, stage, stream, slot_address(m, stage, stream, get(m, stage->coming_ring)), start, length);
    }
  }
  flow_end_if(e, &flow);
  e->variables[stage->coming] = emit_add(e, start, stage->tile);
  e->variables[stage->coming_ring] = ahead_in_ring(m, get(m, stage->coming_ring), 1);
}

static void move_residents(Mapper *m, Stage *stage, IrValue extent, bool back) {
  IrValue zero = emit_number(&m->e, 0);
  for (uint32_t s = 0; s < stage->count; s++) {
    const Stream *stream = &stage->streams[s];
    if (stream->resident && !back)
      bring(m, stage, stream, slot_address(m, stage, stream, zero), zero, extent);
    if (stream->resident && back && stream->writes)
      transfer(m, stage, stream, slot_address(m, stage, stream, zero), zero, extent, true);
  }
}

// What was newest two steps ago has ended: the inputs of this step have come, and the results that were in
// the slots asked for now have gone.
static void begin_step(Mapper *m, Stage *stage) {
  dma_wait(&m->e, get(m, stage->before));
  m->e.variables[stage->before] = get(m, stage->newest);
}

// Makes the accesses go to the buffers of a tile, whose iterations begin with `start`.
static void enter_tile(Mapper *m, Stage *stage, IrValue start, IrValue length, IrValue ring) {
  Emitter *e = &m->e;
  for (uint32_t s = 0; s < stage->count; s++) {
    Stream *stream = &stage->streams[s];
    stream->buffer = slot_address(m, stage, stream, ring);
    IrValue moved = stream->low;
    if (!stream->resident)
      moved = emit_add(e, moved,
                       emit_mul(e, lowest_iteration(m, stream, start, length),
                                stream_coefficient(m, stream, stream->step)));
    // Lanes of a loop around are counted from where their strip begins.
    if (m->lane != UINT32_MAX && m->lane != stage->iterator &&
        !iterator_within(m->region, m->lane, stage->loop)) {
      Quantity stride = affine_coefficient(&m->region->accesses.data[stream->access].offset, m->lane);
      moved = emit_add(e, moved,
                       emit_mul(e, get(m, m->iterators[m->lane]), stream_coefficient(m, stream, stride)));
    }
    stream->shifted = emit_sub(e, stream->buffer, moved);
  }
}

// Whether there may be something to fetch for each tile.
static bool has_inputs(const Mapper *m, const Stage *stage) {
  for (uint32_t s = 0; s < stage->count; s++) {
    const Stream *stream = &stage->streams[s];
    const IrInsn *gaps = stream->reads ? NULL : ir_insn(m->e.builder.f, stream->gaps);
    if (!stream->resident && (!gaps || gaps->op != IR_CONST || gaps->imm))
      return true;
  }
  return false;
}

// What is in the buffers is worked on, and the results are sent on their way.
static void work_on_tile(Mapper *m, Stage *stage, IrValue start, IrValue ring, IrValue length,
                         StageStrips *strips, void *context) {
  enter_tile(m, stage, start, length, ring);
  m->stage = stage;
  strips(m, start, emit_add(&m->e, start, length), context);
  m->stage = NULL;
  for (uint32_t s = 0; s < stage->count; s++)
    if (stage->streams[s].writes && !stage->streams[s].resident)
      transfer(m, stage, &stage->streams[s], stage->streams[s].buffer, start, length, true);
}

// Asks for the first tile right away where that takes little code: each line of code that comes before it has
// to come from DRAM first.
static bool fetch_first(Mapper *m, Stage *stage, IrValue extent) {
  enum { FEW_TRANSFERS = 3 };
  int64_t number = 0;
  unsigned transfers = 0;
  for (uint32_t s = 0; s < stage->count; s++)
    transfers += !stage->streams[s].resident && stage->streams[s].reads;
  bool little = transfers <= FEW_TRANSFERS && emit_is_number(&m->e, extent, &number) &&
                emit_is_number(&m->e, stage->tile, &number);
  if (little)
    fetch(m, stage, extent);
  return little;
}

// Asks for what comes two tiles later. The first time these are all tiles up to that one, in a loop of their
// own so that the code for it stands before all else that has to be fetched.
static void fetch_ahead(Mapper *m, Stage *stage, uint32_t tile, IrValue extent) {
  Emitter *e = &m->e;
  FlowLoop flow;
  flow_loop(e, &flow);
  begin_step(m, stage);
  fetch(m, stage, extent);
  e->variables[tile] = emit_add(e, get(m, tile), stage->tile);
  flow_end_loop(e, &flow, emit_less(e, get(m, tile), emit_number(e, 0)));
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
  stage->newest = emit_variable(e, zero); // which never has to be waited for
  stage->before = emit_variable(e, zero);
  bool ahead = has_inputs(m, stage), begun = ahead && fetch_first(m, stage, extent);
  move_residents(m, stage, extent, false);
  int64_t steps = begun ? 2 : 3; // that ask for tiles before the first one is worked on, this one's included
  if (!ahead)                    // the first tile needs what stays
    e->variables[stage->before] = get(m, stage->newest);
  IrValue earlier = ahead ? emit_sub(e, zero, emit_mul_number(e, stage->tile, steps)) : zero;
  uint32_t ring = emit_variable(e, zero), tile = emit_variable(e, earlier);
  flow_loop(e, &flow);
  if (ahead)
    fetch_ahead(m, stage, tile, extent);
  else
    begin_step(m, stage);
  IrValue start = get(m, tile);
  work_on_tile(m, stage, start, get(m, ring), tile_length(m, stage, extent, start), strips, context);
  e->variables[ring] = ahead_in_ring(m, get(m, ring), 1);
  if (!ahead)
    e->variables[tile] = emit_add(e, start, stage->tile);
  IrValue next = ahead ? emit_add(e, start, stage->tile) : get(m, tile);
  flow_end_loop(e, &flow, emit_less(e, next, extent));
  move_residents(m, stage, extent, true);
  dma_wait(e, get(m, stage->newest));
  e->variable_count = first;
}

const Stream *stage_stream(const Mapper *m, const Access *access) {
  const Stage *stage = m->stage;
  uint32_t stream = stage ? stage->stream_of[access - m->region->accesses.data] : 0;
  return stream ? &stage->streams[stream - 1] : NULL;
}
