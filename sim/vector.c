// The vector unit: vset*, masks, and the driver of all element-wise instructions (RISC-V "V" 1.0). Elements
// past vl and elements that a mask switches off keep their values, whatever vta and vma say: undisturbed is
// one of the two behaviours that "agnostic" allows, and it makes every run the same.
#include "sim/vector.h"

// Section 6: configuration-setting instructions. An unsupported vtype sets vill and vl = 0.
static bool vtype_legal(uint64_t vtype) {
  unsigned multiplier = vtype & 7;
  unsigned width = vtype >> 3 & 7;
  if (vtype >> 8 != 0 || multiplier == 4 || width > 3)
    return false;
  // A fraction of a register still holds one element of the widest type at LMUL * 64 bits.
  return multiplier < 4 || (int)width <= 3 + ((int)multiplier - 8);
}

static const SimInsn *configure(Hart *hart, const SimInsn *insn, uint64_t length, uint64_t vtype) {
  bool same = vtype == hart->vtype && !hart->vill; // what a loop asks for each time
  hart->vill = !same && !vtype_legal(vtype);
  if (same) {
    uint64_t largest = vector_length_max(hart);
    hart->vl = length < largest ? length : largest;
  } else if (hart->vill) {
    hart->vtype = UINT64_C(1) << 63;
    hart->vsew = 0;
    hart->vlmul = 0;
    hart->vta = hart->vma = false;
    hart->vl = 0;
  } else {
    hart->vtype = vtype;
    hart->vsew = vtype >> 3 & 7;
    hart->vlmul = (int8_t)((vtype & 7) < 4 ? vtype & 7 : (vtype & 7) - 8);
    hart->vta = vtype >> 6 & 1;
    hart->vma = vtype >> 7 & 1;
    uint64_t largest = vector_length_max(hart);
    hart->vl = length < largest ? length : largest;
  }
  hart->x[insn->rd] = hart->vl;
  return vector_done(hart, insn);
}

// The requested length of vsetvli and vsetvl: with rs1 = x0 the longest, and with rd = x0 as well the
// present.
static uint64_t requested_length(const Hart *hart, const SimInsn *insn) {
  if (insn->rs1 != 0)
    return hart->x[insn->rs1];
  return insn->rd != SIM_X_DISCARD ? UINT64_MAX : hart->vl;
}

static const SimInsn *run_vsetvli(Hart *hart, const SimInsn *insn) {
  return configure(hart, insn, requested_length(hart, insn), (uint64_t)insn->imm);
}
static const SimInsn *run_vsetvl(Hart *hart, const SimInsn *insn) {
  return configure(hart, insn, requested_length(hart, insn), hart->x[insn->rs2]);
}
// The length is the immediate in rs1's place.
static const SimInsn *run_vsetivli(Hart *hart, const SimInsn *insn) {
  return configure(hart, insn, insn->rs1, (uint64_t)insn->imm);
}

// ---- Masks and elements

static const uint64_t ones = UINT64_C(0x0101010101010101);

// The eight bits of a byte as eight bytes, each 0 or 1.
static inline uint64_t spread(uint8_t bits) {
  uint64_t picked = (bits * ones) & UINT64_C(0x8040201008040201);
  return (picked + 0x7f * ones) >> 7 & ones;
}
// The other way round.
static inline uint8_t gather(uint64_t bytes) {
  return (uint8_t)((bytes * UINT64_C(0x0102040810204080)) >> 56);
}

void vector_expand(const uint8_t *mask, size_t first, size_t count, uint8_t *bytes) {
  if ((first & 7) == 0) {
    for (size_t i = 0; i < count; i += 8) {
      uint64_t eight = spread(mask[(first + i) >> 3]);
      memcpy(bytes + i, &eight, sizeof eight);
    }
    return;
  }
  for (size_t i = 0; i < count; i++)
    bytes[i] = vector_mask_bit(mask, first + i);
}

void vector_active(const Hart *hart, bool masked, size_t first, size_t count, uint8_t *active) {
  if (masked)
    vector_expand(hart->v, first, count, active);
  else
    memset(active, 1, count);
}

void vector_store_mask(uint8_t *mask, const uint8_t *bytes, const uint8_t *active, size_t first,
                       size_t count) {
  size_t i = 0;
  if ((first & 7) == 0) {
    for (; i + 8 <= count; i += 8) {
      uint64_t values;
      uint64_t changed;
      memcpy(&values, bytes + i, sizeof values);
      memcpy(&changed, active + i, sizeof changed);
      uint8_t select = gather(changed);
      uint8_t *byte = &mask[(first + i) >> 3];
      *byte = (uint8_t)((*byte & ~select) | (gather(values) & select));
    }
  }
  for (; i < count; i++) {
    uint8_t bit = (uint8_t)(1U << ((first + i) & 7));
    uint8_t *byte = &mask[(first + i) >> 3];
    if (active[i])
      *byte = (uint8_t)(bytes[i] ? *byte | bit : *byte & ~bit);
  }
}

#define BLEND(name, type)                                                                                    \
  static VECTOR_CLONES void name(type *restrict d, const type *restrict s, const uint8_t *restrict active,   \
                                 size_t count) {                                                             \
    for (size_t i = 0; i < count; i++)                                                                       \
      d[i] = active[i] ? s[i] : d[i];                                                                        \
  }
BLEND(blend_8, uint8_t)
BLEND(blend_16, uint16_t)
BLEND(blend_32, uint32_t)
BLEND(blend_64, uint64_t)

void vector_blend(void *d, const void *s, const uint8_t *active, int width, size_t count) {
  switch (width) {
  case 0:
    blend_8(d, s, active, count);
    break;
  case 1:
    blend_16(d, s, active, count);
    break;
  case 2:
    blend_32(d, s, active, count);
    break;
  default:
    blend_64(d, s, active, count);
    break;
  }
}

// Whole words are written, so the array must have room behind its end.
void vector_splat(void *d, uint64_t value, int width, size_t count) {
  uint64_t word = width == 0   ? (value & 0xff) * ones
                  : width == 1 ? (value & 0xffff) * UINT64_C(0x0001000100010001)
                  : width == 2 ? (value & 0xffffffff) * UINT64_C(0x0000000100000001)
                               : value;
  uint64_t *words = d;
  for (size_t i = 0; i < (((count << width) + 7) >> 3); i++)
    words[i] = word;
}

uint64_t vector_scalar(const Hart *hart, const SimInsn *insn, bool bfloat) {
  switch ((VectorSource)insn->extra) {
  case VECTOR_SOURCE_INTEGER:
    return hart->x[insn->rs1];
  case VECTOR_SOURCE_FLOAT:
    return sim_unbox(bfloat ? SIM_BF16 : vector_format(hart->vsew), hart->f[insn->rs1]);
  case VECTOR_SOURCE_IMMEDIATE:
    return (uint64_t)insn->imm;
  case VECTOR_SOURCE_NONE:
  case VECTOR_SOURCE_VECTOR:
    break;
  }
  return 0;
}

void vector_note_use(Hart *hart, const SimInsn *insn, const VectorUse *use) {
  SimEvent *event = hart->event;
  event->elements = (uint32_t)use->elements;
  event->element_bits = use->width < 0 ? 1 : 8U << use->width;
  event->vd_registers = (uint8_t)use->vd;
  event->vs1_registers = (uint8_t)use->vs1;
  event->vs2_registers = (uint8_t)use->vs2;
  event->v0_read = insn->masked || use->reads_v0;
  event->lmul_registers = (uint8_t)vector_registers(hart->vlmul);
  event->vd_read |= (insn->quad & VECTOR_READS_VD) != 0;
  if (!(insn->quad & VECTOR_NAMES_VS2))
    event->vs2_registers = 0;
}

// ---- Element-wise instructions

// Found out when an instruction is first executed under a vtype, for the times after that.
typedef struct VectorPlan {
  uint64_t vtype;
  const VectorRow *row;
  const VectorShape *shape;
  VectorKernel *kernel;
  int d_width; // logarithms of the bytes of elements
  int a_width;
  int b_width;
  bool direct; // the kernel may write the destination
} VectorPlan;

enum { MASK_WIDTH = -3 }; // the logarithm of a mask element's bytes

// Whether a source group is legal by itself and beside the destination.
static bool source_legal(const Hart *hart, const SimInsn *insn, const VectorShape *shape, unsigned reg,
                         int width) {
  int emul = hart->vlmul + width;
  if (!vector_group_valid(reg, emul))
    return false;
  if (shape->scalar)
    return true;
  if (shape->mask)
    return vector_overlap_valid(insn->rd, MASK_WIDTH, 0, reg, hart->vsew + width, emul);
  return vector_overlap_valid(insn->rd, hart->vsew + shape->d, hart->vlmul + shape->d, reg,
                              hart->vsew + width, emul);
}

// What the instruction's operands and vtype say; elementwise_legal adds what may differ each time.
static bool shapes_legal(const Hart *hart, const SimInsn *insn, const VectorRow *row,
                         const VectorShape *shape) {
  if (hart->vill || !row->kernels->width[hart->vsew])
    return false;
  if (!shape->mask && !shape->scalar) {
    if (!vector_group_valid(insn->rd, hart->vlmul + shape->d))
      return false;
    if (insn->rd == 0 && (insn->masked || shape->carry))
      return false;
  }
  if (!source_legal(hart, insn, shape, insn->rs2, shape->a))
    return false;
  return insn->extra != VECTOR_SOURCE_VECTOR || shape->scalar ||
         source_legal(hart, insn, shape, insn->rs1, shape->b);
}

static bool elementwise_legal(const Hart *hart, const VectorPlan *plan) {
  return !(plan->row->floating && hart->frm > SIM_RMM) && !(plan->shape->scalar && hart->vstart != 0);
}

// How a kernel may read a source while it writes the destination.
typedef enum Overlap { OVERLAP_NONE, OVERLAP_SAME, OVERLAP_SHIFTED } Overlap;

static Overlap overlap_of(const Hart *hart, const SimInsn *insn, const VectorShape *shape, unsigned reg,
                          int width) {
  if (!vector_groups_meet(insn->rd, vector_registers(hart->vlmul + shape->d), reg,
                          vector_registers(hart->vlmul + width)))
    return OVERLAP_NONE;
  return reg == insn->rd && width == shape->d ? OVERLAP_SAME : OVERLAP_SHIFTED;
}

// Whether the kernel may write the destination itself. A floating kernel may be done a second time, in
// software, for which its sources must be whole.
static bool writes_destination(const Hart *hart, const SimInsn *insn, const VectorPlan *plan) {
  const VectorShape *shape = plan->shape;
  if (insn->masked || shape->mask || shape->scalar)
    return false;
  Overlap worst = (insn->quad & VECTOR_READS_VD) ? OVERLAP_SAME : OVERLAP_NONE;
  Overlap a = overlap_of(hart, insn, shape, insn->rs2, shape->a);
  worst = a > worst ? a : worst;
  if (insn->extra == VECTOR_SOURCE_VECTOR) {
    Overlap b = overlap_of(hart, insn, shape, insn->rs1, shape->b);
    worst = b > worst ? b : worst;
  }
  return plan->row->floating ? worst == OVERLAP_NONE : worst != OVERLAP_SHIFTED;
}

// What holds for an instruction under the present vtype; NULL when it is illegal.
static const VectorPlan *plan_for(Hart *hart, const SimInsn *insn) {
  const VectorRow *row = vector_row(insn->op);
  const VectorShape *shape = vector_shape(insn->op);
  if (!shapes_legal(hart, insn, row, shape))
    return NULL;
  VectorPlan *plan = insn->plan ? insn->plan : ARENA_NEW(&hart->sim->code, VectorPlan);
  ((SimInsn *)insn)->plan = plan;
  *plan = (VectorPlan){
      .vtype = hart->vtype,
      .row = row,
      .shape = shape,
      .kernel = row->kernels->width[hart->vsew],
      .d_width = hart->vsew + shape->d,
      .a_width =
          hart->vsew + shape->a > 0 ? hart->vsew + shape->a : 0, // never below: such a SEW has no kernel
      .b_width = hart->vsew + shape->b,
  };
  plan->direct = writes_destination(hart, insn, plan);
  return plan;
}

static void record_elementwise(Hart *hart, const SimInsn *insn, const VectorShape *shape, size_t count) {
  // Scalars count for nothing, masks for one bit.
  int widest = shape->d > shape->a && !shape->scalar ? shape->d : shape->a;
  VectorUse use = {
      .elements = count,
      .width = hart->vsew + (widest > 0 ? widest : 0),
      .vd = shape->mask || shape->scalar ? 1 : vector_registers(hart->vlmul + shape->d),
      .vs1 = insn->extra != VECTOR_SOURCE_VECTOR ? 0
             : shape->scalar                     ? 1
                                                 : vector_registers(hart->vlmul + shape->b),
      .vs2 = vector_registers(hart->vlmul + shape->a),
      .reads_v0 = shape->carry,
  };
  vector_record(hart, insn, &use);
}

// What an instruction without mask, or without carries, is given instead.
static const uint8_t all_active[VECTOR_SCRATCH_BYTES] = {[0 ... VECTOR_SCRATCH_BYTES - 1] = 1};
static const uint8_t no_carries[VECTOR_SCRATCH_BYTES];

// A register's worth is the most frequent size; a copy of a known size needs no call.
static inline void copy_results(uint8_t *to, const uint8_t *from, size_t bytes) {
  if (bytes == 64)
    memcpy(to, from, 64);
  else
    memcpy(to, from, bytes);
}

static void raise_flags(Hart *hart, unsigned raised) {
  hart->fflags |= raised & 31;
  hart->vxsat |= (raised & VECTOR_SATURATED) != 0;
}

// The kernel's results, through an array of their own: of a part of the elements, or as a mask, or element 0.
static void apply_apart(Hart *hart, const SimInsn *insn, const VectorPlan *plan, VectorElements *elements,
                        size_t first) {
  _Alignas(64) uint8_t result[VECTOR_SCRATCH_BYTES];
  _Alignas(64) uint8_t active[VECTOR_SCRATCH_BYTES];
  const VectorShape *shape = plan->shape;
  size_t count = elements->count;
  uint8_t *d = elements->d;
  elements->d = result;
  if (insn->masked) {
    vector_active(hart, true, first, count, active);
    elements->active = active; // results of the others are dropped
  }
  raise_flags(hart, plan->kernel(elements));
  if (shape->mask)
    vector_store_mask(vector_register(hart, insn->rd), result, elements->active, first, count);
  else if (shape->scalar)
    memcpy(vector_register(hart, insn->rd), result, (size_t)1 << plan->d_width);
  else if (insn->masked)
    vector_blend(d, result, active, plan->d_width, count);
  else
    copy_results(d, result, count << plan->d_width);
}

static void apply(Hart *hart, const SimInsn *insn, const VectorPlan *plan) {
  _Alignas(64) uint8_t splat[VECTOR_SCRATCH_BYTES];
  _Alignas(64) uint8_t carries[VECTOR_SCRATCH_BYTES];
  const VectorShape *shape = plan->shape;
  size_t first = hart->vstart;
  uint8_t *d = vector_register(hart, insn->rd);
  VectorElements elements = {
      .d = d + (first << plan->d_width),
      .a = vector_register(hart, insn->rs2) + (first << plan->a_width),
      .b = vector_register(hart, insn->rs1) + (shape->scalar ? 0 : first << plan->b_width),
      .c = shape->mask ? d : d + (first << plan->d_width),
      .active = all_active,
      .count = hart->vl - first,
      .rounding = plan->row->floating ? hart->frm : hart->vxrm,
      .raised = hart->fflags,
      .masked = insn->masked,
  };
  if (insn->extra != VECTOR_SOURCE_VECTOR) {
    vector_splat(splat, vector_scalar(hart, insn, plan->row->bfloat), hart->vsew, elements.count);
    elements.b = splat;
  }
  if (shape->carry) {
    vector_expand(hart->v, first, elements.count, carries);
    elements.c = carries;
  } else if (shape->mask && !insn->masked) {
    // No carry into vmadc and vmsbc; the comparisons, which have the same shape, do not look.
    elements.c = no_carries;
  }
  if (plan->direct)
    raise_flags(hart, plan->kernel(&elements));
  else
    apply_apart(hart, insn, plan, &elements, first);
}

static const SimInsn *run_elementwise(Hart *hart, const SimInsn *insn) {
  const VectorPlan *plan = insn->plan;
  if (__builtin_expect(!plan || plan->vtype != hart->vtype, 0)) {
    plan = plan_for(hart, insn);
    if (!plan)
      return sim_illegal(hart, insn);
  }
  if (!elementwise_legal(hart, plan))
    return sim_illegal(hart, insn);
  size_t count = hart->vstart < hart->vl ? hart->vl - hart->vstart : 0;
  if (hart->event)
    record_elementwise(hart, insn, plan->shape, count);
  if (count != 0)
    apply(hart, insn, plan);
  return vector_done(hart, insn);
}

// ---- Binding

static VectorSource second_source(IsaOp op) {
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++) {
    switch ((IsaOperandKind)format->operands[i]) {
    case ISA_OPERAND_VS1:
      return VECTOR_SOURCE_VECTOR;
    case ISA_OPERAND_RS1:
      return VECTOR_SOURCE_INTEGER;
    case ISA_OPERAND_FS1:
      return VECTOR_SOURCE_FLOAT;
    case ISA_OPERAND_VIMM5:
    case ISA_OPERAND_VUIMM5:
    case ISA_OPERAND_VUIMM6:
      return VECTOR_SOURCE_IMMEDIATE;
    default:
      break;
    }
  }
  return VECTOR_SOURCE_NONE;
}

// What the format says of the operands, kept in SimInsn.quad.
static uint8_t operand_flags(IsaOp op) {
  const IsaFormatInfo *format = isa_insn_format(op);
  uint8_t flags = 0;
  for (unsigned i = 0; i < format->operand_count; i++) {
    const IsaOperandInfo *operand = isa_operand((IsaOperandKind)format->operands[i]);
    flags |= operand->role == ISA_ROLE_BOTH ? VECTOR_READS_VD : 0;
    flags |= operand->operand_class == ISA_CLASS_VR && operand->pieces[0].at == 20 ? VECTOR_NAMES_VS2 : 0;
  }
  return flags;
}

SimHandler sim_bind_vector(SimInsn *insn) {
  switch (insn->op) {
  case ISA_VSETVLI:
    return run_vsetvli;
  case ISA_VSETVL:
    return run_vsetvl;
  case ISA_VSETIVLI:
    insn->rs1 = insn->word >> 15 & 31;
    insn->imm = isa_operand_extract(insn->word, ISA_OPERAND_VTYPE10);
    return run_vsetivli;
  default:
    break;
  }
  insn->extra = second_source((IsaOp)insn->op);
  SimHandler handler = vector_row(insn->op)->kernels ? run_elementwise : vector_bind_permute(insn);
  if (!handler)
    handler = vector_bind_memory(insn);
  if (handler)
    insn->quad = operand_flags((IsaOp)insn->op);
  return handler;
}
