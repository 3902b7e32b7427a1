// The simulator's inside: the hart's state, memory, decoded instructions, and the record through which an
// executed instruction tells others (timing, energy, checks) what it did. Execution knows nothing of time.
#ifndef KILN_SIM_INTERNAL_H
#define KILN_SIM_INTERNAL_H

#include "isa/isa.h"
#include "sim/sim.h"
#include "support/arena.h"
#include "support/vec.h"

#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the hart's memory is the host's, byte by byte");

typedef struct Hart Hart;
typedef struct SimInsn SimInsn;
typedef struct Timing Timing;
typedef struct Checks Checks;
typedef struct Debug Debug;
typedef struct Profile Profile;
typedef struct Trace Trace;
typedef struct Regions Regions;

// Executes one instruction. Returns the instruction to go on with: `insn + 1` for all that do not branch,
// or NULL to leave the run loop (a trap, a halt, a jump to where nothing is decoded yet; `hart->pc` or
// `hart->trap` is then set).
typedef const SimInsn *(*SimHandler)(Hart *hart, const SimInsn *insn);

// Ends a handler that goes on by itself (SimInsn.go). The compiler turns the call into a jump where the build
// says that it does (sim/CMakeLists.txt); elsewhere the run loop makes it, so that the stack does not grow.
#ifdef KILN_SIM_TAIL_CALLS
#define SIM_GO_ON(hart, insn) return (insn)->go((hart), (insn))
#else
#define SIM_GO_ON(hart, insn) return (insn)
#endif

// One decoded instruction. The fields that the instruction's format has no operand for are zero.
struct SimInsn {
  SimHandler run; // executes this instruction
  SimHandler go; // executes it and goes on with those behind it until the loop must be left; records no event
  union {
    const SimInsn *target;   // decoded target of a direct branch or jump, once known
    struct VectorPlan *plan; // of a vector instruction: what has been found out about it (vector.c)
  };
  uint64_t pc;
  int64_t imm;    // SIGNED, UNSIGNED, UPPER (shifted left by 12), PCREL, CSR, VTYPE, LOG2 (the number itself)
  uint32_t word;  // as in memory; a compressed instruction has zeros above
  uint16_t op;    // IsaOp; a compressed instruction is already expanded; ISA_INVALID: a block's head or end
  uint8_t length; // bytes: 2 or 4
  // Registers by their place in the word: rd = bits 7..11 (RD, FD, VD, VDS, VS3, ACC_D/W/S), rs1 = 15..19
  // (RS1, FS1, VS1, TILE_A, ZIMM5), rs2 = 20..24 (RS2, FS2, VS2, TILE_B, ACC_S2), rs3 = 27..31 (RS3, FS3). A
  // GPR destination x0 is held as SIM_X_DISCARD, so that x[rd] can be written without a test.
  uint8_t rd;
  uint8_t rs1;
  uint8_t rs2;
  uint8_t rs3;
  uint8_t rounding; // ROUNDING as encoded (7: dynamic)
  bool masked;      // VM: v0.t was written
  uint8_t rows;     // SHAPE: R and C themselves
  uint8_t columns;
  bool overwrite; // OVERWRITE
  uint8_t quad;   // DW_QUAD
  uint8_t index;  // DW_INDEX
  uint8_t step;   // DW_STEP: 1 or 2
  uint8_t extra;  // free for the handler's binder (segment fields, ...)
  uint16_t left;  // instructions of the block from this one on, this one included
};

enum { SIM_X_DISCARD = 32, SIM_X_SLOTS = 33 };

// A block ends at a branch, a jump, a system instruction, or after this many instructions.
enum { SIM_BLOCK_LIMIT = 128 };

// Each part of the executor binds its own instructions: returns the handler (and may fill `insn->extra` or
// rewrite `insn->imm`), or NULL for an instruction that is not its own.
// The first sets `go` as well for those that have a handler of their own there.
SimHandler sim_bind_integer(SimInsn *insn); // I, M, A, Zicsr, Zifencei, Zba, Zbb, Zbs, Zicond
SimHandler sim_bind_float(SimInsn *insn);   // F, D, Zfh, Zfbfmin
SimHandler sim_bind_vector(SimInsn *insn);  // V, Zvfh, Zvfbfmin, Zvfbfwma
SimHandler sim_bind_tile(SimInsn *insn);    // Xkilntile
SimHandler sim_bind_dma(SimInsn *insn);     // Xkilndma

// The staging registers as they are before the first kd.* instruction; no transfer has been started.
void sim_dma_reset(Hart *hart);

// Memory. Both regions are flat on the host; DRAM is reserved without being committed, so the host provides
// its pages on first touch.
typedef struct SimMemory {
  uint8_t *dram;
  uint64_t dram_base;
  uint64_t dram_size;
  uint8_t *spm;
  uint64_t spm_base;
  uint64_t spm_size;
} SimMemory;

// The host bytes of [address, address + size), or NULL when they are not all in one region. `size` > 0.
static inline uint8_t *sim_memory_at(const SimMemory *memory, uint64_t address, uint64_t size) {
  uint64_t offset = address - memory->dram_base;
  if (__builtin_expect(size <= memory->dram_size && offset <= memory->dram_size - size, 1))
    return memory->dram + offset; // NOLINT(clang-analyzer-core.NullPointerArithm): has a size, so is there
  offset = address - memory->spm_base;
  if (size <= memory->spm_size && offset <= memory->spm_size - size)
    return memory->spm + offset; // NOLINT(clang-analyzer-core.NullPointerArithm): as above
  return NULL;
}

// Causes as mcause has them.
typedef enum SimCause {
  SIM_CAUSE_FETCH_MISALIGNED = 0,
  SIM_CAUSE_FETCH_ACCESS = 1,
  SIM_CAUSE_ILLEGAL = 2,
  SIM_CAUSE_BREAKPOINT = 3,
  SIM_CAUSE_LOAD_MISALIGNED = 4,
  SIM_CAUSE_LOAD_ACCESS = 5,
  SIM_CAUSE_STORE_MISALIGNED = 6,
  SIM_CAUSE_STORE_ACCESS = 7,
  SIM_CAUSE_ECALL_M = 11,
  SIM_CAUSE_TRANSFER = 24, // kd.start, kd.wait, kd.poll: a transfer that cannot be; custom range
  SIM_CAUSE_NONE = 64,     // no trap is pending
} SimCause;

// One run of equally spaced elements in memory, in the order of the accesses.
typedef struct SimAccess {
  uint64_t address; // of the first element
  int64_t stride;   // bytes from an element to the next
  uint32_t size;    // bytes of an element
  uint32_t count;   // elements
  bool store;
} SimAccess;

typedef enum SimMacKind { SIM_MAC_INT8, SIM_MAC_HALF, SIM_MAC_FLOAT, SIM_MAC_KINDS } SimMacKind;

// A DMA transfer as enqueued by kd.start. Dimension 0 counts bytes and is contiguous on both sides.
enum { SIM_DMA_DIMENSIONS = 4 };
typedef struct SimDmaDimension {
  uint64_t count; // bytes for dimension 0, else repetitions
  int64_t source_stride;
  int64_t destination_stride;
} SimDmaDimension;
typedef struct SimDmaTransfer {
  uint64_t id;
  uint64_t source;
  uint64_t destination;
  SimDmaDimension dimensions[SIM_DMA_DIMENSIONS];
  bool fill; // writes `pattern` and reads nothing
  uint32_t pattern;
} SimDmaTransfer;

// A walk through the runs of a transfer (the contiguous pieces of dimension 0), dimension 1 fastest. It
// begins with the transfer's own addresses and zero indices.
typedef struct SimDmaRun {
  uint64_t source;
  uint64_t destination;
  uint64_t index[SIM_DMA_DIMENSIONS];
} SimDmaRun;

static inline SimDmaRun sim_dma_first_run(const SimDmaTransfer *transfer) {
  return (SimDmaRun){.source = transfer->source, .destination = transfer->destination};
}
// False behind the last run.
static inline bool sim_dma_next_run(const SimDmaTransfer *transfer, SimDmaRun *run) {
  for (unsigned i = 1; i < SIM_DMA_DIMENSIONS; i++) {
    const SimDmaDimension *dimension = &transfer->dimensions[i];
    if (++run->index[i] < dimension->count) {
      run->source += (uint64_t)dimension->source_stride;
      run->destination += (uint64_t)dimension->destination_stride;
      return true;
    }
    run->source -= (uint64_t)dimension->source_stride * (dimension->count - 1);
    run->destination -= (uint64_t)dimension->destination_stride * (dimension->count - 1);
    run->index[i] = 0;
  }
  return false;
}

// What the last executed instruction did, beyond what its SimInsn tells. Filled only where `hart->event` is
// not NULL; the run loop clears it (sim_event_clear) before each instruction. Scalar loads and stores, vector
// loads and stores, kt.ld/st/dcfg and drains list their accesses. A vector or kt.get/put instruction sets
// elements, element_bits and the register counts. A branch needs nothing: the next pc tells.
typedef struct SimEvent {
  VEC(SimAccess) accesses;   // first: see sim_event_clear
  VEC(SimAccess) parameters; // of a drain: read ahead, no time is spent on them
  uint32_t elements;         // elements worked on (vl - vstart, masked-off ones included)
  uint32_t element_bits;     // EEW of the widest vector operand
  uint8_t vd_registers;      // registers of the group at rd, all fields of a segment; 0: rd is no vector
  uint8_t vs1_registers;     // at rs1
  uint8_t vs2_registers;     // at rs2
  bool vd_read;              // the destination is a source too
  bool v0_read;              // as the mask or as data
  uint8_t lmul_registers;    // max(1, LMUL), for gathers
  uint8_t acc_first;         // accumulators read or written: first and how many; 0: none
  uint8_t acc_count;
  uint32_t results; // drain: results written
  uint64_t macs;    // multiply-accumulates done
  SimMacKind mac_kind;
  const SimDmaTransfer *transfer; // kd.start
  uint64_t dma_id;                // kd.wait, kd.poll
} SimEvent;

static inline void sim_event_clear(SimEvent *event) {
  event->accesses.count = 0; // their storage stays
  event->parameters.count = 0;
  memset(&event->elements, 0, sizeof *event - offsetof(SimEvent, elements));
}
static inline void sim_event_free(SimEvent *event) {
  VEC_FREE(&event->accesses);
  VEC_FREE(&event->parameters);
}

// What execution asks of whoever keeps time. All NULL without timing: the clock is then the instruction count
// and every transfer is complete once started.
typedef struct SimClock {
  void *context;
  uint64_t (*cycles)(void *context);
  bool (*transfer_done)(void *context, uint64_t id);
} SimClock;

enum {
  SIM_MAX_VECTOR_BYTES = 128,      // machine.def: vlen <= 1024
  SIM_MAX_TILE = 32,               // VLEN / 32
  SIM_MAX_ACCUMULATORS = 16,       // machine.def
  SIM_DRAIN_DESCRIPTOR_BYTES = 64, // docs/isa.md, kt.dcfg
};

// A direct-mapped table of the decoded blocks by address.
enum { SIM_JUMPS = 1 << 14 };
typedef struct SimJump {
  uint64_t pc;
  const SimInsn *insn; // NULL: empty
} SimJump;

struct Hart {
  uint64_t x[SIM_X_SLOTS]; // x[0] is 0; writes to x0 go to x[SIM_X_DISCARD]
  uint64_t f[32];          // NaN-boxed
  uint64_t pc;             // valid outside the run loop and when a handler returns NULL
  SimMemory memory;
  SimEvent *event; // NULL: nobody wants to know
  const Machine *machine;

  // Floating point: fcsr in its two parts.
  uint8_t frm;
  uint8_t fflags;

  // Vector. vtype as read from the CSR, and decoded.
  uint8_t vxrm;
  uint8_t vxsat;
  uint64_t vl;
  uint64_t vstart;
  uint64_t vtype;
  bool vill;
  bool vta;
  bool vma;
  uint8_t vsew;                                      // log2 of the bytes of an element: 0 .. 3
  int8_t vlmul;                                      // log2 of LMUL: -3 .. 3
  uint32_t vlenb;                                    // bytes of a vector register
  _Alignas(64) uint8_t v[32 * SIM_MAX_VECTOR_BYTES]; // register r at v + r * vlenb: groups are contiguous

  // Tile unit: T x T elements of 32 bits each, row-major; accumulator a at acc + a * tile * tile.
  uint32_t tile; // T
  _Alignas(64) uint32_t acc[SIM_MAX_ACCUMULATORS * SIM_MAX_TILE * SIM_MAX_TILE];
  uint8_t drain_descriptor[SIM_DRAIN_DESCRIPTOR_BYTES]; // as kt.dcfg loaded it
  uint32_t drain_rows; // valid rows and columns of the drains to come: from the descriptor or kt.dext
  uint32_t drain_columns;

  // DMA staging registers and ids. `dma_staged` is what kd.start snapshots.
  SimDmaTransfer dma_staged;
  SimDmaTransfer dma_started; // the newest transfer, to which SimEvent.transfer points
  uint64_t dma_last_id;       // id of the newest transfer; 0: none yet

  // A trap raised by the last instruction; SIM_CAUSE_NONE when there is none.
  SimCause trap;
  uint64_t trap_value;
  uint64_t trap_pc;

  // Atomics: the reservation of lr.
  bool reserved;
  uint64_t reservation;

  // Machine mode.
  uint64_t mstatus;
  uint64_t mtvec;
  uint64_t mepc;
  uint64_t mcause;
  uint64_t mtval;
  uint64_t mscratch;
  uint64_t mie;
  uint64_t mip;
  uint64_t mcounteren;
  uint64_t instret_offset; // written counters: reads give the real count plus this
  uint64_t cycle_offset;

  SimClock clock;
  // Instructions the run loop may still start; a block takes its whole length when it is entered, so an
  // instruction that leaves in the midst of one gives the rest back.
  int64_t budget;
  uint64_t started; // budget handed out so far: instructions retired = started - budget
  SimInsn *link;    // the branch or block end through which the loop was left: learns its target
  bool flush;       // decoded code is stale (fence.i, floating point or vectors switched on or off)
  uint64_t tohost;  // address of the HTIF word; UINT64_MAX: none
  bool htif;        // tohost was written
  bool semihosting; // a semihosting call was made
  SimJump *jumps;   // SIM_JUMPS entries: where decoded code begins
  struct Sim *sim;
};

// Raises a trap at `insn` (for the caller to return): nothing of the instruction must have been done that a
// re-execution would not do again. A vector access sets vstart first.
static inline const SimInsn *sim_trap(Hart *hart, const SimInsn *insn, SimCause cause, uint64_t value) {
  hart->trap = cause;
  hart->trap_value = value;
  hart->trap_pc = insn->pc;
  hart->budget += insn->left;
  return NULL;
}
static inline const SimInsn *sim_illegal(Hart *hart, const SimInsn *insn) {
  return sim_trap(hart, insn, SIM_CAUSE_ILLEGAL, insn->word);
}

// Leaves the run loop behind an instruction that has been executed in full.
static inline const SimInsn *sim_leave(Hart *hart, const SimInsn *insn) {
  hart->pc = insn->pc + insn->length;
  hart->budget += insn->left - 1;
  hart->link = NULL;
  return NULL;
}

// The target of a direct branch or jump (the last instruction of its block).
static inline const SimInsn *sim_follow(Hart *hart, const SimInsn *insn) {
  if (__builtin_expect(insn->target != NULL, 1))
    return insn->target;
  hart->pc = insn->pc + (uint64_t)insn->imm;
  hart->link = (SimInsn *)insn;
  return NULL;
}

// A jump to an address known only now (the last instruction of its block).
static inline const SimInsn *sim_jump(Hart *hart, uint64_t target) {
  const SimJump *jump = &hart->jumps[(target >> 1) % SIM_JUMPS];
  if (__builtin_expect(jump->pc == target && jump->insn != NULL, 1))
    return jump->insn;
  hart->pc = target;
  hart->link = NULL;
  return NULL;
}

// Records one run of accesses, when somebody wants to know.
static inline void sim_record(Hart *hart, uint64_t address, uint32_t size, int64_t stride, uint32_t count,
                              bool store) {
  if (__builtin_expect(hart->event != NULL, 0)) {
    SimAccess access = {address, stride, size, count, store};
    VEC_PUSH(&hart->event->accesses, access);
  }
}

// Stores the low `size` bytes of `value` (1, 2, 4 or 8): for the caller to return. Misaligned addresses are
// allowed.
static inline const SimInsn *sim_store_silently(Hart *hart, const SimInsn *insn, uint64_t address,
                                                uint64_t value, uint32_t size) {
  uint8_t *bytes = sim_memory_at(&hart->memory, address, size);
  if (!bytes)
    return sim_trap(hart, insn, SIM_CAUSE_STORE_ACCESS, address);
  memcpy(bytes, &value, size);
  if (__builtin_expect(address - hart->tohost < 8, 0)) {
    hart->htif = true;
    return sim_leave(hart, insn);
  }
  return insn + 1;
}
// The same, recorded.
static inline const SimInsn *sim_store(Hart *hart, const SimInsn *insn, uint64_t address, uint64_t value,
                                       uint32_t size) {
  const SimInsn *next = sim_store_silently(hart, insn, address, value, size);
  if (next || hart->htif)
    sim_record(hart, address, size, 0, 1, true);
  return next;
}

// Control and status registers (csr.c). A read returns false for a register that does not exist; `writable`
// is also false for one that is read-only. Writes to bits that are not there are ignored.
bool sim_csr_read(Hart *hart, unsigned number, uint64_t *value);
bool sim_csr_writable(const Hart *hart, unsigned number);
void sim_csr_write(Hart *hart, unsigned number, uint64_t value);
void sim_csr_reset(Hart *hart);
// What mret does to mstatus, and what a trap does to it and to mepc, mcause and mtval.
void sim_return_from_trap(Hart *hart);
void sim_enter_trap(Hart *hart);
bool sim_float_enabled(const Hart *hart);
bool sim_vector_enabled(const Hart *hart);

// IEEE 754 arithmetic in software, exact in every format, rounding mode and flag. Values are bit patterns in
// the low bits (no NaN boxing here); a NaN result is the canonical NaN. Flags accumulate.
typedef enum SimFormat { SIM_F16, SIM_BF16, SIM_F32, SIM_F64 } SimFormat;
enum { SIM_RNE = 0, SIM_RTZ = 1, SIM_RDN = 2, SIM_RUP = 3, SIM_RMM = 4, SIM_ROD = 5, SIM_DYN = 7 };
enum { SIM_FLAG_NX = 1, SIM_FLAG_UF = 2, SIM_FLAG_OF = 4, SIM_FLAG_DZ = 8, SIM_FLAG_NV = 16 };

typedef struct SimRounding {
  uint8_t mode;  // SIM_RNE .. SIM_ROD (round to odd: vector narrowing conversions)
  uint8_t flags; // raised so far
} SimRounding;

uint64_t sim_float_add(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
uint64_t sim_float_sub(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
uint64_t sim_float_mul(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
uint64_t sim_float_div(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
uint64_t sim_float_sqrt(SimFormat format, uint64_t a, SimRounding *rounding);
// a * b + c with one rounding. Negate operands for the other three forms.
uint64_t sim_float_fma(SimFormat format, uint64_t a, uint64_t b, uint64_t c, SimRounding *rounding);
// minimumNumber and maximumNumber of IEEE 754-2019, with -0 < +0.
uint64_t sim_float_min(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
uint64_t sim_float_max(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
// minimum and maximum of IEEE 754-2019: a NaN among the operands makes a NaN.
uint64_t sim_float_min_nan(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
uint64_t sim_float_max_nan(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
// feq is quiet, flt and fle signal on any NaN.
bool sim_float_equal(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
bool sim_float_less(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
bool sim_float_less_equal(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
// fltq and fleq do not.
bool sim_float_less_quiet(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
bool sim_float_less_equal_quiet(SimFormat format, uint64_t a, uint64_t b, SimRounding *rounding);
// The ten bits of fclass.
unsigned sim_float_classify(SimFormat format, uint64_t a);
uint64_t sim_float_convert(SimFormat to, SimFormat from, uint64_t a, SimRounding *rounding);
// To an integer of `bits` (8, 16, 32, 64) bits, saturated as RISC-V says; sign-extended from `bits` when
// signed, zero-extended when not.
uint64_t sim_float_to_integer(SimFormat from, uint64_t a, unsigned bits, bool is_signed,
                              SimRounding *rounding);
// To 32 bits modulo 2^32, towards zero; flags as for a signed 32-bit integer. NaNs and infinities give 0.
uint32_t sim_float_to_integer_modular(SimFormat from, uint64_t a, SimRounding *rounding);
// To an integer in the same format; inexact is raised only where `inexact` asks for it.
uint64_t sim_float_round(SimFormat format, uint64_t a, bool inexact, SimRounding *rounding);
// The constant of fli with this number.
uint64_t sim_float_constant(SimFormat format, unsigned number);
// From a 64-bit integer (narrower ones extended by the caller).
uint64_t sim_float_from_integer(SimFormat to, uint64_t integer, bool is_signed, SimRounding *rounding);

static inline uint64_t sim_canonical_nan(SimFormat format) {
  static const uint64_t nans[] = {0x7e00, 0x7fc0, 0x7fc00000, 0x7ff8000000000000};
  return nans[format];
}
static inline bool sim_float_is_nan(SimFormat format, uint64_t a) {
  static const uint64_t infinities[] = {0x7c00, 0x7f80, 0x7f800000, 0x7ff0000000000000};
  static const uint64_t magnitudes[] = {0x7fff, 0x7fff, 0x7fffffff, 0x7fffffffffffffff};
  return (a & magnitudes[format]) > infinities[format];
}

// The value of f register r in a narrower format: the canonical NaN when it is not properly boxed.
static inline uint64_t sim_unbox(SimFormat format, uint64_t value) {
  if (format == SIM_F64)
    return value;
  if (format == SIM_F32)
    return value >> 32 == 0xffffffff ? value & 0xffffffff : sim_canonical_nan(format);
  return value >> 16 == 0xffffffffffff ? value & 0xffff : sim_canonical_nan(format);
}
// The low bits of `value` as f register contents.
static inline uint64_t sim_box(SimFormat format, uint64_t value) {
  if (format == SIM_F64)
    return value;
  return value | (format == SIM_F32 ? UINT64_C(0xffffffff00000000) : UINT64_C(0xffffffffffff0000));
}

// Symbols of the program by address, for reports.
typedef struct SimSymbol {
  const char *name;
  uint64_t address;
  uint64_t size;
  bool function;
} SimSymbol;

// Addresses of a loop nest's code, or of the scalar code beside it.
typedef struct NestRange {
  uint32_t nest;
  bool scalar;
  uint64_t from;
  uint64_t to;
} NestRange;

// The source line of the code from `address` to the next entry's. `end`: code without a line begins here.
typedef struct SimLine {
  uint64_t address;
  const char *file;
  unsigned line;
  bool end;
} SimLine;

enum { SIM_FILES = 64 };

struct Sim {
  Hart hart;
  Machine machine;
  const SimOptions *options;
  const char *name; // of the program, for diagnostics
  Arena arena;      // lives as long as the Sim: names, symbols
  Arena code;       // decoded blocks
  IsaDecoder decoder;
  VEC(SimSymbol) symbols; // by address
  VEC(SimLine) lines;     // by address; read only when something will ask for them
  uint64_t entry;
  uint64_t program_end; // behind the last loaded byte in DRAM
  uint64_t heap_end;    // where a called program's heap must end; 0: at the stack
  uint64_t fromhost;    // UINT64_MAX: none
  uint64_t sentinel;    // the address a called function returns to; UINT64_MAX: none
  size_t decoded;       // instructions in `code`
  bool exited;
  int exit_code;
  int files[SIM_FILES]; // semihosting: host descriptor + 1, or 0
  size_t features_read; // how far ":semihosting-features" has been read
  int semihosting_errno;
  SimEvent event;
  bool met_host;              // the program has read input, used the host's files or asked for the time
  bool heap_told;             // the program has asked where its heap is
  Timing *timing;             // NULL: off
  Debug *debug;               // NULL: off
  Checks *checks;             // NULL: off
  Profile *profile;           // NULL: off
  Trace *trace;               // NULL: off
  Regions *regions;           // NULL: none
  VEC(NestReport) nests;      // with SimOptions.nests
  VEC(NestRange) nest_ranges; // of their code
  SimCounters counters;
};

// load.c
const SimSymbol *sim_symbol_at(const Sim *sim, uint64_t address); // the nearest one at or below, or NULL
// "f+0x10", or the bare address where no symbol is near.
void sim_describe_address(const Sim *sim, uint64_t address, Text *out);

// The same with the source line, when it is known.
void sim_describe_code(const Sim *sim, uint64_t pc, Text *out);

// lines.c
// Reads the line table of the ELF file's bytes; nothing where it has none.
void sim_lines_read(Sim *sim, const void *data, size_t size);

// nests.c: the records of NEST_SECTION. False: they are none.
bool sim_nests_read(Sim *sim, const uint8_t *data, size_t size);
// Puts what their regions counted into the reports.
void sim_nests_measure(Sim *sim);
const SimLine *sim_line_at(const Sim *sim, uint64_t address); // NULL: unknown

// Bytes kept for the stack at the top of DRAM.
uint64_t sim_stack_bytes(const Sim *sim);

// decode.c
// The decoded block that begins at `pc`, at most `limit` instructions of it; kept for later unless `limit`
// cuts it.
const SimInsn *sim_block(Sim *sim, uint64_t pc, uint32_t limit);
void sim_flush_code(Sim *sim);
// Appends the instruction at `pc` as the disassembler prints it, or its bytes.
void sim_disassemble(const Sim *sim, uint64_t pc, Text *out);

// run.c
SimStop sim_run_from(Sim *sim, uint64_t pc, Diagnostics *diagnostics);
// Goes on at hart->pc until something ends the run or a debugger stops it.
SimStop sim_continue(Sim *sim, Diagnostics *diagnostics);

// semihosting.c, htif.c: serve the call the program has just made. Set sim->exited when it ends itself.
void sim_semihosting(Sim *sim);
void sim_htif(Sim *sim);
void sim_console_write(Sim *sim, int stream, const void *data, size_t size);

// timing.c
Timing *timing_new(Sim *sim);
void timing_free(Timing *timing);
// Accounts for an instruction just executed; `next_pc` is where execution goes on; `trapped` when it did not
// complete.
void timing_step(Timing *timing, const SimInsn *insn, const SimEvent *event, uint64_t next_pc, bool trapped);
// Executes and times blocks by their schedules, from the block at `head` on. Returns where instructions must
// be executed and timed one by one (`head` itself, when it must be from there), NULL when the run loop must
// be left.
const SimInsn *timing_run_blocks(Timing *timing, const SimInsn *head);
// Makes a decoded block ready for timing_run_blocks, when it can be.
void timing_prepare_block(const Timing *timing, SimInsn *head);
// Decoded blocks are thrown away.
void timing_blocks_forget(Timing *timing);
uint64_t timing_cycles(const Timing *timing);
// timing_save.c: a copy of the model's state; back to it; an end to the copy.
Timing *timing_save(const Timing *timing);
void timing_restore(Timing *timing, const Timing *saved);
void timing_discard(Timing *saved);
bool timing_transfer_done(void *timing, uint64_t id);
// Lets everything in flight finish and brings the counters up to date.
void timing_finish(Timing *timing);

// energy.c: computes the energy of counters from their other numbers.
void sim_energy_of(const Machine *machine, SimCounters *counters);
// The energy used so far, in picojoules, when so many instructions and cycles have gone by.
double sim_energy_at(const Sim *sim, uint64_t instructions, uint64_t cycles);

#endif
