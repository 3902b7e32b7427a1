// Shared by the files vector_host*.c: loops on the host's own floating arithmetic.
//
// It is known to give the same bits and flags for rounding to nearest even on x86-64, whose SSE arithmetic is
// IEEE 754 with tininess detected after rounding as RISC-V wants it. NaNs are where the two differ (which NaN
// results, and inf * 0
// + NaN), so when a result is a NaN everything is done again in software. tests/sim-vector compares both with
// QEMU.
#ifndef KILN_SIM_VECTOR_HOST_H
#define KILN_SIM_VECTOR_HOST_H

#include "sim/vector.h"

#define NAME __attribute__((unused)) // which an expression may use

#if defined(__x86_64__) && defined(__GNUC__)
#define VECTOR_HOST_FLOATS
#include <immintrin.h>
#include <math.h>

// Clones for wider registers; also keeps the loop from being inlined, so that it stays between the accesses
// to the host's control register.
#define HOST_SIMD VECTOR_CLONES
#define HOST_HALF __attribute__((target("avx2,fma,f16c"), noinline))
#define HAS_FMA __builtin_cpu_supports("fma")
#define HAS_HALF                                                                                             \
  (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c"))

// A loop over all elements that returns whether it must be done in software.
typedef VectorKernel HostLoop;

// Runs a loop, with ones for inactive elements, and returns its flags; `software` where that will not do. The
// widths are those of the sources' elements.
unsigned vector_host_run(const VectorElements *elements, VectorKernel *software, HostLoop *loop, int a_width,
                         int b_width, int c_width);

// The loops that others build on.
#define HOST(name, operands, expression, usable)                                                             \
  unsigned vector_host_##name##_loop_32(const VectorElements *e);                                            \
  unsigned vector_host_##name##_loop_64(const VectorElements *e);
#define ORDER(name, RESULT, expression)
#define HOST_FOLD(name, expression)
#define WIDENED(name, base)
#define CONVERT(name, width)
#include "sim/vector_host.def"

// Halves to floats. False, when there is an infinity or a NaN among them.
bool vector_host_widen(float *to, const uint16_t *from, size_t count);
// Floats to halves, rounded. False, when there is a NaN among them.
bool vector_host_narrow(uint16_t *to, const float *from, size_t count);
#endif
#endif
