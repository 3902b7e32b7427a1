// The products that a contraction adds up: their operands, and padding around them.
#include "target/tensor/tile/contraction_find.h"

#include <string.h>

// --- operands

uint32_t read_scale(Finder *finder, const Node **node) {
  for (unsigned i = 0; i < 2 && is_operation(*node, IR_FMUL) && (*node)->type == IR_FLOAT; i++) {
    uint32_t scale = (*node)->operands[i];
    const Node *factor = node_of(finder, scale), *value = node_of(finder, (*node)->operands[1 - i]);
    if (!is_unchanging(factor) || value->kind != NODE_LOAD || value->type != IR_FLOAT)
      continue;
    *node = value;
    return scale;
  }
  return NODE_NONE;
}

// A zero point that does not change: x - z, or x + -z as compilers write it.
static bool read_zero(Finder *finder, const Node **node, ContractionOperand *operand) {
  operand->zero = operand->scale = NODE_NONE;
  bool sum = is_operation(*node, IR_ADD), difference = is_operation(*node, IR_SUB);
  if ((!sum && !difference) || (*node)->type != IR_I32)
    return true;
  for (unsigned i = difference; i < 2; i++) {
    const Node *zero = node_of(finder, (*node)->operands[i]);
    if (!is_unchanging(zero) && !(finder->among_others && zero->kind == NODE_LOAD))
      continue;
    operand->zero = (*node)->operands[i];
    operand->negated = sum;
    *node = node_of(finder, (*node)->operands[1 - i]);
    return true;
  }
  return false;
}

static bool read_integer(Finder *finder, uint32_t index, ContractionOperand *operand) {
  const Node *node = node_of(finder, index);
  if (!read_zero(finder, &node, operand))
    return false;
  if (!is_operation(node, IR_SEXT) && !is_operation(node, IR_ZEXT))
    return false;
  const Node *load = node_of(finder, node->operands[0]);
  operand->is_signed = node->op == IR_SEXT;
  operand->access = load->index;
  operand->type = load->type;
  return load->kind == NODE_LOAD && load->type == IR_I8;
}

// The value of a node, of which *negated becomes whether it is negated once more.
static const Node *without_sign(const Finder *finder, const Node *node, bool *negated) {
  while (is_operation(node, IR_FNEG)) {
    *negated = !*negated;
    node = node_of(finder, node->operands[0]);
  }
  return node;
}

// Products with the other sign: one of the operands is scaled by -1, which is exact, or by the opposite
// number.
static bool negate_products(Finder *finder) {
  static const int64_t minus_one = 0xbf800000, sign = 0x80000000; // in the bits of an fp32
  for (unsigned i = 0; i < 2; i++) {
    ContractionOperand *operand = &finder->c->operands[i];
    Node scale = {.kind = NODE_CONSTANT, .op = IR_FCONST, .type = IR_FLOAT, .imm = minus_one};
    if (operand->scale != NODE_NONE) {
      scale = *node_of(finder, operand->scale);
      scale.imm ^= sign;
    }
    if (operand->type != IR_FLOAT || scale.kind != NODE_CONSTANT)
      continue;
    VEC_PUSH(&finder->region->nodes, scale);
    operand->scale = (uint32_t)finder->region->nodes.count - 1;
    return true;
  }
  return fail(finder, "negated products of values that are scaled, or of 16 bits");
}

static bool read_real(Finder *finder, uint32_t index, ContractionOperand *operand, bool *negated) {
  const Node *node = without_sign(finder, node_of(finder, index), negated);
  operand->zero = NODE_NONE;
  operand->scale = read_scale(finder, &node);
  node = without_sign(finder, node, negated);
  if (is_operation(node, IR_FEXT))
    node = node_of(finder, node->operands[0]);
  operand->access = node->index;
  operand->type = node->type;
  return node->kind == NODE_LOAD;
}

static bool read_integers(Finder *finder, const Node *value) {
  // A product of two bytes fits 16 bits, signed or not: where it was made does not matter.
  if (is_operation(value, IR_SEXT) || is_operation(value, IR_ZEXT)) {
    const Node *inner = node_of(finder, value->operands[0]);
    if (is_operation(inner, IR_MUL) && inner->type == IR_I16 && value->op == IR_SEXT)
      value = inner;
  }
  Contraction *c = finder->c;
  if (!is_operation(value, IR_MUL) || !read_integer(finder, value->operands[0], &c->operands[0]) ||
      !read_integer(finder, value->operands[1], &c->operands[1]))
    return fail(finder, "the sum is not of products of two bytes");
  if (value->type == IR_I16 && !(c->operands[0].is_signed && c->operands[1].is_signed))
    return fail(finder, "products wrap around in 16 bits");
  c->word = 4;
  return true;
}

static bool read_reals(Finder *finder, const Node *value) {
  Contraction *c = finder->c;
  bool negated = false;
  value = without_sign(finder, value, &negated);
  if (!is_operation(value, IR_FMUL) || !read_real(finder, value->operands[0], &c->operands[0], &negated) ||
      !read_real(finder, value->operands[1], &c->operands[1], &negated) ||
      c->operands[0].type != c->operands[1].type)
    return fail(finder, "the sum is not of products of two numbers of one type");
  IrType type = c->operands[0].type;
  if (type != IR_HALF && type != IR_BFLOAT && type != IR_FLOAT)
    return fail(finder, "a type that the tile unit does not have");
  // A product of halves is exact in 32 bits, so that rounding it first changes nothing.
  bool fused = finder->reduction->reduction == IR_FMA || finder->reduction->reassociable ||
               (value->flags & IR_CONTRACT) || type == IR_HALF;
  if (!fused)
    return fail(finder, "products are rounded before they are added");
  c->word = type == IR_FLOAT ? 1 : 2;
  return !negated || negate_products(finder);
}

bool read_product(Finder *finder) {
  const Statement *reduction = finder->reduction;
  const Node *value = node_of(finder, reduction->value);
  IrType type = access_of(finder, reduction->target)->type;
  Contraction *c = finder->c;
  if (reduction->reduction == IR_ADD && type == IR_I32) {
    if (!read_integers(finder, value))
      return false;
  } else if ((reduction->reduction == IR_FADD || reduction->reduction == IR_FMA) && type == IR_FLOAT) {
    if (!read_reals(finder, value))
      return false;
  } else {
    return fail(finder, "a reduction that the tile unit does not have");
  }
  c->operands[CONTRACTION_C].zero = c->operands[CONTRACTION_C].scale = NODE_NONE;
  c->epilogue.corrected = c->operands[0].zero != NODE_NONE || c->operands[1].zero != NODE_NONE;
  if (c->epilogue.corrected && c->start != START_ZERO)
    return fail(finder, "old values beside a zero point");
  c->operands[CONTRACTION_C].access = finder->result;
  c->operands[CONTRACTION_C].type = access_of(finder, finder->result)->type;
  return true;
}

IsaOp contraction_product(const Contraction *c) {
  const ContractionOperand *x = &c->operands[CONTRACTION_X], *y = &c->operands[CONTRACTION_Y];
  switch (x->type) {
  case IR_HALF:
    return ISA_KT_MOPA_HF;
  case IR_BFLOAT:
    return ISA_KT_MOPA_BF;
  case IR_FLOAT:
    return ISA_KT_MOPA_F;
  default:
    return x->is_signed ? (y->is_signed ? ISA_KT_MOPA_SS : ISA_KT_MOPA_SU)
                        : (y->is_signed ? ISA_KT_MOPA_US : ISA_KT_MOPA_UU);
  }
}

// --- borders

// Nothing but the operand reads the padding.
static bool padding_dies(const Finder *finder, uint32_t operand) {
  const Region *region = finder->region;
  for (size_t i = 0; i < region->nodes.count; i++) {
    const Node *node = &region->nodes.data[i];
    if (node->kind == NODE_LOAD && node->index != operand &&
        access_of(finder, node->index)->array == finder->padding.array)
      return false;
  }
  return region_array_dies(finder->target, region, finder->padding.array);
}

static bool read_padding(Finder *finder) {
  Contraction *c = finder->c;
  for (unsigned i = 0; i < 2; i++) {
    ContractionOperand *operand = &c->operands[i];
    if (access_of(finder, operand->access)->array != finder->padding.array)
      continue;
    if (!padding_dies(finder, operand->access) ||
        !padding_view(finder->region, &finder->padding, operand->access, &finder->view))
      return fail(finder, "padding that must be made");
    operand->access = finder->view.access;
    c->bordered = i;
    return true;
  }
  return fail(finder, "other statements beside the sum");
}

// Guards that are left to what brings an operand to the scratchpad, which moves with all that they ask for.
static bool keep_guards(Finder *finder) {
  Contraction *c = finder->c;
  const Statement *sum = finder->reduction;
  if (c->word != 4)
    return false;
  for (unsigned side = 0; side < 2; side++) {
    const Affine *offset = &access_of(finder, c->operands[side].access)->offset;
    bool all = true;
    for (uint32_t i = 0; i < sum->guard_count; i++)
      for (uint32_t k = 0; k < sum->guards[i].count; k++)
        all = all && affine_has(offset, sum->guards[i].terms[k].iterator);
    if (!all)
      continue;
    finder->view.count = 0;
    c->bordered = side;
    c->guard_count = sum->guard_count;
    c->guards = sum->guards;
    return true;
  }
  return false;
}

// What guards leave out of an integer sum may be added where it is nothing: where the operand is its zero
// point; and of a floating one where it is zero and a test says that this is nothing.
static bool read_guards(Finder *finder) {
  Contraction *c = finder->c;
  for (unsigned i = 0; i < 2; i++) {
    const ContractionOperand *operand = &c->operands[i], *other = &c->operands[1 - i];
    int64_t zero = 0;
    if (operand->zero != NODE_NONE) {
      const Node *node = node_of(finder, operand->zero);
      bool known = node->kind == NODE_CONSTANT;
      zero = !known ? 0 : operand->negated ? -(int64_t)(int32_t)node->imm : (int64_t)(int32_t)node->imm;
      if (zero != (operand->is_signed ? (int8_t)zero : (uint8_t)zero))
        continue;
      c->outside_varies = !known;
    }
    if (c->word != 4 && !value_test_find(c, i))
      continue;
    if (!padding_of_guards(finder->region, finder->reduction, operand->access, other->access, &finder->view))
      continue;
    finder->view.pattern = padding_pattern((uint64_t)zero, contraction_size(c, i));
    c->bordered = i;
    return true;
  }
  c->values.any = false;
  c->outside_varies = false;
  return keep_guards(finder) || fail(finder, "a guarded sum");
}

bool read_borders(Finder *finder) {
  Contraction *c = finder->c;
  if (finder->padding.copy && finder->reduction->guard_count)
    return fail(finder, "guards beside padding");
  if (finder->padding.copy ? !read_padding(finder) : finder->reduction->guard_count && !read_guards(finder))
    return false;
  c->border_count = finder->view.count;
  c->outside = finder->view.pattern;
  for (uint32_t i = 0; i < c->border_count; i++) {
    const PaddedAxis *axis = &finder->view.axes[i];
    c->borders[i] = (ContractionBorder){axis->coordinate.constant, axis->extent, axis->stride};
  }
  // The sums of the bordered operand have to have what lies outside as well, which must be there then.
  bool summed = c->operands[1 - c->bordered].zero != NODE_NONE;
  if (c->guard_count && summed)
    return fail(finder, "padding beside a zero point of the other operand");
  c->borders_summed = c->border_count && summed;
  return true;
}
