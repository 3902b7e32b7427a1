// Archives of ar: the members one after the other. The System V form, with GNU's long names.
#include "asm/objdump_internal.h"

#include <ar.h>
#include <stdlib.h>
#include <time.h>

#define THIN_MAGIC "!<thin>\n"

bool dump_is_archive(const void *data, size_t size) {
  return size >= SARMAG && (memcmp(data, ARMAG, SARMAG) == 0 || memcmp(data, THIN_MAGIC, SARMAG) == 0);
}

static bool damaged(DumpArchive *archive, const char *what) {
  diagnose(archive->diagnostics, DIAGNOSTIC_ERROR, place_named(archive->name),
           "%s at offset 0x%zx of the archive", what, archive->offset);
  archive->damaged = true;
  return false;
}

// A number in a field padded with spaces. False for anything else in it.
static bool read_number(const char *field, size_t width, unsigned base, uint64_t *number) {
  *number = 0;
  size_t i = 0;
  for (; i < width && field[i] >= '0' && (unsigned)(field[i] - '0') < base; i++)
    *number = *number * base + (unsigned)(field[i] - '0');
  for (size_t j = i; j < width; j++)
    if (field[j] != ' ')
      return false;
  return true;
}

static const char *member_name(DumpArchive *archive, const struct ar_hdr *header) {
  const char *name = header->ar_name;
  size_t size = sizeof header->ar_name;
  uint64_t offset;
  if (name[0] == '/' && name[1] >= '0' && name[1] <= '9') {
    if (!read_number(name + 1, size - 1, 10, &offset) || offset >= archive->long_names_size)
      return NULL;
    name = archive->long_names + offset;
    size = archive->long_names_size - offset;
    const char *end = memchr(name, '\n', size);
    size = end ? (size_t)(end - name) : size;
  }
  while (size && (name[size - 1] == ' ' || name[size - 1] == '/'))
    size--;
  char *copy = arena_copy_text(&archive->arena, name, size);
  for (char *c = copy; *c; c++) // what is not printable would confuse a terminal
    if ((unsigned char)*c < ' ' || *c == 0x7f)
      *c = '?';
  return copy;
}

// What ls would say: "rw-r--r-- 0/0   7464 Thu Jan  1 00:00:00 1970 t.o".
static const char *member_line(DumpArchive *archive, const struct ar_hdr *header, uint64_t size,
                               const char *name) {
  uint64_t date;
  uint64_t user;
  uint64_t group;
  uint64_t mode;
  if (!read_number(header->ar_date, sizeof header->ar_date, 10, &date) ||
      !read_number(header->ar_uid, sizeof header->ar_uid, 10, &user) ||
      !read_number(header->ar_gid, sizeof header->ar_gid, 10, &group) ||
      !read_number(header->ar_mode, sizeof header->ar_mode, 8, &mode))
    return NULL;
  char letters[10];
  for (unsigned i = 0; i < 9; i++)
    letters[i] = mode >> (8 - i) & 1 ? "rwx"[i % 3] : '-';
  letters[9] = '\0';
  time_t seconds = (time_t)date;
  struct tm when;
  char date_text[40] = "?";
  if (gmtime_r(&seconds, &when))
    strftime(date_text, sizeof date_text, "%a %b %e %H:%M:%S %Y", &when);
  return arena_format(&archive->arena, "%s %llu/%llu %6llu %s %s", letters, (unsigned long long)user,
                      (unsigned long long)group, (unsigned long long)size, date_text, name);
}

bool dump_next_member(DumpArchive *archive, DumpMember *member) {
  if (memcmp(archive->data, THIN_MAGIC, SARMAG) == 0)
    return damaged(archive, "a thin archive, whose members are elsewhere, is not supported:");
  if (!archive->offset)
    archive->offset = SARMAG;
  while (archive->offset < archive->size) {
    struct ar_hdr header;
    if (archive->size - archive->offset < sizeof header)
      return damaged(archive, "a truncated member header");
    memcpy(&header, archive->data + archive->offset, sizeof header);
    uint64_t size;
    if (memcmp(header.ar_fmag, ARFMAG, 2) != 0 ||
        !read_number(header.ar_size, sizeof header.ar_size, 10, &size))
      return damaged(archive, "a damaged member header");
    const uint8_t *data = archive->data + archive->offset + sizeof header;
    if (size > archive->size - archive->offset - sizeof header)
      return damaged(archive, "a member that goes beyond the end,");
    bool long_names = memcmp(header.ar_name, "// ", 3) == 0;
    bool index = memcmp(header.ar_name, "/ ", 2) == 0 || memcmp(header.ar_name, "/SYM64/ ", 8) == 0;
    const char *name = long_names || index ? "" : member_name(archive, &header);
    const char *line = name && *name ? member_line(archive, &header, size, name) : "";
    if (!name || !line)
      return damaged(archive, "a damaged member header");
    archive->offset += sizeof header + size;
    archive->offset += archive->offset % 2;
    if (long_names) {
      archive->long_names = (const char *)data;
      archive->long_names_size = size;
    }
    if (long_names || index)
      continue;
    *member = (DumpMember){arena_format(&archive->arena, "%s(%s)", archive->name, name), line, data, size};
    return true;
  }
  return false;
}
