// Turns the SSA form into machine code on virtual registers.
// Requires: legal SSA form. Provides: the machine form; phis have become moves. The SSA form is not used
// after this.
#include "target/debug/info.h"
#include "target/ir/vector.h"
#include "target/select/isel.h"

#include <string.h>

void isel_emit(Selector *s, unsigned op, uint32_t count, const MirOperand *operands) {
  VEC_PUSH(&s->reversed, mir_make(s->f, op, count, operands));
}

static uint32_t common_dominator(const Function *f, uint32_t a, uint32_t b) {
  const IrBlock *blocks = f->blocks.data;
  while (a != b) {
    if (blocks[a].rpo > blocks[b].rpo)
      a = blocks[a].idom;
    else
      b = blocks[b].idom;
  }
  return a;
}

// Values made while selecting (bases of addresses) get entries too.
static void grow(Selector *s, IrValue v) {
  if (v < s->values)
    return;
  uint32_t to = v + 64;
  s->uses = checked_realloc(s->uses, to * sizeof *s->uses);
  s->live = checked_realloc(s->live, to * sizeof *s->live);
  s->regs = checked_realloc(s->regs, to * sizeof *s->regs);
  s->leaf_block = checked_realloc(s->leaf_block, to * sizeof *s->leaf_block);
  s->leaf_at = checked_realloc(s->leaf_at, to * sizeof *s->leaf_at);
  s->leaf_use = checked_realloc(s->leaf_use, to * sizeof *s->leaf_use);
  for (uint32_t i = s->values; i < to; i++) {
    s->uses[i] = s->live[i] = 0;
    s->regs[i] = 0;
  }
  s->values = to;
}

Reg isel_register(Selector *s, IrValue v) {
  grow(s, v);
  IrInsn *insn = ir_insn(s->f, v);
  if (insn->op == IR_CONST && insn->imm == 0)
    return REG_ZERO;
  bool leaf = insn->op != IR_ARG && (ir_ops[insn->op].flags & IR_LEAF);
  if (!s->regs[v]) {
    s->regs[v] = mir_virtual(s->f, ir_class(insn->type));
    if (leaf) {
      VEC_PUSH(&s->leaves, v);
      s->leaf_block[v] = s->block;
    }
  }
  if (leaf) {
    s->leaf_block[v] = common_dominator(s->f, s->leaf_block[v], s->block);
    s->leaf_use[v] = s->block;
    VEC_PUSH(&s->pending, v);
  }
  return s->regs[v];
}

// Marks what effects need, and counts uses by it.
static void mark_live(Selector *s) {
  Function *f = s->f;
  VEC(IrValue) work = {0};
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t k = 0; k < b->count; k++)
      if (ir_flags(ir_insn(f, b->insns[k])) & IR_EFFECT) {
        s->live[b->insns[k]] = true;
        VEC_PUSH(&work, b->insns[k]);
      }
  }
  while (work.count) {
    IrInsn *insn = ir_insn(f, VEC_POP(&work));
    const IrValue *x = ir_operands(f, insn);
    for (uint32_t i = 0; i < insn->operand_count; i++) {
      s->uses[x[i]]++;
      if (!s->live[x[i]]) {
        s->live[x[i]] = true;
        VEC_PUSH(&work, x[i]);
      }
    }
  }
  VEC_FREE(&work);
}

static bool has_live_phis(const Selector *s, uint32_t block) {
  const IrBlock *b = &s->f->blocks.data[block];
  for (uint32_t i = 0; i < b->count && ir_insn(s->f, b->insns[i])->op == IR_PHI; i++)
    if (s->live[b->insns[i]])
      return true;
  return false;
}

static void mir_edge(Function *f, uint32_t from, uint32_t to) {
  MirBlock *a = &f->mblocks.data[from];
  a->succs[a->succ_count++] = to;
}

static void emit_jump(Selector *s, uint32_t to) {
  MirOperand operand = mir_block(to);
  isel_emit(s, MIR_JUMP, 1, &operand);
}

static void finish_block(Selector *s, uint32_t block) {
  MirBlock *b = &s->f->mblocks.data[block];
  mir_reserve(s->f, b, (uint32_t)s->reversed.count);
  for (size_t i = s->reversed.count; i-- > 0;)
    b->insns[b->count++] = s->reversed.data[i];
  s->reversed.count = 0;
}

// The number of the edge from -> to among to's predecessors. Two edges between the same blocks carry the same
// values.
static uint32_t edge_number(const Function *f, uint32_t from, uint32_t to) {
  const IrBlock *b = &f->blocks.data[to];
  uint32_t k = 0;
  while (b->preds[k] != from)
    k++;
  return k;
}

// The block to branch to for an edge out of a block with several: where phis want moves, a block of its own.
static uint32_t edge_block(Selector *s, uint32_t from, uint32_t to) {
  Function *f = s->f;
  if (!has_live_phis(s, to))
    return to;
  const IrBlock *target = &f->blocks.data[to];
  uint32_t depth = f->blocks.data[from].depth < target->depth ? f->blocks.data[from].depth : target->depth;
  uint32_t edge = mir_block_new(f, depth);
  f->mblocks.data[edge].succs = ARENA_ARRAY(&f->arena, uint32_t, 2);
  f->mblocks.data[edge].source = from;
  mir_edge(f, edge, to);
  emit_jump(s, to);
  isel_move_phis(s, to, edge_number(f, from, to));
  finish_block(s, edge);
  return edge;
}

static void select_by_rule(Selector *s, IrValue v, uint32_t target) {
  Binding bindings[RULE_SLOTS] = {0};
  const Rule *rule = isel_match(s, v, bindings);
  if (!rule) {
    const IrInsn *insn = ir_insn(s->f, v);
    diagnose(s->target->diagnostics, DIAGNOSTIC_ERROR,
             place_named(s->target->symbols.data[s->f->symbol].name),
             "no instruction of this machine's extensions computes '%s' (type %u, %u)", ir_ops[insn->op].name,
             insn->type, insn->aux);
    s->failed = true;
    return;
  }
  isel_emit_rule(s, rule, v, bindings, target);
}

// The table holds distances from itself.
static void select_table(Selector *s, IrValue v) {
  Function *f = s->f;
  uint32_t block = s->block, count = f->blocks.data[block].succ_count;
  MirOperand *operands = checked_malloc((count + 2) * sizeof *operands);
  char *name = arena_format(&s->target->arena, ".LJTI%u_%u", f->symbol, block);
  SymbolId table = target_symbol(s->target, name);
  Reg base = mir_virtual(f, 0), entry = mir_virtual(f, 0), distance = mir_virtual(f, 0),
      to = mir_virtual(f, 0);
  operands[0] = mir_reg(to);
  operands[1] = mir_address(f, MIR_PLAIN, table, 0);
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t *succs = f->blocks.data[block].succs;
    uint32_t same = 0;
    while (succs[same] != succs[i])
      same++;
    if (same < i) {
      operands[i + 2] = operands[same + 2];
      continue;
    }
    uint32_t edge = edge_block(s, block, succs[i]);
    mir_edge(f, block, edge);
    operands[i + 2] = mir_block(edge);
  }
  isel_emit(s, MIR_JUMPTABLE, count + 2, operands);
  free(operands);
  isel_emit(s, ISA_ADD, 3, (MirOperand[]){mir_reg(to), mir_reg(distance), mir_reg(base)});
  isel_emit(s, ISA_LW, 3, (MirOperand[]){mir_reg(distance), mir_imm(0), mir_reg(entry)});
  MirOperand index = mir_reg(isel_register(s, ir_operand(f, v, 0)));
  if (s->target->extensions & ISA_EXTENSION_BIT(ISA_EXT_ZBA)) {
    isel_emit(s, ISA_SH2ADD, 3, (MirOperand[]){mir_reg(entry), index, mir_reg(base)});
  } else {
    Reg scaled = mir_virtual(f, 0);
    isel_emit(s, ISA_ADD, 3, (MirOperand[]){mir_reg(entry), mir_reg(scaled), mir_reg(base)});
    isel_emit(s, ISA_SLLI, 3, (MirOperand[]){mir_reg(scaled), index, mir_imm(2)});
  }
  isel_emit(s, MIR_LA, 2, (MirOperand[]){mir_reg(base), mir_address(f, MIR_PLAIN, table, 0)});
}

static void select_terminator(Selector *s, IrValue v) {
  Function *f = s->f;
  uint32_t block = s->block;
  const IrInsn *insn = ir_insn(f, v);
  switch ((IrOp)insn->op) {
  case IR_RET:
    isel_return(s, v);
    break;
  case IR_TAILCALL:
    isel_tail_call(s, v);
    break;
  case IR_JUMPTABLE:
    select_table(s, v);
    break;
  case IR_UNREACHABLE: {
    MirOperand none = {0};
    isel_emit(s, ISA_EBREAK, 0, &none);
    break;
  }
  case IR_BR: {
    uint32_t to = f->blocks.data[block].succs[0];
    mir_edge(f, block, to);
    emit_jump(s, to);
    isel_move_phis(s, to, edge_number(f, block, to));
    break;
  }
  default: {
    uint32_t yes = edge_block(s, block, f->blocks.data[block].succs[0]);
    uint32_t no = edge_block(s, block, f->blocks.data[block].succs[1]);
    mir_edge(f, block, yes);
    mir_edge(f, block, no);
    emit_jump(s, no);
    select_by_rule(s, v, yes);
  }
  }
}

static bool is_move(IrOp op) {
  return op == IR_CODESIZE || op == IR_CODEOFFSET || op == IR_MOVECODE || op == IR_CODEFIRST ||
         op == IR_CODEREST;
}

static void select_move(Selector *s, IrValue v) {
  static const uint16_t rows[][2] = {{IR_CODESIZE, MIR_CODESIZE},
                                     {IR_CODEOFFSET, MIR_CODEOFFSET},
                                     {IR_MOVECODE, MIR_MOVECODE},
                                     {IR_CODEFIRST, MIR_CODEFIRST},
                                     {IR_CODEREST, MIR_CODEREST}};
  IrOp op = (IrOp)ir_insn(s->f, v)->op;
  bool takes = op == IR_MOVECODE || op == IR_CODEREST;
  MirOperand operand = mir_reg(isel_register(s, takes ? ir_operand(s->f, v, 0) : v));
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (rows[i][0] == op)
      isel_emit(s, rows[i][1], 1, &operand);
}

// The code just emitted is the first so far that uses these leaves.
static void note_leaves(Selector *s) {
  while (s->pending.count)
    s->leaf_at[VEC_POP(&s->pending)] = (uint32_t)s->reversed.count;
}

static void select_block(Selector *s, uint32_t block) {
  Function *f = s->f;
  s->block = block;
  uint32_t count = f->blocks.data[block].count;
  for (uint32_t i = count; i-- > 0; note_leaves(s)) {
    IrValue v = f->blocks.data[block].insns[i];
    f->place = ir_place_number(f, v);
    IrOp op = (IrOp)ir_insn(f, v)->op;
    uint8_t flags = ir_flags(ir_insn(f, v));
    if (v == s->mask || op == IR_CALL || op == IR_ASM)
      isel_flush_mask(s);
    if (op == IR_PHI || op == IR_RESULT)
      continue;
    if (flags & IR_TERMINATOR)
      select_terminator(s, v);
    else if (op == IR_CALL)
      isel_call(s, v);
    else if (op == IR_CSR)
      isel_csr(s, v);
    else if (op == IR_ASM)
      isel_asm(s, v);
    else if (op == IR_AMO || op == IR_CMPXCHG)
      isel_atomic(s, v);
    else if (is_move(op))
      select_move(s, v);
    else if (op == IR_STACKALLOC || op == IR_STACKSAVE || op == IR_STACKRESTORE)
      isel_stack(s, v);
    else if (op == IR_LOAD && !s->regs[v]) {
      if (!(ir_insn(f, v)->flags & IR_VOLATILE))
        continue; // nobody reads it
      isel_register(s, v);
      select_by_rule(s, v, 0);
    } else if (op == IR_MACHINE) {
      bool wanted = s->regs[v] || (flags & IR_EFFECT && !vector_is_unread_load(ir_insn(f, v)));
      if (wanted)
        isel_machine(s, v);
    } else if (op == IR_SETVL || op == IR_PART || op == IR_JOIN) {
      if (s->regs[v])
        (op == IR_SETVL ? isel_setvl : isel_part)(s, v);
    } else if (op == IR_COPY && s->regs[v])
      isel_move(s, s->regs[v], ir_operand(f, v, 0));
    else if (flags & IR_EFFECT || s->regs[v])
      select_by_rule(s, v, 0);
  }
  isel_flush_mask(s);
  note_leaves(s);
  f->place = 0;
  if (block == f->rpo[0])
    isel_entry(s);
}

// --- leaves
// -------------------------------------------------------------------------------------------------

typedef struct Placement {
  uint32_t block;
  uint32_t at; // instructions of the block before it
  IrValue leaf;
  Reg reg;
} Placement;

static int compare_placements(const void *a, const void *b) {
  const Placement *x = a, *y = b;
  if (x->block != y->block)
    return x->block < y->block ? -1 : 1;
  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return x->leaf < y->leaf ? -1 : x->leaf > y->leaf;
}

typedef VEC(Placement) PlacementList;

static uint32_t before_terminators(const Function *f, uint32_t block) {
  const MirBlock *b = &f->mblocks.data[block];
  uint32_t at = b->count;
  while (at && mir_is_terminator(b->insns[at - 1].op))
    at--;
  // The moves of phis and the registers of a return stay with the terminator.
  while (at && (b->insns[at - 1].op == MIR_COPY || b->insns[at - 1].op == MIR_LI))
    at--;
  return at;
}

// A leaf is made before its first use where all uses are in one block, else at the end of the block that
// dominates them; out of loops when the blocks around allow it.
static void place_leaves(Selector *s, PlacementList *placements) {
  Function *f = s->f;
  for (size_t i = 0; i < s->leaves.count; i++) {
    IrValue v = s->leaves.data[i];
    uint32_t block = s->leaf_block[v], best = block;
    for (uint32_t b = block; b != IR_NONE && s->target->options->level > 0; b = f->blocks.data[b].idom)
      if (f->blocks.data[b].depth < f->blocks.data[best].depth)
        best = b;
    Placement p = {best, 0, v, s->regs[v]};
    if (best == s->leaf_use[v])
      p.at = f->mblocks.data[best].count - s->leaf_at[v];
    else
      p.at = before_terminators(f, best);
    VEC_PUSH(placements, p);
    s->regs[v] = 0;
  }
  s->leaves.count = 0;
}

static void insert_placements(Selector *s, PlacementList *placements) {
  Function *f = s->f;
  if (placements->count)
    qsort(placements->data, placements->count, sizeof *placements->data, compare_placements);
  for (size_t i = 0; i < placements->count;) {
    uint32_t block = placements->data[i].block;
    MirBlock old = f->mblocks.data[block];
    f->mblocks.data[block].insns = NULL;
    f->mblocks.data[block].count = f->mblocks.data[block].capacity = 0;
    for (uint32_t k = 0; k <= old.count; k++) {
      for (; i < placements->count && placements->data[i].block == block && placements->data[i].at == k;
           i++) {
        MirInsn code[3];
        uint32_t count = isel_materialize(s, placements->data[i].leaf, placements->data[i].reg, code);
        for (uint32_t c = 0; c < count; c++)
          mir_push(f, block, code[c]);
      }
      if (k < old.count)
        mir_push(f, block, old.insns[k]);
    }
  }
}

static void lay_out(Function *f) {
  // Blocks of edges come behind the block they leave.
  uint32_t real = (uint32_t)f->blocks.count;
  f->layout.count = 0;
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    uint32_t b = f->rpo[i];
    VEC_PUSH(&f->layout, b);
    const MirBlock *m = &f->mblocks.data[b];
    for (uint32_t k = 0; k < m->succ_count; k++)
      if (m->succs[k] >= real)
        VEC_PUSH(&f->layout, m->succs[k]);
  }
}

bool select_instructions(Target *target, Function *f) {
  if (!target->isel)
    target->isel = isel_table_new(target);
  ir_analyze(f);
  Selector s = {.target = target, .f = f, .mask = IR_NONE};
  grow(&s, (IrValue)f->insns.count);
  mark_live(&s);
  if (target->options->level > 0)
    isel_find_webs(&s);
  PlacementList placements = {0};
  for (size_t b = 0; b < f->blocks.count; b++) {
    uint32_t m = mir_block_new(f, f->blocks.data[b].depth);
    uint32_t succs = f->blocks.data[b].succ_count;
    f->mblocks.data[m].succs = ARENA_ARRAY(&f->arena, uint32_t, succs < 2 ? 2 : succs);
    f->mblocks.data[m].source = m;
  }
  for (uint32_t i = f->rpo_count; i-- > 0;) {
    select_block(&s, f->rpo[i]);
    // The terminator's edges were finished into blocks of their own; what is left is this block's.
    finish_block(&s, f->rpo[i]);
    if (target->options->level == 0)
      place_leaves(&s, &placements);
  }
  place_leaves(&s, &placements);
  insert_placements(&s, &placements);
  lay_out(f);
  if (f->debug)
    debug_select(target, f, s.regs, s.values);
  if (target->options->level > 0 && !f->optimize_none)
    isel_split_addresses(target, f);
  if (target->options->level > 1)
    isel_rotate_phis(f);
  VEC_FREE(&placements);
  VEC_FREE(&s.leaves);
  VEC_FREE(&s.pending);
  VEC_FREE(&s.reversed);
  free(s.uses);
  free(s.live);
  free(s.regs);
  free(s.leaf_block);
  free(s.leaf_at);
  free(s.leaf_use);
  free(s.webs);
  return !s.failed;
}
