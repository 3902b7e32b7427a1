// Images that stay in the scratchpad as they are, once, while a window goes over them: a convolution reads
// each of their pixels for many rows and many values of k. Rows of a block are then found by an index vector,
// which is one for all of k, and words of k by a table: both are constants.
//
// Pixels (units: the bytes that any two steps of the window or of the rows are apart) lie at a pitch of an
// odd number of words, and lines of them at one at which the pixels of a block are as evenly spread over the
// scratchpad's lanes as possible. Where rows take every second pixel, even and odd ones lie in halves of the
// line of their own, so that neighbours in a block are neighbours there.
#include "support/round.h"
#include "target/tensor/tile/size.h"
#include "target/tensor/tile/tile.h"

#include <assert.h>
#include <string.h>

enum { ALONG, ACROSS }; // a line, from line to line
// What the table says of a slab: bytes in memory from the image's first line on, and in the slab, to which
// its lines go; how many; how many are filled at its start, and from which byte on and how many at its end.
enum { ENTRY_FROM, ENTRY_TO, ENTRY_LINES, ENTRY_TOP, ENTRY_BELOW, ENTRY_BOTTOM, ENTRY_NUMBERS };

static void add_part(WindowAxis *axis, uint64_t extent, uint64_t bytes) {
  axis->stride = greatest_divisor(axis->stride, bytes);
  axis->last += (extent - 1) * bytes; // bytes until the stride is known
}

// Parts of the rows and of the sum, innermost first; false where they are not constant or too many.
static bool read_parts(Contraction *c, ContractionRole role, ContractionParts *parts) {
  const ContractionIterator *iterator = contraction_main(c, role);
  *parts = role == ROLE_ROW ? c->row_parts : c->sum_parts;
  if (!parts->count) {
    parts->count = 1;
    parts->extents[0] = iterator->extent;
    parts->strides[0] = iterator->strides[CONTRACTION_X];
    memcpy(parts->steps[0], iterator->steps, sizeof iterator->steps);
  }
  for (uint32_t i = 0; i < parts->count; i++)
    if (!is_positive_constant(parts->extents[i]) || !is_positive_constant(parts->strides[i]))
      return false;
  return true;
}

// Whether a part moves along border `b` if it lies along the border's axis, and else does not.
static bool follows_border(const ContractionBorder *border, unsigned b, const ContractionParts *parts,
                           uint32_t i, bool on_axis, bool run) {
  int64_t steps = parts->steps[i][b], stride = parts->strides[i].constant;
  if (parts->extents[i].constant == 1 || !on_axis || run)
    return steps == 0 && (!run || !on_axis || parts->extents[i].constant * stride <= border->stride);
  return stride == steps * border->stride;
}

// Which units and lines of the image are in memory: the others lie beyond borders.
static bool read_borders(const Contraction *c, const ContractionParts *rows, const ContractionParts *sums,
                         Window *w) {
  for (unsigned i = 0; i < 2; i++)
    w->axes[i].end = w->axes[i].count;
  for (uint32_t b = 0; b < c->border_count; b++) {
    const ContractionBorder *border = &c->borders[b];
    bool lines = (uint64_t)border->stride >= w->axes[ACROSS].stride && w->axes[ACROSS].stride;
    WindowAxis *axis = &w->axes[lines ? ACROSS : ALONG];
    int64_t stride = (int64_t)axis->stride, per = stride ? border->stride / stride : 0;
    if (c->bordered != CONTRACTION_X || !stride || border->stride % stride != 0)
      return false;
    for (uint32_t i = 0; i < rows->count; i++)
      if (!follows_border(border, b, rows, i, (i == ACROSS) == lines, false))
        return false;
    for (uint32_t i = 0; i < sums->count; i++)
      if (!follows_border(border, b, sums, i, (w->tap_axes[i] == ACROSS) == lines, i == 0))
        return false;
    int64_t count = (int64_t)axis->count, first = -border->first * per;
    int64_t end = (border->extent - border->first) * per;
    axis->first = (uint64_t)(first < 0 ? 0 : first > count ? count : first);
    axis->end = (uint64_t)(end < first ? first : end > count ? count : end);
    if (axis->first >= axis->end)
      return false;
  }
  return true;
}

// The axis along which part i of the sum moves: that of the rows that move along the same border, if any, as
// padding may make rows of pixels longer than lines; else what is beyond a row of pixels goes across.
static uint32_t axis_of_tap(const Contraction *c, const ContractionParts *rows, const ContractionParts *sums,
                            uint32_t i, uint64_t reach) {
  for (uint32_t b = 0; b < c->border_count; b++)
    if (sums->steps[i][b] != 0)
      return rows->steps[ALONG][b] != 0 ? ALONG : ACROSS;
  return (uint64_t)sums->strides[i].constant > reach ? ACROSS : ALONG;
}

// Sizes of the image, and what each part steps over.
static bool read_image(Contraction *c, Window *w) {
  ContractionParts rows, sums;
  if (!read_parts(c, ROLE_ROW, &rows) || !read_parts(c, ROLE_SUM, &sums) || rows.count > 2)
    return false;
  uint64_t size = contraction_size(c, CONTRACTION_X);
  uint64_t run = (uint64_t)sums.extents[0].constant * size, row_bytes = (uint64_t)rows.strides[0].constant;
  uint64_t reach = ((uint64_t)rows.extents[0].constant - 1) * row_bytes;
  for (uint32_t i = 0; i < rows.count; i++)
    add_part(&w->axes[i], (uint64_t)rows.extents[i].constant, (uint64_t)rows.strides[i].constant);
  add_part(&w->axes[ALONG], 1, run);
  w->taps = sums.count;
  for (uint32_t i = 1; i < sums.count; i++) {
    w->tap_axes[i] = axis_of_tap(c, &rows, &sums, i, reach);
    add_part(&w->axes[w->tap_axes[i]], (uint64_t)sums.extents[i].constant,
             (uint64_t)sums.strides[i].constant);
  }
  // Groups of channels within a pixel.
  const ContractionIterator *group = contraction_outer_count(c) ? c->iterators : NULL;
  uint64_t group_bytes = group ? (uint64_t)constant_stride(group, CONTRACTION_X) : 0;
  w->groups = group ? (uint64_t)group->extent.constant : 1;
  if (group)
    add_part(&w->axes[ALONG], w->groups, group_bytes);
  w->unit = w->axes[ALONG].stride;
  assert(w->unit != 0);
  w->axes[ALONG].last += run - w->unit;
  w->group_step = group_bytes / w->unit;
  for (unsigned i = 0; i < 2; i++) {
    WindowAxis *axis = &w->axes[i];
    axis->rows = i < rows.count ? (uint64_t)rows.extents[i].constant : 1;
    axis->step = i < rows.count ? (uint64_t)rows.strides[i].constant / axis->stride : 1;
    axis->count = axis->stride ? axis->last / axis->stride + 1 : 1;
  }
  w->tap_extents[0] = run / w->unit;
  w->tap_steps[0] = 1;
  for (uint32_t i = 1; i < sums.count; i++) {
    assert(w->axes[w->tap_axes[i]].stride != 0);
    w->tap_extents[i] = (uint64_t)sums.extents[i].constant;
    w->tap_steps[i] = (uint64_t)sums.strides[i].constant / w->axes[w->tap_axes[i]].stride;
  }
  return read_borders(c, &rows, &sums, w);
}

// Whether each unit (line) of the image is one that the loops read: nothing else may be fetched.
static bool is_covered(const Window *w, unsigned axis, Arena *arena) {
  const WindowAxis *a = &w->axes[axis];
  Bitset taps = bitset_new(arena, a->count), units = bitset_new(arena, a->count);
  bitset_add(&taps, 0);
  for (uint32_t i = 0; i < w->taps; i++)
    for (uint64_t at = a->count; w->tap_axes[i] == axis && at-- > 0;)
      for (uint64_t k = 1; bitset_has(&taps, at) && k < w->tap_extents[i]; k++)
        bitset_add(&taps, at + k * w->tap_steps[i]);
  for (uint64_t at = a->count; axis == ALONG && at-- > 0;)
    for (uint64_t k = 1; bitset_has(&taps, at) && k < w->groups; k++)
      bitset_add(&taps, at + k * w->group_step);
  for (uint64_t at = 0; at < a->count; at++)
    for (uint64_t row = 0; bitset_has(&taps, at) && row < a->rows; row++)
      bitset_add(&units, at + row * a->step);
  for (uint64_t at = 0; at < a->count; at++)
    if (!bitset_has(&units, at))
      return false;
  return true;
}

// Where a unit lies, from the image's first byte on.
static uint64_t place_of(const Window *w, uint64_t along, uint64_t across) {
  uint64_t phases = w->axes[ALONG].step;
  return across * w->line_pitch + along % phases * w->phase_pitch + along / phases * w->pitch;
}

// Of the lines that a slab's rows need.
static uint64_t first_line(const Window *w, uint64_t slab) {
  return slab * w->slab_rows / w->axes[ALONG].rows * w->axes[ACROSS].step;
}

static uint64_t place_of_row(const Window *w, uint64_t row) {
  uint64_t wide = w->axes[ALONG].rows, line = row / wide * w->axes[ACROSS].step;
  uint64_t first = w->slabs ? first_line(w, row / w->slab_rows) : 0;
  return place_of(w, row % wide * w->axes[ALONG].step, line - first);
}

static uint64_t row_count(const Window *w) {
  return w->axes[ALONG].rows * w->axes[ACROSS].rows;
}

// Rows at which it is looked how blocks lie in the lanes.
static uint64_t sampled_rows(const Window *w, uint64_t block_rows) {
  enum { MOST_BLOCKS = 128 };
  return smaller(row_count(w), MOST_BLOCKS * block_rows);
}

// Cycles in which the blocks' rows are loaded, for one word of k.
static uint64_t loads_of(const Machine *machine, const Window *w, uint64_t block_rows) {
  enum { MOST_LANES = 64 };
  uint64_t rows = sampled_rows(w, block_rows), cycles = 0, lanes = machine->spm_lanes;
  if (lanes > MOST_LANES)
    return rows;
  for (uint64_t first = 0; first < rows; first += block_rows) {
    uint32_t words[MOST_LANES] = {0}, most = 0;
    for (uint64_t row = first; row < rows && row < first + block_rows; row++) {
      uint32_t *used = &words[place_of_row(w, row) / 4 % lanes];
      most = ++*used > most ? *used : most;
    }
    cycles += most;
  }
  return cycles;
}

static void choose_pitches(const Machine *machine, Window *w, uint64_t block_rows) {
  uint64_t phases = w->axes[ALONG].step, best = UINT64_MAX, chosen = 0;
  w->pitch = spm_pitch(machine, w->unit);
  w->phase_pitch = divide_up(w->axes[ALONG].count, phases) * w->pitch;
  uint64_t least = phases * w->phase_pitch;
  for (uint64_t pad = 0; pad < machine->spm_lanes; pad++) {
    w->line_pitch = least + 4 * pad;
    uint64_t cycles = loads_of(machine, w, block_rows);
    if (cycles < best) {
      best = cycles;
      chosen = pad;
    }
  }
  w->line_pitch = least + 4 * chosen;
  w->load_cycles = divide_up(best, divide_up(sampled_rows(w, block_rows), block_rows));
  w->bytes = w->axes[ACROSS].count * w->line_pitch;
}

// Rounds of the inner loop are all of one length; within a run, words of k follow one another.
static bool choose_unroll(Window *w, uint64_t words, unsigned most) {
  enum { LEAST_UNROLL = 4 };
  for (w->unroll = most; w->unroll >= LEAST_UNROLL; w->unroll--)
    if (words % w->unroll == 0)
      break;
  w->run = (unsigned)greatest_divisor(w->unit / 4, w->unroll);
  w->runs = words / w->run;
  return w->unroll >= LEAST_UNROLL;
}

// Whether there are no products of their own but groups of channels that lie within a pixel.
static bool has_groups_alone(Contraction *c) {
  const ContractionIterator *group = c->iterators;
  Quantity pixel =
      c->row_parts.count ? c->row_parts.strides[0] : contraction_main(c, ROLE_ROW)->strides[CONTRACTION_X];
  if (!contraction_outer_count(c))
    return true;
  return contraction_outer_count(c) == 1 && !group->sums && has_constant_steps(group) &&
         is_positive_constant(pixel) && constant_stride(group, CONTRACTION_X) > 0 &&
         constant_stride(group, CONTRACTION_X) * group->extent.constant <= pixel.constant;
}

bool window_find(const Machine *machine, Contraction *c, uint64_t block_rows, unsigned unroll, Window *w) {
  memset(w, 0, sizeof *w);
  const ContractionIterator *sum = contraction_main(c, ROLE_SUM);
  unsigned size = contraction_size(c, CONTRACTION_X);
  if (!has_groups_alone(c) || c->start == START_MEMORY || sum->extent.value != IR_NONE ||
      !quantity_is(sum->strides[CONTRACTION_X], size) || !read_image(c, w))
    return false;
  uint64_t sums = (uint64_t)sum->extent.constant * size;
  uint64_t units = w->axes[ALONG].count, lines = w->axes[ACROSS].count, most = machine->spm_size / w->unit;
  // Without a pixel that is used twice there is nothing to gain.
  if (w->unit % 4 != 0 || units > most || lines > UINT32_MAX || row_count(w) > UINT32_MAX ||
      units * lines * w->unit >= row_count(w) * sums * w->groups)
    return false;
  Arena arena = {0};
  bool covered = is_covered(w, ALONG, &arena) && is_covered(w, ACROSS, &arena);
  arena_free(&arena);
  if (!covered || !choose_unroll(w, sums / 4, unroll))
    return false;
  choose_pitches(machine, w, block_rows);
  w->table_bytes = (row_count(w) + w->runs) * 4;
  return true;
}

// Rows that have entries: those of one slab, where they lie alike in all of them.
static uint64_t table_rows(const Window *w) {
  return w->periodic ? w->slab_rows : row_count(w);
}

void window_cut(Window *w, uint64_t block_rows, uint64_t blocks) {
  const WindowAxis *across = &w->axes[ACROSS];
  uint64_t rows = row_count(w), wide = w->axes[ALONG].rows;
  uint64_t period = wide / (uint64_t)greatest_divisor((int64_t)wide, (int64_t)block_rows);
  blocks -= blocks > period ? blocks % period : 0;
  uint64_t reach = across->count - (across->rows - 1) * across->step;
  w->slab_blocks = blocks;
  w->slab_rows = blocks * block_rows;
  w->slabs = divide_up(rows, w->slab_rows);
  w->periodic = w->slab_rows % wide == 0;
  w->slab_lines = 0;
  for (uint64_t first = 0; first < rows; first += w->slab_rows) {
    uint64_t last = smaller(first + w->slab_rows, rows) - 1;
    w->slab_lines = larger(w->slab_lines, (last / wide - first / wide) * across->step + reach);
  }
  w->bytes = w->slab_lines * w->line_pitch;
  w->entries_at = round_up((table_rows(w) + w->runs) * 4, 8);
  w->table_bytes = w->entries_at + w->slabs * ENTRY_NUMBERS * 8;
}

// --- code

static void put_word(uint8_t *to, uint64_t word) {
  for (unsigned i = 0; i < 4; i++)
    to[i] = (uint8_t)(word >> 8 * i);
}

static uint64_t place_of_run(const Window *w, uint64_t run) {
  uint64_t word = run * w->run, at[2] = {0}, unit = word / (w->unit / 4);
  for (uint32_t i = 0; i < w->taps; i++) {
    at[w->tap_axes[i]] += unit % w->tap_extents[i] * w->tap_steps[i];
    unit /= w->tap_extents[i];
  }
  return place_of(w, at[ALONG], at[ACROSS]) + word % (w->unit / 4) * 4;
}

static void describe_slab(const Window *w, uint64_t slab, uint64_t *entry) {
  const WindowAxis *across = &w->axes[ACROSS];
  uint64_t start = first_line(w, slab), stop = smaller(start + w->slab_lines, across->count);
  uint64_t first = smaller(larger(start, across->first), stop),
           end = larger(smaller(stop, across->end), first);
  entry[ENTRY_FROM] = first * across->stride;
  entry[ENTRY_TO] = (first - start) * w->line_pitch;
  entry[ENTRY_LINES] = end - first;
  entry[ENTRY_TOP] = first - start;
  entry[ENTRY_BELOW] = (end - start) * w->line_pitch;
  entry[ENTRY_BOTTOM] = stop - end;
}

// Offsets of the rows, then of the runs of k; the slabs.
static void fetch_table(Schedule *s) {
  Emitter *e = &s->e;
  const Window *w = &s->p->window;
  uint64_t rows = table_rows(w);
  uint8_t *bytes = arena_alloc(&e->target->arena, w->table_bytes, 8);
  memset(bytes, 0, w->table_bytes);
  for (uint64_t i = 0; i < rows; i++)
    put_word(bytes + 4 * i, place_of_row(w, i));
  for (uint64_t i = 0; i < w->runs; i++)
    put_word(bytes + 4 * (rows + i), place_of_run(w, i));
  for (uint64_t i = 0; i < w->slabs; i++) {
    uint64_t entry[ENTRY_NUMBERS];
    describe_slab(w, i, entry);
    for (unsigned k = 0; k < ENTRY_NUMBERS; k++) {
      put_word(bytes + w->entries_at + 8 * (i * ENTRY_NUMBERS + k), entry[k]);
      put_word(bytes + w->entries_at + 8 * (i * ENTRY_NUMBERS + k) + 4, entry[k] >> 32);
    }
  }
  const Function *f = e->builder.f;
  const char *name = arena_format(&e->target->arena, ".Lkiln.window.%s.%u",
                                  e->target->symbols.data[f->symbol].name, s->c->region->entry);
  DmaBox box = {.source = emit_data(e, name, bytes, (uint32_t)w->table_bytes, 8),
                .destination = s->buffers[BUFFER_TABLE],
                .bytes = emit_number(e, (int64_t)w->table_bytes),
                .most = s->most_dimensions};
  set(s, s->ids[0], dma_start(e, &box, IR_NONE));
}

// A box of the image: `units` units from `from` on in each of `lines` lines, to a place in the scratchpad.
// IR_NONE: it is filled.
static IrValue move_box(Schedule *s, IrValue from, IrValue to, uint64_t units, IrValue lines) {
  Emitter *e = &s->e;
  const Window *w = &s->p->window;
  const WindowAxis *along = &w->axes[ALONG], *across = &w->axes[ACROSS];
  bool fill = from == IR_NONE; // a run with the gaps
  DmaBox box = {.source = from,
                .destination = to,
                .bytes = emit_number(e, (int64_t)(fill ? units * w->pitch : w->unit)),
                .dimensions = 2,
                .most = s->most_dimensions};
  const uint64_t sources[2] = {along->step * w->unit, across->stride}, places[2] = {w->pitch, w->line_pitch};
  for (unsigned i = 0; i < 2; i++) {
    box.counts[i] = i ? lines : emit_number(e, (int64_t)(fill ? 1 : units));
    box.source_strides[i] = emit_number(e, (int64_t)sources[i]);
    box.destination_strides[i] = emit_number(e, (int64_t)places[i]);
  }
  return dma_start(e, &box, fill ? emit_outside(e, s->c) : IR_NONE);
}

static void fetch_box(Schedule *s, IrValue from, uint64_t to, uint64_t units, uint64_t lines) {
  IrValue place = emit_add_number(&s->e, s->buffers[BUFFER_X], (int64_t)to);
  if (units && lines)
    set(s, s->ids[0], move_box(s, from, place, units, emit_number(&s->e, (int64_t)lines)));
}

// The units of a phase that are in memory.
static uint64_t first_unit(const WindowAxis *along, uint64_t phase) {
  return along->first > phase ? divide_up(along->first - phase, along->step) : 0;
}

static uint64_t end_unit(const WindowAxis *along, uint64_t phase) {
  return along->end > phase ? divide_up(along->end - phase, along->step) : 0;
}

// A slab's lines to a place of one; what lies beside them was filled at the start.
static void fetch_slab(Schedule *s, IrValue place, const IrValue *entry) {
  Emitter *e = &s->e;
  const Window *w = &s->p->window;
  const WindowAxis *along = &w->axes[ALONG], *across = &w->axes[ACROSS];
  for (uint64_t phase = 0; phase < along->step && phase < along->count; phase++) {
    uint64_t first = first_unit(along, phase), end = end_unit(along, phase);
    if (first >= end)
      continue;
    IrValue to = emit_add_number(e, place, (int64_t)(phase * w->phase_pitch + first * w->pitch));
    IrValue from =
        emit_add_number(e, s->bases[CONTRACTION_X], (int64_t)((phase + first * along->step) * w->unit));
    if (across->first > 0)
      move_box(s, IR_NONE, to, end - first, entry[ENTRY_TOP]);
    if (across->end < across->count)
      move_box(s, IR_NONE, emit_add(e, to, entry[ENTRY_BELOW]), end - first, entry[ENTRY_BOTTOM]);
    set(s, s->slab_id,
        move_box(s, emit_add(e, from, entry[ENTRY_FROM]), emit_add(e, to, entry[ENTRY_TO]), end - first,
                 entry[ENTRY_LINES]));
  }
}

static void fetch_first_slab(Schedule *s) {
  Emitter *e = &s->e;
  const Window *w = &s->p->window;
  const WindowAxis *along = &w->axes[ALONG];
  uint64_t numbers[ENTRY_NUMBERS];
  IrValue entry[ENTRY_NUMBERS];
  for (uint64_t phase = 0; phase < along->step && phase < along->count; phase++) {
    uint64_t units = divide_up(along->count - phase, along->step), end = end_unit(along, phase);
    for (uint64_t place = phase * w->phase_pitch; place < 2 * w->bytes; place += w->bytes) {
      fetch_box(s, IR_NONE, place, first_unit(along, phase), w->slab_lines);
      fetch_box(s, IR_NONE, place + end * w->pitch, units - end, w->slab_lines);
    }
  }
  s->slab_id = emit_variable(e, emit_number(e, 0));
  describe_slab(w, 0, numbers);
  for (unsigned i = 0; i < ENTRY_NUMBERS; i++)
    entry[i] = emit_number(e, (int64_t)numbers[i]);
  fetch_slab(s, s->buffers[BUFFER_X], entry);
  s->slab_image = emit_variable(e, emit_number(e, 0)); // from the first place on
  s->slab_use = emit_variable(e, emit_number(e, 0));
  s->slab_number = emit_variable(e, emit_number(e, 0));
  s->slab_panel = emit_variable(e, emit_number(e, 0));
  s->slab_pixels = emit_variable(e, emit_number(e, 0));
}

static void fetch_next_slab(Schedule *s) {
  Emitter *e = &s->e;
  const Window *w = &s->p->window;
  IrValue entry[ENTRY_NUMBERS], next = emit_add_number(e, get(s, s->slab_number), 1);
  next = emit_choose(e, emit_equal(e, next, emit_number(e, (int64_t)w->slabs)), emit_number(e, 0), next);
  set(s, s->slab_number, next);
  move(s, s->slabs_left, emit_number(e, -1));
  IrValue at = emit_add(e, s->buffers[BUFFER_TABLE], emit_mul_number(e, next, 8 * ENTRY_NUMBERS));
  for (unsigned i = 0; i < ENTRY_NUMBERS; i++)
    entry[i] =
        build_load(&e->builder, IR_I64, emit_add_number(e, at, (int64_t)w->entries_at + 8 * (int64_t)i));
  set(s, s->slab_image, emit_sub(e, emit_number(e, (int64_t)w->bytes), get(s, s->slab_image)));
  fetch_slab(s, emit_add(e, s->buffers[BUFFER_X], get(s, s->slab_image)), entry);
}

// Where a slab's first block begins.
static void begin_slab(Schedule *s) {
  Emitter *e = &s->e;
  const Window *w = &s->p->window;
  IrValue block = get(s, s->compute.index[LEVEL_BLOCK]);
  FlowIf flow, more;
  if (flow_if(e, &flow, emit_equal(e, block, get(s, s->slab_panel)))) {
    dma_wait(e, get(s, s->slab_id));
    set(s, s->slab_use, get(s, s->slab_image));
    set(s, s->slab_pixels, emit_sub(e, get(s, s->x_use), s->buffers[BUFFER_TABLE]));
    IrValue next = emit_add_number(e, block, (int64_t)w->slab_blocks);
    IrValue any = emit_less(e, next, s->levels[LEVEL_BLOCK].extent);
    set(s, s->slab_panel, emit_choose(e, any, next, emit_number(e, 0)));
    if (flow_if(e, &more, emit_less(e, emit_number(e, 0), get(s, s->slabs_left))))
      fetch_next_slab(s);
    flow_end_if(e, &more);
  }
  flow_end_if(e, &flow);
}

uint32_t window_start(Schedule *s) {
  Emitter *e = &s->e;
  const Window *w = &s->p->window;
  IrValue steps[COUNTER_LEVELS] = {0}, total = emit_number(e, (int64_t)w->slabs);
  for (uint32_t i = 0; i < s->level_count; i++) {
    steps[i] = emit_mul_number(e, s->levels[i].moves[ROLE_ROW], 4);
    total = i < LEVEL_PANEL ? total : emit_mul(e, total, s->levels[i].extent);
  }
  if (w->slabs)
    s->slabs_left = emit_variable(e, emit_add_number(e, total, -1));
  return schedule_value(s, &s->compute, s->buffers[BUFFER_TABLE], steps);
}

void window_fetch(Schedule *s) {
  Emitter *e = &s->e;
  const Window *w = &s->p->window;
  const WindowAxis *along = &w->axes[ALONG], *across = &w->axes[ACROSS];
  uint64_t lines = across->end - across->first, step = along->step;
  fetch_table(s);
  if (w->slabs) {
    fetch_first_slab(s);
    return;
  }
  for (uint64_t phase = 0; phase < step && phase < along->count; phase++) {
    uint64_t place = phase * w->phase_pitch, inside = place + across->first * w->line_pitch;
    uint64_t units = divide_up(along->count - phase, step);
    uint64_t first = first_unit(along, phase), end = end_unit(along, phase);
    uint64_t from = (phase + first * step) * w->unit + across->first * across->stride;
    fetch_box(s, IR_NONE, place, units, across->first);
    fetch_box(s, IR_NONE, place + across->end * w->line_pitch, units, across->count - across->end);
    fetch_box(s, IR_NONE, inside, first, lines);
    fetch_box(s, IR_NONE, inside + end * w->pitch, units - end, lines);
    if (first < end)
      fetch_box(s, emit_add_number(e, s->bases[CONTRACTION_X], (int64_t)from), inside + first * w->pitch,
                end - first, lines);
  }
}

void window_begin_block(Schedule *s) {
  const TilePlan *p = s->p;
  Emitter *e = &s->e;
  VectorConfig config = {.sew = 32, .lmul = (int8_t)__builtin_ctz(p->shape_rows)};
  if (p->window.slabs)
    begin_slab(s);
  IrValue at = get(s, s->x_use);
  if (p->window.periodic)
    at = emit_sub(e, at, get(s, s->slab_pixels));
  s->row_index = build_machine(&e->builder, ISA_VLE32_V, ir_vector(p->shape_rows, p->shape_rows), config,
                               s->row_length, 1, &at);
  set(s, s->run_entry, emit_add_number(e, s->buffers[BUFFER_TABLE], (int64_t)(table_rows(&p->window) * 4)));
  s->window_step = 0;
  s->image = get(s, s->image_start); // which moves on before the block's last products
  if (p->window.slabs)
    s->image = emit_add(e, s->image, get(s, s->slab_use));
}

IrValue window_load(Schedule *s) {
  const TilePlan *p = s->p;
  Emitter *e = &s->e;
  if (s->window_step++ % p->window.run == 0) {
    IrValue entry = get(s, s->run_entry);
    IrValue offset = build_load(&e->builder, IR_I32, entry);
    set(s, s->x, emit_add(e, s->image, build1(&e->builder, IR_ZEXT, IR_I64, offset)));
    set(s, s->run_entry, emit_add_number(e, entry, 4));
  }
  VectorConfig config = {.sew = 32, .lmul = (int8_t)__builtin_ctz(p->shape_rows)};
  IrValue operands[2] = {get(s, s->x), s->row_index};
  IrValue loaded = build_machine(&e->builder, ISA_VLUXEI32_V, ir_vector(p->shape_rows, p->shape_rows), config,
                                 s->row_length, 2, operands);
  set(s, s->x, emit_add_number(e, operands[0], 4));
  return loaded;
}
