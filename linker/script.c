// Reads GNU linker scripts (GNU ld manual, "Linker Scripts"): ENTRY, EXTERN, MEMORY, PHDRS, SECTIONS, ASSERT
// and assignments. What is not known is refused by name.
#include "linker/script.h"

typedef struct Parser {
  Script *script;
  const LinkerLoader *loader;
  Arena *arena;
  Diagnostics *diagnostics;
  const char *text;
  size_t size;
  size_t at;
  bool good;
  unsigned depth; // of expressions
} Parser;

enum { DEEPEST_EXPRESSION = 200 };

Place script_place(const Script *script, size_t offset) {
  size_t part = script->parts.count - 1;
  while (part && script->parts.data[part].start > offset)
    part--;
  const ScriptPart *found = &script->parts.data[part];
  return place_in(&found->source, found->offset + (offset - found->start), 1);
}

static void fail_at(Parser *parser, size_t place, const char *what, const char *name) {
  if (parser->good)
    diagnose(parser->diagnostics, DIAGNOSTIC_ERROR, script_place(parser->script, place), what,
             name ? name : "");
  parser->good = false;
  parser->at = parser->size; // nothing more is read
}

static void skip_space(Parser *parser) {
  while (parser->at < parser->size) {
    const char *here = parser->text + parser->at;
    if (*here == ' ' || *here == '\t' || *here == '\n' || *here == '\r') {
      parser->at++;
    } else if (*here == '/' && parser->at + 1 < parser->size && here[1] == '*') {
      const char *end = memmem(here + 2, parser->size - parser->at - 2, "*/", 2);
      if (!end) {
        fail_at(parser, parser->at, "this comment is never closed%s", NULL);
        return;
      }
      parser->at = (size_t)(end + 2 - parser->text);
    } else {
      return;
    }
  }
}

static int peek(Parser *parser) {
  skip_space(parser);
  return parser->at < parser->size ? (unsigned char)parser->text[parser->at] : 0;
}

static bool accept(Parser *parser, const char *token) {
  size_t size = strlen(token);
  skip_space(parser);
  if (parser->size - parser->at < size || memcmp(parser->text + parser->at, token, size) != 0)
    return false;
  parser->at += size;
  return true;
}

static void expect(Parser *parser, const char *token) {
  if (!accept(parser, token))
    fail_at(parser, parser->at, "'%s' is missing here", token);
}

static bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == '$';
}

// The word of the given characters here, or NULL. Patterns and names of files have more of them.
static const char *read_word(Parser *parser, const char *more) {
  skip_space(parser);
  size_t start = parser->at;
  if (parser->at < parser->size && parser->text[start] == '"') {
    const char *end = memchr(parser->text + start + 1, '"', parser->size - start - 1);
    if (!end) {
      fail_at(parser, start, "this quote is never closed%s", NULL);
      return NULL;
    }
    parser->at = (size_t)(end + 1 - parser->text);
    return arena_copy_text(parser->arena, parser->text + start + 1, (size_t)(end - parser->text) - start - 1);
  }
  while (parser->at < parser->size && parser->text[parser->at] &&
         (is_name_char(parser->text[parser->at]) || strchr(more, parser->text[parser->at])))
    parser->at++;
  if (parser->at == start)
    return NULL;
  return arena_copy_text(parser->arena, parser->text + start, parser->at - start);
}

static const char *expect_word(Parser *parser, const char *more) {
  const char *word = read_word(parser, more);
  if (word)
    return word;
  fail_at(parser, parser->at, "a name is missing here%s", NULL);
  return "";
}

static const char pattern_chars[] = "*?[]-/:+,~=^!\\";
static const char section_chars[] = "-/+";

static Expression *new_expression(Parser *parser, ExpressionKind kind) {
  Expression *expression = ARENA_NEW(parser->arena, Expression);
  expression->kind = kind;
  expression->place = parser->at;
  return expression;
}

static const Expression *read_expression(Parser *parser);

static const Expression *read_number(Parser *parser) {
  Expression *number = new_expression(parser, EXPRESSION_NUMBER);
  const char *word = expect_word(parser, "");
  char *end;
  number->number = strtoull(word, &end, 0);
  unsigned shift = *end == 'K' || *end == 'k' ? 10 : *end == 'M' || *end == 'm' ? 20 : 0;
  if (shift)
    end++;
  if (*end)
    fail_at(parser, number->place, "'%s' is no number", word);
  number->number <<= shift;
  return number;
}

static bool takes_name(const char *function) {
  static const char *const names[] = {"ADDR",    "LOADADDR", "SIZEOF", "ALIGNOF",
                                      "DEFINED", "ORIGIN",   "LENGTH", "CONSTANT"};
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
    if (strcmp(function, names[i]) == 0)
      return true;
  return false;
}

static bool takes_values(const char *function, bool *two) {
  *two = strcmp(function, "MAX") == 0 || strcmp(function, "MIN") == 0;
  return *two || strcmp(function, "ALIGN") == 0 || strcmp(function, "ABSOLUTE") == 0 ||
         strcmp(function, "LOG2CEIL") == 0;
}

static const Expression *read_call(Parser *parser, Expression *call) {
  bool two;
  call->kind = EXPRESSION_CALL;
  if (takes_name(call->name)) {
    call->argument = expect_word(parser, section_chars);
  } else if (takes_values(call->name, &two)) {
    call->left = read_expression(parser);
    if (two) {
      expect(parser, ",");
      call->right = read_expression(parser);
    } else if (strcmp(call->name, "ALIGN") == 0 && accept(parser, ",")) {
      call->right = read_expression(parser);
    }
  } else {
    fail_at(parser, call->place, "the function %s is not supported", call->name);
  }
  expect(parser, ")");
  return call;
}

static const Expression *read_primary(Parser *parser) {
  int c = peek(parser);
  if (c == '-' || c == '~' || c == '!') {
    Expression *unary = new_expression(parser, EXPRESSION_UNARY);
    unary->operator = c;
    parser->at++;
    if (++parser->depth > DEEPEST_EXPRESSION)
      fail_at(parser, unary->place, "this expression is nested too deep%s", NULL);
    unary->left = read_primary(parser);
    parser->depth--;
    return unary;
  }
  if (accept(parser, "(")) {
    const Expression *inner = read_expression(parser);
    expect(parser, ")");
    return inner;
  }
  if (c >= '0' && c <= '9')
    return read_number(parser);
  Expression *symbol = new_expression(parser, EXPRESSION_SYMBOL);
  symbol->name = expect_word(parser, "");
  if (strcmp(symbol->name, ".") != 0 && accept(parser, "("))
    return read_call(parser, symbol);
  return symbol;
}

// The binary operator here and how strongly it binds; 0: none.
static int binary_operator(Parser *parser, int *strength) {
  static const struct {
    char text[3];
    int strength;
  } operators[] = {{"||", 1}, {"&&", 2}, {"==", 6}, {"!=", 6}, {"<=", 7}, {">=", 7},
                   {"<<", 8}, {">>", 8}, {"|", 3},  {"^", 4},  {"&", 5},  {"<", 7},
                   {">", 7},  {"+", 9},  {"-", 9},  {"*", 10}, {"/", 10}, {"%", 10}};
  skip_space(parser);
  const char *here = parser->text + parser->at;
  size_t left = parser->size - parser->at;
  for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
    const char *text = operators[i].text;
    size_t size = strlen(text);
    if (left < size || memcmp(here, text, size) != 0)
      continue;
    if (size == 1 && left > 1 && here[1] == '=') // an assignment
      return 0;
    *strength = operators[i].strength;
    return size == 1 ? text[0] : OPERATOR_PAIR(text[0], text[1]);
  }
  return 0;
}

static const Expression *read_binary(Parser *parser, int weakest) {
  const Expression *left = read_primary(parser);
  int strength;
  for (int operator;
       parser->good && (operator = binary_operator(parser, &strength)) && strength >= weakest;) {
    Expression *binary = new_expression(parser, EXPRESSION_BINARY);
    parser->at += operator > 0xff ? 2 : 1;
    binary->operator = operator;
    binary->left = left;
    binary->right = read_binary(parser, strength + 1);
    left = binary;
  }
  return left;
}

static const Expression *read_expression(Parser *parser) {
  if (++parser->depth > DEEPEST_EXPRESSION)
    fail_at(parser, parser->at, "this expression is nested too deep%s", NULL);
  const Expression *condition = read_binary(parser, 1);
  if (parser->good && accept(parser, "?")) {
    Expression *choice = new_expression(parser, EXPRESSION_CHOICE);
    choice->left = condition;
    choice->right = read_expression(parser);
    expect(parser, ":");
    choice->third = read_expression(parser);
    condition = choice;
  }
  parser->depth--;
  return condition;
}

// NAME = EXPRESSION, or a compound assignment, which is made into one.
static void read_assignment(Parser *parser, ScriptItem *item, const char *name) {
  item->kind = ITEM_ASSIGN;
  item->name = name;
  int c = peek(parser);
  if (strchr("+-*/&|", c) && c) {
    parser->at++;
    expect(parser, "=");
    Expression *binary = new_expression(parser, EXPRESSION_BINARY);
    Expression *symbol = new_expression(parser, EXPRESSION_SYMBOL);
    symbol->name = name;
    binary->operator = c;
    binary->left = symbol;
    binary->right = read_expression(parser);
    item->value = binary;
    return;
  }
  expect(parser, "=");
  item->value = read_expression(parser);
}

static void read_assert(Parser *parser, ScriptItem *item) {
  item->kind = ITEM_ASSERT;
  expect(parser, "(");
  item->value = read_expression(parser);
  expect(parser, ",");
  item->name = expect_word(parser, "");
  expect(parser, ")");
  accept(parser, ";");
}

// An assignment, PROVIDE or ASSERT that begins with `word`. False when it is none of them.
static bool read_command(Parser *parser, const char *word, ScriptItem *item) {
  *item = (ScriptItem){.place = parser->at - strlen(word), .active = true};
  if (strcmp(word, "ASSERT") == 0) {
    read_assert(parser, item);
    return true;
  }
  bool provide = strcmp(word, "PROVIDE") == 0 || strcmp(word, "PROVIDE_HIDDEN") == 0;
  if (provide || strcmp(word, "HIDDEN") == 0) {
    expect(parser, "(");
    read_assignment(parser, item, expect_word(parser, ""));
    expect(parser, ")");
    item->provide = provide;
    item->active = !provide;
    accept(parser, ";");
    return true;
  }
  int c = peek(parser);
  if (!c || !strchr("=+-*/&|", c))
    return false;
  read_assignment(parser, item, word);
  expect(parser, ";");
  return true;
}

static SortKind read_sort(const char *word) {
  if (strcmp(word, "SORT") == 0 || strcmp(word, "SORT_BY_NAME") == 0)
    return SORT_NAME;
  if (strcmp(word, "SORT_BY_ALIGNMENT") == 0)
    return SORT_ALIGNMENT;
  return strcmp(word, "SORT_BY_INIT_PRIORITY") == 0 ? SORT_PRIORITY : SORT_NOT;
}

static void add_input(Parser *parser, ScriptStatement *statement, const ScriptInput *input) {
  ScriptItem item = {.kind = ITEM_INPUT, .number = (uint32_t)parser->script->inputs.count, .active = true};
  VEC_PUSH(&parser->script->inputs, *input);
  VEC_PUSH(&statement->items, item);
}

// The list of section names of FILE(...). Sorted ones are an input of their own each.
static void read_names(Parser *parser, ScriptStatement *statement, ScriptInput *input) {
  bool any = false;
  while (parser->good && !accept(parser, ")")) {
    const char *word = expect_word(parser, pattern_chars);
    SortKind sort = read_sort(word);
    if (strcmp(word, "EXCLUDE_FILE") == 0) {
      expect(parser, "(");
      while (parser->good && !accept(parser, ")"))
        VEC_PUSH(&input->excluded, expect_word(parser, pattern_chars));
    } else if (sort) {
      ScriptInput sorted = {
          .file = input->file, .sort = sort, .keep = input->keep, .statement = input->statement};
      expect(parser, "(");
      while (parser->good && !accept(parser, ")"))
        VEC_PUSH(&sorted.names, expect_word(parser, pattern_chars));
      add_input(parser, statement, &sorted);
    } else {
      VEC_PUSH(&input->names, word);
      any = true;
    }
    accept(parser, ",");
  }
  if (any) {
    add_input(parser, statement, input);
  } else {
    VEC_FREE(&input->names);
    VEC_FREE(&input->excluded);
  }
}

static void read_input(Parser *parser, ScriptStatement *statement, const char *word, bool keep) {
  ScriptInput input = {.keep = keep, .statement = (uint32_t)parser->script->statements.count};
  if (strcmp(word, "KEEP") == 0 && !keep) {
    expect(parser, "(");
    read_input(parser, statement, expect_word(parser, pattern_chars), true);
    expect(parser, ")");
    return;
  }
  input.file = word;
  expect(parser, "(");
  read_names(parser, statement, &input);
}

// Notes that the text of a file comes here, between two line ends.
static void add_parts(Parser *parser, const LinkerInput *input) {
  Script *script = parser->script;
  size_t part = script->parts.count;
  for (; part > 1 && script->parts.data[part - 1].start > parser->at; part--)
    script->parts.data[part - 1].start += input->size + 2;
  const ScriptPart *here = &script->parts.data[part - 1];
  const char *name = arena_copy_text(parser->arena, input->name, strlen(input->name));
  ScriptPart included = {parser->at + 1, {name, input->data, input->size}, 0};
  ScriptPart rest = {parser->at + input->size + 2, here->source, here->offset + (parser->at - here->start)};
  VEC_PUSH(&script->parts, rest);
  VEC_PUSH(&script->parts, rest);
  memmove(&script->parts.data[part + 2], &script->parts.data[part],
          (script->parts.count - 2 - part) * sizeof(ScriptPart));
  script->parts.data[part] = included;
  script->parts.data[part + 1] = rest;
}

// INCLUDE FILE: the file's text takes the place of the command.
static void read_include(Parser *parser, size_t place) {
  enum { MOST_INCLUDES = 64 };
  const char *name = expect_word(parser, pattern_chars);
  LinkerInput input;
  if (!parser->good)
    return;
  if (!parser->loader || parser->script->parts.count / 2 >= MOST_INCLUDES) {
    fail_at(parser, place,
            parser->loader ? "too many files are included, or %s includes itself"
                           : "INCLUDE %s: files cannot be read from here",
            name);
    return;
  }
  if (!parser->loader->load(parser->loader->context, name, &input)) {
    fail_at(parser, place, "INCLUDE %s: the file cannot be read", name);
    return;
  }
  Text text = {0};
  text_append(&text, parser->text, parser->at);
  text_append(&text, "\n", 1);
  text_append(&text, input.data, input.size);
  text_append(&text, "\n", 1);
  text_append(&text, parser->text + parser->at, parser->size - parser->at);
  add_parts(parser, &input);
  parser->text = arena_copy_text(parser->arena, text.data, text.count);
  parser->size = text.count;
  text_free(&text);
}

// BYTE(EXPRESSION) and its like. It has a number among the inputs, which keeps it in its place.
static bool read_data(Parser *parser, ScriptStatement *statement, const char *word) {
  static const struct {
    const char *name;
    unsigned size;
  } kinds[] = {{"BYTE", 1}, {"SHORT", 2}, {"LONG", 4}, {"QUAD", 8}, {"SQUAD", 8}};
  for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
    if (strcmp(word, kinds[i].name) != 0)
      continue;
    ScriptInput input = {.file = "", .keep = true, .statement = (uint32_t)parser->script->statements.count};
    ScriptItem item = {.kind = ITEM_DATA,
                       .number = (uint32_t)parser->script->inputs.count,
                       .size = kinds[i].size,
                       .active = true,
                       .place = parser->at};
    expect(parser, "(");
    item.value = read_expression(parser);
    expect(parser, ")");
    VEC_PUSH(&parser->script->inputs, input);
    VEC_PUSH(&statement->items, item);
    return true;
  }
  return false;
}

static bool is_hexadecimal(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// The pattern that fills gaps. A hexadecimal number is as long as its digits, all else has four bytes.
static void read_fill(Parser *parser, ScriptStatement *statement) {
  size_t start = (skip_space(parser), parser->at);
  statement->fill = read_expression(parser);
  statement->fill_size = 4;
  bool hexadecimal = parser->good && statement->fill->kind == EXPRESSION_NUMBER && parser->size - start > 2 &&
                     parser->text[start] == '0' && (parser->text[start + 1] | 0x20) == 'x';
  if (!hexadecimal)
    return;
  size_t digits = 0;
  while (start + 2 + digits < parser->at && is_hexadecimal(parser->text[start + 2 + digits]))
    digits++;
  statement->fill_size = digits < 16 ? (unsigned)(digits + 1) / 2 : 8;
}

// FILL in front of all contents; what comes later would hold for a part of the section only.
static bool read_fill_command(Parser *parser, ScriptStatement *statement, const char *word, size_t place) {
  if (strcmp(word, "FILL") != 0)
    return false;
  for (size_t i = 0; i < statement->items.count; i++)
    if (statement->items.data[i].kind == ITEM_INPUT || statement->items.data[i].kind == ITEM_DATA)
      fail_at(parser, place, "%s is supported only in front of a section's contents", word);
  expect(parser, "(");
  read_fill(parser, statement);
  expect(parser, ")");
  return true;
}

static void read_contents(Parser *parser, ScriptStatement *statement) {
  expect(parser, "{");
  while (parser->good && !accept(parser, "}")) {
    if (accept(parser, ";"))
      continue;
    size_t place = (skip_space(parser), parser->at);
    const char *word = expect_word(parser, pattern_chars);
    if (strcmp(word, "INCLUDE") == 0) {
      read_include(parser, place);
      continue;
    }
    if (read_data(parser, statement, word) || read_fill_command(parser, statement, word, place))
      continue;
    // "name=value" without spaces is one word of pattern characters; read it again as an assignment.
    size_t name = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.$");
    if (word[name] && strchr("=+-/", word[name])) {
      skip_space(parser);
      parser->at = place + strspn(parser->text + place, " \t\r\n") + name;
      word = arena_copy_text(parser->arena, word, name);
    }
    ScriptItem item;
    if (parser->good && read_command(parser, word, &item))
      VEC_PUSH(&statement->items, item);
    else if (parser->good)
      read_input(parser, statement, word, false);
  }
}

static uint32_t find_region(Parser *parser, const char *name) {
  for (uint32_t i = 0; i < parser->script->regions.count; i++)
    if (strcmp(parser->script->regions.data[i].name, name) == 0)
      return i;
  fail_at(parser, parser->at, "there is no memory region '%s'", name);
  return NONE;
}

// What stands between the name of an output section and its '{'.
static void read_heading(Parser *parser, ScriptStatement *statement) {
  while (parser->good && !accept(parser, ":")) {
    size_t place = parser->at;
    if (accept(parser, "(")) {
      const char *word = read_word(parser, "");
      if (word && (strcmp(word, "NOLOAD") == 0 || strcmp(word, "COPY") == 0 || strcmp(word, "INFO") == 0 ||
                   strcmp(word, "READONLY") == 0)) {
        statement->noload = strcmp(word, "NOLOAD") == 0;
        expect(parser, ")");
        continue;
      }
      parser->at = place;
    }
    if (statement->address)
      fail_at(parser, place, "':' is missing here%s", NULL);
    statement->address = read_expression(parser);
  }
  while (parser->good && peek(parser) != '{') {
    const char *word = expect_word(parser, "");
    if (strcmp(word, "AT") == 0) {
      expect(parser, "(");
      statement->load_address = read_expression(parser);
      expect(parser, ")");
    } else if (strcmp(word, "ALIGN") == 0) {
      expect(parser, "(");
      statement->alignment = read_expression(parser);
      expect(parser, ")");
    } else if (strcmp(word, "ALIGN_WITH_INPUT") == 0) {
      statement->align_with_input = true;
    } else {
      fail_at(parser, parser->at, "%s is not supported here", word);
    }
  }
}

// What stands behind an output section's contents.
static void read_ending(Parser *parser, ScriptStatement *statement) {
  while (parser->good) {
    if (accept(parser, ">"))
      statement->region = find_region(parser, expect_word(parser, section_chars));
    else if (accept(parser, "AT")) {
      expect(parser, ">");
      statement->load_region = find_region(parser, expect_word(parser, section_chars));
    } else if (accept(parser, ":")) {
      const char *segment = expect_word(parser, section_chars);
      statement->segment = statement->segment ? statement->segment : segment;
    } else if (accept(parser, "=")) {
      read_fill(parser, statement);
    } else {
      break;
    }
  }
  accept(parser, ",");
}

static void add_statement(Parser *parser, const ScriptStatement *statement) {
  ScriptItem item = {.kind = ITEM_SECTION,
                     .number = (uint32_t)parser->script->statements.count,
                     .active = true,
                     .place = statement->place};
  VEC_PUSH(&parser->script->statements, *statement);
  VEC_PUSH(&parser->script->items, item);
}

static ScriptStatement new_statement(const char *name, size_t place) {
  return (ScriptStatement){
      .name = name, .region = NONE, .load_region = NONE, .output = NONE, .place = place, .aligned = 1};
}

static void read_statement(Parser *parser, const char *name, size_t place) {
  ScriptStatement statement = new_statement(name, place);
  statement.discard = strcmp(name, "/DISCARD/") == 0;
  read_heading(parser, &statement);
  read_contents(parser, &statement);
  read_ending(parser, &statement);
  add_statement(parser, &statement);
}

static Expression *new_call(Parser *parser, const char *function, const char *section) {
  Expression *call = new_expression(parser, EXPRESSION_CALL);
  call->name = function;
  call->argument = section;
  return call;
}

// Defines __load_start_NAME or __load_stop_NAME for a section of an overlay.
static void add_load_symbol(Parser *parser, const char *section, bool stop) {
  ScriptItem item = {.kind = ITEM_ASSIGN, .provide = true, .place = parser->at};
  char *name = arena_format(parser->arena, stop ? "__load_stop_%s" : "__load_start_%s", section);
  char *to = strchr(name + 7, '_') + 1;
  for (const char *from = to; *from; from++)
    if (is_name_char(*from) && *from != '.' && *from != '$')
      *to++ = *from;
  *to = '\0';
  item.name = name;
  item.value = new_call(parser, "LOADADDR", section);
  if (stop) {
    Expression *sum = new_expression(parser, EXPRESSION_BINARY);
    sum->operator = '+';
    sum->left = item.value;
    sum->right = new_call(parser, "SIZEOF", section);
    item.value = sum;
  }
  VEC_PUSH(&parser->script->items, item);
}

// OVERLAY: its sections run at one address and are loaded one behind the other.
static void read_overlay(Parser *parser, size_t place) {
  Script *script = parser->script;
  uint32_t first = (uint32_t)script->statements.count;
  ScriptStatement heading = new_statement("", place);
  read_heading(parser, &heading);
  expect(parser, "{");
  while (parser->good && !accept(parser, "}")) {
    skip_space(parser);
    ScriptStatement statement = new_statement(NULL, parser->at);
    statement.name = expect_word(parser, section_chars);
    statement.overlay = first + 1;
    if (script->statements.count == first) {
      statement.address = heading.address;
      statement.load_address = heading.load_address;
      statement.alignment = heading.alignment;
    }
    read_contents(parser, &statement);
    read_ending(parser, &statement);
    add_statement(parser, &statement);
    add_load_symbol(parser, statement.name, false);
    add_load_symbol(parser, statement.name, true);
  }
  read_ending(parser, &heading);
  for (size_t i = first; i < script->statements.count; i++) {
    ScriptStatement *statement = &script->statements.data[i];
    statement->region = heading.region;
    statement->load_region = heading.load_region;
    statement->segment = statement->segment ? statement->segment : heading.segment;
    if (!statement->fill) {
      statement->fill = heading.fill;
      statement->fill_size = heading.fill_size;
    }
  }
}

static void read_sections(Parser *parser) {
  parser->script->has_sections = true;
  expect(parser, "{");
  while (parser->good && !accept(parser, "}")) {
    if (accept(parser, ";"))
      continue;
    skip_space(parser);
    size_t place = parser->at;
    bool discard = accept(parser, "/DISCARD/");
    const char *word = discard ? "/DISCARD/" : expect_word(parser, "");
    ScriptItem item;
    if (strcmp(word, "INCLUDE") == 0)
      read_include(parser, place);
    else if (strcmp(word, "OVERLAY") == 0)
      read_overlay(parser, place);
    else if (parser->good && !discard && read_command(parser, word, &item))
      VEC_PUSH(&parser->script->items, item);
    else if (parser->good)
      read_statement(parser, word, place);
  }
}

static void read_memory(Parser *parser) {
  expect(parser, "{");
  while (parser->good && !accept(parser, "}")) {
    ScriptRegion region = {.place = parser->at, .name = expect_word(parser, section_chars)};
    if (accept(parser, "("))
      while (parser->good && !accept(parser, ")"))
        expect_word(parser, "!");
    expect(parser, ":");
    if (!accept(parser, "ORIGIN") && !accept(parser, "org"))
      expect(parser, "o");
    expect(parser, "=");
    region.origin = read_expression(parser);
    expect(parser, ",");
    if (!accept(parser, "LENGTH") && !accept(parser, "len"))
      expect(parser, "l");
    expect(parser, "=");
    region.length = read_expression(parser);
    VEC_PUSH(&parser->script->regions, region);
  }
}

// Segments follow from the sections; that they have names only keeps them apart.
static void read_phdrs(Parser *parser) {
  expect(parser, "{");
  while (parser->good && !accept(parser, "}")) {
    expect_word(parser, section_chars);
    while (parser->good && !accept(parser, ";")) {
      size_t place = parser->at;
      const char *word = expect_word(parser, "");
      if (strncmp(word, "PT_", 3) != 0)
        fail_at(parser, place, "%s is not supported in PHDRS", word);
    }
  }
}

static void read_top(Parser *parser) {
  size_t place = parser->at;
  const char *word = expect_word(parser, "");
  ScriptItem item;
  if (strcmp(word, "INCLUDE") == 0) {
    read_include(parser, place);
  } else if (strcmp(word, "SECTIONS") == 0) {
    read_sections(parser);
  } else if (strcmp(word, "MEMORY") == 0) {
    read_memory(parser);
  } else if (strcmp(word, "PHDRS") == 0) {
    read_phdrs(parser);
  } else if (strcmp(word, "ENTRY") == 0 || strcmp(word, "EXTERN") == 0) {
    bool entry = word[1] == 'N';
    expect(parser, "(");
    while (parser->good && !accept(parser, ")")) {
      const char *name = expect_word(parser, "");
      if (entry)
        parser->script->entry = name;
      else
        VEC_PUSH(&parser->script->externs, name);
    }
  } else if (strcmp(word, "OUTPUT_ARCH") == 0 || strcmp(word, "OUTPUT_FORMAT") == 0) {
    expect(parser, "("); // there is one
    while (parser->good && !accept(parser, ")"))
      if (!accept(parser, ","))
        expect_word(parser, "-:");
  } else if (parser->good && read_command(parser, word, &item)) {
    VEC_PUSH(&parser->script->items, item);
  } else {
    fail_at(parser, place, "%s is not supported in linker scripts", word);
  }
}

Script *script_read(const LinkerInput *input, const LinkerLoader *loader, Arena *arena,
                    Diagnostics *diagnostics) {
  Script *script = ARENA_NEW(arena, Script);
  ScriptPart whole = {0, {input->name, input->data, input->size}, 0};
  VEC_PUSH(&script->parts, whole);
  Parser parser = {.script = script,
                   .loader = loader,
                   .arena = arena,
                   .diagnostics = diagnostics,
                   .text = input->data,
                   .size = input->size,
                   .good = true};
  while (parser.good && peek(&parser))
    if (!accept(&parser, ";"))
      read_top(&parser);
  if (parser.good)
    return script;
  script_free(script);
  return NULL;
}

void script_free(Script *script) {
  if (!script)
    return;
  for (size_t i = 0; i < script->inputs.count; i++) {
    VEC_FREE(&script->inputs.data[i].names);
    VEC_FREE(&script->inputs.data[i].excluded);
  }
  for (size_t i = 0; i < script->statements.count; i++)
    VEC_FREE(&script->statements.data[i].items);
  VEC_FREE(&script->parts);
  VEC_FREE(&script->regions);
  VEC_FREE(&script->inputs);
  VEC_FREE(&script->statements);
  VEC_FREE(&script->items);
  VEC_FREE(&script->externs);
}
