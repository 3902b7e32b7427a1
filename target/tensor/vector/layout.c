// What a loop's accesses touch in a tile of its iterations, as boxes that the DMA engine can move: which
// bytes lie side by side, which strides lead from one run to the next, and how they lie in the scratchpad.
// Sizes and strides may be known only when the program runs; then so are those of the tiles.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/box.h"

enum {
  LARGEST_TILE = 16384, // bytes of all streams: more would only make the first one later
  LARGEST_BOX = 65536,  // of boxes, so that their runs are long
  SMALLEST_TILE = 2048,
  LEAST_BYTES = 4096, // of a whole loop that is worth it
  PARTS = 8,          // tiles that a short loop is cut into
  LONG_RUN = 32,      // bytes, and iterations
  FEW_LANES = 32,     // all of these are wanted, else a quarter is enough
};

static const uint32_t no_dimension = UINT32_MAX;

// --- what a loop's iterations touch -----------------------------------------------------------------------

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

// --- streams ----------------------------------------------------------------------------------------------

static void require(Finder *f, IrValue condition) {
  f->possible = f->possible == IR_NONE ? condition : emit_and(&f->m->e, f->possible, condition);
}

// Whether constant offsets alone lead to the access, and no further than others certainly go.
static bool stays_within(Finder *f, Stream *stream, const Access *access) {
  int64_t low = 0, high = 0, least = 0, most = 0;
  Stream copy = {.array = stream->array, .access = stream->access, .origin = stream->origin};
  copy.stride_count = stream->stride_count;
  for (uint32_t i = 0; i < stream->stride_count; i++)
    copy.strides[i] = stream->strides[i];
  for (uint32_t i = 0; i < access->offset.count; i++) {
    const AffineTerm *term = &access->offset.terms[i];
    if (moves_in_tile(f, term->iterator) && !quantity_is_zero(term->coefficient) &&
        !stream_stride(&copy, term->coefficient))
      return false;
  }
  if (stream->count)
    return false;
  stream_cover(f, &copy, access);
  return tile_number(f, copy.low, &low) && tile_number(f, copy.high, &high) &&
         tile_number(f, stream->low, &least) && tile_number(f, stream->high, &most) && low >= least &&
         high <= most;
}

// What may not be touched must not make the box longer.
static bool covers_uncertain(Finder *f, Stream *stream, const Touch *touch) {
  const Access *access = &f->m->region->accesses.data[touch->access];
  for (size_t t = 0; t < f->touches.count; t++) {
    const Touch *other = &f->touches.data[t];
    if (other->always && same_offset(f, access, &f->m->region->accesses.data[other->access]) &&
        f->m->region->accesses.data[other->access].array == access->array)
      return true;
  }
  return stays_within(f, stream, access);
}

// An i1: whether the access alone writes each byte of the stream's boxes.
static IrValue is_dense(Finder *f, const Stream *stream, const Access *access) {
  Emitter *e = &f->m->e;
  IrValue covered = emit_number(e, type_bits(access->type) / 8), dense = build_const(&e->builder, IR_I1, 1);
  for (uint32_t s = 0; s < stream->stride_count; s++) {
    const StreamStride *stride = &stream->strides[s];
    uint32_t terms = 0;
    IrValue count = IR_NONE;
    for (uint32_t i = 0; i < access->offset.count; i++)
      if (moves_in_tile(f, access->offset.terms[i].iterator) &&
          quantities_equal(access->offset.terms[i].coefficient, stride->stride)) {
        terms++;
        count = iterations_of(f, access->offset.terms[i].iterator);
      }
    bool own = quantities_equal(stride->stride, stream->step);
    if (terms != 1 || (stride->dimension && stride->multiple != 1))
      return build_const(&e->builder, IR_I1, 0);
    if (stride->dimension) {
      if (!own)
        dense = emit_and(e, dense, emit_equal(e, count, stream->dimensions[stride->dimension - 1].count));
      continue;
    }
    int64_t step = own ? stream_advance(stream) : stride->multiple;
    dense = emit_and(e, dense, emit_equal(e, covered, emit_number(e, step)));
    if (!own)
      covered = emit_mul(e, covered, count);
    else if (s + 1 < stream->stride_count && !stream->strides[s + 1].dimension)
      return build_const(&e->builder, IR_I1, 0);
  }
  return emit_and(e, dense, emit_equal(e, covered, emit_sub(e, stream->high, stream->low)));
}

// What is written has one place: each stride is longer than all that it leads past.
static void require_apart(Finder *f, const Stream *stream) {
  Emitter *e = &f->m->e;
  // In how many iterations a dimension or the run is longest is known when the tile is; the loop's own
  // dimension is therefore asked for to be the last one or constant.
  IrValue length = emit_sub(e, stream->high, stream->low);
  for (uint32_t d = 0; d < stream->count; d++) {
    const StreamDimension *dimension = &stream->dimensions[d];
    IrValue stride = emit_quantity(e, dimension->stride), count = dimension->count;
    if (stream->own == 0 && d == 0) // the run is as long as the whole loop at most
      length = emit_add(
          e, length,
          emit_mul_number(
              e, emit_add_number(e, emit_quantity(e, f->m->region->iterators.data[f->own].extent), -1),
              stream_advance(stream)));
    require(f, emit_less(e, emit_add_number(e, length, -1), stride));
    if (stream->own == d + 1 && d + 1 < stream->count)
      count = emit_add(
          e, count,
          emit_mul_number(
              e, emit_add_number(e, emit_quantity(e, f->m->region->iterators.data[f->own].extent), -1),
              stream->multiple));
    length = emit_add(e, length, emit_mul(e, emit_add_number(e, count, -1), stride));
  }
}

static void find_gaps(Finder *f, Stream *stream) {
  Emitter *e = &f->m->e;
  IrValue dense = build_const(&e->builder, IR_I1, 0), one = build_const(&e->builder, IR_I1, 1);
  for (size_t t = 0; t < f->touches.count; t++) {
    const Touch *touch = &f->touches.data[t];
    if (touch->writes && touch->always && stream_has(f, stream, &f->m->region->accesses.data[touch->access]))
      dense = build2(&e->builder, IR_OR, IR_I1, dense,
                     is_dense(f, stream, &f->m->region->accesses.data[touch->access]));
  }
  stream->gaps = build2(&e->builder, IR_XOR, IR_I1, dense, one);
}

static bool collect_strides(Finder *f, Stream *stream) {
  for (size_t t = 0; t < f->touches.count; t++) {
    const Touch *touch = &f->touches.data[t];
    const Access *access = &f->m->region->accesses.data[touch->access];
    if (!stream_has(f, stream, access))
      continue;
    if (access->index != NODE_NONE)
      return false;
    stream->reads = stream->reads || !touch->writes;
    stream->writes = stream->writes || touch->writes;
    if (!touch->always)
      continue;
    if (access->offset.constant < stream->origin)
      stream->origin = access->offset.constant;
    // Inner loops first.
    for (uint32_t i = access->offset.count; i-- > 0;)
      if (moves_in_tile(f, access->offset.terms[i].iterator) &&
          !stream_add_stride(stream, access->offset.terms[i].coefficient))
        return false;
  }
  return true;
}

// The stream of the accesses that move as this one, or with `whole` of those in the same runs; false: they
// stay where they are. *exact: nothing lies in its box before the first or behind the last byte that is
// touched.
static bool shape_stream(Finder *f, uint32_t access, const Stream *whole, Stream *stream, bool *exact) {
  const Region *region = f->m->region;
  const Access *first = &region->accesses.data[access];
  *exact = true;
  stream_start(f, stream, access, whole);
  stream->own = no_dimension;
  stream->low = stream->high = IR_NONE;
  for (uint32_t d = 0; d < STREAM_DIMENSIONS; d++)
    stream->dimensions[d].count = IR_NONE;
  if (!collect_strides(f, stream))
    return false;
  stream_sort_strides(stream);
  if (!stream_choose_dimensions(f, stream, type_bits(first->type) / 8))
    return false;
  stream->step = affine_coefficient(&first->offset, f->own);
  const StreamStride *own = quantity_is_zero(stream->step) ? NULL : stream_stride(stream, stream->step);
  if (own) {
    stream->own = own->dimension;
    stream->multiple = own->multiple;
  }
  for (size_t t = 0; t < f->touches.count; t++)
    if (f->touches.data[t].always && stream_has(f, stream, &region->accesses.data[f->touches.data[t].access]))
      stream_cover(f, stream, &region->accesses.data[f->touches.data[t].access]);
  *exact = stream_is_exact(f, stream);
  for (size_t t = 0; t < f->touches.count; t++)
    if (!f->touches.data[t].always &&
        stream_has(f, stream, &region->accesses.data[f->touches.data[t].access]) &&
        !covers_uncertain(f, stream, &f->touches.data[t]))
      return false;
  return *exact;
}

// Rows of different lengths and places, as a stencil's, make streams of their own: a box of all of them would
// begin before the array, and end behind it. What is written has one place, and so one stream.
static bool find_stream(Finder *f, uint32_t access, Stream *stream) {
  bool exact = true, written = false;
  if (!shape_stream(f, access, NULL, stream, &exact)) {
    for (size_t t = 0; t < f->touches.count; t++)
      written = written || (f->touches.data[t].writes &&
                            f->m->region->accesses.data[f->touches.data[t].access].array == stream->array);
    if (exact || written)
      return false;
    Stream *whole = ARENA_NEW(f->m->region->arena, Stream);
    *whole = *stream;
    if (!shape_stream(f, access, whole, stream, &exact))
      return false;
  }
  if (stream->writes)
    find_gaps(f, stream);
  return true;
}

// --- sizes ------------------------------------------------------------------------------------------------

// Bytes between the starts of runs: lanes along them go to different words.
static IrValue pitch_of(Mapper *m, const StreamDimension *dimension, IrValue length) {
  if (!dimension->lanes)
    return length;
  IrValue words = emit_divide(&m->e, emit_add_number(&m->e, length, 3), 4);
  return emit_mul_number(&m->e, build2(&m->e.builder, IR_OR, IR_I64, words, emit_number(&m->e, 1)), 4);
}

// Bytes of a buffer at most: the lengths of padded runs are rounded as little as they can be.
static IrValue most_bytes(Mapper *m, const Stream *stream, IrValue iterations) {
  IrValue bytes = stream_run(m, stream, iterations);
  for (uint32_t d = 0; d < stream->count; d++) {
    if (stream->dimensions[d].lanes)
      bytes = emit_add_number(&m->e, bytes, 8);
    bytes = emit_mul(&m->e, bytes, stream_count(m, stream, d, iterations));
  }
  return bytes;
}

// An eighth of the scratchpad, and so much less that one of them fits beside the largest tiles in banks of
// their own.
static int64_t largest_resident(const Mapper *m) {
  int64_t spm = (int64_t)m->e.machine->spm_size;
  return spm / 8 - spm / 128;
}

// Streams that stay in the scratchpad as long as the loop runs: they do not move, or what they write in one
// iteration and the next overlaps.
static bool make_resident(Finder *f, Stream *stream) {
  Mapper *m = f->m;
  const Quantity *extent = &m->region->iterators.data[f->own].extent;
  stream->resident = true;
  if (stream->own != no_dimension &&
      (stream->multiple < 0 || extent->value != IR_NONE || extent->constant > INT32_MAX || stream->count))
    return false;
  int64_t size = 0, limit = largest_resident(m);
  IrValue bytes = most_bytes(m, stream, emit_quantity(&m->e, *extent));
  if (tile_number(f, bytes, &size))
    return size > 0 && size <= limit;
  require(f, emit_less(&m->e, bytes, emit_number(&m->e, limit + 1)));
  return true;
}

// What is written in one iteration and again in another; where only the run time knows, it is asked for.
static bool writes_overlap(Finder *f, const Stream *stream) {
  int64_t run = 0;
  if (!stream->writes)
    return false;
  require_apart(f, stream);
  if (stream->own == no_dimension)
    return true;
  IrValue length = emit_sub(&f->m->e, stream->high, stream->low);
  if (stream->own)
    return false;
  if (tile_number(f, length, &run))
    return stream_advance(stream) < run;
  require(f, emit_less(&f->m->e, length, emit_number(&f->m->e, stream_advance(stream) + 1)));
  return false;
}

// Whether one iteration's run has a large part of all bytes, as where rows one after the other are gone
// through side by side: tiles would bring most of it again and again.
static bool is_wide(Finder *f, const Stream *stream) {
  int64_t one = 0, all = 0;
  return stream->own == 0 && !stream->count &&
         tile_number(f, stream_run(f->m, stream, emit_number(&f->m->e, 1)), &one) &&
         tile_number(
             f,
             stream_run(f->m, stream, emit_quantity(&f->m->e, f->m->region->iterators.data[f->own].extent)),
             &all) &&
         one > all / 4;
}

static bool is_staged(const Stage *stage, uint32_t access) {
  return stage->stream_of[access] != 0;
}

// Whether accesses of a written array do not all move alike.
static bool moves_differently(Finder *f, uint32_t array) {
  const Access *first = NULL;
  bool written = false, different = false;
  for (size_t t = 0; t < f->touches.count; t++) {
    const Access *access = &f->m->region->accesses.data[f->touches.data[t].access];
    if (access->array != array)
      continue;
    first = first ? first : access;
    written = written || f->touches.data[t].writes;
    different = different || !moves_alike(f, first, access) || access->index != NODE_NONE;
  }
  return written && different;
}

static void add_stream(Finder *f, uint32_t access) {
  Mapper *m = f->m;
  Stage *stage = f->stage;
  Stream *stream = &stage->streams[stage->count];
  IrValue before = f->possible;
  uint32_t array = m->region->accesses.data[access].array;
  bool moving = false;
  const Affine *offset = &m->region->accesses.data[access].offset;
  for (uint32_t i = 0; i < offset->count; i++)
    moving = moving ||
             (moves_in_tile(f, offset->terms[i].iterator) && !quantity_is_zero(offset->terms[i].coefficient));
  if (stage->count == STAGE_STREAMS || moves_differently(f, array) || !find_stream(f, access, stream)) {
    // What is gathered goes through the caches anyway.
    f->complete = f->complete && (!moving || m->region->accesses.data[access].index != NODE_NONE);
    return;
  }
  // Totals over the lanes are kept elsewhere, and what all lanes share needs no buffer.
  bool lanes = m->chosen[f->loop], overlaps = writes_overlap(f, stream);
  if ((m->lane != UINT32_MAX && stream->own == no_dimension && (lanes || !moving)) ||
      ((stream->own == no_dimension || overlaps) && !make_resident(f, stream))) {
    f->complete = f->complete && !moving;
    f->possible = before;
    return;
  }
  if (!stream->resident && is_wide(f, stream) && !make_resident(f, stream))
    stream->resident = false;
  stage->count++;
  for (size_t t = 0; t < f->touches.count; t++)
    if (stream_has(f, stream, &m->region->accesses.data[f->touches.data[t].access]))
      stage->stream_of[f->touches.data[t].access] = stage->count;
}

static void find_streams(Finder *f) {
  const Region *region = f->m->region;
  bool *failed = ARENA_ARRAY(region->arena, bool, region->accesses.count + 1);
  for (size_t t = 0; t < f->touches.count; t++) {
    uint32_t access = f->touches.data[t].access;
    if (access_stays(f, access) || failed[access] || is_staged(f->stage, access) ||
        !f->touches.data[t].always)
      continue;
    add_stream(f, access);
    failed[access] = !is_staged(f->stage, access);
  }
  for (size_t t = 0; t < f->touches.count; t++) {
    uint32_t access = f->touches.data[t].access;
    if (!access_stays(f, access) && !is_staged(f->stage, access) && !failed[access])
      f->complete = false;
  }
}

// Whether the arrays that move are too small altogether for as many bytes as are worth it.
static bool arrays_are_small(const Finder *f) {
  int64_t bytes = 0;
  for (uint32_t s = 0; s < f->stage->count && bytes <= LEAST_BYTES; s++) {
    int64_t size = f->m->region->arrays.data[f->stage->streams[s].array].size;
    if (!f->stage->streams[s].resident)
      bytes += size < 0 || size > LEAST_BYTES ? LEAST_BYTES + 1 : size;
  }
  return bytes <= LEAST_BYTES;
}

// The same before it is known what moves: of all that is touched.
static bool touches_little(const Finder *f) {
  const Region *region = f->m->region;
  int64_t bytes = 0;
  for (size_t t = 0; t < f->touches.count && bytes <= LEAST_BYTES; t++) {
    const Array *array = &region->arrays.data[region->accesses.data[f->touches.data[t].access].array];
    if (array->kind != ARRAY_SCALAR)
      bytes += array->size < 0 || array->size > LEAST_BYTES ? LEAST_BYTES + 1 : array->size;
  }
  return bytes <= LEAST_BYTES;
}

// Whether the caches are likely to have what moves: it is on the stack, or the loop is one of a triangle,
// which goes over the same elements again and again.
static bool is_cached(const Finder *f) {
  const Region *region = f->m->region;
  const Function *function = region->function;
  if (is_of_triangle(region, f->loop))
    return true;
  for (uint32_t s = 0; s < f->stage->count; s++) {
    IrValue base = region->arrays.data[f->stage->streams[s].array].base;
    if (!f->stage->streams[s].resident && ir_insn(function, base)->op != IR_STACKALLOC)
      return false;
  }
  return true;
}

// Of what stays though it moves with the loop.
static int64_t wide_bytes(Finder *f) {
  int64_t bytes = 0, size = 0;
  for (uint32_t s = 0; s < f->stage->count; s++) {
    const Stream *stream = &f->stage->streams[s];
    IrValue extent = emit_quantity(&f->m->e, f->m->region->iterators.data[f->own].extent);
    if (stream->resident && is_wide(f, stream) && tile_number(f, stream_run(f->m, stream, extent), &size))
      bytes += size;
  }
  return bytes;
}

// At most so many iterations of a loop without lanes. Runs along them begin where others end: in whole beats
// of the DMA engine. Tiles that are all of one size are better than slightly larger ones.
static int64_t even_tile(Finder *f, IrValue extent, int64_t most) {
  int64_t beat = f->m->e.machine->dram_bandwidth, unit = most < beat ? 2 : beat, all = 0;
  most -= most % unit;
  for (int64_t tile = most; tile_number(f, extent, &all) && 4 * tile > 3 * most; tile -= unit)
    if (all % tile == 0)
      return tile;
  return most;
}

// Iterations of a tile, of which all streams' buffers fit.
static void choose_tile(Finder *f, IrValue extent) {
  Mapper *m = f->m;
  Emitter *e = &m->e;
  Stage *stage = f->stage;
  IrValue one = emit_number(e, 1), first = emit_number(e, 0), second = first;
  bool boxes = false;
  for (uint32_t s = 0; s < stage->count; s++) {
    const Stream *stream = &stage->streams[s];
    if (stream->resident)
      continue;
    boxes = boxes || (stream->count && stream->dimensions[0].lanes);
    first = emit_add(e, first, most_bytes(m, stream, one));
    second = emit_add(e, second, most_bytes(m, stream, emit_number(e, 2)));
  }
  // A loop of some iterations that are larger goes through whole: those within would begin and end each time.
  enum { SOME = 8 };
  int64_t spm = (int64_t)e->machine->spm_size, number = 0, ring = spm / (2 * STAGE_RING);
  IrValue usual = emit_number(e, LARGEST_TILE < ring ? LARGEST_TILE : ring);
  IrValue large = emit_number(e, LARGEST_BOX < ring ? LARGEST_BOX : ring);
  IrValue wanted = emit_and(e, emit_less(e, usual, first), emit_less(e, emit_number(e, SOME - 1), extent));
  IrValue most = boxes ? large : emit_choose(e, wanted, large, usual);
  int64_t buffers = LARGEST_BOX < ring ? LARGEST_BOX : ring;
  if (tile_number(f, most, &number))
    buffers = number;
  stage->size = STAGE_RING * (buffers + (int64_t)stage->count * e->machine->spm_lanes * 4);
  IrValue moving = emit_sub(e, second, first), all = emit_mul(e, moving, extent);
  IrValue worth = emit_add(e, all, emit_number(e, wide_bytes(f)));
  IrValue part = emit_max(e, emit_divide(e, emit_max(e, all, one), PARTS), emit_number(e, SMALLEST_TILE));
  IrValue room = emit_sub(e, emit_min(e, part, most), first);
  // One iteration may take more than its part.
  IrValue least = emit_sub(e, most, first);
  require(f, emit_less(e, emit_number(e, -1), least));
  require(f, emit_less(e, emit_number(e, LEAST_BYTES), worth));
  room = emit_max(e, room, emit_number(e, 0));
  int64_t step = 0;
  IrValue divisor = emit_max(e, moving, one);
  IrValue quotient = tile_number(f, divisor, &step) ? emit_divide(e, room, step)
                                                    : build2(&e->builder, IR_UDIV, IR_I64, room, divisor);
  stage->tile = emit_add_number(e, quotient, 1);
  if (!m->chosen[f->loop] && tile_number(f, stage->tile, &step) && step > 2)
    stage->tile = emit_number(e, even_tile(f, extent, step));
  int64_t unit = m->chosen[f->loop] ? (int64_t)(e->machine->vlen >> m->ratio) : 1;
  if (unit > 1) {
    if (tile_number(f, stage->tile, &step) && step >= 4 * unit) // strips in pairs
      unit *= 2;
    int64_t strips = tile_number(f, stage->tile, &step) ? unit : 2 * unit;
    IrValue whole = emit_mul_number(e, emit_divide(e, stage->tile, strips), strips);
    // A part of a step's lanes is better than tiles that do not fit.
    IrValue fits = emit_max(e, least, emit_number(e, 0));
    IrValue limit = tile_number(f, divisor, &step) ? emit_divide(e, fits, step)
                                                   : build2(&e->builder, IR_UDIV, IR_I64, fits, divisor);
    IrValue most_lanes = emit_add_number(e, limit, 1);
    // Few lanes are worse than to look for a loop within them.
    int64_t enough = unit > FEW_LANES ? unit / 4 : unit;
    require(
        f, emit_less(e, emit_min(e, emit_number(e, enough - 1), emit_add_number(e, extent, -1)), most_lanes));
    IrValue short_tile = emit_min(e, emit_number(e, unit), most_lanes);
    stage->tile = emit_max(e, whole, short_tile);
  }
  bool known = tile_number(f, moving, &number);
  if (known && !wide_bytes(f) && (number <= 0 || loop_limit(m->region, f->loop) <= LEAST_BYTES / number))
    require(f, build_const(&e->builder, IR_I1, 0));
}

// The pitches in a stream's buffer, and its size.
static void measure_stream(Finder *f, Stream *stream) {
  Mapper *m = f->m;
  Emitter *e = &m->e;
  int64_t line = (int64_t)e->machine->spm_lanes * 4;
  IrValue iterations =
      stream->resident ? emit_quantity(e, m->region->iterators.data[f->own].extent) : f->stage->tile;
  IrValue length = stream_run(m, stream, iterations);
  for (uint32_t d = 0; d < stream->count; d++) {
    stream->dimensions[d].pitch = pitch_of(m, &stream->dimensions[d], length);
    length = emit_mul(e, stream->dimensions[d].pitch, stream_count(m, stream, d, iterations));
  }
  stream->slot = emit_round_up(e, length, line);
}

// The buffers that a tile reads lie together, those of the next one in the next bank where there is room;
// what it writes lies one bank before: so loads, stores and transfers do not wait for one another. Behind
// them is what stays.
static void place_streams(Finder *f) {
  Emitter *e = &f->m->e;
  Stage *stage = f->stage;
  int64_t spm = (int64_t)e->machine->spm_size, bank = (int64_t)machine_spm_bank(e->machine);
  int64_t tile = stage->size / STAGE_RING, residents = 0, number = 0;
  IrValue at = emit_number(e, 0);
  for (uint32_t s = 0; s < stage->count; s++) {
    Stream *stream = &stage->streams[s];
    measure_stream(f, stream);
    if (stream->resident) {
      residents += tile_number(f, stream->slot, &number)
                       ? number
                       : largest_resident(f->m) + (int64_t)e->machine->spm_lanes * 4;
      continue;
    }
    stream->place = at;
    at = emit_add(e, at, stream->slot);
  }
  if (tile_number(f, at, &number))
    tile = number;
  bool apart = tile <= bank && (STAGE_RING - 1) * bank + tile + residents <= spm;
  stage->pitch = apart ? bank : tile;
  stage->slot = tile;
  stage->apart = apart;
  at = emit_number(e, (STAGE_RING - 1) * stage->pitch + tile);
  stage->size = (STAGE_RING - 1) * stage->pitch + tile + residents;
  for (uint32_t s = 0; s < stage->count; s++)
    if (stage->streams[s].resident) {
      stage->streams[s].place = at;
      at = emit_add(e, at, stage->streams[s].slot);
    }
}

// Loops within that are not entered touch nothing.
static void require_inner_iterations(Finder *f) {
  const Region *region = f->m->region;
  for (uint32_t i = 0; i < region->iterators.count; i++) {
    const Iterator *iterator = &region->iterators.data[i];
    if (iterator->extent.value == IR_NONE || !iterator_within(region, i, f->loop))
      continue;
    IrValue zero = emit_number(&f->m->e, 0);
    require(f, emit_less(&f->m->e, zero, iterator->extent.value));
  }
}

bool stage_has_dma(const Mapper *m) {
  return m->e.machine->spm_size && (m->e.target->extensions & ISA_EXTENSION_BIT(ISA_EXT_XKILNDMA));
}

// Whether a box's runs are only as long as a tile has iterations, of which few fit since a loop within goes
// through many runs.
static bool has_short_runs(Finder *f) {
  const Region *region = f->m->region;
  for (uint32_t s = 0; s < f->stage->count; s++) {
    const Stream *stream = &f->stage->streams[s];
    int64_t run = 0, count = 0;
    bool is_short = stream->own == 0 && !stream->resident &&
                    tile_number(f, emit_sub(&f->m->e, stream->high, stream->low), &run) && run < LONG_RUN;
    for (uint32_t i = 0; i < region->iterators.count && is_short; i++) {
      Quantity stride = affine_coefficient(&region->accesses.data[stream->access].offset, i);
      const StreamStride *found = iterator_within(region, i, f->loop) && !quantity_is_zero(stride)
                                      ? stream_stride(stream, stride)
                                      : NULL;
      if (found && found->dimension && (!tile_number(f, iterations_of(f, i), &count) || count > LONG_RUN))
        return true;
    }
  }
  return false;
}

static bool find_in(Mapper *m, uint32_t loop, Stage *stage, bool *complete) {
  const Region *region = m->region;
  uint32_t own = region->loops.data[loop].iterator;
  const Quantity *extent = &region->iterators.data[own].extent;
  Finder f = {.m = m, .stage = stage, .loop = loop, .own = own, .complete = true, .possible = IR_NONE};
  if (extent->value == IR_NONE && extent->constant < 4)
    return false;
  touch_body(&f, region->loops.data[loop].body.data, region->loops.data[loop].body.count);
  if (touches_little(&f)) {
    VEC_FREE(&f.touches);
    return false;
  }
  *stage = (Stage){.stream_of = ARENA_ARRAY(region->arena, uint32_t, region->accesses.count + 1),
                   .loop = loop,
                   .iterator = own,
                   .worth = IR_NONE};
  find_streams(&f);
  *complete = f.complete && !has_short_runs(&f);
  bool any = false;
  for (uint32_t s = 0; s < stage->count; s++)
    any = any || !stage->streams[s].resident;
  any = any && !is_cached(&f) && (!arrays_are_small(&f) || wide_bytes(&f));
  bool in_place = !stage->count && *complete && any_in_place(&f);
  if (in_place) { // nothing comes or goes: one tile
    stage->tile = emit_quantity(&m->e, *extent);
    f.possible = build_const(&m->e.builder, IR_I1, 1);
  }
  if (any) {
    require_inner_iterations(&f);
    choose_tile(&f, emit_quantity(&m->e, *extent));
    place_streams(&f);
  }
  VEC_FREE(&f.touches);
  stage->worth = f.possible;
  bool never = f.possible != IR_NONE && ir_is_const(m->e.builder.f, f.possible) &&
               !ir_insn(m->e.builder.f, f.possible)->imm;
  return (any || in_place) && !never && stage->size <= (int64_t)m->e.machine->spm_size;
}

// Whether a loop within would leave nothing to the caches.
static bool inner_is_complete(Mapper *m, uint32_t loop) {
  const Region *region = m->region;
  uint32_t lane = m->lane;
  IrValue length = m->length;
  bool found = false;
  for (uint32_t l = 0; l < region->loops.count && !found; l++) {
    Stage inner;
    if (l == loop || !loop_within(region, l, loop))
      continue;
    m->lane = lane;
    for (uint32_t c = 0; c < region->loops.count; c++)
      if (m->chosen[c] && loop_within(region, l, c))
        m->lane = region->loops.data[c].iterator;
    // The number of lanes is not known yet: any value stands for it.
    m->length = region->arrays.data[0].base;
    for (uint32_t a = 0; a < region->arrays.count; a++)
      m->length = m->length == IR_NONE ? region->arrays.data[a].base : m->length;
    bool complete = false;
    found = m->length != IR_NONE && find_in(m, l, &inner, &complete) && complete;
  }
  m->lane = lane;
  m->length = length;
  return found;
}

bool stage_find(Mapper *m, uint32_t loop, Stage *stage) {
  bool complete = false;
  return stage_has_dma(m) && find_in(m, loop, stage, &complete) && (complete || !inner_is_complete(m, loop));
}
