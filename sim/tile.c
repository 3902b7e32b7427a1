// Xkilntile: accumulators set, outer products, depthwise products, moves between accumulators and vectors or
// memory (docs/isa.md). The drain is in tile_drain.c.
#include "sim/tile.h"
#include "sim/vector.h"

enum { VECTOR_REGISTERS = 32 };

static void record(Hart *hart, unsigned first, unsigned count) {
  if (hart->event) {
    hart->event->acc_first = (uint8_t)first;
    hart->event->acc_count = (uint8_t)count;
  }
}

static const SimInsn *run_zero(Hart *hart, const SimInsn *insn) {
  unsigned count = (unsigned)insn->imm;
  if (!tile_accumulators_exist(hart, insn->rd, count))
    return sim_illegal(hart, insn);
  record(hart, insn->rd, count);
  memset(tile_accumulator(hart, insn->rd), 0, (size_t)count * hart->tile * hart->tile * 4);
  return insn + 1;
}

// Every row, or every column, of accumulator rd + n := register rs1 + n.
static const SimInsn *run_bias(Hart *hart, const SimInsn *insn) {
  unsigned count = (unsigned)insn->imm;
  if (!tile_accumulators_exist(hart, insn->rd, count) || insn->rs1 + count > VECTOR_REGISTERS)
    return sim_illegal(hart, insn);
  record(hart, insn->rd, count);
  if (hart->event)
    hart->event->vs1_registers = (uint8_t)count;
  size_t tile = hart->tile;
  for (unsigned n = 0; n < count; n++) {
    uint32_t values[SIM_MAX_TILE];
    memcpy(values, vector_register(hart, insn->rs1 + n), tile * 4);
    uint32_t *acc = tile_accumulator(hart, insn->rd + n);
    for (size_t i = 0; i < tile; i++) {
      for (size_t j = 0; j < tile; j++)
        acc[i * tile + j] = insn->op == ISA_KT_BIAS_R ? values[j] : values[i];
    }
  }
  return insn + 1;
}

static SimMacKind mac_kind(TileType type) {
  switch (type) {
  case TILE_HF:
  case TILE_BF:
    return SIM_MAC_HALF;
  case TILE_F:
    return SIM_MAC_FLOAT;
  default:
    return SIM_MAC_INT8;
  }
}

static void record_multiply(Hart *hart, TileType type, unsigned a, unsigned b, uint64_t macs) {
  if (hart->event) {
    hart->event->vs1_registers = (uint8_t)a;
    hart->event->vs2_registers = (uint8_t)b;
    hart->event->macs = macs;
    hart->event->mac_kind = mac_kind(type);
  }
}

// The binder keeps the operand type in `extra`.
static const SimInsn *run_multiply(Hart *hart, const SimInsn *insn) {
  TileType type = (TileType)insn->extra;
  unsigned rows = insn->rows;
  unsigned columns = insn->columns;
  if (!tile_accumulators_exist(hart, insn->rd, rows * columns) || insn->rs1 + rows > VECTOR_REGISTERS ||
      insn->rs2 + columns > VECTOR_REGISTERS)
    return sim_illegal(hart, insn);
  size_t tile = hart->tile;
  record(hart, insn->rd, rows * columns);
  record_multiply(hart, type, rows, columns, (uint64_t)rows * columns * tile * tile * tile_products(type));
  TileOperand b[4];
  for (unsigned c = 0; c < columns; c++)
    tile_unpack_b(type, vector_register(hart, insn->rs2 + c), tile, &b[c]);
  for (unsigned r = 0; r < rows; r++) {
    TileOperand a;
    tile_unpack_a(type, vector_register(hart, insn->rs1 + r), tile, &a);
    for (unsigned c = 0; c < columns; c++) {
      uint32_t *acc = tile_accumulator(hart, insn->rd + r * columns + c);
      if (insn->overwrite)
        memset(acc, 0, tile * tile * 4);
      tile_multiply(type, acc, tile, &a, &b[c]);
    }
  }
  return insn + 1;
}

// Three taps of a depthwise convolution, for four channels (rows 4q .. 4q + 3) of T pixels (columns).
static const SimInsn *run_depthwise(Hart *hart, const SimInsn *insn) {
  TileType type = (TileType)insn->extra;
  size_t tile = hart->tile;
  unsigned registers = insn->step + 1U;
  if (!tile_accumulators_exist(hart, insn->rd, 1) || insn->rs1 + registers > VECTOR_REGISTERS ||
      12U * insn->index + 11 >= hart->vlenb || 4U * insn->quad + 3 >= tile)
    return sim_illegal(hart, insn);
  record(hart, insn->rd, 1);
  record_multiply(hart, type, registers, 1, 3 * 4 * tile);
  bool a_signed = type == TILE_SS || type == TILE_SU;
  bool w_signed = type == TILE_SS || type == TILE_US;
  const uint8_t *pixels = vector_register(hart, insn->rs1);
  const uint8_t *weights = vector_register(hart, insn->rs2) + (size_t)12 * insn->index;
  uint32_t *acc = tile_accumulator(hart, insn->rd);
  for (size_t c = 0; c < 4; c++) {
    for (size_t p = 0; p < tile; p++) {
      int32_t sum = 0;
      for (size_t t = 0; t < 3; t++) {
        uint8_t a = pixels[4 * ((size_t)insn->step * p + t) + c];
        uint8_t w = weights[4 * t + c];
        sum += (a_signed ? (int8_t)a : a) * (w_signed ? (int8_t)w : w);
      }
      acc[((size_t)4 * insn->quad + c) * tile + p] += (uint32_t)sum;
    }
  }
  return insn + 1;
}

// kt.get, kt.getc, kt.put: vl elements of 32 bits between a vector group and the accumulator from row
// (kt.getc: column) x[rs1] on.
static bool move_legal(const Hart *hart, const SimInsn *insn, unsigned group, unsigned acc) {
  size_t tile = hart->tile;
  if (hart->vill || hart->vstart != 0 || !vector_group_valid(group, hart->vlmul + 2 - hart->vsew))
    return false;
  uint64_t first = hart->x[insn->rs1];
  return tile_accumulators_exist(hart, acc, 1) && first < tile && first * tile + hart->vl <= tile * tile;
}

static void record_move(Hart *hart, unsigned acc, bool put) {
  record(hart, acc, 1);
  if (hart->event) {
    unsigned registers = vector_registers(hart->vlmul + 2 - hart->vsew);
    hart->event->elements = (uint32_t)hart->vl;
    hart->event->element_bits = 32;
    hart->event->lmul_registers = (uint8_t)vector_registers(hart->vlmul);
    *(put ? &hart->event->vs2_registers : &hart->event->vd_registers) = (uint8_t)registers;
  }
}

static const SimInsn *run_get(Hart *hart, const SimInsn *insn) {
  if (!move_legal(hart, insn, insn->rd, insn->rs2))
    return sim_illegal(hart, insn);
  record_move(hart, insn->rs2, false);
  size_t tile = hart->tile;
  const uint32_t *acc = tile_accumulator(hart, insn->rs2);
  uint8_t *group = vector_register(hart, insn->rd);
  size_t first = hart->x[insn->rs1] * tile;
  for (size_t e = 0; e < hart->vl; e++) {
    size_t at = first + e;
    size_t place = insn->op == ISA_KT_GET ? at : at % tile * tile + at / tile;
    memcpy(group + 4 * e, &acc[place], 4);
  }
  return insn + 1;
}

static const SimInsn *run_put(Hart *hart, const SimInsn *insn) {
  if (!move_legal(hart, insn, insn->rs2, insn->rd))
    return sim_illegal(hart, insn);
  record_move(hart, insn->rd, true);
  uint32_t *acc = tile_accumulator(hart, insn->rd) + hart->x[insn->rs1] * hart->tile;
  memcpy(acc, vector_register(hart, insn->rs2), hart->vl * 4);
  return insn + 1;
}

// kt.ld, kt.st: T rows of T words, row r at x[rs1] + r * x[rs2]. Every row is checked before anything moves.
static const SimInsn *run_memory(Hart *hart, const SimInsn *insn) {
  if (!tile_accumulators_exist(hart, insn->rd, 1))
    return sim_illegal(hart, insn);
  bool store = insn->op == ISA_KT_ST;
  size_t tile = hart->tile;
  uint8_t *rows[SIM_MAX_TILE];
  for (size_t r = 0; r < tile; r++) {
    uint64_t address = hart->x[insn->rs1] + r * hart->x[insn->rs2];
    if (address % 4 != 0)
      return sim_trap(hart, insn, store ? SIM_CAUSE_STORE_MISALIGNED : SIM_CAUSE_LOAD_MISALIGNED, address);
    rows[r] = sim_memory_at(&hart->memory, address, tile * 4);
    if (!rows[r]) {
      // The word that is outside is not always the row's first.
      uint64_t outside = address;
      while (outside < address + tile * 4 && sim_memory_at(&hart->memory, outside, 4))
        outside += 4;
      return sim_trap(hart, insn, store ? SIM_CAUSE_STORE_ACCESS : SIM_CAUSE_LOAD_ACCESS, outside);
    }
  }
  record(hart, insn->rd, 1);
  uint32_t *acc = tile_accumulator(hart, insn->rd);
  for (size_t r = 0; r < tile; r++) {
    sim_record(hart, hart->x[insn->rs1] + r * hart->x[insn->rs2], 4, 4, (uint32_t)tile, store);
    memcpy(store ? (void *)rows[r] : acc + r * tile, store ? (void *)(acc + r * tile) : rows[r], tile * 4);
  }
  return insn + 1;
}

SimHandler sim_bind_tile(SimInsn *insn) {
  switch (insn->op) {
  case ISA_KT_ZERO:
    return run_zero;
  case ISA_KT_BIAS_R:
  case ISA_KT_BIAS_C:
    return run_bias;
  case ISA_KT_MOPA_SS:
    insn->extra = TILE_SS;
    return run_multiply;
  case ISA_KT_MOPA_SU:
    insn->extra = TILE_SU;
    return run_multiply;
  case ISA_KT_MOPA_US:
    insn->extra = TILE_US;
    return run_multiply;
  case ISA_KT_MOPA_UU:
    insn->extra = TILE_UU;
    return run_multiply;
  case ISA_KT_MOPA_HF:
    insn->extra = TILE_HF;
    return run_multiply;
  case ISA_KT_MOPA_BF:
    insn->extra = TILE_BF;
    return run_multiply;
  case ISA_KT_MOPA_F:
    insn->extra = TILE_F;
    return run_multiply;
  case ISA_KT_MDW_SS:
    insn->extra = TILE_SS;
    return run_depthwise;
  case ISA_KT_MDW_SU:
    insn->extra = TILE_SU;
    return run_depthwise;
  case ISA_KT_MDW_US:
    insn->extra = TILE_US;
    return run_depthwise;
  case ISA_KT_MDW_UU:
    insn->extra = TILE_UU;
    return run_depthwise;
  case ISA_KT_GET:
  case ISA_KT_GETC:
    return run_get;
  case ISA_KT_PUT:
    return run_put;
  case ISA_KT_LD:
  case ISA_KT_ST:
    return run_memory;
  default:
    return tile_bind_drain(insn);
  }
}
