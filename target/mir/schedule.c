// Orders the instructions of each block for a machine that issues them in order: those on the longest way to
// the end first, each when its operands are there, within the units that isa/sched.def names. Requires:
// lowered frame. Provides: the same, in another order.
#include "target/internal.h"

#include <string.h>

// A stretch without calls and branches, short enough for sets in one word.
enum { WINDOW = 64 };

typedef struct Node {
  MirInsn insn;
  uint64_t after;   // those that need its result
  uint64_t ordered; // those that must only not come before it
  uint32_t waiting; // instructions it still waits for
  uint32_t latency;
  uint32_t height;
  uint32_t earliest;
  IsaUnit unit;
} Node;

typedef struct Window {
  Target *target;
  Function *f;
  Node nodes[WINDOW];
  unsigned count;
  const MirInsn *end; // the branch behind the window; NULL: there is none
  uint64_t tested;    // nodes whose results it reads
  uint64_t late;      // registers that vector instructions of the function write
} Window;

static bool barrier(unsigned op) {
  if (op >= ISA_OP_COUNT)
    return true;
  const IsaInsnInfo *info = isa_insn((IsaOp)op);
  return (info->flags & (ISA_BRANCH | ISA_JUMP)) ||
         isa_sched((IsaSched)info->sched)->busy == ISA_BUSY_SERIALIZE;
}

// The vector, tile and DMA units have queues of their own: their instructions stay in the order in which they
// were written, and only scalar code moves among them.
static bool is_queued(unsigned op) {
  const IsaInsnInfo *info = isa_insn((IsaOp)op);
  return (info->flags & (ISA_VECTOR | ISA_WHOLE)) || info->sched == ISA_SCHED_VSET ||
         info->extension == ISA_EXT_XKILNTILE || info->extension == ISA_EXT_XKILNDMA;
}

// What DMA instructions order: everything in memory.
static uint32_t memory_flags(unsigned op) {
  const IsaInsnInfo *info = isa_insn((IsaOp)op);
  return info->flags | (info->extension == ISA_EXT_XKILNDMA ? ISA_STORE : 0);
}

// Scalar registers that get what the vector unit has found: whoever reads one at the start of a block
// probably waits for what was asked for just before it, in the round before of a loop.
static uint64_t find_late(const Function *f) {
  uint64_t late = 0;
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++) {
      const MirInsn *insn = &b->insns[i];
      if (insn->op >= ISA_OP_COUNT || !(isa_insn((IsaOp)insn->op)->flags & ISA_VECTOR) || !insn->count ||
          isa_insn((IsaOp)insn->op)->sched == ISA_SCHED_VSET || mir_role(f, insn, 0) != ISA_ROLE_DEF)
        continue;
      uint32_t written = mir_operands(f, insn)[0].value;
      if (written < MIR_FIRST_VR && written != REG_ZERO)
        late |= UINT64_C(1) << written;
    }
  }
  return late;
}

static void add_edge(Window *w, unsigned from, unsigned to, bool data) {
  uint64_t bit = UINT64_C(1) << to;
  Node *node = &w->nodes[from];
  w->nodes[to].waiting += !((node->after | node->ordered) & bit);
  if (data)
    node->after |= bit;
  else
    node->ordered |= bit;
}

static void find_tested(Window *w, const int *writer) {
  w->tested = 0;
  for (uint32_t k = 0; w->end && k < w->end->count; k++) {
    const MirOperand *o = &mir_operands(w->f, w->end)[k];
    if (o->kind == MIR_REG && mir_reads(mir_role(w->f, w->end, k)) && o->value < MIR_FIRST_VR &&
        writer[o->value] >= 0)
      w->tested |= UINT64_C(1) << writer[o->value];
  }
}

// Registers and memory, followed from the first instruction to the last.
static void find_dependences(Window *w) {
  const Machine *machine = w->target->machine;
  int writer[MIR_FIRST_VR], last_store = -1, last_queued = -1;
  uint64_t readers[MIR_FIRST_VR] = {0}, loads = 0;
  memset(writer, -1, sizeof writer);
  for (unsigned i = 0; i < w->count; i++) {
    const MirInsn *insn = &w->nodes[i].insn;
    const MirOperand *o = mir_operands(w->f, insn);
    for (uint32_t k = 0; k < insn->count; k++) {
      if (!mir_reads(mir_role(w->f, insn, k)) || o[k].value == REG_ZERO || o[k].value >= MIR_FIRST_VR)
        continue;
      if (writer[o[k].value] >= 0)
        add_edge(w, (unsigned)writer[o[k].value], i, true);
      else if (w->late >> o[k].value & 1)
        w->nodes[i].earliest = (uint32_t)(machine->valu_latency + machine->valu_reduction);
      readers[o[k].value] |= UINT64_C(1) << i;
    }
    for (uint32_t k = 0; k < insn->count; k++) {
      if (!mir_writes(mir_role(w->f, insn, k)) || o[k].value == REG_ZERO || o[k].value >= MIR_FIRST_VR)
        continue;
      uint64_t before = readers[o[k].value] & ~(UINT64_C(1) << i);
      if (writer[o[k].value] >= 0)
        add_edge(w, (unsigned)writer[o[k].value], i, false);
      for (; before; before &= before - 1)
        add_edge(w, (unsigned)__builtin_ctzll(before), i, false);
      writer[o[k].value] = (int)i;
      readers[o[k].value] = 0;
    }
    uint32_t flags = memory_flags(insn->op);
    if (is_queued(insn->op)) {
      if (last_queued >= 0)
        add_edge(w, (unsigned)last_queued, i, false);
      last_queued = (int)i;
    }
    if (insn->marks & MIR_VOLATILE)
      flags |= ISA_STORE; // these keep their order
    if (insn->count && mir_role(w->f, insn, 0) == ISA_ROLE_DEF && o[0].value == REG_SP)
      flags |= ISA_STORE; // what lies below the stack pointer is not to be accessed
    if ((flags & (ISA_LOAD | ISA_STORE)) && last_store >= 0)
      add_edge(w, (unsigned)last_store, i, false);
    if (flags & ISA_STORE) {
      for (; loads; loads &= loads - 1)
        add_edge(w, (unsigned)__builtin_ctzll(loads), i, false);
      last_store = (int)i;
    } else if (flags & ISA_LOAD) {
      loads |= UINT64_C(1) << i;
    }
  }
  find_tested(w, writer);
}

static void find_heights(Window *w) {
  for (unsigned i = w->count; i-- > 0;) {
    Node *node = &w->nodes[i];
    node->height = node->latency + (w->tested >> i & 1); // the branch waits for it
    for (uint64_t s = node->after; s; s &= s - 1) {
      uint32_t height = w->nodes[__builtin_ctzll(s)].height + node->latency;
      node->height = height > node->height ? height : node->height;
    }
    for (uint64_t s = node->ordered & ~node->after; s; s &= s - 1) {
      uint32_t height = w->nodes[__builtin_ctzll(s)].height;
      node->height = height > node->height ? height : node->height;
    }
  }
}

// Returns those nodes that waited for this one alone.
static uint64_t release(Window *w, unsigned i, uint32_t cycle) {
  Node *node = &w->nodes[i];
  uint64_t released = 0;
  for (uint64_t s = node->after | node->ordered; s; s &= s - 1) {
    unsigned n = (unsigned)__builtin_ctzll(s);
    uint32_t when = cycle + (node->after >> n & 1 ? node->latency : 0);
    released |= (uint64_t)(--w->nodes[n].waiting == 0) << n;
    w->nodes[n].earliest = when > w->nodes[n].earliest ? when : w->nodes[n].earliest;
  }
  return released;
}

// A group of any length, as its operands do not say.
static bool loads_group(const Node *node) {
  return node->unit == ISA_UNIT_LOAD && isa_insn((IsaOp)node->insn.op)->flags & ISA_VECTOR;
}

// A group that is loaded keeps the port for a cycle a register, so scalars are loaded before it.
static bool is_sooner(const Node *a, const Node *b) {
  if (a->unit == ISA_UNIT_LOAD && b->unit == ISA_UNIT_LOAD && loads_group(a) != loads_group(b))
    return loads_group(b);
  return a->height > b->height;
}

// Fills `order` with the nodes in the order of issue.
static void issue(Window *w, unsigned *order) {
  uint64_t ready = 0; // nodes that wait for no other
  unsigned done = 0;
  for (unsigned i = 0; i < w->count; i++)
    ready |= (uint64_t)(w->nodes[i].waiting == 0) << i;
  for (uint32_t cycle = 0; ready; cycle++) {
    unsigned used[ISA_UNIT_COUNT] = {0};
    for (unsigned slot = 0; slot < w->target->machine->issue_width; slot++) {
      int best = -1;
      for (uint64_t n = ready; n; n &= n - 1) {
        int i = __builtin_ctzll(n);
        const Node *node = &w->nodes[i];
        unsigned limit = node->unit == ISA_UNIT_ALU ? 2 : 1;
        bool can = node->earliest <= cycle && used[node->unit] < limit;
        if (can && (best < 0 || is_sooner(node, &w->nodes[best])))
          best = i;
      }
      if (best < 0)
        break;
      used[w->nodes[best].unit]++;
      ready &= ~(UINT64_C(1) << best);
      order[done++] = (unsigned)best;
      ready |= release(w, (unsigned)best, cycle);
    }
  }
}

static void schedule_window(Window *w, MirInsn *insns) {
  unsigned order[WINDOW];
  if (w->count > 2) {
    find_dependences(w);
    find_heights(w);
    issue(w, order);
    for (unsigned i = 0; i < w->count; i++)
      insns[i] = w->nodes[order[i]].insn;
  }
  w->count = 0;
}

bool schedule_instructions(Target *target, Function *f) {
  Window w = {.target = target, .f = f, .late = find_late(f)};
  for (size_t k = 0; k < f->layout.count; k++) {
    MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++) {
      MirInsn insn = b->insns[i];
      bool ends = barrier(insn.op);
      if (!ends) {
        IsaSched sched = (IsaSched)isa_insn((IsaOp)insn.op)->sched;
        w.nodes[w.count++] = (Node){.insn = insn,
                                    .latency = (uint32_t)isa_latency(target->machine, sched),
                                    .unit = isa_sched(sched)->unit};
      }
      w.end = ends && insn.op < ISA_OP_COUNT && isa_insn((IsaOp)insn.op)->flags & ISA_BRANCH ? &insn : NULL;
      if (ends)
        schedule_window(&w, b->insns + i - w.count);
      else if (w.count == WINDOW || i + 1 == b->count)
        schedule_window(&w, b->insns + i + 1 - w.count);
    }
  }
  return true;
}
