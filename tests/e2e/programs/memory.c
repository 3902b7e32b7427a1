// Memory: globals of every kind, structs, pointers to pointers, sorting through a function pointer, hashing.
#include "program.h"

typedef struct Node {
  int32_t key;
  uint8_t color;
  int16_t weight;
  struct Node *left, *right;
} Node;

static Node pool[200];
static unsigned used;
static Node *root;
int16_t shorts[64];
static int8_t bytes[100];
volatile uint32_t watched = 5;
static const uint16_t table[4][3] = {{1, 2, 3}, {400, 500, 600}, {7, 8, 9}, {10000, 20000, 65535}};
// Addresses in data: of functions, of strings, of elements.
static const char *const names[] = {"alpha", "beta", "gamma"};
static int16_t *const corners[] = {&shorts[0], &shorts[63], &shorts[8]};
static struct {
  double number;
  const char *name;
  int list[3];
} record = {2.5, "record", {1, 2, 3}};

NOINLINE static void insert(int32_t key, uint64_t random) {
  Node **link = &root;
  while (*link) {
    if ((*link)->key == key) {
      (*link)->weight++;
      return;
    }
    link = key < (*link)->key ? &(*link)->left : &(*link)->right;
  }
  Node *node = &pool[used++];
  node->key = key;
  node->color = (uint8_t)random;
  node->weight = (int16_t)(random >> 8);
  node->left = node->right = NULL;
  *link = node;
}

NOINLINE static void walk(const Node *node, uint64_t *hash, unsigned depth) {
  if (!node)
    return;
  walk(node->left, hash, depth + 1);
  mix(hash, (uint64_t)(int64_t)node->key + depth);
  mix(hash, (uint64_t)(int64_t)node->weight * node->color);
  walk(node->right, hash, depth + 1);
}

uint64_t test_tree(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  used = 0;
  root = NULL;
  for (int i = 0; i < 200; i++)
    insert((int32_t)(next(&state) % 300) - 150, next(&state));
  walk(root, &hash, 0);
  return hash;
}

NOINLINE static int ascending(const void *a, const void *b) {
  int16_t x = *(const int16_t *)a, y = *(const int16_t *)b;
  return (x > y) - (x < y);
}
NOINLINE static int by_last_digit(const void *a, const void *b) {
  int x = *(const int16_t *)a % 10, y = *(const int16_t *)b % 10;
  return x != y ? x - y : ascending(a, b);
}

NOINLINE static void sort(int16_t *numbers, int low, int high, int (*compare)(const void *, const void *)) {
  if (low >= high)
    return;
  int16_t pivot = numbers[(low + high) / 2];
  int i = low, j = high;
  while (i <= j) {
    while (compare(&numbers[i], &pivot) < 0)
      i++;
    while (compare(&numbers[j], &pivot) > 0)
      j--;
    if (i <= j) {
      int16_t kept = numbers[i];
      numbers[i++] = numbers[j];
      numbers[j--] = kept;
    }
  }
  sort(numbers, low, j, compare);
  sort(numbers, i, high, compare);
}

uint64_t test_sort(uint64_t seed) {
  static int (*const orders[])(const void *, const void *) = {ascending, by_last_digit};
  uint64_t state = start(seed), hash = 0;
  for (int order = 0; order < 2; order++) {
    for (int i = 0; i < 64; i++)
      shorts[i] = (int16_t)next(&state);
    sort(shorts, 0, 63, orders[order]);
    for (int i = 0; i < 64; i++)
      mix(&hash, (uint64_t)(int64_t)shorts[i]);
    for (int i = 0; i < 3; i++)
      mix(&hash, (uint64_t)(int64_t)*corners[i]);
  }
  return hash;
}

uint64_t test_globals(uint64_t seed) {
  uint64_t hash = seed;
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 3; j++)
      mix(&hash, table[(i + seed) % 4][j]);
  for (int i = 0; i < 3; i++)
    for (const char *text = names[(seed + (uint64_t)i) % 3]; *text; text++)
      mix(&hash, (uint64_t)*text);
  watched = watched * 3 + (uint32_t)seed;
  uint32_t once = watched, twice = watched;
  mix(&hash, once + twice);
  watched = 5;
  record.list[seed % 3] += 7;
  mix_double(&hash, record.number * record.list[0]);
  mix(&hash, (uint64_t)record.name[seed % 6] + (uint64_t)record.list[2]);
  record.list[seed % 3] -= 7;
  return hash;
}

uint64_t test_bytes(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  for (int i = 0; i < 100; i++)
    bytes[i] = (int8_t)next(&state);
  for (int i = 0; i + 8 <= 100; i += 3) {
    uint64_t word = 0; // unaligned, put together byte by byte
    for (int j = 7; j >= 0; j--)
      word = word << 8 | (uint8_t)bytes[i + j];
    mix(&hash, word);
    bytes[99 - i] = (int8_t)(bytes[i] + bytes[i + 1]);
  }
  for (int i = 0; i < 100; i++)
    mix(&hash, (uint64_t)(int64_t)bytes[i]);
  return hash;
}

NOINLINE static uint32_t crc32(const uint8_t *data, size_t size) {
  static uint32_t crc_table[256];
  if (!crc_table[1])
    for (uint32_t i = 0; i < 256; i++) {
      uint32_t c = i;
      for (int k = 0; k < 8; k++)
        c = c & 1 ? 0xedb88320u ^ c >> 1 : c >> 1;
      crc_table[i] = c;
    }
  uint32_t crc = ~0u;
  for (size_t i = 0; i < size; i++)
    crc = crc_table[(crc ^ data[i]) & 0xff] ^ crc >> 8;
  return ~crc;
}

uint64_t test_crc(uint64_t seed) {
  uint64_t state = start(seed);
  uint8_t data[333];
  for (int i = 0; i < 333; i++)
    data[i] = (uint8_t)next(&state);
  return crc32(data, seed % 334);
}

static uint32_t rotate(uint32_t x, unsigned n) {
  return x >> n | x << (32 - n);
}

// One block of SHA-256: sixteen live words and long chains of rotations.
NOINLINE static void sha256_block(uint32_t state[8], const uint32_t input[16]) {
  static const uint32_t k[8] = {0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
                                0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5};
  uint32_t w[64];
  for (int i = 0; i < 16; i++)
    w[i] = input[i];
  for (int i = 16; i < 64; i++) {
    uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < 64; i++) {
    uint32_t s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + k[i % 8] + w[i];
    uint32_t s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

uint64_t test_sha(uint64_t seed) {
  uint64_t random = start(seed), hash = 0;
  uint32_t state[8] = {1, 2, 3, 4, 5, 6, 7, 8}, input[16];
  for (int block = 0; block < 4; block++) {
    for (int i = 0; i < 16; i++)
      input[i] = (uint32_t)next(&random);
    sha256_block(state, input);
  }
  for (int i = 0; i < 8; i++)
    mix(&hash, state[i]);
  return hash;
}
