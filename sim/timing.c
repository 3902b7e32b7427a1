// The front end and the scoreboard: in which cycle each instruction issues, and why not earlier.
#include "sim/timing_front.h"

#include <stdlib.h>

// ---- What the tables say of each instruction

static uint8_t operand_class(IsaOperandClass class) {
  switch (class) {
  case ISA_CLASS_GPR:
    return OPERAND_X;
  case ISA_CLASS_FPR:
    return OPERAND_F;
  case ISA_CLASS_VR:
    return OPERAND_V;
  case ISA_CLASS_ACC:
    return OPERAND_ACC;
  default:
    return OPERAND_NONE;
  }
}

static uint8_t queue_of(IsaUnit unit) {
  switch (unit) {
  case ISA_UNIT_VALU:
    return QUEUE_VALU;
  case ISA_UNIT_TILE:
    return QUEUE_TILE;
  case ISA_UNIT_DRAIN:
    return QUEUE_DRAIN;
  default:
    return QUEUE_NONE;
  }
}

// The scoreboard's bases of the scalar operands.
static void describe_scalars(OpInfo *op) {
  op->source1 = op->source2 = op->source3 = op->earlier = SCORE_READY;
  op->destination = SCORE_UNREAD;
  for (unsigned i = 0; i < op->operand_count; i++) {
    const OpOperand *operand = &op->operands[i];
    if (operand->class != OPERAND_X && operand->class != OPERAND_F)
      continue;
    uint8_t base = operand->class == OPERAND_X ? SCORE_X : SCORE_F;
    if (operand->written)
      op->earlier = op->destination = base;
    else
      *(operand->slot == 15 ? &op->source1 : operand->slot == 20 ? &op->source2 : &op->source3) = base;
  }
}

static OpPath path_of(const OpInfo *op, IsaOp number) {
  for (unsigned i = 0; i < op->operand_count; i++)
    if (op->operands[i].class == OPERAND_V || op->operands[i].class == OPERAND_ACC)
      return PATH_GENERAL;
  if (op->flags & ISA_VECTOR || op->busy == ISA_BUSY_SERIALIZE || op->sched == ISA_SCHED_VSET)
    return PATH_GENERAL;
  switch (op->sched) {
  case ISA_SCHED_LOAD:
  case ISA_SCHED_STORE:
    return number == ISA_KT_DCFG ? PATH_GENERAL : PATH_ACCESS;
  case ISA_SCHED_BRANCH:
  case ISA_SCHED_JUMP:
    return PATH_BRANCH;
  case ISA_SCHED_ALU:
  case ISA_SCHED_MUL:
  case ISA_SCHED_DIV:
  case ISA_SCHED_FPU:
  case ISA_SCHED_FDIV:
    return number == ISA_KT_DEXT ? PATH_GENERAL : PATH_SIMPLE;
  default:
    return PATH_GENERAL;
  }
}

static OpInfo *describe_ops(const Machine *machine) {
  OpInfo *ops = checked_malloc(ISA_OP_COUNT * sizeof *ops);
  for (unsigned i = 0; i < ISA_OP_COUNT; i++) {
    const IsaInsnInfo *insn = isa_insn((IsaOp)i);
    const IsaSchedInfo *sched = isa_sched((IsaSched)insn->sched);
    const IsaFormatInfo *format = isa_insn_format((IsaOp)i);
    OpInfo *op = &ops[i];
    *op = (OpInfo){.unit = (uint8_t)sched->unit,
                   .busy = (uint8_t)sched->busy,
                   .queue = queue_of(sched->unit),
                   .sched = insn->sched,
                   .flags = insn->flags,
                   .latency = isa_latency(machine, (IsaSched)insn->sched)};
    for (unsigned j = 0; j < format->operand_count; j++) {
      const IsaOperandInfo *operand = isa_operand((IsaOperandKind)format->operands[j]);
      uint8_t class = operand_class(operand->operand_class);
      if (class == OPERAND_NONE)
        continue;
      op->operands[op->operand_count++] = (OpOperand){
          class, operand->pieces[0].at, operand->role == ISA_ROLE_USE || operand->role == ISA_ROLE_BOTH,
          operand->role == ISA_ROLE_DEF || operand->role == ISA_ROLE_BOTH};
    }
    describe_scalars(op);
    op->path = (uint8_t)path_of(op, (IsaOp)i);
  }
  return ops;
}

Timing *timing_new(Sim *sim) {
  Timing *timing = checked_malloc(sizeof *timing);
  memset(timing, 0, sizeof *timing);
  timing->sim = sim;
  timing->machine = &sim->machine;
  timing->counters = &sim->counters;
  timing->trace = sim->trace;
  timing->ops = describe_ops(&sim->machine);
  timing->fetched_line = UINT64_MAX;
  timing->line_ahead = UINT64_MAX;
  timing->predictor = checked_malloc(sim->machine.predictor_entries);
  memset(timing->predictor, 1, sim->machine.predictor_entries); // weakly not taken
  timing->returns = checked_malloc((sim->machine.return_stack + 1) * sizeof *timing->returns);
  memset(timing->returns, 0, (sim->machine.return_stack + 1) * sizeof *timing->returns);
  timing_memory_start(timing);
  if (!sim->options->stepwise)
    timing->blocks = timing_blocks_new(timing);
  return timing;
}

void timing_free(Timing *timing) {
  if (!timing)
    return;
  timing_memory_free(timing);
  timing_blocks_free(timing->blocks);
  VEC_FREE(&timing->drains);
  VEC_FREE(&timing->transfers);
  free(timing->predictor);
  free(timing->returns);
  free(timing->ops);
  free(timing);
}

static unsigned register_at(const SimInsn *insn, uint8_t slot) {
  switch (slot) {
  case 7:
    return insn->rd;
  case 15:
    return insn->rs1;
  case 20:
    return insn->rs2;
  default:
    return insn->rs3;
  }
}

static unsigned acc_index(unsigned number) {
  return number % SIM_MAX_ACCUMULATORS;
}

// The registers of the vector group at a slot.
static unsigned group_at(const SimEvent *event, uint8_t slot) {
  return slot == 7 ? event->vd_registers : slot == 15 ? event->vs1_registers : event->vs2_registers;
}

// ---- Fetching

static __attribute__((noinline)) void fetch_lines(Timing *timing, const SimInsn *insn, Bound *bound) {
  unsigned shift = timing->instruction_cache.shift;
  uint64_t last = (insn->pc + insn->length - 1) >> shift;
  for (uint64_t number = insn->pc >> shift; number <= last; number++) {
    if (number << shift == timing->fetched_line)
      continue;
    timing->fetched_line = number << shift;
    bound_raise(bound, timing_fetch(timing, number << shift, bound->at), SIM_STALL_FETCH);
  }
}

static inline void fetch(Timing *timing, const SimInsn *insn, Bound *bound) {
  bound_raise(bound, timing->fetch.at, timing->fetch.why);
  if (__builtin_expect(insn->pc - timing->fetched_line > timing->instruction_cache.line - insn->length, 0)) {
    Bound later = *bound; // whose address is taken, so that the bound itself can stay in registers
    fetch_lines(timing, insn, &later);
    *bound = later;
  }
}

// ---- Vector registers: register i of a group of n is needed, or written, i / n of the way through.

static uint64_t part(unsigned i, unsigned n, uint64_t cycles) {
  return n > 1 ? i * cycles / n : 0;
}

static void raise_to(Bound *bound, uint64_t at, uint64_t offset, SimStall why) {
  if (at > offset)
    bound_raise(bound, at - offset, why);
}

// The start that reads and writes of the vector operands allow, when the unit works for `cycles`.
static void wait_vectors(const Timing *timing, const SimInsn *insn, const OpInfo *op, const SimEvent *event,
                         uint64_t cycles, Bound *bound) {
  for (unsigned i = 0; i < op->operand_count; i++) {
    const OpOperand *operand = &op->operands[i];
    if (operand->class != OPERAND_V)
      continue;
    unsigned first = register_at(insn, operand->slot);
    unsigned count = group_at(event, operand->slot);
    bool read = operand->read || (operand->slot == 7 && event->vd_read);
    for (unsigned r = 0; r < count; r++) {
      unsigned number = (first + r) % 32;
      uint64_t offset = part(r, count, cycles);
      const Bound *ready = &timing->v[number];
      if (read)
        raise_to(bound, ready->at, offset, ready->why);
      else // written in order
        raise_to(bound, ready->at, offset + op->latency, ready->why);
      if (operand->written)
        raise_to(bound, timing->v_read[number], offset, SIM_STALL_OPERAND);
    }
  }
  if (event->v0_read)
    bound_raise(bound, timing->v[0].at, timing->v[0].why);
}

static void note_read(Timing *timing, unsigned number, uint64_t until) {
  if (until > timing->v_read[number % 32])
    timing->v_read[number % 32] = until;
}

static void note_vector_reads(Timing *timing, const SimInsn *insn, const OpInfo *op, const SimEvent *event,
                              uint64_t start, uint64_t cycles) {
  uint64_t bytes = 0;
  for (unsigned i = 0; i < op->operand_count; i++) {
    const OpOperand *operand = &op->operands[i];
    if (operand->class != OPERAND_V)
      continue;
    unsigned count = group_at(event, operand->slot);
    bytes += operand->read && operand->written ? UINT64_C(2) * count : count;
    for (unsigned r = 0; operand->read && r < count; r++)
      note_read(timing, register_at(insn, operand->slot) + r,
                start + part(r + 1, count, cycles) + (count == 1) * cycles);
  }
  if (event->v0_read)
    note_read(timing, 0, start + cycles);
  timing->counters->vector_bytes += bytes * machine_vector_bytes(timing->machine);
}

// ---- Queued units

// The front end needs a free entry: one is free when the entry `unit_queue` before it has left the queue.
static void wait_queue(const Queue *queue, Bound *bound) {
  const Bound *left = &queue->started[queue->oldest];
  bound_raise(bound, left->at, left->why == SIM_STALL_ISSUE ? SIM_STALL_UNIT : left->why);
}

static void enqueue(const Timing *timing, Queue *queue, Bound start, uint64_t cycles) {
  queue->newest = queue->oldest;
  queue->started[queue->oldest++] = start;
  if (queue->oldest == timing->machine->unit_queue)
    queue->oldest = 0;
  queue->free = start.at + cycles;
}

// A unit starts an instruction issued at `at` when it is free and what it needs is there.
static Bound queue_start(const Queue *queue, uint64_t at) {
  Bound start = {at, SIM_STALL_ISSUE};
  bound_raise(&start, queue->free, SIM_STALL_UNIT);
  return start;
}

static void wait_accumulators(const Timing *timing, unsigned first, unsigned count, uint64_t step,
                              bool written, Bound *bound) {
  for (unsigned i = 0; i < count && first + i < SIM_MAX_ACCUMULATORS; i++) {
    const Bound *ready = &timing->acc[first + i];
    raise_to(bound, ready->at, i * step, ready->why);
    if (written)
      raise_to(bound, timing->acc_read[first + i].at, i * step, timing->acc_read[first + i].why);
  }
}

static uint64_t vector_cycles(const Timing *timing, const OpInfo *op, const SimEvent *event) {
  const Machine *machine = timing->machine;
  uint64_t bits = (uint64_t)event->elements * event->element_bits;
  uint64_t cycles = bits <= machine->valu_width ? bits != 0 : divide_up(bits, machine->valu_width);
  if (cycles == 0)
    cycles = 1;
  switch (op->busy) {
  case ISA_BUSY_ELEMENTS_DIVIDE:
    return cycles * machine->valu_divide;
  case ISA_BUSY_ELEMENTS_REDUCE:
    return cycles + machine->valu_reduction;
  case ISA_BUSY_GATHER:
    return event->lmul_registers ? (uint64_t)event->lmul_registers * event->lmul_registers : 1;
  case ISA_BUSY_ROWS:
    cycles = divide_up(event->elements, machine_tile(machine));
    return cycles ? cycles : 1;
  default:
    return cycles;
  }
}

static void run_valu(Timing *timing, const SimInsn *insn, const OpInfo *op, const SimEvent *event) {
  Queue *queue = &timing->queues[QUEUE_VALU];
  uint64_t cycles = vector_cycles(timing, op, event);
  Bound start = queue_start(queue, timing->now);
  bool writes_acc = op->operands[0].class == OPERAND_ACC && op->operands[0].written;
  wait_vectors(timing, insn, op, event, cycles, &start);
  wait_accumulators(timing, event->acc_first, event->acc_count, 0, writes_acc, &start);
  enqueue(timing, queue, start, cycles);
  note_vector_reads(timing, insn, op, event, start.at, cycles);
  uint64_t end = start.at + cycles - 1 + op->latency;
  unsigned count = event->vd_registers;
  // A result that needs all elements (a reduction, a mask) comes at the end; others register by register.
  bool at_end = op->busy == ISA_BUSY_ELEMENTS_REDUCE || op->busy == ISA_BUSY_GATHER ||
                (op->flags & (ISA_MASK_D | ISA_SCALAR_D));
  for (unsigned r = 0; r < count; r++)
    timing->v[(insn->rd + r) % 32] = (Bound){
        at_end ? end : start.at + part(r + 1, count, cycles) + (count == 1) * cycles - 1 + op->latency,
        SIM_STALL_OPERAND};
  set_scalar(timing, insn, op, end, SIM_STALL_OPERAND);
  for (unsigned i = 0; i < event->acc_count; i++) {
    Bound *entry = writes_acc ? &timing->acc[acc_index(event->acc_first + i)]
                              : &timing->acc_read[acc_index(event->acc_first + i)];
    bound_raise(entry, writes_acc ? end : start.at + cycles, SIM_STALL_OPERAND);
  }
  if (op->busy == ISA_BUSY_ROWS)
    timing->counters->accumulator_updates += event->elements;
  unit_works(timing, ISA_UNIT_VALU, cycles);
}

// The cycle in which vS1 + r is needed: a product's rows come `columns` cycles apart, kt.bias takes a
// register a cycle, kt.mdw (one accumulator) all at once.
static uint64_t operand_offset(const SimEvent *event, bool product, unsigned r, unsigned columns) {
  if (product)
    return event->acc_count > 1 ? (uint64_t)r * columns : 0;
  return r;
}

// Outer products: product r * C + c in its cycle reads vA + r and vB + c and updates its accumulator.
static void run_tile(Timing *timing, const SimInsn *insn, const OpInfo *op, const SimEvent *event) {
  Queue *queue = &timing->queues[QUEUE_TILE];
  bool product = op->busy == ISA_BUSY_SHAPE;
  unsigned columns = product && insn->columns ? insn->columns : 1;
  unsigned rows = product && insn->rows ? insn->rows : 1;
  uint64_t cycles = product ? (uint64_t)rows * columns : event->acc_count ? event->acc_count : 1;
  Bound start = queue_start(queue, timing->now);
  for (unsigned r = 0; r < event->vs1_registers; r++) {
    const Bound *ready = &timing->v[(insn->rs1 + r) % 32];
    raise_to(&start, ready->at, operand_offset(event, product, r, columns), ready->why);
  }
  for (unsigned c = 0; c < event->vs2_registers; c++) {
    const Bound *ready = &timing->v[(insn->rs2 + c) % 32];
    raise_to(&start, ready->at, c, ready->why);
  }
  wait_accumulators(timing, event->acc_first, event->acc_count, 1, true, &start);
  enqueue(timing, queue, start, cycles);
  for (unsigned r = 0; r < event->vs1_registers; r++)
    note_read(timing, insn->rs1 + r, start.at + operand_offset(event, product, r, columns) + columns);
  for (unsigned c = 0; c < event->vs2_registers; c++)
    note_read(timing, insn->rs2 + c, start.at + (uint64_t)(rows - 1) * columns + c + 1);
  for (unsigned i = 0; i < event->acc_count; i++)
    timing->acc[acc_index(event->acc_first + i)] = (Bound){start.at + i + op->latency, SIM_STALL_OPERAND};
  uint64_t tile = machine_tile(timing->machine);
  timing->counters->accumulator_updates += event->acc_count * tile * tile;
  timing->counters->vector_bytes +=
      (uint64_t)(event->vs1_registers + event->vs2_registers) * machine_vector_bytes(timing->machine);
  unit_works(timing, ISA_UNIT_TILE, cycles);
}

static void forget_drains(Timing *timing) {
  size_t kept = 0;
  for (size_t i = 0; i < timing->drains.count; i++)
    if (timing->drains.data[i].end > timing->now)
      timing->drains.data[kept++] = timing->drains.data[i];
  timing->drains.count = kept;
}

static void run_drain(Timing *timing, const OpInfo *op, const SimEvent *event) {
  Queue *queue = &timing->queues[QUEUE_DRAIN];
  Bound start = queue_start(queue, timing->now);
  wait_accumulators(timing, event->acc_first, event->acc_count, 0, false, &start);
  bound_raise(&start, timing->drain_state, SIM_STALL_OPERAND);
  Drain drain = {.start = start.at, .acc_first = event->acc_first, .acc_count = event->acc_count};
  uint64_t cycles = timing_drain_cycles(timing, event, start.at, &drain.banks);
  drain.end = start.at + cycles;
  enqueue(timing, queue, start, cycles);
  forget_drains(timing);
  VEC_PUSH(&timing->drains, drain);
  // The last result is stored the unit's latency after it was read.
  timing->drains_end = drain.end + op->latency;
  for (unsigned i = 0; i < event->acc_count; i++)
    timing->acc_read[acc_index(event->acc_first + i)] = (Bound){drain.end, SIM_STALL_DRAIN};
  timing->counters->accumulator_updates += event->results;
  unit_works(timing, ISA_UNIT_DRAIN, cycles);
}

void timing_drain_yield(Timing *timing, uint64_t at, uint64_t cycles, uint64_t banks) {
  if (timing->drains_end <= at)
    return;
  bool later = false;
  for (size_t i = 0; i < timing->drains.count; i++) {
    Drain *drain = &timing->drains.data[i];
    bool hit = drain->start <= at && at < drain->end && (drain->banks == 0 || (drain->banks & banks));
    if (!later && !hit)
      continue;
    drain->start += later ? cycles : 0;
    drain->end += cycles;
    later = true;
    for (unsigned a = 0; a < drain->acc_count; a++)
      timing->acc_read[acc_index(drain->acc_first + a)].at += cycles;
  }
  if (later) {
    timing->queues[QUEUE_DRAIN].free += cycles;
    timing->drains_end += cycles;
  }
}

// ---- Memory

// Loads and stores, scalar, vector and of accumulators: at the port from now on.
static __attribute__((noinline)) void run_memory(Timing *timing, const SimInsn *insn, const OpInfo *op,
                                                 const SimEvent *event) {
  bool vector = event->vd_registers != 0;
  unsigned registers = vector ? event->vd_registers : 1;
  bool wide = vector || event->acc_count;
  const Machine *machine = timing->machine;
  MemoryTiming memory; // filled by timing_access
  memory.spm_latency = wide ? machine->spm_vector_latency : machine->spm_scalar_latency;
  memory.cache_latency = wide ? machine->spm_vector_latency : machine->l1_latency;
  memory.registers = registers;
  timing_access(timing, event, timing->now, &memory);
  uint64_t rows = op->busy == ISA_BUSY_ROWS ? machine_tile(timing->machine) : 0;
  if (memory.cycles < rows)
    memory.cycles = rows;
  timing->unit_free[op->unit] = (Bound){timing->now + memory.cycles, memory.why};
  unit_works(timing, op->unit, memory.cycles);
  if (vector)
    note_vector_reads(timing, insn, op, event, timing->now, memory.cycles);
  if (op->flags & ISA_LOAD && vector)
    for (unsigned r = 0; r < registers; r++)
      timing->v[(insn->rd + r) % 32] = (Bound){memory.ready[r], memory.ready_why};
  uint64_t ready = memory.ready[registers - 1];
  if (event->acc_count) {
    Bound *entry = op->flags & ISA_LOAD ? timing->acc : timing->acc_read;
    uint64_t at = op->flags & ISA_LOAD ? ready + rows : timing->now + memory.cycles;
    for (unsigned i = 0; i < event->acc_count; i++)
      bound_raise(&entry[acc_index(event->acc_first + i)], at, memory.ready_why);
    timing->counters->accumulator_updates += (uint64_t)event->acc_count * rows * rows;
  }
  if (insn->op == ISA_KT_DCFG)
    timing->drain_state = ready;
  set_scalar(timing, insn, op, op->flags & ISA_LOAD ? ready : timing->now + op->latency, memory.ready_why);
}

// What a memory instruction waits for besides scalars: its port, and its vector or accumulator data. Register
// by register, assuming that it goes at full rate.
static void wait_memory(const Timing *timing, const SimInsn *insn, const OpInfo *op, const SimEvent *event,
                        Bound *bound) {
  const Bound *free = &timing->unit_free[op->unit];
  bound_raise(bound, free->at, free->why);
  if (event->vd_registers || event->vs2_registers)
    wait_vectors(timing, insn, op, event, event->vd_registers, bound);
  if (event->acc_count)
    wait_accumulators(timing, event->acc_first, event->acc_count, 0, op->flags & ISA_LOAD, bound);
}

// ---- DMA

static void wait_dma(const Timing *timing, const SimInsn *insn, const SimEvent *event, Bound *bound) {
  if (insn->op == ISA_KD_START) {
    bound_raise(bound, timing_dma_room(timing), SIM_STALL_DMA_WAIT);
    bound_raise(bound, timing->drains_end, SIM_STALL_DRAIN);
  } else if (insn->op == ISA_KD_WAIT) {
    bound_raise(bound, timing_dma_end(timing, event->dma_id), SIM_STALL_DMA_WAIT);
  }
}

bool timing_transfer_done(void *context, uint64_t id) {
  const Timing *timing = context;
  return timing_dma_end(timing, id) <= timing->now;
}

// ---- One instruction

// Everything the front end waits for.
static Bound earliest(Timing *timing, const SimInsn *insn, const OpInfo *op, const SimEvent *event) {
  Bound bound = {timing->now, SIM_STALL_ISSUE};
  fetch(timing, insn, &bound);
  wait_scalars(timing, insn, op, &bound);
  if (op->flags & ISA_VECTOR)
    bound_raise(&bound, timing->vector_state, SIM_STALL_OPERAND);
  if (op->queue != QUEUE_NONE)
    wait_queue(&timing->queues[op->queue], &bound);
  else if (op->unit == ISA_UNIT_LOAD || op->unit == ISA_UNIT_STORE)
    wait_memory(timing, insn, op, event, &bound);
  else if (op->unit == ISA_UNIT_DMA)
    wait_dma(timing, insn, event, &bound);
  else
    bound_raise(&bound, timing->unit_free[op->unit].at, timing->unit_free[op->unit].why);
  if (insn->op == ISA_FENCE || insn->op == ISA_FENCE_TSO)
    bound_raise(&bound, timing->drains_end, SIM_STALL_DRAIN);
  find_slot(timing, op, &bound);
  return bound;
}

static void count_macs(SimCounters *counters, const SimEvent *event) {
  uint64_t *counts[SIM_MAC_KINDS] = {&counters->macs_int8, &counters->macs_half, &counters->macs_float};
  *counts[event->mac_kind] += event->macs;
}

// A scalar load or store, at its port from now on.
static inline void run_access(Timing *timing, const SimInsn *insn, const OpInfo *op, const SimEvent *event) {
  SingleTiming single;
  if (__builtin_expect(event->accesses.count != 1 ||
                           !timing_access_single(timing, event->accesses.data, timing->now,
                                                 timing->machine->spm_scalar_latency,
                                                 timing->machine->l1_latency, &single),
                       0)) {
    run_memory(timing, insn, op, event);
    return;
  }
  apply_access(timing, insn, op, &single);
}

// timing_step for instructions of scalar registers and units alone: the same rules, without those that cannot
// concern them.
static inline __attribute__((always_inline)) void step_plain(Timing *timing, const SimInsn *insn,
                                                             const OpInfo *op, const SimEvent *event,
                                                             uint64_t next_pc, OpPath path) {
  Bound bound = {timing->now, SIM_STALL_ISSUE};
  fetch(timing, insn, &bound);
  wait_scalars(timing, insn, op, &bound);
  bound_raise(&bound, timing->unit_free[op->unit].at, timing->unit_free[op->unit].why);
  find_slot(timing, op, &bound);
  issue(timing, op, &bound);
  if (path == PATH_SIMPLE) {
    run_simple(timing, insn, op);
  } else if (path == PATH_ACCESS) {
    run_access(timing, insn, op, event);
  } else {
    unit_works(timing, op->unit, 1);
    run_branch(timing, insn, op, predict(timing, insn, op, next_pc));
  }
}

static __attribute__((noinline)) void step_general(Timing *timing, const SimInsn *insn, const SimEvent *event,
                                                   bool trapped) {
  const OpInfo *op = &timing->ops[insn->op];
  Bound bound = earliest(timing, insn, op, event);
  issue(timing, op, &bound);
  if (trapped) {
    timing->fetch = (Bound){timing->now + 1 + timing->machine->branch_miss, SIM_STALL_BRANCH};
    return;
  }
  switch (op->unit) {
  case ISA_UNIT_LOAD:
  case ISA_UNIT_STORE:
    run_memory(timing, insn, op, event);
    break;
  case ISA_UNIT_VALU:
    run_valu(timing, insn, op, event);
    break;
  case ISA_UNIT_TILE:
    run_tile(timing, insn, op, event);
    break;
  case ISA_UNIT_DRAIN:
    run_drain(timing, op, event);
    break;
  case ISA_UNIT_DMA:
    set_scalar(timing, insn, op, timing->now + op->latency, SIM_STALL_OPERAND);
    if (event->transfer)
      timing_dma_start(timing, event->transfer, timing->now);
    break;
  default:
    run_simple(timing, insn, op);
    if (op->flags & ISA_JUMP) // mret: where it goes is not predicted
      resolve(timing, false);
    break;
  }
  count_macs(timing->counters, event);
}

void timing_step(Timing *timing, const SimInsn *insn, const SimEvent *event, uint64_t next_pc, bool trapped) {
  const OpInfo *op = &timing->ops[insn->op];
  if (__builtin_expect(trapped, 0)) {
    step_general(timing, insn, event, true);
    return;
  }
  switch ((OpPath)op->path) {
  case PATH_SIMPLE:
    step_plain(timing, insn, op, event, next_pc, PATH_SIMPLE);
    return;
  case PATH_BRANCH:
    step_plain(timing, insn, op, event, next_pc, PATH_BRANCH);
    return;
  case PATH_ACCESS:
    step_plain(timing, insn, op, event, next_pc, PATH_ACCESS);
    return;
  case PATH_GENERAL:
    step_general(timing, insn, event, false);
    return;
  }
}

uint64_t timing_cycles(const Timing *timing) {
  return timing->now;
}

void timing_finish(Timing *timing) {
  timing_blocks_count(timing);
  Bound end = {timing->now + (timing->group != 0), SIM_STALL_ISSUE};
  bound_raise(&end, timing->queues[QUEUE_VALU].free, SIM_STALL_UNIT);
  bound_raise(&end, timing->queues[QUEUE_TILE].free, SIM_STALL_UNIT);
  bound_raise(&end, timing->drains_end, SIM_STALL_DRAIN);
  size_t transfers = timing->transfers.count;
  if (transfers)
    bound_raise(&end, timing->transfers.data[transfers - 1].end, SIM_STALL_DMA_WAIT);
  advance(timing, &end);
  timing->counters->cycles = timing->now;
}
