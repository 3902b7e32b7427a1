// How much code a nest may become. Loops that are written out, tiles with a version beside them for when they
// do not fit, strips in pairs: each multiplies what is within, and all of them together multiply each other.
// The code that is written first runs most, so what comes last is made in the smaller forms.
#include "target/tensor/vector/map.h"

enum {
  LARGEST_UNROLLED = 16, // items of one loop that is written out
  LARGEST_WRITTEN = 64,  // statements of one with the loops in it
  LARGEST_CODE = 12288,  // operations of the SSA form, after which nothing is written more than once
};

static uint32_t written_so_far(const Mapper *m) {
  return (uint32_t)m->region->function->insns.count - m->begun;
}

static bool fits(Mapper *m, int64_t more) {
  bool fit = written_so_far(m) + more <= LARGEST_CODE;
  m->limited = m->limited || !fit;
  return fit;
}

bool may_grow(Mapper *m) {
  return fits(m, 0);
}

// Operations of a statement, about.
static int64_t operations_of(const Region *region, const Statement *s) {
  uint32_t root = s->condition != NODE_NONE && s->condition > s->value ? s->condition : s->value;
  bool *reached = ARENA_ARRAY(region->arena, bool, root + 1);
  int64_t count = 1;
  reached[s->value] = true;
  if (s->condition != NODE_NONE)
    reached[s->condition] = true;
  for (uint32_t i = root + 1; i-- > 0;) {
    count += reached[i];
    for (uint32_t k = 0; reached[i] && k < region->nodes.data[i].operand_count; k++)
      reached[region->nodes.data[i].operands[k]] = true;
  }
  for (uint32_t g = 0; g < s->guard_count; g++)
    count += 2 * (1 + (int64_t)s->guards[g].count);
  return count;
}

typedef struct Written {
  int64_t statements, operations;
} Written;

// What so many iterations are when those of the loops in it are written out where they may be. False: it is
// more than may be.
static bool count_written(const Mapper *m, const Loop *loop, int64_t iterations, Written *written) {
  *written = (Written){0};
  if (iterations * (int64_t)loop->body.count > LARGEST_UNROLLED)
    return false;
  for (size_t i = 0; i < loop->body.count; i++) {
    const Item *item = &loop->body.data[i];
    const Loop *inner = item->loop ? &m->region->loops.data[item->index] : NULL;
    Quantity extent = inner ? m->region->iterators.data[inner->iterator].extent : (Quantity){IR_NONE, 1};
    Written inside = {1, 1};
    if (!inner)
      inside.operations = operations_of(m->region, &m->region->statements.data[item->index]);
    else if (extent.value != IR_NONE || extent.constant <= 0 ||
             !count_written(m, inner, extent.constant, &inside))
      inside = (Written){1, inside.operations + 1};
    written->statements += inside.statements;
    written->operations += inside.operations;
  }
  written->statements *= iterations;
  written->operations *= iterations;
  return written->statements <= LARGEST_WRITTEN;
}

bool may_be_written(Mapper *m, const Loop *loop, int64_t iterations) {
  Written written;
  return iterations <= 0 ||
         (count_written(m, loop, iterations, &written) && fits(m, iterations > 1 ? written.operations : 0));
}

void growth_report(const Mapper *m) {
  if (m->limited)
    target_remark(m->e.target, TARGET_REMARK_MISSED, "vector", region_place(m->e.target, m->region),
                  "code of this nest is %u operations long, of which %u were written before loops and tiles "
                  "kept to the smaller forms",
                  written_so_far(m), (unsigned)LARGEST_CODE);
}
