// Transfers of a depthwise convolution (depthwise.c): rows of the image with its borders, weights, results.
#include "target/tensor/tile/depthwise_code.h"
#include "target/tensor/tile/size.h"

// Where tile i is in X and C; how many of its rows and channels the tile before has as well.
typedef struct TilePlace {
  IrValue x, c, band, row, rows_before, channels_before;
} TilePlace;

static TilePlace tile_place(Writer *w, IrValue i) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  const Region *region = d->c.region;
  int64_t size = contraction_size(&d->c, CONTRACTION_C);
  TilePlace place = {.x = emit_access(e, region, d->c.operands[CONTRACTION_X].access),
                     .c = emit_access(e, region, d->c.operands[CONTRACTION_C].access)};
  place.band = emit_remainder(e, i, d->bands);
  IrValue row = place.row = part_start(w, place.band, d->tile_rows, d->height);
  i = emit_divide(e, i, d->bands);
  IrValue slice = emit_remainder(e, i, d->slices),
          channel = part_start(w, slice, d->tile_channels, d->channels), zero = number(w, 0);
  i = emit_divide(e, i, d->slices);
  place.rows_before =
      d->height % d->tile_rows == 0 ? zero : emit_sub(e, emit_mul_number(e, place.band, d->tile_rows), row);
  place.channels_before = d->channels % d->tile_channels == 0
                              ? zero
                              : emit_sub(e, emit_mul_number(e, slice, d->tile_channels), channel);
  place.x = emit_add(e, emit_add(e, place.x, emit_mul_number(e, row, d->row_x)), channel);
  place.c =
      emit_add(e, emit_add(e, place.c, emit_mul_number(e, row, d->row_c)), emit_mul_number(e, channel, size));
  for (uint32_t k = d->outer_count; k-- > 0;) {
    IrValue index = emit_remainder(e, i, d->outer[k].extent.constant);
    i = emit_divide(e, i, d->outer[k].extent.constant);
    place.x = emit_add(e, place.x, emit_mul_number(e, index, constant_stride(&d->outer[k], CONTRACTION_X)));
    place.c = emit_add(e, place.c, emit_mul_number(e, index, constant_stride(&d->outer[k], CONTRACTION_C)));
  }
  return place;
}

// A box of `bytes` side by side, `pixels` of them in each of `rows` rows; strides of the source and of the
// destination. `pattern`: what it is filled with, or IR_NONE.
static void transfer(Writer *w, IrValue from, IrValue to, IrValue bytes, IrValue pixels, IrValue rows,
                     const int64_t strides[2][2], IrValue pattern) {
  DmaBox box = {.source = from, .destination = to, .bytes = bytes, .dimensions = 2, .most = 2};
  box.counts[0] = pixels;
  box.counts[1] = rows;
  for (unsigned i = 0; i < 2; i++) {
    box.source_strides[i] = number(w, strides[i][0]);
    box.destination_strides[i] = number(w, strides[i][1]);
  }
  w->e->variables[w->id] = dma_start(w->e, &box, pattern);
}

// Rows above or below the image: between the columns that are filled once.
static void fill_rows(Writer *w, IrValue to, IrValue rows) {
  const Depthwise *d = w->d;
  const int64_t strides[2][2] = {{0, 0}, {0, row_bytes(d)}};
  FlowIf flow;
  if (flow_if(w->e, &flow, emit_less(w->e, number(w, 0), rows)))
    transfer(w, IR_NONE, to, number(w, (d->input_pixels - d->left - d->right) * d->pitch), number(w, 1), rows,
             strides, emit_outside(w->e, &d->c));
  flow_end_if(w->e, &flow);
}

// The image's rows of a tile: the first of them from `from` to `to`, `above` input rows below the tile's
// first.
static void fetch_pieces(Writer *w, IrValue from, IrValue to, IrValue above, IrValue rows) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  const int64_t strides[2][2] = {{d->pixel, d->pitch}, {d->input_row, row_bytes(d)}};
  for (int64_t i = 0, start = 0; i < d->pieces; i++) {
    int64_t end = depthwise_piece_end(d, i);
    int64_t first_pixel = d->left, end_pixel = d->input_pixels - d->right, first = 0,
            bytes = d->tile_channels;
    IrValue piece_from = from, piece_to = to, piece_rows = rows;
    if (d->fetch_cut == DEPTHWISE_BY_PARTS) {
      first = start;
      bytes = end - start;
    } else if (d->fetch_cut == DEPTHWISE_BY_STRIPS) {
      first_pixel = size_larger(first_pixel, start);
      end_pixel = size_smaller(end_pixel, end);
    } else if (d->fetch_cut == DEPTHWISE_BY_GROUPS) {
      IrValue zero = number(w, 0);
      IrValue row = emit_min(e, emit_max(e, emit_sub(e, number(w, start), above), zero), rows);
      IrValue end_row = emit_min(e, emit_max(e, emit_sub(e, number(w, end), above), zero), rows);
      piece_rows = emit_sub(e, end_row, row);
      piece_from = emit_add(e, from, emit_mul_number(e, row, d->input_row));
      piece_to = emit_add(e, to, emit_mul_number(e, row, row_bytes(d)));
    }
    transfer(w, emit_add_number(e, piece_from, first_pixel * d->pixel + first),
             emit_add_number(e, piece_to, first_pixel * d->pitch + first), number(w, bytes),
             number(w, size_larger(end_pixel - first_pixel, 0)), piece_rows, strides, IR_NONE);
    start = end;
  }
}

// `rows` input rows of a tile, of which the first, `first` rows of the image from its edge, comes from
// `from`. The pieces are the last transfers.
static void fetch_rows(Writer *w, IrValue from, IrValue to, IrValue first, IrValue rows) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  IrValue above = number(w, 0);
  if (d->image_rows != INT64_MAX) {
    IrValue zero = number(w, 0), columns = emit_add_number(e, to, d->left * d->pitch);
    above = emit_min(e, emit_max(e, emit_sub(e, zero, first), zero), rows);
    IrValue left = emit_sub(e, number(w, d->image_rows), emit_add(e, first, above));
    IrValue inside = emit_max(e, emit_min(e, emit_sub(e, rows, above), left), zero);
    IrValue below = emit_sub(e, emit_sub(e, rows, above), inside);
    fill_rows(w, columns, above);
    fill_rows(w, emit_add(e, columns, emit_mul_number(e, emit_add(e, above, inside), row_bytes(d))), below);
    from = emit_add(e, from, emit_mul_number(e, above, d->input_row));
    to = emit_add(e, to, emit_mul_number(e, above, row_bytes(d)));
    rows = inside;
  }
  fetch_pieces(w, from, to, above, rows);
}

void depthwise_fetch_tile(Writer *w, IrValue i, IrValue to, IrValue before) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  TilePlace place = tile_place(w, i);
  IrValue rows = number(w, d->input_rows), from = place.x;
  IrValue row = emit_add_number(e, emit_mul_number(e, place.row, d->row_step), d->first_row), first = to;
  if (d->keeps && before != IR_NONE) {
    IrValue goes_on = emit_less(e, number(w, 0), place.band);
    if (d->height % d->tile_rows != 0) // the last one overlaps
      goes_on = emit_and(e, goes_on, emit_less(e, place.band, number(w, d->bands - 1)));
    IrValue kept = emit_choose(e, goes_on, number(w, d->halo), number(w, 0));
    IrValue last_rows = emit_add_number(e, before, (d->input_rows - d->halo) * row_bytes(d));
    e->variables[w->next_halo] = emit_choose(e, goes_on, last_rows, to);
    rows = emit_sub(e, rows, kept);
    from = emit_add(e, from, emit_mul_number(e, kept, d->input_row));
    first = emit_add(e, first, emit_mul_number(e, kept, row_bytes(d)));
    row = emit_add(e, row, kept);
  }
  fetch_rows(w, from, first, row, rows);
}

// A part of a tile's results, from `from` on, to where they are in C.
typedef struct ResultBox {
  IrValue row, rows, pixel, pixels;
  IrValue byte, bytes; // of each pixel
  bool runs;           // all of a pixel's bytes, beside the next pixel's
} ResultBox;

static void send_box(Writer *w, const TilePlace *place, IrValue from, const ResultBox *box) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  int64_t bytes = result_bytes(d);
  const int64_t strides[2][2] = {{bytes, d->pixel_c}, {d->row_positions * bytes, d->row_c}};
  from = emit_add(e, emit_add(e, from, emit_mul_number(e, box->row, d->row_positions * bytes)),
                  emit_add(e, emit_mul_number(e, box->pixel, bytes), box->byte));
  IrValue to = emit_add(e, emit_add(e, place->c, emit_mul_number(e, box->row, d->row_c)),
                        emit_add(e, emit_mul_number(e, box->pixel, d->pixel_c), box->byte));
  if (box->runs)
    transfer(w, from, to, emit_mul_number(e, box->pixels, bytes), number(w, 1), box->rows, strides, IR_NONE);
  else
    transfer(w, from, to, box->bytes, box->pixels, box->rows, strides, IR_NONE);
}

// What the tile before has as well it has sent.
static ResultBox whole_tile(Writer *w, const TilePlace *place) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  int64_t bytes = result_bytes(d);
  bool runs = bytes == d->pixel_c; // pixels lie side by side
  IrValue zero = number(w, 0), before = emit_mul_number(e, place->channels_before,
                                                        (int64_t)contraction_size(&d->c, CONTRACTION_C));
  return (ResultBox){.row = place->rows_before,
                     .rows = emit_sub(e, number(w, d->tile_rows), place->rows_before),
                     .pixel = zero,
                     .pixels = number(w, d->width),
                     .byte = runs ? zero : before,
                     .bytes = emit_sub(e, number(w, bytes), before),
                     .runs = runs};
}

void depthwise_send_tile(Writer *w, IrValue i, IrValue from) {
  TilePlace place = tile_place(w, i);
  ResultBox box = whole_tile(w, &place);
  send_box(w, &place, from, &box);
}

// What of `extent` the rounds after `round` of a loop that makes `size` of it in each leave alone, beyond
// what the rounds before had: the last one may overlap the one before it.
static void set_range(Writer *w, IrValue round, int64_t size, int64_t extent, IrValue *first,
                      IrValue *count) {
  Emitter *e = w->e;
  *first = part_start(w, round, size, extent);
  IrValue is_last = emit_equal(e, round, number(w, size_divide_up(extent, size) - 1));
  IrValue next = part_start(w, emit_add_number(e, round, 1), size, extent);
  *count = emit_sub(e, emit_choose(e, is_last, number(w, extent), next), *first);
}

void depthwise_send_round(Writer *w, DepthwiseCut cut, IrValue round) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  FlowIf flow;
  IrValue tile = get_of(w, w->tile);
  if (d->send_cut != cut)
    return;
  if (flow_if(e, &flow, emit_equal(e, tile, number(w, d->tiles - 1)))) {
    TilePlace place = tile_place(w, tile);
    ResultBox box = whole_tile(w, &place);
    int64_t size = contraction_size(&d->c, CONTRACTION_C);
    if (cut == DEPTHWISE_BY_PARTS) {
      box.runs = false;
      set_range(w, round, d->block_channels * size, d->tile_channels * size, &box.byte, &box.bytes);
    } else if (cut == DEPTHWISE_BY_STRIPS) {
      set_range(w, round, d->lanes, d->width, &box.pixel, &box.pixels);
    } else {
      set_range(w, round, d->block_rows, d->tile_rows, &box.row, &box.rows);
    }
    send_box(w, &place, get_of(w, w->results[0]), &box);
  }
  flow_end_if(e, &flow);
}

void depthwise_fetch_weights(Writer *w, int64_t first, int64_t channels) {
  const Depthwise *d = w->d;
  Emitter *e = w->e;
  int64_t reach = depthwise_reach(d), missing = reach - d->taps;
  IrValue from = emit_access(e, d->c.region, d->c.operands[CONTRACTION_Y].access);
  from = emit_add_number(e, from, first * d->channel_y);
  IrValue to = emit_add_number(e, w->buffers[DEPTHWISE_WEIGHTS], first * d->channel_pitch);
  IrValue zeros = emit_add_number(e, to, d->taps * d->tap_pitch), zero = number(w, 0);
  IrValue all = number(w, channels), window = number(w, d->window), taps = number(w, d->taps);
  if (d->channel_y == 1) { // channels lie side by side
    const int64_t strides[2][2] = {{d->tap_y, d->tap_pitch}, {d->window_y, reach * d->tap_pitch}};
    if (missing)
      transfer(w, IR_NONE, zeros, all, number(w, missing), window, strides, zero);
    transfer(w, from, to, all, taps, window, strides, IR_NONE);
    return;
  }
  const int64_t strides[2][2] = {{d->window_y, reach}, {d->channel_y, d->channel_pitch}};
  if (missing)
    transfer(w, IR_NONE, zeros, number(w, missing), window, all, strides, zero);
  transfer(w, from, to, taps, window, all, strides, IR_NONE);
}

void depthwise_fill_columns(Writer *w, unsigned place) {
  const Depthwise *d = w->d;
  int64_t behind = d->input_pixels - d->right;
  const int64_t starts[2] = {0, behind}, counts[2] = {d->left, d->row_pixels - behind};
  const int64_t strides[2][2] = {{0, 0}, {0, row_bytes(d)}};
  for (unsigned i = 0; i < 2; i++)
    if (counts[i] > 0)
      transfer(w, IR_NONE, emit_add_number(w->e, w->buffers[DEPTHWISE_INPUT + place], starts[i] * d->pitch),
               number(w, counts[i] * d->pitch), number(w, 1), number(w, d->input_rows), strides,
               emit_outside(w->e, &d->c));
}
