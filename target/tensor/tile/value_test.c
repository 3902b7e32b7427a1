// Floating sums under guards that keep them within an image: the tile unit adds what lies beyond the edges as
// well, zeros times the other operand's values. That leaves a sum as it is but where such a value is infinite
// or no number, and where the sum is -0, which +0 is added to. A sum that begins with anything else becomes
// -0 only where a step's exact result is smaller than what fp32 can hold. So the values are looked at before
// the products: the other operand's are finite, and the smallest values that are not zero have products that
// are multiples of fp32's smallest number. (Those of two fp16 always are.) What sums begin with is neither -0
// nor a NaN. Else the scalar code runs.
#include "target/tensor/raise/raise.h"
#include "target/tensor/tile/tile.h"

enum { REGISTERS = 4, PIECE_BYTES = 8192, BUFFERS = 2, EXPONENT_BITS = 8, NO_ACCESS = UINT32_MAX };

// Bytes of memory that an access goes through, from an address on; false: only the run time knows.
static bool bytes_of(const Region *region, uint32_t access, int64_t *low, int64_t *bytes) {
  const Access *a = &region->accesses.data[access];
  int64_t high = a->offset.constant;
  *low = high;
  if (a->index != NODE_NONE || region->arrays.data[a->array].written)
    return false;
  for (uint32_t i = 0; i < a->offset.count && !a->clipped; i++) {
    Quantity stride = a->offset.terms[i].coefficient;
    Quantity extent = region->iterators.data[a->offset.terms[i].iterator].extent;
    if (stride.value != IR_NONE || extent.value != IR_NONE || extent.constant <= 0)
      return false;
    int64_t span = stride.constant * (extent.constant - 1);
    *(span < 0 ? low : &high) += span;
  }
  *bytes = high + ir_type_bits(a->type) / 8 - *low;
  if (a->clipped) {
    *low = a->low;
    *bytes = a->high - a->low;
  }
  return *bytes > 0;
}

// A number that sums may begin with.
static bool is_harmless(const Region *region, uint32_t node) {
  const Node *n = &region->nodes.data[node];
  uint32_t bits = (uint32_t)n->imm, most = 0x7f800000, sign = 0x80000000;
  return n->kind == NODE_CONSTANT && bits != sign && (bits & ~sign) <= most;
}

bool value_test_find(Contraction *c, unsigned bordered) {
  const Region *region = c->region;
  ValueTest *test = &c->values;
  int64_t low = 0, bytes = 0;
  bool begins = c->start == START_LINE && !c->begin_alike;
  *test = (ValueTest){.any = true,
                      .image = c->operands[bordered].access,
                      .other = c->operands[1 - bordered].access,
                      .begin = begins ? c->begin : NO_ACCESS};
  return c->start != START_MEMORY && !contraction_scales(c) &&
         (c->start != START_LINE || begins || is_harmless(region, c->begin)) &&
         bytes_of(region, test->image, &low, &bytes) && bytes_of(region, test->other, &low, &bytes) &&
         (!begins || bytes_of(region, test->begin, &low, &bytes));
}

// Values that are looked at: pieces that come to the scratchpad, one while the one before is looked at.
typedef struct Scan {
  Emitter *e;
  unsigned bits; // of a value
  IrValue vl, first;
  int64_t bytes, step, piece; // of all, of a group of registers, of a piece
  IrValue buffers;
} Scan;

static IrValue group(const Scan *s, IsaOp op, uint32_t count, const IrValue *operands) {
  VectorConfig config = {.sew = (uint8_t)s->bits, .lmul = 2};
  return build_machine(&s->e->builder, op, ir_vector(REGISTERS, REGISTERS), config, s->vl, count, operands);
}

static Scan scan_start(Emitter *e, const Region *region, uint32_t access, IrValue buffers) {
  const Access *a = &region->accesses.data[access];
  int64_t low = 0, all = REGISTERS * (int64_t)e->machine->vlen / 8;
  Scan s = {.e = e, .bits = ir_type_bits(a->type), .buffers = buffers};
  bytes_of(region, access, &low, &s.bytes);
  s.first = region->arrays.data[a->array].base;
  if (a->offset.invariant != IR_NONE)
    s.first = emit_add(e, s.first, a->offset.invariant);
  s.first = emit_add_number(e, s.first, low);
  s.step = s.bytes < all ? s.bytes : all;
  s.piece = s.bytes < PIECE_BYTES ? s.bytes / s.step * s.step : PIECE_BYTES;
  s.vl = build_setvl(&e->builder, emit_number(e, s.step * 8 / s.bits), s.bits, 2);
  return s;
}

// Asks for a piece: the last one ends where the values do, and has some of those before once more.
static IrValue fetch_piece(const Scan *s, IrValue piece) {
  Emitter *e = s->e;
  IrValue offset = emit_min(e, emit_mul_number(e, piece, s->piece), emit_number(e, s->bytes - s->piece));
  IrValue odd = emit_mul_number(e, emit_remainder(e, piece, BUFFERS), PIECE_BYTES);
  DmaBox box = {.source = emit_add(e, s->first, offset),
                .destination = emit_add(e, s->buffers, odd),
                .bytes = emit_number(e, s->piece)};
  return dma_start(e, &box, IR_NONE);
}

// Variables behind one another: the least of the changed bits, and the greatest without sign, shifted up.
enum { LEAST, GREATEST };

static void look_at(const Scan *s, uint32_t totals, IrValue address, bool begins) {
  Emitter *e = s->e;
  IrValue *v = e->variables, x = group(s, s->bits == 32 ? ISA_VLE32_V : ISA_VLE16_V, 1, &address);
  IrValue up = group(s, ISA_VADD_VV, 2, (IrValue[]){x, x});
  // A zero's bits become the largest; or, of what sums begin with, -0 the smallest.
  IrValue changed = begins ? group(s, ISA_VXOR_VX, 2, (IrValue[]){x, emit_number(e, INT32_MIN)})
                           : group(s, ISA_VADD_VX, 2, (IrValue[]){up, emit_number(e, -1)});
  v[totals + LEAST] = group(s, ISA_VMINU_VV, 2, (IrValue[]){v[totals + LEAST], changed});
  v[totals + GREATEST] = group(s, ISA_VMAXU_VV, 2, (IrValue[]){v[totals + GREATEST], up});
}

static void look_at_piece(const Scan *s, uint32_t totals, IrValue piece, bool begins) {
  Emitter *e = s->e;
  FlowLoop loop;
  IrValue from = emit_add(e, s->buffers, emit_mul_number(e, emit_remainder(e, piece, BUFFERS), PIECE_BYTES));
  IrValue end = emit_add_number(e, from, s->piece);
  uint32_t at = emit_variable(e, from);
  flow_loop(e, &loop);
  look_at(s, totals, e->variables[at], begins);
  e->variables[at] = emit_add_number(e, e->variables[at], s->step);
  flow_end_loop(e, &loop, emit_below(e, e->variables[at], end));
  e->variable_count = at;
}

// A total over the lanes, without sign.
static IrValue over_lanes(const Scan *s, IsaOp op, IrValue lanes, int64_t none) {
  Builder *b = &s->e->builder;
  VectorConfig one = {.sew = (uint8_t)s->bits}, all = {.sew = (uint8_t)s->bits, .lmul = 2};
  IrValue seed = emit_number(s->e, none);
  seed = build_machine(b, ISA_VMV_V_X, ir_vector(1, 1), one, IR_AVL_MAX, 1, &seed);
  IrValue total = build_machine(b, op, ir_vector(1, 1), all, s->vl, 2, (IrValue[]){lanes, seed});
  total = build_machine(b, ISA_VMV_X_S, IR_I64, one, IR_AVL_MAX, 1, &total);
  IrValue mask = emit_number(s->e, (int64_t)((UINT64_C(1) << s->bits) - 1));
  return build2(b, IR_AND, IR_I64, total, mask);
}

// The least and the greatest of an access's values, as look_at has them.
static void scan_values(const Scan *s, bool begins, IrValue results[2]) {
  Emitter *e = s->e;
  FlowLoop loop;
  FlowIf more;
  int64_t pieces = (s->bytes + s->piece - 1) / s->piece;
  IrValue ones = emit_number(e, -1), zero = emit_number(e, 0);
  uint32_t totals = emit_variable(e, group(s, ISA_VMV_V_X, 1, &ones));
  emit_variable(e, group(s, ISA_VMV_V_X, 1, &zero));
  uint32_t piece = emit_variable(e, zero), coming = emit_variable(e, fetch_piece(s, zero));
  IrValue *v = e->variables;
  flow_loop(e, &loop);
  IrValue next = emit_add_number(e, v[piece], 1), before = v[coming];
  if (flow_if(e, &more, emit_less(e, next, emit_number(e, pieces))))
    v[coming] = fetch_piece(s, next);
  flow_end_if(e, &more);
  dma_wait(e, before);
  look_at_piece(s, totals, v[piece], begins);
  v[piece] = next;
  flow_end_loop(e, &loop, emit_less(e, v[piece], emit_number(e, pieces)));
  results[LEAST] = over_lanes(s, ISA_VREDMINU_VS, v[totals + LEAST], -1);
  results[GREATEST] = over_lanes(s, ISA_VREDMAXU_VS, v[totals + GREATEST], 0);
  e->variable_count = totals;
}

// The bits of infinity without the sign, shifted up.
static int64_t infinite(IrType type) {
  return type == IR_HALF ? 0xf800 : type == IR_BFLOAT ? 0xff00 : 0xff000000;
}

// Whether products of the least values that are not zero are multiples of fp32's smallest number, 2^-149: a
// value is one of 2^(its exponent's bits - 127 - its fraction's bits), of at least that many.
static IrValue are_large(Emitter *e, unsigned bits, IrValue x, IrValue y) {
  enum { BIAS = 127, SMALLEST = 149 };
  int64_t fraction = (int64_t)bits - 1 - EXPONENT_BITS, least = 2 * (BIAS + fraction) - SMALLEST;
  IrValue shift = emit_number(e, (int64_t)bits - EXPONENT_BITS);
  x = build2(&e->builder, IR_LSHR, IR_I64, x, shift);
  y = build2(&e->builder, IR_LSHR, IR_I64, y, shift);
  return emit_less(e, emit_number(e, least - 1), emit_add(e, x, y));
}

static IrValue test_values(Emitter *e, const Region *region, const ValueTest *test, IrValue buffers) {
  IrType type = region->accesses.data[test->other].type;
  IrValue other[2], image[2], begin[2];
  dma_reset(e);
  Scan s = scan_start(e, region, test->other, buffers);
  scan_values(&s, false, other);
  IrValue right = emit_below(e, other[GREATEST], emit_number(e, infinite(type)));
  if (type != IR_HALF) {
    s = scan_start(e, region, test->image, buffers);
    scan_values(&s, false, image);
    right = emit_and(e, right, are_large(e, s.bits, other[LEAST], image[LEAST]));
  }
  if (test->begin != NO_ACCESS) {
    s = scan_start(e, region, test->begin, buffers);
    scan_values(&s, true, begin);
    right = emit_and(e, right, emit_below(e, emit_number(e, 0), begin[LEAST]));
    right = emit_and(e, right, emit_below(e, begin[GREATEST], emit_number(e, infinite(IR_FLOAT) + 1)));
  }
  return right;
}

void emit_value_test(Target *target, const Contraction *c, IrValue *condition) {
  Region *region = c->region;
  Function *f = region->function;
  FlowIf may;
  if (!c->values.any)
    return;
  Emitter e = {.target = target, .machine = target->machine, .builder = region_before(region)};
  uint32_t before = region->before, depth = f->blocks.data[before].depth, first = (uint32_t)f->blocks.count;
  uint32_t rest = split_block(f, before, f->blocks.data[before].count - 1), begin = ir_block_new(f);
  redirect_edge(f, before, rest, begin);
  e.builder = (Builder){f, begin};
  SymbolId frame = spm_symbol(target, f, BUFFERS * PIECE_BYTES, target->machine->cache_line);
  IrValue buffers = ir_leaf(f, IR_SYMBOL, IR_I64, ir_symbol_imm(frame, 0));
  uint32_t right = emit_variable(&e, build_const(&e.builder, IR_I1, 0));
  IrValue so_far = *condition == IR_NONE ? build_const(&e.builder, IR_I1, 1) : *condition;
  if (flow_if(&e, &may, so_far))
    e.variables[right] = test_values(&e, region, &c->values, buffers);
  flow_end_if(&e, &may);
  *condition = e.variables[right];
  build(&e.builder, IR_BR, IR_VOID, 0, NULL);
  ir_add_edge(f, e.builder.block, rest);
  for (uint32_t b = first; b < f->blocks.count; b++)
    f->blocks.data[b].depth = depth;
  region->before = rest;
}

uint64_t value_test_cycles(const Machine *machine, const Contraction *c) {
  enum { START = 250, CYCLES = 2 * REGISTERS + 6 }; // code that is met for the first time; of a group
  const uint32_t accesses[] = {c->values.other, c->values.image, c->values.begin};
  uint64_t cycles = 0;
  for (unsigned i = 0; c->values.any && i < 3; i++) {
    int64_t low = 0, bytes = 0;
    if (accesses[i] == NO_ACCESS || (i == 1 && c->operands[CONTRACTION_X].type == IR_HALF) ||
        !bytes_of(c->region, accesses[i], &low, &bytes))
      continue;
    cycles += START + machine->dram_latency + (uint64_t)bytes * CYCLES / (REGISTERS * machine->vlen / 8);
  }
  return cycles;
}
