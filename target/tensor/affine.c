// Comparisons and look-ups in the numbers of a region: quantities and affine expressions.
#include "target/tensor/nest.h"

bool quantities_equal(Quantity x, Quantity y) {
  return x.value == y.value && (x.value != IR_NONE || x.constant == y.constant);
}

bool quantity_is_zero(Quantity x) {
  return x.value == IR_NONE && x.constant == 0;
}

bool affine_has(const Affine *affine, uint32_t iterator) {
  for (uint32_t i = 0; i < affine->count; i++)
    if (affine->terms[i].iterator == iterator)
      return true;
  return false;
}

Quantity affine_coefficient(const Affine *affine, uint32_t iterator) {
  for (uint32_t i = 0; i < affine->count; i++)
    if (affine->terms[i].iterator == iterator)
      return affine->terms[i].coefficient;
  return (Quantity){IR_NONE, 0};
}

bool affines_equal(const Affine *x, const Affine *y) {
  if (x->constant != y->constant || x->invariant != y->invariant || x->count != y->count)
    return false;
  for (uint32_t i = 0; i < x->count; i++)
    if (x->terms[i].iterator != y->terms[i].iterator ||
        !quantities_equal(x->terms[i].coefficient, y->terms[i].coefficient))
      return false;
  return true;
}
