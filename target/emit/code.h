// A function's code as it is written, as text or into an object: one list of instructions (emit/list.c) that
// emit/text.c prints and emit/object.c encodes.
#ifndef KILN_TARGET_EMIT_CODE_H
#define KILN_TARGET_EMIT_CODE_H

#include "target/emit/emit.h"

enum { LITERAL_BYTES = 8, INSN_BYTES = 4, BRANCH_REACH = 4096, JUMP_REACH = 1 << 20 };
enum { SHORT_BYTES = 2, SHORT_BRANCH_REACH = 256, SHORT_JUMP_REACH = 2048 }; // of compressed instructions

// EMIT_NEAR: a branch by a number of bytes. EMIT_LINKED: the rest of a call.
typedef enum EmitNote {
  EMIT_PLAIN,
  EMIT_BRANCH,
  EMIT_NEAR,
  EMIT_CALL,
  EMIT_LINKED,
  EMIT_HI,
  EMIT_LO,
  EMIT_TLS_HI,
  EMIT_TLS_ADD,
  EMIT_TLS_LO,
  EMIT_ASM,   // address: number in Function.asms
  EMIT_FIXED, // of 4 bytes, whatever its operands
  // Halves of numbers that are known when all code is placed, the upper one first: bytes of the code, its
  // part before the move, what of it must be there at the move, and in the copy from here to what is beside
  // it in the scratchpad.
  EMIT_SIZE,
  EMIT_BEHIND_MOVE,
  EMIT_FIRST,
  EMIT_DISTANCE,
  EMIT_LITERAL, // from here to an address behind the code: `address` is its number there
} EmitNote;

// One machine instruction, and what of it is not yet a number. A call is its auipc, with the jalr implied.
typedef struct EmitInsn {
  uint16_t op;
  uint8_t note;    // EmitNote
  uint8_t bytes;   // as encoded: 2 if compressed; a branch that needs a jump behind it has both
  uint32_t target; // block of a branch; for EMIT_LO the number of the EMIT_HI instruction
  uint32_t address;
  uint32_t place;  // in Function.places
  uint8_t frame;   // MIR_PROLOGUE or MIR_EPILOGUE
  uint32_t offset; // bytes from the function's start
  int64_t operands[ISA_MAX_OPERANDS];
} EmitInsn;

typedef struct EmitBlock {
  uint32_t first; // instruction
  bool is_target;
} EmitBlock;

typedef struct Emitter {
  Target *target;
  Function *f;
  Program *program;
  VEC(EmitInsn) insns;
  VEC(const MirInsn *) tables; // of jumps
  EmitBlock *blocks;
  uint32_t *hi_label;
  uint32_t
      high[MIR_FIRST_FPR]; // by x register: number of the instruction that put an address's upper part there
  bool moves;              // the code goes on in its copy
  uint32_t behind;         // the first instruction that does
  CopyBlocks copied;       // which blocks do
  uint32_t rest;           // the first instruction for which the rest of the copy must have come; 0: none
  bool here_moved;         // what is listed now does
  bool here_both;          // and also runs where the function is
  // Addresses as data behind the code, for code in the copy: what it is apart from them depends on where it
  // runs. Numbers in Function.addresses; from offset `literals_at` on, 8 bytes each.
  VEC(uint32_t) literals;
  uint32_t literals_at;
  IsaExtensions used;   // by the function
  VEC(uint32_t) starts; // with debug information: by machine instruction, the first that it became
  bool *labelled;       // by instruction: debug information refers to its start; NULL: to none
} Emitter;

// Extensions that a program names only when it uses them, so that programs without vectors run on machines
// and pass tools that have none.
extern const IsaExtensions emit_optional_extensions;

// emit/list.c
// Lists the function's instructions; all take 4 bytes as yet.
void emit_list(Emitter *e);
// Shortens those that have a form of 16 bits.
void emit_compress(Emitter *e);
// Gives all their places, branches that do not reach their targets a jump. *size: bytes of all. False: a jump
// does not reach either.
bool emit_relax(Emitter *e, uint32_t *size);
// Gives the copy its memory, and fills in what was not known. Code that does not move has none.
void emit_place_copy(Emitter *e, uint32_t size);
// Bytes of code that takes `size` with the addresses behind it.
uint32_t emit_bytes(const Emitter *e, uint32_t size);
bool emit_is_far(const EmitInsn *insn);
// Bytes from the function's start, which is `end` long.
int64_t emit_block_offset(const Emitter *e, uint32_t block, uint32_t end);

// emit/text.c, emit/object.c: the function with its jump tables and records.
void emit_text(Emitter *e, uint64_t alignment, uint32_t size);
void emit_object(Emitter *e, uint64_t alignment, uint32_t size);
SectionPlace emit_code_place(const Emitter *e);
SectionPlace emit_table_place(const Emitter *e);

#endif
