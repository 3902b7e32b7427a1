// What the files of the emit stage share. They alone see the object writer.
#ifndef KILN_TARGET_EMIT_EMIT_H
#define KILN_TARGET_EMIT_EMIT_H

#include "asm/object.h"
#include "target/internal.h"

#include <elf.h>

typedef struct EmittedSymbol {
  bool made;
  ObjectSymbol symbol;
  ObjectSection section; // 0: not defined here
  uint64_t offset;
} EmittedSymbol;

// A section of a group.
typedef struct GroupSection {
  const char *name;
  const char *signature;
  ObjectGroup group;
  ObjectSection section;
} GroupSection;

typedef struct SourceFile {
  const char *directory;
  const char *name;
  unsigned number; // two ways to say the path of one file have one number
} SourceFile;

// What the line table and the frame's description were told last.
typedef struct LineState {
  uint32_t place;
  bool by_frame_pointer;
  bool remembered;
  int64_t offset; // of the stack pointer at entry from the stack pointer
  int64_t first_step;
  int64_t saved;
} LineState;

// Code of a nest: bytes from the function's start, and in text the numbers of labels.
typedef struct NestSpan {
  uint32_t nest; // IrBlock.nest
  uint32_t from, to;
  uint32_t label, end_label;
} NestSpan;

struct Program {
  Object *object;
  EmittedSymbol *symbols; // by SymbolId
  uint32_t symbol_capacity;
  Text text;
  const char *section; // of the text
  uint32_t functions;
  IsaExtensions extensions; // named so far
  uint32_t labels;          // of pcrel_hi, in the text
  uint32_t assemblies;
  VEC(SourceFile) files; // of the line table
  unsigned file_count;
  LineState line;
  VEC(GroupSection) grouped;
  uint32_t nests; // with records
  uint32_t nest;  // of the block that is being written
  uint32_t nest_labels;
  VEC(NestSpan) spans; // of the function
};

// Where code or data goes.
typedef struct SectionPlace {
  const char *name;
  uint32_t type;
  uint64_t flags;
  const char *group; // NULL: none
} SectionPlace;

// emit/text.c
void text_section(Program *p, const char *directive);
void print_name(Text *out, const char *name);
void print_symbol(Text *out, const Target *target, const MirAddress *a);
void print_attributes(Program *p, const Symbol *symbol);
void print_type(Program *p, const Symbol *symbol);
const char *section_directive(Target *target, const SectionPlace *place);

// emit/debug.c: nothing where the module has no debug information, and nothing of frames where no unwinder
// reads them An instruction of the prologue or epilogue.
typedef struct EmitFrame {
  unsigned op;
  const int64_t *operands;
  bool epilogue;
} EmitFrame;
void emit_debug_start(Target *target);
// The number of a source file in the line table.
unsigned emit_debug_file(Program *p, const char *directory, const char *name);
// Finds scopes and variables in the code of a function that has debug information (see debug_locate). By
// emitted instruction, and behind the last of `count`: whether it gets a label. The caller frees that.
bool *emit_debug_locate(Target *target, const Function *f, const uint32_t *starts, size_t count);
void emit_debug_begin_function(Target *target, const Function *f);
void emit_debug_line(Target *target, const Function *f, uint32_t place);
void emit_debug_frame(Target *target, const Function *f, const EmitFrame *insn);
void emit_debug_end_block(Target *target);
void emit_debug_end_function(Target *target, const Function *f);
// emit/debug_entries.c
void emit_debug_finish(Target *target);

// emit/nests.c
// To be told before each block of the layout, and with IR_NONE behind the last, which lies `offset` bytes
// from the function's start: where a nest's code begins or ends. In text that place gets a label.
void emit_nest_boundary(Target *target, const Function *f, uint32_t block, uint32_t offset);
// A function's code: in objects it begins at `start` of its section. `copied`: it runs in Function.copy too.
typedef struct NestCode {
  ObjectSection section;
  uint64_t start;
  bool copied;
} NestCode;
// The records of the function's nests.
void emit_nests(Target *target, const Function *f, const NestCode *code);

// emit/asm.c
// `unique` stands for ${:uid}.
void print_asm(Text *out, const Target *target, const AsmCall *a, unsigned unique);
// The bytes that its code may take.
unsigned asm_size_limit(const AsmCall *a);

// emit/copy.c: functions that go on in a copy of their code (MIR_MOVECODE)
// By block: whether it runs there, and whether it runs where the function is. (The one that moves does both.)
// `early`: it runs there before the rest of the copy has come (MIR_CODEREST).
typedef struct CopyBlocks {
  bool *moved, *unmoved, *early;
} CopyBlocks;
// Whether the function does. The caller frees what *blocks has in any case.
bool copy_find(CopyBlocks *blocks, const Function *f);
// Where in the section of the function's scratchpad memory the copy is.
uint64_t copy_offset(const Target *target, const Function *f);

// emit/object.c
// The section of that name, type and group.
ObjectSection section_in_object(Target *target, const SectionPlace *place);
ObjectSymbol symbol_in_object(Target *target, SymbolId id);
// Defines a symbol at the end of a section; aliases look it up here.
ObjectSymbol define_here(Target *target, SymbolId id, ObjectSection section);

#endif
