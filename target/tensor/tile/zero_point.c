// Zero points of operands, taken out of the sum: sum((x - z) * y) = sum(x * y) - z * sum(y). The sums of y,
// one for each of its rows or columns, are a contraction with ones that runs before; their multiples go into
// the drain's bias. Where both operands have zero points, sum((x - z) * (y - v)) = sum(x * y) - z * sum(y -
// v)
// - v * sum(x): the sums of one of them go into the bias, and what those of the other give is what the tile
// unit's sums begin with.
#include "target/tensor/tile/tile.h"

#include <string.h>

enum { MOST_SLOT_BYTES = 1 << 16 };

static const Quantity NOTHING = {IR_NONE, 0}, ONE = {IR_NONE, 1};

static bool refuse(const char **reason, const char *text) {
  *reason = text;
  return false;
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

// Outer iterators that sum stay, with ones that do not move, and those that move the operand: their sums lie
// behind one another.
static bool keep_outer(const Contraction *c, unsigned side, Correction *k) {
  Contraction *sums = &k->sums;
  uint32_t outer = contraction_outer_count(c);
  ContractionIterator kept[CONTRACTION_ITERATORS];
  uint32_t count = 0;
  k->count = k->lines;
  for (uint32_t i = outer; i-- > 0;) {
    ContractionIterator iterator = c->iterators[i];
    bool moves = !quantity_is(iterator.strides[side], 0);
    if (!iterator.sums && !moves)
      continue;
    if (iterator.extent.value != IR_NONE || iterator.extent.constant > MOST_SLOT_BYTES)
      return false;
    iterator.strides[!side] = NOTHING;
    iterator.strides[CONTRACTION_C] = NOTHING;
    iterator.parameters = 0;
    if (iterator.sums) {
      k->values *= iterator.extent.constant;
    } else {
      k->moves[i] = k->count;
      iterator.strides[CONTRACTION_C].constant = k->count * SUM_BYTES;
      k->count *= iterator.extent.constant;
      if (k->count > MOST_SLOT_BYTES / SUM_BYTES)
        return false;
    }
    kept[count++] = iterator;
  }
  memcpy(&sums->iterators[count], &c->iterators[outer], 3 * sizeof *sums->iterators);
  for (uint32_t i = 0; i < count; i++)
    sums->iterators[i] = kept[count - 1 - i];
  sums->count = count + 3;
  return true;
}

// The sums are nothing but sums.
static void without_results(Contraction *sums) {
  memset(&sums->epilogue, 0, sizeof sums->epilogue);
  memset(&sums->finish, 0, sizeof sums->finish);
  sums->epilogue.bias = sums->epilogue.multiplier = sums->epilogue.shift = EPILOGUE_NONE;
  sums->epilogue.table = EPILOGUE_NONE;
  sums->start = START_ZERO;
  sums->correction = sums->start_correction = NULL;
}

// Of the operand on this side.
static bool make_sums(const Contraction *c, unsigned side, Correction *k, const char **reason) {
  Contraction *sums = &k->sums;
  *sums = *c;
  Quantity lines = contraction_main(sums, side == CONTRACTION_Y ? ROLE_COLUMN : ROLE_ROW)->extent;
  Quantity values = contraction_main(sums, ROLE_SUM)->extent;
  if (lines.value != IR_NONE || values.value != IR_NONE || lines.constant > MOST_SLOT_BYTES / SUM_BYTES ||
      values.constant > MOST_SLOT_BYTES)
    return refuse(reason, "a zero point beside sizes that are not known, or too large");
  k->lines = lines.constant;
  k->values = values.constant;
  if (!keep_outer(c, side, k))
    return refuse(reason, "a zero point beside too many sums of the other operand");
  ContractionIterator *own = contraction_main(sums, side == CONTRACTION_Y ? ROLE_COLUMN : ROLE_ROW);
  ContractionIterator *other = contraction_main(sums, side == CONTRACTION_Y ? ROLE_ROW : ROLE_COLUMN);
  ContractionIterator *sum = contraction_main(sums, ROLE_SUM);
  own->strides[CONTRACTION_C] = (Quantity){IR_NONE, SUM_BYTES};
  other->extent = ONE;
  other->strides[!side] = ONE;
  other->strides[CONTRACTION_C] = (Quantity){IR_NONE, k->count * SUM_BYTES};
  sum->strides[!side] = ONE;
  if (side == CONTRACTION_Y) {
    memset(&sums->row_parts, 0, sizeof sums->row_parts);
    memset(&sums->sum_parts, 0, sizeof sums->sum_parts);
  }
  sums->pixels.count = sums->taps.count = 0; // of the other operand
  sums->border_count = 0;                    // of the other operand, or refused with it
  without_results(sums);
  return true;
}

// The sums of the operand on this side, which the other's zero point is multiplied with.
static Correction *correct(Target *target, const Contraction *c, unsigned side, const char **reason) {
  Region *region = c->region;
  Correction *k = ARENA_NEW(region->arena, Correction);
  memset(k, 0, sizeof *k);
  if (!make_sums(c, side, k, reason))
    return NULL;
  k->zero = c->operands[!side].zero;
  k->negated = c->operands[!side].negated;
  k->other_zero = NODE_NONE;
  k->bias = EPILOGUE_NONE;
  ContractionOperand ones = {
      .access = add_ones(target, region, contraction_main(&k->sums, ROLE_SUM)->extent.constant),
      .type = IR_I8,
      .is_signed = true,
      .zero = NODE_NONE,
      .scale = NODE_NONE};
  ContractionOperand result = {
      .access = add_sums(region, k->count, &k->slot), .type = IR_I32, .zero = NODE_NONE, .scale = NODE_NONE};
  k->sums.operands[side].zero = NODE_NONE;
  k->sums.operands[!side] = ones;
  k->sums.operands[CONTRACTION_C] = result;
  k->sums.product = contraction_product(&k->sums);
  return plan_contraction(target->machine, &k->sums, false, region->arena, &k->plan, reason) ? k : NULL;
}

// Whether the drain's other parameters lie as the sums do: they move alike from product to product, or the
// bias alone is the same for all of them.
static bool takes_parameters(const Contraction *c, Correction *k) {
  const Epilogue *epilogue = &c->epilogue;
  bool alike = true, still = true;
  for (uint32_t i = 0; i < contraction_outer_count(c); i++) {
    alike = alike && k->moves[i] == c->iterators[i].parameters;
    still = still && c->iterators[i].parameters == 0;
  }
  bool bias = epilogue->bias != EPILOGUE_NONE,
       scale = epilogue->multiplier != EPILOGUE_NONE || epilogue->shift != EPILOGUE_NONE;
  k->restarts = bias && !alike;
  return alike || (still && !scale);
}

bool zero_point_plan(Target *target, Contraction *c, const char **reason) {
  c->correction = c->start_correction = NULL;
  if (!c->epilogue.corrected)
    return true;
  // The side whose sums go with the drain's parameters: the one beside a single zero point.
  unsigned side = c->epilogue.columns ? CONTRACTION_Y : CONTRACTION_X;
  if (c->operands[!side].zero == NODE_NONE)
    side = !side;
  const ContractionOperand *summed = &c->operands[side];
  Correction *k = correct(target, c, side, reason), *start = NULL;
  if (!k)
    return false;
  k->bias = c->epilogue.bias;
  if (!takes_parameters(c, k))
    return refuse(reason, "a zero point beside parameters that move otherwise than the sums");
  if (summed->zero != NODE_NONE) {
    start = correct(target, c, !side, reason);
    if (!start)
      return false;
    k->other_zero = summed->zero;
    k->other_negated = summed->negated;
  }
  c->correction = k;
  c->start_correction = start;
  return true;
}

// --- code

// What a zero point adds to each value: its opposite, or itself where it is added.
static IrValue zero_value(Emitter *e, const Region *region, uint32_t zero, bool negated) {
  const Node *node = &region->nodes.data[zero];
  IrValue value = node->kind == NODE_CONSTANT ? emit_number(e, node->imm)
                                              : build1(&e->builder, IR_SEXT, IR_I64, node->index);
  return negated ? value : emit_sub(e, emit_number(e, 0), value);
}

static IrValue vector(Emitter *e, IsaOp op, IrValue vl, uint32_t count, const IrValue *operands) {
  VectorConfig config = {.sew = 32, .lmul = 2};
  return build_machine(&e->builder, op, op == ISA_VSE32_V ? IR_VOID : ir_vector(4, 4), config, vl, count,
                       operands);
}

// Makes `count` sums, from the address in `at` on, which moves on, sum * zero + same + bias.
static void correct_sums(Emitter *e, uint32_t at, uint32_t bias, IrValue count, IrValue zero, IrValue same) {
  uint32_t left = emit_variable(e, count);
  FlowLoop loop;
  flow_loop(e, &loop);
  IrValue vl = build_setvl(&e->builder, e->variables[left], 32, 2), bytes = emit_mul_number(e, vl, SUM_BYTES);
  IrValue sums = vector(e, ISA_VLE32_V, vl, 1, &e->variables[at]);
  sums = vector(e, ISA_VMUL_VX, vl, 2, (IrValue[]){sums, zero});
  if (same != IR_NONE)
    sums = vector(e, ISA_VADD_VX, vl, 2, (IrValue[]){sums, same});
  if (bias != IR_NONE) {
    IrValue old = vector(e, ISA_VLE32_V, vl, 1, &e->variables[bias]);
    sums = vector(e, ISA_VADD_VV, vl, 2, (IrValue[]){sums, old});
    e->variables[bias] = emit_add(e, e->variables[bias], bytes);
  }
  vector(e, ISA_VSE32_V, vl, 2, (IrValue[]){sums, e->variables[at]});
  e->variables[at] = emit_add(e, e->variables[at], bytes);
  e->variables[left] = emit_sub(e, e->variables[left], vl);
  flow_end_loop(e, &loop, emit_less(e, emit_number(e, 0), e->variables[left]));
  e->variable_count = left;
}

void emit_correction(Emitter *e, const Region *region, const Correction *k) {
  IrValue place = ir_leaf(e->builder.f, IR_FRAME, IR_I64, k->slot);
  IrValue zero = zero_value(e, region, k->zero, k->negated), same = IR_NONE, first = IR_NONE;
  if (k->other_zero != NODE_NONE)
    same = emit_mul_number(e, emit_mul(e, zero, zero_value(e, region, k->other_zero, k->other_negated)),
                           k->values);
  if (k->bias != EPILOGUE_NONE)
    first = emit_access(e, region, k->bias);
  uint32_t at = emit_variable(e, place), bias = first == IR_NONE ? IR_NONE : emit_variable(e, first);
  if (k->restarts && k->count > k->lines) {
    FlowLoop loop;
    flow_loop(e, &loop);
    e->variables[bias] = first;
    correct_sums(e, at, bias, emit_number(e, k->lines), zero, same);
    IrValue end = emit_add_number(e, place, k->count * SUM_BYTES);
    flow_end_loop(e, &loop, emit_below(e, e->variables[at], end));
  } else {
    correct_sums(e, at, bias, emit_number(e, k->count), zero, same);
  }
  e->variable_count = at;
}

IrValue emit_zero_value(Emitter *e, const Region *region, const ContractionOperand *operand) {
  return zero_value(e, region, operand->zero, operand->negated);
}

IrValue emit_zero_fits(Emitter *e, const Region *region, const ContractionOperand *operand) {
  int64_t least = operand->is_signed ? INT8_MIN : 0;
  IrValue above = emit_sub(e, emit_number(e, -least), emit_zero_value(e, region, operand));
  return emit_below(e, above, emit_number(e, UINT8_MAX + 1));
}

IrValue emit_zero_bytes(Emitter *e, const Region *region, const ContractionOperand *operand) {
  enum { REPEATED = 0x01010101 };
  IrValue zero = emit_sub(e, emit_number(e, 0), emit_zero_value(e, region, operand));
  return emit_mul_number(e, build2(&e->builder, IR_AND, IR_I64, zero, emit_number(e, UINT8_MAX)), REPEATED);
}

IrValue emit_outside(Emitter *e, const Contraction *c) {
  return c->outside_varies ? emit_zero_bytes(e, c->region, &c->operands[c->bordered])
                           : emit_number(e, (int32_t)c->outside);
}

void emit_corrected_line(Emitter *e, IrValue place, IrValue count, IrValue zero, IrValue bias) {
  uint32_t at = emit_variable(e, place), next = bias == IR_NONE ? IR_NONE : emit_variable(e, bias);
  correct_sums(e, at, next, count, zero, IR_NONE);
  e->variable_count = at;
}
