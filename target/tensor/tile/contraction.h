// Contractions: C[o.., r.., c..] += sum over s.. of X[o.., r.., s..] * Y[o.., c.., s..], in any layout.
//
// contraction.c finds them in regions, cost.c and scratchpad.c plan how they are cut and where their parts
// lie, tile.c writes the code.
#ifndef KILN_TARGET_TENSOR_TILE_CONTRACTION_H
#define KILN_TARGET_TENSOR_TILE_CONTRACTION_H

#include "target/tensor/nest.h"
#include "target/tensor/scratchpad.h"

#include <assert.h>

// X gives the rows of the tile unit's blocks, Y the columns.
enum { CONTRACTION_X, CONTRACTION_Y, CONTRACTION_C, CONTRACTION_ARRAYS };
enum { CONTRACTION_ITERATORS = 16, CONTRACTION_BORDERS = 3 };
// Other arrays that the results are made of (Finish) and what sums begin with (Contraction.begin): their
// strides stand behind those of C.
enum { FINISH_LOADS = 6, CONTRACTION_BEGIN = CONTRACTION_ARRAYS + FINISH_LOADS, CONTRACTION_STRIDES };
// Below, starting the units costs more than the scalar loop.
enum { LEAST_PRODUCTS = 4096 };

typedef enum ContractionRole {
  ROLE_ROW,    // the main iterator of C and X
  ROLE_COLUMN, // the main iterator of C and Y
  ROLE_SUM,    // the main iterator of X and Y
  ROLE_OUTER,  // all others: each of their points is a matrix product of its own
} ContractionRole;

typedef struct ContractionIterator {
  ContractionRole role;
  bool sums;         // C does not change with it
  uint32_t iterator; // of the region; IR_NONE: it was made of several
  Quantity extent;
  Quantity strides[CONTRACTION_STRIDES]; // bytes
  int64_t steps[CONTRACTION_BORDERS];    // along borders
  int64_t times;                         // steps of the region's iterator that one of this is made of; 0: one
  int64_t parameters; // outer ones: elements by which the epilogue's parameters move with it
} ContractionIterator;

// Several iterators that are one in C and Y, innermost first: how X moves with each.
enum { CONTRACTION_PARTS = 4 };
typedef struct ContractionParts {
  uint32_t count; // 0: the iterator is as it is
  Quantity extents[CONTRACTION_PARTS];
  Quantity strides[CONTRACTION_PARTS];
  int64_t steps[CONTRACTION_PARTS][CONTRACTION_BORDERS]; // along borders of X
} ContractionParts;

// Groups of rows, each with k of its own, that are one block: X is zero where a row meets another group's k.
// Or of columns, whose values of k follow those of the others within each tap.
typedef struct ContractionDiagonal {
  int64_t groups;    // 0: there are none
  int64_t rows, sum; // of each; columns, and values of k within a tap
  bool columns;
  int64_t strides[3]; // bytes of Y from tap to tap, from column to column, from group to group
} ContractionDiagonal;

typedef struct ContractionOperand {
  uint32_t access;
  IrType type;
  bool is_signed; // integers: how they are widened
  uint32_t zero;  // node of the i32 that is taken from each value; NODE_NONE: nothing
  bool negated;   // it is added instead
  uint32_t scale; // node of the fp32 that each value is multiplied by before; NODE_NONE: nothing
} ContractionOperand;

typedef enum ContractionStart {
  START_ZERO,   // C := sum
  START_MEMORY, // C := C + sum, or scale * C + sum, or another matrix + sum
  START_LINE,   // C := an fp32 of its row or column, or the same one for all, + sum, in this order
} ContractionStart;

// The drain's modes, as its descriptor has them.
typedef enum DrainMode { DRAIN_RAW, DRAIN_BYTES, DRAIN_HALF, DRAIN_BFLOAT, DRAIN_FLOAT } DrainMode;

// A shift that comes from an element: from + element, or from - element.
typedef struct ScaleShift {
  uint32_t access;
  int64_t from;
  bool negated;
  bool is_unsigned; // the element
  bool clamped;     // at least 0
} ScaleShift;

// What the drain does to the sums. Parameters are accesses, with a value for each row or for each column.
enum { EPILOGUE_NONE = UINT32_MAX, EPILOGUE_PARAMETERS = 3 };
// Numbers that may be of the run time.
enum { EPILOGUE_ZERO_POINT, EPILOGUE_LOW, EPILOGUE_HIGH, EPILOGUE_NUMBERS };
typedef struct Epilogue {
  DrainMode mode;
  uint32_t bias, multiplier, shift;            // accesses; EPILOGUE_NONE: nothing, or the constants
  int64_t multiplier_constant, shift_constant; // DRAIN_BYTES
  int32_t zero_point;                          // DRAIN_BYTES
  uint32_t low, high;                          // bounds, as the descriptor has them
  bool columns;                                // parameters are by columns
  bool double_rounding;                        // as TOSA's apply_scale has it
  bool float_scale;                            // the multiplier is the bits of an fp32
  bool corrected;                              // the bias comes from zero_point.c
  // What is tested when the program runs (scale.c), after which the shifts are bytes.
  ScaleShift of_shift;
  uint8_t least_shift;                    // 0: shifts are taken as they are
  bool natural;                           // multipliers are not negative
  uint32_t of_run_time[EPILOGUE_NUMBERS]; // nodes of an i32 each, + 1; 0: the constants
  uint32_t table;                         // access of bytes, by the results; EPILOGUE_NONE: there is none
  int64_t table_offset;                   // where it begins, from there
} Epilogue;

// What is made of the sums beyond what the drain unit can do: the vector unit computes it on each block, in
// the scratchpad (finish.c).
typedef struct Finish {
  bool any;                        // else what is drained is the result
  uint32_t value;                  // node that is stored
  uint32_t drained;                // the part of it that the drain makes
  IrType type;                     // as which it is drained
  uint32_t count;                  // of other elements that it takes
  uint32_t loads[FINISH_LOADS];    // accesses in the expression
  uint32_t accesses[FINISH_LOADS]; // the same by the iterators of the reduction
  double cycles;                   // for an element
} Finish;

// epilogue.c: whether the value that is stored is one that the drain can make of the sum.
// `is_sum`: whether a node is the sum.
typedef bool SumTest(const Region *region, const Node *node, const Access *sum);
bool epilogue_match(const Target *target, const Region *region, uint32_t value, const Access *sum,
                    IrType type, SumTest *is_sum, Epilogue *epilogue);
// The same value: one node, or two of the same operation on the same.
bool nodes_are_alike(const Region *region, const Node *x, const Node *y);
// Whether parameters move with rows or columns alone: what has an element for each result is no parameter.
bool epilogue_is_by_lines(const Region *region, const Epilogue *epilogue, const Access *result);
bool epilogue_start(const Region *region, uint32_t value, IrType type, Epilogue *epilogue);
static inline bool epilogue_has_parameters(const Epilogue *epilogue) {
  return epilogue->bias != EPILOGUE_NONE || epilogue->multiplier != EPILOGUE_NONE ||
         epilogue->shift != EPILOGUE_NONE || epilogue->corrected;
}
static inline bool epilogue_is_plain(const Epilogue *epilogue) {
  return epilogue->mode == DRAIN_RAW && epilogue->bias == EPILOGUE_NONE && !epilogue->corrected;
}

// A direction in which an operand is read beyond its edges: by coordinates, which the iterators move along,
// and of which 0 .. extent - 1 are in memory.
typedef struct ContractionBorder {
  int64_t first; // where all iterators are 0
  int64_t extent;
  int64_t stride; // bytes
} ContractionBorder;

// An image with its borders, as bordered.c makes it in the scratchpad.
enum { BORDERED_AXES = 4 };
typedef struct BorderedImage {
  uint32_t source; // access of the image
  uint32_t array;  // of the copy
  int64_t bytes;   // of all
  // The transfer from the image into the middle.
  int64_t from, to, run; // bytes
  uint32_t dimensions;
  int64_t counts[BORDERED_AXES], from_strides[BORDERED_AXES], to_strides[BORDERED_AXES];
  uint64_t place;  // in the function's scratchpad
  uint64_t cycles; // estimate
} BorderedImage;

// A floating sum whose guards are left out, which what it reads must allow (value_test.c).
typedef struct ValueTest {
  bool any;
  uint32_t image, other; // accesses of the region: the operand with borders, and the other one
  uint32_t begin;        // what sums begin with; UINT32_MAX: nothing that is looked at
} ValueTest;

typedef struct Contraction {
  Region *region;
  ValueTest values;
  Epilogue epilogue;
  Finish finish;
  ContractionOperand operands[CONTRACTION_ARRAYS];
  ContractionIterator
      iterators[CONTRACTION_ITERATORS]; // outer ones first, outermost first; then row, column, sum
  uint32_t count;
  bool ordered; // the sum's order must stay
  uint32_t border_count;
  ContractionBorder borders[CONTRACTION_BORDERS];
  unsigned bordered;   // the operand
  uint32_t outside;    // 32 bits of what lies beyond its edges
  bool outside_varies; // it is the operand's zero point instead, which only the run time knows
  // Guards of the sum that keep it off the edges, where they are of sizes that only the run time knows:
  // nothing is added where one is negative. pieces.c alone has them.
  uint32_t guard_count;
  const Affine *guards;
  ContractionParts row_parts, sum_parts;
  ContractionDiagonal diagonal;  // of rows beside pixels alone
  ContractionParts pixels, taps; // of Y, where it is an image whose pixels lie side by side: columns, sum
  ContractionStart start;
  uint32_t begin;                      // access: what sums begin with (START_LINE)
  bool begin_alike;                    // or the node of a number that does not change, the same for all
  bool elsewhere;                      // START_MEMORY: that access, instead of C, has what they begin with
  uint32_t start_scale;                // node of an fp32; NODE_NONE: nothing
  IsaOp product;                       // kt.mopa's row
  unsigned word;                       // values of k in a word of 32 bits
  IrValue source;                      // for remarks
  const struct Correction *correction; // of the drain's bias; NULL: none
  // What sums begin with, by the lines that the drain's parameters do not go with; NULL: zero.
  const struct Correction *start_correction;
  BorderedImage *bordered_image; // what the operand reads instead; NULL: none
  bool borders_summed;           // the other operand has a zero point: the borders must be made
} Contraction;

static inline ContractionIterator *contraction_main(Contraction *c, ContractionRole role) {
  assert(c->count >= 3 && c->count <= CONTRACTION_ITERATORS);
  return &c->iterators[c->count - 3 + role];
}
static inline uint32_t contraction_outer_count(const Contraction *c) {
  return c->count - 3;
}
// Whether all extents are constants.
static inline bool contraction_sizes_are_known(const Contraction *c) {
  for (uint32_t i = 0; i < c->count; i++)
    if (c->iterators[i].extent.value != IR_NONE)
      return false;
  return true;
}
static inline unsigned contraction_size(const Contraction *c, unsigned array) {
  return ir_type_bits(c->operands[array].type) / 8;
}
// Cycles at least from one product to the next one of the same accumulator.
static inline uint64_t contraction_gap(const Machine *machine, const Contraction *c) {
  return ir_is_float(c->operands[CONTRACTION_X].type) ? machine->mopa_float_gap : machine->mopa_integer_gap;
}
// Bytes of an element as the drain writes it.
static inline unsigned contraction_drained_size(const Contraction *c) {
  return c->finish.any ? ir_type_bits(c->finish.type) / 8 : contraction_size(c, CONTRACTION_C);
}
// Whether operands or old values are multiplied by what does not change.
static inline bool contraction_scales(const Contraction *c) {
  return c->operands[CONTRACTION_X].scale != NODE_NONE || c->operands[CONTRACTION_Y].scale != NODE_NONE ||
         c->start_scale != NODE_NONE;
}
static inline bool quantity_is(Quantity quantity, int64_t value) {
  return quantity.value == IR_NONE && quantity.constant == value;
}

// Whether there are strides of what sums begin with; the array that has old values.
static inline bool contraction_has_begin(const Contraction *c) {
  return c->start == START_LINE || c->elsewhere;
}
static inline unsigned contraction_old_array(const Contraction *c) {
  return c->elsewhere ? CONTRACTION_BEGIN : CONTRACTION_C;
}

// Whether what sums begin with goes with the columns, or is the same for all; else it goes with the rows.
static inline bool contraction_begins_by_columns(Contraction *c) {
  return quantity_is(contraction_main(c, ROLE_ROW)->strides[CONTRACTION_BEGIN], 0);
}
static inline bool contraction_begins_alike(Contraction *c) {
  return contraction_begins_by_columns(c) &&
         quantity_is(contraction_main(c, ROLE_COLUMN)->strides[CONTRACTION_BEGIN], 0);
}

// Whether the region is a contraction; if not, `reason` says why (for remarks).
bool contraction_find(const Target *target, Region *region, Contraction *contraction, const char **reason);

// Whether an iterator moves those arrays with which one of this role does.
bool contraction_can_be(const ContractionIterator *iterator, ContractionRole role);
// X as Y, rows as columns.
void contraction_swap_sides(Contraction *contraction);

// kt.mopa's row for the operands' types.
IsaOp contraction_product(const Contraction *contraction);

// Takes four bytes of k that lie side by side in both operands, and are all of the main sum, as an element:
// words as the tile unit takes them, as packed matrices have them, which then may lie side by side along
// rows, columns or another sum. False: they are not so, and the contraction is of no use any more.
bool contraction_take_words(Contraction *contraction);

// Whether one of several nests of the region may be a contraction: then they are better mapped in parts.
// *nests: how many from the start on may be one contraction together; 0: one by one.
bool contraction_in_part(Region *region, uint32_t *nests);

// gather.c
// Makes one of iterators that are one in C or Y, though not in X (the pixels of a convolution, and its
// window): false: there are none. A contraction that cannot be planned so can be as it was.
bool contraction_gather(Contraction *contraction);

// The same, and groups of few columns become one, of at most `most` columns. False: there are none.
bool contraction_gather_groups(Contraction *contraction, int64_t most);

// The same where Y is an image whose pixels lie side by side, as they do in C: columns and k are made one,
// for planes.c. Groups of few rows become one, of at most `most` rows. False: it has another form, or needs
// none of it.
bool contraction_gather_pixels(Contraction *contraction, unsigned most);

// Whether the only iterator that a parameter moves with is this one.
static inline bool parameter_moves_with(const Contraction *c, uint32_t access, uint32_t iterator) {
  const Affine *offset = &c->region->accesses.data[access].offset;
  return offset->count == 1 && offset->terms[0].iterator == iterator;
}

// Whether parameters go with the rows or the columns (Epilogue.columns), each as they are in the code, and
// all alike with outer iterators (ContractionIterator.parameters).
bool contraction_place_parameters(Contraction *contraction);

// --- plan

// How an operand lies in the scratchpad.
typedef enum StageLayout {
  STAGE_SUM,    // rows (or columns) one behind the other, k side by side: strided loads
  STAGE_DIRECT, // k one behind the other, rows side by side: unit stride (a word is one k)
  STAGE_PACK,   // as it comes, packed anew: words of several k, rows side by side
} StageLayout;

// Slots of the rings in which data wait to be used: more than the blocks that they wait.
enum { RING_SLOTS = 4 };

// Parts in which the rows or columns of a block may be loaded.
enum { BLOCK_PARTS = 4 };

enum {
  BUFFER_X,
  BUFFER_Y0,
  BUFFER_Y1,
  BUFFER_RAW_X,
  BUFFER_RAW_Y,
  BUFFER_RESULT,
  BUFFER_DRAINED, // what becomes results
  BUFFER_START,   // C's old values
  BUFFER_TABLE,   // of a window, or of planes
  BUFFER_IMAGE,   // planes
  BUFFER_COUNT
};

// An image in the scratchpad that a window goes over (window.c). Units: bytes that lie side by side.
typedef struct WindowAxis {
  uint64_t stride;     // bytes in memory between units along a line, or between lines
  uint64_t count;      // units, or lines
  uint64_t last;       // bytes from the first to the last
  uint64_t rows, step; // of the contraction that lie along it, and how far apart
  uint64_t first, end; // units, or lines, that are in memory; the others are filled
} WindowAxis;

typedef struct Window {
  uint64_t unit;      // bytes; 0: there is no window
  WindowAxis axes[2]; // along a line, from line to line
  uint32_t taps;      // parts of the sum, innermost first, in units or lines
  unsigned tap_axes[CONTRACTION_PARTS];
  uint64_t tap_extents[CONTRACTION_PARTS], tap_steps[CONTRACTION_PARTS];
  uint64_t groups, group_step;                    // of channels, each a product of its own; units
  uint64_t pitch, phase_pitch, line_pitch, bytes; // in the scratchpad
  uint64_t load_cycles;                           // of a block's rows, for a word of k
  unsigned unroll, run;                           // words of k in a round, and in a stretch of them
  uint64_t runs, table_bytes;
  // Too large for the scratchpad, it comes in slabs of lines, two of which have places there: of so many
  // blocks of rows. 0: it does not.
  uint64_t slabs, slab_blocks, slab_rows, slab_lines, entries_at;
  bool periodic; // rows lie alike in all slabs
} Window;

// An image in the scratchpad whose pixels lie side by side (planes.c). An axis is a direction in which pixels
// follow one another, or lines of them, ...; what moves along none of them goes from plane to plane.
typedef struct PlaneAxis {
  int64_t unit, count; // bytes in memory from one to the next; how many
  int64_t first, end;  // those that are in memory; the others are filled
  int64_t pitch;       // bytes in the scratchpad
} PlaneAxis;

typedef struct PlaneStep {
  int64_t extent;
  int64_t stride, place; // bytes in memory, in the scratchpad
} PlaneStep;

// Planes that come in slabs of lines (planes_slabs.c), one after the other, each with the lines around it
// that the window reaches. Lanes: the values of k that are a word, where words are made of what comes.
typedef struct PlaneSlabs {
  uint64_t count;  // 0: the image comes once and as a whole
  uint64_t panels; // of columns in each
  int64_t lines;   // along the outermost axis
  bool periodic;   // pixels lie alike in all slabs
  bool stays;      // there is one, for all products
  int64_t pad;     // values beside each line, so that a block's pixels are spread over the scratchpad's lanes
  int64_t plane, lane; // bytes in the scratchpad: a plane, all planes of a lane
  // Words of every `step`th value of a line lie side by side: `phases` times, from the first, second, .. on.
  int64_t step, phases;
  unsigned word;         // lanes; 1: values come as they are loaded
  uint32_t part;         // of the sum, along which words are made
  bool by_planes;        // that part goes from plane to plane, not along a line
  int64_t lane_stride;   // bytes from lane to lane of what comes
  uint64_t raw_bytes;    // of what comes; 0: it is the image
  int64_t inner, extent; // values of k within that part, and along it
  int64_t words;         // of k
  // How rows are put in the order of these words: bytes of a chunk that one gather takes, from and to; those
  // behind the last whole chunk.
  int64_t chunk_in, chunk_out, chunks, rest_in, rest_out; // chunk_in 0: they are in order
  unsigned gather_registers;
  uint64_t raw_pitch;              // of rows as they come; 0: they are put in order where they are
  bool among_rows;                 // the image comes to where rows of later blocks do
  uint64_t entries_at, gathers_at; // in the table
} PlaneSlabs;

typedef struct Planes {
  uint64_t bytes; // 0: there are none
  PlaneSlabs slabs;
  uint32_t axis_count, tap_count, level_count;
  uint32_t tap_axes[CONTRACTION_PARTS]; // axis_count: from plane to plane
  PlaneAxis axes[CONTRACTION_PARTS];
  PlaneStep pixels[CONTRACTION_PARTS], taps[CONTRACTION_PARTS]; // pixels: one for each axis
  PlaneStep levels[CONTRACTION_ITERATORS];                      // from plane to plane
  int64_t outer[CONTRACTION_ITERATORS]; // bytes in the scratchpad by which outer iterators move
  int64_t zeros;                        // where a missing value of k is read; -1: anywhere
  uint64_t index_bytes;                 // of a pixel's place in the table
  uint64_t taps_at, table_bytes;        // in the table: places of values of k, from the start of a plane on
  uint64_t load_cycles;                 // of a value of k for a block's pixels
} Planes;

typedef struct TilePlan {
  Window window;
  Planes planes;
  unsigned tile;                      // T
  unsigned shape_rows, shape_columns; // accumulators of a block
  unsigned block_rows, block_columns;
  bool whole;      // a block takes all accumulators: it begins when the one before has been drained
  unsigned unroll; // k words in one round of the inner loop
  unsigned lag;    // blocks between asking for data and using it
  StageLayout layouts[2];
  uint64_t pitches[2]; // bytes: between rows (STAGE_SUM), or between words of k
  uint64_t chunk;      // k in one pass
  uint64_t chunk_words;
  bool one_pass;          // holds only where k, known when the program runs, is no larger than `chunk`
  uint64_t blocks;        // row blocks in a group, which the panels of Y pass by
  uint64_t fewest_blocks; // where the number of rows is known only when the program runs
  uint64_t row_sets;      // groups whose rows have places of their own in the scratchpad
  uint64_t panels;        // panels of Y that have
  bool early;             // pieces of panels come so early that all steps of a panel can have one
  uint64_t panel;         // bytes
  uint64_t pieces;        // in which a panel of Y comes
  uint64_t piece;         // columns (STAGE_SUM) or words of k in a piece
  uint64_t piece_limit;   // where they follow from sizes of the run time
  uint64_t slot;          // bytes of a block of X
  uint64_t raw_slot_x, raw_slot_y; // bytes
  uint64_t result_pitch;
  uint64_t result_slot;
  uint64_t drained_pitch; // of BUFFER_DRAINED
  bool result_columns;    // results lie column by column
  bool result_joined;     // rows of C follow one another without a gap, and so do those of its blocks
  bool accumulates;       // some pass begins with old values
  unsigned beside;        // 1 + the number of the finish's load that comes block by block; 0: none
  SpmBuffer buffers[BUFFER_COUNT];
  uint64_t spm_bytes, spm_alignment;
  // estimate, in cycles
  uint64_t product_cycles, port_cycles, drain_cycles, vector_cycles, dma_cycles, extra_cycles, cycles;
} TilePlan;

// Chooses the plan with the least estimate; where sizes are known only at run time, one for large ones.
// False: not even the smallest blocks fit; `reason` says by how much.
// `one_pass`: one for sums that are short enough not to be cut, which is asked when the program runs.
bool plan_contraction(const Machine *machine, Contraction *contraction, bool one_pass, Arena *arena,
                      TilePlan *plan, const char **reason);

// How operands lie in the scratchpad (layouts), and whether results lie by columns. False: one lies
// otherwise.
bool contraction_choose_layouts(Contraction *contraction, TilePlan *plan, const char **reason);

// window.c: the image that X is, where k lies side by side and pixels are used again; false: it is none, or
// one whose lines are too large. `unroll`: the most words of k in a round.
bool window_find(const Machine *machine, Contraction *contraction, uint64_t block_rows, unsigned unroll,
                 Window *window);
// Cuts it into slabs of so many blocks of rows.
void window_cut(Window *window, uint64_t block_rows, uint64_t blocks);

// planes_slabs.c: the same where the image comes in slabs, and what a slab of so many panels is; false: there
// is none that the code could bring. Cycles to make words of a slab, and to put a block's rows in order.
bool planes_find_slabs(const Machine *machine, Contraction *contraction, Planes *planes);
bool planes_cut_slabs(const Machine *machine, Contraction *contraction, unsigned block_columns,
                      uint64_t panels, Planes *planes);
// Sets PlaneSlabs.pad: as small as it can be, or (`spread`) as small as spreads pixels best.
void planes_pad_slabs(const Machine *machine, Contraction *contraction, unsigned block_columns, bool spread,
                      Planes *planes);
uint64_t slabs_fetch_cycles(const Machine *machine, const Planes *planes);
uint64_t slabs_pack_cycles(const Machine *machine, const Planes *planes);
uint64_t slabs_order_cycles(const Machine *machine, const Planes *planes, uint64_t rows);

// planes.c: the image that Y is, of a contraction that contraction_gather_pixels has made; false: it is none,
// or one that is too large.
bool planes_find(const Machine *machine, Contraction *contraction, Planes *planes);
// What depends on the block's columns and on the words of k that are looked up.
void planes_size(const Machine *machine, Contraction *contraction, unsigned block_columns, uint64_t words,
                 Planes *planes);
// Cycles in which the DMA engine brings the image.
uint64_t planes_fetch_cycles(const Machine *machine, const Planes *planes);

// contraction.c: makes one of iterators that go on where others end since their strides have changed, and
// chooses the main ones again. False: there is no sum.
bool contraction_merge_again(Contraction *contraction);

// --- borders that are made (bordered.c)
// Makes the operand read a copy of its image with borders: then there are none. False: it has no such form,
// or does not fit.
bool bordered_image_plan(const Machine *machine, Contraction *contraction);
// Gives the copy its place in the function's scratchpad, `behind` what else is there.
void bordered_image_place(Target *target, const Contraction *contraction, uint64_t behind);

// --- zero points: with sums over k, sum((x - z) * y) = sum(x * y) - z * sum(y)

// The sums of one operand that the other's zero point is multiplied with, as a contraction with ones, and
// where the products go.
enum { SUM_BYTES = 4 };
typedef struct Correction {
  Contraction sums;
  TilePlan plan;
  int64_t lines;                        // sums of a product: one for each row or column
  int64_t count;                        // of all products, one product's behind the other's
  int64_t moves[CONTRACTION_ITERATORS]; // sums from one product to the next, for each outer iterator
  bool restarts;                        // the bias is the same for all products
  uint32_t slot;                        // in the frame, an i32 each
  uint32_t zero;                        // node of the i32, which is subtracted with each value
  bool negated;                         // it is added
  // The zero point of the operand that is summed, which is multiplied with the first one and the number of
  // values in a sum; NODE_NONE: nothing.
  uint32_t other_zero;
  bool other_negated;
  int64_t values;
  uint32_t bias; // access; EPILOGUE_NONE: none
} Correction;

// zero_point.c
// Plans the sums that a contraction with zero points needs, if it has any.
bool zero_point_plan(Target *target, Contraction *contraction, const char **reason);

// scale.c
// Whether the test that an epilogue needs can be made: of parameters whose number is known.
bool scale_is_testable(const Region *region, const Epilogue *epilogue);
// What the test takes: cycles.
int64_t scale_test_cycles(const Machine *machine, const Region *region, const Epilogue *epilogue);
// Writes the test in front of the region, and shifts as bytes to the frame, which are the parameter then.
// Adds to condition (i1; IR_NONE: nothing yet).
void emit_scale_test(Target *target, Contraction *contraction, IrValue *condition);

// value_test.c: whether the guards of a floating sum, which keep an operand within its edges, may be left out
// if a test allows it: fills c->values. Code in front of the nest that tests that, and adds to what must
// hold; its cycles, about.
bool value_test_find(Contraction *c, unsigned bordered);
void emit_value_test(Target *target, const Contraction *c, IrValue *condition);
uint64_t value_test_cycles(const Machine *machine, const Contraction *c);

// finish.c
// Whether the statement's value can be made on the vector unit of what the drain makes of the sums; `reason`:
// why not.
bool finish_match(const Target *target, const Region *region, const Statement *statement, const Access *sum,
                  SumTest *is_sum, Epilogue *epilogue, Finish *finish, const char **reason);
// Whether the vector unit has all of it, and its cycles.
bool finish_estimate(Target *target, Contraction *contraction, const char **reason);

struct Written; // written.h
struct Sized;   // sized.h
// What a contraction becomes. Where the length of the sum is known only when the program runs there is a form
// for sums of one pass, `sized` or `short_sums`, and one for any length, `plan`; without it longer sums stay
// with the scalar code. NULL: not there.
typedef struct ContractionForms {
  const TilePlan *plan;
  const TilePlan *short_sums;
  struct Sized *sized;
  const struct Written *written; // instead of all others
} ContractionForms;
// tile.c: the code. `condition`: when it may be used (i1), or IR_NONE.
bool emit_contraction(Target *target, Contraction *contraction, const ContractionForms *forms,
                      IrValue condition);

#endif
