// A workload for the speed of simulation: integer arithmetic, branches, linked lists, small matrices, CRC and
// a state machine, in about equal parts. The same source runs under QEMU's user mode and on kiln-sim. It
// returns a check sum of everything it computed; the number of rounds is fixed at compile time.
#include <stdint.h>

#ifndef ROUNDS
#define ROUNDS 100
#endif

enum { LIST = 400, SIDE = 20, TEXT_BYTES = 1024 };

typedef struct Item {
  struct Item *next;
  uint32_t key;
  uint32_t load;
} Item;

static Item items[LIST];
static int16_t left[SIDE][SIDE];
static int16_t right[SIDE][SIDE];
static int32_t product[SIDE][SIDE];
static uint8_t text[TEXT_BYTES];

static uint32_t next_random(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

__attribute__((noinline)) static uint32_t crc16(const uint8_t *bytes, unsigned size, uint32_t crc) {
  for (unsigned i = 0; i < size; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++)
      crc = crc & 1 ? crc >> 1 ^ 0xa001 : crc >> 1;
  }
  return crc;
}

// Merges two sorted lists.
static Item *merge(Item *a, Item *b) {
  Item head = {0};
  Item *tail = &head;
  while (a && b) {
    Item **smaller = a->key <= b->key ? &a : &b;
    tail->next = *smaller;
    tail = *smaller;
    *smaller = tail->next;
  }
  tail->next = a ? a : b;
  return head.next;
}

static Item *sort(Item *list) {
  if (!list || !list->next)
    return list;
  Item *slow = list;
  for (Item *fast = list->next; fast && fast->next; fast = fast->next->next)
    slow = slow->next;
  Item *second = slow->next;
  slow->next = 0;
  return merge(sort(list), sort(second));
}

__attribute__((noinline)) static uint32_t lists(uint32_t *state) {
  for (int i = 0; i < LIST; i++) {
    items[i].next = i + 1 < LIST ? &items[i + 1] : 0;
    items[i].key = next_random(state) & 0xffff;
    items[i].load = (uint32_t)i;
  }
  Item *list = sort(items);
  uint32_t sum = 0;
  uint32_t place = 0;
  for (Item *item = list; item; item = item->next)
    sum += item->load * ++place;
  Item *reversed = 0;
  while (list) {
    Item *next = list->next;
    list->next = reversed;
    reversed = list;
    list = next;
  }
  return sum ^ reversed->key;
}

__attribute__((noinline)) static uint32_t matrices(uint32_t *state) {
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) {
      left[i][j] = (int16_t)(next_random(state) & 255);
      right[i][j] = (int16_t)((next_random(state) & 255) - 128);
    }
  uint32_t sum = 0;
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) {
      int32_t cell = 0;
      for (int k = 0; k < SIDE; k++)
        cell += left[i][k] * right[k][j];
      product[i][j] = cell;
      sum += (uint32_t)(cell > 0 ? cell : cell >> 2);
    }
  return sum + (uint32_t)product[SIDE / 2][3];
}

// Counts numbers, words and marks in random text by a state machine.
__attribute__((noinline)) static uint32_t scan(uint32_t *state) {
  static const uint8_t letters[16] = "a1 b2.c+3,d-4 e5";
  enum { BETWEEN, WORD, NUMBER, MARK } mode = BETWEEN;
  uint32_t counts[4] = {0};
  for (int i = 0; i < TEXT_BYTES; i++)
    text[i] = letters[next_random(state) & 15];
  for (int i = 0; i < TEXT_BYTES; i++) {
    uint8_t c = text[i];
    switch (mode) {
    case BETWEEN:
      mode = c >= 'a' && c <= 'z' ? WORD : c >= '0' && c <= '9' ? NUMBER : c == ' ' ? BETWEEN : MARK;
      break;
    case WORD:
      if (c < 'a' || c > 'z')
        mode = c >= '0' && c <= '9' ? WORD : BETWEEN;
      break;
    case NUMBER:
      if (c != '.' && (c < '0' || c > '9'))
        mode = BETWEEN;
      break;
    case MARK:
      mode = c == ' ' ? BETWEEN : MARK;
      break;
    }
    counts[mode]++;
  }
  return counts[0] + counts[1] * 3 + counts[2] * 7 + counts[3] * 31;
}

uint32_t workload(void) {
  uint32_t state = 12345;
  uint32_t sum = 0;
  for (int round = 0; round < ROUNDS; round++) {
    sum = sum * 31 + lists(&state);
    sum = sum * 31 + matrices(&state);
    sum = sum * 31 + scan(&state);
    sum = sum * 31 + crc16(text, TEXT_BYTES, sum & 0xffff);
  }
  return sum;
}

#ifdef USER_MODE
// Linux user mode without a library: the low bits of the sum are the exit code.
void _start(void) {
  register long code __asm__("a0") = workload() & 0x7f;
  register long call __asm__("a7") = 93;
  __asm__ volatile("ecall" : : "r"(code), "r"(call));
  __builtin_unreachable();
}
#endif
