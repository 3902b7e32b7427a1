// Counts and orders of bits on groups.
#include "target/ir/bits.h"
#include "target/tensor/vector/map.h"

// What the functions of ir/bits.h compute with.
typedef struct GroupBits {
  Mapper *m;
  IrType type;
} GroupBits;

static IrValue bits_binary(void *context, IrOp op, IrValue x, IrValue y) {
  const GroupBits *bits = context;
  return vector_binary(bits->m, op, bits->type, (Operand){true, x}, (Operand){true, y});
}

static IrValue bits_with_number(void *context, IrOp op, IrValue x, uint64_t n) {
  const GroupBits *bits = context;
  int64_t value = sign_extend((int64_t)n, type_bits(bits->type));
  return vector_binary(bits->m, op, bits->type, (Operand){true, x},
                       (Operand){false, emit_number(&bits->m->e, value)});
}

IrValue vector_bits(Mapper *m, IrOp op, IrType type, IrValue x) {
  GroupBits context = {m, type};
  const BitsForm form = {&context, type_bits(type), bits_binary, bits_with_number};
  return op == IR_CTPOP   ? build_population(&form, x)
         : op == IR_BSWAP ? build_reversed(&form, x, 8)
                          : build_zeros(&form, x, op == IR_CTTZ);
}
