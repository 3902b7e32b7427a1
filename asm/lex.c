// The characters of statements: space and comments, names, strings, numbers.
#include "asm/internal.h"

#include <string.h>

const uint8_t asm_character_class[256] = {
    ['a' ... 'z'] = CHARACTER_NAME_START | CHARACTER_NAME,
    ['A' ... 'Z'] = CHARACTER_NAME_START | CHARACTER_NAME,
    ['_'] = CHARACTER_NAME_START | CHARACTER_NAME,
    ['.'] = CHARACTER_NAME_START | CHARACTER_NAME,
    ['$'] = CHARACTER_NAME_START | CHARACTER_NAME,
    // UTF-8 in names
    [0x80 ... 0xff] = CHARACTER_NAME_START | CHARACTER_NAME,
    ['0' ... '9'] = CHARACTER_NAME | CHARACTER_DIGIT,
    [' '] = CHARACTER_SPACE,
    ['\t'] = CHARACTER_SPACE,
    ['\r'] = CHARACTER_SPACE,
    ['\f'] = CHARACTER_SPACE,
    ['\v'] = CHARACTER_SPACE,
};

// An unclosed comment reaches to the end of the text.
void asm_skip_comment(Assembler *assembler) {
  while (assembler->cursor[0] == '/' && assembler->cursor[1] == '*') {
    const char *end = strstr(assembler->cursor + 2, "*/");
    if (end) {
      assembler->cursor = end + 2;
    } else {
      assembler->cursor += strlen(assembler->cursor);
    }
    while (asm_character_class[(unsigned char)*assembler->cursor] & CHARACTER_SPACE)
      assembler->cursor++;
  }
}

bool at_statement_end(Assembler *assembler) {
  skip_space(assembler);
  char c = *assembler->cursor;
  return c == '\n' || c == ';' || c == '#' || c == '\0' || (c == '/' && assembler->cursor[1] == '/');
}

void skip_statement(Assembler *assembler) {
  const char *p = assembler->cursor;
  for (;; p++) {
    if (*p == '"') {
      for (p++; *p != '"'; p++) {
        if (*p == '\\' && p[1] != '\n' && p[1] != '\0')
          p++;
        if (*p == '\n' || *p == '\0')
          break;
      }
      if (*p == '"')
        continue;
    }
    if (*p == '/' && p[1] == '*') {
      assembler->cursor = p;
      asm_skip_comment(assembler);
      p = assembler->cursor - 1;
      continue;
    }
    if (*p == '#' || (*p == '/' && p[1] == '/'))
      p += strcspn(p, "\n");
    if (*p == '\n' || *p == ';' || *p == '\0')
      break;
  }
  assembler->cursor = p;
}

bool accept_character(Assembler *assembler, char c) {
  skip_space(assembler);
  if (*assembler->cursor != c)
    return false;
  assembler->cursor++;
  return true;
}

bool expect_character(Assembler *assembler, char c) {
  if (accept_character(assembler, c))
    return true;
  return asm_fail_here(assembler, c == ',' ? "expected a comma" : "expected '%c'", c);
}

size_t peek_name(const Assembler *assembler) {
  const char *p = assembler->cursor;
  if (!is_name_start(*p))
    return 0;
  while (is_name_part(*p))
    p++;
  return (size_t)(p - assembler->cursor);
}

bool read_name(Assembler *assembler, Name *name, const char *what) {
  skip_space(assembler);
  if (*assembler->cursor == '"')
    return read_string_name(assembler, name);
  size_t size = peek_name(assembler);
  if (!size)
    return asm_fail_here(assembler, "expected %s", what);
  *name = asm_intern(assembler, assembler->cursor, size);
  assembler->cursor += size;
  return true;
}

static int digit_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return 99;
}

bool read_escape(Assembler *assembler, int *value) {
  const char *start = assembler->cursor;
  const char *p = start + 1;
  static const char letters[] = "bfnrt\\\"'";
  static const char meant[] = "\b\f\n\r\t\\\"'";
  const char *known = *p ? strchr(letters, *p) : NULL;
  if (known) {
    *value = meant[known - letters];
    p++;
  } else if (digit_value(*p) < 8) {
    *value = 0;
    for (int i = 0; i < 3 && digit_value(*p) < 8; i++)
      *value = *value * 8 + digit_value(*p++);
    if (*value > 255)
      return asm_fail(assembler, start, (size_t)(p - start), "octal escape is more than a byte");
  } else if (*p == 'x' && digit_value(p[1]) < 16) {
    *value = 0;
    for (p++; digit_value(*p) < 16; p++)
      *value = (*value * 16 + digit_value(*p)) & 0xff;
  } else {
    return asm_fail(assembler, start, 2, "unknown escape");
  }
  assembler->cursor = p;
  return true;
}

bool read_string(Assembler *assembler, Text *out) {
  skip_space(assembler);
  const char *start = assembler->cursor;
  if (*start != '"')
    return asm_fail_here(assembler, "expected a string");
  assembler->cursor++;
  for (;;) {
    const char *plain = assembler->cursor;
    while (*assembler->cursor != '"' && *assembler->cursor != '\\' && *assembler->cursor != '\n' &&
           *assembler->cursor != '\0')
      assembler->cursor++;
    text_append(out, plain, (size_t)(assembler->cursor - plain));
    if (*assembler->cursor == '"')
      break;
    if (*assembler->cursor != '\\')
      return asm_fail(assembler, start, 1, "string is not closed on its line");
    int value;
    if (!read_escape(assembler, &value))
      return false;
    text_append_char(out, (char)value);
  }
  assembler->cursor++;
  return true;
}

bool read_string_name(Assembler *assembler, Name *name) {
  const char *start = assembler->cursor;
  Text text = {0};
  bool good = read_string(assembler, &text);
  if (good && (!text.count || memchr(text.data, '\0', text.count)))
    good = asm_fail(assembler, start, (size_t)(assembler->cursor - start), "this string cannot be a name");
  if (good)
    *name = asm_intern(assembler, text.data, text.count);
  text_free(&text);
  return good;
}

static bool read_character_constant(Assembler *assembler, int64_t *value) {
  const char *start = assembler->cursor++;
  int byte = (unsigned char)*assembler->cursor;
  if (byte == '\\') {
    if (!read_escape(assembler, &byte))
      return false;
  } else if (byte == '\n' || byte == '\0') {
    return asm_fail(assembler, start, 1, "character constant is not closed");
  } else {
    assembler->cursor++;
  }
  *value = byte & 0xff;
  // As in GNU as, the closing quote may be left out.
  if (*assembler->cursor == '\'')
    assembler->cursor++;
  return true;
}

bool read_number(Assembler *assembler, int64_t *value) {
  const char *start = assembler->cursor;
  if (*start == '\'')
    return read_character_constant(assembler, value);
  int base = 10;
  const char *p = start;
  if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X')) {
    base = 16;
    p += 2;
  } else if (p[0] == '0' && (p[1] == 'b' || p[1] == 'B')) {
    base = 2;
    p += 2;
  } else if (p[0] == '0') {
    base = 8;
  }
  const char *digits = p;
  uint64_t number = 0;
  for (; digit_value(*p) < base; p++) {
    if (__builtin_mul_overflow(number, (uint64_t)base, &number) ||
        __builtin_add_overflow(number, (uint64_t)digit_value(*p), &number))
      return asm_fail(assembler, start, token_length(start), "number does not fit 64 bits");
  }
  if (p == digits || is_name_part(*p))
    return asm_fail(assembler, start, token_length(start), "not a number");
  assembler->cursor = p;
  *value = (int64_t)number;
  return true;
}
