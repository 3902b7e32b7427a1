// Polynomials over values and iterators, modulo 2^64.
#include "target/tensor/raise/raise.h"

#include <string.h>

static Poly *poly_new(Arena *arena, uint32_t capacity) {
  return arena_alloc(arena, sizeof(Poly) + capacity * sizeof(Monomial), _Alignof(Poly));
}

const Poly *poly_constant(Arena *arena, int64_t value) {
  Poly *poly = poly_new(arena, 1);
  poly->count = value != 0;
  poly->terms[0].coefficient = value;
  return poly;
}

const Poly *poly_factor(Arena *arena, uint32_t factor) {
  Poly *poly = poly_new(arena, 1);
  poly->count = 1;
  poly->terms[0] = (Monomial){.coefficient = 1, .count = 1, .factors = {factor}};
  return poly;
}

// Fewer factors first, then by the factors.
static int compare_monomials(const Monomial *a, const Monomial *b) {
  if (a->count != b->count)
    return a->count < b->count ? -1 : 1;
  for (uint32_t i = 0; i < a->count; i++)
    if (a->factors[i] != b->factors[i])
      return a->factors[i] < b->factors[i] ? -1 : 1;
  return 0;
}

static int64_t multiply(int64_t a, int64_t b) {
  return (int64_t)((uint64_t)a * (uint64_t)b);
}

static int64_t sum(int64_t a, int64_t b) {
  return (int64_t)((uint64_t)a + (uint64_t)b);
}

const Poly *poly_add(Arena *arena, const Poly *a, const Poly *b, int64_t scale) {
  if (!a || !b)
    return NULL;
  Poly *poly = poly_new(arena, a->count + b->count);
  uint32_t i = 0, k = 0;
  while (i < a->count || k < b->count) {
    int order = i == a->count ? 1 : k == b->count ? -1 : compare_monomials(&a->terms[i], &b->terms[k]);
    Monomial m = order <= 0 ? a->terms[i] : b->terms[k];
    if (order > 0)
      m.coefficient = multiply(m.coefficient, scale);
    else if (order == 0)
      m.coefficient = sum(m.coefficient, multiply(b->terms[k].coefficient, scale));
    i += order <= 0;
    k += order >= 0;
    if (m.coefficient)
      poly->terms[poly->count++] = m;
  }
  return poly->count <= POLY_TERMS ? poly : NULL;
}

static bool multiply_monomials(const Monomial *a, const Monomial *b, Monomial *out) {
  *out = (Monomial){.coefficient = multiply(a->coefficient, b->coefficient), .count = a->count + b->count};
  if (out->count > POLY_DEGREE)
    return false;
  uint32_t i = 0, k = 0;
  for (uint32_t n = 0; n < out->count; n++)
    out->factors[n] =
        k == b->count || (i < a->count && a->factors[i] <= b->factors[k]) ? a->factors[i++] : b->factors[k++];
  return true;
}

// The order of monomials does not change when all are multiplied by the same one, as long as none vanishes.
const Poly *poly_multiply(Arena *arena, const Poly *a, const Poly *b) {
  if (!a || !b)
    return NULL;
  const Poly *result = poly_constant(arena, 0);
  for (uint32_t k = 0; k < b->count && result; k++) {
    const Poly *row = poly_constant(arena, 0);
    for (uint32_t i = 0; i < a->count && row; i++) {
      Poly *one = poly_new(arena, 1);
      if (!multiply_monomials(&a->terms[i], &b->terms[k], &one->terms[0]))
        return NULL;
      one->count = one->terms[0].coefficient != 0;
      row = poly_add(arena, row, one, 1);
    }
    result = poly_add(arena, result, row, 1);
  }
  return result;
}

bool poly_equal(const Poly *a, const Poly *b) {
  if (!a || !b || a->count != b->count)
    return false;
  for (uint32_t i = 0; i < a->count; i++)
    if (a->terms[i].coefficient != b->terms[i].coefficient ||
        compare_monomials(&a->terms[i], &b->terms[i]) != 0)
      return false;
  return true;
}

bool poly_is_constant(const Poly *poly, int64_t *value) {
  if (!poly || poly->count > 1 || (poly->count && poly->terms[0].count))
    return false;
  *value = poly->count ? poly->terms[0].coefficient : 0;
  return true;
}

static uint32_t power(const Monomial *m, uint32_t factor) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < m->count; i++)
    n += m->factors[i] == factor;
  return n;
}

bool poly_has(const Poly *poly, uint32_t factor) {
  for (uint32_t i = 0; i < poly->count; i++)
    if (power(&poly->terms[i], factor))
      return true;
  return false;
}

bool poly_has_iterators(const Poly *poly) {
  for (uint32_t i = 0; i < poly->count; i++) {
    const Monomial *m = &poly->terms[i];
    if (m->count && factor_is_iterator(m->factors[m->count - 1]))
      return true;
  }
  return false;
}

bool poly_split(Arena *arena, const Poly *poly, uint32_t factor, const Poly **rest,
                const Poly **coefficient) {
  Poly *without = poly_new(arena, poly->count);
  const Poly *with = poly_constant(arena, 0);
  for (uint32_t i = 0; i < poly->count; i++) {
    Monomial m = poly->terms[i];
    uint32_t times = power(&m, factor);
    if (times > 1)
      return false;
    if (!times) {
      without->terms[without->count++] = m;
      continue;
    }
    Poly *one = poly_new(arena, 1);
    uint32_t kept = 0;
    for (uint32_t k = 0; k < m.count; k++)
      if (m.factors[k] != factor)
        m.factors[kept++] = m.factors[k];
    m.count = kept;
    one->count = 1;
    one->terms[0] = m;
    with = poly_add(arena, with, one, 1);
  }
  *rest = without;
  *coefficient = with;
  return true;
}

const Poly *poly_replace(Arena *arena, const Poly *poly, uint32_t factor, const Poly *by) {
  const Poly *rest = NULL, *coefficient = NULL;
  if (!poly || !by || !poly_split(arena, poly, factor, &rest, &coefficient))
    return NULL;
  return poly_add(arena, rest, poly_multiply(arena, coefficient, by), 1);
}

const Poly *poly_divide(Arena *arena, const Poly *poly, int64_t divisor) {
  if (!poly || divisor == 0 || divisor == -1)
    return poly && divisor == -1 ? poly_add(arena, poly_constant(arena, 0), poly, -1) : NULL;
  Poly *quotient = poly_new(arena, poly->count);
  quotient->count = poly->count;
  for (uint32_t i = 0; i < poly->count; i++) {
    quotient->terms[i] = poly->terms[i];
    if (poly->terms[i].coefficient % divisor)
      return NULL;
    quotient->terms[i].coefficient /= divisor;
  }
  return quotient;
}
