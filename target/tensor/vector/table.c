// Tables of bytes in registers: what an index of no more than 256 values chooses is gathered from there,
// while indexed loads take a cycle an element.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

enum { BYTE_NUMBERS = 256, MOST_REGISTERS = 8 };

// What a load's index chooses from: elements from `first` on, counted from where index 0 is.
typedef struct Window {
  int64_t first, count;
} Window;

// Whether the load is one of a table of bytes, the same for all lanes and iterations.
static bool is_table(const Mapper *m, const Node *n, Window *window) {
  const Region *region = m->region;
  const Access *access = &region->accesses.data[n->index];
  if (n->kind != NODE_LOAD || access->index == NODE_NONE || !n->operand_count || !m->varies[access->index] ||
      access->type != IR_I8 || access->offset.count || !m->ranges || !m->varies[n->operands[0]])
    return false;
  const Array *array = &region->arrays.data[access->array];
  Range range = m->ranges[n->operands[0]];
  if (region->nodes.data[n->operands[0]].type == IR_I8) // without sign
    range = (Range){0, BYTE_NUMBERS - 1};
  if (array->kind != ARRAY_MEMORY || array->written || range.high - range.low >= BYTE_NUMBERS ||
      range.low < INT32_MIN || range.high > INT32_MAX)
    return false;
  *window = (Window){(int64_t)range.low, (int64_t)(range.high - range.low) + 1};
  return access->offset.constant >= 0 && access->offset.constant + window->first >= 0;
}

static Table *table_of(const Mapper *m, const Access *access, Window window) {
  for (size_t i = 0; i < m->tables.count; i++) {
    Table *table = &m->tables.data[i];
    if (table->array == access->array && table->constant == access->offset.constant + window.first &&
        table->count >= window.count && table->invariant == access->offset.invariant)
      return table;
  }
  return NULL;
}

// Marks what is computed whenever the statement's value is.
static bool *always_computed(const Region *region, const Statement *s) {
  bool *sure = ARENA_ARRAY(region->arena, bool, s->value + 1);
  sure[s->value] = true;
  for (uint32_t i = s->value + 1; i-- > 0;) {
    const Node *n = &region->nodes.data[i];
    bool select = n->kind == NODE_OPERATION && n->op == IR_SELECT;
    for (uint32_t k = 0; sure[i] && k < n->operand_count; k++)
      sure[n->operands[k]] = sure[n->operands[k]] || !select || k == 0;
  }
  return sure;
}

// Calls visit for the tables of which each iteration of the loop certainly takes an element.
typedef void TableVisitor(Mapper *m, const Access *access, Window window, void *context);
static void visit_tables(Mapper *m, uint32_t loop, TableVisitor *visit, void *context) {
  const Region *region = m->region;
  const Loop *l = &region->loops.data[loop];
  Window window;
  for (size_t i = 0; i < l->body.count; i++) {
    const Statement *s = l->body.data[i].loop ? NULL : &region->statements.data[l->body.data[i].index];
    if (!s || s->guard_count || s->condition != NODE_NONE)
      continue;
    const bool *sure = always_computed(region, s);
    for (uint32_t n = 0; n <= s->value; n++)
      if (sure[n] && is_table(m, &region->nodes.data[n], &window))
        visit(m, &region->accesses.data[region->nodes.data[n].index], window, context);
  }
}

// --- where the table may be read --------------------------------------------------------------------------

static IrValue within(Builder *b, IrValue address, uint64_t base, uint64_t size) {
  IrValue offset = build2(b, IR_SUB, IR_I64, address, build_const(b, IR_I64, (int64_t)base));
  return build_compare(b, IR_ICMP, IR_ULT, offset, build_const(b, IR_I64, (int64_t)size));
}

// An element is taken, so all between an object's table and there can be read; what was no object's address
// could still lie outside of memory.
static void require_memory(Mapper *m, const Access *access, Window window, void *context) {
  IrValue *condition = context;
  const Array *array = &m->region->arrays.data[access->array];
  const Machine *machine = m->e.machine;
  int64_t first = access->offset.constant + window.first;
  if (array->size > first && access->offset.invariant == IR_NONE)
    return;
  Builder b = region_before(m->region);
  IrValue address = array->base;
  if (access->offset.invariant != IR_NONE)
    address = build2(&b, IR_ADD, IR_I64, address, access->offset.invariant);
  address = build2(&b, IR_ADD, IR_I64, address, build_const(&b, IR_I64, first));
  IrValue holds = build2(&b, IR_OR, IR_I1, within(&b, address, machine->dram_base, machine->dram_size),
                         within(&b, address, machine->spm_base, machine->spm_size));
  *condition = *condition == IR_NONE ? holds : build2(&b, IR_AND, IR_I1, *condition, holds);
}

void tables_require(Mapper *m, IrValue *condition) {
  for (uint32_t l = 0; l < m->region->loops.count; l++) {
    if (!m->chosen[l])
      continue;
    vector_analyze(m, m->region->loops.data[l].iterator);
    visit_tables(m, l, require_memory, condition);
    m->lane = UINT32_MAX;
  }
}

// --- code -------------------------------------------------------------------------------------------------

static IrType piece_type(const Table *table) {
  return ir_vector(1U << table->lmul, 1U << table->lmul);
}

static void load_table(Mapper *m, const Access *access, Window window, void *context) {
  int64_t bytes = (int64_t)m->e.machine->vlen / 8, count = window.count;
  unsigned *registers = context;
  int own = vector_config(m, IR_I8).lmul;
  Table table = {.array = access->array,
                 .constant = access->offset.constant + window.first,
                 .count = count,
                 .invariant = access->offset.invariant,
                 .lmul = own < 0 ? 0 : (unsigned)own};
  table.step = bytes << table.lmul;
  table.pieces = (uint32_t)((count + table.step - 1) / table.step);
  unsigned needed = *registers + (table.pieces << table.lmul);
  if (table_of(m, access, window) || needed > MOST_REGISTERS || table.pieces > TABLE_PIECES)
    return;
  *registers = needed;
  Emitter *e = &m->e;
  IrValue first = emit_add_number(
      e, emit_add(e, m->region->arrays.data[access->array].base, affine_value(m, &access->offset)),
      window.first);
  // One load of all pieces: what lies behind the table's end need not be there, only the first byte is asked
  // for.
  unsigned whole = table.lmul;
  while (1U << whole < table.pieces << table.lmul)
    whole++;
  VectorConfig config = {.sew = 8, .lmul = (int8_t)whole};
  IrValue group = vector_op_length(m, ISA_VLE8FF_V, ir_vector(1U << whole, 1U << whole), config,
                                   emit_number(e, count), 1, &first);
  for (uint32_t i = 0; i < table.pieces; i++)
    table.groups[i] =
        whole == table.lmul ? group : build_part(&e->builder, piece_type(&table), group, i << table.lmul);
  VEC_PUSH(&m->tables, table);
}

void tables_load(Mapper *m, uint32_t loop) {
  unsigned registers = 0;
  m->tables.count = 0;
  if (m->local) // where nothing says that they are memory
    return;
  visit_tables(m, loop, load_table, &registers);
}

bool table_gather(Mapper *m, const Node *n, IrValue mask, IrValue *result) {
  Window window;
  const Table *table =
      is_table(m, n, &window) ? table_of(m, &m->region->accesses.data[n->index], window) : NULL;
  if (!table)
    return false;
  const Table copy = *table;
  VectorConfig config = {.sew = 8, .lmul = (int8_t)copy.lmul};
  IrValue index = vector_of(m, vector_node_as(m, n->operands[0], IR_I8, mask), IR_I8), total = IR_NONE;
  for (uint32_t i = 0; i < copy.pieces; i++) {
    // Outside of its piece an index gives zero.
    int64_t start = (window.first + (int64_t)i * copy.step) % BYTE_NUMBERS;
    IrValue place = start == 0 ? index
                               : vector_binary(m, IR_SUB, IR_I8, (Operand){true, index},
                                               (Operand){false, emit_number(&m->e, start)});
    IrValue operands[2] = {copy.groups[i], place};
    IrValue part = vector_op_length(m, ISA_VRGATHER_VV, piece_type(&copy), config, m->length, 2, operands);
    total = !i ? part : vector_binary(m, IR_OR, IR_I8, (Operand){true, total}, (Operand){true, part});
  }
  *result = total;
  return true;
}
