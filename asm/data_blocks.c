// Data in blocks, in text encodings, and at offsets from a thread's block: .dcb, .ds, .base64, .dtprelword.
#include "asm/directive.h"

#include <elf.h>
#include <string.h>

// .dcb.b count, value
bool directive_dcb(Assembler *assembler, int size) {
  uint64_t count = 0;
  int64_t value = 0;
  return read_count(assembler, "the number of copies", &count) && expect_character(assembler, ',') &&
         read_absolute(assembler, &value) && append_fill(assembler, count, (uint64_t)value, (unsigned)size);
}

// .ds.b count
bool directive_ds(Assembler *assembler, int size) {
  uint64_t count = 0;
  uint64_t bytes;
  if (!read_count(assembler, "the number of copies", &count))
    return false;
  if (__builtin_mul_overflow(count, (uint64_t)size, &bytes))
    bytes = UINT64_MAX;
  return append_fill(assembler, bytes, 0, 1);
}

static int base64_digit(char c) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *found = c ? strchr(digits, c) : NULL;
  return found ? (int)(found - digits) : -1;
}

// Appends what a text in base 64 (RFC 4648, section 4) stands for. False: it is none.
static bool decode_base64(const Text *text, Text *out) {
  size_t count = text->count;
  size_t padding = 0;
  while (padding < 2 && count && text->data[count - 1] == '=') {
    count--;
    padding++;
  }
  if (!text->count || text->count % 4)
    return false;
  uint32_t bits = 0;
  unsigned held = 0; // bits that have not become a byte yet
  for (size_t i = 0; i < count; i++) {
    int digit = base64_digit(text->data[i]);
    if (digit < 0)
      return false;
    bits = bits << 6 | (uint32_t)digit;
    held += 6;
    if (held < 8)
      continue;
    held -= 8;
    text_append_char(out, (char)(bits >> held & 0xff));
  }
  return true;
}

// .base64 "text"[, ...]
bool directive_base64(Assembler *assembler, int argument) {
  (void)argument;
  do {
    skip_space(assembler);
    const char *at = assembler->cursor;
    Text text = {0};
    Text bytes = {0};
    bool good = read_string(assembler, &text);
    if (good && !decode_base64(&text, &bytes))
      good = asm_fail(assembler, at, (size_t)(assembler->cursor - at), "this is no text in base 64");
    good = good && append_bytes(assembler, text_string(&bytes), bytes.count);
    text_free(&text);
    text_free(&bytes);
    if (!good)
      return false;
  } while (accept_character(assembler, ','));
  return true;
}

// .dtprelword symbol[+n]: the offset of a thread-local variable in its module's block, as debugging
// information wants it.
bool directive_dtprel(Assembler *assembler, int size) {
  do {
    skip_space(assembler);
    const char *at = assembler->cursor;
    Value value = {0};
    if (!read_expression(assembler, &value))
      return false;
    if (!value.add || value.subtract)
      return asm_fail(assembler, at, (size_t)(assembler->cursor - at), "expected a thread-local symbol");
    if (current_section(assembler)->type == SHT_NOBITS)
      return asm_fail(assembler, at, token_length(at),
                      "a section without contents in the file (nobits) cannot hold addresses");
    unsigned relocation = size == 4 ? RELOCATION_R_RISCV_TLS_DTPREL32 : RELOCATION_R_RISCV_TLS_DTPREL64;
    add_fixup(assembler, FIXUP_MARK, 0, relocation, current_section(assembler)->size, value, at);
    if (!append_little(assembler, 0, (unsigned)size))
      return false;
  } while (accept_character(assembler, ','));
  return true;
}
