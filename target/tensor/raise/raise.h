// What the files of raising share: polynomials over the values that a region is given and its iterators, and
// the state of raising one region.
#ifndef KILN_TARGET_TENSOR_RAISE_RAISE_H
#define KILN_TARGET_TENSOR_RAISE_RAISE_H

#include "target/tensor/nest.h"

// --- poly.c -----------------------------------------------------------------------------------------------

enum {
  POLY_DEGREE = 8,
  POLY_TERMS = 48, // longer ones are not worth the trouble
};

typedef struct Monomial {
  int64_t coefficient;
  uint32_t count;
  uint32_t factors[POLY_DEGREE]; // rising
} Monomial;

// A sum of monomials in rising order of their factors, none 0. Arithmetic is modulo 2^64. NULL stands for
// what is no polynomial, and every operation on it gives it again.
typedef struct Poly {
  uint32_t count;
  Monomial terms[];
} Poly;

static inline bool factor_is_iterator(uint32_t factor) {
  return factor >> 31;
}
static inline uint32_t factor_iterator(uint32_t iterator) {
  return iterator | 1u << 31;
}
const Poly *poly_constant(Arena *arena, int64_t value);
const Poly *poly_factor(Arena *arena, uint32_t factor);
// a + scale * b
const Poly *poly_add(Arena *arena, const Poly *a, const Poly *b, int64_t scale);
const Poly *poly_multiply(Arena *arena, const Poly *a, const Poly *b);
bool poly_equal(const Poly *a, const Poly *b);
bool poly_is_constant(const Poly *poly, int64_t *value);
bool poly_has(const Poly *poly, uint32_t factor);
bool poly_has_iterators(const Poly *poly);
// Splits into the part that is free of the factor and what multiplies it. False: a square or higher.
bool poly_split(Arena *arena, const Poly *poly, uint32_t factor, const Poly **rest, const Poly **coefficient);
const Poly *poly_replace(Arena *arena, const Poly *poly, uint32_t factor, const Poly *by);
// poly / divisor where that is exact in each coefficient; else NULL.
const Poly *poly_divide(Arena *arena, const Poly *poly, int64_t divisor);

// --- the state of raising ---------------------------------------------------------------------------------

// Mathematical integers, wide enough for sums and products of values.
__extension__ typedef __int128 Wide;
typedef struct Range {
  Wide low, high;
} Range;

// What is known of values beside what makes them.
typedef struct ValueFact {
  IrValue value;
  Range range;
} ValueFact;
typedef struct ValueFacts {
  uint32_t count;
  ValueFact *facts;
} ValueFacts;

// The greater or lesser one of a constant and a number that changes; NULL: the constant.
typedef struct ClampedEnd {
  int64_t constant;
  const Poly *changing;
} ClampedEnd;

typedef struct RaisedLoop {
  uint32_t header, latch, entering; // entering: the block outside that leads to the header
  uint32_t exiting, exit;           // the block with the test, and where it leads to
  bool test_first;                  // the header tests, before anything else is done
  uint32_t loop;                    // of Region.loops; UINT32_MAX: not yet entered
  uint32_t iterator;
  const Poly *extent; // NULL: not yet known
  bool clamped;       // clamped.c: an iteration is there where none of these is negative
  bool entered;       // there is at least one, or a branch passes by
  const Poly *guards[2];
  uint32_t guard_count;
  ClampedEnd from, to; // it begins with the greater one of two numbers, and ends before the lesser one
} RaisedLoop;

typedef struct Materialized {
  const Poly *poly;
  IrValue value;
} Materialized;

// A branch condition that is assumed.
typedef struct Decided {
  IrValue condition;
  bool holds;
} Decided;

// Bytes from a pointer on that certainly may be read before the region.
typedef struct Readable {
  IrValue pointer;
  int64_t low, high;
} Readable;

typedef struct Raise {
  Target *target;
  Function *f;
  Arena *arena;
  Region *region;
  const char *reason; // why the region cannot be raised
  IrValue culprit;    // the instruction that is to blame; IR_NONE: none in particular
  Bitset inside;      // blocks of the region
  Bitset certain;     // those that are reached in each iteration of the loops around them
  uint32_t known;     // values that were there when raising began; later ones are all in `before`
  const Poly **polys; // by value
  uint8_t *poly_known;
  IrValue *invariants; // by value: 0: not asked; 1: none; else value + 2
  uint32_t *nodes;     // by value: node + 1
  uint32_t *accesses;  // by load or store: access + 1
  uint8_t *elsewhere;  // by value: used in other blocks, or by a phi
  uint32_t *use_loop;  // by value: header of the innermost loop around it and all its uses, IR_NONE: no loop
  uint8_t *leaves;     // by value: 1: used outside of its loop; 2: behind the region too
  uint32_t *latest;    // by value: access + 1 of the scalar array that has it where it is defined
  uint32_t *after;     // by value: access + 1 of the scalar array that has it behind its loop
  VEC(RaisedLoop) loops;
  VEC(Materialized) materialized;
  VEC(IrValue) trail; // values whose polynomials may hold a phi that is still being looked at
  uint32_t open_phis; // such phis

  // The walk
  uint32_t loop;  // of Region.loops; UINT32_MAX: the region's own body
  uint32_t at;    // block
  size_t scope;   // guards that hold all over that block
  bool guarded;   // polynomials are asked for where these guards hold
  uint32_t units; // parts of the region's own body to raise at most
  uint32_t most;  // loops in the region's own body to raise at most
  uint32_t end;   // the block behind the last good one of them; IR_NONE: none yet
  uint32_t nests; // loops in the region's own body up to there
  uint32_t depth; // of recursion
  VEC(Decided) decided;
  uint32_t steps;       // taken along ways of control to find what phis get
  VEC(IrValue) sources; // by node: the value of type i1 that it was made of, or IR_NONE
  VEC(IrValue) written; // bases of arrays that an earlier look has seen written
  VEC(const Poly *) guards;
  VEC(Readable) readable; // once it is known: early.c
  bool readable_known;
  bool presumed; // there are branches of which one way is assumed, before which nothing is certain
  bool early; // there are loads among the invariants: each look has to know whether their arrays are written
  uint32_t condition;
} Raise;

enum { MAX_DEPTH = 400 };         // of recursion over operands
enum { NO_HEADER = IR_NONE - 1 }; // of loops that are none in the code: raise/memory.c

// value_range.c
// Numbers that a value of a whole type can be, as signed ones; facts: NULL where there are none. So many
// values that it is made of are looked at.
Range value_range(const Function *f, const ValueFacts *facts, IrValue v, unsigned steps);

bool raise_fail(Raise *r, IrValue culprit, const char *reason);
static inline bool inside_region(const Raise *r, IrValue v) {
  uint32_t block = v < r->known ? ir_insn(r->f, v)->block : IR_NONE;
  return block != IR_NONE && bitset_has(&r->inside, block);
}

// evolution.c
// The value as a polynomial, for an integer of n bits modulo 2^n; NULL: it is none.
const Poly *evolution(Raise *r, IrValue v);
// The same where the value is used in a block, perhaps behind loops that it changes in.
const Poly *evolution_in(Raise *r, IrValue v, uint32_t block);
bool block_in_loop(const Function *f, uint32_t block, uint32_t header);
// What the value is before the region; IR_NONE: it changes within.
IrValue invariant_value(Raise *r, IrValue v);
Range poly_range(Raise *r, const Poly *poly);
// The same for an address that is used in the block that the walk is at: what the guards there exclude is
// left out.
const Poly *evolution_under_guards(Raise *r, IrValue v, uint32_t block);
// Signed numbers of so many bits; whether a polynomial is one.
Range range_of_bits(unsigned bits);
bool poly_fits(Raise *r, const Poly *poly, unsigned bits);
// A phi of a loop's header that is one constant at first and another one ever after.
bool phi_of_two_constants(Raise *r, const RaisedLoop *loop, IrValue v, int64_t values[2]);
// An operation of one operand (y is IR_NONE) or two before the region.
IrValue build_before_region(Raise *r, IrOp op, IrType type, IrValue x, IrValue y);
RaisedLoop *raised_loop(Raise *r, uint32_t header);
RaisedLoop *loop_of_iterator(Raise *r, uint32_t iterator);
// Adds an assumption: poly >= 0 for signed numbers.
bool assume_natural(Raise *r, const Poly *poly);
void assume(Raise *r, IrValue condition);
// Assumes that the polynomial stays between low and high, which is checked when the code runs. False: it
// cannot be.
bool assume_range(Raise *r, const Poly *poly, Wide low, Wide high);
IrValue materialize(Raise *r, const Poly *poly);
bool affine_from(Raise *r, const Poly *poly, Affine *out);
Quantity quantity_from(Raise *r, const Poly *poly);

// raise/access.c
// The access of a load or store; UINT32_MAX: it has none.
uint32_t access_of(Raise *r, IrValue memory);
// Whether a load or store is of one element, of a type that arrays have, and not volatile.
bool is_plain_access(const Raise *r, IrValue memory);
// The element of a type at an address, as it is in a block, plus `step`, a polynomial of iterators;
// UINT32_MAX: it has none.
uint32_t access_at(Raise *r, IrValue address, IrType type, uint32_t block, const Poly *step);
// A new scalar array with an element for each iteration of the loop (of Region.loops) and those around it.
uint32_t scalar_access(Raise *r, IrType type, uint32_t loop);

// raise/early.c
// A load whose address does not change, before the region, which must not write there; IR_NONE: it cannot be
// made there.
IrValue load_early(Raise *r, IrValue load);

// raise/node.c
// The node of a value where the walk stands; NODE_NONE: it cannot be said.
uint32_t node_of(Raise *r, IrValue v);
// What a load from one of several places gives, as a choice of loads; NODE_NONE: it is another load.
uint32_t node_of_chosen_load(Raise *r, IrValue load);
uint32_t node_push(Raise *r, Node node);
uint32_t node_load(Raise *r, uint32_t access);
uint32_t node_binary(Raise *r, IrOp op, IrType type, uint32_t x, uint32_t y);
uint32_t node_constant(Raise *r, IrType type, int64_t value);
// A copy of an expression in which one node is another; the expression itself where it is not in it.
uint32_t node_replaced(Raise *r, uint32_t node, uint32_t from, uint32_t to);
bool node_reads(const Region *region, uint32_t node, uint32_t array);
bool library_function(const Target *target, const Function *f, IrValue call);
// Loops are numbered as in Region.loops: whether `inner` is `outer` or within it.
bool loop_within(const Region *region, uint32_t inner, uint32_t outer);

// raise/extent.c: finds test, iterator and extent of the loop.
bool measure_loop(Raise *r, RaisedLoop *loop);

// raise/clamped.c
// The same for loops from the greater of two numbers to the lesser of two others.
bool measure_clamped_loop(Raise *r, RaisedLoop *loop);
// Whether a block's branch leads to such a loop (`way`) where that has iterations, and else to where it
// leads (`join`), which is the same as going through it.
bool passes_clamped_loop(Raise *r, uint32_t block, uint32_t way, uint32_t join);

// raise/obstacle.c
// Why an instruction can be part of no region; NULL: it may be.
const char *instruction_obstacle(const Target *target, const Function *f, IrValue v);
typedef struct Obstacle {
  const char *reason; // NULL: there is none
  IrValue culprit;
} Obstacle;
// By block: what keeps the loop of this header from being part of a region.
Obstacle *find_obstacles(const Target *target, const Function *f, Arena *arena);

// raise/memory.c
// What a call that import made of an intrinsic does: sets or copies memory; 0: it is another call. One that
// is worth a region of its own.
unsigned memory_call(const Target *target, const Function *f, IrValue v);
static inline bool is_memory_call(const Target *target, const Function *f, IrValue v) {
  return ir_insn(f, v)->op == IR_CALL && memory_call(target, f, v) != 0;
}
bool is_long_memory_call(const Target *target, const Function *f, IrValue v);
// Such a call as a loop over elements.
bool raise_memory_call(Raise *r, IrValue call);

// raise/range.c
// Whether a value of the function is always a signed number of so many bits.
bool value_fits(const Function *f, IrValue v, unsigned bits);
// What is extended by its sign, where that changes nothing; else the value itself.
IrValue unextended_value(const Function *f, IrValue v);

// raise/reduction.c
bool node_is_load(const Region *region, uint32_t node, uint32_t access);
// What a statement reduces that sets an element to op(element, x).
void find_reduction(Raise *r, Statement *s);

// raise/walk.c
// The loop of a header, with its extent, before the walk is there; NULL: it has no such form.
const RaisedLoop *foresee_loop(Raise *r, uint32_t header);
// Adds a loop or a statement to what the walk is in.
void raise_push_item(Raise *r, bool loop, uint32_t index);
// Raises the blocks from the region's entry on, up to its end.
bool raise_walk(Raise *r);
// Adds guards that hold where a condition, a node of type i1, does (or does not). False: there are no such.
bool raise_guard_node(Raise *r, uint32_t node, bool holds);
bool push_statement(Raise *r, uint32_t target, uint32_t value, IrValue source);
// The block where the ways of a branch meet again; IR_NONE: not within the region.
uint32_t join_of(const Function *f, uint32_t block, uint32_t otherwise);
// A branch of which both ways lead to the same loops, one of them through
// more (a loop that may be passed by in front of others): that one is assumed. 1: the condition holds, 0: it
// does not, -1: the ways share no loop.
int raise_longer_way(Raise *r, uint32_t yes, uint32_t no, uint32_t join);

// raise/choice.c: makes guards of choices of which one side adds nothing to a reduction.
void guard_choices(Raise *r, Statement *s);

// raise/tidy.c: takes out again what the shape of the code added.
void tidy_region(Raise *r);

// raise/totals.c: makes one of totals that are added up.
void join_region_totals(Raise *r);

// raise/unrolled.c: makes one statement of those of loops that were unrolled.
void roll_unrolled(Region *region);
// fills.c: elements of an array that are set to zero one after the other are set by a loop.
void roll_fills(Region *region);

// raise/reroll.c: makes loops of sums of products that were written out.
void reroll_sums(Raise *r);

// raise/bundle.c: makes loops of statements for each of a block of results.
void bundle_statements(Raise *r);

// raise/split.c: makes two loops of one where indices divide its iterator by a constant that divides the
// number of its iterations.
void split_iterators(Region *region);
// Makes the loop of an iterator one over quotients, with a new one over remainders within. The divisor
// divides the extent. False: it cannot be done.
bool split_iterator_by(Region *region, uint32_t iterator, int64_t divisor);

// raise/shape.c: gives loops that fill or copy an array the shape of the sums over it.
void shape_loops(Region *region);

// raise/reverse.c: turns loops round that go through memory backwards and may run in any order.
void reverse_loops(Region *region);

// graph.c: changes of the graph of blocks. ir_analyze is to be run again.
// Leads all edges into `to` that come from blocks outside (or, with inside = true, within) the set through a
// new block, which is returned.
uint32_t funnel_edges(Function *f, uint32_t to, const Bitset *set, bool inside);
// Adds an edge to a block; phi_values are what its phis get from there, in order.
void add_edge_with(Function *f, uint32_t from, uint32_t to, const IrValue *phi_values);
void drop_unreachable(Function *f);
void redirect_edge(Function *f, uint32_t from, uint32_t old, uint32_t new);
// Splits a block before its instruction number `at`; the new block has the rest.
uint32_t split_block(Function *f, uint32_t block, uint32_t at);

// report.c: records of nests.
void report_start(const Target *target, Region *region, NestReport *report);
// The region's report is complete, and its code the blocks from `first_block` on.
void report_mapped(Target *target, Region *region, uint32_t first_block);
// All loops that are in no nest yet.
void report_scalar_loops(Target *target, Function *f);

#endif
