// Boxes: which strides stay within a run of bytes, which lead from run to run, and how long runs and
// dimensions are.
#include "target/tensor/vector/box.h"
#include "target/tensor/raise/raise.h"

enum { SMALL_GAP = 48 }; // bytes between runs, or what accesses go through, that are rather moved, too

bool iterator_within(const Region *region, uint32_t iterator, uint32_t loop) {
  uint32_t own = region->iterators.data[iterator].loop;
  return own != loop && loop_within(region, own, loop);
}

bool moves_in_tile(const Finder *f, uint32_t iterator) {
  return iterator == f->own || iterator == f->m->lane || iterator_within(f->m->region, iterator, f->loop);
}

IrValue iterations_of(Finder *f, uint32_t iterator) {
  if (iterator == f->own)
    return emit_number(&f->m->e, 1);
  return iterator == f->m->lane && !iterator_within(f->m->region, iterator, f->loop)
             ? f->m->length
             : emit_quantity(&f->m->e, f->m->region->iterators.data[iterator].extent);
}

bool tile_number(const Finder *f, IrValue value, int64_t *number) {
  return emit_is_number(&f->m->e, value, number);
}

bool moves_alike(const Finder *f, const Access *a, const Access *b) {
  const Region *region = f->m->region;
  if (a->offset.invariant != b->offset.invariant)
    return false;
  for (uint32_t i = 0; i < region->iterators.count; i++)
    if (!iterator_within(region, i, f->loop) &&
        !quantities_equal(affine_coefficient(&a->offset, i), affine_coefficient(&b->offset, i)))
      return false;
  return true;
}

bool same_offset(const Finder *f, const Access *a, const Access *b) {
  if (a->offset.constant != b->offset.constant || !moves_alike(f, a, b))
    return false;
  for (uint32_t i = 0; i < f->m->region->iterators.count; i++)
    if (!quantities_equal(affine_coefficient(&a->offset, i), affine_coefficient(&b->offset, i)))
      return false;
  return true;
}

// --- which accesses one stream has ------------------------------------------------------------------------

// The bytes that an access goes through in the whole loop, or in its runs alone; false: not known.
static bool find_extent(const Finder *f, const Stream *stream, const Access *access, int64_t *from,
                        int64_t *to) {
  *from = access->offset.constant;
  if (access->index != NODE_NONE || __builtin_add_overflow(*from, type_bits(access->type) / 8, to))
    return false;
  for (uint32_t i = 0; i < access->offset.count; i++) {
    const AffineTerm *term = &access->offset.terms[i];
    const Quantity *extent = &f->m->region->iterators.data[term->iterator].extent;
    int64_t length = 0;
    if (!moves_in_tile(f, term->iterator) || quantity_is_zero(term->coefficient))
      continue;
    const StreamStride *stride = stream->whole ? stream_stride(stream->whole, term->coefficient) : NULL;
    if (stride && stride->dimension)
      continue;
    if (term->coefficient.value != IR_NONE || extent->value != IR_NONE ||
        __builtin_mul_overflow(term->coefficient.constant, extent->constant - 1, &length) ||
        __builtin_add_overflow(length < 0 ? *from : *to, length, length < 0 ? from : to))
      return false;
  }
  return true;
}

// Extends the stream's bytes by those of its array's other accesses that are among them or next to them.
static bool extend(const Finder *f, Stream *stream) {
  const Region *region = f->m->region;
  int64_t from = 0, to = 0, gap = stream->whole ? 0 : SMALL_GAP;
  for (size_t t = 0; t < f->touches.count; t++) {
    const Access *access = &region->accesses.data[f->touches.data[t].access];
    if (access->array != stream->array || !moves_alike(f, access, &region->accesses.data[stream->access]))
      continue;
    if (!find_extent(f, stream, access, &from, &to))
      stream->from = INT64_MAX;
    else if ((from < stream->from && to + gap >= stream->from) ||
             (to > stream->to && from <= stream->to + gap)) {
      stream->from = from < stream->from ? from : stream->from;
      stream->to = to > stream->to ? to : stream->to;
      return true;
    }
  }
  return false;
}

void stream_start(Finder *f, Stream *stream, uint32_t access, const Stream *whole) {
  const Access *first = &f->m->region->accesses.data[access];
  *stream =
      (Stream){.array = first->array, .access = access, .origin = first->offset.constant, .whole = whole};
  if (!find_extent(f, stream, first, &stream->from, &stream->to))
    stream->from = INT64_MAX;
  while (stream->from != INT64_MAX && extend(f, stream))
    ;
}

bool stream_has(const Finder *f, const Stream *stream, const Access *access) {
  int64_t from = 0, to = 0;
  return access->array == stream->array &&
         moves_alike(f, access, &f->m->region->accesses.data[stream->access]) &&
         (stream->from == INT64_MAX ||
          (find_extent(f, stream, access, &from, &to) && from >= stream->from && to <= stream->to));
}

// --- strides and dimensions -------------------------------------------------------------------------------

const StreamStride *stream_stride(const Stream *stream, Quantity stride) {
  for (uint32_t i = 0; i < stream->stride_count; i++)
    if (quantities_equal(stream->strides[i].stride, stride))
      return &stream->strides[i];
  return NULL;
}

bool stream_add_stride(Stream *stream, Quantity stride) {
  if (quantity_is_zero(stride) || stream_stride(stream, stride))
    return true;
  if (stream->stride_count == STREAM_STRIDES)
    return false;
  stream->strides[stream->stride_count++] = (StreamStride){.stride = stride};
  return true;
}

static int64_t size_of(const StreamStride *stride) {
  return stride->stride.constant < 0 ? -stride->stride.constant : stride->stride.constant;
}

void stream_sort_strides(Stream *stream) {
  for (uint32_t i = 1; i < stream->stride_count; i++)
    for (uint32_t k = i; k > 0; k--) {
      StreamStride *x = &stream->strides[k - 1], *y = &stream->strides[k];
      if (y->stride.value != IR_NONE || (x->stride.value == IR_NONE && size_of(x) <= size_of(y)))
        break;
      StreamStride swap = *x;
      *x = *y;
      *y = swap;
    }
}

// The most iterations along a stride in any of the stream's accesses, less one in all; -1: not known.
static int64_t steps_along(Finder *f, const Stream *stream, Quantity stride) {
  int64_t most = 0;
  for (size_t t = 0; t < f->touches.count; t++) {
    const Access *access = &f->m->region->accesses.data[f->touches.data[t].access];
    int64_t steps = 0, count = 0;
    if (!stream_has(f, stream, access))
      continue;
    for (uint32_t i = 0; i < access->offset.count; i++) {
      const AffineTerm *term = &access->offset.terms[i];
      if (!moves_in_tile(f, term->iterator) || !quantities_equal(term->coefficient, stride))
        continue;
      if (term->iterator == f->own || !tile_number(f, iterations_of(f, term->iterator), &count) ||
          count > INT32_MAX)
        return -1;
      steps += count > 0 ? count - 1 : 0;
    }
    most = steps > most ? steps : most;
  }
  return most;
}

enum { MOST_TIMES = 8 };

// How many times a stride of the run time is another one: from 2 to 8; 0: no such number of times.
static int64_t times_stride(const Finder *f, Quantity stride, Quantity base) {
  if (stride.value == IR_NONE || base.value == IR_NONE)
    return 0;
  for (int64_t times = 2; times <= MOST_TIMES; times++) {
    WholeSum difference = {0};
    whole_sum_add(f->m->e.builder.f, &difference, stride.value, 1);
    whole_sum_add(f->m->e.builder.f, &difference, base.value, -times);
    if (whole_sum_is_zero(&difference))
      return times;
  }
  return 0;
}

static bool new_dimension(const Finder *f, Stream *stream, StreamStride *stride) {
  if (stride->stride.value == IR_NONE && stride->stride.constant < 0)
    return false;
  // A multiple of one that is there goes along it.
  for (uint32_t d = 0; d < stream->count; d++) {
    Quantity base = stream->dimensions[d].stride;
    int64_t times = times_stride(f, stride->stride, base);
    if (base.value == IR_NONE && stride->stride.value == IR_NONE &&
        stride->stride.constant % base.constant == 0 && stride->stride.constant / base.constant <= MOST_TIMES)
      times = stride->stride.constant / base.constant;
    if (!times)
      continue;
    stride->dimension = d + 1;
    stride->multiple = times;
    return true;
  }
  if (stream->count == STREAM_DIMENSIONS)
    return false;
  stream->dimensions[stream->count++].stride = stride->stride;
  stride->dimension = stream->count;
  stride->multiple = 1;
  return true;
}

// Whether lanes that go along a stride would meet in few lanes of the scratchpad: then rows get a pitch of
// their own, though they lie side by side, unless they are shorter than a beat.
static bool lanes_meet(const Finder *f, const Stream *stream, const StreamStride *stride, int64_t span) {
  enum { SOME_LANES = 4 };
  const Machine *machine = f->m->e.machine;
  int64_t size = stride->stride.constant, words = size / 4, lanes = (int64_t)machine->spm_lanes;
  if (size < (int64_t)machine->dram_bandwidth || span <= 4 || words % SOME_LANES != 0 || lanes < SOME_LANES)
    return false;
  bool any = false;
  for (size_t t = 0; t < f->touches.count; t++) {
    const Access *access = &f->m->region->accesses.data[f->touches.data[t].access];
    for (uint32_t i = 0; i < access->offset.count && stream_has(f, stream, access); i++) {
      const AffineTerm *term = &access->offset.terms[i];
      if (!quantities_equal(term->coefficient, stride->stride))
        continue;
      if (term->iterator == f->own)
        return false; // rows that come anew for each tile are seldom read often enough for that
      if (moves_in_tile(f, term->iterator) && f->m->chosen[f->m->region->iterators.data[term->iterator].loop])
        any = true;
    }
  }
  return any;
}

bool stream_choose_dimensions(Finder *f, Stream *stream, int64_t element) {
  int64_t span = element; // -1: not known
  for (uint32_t i = 0; i < stream->stride_count; i++) {
    StreamStride *stride = &stream->strides[i];
    bool constant = stride->stride.value == IR_NONE;
    int64_t size = constant ? size_of(stride) : INT64_MAX;
    if (size > INT32_MAX && constant)
      return false;
    int64_t steps = steps_along(f, stream, stride->stride), length = 0;
    bool full = stream->count == STREAM_DIMENSIONS && size <= 2 * span;
    bool meets = constant && stream->count < STREAM_DIMENSIONS && lanes_meet(f, stream, stride, span);
    if (constant && span >= 0 && !meets && (full || size - span <= SMALL_GAP)) {
      stride->multiple = stride->stride.constant;
      span = steps < 0 || __builtin_mul_overflow(size, steps, &length) || length > INT32_MAX ? -1
                                                                                             : span + length;
      continue;
    }
    if (!new_dimension(f, stream, stride))
      return false;
  }
  return true;
}

// A constant in an offset, as steps along the dimensions (largest first) and the rest, which is in the run.
static int64_t split_constant(const Stream *stream, int64_t constant, int64_t *steps) {
  int64_t rest = constant - stream->origin;
  for (uint32_t d = stream->count; d-- > 0;) {
    steps[d] = 0;
    if (stream->dimensions[d].stride.value != IR_NONE || rest < 0)
      continue;
    steps[d] = rest / stream->dimensions[d].stride.constant;
    rest -= steps[d] * stream->dimensions[d].stride.constant;
  }
  return rest;
}

static WholeSum linear_difference(const Finder *f, IrValue x, IrValue y) {
  WholeSum sum = {0};
  whole_sum_add(f->m->e.builder.f, &sum, x, 1);
  whole_sum_add(f->m->e.builder.f, &sum, y, -1);
  return sum;
}

static bool same_value(const Finder *f, IrValue x, IrValue y) {
  WholeSum difference = linear_difference(f, x, y);
  return whole_sum_is_zero(&difference);
}

// The least that a value can be, as loops within this one whose number of rounds it makes go round at least
// once: else tiles are not made (require_inner_iterations). False: not known.
static bool find_least(const Finder *f, IrValue value, int64_t *least) {
  const Region *region = f->m->region;
  bool found = false;
  for (uint32_t i = 0; i < region->iterators.count; i++) {
    IrValue extent = region->iterators.data[i].extent.value;
    WholeSum rounds = {0};
    if (extent == IR_NONE || !iterator_within(region, i, f->loop))
      continue;
    whole_sum_add(f->m->e.builder.f, &rounds, extent, 1);
    if (rounds.count != 1 || rounds.values[0] != value || rounds.multiples[0] != 1 ||
        (found && 1 - rounds.constant < *least))
      continue;
    *least = 1 - rounds.constant;
    found = true;
  }
  return found;
}

// Whether x >= y is certain.
static bool is_at_least(const Finder *f, IrValue x, IrValue y) {
  WholeSum difference = linear_difference(f, x, y);
  int64_t least = difference.constant, part = 0;
  for (uint32_t i = 0; i < difference.count; i++)
    if (i >= SUM_VALUES || difference.multiples[i] < 0 ||
        (difference.multiples[i] > 0 && (!find_least(f, difference.values[i], &part) ||
                                         __builtin_mul_overflow(part, difference.multiples[i], &part) ||
                                         __builtin_add_overflow(least, part, &least))))
      return false;
  return least >= 0;
}

static void set_least(Finder *f, IrValue *least, IrValue x) {
  if (*least == IR_NONE || is_at_least(f, *least, x))
    *least = x;
  else if (!is_at_least(f, x, *least))
    *least = emit_min(&f->m->e, *least, x);
}

static void set_most(Finder *f, IrValue *most, IrValue x) {
  if (*most == IR_NONE || is_at_least(f, x, *most))
    *most = x;
  else if (!is_at_least(f, *most, x))
    *most = emit_max(&f->m->e, *most, x);
}

// Where an access lies in the box of one iteration of the loop.
typedef struct Part {
  IrValue low, high; // of the run
  int64_t steps[STREAM_DIMENSIONS];
  IrValue counts[STREAM_DIMENSIONS];
} Part;

static Part find_part(Finder *f, const Stream *stream, const Access *access) {
  Emitter *e = &f->m->e;
  Part part = {0};
  part.low = emit_number(e, split_constant(stream, access->offset.constant, part.steps));
  part.high = emit_add_number(e, part.low, type_bits(access->type) / 8);
  for (uint32_t d = 0; d < stream->count; d++)
    part.counts[d] = emit_number(e, part.steps[d] + 1);
  for (uint32_t i = 0; i < access->offset.count; i++) {
    const AffineTerm *term = &access->offset.terms[i];
    if (!moves_in_tile(f, term->iterator) || quantity_is_zero(term->coefficient))
      continue;
    const StreamStride *stride = stream_stride(stream, term->coefficient);
    IrValue *count = stride->dimension ? &part.counts[stride->dimension - 1] : NULL;
    IrValue span =
        emit_mul_number(e, emit_add_number(e, iterations_of(f, term->iterator), -1), stride->multiple);
    if (count)
      *count = emit_add(e, *count, span);
    else if (stride->multiple < 0)
      part.low = emit_add(e, part.low, span);
    else
      part.high = emit_add(e, part.high, span);
  }
  return part;
}

void stream_cover(Finder *f, Stream *stream, const Access *access) {
  Part part = find_part(f, stream, access);
  for (uint32_t i = 0; i < access->offset.count; i++) {
    const AffineTerm *term = &access->offset.terms[i];
    const StreamStride *stride =
        moves_in_tile(f, term->iterator) ? stream_stride(stream, term->coefficient) : NULL;
    if (stride && stride->dimension && f->m->chosen[f->m->region->iterators.data[term->iterator].loop])
      stream->dimensions[stride->dimension - 1].lanes = true;
  }
  set_least(f, &stream->low, part.low);
  set_most(f, &stream->high, part.high);
  for (uint32_t d = 0; d < stream->count; d++)
    set_most(f, &stream->dimensions[d].count, part.counts[d]);
}

bool stream_is_exact(Finder *f, const Stream *stream) {
  bool first = false, last = false;
  for (size_t t = 0; t < f->touches.count; t++) {
    const Access *access = &f->m->region->accesses.data[f->touches.data[t].access];
    if (!f->touches.data[t].always || !stream_has(f, stream, access))
      continue;
    Part part = find_part(f, stream, access);
    bool begins = same_value(f, part.low, stream->low), ends = same_value(f, part.high, stream->high);
    for (uint32_t d = 0; d < stream->count; d++) {
      begins = begins && part.steps[d] == 0;
      ends = ends && same_value(f, part.counts[d], stream->dimensions[d].count);
    }
    first = first || begins;
    last = last || ends;
  }
  return first && last;
}

int64_t stream_advance(const Stream *stream) {
  return stream->multiple < 0 ? -stream->multiple : stream->multiple;
}

// x and (iterations - 1) * step.
static IrValue grown(Mapper *m, IrValue x, IrValue iterations, int64_t step) {
  int64_t number = 0;
  if (emit_is_number(&m->e, x, &number) && number == step)
    return emit_mul_number(&m->e, iterations, step);
  return emit_add(&m->e, x, emit_mul_number(&m->e, emit_add_number(&m->e, iterations, -1), step));
}

IrValue stream_run(Mapper *m, const Stream *stream, IrValue iterations) {
  IrValue run = emit_sub(&m->e, stream->high, stream->low);
  return stream->own ? run : grown(m, run, iterations, stream_advance(stream));
}

IrValue stream_count(Mapper *m, const Stream *stream, uint32_t dimension, IrValue iterations) {
  IrValue count = stream->dimensions[dimension].count;
  return stream->own != dimension + 1 ? count : grown(m, count, iterations, stream->multiple);
}

IrValue stream_coefficient(Mapper *m, const Stream *stream, Quantity stride) {
  for (uint32_t i = 0; i < stream->stride_count; i++) {
    const StreamStride *s = &stream->strides[i];
    if (quantities_equal(s->stride, stride))
      return s->dimension ? emit_mul_number(&m->e, stream->dimensions[s->dimension - 1].pitch, s->multiple)
                          : emit_number(&m->e, s->multiple);
  }
  return emit_number(&m->e, 0);
}

IrValue stream_address(Mapper *m, const Stream *stream, const Affine *affine) {
  int64_t steps[STREAM_DIMENSIONS];
  IrValue place = emit_number(&m->e, split_constant(stream, affine->constant, steps)), walk = IR_NONE;
  for (uint32_t d = 0; d < stream->count; d++)
    place = emit_add(&m->e, place, emit_mul_number(&m->e, stream->dimensions[d].pitch, steps[d]));
  for (uint32_t i = 0; i < affine->count; i++) {
    const AffineTerm *term = &affine->terms[i];
    bool moving = term->iterator == m->stage->iterator || term->iterator == m->lane ||
                  iterator_within(m->region, term->iterator, m->stage->loop);
    if (moving && walk_value(m, stream, term->iterator, term->coefficient) == IR_NONE)
      place = emit_add(&m->e, place,
                       emit_mul(&m->e, m->e.variables[m->iterators[term->iterator]],
                                stream_coefficient(m, stream, term->coefficient)));
  }
  // What changes in the loops comes last, the innermost one's at the end.
  place = emit_add(&m->e, stream->shifted, place);
  for (uint32_t i = 0; i < affine->count; i++) {
    walk = walk_value(m, stream, affine->terms[i].iterator, affine->terms[i].coefficient);
    place = walk == IR_NONE ? place : emit_add(&m->e, place, walk);
  }
  return place;
}
