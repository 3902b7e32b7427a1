// Conditional assembly.
#include "asm/internal.h"

#include <string.h>

static bool test_number(Assembler *assembler, ConditionTest test, bool *holds) {
  int64_t value = 0;
  if (!read_absolute(assembler, &value))
    return false;
  switch (test) {
  case CONDITION_NONZERO:
    *holds = value != 0;
    break;
  case CONDITION_ZERO:
    *holds = value == 0;
    break;
  case CONDITION_POSITIVE:
    *holds = value > 0;
    break;
  case CONDITION_NOT_NEGATIVE:
    *holds = value >= 0;
    break;
  case CONDITION_NEGATIVE:
    *holds = value < 0;
    break;
  default:
    *holds = value <= 0;
    break;
  }
  return true;
}

static bool test_defined(Assembler *assembler, ConditionTest test, bool *holds) {
  Name name = NAME_NONE;
  if (!read_name(assembler, &name, "a symbol"))
    return false;
  SymbolId id = name_info(assembler, name)->symbol;
  bool defined = id && symbol_at(assembler, id)->state != SYMBOL_UNDEFINED;
  *holds = defined == (test == CONDITION_DEFINED);
  return true;
}

// The text up to a comma (if `comma`) or the end of the statement, without the space around it.
static void read_part(Assembler *assembler, bool comma, Text *out) {
  skip_space(assembler);
  const char *start = assembler->cursor;
  const char *end = start;
  char quote = '\0';
  while (*assembler->cursor != '\n' && *assembler->cursor != '\0') {
    char c = *assembler->cursor;
    if (quote) {
      quote = c == quote ? '\0' : quote;
    } else if (c == '"') {
      quote = c;
    } else if ((comma && c == ',') || c == ';' || c == '#') {
      break;
    }
    assembler->cursor++;
    if (c != ' ' && c != '\t' && c != '\r')
      end = assembler->cursor;
  }
  if (end - start >= 2 && *start == '"' && end[-1] == '"')
    text_append(out, start + 1, (size_t)(end - start) - 2);
  else
    text_append(out, start, (size_t)(end - start));
}

static bool test_same(Assembler *assembler, ConditionTest test, bool *holds) {
  Text first = {0};
  Text second = {0};
  read_part(assembler, true, &first);
  bool good = expect_character(assembler, ',');
  if (good) {
    read_part(assembler, false, &second);
    bool same = strcmp(text_string(&first), text_string(&second)) == 0;
    *holds = same == (test == CONDITION_SAME);
  }
  text_free(&first);
  text_free(&second);
  return good;
}

static bool read_test(Assembler *assembler, ConditionTest test, bool *holds) {
  switch (test) {
  case CONDITION_DEFINED:
  case CONDITION_UNDEFINED:
    return test_defined(assembler, test, holds);
  case CONDITION_BLANK:
  case CONDITION_NOT_BLANK:
    *holds = at_statement_end(assembler) == (test == CONDITION_BLANK);
    skip_statement(assembler);
    return true;
  case CONDITION_SAME:
  case CONDITION_DIFFERENT:
    return test_same(assembler, test, holds);
  default:
    return test_number(assembler, test, holds);
  }
}

static void skip_by(Assembler *assembler) {
  assembler->skipping = assembler->conditions.count && VEC_LAST(&assembler->conditions).skipping;
}

bool condition_if(Assembler *assembler, ConditionTest test) {
  Condition condition = {.place = place_of(assembler, assembler->statement), .outer = false};
  bool holds = false;
  bool good = read_test(assembler, test, &holds);
  // After an error neither branch is read, since it is not known which is meant.
  condition.taken = holds || !good;
  condition.skipping = !holds;
  VEC_PUSH(&assembler->conditions, condition);
  skip_by(assembler);
  return good;
}

// The innermost condition of this text, for .else and .endif.
static Condition *innermost(Assembler *assembler) {
  if (assembler->conditions.count > VEC_LAST(&assembler->frames).conditions)
    return &VEC_LAST(&assembler->conditions);
  asm_fail(assembler, assembler->statement, token_length(assembler->statement), "'%.*s' without .if",
           (int)token_length(assembler->statement), assembler->statement);
  return NULL;
}

static bool fail_after_else(Assembler *assembler) {
  return asm_fail(assembler, assembler->statement, token_length(assembler->statement), "'%.*s' after .else",
                  (int)token_length(assembler->statement), assembler->statement);
}

bool condition_else_if(Assembler *assembler) {
  Condition *condition = innermost(assembler);
  if (!condition)
    return false;
  if (condition->in_else)
    return fail_after_else(assembler);
  if (condition->outer || condition->taken) {
    condition->skipping = true;
    skip_statement(assembler);
    skip_by(assembler);
    return true;
  }
  bool holds = false;
  bool good = test_number(assembler, CONDITION_NONZERO, &holds);
  condition->taken = holds || !good;
  condition->skipping = !holds;
  skip_by(assembler);
  return good;
}

bool condition_else(Assembler *assembler) {
  Condition *condition = innermost(assembler);
  if (!condition)
    return false;
  if (condition->in_else)
    return fail_after_else(assembler);
  condition->in_else = true;
  condition->skipping = condition->outer || condition->taken;
  skip_by(assembler);
  return true;
}

bool condition_end(Assembler *assembler) {
  if (!innermost(assembler))
    return false;
  assembler->conditions.count--;
  skip_by(assembler);
  return true;
}

void condition_skip_statement(Assembler *assembler) {
  size_t size = peek_name(assembler);
  const char *word = assembler->cursor;
  bool good = true;
  if (size > 2 && memcmp(word, ".if", 3) == 0) {
    Condition condition = {.place = place_of(assembler, word), .outer = true, .skipping = true};
    VEC_PUSH(&assembler->conditions, condition);
  } else if (size == 7 && memcmp(word, ".elseif", 7) == 0) {
    assembler->cursor += size;
    good = condition_else_if(assembler);
  } else if (size == 5 && memcmp(word, ".else", 5) == 0) {
    assembler->cursor += size;
    good = condition_else(assembler);
  } else if (size == 6 && memcmp(word, ".endif", 6) == 0) {
    assembler->cursor += size;
    good = condition_end(assembler);
  }
  if (!good)
    report_failure(assembler);
}
