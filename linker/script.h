// Linker scripts as trees: script.c reads them, script_layout.c lays out by them.
#ifndef KILN_LINKER_SCRIPT_H
#define KILN_LINKER_SCRIPT_H

#include "linker/internal.h"

typedef enum ExpressionKind {
  EXPRESSION_NUMBER,
  EXPRESSION_SYMBOL, // name; "." is the location counter
  EXPRESSION_UNARY,  // operator, left
  EXPRESSION_BINARY, // operator, left, right
  EXPRESSION_CHOICE, // left ? right : third
  EXPRESSION_CALL,   // name(left, right), or name(argument) where the argument is a name
} ExpressionKind;

// Operators by their characters; two-character ones as the macro makes them.
#define OPERATOR_PAIR(a, b) ((a) << 8 | (b))

typedef struct Expression Expression;
struct Expression {
  ExpressionKind kind;
  int operator;
  uint64_t number;
  const char *name;
  const char *argument;
  const Expression *left;
  const Expression *right;
  const Expression *third;
  size_t place; // offset in the script
};

typedef struct ScriptRegion {
  const char *name;
  const Expression *origin;
  const Expression *length;
  size_t place;
  uint64_t start; // values of the expressions; set by layout
  uint64_t size;
  uint64_t next;  // the first address that is free
  uint64_t shift; // load address less address of the last section in it
} ScriptRegion;

typedef enum SortKind { SORT_NOT, SORT_NAME, SORT_ALIGNMENT, SORT_PRIORITY } SortKind;

// Input sections: those whose file and name match.
typedef struct ScriptInput {
  const char *file;
  VEC(const char *) excluded; // patterns of files
  VEC(const char *) names;
  SortKind sort;
  bool keep;
  uint32_t statement; // the output section it is part of
} ScriptInput;

typedef enum ItemKind { ITEM_INPUT, ITEM_ASSIGN, ITEM_ASSERT, ITEM_DATA, ITEM_SECTION } ItemKind;

// Something that is done in its turn: at the top, or in an output section.
typedef struct ScriptItem {
  ItemKind kind;
  uint32_t number;  // ITEM_INPUT, ITEM_DATA: of Script.inputs; ITEM_SECTION: of Script.statements
  unsigned size;    // ITEM_DATA: bytes
  uint8_t *bytes;   // ITEM_DATA: the contents of the section made for it
  const char *name; // ITEM_ASSIGN: what is assigned; ITEM_ASSERT: the message
  const Expression *value;
  bool provide;
  bool active; // of a provided symbol: it is wanted
  size_t place;
} ScriptItem;

typedef struct ScriptStatement {
  const char *name;
  const Expression *address;
  const Expression *load_address;
  const Expression *alignment;
  VEC(ScriptItem) items;
  uint32_t region;      // NONE: none
  uint32_t load_region; // NONE: none
  const char *segment;  // the first of its :phdr; NULL: as the one before
  bool noload;
  bool align_with_input;
  bool discard;
  const Expression *fill; // what gaps are filled with; NULL: zeros
  unsigned fill_size;     // bytes of the pattern
  uint32_t overlay;       // the first statement of its overlay + 1; 0: in none
  size_t place;
  uint32_t output; // set by layout: NONE: nothing is in it
  uint64_t start;
  uint64_t size;
  uint64_t load;
  uint64_t aligned;
} ScriptStatement;

// A stretch of the script's text, up to the next one, and where it is from.
typedef struct ScriptPart {
  size_t start;
  SourceText source;
  size_t offset; // in the source
} ScriptPart;

typedef struct Script {
  VEC(ScriptPart) parts; // the first is of the script itself; those that INCLUDE names are between
  VEC(ScriptRegion) regions;
  VEC(ScriptInput) inputs;
  VEC(ScriptStatement) statements;
  VEC(ScriptItem) items;
  VEC(const char *) externs;
  const char *entry;
  bool has_sections;
} Script;

// Reads a script, and with `loader` (which may be NULL) those it includes. NULL, with an error, for what is
// no script or not supported.
Script *script_read(const LinkerInput *input, const LinkerLoader *loader, Arena *arena,
                    Diagnostics *diagnostics);
// Where an offset in the script's text is.
Place script_place(const Script *script, size_t offset);
void script_free(Script *script);

#endif
