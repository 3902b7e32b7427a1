// Which kernels execute which element-wise instruction. How its operands are shaped (widening, masks,
// scalars) comes from the flags of isa/insns.def.
#include "sim/vector.h"

#define ROW(op, name) [ISA_##op] = {&vector_##name, false, false},
#define FLOAT_ROW(op, name) [ISA_##op] = {&vector_##name, true, false},
#define BFLOAT_ROW(op, name) [ISA_##op] = {&vector_##name, true, true},
#define VV_VX(op, name) ROW(op##_VV, name) ROW(op##_VX, name)
#define VX_VI(op, name) ROW(op##_VX, name) ROW(op##_VI, name)
#define VV_VX_VI(op, name) VV_VX(op, name) ROW(op##_VI, name)
#define WV_WX(op, name) ROW(op##_WV, name) ROW(op##_WX, name)
#define WV_WX_WI(op, name) WV_WX(op, name) ROW(op##_WI, name)
#define VV_VF(op, name) FLOAT_ROW(op##_VV, name) FLOAT_ROW(op##_VF, name)
#define WV_WF(op, name) FLOAT_ROW(op##_WV, name) FLOAT_ROW(op##_WF, name)

static const VectorRow rows[ISA_OP_COUNT + 1] = {
#include "sim/vector_rows.def"
};

static const VectorShape shapes[ISA_OP_COUNT] = {
#define HAS(flags, flag) (((flags) & (flag)) != 0)
#define INSN(id, mnemonic, extension, match, mask_, format, sched, flags)                                    \
  [ISA_##id] = {                                                                                             \
      .d = HAS(flags, ISA_WIDE_D),                                                                           \
      .a = (int8_t)(HAS(flags, ISA_WIDE_2) - HAS(flags, ISA_HALF_2) - 2 * HAS(flags, ISA_QUARTER_2) -        \
                    3 * HAS(flags, ISA_EIGHTH_2)),                                                           \
      .b = HAS(flags, ISA_WIDE_1),                                                                           \
      .mask = HAS(flags, ISA_MASK_D),                                                                        \
      .scalar = HAS(flags, ISA_SCALAR_D),                                                                    \
      .carry = HAS(flags, ISA_USES_V0),                                                                      \
  },
#include "isa/insns.def"
#undef INSN
};

const VectorRow *vector_row(unsigned op) {
  return &rows[op];
}

const VectorShape *vector_shape(unsigned op) {
  return &shapes[op];
}
