// Xkilntile's drain unit: accumulators to memory through bias, scaling, clamping and narrowing (docs/isa.md).
// Every address is checked before anything is written, and everything is read before anything is written.
#include "sim/tile.h"

typedef enum DrainMode { DRAIN_RAW, DRAIN_Q8, DRAIN_FP16, DRAIN_BF16, DRAIN_FP32, DRAIN_MODES } DrainMode;
typedef enum DrainLayout { DRAIN_ROWS, DRAIN_COLUMNS, DRAIN_C4, DRAIN_LAYOUTS } DrainLayout;

enum {
  DRAIN_PER_COLUMN = 1 << 0,
  DRAIN_DOUBLE_ROUNDING = 1 << 1,
  DRAIN_FLOAT_SCALE = 1 << 2,
  DRAIN_UNSIGNED = 1 << 3,
  DRAIN_TABLE = 1 << 4,
  DRAIN_ANY_MODE_FLAGS = DRAIN_PER_COLUMN,
  DRAIN_ALL_FLAGS = (1 << 5) - 1,
  TABLE_BYTES = 256,
  MAX_EXTENT = 4 * SIM_MAX_TILE, // rows or columns of the largest group
};

// The descriptor's 64 bytes, as they lie in memory.
typedef struct Descriptor {
  uint8_t mode;
  uint8_t layout;
  uint8_t flags;
  uint8_t reserved;
  int32_t zero_point;
  uint32_t clamp_min; // an i32, or the bits of an f32
  uint32_t clamp_max;
  uint64_t bias; // addresses; 0: none
  uint64_t multiplier;
  uint64_t shift;
  uint64_t table;
  uint32_t valid_rows; // 0: all
  uint32_t valid_columns;
  uint64_t reserved_end;
} Descriptor;
_Static_assert(sizeof(Descriptor) == SIM_DRAIN_DESCRIPTOR_BYTES, "the descriptor's layout is its meaning");

static bool descriptor_valid(const Descriptor *d) {
  if (d->mode >= DRAIN_MODES || d->layout >= DRAIN_LAYOUTS || d->reserved != 0 || d->reserved_end != 0)
    return false;
  if (d->mode != DRAIN_Q8)
    return (d->flags & ~DRAIN_ANY_MODE_FLAGS) == 0 && d->layout != DRAIN_C4;
  if ((d->flags & ~DRAIN_ALL_FLAGS) != 0 || d->multiplier == 0)
    return false;
  if (d->flags & DRAIN_FLOAT_SCALE ? (d->flags & DRAIN_DOUBLE_ROUNDING) != 0 : d->shift == 0)
    return false;
  return !(d->flags & DRAIN_TABLE) || d->table != 0;
}

static const SimInsn *run_configure(Hart *hart, const SimInsn *insn) {
  uint64_t address = hart->x[insn->rs1];
  if (address % 8 != 0)
    return sim_trap(hart, insn, SIM_CAUSE_LOAD_MISALIGNED, address);
  const uint8_t *bytes = sim_memory_at(&hart->memory, address, sizeof(Descriptor));
  if (!bytes)
    return sim_trap(hart, insn, SIM_CAUSE_LOAD_ACCESS, address);
  Descriptor descriptor;
  memcpy(&descriptor, bytes, sizeof descriptor);
  if (!descriptor_valid(&descriptor))
    return sim_illegal(hart, insn);
  sim_record(hart, address, 8, 8, sizeof descriptor / 8, false);
  memcpy(hart->drain_descriptor, &descriptor, sizeof descriptor);
  hart->drain_rows = descriptor.valid_rows;
  hart->drain_columns = descriptor.valid_columns;
  return insn + 1;
}

static uint32_t extent_of(uint64_t value) {
  return value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
}

static const SimInsn *run_extend(Hart *hart, const SimInsn *insn) {
  hart->drain_rows = extent_of(hart->x[insn->rs1]);
  hart->drain_columns = extent_of(hart->x[insn->rs2]);
  return insn + 1;
}

// ---- Parameters, read when a drain executes

typedef struct Drain {
  Descriptor descriptor;
  unsigned rows; // valid ones
  unsigned columns;
  unsigned bytes; // of a result
  uint32_t bias[MAX_EXTENT];
  uint32_t multiplier[MAX_EXTENT];
  uint8_t shift[MAX_EXTENT];
  uint8_t table[TABLE_BYTES];
  uint32_t result[MAX_EXTENT][MAX_EXTENT]; // by row and column
} Drain;

// Reads an array of parameters. On a fault the trap is raised and false returned.
static bool read_array(Hart *hart, const SimInsn *insn, uint64_t address, void *values, unsigned size,
                       unsigned count) {
  if (address % size != 0) {
    sim_trap(hart, insn, SIM_CAUSE_LOAD_MISALIGNED, address);
    return false;
  }
  const uint8_t *bytes = sim_memory_at(&hart->memory, address, (uint64_t)size * count);
  if (!bytes) {
    uint64_t outside = address;
    while (outside < address + (uint64_t)size * count && sim_memory_at(&hart->memory, outside, size))
      outside += size;
    sim_trap(hart, insn, SIM_CAUSE_LOAD_ACCESS, outside);
    return false;
  }
  memcpy(values, bytes, (size_t)size * count);
  if (hart->event) {
    SimAccess access = {address, size, size, count, false};
    VEC_PUSH(&hart->event->parameters, access);
  }
  return true;
}

static bool read_parameters(Hart *hart, const SimInsn *insn, Drain *drain) {
  const Descriptor *d = &drain->descriptor;
  unsigned count = d->flags & DRAIN_PER_COLUMN ? drain->columns : drain->rows;
  if (d->bias && !read_array(hart, insn, d->bias, drain->bias, 4, count))
    return false;
  if (d->mode != DRAIN_Q8)
    return true;
  if (!read_array(hart, insn, d->multiplier, drain->multiplier, 4, count))
    return false;
  if (!(d->flags & DRAIN_FLOAT_SCALE) && !read_array(hart, insn, d->shift, drain->shift, 1, count))
    return false;
  return !(d->flags & DRAIN_TABLE) || read_array(hart, insn, d->table, drain->table, 1, TABLE_BYTES);
}

// ---- One result

// TOSA's apply_scale_32, for every multiplier and shift: sums wrap at 64 bits, the shift counts modulo 64 and
// the result modulo 2^32.
static int32_t scale_integer(int32_t value, int32_t multiplier, unsigned shift, bool double_rounding) {
  shift &= 63;
  uint64_t round = shift ? UINT64_C(1) << (shift - 1) : 0;
  if (double_rounding && shift > 31)
    round += value >= 0 ? UINT64_C(1) << 30 : -(UINT64_C(1) << 30);
  uint64_t product = (uint64_t)((int64_t)value * multiplier);
  return (int32_t)((int64_t)(product + round) >> shift);
}

// ONNX requantization: one fp32 multiplication, then to the nearest integer, halves to even.
static int32_t scale_float(int32_t value, uint32_t multiplier) {
  SimRounding rounding = {SIM_RNE, 0};
  uint64_t number = sim_float_from_integer(SIM_F32, (uint64_t)(int64_t)value, true, &rounding);
  uint64_t scaled = sim_float_mul(SIM_F32, number, multiplier, &rounding);
  if (sim_float_is_nan(SIM_F32, scaled))
    return 0;
  return (int32_t)sim_float_to_integer(SIM_F32, scaled, 32, true, &rounding);
}

static uint32_t quantize(const Drain *drain, uint32_t acc, unsigned parameter) {
  const Descriptor *d = &drain->descriptor;
  int32_t value = (int32_t)(acc + (d->bias ? drain->bias[parameter] : 0));
  uint32_t multiplier = drain->multiplier[parameter];
  int32_t scaled = d->flags & DRAIN_FLOAT_SCALE
                       ? scale_float(value, multiplier)
                       : scale_integer(value, (int32_t)multiplier, drain->shift[parameter],
                                       (d->flags & DRAIN_DOUBLE_ROUNDING) != 0);
  int64_t sum = (int64_t)scaled + d->zero_point;
  int64_t low = (int32_t)d->clamp_min;
  int64_t high = (int32_t)d->clamp_max;
  sum = sum < low ? low : sum > high ? high : sum;
  uint8_t byte = (uint8_t)sum;
  return d->flags & DRAIN_TABLE ? drain->table[byte] : byte;
}

static uint32_t narrow(const Drain *drain, uint32_t acc, unsigned parameter) {
  const Descriptor *d = &drain->descriptor;
  SimRounding rounding = {SIM_RNE, 0};
  uint64_t value = acc;
  if (d->bias)
    value = sim_float_add(SIM_F32, value, drain->bias[parameter], &rounding);
  if (sim_float_less(SIM_F32, value, d->clamp_min, &rounding))
    value = d->clamp_min;
  else if (sim_float_less(SIM_F32, d->clamp_max, value, &rounding))
    value = d->clamp_max;
  if (d->mode == DRAIN_FP32)
    return (uint32_t)value;
  return (uint32_t)sim_float_convert(d->mode == DRAIN_FP16 ? SIM_F16 : SIM_BF16, SIM_F32, value, &rounding);
}

static uint32_t finish(const Drain *drain, uint32_t acc, unsigned parameter) {
  switch ((DrainMode)drain->descriptor.mode) {
  case DRAIN_RAW:
    return acc + (drain->descriptor.bias ? drain->bias[parameter] : 0);
  case DRAIN_Q8:
    return quantize(drain, acc, parameter);
  default:
    return narrow(drain, acc, parameter);
  }
}

static void compute(Hart *hart, const SimInsn *insn, Drain *drain) {
  size_t tile = hart->tile;
  bool per_column = drain->descriptor.flags & DRAIN_PER_COLUMN;
  for (unsigned r = 0; r < drain->rows; r++) {
    for (unsigned c = 0; c < drain->columns; c++) {
      size_t number = insn->rd + r / tile * insn->columns + c / tile;
      uint32_t acc = tile_accumulator(hart, number)[r % tile * tile + c % tile];
      drain->result[r][c] = finish(drain, acc, per_column ? c : r);
    }
  }
}

// ---- Memory: the results as lines, each line's elements side by side but for the last line of the c4
// layout, which may have fewer than four rows.

typedef struct Line {
  uint64_t address;
  uint64_t step; // bytes from an element to the next
  unsigned size; // bytes of an element: one result, or up to four
  unsigned count;
} Line;

static unsigned line_count(const Drain *drain) {
  switch ((DrainLayout)drain->descriptor.layout) {
  case DRAIN_COLUMNS:
    return drain->columns;
  case DRAIN_C4:
    return (drain->rows + 3) / 4;
  default:
    return drain->rows;
  }
}

static Line line_at(const Hart *hart, const SimInsn *insn, const Drain *drain, unsigned n) {
  Line line = {
      .address = hart->x[insn->rs1] + n * hart->x[insn->rs2],
      .step = drain->bytes,
      .size = drain->bytes,
      .count = drain->columns,
  };
  switch ((DrainLayout)drain->descriptor.layout) {
  case DRAIN_COLUMNS:
    line.count = drain->rows;
    break;
  case DRAIN_C4:
    line.step = 4;
    line.size = drain->rows - 4 * n < 4 ? drain->rows - 4 * n : 4;
    break;
  default:
    break;
  }
  return line;
}

// Raises the trap of the first address that is misaligned or outside; true when there is none.
static bool writable(Hart *hart, const SimInsn *insn, const Drain *drain) {
  for (unsigned n = 0; n < line_count(drain); n++) {
    Line line = line_at(hart, insn, drain, n);
    if (line.address % drain->bytes != 0) {
      sim_trap(hart, insn, SIM_CAUSE_STORE_MISALIGNED, line.address);
      return false;
    }
    if (sim_memory_at(&hart->memory, line.address, line.step * (line.count - 1) + line.size))
      continue;
    for (unsigned i = 0; i < line.count; i++) {
      for (unsigned byte = 0; byte < line.size; byte += drain->bytes) {
        uint64_t address = line.address + i * line.step + byte;
        if (!sim_memory_at(&hart->memory, address, drain->bytes)) {
          sim_trap(hart, insn, SIM_CAUSE_STORE_ACCESS, address);
          return false;
        }
      }
    }
  }
  return true;
}

static void write_line(Hart *hart, const Drain *drain, const Line *line, unsigned n) {
  for (unsigned i = 0; i < line->count; i++) {
    for (unsigned byte = 0; byte < line->size; byte += drain->bytes) {
      uint64_t address = line->address + i * line->step + byte;
      uint32_t value = drain->descriptor.layout == DRAIN_ROWS      ? drain->result[n][i]
                       : drain->descriptor.layout == DRAIN_COLUMNS ? drain->result[i][n]
                                                                   : drain->result[4 * n + byte][i];
      memcpy(sim_memory_at(&hart->memory, address, drain->bytes), &value, drain->bytes);
    }
  }
}

static unsigned limited(unsigned extent, uint32_t limit) {
  return limit != 0 && limit < extent ? limit : extent;
}

static const SimInsn *run_drain(Hart *hart, const SimInsn *insn) {
  if (!tile_accumulators_exist(hart, insn->rd, (unsigned)insn->rows * insn->columns))
    return sim_illegal(hart, insn);
  Drain drain;
  memcpy(&drain.descriptor, hart->drain_descriptor, sizeof drain.descriptor);
  static const uint8_t bytes[] = {
      [DRAIN_RAW] = 4, [DRAIN_Q8] = 1, [DRAIN_FP16] = 2, [DRAIN_BF16] = 2, [DRAIN_FP32] = 4};
  drain.bytes = bytes[drain.descriptor.mode];
  drain.rows = limited(insn->rows * hart->tile, hart->drain_rows);
  drain.columns = limited(insn->columns * hart->tile, hart->drain_columns);
  if (!read_parameters(hart, insn, &drain) || !writable(hart, insn, &drain))
    return NULL;
  compute(hart, insn, &drain);
  for (unsigned n = 0; n < line_count(&drain); n++) {
    Line line = line_at(hart, insn, &drain, n);
    write_line(hart, &drain, &line, n);
    sim_record(hart, line.address, line.size, (int64_t)line.step, line.count, true);
  }
  if (hart->event) {
    hart->event->acc_first = insn->rd;
    hart->event->acc_count = (uint8_t)(insn->rows * insn->columns);
    hart->event->results = drain.rows * drain.columns;
  }
  return insn + 1;
}

SimHandler tile_bind_drain(SimInsn *insn) {
  switch (insn->op) {
  case ISA_KT_DCFG:
    return run_configure;
  case ISA_KT_DEXT:
    return run_extend;
  case ISA_KT_DRAIN:
    return run_drain;
  default:
    return NULL;
  }
}
