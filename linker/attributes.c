// What the inputs say about the machine they were built for, and what the output says: .riscv.attributes,
// e_flags and the machine note. Inputs that cannot work together are refused by the names of both files.
#include "linker/internal.h"

// Tags of the "riscv" vendor subsection: RISC-V ELF psABI, "Attributes". Odd tags hold a string, even ones a
// number.
enum { TAG_FILE = 1, TAG_STACK_ALIGN = 4, TAG_ARCH = 5, TAG_UNALIGNED_ACCESS = 6 };

static const char vendor[] = "riscv";

// Bytes being read; `at` never passes `end`.
typedef struct Reader {
  const uint8_t *at;
  const uint8_t *end;
} Reader;

static bool read_word(Reader *reader, uint32_t *value) {
  if (reader->end - reader->at < 4)
    return false;
  memcpy(value, reader->at, 4);
  reader->at += 4;
  return true;
}

static bool read_uleb128(Reader *reader, uint64_t *value) {
  *value = 0;
  for (unsigned shift = 0; reader->at < reader->end && shift < 64; shift += 7) {
    uint8_t byte = *reader->at++;
    *value |= (uint64_t)(byte & 0x7f) << shift;
    if (!(byte & 0x80))
      return true;
  }
  return false;
}

static bool read_string(Reader *reader, const char **string) {
  const uint8_t *end = memchr(reader->at, 0, (size_t)(reader->end - reader->at));
  if (!end)
    return false;
  *string = (const char *)reader->at;
  reader->at = end + 1;
  return true;
}

static bool read_file_attributes(InputFile *file, Reader reader) {
  while (reader.at < reader.end) {
    uint64_t tag;
    uint64_t number = 0;
    const char *string = NULL;
    if (!read_uleb128(&reader, &tag) ||
        !(tag % 2 ? read_string(&reader, &string) : read_uleb128(&reader, &number)))
      return false;
    if (tag == TAG_STACK_ALIGN)
      file->stack_align = number;
    if (tag == TAG_ARCH)
      file->arch = string;
    if (tag == TAG_UNALIGNED_ACCESS)
      file->unaligned_access = number != 0;
  }
  return true;
}

static bool read_vendor_section(InputFile *file, Reader reader) {
  const char *name;
  if (!read_string(&reader, &name))
    return false;
  if (strcmp(name, vendor) != 0)
    return true;
  while (reader.at < reader.end) {
    const uint8_t *start = reader.at;
    uint64_t tag;
    uint32_t size;
    if (!read_uleb128(&reader, &tag) || !read_word(&reader, &size))
      return false;
    if (size < (uint64_t)(reader.at - start) || size > (uint64_t)(reader.end - start))
      return false;
    Reader part = {reader.at, start + size};
    if (tag == TAG_FILE && !read_file_attributes(file, part))
      return false;
    reader.at = start + size;
  }
  return true;
}

static bool parse_attributes(InputFile *file, Reader reader) {
  if (reader.at == reader.end || *reader.at != 'A')
    return false;
  reader.at++;
  while (reader.at < reader.end) {
    const uint8_t *start = reader.at;
    uint32_t size;
    if (!read_word(&reader, &size) || size < 4 || size > (uint64_t)(reader.end - start))
      return false;
    Reader part = {reader.at, start + size};
    if (!read_vendor_section(file, part))
      return false;
    reader.at = start + size;
  }
  return true;
}

bool link_read_attributes(Linker *linker, InputFile *file, const InputSection *section) {
  Reader reader = {section->data, section->data + section->size};
  if (parse_attributes(file, reader))
    return true;
  link_error(linker, file->name, "section %s is corrupt", section->name);
  return false;
}

static uint64_t note_padded(uint64_t size) {
  return (size + 3) & ~UINT64_C(3);
}

bool link_read_notes(Linker *linker, InputFile *file, const InputSection *section) {
  const uint8_t *at = section->data;
  uint64_t left = section->size;
  while (left >= sizeof(Elf64_Nhdr)) {
    Elf64_Nhdr header;
    memcpy(&header, at, sizeof(header));
    uint64_t name = note_padded(header.n_namesz);
    uint64_t size = sizeof(header) + name + note_padded(header.n_descsz);
    if (size > left)
      break;
    const char *owner = (const char *)at + sizeof(header);
    const uint8_t *description = at + sizeof(header) + name;
    if (header.n_namesz == sizeof(MACHINE_NOTE_OWNER) &&
        memcmp(owner, MACHINE_NOTE_OWNER, sizeof(MACHINE_NOTE_OWNER)) == 0 &&
        header.n_type == MACHINE_NOTE_TYPE) {
      if (header.n_descsz < 5 || description[header.n_descsz - 1] != 0)
        break;
      memcpy(&file->fingerprint, description, 4);
      file->machine = (const char *)description + 4;
    }
    at += size;
    left -= size;
  }
  if (left == 0)
    return true;
  link_error(linker, file->name, "section %s is corrupt", section->name);
  return false;
}

static const InputFile *first_with_machine(const Linker *linker) {
  for (size_t i = 0; i < linker->files.count; i++)
    if (linker->files.data[i].machine)
      return &linker->files.data[i];
  return NULL;
}

// The machine that the inputs name, when it is one that is built in and has not changed since.
static bool take_machine_of(Linker *linker, const InputFile *file) {
  for (size_t i = 0; machine_builtin_name(i); i++)
    if (strcmp(machine_builtin_name(i), file->machine) == 0)
      return machine_find(&linker->machine, file->machine, linker->diagnostics);
  link_error(linker, file->name,
             "built for machine '%s', which is not built in; give its description with --machine=FILE",
             file->machine);
  return false;
}

bool link_choose_machine(Linker *linker) {
  const InputFile *first = first_with_machine(linker);
  if (linker->options->machine)
    linker->machine = *linker->options->machine;
  else if (first ? !take_machine_of(linker, first)
                 : !machine_find(&linker->machine, machine_builtin_name(0), linker->diagnostics))
    return false;
  uint32_t fingerprint = machine_fingerprint(&linker->machine);
  for (size_t i = 0; i < linker->files.count; i++) {
    const InputFile *file = &linker->files.data[i];
    if (!file->machine || file->fingerprint == fingerprint)
      continue;
    if (file->fingerprint != first->fingerprint) {
      link_error(linker, file->name, "built for machine '%s', but %s was built for '%s'", file->machine,
                 first->name, first->machine);
      return false;
    }
    link_error(linker, file->name,
               strcmp(file->machine, linker->machine.name) == 0
                   ? "built for another description of machine '%s' than the one linked for ('%s')"
                   : "built for machine '%s', but the link is for '%s'",
               file->machine, linker->machine.name);
    return false;
  }
  return true;
}

static bool has_code(const Linker *linker, const InputFile *file) {
  for (uint32_t i = 0; i < file->section_count; i++) {
    const InputSection *section = &linker->sections.data[file->first_section + i];
    if ((section->flags & SHF_EXECINSTR) && section->size)
      return true;
  }
  return false;
}

static const char *float_abi_name(uint32_t flags) {
  switch (flags & EF_RISCV_FLOAT_ABI) {
  case EF_RISCV_FLOAT_ABI_SOFT:
    return "soft-float";
  case EF_RISCV_FLOAT_ABI_SINGLE:
    return "single-float";
  case EF_RISCV_FLOAT_ABI_DOUBLE:
    return "double-float";
  default:
    return "quad-float";
  }
}

// e_flags: the float ABI must agree among files with code, the other bits say what is used.
static bool merge_flags(Linker *linker) {
  const InputFile *first = NULL;
  for (size_t i = 1; i < linker->files.count; i++) {
    const InputFile *file = &linker->files.data[i];
    if (!has_code(linker, file))
      continue;
    if (first && (file->flags & EF_RISCV_FLOAT_ABI) != (first->flags & EF_RISCV_FLOAT_ABI)) {
      link_error(linker, file->name, "uses the %s ABI, but %s uses the %s ABI", float_abi_name(file->flags),
                 first->name, float_abi_name(first->flags));
      return false;
    }
    first = first ? first : file;
    linker->flags |= file->flags;
  }
  if (!first && linker->files.count > 1)
    linker->flags = linker->files.data[1].flags;
  return true;
}

// One extension of an arch string. Unknown ones are carried through, so names stay texts here.
typedef struct ArchPart {
  const char *name;
  size_t size;
  unsigned long major;
  unsigned long minor;
} ArchPart;

typedef VEC(ArchPart) ArchParts;

static void add_part(ArchParts *parts, ArchPart part) {
  for (size_t i = 0; i < parts->count; i++) {
    ArchPart *old = &parts->data[i];
    if (old->size != part.size || memcmp(old->name, part.name, part.size) != 0)
      continue;
    if (part.major > old->major || (part.major == old->major && part.minor > old->minor))
      *old = part;
    return;
  }
  VEC_PUSH(parts, part);
}

static size_t count_digits(const char *text, size_t size) {
  size_t count = 0;
  while (count < size && text[count] >= '0' && text[count] <= '9')
    count++;
  return count;
}

// Splits "zba1p0" into name and version. The version is at the end, since names have digits too.
static ArchPart split_version(const char *text, size_t size) {
  ArchPart part = {text, size, 0, 0};
  size_t minor = size;
  while (minor > 0 && text[minor - 1] >= '0' && text[minor - 1] <= '9')
    minor--;
  if (minor == size || minor == 0 || text[minor - 1] != 'p')
    return part;
  size_t major = minor - 1;
  while (major > 0 && text[major - 1] >= '0' && text[major - 1] <= '9')
    major--;
  if (major == minor - 1 || major == 0)
    return part;
  part.size = major;
  part.major = strtoul(text + major, NULL, 10);
  part.minor = strtoul(text + minor, NULL, 10);
  return part;
}

// A single-letter extension may be followed by the next without "_": "rv64i2p1m2p0" or "rv64imac".
static size_t single_letter_size(const char *text, size_t size) {
  size_t major = count_digits(text + 1, size - 1);
  if (!major || 1 + major >= size || text[1 + major] != 'p')
    return 1 + major;
  return 2 + major + count_digits(text + 2 + major, size - 2 - major);
}

static bool add_arch(Linker *linker, ArchParts *parts, const InputFile *file) {
  const char *text = file->arch;
  if (strncmp(text, "rv64", 4) != 0) {
    link_error(linker, file->name, "built for '%s', which is not a 64-bit RISC-V architecture", text);
    return false;
  }
  for (text += 4; *text;) {
    size_t size = strcspn(text, "_");
    bool multiple = *text == 'z' || *text == 's' || *text == 'x';
    if (size && !multiple)
      size = single_letter_size(text, size);
    if (size)
      add_part(parts, split_version(text, size));
    text += size;
    text += *text == '_';
  }
  return true;
}

// The canonical order: single letters in the order of the manual, then z* by the category of their second
// letter, s*, x*; within each by name.
static int letter_rank(char letter) {
  static const char order[] = "iemafdqlcbkjtpvnh";
  const char *found = letter ? strchr(order, letter) : NULL;
  return found ? (int)(found - order) : (int)sizeof(order) + (unsigned char)letter;
}

static int part_rank(const ArchPart *part) {
  if (part->size == 1)
    return letter_rank(part->name[0]);
  if (part->name[0] == 'z')
    return 1000 + letter_rank(part->name[1]);
  return part->name[0] == 's' ? 2000 : 3000;
}

static int compare_parts(const void *a, const void *b) {
  const ArchPart *first = a;
  const ArchPart *second = b;
  int difference = part_rank(first) - part_rank(second);
  if (difference)
    return difference;
  size_t shorter = first->size < second->size ? first->size : second->size;
  difference = memcmp(first->name, second->name, shorter);
  return difference ? difference : (first->size > second->size) - (first->size < second->size);
}

static void format_arch(ArchParts *parts, Text *out) {
  if (parts->count)
    qsort(parts->data, parts->count, sizeof(ArchPart), compare_parts);
  text_append_string(out, "rv64");
  for (size_t i = 0; i < parts->count; i++) {
    const ArchPart *part = &parts->data[i];
    text_format(out, "%s%.*s%lup%lu", i ? "_" : "", (int)part->size, part->name, part->major, part->minor);
  }
}

static void append_word(Text *text, uint32_t value) {
  char bytes[4];
  memcpy(bytes, &value, 4);
  text_append(text, bytes, 4);
}

static void append_uleb128(Text *text, uint64_t value) {
  for (; value >= 0x80; value >>= 7)
    text_append_char(text, (char)(value | 0x80));
  text_append_char(text, (char)value);
}

static void write_attributes(Linker *linker, ArchParts *parts, uint64_t stack_align, bool unaligned) {
  Text body = {0};
  if (stack_align) {
    append_uleb128(&body, TAG_STACK_ALIGN);
    append_uleb128(&body, stack_align);
  }
  append_uleb128(&body, TAG_ARCH);
  format_arch(parts, &body);
  text_append_char(&body, '\0');
  if (unaligned) {
    append_uleb128(&body, TAG_UNALIGNED_ACCESS);
    append_uleb128(&body, 1);
  }
  Text *out = &linker->attributes;
  uint32_t inner = (uint32_t)body.count + 5;
  text_append_char(out, 'A');
  append_word(out, inner + 4 + sizeof(vendor));
  text_append(out, vendor, sizeof(vendor));
  append_uleb128(out, TAG_FILE);
  append_word(out, inner);
  text_append(out, body.data, body.count);
  text_free(&body);
}

static void write_note(Linker *linker) {
  const char *name = linker->machine.name;
  Elf64_Nhdr header = {sizeof(MACHINE_NOTE_OWNER), (Elf64_Word)(4 + strlen(name) + 1), MACHINE_NOTE_TYPE};
  Text *note = &linker->note;
  text_append(note, (const char *)&header, sizeof(header));
  text_append(note, MACHINE_NOTE_OWNER, sizeof(MACHINE_NOTE_OWNER));
  while (note->count % 4)
    text_append_char(note, '\0');
  append_word(note, machine_fingerprint(&linker->machine));
  text_append(note, name, strlen(name) + 1);
  while (note->count % 4)
    text_append_char(note, '\0');
}

bool link_merge_attributes(Linker *linker) {
  write_note(linker);
  if (!merge_flags(linker))
    return false;
  ArchParts parts = {0};
  const InputFile *aligned = NULL;
  const char *known = NULL;
  bool unaligned = false;
  bool good = true;
  for (size_t i = 0; i < linker->files.count && good; i++) {
    const InputFile *file = &linker->files.data[i];
    if (file->arch && !(known && strcmp(file->arch, known) == 0))
      good = add_arch(linker, &parts, file);
    known = file->arch; // files of one build have the same
    if (aligned && file->stack_align && file->stack_align != aligned->stack_align) {
      link_error(linker, file->name, "wants the stack aligned to %llu bytes, but %s wants %llu",
                 (unsigned long long)file->stack_align, aligned->name,
                 (unsigned long long)aligned->stack_align);
      good = false;
    }
    if (file->stack_align && !aligned)
      aligned = file;
    unaligned = unaligned || file->unaligned_access;
  }
  if (good && parts.count)
    write_attributes(linker, &parts, aligned ? aligned->stack_align : 0, unaligned);
  VEC_FREE(&parts);
  return good;
}
