// Saved states of a run (history.h).
#include "sim/history.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct History {
  Sim sim; // its numbers; what it points to is not this one's
  Timing *timing;
  uint8_t *spm;
  VEC(uint64_t) pages; // offsets in DRAM
  uint8_t *contents;   // of these pages, one behind the other
  size_t page;         // bytes
};

// Pages of DRAM that the host has given, in memory or swapped out: bits 63 and 62 of /proc/self/pagemap's
// words.
static bool find_pages(History *history, const SimMemory *memory) {
  int map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (map < 0)
    return false;
  enum { AT_ONCE = 512 };
  uint64_t words[AT_ONCE];
  uint64_t first = (uintptr_t)memory->dram / history->page;
  uint64_t count = memory->dram_size / history->page;
  bool good = true;
  for (uint64_t i = 0; i < count && good; i += AT_ONCE) {
    size_t wanted = (count - i < AT_ONCE ? count - i : AT_ONCE) * sizeof words[0];
    good = pread(map, words, wanted, (off_t)((first + i) * sizeof words[0])) == (ssize_t)wanted;
    for (size_t j = 0; good && j < wanted / sizeof words[0]; j++)
      if (words[j] >> 62) {
        uint64_t offset = (i + j) * history->page;
        VEC_PUSH(&history->pages, offset);
      }
  }
  close(map);
  return good;
}

History *history_take(const Sim *sim) {
  if (sim->profile || sim->trace || sim->regions || sim->checks)
    return NULL;
  const SimMemory *memory = &sim->hart.memory;
  History *history = checked_malloc(sizeof *history);
  *history = (History){.sim = *sim, .page = (size_t)sysconf(_SC_PAGESIZE)};
  if (memory->dram_size % history->page != 0 || !find_pages(history, memory)) {
    history_free(history);
    return NULL;
  }
  history->contents = checked_malloc(history->pages.count * history->page + 1);
  for (size_t i = 0; i < history->pages.count; i++)
    memcpy(history->contents + i * history->page, memory->dram + history->pages.data[i], history->page);
  history->spm = checked_malloc(memory->spm_size);
  memcpy(history->spm, memory->spm, memory->spm_size);
  if (sim->timing)
    history->timing = timing_save(sim->timing);
  return history;
}

void history_restore(Sim *sim, const History *history) {
  const Sim *saved = &history->sim;
  const SimMemory *memory = &sim->hart.memory;
  sim_flush_code(sim);
  sim->hart = saved->hart;
  sim->hart.link = NULL;
  sim->counters = saved->counters;
  sim->exited = saved->exited;
  sim->exit_code = saved->exit_code;
  sim->heap_told = saved->heap_told;
  sim->features_read = saved->features_read;
  sim->semihosting_errno = saved->semihosting_errno;
  memcpy(sim->files, saved->files, sizeof sim->files);
  if (history->timing)
    timing_restore(sim->timing, history->timing);
  // Pages given back are zeros when they are touched again.
  madvise(memory->dram, memory->dram_size, MADV_DONTNEED);
  for (size_t i = 0; i < history->pages.count; i++)
    memcpy(memory->dram + history->pages.data[i], history->contents + i * history->page, history->page);
  memcpy(memory->spm, history->spm, memory->spm_size);
}

void history_free(History *history) {
  if (!history)
    return;
  timing_discard(history->timing);
  VEC_FREE(&history->pages);
  free(history->contents);
  free(history->spm);
  free(history);
}
