// The SSA form: construction, leaves, and the analyses kept in its blocks.
#include "target/internal.h"

#include <string.h>

const IrOpInfo ir_ops[IR_OP_COUNT] = {
#define IR_OP(id, name, operands, flags) [IR_##id] = {name, operands, flags},
#include "target/ir/ops.def"
#undef IR_OP
};

const char *const ir_predicates[IR_PREDICATE_COUNT] = {
    "eq",  "ne",  "slt", "sle", "sgt", "sge", "ult", "ule",  "ugt",  "uge",  "oeq",  "ogt",
    "oge", "olt", "ole", "one", "ord", "uno", "ueq", "fugt", "fuge", "fult", "fule", "une",
};

// What a function with more leaves leaves behind costs more to clear than to make anew.
enum { MOST_KEPT_LEAF_SLOTS = 1024 };

SymbolId target_symbol(Target *target, const char *name) {
  Name spelling = intern_string(&target->names, name);
  while (target->symbol_of_name.count <= spelling)
    VEC_PUSH(&target->symbol_of_name, IR_NONE);
  if (target->symbol_of_name.data[spelling] == IR_NONE) {
    Symbol symbol = {.name = intern_text(&target->names, spelling), .linkage = LINKAGE_GLOBAL};
    target->symbol_of_name.data[spelling] = (uint32_t)target->symbols.count;
    VEC_PUSH(&target->symbols, symbol);
  }
  return target->symbol_of_name.data[spelling];
}

SymbolId target_constant(Target *target, const char *name, const void *bytes, uint32_t size,
                         uint32_t alignment) {
  SymbolId id = target_symbol(target, name);
  Symbol *symbol = &target->symbols.data[id];
  if (symbol->defined)
    return id;
  symbol->linkage = LINKAGE_LOCAL;
  symbol->defined = symbol->constant = true;
  symbol->size = size;
  symbol->alignment = alignment;
  symbol->bytes = arena_alloc(&target->arena, size, 1);
  memcpy(symbol->bytes, bytes, size);
  VEC_PUSH(&target->order, id);
  return id;
}

Function *function_new(Target *target, SymbolId symbol) {
  Function *f = target->spare;
  target->spare = NULL;
  if (!f) {
    f = checked_malloc(sizeof *f);
    memset(f, 0, sizeof *f);
  }
  f->symbol = symbol;
  VEC_PUSH(&target->functions, f);
  return f;
}

#define REUSE(field) (f->field = old.field, f->field.count = 0)

void function_release(Target *target, Function *f) {
  if (target->spare || f->leaf_slots > MOST_KEPT_LEAF_SLOTS) {
    function_free(f);
    return;
  }
  Function old = *f;
  memset(f, 0, sizeof *f);
  f->arena = old.arena;
  arena_reset(&f->arena);
  f->leaf_table = old.leaf_table;
  f->leaf_slots = old.leaf_slots;
  if (f->leaf_slots)
    memset(f->leaf_table, 0, f->leaf_slots * sizeof *f->leaf_table);
  REUSE(insns);
  REUSE(pool);
  REUSE(blocks);
  REUSE(cases);
  REUSE(slots);
  REUSE(signatures);
  REUSE(asms);
  REUSE(places);
  REUSE(insn_places);
  REUSE(mblocks);
  REUSE(operands);
  REUSE(wide);
  REUSE(addresses);
  REUSE(classes);
  REUSE(layout);
  REUSE(spill_slots);
  target->spare = f;
}

void function_free(Function *f) {
  VEC_FREE(&f->insns);
  VEC_FREE(&f->pool);
  VEC_FREE(&f->blocks);
  VEC_FREE(&f->cases);
  VEC_FREE(&f->slots);
  VEC_FREE(&f->signatures);
  VEC_FREE(&f->asms);
  VEC_FREE(&f->places);
  VEC_FREE(&f->insn_places);
  VEC_FREE(&f->mblocks);
  VEC_FREE(&f->operands);
  VEC_FREE(&f->wide);
  VEC_FREE(&f->addresses);
  VEC_FREE(&f->classes);
  VEC_FREE(&f->layout);
  VEC_FREE(&f->spill_slots);
  free(f->leaf_table);
  arena_free(&f->arena);
  free(f);
}

void ir_set_operands(Function *f, IrInsn *insn, uint32_t count, const IrValue *operands) {
  uint32_t *to = insn->operands;
  if (count > IR_INLINE_OPERANDS) {
    if (insn->operand_count <= IR_INLINE_OPERANDS || insn->operand_count < count) {
      insn->operands[0] = (uint32_t)f->pool.count;
      VEC_RESERVE(&f->pool, count);
      f->pool.count += count;
    }
    to = &f->pool.data[insn->operands[0]];
  }
  insn->operand_count = count;
  for (uint32_t i = 0; i < count; i++)
    to[i] = operands[i];
}

void ir_set_place(Function *f, IrValue v, uint32_t place) {
  while (f->insn_places.count <= v)
    VEC_PUSH(&f->insn_places, 0);
  f->insn_places.data[v] = place;
}

IrValue ir_add(Function *f, IrOp op, IrType type, uint32_t operand_count, const IrValue *operands) {
  IrInsn insn = {.op = (uint8_t)op, .type = type, .block = IR_NONE};
  ir_set_operands(f, &insn, operand_count, operands);
  VEC_PUSH(&f->insns, insn);
  if (f->place)
    ir_set_place(f, (IrValue)(f->insns.count - 1), f->place);
  return (IrValue)(f->insns.count - 1);
}

void ir_append(Function *f, uint32_t block, IrValue value) {
  IrBlock *b = &f->blocks.data[block];
  if (b->count == b->capacity) {
    uint32_t capacity = b->capacity ? b->capacity * 2 : 8;
    uint32_t *insns = ARENA_ARRAY(&f->arena, uint32_t, capacity);
    if (b->count)
      memcpy(insns, b->insns, b->count * sizeof *insns);
    b->insns = insns;
    b->capacity = capacity;
  }
  b->insns[b->count++] = value;
  f->insns.data[value].block = block;
}

void ir_insert(Function *f, uint32_t block, IrValue value) {
  ir_append(f, block, value);
  IrBlock *b = &f->blocks.data[block];
  if (b->count < 2 || (ir_ops[f->insns.data[value].op].flags & IR_TERMINATOR))
    return;
  IrValue last = b->insns[b->count - 2];
  if (!(ir_ops[f->insns.data[last].op].flags & IR_TERMINATOR))
    return;
  b->insns[b->count - 2] = value;
  b->insns[b->count - 1] = last;
}

static uint32_t leaf_hash(IrOp op, IrType type, int64_t imm) {
  uint64_t h = (uint64_t)imm * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)op * 31 + (uint64_t)type * 1000003;
  return (uint32_t)((h * UINT64_C(0xff51afd7ed558ccd)) >> 32);
}

static void leaf_table_grow(Function *f) {
  uint32_t slots = f->leaf_slots ? f->leaf_slots * 2 : 64;
  uint32_t *table = checked_malloc(slots * sizeof *table);
  memset(table, 0, slots * sizeof *table);
  for (uint32_t i = 0; i < f->leaf_slots; i++) {
    if (!f->leaf_table[i])
      continue;
    const IrInsn *leaf = &f->insns.data[f->leaf_table[i] - 1];
    uint32_t at = leaf_hash((IrOp)leaf->op, leaf->type, leaf->imm) & (slots - 1);
    while (table[at])
      at = (at + 1) & (slots - 1);
    table[at] = f->leaf_table[i];
  }
  free(f->leaf_table);
  f->leaf_table = table;
  f->leaf_slots = slots;
}

// A leaf of these properties, the same one each time.
IrValue ir_leaf(Function *f, IrOp op, IrType type, int64_t imm) {
  if (f->leaf_count * 2 >= f->leaf_slots)
    leaf_table_grow(f);
  uint32_t at = leaf_hash(op, type, imm) & (f->leaf_slots - 1);
  for (; f->leaf_table[at]; at = (at + 1) & (f->leaf_slots - 1)) {
    const IrInsn *leaf = &f->insns.data[f->leaf_table[at] - 1];
    if (leaf->op == op && leaf->type == type && leaf->imm == imm)
      return f->leaf_table[at] - 1;
  }
  IrValue v = ir_add(f, op, type, 0, NULL);
  f->insns.data[v].imm = imm;
  f->leaf_table[at] = v + 1;
  f->leaf_count++;
  return v;
}

uint32_t ir_block_new(Function *f) {
  IrBlock block = {.idom = IR_NONE, .loop = IR_NONE, .parent = IR_NONE, .rpo = IR_NONE};
  VEC_PUSH(&f->blocks, block);
  f->analyzed = false;
  return (uint32_t)(f->blocks.count - 1);
}

uint32_t ir_block_beside(Function *f, uint32_t block) {
  uint32_t new = ir_block_new(f);
  f->blocks.data[new].nest = f->blocks.data[block].nest;
  return new;
}

static uint32_t *grown_list(Function *f, uint32_t *list, uint32_t count, uint32_t value) {
  // Lists grow when their length reaches a power of two, so that no capacity is kept.
  if ((count & (count - 1)) == 0) {
    uint32_t *grown = ARENA_ARRAY(&f->arena, uint32_t, count ? count * 2 : 1);
    if (count)
      memcpy(grown, list, count * sizeof *list);
    list = grown;
  }
  list[count] = value;
  return list;
}

void ir_add_edge(Function *f, uint32_t from, uint32_t to) {
  IrBlock *a = &f->blocks.data[from];
  a->succs = grown_list(f, a->succs, a->succ_count, to);
  a->succ_count++;
  IrBlock *b = &f->blocks.data[to];
  b->preds = grown_list(f, b->preds, b->pred_count, from);
  b->pred_count++;
  f->analyzed = false;
}

// Reverse postorder by an explicit stack.
static void number_blocks(Function *f) {
  uint32_t n = (uint32_t)f->blocks.count;
  f->rpo = ARENA_ARRAY(&f->arena, uint32_t, n);
  uint32_t *stack = checked_malloc((n + 1) * sizeof *stack);
  uint32_t *next = checked_malloc((n + 1) * sizeof *next);
  uint32_t at = n, depth = 0;
  for (uint32_t i = 0; i < n; i++)
    f->blocks.data[i].rpo = IR_NONE;
  stack[depth] = 0;
  next[depth++] = 0;
  f->blocks.data[0].rpo = 0;
  while (depth) {
    IrBlock *b = &f->blocks.data[stack[depth - 1]];
    // Later successors first, so that the first one comes right behind the block in the order.
    if (next[depth - 1] < b->succ_count) {
      uint32_t s = b->succs[b->succ_count - 1 - next[depth - 1]++];
      if (f->blocks.data[s].rpo == IR_NONE) {
        f->blocks.data[s].rpo = 0;
        stack[depth] = s;
        next[depth++] = 0;
      }
      continue;
    }
    f->rpo[--at] = stack[--depth];
  }
  f->rpo_count = n - at;
  f->rpo += at;
  for (uint32_t i = 0; i < f->rpo_count; i++)
    f->blocks.data[f->rpo[i]].rpo = i;
  free(stack);
  free(next);
}

// Numbers the blocks so that those which a block dominates follow it.
static void number_dominated(Function *f) {
  IrBlock *blocks = f->blocks.data;
  for (uint32_t i = 0; i < f->blocks.count; i++)
    blocks[i].tree_first = blocks[i].tree_end = 0;
  for (uint32_t i = f->rpo_count; i-- > 1;) // first, how many
    blocks[blocks[f->rpo[i]].idom].tree_end += ++blocks[f->rpo[i]].tree_end;
  if (f->rpo_count)
    blocks[f->rpo[0]].tree_end++;
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    IrBlock *b = &blocks[f->rpo[i]];
    uint32_t count = b->tree_end;
    if (i) {
      b->tree_first = blocks[b->idom].tree_next;
      blocks[b->idom].tree_next += count;
    }
    b->tree_next = b->tree_first + 1;
    b->tree_end = b->tree_first + count;
  }
}

// The immediate dominators by intersection over reverse postorder (Cooper, Harvey, Kennedy, "A Simple, Fast
// Dominance Algorithm").
static void find_dominators(Function *f) {
  IrBlock *blocks = f->blocks.data;
  for (uint32_t i = 0; i < f->blocks.count; i++)
    blocks[i].idom = IR_NONE;
  uint32_t entry = f->rpo[0];
  blocks[entry].idom = entry;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 1; i < f->rpo_count; i++) {
      IrBlock *b = &blocks[f->rpo[i]];
      uint32_t best = IR_NONE;
      for (uint32_t p = 0; p < b->pred_count; p++) {
        uint32_t other = b->preds[p];
        if (blocks[other].idom == IR_NONE || blocks[other].rpo == IR_NONE)
          continue;
        while (best != IR_NONE && best != other) {
          if (blocks[best].rpo > blocks[other].rpo)
            best = blocks[best].idom;
          else
            other = blocks[other].idom;
        }
        best = other;
      }
      if (b->idom != best) {
        b->idom = best;
        changed = true;
      }
    }
  }
  blocks[entry].idom = IR_NONE;
  number_dominated(f);
}

bool ir_dominates(const Function *f, uint32_t a, uint32_t b) {
  const IrBlock *x = &f->blocks.data[a];
  if (b == IR_NONE || a == b)
    return a == b;
  uint32_t at = f->blocks.data[b].tree_first;
  return f->blocks.data[b].tree_end && x->tree_first <= at && at < x->tree_end;
}

bool ir_in_loop(const Function *f, uint32_t block, uint32_t header) {
  uint32_t loop = f->blocks.data[block].loop;
  while (loop != IR_NONE && loop != header)
    loop = f->blocks.data[loop].parent;
  return loop == header;
}

typedef VEC(uint32_t) WorkList;

static void push_preds(const Function *f, uint32_t block, uint32_t inside, WorkList *work) {
  const IrBlock *b = &f->blocks.data[block];
  for (uint32_t i = 0; i < b->pred_count; i++)
    if (f->blocks.data[b->preds[i]].rpo != IR_NONE && ir_dominates(f, inside, b->preds[i]))
      VEC_PUSH(work, b->preds[i]);
}

// Gives the blocks that reach `header`'s back edges to its loop. Loops inside were found before: of those the
// outermost becomes a child and the walk goes on before its header.
static void collect_loop(Function *f, uint32_t header, WorkList *work) {
  IrBlock *blocks = f->blocks.data;
  while (work->count) {
    uint32_t b = VEC_POP(work);
    if (b == header || blocks[b].loop == header)
      continue;
    if (blocks[b].loop == IR_NONE) {
      blocks[b].loop = header;
      push_preds(f, b, header, work);
      continue;
    }
    uint32_t outer = blocks[b].loop;
    while (blocks[outer].parent != IR_NONE)
      outer = blocks[outer].parent;
    if (outer == header)
      continue;
    blocks[outer].parent = header;
    push_preds(f, outer, header, work);
  }
}

// Natural loops, innermost first: a header is later in reverse postorder than the headers around it.
static void find_loops(Function *f) {
  IrBlock *blocks = f->blocks.data;
  WorkList work = {0};
  for (uint32_t i = 0; i < f->blocks.count; i++) {
    blocks[i].loop = blocks[i].parent = IR_NONE;
    blocks[i].depth = 0;
  }
  for (uint32_t i = f->rpo_count; i-- > 0;) {
    uint32_t header = f->rpo[i];
    bool loops = false;
    for (uint32_t p = 0; p < blocks[header].pred_count; p++) {
      uint32_t latch = blocks[header].preds[p];
      if (blocks[latch].rpo == IR_NONE || !ir_dominates(f, header, latch))
        continue;
      loops = true;
      VEC_PUSH(&work, latch);
    }
    if (loops) {
      blocks[header].loop = header;
      collect_loop(f, header, &work);
    }
  }
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    IrBlock *b = &blocks[f->rpo[i]];
    if (b->loop == f->rpo[i])
      b->depth = b->parent == IR_NONE ? 1 : blocks[b->parent].depth + 1;
    else if (b->loop != IR_NONE)
      b->depth = blocks[b->loop].depth;
  }
  VEC_FREE(&work);
}

void ir_analyze(Function *f) {
  if (f->analyzed)
    return;
  number_blocks(f);
  find_dominators(f);
  find_loops(f);
  f->analyzed = true;
}
