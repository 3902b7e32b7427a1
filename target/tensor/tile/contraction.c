// Finds contractions: reductions of products whose operands and result are affine, in any order of the loops
// and any layout. Iterators are classified by which of the arrays move with them.
#include "target/tensor/tile/contraction_find.h"
#include "target/tensor/tile/size.h"

#include <string.h>

// --- iterators

static bool read_iterators(Finder *finder) {
  Contraction *c = finder->c;
  const Access *accesses[CONTRACTION_STRIDES] = {NULL};
  if (c->start == START_LINE && !c->begin_alike) // or elsewhere, which is not known yet
    accesses[CONTRACTION_BEGIN] = access_of(finder, c->begin);
  for (uint32_t i = 0; i < c->finish.count; i++)
    accesses[CONTRACTION_ARRAYS + i] = access_of(finder, c->finish.accesses[i]);
  for (unsigned i = 0; i < CONTRACTION_ARRAYS; i++) {
    accesses[i] = access_of(finder, c->operands[i].access);
    if (accesses[i]->index != NODE_NONE || array_of(finder, accesses[i])->kind == ARRAY_SCALAR)
      return fail(finder, "an operand that is not affine");
    if (array_of(finder, accesses[i])->expanded)
      return fail(finder, "a local array is an operand, or nothing reads its sums");
  }
  if (accesses[2]->array == accesses[0]->array || accesses[2]->array == accesses[1]->array)
    return fail(finder, "the result is one of the operands");
  for (uint32_t i = 0; i < finder->loop_count; i++) {
    uint32_t iterator = finder->region->loops.data[finder->loops[i]].iterator;
    ContractionIterator *to = &c->iterators[c->count++];
    to->role = ROLE_OUTER;
    to->iterator = iterator;
    to->extent = finder->region->iterators.data[iterator].extent;
    for (unsigned k = 0; k < CONTRACTION_STRIDES; k++)
      to->strides[k] =
          accesses[k] ? affine_coefficient(&accesses[k]->offset, iterator) : (Quantity){IR_NONE, 0};
    to->sums = quantity_is(to->strides[CONTRACTION_C], 0);
    for (uint32_t k = 0; k < c->border_count; k++)
      to->steps[k] = affine_coefficient(&finder->view.axes[k].coordinate, iterator).constant;
  }
  return true;
}

static bool is_guarded(const Contraction *c, const ContractionIterator *iterator) {
  for (uint32_t i = 0; i < c->guard_count; i++)
    if (affine_has(&c->guards[i], iterator->iterator))
      return true;
  return false;
}

// Whether x is `times` y, as far as sums of values tell.
static bool is_multiple(const Function *f, Quantity x, Quantity y, int64_t times) {
  WholeSum sum = {0};
  if (x.value == IR_NONE && y.value == IR_NONE)
    return x.constant == y.constant * times;
  if (x.value != IR_NONE)
    whole_sum_add(f, &sum, x.value, 1);
  if (y.value != IR_NONE)
    whole_sum_add(f, &sum, y.value, -times);
  sum.constant += (x.value == IR_NONE ? x.constant : 0) - (y.value == IR_NONE ? y.constant * times : 0);
  return whole_sum_is_zero(&sum);
}

// Whether a parameter of the drain goes on from iterator y to iterator x as well, or moves with neither. Only
// a bias may: what is known of the others is by the region's iterators.
static bool parameters_follow(const Contraction *c, const ContractionIterator *x,
                              const ContractionIterator *y) {
  const Epilogue *epilogue = &c->epilogue;
  const uint32_t accesses[EPILOGUE_PARAMETERS] = {epilogue->bias, epilogue->multiplier, epilogue->shift};
  for (unsigned i = 0; i < EPILOGUE_PARAMETERS; i++) {
    if (accesses[i] == EPILOGUE_NONE || x->iterator == IR_NONE || y->iterator == IR_NONE)
      continue;
    const Affine *offset = &c->region->accesses.data[accesses[i]].offset;
    bool moves = affine_has(offset, x->iterator) || affine_has(offset, y->iterator);
    if (moves && (i > 0 || !is_multiple(c->region->function, affine_coefficient(offset, x->iterator),
                                        affine_coefficient(offset, y->iterator), y->extent.constant)))
      return false;
  }
  return true;
}

// Whether x goes on where y ends, in all arrays, and no guard asks which of them it is.
static bool follows_on(const Contraction *c, const ContractionIterator *x, const ContractionIterator *y) {
  bool follows = y->extent.value == IR_NONE && x->sums == y->sums && !is_guarded(c, x) && !is_guarded(c, y) &&
                 (x->extent.value == IR_NONE || parameters_follow(c, x, y));
  for (unsigned k = 0; k < CONTRACTION_STRIDES && follows; k++)
    follows = is_multiple(c->region->function, x->strides[k], y->strides[k], y->extent.constant);
  for (uint32_t k = 0; k < c->border_count; k++)
    follows = follows && x->steps[k] == y->steps[k] * y->extent.constant;
  return follows;
}

// A bias that goes on with both moves with the inner one alone.
static bool join_bias(Contraction *c, uint32_t outer, uint32_t inner) {
  Region *region = c->region;
  if (c->epilogue.bias == EPILOGUE_NONE ||
      !affine_has(&region->accesses.data[c->epilogue.bias].offset, inner))
    return false;
  Access bias = region->accesses.data[c->epilogue.bias];
  AffineTerm *terms = ARENA_ARRAY(region->arena, AffineTerm, bias.offset.count);
  uint32_t count = 0;
  for (uint32_t i = 0; i < bias.offset.count; i++)
    if (bias.offset.terms[i].iterator != outer)
      terms[count++] = bias.offset.terms[i];
  bias.offset.terms = terms;
  bias.offset.count = count;
  VEC_PUSH(&region->accesses, bias);
  c->epilogue.bias = (uint32_t)region->accesses.count - 1;
  return true;
}

static void join_iterators(Contraction *c, const ContractionIterator *outer, ContractionIterator *inner) {
  if (outer->extent.value == IR_NONE) {
    inner->extent.constant *= outer->extent.constant;
    inner->iterator = IR_NONE;
    return;
  }
  Builder b = region_before(c->region);
  IrValue times = build_const(&b, IR_I64, inner->extent.constant);
  inner->extent = (Quantity){build2(&b, IR_MUL, IR_I64, outer->extent.value, times), 0};
  if (!join_bias(c, outer->iterator, inner->iterator))
    inner->iterator = IR_NONE;
}

// An iterator that goes on where another one ends is one with it. Sums that keep their order are one only
// where they stand within each other like that.
static void merge_iterators(Contraction *c) {
  for (uint32_t i = 0; i < c->count; i++)
    for (uint32_t j = 0; j < c->count; j++) {
      ContractionIterator *outer = &c->iterators[i], *inner = &c->iterators[j];
      if (i == j || (c->ordered && outer->sums && j != i + 1) || !follows_on(c, outer, inner))
        continue;
      join_iterators(c, outer, inner);
      memmove(outer, outer + 1, (c->count - i - 1) * sizeof *outer);
      c->count--;
      i = UINT32_MAX; // once more from the start
      break;
    }
}

static bool moves(const ContractionIterator *iterator, unsigned array) {
  return !quantity_is(iterator->strides[array], 0);
}

bool contraction_can_be(const ContractionIterator *iterator, ContractionRole role) {
  bool x = moves(iterator, CONTRACTION_X), y = moves(iterator, CONTRACTION_Y), sum = iterator->sums;
  switch (role) {
  case ROLE_ROW:
    return x && !y && !sum;
  case ROLE_COLUMN:
    return y && !x && !sum;
  default:
    return x && y && sum;
  }
}

// Better main iterators: side by side in memory, then longer ones.
static int64_t merit(Contraction *c, const ContractionIterator *iterator, ContractionRole role) {
  int64_t score = iterator->extent.value == IR_NONE ? iterator->extent.constant : 1024;
  unsigned first = role == ROLE_COLUMN ? CONTRACTION_Y : CONTRACTION_X;
  unsigned second = role == ROLE_SUM ? CONTRACTION_Y : CONTRACTION_C;
  if (score > 1 && quantity_is(iterator->strides[first], contraction_size(c, first)))
    score += INT64_C(1) << 40;
  if (score > 1 && quantity_is(iterator->strides[second], contraction_size(c, second)))
    score += INT64_C(1) << 41;
  return score;
}

static bool choose_main(Finder *finder) {
  Contraction *c = finder->c;
  bool ordered = c->ordered; // only the innermost sum may be cut into passes
  uint32_t chosen[3];
  for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++) {
    chosen[role] = UINT32_MAX;
    int64_t best = 0;
    for (uint32_t i = 0; i < c->count; i++) {
      if (!contraction_can_be(&c->iterators[i], (ContractionRole)role))
        continue;
      int64_t score = role == ROLE_SUM && ordered ? (int64_t)i + 1 : merit(c, &c->iterators[i], role);
      // Of two whose lengths only the run time knows, the inner one: its steps are the shorter ones.
      bool inner = score == best && c->iterators[i].extent.value != IR_NONE;
      if (score > best || inner) {
        best = score;
        chosen[role] = i;
      }
    }
  }
  if (chosen[ROLE_SUM] == UINT32_MAX)
    return fail(finder, "no iterator sums over both operands");
  if (ordered)
    for (uint32_t i = chosen[ROLE_SUM] + 1; i < c->count; i++)
      if (c->iterators[i].sums)
        return fail(finder, "the order of a floating sum");
  ContractionIterator old[CONTRACTION_ITERATORS];
  memcpy(old, c->iterators, sizeof old);
  uint32_t count = c->count, kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (i != chosen[0] && i != chosen[1] && i != chosen[2])
      c->iterators[kept++] = old[i];
  ContractionIterator one = {.iterator = IR_NONE, .extent = {IR_NONE, 1}};
  for (unsigned k = 0; k < CONTRACTION_STRIDES; k++)
    one.strides[k].value = IR_NONE;
  for (unsigned role = ROLE_ROW; role <= ROLE_SUM; role++) {
    c->iterators[kept] = chosen[role] == UINT32_MAX ? one : old[chosen[role]];
    c->iterators[kept++].role = (ContractionRole)role;
  }
  c->count = kept;
  // A missing row or column: one element.
  for (unsigned role = ROLE_ROW; role <= ROLE_COLUMN; role++)
    if (chosen[role] == UINT32_MAX) {
      ContractionIterator *iterator = contraction_main(c, (ContractionRole)role);
      unsigned side = role == ROLE_ROW ? CONTRACTION_X : CONTRACTION_Y;
      iterator->strides[side].constant = contraction_size(c, side);
      iterator->strides[CONTRACTION_C].constant = contraction_size(c, CONTRACTION_C);
    }
  return true;
}

void contraction_swap_sides(Contraction *c) {
  ContractionOperand operand = c->operands[0];
  c->operands[0] = c->operands[1];
  c->operands[1] = operand;
  c->bordered = 1 - c->bordered;
  for (uint32_t i = 0; i < c->count; i++) {
    Quantity stride = c->iterators[i].strides[0];
    c->iterators[i].strides[0] = c->iterators[i].strides[1];
    c->iterators[i].strides[1] = stride;
  }
  ContractionIterator *row = contraction_main(c, ROLE_ROW), *column = contraction_main(c, ROLE_COLUMN);
  ContractionIterator iterator = *row;
  *row = *column;
  *column = iterator;
  row->role = ROLE_ROW;
  column->role = ROLE_COLUMN;
}

// Results leave row by row, so columns are what lies side by side in C.
static void choose_sides(Contraction *c) {
  int64_t size = contraction_size(c, CONTRACTION_C);
  bool columns = quantity_is(contraction_main(c, ROLE_COLUMN)->strides[CONTRACTION_C], size);
  bool rows = quantity_is(contraction_main(c, ROLE_ROW)->strides[CONTRACTION_C], size);
  if (rows && (!columns || quantity_is(contraction_main(c, ROLE_COLUMN)->extent, 1)))
    contraction_swap_sides(c);
}

bool contraction_merge_again(Contraction *c) {
  Finder finder = {.c = c};
  uint32_t kept = 0;
  for (uint32_t i = 0; i < c->count; i++)
    if (!quantity_is(c->iterators[i].extent, 1)) {
      c->iterators[kept] = c->iterators[i];
      c->iterators[kept++].role = ROLE_OUTER;
    }
  c->count = kept;
  merge_iterators(c);
  if (!choose_main(&finder))
    return false;
  choose_sides(c);
  c->product = contraction_product(c);
  return true;
}

bool contraction_take_words(Contraction *c) {
  const ContractionIterator *word = contraction_main(c, ROLE_SUM);
  bool corrected =
      c->operands[CONTRACTION_X].zero != NODE_NONE || c->operands[CONTRACTION_Y].zero != NODE_NONE;
  if (c->word != 4 || corrected || c->border_count || c->guard_count || !quantity_is(word->extent, c->word) ||
      !quantity_is(word->strides[CONTRACTION_X], 1) || !quantity_is(word->strides[CONTRACTION_Y], 1))
    return false;
  Finder finder = {.c = c};
  c->count--; // the main sum is the last one
  c->word = 1;
  c->operands[CONTRACTION_X].type = c->operands[CONTRACTION_Y].type = IR_I32;
  for (uint32_t i = 0; i < c->count; i++)
    c->iterators[i].role = ROLE_OUTER;
  if (!choose_main(&finder))
    return false;
  choose_sides(c);
  c->product = contraction_product(c);
  return true;
}

// Whether it is a matrix that lies as the result does, which comes as old values do.
static bool begins_with_matrix(Finder *finder, Quantity rows, Quantity columns) {
  Contraction *c = finder->c;
  c->start = START_MEMORY;
  c->elsewhere = true;
  return quantity_is(columns, contraction_size(c, CONTRACTION_C)) && !quantity_is(rows, 0) &&
         epilogue_is_plain(&c->epilogue) && !c->finish.any;
}

// Whether what sums begin with goes side by side with the rows or with the columns alone, or with both as the
// result does.
static bool begins_by_lines(Finder *finder) {
  Contraction *c = finder->c;
  if (c->start != START_LINE)
    return true;
  Quantity rows = contraction_main(c, ROLE_ROW)->strides[CONTRACTION_BEGIN],
           columns = contraction_main(c, ROLE_COLUMN)->strides[CONTRACTION_BEGIN];
  bool is_float = c->begin_alike || access_of(finder, c->begin)->type == IR_FLOAT;
  int64_t size = ir_type_bits(IR_FLOAT) / 8;
  bool any = false; // of the sum's iterators
  for (uint32_t i = 0; i < c->count; i++)
    any = any || (c->iterators[i].sums && moves(&c->iterators[i], CONTRACTION_BEGIN));
  bool by_lines = ((quantity_is(columns, size) || quantity_is(columns, 0)) && quantity_is(rows, 0)) ||
                  (quantity_is(rows, size) && quantity_is(columns, 0));
  return (!any && ((is_float && by_lines) || begins_with_matrix(finder, rows, columns))) ||
         fail(finder, "the sum begins with numbers that go neither with the rows nor with the columns, nor "
                      "lie as the result");
}

bool contraction_find(const Target *target, Region *region, Contraction *contraction, const char **reason) {
  memset(contraction, 0, sizeof *contraction);
  contraction->region = region;
  contraction->start_scale = NODE_NONE;
  contraction->epilogue.bias = contraction->epilogue.multiplier = contraction->epilogue.shift = EPILOGUE_NONE;
  contraction->epilogue.table = EPILOGUE_NONE;
  Finder finder = {.target = target, .region = region, .c = contraction};
  uint32_t path[CONTRACTION_ITERATORS];
  bool found = read_statements(&finder);
  if (found && !walk_loops(&finder, finder.reduction, region->body.data, region->body.count, 0, path))
    found = fail(&finder, "the nest is too deep");
  found = found && read_product(&finder) && read_borders(&finder) && read_iterators(&finder);
  if (found) {
    // Sums of floating numbers keep their order.
    contraction->ordered = contraction->word != 4 && !finder.reduction->reassociable;
    merge_iterators(contraction);
    found = choose_main(&finder);
  }
  if (found) {
    choose_sides(contraction);
    found = begins_by_lines(&finder);
  }
  *reason = finder.reason;
  if (!found)
    return false;
  contraction->product = contraction_product(contraction);
  return true;
}

// The nest that a statement belongs to.
static size_t nest_of(Finder *finder, const Statement *statement) {
  uint32_t path[CONTRACTION_ITERATORS];
  const Region *region = finder->region;
  for (size_t i = 0; i < region->body.count; i++)
    if (walk_loops(finder, statement, &region->body.data[i], 1, 0, path))
      return i;
  return region->body.count;
}

// Nests up to the one behind the reduction's that reads its result, if that is the next one.
static uint32_t nests_of_contraction(Finder *finder) {
  const Region *region = finder->region;
  size_t own = nest_of(finder, finder->reduction), end = own + 1;
  const Access *sum = access_of(finder, finder->reduction->target);
  for (size_t i = 0; i < region->statements.count; i++) {
    const Statement *s = &region->statements.data[i];
    if (s != finder->reduction && nest_of(finder, s) == own + 1 &&
        find_load(region, s->value, sum) != UINT32_MAX)
      end = own + 2;
  }
  uint32_t nests = 0;
  for (size_t i = 0; i < end; i++)
    nests += region->body.data[i].loop;
  return end < region->body.count ? nests : 0;
}

static bool has_several_loops(const Item *items, size_t count) {
  uint32_t loops = 0;
  for (size_t i = 0; i < count; i++)
    loops += items[i].loop;
  return loops > 1;
}

// Of the loops around a statement (Finder.loops) the first that is one of several in its body; loop_count:
// none is.
static uint32_t first_of_several(const Finder *finder) {
  const Region *region = finder->region;
  if (has_several_loops(region->body.data, region->body.count))
    return 0;
  for (uint32_t depth = 1; depth < finder->loop_count; depth++) {
    const Loop *around = &region->loops.data[finder->loops[depth - 1]];
    if (has_several_loops(around->body.data, around->body.count))
      return depth;
  }
  return finder->loop_count;
}

bool contraction_in_part(Region *region, uint32_t *nests) {
  for (size_t i = 0; i < region->statements.count; i++) {
    const Statement *statement = &region->statements.data[i];
    Contraction contraction = {.region = region, .start_scale = NODE_NONE};
    Finder finder = {.region = region,
                     .c = &contraction,
                     .reduction = statement,
                     .result = statement->target,
                     .among_others = true};
    if (statement->reduction == IR_OP_COUNT || statement->condition != NODE_NONE || !read_product(&finder))
      continue;
    uint32_t path[CONTRACTION_ITERATORS];
    double products = 1;
    if (!walk_loops(&finder, finder.reduction, region->body.data, region->body.count, 0, path))
      continue;
    uint32_t first = first_of_several(&finder);
    if (finder.loop_count < first + 2) // one number
      continue;
    for (uint32_t k = first; k < finder.loop_count; k++) {
      Quantity extent = region->iterators.data[region->loops.data[finder.loops[k]].iterator].extent;
      products *= extent.value == IR_NONE ? (double)extent.constant : LEAST_PRODUCTS;
    }
    if (products >= LEAST_PRODUCTS) {
      *nests = first ? 0 : nests_of_contraction(&finder);
      return true;
    }
  }
  return false;
}
