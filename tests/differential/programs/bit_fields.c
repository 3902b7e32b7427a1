// Bit fields: signed and unsigned, across units, of width one, next to others, in arrays, in unions.
#include "program.h"

#include <stdint.h>

typedef struct Flags {
  unsigned a : 1, b : 3, c : 7, d : 21;
} Flags;
typedef struct Signed {
  int a : 2, b : 5, c : 13, d : 12;
  long e : 40, f : 24;
} Signed;
typedef struct Across {
  uint8_t a : 5;
  uint8_t b : 6;
  uint16_t c : 11;
  uint32_t : 0;
  uint32_t d : 31;
  uint64_t e : 33, f : 63;
  _Bool g : 1;
  char h;
} Across;
typedef union Instruction {
  uint32_t word;
  struct {
    uint32_t opcode : 7, rd : 5, funct3 : 3, rs1 : 5, rs2 : 5, funct7 : 7;
  } r;
  struct {
    uint32_t opcode : 7, rd : 5;
    int32_t immediate : 20;
  } u;
} Instruction;

NOINLINE static long read_flags(const Flags *f) {
  return f->a + f->b * 10 + f->c * 1000 + f->d * 1000000l;
}
NOINLINE static long read_signed(Signed s) {
  return s.a + s.b * 3 + s.c * 5 + s.d * 7 + s.e * 11 + s.f * 13;
}
NOINLINE static long read_across(const Across *x) {
  return (long)((unsigned long)x->a + x->b * 3ul + x->c * 5ul + x->d * 7ul + x->e * 11ul + x->f * 13ul +
                x->g * 17ul) +
         x->h;
}
NOINLINE static void write_across(Across *x, long n) {
  x->a = (uint8_t)n & 31;
  x->b = (uint8_t)(n >> 1) & 63;
  x->c = (uint16_t)(n * 3) & 2047;
  x->d = (uint32_t)((uint32_t)n * 1000003u) & 0x7fffffff;
  x->e = (uint64_t)n * 0x123456789 & 0x1ffffffff;
  x->f = (uint64_t)n * 0xfedcba987654321 & 0x7fffffffffffffff;
  x->g = n & 1;
  x->h = (char)n;
}
NOINLINE static uint32_t encode(unsigned rd, unsigned rs1, unsigned rs2) {
  Instruction i = {0};
  i.r.opcode = 0x33;
  i.r.rd = rd & 31;
  i.r.rs1 = rs1 & 31;
  i.r.rs2 = rs2 & 31;
  i.r.funct7 = 0x20;
  return i.word;
}
NOINLINE static long decode(uint32_t word) {
  Instruction i = {.word = word};
  return i.u.immediate * 1000l + i.r.funct3 * 100 + i.r.rd;
}

int main(void) {
  Flags f = {1, 5, 100, 1 << 20};
  Across x = {0};
  static Signed table[3] = {{1, -16, 4095, -2048, -1, 1}, {-2, 15, -4096, 2047, 1l << 38, -(1 << 23)}, {0}};
  for (long n = 0; n < 40; n++) {
    f.a ^= 1;
    f.b += 3;
    f.c = (unsigned)(f.c * n + 1) & 127;
    f.d -= 12345;
    emit(read_flags(&f));
    write_across(&x, n * 0x9e3779b97f4a - 1000);
    emit(read_across(&x));
    Signed *s = &table[n % 3];
    s->a = n & 1 ? -1 : 1;
    s->b = (int)(n % 16);
    s->c = (int)(n * 100 - 2000);
    s->e = -n * 1000000007;
    s->f = n * 65537 - 1000;
    emit(read_signed(*s));
    emit(decode(encode((unsigned)n, (unsigned)n * 3, 31 - ((unsigned)n & 31))));
  }
  emit((f.a ? f.b > 3 : f.c < 50) + (table[0].a < 0) * 2 + (x.f > x.e) * 4);
  return 0;
}
