// Xkilndma: staging registers and transfers. A transfer moves its bytes when it starts, one run of dimension
// 0 after the other, dimension 1 fastest; whoever keeps time says when it is complete (docs/isa.md).
#include "sim/internal.h"

void sim_dma_reset(Hart *hart) {
  hart->dma_staged = (SimDmaTransfer){0};
  for (unsigned i = 1; i < SIM_DMA_DIMENSIONS; i++)
    hart->dma_staged.dimensions[i].count = 1;
  hart->dma_last_id = 0;
}

static const SimInsn *run_source(Hart *hart, const SimInsn *insn) {
  hart->dma_staged.source = hart->x[insn->rs1];
  return insn + 1;
}
static const SimInsn *run_destination(Hart *hart, const SimInsn *insn) {
  hart->dma_staged.destination = hart->x[insn->rs1];
  return insn + 1;
}
static const SimInsn *run_fill(Hart *hart, const SimInsn *insn) {
  hart->dma_staged.fill = true;
  hart->dma_staged.pattern = (uint32_t)hart->x[insn->rs1];
  return insn + 1;
}
static const SimInsn *run_dimension(Hart *hart, const SimInsn *insn) {
  hart->dma_staged.dimensions[insn->imm] = (SimDmaDimension){
      .count = hart->x[insn->rs1],
      .source_stride = (int64_t)hart->x[insn->rs2],
      .destination_stride = (int64_t)hart->x[insn->rs3],
  };
  return insn + 1;
}

// ---- Checking a transfer

typedef struct Region {
  uint64_t base;
  uint64_t size;
} Region;

static int64_t stride_of(const SimDmaDimension *dimension, bool destination) {
  return destination ? dimension->destination_stride : dimension->source_stride;
}

// Whether all runs lie in one region, by the corners of the box they fill.
static bool box_inside(const SimDmaTransfer *transfer, bool destination, Region region) {
  __int128 low = 0;
  __int128 high = 0;
  for (unsigned i = 1; i < SIM_DMA_DIMENSIONS; i++) {
    const SimDmaDimension *dimension = &transfer->dimensions[i];
    // Counts are below 2^63 here: checked against the total first.
    __int128 reach = (__int128)(int64_t)(dimension->count - 1) * stride_of(dimension, destination);
    if (reach < 0)
      low += reach;
    else
      high += reach;
  }
  __int128 base = (__int128)(destination ? transfer->destination : transfer->source) - region.base;
  return base + low >= 0 && base + high + transfer->dimensions[0].count <= region.size;
}

// The bytes of a transfer, UINT64_MAX when they are more than that.
static uint64_t total_bytes(const SimDmaTransfer *transfer) {
  uint64_t total = 1;
  for (unsigned i = 0; i < SIM_DMA_DIMENSIONS; i++) {
    if (transfer->dimensions[i].count == 0)
      return 0;
  }
  for (unsigned i = 0; i < SIM_DMA_DIMENSIONS; i++) {
    if (__builtin_mul_overflow(total, transfer->dimensions[i].count, &total))
      return UINT64_MAX;
  }
  return total;
}

// The address of the first run, in the order of the transfer, that is not all in one region; its source is
// looked at first. False when there is none.
static bool find_outside(const Hart *hart, const SimDmaTransfer *transfer, uint64_t *address) {
  const SimMemory *memory = &hart->memory;
  Region regions[] = {{memory->dram_base, memory->dram_size}, {memory->spm_base, memory->spm_size}};
  bool source_inside =
      transfer->fill || box_inside(transfer, false, regions[0]) || box_inside(transfer, false, regions[1]);
  bool destination_inside = box_inside(transfer, true, regions[0]) || box_inside(transfer, true, regions[1]);
  if (source_inside && destination_inside)
    return false;
  // Runs in several regions are rare but allowed: each is looked at by itself.
  uint64_t size = transfer->dimensions[0].count;
  SimDmaRun run = sim_dma_first_run(transfer);
  do {
    if (!source_inside && !sim_memory_at(memory, run.source, size)) {
      *address = run.source;
      return true;
    }
    if (!destination_inside && !sim_memory_at(memory, run.destination, size)) {
      *address = run.destination;
      return true;
    }
  } while (sim_dma_next_run(transfer, &run));
  return false;
}

// Raises the trap of a transfer that cannot be; true when there is none to raise.
static bool transfer_legal(Hart *hart, const SimInsn *insn, const SimDmaTransfer *transfer) {
  const SimDmaDimension *inner = &transfer->dimensions[0];
  uint64_t total = total_bytes(transfer);
  uint64_t largest =
      hart->memory.dram_size > hart->memory.spm_size ? hart->memory.dram_size : hart->memory.spm_size;
  if (inner->source_stride != 0 || inner->destination_stride != 0 || total > largest) {
    sim_trap(hart, insn, SIM_CAUSE_TRANSFER, transfer->destination);
    return false;
  }
  uint64_t outside;
  if (total != 0 && find_outside(hart, transfer, &outside)) {
    sim_trap(hart, insn, SIM_CAUSE_TRANSFER, outside);
    return false;
  }
  return true;
}

// ---- Moving

static void fill_run(uint8_t *to, uint64_t size, uint32_t pattern) {
  for (uint64_t i = 0; i < size; i++)
    to[i] = (uint8_t)(pattern >> 8 * (i % 4));
}

static void move(Hart *hart, const SimDmaTransfer *transfer) {
  uint64_t size = transfer->dimensions[0].count;
  SimDmaRun run = sim_dma_first_run(transfer);
  do {
    uint8_t *to = sim_memory_at(&hart->memory, run.destination, size);
    if (transfer->fill)
      fill_run(to, size, transfer->pattern);
    else
      memmove(to, sim_memory_at(&hart->memory, run.source, size), size);
  } while (sim_dma_next_run(transfer, &run));
}

static const SimInsn *run_start(Hart *hart, const SimInsn *insn) {
  const SimDmaTransfer *staged = &hart->dma_staged;
  if (!transfer_legal(hart, insn, staged))
    return NULL;
  if (total_bytes(staged) != 0)
    move(hart, staged);
  hart->dma_started = *staged;
  hart->dma_started.id = ++hart->dma_last_id;
  hart->dma_staged.fill = false;
  hart->x[insn->rd] = hart->dma_last_id;
  if (hart->event)
    hart->event->transfer = &hart->dma_started;
  return insn + 1;
}

// ---- Completion. Id 0 is always complete; an id not yet given is an error.

static bool id_given(Hart *hart, const SimInsn *insn) {
  uint64_t id = hart->x[insn->rs1];
  if (hart->event)
    hart->event->dma_id = id;
  if (id <= hart->dma_last_id)
    return true;
  sim_trap(hart, insn, SIM_CAUSE_TRANSFER, id);
  return false;
}

static const SimInsn *run_wait(Hart *hart, const SimInsn *insn) {
  return id_given(hart, insn) ? insn + 1 : NULL;
}

static const SimInsn *run_poll(Hart *hart, const SimInsn *insn) {
  if (!id_given(hart, insn))
    return NULL;
  uint64_t id = hart->x[insn->rs1];
  const SimClock *clock = &hart->clock;
  hart->x[insn->rd] = id == 0 || !clock->transfer_done || clock->transfer_done(clock->context, id);
  return insn + 1;
}

SimHandler sim_bind_dma(SimInsn *insn) {
  switch (insn->op) {
  case ISA_KD_SRC:
    return run_source;
  case ISA_KD_DST:
    return run_destination;
  case ISA_KD_FILL:
    return run_fill;
  case ISA_KD_DIM:
    return run_dimension;
  case ISA_KD_START:
    return run_start;
  case ISA_KD_WAIT:
    return run_wait;
  case ISA_KD_POLL:
    return run_poll;
  default:
    return NULL;
  }
}
