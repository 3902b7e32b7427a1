// Vector loads and stores: unit-stride, strided, indexed, of segments, of masks and of whole registers
// (RISC-V "V" 1.0, section 7). Elements need no alignment. A trap names the element in vstart; of a segment
// that traps, earlier fields may have been transferred.
#include "sim/vector.h"

// What an access does, element by element: element i's field f lies at base + offset(i) + f * width, and
// belongs into element i of the group first + f * group.
typedef struct Transfer {
  uint64_t base;
  uint64_t stride;        // bytes from an element to the next, unless indexed
  const uint8_t *indices; // NULL when not indexed
  int index_width;        // widths are logarithms of bytes
  int width;
  unsigned fields;
  unsigned first; // register
  unsigned group; // registers of one field
  uint64_t count; // elements
  bool store;
  bool masked;
  bool fault_first;
} Transfer;

static inline uint64_t element_address(const Transfer *transfer, uint64_t i) {
  return transfer->base + (transfer->indices
                               ? vector_load_element(transfer->indices, transfer->index_width, i)
                               : transfer->stride * i);
}

// One record for each run of active elements at equal distances; of segments, all fields are one element.
static void record_accesses(Hart *hart, const Transfer *transfer, uint64_t first, uint64_t end) {
  if (!hart->event)
    return;
  uint32_t size = transfer->fields << transfer->width;
  bool packed = !transfer->indices && transfer->stride == size;
  uint32_t bytes = packed ? 1U << transfer->width : size;
  for (uint64_t i = first; i < end;) {
    uint64_t run = i;
    if (transfer->indices)
      run += !transfer->masked || vector_mask_bit(hart->v, i);
    else if (!transfer->masked)
      run = end;
    else
      while (run < end && vector_mask_bit(hart->v, run))
        run++;
    if (run == i) {
      i++;
      continue;
    }
    uint32_t count = (uint32_t)(run - i) * (packed ? transfer->fields : 1);
    int64_t stride = packed ? (int64_t)bytes : transfer->indices ? 0 : (int64_t)transfer->stride;
    sim_record(hart, element_address(transfer, i), bytes, stride, count, transfer->store);
    i = run;
  }
}

// Transfers element by element, each field by itself, and traps exactly.
static const SimInsn *transfer_elements(Hart *hart, const SimInsn *insn, const Transfer *transfer) {
  size_t bytes = (size_t)1 << transfer->width;
  for (uint64_t i = hart->vstart; i < transfer->count; i++) {
    if (transfer->masked && !vector_mask_bit(hart->v, i))
      continue;
    uint64_t address = element_address(transfer, i);
    for (unsigned field = 0; field < transfer->fields; field++, address += bytes) {
      uint8_t *memory = sim_memory_at(&hart->memory, address, bytes);
      uint8_t *element =
          vector_register(hart, transfer->first + field * transfer->group) + (i << transfer->width);
      if (memory && transfer->store) {
        memcpy(memory, element, bytes);
      } else if (memory) {
        memcpy(element, memory, bytes);
      } else if (transfer->fault_first && i > 0) {
        record_accesses(hart, transfer, hart->vstart, i);
        hart->vl = i;
        return vector_done(hart, insn);
      } else {
        hart->vstart = i;
        return sim_trap(hart, insn, transfer->store ? SIM_CAUSE_STORE_ACCESS : SIM_CAUSE_LOAD_ACCESS,
                        address);
      }
    }
  }
  record_accesses(hart, transfer, hart->vstart, transfer->count);
  return vector_done(hart, insn);
}

static bool is_store(const SimInsn *insn) {
  return (insn->word & 0x7f) == 0x27; // STORE-FP
}

// The common case: one field, elements side by side, all of them in memory.
static bool transfer_block(Hart *hart, const Transfer *transfer) {
  uint64_t first = hart->vstart;
  size_t size = (size_t)(transfer->count - first) << transfer->width;
  if (transfer->indices || transfer->fields != 1 || transfer->stride != (UINT64_C(1) << transfer->width))
    return false;
  uint8_t *memory = sim_memory_at(&hart->memory, element_address(transfer, first), size);
  if (!memory)
    return false;
  uint8_t *group = vector_register(hart, transfer->first) + (first << transfer->width);
  uint8_t *to = transfer->store ? memory : group;
  const uint8_t *from = transfer->store ? group : memory;
  if (transfer->masked) {
    uint8_t active[VECTOR_SCRATCH_BYTES];
    vector_active(hart, true, first, transfer->count - first, active);
    // Byte by byte, since memory need not be aligned.
    for (size_t i = 0; i < size; i++)
      to[i] = active[i >> transfer->width] ? from[i] : to[i];
  } else {
    memcpy(to, from, size);
  }
  return true;
}

// The indices as offsets, with the smallest and the largest of them.
typedef struct Offsets {
  uint64_t low;
  uint64_t high;
  uint64_t of[VECTOR_MAX_ELEMENTS];
} Offsets;

#define SPAN(bits)                                                                                           \
  static VECTOR_CLONES void span_##bits(const uint8_t *indices, uint64_t first, uint64_t count,              \
                                        Offsets *offsets) {                                                  \
    uint##bits##_t smallest = UINT##bits##_MAX;                                                              \
    uint##bits##_t largest = 0;                                                                              \
    for (uint64_t i = first; i < count; i++) {                                                               \
      uint##bits##_t index;                                                                                  \
      memcpy(&index, indices + i * sizeof index, sizeof index);                                              \
      smallest = index < smallest ? index : smallest;                                                        \
      largest = index > largest ? index : largest;                                                           \
      offsets->of[i] = index;                                                                                \
    }                                                                                                        \
    offsets->low = smallest;                                                                                 \
    offsets->high = largest;                                                                                 \
  }
SPAN(8)
SPAN(16)
SPAN(32)
SPAN(64)

static void find_offsets(const Transfer *transfer, uint64_t first, Offsets *offsets) {
  switch (transfer->index_width) {
  case 0:
    span_8(transfer->indices, first, transfer->count, offsets);
    break;
  case 1:
    span_16(transfer->indices, first, transfer->count, offsets);
    break;
  case 2:
    span_32(transfer->indices, first, transfer->count, offsets);
    break;
  default:
    span_64(transfer->indices, first, transfer->count, offsets);
    break;
  }
}

// The host bytes that `base` would be at, when all elements from `first` on lie in one region of memory,
// whichever of them are active; else NULL.
static uint8_t *whole_span(Hart *hart, const Transfer *transfer, uint64_t first, Offsets *offsets) {
  if (transfer->indices) {
    find_offsets(transfer, first, offsets);
  } else {
    uint64_t stride = transfer->stride;
    if ((stride + (UINT64_C(1) << 31)) >> 32 != 0) // a span that may wrap around
      return NULL;
    bool falls = stride >> 63;
    offsets->low = stride * (falls ? transfer->count - 1 : first);
    offsets->high = stride * (falls ? first : transfer->count - 1);
  }
  uint64_t size = offsets->high - offsets->low + ((uint64_t)transfer->fields << transfer->width);
  if (size > hart->memory.dram_size + hart->memory.spm_size)
    return NULL;
  uint8_t *memory = sim_memory_at(&hart->memory, transfer->base + offsets->low, size);
  return memory ? memory - offsets->low : NULL;
}

// Element by element, in order, without a look at each address. The plain loops are the frequent ones.
#define SPREAD(type)                                                                                         \
  static void spread_##type(Hart *hart, const Transfer *transfer, uint8_t *memory,                           \
                            const uint64_t *offsets) {                                                       \
    const uint64_t group = (uint64_t)transfer->group * hart->vlenb;                                          \
    const uint64_t first = hart->vstart;                                                                     \
    const uint64_t count = transfer->count;                                                                  \
    const uint64_t stride = transfer->stride;                                                                \
    uint8_t *registers = vector_register(hart, transfer->first);                                             \
    bool plain = !transfer->masked && !transfer->indices && transfer->fields == 1;                           \
    if (plain && transfer->store) {                                                                          \
      for (uint64_t i = first; i < count; i++)                                                               \
        memcpy(memory + i * stride, registers + i * sizeof(type), sizeof(type));                             \
      return;                                                                                                \
    }                                                                                                        \
    if (plain) {                                                                                             \
      for (uint64_t i = first; i < count; i++)                                                               \
        memcpy(registers + i * sizeof(type), memory + i * stride, sizeof(type));                             \
      return;                                                                                                \
    }                                                                                                        \
    if (!transfer->masked && transfer->fields == 1 && !transfer->store) {                                    \
      for (uint64_t i = first; i < count; i++)                                                               \
        memcpy(registers + i * sizeof(type), memory + offsets[i], sizeof(type));                             \
      return;                                                                                                \
    }                                                                                                        \
    for (uint64_t i = first; i < count; i++) {                                                               \
      if (transfer->masked && !vector_mask_bit(hart->v, i))                                                  \
        continue;                                                                                            \
      uint8_t *at =                                                                                          \
          memory + (transfer->indices ? vector_load_element(transfer->indices, transfer->index_width, i)     \
                                      : stride * i);                                                         \
      uint8_t *element = registers + i * sizeof(type);                                                       \
      for (unsigned field = 0; field < transfer->fields; field++) {                                          \
        if (transfer->store)                                                                                 \
          memcpy(at, element, sizeof(type));                                                                 \
        else                                                                                                 \
          memcpy(element, at, sizeof(type));                                                                 \
        at += sizeof(type);                                                                                  \
        element += group;                                                                                    \
      }                                                                                                      \
    }                                                                                                        \
  }
SPREAD(uint8_t)
SPREAD(uint16_t)
SPREAD(uint32_t)
SPREAD(uint64_t)

static bool transfer_spread(Hart *hart, const Transfer *transfer) {
  Offsets offsets;
  uint8_t *memory = whole_span(hart, transfer, hart->vstart, &offsets);
  if (!memory)
    return false;
  switch (transfer->width) {
  case 0:
    spread_uint8_t(hart, transfer, memory, offsets.of);
    break;
  case 1:
    spread_uint16_t(hart, transfer, memory, offsets.of);
    break;
  case 2:
    spread_uint32_t(hart, transfer, memory, offsets.of);
    break;
  default:
    spread_uint64_t(hart, transfer, memory, offsets.of);
    break;
  }
  return true;
}

static const SimInsn *run_transfer(Hart *hart, const SimInsn *insn, const Transfer *transfer) {
  if (hart->vstart >= transfer->count)
    return vector_done(hart, insn);
  if (!transfer_block(hart, transfer) && !transfer_spread(hart, transfer))
    return transfer_elements(hart, insn, transfer);
  record_accesses(hart, transfer, hart->vstart, transfer->count);
  return vector_done(hart, insn);
}

// The most frequent of all, without a Transfer: nobody looks, all elements from 0 on side by side, no mask,
// one field.
static inline bool move_plainly(Hart *hart, const SimInsn *insn) {
  int width = (int)insn->imm;
  int emul = hart->vlmul + width - hart->vsew;
  if (hart->event || hart->vill || insn->masked || insn->extra != 1 || hart->vstart != 0 || hart->vl == 0 ||
      !vector_group_valid(insn->rd, emul))
    return false;
  size_t size = (size_t)hart->vl << width;
  uint8_t *memory = sim_memory_at(&hart->memory, hart->x[insn->rs1], size);
  if (!memory)
    return false;
  uint8_t *group = vector_register(hart, insn->rd);
  bool store = is_store(insn);
  uint8_t *to = store ? memory : group;
  const uint8_t *from = store ? group : memory;
  if (size == 64) // a copy of a known size needs no call
    memcpy(to, from, 64);
  else
    memcpy(to, from, size);
  return true;
}

// The binder's findings in SimInsn: `extra` holds the fields, `imm` the logarithm of the EEW's bytes.
static void bind_fields(SimInsn *insn) {
  insn->extra = (uint8_t)isa_vector_fields((IsaOp)insn->op);
  insn->imm = __builtin_ctz(isa_vector_eew((IsaOp)insn->op) / 8);
}

// Section 7.8.3: all fields' groups are legal, take at most eight registers and end by v31.
static bool fields_legal(const SimInsn *insn, int emul) {
  unsigned group = vector_registers(emul);
  return vector_group_valid(insn->rd, emul) && insn->extra * group <= 8 &&
         insn->rd + insn->extra * group <= 32;
}

static void record_registers(Hart *hart, const SimInsn *insn, const Transfer *transfer, unsigned indices) {
  uint64_t first = hart->vstart < transfer->count ? hart->vstart : transfer->count;
  VectorUse use = {
      .elements = transfer->count - first,
      .width = transfer->width > transfer->index_width ? transfer->width : transfer->index_width,
      .vd = transfer->fields * transfer->group,
      .vs2 = indices,
  };
  vector_record(hart, insn, &use);
}

static const SimInsn *run_strided(Hart *hart, const SimInsn *insn, uint64_t stride, bool fault_first) {
  int width = (int)insn->imm;
  int emul = hart->vlmul + width - hart->vsew;
  bool store = is_store(insn);
  if (hart->vill || !fields_legal(insn, emul) || (!store && insn->masked && insn->rd == 0))
    return sim_illegal(hart, insn);
  Transfer transfer = {
      .base = hart->x[insn->rs1],
      .stride = stride,
      .width = width,
      .fields = insn->extra,
      .first = insn->rd,
      .group = vector_registers(emul),
      .count = hart->vl,
      .store = store,
      .masked = insn->masked,
      .fault_first = fault_first,
  };
  record_registers(hart, insn, &transfer, 0);
  return run_transfer(hart, insn, &transfer);
}

static const SimInsn *run_unit(Hart *hart, const SimInsn *insn) {
  if (move_plainly(hart, insn))
    return insn + 1;
  return run_strided(hart, insn, (uint64_t)insn->extra << insn->imm, false);
}
static const SimInsn *run_fault_first(Hart *hart, const SimInsn *insn) {
  return run_strided(hart, insn, (uint64_t)insn->extra << insn->imm, true);
}
static const SimInsn *run_stride(Hart *hart, const SimInsn *insn) {
  return run_strided(hart, insn, hart->x[insn->rs2], false);
}

// The indices have the instruction's EEW, the data SEW. Ordered and unordered are alike: all go in order.
static const SimInsn *run_indexed(Hart *hart, const SimInsn *insn) {
  int index_width = (int)insn->imm;
  int emul = hart->vlmul + index_width - hart->vsew;
  bool store = is_store(insn);
  if (hart->vill || !fields_legal(insn, hart->vlmul) || !vector_group_valid(insn->rs2, emul) ||
      (!store && insn->masked && insn->rd == 0))
    return sim_illegal(hart, insn);
  unsigned group = vector_registers(hart->vlmul);
  if (!store) {
    if (!vector_overlap_valid(insn->rd, hart->vsew, hart->vlmul, insn->rs2, index_width, emul))
      return sim_illegal(hart, insn);
    if (insn->extra > 1 &&
        vector_groups_meet(insn->rd, insn->extra * group, insn->rs2, vector_registers(emul)))
      return sim_illegal(hart, insn);
  }
  // A load may overwrite its own indices.
  uint8_t copy[VECTOR_GROUP_BYTES];
  const uint8_t *indices = vector_register(hart, insn->rs2);
  if (!store && vector_groups_meet(insn->rd, group, insn->rs2, vector_registers(emul)))
    indices = memcpy(copy, indices, (size_t)vector_registers(emul) * hart->vlenb);
  Transfer transfer = {
      .base = hart->x[insn->rs1],
      .indices = indices,
      .index_width = index_width,
      .width = hart->vsew,
      .fields = insn->extra,
      .first = insn->rd,
      .group = group,
      .count = hart->vl,
      .store = store,
      .masked = insn->masked,
  };
  record_registers(hart, insn, &transfer, vector_registers(emul));
  return run_transfer(hart, insn, &transfer);
}

// vlm.v and vsm.v: the ceil(vl / 8) bytes of a mask.
static const SimInsn *run_mask(Hart *hart, const SimInsn *insn) {
  if (hart->vill)
    return sim_illegal(hart, insn);
  Transfer transfer = {
      .base = hart->x[insn->rs1],
      .stride = 1,
      .fields = 1,
      .first = insn->rd,
      .group = 1,
      .count = (hart->vl + 7) / 8,
      .store = is_store(insn),
  };
  record_registers(hart, insn, &transfer, 0);
  return run_transfer(hart, insn, &transfer);
}

// Whole registers, whatever vtype and vl are. The encoding asks for a multiple of their number.
static const SimInsn *run_whole(Hart *hart, const SimInsn *insn) {
  unsigned registers = insn->extra;
  if (insn->rd % registers != 0)
    return sim_illegal(hart, insn);
  int width = (int)insn->imm;
  Transfer transfer = {
      .base = hart->x[insn->rs1],
      .stride = UINT64_C(1) << width,
      .width = width,
      .fields = 1,
      .first = insn->rd,
      .group = registers,
      .count = (uint64_t)registers * hart->vlenb >> width,
      .store = is_store(insn),
  };
  record_registers(hart, insn, &transfer, 0);
  return run_transfer(hart, insn, &transfer);
}

SimHandler vector_bind_memory(SimInsn *insn) {
  const IsaInsnInfo *info = isa_insn((IsaOp)insn->op);
  if (info->extension != ISA_EXT_V || !(info->flags & (ISA_LOAD | ISA_STORE)))
    return NULL;
  bind_fields(insn);
  if (info->flags & ISA_WHOLE)
    return run_whole;
  if (info->flags & (ISA_MASK_D | ISA_MASK_S))
    return run_mask;
  if (info->flags & ISA_INDEXED)
    return run_indexed;
  if (info->flags & ISA_STRIDED)
    return run_stride;
  return info->flags & ISA_FAULT_FIRST ? run_fault_first : run_unit;
}
