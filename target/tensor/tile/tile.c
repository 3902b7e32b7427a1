// Code for contractions: the sequence of blocks (see tile.h).
#include "target/tensor/tile/tile.h"
#include "target/tensor/tile/sized.h"
#include "target/tensor/tile/written.h"

#include <string.h>

// --- sizes

// min(most, what is left) where that is the same in all blocks; IR_NONE: it is not.
static IrValue fixed_clip(Schedule *s, IrValue total, int64_t most) {
  int64_t known = 0;
  if (!emit_is_number(&s->e, total, &known) || (known % most != 0 && known > most))
    return IR_NONE;
  return emit_number(&s->e, known < most ? known : most);
}

IrValue schedule_clip(Schedule *s, IrValue total, IrValue x, int64_t most) {
  IrValue fixed = fixed_clip(s, total, most);
  return fixed != IR_NONE ? fixed : emit_min(&s->e, x, emit_number(&s->e, most));
}

IrValue schedule_chunk(Schedule *s, uint32_t left) {
  if (s->p->one_pass)
    return s->extents[2];
  return schedule_clip(s, s->extents[2], left == IR_NONE ? s->extents[2] : get(s, left),
                       (int64_t)s->p->chunk);
}

IrValue schedule_begins(Schedule *s, const Counter *counter) {
  Emitter *e = &s->e;
  IrValue first = build_const(&e->builder, IR_I1, 1);
  for (uint32_t i = 0; i < counter->levels; i++)
    if (counter->sums[i])
      first = emit_and(e, first, emit_equal(e, get(s, counter->index[i]), emit_number(e, 0)));
  return first;
}

IrValue schedule_first_pass(Schedule *s, const Counter *counter) {
  return s->c->start != START_MEMORY ? schedule_begins(s, counter) : build_const(&s->e.builder, IR_I1, 0);
}

// --- levels

static Level *new_level(Schedule *s, IrValue extent) {
  Level *level = &s->levels[s->level_count++];
  memset(level, 0, sizeof *level);
  level->extent = extent;
  for (unsigned i = 0; i < CONTRACTION_STRIDES; i++)
    level->steps[i] = emit_number(&s->e, 0);
  for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++)
    level->moves[role] = emit_number(&s->e, 0);
  return level;
}

static bool is_one(Schedule *s, IrValue x) {
  int64_t value = 0;
  return emit_is_number(&s->e, x, &value) && value == 1;
}

// The part of a main iterator that one step of a level goes through.
static void cut_level(Schedule *s, IrValue extent, ContractionRole role, IrValue by) {
  Level *level = new_level(s, extent);
  for (unsigned i = 0; i < CONTRACTION_STRIDES; i++)
    level->steps[i] = emit_mul(&s->e, s->strides[role][i], by);
  level->moves[role] = by;
  level->sums = role == ROLE_SUM;
}

static void outer_level(Schedule *s, uint32_t i) {
  const ContractionIterator *iterator = &s->c->iterators[i];
  IrValue extent = emit_quantity(&s->e, iterator->extent);
  if (is_one(s, extent))
    return;
  Level *level = new_level(s, extent);
  level->sums = iterator->sums;
  for (unsigned k = 0; k < CONTRACTION_STRIDES; k++)
    level->steps[k] = emit_quantity(&s->e, iterator->strides[k]);
  level->parameters = s->c->correction ? s->c->correction->moves[i] : iterator->parameters;
  level->starts = s->c->start_correction ? s->c->start_correction->moves[i] : 0;
  const Window *window = &s->p->window;
  level->image = window->unit ? (int64_t)(window->group_step * window->phase_pitch) : s->p->planes.outer[i];
}

bool schedule_is_one_pass(Schedule *s) {
  return s->p->one_pass || is_one(s, emit_divide_up(&s->e, s->extents[2], (int64_t)s->p->chunk));
}

// Groups as even as possible, and as large as the plan says where that is not known.
static void size_groups(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  bool sum = p->layouts[1] == STAGE_SUM;
  s->blocks = emit_number(e, (int64_t)p->blocks);
  if (p->fewest_blocks) {
    IrValue rows = emit_divide_up(e, s->extents[ROLE_ROW], p->block_rows);
    IrValue groups = emit_divide_up(e, rows, (int64_t)p->blocks);
    s->blocks = emit_max(e, emit_quotient_up(e, rows, groups), emit_number(e, (int64_t)p->fewest_blocks));
  }
  IrValue panel = emit_number(e, (int64_t)(sum ? p->block_columns : p->chunk_words));
  if (!sum && p->one_pass)
    panel = emit_divide_up(e, s->extents[ROLE_SUM], s->c->word);
  IrValue pieces = s->c->diagonal.columns
                       ? emit_number(e, (int64_t)p->pieces)
                       : emit_add_number(e, s->blocks, (int64_t)p->pieces - (int64_t)p->blocks);
  s->piece = emit_quotient_up(e, panel, pieces);
}

// Inner levels first.
static void make_levels(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  IrValue group = emit_mul_number(e, s->blocks, p->block_rows);
  cut_level(s, s->blocks, ROLE_ROW, emit_number(e, p->block_rows));
  cut_level(s, emit_divide_up(e, s->extents[1], p->block_columns), ROLE_COLUMN,
            emit_number(e, p->block_columns));
  IrValue groups = emit_quotient_up(e, s->extents[0], group);
  if (!is_one(s, groups))
    cut_level(s, groups, ROLE_ROW, group);
  if (!schedule_is_one_pass(s))
    cut_level(s, emit_divide_up(e, s->extents[2], (int64_t)p->chunk), ROLE_SUM,
              emit_number(e, (int64_t)p->chunk));
  uint32_t outer = contraction_outer_count(s->c);
  for (unsigned sums = 2; sums-- > 0;)
    for (uint32_t i = outer; i-- > 0;)
      if (s->c->iterators[i].sums == (sums != 0))
        outer_level(s, i);
  s->total = emit_number(e, 1);
  for (uint32_t i = 0; i < s->level_count; i++)
    s->total = emit_mul(e, s->total, s->levels[i].extent);
}

// --- counters

// A counter whose blocks begin at this number; the values are added by counter_value.
void schedule_counter(Schedule *s, Counter *counter, IrValue block) {
  memset(counter, 0, sizeof *counter);
  counter->levels = s->level_count;
  for (uint32_t i = 0; i < s->level_count; i++) {
    counter->extents[i] = s->levels[i].extent;
    counter->sums[i] = s->levels[i].sums;
    counter->index[i] = emit_variable(&s->e, i == LEVEL_BLOCK ? block : emit_number(&s->e, 0));
  }
}

// A value that is `first` where all indices are 0.
uint32_t schedule_value(Schedule *s, Counter *counter, IrValue first, const IrValue *steps) {
  uint32_t v = counter->value_count++;
  for (uint32_t i = 0; i < counter->levels; i++) {
    counter->steps[v][i] = counter->carries[v][i] = steps[i];
    if (i > 0)
      counter->carries[v][i] =
          emit_sub(&s->e, steps[i], emit_mul(&s->e, counter->extents[i - 1], steps[i - 1]));
    if (i == LEVEL_BLOCK)
      counter->rewinds[v] =
          emit_sub(&s->e, emit_number(&s->e, 0), emit_mul(&s->e, counter->extents[i], steps[i]));
    IrValue index = get(s, counter->index[i]);
    first = emit_add(&s->e, first, emit_mul(&s->e, steps[i], index));
  }
  counter->values[v] = emit_variable(&s->e, first);
  return counter->values[v];
}

static uint32_t address_value(Schedule *s, Counter *counter, unsigned array) {
  IrValue steps[COUNTER_LEVELS] = {0};
  for (uint32_t i = 0; i < s->level_count; i++)
    steps[i] = s->levels[i].steps[array];
  return schedule_value(s, counter, s->bases[array], steps);
}

// How much of a main iterator is left from here on.
static uint32_t left_value(Schedule *s, Counter *counter, ContractionRole role) {
  IrValue steps[COUNTER_LEVELS] = {0};
  for (uint32_t i = 0; i < s->level_count; i++)
    steps[i] = emit_sub(&s->e, emit_number(&s->e, 0), s->levels[i].moves[role]);
  return schedule_value(s, counter, s->extents[role], steps);
}

// A value that changes with the innermost level alone.
static uint32_t inner_value(Schedule *s, Counter *counter, IrValue first, IrValue step) {
  IrValue steps[COUNTER_LEVELS] = {0};
  for (uint32_t i = 0; i < s->level_count; i++)
    steps[i] = i == 0 ? step : emit_number(&s->e, 0);
  return schedule_value(s, counter, first, steps);
}

static void add_ring(Counter *counter, uint32_t level, uint32_t variable, uint64_t count, IrValue first,
                     int64_t step) {
  if (count > 1)
    counter->rings[counter->ring_count++] = (Ring){level, variable, count, first, step};
}

// To the next place.
static void turn(Schedule *s, const Ring *ring) {
  Emitter *e = &s->e;
  IrValue at = get(s, ring->variable),
          last = emit_add_number(e, ring->first, ring->step * (int64_t)(ring->count - 1));
  IrValue next = emit_sub(e, emit_add(e, ring->first, last), at);
  if (ring->count > 2)
    next = emit_choose(e, emit_equal(e, at, last), ring->first, emit_add_number(e, at, ring->step));
  set(s, ring->variable, next);
}

// One step.
void schedule_advance(Schedule *s, Counter *counter, uint32_t level) {
  Emitter *e = &s->e;
  IrValue index = emit_add_number(e, get(s, counter->index[level]), 1);
  set(s, counter->index[level], index);
  for (uint32_t v = 0; v < counter->value_count; v++)
    move(s, counter->values[v], counter->carries[v][level]);
  if (level + 1 == counter->levels)
    return;
  FlowIf flow;
  if (flow_if(e, &flow, emit_equal(e, index, counter->extents[level]))) {
    set(s, counter->index[level], emit_number(e, 0));
    schedule_advance(s, counter, level + 1);
    for (uint32_t i = 0; i < counter->ring_count; i++)
      if (counter->rings[i].level == level)
        turn(s, &counter->rings[i]);
  }
  flow_end_if(e, &flow);
}

// To the next block whose rows are asked for: those of a group, and then, behind the steps of its other
// panels, those of the next.
static void advance_rows_of_group(Schedule *s) {
  Emitter *e = &s->e;
  Counter *counter = &s->rows;
  IrValue index = emit_add_number(e, get(s, counter->index[LEVEL_BLOCK]), 1);
  set(s, counter->index[LEVEL_BLOCK], index);
  for (uint32_t v = 0; v < counter->value_count; v++)
    move(s, counter->values[v], counter->steps[v][LEVEL_BLOCK]);
  FlowIf flow;
  if (flow_if(e, &flow, emit_equal(e, index, counter->extents[LEVEL_BLOCK]))) {
    set(s, counter->index[LEVEL_BLOCK], emit_number(e, 0));
    for (uint32_t v = 0; v < counter->value_count; v++)
      move(s, counter->values[v], counter->rewinds[v]);
    if (counter->levels > LEVEL_PANEL + 1)
      schedule_advance(s, counter, LEVEL_PANEL + 1);
    for (uint32_t i = 0; i < counter->ring_count; i++)
      turn(s, &counter->rings[i]);
    set(s, s->rows_rest, s->other_panels);
  }
  flow_end_if(e, &flow);
}

static void advance_rows(Schedule *s) {
  Emitter *e = &s->e;
  if (schedule_fetches_blocks(s)) { // of all panels go by this counter
    schedule_advance(s, &s->rows, LEVEL_BLOCK);
    return;
  }
  FlowIf flow;
  if (flow_if(e, &flow, schedule_rows_begin(s)))
    advance_rows_of_group(s);
  if (flow_else(e, &flow))
    move(s, s->rows_rest, emit_number(e, -1));
  flow_end_if(e, &flow);
}

IrValue schedule_rows_begin(Schedule *s) {
  Emitter *e = &s->e;
  IrValue zero = emit_number(e, 0);
  if (schedule_fetches_blocks(s))
    return emit_equal(e, get(s, s->rows.index[LEVEL_PANEL]), zero);
  int64_t others = 0;
  bool none = emit_is_number(e, s->other_panels, &others) && !others;
  return emit_equal(e, none ? zero : get(s, s->rows_rest), zero);
}

// The slot of a ring of RING_SLOTS that belongs to step t + ahead.
IrValue schedule_slot(Schedule *s, unsigned buffer, uint64_t slot, int64_t ahead) {
  Emitter *e = &s->e;
  // A round ahead, since t begins below 0.
  IrValue number = emit_remainder(e, emit_add_number(e, get(s, s->t), ahead + RING_SLOTS), RING_SLOTS);
  return emit_add(e, s->buffers[buffer], emit_mul_number(e, number, (int64_t)slot));
}

// --- before the first step

static uint32_t most_dimensions(const Schedule *s) {
  if (s->p->planes.bytes || s->c->diagonal.columns)
    return DMA_DIMENSIONS - 1;
  if (s->p->window.unit)
    return 2;
  return s->c->sum_parts.count ? s->c->sum_parts.count : 1;
}

static void start_sizes(Schedule *s) {
  Emitter *e = &s->e;
  for (unsigned i = 0; i < CONTRACTION_ARRAYS; i++)
    s->bases[i] = emit_access(e, s->c->region, s->c->operands[i].access);
  for (unsigned i = 0; i < s->c->finish.count; i++)
    s->bases[CONTRACTION_ARRAYS + i] = emit_access(e, s->c->region, s->c->finish.accesses[i]);
  if (contraction_has_begin(s->c))
    s->bases[CONTRACTION_BEGIN] = emit_begin(e, s->c);
  for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++) {
    ContractionIterator *iterator = contraction_main(s->c, (ContractionRole)role);
    s->extents[role] = emit_quantity(e, iterator->extent);
    for (unsigned i = 0; i < CONTRACTION_STRIDES; i++)
      s->strides[role][i] = emit_quantity(e, iterator->strides[i]);
  }
  IrValue spm =
      ir_leaf(e->builder.f, IR_SYMBOL, IR_I64,
              ir_symbol_imm(spm_symbol(e->target, e->builder.f, s->p->spm_bytes, s->p->spm_alignment), 0));
  for (unsigned i = 0; i < BUFFER_COUNT; i++)
    s->buffers[i] = emit_add_number(e, spm, (int64_t)s->p->buffers[i].offset);
  // Where rows are made of parts, addresses are found anew for each block.
  s->row_step = s->strides[ROLE_ROW][CONTRACTION_X];
  if (s->c->row_parts.count)
    s->strides[ROLE_ROW][CONTRACTION_X] = emit_number(e, 0);
  size_groups(s);
  make_levels(s);
}

uint32_t schedule_image(Schedule *s, Counter *counter, IrValue first) {
  IrValue steps[COUNTER_LEVELS] = {0};
  for (uint32_t i = 0; i < s->level_count; i++)
    steps[i] = emit_number(&s->e, s->levels[i].image);
  return schedule_value(s, counter, first, steps);
}

// Where the parameters of a product begin, for groups that have their own.
static uint32_t parameters_value(Schedule *s) {
  IrValue steps[COUNTER_LEVELS] = {0};
  bool any = false;
  for (uint32_t i = 0; i < s->level_count; i++) {
    steps[i] = emit_number(&s->e, s->levels[i].parameters);
    any = any || s->levels[i].parameters;
  }
  return any ? schedule_value(s, &s->compute, emit_number(&s->e, 0), steps) : IR_NONE;
}

// Where what the block's sums begin with lies (Contraction.begin, start_correction).
static uint32_t start_value(Schedule *s) {
  const Correction *k = s->c->start_correction;
  if (!k)
    return s->c->start == START_LINE ? address_value(s, &s->compute, CONTRACTION_BEGIN) : IR_NONE;
  ContractionRole role = s->c->epilogue.columns ? ROLE_ROW : ROLE_COLUMN;
  IrValue steps[COUNTER_LEVELS] = {0};
  for (uint32_t i = 0; i < s->level_count; i++)
    steps[i] = emit_mul_number(&s->e, emit_add_number(&s->e, s->levels[i].moves[role], s->levels[i].starts),
                               SUM_BYTES);
  return schedule_value(s, &s->compute, ir_leaf(s->e.builder.f, IR_FRAME, IR_I64, k->slot), steps);
}

static void start_counters(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  int64_t lag = p->lag;
  bool passes = !schedule_is_one_pass(s);
  IrValue slot = emit_number(e, (int64_t)p->slot);
  schedule_counter(s, &s->compute, emit_number(e, -lag));
  s->c_address = address_value(s, &s->compute, CONTRACTION_C);
  s->c_rows = left_value(s, &s->compute, ROLE_ROW);
  s->c_columns = left_value(s, &s->compute, ROLE_COLUMN);
  if (p->window.unit)
    s->image_start = schedule_image(s, &s->compute, s->buffers[BUFFER_X]);
  s->x_use = p->window.unit ? window_start(s) : inner_value(s, &s->compute, s->buffers[BUFFER_X], slot);
  s->packed = p->layouts[1] == STAGE_PACK ? inner_value(s, &s->compute, emit_number(e, 0),
                                                        emit_mul_number(e, s->piece, (int64_t)p->pitches[1]))
                                          : IR_NONE;
  s->c_left = passes ? left_value(s, &s->compute, ROLE_SUM) : IR_NONE;
  s->c_parameters = parameters_value(s);
  s->c_start = start_value(s);
  for (unsigned i = 0; i < s->c->finish.count; i++)
    s->c_loads[i] = i + 1 == p->beside ? s->c_address : address_value(s, &s->compute, CONTRACTION_ARRAYS + i);

  schedule_counter(s, &s->rows, emit_number(e, -1));
  s->other_panels = emit_mul(e, s->blocks, emit_add_number(e, s->levels[LEVEL_PANEL].extent, -1));
  s->rows_rest = emit_variable(e, emit_number(e, 0));
  s->r_address = address_value(s, &s->rows, CONTRACTION_X);
  s->r_rows = left_value(s, &s->rows, ROLE_ROW);
  s->x_place = inner_value(s, &s->rows, s->buffers[BUFFER_X], slot);
  s->r_left = passes ? left_value(s, &s->rows, ROLE_SUM) : IR_NONE;
  bool fetches = schedule_fetches_blocks(s);
  s->r_old = fetches ? address_value(s, &s->rows, schedule_fetched_array(s)) : IR_NONE;
  s->r_columns = fetches ? left_value(s, &s->rows, ROLE_COLUMN) : IR_NONE;

  // In the counter of panels the innermost level goes through pieces.
  bool sum = p->layouts[1] == STAGE_SUM;
  IrValue piece = emit_mul_number(e, s->piece, sum ? 1 : s->c->word);
  for (unsigned i = 0; i < CONTRACTION_ARRAYS; i++)
    s->levels[LEVEL_BLOCK].steps[i] = emit_mul(e, s->strides[sum ? ROLE_COLUMN : ROLE_SUM][i], piece);
  if (p->planes.slabs.count)
    slabs_start(s);
  else if (p->planes.bytes && p->layouts[1] == STAGE_DIRECT)
    planes_start(s, &s->compute);
  // Panels that are packed from an image do not come before.
  int64_t ahead = p->planes.bytes ? lag : 1 + (p->early ? 0 : lag);
  schedule_counter(s, &s->columns, emit_add_number(e, s->blocks, -ahead));
  if (p->planes.bytes && p->layouts[1] == STAGE_PACK)
    planes_start(s, &s->columns);
  s->y_address = address_value(s, &s->columns, CONTRACTION_Y);
  s->y_columns = left_value(s, &s->columns, ROLE_COLUMN);
  s->y_position = inner_value(s, &s->columns, emit_number(e, 0), piece);
  s->y_left = passes ? left_value(s, &s->columns, ROLE_SUM) : IR_NONE;
}

// Which places are taken in turn.
static void start_rings(Schedule *s) {
  const TilePlan *p = s->p;
  const SpmBuffer *buffers = p->buffers;
  int64_t panel = p->panels > 2 ? (int64_t)p->panel
                                : (int64_t)buffers[BUFFER_Y1].offset - (int64_t)buffers[BUFFER_Y0].offset;
  int64_t rows = (int64_t)(p->slot * p->blocks);
  s->y_use = emit_variable(&s->e, s->buffers[BUFFER_Y0]);
  s->y_place = emit_variable(&s->e, s->buffers[BUFFER_Y0]);
  add_ring(&s->compute, LEVEL_BLOCK, s->y_use, p->panels, s->buffers[BUFFER_Y0], panel);
  add_ring(&s->columns, LEVEL_BLOCK, s->y_place, p->panels, s->buffers[BUFFER_Y0], panel);
  add_ring(&s->compute, LEVEL_PANEL, s->x_use, p->row_sets, s->buffers[BUFFER_X], rows);
  add_ring(&s->rows, LEVEL_PANEL, s->x_place, p->row_sets, s->buffers[BUFFER_X], rows);
}

static void start_variables(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  IrValue zero = emit_number(e, 0);
  s->sent_rows = emit_variable(e, zero);
  s->sent_columns = emit_variable(e, zero);
  s->sent_to = emit_variable(e, zero);
  s->sent_first = emit_variable(e, zero);
  for (unsigned i = 0; i < s->c->finish.count; i++)
    s->sent_loads[i] = emit_variable(e, zero);
  for (unsigned i = 0; i < 2; i++) {
    IrType type = ir_accumulators(s->group);
    s->accumulators[i] = emit_variable(e, build_undefined(&e->builder, type));
  }
  if (p->whole)
    s->accumulators[1] = s->accumulators[0];
  for (unsigned i = 0; i < p->lag; i++)
    s->ids[i] = emit_variable(e, zero);
  s->t = emit_variable(e, emit_number(e, -(int64_t)p->lag));
  IrValue begins = build_const(&e->builder, IR_I1, 1);
  s->next_begins = emit_variable(e, begins);
  s->later_begins = emit_variable(e, begins);
  uint32_t *of_block[] = {&s->x,         &s->y,          &s->pack_from,     &s->pack_to,
                          &s->next_from, &s->next_to,    &s->pack_end,      &s->next_end,
                          &s->live,      &s->valid_rows, &s->valid_columns, &s->words,
                          &s->run_entry, &s->slab_use,   &s->tap_pairs[0],  &s->tap_pairs[1]};
  for (unsigned i = 0; i < sizeof of_block / sizeof *of_block; i++)
    *of_block[i] = emit_variable(e, IR_NONE);
}

// --- a step

bool schedule_packs(const Schedule *s) {
  int64_t total = 0;
  bool one = emit_is_number(&s->e, s->total, &total) && (uint64_t)total == s->p->blocks;
  return s->p->layouts[CONTRACTION_Y] == STAGE_PACK && !one;
}

// Whether there are rows at all in each block of each group: then nothing has to ask.
bool schedule_rows_full(const Schedule *s) {
  int64_t rows = 0;
  return emit_is_number(&s->e, s->extents[ROLE_ROW], &rows) && !s->p->fewest_blocks &&
         (rows + s->p->block_rows - 1) / s->p->block_rows % (int64_t)s->p->blocks == 0;
}

// Numbers that are the same for all blocks are no variables, so that what depends on them is folded.
static IrValue block_rows(Schedule *s) {
  IrValue fixed = fixed_clip(s, s->extents[0], s->p->block_rows);
  return fixed != IR_NONE ? fixed : get(s, s->valid_rows);
}

static IrValue block_columns(Schedule *s) {
  IrValue fixed = fixed_clip(s, s->extents[1], s->p->block_columns);
  return fixed != IR_NONE ? fixed : get(s, s->valid_columns);
}

static IrValue block_words(Schedule *s) {
  if (s->p->planes.slabs.count)
    return emit_number(&s->e, s->p->planes.slabs.words);
  if (s->c_left == IR_NONE || fixed_clip(s, s->extents[2], (int64_t)s->p->chunk) != IR_NONE)
    return emit_divide_up(&s->e, schedule_chunk(s, s->c_left), s->c->word);
  return get(s, s->words);
}

IrValue schedule_sent(Schedule *s, ContractionRole role) {
  IrValue fixed = fixed_clip(s, s->extents[role], role == ROLE_ROW ? s->p->block_rows : s->p->block_columns);
  return fixed != IR_NONE ? fixed : get(s, role == ROLE_ROW ? s->sent_rows : s->sent_columns);
}

// Where the piece of this step is packed, from and to. `words`: of the panel.
static void next_packing(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  IrValue other = emit_sub(e, emit_add(e, s->buffers[BUFFER_Y0], s->buffers[BUFFER_Y1]), get(s, s->y_use));
  IrValue to = emit_add(e, other, get(s, s->packed));
  set(s, s->next_from,
      p->planes.bytes ? planes_next_entry(s) : schedule_slot(s, BUFFER_RAW_Y, p->raw_slot_y, 0));
  set(s, s->next_to, to);
  IrValue words =
      p->one_pass || s->c_left == IR_NONE ? block_words(s) : emit_number(e, (int64_t)p->chunk_words);
  IrValue panel_end = emit_add(e, other, emit_mul_number(e, words, (int64_t)p->pitches[1]));
  IrValue piece_end = emit_add(e, to, emit_mul_number(e, s->piece, (int64_t)p->pitches[1]));
  int64_t known = 0;
  bool even = emit_is_number(e, words, &known) && (uint64_t)known == p->piece * p->pieces;
  set(s, s->next_end, even ? piece_end : emit_min(e, panel_end, piece_end));
}

// What the step at which the counters stand needs to know.
static void next_step(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  if (fixed_clip(s, s->extents[0], p->block_rows) == IR_NONE)
    set(s, s->valid_rows, schedule_clip(s, s->extents[0], get(s, s->c_rows), p->block_rows));
  if (fixed_clip(s, s->extents[1], p->block_columns) == IR_NONE)
    set(s, s->valid_columns, schedule_clip(s, s->extents[1], get(s, s->c_columns), p->block_columns));
  if (s->c_left != IR_NONE)
    set(s, s->words, emit_divide_up(e, schedule_chunk(s, s->c_left), s->c->word));
  IrValue live = emit_below(e, get(s, s->t), s->total);
  if (!schedule_rows_full(s))
    live = emit_and(e, live, emit_less(e, emit_number(e, 0), get(s, s->c_rows)));
  set(s, s->live, live);
  if (p->layouts[1] == STAGE_PACK)
    next_packing(s);
}

static void advance_step(Schedule *s) {
  Emitter *e = &s->e;
  set(s, s->sent_rows, emit_choose(e, get(s, s->live), block_rows(s), emit_number(e, 0)));
  set(s, s->sent_columns, block_columns(s));
  set(s, s->sent_to, get(s, s->c_address));
  for (unsigned i = 0; i < s->c->finish.count; i++)
    set(s, s->sent_loads[i], get(s, s->c_loads[i]));
  bool by_columns = s->c->epilogue.columns;
  IrValue left = get(s, by_columns ? s->c_columns : s->c_rows);
  IrValue first = emit_sub(e, s->extents[by_columns ? ROLE_COLUMN : ROLE_ROW], left);
  set(s, s->sent_first, s->c_parameters == IR_NONE ? first : emit_add(e, first, get(s, s->c_parameters)));
  schedule_advance(s, &s->compute, LEVEL_BLOCK);
  move(s, s->t, emit_number(e, 1));
}

static IrValue length_of(Schedule *s, IrValue count, unsigned registers) {
  int64_t known = 0;
  bool all = emit_is_number(&s->e, count, &known) && known == (int64_t)registers * s->p->tile;
  return all ? IR_AVL_MAX : count;
}

static void pack_rows_of_group(Schedule *s) {
  Emitter *e = &s->e;
  FlowIf group;
  IrValue from = get(s, s->pack_from), to = get(s, s->pack_to);
  if (flow_if(e, &group, emit_equal(e, get(s, s->compute.index[LEVEL_PANEL]), emit_number(e, 0)))) {
    emit_pack_rows(s);
    set(s, s->pack_from, from);
    set(s, s->pack_to, to);
  }
  flow_end_if(e, &group);
}

// A step's work, with the products of its block where it has one (`live`).
static void emit_work(Schedule *s, unsigned parity, bool live) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  bool packs = schedule_packs(s);
  FlowIf flow;
  set(s, s->live, build_const(&e->builder, IR_I1, live));
  if (live) {
    if (p->window.unit)
      window_begin_block(s);
    if (p->planes.slabs.count)
      slabs_begin_block(s);
    if (p->planes.slabs.chunk_in)
      slabs_order_rows(s, block_rows(s));
    if (p->layouts[0] == STAGE_PACK)
      pack_rows_of_group(s);
    if (p->whole)
      emit_drain(s, parity);
    emit_first_product(s, parity, schedule_first_pass(s, &s->compute));
  } else {
    s->straight = (StraightSteps){.between = IR_NONE};
  }
  if (!live || !p->whole)
    emit_drain(s, parity);
  emit_straight(s, parity, STRAIGHT_COUNT_ROWS);
  advance_rows(s);
  emit_straight(s, parity, STRAIGHT_COUNT_COLUMNS);
  schedule_advance(s, &s->columns, LEVEL_BLOCK);
  emit_straight(s, parity, STRAIGHT_FETCH_ROWS);
  if (live)
    emit_first_products(s, parity);
  if (!p->window.unit)
    emit_fetch_rows(s);
  emit_straight(s, parity, STRAIGHT_FETCH_COLUMNS);
  emit_fetch_old(s);
  emit_fetch_beside(s);
  if (!p->planes.bytes)
    emit_fetch_columns(s);
  emit_straight(s, parity, STRAIGHT_SEND);
  emit_finish(s);
  emit_send(s);
  if (p->accumulates)
    dma_wait(e, get(s, s->ids[1])); // old values of the next block
  if (live) {
    emit_scale_old(s);
    emit_second_products(s, parity);
  } else if (p->accumulates) {
    // What the next step adds to, which before step -1 is none.
    if (flow_if(e, &flow, emit_less(e, emit_number(e, -(int64_t)p->lag), get(s, s->t)))) {
      emit_scale_old(s);
      emit_load_accumulators(s, parity);
    }
    flow_end_if(e, &flow);
  }
  if (!live && p->layouts[1] == STAGE_PACK && parity == (p->lag - 1) % 2) {
    if (flow_if(e, &flow, emit_equal(e, get(s, s->t), emit_number(e, -1))))
      emit_pack_first_panel(s);
    flow_end_if(e, &flow);
  }
  advance_step(s);
  emit_straight(s, parity, STRAIGHT_NEXT);
  next_step(s);
  emit_straight(s, parity, STRAIGHT_PARTS);
  if (live)
    emit_last_products(s, parity);
  if (!packs || (live ? schedule_packs_all(s) : schedule_rows_full(s)))
    return;
  // A step without rows packs all the same.
  if (flow_if(e, &flow,
              live ? build_const(&e->builder, IR_I1, 1) : emit_less(e, emit_number(e, 0), get(s, s->t))))
    emit_pack_rest(s);
  flow_end_if(e, &flow);
}

// Between blocks stands only what the next loads need: the tile unit has no more than its queue to do there.
static void emit_block(Schedule *s, unsigned parity) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  FlowIf flow;
  dma_wait(e, get(s, s->ids[p->lag - 1]));
  for (unsigned i = p->lag - 1; i > 0; i--)
    set(s, s->ids[i], get(s, s->ids[i - 1]));
  set(s, s->x, get(s, s->x_use));
  set(s, s->y, get(s, s->y_use));
  s->row_length = length_of(s, block_rows(s), p->shape_rows);
  // Pixels behind the last one are other pixels: one vl for rows and columns is less to set.
  bool other_pixels = p->planes.bytes && p->layouts[CONTRACTION_Y] == STAGE_DIRECT;
  s->column_count = length_of(s, block_columns(s), p->shape_columns);
  s->column_length = other_pixels ? IR_AVL_MAX : s->column_count;
  s->block_words = block_words(s);
  if (p->planes.bytes && !p->planes.slabs.count)
    planes_begin_block(s);
  if (p->planes.bytes && p->layouts[1] == STAGE_DIRECT)
    set(s, s->y, planes_first_entry(s));
  if (p->layouts[1] == STAGE_PACK) {
    set(s, s->pack_from, get(s, s->next_from));
    set(s, s->pack_to, get(s, s->next_to));
    set(s, s->pack_end, get(s, s->next_end));
    if (p->planes.bytes && schedule_packs(s))
      planes_begin_packing(s);
  }
  if (flow_if_likely(e, &flow, get(s, s->live)))
    emit_work(s, parity, true);
  if (flow_else(e, &flow))
    emit_work(s, parity, false);
  flow_end_if(e, &flow);
}

// Few blocks are written out: what steps before the first and behind the last block do not do is no code
// then.
static void emit_sequence(Schedule *s) {
  enum { MOST_WRITTEN_OUT = 2 };
  const TilePlan *p = s->p;
  int64_t total = 0;
  if (emit_is_number(&s->e, s->total, &total) && total <= MOST_WRITTEN_OUT) {
    for (unsigned i = 0; i <= p->lag + (uint64_t)total; i++)
      emit_block(s, i % 2);
    return;
  }
  FlowLoop loop;
  flow_loop(&s->e, &loop);
  for (unsigned parity = 0; parity < 2; parity++)
    emit_block(s, parity);
  flow_end_loop(&s->e, &loop, emit_less(&s->e, get(s, s->t), emit_add_number(&s->e, s->total, 1)));
}

static IrValue is_one_pass(Emitter *e, Contraction *c, const TilePlan *plan) {
  // At least a round.
  int64_t least = (int64_t)plan->unroll * c->word;
  IrValue sum = emit_quantity(e, contraction_main(c, ROLE_SUM)->extent);
  return emit_below(e, emit_add_number(e, sum, -least), emit_number(e, (int64_t)plan->chunk - least + 1));
}

static IrValue start_code(Schedule *s) {
  return emit_code_copy(&s->e, s->c->region, s->p->spm_bytes, s->p->spm_alignment, s->most_dimensions);
}

static void emit_plan(Emitter *e, Contraction *c, const TilePlan *plan) {
  bool known = true;
  for (uint32_t i = 0; i < c->count; i++)
    known = known && c->iterators[i].extent.value == IR_NONE;
  Schedule *s = checked_malloc(sizeof *s);
  memset(s, 0, sizeof *s);
  s->c = c;
  s->p = plan;
  s->e = *e;
  s->pack_side = CONTRACTION_Y;
  s->group = plan->shape_rows * plan->shape_columns;
  s->pair = IR_NONE;
  dma_reset(&s->e);
  s->most_dimensions = most_dimensions(s);
  // What needs nothing from DRAM goes before it, unless its sizes have to be found.
  IrValue code = known ? IR_NONE : start_code(s);
  start_sizes(s);
  start_variables(s);
  IrValue filled = emit_fill_start(s);
  code = known ? start_code(s) : code;
  if (plan->window.unit)
    window_fetch(s);
  if (plan->planes.slabs.count)
    slabs_fetch_first(s);
  else if (plan->planes.bytes)
    planes_fetch(s);
  else if (plan->blocks > plan->lag || plan->early) // else it comes in step -1
    emit_fetch_first_panel(s);
  start_counters(s);
  start_rings(s);
  emit_configure_drain(s);
  next_step(s);
  if (plan->one_pass) {
    s->block_words = block_words(s);
    schedule_rounds(s);
  }
  emit_code_move(&s->e, code);
  if (filled != IR_NONE)
    dma_wait(&s->e, filled);
  emit_sequence(s);
  dma_wait(&s->e, get(s, s->ids[0]));
  e->builder = s->e.builder;
  free(s);
}

static void emit_sums_of(Emitter *e, const Contraction *c, const Correction *k) {
  if (!k)
    return;
  Contraction sums = k->sums;
  emit_plan(e, &sums, &k->plan);
  emit_correction(e, c->region, k);
}

void emit_sums(Emitter *e, const Contraction *c) {
  emit_sums_of(e, c, c->correction);
  emit_sums_of(e, c, c->start_correction);
}

// Whether the sum is one pass of the form for short ones.
static IrValue is_short(Emitter *e, Contraction *c, const ContractionForms *forms) {
  return forms->sized ? sized_fits(e, forms->sized) : is_one_pass(e, c, forms->short_sums);
}

static void emit_short(Emitter *e, Contraction *c, const ContractionForms *forms) {
  if (forms->sized)
    emit_sized(e, forms->sized);
  else
    emit_plan(e, c, forms->short_sums);
}

bool emit_contraction(Target *target, Contraction *c, const ContractionForms *forms, IrValue condition) {
  Emitter e = {.target = target, .machine = target->machine};
  IrValue first = (IrValue)c->region->function->insns.count;
  bool any_short = forms->sized || forms->short_sums;
  if (!forms->plan && !forms->written) {
    // The conditions are looked at before the region.
    e.builder = region_before(c->region);
    IrValue holds = is_short(&e, c, forms);
    condition = condition == IR_NONE ? holds : emit_and(&e, condition, holds);
  }
  e.builder = region_open(c->region, condition);
  emit_bordered_image(&e, c);
  emit_sums(&e, c);
  if (forms->written) {
    emit_written(&e, c, forms->written);
  } else if (forms->plan && any_short) {
    FlowIf flow;
    flow_if_likely(&e, &flow, is_short(&e, c, forms));
    emit_short(&e, c, forms);
    flow_else(&e, &flow);
    emit_plan(&e, c, forms->plan);
    flow_end_if(&e, &flow);
  } else if (any_short) {
    emit_short(&e, c, forms);
  } else {
    emit_plan(&e, c, forms->plan);
  }
  region_close(c->region, &e.builder, NULL);
  emit_remove_dead(&e, first);
  return true;
}
