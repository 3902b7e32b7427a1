// Code of the vector unit within other code: for a nest whose elements are in the scratchpad already, or few
// enough to come through the caches.
#include "target/tensor/vector/block.h"
#include "target/tensor/vector/map.h"

static Mapper local_mapper(const Emitter *e, Region *region) {
  Mapper m = mapper_of(e, region);
  m.local = true;
  return m;
}

// Makes the values narrow and chooses the lanes. Their cycles, about; less than 0: there are none.
static double prepare(Mapper *m) {
  m->ranges = vector_narrow(m->region, NULL);
  vector_count_uses(m);
  double cycles = vector_choose(m);
  for (size_t i = 0; i < m->region->loops.count; i++)
    if (m->chosen[i])
      return cycles;
  return -1;
}

double vector_block_cycles(Target *target, Region *region) {
  Emitter e = {.target = target, .machine = target->machine, .builder = {.f = region->function}};
  Mapper m = local_mapper(&e, region);
  double cycles = target->extensions & ISA_EXTENSION_BIT(ISA_EXT_V) ? prepare(&m) : -1;
  mapper_free(&m);
  return cycles;
}

void emit_vector_block(Emitter *e, Region *region) {
  Mapper m = local_mapper(e, region);
  uint32_t first = e->variable_count;
  prepare(&m);
  if (rounds_in_vectors(region))
    set_rounding(&m.e.builder);
  vector_start_variables(&m);
  map_body(&m, region->body.data, region->body.count);
  *e = m.e;
  e->variable_count = first;
  mapper_free(&m);
}
