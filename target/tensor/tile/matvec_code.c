// Code for products of a matrix with one vector (matvec.c).
#include "target/tensor/tile/matvec.h"
#include "target/tensor/tile/size.h"
#include "target/tensor/tile/tile.h"

#include <string.h>

enum { FIELDS = 2 }; // words of k side by side that are loaded at once

typedef struct Position {
  uint32_t column, k, slot; // variables
} Position;

typedef struct Writer {
  Schedule *s;
  Emitter *e;
  const Matvec *m;
  IrValue spm, x;                     // addresses
  IrValue columns, sum;               // extents; of the pass
  IrValue chunk;                      // elements of k in a tile
  IrValue rows;                       // i1: rows come as they lie in memory, but for the last block
  IrValue matrix, c;                  // addresses of the first elements; of the pass
  IrValue begin;                      // of what the sums begin with (START_LINE)
  IrValue pattern;                    // MATVEC_BYTES: the four places of a byte
  bool copied;                        // the function goes on in a copy of itself behind the nest
  IrValue resumes;                    // i1: the sums go on from C
  Position fetched, used;             //
  uint32_t newest, ids[MATVEC_AHEAD]; // transfers
  uint32_t unfilled;                  // slots of which nothing is behind the end of the sum
  uint32_t sums;                      // accumulators
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

// A tile of the matrix: part of the columns, and of k.
typedef struct Tile {
  IrValue columns, k; // how many
  IrValue rows;       // i1: as they lie in memory
  IrValue pitch;      // bytes from one to the next
} Tile;

static IrValue comes_in_rows(Writer *w, const Position *position) {
  int64_t rows = 0;
  if (emit_is_number(w->e, w->rows, &rows) && !rows)
    return w->rows;
  IrValue end = emit_add_number(w->e, value(w, position->column), w->m->block);
  return emit_and(w->e, w->rows, emit_less(w->e, end, w->columns));
}

static Tile tile_at(Writer *w, const Position *position) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  Tile tile = {.columns = rest(w, w->columns, value(w, position->column), number(w, m->block)),
               .rows = comes_in_rows(w, position)};
  IrValue chunk = emit_choose(e, tile.rows, w->sum, w->chunk);
  tile.k = rest(w, w->sum, value(w, position->k), chunk);
  IrValue row = emit_quantity(e, matvec_side(m, ROLE_COLUMN)->strides[CONTRACTION_Y]);
  tile.pitch = emit_choose(e, tile.rows, row, number(w, m->pitch));
  return tile;
}

static void advance(Writer *w, const Position *position) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  IrValue chunk = emit_choose(e, comes_in_rows(w, position), w->sum, w->chunk);
  IrValue k = emit_add(e, value(w, position->k), chunk), zero = number(w, 0);
  IrValue done = emit_less(e, emit_add_number(e, w->sum, -1), k);
  IrValue column = emit_choose(e, done, number(w, m->block), zero);
  e->variables[position->column] = emit_add(e, value(w, position->column), column);
  e->variables[position->k] = emit_choose(e, done, zero, k);
  IrValue last = emit_add_number(e, w->spm, MATVEC_AHEAD * m->apart), slot = value(w, position->slot);
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
  int64_t size = matvec_size(m, CONTRACTION_X);
  IrValue bytes = emit_mul_number(e, w->sum, size);
  DmaBox tail = {.destination = emit_add(e, w->x, bytes),
                 .bytes = number(w, 4 + machine_vector_bytes(e->machine))};
  start(w, &tail, vector_tail(w));
  DmaBox box = {.source = from, .destination = w->x, .bytes = bytes};
  start(w, &box, IR_NONE);
}

// What is behind the end of the sum in the last word of each column meets zeros of the vector, where they are
// bytes, and need only be known. Halves there are not loaded (multiply_half). It is still there when a slot
// is used again, but in the last block of rows that came as they lie in memory, of which others follow.
static void fill_tail(Writer *w, IrValue slot, const Tile *tile) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  FlowIf flow;
  int64_t size = matvec_size(m, CONTRACTION_Y);
  if (m->form != MATVEC_SUM || size > 1)
    return;
  IrValue odd = emit_remainder(e, tile->k, m->c.word), zero = number(w, 0);
  IrValue wanted = emit_less(e, zero, value(w, w->unfilled));
  if (m->longest_row) {
    IrValue other = build2(&e->builder, IR_XOR, IR_I1, w->rows, tile->rows);
    wanted = build2(&e->builder, IR_OR, IR_I1, wanted, other);
  }
  if (flow_if(e, &flow, emit_and(e, emit_less(e, zero, odd), wanted))) {
    IrValue one = number(w, 1), end = emit_add_number(e, tile->columns, -1);
    IrValue first = emit_choose(e, tile->rows, emit_mul(e, end, tile->pitch), zero);
    DmaBox box = {.destination = emit_add(e, slot, emit_add(e, first, tile->k)),
                  .bytes = emit_sub(e, number(w, m->c.word), odd),
                  .dimensions = 1,
                  .counts = {emit_choose(e, tile->rows, one, tile->columns)},
                  .source_strides = {zero},
                  .destination_strides = {number(w, m->pitch)}};
    start(w, &box, zero);
    e->variables[w->unfilled] = emit_add_number(e, value(w, w->unfilled), -1);
  }
  flow_end_if(e, &flow);
}

static void fetch_matrix(Writer *w) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  const ContractionIterator *column = matvec_side(m, ROLE_COLUMN), *sum = matvec_side(m, ROLE_SUM);
  IrValue slot = value(w, w->fetched.slot);
  Tile tile = tile_at(w, &w->fetched);
  IrValue from =
      emit_add(e, w->matrix,
               emit_mul(e, value(w, w->fetched.column), emit_quantity(e, column->strides[CONTRACTION_Y])));
  from =
      emit_add(e, from, emit_mul(e, value(w, w->fetched.k), emit_quantity(e, sum->strides[CONTRACTION_Y])));
  bool rows = m->form == MATVEC_SUM;
  IrValue run = emit_mul_number(e, rows ? tile.k : tile.columns, matvec_size(m, CONTRACTION_Y));
  IrValue runs = rows ? tile.columns : tile.k;
  DmaBox box = {.source = from,
                .destination = slot,
                .bytes = emit_choose(e, tile.rows, emit_mul(e, tile.columns, tile.pitch), run),
                .dimensions = 1,
                .counts = {emit_choose(e, tile.rows, number(w, 1), runs)},
                .source_strides = {emit_quantity(e, (rows ? column : sum)->strides[CONTRACTION_Y])},
                .destination_strides = {number(w, m->pitch)}};
  start(w, &box, IR_NONE);
  fill_tail(w, slot, &tile);
}

// C's old values of the block that the tile begins, if it does.
static void fetch_old(Writer *w) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  FlowIf flow;
  IrValue first = emit_equal(e, value(w, w->fetched.k), number(w, 0));
  if (flow_if(e, &flow, emit_and(e, first, w->resumes))) {
    IrValue columns = rest(w, w->columns, value(w, w->fetched.column), number(w, m->block));
    int64_t size = matvec_size(m, CONTRACTION_C);
    DmaBox old = {.source = emit_add(e, w->c, emit_mul_number(e, value(w, w->fetched.column), size)),
                  .destination = emit_add_number(e, value(w, w->fetched.slot), m->old_place),
                  .bytes = emit_mul_number(e, columns, size),
                  .dimensions = 1,
                  .counts = {number(w, 1)},
                  .source_strides = {number(w, 0)},
                  .destination_strides = {number(w, 0)}};
    start(w, &old, IR_NONE);
  }
  flow_end_if(e, &flow);
}

static void fetch_next(Writer *w) {
  fetch_matrix(w);
  fetch_old(w);
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
  IrValue stride = emit_quantity(e, matvec_side(m, ROLE_COLUMN)->strides[CONTRACTION_BEGIN]);
  bool alike = quantity_is(matvec_side(m, ROLE_COLUMN)->strides[CONTRACTION_BEGIN], 0);
  IrValue from = emit_add(e, w->begin, emit_mul(e, value(w, w->used.column), stride));
  for (unsigned g = 0; g < m->groups; g++) {
    IrValue at = emit_add_number(e, from, alike ? 0 : (int64_t)g * m->group * MATVEC_WORD_BYTES);
    IrValue row = emit_first_sums(e, w->s->c, at, m->across, group_length(w, columns, g));
    e->variables[w->sums] = build_machine_into(&e->builder, ISA_KT_BIAS_R, value(w, w->sums), g * m->across,
                                               none, IR_NONE, 2, (IrValue[]){row, number(w, m->across)});
  }
}

// C's old values become the sums: a row of the accumulators, or as many as a word has columns.
static void resume_sums(Writer *w, IrValue columns) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  unsigned rows = m->form == MATVEC_BYTES ? MATVEC_WORD_BYTES : 1;
  IrValue old = emit_add_number(e, value(w, w->used.slot), m->old_place);
  for (unsigned g = 0; g < m->groups; g++) {
    IrValue length = group_length(w, columns, g);
    for (unsigned r = 0; r < rows; r++) {
      IrValue from = emit_add_number(e, old, ((int64_t)g * m->group + r) * 4), all = length;
      if (rows > 1 && length != IR_AVL_MAX)
        all = emit_divide(e, emit_add_number(e, length, rows - 1 - r), rows);
      IrValue row = build_machine(&e->builder, ISA_VLSE32_V, ir_vector(m->across, m->across),
                                  words(m->across), all, 2, (IrValue[]){from, number(w, (int64_t)rows * 4)});
      for (unsigned i = 0; i < m->across; i++) {
        IrValue operands[2] = {build_part(&e->builder, ir_vector(1, 1), row, i), number(w, r)};
        e->variables[w->sums] = build_machine_into(&e->builder, ISA_KT_PUT, value(w, w->sums),
                                                   g * m->across + i, words(1), IR_AVL_MAX, 2, operands);
      }
    }
  }
}

static void start_sums(Writer *w, IrValue columns) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  FlowIf flow;
  unsigned count = m->across * m->groups;
  if (flow_if(e, &flow, w->resumes))
    resume_sums(w, columns);
  if (flow_else(e, &flow)) {
    IrValue all = number(w, count);
    if (m->c.start == START_LINE)
      begin_sums(w, columns);
    else
      e->variables[w->sums] = build_machine(&e->builder, ISA_KT_ZERO, ir_accumulators(count),
                                            (VectorConfig){0}, IR_NONE, 1, &all);
  }
  flow_end_if(e, &flow);
}

typedef struct Walk {
  uint32_t x, y; // variables: addresses
  IrValue pitch;
  const IrValue *lengths;
} Walk;

// A word of k of the vector in the first row; in MATVEC_BYTES a byte in the four places of as many rows.
static IrValue load_vector(Writer *w, IrValue at) {
  Emitter *e = w->e;
  if (w->m->form != MATVEC_BYTES)
    return emit_machine(e, ISA_VL1RE32_V, ir_vector(1, 1), 1, &at);
  IrValue byte = build1(&e->builder, IR_ZEXT, IR_I64, build_load(&e->builder, IR_I8, at));
  return build_machine(&e->builder, ISA_VMUL_VX, ir_vector(1, 1), words(1), IR_AVL_MAX, 2,
                       (IrValue[]){w->pattern, byte});
}

// Words of k, `fields` of them side by side, of the columns of a group.
static IrValue load_columns(Writer *w, const Walk *walk, IrValue at, unsigned group, unsigned fields) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  IrType type = ir_vector(m->across * fields, m->across);
  IrValue operands[2] = {at, walk->pitch}, length = walk->lengths[group];
  if (m->form == MATVEC_SUM)
    return build_machine(&e->builder, fields == FIELDS ? ISA_VLSSEG2E32_V : ISA_VLSE32_V, type,
                         words(m->across), length, 2, operands);
  operands[0] = emit_add_number(e, at, (int64_t)group * m->group * matvec_size(m, CONTRACTION_Y));
  VectorConfig bytes = {.sew = 8, .lmul = words(m->across).lmul};
  return m->form == MATVEC_WORDS
             ? build_machine(&e->builder, ISA_VLE32_V, type, words(m->across), length, 1, operands)
             : build_machine(&e->builder, ISA_VLE8_V, type, bytes, length, 1, operands);
}

static void multiply_columns(Writer *w, IrValue x, IrValue columns, unsigned group) {
  IrValue operands[4] = {x, columns, number(w, __builtin_ctz(w->m->across)), number(w, 0)};
  w->e->variables[w->sums] =
      build_machine_into(&w->e->builder, w->m->c.product, value(w, w->sums), group * w->m->across,
                         (VectorConfig){0}, IR_NONE, 4, operands);
}

// `count` words of k.
static void multiply(Writer *w, const Walk *walk, unsigned count) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  IrValue y_step = m->form == MATVEC_SUM ? number(w, 4) : walk->pitch;
  unsigned fields = m->form == MATVEC_SUM && count % FIELDS == 0 ? FIELDS : 1;
  int64_t x_step = m->form == MATVEC_BYTES ? 1 : 4;
  for (unsigned i = 0; i < count; i += fields) {
    IrValue at = emit_add(e, value(w, walk->y), emit_mul_number(e, y_step, i)), x[FIELDS];
    for (unsigned f = 0; f < fields; f++)
      x[f] = load_vector(w, emit_add_number(e, value(w, walk->x), (i + f) * x_step));
    for (unsigned g = 0; g < m->groups; g++) {
      IrValue columns = load_columns(w, walk, at, g, fields);
      for (unsigned f = 0; f < fields; f++) {
        IrValue part = fields == 1
                           ? columns
                           : build_part(&e->builder, ir_vector(m->across, m->across), columns, f * m->across);
        multiply_columns(w, x[f], part, g);
      }
    }
  }
  e->variables[walk->x] = emit_add_number(e, value(w, walk->x), count * x_step);
  e->variables[walk->y] = emit_add(e, value(w, walk->y), emit_mul_number(e, y_step, count));
}

// The last half of an odd sum, beside a zero: what stands behind it may be no number.
static void multiply_half(Writer *w, const Walk *walk, IrValue k) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  FlowIf flow;
  if (m->form != MATVEC_SUM || m->c.word != 2)
    return;
  IrValue odd = emit_equal(e, emit_remainder(e, k, m->c.word), number(w, 1));
  if (flow_if(e, &flow, odd)) {
    VectorConfig half = {.sew = 16, .lmul = (int8_t)(words(m->across).lmul - 1)};
    IrValue length = walk->lengths[0], operands[2] = {value(w, walk->y), walk->pitch};
    IrValue halves = build_machine(&e->builder, ISA_VLSE16_V, ir_vector(m->across / 2, m->across / 2), half,
                                   length, 2, operands);
    IrValue columns = build_machine(&e->builder, ISA_VZEXT_VF2, ir_vector(m->across, m->across),
                                    words(m->across), length, 1, &halves);
    multiply_columns(w, load_vector(w, value(w, walk->x)), columns, 0);
  }
  flow_end_if(e, &flow);
}

static void multiply_times(Writer *w, const Walk *walk, IrValue times, unsigned count) {
  Emitter *e = w->e;
  FlowTimes flow;
  if (flow_times(e, &flow, times, false)) {
    multiply(w, walk, count);
    flow_next(e, &flow);
  }
  flow_end_if(e, &flow.any);
}

// --- results

static void drain_group(Writer *w, unsigned group, IrValue columns) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  bool bytes = m->form == MATVEC_BYTES;
  int64_t size = matvec_size(m, CONTRACTION_C);
  w->s->e.variables[w->s->sent_columns] = columns;
  emit_drain_parameters(w->s, emit_add_number(e, value(w, w->used.column), (int64_t)group * m->group));
  IrValue limits[2] = {number(w, bytes ? MATVEC_WORD_BYTES : 1), bytes ? number(w, 0) : columns};
  emit_machine(e, ISA_KT_DEXT, IR_VOID, 2, limits);
  IrValue to = emit_add_number(e, value(w, w->used.slot), m->new_place + (int64_t)group * m->group * size);
  IrValue sums = build_part(&e->builder, ir_accumulators(m->across), value(w, w->sums), group * m->across);
  IrValue operands[4] = {sums, to, number(w, bytes ? MATVEC_WORD_BYTES * size : 0),
                         number(w, __builtin_ctz(m->across))};
  emit_machine(e, ISA_KT_DRAIN, IR_VOID, 4, operands);
}

static void send(Writer *w, IrValue columns) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  FlowIf flow;
  int64_t size = matvec_size(m, CONTRACTION_C);
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
  Tile tile = tile_at(w, &w->used);
  IrValue columns = tile.columns, k = tile.k, at = value(w, w->used.k), lengths[2] = {IR_NONE, IR_NONE};
  if (flow_if(e, &flow, emit_equal(e, at, number(w, 0))))
    start_sums(w, columns);
  flow_end_if(e, &flow);
  for (unsigned g = 0; g < m->groups; g++)
    lengths[g] = group_length(w, columns, g);
  IrValue steps = m->form == MATVEC_BYTES ? k
                  : m->c.word == 2        ? emit_divide(e, k, m->c.word)
                                          : emit_divide_up(e, k, m->c.word);
  IrValue x = emit_add(e, w->x, emit_mul_number(e, at, matvec_size(m, CONTRACTION_X)));
  Walk walk = {.x = emit_variable(e, x),
               .y = emit_variable(e, value(w, w->used.slot)),
               .pitch = tile.pitch,
               .lengths = lengths};
  multiply_times(w, &walk, emit_divide(e, steps, m->unroll), m->unroll);
  multiply_times(w, &walk, emit_remainder(e, steps, m->unroll), 1);
  multiply_half(w, &walk, k);
  IrValue last = emit_equal(e, emit_add(e, value(w, w->used.k), k), w->sum);
  e->variable_count = first;
  if (flow_if(e, &flow, last))
    send(w, columns);
  flow_end_if(e, &flow);
  advance(w, &w->used);
}

// --- the sequence

// Whether rows come as they lie in memory.
static IrValue rows_value(Writer *w) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  IrValue stride = emit_quantity(e, matvec_side(m, ROLE_COLUMN)->strides[CONTRACTION_Y]), zero = number(w, 0);
  if (!m->longest_row)
    return build_const(&e->builder, IR_I1, 0);
  IrValue whole = emit_equal(e, stride, emit_mul_number(e, w->sum, matvec_size(m, CONTRACTION_Y)));
  IrValue fits = emit_less(e, stride, number(w, m->longest_row + 1));
  IrValue uneven = emit_less(e, zero, emit_remainder(e, stride, MATVEC_ROW_UNIT));
  return emit_and(e, whole, emit_and(e, fits, uneven));
}

static bool has_call(const Function *f, const IrBlock *block) {
  for (uint32_t i = 0; i < block->count; i++) {
    IrOp op = ir_insn(f, block->insns[i])->op;
    if (op == IR_CALL || op == IR_TAILCALL)
      return true;
  }
  return false;
}

// Whether more nests stand behind this one, and nothing that would be called from the copy: calls in loops
// (of mathematical functions) become vector code, but where sizes are of the run time the loops stay as well.
static bool nests_follow(const Matvec *m) {
  const Function *f = m->c.region->function;
  bool known = matvec_side(m, ROLE_SUM)->extent.value == IR_NONE &&
               matvec_side(m, ROLE_COLUMN)->extent.value == IR_NONE;
  Arena arena = {0};
  Bitset seen = bitset_new(&arena, f->blocks.count);
  VEC(uint32_t) work = {0};
  bool nests = false, calls = false;
  bitset_add(&seen, m->c.region->after);
  VEC_PUSH(&work, m->c.region->after);
  while (work.count) {
    const IrBlock *block = &f->blocks.data[VEC_POP(&work)];
    nests = nests || block->depth > 0;
    calls = calls || ((!block->depth || !known) && has_call(f, block));
    for (uint32_t i = 0; i < block->succ_count; i++)
      if (!bitset_has(&seen, block->succs[i])) {
        bitset_add(&seen, block->succs[i]);
        VEC_PUSH(&work, block->succs[i]);
      }
  }
  VEC_FREE(&work);
  arena_free(&arena);
  return nests && !calls;
}

// Nests behind this one are faster in a copy of the code, which comes beside the matrix.
static void copy_code(Writer *w, IrValue first_pass) {
  const Matvec *m = w->m;
  FlowIf flow;
  if (!nests_follow(m))
    return;
  if (flow_if(w->e, &flow, first_pass))
    w->copied = emit_code_copy(w->e, m->c.region, m->spm_bytes, m->spm_alignment, 1) != IR_NONE;
  flow_end_if(w->e, &flow);
}

// A place where the nest behind may ask for something (prefetch.c): a block that runs once, when the last
// tile has been asked for.
static void mark_end_of_fetches(Writer *w, IrValue single_pass) {
  Emitter *e = w->e;
  FlowIf flow;
  int64_t columns = 0, single = 0, block = w->m->block;
  if (!emit_is_number(e, w->columns, &columns) || !emit_is_number(e, single_pass, &single) ||
      !nests_follow(w->m))
    return;
  int64_t end = size_divide_up(columns, block) * block;
  if (flow_if(e, &flow, emit_equal(e, value(w, w->fetched.column), number(w, end)))) {
    e->builder.f->blocks.data[e->builder.block].once = true;
    e->variables[w->fetched.column] = number(w, end + 1);
  }
  flow_end_if(e, &flow);
}

// All columns, with k from `k` on.
static void emit_pass(Writer *w, IrValue x, IrValue first_pass) {
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
  w->unfilled = emit_variable(e, number(w, MATVEC_SLOTS));
  w->rows = rows_value(w);
  // The first tile is asked for before everything else: code that is met for the first time takes its time.
  fetch_matrix(w);
  emit_configure_drain(w->s);
  fetch_vector(w, x);
  copy_code(w, first_pass);
  fetch_old(w);
  advance(w, &w->fetched);
  for (unsigned i = 0; i < MATVEC_AHEAD; i++)
    w->ids[i] = emit_variable(e, i ? zero : value(w, w->newest));
  w->sums = emit_variable(e, build_undefined(&e->builder, ir_accumulators(m->across * m->groups)));
  uint32_t step = emit_variable(e, number(w, 1 - MATVEC_AHEAD));
  flow_loop(e, &loop);
  // Tiles that were asked for MATVEC_AHEAD steps before are there, and what was in the places of those asked
  // for now has gone.
  dma_wait(e, value(w, w->ids[MATVEC_AHEAD - 1]));
  mark_end_of_fetches(w, first_pass);
  if (flow_if(e, &flow, emit_less(e, value(w, w->fetched.column), w->columns)))
    fetch_next(w);
  flow_end_if(e, &flow);
  if (flow_if_likely(e, &flow, emit_less(e, number(w, -1), value(w, step))))
    use_tile(w);
  flow_end_if(e, &flow);
  for (unsigned i = MATVEC_AHEAD - 1; i > 0; i--)
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
  Quantity sum = matvec_side(m, ROLE_SUM)->extent;
  if (m->form != MATVEC_SUM || (sum.value == IR_NONE && matvec_side(m, ROLE_COLUMN)->extent.value == IR_NONE))
    return number(w, m->chunk);
  int64_t size = matvec_size(m, CONTRACTION_Y), beat = (int64_t)e->machine->dram_bandwidth;
  IrValue all = emit_mul(e, emit_quantity(e, sum), w->columns);
  IrValue run = emit_divide(e, emit_mul_number(e, all, size), MATVEC_TILES / 2 * m->group);
  run = emit_mul_number(e, emit_divide(e, run, beat), beat);
  run = emit_min(e, emit_max(e, run, number(w, MATVEC_LEAST_RUN)), number(w, m->chunk * size));
  return emit_divide(e, run, size);
}

// Sums that are longer than the vector's place are made in passes.
static void emit_passes(Writer *w) {
  const Matvec *m = w->m;
  Emitter *e = w->e;
  const ContractionIterator *sum = matvec_side(m, ROLE_SUM);
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
    emit_pass(w, x, build_const(&e->builder, IR_I1, 1));
    return;
  }
  FlowLoop loop;
  uint32_t done = emit_variable(e, number(w, 0));
  flow_loop(e, &loop);
  IrValue again = emit_less(e, number(w, 0), value(w, done));
  w->resumes = build2(&e->builder, IR_OR, IR_I1, memory, again);
  w->sum = emit_min(e, emit_sub(e, total, value(w, done)), number(w, m->longest));
  w->matrix = emit_add(e, matrix, emit_mul(e, value(w, done), emit_quantity(e, sum->strides[CONTRACTION_Y])));
  x = emit_add(e, x, emit_mul_number(e, value(w, done), matvec_size(m, CONTRACTION_X)));
  emit_pass(w, x, emit_equal(e, value(w, done), number(w, 0)));
  e->variables[done] = emit_add_number(e, value(w, done), m->longest);
  flow_end_loop(e, &loop, emit_less(e, value(w, done), total));
}

// 1, 2^8, 2^16, 2^24 and then zeros: times a byte, that in each of the places of a word.
static IrValue byte_pattern(Writer *w) {
  Emitter *e = w->e;
  uint8_t data[MATVEC_WORD_BYTES * 4] = {0};
  for (unsigned i = 0; i < MATVEC_WORD_BYTES; i++)
    data[i * 4 + i] = 1;
  IrValue address = emit_data(e, ".Lkiln.matvec.places", data, sizeof data, 8), zero = number(w, 0);
  IrValue all = build_machine(&e->builder, ISA_VMV_V_I, ir_vector(1, 1), words(1), IR_AVL_MAX, 1, &zero);
  VectorConfig config = words(1);
  config.tail_undisturbed = true;
  return build_machine(&e->builder, ISA_VLE32_V, ir_vector(1, 1), config, number(w, MATVEC_WORD_BYTES), 2,
                       (IrValue[]){all, address});
}

// Asked for before the region: that the sum needs no more than one pass.
static IrValue with_short_sums(Target *target, const Matvec *m, IrValue condition) {
  Quantity sum = matvec_side(m, ROLE_SUM)->extent;
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
  for (unsigned i = 0; i < MATVEC_SLOTS; i++)
    region_part(m->c.region, i * (uint64_t)m->apart, (uint64_t)m->slot);
  region_part(m->c.region, (uint64_t)m->x_place, m->spm_bytes - (uint64_t)m->x_place);
  w.columns = emit_quantity(w.e, matvec_side(m, ROLE_COLUMN)->extent);
  s->extents[ROLE_COLUMN] = w.columns;
  s->sent_columns = emit_variable(w.e, number(&w, 0));
  if (m->form == MATVEC_BYTES)
    w.pattern = byte_pattern(&w);
  w.chunk = chunk_value(&w);
  dma_reset(w.e);
  emit_passes(&w);
  if (w.copied) // it has come: all transfers have
    emit_code_move(w.e, number(&w, 0));
  region_close(m->c.region, &w.e->builder, NULL);
  emit_remove_dead(w.e, first);
  free(s);
}
