// What the import*.c files share. They alone know LLVM.
#ifndef KILN_TARGET_IMPORT_IMPORT_H
#define KILN_TARGET_IMPORT_IMPORT_H

#include "target/debug/info.h"
#include "target/internal.h"

#include <llvm-c/Core.h>
#include <llvm-c/Target.h>

// A scalar, or a group of registers, inside a value of aggregate type.
typedef struct Leaf {
  IrType type;
  uint64_t offset;    // bytes from the aggregate's start in memory
  bool pair;          // the low half of an integer of more than 64 bits; the rest follows
  uint8_t part;       // of a vector that has several groups
  LLVMTypeRef vector; // of the group; NULL: a scalar
} Leaf;
typedef VEC(Leaf) LeafList;
typedef VEC(IrValue) ValueList;

typedef struct MapEntry {
  const void *key;
  uint32_t first; // of the value's scalars in parts, or a block
  uint32_t count;
} MapEntry;

// Open addressing by address; only looked up, never walked.
typedef struct ImportMap {
  MapEntry *entries;
  uint32_t slots;
  uint32_t count;
} ImportMap;

// Where a scalar or group of an argument is: it is a parameter itself, or lies in memory, behind a pointer
// that is a parameter, or among the arguments on the stack, which are parameters of eight bytes each.
typedef enum PassedWay { PASSED_ITSELF, PASSED_BEHIND, PASSED_ON_STACK } PassedWay;
typedef struct Passed {
  Leaf leaf;
  uint8_t way;     // PassedWay
  uint32_t param;  // number of the parameter; the first of an area
  uint64_t offset; // in memory
} Passed;
typedef struct PassingPlan {
  PassingState state;
  VEC(ParamType) params;
  VEC(Passed) values;  // scalars and groups of the arguments so far
  uint64_t area;       // bytes of vectors on the stack that have no parameters yet
  uint32_t area_first; // number of the first such value
} PassingPlan;

// A scope or a variable of the function: LLVM's node, and the place where the function around it was called.
typedef struct DebugKey {
  const void *node;
  const void *inlined_at;
  uint32_t next; // the next one of this node; IR_NONE: there is none
} DebugKey;

// What import/debug_values.c knows of the function.
typedef struct DebugImport {
  VEC(DebugKey) scopes;      // as DebugFunction.scopes
  VEC(DebugKey) instances;   // as DebugFunction.instances
  VEC(LLVMValueRef) values;  // as DebugFunction.values; NULL: none
  VEC(uint8_t) halves;       // by value: which of its two registers
  VEC(DebugBinding) records; // as they come, without their ends
  bool fresh;                // the next instruction begins a block
  VEC(LLVMValueRef) stores;  // by record of an assignment: what writes memory for it; NULL: nothing does
} DebugImport;

enum { KEPT_LISTS = 4 };

// A value that was loaded in pieces, the first being the lowest bytes.
enum { MOST_PIECES = 8, KEPT_PIECES = 4 };
typedef struct LoadedPieces {
  IrValue value;
  unsigned bytes; // of each
  IrValue parts[MOST_PIECES];
} LoadedPieces;

typedef struct Importer {
  Target *target;
  LLVMContextRef context;
  LLVMModuleRef module;
  LLVMTargetDataRef layout;
  unsigned refused;
  ImportMap debug_types;
  ImportMap debug_nodes; // blocks, variables and expressions
  DebugImport debug;     // of the function
  ImportMap labels;      // the number of each block that an indirectbr may go to: its address
  bool has_debug;        // the module has debug information
  unsigned uwtable_kind, align_kind, sext_kind, zext_kind, byval_kind, sret_kind, noalias_kind,
      nobuiltin_kind, optsize_kind, minsize_kind;

  // The function being imported.
  Function *f;
  LLVMValueRef function;
  Builder b;
  ImportMap map;
  VEC(uint32_t) origins; // by block of ours: the LLVM block it came from, by its place in the order
  VEC(IrValue) parts;
  LeafList result_leaves;
  bool result_in_memory;
  bool no_tail_calls;
  bool returned; // by a tail call: the return behind it is nothing
  IrValue result_address;
  IrValue variadic_address;         // of the first argument behind the named ones
  LoadedPieces pieces[KEPT_PIECES]; // of the latest such loads
  unsigned piece_count;             // so far

  // Empty lists with memory, of the instructions before.
  LeafList kept_leaves[KEPT_LISTS];
  ValueList kept_values[KEPT_LISTS];
  unsigned kept_leaf_lists, kept_value_lists;
  PassingPlan kept_plan;
} Importer;

// Lists that last no longer than an instruction are taken and given back, which is cheaper than to allocate
// them each time.
static inline LeafList leaves_take(Importer *imp) {
  LeafList none = {0};
  return imp->kept_leaf_lists ? imp->kept_leaves[--imp->kept_leaf_lists] : none;
}
static inline void leaves_give(Importer *imp, LeafList *leaves) {
  leaves->count = 0;
  if (leaves->data && imp->kept_leaf_lists < KEPT_LISTS)
    imp->kept_leaves[imp->kept_leaf_lists++] = *leaves;
  else
    free(leaves->data);
}
static inline ValueList values_take(Importer *imp) {
  ValueList none = {0};
  return imp->kept_value_lists ? imp->kept_values[--imp->kept_value_lists] : none;
}
static inline void values_give(Importer *imp, ValueList *values) {
  values->count = 0;
  if (values->data && imp->kept_value_lists < KEPT_LISTS)
    imp->kept_values[imp->kept_value_lists++] = *values;
  else
    free(values->data);
}

// import/simplify.c: LLVM's passes, those that were asked for or those of the level. False: an error was
// recorded.
bool simplify_module(Importer *imp);

// Records that `value` (an instruction, a global or a function) cannot be compiled, and why.
void refuse(Importer *imp, LLVMValueRef value, const char *format, ...) __attribute__((format(printf, 3, 4)));

// The scalar type; IR_VOID when the type is an aggregate or cannot be a value here.
IrType scalar_type(LLVMTypeRef type);
// Why a type has no scalar form.
const char *unsupported_type(LLVMTypeRef type);
// Appends the scalars of a type; false: it has parts that cannot be values (*reason says which).
bool flatten(Importer *imp, LLVMTypeRef type, uint64_t offset, LeafList *leaves, const char **reason);
// Bytes of a type in memory, and those before an element of a structure.
uint64_t type_size(Importer *imp, LLVMTypeRef type);
uint64_t element_offset(Importer *imp, LLVMTypeRef type, unsigned element);
unsigned type_alignment(Importer *imp, LLVMTypeRef type);

// The bits of a floating constant.
int64_t float_bits(LLVMValueRef constant);
// A constant address: symbol and addend, or a number (*symbol IR_NONE). False: it is something else.
bool constant_address(Importer *imp, LLVMValueRef constant, SymbolId *symbol, int64_t *addend);

bool import_globals(Importer *imp);
// import/vector_ops.c, import/riscv.c, import/vector_intrinsic.c, import/kiln.c; see import/vector.h. Each
// returns false when that is not for it.
bool import_vector_instruction(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode);
bool import_vector_intrinsic(Importer *imp, LLVMValueRef call, const char *name);
bool import_riscv_intrinsic(Importer *imp, LLVMValueRef call, const char *name);
bool import_kiln_call(Importer *imp, LLVMValueRef call, LLVMValueRef callee);
// Groups of accumulators are pointers to address spaces of their own (runtime/kiln.h). IR_VOID: none such.
IrType accumulator_type(LLVMTypeRef type);
// The groups, at most 8, of a constant of a vector type, and how many they are; 0: it is no vector.
unsigned import_vector_constant(Importer *imp, LLVMValueRef constant, IrValue *groups);
// The group of a vector type; IR_VOID: none, and *reason says why.
IrType lanes_type(const Importer *imp, LLVMTypeRef type, const char **reason);
// A group of a vector type in memory, and the bytes that it has there.
IrValue lanes_load_type(Importer *imp, LLVMTypeRef type, IrValue address);
void lanes_store_type(Importer *imp, LLVMTypeRef type, IrValue value, IrValue address);
uint64_t lanes_bytes(const Importer *imp, LLVMTypeRef type);
// The type of one of a vector's groups.
LLVMTypeRef lanes_part_type(LLVMTypeRef type, unsigned parts);
// The groups that a vector has.
unsigned lanes_parts(const Importer *imp, LLVMTypeRef type);
static inline bool is_vector_type(LLVMTypeRef type) {
  LLVMTypeKind kind = LLVMGetTypeKind(type);
  return kind == LLVMVectorTypeKind || kind == LLVMScalableVectorTypeKind || kind == LLVMTargetExtTypeKind;
}

// Whether the function wants its frame described for unwinders.
bool import_unwinds(const Importer *imp, LLVMValueRef function);
void import_function(Importer *imp, LLVMValueRef function);

// What an LLVM value or block became; NULL: nothing yet.
MapEntry *import_map_find(const ImportMap *map, const void *key);
void import_map_set(ImportMap *map, const void *key, uint32_t first, uint32_t count);
void import_map_clear(Importer *imp);

void import_extractvalue(Importer *imp, LLVMValueRef instruction);
void import_insertvalue(Importer *imp, LLVMValueRef instruction);

// The scalars of an operand; at least one.
const IrValue *operand_parts(Importer *imp, LLVMValueRef value, uint32_t *count);
IrValue operand(Importer *imp, LLVMValueRef value);
void set_parts(Importer *imp, LLVMValueRef value, const IrValue *parts, uint32_t count);
void set_value(Importer *imp, LLVMValueRef value, IrValue v);
unsigned call_argument_alignment(Importer *imp, LLVMValueRef call, unsigned argument);
// A call to a library function by name.
// The call of a mathematical function may become another one of its precision, if the options allow it.
void mark_approximate(Importer *imp, IrValue call);
IrValue build_library_call(Importer *imp, const char *name, IrType result, uint32_t count,
                           const IrValue *arguments);
// memcpy, memmove or memset for a call of an intrinsic (NULL: none), in place of the return where that is
// behind it. The call's aux is the alignment of its pointers.
void build_memory_call(Importer *imp, LLVMValueRef call, const char *name, const IrValue x[3],
                       unsigned alignment);

static inline uint32_t block_of(const Importer *imp, LLVMBasicBlockRef block) {
  return import_map_find(&imp->map, block)->first;
}
static inline IrValue operand_at(Importer *imp, LLVMValueRef instruction, unsigned i) {
  return operand(imp, LLVMGetOperand(instruction, i));
}

// A block in the middle of the LLVM block that is being imported.
uint32_t import_block_new(Importer *imp);

// import/asm.c
void import_asm(Importer *imp, LLVMValueRef call, LLVMValueRef callee);

// import/headers.c: what C libraries' headers put in the place of functions.
// Inline assembly that is one instruction of which there is an operation, as that operation; false: it is
// none.
bool import_known_asm(Importer *imp, LLVMValueRef call);
// A call of the C library to ask whether a number is a signaling NaN (headers do before fmin and fmax), as
// operations; false: it is another call.
bool import_is_signaling(Importer *imp, LLVMValueRef call, LLVMValueRef callee);

// import/atomic.c
void import_fence(Importer *imp, LLVMValueRef fence);
void import_atomic_load(Importer *imp, LLVMValueRef load);
void import_atomic_store(Importer *imp, LLVMValueRef store);
void import_atomic_modify(Importer *imp, LLVMValueRef instruction);
void import_compare_exchange(Importer *imp, LLVMValueRef instruction);

// import/atomic_library.c
// Whether an atomic access of this type is a call of the library.
bool atomic_wants_library(LLVMValueRef instruction, LLVMTypeRef type);
void import_atomic_load_by_library(Importer *imp, LLVMValueRef load);
void import_atomic_store_by_library(Importer *imp, LLVMValueRef store);
void import_atomic_modify_by_library(Importer *imp, LLVMValueRef instruction);
void import_compare_exchange_by_library(Importer *imp, LLVMValueRef instruction);

// import/memory.c
void import_gep(Importer *imp, LLVMValueRef gep);
void import_load(Importer *imp, LLVMValueRef load);
void import_store(Importer *imp, LLVMValueRef store);
void import_alloca(Importer *imp, LLVMValueRef alloca);
void store_scalar(Importer *imp, IrValue value, IrValue address, unsigned alignment, uint8_t flags);
// Stores the scalars of a value of any type.
void store_parts(Importer *imp, LLVMTypeRef type, LLVMValueRef value, IrValue address, uint64_t alignment,
                 uint8_t flags);
enum { STACK_ALIGNMENT = 16 };
IrValue offset_address(Importer *imp, IrValue address, int64_t offset);
IrValue load_scalar(Importer *imp, IrType type, IrValue address, unsigned alignment, uint8_t flags);
// A scalar or group of something that lies at `address` with this alignment.
IrValue load_leaf(Importer *imp, const Leaf *leaf, IrValue address, uint64_t alignment, uint8_t flags);
void store_leaf(Importer *imp, const Leaf *leaf, IrValue value, IrValue address, uint64_t alignment,
                uint8_t flags);
// Memory in the frame, as an address.
IrValue frame_memory(Importer *imp, uint64_t size, uint64_t alignment);
// The alignment, at most 8, of what is `offset` bytes behind something of an alignment.
unsigned alignment_at(uint64_t alignment, uint64_t offset);

// import/scalar.c
// The type of a value that must be scalar; refuses the instruction otherwise.
IrType need_scalar(Importer *imp, LLVMValueRef instruction, LLVMTypeRef type);
// The operation of a binary instruction; IR_OP_COUNT: it is none.
IrOp binary_op(LLVMOpcode opcode);
void import_binary(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode);
void import_negation(Importer *imp, LLVMValueRef instruction);
void import_cast(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode);
void import_icmp(Importer *imp, LLVMValueRef instruction);
void import_fcmp(Importer *imp, LLVMValueRef instruction);
void import_select(Importer *imp, LLVMValueRef instruction);
void import_freeze(Importer *imp, LLVMValueRef instruction);
void import_phi(Importer *imp, LLVMValueRef phi);

// import/control.c
void import_switch(Importer *imp, LLVMValueRef instruction);
void import_branch(Importer *imp, LLVMValueRef instruction);
void import_return(Importer *imp, LLVMValueRef instruction);
// Numbers the blocks whose addresses are taken for indirect branches. Such an address is the number, and the
// branch a switch on it.
void number_labels(Importer *imp);
void import_indirect_branch(Importer *imp, LLVMValueRef instruction);

// import/passing.c
// Adds an argument of a type; `like` has what its attributes say. False: it cannot be passed (*reason).
bool plan_argument(Importer *imp, PassingPlan *plan, LLVMTypeRef type, ParamType like, bool variadic,
                   const char **reason);
void plan_end(PassingPlan *plan);
// A plan without arguments, and giving its memory back for the next one.
PassingPlan plan_take(Importer *imp);
void plan_give(Importer *imp, PassingPlan *plan);
void plan_free(PassingPlan *plan);
// Puts scalars and groups, in the order of the plan, into the parameters. Whether some of them are in this
// function's frame now.
bool pass_values(Importer *imp, const PassingPlan *plan, const IrValue *values, IrValue *params);
// Value i of the plan in the function that is called.
IrValue passed_value(Importer *imp, const PassingPlan *plan, uint32_t i);
// The scalars and groups of a result and their types as they come back. False: it cannot be (*reason).
typedef VEC(ParamType) ParamTypes;
bool plan_results(Importer *imp, LLVMTypeRef type, uint8_t extension, LeafList *leaves, ParamTypes *types,
                  const char **reason);

// import/call.c
void import_variadic_entry(Importer *imp, const ParamType *params, uint32_t param_count,
                           const ParamType *results, uint32_t result_count);
void import_va_arg(Importer *imp, LLVMValueRef instruction);
void import_call(Importer *imp, LLVMValueRef call);
// The number of the calling convention in which vector registers are kept (riscv_vector_cc).
enum { CONVENTION_VECTOR = 110 };
// Refuses a function or call of a convention that is not ours.
void check_convention(Importer *imp, LLVMValueRef value, unsigned convention);
uint8_t extension_of(LLVMAttributeRef sext, LLVMAttributeRef zext);

// Calls a function by name. Returns the first of its results, which go to `values` where there are several.
IrValue build_named_call(Importer *imp, const char *name, uint32_t count, const ParamType *params,
                         const IrValue *arguments, uint32_t result_count, const ParamType *results,
                         IrValue *values);
// Calls a library function whose result has 128 bits; the arguments are halves of such, or floating.
void build_wide_call(Importer *imp, const char *name, uint32_t count, const IrValue *arguments,
                     IrValue results[2]);

// import/wide.c
// Whether a type is an integer of 65 to 128 bits.
bool is_wide(LLVMTypeRef type);
// The low and high bits of such a constant, sign-extended to 128.
void wide_constant(LLVMValueRef constant, uint64_t words[2]);
void import_wide_binary(Importer *imp, LLVMValueRef instruction, IrOp op);
void import_wide_compare(Importer *imp, LLVMValueRef instruction, IrPredicate predicate);
// The number of the case, from 1 on, that a switch on such a value takes; 0: the default.
IrValue import_wide_case(Importer *imp, LLVMValueRef instruction);
void import_wide_cast(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode);
// False: not known.
bool import_wide_intrinsic(Importer *imp, LLVMValueRef call, const char *name);

// import/quad.c
bool is_quad(LLVMTypeRef type);
// The bits of such a constant.
void quad_constant(LLVMValueRef constant, uint64_t words[2]);
void import_quad_binary(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode);
void import_quad_negation(Importer *imp, LLVMValueRef instruction);
void import_quad_compare(Importer *imp, LLVMValueRef instruction, IrPredicate predicate);
void import_quad_cast(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode);
// False: not known, or not on this type.
bool import_quad_intrinsic(Importer *imp, LLVMValueRef call, const char *name);

// import/constrained.c
// False: it is none of these.
bool import_constrained(Importer *imp, LLVMValueRef call, const char *name);

// import/debug.c
void import_debug_unit(Importer *imp);
void import_debug_global(Importer *imp, LLVMValueRef global, SymbolId symbol);
DebugTypeId import_debug_type(Importer *imp, LLVMMetadataRef node);
// Operand `i` of a node, and as a text; NULL: none.
LLVMMetadataRef import_debug_operand(Importer *imp, LLVMMetadataRef node, unsigned i);
const char *import_debug_text(Importer *imp, LLVMMetadataRef node, unsigned i);
unsigned import_debug_operands(Importer *imp, LLVMMetadataRef node);
void import_debug_file(Importer *imp, LLVMMetadataRef file, const char **name, const char **directory);
// What follows "key: " in a node's text, copied up to a comma or the end.
void import_debug_field(Importer *imp, LLVMMetadataRef node, const char *key, char *to, size_t size);

// import/debug_values.c
// Begins a function; gives it debug information if it has any.
void import_debug_function(Importer *imp, LLVMValueRef function);
// To be told before each block, whose first place is the next one, ...
void import_debug_block(Importer *imp);
// ... and before each instruction: takes note of the variables that are described there.
void import_debug_records(Importer *imp, LLVMValueRef instruction);
// The block of the source that a scope stands for; IR_NONE: it is outside of functions.
uint32_t import_debug_block_of(Importer *imp, LLVMMetadataRef scope);
// The scope of a location, + 1.
uint32_t import_debug_scope(Importer *imp, LLVMMetadataRef location);
void import_debug_finish(Importer *imp, const LLVMBasicBlockRef *order, uint32_t count);
void import_debug_free(Importer *imp);

// import/debug_expression.c
// The number of a DIExpression in DebugInfo.expressions.
uint32_t import_debug_expression(Importer *imp, LLVMMetadataRef node);

// import/intrinsic.c
// Copies `size` bytes, in pieces of the alignment where they are few, else by a call of `function`.
void build_memory_copy(Importer *imp, LLVMValueRef call, const char *function, IrValue to, IrValue from,
                       IrValue size, unsigned alignment);
void import_intrinsic(Importer *imp, LLVMValueRef call, LLVMValueRef callee);
// Floating arithmetic; bfloat is computed in float and rounded.
IrValue build_float(Importer *imp, IrOp op, IrType type, uint32_t count, const IrValue *operands,
                    uint8_t flags);

#endif
