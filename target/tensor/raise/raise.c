// Finds the parts of a function that can be regions, largest first.
#include "target/tensor/raise/raise.h"

#include <string.h>

typedef struct Search {
  Target *target;
  Function *f;
  RegionVisitor *visit;
  void *context;
  VEC(uint8_t) looked;       // by block: LOOKED_..., so that ways that meet again are not followed twice
  const Obstacle *obstacles; // by block, of those that were there before the first region was made
  uint32_t block_count;      // such blocks
  Arena arena;               // of the region that is looked at
  bool whole;                // iterators are not divided by values of the run time
} Search;

// --- uses -------------------------------------------------------------------------------------------------

static uint32_t common_loop(const Function *f, uint32_t header, uint32_t block) {
  while (header != IR_NONE && !block_in_loop(f, block, header))
    header = f->blocks.data[header].parent;
  return header;
}

static void note_use(Raise *r, IrValue v, uint32_t block, bool elsewhere, bool behind) {
  if (v >= r->known || !inside_region(r, v))
    return;
  uint32_t own = r->f->blocks.data[ir_insn(r->f, v)->block].loop;
  r->elsewhere[v] |= elsewhere;
  r->use_loop[v] = common_loop(r->f, r->use_loop[v], block);
  if (behind)
    r->leaves[v] = 2;
  else if (r->use_loop[v] != own && !r->leaves[v])
    r->leaves[v] = 1;
}

static void note_uses(Raise *r) {
  const Function *f = r->f;
  for (size_t b = bitset_next(&r->inside, 0); b != SIZE_MAX; b = bitset_next(&r->inside, b + 1))
    for (uint32_t k = 0; k < f->blocks.data[b].count; k++)
      if (f->blocks.data[b].insns[k] < r->known)
        r->use_loop[f->blocks.data[b].insns[k]] = f->blocks.data[b].loop;
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    bool outside = !bitset_has(&r->inside, f->rpo[i]);
    // Where the entry does not dominate, nothing but phis can use values of the region.
    bool phis_alone = outside && !ir_dominates(f, r->region->entry, f->rpo[i]);
    for (uint32_t k = 0; k < b->count; k++) {
      const IrInsn *insn = ir_insn(f, b->insns[k]);
      if (phis_alone && insn->op != IR_PHI)
        break;
      const IrValue *x = ir_operands_const(f, insn);
      for (uint32_t o = 0; o < insn->operand_count; o++) {
        bool phi = insn->op == IR_PHI;
        bool here = x[o] < r->known && ir_insn(f, x[o])->block == f->rpo[i] && !phi;
        note_use(r, x[o], f->rpo[i], !here, outside);
      }
    }
  }
}

// --- one region -------------------------------------------------------------------------------------------

void region_release(Region *region) {
  VEC_FREE(&region->iterators);
  for (size_t i = 0; i < region->loops.count; i++)
    VEC_FREE(&region->loops.data[i].body);
  VEC_FREE(&region->loops);
  VEC_FREE(&region->body);
  VEC_FREE(&region->statements);
  VEC_FREE(&region->accesses);
  VEC_FREE(&region->arrays);
  VEC_FREE(&region->nodes);
  VEC_FREE(&region->live_outs);
  VEC_FREE(&region->again);
  VEC_FREE(&region->assumptions);
}

static void raise_release(Raise *r) {
  VEC_FREE(&r->loops);
  VEC_FREE(&r->materialized);
  VEC_FREE(&r->trail);
  VEC_FREE(&r->guards);
  VEC_FREE(&r->decided);
  VEC_FREE(&r->written);
  VEC_FREE(&r->sources);
  VEC_FREE(&r->readable);
}

// `earlier` is a look at the same blocks before; what it put into the block before them is used again.
static void raise_start(Raise *r, Search *s, Region *region, Arena *arena, const Raise *earlier) {
  Function *f = s->f;
  Raise kept = earlier ? *earlier : (Raise){.known = (uint32_t)f->insns.count};
  *r = (Raise){.target = s->target,
               .f = f,
               .arena = arena,
               .region = region,
               .inside = bitset_new(arena, f->blocks.count),
               .certain = bitset_new(arena, f->blocks.count),
               .culprit = IR_NONE,
               .loop = UINT32_MAX,
               .condition = NODE_NONE,
               .end = IR_NONE,
               .units = UINT32_MAX,
               .most = UINT32_MAX};
  VEC_RESERVE(&r->loops, f->blocks.count);
  uint32_t n = r->known = kept.known;
  for (size_t i = 0; i < kept.materialized.count; i++)
    VEC_PUSH(&r->materialized, kept.materialized.data[i]);
  for (size_t i = 0; i < kept.written.count; i++)
    VEC_PUSH(&r->written, kept.written.data[i]);
  r->polys = ARENA_ARRAY(arena, const Poly *, n);
  r->poly_known = ARENA_ARRAY(arena, uint8_t, n);
  bool known = kept.invariants && !kept.early;
  r->invariants = known ? kept.invariants : ARENA_ARRAY(arena, IrValue, n);
  r->nodes = ARENA_ARRAY(arena, uint32_t, n);
  r->accesses = ARENA_ARRAY(arena, uint32_t, n);
  r->elsewhere = ARENA_ARRAY(arena, uint8_t, n);
  r->use_loop = ARENA_ARRAY(arena, uint32_t, n);
  r->leaves = ARENA_ARRAY(arena, uint8_t, n);
  r->latest = ARENA_ARRAY(arena, uint32_t, n);
  r->after = ARENA_ARRAY(arena, uint32_t, n);
  *region = (Region){.arena = arena, .function = f, .before = IR_NONE, .after = IR_NONE};
}

// Blocks of the region: those on the way from entry, within the loop around it, up to `after`.
static void collect_blocks(Raise *r, uint32_t entry, uint32_t after) {
  const Function *f = r->f;
  uint32_t around = f->blocks.data[entry].loop;
  if (around == entry)
    around = f->blocks.data[entry].parent;
  VEC(uint32_t) work = {0};
  VEC_PUSH(&work, entry);
  while (work.count) {
    uint32_t b = VEC_POP(&work);
    if (b == after || b == around || bitset_has(&r->inside, b) || !ir_dominates(f, entry, b) ||
        (around != IR_NONE && !block_in_loop(f, b, around)))
      continue;
    bitset_add(&r->inside, b);
    for (uint32_t s = 0; s < f->blocks.data[b].succ_count; s++)
      VEC_PUSH(&work, f->blocks.data[b].succs[s]);
  }
  VEC_FREE(&work);
}

// The block that only leads into the region.
static uint32_t block_before(Function *f, uint32_t entry, Arena *arena) {
  uint32_t found = IR_NONE, ways = 0;
  const IrBlock *b = &f->blocks.data[entry];
  for (uint32_t p = 0; p < b->pred_count; p++)
    if (f->blocks.data[b->preds[p]].rpo == IR_NONE || !ir_dominates(f, entry, b->preds[p])) {
      found = b->preds[p];
      ways++;
    }
  if (ways == 1 && f->blocks.data[found].succ_count == 1)
    return found;
  Bitset around = bitset_new(arena, f->blocks.count);
  for (uint32_t i = 0; i < f->rpo_count; i++)
    if (ir_dominates(f, entry, f->rpo[i]))
      bitset_add(&around, f->rpo[i]);
  found = funnel_edges(f, entry, &around, false);
  ir_analyze(f);
  return found;
}

// Whether a value, as the address of an element, is quickly made of what was there before the region.
static bool is_made_again(const Raise *r, IrValue v) {
  const IrInsn *insn = ir_insn(r->f, v);
  const IrValue *x = ir_operands_const(r->f, insn);
  bool quick = insn->op == IR_ADD || insn->op == IR_SUB || insn->op == IR_SHL || insn->op == IR_SEXT ||
               insn->op == IR_ZEXT || insn->op == IR_TRUNC;
  for (uint32_t i = 0; i < insn->operand_count && quick; i++)
    quick = !inside_region(r, x[i]);
  return quick;
}

static bool add_live_outs(Raise *r) {
  Region *region = r->region;
  r->at = region->after;
  for (IrValue v = 0; v < r->known; v++) {
    if (!inside_region(r, v) || r->leaves[v] != 2 || ir_type(r->f, v) == IR_VOID)
      continue;
    if (is_made_again(r, v)) {
      VEC_PUSH(&region->again, v);
      continue;
    }
    uint32_t known = r->after[v] ? r->after[v] : r->latest[v];
    if (!known || region->accesses.data[known - 1].offset.count) {
      uint32_t access = scalar_access(r, ir_type(r->f, v), UINT32_MAX);
      if (!push_statement(r, access, node_of(r, v), v))
        return false;
      known = access + 1;
    }
    LiveOut out = {v, known - 1};
    VEC_PUSH(&region->live_outs, out);
  }
  return true;
}

static bool raise_one(Raise *r, uint32_t entry, uint32_t after, uint32_t before) {
  r->region->entry = entry;
  r->region->after = after;
  r->region->before = before;
  collect_blocks(r, entry, after);
  note_uses(r);
  return raise_walk(r) && (after == IR_NONE || add_live_outs(r));
}

// Whether an array is written has to be known before its loads are looked at, so it is kept for the next
// look.
static void note_written(Raise *r) {
  for (size_t i = 0; i < r->region->arrays.count; i++)
    if (r->region->arrays.data[i].written && r->region->arrays.data[i].base != IR_NONE)
      VEC_PUSH(&r->written, r->region->arrays.data[i].base);
}

static void report_failure(Search *s, const char *reason, IrValue culprit, uint32_t entry) {
  culprit = culprit != IR_NONE ? culprit : s->f->blocks.data[entry].insns[0];
  reason = reason ? reason : "it has no loops";
  target_remark(s->target, TARGET_REMARK_MISSED, "tensor", ir_place(s->target, s->f, culprit),
                "loop nest not raised: %s", reason);
  report_refusal(s->target, entry, reason);
}

// Indices of stores that divide iterators become affine when these are split, or never.
static bool has_affine_stores(Raise *r) {
  for (size_t i = 0; i < r->region->statements.count; i++) {
    const Statement *s = &r->region->statements.data[i];
    if (r->region->accesses.data[s->target].index != NODE_NONE)
      return raise_fail(r, s->source, "the address of a store is not affine");
  }
  return true;
}

// Tries the largest region that starts at a block, of at most so many units and loops. *next: the block
// behind it, where it was replaced; *wanted: how many loops the visitor would rather have, or 0.
static bool try_region(Search *s, uint32_t entry, uint32_t units, uint32_t most, uint32_t *next,
                       uint32_t *nests, uint32_t *wanted) {
  arena_reset(&s->arena);
  uint32_t before = block_before(s->f, entry, &s->arena);
  Region region;
  Raise r;
  // First to see how far it goes, then for good.
  raise_start(&r, s, &region, &s->arena, NULL);
  r.units = units;
  r.most = most;
  raise_one(&r, entry, IR_NONE, before);
  uint32_t end = r.end;
  *nests = end == IR_NONE ? 0 : r.nests;
  if (!*nests)
    report_failure(s, r.reason, r.culprit, entry);
  note_written(&r);
  Raise look = r;
  region_release(&region);
  bool replaced = false, divided = false;
  if (*nests) {
    r.inside = bitset_new(&s->arena, s->f->blocks.count);
    collect_blocks(&r, entry, end);
    uint32_t after = funnel_edges(s->f, end, &r.inside, true);
    ir_analyze(s->f);
    raise_start(&r, s, &region, &s->arena, &look);
    bool ok = raise_one(&r, entry, after, before);
    region.whole = s->whole;
    if (ok) {
      tidy_region(&r);
      ok = has_affine_stores(&r);
    }
    if (!ok)
      report_failure(s, r.reason, r.culprit, entry);
    replaced = ok && s->visit(s->target, &region, s->context);
    *wanted = region.wanted;
    *next = after;
    divided = region.divided;
    raise_release(&r);
    region_release(&region);
    ir_analyze(s->f);
  }
  raise_release(&look);
  if (replaced && divided) { // what runs where something is left over, or where rows are short
    uint32_t other_next = IR_NONE, other_nests = 0, other_wanted = 0;
    s->whole = true;
    try_region(s, entry, units, most, &other_next, &other_nests, &other_wanted);
    s->whole = false;
  }
  return replaced;
}

// A block from which it is worth to start: a loop, or a store on the way to one, or a long call that sets or
// copies memory. *first: the loop, where nothing before it is a nest; else IR_NONE.
static bool may_start(const Target *target, const Function *f, uint32_t b, uint32_t around, uint32_t *first) {
  bool stores = false, nests = false;
  *first = IR_NONE;
  for (unsigned steps = 0; steps < 8; steps++) {
    const IrBlock *block = &f->blocks.data[b];
    if (block->loop == b && b != around) {
      *first = nests ? IR_NONE : b;
      return steps == 0 || stores;
    }
    for (uint32_t k = 0; k < block->count; k++) {
      const IrInsn *insn = ir_insn(f, block->insns[k]);
      if (is_memory_call(target, f, block->insns[k])) {
        if (steps == 0 && is_long_memory_call(target, f, block->insns[k]))
          return true;
        stores = nests = true;
        continue;
      }
      if (insn->op == IR_CALL || (steps == 0 && insn->op == IR_PHI && b == around))
        return false;
      stores = stores || insn->op == IR_STORE;
    }
    if (steps == 0 && !stores)
      return false;
    if (ir_terminator(f, b)->op != IR_BR)
      return false;
    b = block->succs[0];
  }
  return false;
}

static uint32_t loop_exit(const Function *f, uint32_t header) {
  uint32_t exit = IR_NONE;
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    if (!block_in_loop(f, f->rpo[i], header))
      continue;
    for (uint32_t k = 0; k < b->succ_count; k++) {
      if (block_in_loop(f, b->succs[k], header))
        continue;
      if (exit != IR_NONE && exit != b->succs[k])
        return IR_NONE;
      exit = b->succs[k];
    }
  }
  return exit;
}

// Of a function of many nests that do not become one, each would be looked at with all those behind it.
enum { MOST_NESTS = 24, MAX_NESTING = 64, LOOKED_AT = 1, LOOKED_INTO = 2 };

// Marks a block; false: it was marked before. A loop's header is met before the loop and, as the first block,
// within it.
static bool look_at(Search *s, uint32_t b, bool within) {
  uint8_t mark = within ? LOOKED_INTO : LOOKED_AT;
  while (s->looked.count <= b)
    VEC_PUSH(&s->looked, 0);
  bool fresh = !(s->looked.data[b] & mark);
  s->looked.data[b] |= mark;
  return fresh;
}

// Whether there is something in the first loop of a region that begins at b that no region can have.
static bool is_refused(Search *s, uint32_t b, uint32_t header) {
  if (header == IR_NONE || header >= s->block_count || !s->obstacles[header].reason)
    return false;
  report_failure(s, s->obstacles[header].reason, s->obstacles[header].culprit, b);
  return true;
}

// Looks at the blocks from b on, up to `stop`, within the loop `around`.
static void search(Search *s, uint32_t b, uint32_t stop, uint32_t around, unsigned depth) {
  Function *f = s->f;
  bool first = true;
  while (b != stop && b != IR_NONE && (b != around || first) && depth < MAX_NESTING) {
    uint32_t next = IR_NONE, nests = 0, wanted = 0, unused = 0, header = IR_NONE;
    bool loop = f->blocks.data[b].loop == b && b != around;
    if (!look_at(s, b, b == around))
      return;
    first = false;
    if (may_start(s->target, f, b, around, &header) && !is_refused(s, b, header)) {
      bool done = try_region(s, b, UINT32_MAX, MOST_NESTS, &next, &nests, &wanted);
      if (!done && wanted > 1 && wanted < nests)
        done = try_region(s, b, UINT32_MAX, wanted, &next, &unused, &unused);
      if (!done && nests > 1)
        done = try_region(s, b, 1, MOST_NESTS, &next, &nests, &wanted);
      if (done) {
        b = next;
        continue;
      }
    }
    if (loop) {
      search(s, b, IR_NONE, b, depth + 1);
      b = loop_exit(f, b);
      continue;
    }
    const IrBlock *block = &f->blocks.data[b];
    uint32_t inner[2];
    if (ir_terminator(f, b)->op == IR_BR) {
      b = block->succs[0];
      continue;
    }
    if (ir_terminator(f, b)->op != IR_CONDBR)
      return;
    bool leaves = false;
    for (int k = 0; k < 2; k++) {
      inner[k] = block->succs[k];
      if (around != IR_NONE && (!block_in_loop(f, inner[k], around) || inner[k] == around)) {
        b = block->succs[1 - k];
        leaves = true;
        break;
      }
    }
    if (leaves) {
      if (around != IR_NONE && !block_in_loop(f, b, around))
        return;
      continue;
    }
    uint32_t join = join_of(f, b, stop);
    for (int k = 0; k < 2; k++)
      if (inner[k] != join)
        search(s, inner[k], join, around, depth + 1);
    b = join;
  }
}

static bool memory_follows(const Target *target, const Function *f, uint32_t b, uint32_t k) {
  const IrBlock *block = &f->blocks.data[b];
  for (uint32_t i = k + 1; i < block->count && ir_insn(f, block->insns[i])->op != IR_RESULT; i++)
    if (is_memory_call(target, f, block->insns[i]))
      return true;
  return false;
}

// So that a region can start and end at any call, and before the function returns.
static void split_blocks(const Target *target, Function *f) {
  for (uint32_t b = 0; b < f->blocks.count; b++) {
    uint32_t stores = 0;
    for (uint32_t k = 0; k < f->blocks.data[b].count; k++) {
      const IrInsn *insn = ir_insn(f, f->blocks.data[b].insns[k]);
      bool ends = insn->op == IR_RET && stores,
           memory = is_memory_call(target, f, f->blocks.data[b].insns[k]);
      bool call = (insn->op == IR_CALL && !memory) || insn->op == IR_RESULT;
      stores += insn->op == IR_STORE || memory;
      if (ends || (insn->op == IR_CALL && !memory && stores)) {
        split_block(f, b, k);
        break;
      }
      bool more =
          call && k + 1 < f->blocks.data[b].count &&
          (ir_insn(f, f->blocks.data[b].insns[k + 1])->op == IR_STORE || memory_follows(target, f, b, k));
      if (more) {
        split_block(f, b, k + 1);
        break;
      }
    }
  }
}

void raise_regions(Target *target, Function *f, RegionVisitor *visit, void *context) {
  Search s = {.target = target, .f = f, .visit = visit, .context = context};
  ir_analyze(f);
  bool loops = false;
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    loops = loops || b->loop != IR_NONE;
    for (uint32_t k = 0; k < b->count && !loops; k++)
      loops = is_long_memory_call(target, f, b->insns[k]);
  }
  if (!loops)
    return;
  split_blocks(target, f);
  split_block(f, 0, 0); // the first block must stay the function's entry
  ir_analyze(f);
  s.obstacles = find_obstacles(target, f, &f->arena);
  s.block_count = (uint32_t)f->blocks.count;
  search(&s, f->blocks.data[0].succs[0], IR_NONE, IR_NONE, 0);
  VEC_FREE(&s.looked);
  arena_free(&s.arena);
  drop_unreachable(f);
}
