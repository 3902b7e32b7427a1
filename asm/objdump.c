// kiln-objdump as a library: an object or the members of an archive, one after the other, and where the text
// goes.
#include "asm/objdump_internal.h"

#include <stdlib.h>

enum { DRAIN_AT = 1 << 16 }; // bytes of text that are kept before they are written

static bool drain_all(ObjdumpOutput *output) {
  if (output->write && output->text.count) {
    output->failed = output->failed || !output->write(output->context, output->text.data, output->text.count);
    text_clear(&output->text);
  }
  return !output->failed;
}

void dump_drain(ObjdumpOutput *output) {
  if (output->text.count >= DRAIN_AT)
    drain_all(output);
}

bool objdump_finish(ObjdumpOutput *output) {
  bool good = drain_all(output);
  text_free(&output->text);
  return good;
}

// The eight digits of a number, all at once: a nibble to a byte, then to its letter.
static void hexadecimal(char *to, uint32_t number) {
  uint64_t nibbles = number;
  nibbles = (nibbles | nibbles << 16) & UINT64_C(0x0000ffff0000ffff);
  nibbles = (nibbles | nibbles << 8) & UINT64_C(0x00ff00ff00ff00ff);
  nibbles = (nibbles | nibbles << 4) & UINT64_C(0x0f0f0f0f0f0f0f0f);
  uint64_t letters = (nibbles + UINT64_C(0x0606060606060606)) >> 4 & UINT64_C(0x0101010101010101);
  uint64_t text = nibbles + UINT64_C(0x3030303030303030) + letters * ('a' - '0' - 10);
  text = __builtin_bswap64(text); // the first digit first
  memcpy(to, &text, sizeof text);
}

char *dump_put_hex(char *to, uint32_t number, unsigned digits) {
  hexadecimal(to, number << 4 * (8 - digits));
  return to + digits;
}

static unsigned count_digits(uint64_t number) {
  return number ? (67U - (unsigned)__builtin_clzll(number)) / 4 : 1;
}

char *dump_put_address(char *to, uint64_t address) {
  enum { WIDTH = 8 };
  unsigned digits = count_digits(address);
  if (digits > WIDTH)
    to = dump_put_hex(to, (uint32_t)(address >> 32), digits - WIDTH);
  hexadecimal(to, (uint32_t)address);
  for (unsigned i = digits; i < WIDTH; i++)
    to[i - digits] = ' ';
  return to + WIDTH;
}

void dump_write_number(Text *out, uint64_t number) {
  char text[32] = "0x";
  unsigned digits = count_digits(number);
  char *to = text + 2;
  if (digits > 8) {
    to = dump_put_hex(to, (uint32_t)(number >> 32), digits - 8);
    digits = 8;
  }
  to = dump_put_hex(to, (uint32_t)number, digits);
  text_append(out, text, (size_t)(to - text));
}

bool dump_wanted(const ObjdumpNames *names, const char *name) {
  for (size_t i = 0; i < names->count; i++)
    if (strcmp(names->data[i], name) == 0)
      return true;
  return names->count == 0;
}

static void check_sections(const DumpFile *file, const ObjdumpOptions *options) {
  for (size_t i = 0; i < options->sections.count; i++) {
    bool found = false;
    for (uint32_t j = 1; j < file->section_count && !found; j++)
      found = strcmp(file->sections[j].name, options->sections.data[i]) == 0;
    if (!found)
      diagnose(file->diagnostics, DIAGNOSTIC_WARNING, place_named(file->name), "no section '%s'",
               options->sections.data[i]);
  }
}

// One run over a file.
typedef struct Run {
  ObjdumpOutput *output;
  const ObjdumpOptions *options;
  bool *found; // for each of options->functions
  Diagnostics *diagnostics;
} Run;

static void find_functions(const Run *run, const DumpFile *file) {
  for (size_t i = 0; i < run->options->functions.count; i++)
    for (uint32_t j = 0; j < file->label_count && !run->found[i]; j++)
      run->found[i] = strcmp(dump_label_name(file, j), run->options->functions.data[i]) == 0;
}

static bool check_functions(const Run *run, const char *name) {
  bool good = true;
  for (size_t i = 0; i < run->options->functions.count; i++) {
    if (run->found[i])
      continue;
    diagnose(run->diagnostics, DIAGNOSTIC_ERROR, place_named(name), "no symbol '%s' to disassemble",
             run->options->functions.data[i]);
    good = false;
  }
  return good;
}

static bool write_object(const Run *run, const DumpMember *object, bool member) {
  DumpFile file;
  bool good = dump_read(&file, object->name, object->data, object->size, run->diagnostics);
  if (good) {
    check_sections(&file, run->options);
    find_functions(run, &file);
    if (!member)
      good = check_functions(run, object->name);
  }
  if (good) {
    text_format(&run->output->text, "\n%s:\tfile format elf64-littleriscv\n", object->name);
    if (member && run->options->archive_headers)
      text_format(&run->output->text, "%s\n", object->line);
    dump_tables(&file, run->options, run->output);
    if (run->options->disassemble)
      dump_code(&file, run->options, run->output);
  }
  dump_free(&file);
  return good;
}

static bool write_archive(const Run *run, DumpArchive *archive) {
  DumpMember member;
  bool good = true;
  while (dump_next_member(archive, &member) && !run->output->failed)
    good &= write_object(run, &member, true);
  arena_free(&archive->arena);
  return good && !archive->damaged && check_functions(run, archive->name);
}

bool objdump_write(ObjdumpOutput *output, const char *name, const void *data, size_t size,
                   const ObjdumpOptions *options, Diagnostics *diagnostics) {
  size_t count = options->functions.count;
  Run run = {output, options, checked_malloc(count + 1), diagnostics};
  memset(run.found, 0, count + 1);
  bool good;
  if (dump_is_archive(data, size)) {
    DumpArchive archive = {.name = name, .data = data, .size = size, .diagnostics = diagnostics};
    good = write_archive(&run, &archive);
  } else {
    DumpMember object = {.name = name, .data = data, .size = size};
    good = write_object(&run, &object, false);
  }
  free(run.found);
  return good;
}
