// Directives that choose sections and lay down data.
#include "asm/directive.h"
#include "asm/generate.h"

#include <elf.h>
#include <errno.h>
#include <fenv.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#ifndef SHF_GNU_RETAIN
#define SHF_GNU_RETAIN (1 << 21)
#endif

static bool read_piece_number(Assembler *assembler, uint32_t *number) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  int64_t value = 0;
  if (!read_absolute(assembler, &value))
    return false;
  if (value < 0 || value > INT32_MAX)
    return asm_fail(assembler, at, (size_t)(assembler->cursor - at),
                    "the number of a subsection is in the range [0, %d]", INT32_MAX);
  *number = (uint32_t)value;
  return true;
}

// .text, .data, .bss, .rodata, .tdata and .tbss, with the number of a subsection or not: the statement's word
// is the section's name.
bool directive_plain_section(Assembler *assembler, int argument) {
  (void)argument;
  char name[16] = "";
  memcpy(name, assembler->statement, token_length(assembler->statement));
  uint32_t number = 0;
  if (!at_statement_end(assembler) && !read_piece_number(assembler, &number))
    return false;
  section_switch(assembler, section_piece(assembler, section_default(assembler, name), number));
  return true;
}

// .subsection number
bool directive_subsection(Assembler *assembler, int argument) {
  (void)argument;
  uint32_t number = 0;
  if (!read_piece_number(assembler, &number))
    return false;
  section_switch(assembler, section_piece(assembler, assembler->position.current, number));
  return true;
}

// 'G' and 'o' become SHF_GROUP and SHF_LINK_ORDER; '?' sets `inherit`: the group of the current section.
static bool read_section_flags(Assembler *assembler, uint64_t *flags, bool *inherit) {
  static const struct {
    char letter;
    uint64_t flag;
  } letters[] = {{'a', SHF_ALLOC},   {'w', SHF_WRITE},     {'x', SHF_EXECINSTR},  {'M', SHF_MERGE},
                 {'S', SHF_STRINGS}, {'T', SHF_TLS},       {'R', SHF_GNU_RETAIN}, {'e', SHF_EXCLUDE},
                 {'G', SHF_GROUP},   {'o', SHF_LINK_ORDER}};
  const char *at = assembler->cursor;
  Text text = {0};
  bool good = read_string(assembler, &text);
  *flags = 0;
  // As a number they are those of the file.
  char *number_end = NULL;
  if (good && text.count && is_digit(text.data[0])) {
    *flags = strtoull(text.data, &number_end, 0);
    if (*number_end)
      good = asm_fail(assembler, at, 1, "section flags are letters or one number");
  }
  for (size_t i = 0; good && !number_end && i < text.count; i++) {
    uint64_t flag = 0;
    for (size_t j = 0; j < sizeof letters / sizeof *letters; j++)
      if (letters[j].letter == text.data[i])
        flag = letters[j].flag;
    if (text.data[i] == '?')
      *inherit = true;
    else if (!flag)
      good = asm_fail(assembler, at, 1, "unknown section flag '%c'", text.data[i]);
    *flags |= flag;
  }
  text_free(&text);
  return good;
}

static bool read_section_type(Assembler *assembler, uint32_t *type) {
  static const struct {
    const char *name;
    uint32_t type;
  } types[] = {
      {"progbits", SHT_PROGBITS},     {"nobits", SHT_NOBITS},         {"note", SHT_NOTE},
      {"init_array", SHT_INIT_ARRAY}, {"fini_array", SHT_FINI_ARRAY}, {"preinit_array", SHT_PREINIT_ARRAY}};
  skip_space(assembler);
  const char *at = assembler->cursor;
  if (*at != '@' && *at != '%' && *at != '"')
    return asm_fail_here(assembler, "expected a section type such as @progbits");
  if (*at != '"')
    assembler->cursor++;
  if (is_digit(*assembler->cursor)) {
    int64_t number = 0;
    if (!read_number(assembler, &number))
      return false;
    *type = (uint32_t)number;
    return number == (int64_t)*type ||
           asm_fail(assembler, at, token_length(at + 1) + 1, "a section type has 32 bits");
  }
  Name name = NAME_NONE;
  if (!read_name(assembler, &name, "a section type"))
    return false;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (strcmp(types[i].name, intern_text(&assembler->names, name)) == 0) {
      *type = types[i].type;
      return true;
    }
  }
  return asm_fail(assembler, at, (size_t)(assembler->cursor - at),
                  "unsupported section type: expected @progbits, @nobits, @note, @init_array, @fini_array or "
                  "@preinit_array");
}

// Section names may have characters that other names have not.
static bool read_section_name(Assembler *assembler, Name *name) {
  skip_space(assembler);
  if (*assembler->cursor == '"')
    return read_string_name(assembler, name);
  const char *at = assembler->cursor;
  while (is_name_part(*assembler->cursor) || (*assembler->cursor && strchr("-+/:", *assembler->cursor)))
    assembler->cursor++;
  if (assembler->cursor == at)
    return asm_fail_here(assembler, "expected a section name");
  *name = asm_intern(assembler, at, (size_t)(assembler->cursor - at));
  return true;
}

static bool read_entry_size(Assembler *assembler, uint64_t flags, uint64_t *entry_size) {
  *entry_size = 0;
  if (!(flags & SHF_MERGE))
    return true;
  int64_t size = 0;
  if (!expect_character(assembler, ','))
    return false;
  const char *at = assembler->cursor;
  if (!read_absolute(assembler, &size))
    return false;
  if (size <= 0)
    return asm_fail(assembler, at, token_length(at), "the entry size must be positive");
  *entry_size = (uint64_t)size;
  return true;
}

static bool next_word_is(const Assembler *assembler, const char *word) {
  size_t size = peek_name(assembler);
  return size == strlen(word) && memcmp(assembler->cursor, word, size) == 0;
}

// , signature[, comdat] of a group
static bool read_group(Assembler *assembler, SectionKey *key) {
  if (!expect_character(assembler, ',') || !read_name(assembler, &key->group, "a group's signature"))
    return false;
  if (!accept_character(assembler, ','))
    return true;
  skip_space(assembler);
  if (!next_word_is(assembler, "comdat"))
    return asm_fail_here(assembler, "expected comdat");
  assembler->cursor += strlen("comdat");
  key->comdat = true;
  return true;
}

// , symbol in the section that is followed; or 0
static bool read_followed(Assembler *assembler, SectionKey *key) {
  key->follows = true;
  if (!expect_character(assembler, ','))
    return false;
  skip_space(assembler);
  const char *at = assembler->cursor;
  if (*at == '0' && !is_name_part(at[1])) {
    assembler->cursor++;
    return true;
  }
  Name name = NAME_NONE;
  if (!read_name(assembler, &name, "a symbol in the section that is followed"))
    return false;
  key->followed = symbol_named(assembler, name, at);
  return true;
}

typedef struct SectionWords {
  uint64_t flags;
  uint64_t entry_size;
  uint32_t type;
  bool type_given;
  SectionKey key;
} SectionWords;

// "flags"[, @type[, entry size][, signature[, comdat]][, symbol][, unique, number]]
static bool read_section_words(Assembler *assembler, SectionWords *words) {
  bool inherit = false;
  skip_space(assembler);
  if (!read_section_flags(assembler, &words->flags, &inherit))
    return false;
  words->type_given = accept_character(assembler, ',');
  if (words->type_given && !read_section_type(assembler, &words->type))
    return false;
  if (!read_entry_size(assembler, words->flags, &words->entry_size) ||
      (words->flags & SHF_GROUP && !read_group(assembler, &words->key)) ||
      (words->flags & SHF_LINK_ORDER && !read_followed(assembler, &words->key)))
    return false;
  if (inherit && !(words->flags & SHF_GROUP)) {
    words->key.group = current_section(assembler)->key.group;
    words->key.comdat = current_section(assembler)->key.comdat;
    if (words->key.group != NAME_NONE)
      words->flags |= SHF_GROUP;
  }
  if (!accept_character(assembler, ','))
    return true;
  skip_space(assembler);
  if (!next_word_is(assembler, "unique"))
    return asm_fail_here(assembler, "expected unique");
  assembler->cursor += strlen("unique");
  int64_t number = 0;
  if (!expect_character(assembler, ',') || !read_absolute(assembler, &number))
    return false;
  words->key.unique_given = true;
  words->key.unique = (uint32_t)number;
  return true;
}

// The section with these words, behind its name at `at`.
static bool find_section(Assembler *assembler, Name name, const char *at, SectionWords *words,
                         uint32_t *section) {
  const char *text = intern_text(&assembler->names, name);
  uint64_t implied_flags;
  if (!words->type_given)
    section_implied(text, &words->type, &implied_flags);
  bool known;
  *section =
      section_keyed(assembler, name, &words->key, words->type, words->flags, words->entry_size, &known);
  const AsmSection *old = &assembler->sections.data[*section];
  return !known ||
         (old->flags == words->flags && (!words->type_given || old->type == words->type) &&
          old->entry_size == words->entry_size) ||
         asm_fail(assembler, at, token_length(at), "section '%s' exists with other flags, type or entry size",
                  text);
}

// .section name[, "flags"...], .pushsection name[, subsection][, "flags"...]
bool directive_section(Assembler *assembler, int push) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  Name name = NAME_NONE;
  uint32_t number = 0;
  if (!read_section_name(assembler, &name))
    return false;
  bool more = accept_character(assembler, ',');
  skip_space(assembler);
  if (push && more && *assembler->cursor != '"') {
    if (!read_piece_number(assembler, &number))
      return false;
    more = accept_character(assembler, ',');
  }
  SectionWords words = {.type = SHT_PROGBITS, .key.group = NAME_NONE};
  uint32_t section = 0;
  if (!more)
    section = section_default(assembler, intern_text(&assembler->names, name));
  else if (!read_section_words(assembler, &words) || !find_section(assembler, name, at, &words, &section))
    return false;
  if (push)
    VEC_PUSH(&assembler->position_stack, assembler->position);
  section_switch(assembler, section_piece(assembler, section, number));
  return true;
}

bool directive_popsection(Assembler *assembler, int argument) {
  (void)argument;
  if (!assembler->position_stack.count)
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    ".popsection without .pushsection");
  assembler->position = VEC_POP(&assembler->position_stack);
  return true;
}

bool directive_previous(Assembler *assembler, int argument) {
  (void)argument;
  if (!assembler->position.previous)
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    "there is no previous section");
  section_switch(assembler, assembler->position.previous);
  return true;
}

static bool data_fits(int64_t value, int size) {
  if (size == 8)
    return true;
  int64_t limit = INT64_C(1) << 8 * size;
  return value < limit && value >= -limit / 2;
}

bool append_data(Assembler *assembler, Value value, unsigned size, const char *at, size_t length) {
  bool symbolic = value.add || value.subtract;
  if (!symbolic && !data_fits(value.constant, (int)size))
    return asm_fail(assembler, at, length, "value %" PRId64 " does not fit %u byte%s", value.constant, size,
                    size == 1 ? "" : "s");
  if (symbolic) {
    if (current_section(assembler)->type == SHT_NOBITS)
      return asm_fail(assembler, at, token_length(at),
                      "a section without contents in the file (nobits) cannot hold addresses");
    add_fixup(assembler, FIXUP_DATA, size, 0, current_section(assembler)->size, value, at);
  }
  return append_little(assembler, symbolic ? 0 : (uint64_t)value.constant, size);
}

bool directive_data(Assembler *assembler, int size) {
  if (assembler->line_pending)
    line_flush(assembler);
  if (at_statement_end(assembler))
    return true;
  do {
    skip_space(assembler);
    const char *at = assembler->cursor;
    Value value = {0};
    if (!read_expression(assembler, &value) ||
        !append_data(assembler, value, (unsigned)size, at, (size_t)(assembler->cursor - at)))
      return false;
  } while (accept_character(assembler, ','));
  return true;
}

// The characters of a floating constant as C writes it, or inf or nan, with a sign. 0: there is none of this
// length.
static size_t read_float_text(Assembler *assembler, char *text, size_t most) {
  const char *at = assembler->cursor;
  size_t length = 0;
  while (is_name_part(at[length]) ||
         ((at[length] == '+' || at[length] == '-') && (length == 0 || strchr("eEpP", at[length - 1]))))
    length++;
  if (!length || length >= most)
    return 0;
  memcpy(text, at, length);
  text[length] = '\0';
  return length;
}

// A number in 16 bits, of which `fraction` are its fraction's, rounded to the nearest, ties to even. `odd` is
// rounded to odd, so that rounding it again is right.
static uint16_t narrow_float(double odd, int fraction) {
  enum { DOUBLE_FRACTION = 52, DOUBLE_BIAS = 1023 };
  int exponent_bits = 15 - fraction;
  int bias = (1 << (exponent_bits - 1)) - 1;
  uint64_t bits;
  memcpy(&bits, &odd, 8);
  uint16_t sign = (uint16_t)(bits >> 63 << 15);
  uint16_t infinity = (uint16_t)(((1 << exponent_bits) - 1) << fraction);
  if (odd != odd)
    return (uint16_t)(sign | infinity | 1 << (fraction - 1));
  int exponent = (int)(bits >> DOUBLE_FRACTION & 0x7ff) - DOUBLE_BIAS + bias;
  uint64_t whole = (bits & ((UINT64_C(1) << DOUBLE_FRACTION) - 1)) | UINT64_C(1) << DOUBLE_FRACTION;
  if (exponent >= (1 << exponent_bits) - 1)
    return sign | infinity;
  // Below the normal numbers the exponent stays and the fraction is shifted further.
  int shift = DOUBLE_FRACTION - fraction + (exponent < 1 ? 1 - exponent : 0);
  if (shift > DOUBLE_FRACTION + 1)
    return sign;
  uint64_t kept = whole >> shift;
  uint64_t rest = whole & ((UINT64_C(1) << shift) - 1);
  uint64_t half = UINT64_C(1) << (shift - 1);
  kept += rest > half || (rest == half && kept & 1);
  // The leading bit counts as one of the exponent.
  uint64_t result = kept + ((uint64_t)(exponent < 1 ? 0 : exponent - 1) << fraction);
  return (uint16_t)(sign | result);
}

// The nearest double, with the last bit set when it is not exact: towards zero and away from it they differ
// then.
static double read_odd(const char *text, char **end) {
  int mode = fegetround();
  fesetround(FE_TOWARDZERO);
  double toward = strtod(text, end);
  fesetround(toward < 0 || text[0] == '-' ? FE_DOWNWARD : FE_UPWARD);
  double away = strtod(text, end);
  fesetround(mode);
  uint64_t bits;
  uint64_t away_bits;
  memcpy(&bits, &toward, 8);
  memcpy(&away_bits, &away, 8);
  if (bits != away_bits)
    bits |= 1;
  memcpy(&toward, &bits, 8);
  return toward;
}

// The bits of the number that `text` begins with; *end is behind it.
typedef uint64_t FloatBits(const char *text, char **end, int argument);

static uint64_t half_bits(const char *text, char **end, int fraction) {
  return narrow_float(read_odd(text, end), fraction);
}

static uint64_t float_bits(const char *text, char **end, int size) {
  uint64_t bits = 0;
  if (size == 4) {
    float value = strtof(text, end);
    memcpy(&bits, &value, 4);
  } else {
    double value = strtod(text, end);
    memcpy(&bits, &value, 8);
  }
  return bits;
}

static bool read_floats(Assembler *assembler, FloatBits *bits_of, int argument, unsigned size) {
  do {
    skip_space(assembler);
    const char *at = assembler->cursor;
    char text[128];
    size_t length = read_float_text(assembler, text, sizeof text);
    if (!length)
      return asm_fail_here(assembler, "expected a floating-point number");
    char *end;
    uint64_t bits = bits_of(text, &end, argument);
    if (*end)
      return asm_fail(assembler, at, length, "not a floating-point number");
    assembler->cursor += length;
    if (!append_little(assembler, bits, size))
      return false;
  } while (accept_character(assembler, ','));
  return true;
}

bool directive_float(Assembler *assembler, int size) {
  return read_floats(assembler, float_bits, size, (unsigned)size);
}

// .float16 and .bfloat16; the argument is the bits of the fraction.
bool directive_half(Assembler *assembler, int fraction) {
  return read_floats(assembler, half_bits, fraction, 2);
}

// Strings that stand side by side without a comma are one string.
bool directive_string(Assembler *assembler, int terminated) {
  if (at_statement_end(assembler))
    return true;
  Text text = {0};
  bool good = true;
  do {
    text_clear(&text);
    do {
      good = read_string(assembler, &text);
      skip_space(assembler);
    } while (good && *assembler->cursor == '"');
    if (good && terminated)
      text_append_char(&text, '\0');
    good = good && append_bytes(assembler, text.data, text.count);
  } while (good && accept_character(assembler, ','));
  text_free(&text);
  return good;
}

bool read_count(Assembler *assembler, const char *what, uint64_t *count) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  int64_t value = 0;
  if (!read_absolute(assembler, &value))
    return false;
  if (value < 0)
    return asm_fail(assembler, at, (size_t)(assembler->cursor - at), "%s is negative (%" PRId64 ")", what,
                    value);
  *count = (uint64_t)value;
  return true;
}

bool directive_skip(Assembler *assembler, int argument) {
  (void)argument;
  uint64_t count = 0;
  int64_t fill = 0;
  if (!read_count(assembler, "the number of bytes", &count))
    return false;
  if (accept_character(assembler, ',') && !read_absolute(assembler, &fill))
    return false;
  return append_fill(assembler, count, (uint64_t)fill & 0xff, 1);
}

// .fill count[, size[, value]]: as in GNU as a pattern has 8 bytes at most, of which 4 come from the value.
bool directive_fill(Assembler *assembler, int argument) {
  (void)argument;
  uint64_t count = 0;
  uint64_t size = 1;
  int64_t value = 0;
  if (!read_count(assembler, "the number of copies", &count))
    return false;
  if (accept_character(assembler, ',')) {
    if (!read_count(assembler, "the size", &size))
      return false;
    if (accept_character(assembler, ',') && !read_absolute(assembler, &value))
      return false;
  }
  if (size > 8)
    size = 8;
  return !size || append_fill(assembler, count, (uint64_t)value & 0xffffffff, (unsigned)size);
}

bool directive_org(Assembler *assembler, int argument) {
  (void)argument;
  skip_space(assembler);
  const char *at = assembler->cursor;
  Value value = {0};
  int64_t fill = 0;
  if (!read_expression(assembler, &value))
    return false;
  if (accept_character(assembler, ',') && !read_absolute(assembler, &fill))
    return false;
  // A label of this section counts from the section's start.
  if (value.add && !value.subtract && value_resolve(assembler, &value)) {
    const AsmSymbol *symbol = symbol_at(assembler, value.add);
    if (symbol->state == SYMBOL_LABEL && symbol->section == assembler->position.current) {
      if (symbol->points)
        return asm_fail(assembler, at, token_length(at),
                        ".org cannot count from a label behind a branch or an "
                        "alignment");
      value.constant += (int64_t)symbol->offset;
      value.add = 0;
    }
  }
  if (value.add || value.subtract || value.constant < 0)
    return asm_fail(assembler, at, token_length(at), "expected an offset in this section that is known here");
  return append_org(assembler, (uint64_t)value.constant, (uint8_t)fill);
}

bool directive_align(Assembler *assembler, int argument) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  uint64_t alignment = 0;
  int64_t fill = 0;
  uint64_t most = UINT64_MAX;
  bool fill_given = false;
  if (!read_count(assembler, "the alignment", &alignment))
    return false;
  if (argument & ALIGN_LOGARITHM) {
    if (alignment > 31)
      return asm_fail(assembler, at, token_length(at), "expected an integer in the range [0, 31]");
    alignment = UINT64_C(1) << alignment;
  }
  if (!alignment)
    alignment = 1;
  if (alignment & (alignment - 1) || alignment > UINT64_C(1) << 31)
    return asm_fail(assembler, at, token_length(at), "alignment must be a power of two, at most 2^31");
  if (accept_character(assembler, ',')) {
    skip_space(assembler);
    if (*assembler->cursor != ',' && !at_statement_end(assembler)) {
      fill_given = true;
      if (!read_absolute(assembler, &fill))
        return false;
    }
    if (accept_character(assembler, ',') && !read_count(assembler, "the limit", &most))
      return false;
  }
  return append_alignment(assembler, alignment, fill_given, (uint64_t)fill,
                          (unsigned)(argument & ALIGN_FILL_BYTES), most);
}

bool directive_leb128(Assembler *assembler, int is_signed) {
  do {
    Value value = {0};
    skip_space(assembler);
    const char *at = assembler->cursor;
    if (!read_expression(assembler, &value))
      return false;
    bool known = !value.add && !value.subtract;
    if (known ? !(is_signed ? put_signed(assembler, value.constant)
                            : put_unsigned(assembler, (uint64_t)value.constant))
              : !append_leb128(assembler, value, is_signed, at))
      return false;
  } while (accept_character(assembler, ','));
  return true;
}
