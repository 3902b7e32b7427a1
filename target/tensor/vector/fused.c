// Products that are added or taken away with one rounding.
#include "target/tensor/vector/map.h"

uint32_t vector_without_sign(const Mapper *m, uint32_t node, bool *negated) {
  for (; is_operation(&m->region->nodes.data[node], IR_FNEG); node = m->region->nodes.data[node].operands[0])
    *negated = !*negated;
  return node;
}

typedef struct FusedRow {
  uint16_t vector, scalar;
} FusedRow;

// By whether the product and whether the sum is negated.
static const FusedRow fused_rows[2][2] = {
    {{ISA_VFMACC_VV, ISA_VFMACC_VF}, {ISA_VFMSAC_VV, ISA_VFMSAC_VF}},
    {{ISA_VFNMSAC_VV, ISA_VFNMSAC_VF}, {ISA_VFNMACC_VV, ISA_VFNMACC_VF}},
};

// The node without its sign; what is the same in all lanes is negated once, before the loop.
static uint32_t factor_of(const Mapper *m, uint32_t node, bool *negated) {
  return m->varies[node] ? vector_without_sign(m, node, negated) : node;
}

IrValue vector_fused(Mapper *m, IrType type, uint32_t x, uint32_t y, FusedSum sum, IrValue mask) {
  bool negated = sum.product_negated;
  x = factor_of(m, x, &negated);
  y = factor_of(m, y, &negated);
  Operand a = vector_node(m, x, mask), b = vector_node(m, y, mask);
  IrValue total = sum.group;
  bool minus = sum.negated;
  if (total == IR_NONE)
    total = vector_of(m, vector_node(m, factor_of(m, sum.node, &minus), mask), type);
  if (!b.vector) {
    Operand swap = a;
    a = b;
    b = swap;
  }
  IrValue operands[3] = {total, a.value, vector_of(m, b, type)};
  const FusedRow *row = &fused_rows[negated][minus];
  return vector_op(m, (IsaOp)(a.vector ? row->vector : row->scalar), type, 3, operands);
}
