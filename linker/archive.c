// Reads archives: their index tells which member defines which symbol, and resolve.c asks for the members it
// needs. The System V form, with GNU's long names and the 64-bit index.
#include "linker/internal.h"

#include <ar.h>

static const char thin_magic[SARMAG + 1] = "!<thin>\n";

bool link_is_archive(const uint8_t *data, size_t size) {
  return size >= SARMAG && (memcmp(data, ARMAG, SARMAG) == 0 || memcmp(data, thin_magic, SARMAG) == 0);
}

// An archive while it is read.
typedef struct Archive {
  const char *name;
  const char *data;
  size_t size;
  const char *long_names; // NULL until "//" was seen
  uint64_t long_names_size;
  const char *index; // NULL: it has none
  uint64_t index_size;
  unsigned index_word; // 4 or 8 bytes
  uint32_t first_member;
  bool thin; // members are files of their own, beside the archive
} Archive;

static bool bad_archive(Linker *linker, const Archive *archive, uint64_t offset, const char *what) {
  link_error(linker, archive->name, "corrupt archive: %s at offset %llu", what, (unsigned long long)offset);
  return false;
}

// A decimal number in a field padded with spaces.
static bool read_decimal(const char *field, size_t width, uint64_t *value) {
  size_t i = 0;
  for (*value = 0; i < width && field[i] >= '0' && field[i] <= '9'; i++)
    *value = *value * 10 + (uint64_t)(field[i] - '0');
  bool any = i > 0;
  while (i < width && field[i] == ' ')
    i++;
  return any && i == width;
}

// "name/" or "/123", an offset into the table of long names.
static bool member_name(Linker *linker, const Archive *archive, const struct ar_hdr *header, uint64_t at,
                        const char **name, const char **path) {
  const char *text = header->ar_name;
  size_t size = 0;
  if (text[0] == '/') {
    uint64_t offset;
    if (!read_decimal(text + 1, sizeof(header->ar_name) - 1, &offset) || offset >= archive->long_names_size)
      return bad_archive(linker, archive, at, "member name outside the table of names");
    text = archive->long_names + offset;
    while (offset + size < archive->long_names_size && text[size] != '\n' &&
           (archive->thin || text[size] != '/'))
      size++;
    if (archive->thin && size && text[size - 1] == '/') // ends the name; others are of its path
      size--;
  } else {
    while (size < sizeof(header->ar_name) && text[size] != '/')
      size++;
    while (size > 0 && text[size - 1] == ' ')
      size--;
  }
  *name = arena_format(&linker->arena, "%s(%.*s)", archive->name, (int)size, text);
  const char *slash = strrchr(archive->name, '/');
  bool beside = archive->thin && size && text[0] != '/' && slash;
  *path = arena_format(&linker->arena, "%.*s%.*s", beside ? (int)(slash + 1 - archive->name) : 0,
                       archive->name, (int)size, text);
  return true;
}

static bool take_member(Linker *linker, Archive *archive, const struct ar_hdr *header, uint64_t at,
                        uint64_t size) {
  const char *data = (const char *)(header + 1);
  if (memcmp(header->ar_name, "/ ", 2) == 0 || memcmp(header->ar_name, "/SYM64/ ", 8) == 0) {
    archive->index = data;
    archive->index_size = size;
    archive->index_word = header->ar_name[1] == 'S' ? 8 : 4;
    return true;
  }
  if (memcmp(header->ar_name, "// ", 3) == 0) {
    archive->long_names = data;
    archive->long_names_size = size;
    return true;
  }
  ArchiveMember member = {
      .data = (const uint8_t *)data, .size = size, .archive = archive->name, .header = at};
  const char *path;
  if (!member_name(linker, archive, header, at, &member.name, &path))
    return false;
  if (archive->thin) {
    member.path = path;
    member.data = NULL;
    member.size = 0;
  }
  VEC_PUSH(&linker->members, member);
  return true;
}

// The index and the table of names are in the archive even when it is thin.
static bool is_table(const struct ar_hdr *header) {
  return memcmp(header->ar_name, "/ ", 2) == 0 || memcmp(header->ar_name, "/SYM64/ ", 8) == 0 ||
         memcmp(header->ar_name, "// ", 3) == 0;
}

static bool read_members(Linker *linker, Archive *archive) {
  for (uint64_t at = SARMAG; at < archive->size;) {
    if (archive->size - at < sizeof(struct ar_hdr))
      return bad_archive(linker, archive, at, "truncated member header");
    const struct ar_hdr *header = (const struct ar_hdr *)(archive->data + at);
    uint64_t size;
    if (memcmp(header->ar_fmag, ARFMAG, sizeof(header->ar_fmag)) != 0 ||
        !read_decimal(header->ar_size, sizeof(header->ar_size), &size))
      return bad_archive(linker, archive, at, "no member header");
    bool inside = !archive->thin || is_table(header);
    if (inside && size > archive->size - at - sizeof(struct ar_hdr))
      return bad_archive(linker, archive, at, "member larger than the archive");
    if (!take_member(linker, archive, header, at, size))
      return false;
    at += sizeof(struct ar_hdr) + (inside ? size + size % 2 : 0);
  }
  return true;
}

static uint64_t big_endian(const char *bytes, unsigned size) {
  uint64_t value = 0;
  for (unsigned i = 0; i < size; i++)
    value = value << 8 | (uint8_t)bytes[i];
  return value;
}

// The member whose header is at an offset; members are in the order of their offsets.
static uint32_t member_at(const Linker *linker, const Archive *archive, uint64_t offset) {
  size_t low = archive->first_member;
  size_t high = linker->members.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (linker->members.data[middle].header < offset)
      low = middle + 1;
    else
      high = middle;
  }
  bool found = low < linker->members.count && linker->members.data[low].header == offset;
  return found ? (uint32_t)low : NONE;
}

// The index: a count, as many offsets of member headers, as many NUL-terminated symbol names.
static bool read_index(Linker *linker, const Archive *archive) {
  unsigned word = archive->index_word;
  const char *end = archive->index + archive->index_size;
  uint64_t at = (uint64_t)(archive->index - archive->data);
  if (archive->index_size < word)
    return bad_archive(linker, archive, at, "truncated symbol index");
  uint64_t count = big_endian(archive->index, word);
  if (count > (archive->index_size - word) / word)
    return bad_archive(linker, archive, at, "truncated symbol index");
  const char *name = archive->index + word + count * word;
  for (uint64_t i = 0; i < count; i++) {
    const char *terminator = memchr(name, 0, (size_t)(end - name));
    if (!terminator)
      return bad_archive(linker, archive, at, "truncated symbol index");
    uint32_t member = member_at(linker, archive, big_endian(archive->index + word * (i + 1), word));
    if (member == NONE)
      return bad_archive(linker, archive, at, "symbol index that names no member");
    link_offer_lazy(linker, link_symbol_named(linker, name, (size_t)(terminator - name)), member);
    name = terminator + 1;
  }
  return true;
}

// Without an index the members' own symbol tables say what they define.
static bool index_members(Linker *linker, const Archive *archive) {
  for (uint32_t i = archive->first_member; i < linker->members.count; i++) {
    ArchiveMember *member = &linker->members.data[i];
    InputFile file;
    if (!link_load_member(linker, member) ||
        !link_read_symbols_only(linker, member->name, member->data, member->size, &file))
      return false;
    for (uint32_t symbol = file.first_global; symbol < file.symbol_count; symbol++) {
      const char *name = link_symbol_name(&file, symbol);
      uint32_t section = file.symbols[symbol].st_shndx;
      if (name && section != SHN_UNDEF && section != SHN_COMMON)
        link_offer_lazy(linker, link_symbol_named(linker, name, strlen(name)), i);
    }
  }
  return true;
}

// Reads the file that a member of a thin archive is.
bool link_load_member(Linker *linker, ArchiveMember *member) {
  if (!member->path || member->data)
    return true;
  LinkerInput input;
  const LinkerLoader *loader = linker->options->loader;
  if (!loader->load(loader->context, member->path, &input))
    return false;
  member->data = input.data;
  member->size = input.size;
  return true;
}

bool link_read_archive(Linker *linker, const LinkerInput *input) {
  Archive archive = {.name = input->name,
                     .data = input->data,
                     .size = input->size,
                     .first_member = (uint32_t)linker->members.count};
  archive.thin = memcmp(archive.data, thin_magic, SARMAG) == 0;
  if (archive.thin && !linker->options->loader) {
    link_error(linker, input->name, "a thin archive, whose members cannot be read from here");
    return false;
  }
  if (!read_members(linker, &archive))
    return false;
  return archive.index ? read_index(linker, &archive) : index_members(linker, &archive);
}
