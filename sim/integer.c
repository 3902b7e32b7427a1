// Execution of the integer instructions: handlers expanded from integer.def, jumps, atomics, system.
#include "sim/internal.h"

static inline uint64_t word(uint64_t value) {
  return (uint64_t)(int64_t)(int32_t)value;
}
static inline uint64_t multiply_high(uint64_t a, uint64_t b) {
  return (uint64_t)((unsigned __int128)a * b >> 64);
}
static inline uint64_t multiply_high_signed(uint64_t a, uint64_t b) {
  return (uint64_t)((__int128)(int64_t)a * (int64_t)b >> 64);
}
static inline uint64_t multiply_high_mixed(uint64_t a, uint64_t b) {
  return (uint64_t)((__int128)(int64_t)a * (__int128)b >> 64);
}
// Division by zero gives all ones, the overflow case the dividend; neither traps.
static inline uint64_t divide_signed(uint64_t a, uint64_t b) {
  if (b == 0)
    return UINT64_MAX;
  if (b == UINT64_MAX)
    return -a;
  return (uint64_t)((int64_t)a / (int64_t)b);
}
static inline uint64_t remainder_signed(uint64_t a, uint64_t b) {
  if (b == 0)
    return a;
  if (b == UINT64_MAX)
    return 0;
  return (uint64_t)((int64_t)a % (int64_t)b);
}
static inline uint64_t rotate_left(uint64_t a, uint64_t by) {
  return a << by | a >> (-by & 63);
}
static inline uint32_t rotate_left_word(uint32_t a, uint64_t by) {
  return a << by | a >> (-by & 31);
}
// Every byte that is not zero becomes 0xff.
static inline uint64_t or_combine_bytes(uint64_t a) {
  const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
  uint64_t high_bits = (((a & low) + low) | a) & ~low;
  return (high_bits >> 7) * 0xff;
}

// The product of two polynomials over GF(2), of 127 bits: its lower and its upper 64.
static uint64_t carryless_low(uint64_t a, uint64_t b) {
  uint64_t product = 0;
  for (unsigned i = 0; i < 64; i++)
    product ^= b >> i & 1 ? a << i : 0;
  return product;
}
static uint64_t carryless_high(uint64_t a, uint64_t b) {
  uint64_t product = 0;
  for (unsigned i = 1; i < 64; i++)
    product ^= b >> i & 1 ? a >> (64 - i) : 0;
  return product;
}

static inline const SimInsn *load_fault(Hart *hart, const SimInsn *insn, uint64_t address) {
  return sim_trap(hart, insn, SIM_CAUSE_LOAD_ACCESS, address);
}

// Each of the frequent instructions has two handlers: `run_` for the loops that look at every instruction,
// and `go_`, which jumps to the next instruction's.
#define GO_ON(op, next)                                                                                      \
  static const SimInsn *go_##op(Hart *hart, const SimInsn *insn) {                                           \
    const SimInsn *following = next;                                                                         \
    if (__builtin_expect(!following, 0))                                                                     \
      return NULL;                                                                                           \
    SIM_GO_ON(hart, following);                                                                              \
  }
#define IMMEDIATE(op, result)                                                                                \
  static inline const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                   \
    const uint64_t a = hart->x[insn->rs1], b = (uint64_t)insn->imm, pc = insn->pc;                           \
    (void)a, (void)pc;                                                                                       \
    hart->x[insn->rd] = (uint64_t)(result);                                                                  \
    return insn + 1;                                                                                         \
  }                                                                                                          \
  GO_ON(op, run_##op(hart, insn))
#define REGISTER(op, result)                                                                                 \
  static inline const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                   \
    const uint64_t a = hart->x[insn->rs1], b = hart->x[insn->rs2];                                           \
    (void)b;                                                                                                 \
    hart->x[insn->rd] = (uint64_t)(result);                                                                  \
    return insn + 1;                                                                                         \
  }                                                                                                          \
  GO_ON(op, run_##op(hart, insn))
#define BRANCH(op, condition)                                                                                \
  static inline const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                   \
    const uint64_t a = hart->x[insn->rs1], b = hart->x[insn->rs2];                                           \
    return (condition) ? sim_follow(hart, insn) : insn + 1;                                                  \
  }                                                                                                          \
  static const SimInsn *go_##op(Hart *hart, const SimInsn *insn) {                                           \
    const uint64_t a = hart->x[insn->rs1], b = hart->x[insn->rs2];                                           \
    if (condition) {                                                                                         \
      const SimInsn *target = sim_follow(hart, insn);                                                        \
      if (__builtin_expect(!target, 0))                                                                      \
        return NULL;                                                                                         \
      SIM_GO_ON(hart, target);                                                                               \
    }                                                                                                        \
    SIM_GO_ON(hart, insn + 1);                                                                               \
  }
#define LOAD(op, type)                                                                                       \
  static inline const SimInsn *load_##op(Hart *hart, const SimInsn *insn, uint64_t address) {                \
    const uint8_t *bytes = sim_memory_at(&hart->memory, address, sizeof(type));                              \
    if (__builtin_expect(!bytes, 0))                                                                         \
      return load_fault(hart, insn, address);                                                                \
    type value;                                                                                              \
    memcpy(&value, bytes, sizeof value);                                                                     \
    hart->x[insn->rd] = (uint64_t)(int64_t)value;                                                            \
    return insn + 1;                                                                                         \
  }                                                                                                          \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    const uint64_t address = hart->x[insn->rs1] + (uint64_t)insn->imm;                                       \
    const SimInsn *next = load_##op(hart, insn, address);                                                    \
    if (next)                                                                                                \
      sim_record(hart, address, sizeof(type), 0, 1, false);                                                  \
    return next;                                                                                             \
  }                                                                                                          \
  GO_ON(op, load_##op(hart, insn, hart->x[insn->rs1] + (uint64_t)insn->imm))
#define STORE(op, type)                                                                                      \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    return sim_store(hart, insn, hart->x[insn->rs1] + (uint64_t)insn->imm, hart->x[insn->rs2],               \
                     sizeof(type));                                                                          \
  }                                                                                                          \
  GO_ON(op, sim_store_silently(hart, insn, hart->x[insn->rs1] + (uint64_t)insn->imm, hart->x[insn->rs2],     \
                               sizeof(type)))
#define ATOMIC(op, type, result)                                                                             \
  static const SimInsn *run_##op(Hart *hart, const SimInsn *insn) {                                          \
    const uint64_t address = hart->x[insn->rs1];                                                             \
    if (address % sizeof(type))                                                                              \
      return sim_trap(hart, insn, SIM_CAUSE_STORE_MISALIGNED, address);                                      \
    uint8_t *bytes = sim_memory_at(&hart->memory, address, sizeof(type));                                    \
    if (!bytes)                                                                                              \
      return sim_trap(hart, insn, SIM_CAUSE_STORE_ACCESS, address);                                          \
    type value;                                                                                              \
    memcpy(&value, bytes, sizeof value);                                                                     \
    const uint64_t a = (uint64_t)(int64_t)value, b = hart->x[insn->rs2];                                     \
    (void)a;                                                                                                 \
    hart->x[insn->rd] = a;                                                                                   \
    sim_record(hart, address, sizeof value, 0, 1, false);                                                    \
    return sim_store(hart, insn, address, (uint64_t)(result), sizeof value);                                 \
  }
#include "sim/integer.def"

static inline const SimInsn *run_jal(Hart *hart, const SimInsn *insn) {
  hart->x[insn->rd] = insn->pc + insn->length;
  return sim_follow(hart, insn);
}
GO_ON(jal, run_jal(hart, insn))

static inline const SimInsn *run_jalr(Hart *hart, const SimInsn *insn) {
  uint64_t target = (hart->x[insn->rs1] + (uint64_t)insn->imm) & ~UINT64_C(1);
  hart->x[insn->rd] = insn->pc + insn->length;
  return sim_jump(hart, target);
}
GO_ON(jalr, run_jalr(hart, insn))

// lr and sc: one hart, so a reservation is lost only to another sc, as the program sees it.
static const SimInsn *load_reserved(Hart *hart, const SimInsn *insn, uint32_t size) {
  uint64_t address = hart->x[insn->rs1];
  if (address % size)
    return sim_trap(hart, insn, SIM_CAUSE_LOAD_MISALIGNED, address);
  const uint8_t *bytes = sim_memory_at(&hart->memory, address, size);
  if (!bytes)
    return load_fault(hart, insn, address);
  uint64_t value = 0;
  memcpy(&value, bytes, size);
  hart->x[insn->rd] = size == 4 ? word(value) : value;
  hart->reserved = true;
  hart->reservation = address;
  sim_record(hart, address, size, 0, 1, false);
  return insn + 1;
}

static const SimInsn *store_conditional(Hart *hart, const SimInsn *insn, uint32_t size) {
  uint64_t address = hart->x[insn->rs1];
  if (address % size)
    return sim_trap(hart, insn, SIM_CAUSE_STORE_MISALIGNED, address);
  if (!sim_memory_at(&hart->memory, address, size))
    return sim_trap(hart, insn, SIM_CAUSE_STORE_ACCESS, address);
  bool held = hart->reserved && hart->reservation == address;
  uint64_t value = hart->x[insn->rs2];
  hart->reserved = false;
  hart->x[insn->rd] = !held;
  return held ? sim_store(hart, insn, address, value, size) : insn + 1;
}

static const SimInsn *run_lr_w(Hart *hart, const SimInsn *insn) {
  return load_reserved(hart, insn, 4);
}
static const SimInsn *run_lr_d(Hart *hart, const SimInsn *insn) {
  return load_reserved(hart, insn, 8);
}
static const SimInsn *run_sc_w(Hart *hart, const SimInsn *insn) {
  return store_conditional(hart, insn, 4);
}
static const SimInsn *run_sc_d(Hart *hart, const SimInsn *insn) {
  return store_conditional(hart, insn, 8);
}

// Memory is always in order here, and drains and transfers are done when they are issued.
static const SimInsn *run_fence(Hart *hart, const SimInsn *insn) {
  (void)hart;
  return insn + 1;
}

static const SimInsn *run_fence_i(Hart *hart, const SimInsn *insn) {
  hart->flush = true;
  return sim_leave(hart, insn);
}

static const SimInsn *run_ecall(Hart *hart, const SimInsn *insn) {
  return sim_trap(hart, insn, SIM_CAUSE_ECALL_M, 0);
}

// A semihosting call is an uncompressed ebreak between slli x0, x0, 0x1f and srai x0, x0, 7 (RISC-V
// Semihosting, chapter 2).
static bool is_semihosting(const Hart *hart, const SimInsn *insn) {
  const uint8_t *bytes = sim_memory_at(&hart->memory, insn->pc - 4, 12);
  if (!bytes || insn->length != 4)
    return false;
  uint32_t words[3];
  memcpy(words, bytes, sizeof words);
  return words[0] == 0x01f01013 && words[2] == 0x40705013;
}

static const SimInsn *run_ebreak(Hart *hart, const SimInsn *insn) {
  if (!is_semihosting(hart, insn))
    return sim_trap(hart, insn, SIM_CAUSE_BREAKPOINT, insn->pc);
  hart->semihosting = true;
  return sim_leave(hart, insn);
}

static const SimInsn *run_mret(Hart *hart, const SimInsn *insn) {
  (void)insn;
  sim_return_from_trap(hart);
  return sim_jump(hart, hart->mepc);
}

// There are no interrupts, so waiting for one ends at once, as the specification allows.
static const SimInsn *run_wfi(Hart *hart, const SimInsn *insn) {
  (void)hart;
  return insn + 1;
}

typedef enum CsrAction { CSR_WRITE, CSR_SET, CSR_CLEAR } CsrAction;

// `writes` is false where the source is x0 or the immediate 0 of a set or clear.
static const SimInsn *access_csr(Hart *hart, const SimInsn *insn, CsrAction action, uint64_t source,
                                 bool writes) {
  unsigned number = (unsigned)insn->imm;
  uint64_t old = 0;
  bool reads = action != CSR_WRITE || insn->rd != SIM_X_DISCARD;
  if ((reads && !sim_csr_read(hart, number, &old)) || (writes && !sim_csr_writable(hart, number)))
    return sim_illegal(hart, insn);
  if (writes) {
    uint64_t value = action == CSR_WRITE ? source : action == CSR_SET ? old | source : old & ~source;
    sim_csr_write(hart, number, value);
  }
  if (reads)
    hart->x[insn->rd] = old;
  return hart->flush ? sim_leave(hart, insn) : insn + 1;
}

static const SimInsn *run_csrrw(Hart *hart, const SimInsn *insn) {
  return access_csr(hart, insn, CSR_WRITE, hart->x[insn->rs1], true);
}
static const SimInsn *run_csrrs(Hart *hart, const SimInsn *insn) {
  return access_csr(hart, insn, CSR_SET, hart->x[insn->rs1], insn->rs1 != 0);
}
static const SimInsn *run_csrrc(Hart *hart, const SimInsn *insn) {
  return access_csr(hart, insn, CSR_CLEAR, hart->x[insn->rs1], insn->rs1 != 0);
}
static const SimInsn *run_csrrwi(Hart *hart, const SimInsn *insn) {
  return access_csr(hart, insn, CSR_WRITE, insn->rs1, true);
}
static const SimInsn *run_csrrsi(Hart *hart, const SimInsn *insn) {
  return access_csr(hart, insn, CSR_SET, insn->rs1, insn->rs1 != 0);
}
static const SimInsn *run_csrrci(Hart *hart, const SimInsn *insn) {
  return access_csr(hart, insn, CSR_CLEAR, insn->rs1, insn->rs1 != 0);
}

static const SimHandler handlers[ISA_OP_COUNT] = {
#define IMMEDIATE(op, ...) [ISA_##op] = run_##op,
#define REGISTER(op, ...) [ISA_##op] = run_##op,
#define BRANCH(op, ...) [ISA_##op] = run_##op,
#define LOAD(op, ...) [ISA_##op] = run_##op,
#define STORE(op, ...) [ISA_##op] = run_##op,
#define ATOMIC(op, ...) [ISA_##op] = run_##op,
#include "sim/integer.def"
    [ISA_JAL] = run_jal,       [ISA_JALR] = run_jalr,       [ISA_LR_W] = run_lr_w,
    [ISA_LR_D] = run_lr_d,     [ISA_SC_W] = run_sc_w,       [ISA_SC_D] = run_sc_d,
    [ISA_FENCE] = run_fence,   [ISA_FENCE_TSO] = run_fence, [ISA_FENCE_I] = run_fence_i,
    [ISA_ECALL] = run_ecall,   [ISA_EBREAK] = run_ebreak,   [ISA_MRET] = run_mret,
    [ISA_WFI] = run_wfi,       [ISA_CSRRW] = run_csrrw,     [ISA_CSRRS] = run_csrrs,
    [ISA_CSRRC] = run_csrrc,   [ISA_CSRRWI] = run_csrrwi,   [ISA_CSRRSI] = run_csrrsi,
    [ISA_CSRRCI] = run_csrrci,
};

static const SimHandler go_handlers[ISA_OP_COUNT] = {
#define IMMEDIATE(op, ...) [ISA_##op] = go_##op,
#define REGISTER(op, ...) [ISA_##op] = go_##op,
#define BRANCH(op, ...) [ISA_##op] = go_##op,
#define LOAD(op, ...) [ISA_##op] = go_##op,
#define STORE(op, ...) [ISA_##op] = go_##op,
#define ATOMIC(op, ...)
#include "sim/integer.def"
    [ISA_JAL] = go_jal,
    [ISA_JALR] = go_jalr,
};

SimHandler sim_bind_integer(SimInsn *insn) {
  insn->go = go_handlers[insn->op];
  return handlers[insn->op];
}
