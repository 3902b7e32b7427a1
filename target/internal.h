// What the files of target/ share: the SSA form, the machine form, and the state of one compilation.
#ifndef KILN_TARGET_INTERNAL_H
#define KILN_TARGET_INTERNAL_H

#include "isa/nests.h"
#include "support/arena.h"
#include "support/bitset.h"
#include "support/intern.h"
#include "support/vec.h"
#include "target/target.h"

// ---------------------------------------------------------------------------------------------------------
// Module

typedef uint32_t SymbolId;

typedef enum Linkage { LINKAGE_LOCAL, LINKAGE_GLOBAL, LINKAGE_WEAK } Linkage;
typedef enum Visibility { VISIBILITY_DEFAULT, VISIBILITY_HIDDEN, VISIBILITY_PROTECTED } Visibility;

// A word in a global's initializer that holds an address.
typedef struct DataRelocation {
  uint64_t offset;
  SymbolId symbol;
  int64_t addend;
} DataRelocation;

typedef struct Symbol {
  const char *name;
  const char *section; // NULL: chosen by what it is
  uint8_t linkage;
  uint8_t visibility;
  bool defined;
  bool function;
  bool constant;      // data that is never written
  bool zero;          // data without bytes: all zero
  bool scratch;       // memory to work in, with no contents at the start
  bool common;        // tentative definition
  bool tls;           // each thread has its own
  const char *group;  // signature of the section group it belongs to; NULL: none
  bool alias;         // another name: `relocations` of one entry gives symbol and offset
  uint64_t size;      // data only
  uint64_t alignment; // data: bytes; functions: 0 or bytes
  uint8_t *bytes;     // data only
  DataRelocation *relocations;
  uint32_t relocation_count;
  uint8_t region;  // data at known distances from each other has one number; 0: none
  uint64_t offset; // in the region
  uint32_t base;   // of share-bases, for the function that it works on: number + 1 of its base
} Symbol;

// ---------------------------------------------------------------------------------------------------------
// SSA form

typedef uint32_t IrValue; // number of an instruction; leaves and instructions share the numbering
#define IR_NONE UINT32_MAX

typedef uint8_t IrType; // 1 .. 64: an integer of that many bits; pointers are i64
enum {
  IR_VOID = 0,
  IR_I1 = 1,
  IR_I8 = 8,
  IR_I16 = 16,
  IR_I32 = 32,
  IR_I64 = 64,
  IR_HALF = 65,
  IR_BFLOAT = 66,
  IR_FLOAT = 67,
  IR_DOUBLE = 68,
  IR_FIRST_VECTOR = 96, // groups of registers: vector.h
  IR_GROUPS_PER_ALIGNMENT = 32,
  IR_FIRST_ACCUMULATORS = 224
};
static inline bool ir_is_float(IrType type) {
  return type >= IR_HALF && type <= IR_DOUBLE;
}
static inline unsigned ir_float_bits(IrType type) {
  return type == IR_DOUBLE ? 64 : type == IR_FLOAT ? 32 : 16;
}
static inline unsigned ir_type_bits(IrType type) {
  return ir_is_float(type) ? ir_float_bits(type) : type;
}
// Registers of a group, and what the first one's number is a multiple of.
static inline unsigned ir_group_size(IrType type) {
  return type >= IR_FIRST_ACCUMULATORS ? 1U << (type - IR_FIRST_ACCUMULATORS)
                                       : (unsigned)(type - IR_FIRST_VECTOR) % IR_GROUPS_PER_ALIGNMENT;
}
static inline unsigned ir_group_alignment(IrType type) {
  return type >= IR_FIRST_ACCUMULATORS ? 1 : 1U << (type - IR_FIRST_VECTOR) / IR_GROUPS_PER_ALIGNMENT;
}

typedef enum IrOp {
#define IR_OP(id, name, operands, flags) IR_##id,
#include "target/ir/ops.def"
#undef IR_OP
  IR_OP_COUNT
} IrOp;

enum {
  IR_PURE = 1,
  IR_COMMUTES = 2,
  IR_EFFECT = 4,
  IR_TERMINATOR = 8,
  IR_LEAF = 16,
};
enum { VARIABLE = -1 };

typedef struct IrOpInfo {
  const char *name;
  int8_t operands;
  uint8_t flags;
} IrOpInfo;
extern const IrOpInfo ir_ops[IR_OP_COUNT];

// Integer predicates, then floating ones with LLVM's meaning.
typedef enum IrPredicate {
  IR_EQ,
  IR_NE,
  IR_SLT,
  IR_SLE,
  IR_SGT,
  IR_SGE,
  IR_ULT,
  IR_ULE,
  IR_UGT,
  IR_UGE,
  IR_OEQ,
  IR_OGT,
  IR_OGE,
  IR_OLT,
  IR_OLE,
  IR_ONE,
  IR_ORD,
  IR_UNO,
  IR_UEQ,
  IR_FUGT,
  IR_FUGE,
  IR_FULT,
  IR_FULE,
  IR_UNE,
  IR_PREDICATE_COUNT
} IrPredicate;
extern const char *const ir_predicates[IR_PREDICATE_COUNT];

// REASSOCIATE: the order of sums and products is free. LIBRARY: a call by whose name the C library's function
// is meant, not the program's own. APPROXIMATE: one of its mathematics, for whose result another one that is
// as near will do (docs/tensor.md, "Functions"). NO_SIGNED_WRAP,
// NO_UNSIGNED_WRAP: as in LLVM; there up to the tensor pass, for which they are kept. UNCHANGING, of
// IR_MACHINE alone: a load of what is always the same, so that it may be done anywhere.
enum {
  IR_SIGNED = 1,
  IR_VOLATILE = 2,
  IR_CONTRACT = 4,
  IR_REASSOCIATE = 8,
  IR_NO_SIGNED_WRAP = 16,
  IR_NO_UNSIGNED_WRAP = 32,
  IR_APPROXIMATE = 64,
  IR_LIBRARY = 128,
  IR_UNCHANGING = 4
};
enum { IR_INLINE_OPERANDS = 3 };
// What a fence orders: accesses before it (r 2, w 1) by accesses after it.
typedef enum IrFence {
  IR_FENCE_ALL = 0x33,
  IR_FENCE_ACQUIRE = 0x23,
  IR_FENCE_RELEASE = 0x31,
  IR_FENCE_TSO = 0x83
} IrFence;
typedef enum IrOrdering {
  IR_RELAXED,
  IR_RELEASE,
  IR_ACQUIRE,
  IR_ACQUIRE_RELEASE
} IrOrdering; // as the instructions' suffix
typedef enum IrAmo {
  IR_AMO_SWAP,
  IR_AMO_ADD,
  IR_AMO_AND,
  IR_AMO_OR,
  IR_AMO_XOR,
  IR_AMO_MAX,
  IR_AMO_MIN,
  IR_AMO_MAXU,
  IR_AMO_MINU
} IrAmo;

typedef struct IrInsn {
  uint8_t op;
  IrType type;
  uint8_t aux;
  uint8_t flags;
  uint32_t operand_count;
  uint32_t operands[IR_INLINE_OPERANDS]; // more than three: operands[0] is the start in the pool
  uint32_t block;                        // IR_NONE: a leaf, or deleted
  int64_t imm;
} IrInsn;

// vector.c: IR_PURE or IR_EFFECT of an IR_MACHINE instruction.
uint8_t vector_effects(const IrInsn *insn);
// The flags of an instruction.
static inline uint8_t ir_flags(const IrInsn *insn) {
  return insn->op == IR_MACHINE ? vector_effects(insn) : ir_ops[insn->op].flags;
}

typedef struct IrBlock {
  uint32_t *insns;
  uint32_t count;
  uint32_t capacity;
  uint32_t *preds;
  uint32_t pred_count;
  uint32_t *succs;
  uint32_t succ_count;
  // Set by ir_analyze.
  uint32_t rpo;                             // position in reverse postorder
  uint32_t idom;                            // IR_NONE for the entry
  uint32_t tree_first, tree_end, tree_next; // numbers of the blocks that it dominates, itself the first
  uint32_t loop;                            // the innermost loop's header, IR_NONE outside loops
  uint32_t parent;                          // for a header: the header of the loop around it
  uint32_t depth;                           // loops around
  uint32_t nest;                            // whose code it is: nest_of_code, nest_of_scalar; 0: of none
  bool once; // of a nest: it runs once in it, when all that the nest reads has been asked for
} IrBlock;

// Loop nests are numbered through the module (Target.nests).
static inline uint32_t nest_of_code(uint32_t index) {
  return 2 * index + 1;
}
// The code beside it, for when an assumption does not hold.
static inline uint32_t nest_of_scalar(uint32_t index) {
  return 2 * index + 2;
}
static inline uint32_t nest_index(uint32_t nest) {
  return (nest - 1) / 2;
}

typedef struct IrCase {
  int64_t value; // sign-extended from the type switched on
} IrCase;

typedef enum IrExtension { IR_EXTEND_NONE, IR_EXTEND_SIGN, IR_EXTEND_ZERO } IrExtension;

// Where a value crosses a call: a register, or a stack slot of the callee's incoming area.
typedef struct Passing {
  IrType type;
  uint8_t extension; // IrExtension
  bool pair;         // with the next one it makes an integer of 128 bits
  bool no_alias;     // a parameter: what it points to is reached through it alone
  bool mask;         // a vector of bits
  bool on_stack;
  uint8_t reg;     // register number (FPRs from 32, vector registers from 64); of a group, the first
  uint32_t offset; // on_stack: bytes from the stack pointer at the call
} Passing;

// The most registers that arguments take: integer, floating and vector ones, and that of a mask.
enum { PASSED_REGISTERS = 8 + 8 + 16 + 1 };

// The types of a function or call, and where they go (lp64d).
typedef struct Signature {
  Passing *params;
  uint32_t param_count;
  Passing *results;
  uint32_t result_count;
  uint32_t integer_registers; // that the parameters take
  uint32_t stack_bytes;
  uint32_t fixed; // parameters from here on are variadic
} Signature;

// An operand of inline assembly.
typedef enum AsmOperandKind { ASM_OUTPUT, ASM_INPUT, ASM_MEMORY, ASM_IMMEDIATE } AsmOperandKind;
typedef enum AsmClass { ASM_GPR, ASM_FPR, ASM_VR, ASM_VR_NOT_V0 } AsmClass;
typedef struct AsmOperand {
  uint8_t kind;    // AsmOperandKind
  uint8_t class;   // of its register: AsmClass
  bool early;      // written before all inputs are read
  bool compressed; // one of the registers that compressed instructions have
  int16_t reg;     // physical; -1: to be chosen
  int16_t tied;    // an input that is in this output's register; -1: none
  IrType type;
  SymbolId symbol; // of an immediate; IR_NONE: a number
  int64_t imm;
} AsmOperand;

typedef struct AsmCall {
  const char *text;
  AsmOperand *operands; // outputs first
  uint32_t count;
  uint64_t clobbers; // registers
  uint32_t vector_clobbers;
} AsmCall;

typedef struct FrameSlot {
  uint64_t size;
  uint64_t alignment;
  int64_t offset; // from the stack pointer after the prologue; set by frame lowering
  bool incoming;  // at a fixed place: `from_entry` bytes from the stack pointer at entry
  int64_t from_entry;
} FrameSlot;

// ---------------------------------------------------------------------------------------------------------
// Machine form

// 0 .. 31: x registers; 32 .. 63: f registers; 64 .. 95: v registers; 96 .. 127: accumulators; from
// MIR_FIRST_VIRTUAL: virtual
typedef uint32_t Reg;
enum { MIR_FIRST_FPR = 32, MIR_FIRST_VR = 64, MIR_FIRST_ACC = 96, MIR_FIRST_VIRTUAL = 128, MIR_REGS = 128 };
enum {
  REG_ZERO = 0,
  REG_RA = 1,
  REG_SP = 2,
  REG_GP = 3,
  REG_TP = 4,
  REG_T0 = 5,
  REG_T1 = 6,
  REG_S0 = 8,
  REG_A0 = 10,
  REG_FA0 = 42
};

// Opcodes below ISA_OP_COUNT are instructions of the machine.
typedef enum MirOp {
  MIR_FIRST_PSEUDO = ISA_OP_COUNT,
#define MIR_OP(id, name, roles) MIR_##id,
#include "target/mir/ops.def"
#undef MIR_OP
  MIR_OP_COUNT
} MirOp;

typedef enum MirKind {
  MIR_REG,    // value: register
  MIR_IMM,    // value
  MIR_WIDE,   // value: index of MirFunction.wide
  MIR_BLOCK,  // value: block
  MIR_SYMBOL, // value: index of MirFunction.addresses
  MIR_SLOT,   // value: frame slot; note: displacement / 8 is kept in `extra`
  MIR_VTYPE,  // value: what mir_vtype makes; behind the operands of an instruction that depends on it
} MirKind;

// Flags of an instruction: the destination, its first operand, is read as well; and, from MIR_SIZE on, the
// registers that a pseudo-instruction moves (0: 1).
enum { MIR_KEEPS = 1, MIR_SIZE = 2 };
enum { MIR_VOLATILE = 1, MIR_PROLOGUE = 2, MIR_EPILOGUE = 4 }; // marks
// An AVL that is no register: a small number, or as many as fit.
enum { MIR_AVL_MAX = -1 };

// How a symbol or a slot is meant. Of a register: which register of its group.
typedef enum MirNote { MIR_PLAIN, MIR_PCREL_HI, MIR_PCREL_LO } MirNote;

typedef struct MirOperand {
  uint8_t kind;
  uint8_t note;
  int16_t extra; // MIR_SLOT: displacement; MIR_REG after allocation: the physical register
  int32_t value;
} MirOperand;

typedef struct MirInsn {
  uint16_t op;
  uint8_t count;
  uint8_t flags;
  uint32_t operands;   // in the pool
  uint32_t place : 24; // in Function.places; 0: none
  uint32_t marks : 8;
} MirInsn;

typedef struct MirBlock {
  MirInsn *insns;
  uint32_t count;
  uint32_t capacity;
  uint32_t *preds;
  uint32_t pred_count;
  uint32_t *succs;
  uint32_t succ_count;
  uint32_t depth;
  uint32_t source; // IR block it came from
} MirBlock;

typedef struct MirAddress {
  SymbolId symbol;
  int64_t addend;
} MirAddress;

// A line of the source.
enum { NO_LINE = 1U << 31 };
typedef struct SourcePlace {
  const char *file;
  uint32_t line; // 0: none; NO_LINE: none, and not that of the code before either
  uint32_t column;
  const char *directory;
  uint32_t scope; // in DebugFunction.scopes, + 1; 0: none
} SourcePlace;

typedef struct Function {
  Arena arena;
  SymbolId symbol;
  uint64_t alignment;
  bool optimize_none;
  bool small;    // short code is asked for,
  bool smallest; // even where it takes longer
  Signature *signature;

  // SSA form
  VEC(IrInsn) insns;
  VEC(uint32_t) pool;
  VEC(IrBlock) blocks;
  VEC(IrCase) cases;
  VEC(FrameSlot) slots;
  VEC(Signature *) signatures; // of calls
  VEC(AsmCall *) asms;         // inline assembly
  VEC(SourcePlace) places;     // of instructions in the source; number 0 is none
  VEC(uint32_t) insn_places;   // by instruction: number in `places`; shorter where the rest has none
  struct DebugFunction *debug; // NULL: none
  uint32_t place;              // given to new instructions
  uint32_t *leaf_table;        // interned leaves: open addressing, value + 1
  uint32_t leaf_slots;
  uint32_t leaf_count;
  uint32_t *rpo; // blocks in reverse postorder, set by ir_analyze
  uint32_t rpo_count;
  bool analyzed; // what ir_analyze found still holds

  // Machine form
  VEC(MirBlock) mblocks;
  VEC(MirOperand) operands;
  VEC(int64_t) wide;
  VEC(MirAddress) addresses;
  VEC(uint8_t)
  classes;              // of virtual registers: 0 GPR, 1 FPR (single or half), 2 FPR (double), MIR_CLASS_MASK
                        // (v0), or the IrType of a group
  VEC(uint32_t) layout; // order of machine blocks
  VEC(uint32_t) spill_slots; // frame slots made by the allocator
  VEC(IrValue) hoisted_unused;
  uint32_t outgoing;       // bytes for stack arguments of calls
  uint64_t used_registers; // physical registers written
  uint32_t used_vectors;   // vector registers written
  bool keeps_vectors;      // the callers of this function find v1 .. v7 and v24 .. v31 as they were
  uint64_t frame_size;
  bool has_calls;
  bool unwinds;       // its frame is described for unwinders that run with the program
  bool frame_pointer; // s0 holds the incoming stack pointer
  bool dynamic_stack; // the stack pointer moves, so that slots are found from s0
  Reg spill_address;  // a register kept for the addresses of spilled vectors; 0: none
  bool moves;         // it goes on in a copy of its code:
  SymbolId copy;      // memory for that, behind
  SymbolId frame;     // this in its section
  IrValue *kept;      // slots and calls of malloc whose memory is to stay in the scratchpad (tensor/keep.c)
  uint32_t kept_count;
} Function;

enum { MIR_CLASS_MASK = 255 };

// The value's class of register.
static inline uint8_t ir_class(IrType type) {
  return type >= IR_FIRST_VECTOR ? type : type == IR_DOUBLE ? 2 : ir_is_float(type) ? 1 : 0;
}

// ---------------------------------------------------------------------------------------------------------
// One compilation

typedef enum Statistic {
#define STATISTIC(id, pass, text) STATISTIC_##id,
#include "target/statistics.def"
#undef STATISTIC
  STATISTIC_COUNT
} Statistic;

typedef struct Program Program; // emitted code; emit.c

// Why a nest at this block of the present function stayed as it was.
typedef struct NestRefusal {
  uint32_t block;
  const char *reason;
} NestRefusal;

typedef struct Target {
  const TargetOptions *options;
  const Machine *machine;
  IsaExtensions extensions;
  Diagnostics *diagnostics;
  TargetReport *report;
  Arena arena;
  Intern names;
  VEC(Symbol) symbols; // indexed by the Name of their spelling through symbol_of_name
  VEC(uint32_t) symbol_of_name;
  VEC(Function *) functions;
  Function *spare;     // the memory of one that is compiled; NULL: none
  VEC(SymbolId) order; // defined symbols in the order of the module
  struct IselTable *isel;
  Program *program;
  const char *source_name;
  struct RemarkFilter *remarks; // NULL: none wanted
  double parse_seconds;         // of import: LLVM's reader
  struct DebugInfo *debug;      // NULL: none
  uint64_t statistics[STATISTIC_COUNT];
  VEC(NestReport) nests;
  VEC(NestRefusal) refusals;   // with TargetOptions.report
  bool has_assembly;           // there is assembly text: objects are made from text
  bool has_unwinding;          // some functions' frames are described in .eh_frame
  const char *module_assembly; // NULL: none
  double llvm_seconds;         // of import: LLVM's passes
  uint32_t constant_count;     // floating constants placed in .rodata
} Target;

// Passes. Each is in a file of its own; the table is in pipeline.c.
typedef bool PassFunction(Target *target, Function *function);
#define PASS(name, run, needs, provides, invalidates, level) PassFunction run;
#include "target/passes.def"
#undef PASS

// Monotonic time, for -time-passes alone.
double seconds_now(void);

// statistics.c
void statistics_count(Target *target, const Function *f, const char *pass);
void statistics_report(const Target *target, Text *out);

// remark.c
bool remarks_start(Target *target);
void remarks_end(Target *target);
// Records a remark of a pass about a place, where the options ask for this kind of that pass.
void target_remark(Target *target, TargetRemarkKind kind, const char *pass, Place place, const char *format,
                   ...) __attribute__((format(printf, 5, 6)));
// Whether it would be recorded: to be asked before what is costly to say.
bool target_wants_remark(const Target *target, TargetRemarkKind kind, const char *pass);
// Where an instruction comes from in the source; without debug information, the function's name.
Place ir_place(const Target *target, const Function *f, IrValue v);

// import.c: reads LLVM IR into target->symbols and target->functions.
// What takes each function as soon as it is imported (it is not in target->functions then).
typedef struct FunctionSink {
  void (*take)(void *context, Function *function);
  void *context;
} FunctionSink;
// `sink`: NULL, or used where functions may be compiled before the next ones are known: without debug
// information, whose units stand before the code, and without assembly text.
bool import_module(Target *target, const FileData *input, const FunctionSink *sink);

// symbols
SymbolId target_symbol(Target *target, const char *name);
// Constant data by a name of its own; the same name means the same data.
SymbolId target_constant(Target *target, const char *name, const void *bytes, uint32_t size,
                         uint32_t alignment);

// ir.c
Function *function_new(Target *target, SymbolId symbol);
void function_free(Function *function);
// Ends a function that is compiled; the next one that function_new makes takes over its memory.
void function_release(Target *target, Function *function);
void ir_set_place(Function *f, IrValue v, uint32_t place);
static inline uint32_t ir_place_number(const Function *f, IrValue v) {
  return v < f->insn_places.count ? f->insn_places.data[v] : 0;
}
IrValue ir_add(Function *f, IrOp op, IrType type, uint32_t operand_count, const IrValue *operands);
void ir_append(Function *f, uint32_t block, IrValue value);
// At the end of a block, but before its terminator if it has one already.
void ir_insert(Function *f, uint32_t block, IrValue value);
IrValue ir_leaf(Function *f, IrOp op, IrType type, int64_t imm);
uint32_t ir_block_new(Function *f);
// A part of what `block` was, or of what it does.
uint32_t ir_block_beside(Function *f, uint32_t block);
void ir_set_operands(Function *f, IrInsn *insn, uint32_t count, const IrValue *operands);
void ir_add_edge(Function *f, uint32_t from, uint32_t to);
// Finds order, dominators and loops of the blocks, unless none and no edge came since the last time. Who
// changes edges in another way than by ir_add_edge clears Function.analyzed.
void ir_analyze(Function *f);
bool ir_dominates(const Function *f, uint32_t a, uint32_t b);
bool ir_in_loop(const Function *f, uint32_t block, uint32_t header);
static inline IrValue *ir_operands(const Function *f, IrInsn *insn) {
  return insn->operand_count <= IR_INLINE_OPERANDS ? insn->operands : &f->pool.data[insn->operands[0]];
}
static inline const IrValue *ir_operands_const(const Function *f, const IrInsn *insn) {
  return insn->operand_count <= IR_INLINE_OPERANDS ? insn->operands : &f->pool.data[insn->operands[0]];
}
static inline IrInsn *ir_insn(const Function *f, IrValue v) {
  return &f->insns.data[v];
}
static inline IrValue ir_operand(const Function *f, IrValue v, uint32_t i) {
  return ir_operands(f, &f->insns.data[v])[i];
}
static inline IrType ir_type(const Function *f, IrValue v) {
  return f->insns.data[v].type;
}
static inline bool ir_is_const(const Function *f, IrValue v) {
  return f->insns.data[v].op == IR_CONST;
}
static inline IrInsn *ir_terminator(const Function *f, uint32_t block) {
  const IrBlock *b = &f->blocks.data[block];
  return &f->insns.data[b->insns[b->count - 1]];
}
// The value of the low `bits` bits of x, sign- or zero-extended.
static inline int64_t sign_extend(int64_t x, unsigned bits) {
  return bits >= 64 ? x : (int64_t)((uint64_t)x << (64 - bits)) >> (64 - bits);
}
static inline int64_t zero_extend(int64_t x, unsigned bits) {
  return bits >= 64 ? x : (int64_t)((uint64_t)x & ((UINT64_C(1) << bits) - 1));
}

// A symbol leaf: number and addend in one word.
static inline int64_t ir_symbol_imm(SymbolId symbol, int32_t addend) {
  return (int64_t)((uint64_t)(uint32_t)addend << 32 | symbol);
}
static inline SymbolId ir_symbol_of(const IrInsn *leaf) {
  return (SymbolId)leaf->imm;
}
static inline int32_t ir_addend_of(const IrInsn *leaf) {
  return (int32_t)(leaf->imm >> 32);
}

// build.c: instructions at the end of a block (ir_insert), folded where the operands are constants.
typedef struct Builder {
  Function *f;
  uint32_t block;
} Builder;
IrValue build(Builder *b, IrOp op, IrType type, uint32_t count, const IrValue *operands);
IrValue build1(Builder *b, IrOp op, IrType type, IrValue x);
IrValue build2(Builder *b, IrOp op, IrType type, IrValue x, IrValue y);
IrValue build_compare(Builder *b, IrOp op, IrPredicate predicate, IrValue x, IrValue y);
IrValue build_select(Builder *b, IrType type, IrValue condition, IrValue x, IrValue y);
IrValue build_const(Builder *b, IrType type, int64_t value);
IrValue build_load(Builder *b, IrType type, IrValue address);
IrValue build_store(Builder *b, IrValue value, IrValue address);
// Whether x op constant is x.
bool is_identity(IrOp op, int64_t constant);
// rewrite.c: asks for each instruction of the function what stands for it, built at the end of the builder's
// block; IR_NONE: it stays.
typedef IrValue Rewrite(const Target *target, Builder *builder, IrValue value);
void rewrite_values(const Target *target, Function *f, Rewrite *rewrite);
// The constant that op gives for constant operands; false: not known.
bool fold_constant(IrOp op, IrType type, unsigned aux, IrType operand_type, int64_t x, int64_t y,
                   int64_t *result);

// debug/values.c, for functions that have debug information (Function.debug).
// `alias`: by value, of the first `count`, what stands for it now; itself: it stays.
void debug_follow(Function *f, const IrValue *alias, uint32_t count);
// The instruction computes something else from now on.
void debug_forget(Function *f, IrValue value);
// What a counter that may go is by a pointer that is stepped with it:
// counter = at + (pointer - pointer_at) / pointer_step * step.
typedef struct DebugCounter {
  IrValue counter, pointer;
  IrValue at, pointer_at;
  int64_t step, pointer_step;
} DebugCounter;
void debug_note_counter(Function *f, const DebugCounter *counter);
// A machine block does the same as `other` and stands for it, too.
void debug_merge_blocks(Function *f, uint32_t block, uint32_t other);

// passing.c: lp64d. Parameters from `fixed` on are variadic.
typedef struct ParamType {
  IrType type;
  uint8_t extension;
  bool pair; // with the next one it makes an integer of 128 bits
  bool no_alias;
  bool mask; // a vector of bits
} ParamType;
// What is taken by arguments, or results, so far.
typedef struct PassingState {
  bool results;
  bool mask; // v0
  uint32_t count;
  unsigned integers;
  unsigned floats;
  uint32_t vectors; // a bit for each register
  uint32_t stack;
} PassingState;
// Where the next one goes. False: nowhere, since a vector finds no registers, or a result must go through
// memory.
bool passing_next(PassingState *state, ParamType param, bool variadic, Passing *to);
Signature *signature_new(Arena *arena, const ParamType *params, uint32_t param_count, uint32_t fixed,
                         const ParamType *results, uint32_t result_count);
// Whether results fit the return registers (else they go through memory).
bool results_fit(const ParamType *results, uint32_t count);

// parse.c: reads what ir_print or mir_print wrote.
bool parse_forms(Target *target, const FileData *input, bool machine);

// ir/print.c, ir/verify.c
void ir_print(Text *out, const Target *target, Function *function);
void slots_print(Text *out, const Function *function, const char *indent);
bool ir_verify(Target *target, Function *function, const char *after);

// mir.c
static inline MirInsn mir_make(Function *f, unsigned op, uint32_t count, const MirOperand *operands) {
  VEC_RESERVE(&f->operands, count);
  MirInsn insn = {(uint16_t)op, (uint8_t)count, 0, (uint32_t)f->operands.count, f->place & 0xffffff, 0};
  MirOperand *to = f->operands.data + f->operands.count;
  for (uint32_t i = 0; i < count; i++)
    to[i] = operands[i];
  f->operands.count += count;
  return insn;
}
// Makes room for so many more instructions.
void mir_reserve(Function *f, MirBlock *block, uint32_t extra);
static inline void mir_push(Function *f, uint32_t block, MirInsn insn) {
  MirBlock *b = &f->mblocks.data[block];
  if (b->count == b->capacity)
    mir_reserve(f, b, 1);
  b->insns[b->count++] = insn;
}
uint32_t mir_block_new(Function *f, uint32_t depth);
Reg mir_virtual(Function *f, uint8_t class);
MirOperand mir_wide(Function *f, int64_t value);
MirOperand mir_address(Function *f, MirNote note, SymbolId symbol, int64_t addend);
// By format: two bits an operand, what an instruction does with it if it is a register.
extern const uint16_t mir_format_roles[ISA_FORMAT_COUNT];
IsaRole mir_pseudo_role(unsigned op, uint32_t i, uint8_t note);
static inline IsaRole mir_role(const Function *f, const MirInsn *insn, uint32_t i) {
  const MirOperand *o = &f->operands.data[insn->operands + i];
  if (o->kind != MIR_REG)
    return ISA_ROLE_NONE;
  IsaRole role = insn->op < ISA_OP_COUNT
                     ? (IsaRole)(mir_format_roles[isa_insn((IsaOp)insn->op)->format] >> 2 * i & 3)
                     : mir_pseudo_role(insn->op, i, o->note);
  return i == 0 && insn->flags & MIR_KEEPS && role == ISA_ROLE_DEF ? ISA_ROLE_BOTH : role;
}
// DEF and USE are the two bits of BOTH.
static inline bool mir_reads(IsaRole role) {
  return role & ISA_ROLE_USE;
}
static inline bool mir_writes(IsaRole role) {
  return role & ISA_ROLE_DEF;
}
// Whether operand i, a vector register that is read, may share no register with the destination.
bool mir_is_late(const Function *f, const MirInsn *insn, uint32_t i);
// Registers of a class, and what the first one's number is a multiple of.
static inline unsigned mir_class_size(uint8_t class) {
  return class >= IR_FIRST_VECTOR && class != MIR_CLASS_MASK ? ir_group_size(class) : 1;
}
static inline unsigned mir_class_alignment(uint8_t class) {
  return class >= IR_FIRST_VECTOR && class != MIR_CLASS_MASK ? ir_group_alignment(class) : 1;
}
// The first register of the file that a class lives in.
static inline Reg mir_class_file(uint8_t class) {
  return class == 0                                                 ? 0
         : class < IR_FIRST_VECTOR                                  ? MIR_FIRST_FPR
         : class < IR_FIRST_ACCUMULATORS || class == MIR_CLASS_MASK ? MIR_FIRST_VR
                                                                    : MIR_FIRST_ACC;
}
// The name of a physical register.
const char *mir_register_name(Reg reg);
const char *mir_op_name(unsigned op);
void mir_print(Text *out, const Target *target, Function *function);
bool mir_verify(Target *target, Function *function, const char *after, bool allocated);
bool mir_is_terminator(unsigned op);
bool is_store_op(unsigned op);
static inline MirOperand mir_reg(Reg reg) {
  MirOperand operand = {MIR_REG, 0, 0, (int32_t)reg};
  return operand;
}
static inline MirOperand mir_imm(int64_t value) {
  MirOperand operand = {MIR_IMM, 0, 0, (int32_t)value};
  return operand;
}
static inline MirOperand mir_block(uint32_t block) {
  MirOperand operand = {MIR_BLOCK, 0, 0, (int32_t)block};
  return operand;
}
static inline MirOperand mir_slot(uint32_t slot, int16_t displacement) {
  MirOperand operand = {MIR_SLOT, 0, displacement, (int32_t)slot};
  return operand;
}
static inline MirOperand *mir_operands(const Function *f, const MirInsn *insn) {
  return &f->operands.data[insn->operands];
}
extern const uint64_t mir_caller_saved; // registers a call may change
extern const uint64_t mir_callee_saved;

// The instructions that put `value` into a register: at most 8. Each is an op and an immediate, working on
// the register itself but for the first; the additions of shifted registers add it to itself (constant.c).
typedef struct ConstantStep {
  uint16_t op;
  int32_t imm;
} ConstantStep;
enum { CONSTANT_STEPS = 8 };
unsigned constant_steps(IsaExtensions extensions, int64_t value, ConstantStep *steps);
// A constant of so many bytes in .rodata.
SymbolId constant_symbol(Target *target, int64_t bits, unsigned size);

// registers/check.c: proves an allocation; records an error for each use that could read a wrong value.
// Operands still name the virtual registers; `extra` is what they were given.
bool check_allocation(Target *target, Function *f);

// emit/data.c: finds where the module's data will lie in its sections (Symbol.region, .offset).
void data_layout(Target *target);

// valid_vtype.c: after registers are assigned. Sets vtype where moves of vectors could find an invalid one.
void validate_vtype(Function *f);

// emit.c
Program *program_new(Target *target);
void program_start(Target *target);
bool program_write(Target *target, const char *output);
void program_free(Program *program);

#endif
