// Final machine form to assembly text or to an object; both from the same list of instructions.
// Requires: lowered frame. Provides: code in the program.
#include "target/emit.h"

#include <string.h>

enum {
  R_CALL_PLT = 19,
  R_PCREL_HI20 = 23,
  R_PCREL_LO12_I = 24,
  R_PCREL_LO12_S = 25,
  R_TPREL_HI20 = 29,
  R_TPREL_LO12_I = 30,
  R_TPREL_ADD = 32,
  R_ADD32 = 35,
  R_SUB32 = 39
};
enum { INSN_BYTES = 4, BRANCH_REACH = 4096, JUMP_REACH = 1 << 20 };
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
  // part before the move, and in the copy from here to what is beside it in the scratchpad.
  EMIT_SIZE,
  EMIT_BEHIND_MOVE,
  EMIT_DISTANCE,
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
  bool *moved;             // by block: it runs there
  bool here_moved;         // what is listed now does
  IsaExtensions used;      // by the function
} Emitter;

// Extensions that a program names only when it uses them, so that programs without vectors run on machines
// and pass tools that have none.
static const IsaExtensions optional_extensions =
    ISA_EXTENSION_BIT(ISA_EXT_V) | ISA_EXTENSION_BIT(ISA_EXT_ZVFH) | ISA_EXTENSION_BIT(ISA_EXT_ZVFBFMIN) |
    ISA_EXTENSION_BIT(ISA_EXT_ZVFBFWMA) | ISA_EXTENSION_BIT(ISA_EXT_XKILNTILE) |
    ISA_EXTENSION_BIT(ISA_EXT_XKILNDMA);

Program *program_new(Target *target) {
  Program *p = checked_malloc(sizeof *p);
  memset(p, 0, sizeof *p);
  p->extensions = target->extensions & ~optional_extensions;
  if (target->options->file_type == TARGET_OBJECT && !target->has_assembly) {
    p->object = object_new(target->machine, p->extensions);
  } else {
    Text arch = {0};
    isa_arch_format(&arch, p->extensions);
    bool short_forms = target->extensions & ISA_EXTENSION_BIT(ISA_EXT_C);
    text_format(&p->text, "\t.option\t%s\n\t.attribute\t5, \"%s\"\n", short_forms ? "rvc" : "norvc",
                text_string(&arch));
    text_free(&arch);
    if (target->module_assembly)
      text_append_string(&p->text, target->module_assembly);
  }
  return p;
}

// What stands before all code.
void program_start(Target *target) {
  emit_debug_start(target);
}

void program_free(Program *p) {
  if (p->object)
    object_free(p->object);
  free(p->symbols);
  VEC_FREE(&p->grouped);
  VEC_FREE(&p->spans);
  VEC_FREE(&p->files);
  text_free(&p->text);
  free(p);
}

// --- the list of instructions
// -------------------------------------------------------------------------------

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

static void append_move(Emitter *e, Reg address) {
  if (!e->moves)
    return;
  append(e, ISA_FENCE_I);
  EmitInsn *insn = append(e, ISA_JALR);
  insn->operands[2] = address;
  e->behind = (uint32_t)e->insns.count;
  e->here_moved = true;
  e->used |= ISA_EXTENSION_BIT(ISA_EXT_ZIFENCEI);
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
      append_number(e, EMIT_DISTANCE, (Reg)o[0].value, (uint32_t)o[1].value);
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
  append_insn(e, mir);
  for (size_t i = first; i < e->insns.count; i++) {
    e->insns.data[i].place = mir->place;
    e->insns.data[i].frame = mir->marks & (MIR_PROLOGUE | MIR_EPILOGUE);
  }
}

static void set_number(EmitInsn *hi, int64_t value) {
  int64_t low = sign_extend(value, 12);
  hi->operands[1] = (value - low) >> 12 & 0xfffff;
  hi[1].operands[2] = low;
  hi->note = EMIT_FIXED;
}

// The function's memory and the copy are one section, so that their distance does not depend on its place.
static int64_t distance_in_copy(const Emitter *e, const EmitInsn *insn) {
  const MirAddress *a = &e->f->addresses.data[insn->address];
  int64_t copy = (int64_t)copy_offset(e->target, e->f);
  return a->addend + (a->symbol == e->f->copy ? copy : 0) - (copy + insn->offset);
}

// Gives the copy its memory, and fills in what was not known. Code that does not move has none.
static void place_copy(Emitter *e, uint32_t size) {
  Function *f = e->f;
  if (!f->moves)
    return;
  Symbol *copy = &e->target->symbols.data[f->copy];
  for (size_t i = 0; i + 1 < e->insns.count; i++) {
    EmitInsn *insn = &e->insns.data[i];
    if (insn->note == EMIT_SIZE)
      set_number(insn, e->moves ? size : 0);
    else if (insn->note == EMIT_BEHIND_MOVE)
      set_number(insn, e->moves ? e->insns.data[e->behind].offset : 0);
    else if (insn->note == EMIT_DISTANCE)
      set_number(insn, distance_in_copy(e, insn));
  }
  copy->size = e->moves ? size : 0;
}

static void list_instructions(Emitter *e) {
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
    e->here_moved = e->moves && e->moved[block];
    for (uint32_t i = 0; i < b->count; i++)
      append_placed(e, &b->insns[i]);
  }
  for (size_t i = 0; i < e->insns.count; i++)
    if (e->insns.data[i].note == EMIT_BRANCH)
      e->blocks[e->insns.data[i].target].is_target = true;
}

static bool is_far(const EmitInsn *insn) {
  return insn->bytes > INSN_BYTES;
}

// What the linker or other instructions' distances rely on stays as long as it is. Branches begin short. Of
// what goes into an object the short form is kept; text is left as it is.
static void compress(Emitter *e) {
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

static int64_t block_offset(const Emitter *e, uint32_t block, uint32_t end) {
  uint32_t first = e->blocks[block].first;
  return first < e->insns.count ? e->insns.data[first].offset : end;
}

// The bytes that a branch in its present form can go forward, and back.
static int64_t branch_reach(const EmitInsn *insn) {
  if (insn->bytes == SHORT_BYTES)
    return insn->op == ISA_JAL ? SHORT_JUMP_REACH : SHORT_BRANCH_REACH;
  return insn->op == ISA_JAL || is_far(insn) ? JUMP_REACH - INSN_BYTES : BRANCH_REACH;
}

// Branches that do not reach get longer, and in the end are turned round and followed by a jump, until all
// reach. False: a jump does not.
static bool relax(Emitter *e, uint32_t *size) {
  for (bool changed = true; changed;) {
    changed = false;
    *size = place_instructions(e);
    for (size_t i = 0; i < e->insns.count; i++) {
      EmitInsn *insn = &e->insns.data[i];
      if (insn->note != EMIT_BRANCH)
        continue;
      int64_t distance = block_offset(e, insn->target, *size) - insn->offset, reach = branch_reach(insn);
      if (distance >= -reach && distance < reach)
        continue;
      if (is_far(insn) || (insn->op == ISA_JAL && insn->bytes == INSN_BYTES))
        return false;
      insn->bytes = insn->bytes == SHORT_BYTES ? INSN_BYTES : 2 * INSN_BYTES;
      changed = true;
    }
  }
  return true;
}

// --- text
// ---------------------------------------------------------------------------------------------------

void text_section(Program *p, const char *directive) {
  if (p->section && strcmp(p->section, directive) == 0)
    return;
  p->section = directive;
  text_format(&p->text, "\t%s\n", directive);
}

static bool plain_name(const char *name) {
  for (const char *c = name; *c; c++)
    if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$", *c))
      return false;
  return *name && !(*name >= '0' && *name <= '9');
}

void print_name(Text *out, const char *name) {
  if (plain_name(name)) {
    text_append_string(out, name);
    return;
  }
  text_append_char(out, '"');
  for (; *name; name++) {
    if (*name == '"' || *name == '\\')
      text_append_char(out, '\\');
    text_append_char(out, *name);
  }
  text_append_char(out, '"');
}

void print_symbol(Text *out, const Target *target, const MirAddress *a) {
  print_name(out, target->symbols.data[a->symbol].name);
  if (a->addend)
    text_format(out, "%+lld", (long long)a->addend);
}

typedef struct PrintContext {
  Emitter *e;
  const EmitInsn *insn;
} PrintContext;

static bool print_special(void *context, Text *out, IsaOp op, IsaOperandKind kind, int64_t value) {
  PrintContext *c = context;
  const Emitter *e = c->e;
  (void)op;
  IsaOperandClass class = isa_operand(kind)->operand_class;
  if (c->insn->note == EMIT_BRANCH && class == ISA_CLASS_PCREL) {
    text_format(out, ".LBB%u_%u", e->program->functions, c->insn->target);
    return true;
  }
  if (c->insn->note == EMIT_NEAR && class == ISA_CLASS_PCREL) {
    text_format(out, ".%+lld", (long long)value);
    return true;
  }
  if (c->insn->note == EMIT_HI && class == ISA_CLASS_UPPER) {
    text_append_string(out, "%pcrel_hi(");
    print_symbol(out, e->target, &e->f->addresses.data[c->insn->address]);
    text_append_char(out, ')');
    return true;
  }
  if (c->insn->note == EMIT_LO && class == ISA_CLASS_SIGNED) {
    text_format(out, "%%pcrel_lo(.Lpcrel_hi%u)", e->hi_label[c->insn->target]);
    return true;
  }
  return false;
}

static void print_thread_address(Emitter *e, const EmitInsn *insn) {
  static const char *const notes[] = {"%tprel_hi(", "%tprel_add(", "%tprel_lo("};
  Text *out = &e->program->text;
  const char *reg = isa_register_name(ISA_CLASS_GPR, (unsigned)insn->operands[0]);
  text_format(out, "\t%s\t%s, ", isa_insn((IsaOp)insn->op)->mnemonic, reg);
  if (insn->note != EMIT_TLS_HI)
    text_format(out, "%s, %s", reg, insn->note == EMIT_TLS_ADD ? "tp, " : "");
  text_append_string(out, notes[insn->note - EMIT_TLS_HI]);
  print_symbol(out, e->target, &e->f->addresses.data[insn->address]);
  text_append_string(out, ")\n");
}

static void print_insn(Emitter *e, const EmitInsn *insn) {
  if (insn->note >= EMIT_TLS_HI && insn->note <= EMIT_TLS_LO) {
    print_thread_address(e, insn);
    return;
  }
  if (insn->note == EMIT_ASM) {
    print_asm(&e->program->text, e->target, e->f->asms.data[insn->address], e->program->assemblies++);
    return;
  }
  PrintContext context = {e, insn};
  // The linker sets the operand: what an alias would make of its 0 ("mv") is not what is meant.
  IsaPrinter printer = {.no_aliases = insn->note == EMIT_LO,
                        .print_operand = print_special,
                        .context = &context,
                        .decimal = true};
  text_append_char(&e->program->text, '\t');
  isa_print(&e->program->text, (IsaOp)insn->op, insn->operands, &printer);
  text_append_char(&e->program->text, '\n');
}

// Around what has to be as long as the distances in it say.
static const char fixed_begin[] = "\t.option\tpush\n\t.option\tnorvc\n", fixed_end[] = "\t.option\tpop\n";

static void print_far_branch(Emitter *e, const EmitInsn *insn) {
  EmitInsn around = *insn;
  around.op = (uint16_t)isa_opposite_branch((IsaOp)insn->op);
  around.note = EMIT_PLAIN;
  IsaPrinter printer = {.decimal = true};
  Text line = {0};
  around.operands[2] = 2 * INSN_BYTES;
  isa_print(&line, (IsaOp)around.op, around.operands, &printer);
  // The distance is written relative to the instruction.
  char *last = strrchr(text_string(&line), ' ');
  size_t keep = (size_t)(last - line.data) + 1;
  text_append_string(&e->program->text, fixed_begin);
  text_format(&e->program->text, "\t%.*s.+%d\n", (int)keep, line.data, 2 * INSN_BYTES);
  text_format(&e->program->text, "\tj\t.LBB%u_%u\n", e->program->functions, insn->target);
  text_append_string(&e->program->text, fixed_end);
  text_free(&line);
}

static void print_code(Emitter *e, uint32_t size) {
  Text *out = &e->program->text;
  Function *f = e->f;
  uint32_t at = 0;
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    uint32_t end =
        k + 1 < f->layout.count ? e->blocks[f->layout.data[k + 1]].first : (uint32_t)e->insns.count;
    emit_nest_boundary(e->target, f, block, (uint32_t)block_offset(e, block, size));
    if (e->blocks[block].is_target)
      text_format(out, ".LBB%u_%u:\n", e->program->functions, block);
    for (; at < end; at++) {
      const EmitInsn *insn = &e->insns.data[at];
      if (e->target->debug)
        emit_debug_line(e->target, f, insn->frame == MIR_PROLOGUE ? 0 : insn->place);
      if (insn->note == EMIT_HI) {
        e->hi_label[at] = e->program->labels++;
        text_format(out, ".Lpcrel_hi%u:\n", e->hi_label[at]);
      }
      if (insn->note == EMIT_CALL) {
        text_append_string(out, insn->operands[0] == REG_RA ? "\tcall\t" : "\ttail\t");
        print_symbol(out, e->target, &f->addresses.data[insn->address]);
        text_append_char(out, '\n');
        at++; // the jalr is part of it
      } else if (is_far(insn)) {
        print_far_branch(e, insn);
      } else if (insn->note == EMIT_FIXED || (insn->note == EMIT_NEAR && insn->operands[1] == REG_ZERO)) {
        text_append_string(out, fixed_begin);
        print_insn(e, insn);
        text_append_string(out, fixed_end);
      } else {
        print_insn(e, insn);
      }
      if ((e->target->debug || f->unwinds) && insn->frame)
        emit_debug_frame(e->target, f, &(EmitFrame){insn->op, insn->operands, insn->frame == MIR_EPILOGUE});
    }
    emit_debug_end_block(e->target);
  }
  emit_nest_boundary(e->target, f, IR_NONE, size);
}

void print_attributes(Program *p, const Symbol *symbol) {
  Text *out = &p->text;
  static const char *const visibilities[] = {NULL, "hidden", "protected"};
  if (symbol->linkage != LINKAGE_LOCAL) {
    text_append_string(out, symbol->linkage == LINKAGE_WEAK ? "\t.weak\t" : "\t.globl\t");
    print_name(out, symbol->name);
    text_append_char(out, '\n');
  }
  if (visibilities[symbol->visibility]) {
    text_format(out, "\t.%s\t", visibilities[symbol->visibility]);
    print_name(out, symbol->name);
    text_append_char(out, '\n');
  }
}

void print_type(Program *p, const Symbol *symbol) {
  text_append_string(&p->text, "\t.type\t");
  print_name(&p->text, symbol->name);
  text_append_string(&p->text, symbol->function ? ", @function\n"
                               : symbol->tls    ? ", @tls_object\n"
                                                : ", @object\n");
}

const char *section_directive(Target *target, const SectionPlace *place) {
  uint64_t flags = place->flags;
  const char *type = place->type == SHT_NOBITS       ? "nobits"
                     : place->type == SHT_INIT_ARRAY ? "init_array"
                     : place->type == SHT_FINI_ARRAY ? "fini_array"
                     : place->type == SHT_NOTE       ? "note"
                                                     : "progbits";
  return arena_format(&target->arena, ".section\t%s,\"%s%s%s%s%s\",@%s%s%s%s", place->name,
                      flags & SHF_ALLOC ? "a" : "", flags & SHF_WRITE ? "w" : "",
                      flags & SHF_EXECINSTR ? "x" : "", flags & SHF_TLS ? "T" : "", place->group ? "G" : "",
                      type, place->group ? "," : "", place->group ? place->group : "",
                      place->group ? ",comdat" : "");
}

// Functions of a group have sections of their own, as all have that were asked for by -function-sections.
static SectionPlace code_place(const Emitter *e) {
  const Symbol *symbol = &e->target->symbols.data[e->f->symbol];
  SectionPlace place = {".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, symbol->group};
  if (symbol->section)
    place.name = symbol->section;
  else if (symbol->group || e->target->options->function_sections)
    place.name = arena_format(&e->target->arena, ".text.%s", symbol->name);
  return place;
}

static SectionPlace table_place(const Emitter *e) {
  const Symbol *symbol = &e->target->symbols.data[e->f->symbol];
  SectionPlace place = {".rodata", SHT_PROGBITS, SHF_ALLOC, symbol->group};
  if (symbol->group || e->target->options->function_sections)
    place.name = arena_format(&e->target->arena, ".rodata.%s", symbol->name);
  return place;
}

// Each entry is the distance of a block from the table.
static void print_tables(Emitter *e) {
  Text *out = &e->program->text;
  for (size_t t = 0; t < e->tables.count; t++) {
    const MirOperand *o = mir_operands(e->f, e->tables.data[t]);
    const char *table = e->target->symbols.data[e->f->addresses.data[o[1].value].symbol].name;
    SectionPlace place = table_place(e);
    text_section(e->program, section_directive(e->target, &place));
    text_format(out, "\t.p2align\t2\n%s:\n", table);
    for (uint32_t i = 2; i < e->tables.data[t]->count; i++)
      text_format(out, "\t.word\t.LBB%u_%d-%s\n", e->program->functions, o[i].value, table);
  }
}

static void print_extensions(Emitter *e) {
  IsaExtensions more = e->used & optional_extensions;
  if (!more)
    return;
  text_append_string(&e->program->text, "\t.option\tpush\n\t.option\tarch");
  for (unsigned i = 0; i < ISA_EXTENSION_COUNT; i++)
    if (more & ISA_EXTENSION_BIT(i))
      text_format(&e->program->text, ", +%s", isa_extension_name((IsaExtension)i));
  text_append_char(&e->program->text, '\n');
  if (e->moves) // its numbers of bytes must stay true
    text_append_string(&e->program->text, "\t.option\tnorelax\n");
}

static void print_function(Emitter *e, uint64_t alignment, uint32_t size) {
  Program *p = e->program;
  const Symbol *symbol = &e->target->symbols.data[e->f->symbol];
  SectionPlace place = code_place(e);
  text_section(p, strcmp(place.name, ".text") == 0 ? ".text" : section_directive(e->target, &place));
  text_format(&p->text, "\t.p2align\t%d\n", __builtin_ctzll(alignment));
  print_attributes(p, symbol);
  print_type(p, symbol);
  print_name(&p->text, symbol->name);
  text_append_string(&p->text, ":\n");
  print_extensions(e);
  emit_debug_begin_function(e->target, e->f);
  print_code(e, size);
  emit_debug_end_function(e->target, e->f);
  if (e->used & optional_extensions)
    text_append_string(&p->text, "\t.option\tpop\n");
  text_append_string(&p->text, "\t.size\t");
  print_name(&p->text, symbol->name);
  text_append_string(&p->text, ", .-");
  print_name(&p->text, symbol->name);
  text_append_char(&p->text, '\n');
  print_tables(e);
  emit_nests(e->target, e->f, &(NestCode){.copied = e->moves});
}

// --- objects
// ------------------------------------------------------------------------------------------------

static bool is_private(const char *name) {
  return name[0] == '.' && name[1] == 'L';
}

ObjectSection section_in_object(Target *target, const SectionPlace *place) {
  Program *p = target->program;
  if (!place->group)
    return object_section(p->object, place->name, place->type, place->flags, 0);
  ObjectGroup group = 0;
  for (size_t i = 0; i < p->grouped.count; i++) {
    const GroupSection *g = &p->grouped.data[i];
    if (strcmp(g->signature, place->group) != 0)
      continue;
    group = g->group;
    if (strcmp(g->name, place->name) == 0)
      return g->section;
  }
  if (!group) {
    SymbolId id = target_symbol(target, place->group);
    ObjectSymbol signature = symbol_in_object(target, id);
    group = object_group(p->object, signature, true);
    if (!target->symbols.data[id].defined)
      object_define_signature(p->object, signature, group);
  }
  GroupSection made = {place->name, place->group, group,
                       object_section_new(p->object, place->name, place->type, place->flags, 0)};
  object_section_join(p->object, made.section, group);
  VEC_PUSH(&p->grouped, made);
  return made.section;
}

ObjectSymbol symbol_in_object(Target *target, SymbolId id) {
  Program *p = target->program;
  if (id >= p->symbol_capacity) {
    uint32_t capacity = (uint32_t)target->symbols.count + 64;
    p->symbols = checked_realloc(p->symbols, capacity * sizeof *p->symbols);
    memset(p->symbols + p->symbol_capacity, 0, (capacity - p->symbol_capacity) * sizeof *p->symbols);
    p->symbol_capacity = capacity;
  }
  const Symbol *symbol = &target->symbols.data[id];
  if (p->symbols[id].made)
    return p->symbols[id].symbol;
  ObjectSymbol made = is_private(symbol->name) ? object_local_symbol(p->object, symbol->name)
                                               : object_symbol(p->object, symbol->name);
  if (symbol->tls)
    object_set_type(p->object, made, SYMBOL_TLS);
  if (!is_private(symbol->name))
    object_set_binding(p->object, made,
                       symbol->linkage == LINKAGE_WEAK                       ? SYMBOL_WEAK
                       : symbol->linkage == LINKAGE_LOCAL && symbol->defined ? SYMBOL_LOCAL
                                                                             : SYMBOL_GLOBAL);
  if (symbol->visibility != VISIBILITY_DEFAULT)
    object_set_visibility(p->object, made,
                          symbol->visibility == VISIBILITY_HIDDEN ? SYMBOL_HIDDEN : SYMBOL_PROTECTED);
  p->symbols[id].made = true;
  p->symbols[id].symbol = made;
  return made;
}

// Defines a symbol at the end of a section; aliases look it up here.
ObjectSymbol define_here(Target *target, SymbolId id, ObjectSection section) {
  Program *p = target->program;
  ObjectSymbol own = symbol_in_object(target, id);
  p->symbols[id].section = section;
  p->symbols[id].offset = object_section_size(p->object, section);
  object_define(p->object, own, section, p->symbols[id].offset);
  return own;
}

static void relocate(Emitter *e, ObjectSection section, uint64_t offset, unsigned type, uint32_t address) {
  const MirAddress *a = &e->f->addresses.data[address];
  object_relocate(e->program->object, section, offset, type, symbol_in_object(e->target, a->symbol),
                  a->addend);
}

static void append_word(Emitter *e, ObjectSection section, const EmitInsn *insn) {
  uint32_t word = isa_encode((IsaOp)insn->op, insn->operands);
  uint8_t bytes[INSN_BYTES] = {(uint8_t)word, (uint8_t)(word >> 8), (uint8_t)(word >> 16),
                               (uint8_t)(word >> 24)};
  object_append(e->program->object, section, bytes, insn->bytes);
}

static void encode_branch(Emitter *e, ObjectSection section, EmitInsn insn, uint32_t size) {
  int64_t distance = block_offset(e, insn.target, size) - insn.offset;
  unsigned last = (unsigned)isa_insn_format((IsaOp)insn.op)->operand_count - 1;
  if (!is_far(&insn)) {
    insn.operands[last] = distance;
    if (insn.bytes == SHORT_BYTES) {
      int64_t operands[ISA_MAX_OPERANDS];
      memcpy(operands, insn.operands, sizeof operands);
      insn.op = (uint16_t)isa_compress((IsaOp)insn.op, operands, e->target->extensions, insn.operands);
    }
    append_word(e, section, &insn);
    return;
  }
  insn.op = (uint16_t)isa_opposite_branch((IsaOp)insn.op);
  insn.operands[last] = insn.bytes;
  insn.bytes = INSN_BYTES;
  append_word(e, section, &insn);
  EmitInsn jump = {.op = ISA_JAL, .bytes = INSN_BYTES, .operands = {REG_ZERO, distance - INSN_BYTES}};
  append_word(e, section, &jump);
}

static void encode_code(Emitter *e, ObjectSection section, uint32_t size) {
  Object *object = e->program->object;
  for (size_t i = 0; i < e->insns.count; i++) {
    const EmitInsn *insn = &e->insns.data[i];
    uint64_t at = object_section_size(object, section);
    if (insn->note == EMIT_BRANCH) {
      encode_branch(e, section, *insn, size);
      continue;
    }
    if (insn->note == EMIT_ASM)
      continue; // nothing: with a text, the object is made from text
    append_word(e, section, insn);
    if (insn->note >= EMIT_TLS_HI && insn->note <= EMIT_TLS_LO) {
      static const uint8_t types[] = {R_TPREL_HI20, R_TPREL_ADD, R_TPREL_LO12_I};
      relocate(e, section, at, types[insn->note - EMIT_TLS_HI], insn->address);
    } else if (insn->note == EMIT_CALL) {
      relocate(e, section, at, R_CALL_PLT, insn->address);
    } else if (insn->note == EMIT_HI) {
      e->hi_label[i] = object_local_symbol(object, ".Lpcrel_hi");
      object_define(object, e->hi_label[i], section, at);
      relocate(e, section, at, R_PCREL_HI20, insn->address);
    } else if (insn->note == EMIT_LO) {
      object_relocate(object, section, at, is_store_op(insn->op) ? R_PCREL_LO12_S : R_PCREL_LO12_I,
                      e->hi_label[insn->target], 0);
    }
  }
}

static void encode_tables(Emitter *e, ObjectSection code, uint64_t start, uint32_t size) {
  Object *object = e->program->object;
  for (size_t t = 0; t < e->tables.count; t++) {
    const MirInsn *mir = e->tables.data[t];
    const MirOperand *o = mir_operands(e->f, mir);
    SectionPlace place = table_place(e);
    ObjectSection section = section_in_object(e->target, &place);
    object_section_align(object, section, INSN_BYTES);
    object_append_zeros(object, section, (0 - object_section_size(object, section)) % INSN_BYTES);
    ObjectSymbol own = define_here(e->target, e->f->addresses.data[o[1].value].symbol, section);
    for (uint32_t i = 2; i < mir->count; i++) {
      uint64_t at = object_append_zeros(object, section, INSN_BYTES);
      ObjectSymbol label = object_local_symbol(object, ".LBB");
      object_define(object, label, code, start + (uint64_t)block_offset(e, (uint32_t)o[i].value, size));
      object_relocate(object, section, at, R_ADD32, label, 0);
      object_relocate(object, section, at, R_SUB32, own, 0);
    }
  }
}

static void encode_function(Emitter *e, uint64_t alignment, uint32_t size) {
  Object *object = e->program->object;
  SectionPlace place = code_place(e);
  ObjectSection section = section_in_object(e->target, &place);
  object_section_align(object, section, alignment);
  for (uint64_t at = object_section_size(object, section); at % alignment;
       at = object_section_size(object, section)) {
    bool is_short = at % INSN_BYTES != 0;
    EmitInsn nop = {.op = is_short ? ISA_C_NOP : ISA_ADDI, .bytes = is_short ? SHORT_BYTES : INSN_BYTES};
    append_word(e, section, &nop);
  }
  ObjectSymbol own = define_here(e->target, e->f->symbol, section);
  object_set_type(object, own, SYMBOL_FUNCTION);
  object_set_size(object, own, size);
  uint64_t start = object_section_size(object, section);
  encode_code(e, section, size);
  encode_tables(e, section, start, size);
  for (size_t k = 0; k < e->f->layout.count; k++) {
    uint32_t block = e->f->layout.data[k];
    emit_nest_boundary(e->target, e->f, block, (uint32_t)block_offset(e, block, size));
  }
  emit_nest_boundary(e->target, e->f, IR_NONE, size);
  emit_nests(e->target, e->f, &(NestCode){section, start, e->moves});
  e->program->extensions |= e->used & optional_extensions;
  object_set_extensions(object, e->program->extensions);
}

// False: a jump does not reach.
static bool lay_out(Emitter *e, uint32_t *size) {
  list_instructions(e);
  if (e->target->extensions & ISA_EXTENSION_BIT(ISA_EXT_C))
    compress(e);
  return relax(e, size);
}

bool emit_function(Target *target, Function *f) {
  Emitter e = {.target = target, .f = f, .program = target->program};
  e.moves = copy_find(&e.moved, f);
  bool short_forms = target->extensions & ISA_EXTENSION_BIT(ISA_EXT_C);
  uint32_t size = 0;
  bool ok = lay_out(&e, &size);
  if (e.moves && copy_offset(target, f) + size > target->machine->spm_size) {
    e.moves = false;
    e.insns.count = 0;
    free(e.blocks);
    ok = lay_out(&e, &size);
  }
  place_copy(&e, size);
  uint64_t alignment = target->symbols.data[f->symbol].alignment;
  if (alignment < INSN_BYTES)
    alignment = short_forms && alignment <= SHORT_BYTES ? SHORT_BYTES : INSN_BYTES;
  if (!ok)
    diagnose(target->diagnostics, DIAGNOSTIC_ERROR, place_named(target->symbols.data[f->symbol].name),
             "the function is over 1 MiB of code, farther than a jump reaches");
  e.hi_label = checked_malloc((e.insns.count + 1) * sizeof *e.hi_label);
  if (ok && target->program->object)
    encode_function(&e, alignment, size);
  else if (ok)
    print_function(&e, alignment, size);
  target->program->functions++;
  free(e.hi_label);
  free(e.blocks);
  free(e.moved);
  VEC_FREE(&e.tables);
  VEC_FREE(&e.insns);
  return ok;
}
