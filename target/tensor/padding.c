// Finds padding that need not be made in memory. As front ends lower it, an operation that reads beyond the
// edges of its image comes behind two nests: one sets a temporary to a value, one copies the image into its
// middle. In C the same is often said by guards. Both become coordinates of the image, and how far they go
// beyond its edges is left to what brings the image to the scratchpad.
#include "target/tensor/padding.h"

#include <string.h>

static bool is_plain_store(const Statement *statement) {
  return statement->guard_count == 0 && statement->condition == NODE_NONE &&
         statement->reduction == IR_OP_COUNT;
}

static const Access *target_of(const Region *region, const Statement *statement) {
  return &region->accesses.data[statement->target];
}

static bool is_constant(Quantity quantity) {
  return quantity.value == IR_NONE;
}

static int64_t extent_of(const Region *region, uint32_t iterator) {
  Quantity extent = region->iterators.data[iterator].extent;
  return is_constant(extent) ? extent.constant : 0;
}

Padding padding_find(const Region *region, const Statement *reduction) {
  const Statement *statements = region->statements.data;
  for (const Statement *copy = statements; copy < reduction; copy++) {
    const Node *value = &region->nodes.data[copy->value];
    uint32_t array = target_of(region, copy)->array, writers = 0;
    if (!is_plain_store(copy) || value->kind != NODE_LOAD ||
        region->arrays.data[array].kind != ARRAY_MEMORY || array == target_of(region, reduction)->array)
      continue;
    const Statement *fill = NULL;
    for (size_t i = 0; i < region->statements.count; i++) {
      if (target_of(region, &statements[i])->array != array)
        continue;
      writers++;
      if (&statements[i] < copy && is_plain_store(&statements[i]) &&
          region->nodes.data[statements[i].value].kind == NODE_CONSTANT)
        fill = &statements[i];
    }
    if (fill && writers == 2)
      return (Padding){fill, copy, array};
  }
  return (Padding){0};
}

uint32_t padding_pattern(uint64_t value, unsigned size) {
  uint64_t pattern = 0;
  for (unsigned i = 0; i < sizeof pattern; i++)
    pattern |= (value >> 8 * (i % size) & 0xff) << 8 * i;
  return (uint32_t)pattern;
}

// What an access touches whose axes stay within the image. False: it is not known.
static bool clip(const Region *region, const PaddedView *view, Access *access) {
  int64_t low = access->offset.constant, high = low + ir_type_bits(access->type) / 8;
  for (uint32_t a = 0; a < view->count; a++) {
    const PaddedAxis *axis = &view->axes[a];
    int64_t first = axis->coordinate.constant, last = first;
    for (uint32_t i = 0; i < axis->coordinate.count; i++)
      last += axis->coordinate.terms[i].coefficient.constant *
              (extent_of(region, axis->coordinate.terms[i].iterator) - 1);
    int64_t end = last < axis->extent ? last : axis->extent - 1;
    low += ((first < 0 ? 0 : first) - first) * axis->stride;
    high += (end - first) * axis->stride;
  }
  for (uint32_t i = 0; i < access->offset.count; i++) {
    const AffineTerm *term = &access->offset.terms[i];
    int64_t bytes = term->coefficient.constant, extent = extent_of(region, term->iterator);
    for (uint32_t a = 0; a < view->count; a++)
      bytes -= affine_coefficient(&view->axes[a].coordinate, term->iterator).constant * view->axes[a].stride;
    if (!is_constant(term->coefficient) || extent <= 0)
      return false;
    low += bytes < 0 ? bytes * (extent - 1) : 0;
    high += bytes > 0 ? bytes * (extent - 1) : 0;
  }
  access->clipped = true;
  access->low = low;
  access->high = high;
  return true;
}

// --- a temporary

// A dimension of the temporary, and how the image lies in it.
typedef struct Dimension {
  int64_t stride, extent;                // bytes of the temporary
  int64_t before, inside, source_stride; // elements in front of the image, of it; bytes of the image
} Dimension;

typedef struct Shape {
  uint32_t count;
  Dimension dimensions[8]; // by rising stride
  int64_t first, bytes;    // of the temporary
  IrValue invariant;
} Shape;

// Bytes that a statement sets without a gap; 0: there are gaps, or the size is not known.
static int64_t dense_bytes(const Region *region, const Access *access) {
  int64_t bytes = ir_type_bits(access->type) / 8;
  for (uint32_t done = 0; done < access->offset.count; done++) {
    const AffineTerm *next = NULL;
    for (uint32_t i = 0; i < access->offset.count; i++)
      if (quantities_equal(access->offset.terms[i].coefficient, (Quantity){IR_NONE, bytes}))
        next = &access->offset.terms[i];
    if (!next || extent_of(region, next->iterator) <= 1)
      return 0;
    bytes *= extent_of(region, next->iterator);
  }
  return bytes;
}

static bool add_dimension(const Region *region, const AffineTerm *term, const Affine *source, Shape *shape) {
  Quantity from = affine_coefficient(source, term->iterator);
  enum { MOST = sizeof shape->dimensions / sizeof *shape->dimensions };
  if (shape->count == MOST || !is_constant(term->coefficient) || term->coefficient.constant <= 0 ||
      !is_constant(from) || from.constant <= 0 || extent_of(region, term->iterator) <= 0)
    return false;
  uint32_t at = shape->count++;
  for (; at > 0 && shape->dimensions[at - 1].stride > term->coefficient.constant; at--)
    shape->dimensions[at] = shape->dimensions[at - 1];
  shape->dimensions[at] = (Dimension){.stride = term->coefficient.constant,
                                      .inside = extent_of(region, term->iterator),
                                      .source_stride = from.constant};
  return true;
}

// What `bytes` is in elements of each dimension; false: it ends between elements.
static bool split(const Shape *shape, int64_t bytes, int64_t *elements) {
  for (uint32_t i = shape->count; i-- > 0;) {
    elements[i] = bytes / shape->dimensions[i].stride;
    bytes %= shape->dimensions[i].stride;
  }
  return bytes == 0;
}

static bool read_shape(const Region *region, const Padding *padding, Shape *shape) {
  const Access *fill = target_of(region, padding->fill), *copy = target_of(region, padding->copy);
  const Access *source = &region->accesses.data[region->nodes.data[padding->copy->value].index];
  *shape = (Shape){.first = fill->offset.constant,
                   .bytes = dense_bytes(region, fill),
                   .invariant = fill->offset.invariant};
  if (fill->type != copy->type || copy->type != source->type || fill->index != NODE_NONE ||
      copy->index != NODE_NONE || source->index != NODE_NONE || !shape->bytes ||
      copy->offset.invariant != shape->invariant || source->offset.count > copy->offset.count ||
      region->arrays.data[source->array].kind != ARRAY_MEMORY || source->array == padding->array)
    return false;
  for (uint32_t i = 0; i < copy->offset.count; i++)
    if (!add_dimension(region, &copy->offset.terms[i], &source->offset, shape))
      return false;
  for (uint32_t i = 0; i < shape->count; i++) {
    Dimension *d = &shape->dimensions[i];
    int64_t next = i + 1 < shape->count ? shape->dimensions[i + 1].stride : shape->bytes;
    if (next % d->stride != 0)
      return false;
    d->extent = next / d->stride;
  }
  int64_t before[sizeof shape->dimensions / sizeof *shape->dimensions],
      at = copy->offset.constant - shape->first;
  if (at < 0 || !split(shape, at, before))
    return false;
  for (uint32_t i = 0; i < shape->count; i++) {
    Dimension *d = &shape->dimensions[i];
    d->before = before[i];
    if (d->before + d->inside > d->extent)
      return false;
  }
  return shape->count > 0;
}

static AffineTerm *new_terms(Region *region, uint32_t count) {
  return ARENA_ARRAY(region->arena, AffineTerm, count ? count : 1);
}

bool padding_view(Region *region, const Padding *padding, uint32_t access, PaddedView *view) {
  Shape shape;
  if (!read_shape(region, padding, &shape))
    return false;
  const Access *old = &region->accesses.data[access];
  const Access *source = &region->accesses.data[region->nodes.data[padding->copy->value].index];
  Access new = {.array = source->array, .type = source->type, .offset = source->offset, .index = NODE_NONE};
  int64_t origins[sizeof shape.dimensions / sizeof *shape.dimensions], last[PADDED_AXES + 8];
  int64_t at = old->offset.constant - shape.first;
  if (old->index != NODE_NONE || old->type != source->type || old->offset.invariant != shape.invariant ||
      at < 0 || !split(&shape, at, origins))
    return false;
  Affine coordinates[sizeof shape.dimensions / sizeof *shape.dimensions];
  for (uint32_t d = 0; d < shape.count; d++) {
    coordinates[d] = (Affine){.constant = origins[d] - shape.dimensions[d].before,
                              .invariant = IR_NONE,
                              .terms = new_terms(region, old->offset.count)};
    new.offset.constant += coordinates[d].constant * shape.dimensions[d].source_stride;
    last[d] = origins[d];
  }
  new.offset.count = old->offset.count;
  new.offset.terms = new_terms(region, old->offset.count);
  for (uint32_t i = 0; i < old->offset.count; i++) {
    const AffineTerm *term = &old->offset.terms[i];
    int64_t steps[sizeof shape.dimensions / sizeof *shape.dimensions], bytes = 0;
    int64_t extent = extent_of(region, term->iterator);
    if (!is_constant(term->coefficient) || term->coefficient.constant <= 0 || extent <= 0 ||
        !split(&shape, term->coefficient.constant, steps))
      return false;
    for (uint32_t d = 0; d < shape.count; d++) {
      bytes += steps[d] * shape.dimensions[d].source_stride;
      last[d] += steps[d] * (extent - 1);
      if (steps[d])
        coordinates[d].terms[coordinates[d].count++] = (AffineTerm){term->iterator, {IR_NONE, steps[d]}};
    }
    new.offset.terms[i] = (AffineTerm){term->iterator, {IR_NONE, bytes}};
  }
  view->count = 0;
  for (uint32_t d = 0; d < shape.count; d++) {
    const Dimension *dimension = &shape.dimensions[d];
    if (last[d] >= dimension->extent) // it goes on in the next dimension
      return false;
    if (coordinates[d].constant >= 0 && last[d] - dimension->before < dimension->inside)
      continue;
    if (view->count == PADDED_AXES)
      return false;
    view->axes[view->count++] = (PaddedAxis){coordinates[d], dimension->inside, dimension->source_stride};
  }
  uint64_t value = (uint64_t)region->nodes.data[padding->fill->value].imm;
  view->pattern = padding_pattern(value, ir_type_bits(new.type) / 8);
  if (!clip(region, view, &new))
    return false;
  VEC_PUSH(&region->accesses, new);
  view->access = (uint32_t)region->accesses.count - 1;
  return true;
}

// --- guards

static bool all_constant(const Affine *affine) {
  for (uint32_t i = 0; i < affine->count; i++)
    if (!is_constant(affine->terms[i].coefficient))
      return false;
  return affine->invariant == IR_NONE && affine->count > 0;
}

// Whether y goes down where x goes up, by as much.
static bool is_opposite(const Affine *x, const Affine *y) {
  if (x->count != y->count)
    return false;
  for (uint32_t i = 0; i < x->count; i++)
    if (x->terms[i].iterator != y->terms[i].iterator ||
        x->terms[i].coefficient.constant != -y->terms[i].coefficient.constant)
      return false;
  return true;
}

// The lower guard says that the coordinate is not below 0, the upper one that it is below the extent. A guard
// alone bounds what the loops leave open on the other side.
static bool read_axis(Region *region, const Affine *lower, const Affine *upper, const Access *access,
                      PaddedAxis *axis) {
  const Affine *guard = lower ? lower : upper;
  int64_t greatest = lower ? lower->constant : 0;
  axis->coordinate = (Affine){.constant = greatest,
                              .invariant = IR_NONE,
                              .count = guard->count,
                              .terms = new_terms(region, guard->count)};
  axis->stride = 0;
  for (uint32_t i = 0; i < guard->count; i++) {
    uint32_t iterator = guard->terms[i].iterator;
    int64_t step = guard->terms[i].coefficient.constant * (lower ? 1 : -1);
    int64_t extent = extent_of(region, iterator);
    Quantity bytes = affine_coefficient(&access->offset, iterator);
    if (step <= 0 || extent <= 0 || !is_constant(bytes) || bytes.constant <= 0 ||
        bytes.constant % step != 0 || (axis->stride && axis->stride != bytes.constant / step))
      return false;
    axis->stride = bytes.constant / step;
    axis->coordinate.terms[i] = (AffineTerm){iterator, {IR_NONE, step}};
    greatest += step * (extent - 1);
  }
  axis->extent = upper ? upper->constant + axis->coordinate.constant + 1 : greatest + 1;
  return axis->extent > 0;
}

// Whether for each place of the iterators that the other operand moves with, one of those that it does not
// move with lies within the image: then all of that operand is read.
static bool reads_all(const Region *region, const PaddedAxis *axis, const Access *other) {
  const AffineTerm *shared = NULL, *free = NULL;
  for (uint32_t i = 0; i < axis->coordinate.count; i++) {
    const AffineTerm *term = &axis->coordinate.terms[i];
    const AffineTerm **kind = affine_has(&other->offset, term->iterator) ? &shared : &free;
    if (*kind)
      return false;
    *kind = term;
  }
  int64_t count = shared ? extent_of(region, shared->iterator) : 1;
  int64_t places = free ? extent_of(region, free->iterator) : 1;
  for (int64_t k = 0; k < count; k++) {
    int64_t at = axis->coordinate.constant + (shared ? k * shared->coefficient.constant : 0);
    int64_t step = free ? free->coefficient.constant : 1;
    int64_t skipped = at < 0 ? (-at + step - 1) / step : 0;
    if (skipped >= places || at + skipped * step >= axis->extent)
      return false;
  }
  return true;
}

bool reads_access(const Region *region, uint32_t node, uint32_t access, unsigned depth) {
  enum { MOST_DEPTH = 64 };
  const Node *n = &region->nodes.data[node];
  bool reads = depth >= MOST_DEPTH || (n->kind == NODE_LOAD && n->index == access);
  for (unsigned i = 0; i < n->operand_count && !reads; i++)
    reads = reads_access(region, n->operands[i], access, depth + 1);
  return reads;
}

bool reads_alone(const Region *region, const Statement *reduction, uint32_t access) {
  for (size_t i = 0; i < region->statements.count; i++) {
    const Statement *s = &region->statements.data[i];
    if (s != reduction && (s->target == access || reads_access(region, s->value, access, 0) ||
                           (s->condition != NODE_NONE && reads_access(region, s->condition, access, 0))))
      return false;
  }
  return true;
}

bool padding_of_guards(Region *region, const Statement *reduction, uint32_t access, uint32_t other,
                       PaddedView *view) {
  const Affine *guards = reduction->guards;
  const Access *x = &region->accesses.data[access], *y = &region->accesses.data[other];
  Bitset used = bitset_new(region->arena, reduction->guard_count);
  view->access = access;
  view->count = 0;
  for (uint32_t i = 0; i < reduction->guard_count; i++) {
    if (!all_constant(&guards[i]))
      return false;
    if (bitset_has(&used, i))
      continue;
    bool lower = guards[i].terms[0].coefficient.constant > 0;
    const Affine *opposite = NULL;
    for (uint32_t j = i + 1; j < reduction->guard_count && !opposite; j++)
      if (!bitset_has(&used, j) && is_opposite(&guards[i], &guards[j])) {
        opposite = &guards[j];
        bitset_add(&used, j);
      }
    PaddedAxis *axis = &view->axes[view->count];
    if (view->count == PADDED_AXES ||
        !read_axis(region, lower ? &guards[i] : opposite, lower ? opposite : &guards[i], x, axis) ||
        !reads_all(region, axis, y))
      return false;
    view->count++;
  }
  return reads_alone(region, reduction, access) && clip(region, view, &region->accesses.data[access]);
}
