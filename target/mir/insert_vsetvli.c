// Puts in the vsetvli instructions that vector instructions need: none where vl and vtype are as wanted on
// every way there, vsetvli zero, zero where only the width changes, and before a loop what the loop keeps.
// Requires: the machine form. Provides: vector instructions name no AVL any more. Vsetvli that the program
// wants for its result stays.
#include "target/ir/vector.h"

#include <string.h>

typedef enum AvlKind { AVL_UNKNOWN, AVL_REGISTER, AVL_NUMBER, AVL_MOST } AvlKind;

// What is known of vl and vtype, or what an instruction wants of them.
typedef struct State {
  bool any;       // the start of the iteration: everything holds
  uint8_t avl;    // AvlKind
  int32_t number; // register or number
  Reg vl;         // a register that holds vl; 0: none known
  int8_t ratio;   // log2(SEW / LMUL) at which avl gave vl
  int32_t vtype;  // -1: not known
  bool valid;     // vtype is one that instructions work with: not vill
} State;

typedef struct Demand {
  bool exists;
  bool moves;  // whole registers: any valid vtype will do
  bool width;  // SEW matters, not only the ratio
  bool length; // vl matters
  State state;
} Demand;

typedef struct Inserter {
  Target *target;
  Function *f;
  State *in;      // by block
  State *out;     // by block
  Demand *first;  // by block: what is wanted before anything there changes the state
  Demand *end;    // by block: wanted at its end, for a block behind it
  uint32_t *sole; // by virtual register: the block of its only definition; IR_NONE
} Inserter;

static const State unknown = {.vtype = -1};

// What is set for moves where nothing is known: e8, m1 for no elements.
static const State moving = {.avl = AVL_NUMBER, .ratio = 3, .vtype = 0xc0, .valid = true};

static int8_t ratio_of(VectorConfig config) {
  return (int8_t)(__builtin_ctz(config.sew) - config.lmul);
}

static bool same_state(const State *a, const State *b) {
  return a->any == b->any && a->avl == b->avl && a->number == b->number && a->vl == b->vl &&
         a->ratio == b->ratio && a->vtype == b->vtype && a->valid == b->valid;
}

static State meet(State a, State b) {
  if (a.any)
    return b;
  if (b.any || same_state(&a, &b))
    return a;
  a.valid = a.valid && b.valid;
  if (a.ratio != b.ratio)
    return (State){.vtype = -1, .valid = a.valid};
  if (a.avl != b.avl || a.number != b.number) {
    a.avl = AVL_UNKNOWN;
    a.number = 0;
  }
  a.vl = a.vl == b.vl ? a.vl : 0;
  a.vtype = a.vtype == b.vtype ? a.vtype : -1;
  return a;
}

// --- demands
// ------------------------------------------------------------------------------------------------

static bool is_vsetvli(unsigned op) {
  return op == ISA_VSETVLI || op == ISA_VSETIVLI || op == ISA_VSETVL;
}

static bool is_length_free(unsigned op) {
  return op == ISA_VMV_X_S || op == ISA_VFMV_F_S;
}

static Demand demand_of(const Function *f, const MirInsn *insn) {
  Demand d = {0};
  if (insn->op == MIR_COPY) {
    int32_t to = mir_operands(f, insn)[0].value, from = mir_operands(f, insn)[1].value;
    // Those from and to arguments and results mostly vanish; what is left of them is looked at behind the
    // allocation of registers (valid_vtype.c).
    d.exists = d.moves = to >= MIR_FIRST_VIRTUAL && from >= MIR_FIRST_VIRTUAL &&
                         mir_class_file(f->classes.data[to - MIR_FIRST_VIRTUAL]) == MIR_FIRST_VR;
    d.state = moving;
    return d;
  }
  if (insn->op >= ISA_OP_COUNT || !(isa_insn((IsaOp)insn->op)->flags & ISA_VECTOR))
    return d;
  uint32_t own = isa_insn_format((IsaOp)insn->op)->operand_count;
  if (insn->count != own + 2)
    return d;
  const MirOperand *o = mir_operands(f, insn) + own;
  uint32_t flags = isa_insn((IsaOp)insn->op)->flags;
  bool memory = flags & (ISA_LOAD | ISA_STORE) && !(flags & ISA_INDEXED);
  d.exists = true;
  d.width = !memory && !(flags & ISA_MASK_S && flags & ISA_MASK_D) &&
            isa_insn((IsaOp)insn->op)->extension != ISA_EXT_XKILNTILE;
  d.length = !is_length_free(insn->op);
  d.state.avl = o[1].kind == MIR_REG ? AVL_REGISTER : o[1].value == MIR_AVL_MAX ? AVL_MOST : AVL_NUMBER;
  d.state.number = d.state.avl == AVL_MOST ? 0 : o[1].value;
  d.state.ratio = ratio_of(mir_vtype_config(o[0]));
  d.state.vtype = o[0].value;
  d.state.valid = true;
  return d;
}

static bool length_fits(const State *s, const Demand *d) {
  if (!d->length)
    return true;
  if (s->ratio != d->state.ratio)
    return false;
  bool same_avl = s->avl != AVL_UNKNOWN && s->avl == d->state.avl && s->number == d->state.number;
  return same_avl || (d->state.avl == AVL_REGISTER && s->vl && s->vl == (Reg)d->state.number);
}

static bool type_fits(const State *s, const Demand *d) {
  if (d->moves)
    return s->valid;
  if (s->vtype < 0)
    return false;
  VectorConfig have = vector_config_of_vtype(s->vtype), want = vector_config_of_vtype(d->state.vtype);
  bool policy =
      (have.tail_undisturbed || !want.tail_undisturbed) && (have.mask_undisturbed || !want.mask_undisturbed);
  bool same = have.sew == want.sew && (have.lmul == want.lmul || !d->length);
  return policy && (d->width ? same : ratio_of(have) == ratio_of(want));
}

// --- effects on the state
// -------------------------------------------------------------------------------------

static void forget_registers(const Function *f, const MirInsn *insn, State *s) {
  if (s->avl != AVL_REGISTER && !s->vl)
    return;
  for (uint32_t i = 0; i < insn->count; i++) {
    if (!mir_writes(mir_role(f, insn, i)))
      continue;
    int32_t reg = mir_operands(f, insn)[i].value;
    if (s->avl == AVL_REGISTER && s->number == reg)
      s->avl = AVL_UNKNOWN, s->number = 0;
    if (s->vl == (Reg)reg)
      s->vl = 0;
  }
}

static State after_vsetvli(const Function *f, const MirInsn *insn, State before) {
  const MirOperand *o = mir_operands(f, insn);
  if (insn->op == ISA_VSETVL || o[2].kind != MIR_IMM)
    return unknown;
  State s = {.vtype = o[2].value, .valid = true, .ratio = ratio_of(vector_config_of_vtype(o[2].value))};
  bool keeps = insn->op == ISA_VSETVLI && o[0].value == REG_ZERO && o[1].value == REG_ZERO;
  if (keeps) {
    before.vtype = s.vtype;
    before.valid = true;
    return before;
  }
  if (insn->op == ISA_VSETIVLI)
    s.avl = AVL_NUMBER, s.number = o[1].value;
  else if (o[1].value == REG_ZERO)
    s.avl = AVL_MOST;
  else
    s.avl = AVL_REGISTER, s.number = o[1].value;
  if (s.avl == AVL_REGISTER && s.number == o[0].value)
    s.avl = AVL_UNKNOWN, s.number = 0;
  s.vl = o[0].value == REG_ZERO ? 0 : (Reg)o[0].value;
  return s;
}

static State with_demand(const State *s, const Demand *d) {
  if (length_fits(s, d) && type_fits(s, d))
    return *s;
  State next = d->state;
  if (d->length && length_fits(s, d)) {
    next = *s;
    next.vtype = d->state.vtype;
    next.valid = true;
  }
  return next;
}

// Code that other people wrote may do anything to vl and vtype.
static bool forgets_all(unsigned op) {
  return op > ISA_OP_COUNT && op != MIR_COPY && op != MIR_LI && op != MIR_LA && op != MIR_HIGH &&
         op != MIR_LSLOT && op != MIR_UNDEF && op != MIR_GETS && op != MIR_ENTRY && op != MIR_INCOMING &&
         op != MIR_STACKALLOC && op != MIR_JUMP;
}

static bool is_scalar(unsigned op) {
  return op < ISA_OP_COUNT && !(isa_insn((IsaOp)op)->flags & ISA_VECTOR) && !is_vsetvli(op);
}

static State step(const Function *f, const MirInsn *insn, State s) {
  if (is_scalar(insn->op)) {
    forget_registers(f, insn, &s);
    return s;
  }
  Demand d = demand_of(f, insn);
  if (d.exists)
    s = with_demand(&s, &d);
  if (is_vsetvli(insn->op))
    return after_vsetvli(f, insn, s);
  if (forgets_all(insn->op))
    return unknown;
  if (insn->op < ISA_OP_COUNT && isa_insn((IsaOp)insn->op)->flags & ISA_FAULT_FIRST) {
    s.avl = AVL_UNKNOWN;
    s.number = 0;
    s.vl = 0;
  }
  forget_registers(f, insn, &s);
  return s;
}

static State transfer(const Inserter *p, uint32_t block, State s) {
  const MirBlock *b = &p->f->mblocks.data[block];
  for (uint32_t i = 0; i < b->count; i++)
    s = step(p->f, &b->insns[i], s);
  if (p->end[block].exists)
    s = with_demand(&s, &p->end[block]);
  return s;
}

static void solve(Inserter *p) {
  const Function *f = p->f;
  State top = {.any = true};
  for (size_t b = 0; b < f->mblocks.count; b++)
    p->in[b] = p->out[b] = top;
  p->in[f->layout.data[0]] = unknown;
  bool *done = checked_malloc(f->mblocks.count + 1); // with what holds at the block's beginning now
  memset(done, 0, f->mblocks.count + 1);
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t k = 0; k < f->layout.count; k++) {
      uint32_t block = f->layout.data[k];
      if (p->in[block].any || done[block])
        continue;
      State out = transfer(p, block, p->in[block]);
      p->out[block] = out;
      done[block] = true;
      const MirBlock *b = &f->mblocks.data[block];
      for (uint32_t s = 0; s < b->succ_count; s++) {
        State joined = meet(p->in[b->succs[s]], out);
        if (same_state(&joined, &p->in[b->succs[s]]))
          continue;
        p->in[b->succs[s]] = joined;
        done[b->succs[s]] = false;
        changed = true;
      }
    }
  }
  free(done);
}

// --- before loops
// ---------------------------------------------------------------------------------------------

static Demand first_demand(const Function *f, const MirBlock *b, bool *transparent) {
  Demand none = {0};
  *transparent = false;
  for (uint32_t i = 0; i < b->count; i++) {
    Demand d = demand_of(f, &b->insns[i]);
    if (d.exists && d.length)
      return d;
    if (d.moves)
      continue;
    if (d.exists || is_vsetvli(b->insns[i].op) || forgets_all(b->insns[i].op))
      return none;
  }
  *transparent = true;
  return none;
}

static bool same_demand(const Demand *a, const Demand *b) {
  return a->exists == b->exists && same_state(&a->state, &b->state);
}

// What each block, or where it wants nothing all of the blocks behind it that are as deep in loops, want
// first.
static void find_first_demands(Inserter *p) {
  const Function *f = p->f;
  bool *open = checked_malloc(f->mblocks.count + 1);
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    p->first[block] = first_demand(f, &f->mblocks.data[block], &open[block]);
    if (open[block] && p->end[block].exists)
      p->first[block] = p->end[block];
  }
  for (int round = 0; round < 2; round++)
    for (size_t k = f->layout.count; k-- > 0;) {
      uint32_t block = f->layout.data[k];
      const MirBlock *b = &f->mblocks.data[block];
      if (!open[block] || p->first[block].exists)
        continue;
      Demand wanted = {0};
      bool agree = true;
      for (uint32_t s = 0; s < b->succ_count; s++) {
        uint32_t to = b->succs[s];
        if (f->mblocks.data[to].depth < b->depth)
          continue;
        if (wanted.exists && !same_demand(&wanted, &p->first[to]))
          agree = false;
        wanted = p->first[to];
      }
      if (agree)
        p->first[block] = wanted;
    }
  free(open);
}

static void find_definitions(Inserter *p) {
  const Function *f = p->f;
  for (size_t v = 0; v < f->classes.count; v++)
    p->sole[v] = IR_NONE;
  bool *seen = checked_malloc(f->classes.count + 1);
  memset(seen, 0, f->classes.count + 1);
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++)
      for (uint32_t o = 0; o < b->insns[i].count; o++) {
        Reg reg = (Reg)mir_operands(f, &b->insns[i])[o].value;
        if (!mir_writes(mir_role(f, &b->insns[i], o)) || reg < MIR_FIRST_VIRTUAL)
          continue;
        uint32_t v = reg - MIR_FIRST_VIRTUAL;
        p->sole[v] = seen[v] ? IR_NONE : b->source == IR_NONE ? f->layout.data[k] : b->source;
        seen[v] = true;
      }
  }
  free(seen);
}

// Whether the AVL is at hand at the end of `block`.
static bool is_available(const Inserter *p, const Demand *d, uint32_t block) {
  const Function *f = p->f;
  if (d->state.avl != AVL_REGISTER)
    return true;
  if (d->state.number < MIR_FIRST_VIRTUAL)
    return false;
  uint32_t from = p->sole[d->state.number - MIR_FIRST_VIRTUAL], to = f->mblocks.data[block].source;
  to = to == IR_NONE ? block : to;
  return from != IR_NONE && from < f->blocks.count && to < f->blocks.count &&
         f->blocks.data[from].rpo != IR_NONE && f->blocks.data[to].rpo != IR_NONE &&
         ir_dominates(f, from, to);
}

// Where all ways to a block but one bring what it wants, that one is to bring it too.
static bool ask_predecessor(Inserter *p, uint32_t block) {
  const Function *f = p->f;
  const Demand *d = &p->first[block];
  if (!d->exists || (length_fits(&p->in[block], d) && type_fits(&p->in[block], d)))
    return false;
  uint32_t missing = IR_NONE, fitting = 0, missing_count = 0;
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t pred = f->layout.data[k];
    const MirBlock *b = &f->mblocks.data[pred];
    for (uint32_t s = 0; s < b->succ_count; s++) {
      if (b->succs[s] != block || p->out[pred].any)
        continue;
      bool fits = length_fits(&p->out[pred], d) && type_fits(&p->out[pred], d);
      fitting += fits;
      missing_count += !fits;
      missing = fits ? missing : pred;
    }
  }
  if (!fitting || missing_count != 1 || f->mblocks.data[missing].succ_count != 1 ||
      f->mblocks.data[missing].depth >= f->mblocks.data[block].depth || p->end[missing].exists ||
      !is_available(p, d, missing))
    return false;
  p->end[missing] = *d;
  return true;
}

// --- insertion
// ------------------------------------------------------------------------------------------------

static MirInsn make_vsetvli(Function *f, const State *s, const Demand *d) {
  MirOperand operands[3] = {mir_reg(REG_ZERO), mir_reg(REG_ZERO), mir_imm(d->state.vtype)};
  if (d->length && length_fits(s, d))
    return mir_make(f, ISA_VSETVLI, 3, operands);
  if (d->state.avl == AVL_NUMBER) {
    operands[1] = mir_imm(d->state.number);
    return mir_make(f, ISA_VSETIVLI, 3, operands);
  }
  if (d->state.avl == AVL_MOST)
    operands[0] = mir_reg(mir_virtual(f, 0));
  else
    operands[1] = mir_reg((Reg)d->state.number);
  return mir_make(f, ISA_VSETVLI, 3, operands);
}

static void insert_for(Inserter *p, uint32_t block, State *s, const Demand *d) {
  if (!d->exists || (length_fits(s, d) && type_fits(s, d)))
    return;
  mir_push(p->f, block, make_vsetvli(p->f, s, d));
}

// Before the branches at a block's end, and what they compare.
static uint32_t before_end(const MirBlock *b) {
  uint32_t at = b->count;
  while (at && mir_is_terminator(b->insns[at - 1].op))
    at--;
  return at;
}

static void rewrite_block(Inserter *p, uint32_t block) {
  Function *f = p->f;
  MirBlock old = f->mblocks.data[block];
  uint32_t end = before_end(&old);
  State s = p->in[block];
  f->mblocks.data[block].insns = NULL;
  f->mblocks.data[block].count = f->mblocks.data[block].capacity = 0;
  enum { FEW = 4 }; // that come in
  mir_reserve(f, &f->mblocks.data[block], old.count + FEW);
  for (uint32_t i = 0; i <= old.count; i++) {
    if (i == end)
      insert_for(p, block, &s, &p->end[block]);
    if (i == end && p->end[block].exists)
      s = with_demand(&s, &p->end[block]);
    if (i == old.count)
      break;
    MirInsn insn = old.insns[i];
    Demand d = demand_of(f, &insn);
    insert_for(p, block, &s, &d);
    s = step(f, &insn, s);
    insn.count = (uint8_t)(insn.count - (d.exists && !d.moves)); // the AVL
    mir_push(f, block, insn);
  }
}

// A vsetvli whose result is wanted can just as well set the width that is used next.
static void adapt_widths(Inserter *p, uint32_t block) {
  Function *f = p->f;
  MirBlock *b = &f->mblocks.data[block];
  for (uint32_t i = 0; i < b->count; i++) {
    if (!is_vsetvli(b->insns[i].op) || b->insns[i].op == ISA_VSETVL)
      continue;
    MirOperand *o = mir_operands(f, &b->insns[i]);
    for (uint32_t k = i + 1; k < b->count && !is_vsetvli(b->insns[k].op) && !forgets_all(b->insns[k].op);
         k++) {
      Demand d = demand_of(f, &b->insns[k]);
      if (!d.exists || d.moves || !d.width)
        continue;
      if (d.state.ratio == ratio_of(vector_config_of_vtype(o[2].value)))
        o[2].value = d.state.vtype;
      break;
    }
  }
}

static bool has_vectors(const Function *f) {
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++)
      if (b->insns[i].op < ISA_OP_COUNT && isa_insn((IsaOp)b->insns[i].op)->flags & ISA_VECTOR)
        return true;
  }
  return false;
}

bool insert_vsetvli(Target *target, Function *f) {
  if (!has_vectors(f))
    return true;
  size_t blocks = f->mblocks.count + 1;
  Inserter p = {.target = target, .f = f};
  p.in = checked_malloc(blocks * sizeof *p.in);
  p.out = checked_malloc(blocks * sizeof *p.out);
  p.first = checked_malloc(blocks * sizeof *p.first);
  p.end = checked_malloc(blocks * sizeof *p.end);
  p.sole = checked_malloc((f->classes.count + 1) * sizeof *p.sole);
  memset(p.first, 0, blocks * sizeof *p.first);
  memset(p.end, 0, blocks * sizeof *p.end);
  find_definitions(&p);
  for (size_t k = 0; k < f->layout.count && target->options->level > 0; k++)
    adapt_widths(&p, f->layout.data[k]);
  solve(&p);
  // Each round may move what it moved in the one before out of one loop more.
  enum { ROUNDS = 8 };
  for (int round = 0; round < ROUNDS && target->options->level > 0; round++) {
    bool asked = false;
    find_first_demands(&p);
    for (size_t k = 0; k < f->layout.count; k++)
      asked |= ask_predecessor(&p, f->layout.data[k]);
    if (!asked)
      break;
    solve(&p);
  }
  for (size_t k = 0; k < f->layout.count; k++)
    rewrite_block(&p, f->layout.data[k]);
  free(p.in);
  free(p.out);
  free(p.first);
  free(p.end);
  free(p.sole);
  return true;
}
