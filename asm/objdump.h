// Object to text: sections, symbols, relocations and disassembly of an ELF64 RISC-V object or executable, in
// the layout of llvm-objdump.
#ifndef KILN_ASM_OBJDUMP_H
#define KILN_ASM_OBJDUMP_H

#include "isa/isa.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ObjdumpOptions {
  bool headers;        // -h: a line for each section
  bool symbols;        // -t: a line for each symbol
  bool relocations;    // -r: the relocations, beside the instructions when these are shown as well
  bool disassemble;    // -d: the sections with instructions
  const char *only;    // with -d: this symbol's code alone; NULL: everything
  bool hide_raw_bytes; // leave out the instructions' bytes
  bool no_aliases;     // write instructions by their own names
  bool decimal;        // immediates in decimal
} ObjdumpOptions;

// Appends the text to `out`. Files that are damaged or not of this kind are errors (nothing is appended) and
// false is returned.
bool objdump_write(Text *out, const char *name, const void *data, size_t size, const ObjdumpOptions *options,
                   Diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif
#endif
