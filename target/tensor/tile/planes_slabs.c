// Images of planes that come to the scratchpad in slabs of lines, one after the other, each with the lines
// around it that the window reaches. While a slab is multiplied the next one comes.
//
// Integers become words when a slab has come: segment stores interleave the lanes, four planes (channels), or
// the line and itself from one, two and three pixels on. Each word of k is then the same pattern of pixels
// from another place on, as a value of fp32 is, and is loaded as it is used; nothing is packed for single
// taps. Rows are put in the order of these words, by gathers in registers.
#include "support/round.h"
#include "target/tensor/tile/planes.h"
#include "target/tensor/tile/size.h"

#include <string.h>

enum {
  WORD = 4,
  MOST_GATHER = 255, // bytes of a group of registers, so that an index of a byte can lie beyond them
  MOST_SAMPLES = 32, // blocks whose loads are looked at
  ENTRY_BYTES = 6 * 8,
};

static int64_t part_extent(const Planes *p, uint32_t i) {
  const PlaneSlabs *s = &p->slabs;
  int64_t extent = p->taps[i].extent;
  return s->word > 1 && i == s->part ? size_divide_up(extent, s->word) : extent;
}

static bool is_level(const Planes *p, uint32_t i) {
  return p->tap_axes[i] == p->axis_count;
}

// --- words

// The bytes of a row's chunk that a gather puts in order: as many periods as go into a group of registers
// that takes the least time.
static bool choose_gather(const Machine *machine, const Contraction *c, int64_t k, PlaneSlabs *s) {
  int64_t extent = s->extent, bytes = machine_vector_bytes(machine);
  bool even = extent % WORD == 0,
       last = s->words * WORD == s->inner * (int64_t)round_up((uint64_t)extent, WORD);
  int64_t in = even || last ? s->inner * WORD : s->inner * extent;
  int64_t out = even || last ? in : s->inner * (int64_t)round_up((uint64_t)extent, WORD);
  double least = 0;
  s->chunk_in = 0;
  if (s->inner == 1 && (even || last))
    return true;
  for (unsigned registers = 1; registers <= 8 && bytes * registers <= MOST_GATHER; registers *= 2) {
    int64_t periods = bytes * registers / out;
    double cycles = periods ? (registers > 1 ? registers * registers : 3) / (double)periods : 0;
    if (!periods || (s->chunk_in && cycles >= least))
      continue;
    least = cycles;
    s->chunk_in = periods * in;
    s->chunk_out = periods * out;
    s->gather_registers = registers;
  }
  if (!s->chunk_in)
    return false;
  s->chunks = even || !last ? k / s->chunk_in : extent / WORD * in / s->chunk_in;
  s->rest_in = k - s->chunks * s->chunk_in;
  s->rest_out = s->words * WORD - s->chunks * s->chunk_out;
  // Zeros beside each group's k stay where they are.
  bool in_place = s->chunk_in == s->chunk_out && !c->diagonal.groups;
  s->raw_pitch = in_place ? 0 : spm_pitch(machine, (uint64_t)k);
  return s->rest_out <= bytes * s->gather_registers;
}

// Words along the part that makes fewest of them.
static bool choose_words(const Machine *machine, Contraction *c, Planes *p) {
  PlaneSlabs *s = &p->slabs;
  int64_t k = contraction_main(c, ROLE_SUM)->extent.constant;
  PlaneSlabs best = {.word = 1};
  s->word = 1;
  s->words = k;
  if (c->word == 1)
    return true;
  for (uint32_t i = 0; i < p->tap_count && c->word == WORD; i++) {
    PlaneSlabs try = {
        .word = WORD, .part = i, .by_planes = is_level(p, i), .extent = p->taps[i].extent, .inner = 1};
    for (uint32_t j = 0; j < i; j++)
      try.inner *= p->taps[j].extent;
    try.words = k / try.extent * size_divide_up(try.extent, WORD);
    bool better = best.word == 1 || try.words < best.words || (try.words == best.words && !best.by_planes);
    if (better && choose_gather(machine, c, k, &try))
      best = try;
  }
  *s = best;
  return best.word > 1;
}

int64_t slab_row_byte(const Planes *p, int64_t size, int64_t to) {
  const PlaneSlabs *s = &p->slabs;
  int64_t lane = to % s->word, word = to / s->word, within = word % s->inner;
  int64_t many = size_divide_up(s->extent, s->word), around = word / s->inner / many;
  int64_t at = word / s->inner % many * s->word + lane;
  return at < s->extent ? (within + s->inner * (at + s->extent * around)) * size : -1;
}

// --- places

// Parts of the sum that go from plane to plane, nearest first.
static uint32_t next_level(const Planes *p, const bool *done) {
  uint32_t next = p->tap_count;
  for (uint32_t i = 0; i < p->tap_count; i++)
    if (is_level(p, i) && !done[i] && (next == p->tap_count || p->taps[i].stride < p->taps[next].stride))
      next = i;
  return next;
}

static bool place_slab(const Machine *machine, int64_t size, Planes *p) {
  PlaneSlabs *s = &p->slabs;
  int64_t most = (int64_t)machine->spm_size, plane = size;
  for (uint32_t a = 0; a < p->axis_count; a++) {
    int64_t count = a + 1 == p->axis_count ? s->lines : p->axes[a].count;
    if (count > most / plane)
      return false;
    plane *= count;
  }
  s->plane = planes_place_axes(size, s->lines, p);
  if (s->word > 1) {
    int64_t reach = s->by_planes ? 0 : (s->word - 1) * p->taps[s->part].place;
    s->plane =
        (int64_t)round_up((uint64_t)(s->plane + reach), (uint64_t)s->step * machine_vector_bytes(machine));
  }
  s->lane = s->plane;
  bool done[CONTRACTION_PARTS] = {false};
  for (uint32_t i = next_level(p, done); i < p->tap_count; i = next_level(p, done)) {
    done[i] = true;
    p->taps[i].place = s->lane;
    if (part_extent(p, i) > most / s->lane)
      return false;
    s->lane *= part_extent(p, i);
  }
  s->lane_stride = s->by_planes ? s->lane : p->taps[s->part].place;
  // The last lanes' loads go on behind the last plane.
  int64_t behind = s->by_planes ? 0 : (int64_t)round_up((uint64_t)((s->word - 1) * s->lane_stride), WORD);
  s->raw_bytes = s->word == 1 ? 0 : (uint64_t)(s->by_planes ? s->lane * s->word : s->lane + behind);
  p->bytes = (uint64_t)(s->lane / s->step * s->phases) * (s->word > 1 ? s->word : s->stays ? 1 : 2);
  return p->bytes + s->raw_bytes <= machine->spm_size;
}

static int64_t line_pixels(const Planes *p) {
  int64_t pixels = 1;
  for (uint32_t a = 0; a + 1 < p->axis_count; a++)
    pixels *= p->pixels[a].extent;
  return pixels;
}

static const PlaneAxis *lines_of(const Planes *p) {
  return &p->axes[p->axis_count - 1];
}

static int64_t lines_between_pixels(const Planes *p) {
  return p->pixels[p->axis_count - 1].stride / lines_of(p)->unit;
}

int64_t slab_first_line(const Planes *p, int64_t slab, int64_t block_columns) {
  return slab * (int64_t)p->slabs.panels * block_columns / line_pixels(p) * lines_between_pixels(p);
}

int64_t slab_place_of_pixel(const Planes *p, int64_t pixel, int64_t block_columns) {
  int64_t slab = pixel / ((int64_t)p->slabs.panels * block_columns);
  int64_t place =
      planes_place_of_pixel(p, pixel) - slab_first_line(p, slab, block_columns) * lines_of(p)->pitch;
  return place / p->slabs.step * p->slabs.word;
}

int64_t slab_place_of_word(const Planes *p, int64_t word) {
  const PlaneSlabs *s = &p->slabs;
  int64_t place = 0;
  for (uint32_t i = 0; i < p->tap_count; i++) {
    bool along = s->word > 1 && i == s->part && !s->by_planes;
    place += word % part_extent(p, i) * p->taps[i].place * (along ? s->word : 1);
    word /= part_extent(p, i);
  }
  return (place % s->step * (s->lane / s->step) + place / s->step) * s->word;
}

// Lines of a slab: of the one that needs most.
static int64_t count_lines(const Planes *p, int64_t block_columns) {
  int64_t pixels = planes_pixels(p), within = line_pixels(p), most = 0;
  int64_t slab_pixels = (int64_t)p->slabs.panels * block_columns, step = lines_between_pixels(p);
  int64_t reach = lines_of(p)->count - (p->pixels[p->axis_count - 1].extent - 1) * step;
  for (int64_t first = 0; first < pixels; first += slab_pixels) {
    int64_t last = size_smaller(first + slab_pixels, pixels) - 1;
    most = size_larger(most, (last / within - first / within) * step + reach);
  }
  return most;
}

// Cycles in which a block's pixels are loaded for a word of k.
static uint64_t loads_of(const Machine *machine, const Planes *p, int64_t block_columns) {
  enum { MOST_LANES = 64 };
  int64_t pixels = planes_pixels(p), lanes = (int64_t)machine->spm_lanes, cycles = 0, count = 0;
  if (lanes > MOST_LANES)
    return (uint64_t)block_columns;
  for (int64_t first = 0; first < pixels && count < MOST_SAMPLES; first += block_columns, count++) {
    uint32_t words[MOST_LANES] = {0}, most = 0;
    for (int64_t i = first; i < pixels && i < first + block_columns; i++) {
      uint32_t *used = &words[planes_place_of_pixel(p, i) / p->slabs.step * p->slabs.word / WORD % lanes];
      most = ++*used > most ? *used : most;
    }
    cycles += most;
  }
  return (uint64_t)size_divide_up(cycles, count);
}

// Pixels some values apart: then those that a tap reads lie side by side when words are made.
static void choose_phases(int64_t size, Planes *p) {
  enum { MOST_PHASES = 4 };
  PlaneSlabs *s = &p->slabs;
  int64_t step = p->pixels[0].stride / size;
  s->step = s->phases = 1;
  if (s->word == 1 || step < 2 || step > MOST_PHASES || p->axes[0].unit != size)
    return;
  s->step = step;
  for (uint32_t i = 0; i < p->tap_count; i++)
    if (p->tap_axes[i] == 0 && p->taps[i].extent > 1 && p->taps[i].stride % p->pixels[0].stride != 0)
      s->phases = step;
}

void planes_pad_slabs(const Machine *machine, Contraction *c, unsigned block_columns, bool spread,
                      Planes *p) {
  PlaneSlabs *s = &p->slabs;
  int64_t least = (s->step - p->axes[0].count % s->step) % s->step, chosen = least;
  uint64_t best = UINT64_MAX;
  s->pad = 0;
  if (p->axis_count == 1)
    return;
  for (s->pad = least; spread && s->pad < (int64_t)machine->spm_lanes + least; s->pad += s->step) {
    planes_place_axes(contraction_size(c, CONTRACTION_Y), lines_of(p)->count, p);
    uint64_t cycles = loads_of(machine, p, block_columns);
    if (cycles < best) {
      best = cycles;
      chosen = s->pad;
    }
  }
  s->pad = chosen;
}

bool planes_find_slabs(const Machine *machine, Contraction *c, Planes *p) {
  if (!planes_read(machine, c, p) || contraction_main(c, ROLE_ROW)->extent.value != IR_NONE ||
      !choose_words(machine, c, p))
    return false;
  choose_phases(contraction_size(c, CONTRACTION_Y), p);
  SlabBoxes boxes;
  int64_t transfers = 0;
  for (unsigned rest = 0; rest < 2; rest++)
    if (slab_boxes(p, rest, &boxes)) {
      int64_t more = 1;
      for (uint32_t i = DMA_DIMENSIONS - 1 - !boxes.whole_lines; i < boxes.count; i++)
        more *= boxes.steps[i].extent;
      transfers += more;
    }
  return transfers <= PLANES_MOST_BOXES;
}

bool planes_cut_slabs(const Machine *machine, Contraction *c, unsigned block_columns, uint64_t panels,
                      Planes *p) {
  PlaneSlabs *s = &p->slabs;
  int64_t pixels = planes_pixels(p), outer = 1;
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    outer *= constant_stride(&c->iterators[i], CONTRACTION_Y) ? c->iterators[i].extent.constant : 1;
  int64_t period = line_pixels(p) / greatest_divisor(line_pixels(p), block_columns); // in panels
  panels -= (int64_t)panels > period ? panels % (uint64_t)period : 0;
  int64_t slab_pixels = (int64_t)panels * block_columns;
  s->panels = panels;
  s->count = (uint64_t)size_divide_up(pixels, slab_pixels);
  s->periodic = slab_pixels % line_pixels(p) == 0;
  s->stays = s->count == 1 && outer == 1;
  s->lines = count_lines(p, block_columns);
  if (!place_slab(machine, contraction_size(c, CONTRACTION_Y), p))
    return false;
  int64_t looked_up = s->periodic ? slab_pixels : (int64_t)(s->count * panels) * block_columns, last = 0;
  for (int64_t a = 0; a < (int64_t)p->axis_count; a++)
    last += (p->pixels[a].extent - 1) * p->pixels[a].place;
  last = size_smaller(last, s->plane) / s->step * s->word;
  p->index_bytes = last <= UINT16_MAX ? 2 : 4;
  p->taps_at = round_up((uint64_t)looked_up * p->index_bytes, 8);
  s->entries_at = round_up(p->taps_at + ((uint64_t)s->words + 3) * 4, 8);
  s->gathers_at = s->entries_at + s->count * ENTRY_BYTES;
  p->table_bytes = s->gathers_at + (s->chunk_in ? (uint64_t)(s->chunk_out + s->rest_out) : 0);
  p->load_cycles = loads_of(machine, p, block_columns);
  return true;
}

// --- transfers

// One more dimension, or the last one goes on.
static void add_step(SlabBoxes *boxes, PlaneStep step) {
  PlaneStep *before = boxes->count > boxes->before ? &boxes->steps[boxes->count - 1] : NULL;
  if (step.extent == 1)
    return;
  if (before && step.stride == before->stride * before->extent &&
      step.place == before->place * before->extent)
    before->extent *= step.extent;
  else
    boxes->steps[boxes->count++] = step;
}

bool slab_boxes(const Planes *p, bool rest, SlabBoxes *boxes) {
  const PlaneSlabs *s = &p->slabs;
  memset(boxes, 0, sizeof *boxes);
  uint32_t last = p->axis_count - 1;
  int64_t over = s->word > 1 && s->by_planes ? s->extent % s->word : 0, whole = s->extent / s->word;
  if (rest ? !over : s->word > 1 && s->by_planes && !whole)
    return false;
  boxes->bytes = (p->axes[0].end - p->axes[0].first) * p->axes[0].pitch;
  for (uint32_t a = 1; a < last; a++) {
    PlaneStep step = {p->axes[a].end - p->axes[a].first, p->axes[a].unit, p->axes[a].pitch};
    if (!boxes->count && step.stride == boxes->bytes && step.place == boxes->bytes)
      boxes->bytes *= step.extent;
    else
      boxes->steps[boxes->count++] = step;
  }
  if (last == 0)
    boxes->bytes = p->axes[0].pitch;
  boxes->whole_lines =
      !boxes->count && p->axes[last].unit == boxes->bytes && p->axes[last].pitch == boxes->bytes;
  boxes->before = boxes->count;
  bool done[CONTRACTION_PARTS] = {false};
  for (uint32_t i = next_level(p, done); i < p->tap_count; i = next_level(p, done)) {
    done[i] = true;
    PlaneStep step = p->taps[i];
    if (s->word > 1 && i == s->part) { // by planes
      step.extent = rest ? 1 : whole;
      step.stride *= s->word;
    }
    add_step(boxes, step);
  }
  if (s->word > 1 && s->by_planes)
    add_step(boxes, (PlaneStep){rest ? over : s->word, p->taps[s->part].stride, s->lane});
  if (rest) {
    boxes->from = whole * s->word * p->taps[s->part].stride;
    boxes->to = whole * p->taps[s->part].place;
  }
  return true;
}

// --- estimate

uint64_t slabs_fetch_cycles(const Machine *machine, const Planes *p) {
  int64_t beat = (int64_t)machine->dram_bandwidth, total = 0, lines = p->slabs.lines;
  SlabBoxes boxes;
  for (unsigned rest = 0; rest < 2; rest++) {
    if (!slab_boxes(p, rest, &boxes))
      continue;
    int64_t runs = boxes.whole_lines ? 1 : lines, bytes = boxes.bytes * (boxes.whole_lines ? lines : 1);
    for (uint32_t i = 0; i < boxes.count; i++)
      runs *= boxes.steps[i].extent;
    int64_t part = bytes % beat != 0 ? beat - 1 : 0;
    total += (int64_t)machine->dma_start +
             size_larger(runs * (bytes + part) / beat,
                         runs * size_divide_up(bytes, (int64_t)machine->dma_spm_words * 4));
  }
  return (uint64_t)total;
}

uint64_t slabs_pack_cycles(const Machine *machine, const Planes *p) {
  const PlaneSlabs *s = &p->slabs;
  if (s->word == 1)
    return 0;
  uint64_t unit = (uint64_t)(s->word * s->step) + 3;
  return (uint64_t)(s->lane / s->step * s->phases) / machine_vector_bytes(machine) * unit +
         2 * machine->spm_vector_latency;
}

uint64_t slabs_order_cycles(const Machine *machine, const Planes *p, uint64_t rows) {
  const PlaneSlabs *s = &p->slabs;
  uint64_t gather = (uint64_t)s->gather_registers * s->gather_registers + 3;
  return s->chunk_in ? rows * ((uint64_t)s->chunks * gather + (s->rest_out ? gather : 0) +
                               machine->spm_vector_latency)
                     : 0;
}
