// Contractions of few blocks, written out. One walk over the blocks does both: it keeps a clock of the units,
// whose end is the estimate, and, where there is a schedule to write to, it writes the code.
#include "support/round.h"
#include "target/tensor/tile/written_walk.h"

#include <string.h>

enum {
  MOST_CHUNKS_BEFORE = 2, // for which the queue has room beside what the next blocks need
  PACKED_BEFORE = 8,      // words, where packing runs ahead of the products
  EARLY_STORES = 3,       // before the copy of the code has come
  OLD_PARTS = 4,          // in which they are loaded beside the products of the block before
  // cycles, for the clock
  START_CYCLES = 14,  // before the first transfer, beside the latency of the first line of code
  BLOCK_CYCLES = 26,  // between blocks
  STEP_CYCLES = 3,    // of a step's instructions
  SETTING_CYCLES = 2, // of vl, where a word is packed beside products
  MOVE_CYCLES = 14,   // on the way to the copy of the code
  LOAD_CYCLES = 10,   // from a load to the product
  CODE_BYTES = 500,   // of the start and the end
  CHUNK_CODE_BYTES = 500,
  BLOCK_CODE_BYTES = 480,
  LEAST_REST = 2000,   // of code that is worth a transfer of its own
  OLD_CODE_BYTES = 700 // more of a block that adds to old values
};

static unsigned unroll(const Walk *k) {
  return k->w->plan.unroll;
}

// --- products

static uint64_t step_cycles(const Walk *k, const WrittenBlock *block) {
  return written_step_cycles(k->machine, k->c, k->w, block);
}

// Cycles in which a word of k of a stripe is loaded to be packed.
static uint64_t pack_cycles(const Walk *k, unsigned side, uint32_t stripe) {
  uint64_t across = k->w->sides[side].joined ? 3 : 0; // bytes of a row's first word that may not be its own
  return k->c->word * divide_up(walk_line(k, side, stripe) + across, machine_vector_bytes(k->machine));
}

static void multiplied(Walk *k, const WrittenBlock *block, uint64_t steps, uint64_t loaded) {
  uint64_t product = (uint64_t)block->tiles[0] * block->tiles[1];
  uint64_t port = steps * (written_port_cycles(k->w, block) + 1) + loaded + k->before_products;
  uint64_t begin = larger(k->tile, k->now + LOAD_CYCLES);
  k->before = k->tile ? k->before : begin;
  k->products += steps * product;
  k->loads += port;
  k->before_products = 0;
  k->tile = begin + larger(steps * step_cycles(k, block), port);
  uint64_t ahead = k->machine->unit_queue * product / block->part_count[0] / block->part_count[1];
  k->now = larger(k->now + steps * STEP_CYCLES, k->tile > ahead ? k->tile - ahead : 0);
}

static void start_packing(Walk *k, unsigned side, uint32_t stripe) {
  Schedule *s = k->s;
  if (!s)
    return;
  const WrittenSide *of = &k->w->sides[side];
  uint64_t done = k->stripes[side][stripe].packed;
  unsigned columns = written_stripe_tiles(k->w, side, stripe) * k->w->plan.tile;
  s->pack_side = side;
  s->pack_line = of->joined ? (int64_t)walk_line(k, side, stripe) : 0;
  *(side ? &k->shape->block_columns : &k->shape->block_rows) = columns;
  set(s, s->pack_from,
      walk_place(k, side ? BUFFER_RAW_Y : BUFFER_RAW_X,
                 stripe * of->raw_slot + done * walk_line(k, side, stripe) * k->c->word));
  set(s, s->pack_to, walk_packed_place(k, side, stripe, done * walk_pitch(k, side, stripe)));
}

// Packs what is not packed yet of the first words of a stripe.
static void pack_until(Walk *k, unsigned side, uint32_t stripe, uint32_t words) {
  uint32_t *packed = &k->stripes[side][stripe].packed;
  if (!walk_packs(k, side) || *packed >= words)
    return;
  start_packing(k, side, stripe);
  if (k->s)
    emit_pack(k->s, side, walk_number(k, words - *packed));
  k->now += (words - *packed) * pack_cycles(k, side, stripe) + 2 * LOAD_CYCLES;
  *packed = words;
}

// What is packed beside the products of a block: so many words in each of the first rounds.
typedef struct Packing {
  unsigned side;
  uint32_t stripe;
  uint64_t per, rounds;
} Packing;

// Words of a stripe that are packed beside a block's products while the load port would rest.
static uint64_t free_words(const Walk *k, const WrittenBlock *block, unsigned side, uint32_t stripe) {
  uint64_t spare = step_cycles(k, block) - written_port_cycles(k->w, block);
  // Not all of it: stores are in the way of loads.
  return k->w->words * spare * 3 / 4 / pack_cycles(k, side, stripe);
}

// The first of a block's stripes that is not packed up to a word; `count`: how many are not.
static Packing unpacked(const Walk *k, const WrittenBlock *block, uint32_t until, unsigned *count) {
  Packing found = {0};
  *count = 0;
  for (unsigned side = 0; side < 2; side++) {
    StripeRange stripes = walk_stripes(k->w, block, side);
    for (uint32_t stripe = stripes.first; walk_packs(k, side) && stripe < stripes.end; stripe++)
      if (k->stripes[side][stripe].packed < until && !(*count)++)
        found = (Packing){.side = side, .stripe = stripe};
  }
  return found;
}

// Of the stripe that is needed next, beside `rounds` rounds of a block.
static Packing next_packing(Walk *k, uint32_t block, uint64_t rounds) {
  const Written *w = k->w;
  for (uint32_t b = block + 1; b < w->count; b++) {
    unsigned count = 0;
    Packing next = unpacked(k, &w->blocks[b], w->words, &count);
    if (!count)
      continue;
    const Stripe *of = &k->stripes[next.side][next.stripe];
    bool come = of->request && k->ends[of->request] <= k->now;
    uint64_t left = w->words - of->packed, even = divide_up(left, b - block);
    uint64_t words = smaller(left, larger(even, free_words(k, &w->blocks[block], next.side, next.stripe)));
    if (!come || !rounds)
      return (Packing){0};
    // One more in a round only where the stripe must be ready then.
    next.per = smaller(b == block + 1 ? divide_up(words, rounds) : words / rounds, unroll(k));
    next.rounds = next.per ? smaller(words / next.per, rounds) : 0;
    return next;
  }
  return (Packing){0};
}

// Of the block's own stripes, up to word `until`, of which `rounds` rounds are multiplied: the packing of the
// last of them runs ahead of the products.
static Packing own_packing(Walk *k, const WrittenBlock *block, uint32_t until, uint64_t rounds) {
  for (;;) {
    unsigned count = 0;
    Packing own = unpacked(k, block, until, &count);
    if (!count)
      return (Packing){0};
    uint32_t left = until - k->stripes[own.side][own.stripe].packed;
    uint32_t ahead = PACKED_BEFORE + left % unroll(k);
    if (count > 1 || left <= ahead || (left - ahead) / unroll(k) > rounds) {
      pack_until(k, own.side, own.stripe, until);
      continue;
    }
    pack_until(k, own.side, own.stripe, until - left + ahead);
    own.per = unroll(k);
    own.rounds = (left - ahead) / unroll(k);
    return own;
  }
}

// The sums of the accumulators from `at` on, a part of the rows by one of the columns.
static void emit_drain_of_parts(Walk *k, const WrittenBlock *block, const WrittenPart *const parts[2],
                                unsigned parity, unsigned at) {
  Schedule *s = k->s;
  Emitter *e = &s->e;
  const uint32_t first[2] = {parts[0]->first, parts[1]->first};
  for (unsigned side = 0; side < 2; side++)
    s->extents[side] = walk_number(k, parts[side]->count);
  const unsigned packed[2] = {k->shape->block_rows, k->shape->block_columns};
  k->shape->block_rows = parts[0]->tiles * k->w->plan.tile;
  k->shape->block_columns = parts[1]->tiles * k->w->plan.tile;
  emit_drain_parameters(s, walk_number(k, first[k->c->epilogue.columns]));
  k->shape->block_rows = packed[0];
  k->shape->block_columns = packed[1];
  IrValue limits[2] = {s->extents[0], s->extents[1]};
  emit_machine(e, ISA_KT_DEXT, IR_VOID, 2, limits);
  int64_t shape = __builtin_ctz(parts[0]->tiles) * 4 + __builtin_ctz(parts[1]->tiles);
  unsigned size = parts[0]->tiles * parts[1]->tiles;
  IrValue group = get(s, s->accumulators[parity]);
  if (size < s->group)
    group = build_part(&e->builder, ir_accumulators(size), group, at);
  IrValue operands[4] = {group, walk_place(k, BUFFER_RESULT, walk_result_offset(k, block, first)),
                         walk_number(k, walk_result_pitch(k, block)), emit_number(e, shape)};
  emit_machine(e, ISA_KT_DRAIN, IR_VOID, 4, operands);
}

static void emit_drain_of(Walk *k, const WrittenBlock *block, unsigned parity) {
  unsigned at = 0;
  for (unsigned i = 0; i < block->part_count[0]; i++)
    for (unsigned j = 0; j < block->part_count[1]; j++) {
      const WrittenPart *parts[2] = {&block->parts[0][i], &block->parts[1][j]};
      emit_drain_of_parts(k, block, parts, parity, at);
      at += parts[0]->tiles * parts[1]->tiles;
    }
}

void walk_tiles(const Written *w, const WrittenBlock *block, BlockTile *tiles) {
  for (unsigned i = 0; i < block->part_count[0]; i++)
    for (unsigned j = 0; j < block->part_count[1]; j++) {
      const WrittenPart *rows = &block->parts[0][i], *columns = &block->parts[1][j];
      for (unsigned r = 0; r < rows->tiles; r++)
        for (unsigned c = 0; c < columns->tiles; c++)
          *tiles++ = (BlockTile){rows->first - block->first[0] + r * w->plan.tile,
                                 columns->first - block->first[1] + c * w->plan.tile};
    }
}

static uint64_t drain_cycles(const Walk *k, const WrittenBlock *block) {
  uint64_t cycles = 0;
  for (unsigned i = 0; i < block->part_count[0]; i++)
    for (unsigned j = 0; j < block->part_count[1]; j++)
      cycles += written_drain_cycles(k->machine, k->c, k->w,
                                     (const uint32_t[2]){block->parts[0][i].count, block->parts[1][j].count});
  return cycles;
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

static IrValue length_of(Walk *k, uint32_t count, unsigned registers) {
  return count == registers * k->w->plan.tile ? IR_AVL_MAX : walk_number(k, count);
}

// The block's products from word `from` on.
static void start_block(Walk *k, const WrittenBlock *block, uint32_t from) {
  Schedule *s = k->s;
  if (!s)
    return;
  for (unsigned side = 0; side < 2; side++) {
    s->part_count[side] = block->part_count[side];
    for (unsigned i = 0; i < block->part_count[side]; i++) {
      const WrittenPart *part = &block->parts[side][i];
      const WrittenPart *more = i + 1 < block->part_count[side] && part[1].joined ? &part[1] : NULL;
      BlockPart *to = &s->parts[side][i];
      to->registers = part->tiles;
      to->count = length_of(k, part->count, part->tiles);
      to->loaded = part->joined ? 0 : more ? 2 * part->tiles : part->tiles;
      if (part->joined)
        continue;
      uint32_t count = part->count + (more ? more->count : 0);
      set(s, to->address, walk_part_place(k, block, side, part, from));
      to->length = length_of(k, count, to->loaded);
      to->pitch = (int64_t)walk_pitch(k, side, part->first / k->w->sides[side].stripe);
    }
  }
  if (k->c->start == START_LINE)
    walk_begin(k, block);
}

// Whether the first stripe of a side comes in chunks: not when short runs take the DMA engine longer.
static bool comes_in_chunks(const Walk *k, unsigned side) {
  const Written *w = k->w;
  if (w->sides[side].joined)
    return false;
  if (w->plan.layouts[side] != STAGE_SUM)
    return true;
  uint64_t size = contraction_size(k->c, side), bytes = w->plan.chunk * size;
  Quantity stride = contraction_main(k->c, side ? ROLE_COLUMN : ROLE_ROW)->strides[side];
  bool aligned = walk_is_aligned(k->machine, stride);
  uint64_t chunk = walk_beats(k->machine, 1, (uint64_t)w->chunk_words * k->c->word * size, aligned);
  uint64_t whole = walk_beats(k->machine, 1, bytes, aligned);
  return 8 * chunk * w->chunks <= 9 * whole;
}

// A chunk of the first block's operands, those that may have to be packed first.
static void fetch_chunk(Walk *k, uint32_t chunk) {
  uint32_t from = chunk * k->w->chunk_words;
  for (unsigned side = 2; side-- > 0;) {
    StripeRange stripes = walk_stripes(k->w, &k->w->blocks[0], side);
    for (uint32_t stripe = stripes.first; stripe < stripes.end; stripe++)
      if (comes_in_chunks(k, side))
        walk_fetch(k, side, stripe, from, k->w->chunk_words);
      else if (chunk == 0)
        walk_fetch(k, side, stripe, 0, k->w->words);
    k->chunk_requests[side][chunk] = k->requests;
  }
}

// What no transfer brings of them.
static void fill_first_stripes(Walk *k) {
  for (unsigned side = 0; side < 2; side++) {
    StripeRange stripes = walk_stripes(k->w, &k->w->blocks[0], side);
    for (uint32_t stripe = stripes.first; stripe < stripes.end; stripe++)
      walk_fill(k, side, stripe);
  }
}

// Whether that is done before the copy of the code has come: few stores are in the lines that run there.
static bool fills_early(const Walk *k) {
  uint64_t stores = 0;
  for (unsigned side = 0; side < 2; side++) {
    StripeRange stripes = walk_stripes(k->w, &k->w->blocks[0], side);
    for (uint32_t stripe = stripes.first; stripe < stripes.end; stripe++)
      stores += walk_fill_stores(k, side, stripe);
  }
  return stores <= EARLY_STORES;
}

// Rounds `from` to `to` of a block.
static void some_rounds(Walk *k, const WrittenBlock *block, unsigned parity, const Packing *packing,
                        uint64_t from, uint64_t to) {
  uint64_t begin = smaller(from, packing->rounds), end = smaller(to, packing->rounds);
  if (k->s && end > begin)
    emit_rounds(k->s, parity, walk_number(k, end - begin), (unsigned)packing->per);
  if (k->s && to - from > end - begin)
    emit_rounds(k->s, parity, walk_number(k, to - from - (end - begin)), 0);
  uint64_t packed = (end - begin) * packing->per;
  multiplied(k, block, (to - from) * unroll(k),
             packed ? packed * (pack_cycles(k, packing->side, packing->stripe) + SETTING_CYCLES) : 0);
  if (packed)
    k->stripes[packing->side][packing->stripe].packed += (uint32_t)packed;
}

static void some_steps(Walk *k, const WrittenBlock *block, unsigned parity, uint64_t count) {
  if (k->s)
    emit_steps(k->s, parity, (unsigned)count, 0);
  multiplied(k, block, count, 0);
}

static void first_step(Walk *k, const WrittenBlock *block, unsigned parity) {
  if (k->s && k->w->adds)
    emit_steps(k->s, parity, 1, 0);
  else if (k->s)
    emit_first_step(k->s, parity);
  multiplied(k, block, 1, 0);
}

// The first block of a short sum, of which one stripe has to be packed: that is done beside the products.
static bool first_block_at_once(Walk *k) {
  const Written *w = k->w;
  const WrittenBlock *block = &w->blocks[0];
  unsigned count = 0;
  Packing own = unpacked(k, block, w->words, &count);
  if (count != 1 || w->chunks != 1 || w->words > PACKED_BEFORE || w->adds)
    return false;
  walk_wait(k, k->chunk_requests[own.side][0]);
  start_packing(k, own.side, own.stripe);
  start_block(k, block, 0);
  k->stripes[own.side][own.stripe].packed = w->words;
  k->now += w->words * pack_cycles(k, own.side, own.stripe);
  uint32_t other = k->chunk_requests[!own.side][0];
  if (k->s)
    emit_packed_steps(k->s, 0, own.side, w->words, k->ids[other]);
  k->waited = larger(k->waited, other);
  k->now = larger(k->now + 1, k->ends[other]);
  multiplied(k, block, w->words, 0);
  return true;
}

// The first block: its operands come, are packed and multiplied in chunks.
static void first_block(Walk *k) {
  const Written *w = k->w;
  const WrittenBlock *block = &w->blocks[0];
  bool few = w->chunks <= MOST_CHUNKS_BEFORE;
  if (few)
    walk_fetch_ahead(k, 0);
  if (first_block_at_once(k))
    return;
  for (uint32_t from = 0, chunk = 0; from < w->words; from += w->chunk_words, chunk++) {
    uint32_t words = (uint32_t)smaller(w->chunk_words, w->words - from), steps = words - (from == 0);
    walk_wait(k, k->chunk_requests[1][chunk]);
    if (walk_packs(k, 0))
      walk_wait(k, k->chunk_requests[0][chunk]);
    Packing packing = own_packing(k, block, from + words, steps / unroll(k));
    walk_wait(k, k->chunk_requests[0][chunk]);
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
  for (unsigned side = 0; side < 2; side++) {
    StripeRange stripes = walk_stripes(w, block, side);
    for (uint32_t stripe = stripes.first; stripe < stripes.end; stripe++)
      walk_wait(k, k->stripes[side][stripe].request);
  }
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
  uint64_t drained =
      smaller(divide_up(drain_cycles(k, before) + 2 * LOAD_CYCLES, unroll(k) * step_cycles(k, block)), count);
  some_rounds(k, block, parity, &packing, 0, drained);
  walk_send(k, before);
  rounds_with_old(k, number_of, &packing, drained, count);
  some_steps(k, block, parity, (w->words - 1) % unroll(k));
}

// Of the start and the first block.
static uint64_t first_code_bytes(const Written *w) {
  return CODE_BYTES + w->chunks * (uint64_t)CHUNK_CODE_BYTES;
}

uint64_t written_code_bytes(const Written *w) {
  return first_code_bytes(w) +
         (w->count - 1) * (uint64_t)(w->adds ? BLOCK_CODE_BYTES + OLD_CODE_BYTES : BLOCK_CODE_BYTES);
}

static void move_code(Walk *k, IrValue id, uint32_t code) {
  if (k->s)
    emit_code_move(&k->s->e, id);
  if (!code)
    return;
  k->waited = code;
  k->now = larger(k->now, k->ends[code]) + MOVE_CYCLES;
}

// The rest of the code comes when the first block's operands have been asked for.
static void fetch_code_rest(Walk *k) {
  if (!k->split)
    return;
  uint64_t bytes = written_code_bytes(k->w) - first_code_bytes(k->w);
  IrValue id = k->s ? emit_copy_rest(&k->s->e, k->code_rest, k->s->most_dimensions) : IR_NONE;
  k->code_request = walk_request(k, bytes / k->machine->dram_bandwidth, k->machine->dram_latency, id);
}

static void await_code_rest(Walk *k) {
  if (!k->split)
    return;
  k->waited = larger(k->waited, k->code_request);
  k->now = larger(k->now + 1, k->ends[k->code_request]);
  if (k->s)
    emit_code_await(&k->s->e, k->ids[k->code_request]);
}

static uint32_t copy_code(Walk *k, IrValue *id) {
  const TilePlan *p = &k->w->plan;
  *id = IR_NONE;
  if (k->s) { // behind dma_reset
    *id = k->split ? emit_code_first(&k->s->e, k->c->region, p->spm_bytes, p->spm_alignment, 0)
                   : emit_code_copy(&k->s->e, k->c->region, p->spm_bytes, p->spm_alignment, 0);
    k->copies = *id != IR_NONE;
    k->split = k->split && k->copies;
    if (k->split)
      k->code_rest = emit_code_rest(&k->s->e);
  }
  if (!k->copies)
    return 0;
  uint64_t bytes = k->split ? first_code_bytes(k->w) : written_code_bytes(k->w);
  return walk_request(k, bytes / k->machine->dram_bandwidth, k->machine->dram_latency, *id);
}

static void walk(Walk *k) {
  const Written *w = k->w;
  const WrittenBlock *last = &w->blocks[w->count - 1];
  k->now = k->machine->dram_latency + START_CYCLES;
  k->copies = true;
  k->split = written_code_bytes(w) - first_code_bytes(w) >= LEAST_REST;
  IrValue id;
  uint32_t code = copy_code(k, &id);
  fetch_chunk(k, 0);
  walk_fetch_old(k, 0);
  if (k->s)
    emit_configure_drain(k->s);
  bool early = fills_early(k);
  if (early)
    fill_first_stripes(k);
  move_code(k, id, code);
  if (!early)
    fill_first_stripes(k);
  for (uint32_t chunk = 1; chunk < w->chunks; chunk++)
    fetch_chunk(k, chunk);
  fetch_code_rest(k);
  first_block(k);
  await_code_rest(k);
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

// Accumulators of the largest block, as a power of two.
static unsigned most_tiles(const Written *w) {
  unsigned most = 1;
  for (uint32_t i = 0; i < w->count; i++)
    while (most < w->blocks[i].tiles[0] * w->blocks[i].tiles[1])
      most *= 2;
  return most;
}

void emit_written(Emitter *e, Contraction *c, const Written *written) {
  Schedule *s = checked_malloc(sizeof *s);
  memset(s, 0, sizeof *s);
  TilePlan shape = written->plan;
  s->c = c;
  s->p = &shape;
  s->e = *e;
  s->most_dimensions = 1;
  shape.block_rows = shape.block_columns = 4 * shape.tile; // of the largest part
  s->group = most_tiles(written); // the same for all: blocks take turns in two halves
  for (unsigned i = 0; i < CONTRACTION_ARRAYS; i++) {
    s->bases[i] = emit_access(&s->e, c->region, c->operands[i].access);
    for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++)
      s->strides[role][i] = emit_quantity(&s->e, contraction_main(c, (ContractionRole)role)->strides[i]);
  }
  SymbolId symbol = spm_symbol(s->e.target, s->e.builder.f, shape.spm_bytes, shape.spm_alignment);
  IrValue spm = ir_leaf(s->e.builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(symbol, 0));
  for (unsigned i = 0; i < BUFFER_COUNT; i++)
    s->buffers[i] = emit_add_number(&s->e, spm, (int64_t)shape.buffers[i].offset);
  for (unsigned i = 0; i < BUFFER_COUNT && !c->correction && !c->start_correction; i++)
    region_part(c->region, shape.buffers[i].offset, shape.buffers[i].size);
  if (contraction_has_begin(c)) {
    s->bases[CONTRACTION_BEGIN] = emit_begin(&s->e, c);
    for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++)
      s->strides[role][CONTRACTION_BEGIN] =
          emit_quantity(&s->e, contraction_main(c, (ContractionRole)role)->strides[CONTRACTION_BEGIN]);
    s->c_start = emit_variable(&s->e, IR_NONE);
  }
  for (unsigned i = 0; i < 2; i++)
    s->accumulators[i] = emit_variable(&s->e, build_undefined(&s->e.builder, ir_accumulators(s->group)));
  uint32_t *variables[] = {&s->pack_from, &s->pack_to, &s->ids[0]};
  for (unsigned i = 0; i < sizeof variables / sizeof *variables; i++)
    *variables[i] = emit_variable(&s->e, IR_NONE);
  for (unsigned i = 0; i < 2 * BLOCK_PARTS; i++)
    s->parts[i / BLOCK_PARTS][i % BLOCK_PARTS].address = emit_variable(&s->e, IR_NONE);
  dma_reset(&s->e);
  Walk k = {.machine = e->machine, .c = c, .w = written, .s = s, .shape = &shape};
  walk(&k);
  e->builder = s->e.builder;
  free(s);
}
