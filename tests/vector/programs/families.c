// A few of each family of riscv_vector.h's intrinsics, on random data of all widths; what they leave is
// printed.
#include "program.h"

#include <riscv_vector.h>
#include <stddef.h>
#include <stdint.h>

enum { BYTES = 1024 };
static uint8_t in[BYTES] __attribute__((aligned(16))), out[BYTES] __attribute__((aligned(16)));

static void show(void) {
  uint64_t sum = 0;
  for (int i = 0; i < BYTES; i++) {
    sum = sum * 31 + out[i];
    out[i] = 0;
  }
  emit((long)sum);
}

static void fill(unsigned seed) {
  for (int i = 0; i < BYTES; i++)
    in[i] = (uint8_t)((seed = seed * 1664525 + 1013904223) >> 24);
}

#define I8 ((int8_t *)in)
#define I16 ((int16_t *)in)
#define I32 ((int32_t *)in)
#define U32 ((uint32_t *)in)
#define O32 ((int32_t *)out)

NOINLINE static void integers(size_t vl) {
  vint32m2_t a = __riscv_vle32_v_i32m2(I32, vl), b = __riscv_vle32_v_i32m2(I32 + 40, vl);
  vbool16_t m = __riscv_vmslt_vv_i32m2_b16(a, b, vl);
  __riscv_vse32_v_i32m2(O32, __riscv_vadd_vv_i32m2_mu(m, a, a, b, vl), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vsub_vx_i32m2_tu(a, b, 12345, vl / 2), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vrsub_vx_i32m2(a, 5, vl), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vmul_vv_i32m2_tumu(m, b, a, b, vl / 2), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vmulh_vv_i32m2(a, b, vl), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vdiv_vv_i32m2(a, b, vl), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vrem_vx_i32m2(a, 77, vl), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vsll_vx_i32m2(a, 3, vl), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vsra_vx_i32m2(a, 40, vl), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vmax_vv_i32m2(a, b, vl), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vmacc_vv_i32m2(a, b, b, vl), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vnmsub_vx_i32m2_mu(m, a, 9, b, vl), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vmerge_vvm_i32m2(a, b, m, vl), vl);
  show();
  __riscv_vse32_v_i32m2(O32, __riscv_vadc_vvm_i32m2(a, b, m, vl), vl);
  show();
  vbool16_t carry = __riscv_vmadc_vvm_i32m2_b16(a, b, m, vl);
  __riscv_vsm_v_b16(out, carry, vl);
  show();
  __riscv_vsm_v_b16(out, __riscv_vmsge_vx_i32m2_b16(a, 0, vl), vl);
  show();
  __riscv_vsm_v_b16(out,
                    __riscv_vmsgeu_vv_u32m2_b16_mu(m, carry, __riscv_vreinterpret_v_i32m2_u32m2(a),
                                                   __riscv_vreinterpret_v_i32m2_u32m2(b), vl),
                    vl);
  show();
}

NOINLINE static void widths(size_t vl) {
  vint8m1_t a = __riscv_vle8_v_i8m1(I8, vl), b = __riscv_vle8_v_i8m1(I8 + 100, vl);
  vint16m2_t w = __riscv_vwmul_vv_i16m2(a, b, vl);
  __riscv_vse16_v_i16m2((int16_t *)out, w, vl);
  show();
  w = __riscv_vwadd_wv_i16m2(w, a, vl);
  w = __riscv_vwmacc_vx_i16m2(w, 7, b, vl);
  __riscv_vse16_v_i16m2((int16_t *)out, w, vl);
  show();
  __riscv_vse8_v_i8m1((int8_t *)out, __riscv_vnsra_wx_i8m1(w, 3, vl), vl);
  show();
  __riscv_vse8_v_i8m1((int8_t *)out, __riscv_vnclip_wx_i8m1(w, 4, __RISCV_VXRM_RNE, vl), vl);
  show();
  __riscv_vse32_v_i32m4(O32, __riscv_vsext_vf4_i32m4(a, vl), vl);
  show();
  __riscv_vse16_v_u16m2((uint16_t *)out, __riscv_vzext_vf2_u16m2(__riscv_vreinterpret_v_i8m1_u8m1(b), vl),
                        vl);
  show();
  __riscv_vse16_v_i16m2((int16_t *)out, __riscv_vaadd_vv_i16m2(w, w, __RISCV_VXRM_ROD, vl), vl);
  show();
  __riscv_vse16_v_i16m2((int16_t *)out, __riscv_vsmul_vx_i16m2(w, 12345, __RISCV_VXRM_RNU, vl), vl);
  show();
  __riscv_vse8_v_i8m1((int8_t *)out, __riscv_vsadd_vv_i8m1(a, b, vl), vl);
  show();
}

NOINLINE static void floats(size_t vl) {
  vfloat32m1_t a = __riscv_vfcvt_f_x_v_f32m1(__riscv_vle32_v_i32m1(I32, vl), vl);
  vfloat32m1_t b = __riscv_vfcvt_f_xu_v_f32m1(__riscv_vle32_v_u32m1(U32 + 20, vl), vl);
  vbool32_t m = __riscv_vmflt_vf_f32m1_b32(a, 0.0F, vl);
  float *o = (float *)out;
  __riscv_vse32_v_f32m1(o, __riscv_vfadd_vv_f32m1_rm(a, b, __RISCV_FRM_RTZ, vl), vl);
  show();
  __riscv_vse32_v_f32m1(o, __riscv_vfmacc_vv_f32m1(a, b, b, vl), vl);
  show();
  __riscv_vse32_v_f32m1(o, __riscv_vfdiv_vf_f32m1_mu(m, b, a, 3.0F, vl), vl);
  show();
  __riscv_vse32_v_f32m1(o, __riscv_vfsgnjn_vv_f32m1(a, b, vl), vl);
  show();
  __riscv_vse64_v_f64m2((double *)out, __riscv_vfwmul_vv_f64m2(a, b, vl), vl);
  show();
  __riscv_vse16_v_f16mf2((_Float16 *)out, __riscv_vfncvt_f_f_w_f16mf2(a, vl), vl);
  show();
  __riscv_vse32_v_i32m1(O32, __riscv_vfcvt_rtz_x_f_v_i32m1(__riscv_vfsqrt_v_f32m1(b, vl), vl), vl);
  show();
  vfloat32m1_t sum = __riscv_vfmv_s_f_f32m1(1.0F, 1);
  sum = __riscv_vfredosum_vs_f32m1_f32m1(a, sum, vl);
  emit((long)__riscv_vfmv_f_s_f32m1_f32(sum));
  __riscv_vse32_v_f32m1(o, __riscv_vfmerge_vfm_f32m1(a, 2.5F, m, vl), vl);
  show();
  __riscv_vse32_v_u32m1((uint32_t *)out, __riscv_vfclass_v_u32m1(a, vl), vl);
  show();
}

NOINLINE static void moves(size_t vl) {
  vint16m2_t a = __riscv_vle16_v_i16m2(I16, vl), b = __riscv_vle16_v_i16m2(I16 + 80, vl);
  int16_t *o = (int16_t *)out;
  vbool8_t m = __riscv_vmseq_vx_i16m2_b8(__riscv_vand_vx_i16m2(a, 3, vl), 1, vl);
  __riscv_vse16_v_i16m2(o, __riscv_vslideup_vx_i16m2(a, b, 5, vl), vl);
  show();
  __riscv_vse16_v_i16m2(o, __riscv_vslidedown_vx_i16m2_mu(m, b, a, 3, vl - 3), vl - 3);
  show();
  __riscv_vse16_v_i16m2(o, __riscv_vslide1up_vx_i16m2(a, 77, vl), vl);
  show();
  __riscv_vse16_v_i16m2(
      o, __riscv_vrgather_vv_i16m2(a, __riscv_vand_vx_u16m2(__riscv_vid_v_u16m2(vl), 7, vl), vl), vl);
  show();
  size_t n = __riscv_vcpop_m_b8(m, vl);
  emit((long)n);
  emit((long)__riscv_vfirst_m_b8(m, vl));
  __riscv_vse16_v_i16m2(o, __riscv_vcompress_vm_i16m2(a, m, vl), n);
  show();
  __riscv_vse16_v_u16m2((uint16_t *)o, __riscv_viota_m_u16m2(m, vl), vl);
  show();
  __riscv_vsm_v_b8(out, __riscv_vmsbf_m_b8(m, vl), vl);
  show();
  __riscv_vsm_v_b8(out, __riscv_vmnand_mm_b8(m, __riscv_vmset_m_b8(vl), vl), vl);
  show();
  emit((long)__riscv_vmv_x_s_i16m2_i16(b));
  vint32m1_t s = __riscv_vmv_v_x_i32m1(100, 1);
  emit((long)__riscv_vmv_x_s_i32m1_i32(__riscv_vwredsum_vs_i16m2_i32m1(a, s, vl)));
  emit((long)__riscv_vmv_x_s_i16m1_i16(
      __riscv_vredmax_vs_i16m2_i16m1_m(m, a, __riscv_vmv_v_x_i16m1(-5, 1), vl)));
}

NOINLINE static void memory(size_t vl) {
  vint8m1x3_t t = __riscv_vlseg3e8_v_i8m1x3(I8, vl);
  vint8m1_t x = __riscv_vget_v_i8m1x3_i8m1(t, 1);
  t = __riscv_vset_v_i8m1_i8m1x3(t, 2, x);
  __riscv_vsseg3e8_v_i8m1x3((int8_t *)out, t, vl);
  show();
  vuint16m2_t index = __riscv_vand_vx_u16m2(__riscv_vle16_v_u16m2((uint16_t *)in, vl), 511, vl);
  __riscv_vse8_v_i8m1((int8_t *)out, __riscv_vluxei16_v_i8m1(I8, index, vl), vl);
  show();
  __riscv_vse16_v_i16m2((int16_t *)out, __riscv_vlse16_v_i16m2(I16, 6, vl), vl);
  show();
  vbool8_t m = __riscv_vmsgt_vx_i8m1_b8(x, 0, vl);
  __riscv_vse8_v_i8m1_m(m, (int8_t *)out, x, vl);
  show();
  __riscv_vse8_v_i8m1((int8_t *)out, __riscv_vle8_v_i8m1_mu(m, x, I8 + 200, vl), vl);
  show();
  __riscv_vsse32_v_i32m4(O32, 8, __riscv_vsext_vf4_i32m4(x, vl), vl);
  show();
  size_t got;
  vint8m1_t ff = __riscv_vle8ff_v_i8m1(I8, &got, vl);
  __riscv_vse8_v_i8m1((int8_t *)out, ff, got);
  emit((long)got);
  show();
  vint8m2_t both = __riscv_vcreate_v_i8m1_i8m2(x, ff);
  __riscv_vse8_v_i8m2((int8_t *)out, both, vl);
  __riscv_vse8_v_i8m1((int8_t *)out + 100, __riscv_vget_v_i8m2_i8m1(both, 1), got);
  show();
}

int main(void) {
  for (unsigned seed = 1; seed < 4; seed++) {
    fill(seed);
    for (size_t vl = 8; vl <= 16; vl += 8) {
      integers(vl);
      widths(vl);
      floats(vl);
      moves(vl);
      memory(vl);
    }
  }
  return 0;
}
