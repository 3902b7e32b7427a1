// Vectors, masks and accumulators in the SSA form: groups of registers as values, and one operation,
// IR_MACHINE, that stands for one instruction of the machine.
#ifndef KILN_TARGET_IR_VECTOR_H
#define KILN_TARGET_IR_VECTOR_H

#include "target/internal.h"

// --- types
// --------------------------------------------------------------------------------------------------
// A group of registers, first register at a multiple of `alignment`. A type says nothing about elements:
// those are the instruction's business. A mask is a group of one register.

// 1 .. 16 vector registers (what one instruction names); alignment 1, 2, 4 or 8.
IrType ir_vector(unsigned registers, unsigned alignment);
// 1, 2, 4, 8 or 16 accumulators side by side.
IrType ir_accumulators(unsigned count);
static inline bool ir_is_group(IrType type) {
  return type >= IR_FIRST_VECTOR;
}
static inline bool ir_is_accumulators(IrType type) {
  return type >= IR_FIRST_ACCUMULATORS;
}
static inline bool ir_is_vector(IrType type) {
  return ir_is_group(type) && !ir_is_accumulators(type);
}
// "v1", "v4a4", "acc8".
void ir_group_name(Text *out, IrType type);
// The group type of that name; IR_VOID: there is none.
IrType ir_group_of_name(const char *name);

// --- building
// -----------------------------------------------------------------------------------------------

// vtype. sew: 8, 16, 32 or 64; 0: the instruction does not depend on vtype. lmul: its logarithm, -3 .. 3.
typedef struct VectorConfig {
  uint8_t sew;
  int8_t lmul;
  bool tail_undisturbed;
  bool mask_undisturbed;
} VectorConfig;

// An `avl`: as many elements as fit.
#define IR_AVL_MAX (IR_NONE - 1)

// A value that may be anything, such as a group of which parts are still to be written.
IrValue build_undefined(Builder *b, IrType type);
// Registers first, first + 1, ... of a group. Costs nothing as an operand of build_machine.
IrValue build_part(Builder *b, IrType type, IrValue group, unsigned first);
// The group with these of its registers replaced by `part`.
IrValue build_join(Builder *b, IrValue group, IrValue part, unsigned first);

// One instruction, of any row of isa/ that reads or writes vector registers or accumulators, of Xkilntile and
// Xkilndma, or a scalar one that has no operation of its own.
// `operands`: those of the row's FORMAT (isa/formats.def) in its order, without the destination, as values:
// registers as they are, immediates and fields (shape, .z, n, q, idx, s, i) as IR_CONST leaves with the value
// as isa_encode takes it, the mask of a maskable instruction last, or left out. Rounding modes and atomic
// orderings are never given. Where the destination is read as well (multiply-add, kt.mopa without .z, kt.mdw,
// kt.put, vslideup, and every vector result with `tail_undisturbed` or `mask_undisturbed`), its old value
// comes first. `avl`: IR_NONE for instructions that do not depend on vl, IR_AVL_MAX, or an i64 value. Groups
// may be larger in alignment than the row needs, never in size (build_part).
IrValue build_machine(Builder *b, IsaOp op, IrType result, VectorConfig config, IrValue avl, uint32_t count,
                      const IrValue *operands);
// The same with registers first, first + 1, ... of `group` as the destination; the result is the group. No
// old value is given: where the destination is read, it is those registers.
IrValue build_machine_into(Builder *b, IsaOp op, IrValue group, unsigned first, VectorConfig config,
                           IrValue avl, uint32_t count, const IrValue *operands);
// The number of elements (i64) that instructions work on for this AVL (IR_AVL_MAX: VLMAX). An instruction
// whose avl is this value, at the same ratio of SEW and LMUL, needs no further vsetvli.
IrValue build_setvl(Builder *b, IrValue avl, unsigned sew, int lmul);

// --- reading
// ------------------------------------------------------------------------------------------------

// What an IR_MACHINE or IR_SETVL instruction says beside its operands.
typedef struct VectorForm {
  IsaOp op;
  VectorConfig config;
  bool has_avl; // the last operand is the AVL
  bool avl_max; // the AVL is VLMAX
  bool masked;  // the last operand before the AVL is the mask
  bool ordered; // stays where it is, though it has no effect that is known
  bool into;    // the first two operands are the group and the register in it (IR_CONST)
} VectorForm;
VectorForm vector_form(const IrInsn *insn);
void vector_set_form(IrInsn *insn, VectorForm form);
void vector_set_ordered(IrInsn *insn);

// Which operand of the IR instruction each operand of the row's format is: VECTOR_RESULT for the destination,
// VECTOR_ABSENT for what is left out.
enum { VECTOR_RESULT = -1, VECTOR_ABSENT = -2 };
typedef struct VectorLayout {
  int8_t slot[ISA_MAX_OPERANDS];
  bool keeps;     // the destination is read as well; without `into`, operand 0 is its old value
  uint32_t count; // operands wanted, mask and AVL included
} VectorLayout;
VectorLayout vector_layout(const Function *f, const IrInsn *insn);

// The registers that operand i of a row's format names, under this configuration; `shape`, `number`: the
// values of the row's SHAPE and LOG2 or STEP operands. size 0: no group, or one that cannot be (EMUL above
// 8).
typedef struct VectorGroup {
  uint8_t size;
  uint8_t alignment;
} VectorGroup;
VectorGroup vector_group(IsaOp op, unsigned i, VectorConfig config, unsigned shape, unsigned number);
// The same for an instruction in the SSA form.
VectorGroup vector_operand_group(const Function *f, const IrInsn *insn, unsigned i);

// A load whose result is all that it does.
bool vector_is_unread_load(const IrInsn *insn);

// What is wrong with an IR_MACHINE instruction; NULL: nothing.
const char *vector_verify(const Function *f, const IrInsn *insn);

// --- in the machine form
// ------------------------------------------------------------------------------------

// The configuration as an operand, and back; and as the immediate of vsetvli.
MirOperand mir_vtype(VectorConfig config);
VectorConfig mir_vtype_config(MirOperand operand);
int64_t vector_vtype(VectorConfig config);
VectorConfig vector_config_of_vtype(int64_t vtype);

// --- text
// ---------------------------------------------------------------------------------------------------

// "e32,m1,tu,mu"; "m1" .. "m8", "mf2" .. "mf8".
void vector_config_print(Text *out, VectorConfig config);
// Reads the same and moves *text behind it; false: that is no configuration.
bool vector_config_parse(const char **text, VectorConfig *config);

#endif
