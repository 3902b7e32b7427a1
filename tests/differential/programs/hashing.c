// Hash functions and checksums: FNV, Murmur's mixing, Jenkins, SipHash, Adler, CRC of three widths, and a
// hash table.
#include "program.h"

#include <stddef.h>
#include <stdint.h>

NOINLINE static uint64_t fnv(const uint8_t *p, size_t count) {
  uint64_t hash = 0xcbf29ce484222325;
  while (count--)
    hash = (hash ^ *p++) * 0x100000001b3;
  return hash;
}
NOINLINE static uint32_t finish(uint32_t h) {
  h ^= h >> 16;
  h *= 0x85ebca6b;
  h ^= h >> 13;
  h *= 0xc2b2ae35;
  return h ^ h >> 16;
}
NOINLINE static uint32_t jenkins(const uint8_t *p, size_t count) {
  uint32_t hash = 0;
  for (size_t i = 0; i < count; i++) {
    hash += p[i];
    hash += hash << 10;
    hash ^= hash >> 6;
  }
  hash += hash << 3;
  hash ^= hash >> 11;
  return hash + (hash << 15);
}
static inline uint64_t rotate(uint64_t x, int n) {
  return x << n | x >> (64 - n);
}
NOINLINE static uint64_t sip(const uint8_t *p, size_t count, uint64_t k0, uint64_t k1) {
  uint64_t a = 0x736f6d6570736575 ^ k0, b = 0x646f72616e646f6d ^ k1;
  uint64_t c = 0x6c7967656e657261 ^ k0, d = 0x7465646279746573 ^ k1;
  uint64_t last = (uint64_t)count << 56;
  for (size_t at = 0; at <= count; at += 8) {
    uint64_t word = at + 8 > count ? last : 0;
    for (size_t i = 0; i < 8 && at + i < count; i++)
      word |= (uint64_t)p[at + i] << 8 * i;
    d ^= word;
    for (int round = 0; round < 2; round++) {
      a += b, b = rotate(b, 13), b ^= a, a = rotate(a, 32);
      c += d, d = rotate(d, 16), d ^= c;
      a += d, d = rotate(d, 21), d ^= a;
      c += b, b = rotate(b, 17), b ^= c, c = rotate(c, 32);
    }
    a ^= word;
  }
  return a ^ b ^ c ^ d;
}
NOINLINE static uint32_t adler(const uint8_t *p, size_t count) {
  uint32_t a = 1, b = 0;
  while (count--) {
    a = (a + *p++) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}
static uint32_t table32[256];
static uint16_t table16[256];
NOINLINE static void make_tables(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t wide = i;
    uint16_t narrow = (uint16_t)(i << 8);
    for (int bit = 0; bit < 8; bit++) {
      wide = wide & 1 ? wide >> 1 ^ 0xedb88320 : wide >> 1;
      narrow = (uint16_t)(narrow & 0x8000 ? narrow << 1 ^ 0x1021 : narrow << 1);
    }
    table32[i] = wide;
    table16[i] = narrow;
  }
}
NOINLINE static uint32_t crc32(const uint8_t *p, size_t count) {
  uint32_t crc = 0xffffffff;
  while (count--)
    crc = crc >> 8 ^ table32[(crc ^ *p++) & 255];
  return ~crc;
}
NOINLINE static uint16_t crc16(const uint8_t *p, size_t count) {
  uint16_t crc = 0xffff;
  while (count--)
    crc = (uint16_t)(crc << 8 ^ table16[crc >> 8 ^ *p++]);
  return crc;
}
NOINLINE static uint8_t crc8(const uint8_t *p, size_t count) {
  uint8_t crc = 0;
  for (; count; count--) {
    crc ^= *p++;
    for (int bit = 0; bit < 8; bit++)
      crc = (uint8_t)(crc & 0x80 ? crc << 1 ^ 7 : crc << 1);
  }
  return crc;
}

enum { SLOTS = 256 };
static struct {
  uint32_t key;
  int value;
} slots[SLOTS];
NOINLINE static int *lookup(uint32_t key) {
  uint32_t at = finish(key) % SLOTS;
  while (slots[at].key && slots[at].key != key)
    at = (at + 1) % SLOTS;
  slots[at].key = key;
  return &slots[at].value;
}

int main(void) {
  static uint8_t data[300];
  for (int i = 0; i < 300; i++)
    data[i] = (uint8_t)(i * i + 3 * i + i / 7);
  make_tables();
  for (size_t count = 0; count < 300; count = count * 2 + 1) {
    emit((long)fnv(data, count));
    emit(finish((uint32_t)count));
    emit(jenkins(data + 1, count));
    emit((long)sip(data, count, 0x0706050403020100, 0x0f0e0d0c0b0a0908));
    emit(adler(data, count));
    emit(crc32(data, count));
    emit(crc16(data, count));
    emit(crc8(data, count));
  }
  emit(crc32((const uint8_t *)"123456789", 9));
  for (uint32_t i = 1; i < 2000; i++)
    *lookup(i * i % 211 + 1) += (int)i;
  long sum = 0;
  for (int i = 0; i < SLOTS; i++)
    sum = mix(sum, mix(slots[i].key, slots[i].value));
  emit(sum);
  return 0;
}
