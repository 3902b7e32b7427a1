// How the result of a contraction that is written out is cut into blocks. Columns are cut into strips, a
// strip into blocks of any rows and columns of accumulators that make at most half of what there are. Both
// cuts are the cheapest of all by what a block's products, its drain and its beginning take: narrow edges
// join the block beside them, or become long blocks of their own.
#include "support/round.h"
#include "target/tensor/tile/written.h"

enum { MOST_ACROSS = WRITTEN_MOST_ACROSS, MOST_TILES = WRITTEN_BLOCKS * MOST_ACROSS, BLOCK_CYCLES = 26 };

unsigned written_most_tiles(const Machine *machine) {
  unsigned most = WRITTEN_MOST_ACROSS;
  while (UINT64_C(2) * most > machine->accumulators)
    most /= 2;
  return most;
}

uint64_t written_port_cycles(const Written *w, const WrittenBlock *block) {
  return block->tiles[0] * w->sides[0].load_cycles + block->tiles[1] * w->sides[1].load_cycles;
}

uint64_t written_step_cycles(const Machine *machine, const Contraction *c, const Written *w,
                             const WrittenBlock *block) {
  uint64_t gap = contraction_gap(machine, c);
  uint64_t port = written_port_cycles(w, block), loads = block->loads[0] + block->loads[1];
  // A load and the step of its address, a product for each pair of parts. Several strided loads need another
  // vl each, which none of them can be issued with.
  bool sums[2] = {w->plan.layouts[0] == STAGE_SUM, w->plan.layouts[1] == STAGE_SUM};
  uint64_t settings = (sums[0] ? block->loads[0] : 0) + (sums[1] ? block->loads[1] : 0);
  if (settings == 1 || (settings == 2 && sums[0] && sums[1] && block->count[0] == block->count[1]))
    settings = 0;
  uint64_t instructions = 2 * loads + (uint64_t)block->part_count[0] * block->part_count[1] + settings;
  uint64_t issue = divide_up(instructions, machine->issue_width);
  return larger(larger((uint64_t)block->tiles[0] * block->tiles[1], gap),
                larger(port + larger(settings, 1), issue));
}

uint64_t written_drain_cycles(const Machine *machine, const Contraction *c, const Written *w,
                              const uint32_t count[2]) {
  uint64_t lines = count[w->plan.result_columns], results = count[!w->plan.result_columns];
  return lines * larger(divide_up(results, machine->drain_results),
                        divide_up(results * contraction_size(c, CONTRACTION_C), machine->drain_bytes));
}

unsigned written_stripe_tiles(const Written *w, unsigned side, uint32_t stripe) {
  const WrittenSide *of = &w->sides[side];
  uint32_t first = stripe % of->stripes * of->stripe;
  unsigned tiles = of->stripe / w->plan.tile;
  if (w->plan.layouts[side] != STAGE_SUM)
    while (tiles > 1 && (of->extent - first) <= tiles / 2 * w->plan.tile)
      tiles /= 2;
  return tiles;
}

// --- parts

// Powers of two; each in one stripe where those do not lie one behind the other, as rows along the sum do.
static bool cut_parts(const Written *w, unsigned side, WrittenBlock *block) {
  const WrittenSide *of = &w->sides[side];
  const unsigned tile = w->plan.tile;
  uint32_t first = block->first[side], left = block->count[side];
  bool sum = w->plan.layouts[side] == STAGE_SUM;
  block->part_count[side] = block->loads[side] = 0;
  block->tiles[side] = 0;
  while (left) {
    uint64_t room = sum && side == CONTRACTION_X ? left : of->stripe - first % of->stripe;
    unsigned tiles = 4, wanted = (unsigned)divide_up(smaller(left, room), tile);
    while (tiles > wanted)
      tiles /= 2;
    if (block->part_count[side] == BLOCK_PARTS)
      return false;
    uint32_t count = (uint32_t)smaller(left, (uint64_t)tiles * tile);
    WrittenPart *part = &block->parts[side][block->part_count[side]];
    // Strided loads are of any length; another one would need another vl.
    bool joined = sum && block->part_count[side] && part[-1].tiles == 2 && !part[-1].joined &&
                  (side == CONTRACTION_X || first % of->stripe);
    *part = (WrittenPart){first, count, tiles, joined};
    block->part_count[side]++;
    block->loads[side] += !joined;
    block->tiles[side] += tiles;
    first += count;
    left -= count;
  }
  return true;
}

// --- the cheapest cut

typedef struct Cut {
  const Machine *machine;
  const Contraction *c;
  const Written *w;
  unsigned most[2]; // accumulators along the sides of a block
  unsigned tiles[2];
  // By the rows of accumulators that are left in a strip of so many columns: cycles, and how many of them the
  // next block takes.
  uint64_t strip[MOST_ACROSS + 1][MOST_TILES + 1];
  uint8_t rows[MOST_ACROSS + 1][MOST_TILES + 1];
  uint64_t all[MOST_TILES + 1]; // the same of the columns that are left
  uint8_t columns[MOST_TILES + 1];
} Cut;

// Cycles of the load port in which what a block takes is packed, where all blocks do their part: a word of k
// of both sides is packed once for all blocks that need it.
static uint64_t packing_of_block(const Cut *cut, unsigned rows, unsigned columns) {
  const Written *w = cut->w;
  const unsigned across[2] = {rows, columns};
  uint64_t cycles = 0;
  for (unsigned side = 0; side < 2; side++)
    if (w->plan.layouts[side] == STAGE_PACK) {
      uint64_t stripe =
          w->words *
          (cut->c->word * divide_up((uint64_t)w->sides[side].stripe * contraction_size(cut->c, side),
                                    machine_vector_bytes(cut->machine)) +
           2);
      cycles +=
          stripe * across[side] * w->plan.tile * across[!side] / w->sides[side].stripe / cut->tiles[!side];
    }
  return cycles;
}

// As if the block began with a stripe.
static uint64_t block_cycles(const Cut *cut, unsigned rows, unsigned columns) {
  const Written *w = cut->w;
  WrittenBlock block = {.count = {rows * w->plan.tile, columns * w->plan.tile}};
  if (!cut_parts(w, 0, &block) || !cut_parts(w, 1, &block))
    return UINT32_MAX;
  uint64_t products = w->words * written_step_cycles(cut->machine, cut->c, w, &block);
  uint64_t port = (written_port_cycles(w, &block) + 1) * w->words + packing_of_block(cut, rows, columns);
  products = larger(products, port);
  return BLOCK_CYCLES + larger(products, written_drain_cycles(cut->machine, cut->c, w, block.count));
}

// Whether a block may go over so many accumulators of a side from `first` on: over parts of two stripes it
// needs more loads.
static bool is_aligned(const Cut *cut, unsigned side, unsigned first, unsigned count) {
  const Written *w = cut->w;
  if (side == CONTRACTION_X && w->plan.layouts[side] == STAGE_SUM)
    return true;
  unsigned stripe = w->sides[side].stripe / w->plan.tile;
  return first % stripe == 0 || first % stripe + count <= stripe;
}

// Where columns are left for a strip that is narrower than the others its blocks may be of any length.
static void cut_strip(Cut *cut, unsigned columns) {
  unsigned most = written_most_tiles(cut->machine) / columns, tiles = cut->tiles[0];
  if (columns == cut->most[1])
    most = (unsigned)smaller(cut->most[0], most);
  uint64_t cycles[MOST_ACROSS + 1] = {0}, *best = cut->strip[columns];
  for (unsigned rows = 1; rows <= most; rows++)
    cycles[rows] = block_cycles(cut, rows, columns);
  best[0] = 0;
  for (unsigned left = 1; left <= tiles; left++) {
    best[left] = UINT64_MAX;
    for (unsigned rows = most < left ? most : left; rows > 0; rows--)
      if (is_aligned(cut, 0, tiles - left, rows) && cycles[rows] + best[left - rows] < best[left]) {
        best[left] = cycles[rows] + best[left - rows];
        cut->rows[columns][left] = (uint8_t)rows;
      }
  }
}

// As many strips as there can be are as wide as blocks may be.
static void find_cut(Cut *cut) {
  unsigned most = cut->most[1], tiles = cut->tiles[1];
  for (unsigned columns = 1; columns <= most; columns++)
    cut_strip(cut, columns);
  cut->all[0] = 0;
  for (unsigned left = 1; left <= tiles; left++) {
    cut->all[left] = UINT64_MAX;
    for (unsigned columns = most < left ? most : left; columns > 0; columns--) {
      uint64_t rest = cut->all[left - columns], strip = cut->strip[columns][cut->tiles[0]];
      bool can =
          (left < most || columns == most) && rest != UINT64_MAX && is_aligned(cut, 1, tiles - left, columns);
      if (can && strip + rest < cut->all[left]) {
        cut->all[left] = strip + rest;
        cut->columns[left] = (uint8_t)columns;
      }
    }
  }
}

static bool add_block(Written *w, uint32_t point, const uint32_t tile[2], const unsigned tiles[2]) {
  if (w->count == WRITTEN_BLOCKS)
    return false;
  WrittenBlock *block = &w->blocks[w->count++];
  block->point = point;
  for (unsigned side = 0; side < 2; side++) {
    block->first[side] = tile[side] * w->plan.tile;
    block->count[side] =
        (uint32_t)smaller(w->sides[side].extent - block->first[side], (uint64_t)tiles[side] * w->plan.tile);
    if (!cut_parts(w, side, block))
      return false;
  }
  return true;
}

static bool add_blocks(Written *w, const Cut *cut, uint32_t point) {
  for (uint32_t column = 0; column < cut->tiles[1];) {
    unsigned columns = cut->columns[cut->tiles[1] - column];
    for (uint32_t row = 0; row < cut->tiles[0];) {
      unsigned rows = cut->rows[columns][cut->tiles[0] - row];
      if (!add_block(w, point, (const uint32_t[2]){row, column}, (const unsigned[2]){rows, columns}))
        return false;
      row += rows;
    }
    column += columns;
  }
  return true;
}

bool cut_written(const Machine *machine, const Contraction *c, Written *w, const unsigned most[2]) {
  Cut *cut = checked_malloc(sizeof *cut);
  cut->machine = machine;
  cut->c = c;
  cut->w = w;
  w->count = 0;
  uint64_t tiles = w->points;
  for (unsigned side = 0; side < 2; side++) {
    uint64_t across = divide_up(w->sides[side].extent, w->plan.tile);
    tiles *= across;
    cut->tiles[side] = (unsigned)smaller(across, MOST_TILES);
    cut->most[side] = (unsigned)smaller(most[side], written_most_tiles(machine));
  }
  bool fits = tiles <= MOST_TILES;
  if (fits) {
    find_cut(cut);
    fits = cut->all[cut->tiles[1]] != UINT64_MAX;
  }
  for (uint32_t point = 0; point < w->points && fits; point++)
    fits = add_blocks(w, cut, point);
  free(cut);
  return fits;
}
