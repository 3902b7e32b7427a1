// Switches: dense, sparse, with fallthrough, on every type, nested, in loops, with negative cases and ranges.
#include "program.h"

#include <stdint.h>

NOINLINE static int dense(int x) {
  switch (x) {
  case 0:
    return 10;
  case 1:
    return -3;
  case 2:
    return 1234567;
  case 3:
    return 8;
  case 4:
    return x * 3;
  case 5:
    return ~x;
  case 6:
    return 77;
  case 7:
    return 0;
  case 9:
    return 99;
  default:
    return -1;
  }
}

NOINLINE static long sparse(long x) {
  switch (x) {
  case -1000000:
    return 1;
  case -1:
    return 2;
  case 0:
    return 3;
  case 17:
    return 4;
  case 4096:
    return 5;
  case 2147483647:
    return 6;
  case 2147483648:
    return 7;
  case INT64_MIN:
    return 8;
  case INT64_MAX:
    return 9;
  default:
    return x >> 3;
  }
}

NOINLINE static unsigned fallthrough(unsigned x, unsigned y) {
  switch (x & 7) {
  case 5:
    y += 5;
  case 4:
    y *= 3;
  case 3:
    y ^= 0x55;
    break;
  case 2:
    y -= 9;
  default:
    y <<= 1;
  case 0:
    y += 1;
  }
  return y;
}

NOINLINE static int characters(char c) {
  switch (c) {
  case 'a':
  case 'e':
  case 'i':
  case 'o':
  case 'u':
    return 1;
  case '0' ... '9':
    return c - '0';
  case ' ':
  case '\t':
  case '\n':
    return 20;
  case 'A' ... 'Z':
    return 30 + c;
  case '\200' ... '\377':
    return 40;
  }
  return 50;
}

NOINLINE static int narrow(int8_t a, uint16_t b) {
  int result = 0;
  switch (a) {
  case -128:
    result = 1;
    break;
  case -1:
    result = 2;
    break;
  case 127:
    result = 3;
    break;
  }
  switch (b) {
  case 65535:
    return result + 10;
  case 32768:
    return result + 20;
  case 1:
    return result + 30;
  }
  return result;
}

typedef enum Token { STOP, PUSH, ADD, MULTIPLY, SWAP, JUMP_IF, DUP, SUBTRACT } Token;

// A machine with a stack: switch in a loop, with breaks out of one and continues of the other.
NOINLINE static long interpret(const signed char *code) {
  long stack[16] = {0};
  int top = 0, steps = 0;
  for (int at = 0; steps < 1000; steps++) {
    switch ((Token)code[at++]) {
    case STOP:
      return stack[top] * 1000 + steps;
    case PUSH:
      stack[++top] = code[at++];
      continue;
    case ADD:
      top--;
      stack[top] += stack[top + 1];
      break;
    case SUBTRACT:
      top--;
      stack[top] -= stack[top + 1];
      break;
    case MULTIPLY:
      top--;
      stack[top] = (stack[top] * stack[top + 1]) & 0xffffff;
      break;
    case SWAP: {
      long other = stack[top];
      stack[top] = stack[top - 1];
      stack[top - 1] = other;
      break;
    }
    case DUP:
      stack[top + 1] = stack[top];
      top++;
      break;
    case JUMP_IF:
      if (stack[top]) {
        at += code[at];
        break;
      }
      top--;
      at++;
      break;
    default:
      return -1;
    }
  }
  return steps;
}

int main(void) {
  for (int x = -3; x < 13; x++)
    emit(dense(x));
  static const long numbers[] = {-1000000, -1,   0,          1,          16,        17,
                                 4096,     4097, 2147483647, 2147483648, INT64_MIN, INT64_MAX};
  for (int i = 0; i < 12; i++)
    emit(sparse(numbers[i]));
  for (unsigned x = 0; x < 10; x++)
    emit((long)fallthrough(x, x * 100 + 3));
  long sum = 0;
  for (int c = 0; c < 256; c++)
    sum = mix(sum, characters((char)c));
  emit(sum);
  for (int x = -130; x < 131; x += 1)
    sum = mix(sum, narrow((int8_t)x, (uint16_t)(x * 32768 - 1)) + narrow((int8_t)x, (uint16_t)x));
  emit(sum);
  // Five factorial, and a sum from 9 down.
  static const signed char program[] = {PUSH, 1,   PUSH, 5, DUP,      PUSH, 1,       SUBTRACT, SWAP, PUSH,
                                        3,    ADD, PUSH, 3, MULTIPLY, SWAP, JUMP_IF, -13,      STOP};
  emit(interpret(program));
  return dense(3);
}
