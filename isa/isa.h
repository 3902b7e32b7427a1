// The instruction set: every fact comes from the .def tables of this folder.
#ifndef KILN_ISA_ISA_H
#define KILN_ISA_ISA_H

#include "isa/machine.h"
#include "support/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum IsaOp {
#define INSN(id, mnemonic, extension, match, mask, format, sched, flags) ISA_##id,
#include "isa/insns.def"
#undef INSN
  ISA_OP_COUNT,
  ISA_INVALID = ISA_OP_COUNT
} IsaOp;

typedef enum IsaExtension {
#define EXTENSION(id, name, major, minor, who) ISA_EXT_##id,
#define IMPLIES(id, implied)
#include "isa/extensions.def"
#undef EXTENSION
#undef IMPLIES
  ISA_EXTENSION_COUNT
} IsaExtension;

// A set of extensions: bit ISA_EXT_X.
typedef uint64_t IsaExtensions;
#define ISA_EXTENSION_BIT(extension) (UINT64_C(1) << (extension))
#define ISA_ALL_EXTENSIONS ((UINT64_C(1) << ISA_EXTENSION_COUNT) - 1)

typedef enum IsaOperandClass {
  ISA_CLASS_GPR,            // x0 .. x31
  ISA_CLASS_GPR8,           // x8 .. x15, in 3 bits (compressed instructions)
  ISA_CLASS_FPR,            // f0 .. f31
  ISA_CLASS_FPR8,           // f8 .. f15, in 3 bits
  ISA_CLASS_VR,             // v0 .. v31
  ISA_CLASS_ACC,            // acc0 ..
  ISA_CLASS_SIGNED,         // a signed immediate
  ISA_CLASS_UNSIGNED,       // an unsigned immediate
  ISA_CLASS_UPPER,          // lui's and auipc's 20 bits, written unsigned
  ISA_CLASS_PCREL,          // a signed distance from the instruction
  ISA_CLASS_CSR,            // a control and status register
  ISA_CLASS_ROUNDING,       // a floating rounding mode; the default is dyn
  ISA_CLASS_FENCE,          // a set of i, o, r, w
  ISA_CLASS_ORDERING,       // suffix .aq, .rl, .aqrl
  ISA_CLASS_VTYPE,          // e32,m1,ta,ma
  ISA_CLASS_MASK,           // v0.t; the default is unmasked
  ISA_CLASS_LOG2,           // 1, 2, 4, 8 or 16, held as its logarithm
  ISA_CLASS_STEP,           // 1 or 2, held as 0 or 1
  ISA_CLASS_FLOAT_CONSTANT, // one of fli's constants, held as its number
  ISA_CLASS_SHAPE,          // suffix .RxC, R and C in {1, 2, 4}; value: log2(R) * 4 + log2(C)
  ISA_CLASS_OVERWRITE,      // suffix .z
} IsaOperandClass;

typedef enum IsaRole { ISA_ROLE_NONE, ISA_ROLE_DEF, ISA_ROLE_USE, ISA_ROLE_BOTH } IsaRole;

typedef enum IsaOperandKind {
#define OPERAND(id, class, role, reserved, ...) ISA_OPERAND_##id,
#include "isa/operands.def"
#undef OPERAND
  ISA_OPERAND_COUNT
} IsaOperandKind;

typedef struct IsaPiece {
  uint8_t at;    // lowest bit in the instruction word
  uint8_t width; // bits; 0 ends the list
  uint8_t to;    // lowest bit in the value
} IsaPiece;

enum { ISA_MAX_PIECES = 9, ISA_MAX_OPERANDS = 6 }; // the last piece has width 0

typedef struct IsaOperandInfo {
  const char *name; // the id of its row
  IsaOperandClass operand_class;
  IsaRole role;
  uint32_t reserved; // bit v: the field value v (before scaling) is no valid operand
  IsaPiece pieces[ISA_MAX_PIECES];
} IsaOperandInfo;

typedef enum IsaFormat {
#define FORMAT(id, syntax, ...) ISA_FORMAT_##id,
#include "isa/formats.def"
#undef FORMAT
  ISA_FORMAT_COUNT
} IsaFormat;

typedef struct IsaFormatInfo {
  const char *syntax; // see formats.def
  uint8_t operand_count;
  uint8_t operands[ISA_MAX_OPERANDS]; // IsaOperandKind
} IsaFormatInfo;

typedef enum IsaUnit {
  ISA_UNIT_ALU, // two of them: ALU0 and ALU1
  ISA_UNIT_MUL,
  ISA_UNIT_DIV,
  ISA_UNIT_FPU,
  ISA_UNIT_BRANCH,
  ISA_UNIT_LOAD,
  ISA_UNIT_STORE,
  ISA_UNIT_VALU,
  ISA_UNIT_TILE,
  ISA_UNIT_DRAIN,
  ISA_UNIT_DMA,
  ISA_UNIT_COUNT
} IsaUnit;

// How long an instruction keeps its unit busy.
typedef enum IsaOccupancy {
  ISA_BUSY_ONE,             // a cycle
  ISA_BUSY_LATENCY,         // its latency: not pipelined
  ISA_BUSY_SERIALIZE,       // a cycle, and it issues alone
  ISA_BUSY_MEMORY,          // as many cycles as the accesses take at the port, the lanes or the cache
  ISA_BUSY_ELEMENTS,        // ceil(elements * widest SEW / valu.width)
  ISA_BUSY_ELEMENTS_DIVIDE, // the same, times valu.divide
  ISA_BUSY_ELEMENTS_REDUCE, // the same, plus valu.reduction
  ISA_BUSY_GATHER,          // LMUL squared (1 below LMUL 1)
  ISA_BUSY_SHAPE,           // R * C
  ISA_BUSY_COUNT,           // the number of accumulators set
  ISA_BUSY_ROWS,            // a cycle a row
  ISA_BUSY_DRAIN,           // by drain.results and drain.bytes
} IsaOccupancy;

typedef enum IsaSched {
#define SCHED(id, unit, latency, busy) ISA_SCHED_##id,
#include "isa/sched.def"
#undef SCHED
  ISA_SCHED_COUNT
} IsaSched;

typedef struct IsaSchedInfo {
  const char *name;
  IsaUnit unit;
  IsaOccupancy busy;
  size_t latency_offset; // of the latency within Machine
} IsaSchedInfo;

// Flags of an instruction. "vs1", "vs2" and "destination" are the vector operands so called in the V
// extension's encoding; a store's data count as its destination field.
enum {
  ISA_BRANCH = 1 << 0,       // conditional branch
  ISA_JUMP = 1 << 1,         // unconditional jump, call or return
  ISA_LOAD = 1 << 2,         // reads memory
  ISA_STORE = 1 << 3,        // writes memory
  ISA_VECTOR = 1 << 4,       // depends on vl and vtype
  ISA_WIDE_D = 1 << 5,       // destination elements are twice SEW
  ISA_WIDE_2 = 1 << 6,       // vs2 elements are twice SEW
  ISA_MASK_D = 1 << 7,       // destination is a mask register
  ISA_MASK_S = 1 << 8,       // vector sources (a store's data) are mask registers
  ISA_SCALAR_D = 1 << 9,     // destination is element 0 of one register (reductions, vmv.s.x)
  ISA_SCALAR_1 = 1 << 10,    // vs1 is element 0 of one register (reductions)
  ISA_USES_V0 = 1 << 11,     // reads v0 as data though not masked (vmerge, vadc)
  ISA_WIDE_1 = 1 << 12,      // vs1 elements are twice SEW (widening reductions)
  ISA_HALF_2 = 1 << 13,      // vs2 elements are SEW / 2 (vzext.vf2)
  ISA_QUARTER_2 = 1 << 14,   // vs2 elements are SEW / 4
  ISA_EIGHTH_2 = 1 << 15,    // vs2 elements are SEW / 8
  ISA_SCALAR_2 = 1 << 16,    // vs2 is element 0 of one register (vmv.x.s)
  ISA_MASK_1 = 1 << 17,      // vs1 is a mask register (vcompress)
  ISA_INDEX_16 = 1 << 18,    // vs1 elements are 16 bits (vrgatherei16)
  ISA_NO_OVERLAP = 1 << 19,  // the destination may overlap no source, v0 included when masked
  ISA_EEW = 1 << 20,         // a memory instruction with an EEW of its own: isa_vector_eew
  ISA_STRIDED = 1 << 21,     // rs2 is the stride
  ISA_INDEXED = 1 << 22,     // vs2 holds the indices, of EEW bits; the data have SEW
  ISA_SEGMENT = 1 << 23,     // isa_vector_fields fields a segment
  ISA_WHOLE = 1 << 24,       // isa_vector_fields whole registers, whatever vl and vtype are
  ISA_FAULT_FIRST = 1 << 25, // only element 0 traps; a fault in another shortens vl
};

typedef struct IsaInsnInfo {
  const char *mnemonic;
  uint32_t match;
  uint32_t mask;
  uint8_t extension; // IsaExtension
  uint8_t format;    // IsaFormat
  uint8_t sched;     // IsaSched
  uint32_t flags;
} IsaInsnInfo;

// The rows. `op` and the others must be valid enumerators.
extern const IsaInsnInfo isa_insn_rows[];
extern const IsaFormatInfo isa_format_rows[];
extern const IsaOperandInfo isa_operand_rows[];
extern const IsaSchedInfo isa_sched_rows[];

static inline const IsaInsnInfo *isa_insn(IsaOp op) {
  return &isa_insn_rows[op];
}
static inline const IsaFormatInfo *isa_format(IsaFormat format) {
  return &isa_format_rows[format];
}
static inline const IsaOperandInfo *isa_operand(IsaOperandKind kind) {
  return &isa_operand_rows[kind];
}
static inline const IsaSchedInfo *isa_sched(IsaSched sched) {
  return &isa_sched_rows[sched];
}
const char *isa_unit_name(IsaUnit unit);
const char *isa_extension_name(IsaExtension extension);

static inline const IsaFormatInfo *isa_insn_format(IsaOp op) {
  return isa_format((IsaFormat)isa_insn(op)->format);
}
static inline uint64_t isa_latency(const Machine *machine, IsaSched sched) {
  return *(const uint64_t *)((const char *)machine + isa_sched(sched)->latency_offset);
}

// A vector memory instruction's own element width in bits (ISA_EEW).
static inline unsigned isa_vector_eew(IsaOp op) {
  unsigned width = isa_insn(op)->match >> 12 & 7;
  return width ? 8U << (width - 4) : 8;
}
// Fields of a segment load or store; registers of a whole-register load, store or move.
static inline unsigned isa_vector_fields(IsaOp op) {
  const IsaInsnInfo *insn = isa_insn(op);
  return 1 + (insn->flags & (ISA_LOAD | ISA_STORE) ? insn->match >> 29 & 7 : insn->match >> 15 & 7);
}

// Bytes of the instruction that begins with this halfword: 2 or 4. (Longer encodings do not exist on this
// machine.)
static inline unsigned isa_length(uint32_t word) {
  return (word & 3) == 3 ? 4 : 2;
}

// Operand fields. Values are as written: registers by number, immediates sign-extended and scaled to bytes,
// LOG2 and STEP operands as the number they stand for.
int64_t isa_operand_extract(uint32_t word, IsaOperandKind kind);
// The value must fit (isa_operand_fits).
uint32_t isa_operand_insert(uint32_t word, IsaOperandKind kind, int64_t value);
bool isa_operand_fits(IsaOperandKind kind, int64_t value);
// The values that fit: smallest, largest, and the power of two they are multiples of.
void isa_operand_range(IsaOperandKind kind, int64_t *smallest, int64_t *largest, int64_t *multiple);
// The value of an optional operand that is not written.
int64_t isa_operand_default(IsaOperandKind kind);

// The conditional branch (ISA_BEQ .. ISA_BGEU) that is taken when `op`, one of these, is not.
IsaOp isa_opposite_branch(IsaOp op);

// The word of an instruction with these operand values (as many as its format has, each of which fits).
uint32_t isa_encode(IsaOp op, const int64_t *values);

// Finds instructions by their words. Built once by each tool; read-only afterwards.
typedef struct IsaDecoderEntry {
  uint32_t match;
  uint32_t mask;
  uint16_t op;
  bool check; // operands have reserved values
} IsaDecoderEntry;

typedef struct IsaDecoderGroup { // see decode.c
  uint32_t first;
  uint8_t shift;
  uint8_t mask;
} IsaDecoderGroup;

typedef struct IsaDecoder {
  IsaExtensions extensions;
  IsaDecoderGroup *groups;
  uint32_t *first;          // by bucket
  IsaDecoderEntry *entries; // lists, each ended by a row with mask 0 and ISA_INVALID
} IsaDecoder;

void isa_decoder_start(IsaDecoder *decoder, IsaExtensions extensions);
void isa_decoder_free(IsaDecoder *decoder);
// ISA_INVALID for a word that is no instruction of the decoder's extensions. For a 16-bit instruction the
// upper half of `word` is ignored.
IsaOp isa_decode(const IsaDecoder *decoder, uint32_t word);
void isa_extract_operands(IsaOp op, uint32_t word, int64_t *values);
// Whether the field of this operand holds a valid value (isa_decode has checked it).
bool isa_word_operand_valid(uint32_t word, IsaOperandKind kind);

// Registers by number and ABI name; classes GPR, FPR, VR and ACC.
const char *isa_register_name(IsaOperandClass operand_class, unsigned number);
// The other spelling of the same ("x10"); for registers that have only one, that one.
const char *isa_register_number_name(IsaOperandClass operand_class, unsigned number);
// Both spellings (a0, x10; fa0, f10) are found. -1: no such register of the class.
int isa_register_find(IsaOperandClass operand_class, const char *text, size_t size);

// What an operand becomes in another instruction.
typedef struct IsaBinding {
  bool written; // `value` is the index of a written operand, else a constant
  int64_t value;
} IsaBinding;

// Compressed instructions: expansions.def.
typedef struct IsaExpansion {
  uint16_t compressed; // IsaOp
  uint16_t op;         // which it stands for
  bool expand_only;    // not used to compress
  IsaBinding bindings[ISA_MAX_OPERANDS];
} IsaExpansion;

// The rows of one instruction stand together, the first that fits wins.
size_t isa_expansion_count(void);
const IsaExpansion *isa_expansion(size_t i);
// The instruction that a compressed one stands for; `values` become that one's. Other instructions are
// returned as they are.
IsaOp isa_expand(IsaOp op, int64_t *values);
// Whether a compressed instruction is a hint: it writes x0, shifts by nothing or adds nothing. What it stands
// for does nothing either, but the code is reserved for other uses.
bool isa_is_hint(IsaOp op, const int64_t *values);
// The compressed instruction, among those of `extensions`, that stands for this one, with its operands in
// `compressed` (ISA_MAX_OPERANDS long); ISA_INVALID when there is none. Hints are not used.
IsaOp isa_compress(IsaOp op, const int64_t *values, IsaExtensions extensions, int64_t *compressed);

// Aliases: aliases.def.
typedef struct IsaAliasInfo {
  const char *mnemonic;
  const char *syntax;
  uint8_t operand_count; // written operands
  uint8_t operands[ISA_MAX_OPERANDS];
  uint16_t op;
  bool input_only;
  IsaBinding bindings[ISA_MAX_OPERANDS];
} IsaAliasInfo;

size_t isa_alias_count(void);
const IsaAliasInfo *isa_alias(size_t i);
// The alias that prints this instruction, or NULL.
const IsaAliasInfo *isa_alias_match(IsaOp op, const int64_t *values);

// Lets a caller print an operand its own way (a symbol for an address). Returns false to have it printed as
// usual.
typedef struct IsaPrinter {
  bool no_aliases; // also leaves compressed instructions as they are instead of printing what they stand for
  bool numeric;    // registers by number (x10), not by their ABI names
  bool decimal;    // immediates in decimal instead of hexadecimal
  bool targets;    // print_operand is for distances to a target (ISA_CLASS_PCREL) alone
  void *context;
  bool (*print_operand)(void *context, Text *out, IsaOp op, IsaOperandKind kind, int64_t value);
} IsaPrinter;

// Writes one instruction as the assembler reads it: mnemonic, tab, operands. `printer` may be NULL.
void isa_print(Text *out, IsaOp op, const int64_t *values, const IsaPrinter *printer);

// "rne", ...; NULL for a reserved mode.
const char *isa_rounding_name(unsigned mode);

// fli's constants 0 .. 31: as they are written ("min", "0.5", ...), and as they are. The value of "min" is
// the smallest normal number of the instruction's format; here it is that of binary32.
const char *isa_float_constant_text(unsigned number);
double isa_float_constant(unsigned number);
// The number of the constant that is written so, in any spelling of its value; -1: there is none.
int isa_float_constant_find(const char *text, size_t size);

// CSRs: csrs.def. NULL / -1 when there is none.
const char *isa_csr_name(unsigned number);
int isa_csr_find(const char *text, size_t size);

// Relocations: relocs.def, the RISC-V psABI's numbers ("R_RISCV_BRANCH", ...). NULL / -1 when there is none.
const char *isa_relocation_name(unsigned type);
int isa_relocation_find(const char *name);

// What a machine has: every extension marked MACHINE, with the minimum vector length extensions (zvl512b and
// smaller) that its VLEN allows.
IsaExtensions isa_machine_extensions(const Machine *machine);

// Adds what the members of the set imply (d: f, zicsr; v: zve64d, zvl128b; ...).
IsaExtensions isa_add_implied(IsaExtensions set);

// The extension that `op` lacks in this set (availability.def); ISA_EXTENSION_COUNT: none.
IsaExtension isa_missing_extension(IsaOp op, IsaExtensions set);

// Arch strings as in .riscv.attributes and -march ("rv64i2p1_m2p0_xkilndma1p0", "rv64imafdc_zba"). Implied
// extensions are added by the reader.
void isa_arch_format(Text *out, IsaExtensions set);
bool isa_arch_parse(IsaExtensions *set, const char *text, Place place, Diagnostics *diagnostics);
// Those extensions of an arch string that are known here; false: it is no arch string of 64 bits at all.
bool isa_arch_known(IsaExtensions *set, const char *text);

#ifdef __cplusplus
}
#endif
#endif
