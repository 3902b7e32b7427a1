// Temporaries that one loop nest leaves to another stay in the scratchpad: arrays of the function's frame, or
// from malloc, whose address nobody else gets. Those whose lives (blocks of the function) do not meet share
// memory. While nests are mapped they are what others are, so that what is known of these is known of them.
#include "target/tensor/keep.h"
#include "support/round.h"
#include "target/tensor/raise/raise.h"
#include "target/tensor/scratchpad.h"

#include <string.h>

enum {
  LEAST_BYTES = 256, // less is in the cache soon
  MOST_ARRAYS = 64,
};

// In which loops something is done: by their headers.
typedef struct Loops {
  bool any, several;
  uint32_t header;
} Loops;

typedef struct Candidate {
  IrValue origin; // the address of a slot, or a call of malloc
  uint64_t bytes, offset;
  bool refused; // others may see it
  Loops stores, loads;
  Bitset life; // blocks
} Candidate;

typedef struct Keeper {
  Target *target;
  Function *f;
  Arena arena;
  uint64_t *masks; // by value: of which candidates it may be an address
  Candidate candidates[MOST_ARRAYS];
  uint32_t count;
} Keeper;

static uint64_t line_bytes(const Machine *machine) {
  return machine->spm_lanes * 4;
}

// --- where addresses go -----------------------------------------------------------------------------------

static void start(Keeper *k, Target *target, Function *f) {
  *k = (Keeper){.target = target, .f = f};
}

static bool is_call_of(const Keeper *k, IrValue v, const char *name) {
  const IrInsn *call = ir_insn(k->f, v);
  bool calls = (call->op == IR_CALL || call->op == IR_TAILCALL) && call->block != IR_NONE;
  const IrInsn *callee = calls ? ir_insn(k->f, ir_operand(k->f, v, 0)) : call;
  return calls && callee->op == IR_SYMBOL &&
         strcmp(k->target->symbols.data[ir_symbol_of(callee)].name, name) == 0;
}

// Bytes that a slot's address or a call of malloc gives; 0: neither, or it is not known how many.
static uint64_t bytes_of(const Keeper *k, IrValue v) {
  const IrInsn *insn = ir_insn(k->f, v);
  if (insn->op == IR_FRAME) {
    const FrameSlot *slot = &k->f->slots.data[(size_t)insn->imm];
    return slot->incoming || slot->alignment > line_bytes(k->target->machine) ? 0 : slot->size;
  }
  if (insn->op != IR_CALL || !is_call_of(k, v, "malloc") || insn->operand_count != 2 ||
      !ir_is_const(k->f, ir_operand(k->f, v, 1)))
    return 0;
  int64_t size = ir_insn(k->f, ir_operand(k->f, v, 1))->imm;
  return size > 0 && size < INT32_MAX ? (uint64_t)size : 0;
}

static void add_candidate(Keeper *k, IrValue origin) {
  if (k->count < MOST_ARRAYS)
    k->candidates[k->count++] =
        (Candidate){.origin = origin, .bytes = round_up(bytes_of(k, origin), line_bytes(k->target->machine))};
}

static uint64_t mask_of(const Keeper *k, const IrInsn *insn) {
  const IrValue *x = ir_operands_const(k->f, insn);
  uint64_t mask = 0;
  for (uint32_t o = 0; o < insn->operand_count; o++)
    mask |= k->masks[x[o]];
  return mask;
}

static bool makes_address(const IrInsn *insn) {
  return insn->op == IR_PHI || ((ir_flags(insn) & IR_PURE) && insn->op != IR_ICMP);
}

// Sets masks and marks the blocks where addresses are used.
static void follow_addresses(Keeper *k) {
  const Function *f = k->f;
  k->masks = ARENA_ARRAY(&k->arena, uint64_t, f->insns.count + 1);
  for (uint32_t c = 0; c < k->count; c++)
    k->candidates[c].life = bitset_new(&k->arena, f->blocks.count);
  for (uint32_t c = 0; c < k->count; c++)
    k->masks[k->candidates[c].origin] = UINT64_C(1) << c;
  for (bool more = true; more;) {
    more = false;
    for (uint32_t i = 0; i < f->rpo_count; i++) {
      const IrBlock *b = &f->blocks.data[f->rpo[i]];
      for (uint32_t n = 0; n < b->count; n++) {
        const IrInsn *insn = ir_insn(f, b->insns[n]);
        uint64_t mask = mask_of(k, insn);
        for (uint32_t c = 0; mask >> c && c < k->count; c++)
          if (mask >> c & 1)
            bitset_add(&k->candidates[c].life, f->rpo[i]);
        if (!mask || !makes_address(insn) || (k->masks[b->insns[n]] | mask) == k->masks[b->insns[n]])
          continue;
        k->masks[b->insns[n]] |= mask;
        more = true;
      }
    }
  }
}

static void note_loop(Loops *loops, uint32_t header) {
  loops->several = loops->several || (loops->any && loops->header != header);
  loops->any = true;
  loops->header = header;
}

static bool is_single(uint64_t mask) {
  return (mask & (mask - 1)) == 0;
}

// Whether nobody else sees an array by what an instruction of the program does with its address.
static bool stays_private(Keeper *k, IrValue v, uint32_t block, uint64_t mask) {
  const Function *f = k->f;
  const IrInsn *insn = ir_insn(f, v);
  const IrValue *x = ir_operands_const(f, insn);
  Candidate *c = &k->candidates[bitset_next(&(Bitset){&mask, 1}, 0)];
  uint32_t loop = f->blocks.data[block].loop;
  switch (insn->op) {
  case IR_ADD:
  case IR_SUB:
  case IR_COPY:
    return is_single(mask);
  case IR_AND: // alignment
    return ir_is_const(f, x[1]);
  case IR_PHI: // of memory that is another one each time only where it is the latest
    return is_single(mask) && (ir_insn(f, c->origin)->op == IR_FRAME ||
                               f->blocks.data[ir_insn(f, c->origin)->block].loop == IR_NONE);
  case IR_ICMP:
    return true;
  case IR_LOAD:
    if (loop != IR_NONE)
      note_loop(&c->loads, loop);
    return true;
  case IR_STORE:
    if (loop != IR_NONE)
      note_loop(&c->stores, loop);
    return !k->masks[x[0]];
  case IR_CALL:
  case IR_TAILCALL:
    if (is_call_of(k, v, "free"))
      return insn->operand_count == 2 && x[1] == c->origin;
    note_loop(insn->operand_count > 1 && k->masks[x[1]] ? &c->stores : &c->loads, IR_NONE);
    return is_memory_call(k->target, f, v) && is_single(mask);
  default:
    return false;
  }
}

static void refuse_seen(Keeper *k) {
  const Function *f = k->f;
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t n = 0; n < b->count; n++) {
      uint64_t mask = mask_of(k, ir_insn(f, b->insns[n]));
      bool seen = mask && !stays_private(k, b->insns[n], f->rpo[i], mask);
      for (uint32_t c = 0; seen && c < k->count; c++)
        k->candidates[c].refused = k->candidates[c].refused || (mask >> c & 1);
    }
  }
}

// --- lives ------------------------------------------------------------------------------------------------

// Adds all blocks that are reached from a set's, forwards or backwards.
static void reach(const Function *f, Bitset *set, bool forwards) {
  for (bool more = true; more;) {
    more = false;
    for (uint32_t i = 0; i < f->rpo_count; i++) {
      uint32_t at = f->rpo[forwards ? i : f->rpo_count - 1 - i];
      const IrBlock *b = &f->blocks.data[at];
      const uint32_t *from = forwards ? b->preds : b->succs;
      for (uint32_t n = 0; n < (forwards ? b->pred_count : b->succ_count) && !bitset_has(set, at); n++)
        if (bitset_has(set, from[n])) {
          bitset_add(set, at);
          more = true;
        }
    }
  }
}

// From the blocks in which an array is used: those of a nest on the machine's units belong together, since
// transfers and drains end with it; and all between them.
static void complete_life(Keeper *k, Candidate *c) {
  const Function *f = k->f;
  Bitset nests = bitset_new(&k->arena, 2 * k->target->nests.count + 2);
  for (uint32_t b = 0; b < f->blocks.count; b++)
    if (bitset_has(&c->life, b))
      bitset_add(&nests, f->blocks.data[b].nest);
  for (uint32_t b = 0; b < f->blocks.count; b++)
    if (f->blocks.data[b].nest && bitset_has(&nests, f->blocks.data[b].nest))
      bitset_add(&c->life, b);
  Bitset before = bitset_new(&k->arena, f->blocks.count);
  bitset_copy(&before, &c->life);
  reach(f, &c->life, true);
  reach(f, &before, false);
  for (size_t w = 0; w < before.word_count; w++)
    c->life.words[w] &= before.words[w];
}

// Whether a call allocates or frees the memory of an array that is kept, and goes with that.
static bool is_of_kept(const Keeper *k, IrValue call) {
  bool frees = is_call_of(k, call, "free");
  for (uint32_t i = 0; i < k->count; i++) {
    const Candidate *c = &k->candidates[i];
    if (!c->refused && (c->origin == call || (frees && ir_operand(k->f, call, 1) == c->origin)))
      return true;
  }
  return false;
}

// Whether nothing is called in an array's life that might need the memory, if only by calling this function
// again. Before nests are mapped there may be calls that are gone then.
static bool outlives_calls(const Keeper *k, const Candidate *c, bool mapped) {
  const Function *f = k->f;
  for (uint32_t b = 0; b < f->blocks.count; b++)
    for (uint32_t n = 0; bitset_has(&c->life, b) && n < f->blocks.data[b].count; n++) {
      IrValue v = f->blocks.data[b].insns[n];
      const IrInsn *insn = ir_insn(f, v);
      bool call = insn->op == IR_CALL || insn->op == IR_TAILCALL;
      bool goes = !mapped && call && (is_memory_call(k->target, f, v) || library_function(k->target, f, v));
      if (insn->op == IR_ASM || (call && !goes && !is_of_kept(k, v)))
        return false;
    }
  return true;
}

// What is called for one array that is not kept may be in the way of another.
static bool refuse_called(Keeper *k, bool mapped) {
  bool refused = false;
  for (bool more = true; more;) {
    more = false;
    for (uint32_t i = 0; i < k->count; i++) {
      Candidate *c = &k->candidates[i];
      if (c->refused || outlives_calls(k, c, mapped))
        continue;
      c->refused = refused = more = true;
    }
  }
  return refused;
}

static bool lives_meet(const Candidate *x, const Candidate *y) {
  for (size_t w = 0; w < x->life.word_count; w++)
    if (x->life.words[w] & y->life.words[w])
      return true;
  return false;
}

// --- places -----------------------------------------------------------------------------------------------

// The least offset at which no array lies whose life meets this one's.
static uint64_t free_offset(const Keeper *k, const Candidate *candidate, const bool *placed) {
  uint64_t offset = 0;
  for (bool moved = true; moved;) {
    moved = false;
    for (uint32_t i = 0; i < k->count; i++) {
      const Candidate *c = &k->candidates[i];
      if (placed[i] && offset < c->offset + c->bytes && c->offset < offset + candidate->bytes &&
          lives_meet(c, candidate)) {
        offset = c->offset + c->bytes;
        moved = true;
      }
    }
  }
  return offset;
}

static Place place_of(const Keeper *k) {
  return place_named(k->target->symbols.data[k->f->symbol].name);
}

// Largest first. What does not fit is refused. Returns where the last one ends.
static uint64_t place_arrays(Keeper *k, uint64_t room) {
  bool placed[MOST_ARRAYS] = {false};
  uint64_t end = 0;
  for (;;) {
    uint32_t next = k->count;
    for (uint32_t i = 0; i < k->count; i++)
      if (!placed[i] && !k->candidates[i].refused &&
          (next == k->count || k->candidates[i].bytes > k->candidates[next].bytes))
        next = i;
    if (next == k->count)
      return end;
    Candidate *c = &k->candidates[next];
    c->offset = free_offset(k, c, placed);
    if (c->offset + c->bytes > room) {
      c->refused = true;
      target_remark(k->target, TARGET_REMARK_MISSED, "keep", place_of(k),
                    "an array of %llu bytes does not stay in the scratchpad: with those that live "
                    "beside it that is %llu bytes more than there is room for",
                    (unsigned long long)c->bytes, (unsigned long long)(c->offset + c->bytes - room));
      continue;
    }
    placed[next] = true;
    end = c->offset + c->bytes > end ? c->offset + c->bytes : end;
  }
}

static bool goes_on(const Candidate *c) {
  const Loops *s = &c->stores, *l = &c->loads;
  return s->any && l->any && (s->several || l->several || s->header != l->header);
}

static void find_candidates(Keeper *k) {
  Function *f = k->f;
  for (IrValue v = 0; v < f->insns.count; v++)
    if (bytes_of(k, v) >= LEAST_BYTES)
      add_candidate(k, v);
  if (!k->count)
    return;
  ir_analyze(f);
  follow_addresses(k);
  refuse_seen(k);
  for (uint32_t i = 0; i < k->count; i++) {
    Candidate *c = &k->candidates[i];
    complete_life(k, c);
    c->refused = c->refused || !goes_on(c);
  }
  refuse_called(k, false);
}

void keep_begin(Target *target, Function *f, Keep *keep) {
  keep->whole = target->machine;
  if (!target->machine->spm_size || !(target->extensions & ISA_EXTENSION_BIT(ISA_EXT_XKILNDMA)))
    return;
  Keeper k;
  start(&k, target, f);
  find_candidates(&k);
  // Half of the memory is left to the nests.
  uint64_t reserved = 0;
  do
    reserved = place_arrays(&k, target->machine->spm_size / 2);
  while (refuse_called(&k, false));
  f->kept = ARENA_ARRAY(&f->arena, IrValue, k.count + 1);
  for (uint32_t i = 0; i < k.count; i++)
    if (!k.candidates[i].refused)
      f->kept[f->kept_count++] = k.candidates[i].origin;
  if (reserved) {
    keep->rest = *target->machine;
    keep->rest.spm_size -= reserved;
    keep->rest.spm_taken += reserved;
    target->machine = &keep->rest;
  }
  arena_free(&k.arena);
}

static bool any_mapped(const Function *f) {
  for (uint32_t b = 0; b < f->blocks.count; b++)
    if (f->blocks.data[b].nest)
      return true;
  return false;
}

static void remove_frees(Function *f, const Keeper *k, IrValue memory) {
  for (uint32_t b = 0; b < f->blocks.count; b++) {
    IrBlock *block = &f->blocks.data[b];
    uint32_t left = 0;
    for (uint32_t n = 0; n < block->count; n++) {
      IrValue v = block->insns[n];
      IrInsn *insn = ir_insn(f, v);
      bool gone = is_call_of(k, v, "free") && ir_operand(f, v, 1) == memory;
      if (gone && insn->op == IR_TAILCALL) {
        insn->op = IR_RET;
        insn->flags = 0;
        ir_set_operands(f, insn, 0, NULL);
      } else if (gone) {
        insn->block = IR_NONE;
        continue;
      }
      block->insns[left++] = v;
    }
    block->count = left;
  }
}

// What was the address of a slot, or a call, becomes that of memory in the scratchpad.
static void move_array(Keeper *k, const Candidate *c, SymbolId frame, uint64_t at) {
  Function *f = k->f;
  const int64_t place = ir_symbol_imm(frame, (int32_t)(at + c->offset));
  if (ir_insn(f, c->origin)->op == IR_FRAME) {
    IrInsn *leaf = ir_insn(f, c->origin);
    FrameSlot *slot = &f->slots.data[(size_t)leaf->imm];
    slot->size = 0;
    slot->alignment = 1;
    leaf->op = IR_SYMBOL;
    leaf->imm = place;
  } else {
    IrValue address = ir_leaf(f, IR_SYMBOL, IR_I64, place);
    remove_frees(f, k, c->origin);
    IrInsn *call = ir_insn(f, c->origin);
    call->op = IR_COPY;
    call->flags = call->aux = 0;
    call->imm = 0;
    ir_set_operands(f, call, 1, &address);
  }
  target_remark(k->target, TARGET_REMARK_PASSED, "keep", place_of(k),
                "an array of %llu bytes stays in the scratchpad from nest to nest",
                (unsigned long long)c->bytes);
}

static void place_kept(Keeper *k) {
  const Machine *machine = k->target->machine;
  SymbolId frame = spm_symbol(k->target, k->f, 0, line_bytes(machine));
  uint64_t at = round_up(k->target->symbols.data[frame].size, line_bytes(machine)), bytes = 0;
  do
    bytes = place_arrays(k, machine->spm_size - at);
  while (refuse_called(k, true));
  spm_symbol(k->target, k->f, at + bytes, line_bytes(machine));
  for (uint32_t i = 0; i < k->count; i++)
    if (!k->candidates[i].refused)
      move_array(k, &k->candidates[i], frame, at);
}

void keep_end(Target *target, Function *f, Keep *keep) {
  target->machine = keep->whole;
  Keeper k;
  start(&k, target, f);
  for (uint32_t i = 0; i < f->kept_count; i++)
    add_candidate(&k, f->kept[i]);
  f->kept_count = 0;
  if (!k.count || !any_mapped(f))
    return;
  ir_analyze(f);
  follow_addresses(&k);
  bool any = false;
  for (uint32_t i = 0; i < k.count; i++) {
    k.candidates[i].refused = bitset_count(&k.candidates[i].life) == 0; // fusion has taken it out
    complete_life(&k, &k.candidates[i]);
  }
  refuse_called(&k, true);
  for (uint32_t i = 0; i < k.count; i++)
    any = any || !k.candidates[i].refused;
  if (any)
    place_kept(&k);
  arena_free(&k.arena);
}

bool is_kept(const Function *f, IrValue address) {
  IrValue origin = address_origin(f, address);
  for (uint32_t i = 0; i < f->kept_count; i++)
    if (f->kept[i] == origin)
      return true;
  return false;
}
