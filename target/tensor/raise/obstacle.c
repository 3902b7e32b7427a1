// What keeps loops from being raised and can be seen in one look over the function, so that no region is
// begun with a loop that is refused in the end.
#include "target/tensor/raise/raise.h"

#include <string.h>

static bool is_call_to(const Target *target, const Function *f, IrValue call, const char *name) {
  const IrInsn *callee = ir_insn(f, ir_operand(f, call, 0));
  return callee->op == IR_SYMBOL && strcmp(target->symbols.data[ir_symbol_of(callee)].name, name) == 0;
}

const char *instruction_obstacle(const Target *target, const Function *f, IrValue v) {
  const IrInsn *insn = ir_insn(f, v);
  if (ir_ops[insn->op].flags & (IR_PURE | IR_TERMINATOR))
    return NULL;
  if (insn->op == IR_LOAD || insn->op == IR_STORE || insn->op == IR_PHI)
    return NULL;
  if (insn->op != IR_CALL)
    return "an instruction has other effects than a store";
  if (is_memory_call(target, f, v) || library_function(target, f, v))
    return NULL;
  return is_call_to(target, f, v, "free") ? "memory is freed" : "a function is called";
}

// Of a loop, and of those around it that have no other one.
static void mark(const Function *f, Obstacle *obstacles, uint32_t header, const char *reason,
                 IrValue culprit) {
  for (; header != IR_NONE && !obstacles[header].reason; header = f->blocks.data[header].parent)
    obstacles[header] = (Obstacle){reason, culprit};
}

static void look_at_edges(const Function *f, uint32_t block, Obstacle *obstacles, bool *left) {
  const IrBlock *b = &f->blocks.data[block];
  for (uint32_t s = 0; s < b->succ_count; s++)
    for (uint32_t h = b->loop; h != IR_NONE && !block_in_loop(f, b->succs[s], h);
         h = f->blocks.data[h].parent) {
      if (left[h])
        mark(f, obstacles, h, "the loop can be left in several places", f->blocks.data[h].insns[0]);
      left[h] = true;
    }
  if (b->loop != block)
    return;
  uint32_t latches = 0;
  for (uint32_t p = 0; p < b->pred_count; p++)
    latches += block_in_loop(f, b->preds[p], block);
  if (latches > 1)
    mark(f, obstacles, block, "the loop has several entries or ends of its body", b->insns[0]);
}

Obstacle *find_obstacles(const Target *target, const Function *f, Arena *arena) {
  Obstacle *obstacles = ARENA_ARRAY(arena, Obstacle, f->blocks.count);
  bool *left = ARENA_ARRAY(arena, bool, f->blocks.count);
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    if (b->loop == IR_NONE)
      continue;
    look_at_edges(f, f->rpo[i], obstacles, left);
    for (uint32_t k = 0; k < b->count && !obstacles[b->loop].reason; k++) {
      const char *reason = instruction_obstacle(target, f, b->insns[k]);
      if (reason)
        mark(f, obstacles, b->loop, reason, b->insns[k]);
    }
    IrOp end = (IrOp)ir_terminator(f, f->rpo[i])->op;
    if (end != IR_BR && end != IR_CONDBR)
      mark(f, obstacles, b->loop, "the function ends, or switches", b->insns[b->count - 1]);
  }
  return obstacles;
}
