// Products of a matrix with one vector, the form and the plan (code: matvec_code.c): each element of the
// matrix is used once, so they are bound by what DRAM brings. The matrix comes through a ring of tiles in the
// scratchpad, a few columns by a part of k each; the vector stays there. The sums of a block of columns are
// one row of some accumulators (four rows where a word of the matrix has four columns), and go on from tile
// to tile along k; the other rows hold what nobody asks for.
#include "target/tensor/tile/matvec.h"
#include "target/tensor/tile/size.h"

#include <string.h>

enum {
  ACROSS = 4, // accumulators of a product
  SMALLEST_TILE = 4096,
  LARGEST_TILE = 32768, // bytes
  MOST_RUN = 1024,      // bytes of k side by side
  UNKNOWN_RUN = 512,    // where the sizes are known only when the program runs
  CODE_PART = 64,       // of the scratchpad, which is left to a copy of the code
  START_CYCLES = 500,   // code that is met for the first time
};

static int64_t round_up(int64_t x, int64_t y) {
  return size_divide_up(x, y) * y;
}

// --- the form

bool matvec_find(const Contraction *contraction, Matvec *m) {
  memset(m, 0, sizeof *m);
  m->c = *contraction;
  Contraction *c = &m->c;
  const Epilogue *epilogue = &c->epilogue;
  const ContractionIterator *columns = matvec_side(m, ROLE_COLUMN), *sum = matvec_side(m, ROLE_SUM);
  if (contraction_outer_count(c) || !quantity_is(matvec_side(m, ROLE_ROW)->extent, 1) ||
      !quantity_is(sum->strides[CONTRACTION_X], matvec_size(m, CONTRACTION_X)) ||
      !quantity_is(columns->strides[CONTRACTION_C], matvec_size(m, CONTRACTION_C)) ||
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
  if (quantity_is(sum->strides[CONTRACTION_Y], matvec_size(m, CONTRACTION_Y)))
    m->form = MATVEC_SUM;
  else if (!quantity_is(columns->strides[CONTRACTION_Y], matvec_size(m, CONTRACTION_Y)))
    return false;
  else if (c->word == 1)
    m->form = MATVEC_WORDS;
  else if (c->word == MATVEC_WORD_BYTES && epilogue_is_plain(epilogue))
    m->form = MATVEC_BYTES;
  else
    return false;
  return true;
}

// --- the plan

// Bytes of k side by side. Longer runs cost less, most where they do not begin with a beat of DRAM; but
// nothing is multiplied before the first tile is there.
static int64_t choose_run(const Machine *machine, const Matvec *m, int64_t bytes) {
  const ContractionIterator *columns = matvec_side(m, ROLE_COLUMN), *sum = matvec_side(m, ROLE_SUM);
  int64_t beat = (int64_t)machine->dram_bandwidth,
          line = sum->extent.constant * matvec_size(m, CONTRACTION_Y);
  bool even = columns->strides[CONTRACTION_Y].value == IR_NONE && line % beat == 0 &&
              columns->strides[CONTRACTION_Y].constant % beat == 0;
  int64_t run = MATVEC_LEAST_RUN, weight = bytes / (even ? 8 : 2);
  while (run < MOST_RUN && run * run < weight)
    run += beat;
  // Parts of the same size.
  int64_t parts = size_divide_up(line, run + run / 4);
  return round_up(size_divide_up(line, parts), beat);
}

// Rows of such lengths come as they lie in memory, a block of them in one run, since they do not begin with a
// beat of DRAM; loads of a column then meet in the scratchpad's lanes, twice at most.
static bool may_lie_as_they_are(const Matvec *m) {
  Quantity sum = matvec_side(m, ROLE_SUM)->extent,
           stride = matvec_side(m, ROLE_COLUMN)->strides[CONTRACTION_Y];
  if (m->form != MATVEC_SUM || m->few)
    return false;
  if (sum.value != IR_NONE || stride.value != IR_NONE)
    return true;
  return stride.constant == sum.constant * matvec_size(m, CONTRACTION_Y) &&
         stride.constant % MATVEC_ROW_UNIT != 0;
}

// The same for the last block of rows that come as they lie in memory: each part costs a beat for each row,
// and the products of the last one are waited for. All parts are asked for while the block before is
// multiplied.
static int64_t choose_last_run(const Machine *machine, const Matvec *m) {
  enum { WORD_CYCLES = 5, PART_CYCLES = 40 };
  int64_t beat = (int64_t)machine->dram_bandwidth, parts = 1;
  int64_t line = matvec_side(m, ROLE_SUM)->extent.constant * matvec_size(m, CONTRACTION_Y);
  while (parts < MATVEC_AHEAD &&
         parts * (parts + 1) * (m->block + PART_CYCLES) < line / MATVEC_WORD_BYTES * WORD_CYCLES)
    parts++;
  return round_up(size_divide_up(line, parts), beat);
}

// Elements of k in a tile: of MATVEC_SUM at most, where the sizes are known only when the program runs.
static int64_t choose_chunk(const Machine *machine, const Matvec *m) {
  Quantity sum = matvec_side(m, ROLE_SUM)->extent, columns = matvec_side(m, ROLE_COLUMN)->extent;
  int64_t size = matvec_size(m, CONTRACTION_Y), step = m->c.word * (int64_t)m->unroll, run = UNKNOWN_RUN;
  bool known = sum.value == IR_NONE && columns.value == IR_NONE;
  if (m->form == MATVEC_SUM) {
    if (known && may_lie_as_they_are(m))
      run = choose_last_run(machine, m);
    else if (known)
      run = choose_run(machine, m, sum.constant * columns.constant * size);
    return round_up(run / size, step);
  }
  int64_t tile = known ? sum.constant * columns.constant * size / MATVEC_TILES : LARGEST_TILE / 2;
  tile = tile < SMALLEST_TILE ? SMALLEST_TILE : size_smaller(tile, LARGEST_TILE);
  int64_t chunk = round_up(size_divide_up(tile, m->block * size), step);
  if (sum.value == IR_NONE)
    chunk = round_up(size_divide_up(sum.constant, size_divide_up(sum.constant, chunk + chunk / 4)), step);
  return chunk;
}

// Bytes in a slot for the elements of the matrix.
static int64_t place_tile(const Machine *machine, Matvec *m) {
  Quantity stride = matvec_side(m, ROLE_COLUMN)->strides[CONTRACTION_Y];
  int64_t line = (int64_t)machine->spm_lanes * 4, bank = (int64_t)machine->spm_size / MATVEC_SLOTS;
  int64_t run = round_up(m->chunk * matvec_size(m, CONTRACTION_X), 4);
  m->pitch = m->form == MATVEC_SUM ? (int64_t)spm_pitch(machine, (uint64_t)run)
                                   : m->block * matvec_size(m, CONTRACTION_Y);
  int64_t bytes = m->pitch * (m->form == MATVEC_SUM ? m->block : m->chunk);
  if (!may_lie_as_they_are(m))
    return round_up(bytes, line);
  int64_t rows = stride.value == IR_NONE ? m->block * stride.constant + MATVEC_WORD_BYTES : bank / 2;
  if (rows + 2 * m->block * 4 + 3 * line > bank)
    return round_up(bytes, line);
  bytes = rows > bytes ? rows : bytes;
  m->longest_row = (bytes - MATVEC_WORD_BYTES) / m->block;
  return round_up(bytes, line);
}

static void estimate(const Machine *machine, Matvec *m) {
  enum { UNKNOWN_EXTENT = 512 };
  Quantity sum = matvec_side(m, ROLE_SUM)->extent, extent = matvec_side(m, ROLE_COLUMN)->extent;
  int64_t k = sum.value == IR_NONE ? sum.constant : UNKNOWN_EXTENT;
  int64_t columns = extent.value == IR_NONE ? extent.constant : UNKNOWN_EXTENT;
  int64_t size = matvec_size(m, CONTRACTION_Y), beat = (int64_t)machine->dram_bandwidth;
  int64_t blocks = size_divide_up(columns, m->block), parts = size_divide_up(k, m->chunk),
          tiles = blocks * parts;
  int64_t beats = m->form == MATVEC_SUM
                      ? columns * parts * size_divide_up(size_smaller(k, m->chunk) * size, beat)
                      : k * blocks * size_divide_up(size_smaller(columns, m->block) * size, beat);
  if (m->longest_row && sum.value == IR_NONE) {
    int64_t last = columns - (blocks - 1) * m->block;
    beats = (columns - last) * k * size / beat + last * beats / columns;
    tiles = blocks - 1 + parts;
  }
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
  Quantity columns = matvec_side(m, ROLE_COLUMN)->extent, sum = matvec_side(m, ROLE_SUM)->extent;
  if (machine->accumulators < 2 * ACROSS || !machine->spm_size)
    return false;
  m->across = ACROSS;
  m->group = ACROSS * tile * (m->form == MATVEC_BYTES ? MATVEC_WORD_BYTES : 1);
  m->few = columns.value == IR_NONE && columns.constant <= m->group;
  m->groups = m->form == MATVEC_SUM || m->few ? 1 : 2;
  m->unroll = 4 / m->groups;
  m->block = m->group * m->groups;
  // Blocks of the same size.
  if (m->form == MATVEC_SUM && columns.value == IR_NONE)
    m->block = size_divide_up(columns.constant, size_divide_up(columns.constant, m->block));
  m->chunk = choose_chunk(machine, m);
  m->old_place = place_tile(machine, m);
  m->new_place = m->old_place + m->group * m->groups * 4;
  m->slot = m->new_place + m->group * m->groups * 4;
  // Slots in banks of their own; behind the last one the vector, and a register more, since that is what is
  // loaded of it.
  int64_t spm = (int64_t)machine->spm_size, need = m->slot + m->chunk * matvec_size(m, CONTRACTION_X);
  m->apart = (spm + (int64_t)machine->spm_taken) / MATVEC_SLOTS;
  m->spm_alignment = (uint64_t)m->apart;
  if (MATVEC_AHEAD * m->apart + need + 4 * line > spm) {
    m->apart = spm / MATVEC_SLOTS / line * line;
    m->spm_alignment = (uint64_t)line;
  }
  m->x_place = MATVEC_AHEAD * m->apart + m->slot;
  int64_t most = spm - m->x_place - 2 * (int64_t)machine_vector_bytes(machine) - spm / CODE_PART;
  if (m->slot > m->apart || most < m->chunk * matvec_size(m, CONTRACTION_X))
    return false;
  int64_t size = matvec_size(m, CONTRACTION_X), whole = most / size / m->chunk * m->chunk;
  m->longest = sum.value == IR_NONE ? size_smaller(sum.constant, whole) : whole;
  // Sums that are cut go on from what is in memory.
  m->one_pass = !epilogue_is_plain(&m->c.epilogue);
  if (m->one_pass && sum.value == IR_NONE && sum.constant > m->longest)
    return false;
  m->spm_bytes = (uint64_t)(m->x_place + round_up(m->longest * size, line) + 2 * line);
  estimate(machine, m);
  return m->spm_bytes <= machine->spm_size;
}
