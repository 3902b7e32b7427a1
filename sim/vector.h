// The vector unit's inside, shared by the files vector*.c: element kernels, operand checks, register groups.
#ifndef KILN_SIM_VECTOR_H
#define KILN_SIM_VECTOR_H

#include "sim/internal.h"

enum {
  VECTOR_GROUP_BYTES = 8 * SIM_MAX_VECTOR_BYTES,  // the largest register group
  VECTOR_MAX_ELEMENTS = VECTOR_GROUP_BYTES,       // of one byte each
  VECTOR_SCRATCH_BYTES = VECTOR_GROUP_BYTES + 64, // with room for whole words written behind the end
  VECTOR_SATURATED = 1 << 8,                      // in a kernel's result; the low bits are fflags
};

// Says of the loop behind it that no iteration depends on another, so that the compiler need not ask.
#ifdef __clang__
#define VECTOR_INDEPENDENT // it would complain of each loop that it does not vectorize nevertheless
#else
#define VECTOR_INDEPENDENT _Pragma("GCC ivdep")
#endif

// Compiles a loop for the host's wider registers too, picked when the program starts.
#if defined(__x86_64__) && defined(__GNUC__)
#define VECTOR_CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define VECTOR_CLONES
#endif

// The operands of an element kernel: arrays of `count` elements each. A source of an integer kernel may be
// `d` itself, otherwise none overlaps it.
typedef struct VectorElements {
  void *d;               // results; for masks one byte an element, 0 or 1
  const void *a;         // elements of vs2
  const void *b;         // elements of vs1, or the scalar as often; for reductions the one start value
  const void *c;         // old elements of vd; for carries and merges one byte an element, 0 or 1
  const uint8_t *active; // one byte an element: 0 where the mask switches it off, else 1
  size_t count;
  uint8_t rounding; // vxrm or frm
  uint8_t raised;   // fflags so far
  bool masked;      // some of `active` may be 0
} VectorElements;

// Computes all elements, inactive ones included (their results are dropped, but they raise nothing). Returns
// the fflags raised, or VECTOR_SATURATED.
typedef unsigned VectorKernel(const VectorElements *elements);

// One kernel for each SEW (by the logarithm of its bytes); NULL: reserved.
typedef struct VectorKernels {
  VectorKernel *width[4];
} VectorKernels;

// An element-wise instruction. `kernels` is NULL for an instruction that is none.
typedef struct VectorRow {
  const VectorKernels *kernels;
  bool floating; // frm must be valid, fs1 is unboxed
  bool bfloat;   // fs1 is a bf16
} VectorRow;

// How an instruction's operands are shaped. Widths are logarithms relative to SEW.
typedef struct VectorShape {
  int8_t d;    // vd
  int8_t a;    // vs2
  int8_t b;    // vs1
  bool mask;   // vd is a mask
  bool scalar; // vd and vs1 are element 0 of single registers
  bool carry;  // v0 holds carries or selects, and masks nothing
} VectorShape;

// The second source, kept in SimInsn.extra by the binder.
typedef enum VectorSource {
  VECTOR_SOURCE_NONE,
  VECTOR_SOURCE_VECTOR,
  VECTOR_SOURCE_INTEGER,
  VECTOR_SOURCE_FLOAT,
  VECTOR_SOURCE_IMMEDIATE,
} VectorSource;

// Kept in SimInsn.quad by the binder.
enum {
  VECTOR_READS_VD = 1,
  VECTOR_NAMES_VS2 = 2, // vs2 is a vector register, not a part of the opcode
};

// vector_rows.c
const VectorRow *vector_row(unsigned op);
const VectorShape *vector_shape(unsigned op);

// vector_memory.c, vector_permute.c: the handler, or NULL for an instruction that is not theirs.
SimHandler vector_bind_memory(SimInsn *insn);
SimHandler vector_bind_permute(SimInsn *insn);

// ---- Register groups. A group's size is the logarithm of EMUL, -3 .. 3.

static inline unsigned vector_registers(int emul) {
  return emul > 0 ? 1U << emul : 1;
}
static inline bool vector_emul_valid(int emul) {
  return emul >= -3 && emul <= 3;
}
// A legal EMUL, and the register number a multiple of it.
static inline bool vector_group_valid(unsigned first, int emul) {
  return vector_emul_valid(emul) && (first & (vector_registers(emul) - 1)) == 0;
}
static inline bool vector_groups_meet(unsigned a, unsigned a_count, unsigned b, unsigned b_count) {
  return a < b + b_count && b < a + a_count;
}
// Section 5.2: a destination may share registers with a source of the same EEW; with a wider source in the
// source's lowest registers; with a narrower one of EMUL >= 1 in the destination's highest. Widths are
// logarithms; a mask's is -3.
static inline bool vector_overlap_valid(unsigned d, int d_width, int d_emul, unsigned s, int s_width,
                                        int s_emul) {
  unsigned d_count = vector_registers(d_emul);
  unsigned s_count = vector_registers(s_emul);
  if (d_width == s_width || !vector_groups_meet(d, d_count, s, s_count))
    return true;
  if (d_width < s_width)
    return d == s;
  return s_emul >= 0 && s + s_count == d + d_count;
}
static inline uint8_t *vector_register(Hart *hart, unsigned number) {
  return hart->v + (size_t)number * hart->vlenb;
}
// VLMAX for elements of SEW.
static inline uint64_t vector_length_max(const Hart *hart) {
  int shift = hart->vlmul - hart->vsew;
  return shift >= 0 ? (uint64_t)hart->vlenb << shift : (uint64_t)hart->vlenb >> -shift;
}
static inline bool vector_mask_bit(const uint8_t *mask, size_t i) {
  return mask[i >> 3] >> (i & 7) & 1;
}

// One byte, 0 or 1, for each bit of v0 from `first` on; all 1 when the instruction is not masked. `active`
// has VECTOR_SCRATCH_BYTES.
void vector_active(const Hart *hart, bool masked, size_t first, size_t count, uint8_t *active);
// Bytes 0 or 1 from the bits of a mask.
void vector_expand(const uint8_t *mask, size_t first, size_t count, uint8_t *bytes);
// Bits first .. first + count of a mask register := the bytes (0 or 1) where active.
void vector_store_mask(uint8_t *mask, const uint8_t *bytes, const uint8_t *active, size_t first,
                       size_t count);
// d[i] := s[i] where active[i]; elements of 2 to the `width` bytes.
void vector_blend(void *d, const void *s, const uint8_t *active, int width, size_t count);
// `count` copies of the low bytes of a value.
void vector_splat(void *d, uint64_t value, int width, size_t count);
static inline uint64_t vector_load_element(const void *base, int width, size_t i) {
  uint64_t value = 0;
  const uint8_t *at = (const uint8_t *)base + (i << width);
  switch (width) { // copies of a known size need no call
  case 0:
    return *at;
  case 1:
    memcpy(&value, at, 2);
    return value;
  case 2:
    memcpy(&value, at, 4);
    return value;
  default:
    memcpy(&value, at, 8);
    return value;
  }
}
static inline void vector_store_element(void *base, int width, size_t i, uint64_t value) {
  uint8_t *at = (uint8_t *)base + (i << width);
  switch (width) {
  case 0:
    *at = (uint8_t)value;
    break;
  case 1:
    memcpy(at, &value, 2);
    break;
  case 2:
    memcpy(at, &value, 4);
    break;
  default:
    memcpy(at, &value, 8);
    break;
  }
}

// The floating format of SEW; SEW is at least 16 bits.
static inline SimFormat vector_format(int width) {
  return width == 1 ? SIM_F16 : width == 2 ? SIM_F32 : SIM_F64;
}
// The scalar operand of an instruction, as its low bits.
uint64_t vector_scalar(const Hart *hart, const SimInsn *insn, bool bfloat);

// What the event record is to say of an instruction: register counts (0: the field is no vector), elements
// and the width of the widest.
typedef struct VectorUse {
  size_t elements;
  int width;
  unsigned vd;
  unsigned vs1;
  unsigned vs2;
  bool reads_v0; // as data; the mask is seen anyway
} VectorUse;
void vector_note_use(Hart *hart, const SimInsn *insn, const VectorUse *use);
static inline void vector_record(Hart *hart, const SimInsn *insn, const VectorUse *use) {
  if (__builtin_expect(hart->event != NULL, 0))
    vector_note_use(hart, insn, use);
}

// Ends an instruction that did all it had to: vstart := 0.
static inline const SimInsn *vector_done(Hart *hart, const SimInsn *insn) {
  hart->vstart = 0;
  return insn + 1;
}

// The kernels of vector_integer.c and vector_float.c, named by vector_rows.c.
#define BITS 8
#define ALL_KERNELS(name) extern const VectorKernels vector_##name;
#define BINARY(name, expression) ALL_KERNELS(name)
#define TERNARY(name, expression) ALL_KERNELS(name)
#define FIXED(name, expression) ALL_KERNELS(name)
#define SATURATING(name, expression, smallest, largest) ALL_KERNELS(name)
#define COMPARE(name, condition) ALL_KERNELS(name)
#define CARRY(name, expression) ALL_KERNELS(name)
#define CARRY_OUT(name, condition) ALL_KERNELS(name)
#define REDUCTION(name, expression) ALL_KERNELS(name)
#define WIDENING(name, expression) ALL_KERNELS(name)
#define WIDENING_W(name, expression) ALL_KERNELS(name)
#define NARROWING(name, expression) ALL_KERNELS(name)
#define NARROWING_CLIP(name, type, expression, clamp) ALL_KERNELS(name)
#define WIDENING_REDUCTION(name, expression) ALL_KERNELS(name)
#include "sim/vector_integer.def"
#undef BITS
#undef BINARY
#undef TERNARY
#undef FIXED
#undef SATURATING
#undef COMPARE
#undef CARRY
#undef CARRY_OUT
#undef REDUCTION
#undef WIDENING
#undef WIDENING_W
#undef NARROWING
#undef NARROWING_CLIP
#undef WIDENING_REDUCTION
ALL_KERNELS(zext_2)
ALL_KERNELS(zext_4)
ALL_KERNELS(zext_8)
ALL_KERNELS(sext_2)
ALL_KERNELS(sext_4)
ALL_KERNELS(sext_8)
#define BITS 16
#define BINARY(name, expression) ALL_KERNELS(name)
#define TERNARY(name, expression) ALL_KERNELS(name)
#define UNARY(name, expression) ALL_KERNELS(name)
#define COMPARE(name, condition) ALL_KERNELS(name)
#define CARRY(name, expression) ALL_KERNELS(name)
#define REDUCTION(name, expression) ALL_KERNELS(name)
#define WIDENING(name, expression) ALL_KERNELS(name)
#define WIDENING_W(name, expression) ALL_KERNELS(name)
#define NARROWING(name, expression) ALL_KERNELS(name)
#define WIDENING_REDUCTION(name, expression) ALL_KERNELS(name)
#include "sim/vector_float.def"
#undef BITS
#undef BINARY
#undef TERNARY
#undef UNARY
#undef COMPARE
#undef CARRY
#undef REDUCTION
#undef WIDENING
#undef WIDENING_W
#undef NARROWING
#undef WIDENING_REDUCTION
ALL_KERNELS(fwcvt_f_xu)
ALL_KERNELS(fwcvt_f_x)
ALL_KERNELS(fncvt_xu_f)
ALL_KERNELS(fncvt_x_f)
ALL_KERNELS(fncvt_rtz_xu_f)
ALL_KERNELS(fncvt_rtz_x_f)
ALL_KERNELS(fwcvtbf16)
ALL_KERNELS(fncvtbf16)
ALL_KERNELS(fwmaccbf16)
// vector_host.c: the same results as `software`, which it calls for what the host cannot do.
#define ON_HOST(name, bits)                                                                                  \
  unsigned vector_host_##name##_##bits(const VectorElements *elements, VectorKernel *software);
#define HOST(name, operands, expression, usable)                                                             \
  ON_HOST(name, 16)                                                                                          \
  ON_HOST(name, 32)                                                                                          \
  ON_HOST(name, 64)                                                                                          \
  ALL_KERNELS(name##_fast)
#define ORDER(name, RESULT, expression) HOST(name, 2, expression, true)
#define HOST_FOLD(name, expression)                                                                          \
  ON_HOST(name, 32)                                                                                          \
  ON_HOST(name, 64)                                                                                          \
  ALL_KERNELS(name##_fast)
#define WIDENED(name, base)                                                                                  \
  ON_HOST(name, 16)                                                                                          \
  ON_HOST(name, 32)                                                                                          \
  ALL_KERNELS(name##_fast)
#define CONVERT(name, bits) ON_HOST(name, bits)
#include "sim/vector_host.def"
#undef ON_HOST
ALL_KERNELS(fwcvt_f_f_fast)
ALL_KERNELS(fncvt_f_f_fast)
ALL_KERNELS(fcvt_x_f_fast)
ALL_KERNELS(fcvt_rtz_x_f_fast)
ALL_KERNELS(fcvt_f_x_fast)
ALL_KERNELS(fcvt_f_xu_fast)
ALL_KERNELS(fwcvtbf16_fast)
ALL_KERNELS(fncvtbf16_fast)
ALL_KERNELS(fwmaccbf16_fast)
#undef ALL_KERNELS

#endif
