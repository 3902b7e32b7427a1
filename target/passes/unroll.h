// Writing out loops of few iterations, and what local arrays become then.
#ifndef KILN_TARGET_UNROLL_H
#define KILN_TARGET_UNROLL_H

#include "target/internal.h"

enum { UNROLL_MOST_ITERATIONS = 16 };

typedef VEC(IrValue) IrValueList;

// What is done to one function; values that are gone stand in operands until unroll_end.
typedef struct Unroll {
  Target *target;
  Function *f;
  IrValueList alias;     // by value: what stands for it now; shorter where the rest stand for themselves
  VEC(uint32_t) numbers; // by value: of the loop that is written out
  bool changed;
} Unroll;

// Requires that the function is analyzed.
void unroll_start(Unroll *u, Target *target, Function *f);
// Renames what stands for something else.
void unroll_end(Unroll *u);
IrValue unroll_value(const Unroll *u, IrValue v);
void unroll_replace(Unroll *u, IrValue v, IrValue by);
// How many iterations a loop has that is left from its only latch alone, found by computing its test for each
// of them; 0: more than UNROLL_MOST_ITERATIONS, or not known. *latch: that block.
uint32_t unroll_iterations(const Unroll *u, uint32_t header, uint32_t *latch);
// Whether a block but for its branch has nothing in it that cannot be copied.
bool unroll_suits(const Function *f, uint32_t block);
// Whether a value is the address of an array (or of a place in it) whose bytes are known and never change:
// loads of its integers become constants where loops are written out.
bool unroll_table(const Target *target, const Function *f, IrValue symbol, const Symbol **table);
// Writes out a loop of one block that suits, which unroll_iterations has counted; the block becomes one with
// what only leads to it or only follows it. Returns the block that holds it all. Analysis does not hold
// afterwards.
uint32_t unroll_block(Unroll *u, uint32_t block, uint32_t iterations);

// Local arrays of which all accesses are to elements that are known become values. `wanted`: by slot, whether
// it may; NULL: all of them. `pass`: who says so in remarks.
void promote_slots(Unroll *u, const Bitset *wanted, const char *pass);

#endif
