// Debug information: what import reads of the source's types, scopes and variables, where the passes and
// emission find the values of variables, and what emission writes as DWARF.
//
// A variable's value is known by LLVM's records between two instructions. Here a record is a binding of a
// variable to a value for a range of *places*: each instruction that comes from LLVM's has the number of its
// place in the order of import (Function.places), through all passes. So what a variable is bound to at an
// instruction of the final code follows from the instruction's place alone, wherever passes have moved it,
// and where the value is then follows from the final code (debug/locate.c). Neither is seen by any pass.
#ifndef KILN_TARGET_DEBUG_INFO_H
#define KILN_TARGET_DEBUG_INFO_H

#include "target/internal.h"

typedef uint32_t DebugTypeId; // 0: void

// A field, an enumerator, a parameter of a function type, or a dimension of an array.
typedef struct DebugMember {
  const char *name; // NULL: none
  DebugTypeId type;
  uint64_t offset_bits;
  uint64_t size_bits;
  bool bit_field;
  int64_t value; // of an enumerator; a dimension's count, -1: not known
} DebugMember;

typedef struct DebugType {
  uint16_t tag;     // DW_TAG_*
  uint8_t encoding; // DW_ATE_* of a base type
  bool declaration; // its contents are elsewhere
  const char *name; // NULL: none
  uint64_t size;    // bytes
  DebugTypeId base;
  uint32_t first_member; // in DebugInfo.members
  uint32_t member_count;
} DebugType;

// A function or lexical block of the source.
typedef struct DebugBlock {
  uint32_t parent;  // IR_NONE: a function, which has what follows
  const char *name; // NULL: none
  const char *file;
  const char *directory;
  uint32_t line;
  bool external;
  bool inlined; // in some function
  DebugTypeId result;
} DebugBlock;

typedef struct DebugVariable {
  const char *name;
  const char *file;
  const char *directory;
  uint32_t line;
  uint32_t argument; // position from 1 on; 0: it is none
  DebugTypeId type;
  uint32_t block; // it is declared in
} DebugVariable;

// Operations of expressions beside those of DWARF: the value of an argument of the record; the low bits of
// the top of the stack, extended.
enum { DEBUG_OP_ARGUMENT = 0x100, DEBUG_OP_SIGN_EXTEND, DEBUG_OP_ZERO_EXTEND };
typedef struct DebugOperation {
  uint16_t op; // DW_OP_*, or one of these
  uint64_t number;
} DebugOperation;

// A DIExpression.
typedef struct DebugExpression {
  uint32_t first; // in DebugInfo.operations
  uint32_t count;
  uint32_t arguments;
  uint32_t offset; // bits from the variable's start that it is about
  uint32_t size;   // 0: the whole variable
  bool known;      // false: it has operations that have no counterpart here
  bool memory;     // it gives the address of the variable, not its value
  bool loads;      // ... after one more load, where the record itself says that it gives the address
} DebugExpression;

// Offsets in the final code of a function: twice the number of an emitted instruction before which it is,
// one less for a byte before that, inside of a call.
typedef uint32_t DebugOffset;

typedef struct DebugRange {
  DebugOffset from, to;
  uint32_t location; // start of its description in DebugFunction.bytes
  uint32_t size;
  uint32_t address; // number in DebugFunction.addresses of the one in it, + 1; 0: none
} DebugRange;
typedef VEC(DebugRange) DebugRanges;

// A block of the source in a function, itself or inlined.
typedef struct DebugScope {
  uint32_t block;
  uint32_t parent;       // scope
  bool inlined;          // a function that was inlined here:
  const char *call_file; // where it was called
  const char *call_directory;
  uint32_t call_line, call_column;
  DebugRanges ranges;
} DebugScope;

// A variable in a scope.
typedef struct DebugInstance {
  uint32_t variable;
  uint32_t scope;
  bool described; // records say something of it
  DebugRanges ranges;
} DebugInstance;

// Part of an instance has a value at the places from `first` up to `end`.
typedef struct DebugBinding {
  uint32_t instance;
  uint32_t first, end;
  uint32_t offset, size; // bits; size 0: all
  uint32_t expression;
  uint32_t values; // the first in DebugFunction.values; as many as the expression's arguments
  uint32_t
      store; // place of the instruction that stores the value there, which is the next of `values`; 0: none
  bool memory;
  bool loads; // from there the address
} DebugBinding;

// The places of a block of LLVM's, from `first` up to those of the next one, and its bindings.
typedef struct DebugPlaces {
  uint32_t first;
  uint32_t binding;
} DebugPlaces;

typedef enum DebugValueKind {
  DEBUG_NOTHING,
  DEBUG_VALUE,
  DEBUG_CONSTANT,
  DEBUG_FLOAT,
  DEBUG_SYMBOL
} DebugValueKind;
// What a record names. Up to selection it is a value of the SSA form; from there on a list of tokens.
typedef struct DebugValue {
  uint8_t kind; // DebugValueKind
  IrType type;
  IrValue value;
  SymbolId symbol;
  int64_t number; // constant, or what is added to the symbol
  uint32_t first; // in DebugFunction.tokens
  uint32_t count; // 0: the value is not to be had
} DebugValue;

// How a value is computed from what the machine holds, in the order of a stack machine.
typedef enum DebugTokenKind {
  DEBUG_TOKEN_NAME,     // what a name stands for; index: in DebugFunction.names
  DEBUG_TOKEN_CONSTANT, // number
  DEBUG_TOKEN_FLOAT,    // bits: number; bytes: index
  DEBUG_TOKEN_SLOT,     // address of frame slot `index`
  DEBUG_TOKEN_SYMBOL,   // address of symbol `index` + number
  DEBUG_TOKEN_STACK,    // contents of the stack's arguments at `number`; bytes: index
  DEBUG_TOKEN_OPERATION // DW_OP_* `index`, with its operand `number`
} DebugTokenKind;
typedef struct DebugToken {
  uint8_t kind;
  uint32_t index;
  int64_t number;
} DebugToken;

// A virtual register whose value variables are made of.
typedef struct DebugName {
  Reg reg;            // 0: an argument that no instruction uses
  uint32_t phi_block; // machine block at whose start it gets a new value on every way; IR_NONE: it is no phi
  Reg entry;          // where it is at the function's entry; 0: nowhere
  uint32_t next;      // of a phi that is stepped: the name of its next value, + 1; 0: none
  int64_t step;       // which is this much more
  uint32_t end_block; // of such a next value: the phi's block, where it is of no use; IR_NONE: it is none
} DebugName;

// The address of a symbol, eight bytes of a location's description.
typedef struct DebugAddress {
  uint32_t at; // in DebugFunction.bytes
  SymbolId symbol;
  int64_t addend;
} DebugAddress;

// What an argument's register gets at a call, by what the caller still has during it.
typedef struct DebugArgument {
  Reg reg;
  DebugRange value;
} DebugArgument;

typedef struct DebugCall {
  DebugOffset behind;
  SymbolId callee; // IR_NONE: not known
  bool tail;
  uint32_t first; // in DebugFunction.arguments
  uint32_t count;
} DebugCall;

typedef struct DebugFunction {
  SymbolId symbol;
  uint32_t block;
  uint32_t number; // of its labels, set when the code is emitted
  bool emitted;
  DebugOffset end;        // of the code
  VEC(DebugScope) scopes; // the first is the function itself
  VEC(DebugInstance) instances;
  VEC(DebugPlaces) places;    // by block in the order of import
  uint32_t place_end;         // behind the last of those; places from there on were made by passes
  VEC(DebugBinding) bindings; // in the order of blocks
  VEC(DebugBinding) fixed;    // at all places: memory of variables
  VEC(DebugValue) values;
  VEC(DebugCounter) counters;
  VEC(DebugToken) tokens;
  VEC(DebugName) names;
  VEC(uint32_t) name_of;       // by virtual register: name + 1
  VEC(uint32_t) operand_names; // by operand of the machine form: see debug/values.c
  VEC(uint8_t) bytes;          // descriptions of locations
  VEC(DebugAddress) addresses; // in those
  VEC(DebugCall) calls;
  VEC(DebugArgument) arguments;
} DebugFunction;

typedef struct DebugGlobal {
  SymbolId symbol;
  const char *name;
  const char *file;
  const char *directory;
  uint32_t line;
  bool external;
  DebugTypeId type;
  uint32_t block; // it is declared in; IR_NONE: in none
  bool written;
} DebugGlobal;

typedef struct DebugInfo {
  const char *producer;
  const char *name;
  const char *directory;
  VEC(DebugType) types; // [0] is void
  VEC(DebugMember) members;
  VEC(DebugGlobal) globals;
  VEC(DebugBlock) blocks;
  VEC(DebugVariable) variables;
  VEC(DebugOperation) operations;
  VEC(DebugExpression) expressions;
  VEC(DebugFunction *) functions;
} DebugInfo;

DebugInfo *debug_info_new(void);
void debug_info_free(DebugInfo *debug);

// debug/bindings.c: from the records of a function, which say from where on a variable has a value, to what
// each variable is bound to at the places of each block.
typedef struct DebugEdge {
  uint32_t from, to; // blocks in the order of import
} DebugEdge;
typedef struct DebugFlow {
  const DebugBinding *records; // in the order of import, without ends
  uint32_t count;
  VEC(DebugEdge) edges;
} DebugFlow;
void debug_bind(const DebugInfo *debug, DebugFunction *d, const DebugFlow *flow, uint32_t places);
// The block that a place belongs to.
uint32_t debug_block_of_place(const DebugFunction *d, uint32_t place);

// debug/values.c: where the values of records are while passes run.
// Behind selection: what became of the values. `regs`: by value of the SSA form its register, of the first
// `count`; 0: none.
void debug_select(Target *target, Function *f, const Reg *regs, uint32_t count);
// Before names become registers: which operands are the names of interest.
void debug_note_names(Function *f);
// `insn`, with the operands `o` and the names that they had, has become what stands behind `before`
// instructions of the block.
void debug_note_lowered(Function *f, const MirInsn *insn, uint32_t block, uint32_t before);
// What debug_note_names wrote for an operand: 0: nothing of interest; DEBUG_SLOT | number: the access is one
// to a spill slot; else a name + 1.
enum { DEBUG_SLOT = 1U << 31 };
static inline uint32_t debug_operand_name(const DebugFunction *d, uint32_t operand) {
  return operand < d->operand_names.count ? d->operand_names.data[operand] : 0;
}

// debug/holds.c: which registers and spill slots hold the values of names, in the final code. Locations are
// registers, then slots from DEBUG_FIRST_SLOT on.
enum { DEBUG_FIRST_SLOT = MIR_REGS };
typedef struct DebugHold {
  uint32_t location;
  uint32_t name;
} DebugHold;
typedef VEC(DebugHold) DebugHolds;
typedef struct DebugHolder DebugHolder;
DebugHolder *debug_holder_new(const Function *f);
void debug_holder_free(DebugHolder *h);
// What holds at the start of a block of the layout; then what an instruction of it, one after the other, does
// to that.
void debug_holds_enter(const DebugHolder *h, uint32_t block, DebugHolds *list);
void debug_holds_step(const DebugHolder *h, uint32_t block, uint32_t insn, DebugHolds *list);
// Takes away what a call may change.
void debug_holds_call(DebugHolds *list);

// debug/locate.c: finds where scopes and variables are in the emitted code. `starts`: by machine instruction
// in the order of the layout, the emitted one that it begins with, and behind them the number of those.
void debug_locate(const Target *target, const Function *f, const uint32_t *starts);

#endif
