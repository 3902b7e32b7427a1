// Time of DMA transfers. They stream one after the other; the set-up of one begins when the one before it has
// streamed, the DRAM latency of its first read runs from its start on and hides behind those before it.
#include "sim/timing.h"
#include "sim/trace.h"

// Beats and scratchpad cycles of all runs of one side.
typedef struct Side {
  uint64_t dram; // beats
  uint64_t spm;  // cycles under the lane rule
} Side;

static void add_run(const Timing *timing, Side *side, uint64_t address, uint64_t size) {
  const Machine *machine = timing->machine;
  if (machine_in_spm(machine, address, size)) {
    uint64_t words = (address + size - 1) / 4 - address / 4 + 1;
    side->spm += divide_up(words, machine->dma_spm_words);
  } else {
    uint64_t beat = machine->dram_bandwidth;
    side->dram += (address + size - 1) / beat - address / beat + 1;
  }
}

static bool empty(const SimDmaTransfer *what) {
  for (unsigned i = 0; i < SIM_DMA_DIMENSIONS; i++)
    if (what->dimensions[i].count == 0)
      return true;
  return false;
}

// Adds up both sides; DRAM lines in the data cache are written back (source) or dropped (destination).
static void measure(Timing *timing, Transfer *transfer) {
  const SimDmaTransfer *what = &transfer->what;
  Side source = {0};
  Side destination = {0};
  uint64_t size = what->dimensions[0].count;
  uint64_t bytes = 0;
  uint64_t cleaned = 0;
  SimDmaRun runs = sim_dma_first_run(what);
  if (empty(what))
    return;
  do {
    if (!what->fill) {
      add_run(timing, &source, runs.source, size);
      cleaned += timing_cache_clean(timing, runs.source, size, false);
    }
    add_run(timing, &destination, runs.destination, size);
    cleaned += timing_cache_clean(timing, runs.destination, size, true);
    bytes += size;
  } while (sim_dma_next_run(what, &runs));
  uint64_t beat = timing->machine->dram_bandwidth;
  SimCounters *counters = timing->counters;
  counters->dma_bytes += bytes;
  counters->dram_read_bytes += source.dram * beat;
  counters->dram_written_bytes += destination.dram * beat;
  if (source.spm)
    counters->dma_spm_bytes += bytes;
  if (destination.spm)
    counters->dma_spm_bytes += bytes;
  uint64_t spm = source.spm + destination.spm;
  uint64_t dram = source.dram + destination.dram + cleaned * divide_up(timing->machine->cache_line, beat);
  transfer->length = spm > dram ? spm : dram;
  transfer->spm_slack = transfer->length - spm;
  transfer->dram_slack = transfer->length - dram;
  transfer->latency = source.dram ? timing->machine->dram_latency : 0;
}

// Recomputes the times of the transfers from the i-th on.
static void schedule(Timing *timing, size_t i) {
  const uint64_t setup = timing->machine->dma_start;
  for (; i < timing->transfers.count; i++) {
    Transfer *transfer = &timing->transfers.data[i];
    uint64_t before = i ? timing->transfers.data[i - 1].end : timing->transfers_end;
    transfer->begin = transfer->queued > before ? transfer->queued : before;
    uint64_t asked = transfer->queued + setup + transfer->latency;
    transfer->stream = transfer->begin + setup > asked ? transfer->begin + setup : asked;
    transfer->end = transfer->stream + transfer->length;
  }
}

// Forgets transfers that ended before `at`; nothing can change them any more.
static void retire(Timing *timing, uint64_t at) {
  size_t gone = 0;
  while (gone < timing->transfers.count && timing->transfers.data[gone].end <= at) {
    if (timing->trace)
      trace_transfer(timing->trace, &timing->transfers.data[gone]);
    timing->transfers_end = timing->transfers.data[gone++].end;
  }
  if (gone == 0)
    return;
  timing->transfers.count -= gone;
  memmove(timing->transfers.data, timing->transfers.data + gone, timing->transfers.count * sizeof(Transfer));
}

void timing_dma_start(Timing *timing, const SimDmaTransfer *what, uint64_t at) {
  retire(timing, at);
  Transfer transfer = {.id = what->id, .queued = at, .what = *what};
  measure(timing, &transfer);
  VEC_PUSH(&timing->transfers, transfer);
  schedule(timing, timing->transfers.count - 1);
  timing->counters->dma_transfers++;
  timing->counters->unit_busy[1 + ISA_UNIT_DMA] += timing->machine->dma_start + transfer.length;
}

uint64_t timing_dma_room(const Timing *timing) {
  uint64_t depth = timing->machine->dma_queue;
  size_t count = timing->transfers.count;
  return count < depth ? 0 : timing->transfers.data[count - depth].begin;
}

uint64_t timing_dma_end(const Timing *timing, uint64_t id) {
  for (size_t i = 0; i < timing->transfers.count; i++)
    if (timing->transfers.data[i].id == id)
      return timing->transfers.data[i].end;
  return 0;
}

static Transfer *streaming_at(Timing *timing, uint64_t at, size_t *index) {
  for (size_t i = 0; i < timing->transfers.count; i++) {
    Transfer *transfer = &timing->transfers.data[i];
    if (at < transfer->stream)
      return NULL;
    if (at < transfer->end) {
      *index = i;
      return transfer;
    }
  }
  return NULL;
}

// The run a transfer is at, when it streams evenly.
static SimDmaRun position(const Transfer *transfer, uint64_t at) {
  const SimDmaTransfer *what = &transfer->what;
  uint64_t count = 1;
  for (unsigned i = 1; i < SIM_DMA_DIMENSIONS; i++)
    count *= what->dimensions[i].count;
  uint64_t number = (uint64_t)((unsigned __int128)count * (at - transfer->stream) / transfer->length);
  uint64_t within = (uint64_t)((unsigned __int128)count * (at - transfer->stream) % transfer->length *
                               what->dimensions[0].count / transfer->length);
  SimDmaRun runs = {.source = what->source + within, .destination = what->destination + within};
  for (unsigned i = 1; i < SIM_DMA_DIMENSIONS; i++) {
    const SimDmaDimension *dimension = &what->dimensions[i];
    uint64_t index = number % dimension->count;
    number /= dimension->count;
    runs.source += index * (uint64_t)dimension->source_stride;
    runs.destination += index * (uint64_t)dimension->destination_stride;
  }
  return runs;
}

static bool in_bank(const Timing *timing, uint64_t address, unsigned bank) {
  return machine_in_spm(timing->machine, address, 1) && timing_bank(timing->machine, address) == bank;
}

// Takes `cycles` from the transfer's slack; what is missing lengthens it.
static void yield(Timing *timing, size_t i, uint64_t *slack, uint64_t cycles) {
  if (cycles <= *slack) {
    *slack -= cycles;
    return;
  }
  Transfer *transfer = &timing->transfers.data[i];
  uint64_t longer = cycles - *slack;
  transfer->length += longer;
  transfer->spm_slack += longer;
  transfer->dram_slack += longer;
  *slack = 0;
  schedule(timing, i);
}

void timing_dma_yield_bank(Timing *timing, unsigned bank, uint64_t at, uint64_t cycles) {
  size_t i;
  Transfer *transfer = streaming_at(timing, at, &i);
  if (!transfer)
    return;
  SimDmaRun runs = position(transfer, at);
  if (in_bank(timing, runs.destination, bank) || (!transfer->what.fill && in_bank(timing, runs.source, bank)))
    yield(timing, i, &transfer->spm_slack, cycles);
}

void timing_dma_yield_dram(Timing *timing, uint64_t at, uint64_t cycles) {
  size_t i;
  Transfer *transfer = streaming_at(timing, at, &i);
  if (transfer && transfer->length > transfer->dram_slack)
    yield(timing, i, &transfer->dram_slack, cycles);
}
