// Zero points of operands, taken out of the sum: sum((x - z) * y) = sum(x * y) - z * sum(y). The sums of y,
// one for each of its rows or columns, are a contraction with ones that runs before; their multiples go into
// the drain's bias.
#include "target/tensor/tile/tile.h"

#include <string.h>

enum { MOST_SLOT_BYTES = 1 << 16, SUM_BYTES = 4 };

static const Quantity NOTHING = {IR_NONE, 0}, ONE = {IR_NONE, 1};

static bool refuse(const char **reason, const char *text) {
  *reason = text;
  return false;
}

// The operand that is summed: the one beside that with the zero point.
static unsigned summed_side(const Contraction *c) {
  return c->operands[CONTRACTION_X].zero != NODE_NONE ? CONTRACTION_Y : CONTRACTION_X;
}

static uint32_t add_operand(Region *region, IrValue base, IrType type) {
  Array array = {.kind = ARRAY_MEMORY, .base = base, .size = -1};
  VEC_PUSH(&region->arrays, array);
  Access access = {.array = (uint32_t)region->arrays.count - 1,
                   .type = type,
                   .offset = {.invariant = IR_NONE},
                   .index = NODE_NONE};
  VEC_PUSH(&region->accesses, access);
  return (uint32_t)region->accesses.count - 1;
}

static uint32_t add_ones(Target *target, Region *region, int64_t count) {
  uint8_t *bytes = arena_alloc(region->arena, (size_t)count, 1);
  memset(bytes, 1, (size_t)count);
  Emitter e = {.target = target, .machine = target->machine, .builder = {region->function, region->before}};
  const char *name = arena_format(&target->arena, ".Lkiln.ones.%lld", (long long)count);
  return add_operand(region, emit_data(&e, name, bytes, (uint32_t)count, SUM_BYTES), IR_I8);
}

static uint32_t add_sums(Region *region, int64_t count, uint32_t *slot) {
  Function *f = region->function;
  FrameSlot place = {.size = (uint64_t)count * SUM_BYTES, .alignment = 8};
  VEC_PUSH(&f->slots, place);
  *slot = (uint32_t)f->slots.count - 1;
  return add_operand(region, ir_leaf(f, IR_FRAME, IR_I64, *slot), IR_I32);
}

// Outer iterators that sum stay, with ones that do not move; the others must not move the operand.
static bool keep_outer(Contraction *sums, unsigned side) {
  uint32_t kept = 0, outer = contraction_outer_count(sums);
  for (uint32_t i = 0; i < outer; i++) {
    ContractionIterator iterator = sums->iterators[i];
    if (!iterator.sums && !quantity_is(iterator.strides[side], 0))
      return false;
    iterator.strides[!side] = NOTHING;
    if (iterator.sums)
      sums->iterators[kept++] = iterator;
  }
  memmove(&sums->iterators[kept], &sums->iterators[outer], 3 * sizeof *sums->iterators);
  sums->count = kept + 3;
  return true;
}

static bool make_sums(Contraction *c, Correction *k, const char **reason) {
  Contraction *sums = &k->sums;
  unsigned side = summed_side(c);
  *sums = *c;
  if (!keep_outer(sums, side))
    return refuse(reason, "a zero point beside an operand that moves with an outer iterator");
  ContractionIterator *own = contraction_main(sums, side == CONTRACTION_Y ? ROLE_COLUMN : ROLE_ROW);
  ContractionIterator *other = contraction_main(sums, side == CONTRACTION_Y ? ROLE_ROW : ROLE_COLUMN);
  ContractionIterator *sum = contraction_main(sums, ROLE_SUM);
  if (own->extent.value != IR_NONE || sum->extent.value != IR_NONE ||
      own->extent.constant > MOST_SLOT_BYTES / SUM_BYTES || sum->extent.constant > MOST_SLOT_BYTES)
    return refuse(reason, "a zero point beside sizes that are not known, or too large");
  k->count = own->extent.constant;
  own->strides[CONTRACTION_C].constant = SUM_BYTES;
  own->strides[CONTRACTION_C].value = IR_NONE;
  other->extent = ONE;
  other->strides[!side] = ONE;
  other->strides[CONTRACTION_C] = (Quantity){IR_NONE, k->count * SUM_BYTES};
  sum->strides[!side] = ONE;
  if (side == CONTRACTION_Y) {
    memset(&sums->row_parts, 0, sizeof sums->row_parts);
    memset(&sums->sum_parts, 0, sizeof sums->sum_parts);
  }
  sums->pixels.count = sums->taps.count = 0; // of the other operand
  memset(&sums->epilogue, 0, sizeof sums->epilogue);
  memset(&sums->finish, 0, sizeof sums->finish);
  sums->epilogue.bias = sums->epilogue.multiplier = sums->epilogue.shift = EPILOGUE_NONE;
  sums->epilogue.table = EPILOGUE_NONE;
  sums->start = START_ZERO;
  sums->border_count = 0; // of the other operand, or refused with it
  sums->correction = NULL;
  return true;
}

bool zero_point_plan(Target *target, Contraction *c, const char **reason) {
  c->correction = NULL;
  if (!c->epilogue.corrected)
    return true;
  Region *region = c->region;
  Correction *k = ARENA_NEW(region->arena, Correction);
  if (!make_sums(c, k, reason))
    return false;
  unsigned side = summed_side(c);
  k->zero = c->operands[!side].zero;
  k->negated = c->operands[!side].negated;
  k->bias = c->epilogue.bias;
  ContractionOperand ones = {
      .access = add_ones(target, region, contraction_main(&k->sums, ROLE_SUM)->extent.constant),
      .type = IR_I8,
      .is_signed = true,
      .zero = NODE_NONE,
      .scale = NODE_NONE};
  ContractionOperand result = {
      .access = add_sums(region, k->count, &k->slot), .type = IR_I32, .zero = NODE_NONE, .scale = NODE_NONE};
  k->sums.operands[!side] = ones;
  k->sums.operands[CONTRACTION_C] = result;
  k->sums.product = contraction_product(&k->sums);
  if (!plan_contraction(target->machine, &k->sums, false, region->arena, &k->plan, reason))
    return false;
  c->correction = k;
  return true;
}

// --- code

static IrValue zero_value(Emitter *e, const Region *region, const Correction *k) {
  const Node *node = &region->nodes.data[k->zero];
  IrValue value = node->kind == NODE_CONSTANT ? emit_number(e, node->imm)
                                              : build1(&e->builder, IR_SEXT, IR_I64, node->index);
  return k->negated ? value : emit_sub(e, emit_number(e, 0), value);
}

static IrValue vector(Emitter *e, IsaOp op, IrValue vl, uint32_t count, const IrValue *operands) {
  VectorConfig config = {.sew = 32, .lmul = 2};
  return build_machine(&e->builder, op, op == ISA_VSE32_V ? IR_VOID : ir_vector(4, 4), config, vl, count,
                       operands);
}

void emit_correction(Emitter *e, const Contraction *c) {
  const Correction *k = c->correction;
  const Region *region = c->region;
  IrValue place = ir_leaf(e->builder.f, IR_FRAME, IR_I64, k->slot), zero = zero_value(e, region, k);
  uint32_t at = emit_variable(e, place), left = emit_variable(e, emit_number(e, k->count)), bias = IR_NONE;
  if (k->bias != EPILOGUE_NONE)
    bias = emit_variable(e, emit_access(e, region, k->bias));
  FlowLoop loop;
  flow_loop(e, &loop);
  IrValue vl = build_setvl(&e->builder, e->variables[left], 32, 2), bytes = emit_mul_number(e, vl, SUM_BYTES);
  IrValue sums = vector(e, ISA_VLE32_V, vl, 1, &e->variables[at]);
  sums = vector(e, ISA_VMUL_VX, vl, 2, (IrValue[]){sums, zero});
  if (k->bias != EPILOGUE_NONE) {
    IrValue old = vector(e, ISA_VLE32_V, vl, 1, &e->variables[bias]);
    sums = vector(e, ISA_VADD_VV, vl, 2, (IrValue[]){sums, old});
    e->variables[bias] = emit_add(e, e->variables[bias], bytes);
  }
  vector(e, ISA_VSE32_V, vl, 2, (IrValue[]){sums, e->variables[at]});
  e->variables[at] = emit_add(e, e->variables[at], bytes);
  e->variables[left] = emit_sub(e, e->variables[left], vl);
  flow_end_loop(e, &loop, emit_less(e, emit_number(e, 0), e->variables[left]));
  e->variable_count = at;
}
