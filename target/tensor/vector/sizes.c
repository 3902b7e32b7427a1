// What is known of how many iterations loops have, beside what their extents are made of.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

// One more than the largest address.
static Wide memory_end(const Machine *machine) {
  Wide dram = (Wide)machine->dram_base + machine->dram_size,
       spm = (Wide)machine->spm_base + machine->spm_size;
  return dram > spm ? dram : spm;
}

static int64_t size_of_step(const Region *region, uint32_t access, uint32_t iterator) {
  Quantity step = affine_coefficient(&region->accesses.data[access].offset, iterator);
  bool moves = !is_scalar_access(region, access) && region->accesses.data[access].index == NODE_NONE &&
               step.value == IR_NONE;
  return !moves ? 0 : step.constant < 0 ? -step.constant : step.constant;
}

// By how many bytes a statement certainly goes on in memory from one iteration to the next; 0: it may touch
// none, or always the same.
static int64_t certain_step(const Region *region, const Statement *s, uint32_t iterator) {
  int64_t step = 0;
  if (!s->guard_count && s->condition == NODE_NONE)
    step = size_of_step(region, s->target, iterator);
  const Node *value = &region->nodes.data[s->value];
  if (!step && value->kind == NODE_LOAD && value->certain)
    step = size_of_step(region, value->index, iterator);
  for (uint32_t k = 0; k < 3 && k < value->operand_count && !step; k++) {
    const Node *operand = &region->nodes.data[value->operands[k]];
    if (operand->kind == NODE_LOAD && operand->certain)
      step = size_of_step(region, operand->index, iterator);
  }
  return step;
}

// Iterations of the loop at most, since what its own statements touch lies in memory. -1: nothing tells.
static Wide most_iterations(const Mapper *m, const Loop *loop) {
  Wide most = -1, end = memory_end(m->e.machine);
  for (size_t i = 0; i < loop->body.count; i++) {
    if (loop->body.data[i].loop)
      continue;
    const Statement *s = &m->region->statements.data[loop->body.data[i].index];
    int64_t step = certain_step(m->region, s, loop->iterator);
    if (step && (most < 0 || end / step < most))
      most = end / step;
  }
  return most;
}

void vector_know_sizes(Mapper *m, bool enough) {
  const Region *region = m->region;
  ValueFacts *facts = ARENA_NEW(region->arena, ValueFacts);
  facts->facts = ARENA_ARRAY(region->arena, ValueFact, region->loops.count + 1);
  for (size_t i = 0; i < region->loops.count; i++) {
    const Loop *loop = &region->loops.data[i];
    const Iterator *iterator = &region->iterators.data[loop->iterator];
    if (iterator->extent.value == IR_NONE)
      continue;
    Range range = range_of_bits(64);
    Wide most = most_iterations(m, loop);
    if (iterator->entered)
      range.low = 1;
    if (enough && (m->chosen[i] || m->streamed[i]))
      range.low = m->chosen[i] ? LEAST_LANES : LEAST_STREAMED;
    if (most >= 0)
      range.high = most;
    facts->facts[facts->count++] = (ValueFact){iterator->extent.value, range};
  }
  m->e.facts = facts;
}
