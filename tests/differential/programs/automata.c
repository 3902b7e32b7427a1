// Boards and games: Life on bytes and on bits, flood fill, sudoku, edit distance, knapsack, a virtual
// machine.
#include "program.h"

#include <stdint.h>

enum { WIDTH = 30, HEIGHT = 20 };
static uint8_t board[HEIGHT][WIDTH], next_board[HEIGHT][WIDTH];

NOINLINE static void live(void) {
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++) {
      int around = 0;
      for (int dy = -1; dy <= 1; dy++)
        for (int dx = -1; dx <= 1; dx++)
          if (dx || dy)
            around += board[(y + dy + HEIGHT) % HEIGHT][(x + dx + WIDTH) % WIDTH];
      next_board[y][x] = around == 3 || (around == 2 && board[y][x]);
    }
  __builtin_memcpy(board, next_board, sizeof board);
}
NOINLINE static void live_on_bits(uint32_t rows[HEIGHT]) {
  uint32_t next[HEIGHT];
  for (int y = 0; y < HEIGHT; y++) {
    uint32_t ones = 0, twos = 0, fours = 0;
    for (int dy = HEIGHT - 1; dy <= HEIGHT + 1; dy++) {
      uint32_t row = rows[(y + dy) % HEIGHT];
      uint32_t shifted[3] = {row << 1 | row >> 31, row, row >> 1 | row << 31};
      for (int i = 0; i < 3; i++) {
        if (dy == HEIGHT && i == 1)
          continue;
        uint32_t carry = ones & shifted[i];
        ones ^= shifted[i];
        fours |= twos & carry;
        twos ^= carry;
      }
    }
    next[y] = twos & ~fours & (ones | rows[y]);
  }
  for (int y = 0; y < HEIGHT; y++)
    rows[y] = next[y];
}
NOINLINE static int fill(int x, int y, uint8_t from, uint8_t to) {
  if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT || board[y][x] != from)
    return 0;
  board[y][x] = to;
  return 1 + fill(x + 1, y, from, to) + fill(x - 1, y, from, to) + fill(x, y + 1, from, to) +
         fill(x, y - 1, from, to);
}
static uint16_t rows_used[9], columns_used[9], boxes_used[9];
static int tries;
NOINLINE static int solve(char *cells, int at) {
  while (at < 81 && cells[at] != '.')
    at++;
  if (at == 81)
    return 1;
  int row = at / 9, column = at % 9, box = row / 3 * 3 + column / 3;
  unsigned free = ~(unsigned)(rows_used[row] | columns_used[column] | boxes_used[box]) & 0x1ff;
  for (; free; free &= free - 1) {
    uint16_t bit = (uint16_t)(free & -free);
    tries++;
    rows_used[row] ^= bit;
    columns_used[column] ^= bit;
    boxes_used[box] ^= bit;
    cells[at] = (char)('1' + __builtin_ctz(bit));
    if (solve(cells, at + 1))
      return 1;
    rows_used[row] ^= bit;
    columns_used[column] ^= bit;
    boxes_used[box] ^= bit;
  }
  cells[at] = '.';
  return 0;
}
NOINLINE static int distance(const char *a, const char *b) {
  int row[40];
  int columns = 0;
  for (; b[columns]; columns++)
    row[columns] = columns;
  row[columns] = columns;
  for (int i = 1; a[i - 1]; i++) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j <= columns; j++) {
      int best = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      if (row[j] + 1 < best)
        best = row[j] + 1;
      if (row[j - 1] + 1 < best)
        best = row[j - 1] + 1;
      row[j] = best;
    }
  }
  return row[columns];
}
NOINLINE static long knapsack(const uint8_t *weights, const int16_t *worth, int count, int limit) {
  static long best[201];
  for (int w = 0; w <= limit; w++)
    best[w] = 0;
  for (int i = 0; i < count; i++)
    for (int w = limit; w >= weights[i]; w--) {
      long with = best[w - weights[i]] + worth[i];
      if (with > best[w])
        best[w] = with;
    }
  return best[limit];
}
// Registers, memory, and instructions of 32 bits: op, a, b, c.
NOINLINE static uint64_t machine(const uint32_t *code, int limit) {
  uint64_t r[16] = {0};
  static uint64_t memory[64];
  for (unsigned at = 0; limit-- > 0;) {
    uint32_t word = code[at++];
    unsigned a = word >> 16 & 15, b = word >> 8 & 15, c = word & 15;
    switch (word >> 24) {
    case 0:
      return r[0];
    case 1:
      r[a] = (uint64_t)(int64_t)(int8_t)word;
      break;
    case 2:
      r[a] = r[b] + r[c];
      break;
    case 3:
      r[a] = r[b] * r[c];
      break;
    case 4:
      r[a] = r[b] < r[c];
      break;
    case 5:
      if (r[a])
        at += (unsigned)(int8_t)word;
      break;
    case 6:
      memory[r[b] % 64] = r[a];
      break;
    case 7:
      r[a] = memory[r[b] % 64];
      break;
    case 8:
      r[a] = r[b] >> (r[c] & 63) | r[b] << (-r[c] & 63);
      break;
    default:
      return ~0ul;
    }
  }
  return r[1];
}

int main(void) {
  uint32_t rows[HEIGHT];
  for (int y = 0; y < HEIGHT; y++) {
    rows[y] = 0x9e3779b9u * (uint32_t)(y + 3);
    for (int x = 0; x < WIDTH; x++)
      board[y][x] = (x * y + x / 3 + y) % 7 < 3;
  }
  for (int turn = 0; turn < 12; turn++) {
    live();
    live_on_bits(rows);
    long sum = 0;
    for (int y = 0; y < HEIGHT; y++)
      for (int x = 0; x < WIDTH; x++)
        sum = mix(sum, board[y][x]);
    for (int y = 0; y < HEIGHT; y++)
      sum = mix(sum, rows[y]);
    emit(sum);
  }
  emit(fill(0, 0, board[0][0], 7) * 1000 + fill(15, 10, board[10][15], 9));
  char cells[] = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79";
  for (int i = 0; i < 81; i++) {
    if (cells[i] != '.') {
      uint16_t bit = (uint16_t)(1 << (cells[i] - '1'));
      rows_used[i / 9] |= bit;
      columns_used[i % 9] |= bit;
      boxes_used[i / 27 * 3 + i % 9 / 3] |= bit;
    }
  }
  emit(solve(cells, 0));
  emit(tries);
  long sum = 0;
  for (int i = 0; i < 81; i++)
    sum = mix(sum, cells[i]);
  emit(sum);
  emit(distance("kitten", "sitting") + 100 * distance("a compiler", "assembler") +
       10000 * distance("", "abc"));
  uint8_t weights[20];
  int16_t worth[20];
  for (int i = 0; i < 20; i++) {
    weights[i] = (uint8_t)(i * 7 % 31 + 3);
    worth[i] = (int16_t)(i * 53 % 97 - 5);
  }
  for (int limit = 0; limit <= 200; limit += 25)
    emit(knapsack(weights, worth, 20, limit));
  static const uint32_t code[] = {0x01010001, 0x0102000a, 0x01030000, 0x01040001, 0x03010102,
                                  0x02030304, 0x06010300, 0x04050302, 0x08010104, 0x050500fa,
                                  0x07000500, 0x02000001, 0};
  emit((long)machine(code, 1000));
  emit((long)machine(code, 20));
  return 0;
}
