// Globals: all kinds of initializers, addresses in data, padding, alignment, tentative definitions, statics.
#include "program.h"

#include <stdint.h>

int8_t byte = -5;
uint16_t half_word = 0xbeef;
int32_t word = -123456789;
int64_t double_word = INT64_MIN + 1;
float single_float = -0.1f;
double double_float = 1e-300;
_Float16 half_float = (_Float16)0.333;
_Bool truth = 1;
char text[] = "in data\n\0with a zero";
const char constant_text[24] = "shorter than the array";
const char *pointer_to_text = "through a pointer";
int zeros[100];
int tentative;
static int statics[3] = {7, 8};
static const uint64_t table[4] = {1, 0xffffffffffffffff, 1ul << 63, 0x0123456789abcdef};

typedef struct Record {
  char tag;
  short small;
  const char *name;
  int (*function)(int);
  struct Record *next;
  double values[2];
  uint8_t bits : 3, more : 5;
  union {
    int i;
    float f;
  } either;
} Record;

static int twice(int x) {
  return 2 * x;
}
static int square(int x) {
  return x * x;
}

static Record third = {'c', 3, constant_text, twice, 0, {0.5, -0.5}, 5, 17, {.f = 1.5f}};
static Record records[2] = {
    {'a', -1, "first", square, &records[1], {1, 2}, 1, 2, {3}},
    {.tag = 'b', .next = &third, .function = twice, .name = &text[3], .values = {[1] = 9.75}, .more = 31},
};
Record *const first = &records[0];

// Addresses with offsets, of elements, fields, functions; before and behind the object.
static int *const inside[] = {&zeros[0], &zeros[99], &statics[1], zeros + 50, &tentative, &word};
static int *const behind = &zeros[100];
static const double *const into_record = &records[1].values[1];
static int (*const functions[])(int) = {twice, square, twice};
static const char *const names[][2] = {{"zero", "null"}, {"one", 0}, {"two", "pair"}};
static const int matrix[3][4] = {{1, 2, 3, 4}, {5}, {[2] = 7}};
static const struct {
  char c;
  long l __attribute__((aligned(32)));
  char d;
} aligned = {1, 2, 3};
static uint8_t counters[1 << 17];

NOINLINE static int next(void) {
  static int state = 41;
  static int calls;
  calls++;
  return state++ * 10 + calls;
}

NOINLINE static long hash(const char *from, long count) {
  long sum = 0;
  for (long i = 0; i < count; i++)
    sum = mix(sum, from[i]);
  return sum;
}

int main(void) {
  emit(byte);
  emit(half_word);
  emit(word);
  emit(double_word);
  emit((long)((double)single_float * 1e9));
  emit((long)(double_float * 1e308));
  emit((long)((double)half_float * 1e6));
  emit(truth);
  emit(hash(text, sizeof text));
  emit(hash(constant_text, sizeof constant_text));
  emit(hash(pointer_to_text, 17));
  long sum = tentative;
  for (int i = 0; i < 100; i++)
    sum = mix(sum, zeros[i]++);
  for (int i = 0; i < 6; i++)
    *inside[i] += i * 3 + 1;
  emit(mix(sum, zeros[0] + zeros[50] * 10 + zeros[99] * 100 + statics[1] * 1000 + tentative * 10000));
  emit(word + behind[-1]);
  for (const Record *r = first; r; r = r->next) {
    emit(r->tag * 100000 + r->small * 1000 + r->function(r->small + 9) + r->bits * 7 + r->more * 11);
    emit(hash(r->name, 4) + (long)(r->values[0] * 16) + (long)(r->values[1] * 64) + r->either.i);
  }
  emit((long)(*into_record * 4));
  for (int i = 0; i < 3; i++)
    emit(functions[i](i + 5) + matrix[i][i] * 100 + (names[i][1] ? names[i][1][0] : -1) + names[i][0][1]);
  emit((long)(table[0] ^ table[1] ^ table[2] ^ table[3]));
  emit(aligned.c + aligned.l * 10 + aligned.d * 100 + (long)((uintptr_t)&aligned.l % 32) * 1000);
  for (int i = 0; i < 5; i++)
    emit(next());
  for (int i = 0; i < 1 << 17; i += 4099)
    counters[i] = (uint8_t)i;
  emit(hash((const char *)counters, sizeof counters));
  return text[3];
}
