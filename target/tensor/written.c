// Contractions of few blocks, written out. One walk over the blocks does both: it keeps a clock of the units,
// whose end is the estimate, and, where there is a schedule to write to, it writes the code.
#include "target/tensor/written.h"
#include "support/round.h"
#include "target/tensor/tile.h"

#include <string.h>

enum {
  MOST_CHUNKS_BEFORE = 2, // for which the queue has room beside what the next blocks need
  AHEAD = 4,              // blocks between asking for operands and their use
  PACKED_BEFORE = 8,      // words, where packing runs ahead of the products
  MOST_REQUESTS = 6 * WRITTEN_BLOCKS + 2 * WRITTEN_CHUNKS,
  // cycles, for the clock
  START_CYCLES = 14,  // before the first transfer, beside the latency of the first line of code
  REQUEST_CYCLES = 6, // a transfer's instructions
  BLOCK_CYCLES = 26,  // between blocks
  STEP_CYCLES = 3,    // of a step's instructions
  MOVE_CYCLES = 14,   // on the way to the copy of the code
  LOAD_CYCLES = 10,   // from a load to the product
  CODE_BYTES = 500,   // of the start and the end
  BLOCK_CODE_BYTES = 480
};

// A stripe of an operand at a point of the outer iterators.
typedef struct Stripe {
  uint32_t request; // the last transfer of it; 0: not asked for
  uint32_t packed;  // words
} Stripe;

typedef struct Walk {
  const Machine *machine;
  Contraction *c;
  const Written *w;
  Schedule *s;     // NULL: nothing is written
  TilePlan *shape; // the schedule's plan, with the shape of the block
  Stripe stripes[2][WRITTEN_BLOCKS];
  uint32_t requests, waited;
  uint32_t sent[WRITTEN_BLOCKS];           // requests
  uint32_t chunk_requests[WRITTEN_CHUNKS]; // the last ones for the first block's chunks
  IrValue ids[MOST_REQUESTS + 1];
  // clock
  uint64_t ends[MOST_REQUESTS + 1];
  uint64_t now, dma, tile, tile_before, drain;
  uint64_t products, loads, drains, transfers, before; // by unit; before the first product
} Walk;

static unsigned unroll(const Walk *k) {
  return k->w->plan.unroll;
}

static IrValue number(Walk *k, uint64_t x) {
  return emit_number(&k->s->e, (int64_t)x);
}

// --- where things are

static uint32_t stripe_of(const Written *w, const WrittenBlock *block, unsigned side) {
  return block->point * w->sides[side].stripes + block->first[side] / w->sides[side].stripe;
}

static uint32_t stripe_extent(const Written *w, unsigned side, uint32_t stripe) {
  const WrittenSide *of = &w->sides[side];
  uint32_t first = stripe % of->stripes * of->stripe;
  return (uint32_t)smaller(of->extent - first, of->stripe);
}

// The address of an array's element where the main iterators stand at these.
static IrValue address(Walk *k, unsigned array, uint32_t point, uint64_t row, uint64_t column, uint64_t sum) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  IrValue at = s->bases[array];
  for (uint32_t i = contraction_outer_count(k->c); i-- > 0;) {
    const ContractionIterator *iterator = &k->c->iterators[i];
    uint64_t index = point % (uint64_t)iterator->extent.constant;
    point /= (uint32_t)iterator->extent.constant;
    at = emit_add(e, at, emit_mul(e, emit_quantity(e, iterator->strides[array]), number(k, index)));
  }
  const uint64_t indices[3] = {row, column, sum};
  for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++)
    at = emit_add(e, at, emit_mul(e, s->strides[role][array], number(k, indices[role])));
  return at;
}

static IrValue place(Walk *k, unsigned buffer, uint64_t offset) {
  return emit_add_number(&k->s->e, k->s->buffers[buffer], (int64_t)offset);
}

// Stripes of Y lie in two buffers in turn: while one is loaded the next is packed, in other banks.
static IrValue packed_place(Walk *k, unsigned side, uint32_t stripe, uint64_t offset) {
  uint64_t slot = k->w->sides[side].slot;
  if (side == CONTRACTION_X)
    return place(k, BUFFER_X, stripe * slot + offset);
  return place(k, stripe % 2 ? BUFFER_Y1 : BUFFER_Y0, stripe / 2 * slot + offset);
}

static bool packs(const Walk *k, unsigned side) {
  return k->w->plan.layouts[side] == STAGE_PACK;
}

// Bytes between values or words of k of a stripe that has come.
static uint64_t line_of(const Walk *k, unsigned side) {
  const TilePlan *p = &k->w->plan;
  if (!packs(k, side))
    return p->pitches[side];
  uint64_t bytes = (uint64_t)k->w->sides[side].stripe * contraction_size(k->c, side);
  return larger(bytes, machine_vector_bytes(k->machine));
}

// Results lie in the scratchpad as in C, without gaps, or where that is too much in slots of a block, in
// turn.
static uint64_t result_pitch(const Walk *k) {
  const TilePlan *p = &k->w->plan;
  unsigned lines = p->result_columns ? CONTRACTION_X : CONTRACTION_Y;
  uint64_t across = (uint64_t)p->tile * (p->result_columns ? p->shape_rows : p->shape_columns);
  uint64_t extent = k->w->sides[lines].extent;
  return (k->w->result_slots ? smaller(extent, across) : extent) * contraction_size(k->c, CONTRACTION_C);
}

static uint64_t result_offset(const Walk *k, const WrittenBlock *block) {
  const WrittenSide *sides = k->w->sides;
  unsigned line = k->w->plan.result_columns ? CONTRACTION_X : CONTRACTION_Y;
  if (k->w->result_slots)
    return (uint64_t)(block - k->w->blocks) % k->w->result_slots * k->w->plan.result_slot;
  return (uint64_t)block->point * sides[!line].extent * result_pitch(k) +
         block->first[!line] * result_pitch(k) +
         (uint64_t)block->first[line] * contraction_size(k->c, CONTRACTION_C);
}

// --- transfers

static uint64_t beats(const Machine *machine, uint64_t runs, uint64_t bytes, bool aligned) {
  uint64_t beat = machine->dram_bandwidth, spm = machine->dma_spm_words * 4;
  uint64_t line = divide_up(aligned ? bytes : bytes + beat / 2, beat);
  return runs * larger(line, divide_up(bytes, spm));
}

// A transfer is asked for: the time, and its number.
static uint32_t request(Walk *k, uint64_t length, uint64_t latency, IrValue id) {
  k->now = larger(k->now, k->drain) + REQUEST_CYCLES; // kd.start waits for drains
  uint64_t ready = k->now + latency;
  k->dma = larger(k->dma, ready) + k->machine->dma_start + length;
  k->transfers += k->machine->dma_start + length;
  k->ids[++k->requests] = id;
  k->ends[k->requests] = k->dma;
  return k->requests;
}

static void wait(Walk *k, uint32_t request) {
  if (request <= k->waited)
    return;
  k->waited = request;
  k->now = larger(k->now + 1, k->ends[request]);
  if (k->s)
    dma_wait(&k->s->e, k->ids[request]);
}

static bool is_aligned(const Machine *machine, Quantity stride) {
  return stride.value == IR_NONE && (uint64_t)stride.constant % machine->dram_bandwidth == 0;
}

static IrValue stripe_place(Walk *k, unsigned side, uint32_t stripe) {
  const WrittenSide *of = &k->w->sides[side];
  return packs(k, side) ? place(k, side ? BUFFER_RAW_Y : BUFFER_RAW_X, stripe * of->raw_slot)
                        : packed_place(k, side, stripe, 0);
}

static IrValue emit_fetch(Walk *k, unsigned side, uint32_t stripe, uint64_t begin, uint64_t end) {
  const Written *w = k->w;
  const WrittenSide *of = &w->sides[side];
  Schedule *s = k->s;
  bool sum = w->plan.layouts[side] == STAGE_SUM;
  uint64_t size = contraction_size(k->c, side), line = line_of(k, side);
  uint64_t first = (uint64_t)(stripe % of->stripes) * of->stripe;
  IrValue across = number(k, stripe_extent(w, side, stripe)), depth = number(k, end - begin);
  IrValue to = stripe_place(k, side, stripe);
  DmaBox box = {.dimensions = 1, .most = 1};
  box.source = address(k, side, stripe / of->stripes, side ? 0 : first, side ? first : 0, begin);
  box.destination = emit_add_number(&s->e, to, (int64_t)(begin * (sum ? size : line)));
  box.bytes = emit_mul_number(&s->e, sum ? depth : across, (int64_t)size);
  box.counts[0] = sum ? across : depth;
  box.source_strides[0] = s->strides[sum ? side ? ROLE_COLUMN : ROLE_ROW : ROLE_SUM][side];
  box.destination_strides[0] = number(k, line);
  return dma_start(&s->e, &box, IR_NONE);
}

// Whether rows of X come with what follows each in memory, so that nothing has to fill their last word: in an
// integer sum it meets zeros of Y. That is the next row's beginning, of which the last stripe's last row has
// none.
static bool reads_on(const Walk *k, unsigned side, uint32_t stripe) {
  const WrittenSide *of = &k->w->sides[side];
  int64_t row = (int64_t)(k->w->plan.chunk * contraction_size(k->c, side));
  return side == CONTRACTION_X && k->w->plan.layouts[side] == STAGE_SUM &&
         !ir_is_float(k->c->operands[side].type) &&
         quantity_is(contraction_main(k->c, ROLE_ROW)->strides[side], row) && (stripe + 1) % of->stripes != 0;
}

// Words of k from `from` on of a stripe.
static void fetch(Walk *k, unsigned side, uint32_t stripe, uint32_t from, uint32_t words) {
  const Written *w = k->w;
  bool sum = w->plan.layouts[side] == STAGE_SUM;
  uint64_t word = k->c->word, begin = from * word;
  uint64_t most = reads_on(k, side, stripe) ? w->words * word : w->plan.chunk,
           end = smaller((from + words) * word, most);
  uint64_t across = stripe_extent(w, side, stripe);
  Quantity stride = contraction_main(k->c, sum ? side ? ROLE_COLUMN : ROLE_ROW : ROLE_SUM)->strides[side];
  uint64_t length =
      beats(k->machine, sum ? across : end - begin,
            (sum ? end - begin : across) * contraction_size(k->c, side), is_aligned(k->machine, stride));
  IrValue id = k->s ? emit_fetch(k, side, stripe, begin, end) : IR_NONE;
  k->stripes[side][stripe].request = request(k, length, k->machine->dram_latency, id);
}

// What no transfer brings of a stripe though it is read: cycles, of one transfer for each kind.
static uint64_t fill_cycles(const Walk *k, unsigned side, uint32_t stripe) {
  const Machine *machine = k->machine;
  uint64_t across = stripe_extent(k->w, side, stripe), depth = k->w->plan.chunk, line = line_of(k, side);
  uint64_t tail = k->c->word - depth % k->c->word, register_bytes = machine_vector_bytes(machine), cycles = 0;
  if (tail != k->c->word && !reads_on(k, side, stripe))
    cycles += machine->dma_start + (packs(k, side) ? tail * line / (machine->dma_spm_words * 4) : across);
  if (packs(k, side) && line > register_bytes && across * contraction_size(k->c, side) < line)
    cycles += machine->dma_start + depth;
  return cycles;
}

static void fill(Walk *k, unsigned side, uint32_t stripe) {
  uint64_t cycles = fill_cycles(k, side, stripe);
  if (!cycles)
    return;
  IrValue id = IR_NONE;
  if (k->s) {
    IrValue to = stripe_place(k, side, stripe), across = number(k, stripe_extent(k->w, side, stripe));
    IrValue depth = number(k, k->w->plan.chunk);
    emit_fill_edge(k->s, side, to, depth, across);
    emit_fill_tail(k->s, side, to, depth, across, (int64_t)line_of(k, side));
    id = get(k->s, k->s->ids[0]);
  }
  k->stripes[side][stripe].request = request(k, cycles - k->machine->dma_start, 0, id);
}

// All of a stripe, unless it was asked for.
static void fetch_stripe(Walk *k, unsigned side, uint32_t stripe) {
  if (k->stripes[side][stripe].request)
    return;
  fetch(k, side, stripe, 0, k->w->words);
  fill(k, side, stripe);
}

// What the next blocks need.
static void fetch_ahead(Walk *k, uint32_t block) {
  for (uint32_t b = block; b <= block + AHEAD && b < k->w->count; b++)
    for (unsigned side = 0; side < 2; side++)
      fetch_stripe(k, side, stripe_of(k->w, &k->w->blocks[b], side));
}

static bool is_whole_line(const Walk *k, const WrittenBlock *block) {
  unsigned line = k->w->plan.result_columns ? CONTRACTION_X : CONTRACTION_Y;
  Quantity stride =
      contraction_main(k->c, k->w->plan.result_columns ? ROLE_COLUMN : ROLE_ROW)->strides[CONTRACTION_C];
  return block->count[line] == k->w->sides[line].extent && quantity_is(stride, (int64_t)result_pitch(k));
}

static void send(Walk *k, const WrittenBlock *block) {
  const TilePlan *p = &k->w->plan;
  unsigned line = p->result_columns ? CONTRACTION_X : CONTRACTION_Y;
  ContractionRole across = p->result_columns ? ROLE_COLUMN : ROLE_ROW;
  uint64_t size = contraction_size(k->c, CONTRACTION_C), bytes = block->count[line] * size;
  uint64_t runs = block->count[!line];
  bool joined = is_whole_line(k, block);
  if (joined) {
    bytes *= runs;
    runs = 1;
  }
  IrValue id = IR_NONE;
  if (k->s) {
    DmaBox box = {.dimensions = 1, .most = 1};
    box.source = place(k, BUFFER_RESULT, result_offset(k, block));
    box.destination = address(k, CONTRACTION_C, block->point, block->first[0], block->first[1], 0);
    box.bytes = number(k, bytes);
    box.counts[0] = number(k, runs);
    box.source_strides[0] = number(k, result_pitch(k));
    box.destination_strides[0] = k->s->strides[across][CONTRACTION_C];
    box.dimensions = joined ? 0 : 1;
    id = dma_start(&k->s->e, &box, IR_NONE);
  }
  Quantity stride = contraction_main(k->c, across)->strides[CONTRACTION_C];
  bool aligned = is_aligned(k->machine, stride);
  k->sent[block - k->w->blocks] = request(k, beats(k->machine, runs, bytes, aligned), 0, id);
}

// --- products

// Cycles of a step with the products of a block; the load port's too.
static uint64_t step_cycles(const Walk *k, const unsigned shape[2]) {
  const Machine *machine = k->machine;
  uint64_t gap = k->c->word == 4 ? machine->mopa_integer_gap : machine->mopa_float_gap;
  return larger(larger((uint64_t)shape[0] * shape[1], gap), larger(shape[0] + shape[1], STEP_CYCLES));
}

// Cycles in which a word of k of a stripe is loaded to be packed.
static uint64_t pack_cycles(const Walk *k, unsigned side) {
  return k->c->word * divide_up(line_of(k, side), machine_vector_bytes(k->machine));
}

static void multiplied(Walk *k, const unsigned shape[2], uint64_t steps, uint64_t loaded) {
  uint64_t product = (uint64_t)shape[0] * shape[1], port = steps * (shape[0] + shape[1]) + loaded;
  uint64_t begin = larger(k->tile, k->now + LOAD_CYCLES);
  k->before = k->tile ? k->before : begin;
  k->products += steps * product;
  k->loads += port;
  k->tile = begin + larger(steps * step_cycles(k, shape), port);
  uint64_t ahead = k->machine->unit_queue * product;
  k->now = larger(k->now + steps * STEP_CYCLES, k->tile > ahead ? k->tile - ahead : 0);
}

static void start_packing(Walk *k, unsigned side, uint32_t stripe) {
  Schedule *s = k->s;
  if (!s)
    return;
  const WrittenSide *of = &k->w->sides[side];
  uint64_t done = k->stripes[side][stripe].packed;
  s->pack_side = side;
  set(s, s->pack_from,
      place(k, side ? BUFFER_RAW_Y : BUFFER_RAW_X,
            stripe * of->raw_slot + done * line_of(k, side) * k->c->word));
  set(s, s->pack_to, packed_place(k, side, stripe, done * k->w->plan.pitches[side]));
}

// Packs what is not packed yet of the first words of a stripe.
static void pack_until(Walk *k, unsigned side, uint32_t stripe, uint32_t words) {
  uint32_t *packed = &k->stripes[side][stripe].packed;
  if (!packs(k, side) || *packed >= words)
    return;
  start_packing(k, side, stripe);
  if (k->s)
    emit_pack(k->s, side, number(k, words - *packed));
  k->now += (words - *packed) * pack_cycles(k, side) + 2 * LOAD_CYCLES;
  *packed = words;
}

// What is packed beside the products of a block: so many words in each of the first rounds.
typedef struct Packing {
  unsigned side;
  uint32_t stripe;
  uint64_t per, rounds;
} Packing;

// Words that are packed beside a block's products while the load port would rest.
static uint64_t free_words(const Walk *k, const WrittenBlock *block, unsigned side) {
  uint64_t port = block->shape[0] + block->shape[1], spare = step_cycles(k, block->shape) - port;
  return k->w->words * spare * 3 / 4 / pack_cycles(k, side); // not all of it: stores are in the way of loads
}

// Of the stripe that is needed next, beside `rounds` rounds of a block.
static Packing next_packing(Walk *k, uint32_t block, uint64_t rounds) {
  const Written *w = k->w;
  for (uint32_t b = block + 1; b < w->count; b++)
    for (unsigned side = 0; side < 2; side++) {
      uint32_t stripe = stripe_of(w, &w->blocks[b], side);
      const Stripe *of = &k->stripes[side][stripe];
      if (!packs(k, side) || of->packed == w->words)
        continue;
      bool come = of->request && k->ends[of->request] <= k->now;
      uint64_t left = w->words - of->packed, even = divide_up(left, b - block);
      uint64_t words = smaller(left, larger(even, free_words(k, &w->blocks[block], side)));
      if (!come || !rounds)
        return (Packing){0};
      // One more in a round only where the stripe must be ready then.
      uint64_t per = smaller(b == block + 1 ? divide_up(words, rounds) : words / rounds, unroll(k));
      return (Packing){side, stripe, per, per ? smaller(words / per, rounds) : 0};
    }
  return (Packing){0};
}

// Of the block's own stripes, up to word `until`, of which `rounds` rounds are multiplied: the packing runs
// ahead of the products.
static Packing own_packing(Walk *k, const WrittenBlock *block, uint32_t until, uint64_t rounds) {
  Packing packing = {0};
  for (unsigned side = 0; side < 2; side++) {
    uint32_t stripe = stripe_of(k->w, block, side), left = until - k->stripes[side][stripe].packed;
    if (!packs(k, side) || !left)
      continue;
    bool alone = side == 1 || !packs(k, 1) || k->stripes[1][stripe_of(k->w, block, 1)].packed >= until;
    uint32_t ahead = PACKED_BEFORE + left % unroll(k);
    if (!alone || left <= ahead || (left - ahead) / unroll(k) > rounds) {
      pack_until(k, side, stripe, until);
      continue;
    }
    pack_until(k, side, stripe, until - left + ahead);
    packing = (Packing){side, stripe, unroll(k), (left - ahead) / unroll(k)};
  }
  return packing;
}

static void emit_drain_of(Walk *k, const WrittenBlock *block, unsigned parity) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  for (unsigned side = 0; side < 2; side++)
    s->extents[side] = number(k, block->count[side]);
  emit_drain_parameters(s, number(k, block->first[k->c->epilogue.columns]));
  IrValue limits[2] = {s->extents[0], s->extents[1]};
  emit_machine(e, ISA_KT_DEXT, IR_VOID, 2, limits);
  int64_t shape = __builtin_ctz(block->shape[0]) * 4 + __builtin_ctz(block->shape[1]);
  unsigned size = block->shape[0] * block->shape[1];
  IrValue group = get(s, s->accumulators[parity]);
  if (size < s->group)
    group = build_part(&e->builder, ir_accumulators(size), group, 0);
  IrValue operands[4] = {group, place(k, BUFFER_RESULT, result_offset(k, block)), number(k, result_pitch(k)),
                         emit_number(e, shape)};
  emit_machine(e, ISA_KT_DRAIN, IR_VOID, 4, operands);
}

static uint64_t drain_cycles(const Walk *k, const WrittenBlock *block) {
  uint64_t lines = block->count[k->w->plan.result_columns],
           results = block->count[!k->w->plan.result_columns];
  return lines * larger(divide_up(results, k->machine->drain_results),
                        divide_up(results * contraction_size(k->c, CONTRACTION_C), k->machine->drain_bytes));
}

// A block's sums leave the accumulators when its last product is done.
static void drain(Walk *k, const WrittenBlock *block, unsigned parity) {
  uint64_t index = (uint64_t)(block - k->w->blocks), slots = k->w->result_slots;
  if (slots && index >= slots)
    wait(k, k->sent[index - slots]);
  if (k->s)
    emit_drain_of(k, block, parity);
  k->drain = larger(larger(k->now, k->tile_before), k->drain) + drain_cycles(k, block);
  k->drains += drain_cycles(k, block);
}

// The block's products from word `from` on; `first`: the sum begins.
static void start_block(Walk *k, const WrittenBlock *block, uint32_t from) {
  Schedule *s = k->s;
  if (!s)
    return;
  for (unsigned side = 0; side < 2; side++) {
    const WrittenSide *of = &k->w->sides[side];
    uint64_t within = block->first[side] % of->stripe;
    bool sum = k->w->plan.layouts[side] == STAGE_SUM;
    uint64_t pitch = k->w->plan.pitches[side];
    uint64_t offset = sum ? within * pitch + from * UINT64_C(4) : within * 4 + from * pitch;
    set(s, side ? s->y : s->x, packed_place(k, side, stripe_of(k->w, block, side), offset));
    IrValue length = block->count[side] == block->shape[side] * k->w->plan.tile
                         ? IR_AVL_MAX
                         : number(k, block->count[side]);
    *(side ? &s->column_length : &s->row_length) = length;
  }
  k->shape->shape_rows = block->shape[0];
  k->shape->shape_columns = block->shape[1];
}

// Whether the first stripe of a side comes in chunks: not when short runs take the DMA engine longer.
static bool comes_in_chunks(const Walk *k, unsigned side) {
  const Written *w = k->w;
  if (w->plan.layouts[side] != STAGE_SUM)
    return true;
  uint64_t size = contraction_size(k->c, side), bytes = w->plan.chunk * size;
  Quantity stride = contraction_main(k->c, side ? ROLE_COLUMN : ROLE_ROW)->strides[side];
  bool aligned = is_aligned(k->machine, stride);
  uint64_t chunk = beats(k->machine, 1, (uint64_t)w->chunk_words * k->c->word * size, aligned);
  uint64_t whole = beats(k->machine, 1, bytes, aligned);
  return 8 * chunk * w->chunks <= 9 * whole;
}

static void fetch_chunk(Walk *k, uint32_t chunk) {
  uint32_t from = chunk * k->w->chunk_words;
  for (unsigned side = 2; side-- > 0;)
    if (comes_in_chunks(k, side))
      fetch(k, side, 0, from, k->w->chunk_words);
    else if (chunk == 0)
      fetch(k, side, 0, 0, k->w->words);
  for (unsigned side = 0; side < 2 && chunk == 0; side++)
    fill(k, !side, 0);
  k->chunk_requests[chunk] = k->requests;
}

// Rounds `from` to `to` of a block.
static void some_rounds(Walk *k, const WrittenBlock *block, unsigned parity, const Packing *packing,
                        uint64_t from, uint64_t to) {
  uint64_t begin = smaller(from, packing->rounds), end = smaller(to, packing->rounds);
  if (k->s && end > begin)
    emit_rounds(k->s, parity, (int64_t)(end - begin), (unsigned)packing->per);
  if (k->s && to - from > end - begin)
    emit_rounds(k->s, parity, (int64_t)(to - from - (end - begin)), 0);
  uint64_t packed = (end - begin) * packing->per;
  multiplied(k, block->shape, (to - from) * unroll(k), packed ? packed * pack_cycles(k, packing->side) : 0);
  if (packed)
    k->stripes[packing->side][packing->stripe].packed += (uint32_t)packed;
}

static void some_steps(Walk *k, const WrittenBlock *block, unsigned parity, uint64_t count) {
  if (k->s)
    emit_steps(k->s, parity, (unsigned)count, 0);
  multiplied(k, block->shape, count, 0);
}

static void first_step(Walk *k, const WrittenBlock *block, unsigned parity) {
  if (k->s)
    emit_first_step(k->s, parity);
  multiplied(k, block->shape, 1, 0);
}

// The first block: its operands come, are packed and multiplied in chunks.
static void first_block(Walk *k) {
  const Written *w = k->w;
  const WrittenBlock *block = &w->blocks[0];
  bool few = w->chunks <= MOST_CHUNKS_BEFORE;
  if (few)
    fetch_ahead(k, 0);
  for (uint32_t from = 0, chunk = 0; from < w->words; from += w->chunk_words, chunk++) {
    uint32_t words = (uint32_t)smaller(w->chunk_words, w->words - from), steps = words - (from == 0);
    wait(k, k->chunk_requests[chunk]);
    Packing packing = own_packing(k, block, from + words, steps / unroll(k));
    start_block(k, block, from);
    if (packing.rounds)
      start_packing(k, packing.side, packing.stripe);
    if (from == 0)
      first_step(k, block, 0);
    some_rounds(k, block, 0, &packing, 0, steps / unroll(k));
    some_steps(k, block, 0, steps % unroll(k));
    if (from == 0 && !few)
      fetch_ahead(k, 0);
  }
}

static void one_block(Walk *k, uint32_t number_of) {
  const Written *w = k->w;
  const WrittenBlock *block = &w->blocks[number_of], *before = block - 1;
  unsigned parity = number_of % 2;
  uint64_t count = (w->words - 1) / unroll(k);
  k->now += BLOCK_CYCLES;
  for (unsigned side = 0; side < 2; side++)
    wait(k, k->stripes[side][stripe_of(w, block, side)].request);
  Packing packing = own_packing(k, block, w->words, count);
  if (!packing.rounds)
    packing = next_packing(k, number_of, count);
  if (packing.rounds) {
    wait(k, k->stripes[packing.side][packing.stripe].request);
    start_packing(k, packing.side, packing.stripe);
  }
  start_block(k, block, 0);
  k->tile_before = k->tile;
  first_step(k, block, parity);
  fetch_ahead(k, number_of);
  drain(k, before, !parity);
  uint64_t drained = smaller(
      divide_up(drain_cycles(k, before) + 2 * LOAD_CYCLES, unroll(k) * step_cycles(k, block->shape)), count);
  some_rounds(k, block, parity, &packing, 0, drained);
  send(k, before);
  some_rounds(k, block, parity, &packing, drained, count);
  some_steps(k, block, parity, (w->words - 1) % unroll(k));
}

static void move_code(Walk *k, IrValue id, uint32_t code) {
  if (k->s)
    emit_code_move(&k->s->e, id);
  if (!code)
    return;
  k->waited = code;
  k->now = larger(k->now, k->ends[code]) + MOVE_CYCLES;
}

static void walk(Walk *k) {
  const Written *w = k->w;
  const WrittenBlock *last = &w->blocks[w->count - 1];
  k->now = k->machine->dram_latency + START_CYCLES;
  IrValue id = k->s ? emit_code_copy(&k->s->e, k->c->region, w->plan.spm_bytes, w->plan.spm_alignment,
                                     k->s->most_dimensions)
                    : IR_NONE;
  uint32_t code = 0;
  if (!k->s || id != IR_NONE)
    code = request(k, (CODE_BYTES + (uint64_t)w->count * BLOCK_CODE_BYTES) / k->machine->dram_bandwidth,
                   k->machine->dram_latency, id);
  fetch_chunk(k, 0);
  if (k->s)
    emit_configure_drain(k->s);
  move_code(k, id, code);
  for (uint32_t chunk = 1; chunk < w->chunks; chunk++)
    fetch_chunk(k, chunk);
  first_block(k);
  for (uint32_t b = 1; b < w->count; b++)
    one_block(k, b);
  k->tile_before = k->tile;
  drain(k, last, (w->count - 1) % 2);
  send(k, last);
  wait(k, k->requests);
}

void estimate_written(const Machine *machine, Contraction *c, Written *w) {
  Walk k = {.machine = machine, .c = c, .w = w};
  walk(&k);
  w->plan.cycles = k.now;
  w->plan.product_cycles = k.products;
  w->plan.port_cycles = k.loads;
  w->plan.drain_cycles = k.drains;
  w->plan.dma_cycles = k.transfers;
  w->plan.extra_cycles = k.before + (k.now - smaller(k.now, k.tile));
}

void emit_written(Emitter *e, Contraction *c, const Written *written) {
  Schedule *s = checked_malloc(sizeof *s);
  memset(s, 0, sizeof *s);
  TilePlan shape = written->plan;
  s->c = c;
  s->p = &shape;
  s->e = *e;
  s->most_dimensions = 1;
  s->group = shape.shape_rows * shape.shape_columns; // the same for all: blocks take turns in two halves
  for (unsigned i = 0; i < CONTRACTION_ARRAYS; i++) {
    s->bases[i] = emit_access(&s->e, c->region, c->operands[i].access);
    for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++)
      s->strides[role][i] = emit_quantity(&s->e, contraction_main(c, (ContractionRole)role)->strides[i]);
  }
  SymbolId symbol = spm_symbol(s->e.target, s->e.builder.f, shape.spm_bytes, shape.spm_alignment);
  IrValue spm = ir_leaf(s->e.builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0));
  for (unsigned i = 0; i < BUFFER_COUNT; i++)
    s->buffers[i] = emit_add_number(&s->e, spm, (int64_t)shape.buffers[i].offset);
  for (unsigned i = 0; i < 2; i++)
    s->accumulators[i] = emit_variable(&s->e, build_undefined(&s->e.builder, ir_accumulators(s->group)));
  uint32_t *variables[] = {&s->x, &s->y, &s->pack_from, &s->pack_to, &s->ids[0]};
  for (unsigned i = 0; i < sizeof variables / sizeof *variables; i++)
    *variables[i] = emit_variable(&s->e, IR_NONE);
  dma_reset(&s->e);
  Walk k = {.machine = e->machine, .c = c, .w = written, .s = s, .shape = &shape};
  walk(&k);
  e->builder = s->e.builder;
  free(s);
}
