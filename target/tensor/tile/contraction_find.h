// What the files that find contractions share: contraction.c, contraction_statements.c,
// contraction_product.c.
#ifndef KILN_TARGET_TENSOR_TILE_CONTRACTION_FIND_H
#define KILN_TARGET_TENSOR_TILE_CONTRACTION_FIND_H

#include "target/tensor/padding.h"
#include "target/tensor/tile/contraction.h"

typedef struct Finder {
  const Target *target;
  Region *region;
  Contraction *c;
  const char *reason;
  const Statement *reduction;
  uint32_t loops[CONTRACTION_ITERATORS]; // around the reduction, outermost first
  uint32_t loop_count;
  uint32_t result; // access that is written in the end
  // The reduction is looked at among others: loops around it may change what does not change within its nest.
  bool among_others;
  Padding padding;
  PaddedView view; // of the padded operand
} Finder;

static inline bool fail(Finder *finder, const char *reason) {
  finder->reason = reason;
  return false;
}

static inline const Node *node_of(const Finder *finder, uint32_t index) {
  return &finder->region->nodes.data[index];
}

static inline const Access *access_of(const Finder *finder, uint32_t index) {
  return &finder->region->accesses.data[index];
}

static inline const Array *array_of(const Finder *finder, const Access *access) {
  return &finder->region->arrays.data[access->array];
}

static inline bool is_unchanging(const Node *node) {
  return node->kind == NODE_VALUE || node->kind == NODE_CONSTANT;
}

// contraction_statements.c
// Finds the loops around a statement in some items: Finder.loops.
bool walk_loops(Finder *finder, const Statement *statement, const Item *items, size_t count, uint32_t depth,
                uint32_t *path);
// The load in an expression that goes through the same elements as `access`; UINT32_MAX: there is none.
uint32_t find_load(const Region *region, uint32_t node, const Access *access);
// The reduction, one start before it, one copy behind it; nothing else.
bool read_statements(Finder *finder);

// contraction_product.c
// The factor that does not change, as the BLAS have them, of a product with a value that is loaded;
// NODE_NONE: it is no such product. *node becomes the value.
uint32_t read_scale(Finder *finder, const Node **node);
// What the reduction adds up: the operands.
bool read_product(Finder *finder);
// Operands that are read beyond their edges.
bool read_borders(Finder *finder);

#endif
