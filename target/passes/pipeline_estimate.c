// How long an iteration of a loop of one block takes on the machine that issues in order, before instructions
// are selected: the operations are listed as schedule-values would list them, and some iterations issued.
#include "target/passes/pipeline_loops.h"

#include <string.h>

enum { MOST = PIPELINE_MOST_OPERATIONS, NO_EDGE = 255, WARM_UP = 4, ROUNDS = WARM_UP + ESTIMATED_ITERATIONS };

typedef struct Step {
  uint8_t unit;
  uint8_t latency;
  bool free; // part of another instruction
} Step;

// An operand that another operation makes, some iterations before.
typedef struct Source {
  uint8_t operation;
  uint8_t rounds;
} Source;

typedef struct Estimate {
  const LoopBody *body;
  bool staged;
  Step steps[MOST];
  Source sources[MOST][IR_INLINE_OPERANDS];
  uint8_t source_count[MOST];
  uint8_t text[MOST];        // operations in the order of the code before it is listed
  uint8_t edges[MOST][MOST]; // least distance in cycles of two of one round
  uint8_t listed[MOST];
} Estimate;

static IsaSched sched_of(const IrInsn *insn) {
  switch ((IrOp)insn->op) {
  case IR_LOAD:
    return ISA_SCHED_LOAD;
  case IR_STORE:
    return ISA_SCHED_STORE;
  case IR_CONDBR:
    return ISA_SCHED_BRANCH;
  case IR_MUL:
  case IR_MULHS:
  case IR_MULHU:
    return ISA_SCHED_MUL;
  case IR_SDIV:
  case IR_UDIV:
  case IR_SREM:
  case IR_UREM:
    return ISA_SCHED_DIV;
  case IR_FDIV:
  case IR_FSQRT:
    return ISA_SCHED_FDIV;
  case IR_FCMP:
  case IR_FTOSI:
  case IR_FTOUI:
    return ISA_SCHED_FPU;
  default:
    return ir_is_float(insn->type) ? ISA_SCHED_FPU : ISA_SCHED_ALU;
  }
}

// Whether all that reads the value in the body are accesses at this address, or (`branch`) branches.
static bool only_used_by(const LoopBody *body, IrValue v, bool branch) {
  for (uint32_t i = 0; i < body->phi_count; i++)
    if (body_next(body, body->phis[i]) == v)
      return false;
  for (uint32_t i = 0; i < body->count; i++) {
    const IrInsn *user = ir_insn(body->f, body->operations[i]);
    const IrValue *x = ir_operands_const(body->f, user);
    for (uint32_t o = 0; o < user->operand_count; o++) {
      bool address = (user->op == IR_LOAD && o == 0) || (user->op == IR_STORE && o == 1);
      if (x[o] == v && !(branch ? user->op == IR_CONDBR : address))
        return false;
    }
  }
  return true;
}

// Displacements of accesses, and comparisons that branches make.
static bool is_free(const LoopBody *body, IrValue v, const IrInsn *insn) {
  if (insn->op == IR_ICMP)
    return only_used_by(body, v, true);
  return insn->op == IR_ADD && ir_is_const(body->f, insn->operands[1]) && only_used_by(body, v, false);
}

static void find_sources(Estimate *e, uint32_t i) {
  const LoopBody *body = e->body;
  const IrInsn *insn = ir_insn(body->f, body->operations[i]);
  const IrValue *x = ir_operands_const(body->f, insn);
  for (uint32_t o = 0; o < insn->operand_count; o++) {
    bool phi = body_is_phi(body, x[o]);
    int from = body_operation(body, phi ? body_next(body, x[o]) : x[o]);
    if (from < 0)
      continue;
    int rounds = (int)phi + (e->staged ? (int)body->stage[i] - (int)body->stage[from] : 0);
    if (e->staged && phi && body_stepping(body, x[o]) >= 0 && body_is_base(body, i, o))
      rounds = 0; // the stepped pointer is taken
    e->sources[i][e->source_count[i]++] = (Source){(uint8_t)from, (uint8_t)(rounds > 0 ? rounds : 0)};
  }
}

static void set_edge(Estimate *e, unsigned from, unsigned to, uint8_t distance) {
  uint8_t *edge = &e->edges[from][to];
  if (*edge == NO_EDGE || *edge < distance)
    *edge = distance;
}

// Where an access is: a phi or another value, and how far from it in the iteration whose second stage is
// done.
typedef struct Location {
  IrValue base;
  int64_t from, to;
} Location;

static bool locate(const Estimate *e, uint32_t access, Location *location) {
  const LoopBody *body = e->body;
  const IrInsn *insn = ir_insn(body->f, body->operations[access]);
  IrValue base = ir_operands_const(body->f, insn)[insn->op == IR_STORE];
  int64_t offset = 0;
  const IrInsn *sum = ir_insn(body->f, base);
  if (body_operation(body, base) >= 0 && sum->op == IR_ADD && ir_is_const(body->f, sum->operands[1])) {
    offset = ir_insn(body->f, sum->operands[1])->imm;
    base = sum->operands[0];
  }
  int stepping = body_stepping(body, base);
  bool ahead = e->staged && body->stage[access] == 0;
  if (body_operation(body, base) >= 0 || (ahead && stepping < 0 && body_is_phi(body, base)))
    return false;
  if (ahead && stepping >= 0)
    offset += ir_insn(body->f, ir_operand(body->f, body->operations[stepping], 1))->imm;
  *location = (Location){base, offset, offset + insn->aux / 8};
  return true;
}

static bool is_apart(const Estimate *e, uint32_t x, uint32_t y) {
  Location a, b;
  return locate(e, x, &a) && locate(e, y, &b) && a.base == b.base && (a.to <= b.from || b.to <= a.from);
}

// Accesses keep their order, as far as one of them stores and they may meet.
static void order_accesses(Estimate *e) {
  for (uint32_t k = 1; k < e->body->count; k++)
    for (uint32_t earlier = 0; earlier < k; earlier++) {
      uint32_t from = e->text[earlier], to = e->text[k];
      IrOp x = (IrOp)ir_insn(e->body->f, e->body->operations[from])->op;
      IrOp y = (IrOp)ir_insn(e->body->f, e->body->operations[to])->op;
      bool ordered = (x == IR_STORE && (y == IR_LOAD || y == IR_STORE)) || (x == IR_LOAD && y == IR_STORE);
      if (ordered && !is_apart(e, from, to))
        set_edge(e, from, to, 0);
    }
}

static void find_edges(Estimate *e) {
  const LoopBody *body = e->body;
  memset(e->edges, NO_EDGE, sizeof e->edges);
  uint32_t place[MOST];
  for (uint32_t k = 0; k < body->count; k++)
    place[e->text[k]] = k;
  for (uint32_t i = 0; i < body->count; i++)
    for (uint32_t s = 0; s < e->source_count[i]; s++) {
      Source source = e->sources[i][s];
      if (source.rounds == 0)
        set_edge(e, source.operation, i, e->steps[source.operation].latency);
      else if (place[i] < place[source.operation]) // a value keeps its register until it has been read
        set_edge(e, i, source.operation, 0);
    }
  order_accesses(e);
}

static bool fits(const Estimate *e, unsigned operation, const unsigned *used, unsigned issued) {
  Step step = e->steps[operation];
  return step.free || (issued < e->body->target->machine->issue_width &&
                       used[step.unit] < (step.unit == ISA_UNIT_ALU ? 2U : 1U));
}

// Lists the operations: those on the longest way to the end first, the branch last.
static void list_operations(Estimate *e) {
  uint32_t count = e->body->count, height[MOST] = {0}, earliest[MOST] = {0}, done = 0;
  bool issued[MOST] = {false};
  for (uint32_t k = count; k-- > 0;) {
    uint32_t i = e->text[k];
    height[i] = e->steps[i].latency;
    for (uint32_t to = 0; to < count; to++)
      if (e->edges[i][to] != NO_EDGE && height[to] + e->edges[i][to] > height[i])
        height[i] = height[to] + e->edges[i][to];
  }
  for (uint32_t cycle = 0; done + 1 < count; cycle++) {
    unsigned used[ISA_UNIT_COUNT] = {0}, slots = 0;
    for (bool found = true; found;) {
      int best = -1;
      for (uint32_t k = 0; k + 1 < count; k++) {
        uint32_t i = e->text[k];
        bool ready = !issued[i] && earliest[i] <= cycle && fits(e, i, used, slots);
        for (uint32_t from = 0; from < count && ready; from++)
          ready = e->edges[from][i] == NO_EDGE || issued[from];
        if (ready && (best < 0 || height[i] > height[best]))
          best = (int)i;
      }
      found = best >= 0;
      if (!found)
        break;
      issued[best] = true;
      e->listed[done++] = (uint8_t)best;
      slots += !e->steps[best].free;
      used[e->steps[best].unit] += !e->steps[best].free;
      for (uint32_t to = 0; to < count; to++)
        if (e->edges[best][to] != NO_EDGE && cycle + e->edges[best][to] > earliest[to])
          earliest[to] = cycle + e->edges[best][to];
    }
  }
  e->listed[done] = e->text[count - 1];
}

static uint32_t issue_rounds(const Estimate *e) {
  uint32_t when[ROUNDS][MOST], cycle = 0, warm = 0;
  unsigned used[ISA_UNIT_COUNT] = {0}, slots = 0;
  for (uint32_t round = 0; round < ROUNDS; round++) {
    for (uint32_t k = 0; k < e->body->count; k++) {
      uint32_t i = e->listed[k], start = cycle;
      for (uint32_t s = 0; s < e->source_count[i]; s++) {
        Source source = e->sources[i][s];
        if (source.rounds > round)
          continue;
        uint32_t ready = when[round - source.rounds][source.operation] + e->steps[source.operation].latency;
        start = ready > start ? ready : start;
      }
      if (e->steps[i].free) { // the instruction that it is part of waits
        when[round][i] = start;
        continue;
      }
      if (start > cycle || !fits(e, i, used, slots)) {
        cycle = start > cycle ? start : cycle + 1;
        memset(used, 0, sizeof used);
        slots = 0;
      }
      used[e->steps[i].unit]++;
      slots++;
      when[round][i] = cycle;
    }
    cycle++; // nothing goes together with what a taken branch leads to
    memset(used, 0, sizeof used);
    slots = 0;
    warm = round == WARM_UP - 1 ? cycle : warm;
  }
  return cycle - warm;
}

uint32_t body_cycles(const LoopBody *body, bool staged) {
  Estimate e = {.body = body, .staged = staged};
  uint32_t next = 0;
  for (uint32_t i = 0; i < body->count; i++)
    if (!staged || body->steps[i])
      e.text[next++] = (uint8_t)i;
  for (int stage = 1; stage >= 0 && staged; stage--)
    for (uint32_t i = 0; i < body->count; i++)
      if (body->stage[i] == stage && !body->steps[i])
        e.text[next++] = (uint8_t)i;
  for (uint32_t i = 0; i < body->count; i++) {
    const IrInsn *insn = ir_insn(body->f, body->operations[i]);
    IsaSched sched = sched_of(insn);
    bool free = is_free(body, body->operations[i], insn);
    uint64_t latency = free ? 0 : isa_latency(body->target->machine, sched);
    e.steps[i] =
        (Step){(uint8_t)isa_sched(sched)->unit, (uint8_t)(latency < NO_EDGE ? latency : NO_EDGE - 1), free};
  }
  for (uint32_t i = 0; i < body->count; i++)
    find_sources(&e, i);
  find_edges(&e);
  list_operations(&e);
  return issue_rounds(&e);
}
