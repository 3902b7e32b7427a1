// A region on the vector unit: what has to hold for it, and the code that takes its place.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

static const uint32_t no_lane = UINT32_MAX;

Mapper mapper_of(const Emitter *e, Region *region) {
  return (Mapper){.e = *e,
                  .region = region,
                  .begun = (uint32_t)region->function->insns.count,
                  .lane = no_lane,
                  .unrolled = UINT32_MAX,
                  .full = UINT32_MAX,
                  .swapped = UINT32_MAX,
                  .columns = {.loop = UINT32_MAX},
                  .kept = NODE_NONE,
                  .tail = {.loop = UINT32_MAX, .lanes = UINT32_MAX},
                  .estimate = {.known = true, .times = 1},
                  .copied = UINT32_MAX};
}

void mapper_free(Mapper *m) {
  VEC_FREE(&m->emitted);
  VEC_FREE(&m->tables);
  VEC_FREE(&m->walks);
  VEC_FREE(&m->held);
  VEC_FREE(&m->made.nodes);
}

bool vector_start_variables(Mapper *m) {
  Region *region = m->region;
  size_t scalars = 0;
  for (size_t i = 0; i < region->arrays.count; i++)
    scalars += region->arrays.data[i].kind == ARRAY_SCALAR;
  if (region->iterators.count + scalars + 24 > EMITTER_VARIABLES)
    return false;
  m->iterators = ARENA_ARRAY(region->arena, uint32_t, region->iterators.count + 1);
  m->scalars = ARENA_ARRAY(region->arena, uint32_t, region->arrays.count + 1);
  for (size_t i = 0; i < region->iterators.count; i++)
    m->iterators[i] = emit_variable(&m->e, IR_NONE);
  bool *made = ARENA_ARRAY(region->arena, bool, region->arrays.count + 1);
  for (size_t i = 0; i < region->accesses.count; i++) {
    const Access *access = &region->accesses.data[i];
    if (region->arrays.data[access->array].kind != ARRAY_SCALAR || made[access->array])
      continue;
    made[access->array] = true;
    IrOp op = ir_is_float(access->type) ? IR_FCONST : IR_CONST;
    m->scalars[access->array] = emit_variable(&m->e, ir_leaf(region->function, op, access->type, 0));
  }
  return true;
}

double vector_choose(Mapper *m) {
  Region *region = m->region;
  double cycles = 0;
  m->varies = ARENA_ARRAY(region->arena, bool, region->nodes.count + 1);
  m->reads = ARENA_ARRAY(region->arena, bool, region->nodes.count + 1);
  m->masked = ARENA_ARRAY(region->arena, bool, region->nodes.count + 1);
  m->groups = ARENA_ARRAY(region->arena, unsigned, region->nodes.count + 1);
  m->waiting = ARENA_ARRAY(region->arena, IrValue, region->arrays.count + 1);
  for (size_t i = 0; i < region->arrays.count; i++)
    m->waiting[i] = IR_NONE;
  m->ready = ARENA_ARRAY(region->arena, IrValue, region->nodes.count + 1);
  m->made.values = ARENA_ARRAY(region->arena, IrValue, region->nodes.count + 1);
  for (size_t i = 0; i < region->nodes.count; i++)
    m->made.values[i] = IR_NONE;
  forget_ready(m);
  m->chosen = ARENA_ARRAY(region->arena, bool, region->loops.count + 1);
  m->streamed = ARENA_ARRAY(region->arena, bool, region->loops.count + 1);
  choices_find(m);
  m->needs = needs_of_nodes(region);
  for (size_t i = 0; i < region->body.count; i++)
    if (region->body.data[i].loop)
      cycles += choose_lanes(m, region->body.data[i].index);
  return cycles;
}

static bool has_vectors(const Target *target) {
  return target->extensions & ISA_EXTENSION_BIT(ISA_EXT_V);
}

static void report(Mapper *m) {
  const Region *region = m->region;
  unsigned lanes = 0;
  for (size_t i = 0; i < region->loops.count; i++)
    lanes += m->chosen[i];
  NestReport *nest = region->report;
  nest->unit = "vector";
  const char *moved = m->moved ? arena_format(&m->e.target->arena, ", %u by transfers", m->moved) : "";
  nest->summary = arena_format(
      &m->e.target->arena, "%zu loop%s on the vector unit, %u as lanes, %u through the scratchpad%s",
      region->loops.count, region->loops.count == 1 ? "" : "s", lanes, m->staged, moved);
  estimate_report(m, nest);
  target_remark(m->e.target, TARGET_REMARK_PASSED, "vector", region_place(m->e.target, region), "%s",
                nest->summary);
}

// Loops whose lanes are counted at run time pay from so many on; below, the scalar code is taken.
static IrValue enough_lanes(Mapper *m) {
  const Region *region = m->region;
  Builder before = region_before(m->region);
  IrValue condition = IR_NONE;
  for (size_t i = 0; i < region->loops.count; i++) {
    Quantity extent = region->iterators.data[region->loops.data[i].iterator].extent;
    if ((!m->chosen[i] && !m->streamed[i]) || extent.value == IR_NONE)
      continue;
    IrValue least = build_const(&before, IR_I64, m->chosen[i] ? LEAST_LANES : LEAST_STREAMED);
    IrValue enough = build_compare(&before, IR_ICMP, IR_SGE, extent.value, least);
    condition = condition == IR_NONE ? enough : build2(&before, IR_AND, IR_I1, condition, enough);
  }
  return condition;
}

// Whether lanes take little longer than the scalar code where they are few, so that this need not be there:
// one store of a short expression, of elements side by side, in one loop.
static bool suits_few_lanes(const Mapper *m) {
  enum { FEW_OPERATIONS = 6 };
  const Region *region = m->region;
  if (region->body.count != 1 || region->loops.count != 1 || region->statements.count != 1 || !m->chosen[0] ||
      region->live_outs.count)
    return false;
  const Statement *s = &region->statements.data[0];
  const Quantity step =
      affine_coefficient(&region->accesses.data[s->target].offset, region->loops.data[0].iterator);
  unsigned operations = 0;
  for (size_t i = 0; i < region->nodes.count; i++) {
    const Node *n = &region->nodes.data[i];
    operations += n->kind == NODE_OPERATION;
    if (n->kind == NODE_CALL || is_operation(n, IR_SELECT))
      return false;
  }
  return s->reduction == IR_OP_COUNT && !s->guard_count && s->condition == NODE_NONE &&
         step.value == IR_NONE && step.constant == type_bits(region->accesses.data[s->target].type) / 8 &&
         operations <= FEW_OPERATIONS;
}

// Whether each of the region's nests has lanes: the others would only be there twice.
static bool all_parts_gain(const Mapper *m) {
  const Region *region = m->region;
  for (size_t i = 0; i < region->body.count; i++)
    if (region->body.data[i].loop && !has_lanes(m, region->body.data[i].index) &&
        !has_streamed(m, region->body.data[i].index))
      return false;
  return true;
}

// Values by statement that are right where something holds that is tested when the program runs, and those
// that always are.
typedef struct Variants {
  AssumedShifts assumed;
  uint32_t *assuming, *always;
} Variants;

static uint32_t *values_of(const Region *region) {
  uint32_t *values = ARENA_ARRAY(region->arena, uint32_t, region->statements.count + 1);
  for (size_t i = 0; i < region->statements.count; i++)
    values[i] = region->statements.data[i].value;
  return values;
}

static void set_values(Mapper *m, const uint32_t *values) {
  for (size_t i = 0; i < m->region->statements.count; i++)
    m->region->statements.data[i].value = values[i];
  vector_count_uses(m);
}

static void narrow_variants(Mapper *m, Variants *variants) {
  Region *region = m->region;
  const uint32_t *before = values_of(region);
  uint32_t *conditions = ARENA_ARRAY(region->arena, uint32_t, region->statements.count + 1);
  for (size_t i = 0; i < region->statements.count; i++)
    conditions[i] = region->statements.data[i].condition;
  m->ranges = vector_narrow(region, &variants->assumed);
  variants->assuming = values_of(region);
  if (variants->assumed.count) {
    for (size_t i = 0; i < region->statements.count; i++) {
      region->statements.data[i].value = before[i];
      region->statements.data[i].condition = conditions[i];
    }
    m->ranges = vector_narrow(region, NULL);
  }
  variants->always = values_of(region);
  vector_count_uses(m);
}

static void map_variants(Mapper *m, const Variants *variants) {
  const Region *region = m->region;
  FlowIf flow;
  if (!variants->assumed.count || !shifts_are_testable(m, &variants->assumed)) {
    map_body(m, region->body.data, region->body.count);
    return;
  }
  unsigned staged = 0, moved = 0;
  if (flow_if(&m->e, &flow, shifts_hold(m, &variants->assumed))) {
    set_values(m, variants->assuming);
    map_body(m, region->body.data, region->body.count);
    staged = m->staged;
    moved = m->moved;
  }
  m->estimate.ignored++;
  if (flow_else(&m->e, &flow)) {
    set_values(m, variants->always);
    map_body(m, region->body.data, region->body.count);
  }
  m->estimate.ignored--;
  flow_end_if(&m->e, &flow);
  m->staged = staged;
  m->moved = moved;
}

// Whether a floating sum in its order is made by a loop within another one: it cannot be lanes, which the
// loop around may be if nothing else in it stands against that.
static bool has_inner_chain(const Region *region) {
  for (uint32_t l = 0; l < region->loops.count; l++) {
    const Loop *loop = &region->loops.data[l];
    for (size_t i = 0; i < loop->body.count && loop->parent != UINT32_MAX; i++) {
      const Statement *s =
          loop->body.data[i].loop ? NULL : &region->statements.data[loop->body.data[i].index];
      if (!s || s->reduction == IR_OP_COUNT || s->reassociable)
        continue;
      const Access *target = &region->accesses.data[s->target];
      if (ir_is_float(target->type) && !affine_has(&target->offset, loop->iterator))
        return true;
    }
  }
  return false;
}

// Cuts loops where more can be lanes then.
static void distribute(const Emitter *e, Region *region) {
  const double gain = 0.7;
  if (!has_inner_chain(region) || region->statements.count < 2)
    return;
  Mapper whole = mapper_of(e, region);
  double cycles = vector_choose(&whole);
  const Undistributed *before = region_distribute(region);
  if (before) {
    Mapper parts = mapper_of(e, region);
    if (!(vector_choose(&parts) < gain * cycles))
      region_undistribute(region, before);
    mapper_free(&parts);
  }
  mapper_free(&whole);
}

bool map_vector(Target *target, Region *region) {
  const Emitter e = {.target = target, .machine = target->machine};
  Mapper m = mapper_of(&e, region);
  if (!has_vectors(target) || !region->loops.count)
    return false;
  load_carried(region);
  region_fuse(target, region);
  distribute(&e, region);
  hold_elements(region);
  join_sums(region);
  clip_accesses(region);
  Variants variants = {0};
  narrow_variants(&m, &variants);
  m.e.builder = region_before(region);
  bool any = false;
  vector_choose(&m);
  for (size_t i = 0; i < region->loops.count; i++)
    any = any || m.chosen[i];
  if (choose_streamed(&m, any)) { // of which nothing is estimated
    m.estimate.known = false;
    any = true;
  }
  IrValue enough = any ? enough_lanes(&m) : IR_NONE, condition = IR_NONE;
  uint32_t at = region->function->blocks.data[region->before].count - 1;
  const char *reason = "no loop's iterations are independent, or lanes do not pay";
  bool implied = false;
  if (any) {
    reason = "arrays cannot be compared";
    implied = drop_implied(&m);
    any = vector_start_variables(&m) && region_disjoint(region, &condition);
    for (uint32_t i = 0; i < region->loops.count && any; i++)
      if (m.chosen[i])
        loop_require_parallel(region, i, &condition);
  }
  if (any)
    tables_require(&m, &condition);
  if (any && condition == IR_NONE && !implied && suits_few_lanes(&m))
    enough = IR_NONE;
  if (any && (condition != IR_NONE || enough != IR_NONE) && !all_parts_gain(&m)) {
    reason = "a second version is made of those loops alone that gain by it";
    any = false;
  }
  if (!any) {
    target_remark(target, TARGET_REMARK_MISSED, "vector", region_place(target, region),
                  "not on the vector unit: %s", reason);
    report_refusal(target, region->entry, reason);
    mapper_free(&m);
    VEC_FREE(&variants.assumed);
    return false;
  }
  IrValue *results = ARENA_ARRAY(region->arena, IrValue, region->live_outs.count + 1);
  if (enough != IR_NONE && condition != IR_NONE)
    region_test_first(region, at, enough);
  else if (enough != IR_NONE)
    condition = enough;
  IrValue first = (IrValue)region->function->insns.count;
  m.e.builder = region_open(region, condition);
  vector_know_sizes(&m, enough != IR_NONE);
  if (rounds_in_vectors(region))
    set_rounding(&m.e.builder);
  map_variants(&m, &variants);
  for (size_t i = 0; i < region->live_outs.count; i++)
    results[i] = m.e.variables[m.scalars[region->accesses.data[region->live_outs.data[i].access].array]];
  region_close(region, &m.e.builder, results);
  emit_remove_dead(&m.e, first);
  report(&m);
  growth_report(&m);
  mapper_free(&m);
  VEC_FREE(&variants.assumed);
  return true;
}
