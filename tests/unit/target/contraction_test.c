// Contractions: how regions are recognized, what is planned for them, and where buffers lie.
#include "target/tensor/tile/contraction.h"
#include "tests/harness/harness.h"

#include <string.h>

// --- regions by hand: for i < rows, j < columns: C[i][j] := 0; for k < sum: C[i][j] += X * Y

typedef struct Example {
  Arena arena;
  Region region;
  AffineTerm terms[4][3];
} Example;

static Access access(Example *x, unsigned array, IrType type, int64_t i, int64_t j, int64_t k) {
  int64_t coefficients[3] = {i, j, k};
  Access access = {.array = array, .type = type, .offset = {.invariant = IR_NONE}, .index = NODE_NONE};
  access.offset.terms = ARENA_ARRAY(&x->arena, AffineTerm, 3);
  for (uint32_t n = 0; n < 3; n++)
    if (coefficients[n])
      access.offset.terms[access.offset.count++] = (AffineTerm){n, {IR_NONE, coefficients[n]}};
  return access;
}

static uint32_t node(Example *x, Node n) {
  VEC_PUSH(&x->region.nodes, n);
  return (uint32_t)(x->region.nodes.count - 1);
}

static uint32_t widened_load(Example *x, uint32_t number, IrOp op, IrType type) {
  uint32_t load = node(x, (Node){.kind = NODE_LOAD, .type = type, .index = number});
  if (type == IR_FLOAT)
    return load;
  return node(x, (Node){.kind = NODE_OPERATION,
                        .op = (uint8_t)op,
                        .type = ir_is_float(type) ? IR_FLOAT : IR_I32,
                        .operand_count = 1,
                        .operands = {load}});
}

typedef struct Case {
  int64_t rows, columns, sum;
  bool x_transposed, y_transposed;
  IrType type;
  IrOp widen_x, widen_y;
} Case;

static void make(Example *x, Case c) {
  memset(x, 0, sizeof *x);
  Region *region = &x->region;
  region->arena = &x->arena;
  const int64_t extents[3] = {c.rows, c.columns, c.sum};
  int64_t size = ir_type_bits(c.type) / 8;
  for (uint32_t i = 0; i < 3; i++) {
    VEC_PUSH(&region->iterators, ((Iterator){.extent = {IR_NONE, extents[i]}, .loop = i}));
    VEC_PUSH(&region->loops, ((Loop){.iterator = i, .parent = i ? i - 1 : UINT32_MAX}));
    VEC_PUSH(&region->arrays, ((Array){.kind = ARRAY_MEMORY, .base = i, .object = i + 1, .size = -1}));
  }
  bool real = ir_is_float(c.type);
  VEC_PUSH(&region->accesses, access(x, 0, c.type, c.x_transposed ? size : c.sum * size, 0,
                                     c.x_transposed ? c.rows * size : size));
  VEC_PUSH(&region->accesses, access(x, 1, c.type, 0, c.y_transposed ? c.sum * size : size,
                                     c.y_transposed ? size : c.columns * size));
  VEC_PUSH(&region->accesses, access(x, 2, real ? IR_FLOAT : IR_I32, c.columns * 4, 4, 0));
  uint32_t zero = node(x, (Node){.kind = NODE_CONSTANT, .type = real ? IR_FLOAT : IR_I32});
  uint32_t left = widened_load(x, 0, c.widen_x, c.type), right = widened_load(x, 1, c.widen_y, c.type);
  uint32_t product = node(x, (Node){.kind = NODE_OPERATION,
                                    .op = real ? IR_FMUL : IR_MUL,
                                    .type = real ? IR_FLOAT : IR_I32,
                                    .flags = real ? IR_CONTRACT : 0,
                                    .operand_count = 2,
                                    .operands = {left, right}});
  Statement start = {.target = 2, .value = zero, .reduction = IR_OP_COUNT, .condition = NODE_NONE};
  Statement add = {
      .target = 2, .value = product, .reduction = real ? IR_FMA : IR_ADD, .condition = NODE_NONE};
  VEC_PUSH(&region->statements, start);
  VEC_PUSH(&region->statements, add);
  VEC_PUSH(&region->body, ((Item){true, 0}));
  VEC_PUSH(&region->loops.data[0].body, ((Item){true, 1}));
  VEC_PUSH(&region->loops.data[1].body, ((Item){false, 0}));
  VEC_PUSH(&region->loops.data[1].body, ((Item){true, 2}));
  VEC_PUSH(&region->loops.data[2].body, ((Item){false, 1}));
}

static void drop(Example *x) {
  for (size_t i = 0; i < x->region.loops.count; i++)
    VEC_FREE(&x->region.loops.data[i].body);
  VEC_FREE(&x->region.iterators);
  VEC_FREE(&x->region.loops);
  VEC_FREE(&x->region.arrays);
  VEC_FREE(&x->region.accesses);
  VEC_FREE(&x->region.nodes);
  VEC_FREE(&x->region.statements);
  VEC_FREE(&x->region.body);
  arena_free(&x->arena);
}

static const Case plain = {256, 512, 128, false, false, IR_I8, IR_SEXT, IR_SEXT};

TEST(Contraction, ClassifiesIterators) {
  Example x;
  make(&x, plain);
  Contraction c;
  const char *reason = NULL;
  REQUIRE(contraction_find(NULL, &x.region, &c, &reason));
  CHECK_INT_EQ(c.count, 3);
  CHECK_INT_EQ(contraction_main(&c, ROLE_ROW)->extent.constant, 256);
  CHECK_INT_EQ(contraction_main(&c, ROLE_COLUMN)->extent.constant, 512);
  CHECK_INT_EQ(contraction_main(&c, ROLE_SUM)->extent.constant, 128);
  CHECK_INT_EQ(contraction_main(&c, ROLE_SUM)->strides[CONTRACTION_Y].constant, 512);
  CHECK_INT_EQ(contraction_main(&c, ROLE_COLUMN)->strides[CONTRACTION_C].constant, 4);
  CHECK_INT_EQ(c.start, START_ZERO);
  CHECK_INT_EQ(c.product, ISA_KT_MOPA_SS);
  drop(&x);
}

TEST(Contraction, TakesSignsFromTheWidening) {
  static const struct {
    IrOp x, y;
    IsaOp product;
  } cases[] = {{IR_SEXT, IR_ZEXT, ISA_KT_MOPA_SU},
               {IR_ZEXT, IR_SEXT, ISA_KT_MOPA_US},
               {IR_ZEXT, IR_ZEXT, ISA_KT_MOPA_UU}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Example x;
    Case one = plain;
    one.widen_x = cases[i].x;
    one.widen_y = cases[i].y;
    make(&x, one);
    Contraction c;
    const char *reason = NULL;
    CHECK(contraction_find(NULL, &x.region, &c, &reason));
    CHECK_INT_EQ(c.product, cases[i].product);
    drop(&x);
  }
}

TEST(Contraction, RefusesRoundedProducts) {
  Example x;
  Case one = plain;
  one.type = IR_FLOAT;
  make(&x, one);
  Contraction c;
  const char *reason = NULL;
  CHECK(contraction_find(NULL, &x.region, &c, &reason));
  x.region.statements.data[1].reduction = IR_FADD;
  CHECK(contraction_find(NULL, &x.region, &c, &reason)); // may be contracted
  x.region.nodes.data[x.region.statements.data[1].value].flags = 0;
  CHECK(!contraction_find(NULL, &x.region, &c, &reason));
  CHECK_STR_EQ(reason, "products are rounded before they are added");
  drop(&x);
}

TEST(Contraction, RefusesGuardsAndOtherStatements) {
  Example x;
  make(&x, plain);
  Contraction c;
  const char *reason = NULL;
  x.region.statements.data[1].condition = 0;
  CHECK(!contraction_find(NULL, &x.region, &c, &reason));
  x.region.statements.data[1].condition = NODE_NONE;
  x.region.statements.data[0].value = x.region.statements.data[1].value;
  CHECK(!contraction_find(NULL, &x.region, &c, &reason));
  drop(&x);
}

TEST(Contraction, RefusesAResultThatIsAnOperand) {
  Example x;
  make(&x, plain);
  Contraction c;
  const char *reason = NULL;
  x.region.accesses.data[2].array = 0;
  CHECK(!contraction_find(NULL, &x.region, &c, &reason));
  drop(&x);
}

TEST(Contraction, RefusesAStartWithinTheSum) {
  Example x;
  make(&x, plain);
  Contraction c;
  const char *reason = NULL;
  Item start = x.region.loops.data[1].body.data[0];
  x.region.loops.data[1].body.data[0] = x.region.loops.data[1].body.data[1];
  x.region.loops.data[1].body.count = 1;
  VEC_PUSH(&x.region.loops.data[2].body, start);
  CHECK(!contraction_find(NULL, &x.region, &c, &reason));
  CHECK_STR_EQ(reason, "a statement that is repeated");
  drop(&x);
}

// --- plans

static void check_plan(const Machine *machine, Case one) {
  Example x;
  make(&x, one);
  Contraction c;
  TilePlan plan;
  const char *reason = NULL;
  CHECK(contraction_find(NULL, &x.region, &c, &reason));
  bool planned = plan_contraction(machine, &c, false, &x.arena, &plan, &reason);
  CHECK(planned);
  if (planned) {
    CHECK(spm_check(machine, plan.buffers, BUFFER_COUNT));
    CHECK(plan.spm_bytes <= machine->spm_size);
    CHECK(UINT64_C(2) * plan.shape_rows * plan.shape_columns <= machine->accumulators);
    CHECK(plan.layouts[0] == STAGE_PACK || plan.blocks * plan.row_sets > plan.lag);
    CHECK(plan.early || plan.blocks > plan.lag);
    CHECK(plan.panels >=
          (plan.blocks > plan.lag || plan.layouts[1] == STAGE_PACK ? 2 : plan.lag / plan.blocks + 2));
    CHECK(plan.cycles >= plan.product_cycles && plan.cycles >= plan.dma_cycles);
    CHECK(plan.accumulates || plan.chunk >= (uint64_t)one.sum);
  }
  drop(&x);
}

TEST(Plan, FitsAnySizeAndLayout) {
  static const int64_t sizes[] = {1, 17, 64, 100, 1000, 5000};
  static const IrType types[] = {IR_I8, IR_HALF, IR_FLOAT};
  for (const char *const *name = (const char *const[]){"k1", "k0", NULL}; *name; name++) {
    Machine machine;
    Diagnostics diagnostics = {0};
    REQUIRE(machine_find(&machine, *name, &diagnostics));
    for (size_t n = 0; n < 6 * 6 * 6 * 4 * 3; n++) {
      IrType type = types[n / 864];
      IrOp widen = type == IR_I8 ? IR_SEXT : IR_FEXT;
      check_plan(&machine, (Case){sizes[n % 6], sizes[n / 6 % 6], sizes[n / 36 % 6], n / 216 % 2, n / 432 % 2,
                                  type, widen, widen});
    }
  }
}

TEST(Plan, UsesMostOfTheTileUnit) {
  Machine machine;
  Diagnostics diagnostics = {0};
  REQUIRE(machine_find(&machine, "k1", &diagnostics));
  Example x;
  make(&x, (Case){1024, 1024, 1024, false, false, IR_I8, IR_SEXT, IR_SEXT});
  Contraction c;
  TilePlan plan;
  const char *reason = NULL;
  REQUIRE(contraction_find(NULL, &x.region, &c, &reason));
  REQUIRE(plan_contraction(&machine, &c, false, &x.arena, &plan, &reason));
  CHECK(plan.product_cycles == UINT64_C(1024) * 1024 * 1024 / 1024);
  CHECK(plan.cycles < plan.product_cycles * 112 / 100);
  drop(&x);
}

// --- the scratchpad

TEST(Scratchpad, PitchVisitsAllLanes) {
  Machine machine;
  Diagnostics diagnostics = {0};
  REQUIRE(machine_find(&machine, "k1", &diagnostics));
  for (uint64_t bytes = 1; bytes < 5000; bytes += 7) {
    uint64_t pitch = spm_pitch(&machine, bytes), lanes = 0;
    CHECK(pitch >= bytes && pitch % 4 == 0 && pitch < bytes + 8);
    for (uint64_t i = 0; i < machine.spm_lanes; i++)
      lanes |= UINT64_C(1) << (i * pitch / 4 % machine.spm_lanes);
    CHECK_UINT_EQ(lanes, (UINT64_C(1) << machine.spm_lanes) - 1);
  }
}

TEST(Scratchpad, KeepsGroupsInBanksOfTheirOwn) {
  Machine machine;
  Diagnostics diagnostics = {0};
  REQUIRE(machine_find(&machine, "k1", &diagnostics));
  uint64_t bank = machine.spm_size / machine.spm_banks, bytes = 0, alignment = 0;
  SpmBuffer buffers[4] = {{"a", bank, 0, 0}, {"b", 1000, 0, 1}, {"c", 3000, 0, 1}, {"d", 100, 0, 2}};
  CHECK(spm_place(&machine, buffers, 4, &bytes, &alignment));
  CHECK(spm_check(&machine, buffers, 4));
  CHECK_UINT_EQ(alignment, bank);
  CHECK_UINT_EQ(buffers[1].offset / bank, buffers[2].offset / bank);
  CHECK(buffers[3].offset / bank != buffers[1].offset / bank);
  CHECK(buffers[3].offset / bank != buffers[0].offset / bank);
}

TEST(Scratchpad, SharesBanksBeforeItRefuses) {
  Machine machine;
  Diagnostics diagnostics = {0};
  REQUIRE(machine_find(&machine, "k1", &diagnostics));
  uint64_t third = machine.spm_size / 3 / 64 * 64, bytes = 0, alignment = 0;
  SpmBuffer buffers[3] = {{"a", third, 0, 0}, {"b", third, 0, 1}, {"c", third, 0, 2}};
  CHECK(spm_place(&machine, buffers, 3, &bytes, &alignment));
  CHECK(spm_check(&machine, buffers, 3));
  buffers[2].size = machine.spm_size / 2;
  CHECK(!spm_place(&machine, buffers, 3, &bytes, &alignment));
}

TEST(Scratchpad, CheckerSeesOverlaps) {
  Machine machine;
  Diagnostics diagnostics = {0};
  REQUIRE(machine_find(&machine, "k1", &diagnostics));
  SpmBuffer buffers[2] = {{"a", 100, 0, 0}, {"b", 100, 99, 0}};
  CHECK(!spm_check(&machine, buffers, 2));
  buffers[1].offset = 100;
  CHECK(spm_check(&machine, buffers, 2));
  buffers[1].offset = machine.spm_size - 99;
  CHECK(!spm_check(&machine, buffers, 2));
}
