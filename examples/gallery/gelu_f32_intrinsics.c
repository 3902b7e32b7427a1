// Bias and GELU by hand: erf in 16 pieces of a quarter, whose coefficients are gathered, each from one
// register (as the compiler does it, target/ir/vector_math.c). A NaN comes back by the product at the end.
#include "rows.h"

static const float table[6][16] = {
    {0, 0x1.1af54ep-2f, 0x1.0a7ef6p-1f, 0x1.6c1c98p-1f, 0x1.af767ap-1f, 0x1.d8865ep-1f, 0x1.eea556p-1f,
     0x1.f92d08p-1f, 0x1.fd9ae2p-1f, 0x1.ff4048p-1f, 0x1.ffcaa8p-1f, 0x1.fff2d0p-1f, 0x1.fffd1ap-1f,
     0x1.ffff70p-1f, 0x1.ffffe8p-1f, 0x1.fffffcp-1f},
    {0x1.06eba8p-3f, 0x1.0f5d18p+0f, 0x1.c1efccp-1f, 0x1.492e44p-1f, 0x1.a911f0p-2f, 0x1.e46530p-3f,
     0x1.e72372p-4f, 0x1.b05530p-5f, 0x1.529ba0p-6f, 0x1.d4143cp-8f, 0x1.1d8316p-9f, 0x1.3360ccp-11f,
     0x1.2408eap-13f, 0x1.e9b5eap-16f, 0x1.6a5972p-18f, 0x1.d9371ep-21f},
    {0x1.b662dap-60f, -0x1.0f5be6p-2f, -0x1.c1ef08p-2f, -0x1.edc700p-2f, -0x1.a91050p-2f, -0x1.2ec170p-2f,
     -0x1.6d6020p-3f, -0x1.7a538ap-4f, -0x1.52b30ap-5f, -0x1.07712cp-6f, -0x1.63ed72p-8f, -0x1.a7d0ecp-10f,
     -0x1.a9e7fap-12f, -0x1.a5801ep-14f, -0x1.140b04p-15f, -0x1.236cdap-21f},
    {-0x1.812678p-2f, -0x1.3c9e4ap-2f, -0x1.2bfdeep-3f, 0x1.b6ab08p-6f, 0x1.1b6240p-3f, 0x1.571c0cp-3f,
     0x1.1c2a1ep-3f, 0x1.71494ep-4f, 0x1.8b0ae8p-5f, 0x1.63ef4ep-6f, 0x1.119d74p-7f, 0x1.69ccaap-9f,
     0x1.9db0fap-11f, 0x1.9a991ep-13f, 0x1.62bd68p-15f, 0x1.0b593cp-17f},
    {0x1.0f7cfap-52f, 0x1.023cfcp-3f, 0x1.74fe4cp-3f, 0x1.348bdap-3f, 0x1.1a0d32p-4f, -0x1.5ae80cp-8f,
     -0x1.655c6ep-5f, -0x1.846b66p-5f, -0x1.1446d8p-5f, -0x1.2ffcb8p-6f, -0x1.3aaad8p-7f, -0x1.8919e6p-9f,
     -0x1.d67d82p-10f, 0x1.1e8ed4p-14f, 0x1.b04dcap-11f, -0x1.8f2d8ep-13f},
    {0x1.cbbd92p-4f, 0x1.4c4a38p-4f, 0x1.1117a0p-7f, -0x1.aabc06p-5f, -0x1.1ada18p-4f, -0x1.810f3ep-5f,
     -0x1.e97f12p-7f, 0x1.aa18fep-8f, 0x1.ab0970p-7f, 0x1.5ce5fep-7f, 0x1.918fb0p-8f, 0x1.6b32dcp-9f,
     0x1.0cddc4p-10f, 0x1.4d41a8p-12f, 0x1.5e311ep-14f, 0x1.3aa936p-16f},
};

#define LOAD(i) vfloat32m1_t v##i = __riscv_vle32_v_f32m1(x + (i) * LANES, vl);
#define BIAS(i) v##i = __riscv_vfadd_vv_f32m1(v##i, __riscv_vle32_v_f32m1(bias + (i) * LANES, vl), vl);
#define ROOT(i) vfloat32m1_t r##i = __riscv_vfmul_vf_f32m1(v##i, 0.70710678f, vl);
#define MAGNITUDE(i) vfloat32m1_t z##i = __riscv_vfsgnjx_vv_f32m1(r##i, r##i, vl);
#define BOUND(i) z##i = __riscv_vfmin_vf_f32m1(z##i, 0x1.efffep+1f, vl);
#define PIECE(i) vfloat32m1_t s##i = __riscv_vfadd_vf_f32m1(z##i, 0x1.8p21f, vl);
#define CENTER(i) vfloat32m1_t p##i = __riscv_vfsub_vf_f32m1(s##i, 0x1.8p21f, vl);
#define BEYOND(i) z##i = __riscv_vfsub_vv_f32m1(z##i, p##i, vl);
#define NUMBER(i) vuint32m1_t n##i = __riscv_vand_vx_u32m1(__riscv_vreinterpret_v_f32m1_u32m1(s##i), 15, vl);
#define START(i) p##i = __riscv_vrgather_vv_f32m1(c5, n##i, vl);
#define FIND4(i) vfloat32m1_t t##i = __riscv_vrgather_vv_f32m1(c4, n##i, vl);
#define FIND3(i) t##i = __riscv_vrgather_vv_f32m1(c3, n##i, vl);
#define FIND2(i) t##i = __riscv_vrgather_vv_f32m1(c2, n##i, vl);
#define FIND1(i) t##i = __riscv_vrgather_vv_f32m1(c1, n##i, vl);
#define ADD(i) p##i = __riscv_vfmadd_vv_f32m1(p##i, z##i, t##i, vl);
// What is added last is the polynomial's constant, in the piece around 0 z itself.
#define AROUND(i) t##i = __riscv_vrgather_vv_f32m1(around, n##i, vl);
#define FIND0(i) s##i = __riscv_vrgather_vv_f32m1(c0, n##i, vl);
#define LAST(i) t##i = __riscv_vfmadd_vv_f32m1(t##i, z##i, s##i, vl);
#define SIGN(i) p##i = __riscv_vfsgnj_vv_f32m1(p##i, v##i, vl);
#define HALF(i) v##i = __riscv_vfmul_vf_f32m1(v##i, 0.5f, vl);
#define RESULT(i) p##i = __riscv_vfmadd_vv_f32m1(p##i, v##i, v##i, vl);
#define STORE(i) __riscv_vse32_v_f32m1(x + (i) * LANES, p##i, vl);
#define GELU(EACH)                                                                                           \
  EACH(LOAD)                                                                                                 \
  EACH(BIAS)                                                                                                 \
  EACH(ROOT)                                                                                                 \
  EACH(MAGNITUDE)                                                                                            \
  EACH(BOUND)                                                                                                \
  EACH(PIECE)                                                                                                \
  EACH(CENTER)                                                                                               \
  EACH(BEYOND)                                                                                               \
  EACH(NUMBER)                                                                                               \
  EACH(START)                                                                                                \
  EACH(FIND4)                                                                                                \
  EACH(ADD)                                                                                                  \
  EACH(FIND3)                                                                                                \
  EACH(ADD)                                                                                                  \
  EACH(FIND2)                                                                                                \
  EACH(ADD)                                                                                                  \
  EACH(FIND1)                                                                                                \
  EACH(ADD) EACH(AROUND) EACH(FIND0) EACH(LAST) EACH(ADD) EACH(SIGN) EACH(HALF) EACH(RESULT) EACH(STORE)
#define ONE(step) step(0)

static void gelu_rows(float *x, long count, long columns) {
  size_t vl = 16;
  vfloat32m1_t c0 = __riscv_vle32_v_f32m1(table[0], vl), c1 = __riscv_vle32_v_f32m1(table[1], vl);
  vfloat32m1_t c2 = __riscv_vle32_v_f32m1(table[2], vl), c3 = __riscv_vle32_v_f32m1(table[3], vl);
  vfloat32m1_t c4 = __riscv_vle32_v_f32m1(table[4], vl), c5 = __riscv_vle32_v_f32m1(table[5], vl);
  vfloat32m1_t around = __riscv_vfmv_s_f_f32m1_tu(everywhere(0), 1, vl);
  for (long i = 0; i < count; i++) {
    const float *bias = of_columns[0], *end = x + columns;
    vl = (size_t)LANES;
    for (; end - x >= 4 * LANES; x += 4 * LANES, bias += 4 * LANES) {
      GELU(EACH)
    }
    for (; x < end; x += vl, bias += vl) {
      vl = __riscv_vsetvl_e32m1((size_t)(end - x));
      GELU(ONE)
    }
  }
}

void gelu_f32_intrinsics(const float *restrict x, const float *restrict bias, float *restrict y, long rows,
                         long columns) {
  __kiln_wait(copy(of_columns[0], bias, columns));
  stream_rows(x, y, rows, columns, gelu_rows);
}
