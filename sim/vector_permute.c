// Mask instructions and permutations of the vector unit (RISC-V "V" 1.0, sections 15 and 16).
#include "sim/vector.h"

static size_t remaining(const Hart *hart) {
  return hart->vstart < hart->vl ? hart->vl - hart->vstart : 0;
}

// What an instruction with one destination group of SEW needs: a legal group that is not the mask.
static bool destination_legal(const Hart *hart, const SimInsn *insn) {
  return !hart->vill && vector_group_valid(insn->rd, hart->vlmul) && !(insn->masked && insn->rd == 0);
}

// The source group in vs2, of SEW; apart: sharing no register with the destination.
static bool source_legal(const Hart *hart, const SimInsn *insn, bool apart) {
  unsigned registers = vector_registers(hart->vlmul);
  return vector_group_valid(insn->rs2, hart->vlmul) &&
         !(apart && vector_groups_meet(insn->rd, registers, insn->rs2, registers));
}

// Groups of SEW in vd and vs2, `vs1` registers in vs1.
static void record_groups(Hart *hart, const SimInsn *insn, unsigned vs1) {
  unsigned registers = vector_registers(hart->vlmul);
  VectorUse use = {
      .elements = remaining(hart), .width = hart->vsew, .vd = registers, .vs1 = vs1, .vs2 = registers};
  vector_record(hart, insn, &use);
}

// Single registers: masks, or the scalar in element 0.
static void record_masks(Hart *hart, const SimInsn *insn, unsigned vd, unsigned vs1) {
  VectorUse use = {.elements = remaining(hart), .width = -3, .vd = vd, .vs1 = vs1, .vs2 = 1};
  vector_record(hart, insn, &use);
}
static void record_first(Hart *hart, const SimInsn *insn, unsigned vd) {
  VectorUse use = {.elements = 1, .width = hart->vsew, .vd = vd, .vs2 = 1};
  vector_record(hart, insn, &use);
}

// Writes the `count` elements from `first` on that are active.
static void store_group(Hart *hart, const SimInsn *insn, const void *result, size_t first, size_t count) {
  uint8_t *d = vector_register(hart, insn->rd) + (first << hart->vsew);
  if (!insn->masked) {
    memcpy(d, result, count << hart->vsew);
    return;
  }
  uint8_t active[VECTOR_SCRATCH_BYTES];
  vector_active(hart, true, first, count, active);
  vector_blend(d, result, active, hart->vsew, count);
}

// ---- Masks: bit by bit or byte by byte

static const SimInsn *run_mask_logic(Hart *hart, const SimInsn *insn) {
  if (hart->vill)
    return sim_illegal(hart, insn);
  record_masks(hart, insn, 1, 1);
  uint8_t *d = vector_register(hart, insn->rd);
  const uint8_t *a = vector_register(hart, insn->rs2);
  const uint8_t *b = vector_register(hart, insn->rs1);
  for (size_t byte = hart->vstart / 8; byte * 8 < hart->vl && hart->vstart < hart->vl; byte++) {
    unsigned result = 0;
    switch (insn->op) {
    case ISA_VMAND_MM:
      result = a[byte] & b[byte];
      break;
    case ISA_VMNAND_MM:
      result = ~(a[byte] & b[byte]);
      break;
    case ISA_VMANDN_MM:
      result = a[byte] & ~b[byte];
      break;
    case ISA_VMXOR_MM:
      result = a[byte] ^ b[byte];
      break;
    case ISA_VMOR_MM:
      result = a[byte] | b[byte];
      break;
    case ISA_VMNOR_MM:
      result = ~(a[byte] | b[byte]);
      break;
    case ISA_VMORN_MM:
      result = a[byte] | ~b[byte];
      break;
    case ISA_VMXNOR_MM:
      result = ~(a[byte] ^ b[byte]);
      break;
    }
    unsigned select = 0xff;
    if (byte == hart->vstart / 8)
      select &= 0xffU << (hart->vstart & 7);
    if (byte == hart->vl / 8)
      select &= (1U << (hart->vl & 7)) - 1;
    d[byte] = (uint8_t)((d[byte] & ~select) | (result & select));
  }
  return vector_done(hart, insn);
}

static bool counted(const Hart *hart, const SimInsn *insn, const uint8_t *mask, size_t i) {
  return vector_mask_bit(mask, i) && (!insn->masked || vector_mask_bit(hart->v, i));
}

static const SimInsn *run_mask_count(Hart *hart, const SimInsn *insn) {
  if (hart->vill || hart->vstart != 0)
    return sim_illegal(hart, insn);
  record_masks(hart, insn, 0, 0);
  const uint8_t *mask = vector_register(hart, insn->rs2);
  uint64_t count = 0;
  for (size_t i = 0; i < hart->vl; i++)
    count += counted(hart, insn, mask, i);
  hart->x[insn->rd] = count;
  return vector_done(hart, insn);
}

static const SimInsn *run_mask_first(Hart *hart, const SimInsn *insn) {
  if (hart->vill || hart->vstart != 0)
    return sim_illegal(hart, insn);
  record_masks(hart, insn, 0, 0);
  const uint8_t *mask = vector_register(hart, insn->rs2);
  uint64_t first = 0;
  while (first < hart->vl && !counted(hart, insn, mask, first))
    first++;
  hart->x[insn->rd] = first < hart->vl ? first : UINT64_MAX;
  return vector_done(hart, insn);
}

// vmsbf, vmsif, vmsof: set before, up to, or only the first active bit that is set.
static const SimInsn *run_mask_set(Hart *hart, const SimInsn *insn) {
  if (hart->vill || hart->vstart != 0 || insn->rd == insn->rs2 || (insn->masked && insn->rd == 0))
    return sim_illegal(hart, insn);
  record_masks(hart, insn, 1, 0);
  const uint8_t *mask = vector_register(hart, insn->rs2);
  uint8_t bytes[VECTOR_SCRATCH_BYTES];
  uint8_t active[VECTOR_SCRATCH_BYTES];
  vector_active(hart, insn->masked, 0, hart->vl, active);
  bool found = false;
  for (size_t i = 0; i < hart->vl; i++) {
    bool here = !found && counted(hart, insn, mask, i);
    bytes[i] = insn->op == ISA_VMSOF_M ? here : insn->op == ISA_VMSIF_M ? !found : !found && !here;
    found |= here;
  }
  vector_store_mask(vector_register(hart, insn->rd), bytes, active, 0, hart->vl);
  return vector_done(hart, insn);
}

// viota: the number of active set bits before each element.
static const SimInsn *run_iota(Hart *hart, const SimInsn *insn) {
  if (!destination_legal(hart, insn) || hart->vstart != 0 ||
      vector_groups_meet(insn->rd, vector_registers(hart->vlmul), insn->rs2, 1))
    return sim_illegal(hart, insn);
  VectorUse use = {.elements = hart->vl, .width = hart->vsew, .vd = vector_registers(hart->vlmul), .vs2 = 1};
  vector_record(hart, insn, &use);
  const uint8_t *mask = vector_register(hart, insn->rs2);
  uint8_t result[VECTOR_SCRATCH_BYTES];
  uint64_t count = 0;
  for (size_t i = 0; i < hart->vl; i++) {
    vector_store_element(result, hart->vsew, i, count);
    count += counted(hart, insn, mask, i);
  }
  store_group(hart, insn, result, 0, hart->vl);
  return vector_done(hart, insn);
}

#define COUNT(bits)                                                                                          \
  static VECTOR_CLONES void count_##bits(uint##bits##_t *result, size_t first, size_t count) {               \
    for (size_t i = 0; i < count; i++)                                                                       \
      result[i] = (uint##bits##_t)(first + i);                                                               \
  }
COUNT(8)
COUNT(16)
COUNT(32)
COUNT(64)

static const SimInsn *run_index(Hart *hart, const SimInsn *insn) {
  if (!destination_legal(hart, insn))
    return sim_illegal(hart, insn);
  record_groups(hart, insn, 0);
  size_t count = remaining(hart);
  _Alignas(64) uint8_t result[VECTOR_SCRATCH_BYTES];
  void *to = insn->masked ? result : vector_register(hart, insn->rd) + (hart->vstart << hart->vsew);
  switch (hart->vsew) {
  case 0:
    count_8(to, hart->vstart, count);
    break;
  case 1:
    count_16(to, hart->vstart, count);
    break;
  case 2:
    count_32(to, hart->vstart, count);
    break;
  default:
    count_64(to, hart->vstart, count);
    break;
  }
  if (insn->masked)
    store_group(hart, insn, result, hart->vstart, count);
  return vector_done(hart, insn);
}

// ---- Scalars in element 0

static const SimInsn *run_first_to_integer(Hart *hart, const SimInsn *insn) {
  if (hart->vill)
    return sim_illegal(hart, insn);
  record_first(hart, insn, 0);
  unsigned unused = 64 - (8U << hart->vsew);
  uint64_t value = vector_load_element(vector_register(hart, insn->rs2), hart->vsew, 0);
  hart->x[insn->rd] = (uint64_t)((int64_t)(value << unused) >> unused);
  return vector_done(hart, insn);
}

static const SimInsn *run_first_from_scalar(Hart *hart, const SimInsn *insn) {
  bool floating = insn->extra == VECTOR_SOURCE_FLOAT;
  if (hart->vill || (floating && (hart->vsew == 0 || hart->frm > SIM_RMM)))
    return sim_illegal(hart, insn);
  record_first(hart, insn, 1);
  if (hart->vstart < hart->vl)
    vector_store_element(vector_register(hart, insn->rd), hart->vsew, 0, vector_scalar(hart, insn, false));
  return vector_done(hart, insn);
}

static const SimInsn *run_first_to_float(Hart *hart, const SimInsn *insn) {
  if (hart->vill || hart->vsew == 0 || hart->frm > SIM_RMM)
    return sim_illegal(hart, insn);
  record_first(hart, insn, 0);
  uint64_t value = vector_load_element(vector_register(hart, insn->rs2), hart->vsew, 0);
  hart->f[insn->rd] = sim_box(vector_format(hart->vsew), value);
  return vector_done(hart, insn);
}

// ---- Slides

static const SimInsn *run_slide_up(Hart *hart, const SimInsn *insn) {
  if (!destination_legal(hart, insn) || !source_legal(hart, insn, true))
    return sim_illegal(hart, insn);
  record_groups(hart, insn, 0);
  uint64_t offset = vector_scalar(hart, insn, false);
  uint64_t first = hart->vstart > offset ? hart->vstart : offset;
  if (first < hart->vl) {
    const uint8_t *source = vector_register(hart, insn->rs2) + ((first - offset) << hart->vsew);
    store_group(hart, insn, source, first, hart->vl - first);
  }
  return vector_done(hart, insn);
}

static const SimInsn *run_slide_down(Hart *hart, const SimInsn *insn) {
  if (!destination_legal(hart, insn) || !source_legal(hart, insn, false))
    return sim_illegal(hart, insn);
  record_groups(hart, insn, 0);
  size_t count = remaining(hart);
  uint64_t offset = vector_scalar(hart, insn, false);
  uint64_t length = vector_length_max(hart);
  // Elements from behind the group are 0.
  uint8_t result[VECTOR_SCRATCH_BYTES];
  size_t present = 0;
  if (offset < length && hart->vstart < length - offset) {
    present = length - offset - hart->vstart;
    present = present < count ? present : count;
    memcpy(result, vector_register(hart, insn->rs2) + ((hart->vstart + offset) << hart->vsew),
           present << hart->vsew);
  }
  memset(result + (present << hart->vsew), 0, (count - present) << hart->vsew);
  store_group(hart, insn, result, hart->vstart, count);
  return vector_done(hart, insn);
}

static bool slide_one_legal(const Hart *hart, const SimInsn *insn, bool up) {
  bool floating = insn->extra == VECTOR_SOURCE_FLOAT;
  return destination_legal(hart, insn) && source_legal(hart, insn, up) &&
         !(floating && (hart->vsew == 0 || hart->frm > SIM_RMM));
}

static const SimInsn *run_slide_one_up(Hart *hart, const SimInsn *insn) {
  if (!slide_one_legal(hart, insn, true))
    return sim_illegal(hart, insn);
  record_groups(hart, insn, 0);
  size_t count = remaining(hart);
  uint8_t result[VECTOR_SCRATCH_BYTES];
  const uint8_t *source = vector_register(hart, insn->rs2);
  size_t first = hart->vstart == 0; // elements that the scalar is put into
  if (count > first)
    memcpy(result + (first << hart->vsew), source + ((hart->vstart + first - 1) << hart->vsew),
           (count - first) << hart->vsew);
  if (first && count)
    vector_store_element(result, hart->vsew, 0, vector_scalar(hart, insn, false));
  store_group(hart, insn, result, hart->vstart, count);
  return vector_done(hart, insn);
}

static const SimInsn *run_slide_one_down(Hart *hart, const SimInsn *insn) {
  if (!slide_one_legal(hart, insn, false))
    return sim_illegal(hart, insn);
  record_groups(hart, insn, 0);
  size_t count = remaining(hart);
  uint8_t result[VECTOR_SCRATCH_BYTES];
  const uint8_t *source = vector_register(hart, insn->rs2);
  if (count > 1)
    memcpy(result, source + ((hart->vstart + 1) << hart->vsew), (count - 1) << hart->vsew);
  if (count)
    vector_store_element(result, hart->vsew, count - 1, vector_scalar(hart, insn, false));
  store_group(hart, insn, result, hart->vstart, count);
  return vector_done(hart, insn);
}

// ---- Gathers

// Element i becomes element index(i) of vs2, 0 when there is none.
static const SimInsn *gather(Hart *hart, const SimInsn *insn, const uint8_t *indices, int index_width) {
  size_t count = remaining(hart);
  uint64_t length = vector_length_max(hart);
  uint64_t same = vector_scalar(hart, insn, false);
  const uint8_t *source = vector_register(hart, insn->rs2);
  uint8_t result[VECTOR_SCRATCH_BYTES];
  for (size_t i = 0; i < count; i++) {
    uint64_t index = indices ? vector_load_element(indices, index_width, hart->vstart + i) : same;
    vector_store_element(result, hart->vsew, i,
                         index < length ? vector_load_element(source, hart->vsew, index) : 0);
  }
  store_group(hart, insn, result, hart->vstart, count);
  return vector_done(hart, insn);
}

static const SimInsn *run_gather_same(Hart *hart, const SimInsn *insn) {
  if (!destination_legal(hart, insn) || !source_legal(hart, insn, true))
    return sim_illegal(hart, insn);
  record_groups(hart, insn, 0);
  return gather(hart, insn, NULL, 0);
}

// The indices have SEW, or 16 bits for vrgatherei16.
static const SimInsn *run_gather(Hart *hart, const SimInsn *insn) {
  int index_width = insn->op == ISA_VRGATHEREI16_VV ? 1 : hart->vsew;
  int emul = hart->vlmul + index_width - hart->vsew;
  if (!destination_legal(hart, insn) || !source_legal(hart, insn, true) ||
      !vector_group_valid(insn->rs1, emul) ||
      vector_groups_meet(insn->rd, vector_registers(hart->vlmul), insn->rs1, vector_registers(emul)))
    return sim_illegal(hart, insn);
  record_groups(hart, insn, vector_registers(emul));
  return gather(hart, insn, vector_register(hart, insn->rs1), index_width);
}

static const SimInsn *run_compress(Hart *hart, const SimInsn *insn) {
  if (!destination_legal(hart, insn) || !source_legal(hart, insn, true) || hart->vstart != 0 ||
      vector_groups_meet(insn->rd, vector_registers(hart->vlmul), insn->rs1, 1))
    return sim_illegal(hart, insn);
  record_groups(hart, insn, 1);
  const uint8_t *mask = vector_register(hart, insn->rs1);
  const uint8_t *source = vector_register(hart, insn->rs2);
  uint8_t *d = vector_register(hart, insn->rd);
  size_t kept = 0;
  for (size_t i = 0; i < hart->vl; i++) {
    if (vector_mask_bit(mask, i))
      vector_store_element(d, hart->vsew, kept++, vector_load_element(source, hart->vsew, i));
  }
  return vector_done(hart, insn);
}

// vmv<n>r.v moves n registers, as elements of SEW: vstart counts them.
static const SimInsn *run_move_whole(Hart *hart, const SimInsn *insn) {
  unsigned registers = isa_vector_fields((IsaOp)insn->op);
  if (hart->vill || insn->rd % registers != 0 || insn->rs2 % registers != 0)
    return sim_illegal(hart, insn);
  VectorUse use = {.elements = (size_t)registers * hart->vlenb >> hart->vsew,
                   .width = hart->vsew,
                   .vd = registers,
                   .vs2 = registers};
  vector_record(hart, insn, &use);
  size_t bytes = (size_t)registers * hart->vlenb;
  size_t first = hart->vstart << hart->vsew;
  if (first < bytes)
    memmove(vector_register(hart, insn->rd) + first, vector_register(hart, insn->rs2) + first, bytes - first);
  return vector_done(hart, insn);
}

SimHandler vector_bind_permute(SimInsn *insn) {
  switch (insn->op) {
  case ISA_VMAND_MM:
  case ISA_VMNAND_MM:
  case ISA_VMANDN_MM:
  case ISA_VMXOR_MM:
  case ISA_VMOR_MM:
  case ISA_VMNOR_MM:
  case ISA_VMORN_MM:
  case ISA_VMXNOR_MM:
    return run_mask_logic;
  case ISA_VCPOP_M:
    return run_mask_count;
  case ISA_VFIRST_M:
    return run_mask_first;
  case ISA_VMSBF_M:
  case ISA_VMSIF_M:
  case ISA_VMSOF_M:
    return run_mask_set;
  case ISA_VIOTA_M:
    return run_iota;
  case ISA_VID_V:
    return run_index;
  case ISA_VMV_X_S:
    return run_first_to_integer;
  case ISA_VFMV_F_S:
    return run_first_to_float;
  case ISA_VMV_S_X:
  case ISA_VFMV_S_F:
    return run_first_from_scalar;
  case ISA_VSLIDEUP_VX:
  case ISA_VSLIDEUP_VI:
    return run_slide_up;
  case ISA_VSLIDEDOWN_VX:
  case ISA_VSLIDEDOWN_VI:
    return run_slide_down;
  case ISA_VSLIDE1UP_VX:
  case ISA_VFSLIDE1UP_VF:
    return run_slide_one_up;
  case ISA_VSLIDE1DOWN_VX:
  case ISA_VFSLIDE1DOWN_VF:
    return run_slide_one_down;
  case ISA_VRGATHER_VX:
  case ISA_VRGATHER_VI:
    return run_gather_same;
  case ISA_VRGATHER_VV:
  case ISA_VRGATHEREI16_VV:
    return run_gather;
  case ISA_VCOMPRESS_VM:
    return run_compress;
  case ISA_VMV1R_V:
  case ISA_VMV2R_V:
  case ISA_VMV4R_V:
  case ISA_VMV8R_V:
    return run_move_whole;
  default:
    return NULL;
  }
}
