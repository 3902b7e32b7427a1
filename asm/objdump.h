// Object to text: what is in ELF64 RISC-V objects, executables and archives of them, in the layout of
// llvm-objdump (docs/objdump.md has the differences).
#ifndef KILN_ASM_OBJDUMP_H
#define KILN_ASM_OBJDUMP_H

#include "isa/isa.h"

#ifdef __cplusplus
extern "C" {
#endif

// What can be shown beside each instruction, from the machine description.
typedef enum ObjdumpColumn {
  OBJDUMP_COLUMN_UNIT = 1 << 0,
  OBJDUMP_COLUMN_LATENCY = 1 << 1, // cycles until the result can be used
  OBJDUMP_COLUMN_BUSY = 1 << 2,    // cycles that the unit is taken
  OBJDUMP_COLUMN_ENERGY = 1 << 3,  // picojoules
} ObjdumpColumn;

typedef struct ObjdumpNames {
  const char *const *data;
  size_t count; // 0: everything
} ObjdumpNames;

typedef struct ObjdumpOptions {
  bool archive_headers; // -a: a line for each member of an archive
  bool file_headers;    // -f: architecture and entry
  bool headers;         // -h: a line for each section
  bool symbols;         // -t: a line for each symbol
  bool relocations;     // -r: the relocations, beside the instructions when these are shown as well
  bool contents;        // -s: the bytes of the sections
  bool disassemble;     // -d: the sections with instructions
  bool everything;      // -D: all sections, as instructions where no symbol says otherwise
  bool source;          // -S: with the lines of source that the debug information names
  bool line_numbers;    // -l: with functions, files and line numbers

  ObjdumpNames sections;  // these sections alone
  ObjdumpNames functions; // these symbols' code alone
  uint64_t start_address; // instructions and bytes from here
  uint64_t stop_address;  // to before here; 0: no end

  bool hide_raw_bytes;    // leave out the instructions' bytes
  bool hide_addresses;    // and their addresses
  bool show_zeroes;       // do not shorten runs of zeros
  bool no_aliases;        // write instructions by their own names
  bool numeric_registers; // x10, not a0
  bool decimal;           // immediates in decimal

  // The instructions looked for. Without `fixed_extensions` a file says so itself, in its attributes or
  // mapping symbols, or is taken to have all; `added` and `removed` change what it says.
  bool fixed_extensions;
  IsaExtensions extensions;
  IsaExtensions added;
  IsaExtensions removed;

  unsigned columns;       // ObjdumpColumn
  const Machine *machine; // for the columns
} ObjdumpOptions;

// Where the text goes: with `write`, to it in large pieces; without, all of it stays in `text`.
typedef struct ObjdumpOutput {
  Text text;
  bool (*write)(void *context, const char *bytes, size_t size); // false: could not, and ends all
  void *context;
  bool failed;
} ObjdumpOutput;

// Shows a file. What is damaged or of another kind is an error with its place; false is then returned, and
// nothing of that object is written.
bool objdump_write(ObjdumpOutput *output, const char *name, const void *data, size_t size,
                   const ObjdumpOptions *options, Diagnostics *diagnostics);
// Writes what is still in `text`, and frees it. False: not everything could be written.
bool objdump_finish(ObjdumpOutput *output);

#ifdef __cplusplus
}
#endif
#endif
