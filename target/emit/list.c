// The instructions of a function in the order of its blocks, and how long each becomes.
#include "target/emit/code.h"

#include <assert.h>
#include <string.h>

static EmitInsn *append(Emitter *e, unsigned op) {
  EmitInsn insn = {.op = (uint16_t)op, .bytes = INSN_BYTES};
  VEC_PUSH(&e->insns, insn);
  return &VEC_LAST(&e->insns);
}

static void append_high(Emitter *e, Reg reg, uint32_t address) {
  e->high[reg] = (uint32_t)e->insns.count;
  EmitInsn *insn = append(e, ISA_AUIPC);
  insn->note = EMIT_HI;
  insn->address = address;
  insn->operands[0] = reg;
}

static void append_address(Emitter *e, Reg reg, uint32_t address) {
  append_high(e, reg, address);
  EmitInsn *insn = append(e, ISA_ADDI);
  insn->note = EMIT_LO;
  insn->target = e->high[reg];
  insn->operands[0] = insn->operands[1] = reg;
}

// A thread's own variable at a fixed distance from the thread pointer (psABI, "Local Exec").
static void append_thread_address(Emitter *e, Reg reg, uint32_t address) {
  static const struct {
    uint16_t op;
    uint8_t note;
  } steps[] = {{ISA_LUI, EMIT_TLS_HI}, {ISA_ADD, EMIT_TLS_ADD}, {ISA_ADDI, EMIT_TLS_LO}};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    EmitInsn *insn = append(e, steps[i].op);
    insn->note = steps[i].note;
    insn->address = address;
    insn->operands[0] = reg;
    insn->operands[1] = i ? reg : 0;
    insn->operands[2] = steps[i].op == ISA_ADD ? REG_TP : 0;
  }
}

// A number that is filled in later, or its sum with the place of the instruction.
static void append_number(Emitter *e, EmitNote note, Reg reg, uint32_t address) {
  EmitInsn *insn = append(e, note == EMIT_DISTANCE ? ISA_AUIPC : ISA_LUI);
  insn->note = (uint8_t)note;
  insn->address = address;
  insn->operands[0] = reg;
  insn = append(e, ISA_ADDI);
  insn->note = EMIT_FIXED;
  insn->operands[0] = insn->operands[1] = reg;
}

// Whether two addresses of the function's are the same: those of the parts of one are.
static bool same_address(const Emitter *e, uint32_t x, uint32_t y) {
  const MirAddress *a = &e->f->addresses.data[x], *b = &e->f->addresses.data[y];
  return a->symbol == b->symbol && a->addend == b->addend;
}

// The same in code that runs in the copy.
static void append_address_in_copy(Emitter *e, Reg reg, uint32_t address) {
  const MirAddress *a = &e->f->addresses.data[address];
  bool beside = a->symbol == e->f->frame || a->symbol == e->f->copy;
  if (beside && !e->here_both) {
    append_number(e, EMIT_DISTANCE, reg, address);
    return;
  }
  size_t number = 0;
  while (number < e->literals.count && !same_address(e, e->literals.data[number], address))
    number++;
  if (number == e->literals.count)
    VEC_PUSH(&e->literals, address);
  EmitInsn *insn = append(e, ISA_AUIPC);
  insn->note = EMIT_LITERAL;
  insn->operands[0] = reg;
  insn->address = (uint32_t)number;
  insn = append(e, ISA_LD);
  insn->note = EMIT_FIXED;
  insn->operands[0] = insn->operands[2] = reg;
}

static void append_move(Emitter *e, Reg address) {
  if (!e->moves)
    return;
  append(e, ISA_FENCE_I);
  EmitInsn *insn = append(e, ISA_JALR);
  insn->operands[2] = address;
  e->behind = (uint32_t)e->insns.count;
  e->here_moved = true;
  e->here_both = false;
  e->used |= ISA_EXTENSION_BIT(ISA_EXT_ZIFENCEI);
}

static void append_rest(Emitter *e, Reg transfer) {
  EmitInsn *insn = append(e, ISA_KD_WAIT);
  insn->operands[0] = transfer;
  e->used |= ISA_EXTENSION_BIT(isa_insn(ISA_KD_WAIT)->extension);
  if (!e->moves)
    return;
  append(e, ISA_FENCE_I);
  e->rest = (uint32_t)e->insns.count;
}

static void append_plain(Emitter *e, const MirInsn *mir) {
  const MirOperand *o = mir_operands(e->f, mir);
  EmitInsn *insn = append(e, mir->op);
  uint32_t count =
      isa_insn_format((IsaOp)mir->op)->operand_count; // the vtype of vector instructions is behind
  e->used |= ISA_EXTENSION_BIT(isa_insn((IsaOp)mir->op)->extension);
  for (uint32_t i = 0; i < count && i < mir->count; i++) {
    insn->operands[i] = o[i].kind == MIR_REG ? o[i].value % 32 : o[i].value;
    if (o[i].kind == MIR_BLOCK) {
      insn->note = EMIT_BRANCH;
      insn->target = (uint32_t)o[i].value;
      insn->operands[i] = 0;
    }
    if (o[i].kind == MIR_SYMBOL) {
      insn->note = EMIT_LO;
      insn->target = e->high[o[2].value];
      insn->operands[i] = 0;
      assert(insn->target < e->insns.count &&
             same_address(e, e->insns.data[insn->target].address, (uint32_t)o[i].value));
    }
  }
}

static void append_near_branch(Emitter *e, Reg x, Reg y, int64_t distance) {
  EmitInsn *insn = append(e, ISA_BNE);
  insn->note = EMIT_NEAR;
  insn->operands[0] = x;
  insn->operands[1] = y;
  insn->operands[2] = distance;
}

// Load reserved, leave unless it is what was expected, store conditionally, again if that failed (RISC-V ISA
// manual, "Zalrsc").
static void append_compare_exchange(Emitter *e, const MirOperand *o) {
  bool wide = (o[5].value & 255) == 64;
  int ordering = o[5].value >> 8;
  EmitInsn *insn = append(e, wide ? ISA_LR_D : ISA_LR_W);
  insn->operands[0] = o[0].value;
  insn->operands[1] = o[2].value;
  insn->operands[2] =
      ordering & IR_ACQUIRE ? (ordering & IR_RELEASE ? IR_ACQUIRE_RELEASE : IR_ACQUIRE) : IR_RELAXED;
  append_near_branch(e, (Reg)o[0].value, (Reg)o[3].value, 3 * INSN_BYTES);
  insn = append(e, wide ? ISA_SC_D : ISA_SC_W);
  insn->operands[0] = o[1].value;
  insn->operands[1] = o[4].value;
  insn->operands[2] = o[2].value;
  insn->operands[3] = ordering & IR_RELEASE;
  append_near_branch(e, (Reg)o[1].value, REG_ZERO, -3 * INSN_BYTES);
}

static void append_call(Emitter *e, const MirOperand *o, Reg link, Reg scratch) {
  EmitInsn *insn = append(e, ISA_AUIPC);
  insn->note = EMIT_CALL;
  insn->address = (uint32_t)o[0].value;
  insn->operands[0] = scratch;
  insn = append(e, ISA_JALR);
  insn->note = EMIT_LINKED;
  insn->operands[0] = link;
  insn->operands[2] = scratch;
}

static void append_insn(Emitter *e, const MirInsn *mir) {
  const MirOperand *o = mir_operands(e->f, mir);
  EmitInsn *insn = NULL;
  switch (mir->op) {
  case MIR_CALL:
    append_call(e, o, REG_RA, REG_RA);
    break;
  case MIR_TAIL:
    append_call(e, o, REG_ZERO, REG_T1);
    break;
  case MIR_TAILR:
    insn = append(e, ISA_JALR);
    insn->operands[2] = o[0].value;
    break;
  case MIR_JUMPTABLE:
    insn = append(e, ISA_JALR);
    insn->operands[2] = o[0].value;
    VEC_PUSH(&e->tables, mir);
    for (uint32_t i = 2; i < mir->count; i++)
      e->blocks[o[i].value].is_target = true;
    break;
  case MIR_CMPXCHG:
    append_compare_exchange(e, o);
    break;
  case MIR_CALLR:
    insn = append(e, ISA_JALR);
    insn->operands[0] = REG_RA;
    insn->operands[2] = o[0].value;
    break;
  case MIR_RET:
    insn = append(e, ISA_JALR);
    insn->operands[2] = REG_RA;
    break;
  case MIR_JUMP:
    insn = append(e, ISA_JAL);
    insn->note = EMIT_BRANCH;
    insn->target = (uint32_t)o[0].value;
    break;
  case MIR_LA:
    if (e->target->symbols.data[e->f->addresses.data[o[1].value].symbol].tls)
      append_thread_address(e, (Reg)o[0].value, (uint32_t)o[1].value);
    else if (e->here_moved)
      append_address_in_copy(e, (Reg)o[0].value, (uint32_t)o[1].value);
    else
      append_address(e, (Reg)o[0].value, (uint32_t)o[1].value);
    break;
  case MIR_CODESIZE:
    append_number(e, EMIT_SIZE, (Reg)o[0].value, 0);
    break;
  case MIR_CODEOFFSET:
    append_number(e, EMIT_BEHIND_MOVE, (Reg)o[0].value, 0);
    break;
  case MIR_MOVECODE:
    append_move(e, (Reg)o[0].value);
    break;
  case MIR_CODEFIRST:
    append_number(e, EMIT_FIRST, (Reg)o[0].value, 0);
    break;
  case MIR_CODEREST:
    append_rest(e, (Reg)o[0].value);
    break;
  case MIR_HIGH:
    append_high(e, (Reg)o[0].value, (uint32_t)o[1].value);
    break;
  case MIR_ASM:
    insn = append(e, ISA_ADDI);
    insn->note = EMIT_ASM;
    insn->address = (uint32_t)o[0].value;
    break;
  default:
    append_plain(e, mir);
  }
}

// The instruction's line, and whether it belongs to the frame, go to all that it becomes.
static void append_placed(Emitter *e, const MirInsn *mir) {
  size_t first = e->insns.count;
  if (e->f->debug)
    VEC_PUSH(&e->starts, (uint32_t)first);
  append_insn(e, mir);
  for (size_t i = first; i < e->insns.count; i++) {
    e->insns.data[i].place = mir->place;
    e->insns.data[i].frame = mir->marks & (MIR_PROLOGUE | MIR_EPILOGUE);
  }
}

static void set_number(EmitInsn *hi, int64_t value) {
  int64_t low = sign_extend(value, 12);
  hi->operands[1] = (value - low) >> 12 & 0xfffff;
  hi[1].operands[hi[1].op == ISA_LD ? 1 : 2] = low;
  hi->note = EMIT_FIXED;
}

// The function's memory and the copy are one section, so that their distance does not depend on its place.
static int64_t distance_in_copy(const Emitter *e, const EmitInsn *insn) {
  const MirAddress *a = &e->f->addresses.data[insn->address];
  int64_t copy = (int64_t)copy_offset(e->target, e->f);
  return a->addend + (a->symbol == e->f->copy ? copy : 0) - (copy + insn->offset);
}

// Bytes from the function's beginning to the end of what runs in the copy.
static uint32_t copied_bytes(const Emitter *e, uint32_t size) {
  const Function *f = e->f;
  uint32_t behind = size; // the offset of the block behind
  for (size_t k = f->layout.count; k-- > 0;) {
    uint32_t block = f->layout.data[k], first = e->blocks[block].first;
    if (e->copied.moved[block] || first <= e->behind)
      return behind;
    if (first < e->insns.count)
      behind = e->insns.data[first].offset;
  }
  return size;
}

uint32_t emit_bytes(const Emitter *e, uint32_t size) {
  return e->literals.count ? e->literals_at + (uint32_t)e->literals.count * LITERAL_BYTES : size;
}

// The same of what runs there before the rest has come.
static uint32_t first_bytes(const Emitter *e, uint32_t code, uint32_t size) {
  const Function *f = e->f;
  uint32_t first = 0, end = code; // the offset of the block behind
  for (size_t k = f->layout.count; k-- > 0;) {
    uint32_t block = f->layout.data[k], begin = e->blocks[block].first;
    uint32_t next =
        k + 1 < f->layout.count ? e->blocks[f->layout.data[k + 1]].first : (uint32_t)e->insns.count;
    bool here = begin <= e->behind && e->behind <= next; // the move is in it
    bool waits = begin < e->rest && e->rest <= next;
    uint32_t needed = waits && e->rest < e->insns.count ? e->insns.data[e->rest].offset : end;
    if ((here || e->copied.early[block]) && needed > first)
      first = needed;
    if (begin < e->insns.count)
      end = e->insns.data[begin].offset;
  }
  // Addresses behind the code come with the rest.
  for (size_t i = 0; i < e->insns.count && e->insns.data[i].offset < first; i++)
    if (e->insns.data[i].note == EMIT_LITERAL)
      return size;
  return first;
}

void emit_place_copy(Emitter *e, uint32_t end) {
  Function *f = e->f;
  if (!f->moves)
    return;
  e->literals_at = (end + INSN_BYTES - 1) / INSN_BYTES * INSN_BYTES;
  uint32_t size = e->literals.count ? emit_bytes(e, end) : e->moves ? copied_bytes(e, end) : 0;
  uint32_t first = e->moves && e->rest ? first_bytes(e, end, size) : size;
  first = first < size ? first : size;
  Symbol *copy = &e->target->symbols.data[f->copy];
  for (size_t i = 0; i + 1 < e->insns.count; i++) {
    EmitInsn *insn = &e->insns.data[i];
    if (insn->note == EMIT_SIZE)
      set_number(insn, size);
    else if (insn->note == EMIT_FIRST)
      set_number(insn, first);
    else if (insn->note == EMIT_BEHIND_MOVE)
      set_number(insn, e->moves ? e->insns.data[e->behind].offset : 0);
    else if (insn->note == EMIT_DISTANCE)
      set_number(insn, distance_in_copy(e, insn));
    else if (insn->note == EMIT_LITERAL)
      set_number(insn, (int64_t)e->literals_at + insn->address * LITERAL_BYTES - insn->offset);
  }
  copy->size = size;
}

void emit_list(Emitter *e) {
  Function *f = e->f;
  e->blocks = checked_malloc((f->mblocks.count + 1) * sizeof *e->blocks);
  memset(e->blocks, 0, (f->mblocks.count + 1) * sizeof *e->blocks);
  size_t expected = 0;
  for (size_t k = 0; k < f->layout.count; k++)
    expected += f->mblocks.data[f->layout.data[k]].count;
  VEC_RESERVE(&e->insns, expected + expected / 4);
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    const MirBlock *b = &f->mblocks.data[block];
    e->blocks[block].first = (uint32_t)e->insns.count;
    e->here_moved = e->moves && e->copied.moved[block];
    e->here_both = e->here_moved && e->copied.unmoved[block];
    for (uint32_t i = 0; i < b->count; i++)
      append_placed(e, &b->insns[i]);
  }
  for (size_t i = 0; i < e->insns.count; i++)
    if (e->insns.data[i].note == EMIT_BRANCH)
      e->blocks[e->insns.data[i].target].is_target = true;
}

bool emit_is_far(const EmitInsn *insn) {
  return insn->bytes > INSN_BYTES;
}

// What the linker or other instructions' distances rely on stays as long as it is. Branches begin short. Of
// what goes into an object the short form is kept; text is left as it is.
void emit_compress(Emitter *e) {
  bool object = e->program->object != NULL;
  for (size_t i = 0; i < e->insns.count; i++) {
    EmitInsn *insn = &e->insns.data[i];
    if (insn->note != EMIT_PLAIN && insn->note != EMIT_BRANCH)
      continue;
    int64_t compressed[ISA_MAX_OPERANDS];
    IsaOp op = isa_compress((IsaOp)insn->op, insn->operands, e->target->extensions, compressed);
    if (op == ISA_INVALID)
      continue;
    insn->bytes = SHORT_BYTES;
    if (!object || insn->note == EMIT_BRANCH)
      continue;
    insn->op = (uint16_t)op;
    for (unsigned o = 0; o < isa_insn_format(op)->operand_count; o++)
      insn->operands[o] = compressed[o];
  }
}

static uint32_t place_instructions(Emitter *e) {
  uint32_t at = 0;
  for (size_t i = 0; i < e->insns.count; i++) {
    e->insns.data[i].offset = at;
    const EmitInsn *insn = &e->insns.data[i];
    at += insn->note == EMIT_ASM ? asm_size_limit(e->f->asms.data[insn->address]) : insn->bytes;
  }
  return at;
}

int64_t emit_block_offset(const Emitter *e, uint32_t block, uint32_t end) {
  uint32_t first = e->blocks[block].first;
  return first < e->insns.count ? e->insns.data[first].offset : end;
}

// The bytes that a branch in its present form can go forward, and back.
static int64_t branch_reach(const EmitInsn *insn) {
  if (insn->bytes == SHORT_BYTES)
    return insn->op == ISA_JAL ? SHORT_JUMP_REACH : SHORT_BRANCH_REACH;
  return insn->op == ISA_JAL || emit_is_far(insn) ? JUMP_REACH - INSN_BYTES : BRANCH_REACH;
}

// Branches that do not reach get longer, and in the end are turned round and followed by a jump, until all
// reach. False: a jump does not.
bool emit_relax(Emitter *e, uint32_t *size) {
  for (bool changed = true; changed;) {
    changed = false;
    *size = place_instructions(e);
    for (size_t i = 0; i < e->insns.count; i++) {
      EmitInsn *insn = &e->insns.data[i];
      if (insn->note != EMIT_BRANCH)
        continue;
      int64_t distance = emit_block_offset(e, insn->target, *size) - insn->offset, reach = branch_reach(insn);
      if (distance >= -reach && distance < reach)
        continue;
      if (emit_is_far(insn) || (insn->op == ISA_JAL && insn->bytes == INSN_BYTES))
        return false;
      insn->bytes = insn->bytes == SHORT_BYTES ? INSN_BYTES : 2 * INSN_BYTES;
      changed = true;
    }
  }
  return true;
}
