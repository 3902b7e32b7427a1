// Chooses what a region becomes: a contraction on the tile unit, else code for the vector unit.
#include "target/tensor/emitter.h"
#include "target/tensor/expand.h"
#include "target/tensor/tile/band.h"
#include "target/tensor/tile/contraction.h"
#include "target/tensor/tile/depthwise.h"
#include "target/tensor/tile/matvec.h"
#include "target/tensor/tile/pieces.h"
#include "target/tensor/tile/sized.h"
#include "target/tensor/tile/written.h"

#include <string.h>

// Sums of products in which no factor is used twice are better in the lanes of vectors.
static bool is_worth_it(const Contraction *c, const char **reason) {
  double products = 1;
  bool reuse = false;
  for (uint32_t i = 0; i < c->count; i++) {
    const ContractionIterator *iterator = &c->iterators[i];
    products *= iterator->extent.value == IR_NONE ? (double)iterator->extent.constant : LEAST_PRODUCTS;
    bool one = iterator->extent.value == IR_NONE && iterator->extent.constant == 1;
    reuse = reuse || (!one && (iterator->role == ROLE_ROW || iterator->role == ROLE_COLUMN));
  }
  if (!reuse)
    *reason = "no factor is used twice";
  else if (products < LEAST_PRODUCTS)
    *reason = "too few products";
  return reuse && products >= LEAST_PRODUCTS;
}

// Whether scaled operands or old values keep a matrix times a vector from the form of its own that it has;
// the vector unit does better then than the blocks of a product of matrices.
static bool is_scaled_matvec(Contraction *c, const char **reason) {
  bool one = quantity_is(contraction_main(c, ROLE_ROW)->extent, 1) ||
             quantity_is(contraction_main(c, ROLE_COLUMN)->extent, 1);
  *reason = "a matrix times a vector that is scaled";
  return one && contraction_scales(c);
}

// What the vector unit takes about for products of one row by columns that lie side by side, as of an image
// and one filter: it has as many lanes as the tile unit has columns, and needs nothing packed or drained.
// UINT64_MAX: that is not so, or not known.
static uint64_t one_row_cycles(const Machine *machine, const Contraction *c) {
  enum { START = 700 };
  // For a register of results, by values in a word: a load and a product, widened ones, sums of them.
  static const uint64_t cycles[] = {[1] = 2, [2] = 3, [4] = 6};
  const ContractionIterator *column = &c->iterators[c->count - 3 + ROLE_COLUMN];
  uint64_t products = 1;
  if (!quantity_is(column->strides[CONTRACTION_Y], contraction_size(c, CONTRACTION_Y)) ||
      !quantity_is(column->strides[CONTRACTION_C], contraction_size(c, CONTRACTION_C)))
    return UINT64_MAX;
  for (uint32_t i = 0; i < c->count; i++) {
    const ContractionIterator *iterator = &c->iterators[i];
    if (iterator->extent.value != IR_NONE ||
        (contraction_can_be(iterator, ROLE_ROW) && !quantity_is(iterator->extent, 1)))
      return UINT64_MAX;
    products *= (uint64_t)iterator->extent.constant;
  }
  return START + products * cycles[c->word] / machine_tile(machine);
}

// `plain`: the contraction as it is in the loops.
static bool lanes_are_faster(Target *target, const Contraction *plain, Contraction *c, const TilePlan *plan) {
  uint64_t by_lanes = one_row_cycles(target->machine, plain);
  Written *written = ARENA_NEW(c->region->arena, Written);
  return by_lanes < plan->cycles &&
         !(plan_written(target->machine, c, plan, written) && written->plan.cycles <= by_lanes);
}

// --- when the code may run

// Elements of C are different ones for different iterations: each iterator's steps are longer than all that
// those of shorter steps go through. Iterators of constant strides are sorted by them; the strides of the
// others are taken for longer ones, and are compared with one another when the code runs.
typedef struct Span {
  Emitter *e;
  IrValue condition;
  IrValue length; // bytes that the iterators so far go through
} Span;

static void require(Span *span, IrValue condition) {
  span->condition = span->condition == IR_NONE ? condition : emit_and(span->e, span->condition, condition);
}

static void widen(Span *span, const ContractionIterator *iterator) {
  IrValue stride = emit_quantity(span->e, iterator->strides[CONTRACTION_C]);
  IrValue extent = emit_quantity(span->e, iterator->extent);
  require(span, emit_less(span->e, emit_add_number(span->e, span->length, -1), stride));
  IrValue steps = emit_mul(span->e, emit_add_number(span->e, extent, -1), stride);
  span->length = emit_add(span->e, span->length, steps);
}

static bool has_constant_stride(const ContractionIterator *iterator) {
  return iterator->strides[CONTRACTION_C].value == IR_NONE;
}

// Longer than what the other iterators go through whose strides only the run time knows, and are no longer.
// Of one place there are no strides.
static void require_longer(Span *span, const Contraction *c, uint32_t longer) {
  Emitter *e = span->e;
  IrValue stride = emit_quantity(e, c->iterators[longer].strides[CONTRACTION_C]), length = span->length;
  for (uint32_t i = 0; i < c->count; i++) {
    const ContractionIterator *iterator = &c->iterators[i];
    if (i == longer || iterator->sums || has_constant_stride(iterator))
      continue;
    IrValue other = emit_quantity(e, iterator->strides[CONTRACTION_C]);
    IrValue steps = emit_mul(e, emit_add_number(e, emit_quantity(e, iterator->extent), -1), other);
    IrValue within = emit_choose(e, emit_less(e, stride, other), emit_number(e, 0), steps);
    length = emit_add(e, length, emit_max(e, within, emit_number(e, 0)));
  }
  IrValue one = emit_less(e, emit_quantity(e, c->iterators[longer].extent), emit_number(e, 2));
  IrValue less = emit_less(e, emit_add_number(e, length, -1), stride);
  require(span, build2(&e->builder, IR_OR, IR_I1, one, less));
}

static void require_apart(Span *span, const Contraction *c) {
  bool done[CONTRACTION_ITERATORS] = {false};
  for (;;) {
    uint32_t next = c->count;
    for (uint32_t i = 0; i < c->count; i++) {
      const ContractionIterator *iterator = &c->iterators[i];
      if (done[i] || iterator->sums || quantity_is(iterator->extent, 1) || !has_constant_stride(iterator))
        continue;
      if (next == c->count ||
          iterator->strides[CONTRACTION_C].constant < c->iterators[next].strides[CONTRACTION_C].constant)
        next = i;
    }
    if (next == c->count)
      break;
    done[next] = true;
    widen(span, &c->iterators[next]);
  }
  for (uint32_t i = 0; i < c->count; i++)
    if (!done[i] && !c->iterators[i].sums && !has_constant_stride(&c->iterators[i]))
      require_longer(span, c, i);
}

// Products of sizes that are known only now are counted before.
static void require_many(Span *span, const Contraction *c) {
  IrValue products = emit_number(span->e, 1);
  bool known = true;
  for (uint32_t i = 0; i < c->count; i++) {
    known = known && c->iterators[i].extent.value == IR_NONE;
    products = emit_mul(span->e, products, emit_quantity(span->e, c->iterators[i].extent));
  }
  if (!known)
    require(span, emit_less(span->e, emit_number(span->e, LEAST_PRODUCTS - 1), products));
}

// False: it may never run.
static bool make_condition(Emitter *e, Contraction *c, IrValue *condition) {
  IrValue disjoint = IR_NONE;
  if (!region_disjoint(c->region, &disjoint))
    return false;
  e->builder = region_before(c->region);
  Span span = {e, disjoint, emit_number(e, contraction_size(c, CONTRACTION_C))};
  for (uint32_t i = 0; i < c->count; i++)
    require(&span, emit_less(e, emit_number(e, 0), emit_quantity(e, c->iterators[i].extent)));
  require_apart(&span, c);
  require_many(&span, c);
  *condition = span.condition;
  if (span.condition != IR_NONE && ir_is_const(e->builder.f, span.condition)) {
    if (!ir_insn(e->builder.f, span.condition)->imm)
      return false;
    *condition = IR_NONE;
  }
  return true;
}

// Takes another form of the contraction where it has a plan that is better than `plan`, or there is none yet.
static void choose_better(Target *target, Contraction *form, Contraction *chosen, TilePlan *plan, bool *any) {
  TilePlan other;
  const char *ignored = NULL;
  if (!plan_contraction(target->machine, form, false, form->region->arena, &other, &ignored) ||
      (*any && other.cycles >= plan->cycles))
    return;
  *any = true;
  *chosen = *form;
  *plan = other;
}

// With groups of few columns made one.
static void choose_groups(Target *target, Contraction *contraction, Contraction *chosen, TilePlan *plan,
                          bool *any) {
  enum { WIDTHS = 3 };
  Quantity columns = contraction_main(contraction, ROLE_COLUMN)->extent;
  int64_t tile = machine_tile(target->machine);
  for (unsigned i = 0; i < WIDTHS && columns.constant <= tile; i++) {
    Contraction groups = *contraction;
    if (contraction_gather_groups(&groups, tile << i))
      choose_better(target, &groups, chosen, plan, any);
  }
}

// With words of k that lie as the tile unit takes them.
static void choose_words(Target *target, const Contraction *contraction, Contraction *chosen, TilePlan *plan,
                         bool *any) {
  Contraction words = *contraction;
  if (!contraction_take_words(&words))
    return;
  Contraction gathered = words;
  bool gathers = contraction_gather(&gathered);
  choose_better(target, &words, chosen, plan, any);
  if (gathers)
    choose_better(target, &gathered, chosen, plan, any);
}

// With iterators made one where that is better.
static bool choose_plan(Target *target, Contraction *contraction, TilePlan *plan, const char **reason) {
  Contraction gathered = *contraction, pixels = *contraction;
  TilePlan other, image;
  Arena *arena = contraction->region->arena;
  bool possible = contraction_gather(&gathered) &&
                  plan_contraction(target->machine, &gathered, false, arena, &other, reason);
  bool plain = plan_contraction(target->machine, contraction, false, arena, plan, reason);
  bool planes = contraction_gather_pixels(&pixels, (unsigned)machine_tile(target->machine)) &&
                plan_contraction(target->machine, &pixels, false, arena, &image, reason);
  Contraction chosen = *contraction;
  if (possible && (!plain || other.cycles <= plan->cycles)) {
    chosen = gathered;
    *plan = other;
  }
  bool any = possible || plain;
  choose_groups(target, contraction, &chosen, plan, &any);
  choose_words(target, contraction, &chosen, plan, &any);
  *contraction = chosen;
  if (planes && (!any || image.cycles < plan->cycles)) {
    *contraction = pixels;
    *plan = image;
  }
  return any || planes;
}

static void report_buffers(NestReport *nest, const SpmBuffer *buffers, unsigned count) {
  for (unsigned i = 0; i < count; i++)
    if (buffers[i].size)
      nest->buffers[nest->buffer_count++] = (NestBuffer){buffers[i].name, buffers[i].size, buffers[i].offset};
}

static void report_bounds(NestReport *nest, const NestBound *bounds, size_t count, uint64_t estimate) {
  nest->bound_count = count;
  memcpy(nest->bounds, bounds, count * sizeof *bounds);
  nest->estimate = estimate;
}

// The nest is on the tile unit, as its summary says.
static void report_done(Target *target, Region *region) {
  region->report->unit = "tile";
  target_remark(target, TARGET_REMARK_PASSED, "contraction", region_place(target, region), "%s",
                region->report->summary);
}

// What making an image's borders adds to a report: cycles before all others, and a buffer.
static uint64_t borders_cycles(const Contraction *c) {
  return c->bordered_image ? c->bordered_image->cycles : 0;
}

static void report_borders(const Contraction *c, NestReport *nest) {
  const BorderedImage *image = c->bordered_image;
  if (image)
    report_buffers(nest, &(SpmBuffer){"image with borders", (uint64_t)image->bytes, image->place, 0}, 1);
}

static const char *about_borders(Target *target, const Contraction *c) {
  return c->bordered_image ? arena_format(&target->arena, "borders made around an image of %llu bytes, ",
                                          (unsigned long long)c->bordered_image->bytes)
                           : "";
}

// What parameters and values must be is tested before.
static void emit_tests(Target *target, Contraction *c, IrValue *condition) {
  emit_scale_test(target, c, condition);
  emit_value_test(target, c, condition);
}

// Of sizes that only the run time knows there is no estimate.
static void report_sized(Target *target, Region *region, const Sized *w) {
  NestReport *nest = region->report;
  nest->summary =
      arena_format(&target->arena,
                   "contraction on the tile unit: sizes are not known, blocks of %u x %u, up to %llu of k "
                   "at once, %llu bytes of scratchpad",
                   w->shape.block_rows, w->shape.block_columns, (unsigned long long)w->shape.chunk,
                   (unsigned long long)w->shape.spm_bytes);
  report_buffers(nest, w->buffers, SIZED_BUFFERS);
  report_done(target, region);
}

static void report(Target *target, const Contraction *c, const TilePlan *plan, bool written) {
  Region *region = c->region;
  uint64_t before = (uint64_t)scale_test_cycles(target->machine, region, &c->epilogue) + borders_cycles(c);
  NestReport *nest = region->report;
  bool known = contraction_sizes_are_known(c);
  const char *about =
      known ? arena_format(&target->arena, ", about %llu cycles", (unsigned long long)(plan->cycles + before))
            : ", sizes are not known";
  const char *groups =
      c->diagonal.groups ? arena_format(&target->arena, "%lld groups in one, ", (long long)c->diagonal.groups)
                         : "";
  nest->summary = arena_format(
      &target->arena,
      "contraction on the tile unit: blocks of %u x %u, %llu %sof k in a pass, %s%llu blocks%s, "
      "%s%s%s%s%llu bytes of scratchpad%s",
      plan->shape_rows * plan->tile, plan->shape_columns * plan->tile, (unsigned long long)plan->chunk,
      c->operands[CONTRACTION_X].type == IR_I32 ? "words " : "", written ? "" : "groups of ",
      (unsigned long long)plan->blocks, written ? " written out" : "", groups,
      plan->window.slabs             ? "a window over the image, which comes in slabs, "
      : plan->window.unit            ? "a window over the image, "
      : plan->planes.slabs.count > 1 ? "a window over planes, which come in slabs, "
      : plan->planes.bytes           ? "a window over planes, "
                                     : "",
      plan->vector_cycles ? "results of the sums by the vector unit, " : "", about_borders(target, c),
      (unsigned long long)plan->spm_bytes, about);
  report_buffers(nest, plan->buffers, BUFFER_COUNT);
  const NestBound bounds[] = {{"products", plan->product_cycles},
                              {"scratchpad port", plan->port_cycles},
                              {"drain", plan->drain_cycles},
                              {"DMA", plan->dma_cycles},
                              {"start and end", plan->extra_cycles + before},
                              {"vector unit", plan->vector_cycles}};
  if (known)
    report_bounds(nest, bounds, sizeof bounds / sizeof *bounds - !plan->vector_cycles, plan->cycles + before);
  report_borders(c, nest);
  report_done(target, region);
}

static void report_depthwise(Target *target, Region *region, const Depthwise *d) {
  NestReport *nest = region->report;
  nest->summary =
      arena_format(&target->arena,
                   "depthwise products on the tile unit: tiles of %lld rows and %lld channels, blocks of "
                   "%lld rows and %lld "
                   "channels, %llu bytes of scratchpad, about %lld cycles",
                   (long long)d->tile_rows, (long long)d->tile_channels, (long long)d->block_rows,
                   (long long)d->block_channels, (unsigned long long)d->spm_bytes, (long long)d->cycles);
  report_buffers(nest, d->buffers, DEPTHWISE_BUFFERS);
  const NestBound bounds[] = {{"products", d->product_cycles},
                              {"scratchpad port", d->port_cycles},
                              {"drain", d->drain_cycles},
                              {"DMA", d->dma_cycles},
                              {"start and end", d->extra_cycles}};
  report_bounds(nest, bounds, sizeof bounds / sizeof *bounds, (uint64_t)d->cycles);
  report_done(target, region);
}

static bool map_depthwise(Target *target, Region *region, const Contraction *contraction) {
  Depthwise *d = ARENA_NEW(region->arena, Depthwise);
  IrValue condition = IR_NONE;
  const char *reason = NULL;
  Emitter e = {.target = target, .machine = target->machine};
  if (!depthwise_find(contraction, d) || !depthwise_plan(target->machine, d) ||
      !make_condition(&e, &d->c, &condition) || !depthwise_plan_sums(target, d, &reason))
    return false;
  emit_tests(target, &d->c, &condition);
  emit_depthwise(target, d, condition);
  report_depthwise(target, region, d);
  return true;
}

static void report_matvec(Target *target, Region *region, const Matvec *m) {
  NestReport *nest = region->report;
  nest->summary =
      arena_format(&target->arena,
                   "matrix times vector on the tile unit: tiles of %lld columns by %lld of k, %llu "
                   "bytes of scratchpad, about %llu cycles",
                   (long long)m->block, (long long)m->chunk, (unsigned long long)m->spm_bytes,
                   (unsigned long long)m->cycles);
  const NestBound bounds[] = {
      {"products", m->product_cycles}, {"DMA", m->dma_cycles}, {"start and end", m->extra_cycles}};
  report_bounds(nest, bounds, sizeof bounds / sizeof *bounds, m->cycles);
  report_done(target, region);
}

static bool map_matvec(Target *target, Region *region, const Contraction *contraction) {
  Matvec *m = ARENA_NEW(region->arena, Matvec);
  IrValue condition = IR_NONE;
  Emitter e = {.target = target, .machine = target->machine};
  if (!matvec_find(contraction, m) || !matvec_plan(target->machine, m) ||
      !make_condition(&e, &m->c, &condition))
    return false;
  emit_tests(target, &m->c, &condition);
  emit_matvec(target, m, condition);
  report_matvec(target, region, m);
  return true;
}

static void report_bands(Target *target, Region *region, const Bands *b) {
  NestReport *nest = region->report;
  nest->summary = arena_format(
      &target->arena,
      "contraction on the tile unit: bands of %lld rows, blocks of %lld, %s%llu bytes of scratchpad, "
      "about %llu cycles",
      (long long)b->band_rows, (long long)b->block_rows, about_borders(target, &b->c),
      (unsigned long long)b->spm_bytes, (unsigned long long)(b->cycles + borders_cycles(&b->c)));
  for (unsigned i = 0; i < BAND_BUFFERS; i++)
    nest->buffers[nest->buffer_count++] =
        (NestBuffer){b->buffers[i].name, b->buffers[i].size, b->buffers[i].offset};
  const NestBound bounds[] = {{"products", b->product_cycles},
                              {"scratchpad port", b->port_cycles},
                              {"drain", b->drain_cycles},
                              {"DMA", b->dma_cycles},
                              {"start and end", b->extra_cycles + borders_cycles(&b->c)}};
  report_bounds(nest, bounds, sizeof bounds / sizeof *bounds, b->cycles + borders_cycles(&b->c));
  report_borders(&b->c, nest);
  report_done(target, region);
}

// In bands, where that is better than `plan`.
static bool choose_bands(Target *target, const Contraction *contraction, const TilePlan *plan, Bands *bands) {
  if (contraction->pixels.count || contraction->diagonal.groups || contraction->start_correction)
    return false;
  bool any = bands_plan(target->machine, contraction, bands);
  Contraction gathered = *contraction;
  Bands other;
  if (!contraction->row_parts.count && !contraction->correction && contraction_gather(&gathered) &&
      contraction_place_parameters(&gathered) && bands_plan(target->machine, &gathered, &other) &&
      (!any || other.cycles < bands->cycles)) {
    *bands = other;
    any = true;
  }
  return any && bands->cycles < plan->cycles;
}

static void report_pieces(Target *target, Region *region, const Pieces *w, uint64_t cycles) {
  NestReport *nest = region->report;
  nest->estimate = cycles;
  const char *about =
      cycles ? arena_format(&target->arena, ", about %llu cycles", (unsigned long long)cycles) : "";
  nest->summary =
      arena_format(&target->arena,
                   "contraction on the tile unit: an image%s, blocks of %u x %u, pieces of up to %llu of k, "
                   "%llu bytes of scratchpad%s",
                   cycles ? "" : " whose sizes are not known", w->shape.block_rows, w->shape.block_columns,
                   (unsigned long long)w->shape.chunk, (unsigned long long)w->shape.spm_bytes, about);
  report_buffers(nest, w->buffers, PIECE_BUFFERS);
  report_done(target, region);
}

// `cycles`: where all sizes are known, what it must take less than.
static bool map_pieces(Target *target, Region *region, const Contraction *contraction, uint64_t cycles) {
  Pieces *w = ARENA_NEW(region->arena, Pieces);
  IrValue condition = IR_NONE;
  Emitter e = {.target = target, .machine = target->machine};
  if (!pieces_find(contraction, w) || !pieces_plan(target->machine, w))
    return false;
  uint64_t estimate = pieces_are_known(w) ? pieces_cycles(target->machine, w) : 0;
  if ((estimate && estimate >= cycles) || !make_condition(&e, &w->c, &condition))
    return false;
  pieces_condition(&e, w, &condition);
  emit_tests(target, &w->c, &condition);
  emit_pieces(target, w, condition);
  report_pieces(target, region, w, estimate);
  return true;
}

// The scratchpad that the sums of zero points take, which are made when the image is there.
static uint64_t sums_bytes(const Contraction *c) {
  const Correction *corrections[] = {c->correction, c->start_correction};
  uint64_t bytes = 0;
  for (unsigned i = 0; i < 2; i++)
    if (corrections[i] && corrections[i]->plan.spm_bytes > bytes)
      bytes = corrections[i]->plan.spm_bytes;
  return bytes;
}

// As blocks, written out or not, or as bands: the ways that most contractions have. `condition`: under which
// the code may run, where it is known already (an operand that is made here is none of the region's).
static bool map_blocks(Target *target, Region *region, Contraction *contraction, bool general,
                       const IrValue *known, const char **reason) {
  const Contraction plain = *contraction;
  TilePlan plan, short_sums;
  const char *ignored = NULL;
  IrValue condition = known ? *known : IR_NONE;
  bool bordered = contraction->border_count;
  bool any_length = choose_plan(target, contraction, &plan, reason);
  if (any_length && lanes_are_faster(target, &plain, contraction, &plan)) {
    *reason = "products of one row, for which the vector unit takes less time";
    return false;
  }
  bool one_pass = contraction_main(contraction, ROLE_SUM)->extent.value != IR_NONE &&
                  plan_contraction(target->machine, contraction, true, region->arena, &short_sums, &ignored);
  Emitter e = {.target = target, .machine = target->machine};
  if (!any_length && !one_pass)
    return false;
  if (!known && !make_condition(&e, contraction, &condition)) {
    *reason = "arrays may overlap";
    return false;
  }
  if (!zero_point_plan(target, contraction, reason))
    return false;
  Written *written = ARENA_NEW(region->arena, Written);
  if (!any_length || bordered || general || !plan_written(target->machine, contraction, &plan, written))
    written = NULL;
  Bands *bands = ARENA_NEW(region->arena, Bands);
  const TilePlan *best = written ? &written->plan : any_length ? &plan : &short_sums;
  bool banded = any_length && !bordered && !general && choose_bands(target, contraction, best, bands);
  if (any_length && !bordered && !general && !known &&
      map_pieces(target, region, &plain, banded ? bands->cycles : best->cycles))
    return true;
  uint64_t behind = banded ? bands->spm_bytes : best->spm_bytes, sums = sums_bytes(contraction);
  if (contraction->bordered_image)
    bordered_image_place(target, contraction, behind > sums ? behind : sums);
  if (banded) {
    emit_tests(target, &bands->c, &condition);
    emit_bands(target, bands, condition);
    report_bands(target, region, bands);
    return true;
  }
  emit_tests(target, contraction, &condition);
  Sized *sized = ARENA_NEW(region->arena, Sized);
  const ContractionForms forms = {.plan = any_length ? &plan : NULL,
                                  .short_sums = one_pass ? &short_sums : NULL,
                                  .sized = sized_plan(target->machine, contraction, sized) ? sized : NULL,
                                  .written = written};
  if (!emit_contraction(target, contraction, &forms, condition))
    return false;
  const TilePlan *likelier = one_pass ? &short_sums : &plan;
  if (forms.sized)
    report_sized(target, region, sized);
  else
    report(target, contraction, written ? &written->plan : likelier, written);
  return true;
}

// With the borders of the image made before.
static bool map_bordered(Target *target, Region *region, const Contraction *contraction, bool general,
                         const char **reason) {
  Contraction c = *contraction;
  IrValue condition = IR_NONE;
  size_t arrays = region->arrays.count, accesses = region->accesses.count;
  Emitter e = {.target = target, .machine = target->machine};
  if (!c.border_count || !make_condition(&e, &c, &condition) || !bordered_image_plan(target->machine, &c))
    return false;
  const Machine *whole = target->machine;
  Machine rest = *whole;
  rest.spm_size -= (uint64_t)c.bordered_image->bytes + whole->cache_line;
  rest.spm_taken += (uint64_t)c.bordered_image->bytes + whole->cache_line;
  target->machine = &rest;
  bool mapped = map_blocks(target, region, &c, general, &condition, reason);
  target->machine = whole;
  if (!mapped) {
    region->arrays.count = arrays;
    region->accesses.count = accesses;
  }
  return mapped;
}

static bool map_contraction(Target *target, Region *region) {
  Contraction contraction;
  const char *reason = NULL;
  bool found = contraction_find(target, region, &contraction, &reason);
  found = found && is_worth_it(&contraction, &reason) && !is_scaled_matvec(&contraction, &reason);
  found = found && finish_estimate(target, &contraction, &reason);
  if (found)
    emit_place(region->function, contraction.source);
  bool bordered = found && contraction.border_count;
  // The special forms store sums as the drain makes them, of operands as they are.
  bool general = found && (contraction.finish.any || contraction_scales(&contraction));
  if (found && contraction.guard_count) {
    if (!general && map_pieces(target, region, &contraction, 0))
      return true;
    reason = "a guarded sum";
    found = false;
  }
  if (found && !general &&
      (map_depthwise(target, region, &contraction) ||
       (!bordered && map_matvec(target, region, &contraction)) ||
       map_pieces(target, region, &contraction, 0)))
    return true;
  const Contraction plain = contraction;
  if (found && contraction.borders_summed)
    reason = "padding beside a zero point of the other operand, for which there is no room";
  if (found &&
      ((!contraction.borders_summed && map_blocks(target, region, &contraction, general, NULL, &reason)) ||
       (bordered && map_bordered(target, region, &plain, general, &reason))))
    return true;
  target_remark(target, TARGET_REMARK_ANALYSIS, "contraction", region_place(target, region),
                "no contraction: %s", reason);
  report_refusal(target, region->entry, reason);
  return false;
}

bool has_contraction_part(Region *region, uint32_t *nests) {
  return contraction_in_part(region, nests);
}

bool map_region(Target *target, Region *region) {
  Expansion expansion;
  bool expanded = expand_locals(target, region, &expansion);
  bool mapped = map_contraction(target, region);
  if (expanded && !mapped)
    expand_restore(region, &expansion);
  return mapped;
}
