// Integer and fixed-point element kernels: vector_integer.def expanded for 8, 16, 32 and 64 bits. The loops
// are plain so that the compiler turns them into the host's SIMD.
#include "sim/vector.h"

// What rounding by vxrm (section 3.8) adds to value >> shift. Shifts are below 64, so the low 64 bits of a
// wider value tell.
static inline unsigned round_increment(uint64_t value, unsigned shift, unsigned mode) {
  if (shift == 0)
    return 0;
  unsigned half = value >> (shift - 1) & 1;
  unsigned below = (value & ((UINT64_C(1) << (shift - 1)) - 1)) != 0;
  unsigned odd = value >> shift & 1;
  switch (mode) {
  case 0: // to nearest, halves up
    return half;
  case 1: // to nearest, halves to even
    return half & (below | odd);
  case 2: // down
    return 0;
  default: // to odd
    return (odd ^ 1) & (half | below);
  }
}

// Bit 63 becomes bit 0 and so on.
static inline uint64_t reverse_bits(uint64_t value) {
  value = __builtin_bswap64(value);
  value = (value & UINT64_C(0x0f0f0f0f0f0f0f0f)) << 4 | (value >> 4 & UINT64_C(0x0f0f0f0f0f0f0f0f));
  value = (value & UINT64_C(0x3333333333333333)) << 2 | (value >> 2 & UINT64_C(0x3333333333333333));
  return (value & UINT64_C(0x5555555555555555)) << 1 | (value >> 1 & UINT64_C(0x5555555555555555));
}

// The expansion for one width is made with these set: BITS; ELEMENT and SIGNED, the element's types;
// ARITHMETIC and SIGNED_ARITHMETIC, at least 32 bits wide, those of expressions; WIDE and SIGNED_WIDE, which
// hold every sum and product; WIDER and SIGNED_WIDER, the element of twice the width.
#define JOIN_EXPANDED(a, b) a##_##b
#define JOIN(a, b) JOIN_EXPANDED(a, b)
#define KERNEL(name) static VECTOR_CLONES unsigned JOIN(name, BITS)(const VectorElements *e)
#define NAME __attribute__((unused))

#define ROUND(value, shift)                                                                                  \
  (((value) >> (shift)) + round_increment((uint64_t)(value), (unsigned)(shift), e->rounding))
#define SIGNED_MIN (-((SIGNED_WIDE)1 << (BITS - 1)))
#define SIGNED_MAX (((SIGNED_WIDE)1 << (BITS - 1)) - 1)
#define UNSIGNED_MAX ((SIGNED_WIDE)(ELEMENT) ~(ELEMENT)0)

// The destination may be a source as well, element by element; no element depends on another's result.
#define EACH(D, A, B, C)                                                                                     \
  D *vd = e->d;                                                                                              \
  NAME const A *va = e->a;                                                                                   \
  NAME const B *vb = e->b;                                                                                   \
  NAME const C *vc = e->c;                                                                                   \
  VECTOR_INDEPENDENT                                                                                         \
  for (size_t i = 0; i < e->count; i++)

#define NAMES(unsigned_type, signed_type, A, B)                                                              \
  NAME unsigned_type a = (unsigned_type)va[i];                                                               \
  NAME unsigned_type b = (unsigned_type)vb[i];                                                               \
  NAME signed_type sa = (signed_type)(A)va[i];                                                               \
  NAME signed_type sb = (signed_type)(B)vb[i];

#define BINARY(name, expression)                                                                             \
  KERNEL(name) {                                                                                             \
    EACH(ELEMENT, ELEMENT, ELEMENT, ELEMENT) {                                                               \
      NAMES(ARITHMETIC, SIGNED_ARITHMETIC, SIGNED, SIGNED)                                                   \
      vd[i] = (ELEMENT)(expression);                                                                         \
    }                                                                                                        \
    return 0;                                                                                                \
  }
#define FIXED(name, expression) BINARY(name, expression)

#define TERNARY(name, expression)                                                                            \
  KERNEL(name) {                                                                                             \
    EACH(ELEMENT, ELEMENT, ELEMENT, ELEMENT) {                                                               \
      NAMES(ARITHMETIC, SIGNED_ARITHMETIC, SIGNED, SIGNED)                                                   \
      ARITHMETIC c = vc[i];                                                                                  \
      vd[i] = (ELEMENT)(expression);                                                                         \
    }                                                                                                        \
    return 0;                                                                                                \
  }

#define COMPARE(name, condition)                                                                             \
  KERNEL(name) {                                                                                             \
    EACH(uint8_t, ELEMENT, ELEMENT, ELEMENT) {                                                               \
      NAMES(ARITHMETIC, SIGNED_ARITHMETIC, SIGNED, SIGNED)                                                   \
      vd[i] = (condition);                                                                                   \
    }                                                                                                        \
    return 0;                                                                                                \
  }

#define CARRY(name, expression)                                                                              \
  KERNEL(name) {                                                                                             \
    EACH(ELEMENT, ELEMENT, ELEMENT, uint8_t) {                                                               \
      NAMES(ARITHMETIC, SIGNED_ARITHMETIC, SIGNED, SIGNED)                                                   \
      ARITHMETIC c = vc[i];                                                                                  \
      vd[i] = (ELEMENT)(expression);                                                                         \
    }                                                                                                        \
    return 0;                                                                                                \
  }

#define CARRY_OUT(name, condition)                                                                           \
  KERNEL(name) {                                                                                             \
    EACH(uint8_t, ELEMENT, ELEMENT, uint8_t) {                                                               \
      NAMES(ARITHMETIC, SIGNED_ARITHMETIC, SIGNED, SIGNED)                                                   \
      ARITHMETIC c = vc[i];                                                                                  \
      vd[i] = (condition);                                                                                   \
    }                                                                                                        \
    return 0;                                                                                                \
  }

#define SATURATING(name, expression, smallest, largest)                                                      \
  KERNEL(name) {                                                                                             \
    unsigned saturated = 0;                                                                                  \
    EACH(ELEMENT, ELEMENT, ELEMENT, ELEMENT) {                                                               \
      NAMES(ARITHMETIC, SIGNED_ARITHMETIC, SIGNED, SIGNED)                                                   \
      SIGNED_WIDE value = (expression);                                                                      \
      SIGNED_WIDE clamped = value<(smallest) ? (smallest) : value>(largest) ? (largest) : value;             \
      saturated |= (value != clamped) & e->active[i];                                                        \
      vd[i] = (ELEMENT)clamped;                                                                              \
    }                                                                                                        \
    return saturated ? VECTOR_SATURATED : 0;                                                                 \
  }

#define REDUCTION(name, expression)                                                                          \
  KERNEL(name) {                                                                                             \
    ARITHMETIC c = *(const ELEMENT *)e->b;                                                                   \
    const ELEMENT *va = e->a;                                                                                \
    for (size_t i = 0; i < e->count; i++) {                                                                  \
      NAME ARITHMETIC a = va[i];                                                                             \
      NAME SIGNED_ARITHMETIC sa = (SIGNED)va[i];                                                             \
      NAME SIGNED_ARITHMETIC sc = (SIGNED)c;                                                                 \
      c = e->active[i] ? (ELEMENT)(expression) : c;                                                          \
    }                                                                                                        \
    *(ELEMENT *)e->d = (ELEMENT)c;                                                                           \
    return 0;                                                                                                \
  }

#define WIDENING(name, expression)                                                                           \
  KERNEL(name) {                                                                                             \
    EACH(WIDER, ELEMENT, ELEMENT, WIDER) {                                                                   \
      NAMES(WIDE, WIDE, SIGNED, SIGNED)                                                                      \
      NAME WIDE c = vc[i];                                                                                   \
      vd[i] = (WIDER)(expression);                                                                           \
    }                                                                                                        \
    return 0;                                                                                                \
  }

#define WIDENING_W(name, expression)                                                                         \
  KERNEL(name) {                                                                                             \
    EACH(WIDER, WIDER, ELEMENT, WIDER) {                                                                     \
      NAMES(WIDE, WIDE, SIGNED_WIDER, SIGNED)                                                                \
      vd[i] = (WIDER)(expression);                                                                           \
    }                                                                                                        \
    return 0;                                                                                                \
  }

#define NARROWING(name, expression)                                                                          \
  KERNEL(name) {                                                                                             \
    EACH(ELEMENT, WIDER, ELEMENT, ELEMENT) {                                                                 \
      NAMES(WIDE, SIGNED_WIDE, SIGNED_WIDER, SIGNED)                                                         \
      vd[i] = (ELEMENT)(expression);                                                                         \
    }                                                                                                        \
    return 0;                                                                                                \
  }

#define NARROWING_CLIP(name, type, expression, clamp)                                                        \
  KERNEL(name) {                                                                                             \
    unsigned saturated = 0;                                                                                  \
    EACH(ELEMENT, WIDER, ELEMENT, ELEMENT) {                                                                 \
      NAMES(WIDE, SIGNED_WIDE, SIGNED_WIDER, SIGNED)                                                         \
      type value = (expression);                                                                             \
      type clamped = (clamp);                                                                                \
      saturated |= (value != clamped) & e->active[i];                                                        \
      vd[i] = (ELEMENT)clamped;                                                                              \
    }                                                                                                        \
    return saturated ? VECTOR_SATURATED : 0;                                                                 \
  }

#define WIDENING_REDUCTION(name, expression)                                                                 \
  KERNEL(name) {                                                                                             \
    WIDE c = *(const WIDER *)e->b;                                                                           \
    const ELEMENT *va = e->a;                                                                                \
    for (size_t i = 0; i < e->count; i++) {                                                                  \
      NAME WIDE a = va[i];                                                                                   \
      NAME WIDE sa = (WIDE)(SIGNED)va[i];                                                                    \
      c = e->active[i] ? (expression) : c;                                                                   \
    }                                                                                                        \
    *(WIDER *)e->d = (WIDER)c;                                                                               \
    return 0;                                                                                                \
  }

#define BITS 8
#define ELEMENT uint8_t
#define SIGNED int8_t
#define ARITHMETIC uint32_t
#define SIGNED_ARITHMETIC int32_t
#define WIDE uint32_t
#define SIGNED_WIDE int32_t
#define WIDER uint16_t
#define SIGNED_WIDER int16_t
#include "sim/vector_integer.def"
#undef BITS
#undef ELEMENT
#undef SIGNED
#undef WIDER
#undef SIGNED_WIDER

#define BITS 16
#define ELEMENT uint16_t
#define SIGNED int16_t
#define WIDER uint32_t
#define SIGNED_WIDER int32_t
#include "sim/vector_integer.def"
#undef BITS
#undef ELEMENT
#undef SIGNED
#undef WIDE
#undef SIGNED_WIDE
#undef WIDER
#undef SIGNED_WIDER

#define BITS 32
#define ELEMENT uint32_t
#define SIGNED int32_t
#define WIDE uint64_t
#define SIGNED_WIDE int64_t
#define WIDER uint64_t
#define SIGNED_WIDER int64_t
#include "sim/vector_integer.def"
#undef BITS
#undef ELEMENT
#undef SIGNED
#undef ARITHMETIC
#undef SIGNED_ARITHMETIC
#undef WIDE
#undef SIGNED_WIDE

#define BITS 64
#define ELEMENT uint64_t
#define SIGNED int64_t
#define ARITHMETIC uint64_t
#define SIGNED_ARITHMETIC int64_t
#define WIDE unsigned __int128
#define SIGNED_WIDE __int128
#include "sim/vector_integer.def"

// Sign and zero extension: vd of SEW from an eighth to a half of it.
#define EXTEND(name, D, A)                                                                                   \
  static unsigned name(const VectorElements *e) {                                                            \
    D *restrict vd = e->d;                                                                                   \
    const A *restrict va = e->a;                                                                             \
    for (size_t i = 0; i < e->count; i++)                                                                    \
      vd[i] = (D)va[i];                                                                                      \
    return 0;                                                                                                \
  }
EXTEND(zext_16_8, uint16_t, uint8_t)
EXTEND(zext_32_8, uint32_t, uint8_t)
EXTEND(zext_64_8, uint64_t, uint8_t)
EXTEND(zext_32_16, uint32_t, uint16_t)
EXTEND(zext_64_16, uint64_t, uint16_t)
EXTEND(zext_64_32, uint64_t, uint32_t)
EXTEND(sext_16_8, int16_t, int8_t)
EXTEND(sext_32_8, int32_t, int8_t)
EXTEND(sext_64_8, int64_t, int8_t)
EXTEND(sext_32_16, int32_t, int16_t)
EXTEND(sext_64_16, int64_t, int16_t)
EXTEND(sext_64_32, int64_t, int32_t)

const VectorKernels vector_zext_2 = {{NULL, zext_16_8, zext_32_16, zext_64_32}};
const VectorKernels vector_zext_4 = {{NULL, NULL, zext_32_8, zext_64_16}};
const VectorKernels vector_zext_8 = {{NULL, NULL, NULL, zext_64_8}};
const VectorKernels vector_sext_2 = {{NULL, sext_16_8, sext_32_16, sext_64_32}};
const VectorKernels vector_sext_4 = {{NULL, NULL, sext_32_8, sext_64_16}};
const VectorKernels vector_sext_8 = {{NULL, NULL, NULL, sext_64_8}};

// The tables of kernels by SEW.
#undef BITS
#define BITS 8
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
#define ALL_WIDTHS(name) const VectorKernels vector_##name = {{name##_8, name##_16, name##_32, name##_64}};
#define NOT_64(name) const VectorKernels vector_##name = {{name##_8, name##_16, name##_32, NULL}};
#define BINARY(name, expression) ALL_WIDTHS(name)
#define TERNARY(name, expression) ALL_WIDTHS(name)
#define FIXED(name, expression) ALL_WIDTHS(name)
#define SATURATING(name, expression, smallest, largest) ALL_WIDTHS(name)
#define COMPARE(name, condition) ALL_WIDTHS(name)
#define CARRY(name, expression) ALL_WIDTHS(name)
#define CARRY_OUT(name, condition) ALL_WIDTHS(name)
#define REDUCTION(name, expression) ALL_WIDTHS(name)
#define WIDENING(name, expression) NOT_64(name)
#define WIDENING_W(name, expression) NOT_64(name)
#define NARROWING(name, expression) NOT_64(name)
#define NARROWING_CLIP(name, type, expression, clamp) NOT_64(name)
#define WIDENING_REDUCTION(name, expression) NOT_64(name)
#include "sim/vector_integer.def"
