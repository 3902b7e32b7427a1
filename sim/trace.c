// The trace (trace.h). A cycle is written as a microsecond: the format has no cycles.
#include "sim/trace.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
  MOST_BYTES = 256 << 20, // of the trace; what comes later is left out, and said so
  SAMPLE = 256,           // cycles between two values of a counter
  BLOCK = 64,             // bytes of scratchpad that count as one in its occupancy
  DMA_LANE = SIM_UNITS,   // transfers; the DMA unit's own lane has the instructions
};

struct Trace {
  Sim *sim;
  Text events;
  bool full;
  uint8_t *blocks;        // of the scratchpad: 1: has been written
  uint64_t occupied;      // blocks
  uint64_t sampled;       // cycle of the latest sample
  uint64_t cache_bytes;   // DRAM to and from the caches until then
  uint64_t transfer_dram; // booked for transfers so far
  uint64_t dram;          // booked so far
};

static void lane(Trace *trace, unsigned number, const char *name) {
  text_format(&trace->events,
              ",\n{\"ph\":\"M\",\"pid\":1,\"tid\":%u,\"name\":\"thread_name\",\"args\":{\"name\":\"%s\"}}",
              number, name);
  text_format(
      &trace->events,
      ",\n{\"ph\":\"M\",\"pid\":1,\"tid\":%u,\"name\":\"thread_sort_index\",\"args\":{\"sort_index\":%u}}",
      number, number);
}

Trace *trace_new(Sim *sim) {
  Trace *trace = checked_malloc(sizeof *trace);
  *trace = (Trace){.sim = sim};
  size_t blocks = sim->machine.spm_size / BLOCK + 1;
  trace->blocks = checked_malloc(blocks);
  memset(trace->blocks, 0, blocks);
  text_format(
      &trace->events,
      "{\"displayTimeUnit\":\"ns\",\"otherData\":{\"machine\":\"%s\",\"clock\":\"1 us is 1 cycle\"},\n"
      "\"traceEvents\":[\n{\"ph\":\"M\",\"pid\":1,\"name\":\"process_name\",\"args\":{\"name\":\"kiln %s\"}}",
      sim->machine.name, sim->machine.name);
  for (unsigned i = 0; i < SIM_UNITS; i++)
    lane(trace, i, sim_unit_name(i));
  lane(trace, DMA_LANE, "DMA transfers");
  return trace;
}

void trace_free(Trace *trace) {
  if (!trace)
    return;
  text_free(&trace->events);
  free(trace->blocks);
  free(trace);
}

static bool has_room(Trace *trace) {
  trace->full |= trace->events.count > MOST_BYTES;
  return !trace->full;
}

static void span(Trace *trace, unsigned number, const SimInsn *insn, uint64_t at, uint64_t cycles) {
  if (!has_room(trace))
    return;
  text_format(&trace->events,
              ",\n{\"ph\":\"X\",\"pid\":1,\"tid\":%u,\"ts\":%" PRIu64 ",\"dur\":%" PRIu64
              ",\"name\":\"%s\",\"args\":{\"pc\":\"0x%" PRIx64 "\"}}",
              number, at, cycles ? cycles : 1, isa_insn((IsaOp)insn->op)->mnemonic, insn->pc);
}

static void counter(Trace *trace, const char *name, uint64_t at, double value) {
  if (has_room(trace))
    text_format(&trace->events,
                ",\n{\"ph\":\"C\",\"pid\":1,\"ts\":%" PRIu64 ",\"name\":\"%s\",\"args\":{\"value\":%.6g}}",
                at, name, value);
}

static void occupy(Trace *trace, uint64_t address, uint64_t size) {
  const Machine *machine = &trace->sim->machine;
  if (size == 0 || !machine_in_spm(machine, address, size))
    return;
  uint64_t last = (address + size - 1 - machine->spm_base) / BLOCK;
  for (uint64_t i = (address - machine->spm_base) / BLOCK; i <= last; i++) {
    trace->occupied += !trace->blocks[i];
    trace->blocks[i] = 1;
  }
}

static void note_stores(Trace *trace, const SimEvent *event) {
  for (size_t i = 0; i < event->accesses.count; i++) {
    const SimAccess *access = &event->accesses.data[i];
    for (uint32_t j = 0; access->store && j < access->count; j++)
      occupy(trace, access->address + j * (uint64_t)access->stride, access->size);
  }
  const SimDmaTransfer *what = event->transfer;
  if (!what)
    return;
  for (unsigned i = 0; i < SIM_DMA_DIMENSIONS; i++)
    if (what->dimensions[i].count == 0)
      return;
  SimDmaRun run = sim_dma_first_run(what);
  do
    occupy(trace, run.destination, what->dimensions[0].count);
  while (sim_dma_next_run(what, &run));
}

static void sample(Trace *trace, uint64_t now) {
  uint64_t cycles = now - trace->sampled;
  uint64_t bytes = trace->dram - trace->transfer_dram;
  counter(trace, "caches to DRAM, bytes/cycle", trace->sampled,
          cycles ? (double)(bytes - trace->cache_bytes) / (double)cycles : 0);
  counter(trace, "scratchpad written, bytes", now, (double)(trace->occupied * BLOCK));
  trace->cache_bytes = bytes;
  trace->sampled = now;
}

void trace_step(Trace *trace, const Timing *timing, const SimInsn *insn, const SimEvent *event) {
  const OpInfo *op = &timing->ops[insn->op];
  if (op->queue != QUEUE_NONE) {
    const Queue *queue = &timing->queues[op->queue];
    uint64_t at = queue->started[queue->newest].at;
    span(trace, op->unit + 1U, insn, at, queue->free - at);
  } else if (op->unit == ISA_UNIT_ALU) {
    span(trace, group_unit(timing->group, ISA_UNIT_ALU) - 1U, insn, timing->now, 1);
  } else {
    uint64_t end = timing->unit_free[op->unit].at;
    span(trace, op->unit + 1U, insn, timing->now, end > timing->now ? end - timing->now : 1);
  }
  uint64_t dram = timing->counters->dram_read_bytes + timing->counters->dram_written_bytes;
  if (event->transfer)
    trace->transfer_dram += dram - trace->dram;
  trace->dram = dram;
  note_stores(trace, event);
  if (timing->now >= trace->sampled + SAMPLE)
    sample(trace, timing->now);
}

static uint64_t bytes_of(const SimDmaTransfer *what) {
  uint64_t bytes = 1;
  for (unsigned i = 0; i < SIM_DMA_DIMENSIONS; i++)
    bytes *= what->dimensions[i].count;
  return bytes;
}

void trace_transfer(Trace *trace, const Transfer *transfer) {
  const SimDmaTransfer *what = &transfer->what;
  uint64_t bytes = bytes_of(what);
  if (!has_room(trace))
    return;
  text_format(
      &trace->events,
      ",\n{\"ph\":\"X\",\"pid\":1,\"tid\":%u,\"ts\":%" PRIu64 ",\"dur\":%" PRIu64 ",\"name\":\"%s %" PRIu64
      "\",\"args\":{\"source\":\"0x%" PRIx64 "\",\"destination\":\"0x%" PRIx64 "\",\"bytes\":%" PRIu64
      ",\"started\":%" PRIu64 ",\"streams_from\":%" PRIu64 "}}",
      (unsigned)DMA_LANE, transfer->begin,
      transfer->end > transfer->begin ? transfer->end - transfer->begin : 1, what->fill ? "fill" : "transfer",
      what->id, what->fill ? 0 : what->source, what->destination, bytes, transfer->queued, transfer->stream);
  counter(trace, "DMA, bytes/cycle", transfer->stream,
          transfer->length ? (double)bytes / (double)transfer->length : 0);
  counter(trace, "DMA, bytes/cycle", transfer->end, 0);
}

void trace_finish(Trace *trace, const Timing *timing) {
  for (size_t i = 0; i < timing->transfers.count; i++)
    trace_transfer(trace, &timing->transfers.data[i]);
  sample(trace, timing->now);
}

void sim_trace_json(const Sim *sim, Text *out) {
  const Trace *trace = sim->trace;
  if (!trace)
    return;
  text_append(out, trace->events.data, trace->events.count);
  if (trace->full)
    text_append_string(out, ",\n{\"ph\":\"i\",\"pid\":1,\"tid\":0,\"ts\":0,\"s\":\"g\",\"name\":\"the trace "
                            "is cut: too many events\"}");
  text_append_string(out, "\n]}\n");
}
