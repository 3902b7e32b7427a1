// Slabs of planes (planes_slabs.c): what brings them, makes words of them, and puts rows in the order of
// these words.
#include "target/tensor/tile/planes.h"
#include "target/tensor/tile/size.h"

#include <string.h>

// What the table says of a slab: bytes in memory from the image's first on, and in a plane, to which its
// lines go; how many lines; bytes that are filled at the plane's start, and from where on and how many at its
// end.
enum { ENTRY_FROM, ENTRY_TO, ENTRY_LINES, ENTRY_TOP, ENTRY_BELOW, ENTRY_BOTTOM, ENTRY_NUMBERS };

static const PlaneAxis *lines_of(const Planes *p) {
  return &p->axes[p->axis_count - 1];
}

static void describe_slab(const TilePlan *plan, int64_t slab, int64_t *entry) {
  const Planes *p = &plan->planes;
  const PlaneAxis *lines = lines_of(p);
  int64_t start = slab_first_line(p, slab, plan->block_columns), stop = start + p->slabs.lines;
  int64_t first = size_larger(start, lines->first), end = size_larger(size_smaller(stop, lines->end), first);
  int64_t below = size_larger(end, start), bottom = size_smaller(stop, lines->count) - below;
  memset(entry, 0, ENTRY_NUMBERS * sizeof *entry);
  for (uint32_t a = 0; a + 1 < p->axis_count; a++) {
    entry[ENTRY_FROM] += p->axes[a].first * p->axes[a].unit;
    entry[ENTRY_TO] += p->axes[a].first * p->axes[a].pitch;
  }
  entry[ENTRY_FROM] += first * lines->unit;
  entry[ENTRY_TO] += (first - start) * lines->pitch;
  entry[ENTRY_LINES] = end - first;
  entry[ENTRY_TOP] = (size_smaller(first, stop) - start) * lines->pitch;
  entry[ENTRY_BELOW] = (below - start) * lines->pitch;
  entry[ENTRY_BOTTOM] = size_larger(bottom, 0) * lines->pitch;
}

// Where pixels and words of k lie; the slabs; the bytes of rows.
static void fetch_table(Schedule *s) {
  const TilePlan *plan = s->p;
  const Planes *p = &plan->planes;
  const PlaneSlabs *slabs = &p->slabs;
  uint8_t *bytes = arena_alloc(&s->e.target->arena, p->table_bytes, 8);
  memset(bytes, 0, p->table_bytes);
  int64_t pixels = planes_pixels(p);
  for (uint64_t i = 0; (i + 1) * p->index_bytes <= p->taps_at; i++) {
    int64_t place = slab_place_of_pixel(p, size_smaller((int64_t)i, pixels - 1), plan->block_columns);
    planes_put_number(bytes + i * p->index_bytes, (uint64_t)place, p->index_bytes);
  }
  for (int64_t k = 0; k < slabs->words; k++)
    planes_put_number(bytes + p->taps_at + 4 * k, (uint64_t)slab_place_of_word(p, k), 4);
  for (uint64_t i = 0; i < slabs->count; i++) {
    int64_t entry[ENTRY_NUMBERS];
    describe_slab(plan, (int64_t)i, entry);
    for (unsigned k = 0; k < ENTRY_NUMBERS; k++)
      planes_put_number(bytes + slabs->entries_at + 8 * (i * ENTRY_NUMBERS + k), (uint64_t)entry[k], 8);
  }
  int64_t out = slabs->chunk_in ? slabs->chunk_out + slabs->rest_out : 0;
  for (int64_t i = 0; i < out; i++) {
    bool rest = i >= slabs->chunk_out;
    int64_t to = rest ? i - slabs->chunk_out + slabs->chunks * slabs->chunk_out : i;
    int64_t from = slab_row_byte(p, 1, to), beyond = 0xff;
    planes_put_number(bytes + slabs->gathers_at + i,
                      (uint64_t)(from < 0 ? beyond : from - (rest ? slabs->chunks * slabs->chunk_in : 0)), 1);
  }
  planes_fetch_table(s, bytes);
}

// --- transfers

static void move_box(Schedule *s, const SlabBoxes *boxes, uint32_t count, IrValue from, IrValue to,
                     IrValue lines) {
  Emitter *e = &s->e;
  const PlaneAxis *axis = lines_of(&s->p->planes);
  uint32_t more = !boxes->whole_lines;
  if (count + more > DMA_DIMENSIONS - 1) {
    const PlaneStep *step = &boxes->steps[count - 1];
    for (int64_t i = 0; i < step->extent; i++)
      move_box(s, boxes, count - 1, emit_add_number(e, from, i * step->stride),
               emit_add_number(e, to, i * step->place), lines);
    return;
  }
  DmaBox box = {.source = from, .destination = to, .dimensions = count + more, .most = s->most_dimensions};
  box.bytes = more ? emit_number(e, boxes->bytes) : emit_mul_number(e, lines, boxes->bytes);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t at = i < boxes->before ? i : i + more;
    box.counts[at] = emit_number(e, boxes->steps[i].extent);
    box.source_strides[at] = emit_number(e, boxes->steps[i].stride);
    box.destination_strides[at] = emit_number(e, boxes->steps[i].place);
  }
  if (more) {
    box.counts[boxes->before] = lines;
    box.source_strides[boxes->before] = emit_number(e, axis->unit);
    box.destination_strides[boxes->before] = emit_number(e, axis->pitch);
  }
  set(s, s->slab_id, dma_start(e, &box, IR_NONE));
}

// Bytes of each plane that comes.
static void fill_planes(Schedule *s, IrValue to, IrValue bytes) {
  Emitter *e = &s->e;
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  int64_t all = slabs->raw_bytes ? (int64_t)slabs->raw_bytes : slabs->lane;
  DmaBox box = {.destination = to, .bytes = bytes, .dimensions = 1, .most = s->most_dimensions};
  box.counts[0] = emit_number(e, all / slabs->plane);
  box.source_strides[0] = emit_number(e, 0);
  box.destination_strides[0] = emit_number(e, slabs->plane);
  set(s, s->slab_id, dma_start(e, &box, emit_outside(e, s->c)));
}

// A slab of the image at `address`, to where it comes.
static void fetch_slab(Schedule *s, IrValue address, IrValue to, const IrValue *entry) {
  Emitter *e = &s->e;
  const Planes *p = &s->p->planes;
  SlabBoxes boxes;
  for (unsigned rest = 0; rest < 2; rest++)
    if (slab_boxes(p, rest, &boxes))
      move_box(s, &boxes, boxes.count,
               emit_add_number(e, emit_add(e, address, entry[ENTRY_FROM]), boxes.from),
               emit_add_number(e, emit_add(e, to, entry[ENTRY_TO]), boxes.to), entry[ENTRY_LINES]);
  if (lines_of(p)->first > 0)
    fill_planes(s, to, entry[ENTRY_TOP]);
  if (lines_of(p)->end < lines_of(p)->count)
    fill_planes(s, emit_add(e, to, entry[ENTRY_BELOW]), entry[ENTRY_BOTTOM]);
}

static IrValue raw_place(Schedule *s) {
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  return slabs->among_rows ? emit_add_number(&s->e, s->buffers[BUFFER_X], (int64_t)s->p->slot)
                           : s->buffers[BUFFER_RAW_Y];
}

// What no slab's transfers write, though it is read: borders beside lines, what planes are rounded up by, and
// planes that are missing in the last word.
static bool fill_around(Schedule *s) {
  const Planes *p = &s->p->planes;
  const PlaneSlabs *slabs = &p->slabs;
  bool raw = slabs->raw_bytes != 0, all = raw && slabs->by_planes && slabs->extent % slabs->word != 0;
  bool even = planes_pixels(p) % ((int64_t)slabs->panels * s->p->block_columns) == 0;
  all = all || (raw ? slabs->pad > 0 : slabs->periodic && !even); // pixels behind the last one
  for (uint32_t a = 0; a + 1 < p->axis_count; a++)
    all = all || p->axes[a].first > 0 || p->axes[a].end < p->axes[a].count;
  IrValue to = raw ? raw_place(s) : s->buffers[BUFFER_IMAGE];
  int64_t used = slabs->lines * lines_of(p)->pitch, size = (int64_t)(raw ? slabs->raw_bytes : p->bytes);
  int64_t from = all ? 0 : slabs->lane; // what lies behind the last plane
  if (all || (raw && !slabs->by_planes)) {
    DmaBox box = {.destination = emit_add_number(&s->e, to, from),
                  .bytes = emit_number(&s->e, size - from),
                  .most = s->most_dimensions};
    set(s, s->slab_id, dma_start(&s->e, &box, emit_outside(&s->e, s->c)));
  }
  if (all)
    return true;
  if (raw && used < slabs->plane) {
    fill_planes(s, emit_add_number(&s->e, to, used), emit_number(&s->e, slabs->plane - used));
    return true;
  }
  return raw && !slabs->by_planes;
}

void slabs_fetch_first(Schedule *s) {
  Emitter *e = &s->e;
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  IrValue to = slabs->raw_bytes ? raw_place(s) : s->buffers[BUFFER_IMAGE];
  int64_t numbers[ENTRY_NUMBERS];
  IrValue entry[ENTRY_NUMBERS];
  s->slab_id = emit_variable(e, emit_number(e, 0));
  bool filled = fill_around(s);
  fetch_table(s);
  if (filled)
    dma_wait(e, get(s, s->slab_id));
  describe_slab(s->p, 0, numbers);
  for (unsigned i = 0; i < ENTRY_NUMBERS; i++)
    entry[i] = emit_number(e, numbers[i]);
  fetch_slab(s, s->bases[CONTRACTION_Y], to, entry);
  s->slab_image = emit_variable(e, to); // where the newest slab comes to
  s->slab_use = emit_variable(e, to);
}

// --- words

enum { UNITS_TOGETHER = 8, UNITS_AHEAD = 3 };

// `count` registers of each lane.
static void pack_units(Schedule *s, IrValue from, IrValue to, unsigned count) {
  Emitter *e = &s->e;
  Builder *b = &e->builder;
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  int64_t bytes = machine_vector_bytes(e->machine);
  VectorConfig config = {.sew = 8, .lmul = 0};
  IrValue groups[UNITS_TOGETHER];
  for (unsigned i = 0; i < count + UNITS_AHEAD; i++) {
    if (i < count) {
      groups[i] = build_undefined(b, ir_vector(slabs->word, slabs->word));
      for (unsigned lane = 0; lane < slabs->word; lane++) {
        IrValue at[2] = {emit_add_number(e, from, lane * slabs->lane_stride + i * bytes * slabs->step),
                         emit_number(e, slabs->step)};
        bool near = slabs->step == 1;
        groups[i] = build_machine_into(b, near ? ISA_VLE8_V : ISA_VLSE8_V, groups[i], lane, config,
                                       IR_AVL_MAX, near ? 1 : 2, at);
      }
    }
    if (i >= UNITS_AHEAD && i - UNITS_AHEAD < count) {
      unsigned k = i - UNITS_AHEAD;
      IrValue operands[2] = {groups[k], emit_add_number(e, to, (int64_t)k * bytes * slabs->word)};
      build_machine(b, ISA_VSSEG4E8_V, IR_VOID, config, IR_AVL_MAX, 2, operands);
    }
  }
}

// Words of one phase.
static void pack_phase(Schedule *s, IrValue from, IrValue to) {
  Emitter *e = &s->e;
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  int64_t bytes = machine_vector_bytes(e->machine), units = slabs->lane / slabs->step / bytes;
  int64_t rounds = units / UNITS_TOGETHER, many = UNITS_TOGETHER * bytes, step = many * slabs->step;
  if (rounds) {
    uint32_t at = emit_variable(e, from), place = emit_variable(e, to);
    FlowLoop loop;
    flow_loop(e, &loop);
    pack_units(s, get(s, at), get(s, place), UNITS_TOGETHER);
    move(s, at, emit_number(e, step));
    move(s, place, emit_number(e, many * slabs->word));
    flow_end_loop(e, &loop, emit_below(e, get(s, at), emit_add_number(e, from, rounds * step)));
    e->variable_count -= 2;
  }
  pack_units(s, emit_add_number(e, from, rounds * step), emit_add_number(e, to, rounds * many * slabs->word),
             (unsigned)(units % UNITS_TOGETHER));
}

// Words of the slab that has come.
static void pack_slab(Schedule *s) {
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  for (int64_t phase = 0; phase < slabs->phases; phase++)
    pack_phase(
        s, emit_add_number(&s->e, raw_place(s), phase),
        emit_add_number(&s->e, s->buffers[BUFFER_IMAGE], phase * (slabs->lane / slabs->step) * slabs->word));
}

// --- the sequence

void slabs_start(Schedule *s) {
  Emitter *e = &s->e;
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  Counter *counter = &s->slabs;
  IrValue steps[COUNTER_LEVELS] = {0}, total = emit_number(e, (int64_t)slabs->count);
  schedule_counter(s, counter, emit_number(e, 0));
  counter->extents[LEVEL_PANEL] = total;
  for (uint32_t i = 0; i < s->level_count; i++) {
    steps[i] = i > LEVEL_PANEL ? s->levels[i].steps[CONTRACTION_Y] : emit_number(e, 0);
    total = i > LEVEL_PANEL ? emit_mul(e, total, s->levels[i].extent) : total;
  }
  s->slab_address = schedule_value(s, counter, s->bases[CONTRACTION_Y], steps);
  s->slabs_left = emit_variable(e, emit_add_number(e, total, -1));
  s->slab_panel = emit_variable(e, emit_number(e, 0));
  s->slab_pixels = emit_variable(e, emit_number(e, 0));
  for (uint32_t i = 0; i < s->level_count; i++)
    steps[i] = emit_mul_number(e, s->levels[i].moves[ROLE_COLUMN], (int64_t)s->p->planes.index_bytes);
  s->pixel_entry = schedule_value(s, &s->compute, s->buffers[BUFFER_TABLE], steps);
}

// The one behind this one, of which there are some left.
static void fetch_next(Schedule *s) {
  Emitter *e = &s->e;
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  IrValue entry[ENTRY_NUMBERS];
  schedule_advance(s, &s->slabs, LEVEL_PANEL);
  move(s, s->slabs_left, emit_number(e, -1));
  IrValue number = get(s, s->slabs.index[LEVEL_PANEL]), table = s->buffers[BUFFER_TABLE];
  IrValue at = emit_add(e, table, emit_mul_number(e, number, 8 * ENTRY_NUMBERS));
  for (unsigned i = 0; i < ENTRY_NUMBERS; i++)
    entry[i] =
        build_load(&e->builder, IR_I64, emit_add_number(e, at, (int64_t)slabs->entries_at + 8 * (int64_t)i));
  IrValue to = raw_place(s);
  if (!slabs->raw_bytes) { // the other place
    IrValue both = emit_add_number(e, s->buffers[BUFFER_IMAGE], slabs->lane);
    to = emit_sub(e, emit_add(e, s->buffers[BUFFER_IMAGE], both), get(s, s->slab_image));
    set(s, s->slab_image, to);
  }
  fetch_slab(s, get(s, s->slab_address), to, entry);
}

static void begin_slab(Schedule *s) {
  Emitter *e = &s->e;
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  IrValue panel = get(s, s->compute.index[LEVEL_PANEL]);
  dma_wait(e, get(s, s->slab_id));
  if (slabs->raw_bytes)
    pack_slab(s);
  set(s, s->slab_use, get(s, s->slab_image));
  set(s, s->slab_pixels, emit_sub(e, get(s, s->pixel_entry), s->buffers[BUFFER_TABLE]));
  if (slabs->stays) {
    set(s, s->slab_panel, emit_number(e, -1));
    return;
  }
  IrValue next = emit_add_number(e, panel, (int64_t)slabs->panels);
  IrValue more = emit_less(e, next, s->levels[LEVEL_PANEL].extent);
  set(s, s->slab_panel, emit_choose(e, more, next, emit_number(e, 0)));
  FlowIf flow;
  if (flow_if(e, &flow, emit_less(e, emit_number(e, 0), get(s, s->slabs_left))))
    fetch_next(s);
  flow_end_if(e, &flow);
}

void slabs_begin_block(Schedule *s) {
  Emitter *e = &s->e;
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  IrValue first = emit_equal(e, get(s, s->compute.index[LEVEL_BLOCK]), emit_number(e, 0));
  IrValue here = emit_equal(e, get(s, s->compute.index[LEVEL_PANEL]), get(s, s->slab_panel));
  FlowIf flow;
  if (flow_if(e, &flow, emit_and(e, first, here)))
    begin_slab(s);
  flow_end_if(e, &flow);
  IrValue entry = get(s, s->pixel_entry);
  if (slabs->periodic)
    entry = emit_sub(e, entry, get(s, s->slab_pixels));
  planes_begin_block_at(s, entry, slabs->raw_bytes ? s->buffers[BUFFER_IMAGE] : get(s, s->slab_use));
}

// --- rows

static VectorConfig gather_config(const PlaneSlabs *slabs) {
  return (VectorConfig){.sew = 8, .lmul = (int8_t)__builtin_ctz(slabs->gather_registers)};
}

static IrValue gather_load(Schedule *s, IrValue at, int64_t bytes) {
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  unsigned registers = slabs->gather_registers;
  return build_machine(&s->e.builder, ISA_VLE8_V, ir_vector(registers, registers), gather_config(slabs),
                       emit_number(&s->e, bytes), 1, &at);
}

// `count` chunks of a row from these addresses on; the last one of them is `in` bytes of which `out` are
// made.
static void gather_chunks(Schedule *s, IrValue from, IrValue to, IrValue index, unsigned count, int64_t in,
                          int64_t out) {
  enum { MOST = 4 };
  Emitter *e = &s->e;
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  unsigned registers = slabs->gather_registers;
  VectorConfig config = gather_config(slabs);
  IrValue values[MOST], length = emit_number(e, out);
  for (unsigned i = 0; i < count; i++)
    values[i] = gather_load(s, emit_add_number(e, from, i * in), in);
  for (unsigned i = 0; i < count; i++) {
    IrValue operands[2] = {values[i], index};
    values[i] = build_machine(&e->builder, ISA_VRGATHER_VV, ir_vector(registers, registers), config, length,
                              2, operands);
  }
  for (unsigned i = 0; i < count; i++) {
    IrValue operands[2] = {values[i], emit_add_number(e, to, i * out)};
    build_machine(&e->builder, ISA_VSE8_V, IR_VOID, config, length, 2, operands);
  }
}

static void order_row(Schedule *s, IrValue from, IrValue to, IrValue index, IrValue rest_index) {
  enum { TOGETHER = 4 };
  Emitter *e = &s->e;
  const PlaneSlabs *slabs = &s->p->planes.slabs;
  int64_t in = slabs->chunk_in, out = slabs->chunk_out, rounds = slabs->chunks / TOGETHER;
  if (rounds) {
    uint32_t at = emit_variable(e, from), place = emit_variable(e, to);
    FlowLoop loop;
    flow_loop(e, &loop);
    gather_chunks(s, get(s, at), get(s, place), index, TOGETHER, in, out);
    move(s, at, emit_number(e, TOGETHER * in));
    move(s, place, emit_number(e, TOGETHER * out));
    flow_end_loop(e, &loop, emit_below(e, get(s, at), emit_add_number(e, from, rounds * TOGETHER * in)));
    e->variable_count -= 2;
  }
  int64_t done = rounds * TOGETHER;
  gather_chunks(s, emit_add_number(e, from, done * in), emit_add_number(e, to, done * out), index,
                (unsigned)(slabs->chunks % TOGETHER), in, out);
  if (slabs->rest_out)
    gather_chunks(s, emit_add_number(e, from, slabs->chunks * in),
                  emit_add_number(e, to, slabs->chunks * out), rest_index, 1, slabs->rest_in,
                  slabs->rest_out);
}

void slabs_order_rows(Schedule *s, IrValue rows) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  const PlaneSlabs *slabs = &p->planes.slabs;
  FlowIf flow;
  if (flow_if(e, &flow, emit_equal(e, get(s, s->compute.index[LEVEL_PANEL]), emit_number(e, 0)))) {
    IrValue gathers = emit_add_number(e, s->buffers[BUFFER_TABLE], (int64_t)slabs->gathers_at),
            rest = IR_NONE;
    IrValue index = gather_load(s, gathers, slabs->chunk_out);
    if (slabs->rest_out)
      rest = gather_load(s, emit_add_number(e, gathers, slabs->chunk_out), slabs->rest_out);
    uint32_t left = emit_variable(e, rows), to = emit_variable(e, get(s, s->x_use)),
             from = emit_variable(e, slabs->raw_pitch ? s->buffers[BUFFER_RAW_X] : get(s, to));
    FlowLoop loop;
    flow_loop(e, &loop);
    order_row(s, get(s, from), get(s, to), index, rest);
    int64_t pitch = (int64_t)p->pitches[CONTRACTION_X];
    move(s, from, emit_number(e, slabs->raw_pitch ? (int64_t)slabs->raw_pitch : pitch));
    move(s, to, emit_number(e, pitch));
    move(s, left, emit_number(e, -1));
    flow_end_loop(e, &loop, emit_less(e, emit_number(e, 0), get(s, left)));
    e->variable_count -= 3;
  }
  flow_end_if(e, &flow);
}
