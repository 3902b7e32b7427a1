// What the files of the vector mapping share. One loop of each nest becomes lanes: its iterations run side by
// side through everything within, inner loops included.
#ifndef KILN_TARGET_TENSOR_VECTOR_MAP_H
#define KILN_TARGET_TENSOR_VECTOR_MAP_H

#include "target/tensor/emitter.h"
#include "target/tensor/nest.h"
#include "target/tensor/raise/raise.h"

// A value as it is for all lanes, or a group with one element a lane.
typedef struct Operand {
  bool vector;
  IrValue value;
} Operand;

// A node's group that still holds.
typedef struct Emitted {
  uint32_t node;
  IrType type;
  IrValue mask;
  IrValue value;
  bool placed;      // of a load: the constant part of its place is a number
  int64_t constant; // which
  bool passed; // it was made in an earlier step of a loop that is written out: a load from the same place
} Emitted;

// What goes through buffers in the scratchpad while a loop runs, a tile of its iterations at a time: the
// accesses of an array that move alike. What they touch in a tile is a box: runs of bytes that lie side by
// side, and up to three dimensions of runs.
enum { STAGE_STREAMS = 12, STAGE_RING = 4, STREAM_DIMENSIONS = 3, STREAM_STRIDES = 16 };

// Strides of the accesses that are walked along one dimension of the box: multiples of its own.
typedef struct StreamStride {
  Quantity stride;
  uint32_t dimension; // 0: within the run; else 1 + index
  int64_t multiple;
} StreamStride;

typedef struct StreamDimension {
  Quantity stride; // in memory
  IrValue count;   // for one iteration of the loop
  IrValue pitch;   // in the buffer
  bool lanes;      // lanes lie along it: the pitch is an odd number of words
} StreamDimension;

typedef struct Stream {
  uint32_t array;
  uint32_t access; // one of its accesses
  bool reads, writes;
  bool resident;  // one buffer for the whole loop
  IrValue gaps;   // i1: not all of the bytes are written
  int64_t origin; // what the accesses' constants are counted from
  int64_t from;   // bytes that its accesses go through, counted as the constants are; INT64_MAX: not known
  int64_t to;
  const struct Stream *whole; // its runs alone, where those of all rows would not make a box; else NULL
  uint32_t stride_count;
  StreamStride strides[STREAM_STRIDES];
  Quantity step;     // that the loop's iterations are apart
  uint32_t own;      // the dimension that they go along; UINT32_MAX: none
  int64_t multiple;  // of its stride; own = 0: bytes
  IrValue low, high; // of the run in one iteration
  uint32_t count;    // of dimensions
  StreamDimension dimensions[STREAM_DIMENSIONS];
  IrValue place;   // among the tile's buffers; of what stays: in the stage's scratchpad
  IrValue slot;    // bytes of a buffer
  IrValue memory;  // address of the first iteration's first byte
  IrValue buffer;  // the current tile's
  IrValue shifted; // what accesses are counted from
} Stream;

typedef struct Stage {
  uint32_t iterator, loop;
  uint32_t count;
  Stream streams[STAGE_STREAMS];
  uint32_t *stream_of; // by access: stream + 1
  IrValue worth;       // i1: whether the loop is long enough and its tiles fit
  IrValue tile;        // iterations
  int64_t size;        // bytes of scratchpad
  int64_t pitch, slot; // from the buffers of a tile to those of the next one; bytes of them
  bool apart;          // these are different banks
  IrValue base;        // where they are
  uint32_t coming, coming_ring, newest, before; // variables: the last two are of transfers
} Stage;

// A store that is made when the next step has begun, so that the pipeline does not wait for its value.
typedef struct Deferred {
  bool keeps;              // the store that comes now is to be kept
  bool crowded;            // few registers are left while its value is made
  unsigned waits;          // instructions until it is made; 0: there is none
  uint32_t access;         // where to
  uint32_t loop;           // of which each iteration, or strip, has one
  uint32_t lanes;          // the lanes' loop within the one that was opened; UINT32_MAX: it is around
  uint32_t pairs;          // a loop of which two steps may be made at a time
  uint32_t value, address; // variables
  uint32_t length;         // a variable; UINT32_MAX: all have the same
} Deferred;

// An iterator times a stride of the run time, or what that is in a stream's buffers (vector/walk.c).
typedef struct Walk {
  const Stream *stream; // NULL: in memory
  uint32_t iterator;
  Quantity stride;
  IrValue step;
  uint32_t variable;
} Walk;

// A row that a transfer is to copy together with the one that comes after it.
typedef struct CopiedRow {
  enum { ROW_ALONE, ROW_FIRST, ROW_SECOND } which; // the row that comes now
  IrValue source, destination;
} CopiedRow;

// A loop around lanes whose steps all reduce into the same elements (vector/columns.c).
typedef struct Columns {
  uint32_t loop;    // UINT32_MAX: there is none
  IrValue from, to; // its iterations
} Columns;

// A total over the lanes.
typedef struct Total {
  uint32_t access; // what is accumulated
  uint8_t op;      // IrOp; IR_FMA sums products
  bool ordered;
  bool chosen;       // by comparisons
  bool unordered;    // FMAX, FMIN: whether an element was a NaN is kept, too
  bool replaces_nan; // FMAX, FMIN: a NaN at the start does not matter when there are numbers
  bool opens;        // the first strip gives what it begins with,
  bool single;       // and there is no other one
  IrValue length;    // of the groups
  IrType type;
  IrType lanes;      // of the only strip's elements, which are narrower and are widened as they are added up;
  bool lanes_signed; // IR_VOID: as the total
  uint32_t variable; // a group: partial totals, one a lane; ordered: its first element is the total
  uint32_t nan;      // a group: the largest bits of elements without their signs, shifted up by one
} Total;

// What the lanes made of it, without what was there before.
typedef struct RawTotal {
  IrValue value;
  IrValue bits; // unordered: the largest bits of an element, shifted up by one
} RawTotal;

// Those of the current loop of lanes.
typedef struct LaneLoop {
  VEC(Total) totals;
  bool choices; // largest and smallest elements by comparisons
} LaneLoop;

// Statements at the end of a loop's step that are made two steps later (vector/tail.c).
enum { TAIL_SCALARS = 4, TAIL_TOTALS = 2, TAIL_STEPS = 2 };
// What they need of a step, in variables.
typedef struct TailStep {
  uint32_t iterator;
  uint32_t kept[TAIL_SCALARS];
  uint32_t raw[TAIL_TOTALS], bits[TAIL_TOTALS];
} TailStep;
// The same of a step that was just made, of which totals are groups.
typedef struct TailValues {
  IrValue iterator;
  IrValue kept[TAIL_SCALARS];
  IrValue across[TAIL_TOTALS], bits[TAIL_TOTALS];
} TailValues;
typedef struct Tail {
  uint32_t loop;  // UINT32_MAX: there are none
  bool goes_on;   // a step adds to what the one before left
  IrValue from;   // the first iteration
  size_t first;   // item of its body
  uint32_t count; // scalars that are kept
  uint32_t arrays[TAIL_SCALARS];
  IrType types[TAIL_SCALARS];
  uint32_t lanes; // the loop whose totals are set with the step's tail; UINT32_MAX: there is none
  bool choices;
  uint32_t total_count;
  Total totals[TAIL_TOTALS];
  uint32_t across[TAIL_TOTALS], across_bits[TAIL_TOTALS]; // variables: of the step that is being made
  TailStep before[TAIL_STEPS];                            // the pair before
  TailStep odd;                                           // one behind all pairs
  bool half;                                              // the first step of a pair has been made
  TailValues half_made;                                   // which left this
} Tail;

// A table of bytes that is kept in registers.
enum { TABLE_PIECES = 4 };
typedef struct Table {
  uint32_t array;
  int64_t constant; // of the first element's offset
  int64_t count;    // elements
  IrValue invariant;
  unsigned lmul; // log2 of the registers of a piece
  uint32_t pieces;
  int64_t step; // bytes of a piece
  IrValue groups[TABLE_PIECES];
} Table;

// Cycles that the code takes that was written so far (vector/estimate.c).
typedef struct Estimate {
  bool known;                                // all sizes are constants
  unsigned ignored;                          // more than zero: what is written now hardly ever runs
  double times;                              // that it runs
  double lanes;                              // in a strip, on average
  double vector, load, store, issue, cached; // bytes; since the stage was begun
  double cycles, vectors, memory, dma, rest; // of the stages that ended
} Estimate;

// By node: the nodes that it needs whatever is chosen, with all of their bits or (low) with as many as it
// has.
typedef struct Needs {
  uint32_t count; // of nodes; 0: it is not known
  struct Bitset *whole, *low;
} Needs;

// Nodes of an expression that are scalars already: each is made once.
typedef struct ScalarNodes {
  IrValue *values; // by node; IR_NONE: not yet
  VEC(uint32_t) nodes;
  unsigned depth;
} ScalarNodes;

typedef struct Mapper {
  Emitter e;
  Region *region;
  uint32_t *iterators;    // by iterator: variable
  uint32_t *scalars;      // by array: variable of a scalar array
  bool *chosen;           // by loop: it becomes lanes
  bool *streamed;         // by loop: it stays scalar, and its data goes through the scratchpad
  struct Choice *choices; // by statement

  // Within such a loop
  uint32_t lane;     // its iterator; UINT32_MAX: none
  bool *varies;      // by node: not the same for all lanes
  bool *reads;       // by node: reads memory,
  bool *masked;      // which may only be read in those lanes that need it
  uint32_t *uses;    // by node: of other nodes and statements
  Range *ranges;     // by node: of integers; NULL: not known
  uint32_t unrolled; // the outermost loop that is being written out; UINT32_MAX: none
  IrValue *waiting;  // by array, of scalar ones: half of a pair of what is to be added; IR_NONE: nothing
  unsigned *groups;  // by node: that are alive while it is made
  IrValue *ready;    // by node: a scalar that was computed before the loop; IR_NONE: none
  ScalarNodes made;  // of the scalar expression that is being made
  Needs needs;
  unsigned ratio; // log2 of SEW / LMUL
  IrValue length; // vl
  VEC(Emitted) emitted;
  VEC(Emitted) held; // the same in all steps of the loop whose store is late
  VEC(Table) tables;
  VEC(Walk) walks;
  Estimate estimate;
  uint32_t
      copied; // variable: id of the newest of the transfers that copy rows; UINT32_MAX: there are none now
  CopiedRow first_row; // the first one of a pair that one transfer copies
  uint32_t kept;       // without lanes: a node that was computed by the statement before; NODE_NONE: none
  IrValue kept_value;
  LaneLoop *totals;
  Deferred deferred;
  Tail tail;
  uint32_t full;    // a lanes' loop whose current strips are as long as can be; UINT32_MAX: there is none
  uint32_t swapped; // a lanes' loop, of which a strip goes through the loops around (vector/swap.c);
                    // UINT32_MAX: none does
  IrValue strip;    // its vl
  Columns columns;
  uint32_t begun;  // the function's operations before its code
  bool limited;    // it was too long for some form (vector/growth.c)
  unsigned staged; // loops that go through the scratchpad
  unsigned moved;  // nests that are transfers
  Stage *stage;    // NULL: data is where it is
  bool unstaged;   // loops that are written now go through the caches
  bool unmoved;    // nests that are written now are not made transfers of
  bool local;      // what it works on is in the scratchpad, or is little (vector/block.c)
} Mapper;

// vector/map.c
// Writes statements and loops.
void map_body(Mapper *m, const Item *items, size_t count);
// All iterations of the loop, at least one, without lanes where there are none around.
void map_as_written(Mapper *m, uint32_t loop);
bool has_lanes(const Mapper *m, uint32_t loop); // in the loop or within
// Whether the loop is one strip of lanes, and nothing else: its statements are made once.
bool is_one_strip(Mapper *m, uint32_t loop);
// Forgets the scalars that were computed before a lanes' loop.
void forget_ready(Mapper *m);

// vector/growth.c
// Whether something may be written more than once: the nest's code is not too long yet.
bool may_grow(Mapper *m);
// Whether so many iterations may be written out, with those of the loops in it.
bool may_be_written(Mapper *m, const Loop *loop, int64_t iterations);
// Remarks that the code became too long for some form.
void growth_report(const Mapper *m);

// vector/region.c
Mapper mapper_of(const Emitter *e, Region *region);
void mapper_free(Mapper *m);
// Chooses the lanes of all nests: their cycles, about.
double vector_choose(Mapper *m);
// Makes the variables of iterators and scalars; false: there are too many.
bool vector_start_variables(Mapper *m);

// vector/implied.c
// Takes assumptions out that hold in any case, or where there are enough lanes. True: some by that.
bool drop_implied(Mapper *m);

// vector/sizes.c
// Tells the emitter what is known of the extents of loops where the version is taken. `enough`: that there
// are enough lanes was tested.
void vector_know_sizes(Mapper *m, bool enough);

// vector/choose.c
typedef VEC(uint32_t) StatementList;
// The statements in a loop and the loops within; *loops grows by their number.
void collect_statements(const Region *region, uint32_t loop, StatementList *out, uint32_t *loops);
bool is_scalar_access(const Region *region, uint32_t access);
bool statement_reads(const Region *region, const Statement *s, uint32_t array);
// Whether all lanes reduce into one element.
bool is_total(const Mapper *m, const Statement *s);
// The cheapest way for the loop and all within, whose cycles it gives; chosen[] says which loops are lanes.
double choose_lanes(Mapper *m, uint32_t loop);
// Finds the loops without lanes that wait for memory more than for what they compute, beside lanes only those
// of constant length; false: there are none.
enum { LEAST_LANES = 12, LEAST_STREAMED = 512 }; // iterations
bool choose_streamed(Mapper *m, bool lanes);
bool has_streamed(const Mapper *m, uint32_t loop); // in the loop or within
// Finds how many groups each node needs; after vector_analyze.
void vector_count_groups(Mapper *m);
// Whether a loop around the region counts the loop's iterations, so that it runs again and again, with few of
// them at times.
bool is_of_triangle(const Region *region, uint32_t loop);
// Makes the ratio of SEW and LMUL fit the statements.
void choose_ratio(Mapper *m, const StatementList *list);

// vector/width.c
// Whether the low bits of the result come from the low bits of the operands alone.
bool node_is_modular(const Node *node);
// Whether it compares the iterator of the lanes with what is the same for all of them, so that numbers of
// lanes are enough, however wide it is.
bool node_compares_places(const Mapper *m, const Node *n);
// The widest element (bits) that the node needs, and how many groups are alive at most. `masked`: it is made
// under a mask.
unsigned vector_widest(const Mapper *m, uint32_t node, bool masked);
// Whether a node takes a bounded number of instructions: choices within each other multiply what they read.
bool vector_is_short(const Mapper *m, uint32_t node);

// vector/common.c
// Finds the nodes that both sides of a choice (as `type`, all of them) need whatever else they choose:
// outermost ones. `branch`: one side or the other is made behind it; else each under a mask. Returns how
// many.
enum { COMMON_NODES = 8 };
uint32_t common_of_choice(const Mapper *m, const Node *choice, IrType type, bool branch, uint32_t *common);
Needs needs_of_nodes(const Region *region);

// vector/node.c, vector/scalar_node.c
// Whether a node can be a group (or a mask).
bool vector_supports(const Mapper *m, uint32_t node);
// Finds what varies with an iterator.
void vector_analyze(Mapper *m, uint32_t lane);
Operand vector_node(Mapper *m, uint32_t node, IrValue mask);
// The node's low bits.
Operand vector_node_as(Mapper *m, uint32_t node, IrType type, IrValue mask);
IrValue vector_of(Mapper *m, Operand operand, IrType type);
IrValue vector_mask(Mapper *m, uint32_t node, IrValue mask);
IrValue scalar_node(Mapper *m, uint32_t node);
// The value in the current iteration (of the first lane).
IrValue affine_value(Mapper *m, const Affine *affine);
IrValue access_address(Mapper *m, const Access *access);
Quantity lane_stride(const Mapper *m, const Affine *affine);

// vector/known.c
// The group that the node is already; IR_NONE: it has to be made.
IrValue known_group(const Mapper *m, uint32_t node, IrValue mask);
// The same of its low bits in another type, or of its mask (IR_I1).
IrValue known_as(const Mapper *m, uint32_t node, IrType type, IrValue mask);
void known_add(Mapper *m, uint32_t node, IrType type, IrValue mask, IrValue value);
// Begins another step of a loop that is written out: of the groups, those loaded last stay known by their
// places.
void known_pass_step(Mapper *m);
// Forgets nodes that read the array.
void known_forget(Mapper *m, uint32_t array);

// vector/bits.c
// IR_CTPOP, IR_CTLZ, IR_CTTZ or IR_BSWAP of a group.
IrValue vector_bits(Mapper *m, IrOp op, IrType type, IrValue x);

// vector/prepare.c
// Computes what takes long and is the same in all iterations of the loop and those within, and loads that
// are, once before it.
void vector_prepare(Mapper *m, uint32_t loop, const Statement *s);

// vector/widen.c
// How often statements' values use each node.
void vector_count_uses(Mapper *m);
// The value of an integer operation that an instruction makes of narrower operands, or of a product that it
// adds; false: there is no such instruction.
bool vector_widening(Mapper *m, const Node *n, IrValue mask, Operand *result);

// vector/table.c
// Adds to the condition (i1; IR_NONE: nothing yet) what must hold for the tables to be read as a whole.
void tables_require(Mapper *m, IrValue *condition);
// Loads the tables of a lanes' loop.
void tables_load(Mapper *m, uint32_t loop);
// What a load takes from a table that is there.
bool table_gather(Mapper *m, const Node *n, IrValue mask, IrValue *result);

// vector/narrow.c
// Loaded numbers that are assumed to be shifts into the upper half of a product of 64 bits, with something
// left to round: from LEAST_ASSUMED to MOST_ASSUMED.
enum { LEAST_ASSUMED = 33, MOST_ASSUMED = 63 };
typedef VEC(uint32_t) AssumedShifts; // accesses
// Makes integers of the statements' values as narrow as their ranges allow, which it gives by node; NULL:
// there are too many nodes. With `assumed` the values are right where all these loads are such shifts.
Range *vector_narrow(Region *region, AssumedShifts *assumed);

// vector/partial.c
// Whether the loop's iterations from .. to - 1 are one sum of narrow integers, a wide one a lane: they are
// added up in 16 bits for as long as that is exact.
bool map_partial_sums(Mapper *m, const Loop *loop, IrValue from, IrValue to);
// Puts what the statement reduces together with what waits for a second one; false: it is not to be done so.
// add_waiting ends this behind the loop.
bool pair_up(Mapper *m, const Statement *s);
void add_waiting(Mapper *m, uint32_t loop);

// vector/fixed.c
// i1: what was assumed holds for all elements that the loops take.
IrValue shifts_hold(Mapper *m, const AssumedShifts *assumed);
// Whether that can be asked for: elements side by side, one for each iteration of a loop of lanes.
bool shifts_are_testable(const Mapper *m, const AssumedShifts *assumed);
// Whether there are fixed-point instructions in the region, which need their rounding set.
bool rounds_in_vectors(const Region *region);
void set_rounding(Builder *b);
IrValue fixed_point_scalar(Mapper *m, uint32_t node);
IrValue fixed_point_group(Mapper *m, uint32_t node, IrValue mask);

// vector/emit.c: instructions on groups of the current ratio.
unsigned type_bits(IrType type);
IrType vector_group_type(const Mapper *m, IrType element);
IrValue vector_op(Mapper *m, IsaOp op, IrType element, uint32_t count, const IrValue *operands);
// The same giving a mask.
IrValue vector_compare(Mapper *m, IsaOp op, IrType element, uint32_t count, const IrValue *operands);
IrValue vector_op_length(Mapper *m, IsaOp op, IrType result, VectorConfig config, IrValue length,
                         uint32_t count, const IrValue *operands);
VectorConfig vector_config(const Mapper *m, IrType element);
// A scalar as an instruction's operand: a whole register.
IrValue vector_scalar(Mapper *m, IrValue scalar);
IrValue vector_splat(Mapper *m, IrType element, IrValue scalar);
IrValue vector_load(Mapper *m, const Access *access, IrValue mask);
// The low bits of what it loads.
IrValue vector_load_as(Mapper *m, const Access *access, IrType type, IrValue mask);
// Elements at offsets without sign, of the type, from the access's own place on.
IrValue vector_gather(Mapper *m, const Access *access, IrValue index, IrType type, IrValue mask);
void vector_store(Mapper *m, const Access *access, IrValue value, IrValue mask);
// Makes the store that was kept.
void vector_store_deferred(Mapper *m);
// op on two operands, at least one of them a group; IR_NONE: there is no such instruction.
IrValue vector_binary(Mapper *m, IrOp op, IrType element, Operand x, Operand y);
bool vector_has_binary(IrOp op, IrType element);
// What a product is added to, rounding once: a group, or (IR_NONE) a node; and which of the two are negated.
typedef struct FusedSum {
  IrValue group;
  uint32_t node;
  bool negated, product_negated;
} FusedSum;
IrValue vector_fused(Mapper *m, IrType type, uint32_t x, uint32_t y, FusedSum sum, IrValue mask);
// The node that is negated, if it is one; *negated changes each time.
uint32_t vector_without_sign(const Mapper *m, uint32_t node, bool *negated);
IrValue mask_and(Mapper *m, IrValue x, IrValue y);     // IR_NONE: all
IrValue mask_without(Mapper *m, IrValue x, IrValue y); // x and not y

// vector/layout.c
// Whether what the loop touches can go through the scratchpad, and how.
bool stage_find(Mapper *m, uint32_t loop, Stage *stage);
bool stage_has_dma(const Mapper *m);
// By how many bytes of the run, or how many runs, an iteration goes on, forwards or backwards.
int64_t stream_advance(const Stream *stream);
// The run's bytes in so many iterations, and how often a dimension repeats.
IrValue stream_run(Mapper *m, const Stream *stream, IrValue iterations);
IrValue stream_count(Mapper *m, const Stream *stream, uint32_t dimension, IrValue iterations);
// Where an access's element lies in the current tile's buffer.
IrValue stream_address(Mapper *m, const Stream *stream, const Affine *affine);
// The step in the buffer for a step of the iterator.
IrValue stream_coefficient(Mapper *m, const Stream *stream, Quantity stride);
// Whether the iterator's loop is inside of the other one.
bool iterator_within(const Region *region, uint32_t iterator, uint32_t loop);

// vector/stage.c: writes the loop; `strips` writes what handles iterations from .. to - 1 (at least one).
typedef void StageStrips(Mapper *m, IrValue from, IrValue to, void *context);
void stage_loop(Mapper *m, Stage *stage, IrValue extent, StageStrips *strips, void *context);
// The stream that an access goes through; NULL: none.
const Stream *stage_stream(const Mapper *m, const Access *access);

// vector/hold.c: elements of memory that inner loops add to become scalars.
void hold_elements(Region *region);

// vector/carried.c: what scalars hand on from iteration to iteration is loaded again.
void load_carried(Region *region);

// vector/join.c: statements that add to the same element become one.
void join_sums(Region *region);

// vector/choice.c: largest and smallest elements that are chosen by comparisons.
typedef struct Choice {
  bool matches;
  bool entered;
  bool unordered;    // NaN elements matter
  bool replaces_nan; // any number takes the place of a NaN
  Statement form;    // as a reduction, and while that stands in its place the statement itself
} Choice;
void choices_find(Mapper *m);
// When some of the statements are such choices, of elements that are the same for all lanes, and all others
// may run once more: puts reductions in their places.
bool choices_enter(Mapper *m, const uint32_t *statements, size_t count);
void choices_leave(Mapper *m, const uint32_t *statements, size_t count);

// vector/copy.c
// Whether the nest does nothing but copy rows that loaded numbers choose, so that transfers do it: copy_row
// starts that of the lanes' loop, between copies_begin and copies_end. *condition (i1): whether they are
// worth it, and do not overlap.
bool copies_rows(Mapper *m, uint32_t nest, IrValue *condition);
// Two rows of the loop's steps, where these have nothing else in them, are copied by one transfer.
bool copies_pairs(const Mapper *m, uint32_t loop);
void copies_begin(Mapper *m);
void copy_row(Mapper *m, uint32_t loop);
void copies_end(Mapper *m);

// vector/move.c
// Writes a nest that only copies or fills as transfers, beside what `other` writes for where that is not
// worth it; false: it is no such nest, and nothing is written.
typedef void MapOther(Mapper *m, uint32_t nest);
bool map_moves(Mapper *m, uint32_t nest, MapOther *other);

// vector/estimate.c
// A loop of so many iterations, `share` of them each time: how often the code outside of it runs, for
// estimate_leave.
double estimate_enter(Mapper *m, IrValue extent, double share);
double estimate_strips(Mapper *m, IrValue extent);
void estimate_leave(Mapper *m, double before);
void estimate_instruction(Mapper *m, IsaOp op, VectorConfig config, IrValue length);
void estimate_function(Mapper *m, double cycles_of_group);
// What was counted before the stage, for its end.
Estimate estimate_begin_stage(Mapper *m);
void estimate_end_stage(Mapper *m, const Stage *stage, IrValue extent, Estimate before);
// A transfer between two places in DRAM.
void estimate_transfer(Mapper *m, IrValue bytes, bool starts);
// A transfer of which one or both sides are in DRAM.
void estimate_move(Mapper *m, const DmaBox *box, unsigned sides);
void estimate_report(const Mapper *m, NestReport *nest);

// vector/late.c
// How many lanes each strip of the loop has, where that is the same number for all of them and known; else 0.
int64_t strip_length(Mapper *m, uint32_t lanes);
// The statement in the loop that alone writes memory, always and all of its elements, which nothing reads
// there, where it stands in the lanes' loop itself and the loops from this one to there have nothing else in
// them; NULL: it is not so.
const Statement *late_store(const Mapper *m, uint32_t loop, uint32_t lanes);
// Opens a loop whose one store is made late: from here on stores are kept until late_close. The variable of
// the loop's iterator says its first iteration. late_open: the first store that is made is of no value, at a
// place where another follows; late_open_strips: the first step has to be made before any that late_begin
// begins.
bool late_open(Mapper *m, uint32_t loop);
bool late_open_strips(Mapper *m, uint32_t loop);
// Whether the strips that are as long as can be, of a loop whose length only the run time knows, are to be
// made in pairs.
bool late_in_full_pairs(const Mapper *m, uint32_t loop);
// Computes what is the same in all steps of the loop, around a single strip of lanes, before it.
void late_hold(Mapper *m, uint32_t loop);
// Whether iterations from .. to - 1 are certainly pairs of so many each.
bool has_pairs(const Mapper *m, uint32_t loop, IrValue from, IrValue to, int64_t step);
// Whether two steps are to be made at a time.
bool late_in_pairs(const Mapper *m, uint32_t loop, IrValue from, IrValue to, int64_t step);
// The same where strips go around the loop: of any number of steps.
bool late_in_swapped_pairs(const Mapper *m, uint32_t loop);
// Begins a step of the loop, in which the store of the step before is made: at the latest where it settles,
// before control goes different ways.
void late_begin(Mapper *m, uint32_t loop);
void late_end(Mapper *m, uint32_t loop);
void late_settle(Mapper *m);
void late_close(Mapper *m);

// vector/swap.c
// The lanes' loop within this one whose strips can go around it; UINT32_MAX: there is none.
uint32_t swap_lanes(Mapper *m, uint32_t loop);
// i1: whether that pays for iterations from .. to - 1.
IrValue swap_worth(Mapper *m, uint32_t loop, uint32_t lanes, IrValue from, IrValue to);
// Makes these iterations of the loop strip by strip, each by `steps`.
void swap_strips(Mapper *m, uint32_t loop, uint32_t lanes, IrValue from, IrValue to, StageStrips *steps);

// vector/columns.c
// The lanes' loop in this one of which a strip can stay in registers while this one's steps go by;
// UINT32_MAX: there is none.
uint32_t columns_within(Mapper *m, uint32_t loop);
// The steps of columns.loop for a strip of lanes.
void columns_strip(Mapper *m, const Loop *lanes);

// vector/tail.c
// Opens a loop of pairs of steps that end with stores of what totals make, if this is one: tail_step stands
// at the end of each step, and makes those of the pair before at the end of a pair's second one; tail_close
// makes the last ones, behind the last pair; tail_end ends it. The iterator's variable says its first
// iteration.
bool tail_open(Mapper *m, uint32_t loop);
void tail_step(Mapper *m);
void tail_keep_odd(Mapper *m);
void tail_close(Mapper *m);
void tail_close_odd(Mapper *m);
void tail_end(Mapper *m);
// Whether the loop's totals are set in the tail: then these, which are groups, are kept for it.
bool tail_keeps_totals(Mapper *m, uint32_t loop, const LaneLoop *lanes, const RawTotal *across);

// vector/walk.c
// Begins to keep what the loop's accesses have by its iterator, which begins with `from`; walks_step: when
// the iterator has grown by one; walks_close: with what walks_open gave.
size_t walks_open(Mapper *m, uint32_t loop, IrValue from);
void walks_step(Mapper *m, uint32_t loop);
void walks_close(Mapper *m, size_t before);
IrValue walk_value(const Mapper *m, const Stream *stream, uint32_t iterator,
                   Quantity stride); // IR_NONE: none

// vector/reduce.c
bool total_supported(const Region *region, const Statement *s);
void total_start(Mapper *m, Total *total, IrValue initial);
void total_add(Mapper *m, Total *total, const Statement *s, IrValue mask);
// The first elements of these groups are what total_raw gives.
RawTotal total_across(Mapper *m, const Total *total);
RawTotal total_raw(Mapper *m, const Total *total, RawTotal across);
// One that makes no difference that would have to be looked at.
RawTotal total_raw_of_none(Mapper *m, const Total *total);
// i1: an element of an unordered total was a NaN.
IrValue total_met_nan(Mapper *m, const Total *total, RawTotal raw);
// The whole total.
IrValue total_of_raw(Mapper *m, const Total *total, IrValue initial, RawTotal raw);
// The group `old` with the statement's value.
IrValue vector_reduced(Mapper *m, const Statement *s, IrType type, IrValue old, IrValue mask);
IrValue scalar_reduce(Mapper *m, const Statement *s, IrType type, IrValue old);

// i1: the scalar loop may give other bits than the total `value` that began with `initial`.
IrValue choice_depends_on_order(Mapper *m, const Total *total, IrValue initial, IrValue value, RawTotal raw);

// vector/totals.c
Total *totals_find(Mapper *m, uint32_t access); // of the current loop of lanes; NULL: there is none
// Whether one of them begins with the strip that comes now.
bool totals_wait(const Mapper *m);
void totals_start(Mapper *m, uint32_t loop, const StatementList *list);
// Puts them together behind the loop, and sets them or leaves that to the tail.
void totals_end(Mapper *m, uint32_t loop, const StatementList *list);
// Those of a loop.
typedef struct Totals {
  const Total *totals;
  size_t count;
  bool choices; // where their order may matter the loop as it is written finds them
  uint32_t loop;
} Totals;
// What they become; the value (i1, IR_NONE: never): their order may matter.
IrValue totals_values(Mapper *m, const Totals *of, const RawTotal *raw, IrValue *values);
void totals_set(Mapper *m, const Totals *of, const RawTotal *raw);

#endif
