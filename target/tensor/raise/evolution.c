// Scalar evolution: integers as polynomials over iterators and values from before the region, exact modulo
// their type's size.
#include "target/tensor/raise/raise.h"

bool block_in_loop(const Function *f, uint32_t block, uint32_t header) {
  uint32_t loop = f->blocks.data[block].loop;
  while (loop != IR_NONE && loop != header)
    loop = f->blocks.data[loop].parent;
  return loop == header;
}

RaisedLoop *raised_loop(Raise *r, uint32_t header) {
  for (size_t i = 0; i < r->loops.count; i++)
    if (r->loops.data[i].header == header)
      return &r->loops.data[i];
  return NULL;
}

RaisedLoop *loop_of_iterator(Raise *r, uint32_t iterator) {
  for (size_t i = 0; i < r->loops.count; i++)
    if (r->loops.data[i].iterator == iterator)
      return &r->loops.data[i];
  return NULL;
}

// --- ranges -----------------------------------------------------------------------------------------------

static const Wide unbounded = (Wide)1 << 100;

static Wide clamped(Wide x) {
  return x > unbounded ? unbounded : x < -unbounded ? -unbounded : x;
}

static Wide multiplied(Wide x, Wide y) {
  Wide product = 0;
  if (__builtin_mul_overflow(x, y, &product))
    return (x < 0) != (y < 0) ? -unbounded : unbounded;
  return clamped(product);
}

Range range_of_bits(unsigned bits) {
  Wide half = (Wide)1 << (bits - 1);
  return (Range){-half, half - 1};
}

static Range monomial_range(const Function *f, const Monomial *m) {
  Range range = {m->coefficient, m->coefficient};
  for (uint32_t i = 0; i < m->count; i++) {
    Range x = value_range(f, NULL, m->factors[i], 0);
    Wide corners[4] = {multiplied(range.low, x.low), multiplied(range.low, x.high),
                       multiplied(range.high, x.low), multiplied(range.high, x.high)};
    range = (Range){corners[0], corners[0]};
    for (int k = 1; k < 4; k++) {
      range.low = corners[k] < range.low ? corners[k] : range.low;
      range.high = corners[k] > range.high ? corners[k] : range.high;
    }
  }
  return range;
}

static uint32_t last_iterator(const Poly *poly) {
  uint32_t last = 0;
  for (uint32_t i = 0; i < poly->count; i++) {
    const Monomial *m = &poly->terms[i];
    if (m->count && m->factors[m->count - 1] > last)
      last = m->factors[m->count - 1];
  }
  return factor_is_iterator(last) ? last : 0;
}

// The extreme of a polynomial: each iterator is replaced by the end of its range that makes it largest (or
// smallest), so that bounds that cancel do.
static Wide extreme(Raise *r, const Poly *poly, bool high) {
  if (!poly)
    return high ? unbounded : -unbounded;
  uint32_t factor = last_iterator(poly);
  if (!factor) {
    Wide total = 0;
    for (uint32_t i = 0; i < poly->count; i++) {
      Range range = monomial_range(r->f, &poly->terms[i]);
      total = clamped(total + (high ? range.high : range.low));
    }
    return total;
  }
  const Poly *rest = NULL, *coefficient = NULL;
  RaisedLoop *loop = loop_of_iterator(r, factor & INT32_MAX);
  if (!loop || !loop->extent || !poly_split(r->arena, poly, factor, &rest, &coefficient))
    return high ? unbounded : -unbounded;
  bool rises = extreme(r, coefficient, false) >= 0, falls = extreme(r, coefficient, true) <= 0;
  const Poly *last = poly_add(r->arena, loop->extent, poly_constant(r->arena, 1), -1);
  if (!rises && !falls) { // a size that may be negative: each for itself
    Wide moved = multiplied(extreme(r, coefficient, high), extreme(r, last, true));
    return clamped(extreme(r, rest, high) + ((moved > 0) == high ? moved : 0));
  }
  const Poly *at =
      rises == high ? poly_add(r->arena, rest, poly_multiply(r->arena, coefficient, last), 1) : rest;
  return extreme(r, at, high);
}

Range poly_range(Raise *r, const Poly *poly) {
  return (Range){extreme(r, poly, false), extreme(r, poly, true)};
}

// Whether guards of the block that the walk is at tell that a polynomial is not negative there: what is left
// when multiples of them are taken away is not.
static bool guards_exclude_negative(Raise *r, const Poly *poly) {
  for (size_t i = 0; i < r->scope && i < r->guards.count && poly; i++) {
    const Poly *guard = r->guards.data[i], *rest = NULL, *in_guard = NULL, *in_poly = NULL;
    uint32_t factor = last_iterator(guard);
    int64_t unit = 0, steps = 0;
    if (!factor || !poly_split(r->arena, guard, factor, &rest, &in_guard) ||
        !poly_is_constant(in_guard, &unit) || !poly_split(r->arena, poly, factor, &rest, &in_poly) ||
        !poly_is_constant(in_poly, &steps) || steps == 0 || steps % unit != 0 || steps / unit < 0)
      continue;
    poly = poly_add(r->arena, poly, guard, -(steps / unit));
    if (poly && extreme(r, poly, false) >= 0)
      return true;
  }
  return false;
}

bool poly_fits(Raise *r, const Poly *poly, unsigned bits) {
  Range range = poly_range(r, poly), type = range_of_bits(bits);
  return range.low >= type.low && range.high <= type.high;
}

// --- values before the region -----------------------------------------------------------------------------

Builder region_before(Region *region) {
  Builder b = {region->function, region->before};
  return b;
}

IrValue build_before_region(Raise *r, IrOp op, IrType type, IrValue x, IrValue y) {
  Builder b = region_before(r->region);
  return y == IR_NONE ? build1(&b, op, type, x) : build2(&b, op, type, x, y);
}

static IrValue compute_invariant(Raise *r, IrValue v) {
  const IrInsn *insn = ir_insn(r->f, v);
  if (insn->op == IR_LOAD)
    return load_early(r, v);
  if (!(ir_ops[insn->op].flags & IR_PURE) || insn->operand_count > IR_INLINE_OPERANDS)
    return IR_NONE;
  IrValue operands[IR_INLINE_OPERANDS];
  uint32_t count = insn->operand_count;
  for (uint32_t i = 0; i < count; i++) {
    operands[i] = invariant_value(r, ir_operand(r->f, v, i));
    if (operands[i] == IR_NONE)
      return IR_NONE;
  }
  insn = ir_insn(r->f, v);
  uint8_t aux = insn->aux, flags = insn->flags;
  IrValue copy = ir_add(r->f, (IrOp)insn->op, insn->type, count, operands);
  ir_insn(r->f, copy)->aux = aux;
  ir_insn(r->f, copy)->flags = flags;
  ir_insert(r->f, r->region->before, copy);
  return copy;
}

IrValue invariant_value(Raise *r, IrValue v) {
  if (!inside_region(r, v))
    return v;
  if (!r->invariants[v] && r->depth < MAX_DEPTH) {
    r->depth++;
    r->invariants[v] = 1;
    IrValue found = compute_invariant(r, v);
    r->invariants[v] = found == IR_NONE ? 1 : found + 2;
    r->depth--;
  }
  return r->invariants[v] <= 1 ? IR_NONE : r->invariants[v] - 2;
}

// --- values -----------------------------------------------------------------------------------------------

bool phi_of_two_constants(Raise *r, const RaisedLoop *loop, IrValue v, int64_t values[2]) {
  const IrInsn *phi = ir_insn(r->f, v);
  if (phi->op != IR_PHI || phi->block != loop->header)
    return false;
  for (uint32_t i = 0; i < 2; i++) {
    IrValue x = ir_operand(r->f, v, i);
    if (!ir_is_const(r->f, x))
      return false;
    values[r->f->blocks.data[loop->header].preds[i] == loop->latch] = ir_insn(r->f, x)->imm;
  }
  return true;
}

// A phi of a loop's header that grows by the same amount each time. Where it goes on through loops within, as
// a pointer does that they move, these are looked at before the walk comes to them.
static const Poly *induction(Raise *r, IrValue v) {
  uint32_t block = ir_insn(r->f, v)->block;
  const RaisedLoop *loop = raised_loop(r, block);
  if (!loop && r->open_phis && ir_type(r->f, v) == IR_I64)
    loop = foresee_loop(r, block);
  if (!loop)
    return NULL;
  int64_t values[2] = {0}, extent = 0;
  if (poly_is_constant(loop->extent, &extent) && extent <= 2 && phi_of_two_constants(r, loop, v, values)) {
    const Poly *x = poly_factor(r->arena, factor_iterator(loop->iterator));
    return poly_add(r->arena, poly_constant(r->arena, values[0]), x,
                    (int64_t)((uint64_t)values[1] - (uint64_t)values[0]));
  }
  const IrBlock *b = &r->f->blocks.data[block];
  const Poly *start = NULL, *next = NULL, *rest = NULL, *step = NULL;
  uint32_t iterator = factor_iterator(loop->iterator);
  size_t trail = r->trail.count;
  r->open_phis++;
  for (uint32_t i = 0; i < b->pred_count; i++) {
    const Poly **to = b->preds[i] == loop->latch ? &next : &start;
    *to = evolution_in(r, ir_operand(r->f, v, i), b->preds[i]);
    b = &r->f->blocks.data[block];
  }
  r->open_phis--;
  while (r->trail.count > trail)
    r->poly_known[VEC_POP(&r->trail)] = 0;
  int64_t one = 0;
  if (!start || !next || !poly_split(r->arena, next, v, &rest, &step) || !poly_is_constant(step, &one) ||
      one != 1 || poly_has(start, v) || poly_has(rest, iterator))
    return NULL;
  const Poly *grown = poly_multiply(r->arena, rest, poly_factor(r->arena, iterator));
  return poly_add(r->arena, start, grown, 1);
}

static const Poly *operand_evolution(Raise *r, IrValue v, uint32_t i) {
  uint32_t block = ir_insn(r->f, v)->block;
  return evolution_in(r, ir_operand(r->f, v, i), block);
}

// Whether y has only bits below the lowest that any x has.
static bool has_bits_below(Raise *r, const Poly *x, const Poly *y) {
  Range range = poly_range(r, y);
  if (range.low < 0 || range.high > INT32_MAX)
    return false;
  unsigned bits = range.high ? 64 - (unsigned)__builtin_clzll((uint64_t)range.high) : 0;
  for (uint32_t i = 0; i < x->count; i++)
    if (x->terms[i].coefficient & (int64_t)((UINT64_C(1) << bits) - 1))
      return false;
  return true;
}

// x | y where no bit is in both.
static const Poly *evolve_or(Raise *r, const Poly *x, const Poly *y) {
  if (!x || !y)
    return NULL;
  bool apart = has_bits_below(r, x, y) || has_bits_below(r, y, x);
  return apart ? poly_add(r->arena, x, y, 1) : NULL;
}

// Assumes a polynomial without iterators to be within limits that its computation is not known to keep.
static bool assume_small(Raise *r, const Poly *poly, int64_t limit) {
  Range range = poly_range(r, poly);
  if (range.low >= -limit && range.high <= limit)
    return true;
  const Poly *bound = poly_constant(r->arena, limit);
  return assume_natural(r, poly_add(r->arena, bound, poly, 1)) &&
         assume_natural(r, poly_add(r->arena, bound, poly, -1));
}

// Assumes that factors, and products of them as far as they are multiplied, stay within 32 bits, so that the
// polynomial is computed without wrapping. False: no such assumption would do.
static bool assume_small_products(Raise *r, const Poly *poly) {
  static const int64_t limit = INT64_C(1) << 31, most_coefficient = INT64_C(1) << 24;
  for (uint32_t i = 0; i < poly->count; i++) {
    const Monomial *m = &poly->terms[i];
    if (m->count && (m->coefficient > most_coefficient || m->coefficient < -most_coefficient))
      return false;
    const Poly *product = poly_constant(r->arena, 1);
    for (uint32_t k = 0; k < m->count; k++) {
      const Poly *factor = poly_factor(r->arena, m->factors[k]);
      product = poly_multiply(r->arena, product, factor);
      if (!assume_small(r, factor, limit) || !assume_small(r, product, limit))
        return false;
    }
  }
  return true;
}

// Whether the polynomial can be computed in 64 bits, by assumptions at need.
static bool computable(Raise *r, const Poly *poly) {
  return poly_fits(r, poly, 64) || assume_small_products(r, poly);
}

// Assumes that values, which may be addresses, are so far from the ends of 64 bits that a sum of multiples of
// them and of iterators is no further.
static bool assume_unwrapped(Raise *r, const Poly *poly) {
  for (uint32_t i = 0; i < poly->count; i++) {
    const Monomial *m = &poly->terms[i];
    int64_t scale = m->coefficient < 0 ? -m->coefficient : m->coefficient;
    int64_t most = INT64_MAX / ((int64_t)poly->count + 1);
    if (scale < 0 || (m->count == 0 && scale > most))
      return false;
    if (m->count == 0)
      continue;
    const Poly *factor = poly_factor(r->arena, m->factors[0]);
    Range range = poly_range(r, factor);
    bool known = range.low >= -(most / scale) && range.high <= most / scale;
    if (m->count > 1 || (!known && (poly_has_iterators(factor) || !assume_small(r, factor, most / scale))))
      return false;
  }
  return true;
}

bool assume_range(Raise *r, const Poly *poly, Wide low, Wide high) {
  const Poly *least = poly, *most = poly;
  if (high >= INT64_MAX && low <= INT64_MIN && assume_unwrapped(r, poly))
    return true;
  for (uint32_t factor = last_iterator(poly); factor; factor = last_iterator(most)) {
    const Poly *rest = NULL, *coefficient = NULL;
    RaisedLoop *loop = loop_of_iterator(r, factor & INT32_MAX);
    if (!loop || !loop->extent || !poly_split(r->arena, most, factor, &rest, &coefficient) ||
        poly_has_iterators(coefficient) || !coefficient->count)
      return false;
    const Poly *last = poly_add(r->arena, loop->extent, poly_constant(r->arena, 1), -1);
    bool falls = extreme(r, coefficient, true) <= 0;
    if (!falls && !(computable(r, coefficient) && assume_natural(r, coefficient)))
      return false;
    most = poly_replace(r->arena, most, factor, falls ? poly_constant(r->arena, 0) : last);
    least = poly_replace(r->arena, least, factor, falls ? last : poly_constant(r->arena, 0));
    if (!most || !least)
      return false;
  }
  // The differences below must not wrap.
  const Poly *below = poly_add(r->arena, least, poly_constant(r->arena, (int64_t)low), -1);
  const Poly *above = poly_add(r->arena, poly_constant(r->arena, (int64_t)high), most, -1);
  if (poly_has_iterators(least) || !computable(r, below) || !computable(r, above))
    return false;
  return assume_natural(r, below) && assume_natural(r, above);
}

// A number of which only the bits below `end` count: whole multiples of that say nothing, which compilers add
// instead of taking small numbers away.
static const Poly *nearest(Raise *r, const Poly *x, int64_t end) {
  if (!x || !x->count || x->terms[0].count)
    return x;
  int64_t constant = x->terms[0].coefficient, rest = constant % end;
  int64_t near = rest >= end / 2 ? rest - end : rest < -end / 2 ? rest + end : rest;
  return near == constant ? x : poly_add(r->arena, x, poly_constant(r->arena, near - constant), 1);
}

// The bits that a mask leaves of a number that has none below it, where it is not negative and below the
// mask's end: as compilers extend narrow indices that they have multiplied before. Where guards bound it
// masks have few bits.
static const Poly *evolve_mask(Raise *r, const Poly *x, const Poly *mask) {
  int64_t bits = 0, whole = INT64_C(1) << 32;
  if (!x || !poly_is_constant(mask, &bits) || bits <= 0 || bits >= whole)
    return NULL;
  int64_t lowest = bits & -bits, end = bits + lowest;
  if (end & (end - 1))
    return NULL;
  for (uint32_t i = 0; i < x->count; i++)
    if (x->terms[i].coefficient % lowest != 0)
      return NULL;
  x = nearest(r, x, end);
  Range range = poly_range(r, x);
  bool below = range.high < end;
  if (!below && r->guarded)
    below = guards_exclude_negative(r, poly_add(r->arena, poly_constant(r->arena, end - 1), x, -1));
  if (below && (range.low >= 0 || (r->guarded && guards_exclude_negative(r, x))))
    return x;
  return end == whole && !r->open_phis && assume_range(r, x, 0, end - 1) ? x : NULL;
}

// The value of a narrow integer as a signed (or unsigned) number; NULL: not known.
static const Poly *exact_value(Raise *r, IrValue v, uint32_t block, bool sign) {
  IrType type = ir_type(r->f, v);
  const Poly *x = evolution_in(r, v, block);
  Range range = x ? poly_range(r, x) : (Range){0};
  Wide low = sign ? range_of_bits(type).low : 0,
       high = sign ? range_of_bits(type).high : ((Wide)1 << type) - 1;
  if (x && range.low >= low && range.high <= high)
    return x;
  if (x && r->guarded && low >= 0 && range.high <= high && guards_exclude_negative(r, x))
    return x;
  if (x && !r->open_phis && assume_range(r, x, low, high))
    return x;
  const IrInsn insn = *ir_insn(r->f, v);
  if (!(insn.flags & (sign ? IR_NO_SIGNED_WRAP : IR_NO_UNSIGNED_WRAP)) || r->depth >= MAX_DEPTH)
    return NULL;
  r->depth++;
  const Poly *a = exact_value(r, insn.operands[0], insn.block, sign), *b = NULL;
  if (a && insn.op != IR_SHL)
    b = exact_value(r, insn.operands[1], insn.block, sign);
  r->depth--;
  if (insn.op == IR_SHL && ir_is_const(r->f, insn.operands[1]))
    return poly_add(r->arena, poly_constant(r->arena, 0), a,
                    INT64_C(1) << (ir_insn(r->f, insn.operands[1])->imm & 63));
  if (insn.op == IR_MUL)
    return poly_multiply(r->arena, a, b);
  return insn.op == IR_ADD || insn.op == IR_SUB ? poly_add(r->arena, a, b, insn.op == IR_ADD ? 1 : -1) : NULL;
}

static const Poly *evolve_extension(Raise *r, IrValue v, bool sign) {
  IrValue x = ir_operand(r->f, v, 0);
  return ir_type(r->f, x) == IR_I1 ? NULL : exact_value(r, x, ir_insn(r->f, v)->block, sign);
}

// The group of one of `extent` channels, where `size = extent / groups` are one: all are taken for one group.
static const Poly *evolve_group(Raise *r, IrValue v) {
  const IrInsn insn = *ir_insn(r->f, v);
  bool sign = insn.op == IR_SDIV;
  IrValue size = invariant_value(r, insn.operands[1]);
  if (size == IR_NONE || ir_insn(r->f, size)->op != insn.op || r->open_phis)
    return NULL;
  const IrInsn division = *ir_insn(r->f, size);
  const Poly *x = exact_value(r, insn.operands[0], insn.block, sign);
  uint32_t factor = x && x->count == 1 && x->terms[0].count == 1 ? x->terms[0].factors[0] : 0;
  RaisedLoop *loop = factor_is_iterator(factor) ? loop_of_iterator(r, factor & INT32_MAX) : NULL;
  if (!loop || !loop->extent || x->terms[0].coefficient != 1 ||
      !poly_equal(loop->extent, exact_value(r, division.operands[0], r->region->before, sign)))
    return NULL;
  const Poly *channels = exact_value(r, size, r->region->before, sign);
  bool one = assume_natural(r, poly_add(r->arena, channels, loop->extent, -1));
  return one ? poly_constant(r->arena, 0) : NULL;
}

// A number's low bits with their sign, as up and down by the same amount.
static const Poly *evolve_low_bits(Raise *r, IrValue v) {
  const IrInsn insn = *ir_insn(r->f, v), up = *ir_insn(r->f, insn.operands[0]);
  IrValue amount = insn.operands[1];
  if (up.op != IR_SHL || !ir_is_const(r->f, amount) || !ir_is_const(r->f, up.operands[1]) ||
      ir_insn(r->f, amount)->imm != ir_insn(r->f, up.operands[1])->imm)
    return NULL;
  int64_t bits = insn.type - ir_insn(r->f, amount)->imm;
  if (bits <= 0 || bits >= insn.type)
    return NULL;
  const Poly *x = evolution_in(r, up.operands[0], up.block);
  Range range = range_of_bits((unsigned)bits);
  bool fits =
      x && (poly_fits(r, x, (unsigned)bits) || (!r->open_phis && assume_range(r, x, range.low, range.high)));
  return fits ? x : NULL;
}

static const Poly *evolve_operation(Raise *r, IrValue v) {
  const IrInsn insn = *ir_insn(r->f, v);
  switch ((IrOp)insn.op) {
  case IR_PHI:
    if (!inside_region(r, v))
      return NULL;
    return insn.operand_count == 1 ? operand_evolution(r, v, 0) : induction(r, v);
  case IR_COPY:
    return insn.type == IR_I1 ? NULL : operand_evolution(r, v, 0);
  case IR_TRUNC:
    return insn.type == IR_I1 ? NULL : nearest(r, operand_evolution(r, v, 0), INT64_C(1) << insn.type);
  case IR_ADD:
  case IR_SUB:
    return poly_add(r->arena, operand_evolution(r, v, 0), operand_evolution(r, v, 1),
                    insn.op == IR_ADD ? 1 : -1);
  case IR_MUL:
    return poly_multiply(r->arena, operand_evolution(r, v, 0), operand_evolution(r, v, 1));
  case IR_SHL: {
    IrValue amount = ir_operand(r->f, v, 1);
    if (!ir_is_const(r->f, amount) || (uint64_t)ir_insn(r->f, amount)->imm >= insn.type)
      return NULL;
    int64_t factor = (int64_t)(UINT64_C(1) << ir_insn(r->f, amount)->imm);
    return poly_add(r->arena, poly_constant(r->arena, 0), operand_evolution(r, v, 0), factor);
  }
  case IR_XOR: { // ~x = -1 - x
    const IrInsn *mask = ir_insn(r->f, ir_operand(r->f, v, 1));
    return mask->op == IR_CONST && mask->imm == -1
               ? poly_add(r->arena, poly_constant(r->arena, -1), operand_evolution(r, v, 0), -1)
               : NULL;
  }
  case IR_AND:
    return evolve_mask(r, operand_evolution(r, v, 0), operand_evolution(r, v, 1));
  case IR_OR:
    return evolve_or(r, operand_evolution(r, v, 0), operand_evolution(r, v, 1));
  case IR_ASHR:
    return evolve_low_bits(r, v);
  case IR_SEXT:
  case IR_ZEXT:
    return evolve_extension(r, v, insn.op == IR_SEXT);
  case IR_SDIV:
  case IR_UDIV:
    return evolve_group(r, v);
  default:
    return NULL;
  }
}

static const Poly *evolve(Raise *r, IrValue v) {
  const IrInsn *insn = ir_insn(r->f, v);
  if (ir_is_float(insn->type) || insn->type <= IR_I1)
    return NULL;
  if (insn->op == IR_CONST)
    return poly_constant(r->arena, insn->imm);
  if (insn->op == IR_SYMBOL) {
    int64_t addend = ir_addend_of(insn);
    IrValue base = ir_leaf(r->f, IR_SYMBOL, insn->type, ir_symbol_imm(ir_symbol_of(insn), 0));
    return poly_add(r->arena, poly_factor(r->arena, base), poly_constant(r->arena, addend), 1);
  }
  const Poly *poly = evolve_operation(r, v);
  if (poly)
    return poly;
  IrValue before = invariant_value(r, v);
  return before == IR_NONE ? NULL : poly_factor(r->arena, before);
}

const Poly *evolution(Raise *r, IrValue v) {
  if (v >= r->known) {
    const IrInsn *insn = ir_insn(r->f, v);
    return insn->op == IR_CONST ? poly_constant(r->arena, insn->imm) : poly_factor(r->arena, v);
  }
  if (r->poly_known[v] == 2) // a phi that is being looked at
    return poly_factor(r->arena, v);
  if (r->guarded && r->poly_known[v] == 1 && !r->polys[v] && r->depth < MAX_DEPTH) {
    r->depth++;
    const Poly *poly = evolve(r, v); // what holds here alone is not kept
    r->depth--;
    return poly;
  }
  if (!r->poly_known[v]) {
    if (r->depth >= MAX_DEPTH)
      return NULL;
    r->depth++;
    bool phi = ir_insn(r->f, v)->op == IR_PHI;
    r->poly_known[v] = phi ? 2 : 0;
    const Poly *poly = evolve(r, v);
    r->depth--;
    r->polys[v] = poly;
    r->poly_known[v] = 1;
    if (r->open_phis || r->guarded)
      VEC_PUSH(&r->trail, v);
  }
  return r->polys[v];
}

const Poly *evolution_under_guards(Raise *r, IrValue v, uint32_t block) {
  if (r->guarded || block != r->at || r->scope == 0)
    return NULL;
  size_t trail = r->trail.count;
  r->guarded = true;
  const Poly *poly = evolution_in(r, v, block);
  r->guarded = false;
  while (r->trail.count > trail)
    r->poly_known[VEC_POP(&r->trail)] = 0;
  return poly;
}

const Poly *evolution_in(Raise *r, IrValue v, uint32_t block) {
  const Poly *poly = evolution(r, v);
  for (size_t i = 0; poly && block != IR_NONE && i < r->loops.count; i++) {
    const RaisedLoop *loop = &r->loops.data[i];
    if (!poly_has(poly, factor_iterator(loop->iterator)) || block_in_loop(r->f, block, loop->header))
      continue;
    if (!loop->extent || (loop->test_first && extreme(r, loop->extent, false) < 0))
      return NULL;
    const Poly *at = poly_add(r->arena, loop->extent, poly_constant(r->arena, loop->test_first ? 0 : 1), -1);
    poly = poly_replace(r->arena, poly, factor_iterator(loop->iterator), at);
  }
  return poly;
}

// --- numbers in code --------------------------------------------------------------------------------------

static IrValue materialize_product(Raise *r, const Monomial *m, int64_t scale) {
  IrValue product = IR_NONE;
  for (uint32_t k = 0; k < m->count; k++) {
    IrValue x = m->factors[k];
    if (ir_type(r->f, x) < IR_I64)
      x = build_before_region(r, IR_SEXT, IR_I64, x, IR_NONE);
    product = product == IR_NONE ? x : build_before_region(r, IR_MUL, IR_I64, product, x);
  }
  return scale == 1 ? product
                    : build_before_region(r, IR_MUL, IR_I64, product, ir_leaf(r->f, IR_CONST, IR_I64, scale));
}

// The total with a monomial.
static IrValue materialize_sum(Raise *r, IrValue total, const Monomial *m) {
  if (total == IR_NONE)
    return materialize_product(r, m, m->coefficient);
  bool minus = m->coefficient < 0 && m->coefficient != INT64_MIN;
  IrValue product = materialize_product(r, m, minus ? -m->coefficient : m->coefficient);
  return build_before_region(r, minus ? IR_SUB : IR_ADD, IR_I64, total, product);
}

IrValue materialize(Raise *r, const Poly *poly) {
  for (size_t i = 0; i < r->materialized.count; i++)
    if (poly_equal(r->materialized.data[i].poly, poly))
      return r->materialized.data[i].value;
  IrValue total = IR_NONE;
  // What is added comes before what is taken away, and the constant, which is the first monomial, last.
  for (unsigned negative = 0; negative < 2; negative++)
    for (uint32_t i = poly->count; i-- > 0;)
      if (poly->terms[i].count && (poly->terms[i].coefficient < 0) == negative)
        total = materialize_sum(r, total, &poly->terms[i]);
  IrValue constant =
      ir_leaf(r->f, IR_CONST, IR_I64, poly->count && !poly->terms[0].count ? poly->terms[0].coefficient : 0);
  total = total == IR_NONE ? constant : build_before_region(r, IR_ADD, IR_I64, total, constant);
  Materialized made = {poly, total};
  VEC_PUSH(&r->materialized, made);
  return total;
}

Quantity quantity_from(Raise *r, const Poly *poly) {
  Quantity q = {IR_NONE, 0};
  if (!poly_is_constant(poly, &q.constant))
    q.value = materialize(r, poly);
  return q;
}

bool affine_from(Raise *r, const Poly *poly, Affine *out) {
  *out = (Affine){.invariant = IR_NONE};
  if (!poly)
    return false;
  VEC(AffineTerm) terms = {0};
  bool ok = true;
  for (uint32_t i = 0; i < r->region->iterators.count && ok; i++) {
    const Poly *rest = NULL, *coefficient = NULL;
    ok = poly_split(r->arena, poly, factor_iterator(i), &rest, &coefficient) &&
         !poly_has_iterators(coefficient);
    if (!ok || !coefficient->count)
      continue;
    poly = rest;
    AffineTerm term = {i, quantity_from(r, coefficient)};
    VEC_PUSH(&terms, term);
  }
  if (ok && poly->count && poly->terms[0].count == 0) {
    out->constant = poly->terms[0].coefficient;
    poly = poly_add(r->arena, poly, poly_constant(r->arena, out->constant), -1);
  }
  if (ok && poly->count)
    out->invariant = materialize(r, poly);
  out->count = (uint32_t)terms.count;
  out->terms = ARENA_ARRAY(r->arena, AffineTerm, terms.count + 1);
  for (size_t i = 0; i < terms.count; i++)
    out->terms[i] = terms.data[i];
  VEC_FREE(&terms);
  return ok;
}

void assume(Raise *r, IrValue condition) {
  for (size_t i = 0; i < r->region->assumptions.count; i++)
    if (r->region->assumptions.data[i] == condition)
      return;
  VEC_PUSH(&r->region->assumptions, condition);
}

bool assume_natural(Raise *r, const Poly *poly) {
  if (!poly)
    return false;
  Range range = poly_range(r, poly);
  if (range.low >= 0 && range.high <= INT64_MAX)
    return true;
  if (range.high < 0 || poly_has_iterators(poly))
    return false;
  Builder b = region_before(r->region);
  IrValue x = materialize(r, poly), zero = ir_leaf(r->f, IR_CONST, IR_I64, 0);
  for (size_t i = 0; i < r->region->assumptions.count; i++) {
    const IrInsn *insn = ir_insn(r->f, r->region->assumptions.data[i]);
    if (insn->op == IR_ICMP && insn->aux == IR_SGE && insn->operands[0] == x && insn->operands[1] == zero)
      return true;
  }
  assume(r, build_compare(&b, IR_ICMP, IR_SGE, x, zero));
  return true;
}
