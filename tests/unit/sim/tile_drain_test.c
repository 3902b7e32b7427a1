// The drain unit against a model of docs/isa.md in host arithmetic, on both built-in machines.
#include "tests/harness/harness.h"
#include "tests/unit/sim/tile_bench.h"

#include <math.h>

enum {
  MODE_RAW,
  MODE_Q8,
  MODE_FP16,
  MODE_BF16,
  MODE_FP32,
  LAYOUT_ROWS = 0,
  LAYOUT_COLUMNS,
  LAYOUT_C4,
  FLAG_PER_COLUMN = 1,
  FLAG_DOUBLE = 2,
  FLAG_FLOAT = 4,
  FLAG_UNSIGNED = 8,
  FLAG_TABLE = 16,
  // Offsets in DRAM
  AT_DESCRIPTOR = 0x1000,
  AT_BIAS = 0x2004,
  AT_MULTIPLIER = 0x3008,
  AT_SHIFT = 0x4001,
  AT_TABLE = 0x4803,
  AT_RESULTS = 0x8000,
};

// The descriptor's fields by their offsets, written as a program would.
static void put(uint8_t *descriptor, unsigned at, uint64_t value, unsigned size) {
  for (unsigned i = 0; i < size; i++)
    descriptor[at + i] = (uint8_t)(value >> 8 * i);
}

typedef struct Setup {
  unsigned mode, layout, flags;
  int32_t zero_point;
  uint32_t low, high;
  bool bias;
  uint32_t rows, columns; // limits
} Setup;

static void write_descriptor(Bench *bench, const Setup *setup) {
  uint64_t base = bench->sim.hart.memory.dram_base;
  uint8_t *d = bench->sim.hart.memory.dram + AT_DESCRIPTOR;
  memset(d, 0, 64);
  put(d, 0, setup->mode, 1);
  put(d, 1, setup->layout, 1);
  put(d, 2, setup->flags, 1);
  put(d, 4, (uint32_t)setup->zero_point, 4);
  put(d, 8, setup->low, 4);
  put(d, 12, setup->high, 4);
  put(d, 16, setup->bias ? base + AT_BIAS : 0, 8);
  put(d, 24, base + AT_MULTIPLIER, 8);
  put(d, 32, base + AT_SHIFT, 8);
  put(d, 40, base + AT_TABLE, 8);
  put(d, 48, setup->rows, 4);
  put(d, 52, setup->columns, 4);
}

static uint32_t word_at(const Hart *hart, uint64_t offset) {
  uint32_t word;
  memcpy(&word, hart->memory.dram + offset, 4);
  return word;
}
static float float_at(const Hart *hart, uint64_t offset) {
  float value;
  memcpy(&value, hart->memory.dram + offset, 4);
  return value;
}

// ---- The model of one result

static int64_t model_scale(int64_t value, int32_t multiplier, unsigned shift, bool twice) {
  shift %= 64;
  __int128 sum = (__int128)value * multiplier;
  if (shift > 0)
    sum += (__int128)1 << (shift - 1);
  if (twice && shift > 31)
    sum += value < 0 ? -((__int128)1 << 30) : (__int128)1 << 30;
  return (int32_t)((int64_t)sum >> shift);
}

static uint32_t model_q8(const Hart *hart, const Setup *setup, uint32_t acc, unsigned index) {
  uint32_t biased = acc + (setup->bias ? word_at(hart, AT_BIAS + 4 * index) : 0);
  int32_t value = (int32_t)biased;
  int64_t scaled;
  if (setup->flags & FLAG_FLOAT) {
    volatile float number = (float)value;
    volatile float product = number * float_at(hart, AT_MULTIPLIER + 4 * index);
    double rounded = isnan(product) ? 0 : rint((double)product);
    scaled = rounded > INT32_MAX ? INT32_MAX : rounded < INT32_MIN ? INT32_MIN : (int64_t)rounded;
  } else {
    scaled = model_scale(value, (int32_t)word_at(hart, AT_MULTIPLIER + 4 * index),
                         hart->memory.dram[AT_SHIFT + index], setup->flags & FLAG_DOUBLE);
  }
  scaled += setup->zero_point;
  if (scaled < (int32_t)setup->low)
    scaled = (int32_t)setup->low;
  else if (scaled > (int32_t)setup->high)
    scaled = (int32_t)setup->high;
  uint8_t byte = (uint8_t)(scaled & 0xff);
  return setup->flags & FLAG_TABLE ? hart->memory.dram[AT_TABLE + byte] : byte;
}

static uint32_t bits_of(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  return bits;
}
static float float_of(uint32_t bits) {
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

static uint32_t model_float(const Hart *hart, const Setup *setup, uint32_t acc, unsigned index) {
  uint32_t bits = acc;
  if (setup->bias) {
    volatile float sum = float_of(acc) + float_at(hart, AT_BIAS + 4 * index);
    bits = isnan(sum) ? 0x7fc00000 : bits_of(sum);
  }
  float value = float_of(bits);
  if (value < float_of(setup->low))
    bits = setup->low;
  else if (value > float_of(setup->high))
    bits = setup->high;
  if (setup->mode == MODE_FP32)
    return bits;
  bool nan = isnan(float_of(bits));
  if (setup->mode == MODE_BF16)
    return nan ? 0x7fc0 : (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
  _Float16 half = (_Float16)float_of(bits);
  uint16_t narrow;
  memcpy(&narrow, &half, 2);
  return nan ? 0x7e00 : narrow;
}

static uint32_t model_result(const Hart *hart, const Setup *setup, uint32_t acc, unsigned index) {
  switch (setup->mode) {
  case MODE_RAW:
    return acc + (setup->bias ? word_at(hart, AT_BIAS + 4 * index) : 0);
  case MODE_Q8:
    return model_q8(hart, setup, acc, index);
  default:
    return model_float(hart, setup, acc, index);
  }
}

static unsigned result_bytes(unsigned mode) {
  return mode == MODE_Q8 ? 1 : mode == MODE_FP16 || mode == MODE_BF16 ? 2 : 4;
}

// ---- Random drains

static Setup random_setup(Bench *bench) {
  Setup setup = {.mode = (unsigned)bench_below(bench, 5), .bias = bench_below(bench, 2)};
  setup.layout = (unsigned)bench_below(bench, setup.mode == MODE_Q8 ? 3 : 2);
  setup.flags = (unsigned)bench_below(bench, setup.mode == MODE_Q8 ? 32 : 2);
  if ((setup.flags & FLAG_FLOAT) && (setup.flags & FLAG_DOUBLE))
    setup.flags &= ~(unsigned)FLAG_DOUBLE;
  setup.zero_point = (int32_t)bench_below(bench, 256) - 128;
  if (bench_below(bench, 20) == 0)
    setup.zero_point = (int32_t)bench_random(bench);
  bool is_unsigned = setup.flags & FLAG_UNSIGNED;
  setup.low = is_unsigned ? 0 : (uint32_t)-128;
  setup.high = is_unsigned ? 255 : 127;
  if (setup.mode >= MODE_FP16) {
    setup.low = bench_below(bench, 2) ? 0 : 0xff800000;
    setup.high = bench_below(bench, 2) ? bits_of(6.0F) : 0x7f800000;
  }
  return setup;
}

static void fill_parameters(Bench *bench, const Setup *setup) {
  Hart *hart = &bench->sim.hart;
  uint8_t *dram = hart->memory.dram;
  size_t elements = (size_t)hart->machine->accumulators * hart->tile * hart->tile;
  bench_fill(bench, dram, AT_RESULTS);
  if (setup->mode >= MODE_FP16) {
    bench_fill_floats(bench, hart->acc, elements);
    uint32_t bias[128];
    bench_fill_floats(bench, bias, 128);
    memcpy(dram + AT_BIAS, bias, sizeof bias);
    return;
  }
  for (size_t i = 0; i < elements; i++)
    hart->acc[i] = (uint32_t)((int64_t)bench_random(bench) >> (32 + bench_below(bench, 31)));
  for (unsigned i = 0; i < 128; i++) {
    uint32_t multiplier = (uint32_t)bench_random(bench) >> 1;
    uint8_t shift = (uint8_t)(30 + bench_below(bench, 18));
    if (bench_below(bench, 30) == 0) {
      multiplier = (uint32_t)bench_random(bench);
      shift = (uint8_t)bench_random(bench);
    }
    if (setup->flags & FLAG_FLOAT)
      multiplier = bench_below(bench, 30) ? (uint32_t)(100 + bench_below(bench, 30)) << 23
                                          : (uint32_t)bench_random(bench);
    memcpy(dram + AT_MULTIPLIER + 4 * (size_t)i, &multiplier, 4);
    dram[AT_SHIFT + i] = shift;
  }
}

static uint64_t place_of(const Setup *setup, uint64_t start, int64_t pitch, unsigned row, unsigned column) {
  unsigned size = result_bytes(setup->mode);
  if (setup->layout == LAYOUT_ROWS)
    return start + (uint64_t)(pitch * row) + (uint64_t)column * size;
  if (setup->layout == LAYOUT_COLUMNS)
    return start + (uint64_t)(pitch * column) + (uint64_t)row * size;
  return start + (uint64_t)(pitch * (row / 4)) + (uint64_t)column * 4 + row % 4;
}

static unsigned least(unsigned extent, uint64_t limit) {
  return limit == 0 || limit > extent ? extent : (unsigned)limit;
}

static void check_drain(Bench *bench, unsigned shape) {
  Hart *hart = &bench->sim.hart;
  unsigned tile = hart->tile;
  unsigned group_rows = 1U << (shape >> 2);
  unsigned group_columns = 1U << (shape & 3);
  uint64_t group = (uint64_t)group_rows * group_columns;
  if (group > hart->machine->accumulators)
    return;
  Setup setup = random_setup(bench);
  fill_parameters(bench, &setup);
  setup.rows = bench_below(bench, 2) ? (uint32_t)bench_below(bench, group_rows * tile + 3) : 0;
  setup.columns = bench_below(bench, 2) ? (uint32_t)bench_below(bench, group_columns * tile + 3) : 0;
  write_descriptor(bench, &setup);
  hart->x[10] = hart->memory.dram_base + AT_DESCRIPTOR;
  CHECK_INT_EQ(RUN(bench, ISA_KT_DCFG, 10), SIM_CAUSE_NONE);
  if (bench_below(bench, 3) == 0) {
    hart->x[11] = setup.rows = (uint32_t)bench_below(bench, group_rows * tile + 3);
    hart->x[12] = setup.columns = (uint32_t)bench_below(bench, group_columns * tile + 3);
    CHECK_INT_EQ(RUN(bench, ISA_KT_DEXT, 11, 12), SIM_CAUSE_NONE);
  }
  unsigned size = result_bytes(setup.mode);
  uint64_t start = 0x40000 + size * bench_below(bench, 64);
  int64_t pitch = (int64_t)size * (256 + (int64_t)bench_below(bench, 100));
  if (bench_below(bench, 4) == 0)
    pitch = -pitch;
  unsigned s = (unsigned)bench_below(bench, hart->machine->accumulators - group + 1);
  hart->x[13] = hart->memory.dram_base + start;
  hart->x[14] = (uint64_t)pitch;
  uint8_t *image = malloc(BENCH_DRAM);
  memcpy(image, hart->memory.dram, BENCH_DRAM);
  harness_context("%s mode %u layout %u flags %u shape %ux%u rows %u columns %u", hart->machine->name,
                  setup.mode, setup.layout, setup.flags, group_rows, group_columns, setup.rows,
                  setup.columns);
  CHECK_INT_EQ(RUN(bench, ISA_KT_DRAIN, s, 13, 14, shape), SIM_CAUSE_NONE);
  unsigned rows = least(group_rows * tile, setup.rows);
  unsigned columns = least(group_columns * tile, setup.columns);
  for (unsigned u = 0; u < rows; u++) {
    for (unsigned w = 0; w < columns; w++) {
      size_t number = s + (size_t)(u / tile) * group_columns + w / tile;
      uint32_t acc = hart->acc[(number * tile + u % tile) * tile + w % tile];
      uint32_t result = model_result(hart, &setup, acc, setup.flags & FLAG_PER_COLUMN ? w : u);
      memcpy(image + place_of(&setup, start, pitch, u, w), &result, size);
    }
  }
  CHECK_MEM_EQ(hart->memory.dram, image, BENCH_CODE);
  CHECK_INT_EQ(bench->sim.event.results, rows * columns);
  uint64_t bytes = 0;
  for (size_t i = 0; i < bench->sim.event.accesses.count; i++)
    bytes += (uint64_t)bench->sim.event.accesses.data[i].size * bench->sim.event.accesses.data[i].count;
  CHECK_INT_EQ(bytes, rows * columns * size);
  free(image);
}

TEST(TileDrain, EqualsTheModel) {
  for (unsigned m = 0; m < 2; m++) {
    Bench *bench = bench_new(m ? "k0" : "k1", 71 + m);
    for (unsigned round = 0; round < (m ? 1500 : 400); round++) {
      unsigned shape = (unsigned)bench_below(bench, 11);
      if ((shape & 3) != 3)
        check_drain(bench, shape);
    }
    bench_free(bench);
  }
}

TEST(TileDrain, BeginsAsRawRows) {
  Bench *bench = bench_new("k1", 5);
  Hart *hart = &bench->sim.hart;
  bench_fill(bench, hart->acc, sizeof hart->acc);
  hart->x[10] = hart->memory.spm_base;
  hart->x[11] = 64;
  CHECK_INT_EQ(RUN(bench, ISA_KT_DRAIN, 3, 10, 11, 0), SIM_CAUSE_NONE);
  CHECK_MEM_EQ(hart->memory.spm, hart->acc + (size_t)3 * 256, 1024);
  bench_free(bench);
}

// Each way in which a descriptor can be wrong.
TEST(TileDrain, RefusesDescriptors) {
  Bench *bench = bench_new("k1", 6);
  Hart *hart = &bench->sim.hart;
  uint8_t *d = hart->memory.dram + AT_DESCRIPTOR;
  hart->x[10] = hart->memory.dram_base + AT_DESCRIPTOR;
  static const struct {
    unsigned mode, layout, flags, at, size;
    uint64_t value;
    bool legal;
  } rows[] = {
      {MODE_RAW, 0, 0, 4, 1, 9, true},           {5, 0, 0, 4, 1, 0, false},
      {MODE_RAW, 3, 0, 4, 1, 0, false},          {MODE_RAW, LAYOUT_C4, 0, 4, 1, 0, false},
      {MODE_Q8, LAYOUT_C4, 0, 4, 1, 0, true},    {MODE_FP32, 0, 2, 4, 1, 0, false},
      {MODE_FP16, 0, 4, 4, 1, 0, false},         {MODE_BF16, 0, 8, 4, 1, 0, false},
      {MODE_RAW, 0, 16, 4, 1, 0, false},         {MODE_RAW, 0, 1, 4, 1, 0, true},
      {MODE_Q8, 0, 32, 4, 1, 0, false},          {MODE_Q8, 0, 0, 3, 1, 1, false},
      {MODE_Q8, 0, 0, 56, 8, 1, false},          {MODE_Q8, 0, 0, 63, 1, 128, false},
      {MODE_Q8, 0, 0, 24, 8, 0, false},          {MODE_Q8, 0, 0, 32, 8, 0, false},
      {MODE_Q8, 0, FLAG_FLOAT, 32, 8, 0, true},  {MODE_Q8, 0, 6, 4, 1, 0, false},
      {MODE_Q8, 0, FLAG_TABLE, 40, 8, 0, false}, {MODE_Q8, 0, 0, 40, 8, 0, true},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Setup setup = {.mode = rows[i].mode, .layout = rows[i].layout, .flags = rows[i].flags};
    write_descriptor(bench, &setup);
    put(d, rows[i].at, rows[i].value, rows[i].size);
    harness_context("row %zu", i);
    uint8_t before[64];
    memcpy(before, hart->drain_descriptor, 64);
    CHECK_INT_EQ(RUN(bench, ISA_KT_DCFG, 10), rows[i].legal ? SIM_CAUSE_NONE : SIM_CAUSE_ILLEGAL);
    CHECK_MEM_EQ(hart->drain_descriptor, rows[i].legal ? d : before, 64);
  }
  hart->x[10] += 4;
  CHECK_INT_EQ(RUN(bench, ISA_KT_DCFG, 10), SIM_CAUSE_LOAD_MISALIGNED);
  hart->x[10] = 64;
  CHECK_INT_EQ(RUN(bench, ISA_KT_DCFG, 10), SIM_CAUSE_LOAD_ACCESS);
  bench_free(bench);
}

TEST(TileDrain, TrapsBeforeWritingAnything) {
  Bench *bench = bench_new("k1", 7);
  Hart *hart = &bench->sim.hart;
  uint64_t base = hart->memory.dram_base;
  memset(hart->acc, 0xff, sizeof hart->acc);
  // The last rows lie behind the end of the scratchpad.
  uint64_t end = hart->memory.spm_base + hart->memory.spm_size;
  hart->x[10] = end - 15 * 64;
  hart->x[11] = 64;
  CHECK_INT_EQ(RUN(bench, ISA_KT_DRAIN, 0, 10, 11, 0), SIM_CAUSE_STORE_ACCESS);
  CHECK_UINT_EQ(hart->trap_value, end);
  CHECK_UINT_EQ(hart->memory.spm[hart->memory.spm_size - 1], 0);
  hart->x[10] = base + 0x8001;
  CHECK_INT_EQ(RUN(bench, ISA_KT_DRAIN, 0, 10, 11, 0), SIM_CAUSE_STORE_MISALIGNED);
  CHECK_UINT_EQ(hart->trap_value, base + 0x8001);
  hart->x[10] = base + 0x8000;
  hart->x[11] = 66;
  CHECK_INT_EQ(RUN(bench, ISA_KT_DRAIN, 0, 10, 11, 0), SIM_CAUSE_STORE_MISALIGNED);
  CHECK_UINT_EQ(hart->trap_value, base + 0x8000 + 66);
  // A bias that is not all there.
  Setup setup = {.mode = MODE_RAW, .bias = true};
  write_descriptor(bench, &setup);
  put(hart->memory.dram + AT_DESCRIPTOR, 16, end - 8, 8);
  hart->x[12] = base + AT_DESCRIPTOR;
  hart->x[11] = 64;
  CHECK_INT_EQ(RUN(bench, ISA_KT_DCFG, 12), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_KT_DRAIN, 0, 10, 11, 0), SIM_CAUSE_LOAD_ACCESS);
  CHECK_UINT_EQ(hart->trap_value, end);
  put(hart->memory.dram + AT_DESCRIPTOR, 16, base + 2, 8);
  CHECK_INT_EQ(RUN(bench, ISA_KT_DCFG, 12), SIM_CAUSE_NONE);
  CHECK_INT_EQ(RUN(bench, ISA_KT_DRAIN, 0, 10, 11, 0), SIM_CAUSE_LOAD_MISALIGNED);
  CHECK_UINT_EQ(hart->memory.dram[0x8000], 0);
  bench_free(bench);
}
