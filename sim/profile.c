// The profile's collection (profile.h); profile_report.c prints it.
#include "sim/profile.h"

#include <inttypes.h>
#include <stdlib.h>

enum { NO_NODE = UINT32_MAX, DEEPEST = 512, SLOT_BITS = 10 };

// A chain of calls: the function, called by the chain `parent`.
typedef struct Node {
  uint64_t low; // the function's addresses
  uint64_t high;
  const char *name;
  uint32_t parent;
  uint32_t child; // the first
  uint32_t next;  // sibling
  uint64_t cycles;
} Node;

struct Profile {
  Sim *sim;
  VEC(ProfileSlot) slots;
  uint32_t *index; // hash table from pc to slot + 1
  size_t index_size;
  VEC(Node) nodes; // node 0 is the root
  VEC(uint32_t) stack;
  uint32_t node;
  uint64_t deeper; // calls beyond DEEPEST, which are not followed
  // What has been accounted for.
  uint64_t cycles;
  uint64_t instructions;
  uint64_t stalls[SIM_STALL_COUNT];
  uint64_t macs;
  uint64_t dram;
  double energy;
  size_t last; // slot of the latest instruction
};

Profile *profile_new(Sim *sim) {
  Profile *profile = checked_malloc(sizeof *profile);
  *profile = (Profile){.sim = sim, .index_size = (size_t)1 << SLOT_BITS};
  profile->index = checked_malloc(profile->index_size * sizeof *profile->index);
  memset(profile->index, 0, profile->index_size * sizeof *profile->index);
  Node root = {.name = sim->name, .parent = NO_NODE, .child = NO_NODE, .next = NO_NODE};
  VEC_PUSH(&profile->nodes, root);
  return profile;
}

void profile_free(Profile *profile) {
  if (!profile)
    return;
  VEC_FREE(&profile->slots);
  VEC_FREE(&profile->nodes);
  VEC_FREE(&profile->stack);
  free(profile->index);
  free(profile);
}

// ---- Instructions

static uint32_t *index_place(Profile *profile, uint64_t pc) {
  size_t i = (pc >> 1) * UINT64_C(0x9e3779b97f4a7c15) >> 20 & (profile->index_size - 1);
  while (profile->index[i] && profile->slots.data[profile->index[i] - 1].pc != pc)
    i = (i + 1) & (profile->index_size - 1);
  return &profile->index[i];
}

static size_t slot_of(Profile *profile, uint64_t pc) {
  uint32_t *place = index_place(profile, pc);
  if (*place)
    return *place - 1;
  if (profile->slots.count * 2 >= profile->index_size) {
    profile->index_size *= 2;
    profile->index = checked_realloc(profile->index, profile->index_size * sizeof *profile->index);
    memset(profile->index, 0, profile->index_size * sizeof *profile->index);
    for (size_t i = 0; i < profile->slots.count; i++)
      *index_place(profile, profile->slots.data[i].pc) = (uint32_t)i + 1;
    place = index_place(profile, pc);
  }
  ProfileSlot slot = {.pc = pc};
  VEC_PUSH(&profile->slots, slot);
  *place = (uint32_t)profile->slots.count;
  return profile->slots.count - 1;
}

// Gives what has changed in the counters to the slot and to the chain of calls.
static void account(Profile *profile, ProfileSlot *slot, uint64_t cycles) {
  const SimCounters *counters = &profile->sim->counters;
  if (cycles != profile->cycles) {
    slot->cycles += cycles - profile->cycles;
    profile->nodes.data[profile->node].cycles += cycles - profile->cycles;
    for (unsigned i = 0; i < SIM_STALL_COUNT; i++)
      slot->stalls[i] += counters->stalls[i] - profile->stalls[i];
    memcpy(profile->stalls, counters->stalls, sizeof profile->stalls);
    profile->cycles = cycles;
  }
  uint64_t macs = counters->macs_int8 + counters->macs_half + counters->macs_float;
  uint64_t dram = counters->dram_read_bytes + counters->dram_written_bytes;
  double energy = sim_energy_at(profile->sim, profile->instructions, cycles);
  slot->macs += macs - profile->macs;
  slot->dram += dram - profile->dram;
  slot->energy += energy - profile->energy;
  profile->macs = macs;
  profile->dram = dram;
  profile->energy = energy;
}

const ProfileSlot *profile_slots(Profile *profile, size_t *count) {
  *count = profile->slots.count;
  return profile->slots.data;
}

// ---- Calls

const SimSymbol *profile_function(const Sim *sim, uint64_t pc) {
  const SimSymbol *nearest = sim_symbol_at(sim, pc);
  // Labels within a function are not functions.
  for (const SimSymbol *symbol = nearest; symbol && symbol >= sim->symbols.data && nearest - symbol < 256;
       symbol--)
    if (symbol->function && pc - symbol->address < symbol->size)
      return symbol;
  return nearest;
}

// The child of `parent` that is the function around `pc`.
static uint32_t node_for(Profile *profile, uint32_t parent, uint64_t pc) {
  const Sim *sim = profile->sim;
  for (uint32_t i = profile->nodes.data[parent].child; i != NO_NODE; i = profile->nodes.data[i].next)
    if (profile->nodes.data[i].low <= pc && pc < profile->nodes.data[i].high)
      return i;
  const SimSymbol *symbol = profile_function(sim, pc);
  Node node = {.low = pc, .high = pc + 1, .name = "[unknown]", .parent = parent, .child = NO_NODE};
  if (symbol) {
    const SimSymbol *end = sim->symbols.data + sim->symbols.count;
    const SimSymbol *after = symbol + 1;
    while (after < end && after->address == symbol->address)
      after++;
    node.name = symbol->name;
    node.low = symbol->address;
    node.high = symbol->size ? symbol->address + symbol->size : after < end ? after->address : UINT64_MAX;
  }
  node.next = profile->nodes.data[parent].child;
  profile->nodes.data[parent].child = (uint32_t)profile->nodes.count;
  VEC_PUSH(&profile->nodes, node);
  return (uint32_t)profile->nodes.count - 1;
}

void profile_enter(Profile *profile, uint64_t pc) {
  profile->stack.count = 0;
  profile->deeper = 0;
  profile->node = node_for(profile, 0, pc);
  profile->last = slot_of(profile, pc);
}

static void call(Profile *profile, uint64_t pc) {
  if (profile->stack.count >= DEEPEST) {
    profile->deeper++;
    return;
  }
  VEC_PUSH(&profile->stack, profile->node);
  const Node *node = &profile->nodes.data[profile->node];
  if (pc < node->low || pc >= node->high) // one that calls itself, or a part of itself, stays one frame
    profile->node = node_for(profile, profile->node, pc);
}

static void give_back(Profile *profile) {
  if (profile->deeper)
    profile->deeper--;
  else if (profile->stack.count)
    profile->node = VEC_POP(&profile->stack);
}

void profile_step(Profile *profile, const SimInsn *insn, uint64_t next_pc, bool trapped) {
  profile->instructions += !trapped;
  profile->last = slot_of(profile, insn->pc);
  ProfileSlot *slot = &profile->slots.data[profile->last];
  slot->count++;
  account(profile, slot, timing_cycles(profile->sim->timing));
  if (trapped)
    return;
  if (profile_is_call(insn)) {
    call(profile, next_pc);
    return;
  }
  if (profile_is_return(insn)) {
    give_back(profile);
    return;
  }
  // On into another function: a tail call.
  const Node *node = &profile->nodes.data[profile->node];
  if ((next_pc < node->low || next_pc >= node->high) && !profile->deeper)
    profile->node = node_for(profile, node->parent == NO_NODE ? 0 : node->parent, next_pc);
}

static int compare_slots(const void *left, const void *right) {
  const ProfileSlot *a = left;
  const ProfileSlot *b = right;
  return a->pc < b->pc ? -1 : a->pc > b->pc;
}

void profile_finish(Profile *profile) {
  if (profile->slots.count == 0)
    return;
  account(profile, &profile->slots.data[profile->last], profile->sim->counters.cycles);
  qsort(profile->slots.data, profile->slots.count, sizeof *profile->slots.data, compare_slots);
  memset(profile->index, 0, profile->index_size * sizeof *profile->index);
  for (size_t i = 0; i < profile->slots.count; i++)
    *index_place(profile, profile->slots.data[i].pc) = (uint32_t)i + 1;
}

// ---- Folded stacks: a line for each chain of calls, "main;f;g cycles"

static void fold(const Profile *profile, uint32_t i, Text *path, Text *out) {
  const Node *node = &profile->nodes.data[i];
  size_t length = path->count;
  if (path->count)
    text_append_char(path, ';');
  text_append_string(path, node->name);
  if (node->cycles)
    text_format(out, "%s %" PRIu64 "\n", text_string(path), node->cycles);
  for (uint32_t child = node->child; child != NO_NODE; child = profile->nodes.data[child].next)
    fold(profile, child, path, out);
  path->count = length;
}

void sim_profile_folded(const Sim *sim, Text *out) {
  if (!sim->profile)
    return;
  Text path = {0};
  const Node *root = &sim->profile->nodes.data[0];
  for (uint32_t child = root->child; child != NO_NODE; child = sim->profile->nodes.data[child].next)
    fold(sim->profile, child, &path, out);
  text_free(&path);
}
