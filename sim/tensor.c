// Tensors on the host and their element types.
#include "sim/internal.h"

#include <stdlib.h>

typedef struct TypeInfo {
  const char *name;  // as NumPy calls it
  const char *brief; // as LLVM and MLIR do
  unsigned bytes;
} TypeInfo;

static const TypeInfo types[SIM_TYPE_COUNT] = {
    [SIM_INT8] = {"int8", "i8", 1},           [SIM_INT16] = {"int16", "i16", 2},
    [SIM_INT32] = {"int32", "i32", 4},        [SIM_INT64] = {"int64", "i64", 8},
    [SIM_UINT8] = {"uint8", "u8", 1},         [SIM_UINT16] = {"uint16", "u16", 2},
    [SIM_UINT32] = {"uint32", "u32", 4},      [SIM_UINT64] = {"uint64", "u64", 8},
    [SIM_BOOL] = {"bool", "i1", 1},           [SIM_FLOAT16] = {"float16", "f16", 2},
    [SIM_BFLOAT16] = {"bfloat16", "bf16", 2}, [SIM_FLOAT32] = {"float32", "f32", 4},
    [SIM_FLOAT64] = {"float64", "f64", 8},
};

const char *sim_type_name(SimType type) {
  return types[type].name;
}

unsigned sim_type_bytes(SimType type) {
  return types[type].bytes;
}

bool sim_type_find(SimType *type, const char *name, size_t size) {
  for (unsigned i = 0; i < SIM_TYPE_COUNT; i++) {
    const char *names[] = {types[i].name, types[i].brief};
    for (unsigned j = 0; j < 2; j++)
      if (strlen(names[j]) == size && memcmp(names[j], name, size) == 0) {
        *type = (SimType)i;
        return true;
      }
  }
  return false;
}

bool sim_tensor_new(SimTensor *tensor, SimType type, unsigned rank, const uint64_t *sizes) {
  *tensor = (SimTensor){.type = type, .rank = rank};
  uint64_t bytes = types[type].bytes;
  for (unsigned i = 0; i < rank; i++) {
    tensor->sizes[i] = sizes[i];
    if (__builtin_mul_overflow(bytes, sizes[i], &bytes) || bytes > PTRDIFF_MAX)
      return false;
  }
  tensor->bytes = bytes;
  tensor->data = calloc(bytes ? bytes : 1, 1);
  return tensor->data != NULL;
}

void sim_tensor_free(SimTensor *tensor) {
  free(tensor->data);
  *tensor = (SimTensor){0};
}

static SimFormat format_of(SimType type) {
  switch (type) {
  case SIM_FLOAT16:
    return SIM_F16;
  case SIM_BFLOAT16:
    return SIM_BF16;
  case SIM_FLOAT32:
    return SIM_F32;
  default:
    return SIM_F64;
  }
}

uint64_t sim_float_bits(SimType type, double value) {
  SimRounding rounding = {SIM_RNE, 0};
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return sim_float_convert(format_of(type), SIM_F64, bits, &rounding);
}

double sim_float_value(SimType type, uint64_t bits) {
  SimRounding rounding = {SIM_RNE, 0};
  SimFormat format = format_of(type);
  uint64_t wide = sim_float_convert(SIM_F64, format, sim_unbox(format, bits), &rounding);
  double value;
  memcpy(&value, &wide, sizeof value);
  return value;
}
