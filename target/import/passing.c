// Arguments and results of calls, LLVM's types as parameters: vectors that find no registers go through
// memory, as LLVM does it. The first parts of a vector of several groups may be in registers and the rest in
// memory, one behind the other.
#include "support/round.h"
#include "target/import/import.h"

enum { STACK_UNIT = 8, ARGUMENT_REGISTERS = 8 };

static ParamType type_of(const Leaf *leaf, ParamType like) {
  like.type = leaf->type;
  like.pair = leaf->pair;
  if (leaf->vector)
    like.mask = LLVMGetTypeKind(leaf->vector) != LLVMTargetExtTypeKind &&
                scalar_type(LLVMGetElementType(leaf->vector)) == IR_I1;
  return like;
}

// The bytes of a group in memory where its number of elements is made a power of two.
static uint64_t rounded_bytes(const Importer *imp, LLVMTypeRef type) {
  if (LLVMGetTypeKind(type) != LLVMVectorTypeKind)
    return lanes_bytes(imp, type);
  unsigned count = LLVMGetVectorSize(type), power = 1;
  while (power < count)
    power *= 2;
  return lanes_bytes(imp, LLVMVectorType(LLVMGetElementType(type), power));
}

// The vectors on the stack so far become parameters: others follow that begin at a multiple of eight.
static void close_area(PassingPlan *plan) {
  uint32_t first = (uint32_t)plan->params.count;
  for (uint64_t at = 0; at < plan->area; at += STACK_UNIT) {
    Passing passing;
    ParamType piece = {.type = IR_I64};
    (void)passing_next(&plan->state, piece, false, &passing);
    VEC_PUSH(&plan->params, piece);
  }
  for (size_t i = plan->area_first; i < plan->values.count && plan->area; i++)
    if (plan->values.data[i].way == PASSED_ON_STACK)
      plan->values.data[i].param = first;
  plan->area = 0;
}

static uint32_t add_param(PassingPlan *plan, ParamType param, bool variadic) {
  Passing passing;
  PassingState before = plan->state;
  (void)passing_next(&plan->state, param, variadic, &passing);
  if (passing.on_stack && plan->area) {
    plan->state = before;
    close_area(plan);
    (void)passing_next(&plan->state, param, variadic, &passing);
  }
  VEC_PUSH(&plan->params, param);
  return (uint32_t)plan->params.count - 1;
}

static uint64_t add_to_area(const Importer *imp, PassingPlan *plan, LLVMTypeRef type, bool mask) {
  if (!plan->area)
    plan->area_first = (uint32_t)plan->values.count;
  unsigned size = mask ? 1 : ir_type_bits(scalar_type(LLVMGetElementType(type))) / 8;
  uint64_t offset = round_up(plan->area, size);
  plan->area = offset + rounded_bytes(imp, type);
  return offset;
}

// A group that finds no registers. The parts of a vector behind one that is in memory are there too; each of
// them takes the place of a pointer, or its own on the stack, although nothing is put there.
static Passed plan_memory(const Importer *imp, PassingPlan *plan, const Leaf *leaf, bool mask) {
  Passed passed = {.leaf = *leaf, .way = PASSED_BEHIND};
  passed.leaf.offset = 0;
  const Passed *last = plan->values.count && leaf->part ? &VEC_LAST(&plan->values) : NULL;
  bool follows = last && last->way == PASSED_BEHIND;
  bool pointer =
      plan->state.integers < ARGUMENT_REGISTERS || LLVMGetTypeKind(leaf->vector) != LLVMVectorTypeKind;
  if (follows) {
    passed.param = last->param;
    passed.offset = last->offset + rounded_bytes(imp, leaf->vector);
  }
  if (pointer) {
    uint32_t param = add_param(plan, (ParamType){.type = IR_I64}, false);
    passed.param = follows ? passed.param : param;
    return passed;
  }
  uint64_t offset = add_to_area(imp, plan, leaf->vector, mask);
  if (!follows) {
    passed.way = PASSED_ON_STACK;
    passed.offset = offset;
  }
  return passed;
}

static void plan_leaf(const Importer *imp, PassingPlan *plan, const Leaf *leaf, ParamType like,
                      bool variadic) {
  ParamType param = type_of(leaf, like);
  Passing passing;
  Passed passed = {.leaf = *leaf, .way = PASSED_ITSELF};
  if (!leaf->vector) {
    passed.param = add_param(plan, param, variadic);
  } else if (passing_next(&plan->state, param, variadic, &passing)) {
    passed.param = (uint32_t)plan->params.count;
    VEC_PUSH(&plan->params, param);
  } else {
    passed = plan_memory(imp, plan, leaf, param.mask);
  }
  VEC_PUSH(&plan->values, passed);
}

// What LLVM would cut in other places than we do, or what has no place outside of its function.
static bool can_pass(const LeafList *leaves, const char **reason) {
  for (size_t i = 0; i < leaves->count; i++) {
    const Leaf *leaf = &leaves->data[i];
    unsigned count = leaf->part ? LLVMGetVectorSize(leaf->vector) : 1;
    if (leaf->type >= IR_FIRST_ACCUMULATORS)
      *reason = "accumulators as arguments or results of calls are not supported";
    else if (count & (count - 1))
      *reason =
          "vectors of more than eight registers whose number of elements is no power of two, as arguments "
          "or results of calls, are not supported";
    else
      continue;
    return false;
  }
  return true;
}

bool plan_argument(Importer *imp, PassingPlan *plan, LLVMTypeRef type, ParamType like, bool variadic,
                   const char **reason) {
  LeafList leaves = leaves_take(imp);
  bool fits = flatten(imp, type, 0, &leaves, reason) && can_pass(&leaves, reason);
  for (size_t i = 0; i < leaves.count && fits; i++)
    plan_leaf(imp, plan, &leaves.data[i], like, variadic);
  leaves_give(imp, &leaves);
  return fits;
}

void plan_end(PassingPlan *plan) {
  close_area(plan);
}

PassingPlan plan_take(Importer *imp) {
  PassingPlan plan = imp->kept_plan;
  imp->kept_plan = (PassingPlan){0};
  return plan;
}

void plan_give(Importer *imp, PassingPlan *plan) {
  plan_free(&imp->kept_plan);
  imp->kept_plan.params = plan->params;
  imp->kept_plan.values = plan->values;
  imp->kept_plan.params.count = imp->kept_plan.values.count = 0;
}

void plan_free(PassingPlan *plan) {
  VEC_FREE(&plan->params);
  VEC_FREE(&plan->values);
}

bool plan_results(Importer *imp, LLVMTypeRef type, uint8_t extension, LeafList *leaves, ParamTypes *types,
                  const char **reason) {
  if (LLVMGetTypeKind(type) == LLVMVoidTypeKind)
    return true;
  if (!flatten(imp, type, 0, leaves, reason) || !can_pass(leaves, reason))
    return false;
  for (size_t i = 0; i < leaves->count; i++)
    VEC_PUSH(types, type_of(&leaves->data[i], (ParamType){.extension = extension}));
  return true;
}

// --- values -----------------------------------------------------------------------------------------------

// The bytes of memory that value i and those of the same memory behind it take.
static uint64_t memory_size(const Importer *imp, const PassingPlan *plan, uint32_t i) {
  const Passed *first = &plan->values.data[i];
  uint64_t size = 0;
  for (; i < plan->values.count; i++) {
    const Passed *p = &plan->values.data[i];
    if (p->way == first->way && p->param == first->param)
      size = p->offset + rounded_bytes(imp, p->leaf.vector);
  }
  return size;
}

bool pass_values(Importer *imp, const PassingPlan *plan, const IrValue *values, IrValue *params) {
  bool uses_frame = false;
  for (size_t i = 0; i < plan->params.count; i++)
    params[i] = IR_NONE;
  for (uint32_t i = 0; i < plan->values.count; i++) {
    const Passed *p = &plan->values.data[i];
    if (p->way == PASSED_ITSELF) {
      params[p->param] = values[i];
      continue;
    }
    uses_frame = true;
    if (params[p->param] == IR_NONE)
      params[p->param] = frame_memory(imp, round_up(memory_size(imp, plan, i), STACK_UNIT), STACK_UNIT);
    lanes_store_type(imp, p->leaf.vector, values[i],
                     offset_address(imp, params[p->param], (int64_t)p->offset));
  }
  // The bytes of what goes to the stack are arguments.
  uint32_t area = IR_NONE;
  for (uint32_t i = 0; i < plan->values.count; i++) {
    const Passed *p = &plan->values.data[i];
    if (p->way != PASSED_ON_STACK || p->param == area)
      continue;
    area = p->param;
    IrValue address = params[area];
    uint64_t size = memory_size(imp, plan, i);
    for (uint64_t at = 0; at < size; at += STACK_UNIT)
      params[area + at / STACK_UNIT] = build_load(&imp->b, IR_I64, offset_address(imp, address, (int64_t)at));
  }
  for (size_t i = 0; i < plan->params.count; i++)
    if (params[i] == IR_NONE)
      params[i] = ir_leaf(imp->f, IR_UNDEFINED, plan->params.data[i].type, 0);
  return uses_frame;
}

IrValue passed_value(Importer *imp, const PassingPlan *plan, uint32_t i) {
  const Passed *p = &plan->values.data[i];
  ParamType type = plan->params.data[p->param];
  IrValue first = ir_leaf(imp->f, IR_ARG, type.type, p->param);
  if (p->way == PASSED_ITSELF)
    return first;
  if (p->way == PASSED_BEHIND)
    return lanes_load_type(imp, p->leaf.vector, offset_address(imp, first, (int64_t)p->offset));
  // Only the eight bytes around it are stored again, so that they can be loaded as a vector.
  uint64_t start = p->offset / STACK_UNIT * STACK_UNIT, end = p->offset + rounded_bytes(imp, p->leaf.vector);
  IrValue memory = frame_memory(imp, round_up(end - start, STACK_UNIT), STACK_UNIT);
  for (uint64_t at = start; at < end; at += STACK_UNIT)
    build_store(&imp->b, ir_leaf(imp->f, IR_ARG, IR_I64, (int64_t)(p->param + at / STACK_UNIT)),
                offset_address(imp, memory, (int64_t)(at - start)));
  return lanes_load_type(imp, p->leaf.vector, offset_address(imp, memory, (int64_t)(p->offset - start)));
}
