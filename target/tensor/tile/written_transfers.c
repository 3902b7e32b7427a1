// Transfers of contractions that are written out, and where in the scratchpad they go.
#include "support/round.h"
#include "target/tensor/tile/written_walk.h"

enum {
  AHEAD = 4,          // blocks between asking for operands and their use
  OLD_AHEAD = 2,      // blocks between asking for old values and their use
  REQUEST_CYCLES = 6, // a transfer's instructions
  FILL_CYCLES = 3
};

// --- where things are

static uint32_t stripe_of(const Written *w, const WrittenBlock *block, unsigned side, uint32_t first) {
  return block->point * w->sides[side].stripes + first / w->sides[side].stripe;
}

StripeRange walk_stripes(const Written *w, const WrittenBlock *block, unsigned side) {
  uint32_t first = block->first[side], last = first + block->count[side] - 1;
  return (StripeRange){stripe_of(w, block, side, first), stripe_of(w, block, side, last) + 1};
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
    at = emit_add(e, at, emit_mul(e, emit_quantity(e, iterator->strides[array]), walk_number(k, index)));
  }
  const uint64_t indices[3] = {row, column, sum};
  for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++)
    at = emit_add(e, at, emit_mul(e, s->strides[role][array], walk_number(k, indices[role])));
  return at;
}

void walk_begin(Walk *k, const WrittenBlock *block) {
  set(k->s, k->s->c_start, address(k, CONTRACTION_BEGIN, block->point, block->first[0], block->first[1], 0));
}

IrValue walk_place(Walk *k, unsigned buffer, uint64_t offset) {
  return emit_add_number(&k->s->e, k->s->buffers[buffer], (int64_t)offset);
}

// The address of the first word that a part of a block loads, from word `from` on.
IrValue walk_part_place(Walk *k, const WrittenBlock *block, unsigned side, const WrittenPart *part,
                        uint32_t from) {
  const WrittenSide *of = &k->w->sides[side];
  uint32_t stripe = stripe_of(k->w, block, side, part->first);
  uint64_t within = part->first % of->stripe, pitch = walk_pitch(k, side, stripe);
  bool sum = k->w->plan.layouts[side] == STAGE_SUM;
  return walk_packed_place(k, side, stripe,
                           sum ? within * pitch + from * UINT64_C(4) : within * 4 + from * pitch);
}

// Stripes of Y lie in two buffers in turn: while one is loaded the next is packed, in other banks.
IrValue walk_packed_place(Walk *k, unsigned side, uint32_t stripe, uint64_t offset) {
  uint64_t slot = k->w->sides[side].slot;
  if (side == CONTRACTION_X)
    return walk_place(k, BUFFER_X, stripe * slot + offset);
  return walk_place(k, stripe % 2 ? BUFFER_Y1 : BUFFER_Y0, stripe / 2 * slot + offset);
}

bool walk_packs(const Walk *k, unsigned side) {
  return k->w->plan.layouts[side] == STAGE_PACK;
}

uint64_t walk_pitch(const Walk *k, unsigned side, uint32_t stripe) {
  const TilePlan *p = &k->w->plan;
  if (p->layouts[side] == STAGE_SUM || (k->w->sides[side].joined && !walk_packs(k, side)))
    return p->pitches[side];
  return (uint64_t)written_stripe_tiles(k->w, side, stripe) * p->tile * 4;
}

uint64_t walk_line(const Walk *k, unsigned side, uint32_t stripe) {
  if (!walk_packs(k, side))
    return walk_pitch(k, side, stripe);
  if (k->w->sides[side].joined)
    return (uint64_t)k->w->sides[side].extent * contraction_size(k->c, side);
  uint64_t columns = (uint64_t)written_stripe_tiles(k->w, side, stripe) * k->w->plan.tile;
  return larger(columns * contraction_size(k->c, side), machine_vector_bytes(k->machine));
}

// Results lie in the scratchpad as in C, without gaps, or where that is too much in slots of a block, in
// turn.
uint64_t walk_result_pitch(const Walk *k, const WrittenBlock *block) {
  unsigned line = k->w->plan.result_columns ? CONTRACTION_X : CONTRACTION_Y;
  return (uint64_t)(k->w->result_slots ? block->count[line] : k->w->sides[line].extent) *
         contraction_size(k->c, CONTRACTION_C);
}

uint64_t walk_result_offset(const Walk *k, const WrittenBlock *block, const uint32_t first[2]) {
  const WrittenSide *sides = k->w->sides;
  unsigned line = k->w->plan.result_columns ? CONTRACTION_X : CONTRACTION_Y;
  uint64_t pitch = walk_result_pitch(k, block), size = contraction_size(k->c, CONTRACTION_C);
  if (k->w->result_slots)
    return (uint64_t)(block - k->w->blocks) % k->w->result_slots * k->w->plan.result_slot +
           (first[!line] - block->first[!line]) * pitch + (first[line] - block->first[line]) * size;
  return (uint64_t)block->point * sides[!line].extent * pitch + first[!line] * pitch + first[line] * size;
}

// --- transfers

uint64_t walk_beats(const Machine *machine, uint64_t runs, uint64_t bytes, bool aligned) {
  uint64_t beat = machine->dram_bandwidth, spm = machine->dma_spm_words * 4;
  uint64_t line = divide_up(aligned ? bytes : bytes + beat / 2, beat);
  return runs * larger(line, divide_up(bytes, spm));
}

// A transfer is asked for: the time, and its number.
uint32_t walk_request(Walk *k, uint64_t length, uint64_t latency, IrValue id) {
  k->now = larger(k->now, k->drain) + REQUEST_CYCLES; // kd.start waits for drains
  uint64_t ready = k->now + latency;
  k->dma = larger(k->dma, ready) + k->machine->dma_start + length;
  k->transfers += k->machine->dma_start + length;
  k->ids[++k->requests] = id;
  k->ends[k->requests] = k->dma;
  return k->requests;
}

void walk_wait(Walk *k, uint32_t request) {
  if (request <= k->waited)
    return;
  k->waited = request;
  k->now = larger(k->now + 1, k->ends[request]);
  if (k->s)
    dma_wait(&k->s->e, k->ids[request]);
}

bool walk_is_aligned(const Machine *machine, Quantity stride) {
  return stride.value == IR_NONE && (uint64_t)stride.constant % machine->dram_bandwidth == 0;
}

static IrValue stripe_place(Walk *k, unsigned side, uint32_t stripe) {
  const WrittenSide *of = &k->w->sides[side];
  return walk_packs(k, side) ? walk_place(k, side ? BUFFER_RAW_Y : BUFFER_RAW_X, stripe * of->raw_slot)
                             : walk_packed_place(k, side, stripe, 0);
}

static IrValue emit_fetch(Walk *k, unsigned side, uint32_t stripe, uint64_t begin, uint64_t end) {
  const Written *w = k->w;
  const WrittenSide *of = &w->sides[side];
  Schedule *s = k->s;
  bool sum = w->plan.layouts[side] == STAGE_SUM;
  uint64_t size = contraction_size(k->c, side), line = walk_line(k, side, stripe);
  uint64_t first = (uint64_t)(stripe % of->stripes) * of->stripe;
  IrValue across = walk_number(k, stripe_extent(w, side, stripe)), depth = walk_number(k, end - begin);
  IrValue to = stripe_place(k, side, stripe);
  DmaBox box = {.dimensions = 1, .most = 1};
  box.source = address(k, side, stripe / of->stripes, side ? 0 : first, side ? first : 0, begin);
  box.destination = emit_add_number(&s->e, to, (int64_t)(begin * (sum ? size : line)));
  box.bytes = emit_mul_number(&s->e, sum ? depth : across, (int64_t)size);
  box.counts[0] = sum ? across : depth;
  if (of->joined) {
    box.dimensions = 0;
    box.bytes = emit_mul(&s->e, box.bytes, box.counts[0]);
  }
  box.source_strides[0] = s->strides[sum ? side ? ROLE_COLUMN : ROLE_ROW : ROLE_SUM][side];
  box.destination_strides[0] = walk_number(k, line);
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
void walk_fetch(Walk *k, unsigned side, uint32_t stripe, uint32_t from, uint32_t words) {
  const Written *w = k->w;
  bool sum = w->plan.layouts[side] == STAGE_SUM;
  uint64_t word = k->c->word, begin = from * word;
  uint64_t most = reads_on(k, side, stripe) ? w->words * word : w->plan.chunk,
           end = smaller((from + words) * word, most);
  uint64_t across = stripe_extent(w, side, stripe);
  Quantity stride = contraction_main(k->c, sum ? side ? ROLE_COLUMN : ROLE_ROW : ROLE_SUM)->strides[side];
  uint64_t runs = sum ? across : end - begin,
           bytes = (sum ? end - begin : across) * contraction_size(k->c, side);
  uint64_t length = w->sides[side].joined
                        ? walk_beats(k->machine, 1, runs * bytes, false)
                        : walk_beats(k->machine, runs, bytes, walk_is_aligned(k->machine, stride));
  IrValue id = k->s ? emit_fetch(k, side, stripe, begin, end) : IR_NONE;
  k->stripes[side][stripe].request = walk_request(k, length, k->machine->dram_latency, id);
}

// Writes a pattern of one element of `size` bytes to `count` places.
static void store_fill(Walk *k, IrValue to, IrValue value, uint64_t count, unsigned size, uint64_t stride) {
  Emitter *e = &k->s->e;
  const uint64_t most = machine_vector_bytes(k->machine) / size;
  VectorConfig config = {.sew = (uint8_t)(8 * size)};
  for (uint64_t i = 0; i < count; i += most) {
    IrValue vl = walk_number(k, smaller(count - i, most));
    IrValue filled = build_machine(&e->builder, ISA_VMV_V_X, ir_vector(1, 1), config, vl, 1, &value);
    IrValue operands[3] = {filled, emit_add_number(e, to, (int64_t)(i * stride)), walk_number(k, stride)};
    bool unit = stride == size;
    IsaOp op = size == 1 ? unit ? ISA_VSE8_V : ISA_VSSE8_V : unit ? ISA_VSE16_V : ISA_VSSE16_V;
    build_machine(&e->builder, op, IR_VOID, config, vl, unit ? 2 : 3, operands);
  }
}

// Elements that the core stores behind those that transfers bring: `lines` lines of `count` at `stride`
// bytes, each an element behind the one before.
typedef struct Fill {
  uint64_t lines, count, at, stride;
} Fill;

static Fill fill_of(const Walk *k, unsigned side, uint32_t stripe) {
  uint64_t depth = k->w->plan.chunk, word = k->c->word, tail = (word - depth % word) % word;
  if (!tail || reads_on(k, side, stripe))
    return (Fill){0};
  uint64_t size = contraction_size(k->c, side), line = walk_line(k, side, stripe);
  uint64_t across = stripe_extent(k->w, side, stripe);
  if (walk_packs(k, side))
    return (Fill){1, tail * line / size, depth * line, size};
  if (k->w->sides[side].joined) // behind the last row, the only one that no row follows
    return (Fill){1, tail, depth * across * size, size};
  return (Fill){tail, across, depth * size, line};
}

uint64_t walk_fill_stores(const Walk *k, unsigned side, uint32_t stripe) {
  Fill fill = fill_of(k, side, stripe);
  return fill.lines * divide_up(fill.count, machine_vector_bytes(k->machine) / contraction_size(k->c, side));
}

// What no transfer brings of a stripe though it is multiplied: values of k behind the last that complete its
// word. The core writes them, since the DMA engine has more to do at that time.
void walk_fill(Walk *k, unsigned side, uint32_t stripe) {
  Fill fill = fill_of(k, side, stripe);
  unsigned size = contraction_size(k->c, side);
  k->now += walk_fill_stores(k, side, stripe) * FILL_CYCLES;
  if (!k->s || !fill.lines)
    return;
  IrValue to = emit_add_number(&k->s->e, stripe_place(k, side, stripe), (int64_t)fill.at);
  IrValue value = emit_missing(k->s, side);
  for (uint64_t i = 0; i < fill.lines; i++)
    store_fill(k, emit_add_number(&k->s->e, to, (int64_t)(i * size)), value, fill.count, size, fill.stride);
}

// All of a stripe, unless it was asked for.
static void fetch_stripe(Walk *k, unsigned side, uint32_t stripe) {
  if (k->stripes[side][stripe].request)
    return;
  walk_fetch(k, side, stripe, 0, k->w->words);
  walk_fill(k, side, stripe);
}

// --- old values of C, in slots that blocks take in turn

static uint64_t old_pitch(const Walk *k, const WrittenBlock *block) {
  return (uint64_t)block->tiles[1] * k->w->plan.tile * 4;
}

static uint64_t old_offset(const Walk *k, uint32_t block) {
  return block % RING_SLOTS * k->w->plan.result_slot;
}

static IrValue emit_old(Walk *k, uint32_t number_of, IrValue pattern, uint64_t at, uint64_t runs,
                        uint64_t bytes) {
  const WrittenBlock *block = &k->w->blocks[number_of];
  DmaBox box = {.dimensions = 1, .most = 1, .bytes = walk_number(k, bytes)};
  unsigned array = contraction_old_array(k->c);
  box.source = address(k, array, block->point, block->first[0], block->first[1], 0);
  box.destination = walk_place(k, BUFFER_START, old_offset(k, number_of) + at);
  box.counts[0] = walk_number(k, runs);
  box.source_strides[0] = k->s->strides[ROLE_ROW][array];
  box.destination_strides[0] = walk_number(k, old_pitch(k, block));
  return dma_start(&k->s->e, &box, pattern);
}

// Accumulators are loaded as a whole: what does not come of C is filled.
static void fill_old(Walk *k, uint32_t number_of, uint64_t at, uint64_t runs, uint64_t bytes) {
  if (!runs || !bytes)
    return;
  IrValue id = k->s ? emit_old(k, number_of, walk_number(k, 0), at, runs, bytes) : IR_NONE;
  k->old[number_of] = walk_request(k, walk_beats(k->machine, runs, bytes, true), 0, id);
}

void walk_fetch_old(Walk *k, uint32_t number_of) {
  if (!k->w->adds || number_of >= k->w->count || k->old[number_of])
    return;
  const WrittenBlock *block = &k->w->blocks[number_of];
  uint64_t rows = block->count[0], bytes = block->count[1] * UINT64_C(4), pitch = old_pitch(k, block);
  Quantity stride = contraction_main(k->c, ROLE_ROW)->strides[contraction_old_array(k->c)];
  bool aligned = walk_is_aligned(k->machine, stride);
  IrValue id = k->s ? emit_old(k, number_of, IR_NONE, 0, rows, bytes) : IR_NONE;
  k->old[number_of] =
      walk_request(k, walk_beats(k->machine, rows, bytes, aligned), k->machine->dram_latency, id);
  fill_old(k, number_of, bytes, rows, pitch - bytes);
  fill_old(k, number_of, rows * pitch, (uint64_t)block->tiles[0] * k->w->plan.tile - rows, pitch);
}

// Accumulators `from` to `to` of a block.
void walk_load_old(Walk *k, uint32_t number_of, unsigned from, unsigned to) {
  const WrittenBlock *block = &k->w->blocks[number_of];
  unsigned tile = k->w->plan.tile;
  k->before_products += (uint64_t)(to - from) * tile;
  BlockTile tiles[WRITTEN_MOST_ACROSS];
  walk_tiles(k->w, block, tiles);
  for (unsigned i = from; k->s && i < to; i++) {
    uint64_t at = tiles[i].row * old_pitch(k, block) + tiles[i].column * UINT64_C(4);
    uint32_t group = k->s->accumulators[number_of % 2];
    VectorConfig none = {0};
    IrValue operands[2] = {walk_place(k, BUFFER_START, old_offset(k, number_of) + at),
                           walk_number(k, old_pitch(k, block))};
    set(k->s, group,
        build_machine_into(&k->s->e.builder, ISA_KT_LD, get(k->s, group), i, none, IR_NONE, 2, operands));
  }
}

unsigned walk_old_accumulators(const Walk *k, uint32_t number_of) {
  const WrittenBlock *block = &k->w->blocks[number_of];
  return k->w->adds && number_of < k->w->count ? block->tiles[0] * block->tiles[1] : 0;
}

// What the next blocks need.
void walk_fetch_ahead(Walk *k, uint32_t block) {
  for (uint32_t b = block; b <= block + AHEAD && b < k->w->count; b++) {
    for (unsigned side = 0; side < 2; side++) {
      StripeRange stripes = walk_stripes(k->w, &k->w->blocks[b], side);
      for (uint32_t stripe = stripes.first; stripe < stripes.end; stripe++)
        fetch_stripe(k, side, stripe);
    }
    if (b <= block + OLD_AHEAD)
      walk_fetch_old(k, b);
  }
}

static bool is_whole_line(const Walk *k, const WrittenBlock *block) {
  unsigned line = k->w->plan.result_columns ? CONTRACTION_X : CONTRACTION_Y;
  Quantity stride =
      contraction_main(k->c, k->w->plan.result_columns ? ROLE_COLUMN : ROLE_ROW)->strides[CONTRACTION_C];
  return block->count[line] == k->w->sides[line].extent &&
         quantity_is(stride, (int64_t)walk_result_pitch(k, block));
}

void walk_send(Walk *k, const WrittenBlock *block) {
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
    box.source = walk_place(k, BUFFER_RESULT, walk_result_offset(k, block, block->first));
    box.destination = address(k, CONTRACTION_C, block->point, block->first[0], block->first[1], 0);
    box.bytes = walk_number(k, bytes);
    box.counts[0] = walk_number(k, runs);
    box.source_strides[0] = walk_number(k, walk_result_pitch(k, block));
    box.destination_strides[0] = k->s->strides[across][CONTRACTION_C];
    box.dimensions = joined ? 0 : 1;
    id = dma_start(&k->s->e, &box, IR_NONE);
  }
  Quantity stride = contraction_main(k->c, across)->strides[CONTRACTION_C];
  bool aligned = walk_is_aligned(k->machine, stride);
  k->sent[block - k->w->blocks] = walk_request(k, walk_beats(k->machine, runs, bytes, aligned), 0, id);
}
