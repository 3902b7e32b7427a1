// Lays out the stack frame and turns everything that depends on it, and constants and addresses, into
// instructions. Requires: physical registers. Provides: machine instructions only, but for CALL, LA, RET and
// JUMP.
//
// From high addresses to low: incoming stack arguments | argument registers of a variadic function |
// saved registers | locals and spill slots | outgoing
// arguments.
#include "support/round.h"
#include "target/debug/info.h"
#include "target/internal.h"

#include <string.h>

enum {
  STACK_ALIGNMENT = 16,
  SAVE_BYTES = 8,
  FIRST_STEP = 2032,  // what one addition moves the stack pointer by
  SHORT_STEP = 496,   // one with a 16-bit form
  SHORT_ACCESS = 504, // what loads and stores with a 16-bit form reach above the stack pointer
  SMALL = 2047,
  SHORT_BYTES = 2, // of an instruction
  LONG_BYTES = 4
};

typedef struct Frame {
  Target *target;
  Function *f;
  uint32_t block; // being rewritten
  uint64_t saved; // registers
  unsigned saved_count;
  uint64_t size;
  int64_t first; // how much of it is taken before registers are saved
  uint64_t alignment;
  uint64_t argument_save; // bytes for the argument registers of a variadic function
  uint8_t marks;          // given to instructions: MIR_PROLOGUE, MIR_EPILOGUE
  int64_t emergency;      // offset of a slot for a register that has to be borrowed
  uint32_t vectors;       // registers saved
  uint32_t vector_slot;   // where
} Frame;

static void emit(Frame *p, unsigned op, MirOperand a, MirOperand b, MirOperand c) {
  MirOperand operands[3] = {a, b, c};
  MirInsn insn = mir_make(p->f, op, isa_insn_format((IsaOp)op)->operand_count, operands);
  insn.marks |= p->marks;
  mir_push(p->f, p->block, insn);
}

// Long ones are loaded, but where the code runs in a copy, at another distance from its data.
static void emit_constant(Frame *p, Reg to, int64_t value) {
  enum { LONG = 5 }; // instructions
  ConstantStep steps[CONSTANT_STEPS];
  unsigned count = constant_steps(p->target->extensions, value, steps);
  if (count >= LONG && p->target->options->level > 0 && !p->f->moves) {
    SymbolId symbol = constant_symbol(p->target, value, sizeof value);
    MirOperand upper[2] = {mir_reg(to), mir_address(p->f, MIR_PLAIN, symbol, 0)};
    mir_push(p->f, p->block, mir_make(p->f, MIR_HIGH, 2, upper));
    emit(p, ISA_LD, mir_reg(to), mir_address(p->f, MIR_PCREL_LO, symbol, 0), mir_reg(to));
    return;
  }
  for (unsigned i = 0; i < count; i++) {
    if (steps[i].op == ISA_LUI)
      emit(p, ISA_LUI, mir_reg(to), mir_imm(steps[i].imm), mir_imm(0));
    else if (steps[i].op == ISA_SH1ADD || steps[i].op == ISA_SH2ADD || steps[i].op == ISA_SH3ADD)
      emit(p, steps[i].op, mir_reg(to), mir_reg(to), mir_reg(to));
    else
      emit(p, steps[i].op, mir_reg(to), mir_reg(i ? to : REG_ZERO), mir_imm(steps[i].imm));
  }
}

static bool small(int64_t offset) {
  return offset >= -2048 && offset <= SMALL;
}

// to := from + offset. `to` must not be `from` when the offset is large.
static void emit_address(Frame *p, Reg to, Reg from, int64_t offset) {
  if (small(offset)) {
    emit(p, ISA_ADDI, mir_reg(to), mir_reg(from), mir_imm(offset));
    return;
  }
  if (offset > 0 && small(offset - SMALL)) {
    emit(p, ISA_ADDI, mir_reg(to), mir_reg(from), mir_imm(SMALL));
    emit(p, ISA_ADDI, mir_reg(to), mir_reg(to), mir_imm(offset - SMALL));
    return;
  }
  emit_constant(p, to, offset);
  emit(p, ISA_ADD, mir_reg(to), mir_reg(to), mir_reg(from));
}

bool is_store_op(unsigned op) {
  return op < ISA_OP_COUNT && (isa_insn((IsaOp)op)->flags & ISA_STORE);
}

// A load or store at base + offset. One that needs a register for the address takes the one loaded, or
// borrows one.
static void emit_access(Frame *p, unsigned op, Reg reg, Reg base, int64_t offset) {
  if (small(offset)) {
    emit(p, op, mir_reg(reg), mir_imm(offset), mir_reg(base));
    return;
  }
  if (!is_store_op(op) && reg < MIR_FIRST_FPR) {
    emit_address(p, reg, base, offset);
    emit(p, op, mir_reg(reg), mir_imm(0), mir_reg(reg));
    return;
  }
  Reg borrowed = reg == REG_T0 ? REG_T1 : REG_T0;
  emit(p, ISA_SD, mir_reg(borrowed), mir_imm(p->emergency), mir_reg(REG_SP));
  emit_address(p, borrowed, base, offset);
  emit(p, op, mir_reg(reg), mir_imm(0), mir_reg(borrowed));
  emit(p, ISA_LD, mir_reg(borrowed), mir_imm(p->emergency), mir_reg(REG_SP));
}

static Reg slot_base(const Frame *p, MirOperand slot) {
  bool incoming = p->f->slots.data[slot.value].incoming;
  return p->f->dynamic_stack || (incoming && p->f->frame_pointer) ? REG_S0 : REG_SP;
}

static int64_t slot_offset(const Frame *p, MirOperand slot) {
  const FrameSlot *data = &p->f->slots.data[slot.value];
  return data->offset + slot.extra - (p->f->dynamic_stack && !data->incoming ? (int64_t)p->size : 0);
}

// --- layout
// -------------------------------------------------------------------------------------------------

static void lay_out_slots(Frame *p) {
  Function *f = p->f;
  uint64_t at = align_up(f->outgoing, 8);
  p->alignment = STACK_ALIGNMENT;
  p->emergency = (int64_t)at;
  at += SAVE_BYTES;
  if (f->dynamic_stack)
    at = align_up(at, STACK_ALIGNMENT); // this much moves with the stack pointer
  // Spill slots first: their accesses are the ones that must be short.
  for (size_t i = 0; i < f->spill_slots.count; i++) {
    FrameSlot *slot = &f->slots.data[f->spill_slots.data[i]];
    if (slot->size > SAVE_BYTES)
      continue;
    slot->offset = (int64_t)at;
    at += SAVE_BYTES;
  }
  for (size_t i = 0; i < f->spill_slots.count; i++) {
    FrameSlot *slot = &f->slots.data[f->spill_slots.data[i]];
    if (slot->size <= SAVE_BYTES)
      continue;
    slot->offset = (int64_t)at;
    at += slot->size;
  }
  Bitset done = bitset_new(&f->arena, f->slots.count + 1);
  for (size_t i = 0; i < f->spill_slots.count; i++)
    bitset_add(&done, f->spill_slots.data[i]);
  for (size_t i = 0; i < f->slots.count; i++) {
    FrameSlot *slot = &f->slots.data[i];
    if (bitset_has(&done, i) || slot->incoming)
      continue;
    at = align_up(at, slot->alignment ? slot->alignment : 1);
    slot->offset = (int64_t)at;
    at += slot->size;
    p->alignment = slot->alignment > p->alignment ? slot->alignment : p->alignment;
  }
  p->size =
      align_up(align_up(at, 8) + (uint64_t)p->saved_count * SAVE_BYTES + p->argument_save, p->alignment);
  // Those at fixed places are found from where the stack pointer, or the frame pointer, stands.
  for (size_t i = 0; i < f->slots.count; i++) {
    FrameSlot *slot = &f->slots.data[i];
    if (slot->incoming)
      slot->offset = slot->from_entry + (f->frame_pointer ? 0 : (int64_t)p->size);
  }
}

// The argument registers are saved right below the stack arguments, so that both make one array (psABI,
// "Variadic arguments").
static void find_argument_save(Frame *p) {
  int64_t lowest = 0;
  for (size_t i = 0; i < p->f->slots.count; i++) {
    const FrameSlot *slot = &p->f->slots.data[i];
    if (slot->incoming && slot->from_entry < lowest)
      lowest = slot->from_entry;
  }
  p->argument_save = align_up((uint64_t)-lowest, STACK_ALIGNMENT);
}

static bool uses_slots(const Function *f) {
  return f->slots.count || f->outgoing;
}

// v1 .. v7 and v24 .. v31 (psABI, "Standard Vector Calling Convention Variant").
static const uint32_t kept_vectors = 0xff0000fe;

static void find_saved(Frame *p) {
  Function *f = p->f;
  p->saved = f->used_registers & mir_callee_saved;
  if (f->frame_pointer)
    p->saved |= UINT64_C(1) << REG_S0;
  if (f->has_calls)
    p->saved |= UINT64_C(1) << REG_RA;
  p->saved_count = (unsigned)__builtin_popcountll(p->saved);
  // What the functions called change is not known.
  p->vectors = !f->keeps_vectors ? 0 : kept_vectors & (f->has_calls ? UINT32_MAX : f->used_vectors);
  if (p->vectors) {
    uint64_t size = (uint64_t)__builtin_popcount(p->vectors) * machine_vector_bytes(p->target->machine);
    p->vector_slot = (uint32_t)f->slots.count;
    VEC_PUSH(&f->slots, ((FrameSlot){.size = size, .alignment = STACK_ALIGNMENT}));
  }
}

// --- groups of vector registers
// -----------------------------------------------------------------------------

// The most registers, 1, 2, 4 or 8, that one instruction moves between groups that begin with a and b.
static unsigned whole_registers(unsigned a, unsigned b, unsigned left) {
  unsigned n = 8;
  while (n > left || a % n || b % n)
    n /= 2;
  return n;
}

static void emit_whole(Frame *p, unsigned op, MirOperand a, MirOperand b) {
  emit(p, op, a, b, mir_imm(0));
}

// From the end of the groups where the destination is above the source, since they may overlap.
static void copy_group(Frame *p, Reg to, Reg from, unsigned size) {
  static const uint16_t ops[] = {ISA_VMV1R_V, ISA_VMV2R_V, ISA_VMV4R_V, ISA_VMV8R_V};
  bool up = to > from;
  for (unsigned done = 0, n = 0; done < size; done += n) {
    unsigned left = size - done;
    if (up) {
      n = 8;
      while (n > left || (to + left - n) % n || (from + left - n) % n)
        n /= 2;
    } else {
      n = whole_registers(to + done, from + done, left);
    }
    unsigned at = up ? left - n : done;
    emit_whole(p, ops[__builtin_ctz(n)], mir_reg(to + at), mir_reg(from + at));
  }
}

static void move_group(Frame *p, bool load, Reg reg, unsigned size, Reg base, int64_t offset, Reg address) {
  static const uint16_t loads[] = {ISA_VL1RE8_V, ISA_VL2RE8_V, ISA_VL4RE8_V, ISA_VL8RE8_V};
  static const uint16_t stores[] = {ISA_VS1R_V, ISA_VS2R_V, ISA_VS4R_V, ISA_VS8R_V};
  for (unsigned done = 0, n = 0; done < size; done += n) {
    n = whole_registers(reg + done, 0, size - done);
    emit_address(p, address, base, offset + (int64_t)(done * machine_vector_bytes(p->target->machine)));
    emit_whole(p, (load ? loads : stores)[__builtin_ctz(n)], mir_reg(reg + done), mir_reg(address));
  }
}

// Saves or restores by way of t0, which carries nothing at entry and exit.
static void move_saved_vectors(Frame *p, bool load) {
  MirOperand slot = mir_slot(p->vector_slot, 0);
  int64_t offset = p->vectors ? slot_offset(p, slot) : 0;
  for (unsigned reg = 0; reg < 32; reg++) {
    unsigned size = 0;
    while (reg + size < 32 && p->vectors >> (reg + size) & 1)
      size++;
    if (!size)
      continue;
    move_group(p, load, MIR_FIRST_VR + reg, size, slot_base(p, slot), offset, REG_T0);
    offset += (int64_t)(size * machine_vector_bytes(p->target->machine));
    reg += size;
  }
}

// --- prologue and epilogue
// ----------------------------------------------------------------------------------

// Saves or restores at `top` - 8, - 16, ...
static void move_saved(Frame *p, bool save, Reg base, int64_t top) {
  for (unsigned r = 0; r < MIR_FIRST_VR; r++) {
    if (!(p->saved >> r & 1))
      continue;
    top -= SAVE_BYTES;
    unsigned op = r < MIR_FIRST_FPR ? (save ? ISA_SD : ISA_LD) : (save ? ISA_FSD : ISA_FLD);
    emit(p, op, mir_reg(r), mir_imm(top), mir_reg(base));
  }
}

static void move_stack(Frame *p, int64_t by) {
  if (small(by)) {
    emit(p, ISA_ADDI, mir_reg(REG_SP), mir_reg(REG_SP), mir_imm(by));
    return;
  }
  int64_t step = by < 0 ? -FIRST_STEP : FIRST_STEP;
  if (small(by - step)) {
    emit(p, ISA_ADDI, mir_reg(REG_SP), mir_reg(REG_SP), mir_imm(step));
    emit(p, ISA_ADDI, mir_reg(REG_SP), mir_reg(REG_SP), mir_imm(by - step));
    return;
  }
  // t0 carries nothing at entry and exit.
  emit_constant(p, REG_T0, by);
  emit(p, ISA_ADD, mir_reg(REG_SP), mir_reg(REG_SP), mir_reg(REG_T0));
}

static unsigned step_bytes(const Frame *p, int64_t by) {
  ConstantStep steps[CONSTANT_STEPS];
  if (by <= SHORT_STEP)
    return by ? SHORT_BYTES : 0;
  if (by <= FIRST_STEP)
    return LONG_BYTES;
  return small(by - FIRST_STEP) ? LONG_BYTES + step_bytes(p, by - FIRST_STEP)
                                : constant_steps(p->target->extensions, by, steps) * LONG_BYTES + SHORT_BYTES;
}

// Bytes that take and give the frame, where so much of it is taken first.
static unsigned entry_bytes(const Frame *p, int64_t first) {
  int64_t highest = first - (int64_t)p->argument_save - SAVE_BYTES;
  int64_t distant = highest > SHORT_ACCESS ? (highest - SHORT_ACCESS + SAVE_BYTES - 1) / SAVE_BYTES : 0;
  int64_t saved = p->saved_count;
  return 2 * (step_bytes(p, first) + step_bytes(p, (int64_t)p->size - first) +
              (unsigned)(saved + (distant < saved ? distant : saved)) * SHORT_BYTES);
}

// All of it at once, or as much as one instruction takes; less where registers can be saved by shorter ones
// then, and that is worth an instruction more.
static void find_first_step(Frame *p) {
  enum { LEAST_GAIN = 8 };
  int64_t size = (int64_t)p->size;
  p->first = size > FIRST_STEP ? FIRST_STEP : size;
  bool compressed = p->target->options->level > 0 && (p->target->extensions & ISA_EXTENSION_BIT(ISA_EXT_C));
  if (compressed && size > SHORT_STEP && entry_bytes(p, SHORT_STEP) + LEAST_GAIN <= entry_bytes(p, p->first))
    p->first = SHORT_STEP;
}

static void emit_prologue(Frame *p) {
  int64_t size = (int64_t)p->size, first = p->first;
  if (!size)
    return;
  p->marks = MIR_PROLOGUE;
  move_stack(p, -first);
  move_saved(p, true, REG_SP, first - (int64_t)p->argument_save);
  if (p->f->frame_pointer)
    emit(p, ISA_ADDI, mir_reg(REG_S0), mir_reg(REG_SP), mir_imm(first));
  if (size > first)
    move_stack(p, first - size);
  if (p->alignment > STACK_ALIGNMENT && p->alignment <= 2048) {
    emit(p, ISA_ANDI, mir_reg(REG_SP), mir_reg(REG_SP), mir_imm(-(int64_t)p->alignment));
  } else if (p->alignment > 2048) {
    unsigned bits = (unsigned)__builtin_ctzll(p->alignment);
    emit(p, ISA_SRLI, mir_reg(REG_SP), mir_reg(REG_SP), mir_imm(bits));
    emit(p, ISA_SLLI, mir_reg(REG_SP), mir_reg(REG_SP), mir_imm(bits));
  }
  p->marks = 0;
  move_saved_vectors(p, false);
}

static void emit_epilogue(Frame *p) {
  int64_t size = (int64_t)p->size, first = p->first;
  if (!size)
    return;
  move_saved_vectors(p, true);
  p->marks = MIR_EPILOGUE;
  if (p->f->frame_pointer)
    emit(p, ISA_ADDI, mir_reg(REG_SP), mir_reg(REG_S0), mir_imm(-first));
  else if (size > first)
    move_stack(p, size - first);
  move_saved(p, false, REG_SP, first - (int64_t)p->argument_save);
  move_stack(p, first);
  p->marks = 0;
}

// --- rewriting
// ----------------------------------------------------------------------------------------------

static void emit_copy(Frame *p, Reg to, Reg from, bool wide) {
  if (to < MIR_FIRST_FPR && from < MIR_FIRST_FPR)
    emit(p, ISA_ADDI, mir_reg(to), mir_reg(from), mir_imm(0));
  else
    emit(p, wide ? ISA_FSGNJ_D : ISA_FSGNJ_S, mir_reg(to), mir_reg(from), mir_reg(from));
}

static unsigned access_op(bool load, bool floating, unsigned bits) {
  if (floating)
    return bits == 64   ? (load ? ISA_FLD : ISA_FSD)
           : bits == 32 ? (load ? ISA_FLW : ISA_FSW)
           : load       ? ISA_FLH
                        : ISA_FSH;
  return load ? ISA_LD : ISA_SD;
}

static void lower_incoming(Frame *p, const MirOperand *o) {
  bool floating = o[2].value & 256;
  unsigned op = access_op(true, floating, (unsigned)o[2].value & 255);
  if (p->f->frame_pointer)
    emit_access(p, op, (Reg)o[0].value, REG_S0, o[1].value);
  else
    emit_access(p, op, (Reg)o[0].value, REG_SP, (int64_t)p->size + o[1].value);
}

static void lower_insn(Frame *p, MirInsn insn) {
  Function *f = p->f;
  f->place = insn.place;
  MirOperand o[3] = {0};
  for (uint32_t i = 0; i < insn.count && i < 3; i++)
    o[i] = mir_operands(f, &insn)[i];
  Reg reg = (Reg)o[0].value;
  switch (insn.op) {
  case MIR_COPY:
    if (reg >= MIR_FIRST_VR)
      copy_group(p, reg, (Reg)o[1].value, insn.flags >= MIR_SIZE ? insn.flags / MIR_SIZE : 1);
    else
      emit_copy(p, reg, (Reg)o[1].value, true);
    break;
  case MIR_LI:
    emit_constant(p, reg, o[1].kind == MIR_WIDE ? f->wide.data[o[1].value] : o[1].value);
    break;
  case MIR_LSLOT:
    emit_address(p, reg, slot_base(p, o[1]), slot_offset(p, o[1]));
    break;
  case MIR_SPILL:
  case MIR_RELOAD:
    if (reg >= MIR_FIRST_VR)
      move_group(p, insn.op == MIR_RELOAD, reg, insn.flags / MIR_SIZE, slot_base(p, o[1]),
                 slot_offset(p, o[1]), f->spill_address);
    else
      emit_access(p, access_op(insn.op == MIR_RELOAD, reg >= MIR_FIRST_FPR, 64), reg, slot_base(p, o[1]),
                  slot_offset(p, o[1]));
    break;
  case MIR_INCOMING:
    lower_incoming(p, o);
    break;
  case MIR_STACKALLOC: // above what calls and borrowed registers use at the bottom
    emit(p, ISA_SUB, mir_reg(REG_SP), mir_reg(REG_SP), o[1]);
    emit_address(p, reg, REG_SP, (int64_t)align_up((uint64_t)p->emergency + SAVE_BYTES, STACK_ALIGNMENT));
    break;
  case MIR_RET:
  case MIR_TAIL:
  case MIR_TAILR:
    emit_epilogue(p);
    mir_push(f, p->block, insn);
    break;
  default:
    p->marks = insn.marks & MIR_VOLATILE;
    if (insn.count == 3 && o[1].kind == MIR_SLOT)
      emit_access(p, insn.op, reg, slot_base(p, o[1]), slot_offset(p, o[1]));
    else
      mir_push(f, p->block, insn);
    p->marks = 0;
  }
}

// Names of debug information go over to what the instruction becomes.
static void lower_placed(Frame *p, MirInsn insn) {
  uint32_t before = p->f->mblocks.data[p->block].count;
  lower_insn(p, insn);
  if (p->f->debug)
    debug_note_lowered(p->f, &insn, p->block, before);
}

bool lower_frame(Target *target, Function *f) {
  Frame p = {.target = target, .f = f};
  find_saved(&p);
  find_argument_save(&p);
  if (uses_slots(f) || p.saved_count || f->frame_pointer)
    lay_out_slots(&p);
  find_first_step(&p);
  f->frame_size = p.size;
  for (size_t k = 0; k < f->layout.count; k++) {
    p.block = f->layout.data[k];
    MirBlock old = f->mblocks.data[p.block];
    f->mblocks.data[p.block].insns = NULL;
    f->mblocks.data[p.block].count = f->mblocks.data[p.block].capacity = 0;
    if (k == 0)
      emit_prologue(&p);
    for (uint32_t i = 0; i < old.count; i++)
      lower_placed(&p, old.insns[i]);
  }
  f->place = 0;
  validate_vtype(f);
  return true;
}
