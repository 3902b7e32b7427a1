// Contractions of few blocks, written out. One walk over the blocks does both: it keeps a clock of the units,
// whose end is the estimate, and, where there is a schedule to write to, it writes the code.
#include "support/round.h"
#include "target/tensor/tile/written_walk.h"

#include <string.h>

enum {
  MOST_CHUNKS_BEFORE = 2, // for which the queue has room beside what the next blocks need
  PACKED_BEFORE = 8,      // words, where packing runs ahead of the products
  OLD_PARTS = 4,          // in which they are loaded beside the products of the block before
  // cycles, for the clock
  START_CYCLES = 14, // before the first transfer, beside the latency of the first line of code
  BLOCK_CYCLES = 26, // between blocks
  STEP_CYCLES = 3,   // of a step's instructions
  MOVE_CYCLES = 14,  // on the way to the copy of the code
  LOAD_CYCLES = 10,  // from a load to the product
  CODE_BYTES = 500,  // of the start and the end
  BLOCK_CODE_BYTES = 480,
  OLD_CODE_BYTES = 700 // more of a block that adds to old values
};

static unsigned unroll(const Walk *k) {
  return k->w->plan.unroll;
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
  return k->c->word * divide_up(walk_line(k, side), machine_vector_bytes(k->machine));
}

static void multiplied(Walk *k, const unsigned shape[2], uint64_t steps, uint64_t loaded) {
  uint64_t product = (uint64_t)shape[0] * shape[1];
  uint64_t port = steps * (shape[0] + shape[1]) + loaded + k->before_products;
  uint64_t begin = larger(k->tile, k->now + LOAD_CYCLES);
  k->before = k->tile ? k->before : begin;
  k->products += steps * product;
  k->loads += port;
  k->before_products = 0;
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
      walk_place(k, side ? BUFFER_RAW_Y : BUFFER_RAW_X,
                 stripe * of->raw_slot + done * walk_line(k, side) * k->c->word));
  set(s, s->pack_to, walk_packed_place(k, side, stripe, done * k->w->plan.pitches[side]));
}

// Packs what is not packed yet of the first words of a stripe.
static void pack_until(Walk *k, unsigned side, uint32_t stripe, uint32_t words) {
  uint32_t *packed = &k->stripes[side][stripe].packed;
  if (!walk_packs(k, side) || *packed >= words)
    return;
  start_packing(k, side, stripe);
  if (k->s)
    emit_pack(k->s, side, walk_number(k, words - *packed));
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
      uint32_t stripe = walk_stripe(w, &w->blocks[b], side);
      const Stripe *of = &k->stripes[side][stripe];
      if (!walk_packs(k, side) || of->packed == w->words)
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
    uint32_t stripe = walk_stripe(k->w, block, side), left = until - k->stripes[side][stripe].packed;
    if (!walk_packs(k, side) || !left)
      continue;
    bool alone = side == 1 || !walk_packs(k, 1) || k->stripes[1][walk_stripe(k->w, block, 1)].packed >= until;
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
    s->extents[side] = walk_number(k, block->count[side]);
  emit_drain_parameters(s, walk_number(k, block->first[k->c->epilogue.columns]));
  IrValue limits[2] = {s->extents[0], s->extents[1]};
  emit_machine(e, ISA_KT_DEXT, IR_VOID, 2, limits);
  int64_t shape = __builtin_ctz(block->shape[0]) * 4 + __builtin_ctz(block->shape[1]);
  unsigned size = block->shape[0] * block->shape[1];
  IrValue group = get(s, s->accumulators[parity]);
  if (size < s->group)
    group = build_part(&e->builder, ir_accumulators(size), group, 0);
  IrValue operands[4] = {group, walk_place(k, BUFFER_RESULT, walk_result_offset(k, block)),
                         walk_number(k, walk_result_pitch(k)), emit_number(e, shape)};
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
    walk_wait(k, k->sent[index - slots]);
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
    set(s, side ? s->y : s->x, walk_packed_place(k, side, walk_stripe(k->w, block, side), offset));
    IrValue length = block->count[side] == block->shape[side] * k->w->plan.tile
                         ? IR_AVL_MAX
                         : walk_number(k, block->count[side]);
    *(side ? &s->column_length : &s->row_length) = length;
  }
  if (k->c->start == START_LINE)
    walk_begin(k, block);
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
  bool aligned = walk_is_aligned(k->machine, stride);
  uint64_t chunk = walk_beats(k->machine, 1, (uint64_t)w->chunk_words * k->c->word * size, aligned);
  uint64_t whole = walk_beats(k->machine, 1, bytes, aligned);
  return 8 * chunk * w->chunks <= 9 * whole;
}

static void fetch_chunk(Walk *k, uint32_t chunk) {
  uint32_t from = chunk * k->w->chunk_words;
  for (unsigned side = 2; side-- > 0;)
    if (comes_in_chunks(k, side))
      walk_fetch(k, side, 0, from, k->w->chunk_words);
    else if (chunk == 0)
      walk_fetch(k, side, 0, 0, k->w->words);
  for (unsigned side = 0; side < 2 && chunk == 0; side++)
    walk_fill(k, !side, 0);
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
  if (k->s && k->w->adds)
    emit_steps(k->s, parity, 1, 0);
  else if (k->s)
    emit_first_step(k->s, parity);
  multiplied(k, block->shape, 1, 0);
}

// The first block: its operands come, are packed and multiplied in chunks.
static void first_block(Walk *k) {
  const Written *w = k->w;
  const WrittenBlock *block = &w->blocks[0];
  bool few = w->chunks <= MOST_CHUNKS_BEFORE;
  if (few)
    walk_fetch_ahead(k, 0);
  for (uint32_t from = 0, chunk = 0; from < w->words; from += w->chunk_words, chunk++) {
    uint32_t words = (uint32_t)smaller(w->chunk_words, w->words - from), steps = words - (from == 0);
    walk_wait(k, k->chunk_requests[chunk]);
    Packing packing = own_packing(k, block, from + words, steps / unroll(k));
    start_block(k, block, from);
    if (packing.rounds)
      start_packing(k, packing.side, packing.stripe);
    if (from == 0 && w->adds) {
      walk_wait(k, k->old[0]);
      walk_load_old(k, 0, 0, walk_old_accumulators(k, 0));
    }
    if (from == 0)
      first_step(k, block, 0);
    some_rounds(k, block, 0, &packing, 0, steps / unroll(k));
    some_steps(k, block, 0, steps % unroll(k));
    if (from == 0 && !few)
      walk_fetch_ahead(k, 0);
  }
  if (walk_old_accumulators(k, 1)) {
    walk_wait(k, k->old[1]);
    walk_load_old(k, 1, 0, walk_old_accumulators(k, 1));
  }
}

// Rounds of a block, and beside them the old values of the one behind it.
static void rounds_with_old(Walk *k, uint32_t number_of, const Packing *packing, uint64_t from, uint64_t to) {
  unsigned count = walk_old_accumulators(k, number_of + 1), parts = count < OLD_PARTS ? count : OLD_PARTS;
  const WrittenBlock *block = &k->w->blocks[number_of];
  unsigned parity = number_of % 2;
  if (!count) {
    some_rounds(k, block, parity, packing, from, to);
    return;
  }
  walk_wait(k, k->old[number_of + 1]);
  for (unsigned i = 0; i < parts; i++) {
    walk_load_old(k, number_of + 1, count * i / parts, count * (i + 1) / parts);
    some_rounds(k, block, parity, packing, from + (to - from) * i / parts,
                from + (to - from) * (i + 1) / parts);
  }
}

static void one_block(Walk *k, uint32_t number_of) {
  const Written *w = k->w;
  const WrittenBlock *block = &w->blocks[number_of], *before = block - 1;
  unsigned parity = number_of % 2;
  uint64_t count = (w->words - 1) / unroll(k);
  k->now += BLOCK_CYCLES;
  for (unsigned side = 0; side < 2; side++)
    walk_wait(k, k->stripes[side][walk_stripe(w, block, side)].request);
  Packing packing = own_packing(k, block, w->words, count);
  if (!packing.rounds)
    packing = next_packing(k, number_of, count);
  if (packing.rounds) {
    walk_wait(k, k->stripes[packing.side][packing.stripe].request);
    start_packing(k, packing.side, packing.stripe);
  }
  start_block(k, block, 0);
  k->tile_before = k->tile;
  first_step(k, block, parity);
  walk_fetch_ahead(k, number_of);
  drain(k, before, !parity);
  uint64_t drained = smaller(
      divide_up(drain_cycles(k, before) + 2 * LOAD_CYCLES, unroll(k) * step_cycles(k, block->shape)), count);
  some_rounds(k, block, parity, &packing, 0, drained);
  walk_send(k, before);
  rounds_with_old(k, number_of, &packing, drained, count);
  some_steps(k, block, parity, (w->words - 1) % unroll(k));
}

uint64_t written_code_bytes(const Written *w) {
  return CODE_BYTES + w->count * (uint64_t)(w->adds ? BLOCK_CODE_BYTES + OLD_CODE_BYTES : BLOCK_CODE_BYTES);
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
    code = walk_request(k, written_code_bytes(w) / k->machine->dram_bandwidth, k->machine->dram_latency, id);
  fetch_chunk(k, 0);
  walk_fetch_old(k, 0);
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
  walk_send(k, last);
  walk_wait(k, k->requests);
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
  if (c->start == START_LINE) {
    s->bases[CONTRACTION_BEGIN] = emit_access(&s->e, c->region, c->begin);
    for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++)
      s->strides[role][CONTRACTION_BEGIN] =
          emit_quantity(&s->e, contraction_main(c, (ContractionRole)role)->strides[CONTRACTION_BEGIN]);
    s->c_start = emit_variable(&s->e, IR_NONE);
  }
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
