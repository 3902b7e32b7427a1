// Short arrays that are set to zero element by element, as compilers write what is left of a call of memset:
// the statements become one in a loop, of the type as which the array is used.
#include "target/tensor/raise/raise.h"

enum { LEAST_FILLED = 4 };

static const Access *filled(const Region *region, const Item *item) {
  if (item->loop)
    return NULL;
  const Statement *s = &region->statements.data[item->index];
  const Node *value = &region->nodes.data[s->value];
  const Access *target = &region->accesses.data[s->target];
  bool plain = s->reduction == IR_OP_COUNT && !s->guard_count && s->condition == NODE_NONE;
  bool zero = value->kind == NODE_CONSTANT && value->imm == 0;
  bool place = target->index == NODE_NONE && !target->clipped && !target->early &&
               region->arrays.data[target->array].kind == ARRAY_MEMORY;
  return plain && zero && place ? target : NULL;
}

// How many items from `at` on set elements that follow one another.
static size_t filled_count(const Region *region, const Body *body, size_t at) {
  const Access *first = filled(region, &body->items[at]);
  size_t count = first ? 1 : 0;
  for (; first && at + count < body->count; count++) {
    const Access *next = filled(region, &body->items[at + count]);
    Affine expected = first->offset;
    expected.constant += (int64_t)count * ir_type_bits(first->type) / 8;
    if (!next || next->array != first->array || next->type != first->type ||
        !affines_equal(&next->offset, &expected))
      break;
  }
  return count;
}

// The floating type of as many bits as which all else uses the array; else as it is.
static IrType used_type(const Region *region, const Access *target) {
  IrType type = IR_VOID;
  for (size_t i = 0; i < region->statements.count; i++) {
    const Access *access = &region->accesses.data[region->statements.data[i].target];
    if (access->array != target->array || access->type == target->type)
      continue;
    if (!ir_is_float(access->type) || ir_type_bits(access->type) != ir_type_bits(target->type) ||
        (type != IR_VOID && type != access->type))
      return target->type;
    type = access->type;
  }
  return type == IR_VOID ? target->type : type;
}

static void make_loop(Region *region, uint32_t around, size_t at, size_t count) {
  Body body = body_of(region, around);
  uint32_t statement = body.items[at].index, loop = (uint32_t)region->loops.count;
  Statement *s = &region->statements.data[statement];
  Access target = region->accesses.data[s->target];
  IrType type = used_type(region, &target);
  int64_t bytes = ir_type_bits(type) / 8;
  Iterator iterator = {
      .extent = {IR_NONE, (int64_t)count}, .loop = loop, .header = region->entry, .entered = true};
  VEC_PUSH(&region->iterators, iterator);
  AffineTerm *terms = ARENA_ARRAY(region->arena, AffineTerm, target.offset.count + 1);
  for (uint32_t i = 0; i < target.offset.count; i++)
    terms[i] = target.offset.terms[i];
  terms[target.offset.count++] = (AffineTerm){(uint32_t)region->iterators.count - 1, {IR_NONE, bytes}};
  target.offset.terms = terms;
  target.type = type;
  VEC_PUSH(&region->accesses, target);
  Node zero = {.kind = NODE_CONSTANT, .op = ir_is_float(type) ? IR_FCONST : IR_CONST, .type = type};
  VEC_PUSH(&region->nodes, zero);
  s->target = (uint32_t)region->accesses.count - 1;
  s->value = (uint32_t)region->nodes.count - 1;
  Loop made = {.iterator = (uint32_t)region->iterators.count - 1, .parent = around};
  Item inside = {false, statement}, outside = {true, loop};
  VEC_PUSH(&made.body, inside);
  VEC_PUSH(&region->loops, made);
  for (size_t i = 0; i < count; i++)
    body_remove(region, around, at);
  body_insert(region, around, at, outside);
}

void roll_fills(Region *region) {
  size_t loops = region->loops.count;
  for (uint32_t l = 0; l <= loops; l++) {
    uint32_t loop = l < loops ? l : UINT32_MAX;
    for (size_t at = 0; at < body_of(region, loop).count; at++) {
      Body body = body_of(region, loop);
      size_t count = filled_count(region, &body, at);
      if (count >= LEAST_FILLED)
        make_loop(region, loop, at, count);
    }
  }
}
