#include <stdint.h>
int printf(const char *, ...);
static volatile uint8_t u8 = 200;
static volatile int8_t i8 = -100;
static volatile uint16_t u16 = 60000;
static volatile int16_t i16 = -30000;
static volatile uint32_t u32 = 4000000000u;
static volatile int32_t i32 = -2000000000;
static volatile _Bool flag = 1;
static uint8_t clamp(int x) {
  return x < 0 ? 0 : x > 255 ? 255 : (uint8_t)x;
}
static int8_t saturate(int32_t x, int shift, int8_t zero) {
  int64_t r = ((int64_t)x * 1518500250 + (1ll << (shift - 1))) >> shift;
  int v = (int)r + zero;
  return (int8_t)(v < -128 ? -128 : v > 127 ? 127 : v);
}
static uint16_t average(uint16_t a, uint16_t b) {
  return (uint16_t)((a + b + 1) / 2);
}
static uint32_t steps(uint8_t n) {
  uint32_t s = 0;
  for (uint8_t i = n; i != 0; i += 3)
    s += i;
  return s;
}
static int16_t wrap(int16_t n) {
  int16_t s = 0;
  for (int16_t i = 0; i < n; i = (int16_t)(i + 7))
    s = (int16_t)(s * 3 + i);
  return s;
}
int main(void) {
  uint8_t a = (uint8_t)(u8 + 100);
  int8_t b = (int8_t)(i8 - 100);
  uint16_t c = (uint16_t)(u16 * 3);
  int16_t d = (int16_t)(i16 << 1);
  u8++;
  i8 >>= 2;
  u16 /= 7;
  i16 %= 1000;
  u32 >>= 3;
  i32 /= 3;
  flag = !flag;
  printf("%d %d %d %d %d %d %d %d %u %d %d\n", a, b, c, d, u8, i8, u16, i16, u32, i32, flag);
  for (int i = -300; i < 600; i += 50)
    printf("%d %d %d ", clamp(i), saturate(i * 1000, 33 + (i & 3), 5), average((uint16_t)i, 65535));
  printf("%u %d %d %d %d\n", steps(9), wrap(1000), u8<i8, u16 == (uint16_t)i16, (uint32_t)i8> u8);
  printf("%lu %ld %lu %d\n", (unsigned long)u8 << 33, (long)i8 * i16, (unsigned long)(u32 * 5u),
         (int8_t)u16 + (uint8_t)i16);
  return 0;
}
