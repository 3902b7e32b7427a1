// What the machine description says of an instruction, as far as its word alone tells: docs/isa.md, "Timing"
// and "Energy". Vector instructions are counted with all elements of one register (LMUL = 1).
#include "asm/objdump_internal.h"

enum { UNIT_WIDTH = 5, NUMBER_WIDTH = 4, ENERGY_WIDTH = 8 };

static int64_t value_of(IsaOp op, const int64_t *values, IsaOperandClass class) {
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++)
    if (isa_operand((IsaOperandKind)format->operands[i])->operand_class == class)
      return values[i];
  return -1;
}

static uint64_t rows(IsaOp op, const int64_t *values) {
  int64_t shape = value_of(op, values, ISA_CLASS_SHAPE);
  return shape < 0 ? 1 : UINT64_C(1) << (shape >> 2);
}
static uint64_t columns(IsaOp op, const int64_t *values) {
  int64_t shape = value_of(op, values, ISA_CLASS_SHAPE);
  return shape < 0 ? 1 : UINT64_C(1) << (shape & 3);
}
// That one instruction works on: R * C of its shape, or its count.
static uint64_t accumulators(IsaOp op, const int64_t *values) {
  int64_t count = value_of(op, values, ISA_CLASS_LOG2);
  return count > 0 ? (uint64_t)count : rows(op, values) * columns(op, values);
}

// 0: it depends on more than the word.
static uint64_t busy_cycles(const Machine *machine, IsaOp op, const int64_t *values) {
  IsaSched sched = (IsaSched)isa_insn(op)->sched;
  switch (isa_sched(sched)->busy) {
  case ISA_BUSY_ONE:
  case ISA_BUSY_SERIALIZE:
    return 1;
  case ISA_BUSY_LATENCY:
    return isa_latency(machine, sched);
  case ISA_BUSY_SHAPE:
  case ISA_BUSY_COUNT:
    return accumulators(op, values);
  default:
    return 0;
  }
}

// Multiply-accumulates of an outer product of R * C accumulators, or of a depthwise product.
static double product_energy(const Machine *machine, IsaOp op, const int64_t *values) {
  double tile = machine_tile(machine);
  double elements = (double)accumulators(op, values) * tile * tile;
  switch (op) {
  case ISA_KT_MOPA_SS:
  case ISA_KT_MOPA_SU:
  case ISA_KT_MOPA_US:
  case ISA_KT_MOPA_UU:
    return 4 * elements * machine->energy_mac_int8;
  case ISA_KT_MOPA_HF:
  case ISA_KT_MOPA_BF:
    return 2 * elements * machine->energy_mac_half;
  case ISA_KT_MOPA_F:
    return elements * machine->energy_mac_float;
  case ISA_KT_MDW_SS:
  case ISA_KT_MDW_SU:
  case ISA_KT_MDW_US:
  case ISA_KT_MDW_UU: // three taps of four channels for each pixel
    return 12 * tile * machine->energy_mac_int8;
  default:
    return 0;
  }
}

// Registers of the group that begins at a vector operand.
static uint64_t group_registers(IsaOp op, IsaOperandKind kind, const int64_t *values) {
  int64_t step = value_of(op, values, ISA_CLASS_STEP);
  if (kind == ISA_OPERAND_TILE_B)
    return columns(op, values);
  if (kind != ISA_OPERAND_TILE_A)
    return 1;
  if (step > 0)
    return (uint64_t)step + 1;
  return value_of(op, values, ISA_CLASS_LOG2) > 0 ? accumulators(op, values) : rows(op, values);
}

// Bytes of memory that a scalar load, store or atomic moves: funct3 has their logarithm.
static unsigned access_bytes(IsaOp op) {
  return 1U << (isa_insn(op)->match >> 12 & 3);
}

// What an instruction moves to or from memory. Of a drain and its configuration the word does not tell.
static double memory_energy(const Machine *machine, IsaOp op, bool vector, bool tile) {
  const IsaInsnInfo *insn = isa_insn(op);
  double elements = (double)machine_tile(machine) * machine_tile(machine);
  if (!(insn->flags & (ISA_LOAD | ISA_STORE)))
    return 0;
  if (op == ISA_KT_LD || op == ISA_KT_ST)
    return 4 * elements * machine->energy_spm_byte;
  if (vector)
    return machine_vector_bytes(machine) * machine->energy_spm_byte;
  return tile || op == ISA_KT_DCFG ? 0 : access_bytes(op) * machine->energy_l1_byte;
}

static double energy_of(const Machine *machine, IsaOp op, const int64_t *values) {
  const IsaFormatInfo *format = isa_insn_format(op);
  double energy = machine->energy_issue + product_energy(machine, op, values);
  bool vector = false;
  bool tile = false;
  for (unsigned i = 0; i < format->operand_count; i++) {
    IsaOperandKind kind = (IsaOperandKind)format->operands[i];
    const IsaOperandInfo *operand = isa_operand(kind);
    vector |= operand->operand_class == ISA_CLASS_VR;
    tile |= operand->operand_class == ISA_CLASS_ACC;
    if (operand->operand_class == ISA_CLASS_VR)
      energy += (operand->role == ISA_ROLE_BOTH ? 2 : 1) * (double)group_registers(op, kind, values) *
                machine_vector_bytes(machine) * machine->energy_vector_byte;
  }
  bool row = isa_insn(op)->sched == ISA_SCHED_TILE_MOVE; // of an accumulator
  if (tile)
    energy += (double)accumulators(op, values) * machine_tile(machine) * (row ? 1 : machine_tile(machine)) *
              machine->energy_accumulator;
  return energy + memory_energy(machine, op, vector, tile);
}

static void write_number(Text *out, uint64_t number) {
  if (number)
    text_format(out, "%*llu ", NUMBER_WIDTH, (unsigned long long)number);
  else
    text_format(out, "%*s ", NUMBER_WIDTH, "-");
}

void dump_columns(Text *out, const ObjdumpOptions *options, IsaOp op, const int64_t *values) {
  int64_t expanded[ISA_MAX_OPERANDS] = {0};
  memcpy(expanded, values, isa_insn_format(op)->operand_count * sizeof *values);
  op = isa_expand(op, expanded);
  IsaSched sched = (IsaSched)isa_insn(op)->sched;
  if (options->columns & OBJDUMP_COLUMN_UNIT)
    text_format(out, "%-*s ", UNIT_WIDTH, isa_unit_name(isa_sched(sched)->unit));
  if (options->columns & OBJDUMP_COLUMN_LATENCY)
    write_number(out, isa_latency(options->machine, sched));
  if (options->columns & OBJDUMP_COLUMN_BUSY)
    write_number(out, busy_cycles(options->machine, op, expanded));
  if (options->columns & OBJDUMP_COLUMN_ENERGY)
    text_format(out, "%*.2f ", ENERGY_WIDTH, energy_of(options->machine, op, expanded));
  text_append_char(out, '\t');
}

static void write_texts(Text *out, const ObjdumpOptions *options, const char *unit, const char *latency,
                        const char *busy, const char *energy) {
  if (options->columns & OBJDUMP_COLUMN_UNIT)
    text_format(out, "%-*s ", UNIT_WIDTH, unit);
  if (options->columns & OBJDUMP_COLUMN_LATENCY)
    text_format(out, "%*s ", NUMBER_WIDTH, latency);
  if (options->columns & OBJDUMP_COLUMN_BUSY)
    text_format(out, "%*s ", NUMBER_WIDTH, busy);
  if (options->columns & OBJDUMP_COLUMN_ENERGY)
    text_format(out, "%*s ", ENERGY_WIDTH, energy);
  text_append_char(out, '\t');
}

void dump_empty_columns(Text *out, const ObjdumpOptions *options) {
  write_texts(out, options, "", "", "", "");
}

void dump_column_names(Text *out, const ObjdumpOptions *options) {
  text_append_string(out, "; machine ");
  text_append_string(out, options->machine->name);
  text_append_string(out, ": ");
  write_texts(out, options, "unit", "lat.", "busy", "pJ");
  while (out->data[out->count - 1] == ' ' || out->data[out->count - 1] == '\t')
    out->count--;
  text_append_char(out, '\n');
}
