// What the files that read LLVM's vectors share.
#ifndef KILN_TARGET_IMPORT_VECTOR_H
#define KILN_TARGET_IMPORT_VECTOR_H

#include "target/import/import.h"
#include "target/ir/vector.h"

// How a vector type lies in registers. Scalable ones have a size too, since the machine's VLEN is known.
typedef struct VectorShape {
  IrType element; // I1 .. I64 or floating; IR_I1: a mask
  uint8_t sew;    // bits of an element; 8 for masks
  int8_t lmul;    // logarithm, at least that of the whole vector
  uint32_t count; // elements
  IrType type;    // the group; IR_VOID: it does not fit one
  uint8_t fields; // of a tuple; else 1
} VectorShape;

// False: no vector that fits the registers of one group (*reason says why).
bool lanes_shape(const Importer *imp, LLVMTypeRef type, VectorShape *shape, const char **reason);
static inline bool is_mask_shape(const VectorShape *shape) {
  return shape->element == IR_I1;
}

// The configuration of instructions on such vectors, and their AVL.
VectorConfig shape_config(const VectorShape *shape);
IrValue shape_length(Importer *imp, const VectorShape *shape);
// One instruction by its mnemonic, which is refused by name when the machine has none such.
IrValue lanes_insn(Importer *imp, const char *mnemonic, IrType result, VectorConfig config, IrValue avl,
                   uint32_t count, const IrValue *operands);
// The row of a mnemonic; ISA_INVALID: none.
IsaOp lanes_row(const char *format, ...) __attribute__((format(printf, 1, 2)));

IrValue lanes_constant(Importer *imp, LLVMValueRef constant, const VectorShape *shape);
// `count` elements of a constant, from `first` on, as a vector of this shape.
IrValue lanes_constant_part(Importer *imp, LLVMValueRef constant, const VectorShape *shape, uint32_t first);
IrValue lanes_splat(Importer *imp, IrValue scalar, const VectorShape *shape);
IrValue lanes_load(Importer *imp, IrValue address, const VectorShape *shape);
void lanes_store(Importer *imp, IrValue value, IrValue address, const VectorShape *shape);

// import/vector_ops.c: operations by shape.
// The length for an operation element by element: that of an operand of which the rest is anything, or all.
IrValue lanes_common_length(Importer *imp, const VectorShape *shape, uint32_t count, const IrValue *values);
// NAME.vv, or NAME.vx, .vi or .vf where the second operand is a splat.
IrValue lanes_pair(Importer *imp, const char *base, const VectorShape *shape, IrValue x, IrValue y);
IrValue lanes_binary(Importer *imp, IrOp op, const VectorShape *shape, IrValue x, IrValue y);
IrValue lanes_compare(Importer *imp, IrPredicate p, const VectorShape *shape, IrValue x, IrValue y);
IrValue lanes_select(Importer *imp, const VectorShape *shape, IrValue mask, IrValue x, IrValue y);
IrValue lanes_resize(Importer *imp, const VectorShape *from, const VectorShape *to, IrValue x, bool sign);
IrValue lanes_extract(Importer *imp, const VectorShape *shape, IrValue v, IrValue index);
IrValue lanes_insert(Importer *imp, const VectorShape *shape, IrValue v, IrValue x, IrValue index);
// The elements of x from a place on, as many as are kept, and behind them those of y; `length` is the AVL.
IrValue lanes_splice(Importer *imp, const VectorShape *shape, IrValue x, IrValue y, IrValue from,
                     IrValue kept, IrValue length);
IrValue lanes_shuffle(Importer *imp, const VectorShape *from, const VectorShape *to, IrValue x, IrValue y,
                      const int64_t *indices);
// import/vector_shuffle.c: the same without a gather; IR_NONE: the indices are of no simple pattern.
IrValue lanes_shuffle_pattern(Importer *imp, const VectorShape *from, const VectorShape *to, IrValue x,
                              IrValue y, const int64_t *indices);
// The shape of a type; an instruction of other types is refused.
bool lanes_shape_or_refuse(Importer *imp, LLVMValueRef at, LLVMTypeRef type, VectorShape *shape);
IrValue lanes_mask_to_integers(Importer *imp, const VectorShape *to, IrValue mask, bool sign);
IrValue lanes_integers_to_mask(Importer *imp, const VectorShape *from, IrValue x);
// A value in a group of another size: its first registers, or with undefined ones behind.
IrValue lanes_regroup(Importer *imp, IrValue v, IrType type);
// A floating scalar's bits as an integer.
IrValue lanes_as_bits(Importer *imp, IrValue x);
void import_shuffle(Importer *imp, LLVMValueRef insn);
// import/vector_bits.c: funnel shifts, counts and orders of bits, by the intrinsic's name; IR_NONE: it is
// none of them.
IrValue lanes_bits(Importer *imp, const VectorShape *shape, const char *name, const IrValue *x);
// The addresses of a getelementptr of vectors, as double words of this shape.
IrValue lanes_address(Importer *imp, LLVMValueRef gep, const VectorShape *words);
// import/vector_split.c. False: the instruction works on single groups only.
bool import_split(Importer *imp, LLVMValueRef insn, LLVMOpcode opcode);
VectorShape lanes_with_width(const VectorShape *shape, IrType element, unsigned vlen);

// import/vector_math.c: a mathematical function of all elements, by its name without "llvm."; false: not one
// of those.
bool import_vector_function(Importer *imp, LLVMValueRef call, const char *name);

#endif
