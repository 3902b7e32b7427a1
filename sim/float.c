// Execution of the floating instructions: handlers expanded from float.def.
#include "sim/internal.h"

// The rounding mode of an instruction, and the flags so far. False: a reserved mode is in frm.
static inline bool start_rounding(const Hart *hart, const SimInsn *insn, SimRounding *rounding) {
  rounding->mode = insn->rounding == SIM_DYN ? hart->frm : insn->rounding;
  rounding->flags = hart->fflags;
  return rounding->mode <= SIM_RMM;
}

static inline uint64_t operand(const Hart *hart, SimFormat format, unsigned number) {
  return sim_unbox(format, hart->f[number]);
}
static inline void set_float(Hart *hart, unsigned number, SimFormat format, uint64_t bits) {
  hart->f[number] = sim_box(format, bits);
}

static inline unsigned sign_position(SimFormat format) {
  return format == SIM_F64 ? 63 : format == SIM_F32 ? 31 : 15;
}
static inline uint64_t flip_sign(SimFormat format, uint64_t bits, bool flip) {
  return bits ^ (uint64_t)flip << sign_position(format);
}

static inline uint64_t extend_word(uint64_t value, unsigned bits, bool is_signed) {
  if (bits == 64)
    return value;
  return is_signed ? (uint64_t)(int64_t)(int32_t)value : (uint32_t)value;
}

#define LOAD(op, type, format)                                                                               \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    const uint64_t address = hart->x[insn->rs1] + (uint64_t)insn->imm;                                       \
    const uint8_t *bytes = sim_memory_at(&hart->memory, address, sizeof(type));                              \
    if (!bytes)                                                                                              \
      return sim_trap(hart, insn, SIM_CAUSE_LOAD_ACCESS, address);                                           \
    type value;                                                                                              \
    memcpy(&value, bytes, sizeof value);                                                                     \
    set_float(hart, insn->rd, format, value);                                                                \
    sim_record(hart, address, sizeof value, 0, 1, false);                                                    \
    return insn + 1;                                                                                         \
  }
#define STORE(op, type)                                                                                      \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    return sim_store(hart, insn, hart->x[insn->rs1] + (uint64_t)insn->imm, hart->f[insn->rs2],               \
                     sizeof(type));                                                                          \
  }
#define BINARY(op, format, function)                                                                         \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    SimRounding rounding;                                                                                    \
    if (!start_rounding(hart, insn, &rounding))                                                              \
      return sim_illegal(hart, insn);                                                                        \
    uint64_t result =                                                                                        \
        function(format, operand(hart, format, insn->rs1), operand(hart, format, insn->rs2), &rounding);     \
    set_float(hart, insn->rd, format, result);                                                               \
    hart->fflags = rounding.flags;                                                                           \
    return insn + 1;                                                                                         \
  }
#define EXACT(op, format, function)                                                                          \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    SimRounding rounding = {SIM_RNE, hart->fflags};                                                          \
    uint64_t result =                                                                                        \
        function(format, operand(hart, format, insn->rs1), operand(hart, format, insn->rs2), &rounding);     \
    set_float(hart, insn->rd, format, result);                                                               \
    hart->fflags = rounding.flags;                                                                           \
    return insn + 1;                                                                                         \
  }
#define COMPARE(op, format, function)                                                                        \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    SimRounding rounding = {SIM_RNE, hart->fflags};                                                          \
    hart->x[insn->rd] =                                                                                      \
        function(format, operand(hart, format, insn->rs1), operand(hart, format, insn->rs2), &rounding);     \
    hart->fflags = rounding.flags;                                                                           \
    return insn + 1;                                                                                         \
  }
#define FUSED(op, format, negate_product, negate_addend)                                                     \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    SimRounding rounding;                                                                                    \
    if (!start_rounding(hart, insn, &rounding))                                                              \
      return sim_illegal(hart, insn);                                                                        \
    uint64_t a = flip_sign(format, operand(hart, format, insn->rs1), negate_product);                        \
    uint64_t c = flip_sign(format, operand(hart, format, insn->rs3), negate_addend);                         \
    uint64_t result = sim_float_fma(format, a, operand(hart, format, insn->rs2), c, &rounding);              \
    set_float(hart, insn->rd, format, result);                                                               \
    hart->fflags = rounding.flags;                                                                           \
    return insn + 1;                                                                                         \
  }
#define ROOT(op, format)                                                                                     \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    SimRounding rounding;                                                                                    \
    if (!start_rounding(hart, insn, &rounding))                                                              \
      return sim_illegal(hart, insn);                                                                        \
    set_float(hart, insn->rd, format, sim_float_sqrt(format, operand(hart, format, insn->rs1), &rounding));  \
    hart->fflags = rounding.flags;                                                                           \
    return insn + 1;                                                                                         \
  }
#define SIGN(op, format, sign)                                                                               \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    uint64_t value = operand(hart, format, insn->rs1);                                                       \
    const bool a = value >> sign_position(format) & 1;                                                       \
    const bool b = operand(hart, format, insn->rs2) >> sign_position(format) & 1;                            \
    set_float(hart, insn->rd, format, flip_sign(format, value, a != (sign)));                                \
    return insn + 1;                                                                                         \
  }
#define CLASS(op, format)                                                                                    \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    hart->x[insn->rd] = sim_float_classify(format, operand(hart, format, insn->rs1));                        \
    return insn + 1;                                                                                         \
  }
// A 32-bit result is sign-extended, an unsigned one as well.
#define TO_INTEGER(op, format, bits, is_signed)                                                              \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    SimRounding rounding;                                                                                    \
    if (!start_rounding(hart, insn, &rounding))                                                              \
      return sim_illegal(hart, insn);                                                                        \
    uint64_t result =                                                                                        \
        sim_float_to_integer(format, operand(hart, format, insn->rs1), bits, is_signed, &rounding);          \
    hart->x[insn->rd] = extend_word(result, bits, true);                                                     \
    hart->fflags = rounding.flags;                                                                           \
    return insn + 1;                                                                                         \
  }
#define FROM_INTEGER(op, format, bits, is_signed)                                                            \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    SimRounding rounding;                                                                                    \
    if (!start_rounding(hart, insn, &rounding))                                                              \
      return sim_illegal(hart, insn);                                                                        \
    uint64_t integer = extend_word(hart->x[insn->rs1], bits, is_signed);                                     \
    set_float(hart, insn->rd, format, sim_float_from_integer(format, integer, is_signed, &rounding));        \
    hart->fflags = rounding.flags;                                                                           \
    return insn + 1;                                                                                         \
  }
#define CONVERT(op, to, from)                                                                                \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    SimRounding rounding;                                                                                    \
    if (!start_rounding(hart, insn, &rounding))                                                              \
      return sim_illegal(hart, insn);                                                                        \
    set_float(hart, insn->rd, to, sim_float_convert(to, from, operand(hart, from, insn->rs1), &rounding));   \
    hart->fflags = rounding.flags;                                                                           \
    return insn + 1;                                                                                         \
  }
#define TO_BITS(op, type)                                                                                    \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    hart->x[insn->rd] = (uint64_t)(int64_t)(type)hart->f[insn->rs1];                                         \
    return insn + 1;                                                                                         \
  }
#define FROM_BITS(op, format)                                                                                \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    set_float(hart, insn->rd, format, hart->x[insn->rs1]);                                                   \
    return insn + 1;                                                                                         \
  }
#define CONSTANT(op, format)                                                                                 \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    set_float(hart, insn->rd, format, sim_float_constant(format, (unsigned)insn->imm));                      \
    return insn + 1;                                                                                         \
  }
#define ROUND(op, format, inexact)                                                                           \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    SimRounding rounding;                                                                                    \
    if (!start_rounding(hart, insn, &rounding))                                                              \
      return sim_illegal(hart, insn);                                                                        \
    uint64_t result = sim_float_round(format, operand(hart, format, insn->rs1), inexact, &rounding);         \
    set_float(hart, insn->rd, format, result);                                                               \
    hart->fflags = rounding.flags;                                                                           \
    return insn + 1;                                                                                         \
  }
#define MODULAR(op, format)                                                                                  \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    SimRounding rounding = {SIM_RTZ, hart->fflags};                                                          \
    uint32_t result = sim_float_to_integer_modular(format, operand(hart, format, insn->rs1), &rounding);     \
    hart->x[insn->rd] = extend_word(result, 32, true);                                                       \
    hart->fflags = rounding.flags;                                                                           \
    return insn + 1;                                                                                         \
  }
#include "sim/float.def"

static const SimHandler handlers[ISA_OP_COUNT] = {
#define LOAD(op, ...) [ISA_##op] = run_##op,
#define STORE(op, ...) [ISA_##op] = run_##op,
#define BINARY(op, ...) [ISA_##op] = run_##op,
#define EXACT(op, ...) [ISA_##op] = run_##op,
#define COMPARE(op, ...) [ISA_##op] = run_##op,
#define FUSED(op, ...) [ISA_##op] = run_##op,
#define ROOT(op, ...) [ISA_##op] = run_##op,
#define SIGN(op, ...) [ISA_##op] = run_##op,
#define CLASS(op, ...) [ISA_##op] = run_##op,
#define TO_INTEGER(op, ...) [ISA_##op] = run_##op,
#define FROM_INTEGER(op, ...) [ISA_##op] = run_##op,
#define CONVERT(op, ...) [ISA_##op] = run_##op,
#define TO_BITS(op, ...) [ISA_##op] = run_##op,
#define FROM_BITS(op, ...) [ISA_##op] = run_##op,
#define CONSTANT(op, ...) [ISA_##op] = run_##op,
#define ROUND(op, ...) [ISA_##op] = run_##op,
#define MODULAR(op, ...) [ISA_##op] = run_##op,
#include "sim/float.def"
};

SimHandler sim_bind_float(SimInsn *insn) {
  return handlers[insn->op];
}
