// What the register allocator's files share.
#ifndef KILN_TARGET_REGISTERS_REGALLOC_H
#define KILN_TARGET_REGISTERS_REGALLOC_H

#include "target/internal.h"

// Instruction number i, in layout order, has the points 4i (a reload before it), 4i + 1 (its uses), 4i + 2
// (its results) and 4i + 3 (a spill behind it).
enum { POINTS = 4, POINT_USE = 1, POINT_DEF = 2, POINT_SPILL = 3 };
#define NO_SEGMENT UINT32_MAX
// How many times as heavy a mask is, which is in v0 or nowhere, as what has other registers to go to.
#define MASK_WEIGHT 1e4F

typedef struct Segment {
  uint32_t start; // first point
  uint32_t end;   // point behind the last
  uint32_t next;  // later segment of the same register, or NO_SEGMENT
} Segment;

typedef enum IntervalKind { INTERVAL_WHOLE, INTERVAL_PIECE, INTERVAL_TINY } IntervalKind;

// The live range of a virtual register, or of a part of one.
typedef struct Interval {
  uint32_t segments;
  float weight; // cost of having it in memory, by length
  uint8_t kind; // IntervalKind
  uint8_t class;
  bool spilled;
  bool local;     // in one block
  bool crosses;   // a call; set when it is weighed
  int16_t reg;    // assigned; -1: none
  uint32_t defs;  // definitions
  uint32_t slot;  // frame slot + 1
  uint32_t hints; // list of Hint
  uint32_t refs;  // list of Ref
  uint32_t remat; // instruction number + 1 of the only definition, if it can be repeated
} Interval;

typedef struct Hint {
  uint32_t other; // register, physical or virtual
  int32_t shift;  // of this one's register from that one's
  float weight;
  uint32_t next;
} Hint;

// A place where a register is named: list in the order of the code.
typedef struct Ref {
  uint32_t insn;
  uint32_t operand; // in f->operands
  uint32_t next;
  bool def;
  bool both; // a definition that reads the old value
  bool late; // a use that may share no register with the definition
} Ref;

typedef struct Occupied {
  uint32_t start;
  uint32_t end;
  uint32_t interval; // NO_SEGMENT: fixed
} Occupied;
typedef VEC(Occupied) OccupiedList;

// A reload, spill or repeated definition to be put at a point.
typedef struct Insertion {
  uint32_t point;
  uint32_t interval; // the piece
  uint32_t source;   // the interval spilled
  uint16_t op;       // MIR_RELOAD, MIR_SPILL, or MIR_LI for a repetition
} Insertion;

// Ranges, one after the other, that should have the same register.
typedef struct Chain {
  uint32_t link;     // the range whose entry stands for the chain; itself: this is it
  uint32_t next;     // range of the same chain; NO_SEGMENT: none
  uint32_t last;     // range, at the entry that stands for the chain
  uint32_t segments; // of all of them; NO_SEGMENT: there is just one
  uint32_t count;    // of the others
  float wish_weight;
  bool crosses; // one of them a call
  uint8_t wish; // a register that moves bring one of them from or to; 0: none
  uint8_t reg;  // that the last one placed has; 0: none yet
  bool moved;   // the range itself is one side of a move, which says more
  bool low;     // instructions have 16-bit forms when it is one of x8 .. x15
} Chain;

typedef struct Allocator {
  Target *target;
  Function *f;
  VEC(Interval) intervals; // the first are those of the virtual registers
  VEC(Segment) segments;
  VEC(Hint) hints;
  VEC(Ref) refs;
  VEC(Insertion) insertions;
  uint32_t virtuals;
  uint32_t *leader;  // by virtual register: whose interval holds it after coalescing
  Chain *chains;     // by virtual register; NULL: there are no 16-bit forms
  uint32_t *current; // by operand: the interval that is there
  OccupiedList occupied[MIR_REGS];
  MirInsn **insns;      // by instruction number
  uint32_t *insn_block; // by instruction number
  uint32_t insn_count;
  VEC(uint32_t) calls;           // the points at which they change the caller-saved registers, rising
  uint32_t *block_first;         // by block: number of its first instruction
  VEC(uint32_t) heap;            // intervals waiting, heaviest first
  uint64_t allocatable;          // x and f registers
  uint32_t wishes[MIR_FIRST_VR]; // by register: the value that comes in it when the function is entered, + 1
  bool groups;                   // there are vectors or accumulators
  bool wants_address;            // a vector was spilled, and no register is kept for addresses
} Allocator;

// Liveness across blocks; kept only for registers that are read in a block before they are written there.
typedef struct Liveness {
  uint32_t *global; // by virtual register: its bit + 1
  uint32_t *names;  // by bit
  uint32_t count;
  Bitset *in; // by block
  Bitset *out;
  Bitset *kill;
  Arena arena;
} Liveness;
void find_liveness(const Function *f, Liveness *l);
void free_liveness(Liveness *l);
// Whether a physical register may be given to values.
bool is_allocatable(const Allocator *a, Reg reg);

// liveness.c: numbers the instructions, finds the intervals of virtual registers and the fixed uses of
// physical ones.
void find_intervals(Allocator *a);
// Whether a list of segments holds a point at which a call changes the caller-saved registers.
bool crosses_call(const Allocator *a, uint32_t segments);
uint32_t add_segment(Allocator *a, uint32_t start, uint32_t end, uint32_t next);
void occupy(OccupiedList *list, uint32_t start, uint32_t end, uint32_t interval);

// regalloc.c
// The weight of the heaviest interval in the way of this one at `reg` (infinite: a fixed use; -1: none); from
// `limit` on it may be any.
float obstacle(const Allocator *a, uint32_t interval, unsigned reg, float limit);
void assign(Allocator *a, uint32_t interval, unsigned reg);
// Takes the register of a scalar from it.
void release(Allocator *a, uint32_t interval);
// The same for a list of segments and one register; `crosses`: crosses_call of the list.
float obstacle_in(const Allocator *a, uint32_t segments, bool crosses, unsigned reg, float limit);
uint32_t find_leader(Allocator *a, uint32_t v);
bool overlap(const Allocator *a, uint32_t x, uint32_t y); // lists of segments
uint32_t merge_segments(Allocator *a, uint32_t x, uint32_t y);
// The first entry of a sorted list that ends behind `start`.
size_t first_behind(const OccupiedList *list, uint32_t start);
// Whether a group of this class may begin with `reg`.
bool is_place_for(const Allocator *a, uint8_t class, unsigned reg);

// hints.c
void find_hints(Allocator *a);
// The same for a piece of a range that was split, with the list of references from `first` to before `end`.
void hint_piece(Allocator *a, uint32_t piece, uint32_t first, uint32_t end);
// A register that is free and that the range should have for its neighbours' sake; 0: none.
unsigned find_hinted(const Allocator *a, uint32_t interval);
// When all have their places: moves ranges to free registers that their neighbours ask for.
void settle_hints(Allocator *a);
// Whether all ranges of the chain that this one belongs to could have the register.
bool chain_has_room(const Allocator *a, uint32_t interval, unsigned reg);
// Gives it to all that are not placed yet and have no better one.
void assign_chain(Allocator *a, uint32_t interval, unsigned reg);
void note_chain_register(Allocator *a, uint32_t interval);
bool wants_low_register(const Allocator *a, uint32_t interval);

// Whether the instruction has a 16-bit form, with the registers x8 .. x15 alone.
bool has_low_form(const MirInsn *insn, const MirOperand *o);

// low_registers.c
// Lets registers that calls preserve change places for the sake of 16-bit forms.
void use_low_registers(Allocator *a);

// spread.c
// Gives vectors that live shortly the registers that were last used longest ago.
void spread_vectors(Allocator *a);

// registers/local.c
// Whether no value is a group of vector registers or accumulators.
bool is_scalar_code(const Function *f);
// The allocation of -O0, for scalar code: writes the registers into the operands' `extra` and puts reloads
// and spills into the code. `allocatable`: the x and f registers that values may have.
void allocate_locally(Function *f, uint64_t allocatable);

// spill.c
// Takes an interval out of the registers: what stands for it now is queued.
void spill(Allocator *a, uint32_t interval);
// On physical registers: removes spills of what has just been reloaded.
void remove_idle_spills(Function *f);
float block_weight(const Allocator *a, uint32_t insn);
void queue_interval(Allocator *a, uint32_t interval);

// share_slots.c
// Joins slots of spilled ranges that are apart; those from number `first` on are for such.
void share_slots(Allocator *a, uint32_t first);

#endif
