// The profile as text: functions, source lines, instructions, each with cycles, stalls by reason and energy.
#include "sim/profile.h"

#include <inttypes.h>
#include <stdlib.h>

enum { MOST_LINES = 40 };

// A function's or a source line's share.
typedef struct Share {
  const char *name;
  unsigned line; // 0: a function
  ProfileSlot sum;
} Share;

typedef struct Shares {
  Share *data;
  size_t count;
  size_t capacity;
} Shares;

static void add(ProfileSlot *sum, const ProfileSlot *slot) {
  sum->count += slot->count;
  sum->cycles += slot->cycles;
  for (unsigned i = 0; i < SIM_STALL_COUNT; i++)
    sum->stalls[i] += slot->stalls[i];
  sum->macs += slot->macs;
  sum->dram += slot->dram;
  sum->energy += slot->energy;
}

static int compare_names(const void *left, const void *right) {
  const Share *a = left;
  const Share *b = right;
  int order = strcmp(a->name, b->name);
  return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int compare_cycles(const void *left, const void *right) {
  const Share *a = left;
  const Share *b = right;
  if (a->sum.cycles != b->sum.cycles)
    return a->sum.cycles < b->sum.cycles ? 1 : -1;
  return compare_names(left, right);
}

// Adds up those of the same name and line, the largest first.
static void gather(Shares *shares) {
  if (shares->count == 0)
    return;
  qsort(shares->data, shares->count, sizeof *shares->data, compare_names);
  size_t kept = 0;
  for (size_t i = 1; i < shares->count; i++) {
    if (compare_names(&shares->data[kept], &shares->data[i]) == 0)
      add(&shares->data[kept].sum, &shares->data[i].sum);
    else
      shares->data[++kept] = shares->data[i];
  }
  shares->count = kept + 1;
  qsort(shares->data, shares->count, sizeof *shares->data, compare_cycles);
}

static const char *function_name(const Sim *sim, uint64_t pc) {
  const SimSymbol *function = profile_function(sim, pc);
  return function ? function->name : "[unknown]";
}

static Shares by_function(const Sim *sim, const ProfileSlot *slots, size_t count) {
  Shares shares = {0};
  for (size_t i = 0; i < count; i++) {
    Share share = {function_name(sim, slots[i].pc), 0, slots[i]};
    VEC_PUSH(&shares, share);
  }
  gather(&shares);
  return shares;
}

static Shares by_line(const Sim *sim, const ProfileSlot *slots, size_t count) {
  Shares shares = {0};
  for (size_t i = 0; i < count; i++) {
    const SimLine *line = sim_line_at(sim, slots[i].pc);
    if (!line)
      continue;
    Share share = {line->file, line->line, slots[i]};
    VEC_PUSH(&shares, share);
  }
  gather(&shares);
  return shares;
}

static void print_numbers(const Sim *sim, const ProfileSlot *sum, Text *out) {
  uint64_t total = sim->counters.cycles ? sim->counters.cycles : 1;
  text_format(out, "%6.2f %12" PRIu64 " %12" PRIu64 " %11.3f  ", 100 * (double)sum->cycles / (double)total,
              sum->cycles, sum->count, sum->energy / 1000);
}

static void print_stalls(const ProfileSlot *sum, Text *out) {
  for (unsigned i = 0; i < SIM_STALL_COUNT; i++)
    if (sum->stalls[i] && i != SIM_STALL_ISSUE)
      text_format(out, " %s %" PRIu64, sim_stall_name((SimStall)i), sum->stalls[i]);
}

static void print_shares(const Sim *sim, const Shares *shares, size_t most, Text *out) {
  for (size_t i = 0; i < shares->count && i < most; i++) {
    const Share *share = &shares->data[i];
    print_numbers(sim, &share->sum, out);
    text_append_string(out, share->name);
    if (share->line)
      text_format(out, ":%u", share->line);
    text_append_string(out, "  ");
    print_stalls(&share->sum, out);
    text_append_char(out, '\n');
  }
}

static const char *const heading = "%cycles       cycles        count          nJ   ";

static void print_instructions(const Sim *sim, const ProfileSlot *slots, size_t count, Text *out) {
  const char *function = NULL;
  for (size_t i = 0; i < count; i++) {
    const char *name = function_name(sim, slots[i].pc);
    if (!function || strcmp(name, function) != 0)
      text_format(out, "%s:\n", name);
    function = name;
    print_numbers(sim, &slots[i], out);
    text_format(out, "%8" PRIx64 "  ", slots[i].pc);
    size_t begin = out->count;
    sim_disassemble(sim, slots[i].pc, out);
    while (out->count < begin + 36)
      text_append_char(out, ' ');
    print_stalls(&slots[i], out);
    text_append_char(out, '\n');
  }
}

void sim_profile_text(const Sim *sim, Text *out) {
  if (!sim->profile)
    return;
  size_t count;
  const ProfileSlot *slots = profile_slots(sim->profile, &count);
  Shares functions = by_function(sim, slots, count);
  text_format(out, "functions\n%sfunction   stall cycles by reason\n", heading);
  print_shares(sim, &functions, functions.count, out);
  VEC_FREE(&functions);
  Shares lines = by_line(sim, slots, count);
  if (lines.count) {
    text_format(out, "source lines%s\n%sline   stall cycles by reason\n",
                lines.count > MOST_LINES ? ", those with the most cycles" : "", heading);
    print_shares(sim, &lines, MOST_LINES, out);
  }
  VEC_FREE(&lines);
  text_format(out, "instructions\n%saddress   stall cycles by reason\n", heading);
  print_instructions(sim, slots, count, out);
}

// ---- As JSON

static void json_numbers(const ProfileSlot *sum, Text *out) {
  text_format(out,
              "\"cycles\": %" PRIu64 ", \"count\": %" PRIu64 ", \"macs\": %" PRIu64
              ", \"dram_bytes\": %" PRIu64 ", \"energy_estimate_pj\": %.6g, \"stall_cycles\": {",
              sum->cycles, sum->count, sum->macs, sum->dram, sum->energy);
  bool first = true;
  for (unsigned i = 0; i < SIM_STALL_COUNT; i++) {
    if (!sum->stalls[i])
      continue;
    text_format(out, "%s\"%s\": %" PRIu64, first ? "" : ", ", sim_stall_name((SimStall)i), sum->stalls[i]);
    first = false;
  }
  text_append_string(out, "}}");
}

static void json_shares(const Shares *shares, const char *what, Text *out) {
  text_format(out, "\"%s\": [", what);
  for (size_t i = 0; i < shares->count; i++) {
    const Share *share = &shares->data[i];
    text_append_string(out, i ? ",\n{" : "\n{");
    text_append_string(out, share->line ? "\"file\": " : "\"name\": ");
    text_append_json(out, share->name);
    if (share->line)
      text_format(out, ", \"line\": %u", share->line);
    text_append_string(out, ", ");
    json_numbers(&share->sum, out);
  }
  text_append_string(out, "],\n");
}

static void json_instruction(const Sim *sim, const ProfileSlot *slot, Text *out) {
  Text printed = {0};
  sim_disassemble(sim, slot->pc, &printed);
  text_format(out, "{\"address\": \"0x%" PRIx64 "\", \"function\": ", slot->pc);
  text_append_json(out, function_name(sim, slot->pc));
  const SimLine *line = sim_line_at(sim, slot->pc);
  if (line) {
    text_append_string(out, ", \"file\": ");
    text_append_json(out, line->file);
    text_format(out, ", \"line\": %u", line->line);
  }
  text_append_string(out, ", \"text\": ");
  text_append_json(out, text_string(&printed));
  text_append_string(out, ", ");
  json_numbers(slot, out);
  text_free(&printed);
}

void sim_profile_json(const Sim *sim, Text *out) {
  if (!sim->profile)
    return;
  size_t count;
  const ProfileSlot *slots = profile_slots(sim->profile, &count);
  text_format(out, "{\"cycles\": %" PRIu64 ",\n", sim->counters.cycles);
  Shares functions = by_function(sim, slots, count);
  json_shares(&functions, "functions", out);
  VEC_FREE(&functions);
  Shares lines = by_line(sim, slots, count);
  json_shares(&lines, "lines", out);
  VEC_FREE(&lines);
  text_append_string(out, "\"instructions\": [");
  for (size_t i = 0; i < count; i++) {
    text_append_string(out, i ? ",\n" : "\n");
    json_instruction(sim, &slots[i], out);
  }
  text_append_string(out, "]}\n");
}
