#include <stdint.h>
int printf(const char *, ...);
#define ALL(T, name, op)                                                                                     \
  static T name##_##T(T a, T b) {                                                                            \
    return (T)(a op b);                                                                                      \
  }
#define TYPES(name, op)                                                                                      \
  ALL(int8_t, name, op)                                                                                      \
  ALL(uint8_t, name, op) ALL(int16_t, name, op) ALL(uint16_t, name, op) ALL(int32_t, name, op)               \
      ALL(uint32_t, name, op) ALL(int64_t, name, op) ALL(uint64_t, name, op)
TYPES(divide, /)
TYPES(modulo, %) TYPES(either, |) TYPES(less, <) TYPES(equal, ==) static volatile int64_t inputs[] = {
    1,   2,     3,      -3,    7,          100,        -128,          127,         255,
    256, 32767, -32768, 65535, 2147483647, 4294967295, 1099511627776, -99999999999};
enum { N = sizeof inputs / sizeof *inputs };
#define SHOW(T, name)                                                                                        \
  printf("%lx ", (unsigned long)name##_##T((T)inputs[i], (T)inputs[j] ? (T)inputs[j] : 1));
#define SHOWALL(name)                                                                                        \
  SHOW(uint8_t, name)                                                                                        \
  SHOW(uint16_t, name) SHOW(uint32_t, name) SHOW(uint64_t, name) SHOW(int8_t, name) SHOW(int16_t, name)      \
      SHOW(int64_t, name)
int main(void) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      SHOWALL(divide)
      SHOWALL(modulo) SHOWALL(either) SHOWALL(less) SHOWALL(equal) int64_t a = inputs[i],
                                                                           b = inputs[j];
      unsigned s = (unsigned)j * 3;
      printf("%lx %lx %lx %x %x\n", a << s, a >> s, (uint64_t)a >> s, (int32_t)a >> (s & 31),
             (uint32_t)a << (s & 31));
      printf("%lx %lx %lx %lx\n", a * b, a + b * 4, (a & 0xff) + (b << 3), (uint64_t)(uint32_t)a * 8 + b);
    }
  return 0;
}
