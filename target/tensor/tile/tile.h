// The schedule of a contraction's code: what tile.c, tile_products.c and tile_transfers.c share.
//
// All blocks of all passes are one sequence t = 0, 1, ...: row blocks first, then panels of columns, groups
// of rows, passes along k, outer iterators. In step t the code
//   - waits for what was started in step t - lag,
//   - multiplies block t, in one half of the accumulators; the block before drains meanwhile,
//   - asks for rows of block t + lag and for a piece of the panel behind this one, and sends block t - 1
//   away,
//   - packs the piece of the next panel that has come.
// It begins at -lag with steps that multiply nothing, and ends behind the last block in the same way; so that
// the same code fills and empties the pipeline. While it does so at the start it comes into the instruction
// cache. The first panel comes in one piece before all that; it is packed, from the other panel's place, when
// step -1 ends.
#ifndef KILN_TARGET_TENSOR_TILE_TILE_H
#define KILN_TARGET_TENSOR_TILE_TILE_H

#include "target/tensor/emitter.h"
#include "target/tensor/tile/contraction.h"

enum {
  COUNTER_LEVELS = CONTRACTION_ITERATORS + 4,
  COUNTER_VALUES = 10 + FINISH_LOADS,
  LEVEL_BLOCK = 0,
  LEVEL_PANEL = 1,
};

// Places that are used in turn, from one to the next when all of a level has been gone through.
typedef struct Ring {
  uint32_t level, variable;
  uint64_t count;
  IrValue first;
  int64_t step; // bytes between places
} Ring;

// Numbers that count like an odometer, and values that change by fixed steps with each of them.
typedef struct Counter {
  uint32_t levels;
  uint32_t index[COUNTER_LEVELS]; // variables
  IrValue extents[COUNTER_LEVELS];
  bool sums[COUNTER_LEVELS];
  uint32_t value_count;
  uint32_t values[COUNTER_VALUES]; // variables
  IrValue steps[COUNTER_VALUES][COUNTER_LEVELS];
  IrValue carries[COUNTER_VALUES][COUNTER_LEVELS]; // steps behind the last one of the level within
  IrValue rewinds[COUNTER_VALUES];                 // back over all of the innermost level
  uint32_t ring_count;
  Ring rings[2];
} Counter;

// One way through a level: how much addresses move with it.
typedef struct Level {
  IrValue extent;
  bool sums;
  IrValue steps[CONTRACTION_STRIDES]; // bytes
  IrValue moves[3];                   // how far it moves along rows, columns, k
  int64_t parameters;                 // elements by which the drain's parameters move
  int64_t starts;                     // elements by which what sums begin with moves
  int64_t image;                      // bytes of the image in the scratchpad
} Level;

enum { LAG_LIMIT = 4, STRAIGHT_PACKS = 24 };

// Steps of a block that are written out one by one, so that work for other blocks goes between them in parts
// that the tile unit's queue hides. emit_straight goes on to this many STRAIGHT_PARTS of them.
enum {
  STRAIGHT_COUNT_ROWS = 2,
  STRAIGHT_COUNT_COLUMNS = 6,
  STRAIGHT_FETCH_ROWS = 10,
  STRAIGHT_FETCH_COLUMNS = 13,
  STRAIGHT_SEND = 16,
  STRAIGHT_NEXT = 20,
  STRAIGHT_PARTS = 23
};
// Raw rows in registers, and where they go.
typedef struct PackedQuad {
  IrValue group, to;
} PackedQuad;
typedef struct StraightSteps {
  unsigned count, done;
  unsigned packs; // quads packed among them
  PackedQuad packed[STRAIGHT_PACKS];
  IrValue between; // rounds of which some stand between parts of the work; IR_NONE: none do
  unsigned rounds; // of these so far
} StraightSteps;

// Rounds of the inner loop in a block, and quads that are packed in each of them.
typedef struct Rounds {
  unsigned straight; // steps before the loop; 0: not known yet
  IrValue first, second, last, rest;
  IrValue between; // all behind the steps before the loop, of which some stand between; IR_NONE: none do
  unsigned packs, straight_packs;
} Rounds;

// Rows or columns of a block that is written out, which an outer product takes.
typedef struct BlockPart {
  uint32_t address; // variable
  unsigned registers;
  IrValue count;   // vl
  unsigned loaded; // registers of its load; 0: it is in that of the part before
  IrValue length;  // of the load
  int64_t pitch;
} BlockPart;

typedef struct Schedule {
  Emitter e;
  Contraction *c;
  const TilePlan *p;
  IrValue bases[CONTRACTION_STRIDES];
  IrValue extents[3]; // rows, columns, sum
  IrValue strides[3][CONTRACTION_STRIDES];
  IrValue row_step;   // of X, within a part
  bool has_row_pitch; // of X in the scratchpad (STAGE_SUM), where it follows from sizes
  IrValue row_pitch;
  IrValue blocks; // TilePlan.blocks and piece, or what they are for these sizes
  IrValue piece;
  Level levels[COUNTER_LEVELS];
  uint32_t level_count;
  IrValue buffers[BUFFER_COUNT];
  IrValue total;
  uint32_t most_dimensions;
  // variables
  uint32_t t;
  uint32_t ids[LAG_LIMIT]; // newest transfer of all, of those before this step, before the last, ...
  uint32_t accumulators[2];
  unsigned group; // how many each of them has: at least those of a block
  Counter compute, rows, columns, slabs;
  uint32_t rows_rest; // steps until rows are asked for again, and the steps of a group's other panels
  IrValue other_panels;
  // values of the counters
  uint32_t c_address, c_rows, c_columns, c_left, x_use, packed;  // of `compute`
  uint32_t c_parameters;                                         // IR_NONE: the same in all products
  uint32_t c_start;                                              // where what sums begin with lies
  uint32_t c_loads[FINISH_LOADS];                                // addresses
  uint32_t r_address, r_rows, r_left, x_place, r_old, r_columns; // of `rows`
  uint32_t y_address, y_columns, y_left, y_position;             // of `columns`
  uint32_t y_use, y_place;                                       // panels in use, and being fetched
  uint32_t sent_rows, sent_columns, sent_to;                     // the block before this one
  uint32_t x, y, pack_from, pack_to, pack_end;                   // within a block
  uint32_t run_entry;                                            // of a window's table
  uint32_t pixel_entry, image_start;                             // of planes: of a block's pixels
  uint32_t tap_pairs[2];                                         // entries of planes' table
  uint32_t slab_address, slabs_left, slab_id;                    // of the next slab, and what brings it
  uint32_t slab_number;                                          // of a window's slab that came last
  uint32_t slab_image, slab_use;                                 // where it comes to, where this one is
  uint32_t slab_panel, slab_pixels; // the panel with which it begins; this one's first pixel in the table
  uint32_t next_from, next_to, next_end; // of the next
  unsigned pack_side;                    // of what is packed between products
  int64_t pack_line; // bytes between raw rows that follow one another; 0: they fill whole registers
  uint32_t live, valid_rows, valid_columns, words; // of the block at which `compute` stands
  uint32_t next_begins, later_begins;              // whether blocks t + 1 and t + 2 are of the first pass
  uint32_t sent_loads[FINISH_LOADS];
  uint32_t sent_first, configured; // first row or column of the block before; of the drain's parameters
  bool parameters;
  IrValue descriptor;
  IrValue panel_bias; // address of the corrected bias of this panel alone, where there is no Correction
  // values of the current block
  unsigned part_count[2]; // 0: its sides are loaded as a whole
  BlockPart parts[2][BLOCK_PARTS];
  unsigned edge_rows, edge_columns; // registers that are loaded of its sides; 0: all
  StraightSteps straight;
  IrValue block_words, row_length, column_length; // vl
  IrValue column_count;                           // vl of the columns that there are
  Rounds rounds;                                  // where they are the same in all blocks
  IrValue row_index;                              // where the rows of a window lie
  uint64_t window_step;                           // words of k so far
  IrValue image;                                  // where the block's part of it begins
  IrValue pixel_index;                            // of planes: where pixels lie
  IrValue pair;                                   // entries of two words, of which one is used; IR_NONE
} Schedule;

static inline IrValue get(const Schedule *s, uint32_t variable) {
  return s->e.variables[variable];
}
static inline void set(Schedule *s, uint32_t variable, IrValue value) {
  s->e.variables[variable] = value;
}
static inline void move(Schedule *s, uint32_t variable, IrValue by) {
  set(s, variable, emit_add(&s->e, get(s, variable), by));
}

// Rounds after which the block before has been drained, whose results have so many bytes; `slack`: cycles.
int64_t schedule_drain_rounds(const Schedule *s, uint64_t bytes, uint64_t slack);
// min(most, x), which is `most` where x is a multiple of it from the start.
IrValue schedule_clip(Schedule *s, IrValue total, IrValue x, int64_t most);
// A counter whose blocks begin at this number, and a step of its level.
void schedule_counter(Schedule *s, Counter *counter, IrValue block);
void schedule_advance(Schedule *s, Counter *counter, uint32_t level);
// A variable that is `first` where all indices are 0, and moves with a counter.
uint32_t schedule_value(Schedule *s, Counter *counter, IrValue first, const IrValue *steps);
// The same of the part of the image that outer iterators move along.
uint32_t schedule_image(Schedule *s, Counter *counter, IrValue first);
// Whether a counter stands in the first pass along k.
IrValue schedule_begins(Schedule *s, const Counter *counter);
// Whether it stands where C's old values are not read.
IrValue schedule_first_pass(Schedule *s, const Counter *counter);
// Whether the sum is not cut along k.
bool schedule_is_one_pass(Schedule *s);
// Whether the step asks for rows: those of a group come with its first panel.
IrValue schedule_rows_begin(Schedule *s);
// Elements of k in the pass of which `left` are left.
IrValue schedule_chunk(Schedule *s, uint32_t left);

// Whether blocks have elements of an array that come before them, old values of C or what results are made
// of beside the sums, and of which.
static inline bool schedule_fetches_blocks(const Schedule *s) {
  return s->p->accumulates || s->p->beside;
}
static inline unsigned schedule_fetched_array(const Schedule *s) {
  return s->p->beside ? CONTRACTION_ARRAYS + s->p->beside - 1 : contraction_old_array(s->c);
}

IrValue schedule_slot(Schedule *s, unsigned buffer, uint64_t slot, int64_t ahead);
// Rows (or columns) of the block before this one, where it was one.
IrValue schedule_sent(Schedule *s, ContractionRole role);
// Whether panels of Y are packed between products: the first one is packed at the start.
bool schedule_packs(const Schedule *s);
bool schedule_rows_full(const Schedule *s);

// tile_products.c: block t, first and second part of its steps.
// `old` and the outer product of a word of k; IR_NONE: the product alone.
IrValue emit_product(Schedule *s, IrValue old, IrValue x, IrValue y);
// Finds the rounds of all blocks, of which `block_words` is that of each.
void schedule_rounds(Schedule *s);
void emit_first_product(Schedule *s, unsigned parity, IrValue first_pass);
void emit_straight(Schedule *s, unsigned parity, unsigned part);
void emit_first_products(Schedule *s, unsigned parity);
void emit_second_products(Schedule *s, unsigned parity);
// Scales the old values of block t + 1 where that is asked for.
void emit_scale_old(Schedule *s);
void emit_load_accumulators(Schedule *s, unsigned parity);
void emit_last_products(Schedule *s, unsigned parity);
// `count` steps, or rounds of TilePlan.unroll of them, with `packs` quads packed among each.
void emit_steps(Schedule *s, unsigned parity, unsigned count, unsigned packs);
void emit_rounds(Schedule *s, unsigned parity, IrValue rounds, unsigned packs);
// `times`, which may be 0, times so many steps.
void emit_times_steps(Schedule *s, unsigned parity, IrValue times, unsigned steps);
// The first of a sum that begins with zero.
void emit_first_step(Schedule *s, unsigned parity);
// Packs `count` words of k by themselves.
void emit_pack(Schedule *s, unsigned side, IrValue count);
// Packs `count` words of k and multiplies them, each word when the next one has been packed, from when the
// transfer `other` of the other side has come.
void emit_packed_steps(Schedule *s, unsigned parity, unsigned side, unsigned count, IrValue other);
// Whether all of a piece is packed between products.
bool schedule_packs_all(Schedule *s);
void emit_pack_rest(Schedule *s);
void emit_pack_rows(Schedule *s);
void emit_pack_first_panel(Schedule *s);

// window.c: where a block's rows stand in the table; the image, or its first slab, and the table come; a
// block begins; rows for the next word of k.
void window_fetch(Schedule *s);
uint32_t window_start(Schedule *s);
void window_begin_block(Schedule *s);
IrValue window_load(Schedule *s);

// planes.c: the image and its table come; where the pixels of a counter's blocks are; a block begins, or the
// first panel is packed; a word of k of all columns.
void planes_fetch(Schedule *s);
void planes_start(Schedule *s, Counter *counter);
void planes_begin_block(Schedule *s);
void planes_begin_first_panel(Schedule *s);
void planes_begin_packing(Schedule *s);
IrValue planes_load(Schedule *s);
// The same with the pixels' entry and the image.
void planes_begin_block_at(Schedule *s, IrValue entry, IrValue image);
// planes_slab_code.c: the table and the first slab come; the counter of slabs; a block begins, and a slab, if
// it is its first; a block's rows, which have come, are put in order.
void slabs_fetch_first(Schedule *s);
void slabs_start(Schedule *s);
void slabs_begin_block(Schedule *s);
void slabs_order_rows(Schedule *s, IrValue rows);
// The entry of the table where packing begins, or goes on in this step.
IrValue planes_first_entry(Schedule *s);
IrValue planes_next_entry(Schedule *s);
// A group of as many values of k as a word has, from an entry on.
IrValue planes_load_raw(Schedule *s, IrValue entry, VectorConfig config, IrValue length);

// tile_transfers.c
// Bytes of a row of raw data.
int64_t schedule_raw_row(const Schedule *s, unsigned side);
// 32 bits of what fills a word of k behind the last value.
IrValue emit_missing(Schedule *s, unsigned side);
// Fills the last word of k where k is no multiple of a word's values: bytes behind each of `lines` lines
// (STAGE_SUM), or rows of raw data behind the last one (STAGE_PACK).
void emit_fill_tail(Schedule *s, unsigned side, IrValue to, IrValue k, IrValue lines, int64_t raw_row);
// Raw rows of several registers of which only the first bytes come: packing reads all of them.
void emit_fill_edge(Schedule *s, unsigned side, IrValue to, IrValue k, IrValue valid);
void emit_fetch_rows(Schedule *s);
void emit_fetch_old(Schedule *s);
void emit_fetch_beside(Schedule *s);
void emit_fetch_columns(Schedule *s);
void emit_fetch_first_panel(Schedule *s);
void emit_send(Schedule *s);
void emit_drain(Schedule *s, unsigned parity);
IrValue emit_fill_start(Schedule *s);
void emit_configure_drain(Schedule *s);

// Where the results of the block before this one are.
IrValue schedule_result_place(Schedule *s);

// finish.c: makes results of the sums of the block before this one, which have been drained.
void emit_finish(Schedule *s);

// The drain's parameters for the block whose first row or column (the side that they go with) is `first`.
void emit_drain_parameters(Schedule *s, IrValue first);
// Sums as they are, in rows of int32: whatever was configured is forgotten.
void emit_drain_sums(Schedule *s);
// code_copy.c: starts a copy of the function's code into the scratchpad, and goes on there. IR_NONE: it stays
// where it is.
IrValue emit_code_copy(Emitter *e, const Region *region, uint64_t spm_bytes, uint64_t spm_alignment,
                       uint32_t most_dimensions);
// The same of what runs before emit_code_await.
IrValue emit_code_first(Emitter *e, const Region *region, uint64_t spm_bytes, uint64_t spm_alignment,
                        uint32_t most_dimensions);
// Where the rest is, which must be found before the move; starts its copy; waits for it.
IrValue emit_code_rest(Emitter *e);
IrValue emit_copy_rest(Emitter *e, IrValue rest, uint32_t most_dimensions);
void emit_code_await(Emitter *e, IrValue id);
void emit_code_move(Emitter *e, IrValue id);
// tile.c: the sums that a contraction's zero points need, if it has any, and what is made of them.
void emit_sums(Emitter *e, const Contraction *c);
// bordered.c: the image with its borders, if there is to be one.
void emit_bordered_image(Emitter *e, const Contraction *c);

// zero_point.c: in the place of the sums, what they add to the results, and the bias.
void emit_correction(Emitter *e, const Region *region, const Correction *correction);
// What an operand's zero point adds to each of its values, as an i64.
IrValue emit_zero_value(Emitter *e, const Region *region, const ContractionOperand *operand);
// Whether it is a byte as the operand's are, so that it may lie beyond its edges; four of them. 32 bits of
// what lies beyond the edges of the operand that has such.
IrValue emit_zero_fits(Emitter *e, const Region *region, const ContractionOperand *operand);
IrValue emit_zero_bytes(Emitter *e, const Region *region, const ContractionOperand *operand);
IrValue emit_outside(Emitter *e, const Contraction *c);
// `count` sums at `place` become sum * zero, and those of `bias` (address; IR_NONE: nothing) are added.
void emit_corrected_line(Emitter *e, IrValue place, IrValue count, IrValue zero, IrValue bias);

// tile_products.c: where what sums begin with (START_LINE) lies for the first ones, and the values for those
// of some registers.
IrValue emit_begin(Emitter *e, const Contraction *c);
IrValue emit_first_sums(Emitter *e, Contraction *c, IrValue at, unsigned registers, IrValue length);

#endif
