// Expressions: constants, symbols and their sums and differences; everything else needs values known now.
// The precedence of operators is that of GNU as and LLVM, which differs from C's: * / % << >> bind tightest,
// then | & ^ !, then + -, then comparisons, then &&, then ||. A true comparison is -1, a true && or || is 1.
#include "asm/internal.h"

#include <string.h>

enum { MOST_NESTED = 200 };

typedef struct Operator {
  char text[3];
  uint8_t size;
  uint8_t precedence;
} Operator;

// Longer spellings first.
static const Operator operators[] = {
    {"||", 2, 1}, {"&&", 2, 2}, {"==", 2, 3}, {"!=", 2, 3}, {"<>", 2, 3}, {"<=", 2, 3}, {">=", 2, 3},
    {"<<", 2, 6}, {">>", 2, 6}, {"<", 1, 3},  {">", 1, 3},  {"+", 1, 4},  {"-", 1, 4},  {"|", 1, 5},
    {"&", 1, 5},  {"^", 1, 5},  {"!", 1, 5},  {"*", 1, 6},  {"/", 1, 6},  {"%", 1, 6},
};

static const Operator *peek_operator(Assembler *assembler) {
  skip_space(assembler);
  const char *p = assembler->cursor;
  if (p[0] == '/' && p[1] == '/')
    return NULL;
  if (!*p || !strchr("|&=!<>+-^*/%", *p))
    return NULL;
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
    if (strncmp(p, operators[i].text, operators[i].size) == 0)
      return &operators[i];
  return NULL;
}

bool value_resolve(Assembler *assembler, Value *value) {
  for (unsigned steps = 0; value->add || value->subtract; steps++) {
    bool subtracted = value->subtract && symbol_at(assembler, value->subtract)->state == SYMBOL_EQUATED;
    SymbolId id = subtracted ? value->subtract : value->add;
    if (!id || symbol_at(assembler, id)->state != SYMBOL_EQUATED)
      break;
    if (steps > MOST_NESTED)
      return false;
    Value meant = symbol_at(assembler, id)->value;
    if (subtracted) {
      if (meant.subtract && value->add)
        return false;
      value->subtract = meant.add;
      if (meant.subtract)
        value->add = meant.subtract;
      value->constant = (int64_t)((uint64_t)value->constant - (uint64_t)meant.constant);
    } else {
      if (meant.subtract && value->subtract)
        return false;
      value->add = meant.add;
      if (meant.subtract)
        value->subtract = meant.subtract;
      value->constant = (int64_t)((uint64_t)value->constant + (uint64_t)meant.constant);
    }
  }
  if (value->add && value->add == value->subtract)
    value->add = value->subtract = 0;
  return true;
}

// Both labels of one section.
static bool same_section(Assembler *assembler, const Value *value) {
  if (!value->add || !value->subtract)
    return false;
  const AsmSymbol *add = symbol_at(assembler, value->add);
  const AsmSymbol *subtract = symbol_at(assembler, value->subtract);
  return add->state == SYMBOL_LABEL && subtract->state == SYMBOL_LABEL && add->section == subtract->section;
}

// Takes a computed symbol out of a value.
static bool settle_computed(Assembler *assembler, SymbolId *id, bool negative, int64_t *constant,
                            const char *at) {
  int64_t result;
  if (!*id || symbol_at(assembler, *id)->state != SYMBOL_COMPUTED)
    return true;
  if (!computed_value(assembler, *id, at, false, &result))
    return false;
  *constant = (int64_t)((uint64_t)*constant + (negative ? 0 - (uint64_t)result : (uint64_t)result));
  *id = 0;
  return true;
}

bool value_settle(Assembler *assembler, Value *value, const char *at) {
  Value meant = *value;
  if (!value_resolve(assembler, &meant) ||
      !settle_computed(assembler, &meant.add, false, &meant.constant, at) ||
      !settle_computed(assembler, &meant.subtract, true, &meant.constant, at))
    return false;
  if (meant.add && same_section(assembler, &meant)) {
    const AsmSymbol *add = symbol_at(assembler, meant.add);
    const AsmSymbol *subtract = symbol_at(assembler, meant.subtract);
    int64_t difference = (int64_t)(add->offset - subtract->offset);
    if (add->points != subtract->points) {
      Assumption assumption = {meant.add, meant.subtract, difference, place_of(assembler, at)};
      VEC_PUSH(&assembler->assumptions, assumption);
    }
    meant.constant = (int64_t)((uint64_t)meant.constant + (uint64_t)difference);
    meant.add = meant.subtract = 0;
  }
  if (meant.add || meant.subtract)
    return false;
  *value = meant;
  return true;
}

// Takes what is certain out of a value: differences of labels with nothing between them that layout changes.
static void simplify(Assembler *assembler, Value *value) {
  if (!value->subtract)
    return;
  if (value->add == value->subtract) {
    value->add = value->subtract = 0;
    return;
  }
  if (!same_section(assembler, value))
    return;
  const AsmSymbol *add = symbol_at(assembler, value->add);
  const AsmSymbol *subtract = symbol_at(assembler, value->subtract);
  if (add->points != subtract->points)
    return;
  value->constant = (int64_t)((uint64_t)value->constant + add->offset - subtract->offset);
  value->add = value->subtract = 0;
}

static bool read_binary(Assembler *assembler, Value *value, unsigned least, unsigned depth);

// Digits followed by b or f and nothing more of a word.
static size_t numeric_reference(const char *p) {
  size_t digits = 0;
  while (is_digit(p[digits]))
    digits++;
  bool named = digits && (p[digits] == 'b' || p[digits] == 'f') && !is_name_part(p[digits + 1]);
  return named ? digits : 0;
}

static bool read_numeric_reference(Assembler *assembler, size_t digits, Value *value) {
  const char *at = assembler->cursor;
  Name name = asm_intern(assembler, at, digits);
  assembler->cursor += digits + 1;
  if (at[digits] == 'b') {
    value->add = name_info(assembler, name)->symbol;
    if (!value->add)
      return asm_fail(assembler, at, digits + 1, "no label '%.*s:' before this place", (int)digits, at);
    return true;
  }
  if (!name_info(assembler, name)->forward) {
    SymbolId id = symbol_new(assembler, NAME_NONE, at);
    symbol_at(assembler, id)->numeric = true;
    name_info(assembler, name)->forward = id;
  }
  value->add = name_info(assembler, name)->forward;
  return true;
}

static bool read_symbol(Assembler *assembler, Value *value) {
  const char *at = assembler->cursor;
  if (*at == '.' && !is_name_part(at[1])) {
    assembler->cursor++;
    value->add = symbol_here(assembler);
    return true;
  }
  Name name = NAME_NONE;
  if (!read_name(assembler, &name, "an expression"))
    return false;
  SymbolId id = symbol_named(assembler, name, at);
  AsmSymbol *symbol = symbol_at(assembler, id);
  symbol->needed = true;
  if (symbol->weak_alias) {
    *value = symbol->value;
    symbol_at(assembler, value->add)->weakly = true;
    return true;
  }
  bool absolute = symbol->state == SYMBOL_EQUATED && !symbol->value.add && !symbol->value.subtract;
  if (absolute) {
    value->constant = symbol->value.constant;
    return true;
  }
  value->add = id;
  return true;
}

static bool need_absolute(Assembler *assembler, Value *value, const char *at) {
  if (!value->add && !value->subtract)
    return true;
  if (value_settle(assembler, value, at))
    return true;
  return asm_fail(assembler, at, token_length(at), "this operator needs a value that is known here");
}

static bool read_unary(Assembler *assembler, Value *value, unsigned depth) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  *value = (Value){0};
  if (depth > MOST_NESTED)
    return asm_fail(assembler, at, 1, "expression is nested too deeply");
  char c = *at;
  if (c == '(') {
    assembler->cursor++;
    return read_binary(assembler, value, 1, depth + 1) && expect_character(assembler, ')');
  }
  if (c == '-' || c == '~' || c == '!' || c == '+') {
    assembler->cursor++;
    const char *operand = assembler->cursor;
    if (!read_unary(assembler, value, depth + 1))
      return false;
    if (c == '+')
      return true;
    if (c == '-') {
      Value negated = {(int64_t)(0 - (uint64_t)value->constant), value->subtract, value->add};
      *value = negated;
      return true;
    }
    if (!need_absolute(assembler, value, operand))
      return false;
    value->constant = c == '~' ? ~value->constant : !value->constant;
    return true;
  }
  size_t digits = numeric_reference(at);
  if (digits)
    return read_numeric_reference(assembler, digits, value);
  if (is_digit(c) || c == '\'')
    return read_number(assembler, &value->constant);
  if (is_name_start(c) || c == '"')
    return read_symbol(assembler, value);
  return asm_fail_here(assembler, "expected an expression");
}

// left + right or left - right, when it has at most one symbol added and one subtracted.
static bool add_values(Assembler *assembler, Value *left, Value right, bool minus, const char *at) {
  if (minus) {
    Value negated = {(int64_t)(0 - (uint64_t)right.constant), right.subtract, right.add};
    right = negated;
  }
  if (left->add && left->add == right.subtract)
    left->add = right.subtract = 0;
  if (left->subtract && left->subtract == right.add)
    left->subtract = right.add = 0;
  if ((left->add && right.add) || (left->subtract && right.subtract)) {
    // One of the two may be a difference that is known.
    Value settled = right;
    if (value_settle(assembler, &settled, at))
      right = settled;
    else if (!value_settle(assembler, left, at))
      return asm_fail(assembler, at, 1, "expression has more symbols than a relocation can carry");
  }
  left->constant = (int64_t)((uint64_t)left->constant + (uint64_t)right.constant);
  if (right.add)
    left->add = right.add;
  if (right.subtract)
    left->subtract = right.subtract;
  simplify(assembler, left);
  return true;
}

bool value_subtract(Assembler *assembler, Value *left, Value right, const char *at) {
  return add_values(assembler, left, right, true, at);
}

static bool divide(Assembler *assembler, char op, int64_t left, int64_t right, const char *at,
                   int64_t *result) {
  if (right == 0)
    return asm_fail(assembler, at, 1, "division by zero");
  if (right == -1) {
    *result = op == '/' ? (int64_t)(0 - (uint64_t)left) : 0;
    return true;
  }
  *result = op == '/' ? left / right : left % right;
  return true;
}

static int64_t shift(bool left, int64_t value, int64_t count) {
  if (count < 0 || count > 63)
    return 0;
  return left ? (int64_t)((uint64_t)value << count) : (int64_t)((uint64_t)value >> count);
}

// What an operator but + and - makes of two numbers.
static bool compute(Assembler *assembler, const Operator *op, int64_t a, int64_t b, const char *at,
                    int64_t *result) {
  char c = op->text[0];
  bool single = op->size == 1;
  switch (c) {
  case '*':
    *result = (int64_t)((uint64_t)a * (uint64_t)b);
    break;
  case '/':
  case '%':
    return divide(assembler, c, a, b, at, result);
  case '|':
    *result = single ? a | b : a || b;
    break;
  case '&':
    *result = single ? a & b : a && b;
    break;
  case '^':
    *result = a ^ b;
    break;
  case '!': // alone: or not
    *result = single ? a | ~b : -(a != b);
    break;
  case '=':
    *result = -(a == b);
    break;
  case '<':
    *result = single               ? -(a < b)
              : op->text[1] == '<' ? shift(true, a, b)
              : op->text[1] == '>' ? -(a != b)
                                   : -(a <= b);
    break;
  default:
    *result = single ? -(a > b) : op->text[1] == '>' ? shift(false, a, b) : -(a >= b);
    break;
  }
  return true;
}

bool computed_value(Assembler *assembler, SymbolId id, const char *at, bool final, int64_t *result) {
  AsmSymbol *symbol = symbol_at(assembler, id);
  if (symbol->resolving)
    return false;
  symbol->resolving = true;
  Computation computation = assembler->computations.data[symbol->computation];
  bool known =
      at ? value_settle(assembler, &computation.left, at) && value_settle(assembler, &computation.right, at)
         : value_measure(assembler, &computation.left, final) &&
               value_measure(assembler, &computation.right, final);
  const Operator *op = &operators[computation.operation];
  int64_t divisor = computation.right.constant;
  if ((op->text[0] == '/' || op->text[0] == '%') && !divisor)
    known = false;
  known = known && compute(assembler, op, computation.left.constant, divisor, at, result);
  symbol_at(assembler, id)->resolving = false;
  return known;
}

// Whether a value will only be known after layout.
static bool must_wait(Assembler *assembler, const Value *value) {
  if (!value->add && !value->subtract)
    return false;
  Value meant = *value;
  if (!value_resolve(assembler, &meant))
    return false;
  simplify(assembler, &meant);
  return meant.add || meant.subtract;
}

// A symbol for what an operator makes of two values that are not known yet.
static void put_off(Assembler *assembler, const Operator *op, Value *left, Value right, const char *at) {
  SymbolId id = symbol_new(assembler, NAME_NONE, at);
  Computation computation = {(uint8_t)(op - operators), *left, right};
  symbol_at(assembler, id)->state = SYMBOL_COMPUTED;
  symbol_at(assembler, id)->computation = (uint32_t)assembler->computations.count;
  VEC_PUSH(&assembler->computations, computation);
  *left = (Value){.add = id};
}

// `start` is where the left operand begins, `at` the operator.
static bool apply(Assembler *assembler, const Operator *op, Value *left, Value right, const char *start,
                  const char *at) {
  char c = op->text[0];
  if (op->size == 1 && (c == '+' || c == '-'))
    return add_values(assembler, left, right, c == '-', at);
  if (must_wait(assembler, left) || must_wait(assembler, &right)) {
    put_off(assembler, op, left, right, at);
    return true;
  }
  int64_t result = 0;
  if (!need_absolute(assembler, left, start) || !need_absolute(assembler, &right, at) ||
      !compute(assembler, op, left->constant, right.constant, at, &result))
    return false;
  *left = (Value){.constant = result};
  return true;
}

// unary (op unary)*, where all operators bind at least as tightly as `least`.
static bool read_binary(Assembler *assembler, Value *value, unsigned least, unsigned depth) {
  skip_space(assembler);
  const char *start = assembler->cursor;
  if (!read_unary(assembler, value, depth))
    return false;
  for (;;) {
    const Operator *op = peek_operator(assembler);
    if (!op || op->precedence < least)
      return true;
    const char *at = assembler->cursor;
    assembler->cursor += op->size;
    Value right = {0};
    if (!read_binary(assembler, &right, op->precedence + 1U, depth + 1) ||
        !apply(assembler, op, value, right, start, at))
      return false;
  }
}

bool read_expression(Assembler *assembler, Value *value) {
  return read_binary(assembler, value, 1, 0);
}

bool read_absolute(Assembler *assembler, int64_t *result) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  Value value = {0};
  if (!read_expression(assembler, &value))
    return false;
  if ((value.add || value.subtract) && !value_settle(assembler, &value, at))
    return asm_fail(assembler, at, (size_t)(assembler->cursor - at),
                    "expected an absolute expression whose value is known here");
  *result = value.constant;
  return true;
}
