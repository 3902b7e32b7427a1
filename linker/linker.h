// The static linker: RISC-V ELF64 relocatable objects and archives in, one executable for the memory map of
// a machine out. Works on memory only; the tool reads and writes the files.
#ifndef KILN_LINKER_LINKER_H
#define KILN_LINKER_LINKER_H

#include "isa/machine.h"

#ifdef __cplusplus
extern "C" {
#endif

// One object or archive. The data must live as long as the call that uses it.
typedef struct LinkerInput {
  const char *name; // for diagnostics and the map
  const void *data;
  size_t size;
} LinkerInput;

// Finds further files: those that thin archives and scripts name, by path, or as -lNAME for a library.
typedef struct LinkerLoader {
  void *context;
  // Sets *input to the contents of a file, which must live as long as the link. Returns false, with an error
  // recorded, when it cannot be read.
  bool (*load)(void *context, const char *path, LinkerInput *input);
} LinkerLoader;

typedef enum LinkerStrip {
  LINKER_STRIP_NOTHING,
  LINKER_STRIP_DEBUG, // leave debugging information out
  LINKER_STRIP_ALL,   // and the symbol table
} LinkerStrip;

// --sort-section: the order of input sections where a script does not say it.
typedef enum LinkerSort { LINKER_SORT_NOT, LINKER_SORT_NAME, LINKER_SORT_ALIGNMENT } LinkerSort;

// Takes the executable piece by piece, in any order; what it is not given is zero.
typedef struct LinkerSink {
  void *context;
  // Returns false when it fails. With LinkerOptions.threads it is called from several threads at a time.
  bool (*write)(void *context, uint64_t offset, const void *bytes, size_t size);
} LinkerSink;

typedef struct LinkerOptions {
  // The machine whose memory map is filled and whose name is recorded. NULL: the one the inputs were built
  // for, or the default machine when none of them says.
  const Machine *machine;
  // The symbol where execution starts. NULL: `_start` when it is defined, else no entry (e_entry = 0), which
  // is right for programs whose functions are called directly.
  const char *entry;
  // Discard the sections that nothing reaches from the entry, from `undefined`, or from a section that is
  // always kept (.init_array and its like, SHF_GNU_RETAIN).
  bool gc_sections;
  // -u: symbols treated as referenced, so that archives are searched for them and gc keeps them.
  const char *const *undefined;
  size_t undefined_count;
  // --defsym: "NAME=EXPRESSION", the expression a number, or a symbol with an optional "+NUMBER" or
  // "-NUMBER".
  const char *const *definitions;
  size_t definition_count;
  // --wrap: what refers to NAME gets __wrap_NAME, and what refers to __real_NAME gets NAME.
  const char *const *wrapped;
  size_t wrapped_count;
  // --why: symbols of which LinkerOutput.why tells what pulls them in.
  const char *const *why;
  size_t why_count;
  LinkerStrip strip;
  bool relocatable;      // -r: make one object of the inputs, to be linked again; leaves all as it is but for
                         // places
  bool emit_relocations; // keep the relocations beside what they made
  bool fold_functions;   // --icf=safe: keep one of functions that nobody can tell apart
  bool frame_header;     // --eh-frame-hdr: a table by which unwinders search
  unsigned optimize;     // 0: leave mergeable sections as they are; 2: share the ends of strings as well
  LinkerSort sort_sections;
  bool discard_locals;        // leave local symbols out (-x)
  bool build_id;              // add .note.gnu.build-id, a hash of all that is in the file
  bool want_usage;            // make LinkerOutput.usage
  bool no_relax;              // leave instructions as they are (alignment is still seen to)
  bool no_relax_gp;           // do not use gp, even when __global_pointer$ is defined
  const LinkerLoader *loader; // NULL: thin archives are refused
  const LinkerInput *script;  // a GNU linker script (-T); NULL: none
  unsigned threads;           // how many may work at a time; 0: one. The output does not depend on it.
  const LinkerSink *sink;     // takes the executable in place of LinkerOutput.image; NULL: none
  bool want_map;              // make LinkerOutput.map
  bool want_discarded;        // make LinkerOutput.discarded
} LinkerOptions;

typedef struct LinkerOutput {
  Text image;     // the ELF executable, unless LinkerOptions.sink took it
  Text map;       // what went where, to be read by people
  Text usage;     // how full each region of memory is
  Text why;       // the chains of references that --why asks for
  Text discarded; // a line for each section that gc discarded
} LinkerOutput;

// Links the inputs. Archive members are taken when they define a symbol that is wanted and not defined by an
// object, whatever the order of the inputs. On failure records errors and returns false with *output empty.
// Implements the RISC-V ELF psABI, version 1.0: static relocations and relaxation.
bool linker_link(const LinkerOptions *options, const LinkerInput *inputs, size_t input_count,
                 LinkerOutput *output, Diagnostics *diagnostics);

void linker_output_free(LinkerOutput *output);

#ifdef __cplusplus
}
#endif
#endif
