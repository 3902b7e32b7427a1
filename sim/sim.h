// The simulator: loads a program for a Kiln machine, runs it or calls its functions, counts what happened.
#ifndef KILN_SIM_SIM_H
#define KILN_SIM_SIM_H

#include "isa/machine.h"
#include "isa/nests.h"
#include "support/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A loaded program with its machine and all its state. Independent of every other one.
typedef struct Sim Sim;

// Where the program's console goes (semihosting's terminal, HTIF's putchar and write). A NULL function:
// output is dropped, input is at its end.
typedef struct SimConsole {
  void *context;
  // `stream` is 1 for standard output, 2 for standard error.
  void (*write)(void *context, int stream, const void *data, size_t size);
  // Returns the bytes read; 0 at the end.
  size_t (*read)(void *context, void *data, size_t size);
} SimConsole;

// What a run can be checked for: a set of these.
typedef enum SimCheck {
  SIM_CHECK_DMA = 1, // races between core, drains and transfers
  SIM_CHECK_SPM = 2, // reads of scratchpad that nothing has written
  SIM_CHECK_MEM = 4, // accesses outside sections, stack, heap and arguments
  SIM_CHECK_ALL = 7,
} SimCheck;

// A zero-initialized SimOptions runs without timing, limits, console or host files on the program's own
// machine.
typedef struct SimOptions {
  const Machine *machine;    // NULL: the built-in machine the program was built for, k1 when it does not say
  bool timing;               // keep cycles as well as instructions
  bool stepwise;             // time every instruction by itself: the same numbers, slower; for tests
  uint64_t max_instructions; // 0: no limit
  uint64_t max_cycles;       // 0: no limit; needs timing
  double timeout_seconds;    // host time; 0: no limit
  unsigned checks;           // a set of SimCheck
  bool profile;              // keep cycles of each instruction and chain of calls; needs timing
  // Ranges of code to be counted by themselves: symbols, "PREFIX*" for all symbols that begin so, or
  // "NAME=FROM,TO" with symbols or numbers; needs timing. One that is not found is an error of loading.
  const char *const *regions;
  size_t region_count;
  bool nests;        // count the loop nests that the compiler left records of; needs timing
  bool trace;        // keep what each unit did when; needs timing
  bool gdb;          // wait for GDB on 127.0.0.1 before a run begins, and let it drive
  unsigned gdb_port; // 0: any that is free; it is named on the console's standard error
  // Called about twice a second while a run lasts, from its third second on; NULL: not. Cycles are 0 without
  // timing.
  void (*progress)(void *context, uint64_t instructions, uint64_t cycles);
  void *progress_context;
  bool host_files; // semihosting may open, remove and rename files of the host
  SimConsole console;
  const char *const *arguments; // SYS_GET_CMDLINE: the program's name and its arguments
  size_t argument_count;
} SimOptions;

// Loads an ELF64 RISC-V executable. Errors are recorded and NULL is returned for a file that cannot be read
// or is not a program for this machine. `options` and what it points to must outlive the Sim.
Sim *sim_load(const char *path, const SimOptions *options, Diagnostics *diagnostics);
// The same from memory; `name` is for diagnostics. `data` is needed during the call only.
Sim *sim_load_bytes(const char *name, const void *data, size_t size, const SimOptions *options,
                    Diagnostics *diagnostics);
void sim_free(Sim *sim);

const Machine *sim_machine(const Sim *sim);

// Why a run ended.
typedef enum SimStop {
  SIM_STOP_EXIT,         // the program ended itself: sim_exit_code
  SIM_STOP_RETURN,       // the called function returned
  SIM_STOP_TRAP,         // a trap without a handler
  SIM_STOP_INSTRUCTIONS, // max_instructions
  SIM_STOP_CYCLES,       // max_cycles
  SIM_STOP_TIMEOUT,      // timeout_seconds
  SIM_STOP_DEBUGGER,     // the debugger ended it
  SIM_STOP_BAD_CALL,     // the call could not be made: no such function, bad arguments
} SimStop;

// Runs the program from its entry. For every end but SIM_STOP_EXIT an error is recorded that says where.
SimStop sim_run(Sim *sim, Diagnostics *diagnostics);
int sim_exit_code(const Sim *sim);

// Element types of tensors, named as .npy files and the command line name them.
typedef enum SimType {
  SIM_INT8,
  SIM_INT16,
  SIM_INT32,
  SIM_INT64,
  SIM_UINT8,
  SIM_UINT16,
  SIM_UINT32,
  SIM_UINT64,
  SIM_BOOL,
  SIM_FLOAT16,
  SIM_BFLOAT16, // in a file: '<V2', or uint16 bit patterns where the caller asks for bfloat16
  SIM_FLOAT32,
  SIM_FLOAT64,
  SIM_TYPE_COUNT
} SimType;

enum { SIM_MAX_RANK = 8 };

// A dense row-major tensor on the host.
typedef struct SimTensor {
  SimType type;
  unsigned rank;
  uint64_t sizes[SIM_MAX_RANK];
  size_t bytes;
  void *data; // of `bytes` bytes; owned: sim_tensor_free
} SimTensor;

const char *sim_type_name(SimType type);
unsigned sim_type_bytes(SimType type);
// Finds a type by its name ("int8", "float32", "bfloat16", "i8", "f32", "bf16").
bool sim_type_find(SimType *type, const char *name, size_t size);

// A number as a bit pattern of a floating type, rounded to nearest, and back from an f register's contents.
uint64_t sim_float_bits(SimType type, double value);
double sim_float_value(SimType type, uint64_t bits);

// Sets type and sizes, allocates zeros. Returns false when the tensor would be larger than the host allows.
bool sim_tensor_new(SimTensor *tensor, SimType type, unsigned rank, const uint64_t *sizes);
void sim_tensor_free(SimTensor *tensor);

// NumPy files, versions 1.0 to 3.0. Fortran order and big-endian numbers are converted; object, string,
// complex and structured arrays are refused. On failure an error is recorded and *tensor is empty.
bool sim_npy_read(SimTensor *tensor, const char *path, Diagnostics *diagnostics);
bool sim_npy_parse(SimTensor *tensor, const char *name, const void *data, size_t size,
                   Diagnostics *diagnostics);
// The file's bytes, for writing with file_write: version 1.0, C order.
void sim_npy_format(Text *out, const SimTensor *tensor);

typedef enum SimArgumentKind {
  SIM_ARGUMENT_INTEGER,
  SIM_ARGUMENT_FLOAT,
  SIM_ARGUMENT_TENSOR
} SimArgumentKind;
typedef enum SimDirection { SIM_IN, SIM_OUT, SIM_INOUT } SimDirection;

typedef struct SimArgument {
  SimArgumentKind kind;
  SimType type;      // of a scalar; an integer narrower than 64 bits is extended by its own signedness
  uint64_t bits;     // of a scalar: the value's bit pattern
  SimTensor *tensor; // copied in for IN and INOUT, zeros for OUT; copied back for OUT and INOUT on return
  SimDirection direction;
} SimArgument;

// How a tensor reaches the function.
typedef enum SimAbi {
  SIM_ABI_BARE,   // a pointer to its first element
  SIM_ABI_MEMREF, // MLIR's expanded descriptor: allocated, aligned, offset, sizes..., strides...
  SIM_ABI_CIFACE, // a pointer to such a descriptor in memory
} SimAbi;

// Calls a function by its symbol (lp64d), with tensors placed in DRAM at 64-byte boundaries. On
// SIM_STOP_RETURN the results are in the OUT and INOUT tensors. Each call starts with the memory as the last
// one left it, registers cleared and the stack empty.
SimStop sim_call(Sim *sim, const char *function, SimAbi abi, const SimArgument *arguments, size_t count,
                 Diagnostics *diagnostics);
// a0 and fa0 as the last call left them.
uint64_t sim_result_integer(const Sim *sim);
uint64_t sim_result_float(const Sim *sim);

// How many different places the checks have found fault with; each is recorded as an error when it is found,
// and the run goes on.
uint64_t sim_check_findings(const Sim *sim);

// The address of a symbol; false when the program has none of that name.
bool sim_symbol(const Sim *sim, const char *name, uint64_t *address);
// Memory of the program. False, and nothing copied, when the range is not all in one region.
bool sim_read_memory(const Sim *sim, uint64_t address, void *data, size_t size);
bool sim_write_memory(Sim *sim, uint64_t address, const void *data, size_t size);
// An integer register and a floating one (NaN-boxed) by number.
uint64_t sim_integer_register(const Sim *sim, unsigned number);
uint64_t sim_float_register(const Sim *sim, unsigned number);

// Why an instruction could not issue; each lost cycle counts once.
typedef enum SimStall {
  SIM_STALL_OPERAND,  // a register or accumulator is not ready
  SIM_STALL_UNIT,     // the unit is busy or its queue is full
  SIM_STALL_LANE,     // scratchpad lanes or banks
  SIM_STALL_CACHE,    // L1D or DRAM
  SIM_STALL_DMA_WAIT, // kd.wait, or the transfer queue is full
  SIM_STALL_DRAIN,    // fence and kd.start wait for drains; the store port is taken by the drain unit
  SIM_STALL_BRANCH,   // a mispredicted branch or return
  SIM_STALL_FETCH,    // L1I
  SIM_STALL_ISSUE,    // the pair could not issue together, or the instruction issues alone
  SIM_STALL_COUNT
} SimStall;
const char *sim_stall_name(SimStall stall);

// Components that use energy.
typedef enum SimEnergy {
  SIM_ENERGY_MAC,
  SIM_ENERGY_VECTOR,
  SIM_ENERGY_ACCUMULATOR,
  SIM_ENERGY_SPM,
  SIM_ENERGY_L1,
  SIM_ENERGY_DRAM,
  SIM_ENERGY_ISSUE,
  SIM_ENERGY_LEAKAGE,
  SIM_ENERGY_COUNT
} SimEnergy;

const char *sim_energy_name(SimEnergy component);

enum { SIM_UNITS = 12 }; // IsaUnit, with the second ALU first of all: see sim_unit_name
const char *sim_unit_name(unsigned unit);

// What happened since the program was loaded. Without timing only `instructions` counts.
typedef struct SimCounters {
  uint64_t instructions;
  uint64_t cycles;
  uint64_t unit_busy[SIM_UNITS]; // cycles in which the unit was occupied
  uint64_t stalls[SIM_STALL_COUNT];
  uint64_t macs_int8;
  uint64_t macs_half;
  uint64_t macs_float;
  uint64_t branches;
  uint64_t branch_misses;
  uint64_t l1i_accesses, l1i_misses;
  uint64_t l1d_accesses, l1d_misses;
  uint64_t l1d_writebacks;
  uint64_t prefetches;
  uint64_t dma_transfers;
  uint64_t dma_coherence; // lines of L1D written back or dropped for a transfer
  // Bytes moved on each path.
  uint64_t l1d_bytes; // core and vector unit to and from L1D
  uint64_t spm_bytes; // core, vector and drain to and from the scratchpad
  uint64_t dram_read_bytes, dram_written_bytes;
  uint64_t dma_bytes;
  uint64_t dma_spm_bytes; // of them to and from the scratchpad
  uint64_t vector_bytes;  // vector registers read and written
  uint64_t accumulator_updates;
  double energy[SIM_ENERGY_COUNT]; // picojoules
} SimCounters;

const SimCounters *sim_counters(const Sim *sim);

// A range of code and what was counted while execution was in it or in what it called; cycles are those by
// which its instructions moved time on. Regions may overlap: each counts for itself.
typedef struct SimRegion {
  const char *name;
  uint64_t from; // addresses; `to` is the first behind it
  uint64_t to;
  uint64_t entries; // how often execution came into it
  SimCounters counters;
} SimRegion;

// The regions in the order of SimOptions.regions, as the latest run left them.
const SimRegion *sim_regions(const Sim *sim, size_t *count);

// The loop nests of the program, with what the latest run measured of each (SimOptions.nests); nests_text and
// its like make reports of them (isa/nests.h).
const NestReport *sim_nests(const Sim *sim, size_t *count);

// A report of the counters for people, or as one JSON object.
void sim_stats_text(const Sim *sim, Text *out);
void sim_stats_json(const Sim *sim, Text *out);

// The profile as text: functions, source lines (where the program has debug information) and instructions
// with their cycles, stalls by reason and energy. Nothing without SimOptions.profile.
void sim_profile_text(const Sim *sim, Text *out);
// The same as one JSON object, for tools.
void sim_profile_json(const Sim *sim, Text *out);
// Chains of calls with their cycles, a line each ("main;f;g 120"), as tools for flame graphs read them.
void sim_profile_folded(const Sim *sim, Text *out);
// The units' work over time in Chrome's trace event format. Nothing without SimOptions.trace.
void sim_trace_json(const Sim *sim, Text *out);
// The roofline of the tile unit as an SVG picture: the program and, with a profile, its functions.
void sim_roofline_svg(const Sim *sim, Text *out);

#ifdef __cplusplus
}
#endif
#endif
