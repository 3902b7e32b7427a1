// Xkilntile against scalar models written from docs/isa.md, on both built-in machines.
#include "tests/harness/harness.h"
#include "tests/unit/sim/tile_bench.h"

static const char *const machines[] = {"k1", "k0"};
enum { MACHINES = 2 };

// ---- Models

typedef struct Type {
  IsaOp multiply;
  IsaOp depthwise; // ISA_INVALID: none
  unsigned products;
  bool a_signed;
  bool b_signed;
  SimFormat format; // of floating types
} Type;

static const Type types[] = {
    {ISA_KT_MOPA_SS, ISA_KT_MDW_SS, 4, true, true, SIM_F64},
    {ISA_KT_MOPA_SU, ISA_KT_MDW_SU, 4, true, false, SIM_F64},
    {ISA_KT_MOPA_US, ISA_KT_MDW_US, 4, false, true, SIM_F64},
    {ISA_KT_MOPA_UU, ISA_KT_MDW_UU, 4, false, false, SIM_F64},
    {ISA_KT_MOPA_HF, ISA_INVALID, 2, false, false, SIM_F16},
    {ISA_KT_MOPA_BF, ISA_INVALID, 2, false, false, SIM_BF16},
    {ISA_KT_MOPA_F, ISA_INVALID, 1, false, false, SIM_F32},
};
enum { TYPES = sizeof types / sizeof *types };

static const uint8_t *bytes_of_register(const Hart *hart, unsigned number) {
  return hart->v + (size_t)number * hart->vlenb;
}
static uint32_t acc_at(const Hart *hart, const uint32_t *acc, unsigned number, unsigned i, unsigned j) {
  return acc[((size_t)number * hart->tile + i) * hart->tile + j];
}
static int64_t byte_value(uint8_t byte, bool is_signed) {
  return is_signed && byte >= 128 ? (int64_t)byte - 256 : byte;
}

// One element of a product, from the bits of the registers.
static uint32_t model_multiply(const Hart *hart, const Type *type, unsigned a, unsigned b, unsigned i,
                               unsigned j, uint32_t start) {
  const uint8_t *left = bytes_of_register(hart, a) + (size_t)4 * i;
  const uint8_t *right = bytes_of_register(hart, b) + (size_t)4 * j;
  unsigned width = 4 / type->products;
  int64_t sum = (int32_t)start;
  uint64_t chain = start;
  SimRounding rounding = {SIM_RNE, 0};
  for (unsigned k = 0; k < type->products; k++) {
    sum += byte_value(left[k], type->a_signed) * byte_value(right[k], type->b_signed);
    uint32_t x = 0;
    uint32_t y = 0;
    memcpy(&x, left + (size_t)k * width, width);
    memcpy(&y, right + (size_t)k * width, width);
    if (type->products < 4)
      chain = sim_float_fma(SIM_F32, sim_float_convert(SIM_F32, type->format, x, &rounding),
                            sim_float_convert(SIM_F32, type->format, y, &rounding), chain, &rounding);
  }
  return type->products == 4 ? (uint32_t)(uint64_t)sum : (uint32_t)chain;
}

static void fill_registers(Bench *bench, const Type *type) {
  Hart *hart = &bench->sim.hart;
  bench_fill(bench, hart->v, (size_t)32 * hart->vlenb);
  size_t words = (size_t)8 * hart->vlenb;
  uint32_t *floats = malloc(words * 4);
  bench_fill_floats(bench, floats, words);
  SimRounding rounding = {SIM_RNE, 0};
  for (size_t i = 0; type->format == SIM_F32 && i < words; i++)
    memcpy(hart->v + 4 * i, &floats[i], 4);
  for (size_t i = 0; (type->format == SIM_F16 || type->format == SIM_BF16) && i < words; i++) {
    uint16_t half = (uint16_t)sim_float_convert(type->format, SIM_F32, floats[i], &rounding);
    memcpy(hart->v + 2 * i, &half, 2);
  }
  free(floats);
  size_t elements = (size_t)hart->machine->accumulators * hart->tile * hart->tile;
  if (type->products == 4)
    bench_fill(bench, hart->acc, elements * 4);
  else
    bench_fill_floats(bench, hart->acc, elements);
}

static void check_multiply(Bench *bench, const Type *type, unsigned shape, bool overwrite) {
  Hart *hart = &bench->sim.hart;
  unsigned rows = 1U << (shape >> 2);
  unsigned columns = 1U << (shape & 3);
  unsigned accumulators = (unsigned)hart->machine->accumulators;
  if (rows * columns > accumulators)
    return;
  fill_registers(bench, type);
  unsigned d = (unsigned)bench_below(bench, accumulators - rows * columns + 1);
  unsigned a = (unsigned)bench_below(bench, 33 - rows);
  unsigned b = (unsigned)bench_below(bench, 33 - columns);
  uint32_t *before = malloc(sizeof hart->acc);
  memcpy(before, hart->acc, sizeof hart->acc);
  harness_context("%s %s shape %ux%u%s acc%u v%u v%u", hart->machine->name,
                  isa_insn(type->multiply)->mnemonic, rows, columns, overwrite ? ".z" : "", d, a, b);
  CHECK_INT_EQ(RUN(bench, type->multiply, d, a, b, shape, overwrite), SIM_CAUSE_NONE);
  unsigned wrong = 0;
  for (unsigned n = 0; n < accumulators; n++) {
    bool inside = n >= d && n < d + rows * columns;
    for (unsigned i = 0; i < hart->tile; i++) {
      for (unsigned j = 0; j < hart->tile; j++) {
        uint32_t old = acc_at(hart, before, n, i, j);
        uint32_t expected = old;
        if (inside)
          expected = model_multiply(hart, type, a + (n - d) / columns, b + (n - d) % columns, i, j,
                                    overwrite ? 0 : old);
        wrong += acc_at(hart, hart->acc, n, i, j) != expected;
      }
    }
  }
  CHECK_INT_EQ(wrong, 0);
  CHECK_INT_EQ(bench->sim.event.acc_first, d);
  CHECK_INT_EQ(bench->sim.event.acc_count, rows * columns);
  CHECK_INT_EQ(bench->sim.event.macs, (uint64_t)rows * columns * hart->tile * hart->tile * type->products);
  CHECK_INT_EQ(hart->fflags, 0);
  free(before);
}

TEST(Tile, MultipliesAllTypesAndShapes) {
  for (unsigned m = 0; m < MACHINES; m++) {
    Bench *bench = bench_new(machines[m], 11 + m);
    for (unsigned t = 0; t < TYPES; t++) {
      for (unsigned shape = 0; shape < 11; shape++) {
        if ((shape & 3) == 3)
          continue;
        for (unsigned round = 0; round < 4; round++)
          check_multiply(bench, &types[t], shape, round & 1);
      }
    }
    bench_free(bench);
  }
}

TEST(Tile, RefusesGroupsThatDoNotExist) {
  Bench *bench = bench_new("k0", 1);
  // 4x4 is more than the eight accumulators of k0.
  CHECK_INT_EQ(RUN(bench, ISA_KT_MOPA_SS, 0, 0, 0, 10, 0), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_KT_MOPA_SS, 0, 0, 0, 9, 0), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_KT_MOPA_SS, 1, 0, 0, 9, 0), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_KT_MOPA_F, 0, 28, 30, 9, 0), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_KT_MOPA_F, 0, 29, 30, 9, 0), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_KT_MOPA_F, 0, 28, 31, 9, 0), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_KT_ZERO, 0, 8), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_KT_ZERO, 0, 16), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_KT_ZERO, 7, 2), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_KT_BIAS_R, 0, 31, 1), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_KT_BIAS_R, 0, 31, 2), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_KT_BIAS_C, 8, 0, 1), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_KT_DRAIN, 7, 10, 11, 1), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_KT_LD, 8, 10, 11), SIM_CAUSE_ILLEGAL);
  // T = 4 has one quad of rows, and 16 bytes of weights one set of 12.
  CHECK_INT_EQ(RUN(bench, ISA_KT_MDW_SS, 0, 0, 0, 4, 0, 1), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_KT_MDW_SS, 0, 1, 0, 4, 0, 1), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_KT_MDW_SS, 0, 0, 0, 4, 1, 1), SIM_CAUSE_ILLEGAL);
  CHECK_INT_EQ(RUN(bench, ISA_KT_MDW_SS, 0, 0, 30, 4, 0, 1), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_KT_MDW_SS, 0, 0, 30, 4, 0, 2), SIM_CAUSE_ILLEGAL);
  bench->sim.hart.mstatus = 0;
  CHECK_INT_EQ(RUN(bench, ISA_KT_ZERO, 0, 1), SIM_CAUSE_ILLEGAL);
  bench_free(bench);
}

TEST(Tile, SetsAccumulators) {
  for (unsigned m = 0; m < MACHINES; m++) {
    Bench *bench = bench_new(machines[m], 21 + m);
    Hart *hart = &bench->sim.hart;
    unsigned accumulators = (unsigned)hart->machine->accumulators;
    static const IsaOp ops[] = {ISA_KT_ZERO, ISA_KT_BIAS_R, ISA_KT_BIAS_C};
    uint32_t *before = malloc(sizeof hart->acc);
    for (unsigned round = 0; round < 60; round++) {
      IsaOp op = ops[round % 3];
      unsigned count = 1U << bench_below(bench, 4);
      unsigned d = (unsigned)bench_below(bench, accumulators - count + 1);
      unsigned source = (unsigned)bench_below(bench, 33 - count);
      bench_fill(bench, hart->v, (size_t)32 * hart->vlenb);
      bench_fill(bench, hart->acc, sizeof hart->acc);
      memcpy(before, hart->acc, sizeof hart->acc);
      SimCause cause = op == ISA_KT_ZERO ? RUN(bench, op, d, count) : RUN(bench, op, d, source, count);
      CHECK_INT_EQ(cause, SIM_CAUSE_NONE);
      unsigned wrong = 0;
      for (unsigned n = 0; n < accumulators; n++) {
        for (unsigned i = 0; i < hart->tile; i++) {
          for (unsigned j = 0; j < hart->tile; j++) {
            uint32_t expected = acc_at(hart, before, n, i, j);
            if (n >= d && n < d + count && op == ISA_KT_ZERO)
              expected = 0;
            else if (n >= d && n < d + count)
              memcpy(&expected,
                     bytes_of_register(hart, source + n - d) + (size_t)4 * (op == ISA_KT_BIAS_R ? j : i), 4);
            wrong += acc_at(hart, hart->acc, n, i, j) != expected;
          }
        }
      }
      harness_context("%s %s acc%u v%u %u", machines[m], isa_insn(op)->mnemonic, d, source, count);
      CHECK_INT_EQ(wrong, 0);
    }
    free(before);
    bench_free(bench);
  }
}

TEST(Tile, MultipliesDepthwise) {
  for (unsigned m = 0; m < MACHINES; m++) {
    Bench *bench = bench_new(machines[m], 31 + m);
    Hart *hart = &bench->sim.hart;
    uint32_t *before = malloc(sizeof hart->acc);
    for (unsigned round = 0; round < 200; round++) {
      const Type *type = &types[round % 4];
      unsigned step = 1 + (unsigned)bench_below(bench, 2);
      unsigned quad = (unsigned)bench_below(bench, hart->tile / 4);
      unsigned index = (unsigned)bench_below(bench, hart->vlenb / 12 < 8 ? hart->vlenb / 12 : 8);
      unsigned d = (unsigned)bench_below(bench, hart->machine->accumulators);
      unsigned a = (unsigned)bench_below(bench, 32 - step);
      unsigned w = (unsigned)bench_below(bench, 32);
      bench_fill(bench, hart->v, (size_t)32 * hart->vlenb);
      bench_fill(bench, hart->acc, sizeof hart->acc);
      memcpy(before, hart->acc, sizeof hart->acc);
      if (4 * quad + 3 >= hart->tile)
        continue;
      CHECK_INT_EQ(RUN(bench, type->depthwise, d, quad, a, w, index, step), SIM_CAUSE_NONE);
      for (unsigned c = 0; c < 4; c++) {
        for (unsigned p = 0; p < hart->tile; p++) {
          int64_t expected = acc_at(hart, before, d, 4 * quad + c, p);
          for (unsigned t = 0; t < 3; t++) {
            unsigned pixel = step * p + t;
            uint8_t left = bytes_of_register(hart, a + pixel / hart->tile)[4 * (pixel % hart->tile) + c];
            uint8_t right = bytes_of_register(hart, w)[12 * index + 4 * t + c];
            expected += byte_value(left, type->a_signed) * byte_value(right, type->b_signed);
          }
          size_t place = ((size_t)d * hart->tile + (size_t)4 * quad + c) * hart->tile + p;
          CHECK_UINT_EQ(hart->acc[place], (uint32_t)(uint64_t)expected);
          before[place] = hart->acc[place];
        }
      }
      CHECK_MEM_EQ(hart->acc, before, sizeof hart->acc);
    }
    free(before);
    bench_free(bench);
  }
}

// Sets vtype and vl.
static void configure(Bench *bench, unsigned sew, int lmul, uint64_t length) {
  bench->sim.hart.x[10] = length;
  bench->sim.hart.x[11] = ((unsigned)lmul & 7) | sew << 3;
  CHECK_INT_EQ(RUN(bench, ISA_VSETVL, 0, 10, 11), SIM_CAUSE_NONE);
}

TEST(Tile, MovesBetweenAccumulatorsAndVectors) {
  static const IsaOp ops[] = {ISA_KT_GET, ISA_KT_GETC, ISA_KT_PUT};
  for (unsigned m = 0; m < MACHINES; m++) {
    Bench *bench = bench_new(machines[m], 41 + m);
    Hart *hart = &bench->sim.hart;
    unsigned tile = hart->tile;
    unsigned done = 0;
    for (unsigned round = 0; round < 600; round++) {
      unsigned sew = (unsigned)bench_below(bench, 4);
      int lmul = (int)bench_below(bench, 7) - 3;
      if ((int)sew > 3 + lmul)
        continue;
      configure(bench, sew, lmul, bench_below(bench, (uint64_t)tile * tile + 4));
      bench_fill(bench, hart->v, (size_t)32 * hart->vlenb);
      bench_fill(bench, hart->acc, sizeof hart->acc);
      IsaOp op = ops[round % 3];
      unsigned acc = (unsigned)bench_below(bench, hart->machine->accumulators);
      unsigned group = (unsigned)bench_below(bench, 32);
      uint64_t first = bench_below(bench, tile + 1);
      hart->x[12] = first;
      int emul = lmul + 2 - (int)sew;
      bool legal = emul >= -3 && emul <= 3 && first < tile &&
                   first * tile + hart->vl <= (uint64_t)tile * tile &&
                   (emul <= 0 || group % (1U << emul) == 0);
      uint8_t *registers = malloc(sizeof hart->v);
      uint32_t *before = malloc(sizeof hart->acc);
      memcpy(registers, hart->v, sizeof hart->v);
      memcpy(before, hart->acc, sizeof hart->acc);
      harness_context("%s %s sew %u lmul %d vl %u first %u v%u", machines[m], isa_insn(op)->mnemonic, sew,
                      lmul, (unsigned)hart->vl, (unsigned)first, group);
      SimCause cause = op == ISA_KT_PUT ? RUN(bench, op, acc, group, 12) : RUN(bench, op, group, acc, 12);
      CHECK_INT_EQ(cause, legal ? SIM_CAUSE_NONE : SIM_CAUSE_ILLEGAL);
      for (uint64_t e = 0; legal && e < hart->vl; e++) {
        uint64_t place = first * tile + e;
        uint64_t row = op == ISA_KT_GETC ? place % tile : place / tile;
        uint64_t column = op == ISA_KT_GETC ? place / tile : place % tile;
        uint8_t *element = registers + (size_t)group * hart->vlenb + 4 * e;
        uint32_t *cell = &before[((size_t)acc * tile + row) * tile + column];
        memcpy(op == ISA_KT_PUT ? (void *)cell : element, op == ISA_KT_PUT ? (void *)element : cell, 4);
      }
      CHECK_MEM_EQ(hart->v, registers, (size_t)32 * hart->vlenb);
      CHECK_MEM_EQ(hart->acc, before, sizeof hart->acc);
      done += legal;
      free(registers);
      free(before);
    }
    CHECK(done > 50);
    configure(bench, 2, 0, 1);
    hart->x[12] = 0;
    hart->vstart = 1;
    CHECK_INT_EQ(RUN(bench, ISA_KT_GET, 0, 0, 12), SIM_CAUSE_ILLEGAL);
    bench_free(bench);
  }
}

TEST(Tile, LoadsAndStoresAccumulators) {
  for (unsigned m = 0; m < MACHINES; m++) {
    Bench *bench = bench_new(machines[m], 51 + m);
    Hart *hart = &bench->sim.hart;
    unsigned tile = hart->tile;
    uint8_t *image = malloc(BENCH_DRAM);
    for (unsigned round = 0; round < 100; round++) {
      bench_fill(bench, hart->acc, sizeof hart->acc);
      bench_fill(bench, hart->memory.dram, 65536);
      memcpy(image, hart->memory.dram, BENCH_DRAM);
      unsigned acc = (unsigned)bench_below(bench, hart->machine->accumulators);
      uint64_t start = 16384 + 4 * bench_below(bench, 1000);
      int64_t pitch = 4 * ((int64_t)bench_below(bench, 200) - 100);
      hart->x[10] = hart->memory.dram_base + start;
      hart->x[11] = (uint64_t)pitch;
      bool store = round & 1;
      CHECK_INT_EQ(RUN(bench, store ? ISA_KT_ST : ISA_KT_LD, acc, 10, 11), SIM_CAUSE_NONE);
      CHECK_INT_EQ(bench->sim.event.accesses.count, tile);
      for (unsigned r = 0; r < tile; r++) {
        for (unsigned c = 0; c < tile; c++) {
          uint8_t *word = image + start + (int64_t)r * pitch + (size_t)4 * c;
          uint32_t value = acc_at(hart, hart->acc, acc, r, c);
          if (store)
            memcpy(word, &value, 4);
          else
            CHECK(memcmp(word, &value, 4) == 0);
        }
      }
      CHECK(memcmp(image, hart->memory.dram, BENCH_CODE) == 0);
    }
    free(image);
    bench_free(bench);
  }
}

TEST(Tile, TrapsBeforeMovingAnything) {
  Bench *bench = bench_new("k1", 61);
  Hart *hart = &bench->sim.hart;
  bench_fill(bench, hart->acc, sizeof hart->acc);
  uint64_t base = hart->memory.dram_base;
  hart->x[10] = base + 2;
  hart->x[11] = 64;
  CHECK_INT_EQ(RUN(bench, ISA_KT_ST, 0, 10, 11), SIM_CAUSE_STORE_MISALIGNED);
  CHECK_UINT_EQ(hart->trap_value, base + 2);
  CHECK_INT_EQ(RUN(bench, ISA_KT_LD, 0, 10, 11), SIM_CAUSE_LOAD_MISALIGNED);
  // The second row begins below the region and ends in it.
  hart->x[10] = base;
  hart->x[11] = (uint64_t)-8;
  CHECK_INT_EQ(RUN(bench, ISA_KT_ST, 0, 10, 11), SIM_CAUSE_STORE_ACCESS);
  CHECK_UINT_EQ(hart->trap_value, base - 8);
  CHECK_UINT_EQ(hart->memory.dram[0], 0);
  // The third row runs over the end.
  hart->x[10] = base + BENCH_DRAM - 2 * 64 - 8;
  hart->x[11] = 64;
  CHECK_INT_EQ(RUN(bench, ISA_KT_LD, 0, 10, 11), SIM_CAUSE_LOAD_ACCESS);
  CHECK_UINT_EQ(hart->trap_value, base + BENCH_DRAM);
  bench_free(bench);
}
