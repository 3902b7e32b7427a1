// Keeps .eh_frame consistent with the functions that are left: records that describe a discarded function are
// deleted, CIEs that none describes by or that are there already, and terminators in front of the last
// section, which would hide all that follows. Records are read before gc, which follows what live ones refer
// to.
#include "linker/internal.h"

bool link_is_frame_section(const InputSection *section) {
  return (section->flags & SHF_ALLOC) && section->data && strcmp(section->name, ".eh_frame") == 0;
}

static uint32_t word_at(const InputSection *section, uint64_t offset) {
  uint32_t word;
  memcpy(&word, section->data + offset, 4);
  return word;
}

static bool corrupt(Linker *linker, uint32_t number, uint64_t offset, const char *what) {
  link_error(linker, link_section_place(linker, number, offset), "corrupt unwind information: %s", what);
  return false;
}

// The function an FDE describes is what the relocation of its first address refers to.
static uint32_t described_function(Linker *linker, const InputSection *section, const FrameRecord *record) {
  const InputFile *file = &linker->files.data[section->file];
  for (uint32_t i = 0; i < record->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[record->first_relocation + i];
    uint32_t symbol = ELF64_R_SYM(relocation->r_info);
    if (relocation->r_offset == record->start + FUNCTION_IN_FDE && symbol > 0 && symbol < file->symbol_count)
      return link_symbol_target(linker, file, symbol).section;
  }
  return NONE;
}

// The first record of a section or of a later one.
static size_t first_record(const Linker *linker, uint32_t section) {
  size_t low = 0;
  size_t high = linker->frames.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (linker->frames.data[middle].section < section)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// Finds the CIE at an offset of a section, whose records so far are those from `low` on.
static bool find_cie(const Linker *linker, size_t low, uint64_t start, uint32_t *number) {
  size_t high = linker->frames.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (linker->frames.data[middle].start < start)
      low = middle + 1;
    else
      high = middle;
  }
  *number = (uint32_t)low;
  if (low == linker->frames.count)
    return false;
  const FrameRecord *record = &linker->frames.data[low];
  return record->start == start && record->cie == NONE && !record->terminator;
}

static bool read_section_frames(Linker *linker, uint32_t number) {
  const InputSection *section = &linker->sections.data[number];
  uint32_t next = 0; // relocation
  size_t first = linker->frames.count;
  for (uint64_t at = 0; at < section->size;) {
    if (section->size - at < 4)
      return corrupt(linker, number, at, "truncated record");
    uint32_t length = word_at(section, at);
    if (length == UINT32_MAX)
      return corrupt(linker, number, at, "64-bit records are not supported");
    if (length > section->size - at - 4 || (length && length < 4))
      return corrupt(linker, number, at, "a record that is larger than its section, or too small");
    FrameRecord record = {.start = at,
                          .end = at + 4 + length,
                          .cie = NONE,
                          .section = number,
                          .function = NONE,
                          .same = NONE,
                          .terminator = length == 0};
    uint32_t id = length ? word_at(section, at + 4) : 0;
    if (id > at + 4)
      return corrupt(linker, number, at, "a description whose CIE lies outside the section");
    if (id && !find_cie(linker, first, at + 4 - id, &record.cie))
      return corrupt(linker, number, at, "a description that names no CIE");
    while (next < section->relocation_count && section->relocations[next].r_offset < at)
      next++;
    record.first_relocation = next;
    while (next < section->relocation_count && section->relocations[next].r_offset < record.end)
      next++;
    record.relocation_count = next - record.first_relocation;
    if (id)
      record.function = described_function(linker, section, &record);
    VEC_PUSH(&linker->frames, record);
    at = record.end;
  }
  return true;
}

bool link_read_frames(Linker *linker) {
  bool good = true;
  for (uint32_t i = 0; i < linker->sections.count; i++)
    if (link_is_frame_section(&linker->sections.data[i]) && !linker->sections.data[i].duplicate)
      good = read_section_frames(linker, i) && good;
  return good;
}

static bool describes_dead(const Linker *linker, const FrameRecord *record) {
  return record->function != NONE && !linker->sections.data[record->function].alive;
}

bool link_is_dead_frame(const Linker *linker, const FrameRecord *record) {
  if (record->terminator)
    return record->section != VEC_LAST(&linker->frames).section;
  if (record->cie == NONE)
    return !record->used || record->same != NONE;
  return describes_dead(linker, record);
}

// All that makes a CIE what it is: its bytes and what its relocations refer to.
static void append_key(Linker *linker, const FrameRecord *record, Text *key) {
  const InputSection *section = &linker->sections.data[record->section];
  const InputFile *file = &linker->files.data[section->file];
  text_clear(key);
  text_append(key, (const char *)&section->script_input, sizeof(section->script_input));
  text_append(key, (const char *)section->data + record->start, record->end - record->start);
  for (uint32_t i = 0; i < record->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[record->first_relocation + i];
    uint32_t symbol = ELF64_R_SYM(relocation->r_info);
    uint64_t parts[5] = {relocation->r_offset - record->start, ELF64_R_TYPE(relocation->r_info),
                         (uint64_t)relocation->r_addend};
    if (symbol && symbol < file->symbol_count) {
      Target target = link_symbol_target(linker, file, symbol);
      parts[3] = target.section != NONE ? target.section
                 : target.global ? (uint64_t)(target.global - linker->symbols.data) + (UINT64_C(1) << 32)
                                 : NONE;
      parts[4] = target.value;
    }
    text_append(key, (const char *)parts, sizeof(parts));
  }
}

// Finds out which CIEs are used by live descriptions, and which are the same as an earlier one.
static void merge_cies(Linker *linker) {
  for (size_t i = 0; i < linker->frames.count; i++) {
    const FrameRecord *record = &linker->frames.data[i];
    if (record->cie != NONE && !describes_dead(linker, record))
      linker->frames.data[record->cie].used = true;
  }
  Intern keys = {0};
  Text key = {0};
  VEC(uint32_t) first = {0}; // by key
  for (uint32_t i = 0; i < linker->frames.count && !linker->options->relocatable; i++) {
    FrameRecord *record = &linker->frames.data[i];
    if (!record->used || !linker->sections.data[record->section].alive)
      continue;
    append_key(linker, record, &key);
    Name name = intern(&keys, key.data, key.count);
    if (name == first.count)
      VEC_PUSH(&first, i);
    else
      record->same = first.data[name]; // NOLINT(clang-analyzer-core.NullDereference): the key is there
  }
  VEC_FREE(&first);
  text_free(&key);
  intern_free(&keys);
}

static void delete_record(Linker *linker, size_t number) {
  const FrameRecord *record = &linker->frames.data[number];
  InputSection *section = &linker->sections.data[record->section];
  if (!section->deletions) {
    size_t count = first_record(linker, record->section + 1) - number;
    section->deletions = ARENA_ARRAY(&linker->arena, Deletion, count);
  }
  uint32_t last = section->deletion_count;
  if (last && section->deletions[last - 1].end == record->start) {
    section->deletions[last - 1].end = record->end;
    return;
  }
  uint64_t before = 0;
  if (last) {
    const Deletion *previous = &section->deletions[last - 1];
    before = previous->before + (previous->end - previous->start);
  }
  section->deletions[section->deletion_count++] = (Deletion){record->start, record->end, before};
}

void link_drop_dead_frames(Linker *linker) {
  merge_cies(linker);
  for (size_t i = 0; i < linker->frames.count; i++)
    if (link_is_dead_frame(linker, &linker->frames.data[i]))
      delete_record(linker, i);
}

uint64_t link_frame_address(const Linker *linker, const FrameRecord *record) {
  return link_section_address(linker, record->section) +
         link_output_offset(&linker->sections.data[record->section], record->start);
}

// An FDE names its CIE by the distance to it, which deletions change.
void link_fix_frame_pointers(const Linker *linker, uint32_t number, uint8_t *out) {
  const InputSection *section = &linker->sections.data[number];
  for (size_t i = first_record(linker, number); i < linker->frames.count; i++) {
    const FrameRecord *record = &linker->frames.data[i];
    if (record->section != number)
      return;
    if (record->cie == NONE || link_is_dead_frame(linker, record))
      continue;
    const FrameRecord *cie = &linker->frames.data[record->cie];
    if (cie->same != NONE)
      cie = &linker->frames.data[cie->same];
    uint32_t distance = (uint32_t)(link_frame_address(linker, record) + 4 - link_frame_address(linker, cie));
    memcpy(out + link_output_offset(section, record->start) + 4, &distance, 4);
  }
}
