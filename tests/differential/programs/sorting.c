// Sorting: insertion, heap, quick, merge, radix and shell sort, of several element types.
#include "program.h"

#include <stdint.h>

enum { COUNT = 200 };

static uint32_t state;
static uint32_t next(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

NOINLINE static void insertion(int16_t *a, int count) {
  for (int i = 1; i < count; i++) {
    int16_t x = a[i];
    int j = i;
    for (; j > 0 && a[j - 1] > x; j--)
      a[j] = a[j - 1];
    a[j] = x;
  }
}
NOINLINE static void sift(uint64_t *a, int root, int count) {
  for (int child; (child = 2 * root + 1) < count; root = child) {
    if (child + 1 < count && a[child] < a[child + 1])
      child++;
    if (a[root] >= a[child])
      return;
    uint64_t other = a[root];
    a[root] = a[child];
    a[child] = other;
  }
}
NOINLINE static void heap(uint64_t *a, int count) {
  for (int i = count / 2; i-- > 0;)
    sift(a, i, count);
  while (count-- > 1) {
    uint64_t other = a[0];
    a[0] = a[count];
    a[count] = other;
    sift(a, 0, count);
  }
}
NOINLINE static void quick(double *low, double *high) {
  while (low < high) {
    double pivot = low[(high - low) / 2];
    double *i = low, *j = high;
    do {
      while (*i < pivot)
        i++;
      while (pivot < *j)
        j--;
      if (i <= j) {
        double other = *i;
        *i++ = *j;
        *j-- = other;
      }
    } while (i <= j);
    if (j - low < high - i) {
      quick(low, j);
      low = i;
    } else {
      quick(i, high);
      high = j;
    }
  }
}
typedef struct Item {
  int8_t key;
  int32_t place;
  float weight;
} Item;
NOINLINE static void merge(Item *a, Item *spare, int count) {
  if (count < 2)
    return;
  int half = count / 2;
  merge(a, spare, half);
  merge(a + half, spare + half, count - half);
  int i = 0, j = half, k = 0;
  while (i < half && j < count)
    spare[k++] = a[j].key < a[i].key ? a[j++] : a[i++];
  while (i < half)
    spare[k++] = a[i++];
  while (j < count)
    spare[k++] = a[j++];
  for (k = 0; k < count; k++)
    a[k] = spare[k];
}
NOINLINE static void radix(uint32_t *a, uint32_t *spare, int count) {
  for (int shift = 0; shift < 32; shift += 8) {
    int starts[257] = {0};
    for (int i = 0; i < count; i++)
      starts[(a[i] >> shift & 255) + 1]++;
    for (int i = 0; i < 256; i++)
      starts[i + 1] += starts[i];
    for (int i = 0; i < count; i++)
      spare[starts[a[i] >> shift & 255]++] = a[i];
    uint32_t *other = a;
    a = spare;
    spare = other;
  }
}
NOINLINE static void shell(float *a, int count) {
  static const int gaps[] = {57, 23, 10, 4, 1};
  for (int g = 0; g < 5; g++)
    for (int i = gaps[g]; i < count; i++) {
      float x = a[i];
      int j = i;
      for (; j >= gaps[g] && a[j - gaps[g]] > x; j -= gaps[g])
        a[j] = a[j - gaps[g]];
      a[j] = x;
    }
}
NOINLINE static int search(const uint32_t *a, int count, uint32_t wanted) {
  int low = 0, high = count;
  while (low < high) {
    int middle = (low + high) / 2;
    if (a[middle] < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

int main(void) {
  static int16_t shorts[COUNT];
  static uint64_t longs[COUNT];
  static double doubles[COUNT];
  static Item items[COUNT], spare_items[COUNT];
  static uint32_t words[COUNT], spare_words[COUNT];
  static float floats[COUNT];
  for (int count = 1; count <= COUNT; count = count * 3 + 1) {
    state = 2463534242u + (uint32_t)count;
    for (int i = 0; i < count; i++) {
      shorts[i] = (int16_t)next();
      longs[i] = (uint64_t)next() << 32 | next();
      doubles[i] = (double)(int32_t)next() / 1000;
      items[i] = (Item){(int8_t)(next() % 16), i, (float)i / 2};
      words[i] = next();
      floats[i] = (float)(int32_t)next();
    }
    insertion(shorts, count);
    heap(longs, count);
    quick(doubles, doubles + count - 1);
    merge(items, spare_items, count);
    radix(words, spare_words, count);
    shell(floats, count);
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum = mix(mix(sum, shorts[i]), (long)longs[i]);
      sum = mix(mix(sum, (long)(doubles[i] * 1000)),
                items[i].place + items[i].key + (long)(items[i].weight * 2));
      sum = mix(mix(sum, words[i]), (long)floats[i]);
    }
    emit(sum);
    emit(search(words, count, 0x80000000) * 1000 + search(words, count, words[count / 3]));
  }
  return 0;
}
