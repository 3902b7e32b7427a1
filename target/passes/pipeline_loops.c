// Software pipelining of loops of one block, in two stages: loads, with the addresses and the test that they
// need, are done one iteration ahead, so that what waits for them need not. A first part before the loop, and
// a last one behind it, hold what the first iteration has ahead of it and what is left of the last. All is
// done in the order and as often as before (a load only when its iteration comes, and behind the stores of
// the one before), so nothing need be known of addresses. Requires: legal SSA form. Provides: the same.
#include "target/passes/pipeline_loops.h"

#include <string.h>

// At least a tenth of the time is gained.
enum { MOST_AHEAD = 10, MOST_LIVE = 20, LOCALS = PIPELINE_MOST_OPERATIONS + PIPELINE_MOST_PHIS };

typedef VEC(IrValue) ValueList;

typedef struct Pipeline {
  LoopBody body;
  uint32_t first, last; // the new blocks
  // By number - 1: what a value of the first iteration is before the loop, what one of the present iteration
  // is in the loop, and what one of the last is behind it; IR_NONE: not made yet.
  IrValue entering[LOCALS];
  IrValue current[LOCALS];
  IrValue leaving[LOCALS];
  IrValue rebuilt[PIPELINE_MOST_OPERATIONS][IR_INLINE_OPERANDS]; // operands in the loop
  ValueList loop_phis, loop_sums;                                // new there
  ValueList last_phis, last_sums;                                // new behind it
} Pipeline;

static uint32_t local(const LoopBody *body, IrValue v) {
  return v < body->values && body->number[v] ? body->number[v] - 1 : IR_NONE;
}

// --- which loops ------------------------------------------------------------------------------------------

static bool suits(const IrInsn *insn) {
  if (insn->operand_count > IR_INLINE_OPERANDS || insn->type >= IR_FIRST_VECTOR || insn->flags & IR_VOLATILE)
    return false;
  return insn->op == IR_LOAD || insn->op == IR_STORE || ir_flags(insn) & IR_PURE;
}

// Whether the block is a loop by itself, of few operations that are all plain.
static bool find_body(LoopBody *body, uint32_t block) {
  const Function *f = body->f;
  const IrBlock *b = &f->blocks.data[block];
  bool in_reserve =
      b->nest && b->nest == nest_of_scalar(nest_index(b->nest)); // beside faster code for the same
  if (in_reserve || b->rpo == IR_NONE || b->pred_count != 2 || b->succ_count != 2 ||
      b->succs[0] == b->succs[1] || (b->succs[0] != block && b->succs[1] != block) ||
      (b->preds[0] != block) == (b->preds[1] != block) || b->count > LOCALS ||
      ir_terminator(f, block)->op != IR_CONDBR)
    return false;
  body->block = block;
  body->way_in = b->preds[0] == block;
  body->phi_count = body->count = 0;
  for (uint32_t i = 0; i < b->count; i++) {
    const IrInsn *insn = ir_insn(f, b->insns[i]);
    bool phi = insn->op == IR_PHI;
    if ((phi ? body->phi_count == PIPELINE_MOST_PHIS || insn->type >= IR_FIRST_VECTOR
             : body->count == PIPELINE_MOST_OPERATIONS) ||
        (!phi && i + 1 < b->count && !suits(insn)))
      return false;
    if (phi)
      body->phis[body->phi_count++] = b->insns[i];
    else
      body->operations[body->count++] = b->insns[i];
  }
  return true;
}

static void number_body(LoopBody *body, bool forget) {
  for (uint32_t i = 0; i < body->phi_count; i++)
    body->number[body->phis[i]] = forget ? 0 : i + 1;
  for (uint32_t i = 0; i < body->count; i++)
    body->number[body->operations[i]] = forget ? 0 : body->phi_count + i + 1;
}

// Marks what a value needs of the body.
static void mark_needed(const LoopBody *body, IrValue v, bool *needed) {
  uint32_t number = local(body, v);
  if (number == IR_NONE || needed[number])
    return;
  needed[number] = true;
  if (body_is_phi(body, v)) {
    mark_needed(body, body_next(body, v), needed);
    return;
  }
  const IrInsn *insn = ir_insn(body->f, v);
  const IrValue *x = ir_operands_const(body->f, insn);
  for (uint32_t o = 0; o < insn->operand_count; o++)
    mark_needed(body, x[o], needed);
}

// Leaves out what nobody reads any more, as counters that pointers have taken the place of.
static void drop_unneeded(LoopBody *body, const uint8_t *elsewhere) {
  bool needed[LOCALS] = {false};
  for (uint32_t i = 0; i < body->phi_count; i++)
    if (elsewhere[body->phis[i]])
      mark_needed(body, body->phis[i], needed);
  for (uint32_t i = 0; i < body->count; i++) {
    IrOp op = (IrOp)ir_insn(body->f, body->operations[i])->op;
    if (op == IR_STORE || op == IR_CONDBR || elsewhere[body->operations[i]])
      mark_needed(body, body->operations[i], needed);
  }
  number_body(body, true);
  uint32_t phis = body->phi_count, operations = body->count;
  body->phi_count = body->count = 0;
  for (uint32_t i = 0; i < phis; i++)
    if (needed[i])
      body->phis[body->phi_count++] = body->phis[i];
  for (uint32_t i = 0; i < operations; i++)
    if (needed[phis + i])
      body->operations[body->count++] = body->operations[i];
  number_body(body, false);
}

// By value: whether other blocks than its own read it.
static uint8_t *find_elsewhere(Arena *arena, const Function *f) {
  uint8_t *elsewhere = ARENA_ARRAY(arena, uint8_t, f->insns.count);
  for (uint32_t b = 0; b < f->blocks.count; b++)
    for (uint32_t k = 0; k < f->blocks.data[b].count; k++) {
      const IrInsn *insn = ir_insn(f, f->blocks.data[b].insns[k]);
      const IrValue *x = ir_operands_const(f, insn);
      for (uint32_t o = 0; o < insn->operand_count; o++)
        elsewhere[x[o]] |= ir_insn(f, x[o])->block != b;
    }
  return elsewhere;
}

// --- stages -----------------------------------------------------------------------------------------------

// Puts an operation and what it needs of the same iteration ahead. False: some of that must stay where it is.
static bool put_ahead(LoopBody *body, uint32_t operation, const bool *fixed) {
  if (fixed[operation])
    return false;
  const IrInsn *insn = ir_insn(body->f, body->operations[operation]);
  const IrValue *x = ir_operands_const(body->f, insn);
  for (uint32_t o = 0; o < insn->operand_count; o++) {
    int of = body_operation(body, x[o]);
    if (of >= 0 && body->stage[of] && !put_ahead(body, (uint32_t)of, fixed))
      return false;
  }
  body->stage[operation] = 0;
  return true;
}

// The branch has to be ahead; of the loads those that no store of their iteration comes before. False: there
// is nothing to gain.
static bool find_stages(LoopBody *body) {
  bool fixed[PIPELINE_MOST_OPERATIONS] = {false}, stored = false, loads = false;
  for (uint32_t i = 0; i < body->count; i++) {
    const IrInsn *insn = ir_insn(body->f, body->operations[i]);
    stored = stored || insn->op == IR_STORE;
    fixed[i] = stored && (insn->op == IR_STORE || insn->op == IR_LOAD);
    body->stage[i] = 1;
  }
  if (!put_ahead(body, body->count - 1, fixed))
    return false;
  for (uint32_t i = 0; i < body->count; i++) {
    bool load = ir_insn(body->f, body->operations[i])->op == IR_LOAD;
    uint8_t before[PIPELINE_MOST_OPERATIONS];
    memcpy(before, body->stage, sizeof before);
    if (load && !put_ahead(body, i, fixed))
      memcpy(body->stage, before, sizeof before);
    else
      loads = loads || load;
  }
  return loads;
}

// Pointers and counters that are stepped ahead.
static void find_steps(LoopBody *body) {
  enum { LARGEST_STEP = 512 }; // so that twice that is a displacement
  memset(body->steps, 0, sizeof body->steps);
  for (uint32_t i = 0; i < body->phi_count; i++) {
    IrValue next = body_next(body, body->phis[i]);
    int operation = body_operation(body, next);
    const IrInsn *insn = ir_insn(body->f, next);
    if (operation < 0 || body->stage[operation] || insn->op != IR_ADD || insn->type != IR_I64 ||
        insn->operands[0] != body->phis[i] || !ir_is_const(body->f, insn->operands[1]))
      continue;
    int64_t step = ir_insn(body->f, insn->operands[1])->imm;
    body->steps[operation] = step >= -LARGEST_STEP && step <= LARGEST_STEP;
  }
}

static int64_t step_of(const LoopBody *body, int operation) {
  return ir_insn(body->f, ir_operand(body->f, body->operations[operation], 1))->imm;
}

// Values that are handed from one stage to the other, and phis that need an instruction more than before.
// False: none, or too many for the registers.
static bool count_crossing(const LoopBody *body, uint32_t *crossing, uint32_t *more) {
  bool counted[LOCALS] = {false};
  *crossing = *more = 0;
  for (uint32_t i = 0; i < body->count; i++) {
    const IrInsn *insn = ir_insn(body->f, body->operations[i]);
    const IrValue *x = ir_operands_const(body->f, insn);
    for (uint32_t o = 0; o < insn->operand_count && body->stage[i]; o++) {
      uint32_t number = local(body, x[o]);
      if (number == IR_NONE || counted[number])
        continue;
      int of = body_operation(body, x[o]);
      bool base = of < 0 && body_stepping(body, x[o]) >= 0 && body_is_base(body, i, o);
      int next = of < 0 ? body_operation(body, body_next(body, x[o])) : -1;
      counted[number] = !base;
      *crossing += of >= 0 && !body->stage[of];
      *more += !base && next >= 0 && !body->stage[next];
    }
  }
  return *crossing && *crossing <= MOST_AHEAD && body->phi_count + *crossing <= MOST_LIVE;
}

// The loop's code stands there twice then: where there is much of it, it has to gain more.
static bool pays(const LoopBody *body) {
  enum { PERCENT = 10, WHOLE = 100, FEW = 12, EACH = 8 };
  uint32_t crossing = 0, more = 0;
  if (!count_crossing(body, &crossing, &more))
    return false;
  uint32_t before = body_cycles(body, false);
  uint32_t after = body_cycles(body, true) + more * ESTIMATED_ITERATIONS / 2;
  uint32_t growth = body->count > FEW ? (body->count - FEW) * EACH : 0;
  bool gains = (uint64_t)after * WHOLE + (uint64_t)before * (PERCENT + growth) <= (uint64_t)before * WHOLE;
  if (gains)
    target_remark(body->target, TARGET_REMARK_PASSED, "pipeline-loops",
                  ir_place(body->target, body->f, body->operations[body->count - 1]),
                  "loads are done an iteration ahead: %u cycles instead of %u for %u iterations", after,
                  before, ESTIMATED_ITERATIONS);
  return gains;
}

// --- the new code -----------------------------------------------------------------------------------------

static IrValue current_value(Pipeline *p, IrValue v);

// What stands for a value in the first iteration, before the loop.
static IrValue entering_value(const Pipeline *p, IrValue v) {
  if (body_is_phi(&p->body, v))
    return ir_operand(p->body.f, v, p->body.way_in);
  return body_operation(&p->body, v) >= 0 ? p->entering[local(&p->body, v)] : v;
}

// In the loop, of the next iteration, which is the one that is ahead.
static IrValue next_value(Pipeline *p, IrValue v) {
  return body_is_phi(&p->body, v) ? current_value(p, body_next(&p->body, v)) : v;
}

static IrValue new_phi(Pipeline *p, ValueList *list, IrValue v) {
  Function *f = p->body.f;
  const IrValue none[2] = {0, 0};
  f->place = ir_place_number(f, v);
  IrValue phi = ir_add(f, IR_PHI, ir_type(f, v), 2, none);
  f->place = 0;
  VEC_PUSH(list, phi);
  return phi;
}

static IrValue new_sum(Pipeline *p, ValueList *list, IrValue x, int64_t addend) {
  Function *f = p->body.f;
  IrValue operands[2] = {x, ir_leaf(f, IR_CONST, IR_I64, addend)};
  IrValue sum = ir_add(f, IR_ADD, IR_I64, 2, operands);
  VEC_PUSH(list, sum);
  return sum;
}

static bool done_later(const LoopBody *body, IrValue v) {
  int operation = body_operation(body, v);
  return operation >= 0 && body->stage[operation];
}

// In the loop, of the iteration whose second stage is done there.
static IrValue current_value(Pipeline *p, IrValue v) {
  const LoopBody *body = &p->body;
  uint32_t number = local(body, v);
  if (number == IR_NONE || done_later(body, v))
    return v;
  if (p->current[number] != IR_NONE)
    return p->current[number];
  int stepping = body_stepping(body, v);
  if (stepping >= 0) {
    IrValue next = current_value(p, body_next(body, v));
    return p->current[number] = new_sum(p, &p->loop_sums, next, -step_of(body, stepping));
  }
  IrValue phi = p->current[number] = new_phi(p, &p->loop_phis, v);
  IrValue operands[2];
  operands[body->way_in] = entering_value(p, v);
  operands[1 - body->way_in] = next_value(p, v);
  ir_set_operands(body->f, ir_insn(body->f, phi), 2, operands);
  return phi;
}

// Behind the loop, of the last iteration.
static IrValue leaving_value(Pipeline *p, IrValue v) {
  const LoopBody *body = &p->body;
  uint32_t number = local(body, v);
  if (number == IR_NONE)
    return v;
  if (p->leaving[number] != IR_NONE)
    return p->leaving[number];
  int stepping = body_stepping(body, v);
  if (stepping >= 0) {
    IrValue next = leaving_value(p, body_next(body, v));
    return p->leaving[number] = new_sum(p, &p->last_sums, next, -step_of(body, stepping));
  }
  IrValue phi = p->leaving[number] = new_phi(p, &p->last_phis, v);
  IrValue operands[2] = {entering_value(p, v), next_value(p, v)};
  ir_set_operands(body->f, ir_insn(body->f, phi), 2, operands);
  return phi;
}

static IrValue copy_operation(Function *f, IrValue v, const IrValue *operands) {
  const IrInsn old = *ir_insn(f, v);
  f->place = ir_place_number(f, v);
  IrValue copy = ir_add(f, (IrOp)old.op, old.type, old.operand_count, operands);
  f->place = 0;
  IrInsn *insn = ir_insn(f, copy);
  insn->aux = old.aux;
  insn->flags = old.flags;
  insn->imm = old.imm;
  return copy;
}

// Copies of the operations of one stage at the end of a block.
static void copy_stage(Pipeline *p, uint8_t stage, uint32_t block) {
  const LoopBody *body = &p->body;
  for (uint32_t i = 0; i < body->count; i++) {
    IrValue v = body->operations[i], operands[IR_INLINE_OPERANDS];
    if (body->stage[i] != stage)
      continue;
    uint32_t count = ir_insn(body->f, v)->operand_count;
    for (uint32_t o = 0; o < count; o++) {
      IrValue x = ir_operand(body->f, v, o);
      operands[o] = stage ? leaving_value(p, x) : entering_value(p, x);
    }
    IrValue copy = copy_operation(body->f, v, operands);
    (stage ? p->leaving : p->entering)[local(body, v)] = copy;
    if (!stage)
      ir_append(body->f, block, copy);
  }
}

// What is read behind the loop is what the last iteration left.
static void rename_outside(Pipeline *p) {
  Function *f = p->body.f;
  for (uint32_t b = 0; b < f->blocks.count; b++) {
    if (b == p->body.block || b == p->first || b == p->last)
      continue;
    for (uint32_t k = 0; k < f->blocks.data[b].count; k++) {
      IrValue user = f->blocks.data[b].insns[k];
      for (uint32_t o = 0; o < ir_insn(f, user)->operand_count; o++) {
        IrValue x = ir_operand(f, user, o);
        if (local(&p->body, x) == IR_NONE)
          continue;
        IrValue left = leaving_value(p, x);
        ir_operands(f, ir_insn(f, user))[o] = left;
      }
    }
  }
}

static void append_all(Function *f, uint32_t block, const ValueList *list) {
  for (size_t i = 0; i < list->count; i++)
    ir_append(f, block, list->data[i]);
}

// What an operand becomes in the loop. Pointers are stepped first, since a step that waits for the accesses
// would keep the next round from beginning; accesses count from the stepped ones.
static IrValue rebuilt_operand(Pipeline *p, uint32_t operation, uint32_t operand) {
  const LoopBody *body = &p->body;
  IrValue x = ir_operand(body->f, body->operations[operation], operand);
  int stepping = body_stepping(body, x);
  if (stepping < 0 || !body_is_base(body, operation, operand))
    return body->stage[operation] ? current_value(p, x) : next_value(p, x);
  int64_t behind = step_of(body, stepping) * (body->stage[operation] ? -2 : -1);
  IrValue stepped = body->operations[stepping];
  if (ir_insn(body->f, body->operations[operation])->op != IR_ADD)
    return new_sum(p, &p->loop_sums, stepped, behind);
  IrValue constant = ir_operand(body->f, body->operations[operation], 1);
  uint64_t sum = (uint64_t)ir_insn(body->f, constant)->imm + (uint64_t)behind;
  IrValue leaf = ir_leaf(body->f, IR_CONST, IR_I64, (int64_t)sum);
  ir_insn(body->f, body->operations[operation])->operands[1] = leaf;
  return stepped;
}

// The loop's block: the second stage of one iteration, then the first of the next.
static void rebuild_loop(Pipeline *p) {
  const LoopBody *body = &p->body;
  Function *f = body->f;
  for (uint32_t i = 0; i < body->count; i++) {
    IrValue v = body->operations[i], operands[IR_INLINE_OPERANDS];
    uint32_t count = ir_insn(f, v)->operand_count;
    for (uint32_t o = 0; o < count; o++)
      operands[o] = rebuilt_operand(p, i, o);
    memcpy(p->rebuilt[i], operands, count * sizeof *operands);
  }
  for (uint32_t i = 0; i < body->count; i++) {
    IrInsn *insn = ir_insn(f, body->operations[i]);
    memcpy(insn->operands, p->rebuilt[i], insn->operand_count * sizeof *insn->operands);
  }
  for (uint32_t i = 0; i < f->blocks.data[body->block].count; i++)
    ir_insn(f, f->blocks.data[body->block].insns[i])->block = IR_NONE;
  f->blocks.data[body->block].count = 0;
  append_all(f, body->block, &p->loop_phis);
  for (uint32_t i = 0; i < body->count; i++)
    if (body->steps[i])
      ir_append(f, body->block, body->operations[i]);
  append_all(f, body->block, &p->loop_sums);
  for (int stage = 1; stage >= 0; stage--)
    for (uint32_t i = 0; i < body->count; i++)
      if (body->stage[i] == stage && !body->steps[i])
        ir_append(f, body->block, body->operations[i]);
}

static void replace_in(uint32_t *list, uint32_t *count, uint32_t old) {
  uint32_t i = 0;
  while (list[i] != old)
    i++;
  list[i] = list[--*count]; // the new one is the last
}

// Leads the edges through the new blocks: before -> first -> loop or last, loop -> loop or last, last ->
// behind.
static void lead_edges(Pipeline *p) {
  Function *f = p->body.f;
  uint32_t loop = p->body.block, before = f->blocks.data[loop].preds[p->body.way_in];
  uint32_t exit = f->blocks.data[loop].succs[0] == loop, behind = f->blocks.data[loop].succs[exit];
  ir_add_edge(f, before, p->first);
  replace_in(f->blocks.data[before].succs, &f->blocks.data[before].succ_count, loop);
  for (uint32_t s = 0; s < 2; s++)
    ir_add_edge(f, p->first, s == exit ? p->last : loop);
  replace_in(f->blocks.data[loop].preds, &f->blocks.data[loop].pred_count, before);
  ir_add_edge(f, loop, p->last);
  replace_in(f->blocks.data[loop].succs, &f->blocks.data[loop].succ_count, behind);
  ir_append(f, p->last, ir_add(f, IR_BR, IR_VOID, 0, NULL));
  ir_add_edge(f, p->last, behind);
  replace_in(f->blocks.data[behind].preds, &f->blocks.data[behind].pred_count, loop);
}

static void pipeline(Pipeline *p) {
  LoopBody *body = &p->body;
  Function *f = body->f;
  p->first = ir_block_beside(f, body->block);
  p->last = ir_block_beside(f, body->block);
  memset(p->entering, 0xff, sizeof p->entering);
  memset(p->current, 0xff, sizeof p->current);
  memset(p->leaving, 0xff, sizeof p->leaving);
  p->loop_phis.count = p->loop_sums.count = p->last_phis.count = p->last_sums.count = 0;
  copy_stage(p, 0, p->first);
  copy_stage(p, 1, p->last);
  rename_outside(p);
  rebuild_loop(p);
  append_all(f, p->last, &p->last_phis);
  append_all(f, p->last, &p->last_sums);
  for (uint32_t i = 0; i < body->count; i++)
    if (body->stage[i])
      ir_append(f, p->last, p->leaving[body->phi_count + i]);
  lead_edges(p);
}

bool pipeline_loops(Target *target, Function *f) {
  Pipeline p = {.body = {.target = target, .f = f, .values = (uint32_t)f->insns.count}};
  Arena arena = {0};
  uint8_t *elsewhere = NULL;
  ir_analyze(f);
  uint32_t blocks = f->small ? 0 : (uint32_t)f->blocks.count;
  for (uint32_t b = 0; b < blocks; b++) {
    if (!find_body(&p.body, b))
      continue;
    if (!elsewhere) {
      elsewhere = find_elsewhere(&arena, f);
      p.body.number = ARENA_ARRAY(&arena, uint32_t, p.body.values);
    }
    number_body(&p.body, false);
    drop_unneeded(&p.body, elsewhere);
    bool staged = find_stages(&p.body);
    find_steps(&p.body);
    if (staged && pays(&p.body))
      pipeline(&p);
    number_body(&p.body, true);
  }
  VEC_FREE(&p.loop_phis);
  VEC_FREE(&p.loop_sums);
  VEC_FREE(&p.last_phis);
  VEC_FREE(&p.last_sums);
  arena_free(&arena);
  return true;
}
