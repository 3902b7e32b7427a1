// The compiler: LLVM IR in, RISC-V code for a Kiln machine out.
#ifndef KILN_TARGET_TARGET_H
#define KILN_TARGET_TARGET_H

#include "isa/isa.h"
#include "support/file.h"
#include "support/options.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum TargetFileType { TARGET_ASSEMBLY, TARGET_OBJECT, TARGET_NULL } TargetFileType;

// What a remark says of a pass: something was done, could not be done, or why.
typedef enum TargetRemarkKind {
  TARGET_REMARK_PASSED,
  TARGET_REMARK_MISSED,
  TARGET_REMARK_ANALYSIS,
  TARGET_REMARK_KINDS
} TargetRemarkKind;

// What is done with one module. Zero-initialized: -O0, assembly, no dumps.
typedef struct TargetOptions {
  unsigned level; // 0 .. 3
  TargetFileType file_type;
  IsaExtensions extensions; // what generated code may use
  const char *llvm_passes;  // LLVM's pipeline before ours; NULL: the level's own
  const char *stop_after;   // pass name or NULL: write the IR after that pass instead of code
  const char *start_after;  // pass name or NULL: the input is our own text form, as after that pass
  StringList print_before;  // pass names; "all" for every pass
  StringList print_after;   // the same
  const char *tensor;       // NULL or "off": no tensor compiler; "on"; "print", "regenerate": for tests
  const char *vector_math;  // NULL or "on": mathematical functions may become instructions; "off"
  bool contract; // a product that is added may always be fused with the sum, not only where LLVM IR allows it
  bool noalias_arguments; // what different arguments point to does not overlap where it is written
  bool verify_each;       // run the checkers after every pass
  bool function_sections; // each function in a section of its own
  bool data_sections;     // each variable
  bool statistics;        // add counts to TargetReport.timing
  bool time_passes;       // fill TargetReport.timing
  const char *report;     // a file's name: TargetReport.nests is made, as nests_format has it; NULL: not
  // By kind: a regular expression (POSIX, extended) of the passes whose remarks are recorded; NULL: none.
  const char *remarks[TARGET_REMARK_KINDS];
} TargetOptions;

// Texts that the tool shows; freed by the caller.
typedef struct TargetReport {
  Text dumps;  // what -print-before and -print-after asked for
  Text timing; // tables: of passes and seconds, and of counts
  Text nests;  // what became of each loop nest, with its estimate
} TargetReport;

// Compiles the module in `input` (LLVM IR as text or bitcode) and writes `output` ("-" is standard output).
// Everything unsupported is recorded, all of it, with its place and reason; then nothing is written and false
// is returned.
bool target_compile(const TargetOptions *options, const Machine *machine, const FileData *input,
                    const char *output, TargetReport *report, Diagnostics *diagnostics);

// Changes a set of extensions by a list such as "+zba,-zicond". Records an error for a name that does not
// exist.
bool target_parse_attributes(IsaExtensions *extensions, const char *list, Diagnostics *diagnostics);

// Every extension of the built-in machines that generated code may use.
IsaExtensions target_default_extensions(void);

// The name of the i-th pass in order; NULL behind the last.
const char *target_pass_name(size_t i);

#ifdef __cplusplus
}
#endif
#endif
