// The assembler: GNU/LLVM RISC-V assembly text to a relocatable object. The language is described in
// docs/assembler.md.
#ifndef KILN_ASM_ASM_H
#define KILN_ASM_ASM_H

#include "asm/object.h"

#ifdef __cplusplus
extern "C" {
#endif

// An absolute symbol given on the command line.
typedef struct AsmDefinition {
  const char *name;
  int64_t value;
} AsmDefinition;

typedef struct AsmOptions {
  Machine machine;
  IsaExtensions extensions;           // what may be used until .option arch or .attribute arch says otherwise
  const char *const *include_folders; // where .include and .incbin look after the current folder
  size_t include_folder_count;
  const AsmDefinition *definitions;
  size_t definition_count;
  bool relax;               // mark what the linker may shorten until .option norelax says otherwise
  const char *debug_folder; // of the compilation, when debugging information about the text is wanted; NULL:
                            // it is not
  bool no_files;            // refuse .include and .incbin
  uint64_t expansion_limit; // bytes of text that macros and repetitions may produce; 0: the default
  uint64_t size_limit;      // bytes of contents that an object may have; 0: the default
} AsmOptions;

// What a machine has but for compressed instructions: what kiln-as allows when it is not told otherwise.
IsaExtensions asm_default_extensions(const Machine *machine);

// Assembles a text, which must be followed by a NUL byte that does not count. Returns NULL after recording
// errors; else the caller writes the object with object_write and frees it.
Object *asm_assemble(const SourceText *source, const AsmOptions *options, Diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif
#endif
