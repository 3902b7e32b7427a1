// A stretch of a block as the machine takes it: the front end passes on instructions in order, the vector
// unit has a queue, and loads begin at the port when they are passed on.
#include "target/passes/order_vectors.h"

#include <string.h>

// --- nodes ------------------------------------------------------------------------------------------------

static uint32_t most(uint32_t x, uint32_t y) {
  return x > y ? x : y;
}

// Registers that the instruction works through: those of its widest operand, or as many as its elements fill.
static uint32_t registers_of(const VectorWindow *w, const IrInsn *insn, const VectorForm *form) {
  const IsaFormatInfo *format = isa_insn_format(form->op);
  uint32_t registers = 1;
  for (uint32_t i = 0; i < format->operand_count; i++)
    registers = most(registers, vector_operand_group(w->f, insn, i).size);
  return registers;
}

static uint32_t unit_cycles(const VectorWindow *w, unsigned busy, uint32_t registers) {
  switch (busy) {
  case ISA_BUSY_ELEMENTS_DIVIDE:
    return registers * (uint32_t)w->machine->valu_divide;
  case ISA_BUSY_ELEMENTS_REDUCE:
    return registers + (uint32_t)w->machine->valu_reduction;
  case ISA_BUSY_GATHER:
    return registers * registers;
  default:
    return registers;
  }
}

// Elements narrower than a word mostly begin within one, and take another cycle for the word at the end.
// Those that do not lie side by side take the port a cycle for each line that they are in (with strides that
// are not known, some of them share one), and those an odd number of words apart, as in buffers in the
// scratchpad, one for as many as it has lanes.
static uint32_t port_cycles(const VectorWindow *w, const IrInsn *insn, const VectorForm *form,
                            uint32_t registers) {
  enum { ELEMENTS_A_LINE = 4, STRIDE = 1, WORD_BITS = 32 };
  uint32_t flags = isa_insn(form->op)->flags;
  if (!form->config.sew)
    return registers;
  if (!(flags & (ISA_INDEXED | ISA_STRIDED)))
    return registers + (form->config.sew < WORD_BITS);
  uint64_t elements = w->machine->vlen / form->config.sew * registers,
           lines = flags & ISA_INDEXED ? elements : elements / ELEMENTS_A_LINE;
  IrValue stride = ir_operands_const(w->f, insn)[STRIDE + (insn->type == IR_VOID)];
  if (flags & ISA_STRIDED && ir_is_const(w->f, stride)) {
    int64_t bytes = ir_insn(w->f, stride)->imm;
    uint64_t span = elements * (uint64_t)(bytes < 0 ? -bytes : bytes) / w->machine->cache_line;
    lines = bytes % 8 == 4 ? elements / w->machine->spm_lanes : span < elements ? span : elements;
  }
  return most(registers, (uint32_t)lines);
}

// The number of elements and their width, for each of which the unit is set anew.
static uint64_t state_of(const VectorWindow *w, const IrInsn *insn, const VectorForm *form) {
  if (!form->config.sew)
    return 0;
  IrValue avl = form->has_avl ? ir_operands_const(w->f, insn)[insn->operand_count - 1] : IR_NONE;
  return (uint64_t)avl << 32 | (uint64_t)form->config.sew << 16 | (uint64_t)(form->config.lmul + 8) << 8 |
         (uint64_t)form->config.tail_undisturbed << 1 | form->config.mask_undisturbed;
}

// What it reads from the register for masks.
static IrValue mask_of(const VectorWindow *w, const IrInsn *insn, const VectorForm *form) {
  const IsaFormatInfo *format = isa_insn_format(form->op);
  VectorLayout layout = vector_layout(w->f, insn);
  for (uint32_t i = 0; i < format->operand_count; i++) {
    IsaOperandKind kind = (IsaOperandKind)format->operands[i];
    bool mask = kind == ISA_OPERAND_V0 || isa_operand(kind)->operand_class == ISA_CLASS_MASK;
    if (mask && layout.slot[i] >= 0)
      return ir_operands_const(w->f, insn)[layout.slot[i]];
  }
  return IR_NONE;
}

static bool add_vector(VectorWindow *w, OrderNode *node, const IrInsn *insn) {
  VectorForm form = vector_form(insn);
  const IsaInsnInfo *info = isa_insn(form.op);
  IsaSched sched = (IsaSched)info->sched;
  bool load = sched == ISA_SCHED_VLOAD, store = sched == ISA_SCHED_VSTORE;
  bool unit = sched == ISA_SCHED_VALU || sched == ISA_SCHED_VDIV || sched == ISA_SCHED_VRED ||
              sched == ISA_SCHED_VGATHER;
  if (form.ordered || form.into || (info->flags & ISA_FAULT_FIRST) || info->extension == ISA_EXT_XKILNTILE ||
      info->extension == ISA_EXT_XKILNDMA || !(load || store || unit) || ir_is_accumulators(insn->type))
    return false;
  unsigned busy = isa_sched(sched)->busy;
  uint32_t registers = registers_of(w, insn, &form);
  node->kind = load ? ORDER_LOAD : store ? ORDER_STORE : ORDER_UNIT;
  node->reads = load && !(insn->flags & IR_UNCHANGING);
  node->writes = store;
  node->cycles = unit ? unit_cycles(w, busy, registers) : port_cycles(w, insn, &form, registers);
  node->latency = (uint32_t)isa_latency(w->machine, sched);
  node->at_end = (load && node->cycles > registers) ||
                 (unit && (busy == ISA_BUSY_ELEMENTS_REDUCE || busy == ISA_BUSY_GATHER ||
                           !ir_is_vector(insn->type) || (info->flags & (ISA_MASK_D | ISA_SCALAR_D))));
  node->state = state_of(w, insn, &form);
  node->mask = mask_of(w, insn, &form);
  w->units += unit;
  return true;
}

static bool add_scalar(const VectorWindow *w, OrderNode *node, const IrInsn *insn) {
  const Machine *machine = w->machine;
  bool load = insn->op == IR_LOAD, store = insn->op == IR_STORE;
  if (ir_is_group(insn->type) || insn->op == IR_PHI || (insn->flags & IR_VOLATILE && (load || store)) ||
      (!load && !store && !(ir_flags(insn) & IR_PURE)))
    return false;
  node->reads = load;
  node->writes = store;
  node->latency = (uint32_t)(load                      ? machine->l1_latency
                             : ir_is_float(insn->type) ? machine->fpu_latency
                             : insn->op == IR_MUL      ? machine->mul_latency
                                                       : machine->alu_latency);
  return true;
}

bool window_add(VectorWindow *w, IrValue v) {
  const IrInsn *insn = ir_insn(w->f, v);
  OrderNode *node = &w->nodes[w->count];
  *node = (OrderNode){
      .value = v, .cycles = 1, .mask = IR_NONE, .edges = UINT32_MAX, .unused = bitset_has(w->unused, v)};
  if (w->count == ORDER_WINDOW ||
      !(insn->op == IR_MACHINE ? add_vector(w, node, insn) : add_scalar(w, node, insn)))
    return false;
  w->count++;
  return true;
}

// --- what must stay in order ------------------------------------------------------------------------------

static void add_edge(VectorWindow *w, uint32_t from, uint32_t to, bool data) {
  OrderEdge edge = {.to = to, .next = w->nodes[from].edges, .data = data};
  VEC_PUSH(&w->edges, edge);
  w->nodes[from].edges = (uint32_t)w->edges.count - 1;
  w->nodes[to].waiting++;
}

// What a phi of a loop of one block takes over from the round before.
static void carry(VectorWindow *w, uint32_t node, IrValue operand, const int32_t *place) {
  const IrInsn *phi = ir_insn(w->f, operand);
  uint32_t block = ir_insn(w->f, w->nodes[node].value)->block;
  const IrBlock *b = &w->f->blocks.data[block];
  for (uint32_t p = 0; phi->op == IR_PHI && phi->block == block && p < b->pred_count; p++) {
    int32_t from = b->preds[p] == block ? place[ir_operands_const(w->f, phi)[p]] : -1;
    if (from < 0)
      continue;
    OrderEdge edge = {.to = node, .next = w->nodes[from].edges, .data = true, .carried = true};
    VEC_PUSH(&w->edges, edge);
    w->nodes[from].edges = (uint32_t)w->edges.count - 1;
  }
}

// The operand, a phi, that takes the result over for the next round, as that of a place that is stepped on.
static IrValue stepped(const VectorWindow *w, IrValue v) {
  const IrInsn *insn = ir_insn(w->f, v);
  for (uint32_t i = 0; i < insn->operand_count; i++) {
    IrValue operand = ir_operands_const(w->f, insn)[i];
    const IrInsn *phi = ir_insn(w->f, operand);
    for (uint32_t p = 0; phi->op == IR_PHI && p < phi->operand_count; p++)
      if (ir_operands_const(w->f, phi)[p] == v)
        return operand;
  }
  return IR_NONE;
}

// The old value that an instruction goes on with is in the register of the result: who else reads it and
// stood before it stays there, or it would have to be copied.
static void keep_readers(VectorWindow *w, uint32_t node) {
  const IrInsn *insn = ir_insn(w->f, w->nodes[node].value);
  bool keeps = insn->op == IR_MACHINE && ir_is_group(insn->type) && vector_layout(w->f, insn).keeps;
  IrValue old = keeps ? ir_operands_const(w->f, insn)[0] : stepped(w, w->nodes[node].value);
  for (uint32_t i = 0; old != IR_NONE && i < node; i++) {
    const IrInsn *reader = ir_insn(w->f, w->nodes[i].value);
    for (uint32_t k = 0; k < reader->operand_count; k++)
      if (ir_operands_const(w->f, reader)[k] == old) {
        add_edge(w, i, node, false);
        break;
      }
  }
}

static void connect_memory(VectorWindow *w) {
  for (uint32_t i = 0; i < w->count; i++)
    for (uint32_t k = i + 1; k < w->count; k++) {
      const OrderNode *x = &w->nodes[i], *y = &w->nodes[k];
      if ((x->writes && (y->reads || y->writes)) || (x->reads && y->writes))
        add_edge(w, i, k, false);
    }
}

static void find_heights(VectorWindow *w) {
  for (uint32_t i = w->count; i-- > 0;) {
    OrderNode *node = &w->nodes[i];
    uint32_t result = node->latency + (node->at_end ? node->cycles - 1 : 0);
    node->height = most(result, node->cycles);
    for (uint32_t e = node->edges; e != UINT32_MAX; e = w->edges.data[e].next) {
      const OrderEdge *edge = &w->edges.data[e];
      if (edge->carried)
        continue;
      node->height = most(node->height, w->nodes[edge->to].height + (edge->data ? result : 0));
    }
  }
}

// There is one register for masks: instructions under masks keep their order, and a mask is made where the
// one before has been used.
void window_connect(VectorWindow *w, const int32_t *place) {
  uint32_t masked = UINT32_MAX;
  w->edges.count = 0;
  for (uint32_t i = 0; i < w->count; i++) {
    const IrInsn *insn = ir_insn(w->f, w->nodes[i].value);
    for (uint32_t k = 0; k < insn->operand_count; k++) {
      int32_t from = place[ir_operands_const(w->f, insn)[k]];
      if (from >= 0)
        add_edge(w, (uint32_t)from, i, true);
      else
        carry(w, i, ir_operands_const(w->f, insn)[k], place);
    }
    keep_readers(w, i);
    IrValue mask = w->nodes[i].mask;
    if (mask == IR_NONE)
      continue;
    if (masked != UINT32_MAX) {
      add_edge(w, masked, i, false);
      if (mask != w->nodes[masked].mask && place[mask] > (int32_t)masked)
        add_edge(w, masked, (uint32_t)place[mask], false);
    }
    masked = i;
  }
  connect_memory(w);
  find_heights(w);
}

// --- time -------------------------------------------------------------------------------------------------

typedef struct Clock {
  uint32_t halves; // of cycles that the front end has spent, which passes on two instructions in one
  uint32_t unit, load, store;        // free again
  uint32_t queue[ORDER_MOST_QUEUED]; // when the unit's newest instructions began
  uint32_t newest;
  uint64_t state;
} Clock;

// When the node would begin.
static uint32_t begin(const VectorWindow *w, const Clock *clock, const OrderNode *node, uint32_t *passed) {
  uint32_t set = node->state && node->state != clock->state, front = (clock->halves + set) / 2;
  uint32_t queue = (uint32_t)w->machine->unit_queue;
  if (node->kind == ORDER_UNIT) {
    *passed = most(front, clock->queue[(clock->newest + ORDER_MOST_QUEUED - queue + 1) % ORDER_MOST_QUEUED]);
    return most(most(*passed, clock->unit), node->ready);
  }
  front = most(front, node->ready);
  *passed = node->kind == ORDER_LOAD    ? most(front, clock->load)
            : node->kind == ORDER_STORE ? most(front, clock->store)
                                        : front;
  return *passed;
}

static void pass_on(VectorWindow *w, Clock *clock, OrderNode *node) {
  uint32_t passed = 0, start = begin(w, clock, node, &passed);
  const Clock before = *clock;
  bool set = node->state && node->state != clock->state;
  clock->halves = most(clock->halves + set, 2 * passed) + 1;
  clock->state = node->state ? node->state : clock->state;
  if (node->kind == ORDER_UNIT) {
    clock->newest = (clock->newest + 1) % ORDER_MOST_QUEUED;
    clock->queue[clock->newest] = start;
    clock->unit = start + node->cycles;
  } else if (node->kind == ORDER_LOAD) {
    clock->load = start + node->cycles;
  } else if (node->kind == ORDER_STORE) {
    clock->store = start + node->cycles;
  }
  if (node->unused)
    *clock = before;
  uint32_t result = start + node->latency + (node->at_end ? node->cycles - 1 : 0);
  node->done = true;
  for (uint32_t e = node->edges; e != UINT32_MAX; e = w->edges.data[e].next) {
    OrderNode *to = &w->nodes[w->edges.data[e].to];
    if (w->edges.data[e].carried) {
      to->carried = most(to->carried, result);
      continue;
    }
    to->waiting--;
    if (w->edges.data[e].data)
      to->ready = most(to->ready, result);
  }
}

static void reset(VectorWindow *w) {
  for (uint32_t i = 0; i < w->count; i++) {
    OrderNode *node = &w->nodes[i];
    node->ready = node->carried;
    node->waiting = 0;
    node->done = false;
  }
  for (size_t e = 0; e < w->edges.count; e++)
    w->nodes[w->edges.data[e].to].waiting += !w->edges.data[e].carried;
}

uint32_t window_cycles(VectorWindow *w, const uint32_t *order) {
  enum { ROUNDS = 2 };
  Clock clock = {0};
  for (uint32_t i = 0; i < w->count; i++)
    w->nodes[i].carried = 0;
  for (uint32_t round = 0; round < ROUNDS; round++) {
    reset(w);
    for (uint32_t i = 0; i < w->count; i++)
      pass_on(w, &clock, &w->nodes[order[i]]);
  }
  for (uint32_t i = 0; i < w->count; i++) {
    uint32_t carried = w->nodes[i].carried, end = clock.halves / 2;
    w->nodes[i].carried = carried > end ? carried - end : 0;
  }
  return most(clock.halves / 2, clock.unit);
}

// --- another order ----------------------------------------------------------------------------------------

typedef struct Candidate {
  uint32_t node; // UINT32_MAX: there is none
  uint32_t passed, start;
} Candidate;

// What begins first comes first; of several what the end of the window waits for longest, and of such what
// stood first.
static void consider(const VectorWindow *w, Candidate *best, const Candidate *other) {
  if (best->node == UINT32_MAX || other->start < best->start ||
      (other->start == best->start && w->nodes[other->node].height > w->nodes[best->node].height))
    *best = *other;
}

// What begins first; or the unit's instruction that does so goes to its queue, unless what is loaded now
// could be worked on before it, or the queue is full.
static uint32_t choose(const VectorWindow *w, const Clock *clock, uint32_t first,
                       const WindowRegisters *registers, bool loads_first) {
  enum { REACH = 64 };
  Candidate unit = {.node = UINT32_MAX}, rest = {.node = UINT32_MAX};
  uint32_t any = UINT32_MAX;
  for (uint32_t i = first; i < w->count && i < first + REACH; i++) {
    const OrderNode *node = &w->nodes[i];
    if (node->done || node->waiting)
      continue;
    any = any == UINT32_MAX ? i : any;
    if (!registers->fits(registers->context, node))
      continue;
    Candidate candidate = {.node = i};
    candidate.start = begin(w, clock, node, &candidate.passed);
    consider(w, node->kind == ORDER_UNIT && !loads_first ? &unit : &rest, &candidate);
  }
  if (unit.node == UINT32_MAX)
    return rest.node == UINT32_MAX ? any : rest.node;
  bool soon = unit.start <= rest.passed + (uint32_t)w->machine->spm_vector_latency;
  return rest.node == UINT32_MAX || (unit.passed <= rest.passed && soon) ? unit.node : rest.node;
}

void window_order(VectorWindow *w, const WindowRegisters *registers, bool loads_first, uint32_t *order) {
  Clock clock = {0};
  uint32_t first = 0;
  reset(w);
  for (uint32_t i = 0; i < w->count; i++) {
    while (w->nodes[first].done)
      first++;
    order[i] = choose(w, &clock, first, registers, loads_first);
    registers->made(registers->context, &w->nodes[order[i]]);
    pass_on(w, &clock, &w->nodes[order[i]]);
  }
}
