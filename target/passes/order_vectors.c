// The vector unit takes its instructions in the order of the code, and each waits for what it reads: a chain
// of them leaves the unit idle for most of their latency. Here instructions that do not need each other come
// between those that do. An order is taken where it takes clearly less time, as a model of the unit's queue
// and of the ports says, and needs no more registers than there are. Requires: legal SSA form without
// selections. Provides: the same, in another order within blocks.
#include "target/passes/order_vectors.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_VECTORS = 6, NO_PLACE = -1 };

typedef struct Orderer {
  Function *f;
  VectorWindow *window;
  int32_t *place;  // by value: its node
  uint32_t *index; // by value: its number among groups; UINT32_MAX: it is none
  Bitset *out;     // by block: groups that are live at its end
  Bitset live;     // at the place that is looked at
  Bitset after;    // behind the window
  uint32_t groups;
  uint32_t *uses;    // by value: in the window, that are still to come
  uint32_t pressure; // registers that are in use
  uint32_t plenty;   // that may be
  uint32_t highest;  // that were
} Orderer;

static uint32_t size_of(const Function *f, IrValue v) {
  IrType type = ir_insn(f, v)->type;
  return ir_is_vector(type) ? ir_group_size(type) : 0;
}

// --- which groups are live --------------------------------------------------------------------------------

static void number_groups(Orderer *o) {
  const Function *f = o->f;
  o->groups = 0;
  for (IrValue v = 0; v < f->insns.count; v++) {
    const IrInsn *insn = ir_insn(f, v);
    bool is_group = ir_is_vector(insn->type) && insn->op != IR_UNDEFINED && insn->block != IR_NONE;
    o->index[v] = is_group ? o->groups++ : UINT32_MAX;
  }
}

static void make_live(const Orderer *o, IrValue v, Bitset *live) {
  if (o->index[v] != UINT32_MAX)
    bitset_add(live, o->index[v]);
}

// Makes `live` that before an instruction from that behind it. Operands of phis belong to the blocks before.
static void step_back(const Orderer *o, IrValue v, Bitset *live) {
  const IrInsn *insn = ir_insn(o->f, v);
  if (o->index[v] != UINT32_MAX)
    bitset_remove(live, o->index[v]);
  for (uint32_t i = 0; i < insn->operand_count && insn->op != IR_PHI; i++)
    make_live(o, ir_operands_const(o->f, insn)[i], live);
}

// What is live before the block is behind those that lead there, and so is what its phis take from them.
static bool add_live(const Orderer *o, uint32_t block, const Bitset *live) {
  const IrBlock *b = &o->f->blocks.data[block];
  bool grown = false;
  for (uint32_t p = 0; p < b->pred_count; p++) {
    Bitset *out = &o->out[b->preds[p]];
    if (!out->words) // never reached
      continue;
    grown = bitset_union(out, live) || grown;
    for (uint32_t k = 0; k < b->count && ir_insn(o->f, b->insns[k])->op == IR_PHI; k++)
      make_live(o, ir_operands_const(o->f, ir_insn(o->f, b->insns[k]))[p], out);
  }
  return grown;
}

static void find_live(Orderer *o, Arena *arena) {
  const Function *f = o->f;
  number_groups(o);
  o->out = ARENA_ARRAY(arena, Bitset, f->blocks.count + 1);
  o->live = bitset_new(arena, o->groups + 1);
  for (uint32_t i = 0; i < f->rpo_count; i++)
    o->out[f->rpo[i]] = bitset_new(arena, o->groups + 1);
  for (bool grown = true; grown;) {
    grown = false;
    for (uint32_t i = f->rpo_count; i-- > 0;) {
      const IrBlock *b = &f->blocks.data[f->rpo[i]];
      bitset_copy(&o->live, &o->out[f->rpo[i]]);
      for (uint32_t k = b->count; k-- > 0;)
        step_back(o, b->insns[k], &o->live);
      grown = add_live(o, f->rpo[i], &o->live) || grown;
    }
  }
}

// --- registers --------------------------------------------------------------------------------------------

static uint32_t registers_of(const Orderer *o, const Bitset *live) {
  uint32_t registers = 0;
  for (IrValue v = 0; v < o->f->insns.count; v++)
    if (o->index[v] != UINT32_MAX && bitset_has(live, o->index[v]))
      registers += size_of(o->f, v);
  return registers;
}

// Whether the node is the last that reads an operand: its register is free then.
static bool is_last(const Orderer *o, const IrInsn *insn, uint32_t operand) {
  const IrValue *operands = ir_operands_const(o->f, insn);
  IrValue v = operands[operand];
  uint32_t here = 0;
  for (uint32_t i = 0; i < insn->operand_count; i++) {
    here += operands[i] == v;
    if (operands[i] == v && i < operand)
      return false; // counted there
  }
  return o->index[v] != UINT32_MAX && o->uses[v] == here && !bitset_has(&o->after, o->index[v]);
}

static int growth(const Orderer *o, const OrderNode *node) {
  const IrInsn *insn = ir_insn(o->f, node->value);
  int grown = o->index[node->value] == UINT32_MAX ? 0 : (int)size_of(o->f, node->value);
  for (uint32_t i = 0; i < insn->operand_count; i++)
    if (is_last(o, insn, i))
      grown -= (int)size_of(o->f, ir_operands_const(o->f, insn)[i]);
  return grown;
}

static bool fits(void *context, const OrderNode *node) {
  const Orderer *o = context;
  int grown = growth(o, node);
  return grown <= 0 || o->pressure + (uint32_t)grown <= o->plenty;
}

static void made(void *context, const OrderNode *node) {
  Orderer *o = context;
  const IrInsn *insn = ir_insn(o->f, node->value);
  o->pressure = (uint32_t)((int)o->pressure + growth(o, node));
  o->highest = o->pressure > o->highest ? o->pressure : o->highest;
  for (uint32_t i = 0; i < insn->operand_count; i++)
    o->uses[ir_operands_const(o->f, insn)[i]]--;
}

// Before the window, of which `live` says what is live there.
static void start_registers(Orderer *o) {
  const VectorWindow *w = o->window;
  for (uint32_t i = 0; i < w->count; i++) {
    const IrInsn *insn = ir_insn(o->f, w->nodes[i].value);
    for (uint32_t k = 0; k < insn->operand_count; k++)
      o->uses[ir_operands_const(o->f, insn)[k]] = 0;
  }
  for (uint32_t i = 0; i < w->count; i++) {
    const IrInsn *insn = ir_insn(o->f, w->nodes[i].value);
    for (uint32_t k = 0; k < insn->operand_count; k++)
      o->uses[ir_operands_const(o->f, insn)[k]]++;
  }
  o->pressure = o->highest = registers_of(o, &o->live);
}

// Fragments of a register file cannot be used for groups.
static uint32_t plenty_of(const Orderer *o) {
  enum { PLENTY = 26, PLENTY_OF_GROUPS = 22 };
  for (uint32_t i = 0; i < o->window->count; i++)
    if (size_of(o->f, o->window->nodes[i].value) > 1)
      return PLENTY_OF_GROUPS;
  return PLENTY;
}

// --- blocks -----------------------------------------------------------------------------------------------

// The quicker of two ways to order them, for which there are registers; *cycles: what it takes.
static bool find_order(Orderer *o, uint32_t most, const uint32_t *before, uint32_t *order, uint32_t *cycles) {
  uint32_t other[ORDER_WINDOW];
  bool found = false;
  *cycles = 0;
  for (int loads_first = 0; loads_first < 2; loads_first++) {
    start_registers(o);
    window_cycles(o->window, before); // says what the round before leaves
    window_order(o->window, &(WindowRegisters){fits, made, o}, loads_first, other);
    uint32_t taken = window_cycles(o->window, other);
    if (o->highest > most || (found && taken >= *cycles))
      continue;
    found = true;
    *cycles = taken;
    memcpy(order, other, o->window->count * sizeof *order);
  }
  return found;
}

// Orders instructions from `first` on in a block; `live` is what is live before them, `after` behind them.
static void order_window(Orderer *o, IrBlock *b, uint32_t first) {
  VectorWindow *w = o->window;
  uint32_t order[ORDER_WINDOW], before[ORDER_WINDOW], taken = 0;
  for (uint32_t i = 0; i < w->count; i++) {
    o->place[w->nodes[i].value] = (int32_t)i;
    before[i] = i;
  }
  window_connect(w, o->place);
  uint32_t cycles = window_cycles(w, before);
  start_registers(o);
  for (uint32_t i = 0; i < w->count; i++)
    made(o, &w->nodes[i]);
  o->plenty = plenty_of(o);
  uint32_t most = o->highest > o->plenty ? o->highest : o->plenty;
  bool take = find_order(o, most, before, order, &taken) && 100 * taken < 95 * cycles;
  for (uint32_t i = 0; i < w->count; i++) {
    o->place[w->nodes[i].value] = NO_PLACE;
    if (take)
      b->insns[first + i] = w->nodes[order[i]].value;
  }
}

// Fills the window with the instructions before `end`; gives the first one's place.
static uint32_t fill_window(Orderer *o, const IrBlock *b, uint32_t end) {
  VectorWindow *w = o->window;
  uint32_t first = end;
  w->count = w->units = 0;
  while (first > 0 && end - first < ORDER_WINDOW && window_add(w, b->insns[first - 1]))
    first--;
  w->count = w->units = 0;
  for (uint32_t k = first; k < end; k++)
    window_add(w, b->insns[k]);
  return first;
}

static void order_block(Orderer *o, uint32_t block) {
  IrBlock *b = &o->f->blocks.data[block];
  bitset_copy(&o->live, &o->out[block]);
  for (uint32_t end = b->count; end > 0;) {
    uint32_t first = fill_window(o, b, end);
    bitset_copy(&o->after, &o->live);
    for (uint32_t k = end; k-- > first;)
      step_back(o, b->insns[k], &o->live);
    if (o->window->units >= LEAST_VECTORS)
      order_window(o, b, first);
    if (first == end)
      step_back(o, b->insns[--first], &o->live);
    end = first;
  }
}

// Values that nothing is made of in the end: addresses that other ones have taken the place of.
static Bitset find_unused(const Function *f, Arena *arena) {
  Bitset unused = bitset_new(arena, f->insns.count + 1);
  uint32_t *uses = ARENA_ARRAY(arena, uint32_t, f->insns.count + 1);
  for (uint32_t i = 0; i < f->rpo_count; i++)
    for (uint32_t k = 0; k < f->blocks.data[f->rpo[i]].count; k++) {
      const IrInsn *insn = ir_insn(f, f->blocks.data[f->rpo[i]].insns[k]);
      for (uint32_t n = 0; n < insn->operand_count; n++)
        uses[ir_operands_const(f, insn)[n]]++;
    }
  for (uint32_t i = f->rpo_count; i-- > 0;) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t k = b->count; k-- > 0;) {
      const IrInsn *insn = ir_insn(f, b->insns[k]);
      if (uses[b->insns[k]] || !(ir_flags(insn) & IR_PURE) || insn->op == IR_PHI || insn->op == IR_MACHINE)
        continue;
      bitset_add(&unused, b->insns[k]);
      for (uint32_t n = 0; n < insn->operand_count; n++)
        uses[ir_operands_const(f, insn)[n]]--;
    }
  }
  return unused;
}

static bool has_vectors(const Function *f) {
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    uint32_t units = 0;
    for (uint32_t k = 0; k < b->count; k++)
      units += ir_insn(f, b->insns[k])->op == IR_MACHINE;
    if (units >= LEAST_VECTORS)
      return true;
  }
  return false;
}

bool order_vectors(Target *target, Function *f) {
  ir_analyze(f);
  if (!has_vectors(f) || target->machine->unit_queue >= ORDER_MOST_QUEUED)
    return true;
  Arena arena = {0};
  Orderer o = {.f = f, .window = checked_malloc(sizeof *o.window)};
  o.window->machine = target->machine;
  o.window->f = f;
  o.window->edges.data = NULL;
  o.window->edges.count = o.window->edges.capacity = 0;
  o.place = ARENA_ARRAY(&arena, int32_t, f->insns.count + 1);
  memset(o.place, NO_PLACE, (f->insns.count + 1) * sizeof *o.place);
  o.uses = ARENA_ARRAY(&arena, uint32_t, f->insns.count + 1);
  o.index = ARENA_ARRAY(&arena, uint32_t, f->insns.count + 1);
  find_live(&o, &arena);
  Bitset unused = find_unused(f, &arena);
  o.window->unused = &unused;
  o.after = bitset_new(&arena, o.groups + 1);
  for (uint32_t i = 0; i < f->rpo_count; i++)
    order_block(&o, f->rpo[i]);
  VEC_FREE(&o.window->edges);
  free(o.window);
  arena_free(&arena);
  return true;
}
