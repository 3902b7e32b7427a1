// The tile unit's inside, shared by the files tile*.c.
#ifndef KILN_SIM_TILE_H
#define KILN_SIM_TILE_H

#include "sim/internal.h"

// The operand types of outer products: int8 with the signedness of A and B, fp16, bf16, fp32.
typedef enum TileType { TILE_SS, TILE_SU, TILE_US, TILE_UU, TILE_HF, TILE_BF, TILE_F } TileType;

// Products a lane makes: 4 for int8, 2 for fp16 and bf16, 1 for fp32.
enum { TILE_MAX_PRODUCTS = 4 };

// One operand register unpacked: product k of lane i at [k][i], as an integer or as the bits of a float.
typedef struct TileOperand {
  _Alignas(64) uint32_t product[TILE_MAX_PRODUCTS][SIM_MAX_TILE];
} TileOperand;

// Unpacks `tile` lanes of a vector register.
void tile_unpack_a(TileType type, const uint8_t *lanes, size_t tile, TileOperand *operand);
void tile_unpack_b(TileType type, const uint8_t *lanes, size_t tile, TileOperand *operand);
unsigned tile_products(TileType type);

// acc[i][j] += sum over k of a[i, k] * b[j, k], k increasing: integers modulo 2^32, floats each by a fused
// multiply-add rounded to nearest even, NaNs canonical.
void tile_multiply(TileType type, uint32_t *acc, size_t tile, const TileOperand *a, const TileOperand *b);

// tile_drain.c
SimHandler tile_bind_drain(SimInsn *insn);

static inline uint32_t *tile_accumulator(Hart *hart, size_t number) {
  return hart->acc + number * hart->tile * hart->tile;
}

// Whether accumulators first .. first + count exist.
static inline bool tile_accumulators_exist(const Hart *hart, unsigned first, unsigned count) {
  return first + count <= hart->machine->accumulators;
}

#endif
