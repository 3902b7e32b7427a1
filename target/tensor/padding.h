// Images with padding: what a sum reads beyond their edges is one value (padding.c).
#ifndef KILN_TARGET_TENSOR_PADDING_H
#define KILN_TARGET_TENSOR_PADDING_H

#include "target/tensor/nest.h"

// A temporary that is set to one value and then has an image copied into its middle.
typedef struct Padding {
  const Statement *fill, *copy; // NULL: there is none
  uint32_t array;
} Padding;

// One of the directions in which an access leaves the image.
typedef struct PaddedAxis {
  Affine coordinate; // in the image where 0 <= coordinate < extent
  int64_t extent;
  int64_t stride; // bytes of the image
} PaddedAxis;

enum { PADDED_AXES = 3 };
typedef struct PaddedView {
  uint32_t access; // of the image, which goes beyond its edges
  uint32_t count;
  PaddedAxis axes[PADDED_AXES];
  uint32_t pattern; // 32 bits of what lies outside
} PaddedView;

// The padding before the reduction, whose own target it is not.
Padding padding_find(const Region *region, const Statement *reduction);
// An access of the temporary as one of the image. False: it has no such form.
bool padding_view(Region *region, const Padding *padding, uint32_t access, PaddedView *view);
// Guards of a sum, which keep `access` within an image: what they leave out may be added as well where it is
// nothing. `other`: the other operand's access, all of whose elements must be read nevertheless.
bool padding_of_guards(Region *region, const Statement *reduction, uint32_t access, uint32_t other,
                       PaddedView *view);
// Whether an expression reads through an access; whether no other statement does, nor writes there. depth: 0.
bool reads_access(const Region *region, uint32_t node, uint32_t access, unsigned depth);
bool reads_alone(const Region *region, const Statement *reduction, uint32_t access);
// A value of `size` bytes, repeated in 32 bits.
uint32_t padding_pattern(uint64_t value, unsigned size);

#endif
