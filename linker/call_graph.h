// Who calls whom, as far as code and relocations show. Used for scratchpad frames.
#ifndef KILN_LINKER_CALL_GRAPH_H
#define KILN_LINKER_CALL_GRAPH_H

#include "linker/internal.h"

// A function: a stretch of a section of code, up to the next function of it.
typedef struct Function {
  uint32_t section;
  uint64_t start;
  Name global; // NAME_NONE: a local function, or code in front of a section's first function
  const char *name;
  bool whole;         // no symbol is at its start
  bool address_taken; // something other than a call refers to it
  uint32_t first_call;
  uint32_t call_count;
} Function;

typedef struct Call {
  uint32_t caller;
  uint32_t callee;
  bool tail; // the caller is done when the callee starts
} Call;

// Function 0 stands for what a call through a pointer may reach: it calls all functions whose address is
// taken.
enum { ANY_FUNCTION = 0 };

typedef struct CallGraph {
  Linker *linker;
  VEC(Function) functions; // by section and start, behind ANY_FUNCTION
  VEC(Call) calls;         // by caller, then by callee
} CallGraph;

// Only for live code, when the deletions of relaxation have not been made yet.
void call_graph_build(CallGraph *graph, Linker *linker);
void call_graph_free(CallGraph *graph);
// The function at an offset of a section; NONE for what is no live code.
uint32_t call_graph_find(const CallGraph *graph, uint32_t section, uint64_t offset);

#endif
