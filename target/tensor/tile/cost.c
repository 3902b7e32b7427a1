// How a contraction is cut: the shape of blocks, the length of passes along k, the size of groups; chosen by
// an estimate of the cycles each unit needs. All numbers come from the machine description.
#include "support/round.h"
#include "target/tensor/tile/contraction.h"

#include <string.h>

enum {
  UNKNOWN_EXTENT = 512,  // what sizes that are known only at run time are taken for
  BLOCK_OVERHEAD = 24,   // cycles between blocks that nothing hides
  EDGE_OVERHEAD = 10,    // more where blocks are of different sizes
  LENGTH_OVERHEAD = 120, // more where passes are of different lengths, which the code looks up then
  IDLE_OVERHEAD = 160,   // of a step without a block, whose work nothing hides
  PASS_OVERHEAD = 700,   // code that is met for the first time
  // Cycles at least for a word of k, with as many registers of rows as of columns or not; of planes for two
  // words of slabs, or one that is packed, and there for a block.
  WORD_ISSUE = 4,
  WORD_ISSUE_OF_TWO = 5,
  PLANES_WORDS_ISSUE = 13,
  PLANES_BLOCK_ISSUE = 120,
  SLAB_CONFLICTS = 16,      // the part of the products' time by which loads and transfers that meet are late
  PACKING_OVERHEAD = 200,   // cycles a block where packing leaves the load port no time
  LARGEST_GROUP = 32,       // blocks
  SMALLEST_CHUNK_ROUNDS = 4 // rounds of the inner loop that a pass should have
};

static uint64_t known(Quantity extent) {
  if (extent.value != IR_NONE)
    return UNKNOWN_EXTENT;
  return extent.constant > 0 ? (uint64_t)extent.constant : 1;
}

// --- layout in the scratchpad

bool contraction_choose_layouts(Contraction *c, TilePlan *plan, const char **reason) {
  *reason = "an operand lies side by side neither along the sum nor along its own iterator";
  for (unsigned i = 0; i < 2; i++) {
    int64_t size = contraction_size(c, i);
    const ContractionIterator *side = contraction_main(c, i ? ROLE_COLUMN : ROLE_ROW);
    if (quantity_is(contraction_main(c, ROLE_SUM)->strides[i], size))
      plan->layouts[i] = STAGE_SUM;
    else if (quantity_is(side->strides[i], size))
      plan->layouts[i] = c->word == 1 ? STAGE_DIRECT : STAGE_PACK;
    else
      return false;
  }
  int64_t size = contraction_size(c, CONTRACTION_C);
  bool rows = quantity_is(contraction_main(c, ROLE_ROW)->strides[CONTRACTION_C], size);
  bool columns = quantity_is(contraction_main(c, ROLE_COLUMN)->strides[CONTRACTION_C], size);
  plan->result_columns = rows && !columns;
  *reason = "the result lies side by side along neither of its iterators";
  return rows || columns;
}

// Bytes of a row of raw data: at least a register, so that each row begins one.
static uint64_t raw_row(const Machine *machine, uint64_t bytes) {
  return larger(bytes, machine_vector_bytes(machine));
}

static uint64_t panels_of_group(Contraction *c, const TilePlan *plan) {
  return divide_up(known(contraction_main(c, ROLE_COLUMN)->extent), plan->block_columns);
}

// Of all groups.
static uint64_t total_panels(Contraction *c, const TilePlan *plan) {
  uint64_t rows = divide_up(known(contraction_main(c, ROLE_ROW)->extent), plan->block_rows);
  uint64_t panels = panels_of_group(c, plan) * divide_up(rows, plan->blocks);
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    panels *= known(c->iterators[i].extent);
  return panels;
}

static void size_buffers(const Machine *machine, Contraction *c, TilePlan *plan) {
  memset(plan->buffers, 0, sizeof plan->buffers);
  uint64_t sides[2] = {plan->block_rows, plan->block_columns}, bytes[2];
  for (unsigned i = 0; i < 2; i++) {
    bool sum = plan->layouts[i] == STAGE_SUM;
    plan->pitches[i] = sum ? spm_pitch(machine, plan->chunk_words * 4) : sides[i] * 4;
    uint64_t words =
        i ? larger(plan->chunk_words + plan->blocks, plan->pieces * plan->piece) : plan->chunk_words;
    bytes[i] = (sum ? sides[i] : words) * plan->pitches[i];
  }
  unsigned size = contraction_size(c, 0);
  plan->raw_slot_x = plan->layouts[0] == STAGE_PACK
                         ? plan->chunk_words * c->word * raw_row(machine, (uint64_t)plan->block_rows * size)
                         : 0;
  bool planes = plan->planes.bytes != 0, raw_columns = plan->layouts[1] == STAGE_PACK && !planes;
  plan->raw_slot_y =
      raw_columns ? plan->piece_limit * c->word * raw_row(machine, (uint64_t)plan->block_columns * size) : 0;
  // The first panel waits raw in the second one's place.
  if (plan->planes.slabs.raw_pitch)
    plan->raw_slot_x = plan->block_rows * plan->planes.slabs.raw_pitch;
  uint64_t raw =
      raw_columns ? plan->chunk_words * c->word * raw_row(machine, (uint64_t)plan->block_columns * size) : 0;
  plan->slot = bytes[0];
  plan->panel = planes && plan->layouts[1] == STAGE_DIRECT ? 0 : round_up(bytes[1], machine->spm_lanes * 4);
  if (planes && !plan->planes.slabs.count)
    planes_size(machine, c, plan->block_columns, bytes[1] / plan->pitches[1], &plan->planes);
  uint64_t result_line = plan->result_columns ? plan->block_rows : plan->block_columns;
  Quantity columns = contraction_main(c, ROLE_COLUMN)->extent;
  int64_t row = columns.constant * (int64_t)contraction_size(c, CONTRACTION_C);
  plan->result_joined = !plan->accumulates && !plan->result_columns && columns.value == IR_NONE &&
                        columns.constant <= (int64_t)plan->block_columns &&
                        quantity_is(contraction_main(c, ROLE_ROW)->strides[CONTRACTION_C], row);
  if (plan->result_joined)
    result_line = (uint64_t)columns.constant;
  plan->result_pitch = (uint64_t)contraction_size(c, CONTRACTION_C) * result_line;
  plan->result_slot = (uint64_t)plan->block_rows * plan->block_columns * contraction_size(c, CONTRACTION_C);
  plan->drained_pitch = (uint64_t)contraction_drained_size(c) * result_line;
  uint64_t drained = (uint64_t)plan->block_rows * plan->block_columns * contraction_drained_size(c);
  uint64_t rows = plan->window.unit ? plan->window.bytes * (plan->window.slabs ? 2 : 1)
                                    : plan->slot * plan->blocks * plan->row_sets;
  // An image that comes once may come to where later rows do.
  plan->planes.slabs.among_rows =
      plan->planes.slabs.stays && rows - plan->slot >= plan->planes.slabs.raw_bytes;
  uint64_t raw_image = plan->planes.slabs.among_rows ? 0 : plan->planes.slabs.raw_bytes;
  SpmBuffer buffers[BUFFER_COUNT] = {
      [BUFFER_X] = {plan->window.unit ? "image" : "rows", rows, 0, 0},
      [BUFFER_Y0] = {"columns", plan->panel * (plan->panels > 2 ? plan->panels : 1), 0, 1},
      [BUFFER_Y1] = {"next columns", plan->panels > 2 ? 0 : larger(plan->panel, raw), 0, 2},
      [BUFFER_RAW_X] = {"raw rows", plan->raw_slot_x * (plan->planes.slabs.raw_pitch ? 1 : RING_SLOTS), 0, 3},
      [BUFFER_RAW_Y] = {"raw columns", larger(plan->raw_slot_y * RING_SLOTS, raw_image), 0, 3},
      [BUFFER_RESULT] = {"results", plan->result_slot * RING_SLOTS, 0, 3},
      [BUFFER_DRAINED] = {"sums", c->finish.any ? drained : 0, 0, 3},
      [BUFFER_START] = {plan->beside ? "beside the sums" : "old values",
                        plan->accumulates || plan->beside ? plan->result_slot * RING_SLOTS : 0, 0, 3},
      [BUFFER_TABLE] = {"table", planes ? plan->planes.table_bytes : plan->window.table_bytes, 0, 3},
      [BUFFER_IMAGE] = {"image", plan->planes.bytes, 0, 3},
  };
  if (planes && total_panels(c, plan) == 1) // nothing is packed while it is used
    buffers[BUFFER_Y1].size = 0;
  memcpy(plan->buffers, buffers, sizeof buffers);
}

// --- estimate

// Cycles of the DMA engine for a box of `runs` runs of `bytes` bytes. A run that is no multiple of a beat
// begins and ends anywhere in one.
static uint64_t transfer(const Machine *machine, uint64_t runs, uint64_t bytes) {
  uint64_t beat = machine->dram_bandwidth, part = bytes % beat != 0 ? beat - 1 : 0;
  return machine->dma_start +
         larger(runs * (bytes + part) / beat, runs * divide_up(bytes, machine->dma_spm_words * 4));
}

static uint64_t fetch(const Machine *machine, StageLayout layout, uint64_t sides, uint64_t sum,
                      unsigned size) {
  return layout == STAGE_SUM ? transfer(machine, sides, sum * size) : transfer(machine, sum, sides * size);
}

// A block of X: as many boxes as its rows lie in pieces.
static uint64_t fetch_rows(const Machine *machine, const Contraction *c, StageLayout layout, uint64_t rows,
                           uint64_t sum) {
  unsigned size = contraction_size(c, CONTRACTION_X);
  uint64_t pieces = c->row_parts.count ? 1 + rows / known(c->row_parts.extents[0]) : 1, inner = sum;
  if (c->sum_parts.count)
    inner = known(c->sum_parts.extents[0]);
  uint64_t runs = layout == STAGE_SUM ? rows * (sum / inner) : sum * pieces;
  uint64_t bytes = layout == STAGE_SUM ? inner * size : rows * size / pieces;
  return transfer(machine, runs, bytes) + (pieces - 1) * machine->dma_start;
}

static uint64_t fetch_image(const Machine *machine, const Window *window) {
  uint64_t lines = window->slabs ? window->slab_lines : window->axes[1].count;
  return transfer(machine, window->axes[0].count * lines, window->unit);
}

// The image comes, and its first panel is packed, before anything is multiplied.
static uint64_t planes_start_cycles(const Machine *machine, const Contraction *c, const TilePlan *plan,
                                    uint64_t words) {
  if (plan->planes.slabs.count)
    return slabs_fetch_cycles(machine, &plan->planes) + plan->planes.table_bytes / machine->dram_bandwidth;
  uint64_t pack = plan->layouts[1] == STAGE_PACK ? words * c->word * plan->planes.load_cycles : 0;
  return planes_fetch_cycles(machine, &plan->planes) + plan->planes.table_bytes / machine->dram_bandwidth +
         pack;
}

// Slabs come, words are made of them and rows put in order: so many times.
static uint64_t slabs_cycles(const Machine *machine, TilePlan *plan, uint64_t times, uint64_t row_blocks) {
  const PlaneSlabs *slabs = &plan->planes.slabs;
  uint64_t all = slabs->stays ? 1 : slabs->count * times;
  plan->dma_cycles += all * slabs_fetch_cycles(machine, &plan->planes);
  return all * slabs_pack_cycles(machine, &plan->planes) +
         row_blocks * slabs_order_cycles(machine, &plan->planes, plan->block_rows);
}

// Cycles for a result beyond what finish_estimate counts: for what comes through the caches, a line at a
// time, and is used once.
static double cache_cycles(Contraction *c, const TilePlan *plan) {
  const double of_byte = 0.3;
  double cycles = 0;
  for (unsigned i = 0; i < c->finish.count; i++) {
    unsigned array = CONTRACTION_ARRAYS + i;
    bool rows = !quantity_is(contraction_main(c, ROLE_ROW)->strides[array], 0);
    bool columns = !quantity_is(contraction_main(c, ROLE_COLUMN)->strides[array], 0);
    if (rows && columns && i + 1 != plan->beside)
      cycles += of_byte * ir_type_bits(c->region->accesses.data[c->finish.accesses[i]].type) / 8;
  }
  return cycles;
}

static void estimate(const Machine *machine, Contraction *c, TilePlan *plan) {
  uint64_t rows = known(contraction_main(c, ROLE_ROW)->extent);
  uint64_t columns = known(contraction_main(c, ROLE_COLUMN)->extent);
  uint64_t sum = known(contraction_main(c, ROLE_SUM)->extent), outer = 1;
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    outer *= known(c->iterators[i].extent);
  unsigned size = contraction_size(c, 0);
  uint64_t passes = divide_up(sum, plan->chunk), chunk = sum < plan->chunk ? sum : plan->chunk;
  uint64_t words = plan->planes.slabs.count ? plan->chunk_words : divide_up(chunk, c->word);
  uint64_t row_blocks = divide_up(rows, plan->block_rows), panels = divide_up(columns, plan->block_columns);
  uint64_t groups = divide_up(row_blocks, plan->blocks);
  uint64_t live = row_blocks * panels * passes * outer;
  uint64_t idle = (groups * plan->blocks - row_blocks) * panels * passes * outer;
  uint64_t block_rows = rows < plan->block_rows ? rows : plan->block_rows;
  uint64_t block_columns = columns < plan->block_columns ? columns : plan->block_columns;
  // By unit, for a block.
  uint64_t shape = (uint64_t)plan->shape_rows * plan->shape_columns;
  uint64_t gap = contraction_gap(machine, c);
  uint64_t product = words * larger(shape, gap);
  uint64_t registers = plan->shape_rows + plan->shape_columns;
  uint64_t pack_quad = larger(c->word, (uint64_t)plan->shape_columns * size * c->word / 4);
  uint64_t port = words * registers;
  if (plan->window.unit)
    port = words * (plan->window.load_cycles + plan->shape_columns);
  bool planes = plan->planes.bytes != 0;
  if (planes && plan->layouts[1] == STAGE_DIRECT)
    port = words * (plan->shape_rows + plan->planes.load_cycles) + words / 2; // and entries, two at a time
  if (planes && !plan->planes.slabs.count)                                    // and the entries of the table
    pack_quad = c->word * plan->planes.load_cycles + c->word / 2;
  uint64_t serial = 0, alone = IDLE_OVERHEAD;
  if (plan->layouts[1] == STAGE_PACK) {
    uint64_t rounds = words / plan->unroll;
    uint64_t inlined = rounds ? plan->piece / rounds * rounds : 0;
    port += inlined * pack_quad;
    serial += (plan->piece - inlined) * (pack_quad + machine->spm_vector_latency);
    alone += plan->piece * (pack_quad + machine->spm_vector_latency);
  }
  if (planes && !plan->planes.slabs.count && port > product) // scalar work delays loads that are waited for
    serial += PACKING_OVERHEAD;
  if (plan->layouts[0] == STAGE_PACK)
    serial += words * (c->word + machine->spm_vector_latency) / panels;
  if (plan->accumulates)
    port += shape * plan->tile;
  uint64_t drain = larger(block_rows * block_columns * contraction_drained_size(c) / machine->drain_bytes,
                          block_rows * block_columns / machine->drain_results);
  uint64_t result_runs = plan->result_joined ? 1 : block_rows;
  uint64_t result = transfer(machine, result_runs,
                             block_rows / result_runs * block_columns * contraction_size(c, CONTRACTION_C));
  uint64_t come = fetch_rows(machine, c, plan->layouts[0], block_rows, chunk);
  if (plan->window.unit) // once for all blocks
    come = fetch_image(machine, &plan->window) / row_blocks / outer;
  if (plan->window.slabs) // again for each panel, by which it is divided
    come = fetch_image(machine, &plan->window) * panels / plan->window.slab_blocks;
  if (plan->planes.slabs.count && !plan->planes.slabs.stays)
    result += slabs_fetch_cycles(machine, &plan->planes) / (plan->planes.slabs.panels * plan->blocks);
  uint64_t dma = result * (plan->accumulates || plan->beside ? 2 : 1) + come / panels +
                 (planes ? 0 : fetch(machine, plan->layouts[1], block_columns, chunk, size)) /
                     (row_blocks < plan->blocks ? row_blocks : plan->blocks);
  double for_result = c->finish.cycles + cache_cycles(c, plan);
  uint64_t finish = (uint64_t)(for_result * (double)(block_rows * block_columns));
  uint64_t busy = larger(larger(product, port) + serial + finish, larger(drain, dma));
  // Scalar code, and vl, which changes with the number of registers.
  busy = larger(busy, words * (plan->shape_rows == plan->shape_columns ? WORD_ISSUE : WORD_ISSUE_OF_TWO));
  if (planes)
    busy = larger(busy, words * PLANES_WORDS_ISSUE / (plan->planes.slabs.count ? 2 : 1) + PLANES_BLOCK_ISSUE);
  if (plan->whole)
    busy = larger(larger(product, port) + serial + finish + drain, dma);
  plan->product_cycles = product * live;
  plan->port_cycles = port * live;
  plan->drain_cycles = drain * live;
  plan->vector_cycles = finish * live;
  plan->dma_cycles = dma * live;
  plan->extra_cycles = PASS_OVERHEAD + 2 * machine->dram_latency + idle * alone +
                       (plan->blocks + plan->lag + 1) * BLOCK_OVERHEAD +
                       (planes ? planes_start_cycles(machine, c, plan, words)
                               : fetch(machine, plan->layouts[1], block_columns, chunk, size)) +
                       (plan->window.unit ? fetch_image(machine, &plan->window) : come) + drain + result;
  if (plan->planes.slabs.count)
    plan->extra_cycles += slabs_cycles(machine, plan, groups * outer, row_blocks * outer);
  bool even = rows % plan->block_rows == 0 && columns % plan->block_columns == 0;
  // Loads that come a little late are caught up with only where the port has time to spare.
  uint64_t spare = product - product / 4, crowded = port > spare ? port - spare : 0;
  crowded = plan->planes.slabs.count ? product / SLAB_CONFLICTS : crowded;
  uint64_t overhead = BLOCK_OVERHEAD + (crowded < product / 4 ? crowded : product / 4) +
                      (even ? 0 : EDGE_OVERHEAD) + (sum % chunk == 0 ? 0 : LENGTH_OVERHEAD);
  plan->cycles = live * (busy + overhead) + plan->extra_cycles;
}

// --- search

static void finish_plan(const Machine *machine, Contraction *c, TilePlan *plan) {
  plan->chunk_words =
      plan->planes.slabs.count ? (uint64_t)plan->planes.slabs.words : divide_up(plan->chunk, c->word);
  // What is fetched in step t for step t + lag must not be in use in step t.
  bool pack_rows = plan->layouts[0] == STAGE_PACK, pack = plan->layouts[1] == STAGE_PACK;
  bool few = plan->blocks <= plan->lag;
  // In a window no rows are fetched, and a panel that is one block comes in the step before.
  bool window = plan->window.unit != 0 || plan->planes.bytes != 0;
  bool once = plan->planes.bytes && total_panels(c, plan) == panels_of_group(c, plan);
  plan->row_sets = few && !pack_rows && !plan->window.unit && !once ? plan->lag / plan->blocks + 1 : 1;
  plan->panels = few && !pack && !window ? plan->lag / plan->blocks + 2 : 2;
  plan->early = (few && !window) || pack;
  plan->pieces = plan->early ? plan->blocks : few ? 1 : plan->blocks - plan->lag;
  uint64_t fewest = plan->pieces - (plan->fewest_blocks ? plan->blocks - plan->fewest_blocks : 0);
  if (c->diagonal.columns) // which come all at once
    plan->pieces = fewest = 1;
  uint64_t panel = plan->layouts[1] == STAGE_SUM ? plan->block_columns : plan->chunk_words;
  plan->piece = divide_up(panel, plan->pieces);
  plan->piece_limit = divide_up(panel, fewest);
  size_buffers(machine, c, plan);
}

// How far a parameter moves with an iterator, in elements.
static int64_t parameter_step(const Contraction *c, uint32_t access, uint32_t iterator) {
  const Access *parameter = &c->region->accesses.data[access];
  for (uint32_t i = 0; i < parameter->offset.count && iterator != IR_NONE; i++)
    if (parameter->offset.terms[i].iterator == iterator)
      return parameter->offset.terms[i].coefficient.constant * 8 / ir_type_bits(parameter->type);
  return 0;
}

// Outer iterators with which a parameter moves; `others` before it have moved alike.
static bool place_outer(Contraction *c, uint32_t access, bool others) {
  uint32_t found = 1, line = contraction_main(c, c->diagonal.columns ? ROLE_COLUMN : ROLE_ROW)->iterator;
  for (uint32_t i = 0; i < contraction_outer_count(c); i++) {
    ContractionIterator *outer = &c->iterators[i];
    int64_t step = parameter_step(c, access, outer->iterator);
    if (step && (outer->sums || outer->extent.value != IR_NONE))
      return false;
    // Groups of rows that are one block have parameters one behind the other.
    if (outer->times && step != c->diagonal.rows)
      return false;
    found += step != 0 && outer->iterator != line;
    step *= outer->times ? outer->times : 1;
    if (others && step != outer->parameters)
      return false;
    outer->parameters = step;
  }
  return found == c->region->accesses.data[access].offset.count;
}

bool contraction_place_parameters(Contraction *c) {
  const Epilogue *epilogue = &c->epilogue;
  const uint32_t accesses[EPILOGUE_PARAMETERS] = {epilogue->bias, epilogue->multiplier, epilogue->shift};
  // What makes up for a zero point of X goes with the columns, for one of Y with the rows; of both, one goes
  // with what sums begin with.
  bool of_x = c->operands[CONTRACTION_X].zero != NODE_NONE,
       of_y = c->operands[CONTRACTION_Y].zero != NODE_NONE;
  bool rows = of_y || !of_x, columns = of_x || !of_y;
  bool others = false;
  for (unsigned i = 0; i < EPILOGUE_PARAMETERS; i++) {
    if (accesses[i] == EPILOGUE_NONE)
      continue;
    rows = rows && parameter_step(c, accesses[i], contraction_main(c, ROLE_ROW)->iterator) == 1;
    columns = columns && parameter_step(c, accesses[i], contraction_main(c, ROLE_COLUMN)->iterator) == 1;
    if (!place_outer(c, accesses[i], others))
      return false;
    others = true;
  }
  c->epilogue.columns = columns;
  return rows || columns;
}

static bool several_passes(Contraction *c, const TilePlan *plan) {
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    if (c->iterators[i].sums)
      return true;
  Quantity sum = contraction_main(c, ROLE_SUM)->extent;
  if (plan->one_pass)
    return false;
  return sum.value != IR_NONE || (uint64_t)sum.constant > plan->chunk;
}

// Of what results are made of beside the sums, what lies like them, which transfers can bring as they bring
// old values: 1 + its number. Others come through the caches.
static unsigned find_beside(Contraction *c, const TilePlan *plan) {
  int64_t size = contraction_size(c, CONTRACTION_C);
  if (plan->result_columns || plan->window.unit || plan->planes.bytes)
    return 0;
  for (unsigned i = 0; i < c->finish.count; i++) {
    const Access *access = &c->region->accesses.data[c->finish.accesses[i]];
    unsigned array = CONTRACTION_ARRAYS + i;
    bool rows = !quantity_is(contraction_main(c, ROLE_ROW)->strides[array], 0);
    bool columns = quantity_is(contraction_main(c, ROLE_COLUMN)->strides[array], size);
    if (rows && columns && access->index == NODE_NONE && access->type == c->operands[CONTRACTION_C].type)
      return i + 1;
  }
  return 0;
}

// Whether any size of groups fits.
static bool try_groups(const Machine *machine, Contraction *c, TilePlan *plan, TilePlan *best,
                       uint64_t *least_bytes) {
  uint64_t row_blocks = divide_up(known(contraction_main(c, ROLE_ROW)->extent), plan->block_rows);
  bool several = several_passes(c, plan);
  plan->accumulates = several || c->start == START_MEMORY;
  if (plan->accumulates && (plan->result_columns || !epilogue_is_plain(&c->epilogue) || c->finish.any))
    return false; // old values would have to be turned round, or widened again
  if (several && c->elsewhere)
    return false; // the first pass would begin with others than the later ones
  plan->beside = find_beside(c, plan);
  // A result that the next pass reads must be in memory by then.
  bool known_rows = contraction_main(c, ROLE_ROW)->extent.value == IR_NONE;
  uint64_t fewest = several ? 2 * plan->lag + 1 : known_rows ? 1 : plan->lag + 1;
  uint64_t most = larger(fewest, row_blocks < LARGEST_GROUP ? row_blocks : LARGEST_GROUP);
  if (plan->window.unit) // then panels come once
    most = fewest = row_blocks;
  plan->fewest_blocks = known_rows ? 0 : fewest;
  bool any = false;
  for (plan->blocks = most; plan->blocks >= fewest; plan->blocks--) {
    if (plan->blocks <= plan->lag && plan->lag % plan->blocks)
      continue;
    // As many groups have fewer blocks, too.
    uint64_t groups = divide_up(row_blocks, plan->blocks);
    if (known_rows && plan->blocks > fewest && divide_up(row_blocks, plan->blocks - 1) == groups)
      continue;
    finish_plan(machine, c, plan);
    bool fits = spm_place(machine, plan->buffers, BUFFER_COUNT, &plan->spm_bytes, &plan->spm_alignment);
    if (plan->spm_bytes < *least_bytes)
      *least_bytes = plan->spm_bytes;
    if (!fits)
      continue;
    any = true;
    estimate(machine, c, plan);
    if (!best->cycles || plan->cycles < best->cycles)
      *best = *plan;
  }
  return any;
}

// K in each of so many passes: the same in all of them where that is possible.
static uint64_t chunk_of(const Contraction *c, const TilePlan *plan, uint64_t sum, uint64_t passes) {
  uint64_t round = (uint64_t)c->word * plan->unroll;
  if (passes == 1 || sum % (passes * c->word) == 0)
    return sum / passes;
  return divide_up(divide_up(sum, passes), round) * round;
}

static void try_chunks(const Machine *machine, Contraction *c, TilePlan *plan, TilePlan *best,
                       uint64_t *least_bytes) {
  uint64_t sum = known(contraction_main(c, ROLE_SUM)->extent);
  uint64_t round = (uint64_t)c->word * plan->unroll;
  for (uint64_t passes = 1;; passes++) {
    plan->chunk = chunk_of(c, plan, sum, passes);
    if (passes > 1 && plan->one_pass && best->cycles)
      return; // as long a sum as fits
    if (passes > 1 && (plan->chunk < SMALLEST_CHUNK_ROUNDS * round || c->sum_parts.count))
      return;
    uint64_t before = best->cycles;
    bool fits = try_groups(machine, c, plan, best, least_bytes);
    if (fits && best->cycles == before)
      return; // shorter passes only cost more
  }
}

// With X as an image that a window goes over.
static void try_window(const Machine *machine, Contraction *c, const TilePlan *shape, TilePlan *best,
                       uint64_t *least_bytes) {
  TilePlan plan = *shape;
  if (!window_find(machine, c, plan.block_rows, plan.unroll, &plan.window))
    return;
  plan.unroll = plan.window.unroll;
  plan.lag = plan.layouts[CONTRACTION_Y] == STAGE_PACK ? plan.lag : 1;
  plan.chunk = known(contraction_main(c, ROLE_SUM)->extent);
  uint64_t blocks = divide_up(known(contraction_main(c, ROLE_ROW)->extent), plan.block_rows);
  bool fits = plan.window.bytes <= machine->spm_size && try_groups(machine, c, &plan, best, least_bytes);
  for (uint64_t slabs = 2; !fits && slabs <= blocks; slabs += 1 + slabs / 4) {
    window_cut(&plan.window, plan.block_rows, divide_up(blocks, slabs));
    fits = 2 * plan.window.bytes <= machine->spm_size && try_groups(machine, c, &plan, best, least_bytes);
  }
}

// With Y as an image of planes.
static void try_planes(const Machine *machine, Contraction *c, const TilePlan *shape, TilePlan *best,
                       uint64_t *least_bytes) {
  TilePlan plan = *shape;
  plan.lag = 1; // of rows alone
  plan.chunk = known(contraction_main(c, ROLE_SUM)->extent);
  try_groups(machine, c, &plan, best, least_bytes);
}

// In slabs, as large as there is room for, whose lines are all alike where that is possible.
static void try_slabs(const Machine *machine, Contraction *c, const TilePlan *shape, TilePlan *best) {
  enum { STEP = 4 };
  TilePlan plan = *shape;
  plan.lag = 1;
  plan.chunk = known(contraction_main(c, ROLE_SUM)->extent);
  plan.accumulates = false;
  plan.fewest_blocks = 0;
  uint64_t row_blocks = divide_up(known(contraction_main(c, ROLE_ROW)->extent), plan.block_rows);
  uint64_t panels = panels_of_group(c, &plan);
  for (unsigned spread = 0; spread < 2; spread++) {
    planes_pad_slabs(machine, c, plan.block_columns, spread, &plan.planes);
    for (plan.blocks = row_blocks < LARGEST_GROUP ? row_blocks : LARGEST_GROUP; plan.blocks > 0;
         plan.blocks--)
      for (uint64_t slabs = 1; slabs <= panels; slabs += 1 + slabs / STEP) {
        if (!planes_cut_slabs(machine, c, plan.block_columns, divide_up(panels, slabs), &plan.planes))
          continue;
        finish_plan(machine, c, &plan);
        if (!spm_place(machine, plan.buffers, BUFFER_COUNT, &plan.spm_bytes, &plan.spm_alignment))
          continue;
        estimate(machine, c, &plan);
        if (!best->cycles || plan.cycles < best->cycles)
          *best = plan;
        break;
      }
  }
}

// X lies along the sum, and Y as its planes do.
static bool choose_planes(const Machine *machine, Contraction *c, TilePlan *plan, TilePlan *slabs) {
  plan->layouts[CONTRACTION_X] = STAGE_SUM;
  plan->layouts[CONTRACTION_Y] = c->word == 1 ? STAGE_DIRECT : STAGE_PACK;
  *slabs = *plan;
  slabs->layouts[CONTRACTION_Y] = STAGE_DIRECT;
  if (!planes_find_slabs(machine, c, &slabs->planes))
    memset(&slabs->planes, 0, sizeof slabs->planes);
  if (!planes_find(machine, c, &plan->planes))
    memset(&plan->planes, 0, sizeof plan->planes);
  return plan->planes.bytes || slabs->planes.slabs.word;
}

bool plan_contraction(const Machine *machine, Contraction *c, bool one_pass, Arena *arena, TilePlan *best,
                      const char **reason) {
  TilePlan plan = {.one_pass = one_pass};
  plan.tile = machine_tile(machine);
  plan.lag = 2;
  plan.unroll = 2 * (unsigned)machine->unit_queue;
  memset(best, 0, sizeof *best);
  bool planes = c->pixels.count != 0;
  TilePlan slabs;
  if (planes ? !choose_planes(machine, c, &plan, &slabs) : !contraction_choose_layouts(c, &plan, reason))
    return false;
  if (!contraction_place_parameters(c)) {
    *reason = "a bias or scale that goes neither with the rows nor with the columns";
    return false;
  }
  uint64_t least_bytes = UINT64_MAX;
  for (plan.shape_rows = 1; plan.shape_rows <= 4; plan.shape_rows *= 2)
    for (plan.shape_columns = 1; plan.shape_columns <= 4; plan.shape_columns *= 2) {
      plan.whole = UINT64_C(2) * plan.shape_rows * plan.shape_columns > machine->accumulators;
      if (plan.shape_rows * plan.shape_columns > machine->accumulators || (plan.whole && !planes))
        continue;
      plan.block_rows = plan.shape_rows * plan.tile;
      plan.block_columns = plan.shape_columns * plan.tile;
      if (c->diagonal.columns && known(contraction_main(c, ROLE_COLUMN)->extent) > plan.block_columns)
        continue;
      if (plan.planes.bytes)
        try_planes(machine, c, &plan, best, &least_bytes);
      if (planes && slabs.planes.slabs.word && !plan.whole) {
        TilePlan shape = plan;
        shape.planes = slabs.planes;
        shape.layouts[CONTRACTION_Y] = slabs.layouts[CONTRACTION_Y];
        try_slabs(machine, c, &shape, best);
      }
      if (planes)
        continue;
      if (!c->border_count && c->sum_parts.count < CONTRACTION_PARTS)
        try_chunks(machine, c, &plan, best, &least_bytes);
      try_window(machine, c, &plan, best, &least_bytes);
    }
  if (best->cycles)
    return true;
  if (c->border_count) {
    *reason = "padding that must be made";
    return false;
  }
  *reason = arena_format(arena, "the smallest blocks need %llu bytes of scratchpad, there are %llu",
                         (unsigned long long)least_bytes, (unsigned long long)machine->spm_size);
  return false;
}
