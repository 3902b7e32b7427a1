// The instructions of Xkilntile and Xkilndma for C: each is a function of a reserved name, which kiln-llc
// expands in place. Compile with clang --target=riscv64-unknown-elf -march=rv64gcv_zvfh -O1 (or higher)
// -emit-llvm, then with kiln-llc.
//
// An accumulator, or a group of 2, 4, 8 or 16 side by side, is a value of an opaque type. It is given
// registers as any value is; but nothing copies or spills accumulators, so that an old value that is still
// used after an instruction has changed it, more groups at once than the machine has accumulators for, or one
// that lives across a call is an error. Do not store them in memory, compare them or cast them.
//
// docs/isa.md says what each instruction does.
#ifndef KILN_H
#define KILN_H

#include <riscv_vector.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The number behind acc counts the accumulators of the group.
typedef struct __kiln_accumulator __attribute__((address_space(101))) * __kiln_acc1_t;
typedef struct __kiln_accumulator __attribute__((address_space(102))) * __kiln_acc2_t;
typedef struct __kiln_accumulator __attribute__((address_space(104))) * __kiln_acc4_t;
typedef struct __kiln_accumulator __attribute__((address_space(108))) * __kiln_acc8_t;
typedef struct __kiln_accumulator __attribute__((address_space(116))) * __kiln_acc16_t;

#define __KILN __attribute__((nothrow))

// kt.zero
__KILN __kiln_acc1_t __kiln_zero_acc1(void);
__KILN __kiln_acc2_t __kiln_zero_acc2(void);
__KILN __kiln_acc4_t __kiln_zero_acc4(void);
__KILN __kiln_acc8_t __kiln_zero_acc8(void);
__KILN __kiln_acc16_t __kiln_zero_acc16(void);

// One accumulator of a group, to be read by kt.get, kt.st or kt.drain; i is a constant.
__KILN __kiln_acc1_t __kiln_part_acc2(__kiln_acc2_t group, int i);
__KILN __kiln_acc1_t __kiln_part_acc4(__kiln_acc4_t group, int i);
__KILN __kiln_acc1_t __kiln_part_acc8(__kiln_acc8_t group, int i);
__KILN __kiln_acc1_t __kiln_part_acc16(__kiln_acc16_t group, int i);

// kt.bias.r (every row is the register) and kt.bias.c (every column): one register for each accumulator.
#define __KILN_BIAS(way)                                                                                     \
  __KILN __kiln_acc1_t __kiln_bias_##way##_acc1(vint32m1_t bias);                                            \
  __KILN __kiln_acc2_t __kiln_bias_##way##_acc2(vint32m2_t bias);                                            \
  __KILN __kiln_acc4_t __kiln_bias_##way##_acc4(vint32m4_t bias);                                            \
  __KILN __kiln_acc8_t __kiln_bias_##way##_acc8(vint32m8_t bias);                                            \
  __KILN __kiln_acc1_t __kiln_bias_##way##_f_acc1(vfloat32m1_t bias);                                        \
  __KILN __kiln_acc2_t __kiln_bias_##way##_f_acc2(vfloat32m2_t bias);                                        \
  __KILN __kiln_acc4_t __kiln_bias_##way##_f_acc4(vfloat32m4_t bias);                                        \
  __KILN __kiln_acc8_t __kiln_bias_##way##_f_acc8(vfloat32m8_t bias);
__KILN_BIAS(r)
__KILN_BIAS(c)
#undef __KILN_BIAS

// kt.mopa.TT.RxC: group += A (R registers) by B (C registers); with _z at the end: group = A by B.
#define __KILN_MOPA_SHAPE(tt, a, b, r, c, n)                                                                 \
  __KILN __kiln_acc##n##_t __kiln_mopa_##tt##_##r##x##c(__kiln_acc##n##_t sum, a##m##r##_t A,                \
                                                        b##m##c##_t B);                                      \
  __KILN __kiln_acc##n##_t __kiln_mopa_##tt##_##r##x##c##_z(a##m##r##_t A, b##m##c##_t B);
#define __KILN_MOPA(tt, a, b)                                                                                \
  __KILN_MOPA_SHAPE(tt, a, b, 1, 1, 1)                                                                       \
  __KILN_MOPA_SHAPE(tt, a, b, 1, 2, 2)                                                                       \
  __KILN_MOPA_SHAPE(tt, a, b, 1, 4, 4)                                                                       \
  __KILN_MOPA_SHAPE(tt, a, b, 2, 1, 2)                                                                       \
  __KILN_MOPA_SHAPE(tt, a, b, 2, 2, 4)                                                                       \
  __KILN_MOPA_SHAPE(tt, a, b, 2, 4, 8)                                                                       \
  __KILN_MOPA_SHAPE(tt, a, b, 4, 1, 4)                                                                       \
  __KILN_MOPA_SHAPE(tt, a, b, 4, 2, 8)                                                                       \
  __KILN_MOPA_SHAPE(tt, a, b, 4, 4, 16)
__KILN_MOPA(ss, vint8, vint8)
__KILN_MOPA(su, vint8, vuint8)
__KILN_MOPA(us, vuint8, vint8)
__KILN_MOPA(uu, vuint8, vuint8)
__KILN_MOPA(f, vfloat32, vfloat32)
#ifdef __riscv_zvfh
__KILN_MOPA(hf, vfloat16, vfloat16)
#endif
#ifdef __riscv_zvfbfmin
__KILN_MOPA(bf, vbfloat16, vbfloat16)
#endif
#undef __KILN_MOPA
#undef __KILN_MOPA_SHAPE

// kt.mdw.TT: three taps of a depthwise convolution with a step of 1 or 2 pixels; quad and index are
// constants.
#define __KILN_MDW(tt, a, w)                                                                                 \
  __KILN __kiln_acc1_t __kiln_mdw_##tt##_1(__kiln_acc1_t sum, int quad, a##m2_t A, w##m1_t W, int index);    \
  __KILN __kiln_acc1_t __kiln_mdw_##tt##_2(__kiln_acc1_t sum, int quad, a##m1x3_t A, w##m1_t W, int index);
__KILN_MDW(ss, vint8, vint8)
__KILN_MDW(su, vint8, vuint8)
__KILN_MDW(us, vuint8, vint8)
__KILN_MDW(uu, vuint8, vuint8)
#undef __KILN_MDW

// kt.get (from row `row` on), kt.getc (from column `row` on) and kt.put: vl elements.
#define __KILN_MOVE(name, type)                                                                              \
  __KILN type __kiln_get_##name(__kiln_acc1_t from, size_t row, size_t vl);                                  \
  __KILN type __kiln_getc_##name(__kiln_acc1_t from, size_t row, size_t vl);                                 \
  __KILN __kiln_acc1_t __kiln_put_##name(__kiln_acc1_t to, type elements, size_t row, size_t vl);
__KILN_MOVE(i32m1, vint32m1_t)
__KILN_MOVE(i32m2, vint32m2_t)
__KILN_MOVE(i32m4, vint32m4_t)
__KILN_MOVE(i32m8, vint32m8_t)
__KILN_MOVE(f32m1, vfloat32m1_t)
__KILN_MOVE(f32m2, vfloat32m2_t)
__KILN_MOVE(f32m4, vfloat32m4_t)
__KILN_MOVE(f32m8, vfloat32m8_t)
#undef __KILN_MOVE

// kt.ld, kt.st
__KILN __kiln_acc1_t __kiln_ld(const void *from, ptrdiff_t pitch);
__KILN void __kiln_st(__kiln_acc1_t accumulator, void *to, ptrdiff_t pitch);

// The drain descriptor, kt.dcfg, kt.dext and kt.drain.
typedef struct __kiln_drain {
  uint8_t mode, layout, flags, reserved;
  int32_t zero_point;
  union {
    int32_t i;
    float f;
  } minimum, maximum;
  const void *bias, *multiplier;
  const uint8_t *shift, *table;
  uint32_t rows, columns;
  uint64_t reserved_end;
} __attribute__((aligned(8))) __kiln_drain_t;
enum { __kiln_raw32, __kiln_q8, __kiln_fp16, __kiln_bf16, __kiln_fp32 };
__KILN void __kiln_dcfg(const __kiln_drain_t *configuration);
__KILN void __kiln_dext(size_t rows, size_t columns);
__KILN void __kiln_drain_1x1(__kiln_acc1_t group, void *to, ptrdiff_t pitch);
__KILN void __kiln_drain_1x2(__kiln_acc2_t group, void *to, ptrdiff_t pitch);
__KILN void __kiln_drain_1x4(__kiln_acc4_t group, void *to, ptrdiff_t pitch);
__KILN void __kiln_drain_2x1(__kiln_acc2_t group, void *to, ptrdiff_t pitch);
__KILN void __kiln_drain_2x2(__kiln_acc4_t group, void *to, ptrdiff_t pitch);
__KILN void __kiln_drain_2x4(__kiln_acc8_t group, void *to, ptrdiff_t pitch);
__KILN void __kiln_drain_4x1(__kiln_acc4_t group, void *to, ptrdiff_t pitch);
__KILN void __kiln_drain_4x2(__kiln_acc8_t group, void *to, ptrdiff_t pitch);
__KILN void __kiln_drain_4x4(__kiln_acc16_t group, void *to, ptrdiff_t pitch);
// What was drained before is in memory behind it.
__KILN void __kiln_fence(void);

// Xkilndma; i is a constant.
__KILN void __kiln_src(const void *from);
__KILN void __kiln_dst(void *to);
__KILN void __kiln_dim(int i, size_t count, ptrdiff_t source_stride, ptrdiff_t destination_stride);
__KILN void __kiln_fill(uint32_t pattern);
__KILN uint64_t __kiln_start(void);
__KILN void __kiln_wait(uint64_t id);
__KILN uint64_t __kiln_poll(uint64_t id);

#ifdef __cplusplus
}
#endif
#endif
