// Structs without padding, wide fields at odd addresses, flexible ends, arrays of odd sizes, layout of
// headers.
#include "program.h"

#include <stddef.h>
#include <stdint.h>

typedef struct __attribute__((packed)) Header {
  uint8_t version;
  uint16_t length;
  uint32_t sequence;
  uint8_t flags;
  uint64_t stamp;
  float ratio;
  double value;
} Header;
typedef struct Message {
  uint16_t count;
  uint8_t kind;
  uint8_t data[];
} Message;
typedef struct Odd {
  uint8_t bytes[3];
} Odd;
typedef struct __attribute__((packed, aligned(2))) Half {
  char c;
  int i;
} Half;

NOINLINE static long read(const Header *h) {
  long sum = h->version + h->length * 3l + h->sequence * 5l + h->flags * 7l;
  return mix(mix(sum, (long)h->stamp), (long)(h->ratio * 16) + (long)(h->value * 256));
}
NOINLINE static void write(Header *h, long n) {
  h->version = (uint8_t)n;
  h->length = (uint16_t)(n * 257);
  h->sequence += (uint32_t)n * 0x01010101u;
  h->flags |= (uint8_t)(1 << (n & 7));
  h->stamp ^= (uint64_t)n * 0x0102030405060708u;
  h->ratio = (float)n / 4;
  h->value += (double)n;
}
NOINLINE static Header copy(Header h, int by) {
  h.sequence += (unsigned)by;
  return h;
}
NOINLINE static int sum_message(const Message *m) {
  int sum = m->kind;
  for (int i = 0; i < m->count; i++)
    sum += m->data[i] * (i + 1);
  return sum;
}
NOINLINE static Odd rotate(Odd x) {
  return (Odd){{x.bytes[1], x.bytes[2], x.bytes[0]}};
}
NOINLINE static void swap(Odd *a, Odd *b) {
  Odd other = *a;
  *a = *b;
  *b = other;
}
NOINLINE static int halves(const Half *h, int count) {
  int sum = 0;
  for (int i = 0; i < count; i++)
    sum = sum * 3 + h[i].i - h[i].c;
  return sum;
}

int main(void) {
  emit((long)(sizeof(Header) + sizeof(Message) * 100 + sizeof(Odd) * 10000 + sizeof(Half) * 1000000));
  emit((long)(offsetof(Header, stamp) + offsetof(Header, value) * 100 + offsetof(Message, data) * 10000));
  static Header headers[5];
  static char bytes[200];
  for (long n = 0; n < 20; n++) {
    write(&headers[n % 5], n);
    headers[(n + 1) % 5] = copy(headers[n % 5], (int)n);
    emit(read(&headers[(n * 3) % 5]));
    __builtin_memcpy(bytes + n, &headers[n % 5], sizeof(Header));
  }
  long sum = 0;
  for (int i = 0; i < 200; i++)
    sum = mix(sum, bytes[i]);
  emit(sum);
  static union {
    Message message;
    uint8_t bytes[32];
  } storage;
  storage.message.count = 20;
  storage.message.kind = 9;
  for (int i = 0; i < 20; i++)
    storage.message.data[i] = (uint8_t)(i * 31);
  emit(sum_message(&storage.message) + storage.bytes[7] * 100000);
  Odd odds[7];
  for (int i = 0; i < 7; i++)
    odds[i] = (Odd){{(uint8_t)i, (uint8_t)(i * 50), (uint8_t)(255 - i)}};
  for (int i = 0; i < 6; i++) {
    odds[i] = rotate(odds[i]);
    swap(&odds[i], &odds[i + 1]);
    emit(odds[i].bytes[0] | odds[i].bytes[1] << 8 | odds[i].bytes[2] << 16);
  }
  Half h[4] = {{'a', 1000000}, {'b', -5}, {'c', 70000}, {'d', 1}};
  emit(halves(h, 4));
  return 0;
}
