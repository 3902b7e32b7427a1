// An image with its borders, made in the scratchpad before a contraction that can only read it as it lies
// there: filled with what lies beyond its edges, then the image is copied into its middle by one transfer.
#include "support/round.h"
#include "target/tensor/tile/size.h"
#include "target/tensor/tile/tile.h"

enum { LINE = 8 }; // bytes of which rows are multiples

// A direction in the image: along a border, or along iterators that do not leave it.
typedef struct Axis {
  int64_t stride;     // bytes of the image
  int64_t count;      // places that are read, those beyond the edges included
  int64_t first, end; // those of them that are in memory
  int64_t pitch;      // bytes of what is made
} Axis;

typedef struct Axes {
  Axis axes[BORDERED_AXES];
  uint32_t count; // by rising strides
  uint32_t of_border[CONTRACTION_BORDERS], of_iterator[CONTRACTION_ITERATORS];
} Axes;

enum { NO_AXIS = UINT32_MAX };

static bool add_axis(Axes *axes, Axis axis, uint32_t *number) {
  *number = axes->count;
  if (axes->count == BORDERED_AXES || axis.stride <= 0)
    return false;
  axes->axes[axes->count++] = axis;
  return true;
}

static bool add_borders(const Contraction *c, Axes *axes) {
  for (uint32_t b = 0; b < c->border_count; b++) {
    const ContractionBorder *border = &c->borders[b];
    int64_t count = 1;
    for (uint32_t i = 0; i < c->count; i++)
      count += c->iterators[i].steps[b] * (c->iterators[i].extent.constant - 1);
    int64_t first = size_larger(-border->first, 0), end = size_smaller(border->extent - border->first, count);
    if (first >= end || !add_axis(axes, (Axis){border->stride, count, first, end, 0}, &axes->of_border[b]))
      return false;
  }
  return true;
}

// Iterators that leave no edge: those closer together than the pixels are within a run, whose length this
// adds to; others have an axis of their own.
static bool add_iterators(const Contraction *c, int64_t nearest, Axes *axes, int64_t *run) {
  for (uint32_t i = 0; i < c->count; i++) {
    const ContractionIterator *iterator = &c->iterators[i];
    int64_t extent = iterator->extent.constant, along = 0;
    bool moves = false;
    axes->of_iterator[i] = NO_AXIS;
    if (!has_constant_steps(iterator))
      return false;
    int64_t stride = constant_stride(iterator, c->bordered);
    for (uint32_t b = 0; b < c->border_count; b++) {
      moves = moves || iterator->steps[b] != 0;
      along += iterator->steps[b] * c->borders[b].stride;
    }
    if (moves ? stride != along : stride < 0)
      return false;
    if (moves || stride == 0 || extent == 1)
      continue;
    if (stride < nearest)
      *run += stride * (extent - 1);
    else if (!add_axis(axes, (Axis){stride, extent, 0, extent, 0}, &axes->of_iterator[i]))
      return false;
  }
  return *run <= nearest;
}

// Gives the axes their pitches, nearest first; returns the bytes of all, 0 where axes cross.
static int64_t size_axes(Axes *axes, int64_t run) {
  int64_t bytes = run, reached = run;
  bool done[BORDERED_AXES] = {false};
  for (uint32_t k = 0; k < axes->count; k++) {
    Axis *next = NULL;
    for (uint32_t a = 0; a < axes->count; a++)
      if (!done[a] && (!next || axes->axes[a].stride < next->stride))
        next = &axes->axes[a];
    done[next - axes->axes] = true;
    if (next->stride < reached)
      return 0;
    reached += next->stride * (next->end - next->first - 1);
    next->pitch = k == 0 ? bytes : (int64_t)round_up((uint64_t)bytes, LINE);
    bytes = next->pitch * next->count;
  }
  return bytes;
}

// The transfer into the middle: a run, and the axes that do not go on where it ends.
static bool plan_transfer(const Axes *axes, int64_t run, BorderedImage *image) {
  image->run = run;
  for (uint32_t a = 0; a < axes->count; a++) {
    const Axis *axis = &axes->axes[a];
    int64_t valid = axis->end - axis->first;
    image->to += axis->first * axis->pitch;
    if (axis->stride == run && axis->pitch == run && image->run == run) {
      image->run = run * valid;
      continue;
    }
    if (image->dimensions == DMA_DIMENSIONS - 1)
      return false;
    image->counts[image->dimensions] = valid;
    image->from_strides[image->dimensions] = axis->stride;
    image->to_strides[image->dimensions++] = axis->pitch;
  }
  for (uint32_t a = 0; a < axes->count; a++)
    image->from += axes->axes[a].first * axes->axes[a].stride;
  return true;
}

// The operand reads what is made instead.
static void read_copy(Contraction *c, const Axes *axes, BorderedImage *image) {
  Region *region = c->region;
  ContractionOperand *operand = &c->operands[c->bordered];
  for (uint32_t i = 0; i < c->count; i++) {
    ContractionIterator *iterator = &c->iterators[i];
    int64_t stride = 0;
    bool moves = axes->of_iterator[i] != NO_AXIS;
    if (moves)
      stride = axes->axes[axes->of_iterator[i]].pitch;
    for (uint32_t b = 0; b < c->border_count; b++) {
      stride += iterator->steps[b] * axes->axes[axes->of_border[b]].pitch;
      moves = moves || iterator->steps[b] != 0;
      iterator->steps[b] = 0;
    }
    if (moves)
      iterator->strides[c->bordered] = (Quantity){IR_NONE, stride};
  }
  image->source = operand->access;
  image->array = (uint32_t)region->arrays.count;
  Array array = {.kind = ARRAY_MEMORY, .base = IR_NONE, .size = image->bytes};
  VEC_PUSH(&region->arrays, array);
  Access access = {
      .array = image->array, .type = operand->type, .offset = {.invariant = IR_NONE}, .index = NODE_NONE};
  VEC_PUSH(&region->accesses, access);
  operand->access = (uint32_t)region->accesses.count - 1;
  c->border_count = 0;
  c->bordered_image = image;
}

bool bordered_image_plan(const Machine *machine, Contraction *c) {
  Axes axes = {0};
  int64_t run = contraction_size(c, c->bordered), nearest = INT64_MAX;
  for (uint32_t b = 0; b < c->border_count; b++)
    nearest = size_smaller(nearest, c->borders[b].stride);
  BorderedImage *image = ARENA_NEW(c->region->arena, BorderedImage);
  *image = (BorderedImage){0};
  if (!c->border_count || !add_iterators(c, nearest, &axes, &run) || !add_borders(c, &axes))
    return false;
  image->bytes = size_axes(&axes, run);
  // The rest of the memory is what the contraction works with.
  if (!image->bytes || (uint64_t)image->bytes > machine->spm_size / 2 || !plan_transfer(&axes, run, image))
    return false;
  uint64_t bytes = (uint64_t)image->bytes, words = machine->dma_spm_words * 4;
  image->cycles =
      2 * machine->dma_start + machine->dram_latency + bytes / words + bytes / machine->dram_bandwidth;
  read_copy(c, &axes, image);
  return contraction_merge_again(c);
}

void bordered_image_place(Target *target, const Contraction *c, uint64_t behind) {
  const Machine *machine = target->machine;
  BorderedImage *image = c->bordered_image;
  uint64_t at = image->place = round_up(behind, machine->cache_line);
  SymbolId frame = spm_symbol(target, c->region->function, at + (uint64_t)image->bytes, machine->cache_line);
  c->region->arrays.data[image->array].base =
      ir_leaf(c->region->function, IR_SYMBOL, IR_I64, ir_symbol_imm(frame, (int32_t)at));
}

void emit_bordered_image(Emitter *e, const Contraction *c) {
  const BorderedImage *image = c->bordered_image;
  if (!image)
    return;
  IrValue to = c->region->arrays.data[image->array].base;
  dma_reset(e);
  DmaBox all = {.destination = to, .bytes = emit_number(e, image->bytes)};
  dma_wait(e, dma_start(e, &all, emit_outside(e, c)));
  DmaBox middle = {.source = emit_add_number(e, emit_access(e, c->region, image->source), image->from),
                   .destination = emit_add_number(e, to, image->to),
                   .bytes = emit_number(e, image->run),
                   .dimensions = image->dimensions};
  for (uint32_t i = 0; i < image->dimensions; i++) {
    middle.counts[i] = emit_number(e, image->counts[i]);
    middle.source_strides[i] = emit_number(e, image->from_strides[i]);
    middle.destination_strides[i] = emit_number(e, image->to_strides[i]);
  }
  dma_wait(e, dma_start(e, &middle, IR_NONE));
}
