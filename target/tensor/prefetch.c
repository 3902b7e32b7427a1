// Prefetch across nests: what a nest asks for before anything else is asked for in the nest before it, once
// that one has asked for all of its own inputs, where it does not write it and the place in the scratchpad is
// not one of its own. A nest's buffers may be moved for that. The results are those of before: transfers
// complete in order, so that whoever waits for a later one waits for those that were moved as well.
#include "target/tensor/prefetch.h"
#include "target/tensor/emitter.h"
#include "target/tensor/scratchpad.h"

#include <string.h>

enum {
  MOST_TRANSFERS = 3, // that are moved: half of the queue is left to the nest before
  CHAIN_BLOCKS = 512,
  CODE_PART = 64, // of the scratchpad, which is left to a copy of the code
};

// A transfer in the first block of a nest, of constant size, from an array to a place in the frame.
typedef struct Head {
  uint32_t at;    // number of its kd.start in the block
  IrValue origin; // of the source: a leaf; and bytes from there
  int64_t distance;
  uint32_t array;    // of the nest
  int64_t place;     // bytes from the frame's beginning
  int64_t low, high; // bytes that it writes, from there on
  int64_t dimensions[DMA_DIMENSIONS][3];
} Head;

typedef struct Mover {
  Target *target;
  Function *f;
  const PrefetchNest *before, *nest;
  SymbolId frame;
  Head heads[MOST_TRANSFERS];
  unsigned count;
  int64_t shift; // of the nest's buffers
} Mover;

void prefetch_note(Prefetch *prefetch, const Region *region, uint32_t first) {
  const Function *f = region->function;
  const IrBlock *before = &f->blocks.data[region->before];
  if (!region->part_count || region->part_count > REGION_PARTS || before->succ_count != 1 ||
      before->succs[0] < first)
    return;
  Arena *arena = &region->function->arena;
  PrefetchNest nest = {.code = f->blocks.data[first].nest,
                       .open = IR_NONE,
                       .close = IR_NONE,
                       .arrays = ARENA_ARRAY(arena, PrefetchArray, region->arrays.count + 1),
                       .part_count = region->part_count,
                       .parts = ARENA_ARRAY(arena, RegionPart, region->part_count)};
  memcpy(nest.parts, region->parts, region->part_count * sizeof *nest.parts);
  for (size_t i = 0; i < region->arrays.count; i++) {
    const Array *array = &region->arrays.data[i];
    if (array->kind == ARRAY_MEMORY)
      nest.arrays[nest.array_count++] = (PrefetchArray){array->base, array->object, array->written};
  }
  VEC_PUSH(&prefetch->nests, nest);
}

static bool within(const Function *f, const PrefetchNest *nest, uint32_t block) {
  return f->blocks.data[block].nest == nest->code;
}

// Blocks have been given other numbers meanwhile.
static void find_ends(const Function *f, PrefetchNest *nest) {
  for (uint32_t b = 0; b < f->blocks.count; b++) {
    const IrBlock *block = &f->blocks.data[b];
    if (!within(f, nest, b) || block->rpo == IR_NONE)
      continue;
    for (uint32_t p = 0; p < block->pred_count; p++)
      if (!within(f, nest, block->preds[p]) && f->blocks.data[block->preds[p]].rpo != IR_NONE)
        nest->open = b;
    for (uint32_t s = 0; s < block->succ_count; s++)
      if (!within(f, nest, block->succs[s]))
        nest->close = b;
  }
}

// --- what the code says

static IsaOp machine_op(const IrInsn *insn) {
  return insn->op == IR_MACHINE ? vector_form(insn).op : ISA_OP_COUNT;
}

static bool constant(const Function *f, IrValue v, int64_t *number) {
  if (!ir_is_const(f, v))
    return false;
  *number = ir_insn(f, v)->imm;
  return true;
}

// The leaf that an address is made from by adding constants. *array: which of the nest's arrays begins on the
// way; UINT32_MAX: none does.
static IrValue trace(const Function *f, const PrefetchNest *nest, IrValue v, int64_t *distance,
                     uint32_t *array) {
  *distance = 0;
  *array = UINT32_MAX;
  for (;;) {
    const IrInsn *insn = ir_insn(f, v);
    for (uint32_t i = 0; nest && i < nest->array_count && *array == UINT32_MAX; i++)
      if (nest->arrays[i].base == v)
        *array = i;
    if (insn->op != IR_ADD)
      return insn->block == IR_NONE || insn->op == IR_ARG ? v : IR_NONE;
    const IrValue *x = ir_operands_const(f, insn);
    int64_t number = 0;
    if (constant(f, x[1], &number))
      v = x[0];
    else if (constant(f, x[0], &number))
      v = x[1];
    else
      return IR_NONE;
    *distance += number;
  }
}

// Whether an address is one of the frame's; then also where.
static bool in_frame(const Mover *m, IrValue v, int64_t *place) {
  uint32_t array;
  IrValue leaf = v == IR_NONE ? IR_NONE : trace(m->f, NULL, v, place, &array);
  if (leaf == IR_NONE || ir_insn(m->f, leaf)->op != IR_SYMBOL ||
      ir_symbol_of(ir_insn(m->f, leaf)) != m->frame)
    return false;
  *place += ir_addend_of(ir_insn(m->f, leaf));
  return true;
}

// What the engine's registers hold.
typedef struct Staged {
  IrValue source, destination; // IR_NONE: not known
  bool fills;
  bool known[DMA_DIMENSIONS];
  int64_t dimensions[DMA_DIMENSIONS][3];
} Staged;

static void stage(const Function *f, const IrInsn *insn, Staged *staged) {
  const IrValue *x = ir_operands_const(f, insn);
  int64_t i = 0;
  switch (machine_op(insn)) {
  case ISA_KD_SRC:
    staged->source = x[0];
    break;
  case ISA_KD_DST:
    staged->destination = x[0];
    break;
  case ISA_KD_FILL:
    staged->fills = true;
    break;
  case ISA_KD_DIM:
    if (insn->operand_count < 4 || !constant(f, x[0], &i) || i < 0 || i >= DMA_DIMENSIONS)
      break;
    staged->known[i] = true;
    for (unsigned k = 0; k < 3; k++)
      staged->known[i] = staged->known[i] && constant(f, x[k + 1], &staged->dimensions[i][k]);
    break;
  default:
    break;
  }
}

static bool is_apart(const Mover *m, uint32_t array) {
  const PrefetchArray *x = &m->nest->arrays[array];
  for (uint32_t i = 0; i < m->before->array_count; i++) {
    const PrefetchArray *y = &m->before->arrays[i];
    if (y->written && !objects_apart(m->f, x->base, x->object, y->base, y->object))
      return false;
  }
  return true;
}

static bool make_head(const Mover *m, const Staged *staged, Head *head) {
  if (staged->fills || staged->source == IR_NONE || !in_frame(m, staged->destination, &head->place))
    return false;
  head->origin = trace(m->f, m->nest, staged->source, &head->distance, &head->array);
  if (head->origin == IR_NONE || head->array == UINT32_MAX || !is_apart(m, head->array))
    return false;
  head->low = head->high = 0;
  for (unsigned i = 0; i < DMA_DIMENSIONS; i++) {
    const int64_t *d = staged->dimensions[i];
    if (!staged->known[i] || d[0] <= 0)
      return false;
    int64_t reach = i ? (d[0] - 1) * d[2] : d[0];
    *(reach < 0 ? &head->low : &head->high) += reach;
  }
  memcpy(head->dimensions, staged->dimensions, sizeof head->dimensions);
  return true;
}

// What may stand before transfers that are moved: nothing that they could depend on.
static bool may_pass(const Function *f, const IrInsn *insn) {
  switch (machine_op(insn)) {
  case ISA_KD_SRC:
  case ISA_KD_DST:
  case ISA_KD_FILL:
  case ISA_KD_DIM:
  case ISA_KD_START:
  case ISA_KT_DCFG:
    return true;
  default:
    break;
  }
  if (insn->op == IR_STORE) // the drain's configuration
    return ir_insn(f, address_origin(f, ir_operands_const(f, insn)[1]))->op == IR_FRAME;
  return !(ir_flags(insn) & (IR_EFFECT | IR_TERMINATOR));
}

static void find_heads(Mover *m) {
  const IrBlock *block = &m->f->blocks.data[m->nest->open];
  Staged staged = {.source = IR_NONE, .destination = IR_NONE};
  bool stores = false;
  for (uint32_t i = 0; i < block->count && m->count < MOST_TRANSFERS; i++) {
    const IrInsn *insn = ir_insn(m->f, block->insns[i]);
    if (!may_pass(m->f, insn))
      return;
    stores = stores || insn->op == IR_STORE;
    stage(m->f, insn, &staged);
    if (machine_op(insn) != ISA_KD_START)
      continue;
    Head *head = &m->heads[m->count];
    head->at = i;
    if (make_head(m, &staged, head) && !(stores && ir_insn(m->f, head->origin)->op == IR_FRAME))
      m->count++;
    staged.fills = false;
  }
}

// --- places in the scratchpad

static bool meets(const RegionPart *parts, uint32_t count, int64_t low, int64_t high) {
  for (uint32_t i = 0; i < count; i++)
    if (low < (int64_t)(parts[i].offset + parts[i].size) && (int64_t)parts[i].offset < high)
      return true;
  return false;
}

// Whether all addresses in the frame that a nest's code begins with lie in the parts that it named.
static bool parts_are_all(const Mover *m, const PrefetchNest *nest) {
  for (uint32_t b = 0; b < m->f->blocks.count; b++) {
    const IrBlock *block = &m->f->blocks.data[b];
    for (uint32_t i = 0; i < block->count && within(m->f, nest, b); i++) {
      const IrInsn *insn = ir_insn(m->f, block->insns[i]);
      const IrValue *x = ir_operands_const(m->f, insn);
      for (uint32_t o = 0; o < insn->operand_count; o++) {
        const IrInsn *leaf = ir_insn(m->f, x[o]);
        if (leaf->op == IR_SYMBOL && ir_symbol_of(leaf) == m->frame &&
            !meets(nest->parts, nest->part_count, ir_addend_of(leaf), ir_addend_of(leaf) + 1))
          return false;
      }
    }
  }
  return true;
}

// Buffers stay in their banks, and room is left to the code.
static bool may_shift(const Mover *m, int64_t shift) {
  const Machine *machine = m->target->machine;
  uint64_t bank = machine_spm_bank(machine), moved = (uint64_t)shift;
  if (!shift)
    return true;
  for (uint32_t i = 0; i < m->nest->part_count; i++) {
    const RegionPart *part = &m->nest->parts[i];
    uint64_t last = part->offset + part->size - 1;
    if (part->offset / bank != (part->offset + moved) / bank || last / bank != (last + moved) / bank ||
        last + moved >= machine->spm_size - machine->spm_size / CODE_PART)
      return false;
  }
  return true;
}

static unsigned count_apart(const Mover *m, int64_t shift) {
  unsigned count = 0;
  for (unsigned i = 0; i < m->count; i++) {
    const Head *head = &m->heads[i];
    int64_t at = head->place + shift;
    count += !meets(m->before->parts, m->before->part_count, at + head->low, at + head->high);
  }
  return count;
}

// The shift with which most transfers can be moved; those that cannot be are dropped.
static void choose_shift(Mover *m) {
  int64_t line = (int64_t)m->target->machine->spm_lanes * 4;
  unsigned most = count_apart(m, 0), kept = 0;
  for (uint32_t i = 0; i < m->before->part_count; i++) {
    const RegionPart *part = &m->before->parts[i];
    uint64_t bank = machine_spm_bank(m->target->machine);
    int64_t shift = (int64_t)((part->offset + part->size) % bank);
    shift = (shift + line - 1) / line * line;
    unsigned count = may_shift(m, shift) ? count_apart(m, shift) : 0;
    if (count > most) {
      most = count;
      m->shift = shift;
    }
  }
  for (unsigned i = 0; i < m->count; i++) {
    const Head *head = &m->heads[i];
    int64_t at = head->place + m->shift;
    if (!meets(m->before->parts, m->before->part_count, at + head->low, at + head->high))
      m->heads[kept++] = *head;
  }
  m->count = kept;
}

// In the code of a nest; NULL: everywhere.
static void replace(Function *f, const PrefetchNest *nest, IrValue old, IrValue new) {
  for (uint32_t b = 0; b < f->blocks.count; b++)
    for (uint32_t i = 0; i < f->blocks.data[b].count && (!nest || within(f, nest, b)); i++) {
      IrInsn *insn = ir_insn(f, f->blocks.data[b].insns[i]);
      for (uint32_t o = 0; o < insn->operand_count; o++)
        if (ir_operands(f, insn)[o] == old)
          ir_operands(f, insn)[o] = new;
    }
}

// The leaf of the frame with the largest offset below `end`; IR_NONE: there is none.
static IrValue last_place(const Mover *m, int64_t end) {
  IrValue last = IR_NONE;
  int64_t most = -1;
  for (IrValue v = 0; v < m->f->insns.count; v++) {
    const IrInsn *leaf = ir_insn(m->f, v);
    if (leaf->op != IR_SYMBOL || ir_symbol_of(leaf) != m->frame || ir_addend_of(leaf) >= end ||
        ir_addend_of(leaf) <= most)
      continue;
    most = ir_addend_of(leaf);
    last = v;
  }
  return last;
}

static void shift_buffers(Mover *m) {
  Function *f = m->f;
  uint64_t end = 0;
  for (uint32_t i = 0; i < m->nest->part_count; i++) {
    RegionPart *part = &m->nest->parts[i];
    part->offset += (uint64_t)m->shift;
    end = part->offset + part->size > end ? part->offset + part->size : end;
  }
  // From behind, so that none is moved twice.
  int64_t from = INT64_MAX;
  for (IrValue v = last_place(m, from); v != IR_NONE; v = last_place(m, from)) {
    from = ir_addend_of(ir_insn(f, v));
    IrValue moved = ir_leaf(f, IR_SYMBOL, IR_I64, ir_symbol_imm(m->frame, (int32_t)(from + m->shift)));
    replace(f, m->nest, v, moved);
  }
  spm_symbol(m->target, f, end, 1);
  NestReport *report = &m->target->nests.data[nest_index(m->nest->code)];
  for (uint32_t i = 0; i < report->buffer_count; i++)
    report->buffers[i].offset += (uint64_t)m->shift;
}

// --- where to

typedef struct Point {
  uint32_t block, at;
} Point;

static uint32_t behind_phis(const Function *f, uint32_t block) {
  const IrBlock *b = &f->blocks.data[block];
  uint32_t i = 0;
  while (i < b->count && ir_insn(f, b->insns[i])->op == IR_PHI)
    i++;
  return i;
}

static bool has_start(const Function *f, uint32_t block) {
  const IrBlock *b = &f->blocks.data[block];
  for (uint32_t i = 0; i < b->count; i++)
    if (machine_op(ir_insn(f, b->insns[i])) == ISA_KD_START)
      return true;
  return false;
}

// The number behind the block's last transfer that is none of results; 0: there is none.
static uint32_t behind_inputs(const Mover *m, uint32_t block) {
  const IrBlock *b = &m->f->blocks.data[block];
  IrValue source = IR_NONE;
  uint32_t behind = 0;
  int64_t place;
  for (uint32_t i = 0; i < b->count; i++) {
    const IrInsn *insn = ir_insn(m->f, b->insns[i]);
    if (machine_op(insn) == ISA_KD_SRC)
      source = ir_operands_const(m->f, insn)[0];
    if (machine_op(insn) == ISA_KD_START && !in_frame(m, source, &place))
      behind = i + 1;
  }
  return behind;
}

// The first place, which all ways through the nest before come by, behind all of its inputs.
static bool find_point(const Mover *m, Point *point) {
  const Function *f = m->f;
  uint32_t chain[CHAIN_BLOCKS], count = 0;
  uint32_t depth = f->blocks.data[m->before->close].depth;
  for (uint32_t b = m->before->close; b != IR_NONE && within(f, m->before, b); b = f->blocks.data[b].idom) {
    if (count == CHAIN_BLOCKS)
      return false;
    if (f->blocks.data[b].depth == depth) // not within a loop
      chain[count++] = b;
  }
  // How far up the chain other blocks begin that ask for something.
  uint32_t lowest = count;
  for (uint32_t b = 0; b < f->blocks.count; b++) {
    if (!within(f, m->before, b) || f->blocks.data[b].rpo == IR_NONE || !has_start(f, b))
      continue;
    uint32_t from = b, place = count;
    while (place == count && within(f, m->before, from)) {
      for (uint32_t i = 0; i < count && place == count; i++)
        place = chain[i] == from ? i : count;
      from = f->blocks.data[from].idom;
    }
    if (place < count && chain[place] != b && place < lowest)
      lowest = place;
  }
  for (uint32_t i = 0; i < count; i++) {
    if (i == lowest) {
      if (!i)
        return false;
      *point = (Point){chain[i - 1], behind_phis(f, chain[i - 1])};
      return true;
    }
    uint32_t behind = behind_inputs(m, chain[i]);
    if (behind) {
      *point = (Point){chain[i], behind};
      return true;
    }
  }
  return false;
}

// A block that runs once when the nest before has asked for all of its inputs, though it is in a loop.
static bool find_once(const Mover *m, Point *point) {
  for (uint32_t b = 0; b < m->f->blocks.count; b++)
    if (within(m->f, m->before, b) && m->f->blocks.data[b].once && m->f->blocks.data[b].rpo != IR_NONE) {
      *point = (Point){b, 0};
      return true;
    }
  return false;
}

static bool is_used(const Function *f, IrValue v) {
  for (uint32_t b = 0; b < f->blocks.count; b++)
    for (uint32_t i = 0; i < f->blocks.data[b].count; i++) {
      const IrInsn *insn = ir_insn(f, f->blocks.data[b].insns[i]);
      for (uint32_t o = 0; o < insn->operand_count; o++)
        if (ir_operands_const(f, insn)[o] == v)
          return true;
    }
  return false;
}

// Whether the nest never waits for one of the first transfers that are moved itself: their ids are not known
// there where the place does not dominate it.
static bool ids_are_free(const Mover *m) {
  const IrBlock *open = &m->f->blocks.data[m->nest->open];
  uint32_t head = 0;
  for (uint32_t i = 0; i < open->count && head < m->count; i++) {
    if (machine_op(ir_insn(m->f, open->insns[i])) != ISA_KD_START)
      continue;
    if (m->heads[head].at != i)
      return true; // those behind this one are waited for with it
    if (is_used(m->f, open->insns[i]))
      return false;
    head++;
  }
  return true;
}

// Whether the nest follows at once: nothing stands between that has an effect.
static bool follows(const Mover *m) {
  const Function *f = m->f;
  uint32_t at = m->before->close;
  for (unsigned steps = 0; steps < CHAIN_BLOCKS; steps++) {
    const IrBlock *block = &f->blocks.data[at];
    if (block->succ_count != 1)
      return false;
    at = block->succs[0];
    block = &f->blocks.data[at];
    uint32_t ways = 0;
    for (uint32_t p = 0; p < block->pred_count; p++)
      ways += f->blocks.data[block->preds[p]].rpo != IR_NONE;
    if (ways != 1)
      return false;
    if (at == m->nest->open)
      return true;
    for (uint32_t i = 0; i + 1 < block->count; i++)
      if (ir_flags(ir_insn(f, block->insns[i])) & IR_EFFECT)
        return false;
  }
  return false;
}

// --- moving

static void remove_insn(Function *f, uint32_t block, uint32_t at) {
  IrBlock *b = &f->blocks.data[block];
  ir_insn(f, b->insns[at])->block = IR_NONE;
  memmove(b->insns + at, b->insns + at + 1, (b->count - at - 1) * sizeof *b->insns);
  b->count--;
}

// Starts the transfers at the end of a block. The nest before may have left anything in the dimensions that
// its own transfers have; in the others it expects to find 1.
static void start_heads(Mover *m, Emitter *e, IrValue *ids) {
  bool used[DMA_DIMENSIONS] = {false};
  IrValue frame = ir_leaf(m->f, IR_SYMBOL, IR_I64, ir_symbol_imm(m->frame, 0));
  for (unsigned h = 0; h < m->count; h++) {
    const Head *head = &m->heads[h];
    DmaBox box = {.source = emit_add_number(e, head->origin, head->distance),
                  .destination = emit_add_number(e, frame, head->place + m->shift),
                  .bytes = emit_number(e, head->dimensions[0][0]),
                  .most = DMA_DIMENSIONS - 1};
    for (unsigned i = 1; i < DMA_DIMENSIONS; i++) {
      const int64_t *d = head->dimensions[i];
      used[i] = used[i] || d[0] != 1;
      if (used[i])
        box.dimensions = i;
    }
    for (unsigned i = 0; i < box.dimensions; i++) {
      const int64_t *d = head->dimensions[i + 1];
      box.counts[i] = emit_number(e, d[0]);
      box.source_strides[i] = emit_number(e, d[1]);
      box.destination_strides[i] = emit_number(e, d[2]);
    }
    ids[h] = dma_start(e, &box, IR_NONE);
  }
  IrValue zero = emit_number(e, 0), one = emit_number(e, 1);
  for (unsigned i = 1; i < DMA_DIMENSIONS; i++) {
    IrValue operands[4] = {emit_number(e, i), one, zero, zero};
    if (used[i])
      emit_machine(e, ISA_KD_DIM, IR_VOID, 4, operands);
  }
}

static void insert_heads(Mover *m, Point point, IrValue *ids) {
  Function *f = m->f;
  IrBlock *block = &f->blocks.data[point.block];
  uint32_t behind = block->count - point.at;
  IrValue *rest = ARENA_ARRAY(&f->arena, IrValue, behind);
  memcpy(rest, block->insns + point.at, behind * sizeof *rest);
  block->count = point.at;
  Emitter *e = checked_malloc(sizeof *e);
  memset(e, 0, sizeof *e);
  e->target = m->target;
  e->machine = m->target->machine;
  e->builder = (Builder){.f = f, .block = point.block};
  start_heads(m, e, ids);
  for (uint32_t i = 0; i < behind; i++)
    ir_append(f, point.block, rest[i]);
  free(e);
}

// The transfers leave the nest. Who waited for one waits for the one before it that is left, since that is
// asked for later now.
static void remove_heads(Mover *m, const IrValue *ids) {
  Function *f = m->f;
  for (unsigned h = m->count; h-- > 0;) {
    uint32_t open = m->nest->open, at = m->heads[h].at;
    IrValue id = ids[h], old = f->blocks.data[open].insns[at];
    for (uint32_t i = 0, moved = 0; i < at; i++) {
      IrValue v = f->blocks.data[open].insns[i];
      if (machine_op(ir_insn(f, v)) != ISA_KD_START)
        continue;
      if (moved < h && m->heads[moved].at == i)
        moved++;
      else
        id = v;
    }
    replace(f, NULL, old, id);
    remove_insn(f, open, at);
  }
}

static void move_heads(Target *target, Function *f, const PrefetchNest *before, const PrefetchNest *nest) {
  const char *of = target->symbols.data[f->symbol].name;
  Mover *m = checked_malloc(sizeof *m);
  memset(m, 0, sizeof *m);
  *m = (Mover){.target = target, .f = f, .before = before, .nest = nest};
  m->frame = target_symbol(target, arena_format(&target->arena, ".Lspm.%s", of));
  Point point;
  IrValue ids[MOST_TRANSFERS];
  if (before->close != IR_NONE && nest->open != IR_NONE && follows(m) && parts_are_all(m, before) &&
      parts_are_all(m, nest)) {
    find_heads(m);
    choose_shift(m);
    if (m->count && ((ids_are_free(m) && find_once(m, &point)) || find_point(m, &point))) {
      insert_heads(m, point, ids);
      remove_heads(m, ids);
      if (m->shift)
        shift_buffers(m);
      target_remark(target, TARGET_REMARK_PASSED, "prefetch", place_named(of),
                    m->count == 1 ? "1 transfer that begins a nest is asked for in the nest before"
                                  : "%u transfers that begin a nest are asked for in the nest before",
                    m->count);
    }
  }
  free(m);
}

void prefetch_across_nests(Target *target, Function *f, Prefetch *prefetch) {
  if (prefetch->nests.count > 1) {
    f->analyzed = false;
    ir_analyze(f);
    for (size_t i = 0; i < prefetch->nests.count; i++)
      find_ends(f, &prefetch->nests.data[i]);
  }
  for (size_t j = 0; j < prefetch->nests.count; j++)
    for (size_t i = 0; i < prefetch->nests.count; i++)
      if (i != j)
        move_heads(target, f, &prefetch->nests.data[i], &prefetch->nests.data[j]);
  VEC_FREE(&prefetch->nests);
}
