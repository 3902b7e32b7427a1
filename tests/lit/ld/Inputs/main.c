// A program that uses what a linker must get right, prints a checksum of it and exits with a part of it. It
// runs on a bare user-mode emulator: Linux system calls, no library.
#include "program.h"

static long counters[8];
static const char *const names[] = {"zero", "one", "two", "three"};
int common_one;
double common_two[4];
int *pointer_into = &shared_table[3];
int (*functions[])(int) = {square, triple, classify, 0};
static int constructed;

__attribute__((constructor)) static void construct(void) {
  constructed += 100;
}
__attribute__((constructor(101))) static void construct_early(void) {
  constructed = constructed * 2 + 7;
}

typedef void Function(void);
extern Function *__init_array_start[];
extern Function *__init_array_end[];
extern char __bss_start[];
extern char _end[];

static unsigned long mix(unsigned long sum, unsigned long value) {
  return (sum ^ value) * 0x100000001b3UL;
}

static unsigned long text_sum(const char *text) {
  unsigned long sum = 0;
  while (*text)
    sum = mix(sum, (unsigned char)*text++);
  return sum;
}

__attribute__((noinline, used)) static int unreached(int x) {
  return square(x) + 1;
}

static unsigned long compute(void) {
  unsigned long sum = 14695981039346656037UL;
  for (int i = 0; functions[i]; i++)
    for (int x = 0; x < 12; x++)
      sum = mix(sum, (unsigned long)functions[i](x));
  for (int i = 0; i < 4; i++)
    sum = mix(sum, text_sum(names[i]));
  for (int i = 0; i < 8; i++)
    counters[i] += i * *pointer_into, sum = mix(sum, (unsigned long)counters[i]);
  common_one += constructed;
  common_two[1] = scale(3.25, constructed);
  sum = mix(sum, (unsigned long)(common_one + (int)(common_two[1] * 8)));
  sum = mix(sum, template_sum());
  sum = mix(sum, (unsigned long)(__bss_start <= (char *)counters && (char *)counters < _end));
  return sum;
}

void start(void) {
  for (Function **f = __init_array_start; f < __init_array_end; f++)
    (*f)();
  unsigned long sum = compute();
  char text[17];
  for (int i = 0; i < 16; i++)
    text[i] = "0123456789abcdef"[sum >> (60 - 4 * i) & 15];
  text[16] = '\n';
  print(text, 17);
  finish((int)(sum & 0x3f));
}

// The stack is 16-byte aligned at the start of a process; gp is set for code that was relaxed to use it.
__asm__(".globl _start\n"
        ".type _start, @function\n"
        "_start:\n"
        "  .option push\n"
        "  .option norelax\n"
        "  lla gp, __global_pointer$\n"
        "  .option pop\n"
        "  call start\n"
        ".size _start, . - _start\n");
