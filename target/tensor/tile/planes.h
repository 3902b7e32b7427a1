// Images of planes: what planes.c (images that stay as a whole) and planes_slabs.c, planes_slab_code.c (slabs
// of lines, one after the other) share.
#ifndef KILN_TARGET_TENSOR_TILE_PLANES_H
#define KILN_TARGET_TENSOR_TILE_PLANES_H

#include "target/tensor/tile/tile.h"

enum { PLANES_MOST_BOXES = 16 }; // transfers that bring an image, or a slab of it

// What the loops say of an image, before it has places in the scratchpad. False: it has another form.
bool planes_read(const Machine *machine, Contraction *c, Planes *p);
// Places along the axes, of values of `size` bytes and so many lines along the last one. The bytes of a
// plane.
int64_t planes_place_axes(int64_t size, int64_t lines, Planes *p);
int64_t planes_pixels(const Planes *p);
// Bytes from the plane's first on.
int64_t planes_place_of_pixel(const Planes *p, int64_t pixel);
void planes_put_number(uint8_t *to, uint64_t number, uint64_t bytes);
// The table, as it is, to its buffer.
void planes_fetch_table(Schedule *s, const uint8_t *bytes);

// planes_slabs.c: of a slab's first line, of its pixels (in the image that is loaded), of words of k.
int64_t slab_first_line(const Planes *p, int64_t slab, int64_t block_columns);
int64_t slab_place_of_pixel(const Planes *p, int64_t pixel, int64_t block_columns);
int64_t slab_place_of_word(const Planes *p, int64_t word);
// The byte of a row that byte `to` of the row in order is; -1: there is none.
int64_t slab_row_byte(const Planes *p, int64_t size, int64_t to);
// Runs of a slab as it comes: those of a line or of all lines, and how many dimensions stand around them.
// Those of planes and lanes follow: `rest`: of the last values along the part that words are made of, which
// are fewer than a word's.
typedef struct SlabBoxes {
  int64_t bytes;    // of a line within what is in memory
  bool whole_lines; // lines follow one another without a gap: they are one run
  PlaneStep steps[CONTRACTION_PARTS * 2 + 2];
  uint32_t before, count; // steps within the lines, all
  int64_t from, to;       // bytes by which they begin later
} SlabBoxes;
bool slab_boxes(const Planes *p, bool rest, SlabBoxes *boxes); // false: there are none

#endif
