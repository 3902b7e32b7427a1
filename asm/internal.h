// What the parts of the assembler share. One pass reads the text and lays down bytes, notes what could not be
// known yet (fixups) and where sizes may still change (points); layout.c then settles the sizes and resolve.c
// the fixups.
#ifndef KILN_ASM_INTERNAL_H
#define KILN_ASM_INTERNAL_H

#include "asm/asm.h"
#include "support/file.h"
#include "support/intern.h"
#include "support/vec.h"

#include <endian.h>
#include <string.h>

// The psABI's numbers, as RELOCATION_R_RISCV_BRANCH: elf.h may define the bare names as macros.
enum {
#define RELOCATION(name, number) RELOCATION_##name = (number),
#include "isa/relocs.def"
#undef RELOCATION
};

typedef uint32_t SymbolId; // 0: none

// A position in one of the assembler's buffers.
typedef struct TextPlace {
  uint32_t buffer;
  uint32_t offset;
} TextPlace;

// constant + add - subtract, where a symbol that is 0 counts as nothing.
typedef struct Value {
  int64_t constant;
  SymbolId add;
  SymbolId subtract;
} Value;

typedef enum SymbolState {
  SYMBOL_UNDEFINED,
  SYMBOL_LABEL,   // at an offset of a section
  SYMBOL_EQUATED, // stands for a value
  SYMBOL_COMMON,
  SYMBOL_COMPUTED, // nameless: what an operator makes of two values, once they are known
} SymbolState;

// There are as many as labels in the text: it is kept small.
typedef struct AsmSymbol {
  Name name; // NAME_NONE: nameless
  ObjectSymbol object;
  TextPlace place; // where it was defined, or first named while it is undefined
  union {
    struct {
      uint64_t offset;    // of a label; size of a common symbol
      uint64_t alignment; // of a common symbol
    };
    Value value;          // when equated
    uint32_t computation; // when computed
  };
  uint32_t section;       // of a label
  uint32_t points;        // the points of the section before the label
  uint32_t size;          // .size: one more than its index in the assembler's sizes; 0: none was given
  uint8_t state;          // SymbolState
  uint8_t binding;        // SymbolBinding
  uint8_t type;           // SymbolType
  uint8_t visibility : 2; // SymbolVisibility
  bool binding_given : 1;
  bool variant : 1;     // .variant_cc
  bool redefinable : 1; // by .set and =
  bool numeric : 1;     // a numeric label
  bool relocated : 1;   // a relocation names it
  bool resolving : 1;   // its value is being looked at: guards against definitions in a circle
  bool weak_alias : 1;  // .weakref: stands for another symbol, without needing it
  bool weakly : 1;      // such an alias of it has been named
  bool needed : 1;      // an expression has named it itself
} AsmSymbol;

// .size
typedef struct SymbolSize {
  Value value;
  TextPlace place;
} SymbolSize;

// left operator right
typedef struct Computation {
  uint8_t operation; // in expression.c's table
  Value left;
  Value right;
} Computation;

typedef enum FixupKind {
  FIXUP_OPERAND,    // an absolute value in an instruction
  FIXUP_RELOCATION, // an operand that a relocation can carry
  FIXUP_CALL,       // auipc + jalr
  FIXUP_MARK,       // a relocation that marks an instruction and changes no bits (%tprel_add)
  FIXUP_DATA,       // `size` bytes
  FIXUP_LEB128,     // a LEB128 number; `operand`: signed
  FIXUP_ALIGN,      // padding that the linker adjusts: the value is its size
} FixupKind;

typedef struct Fixup {
  uint32_t offset;
  uint32_t points; // the points of the section before it
  TextPlace place;
  Value value;
  uint8_t kind;
  uint8_t operand; // IsaOperandKind, or the size of data
  uint8_t relocation;
  bool relax; // the linker may change what the relocation is on
} Fixup;

// A relocation that .reloc asked for.
typedef struct Request {
  Value offset;
  Value value;
  TextPlace place;
  uint8_t relocation;
} Request;

typedef enum PointKind {
  POINT_BRANCH, // a branch or jump that may grow
  POINT_ALIGN,
  POINT_ORG,
  POINT_LEB128,  // a number whose size depends on its value
  POINT_RELAXED, // of a fixed size here; the linker may change it
} PointKind;

// What a branch is now: it goes forward through these.
typedef enum BranchStage {
  BRANCH_COMPRESSED,
  BRANCH_PLAIN,
  BRANCH_LONG, // the inverse branch around a jal; never of a jump
} BranchStage;

// What layout knows of the place that a branch goes to.
typedef enum BranchTarget {
  TARGET_UNSEEN,
  TARGET_HERE,      // a label of this section, that no other file can redefine, and a constant
  TARGET_ELSEWHERE, // nobody knows how far
  TARGET_NUMBER,    // a distance that was written
} BranchTarget;

// Where the size of a section's contents depends on the layout.
typedef struct Point {
  uint32_t offset;
  uint32_t size; // bytes it takes
  uint8_t kind;
  uint8_t stage;     // of a branch
  bool grown;        // past the stage that it was laid down in
  bool relaxed;      // the linker may change its size
  bool compress;     // compressed instructions are allowed here
  bool code;         // padding is made of nops
  uint8_t fill_size; // bytes of the fill pattern
  uint8_t long_size; // of a branch in its last stage
  uint8_t target;    // of a branch: BranchTarget
  uint32_t fixup;    // of a branch
  SymbolId label;    // of a branch whose target is here
  uint64_t fill;     // pattern of an alignment or .org; the uncompressed word of a branch
  union {
    uint64_t alignment; // of an alignment; offset wanted by .org
    int64_t beyond;     // of a branch whose target is here: bytes from the label to it
  };
  uint64_t most; // padding an alignment may take at most
  TextPlace place;
} Point;

// A position in a section as it is laid down, to be found again after layout.
typedef struct CodePlace {
  uint32_t section;
  uint32_t points; // the points of the section before it
  uint64_t offset;
} CodePlace;

typedef enum FrameKind {
  FRAME_DEF_CFA,
  FRAME_DEF_CFA_REGISTER,
  FRAME_DEF_CFA_OFFSET,
  FRAME_ADJUST_CFA_OFFSET,
  FRAME_OFFSET,
  FRAME_REL_OFFSET,
  FRAME_VAL_OFFSET,
  FRAME_REGISTER,
  FRAME_RESTORE,
  FRAME_UNDEFINED,
  FRAME_SAME_VALUE,
  FRAME_REMEMBER_STATE,
  FRAME_RESTORE_STATE,
  FRAME_BYTE, // of .cfi_escape
} FrameKind;

// What a .cfi directive says of the instructions from a place on.
typedef struct FrameOperation {
  CodePlace at;
  int64_t offset;  // or another register
  uint16_t number; // of a register, or a byte
  uint8_t kind;
} FrameOperation;

// From .cfi_startproc to .cfi_endproc.
typedef struct CallFrame {
  CodePlace begin;
  CodePlace end;
  uint32_t first; // operations
  uint32_t count;
  Value personality;
  Value data; // .cfi_lsda
  TextPlace place;
  uint16_t return_register;
  uint8_t personality_encoding;
  uint8_t data_encoding;
  bool simple;
  bool signal;
} CallFrame;

enum { LINE_IS_STATEMENT = 1, LINE_BASIC_BLOCK = 2, LINE_PROLOGUE_END = 4, LINE_EPILOGUE_BEGIN = 8 };

// A row of a line table: .loc.
typedef struct LineRow {
  CodePlace at;
  uint32_t file;
  uint32_t line;
  uint32_t column;
  uint32_t discriminator;
  uint32_t isa;
  uint8_t flags;
} LineRow;

// .file N
typedef struct LineFile {
  bool known;
  bool has_checksum;
  uint8_t checksum[16];
  Name name;
  uint32_t folder; // 0: that of file 0
} LineFile;

// What tells sections of one name apart.
typedef struct SectionKey {
  Name group; // its signature; NAME_NONE: none
  bool comdat;
  bool follows;      // SHF_LINK_ORDER
  SymbolId followed; // a label in the section that it follows; 0: none
  bool unique_given;
  uint32_t unique;
} SectionKey;

// What was laid down last in a section with code.
typedef enum Contents { CONTENTS_NONE, CONTENTS_CODE, CONTENTS_DATA } Contents;

// Where code or data begins in a section that has both: a mapping symbol ("$x", "$d"; RISC-V ELF psABI,
// "Mapping Symbol"), by which disassemblers know.
typedef struct Mark {
  SymbolId label;
  Contents contents;
} Mark;

typedef struct AsmSection {
  Name name;
  SectionKey key;
  uint32_t same_name; // the next section of this name; 0: none
  uint32_t type;
  uint64_t flags;
  uint64_t entry_size;
  uint64_t alignment;
  uint64_t size;
  VEC(uint8_t) bytes; // unused in SHT_NOBITS
  VEC(Fixup) fixups;
  VEC(Request) requests;
  VEC(Point) points;
  int64_t *shift; // after layout, when sizes changed: how far what comes behind point i - 1 moved
  uint32_t *
      relaxed; // after layout, when the linker may change sizes: how many of the first i points it may change
  uint32_t *movable;      // the same for what other assemblers hold for changeable in debugging information:
                          // paddings too
  uint32_t piece_of;      // the section that this is a subsection of; 0: it is none
  uint32_t piece_number;  // its number there
  uint32_t next_piece;    // of a section and its subsections: the one with the next number; 0: none
  uint32_t joined_points; // points of the section before those of this subsection, when they have been joined
  uint64_t joined_offset; // where this subsection begins then
  bool joined;            // subsections were put behind it: paddings must be measured again
  bool settled;           // nothing in it grows any more
  bool has_numbers;       // LEB128 numbers whose size depends on layout
  bool has_lines;         // rows of the line table are in it
  bool has_code;          // instructions have been laid down
  uint8_t contents;       // Contents
  bool relaxable;         // something that the linker may change has been laid down
  ObjectSection object;
} AsmSection;

typedef enum BufferKind { BUFFER_FILE, BUFFER_MACRO, BUFFER_REPEAT } BufferKind;

// A text that is read: a file, or what a macro made.
typedef struct Buffer {
  SourceText source;
  FileData file; // to be freed
  BufferKind kind;
  bool has_parent;
  TextPlace parent;       // the statement that brought it in
  uint32_t line_file;     // its number in the line table of -g
  uint32_t counted;       // the line that begins at or before this offset is known:
  uint32_t counted_lines; // so many lines end before it
} Buffer;

// A stretch of a buffer being read. The innermost one's cursor is the assembler's own.
typedef struct Frame {
  uint32_t buffer;
  bool macro; // .exitm ends it
  const char *start;
  const char *end;
  const char *cursor;
  uint64_t repeats;  // readings still to come after this one
  size_t conditions; // open when it was entered
} Frame;

typedef struct Condition {
  TextPlace place;
  bool outer; // statements around it are being skipped
  bool taken; // a branch of it has been taken
  bool skipping;
  bool in_else;
} Condition;

typedef struct Macro Macro;

// What a name means to the assembler; names are shared by everything that has one.
typedef struct NameInfo {
  SymbolId symbol;        // numeric labels: the latest definition
  SymbolId forward;       // numeric labels: the next definition, once referred to
  uint32_t macro;         // + 1
  uint16_t directive;     // + 1
  uint16_t pseudo;        // + 1
  uint16_t candidate;     // + 1
  uint8_t register_class; // + 1
  uint8_t register_number;
} NameInfo;

// A way to write the instructions of one mnemonic.
typedef struct Candidate {
  bool alias;
  uint16_t row;  // IsaOp or alias
  uint16_t next; // + 1
} Candidate;

typedef struct OptionState {
  IsaExtensions extensions;
  bool position_independent;
  bool relax;
} OptionState;

// A value that was needed while sizes could still change: checked against the final layout.
typedef struct Assumption {
  SymbolId add;
  SymbolId subtract;
  int64_t difference;
  TextPlace place;
} Assumption;

typedef struct SectionPosition {
  uint32_t current;
  uint32_t previous;
} SectionPosition;

// The failure that goes furthest into a statement is the one that is reported.
typedef struct Failure {
  const char *at;
  size_t length;
  char message[240];
  char note[240];
} Failure;

// A register's name of at most 4 characters.
typedef struct ShortRegister {
  uint32_t name; // its characters, the first lowest
  uint8_t register_class;
  uint8_t number;
} ShortRegister;
enum { SHORT_REGISTER_COUNT = 1024 };
static inline uint32_t short_register_slot(uint32_t name) {
  return name * UINT32_C(0x9e3779b1) >> 22; // as many bits as SHORT_REGISTER_COUNT has
}

typedef struct Assembler {
  const AsmOptions *options;
  const Machine *machine;
  Diagnostics *diagnostics;
  IsaExtensions extensions;
  IsaExtensions used_extensions; // everything that was enabled at some point
  Arena arena;
  Intern names;
  VEC(NameInfo) infos; // by Name
  VEC(Candidate) candidates;
  VEC(AsmSymbol) symbols; // the first is none
  VEC(SymbolSize) sizes;
  VEC(Mark) marks;
  VEC(AsmSection) sections; // the first is none
  VEC(uint32_t) section_of; // by Name
  SectionPosition position;
  VEC(SectionPosition) position_stack;
  VEC(OptionState) option_stack;
  VEC(Buffer *) buffers;
  VEC(Frame) frames;
  VEC(Condition) conditions;
  VEC(Macro *) macros;
  VEC(Assumption) assumptions;
  VEC(Computation) computations;
  VEC(Name) file_names; // .file
  VEC(CallFrame) call_frames;
  VEC(FrameOperation) frame_operations;
  VEC(LineFile) line_files;
  VEC(Name) line_folders;
  VEC(LineRow) line_rows;
  VEC(uint32_t) line_sections; // sections with rows, in the order of their first
  LineRow line;                // of the latest .loc
  Name line_folder;            // of file 0
  bool has_line_folder;
  bool line_started; // there was a .loc
  bool line_pending; // its row waits for an instruction
  bool debug;        // -g: instructions get rows of their own
  bool frame_open;
  bool frame_sections_given; // .cfi_sections
  bool eh_frame;
  bool debug_frame;
  uint64_t expanded; // bytes of text made by macros and repetitions
  uint64_t expansion_limit;
  uint64_t contents; // bytes of all sections
  uint64_t size_limit;
  uint64_t macro_count;      // \@
  uint64_t local_count;      // labels made by LOCAL
  bool alternate;            // .altmacro
  bool skipping;             // inside an untrue condition
  bool ended;                // .end was seen
  bool position_independent; // .option pic
  bool relax;                // .option relax
  bool laid_out;             // offsets of labels are final
  const char *cursor;
  const char *statement; // where the current one begins
  Failure failure;
  bool entered; // this statement has begun another text
  struct Compressor *compressor;
  struct Quick *quick;
  ShortRegister *short_registers; // hashed
  uint32_t generation;            // changes with whatever changes what instructions mean: extensions, macros
} Assembler;

// lex.c: the characters of statements. All read at assembler->cursor.
extern const uint8_t asm_character_class[256];
enum { CHARACTER_NAME_START = 1, CHARACTER_NAME = 2, CHARACTER_DIGIT = 4, CHARACTER_SPACE = 8 };

static inline bool is_name_start(char c) {
  return asm_character_class[(unsigned char)c] & CHARACTER_NAME_START;
}
static inline bool is_name_part(char c) {
  return asm_character_class[(unsigned char)c] & CHARACTER_NAME;
}
static inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void asm_skip_comment(Assembler *assembler); // and what space is behind it
static inline void skip_space(Assembler *assembler) {
  while (asm_character_class[(unsigned char)*assembler->cursor] & CHARACTER_SPACE)
    assembler->cursor++;
  if (assembler->cursor[0] == '/' && assembler->cursor[1] == '*')
    asm_skip_comment(assembler);
}
// Whether the statement ends here (at a line's end, a semicolon or a comment).
bool at_statement_end(Assembler *assembler);
// Moves to the character that ends the statement, whatever stands between.
void skip_statement(Assembler *assembler);
// Skips space and the character when it is there.
bool accept_character(Assembler *assembler, char c);
bool expect_character(Assembler *assembler, char c);
// A name, plain or in double quotes, interned.
bool read_name(Assembler *assembler, Name *name, const char *what);
// The characters of a plain name, without interning; size 0 when there is none.
size_t peek_name(const Assembler *assembler);
// A string with its escapes resolved, appended to `out`.
bool read_string(Assembler *assembler, Text *out);
bool read_string_name(Assembler *assembler, Name *name);
// A number or a character constant.
bool read_number(Assembler *assembler, int64_t *value);
// One character of a string or a character constant, its escape resolved.
bool read_escape(Assembler *assembler, int *value);

// report.c
// Notes a failure in the current buffer (`at` points into it) and returns false. The statement's loop reports
// the one that went furthest.
bool asm_fail(Assembler *assembler, const char *at, size_t length, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// Notes a failure at the cursor, spanning what stands there.
bool asm_fail_here(Assembler *assembler, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Adds a note to the failure that was just made, if it is the one that counts.
void asm_fail_note(Assembler *assembler, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// Reports the failure noted, and forgets it.
void report_failure(Assembler *assembler);
void asm_report(Assembler *assembler, DiagnosticLevel level, TextPlace place, size_t length,
                const char *format, ...) __attribute__((format(printf, 5, 6)));
TextPlace place_of(const Assembler *assembler, const char *at);
// Bytes of the word or other token at a position.
size_t token_length(const char *at);

// symbol.c
NameInfo *name_info(Assembler *assembler, Name name);
Name asm_intern(Assembler *assembler, const char *text, size_t size);
SymbolId symbol_named(Assembler *assembler, Name name, const char *at);
SymbolId symbol_new(Assembler *assembler, Name name, const char *at);
// A nameless label at the current position.
SymbolId symbol_here(Assembler *assembler);
static inline AsmSymbol *symbol_at(Assembler *assembler, SymbolId id) {
  return &assembler->symbols.data[id];
}
const char *symbol_text(const Assembler *assembler, SymbolId id);
void symbol_set_size(Assembler *assembler, SymbolId id, Value size, TextPlace place);
// Defines a label at the current position.
bool define_label(Assembler *assembler, Name name, const char *at, size_t length);
bool define_numeric_label(Assembler *assembler, Name digits);
// .set (redefinable) or .equiv.
bool define_equated(Assembler *assembler, Name name, Value value, bool redefinable, const char *at);
bool symbol_is_private(const Assembler *assembler, const AsmSymbol *symbol); // .L

// expression.c
bool read_expression(Assembler *assembler, Value *value);
// left - right, for what a relocation can carry; `at` is where failures point to.
bool value_subtract(Assembler *assembler, Value *left, Value right, const char *at);
// An expression whose value is known now.
bool read_absolute(Assembler *assembler, int64_t *value);
// Settles a value now if it can be; differences of labels that layout may still change are noted as
// assumptions.
bool value_settle(Assembler *assembler, Value *value, const char *at);
// What a computed symbol stands for, when both its values are known: here and now, with assumptions (`at`),
// or as layout has them (`at` is NULL), and then, if it must be `final`, only what the linker leaves alone.
bool computed_value(Assembler *assembler, SymbolId id, const char *at, bool final, int64_t *result);
// Replaces equated symbols by what they stand for. False: not expressible, or defined in a circle.
bool value_resolve(Assembler *assembler, Value *value);

// section.c
uint32_t section_named(Assembler *assembler, Name name, uint32_t type, uint64_t flags, uint64_t entry_size);
// The same for one of several sections of the name; *known tells whether it existed.
uint32_t section_keyed(Assembler *assembler, Name name, const SectionKey *key, uint32_t type, uint64_t flags,
                       uint64_t entry_size, bool *known);
// The type and flags that a name implies.
void section_implied(const char *name, uint32_t *type, uint64_t *flags);
// The section by a name that implies its type and flags.
uint32_t section_default(Assembler *assembler, const char *name);
void section_switch(Assembler *assembler, uint32_t section);
// subsection.c
// The section of a subsection; other sections are their own.
static inline uint32_t section_whole(const Assembler *assembler, uint32_t section) {
  uint32_t whole = assembler->sections.data[section].piece_of;
  return whole ? whole : section;
}
// A subsection of a section or of the one that it is a subsection of; number 0 is the section itself.
uint32_t section_piece(Assembler *assembler, uint32_t section, uint32_t number);
// Puts all subsections into their sections, before layout.
void subsections_join(Assembler *assembler);
static inline AsmSection *current_section(Assembler *assembler) {
  return &assembler->sections.data[assembler->position.current];
}
// Offsets of what has contents are kept in 32 bits.
#define LARGEST_CONTENTS (UINT32_MAX / 2)
// Counts `size` more bytes of contents against the limits. False: a failure at the statement.
bool section_grow(Assembler *assembler, uint64_t size);
// What is laid down next in the current section is that.
void section_mark(Assembler *assembler, Contents contents);
bool append_bytes(Assembler *assembler, const void *bytes, size_t size);
bool append_little(Assembler *assembler, uint64_t value, unsigned size);
bool append_fill(Assembler *assembler, uint64_t count, uint64_t pattern, unsigned size);
// Padding to a multiple of `alignment`, of at most `most` bytes.
bool append_alignment(Assembler *assembler, uint64_t alignment, bool fill_given, uint64_t fill,
                      unsigned fill_size, uint64_t most);
// A number in LEB128 that is not known yet.
bool append_leb128(Assembler *assembler, Value value, bool is_signed, const char *at);
bool append_org(Assembler *assembler, uint64_t offset, uint8_t fill);
// Whether linkers shorten what a relocation of this type is on.
bool linker_relaxes(unsigned relocation);
void write_padding(uint8_t *bytes, uint64_t size, const Point *point);
void add_fixup(Assembler *assembler, FixupKind kind, unsigned operand, unsigned relocation, uint64_t offset,
               Value value, const char *at);
static inline bool section_is_code(const AsmSection *section) {
  return section->flags & 4; // SHF_EXECINSTR
}

// mnemonic.c
// Whether a name of at most 4 characters, the first lowest, is a register: its class + 1, or 0.
static inline unsigned short_register(const Assembler *assembler, uint32_t name, int64_t *number) {
  for (uint32_t slot = short_register_slot(name);; slot = (slot + 1) % SHORT_REGISTER_COUNT) {
    const ShortRegister *found = &assembler->short_registers[slot];
    if (!found->register_class)
      return 0;
    if (found->name == name) {
      *number = found->number;
      return found->register_class;
    }
  }
}
void mnemonics_start(Assembler *assembler);

// compress.c
void compressor_start(Assembler *assembler);
// The compressed instruction that stands for `op`, of which *word is the whole word: that becomes the
// compressed one's. Returns `op` itself when there is none or it is not allowed.
IsaOp compress(Assembler *assembler, IsaOp op, uint32_t *word);

// quick.c
void quick_start(Assembler *assembler);
// Assembles the lines from the cursor on that are plain, and stops before the first that is not.
void quick_lines(Assembler *assembler);

// operand.c
// How an operand's expression is to be carried: %hi(...) and the like.
typedef struct Modifier {
  const char *name;
  uint8_t upper; // relocation on a 20-bit upper immediate; 0: not allowed there
  uint8_t low;   // on the 12-bit immediate of loads and arithmetic
  uint8_t store; // on the 12-bit immediate of stores
  uint8_t add;   // on the fourth operand of add
} Modifier;

typedef struct Operand {
  int64_t value;
  Value symbolic; // when it is not known yet
  const Modifier *modifier;
  bool deferred;
  const char *at;
} Operand;

// What a mnemonic and its operands came to.
typedef struct Match {
  IsaOp op;
  const IsaAliasInfo *alias;          // NULL: written as the instruction itself
  Operand operands[ISA_MAX_OPERANDS]; // of the op's format
} Match;

// Reads a written operand; failures name its number and the mnemonic.
bool read_operand(Assembler *assembler, IsaOperandKind kind, Operand *operand);
bool read_register(Assembler *assembler, IsaOperandClass class, int64_t *number);
// %name(expression) or an expression.
bool read_modified(Assembler *assembler, const Modifier **modifier, Value *value);
bool operand_suffix(IsaOperandKind kind, const char **text, const char *end, int64_t *value);
const char *operand_expected(Assembler *assembler, IsaOperandKind kind);
// The relocation that carries an operand whose value is not known yet; 0: it must become known.
unsigned operand_relocation(IsaOperandKind kind, const Modifier *modifier);
const Modifier *find_modifier(const char *text, size_t size);

// instruction.c
// Assembles the instruction whose mnemonic was just read.
bool assemble_instruction(Assembler *assembler, const char *mnemonic, size_t size);
bool emit_first_word(Assembler *assembler, uint32_t word, unsigned size);
// The word of an instruction of `size` bytes.
static inline bool emit_word(Assembler *assembler, uint32_t word, unsigned size) {
  AsmSection *section = current_section(assembler);
  if (section->contents != CONTENTS_CODE || assembler->line_pending ||
      assembler->contents + size > assembler->size_limit ||
      section->bytes.capacity - section->bytes.count < sizeof word)
    return emit_first_word(assembler, word, size);
  uint32_t bytes = htole32(word);
  memcpy(section->bytes.data + section->bytes.count, &bytes, sizeof bytes);
  section->bytes.count += size;
  section->size += size;
  assembler->contents += size;
  return true;
}
// Lays down an instruction, compressed where that is allowed. Its word lacks the operand `index` when that is
// `deferred`.
bool emit_encoded(Assembler *assembler, IsaOp op, uint32_t word, const Operand *deferred, unsigned index);
bool emit_op(Assembler *assembler, IsaOp op, const int64_t *operands);
// As emit_op, or the compressed instruction that stands for it.
bool emit_shortest(Assembler *assembler, IsaOp op, const int64_t *operands);
bool emit_match(Assembler *assembler, const Match *match);
bool extension_enabled(Assembler *assembler, IsaOp op);
bool check_machine(Assembler *assembler, const Match *match);
// overlap.c: whether vector registers are named together that may not be.
bool check_overlap(Assembler *assembler, const Match *match);

// pseudo.c
void pseudos_start(Assembler *assembler);
bool assemble_pseudo(Assembler *assembler, unsigned pseudo);
// auipc and the jalr behind it that makes a call.
typedef struct CallWords {
  uint32_t auipc;
  uint32_t jalr;
} CallWords;
// Whether a pseudo-instruction is call or tail, and what it is made of when nothing but the symbol is
// written.
bool pseudo_call_words(unsigned pseudo, CallWords *words);
bool emit_call(Assembler *assembler, CallWords words, Value value, const char *at);

// constant.c: sequences that make a 64-bit constant.
enum { CONSTANT_MOST_STEPS = 16 };
typedef struct ConstantStep {
  IsaOp op;
  int64_t immediate; // of LUI, ADDI, SLLI, ...; unused where both sources are the register
} ConstantStep;
typedef struct ConstantSequence {
  unsigned count;
  ConstantStep steps[CONSTANT_MOST_STEPS];
} ConstantSequence;
ConstantSequence constant_sequence(int64_t value, IsaExtensions extensions);

// assemble.c
// Without an extension and all that imply it.
IsaExtensions extensions_without(IsaExtensions extensions, IsaExtension removed);

// directive.c
void directives_start(Assembler *assembler);
// The size of the numbers that a directive of data lays down; 0: it is another directive.
unsigned directive_data_size(unsigned directive);
bool directive_is_loc(unsigned directive);
// data.c: lays down a number or an address of `size` bytes, written at `at`.
bool append_data(Assembler *assembler, Value value, unsigned size, const char *at, size_t length);
bool assemble_directive(Assembler *assembler, unsigned directive);

// macro.c, condition.c, include.c: everything that moves between texts.
bool macro_define(Assembler *assembler);
bool macro_remove(Assembler *assembler);
bool macro_expand(Assembler *assembler, uint32_t macro);
bool macro_exit(Assembler *assembler);
bool repeat_text(Assembler *assembler);
bool repeat_for_each(Assembler *assembler, bool characters);
void macros_free(Assembler *assembler);
Buffer *buffer_new(Assembler *assembler, BufferKind kind, const char *name, const char *text, size_t size);
// Goes on reading with a stretch of text, `repeats` + 1 times, and behind this statement then.
bool enter_text(Assembler *assembler, uint32_t buffer, const char *start, const char *end, uint64_t repeats);
bool enter_buffer(Assembler *assembler, bool macro);
void leave_frame(Assembler *assembler);
// Moves behind what ends the statement at the cursor.
void finish_statement(Assembler *assembler);
bool include_text(Assembler *assembler);
bool include_bytes(Assembler *assembler);
typedef enum ConditionTest {
  CONDITION_NONZERO,
  CONDITION_ZERO,
  CONDITION_POSITIVE,
  CONDITION_NOT_NEGATIVE,
  CONDITION_NEGATIVE,
  CONDITION_NOT_POSITIVE,
  CONDITION_DEFINED,
  CONDITION_UNDEFINED,
  CONDITION_BLANK,
  CONDITION_NOT_BLANK,
  CONDITION_SAME,
  CONDITION_DIFFERENT
} ConditionTest;
bool condition_if(Assembler *assembler, ConditionTest test);
bool condition_else_if(Assembler *assembler);
bool condition_else(Assembler *assembler);
bool condition_end(Assembler *assembler);
// While statements are skipped: looks at the one at the cursor for what ends the skipping.
void condition_skip_statement(Assembler *assembler);

// frames.c, lines.c: sections made of what directives said, after layout. False: an object grows beyond its
// limit.
bool frames_generate(Assembler *assembler);
bool lines_generate(Assembler *assembler);
// Puts the row of the latest .loc here.
void line_flush(Assembler *assembler);
// .loc without options. False, and nothing done: there is no such file.
bool line_place(Assembler *assembler, uint32_t file, uint32_t line, uint32_t column);
bool line_file(Assembler *assembler);

// debug.c: -g, for texts that say nothing of lines themselves.
void debug_start(Assembler *assembler, const char *name);
void debug_stop(Assembler *assembler);
// The next instruction gets a row for the current statement.
void debug_line(Assembler *assembler);
bool debug_generate(Assembler *assembler);

// layout.c: settles the sizes of all points and moves what is behind them.
void asm_layout(Assembler *assembler);
// Whether a value is a place in this section that no other object can redefine; it becomes label + constant.
bool target_is_here(Assembler *assembler, uint32_t section, Value *value);
// Whether the linker leaves the distance between two places of a section alone, given by the points before
// them.
bool distance_is_fixed(const AsmSection *section, uint32_t points, uint32_t other_points);
static inline bool compression_enabled(const Assembler *assembler) {
  return assembler->extensions >> ISA_EXT_ZCA & 1;
}

// Whether layout has made a value known; then it is only a constant. When it is `final` the linker leaves it
// alone.
bool value_measure(Assembler *assembler, Value *value, bool final);

// resolve.c: fixups to bytes or relocations, symbols to the object's.
void asm_resolve(Assembler *assembler, Object *object);

#endif
