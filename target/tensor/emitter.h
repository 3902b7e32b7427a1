// Writing code for a region: structured control flow over variables, whose phis are made here, and the
// machine's tile, scratchpad and DMA instructions by name.
#ifndef KILN_TARGET_TENSOR_EMITTER_H
#define KILN_TARGET_TENSOR_EMITTER_H

#include "target/ir/vector.h"
#include "target/tensor/nest.h"

enum { EMITTER_VARIABLES = 128 };

// Code is appended to builder.block. A variable holds a value of any type; one that is IR_NONE is not set.
// Variables that change in a branch or loop get their phis where paths meet; what is set only within is unset
// there.
struct ValueFacts; // raise/raise.h

typedef struct Emitter {
  Target *target;
  const Machine *machine;
  Builder builder;
  uint32_t variable_count;
  const struct ValueFacts *facts; // of sizes; NULL: none
  IrValue variables[EMITTER_VARIABLES];
} Emitter;

typedef struct FlowIf {
  bool folded; // the condition was a constant
  bool holds;  // its value
  bool has_else;
  uint32_t head;
  uint32_t other; // block of the path on which the condition does not hold
  uint32_t then_end;
  IrValue before[EMITTER_VARIABLES];
  IrValue then_values[EMITTER_VARIABLES];
} FlowIf;

typedef struct FlowLoop {
  uint32_t header;
  IrValue phis[EMITTER_VARIABLES];
  IrValue first_value; // of those that have been made since the loop began
  uint32_t variable_count;
} FlowLoop;

typedef struct FlowTimes {
  FlowIf any;
  FlowLoop loop;
  uint32_t left; // variable: rounds
} FlowTimes;

// What is made from now on has the line in the source of this instruction (none where that is IR_NONE).
// Returns what Function.place was, and has to be again.
uint32_t emit_place(Function *f, IrValue source);

uint32_t emit_variable(Emitter *e, IrValue value);

// if (flow_if(...)) { body } if (flow_else(...)) { body } flow_end_if(...): false when the condition is a
// constant for which the body is never reached.
bool flow_if(Emitter *e, FlowIf *flow, IrValue condition);
// The same for a condition that mostly holds: the body stands where control comes to without a jump.
bool flow_if_likely(Emitter *e, FlowIf *flow, IrValue condition);
bool flow_else(Emitter *e, FlowIf *flow);
void flow_end_if(Emitter *e, FlowIf *flow);

// A loop whose condition stands at its end: the body is executed at least once.
void flow_loop(Emitter *e, FlowLoop *flow);
void flow_end_loop(Emitter *e, FlowLoop *flow, IrValue condition);

// if (flow_times(...)) { body; flow_next(...) } flow_end_if(e, &flow.any): the body `count` times, which may
// be none.
bool flow_times(Emitter *e, FlowTimes *flow, IrValue count, bool likely);
void flow_next(Emitter *e, FlowTimes *flow);

// Takes out what was made for variables that nothing reads in the end, from value `first` on.
void emit_remove_dead(Emitter *e, IrValue first);

// Whole numbers of 64 bits, folded where the operands are constants. What is smaller, and so what is larger
// or chosen, is also known where the ranges of the operands tell.
IrValue emit_number(Emitter *e, int64_t value);
IrValue emit_quantity(Emitter *e, Quantity quantity);
IrValue emit_add(Emitter *e, IrValue x, IrValue y);
IrValue emit_add_number(Emitter *e, IrValue x, int64_t y);
IrValue emit_sub(Emitter *e, IrValue x, IrValue y);
IrValue emit_mul(Emitter *e, IrValue x, IrValue y);
IrValue emit_mul_number(Emitter *e, IrValue x, int64_t y);
IrValue emit_min(Emitter *e, IrValue x, IrValue y);
IrValue emit_max(Emitter *e, IrValue x, IrValue y);
// Quotients of numbers that are not negative, by a positive constant.
IrValue emit_divide_up(Emitter *e, IrValue x, int64_t y);
IrValue emit_divide(Emitter *e, IrValue x, int64_t y);
IrValue emit_quotient_up(Emitter *e, IrValue x, IrValue y); // by a positive value
IrValue emit_round_up(Emitter *e, IrValue x, int64_t unit); // to a multiple of a positive number
IrValue emit_remainder(Emitter *e, IrValue x, int64_t y);
IrValue emit_less(Emitter *e, IrValue x, IrValue y);  // signed; an i1
IrValue emit_below(Emitter *e, IrValue x, IrValue y); // unsigned
IrValue emit_equal(Emitter *e, IrValue x, IrValue y);
IrValue emit_and(Emitter *e, IrValue x, IrValue y); // of i1
IrValue emit_choose(Emitter *e, IrValue condition, IrValue x, IrValue y);
bool emit_is_number(const Emitter *e, IrValue x, int64_t *value);

// The address of an access where all iterators are 0.
IrValue emit_access(Emitter *e, const Region *region, uint32_t access);

// An instruction that does not depend on vl.
IrValue emit_machine(Emitter *e, IsaOp op, IrType result, uint32_t count, const IrValue *operands);
// Waits for all that was begun to be written, as by the drain.
void emit_fence(Emitter *e);

// The DMA engine. `box`: dimension 0 is bytes that lie side by side; the others count runs. Dimensions that
// are not used hold a count of 1.
enum { DMA_DIMENSIONS = 4 };
typedef struct DmaBox {
  IrValue source;
  IrValue destination;
  IrValue bytes;
  uint32_t dimensions; // beside dimension 0: 0 .. 3
  IrValue counts[DMA_DIMENSIONS - 1];
  IrValue source_strides[DMA_DIMENSIONS - 1];
  IrValue destination_strides[DMA_DIMENSIONS - 1];
  uint32_t most; // dimensions that any box of this code uses: those between are set to 1
} DmaBox;
// Starts the transfer; the value is its id. With pattern (IR_NONE: none) the destination is filled with the
// low 32 bits of it.
IrValue dma_start(Emitter *e, const DmaBox *box, IrValue pattern);
void dma_wait(Emitter *e, IrValue id);
// Sets the counts of dimensions 1 .. 3 to one: what was left in them by other code is forgotten.
void dma_reset(Emitter *e);

// 64 bytes of constant data: the drain's configuration.
IrValue emit_data(Emitter *e, const char *name, const uint8_t *bytes, uint32_t size, uint32_t alignment);

#endif
