// The arithmetic of outer products, in loops that the compiler turns into the host's SIMD; the widest the
// host has is picked when the program starts.
#include "sim/tile.h"

#include <math.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HOST_SIMD __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define HOST_SIMD
#endif

unsigned tile_products(TileType type) {
  switch (type) {
  case TILE_SS:
  case TILE_SU:
  case TILE_US:
  case TILE_UU:
    return 4;
  case TILE_HF:
  case TILE_BF:
    return 2;
  case TILE_F:
    return 1;
  }
  return 0;
}

// fp16 to fp32, exact; NaNs stay NaNs.
static uint32_t half_to_float(uint16_t half) {
  // The exponent is put right by a multiplication, which also normalizes subnormals.
  uint32_t magnitude = (uint32_t)(half & 0x7fff) << 13;
  float value;
  memcpy(&value, &magnitude, sizeof value);
  value *= 0x1p112f;
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  if ((half & 0x7c00) == 0x7c00)
    bits |= 0x7f800000;
  return bits | (uint32_t)(half & 0x8000) << 16;
}

static void unpack_bytes(const uint8_t *lanes, size_t tile, bool is_signed, TileOperand *operand) {
  for (size_t i = 0; i < tile; i++) {
    for (size_t k = 0; k < 4; k++) {
      uint8_t byte = lanes[4 * i + k];
      operand->product[k][i] = is_signed ? (uint32_t)(int8_t)byte : byte;
    }
  }
}

static void unpack(TileType type, bool is_signed, const uint8_t *lanes, size_t tile, TileOperand *operand) {
  switch (type) {
  case TILE_SS:
  case TILE_SU:
  case TILE_US:
  case TILE_UU:
    unpack_bytes(lanes, tile, is_signed, operand);
    return;
  case TILE_HF:
  case TILE_BF:
    for (size_t i = 0; i < 2 * tile; i++) {
      uint16_t half;
      memcpy(&half, lanes + 2 * i, sizeof half);
      operand->product[i & 1][i >> 1] = type == TILE_HF ? half_to_float(half) : (uint32_t)half << 16;
    }
    return;
  case TILE_F:
    memcpy(operand->product[0], lanes, 4 * tile);
    return;
  }
}

void tile_unpack_a(TileType type, const uint8_t *lanes, size_t tile, TileOperand *operand) {
  unpack(type, type == TILE_SS || type == TILE_SU, lanes, tile, operand);
}
void tile_unpack_b(TileType type, const uint8_t *lanes, size_t tile, TileOperand *operand) {
  unpack(type, type == TILE_SS || type == TILE_US, lanes, tile, operand);
}

// T is a multiple of four on most machines and of two on all (VLEN is a power of two), so that rows are cut
// into full blocks.
HOST_SIMD static void multiply_integers(uint32_t *restrict acc, size_t tile, const TileOperand *restrict a,
                                        const TileOperand *restrict b) {
  for (size_t i = 0; i < tile; i++) {
    uint32_t a0 = a->product[0][i];
    uint32_t a1 = a->product[1][i];
    uint32_t a2 = a->product[2][i];
    uint32_t a3 = a->product[3][i];
    uint32_t *restrict row = acc + i * tile;
    for (size_t j = 0; j < tile; j++)
      row[j] += a0 * b->product[0][j] + a1 * b->product[1][j] + a2 * b->product[2][j] + a3 * b->product[3][j];
  }
}

static inline float float_of(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}
static inline uint32_t bits_of(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return (bits & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : bits;
}

HOST_SIMD static void multiply_floats(uint32_t *restrict acc, size_t tile, const TileOperand *restrict a,
                                      const TileOperand *restrict b, unsigned products) {
  for (size_t i = 0; i < tile; i++) {
    uint32_t *restrict row = acc + i * tile;
    for (unsigned k = 0; k < products; k++) {
      float left = float_of(a->product[k][i]);
      for (size_t j = 0; j < tile; j++)
        row[j] = bits_of(fmaf(left, float_of(b->product[k][j]), float_of(row[j])));
    }
  }
}

void tile_multiply(TileType type, uint32_t *acc, size_t tile, const TileOperand *a, const TileOperand *b) {
  if (tile_products(type) == 4)
    multiply_integers(acc, tile, a, b);
  else
    multiply_floats(acc, tile, a, b, tile_products(type));
}
