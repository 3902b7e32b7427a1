// Control and status registers: floating point, vector, counters, and as much of machine mode as bare-metal
// programs need. The hart is always in machine mode; there are no interrupts.
#include "sim/internal.h"

// Numbers from the privileged specification, volume II.
enum {
  CSR_FFLAGS = 0x001,
  CSR_FRM = 0x002,
  CSR_FCSR = 0x003,
  CSR_VSTART = 0x008,
  CSR_VXSAT = 0x009,
  CSR_VXRM = 0x00a,
  CSR_VCSR = 0x00f,
  CSR_MSTATUS = 0x300,
  CSR_MISA = 0x301,
  CSR_MIE = 0x304,
  CSR_MTVEC = 0x305,
  CSR_MCOUNTEREN = 0x306,
  CSR_MCOUNTINHIBIT = 0x320,
  CSR_MSCRATCH = 0x340,
  CSR_MEPC = 0x341,
  CSR_MCAUSE = 0x342,
  CSR_MTVAL = 0x343,
  CSR_MIP = 0x344,
  CSR_PMPCFG0 = 0x3a0,
  CSR_PMPADDR63 = 0x3ef,
  CSR_MCYCLE = 0xb00,
  CSR_MINSTRET = 0xb02,
  CSR_CYCLE = 0xc00,
  CSR_TIME = 0xc01,
  CSR_INSTRET = 0xc02,
  CSR_VL = 0xc20,
  CSR_VTYPE = 0xc21,
  CSR_VLENB = 0xc22,
  CSR_MVENDORID = 0xf11,
  CSR_MARCHID = 0xf12,
  CSR_MIMPID = 0xf13,
  CSR_MHARTID = 0xf14,
  CSR_MCONFIGPTR = 0xf15,
};

// mstatus fields.
static const uint64_t STATUS_MIE = UINT64_C(1) << 3;
static const uint64_t STATUS_MPIE = UINT64_C(1) << 7;
static const uint64_t STATUS_VS = UINT64_C(3) << 9;
static const uint64_t STATUS_MPP = UINT64_C(3) << 11;
static const uint64_t STATUS_FS = UINT64_C(3) << 13;
static const uint64_t STATUS_SD = UINT64_C(1) << 63;
static const uint64_t STATUS_UXL_64 = UINT64_C(2) << 32;

void sim_csr_reset(Hart *hart) {
  // Floating point and vectors are on, so that functions can be called without start-up code.
  hart->mstatus = STATUS_MPP | STATUS_FS | STATUS_VS;
  hart->mtvec = 0;
  hart->frm = hart->fflags = hart->vxrm = hart->vxsat = 0;
  hart->vl = hart->vstart = 0;
  hart->vtype = UINT64_C(1) << 63;
  hart->vill = true;
}

bool sim_float_enabled(const Hart *hart) {
  return (hart->mstatus & STATUS_FS) != 0;
}
bool sim_vector_enabled(const Hart *hart) {
  return (hart->mstatus & STATUS_VS) != 0;
}

void sim_return_from_trap(Hart *hart) {
  bool was_enabled = hart->mstatus & STATUS_MPIE;
  hart->mstatus &= ~STATUS_MIE;
  hart->mstatus |= STATUS_MPIE | STATUS_MPP | (was_enabled ? STATUS_MIE : 0);
}

void sim_enter_trap(Hart *hart) {
  bool enabled = hart->mstatus & STATUS_MIE;
  hart->mstatus &= ~(STATUS_MIE | STATUS_MPIE);
  hart->mstatus |= STATUS_MPP | (enabled ? STATUS_MPIE : 0);
  hart->mepc = hart->trap_pc;
  hart->mcause = hart->trap;
  hart->mtval = hart->trap_value;
}

// A counter is read by the last instruction of a block, which the budget already counts.
static uint64_t retired(const Hart *hart) {
  return hart->started - (uint64_t)hart->budget - 1;
}
static uint64_t cycles(const Hart *hart) {
  return hart->clock.cycles ? hart->clock.cycles(hart->clock.context) : retired(hart);
}

// The base and the single-letter extensions, and MXL = 64.
static uint64_t machine_isa(void) {
  static const char letters[] = "acdfimv";
  uint64_t value = UINT64_C(2) << 62;
  for (const char *letter = letters; *letter; letter++)
    value |= UINT64_C(1) << (*letter - 'a');
  return value;
}

static bool is_float_csr(unsigned number) {
  return number >= CSR_FFLAGS && number <= CSR_FCSR;
}
static bool is_vector_csr(unsigned number) {
  return (number >= CSR_VSTART && number <= CSR_VXRM) || number == CSR_VCSR ||
         (number >= CSR_VL && number <= CSR_VLENB);
}
static bool is_protection_csr(unsigned number) {
  return number >= CSR_PMPCFG0 && number <= CSR_PMPADDR63;
}
static bool is_event_csr(unsigned number) {
  return (number >= 0xb03 && number <= 0xb1f) || (number >= 0xc03 && number <= 0xc1f) ||
         (number >= 0x323 && number <= 0x33f);
}

static bool read_float_or_vector(const Hart *hart, unsigned number, uint64_t *value) {
  switch (number) {
  case CSR_FFLAGS:
    *value = hart->fflags;
    return true;
  case CSR_FRM:
    *value = hart->frm;
    return true;
  case CSR_FCSR:
    *value = (uint64_t)hart->frm << 5 | hart->fflags;
    return true;
  case CSR_VSTART:
    *value = hart->vstart;
    return true;
  case CSR_VXSAT:
    *value = hart->vxsat;
    return true;
  case CSR_VXRM:
    *value = hart->vxrm;
    return true;
  case CSR_VCSR:
    *value = (uint64_t)hart->vxrm << 1 | hart->vxsat;
    return true;
  case CSR_VL:
    *value = hart->vl;
    return true;
  case CSR_VTYPE:
    *value = hart->vtype;
    return true;
  case CSR_VLENB:
    *value = hart->vlenb;
    return true;
  default:
    return false;
  }
}

static bool read_machine(const Hart *hart, unsigned number, uint64_t *value) {
  switch (number) {
  case CSR_MSTATUS:
    *value = hart->mstatus | STATUS_UXL_64;
    if ((hart->mstatus & STATUS_FS) == STATUS_FS || (hart->mstatus & STATUS_VS) == STATUS_VS)
      *value |= STATUS_SD;
    return true;
  case CSR_MISA:
    *value = machine_isa();
    return true;
  case CSR_MIE:
    *value = hart->mie;
    return true;
  case CSR_MTVEC:
    *value = hart->mtvec;
    return true;
  case CSR_MCOUNTEREN:
    *value = hart->mcounteren;
    return true;
  case CSR_MSCRATCH:
    *value = hart->mscratch;
    return true;
  case CSR_MEPC:
    *value = hart->mepc;
    return true;
  case CSR_MCAUSE:
    *value = hart->mcause;
    return true;
  case CSR_MTVAL:
    *value = hart->mtval;
    return true;
  case CSR_MIP:
    *value = hart->mip;
    return true;
  case CSR_MCYCLE:
    *value = cycles(hart) + hart->cycle_offset;
    return true;
  case CSR_MINSTRET:
    *value = retired(hart) + hart->instret_offset;
    return true;
  case CSR_CYCLE:
  case CSR_TIME: // counts cycles of the nominal clock
    *value = cycles(hart) + hart->cycle_offset;
    return true;
  case CSR_INSTRET:
    *value = retired(hart) + hart->instret_offset;
    return true;
  case CSR_MCOUNTINHIBIT:
  case CSR_MVENDORID:
  case CSR_MARCHID:
  case CSR_MIMPID:
  case CSR_MHARTID:
  case CSR_MCONFIGPTR:
    *value = 0;
    return true;
  default:
    // Memory protection and event counters are there and read as zero.
    *value = 0;
    return is_protection_csr(number) || is_event_csr(number);
  }
}

bool sim_csr_read(Hart *hart, unsigned number, uint64_t *value) {
  if (is_float_csr(number) && !sim_float_enabled(hart))
    return false;
  if (is_vector_csr(number) && !sim_vector_enabled(hart))
    return false;
  return read_float_or_vector(hart, number, value) || read_machine(hart, number, value);
}

bool sim_csr_writable(const Hart *hart, unsigned number) {
  uint64_t ignored;
  if (number >> 10 == 3) // the two highest bits say read-only
    return false;
  return sim_csr_read((Hart *)hart, number, &ignored);
}

static void write_status(Hart *hart, uint64_t value) {
  bool floating = sim_float_enabled(hart);
  bool vector = sim_vector_enabled(hart);
  hart->mstatus = (value & (STATUS_MIE | STATUS_MPIE | STATUS_VS | STATUS_FS)) | STATUS_MPP;
  // What is decoded knows whether floating point and vectors are on.
  if (floating != sim_float_enabled(hart) || vector != sim_vector_enabled(hart))
    hart->flush = true;
}

void sim_csr_write(Hart *hart, unsigned number, uint64_t value) {
  switch (number) {
  case CSR_FFLAGS:
    hart->fflags = value & 31;
    break;
  case CSR_FRM:
    hart->frm = value & 7;
    break;
  case CSR_FCSR:
    hart->fflags = value & 31;
    hart->frm = value >> 5 & 7;
    break;
  case CSR_VSTART:
    hart->vstart = value & (hart->vlenb * 8 - 1);
    break;
  case CSR_VXSAT:
    hart->vxsat = value & 1;
    break;
  case CSR_VXRM:
    hart->vxrm = value & 3;
    break;
  case CSR_VCSR:
    hart->vxsat = value & 1;
    hart->vxrm = value >> 1 & 3;
    break;
  case CSR_MSTATUS:
    write_status(hart, value);
    break;
  case CSR_MIE:
    hart->mie = value & 0x888;
    break;
  case CSR_MTVEC:
    hart->mtvec = value & ~UINT64_C(2);
    break;
  case CSR_MCOUNTEREN:
    hart->mcounteren = value & 7;
    break;
  case CSR_MSCRATCH:
    hart->mscratch = value;
    break;
  case CSR_MEPC:
    hart->mepc = value & ~UINT64_C(1);
    break;
  case CSR_MCAUSE:
    hart->mcause = value;
    break;
  case CSR_MTVAL:
    hart->mtval = value;
    break;
  case CSR_MCYCLE:
    hart->cycle_offset = value - cycles(hart);
    break;
  case CSR_MINSTRET:
    hart->instret_offset = value - retired(hart);
    break;
  default: // writable without effect
    break;
  }
}
