// Orders the instructions of each block before registers are assigned, so that long latencies lie behind
// other work: afterwards the reuse of registers ties instructions to their places. Those on the longest way
// to the end go first while registers are plenty; when they get short, those that end more values than they
// begin. Requires: the machine form on virtual registers. Provides: the same, in another order.
#include "target/registers/regalloc.h"

enum { WINDOW = 256, CLASSES = 2, NO_NODE = -1 };

// How many values may be live in a class of registers before the order cares for that first. Outside of loops
// every register that calls keep costs a save and a restore, so fewer are taken there.
enum {
  PLENTY_IN_LOOPS = 22,
  PLENTY_ELSEWHERE = 12,
  PLENTY_MORE = 6,
  PLENTY_AT_MOST = 24,
  PASSING_AT_MOST = 8
};

typedef struct Edge {
  uint32_t to;
  uint32_t latency;
  uint32_t next; // of the same node; UINT32_MAX ends
} Edge;

typedef struct Node {
  MirInsn insn;
  uint32_t edges;
  uint32_t waiting; // instructions it still waits for
  uint32_t latency;
  uint32_t height; // cycles from its issue to the end of the window
  uint32_t earliest;
  IsaUnit unit;
  bool done;
  // The virtual registers that it names, those that it reads first.
  uint8_t reads;
  uint8_t count;
  uint32_t names[ISA_MAX_OPERANDS];
} Node;

typedef struct Window {
  Target *target;
  Function *f;
  Node nodes[WINDOW];
  unsigned count;
  const MirInsn *end; // behind the window; NULL: the block ends
  VEC(Edge) edges;
  // By virtual register.
  uint32_t *partner; // the register that a copy somewhere gives this one to, as a phi's; 0: none
  int *writer;       // node in the window
  uint32_t *readers; // list of edges to nowhere: nodes that read it since it was written
  uint32_t *uses;    // reads in the window that are still to come
  uint32_t *live;    // the block's stamp: live behind the window, and while that is ordered: now
  uint32_t stamp;
  bool *kept;     // live behind the window
  uint32_t *seen; // the round of counting that met it
  uint32_t round;
  unsigned pressure[CLASSES];
  unsigned plenty;
} Window;

static bool is_virtual(const MirOperand *o) {
  return o->kind == MIR_REG && o->value >= MIR_FIRST_VIRTUAL;
}

static uint32_t index_of(const MirOperand *o) {
  return (uint32_t)o->value - MIR_FIRST_VIRTUAL;
}

static unsigned class_of(const Window *w, uint32_t v) {
  return w->f->classes.data[v] != 0;
}

static bool scalar_unit(IsaUnit unit) {
  return unit == ISA_UNIT_ALU || unit == ISA_UNIT_MUL || unit == ISA_UNIT_DIV || unit == ISA_UNIT_FPU ||
         unit == ISA_UNIT_LOAD || unit == ISA_UNIT_STORE;
}

// Only plain scalar instructions on virtual registers move. Vector and tile code keeps the order of whoever
// made it, copies stay where phis want them.
static bool movable(const Function *f, const MirInsn *insn) {
  if (insn->op >= ISA_OP_COUNT) {
    if (insn->op != MIR_LI && insn->op != MIR_LA && insn->op != MIR_HIGH && insn->op != MIR_LSLOT)
      return false;
  } else {
    const IsaInsnInfo *info = isa_insn((IsaOp)insn->op);
    IsaSched sched = (IsaSched)info->sched;
    if ((info->flags & (ISA_BRANCH | ISA_JUMP)) || isa_sched(sched)->busy == ISA_BUSY_SERIALIZE ||
        !scalar_unit(isa_sched(sched)->unit) || sched == ISA_SCHED_VLOAD || sched == ISA_SCHED_VSTORE ||
        sched == ISA_SCHED_VSET || sched == ISA_SCHED_ATOMIC || info->extension == ISA_EXT_XKILNTILE)
      return false;
  }
  const MirOperand *o = mir_operands(f, insn);
  for (uint32_t i = 0; i < insn->count; i++)
    if (o[i].kind == MIR_REG && o[i].value < MIR_FIRST_VIRTUAL && o[i].value != REG_ZERO)
      return false;
  return true;
}

static void add_edge(Window *w, int from, unsigned to, uint32_t latency) {
  if (from < 0 || (unsigned)from == to)
    return;
  Edge edge = {to, latency, w->nodes[from].edges};
  VEC_PUSH(&w->edges, edge);
  w->nodes[from].edges = (uint32_t)w->edges.count - 1;
  w->nodes[to].waiting++;
}

static void add_reader(Window *w, uint32_t v, unsigned node) {
  Edge edge = {node, 0, w->readers[v]};
  VEC_PUSH(&w->edges, edge);
  w->readers[v] = (uint32_t)w->edges.count - 1;
}

static void after_readers(Window *w, uint32_t v, unsigned node) {
  for (uint32_t r = w->readers[v]; r != UINT32_MAX; r = w->edges.data[r].next)
    add_edge(w, (int)w->edges.data[r].to, node, 0);
}

// Fills in what the instruction names.
static void find_names(const Function *f, Node *node) {
  const MirOperand *o = mir_operands(f, &node->insn);
  uint32_t written[ISA_MAX_OPERANDS];
  unsigned writes = 0;
  for (uint32_t k = 0; k < node->insn.count; k++) {
    if (!is_virtual(&o[k]))
      continue;
    if (mir_role(f, &node->insn, k) == ISA_ROLE_DEF)
      written[writes++] = index_of(&o[k]);
    else
      node->names[node->reads++] = index_of(&o[k]);
  }
  node->count = node->reads;
  for (unsigned k = 0; k < writes; k++)
    node->names[node->count++] = written[k];
}

static void order_registers(Window *w, unsigned i) {
  const Node *node = &w->nodes[i];
  for (unsigned k = 0; k < node->reads; k++) {
    uint32_t v = node->names[k];
    if (w->writer[v] != NO_NODE)
      add_edge(w, w->writer[v], i, w->nodes[w->writer[v]].latency);
    add_reader(w, v, i);
    w->uses[v]++;
  }
  for (unsigned k = node->reads; k < node->count; k++) {
    uint32_t v = node->names[k];
    add_edge(w, w->writer[v], i, 1);
    after_readers(w, v, i);
    // The next value of a phi takes the register of the one before only if all is done with that.
    if (w->partner[v])
      after_readers(w, w->partner[v] - 1, i);
    w->writer[v] = (int)i;
    w->readers[v] = UINT32_MAX;
  }
}

static unsigned access_bytes(unsigned op) {
  switch (op) {
  case ISA_LB:
  case ISA_LBU:
  case ISA_SB:
    return 1;
  case ISA_LH:
  case ISA_LHU:
  case ISA_SH:
  case ISA_FLH:
  case ISA_FSH:
    return 2;
  case ISA_LW:
  case ISA_LWU:
  case ISA_SW:
  case ISA_FLW:
  case ISA_FSW:
    return 4;
  default:
    return 8;
  }
}

// Register, displacement, address: the same unchanged register and places that are apart.
static bool apart(const Window *w, unsigned later, unsigned earlier) {
  const Node *x = &w->nodes[later], *y = &w->nodes[earlier];
  const MirOperand *a = mir_operands(w->f, &x->insn), *b = mir_operands(w->f, &y->insn);
  if (x->insn.count != 3 || y->insn.count != 3 || !is_virtual(&a[2]) || !is_virtual(&b[2]) ||
      a[2].value != b[2].value || a[1].kind != MIR_IMM || b[1].kind != MIR_IMM ||
      w->writer[index_of(&a[2])] >= (int)earlier)
    return false;
  return a[1].value + (int)access_bytes(x->insn.op) <= b[1].value ||
         b[1].value + (int)access_bytes(y->insn.op) <= a[1].value;
}

// Every access behind every store, and every store behind every access, that it may meet.
static void order_memory(Window *w) {
  unsigned accesses[WINDOW], count = 0;
  uint32_t flags[WINDOW];
  for (unsigned i = 0; i < w->count; i++) {
    uint32_t mine = w->nodes[i].insn.op < ISA_OP_COUNT ? isa_insn((IsaOp)w->nodes[i].insn.op)->flags : 0;
    if (!(mine & (ISA_LOAD | ISA_STORE)))
      continue;
    uint32_t marks = w->nodes[i].insn.marks;
    for (unsigned k = count; k-- > 0;)
      if ((marks & w->nodes[accesses[k]].insn.marks & MIR_VOLATILE) ||
          (((mine | flags[k]) & ISA_STORE) && !apart(w, i, accesses[k])))
        add_edge(w, (int)accesses[k], i, 0);
    accesses[count] = i;
    flags[count++] = mine;
  }
}

// A branch waits for what it reads.
static void find_tested(Window *w) {
  if (!w->end || w->end->op >= ISA_OP_COUNT || !(isa_insn((IsaOp)w->end->op)->flags & ISA_BRANCH))
    return;
  const MirOperand *o = mir_operands(w->f, w->end);
  for (uint32_t k = 0; k < w->end->count; k++)
    if (is_virtual(&o[k]) && w->writer[index_of(&o[k])] != NO_NODE)
      w->nodes[w->writer[index_of(&o[k])]].height = 1;
}

static void find_heights(Window *w) {
  find_tested(w);
  for (unsigned i = w->count; i-- > 0;) {
    Node *node = &w->nodes[i];
    node->height += node->latency;
    for (uint32_t e = node->edges; e != UINT32_MAX; e = w->edges.data[e].next) {
      uint32_t height = w->nodes[w->edges.data[e].to].height + w->edges.data[e].latency;
      node->height = height > node->height ? height : node->height;
    }
  }
}

// How many more values of a class are live behind a node than before it.
static int growth(const Window *w, const Node *node, unsigned class) {
  int change = 0;
  for (unsigned k = 0; k < node->count; k++) {
    uint32_t v = node->names[k];
    if (class_of(w, v) != class)
      continue;
    if (k >= node->reads)
      change += w->live[v] != w->stamp;
    else
      change -= w->uses[v] == 1 && !w->kept[v];
  }
  return change;
}

static void issue_node(Window *w, Node *node, uint32_t cycle) {
  for (unsigned class = 0; class < CLASSES; class++)
    w->pressure[class] = (unsigned)((int)w->pressure[class] + growth(w, node, class));
  for (unsigned k = 0; k < node->count; k++) {
    uint32_t v = node->names[k];
    if (k >= node->reads)
      w->live[v] = w->stamp;
    else if (--w->uses[v] == 0 && !w->kept[v])
      w->live[v] = 0;
  }
  node->done = true;
  for (uint32_t e = node->edges; e != UINT32_MAX; e = w->edges.data[e].next) {
    Node *to = &w->nodes[w->edges.data[e].to];
    uint32_t when = cycle + w->edges.data[e].latency;
    to->waiting--;
    to->earliest = when > to->earliest ? when : to->earliest;
  }
}

// Whether x goes before y; both may be issued. Equal ones keep their order.
static bool better(const Window *w, const Node *x, const Node *y, int scarce) {
  if (scarce >= 0) {
    int grown_x = growth(w, x, (unsigned)scarce), grown_y = growth(w, y, (unsigned)scarce);
    if (grown_x != grown_y)
      return grown_x < grown_y;
  }
  return x->height > y->height;
}

// The best node for this cycle; with registers scarce one may be taken that would have to wait.
static Node *choose(Window *w, unsigned first, uint32_t cycle, const unsigned *used) {
  int scarce = w->pressure[0] >= w->plenty ? 0 : w->pressure[1] >= w->plenty ? 1 : -1;
  Node *best = NULL;
  for (unsigned i = first; i < w->count; i++) {
    Node *node = &w->nodes[i];
    unsigned limit = node->unit == ISA_UNIT_ALU ? 2 : 1;
    if (node->done || node->waiting || used[node->unit] >= limit || (scarce < 0 && node->earliest > cycle))
      continue;
    if (!best || better(w, node, best, scarce))
      best = node;
  }
  return best;
}

static void issue(Window *w, MirInsn *out) {
  unsigned done = 0, first = 0;
  for (uint32_t cycle = 0; done < w->count; cycle++) {
    unsigned used[ISA_UNIT_COUNT] = {0};
    for (unsigned slot = 0; slot < w->target->machine->issue_width; slot++) {
      while (first < w->count && w->nodes[first].done)
        first++;
      Node *node = choose(w, first, cycle, used);
      if (!node)
        break;
      used[node->unit]++;
      issue_node(w, node, node->earliest > cycle ? node->earliest : cycle);
      out[done++] = node->insn;
    }
  }
}

static void prepare(Window *w, const MirInsn *insns) {
  w->edges.count = 0;
  for (uint32_t k = 0; w->end && k < w->end->count; k++)
    if (is_virtual(&mir_operands(w->f, w->end)[k]))
      w->writer[index_of(&mir_operands(w->f, w->end)[k])] = NO_NODE;
  for (unsigned i = 0; i < w->count; i++) {
    const MirInsn *insn = &insns[i];
    bool real = insn->op < ISA_OP_COUNT;
    IsaSched sched = real ? (IsaSched)isa_insn((IsaOp)insn->op)->sched : ISA_SCHED_ALU;
    w->nodes[i] = (Node){.insn = *insn,
                         .edges = UINT32_MAX,
                         .latency = (uint32_t)isa_latency(w->target->machine, sched),
                         .unit = isa_sched(sched)->unit};
    find_names(w->f, &w->nodes[i]);
    for (unsigned k = 0; k < w->nodes[i].count; k++) {
      uint32_t v = w->nodes[i].names[k];
      w->writer[v] = NO_NODE;
      w->readers[v] = UINT32_MAX;
      w->uses[v] = 0;
      w->kept[v] = w->live[v] == w->stamp;
      if (w->partner[v])
        w->readers[w->partner[v] - 1] = UINT32_MAX;
    }
  }
}

static void end_value(Window *w, uint32_t v) {
  w->pressure[class_of(w, v)] -= w->live[v] == w->stamp;
  w->live[v] = 0;
}

static void begin_value(Window *w, uint32_t v) {
  w->pressure[class_of(w, v)] += w->live[v] != w->stamp;
  w->live[v] = w->stamp;
}

// Makes `live` that before an instruction from that behind it.
static void step_back(Window *w, const MirInsn *insn) {
  const MirOperand *o = mir_operands(w->f, insn);
  for (uint32_t k = 0; k < insn->count; k++)
    if (is_virtual(&o[k]) && mir_role(w->f, insn, k) == ISA_ROLE_DEF)
      end_value(w, index_of(&o[k]));
  for (uint32_t k = 0; k < insn->count; k++)
    if (is_virtual(&o[k]) && mir_role(w->f, insn, k) != ISA_ROLE_DEF)
      begin_value(w, index_of(&o[k]));
}

// The same for all nodes, in the order that they had.
static void step_back_all(Window *w) {
  for (unsigned i = w->count; i-- > 0;) {
    const Node *node = &w->nodes[i];
    for (unsigned k = node->reads; k < node->count; k++)
      end_value(w, node->names[k]);
    for (unsigned k = 0; k < node->reads; k++)
      begin_value(w, node->names[k]);
  }
}

// Values of a class that are live at the start and named in the window.
static unsigned count_named(Window *w, unsigned class) {
  unsigned count = 0;
  w->round++;
  for (unsigned i = 0; i < w->count; i++)
    for (unsigned k = 0; k < w->nodes[i].count; k++) {
      uint32_t v = w->nodes[i].names[k];
      if (class_of(w, v) != class || w->live[v] != w->stamp || w->seen[v] == w->round)
        continue;
      w->seen[v] = w->round;
      count++;
    }
  return count;
}

// What is live before the window stays so in any order. Of what only passes by, some will be in memory if
// there is much of it.
static void set_plenty(Window *w, bool in_loop) {
  unsigned class = w->pressure[1] > w->pressure[0], most = w->pressure[class];
  unsigned passing = most - count_named(w, class);
  unsigned beyond = most + PLENTY_MORE < PLENTY_AT_MOST ? most + PLENTY_MORE : PLENTY_AT_MOST;
  w->plenty = in_loop ? PLENTY_IN_LOOPS : PLENTY_ELSEWHERE;
  w->plenty = beyond > w->plenty ? beyond : w->plenty;
  if (passing > PASSING_AT_MOST)
    w->plenty += passing - PASSING_AT_MOST;
}

static void schedule_window(Window *w, MirInsn *insns, unsigned count, bool in_loop) {
  w->count = count;
  if (count <= 2) {
    for (unsigned i = count; i-- > 0;)
      step_back(w, &insns[i]);
    return;
  }
  prepare(w, insns);
  for (unsigned i = 0; i < count; i++)
    order_registers(w, i);
  order_memory(w);
  find_heights(w);
  step_back_all(w);
  set_plenty(w, in_loop);
  unsigned before[CLASSES] = {w->pressure[0], w->pressure[1]};
  issue(w, insns);
  step_back_all(w);
  w->pressure[0] = before[0];
  w->pressure[1] = before[1];
}

// From the block's end to its start.
static void schedule_block(Window *w, MirBlock *b) {
  uint32_t end = b->count;
  while (end) {
    uint32_t start = end;
    while (start && end - start < WINDOW && movable(w->f, &b->insns[start - 1]))
      start--;
    w->end = end < b->count ? &b->insns[end] : NULL;
    schedule_window(w, b->insns + start, end - start, b->depth > 0);
    if (start && start == end)
      step_back(w, &b->insns[--start]);
    end = start;
  }
}

// Which register each is copied to: where that happens only once, it is most likely a phi's next value.
static void find_partners(Window *w) {
  Function *f = w->f;
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++) {
      const MirOperand *o = mir_operands(f, &b->insns[i]);
      if (b->insns[i].op == MIR_COPY && is_virtual(&o[0]) && is_virtual(&o[1]))
        w->partner[index_of(&o[1])] = index_of(&o[0]) + 1;
    }
  }
}

bool schedule_values(Target *target, Function *f) {
  uint32_t virtuals = (uint32_t)f->classes.count;
  Arena arena = {0};
  Window *w = checked_malloc(sizeof *w); // large, and most of it is never touched
  w->target = target;
  w->f = f;
  w->round = 0;
  w->edges.data = NULL;
  w->edges.count = w->edges.capacity = 0;
  w->partner = ARENA_ARRAY(&arena, uint32_t, virtuals + 1);
  w->writer = ARENA_ARRAY(&arena, int, virtuals + 1);
  w->readers = ARENA_ARRAY(&arena, uint32_t, virtuals + 1);
  w->uses = ARENA_ARRAY(&arena, uint32_t, virtuals + 1);
  w->live = ARENA_ARRAY(&arena, uint32_t, virtuals + 1);
  w->kept = ARENA_ARRAY(&arena, bool, virtuals + 1);
  w->seen = ARENA_ARRAY(&arena, uint32_t, virtuals + 1);
  find_partners(w);
  Liveness live = {0};
  find_liveness(f, &live);
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    w->stamp = (uint32_t)k + 1;
    w->pressure[0] = w->pressure[1] = 0;
    for (size_t bit = bitset_next(&live.out[block], 0); bit != SIZE_MAX;
         bit = bitset_next(&live.out[block], bit + 1)) {
      w->live[live.names[bit]] = w->stamp;
      w->pressure[class_of(w, live.names[bit])]++;
    }
    schedule_block(w, &f->mblocks.data[block]);
  }
  free_liveness(&live);
  VEC_FREE(&w->edges);
  free(w);
  arena_free(&arena);
  return true;
}
