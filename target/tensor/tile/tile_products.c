// The inner loops: loads, outer products, and packing between them.
#include "target/tensor/tile/tile.h"

enum { PRODUCTS_BEFORE_STORES = 5, FIRST_ROUNDS_SLACK = 48 };

static int log2_of(unsigned x) {
  return __builtin_ctz(x);
}

static VectorConfig words(unsigned registers) {
  return (VectorConfig){.sew = 32, .lmul = (int8_t)log2_of(registers)};
}

static IrType group_type(unsigned registers) {
  return ir_vector(registers, registers);
}

// Whole registers from memory.
static IrValue load_whole(Schedule *s, unsigned registers, IrValue address) {
  static const uint16_t rows[] = {ISA_VL1RE8_V, ISA_VL2RE8_V, ISA_VL4RE8_V, ISA_VL8RE8_V};
  return emit_machine(&s->e, (IsaOp)rows[log2_of(registers)], group_type(registers), 1, &address);
}

// Bytes from row to row, or from one word of k to the next.
static IrValue pitch_of(Schedule *s, unsigned side, const BlockPart *part) {
  return side == CONTRACTION_X && s->has_row_pitch ? s->row_pitch : emit_number(&s->e, part->pitch);
}

// A word of k for all rows (side 0) or columns (side 1) of the block, or for a part of them, from the address
// in a variable, which moves on.
static IrValue load_values(Schedule *s, unsigned side, const BlockPart *part) {
  const TilePlan *p = s->p;
  Builder *b = &s->e.builder;
  if (side == CONTRACTION_X && p->window.unit)
    return window_load(s);
  if (side == CONTRACTION_Y && p->planes.bytes && p->layouts[side] == STAGE_DIRECT)
    return planes_load(s);
  unsigned registers = part->loaded;
  IrValue pitch = pitch_of(s, side, part), at = get(s, part->address), operands[2] = {at, pitch};
  IrValue loaded;
  if (p->layouts[side] == STAGE_SUM) {
    loaded =
        build_machine(b, ISA_VLSE32_V, group_type(registers), words(registers), part->length, 2, operands);
    set(s, part->address, emit_add_number(&s->e, at, 4));
    return loaded;
  }
  if (p->layouts[side] == STAGE_PACK || part->length == IR_AVL_MAX)
    loaded = load_whole(s, registers, at);
  else
    loaded =
        build_machine(b, ISA_VLE32_V, group_type(registers), words(registers), part->length, 1, operands);
  set(s, part->address, emit_add(&s->e, at, pitch));
  return loaded;
}

static IrValue unchanging_value(Emitter *e, const Contraction *c, uint32_t number) {
  const Node *node = &c->region->nodes.data[number];
  return node->kind == NODE_VALUE ? node->index
                                  : ir_leaf(e->builder.f, (IrOp)node->op, node->type, node->imm);
}

static IrValue scaled(Schedule *s, IrValue x, uint32_t scale, unsigned registers, IrValue length) {
  IrValue operands[2] = {x, unchanging_value(&s->e, s->c, scale)};
  return build_machine(&s->e.builder, ISA_VFMUL_VF, group_type(registers), words(registers), length, 2,
                       operands);
}

// The vector unit has nothing else to do here, so that scaling costs no time.
static IrValue load_part(Schedule *s, unsigned side, const BlockPart *part) {
  IrValue loaded = load_values(s, side, part);
  if (s->c->operands[side].scale == NODE_NONE)
    return loaded;
  return scaled(s, loaded, s->c->operands[side].scale, part->loaded, part->length);
}

static BlockPart whole_side(Schedule *s, unsigned side) {
  unsigned registers = side ? s->p->shape_columns : s->p->shape_rows;
  return (BlockPart){.address = side ? s->y : s->x,
                     .registers = registers,
                     .loaded = registers,
                     .length = side ? s->column_length : s->row_length,
                     .pitch = (int64_t)s->p->pitches[side]};
}

static void load_sides(Schedule *s, BlockPart sides[2], IrValue loaded[2]) {
  for (unsigned side = 0; side < 2; side++) {
    sides[side] = whole_side(s, side);
    loaded[side] = load_part(s, side, &sides[side]);
  }
}

static void add_factors(Schedule *s, const BlockPart sides[2], const IrValue loaded[2], bool first,
                        IrValue *operands, uint32_t *count) {
  operands[(*count)++] = loaded[0];
  operands[(*count)++] = loaded[1];
  operands[(*count)++] = emit_number(&s->e, log2_of(sides[0].registers) * 4 + log2_of(sides[1].registers));
  operands[(*count)++] = emit_number(&s->e, first);
}

// `old` and the product, of as many accumulators as there are in a block; IR_NONE: the product alone.
static IrValue product(Schedule *s, IrValue old, const BlockPart sides[2], const IrValue loaded[2]) {
  IrValue operands[5];
  uint32_t count = 0;
  if (old != IR_NONE)
    operands[count++] = old;
  add_factors(s, sides, loaded, old == IR_NONE, operands, &count);
  return emit_machine(&s->e, s->c->product, ir_accumulators(sides[0].registers * sides[1].registers), count,
                      operands);
}

IrValue emit_product(Schedule *s, IrValue old, IrValue x, IrValue y) {
  const BlockPart sides[2] = {whole_side(s, 0), whole_side(s, 1)};
  const IrValue loaded[2] = {x, y};
  return product(s, old, sides, loaded);
}

// Adds a product to those of a block's sums that begin with accumulator `at` of its half, or begins them.
static void add_product(Schedule *s, unsigned parity, bool first, const BlockPart sides[2],
                        const IrValue loaded[2], unsigned at) {
  uint32_t sum = s->accumulators[parity], count = 0;
  if (sides[0].registers * sides[1].registers == s->group) {
    set(s, sum, product(s, first ? IR_NONE : get(s, sum), sides, loaded));
    return;
  }
  VectorConfig none = {0};
  IrValue operands[4];
  add_factors(s, sides, loaded, first, operands, &count);
  set(s, sum,
      build_machine_into(&s->e.builder, s->c->product, get(s, sum), at, none, IR_NONE, count, operands));
}

// Every column of the accumulators from `at` on begins with a value for each row, or every row with one for
// each column.
static void start_part(Schedule *s, unsigned parity, const BlockPart sides[2], bool by_rows, IrValue values,
                       unsigned at) {
  Builder *b = &s->e.builder;
  VectorConfig none = {0};
  uint32_t sum = s->accumulators[parity];
  unsigned columns = sides[1].registers;
  for (unsigned i = 0; i < sides[0].registers * columns; i++) {
    IrValue line = build_part(b, group_type(1), values, by_rows ? i / columns : i % columns);
    IrValue operands[2] = {line, emit_number(&s->e, 1)};
    set(s, sum,
        build_machine_into(b, by_rows ? ISA_KT_BIAS_C : ISA_KT_BIAS_R, get(s, sum), at + i, none, IR_NONE, 2,
                           operands));
  }
}

// A correction goes with what the drain's parameters do not go with.
static bool starts_by_rows(const Schedule *s) {
  return s->c->start == START_LINE ? !contraction_begins_by_columns(s->c) : s->c->epilogue.columns;
}

IrValue emit_begin(Emitter *e, const Contraction *c) {
  return c->begin_alike ? emit_number(e, 0) : emit_access(e, c->region, c->begin);
}

IrValue emit_first_sums(Emitter *e, Contraction *c, IrValue at, unsigned registers, IrValue length) {
  bool alike = contraction_begins_alike(c);
  IsaOp op = c->begin_alike ? ISA_VFMV_V_F : alike ? ISA_VLSE32_V : ISA_VLE32_V;
  IrValue operands[2] = {c->begin_alike ? unchanging_value(e, c, c->begin) : at, emit_number(e, 0)};
  return build_machine(&e->builder, op, group_type(registers), words(registers), length,
                       op == ISA_VLSE32_V ? 2 : 1, operands);
}

static IrValue load_start(Schedule *s, unsigned registers, IrValue length, int64_t offset) {
  bool alike = s->c->start == START_LINE && contraction_begins_alike(s->c);
  IrValue at = emit_add_number(&s->e, get(s, s->c_start), alike ? 0 : offset);
  if (s->c->start == START_LINE)
    return emit_first_sums(&s->e, s->c, at, registers, length);
  return build_machine(&s->e.builder, ISA_VLE32_V, group_type(registers), words(registers), length, 1, &at);
}

static void start_accumulators(Schedule *s, unsigned parity) {
  bool by_rows = starts_by_rows(s);
  const BlockPart sides[2] = {whole_side(s, 0), whole_side(s, 1)};
  IrValue count = by_rows ? s->row_length : s->column_count;
  start_part(s, parity, sides, by_rows, load_start(s, sides[!by_rows].registers, count, 0), 0);
}

static void start_parts(Schedule *s, unsigned parity) {
  bool by_rows = starts_by_rows(s);
  IrValue values[BLOCK_PARTS] = {0};
  int64_t offset = 0;
  for (unsigned i = 0; i < s->part_count[!by_rows]; i++) {
    const BlockPart *lines = &s->parts[!by_rows][i];
    values[i] = load_start(s, lines->registers, lines->count, offset);
    offset += (int64_t)lines->registers * s->p->tile * 4;
  }
  unsigned at = 0;
  for (unsigned i = 0; i < s->part_count[0]; i++)
    for (unsigned j = 0; j < s->part_count[1]; j++) {
      const BlockPart sides[2] = {s->parts[0][i], s->parts[1][j]};
      start_part(s, parity, sides, by_rows, values[by_rows ? i : j], at);
      at += sides[0].registers * sides[1].registers;
    }
}

static void load_parts(Schedule *s, unsigned side, IrValue *loaded) {
  IrValue whole = IR_NONE;
  unsigned at = 0;
  for (unsigned i = 0; i < s->part_count[side]; i++) {
    const BlockPart *part = &s->parts[side][i];
    if (part->loaded) {
      whole = load_part(s, side, part);
      at = 0;
    }
    bool all = part->registers == part->loaded;
    loaded[i] = all ? whole : build_part(&s->e.builder, group_type(part->registers), whole, at);
    at += part->registers;
  }
}

// Each part of the rows by each of the columns.
static void parts_step(Schedule *s, unsigned parity, bool first) {
  IrValue loaded[2][BLOCK_PARTS] = {{0}};
  for (unsigned side = 0; side < 2; side++)
    load_parts(s, side, loaded[side]);
  unsigned at = 0;
  for (unsigned i = 0; i < s->part_count[0]; i++)
    for (unsigned j = 0; j < s->part_count[1]; j++) {
      const BlockPart sides[2] = {s->parts[0][i], s->parts[1][j]};
      const IrValue factors[2] = {loaded[0][i], loaded[1][j]};
      add_product(s, parity, first, sides, factors, at);
      at += sides[0].registers * sides[1].registers;
    }
}

// As many rows and columns of accumulators as an edge needs, each where it is in a whole block.
static void edge_step(Schedule *s, unsigned parity) {
  BlockPart sides[2] = {whole_side(s, 0), whole_side(s, 1)};
  IrValue loaded[2];
  sides[0].registers = sides[0].loaded = s->edge_rows;
  sides[1].registers = sides[1].loaded = s->edge_columns;
  for (unsigned side = 0; side < 2; side++)
    loaded[side] = load_part(s, side, &sides[side]);
  if (s->edge_rows == 1 || s->edge_columns == s->p->shape_columns) {
    add_product(s, parity, false, sides, loaded, 0);
    return;
  }
  sides[0].registers = 1;
  for (unsigned i = 0; i < s->edge_rows; i++) {
    const IrValue factors[2] = {build_part(&s->e.builder, group_type(1), loaded[0], i), loaded[1]};
    add_product(s, parity, false, sides, factors, i * s->p->shape_columns);
  }
}

static void step(Schedule *s, unsigned parity) {
  BlockPart sides[2];
  IrValue loaded[2] = {IR_NONE, IR_NONE};
  if (s->edge_rows) {
    edge_step(s, parity);
    return;
  }
  if (s->part_count[0]) {
    parts_step(s, parity, false);
    return;
  }
  load_sides(s, sides, loaded);
  add_product(s, parity, false, sides, loaded, 0);
}

// Old values of C for one accumulator of the next block.
static void load_accumulator(Schedule *s, unsigned parity, unsigned i) {
  const TilePlan *p = s->p;
  VectorConfig none = {0};
  uint32_t group = s->accumulators[!parity];
  int64_t r = i / p->shape_columns, c = i % p->shape_columns;
  int64_t at = (r * (int64_t)p->result_pitch + c * 4) * (int64_t)p->tile;
  IrValue operands[2] = {emit_add_number(&s->e, schedule_slot(s, BUFFER_START, p->result_slot, 1), at),
                         emit_number(&s->e, (int64_t)p->result_pitch)};
  set(s, group, build_machine_into(&s->e.builder, ISA_KT_LD, get(s, group), i, none, IR_NONE, 2, operands));
}

static void first_step(Schedule *s, unsigned parity, IrValue first_pass) {
  s->pair = IR_NONE;
  if (s->c->start_correction) { // then there is one pass
    start_accumulators(s, parity);
    step(s, parity);
    return;
  }
  BlockPart sides[2];
  IrValue loaded[2] = {IR_NONE, IR_NONE};
  load_sides(s, sides, loaded);
  FlowIf flow;
  if (flow_if(&s->e, &flow, first_pass)) {
    if (s->c->start == START_LINE)
      start_accumulators(s, parity);
    add_product(s, parity, s->c->start != START_LINE, sides, loaded, 0);
  }
  if (flow_else(&s->e, &flow))
    add_product(s, parity, false, sides, loaded, 0);
  flow_end_if(&s->e, &flow);
}

// --- packing

// The machine's view of one packed word of k: `word` rows of raw data become the bytes of words.
typedef struct Packing {
  unsigned registers, fields, lmul_registers;
  IsaOp store;
  VectorConfig config;
  IrValue length;
  int64_t from_step, to_step;
  bool planes;  // raw data are those of an image, by a table of places
  int64_t line; // Schedule.pack_line
} Packing;

static Packing packing_of(Schedule *s, unsigned side) {
  const TilePlan *p = s->p;
  unsigned size = contraction_size(s->c, side), columns = side ? p->block_columns : p->block_rows;
  unsigned bytes = machine_vector_bytes(s->e.machine), row = columns * size > bytes ? columns * size : bytes;
  Packing packing = {.fields = s->c->word, .lmul_registers = row / bytes};
  packing.registers = packing.fields * packing.lmul_registers;
  packing.store = size == 1 ? ISA_VSSEG4E8_V : ISA_VSSEG2E16_V;
  packing.config =
      (VectorConfig){.sew = (uint8_t)(8 * size), .lmul = (int8_t)log2_of(packing.lmul_registers)};
  packing.length = columns * size == row ? IR_AVL_MAX : emit_number(&s->e, columns);
  packing.from_step = (int64_t)row * packing.fields;
  packing.to_step = (int64_t)columns * 4;
  packing.planes = p->planes.bytes && side == CONTRACTION_Y;
  if (packing.planes)
    packing.from_step = 4 * packing.fields;
  packing.line = s->pack_line;
  if (packing.line) {
    packing.length = emit_number(&s->e, packing.line / size);
    packing.from_step = packing.line * packing.fields;
  }
  return packing;
}

// Raw rows that follow one another, each to its register.
static IrValue load_lines(Schedule *s, const Packing *packing, IrValue at) {
  Builder *b = &s->e.builder;
  IrValue group = build_undefined(b, group_type(packing->registers));
  for (unsigned i = 0; i < packing->fields; i++) {
    IrValue from = emit_add_number(&s->e, at, i * packing->line);
    group = build_machine_into(b, packing->config.sew == 8 ? ISA_VLE8_V : ISA_VLE16_V, group, i,
                               packing->config, packing->length, 1, &from);
  }
  return group;
}

// Its place is taken at once: others may be packed before it is stored.
static PackedQuad load_raw(Schedule *s, const Packing *packing) {
  IrValue at = get(s, s->pack_from), to = get(s, s->pack_to);
  set(s, s->pack_from, emit_add_number(&s->e, at, packing->from_step));
  set(s, s->pack_to, emit_add_number(&s->e, to, packing->to_step));
  IrValue group = packing->planes ? planes_load_raw(s, at, packing->config, packing->length)
                  : packing->line ? load_lines(s, packing, at)
                                  : load_whole(s, packing->registers, at);
  return (PackedQuad){group, to};
}

static void store_packed(Schedule *s, const Packing *packing, PackedQuad quad) {
  IrValue operands[2] = {quad.group, quad.to};
  build_machine(&s->e.builder, packing->store, IR_VOID, packing->config, packing->length, 2, operands);
}

// `count` may be 0.
static void emit_times(Schedule *s, IrValue count, void body(Schedule *, unsigned, unsigned), unsigned parity,
                       unsigned packs) {
  Emitter *e = &s->e;
  int64_t times = 0;
  bool known = emit_is_number(e, count, &times);
  if (known && times <= 0)
    return;
  s->pair = IR_NONE;
  if (known && times == 1) {
    body(s, parity, packs);
    return;
  }
  FlowTimes flow;
  if (flow_times(e, &flow, count, false)) {
    body(s, parity, packs);
    flow_next(e, &flow);
  }
  flow_end_if(e, &flow.any);
}

enum { PACK_TOGETHER = 8, PACK_AHEAD = 3 };

// `count` words of k: stores follow their loads at a distance.
static void pack_words(Schedule *s, unsigned side, unsigned count) {
  Packing packing = packing_of(s, side);
  PackedQuad groups[PACK_TOGETHER];
  for (unsigned i = 0; count && i < count + PACK_AHEAD; i++) {
    if (i < count)
      groups[i] = load_raw(s, &packing);
    if (i >= PACK_AHEAD)
      store_packed(s, &packing, groups[i - PACK_AHEAD]);
  }
}

static void pack_one(Schedule *s, unsigned side, unsigned unused) {
  (void)unused;
  pack_words(s, side, 1);
}

static void pack_several(Schedule *s, unsigned side, unsigned unused) {
  (void)unused;
  pack_words(s, side, PACK_TOGETHER);
}

void emit_pack(Schedule *s, unsigned side, IrValue count) {
  emit_times(s, emit_divide(&s->e, count, PACK_TOGETHER), pack_several, side, 0);
  int64_t rest = 0;
  if (emit_is_number(&s->e, emit_remainder(&s->e, count, PACK_TOGETHER), &rest))
    pack_words(s, side, (unsigned)rest);
  else
    emit_times(s, emit_remainder(&s->e, count, PACK_TOGETHER), pack_one, side, 0);
}

// --- blocks

// One beside each step is as much as goes between the products.
enum { PACKS_LIMIT = 8, STRAIGHT_ROUNDS = 2 };
// Of sums whose length only the run time knows: rounds that stand, where there are so many, each between two
// parts of the work for other blocks; those before the first transfer is asked for.
enum { ROUNDS_BETWEEN = 4, ROUNDS_BEFORE_TRANSFERS = 3 };

int64_t schedule_drain_rounds(const Schedule *s, uint64_t bytes, uint64_t slack) {
  const TilePlan *p = s->p;
  uint64_t by_bytes = bytes / s->e.machine->drain_bytes,
           by_results = (uint64_t)p->block_rows * p->block_columns / s->e.machine->drain_results;
  uint64_t drain = (by_bytes > by_results ? by_bytes : by_results) + slack;
  uint64_t round = (uint64_t)p->unroll * p->shape_rows * p->shape_columns;
  return (int64_t)((drain + round - 1) / round);
}

static Rounds rounds_of(Schedule *s) {
  const TilePlan *p = s->p;
  Emitter *e = &s->e;
  if (s->rounds.straight)
    return s->rounds;
  Rounds rounds = {.straight = 1};
  int64_t count = 0, all = (int64_t)p->unroll;
  bool known = emit_is_number(e, s->block_words, &count);
  if (known) {
    int64_t written = (count - 1) / all < STRAIGHT_ROUNDS ? (count - 1) / all : STRAIGHT_ROUNDS;
    rounds.straight = (unsigned)((count - 1) % all + 1 + written * all);
  } else if (p->one_pass) {
    rounds.straight = p->unroll; // there are as many
  }
  IrValue left = emit_add_number(e, s->block_words, -(int64_t)rounds.straight);
  IrValue total = emit_divide(e, left, all);
  uint64_t results = (uint64_t)p->block_rows * p->block_columns * 4;
  int64_t before = schedule_drain_rounds(s, results, FIRST_ROUNDS_SLACK) -
                   rounds.straight * STRAIGHT_SEND / STRAIGHT_PARTS / p->unroll;
  rounds.between = IR_NONE;
  if (!known && p->one_pass) {
    rounds.between = total;
    total = emit_max(e, emit_add_number(e, total, -ROUNDS_BETWEEN), emit_number(e, 0));
    before -= ROUNDS_BEFORE_TRANSFERS;
  }
  rounds.first = emit_min(e, total, emit_number(e, before > 0 ? before : 0));
  rounds.second = emit_sub(e, total, rounds.first);
  // One round is kept for the time behind the work for the next block.
  rounds.last = known || p->one_pass ? emit_min(e, rounds.second, emit_number(e, 1)) : emit_number(e, 0);
  rounds.second = emit_sub(e, rounds.second, rounds.last);
  rounds.rest = emit_remainder(e, left, all);
  bool pack = schedule_packs(s);
  uint64_t most = p->chunk_words / p->unroll;
  rounds.packs = pack && most ? (unsigned)(p->piece / most) : 0;
  unsigned steps = p->unroll - 1; // of those before the loop, in which there may be packing too
  unsigned limit = steps < PACKS_LIMIT ? steps : PACKS_LIMIT;
  rounds.packs = rounds.packs < limit ? rounds.packs : limit;
  rounds.straight_packs = rounds.packs * (rounds.straight / p->unroll);
  return rounds;
}

void schedule_rounds(Schedule *s) {
  s->rounds = rounds_of(s);
}

// Quad k of `packs` beside step i of `count`; `before`: what stands before the step. One quad's registers at
// a time: loads run ahead in the others.
static void pack_beside(Schedule *s, const Packing *packing, unsigned i, unsigned count, unsigned packs,
                        bool before, PackedQuad *groups) {
  for (unsigned k = 0; k < packs; k++) {
    unsigned load = k * count / packs, store = load + (count / packs > 3 ? 3 : count / packs - 1);
    // Where a step's quad is stored behind it, it is loaded before it.
    if (i == load && before == (store == load))
      groups[k] = load_raw(s, packing);
    if (i == store && !before)
      store_packed(s, packing, groups[k]);
  }
}

// A step and the packing beside it.
static void packing_step(Schedule *s, unsigned parity, const Packing *packing, unsigned i, unsigned count,
                         unsigned packs, PackedQuad *groups) {
  pack_beside(s, packing, i, count, packs, true, groups);
  step(s, parity);
  pack_beside(s, packing, i, count, packs, false, groups);
}

void emit_steps(Schedule *s, unsigned parity, unsigned count, unsigned packs) {
  PackedQuad groups[PACKS_LIMIT];
  Packing packing = {0};
  if (packs)
    packing = packing_of(s, s->pack_side);
  for (unsigned i = 0; i < count; i++) {
    packing_step(s, parity, &packing, i, count, packs, groups);
  }
}

static void one_round(Schedule *s, unsigned parity, unsigned packs) {
  emit_steps(s, parity, s->p->unroll, packs);
  s->pair = IR_NONE;
}

static void one_step(Schedule *s, unsigned parity, unsigned unused) {
  (void)unused;
  step(s, parity);
  s->pair = IR_NONE;
}

static void some_steps(Schedule *s, unsigned parity, unsigned count) {
  emit_steps(s, parity, count, 0);
}

void emit_rounds(Schedule *s, unsigned parity, IrValue rounds, unsigned packs) {
  emit_times(s, rounds, one_round, parity, packs);
}

void emit_times_steps(Schedule *s, unsigned parity, IrValue times, unsigned steps) {
  emit_times(s, times, some_steps, parity, steps);
}

void emit_first_step(Schedule *s, unsigned parity) {
  if (s->c->start == START_LINE)
    start_parts(s, parity);
  parts_step(s, parity, s->c->start != START_LINE);
}

void emit_packed_steps(Schedule *s, unsigned parity, unsigned side, unsigned count, IrValue other) {
  Packing packing = packing_of(s, side);
  PackedQuad groups[PACK_TOGETHER];
  for (unsigned i = 0; i <= count + PACK_AHEAD; i++) {
    if (i < count)
      groups[i % PACK_TOGETHER] = load_raw(s, &packing);
    if (i >= PACK_AHEAD && i < count + PACK_AHEAD)
      store_packed(s, &packing, groups[(i - PACK_AHEAD) % PACK_TOGETHER]);
    if (i == PACK_AHEAD + 1) {
      dma_wait(&s->e, other);
      emit_first_step(s, parity);
    } else if (i > PACK_AHEAD + 1) {
      step(s, parity);
    }
  }
}

void emit_first_product(Schedule *s, unsigned parity, IrValue first_pass) {
  Rounds rounds = rounds_of(s);
  s->straight = (StraightSteps){
      .count = rounds.straight - 1, .packs = rounds.straight_packs, .between = rounds.between};
  first_step(s, parity, first_pass);
}

static void round_between(Schedule *s, unsigned parity) {
  Emitter *e = &s->e;
  FlowIf flow;
  IrValue number = emit_number(e, s->straight.rounds++);
  s->pair = IR_NONE;
  if (flow_if_likely(e, &flow, emit_less(e, number, s->straight.between)))
    one_round(s, parity, rounds_of(s).packs);
  flow_end_if(e, &flow);
}

void emit_straight(Schedule *s, unsigned parity, unsigned part) {
  StraightSteps *straight = &s->straight;
  unsigned count = straight->count, end = count * part / STRAIGHT_PARTS;
  Packing packing = {0};
  if (straight->packs)
    packing = packing_of(s, s->pack_side);
  for (; straight->done < end; straight->done++)
    packing_step(s, parity, &packing, straight->done, count, straight->packs, straight->packed);
  if (straight->between != IR_NONE && straight->rounds < ROUNDS_BETWEEN)
    round_between(s, parity);
}

void emit_first_products(Schedule *s, unsigned parity) {
  emit_times(s, rounds_of(s).first, one_round, parity, rounds_of(s).packs);
}

// The load port has a little time to spare in each round: the next block's old values are spread over them.
static void second_products_with_loads(Schedule *s, unsigned parity, const Rounds *rounds) {
  unsigned accumulators = s->p->shape_rows * s->p->shape_columns;
  IrValue share = emit_divide(&s->e, rounds->second, accumulators);
  for (unsigned i = 0; i < accumulators; i++) {
    load_accumulator(s, parity, i);
    emit_times(s, share, one_round, parity, rounds->packs);
  }
  IrValue rest = emit_sub(&s->e, rounds->second, emit_mul_number(&s->e, share, accumulators));
  emit_times(s, rest, one_round, parity, rounds->packs);
}

void emit_second_products(Schedule *s, unsigned parity) {
  Rounds rounds = rounds_of(s);
  FlowIf flow;
  IrValue begins = build_const(&s->e.builder, IR_I1, !s->p->accumulates);
  if (s->p->accumulates && s->c->start != START_MEMORY)
    begins = get(s, s->next_begins);
  if (flow_if(&s->e, &flow, begins))
    emit_times(s, rounds.second, one_round, parity, rounds.packs);
  if (flow_else(&s->e, &flow))
    second_products_with_loads(s, parity, &rounds);
  flow_end_if(&s->e, &flow);
}

void emit_scale_old(Schedule *s) {
  enum { REGISTERS = 4, TOGETHER = 4 };
  if (s->c->start_scale == NODE_NONE)
    return;
  Emitter *e = &s->e;
  FlowIf flow;
  FlowLoop loop;
  uint64_t all = s->p->block_rows * s->p->result_pitch;
  int64_t bytes = REGISTERS * (int64_t)machine_vector_bytes(e->machine);
  unsigned count = (uint64_t)bytes * TOGETHER > all ? 1 : TOGETHER;
  while (all % ((uint64_t)bytes * count) != 0)
    count--;
  if (flow_if(e, &flow, get(s, s->next_begins))) {
    uint32_t at = emit_variable(e, schedule_slot(s, BUFFER_START, s->p->result_slot, 1));
    IrValue end = emit_add_number(e, get(s, at), (int64_t)all);
    flow_loop(e, &loop);
    IrValue places[TOGETHER], values[TOGETHER];
    for (unsigned i = 0; i < count; i++) {
      places[i] = emit_add_number(e, get(s, at), bytes * i);
      values[i] = load_whole(s, REGISTERS, places[i]);
    }
    for (unsigned i = 0; i < count; i++)
      values[i] = scaled(s, values[i], s->c->start_scale, REGISTERS, IR_AVL_MAX);
    for (unsigned i = 0; i < count; i++) {
      IrValue operands[2] = {values[i], places[i]};
      build_machine(&e->builder, ISA_VSE32_V, IR_VOID, words(REGISTERS), IR_AVL_MAX, 2, operands);
    }
    move(s, at, emit_number(e, bytes * count));
    flow_end_loop(e, &loop, emit_below(e, get(s, at), end));
    e->variable_count--;
  }
  flow_end_if(e, &flow);
}

// A step that multiplies nothing loads what the next one adds to.
void emit_load_accumulators(Schedule *s, unsigned parity) {
  for (unsigned i = 0; i < s->p->shape_rows * s->p->shape_columns; i++)
    load_accumulator(s, parity, i);
}

void emit_last_products(Schedule *s, unsigned parity) {
  Rounds rounds = rounds_of(s);
  emit_times(s, rounds.last, one_round, parity, rounds.packs);
  emit_times(s, rounds.rest, one_step, parity, 0);
}

bool schedule_packs_all(Schedule *s) {
  Rounds rounds = rounds_of(s);
  int64_t first = 0, second = 0, last = 0;
  if (!emit_is_number(&s->e, rounds.first, &first) || !emit_is_number(&s->e, rounds.second, &second) ||
      !emit_is_number(&s->e, rounds.last, &last))
    return false;
  int64_t piece = 0;
  return emit_is_number(&s->e, s->piece, &piece) &&
         (first + second + last) * (int64_t)rounds.packs + rounds.straight_packs >= piece;
}

// What of the piece is not packed yet.
void emit_pack_rest(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  IrValue bytes = emit_sub(e, get(s, s->pack_end), get(s, s->pack_to));
  emit_pack(s, CONTRACTION_Y, emit_divide(e, emit_max(e, bytes, emit_number(e, 0)), (int64_t)p->pitches[1]));
}

// The rows of this block, which have come as they are.
void emit_pack_rows(Schedule *s) {
  set(s, s->pack_from, schedule_slot(s, BUFFER_RAW_X, s->p->raw_slot_x, 0));
  set(s, s->pack_to, get(s, s->x_use));
  emit_pack(s, CONTRACTION_X, s->block_words);
}

// The first panel, which has come as it is to the second one's place.
void emit_pack_first_panel(Schedule *s) {
  IrValue from = get(s, s->pack_from), to = get(s, s->pack_to);
  IrValue index = s->pixel_index, image = s->image;
  if (s->p->planes.bytes)
    planes_begin_first_panel(s);
  set(s, s->pack_from, s->p->planes.bytes ? planes_first_entry(s) : s->buffers[BUFFER_Y1]);
  set(s, s->pack_to, s->buffers[BUFFER_Y0]);
  if (s->p->planes.bytes)
    planes_begin_packing(s);
  emit_pack(s, CONTRACTION_Y, s->block_words);
  s->pixel_index = index;
  s->image = image;
  set(s, s->pack_from, from);
  set(s, s->pack_to, to);
}
