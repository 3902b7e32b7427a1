// Decoding: instruction words to blocks of SimInsn, each with its handler.
#include "sim/internal.h"

// Decoded instructions kept before all are thrown away: blocks that take each other's place in the table are
// decoded anew each time.
enum { KEPT_LIMIT = 1 << 20 };

static const SimInsn *run_head(Hart *hart, const SimInsn *insn) {
  hart->budget -= insn->left;
  if (__builtin_expect(hart->budget < 0, 0)) {
    hart->budget += insn->left;
    hart->pc = insn->pc;
    hart->link = NULL;
    return NULL;
  }
  return insn + 1;
}

static const SimInsn *run_end(Hart *hart, const SimInsn *insn) {
  if (__builtin_expect(insn->target != NULL, 1))
    return insn->target;
  hart->pc = insn->pc;
  hart->link = (SimInsn *)insn;
  return NULL;
}

// What has no handler of its own for going on.
static const SimInsn *go_any(Hart *hart, const SimInsn *insn) {
  const SimInsn *next = insn->run(hart, insn);
  if (__builtin_expect(!next, 0))
    return NULL;
  SIM_GO_ON(hart, next);
}

static const SimInsn *go_head(Hart *hart, const SimInsn *insn) {
  hart->budget -= insn->left;
  if (__builtin_expect(hart->budget < 0, 0)) {
    hart->budget += insn->left;
    hart->pc = insn->pc;
    hart->link = NULL;
    return NULL;
  }
  SIM_GO_ON(hart, insn + 1);
}

static const SimInsn *go_end(Hart *hart, const SimInsn *insn) {
  const SimInsn *next = insn->target;
  if (__builtin_expect(next != NULL, 1))
    SIM_GO_ON(hart, next);
  hart->pc = insn->pc;
  hart->link = (SimInsn *)insn;
  return NULL;
}

static const SimInsn *run_illegal(Hart *hart, const SimInsn *insn) {
  return sim_illegal(hart, insn);
}

static const SimInsn *run_fetch_fault(Hart *hart, const SimInsn *insn) {
  return sim_trap(hart, insn, SIM_CAUSE_FETCH_ACCESS, (uint64_t)insn->imm);
}

static void place_operand(SimInsn *insn, IsaOperandKind kind, int64_t value) {
  switch (isa_operand(kind)->operand_class) {
  case ISA_CLASS_GPR:
  case ISA_CLASS_FPR:
  case ISA_CLASS_VR:
  case ISA_CLASS_ACC: {
    uint8_t number = (uint8_t)value;
    switch (isa_operand(kind)->pieces[0].at) {
    case 7:
      insn->rd = kind == ISA_OPERAND_RD && number == 0 ? SIM_X_DISCARD : number;
      break;
    case 15:
      insn->rs1 = number;
      break;
    case 20:
      insn->rs2 = number;
      break;
    default:
      insn->rs3 = number;
      break;
    }
    break;
  }
  case ISA_CLASS_UPPER:
    insn->imm = (int32_t)((uint32_t)value << 12);
    break;
  case ISA_CLASS_SIGNED:
  case ISA_CLASS_PCREL:
  case ISA_CLASS_CSR:
  case ISA_CLASS_VTYPE:
  case ISA_CLASS_LOG2:
  case ISA_CLASS_FLOAT_CONSTANT:
    insn->imm = value;
    break;
  case ISA_CLASS_UNSIGNED:
    if (kind == ISA_OPERAND_ZIMM5)
      insn->rs1 = (uint8_t)value;
    else if (kind == ISA_OPERAND_DW_QUAD)
      insn->quad = (uint8_t)value;
    else if (kind == ISA_OPERAND_DW_INDEX)
      insn->index = (uint8_t)value;
    else
      insn->imm = value;
    break;
  case ISA_CLASS_STEP:
    insn->step = (uint8_t)value;
    break;
  case ISA_CLASS_ROUNDING:
    insn->rounding = (uint8_t)value;
    break;
  case ISA_CLASS_MASK:
    insn->masked = value == 0;
    break;
  case ISA_CLASS_SHAPE:
    insn->rows = (uint8_t)(1U << (value >> 2));
    insn->columns = (uint8_t)(1U << (value & 3));
    break;
  case ISA_CLASS_OVERWRITE:
    insn->overwrite = value != 0;
    break;
  case ISA_CLASS_FENCE: // every fence is a full one here
  case ISA_CLASS_ORDERING:
  case ISA_CLASS_GPR8: // expanded away
  case ISA_CLASS_FPR8:
    break;
  }
}

// The vector instructions with floating-point operands: OP-V's categories OPFVV and OPFVF.
static bool is_vector_float(const SimInsn *insn) {
  unsigned category = insn->word >> 12 & 7;
  return (insn->word & 0x7f) == 0x57 && (category == 1 || category == 5);
}

static SimHandler bind(const Hart *hart, SimInsn *insn) {
  SimHandler handler = sim_bind_integer(insn);
  if (handler)
    return handler;
  handler = sim_bind_float(insn);
  if (handler)
    return sim_float_enabled(hart) ? handler : run_illegal;
  handler = sim_bind_vector(insn);
  if (handler && is_vector_float(insn) && !sim_float_enabled(hart))
    return run_illegal;
  if (handler)
    return sim_vector_enabled(hart) ? handler : run_illegal;
  handler = sim_bind_tile(insn);
  if (handler)
    return sim_vector_enabled(hart) ? handler : run_illegal;
  handler = sim_bind_dma(insn);
  return handler ? handler : run_illegal;
}

static bool ends_block(IsaOp op) {
  const IsaInsnInfo *info = isa_insn(op);
  return (info->flags & (ISA_BRANCH | ISA_JUMP)) || info->sched == ISA_SCHED_SYSTEM;
}

// Reads the word at `pc`. Returns its length, or 0 where nothing can be fetched: *fault is then the address.
static unsigned fetch(const SimMemory *memory, uint64_t pc, uint32_t *word, uint64_t *fault) {
  uint16_t half = 0;
  const uint8_t *bytes = sim_memory_at(memory, pc, sizeof half);
  *fault = pc;
  if (!bytes)
    return 0;
  memcpy(&half, bytes, sizeof half);
  *word = half;
  if (isa_length(half) == 2)
    return 2;
  *fault = pc + 2;
  bytes = sim_memory_at(memory, pc + 2, sizeof half);
  if (!bytes)
    return 0;
  memcpy(&half, bytes, sizeof half);
  *word |= (uint32_t)half << 16;
  return 4;
}

// Decodes the instruction at insn->pc; returns whether it ends its block.
static bool decode(const Sim *sim, SimInsn *insn) {
  uint64_t fault;
  unsigned length = fetch(&sim->hart.memory, insn->pc, &insn->word, &fault);
  insn->op = ISA_INVALID;
  insn->go = go_any;
  insn->length = (uint8_t)(length ? length : 2);
  if (length == 0) {
    insn->run = run_fetch_fault;
    insn->imm = (int64_t)fault;
    return true;
  }
  IsaOp op = isa_decode(&sim->decoder, insn->word);
  if (op == ISA_INVALID) {
    insn->run = run_illegal;
    return true;
  }
  int64_t operands[ISA_MAX_OPERANDS] = {0};
  isa_extract_operands(op, insn->word, operands);
  op = isa_expand(op, operands);
  insn->op = (uint16_t)op;
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++)
    place_operand(insn, (IsaOperandKind)format->operands[i], operands[i]);
  insn->run = bind(&sim->hart, insn);
  if (!insn->go)
    insn->go = go_any;
  return insn->run == run_illegal || ends_block(op);
}

const SimInsn *sim_block(Sim *sim, uint64_t pc, uint32_t limit) {
  bool whole = limit >= SIM_BLOCK_LIMIT;
  SimJump *jump = &sim->hart.jumps[(pc >> 1) % SIM_JUMPS];
  if (whole && jump->insn && jump->pc == pc)
    return jump->insn;
  if (sim->decoded > KEPT_LIMIT)
    sim_flush_code(sim);
  SimInsn insns[SIM_BLOCK_LIMIT + 2];
  uint32_t count = 0;
  uint64_t at = pc;
  for (bool ended = false; !ended && count < (whole ? SIM_BLOCK_LIMIT : limit);) {
    SimInsn *insn = &insns[1 + count++];
    memset(insn, 0, sizeof *insn);
    insn->pc = at;
    ended = decode(sim, insn);
    at += insn->length;
  }
  SimInsn *head = &insns[0];
  memset(head, 0, sizeof *head);
  *head = (SimInsn){.run = run_head, .go = go_head, .pc = pc, .op = ISA_INVALID, .left = (uint16_t)count};
  insns[count + 1] = (SimInsn){.run = run_end, .go = go_end, .pc = at, .op = ISA_INVALID};
  for (uint32_t i = 1; i <= count; i++)
    insns[i].left = (uint16_t)(count + 1 - i);
  SimInsn *block = ARENA_ARRAY(&sim->code, SimInsn, count + 2);
  memcpy(block, insns, (count + 2) * sizeof *block);
  sim->decoded += count + 2;
  if (sim->timing)
    timing_prepare_block(sim->timing, block);
  if (whole)
    *jump = (SimJump){pc, block};
  return block;
}

void sim_flush_code(Sim *sim) {
  if (sim->timing)
    timing_blocks_forget(sim->timing);
  arena_free(&sim->code);
  sim->decoded = 0;
  memset(sim->hart.jumps, 0, SIM_JUMPS * sizeof *sim->hart.jumps);
  sim->hart.link = NULL;
  sim->hart.flush = false;
}

void sim_disassemble(const Sim *sim, uint64_t pc, Text *out) {
  uint32_t word = 0;
  uint64_t fault;
  unsigned length = fetch(&sim->hart.memory, pc, &word, &fault);
  IsaOp op = length ? isa_decode(&sim->decoder, word) : ISA_INVALID;
  if (op == ISA_INVALID) {
    if (length)
      text_format(out, length == 2 ? "0x%04x" : "0x%08x", word);
    else
      text_append_string(out, "(no memory)");
    return;
  }
  int64_t operands[ISA_MAX_OPERANDS] = {0};
  isa_extract_operands(op, word, operands);
  Text printed = {0};
  isa_print(&printed, op, operands, NULL);
  for (size_t i = 0; i < printed.count; i++)
    text_append_char(out, printed.data[i] == '\t' ? ' ' : printed.data[i]);
  text_free(&printed);
}
