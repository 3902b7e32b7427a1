// What the comparison with QEMU (tests/sim-vector) cannot look at: bf16, truncating conversions, vset*, traps
// of vector memory instructions, event records.
#include "tests/harness/harness.h"
#include "tests/unit/sim/tile_bench.h"

static SimCause configure(Bench *bench, unsigned sew, int lmul, uint64_t length) {
  bench->sim.hart.x[30] = length;
  bench->sim.hart.x[31] = ((unsigned)lmul & 7) | sew << 3;
  return RUN(bench, ISA_VSETVL, 0, 30, 31);
}

enum { UNMASKED = 1, MASKED = 0 };

TEST(Vector, SetsTheConfiguration) {
  for (unsigned m = 0; m < 2; m++) {
    Bench *bench = bench_new(m ? "k0" : "k1", 1);
    Hart *hart = &bench->sim.hart;
    for (uint64_t vtype = 0; vtype < 512; vtype++) {
      uint64_t multiplier = vtype & 7;
      uint64_t sew = vtype >> 3 & 7;
      // LMUL in eighths.
      static const unsigned eighths[] = {8, 16, 32, 64, 0, 1, 2, 4};
      uint64_t bits = UINT64_C(8) << sew;
      bool legal = vtype < 256 && sew < 4 && multiplier != 4 && bits <= UINT64_C(8) * eighths[multiplier];
      legal |= vtype < 256 && sew < 4 && multiplier < 4;
      uint64_t longest = legal ? hart->machine->vlen * eighths[multiplier] / 8 / bits : 0;
      hart->x[10] = 5;
      hart->x[11] = vtype;
      harness_context("vtype %u", (unsigned)vtype);
      CHECK_INT_EQ(RUN(bench, ISA_VSETVL, 12, 10, 11), SIM_CAUSE_NONE);
      CHECK_UINT_EQ(hart->x[12], longest < 5 ? longest : 5);
      CHECK_UINT_EQ(hart->vtype, legal ? vtype : UINT64_C(1) << 63);
      CHECK_INT_EQ(RUN(bench, ISA_VSETVL, 12, 0, 11), SIM_CAUSE_NONE);
      CHECK_UINT_EQ(hart->x[12], longest);
    }
    // With both x0 the length stays; vsetivli has its own.
    CHECK_INT_EQ(RUN(bench, ISA_VSETIVLI, 12, 3, 0x10), SIM_CAUSE_NONE);
    CHECK_UINT_EQ(hart->vl, 3);
    CHECK_INT_EQ(RUN(bench, ISA_VSETVLI, 0, 0, 0x50), SIM_CAUSE_NONE);
    CHECK_UINT_EQ(hart->vl, 3);
    CHECK_UINT_EQ(hart->vtype, 0x50);
    hart->vstart = 2;
    CHECK_INT_EQ(RUN(bench, ISA_VSETVLI, 12, 0, 0x18), SIM_CAUSE_NONE);
    CHECK_UINT_EQ(hart->x[12], hart->machine->vlen / 64);
    CHECK_UINT_EQ(hart->vstart, 0);
    bench_free(bench);
  }
}

static void put_half(Hart *hart, unsigned reg, size_t i, uint16_t value) {
  memcpy(hart->v + (size_t)reg * hart->vlenb + 2 * i, &value, 2);
}
static uint32_t get_word(const Hart *hart, unsigned reg, size_t i) {
  uint32_t word;
  memcpy(&word, hart->v + (size_t)reg * hart->vlenb + 4 * i, 4);
  return word;
}
static uint16_t get_half(const Hart *hart, unsigned reg, size_t i) {
  uint16_t half;
  memcpy(&half, hart->v + (size_t)reg * hart->vlenb + 2 * i, 2);
  return half;
}

TEST(Vector, ComputesWithBfloats) {
  Bench *bench = bench_new("k1", 3);
  Hart *hart = &bench->sim.hart;
  size_t count = hart->vlenb / 2;
  for (unsigned mode = 0; mode < 5; mode++) {
    CHECK_INT_EQ(configure(bench, 1, 0, count), SIM_CAUSE_NONE);
    uint32_t words[4 * 32];
    bench_fill_floats(bench, words, 4 * count);
    for (size_t i = 0; i < count; i++) {
      put_half(hart, 2, i, (uint16_t)(words[i] >> 16));
      put_half(hart, 3, i, (uint16_t)(words[count + i] >> 16));
    }
    memcpy(hart->v + (size_t)4 * hart->vlenb, words + 2 * count, 4 * count);
    hart->frm = (uint8_t)mode;
    hart->fflags = 0;
    SimRounding rounding = {(uint8_t)mode, 0};
    uint32_t expected[32];
    for (size_t i = 0; i < count; i++)
      expected[i] =
          (uint32_t)sim_float_fma(SIM_F32, (uint64_t)get_half(hart, 2, i) << 16,
                                  (uint64_t)get_half(hart, 3, i) << 16, words[2 * count + i], &rounding);
    CHECK_INT_EQ(RUN(bench, ISA_VFWMACCBF16_VV, 4, 2, 3, UNMASKED), SIM_CAUSE_NONE);
    CHECK_MEM_EQ(hart->v + (size_t)4 * hart->vlenb, expected, 4 * count);
    // A signaling NaN raises its flag in the conversion as it does in the product.
    CHECK_UINT_EQ(hart->fflags, rounding.flags);
    CHECK_INT_EQ(RUN(bench, ISA_VFWCVTBF16_F_F_V, 6, 2, UNMASKED), SIM_CAUSE_NONE);
    CHECK_INT_EQ(RUN(bench, ISA_VFNCVTBF16_F_F_W, 8, 4, UNMASKED), SIM_CAUSE_NONE);
    for (size_t i = 0; i < count; i++) {
      uint32_t wide = (uint32_t)get_half(hart, 2, i) << 16;
      CHECK_UINT_EQ(get_word(hart, 6, i), (wide & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : wide);
      CHECK_UINT_EQ(get_half(hart, 8, i), sim_float_convert(SIM_BF16, SIM_F32, expected[i], &rounding));
    }
  }
  CHECK_INT_EQ(configure(bench, 2, 0, 4), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_VFWMACCBF16_VV, 4, 2, 3, UNMASKED), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_VFNCVTBF16_F_F_W, 8, 4, UNMASKED), SIM_CAUSE_ILLEGAL);
  hart->frm = 0;
  CHECK_INT_EQ(configure(bench, 1, 0, 4), SIM_CAUSE_NONE);
  hart->frm = 5;
  CHECK_INT_EQ(RUN(bench, ISA_VFWCVTBF16_F_F_V, 6, 2, UNMASKED), SIM_CAUSE_ILLEGAL);
  bench_free(bench);
}

// vf*cvt.rtz.* is vf*cvt.* under frm = RTZ, which QEMU has looked at.
TEST(Vector, TruncatesAsUnderRtz) {
  static const struct {
    IsaOp own, dynamic;
    unsigned first, last; // SEW
  } rows[] = {
      {ISA_VFCVT_RTZ_XU_F_V, ISA_VFCVT_XU_F_V, 1, 3},   {ISA_VFCVT_RTZ_X_F_V, ISA_VFCVT_X_F_V, 1, 3},
      {ISA_VFWCVT_RTZ_XU_F_V, ISA_VFWCVT_XU_F_V, 1, 2}, {ISA_VFWCVT_RTZ_X_F_V, ISA_VFWCVT_X_F_V, 1, 2},
      {ISA_VFNCVT_RTZ_XU_F_W, ISA_VFNCVT_XU_F_W, 0, 2}, {ISA_VFNCVT_RTZ_X_F_W, ISA_VFNCVT_X_F_W, 0, 2},
  };
  Bench *bench = bench_new("k1", 4);
  Hart *hart = &bench->sim.hart;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    for (unsigned sew = rows[i].first; sew <= rows[i].last; sew++) {
      memset(hart->v, 0, sizeof hart->v);
      bench_fill_floats(bench, (uint32_t *)(hart->v + (size_t)16 * hart->vlenb), hart->vlenb);
      CHECK_INT_EQ(configure(bench, sew, 1, 1000), SIM_CAUSE_NONE);
      hart->frm = SIM_RTZ;
      hart->fflags = 0;
      CHECK_INT_EQ(RUN(bench, rows[i].dynamic, 8, 16, UNMASKED), SIM_CAUSE_NONE);
      uint8_t flags = hart->fflags;
      hart->frm = SIM_RUP;
      hart->fflags = 0;
      CHECK_INT_EQ(RUN(bench, rows[i].own, 24, 16, UNMASKED), SIM_CAUSE_NONE);
      CHECK_MEM_EQ(hart->v + (size_t)24 * hart->vlenb, hart->v + (size_t)8 * hart->vlenb,
                   (size_t)4 * hart->vlenb);
      CHECK_UINT_EQ(hart->fflags, flags);
    }
  }
  bench_free(bench);
}

TEST(Vector, TrapsAtTheElement) {
  Bench *bench = bench_new("k1", 5);
  Hart *hart = &bench->sim.hart;
  uint64_t end = hart->memory.spm_base + hart->memory.spm_size;
  for (unsigned i = 0; i < 4096; i++)
    hart->memory.spm[hart->memory.spm_size - 1 - i] = (uint8_t)(i + 1);
  CHECK_INT_EQ(configure(bench, 2, 1, 20), SIM_CAUSE_NONE);
  hart->x[10] = end - 40;
  memset(hart->v, 0xee, sizeof hart->v);
  CHECK_INT_EQ(RUN(bench, ISA_VLE32_V, 8, 10, UNMASKED), SIM_CAUSE_LOAD_ACCESS);
  CHECK_UINT_EQ(hart->trap_value, end);
  CHECK_UINT_EQ(hart->vstart, 10);
  CHECK_MEM_EQ(hart->v + (size_t)8 * hart->vlenb, hart->memory.spm + hart->memory.spm_size - 40, 40);
  CHECK_UINT_EQ(get_word(hart, 8, 10), 0xeeeeeeee);
  // It goes on from there.
  hart->x[10] = end - 80;
  CHECK_INT_EQ(RUN(bench, ISA_VLE32_V, 8, 10, UNMASKED), SIM_CAUSE_NONE);
  CHECK_UINT_EQ(hart->vstart, 0);
  CHECK_MEM_EQ(hart->v + (size_t)8 * hart->vlenb + 40, hart->memory.spm + hart->memory.spm_size - 40, 40);
  // Masked-off elements touch nothing.
  memset(hart->v, 0, hart->vlenb);
  hart->v[0] = 0xff;
  hart->v[1] = 0x03;
  hart->x[10] = end - 40;
  CHECK_INT_EQ(RUN(bench, ISA_VSE32_V, 8, 10, MASKED), SIM_CAUSE_NONE);
  hart->v[1] = 0x07;
  CHECK_INT_EQ(RUN(bench, ISA_VSE32_V, 8, 10, MASKED), SIM_CAUSE_STORE_ACCESS);
  CHECK_UINT_EQ(hart->vstart, 10);
  hart->vstart = 0;
  // Only the first element of a fault-only-first load traps.
  CHECK_INT_EQ(RUN(bench, ISA_VLE32FF_V, 8, 10, UNMASKED), SIM_CAUSE_NONE);
  CHECK_UINT_EQ(hart->vl, 10);
  CHECK_INT_EQ(configure(bench, 2, 1, 20), SIM_CAUSE_NONE);
  hart->x[10] = end - 76;
  CHECK_INT_EQ(RUN(bench, ISA_VLSEG2E32FF_V, 8, 10, UNMASKED), SIM_CAUSE_NONE);
  CHECK_UINT_EQ(hart->vl, 9);
  hart->x[10] = end;
  CHECK_INT_EQ(RUN(bench, ISA_VLE32FF_V, 8, 10, UNMASKED), SIM_CAUSE_LOAD_ACCESS);
  CHECK_UINT_EQ(hart->vl, 9);
  CHECK_UINT_EQ(hart->vstart, 0);
  bench_free(bench);
}

static const SimAccess *access_at(const Bench *bench, size_t i) {
  return &bench->sim.event.accesses.data[i];
}

static void check_access(const Bench *bench, size_t i, uint64_t address, int64_t stride, uint32_t size,
                         uint32_t count, bool store) {
  if (!CHECK(i < bench->sim.event.accesses.count))
    return;
  CHECK_UINT_EQ(access_at(bench, i)->address, address);
  CHECK_INT_EQ(access_at(bench, i)->stride, stride);
  CHECK_UINT_EQ(access_at(bench, i)->size, size);
  CHECK_UINT_EQ(access_at(bench, i)->count, count);
  CHECK_INT_EQ(access_at(bench, i)->store, store);
}

TEST(Vector, TellsWhatItDid) {
  Bench *bench = bench_new("k1", 6);
  Hart *hart = &bench->sim.hart;
  const SimEvent *event = &bench->sim.event;
  uint64_t base = hart->memory.spm_base;
  hart->x[10] = base;
  hart->x[11] = 96;
  CHECK_INT_EQ(configure(bench, 2, 1, 20), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_VLE32_V, 8, 10, UNMASKED), SIM_CAUSE_NONE);
  check_access(bench, 0, base, 4, 4, 20, false);
  CHECK_INT_EQ(event->vd_registers, 2);
  CHECK_INT_EQ(event->elements, 20);
  CHECK_INT_EQ(event->element_bits, 32);
  CHECK_INT_EQ(RUN(bench, ISA_VLSE64_V, 8, 10, 11, UNMASKED), SIM_CAUSE_NONE);
  check_access(bench, 0, base, 96, 8, 20, false);
  CHECK_INT_EQ(event->vd_registers, 4);
  CHECK_INT_EQ(RUN(bench, ISA_VSSEG3E16_V, 8, 10, UNMASKED), SIM_CAUSE_NONE);
  check_access(bench, 0, base, 2, 2, 60, true);
  CHECK_INT_EQ(event->vd_registers, 3);
  // Elements 3, 4, 5 and 9.
  memset(hart->v, 0, hart->vlenb);
  hart->v[0] = 0x38;
  hart->v[1] = 0x02;
  CHECK_INT_EQ(RUN(bench, ISA_VSE32_V, 8, 10, MASKED), SIM_CAUSE_NONE);
  CHECK_INT_EQ(event->accesses.count, 2);
  check_access(bench, 0, base + 12, 4, 4, 3, true);
  check_access(bench, 1, base + 36, 4, 4, 1, true);
  CHECK(event->v0_read);
  CHECK_INT_EQ(RUN(bench, ISA_VL2RE8_V, 8, 10), SIM_CAUSE_NONE);
  check_access(bench, 0, base, 1, 1, 2 * hart->vlenb, false);
  CHECK_INT_EQ(RUN(bench, ISA_VLM_V, 8, 10), SIM_CAUSE_NONE);
  check_access(bench, 0, base, 1, 1, 3, false);
  memset(hart->v + (size_t)16 * hart->vlenb, 0, (size_t)2 * hart->vlenb);
  hart->v[(size_t)16 * hart->vlenb + 4] = 100;
  CHECK_INT_EQ(RUN(bench, ISA_VLUXEI32_V, 8, 10, 16, UNMASKED), SIM_CAUSE_NONE);
  CHECK_INT_EQ(event->accesses.count, 20);
  check_access(bench, 1, base + 100, 0, 4, 1, false);
  CHECK_INT_EQ(event->vs2_registers, 2);

  CHECK_INT_EQ(RUN(bench, ISA_VWMACC_VV, 8, 4, 2, UNMASKED), SIM_CAUSE_NONE);
  CHECK_INT_EQ(event->vd_registers, 4);
  CHECK_INT_EQ(event->vs1_registers, 2);
  CHECK_INT_EQ(event->vs2_registers, 2);
  CHECK(event->vd_read);
  CHECK_INT_EQ(event->element_bits, 64);
  CHECK_INT_EQ(RUN(bench, ISA_VMV_V_X, 8, 10), SIM_CAUSE_NONE);
  CHECK_INT_EQ(event->vs2_registers, 0);
  CHECK(!event->vd_read);
  CHECK_INT_EQ(RUN(bench, ISA_VREDSUM_VS, 9, 2, 5, UNMASKED), SIM_CAUSE_NONE);
  CHECK_INT_EQ(event->vd_registers, 1);
  CHECK_INT_EQ(event->vs1_registers, 1);
  CHECK_INT_EQ(event->vs2_registers, 2);
  CHECK_INT_EQ(event->element_bits, 32);
  CHECK_INT_EQ(RUN(bench, ISA_VWREDSUM_VS, 9, 2, 5, UNMASKED), SIM_CAUSE_NONE);
  CHECK_INT_EQ(event->element_bits, 32);
  CHECK_INT_EQ(RUN(bench, ISA_VMAND_MM, 9, 2, 5), SIM_CAUSE_NONE);
  CHECK_INT_EQ(event->element_bits, 1);
  CHECK_INT_EQ(event->elements, 20);
  CHECK_INT_EQ(RUN(bench, ISA_VMV_X_S, 9, 2), SIM_CAUSE_NONE);
  CHECK_INT_EQ(event->elements, 1);
  CHECK_INT_EQ(RUN(bench, ISA_VMERGE_VXM, 8, 2, 10, 0), SIM_CAUSE_NONE);
  CHECK(event->v0_read);
  bench_free(bench);
}

static bool is_accelerator(IsaOp op) {
  switch ((IsaExtension)isa_insn(op)->extension) {
  case ISA_EXT_V:
  case ISA_EXT_ZVFBFMIN:
  case ISA_EXT_ZVFBFWMA:
  case ISA_EXT_XKILNTILE:
  case ISA_EXT_XKILNDMA:
    return true;
  default:
    return false;
  }
}

// Any word of any vector, tile or DMA instruction, in any state: it completes or traps, and touches nothing
// that is not its own (under the sanitizers).
TEST(Vector, SurvivesAnyWordInAnyState) {
  for (unsigned m = 0; m < 2; m++) {
    Bench *bench = bench_new(m ? "k0" : "k1", 7 + m);
    Hart *hart = &bench->sim.hart;
    unsigned completed = 0;
    size_t registers = (size_t)32 * hart->vlenb;
    uint8_t behind[sizeof hart->v];
    memset(behind, 0xa5, sizeof behind);
    for (unsigned round = 0; round < 20; round++) {
      bench_fill(bench, hart->v, sizeof hart->v);
      bench_fill(bench, hart->acc, sizeof hart->acc);
      for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
        if (!is_accelerator((IsaOp)op))
          continue;
        hart->x[31] = bench_below(bench, 256);
        hart->x[30] = bench_below(bench, 2) ? UINT64_MAX : bench_below(bench, 40);
        RUN(bench, ISA_VSETVL, 0, 30, 31);
        for (unsigned r = 1; r < 32; r++) {
          static const uint64_t limits[] = {8, 64, 4096, UINT64_MAX};
          hart->x[r] = bench_below(bench, limits[bench_below(bench, 4)]);
          if (bench_below(bench, 3) == 0)
            hart->x[r] = hart->memory.spm_base + 8 * bench_below(bench, hart->memory.spm_size / 8 + 4);
          hart->f[r] = bench_random(bench) | (bench_below(bench, 2) ? UINT64_C(0xffffffffffff0000) : 0);
        }
        hart->vstart = bench_below(bench, 8) ? 0 : bench_below(bench, hart->machine->vlen);
        hart->frm = (uint8_t)bench_below(bench, 5);
        uint32_t fields = (uint32_t)bench_random(bench) & ~isa_insn((IsaOp)op)->mask;
        if (bench_below(bench, 2))
          fields &= ~((7U << 7) | (7U << 20)); // groups of eight registers
        memset(hart->v + registers, 0xa5, sizeof hart->v - registers);
        SimCause cause = bench_run_word(bench, isa_insn((IsaOp)op)->match | fields);
        CHECK_MEM_EQ(hart->v + registers, behind, sizeof hart->v - registers);
        completed += cause == SIM_CAUSE_NONE;
        hart->fflags = 0;
      }
    }
    CHECK(completed > 1000);
    bench_free(bench);
  }
}
