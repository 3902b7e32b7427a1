// What the instruction selector's files share.
#ifndef KILN_TARGET_SELECT_ISEL_H
#define KILN_TARGET_SELECT_ISEL_H

#include "target/internal.h"

enum { RULE_TOKENS = 12, RULE_STEPS = 5, RULE_SLOTS = 5, RULE_TEMPORARIES = 3 };

typedef enum BindingKind { BOUND_NOTHING, BOUND_VALUE, BOUND_CONSTANT, BOUND_SLOT } BindingKind;

// What a slot of a pattern stands for. BOUND_SLOT is a place in the frame: value = the frame slot, constant =
// bytes.
typedef struct Binding {
  BindingKind kind;
  IrValue value;
  int64_t constant;
} Binding;

typedef struct RuleStep {
  uint16_t op; // ISA_INVALID ends the list
  uint16_t operands[5];
} RuleStep;

typedef struct Rule {
  int cost;
  uint32_t tokens[RULE_TOKENS]; // 0 ends the pattern
  RuleStep steps[RULE_STEPS];
} Rule;

// A rule with its instructions available, and what is looked at before the whole pattern is.
typedef struct RuleEntry {
  const Rule *rule;
  int cost;      // less what the nodes behind the root save
  bool commutes; // the root
  // What the root and its first two operands must be, as isel.c packs it; only the mask's bits count.
  uint64_t key, mask;
} RuleEntry;

// The entries by operation of the root, the cheapest first.
typedef struct IselTable {
  uint32_t first[IR_OP_COUNT + 1];
  RuleEntry *entries;
} IselTable;

typedef VEC(IrValue) IrValueList;

typedef struct Selector {
  Target *target;
  Function *f;
  uint32_t block; // being selected (IR block and machine block have the same number)
  uint32_t *uses; // by value: uses by live instructions
  bool *live;
  Reg *regs;            // by value: its register; 0: not asked for
  uint32_t *leaf_block; // by leaf: the block that dominates its uses
  uint32_t
      *leaf_at; // by leaf: instructions emitted in leaf_use_block before its first use, counted from the end
  uint32_t *leaf_use;    // by leaf: the block of the uses seen last
  IrValueList leaves;    // asked for
  IrValueList pending;   // asked for by the instruction being selected
  VEC(MirInsn) reversed; // the block's code, last instruction first
  IrValue mask;          // that instructions selected so far want in v0; IR_NONE: none
  Reg mask_register;     // which stands for v0 there
  uint32_t *webs;        // by value: the phi of a loop whose register it should get, + 1; NULL: nobody cares
  uint32_t values;
  bool failed;
} Selector;

IselTable *isel_table_new(Target *target);
// The best rule for a value and what it binds; NULL when there is none.
const Rule *isel_match(const Selector *s, IrValue root, Binding *bindings);
// Emits a rule's instructions, last first.
void isel_emit_rule(Selector *s, const Rule *rule, IrValue root, const Binding *bindings,
                    uint32_t branch_target);

// The register that holds a value.
Reg isel_register(Selector *s, IrValue v);
void isel_emit(Selector *s, unsigned op, uint32_t count, const MirOperand *operands);
// The displacement operand of an address.
MirOperand isel_displacement(const Binding *base, int64_t displacement);

// select/call.c
void isel_call(Selector *s, IrValue v);
void isel_tail_call(Selector *s, IrValue v);
void isel_entry(Selector *s);
void isel_stack(Selector *s, IrValue v);
void isel_csr(Selector *s, IrValue v);
void isel_return(Selector *s, IrValue v);
// The value that is a call's or an assembly's result of this number, in the block being selected; IR_NONE:
// nobody wants it.
IrValue isel_result(const Selector *s, IrValue v, uint32_t number);
// Code, in order, that puts a leaf into a register; at most three instructions.
uint32_t isel_materialize(Selector *s, IrValue v, Reg to, MirInsn *code);
// A copy of a type between a physical register, or group of these, and another register.
void isel_copy(Selector *s, IrType type, Reg to, Reg from);
// Puts a group into given registers.
void isel_move_group(Selector *s, Reg to, IrValue v);
// Puts any value into a given register.
void isel_move(Selector *s, Reg to, IrValue v);

// select/phi.c
void isel_find_webs(Selector *s);
// Emits the moves that phis of `to` want on its edge number `pred`, in reverse.
void isel_move_phis(Selector *s, uint32_t to, uint32_t pred);

// select/address.c: makes addresses in two parts where that is shorter.
void isel_split_addresses(const Target *target, Function *f);

// select/rotate.c: lets a value that goes around a loop take the register of the one before, where that goes
// on as another phi.
void isel_rotate_phis(Function *f);

// select/asm.c
void isel_asm(Selector *s, IrValue v);

// select/atomic.c
void isel_atomic(Selector *s, IrValue v);
// select/vector.c
void isel_machine(Selector *s, IrValue v);
void isel_setvl(Selector *s, IrValue v);
void isel_part(Selector *s, IrValue v);
// Emits the copy of the mask that is wanted in v0.
void isel_flush_mask(Selector *s);

// parallel_copy.c: one move after the other with the effect of all at once.
typedef struct Move {
  uint32_t to;
  uint32_t from;
} Move;
typedef VEC(Move) MoveList;
// `fresh` gives a register to break a cycle with, of the class of its argument.
void sequence_moves(const Move *moves, uint32_t count, uint32_t (*fresh)(void *context, uint32_t like),
                    void *context, MoveList *out);

#endif
