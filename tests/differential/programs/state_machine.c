// A reader of a text format by states, an evaluator of expressions, and a checker of numbers.
#include "program.h"

#include <stdint.h>

typedef enum State { BEFORE, IN_NUMBER, AFTER_POINT, IN_EXPONENT, IN_STRING, ESCAPED, IN_WORD, FAILED } State;

typedef struct Reader {
  State state;
  int depth, numbers, strings, words;
  long checksum;
  double value;
  char kinds[16];
} Reader;

NOINLINE static void step(Reader *r, char c) {
  switch (r->state) {
  case BEFORE:
  again:
    if (c == '{' || c == '[') {
      if (r->depth == 16) {
        r->state = FAILED;
        return;
      }
      r->kinds[r->depth++] = c;
    } else if (c == '}' || c == ']') {
      if (r->depth == 0 || r->kinds[--r->depth] != (c == '}' ? '{' : '['))
        r->state = FAILED;
    } else if (c == '"') {
      r->state = IN_STRING;
      r->strings++;
    } else if ((c >= '0' && c <= '9') || c == '-') {
      r->state = IN_NUMBER;
      r->numbers++;
      r->value = c == '-' ? 0 : c - '0';
    } else if (c >= 'a' && c <= 'z') {
      r->state = IN_WORD;
      r->words++;
    } else if (c != ' ' && c != ',' && c != ':' && c != '\n') {
      r->state = FAILED;
    }
    break;
  case IN_NUMBER:
  case AFTER_POINT:
    if (c >= '0' && c <= '9') {
      r->value = r->value * 10 + (c - '0');
      break;
    }
    if (c == '.' && r->state == IN_NUMBER) {
      r->state = AFTER_POINT;
      break;
    }
    if (c == 'e') {
      r->state = IN_EXPONENT;
      break;
    }
    r->checksum = mix(r->checksum, (long)r->value);
    r->state = BEFORE;
    goto again;
  case IN_EXPONENT:
    if ((c >= '0' && c <= '9') || c == '+' || c == '-')
      break;
    r->state = BEFORE;
    goto again;
  case IN_STRING:
    if (c == '\\')
      r->state = ESCAPED;
    else if (c == '"')
      r->state = BEFORE;
    else
      r->checksum = mix(r->checksum, c);
    break;
  case ESCAPED:
    r->checksum = mix(r->checksum, c == 'n' ? '\n' : c);
    r->state = IN_STRING;
    break;
  case IN_WORD:
    if (c >= 'a' && c <= 'z') {
      r->checksum = mix(r->checksum, c * 3);
      break;
    }
    r->state = BEFORE;
    goto again;
  case FAILED:
    break;
  }
}

// expression = term (('+' | '-') term)*; term = factor (('*' | '/' | '%') factor)*; factor = number | '-'
// factor | '(' ...
typedef struct Parser {
  const char *at;
  int errors;
} Parser;
static long expression(Parser *p);
NOINLINE static long factor(Parser *p) {
  while (*p->at == ' ')
    p->at++;
  if (*p->at == '-') {
    p->at++;
    return -factor(p);
  }
  if (*p->at == '(') {
    p->at++;
    long value = expression(p);
    if (*p->at == ')')
      p->at++;
    else
      p->errors++;
    return value;
  }
  if (*p->at < '0' || *p->at > '9') {
    p->errors++;
    return 0;
  }
  long value = 0;
  while (*p->at >= '0' && *p->at <= '9')
    value = value * 10 + (*p->at++ - '0');
  return value;
}
NOINLINE static long term(Parser *p) {
  long value = factor(p);
  for (;;) {
    while (*p->at == ' ')
      p->at++;
    char operation = *p->at;
    if (operation != '*' && operation != '/' && operation != '%')
      return value;
    p->at++;
    long other = factor(p);
    if (operation == '*')
      value *= other;
    else if (other == 0)
      p->errors++;
    else
      value = operation == '/' ? value / other : value % other;
  }
}
static long expression(Parser *p) {
  long value = term(p);
  while (*p->at == '+' || *p->at == '-') {
    char operation = *p->at++;
    long other = term(p);
    value = operation == '+' ? value + other : value - other;
  }
  return value;
}

int main(void) {
  static const char *const texts[] = {"{\"name\": \"kiln\", \"sizes\": [512, -64, 3.25, 1e9], \"nested\": "
                                      "{\"a\": [[], {}], \"b\\\"c\": true}}",
                                      "[1, 2, 3",
                                      "[1, 2}",
                                      "nothing 12 \"x\\ny\" 007.5.5",
                                      "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]",
                                      ""};
  for (int i = 0; i < 6; i++) {
    Reader r = {0};
    for (const char *c = texts[i]; *c; c++)
      step(&r, *c);
    step(&r, ' ');
    emit(r.state * 10000 + r.depth * 1000 + r.numbers * 100 + r.strings * 10 + r.words);
    emit(r.checksum);
  }
  static const char *const expressions[] = {
      "1+2*3", "(1 + 2) * 3", "-7 / 2 * 2 + -7 % 2", "2*(3+4*(5-6*(7+8)))",
      "1/0",   "(1",          "100 % 7 * -3",        "9999999999*9 - 1",
      "*"};
  for (int i = 0; i < 9; i++) {
    Parser p = {expressions[i], 0};
    long value = expression(&p);
    emit(value);
    emit(p.errors * 100 + (p.at - expressions[i]));
  }
  return 0;
}
