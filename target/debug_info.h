// Debug information: what import reads of the source's types and variables, and emit writes as DWARF.
#ifndef KILN_TARGET_DEBUG_INFO_H
#define KILN_TARGET_DEBUG_INFO_H

#include "target/internal.h"

typedef uint32_t DebugTypeId; // 0: void

// A field, an enumerator, a parameter of a function type, or a dimension of an array.
typedef struct DebugMember {
  const char *name; // NULL: none
  DebugTypeId type;
  uint64_t offset_bits;
  uint64_t size_bits;
  bool bit_field;
  int64_t value; // of an enumerator; a dimension's count, -1: not known
} DebugMember;

typedef struct DebugType {
  uint16_t tag;     // DW_TAG_*
  uint8_t encoding; // DW_ATE_* of a base type
  bool declaration; // its contents are elsewhere
  const char *name; // NULL: none
  uint64_t size;    // bytes
  DebugTypeId base;
  uint32_t first_member; // in DebugInfo.members
  uint32_t member_count;
} DebugType;

typedef struct DebugVariable {
  const char *name;
  const char *file;
  const char *directory;
  uint32_t line;
  uint32_t argument; // position from 1 on; 0: it is none
  DebugTypeId type;
  uint32_t slot; // of the frame; IR_NONE: nowhere
  // Set when the code is emitted: where the slot is, from the stack pointer at entry.
  bool located;
  int64_t offset;
} DebugVariable;

typedef struct DebugFunction {
  const char *name;
  const char *file;
  const char *directory;
  uint32_t line;
  bool external;
  DebugTypeId result;
  DebugVariable *variables;
  uint32_t variable_count;
  uint32_t number; // of its labels, set when the code is emitted
} DebugFunction;

typedef struct DebugGlobal {
  SymbolId symbol;
  const char *name;
  const char *file;
  const char *directory;
  uint32_t line;
  bool external;
  DebugTypeId type;
} DebugGlobal;

typedef struct DebugInfo {
  const char *producer;
  const char *name;
  const char *directory;
  VEC(DebugType) types; // [0] is void
  VEC(DebugMember) members;
  VEC(DebugGlobal) globals;
  VEC(DebugFunction *) functions; // emitted
} DebugInfo;

DebugInfo *debug_info_new(void);
void debug_info_free(DebugInfo *debug);

#endif
