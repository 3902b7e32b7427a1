// What a nest on the vector unit will take, counted while its code is written: cycles of each unit, from the
// tables of isa/ and the machine's numbers, times how often the code runs. Of sizes that only the run time
// knows there is no estimate.
#include "target/tensor/vector/map.h"

enum {
  TILE_CODE = 45, // cycles of scalar code around a tile
  LOOP_CODE = 1,  // of a step's counting and branch
};

static double larger(double x, double y) {
  return x > y ? x : y;
}

static double round_up(double x) {
  double whole = (double)(int64_t)x;
  return whole < x ? whole + 1 : whole;
}

double estimate_enter(Mapper *m, IrValue extent, double share) {
  Estimate *x = &m->estimate;
  int64_t count = 0;
  double before = x->times;
  if (x->ignored)
    return before;
  if (emit_is_number(&m->e, extent, &count))
    x->times *= round_up((double)count / share);
  else
    x->known = false;
  x->issue += x->times * LOOP_CODE;
  return before;
}

void estimate_leave(Mapper *m, double before) {
  m->estimate.times = before;
}

double estimate_strips(Mapper *m, IrValue extent) {
  double most = (double)(m->e.machine->vlen >> m->ratio);
  int64_t count = 0;
  if (emit_is_number(&m->e, extent, &count) && count > 0)
    m->estimate.lanes = (double)count / round_up((double)count / most);
  return estimate_enter(m, extent, most);
}

static double lanes_of(const Mapper *m, VectorConfig config, IrValue length) {
  int64_t number = 0;
  if (length == IR_AVL_MAX)
    return (double)m->e.machine->vlen / config.sew *
           (config.lmul < 0 ? 1.0 / (1 << -config.lmul) : 1 << config.lmul);
  return length != IR_NONE && emit_is_number(&m->e, length, &number) ? (double)number : m->estimate.lanes;
}

static bool is_strided(IsaOp op) {
  const uint16_t strided[] = {ISA_VLSE8_V, ISA_VLSE16_V, ISA_VLSE32_V, ISA_VLSE64_V,
                              ISA_VSSE8_V, ISA_VSSE16_V, ISA_VSSE32_V, ISA_VSSE64_V};
  for (size_t i = 0; i < sizeof strided / sizeof *strided; i++)
    if (strided[i] == op)
      return true;
  return false;
}

static double memory_cycles(const Mapper *m, IsaOp op, double bits, double lanes) {
  const IsaInsnInfo *row = isa_insn(op);
  const Machine *machine = m->e.machine;
  double cycles = lanes * bits / 8 / machine->vector_port;
  if (is_strided(op))
    cycles = larger(cycles, lanes / machine->spm_lanes);
  return row->flags & ISA_INDEXED ? larger(cycles, lanes) : cycles;
}

// Instructions on a group's first element alone.
static bool is_of_one_element(IsaOp op) {
  return op == ISA_VMV_X_S || op == ISA_VMV_S_X || op == ISA_VFMV_F_S || op == ISA_VFMV_S_F;
}

static double group_cycles(const Mapper *m, IsaOp op, VectorConfig config, double lanes) {
  const IsaInsnInfo *row = isa_insn(op);
  const Machine *machine = m->e.machine;
  double bits = row->flags & (ISA_WIDE_D | ISA_WIDE_2) ? 2 * config.sew : config.sew;
  double cycles = is_of_one_element(op) ? 1 : round_up(lanes * bits / machine->valu_width);
  switch (isa_sched((IsaSched)row->sched)->busy) {
  case ISA_BUSY_ELEMENTS_DIVIDE:
    return cycles * machine->valu_divide;
  case ISA_BUSY_ELEMENTS_REDUCE:
    return cycles + machine->valu_reduction;
  case ISA_BUSY_GATHER:
    return config.lmul > 0 ? 1 << 2 * config.lmul : 1;
  default:
    return cycles;
  }
}

void estimate_instruction(Mapper *m, IsaOp op, VectorConfig config, IrValue length) {
  Estimate *x = &m->estimate;
  const IsaInsnInfo *row = isa_insn(op);
  double lanes = lanes_of(m, config, length);
  if (x->ignored)
    return;
  x->issue += x->times * 0.75; // with a part of a vsetvli
  if (!(row->flags & (ISA_LOAD | ISA_STORE))) {
    x->vector += x->times * group_cycles(m, op, config, lanes);
    return;
  }
  x->issue += x->times * 0.5; // the address
  double bits =
      row->flags & ISA_INDEXED ? config.sew : 8U << (row->match >> 12 & 7 ? (row->match >> 12 & 7) - 4 : 0);
  double *port = row->flags & ISA_LOAD ? &x->load : &x->store;
  *port += x->times * memory_cycles(m, op, bits, lanes);
  if (!m->stage)
    x->cached += x->times * lanes * bits / 8;
}

void estimate_function(Mapper *m, double cycles_of_group) {
  if (!m->estimate.ignored)
    m->estimate.vector += m->estimate.times * cycles_of_group;
}

// --- transfers --------------------------------------------------------------------------------------------

// Beats of DRAM that a transfer of so many iterations takes; less than zero: it is not known.
static double transfer_cycles(Mapper *m, const Stream *stream, IrValue iterations) {
  int64_t run = 0, count = 0, stride = 0, pitch = 0;
  double runs = 1, beat = m->e.machine->dram_bandwidth;
  if (!emit_is_number(&m->e, stream_run(m, stream, iterations), &run))
    return -1;
  for (uint32_t d = 0; d < stream->count; d++) {
    IrValue step = emit_quantity(&m->e, stream->dimensions[d].stride);
    if (!emit_is_number(&m->e, stream_count(m, stream, d, iterations), &count))
      return -1;
    bool joins = runs == 1 && emit_is_number(&m->e, step, &stride) && stride == run &&
                 emit_is_number(&m->e, stream->dimensions[d].pitch, &pitch) && pitch == run;
    if (joins)
      run *= count;
    else
      runs *= (double)count;
  }
  return m->e.machine->dma_start + runs * round_up((double)run / beat);
}

void estimate_transfer(Mapper *m, IrValue bytes, bool starts) {
  int64_t count = 0;
  const Machine *machine = m->e.machine;
  m->estimate.known = m->estimate.known && emit_is_number(&m->e, bytes, &count);
  double cycles = m->estimate.times *
                  ((starts ? machine->dma_start : 0) + 2 * round_up((double)count / machine->dram_bandwidth));
  if (m->estimate.ignored)
    return;
  m->estimate.dma += cycles;
  m->estimate.cycles += cycles;
}

void estimate_move(Mapper *m, const DmaBox *box, unsigned sides) {
  int64_t run = 0, count = 0;
  const Machine *machine = m->e.machine;
  m->estimate.known = m->estimate.known && emit_is_number(&m->e, box->bytes, &run);
  double runs = 1;
  for (uint32_t d = 0; d < box->dimensions; d++) {
    m->estimate.known = m->estimate.known && emit_is_number(&m->e, box->counts[d], &count);
    runs *= (double)count;
  }
  double cycles = m->estimate.times *
                  (machine->dma_start + sides * runs * round_up((double)run / machine->dram_bandwidth));
  m->estimate.dma += cycles;
  m->estimate.cycles += cycles;
}

Estimate estimate_begin_stage(Mapper *m) {
  Estimate before = m->estimate;
  m->estimate.vector = m->estimate.load = m->estimate.store = m->estimate.issue = m->estimate.cached = 0;
  return before;
}

static double core_cycles(const Estimate *x) {
  return larger(larger(x->vector, x->issue), larger(x->load, x->store));
}

void estimate_end_stage(Mapper *m, const Stage *stage, IrValue extent, Estimate before) {
  Estimate *x = &m->estimate;
  int64_t all = 0, tile = 0;
  if (x->ignored) {
    *x = before;
    return;
  }
  double in = 0, out = 0, once = 0;
  if (!emit_is_number(&m->e, extent, &all) || !emit_is_number(&m->e, stage->tile, &tile) || tile <= 0)
    x->known = false;
  for (uint32_t s = 0; s < stage->count && x->known; s++) {
    const Stream *stream = &stage->streams[s];
    double cycles = transfer_cycles(m, stream, stream->resident ? extent : stage->tile);
    x->known = cycles >= 0;
    if (stream->resident)
      once += cycles * ((stream->reads ? 1 : 0) + (stream->writes ? 1 : 0));
    else
      in += stream->reads ? cycles : 0;
    out += !stream->resident && stream->writes ? cycles : 0;
  }
  double tiles = x->known ? (double)all / (double)tile : 0, times = before.times;
  double core = core_cycles(x) + times * tiles * TILE_CODE, dma = times * (once + tiles * (in + out));
  // The first tile has to come and the last one to leave, and while it is worked on there are only the
  // results of the one before it to be moved.
  double latency = times * m->e.machine->dram_latency;
  double last = tiles > 0 ? larger(core / tiles - times * out, 0) : 0;
  double total = dma > core ? dma + latency + last : core + latency + times * (once + in + out);
  Estimate now = before;
  now.known = x->known;
  now.cycles = x->cycles + total;
  now.vectors = x->vectors + x->vector;
  now.memory = x->memory + larger(x->load, x->store);
  now.dma = x->dma + dma;
  now.rest = x->rest + total - larger(core, dma);
  m->estimate = now;
}

void estimate_report(const Mapper *m, NestReport *nest) {
  const Estimate *x = &m->estimate;
  const Machine *machine = m->e.machine;
  if (!x->known)
    return;
  // The caches bring as many lines at a time as misses may be under way.
  double rate = (double)machine->cache_line * machine->cache_misses / machine->dram_latency;
  double caches = x->cached / rate, rest = larger(core_cycles(x), caches);
  const NestBound bounds[] = {{"vector arithmetic", (uint64_t)(x->vectors + x->vector)},
                              {"scratchpad port", (uint64_t)(x->memory + larger(x->load, x->store))},
                              {"caches", (uint64_t)caches},
                              {"DMA", (uint64_t)x->dma},
                              {"start and end", (uint64_t)x->rest}};
  nest->bound_count = sizeof bounds / sizeof *bounds;
  for (unsigned i = 0; i < nest->bound_count; i++)
    nest->bounds[i] = bounds[i];
  nest->estimate = (uint64_t)(x->cycles + rest + machine->dram_latency);
}
