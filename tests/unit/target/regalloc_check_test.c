// The checker of register allocations must accept a right one and reject each way to be wrong.
#include "target/internal.h"
#include "tests/harness/harness.h"

#include <string.h>

typedef struct Case {
  Target target;
  Function *f;
  Diagnostics diagnostics;
} Case;

static void start(Case *c, uint32_t blocks) {
  memset(c, 0, sizeof *c);
  diagnostics_start(&c->diagnostics, "test");
  c->target.diagnostics = &c->diagnostics;
  c->f = function_new(&c->target, target_symbol(&c->target, "f"));
  for (uint32_t i = 0; i < blocks; i++) {
    mir_block_new(c->f, 0);
    c->f->mblocks.data[i].succs = ARENA_ARRAY(&c->f->arena, uint32_t, 2);
    VEC_PUSH(&c->f->layout, i);
  }
}

static void edge(Case *c, uint32_t from, uint32_t to) {
  MirBlock *b = &c->f->mblocks.data[from];
  b->succs[b->succ_count++] = to;
}

// Virtual register v in physical register r.
static MirOperand in(Case *c, uint32_t v, int r) {
  while (c->f->classes.count <= v)
    mir_virtual(c->f, 0);
  MirOperand o = mir_reg(MIR_FIRST_VIRTUAL + v);
  o.extra = (int16_t)r;
  return o;
}

static void put(Case *c, uint32_t block, unsigned op, uint32_t count, MirOperand x, MirOperand y,
                MirOperand z) {
  MirOperand operands[3] = {x, y, z};
  mir_push(c->f, block, mir_make(c->f, op, count, operands));
}

static const MirOperand none;

static void load(Case *c, uint32_t block, MirOperand to) {
  put(c, block, ISA_LUI, 2, to, mir_imm(1), none);
}

static void add(Case *c, uint32_t block, MirOperand to, MirOperand x, MirOperand y) {
  put(c, block, ISA_ADD, 3, to, x, y);
}

static uint32_t new_slot(Case *c) {
  FrameSlot slot = {.size = 8, .alignment = 8};
  VEC_PUSH(&c->f->slots, slot);
  VEC_PUSH(&c->f->spill_slots, (uint32_t)c->f->slots.count - 1);
  return (uint32_t)c->f->slots.count - 1;
}

static bool finish(Case *c) {
  bool ok = check_allocation(&c->target, c->f);
  CHECK_INT_EQ(c->diagnostics.errors, !ok);
  function_free(c->f);
  VEC_FREE(&c->target.functions);
  VEC_FREE(&c->target.symbols);
  VEC_FREE(&c->target.symbol_of_name);
  intern_free(&c->target.names);
  diagnostics_free(&c->diagnostics);
  return ok;
}

TEST(AllocationChecker, AcceptsARightOne) {
  Case c;
  start(&c, 1);
  load(&c, 0, in(&c, 0, 10));
  load(&c, 0, in(&c, 1, 11));
  add(&c, 0, in(&c, 2, 10), in(&c, 0, 10), in(&c, 1, 11));
  add(&c, 0, in(&c, 3, 11), in(&c, 2, 10), in(&c, 1, 11));
  CHECK(finish(&c));
}

TEST(AllocationChecker, SeesAnOverwrittenRegister) {
  Case c;
  start(&c, 1);
  load(&c, 0, in(&c, 0, 10));
  load(&c, 0, in(&c, 1, 10));
  add(&c, 0, in(&c, 2, 11), in(&c, 0, 10), in(&c, 1, 10));
  CHECK(!finish(&c));
}

TEST(AllocationChecker, SeesAValueLostInACall) {
  Case c;
  start(&c, 1);
  load(&c, 0, in(&c, 0, 10));
  load(&c, 0, in(&c, 1, 9));
  put(&c, 0, MIR_CALL, 1, mir_address(c.f, MIR_PLAIN, 0, 0), none, none);
  add(&c, 0, in(&c, 2, 11), in(&c, 1, 9), in(&c, 1, 9));
  add(&c, 0, in(&c, 3, 11), in(&c, 0, 10), in(&c, 1, 9));
  CHECK(!finish(&c));
}

TEST(AllocationChecker, FollowsSpillsAndReloads) {
  for (int wrong = 0; wrong < 2; wrong++) {
    Case c;
    start(&c, 1);
    uint32_t a = new_slot(&c), b = new_slot(&c);
    load(&c, 0, in(&c, 0, 10));
    put(&c, 0, MIR_SPILL, 2, in(&c, 0, 10), mir_slot(a, 0), none);
    load(&c, 0, in(&c, 1, 10));
    put(&c, 0, MIR_SPILL, 2, in(&c, 1, 10), mir_slot(b, 0), none);
    put(&c, 0, MIR_RELOAD, 2, in(&c, 0, 12), mir_slot(wrong ? b : a, 0), none);
    add(&c, 0, in(&c, 2, 13), in(&c, 0, 12), in(&c, 1, 10));
    CHECK_INT_EQ(finish(&c), !wrong);
  }
}

TEST(AllocationChecker, MeetsPaths) {
  for (int wrong = 0; wrong < 2; wrong++) {
    Case c;
    start(&c, 4);
    edge(&c, 0, 1), edge(&c, 0, 2), edge(&c, 1, 3), edge(&c, 2, 3);
    load(&c, 0, in(&c, 0, 10));
    put(&c, 1, MIR_COPY, 2, in(&c, 1, 11), in(&c, 0, 10), none);
    put(&c, 2, MIR_COPY, 2, in(&c, 1, wrong ? 12 : 11), in(&c, 0, 10), none);
    add(&c, 3, in(&c, 2, 10), in(&c, 1, 11), in(&c, 0, 10));
    CHECK_INT_EQ(finish(&c), !wrong);
  }
}

TEST(AllocationChecker, FollowsALoop) {
  for (int wrong = 0; wrong < 2; wrong++) {
    Case c;
    start(&c, 3);
    edge(&c, 0, 1), edge(&c, 1, 1), edge(&c, 1, 2);
    load(&c, 0, in(&c, 0, 10));
    load(&c, 0, in(&c, 1, 11));
    add(&c, 1, in(&c, 2, wrong ? 11 : 12), in(&c, 0, 10), in(&c, 1, 11));
    add(&c, 2, in(&c, 3, 10), in(&c, 1, 11), in(&c, 0, 10));
    CHECK_INT_EQ(finish(&c), !wrong);
  }
}

TEST(AllocationChecker, KnowsThatARedefinitionMakesCopiesStale) {
  Case c;
  start(&c, 1);
  load(&c, 0, in(&c, 0, 10));
  put(&c, 0, MIR_COPY, 2, in(&c, 1, 11), in(&c, 0, 10), none);
  add(&c, 0, in(&c, 0, 12), in(&c, 1, 10), in(&c, 1, 11)); // x10 still has the copy's value
  add(&c, 0, in(&c, 2, 13), in(&c, 0, 10), in(&c, 1, 11)); // but no longer register 0's
  CHECK(!finish(&c));
}
