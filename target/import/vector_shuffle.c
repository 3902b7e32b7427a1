// Shuffles by constant indices that need no gather: slides, merges, and changes of the elements' width.
#include "target/import/vector.h"

#include <stdlib.h>

// Numbers below IMMEDIATES fit the instruction; masks of more lanes than LARGEST_IN_MASK take many
// instructions to make in a scalar register; elements of WIDEST bits have none of twice the width.
enum { IMMEDIATES = 32, LARGEST_LMUL = 3, LARGEST_IN_MASK = 32, WIDEST = 64 };

// Indices count the elements of the first input and then those of the second; -1: any.
typedef struct Shuffle {
  Importer *imp;
  const VectorShape *from, *to;
  VectorShape work; // the larger group of the two, with the result's elements
  IrValue input[2];
  const int64_t *indices;
} Shuffle;

// Lanes i that are elements i + offset of one input. input -1: any.
typedef struct Line {
  int input;
  int64_t offset;
} Line;

static bool same_line(Line a, Line b) {
  return a.input == b.input && a.offset == b.offset;
}

static Line line_of(const Shuffle *s, uint32_t lane) {
  int64_t index = s->indices[lane], count = s->from->count;
  if (index < 0)
    return (Line){.input = -1};
  return (Line){index >= count, (index >= count ? index - count : index) - lane};
}

// The one line that the lanes first .. end - 1 are of; false: there are several.
static bool run_of(const Shuffle *s, uint32_t first, uint32_t end, Line *line) {
  *line = (Line){.input = -1};
  for (uint32_t i = first; i < end; i++) {
    Line own = line_of(s, i);
    if (line->input < 0)
      *line = own;
    else if (own.input >= 0 && !same_line(own, *line))
      return false;
  }
  return true;
}

static IrValue number(const Shuffle *s, int64_t value) {
  return build_const(&s->imp->b, IR_I64, value);
}

// The group of registers of a logarithm, which may be that of a part of one.
static IrType group_of(int lmul) {
  unsigned registers = 1U << (lmul > 0 ? lmul : 0);
  return ir_vector(registers, registers);
}

static IrValue slide_up(const Shuffle *s, const VectorShape *shape, IrValue old, IrValue v, uint32_t by,
                        uint32_t length) {
  VectorConfig config = shape_config(shape);
  config.tail_undisturbed = length < shape->count;
  IrValue operands[3] = {old, v, number(s, by)};
  if (by == 0)
    return build_machine(&s->imp->b, ISA_VMV_V_V, shape->type, config, number(s, length), 2, operands);
  return build_machine(&s->imp->b, by < IMMEDIATES ? ISA_VSLIDEUP_VI : ISA_VSLIDEUP_VX, shape->type, config,
                       number(s, length), 3, operands);
}

// `length` elements of an input from `first` on, in a group of another type.
static IrValue slice(const Shuffle *s, int input, uint32_t first, uint32_t length, IrType type) {
  const VectorShape *from = s->from;
  IrValue v = s->input[input];
  uint64_t bits = (uint64_t)first * from->sew, vlen = s->imp->target->machine->vlen;
  if (first == 0)
    return lanes_regroup(s->imp, v, type);
  unsigned size = ir_group_size(type), reg = (unsigned)(bits / vlen);
  if (bits % vlen == 0 && reg % size == 0 && reg + size <= ir_group_size(from->type))
    return build_part(&s->imp->b, type, v, reg);
  IrValue operands[2] = {v, number(s, first)};
  v = build_machine(&s->imp->b, first < IMMEDIATES ? ISA_VSLIDEDOWN_VI : ISA_VSLIDEDOWN_VX, from->type,
                    shape_config(from), number(s, length < from->count ? length : from->count), 2, operands);
  return lanes_regroup(s->imp, v, type);
}

static IrValue line_value(const Shuffle *s, Line line) {
  const VectorShape *shape = &s->work;
  if (line.input < 0)
    return build_undefined(&s->imp->b, shape->type);
  if (line.offset >= 0)
    return slice(s, line.input, (uint32_t)line.offset, shape->count, shape->type);
  return slide_up(s, shape, build_undefined(&s->imp->b, shape->type),
                  lanes_regroup(s->imp, s->input[line.input], shape->type), (uint32_t)-line.offset,
                  shape->count);
}

// --- patterns: each gives its value, or IR_NONE where the indices are no such ones
// ------------------------------------------------------------------------------------------------

// Elements in their order: nothing, other registers or one slide.
static IrValue as_line(const Shuffle *s) {
  Line line;
  if (!run_of(s, 0, s->to->count, &line))
    return IR_NONE;
  if (line.input >= 0 && line.offset >= 0)
    return slice(s, line.input, (uint32_t)line.offset, s->to->count, s->to->type);
  return line_value(s, line);
}

static IrValue as_splat(const Shuffle *s) {
  int64_t index = -1, count = s->from->count;
  for (uint32_t i = 0; i < s->to->count; i++) {
    if (index >= 0 && s->indices[i] >= 0 && s->indices[i] != index)
      return IR_NONE;
    index = s->indices[i] >= 0 ? s->indices[i] : index;
  }
  IrValue v = lanes_regroup(s->imp, s->input[index >= count], s->work.type);
  index = index >= count ? index - count : index;
  return build_machine(&s->imp->b, index < IMMEDIATES ? ISA_VRGATHER_VI : ISA_VRGATHER_VX, s->work.type,
                       shape_config(&s->work), shape_length(s->imp, &s->work), 2,
                       (IrValue[2]){v, number(s, index)});
}

// Elements `last` - i of the first input.
static IrValue as_reverse(const Shuffle *s) {
  enum { LARGEST_IMMEDIATE = 15 };
  int64_t last = -1, count = s->from->count;
  if (s->from->sew < 16 && count > INT64_C(1) << s->from->sew)
    return IR_NONE;
  for (uint32_t i = 0; i < s->to->count; i++) {
    if (s->indices[i] < 0)
      continue;
    if (s->indices[i] >= count || (last >= 0 && s->indices[i] + i != last))
      return IR_NONE;
    last = s->indices[i] + i;
  }
  Builder *b = &s->imp->b;
  VectorConfig config = shape_config(&s->work);
  IrType type = s->work.type;
  IrValue length = shape_length(s->imp, &s->work), v = lanes_regroup(s->imp, s->input[0], type);
  IrValue index = build_machine(b, ISA_VID_V, type, config, length, 0, NULL);
  index = build_machine(b, last <= LARGEST_IMMEDIATE ? ISA_VRSUB_VI : ISA_VRSUB_VX, type, config, length, 2,
                        (IrValue[2]){index, number(s, last)});
  return build_machine(b, ISA_VRGATHER_VV, type, config, length, 2, (IrValue[2]){v, index});
}

// Lanes first .. end - 1 of one line amid those of another.
typedef struct Window {
  Line outer, inner;
  uint32_t first, end;
} Window;

// False: the lanes that are not of `outer` are not of one line.
static bool window_in(const Shuffle *s, Line outer, Window *window) {
  *window = (Window){.outer = outer, .first = UINT32_MAX};
  for (uint32_t i = 0; i < s->to->count; i++) {
    Line line = line_of(s, i);
    if (line.input < 0 || same_line(line, outer))
      continue;
    window->first = i < window->first ? i : window->first;
    window->end = i + 1;
  }
  return window->end && run_of(s, window->first, window->end, &window->inner);
}

// Slides beside the one that puts the window in its place.
static unsigned window_cost(const Window *w) {
  return (w->outer.offset != 0) + (w->inner.offset + w->first != 0);
}

// The second input's registers behind those of the first; IR_NONE: they do not begin with a register.
static IrValue joined_registers(const Shuffle *s, const Window *w) {
  uint64_t vlen = s->imp->target->machine->vlen, bits = (uint64_t)-w->inner.offset * s->work.sew;
  unsigned reg = (unsigned)(bits / vlen);
  Line rest;
  if (w->outer.offset != 0 || w->inner.offset >= 0 || bits % vlen != 0 ||
      reg % ir_group_size(s->from->type) != 0 ||
      reg + ir_group_size(s->from->type) > ir_group_size(s->work.type) ||
      !run_of(s, (uint32_t)-w->inner.offset, s->to->count, &rest) || !same_line(rest, w->inner))
    return IR_NONE;
  return build_join(&s->imp->b, line_value(s, w->outer), s->input[w->inner.input], reg);
}

// Rotations, windows of two inputs side by side, concatenations, insertions of a part.
static IrValue as_window(const Shuffle *s) {
  uint32_t low = 0, high = s->to->count - 1;
  while (s->indices[low] < 0)
    low++;
  while (s->indices[high] < 0)
    high--;
  Window window, other;
  bool found = window_in(s, line_of(s, low), &window);
  if (window_in(s, line_of(s, high), &other) && (!found || window_cost(&other) < window_cost(&window))) {
    window = other;
    found = true;
  }
  if (!found)
    return IR_NONE;
  IrValue joined = joined_registers(s, &window);
  if (joined != IR_NONE)
    return joined;
  uint32_t start = (uint32_t)(window.inner.offset + window.first);
  IrValue inner = slice(s, window.inner.input, start, window.end - window.first, s->work.type);
  return slide_up(s, &s->work, line_value(s, window.outer), inner, window.first, window.end);
}

// Each lane from the same place of one input or the other; the mask comes from a scalar register.
static IrValue as_blend(const Shuffle *s) {
  uint64_t bits = 0;
  uint32_t count = s->to->count;
  if (count > LARGEST_IN_MASK)
    return IR_NONE;
  for (uint32_t i = 0; i < count; i++) {
    Line line = line_of(s, i);
    if (line.input >= 0 && line.offset != 0)
      return IR_NONE;
    bits |= (uint64_t)(line.input == 1) << i;
  }
  VectorConfig config = shape_config(&s->work);
  if (config.sew < count)
    config = (VectorConfig){.sew = LARGEST_IN_MASK};
  IrValue scalar = number(s, (int64_t)bits);
  IrValue mask =
      build_machine(&s->imp->b, ISA_VMV_S_X, ir_vector(1, 1), config,
                    config.sew == s->work.sew ? shape_length(s->imp, &s->work) : number(s, 1), 1, &scalar);
  return lanes_select(s->imp, &s->work, mask, lanes_regroup(s->imp, s->input[1], s->work.type),
                      lanes_regroup(s->imp, s->input[0], s->work.type));
}

// All elements of both inputs in one group; IR_NONE: there is none so large.
static IrValue concatenated(const Shuffle *s, VectorShape *both) {
  uint64_t vlen = s->imp->target->machine->vlen, bits = (uint64_t)s->from->count * s->from->sew;
  *both = *s->from;
  both->count = 2 * s->from->count;
  if (2 * bits > vlen << both->lmul)
    both->lmul++;
  if (both->lmul > LARGEST_LMUL)
    return IR_NONE;
  both->type = group_of(both->lmul);
  IrValue x = lanes_regroup(s->imp, s->input[0], both->type);
  if (bits == vlen << s->from->lmul) // parts of groups begin at multiples of their size
    return build_join(&s->imp->b, x, s->input[1], ir_group_size(s->from->type));
  return slide_up(s, both, x, lanes_regroup(s->imp, s->input[1], both->type), s->from->count, both->count);
}

// Every second element: the halves of elements of twice the width.
static IrValue as_deinterleave(const Shuffle *s) {
  int64_t odd = -1;
  bool second = false;
  for (uint32_t i = 0; i < s->to->count; i++) {
    int64_t start = s->indices[i] - 2 * (int64_t)i;
    if (s->indices[i] < 0)
      continue;
    if (start < 0 || start > 1 || (odd >= 0 && start != odd))
      return IR_NONE;
    odd = start;
    second |= s->indices[i] >= (int64_t)s->from->count;
  }
  VectorShape all = *s->from;
  if (all.sew == WIDEST || (!second && all.count % 2 != 0))
    return IR_NONE;
  IrValue v = second ? concatenated(s, &all) : s->input[0];
  if (v == IR_NONE)
    return IR_NONE;
  uint32_t length = s->to->count < all.count / 2 ? s->to->count : all.count / 2;
  int64_t by = odd * all.sew;
  VectorConfig config = {.sew = all.sew, .lmul = (int8_t)(all.lmul - 1)};
  v = build_machine(&s->imp->b, by < IMMEDIATES ? ISA_VNSRL_WI : ISA_VNSRL_WX, group_of(config.lmul), config,
                    number(s, length), 2, (IrValue[2]){v, number(s, by)});
  return lanes_regroup(s->imp, v, s->to->type);
}

// The input and its first element that lanes `parity`, parity + 2, ... are of, one after the other.
static bool strand_of(const Shuffle *s, uint32_t parity, Line *strand) {
  *strand = (Line){.input = -1};
  for (uint32_t i = parity; i < s->to->count; i += 2) {
    Line own = line_of(s, i);
    own.offset += i - i / 2;
    if (own.input < 0)
      continue;
    if (own.offset < 0 || (strand->input >= 0 && !same_line(own, *strand)))
      return false;
    *strand = own;
  }
  return true;
}

// Elements of two strands by turns: even + odd + odd * (2^SEW - 1) in twice the width.
static IrValue as_interleave(const Shuffle *s) {
  Line even, odd;
  if (s->to->sew == WIDEST || s->to->count % 2 != 0 || !strand_of(s, 0, &even) || !strand_of(s, 1, &odd))
    return IR_NONE;
  Builder *b = &s->imp->b;
  uint32_t half = s->to->count / 2;
  VectorConfig config = {.sew = s->to->sew, .lmul = (int8_t)(s->to->lmul - 1)};
  even = even.input < 0 ? odd : even;
  odd = odd.input < 0 ? even : odd;
  IrValue low = slice(s, even.input, (uint32_t)even.offset, half, group_of(config.lmul)),
          high = slice(s, odd.input, (uint32_t)odd.offset, half, group_of(config.lmul)),
          length = number(s, half);
  IrValue sum = build_machine(b, ISA_VWADDU_VV, s->to->type, config, length, 2, (IrValue[2]){low, high});
  return build_machine(b, ISA_VWMACCU_VX, s->to->type, config, length, 3,
                       (IrValue[3]){sum, number(s, -1), high});
}

static bool any_lane(const Shuffle *s) {
  for (uint32_t i = 0; i < s->to->count; i++)
    if (s->indices[i] >= 0)
      return true;
  return false;
}

IrValue lanes_shuffle_pattern(Importer *imp, const VectorShape *from, const VectorShape *to, IrValue x,
                              IrValue y, const int64_t *indices) {
  static IrValue (*const patterns[])(const Shuffle *) = {
      as_line, as_splat, as_reverse, as_window, as_blend, as_deinterleave, as_interleave,
  };
  int64_t count = from->count, *own = checked_malloc((to->count + 1) * sizeof *own);
  bool any_first = false;
  for (uint32_t i = 0; i < to->count; i++)
    any_first |= indices[i] >= 0 && (indices[i] < count || x == y);
  for (uint32_t i = 0; i < to->count; i++)
    own[i] = indices[i] >= count && (x == y || !any_first) ? indices[i] - count : indices[i];
  Shuffle s = {imp, from, to, from->lmul > to->lmul ? *from : *to, {any_first ? x : y, y}, own};
  s.work.count = to->count;
  IrValue v = any_lane(&s) ? IR_NONE : build_undefined(&imp->b, to->type);
  for (unsigned i = 0; i < sizeof patterns / sizeof *patterns && v == IR_NONE; i++)
    v = patterns[i](&s);
  free(own);
  return v == IR_NONE ? IR_NONE : lanes_regroup(imp, v, to->type);
}
