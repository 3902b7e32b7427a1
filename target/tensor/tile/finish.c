// What becomes of a contraction's sums beyond what the drain unit can do: any expression of a sum and of
// other elements. The drain makes as much of it as it can, into the scratchpad; there vector code makes the
// results of a block, which then leave as others do.
#include "target/tensor/tile/tile.h"
#include "target/tensor/vector/block.h"

#include <string.h>

// --- finding ----------------------------------------------------------------------------------------------

typedef struct Search {
  const Region *region;
  const Statement *statement;
  const Access *sum;
  SumTest *is_sum;
  Finish *finish;
  const char *reason;
  bool *seen; // by node
} Search;

static bool is_drained(const Search *s, uint32_t node) {
  const Node *nodes = s->region->nodes.data;
  return nodes_are_alike(s->region, &nodes[node], &nodes[s->finish->drained]);
}

// What the address of a load is made of beside its iterators; NODE_NONE: nothing.
static uint32_t index_of(const Region *region, const Node *n) {
  return n->kind == NODE_LOAD ? region->accesses.data[n->index].index : NODE_NONE;
}

// Whether there is a sum in the expression beside the part that is drained.
static bool has_other_sums(Search *s, uint32_t node) {
  const Node *n = &s->region->nodes.data[node];
  if (s->seen[node] || is_drained(s, node))
    return false;
  s->seen[node] = true;
  if (s->is_sum(s->region, n, s->sum))
    return true;
  uint32_t index = index_of(s->region, n);
  if (index != NODE_NONE && has_other_sums(s, index))
    return true;
  for (unsigned i = 0; i < n->operand_count; i++)
    if (has_other_sums(s, n->operands[i]))
      return true;
  return false;
}

static void forget_seen(Search *s) {
  memset(s->seen, 0, (s->statement->value + 1) * sizeof *s->seen);
}

// The largest part of the value that the drain makes, with all sums in it.
static bool find_drained(const Target *target, Search *s, Epilogue *epilogue) {
  const Region *region = s->region;
  const Access *result = &region->accesses.data[s->statement->target];
  const Epilogue before = *epilogue;
  for (uint32_t node = s->statement->value + 1; node-- > 0;) {
    const Node *n = &region->nodes.data[node];
    if (!epilogue_match(target, region, node, s->sum, n->type, s->is_sum, epilogue) ||
        !epilogue_is_by_lines(region, epilogue, result)) {
      *epilogue = before;
      continue;
    }
    s->finish->drained = node;
    s->finish->type = n->type;
    forget_seen(s);
    if (!has_other_sums(s, s->statement->value))
      return true;
    *epilogue = before;
  }
  s->reason = "several sums in a result";
  return false;
}

// Old values of the results' own elements may be read: nobody else writes these.
static bool add_load(Search *s, const Node *load) {
  const Region *region = s->region;
  uint32_t access = load->index;
  const Array *array = &region->arrays.data[region->accesses.data[access].array];
  bool own = s->is_sum(region, load, &region->accesses.data[s->statement->target]);
  Finish *finish = s->finish;
  if (array->kind == ARRAY_SCALAR || (array->written && !own)) {
    s->reason = "a result that is made of what the nest itself computes";
    return false;
  }
  for (uint32_t i = 0; i < finish->count; i++)
    if (finish->loads[i] == access)
      return true;
  if (finish->count == FINISH_LOADS) {
    s->reason = "results that are made of too many arrays";
    return false;
  }
  finish->accesses[finish->count] = access; // until they are translated
  finish->loads[finish->count++] = access;
  return true;
}

// The elements that the rest of the expression takes.
static bool collect_loads(Search *s, uint32_t node) {
  const Node *n = &s->region->nodes.data[node];
  if (s->seen[node] || is_drained(s, node))
    return true;
  s->seen[node] = true;
  if (n->kind == NODE_ITERATOR) {
    s->reason = "a result that depends on its place";
    return false;
  }
  if (n->kind == NODE_LOAD && !add_load(s, n))
    return false;
  uint32_t index = index_of(s->region, n);
  if (index != NODE_NONE && !collect_loads(s, index))
    return false;
  for (unsigned i = 0; i < n->operand_count; i++)
    if (!collect_loads(s, n->operands[i]))
      return false;
  return true;
}

bool finish_match(const Target *target, const Region *region, const Statement *statement, const Access *sum,
                  SumTest *is_sum, Epilogue *epilogue, Finish *finish, const char **reason) {
  Search s = {.region = region, .statement = statement, .sum = sum, .is_sum = is_sum, .finish = finish};
  s.seen = ARENA_ARRAY(region->arena, bool, statement->value + 1);
  memset(finish, 0, sizeof *finish);
  finish->value = statement->value;
  finish->any = find_drained(target, &s, epilogue);
  forget_seen(&s);
  finish->any = finish->any && collect_loads(&s, statement->value);
  for (uint32_t i = 0; i < finish->count && finish->any; i++)
    if (epilogue->least_shift && finish->loads[i] == epilogue->shift) { // which becomes bytes
      s.reason = "a shift that is used twice";
      finish->any = false;
    }
  *reason = s.reason;
  return finish->any;
}

// --- a block's nest ---------------------------------------------------------------------------------------

enum { BLOCK_ROW, BLOCK_COLUMN, BLOCK_SIDES };

// Where a block's elements are: `sums` and `results` by lines of a pitch.
typedef struct FinishBlock {
  IrValue sums, results, loads[FINISH_LOADS]; // addresses of the first ones
  int64_t sum_pitch, result_pitch;
  bool by_columns; // lines are columns
  unsigned beside; // TilePlan.beside: the load whose elements lie like the results
  Quantity extents[BLOCK_SIDES];
} FinishBlock;

typedef struct Copy {
  const Contraction *c;
  Region *to;
  uint32_t *nodes; // by node: its copy + 1
} Copy;

static uint32_t add_access(Region *region, IrValue base, IrType type, bool written,
                           const Quantity strides[BLOCK_SIDES]) {
  Array array = {.kind = ARRAY_MEMORY,
                 .base = base,
                 .object = (uint32_t)region->arrays.count + 1,
                 .written = written,
                 .size = -1};
  VEC_PUSH(&region->arrays, array);
  Access access = {.array = (uint32_t)region->arrays.count - 1, .type = type, .index = NODE_NONE};
  access.offset =
      (Affine){.invariant = IR_NONE, .terms = ARENA_ARRAY(region->arena, AffineTerm, BLOCK_SIDES)};
  for (uint32_t i = 0; i < BLOCK_SIDES; i++)
    if (!quantity_is_zero(strides[i]))
      access.offset.terms[access.offset.count++] = (AffineTerm){i, strides[i]};
  VEC_PUSH(&region->accesses, access);
  return (uint32_t)region->accesses.count - 1;
}

// An access of the block in the scratchpad.
static uint32_t add_lines(Region *region, const FinishBlock *block, IrValue base, IrType type, int64_t pitch,
                          bool written) {
  Quantity within = {IR_NONE, ir_type_bits(type) / 8}, between = {IR_NONE, pitch};
  const Quantity strides[BLOCK_SIDES] = {block->by_columns ? within : between,
                                         block->by_columns ? between : within};
  return add_access(region, base, type, written, strides);
}

static uint32_t push_node(Region *region, Node node) {
  VEC_PUSH(&region->nodes, node);
  return (uint32_t)region->nodes.count - 1;
}

static uint32_t copy_node(Copy *copy, uint32_t node);

static uint32_t copy_load(Copy *copy, const Node *n) {
  const Finish *finish = &copy->c->finish;
  uint32_t number = 0;
  while (finish->loads[number] != n->index)
    number++;
  Node load = *n;
  load.index = number + 1; // behind the sums
  uint32_t index = index_of(copy->c->region, n);
  if (index != NODE_NONE)
    index = copy_node(copy, index);
  copy->to->accesses.data[load.index].index = index;
  return push_node(copy->to, load);
}

// Operands come before what uses them, as in the region.
static uint32_t copy_node(Copy *copy, uint32_t node) {
  const Region *from = copy->c->region;
  const Node *n = &from->nodes.data[node];
  const Finish *finish = &copy->c->finish;
  if (copy->nodes[node])
    return copy->nodes[node] - 1;
  uint32_t made;
  if (nodes_are_alike(from, n, &from->nodes.data[finish->drained])) {
    made = push_node(copy->to, (Node){.kind = NODE_LOAD, .type = finish->type, .index = 0});
  } else if (n->kind == NODE_LOAD) {
    made = copy_load(copy, n);
  } else {
    Node own = *n;
    for (unsigned i = 0; i < n->operand_count; i++)
      own.operands[i] = copy_node(copy, n->operands[i]);
    made = push_node(copy->to, own);
  }
  copy->nodes[node] = made + 1;
  return made;
}

static void add_loop(Region *region, uint32_t iterator, Quantity extent, Item item) {
  uint32_t number = (uint32_t)region->loops.count;
  region->iterators.data[iterator] = (Iterator){.extent = extent, .loop = number, .entered = true};
  Loop loop = {.iterator = iterator, .parent = number ? number - 1 : UINT32_MAX};
  VEC_PUSH(&loop.body, item);
  VEC_PUSH(&region->loops, loop);
}

// The nest that makes a block's results of its sums.
static Region *block_region(const Contraction *c, const FinishBlock *block) {
  const Region *from = c->region;
  const Finish *finish = &c->finish;
  Region *region = ARENA_NEW(from->arena, Region);
  *region = (Region){.arena = from->arena, .function = from->function, .before = from->before};
  add_lines(region, block, block->sums, finish->type, block->sum_pitch, false);
  Contraction own = *c;
  for (uint32_t i = 0; i < finish->count; i++) {
    const Quantity strides[BLOCK_SIDES] = {
        contraction_main(&own, ROLE_ROW)->strides[CONTRACTION_ARRAYS + i],
        contraction_main(&own, ROLE_COLUMN)->strides[CONTRACTION_ARRAYS + i]};
    IrType type = from->accesses.data[finish->accesses[i]].type;
    if (i + 1 == block->beside)
      add_lines(region, block, block->loads[i], type, block->result_pitch, false);
    else
      add_access(region, block->loads[i], type, false, strides);
  }
  uint32_t target =
      add_lines(region, block, block->results, c->operands[CONTRACTION_C].type, block->result_pitch, true);
  Copy copy = {c, region, ARENA_ARRAY(from->arena, uint32_t, finish->value + 1)};
  Statement statement = {.target = target,
                         .value = copy_node(&copy, finish->value),
                         .reduction = IR_OP_COUNT,
                         .condition = NODE_NONE,
                         .source = c->source};
  VEC_PUSH(&region->statements, statement);
  for (unsigned i = 0; i < BLOCK_SIDES; i++)
    VEC_PUSH(&region->iterators, ((Iterator){0}));
  unsigned inner = block->by_columns ? BLOCK_ROW : BLOCK_COLUMN;
  add_loop(region, !inner, block->extents[!inner], (Item){true, 1});
  add_loop(region, inner, block->extents[inner], (Item){false, 0});
  VEC_PUSH(&region->body, ((Item){true, 0}));
  return region;
}

// --- estimate ---------------------------------------------------------------------------------------------

bool finish_estimate(Target *target, Contraction *c, const char **reason) {
  if (!c->finish.any)
    return true;
  // A block of usual size; where it is does not matter.
  int64_t rows = 2 * machine_tile(target->machine), columns = 2 * rows, size = contraction_drained_size(c);
  IrValue nowhere = ir_leaf(c->region->function, IR_CONST, IR_I64, 0);
  FinishBlock block = {.sums = nowhere,
                       .results = nowhere,
                       .sum_pitch = columns * size,
                       .result_pitch = columns * contraction_size(c, CONTRACTION_C),
                       .extents = {{IR_NONE, rows}, {IR_NONE, columns}}};
  for (uint32_t i = 0; i < c->finish.count; i++)
    block.loads[i] = nowhere;
  Region *region = block_region(c, &block);
  double cycles = vector_block_cycles(target, region);
  region_release(region);
  c->finish.cycles = cycles / (double)(rows * columns);
  *reason = "an expression of the sum that neither the drain nor the vector unit has";
  return cycles >= 0;
}

// --- code -------------------------------------------------------------------------------------------------

static Quantity quantity_of(const Schedule *s, IrValue x) {
  int64_t number = 0;
  return emit_is_number(&s->e, x, &number) ? (Quantity){IR_NONE, number} : (Quantity){x, 0};
}

void emit_finish(Schedule *s) {
  Emitter *e = &s->e;
  const TilePlan *p = s->p;
  FlowIf flow;
  if (!s->c->finish.any || !flow_if_likely(e, &flow, emit_less(e, emit_number(e, 0), get(s, s->sent_rows))))
    return;
  emit_fence(e);
  FinishBlock block = {
      .sums = s->buffers[BUFFER_DRAINED],
      .results = schedule_result_place(s),
      .sum_pitch = (int64_t)p->drained_pitch,
      .result_pitch = (int64_t)p->result_pitch,
      .by_columns = p->result_columns,
      .beside = p->beside,
      .extents = {quantity_of(s, schedule_sent(s, ROLE_ROW)), quantity_of(s, schedule_sent(s, ROLE_COLUMN))}};
  for (uint32_t i = 0; i < s->c->finish.count; i++)
    block.loads[i] =
        i + 1 == p->beside ? schedule_slot(s, BUFFER_START, p->result_slot, -1) : get(s, s->sent_loads[i]);
  Region *region = block_region(s->c, &block);
  emit_vector_block(e, region);
  region_release(region);
  flow_end_if(e, &flow);
}
