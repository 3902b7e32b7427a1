// Images whose pixels lie side by side (NCHW) that stay in the scratchpad as they are, plane by plane, while
// a window goes over them. Pixels are columns: each value of k is the same pattern of pixels, some bytes on
// from the last one. So an index vector says where a block's pixels lie, and a table where each value of k
// begins; both are constants.
//
// In fp32 a word is one value of k, and an indexed load brings a word of all columns. Narrower values are
// packed: indexed loads bring as many values of k as a word has, and a segment store interleaves them in a
// panel of columns, between the products of the panel before.
#include "target/tensor/tile/planes.h"
#include "support/round.h"
#include "target/tensor/tile/size.h"

#include <string.h>

enum {
  MOST_GAP = 4, // elements from pixel to pixel, where lines are fetched with what is between
  BOX_DIMENSIONS = DMA_DIMENSIONS - 1,
  MOST_OFFSET = UINT16_MAX // of a pixel in a plane, where indices have 16 bits
};

// --- the form

// Pixels one after another along axes, innermost first: what they step over.
static bool read_pixels(const Contraction *c, Planes *p) {
  const ContractionParts *parts = &c->pixels;
  int64_t size = contraction_size(c, CONTRACTION_Y), before = 0;
  p->axis_count = parts->count;
  for (uint32_t a = 0; a < parts->count; a++) {
    if (!is_positive_constant(parts->extents[a]) || !is_positive_constant(parts->strides[a]))
      return false;
    PlaneStep *step = &p->pixels[a];
    step->extent = parts->extents[a].constant;
    step->stride = parts->strides[a].constant;
    if (step->stride <= before)
      return false; // neither lines nor planes
    before = step->stride;
    p->axes[a].unit = a ? step->stride : size;
  }
  return p->pixels[0].stride % size == 0 && p->pixels[0].stride <= MOST_GAP * size;
}

// The axis along which part i of the sum moves: that whose pixels move along the same borders, if any, and
// which reaches as far as its stride. None: axis_count.
static uint32_t axis_of(const Contraction *c, const Planes *p, uint32_t i) {
  for (uint32_t a = 0; a < p->axis_count; a++) {
    bool same = true, bordered = false;
    for (uint32_t b = 0; b < c->border_count; b++) {
      same = same && (c->taps.steps[i][b] != 0) == (c->pixels.steps[a][b] != 0);
      bordered = bordered || c->taps.steps[i][b] != 0;
    }
    if (same && (bordered || p->taps[i].stride <= (p->pixels[a].extent - 1) * p->pixels[a].stride))
      return a;
  }
  return p->axis_count;
}

static bool read_taps(const Contraction *c, Planes *p) {
  const ContractionParts *parts = &c->taps;
  p->tap_count = parts->count;
  for (uint32_t i = 0; i < parts->count; i++) {
    if (!is_positive_constant(parts->extents[i]) || !is_positive_constant(parts->strides[i]))
      return false;
    PlaneStep *tap = &p->taps[i];
    tap->extent = parts->extents[i].constant;
    tap->stride = parts->strides[i].constant;
    p->tap_axes[i] = axis_of(c, p, i);
    if (p->tap_axes[i] < p->axis_count)
      p->axes[p->tap_axes[i]].unit = greatest_divisor(p->axes[p->tap_axes[i]].unit, tap->stride);
  }
  return true;
}

// Which units of the axes are in memory: the others lie beyond borders. Only what lies along an axis may move
// along its border.
static bool read_borders(const Contraction *c, Planes *p) {
  for (uint32_t b = 0; b < c->border_count; b++) {
    const ContractionBorder *border = &c->borders[b];
    uint32_t axis = 0;
    while (axis < p->axis_count && p->axes[axis].unit != border->stride)
      axis++;
    if (c->bordered != CONTRACTION_Y || axis == p->axis_count)
      return false;
    for (uint32_t i = 0; i < c->pixels.count; i++)
      if (c->pixels.steps[i][b] * border->stride != (i == axis ? p->pixels[i].stride : 0) &&
          p->pixels[i].extent > 1)
        return false;
    for (uint32_t i = 0; i < c->taps.count; i++)
      if (c->taps.steps[i][b] * border->stride != (p->tap_axes[i] == axis ? p->taps[i].stride : 0) &&
          p->taps[i].extent > 1)
        return false;
    for (uint32_t i = 0; i < contraction_outer_count(c); i++)
      if (c->iterators[i].steps[b] != 0)
        return false;
    PlaneAxis *a = &p->axes[axis];
    a->first = size_smaller(size_larger(-border->first, 0), a->count);
    a->end = size_smaller(border->extent - border->first, a->count);
    if (a->first >= a->end)
      return false;
  }
  return true;
}

// How far the axes reach.
static void measure_axes(Planes *p) {
  for (uint32_t a = 0; a < p->axis_count; a++) {
    PlaneAxis *axis = &p->axes[a];
    int64_t last = (p->pixels[a].extent - 1) * p->pixels[a].stride;
    for (uint32_t i = 0; i < p->tap_count; i++)
      if (p->tap_axes[i] == a)
        last += (p->taps[i].extent - 1) * p->taps[i].stride;
    axis->count = axis->end = last / axis->unit + 1;
  }
}

int64_t planes_place_axes(int64_t size, int64_t lines, Planes *p) {
  int64_t pitch = size;
  for (uint32_t a = 0; a < p->axis_count; a++) {
    PlaneAxis *axis = &p->axes[a];
    axis->pitch = pitch;
    p->pixels[a].place = p->pixels[a].stride / axis->unit * pitch;
    for (uint32_t i = 0; i < p->tap_count; i++)
      if (p->tap_axes[i] == a)
        p->taps[i].place = p->taps[i].stride / axis->unit * pitch;
    bool last = a + 1 == p->axis_count;
    pitch *= last ? lines : axis->count + (a == 0 ? p->slabs.pad : 0);
  }
  return pitch;
}

static bool add_level(const Machine *machine, Planes *p, int64_t extent, int64_t stride, int64_t *place) {
  *place = (int64_t)p->bytes;
  if (extent > 1)
    p->levels[p->level_count++] = (PlaneStep){extent, stride, *place};
  if ((uint64_t)extent > machine->spm_size / p->bytes)
    return false;
  p->bytes *= (uint64_t)extent;
  return true;
}

// What goes from plane to plane, in the order in which it lies in memory.
static bool place_levels(const Machine *machine, const Contraction *c, Planes *p) {
  bool done[CONTRACTION_PARTS + CONTRACTION_ITERATORS] = {false};
  uint32_t outer = contraction_outer_count(c), count = p->tap_count + outer;
  for (;;) {
    uint32_t next = count;
    int64_t least = 0;
    for (uint32_t i = 0; i < count; i++) {
      bool tap = i < p->tap_count;
      int64_t stride =
          tap ? p->taps[i].stride : constant_stride(&c->iterators[i - p->tap_count], CONTRACTION_Y);
      if (done[i] || stride == 0 || (tap && p->tap_axes[i] < p->axis_count) ||
          (next < count && stride >= least))
        continue;
      next = i;
      least = stride;
    }
    if (next == count)
      return true;
    done[next] = true;
    bool tap = next < p->tap_count;
    int64_t extent = tap ? p->taps[next].extent : c->iterators[next - p->tap_count].extent.constant;
    if (p->level_count == CONTRACTION_ITERATORS - 1 ||
        !add_level(machine, p, extent, least, tap ? &p->taps[next].place : &p->outer[next - p->tap_count]))
      return false;
  }
}

static int64_t last_pixel(const Planes *p) {
  int64_t last = 0;
  for (uint32_t a = 0; a < p->axis_count; a++)
    last += (p->pixels[a].extent - 1) * p->pixels[a].place;
  return last;
}

// Runs side by side that a transfer moves, and boxes of them.
typedef struct Boxes {
  int64_t bytes;
  PlaneStep steps[CONTRACTION_PARTS + CONTRACTION_ITERATORS];
  uint32_t count;
} Boxes;

static PlaneStep step_of(const PlaneAxis *axis) {
  return (PlaneStep){axis->end - axis->first, axis->unit, axis->pitch};
}

static Boxes boxes_of(const Planes *p) {
  Boxes boxes = {.bytes = (p->axes[0].end - p->axes[0].first) * p->axes[0].pitch};
  for (uint32_t i = 1; i < p->axis_count + p->level_count; i++) {
    PlaneStep step = i < p->axis_count ? step_of(&p->axes[i]) : p->levels[i - p->axis_count];
    PlaneStep *before = boxes.count ? &boxes.steps[boxes.count - 1] : NULL;
    if (step.extent == 1)
      continue;
    if (!before && step.stride == boxes.bytes && step.place == boxes.bytes)
      boxes.bytes *= step.extent;
    else if (before && step.stride == before->stride * before->extent &&
             step.place == before->place * before->extent)
      before->extent *= step.extent;
    else
      boxes.steps[boxes.count++] = step;
  }
  return boxes;
}

static int64_t transfers_of(const Boxes *boxes) {
  int64_t count = 1;
  for (uint32_t i = BOX_DIMENSIONS; i < boxes->count; i++)
    count *= boxes->steps[i].extent;
  return count;
}

int64_t planes_pixels(const Planes *p) {
  int64_t pixels = 1;
  for (uint32_t a = 0; a < p->axis_count; a++)
    pixels *= p->pixels[a].extent;
  return pixels;
}

bool planes_read(const Machine *machine, Contraction *c, Planes *p) {
  memset(p, 0, sizeof *p);
  const ContractionIterator *sum = contraction_main(c, ROLE_SUM);
  if (!c->pixels.count || c->finish.any || c->start == START_MEMORY ||
      c->operands[CONTRACTION_X].zero != NODE_NONE || sum->extent.value != IR_NONE ||
      !quantity_is(sum->strides[CONTRACTION_X], contraction_size(c, CONTRACTION_Y)) || !read_pixels(c, p) ||
      !read_taps(c, p))
    return false;
  for (uint32_t i = 0; i < p->tap_count; i++)
    if (p->tap_axes[i] < p->axis_count && p->taps[i].stride > (int64_t)machine->spm_size)
      return false;
  measure_axes(p);
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    if (c->iterators[i].sums || !has_constant_steps(&c->iterators[i]) ||
        constant_stride(&c->iterators[i], CONTRACTION_Y) < 0)
      return false;
  return read_borders(c, p);
}

// Where the last image of the outer iterators begins.
static int64_t last_image(const Contraction *c, const Planes *p) {
  int64_t last = 0;
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    last += (c->iterators[i].extent.constant - 1) * p->outer[i];
  return last;
}

bool planes_find(const Machine *machine, Contraction *c, Planes *p) {
  const ContractionIterator *sum = contraction_main(c, ROLE_SUM);
  int64_t size = contraction_size(c, CONTRACTION_Y), most = (int64_t)machine->spm_size, bytes = size;
  if (!planes_read(machine, c, p))
    return false;
  for (uint32_t a = 0; a < p->axis_count; a++) {
    if (p->axes[a].count > most / bytes)
      return false;
    bytes *= p->axes[a].count;
  }
  p->bytes = (uint64_t)planes_place_axes(size, p->axes[p->axis_count - 1].count, p);
  if (!place_levels(machine, c, p))
    return false;
  Boxes boxes = boxes_of(p);
  int64_t last = last_pixel(p);
  if (transfers_of(&boxes) > PLANES_MOST_BOXES)
    return false;
  p->index_bytes = c->word == 1 ? 4 : 2;
  if (p->index_bytes == 2 && last > MOST_OFFSET)
    return false;
  p->zeros = -1;
  if (c->word == 2 && sum->extent.constant % 2 != 0) {
    p->zeros = (int64_t)p->bytes;
    p->bytes += (uint64_t)(last + size + last_image(c, p)); // as many behind each image
  }
  return p->bytes <= machine->spm_size;
}

// --- sizes and estimate

int64_t planes_place_of_pixel(const Planes *p, int64_t pixel) {
  int64_t place = 0;
  for (uint32_t a = 0; a < p->axis_count; a++) {
    place += pixel % p->pixels[a].extent * p->pixels[a].place;
    pixel /= p->pixels[a].extent;
  }
  return place;
}

static int64_t place_of_tap(const Planes *p, int64_t k) {
  int64_t place = 0;
  for (uint32_t i = 0; i < p->tap_count; i++) {
    place += k % p->taps[i].extent * p->taps[i].place;
    k /= p->taps[i].extent;
  }
  return place;
}

// Cycles in which the pixels of the blocks are loaded for a value of k, on the average of all ways to lie to
// a word.
static uint64_t loads_of(const Machine *machine, const Planes *p, int64_t size, int64_t block_columns) {
  enum { MOST_LANES = 64, WORD = 4 };
  int64_t pixels = planes_pixels(p), lanes = (int64_t)machine->spm_lanes, cycles = 0, count = 0;
  if (lanes > MOST_LANES)
    return (uint64_t)block_columns;
  for (int64_t first = 0; first < pixels; first += block_columns)
    for (int64_t from = 0; from < WORD; from += size, count++) {
      uint32_t words[MOST_LANES] = {0}, most = 0;
      int64_t last = -1;
      for (int64_t i = first; i < pixels && i < first + block_columns; i++) {
        int64_t word = (planes_place_of_pixel(p, i) + from) / WORD;
        uint32_t *used = &words[word % lanes];
        *used += word != last;
        most = *used > most ? *used : most;
        last = word;
      }
      cycles += most;
    }
  return (uint64_t)size_divide_up(cycles, count);
}

void planes_size(const Machine *machine, Contraction *c, unsigned block_columns, uint64_t words, Planes *p) {
  uint64_t pixels = round_up((uint64_t)planes_pixels(p), block_columns);
  p->taps_at = round_up(pixels * p->index_bytes, 8);
  p->table_bytes = p->taps_at + (words + 4) * c->word * 4; // and some that are loaded, and not used
  p->load_cycles = loads_of(machine, p, contraction_size(c, CONTRACTION_Y), block_columns);
}

uint64_t planes_fetch_cycles(const Machine *machine, const Planes *p) {
  Boxes boxes = boxes_of(p);
  int64_t beat = (int64_t)machine->dram_bandwidth, runs = 1, bytes = boxes.bytes;
  for (uint32_t i = 0; i < boxes.count; i++)
    runs *= boxes.steps[i].extent;
  int64_t part = bytes % beat != 0 ? beat - 1 : 0;
  int64_t dram = runs * (bytes + part) / beat,
          spm = runs * size_divide_up(bytes, (int64_t)machine->dma_spm_words * 4);
  return (uint64_t)(transfers_of(&boxes) * (int64_t)machine->dma_start + size_larger(dram, spm));
}

// --- transfers

void planes_put_number(uint8_t *to, uint64_t number, uint64_t bytes) {
  for (uint64_t i = 0; i < bytes; i++)
    to[i] = (uint8_t)(number >> 8 * i);
}

void planes_fetch_table(Schedule *s, const uint8_t *bytes) {
  Emitter *e = &s->e;
  const Function *f = e->builder.f;
  uint64_t size = s->p->planes.table_bytes;
  const char *name = arena_format(&e->target->arena, ".Lkiln.planes.%s.%u",
                                  e->target->symbols.data[f->symbol].name, s->c->region->entry);
  DmaBox box = {.source = emit_data(e, name, bytes, (uint32_t)size, 8),
                .destination = s->buffers[BUFFER_TABLE],
                .bytes = emit_number(e, (int64_t)size),
                .most = s->most_dimensions};
  set(s, s->ids[0], dma_start(e, &box, IR_NONE));
}

// Places of pixels, those behind the last one in its place; then those of values of k, the missing ones as
// zeros.
static void fetch_table(Schedule *s) {
  Emitter *e = &s->e;
  const Planes *p = &s->p->planes;
  uint8_t *bytes = arena_alloc(&e->target->arena, p->table_bytes, 4);
  memset(bytes, 0, p->table_bytes);
  int64_t pixels = planes_pixels(p), sum = contraction_main(s->c, ROLE_SUM)->extent.constant;
  for (uint64_t i = 0; (i + 1) * p->index_bytes <= p->taps_at; i++)
    planes_put_number(bytes + i * p->index_bytes,
                      (uint64_t)planes_place_of_pixel(p, size_smaller((int64_t)i, pixels - 1)),
                      p->index_bytes);
  for (int64_t k = 0; k < (int64_t)(p->table_bytes - p->taps_at) / 4; k++) {
    int64_t missing = p->zeros < 0 ? 0 : p->zeros;
    planes_put_number(bytes + p->taps_at + 4 * k, (uint64_t)(k < sum ? place_of_tap(p, k) : missing), 4);
  }
  planes_fetch_table(s, bytes);
}

// From `from` in memory to byte `to` of the image (IR_NONE: it is filled with the pattern). Dimensions beyond
// those of a transfer are transfers of their own.
static void move_boxes(Schedule *s, const Boxes *boxes, uint32_t count, IrValue from, int64_t to,
                       IrValue pattern) {
  Emitter *e = &s->e;
  if (count > BOX_DIMENSIONS) {
    const PlaneStep *step = &boxes->steps[count - 1];
    for (int64_t i = 0; i < step->extent; i++) {
      IrValue source = from == IR_NONE ? from : emit_add_number(e, from, i * step->stride);
      move_boxes(s, boxes, count - 1, source, to + i * step->place, pattern);
    }
    return;
  }
  DmaBox box = {.source = from,
                .destination = emit_add_number(e, s->buffers[BUFFER_IMAGE], to),
                .bytes = emit_number(e, boxes->bytes),
                .dimensions = count,
                .most = s->most_dimensions};
  for (uint32_t i = 0; i < count; i++) {
    box.counts[i] = emit_number(e, boxes->steps[i].extent);
    box.source_strides[i] = emit_number(e, from == IR_NONE ? 0 : boxes->steps[i].stride);
    box.destination_strides[i] = emit_number(e, boxes->steps[i].place);
  }
  set(s, s->ids[0], dma_start(e, &box, pattern));
}

// Fills `count` units of an axis from unit `first` on, within what the axes around it have in memory.
static void fill_units(Schedule *s, uint32_t axis, int64_t first, int64_t count) {
  const Planes *p = &s->p->planes;
  Planes rest = {.axis_count = p->axis_count - axis, .level_count = p->level_count};
  if (count <= 0)
    return;
  int64_t to = first * p->axes[axis].pitch;
  for (uint32_t a = axis; a < p->axis_count; a++) {
    rest.axes[a - axis] = p->axes[a];
    rest.axes[a - axis].unit = p->axes[a].pitch; // so that what lies side by side is one run
    to += a > axis ? p->axes[a].first * p->axes[a].pitch : 0;
  }
  rest.axes[0].first = 0;
  rest.axes[0].end = count;
  for (uint32_t i = 0; i < p->level_count; i++)
    rest.levels[i] = (PlaneStep){p->levels[i].extent, p->levels[i].place, p->levels[i].place};
  Boxes boxes = boxes_of(&rest);
  move_boxes(s, &boxes, boxes.count, IR_NONE, to, emit_outside(&s->e, s->c));
}

void planes_fetch(Schedule *s) {
  Emitter *e = &s->e;
  const Planes *p = &s->p->planes;
  fetch_table(s);
  int64_t from = 0, to = 0;
  for (uint32_t a = 0; a < p->axis_count; a++) {
    const PlaneAxis *axis = &p->axes[a];
    fill_units(s, a, 0, axis->first);
    fill_units(s, a, axis->end, axis->count - axis->end);
    from += axis->first * axis->unit;
    to += axis->first * axis->pitch;
  }
  if (p->zeros >= 0) {
    Boxes zeros = {.bytes = (int64_t)p->bytes - p->zeros};
    move_boxes(s, &zeros, 0, IR_NONE, p->zeros, emit_number(e, 0));
  }
  Boxes boxes = boxes_of(p);
  move_boxes(s, &boxes, boxes.count, emit_add_number(e, s->bases[CONTRACTION_Y], from), to, IR_NONE);
}

// --- loads

IrValue planes_first_entry(Schedule *s) {
  return emit_add_number(&s->e, s->buffers[BUFFER_TABLE], (int64_t)s->p->planes.taps_at);
}

IrValue planes_next_entry(Schedule *s) {
  return emit_add(&s->e, planes_first_entry(s), emit_mul_number(&s->e, get(s, s->y_position), 4));
}

void planes_start(Schedule *s, Counter *counter) {
  Emitter *e = &s->e;
  IrValue pixels[COUNTER_LEVELS] = {0};
  for (uint32_t i = 0; i < s->level_count; i++)
    pixels[i] = emit_mul_number(e, s->levels[i].moves[ROLE_COLUMN], (int64_t)s->p->planes.index_bytes);
  s->pixel_entry = schedule_value(s, counter, s->buffers[BUFFER_TABLE], pixels);
  s->image_start = schedule_image(s, counter, s->buffers[BUFFER_IMAGE]);
}

static VectorConfig bytes_config(int64_t bytes, unsigned size, const Machine *machine) {
  unsigned registers = (unsigned)size_divide_up(bytes, machine_vector_bytes(machine));
  return (VectorConfig){.sew = (uint8_t)(8 * size), .lmul = (int8_t)__builtin_ctz(registers)};
}

static IrValue load_index(Schedule *s, IrValue entry) {
  const TilePlan *p = s->p;
  unsigned size = (unsigned)p->planes.index_bytes, columns = p->block_columns;
  // As many as the values that are loaded by it have, whose group is at least a register.
  bool direct = p->layouts[CONTRACTION_Y] == STAGE_DIRECT;
  unsigned value = direct ? 4 : contraction_size(s->c, CONTRACTION_Y),
           bytes = machine_vector_bytes(s->e.machine);
  unsigned least = bytes / value * size, used = columns * size > least ? columns * size : least;
  VectorConfig config = bytes_config(used, size, s->e.machine);
  unsigned registers = 1U << config.lmul;
  IrValue length = used == columns * size ? IR_AVL_MAX : emit_number(&s->e, columns);
  return build_machine(&s->e.builder, size == 2 ? ISA_VLE16_V : ISA_VLE32_V, ir_vector(registers, registers),
                       config, length, 1, &entry);
}

void planes_begin_block_at(Schedule *s, IrValue entry, IrValue image) {
  s->pixel_index = load_index(s, entry);
  s->image = image;
}

void planes_begin_block(Schedule *s) {
  Emitter *e = &s->e;
  int64_t last = last_image(s->c, &s->p->planes); // behind it there is none
  IrValue image = s->buffers[BUFFER_IMAGE];
  if (last)
    image = emit_min(e, get(s, s->image_start), emit_add_number(e, image, last));
  // Steps behind the last block look for pixels, too, and where all steps pack they load them.
  int64_t columns = s->p->block_columns, panels = size_divide_up(planes_pixels(&s->p->planes), columns);
  int64_t last_panel = (panels - 1) * columns * (int64_t)s->p->planes.index_bytes;
  IrValue entry =
      emit_min(e, get(s, s->pixel_entry), emit_add_number(e, s->buffers[BUFFER_TABLE], last_panel));
  planes_begin_block_at(s, entry, image);
}

void planes_begin_first_panel(Schedule *s) {
  s->pixel_index = load_index(s, s->buffers[BUFFER_TABLE]);
  s->image = s->buffers[BUFFER_IMAGE];
}

// Of the entries of two words one after the other, which one load brings.
static IrValue next_place(Schedule *s, IrValue entry) {
  Builder *b = &s->e.builder;
  IrValue pair = s->pair;
  s->pair = IR_NONE;
  if (pair != IR_NONE)
    return build2(b, IR_LSHR, IR_I64, pair, emit_number(&s->e, 32));
  s->pair = build_load(b, IR_I64, entry);
  return build1(b, IR_ZEXT, IR_I64, build1(b, IR_TRUNC, IR_I32, s->pair));
}

IrValue planes_load(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  IrValue entry = get(s, s->y), operands[2] = {IR_NONE, s->pixel_index};
  operands[0] = emit_add(e, s->image, next_place(s, entry));
  VectorConfig config = {.sew = 32, .lmul = (int8_t)__builtin_ctz(p->shape_columns)};
  set(s, s->y, emit_add_number(e, entry, 4));
  IsaOp load = p->planes.index_bytes == 2 ? ISA_VLUXEI16_V : ISA_VLUXEI32_V;
  return build_machine(&e->builder, load, ir_vector(p->shape_columns, p->shape_columns), config,
                       s->column_length, 2, operands);
}

// Entries come in pairs, a word's ahead of when it is packed: a load's latency would be waited for.
static void load_pairs(Schedule *s, IrValue entry) {
  for (unsigned i = 0; i < s->c->word / 2; i++)
    set(s, s->tap_pairs[i], build_load(&s->e.builder, IR_I64, emit_add_number(&s->e, entry, 8 * i)));
}

void planes_begin_packing(Schedule *s) {
  load_pairs(s, get(s, s->pack_from));
}

IrValue planes_load_raw(Schedule *s, IrValue entry, VectorConfig config, IrValue length) {
  Emitter *e = &s->e;
  Builder *b = &e->builder;
  unsigned registers = 1U << config.lmul, all = s->c->word * registers;
  IrValue group = build_undefined(b, ir_vector(all, all)), places[4];
  for (unsigned i = 0; i < s->c->word; i += 2) {
    IrValue pair = get(s, s->tap_pairs[i / 2]);
    IrValue low = build1(b, IR_ZEXT, IR_I64, build1(b, IR_TRUNC, IR_I32, pair));
    places[i] = emit_add(e, s->image, low);
    places[i + 1] = emit_add(e, s->image, build2(b, IR_LSHR, IR_I64, pair, emit_number(e, 32)));
  }
  load_pairs(s, emit_add_number(e, entry, 4 * (int64_t)s->c->word));
  for (unsigned i = 0; i < s->c->word; i++) {
    IrValue operands[2] = {places[i], s->pixel_index};
    group = build_machine_into(b, ISA_VLUXEI16_V, group, i * registers, config, length, 2, operands);
  }
  return group;
}
