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

// R * C of a shape; 1 for an instruction without.
static uint64_t accumulators(IsaOp op, const int64_t *values) {
  int64_t shape = value_of(op, values, ISA_CLASS_SHAPE);
  return shape < 0 ? 1 : UINT64_C(1) << ((shape >> 2) + (shape & 3));
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
    return accumulators(op, values);
  case ISA_BUSY_COUNT:
    return (uint64_t)value_of(op, values, ISA_CLASS_LOG2);
  default:
    return 0;
  }
}

// Multiply-accumulates of an outer product of R * C accumulators, or of a depthwise product.
static double product_energy(const Machine *machine, IsaOp op, const int64_t *values) {
  double tile = machine_tile(machine);
  switch (op) {
  case ISA_KT_MOPA_SS:
  case ISA_KT_MOPA_SU:
  case ISA_KT_MOPA_US:
  case ISA_KT_MOPA_UU:
    return (double)accumulators(op, values) * tile * tile *
           (4 * machine->energy_mac_int8 + machine->energy_accumulator);
  case ISA_KT_MOPA_HF:
  case ISA_KT_MOPA_BF:
    return (double)accumulators(op, values) * tile * tile *
           (2 * machine->energy_mac_half + machine->energy_accumulator);
  case ISA_KT_MOPA_F:
    return (double)accumulators(op, values) * tile * tile *
           (machine->energy_mac_float + machine->energy_accumulator);
  case ISA_KT_MDW_SS:
  case ISA_KT_MDW_SU:
  case ISA_KT_MDW_US:
  case ISA_KT_MDW_UU: // three taps of four channels for each pixel
    return 4 * tile * (3 * machine->energy_mac_int8 + machine->energy_accumulator);
  default:
    return 0;
  }
}

// Bytes of memory that a scalar load, store or atomic moves: funct3 has their logarithm.
static unsigned access_bytes(IsaOp op) {
  const IsaInsnInfo *insn = isa_insn(op);
  return insn->flags & (ISA_LOAD | ISA_STORE) ? 1U << (insn->match >> 12 & 3) : 0;
}

static double energy_of(const Machine *machine, IsaOp op, const int64_t *values) {
  const IsaInsnInfo *insn = isa_insn(op);
  const IsaFormatInfo *format = isa_insn_format(op);
  double bytes = machine_vector_bytes(machine);
  double energy = machine->energy_issue + product_energy(machine, op, values);
  bool vector = false;
  for (unsigned i = 0; i < format->operand_count; i++) {
    const IsaOperandInfo *operand = isa_operand((IsaOperandKind)format->operands[i]);
    if (operand->operand_class != ISA_CLASS_VR)
      continue;
    vector = true;
    energy += (operand->role == ISA_ROLE_BOTH ? 2 : 1) * bytes * machine->energy_vector_byte;
  }
  bool memory = insn->flags & (ISA_LOAD | ISA_STORE);
  if (memory && vector)
    energy += bytes * machine->energy_spm_byte;
  else if (memory && insn->extension != ISA_EXT_XKILNTILE)
    energy += access_bytes(op) * machine->energy_l1_byte;
  return energy;
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
  out->data[out->count - 1] = '\n';
}
