// Xkilndma against a byte-by-byte model of docs/isa.md.
#include "tests/harness/harness.h"
#include "tests/unit/sim/tile_bench.h"

typedef struct Box {
  uint64_t source;
  uint64_t destination;
  uint64_t count[4];
  int64_t source_stride[4];
  int64_t destination_stride[4];
} Box;

static void stage(Bench *bench, const Box *box) {
  Hart *hart = &bench->sim.hart;
  hart->x[10] = box->source;
  hart->x[11] = box->destination;
  CHECK_INT_EQ(RUN(bench, ISA_KD_SRC, 10), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_KD_DST, 11), SIM_CAUSE_NONE);
  for (unsigned i = 0; i < 4; i++) {
    hart->x[12] = box->count[i];
    hart->x[13] = (uint64_t)box->source_stride[i];
    hart->x[14] = (uint64_t)box->destination_stride[i];
    CHECK_INT_EQ(RUN(bench, ISA_KD_DIM, i, 12, 13, 14), SIM_CAUSE_NONE);
  }
}

// A byte of either region in copies of them.
static uint8_t *byte_at(const Hart *hart, uint8_t *dram, uint8_t *spm, uint64_t address) {
  if (address - hart->memory.dram_base < hart->memory.dram_size)
    return dram + (address - hart->memory.dram_base);
  return spm + (address - hart->memory.spm_base);
}

static void model(const Hart *hart, uint8_t *dram, uint8_t *spm, const Box *box, bool fill,
                  uint32_t pattern) {
  for (uint64_t i3 = 0; i3 < box->count[3]; i3++) {
    for (uint64_t i2 = 0; i2 < box->count[2]; i2++) {
      for (uint64_t i1 = 0; i1 < box->count[1]; i1++) {
        uint64_t from = box->source + i1 * (uint64_t)box->source_stride[1] +
                        i2 * (uint64_t)box->source_stride[2] + i3 * (uint64_t)box->source_stride[3];
        uint64_t to = box->destination + i1 * (uint64_t)box->destination_stride[1] +
                      i2 * (uint64_t)box->destination_stride[2] + i3 * (uint64_t)box->destination_stride[3];
        for (uint64_t b = 0; b < box->count[0]; b++)
          *byte_at(hart, dram, spm, to + b) =
              fill ? (uint8_t)(pattern >> b % 4 * 8) : *byte_at(hart, dram, spm, from + b);
      }
    }
  }
}

TEST(Dma, MovesBoxesBetweenRegions) {
  for (unsigned m = 0; m < 2; m++) {
    Bench *bench = bench_new(m ? "k0" : "k1", 81 + m);
    Hart *hart = &bench->sim.hart;
    uint8_t *dram = malloc(BENCH_DRAM);
    uint8_t *spm = malloc(hart->memory.spm_size);
    bench_fill(bench, hart->memory.dram, BENCH_CODE);
    bench_fill(bench, hart->memory.spm, hart->memory.spm_size);
    for (unsigned round = 1; round <= 200; round++) {
      // The source in the lower, the destination in the upper half of a region, so that they never meet.
      bool from_spm = bench_below(bench, 2);
      bool to_spm = bench_below(bench, 2);
      uint64_t half_from = (from_spm ? hart->memory.spm_size : BENCH_DRAM) / 2;
      uint64_t half_to = (to_spm ? hart->memory.spm_size : BENCH_DRAM) / 2;
      Box box = {.source = (from_spm ? hart->memory.spm_base : hart->memory.dram_base) + half_from / 2,
                 .destination = (to_spm ? hart->memory.spm_base : hart->memory.dram_base) + half_to * 3 / 2};
      for (unsigned i = 0; i < 4; i++) {
        box.count[i] = bench_below(bench, i == 0 ? 100 : 5);
        if (bench_below(bench, 4) && box.count[i] == 0)
          box.count[i] = 1;
        // Runs of the destination keep apart; those of the source may meet.
        int64_t unit = i == 0 ? 0 : i == 1 ? 100 : i == 2 ? 500 : 2500;
        box.destination_stride[i] = bench_below(bench, 2) ? unit : -unit;
        box.source_stride[i] = i == 0 ? 0 : (int64_t)bench_below(bench, 1000) - 500;
      }
      stage(bench, &box);
      bool fill = bench_below(bench, 3) == 0;
      hart->x[15] = bench_random(bench);
      if (fill)
        CHECK_INT_EQ(RUN(bench, ISA_KD_FILL, 15), SIM_CAUSE_NONE);
      memcpy(dram, hart->memory.dram, BENCH_DRAM);
      memcpy(spm, hart->memory.spm, hart->memory.spm_size);
      CHECK_INT_EQ(RUN(bench, ISA_KD_START, 16), SIM_CAUSE_NONE);
      CHECK_UINT_EQ(hart->x[16], round);
      REQUIRE(bench->sim.event.transfer != NULL);
      CHECK_UINT_EQ(bench->sim.event.transfer->id, round);
      CHECK_INT_EQ(bench->sim.event.transfer->fill, fill);
      model(hart, dram, spm, &box, fill, (uint32_t)hart->x[15]);
      CHECK_MEM_EQ(hart->memory.dram, dram, BENCH_CODE);
      CHECK_MEM_EQ(hart->memory.spm, spm, hart->memory.spm_size);
    }
    free(dram);
    free(spm);
    bench_free(bench);
  }
}

TEST(Dma, KeepsItsStagingButForTheFill) {
  Bench *bench = bench_new("k1", 1);
  Hart *hart = &bench->sim.hart;
  Box box = {hart->memory.dram_base, hart->memory.spm_base, {8, 1, 1, 1}, {0}, {0}};
  memset(hart->memory.dram, 0x55, 8);
  stage(bench, &box);
  hart->x[5] = 0x11223344;
  RUN(bench, ISA_KD_FILL, 5);
  RUN(bench, ISA_KD_START, 6);
  CHECK_MEM_EQ(hart->memory.spm, "\x44\x33\x22\x11\x44\x33\x22\x11", 8);
  RUN(bench, ISA_KD_START, 6);
  CHECK_MEM_EQ(hart->memory.spm, "\x55\x55\x55\x55\x55\x55\x55\x55", 8);
  CHECK_UINT_EQ(hart->x[6], 2);
  RUN(bench, ISA_KD_START, 0);
  CHECK_UINT_EQ(hart->x[0], 0);
  bench_free(bench);
}

TEST(Dma, StartsWithCountsOfOne) {
  Bench *bench = bench_new("k1", 1);
  Hart *hart = &bench->sim.hart;
  hart->memory.dram[0] = 7;
  hart->x[10] = hart->memory.dram_base;
  hart->x[11] = hart->memory.spm_base;
  hart->x[12] = 1;
  RUN(bench, ISA_KD_SRC, 10);
  RUN(bench, ISA_KD_DST, 11);
  // Dimension 0 counts nothing at first.
  CHECK_INT_EQ(RUN(bench, ISA_KD_START, 5), SIM_CAUSE_NONE);
  CHECK_UINT_EQ(hart->memory.spm[0], 0);
  RUN(bench, ISA_KD_DIM, 0, 12, 0, 0);
  CHECK_INT_EQ(RUN(bench, ISA_KD_START, 5), SIM_CAUSE_NONE);
  CHECK_UINT_EQ(hart->memory.spm[0], 7);
  bench_free(bench);
}

TEST(Dma, RefusesTransfersThatCannotBe) {
  Bench *bench = bench_new("k1", 1);
  Hart *hart = &bench->sim.hart;
  uint64_t dram = hart->memory.dram_base;
  uint64_t spm = hart->memory.spm_base;
  uint64_t spm_end = spm + hart->memory.spm_size;
  uint64_t huge = UINT64_MAX;
  struct {
    Box box;
    bool legal;
    uint64_t value;
  } rows[] = {
      {{dram, spm, {16, 1, 1, 1}, {0}, {0}}, true, 0},
      {{dram, spm, {16, 1, 1, 1}, {1}, {0}}, false, spm},
      {{dram, spm, {16, 1, 1, 1}, {0}, {1}}, false, spm},
      {{dram, spm_end - 15, {16, 1, 1, 1}, {0}, {0}}, false, spm_end - 15},
      {{dram, spm_end - 16, {16, 1, 1, 1}, {0}, {0}}, true, 0},
      {{dram - 1, spm, {16, 1, 1, 1}, {0}, {0}}, false, dram - 1},
      {{0, 0, {16, 1, 0, 1}, {0}, {0}}, true, 0},
      {{0, 0, {0, huge, huge, huge}, {0}, {0}}, true, 0},
      // The third run leaves the scratchpad.
      {{dram, spm_end - 32, {16, 3, 1, 1}, {0, 16}, {0, 16}}, false, spm_end},
      {{dram + 32, spm, {16, 4, 1, 1}, {0, -16}, {0, 16}}, false, dram - 16},
      // Counts whose product is far over any region, and wraps.
      {{dram, spm, {16, huge, 1, 1}, {0}, {0}}, false, spm},
      {{dram, spm, {UINT64_C(1) << 32, UINT64_C(1) << 32, 1, 1}, {0}, {0}}, false, spm},
      {{dram, spm, {huge, huge, huge, huge}, {0}, {0}}, false, spm},
      // The same byte many times.
      {{dram, spm, {1, 1000, 1, 1}, {0}, {0}}, true, 0},
      // Runs in both regions.
      {{dram, spm, {16, 2, 1, 1}, {0}, {0, (int64_t)(dram + 64 - spm)}}, true, 0},
      // A stride over the end of the address space comes back.
      {{dram, spm, {16, 2, 1, 1}, {0}, {0, INT64_MIN}}, false, spm + (UINT64_C(1) << 63)},
      {{dram, spm, {16, 1, 3, 1}, {0}, {0, 0, INT64_MIN}}, false, spm + (UINT64_C(1) << 63)},
  };
  uint64_t id = 0;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    harness_context("row %zu", i);
    stage(bench, &rows[i].box);
    hart->x[5] = 99;
    CHECK_INT_EQ(RUN(bench, ISA_KD_START, 5), rows[i].legal ? SIM_CAUSE_NONE : SIM_CAUSE_TRANSFER);
    if (!rows[i].legal)
      CHECK_UINT_EQ(hart->trap_value, rows[i].value);
    id += rows[i].legal;
    CHECK_UINT_EQ(hart->x[5], rows[i].legal ? id : 99);
    CHECK_UINT_EQ(hart->dma_last_id, id);
  }
  bench_free(bench);
}

static bool odd_done(void *context, uint64_t id) {
  (void)context;
  return id % 2 == 1;
}

TEST(Dma, WaitsAndPolls) {
  Bench *bench = bench_new("k1", 1);
  Hart *hart = &bench->sim.hart;
  hart->x[10] = 0;
  CHECK_INT_EQ(RUN(bench, ISA_KD_WAIT, 10), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_KD_POLL, 5, 10), SIM_CAUSE_NONE);
  CHECK_UINT_EQ(hart->x[5], 1);
  hart->x[10] = 1;
  CHECK_INT_EQ(RUN(bench, ISA_KD_WAIT, 10), SIM_CAUSE_TRANSFER);
  CHECK_UINT_EQ(hart->trap_value, 1);
  CHECK_INT_EQ(RUN(bench, ISA_KD_POLL, 5, 10), SIM_CAUSE_TRANSFER);
  RUN(bench, ISA_KD_START, 11);
  RUN(bench, ISA_KD_START, 11);
  CHECK_INT_EQ(RUN(bench, ISA_KD_POLL, 5, 11), SIM_CAUSE_NONE);
  CHECK_UINT_EQ(hart->x[5], 1);
  hart->clock.transfer_done = odd_done;
  CHECK_INT_EQ(RUN(bench, ISA_KD_POLL, 5, 11), SIM_CAUSE_NONE);
  CHECK_UINT_EQ(hart->x[5], 0);
  CHECK_INT_EQ(RUN(bench, ISA_KD_WAIT, 11), SIM_CAUSE_NONE);
  CHECK_UINT_EQ(bench->sim.event.dma_id, 2);
  bench_free(bench);
}
