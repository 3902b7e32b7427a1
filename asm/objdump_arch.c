// Which extensions an object's instructions are from: its .riscv.attributes (RISC-V psABI, "Attributes"), its
// mapping symbols ("$xrv64gcv", psABI, "Mapping Symbol") and the command line.
#include "asm/objdump_internal.h"

enum { SHT_ATTRIBUTES = 0x70000003, TAG_FILE = 1, TAG_ARCH = 5 };

typedef struct Reader {
  const uint8_t *next;
  const uint8_t *end;
} Reader;

static bool read_uleb(Reader *reader, uint64_t *value) {
  *value = 0;
  for (unsigned shift = 0; reader->next < reader->end && shift < 64; shift += 7) {
    uint8_t byte = *reader->next++;
    *value |= (uint64_t)(byte & 0x7f) << shift;
    if (!(byte & 0x80))
      return true;
  }
  return false;
}

static const char *read_string(Reader *reader) {
  const uint8_t *end = memchr(reader->next, 0, (size_t)(reader->end - reader->next));
  if (!end)
    return NULL;
  const char *text = (const char *)reader->next;
  reader->next = end + 1;
  return text;
}

// A part that begins with its own length, four bytes that count; what is behind it is left in `reader`.
static bool read_part(Reader *reader, size_t before, Reader *part) {
  uint32_t size;
  if ((size_t)(reader->end - reader->next) < before + sizeof size)
    return false;
  memcpy(&size, reader->next + before, sizeof size);
  if (size < before + sizeof size || size > (size_t)(reader->end - reader->next))
    return false;
  *part = (Reader){reader->next + before + sizeof size, reader->next + size};
  reader->next += size;
  return true;
}

// The arch string among the attributes of the file; NULL: there is none.
static const char *find_arch(Reader file) {
  uint64_t tag;
  while (file.next < file.end && read_uleb(&file, &tag)) {
    uint64_t number;
    const char *text = NULL;
    // Attributes with odd numbers are strings.
    if (tag % 2 ? !(text = read_string(&file)) : !read_uleb(&file, &number))
      return NULL;
    if (tag == TAG_ARCH)
      return text;
  }
  return NULL;
}

static const char *attribute_arch(const DumpSection *section) {
  if (!section->data || !section->size || section->data[0] != 'A')
    return NULL;
  Reader reader = {section->data + 1, section->data + section->size};
  Reader vendor;
  while (read_part(&reader, 0, &vendor)) {
    const char *name = read_string(&vendor);
    Reader part;
    while (name && strcmp(name, "riscv") == 0 && vendor.next < vendor.end) {
      uint8_t tag = *vendor.next;
      if (!read_part(&vendor, 1, &part))
        break;
      const char *arch = tag == TAG_FILE ? find_arch(part) : NULL;
      if (arch)
        return arch;
    }
  }
  return NULL;
}

static IsaExtensions change(IsaExtensions set, const ObjdumpOptions *options) {
  return isa_add_implied(set | options->added) & ~options->removed;
}

IsaExtensions dump_extensions(const DumpFile *file, const ObjdumpOptions *options) {
  if (options->fixed_extensions)
    return change(options->extensions, options);
  for (uint32_t i = 1; i < file->section_count; i++) {
    const char *arch = file->sections[i].type == SHT_ATTRIBUTES ? attribute_arch(&file->sections[i]) : NULL;
    IsaExtensions set;
    if (arch && isa_arch_known(&set, arch))
      return change(set, options);
  }
  return change(ISA_ALL_EXTENSIONS, options);
}

bool dump_mapping_extensions(const char *name, const ObjdumpOptions *options, IsaExtensions *set) {
  if (options->fixed_extensions || strncmp(name, "$xrv", 4) != 0 || !isa_arch_known(set, name + 2))
    return false;
  *set = change(*set, options);
  return true;
}
