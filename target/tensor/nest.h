// Loop nests as the tensor compiler sees them: what raising makes of a function's loops, and what mapping
// reads.
//
// A region is a part of a function with one entry and one exit whose only effects are the stores described
// here. It is a tree: a body is a sequence of loops and statements in the order of execution. Everything in
// it is exact: a region that would only nearly say what the code does is not made.
#ifndef KILN_TARGET_TENSOR_NEST_H
#define KILN_TARGET_TENSOR_NEST_H

#include "target/internal.h"

// A number that does not change within the region: a value of type i64 that is available before it, or, with
// value = IR_NONE, a constant.
typedef struct Quantity {
  IrValue value;
  int64_t constant;
} Quantity;

typedef struct AffineTerm {
  uint32_t iterator;
  Quantity coefficient;
} AffineTerm;

// constant + invariant + the sum of coefficient * iterator. At most one term an iterator, by rising iterator.
typedef struct Affine {
  int64_t constant;
  IrValue invariant; // i64; IR_NONE: nothing
  uint32_t count;
  AffineTerm *terms;
} Affine;

// An iterator counts 0, 1, ... extent - 1, whatever the loop in the code counted. An extent of 0 or less: no
// iteration.
typedef struct Iterator {
  Quantity extent;
  uint32_t loop;   // index of the loop in Region.loops
  uint32_t header; // the IR block that headed it
  bool entered;    // there is at least one iteration
  int64_t most;    // iterations at most, of an extent of the run time; 0: that is not known
} Iterator;

typedef enum ArrayKind {
  ARRAY_MEMORY, // memory that others may see
  ARRAY_SCALAR, // no memory: a value carried by a phi or passed between statements, one for each
                // iteration of the loops that its accesses have terms for (strides count elements)
} ArrayKind;

typedef struct Array {
  uint8_t kind;
  IrValue base;    // i64 address, available before the region; IR_NONE for ARRAY_SCALAR
  uint32_t object; // arrays of different objects are known not to overlap; 0: unknown object
  bool written;
  bool constant; // memory that never changes
  int64_t size;  // bytes, where known; else -1
  bool expanded; // a local one to which expand.c has given an element for each iteration
} Array;

enum { NODE_NONE = UINT32_MAX };

// Element of an array: its type, and where it lies in bytes from the array's base (ARRAY_SCALAR: in elements;
// the type may then be any).
typedef struct Access {
  uint32_t array;
  IrType type; // as in memory: IR_I8, IR_I16, IR_I32, IR_I64, IR_HALF, IR_BFLOAT, IR_FLOAT, IR_DOUBLE
  Affine offset;
  uint32_t index; // node of an i64 that is added to the offset (a gather or scatter); NODE_NONE: nothing
  // Where it is made only in part of the iterations, or its index is computed (padding.c, clip.c): the first
  // byte that is, and the one behind the last, from base and invariant on.
  bool clipped;
  int64_t low, high;
  bool early; // a value of the region was loaded from there before it, which it must not write
} Access;

// Nodes of expressions: operations of the SSA form (IR_ADD ... with type, aux and flags as there), and these
// leaves. IR_SELECT is lazy: what it does not choose is not computed, so that loads there may lie outside of
// their arrays where they are not chosen.
typedef enum NodeKind {
  NODE_OPERATION,
  NODE_LOAD,        // access
  NODE_CONSTANT,    // imm: as IR_CONST, or the bits as IR_FCONST
  NODE_VALUE,       // value: available before the region
  NODE_ITERATOR,    // index: the iterator's number, an i64
  NODE_FIXED_POINT, // index: the instruction of the vector unit (IsaOp), rounding half up; made by the vector
                    // mapping alone
  NODE_CALL,        // index: the IR call it was made of, to a library function without effects; operands: its
                    // arguments
} NodeKind;

typedef struct Node {
  uint8_t kind;
  uint8_t op; // IrOp
  IrType type;
  uint8_t aux;   // predicate of comparisons
  uint8_t flags; // IR_CONTRACT, ...
  uint8_t operand_count;
  bool certain;         // NODE_LOAD: made in each iteration of the loops around it, whatever holds there
  uint32_t operands[3]; // nodes
  uint32_t index;       // NODE_LOAD: of Region.accesses; NODE_ITERATOR: iterator; NODE_VALUE: IrValue
  int64_t imm;
} Node;

static inline bool is_operation(const Node *node, IrOp op) {
  return node->kind == NODE_OPERATION && node->op == op;
}

// target := value, or with a reduction target := op(target, value); executed where all guards are >= 0 and
// the condition holds.
typedef struct Statement {
  uint32_t target;   // access
  uint32_t value;    // node
  uint8_t reduction; // IrOp (ADD, FADD, MUL, SMIN, ..., AND, OR, XOR), or IR_OP_COUNT. IR_FMA: target :=
                     // fma(x, y, target), value is the product's node (an FMUL that is not rounded)
  bool reassociable; // the order of a floating reduction is free
  uint32_t guard_count;
  Affine *guards;
  uint32_t condition; // node of type i1; NODE_NONE: always
  IrValue source;     // the store, or the phi, that it was made of: for remarks
} Statement;

typedef struct Item {
  bool loop;
  uint32_t index; // of Region.loops or Region.statements
} Item;

typedef struct Loop {
  uint32_t iterator;
  uint32_t parent; // index of Region.loops; UINT32_MAX: the region's body
  VEC(Item) body;
} Loop;

// A value that is computed in the region and used behind it: the element of a scalar array, with no
// iterators.
typedef struct LiveOut {
  IrValue value;
  uint32_t access;
} LiveOut;

// A part of the function's scratchpad frame.
typedef struct RegionPart {
  uint64_t offset, size; // bytes
} RegionPart;
enum { REGION_PARTS = 24 };

typedef struct Region {
  Arena *arena;
  Function *function;
  uint32_t before; // block that jumps to the region; new values that it needs are appended to it
  uint32_t entry;  // first block of the region
  uint32_t after;  // the block that follows
  VEC(Iterator) iterators;
  VEC(Loop) loops;
  VEC(Item) body;
  VEC(Statement) statements;
  VEC(Access) accesses;
  VEC(Array) arrays;
  VEC(Node) nodes;
  VEC(LiveOut) live_outs;
  VEC(IrValue) again; // values that are used behind the region, but made there again of what was before it
  VEC(IrValue)
  assumptions; // of type i1, available before: the region says what the code does only where all
               // hold (bounds that are not negative, loops that are entered). region_disjoint has them.
  NestReport *report; // what it becomes, filled by what maps it
  uint32_t wanted;    // set by a visitor that wants fewer nests
  bool whole;         // no iterator is to be divided by what only the run time knows
  bool divided;       // one is
  // What its code has of the scratchpad, all of it, where the code says so: 1 .. REGION_PARTS.
  uint32_t part_count;
  RegionPart parts[REGION_PARTS];
} Region;

// raise.c: finds the regions of a function, outermost and largest first, and hands each to `visit` as soon as
// it is made, so that it may be replaced by other code before the next is looked for. Where visit returns
// false, the parts of the region are tried. Nests that cannot be raised give a remark with the reason. Values
// for strides and extents are appended to the blocks before.
// region->wanted, where it is not 0, says how many nests from the first on are tried next.
typedef bool RegionVisitor(Target *target, Region *region, void *context);
void raise_regions(Target *target, Function *function, RegionVisitor *visit, void *context);

// affine.c: constants are compared by number, values by identity.
bool quantities_equal(Quantity x, Quantity y);
bool quantity_is_zero(Quantity x);
// Whether it is a negative number, or made as the opposite of another one.
bool quantity_looks_negative(const Function *f, Quantity x);
// Whether the iterator has a term (its coefficient may be a value that turns out as 0).
bool affine_has(const Affine *affine, uint32_t iterator);
// What the expression grows by with each step of the iterator; the constant 0 where it has no term.
Quantity affine_coefficient(const Affine *affine, uint32_t iterator);
bool affines_equal(const Affine *x, const Affine *y);

// A whole number as a sum of multiples of values: sizes that only the run time knows are computed anew, and
// in other ways, for each access.
enum { SUM_VALUES = 6 };
typedef struct WholeSum {
  uint32_t count; // more than SUM_VALUES: too many
  IrValue values[SUM_VALUES];
  int64_t multiples[SUM_VALUES];
  int64_t constant;
} WholeSum;
// Adds a multiple of a value, taken apart as far as sums and constant factors go.
void whole_sum_add(const Function *f, WholeSum *sum, IrValue x, int64_t multiple);
bool whole_sum_is_zero(const WholeSum *sum);

// nest.c: a text form, for tests, -print-after and remarks.
void region_print(Text *out, const Target *target, const Region *region);

// nest.c: the body of a loop, or (UINT32_MAX) the region's own; an item is taken out, or put in.
typedef struct Body {
  Item *items;
  size_t count;
  uint32_t loop;
} Body;
Body body_of(Region *region, uint32_t loop);
void body_remove(Region *region, uint32_t loop, size_t at);
void body_insert(Region *region, uint32_t loop, size_t at, Item item);

// nest.c: notes a part of the scratchpad.
void region_part(Region *region, uint64_t offset, uint64_t size);

// nest.c: whether a statement is in the region's tree, from which fusion takes some out.
bool region_has_statement(const Region *region, uint32_t statement);

// dependence.c
// Whether iterations of a loop may run in any order and at once, given that different arrays do not overlap.
// Reductions into an element do not count against it when `reductions` is true.
bool loop_is_parallel(const Region *region, uint32_t loop, bool reductions);
// Whether iterations of a loop hand nothing on in memory, only in scalars.
bool loop_carries_scalars(const Region *region, uint32_t loop);
// Whether arrays that begin with these addresses, in objects (Array.object), are known not to overlap.
bool objects_apart(const Function *f, IrValue x, uint32_t object_x, IrValue y, uint32_t object_y);
// How two items of a loop's body hang together, the first before the second.
typedef enum ItemsRelation {
  ITEMS_FREE,    // not at all
  ITEMS_ORDERED, // in the same iteration, in memory
  ITEMS_TIED,    // in scalars, or in other iterations
} ItemsRelation;
ItemsRelation items_relation(const Region *region, uint32_t loop, const Item *first, const Item *second);
// The most iterations that the loop can have, as far as the sizes of the arrays that it goes through tell; a
// very large number: they do not.
int64_t loop_limit(const Region *region, uint32_t loop);
// The same where strides or extents of the run time may have to be compared: loop_require_parallel appends
// code for that to region->before, and adds it to condition (i1; IR_NONE: nothing yet).
bool loop_may_be_parallel(const Region *region, uint32_t loop, bool reductions);
void loop_require_parallel(Region *region, uint32_t loop, IrValue *condition);
// Code that computes whether all arrays that the region writes lie apart from all its other arrays (those
// that are not known to) and the assumptions hold: an i1, or IR_NONE when nothing needs to be checked. It is
// appended to region->before. False: it cannot be computed.
bool region_disjoint(Region *region, IrValue *condition);
// Whether it asks which bytes accesses of the array go through: its size is not known, nor is it known to lie
// apart from another one.
bool array_needs_bounds(const Region *region, uint32_t array);

// fuse.c
// Makes one of loops that follow one another where iteration for iteration can run together, and takes out
// memory through which only they hand values to one another. The region then does what it did, but its
// statements are in another order.
void region_fuse(const Target *target, Region *region);

// distribute.c
// Cuts loops whose bodies have parts that do not need one another's iterations into loops of their own. Gives
// what undoes it; NULL: no loop was cut.
typedef struct Undistributed Undistributed;
const Undistributed *region_distribute(Region *region);
void region_undistribute(Region *region, const Undistributed *before);

// clip.c: finds which bytes accesses under conditions, and those with an index, go through, of arrays that
// need bounds.
void clip_accesses(Region *region);

// edges.c: what guards of sizes that only the run time knows leave of the bytes, from *low to *high, that an
// access goes through without them. Code for it is appended to the builder's block.
void narrow_bounds(const Region *region, Builder *b, uint32_t access, IrValue *low, IrValue *high);

// temporary.c
// What an address was made from by adding constants and aligning it.
IrValue address_origin(const Function *f, IrValue address);
// Whether nothing reads what the region leaves in an array: the region need not write it, where it reads only
// what it has written itself.
bool region_array_dies(const Target *target, const Region *region, uint32_t array);

// version.c
// Adds the region's blocks, those of its scalar code, to a set.
void region_blocks(const Region *region, Bitset *inside);
// Puts a second version beside the region: returns a builder in an empty block that is reached from `before`
// when condition (i1; IR_NONE: always) holds; the scalar blocks stay for the other case, or go when there is
// no condition.
Builder region_open(Region *region, IrValue condition);
// What `before` computes from its instruction number `at` on is computed only where this condition holds;
// else the scalar code is taken at once. `before` is then the block that computes it.
void region_test_first(Region *region, uint32_t at, IrValue condition);
// Ends the second version where `builder` stands: it continues behind the region. `live_outs` are the values
// of region->live_outs, in order.
void region_close(Region *region, Builder *builder, const IrValue *live_outs);

// raise.c: frees what a region has outside of its arena.
void region_release(Region *region);

// report.c: an instruction of the first loop, or another one that has a place in the source; IR_NONE: none
// has.
IrValue region_source(const Region *region);
// Where that stands; without debug information, the function's name.
Place region_place(const Target *target, const Region *region);
// Why the nest at this block is not mapped; the latest counts.
void report_refusal(Target *target, uint32_t block, const char *reason);

// map.c: code for a region on the machine's units. False: nothing was changed, and the scalar code stays.
bool map_region(Target *target, Region *region);
// Whether the region's nests are better mapped one by one, since one of them is work for the tile unit.
// *nests: how many of them, from the first on, to try together; 0: no such number.
bool has_contraction_part(Region *region, uint32_t *nests);

// vector/map.c: code for a region on the vector unit.
bool map_vector(Target *target, Region *region);

// regenerate.c: scalar code made anew from the region, for tests: it proves what raising said.
bool regenerate_region(Target *target, Region *region);

// evolution.c: a builder in region->before, for values that the region needs.
Builder region_before(Region *region);

#endif
