// Counts, behind passes, what -stats reports.
#include "target/internal.h"

#include <string.h>

static const struct {
  const char *pass;
  const char *text;
} rows[STATISTIC_COUNT] = {
#define STATISTIC(id, pass, text) [STATISTIC_##id] = {pass, text},
#include "target/statistics.def"
#undef STATISTIC
};

static void count_ir(uint64_t *counts, const Function *f, Statistic operations) {
  for (size_t b = 0; b < f->blocks.count; b++) {
    const IrBlock *block = &f->blocks.data[b];
    counts[operations] += block->count;
    for (uint32_t i = 0; i < block->count; i++)
      counts[STATISTIC_TABLES] += ir_insn(f, block->insns[i])->op == IR_JUMPTABLE;
  }
}

static uint64_t count_mir(const Function *f, unsigned op) {
  uint64_t count = 0;
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *block = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < block->count; i++)
      count += op == MIR_OP_COUNT || block->insns[i].op == op;
  }
  return count;
}

void statistics_count(Target *target, const Function *f, const char *pass) {
  uint64_t *counts = target->statistics, now[STATISTIC_COUNT] = {0};
  if (!target->options->statistics)
    return;
  bool ir = strcmp(pass, "import") == 0 || strcmp(pass, "lower-switch") == 0 || strcmp(pass, "legalize") == 0;
  if (ir) {
    count_ir(now, f, strcmp(pass, "import") == 0 ? STATISTIC_OPERATIONS : STATISTIC_LEGAL_OPERATIONS);
    now[STATISTIC_FUNCTIONS] = 1;
    now[STATISTIC_BLOCKS] = f->blocks.count;
  } else {
    now[STATISTIC_SELECTED] = now[STATISTIC_INSTRUCTIONS] = count_mir(f, MIR_OP_COUNT);
    now[STATISTIC_SPILLS] = count_mir(f, MIR_SPILL);
    now[STATISTIC_RELOADS] = count_mir(f, MIR_RELOAD);
    now[STATISTIC_COPIES] = count_mir(f, MIR_COPY);
    now[STATISTIC_FRAME_BYTES] = f->frame_size;
  }
  for (int i = 0; i < STATISTIC_COUNT; i++)
    if (strcmp(rows[i].pass, pass) == 0)
      counts[i] += now[i];
}

void statistics_report(const Target *target, Text *out) {
  for (int i = 0; i < STATISTIC_COUNT; i++)
    text_format(out, "%10llu %-20s %s\n", (unsigned long long)target->statistics[i], rows[i].pass,
                rows[i].text);
}
