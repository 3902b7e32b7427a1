// What the two files of pipelining loops share: the body of a loop of one block, in two stages.
#ifndef KILN_TARGET_PASSES_PIPELINE_LOOPS_H
#define KILN_TARGET_PASSES_PIPELINE_LOOPS_H

#include "target/internal.h"

enum { PIPELINE_MOST_OPERATIONS = 40, PIPELINE_MOST_PHIS = 16 };

typedef struct LoopBody {
  Target *target;
  Function *f;
  uint32_t block;   // jumps to itself or out of the loop
  uint32_t way_in;  // predecessors: number of the one that is not the block itself
  uint32_t *number; // by value: phis and operations of this body, + 1, operations behind phis; 0: others
  uint32_t values;  // how many values `number` knows; those above came later
  uint32_t phi_count;
  uint32_t count;
  IrValue phis[PIPELINE_MOST_PHIS];
  IrValue operations[PIPELINE_MOST_OPERATIONS]; // the branch last
  uint8_t stage[PIPELINE_MOST_OPERATIONS];      // 0: one iteration ahead
  bool steps[PIPELINE_MOST_OPERATIONS]; // ahead, and a phi's next value: that phi and a small constant
} LoopBody;

// A value's number among the operations, -1: it is none of them.
static inline int body_operation(const LoopBody *body, IrValue v) {
  uint32_t number = v < body->values ? body->number[v] : 0;
  return (int)number - 1 - (int)body->phi_count < 0 ? -1 : (int)(number - 1 - body->phi_count);
}
static inline bool body_is_phi(const LoopBody *body, IrValue v) {
  uint32_t number = v < body->values ? body->number[v] : 0;
  return number && number <= body->phi_count;
}
// What a phi is in the next iteration.
static inline IrValue body_next(const LoopBody *body, IrValue phi) {
  return ir_operand(body->f, phi, 1 - body->way_in);
}

// Of a phi whose next value steps: that operation. -1: it has another.
static inline int body_stepping(const LoopBody *body, IrValue phi) {
  int next = body_is_phi(body, phi) ? body_operation(body, body_next(body, phi)) : -1;
  return next >= 0 && body->steps[next] && ir_operand(body->f, body->operations[next], 0) == phi ? next : -1;
}
// Whether an operand is the address of an access, or a sum with a constant is made of it: then the pointer
// may as well be one that has been stepped, and the constant is another.
static inline bool body_is_base(const LoopBody *body, uint32_t operation, uint32_t operand) {
  const IrInsn *insn = ir_insn(body->f, body->operations[operation]);
  return (insn->op == IR_LOAD && operand == 0) || (insn->op == IR_STORE && operand == 1) ||
         (insn->op == IR_ADD && insn->type == IR_I64 && operand == 0 && !body->steps[operation] &&
          ir_is_const(body->f, insn->operands[1]));
}

// pipeline_estimate.c: cycles of ESTIMATED_ITERATIONS iterations in a row, as the body is (`staged`: by
// stages).
enum { ESTIMATED_ITERATIONS = 4 };
uint32_t body_cycles(const LoopBody *body, bool staged);

#endif
