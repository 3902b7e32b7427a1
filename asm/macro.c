// Macros and repetitions: texts that are read again, with or without words replaced.
#include "asm/internal.h"

#include <inttypes.h>
#include <string.h>

typedef struct Parameter {
  Name name;
  const char *otherwise; // text when no argument is given
  size_t otherwise_size;
  bool required;
  bool rest; // takes all arguments that are left
} Parameter;

struct Macro {
  Name name;
  VEC(Parameter) parameters;
  const char *body; // in the text that defined it
  size_t body_size;
  TextPlace place;
};

typedef struct Slice {
  const char *text;
  size_t size;
} Slice;

void macros_free(Assembler *assembler) {
  for (size_t i = 0; i < assembler->macros.count; i++)
    VEC_FREE(&assembler->macros.data[i]->parameters);
  VEC_FREE(&assembler->macros);
}

static bool word_among(const char *word, size_t size, const char *const *words) {
  for (; *words; words++)
    if (strlen(*words) == size && memcmp(*words, word, size) == 0)
      return true;
  return false;
}

// Finds the statement that ends a block begun by the current one, minding blocks within. The body is what
// stands between; the cursor is then behind the block.
static bool read_block(Assembler *assembler, const char *const *openers, const char *const *closers,
                       Slice *body) {
  const char *frame_end = VEC_LAST(&assembler->frames).end;
  finish_statement(assembler);
  body->text = assembler->cursor;
  size_t depth = 1;
  while (assembler->cursor < frame_end) {
    // The body ends before the space that leads up to the closing word.
    const char *statement = assembler->cursor;
    skip_space(assembler);
    const char *start = assembler->cursor;
    size_t size = peek_name(assembler);
    if (word_among(start, size, openers))
      depth++;
    else if (word_among(start, size, closers) && --depth == 0) {
      body->size = (size_t)(statement - body->text);
      assembler->cursor += size;
      return true;
    }
    finish_statement(assembler);
  }
  const char *last = closers[0];
  return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                  "no '%s' for this '%.*s'", last, (int)token_length(assembler->statement),
                  assembler->statement);
}

static bool read_parameter(Assembler *assembler, Macro *macro) {
  Parameter parameter = {0};
  if (!read_name(assembler, &parameter.name, "a parameter"))
    return false;
  if (*assembler->cursor == ':') {
    assembler->cursor++;
    const char *at = assembler->cursor;
    size_t size = peek_name(assembler);
    parameter.required = size == 3 && memcmp(at, "req", 3) == 0;
    parameter.rest = size == 6 && memcmp(at, "vararg", 6) == 0;
    if (!parameter.required && !parameter.rest)
      return asm_fail_here(assembler, "expected 'req' or 'vararg'");
    assembler->cursor += size;
  }
  if (accept_character(assembler, '=')) {
    skip_space(assembler);
    const char *start = assembler->cursor;
    while (*assembler->cursor != ',' && !at_statement_end(assembler) && *assembler->cursor != ' ' &&
           *assembler->cursor != '\t')
      assembler->cursor++;
    parameter.otherwise = start;
    parameter.otherwise_size = (size_t)(assembler->cursor - start);
    while (parameter.otherwise_size &&
           (start[parameter.otherwise_size - 1] == ' ' || start[parameter.otherwise_size - 1] == '\t'))
      parameter.otherwise_size--;
  }
  if (macro->parameters.count && VEC_LAST(&macro->parameters).rest)
    return asm_fail_here(assembler, "no parameter can follow a vararg parameter");
  VEC_PUSH(&macro->parameters, parameter);
  return true;
}

// .macro name [parameter[:req|:vararg][=default]][, ...]
bool macro_define(Assembler *assembler) {
  static const char *const openers[] = {".macro", NULL};
  static const char *const closers[] = {".endm", ".endmacro", NULL};
  const char *name_at = assembler->cursor;
  Name name = NAME_NONE;
  if (!read_name(assembler, &name, "a macro's name"))
    return false;
  Macro *macro = ARENA_NEW(&assembler->arena, Macro);
  macro->name = name;
  macro->place = place_of(assembler, name_at);
  VEC_PUSH(&assembler->macros, macro);
  accept_character(assembler, ',');
  while (!at_statement_end(assembler)) {
    if (!read_parameter(assembler, macro))
      return false;
    accept_character(assembler, ',');
  }
  Slice body = {0};
  if (!read_block(assembler, openers, closers, &body))
    return false;
  macro->body = body.text;
  macro->body_size = body.size;
  NameInfo *info = name_info(assembler, name);
  if (info->macro)
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    "macro '%s' is already defined", intern_text(&assembler->names, name));
  info->macro = (uint32_t)assembler->macros.count;
  return true;
}

bool macro_remove(Assembler *assembler) {
  const char *at = assembler->cursor;
  Name name = NAME_NONE;
  if (!read_name(assembler, &name, "a macro's name"))
    return false;
  if (!name_info(assembler, name)->macro)
    return asm_fail(assembler, at, token_length(at), "no macro '%s'", intern_text(&assembler->names, name));
  name_info(assembler, name)->macro = 0;
  return true;
}

// Whether an operator stands here. (%hi and the like begin an operand.)
static bool is_operator(const char *at) {
  return *at && strchr("+-*/%&|^<>=!~", *at) && !(*at == '%' && is_name_part(at[1]));
}

// <text>, in which an exclamation mark takes the character behind it for itself. False, and nothing read: it
// is not closed.
static bool read_bracketed(Assembler *assembler, Slice *slice) {
  const char *p = assembler->cursor + 1;
  Text text = {0};
  while (*p && *p != '>' && *p != '\n') {
    if (*p == '!' && p[1] && p[1] != '\n')
      p++;
    text_append_char(&text, *p++);
  }
  bool closed = *p == '>';
  if (closed) {
    assembler->cursor = p + 1;
    *slice = (Slice){arena_copy_text(&assembler->arena, text_string(&text), text.count), text.count};
  }
  text_free(&text);
  return closed;
}

// .altmacro: %expression, which stands for the number. Without a value it stays as it is, and fails where it
// is used.
static bool read_computed(Assembler *assembler, Slice *slice) {
  const char *start = assembler->cursor++;
  int64_t value = 0;
  if (!read_absolute(assembler, &value)) {
    assembler->cursor = start;
    return false;
  }
  const char *text = arena_format(&assembler->arena, "%" PRId64, value);
  *slice = (Slice){text, strlen(text)};
  return true;
}

// An argument ends at a comma or, outside parentheses and away from operators, at a space.
static Slice read_argument(Assembler *assembler) {
  skip_space(assembler);
  const char *start = assembler->cursor;
  Slice given;
  if (assembler->alternate && ((*start == '<' && read_bracketed(assembler, &given)) ||
                               (*start == '%' && read_computed(assembler, &given))))
    return given;
  const char *end = start;
  int depth = 0;
  while (!at_statement_end(assembler)) {
    const char *p = assembler->cursor;
    bool spaced = p > end && end > start;
    if (depth == 0 && spaced && !is_operator(p) && !is_operator(end - 1) && *p != '(' && *p != ',')
      break;
    if (depth <= 0 && *p == ',')
      break;
    if (*p == '"') {
      for (p++; *p && *p != '"' && *p != '\n'; p++)
        if (*p == '\\' && p[1] && p[1] != '\n')
          p++;
      p += *p == '"';
    } else {
      depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
      p++;
    }
    assembler->cursor = end = p;
  }
  Slice slice = {start, (size_t)(end - start)};
  // A string stands for what is in it.
  if (slice.size >= 2 && start[0] == '"' && end[-1] == '"' && !memchr(start + 1, '"', slice.size - 2))
    slice = (Slice){start + 1, slice.size - 2};
  return slice;
}

static Slice read_rest(Assembler *assembler) {
  skip_space(assembler);
  const char *start = assembler->cursor;
  skip_statement(assembler);
  const char *end = start;
  // Up to a comment.
  const char *stop = assembler->cursor;
  assembler->cursor = start;
  while (!at_statement_end(assembler)) {
    if (*assembler->cursor == '"') {
      const char *close = assembler->cursor + 1;
      while (close < stop && *close != '"')
        close += *close == '\\' ? 2 : 1;
      assembler->cursor = close < stop ? close : stop - 1;
    }
    assembler->cursor++;
    end = assembler->cursor;
  }
  return (Slice){start, (size_t)(end - start)};
}

// The parameter that an argument of the form name=value gives, or -1.
static int keyword_parameter(Assembler *assembler, const Macro *macro) {
  skip_space(assembler);
  const char *start = assembler->cursor;
  size_t size = peek_name(assembler);
  if (!size || start[size] != '=' || start[size + 1] == '=')
    return -1;
  Name name = intern_find(&assembler->names, start, size);
  for (size_t i = 0; i < macro->parameters.count; i++) {
    if (macro->parameters.data[i].name == name) {
      assembler->cursor = start + size + 1;
      return (int)i;
    }
  }
  return -1;
}

static bool read_arguments(Assembler *assembler, const Macro *macro, Slice *arguments, bool *given) {
  size_t next = 0;
  while (!at_statement_end(assembler)) {
    const char *at = assembler->cursor;
    int keyword = keyword_parameter(assembler, macro);
    size_t i = keyword >= 0 ? (size_t)keyword : next++;
    if (i >= macro->parameters.count)
      return asm_fail(assembler, at, token_length(at), "too many arguments for macro '%s', which has %zu",
                      intern_text(&assembler->names, macro->name), macro->parameters.count);
    bool rest = macro->parameters.data[i].rest;
    arguments[i] = rest ? read_rest(assembler) : read_argument(assembler);
    given[i] = arguments[i].size != 0;
    accept_character(assembler, ',');
  }
  for (size_t i = 0; i < macro->parameters.count; i++) {
    const Parameter *parameter = &macro->parameters.data[i];
    if (!given[i] && parameter->required)
      return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                      "macro '%s' needs an argument for '%s'", intern_text(&assembler->names, macro->name),
                      intern_text(&assembler->names, parameter->name));
    if (!given[i])
      arguments[i] = (Slice){parameter->otherwise, parameter->otherwise_size};
  }
  return true;
}

typedef struct Substitution {
  const Parameter *parameters;
  const Slice *arguments;
  size_t count;
  uint64_t number; // \@
} Substitution;

// The parameter named at `p`: the whole word, else the part before its first dot.
static int find_parameter(const Assembler *assembler, const Substitution *substitution, const char *p,
                          size_t *size) {
  size_t whole = 0;
  while (is_name_part(p[whole]))
    whole++;
  for (size_t length = whole; length;) {
    for (size_t i = 0; i < substitution->count; i++) {
      const InternEntry *entry = &assembler->names.entries[substitution->parameters[i].name];
      if (entry->size == length && memcmp(entry->text, p, length) == 0) {
        *size = length;
        return (int)i;
      }
    }
    do
      length--;
    while (length && p[length] != '.');
  }
  return -1;
}

// What stands behind a backslash at `p`; returns what is left.
static const char *substitute_marked(const Assembler *assembler, const Substitution *substitution,
                                     const char *p, Text *out) {
  size_t size;
  int i = find_parameter(assembler, substitution, p, &size);
  if (i >= 0) {
    text_append(out, substitution->arguments[i].text, substitution->arguments[i].size);
    return p + size;
  }
  if (*p == '@') {
    text_format(out, "%" PRIu64, substitution->number);
    return p + 1;
  }
  if (p[0] == '(' && p[1] == ')')
    return p + 2;
  text_append_char(out, '\\');
  return p;
}

// .altmacro: a word that is a parameter needs no mark; an ampersand behind it only ends it.
static const char *substitute_word(const Assembler *assembler, const Substitution *substitution,
                                   const char *p, const char *end, Text *out) {
  size_t size = 0;
  while (p + size < end && is_name_part(p[size]))
    size++;
  for (size_t i = 0; i < substitution->count; i++) {
    const InternEntry *entry = &assembler->names.entries[substitution->parameters[i].name];
    if (entry->size != size || memcmp(entry->text, p, size) != 0)
      continue;
    text_append(out, substitution->arguments[i].text, substitution->arguments[i].size);
    p += size;
    return p < end && *p == '&' ? p + 1 : p;
  }
  text_append(out, p, size);
  return p + size;
}

static void substitute(const Assembler *assembler, const Substitution *substitution, Slice body, Text *out) {
  const char *p = body.text;
  const char *end = p + body.size;
  while (p < end) {
    const char *stop = p;
    while (stop < end && *stop != '\\' && !(assembler->alternate && is_name_part(*stop)))
      stop++;
    text_append(out, p, (size_t)(stop - p));
    p = stop;
    if (p == end)
      return;
    p = *p == '\\' ? substitute_marked(assembler, substitution, p + 1, out)
                   : substitute_word(assembler, substitution, p, end, out);
  }
}

static bool count_expansion(Assembler *assembler, uint64_t size) {
  assembler->expanded += size;
  if (assembler->expanded <= assembler->expansion_limit)
    return true;
  assembler->ended = true;
  return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                  "macros and repetitions made more than %" PRIu64 " bytes of text: giving up",
                  assembler->expansion_limit);
}

// Goes on with the text that a macro or a repetition with words to replace has made.
static bool enter_made(Assembler *assembler, Text *text, const char *what, BufferKind kind) {
  bool good = count_expansion(assembler, text->count + 1);
  if (good) {
    const char *copy = arena_copy_text(&assembler->arena, text_string(text), text->count);
    const char *name = arena_format(&assembler->arena, "<%s>", what);
    buffer_new(assembler, kind, name, copy, text->count);
    good = enter_buffer(assembler, kind == BUFFER_MACRO);
  }
  text_free(text);
  return good;
}

typedef struct Expansion {
  VEC(Parameter) parameters;
  VEC(Slice) arguments;
} Expansion;

// .altmacro: lines "LOCAL name, ..." at the beginning of a body name labels that are new in each expansion.
// Returns what is left of the body.
static Slice read_locals(Assembler *assembler, Slice body, Expansion *expansion) {
  static const char word[] = "LOCAL";
  const size_t size = sizeof word - 1;
  const char *end = body.text + body.size;
  const char *p = body.text;
  for (;;) {
    const char *line = p;
    while (p < end && (*p == ' ' || *p == '\t'))
      p++;
    if ((size_t)(end - p) <= size || memcmp(p, word, size) != 0 || is_name_part(p[size]))
      return (Slice){line, (size_t)(end - line)};
    for (p += size; p < end && *p != '\n';) {
      size_t length = 0;
      while (p + length < end && is_name_part(p[length]))
        length++;
      if (length) {
        const char *label = arena_format(&assembler->arena, ".LL%04" PRIu64, ++assembler->local_count);
        VEC_PUSH(&expansion->parameters, ((Parameter){.name = asm_intern(assembler, p, length)}));
        VEC_PUSH(&expansion->arguments, ((Slice){label, strlen(label)}));
      }
      p += length ? length : 1;
    }
    p += p < end;
  }
}

bool macro_expand(Assembler *assembler, uint32_t number) {
  const Macro *macro = assembler->macros.data[number];
  size_t count = macro->parameters.count;
  Expansion expansion = {0};
  bool *given = checked_malloc(count + 1);
  memset(given, 0, count + 1);
  for (size_t i = 0; i < count; i++) {
    VEC_PUSH(&expansion.parameters, macro->parameters.data[i]);
    VEC_PUSH(&expansion.arguments, ((Slice){0}));
  }
  bool good = read_arguments(assembler, macro, expansion.arguments.data, given);
  if (good) {
    Slice body = {macro->body, macro->body_size};
    if (assembler->alternate)
      body = read_locals(assembler, body, &expansion);
    Substitution substitution = {expansion.parameters.data, expansion.arguments.data,
                                 expansion.parameters.count, assembler->macro_count++};
    Text text = {0};
    substitute(assembler, &substitution, body, &text);
    good = enter_made(assembler, &text, intern_text(&assembler->names, macro->name), BUFFER_MACRO);
  }
  VEC_FREE(&expansion.parameters);
  VEC_FREE(&expansion.arguments);
  free(given);
  return good;
}

bool macro_exit(Assembler *assembler) {
  size_t i = assembler->frames.count;
  while (i > 0 && !assembler->frames.data[i - 1].macro)
    i--;
  if (!i)
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    ".exitm outside a macro");
  while (assembler->frames.count >= i) {
    Frame *frame = &VEC_LAST(&assembler->frames);
    assembler->conditions.count = frame->conditions;
    frame->repeats = 0;
    leave_frame(assembler);
  }
  assembler->entered = true;
  return true;
}

static const char *const repeat_openers[] = {".rept", ".rep", ".irp", ".irpc", NULL};
static const char *const repeat_closers[] = {".endr", NULL};

bool repeat_text(Assembler *assembler) {
  int64_t count = 0;
  skip_space(assembler);
  const char *at = assembler->cursor;
  if (!read_absolute(assembler, &count))
    return false;
  if (!at_statement_end(assembler))
    return asm_fail_here(assembler, "unexpected text behind the count");
  Slice body = {0};
  if (count < 0)
    asm_report(assembler, DIAGNOSTIC_ERROR, place_of(assembler, at), token_length(at),
               "the count is negative (%" PRId64 ")", count);
  if (!read_block(assembler, repeat_openers, repeat_closers, &body))
    return false;
  if (!at_statement_end(assembler))
    return asm_fail_here(assembler, "unexpected text behind .endr");
  if (count <= 0 || !body.size)
    return true;
  uint64_t total;
  if (__builtin_mul_overflow((uint64_t)count, (uint64_t)body.size, &total))
    total = UINT64_MAX / 2;
  return count_expansion(assembler, total) &&
         enter_text(assembler, VEC_LAST(&assembler->frames).buffer, body.text, body.text + body.size,
                    (uint64_t)count - 1);
}

// .irp parameter, value...; .irpc parameter, characters
bool repeat_for_each(Assembler *assembler, bool characters) {
  Parameter parameter = {0};
  if (!read_name(assembler, &parameter.name, "a parameter"))
    return false;
  accept_character(assembler, ',');
  VEC(Slice) values = {0};
  if (characters) {
    Slice all = read_argument(assembler);
    for (size_t i = 0; i < all.size; i++) {
      Slice one = {all.text + i, 1};
      VEC_PUSH(&values, one);
    }
  }
  while (!characters && !at_statement_end(assembler)) {
    Slice one = read_argument(assembler);
    VEC_PUSH(&values, one);
    accept_character(assembler, ',');
  }
  Slice body = {0};
  bool good = read_block(assembler, repeat_openers, repeat_closers, &body);
  if (good && values.count && body.size && values.count > assembler->expansion_limit / body.size)
    good = count_expansion(assembler, assembler->expansion_limit);
  Text text = {0};
  for (size_t i = 0; good && i < values.count; i++) {
    Substitution substitution = {&parameter, &values.data[i], 1, assembler->macro_count};
    substitute(assembler, &substitution, body, &text);
  }
  VEC_FREE(&values);
  if (good && text.count)
    return enter_made(assembler, &text, characters ? ".irpc" : ".irp", BUFFER_REPEAT);
  text_free(&text);
  return good;
}
