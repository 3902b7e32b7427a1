// What finding streams and their boxes share: the loop that is looked at and what is touched in it.
#ifndef KILN_TARGET_TENSOR_VECTOR_BOX_H
#define KILN_TARGET_TENSOR_VECTOR_BOX_H

#include "target/tensor/vector/map.h"

typedef struct Touch {
  uint32_t access;
  bool writes;
  bool always; // in every iteration
} Touch;

typedef struct Finder {
  Mapper *m;
  Stage *stage;
  uint32_t loop;
  uint32_t own;     // its iterator
  bool complete;    // all that moves goes through the scratchpad
  IrValue possible; // i1: conditions of the run time
  VEC(Touch) touches;
} Finder;

// Whether the iterator takes several values in a tile.
bool moves_in_tile(const Finder *f, uint32_t iterator);
// How many values it takes besides the loop's own; the lanes are those of the current strip.
IrValue iterations_of(Finder *f, uint32_t iterator);
bool tile_number(const Finder *f, IrValue value, int64_t *number);
// Whether two accesses move alike with the loop, with the lanes, and with the loops around.
bool moves_alike(const Finder *f, const Access *a, const Access *b);
// Whether they are the same element.
bool same_offset(const Finder *f, const Access *a, const Access *b);
// Starts a stream with an access: those of its array belong to it that move alike, but for those that lie
// apart from it in the whole loop (another row, another channel). With `whole`, a stream of more than that:
// only those that lie in the same runs.
void stream_start(Finder *f, Stream *stream, uint32_t access, const Stream *whole);
bool stream_has(const Finder *f, const Stream *stream, const Access *access);
const StreamStride *stream_stride(const Stream *stream, Quantity stride);
bool stream_add_stride(Stream *stream, Quantity stride);
// Constants by their size come first, then what is known only at run time, as it was found.
void stream_sort_strides(Stream *stream);
// Which strides stay within the run, and which are dimensions.
bool stream_choose_dimensions(Finder *f, Stream *stream, int64_t element);
// Makes the run and the dimensions so long that the access is within, for one iteration of the loop.
void stream_cover(Finder *f, Stream *stream, const Access *access);
// Whether the first and the last byte of the stream's box are touched: beyond there may be no memory.
bool stream_is_exact(Finder *f, const Stream *stream);

// in_place.c
// Whether an access has no stream: it is of a scalar, or goes to the scratchpad where it is.
bool access_stays(const Finder *f, uint32_t access);
// Whether the loop has accesses of the latter kind.
bool any_in_place(const Finder *f);

#endif
