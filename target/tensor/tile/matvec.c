// Products of a matrix with one vector: each element of the matrix is used once, so they are bound by what
// DRAM brings. The matrix comes through a ring of tiles in the scratchpad, a few columns by a part of k each;
// the vector stays there. The sums of a block of columns are one row of some accumulators (four rows where a
// word of the matrix has four columns), and go on from tile to tile along k; the other rows hold what nobody
// asks for.
#include "target/tensor/tile/matvec.h"
#include "target/tensor/tile/size.h"

#include "target/tensor/tile/tile.h"

#include <string.h>

enum {
  ACROSS = 4,        // accumulators of a product
  SLOTS = 4,         // tiles in the scratchpad
  AHEAD = SLOTS - 1, // tiles that are asked for before their turn
  TILES = 64,        // that a matrix is cut into, where they are of sizes between these:
  SMALLEST_TILE = 4096,
  LARGEST_TILE = 32768, // bytes
  LEAST_RUN = 128,      // bytes of k side by side
  MOST_RUN = 1024,      //
  UNKNOWN_RUN = 512,    // where the sizes are known only when the program runs
  BYTES_IN_WORD = 4,    // of MATVEC_BYTES
  START_CYCLES = 500,   // code that is met for the first time
};

static int64_t round_up(int64_t x, int64_t y) {
  return size_divide_up(x, y) * y;
}

// --- the form

static const ContractionIterator *side(const Matvec *m, ContractionRole role) {
  return &m->c.iterators[m->c.count - 3 + role];
}

static int64_t size_of(const Matvec *m, unsigned array) {
  return contraction_size(&m->c, array);
}

bool matvec_find(const Contraction *contraction, Matvec *m) {
  memset(m, 0, sizeof *m);
  m->c = *contraction;
  Contraction *c = &m->c;
  const Epilogue *epilogue = &c->epilogue;
  const ContractionIterator *columns = side(m, ROLE_COLUMN), *sum = side(m, ROLE_SUM);
  if (contraction_outer_count(c) || !quantity_is(side(m, ROLE_ROW)->extent, 1) ||
      !quantity_is(sum->strides[CONTRACTION_X], size_of(m, CONTRACTION_X)) ||
      !quantity_is(columns->strides[CONTRACTION_C], size_of(m, CONTRACTION_C)) ||
      c->operands[CONTRACTION_X].zero != NODE_NONE || c->operands[CONTRACTION_Y].zero != NODE_NONE)
    return false;
  const uint32_t accesses[EPILOGUE_PARAMETERS] = {epilogue->bias, epilogue->multiplier, epilogue->shift};
  for (unsigned i = 0; i < EPILOGUE_PARAMETERS; i++)
    if (accesses[i] != EPILOGUE_NONE && !parameter_moves_with(c, accesses[i], columns->iterator))
      return false;
  c->epilogue.columns = true;
  // Passes along k need the sums back as they are.
  if (c->start == START_MEMORY && (c->elsewhere || !epilogue_is_plain(epilogue)))
    return false;
  if (c->start == START_LINE && !contraction_begins_by_columns(c))
    return false;
  if (quantity_is(sum->strides[CONTRACTION_Y], size_of(m, CONTRACTION_Y)))
    m->form = MATVEC_SUM;
  else if (!quantity_is(columns->strides[CONTRACTION_Y], size_of(m, CONTRACTION_Y)))
    return false;
  else if (c->word == 1)
    m->form = MATVEC_WORDS;
  else if (c->word == BYTES_IN_WORD && epilogue_is_plain(epilogue))
    m->form = MATVEC_BYTES;
  else
    return false;
  return true;
}

// --- the plan

// Bytes of k side by side. Longer runs cost less, most where they do not begin with a beat of DRAM; but
// nothing is multiplied before the first tile is there.
static int64_t choose_run(const Machine *machine, const Matvec *m, int64_t bytes) {
  const ContractionIterator *columns = side(m, ROLE_COLUMN), *sum = side(m, ROLE_SUM);
  int64_t beat = (int64_t)machine->dram_bandwidth, line = sum->extent.constant * size_of(m, CONTRACTION_Y);
  bool even = columns->strides[CONTRACTION_Y].value == IR_NONE && line % beat == 0 &&
              columns->strides[CONTRACTION_Y].constant % beat == 0;
  int64_t run = LEAST_RUN, weight = bytes / (even ? 8 : 2);
  while (run < MOST_RUN && run * run < weight)
    run += beat;
  // Parts of the same size.
  int64_t parts = size_divide_up(line, run + run / 4);
  return round_up(size_divide_up(line, parts), beat);
}

// Elements of k in a tile: of MATVEC_SUM at most, where the sizes are known only when the program runs.
static int64_t choose_chunk(const Machine *machine, const Matvec *m) {
  Quantity sum = side(m, ROLE_SUM)->extent, columns = side(m, ROLE_COLUMN)->extent;
  int64_t size = size_of(m, CONTRACTION_Y), step = m->c.word * (int64_t)m->unroll, run = UNKNOWN_RUN;
  bool known = sum.value == IR_NONE && columns.value == IR_NONE;
  if (m->form == MATVEC_SUM) {
    if (known)
      run = choose_run(machine, m, sum.constant * columns.constant * size);
    return round_up(run / size, step);
  }
  int64_t tile = known ? sum.constant * columns.constant * size / TILES : LARGEST_TILE / 2;
  tile = tile < SMALLEST_TILE ? SMALLEST_TILE : size_smaller(tile, LARGEST_TILE);
  int64_t chunk = round_up(size_divide_up(tile, m->block * size), step);
  if (sum.value == IR_NONE)
    chunk = round_up(size_divide_up(sum.constant, size_divide_up(sum.constant, chunk + chunk / 4)), step);
  return chunk;
}

static void estimate(const Machine *machine, Matvec *m) {
  enum { UNKNOWN_EXTENT = 512 };
  Quantity sum = side(m, ROLE_SUM)->extent, extent = side(m, ROLE_COLUMN)->extent;
  int64_t k = sum.value == IR_NONE ? sum.constant : UNKNOWN_EXTENT;
  int64_t columns = extent.value == IR_NONE ? extent.constant : UNKNOWN_EXTENT;
  int64_t size = size_of(m, CONTRACTION_Y), beat = (int64_t)machine->dram_bandwidth;
  int64_t blocks = size_divide_up(columns, m->block), parts = size_divide_up(k, m->chunk),
          tiles = blocks * parts;
  int64_t beats = m->form == MATVEC_SUM
                      ? columns * parts * size_divide_up(size_smaller(k, m->chunk) * size, beat)
                      : k * blocks * size_divide_up(size_smaller(columns, m->block) * size, beat);
  int64_t starts = (tiles + blocks * (1 + (m->c.start == START_MEMORY))) * (int64_t)machine->dma_start;
  int64_t words = blocks * size_divide_up(k, m->form == MATVEC_BYTES ? 1 : m->c.word);
  m->dma_cycles = (uint64_t)(beats + starts);
  m->product_cycles = (uint64_t)(words * (1 + (int64_t)m->groups * ACROSS));
  m->extra_cycles =
      (uint64_t)(START_CYCLES + 2 * (int64_t)machine->dram_latency + beats / (tiles ? tiles : 1));
  m->cycles = (m->dma_cycles > m->product_cycles ? m->dma_cycles : m->product_cycles) + m->extra_cycles;
}

bool matvec_plan(const Machine *machine, Matvec *m) {
  int64_t tile = machine_tile(machine), line = (int64_t)machine->spm_lanes * 4;
  Quantity columns = side(m, ROLE_COLUMN)->extent, sum = side(m, ROLE_SUM)->extent;
  if (machine->accumulators < 2 * ACROSS || !machine->spm_size)
    return false;
  m->across = ACROSS;
  m->group = ACROSS * tile * (m->form == MATVEC_BYTES ? BYTES_IN_WORD : 1);
  bool few = columns.value == IR_NONE && columns.constant <= m->group;
  m->groups = m->form == MATVEC_SUM || few ? 1 : 2;
  m->unroll = 4 / m->groups;
  m->block = m->group * m->groups;
  m->chunk = choose_chunk(machine, m);
  int64_t run = round_up(m->chunk * size_of(m, CONTRACTION_X), 4);
  m->pitch = m->form == MATVEC_SUM ? (int64_t)spm_pitch(machine, (uint64_t)run)
                                   : m->block * size_of(m, CONTRACTION_Y);
  m->old_place = round_up(m->pitch * (m->form == MATVEC_SUM ? m->block : m->chunk), line);
  m->new_place = m->old_place + m->block * 4;
  m->slot = m->new_place + m->block * 4;
  // Slots in banks of their own; behind the last one the vector, and a register more, since that is what is
  // loaded of it.
  int64_t spm = (int64_t)machine->spm_size, need = m->slot + m->chunk * size_of(m, CONTRACTION_X);
  m->apart = (spm + (int64_t)machine->spm_taken) / SLOTS;
  m->spm_alignment = (uint64_t)m->apart;
  if (AHEAD * m->apart + need + 4 * line > spm) {
    m->apart = spm / SLOTS / line * line;
    m->spm_alignment = (uint64_t)line;
  }
  m->x_place = AHEAD * m->apart + m->slot;
  int64_t most = spm - m->x_place - 2 * (int64_t)machine_vector_bytes(machine);
  if (m->slot > m->apart || most < m->chunk * size_of(m, CONTRACTION_X))
    return false;
  int64_t size = size_of(m, CONTRACTION_X), whole = most / size / m->chunk * m->chunk;
  m->longest = sum.value == IR_NONE ? size_smaller(sum.constant, whole) : whole;
  // Sums that are cut go on from what is in memory.
  m->one_pass = !epilogue_is_plain(&m->c.epilogue);
  if (m->one_pass && sum.value == IR_NONE && sum.constant > m->longest)
    return false;
  m->spm_bytes = (uint64_t)(m->x_place + round_up(m->longest * size, line) + 2 * line);
  estimate(machine, m);
  return m->spm_bytes <= machine->spm_size;
}

// --- code

typedef struct Position {
  uint32_t column, k, slot; // variables
} Position;

typedef struct Writer {
  Schedule *s;
  Emitter *e;
  const Matvec *m;
  IrValue spm, x;              // addresses
  IrValue columns, sum;        // extents; of the pass
  IrValue chunk;               // elements of k in a tile
  IrValue matrix, c;           // addresses of the first elements; of the pass
  IrValue begin;               // of what the sums begin with (START_LINE)
  IrValue pattern;             // MATVEC_BYTES: the four places of a byte
  IrValue resumes;             // i1: the sums go on from C
  Position fetched, used;      //
  uint32_t newest, ids[AHEAD]; // transfers
  uint32_t unfilled;           // slots of which nothing is behind the end of the sum
  uint32_t sums;               // accumulators
} Writer;

static IrValue number(Writer *w, int64_t x) {
  return emit_number(w->e, x);
}

static IrValue value(const Writer *w, uint32_t variable) {
  return w->e->variables[variable];
}

static void start(Writer *w, DmaBox *box, IrValue pattern) {
  box->most = 1;
  w->e->variables[w->newest] = dma_start(w->e, box, pattern);
}

// min(most, total - done), which is known where `total` is a multiple of it.
static IrValue rest(Writer *w, IrValue total, IrValue done, IrValue most) {
  int64_t known = 0, part = 0;
  if (emit_is_number(w->e, total, &known) && emit_is_number(w->e, most, &part) &&
      (known % part == 0 || known < part))
    return number(w, size_smaller(known, part));
  return emit_min(w->e, emit_sub(w->e, total, done), most);
}

static void advance(Writer *w, const Position *position) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  IrValue k = emit_add(e, value(w, position->k), w->chunk), zero = number(w, 0);
  IrValue done = emit_less(e, emit_add_number(e, w->sum, -1), k);
  IrValue column = emit_choose(e, done, number(w, m->block), zero);
  e->variables[position->column] = emit_add(e, value(w, position->column), column);
  e->variables[position->k] = emit_choose(e, done, zero, k);
  IrValue last = emit_add_number(e, w->spm, AHEAD * m->apart), slot = value(w, position->slot);
  e->variables[position->slot] =
      emit_choose(e, emit_equal(e, slot, last), w->spm, emit_add_number(e, slot, m->apart));
}

// --- transfers

// Bytes behind the end of k, within the last word: of the matrix 0, of the vector what makes products that
// leave the sums as they are (-0 for floating numbers).
static IrValue vector_tail(Writer *w) {
  return number(w, w->m->c.word == 2 ? (int64_t)0x80008000 : 0);
}

static void fetch_vector(Writer *w, IrValue from) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  int64_t size = size_of(m, CONTRACTION_X);
  IrValue bytes = emit_mul_number(e, w->sum, size);
  DmaBox tail = {.destination = emit_add(e, w->x, bytes),
                 .bytes = number(w, 4 + machine_vector_bytes(e->machine))};
  start(w, &tail, vector_tail(w));
  DmaBox box = {.source = from, .destination = w->x, .bytes = bytes};
  start(w, &box, IR_NONE);
}

// Results that come first are registers of which some columns may never be brought.
static void fill_old(Writer *w) {
  const Matvec *m = w->m;
  DmaBox box = {.destination = emit_add_number(w->e, w->spm, m->old_place),
                .bytes = number(w, m->block * 4),
                .dimensions = 1,
                .counts = {number(w, SLOTS)},
                .source_strides = {number(w, 0)},
                .destination_strides = {number(w, m->apart)}};
  start(w, &box, number(w, 0));
}

// Whether what is behind the end of the sum is still there when a slot is used again: later tiles end there,
// too, or any finite number does.
static IrValue tail_stays(Writer *w) {
  bool whole = w->m->c.operands[CONTRACTION_Y].type == IR_I8;
  return whole ? build_const(&w->e->builder, IR_I1, 1)
               : emit_less(w->e, emit_add_number(w->e, w->sum, -1), w->chunk);
}

// What is behind the end of the sum in the last word of each column.
static void fill_tail(Writer *w, IrValue slot, IrValue columns, IrValue k) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  FlowIf flow;
  int64_t size = size_of(m, CONTRACTION_Y);
  if (m->form != MATVEC_SUM || m->c.word == 1)
    return;
  IrValue odd = emit_remainder(e, k, m->c.word), zero = number(w, 0);
  IrValue filled = emit_and(e, tail_stays(w), emit_equal(e, value(w, w->unfilled), zero));
  IrValue wanted = build2(&e->builder, IR_XOR, IR_I1, filled, build_const(&e->builder, IR_I1, 1));
  if (flow_if(e, &flow, emit_and(e, emit_less(e, zero, odd), wanted))) {
    DmaBox box = {.destination = emit_add(e, slot, emit_mul_number(e, k, size)),
                  .bytes = emit_mul_number(e, emit_sub(e, number(w, m->c.word), odd), size),
                  .dimensions = 1,
                  .counts = {columns},
                  .source_strides = {zero},
                  .destination_strides = {number(w, m->pitch)}};
    start(w, &box, zero);
    e->variables[w->unfilled] = emit_add_number(e, value(w, w->unfilled), -1);
  }
  flow_end_if(e, &flow);
}

static void fetch_tile(Writer *w) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  const ContractionIterator *column = side(m, ROLE_COLUMN), *sum = side(m, ROLE_SUM);
  IrValue columns = rest(w, w->columns, value(w, w->fetched.column), number(w, m->block));
  IrValue k = rest(w, w->sum, value(w, w->fetched.k), w->chunk), slot = value(w, w->fetched.slot);
  IrValue from =
      emit_add(e, w->matrix,
               emit_mul(e, value(w, w->fetched.column), emit_quantity(e, column->strides[CONTRACTION_Y])));
  from =
      emit_add(e, from, emit_mul(e, value(w, w->fetched.k), emit_quantity(e, sum->strides[CONTRACTION_Y])));
  fill_tail(w, slot, columns, k);
  bool rows = m->form == MATVEC_SUM;
  DmaBox box = {.source = from,
                .destination = slot,
                .bytes = emit_mul_number(e, rows ? k : columns, size_of(m, CONTRACTION_Y)),
                .dimensions = 1,
                .counts = {rows ? columns : k},
                .source_strides = {emit_quantity(e, (rows ? column : sum)->strides[CONTRACTION_Y])},
                .destination_strides = {number(w, m->pitch)}};
  start(w, &box, IR_NONE);
  FlowIf flow;
  IrValue first = emit_equal(e, value(w, w->fetched.k), number(w, 0));
  if (flow_if(e, &flow, emit_and(e, first, w->resumes))) {
    int64_t size = size_of(m, CONTRACTION_C);
    DmaBox old = {.source = emit_add(e, w->c, emit_mul_number(e, value(w, w->fetched.column), size)),
                  .destination = emit_add_number(e, slot, m->old_place),
                  .bytes = emit_mul_number(e, columns, size),
                  .dimensions = 1,
                  .counts = {number(w, 1)},
                  .source_strides = {number(w, 0)},
                  .destination_strides = {number(w, 0)}};
    start(w, &old, IR_NONE);
  }
  flow_end_if(e, &flow);
  advance(w, &w->fetched);
}

// --- products

static VectorConfig words(unsigned registers) {
  return (VectorConfig){.sew = 32, .lmul = (int8_t)__builtin_ctz(registers)};
}

// Columns of a group, as the instructions' length.
static IrValue group_length(Writer *w, IrValue columns, unsigned group) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  int64_t known = 0;
  IrValue left = emit_add_number(e, columns, -(int64_t)group * m->group);
  if (emit_is_number(e, columns, &known) && known - (int64_t)group * m->group >= m->group)
    return IR_AVL_MAX;
  left = group ? emit_max(e, left, number(w, 0)) : left;
  return emit_min(e, left, number(w, m->group));
}

static void begin_sums(Writer *w, IrValue columns) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  VectorConfig none = {0};
  IrValue stride = emit_quantity(e, side(m, ROLE_COLUMN)->strides[CONTRACTION_BEGIN]);
  bool alike = quantity_is(side(m, ROLE_COLUMN)->strides[CONTRACTION_BEGIN], 0);
  IrValue from = emit_add(e, w->begin, emit_mul(e, value(w, w->used.column), stride));
  for (unsigned g = 0; g < m->groups; g++) {
    IrValue at = emit_add_number(e, from, alike ? 0 : (int64_t)g * m->group * BYTES_IN_WORD);
    IrValue row = emit_first_sums(e, w->s->c, at, m->across, group_length(w, columns, g));
    e->variables[w->sums] = build_machine_into(&e->builder, ISA_KT_BIAS_R, value(w, w->sums), g * m->across,
                                               none, IR_NONE, 2, (IrValue[]){row, number(w, m->across)});
  }
}

static void start_sums(Writer *w, IrValue columns) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  FlowIf flow;
  unsigned count = m->across * m->groups;
  int64_t tile = machine_tile(e->machine);
  VectorConfig none = {0};
  if (flow_if(e, &flow, w->resumes)) {
    IrValue old = emit_add_number(e, value(w, w->used.slot), m->old_place);
    for (unsigned i = 0; i < count; i++) {
      IrValue at = emit_add_number(e, old, (int64_t)i * tile * 4), four = number(w, 4 * BYTES_IN_WORD);
      // Four columns a word: each of its places is a row.
      for (unsigned r = 0; m->form == MATVEC_BYTES && r < BYTES_IN_WORD; r++) {
        IrValue from = emit_add_number(e, old, ((int64_t)i * tile * BYTES_IN_WORD + r) * 4);
        IrValue row = build_machine(&e->builder, ISA_VLSE32_V, ir_vector(1, 1), words(1), IR_AVL_MAX, 2,
                                    (IrValue[]){from, four});
        e->variables[w->sums] = build_machine_into(&e->builder, ISA_KT_PUT, value(w, w->sums), i, words(1),
                                                   IR_AVL_MAX, 2, (IrValue[]){row, number(w, r)});
      }
      if (m->form == MATVEC_BYTES)
        continue;
      IrValue row = build_machine(&e->builder, ISA_VLE32_V, ir_vector(1, 1), words(1), IR_AVL_MAX, 1, &at);
      e->variables[w->sums] = build_machine_into(&e->builder, ISA_KT_PUT, value(w, w->sums), i, words(1),
                                                 IR_AVL_MAX, 2, (IrValue[]){row, number(w, 0)});
    }
  }
  if (flow_else(e, &flow)) {
    IrValue all = number(w, count);
    if (m->c.start == START_LINE)
      begin_sums(w, columns);
    else
      e->variables[w->sums] =
          build_machine(&e->builder, ISA_KT_ZERO, ir_accumulators(count), none, IR_NONE, 1, &all);
  }
  flow_end_if(e, &flow);
}

// A word of k of the vector in the first row; in MATVEC_BYTES a byte in the four places of as many rows.
static IrValue load_vector(Writer *w, IrValue at) {
  Emitter *e = w->e;
  if (w->m->form != MATVEC_BYTES)
    return emit_machine(e, ISA_VL1RE32_V, ir_vector(1, 1), 1, &at);
  IrValue byte = build1(&e->builder, IR_ZEXT, IR_I64, build_load(&e->builder, IR_I8, at));
  return build_machine(&e->builder, ISA_VMUL_VX, ir_vector(1, 1), words(1), IR_AVL_MAX, 2,
                       (IrValue[]){w->pattern, byte});
}

static IrValue load_columns(Writer *w, IrValue at, unsigned group, IrValue length) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  IrType type = ir_vector(m->across, m->across);
  IrValue operands[2] = {at, number(w, m->pitch)};
  if (m->form == MATVEC_SUM)
    return build_machine(&e->builder, ISA_VLSE32_V, type, words(m->across), length, 2, operands);
  operands[0] = emit_add_number(e, at, (int64_t)group * m->group * size_of(m, CONTRACTION_Y));
  VectorConfig bytes = {.sew = 8, .lmul = words(m->across).lmul};
  return m->form == MATVEC_WORDS
             ? build_machine(&e->builder, ISA_VLE32_V, type, words(m->across), length, 1, operands)
             : build_machine(&e->builder, ISA_VLE8_V, type, bytes, length, 1, operands);
}

typedef struct Walk {
  uint32_t x, y; // variables: addresses
  const IrValue *lengths;
} Walk;

// `count` words of k.
static void multiply(Writer *w, const Walk *walk, unsigned count) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  VectorConfig none = {0};
  int64_t x_step = m->form == MATVEC_BYTES ? 1 : 4, y_step = m->form == MATVEC_SUM ? 4 : m->pitch;
  for (unsigned i = 0; i < count; i++) {
    IrValue x = load_vector(w, emit_add_number(e, value(w, walk->x), i * x_step));
    IrValue at = emit_add_number(e, value(w, walk->y), i * y_step);
    for (unsigned g = 0; g < m->groups; g++) {
      IrValue operands[4] = {x, load_columns(w, at, g, walk->lengths[g]), number(w, __builtin_ctz(m->across)),
                             number(w, 0)};
      e->variables[w->sums] = build_machine_into(&e->builder, m->c.product, value(w, w->sums), g * m->across,
                                                 none, IR_NONE, 4, operands);
    }
  }
  e->variables[walk->x] = emit_add_number(e, value(w, walk->x), count * x_step);
  e->variables[walk->y] = emit_add_number(e, value(w, walk->y), count * y_step);
}

static void multiply_times(Writer *w, const Walk *walk, IrValue times, unsigned count) {
  Emitter *e = w->e;
  FlowIf flow;
  FlowLoop loop;
  IrValue zero = number(w, 0);
  if (flow_if(e, &flow, emit_less(e, zero, times))) {
    uint32_t left = emit_variable(e, times);
    flow_loop(e, &loop);
    multiply(w, walk, count);
    e->variables[left] = emit_add_number(e, value(w, left), -1);
    flow_end_loop(e, &loop, emit_less(e, zero, value(w, left)));
    e->variable_count = left;
  }
  flow_end_if(e, &flow);
}

// --- results

static void drain_group(Writer *w, unsigned group, IrValue columns) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  bool bytes = m->form == MATVEC_BYTES;
  int64_t size = size_of(m, CONTRACTION_C);
  w->s->e.variables[w->s->sent_columns] = columns;
  emit_drain_parameters(w->s, emit_add_number(e, value(w, w->used.column), (int64_t)group * m->group));
  IrValue limits[2] = {number(w, bytes ? BYTES_IN_WORD : 1), bytes ? number(w, 0) : columns};
  emit_machine(e, ISA_KT_DEXT, IR_VOID, 2, limits);
  IrValue to = emit_add_number(e, value(w, w->used.slot), m->new_place + (int64_t)group * m->group * size);
  IrValue sums = build_part(&e->builder, ir_accumulators(m->across), value(w, w->sums), group * m->across);
  IrValue operands[4] = {sums, to, number(w, bytes ? BYTES_IN_WORD * size : 0),
                         number(w, __builtin_ctz(m->across))};
  emit_machine(e, ISA_KT_DRAIN, IR_VOID, 4, operands);
}

static void send(Writer *w, IrValue columns) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  FlowIf flow;
  int64_t size = size_of(m, CONTRACTION_C);
  for (unsigned g = 0; g < m->groups; g++) {
    IrValue left = emit_add_number(e, columns, -(int64_t)g * m->group);
    if (flow_if(e, &flow, emit_less(e, number(w, 0), left)))
      drain_group(w, g, emit_min(e, left, number(w, m->group)));
    flow_end_if(e, &flow);
  }
  DmaBox box = {.source = emit_add_number(e, value(w, w->used.slot), m->new_place),
                .destination = emit_add(e, w->c, emit_mul_number(e, value(w, w->used.column), size)),
                .bytes = emit_mul_number(e, columns, size)};
  start(w, &box, IR_NONE);
}

static void use_tile(Writer *w) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  FlowIf flow;
  uint32_t first = e->variable_count;
  IrValue columns = rest(w, w->columns, value(w, w->used.column), number(w, m->block)), lengths[2];
  IrValue k = rest(w, w->sum, value(w, w->used.k), w->chunk), at = value(w, w->used.k);
  if (flow_if(e, &flow, emit_equal(e, at, number(w, 0))))
    start_sums(w, columns);
  flow_end_if(e, &flow);
  for (unsigned g = 0; g < m->groups; g++)
    lengths[g] = group_length(w, columns, g);
  IrValue steps = m->form == MATVEC_BYTES ? k : emit_divide_up(e, k, m->c.word);
  IrValue x = emit_add(e, w->x, emit_mul_number(e, at, size_of(m, CONTRACTION_X)));
  Walk walk = {.x = emit_variable(e, x), .y = emit_variable(e, value(w, w->used.slot)), .lengths = lengths};
  multiply_times(w, &walk, emit_divide(e, steps, m->unroll), m->unroll);
  multiply_times(w, &walk, emit_remainder(e, steps, m->unroll), 1);
  IrValue last = emit_less(e, emit_add_number(e, w->sum, -1), emit_add(e, value(w, w->used.k), w->chunk));
  e->variable_count = first;
  if (flow_if(e, &flow, last))
    send(w, columns);
  flow_end_if(e, &flow);
  advance(w, &w->used);
}

// --- the sequence

// All columns, with k from `k` on.
static void emit_pass(Writer *w, IrValue x) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  FlowLoop loop;
  FlowIf flow;
  IrValue zero = number(w, 0);
  uint32_t first = e->variable_count;
  uint32_t *counts[] = {&w->fetched.column, &w->fetched.k, &w->used.column, &w->used.k};
  for (unsigned i = 0; i < sizeof counts / sizeof *counts; i++)
    *counts[i] = emit_variable(e, zero);
  w->fetched.slot = emit_variable(e, w->spm);
  w->used.slot = emit_variable(e, w->spm);
  w->newest = emit_variable(e, zero);
  w->unfilled = emit_variable(e, number(w, SLOTS));
  fetch_vector(w, x);
  int64_t resumes = 0;
  if (!emit_is_number(e, w->resumes, &resumes) || resumes)
    fill_old(w);
  for (unsigned i = 0; i < AHEAD; i++)
    w->ids[i] = emit_variable(e, value(w, w->newest));
  w->sums = emit_variable(e, build_undefined(&e->builder, ir_accumulators(m->across * m->groups)));
  uint32_t step = emit_variable(e, number(w, -AHEAD));
  flow_loop(e, &loop);
  // Tiles that were asked for AHEAD steps before are there, and what was in the places of those asked for now
  // has gone.
  dma_wait(e, value(w, w->ids[AHEAD - 1]));
  if (flow_if(e, &flow, emit_less(e, value(w, w->fetched.column), w->columns)))
    fetch_tile(w);
  flow_end_if(e, &flow);
  if (flow_if_likely(e, &flow, emit_less(e, number(w, -1), value(w, step))))
    use_tile(w);
  flow_end_if(e, &flow);
  for (unsigned i = AHEAD - 1; i > 0; i--)
    e->variables[w->ids[i]] = value(w, w->ids[i - 1]);
  e->variables[w->ids[0]] = value(w, w->newest);
  e->variables[step] = emit_add_number(e, value(w, step), 1);
  flow_end_loop(e, &loop, emit_less(e, value(w, w->used.column), w->columns));
  dma_wait(e, value(w, w->newest));
  e->variable_count = first;
}

// As many bytes of k as make tiles of a small part of the matrix.
static IrValue chunk_value(Writer *w) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  Quantity sum = side(m, ROLE_SUM)->extent;
  if (m->form != MATVEC_SUM || (sum.value == IR_NONE && side(m, ROLE_COLUMN)->extent.value == IR_NONE))
    return number(w, m->chunk);
  int64_t size = size_of(m, CONTRACTION_Y), beat = (int64_t)e->machine->dram_bandwidth;
  IrValue all = emit_mul(e, emit_quantity(e, sum), w->columns);
  IrValue run = emit_divide(e, emit_mul_number(e, all, size), TILES / 2 * m->group);
  run = emit_mul_number(e, emit_divide(e, run, beat), beat);
  run = emit_min(e, emit_max(e, run, number(w, LEAST_RUN)), number(w, m->chunk * size));
  return emit_divide(e, run, size);
}

// Sums that are longer than the vector's place are made in passes.
static void emit_passes(Writer *w) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  const ContractionIterator *sum = side(m, ROLE_SUM);
  IrValue x = emit_access(e, m->c.region, m->c.operands[CONTRACTION_X].access);
  IrValue matrix = emit_access(e, m->c.region, m->c.operands[CONTRACTION_Y].access);
  IrValue memory = build_const(&e->builder, IR_I1, m->c.start == START_MEMORY);
  IrValue total = emit_quantity(e, sum->extent);
  int64_t known = 0;
  w->c = emit_access(e, m->c.region, m->c.operands[CONTRACTION_C].access);
  w->begin = m->c.start == START_LINE ? emit_begin(e, &m->c) : IR_NONE;
  if (m->one_pass || (emit_is_number(e, total, &known) && known <= m->longest)) {
    w->matrix = matrix;
    w->resumes = memory;
    w->sum = total;
    emit_pass(w, x);
    return;
  }
  FlowLoop loop;
  uint32_t done = emit_variable(e, number(w, 0));
  flow_loop(e, &loop);
  IrValue again = emit_less(e, number(w, 0), value(w, done));
  w->resumes = build2(&e->builder, IR_OR, IR_I1, memory, again);
  w->sum = emit_min(e, emit_sub(e, total, value(w, done)), number(w, m->longest));
  w->matrix = emit_add(e, matrix, emit_mul(e, value(w, done), emit_quantity(e, sum->strides[CONTRACTION_Y])));
  emit_pass(w, emit_add(e, x, emit_mul_number(e, value(w, done), size_of(m, CONTRACTION_X))));
  e->variables[done] = emit_add_number(e, value(w, done), m->longest);
  flow_end_loop(e, &loop, emit_less(e, value(w, done), total));
}

// 1, 2^8, 2^16, 2^24 and then zeros: times a byte, that in each of the places of a word.
static IrValue byte_pattern(Writer *w) {
  Emitter *e = w->e;
  uint8_t data[BYTES_IN_WORD * 4] = {0};
  for (unsigned i = 0; i < BYTES_IN_WORD; i++)
    data[i * 4 + i] = 1;
  IrValue address = emit_data(e, ".Lkiln.matvec.places", data, sizeof data, 8), zero = number(w, 0);
  IrValue all = build_machine(&e->builder, ISA_VMV_V_I, ir_vector(1, 1), words(1), IR_AVL_MAX, 1, &zero);
  VectorConfig config = words(1);
  config.tail_undisturbed = true;
  return build_machine(&e->builder, ISA_VLE32_V, ir_vector(1, 1), config, number(w, BYTES_IN_WORD), 2,
                       (IrValue[]){all, address});
}

// Asked for before the region: that the sum needs no more than one pass.
static IrValue with_short_sums(Target *target, const Matvec *m, IrValue condition) {
  Quantity sum = side(m, ROLE_SUM)->extent;
  if (!m->one_pass || sum.value == IR_NONE)
    return condition;
  Emitter e = {.target = target, .machine = target->machine, .builder = region_before(m->c.region)};
  IrValue fits = emit_less(&e, sum.value, emit_number(&e, m->longest + 1));
  return condition == IR_NONE ? fits : emit_and(&e, condition, fits);
}

void emit_matvec(Target *target, Matvec *m, IrValue condition) {
  IrValue first = (IrValue)m->c.region->function->insns.count;
  TilePlan drain = {.result_columns = m->form == MATVEC_BYTES, .block_columns = (unsigned)m->group};
  Schedule *s = checked_malloc(sizeof *s);
  memset(s, 0, sizeof *s);
  condition = with_short_sums(target, m, condition);
  s->c = &m->c;
  s->p = &drain;
  s->e =
      (Emitter){.target = target, .machine = target->machine, .builder = region_open(m->c.region, condition)};
  Writer w = {.s = s, .e = &s->e, .m = m};
  SymbolId symbol = spm_symbol(target, w.e->builder.f, m->spm_bytes, m->spm_alignment);
  w.spm = ir_leaf(w.e->builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0));
  w.x = emit_add_number(w.e, w.spm, m->x_place);
  w.columns = emit_quantity(w.e, side(m, ROLE_COLUMN)->extent);
  s->extents[ROLE_COLUMN] = w.columns;
  s->sent_columns = emit_variable(w.e, number(&w, 0));
  if (m->form == MATVEC_BYTES)
    w.pattern = byte_pattern(&w);
  w.chunk = chunk_value(&w);
  dma_reset(w.e);
  emit_configure_drain(s);
  emit_passes(&w);
  region_close(m->c.region, &w.e->builder, NULL);
  emit_remove_dead(w.e, first);
  free(s);
}
